//! The tables from which a knowledge base is made: tab-separated text, one row a fact, so that a change
//! of the data is a readable difference. `data/README.md` describes each column.

use std::collections::{BTreeMap, BTreeSet};

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
        amend::settle(&mut tables.entities, &tables.tenures);
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
        let by_id: BTreeMap<&str, Gender> = genders.iter().map(|(id, g)| (id.as_str(), *g)).collect();
        let mut left: BTreeSet<&str> = by_id.keys().copied().collect();
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

/// One line of a table.
struct Row<'a> {
    file: &'a str,
    line: usize,
    columns: &'a [&'a str],
    cells: Vec<&'a str>,
}

impl<'a> Row<'a> {
    /// The cell of a column; empty when the table has no such column.
    fn get(&self, column: &str) -> &'a str {
        let at = self.columns.iter().position(|c| *c == column);
        at.and_then(|i| self.cells.get(i)).copied().unwrap_or("")
    }

    fn needed(&self, column: &str) -> Result<&'a str, KbError> {
        match self.get(column) {
            "" => Err(self.error(format!("column '{column}' is empty"))),
            cell => Ok(cell),
        }
    }

    fn date(&self, column: &str) -> Result<Option<Date>, KbError> {
        match self.get(column) {
            "" => Ok(None),
            cell => cell
                .parse()
                .map(Some)
                .map_err(|e: String| self.error(format!("column '{column}': {e}"))),
        }
    }

    fn role(&self, column: &str) -> Result<Role, KbError> {
        let role = self.needed(column)?;
        parse_role(role).ok_or_else(|| self.error(format!("'{role}' is no role")))
    }

    fn list(&self, column: &str) -> Vec<String> {
        self.get(column)
            .split('|')
            .filter(|s| !s.is_empty())
            .map(str::to_owned)
            .collect()
    }

    fn error(&self, what: impl Into<String>) -> KbError {
        KbError::row(self.file, self.line, what)
    }

    fn at(&self) -> (String, usize) {
        (self.file.to_owned(), self.line)
    }
}

fn each_row(
    file: &str,
    text: &str,
    mut take: impl FnMut(Row<'_>) -> Result<(), KbError>,
) -> Result<(), KbError> {
    let mut columns: Option<Vec<&str>> = None;
    for (i, line) in text.lines().enumerate() {
        let line = line.trim_end_matches('\r');
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let cells: Vec<&str> = line.split('\t').collect();
        match &columns {
            None => columns = Some(cells),
            Some(columns) => {
                if cells.len() != columns.len() {
                    let what = format!("{} cells where the head has {}", cells.len(), columns.len());
                    return Err(KbError::row(file, i + 1, what));
                }
                take(Row {
                    file,
                    line: i + 1,
                    columns,
                    cells,
                })?;
            }
        }
    }
    Ok(())
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

/// Forms of names as the tables write them.
pub const FORMS: [(NameForm, &str); 8] = [
    (NameForm::Name, "name"),
    (NameForm::Alias, "alias"),
    (NameForm::Surname, "surname"),
    (NameForm::Acronym, "acronym"),
    (NameForm::DemonymNoun, "demonym"),
    (NameForm::Adjective, "adjective"),
    (NameForm::Capital, "capital"),
    (NameForm::Metonym, "metonym"),
];

/// Roles as the tables, the command line and JSON write them.
pub const ROLES: [(Role, &str); 33] = [
    (Role::HeadOfState, "head_of_state"),
    (Role::HeadOfGovernment, "head_of_government"),
    (Role::DeputyHeadOfGovernment, "deputy_head_of_government"),
    (Role::ForeignMinister, "foreign_minister"),
    (Role::DefenceMinister, "defence_minister"),
    (Role::FinanceMinister, "finance_minister"),
    (Role::InteriorMinister, "interior_minister"),
    (Role::JusticeMinister, "justice_minister"),
    (Role::HealthMinister, "health_minister"),
    (Role::EconomyMinister, "economy_minister"),
    (Role::EnergyMinister, "energy_minister"),
    (Role::TradeMinister, "trade_minister"),
    (Role::CultureMinister, "culture_minister"),
    (Role::Minister, "minister"),
    (Role::JuniorMinister, "junior_minister"),
    (Role::Speaker, "speaker"),
    (Role::Legislator, "legislator"),
    (Role::PartyLeader, "party_leader"),
    (Role::OppositionLeader, "opposition_leader"),
    (Role::CentralBank, "central_bank"),
    (Role::MilitaryChief, "military_chief"),
    (Role::OrgHead, "org_head"),
    (Role::Ambassador, "ambassador"),
    (Role::AmbassadorUn, "ambassador_un"),
    (Role::Spokesperson, "spokesperson"),
    (Role::ChiefJustice, "chief_justice"),
    (Role::Judge, "judge"),
    (Role::ProsecutorGeneral, "prosecutor_general"),
    (Role::SecurityAdviser, "security_adviser"),
    (Role::GovernorGeneral, "governor_general"),
    (Role::FirstLady, "first_lady"),
    (Role::Subnational, "subnational"),
    (Role::Other, "other"),
];

/// The form as the tables write it.
pub fn form_text(form: NameForm) -> &'static str {
    FORMS
        .iter()
        .find(|(f, _)| *f == form)
        .map_or("alias", |(_, text)| text)
}

/// The role of that name ("head_of_government"; a hyphen does as well).
pub fn parse_role(text: &str) -> Option<Role> {
    let text = text.replace('-', "_");
    ROLES
        .iter()
        .find(|(_, name)| *name == text)
        .map(|(role, _)| *role)
}

/// The role as the tables write it.
pub fn role_text(role: Role) -> &'static str {
    ROLES
        .iter()
        .find(|(r, _)| *r == role)
        .map_or("other", |(_, text)| text)
}
