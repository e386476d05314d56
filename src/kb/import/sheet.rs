//! Rows of a desk's own table, or of the results of a query, to tables. `docs/kb-import.md` describes the
//! columns; both kinds of input have the same ones.

mod column;
mod finish;

use std::{borrow::Cow, collections::BTreeMap};

use self::column::{Column, column, time};
use crate::{
    base::{date::Date, word::name_words},
    kb::{
        Gender, Kb, Kind, NameForm, Role,
        error::KbError,
        import::{Rules, Tally, class, grid::Grid, names, record::When},
        source::{EntityRow, parse_role},
    },
};

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
        let mut faults = Vec::new();
        for (line, cells) in &grid.rows {
            self.tally.read += 1;
            let cells = columns.iter().zip(cells);
            let cells: Vec<(Column, Cow<'_, str>)> = cells
                .filter_map(|(column, cell)| column.map(|c| (c, Cow::Borrowed(&**cell))))
                .filter(|(_, cell)| !cell.is_empty())
                .collect();
            match self.row(file, *line, &cells) {
                Err(e) if self.strict => faults.push(e),
                Err(e) => {
                    let told = e.to_string();
                    let why = told.strip_prefix(&format!("{file}:{line}: ")).unwrap_or(&told);
                    self.tally.damaged(*line as u64, why);
                }
                Ok(()) => {}
            }
        }
        KbError::first_of(faults).map_or(Ok(()), Err)
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
        let kind = kind_of(get(Column::Kind)).map_err(error)?;
        let (id, wikidata) = self
            .identify(kind, get(Column::Id), get(Column::Wikidata), get(Column::Name))
            .map_err(error)?;
        let name = get(Column::Name);
        self.family_first(file, line, kind, name);
        let gender = match gender_of(get(Column::Gender)) {
            Err(e) if self.strict => return Err(error(e)),
            gender => gender.unwrap_or_default(),
        };
        let tier = tier_of(get(Column::Tier)).map_err(error)?;
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
        let layer = &self.layer;
        let draft = self.drafts.entry(id.clone()).or_insert_with(|| Draft {
            row: EntityRow {
                wikidata,
                at: at.clone(),
                ..EntityRow::new(id, kind.unwrap_or(Kind::Person), layer)
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
            for name in listed(cell, self.strict) {
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

    /// Notes a person's name as lists of members have it, family name first: no article is written so.
    fn family_first(&mut self, file: &str, line: usize, kind: Option<Kind>, name: &str) {
        let Some((family, given)) = name.split_once(", ").filter(|_| self.strict) else {
            return;
        };
        let is_name = |part: &str| part.split(' ').count() <= 3 && part.chars().any(char::is_lowercase);
        let is_title = matches!(given, "Jr" | "Jr." | "Sr" | "Sr.") || given.contains([',', '.']);
        let titled = [
            "Baron", "Viscount", "Earl", "Lord", "Lady", "Duke", "Duchess", "Marquess", "Count",
        ];
        let is_title = is_title || titled.iter().any(|title| given.starts_with(title));
        if kind.is_none_or(|kind| kind == Kind::Person) && is_name(family) && is_name(given) && !is_title {
            self.tally.notes.insert(format!(
                "{file}:{line}: '{name}' is found only as it stands here; articles write '{given} {family}'"
            ));
        }
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
}

/// The names in a cell. A spreadsheet's list is often parted by semicolons, which no name has; the results of a
/// query are taken at their word.
fn listed(cell: &str, strict: bool) -> impl Iterator<Item = &str> {
    let parts = cell.split(move |c| c == '|' || strict && c == ';');
    parts.map(str::trim).filter(|name| !name.is_empty())
}

fn kind_of(cell: &str) -> Result<Option<Kind>, String> {
    Ok(match cell.to_ascii_lowercase().as_str() {
        "" => None,
        "person" => Some(Kind::Person),
        "country" => Some(Kind::Country),
        "institution" | "body" | "organization" => Some(Kind::Institution),
        "place" => Some(Kind::Place),
        _ => {
            return Err(format!(
                "kind '{cell}' is not person, country, institution or place"
            ));
        }
    })
}

fn gender_of(cell: &str) -> Result<Gender, String> {
    Ok(match cell {
        "" | "Q48270" => Gender::Unknown,
        "female" | "f" | "Q6581072" => Gender::Female,
        "male" | "m" | "Q6581097" => Gender::Male,
        _ => return Err(format!("gender '{cell}' is not female, male or empty")),
    })
}

fn tier_of(cell: &str) -> Result<Option<u8>, String> {
    Ok(match cell {
        "" => None,
        "1" => Some(1),
        "2" => Some(2),
        "3" => Some(3),
        _ => return Err(format!("tier '{cell}' is not 1, 2 or 3")),
    })
}
