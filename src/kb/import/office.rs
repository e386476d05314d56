//! Offices held, once it is known of which country or body.

use crate::{
    base::{date::Date, order::Order},
    kb::{Kb, Role},
};

/// One office held, resolved.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Office {
    pub(super) org: String,
    pub(super) role: Role,
    pub(super) title: String,
    pub(super) start: Date,
    pub(super) end: Option<Date>,
    pub(super) doubt: Option<Date>,
    /// Whether the end is open as of the day of the source.
    pub(super) open: bool,
    pub(super) party: String,
    pub(super) position: u32,
}

/// Who leads a body, by what the body is.
pub(super) fn head_of_body(role: Role, what: &str) -> Role {
    match what {
        "party" => Role::PartyLeader,
        "central_bank" => Role::CentralBank,
        "legislature" | "upper_chamber" | "lower_chamber" => Role::Speaker,
        "highest_court" => Role::ChiefJustice,
        _ => role,
    }
}

pub(super) fn tier_of(office: &Office, known: &Kb) -> u8 {
    match office.role {
        Role::HeadOfState | Role::HeadOfGovernment => 1,
        Role::OrgHead => known.by_code(&office.org).map_or(3, |id| known.tier(id)),
        Role::PartyLeader => known.by_code(&office.org).map_or(3, |id| known.tier(id).max(2)),
        Role::Legislator
        | Role::Subnational
        | Role::JuniorMinister
        | Role::Other
        | Role::Judge
        | Role::Ambassador
        | Role::FirstLady
        | Role::Spokesperson => 3,
        _ => 2,
    }
}

/// One term after another in the same office is one tenure, and what is said twice counts once.
pub(super) fn unite(mut offices: Vec<Office>) -> Vec<Office> {
    offices.order_by(|a, b| {
        (&a.org, a.role, a.position, &a.title, a.start, &a.end)
            .cmp(&(&b.org, b.role, b.position, &b.title, b.start, &b.end))
    });
    let mut out: Vec<Office> = Vec::new();
    for office in offices {
        if let Some(last) = out.last_mut()
            && (&last.org, last.role, last.position, &last.title)
                == (&office.org, office.role, office.position, &office.title)
            && last.end.is_none_or(|end| touches(end, office.start))
        {
            // Of two statements from the same day on, that with an end says more.
            if last.start == office.start && last.end.is_none() {
                *last = office;
            } else if last.end.is_some() && (office.end.is_none() || office.end > last.end) {
                last.end = office.end;
                last.open = office.open;
                last.doubt = last.doubt.or(office.doubt);
            } else if last.end.is_none() && last.start != office.start {
                out.push(office);
            }
            continue;
        }
        out.push(office);
    }
    out
}

/// Whether nothing lies between the end of one term and the start of the next.
pub(in crate::kb) fn touches(end: Date, start: Date) -> bool {
    start.earliest() <= end.latest() || next_day(end) == Some(start)
}

fn next_day(day: Date) -> Option<Date> {
    if day.day == 0 {
        return None;
    }
    Date::from_ymd(day.year, day.month, day.day + 1)
        .or_else(|| Date::from_ymd(day.year, day.month + 1, 1))
        .or_else(|| Date::from_ymd(day.year + 1, 1, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_that_touch_are_one() {
        let office = |start: &str, end: &str| Office {
            org: "XA".to_owned(),
            role: Role::Minister,
            title: "Minister".to_owned(),
            start: start.parse().unwrap(),
            end: end.parse().ok(),
            doubt: None,
            open: end.is_empty(),
            party: String::new(),
            position: 1,
        };
        let united = |offices: &[(&str, &str)]| -> Vec<String> {
            let offices = offices.iter().map(|(start, end)| office(start, end)).collect();
            let show = |end: Option<Date>| end.map(|d| d.to_string()).unwrap_or_default();
            let all = unite(offices).into_iter();
            all.map(|o| format!("{}/{}", o.start, show(o.end))).collect()
        };
        assert_eq!(
            united(&[("2012-01-01", "2016-12-31"), ("2008", "2012"), ("2017-01-01", "")]),
            ["2008/"]
        );
        assert_eq!(
            united(&[("2008-01-01", "2009-01-01"), ("2010-01-01", "2011-01-01")]),
            ["2008-01-01/2009-01-01", "2010-01-01/2011-01-01"]
        );
        // What is said twice counts once; of two statements that with an end says more.
        assert_eq!(
            united(&[("2008", ""), ("2008", "2012"), ("2008", "2012")]),
            ["2008/2012"]
        );
        // The end of February, and of the year.
        assert_eq!(
            united(&[("2008-01-01", "2012-02-29"), ("2012-03-01", "2013")]),
            ["2008-01-01/2013"]
        );
        assert_eq!(
            united(&[("2008", "2012-12-31"), ("2013-01-01", "2014")]),
            ["2008/2014"]
        );
    }
}
