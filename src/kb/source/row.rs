//! One line of a table, its cells known by the names of the columns.

use crate::{
    base::date::Date,
    kb::{Role, error::KbError, source::parse_role},
};

/// One line of a table.
pub(super) struct Row<'a> {
    pub(super) file: &'a str,
    line: usize,
    columns: &'a [&'a str],
    cells: Vec<&'a str>,
}

impl<'a> Row<'a> {
    /// The cell of a column; empty when the table has no such column.
    pub(super) fn get(&self, column: &str) -> &'a str {
        let at = self.columns.iter().position(|c| *c == column);
        at.and_then(|i| self.cells.get(i)).copied().unwrap_or("")
    }

    pub(super) fn needed(&self, column: &str) -> Result<&'a str, KbError> {
        match self.get(column) {
            "" => Err(self.error(format!("column '{column}' is empty"))),
            cell => Ok(cell),
        }
    }

    pub(super) fn date(&self, column: &str) -> Result<Option<Date>, KbError> {
        match self.get(column) {
            "" => Ok(None),
            cell => cell
                .parse()
                .map(Some)
                .map_err(|e: String| self.error(format!("column '{column}': {e}"))),
        }
    }

    pub(super) fn role(&self, column: &str) -> Result<Role, KbError> {
        let role = self.needed(column)?;
        parse_role(role).ok_or_else(|| self.error(format!("'{role}' is no role")))
    }

    pub(super) fn list(&self, column: &str) -> Vec<String> {
        self.get(column)
            .split('|')
            .filter(|s| !s.is_empty())
            .map(str::to_owned)
            .collect()
    }

    pub(super) fn error(&self, what: impl Into<String>) -> KbError {
        KbError::row(self.file, self.line, what)
    }

    pub(super) fn at(&self) -> (String, usize) {
        (self.file.to_owned(), self.line)
    }
}

/// Hands each line of a table to `take`, which sees its cells by the names in the head.
pub(super) fn each_row(
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
