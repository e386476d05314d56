//! A desk's own TOML: `[[person]]`, `[[institution]]`, `[[country]]` and `[[place]]`, with the same keys as
//! the columns of a table, lists where a cell has `|`, and `[[person.office]]` for offices.

use serde::Deserialize;
use toml::{Spanned, Table, Value};

use crate::kb::{error::KbError, import::sheet::Sheet};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    as_of: Option<Value>,
    #[serde(default)]
    person: Vec<Spanned<Table>>,
    #[serde(default)]
    institution: Vec<Spanned<Table>>,
    #[serde(default)]
    country: Vec<Spanned<Table>>,
    #[serde(default)]
    place: Vec<Spanned<Table>>,
}

/// Reads all tables of a file.
pub(super) fn toml(file: &str, text: &str, sheet: &mut Sheet<'_>) -> Result<(), KbError> {
    let line_of = |at: usize| {
        text.get(..at)
            .map_or(1, |before| before.matches('\n').count() + 1)
    };
    let document: Document = toml::from_str(text).map_err(|e| {
        let line = e.span().map_or(1, |span| line_of(span.start));
        let first = e.message().lines().next().unwrap_or("not TOML").to_owned();
        KbError::row(file, line, first)
    })?;
    let as_of = document
        .as_of
        .as_ref()
        .map(|value| cell(value).unwrap_or_default());
    for (kind, tables) in [
        ("country", document.country),
        ("institution", document.institution),
        ("place", document.place),
        ("person", document.person),
    ] {
        for table in tables {
            let line = line_of(table.span().start);
            entity(file, line, kind, table.into_inner(), as_of.as_deref(), sheet)?;
        }
    }
    Ok(())
}

fn entity(
    file: &str,
    line: usize,
    kind: &str,
    table: Table,
    as_of: Option<&str>,
    sheet: &mut Sheet<'_>,
) -> Result<(), KbError> {
    let mut own = vec![("kind".to_owned(), kind.to_owned())];
    let mut offices: Vec<Table> = Vec::new();
    for (key, value) in table {
        match value {
            Value::Array(values) if key == "office" || key == "offices" => {
                for value in values {
                    match value {
                        Value::Table(office) => offices.push(office),
                        _ => {
                            return Err(KbError::row(
                                file,
                                line,
                                "an office is a table, [[person.office]]",
                            ));
                        }
                    }
                }
            }
            value => own.push((key.clone(), plain(file, line, &key, &value)?)),
        }
    }
    if offices.is_empty() {
        own.extend(as_of.map(|day| ("as_of".to_owned(), day.to_owned())));
        return sheet.take_row(file, line, &own);
    }
    // The person, then one row for each office under the same name and id.
    sheet.take_row(file, line, &own)?;
    let who: Vec<_> = own
        .iter()
        .filter(|(key, _)| matches!(key.as_str(), "kind" | "id" | "wikidata" | "name"))
        .cloned()
        .collect();
    for office in offices {
        let mut row = who.clone();
        for (key, value) in &office {
            // Inside of an office its title needs no other name.
            let key = if key == "title" { "office" } else { key };
            row.push((key.to_owned(), plain(file, line, key, value)?));
        }
        if !office.contains_key("as_of") {
            row.extend(as_of.map(|day| ("as_of".to_owned(), day.to_owned())));
        }
        sheet.take_row(file, line, &row)?;
    }
    Ok(())
}

/// A value as the cell of a table.
fn plain(file: &str, line: usize, key: &str, value: &Value) -> Result<String, KbError> {
    let error = || {
        KbError::row(
            file,
            line,
            format!("'{key}' is neither a text, a date nor a list of texts"),
        )
    };
    match value {
        Value::Array(values) => {
            let cells: Option<Vec<String>> = values.iter().map(cell).collect();
            Ok(cells.ok_or_else(error)?.join("|"))
        }
        value => cell(value).ok_or_else(error),
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
