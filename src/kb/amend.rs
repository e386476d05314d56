//! What is put right in many rows at once: offices that a source counts to the wrong role, offices that the
//! sources give to two people for the same days, people whose country only their offices tell.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    base::{date::Date, fold::fold, order::Order},
    kb::{
        Kind, Role,
        import::office::touches,
        source::{EntityRow, NameRow, TenureRow, by_hand},
    },
};

/// A row of `hand/roles.tsv`: the office belongs to another role than the source says.
pub(super) struct Retitle {
    /// Code of the country or body; empty for all.
    pub(super) org: String,
    pub(super) role: Role,
    /// Title of the office; a `*` at its end stands for whatever follows.
    pub(super) office: String,
    pub(super) into: Role,
    /// People whose office is of the role all the same: an id, or an id, `/` and the beginning of the first day.
    pub(super) except: Vec<String>,
}

/// A row of `hand/disputed.tsv`: two people are said to have held the office on the same days, so that
/// nobody is certain to have held it on those.
pub(super) struct Dispute {
    pub(super) org: String,
    pub(super) role: Role,
    pub(super) office: String,
    /// The two; empty for whoever they are.
    pub(super) people: Option<(String, String)>,
}

/// One term after another of one person in one office is one tenure, where the days are known and nothing is in
/// doubt. The rows come ordered by person, body, role and day.
pub(super) fn join(tenures: &mut Vec<TenureRow>) {
    let mut done: Vec<TenureRow> = Vec::with_capacity(tenures.len());
    for row in tenures.drain(..) {
        let before = done
            .iter_mut()
            .rev()
            .take_while(|t| (&t.person, &t.org, t.role) == (&row.person, &row.org, row.role));
        let mut before = before.filter(|t| (&t.office, &t.party) == (&row.office, &row.party));
        if let Some(t) = before.next()
            && let (Some(end), Some(start)) = (t.end, row.start)
            && (t.doubt, row.doubt) == (None, None)
            && end.day > 0
            && start.day > 0
            && t.start <= Some(end)
            && touches(end, start)
            && row.end.is_none_or(|last| last >= end)
        {
            t.end = row.end;
            if row.as_of > t.as_of {
                (t.as_of, t.source) = (row.as_of, row.source);
            }
            continue;
        }
        done.push(row);
    }
    *tenures = done;
}

impl Retitle {
    fn is_of(&self, t: &TenureRow) -> bool {
        let office = match self.office.strip_suffix('*') {
            Some(begin) => t.office.starts_with(begin),
            None => t.office == self.office,
        };
        let excepted = || {
            self.except.iter().any(|e| match e.split_once('/') {
                None => *e == t.person,
                Some((id, from)) => {
                    id == t.person && t.start.is_some_and(|start| start.to_string().starts_with(from))
                }
            })
        };
        office && t.role == self.role && (self.org.is_empty() || self.org == t.org) && !excepted()
    }

    fn text(&self) -> String {
        format!("roles {} {} {}", self.org, self.role.text(), self.office)
    }
}

impl Dispute {
    fn is_of(&self, a: &TenureRow, b: &TenureRow) -> bool {
        let people = self
            .people
            .as_ref()
            .is_none_or(|(x, y)| (&a.person, &b.person) == (x, y) || (&a.person, &b.person) == (y, x));
        people && self.org == a.org && self.role == a.role && self.office == a.office
    }

    fn text(&self) -> String {
        let people = self.people.as_ref().map(|(a, b)| format!(" {a} {b}"));
        format!(
            "disputed {} {} {}{}",
            self.org,
            self.role.text(),
            self.office,
            people.unwrap_or_default()
        )
    }
}

/// Gives offices their right role; returns the rows that matched nothing.
pub(super) fn retitle(tenures: &mut [TenureRow], rows: &[Retitle]) -> Vec<String> {
    let mut used = vec![false; rows.len()];
    for t in tenures.iter_mut().filter(|t| !by_hand(&t.at)) {
        // Compared with the role of the source, so that the order of the rows does not matter.
        if let Some(i) = rows.iter().position(|row| row.is_of(t)) {
            used[i] = true;
            t.role = rows[i].into;
        }
    }
    idle(&used, rows.iter().map(Retitle::text))
}

/// Marks what the sources disagree about as doubtful; returns the rows that matched nothing.
pub(super) fn doubt(tenures: &mut [TenureRow], rows: &[Dispute]) -> Vec<String> {
    let mut used = vec![false; rows.len()];
    let mut order: Vec<usize> = (0..tenures.len()).collect();
    order.order_by(|&a, &b| office(&tenures[a]).cmp(&office(&tenures[b])));
    let mut doubts: Vec<(usize, Date)> = Vec::new();
    for group in order.chunk_by(|&a, &b| office(&tenures[a]) == office(&tenures[b])) {
        for (n, &a) in group.iter().enumerate() {
            for &b in &group[n + 1..] {
                let (a, b) = if tenures[a].start <= tenures[b].start {
                    (a, b)
                } else {
                    (b, a)
                };
                let (first, second) = (&tenures[a], &tenures[b]);
                let Some((from, to)) = overlap(first, second) else {
                    continue;
                };
                let Some(i) = rows.iter().position(|row| row.is_of(first, second)) else {
                    continue;
                };
                used[i] = true;
                doubts.push((a, from));
                // A term within another is as doubtful as that one; who came later and stayed is not.
                if certain_until(second) <= Some(to) && certain_until(first) > Some(to)
                    || first.start == second.start
                {
                    doubts.push((b, from));
                }
            }
        }
    }
    for (t, from) in doubts {
        let row = &mut tenures[t];
        row.doubt = Some(row.doubt.map_or(from, |old| old.min(from)));
    }
    idle(&used, rows.iter().map(Dispute::text))
}

fn office(t: &TenureRow) -> (&str, u8, &str) {
    (&t.org, t.role as u8, &t.office)
}

fn idle(used: &[bool], texts: impl Iterator<Item = String>) -> Vec<String> {
    used.iter()
        .zip(texts)
        .filter(|(used, _)| !**used)
        .map(|(_, text)| text)
        .collect()
}

fn certain_until(t: &TenureRow) -> Option<Date> {
    crate::kb::verify::certain_until(t.end, t.doubt, t.as_of)
}

fn overlap(a: &TenureRow, b: &TenureRow) -> Option<(Date, Date)> {
    if a.person == b.person {
        return None;
    }
    crate::kb::verify::overlap((a.start, certain_until(a)), (b.start, certain_until(b)))
}

/// The leader of a party leads that party, not the country: "the Sinn Féin leader" is whom the row "Leader of
/// Sinn Féin" names. Holds for parties that have a code of their own, and whose name the title ends with.
pub(super) fn house(entities: &[EntityRow], names: &[NameRow], tenures: &mut [TenureRow]) {
    let parties: BTreeMap<&str, &EntityRow> = entities
        .iter()
        .filter(|row| row.kind == Kind::Institution && row.wikidata.is_none_or(|q| row.id != format!("Q{q}")))
        .filter(|row| matches!(row.what.as_str(), "party" | "armed_group"))
        .map(|row| (row.id.as_str(), row))
        .collect();
    let own = parties.values().map(|row| (row.id.as_str(), row.name.as_str()));
    let other = names.iter().map(|n| (n.entity.as_str(), n.name.as_str()));
    let mut called: BTreeMap<(&str, String), BTreeSet<&str>> = BTreeMap::new();
    for (id, name) in own.chain(other) {
        if let Some(row) = parties.get(id) {
            called.entry((&row.country, fold(name))).or_default().insert(id);
        }
    }
    let heads = [Role::PartyLeader, Role::OppositionLeader];
    for t in tenures.iter_mut().filter(|t| heads.contains(&t.role)) {
        let country = t.org.split('-').next().unwrap_or("");
        let ends = t
            .office
            .match_indices(" of ")
            .map(|(at, of)| &t.office[at + of.len()..]);
        let party = ends
            .map(|name| fold(name.strip_prefix("the ").unwrap_or(name)))
            .filter_map(|name| called.get(&(country, name)))
            .find(|ids| ids.len() == 1);
        if let Some(id) = party.and_then(|ids| ids.first()) {
            t.org = (*id).to_owned();
        }
    }
}

/// People without a country get that of their newest office, if it was one of a country.
pub(super) fn settle(entities: &mut [EntityRow], tenures: &[TenureRow]) {
    let countries: BTreeSet<String> = entities
        .iter()
        .filter(|row| row.kind == Kind::Country)
        .map(|row| row.id.clone())
        .collect();
    let mut newest: BTreeMap<&str, &TenureRow> = BTreeMap::new();
    for t in tenures.iter().filter(|t| countries.contains(&t.org)) {
        let seen = newest.entry(&t.person).or_insert(t);
        if t.start > seen.start {
            *seen = t;
        }
    }
    for row in entities
        .iter_mut()
        .filter(|row| row.kind == Kind::Person && row.country.is_empty())
    {
        if let Some(t) = newest.get(row.id.as_str()) {
            row.country.clone_from(&t.org);
        }
    }
}
