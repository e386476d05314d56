//! Rows of a desk's own table, or of the results of a query, to tables. `docs/kb-import.md` describes the
//! columns; both kinds of input have the same ones.

use std::{borrow::Cow, collections::BTreeMap};

use crate::{
    base::{date::Date, order::Order, word::name_words},
    kb::{
        Gender, Kb, Kind, NameForm, Role,
        error::KbError,
        import::{
            Rules, Tally, class,
            entity::point,
            grid::{Grid, UNKNOWN},
            names::{self, Names},
            record::When,
        },
        source::{EntityRow, NoteRow, Tables, TenureRow, parse_role},
    },
};

/// The columns, under all the names they may have.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Column {
    Kind,
    Id,
    Wikidata,
    Name,
    Aliases,
    Alias,
    Acronym,
    Demonym,
    Adjective,
    Capital,
    Metonym,
    Family,
    Gender,
    Country,
    What,
    Code,
    InSentence,
    Tier,
    Party,
    Office,
    Role,
    Org,
    Start,
    StartPrecision,
    End,
    EndPrecision,
    AsOf,
    Note,
    /// Known, and not for us.
    Other,
}

const COLUMNS: [(&str, Column); 62] = [
    ("kind", Column::Kind),
    ("id", Column::Id),
    ("person", Column::Id),
    ("item", Column::Id),
    ("body", Column::Id),
    ("wikidata", Column::Wikidata),
    ("qid", Column::Wikidata),
    ("name", Column::Name),
    ("personlabel", Column::Name),
    ("itemlabel", Column::Name),
    ("bodylabel", Column::Name),
    ("label", Column::Name),
    ("aliases", Column::Aliases),
    ("alias", Column::Alias),
    ("shortname", Column::Alias),
    ("officialname", Column::Alias),
    ("acronym", Column::Acronym),
    ("acronyms", Column::Acronym),
    ("demonym", Column::Demonym),
    ("demonyms", Column::Demonym),
    ("adjective", Column::Adjective),
    ("adjectives", Column::Adjective),
    ("capital", Column::Capital),
    ("capitals", Column::Capital),
    ("metonym", Column::Metonym),
    ("metonyms", Column::Metonym),
    ("family", Column::Family),
    ("familyname", Column::Family),
    ("surname", Column::Family),
    ("gender", Column::Gender),
    ("country", Column::Country),
    ("what", Column::What),
    ("code", Column::Code),
    ("insentence", Column::InSentence),
    ("tier", Column::Tier),
    ("party", Column::Party),
    ("office", Column::Office),
    ("officelabel", Column::Office),
    ("poslabel", Column::Office),
    ("positionlabel", Column::Office),
    ("role", Column::Role),
    ("org", Column::Org),
    ("of", Column::Org),
    ("iso", Column::Org),
    ("start", Column::Start),
    ("from", Column::Start),
    ("sp", Column::StartPrecision),
    ("startprecision", Column::StartPrecision),
    ("end", Column::End),
    ("to", Column::End),
    ("ep", Column::EndPrecision),
    ("endprecision", Column::EndPrecision),
    ("asof", Column::AsOf),
    ("checked", Column::AsOf),
    ("note", Column::Note),
    ("evidence", Column::Other),
    ("reason", Column::Other),
    ("source", Column::Other),
    ("pos", Column::Other),
    ("position", Column::Other),
    ("doubt", Column::Other),
    ("countrylabel", Column::Other),
];

/// One entity as its rows describe it.
#[derive(Debug)]
struct Draft {
    row: EntityRow,
    /// A row said what kind it is.
    kind_is_said: bool,
    names: Vec<(NameForm, String)>,
    offices: Vec<Office>,
    notes: Vec<String>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct Office {
    org: String,
    role: Role,
    title: String,
    start: Date,
    end: When,
    as_of: Option<Date>,
    party: String,
    at: (String, usize),
}

/// Gathers rows of one input.
#[derive(Debug)]
pub(super) struct Sheet<'k> {
    known: &'k Kb,
    rules: Rules,
    layer: String,
    /// A wrong row is an error; else it is left out and counted.
    strict: bool,
    /// Unnamed rows (the aliases of a query) speak of what other rows and inputs name.
    drafts: BTreeMap<String, Draft>,
    pub(super) tally: Tally,
    /// The newest day that the rows say they were made on.
    pub(super) newest: Option<Date>,
}

impl<'k> Sheet<'k> {
    pub(super) fn new(known: &'k Kb, rules: Rules, layer: &str, strict: bool) -> Self {
        Self {
            known,
            rules,
            layer: layer.to_owned(),
            strict,
            drafts: BTreeMap::new(),
            tally: Tally::default(),
            newest: None,
        }
    }

    /// Takes all rows of a grid.
    pub(super) fn take(&mut self, file: &str, grid: &Grid<'_>) -> Result<(), KbError> {
        let columns: Vec<Option<Column>> = grid.columns.iter().map(|name| column(name)).collect();
        if !columns
            .iter()
            .flatten()
            .any(|c| matches!(c, Column::Id | Column::Name | Column::Wikidata))
        {
            return Err(KbError::row(
                file,
                1,
                "no column 'name', 'id' or 'wikidata'; docs/kb-import.md lists the columns",
            ));
        }
        for (name, _) in grid
            .columns
            .iter()
            .zip(&columns)
            .filter(|(_, column)| column.is_none())
        {
            let name = name.trim_start_matches('?');
            if self.strict {
                self.tally
                    .notes
                    .insert(format!("{file}: column '{name}' is not known and was left out"));
            }
        }
        for (line, cells) in &grid.rows {
            self.tally.read += 1;
            let cells = columns.iter().zip(cells);
            let cells: Vec<(Column, Cow<'_, str>)> = cells
                .filter_map(|(column, cell)| column.map(|c| (c, Cow::Borrowed(&**cell))))
                .filter(|(_, cell)| !cell.is_empty())
                .collect();
            match self.row(file, *line, &cells) {
                Err(e) if self.strict => return Err(e),
                Err(e) => {
                    let told = e.to_string();
                    let why = told.strip_prefix(&format!("{file}:{line}: ")).unwrap_or(&told);
                    self.tally.damaged(*line as u64, why);
                }
                Ok(()) => {}
            }
        }
        Ok(())
    }

    /// Takes one row given as names of columns and cells.
    pub(super) fn take_row(
        &mut self,
        file: &str,
        line: usize,
        row: &[(String, String)],
    ) -> Result<(), KbError> {
        let mut cells = Vec::new();
        for (name, cell) in row.iter().filter(|(_, cell)| !cell.is_empty()) {
            let column = column(name).ok_or_else(|| {
                KbError::row(
                    file,
                    line,
                    format!("'{name}' is not known; docs/kb-import.md lists the keys"),
                )
            })?;
            cells.push((column, Cow::Borrowed(cell.as_str())));
        }
        self.tally.read += 1;
        self.row(file, line, &cells)
    }

    fn row(&mut self, file: &str, line: usize, cells: &[(Column, Cow<'_, str>)]) -> Result<(), KbError> {
        let error = |what: String| KbError::row(file, line, what);
        let get = |column: Column| {
            let mut found = cells.iter().filter(|(c, _)| *c == column);
            found.next().map_or("", |(_, cell)| cell.trim())
        };
        let kind_text = get(Column::Kind);
        let kind = match kind_text.to_ascii_lowercase().as_str() {
            "" => None,
            "person" => Some(Kind::Person),
            "country" => Some(Kind::Country),
            "institution" | "body" | "organization" => Some(Kind::Institution),
            "place" => Some(Kind::Place),
            _ => {
                return Err(error(format!(
                    "kind '{kind_text}' is not person, country, institution or place"
                )));
            }
        };
        let (id, wikidata) = self
            .identify(kind, get(Column::Id), get(Column::Wikidata), get(Column::Name))
            .map_err(error)?;
        let name = get(Column::Name);
        let gender = match get(Column::Gender) {
            "" | "Q48270" => Gender::Unknown,
            "female" | "f" | "Q6581072" => Gender::Female,
            "male" | "m" | "Q6581097" => Gender::Male,
            cell if self.strict => {
                return Err(error(format!("gender '{cell}' is not female, male or empty")));
            }
            _ => Gender::Unknown,
        };
        let tier = match get(Column::Tier) {
            "" => None,
            "1" => Some(1),
            "2" => Some(2),
            "3" => Some(3),
            cell => return Err(error(format!("tier '{cell}' is not 1, 2 or 3"))),
        };
        let start = time(get(Column::Start), get(Column::StartPrecision))
            .map_err(|e| error(format!("start: {e}")))?;
        let end =
            time(get(Column::End), get(Column::EndPrecision)).map_err(|e| error(format!("end: {e}")))?;
        let as_of = match time(get(Column::AsOf), "11").map_err(|e| error(format!("as_of: {e}")))? {
            When::At(day) => Some(day),
            _ => None,
        };
        self.newest = self.newest.max(as_of);
        let office = self.office(cells, start, end, as_of).map_err(error)?;
        let at = (file.to_owned(), line);
        let layer = self.layer.clone();
        let draft = self.drafts.entry(id.clone()).or_insert_with(|| Draft {
            row: EntityRow {
                id,
                kind: kind.unwrap_or(Kind::Person),
                what: String::new(),
                wikidata,
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
                source: layer,
                at: at.clone(),
            },
            kind_is_said: false,
            names: Vec::new(),
            offices: Vec::new(),
            notes: Vec::new(),
        });
        if let Some(kind) = kind {
            if draft.kind_is_said && draft.row.kind != kind {
                return Err(error(format!(
                    "'{}' is of another kind in an earlier row",
                    draft.row.id
                )));
            }
            draft.row.kind = kind;
            draft.kind_is_said = true;
        }
        let row = &mut draft.row;
        if row.name.is_empty() {
            row.name = name.to_owned();
        } else if !name.is_empty() && row.name != name {
            draft.names.push((NameForm::Alias, name.to_owned()));
        }
        for (field, column) in [
            (&mut row.family, Column::Family),
            (&mut row.country, Column::Country),
            (&mut row.what, Column::What),
            (&mut row.code, Column::Code),
            (&mut row.in_sentence, Column::InSentence),
        ] {
            let cell = get(column);
            if !cell.is_empty() {
                cell.clone_into(field);
            }
        }
        if gender != Gender::Unknown {
            row.gender = gender;
        }
        if let Some(tier) = tier {
            row.tier = tier;
        }
        for (column, cell) in cells {
            let form = match column {
                Column::Note if !draft.notes.iter().any(|note| note == cell) => {
                    draft.notes.push(cell.clone().into_owned());
                    continue;
                }
                Column::Aliases | Column::Alias => NameForm::Alias,
                Column::Acronym => NameForm::Acronym,
                Column::Demonym => NameForm::DemonymNoun,
                Column::Adjective => NameForm::Adjective,
                Column::Capital => NameForm::Capital,
                Column::Metonym => NameForm::Metonym,
                _ => continue,
            };
            for name in cell.split('|').map(str::trim).filter(|name| !name.is_empty()) {
                draft.names.push((form, name.to_owned()));
            }
        }
        match office {
            Some(mut office) => {
                if draft.kind_is_said && row.kind != Kind::Person {
                    return Err(error("only a person holds an office".to_owned()));
                }
                office.at = at;
                draft.offices.push(office);
            }
            None if row.kind == Kind::Person => {}
            None => {
                row.start = row.start.or(start.date());
                row.end = row.end.or(end.date());
            }
        }
        Ok(())
    }

    /// The id of a row: as given, the Wikidata id, the code of a country, else made of the name.
    fn identify(
        &mut self,
        kind: Option<Kind>,
        id: &str,
        wikidata: &str,
        name: &str,
    ) -> Result<(String, Option<u32>), String> {
        let number = match (class::number(wikidata), class::number(id)) {
            (Some(n), _) | (None, Some(n)) => Some(n),
            (None, None) if wikidata.is_empty() => None,
            (None, None) => return Err(format!("'{wikidata}' is not a Wikidata id such as Q57792")),
        };
        if let Some(n) = number {
            // What the base below knows keeps the id that it has there.
            let known = self.known.by_wikidata(n);
            let known = known.map(|known| self.known.stable_id(known).into_owned());
            let own = (!id.is_empty() && class::number(id).is_none()).then(|| id.to_owned());
            return Ok((known.or(own).unwrap_or_else(|| format!("Q{n}")), Some(n)));
        }
        if !id.is_empty() {
            let known = self.known.by_code(id);
            let number = known.and_then(|known| self.known.wikidata(known));
            let id = known.map_or(Cow::Borrowed(id), |known| self.known.stable_id(known));
            return Ok((id.into_owned(), number));
        }
        let words = name_words(name);
        if words.is_empty() {
            return Err("neither a name nor an id".to_owned());
        }
        if kind.is_none_or(|kind| kind == Kind::Person) {
            let same = self.known.lookup(name).find(|hit| {
                hit.form == NameForm::Name
                    && hit.surface == name
                    && self.known.kind(hit.entity) == Kind::Person
            });
            if let Some(hit) = same {
                self.tally.notes.insert(format!(
                    "'{name}' has the name of {} in the base; if it is the same person, give that id",
                    self.known.stable_id(hit.entity)
                ));
            }
        }
        let letter = match kind {
            Some(Kind::Institution) => 'i',
            Some(Kind::Country) => 'c',
            Some(Kind::Place) => 'l',
            _ => 'p',
        };
        Ok((format!("{letter}-{}", words.join("-")), None))
    }

    fn office(
        &self,
        cells: &[(Column, Cow<'_, str>)],
        start: When,
        end: When,
        as_of: Option<Date>,
    ) -> Result<Option<Office>, String> {
        let get = |column: Column| {
            let mut found = cells.iter().filter(|(c, _)| *c == column);
            found.next().map_or("", |(_, cell)| cell.trim())
        };
        let (title, role, org) = (get(Column::Office), get(Column::Role), get(Column::Org));
        if title.is_empty() && role.is_empty() {
            return Ok(None);
        }
        let role = match role {
            "" => class::role_of_title(title).unwrap_or(Role::Other),
            role => parse_role(role).ok_or_else(|| {
                format!("role '{role}' is not known; 'copydesk kb office DE ?' prints the list")
            })?,
        };
        let org = match org {
            "" => get(Column::Country),
            org => org,
        };
        if org.is_empty() {
            return Err(
                "an office needs an 'org': the code of a country (DE) or body (NATO), or its name".to_owned(),
            );
        }
        let start = match (start, self.strict) {
            (When::At(start), _) => start,
            (_, true) => return Err("an office needs a 'start'; a year will do".to_owned()),
            (_, false) => return Err("an office without a start".to_owned()),
        };
        if end.date().is_some_and(|end| end.latest() < start.earliest()) {
            return Err("the end is before the start".to_owned());
        }
        Ok(Some(Office {
            org: org.to_owned(),
            role,
            title: names::title(title),
            start,
            end,
            as_of,
            party: get(Column::Party).to_owned(),
            at: (String::new(), 0),
        }))
    }

    /// The tables of all rows. `more` are entities of other inputs, which rows may speak of as well.
    pub(super) fn finish(mut self, more: &Tables) -> Result<(Tables, Tally), KbError> {
        let mut tables = Tables::default();
        let mut orgs: BTreeMap<String, String> = BTreeMap::new();
        let drafts = self.drafts.values().map(|draft| &draft.row);
        for row in more
            .entities
            .iter()
            .chain(drafts)
            .filter(|row| row.kind != Kind::Person)
        {
            let code = if row.code.is_empty() { &row.id } else { &row.code };
            for key in [&row.id, &row.code, &row.name] {
                if !key.is_empty() {
                    orgs.insert(key.clone(), code.clone());
                }
            }
            if let Some(q) = row.wikidata {
                orgs.insert(format!("Q{q}"), code.clone());
            }
        }
        let elsewhere: BTreeMap<&str, &EntityRow> =
            more.entities.iter().map(|row| (row.id.as_str(), row)).collect();
        for (id, draft) in std::mem::take(&mut self.drafts) {
            let mut row = draft.row;
            let at = row.at.clone();
            if row.name.is_empty() {
                if let Some(other) = elsewhere.get(id.as_str()) {
                    row = (*other).clone();
                } else if let Some(known) = self.known.by_id(&id) {
                    row.name = self.known.name(known).to_owned();
                    row.kind = self.known.kind(known);
                    row.tier = self.known.tier(known);
                } else if self.strict {
                    return Err(KbError::row(
                        &at.0,
                        at.1,
                        format!("'{id}' has no name, and the base does not know it"),
                    ));
                } else {
                    self.tally.nameless += 1;
                    continue;
                }
            }
            if !row.country.is_empty() && row.kind != Kind::Country {
                row.country = match self.org(&row.country, &orgs) {
                    Some(code) => code,
                    None if self.strict => {
                        let what = format!("country '{}' is no code or name of one", row.country);
                        return Err(KbError::row(&at.0, at.1, what));
                    }
                    None => String::new(),
                };
            }
            if row.kind == Kind::Country {
                row.country.clear();
                row.code.clear();
            }
            let mut held = Vec::new();
            for office in draft.offices {
                let Some(org) = self.org(&office.org, &orgs) else {
                    if self.strict {
                        let what = format!(
                            "org '{}' is no code, id or name of a country or body; add a row of kind institution",
                            office.org
                        );
                        return Err(KbError::row(&office.at.0, office.at.1, what));
                    }
                    self.tally.nowhere += 1;
                    continue;
                };
                held.push(self.tenure(&id, org, office)?);
            }
            held.order_by_key(|tenure| tenure.start.map(Date::earliest));
            held.dedup_by(|a, b| {
                (&a.org, a.role, &a.office, a.start, a.end) == (&b.org, b.role, &b.office, b.start, b.end)
            });
            if row.country.is_empty() && row.kind == Kind::Person {
                let is_country = |code: &str| {
                    let in_base = self.known.by_code(code).map(|id| self.known.kind(id));
                    let here = tables.entities.iter().chain(&more.entities);
                    in_base == Some(Kind::Country)
                        || in_base.is_none()
                            && here
                                .into_iter()
                                .any(|row| row.kind == Kind::Country && row.id == code)
                };
                let mut newest = held.iter().rev().map(|tenure| &tenure.org);
                row.country = newest.find(|org| is_country(org)).cloned().unwrap_or_default();
            }
            let mut names = Names::new(&row.id, &row.name, &self.layer, at, &mut tables.names);
            for (form, name) in &draft.names {
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
            if row.kind == Kind::Person && row.tier == 3 {
                let heads = held
                    .iter()
                    .any(|t| matches!(t.role, Role::HeadOfState | Role::HeadOfGovernment));
                row.tier = if heads { 1 } else { 3 };
            }
            tables.notes.extend(draft.notes.into_iter().map(|text| NoteRow {
                entity: row.id.clone(),
                text,
                at: row.at.clone(),
            }));
            tables.tenures.extend(held);
            tables.entities.push(row);
        }
        Ok((tables, self.tally))
    }

    fn tenure(&self, person: &str, org: String, office: Office) -> Result<TenureRow, KbError> {
        let as_of = office.as_of.or(self.rules.given);
        if office.end == When::Absent && as_of.is_none() {
            let what =
                "an office without an end needs the day it was last checked: a column as_of, or --as-of";
            return Err(KbError::row(&office.at.0, office.at.1, what));
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
        let by_name = || {
            known
                .lookup(text)
                .filter(|hit| {
                    matches!(hit.form, NameForm::Name | NameForm::Alias) && !hit.weak && !hit.former
                })
                .map(|hit| hit.entity)
                .find(|id| matches!(known.kind(*id), Kind::Country | Kind::Institution))
        };
        let id = by_id.or_else(by_name)?;
        Some(
            known
                .code(id)
                .map_or_else(|| known.stable_id(id).into_owned(), str::to_owned),
        )
    }
}

fn column(name: &str) -> Option<Column> {
    let plain: String = name
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    COLUMNS
        .iter()
        .find(|(n, _)| *n == plain)
        .map(|(_, column)| *column)
}

/// A cell with a time: a date as we write it, or a time of a query with its precision.
fn time(cell: &str, precision: &str) -> Result<When, String> {
    if cell.is_empty() {
        return Ok(When::Absent);
    }
    if cell == UNKNOWN {
        return Ok(When::Unknown);
    }
    if cell.contains('T') {
        // Without a precision the first day of a year is more likely a year than a day.
        let precision = match precision.parse() {
            Ok(precision) => precision,
            Err(_) if cell.contains("-01-01T") => 9,
            Err(_) => 11,
        };
        return Ok(point(cell, precision, ""));
    }
    cell.parse().map(When::At)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times() {
        let at = |text: &str| When::At(text.parse().unwrap());
        assert_eq!(time("2024-10", ""), Ok(at("2024-10")));
        assert_eq!(time("2024-10-01T00:00:00Z", "11"), Ok(at("2024-10-01")));
        assert_eq!(time("2024-10-01T00:00:00Z", "10"), Ok(at("2024-10")));
        assert_eq!(time("2024-01-01T00:00:00Z", ""), Ok(at("2024")));
        assert_eq!(time("2024-01-01T00:00:00Z", "11"), Ok(at("2024-01-01")));
        assert_eq!(time("?", "11"), Ok(When::Unknown));
        assert!(time("1 October", "").is_err());
    }

    #[test]
    fn columns_have_many_names() {
        assert_eq!(column("?startPrecision"), Some(Column::StartPrecision));
        assert_eq!(column("as_of"), Some(Column::AsOf));
        assert_eq!(column("Family name"), Some(Column::Family));
        assert_eq!(column("shoe size"), None);
    }
}
