//! Rows under their columns, written sorted.

use std::{collections::BTreeMap, fs, path::Path};

use serde_json::Value;

/// The columns of each table.
const COLUMNS: &[(&str, &[&str])] = &[
    (
        "countries",
        &[
            "id",
            "what",
            "wikidata",
            "name",
            "in_sentence",
            "official",
            "iso3",
            "tier",
            "start",
            "end",
            "groups",
            "successors",
            "source",
            "as_of",
        ],
    ),
    (
        "institutions",
        &[
            "id",
            "what",
            "wikidata",
            "name",
            "code",
            "in_sentence",
            "country",
            "tier",
            "source",
            "as_of",
        ],
    ),
    (
        "parties",
        &[
            "id", "what", "wikidata", "name", "country", "start", "end", "source", "as_of",
        ],
    ),
    (
        "persons",
        &[
            "id", "wikidata", "name", "family", "country", "tier", "gender", "source", "as_of",
        ],
    ),
    (
        "names",
        &["id", "form", "name", "flags", "from", "to", "source", "as_of"],
    ),
    (
        "tenures",
        &[
            "id", "org", "role", "office", "start", "end", "doubt", "party", "source", "as_of",
        ],
    ),
];

/// The tables so far.
#[derive(Default)]
pub(crate) struct Output {
    tables: BTreeMap<&'static str, Vec<Vec<String>>>,
}

impl Output {
    /// Adds a row; columns that are not named stay empty.
    pub(crate) fn row(&mut self, table: &'static str, cells: &[(&str, &str)]) {
        let (_, columns) = COLUMNS
            .iter()
            .find(|(name, _)| *name == table)
            .expect("a table of the list");
        for (column, _) in cells {
            assert!(columns.contains(column), "{table} has no column {column}");
        }
        let row = columns
            .iter()
            .map(|column| {
                let cell = cells
                    .iter()
                    .find(|(name, _)| name == column)
                    .map_or("", |(_, cell)| cell);
                cell.split_whitespace().collect::<Vec<_>>().join(" ")
            })
            .collect();
        self.tables.entry(table).or_default().push(row);
    }

    /// Adds a name of an entity.
    pub(crate) fn name(&mut self, id: &str, form: &str, name: &str, source: &str, as_of: &str) {
        self.row(
            "names",
            &[
                ("id", id),
                ("form", form),
                ("name", name),
                ("source", source),
                ("as_of", as_of),
            ],
        );
    }

    /// Writes every table, sorted by id and without repeated rows.
    pub(crate) fn write(mut self, dir: &Path) -> Result<(), String> {
        for (name, columns) in COLUMNS {
            let mut rows = self.tables.remove(name).unwrap_or_default();
            rows.sort_by(|a, b| (id_key(&a[0]), a).cmp(&(id_key(&b[0]), b)));
            rows.dedup();
            let mut text = columns.join("\t");
            text.push('\n');
            for row in &rows {
                text.push_str(&row.join("\t"));
                text.push('\n');
            }
            let path = dir.join(format!("{name}.tsv"));
            fs::write(&path, text).map_err(|e| format!("{}: {e}", path.display()))?;
            println!("{}: {} rows", path.display(), rows.len());
        }
        Ok(())
    }
}

/// Q9 stands before Q10.
fn id_key(id: &str) -> (u64, String) {
    let number = id.strip_prefix('Q').and_then(|n| n.parse().ok());
    (number.unwrap_or(0), id.to_owned())
}

/// The text of a field; empty when it is null or absent.
pub(crate) fn text<'a>(row: &'a Value, field: &str) -> &'a str {
    row.get(field).and_then(Value::as_str).unwrap_or("")
}

/// The texts of a list field.
pub(crate) fn list<'a>(row: &'a Value, field: &str) -> Vec<&'a str> {
    let values = row.get(field).and_then(Value::as_array);
    values.into_iter().flatten().filter_map(Value::as_str).collect()
}

/// A slug of a name: folded words joined by hyphens.
pub(crate) fn slug(name: &str) -> String {
    copydesk::base::word::name_words(name).join("-")
}
