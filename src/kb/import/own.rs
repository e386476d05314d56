//! A desk's own TOML, in the shape of `.copydesk/people.toml` (docs/kb-layers.md): `[[people]]`,
//! `[[institutions]]`, `[[places]]`, and `[[countries]]` besides. The keys are also those of the columns of a
//! table, lists where a cell has `|`.

use serde::Deserialize;
use toml::{Spanned, Table, Value};

use crate::{
    base::place::line_and_column,
    kb::{error::KbError, import::sheet::Sheet},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    #[serde(alias = "as_of")]
    checked: Option<Value>,
    #[serde(default, alias = "person")]
    people: Vec<Spanned<Table>>,
    #[serde(default, alias = "institution")]
    institutions: Vec<Spanned<Table>>,
    #[serde(default, alias = "country")]
    countries: Vec<Spanned<Table>>,
    #[serde(default, alias = "place")]
    places: Vec<Spanned<Table>>,
}

/// Reads all lists of a file.
pub(super) fn toml(file: &str, text: &str, sheet: &mut Sheet<'_>) -> Result<(), KbError> {
    let line_of = |at: usize| line_and_column(text, at).0;
    let document: Document = toml::from_str(text).map_err(|e| {
        let line = e.span().map_or(1, |span| line_of(span.start));
        let first = e.message().lines().next().unwrap_or("not TOML").to_owned();
        KbError::row(file, line, first)
    })?;
    let checked = document
        .checked
        .as_ref()
        .map(|value| cell(value).unwrap_or_default());
    for (kind, tables) in [
        ("country", document.countries),
        ("institution", document.institutions),
        ("place", document.places),
        ("person", document.people),
    ] {
        for table in tables {
            let entry = Entry {
                file,
                line: line_of(table.span().start),
                kind,
                checked: checked.as_deref(),
            };
            entry.take(table.into_inner(), sheet)?;
        }
    }
    Ok(())
}

/// One table of a list, and where it stands.
struct Entry<'a> {
    file: &'a str,
    line: usize,
    kind: &'a str,
    checked: Option<&'a str>,
}

impl Entry<'_> {
    fn take(&self, table: Table, sheet: &mut Sheet<'_>) -> Result<(), KbError> {
        let mut own = vec![("kind".to_owned(), self.kind.to_owned())];
        let mut offices: Vec<Table> = Vec::new();
        for (key, value) in table {
            match (key.as_str(), value) {
                ("office" | "offices", Value::Array(values)) => {
                    for value in values {
                        match value {
                            Value::Table(office) => offices.push(office),
                            _ => {
                                return Err(
                                    self.error("an office is a table: { office = \"…\", of = \"…\" }")
                                );
                            }
                        }
                    }
                }
                // What kind of body; that of the entry is said by its list.
                ("kind", value) => own.push(("what".to_owned(), self.plain("kind", &value)?)),
                // Of the style of a house, no name.
                ("spelling", Value::Table(_)) => {}
                (_, value) => own.push((key.clone(), self.plain(&key, &value)?)),
            }
        }
        if offices.is_empty() {
            own.extend(self.checked.map(|day| ("as_of".to_owned(), day.to_owned())));
            return sheet.take_row(self.file, self.line, &own);
        }
        // The person, then one row for each office under the same name and id.
        sheet.take_row(self.file, self.line, &own)?;
        let who: Vec<_> = own
            .iter()
            .filter(|(key, _)| matches!(key.as_str(), "kind" | "id" | "wikidata" | "name" | "country"))
            .cloned()
            .collect();
        for office in offices {
            let mut row = who.clone();
            for (key, value) in &office {
                // Inside of an office its title needs no other name.
                let key = if key == "title" { "office" } else { key };
                row.push((key.to_owned(), self.plain(key, value)?));
            }
            if !office.contains_key("as_of") && !office.contains_key("checked") {
                row.extend(self.checked.map(|day| ("as_of".to_owned(), day.to_owned())));
            }
            sheet.take_row(self.file, self.line, &row)?;
        }
        Ok(())
    }

    fn error(&self, what: impl Into<String>) -> KbError {
        KbError::row(self.file, self.line, what)
    }

    /// A value as the cell of a table.
    fn plain(&self, key: &str, value: &Value) -> Result<String, KbError> {
        let cells = match value {
            Value::Array(values) => values.iter().map(cell).collect::<Option<Vec<String>>>(),
            value => cell(value).map(|cell| vec![cell]),
        };
        let error = || self.error(format!("'{key}' is neither a text, a date nor a list of texts"));
        Ok(cells.ok_or_else(error)?.join("|"))
    }
}

fn cell(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Integer(n) => Some(n.to_string()),
        Value::Datetime(day) => Some(day.to_string()),
        _ => None,
    }
}
