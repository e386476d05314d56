//! From what others know to tables: Wikidata dumps, results of queries, tables of a desk's own.
//!
//! ```text
//! lines of a dump ─ reduce ─► Item ─ World ─┐
//! results of SPARQL ─ grid ─ Sheet ─────────┼─► Tables ─ compile ─► a pack
//! CSV, TSV, TOML ───────────────────────────┘
//! ```
//!
//! Nothing here reads or writes a file; the command line does. Whatever the bytes are, the answer is tables or
//! an error of one line.

mod class;
mod complete;
mod entity;
mod grid;
mod json;
mod kept;
mod names;
pub(super) mod office;
mod record;
mod sheet;
mod sniff;
mod own;
mod world;

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    base::date::Date,
    kb::{
        Gender, Kb, NameForm,
        error::KbError,
        source::{EntityRow, LayerRow, NameRow, Tables},
    },
};

pub use class::{Class, Use, classes, role_of_title};
pub use complete::complete;
pub use entity::{Line, reduce};
pub use record::{Held, Item, When};
pub use sniff::{Format, Sniffed, day_in_name, sniff};
pub use world::{LAYER, World};

/// What holds for a whole import.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rules {
    /// The day to which the input knows the world.
    pub as_of: Date,
    /// The same, if the user gave it: what a desk's own rows fall back on.
    pub given: Option<Date>,
    /// What ended before is left out.
    pub since: Date,
}

/// How many damaged lines are told one by one.
const TOLD: usize = 5;

/// What was read and what was left out, for the summary.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[allow(missing_docs, reason = "the fields are counts; their names say of what")]
pub struct Tally {
    /// Lines of a dump, rows of a table.
    pub read: u64,
    /// Lines and rows that could not be read; the first few with the reason.
    pub damaged: u64,
    pub told: Vec<(u64, String)>,
    /// Offices whose items are not in the input or are of no class that we use.
    pub other_offices: u64,
    /// Offices without a start.
    pub undated: u64,
    /// Offices and bodies that ended too early.
    pub before: u64,
    /// Offices that end before they start.
    pub contradictory: u64,
    /// Offices of no country and no body.
    pub nowhere: u64,
    /// Offices whose holders are less known than such an office asks.
    pub obscure: u64,
    /// Offices without an end that somebody else took up later.
    pub succeeded: u64,
    /// Rows about what has no name anywhere.
    pub nameless: u64,
    /// What did not fit in memory.
    pub over: u64,
    /// Lines for the user, each told once.
    pub notes: BTreeSet<String>,
}

impl Tally {
    /// Counts a damaged line, and keeps why if it is one of the first.
    pub fn damaged(&mut self, line: u64, why: &str) {
        self.damaged += 1;
        if self.told.len() < TOLD {
            self.told.push((line, why.to_owned()));
        }
    }

    /// Adds the counts of another input.
    pub fn add(&mut self, other: Self) {
        for (sum, n) in [
            (&mut self.read, other.read),
            (&mut self.damaged, other.damaged),
            (&mut self.other_offices, other.other_offices),
            (&mut self.undated, other.undated),
            (&mut self.before, other.before),
            (&mut self.contradictory, other.contradictory),
            (&mut self.nowhere, other.nowhere),
            (&mut self.obscure, other.obscure),
            (&mut self.succeeded, other.succeeded),
            (&mut self.nameless, other.nameless),
            (&mut self.over, other.over),
        ] {
            *sum += n;
        }
        self.told.extend(other.told);
        self.notes.extend(other.notes);
    }
}

/// The layer of a desk's own rows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OwnLayer {
    /// Its id.
    pub id: String,
    /// Its license, as told in `kb stats`.
    pub license: String,
}

/// Reads one table: results of a query or a desk's own file, whole. `more` are the tables of the inputs before
/// it, which its rows may speak of.
pub fn table(
    file: &str,
    text: &str,
    format: Format,
    known: &Kb,
    rules: Rules,
    layer: &OwnLayer,
    more: &Tables,
) -> Result<(Tables, Tally), KbError> {
    let query = matches!(format, Format::SparqlJson | Format::SparqlTsv);
    let id = if query { LAYER } else { layer.id.as_str() };
    let mut sheet = sheet::Sheet::new(known, rules, id, !query);
    match format {
        Format::SparqlJson => sheet.take(file, &grid::sparql_json(file, text)?)?,
        Format::SparqlTsv | Format::Tsv => sheet.take(file, &grid::tsv(file, text)?)?,
        Format::Csv => sheet.take(file, &grid::csv(file, text)?)?,
        Format::Toml => own::toml(file, text, &mut sheet)?,
        Format::Dump => return Err(KbError::row(file, 1, "a dump is read line by line")),
    }
    let newest = sheet.newest;
    let (mut tables, tally) = sheet.finish(more)?;
    tables.layers.push(LayerRow {
        id: id.to_owned(),
        as_of: newest.or(rules.given),
        license: if query {
            "CC0".to_owned()
        } else {
            layer.license.clone()
        },
        what: if query {
            "Wikidata items".to_owned()
        } else {
            "the desk's own rows".to_owned()
        },
    });
    Ok((tables, tally))
}

/// Puts the tables of a later input over those of an earlier one: what it says of an entity counts, where it
/// says nothing the earlier word stays; names and offices come together.
pub fn merge(under: Tables, over: Tables) -> Tables {
    let mut entities: BTreeMap<String, EntityRow> = under
        .entities
        .into_iter()
        .map(|row| (row.id.clone(), row))
        .collect();
    for mut row in over.entities {
        if let Some(old) = entities.remove(&row.id) {
            for (new, old) in [
                (&mut row.what, old.what),
                (&mut row.name, old.name),
                (&mut row.code, old.code),
                (&mut row.in_sentence, old.in_sentence),
                (&mut row.official, old.official),
                (&mut row.iso3, old.iso3),
                (&mut row.family, old.family),
                (&mut row.country, old.country),
            ] {
                if new.is_empty() {
                    *new = old;
                }
            }
            row.wikidata = row.wikidata.or(old.wikidata);
            row.start = row.start.or(old.start);
            row.end = row.end.or(old.end);
            row.tier = row.tier.min(old.tier);
            if row.gender == Gender::Unknown {
                row.gender = old.gender;
            }
        }
        entities.insert(row.id.clone(), row);
    }
    let mut names: BTreeMap<(String, NameForm, String), NameRow> = BTreeMap::new();
    for row in under.names.into_iter().chain(over.names) {
        names.insert((row.entity.clone(), row.form, row.name.clone()), row);
    }
    let mut tenures = BTreeMap::new();
    for row in under.tenures.into_iter().chain(over.tenures) {
        let key = (
            row.person.clone(),
            row.org.clone(),
            row.role,
            row.start,
            row.office.clone(),
        );
        tenures.insert(key, row);
    }
    let mut layers: BTreeMap<String, LayerRow> = BTreeMap::new();
    for row in under.layers.into_iter().chain(over.layers) {
        let as_of = layers.get(&row.id).and_then(|old| old.as_of).max(row.as_of);
        layers.insert(row.id.clone(), LayerRow { as_of, ..row });
    }
    let mut notes = under.notes;
    notes.extend(over.notes);
    Tables {
        notes,
        layers: layers.into_values().collect(),
        entities: entities.into_values().collect(),
        names: names.into_values().collect(),
        tenures: tenures.into_values().collect(),
        ..Tables::default()
    }
}
