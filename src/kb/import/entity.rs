//! One line of a Wikidata dump to what is kept of it. Bytes are filtered first; only what passes is parsed,
//! and of that only what is used: strings are borrowed from the line, all else is skipped.

use std::fmt;

use memchr::memmem;
use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, MapAccess, SeqAccess, Visitor},
};

use crate::{
    base::date::Date,
    kb::{
        Gender,
        import::{
            class::number,
            json::{Count, ENGLISH, Names, Snak, Statement, Text, Value, short},
            record::{Held, Item, MAX_HELD, MAX_LIST, When},
        },
    },
};

/// What a line holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Line {
    /// Nothing of ours: another kind of thing, a bracket of the array, an empty line.
    Other,
    /// An item that may be of use.
    Item(Box<Item>, Option<Date>),
    /// Not what a dump has, and why.
    Damaged(String),
}

/// The offices that a body or country is said to have, with the person in the statement.
pub(crate) const HEADS: [u16; 6] = [6, 35, 488, 1037, 169, 3975];

/// Whether a property makes an item worth parsing.
fn is_telling(property: u32) -> bool {
    matches!(
        property,
        6 | 35
            | 36
            | 39
            | 159
            | 169
            | 279
            | 297
            | 488
            | 1001
            | 1037
            | 1142
            | 1313
            | 1376
            | 1387
            | 1813
            | 1906
            | 2388
            | 2389
            | 3975
    )
}

/// Whether the line may hold an item of use: it names a telling property, a human being or a family name
/// anywhere. Looks at bytes only, so that it does not matter how the line is spaced.
fn passes(line: &[u8]) -> bool {
    let (mut country, mut inception, mut place) = (false, false, false);
    for at in memmem::find_iter(line, b"\"P") {
        let mut property = 0u32;
        let mut rest = line[at + 2..].iter();
        let closed = loop {
            match rest.next() {
                Some(digit @ b'0'..=b'9') if property < 1_000_000 => {
                    property = property * 10 + u32::from(digit - b'0');
                }
                end => break end == Some(&b'"'),
            }
        };
        if closed {
            if is_telling(property) {
                return true;
            }
            match property {
                17 => country = true,
                571 => inception = true,
                625 => place = true,
                _ => {}
            }
        }
    }
    country && inception && !place
        || memmem::find(line, b"\"Q5\"").is_some()
        || memmem::find(line, b"\"Q101352\"").is_some()
}

/// The entity of a line without the frame of the array around it, or `None` for the frame alone.
fn bare(line: &[u8]) -> Option<&[u8]> {
    let mut line = line.trim_ascii();
    line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
    if let Some(rest) = line.strip_prefix(b"[") {
        line = rest.trim_ascii_start();
    }
    if let Some(rest) = line.strip_suffix(b"]") {
        line = rest.trim_ascii_end();
    }
    if let Some(rest) = line.strip_suffix(b",") {
        line = rest.trim_ascii_end();
    }
    (!line.is_empty()).then_some(line)
}

/// Reads one line of a dump: an entity, with or without the comma of the array behind it.
pub fn reduce(line: &[u8]) -> Line {
    let Some(line) = bare(line) else {
        return Line::Other;
    };
    if line[0] != b'{' {
        return Line::Damaged("no JSON object".to_owned());
    }
    if line[line.len() - 1] != b'}' {
        return Line::Damaged("the object is cut off".to_owned());
    }
    if !passes(line) {
        return Line::Other;
    }
    match serde_json::from_slice::<Entity<'_>>(line) {
        Ok(entity) => entity.reduce(),
        Err(e) => Line::Damaged(e.to_string()),
    }
}

#[derive(Deserialize)]
struct Entity<'a> {
    #[serde(borrow)]
    id: Text<'a>,
    #[serde(borrow, default)]
    labels: Names<'a>,
    #[serde(borrow, default)]
    aliases: Names<'a>,
    #[serde(default)]
    claims: Claims,
    #[serde(default)]
    sitelinks: Count,
    #[serde(borrow, default)]
    modified: Text<'a>,
}

impl Entity<'_> {
    fn reduce(self) -> Line {
        // Properties (P…) and lexemes (L…) stand in dumps too.
        let Some(id) = number(&self.id.0) else {
            return Line::Other;
        };
        let mut item = *self.claims.item;
        item.id = id;
        item.label = self.labels.best();
        item.aliases = self.aliases.english();
        item.links = u16::try_from(self.sitelinks.0).unwrap_or(u16::MAX);
        item.human = item.classes.contains(&5);
        if item.human {
            item.countries = self.claims.citizen_of;
            item.end = self.claims.death;
            item.start = When::Absent;
        }
        let day = self.modified.0.get(..10).and_then(|day| day.parse().ok());
        let of_use = !item.held.is_empty()
            || !item.parents.is_empty()
            || !item.iso.is_empty()
            || !item.capital_of.is_empty()
            || !item.classes.is_empty() && !item.label.is_empty();
        if of_use {
            Line::Item(Box::new(item), day)
        } else {
            Line::Other
        }
    }
}

/// The statements of an entity, as they are read.
#[derive(Default)]
struct Claims {
    item: Box<Item>,
    /// P27, which counts for people only.
    citizen_of: Vec<u32>,
    /// P570, likewise.
    death: When,
}

impl<'de> Deserialize<'de> for Claims {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Properties;
        impl<'de> Visitor<'de> for Properties {
            type Value = Claims;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("statements by property")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Claims, A::Error> {
                let mut claims = Claims::default();
                while let Some(key) = map.next_key::<Text<'de>>()? {
                    let property = key.0.strip_prefix('P').and_then(|n| n.parse::<u16>().ok());
                    match property.filter(|p| is_wanted(*p)) {
                        Some(property) => {
                            let statements: Vec<Statement<'de>> = map.next_value()?;
                            claims.take(property, &statements);
                        }
                        None => {
                            map.next_value::<IgnoredAny>()?;
                        }
                    }
                }
                Ok(claims)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Claims, A::Error> {
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Claims::default())
            }
        }
        deserializer.deserialize_any(Properties)
    }
}

fn is_wanted(property: u16) -> bool {
    HEADS.contains(&property)
        || matches!(
            property,
            17 | 21
                | 27
                | 31
                | 39
                | 279
                | 297
                | 361
                | 570
                | 571
                | 576
                | 734
                | 1001
                | 1313
                | 1376
                | 1448
                | 1549
                | 1813
                | 1906
                | 2389
        )
}

impl Snak<'_> {
    fn value(&self) -> Option<&Value<'_>> {
        (self.snaktype.0 == "value").then_some(&self.datavalue.value)
    }

    fn item(&self) -> Option<u32> {
        number(&self.value()?.id.0)
    }

    fn when(&self) -> When {
        match (&*self.snaktype.0, self.value()) {
            ("novalue", _) => When::Never,
            (_, Some(value)) => point(&value.time.0, value.precision, &value.calendar.0),
            _ => When::Unknown,
        }
    }

    fn english(&self) -> Option<String> {
        let value = self.value()?;
        let english = ENGLISH.contains(&&*value.language.0);
        Some(short(&value.text.0)).filter(|text| english && !text.is_empty())
    }
}

impl Statement<'_> {
    /// Several starts or ends of one statement contradict each other: the widest span is what can be said.
    fn when(&self, property: u16) -> When {
        let all = self.qualifiers.0.iter().filter(|(p, _)| *p == property);
        let whens = all.map(|(_, snak)| snak.when());
        if property == 580 {
            whens.min_by_key(|when| (when.date().is_none(), *when))
        } else {
            whens.max_by_key(|when| (when.date().is_some(), *when))
        }
        .unwrap_or_default()
    }

    fn qualifier_items(&self, properties: &[u16]) -> Vec<u32> {
        let all = self.qualifiers.0.iter();
        all.filter(|(p, _)| properties.contains(p))
            .filter_map(|(_, snak)| snak.item())
            .take(MAX_LIST)
            .collect()
    }
}

impl Claims {
    fn take(&mut self, property: u16, statements: &[Statement<'_>]) {
        let item = &mut *self.item;
        if property == 39 || HEADS.contains(&property) {
            let held = statements.iter().filter(|s| s.rank.0 != "deprecated");
            for statement in held {
                if let (Some(of_whom), true) = (statement.mainsnak.item(), item.held.len() < MAX_HELD) {
                    item.held.push(Held {
                        property,
                        item: of_whom,
                        start: statement.when(580),
                        end: statement.when(582),
                        of: statement.qualifier_items(&[642, 1001]),
                        party: statement.qualifier_items(&[4100]).first().copied().unwrap_or(0),
                    });
                }
            }
            return;
        }
        // Of what is true of a thing, the best statements count, and those that have not ended.
        let preferred = statements.iter().any(|s| s.rank.0 == "preferred");
        let best: Vec<&Statement<'_>> = statements
            .iter()
            .filter(|s| {
                if preferred {
                    s.rank.0 == "preferred"
                } else {
                    s.rank.0 != "deprecated"
                }
            })
            .filter(|s| matches!(s.when(582), When::Absent | When::Never))
            .take(MAX_LIST)
            .collect();
        let items = || best.iter().filter_map(|s| s.mainsnak.item()).collect();
        let texts = || best.iter().filter_map(|s| s.mainsnak.english()).collect();
        let first = best.first();
        match property {
            17 => item.countries = items(),
            27 => self.citizen_of = items(),
            31 => item.classes = items(),
            279 => item.parents = items(),
            361 | 2389 => {
                let more: Vec<u32> = items();
                item.bodies.extend(more);
            }
            1001 => item.jurisdictions = items(),
            1313 => item.government_office = items(),
            1376 => item.capital_of = items(),
            1906 => item.state_office = items(),
            1448 => item.official = texts(),
            1549 => item.demonyms = texts(),
            1813 => item.short = texts(),
            // The classes "female" and "male" of people.
            21 => {
                item.gender = match first.and_then(|s| s.mainsnak.item()) {
                    Some(6_581_072 | 1_052_281) => Gender::Female,
                    Some(6_581_097 | 2_449_503) => Gender::Male,
                    _ => Gender::Unknown,
                }
            }
            297 => {
                let code = first.and_then(|s| s.mainsnak.value()).map(|v| &*v.text.0);
                item.iso = code
                    .filter(|c| c.len() == 2 && c.bytes().all(|b| b.is_ascii_uppercase()))
                    .unwrap_or_default()
                    .to_owned();
            }
            734 => item.family = first.and_then(|s| s.mainsnak.item()).unwrap_or(0),
            570 => self.death = first.map_or(When::Absent, |s| s.mainsnak.when()),
            571 => item.start = first.map_or(When::Absent, |s| s.mainsnak.when()),
            576 => item.end = first.map_or(When::Absent, |s| s.mainsnak.when()),
            _ => {}
        }
    }
}

/// A time of Wikidata ("+2024-10-01T00:00:00Z" with its precision: 9 year, 10 month, 11 day). What is vaguer
/// than a year is unknown. A date of the Julian calendar is kept as a year: the sources do not agree whether
/// the numbers have been converted.
pub(crate) fn point(time: &str, precision: u8, calendar: &str) -> When {
    let parse = || -> Option<Date> {
        let (year, rest) = time.strip_prefix('+').unwrap_or(time).split_once('-')?;
        let year: i16 = year.parse().ok().filter(|y| (1..=9999).contains(y))?;
        let whole = Date {
            year,
            month: 0,
            day: 0,
        };
        let julian = calendar.ends_with("Q1985786");
        let month: u8 = rest.get(..2)?.parse().ok()?;
        let day: u8 = rest.get(3..5)?.parse().ok()?;
        match precision {
            9 => Some(whole),
            10 | 11 if julian || !(1..=12).contains(&month) => Some(whole),
            10 => Some(Date { month, ..whole }),
            11 => Some(Date::from_ymd(year, month, day).unwrap_or(Date { month, ..whole })),
            _ => None,
        }
    };
    parse().map_or(When::Unknown, When::At)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The item of a line with one statement of a property, given by its parts.
    fn item(property: u16, mainsnak: &str, rest: &str) -> Item {
        let line = format!(
            "{{\"id\":\"Q7\",\"labels\":{{\"en\":{{\"value\":\"X\"}}}},\"x\":\"Q5\",\"claims\":{{\"P{property}\":[{{\"mainsnak\":{mainsnak}{rest}}}],\
             \"P279\":[{{\"mainsnak\":{{\"snaktype\":\"value\",\"datavalue\":{{\"value\":{{\"id\":\"Q1\"}}}}}}}}]}}}},"
        );
        match reduce(line.as_bytes()) {
            Line::Item(item, _) => *item,
            other => panic!("{line}: {other:?}"),
        }
    }

    #[test]
    fn values_of_all_kinds_are_read_or_passed_over() {
        let value = |value: &str| format!("{{\"snaktype\":\"value\",\"datavalue\":{{\"value\":{value}}}}}");
        let founded = |v: &str| item(571, &value(v), "").start;
        let day = Date::from_ymd(1949, 5, 23).unwrap();
        let time = r#"{"time":"+1949-05-23T00:00:00Z","timezone":0,"precision":11,"calendarmodel":"http://x/Q1985727"}"#;
        assert_eq!(founded(time), When::At(day));
        // The keys in another order.
        let turned = r#"{"precision":11,"calendarmodel":"http://x/Q1985727","time":"+1949-05-23T00:00:00Z"}"#;
        assert_eq!(founded(turned), When::At(day));
        for odd in [
            "null",
            "true",
            "-3",
            "7",
            "1.5",
            "[1,[2]]",
            "\"x\"",
            "{\"latitude\":1,\"precision\":null}",
        ] {
            assert_eq!(founded(odd), When::Unknown, "{odd}");
        }
        assert_eq!(item(571, r#"{"snaktype":"novalue"}"#, "").start, When::Never);
        assert_eq!(item(571, r#"{"snaktype":"somevalue"}"#, "").start, When::Unknown);
        // An item by its number alone, as old dumps have it; a lexeme is none.
        assert_eq!(
            item(17, &value(r#"{"entity-type":"item","numeric-id":183}"#), "").countries,
            [183]
        );
        assert_eq!(
            item(17, &value(r#"{"numeric-id":183,"id":"L183"}"#), "").countries,
            [0u32; 0]
        );
        // Deprecated, and ended.
        let germany = value(r#"{"id":"Q183"}"#);
        assert_eq!(item(17, &germany, r#","rank":"deprecated""#).countries, [0u32; 0]);
        let ended = format!(r#","qualifiers":{{"P582":[{}]}}"#, value(time));
        assert_eq!(item(17, &germany, &ended).countries, [0u32; 0]);
        assert_eq!(item(17, &germany, r#","qualifiers":[]"#).countries, [183]);
    }

    #[test]
    fn times() {
        let at = |text: &str| When::At(text.parse().unwrap());
        for (time, precision, want) in [
            ("+2024-10-01T00:00:00Z", 11, at("2024-10-01")),
            ("+2024-10-00T00:00:00Z", 10, at("2024-10")),
            ("+2024-00-00T00:00:00Z", 9, at("2024")),
            // Less than the precision promises.
            ("+2024-10-00T00:00:00Z", 11, at("2024-10")),
            ("+2024-00-00T00:00:00Z", 11, at("2024")),
            ("+2024-02-30T00:00:00Z", 11, at("2024-02")),
            // A decade, a century, before our era, no time at all.
            ("+2020-00-00T00:00:00Z", 8, When::Unknown),
            ("-0044-03-15T00:00:00Z", 11, When::Unknown),
            ("+13000-01-01T00:00:00Z", 9, When::Unknown),
            ("2024", 9, When::Unknown),
            ("+2024-é", 11, When::Unknown),
            ("", 11, When::Unknown),
        ] {
            assert_eq!(
                point(time, precision, "http://www.wikidata.org/entity/Q1985727"),
                want,
                "{time}"
            );
        }
        assert_eq!(
            point(
                "+1918-02-01T00:00:00Z",
                11,
                "http://www.wikidata.org/entity/Q1985786"
            ),
            at("1918")
        );
    }

    #[test]
    fn lines_that_are_none() {
        for line in [
            "",
            "[",
            "]",
            " \r",
            ",",
            "[]",
            "{\"id\":\"Q1\",\"claims\":{}}",
            "{\"id\":\"P39\"}",
        ] {
            assert_eq!(reduce(line.as_bytes()), Line::Other, "{line}");
        }
        for (line, why) in [
            ("hello", "no JSON object"),
            ("{\"P39\"", "cut off"),
            (
                "{\"id\":\"Q1\",\"claims\":{\"P39\":[\"Q2\"]}}",
                "invalid type: string",
            ),
            ("{\"claims\":{\"P39\":[]}}", "missing field `id`"),
        ] {
            match reduce(line.as_bytes()) {
                Line::Damaged(told) => assert!(told.contains(why), "{line}: {told}"),
                other => panic!("{line}: {other:?}"),
            }
        }
    }
}
