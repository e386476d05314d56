//! What an input is, by its first bytes and its name.

use crate::kb::import::grid::Shape;

/// What an input holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// Entities of Wikidata, one a line: a dump, or what a filter tool left of it.
    Dump,
    /// Results of a query, `application/sparql-results+json`.
    SparqlJson,
    /// Results of a query, `text/tab-separated-values`.
    SparqlTsv,
    /// A desk's own comma-separated table.
    Csv,
    /// A desk's own tab-separated table.
    Tsv,
    /// A desk's own TOML.
    Toml,
}

/// What the first bytes say.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Sniffed {
    /// To be read so.
    As(Format),
    /// Cannot be read, and what to do: one line.
    Refused(&'static str),
}

const TRUTHY: &str = "a 'truthy' RDF dump: its statements have no qualifiers, so no office in it has a date; \
     take the JSON dump (latest-all.json.gz)";
const RDF: &str = "RDF; take the JSON dump (latest-all.json.gz), or results of 'copydesk kb query'";
const HTML: &str = "a web page; the server answered with an error, or the address is that of a page";
const UNCLEAR: &str = "not of a form that can be told from its beginning; say which with --format";

/// Tells what an input is from its beginning (some kilobytes, decompressed) and its name without `.gz` and
/// the like. The content decides; the name only where the content could be several things.
pub fn sniff(head: &[u8], name: &str) -> Sniffed {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let text = head.utf8_chunks().next().map_or("", |chunk| chunk.valid());
    let start = text.trim_start();
    let lower = name.to_ascii_lowercase();
    let ends = |ending: &str| lower.ends_with(ending);
    if start.is_empty() {
        return by_name(&lower).map_or(Sniffed::Refused("empty"), Sniffed::As);
    }
    if start.starts_with("<http")
        || start.starts_with("_:")
        || start.starts_with("@prefix")
        || start.starts_with("PREFIX")
    {
        let direct = text.contains("/prop/direct/") || lower.contains("truthy");
        return Sniffed::Refused(if direct { TRUTHY } else { RDF });
    }
    if start.starts_with('<') {
        return Sniffed::Refused(HTML);
    }
    if start.starts_with('[') && !start.starts_with("[[") && !is_toml_head(start) || start.starts_with('{') {
        let object = start.trim_start_matches(['[', ' ', '\n', '\r', '\t']);
        if object.starts_with('{') || object.is_empty() || object.starts_with(']') {
            return Sniffed::As(if is_results(object) {
                Format::SparqlJson
            } else {
                Format::Dump
            });
        }
    }
    let first = start
        .lines()
        .find(|line| !line.trim().is_empty() && !line.starts_with('#'))
        .unwrap_or("");
    if first.starts_with('?') {
        return Sniffed::As(Format::SparqlTsv);
    }
    if first.starts_with("[[") || is_toml_head(first) || ends(".toml") {
        return Sniffed::As(Format::Toml);
    }
    if first.contains('\t') {
        return Sniffed::As(Format::Tsv);
    }
    if first.contains([',', ';']) {
        return Sniffed::As(Format::Csv);
    }
    by_name(&lower).map_or(Sniffed::Refused(UNCLEAR), Sniffed::As)
}

fn by_name(name: &str) -> Option<Format> {
    let ends = |ending: &str| name.ends_with(ending);
    match () {
        () if ends(".csv") => Some(Format::Csv),
        () if ends(".tsv") || ends(".tab") => Some(Format::Tsv),
        () if ends(".toml") => Some(Format::Toml),
        () if ends(".srj") => Some(Format::SparqlJson),
        () if ends(".json") || ends(".ndjson") || ends(".jsonl") => Some(Format::Dump),
        () => None,
    }
}

/// `key = value` or `[table]`.
fn is_toml_head(line: &str) -> bool {
    let line = line.lines().next().unwrap_or("").trim();
    let key = line.split_once('=').map_or("", |(key, _)| key.trim());
    let is_key = |key: &str| {
        !key.is_empty()
            && key
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'))
    };
    let table = line.strip_prefix('[').and_then(|line| line.strip_suffix(']'));
    is_key(key) || table.is_some_and(|key| is_key(key.trim_matches(['[', ']'])))
}

/// Whether an object is the results of a query: its first key is "head" or "results".
fn is_results(object: &str) -> bool {
    let key = object.trim_start_matches('{').trim_start();
    key.starts_with("\"head\"")
        || key.starts_with("\"results\"")
        || serde_json::from_str::<Shape>(object)
            .is_ok_and(|shape| shape.head.is_some() && shape.results.is_some())
}

/// The date in the name of a dump ("wikidata-20241028-all.json.gz", "latest-2024-10-28.json").
pub fn day_in_name(name: &str) -> Option<crate::base::date::Date> {
    let bytes = name.as_bytes();
    let digit = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
    (0..bytes.len()).find_map(|at| {
        let digits: String = name
            .get(at..)?
            .chars()
            .take(10)
            .filter(char::is_ascii_digit)
            .take(8)
            .collect();
        let spaced = name
            .get(at..at + 10)
            .is_some_and(|t| t.parse::<crate::base::date::Date>().is_ok());
        let joined = (at..at + 8).all(digit) && !digit(at + 8);
        let begins = at == 0 || !digit(at - 1);
        if !begins || !(spaced || joined) || digits.len() != 8 {
            return None;
        }
        let number = |range: std::ops::Range<usize>| digits.get(range)?.parse::<u16>().ok();
        let year = i16::try_from(number(0..4)?)
            .ok()
            .filter(|y| (2012..2100).contains(y))?;
        crate::base::date::Date::from_ymd(year, number(4..6)? as u8, number(6..8)? as u8)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_told_apart() {
        let refused = |head: &str, name: &str| match sniff(head.as_bytes(), name) {
            Sniffed::Refused(why) => why,
            Sniffed::As(format) => panic!("{head}: {format:?}"),
        };
        for (head, name, format) in [
            ("[\n{\"type\":\"item\",\"id\":\"Q1\"", "x", Format::Dump),
            ("{\"type\":\"item\",\"id\":\"Q1\"", "x.csv", Format::Dump),
            ("[", "x", Format::Dump),
            ("{ \"head\" : {\"vars\":[]}", "x.json", Format::SparqlJson),
            ("?id\t?name\n", "x.csv", Format::SparqlTsv),
            ("name\toffice\n", "x.csv", Format::Tsv),
            ("# our people\nname,office\n", "x", Format::Csv),
            ("name;office\n", "x", Format::Csv),
            ("[[person]]\nname = 'x'", "x", Format::Toml),
            ("as_of = 2024-10-01\n", "x", Format::Toml),
            ("name\nAnn", "x.csv", Format::Csv),
        ] {
            assert_eq!(sniff(head.as_bytes(), name), Sniffed::As(format), "{head}");
        }
        let truthy = "<http://www.wikidata.org/entity/Q1> <http://www.wikidata.org/prop/direct/P31> <x> .";
        assert!(refused(truthy, "x").contains("no qualifiers"));
        assert!(refused("<http://a> <http://b> <http://c> .", "latest-truthy.nt").contains("no qualifiers"));
        assert!(refused("@prefix wd: <x> .", "x").contains("RDF"));
        assert!(refused("<!doctype html>", "x").contains("web page"));
        assert!(refused("hello", "x").contains("--format"));
        assert!(refused("", "x").contains("empty"));
    }

    #[test]
    fn days_in_names() {
        let day = |name: &str| day_in_name(name).map(|d| d.to_string());
        assert_eq!(
            day("wikidata-20241028-all.json.gz").as_deref(),
            Some("2024-10-28")
        );
        assert_eq!(day("x-2024-10-28.json").as_deref(), Some("2024-10-28"));
        assert_eq!(day("latest-all.json.gz"), None);
        assert_eq!(day("202410281234.json"), None);
        assert_eq!(day("12345678.json"), None);
        assert_eq!(day("ÜÜÜ20241028é"), Some("2024-10-28".to_owned()));
    }
}
