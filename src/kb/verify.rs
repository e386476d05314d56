//! Integrity of a base, or of the tables it is made from: what the compiler accepts although it cannot be right.
//!
//! Both are checked by the same rules. Faults of tables say in which file and line. What is found and is right
//! all the same stands in `data/kb/accepted.tsv`, with the reason, so that whatever is new is seen.

use std::{borrow::Cow, collections::BTreeMap, fmt};

use crate::{
    base::{date::Date, order::Order, word::name_words},
    kb::{Kb, Kind, NameForm, Role, source::Tables},
};

/// Something that is wrong, in one line.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Fault {
    /// File and line of the row, when tables were checked.
    pub at: Option<(String, usize)>,
    /// What kind of fault ("end-before-start").
    pub code: &'static str,
    /// What it is about: an office, a name, an entity. `accepted.tsv` names it so.
    pub key: String,
    /// Where, and what to do.
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((file, line)) = &self.at {
            write!(f, "{file}:{line}: ")?;
        }
        write!(f, "{}: {}", self.code, self.message)
    }
}

/// Checks a whole base. Costs a few hundred milliseconds.
pub fn check(kb: &Kb) -> Vec<Fault> {
    let mut checks = Checks {
        accepted: accepted(include_str!("../../data/kb/accepted.tsv")),
        ..Checks::default()
    };
    if !kb.checksum_holds() {
        let message = "the checksum is not that of the contents; build the base anew";
        checks.fault(None, "damaged", String::new(), message.to_owned());
        // Whatever else it says is not to be believed, not even that it is wrong.
        return checks.sorted();
    }
    checks.all(&facts_of_base(kb));
    checks.sorted()
}

/// Checks tables before they are compiled. Also names the rows of `accepted.tsv` that accept nothing.
pub fn check_tables(tables: &Tables) -> Vec<Fault> {
    let rows = tables.accepted.iter();
    let mut checks = Checks {
        accepted: rows.map(|row| (row.code.clone(), row.key.clone())).collect(),
        ..Checks::default()
    };
    checks.all(&facts_of_tables(tables));
    for (row, used) in tables.accepted.iter().zip(checks.used.clone()) {
        if !used {
            checks.faults.push(Fault {
                at: Some(row.at.clone()),
                code: "idle",
                key: row.key.clone(),
                message: format!(
                    "no fault {} is about '{}' any more; drop the row",
                    row.code, row.key
                ),
            });
        }
    }
    checks.sorted()
}

fn accepted(table: &str) -> Vec<(String, String)> {
    let rows = table.lines().skip(1).map(|line| line.split('\t'));
    rows.filter_map(|mut cells| Some((cells.next()?.to_owned(), cells.next()?.to_owned())))
        .collect()
}

/// File and line of a row of a table.
type At<'a> = Option<&'a (String, usize)>;

/// What is checked, of a base or of tables.
struct Facts<'a> {
    /// Source layers with their newest date.
    layers: Vec<(&'a str, Option<Date>)>,
    subjects: Vec<Subject<'a>>,
    names: Vec<Named<'a>>,
    offices: Vec<Held<'a>>,
}

struct Subject<'a> {
    id: Cow<'a, str>,
    kind: Kind,
    what: &'a str,
    name: &'a str,
    wikidata: Option<u32>,
    country: &'a str,
    start: Option<Date>,
    end: Option<Date>,
    source: &'a str,
    at: At<'a>,
}

struct Named<'a> {
    subject: usize,
    form: NameForm,
    name: &'a str,
    weak: bool,
    former: bool,
    from: Option<Date>,
    to: Option<Date>,
    at: At<'a>,
}

struct Held<'a> {
    person: usize,
    org: &'a str,
    org_known: bool,
    role: Role,
    office: &'a str,
    start: Option<Date>,
    end: Option<Date>,
    doubt: Option<Date>,
    as_of: Option<Date>,
    source: &'a str,
    at: At<'a>,
}

fn facts_of_base(kb: &Kb) -> Facts<'_> {
    let mut facts = Facts {
        layers: kb.sources().map(|(_, s)| (s.id, s.as_of)).collect(),
        subjects: Vec::new(),
        names: Vec::new(),
        offices: Vec::new(),
    };
    for (id, subject) in kb.ids().zip(0..) {
        facts.subjects.push(Subject {
            id: kb.stable_id(id),
            kind: kb.kind(id),
            what: kb.description(id).unwrap_or_default(),
            name: kb.name(id),
            wikidata: kb.wikidata(id),
            country: kb.country_of(id).and_then(|c| kb.code(c)).unwrap_or_default(),
            start: kb.existed(id).0,
            end: kb.existed(id).1,
            source: kb.source(id).id,
            at: None,
        });
        let names = kb
            .names_of(id)
            .filter(|hit| !hit.derived && hit.form != NameForm::Name);
        facts.names.extend(names.map(|hit| Named {
            subject,
            form: hit.form,
            name: hit.surface,
            weak: hit.weak,
            former: hit.former,
            from: hit.from,
            to: hit.to,
            at: None,
        }));
        facts.offices.extend(kb.tenures(id).map(|t| Held {
            person: subject,
            org: t.org,
            // A pack may speak of bodies that only the base knows which it will lie over.
            org_known: kb.by_code(t.org).is_some() || Kb::embedded().by_code(t.org).is_some(),
            role: t.role,
            office: t.office,
            start: t.start,
            end: t.end,
            doubt: t.doubt_from,
            as_of: t.as_of,
            source: t.source,
            at: None,
        }));
    }
    facts
}

fn facts_of_tables(tables: &Tables) -> Facts<'_> {
    let ids: BTreeMap<&str, usize> =
        crate::base::order::map(tables.entities.iter().map(|e| e.id.as_str()).zip(0..));
    let codes = tables.entities.iter().map(|e| e.code.as_str());
    let codes: std::collections::BTreeSet<&str> = crate::base::order::set(codes);
    let known = |id: &str| ids.contains_key(id) || codes.contains(id);
    Facts {
        layers: tables.layers.iter().map(|l| (l.id.as_str(), l.as_of)).collect(),
        subjects: (tables.entities.iter())
            .map(|e| Subject {
                id: Cow::Borrowed(&e.id),
                kind: e.kind,
                what: &e.what,
                name: &e.name,
                wikidata: e.wikidata,
                country: &e.country,
                start: e.start,
                end: e.end,
                source: &e.source,
                at: Some(&e.at),
            })
            .collect(),
        // Rows of unknown entities are the compiler's to refuse.
        names: (tables.names.iter())
            .filter_map(|n| {
                Some(Named {
                    subject: *ids.get(n.entity.as_str())?,
                    form: n.form,
                    name: &n.name,
                    weak: n.weak,
                    former: n.former,
                    from: n.from,
                    to: n.to,
                    at: Some(&n.at),
                })
            })
            .collect(),
        offices: (tables.tenures.iter())
            .filter_map(|t| {
                Some(Held {
                    person: *ids.get(t.person.as_str())?,
                    org: &t.org,
                    org_known: known(&t.org),
                    role: t.role,
                    office: &t.office,
                    start: t.start,
                    end: t.end,
                    doubt: t.doubt,
                    as_of: t.as_of,
                    source: &t.source,
                    at: Some(&t.at),
                })
            })
            .collect(),
    }
}

#[derive(Default)]
struct Checks {
    accepted: Vec<(String, String)>,
    used: Vec<bool>,
    faults: Vec<Fault>,
}

impl Checks {
    fn fault(&mut self, at: At<'_>, code: &'static str, key: String, message: String) {
        self.used.resize(self.accepted.len(), false);
        let row = self.accepted.iter().position(|(c, k)| c == code && *k == key);
        match row {
            Some(row) => self.used[row] = true,
            None => self.faults.push(Fault {
                at: at.cloned(),
                code,
                key,
                message,
            }),
        }
    }

    fn sorted(mut self) -> Vec<Fault> {
        self.faults.order_by(Ord::cmp);
        self.faults.dedup();
        self.faults
    }

    fn all(&mut self, facts: &Facts<'_>) {
        self.used.resize(self.accepted.len(), false);
        let newest = facts.layers.iter().filter_map(|(_, as_of)| *as_of).max();
        self.subjects(facts, newest);
        self.names(facts);
        self.demonyms(facts);
        self.same_names(facts);
        for t in &facts.offices {
            self.office(facts, t, newest);
        }
        self.holders(facts);
        self.twice(facts);
    }

    fn subjects(&mut self, facts: &Facts<'_>, newest: Option<Date>) {
        let mut by_wikidata: BTreeMap<u32, &Subject<'_>> = BTreeMap::new();
        for s in &facts.subjects {
            let called = format!("{} ({})", s.id, s.name);
            let key = || s.id.clone().into_owned();
            if let Some(what) = odd(s.name) {
                self.fault(s.at, "odd-name", key(), format!("{called} {what}"));
            }
            if s.source.is_empty() {
                self.fault(s.at, "no-source", key(), called.clone());
            }
            if let (Some(start), Some(end)) = (s.start, s.end)
                && end.latest() < start.earliest()
            {
                self.fault(
                    s.at,
                    "end-before-start",
                    key(),
                    format!("{called}: {start} to {end}"),
                );
            }
            for date in [s.start, s.end].into_iter().flatten() {
                if Some(date) > newest {
                    self.fault(
                        s.at,
                        "in-the-future",
                        key(),
                        format!("{called}: {date} is after the newest source"),
                    );
                }
            }
            let Some(q) = s.wikidata else { continue };
            if let Some(other) = by_wikidata.insert(q, s) {
                let message = format!("{called} has the Wikidata id of {} ({})", other.id, other.name);
                self.fault(s.at, "duplicate-id", format!("Q{q}"), message);
            }
        }
    }

    fn names(&mut self, facts: &Facts<'_>) {
        for n in &facts.names {
            let s = &facts.subjects[n.subject];
            let not_given = n.name == "NA" && n.form != NameForm::Acronym;
            if let Some(what) = odd(n.name).or(not_given.then_some("is a note and no name")) {
                let message = format!("'{}', a name of {} ({}), {what}", n.name, s.id, s.name);
                self.fault(n.at, "odd-name", n.name.to_owned(), message);
            }
            if let (Some(from), Some(to)) = (n.from, n.to)
                && to.latest() < from.earliest()
            {
                let message = format!("'{}' of {}: {from} to {to}", n.name, s.id);
                self.fault(n.at, "end-before-start", n.name.to_owned(), message);
            }
        }
    }

    /// Words for people that two countries share need a rule, the nearest country of the text.
    fn demonyms(&mut self, facts: &Facts<'_>) {
        let mut owners: BTreeMap<&str, Vec<&Named<'_>>> = BTreeMap::new();
        for n in &facts.names {
            let of_country = facts.subjects[n.subject].kind == Kind::Country;
            if of_country && matches!(n.form, NameForm::DemonymNoun | NameForm::Adjective) {
                let owners = owners.entry(n.name.trim_end_matches('s')).or_default();
                if owners.iter().all(|o| o.subject != n.subject) {
                    owners.push(n);
                }
            }
        }
        for (demonym, owners) in owners.into_iter().filter(|(_, owners)| owners.len() > 1) {
            let message = format!("'{demonym}' belongs to {}", list(facts, &owners));
            self.fault(owners[1].at, "shared-demonym", demonym.to_owned(), message);
        }
    }

    /// Full names that two entities of one kind bear, where neither their countries, nor their kinds, nor their
    /// times tell them apart.
    fn same_names(&mut self, facts: &Facts<'_>) {
        let mut bearers: BTreeMap<(Kind, String), Vec<Named<'_>>> = BTreeMap::new();
        let canonical = facts.subjects.iter().zip(0..).map(|(s, subject)| Named {
            subject,
            form: NameForm::Name,
            name: s.name,
            weak: false,
            former: false,
            from: None,
            to: None,
            at: s.at,
        });
        let others = facts.names.iter().map(|n| Named { ..*n });
        for n in canonical.chain(others) {
            let kind = facts.subjects[n.subject].kind;
            let full = matches!(n.form, NameForm::Name | NameForm::Alias | NameForm::Acronym);
            if !full || n.weak || kind == Kind::Person {
                continue;
            }
            let folded = match n.form {
                NameForm::Acronym => n.name.to_owned(),
                _ => key(n.name.strip_prefix("the ").unwrap_or(n.name)),
            };
            let bearers = bearers.entry((kind, folded)).or_default();
            if bearers.iter().all(|b| b.subject != n.subject) {
                bearers.push(n);
            }
        }
        for ((_, key), bearers) in bearers.into_iter().filter(|(_, bearers)| bearers.len() > 1) {
            let mut alike: Vec<&Named<'_>> = Vec::new();
            for (i, a) in bearers.iter().enumerate() {
                for b in &bearers[i + 1..] {
                    if confusable(&facts.subjects[a.subject], &facts.subjects[b.subject])
                        && !(a.former || b.former)
                    {
                        alike.extend([a, b]);
                    }
                }
            }
            alike.order_by_key(|n| n.subject);
            alike.dedup_by_key(|n| n.subject);
            if let [_, second, ..] = alike[..] {
                let message = format!("'{}' is a name of {}", second.name, list(facts, &alike));
                self.fault(second.at, "same-name", key, message);
            }
        }
    }

    fn office(&mut self, facts: &Facts<'_>, t: &Held<'_>, newest: Option<Date>) {
        let person = &facts.subjects[t.person];
        let key = || format!("{}/{}/{}", person.id, t.org, t.role.text());
        let called = || format!("{} ({}), {} ({})", person.name, person.id, t.office, t.org);
        if t.source.is_empty() {
            self.fault(t.at, "no-source", key(), called());
        }
        if let (Some(start), Some(end)) = (t.start, t.end)
            && end.latest() < start.earliest()
        {
            self.fault(
                t.at,
                "end-before-start",
                key(),
                format!("{}: {start} to {end}", called()),
            );
        }
        // An end that is known to be, but not when, leaves the whole tenure in doubt.
        if t.end.is_none() && t.as_of.is_none() && t.doubt.is_none() {
            let message = format!("{} has neither an end nor a date of its source", called());
            self.fault(t.at, "no-as-of", key(), message);
        }
        if !t.org_known {
            let message = format!("{}: no entity has the code", called());
            self.fault(t.at, "dangling-org", key(), message);
        }
        // An end may come from a later source than the office; nothing comes from after the newest one.
        let dates = [(t.start, "begins", t.as_of.or(newest)), (t.end, "ends", newest)];
        for (date, what, seen) in dates {
            if let (Some(date), Some(seen)) = (date, seen)
                && date.earliest() > seen.latest()
            {
                let message = format!("{} {what} {date}, after its source was made ({seen})", called());
                self.fault(t.at, "in-the-future", key(), message);
            }
        }
        // A base keeps only the first of several sources.
        let made = match t.at {
            None => newest,
            Some(_) => (facts.layers.iter())
                .filter(|(id, _)| t.source.split('+').any(|part| part == *id))
                .filter_map(|(_, as_of)| *as_of)
                .max(),
        };
        if let (Some(as_of), Some(made)) = (t.as_of, made)
            && as_of.earliest() > made.latest()
        {
            let message = format!("{} is as of {as_of}, but {} is of {made}", called(), t.source);
            self.fault(t.at, "as-of-too-late", key(), message);
        }
    }

    /// Two people who are both said with certainty to have held one office for more than a day.
    fn holders(&mut self, facts: &Facts<'_>) {
        // Of heads of state and government there is one whatever the title; other roles are many offices.
        let office = |t: &Held<'_>| match t.role {
            Role::HeadOfState | Role::HeadOfGovernment => (t.org.to_owned(), t.role as u8, String::new()),
            _ => (t.org.to_owned(), t.role as u8, t.office.to_owned()),
        };
        let mut offices: BTreeMap<_, Vec<&Held<'_>>> = BTreeMap::new();
        for t in facts.offices.iter().filter(|t| t.role.is_single()) {
            offices.entry(office(t)).or_default().push(t);
        }
        for ((org, _, title), mut held) in offices {
            held.order_by_key(|t| t.start);
            // Of those who began before, the two people who stayed longest: whoever overlaps with anybody
            // overlaps with one of them, and one fault a tenure tells it, however many there are.
            let mut longest: [Option<(Date, &Held<'_>)>; 2] = [None, None];
            for b in held {
                let until = certain_until(b.end, b.doubt, b.as_of);
                let before = longest.iter().flatten().find(|(_, a)| a.person != b.person);
                let common = before.and_then(|(last, a)| {
                    let days = overlap((a.start, Some(*last)), (b.start, until))?;
                    Some((*a, days))
                });
                if let Some(until) = until.filter(|_| b.start.is_some()) {
                    longest = match longest {
                        [Some((last, a)), second] if a.person == b.person => {
                            [Some(if until > last { (until, b) } else { (last, a) }), second]
                        }
                        [Some((last, a)), _] if until > last => [Some((until, b)), Some((last, a))],
                        [Some(first), Some((last, a))] if last >= until => [Some(first), Some((last, a))],
                        [Some(first), _] => [Some(first), Some((until, b))],
                        [None, _] => [Some((until, b)), None],
                    };
                }
                let Some((a, (from, to))) = common else {
                    continue;
                };
                let (x, y) = (&facts.subjects[a.person], &facts.subjects[b.person]);
                let role = a.role.text();
                let message = format!(
                    "{role} of {org} ({}): {} ({}) and {} ({}) from {from} to {to}; mend it, or say in \
                     hand/disputed.tsv that the sources disagree",
                    a.office, x.name, x.id, y.name, y.id
                );
                let key = match title.as_str() {
                    "" => format!("{org}/{role}"),
                    title => format!("{org}/{role}/{title}"),
                };
                self.fault(b.at.max(a.at), "two-holders", key, message);
            }
        }
    }

    /// One person under two ids: the same name, office and first day.
    fn twice(&mut self, facts: &Facts<'_>) {
        let mut seen: BTreeMap<(String, &str, u8, Date), &Held<'_>> = BTreeMap::new();
        for t in &facts.offices {
            let Some(start) = t.start else { continue };
            let person = &facts.subjects[t.person];
            let key = (key(person.name), t.org, t.role as u8, start);
            let first = *seen.entry(key).or_insert(t);
            if first.person != t.person {
                let other = &facts.subjects[first.person];
                let message = format!(
                    "{} is both {} and {}; unite them in hand/merge.tsv",
                    person.name, other.id, person.id
                );
                self.fault(t.at, "one-person-twice", person.id.clone().into_owned(), message);
            }
        }
    }
}

/// A name as it is looked up.
fn key(name: &str) -> String {
    name_words(name).join(" ")
}

/// Whether nothing tells two bearers of one name apart.
fn confusable(a: &Subject<'_>, b: &Subject<'_>) -> bool {
    let same_country = a.country == b.country;
    // The text around decides between states of today and of the past, between a city and its region.
    let same_what = a.what == b.what || a.kind == Kind::Institution;
    let apart = |x: &Subject<'_>, y: &Subject<'_>| x.end.is_some() && x.end < y.start;
    // Of parties, the one that exists today is meant.
    let past_party = |s: &Subject<'_>| s.what == "party" && s.end.is_some();
    same_country
        && same_what
        && !apart(a, b)
        && !apart(b, a)
        && past_party(a) == past_party(b)
        && !past_party(a)
}

/// What is wrong with the look of a name, if anything.
fn odd(name: &str) -> Option<&'static str> {
    let note = ["no ", "none", "includes ", "N/A", "vacant"];
    if name.trim().is_empty() {
        Some("is empty")
    } else if !name.chars().any(char::is_alphanumeric) {
        Some("has no letter")
    } else if note
        .iter()
        .any(|n| name == *n || n.ends_with(' ') && name.starts_with(n))
    {
        Some("is a note and no name")
    } else if name.contains([';', '[', ']', '\u{a0}']) || name != name.trim() || name.contains("  ") {
        Some("has marks or spaces that no name has")
    } else {
        None
    }
}

fn list(facts: &Facts<'_>, names: &[&Named<'_>]) -> String {
    let of = |n: &&Named<'_>| {
        let s = &facts.subjects[n.subject];
        match s.id == s.name {
            true => s.name.to_owned(),
            false => format!("{} ({})", s.name, s.id),
        }
    };
    names.iter().map(of).collect::<Vec<_>>().join(" and ")
}

/// The last day of which an office is certain.
pub(super) fn certain_until(end: Option<Date>, doubt: Option<Date>, as_of: Option<Date>) -> Option<Date> {
    let known = end.or(as_of)?;
    Some(doubt.map_or(known, |doubt| doubt.min(known)))
}

/// The days that two periods have in common, if it is more than one.
pub(super) fn overlap(
    a: (Option<Date>, Option<Date>),
    b: (Option<Date>, Option<Date>),
) -> Option<(Date, Date)> {
    let (from, to) = (a.0?.max(b.0?), a.1?.min(b.1?));
    // On the day of a change of office both may be said to hold it, and time zones make it two.
    (ordinal(to.earliest()) - ordinal(from.latest()) > 1).then_some((from, to))
}

/// A number that grows by the day; months are taken as equally long.
fn ordinal((year, month, day): (i16, u8, u8)) -> i32 {
    i32::from(year) * 372 + i32::from(month) * 31 + i32::from(day)
}
