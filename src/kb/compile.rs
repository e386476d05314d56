//! From tables to the bytes of a knowledge base. The same tables always give the same bytes.

mod names;

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    base::{date::Date, order::Order},
    kb::{
        Kind,
        error::KbError,
        format::{self, NONE, Writer, pack_date},
        source::{EntityRow, Tables, TenureRow},
    },
};

/// Compiles tables to a knowledge base.
pub fn compile(tables: &Tables) -> Result<Vec<u8>, KbError> {
    let mut out = Writer::default();
    let layers = layers(tables, &mut out)?;
    let mut rows: Vec<&EntityRow> = tables.entities.iter().collect();
    rows.order_by_key(|row| (row.kind, row.tier, id_key(&row.id)));
    let ids = rows
        .iter()
        .zip(0..)
        .map(|(row, i)| (row.id.as_str(), i))
        .collect();
    let mut compiler = Compiler {
        tables,
        rows,
        ids,
        layers,
        out,
    };
    let names = compiler.names()?;
    let tenures = compiler.tenures()?;
    compiler.entities(&names, &tenures)?;
    compiler.codes()?;
    compiler.wikidata();
    compiler.relations()?;
    compiler.notes()?;
    compiler.out.finish()
}

struct Compiler<'t> {
    tables: &'t Tables,
    /// The entities in the order of their numbers.
    rows: Vec<&'t EntityRow>,
    /// The number of each id.
    ids: BTreeMap<&'t str, u32>,
    layers: BTreeMap<&'t str, u8>,
    out: Writer,
}

impl Compiler<'_> {
    /// The number of the entity that the row at `at` calls `id`.
    fn entity(&self, id: &str, at: &(String, usize)) -> Result<u32, KbError> {
        let unknown = || KbError::row(&at.0, at.1, format!("'{id}' is no known id"));
        self.ids.get(id).copied().ok_or_else(unknown)
    }

    fn layer(&self, name: &str, at: &(String, usize)) -> Result<u8, KbError> {
        let base = name.split('+').next().unwrap_or(name);
        let unknown = || KbError::row(&at.0, at.1, format!("source '{name}' is not in layers.tsv"));
        self.layers.get(base).copied().ok_or_else(unknown)
    }

    /// Writes the offices; returns the person of each, in the order in which they stand.
    fn tenures(&mut self) -> Result<Vec<u32>, KbError> {
        let tables = self.tables;
        let mut tenures: Vec<(u32, &TenureRow)> = Vec::with_capacity(tables.tenures.len());
        for row in &tables.tenures {
            tenures.push((self.entity(&row.person, &row.at)?, row));
        }
        tenures.order_by_key(|(person, row)| {
            (*person, row.start.map(Date::earliest), row.role, row.org.as_str())
        });
        let mut by_org: Vec<(&str, u8, Option<Date>, u32)> = Vec::with_capacity(tenures.len());
        for ((person, row), i) in tenures.iter().zip(0..) {
            by_org.push((&row.org, row.role as u8, row.start, i));
            let layer = self.layer(&row.source, &row.at)?;
            let out = &mut self.out;
            let [org, office, party] = [&row.org, &row.office, &row.party].map(|text| out.intern(text));
            let section = &mut out.tenures;
            for word in [*person, org, office, party] {
                section.extend(word.to_le_bytes());
            }
            for date in [row.start, row.end, row.doubt, row.as_of] {
                section.extend(pack_date(date).to_le_bytes());
            }
            section.extend([row.role as u8, layer, 0, 0]);
        }
        by_org.sort_unstable();
        for (.., i) in &by_org {
            self.out.by_org.extend(i.to_le_bytes());
        }
        Ok(tenures.into_iter().map(|(person, _)| person).collect())
    }

    /// Writes the entities, each with where its own begin among `names` and `tenures`, the entities of those lists.
    fn entities(&mut self, names: &[u32], tenures: &[u32]) -> Result<(), KbError> {
        let rows = std::mem::take(&mut self.rows);
        for (row, i) in rows.iter().zip(0u32..) {
            let country = match row.country.as_str() {
                "" => NONE,
                country => self.entity(country, &row.at)?,
            };
            let layer = self.layer(&row.source, &row.at)?;
            let out = &mut self.out;
            let id = if is_named_by_wikidata(row) {
                0
            } else {
                out.intern(&row.id)
            };
            let long_name = match row.kind {
                Kind::Country => &row.official,
                _ => &row.family,
            };
            let words = [
                out.intern(&row.name),
                id,
                out.intern(&row.code),
                out.intern(&row.what),
                out.intern(long_name),
                out.intern(&row.in_sentence),
                country,
                row.wikidata.unwrap_or(0),
                pack_date(row.start),
                pack_date(row.end),
                tenures.partition_point(|person| *person < i) as u32,
                names.partition_point(|entity| *entity < i) as u32,
            ];
            for word in words {
                out.entities.extend(word.to_le_bytes());
            }
            let packed = [row.kind as u8, row.tier, row.gender as u8, layer];
            out.entities.extend(packed);
        }
        self.rows = rows;
        Ok(())
    }

    /// Writes the ids that are not of Wikidata, and the codes, each of which means one entity.
    fn codes(&mut self) -> Result<(), KbError> {
        let mut codes: Vec<(&str, u32)> = Vec::new();
        for (row, i) in self.rows.iter().zip(0..) {
            if !is_named_by_wikidata(row) {
                codes.push((&row.id, i));
            }
            for code in [&row.code, &row.iso3] {
                if !code.is_empty() && *code != row.id {
                    codes.push((code, i));
                }
            }
        }
        codes.sort_unstable();
        if let Some(twice) = codes.windows(2).find(|w| w[0].0 == w[1].0) {
            let row = self.rows[twice[1].1 as usize];
            let what = format!("code '{}' is used twice", twice[0].0);
            return Err(KbError::row(&row.at.0, row.at.1, what));
        }
        for (code, i) in codes {
            let code = self.out.intern(code);
            self.out.codes.extend(code.to_le_bytes());
            self.out.codes.extend(i.to_le_bytes());
        }
        Ok(())
    }

    fn wikidata(&mut self) {
        let numbers = self.rows.iter().zip(0u32..);
        let mut numbers: Vec<(u32, u32)> = numbers.filter_map(|(row, i)| Some((row.wikidata?, i))).collect();
        numbers.sort_unstable();
        for (q, i) in numbers {
            self.out.by_wikidata.extend(q.to_le_bytes());
            self.out.by_wikidata.extend(i.to_le_bytes());
        }
    }

    fn relations(&mut self) -> Result<(), KbError> {
        let mut relations: BTreeSet<(u32, u8, u32)> = BTreeSet::new();
        for (row, i) in self.rows.iter().zip(0..) {
            for group in &row.groups {
                relations.insert((self.entity(group, &row.at)?, format::MEMBER, i));
            }
            for successor in &row.successors {
                relations.insert((self.entity(successor, &row.at)?, format::PREDECESSOR, i));
            }
        }
        for (of, relation, entity) in relations {
            for word in [of, u32::from(relation), entity] {
                self.out.relations.extend(word.to_le_bytes());
            }
        }
        Ok(())
    }

    fn notes(&mut self) -> Result<(), KbError> {
        let mut notes: Vec<(u32, &str)> = Vec::new();
        for row in &self.tables.notes {
            notes.push((self.entity(&row.entity, &row.at)?, &row.text));
        }
        notes.sort_unstable();
        for (entity, text) in notes {
            let text = self.out.intern(text);
            self.out.notes.extend(entity.to_le_bytes());
            self.out.notes.extend(text.to_le_bytes());
        }
        Ok(())
    }
}

/// Whether the id of a row is its number in Wikidata, which is written once.
fn is_named_by_wikidata(row: &EntityRow) -> bool {
    row.wikidata.is_some_and(|q| row.id == format!("Q{q}"))
}

/// Ids in an order that a reader expects: Q9 before Q10.
fn id_key(id: &str) -> (u64, &str) {
    let number = id.strip_prefix('Q').and_then(|n| n.parse().ok());
    (number.unwrap_or(0), id)
}

fn layers<'t>(tables: &'t Tables, out: &mut Writer) -> Result<BTreeMap<&'t str, u8>, KbError> {
    let mut layers = BTreeMap::new();
    for row in &tables.layers {
        let n = u8::try_from(layers.len()).map_err(|_| KbError::format("more than 256 layers"))?;
        layers.insert(row.id.as_str(), n);
        for text in [&row.id, &row.license, &row.what] {
            let at = out.intern(text);
            out.layers.extend(at.to_le_bytes());
        }
        out.layers.extend(pack_date(row.as_of).to_le_bytes());
    }
    Ok(layers)
}
