//! Integrity of a base: what the compiler accepts although it cannot be right.

use std::collections::BTreeMap;

use crate::{
    base::date::Date,
    kb::{EntityId, Kb, Kind, NameForm, Role, Tenure},
};

/// Something that is wrong, in one line.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Fault {
    /// What kind of fault ("end-before-start").
    pub code: &'static str,
    /// Where, and what to do.
    pub message: String,
}

/// States with several heads at a time.
pub const SEVERAL_HEADS: [&str; 4] = ["AD", "BA", "CH", "SM"];

/// Demonyms and adjectives of more than one country: the text around decides which is meant, by the
/// nearest country and the rest of the article. `verify` finds every other one.
pub const SHARED_DEMONYMS: [&str; 9] = [
    "Channel Islander",
    "Chinese",
    "Congolese",
    "Dominican",
    "French",
    "Guinean",
    "Korean",
    "Samoan",
    "Virgin Islander",
];

/// Checks a whole base. Costs a few hundred milliseconds.
pub fn check(kb: &Kb) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut fault = |code, message| faults.push(Fault { code, message });
    if !kb.checksum_holds() {
        fault(
            "damaged",
            "the checksum is not that of the contents; build the base anew".to_owned(),
        );
    }
    let mut wikidata: BTreeMap<u32, EntityId> = BTreeMap::new();
    let mut demonyms: BTreeMap<String, Vec<EntityId>> = BTreeMap::new();
    for id in kb.ids() {
        let name = kb.name(id);
        let called = format!("{} ({name})", kb.stable_id(id));
        if name.is_empty() {
            fault("no-name", called.clone());
        }
        if kb.source(id).id.is_empty() {
            fault("no-source", called.clone());
        }
        if let Some(other) = kb.wikidata(id).and_then(|q| wikidata.insert(q, id)) {
            fault(
                "duplicate-id",
                format!("{called} has the Wikidata id of {}", kb.name(other)),
            );
        }
        if kb.kind(id) == Kind::Country {
            for hit in kb.names_of(id) {
                if matches!(hit.form, NameForm::DemonymNoun | NameForm::Adjective) {
                    let owners = demonyms
                        .entry(hit.surface.trim_end_matches('s').to_owned())
                        .or_default();
                    if !owners.contains(&id) {
                        owners.push(id);
                    }
                }
            }
        }
        for t in kb.tenures(id) {
            check_tenure(kb, &t, &mut fault);
        }
    }
    for (demonym, owners) in &demonyms {
        if owners.len() > 1 && !SHARED_DEMONYMS.contains(&demonym.as_str()) {
            let names: Vec<&str> = owners.iter().map(|id| kb.name(*id)).collect();
            fault(
                "shared-demonym",
                format!("'{demonym}' belongs to {}", names.join(" and ")),
            );
        }
    }
    for id in kb.ids().filter(|id| kb.kind(*id) == Kind::Country) {
        let Some(org) = kb.code(id).filter(|org| !SEVERAL_HEADS.contains(org)) else {
            continue;
        };
        for role in [Role::HeadOfState, Role::HeadOfGovernment] {
            overlaps(kb, org, role, &mut fault);
        }
    }
    faults.sort();
    faults
}

fn check_tenure(kb: &Kb, t: &Tenure<'_>, fault: &mut impl FnMut(&'static str, String)) {
    let called = || format!("{}, {} ({})", kb.name(t.person), t.office, t.org);
    if t.source.is_empty() {
        fault("no-source", called());
    }
    if let (Some(start), Some(end)) = (t.start, t.end)
        && end.latest() < start.earliest()
    {
        fault("end-before-start", format!("{}: {start} to {end}", called()));
    }
    if t.end.is_none() && t.as_of.is_none() {
        fault(
            "no-as-of",
            format!("{} has neither an end nor a date of its source", called()),
        );
    }
    if kb.by_code(t.org).is_none() {
        fault("dangling-org", format!("{}: no entity has the code", called()));
    }
}

/// Two people who are both said with certainty to have held one office for more than a day.
fn overlaps(kb: &Kb, org: &str, role: Role, fault: &mut impl FnMut(&'static str, String)) {
    let tenures: Vec<Tenure<'_>> = kb.tenures_in(org, role).collect();
    for (i, a) in tenures.iter().enumerate() {
        for b in &tenures[i + 1..] {
            if a.person == b.person {
                continue;
            }
            let (Some(from), Some(to)) = (
                later(a.start, b.start),
                earlier(certain_until(a), certain_until(b)),
            ) else {
                continue;
            };
            // On the day of a change of office both may be said to hold it, and time zones make it two.
            if ordinal(to.earliest()) - ordinal(from.latest()) > 1 {
                fault(
                    "two-holders",
                    format!(
                        "{} of {org}: {} and {} from {from} to {to}",
                        role.text(),
                        kb.name(a.person),
                        kb.name(b.person)
                    ),
                );
            }
        }
    }
}

/// The last day of which the tenure is certain.
fn certain_until(t: &Tenure<'_>) -> Option<Date> {
    earlier(t.end.or(t.as_of), t.doubt_from.or(t.end).or(t.as_of))
}

fn later(a: Option<Date>, b: Option<Date>) -> Option<Date> {
    Some(a?.max(b?))
}

fn earlier(a: Option<Date>, b: Option<Date>) -> Option<Date> {
    Some(a?.min(b?))
}

/// A number that grows by the day; months are taken as equally long.
fn ordinal((year, month, day): (i16, u8, u8)) -> i32 {
    i32::from(year) * 372 + i32::from(month) * 31 + i32::from(day)
}
