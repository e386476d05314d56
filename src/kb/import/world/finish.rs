//! The end of the second pass: what was kept, as tables.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    base::{date::Date, order::Order},
    kb::{
        Kind, Role,
        import::{
            Tally, names,
            office::Office,
            record::{Item, When},
            world::{LAYER, Person, PersonKey, World},
        },
        source::{EntityRow, LayerRow, Tables, TenureRow},
    },
};

/// The class of sovereign states.
const SOVEREIGN_STATE: u32 = 3_624_078;

/// An office: its item, what it is, where.
type OfficeKey<'a> = (u32, Role, &'a str);

impl World<'_> {
    /// The tables of all that was kept, and what was left out and why.
    pub fn finish(mut self) -> (Tables, Tally) {
        self.settle();
        self.doubt_by_successors();
        let mut tables = Tables::default();
        tables.layers.push(LayerRow {
            id: LAYER.to_owned(),
            as_of: Some(self.rules.as_of),
            license: "CC0".to_owned(),
            what: "Wikidata items".to_owned(),
        });
        let codes: BTreeSet<String> = crate::base::order::set(self.code_of.values().cloned());
        for (id, item) in std::mem::take(&mut self.countries) {
            self.finish_country(id, &item, &mut tables);
        }
        for (_, (item, what)) in self.bodies.each() {
            self.finish_body(item, what, &mut tables);
        }
        for ((tier, ..), (_, person, _)) in std::mem::take(&mut self.people.all) {
            self.finish_person(person, tier, &codes, &mut tables);
        }
        (tables, self.tally)
    }

    fn finish_country(&mut self, id: u32, item: &Item, tables: &mut Tables) {
        let code = self.code_of.get(&id).cloned().unwrap_or_default();
        let capitals = self.capitals.remove(&id).unwrap_or_default();
        let sovereign = item.classes.contains(&SOVEREIGN_STATE);
        let what = match (item.end, sovereign) {
            (When::At(_) | When::Unknown, _) => "historical",
            (_, true) => "sovereign",
            _ => "territory",
        };
        let mut row = row(item, Kind::Country, code);
        row.what = what.to_owned();
        row.tier = if sovereign { 1 } else { 2 };
        row.start = item.start.date();
        row.end = item.end.date();
        row.official = item.official.first().cloned().unwrap_or_default();
        if let Some(known) = self.known.by_wikidata(id) {
            row.iso3 = self.known.alpha3(known).unwrap_or_default().to_owned();
            row.in_sentence = self.known.in_sentence(known).to_owned();
            row.tier = self.known.tier(known);
        }
        names::of_country(item, &row.id, &capitals, LAYER, &mut tables.names);
        tables.entities.push(row);
    }

    fn finish_body(&self, item: &Item, what: &str, tables: &mut Tables) {
        let (code, _) = self.body_code.get(&item.id).cloned().unwrap_or_default();
        let mut row = row(item, Kind::Institution, self.id_of(item));
        row.what = what.to_owned();
        row.code = code;
        let country = item.countries.iter().find_map(|c| self.code_of.get(c));
        row.country = country.cloned().unwrap_or_default();
        let tier = if item.links >= 60 { 2 } else { 3 };
        row.tier = self.known_tier(item).unwrap_or(tier);
        row.start = item.start.date();
        row.end = item.end.date();
        names::of_body(item, &row.id, LAYER, &mut tables.names);
        tables.entities.push(row);
    }

    /// `codes` are those of the countries.
    fn finish_person(&self, person: Person, tier: u8, codes: &BTreeSet<String>, tables: &mut Tables) {
        let Person { item, offices } = person;
        let mut row = row(&item, Kind::Person, self.id_of(&item));
        row.tier = self.known_tier(&item).map_or(tier, |known| known.min(tier));
        row.gender = item.gender;
        row.family = self.family_names.get(&item.family).cloned().unwrap_or_default();
        let newest = offices.iter().rev().map(|office| &office.org);
        let of_birth = item.countries.iter().filter_map(|c| self.code_of.get(c));
        let country = newest.chain(of_birth).find(|org| codes.contains(*org));
        row.country = country.cloned().unwrap_or_default();
        names::of_person(&item, &row.id, LAYER, &mut tables.names);
        let offices = offices.into_iter().map(|office| self.tenure(&row.id, office));
        tables.tenures.extend(offices);
        tables.entities.push(row);
    }

    fn tenure(&self, person: &str, office: Office) -> TenureRow {
        TenureRow {
            person: person.to_owned(),
            org: office.org,
            role: office.role,
            office: names::title(&office.title),
            start: Some(office.start),
            end: office.end,
            doubt: office.doubt,
            as_of: (office.open || office.end.is_some()).then_some(self.rules.as_of),
            party: office.party,
            source: LAYER.to_owned(),
            at: (String::new(), 0),
        }
    }

    /// The id that the base below has for an item, else that of Wikidata.
    fn id_of(&self, item: &Item) -> String {
        let known = self.known.by_wikidata(item.id);
        known.map_or_else(
            || format!("Q{}", item.id),
            |id| self.known.stable_id(id).into_owned(),
        )
    }

    fn known_tier(&self, item: &Item) -> Option<u8> {
        self.known.by_wikidata(item.id).map(|id| self.known.tier(id))
    }

    /// An office for one that somebody else took up later has been left by then at the latest, whatever is
    /// missing: from that day on it is in doubt.
    fn doubt_by_successors(&mut self) {
        // Of each office when who began.
        let mut starts: BTreeMap<OfficeKey<'_>, Vec<(Date, u32)>> = BTreeMap::new();
        for ((_, _, id), person) in self.people.each() {
            for office in person
                .offices
                .iter()
                .filter(|o| o.position != 0 && o.role.is_single())
            {
                let key = (office.position, office.role, office.org.as_str());
                starts.entry(key).or_default().push((office.start, *id));
            }
        }
        for starts in starts.values_mut() {
            starts.order_by_key(|(start, id)| (start.earliest(), *id));
        }
        let mut doubts: Vec<(PersonKey, usize, Date)> = Vec::new();
        for (key, person) in self.people.each() {
            for (i, office) in person.offices.iter().enumerate().filter(|(_, o)| o.open) {
                let Some(others) = starts.get(&(office.position, office.role, office.org.as_str())) else {
                    continue;
                };
                let first = others.partition_point(|(start, _)| start.earliest() <= office.start.latest());
                let mut later = others[first..].iter().filter(|(_, id)| *id != key.2);
                if let Some((start, _)) = later.next() {
                    doubts.push((*key, i, *start));
                }
            }
        }
        self.tally.succeeded += doubts.len() as u64;
        for (key, i, start) in doubts {
            let person = self.people.all.get_mut(&key);
            if let Some(office) = person.and_then(|(_, p, _)| p.offices.get_mut(i)) {
                office.doubt = Some(start);
            }
        }
    }
}

fn row(item: &Item, kind: Kind, id: String) -> EntityRow {
    EntityRow {
        wikidata: Some(item.id),
        name: item.label.clone(),
        ..EntityRow::new(id, kind, LAYER)
    }
}
