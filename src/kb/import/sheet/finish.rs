//! The rows of a sheet as tables, once all of them are there.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    base::{date::Date, order::Order},
    kb::{
        Kind, NameForm, Role,
        error::KbError,
        import::{
            Tally,
            names::{self, Names},
            record::When,
            sheet::{Draft, Office, Sheet},
        },
        source::{EntityRow, NameRow, NoteRow, Tables, TenureRow},
    },
};

/// What rows may speak of besides what the base knows.
struct Around<'a> {
    /// Entities of other inputs, by id.
    elsewhere: BTreeMap<&'a str, &'a EntityRow>,
    /// The code of a country or body, by its id, code or name.
    orgs: BTreeMap<String, String>,
    /// The ids of countries.
    countries: BTreeSet<String>,
}

impl<'a> Around<'a> {
    fn new(more: &'a Tables, drafts: &BTreeMap<String, Draft>) -> Self {
        let mut around = Self {
            elsewhere: more.entities.iter().map(|row| (row.id.as_str(), row)).collect(),
            orgs: BTreeMap::new(),
            countries: BTreeSet::new(),
        };
        let drafts = drafts.values().map(|draft| &draft.row);
        for row in more.entities.iter().chain(drafts) {
            if row.kind == Kind::Person {
                continue;
            }
            if row.kind == Kind::Country {
                around.countries.insert(row.id.clone());
            }
            let code = if row.code.is_empty() { &row.id } else { &row.code };
            for key in [&row.id, &row.code, &row.name] {
                if !key.is_empty() {
                    around.orgs.insert(key.clone(), code.clone());
                }
            }
            if let Some(q) = row.wikidata {
                around.orgs.insert(format!("Q{q}"), code.clone());
            }
        }
        around
    }
}

impl Sheet<'_> {
    /// The tables of all rows. `more` are entities of other inputs, which rows may speak of as well.
    pub(in crate::kb::import) fn finish(mut self, more: &Tables) -> Result<(Tables, Tally), KbError> {
        let mut tables = Tables::default();
        let around = Around::new(more, &self.drafts);
        let mut faults = Vec::new();
        for (id, draft) in std::mem::take(&mut self.drafts) {
            if let Err(fault) = self.entity(&id, draft, &around, &mut tables) {
                faults.push(fault);
            }
        }
        KbError::first_of(faults).map_or(Ok((tables, self.tally)), Err)
    }

    /// Adds one entity and all that its rows say of it.
    fn entity(
        &mut self,
        id: &str,
        draft: Draft,
        around: &Around<'_>,
        tables: &mut Tables,
    ) -> Result<(), KbError> {
        let at = draft.row.at.clone();
        let Some(mut row) = self.named(id, draft.row, around)? else {
            self.tally.nameless += 1;
            return Ok(());
        };
        if row.kind == Kind::Country {
            row.country.clear();
            row.code.clear();
        } else if !row.country.is_empty() {
            row.country = self.country(&row, around)?;
        }
        let held = self.held(id, draft.offices, around)?;
        if row.kind == Kind::Person {
            if row.country.is_empty() {
                let mut newest = held.iter().rev().map(|tenure| &tenure.org);
                let country = newest.find(|org| self.is_country(org, around));
                row.country = country.cloned().unwrap_or_default();
            }
            let heads = |t: &TenureRow| matches!(t.role, Role::HeadOfState | Role::HeadOfGovernment);
            if row.tier == 3 && held.iter().any(heads) {
                row.tier = 1;
            }
        }
        self.names(&row, at, &draft.names, &mut tables.names);
        tables.notes.extend(draft.notes.into_iter().map(|text| NoteRow {
            entity: row.id.clone(),
            text,
            at: row.at.clone(),
        }));
        tables.tenures.extend(held);
        tables.entities.push(row);
        Ok(())
    }

    /// A row with its name, which another input or the base may have to lend; `None` when nobody has one.
    fn named(&self, id: &str, mut row: EntityRow, around: &Around<'_>) -> Result<Option<EntityRow>, KbError> {
        if !row.name.is_empty() {
            return Ok(Some(row));
        }
        if let Some(other) = around.elsewhere.get(id) {
            return Ok(Some((*other).clone()));
        }
        if let Some(known) = self.known.by_id(id) {
            row.name = self.known.name(known).to_owned();
            row.kind = self.known.kind(known);
            row.tier = self.known.tier(known);
            return Ok(Some(row));
        }
        match self.strict {
            true => Err(error(
                &row.at,
                format!("'{id}' has no name, and the base does not know it"),
            )),
            false => Ok(None),
        }
    }

    /// The code of the country that a row names.
    fn country(&self, row: &EntityRow, around: &Around<'_>) -> Result<String, KbError> {
        match self.org(&row.country, &around.orgs) {
            Some(code) => Ok(code),
            None if self.strict => Err(error(
                &row.at,
                format!("country '{}' is no code or name of one", row.country),
            )),
            None => Ok(String::new()),
        }
    }

    fn is_country(&self, code: &str, around: &Around<'_>) -> bool {
        match self.known.by_code(code) {
            Some(id) => self.known.kind(id) == Kind::Country,
            None => around.countries.contains(code),
        }
    }

    /// The offices of a person, each once, in the order in which they began.
    fn held(
        &mut self,
        person: &str,
        offices: Vec<Office>,
        around: &Around<'_>,
    ) -> Result<Vec<TenureRow>, KbError> {
        let mut held = Vec::new();
        for office in offices {
            match self.org(&office.org, &around.orgs) {
                Some(org) => held.push(self.tenure(person, org, office)?),
                None if self.strict => {
                    let what = format!(
                        "org '{0}' is no code, id or name of a country, body or city; for one of your own add a row with the name '{0}' and the kind institution or place",
                        office.org
                    );
                    return Err(error(&office.at, what));
                }
                None => self.tally.nowhere += 1,
            }
        }
        held.order_by_key(|tenure| tenure.start.map(Date::earliest));
        held.dedup_by(|a, b| {
            (&a.org, a.role, &a.office, a.start, a.end) == (&b.org, b.role, &b.office, b.start, b.end)
        });
        Ok(held)
    }

    fn names(
        &self,
        row: &EntityRow,
        at: (String, usize),
        list: &[(NameForm, String)],
        out: &mut Vec<NameRow>,
    ) {
        let mut names = Names::new(&row.id, &row.name, &self.layer, at, out);
        for (form, name) in list {
            match (form, row.kind, self.strict) {
                // What a desk writes it means; of a query only what looks like a name is taken.
                (_, _, true) => names.add(*form, name, false),
                (NameForm::Alias, Kind::Person, _) => names::person_alias(&mut names, &row.name, name),
                (NameForm::Alias, ..) => names::body_alias(&mut names, name),
                _ => names.add(*form, name, false),
            }
            if *form == NameForm::DemonymNoun {
                names.add(NameForm::Adjective, name, false);
            }
        }
    }

    fn tenure(&self, person: &str, org: String, office: Office) -> Result<TenureRow, KbError> {
        let as_of = office.as_of.or(self.rules.given);
        if office.end == When::Absent && as_of.is_none() {
            let what =
                "an office without an end needs the day it was last checked: a column as_of, or --as-of";
            return Err(error(&office.at, what));
        }
        let unknown = office.end == When::Unknown;
        Ok(TenureRow {
            person: person.to_owned(),
            org,
            role: office.role,
            office: office.title,
            start: Some(office.start),
            end: office.end.date(),
            doubt: unknown.then_some(office.start),
            as_of: as_of.filter(|_| !unknown),
            party: office.party,
            source: self.layer.clone(),
            at: office.at,
        })
    }

    /// The code of a country or body that is given by code, id or name.
    fn org(&self, text: &str, here: &BTreeMap<String, String>) -> Option<String> {
        if let Some(code) = here.get(text) {
            return Some(code.clone());
        }
        let known = self.known;
        let by_id = known.by_id(text).filter(|id| known.kind(*id) != Kind::Person);
        let named = |of: fn(Kind) -> bool| {
            let hits = known.lookup(text).filter(|hit| {
                matches!(hit.form, NameForm::Name | NameForm::Alias) && !hit.weak && !hit.former
            });
            hits.map(|hit| hit.entity).filter(move |id| of(known.kind(*id)))
        };
        let by_name = || named(|kind| matches!(kind, Kind::Country | Kind::Institution)).next();
        // A desk's mayors are those of cities, of which several may have one name.
        let city = || {
            let mut cities = named(|kind| kind == Kind::Place);
            let city = cities.next().filter(|_| self.strict)?;
            cities.all(|other| other == city).then_some(city)
        };
        let id = by_id.or_else(by_name).or_else(city)?;
        Some(
            known
                .code(id)
                .map_or_else(|| known.stable_id(id).into_owned(), str::to_owned),
        )
    }
}

fn error(at: &(String, usize), what: impl Into<String>) -> KbError {
    KbError::row(&at.0, at.1, what)
}
