//! People and the offices they held.

use std::collections::{BTreeMap, BTreeSet};

use copydesk::base::date::Date;
use serde_json::Value;

use super::{
    countries::Countries,
    table::{Output, list, slug, text},
};

/// Layers that may not ship: share-alike, or without a clear license.
const NO_LAYER: &[&str] = &["open-data-archive", "reign"];
/// States with several heads at a time, where two holders are no contradiction.
const COLLECTIVE: &[&str] = &["AD", "BA", "CH", "SM"];
/// The snapshots of the Factbook have a gap from this day on, behind which an end is only inferred.
const GAP: &str = "2017-03-28";
const US_STATES: &str = "AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|DE Delaware|DC the District of Columbia|FL Florida|GA Georgia|HI Hawaii|ID Idaho|IL Illinois|IN Indiana|IA Iowa|KS Kansas|KY Kentucky|LA Louisiana|ME Maine|MD Maryland|MA Massachusetts|MI Michigan|MN Minnesota|MS Mississippi|MO Missouri|MT Montana|NE Nebraska|NV Nevada|NH New Hampshire|NJ New Jersey|NM New Mexico|NY New York|NC North Carolina|ND North Dakota|OH Ohio|OK Oklahoma|OR Oregon|PA Pennsylvania|RI Rhode Island|SC South Carolina|SD South Dakota|TN Tennessee|TX Texas|UT Utah|VT Vermont|VA Virginia|WA Washington|WV West Virginia|WI Wisconsin|WY Wyoming|AS American Samoa|GU Guam|MP the Northern Mariana Islands|PR Puerto Rico|VI the U.S. Virgin Islands";

/// One office of one person.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Office {
    org: String,
    role: String,
    office: String,
    start: String,
    end: String,
    doubt: String,
    party: String,
    source: String,
    as_of: String,
    /// The end follows from another row only.
    inferred: bool,
}

struct Person {
    id: String,
    qid: String,
    name: String,
    family: String,
    tier: u64,
    aliases: Vec<String>,
    offices: Vec<Office>,
}

pub(crate) fn extract(leaders: &Value, notables: &Value, countries: &Countries, out: &mut Output) {
    let mut ids = BTreeSet::new();
    let mut people: Vec<Person> = Vec::new();
    for row in leaders["persons"].as_array().into_iter().flatten() {
        let offices = offices(row, countries);
        let by_hand = list_of_layers(row).contains(&"hand");
        if offices.is_empty() && !by_hand {
            continue;
        }
        let name = text(row, "name");
        // Only one source of this QID, and one that has been found wrong.
        let qid = if text(row, "qid_source").starts_with("open-data-archive only") {
            ""
        } else {
            text(row, "qid")
        };
        people.push(Person {
            id: person_id(name, qid, &mut ids),
            qid: qid.to_owned(),
            name: name.to_owned(),
            family: text(row, "family").to_owned(),
            tier: row["tier"].as_u64().unwrap_or(3),
            aliases: list(row, "aliases").into_iter().filter_map(alias).collect(),
            offices,
        });
    }
    doubt_overlaps(&mut people);
    let realms: BTreeSet<&str> = people
        .iter()
        .flat_map(|p| &p.offices)
        .filter(|o| o.role == "governor_general")
        .map(|o| o.org.as_str())
        .collect();
    let mut written: BTreeMap<&str, &str> = BTreeMap::new();
    for person in &people {
        write(person, countries, &realms, out);
        written.insert(&person.name, &person.id);
    }
    for row in notables["persons"].as_array().into_iter().flatten() {
        notable(row, &people, &mut ids, countries, out);
    }
}

fn person_id(name: &str, qid: &str, ids: &mut BTreeSet<String>) -> String {
    if !qid.is_empty() {
        ids.insert(qid.to_owned());
        return qid.to_owned();
    }
    let base = format!("p-{}", slug(name));
    let mut id = base.clone();
    let mut n = 2;
    while !ids.insert(id.clone()) {
        id = format!("{base}-{n}");
        n += 1;
    }
    id
}

/// An alias as the Factbook prints it: without ranks that got into it, not in capitals.
fn alias(name: &str) -> Option<String> {
    let junk = ["government ", "Lt.", "Gen.", "Col.", " ."];
    if junk.iter().any(|j| name.contains(j))
        || !name.contains(' ') && name.chars().all(|c| c.is_ascii_lowercase())
    {
        return None;
    }
    let words: Vec<String> = name
        .split(' ')
        .map(|word| {
            let letters = word.chars().filter(|c| c.is_alphabetic()).count();
            if letters > 3 && word.chars().all(|c| !c.is_lowercase()) {
                let mut parts = word.split('-').map(|part| {
                    let mut chars = part.chars();
                    let first = chars.next().map(String::from).unwrap_or_default();
                    first + &chars.as_str().to_lowercase()
                });
                let first = parts.next().unwrap_or_default();
                parts.fold(first, |all, part| format!("{all}-{part}"))
            } else {
                word.to_owned()
            }
        })
        .collect();
    Some(words.join(" "))
}

fn list_of_layers(row: &Value) -> BTreeSet<&str> {
    let tenures = row["tenures"].as_array().into_iter().flatten();
    tenures.map(|t| text(t, "layer")).collect()
}

fn offices(row: &Value, countries: &Countries) -> Vec<Office> {
    let all: Vec<&Value> = row["tenures"].as_array().into_iter().flatten().collect();
    let heads_a_state = all
        .iter()
        .any(|t| text(t, "role") == "head_of_state" && !countries.territories.contains(text(t, "org")));
    let mut offices: Vec<Office> = Vec::new();
    for t in all {
        let layer = text(t, "layer");
        if NO_LAYER.contains(&layer) || t.get("bad_dates").is_some_and(|v| !v.is_null()) {
            continue;
        }
        let in_territory = countries.territories.contains(text(t, "org"));
        if in_territory && text(t, "role") == "head_of_state" && heads_a_state {
            continue;
        }
        offices.push(office(t, layer));
    }
    // Dates from memory do not ship; the row by hand that has a source does.
    offices.retain(|o| o.source != "unchecked");
    offices
        .sort_by(|a, b| (&a.org, &a.role, &a.office, &a.start).cmp(&(&b.org, &b.role, &b.office, &b.start)));
    join_terms(offices)
}

fn office(t: &Value, layer: &str) -> Office {
    let (org, role) = org_and_role(t);
    let mut end = text(t, "end").to_owned();
    let as_of = text(t, "as_of");
    let end_source = text(t, "end_source");
    let mut doubt = String::new();
    // A term that is to end some day has not been seen to end.
    if end.as_str() > as_of && end_source == "scheduled" {
        end.clear();
    }
    let confirmed: Vec<&str> = list(t, "confirmed_by")
        .into_iter()
        .filter(|l| !NO_LAYER.contains(l))
        .collect();
    // Ends that are only inferred across a gap of the snapshots, or known from a layer that may not ship:
    // where Wikidata gives another, that is the better one; where nothing confirms them, they are in doubt.
    let weak = end_source.contains("gap") || end_source == "REIGN";
    match text(t, "conflict").strip_prefix("wikidata end ") {
        Some(other) if weak => other.split(' ').next().unwrap_or(other).clone_into(&mut end),
        _ if weak && confirmed.is_empty() => {
            doubt = text(t, "start").max(GAP).to_owned();
            if end_source == "REIGN" {
                end.clear();
            }
        }
        _ => {}
    }
    if t.get("unconfirmed").is_some_and(|v| v.as_bool() == Some(true)) {
        doubt = std::mem::take(&mut end);
    }
    // There the source counts ministers of states and provinces to the federation, so that the next of the same
    // title is not the successor.
    let federal = ["AU", "CA"].contains(&org.as_str()) && !role.starts_with("head_of");
    if federal && end_source.starts_with("successor") && doubt.is_empty() {
        doubt = std::mem::take(&mut end);
    }
    let mut source = layer.to_owned();
    if layer == "hand" && confirmed.is_empty() && !checked(text(t, "evidence")) {
        source = "unchecked".to_owned();
    }
    for other in &confirmed {
        source.push('+');
        source.push_str(other);
    }
    // A date of a layer that may not ship has moved some of these; no source that ships is newer than its
    // last snapshot.
    let as_of = match layer {
        "factbook" if !confirmed.contains(&"wikidata-atlas") => as_of.min("2026-01-22"),
        // The day on which the extract was put together is not a day on which anybody was seen in office.
        "hand" if as_of == "2026-11-23" => text(t, "start"),
        _ => as_of,
    };
    let mut office = whole_title(text(t, "office"), &role).to_owned();
    let state = text(t, "state");
    if let Some(name) = US_STATES
        .split('|')
        .find_map(|s| s.strip_prefix(state))
        .filter(|_| !state.is_empty())
    {
        office = format!("{office} for {}", name.trim());
    }
    Office {
        org,
        role,
        office,
        start: text(t, "start").to_owned(),
        end,
        doubt,
        party: text(t, "party").to_owned(),
        source,
        as_of: as_of.to_owned(),
        inferred: end_source.starts_with("successor") || end_source == "REIGN" || end_source == "last-listed",
    }
}

/// The Factbook's titles stand before a name in capitals, and some were cut or joined on the way.
fn whole_title<'a>(office: &'a str, role: &str) -> &'a str {
    if !matches!(role, "head_of_state" | "head_of_government") {
        return office;
    }
    match office {
        "Prime" | "Minister" | "Prime Minister and Minister" if role == "head_of_government" => {
            "Prime Minister"
        }
        "Prime Minister State Administration Council Chair" => "Prime Minister",
        "King Sultan" => "King",
        "monarch" => "Monarch",
        "President of transitional" | "transitional President" => "Transitional President",
        "Chairperson Presidential Leadership Council" => "Chairperson of the Presidential Leadership Council",
        "Chairman Presidential Council" => "Chairman of the Presidential Council",
        "President Presidential Council" => "President of the Presidential Council",
        "President of Council of Ministers" => "President of the Council of Ministers",
        "President of Territorial Council" => "President of the Territorial Council",
        "State Affairs Commission President" => "President of the State Affairs Commission",
        "Supreme People's Assembly President" => "President of the Supreme People's Assembly",
        "Sovereign Council Chair" => "Chair of the Sovereign Council",
        _ => office,
    }
}

/// Whether the evidence of a row written by hand names something that was read and may be used.
fn checked(evidence: &str) -> bool {
    !evidence.is_empty() && !evidence.starts_with("hand") && !evidence.starts_with("open-data-archive 2026")
}

/// The extracts file all international posts under one code, and judges of the World Court under justice
/// ministers.
fn org_and_role(t: &Value) -> (String, String) {
    let (org, role, office) = (text(t, "org"), text(t, "role"), text(t, "office"));
    let (org, role) = match (org, role) {
        ("ARTSAKH", role) => ("AZ-NK", role),
        ("DNR", role) => ("UA-DPR", role),
        ("LNR", role) => ("UA-LPR", role),
        ("SOMALILAND", role) => ("SO-SOM", role),
        ("GE-SK", role) => ("X-SO", role),
        // The President of Korea heads the government, the prime minister is his deputy.
        ("KR", "head_of_government") if office.contains("Prime Minister") => {
            ("KR", "deputy_head_of_government")
        }
        // The President of Iran stands below the Supreme Leader.
        ("IR", "head_of_state") if office == "President" => ("IR", "head_of_government"),
        ("INT", role) => match office {
            o if o.contains("International Court of Justice") => match o {
                _ if o.starts_with("President") => ("ICJ", "org_head"),
                _ => ("ICJ", "judge"),
            },
            o if o.starts_with("Secretary-General of the United Nations") => ("UN", "org_head"),
            o if o.starts_with("President of the United Nations General Assembly") => ("UN", "speaker"),
            o if o.contains("United Nations") && role == "ambassador" => ("UN", "ambassador_un"),
            o if o.contains("United Nations") => ("UN", "other"),
            o if o.contains("Parliamentary Assembly of the Council of Europe") => ("PACE", "speaker"),
            o if o.contains("OSCE") => ("OSCE", "other"),
            o if o.contains("World Trade Organization") => ("WTO", "org_head"),
            o if o.contains("Arab Parliament") => ("Arab League", "speaker"),
            _ => ("UN", role),
        },
        (org, "junior") => (org, "junior_minister"),
        (org, role) => (org, role),
    };
    (org.to_owned(), role.to_owned())
}

/// Joins terms that follow one another without a break, and drops a term that lies within another of the
/// same office in a second source.
fn join_terms(offices: Vec<Office>) -> Vec<Office> {
    let mut out: Vec<Office> = Vec::new();
    for o in offices {
        let same = |p: &&mut Office| {
            p.org == o.org
                && p.role == o.role
                && p.party == o.party
                && (p.office == o.office || o.role.starts_with("head_of") || o.role.starts_with("deputy"))
        };
        let before = out.iter_mut().rev().find(same);
        match before {
            Some(p) if within(&o, p) => {}
            Some(p) if p.source == "congress-legislators" && follows(&p.end, &o.start) => {
                p.end = o.end;
                p.as_of = o.as_of;
            }
            _ => out.push(o),
        }
    }
    out
}

fn within(inner: &Office, outer: &Office) -> bool {
    outer.start <= inner.start
        && (inner.end == outer.end
            || outer.end.is_empty() && inner.end.is_empty()
            || !inner.end.is_empty() && inner.end <= outer.end)
        && !(outer.end.is_empty() && !inner.end.is_empty())
}

/// Whether `start` is at most a month after `end`.
fn follows(end: &str, start: &str) -> bool {
    match (end.parse::<Date>(), start.parse::<Date>()) {
        (Ok(a), Ok(b)) => {
            let days = |d: Date| i32::from(d.year) * 372 + i32::from(d.month) * 31 + i32::from(d.day);
            (0..=31).contains(&(days(b) - days(a)))
        }
        _ => false,
    }
}

/// A head of state or government in one place of the list of people.
struct Head {
    person: usize,
    office: usize,
    start: i32,
    end: i32,
    /// The Factbook names a president or monarch as head of government too.
    president: bool,
    /// A prime minister whom the Factbook does not name as head of government.
    second: bool,
}

/// Settles what two sources say of one office at one time: a prime minister under a president who heads the
/// government is its deputy head; otherwise the one who came first is in doubt from the day on which the
/// other began, and both are when it lasts.
fn doubt_overlaps(people: &mut [Person]) {
    // Presidents who head the government too left both offices on one day, but only one row may know it.
    for p in people.iter_mut() {
        let twins: Vec<Office> = p
            .offices
            .iter()
            .filter(|o| o.role == "head_of_state")
            .cloned()
            .collect();
        for o in p.offices.iter_mut().filter(|o| o.role == "head_of_government") {
            if let Some(twin) = twins.iter().find(|t| t.org == o.org && t.start == o.start) {
                o.end.clone_from(&twin.end);
                if o.doubt.is_empty() || o.doubt == o.start || o.doubt == GAP {
                    o.doubt.clone_from(&twin.doubt);
                }
            }
        }
    }
    let mut heads: BTreeMap<(String, String), Vec<Head>> = BTreeMap::new();
    for (person, p) in people.iter().enumerate() {
        for (office, o) in p.offices.iter().enumerate() {
            if !o.role.starts_with("head_of") || COLLECTIVE.contains(&o.org.as_str()) {
                continue;
            }
            let Some(start) = days(&o.start) else { continue };
            let monarch = ["President", "King", "Sultan", "Emir"]
                .iter()
                .any(|t| o.office.contains(t));
            let factbook = o.source.contains("factbook");
            heads
                .entry((o.org.clone(), o.role.clone()))
                .or_default()
                .push(Head {
                    person,
                    office,
                    start,
                    end: days(&o.end).or(days(&o.as_of)).unwrap_or(start),
                    president: factbook && monarch,
                    second: !factbook && o.office.contains("Minister"),
                });
        }
    }
    for ((_, role), heads) in heads {
        let mut below = BTreeSet::new();
        for a in &heads {
            for b in heads
                .iter()
                .filter(|b| b.person != a.person && a.president && b.second)
            {
                if role == "head_of_government" && a.end.min(b.end) - a.start.max(b.start) > 60 {
                    people[b.person].offices[b.office].role = "deputy_head_of_government".to_owned();
                    below.insert((b.person, b.office));
                }
            }
        }
        let heads: Vec<&Head> = heads
            .iter()
            .filter(|h| !below.contains(&(h.person, h.office)))
            .collect();
        for a in &heads {
            for b in heads
                .iter()
                .filter(|b| b.person != a.person && a.start <= b.start && b.start + 1 < a.end)
            {
                let from = people[b.person].offices[b.office].start.clone();
                let inferred = people[a.person].offices[a.office].inferred;
                doubt(&mut people[a.person].offices[a.office], &from);
                if !inferred && a.end.min(b.end) - b.start > 60 {
                    doubt(&mut people[b.person].offices[b.office], &from);
                }
            }
        }
    }
}

fn doubt(office: &mut Office, from: &str) {
    if office.doubt.is_empty() || from < office.doubt.as_str() {
        from.clone_into(&mut office.doubt);
    }
}

/// A date as a number that grows by the day; months are taken as equally long.
fn days(date: &str) -> Option<i32> {
    let (year, month, day) = date.parse::<Date>().ok()?.earliest();
    Some(i32::from(year) * 372 + i32::from(month) * 31 + i32::from(day))
}

/// The country of the newest office: of a monarch of several realms the one that has no governor-general.
fn home<'p>(person: &'p Person, countries: &Countries, realms: &BTreeSet<&str>) -> &'p str {
    let country = |o: &'p Office| {
        let code = o.org.split('-').next().unwrap_or(&o.org);
        countries.codes.contains(code).then_some(code)
    };
    let mut offices: Vec<&Office> = person.offices.iter().collect();
    offices.sort_by_key(|o| {
        (
            o.role == "head_of_state" && !realms.contains(o.org.as_str()),
            &o.start,
        )
    });
    let head = offices
        .iter()
        .rev()
        .find(|o| o.role == "head_of_state" && !realms.contains(o.org.as_str()));
    let realm = person
        .offices
        .iter()
        .filter(|o| o.role == "head_of_state")
        .count()
        > 1;
    if let (Some(head), true) = (head, realm) {
        return country(head).unwrap_or("");
    }
    offices.sort_by_key(|o| &o.start);
    offices.iter().rev().find_map(|o| country(o)).unwrap_or("")
}

fn write(person: &Person, countries: &Countries, realms: &BTreeSet<&str>, out: &mut Output) {
    let (source, as_of) = match person.offices.first() {
        Some(first) => (first.source.split('+').next().unwrap_or(""), first.as_of.as_str()),
        None => ("hand", "2026-11-23"),
    };
    out.row(
        "persons",
        &[
            ("id", &person.id),
            ("wikidata", &person.qid),
            ("name", &person.name),
            ("family", &person.family),
            ("country", home(person, countries, realms)),
            ("tier", &person.tier.to_string()),
            ("source", source),
            ("as_of", as_of),
        ],
    );
    for alias in &person.aliases {
        out.name(&person.id, "alias", alias, "factbook", "2026-01-22");
    }
    for o in &person.offices {
        out.row(
            "tenures",
            &[
                ("id", &person.id),
                ("org", &o.org),
                ("role", &o.role),
                ("office", &o.office),
                ("start", &o.start),
                ("end", &o.end),
                ("doubt", &o.doubt),
                ("party", &o.party),
                ("source", &o.source),
                ("as_of", &o.as_of),
            ],
        );
    }
}

/// People without an office in the extracts: name, country and sourced id ship; what they do was written
/// from memory and does not.
fn notable(
    row: &Value,
    people: &[Person],
    ids: &mut BTreeSet<String>,
    countries: &Countries,
    out: &mut Output,
) {
    let (name, qid) = (text(row, "name"), text(row, "qid"));
    let known = people.iter().find(|p| {
        if qid.is_empty() {
            p.name == name
        } else {
            p.qid == qid
        }
    });
    let id = match known {
        Some(p) => p.id.clone(),
        None => {
            let id = person_id(name, qid, ids);
            let country = text(row, "country");
            out.row(
                "persons",
                &[
                    ("id", &id),
                    ("wikidata", qid),
                    ("name", name),
                    (
                        "country",
                        if countries.codes.contains(country) {
                            country
                        } else {
                            ""
                        },
                    ),
                    ("tier", "2"),
                    ("source", "hand"),
                    ("as_of", "2026-11-23"),
                ],
            );
            id
        }
    };
    for alias in list(row, "aliases") {
        out.name(&id, "alias", alias, "hand", "2026-11-23");
    }
    if known.is_some_and(|p| p.name != name) {
        out.name(&id, "alias", name, "hand", "2026-11-23");
    }
}
