//! The second pass: from items of Wikidata in any order to tables.
//!
//! First [`World::learn`] sees each thing (classes, countries), then [`World::thing`] sees each again (now it
//! is known what the classes mean), then [`World::person`] each person. [`World::finish`] makes the tables.
//! Whatever is fed, no more is held than the limits say: the least known are let go first.

mod finish;

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, VecDeque},
};

use rustc_hash::FxHashMap;

use crate::{
    base::{order::Order, word::name_words},
    kb::{
        Kb, Kind, Role,
        import::{
            Rules, Tally,
            class::{self, Use, role_of_title},
            kept::{Kept, cost},
            names,
            office::{Office, head_of_body, tier_of, unite},
            record::{Held, Item, When},
        },
    },
};

/// Limits of what is held in memory.
const MAX_EDGES: usize = 40_000_000;
const MAX_POSITIONS: usize = 500_000;
const MAX_FAMILY_NAMES: usize = 2_000_000;
/// Bytes that people, and bodies, may take until the pack is made of them: see [`cost`]. Beyond that the least
/// known are left out. An import of 335,000 people was measured to take 860 MB in all.
const MAX_PEOPLE: usize = 1_300 << 20;
const MAX_BODIES: usize = 250 << 20;
/// The id of the source layer of what Wikidata says.
pub const LAYER: &str = "wikidata";

/// An office as its item describes it.
#[derive(Debug)]
struct Position {
    title: String,
    role: Role,
    /// The least number of wiki pages that its holder must have.
    links: u16,
    countries: Vec<u32>,
    jurisdictions: Vec<u32>,
    bodies: Vec<u32>,
}

/// Somebody who is kept.
#[derive(Debug)]
struct Person {
    item: Item,
    offices: Vec<Office>,
}

/// The order in which bodies and people are kept: the best known first, people first by their offices.
type BodyKey = (Reverse<u16>, u32);
type PersonKey = (u8, Reverse<u16>, u32);

/// How far an item's class is, and its row in the table of classes.
type Near = (u8, u8);

/// What is known after each step.
#[derive(Debug)]
pub struct World<'k> {
    known: &'k Kb,
    rules: Rules,
    tally: Tally,
    /// (parent, child) of classes.
    edges: Vec<(u32, u32)>,
    near: FxHashMap<u32, Near>,
    countries: BTreeMap<u32, Item>,
    code_of: BTreeMap<u32, String>,
    head_offices: BTreeMap<u32, Vec<(Role, u32)>>,
    capitals: BTreeMap<u32, Vec<String>>,
    positions: FxHashMap<u32, Position>,
    bodies: Kept<BodyKey, (Item, &'static str)>,
    family_names: FxHashMap<u32, String>,
    /// Person → the bodies that name them, with the statement.
    named: FxHashMap<u32, Vec<(u32, Held)>>,
    /// Body → its code, once all bodies are there.
    body_code: BTreeMap<u32, (String, &'static str)>,
    settled: bool,
    people: Kept<PersonKey, Person>,
}

impl<'k> World<'k> {
    /// An empty world. `known` lends its codes to what it knows by Wikidata id, so that a pack and the base
    /// below it speak of the same things.
    pub fn new(known: &'k Kb, rules: Rules) -> Self {
        Self {
            known,
            rules,
            tally: Tally::default(),
            edges: Vec::new(),
            near: FxHashMap::default(),
            countries: BTreeMap::new(),
            code_of: BTreeMap::new(),
            head_offices: BTreeMap::new(),
            capitals: BTreeMap::new(),
            positions: FxHashMap::default(),
            bodies: Kept::new(MAX_BODIES),
            family_names: FxHashMap::default(),
            named: FxHashMap::default(),
            body_code: BTreeMap::new(),
            settled: false,
            people: Kept::new(MAX_PEOPLE),
        }
    }

    /// First look at a thing: what is a class of what, which countries there are.
    pub fn learn(&mut self, item: &Item) {
        for parent in &item.parents {
            if self.edges.len() < MAX_EDGES {
                self.edges.push((*parent, item.id));
            }
        }
        if let Some(class) = class::classes().iter().find(|class| class.id == item.id)
            && !item.label.is_empty()
            && !shares_a_word(&item.label, class.label)
        {
            self.tally.notes.insert(format!(
                "Q{} is called '{}' in the input, '{}' in copydesk's table of classes",
                class.id, item.label, class.label
            ));
        }
        let is_state = |c: &u32| {
            let class = class::classes().iter().find(|class| class.id == *c);
            matches!(class.map(|class| class.means), Some(Use::Country(_)))
        };
        let known = self.known.by_wikidata(item.id).map(|id| self.known.kind(id));
        // What the base below knows as something else stays that: Scotland is a country, and a region.
        if known.is_some_and(|kind| kind != Kind::Country) {
            return;
        }
        let ended_before = item.end.date().is_some_and(|end| end < self.rules.since);
        if known.is_some() || !item.iso.is_empty() || item.classes.iter().any(is_state) && !ended_before {
            self.country(item);
        }
    }

    fn country(&mut self, item: &Item) {
        if item.label.is_empty() {
            return;
        }
        let known = self.known.by_wikidata(item.id);
        let known_code = known.and_then(|id| self.known.code(id)).map(str::to_owned);
        let code = match (known_code, item.iso.as_str()) {
            (Some(code), _) => code,
            // The code belongs to another item, which the base below knows.
            (None, iso)
                if self
                    .known
                    .by_code(iso)
                    .is_some_and(|id| self.known.wikidata(id).is_some()) =>
            {
                return;
            }
            (None, "") => format!("Q{}", item.id),
            (None, iso) => iso.to_owned(),
        };
        // Of two items with one code the elder counts, in whatever order they come.
        if let Some((other, _)) = self.code_of.iter().find(|(id, c)| **c == code && **id != item.id) {
            if *other < item.id {
                return;
            }
            let other = *other;
            self.code_of.remove(&other);
            self.countries.remove(&other);
        }
        self.code_of.insert(item.id, code);
        self.countries.insert(item.id, item.clone());
    }

    /// Ends the first look: finds for each class the nearest row of the table above it.
    pub fn close(&mut self) {
        self.edges.sort_unstable();
        self.edges.dedup();
        let mut open: VecDeque<u32> = VecDeque::new();
        for (row, class) in (0u8..).zip(class::classes()) {
            self.near.insert(class.id, (0, row));
            open.push_back(class.id);
        }
        // Breadth first, so that the nearest row reaches a class first and of equally near ones the upper.
        while let Some(class) = open.pop_front() {
            let Some(&(distance, row)) = self.near.get(&class) else {
                continue;
            };
            if distance >= 12 {
                continue;
            }
            let first = self.edges.partition_point(|(parent, _)| *parent < class);
            for (_, child) in self.edges[first..]
                .iter()
                .take_while(|(parent, _)| *parent == class)
            {
                if !self.near.contains_key(child) {
                    self.near.insert(*child, (distance + 1, row));
                    open.push_back(*child);
                }
            }
        }
        self.edges = Vec::new();
        for (id, country) in &self.countries {
            for (role, offices) in [
                (Role::HeadOfState, &country.state_office),
                (Role::HeadOfGovernment, &country.government_office),
            ] {
                for office in offices {
                    self.head_offices.entry(*office).or_default().push((role, *id));
                }
            }
        }
    }

    /// The row of the table of classes that says what the item is. "Position" alone says least.
    fn class_of(&self, item: &Item) -> Option<&'static class::Class> {
        let means = |row: u8| class::classes().get(usize::from(row)).map(|class| class.means);
        // An office is often a class itself ("minister"), a body never is: the class "political party" is none.
        let own = std::iter::once(&item.id).chain(&item.parents);
        let own = own.filter_map(|c| self.near.get(c));
        let own = own.filter(|(_, row)| matches!(means(*row), Some(Use::Position(_))));
        let above = item.classes.iter().filter_map(|c| self.near.get(c));
        let vague = |row: u8| means(row) == Some(Use::Position(Role::Other));
        let (_, row) = own
            .chain(above)
            .min_by_key(|(distance, row)| (vague(*row), *distance, *row))?;
        class::classes().get(usize::from(*row))
    }

    /// Second look at a thing: an office, a body, a family name, a capital.
    pub fn thing(&mut self, item: &Item) {
        if self.countries.contains_key(&item.id) {
            self.name_heads(item);
            return;
        }
        for of in &item.capital_of {
            if self.countries.contains_key(of) && !item.label.is_empty() {
                self.capitals.entry(*of).or_default().push(item.label.clone());
            }
        }
        if item.label.is_empty() {
            return;
        }
        let class = self.class_of(item);
        let known = self.known.by_wikidata(item.id);
        let known_body = known.filter(|id| self.known.kind(*id) == Kind::Institution);
        if self.head_offices.contains_key(&item.id) {
            self.position(item, Role::Other, 0);
        } else if let Some(id) = known_body {
            let what = self.known.description(id).unwrap_or("");
            let what = names::body_kind(what);
            self.body(item, what);
        } else if let Some(class) = class {
            match class.means {
                Use::Body(_) if known.is_some() => {}
                Use::Position(role) => self.position(item, role, class.links),
                Use::Body(what) if item.links >= class.links => self.body(item, what),
                Use::Name if self.family_names.len() < MAX_FAMILY_NAMES => {
                    self.family_names.insert(item.id, item.label.clone());
                }
                Use::Body(_) | Use::Country(_) | Use::Name => {}
            }
        }
    }

    fn position(&mut self, item: &Item, class_role: Role, links: u16) {
        if self.positions.len() >= MAX_POSITIONS {
            self.tally.over += 1;
            return;
        }
        let by_title = role_of_title(&item.label);
        let role = match (class_role, by_title) {
            // A deputy is filed under the office of whom he stands for.
            (_, Some(role @ (Role::DeputyHeadOfGovernment | Role::JuniorMinister))) => role,
            (Role::HeadOfState, Some(role @ Role::GovernorGeneral)) => role,
            (Role::Minister | Role::Other, Some(role)) => role,
            (role, _) => role,
        };
        self.positions.insert(
            item.id,
            Position {
                title: item.label.clone(),
                role,
                links,
                countries: item.countries.clone(),
                jurisdictions: item.jurisdictions.clone(),
                bodies: item.bodies.clone(),
            },
        );
    }

    fn body(&mut self, item: &Item, what: &'static str) {
        let ended_before = item.end.date().is_some_and(|end| end < self.rules.since);
        if ended_before {
            self.tally.before += 1;
            return;
        }
        self.name_heads(item);
        let key = (Reverse(item.links), item.id);
        self.tally.over += self.bodies.put(item.id, key, (item.clone(), what), cost(item, 0));
    }

    fn name_heads(&mut self, item: &Item) {
        for held in item.held.iter().filter(|held| held.property != 39) {
            self.named
                .entry(held.item)
                .or_default()
                .push((item.id, held.clone()));
        }
    }

    /// Gives each body its code: that of the base below, else its acronym where it is the only one.
    fn settle(&mut self) {
        if std::mem::replace(&mut self.settled, true) {
            return;
        }
        let mut taken: BTreeSet<String> = crate::base::order::set(self.code_of.values().cloned());
        let mut codes = BTreeMap::new();
        for (_, (item, what)) in self.bodies.each() {
            if let Some(id) = self.known.by_wikidata(item.id) {
                let code = self
                    .known
                    .code(id)
                    .map_or_else(|| format!("Q{}", item.id), str::to_owned);
                taken.insert(code.clone());
                codes.insert(item.id, (code, *what));
            }
        }
        for (_, (item, what)) in self.bodies.each() {
            if codes.contains_key(&item.id) {
                continue;
            }
            let acronym = item.short.iter().chain(&item.aliases).find(|short| {
                names::is_acronym(short) && self.known.by_code(short).is_none() && !taken.contains(*short)
            });
            // Parties share their acronyms all over the world.
            let code = match acronym.filter(|_| *what != "party") {
                Some(acronym) => acronym.clone(),
                None => format!("Q{}", item.id),
            };
            taken.insert(code.clone());
            codes.insert(item.id, (code, *what));
        }
        self.body_code = codes;
    }

    /// A person: kept if an office of the kept ones is held.
    pub fn person(&mut self, item: &Item) {
        self.settle();
        if item.label.is_empty() {
            return;
        }
        let mut offices = Vec::new();
        for held in item.held.iter().filter(|held| held.property == 39) {
            self.offices_by_position(item, held, &mut offices);
        }
        if let Some(named) = self.named.get(&item.id) {
            for (body, held) in named.clone() {
                self.office_in_body(item, body, &held, &mut offices);
            }
        }
        let mut offices = unite(offices);
        if offices.is_empty() {
            return;
        }
        offices.order_by_key(|office| (office.start.earliest(), office.role, office.org.clone()));
        let tier = offices
            .iter()
            .map(|office| tier_of(office, self.known))
            .min()
            .unwrap_or(3);
        let key = (tier, Reverse(item.links), item.id);
        let cost = cost(item, offices.len());
        let person = Person {
            item: item.clone(),
            offices,
        };
        self.tally.over += self.people.put(item.id, key, person, cost);
    }

    fn offices_by_position(&mut self, person: &Item, held: &Held, out: &mut Vec<Office>) {
        let Some(position) = self.positions.get(&held.item) else {
            self.tally.other_offices += 1;
            return;
        };
        if person.links < position.links {
            self.tally.obscure += 1;
            return;
        }
        let mut roles: Vec<(Role, Option<String>)> = Vec::new();
        if let Some(heads) = self.head_offices.get(&held.item) {
            for (role, country) in heads {
                if let Some(code) = self.code_of.get(country) {
                    roles.push((*role, Some(code.clone())));
                }
            }
        } else {
            roles.push(self.place(position, held));
        }
        let title = position.title.clone();
        for (role, org) in roles {
            match org {
                Some(org) => self.office(person, held, role, &org, &title, held.item, out),
                None => self.tally.nowhere += 1,
            }
        }
    }

    /// In which country or body an office is, and what it is there.
    fn place(&self, position: &Position, held: &Held) -> (Role, Option<String>) {
        let country = |ids: &[u32]| ids.iter().find_map(|id| self.code_of.get(id)).cloned();
        let body = |ids: &[u32]| ids.iter().find_map(|id| self.body_code.get(id)).cloned();
        let role = position.role;
        let national = country(&held.of).or_else(|| country(&position.jurisdictions));
        if let (Role::OrgHead | Role::Other, Some((code, what))) = (
            role,
            body(&held.of)
                .or_else(|| body(&position.jurisdictions))
                .or_else(|| body(&position.bodies)),
        ) {
            return (head_of_body(role, what), Some(code));
        }
        if let Some(code) = national {
            return (role, Some(code));
        }
        if let Some((code, _)) = body(&held.of).or_else(|| body(&position.jurisdictions)) {
            return (role, Some(code));
        }
        let around = country(&position.countries);
        if !position.jurisdictions.is_empty() {
            // A part of a country: a federal state, a province, a city.
            return (Role::Subnational, around);
        }
        match around {
            Some(code) => (role, Some(code)),
            None => (role, body(&position.bodies).map(|(code, _)| code)),
        }
    }

    fn office_in_body(&mut self, person: &Item, body: u32, held: &Held, out: &mut Vec<Office>) {
        let (role, org, title, office) = if let Some(code) = self.code_of.get(&body) {
            let role = match held.property {
                6 => Role::HeadOfGovernment,
                35 => Role::HeadOfState,
                _ => return,
            };
            let mut offices = self.head_offices.iter();
            let office = offices.find(|(_, heads)| heads.contains(&(role, body)));
            let office = office.map_or(0, |(id, _)| *id);
            let title = self.positions.get(&office).map(|p| p.title.clone());
            (role, code.clone(), title.unwrap_or_default(), office)
        } else if let Some((code, what)) = self.body_code.get(&body) {
            let title = match held.property {
                488 => "Chair",
                1037 => "Director",
                169 => "Chief executive",
                3975 => "Secretary-General",
                _ => return,
            };
            (
                head_of_body(Role::OrgHead, what),
                code.clone(),
                title.to_owned(),
                0,
            )
        } else {
            return;
        };
        // The person's own statement says more; this one fills a gap.
        if let Some(start) = held.start.date() {
            let said = out.iter().any(|office| {
                office.org == org
                    && office.role == role
                    && office.start.earliest() <= start.latest()
                    && office.end.is_none_or(|end| start.earliest() <= end.latest())
            });
            if said {
                return;
            }
        }
        self.office(person, held, role, &org, &title, office, out);
    }

    #[allow(clippy::too_many_arguments, reason = "one statement, resolved")]
    fn office(
        &mut self,
        person: &Item,
        held: &Held,
        role: Role,
        org: &str,
        title: &str,
        position: u32,
        out: &mut Vec<Office>,
    ) {
        // Without a start no question about a day can be answered.
        let Some(start) = held.start.date() else {
            self.tally.undated += 1;
            return;
        };
        let mut office = Office {
            org: org.to_owned(),
            role,
            title: title.to_owned(),
            start,
            end: held.end.date(),
            doubt: None,
            open: matches!(held.end, When::Absent | When::Never),
            party: self.party(held.party),
            position,
        };
        if held.end == When::Unknown {
            office.doubt = Some(start);
        }
        if let (None, Some(death)) = (office.end, person.end.date()) {
            // Nobody holds an office beyond death; whether to the last day is not known.
            office.end = Some(death);
            office.doubt = Some(start);
            office.open = false;
        }
        if office.end.is_some_and(|end| end.latest() < start.earliest()) {
            self.tally.contradictory += 1;
            return;
        }
        let stale = office.open && i32::from(self.rules.as_of.year) - i32::from(start.year) > 80;
        if stale || office.end.is_some_and(|end| end < self.rules.since) {
            self.tally.before += 1;
            return;
        }
        out.push(office);
    }

    fn party(&self, group: u32) -> String {
        let Some((code, _)) = self.body_code.get(&group) else {
            return String::new();
        };
        let named = self
            .known
            .by_wikidata(group)
            .map(|id| self.known.name(id).to_owned());
        named.unwrap_or_else(|| code.clone())
    }
}

/// Whether two labels may be of one thing ("cabinet", "cabinet of ministers").
fn shares_a_word(a: &str, b: &str) -> bool {
    let words = name_words(b);
    name_words(a).iter().any(|word| words.contains(word))
}
