//! The tables from which a knowledge base is made: tab-separated text, one row a fact, so that a change
//! of the data is a readable difference. `data/README.md` describes each column.

use std::collections::{BTreeMap, BTreeSet};

mod row;
mod words;

pub use self::words::{FORMS, ROLES, form_text, parse_role, role_text};

use self::row::{Row, each_row};
use crate::{
    base::{date::Date, order::Order},
    kb::{
        Gender, Kind, NameForm, Role,
        amend::{self, Dispute, Retitle},
        error::KbError,
    },
};

/// All rows of all tables, those edited by hand merged over those extracted from sources.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Tables {
    /// Where facts come from.
    pub layers: Vec<LayerRow>,
    /// What is known, without names and offices. Unique by id.
    pub entities: Vec<EntityRow>,
    /// Further names.
    pub names: Vec<NameRow>,
    /// Who held which office when.
    pub tenures: Vec<TenureRow>,
    /// What `verify` finds and is right all the same.
    pub accepted: Vec<AcceptedRow>,
    /// What is to be remembered of an entity. Desks write notes, the sources have none.
    pub notes: Vec<NoteRow>,
    /// Rows of tables that change others (`drop`, `merge`, `rename`, `gender`, `roles`, `disputed`) and matched nothing,
    /// which means that they are out of date; rows by hand that repeat one another.
    pub idle_drops: Vec<String>,
}

/// A source of facts.
#[derive(Clone, PartialEq, Eq, Debug)]
#[allow(
    missing_docs,
    reason = "the fields are the columns that data/README.md describes"
)]
pub struct LayerRow {
    pub id: String,
    pub as_of: Option<Date>,
    pub license: String,
    pub what: String,
}

/// Something that `verify` finds and that is right all the same.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AcceptedRow {
    /// The code of the fault.
    pub code: String,
    /// What it is about, as the fault names it.
    pub key: String,
    /// File and line, for messages.
    pub at: (String, usize),
}

/// A person, country, institution or place.
#[derive(Clone, PartialEq, Eq, Debug)]
#[allow(
    missing_docs,
    reason = "the fields are the columns that data/README.md describes"
)]
pub struct EntityRow {
    pub id: String,
    pub kind: Kind,
    pub what: String,
    pub wikidata: Option<u32>,
    pub name: String,
    pub code: String,
    pub in_sentence: String,
    pub official: String,
    pub iso3: String,
    pub family: String,
    pub tier: u8,
    pub gender: Gender,
    pub country: String,
    pub groups: Vec<String>,
    pub successors: Vec<String>,
    pub start: Option<Date>,
    pub end: Option<Date>,
    pub source: String,
    /// File and line, for messages.
    pub at: (String, usize),
}

impl EntityRow {
    /// A row of which nothing is known yet but what it is and who says so; of the least known tier.
    pub fn new(id: String, kind: Kind, source: &str) -> Self {
        Self {
            id,
            kind,
            what: String::new(),
            wikidata: None,
            name: String::new(),
            code: String::new(),
            in_sentence: String::new(),
            official: String::new(),
            iso3: String::new(),
            family: String::new(),
            tier: 3,
            gender: Gender::Unknown,
            country: String::new(),
            groups: Vec::new(),
            successors: Vec::new(),
            start: None,
            end: None,
            source: source.to_owned(),
            at: (String::new(), 0),
        }
    }
}

/// One more name of an entity.
#[derive(Clone, PartialEq, Eq, Debug)]
#[allow(
    missing_docs,
    reason = "the fields are the columns that data/README.md describes"
)]
pub struct NameRow {
    pub entity: String,
    pub form: NameForm,
    pub name: String,
    pub weak: bool,
    pub former: bool,
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub source: String,
    pub at: (String, usize),
}

/// One office held for a time.
#[derive(Clone, PartialEq, Eq, Debug)]
#[allow(
    missing_docs,
    reason = "the fields are the columns that data/README.md describes"
)]
pub struct TenureRow {
    pub person: String,
    pub org: String,
    pub role: Role,
    pub office: String,
    pub start: Option<Date>,
    pub end: Option<Date>,
    pub doubt: Option<Date>,
    pub as_of: Option<Date>,
    pub party: String,
    pub source: String,
    pub at: (String, usize),
}

/// A line to be shown with an entity.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NoteRow {
    /// The id of the entity.
    pub entity: String,
    /// The line.
    pub text: String,
    /// File and line, for messages.
    pub at: (String, usize),
}

impl Tables {
    /// Reads tables from `(file name, text)` pairs. A file in a folder `hand` holds rows that replace the
    /// extracted row of the same key; `hand/drop.tsv` removes rows, `hand/merge.tsv` unites two ids of one
    /// person, `hand/rename.tsv` gives a name for display, `hand/gender.tsv` a gender.
    pub fn parse(files: &[(String, String)]) -> Result<Self, KbError> {
        let mut tables = Self::default();
        let mut drops = Vec::new();
        let mut merges = Vec::new();
        let mut renames = Vec::new();
        let mut retitles = Vec::new();
        let mut disputes = Vec::new();
        let mut genders = Vec::new();
        let mut order: Vec<&(String, String)> = files.iter().collect();
        order.order_by_key(|(name, _)| (name.contains("hand/"), name.clone()));
        for (name, text) in order {
            let base = name.rsplit('/').next().unwrap_or(name);
            match base {
                "layers.tsv" => each_row(name, text, |row| {
                    tables.layers.push(LayerRow {
                        id: row.needed("id")?.to_owned(),
                        as_of: row.date("as_of")?,
                        license: row.needed("license")?.to_owned(),
                        what: row.get("what").to_owned(),
                    });
                    Ok(())
                })?,
                "names.tsv" | "place_names.tsv" => each_row(name, text, |row| {
                    tables.names.push(name_row(&row)?);
                    Ok(())
                })?,
                "tenures.tsv" => each_row(name, text, |row| {
                    tables.tenures.push(tenure_row(&row)?);
                    Ok(())
                })?,
                "merge.tsv" => each_row(name, text, |row| {
                    row.needed("reason")?;
                    merges.push((row.needed("id")?.to_owned(), row.needed("into")?.to_owned()));
                    Ok(())
                })?,
                "rename.tsv" => each_row(name, text, |row| {
                    renames.push((row.needed("id")?.to_owned(), row.needed("name")?.to_owned()));
                    Ok(())
                })?,
                "roles.tsv" => each_row(name, text, |row| {
                    row.needed("reason")?;
                    retitles.push(Retitle {
                        org: row.get("org").to_owned(),
                        role: row.role("role")?,
                        office: row.needed("office")?.to_owned(),
                        into: row.role("into")?,
                        except: row.list("except"),
                    });
                    Ok(())
                })?,
                "disputed.tsv" => each_row(name, text, |row| {
                    row.needed("reason")?;
                    let (id, other) = (row.get("id"), row.get("other"));
                    disputes.push(Dispute {
                        org: row.needed("org")?.to_owned(),
                        role: row.role("role")?,
                        office: row.get("office").to_owned(),
                        people: (!id.is_empty()).then(|| (id.to_owned(), other.to_owned())),
                    });
                    Ok(())
                })?,
                "accepted.tsv" => each_row(name, text, |row| {
                    row.needed("reason")?;
                    tables.accepted.push(AcceptedRow {
                        code: row.needed("code")?.to_owned(),
                        key: row.needed("key")?.to_owned(),
                        at: row.at(),
                    });
                    Ok(())
                })?,
                "gender.tsv" => each_row(name, text, |row| {
                    row.needed("evidence")?;
                    genders.push((row.needed("id")?.to_owned(), gender(&row)?));
                    Ok(())
                })?,
                "drop.tsv" => each_row(name, text, |row| {
                    row.needed("reason")?;
                    drops.push((
                        row.needed("table")?.to_owned(),
                        row.needed("id")?.to_owned(),
                        row.get("key").to_owned(),
                    ));
                    Ok(())
                })?,
                "countries.tsv" | "institutions.tsv" | "parties.tsv" | "persons.tsv" | "places.tsv" => {
                    each_row(name, text, |row| {
                        tables.entities.push(entity_row(&row)?);
                        Ok(())
                    })?;
                }
                _ => {
                    return Err(KbError::row(
                        name,
                        1,
                        "is none of the tables that data/README.md lists",
                    ));
                }
            }
        }
        tables.unite(&merges);
        tables.rename(&renames);
        let idle = amend::retitle(&mut tables.tenures, &retitles);
        tables.idle_drops.extend(idle);
        tables.give_genders(&genders);
        tables.merge(&drops);
        amend::join(&mut tables.tenures);
        amend::settle(&mut tables.entities, &tables.tenures);
        amend::house(&tables.entities, &tables.names, &mut tables.tenures);
        let idle = amend::doubt(&mut tables.tenures, &disputes);
        tables.idle_drops.extend(idle);
        Ok(tables)
    }

    /// Gives the names and offices of one id to another of the same person.
    fn unite(&mut self, merges: &[(String, String)]) {
        for (from, into) in merges {
            let Some(at) = self.entities.iter().position(|row| row.id == *from) else {
                self.idle_drops.push(format!("merge {from} {into}"));
                continue;
            };
            let row = self.entities.remove(at);
            self.names.push(NameRow {
                entity: into.clone(),
                form: NameForm::Alias,
                name: row.name,
                weak: false,
                former: false,
                from: None,
                to: None,
                source: row.source,
                at: row.at,
            });
            for name in self.names.iter_mut().filter(|name| name.entity == *from) {
                name.entity.clone_from(into);
            }
            for tenure in self.tenures.iter_mut().filter(|tenure| tenure.person == *from) {
                tenure.person.clone_from(into);
            }
        }
    }

    /// Gives entities a better name for display; the name of the source stays as an alias.
    fn rename(&mut self, renames: &[(String, String)]) {
        for (id, name) in renames {
            let Some(row) = self.entities.iter_mut().find(|row| row.id == *id) else {
                self.idle_drops.push(format!("rename {id} {name}"));
                continue;
            };
            let old = std::mem::replace(&mut row.name, name.clone());
            // No English text has a name in another script.
            if !old.contains(|c: char| c.is_ascii_alphabetic()) {
                continue;
            }
            self.names.push(NameRow {
                entity: id.clone(),
                form: NameForm::Alias,
                name: old,
                weak: false,
                former: false,
                from: None,
                to: None,
                source: row.source.clone(),
                at: row.at.clone(),
            });
        }
    }

    /// Gives people the gender that a page states.
    fn give_genders(&mut self, genders: &[(String, Gender)]) {
        let by_id: BTreeMap<&str, Gender> =
            crate::base::order::map(genders.iter().map(|(id, g)| (id.as_str(), *g)));
        let mut left: BTreeSet<&str> = crate::base::order::set(by_id.keys().copied());
        for row in &mut self.entities {
            if let Some(gender) = by_id.get(row.id.as_str()) {
                row.gender = *gender;
                left.remove(row.id.as_str());
            }
        }
        self.idle_drops
            .extend(left.into_iter().map(|id| format!("gender {id}")));
    }

    /// Lets later rows replace earlier rows of the same key, drops what is to be dropped, sorts.
    fn merge(&mut self, drops: &[(String, String, String)]) {
        let twice = &mut self.idle_drops;
        self.entities = newest(
            std::mem::take(&mut self.entities),
            |row| row.id.clone(),
            |row| &row.at,
            twice,
        );
        self.names = newest(
            std::mem::take(&mut self.names),
            |row| (row.entity.clone(), row.form, row.name.clone()),
            |row| &row.at,
            &mut Vec::new(),
        );
        self.tenures = newest(
            std::mem::take(&mut self.tenures),
            |row| {
                (
                    row.person.clone(),
                    row.org.clone(),
                    row.role,
                    row.start,
                    row.office.clone(),
                )
            },
            |row| &row.at,
            twice,
        );
        for (table, id, key) in drops {
            let before = (self.entities.len(), self.names.len(), self.tenures.len());
            match table.as_str() {
                "entities" => {
                    self.entities.retain(|row| row.id != *id || by_hand(&row.at));
                    self.names.retain(|row| row.entity != *id || by_hand(&row.at));
                    self.tenures.retain(|row| row.person != *id || by_hand(&row.at));
                }
                "names" => self
                    .names
                    .retain(|row| row.entity != *id || row.name != *key || by_hand(&row.at)),
                _ => self.tenures.retain(|row| {
                    let start = row.start.map(|d| d.to_string()).unwrap_or_default();
                    let at = format!("{}/{}/{start}", row.org, role_text(row.role));
                    row.person != *id || !at.starts_with(key.as_str()) || by_hand(&row.at)
                }),
            }
            if before == (self.entities.len(), self.names.len(), self.tenures.len()) {
                self.idle_drops.push(format!("{table} {id} {key}"));
            }
        }
    }
}

/// The last row of each key, in the order of the keys. Two rows of one key in one table by hand are a slip, and
/// are named.
fn newest<R, K: Ord>(
    rows: Vec<R>,
    key: impl Fn(&R) -> K,
    at: impl Fn(&R) -> &(String, usize),
    twice: &mut Vec<String>,
) -> Vec<R> {
    let mut by_key: BTreeMap<K, R> = BTreeMap::new();
    for row in rows {
        let (file, line) = at(&row).clone();
        if let Some(old) = by_key.insert(key(&row), row)
            && at(&old).0 == file
            && by_hand(at(&old))
        {
            twice.push(format!("{file}:{line}: the row repeats line {}", at(&old).1));
        }
    }
    by_key.into_values().collect()
}

/// Rows written by hand are meant; nothing drops them.
pub(super) fn by_hand(at: &(String, usize)) -> bool {
    at.0.starts_with("hand/")
}

fn entity_row(row: &Row<'_>) -> Result<EntityRow, KbError> {
    let base = row.file.rsplit('/').next().unwrap_or(row.file);
    let kind = match base {
        "countries.tsv" => Kind::Country,
        "institutions.tsv" | "parties.tsv" => Kind::Institution,
        "places.tsv" => Kind::Place,
        _ => Kind::Person,
    };
    let wikidata = match row.get("wikidata") {
        "" => None,
        cell => Some(
            cell.strip_prefix('Q')
                .and_then(|n| n.parse().ok())
                .ok_or_else(|| row.error(format!("'{cell}' is not a Wikidata id such as Q57792")))?,
        ),
    };
    let tier = match row.get("tier") {
        "" => 3,
        "1" => 1,
        "2" => 2,
        "3" => 3,
        cell => return Err(row.error(format!("tier '{cell}' is not 1, 2 or 3"))),
    };
    let gender = gender(row)?;
    Ok(EntityRow {
        id: row.needed("id")?.to_owned(),
        kind,
        what: row.get("what").to_owned(),
        wikidata,
        name: row.needed("name")?.to_owned(),
        code: row.get("code").to_owned(),
        in_sentence: row.get("in_sentence").to_owned(),
        official: row.get("official").to_owned(),
        iso3: row.get("iso3").to_owned(),
        family: row.get("family").to_owned(),
        tier,
        gender,
        country: row.get("country").to_owned(),
        groups: row.list("groups"),
        successors: row.list("successors"),
        start: row.date("start")?,
        end: row.date("end")?,
        source: row.needed("source")?.to_owned(),
        at: row.at(),
    })
}

fn gender(row: &Row<'_>) -> Result<Gender, KbError> {
    match row.get("gender") {
        "" => Ok(Gender::Unknown),
        "female" => Ok(Gender::Female),
        "male" => Ok(Gender::Male),
        cell => Err(row.error(format!("gender '{cell}' is not female, male or empty"))),
    }
}

fn name_row(row: &Row<'_>) -> Result<NameRow, KbError> {
    let form = row.needed("form")?;
    let mut out = NameRow {
        entity: row.needed("id")?.to_owned(),
        form: FORMS
            .iter()
            .find(|(_, text)| *text == form)
            .map(|(form, _)| *form)
            .ok_or_else(|| row.error(format!("'{form}' is no form of a name")))?,
        name: row.needed("name")?.to_owned(),
        weak: false,
        former: false,
        from: row.date("from")?,
        to: row.date("to")?,
        source: row.needed("source")?.to_owned(),
        at: row.at(),
    };
    for flag in row.list("flags") {
        match flag.as_str() {
            "weak" => out.weak = true,
            "former" => out.former = true,
            _ => return Err(row.error(format!("'{flag}' is no flag of a name"))),
        }
    }
    Ok(out)
}

fn tenure_row(row: &Row<'_>) -> Result<TenureRow, KbError> {
    Ok(TenureRow {
        person: row.needed("id")?.to_owned(),
        org: row.needed("org")?.to_owned(),
        role: row.role("role")?,
        office: row.get("office").to_owned(),
        start: row.date("start")?,
        end: row.date("end")?,
        doubt: row.date("doubt")?,
        as_of: row.date("as_of")?,
        party: row.get("party").to_owned(),
        source: row.needed("source")?.to_owned(),
        at: row.at(),
    })
}
