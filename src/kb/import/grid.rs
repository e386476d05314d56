//! Text with rows and columns: CSV, TSV, and the results of SPARQL queries as JSON and TSV.

use std::{borrow::Cow, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, MapAccess, Visitor},
};

use crate::{base::place::n_breaks, kb::error::KbError};

/// Stands in a cell for a value that exists and that nobody knows.
pub(super) const UNKNOWN: &str = "?";

/// A row: the line on which it begins, from 1, and its cells.
pub(super) type Row<'a> = (usize, Vec<Cow<'a, str>>);

/// Columns by name, and rows.
#[derive(Debug, Default)]
pub(super) struct Grid<'a> {
    pub(super) columns: Vec<Cow<'a, str>>,
    pub(super) rows: Vec<Row<'a>>,
}

/// Reads comma- or semicolon-separated values with quotation marks as RFC 4180 has them. Lines that begin
/// with `#` and empty lines are left out.
pub(super) fn csv<'a>(file: &str, text: &'a str) -> Result<Grid<'a>, KbError> {
    let head = text.lines().find(|line| !is_comment(line)).unwrap_or("");
    let separator = if head.matches(';').count() > head.matches(',').count() {
        ';'
    } else {
        ','
    };
    let mut grid = Grid::default();
    let (mut rest, mut line) = (text, 1);
    while !rest.is_empty() {
        let this = rest.lines().next().unwrap_or("");
        if is_comment(this) {
            rest = rest.split_once('\n').map_or("", |(_, rest)| rest);
            line += 1;
            continue;
        }
        let begin = line;
        let mut cells = Vec::new();
        loop {
            let (cell, after) = cell(rest, separator)
                .ok_or_else(|| KbError::row(file, begin, "a quotation mark is opened and not closed"))?;
            line += n_breaks(&rest[..rest.len() - after.len()]);
            rest = after;
            cells.push(cell);
            match rest.chars().next() {
                Some(c) if c == separator => rest = &rest[1..],
                _ => break,
            }
        }
        // What is left of the line is its end; after a closing mark anything else is an error.
        match rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix('\n')) {
            Some(after) => {
                rest = after;
                line += 1;
            }
            None if rest.is_empty() => {}
            None => {
                return Err(KbError::row(
                    file,
                    line,
                    "something stands behind a closed quotation mark",
                ));
            }
        }
        grid.take(file, begin, cells)?;
    }
    Ok(grid)
}

fn is_comment(line: &str) -> bool {
    line.trim().is_empty() || line.starts_with('#')
}

/// The first cell of `text` and what stands behind it, or `None` if a mark is not closed.
fn cell(text: &str, separator: char) -> Option<(Cow<'_, str>, &str)> {
    let Some(quoted) = text.strip_prefix('"') else {
        let mut end = text.find([separator, '\n']).unwrap_or(text.len());
        if text[..end].ends_with('\r') && text[end..].starts_with('\n') {
            end -= 1;
        }
        return Some((text[..end].trim().into(), &text[end..]));
    };
    let mut out = String::new();
    let mut rest = quoted;
    loop {
        let (part, after) = rest.split_once('"')?;
        out.push_str(part);
        match after.strip_prefix('"') {
            Some(more) => {
                out.push('"');
                rest = more;
            }
            None => return Some((out.into(), after)),
        }
    }
}

/// Reads tab-separated values; those of a SPARQL engine are RDF terms and their columns begin with `?`.
pub(super) fn tsv<'a>(file: &str, text: &'a str) -> Result<Grid<'a>, KbError> {
    let mut grid = Grid::default();
    let mut terms = false;
    for (i, line) in text.lines().enumerate() {
        let head = grid.columns.is_empty();
        if head && is_comment(line) || line.trim().is_empty() || !terms && line.starts_with('#') {
            continue;
        }
        if head {
            terms = line.starts_with('?');
        }
        let cells = line.split('\t').map(|cell| {
            if terms && !head {
                term(cell)
            } else {
                cell.trim().into()
            }
        });
        grid.take(file, i + 1, cells.collect())?;
    }
    Ok(grid)
}

/// The plain text of an RDF term in TSV: `<http://…/Q42>`, `"text"@en`, `"2024-10-01T00:00:00Z"^^xsd:dateTime`,
/// a bare number, or `_:b0`, a blank node, which is how a value is written that nobody knows.
fn term(cell: &str) -> Cow<'_, str> {
    let cell = cell.trim();
    if let Some(iri) = cell.strip_prefix('<').and_then(|c| c.strip_suffix('>')) {
        return node(iri);
    }
    if cell.starts_with("_:") {
        return UNKNOWN.into();
    }
    let Some(quoted) = cell.strip_prefix('"') else {
        return cell.into();
    };
    let mut out = String::with_capacity(quoted.len());
    let mut chars = quoted.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => break,
            '\\' => match chars.next() {
                Some('n' | 'r' | 't') => out.push(' '),
                Some(c) => out.push(c),
                None => {}
            },
            c => out.push(c),
        }
    }
    out.into()
}

/// The id of an IRI of Wikidata; other IRIs stay as they are.
fn node(iri: &str) -> Cow<'_, str> {
    if iri.contains("/.well-known/genid/") {
        return UNKNOWN.into();
    }
    for base in [
        "http://www.wikidata.org/entity/",
        "https://www.wikidata.org/wiki/",
    ] {
        if let Some(id) = iri.strip_prefix(base) {
            return id.into();
        }
    }
    iri.into()
}

impl<'a> Grid<'a> {
    fn take(&mut self, file: &str, line: usize, cells: Vec<Cow<'a, str>>) -> Result<(), KbError> {
        if self.columns.is_empty() {
            self.columns = cells;
            if let Some(first) = self.columns.first_mut() {
                *first = first.trim_start_matches('\u{feff}').to_owned().into();
            }
            return Ok(());
        }
        if cells.len() != self.columns.len() {
            let what = format!("{} cells where the head has {}", cells.len(), self.columns.len());
            return Err(KbError::row(file, line, what));
        }
        // CSV results of a SPARQL engine have bare IRIs.
        let cells = cells.into_iter().map(|cell| match node(&cell) {
            Cow::Borrowed(same) if same.len() == cell.len() => cell,
            other => other.into_owned().into(),
        });
        self.rows.push((line, cells.collect()));
        Ok(())
    }
}

/// One solution of a query, by variable.
struct Solution<'a>(Vec<(Cow<'a, str>, Cow<'a, str>)>);

#[derive(Deserialize)]
struct Term<'a> {
    #[serde(rename = "type", borrow, default)]
    kind: Cow<'a, str>,
    #[serde(borrow)]
    value: Cow<'a, str>,
}

#[derive(Deserialize)]
struct Results<'a> {
    #[serde(borrow)]
    bindings: Vec<Solution<'a>>,
}

#[derive(Deserialize)]
struct Head<'a> {
    #[serde(borrow)]
    vars: Vec<Cow<'a, str>>,
}

#[derive(Deserialize)]
struct Document<'a> {
    #[serde(borrow)]
    head: Head<'a>,
    #[serde(borrow)]
    results: Results<'a>,
}

impl<'de: 'a, 'a> Deserialize<'de> for Solution<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Variables;
        impl<'de> Visitor<'de> for Variables {
            type Value = Solution<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a solution: values by variable")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Solution<'de>, A::Error> {
                let mut cells = Vec::new();
                while let Some(variable) = map.next_key::<Key<'de>>()? {
                    let term: Option<Term<'de>> = map.next_value()?;
                    let Some(term) = term else { continue };
                    let value = match (&*term.kind, term.value) {
                        ("bnode", _) => UNKNOWN.into(),
                        ("uri", Cow::Borrowed(iri)) => node(iri),
                        ("uri", Cow::Owned(iri)) => node(&iri).into_owned().into(),
                        (_, value) => value,
                    };
                    cells.push((variable.0, value));
                }
                Ok(Solution(cells))
            }
        }
        deserializer.deserialize_map(Variables)
    }
}

#[derive(Deserialize)]
#[serde(transparent)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

/// Reads the results of a query in `application/sparql-results+json`.
pub(super) fn sparql_json<'a>(file: &str, text: &'a str) -> Result<Grid<'a>, KbError> {
    let document: Document<'a> = serde_json::from_str(text).map_err(|e| {
        let what = if e.is_eof() {
            "the results are cut off; perhaps the query ran out of time".to_owned()
        } else {
            format!("no results of a SPARQL query: {e}")
        };
        KbError::row(file, e.line(), what)
    })?;
    let columns = document.head.vars;
    let mut rows = Vec::with_capacity(document.results.bindings.len());
    for (i, Solution(cells)) in document.results.bindings.into_iter().enumerate() {
        let mut row = vec![Cow::Borrowed(""); columns.len()];
        for (variable, value) in cells {
            if let Some(at) = columns.iter().position(|c| *c == variable) {
                row[at] = value;
            }
        }
        rows.push((i + 1, row));
    }
    Ok(Grid { columns, rows })
}

/// What an object of JSON is, by its keys.
#[derive(Deserialize)]
pub(super) struct Shape {
    pub(super) head: Option<IgnoredAny>,
    pub(super) results: Option<IgnoredAny>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn rows(grid: &Grid<'_>) -> String {
        let mut lines = vec![grid.columns.join("|")];
        lines.extend(
            grid.rows
                .iter()
                .map(|(line, row)| format!("{line}:{}", row.join("|"))),
        );
        lines.join(" / ")
    }

    #[test]
    fn comma_separated() {
        let text = "\u{feff}name,office\r\n# note\n\"Lee, \"\"Ann\"\"\",\"Chief\nof staff\"\n\nBo , x\n";
        let grid = csv("f", text).unwrap();
        assert_eq!(
            rows(&grid),
            "name|office / 3:Lee, \"Ann\"|Chief\nof staff / 6:Bo|x"
        );
        assert_eq!(rows(&csv("f", "a;b\n1,5;2").unwrap()), "a|b / 2:1,5|2");
        for (text, error) in [
            ("a,b\n1", "f:2: 1 cells where the head has 2"),
            ("a\n\"x", "f:2: a quotation mark is opened and not closed"),
            (
                "a\n\"x\"y",
                "f:2: something stands behind a closed quotation mark",
            ),
        ] {
            assert_eq!(csv("f", text).unwrap_err().to_string(), error);
        }
    }

    #[test]
    fn terms_of_queries() {
        let text = "?id\t?name\t?end\n<http://www.wikidata.org/entity/Q42>\t\"A \\\"B\\\"\"@en\t_:b7\n";
        assert_eq!(rows(&tsv("f", text).unwrap()), "?id|?name|?end / 2:Q42|A \"B\"|?");
        assert_eq!(term("\"2024-10-01T00:00:00Z\"^^<xsd>"), "2024-10-01T00:00:00Z");
        assert_eq!(term("11"), "11");
        let text = r#"{"head":{"vars":["a","b"]},"results":{"bindings":[
            {"b":{"type":"literal","xml:lang":"en","value":"J\u00fcrgen"}},
            {"a":{"type":"uri","value":"http://www.wikidata.org/entity/Q1"},"b":{"type":"bnode","value":"t1"}}]}}"#;
        assert_eq!(rows(&sparql_json("f", text).unwrap()), "a|b / 1:|Jürgen / 2:Q1|?");
        let cut = sparql_json("f", &text[..text.len() - 9]).unwrap_err().to_string();
        assert!(cut.contains("cut off"), "{cut}");
    }
}
