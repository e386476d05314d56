//! The date of an article: given, or from front matter, dateline or file name; never from a clock.

use crate::{
    base::{
        date::Date,
        word::{TokenKind, scan},
    },
    semantic::{
        article::{Context, DateSource},
        lexicon,
        wordsets::WordSet,
    },
    syntax::block::{Layout, Zone},
};

/// How far into the article a dateline may stand, in blocks.
const HEAD_BLOCKS: usize = 8;
/// A line longer than this many bytes is prose, not a dateline.
const LINE: usize = 90;
/// How far into a paragraph a dateline may reach, in bytes.
const LEAD: usize = 80;

/// The date that facts are looked up at, and where it came from.
pub fn date_of(text: &str, layout: &Layout, context: &Context) -> Option<(Date, DateSource)> {
    if let Some(date) = context.date {
        return Some((date, DateSource::Given));
    }
    if let Some(date) = layout.front_matter.and_then(|span| front_matter(span.text(text))) {
        return Some((date, DateSource::FrontMatter));
    }
    if let Some(date) = dateline(text, layout) {
        return Some((date, DateSource::Dateline));
    }
    context
        .file_name
        .as_deref()
        .and_then(file_name)
        .map(|d| (d, DateSource::FileName))
}

/// The value of the first key for the day of publication, in YAML or TOML.
fn front_matter(text: &str) -> Option<Date> {
    let value_of = |wanted: &[&str]| {
        text.split(['\n', '\r']).find_map(|line| {
            let (key, value) = line.split_once([':', '='])?;
            let key = key.trim().trim_matches(['"', '\'']).to_ascii_lowercase();
            wanted.contains(&key.as_str()).then(|| find_date(value)).flatten()
        })
    };
    value_of(&[
        "date",
        "published",
        "publishdate",
        "pubdate",
        "date_published",
        "datepublished",
        "published_at",
    ])
    .or_else(|| value_of(&["dateline", "created", "updated", "lastmod", "modified"]))
}

/// A date in a line of its own among the first, or in the lead-in of the first paragraph.
fn dateline(text: &str, layout: &Layout) -> Option<Date> {
    let head = &layout.blocks[..layout.blocks.len().min(HEAD_BLOCKS)];
    let lead_in = head.iter().filter(|b| b.lead_end > 0).find_map(|b| {
        let block = b.span.text(text);
        find_date(block.get(..b.lead_end as usize).unwrap_or(block))
    });
    lead_in
        .or_else(|| {
            head.iter()
                .filter(|b| matches!(b.zone, Zone::Dateline | Zone::Byline))
                .find_map(|b| find_date(b.span.text(text)))
        })
        .or_else(|| {
            head.iter().find_map(|b| {
                let block = b.span.text(text);
                if block.len() <= LINE && is_date_line(block) {
                    return find_date(block);
                }
                paragraph_lead(block)
            })
        })
}

/// Whether a short line holds a date and little else: "Wednesday, December 18, 2024", "Published 18 Dec 2024".
fn is_date_line(line: &str) -> bool {
    if line.ends_with(['.', '?', '!']) && !line.ends_with("m.") {
        return false;
    }
    let mut others = 0;
    scan(line, |kind, span| {
        let word = span.text(line).to_lowercase();
        let word = word.trim_end_matches('.');
        let known = month(word).is_some()
            || lexicon::english().is(WordSet::DateLine, word)
            || WEEKDAYS.iter().any(|d| d.starts_with(word) && word.len() >= 3);
        if kind == TokenKind::Word && !known {
            others += 1;
        }
    });
    others <= 2
}

const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// "KYIV, 18 December 2024 - The …", "GENEVA, Dec. 13, 2019 /Wire/ -- The …".
fn paragraph_lead(block: &str) -> Option<Date> {
    let mut end = block.len().min(LEAD);
    while !block.is_char_boundary(end) {
        end -= 1;
    }
    let head = &block[..end];
    let cut = [" - ", " – ", " — ", " -- ", " /", ") "]
        .iter()
        .filter_map(|mark| head.find(mark))
        .min()?;
    let lead = &head[..cut];
    // A place comes first, in capitals or with a comma behind it.
    let place = lead.split([',', '(']).next()?.trim();
    let capitals = place.split_whitespace().count() <= 4
        && place
            .split_whitespace()
            .all(|w| w.chars().next().is_some_and(char::is_uppercase));
    (capitals && !place.is_empty()).then(|| find_date(lead)).flatten()
}

/// A date in a file name: `ukraine-brussels-2024-12-18.txt`, `20241218_talks.md`.
fn file_name(name: &str) -> Option<Date> {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let digits: Vec<(usize, &str)> = runs_of_digits(name);
    for window in digits.windows(3) {
        let [(a, y), (b, m), (c, d)] = window else {
            continue;
        };
        let near = *b == a + y.len() + 1 && *c == b + m.len() + 1;
        if near
            && y.len() == 4
            && m.len() <= 2
            && d.len() <= 2
            && let Some(date) = ymd(y, m, d)
        {
            return Some(date);
        }
    }
    digits
        .iter()
        .filter(|(_, run)| run.len() == 8)
        .find_map(|(_, run)| ymd(&run[..4], &run[4..6], &run[6..]))
}

fn runs_of_digits(name: &str) -> Vec<(usize, &str)> {
    let mut out = Vec::new();
    let mut start = None;
    for (i, c) in name.char_indices().chain([(name.len(), ' ')]) {
        match (c.is_ascii_digit(), start) {
            (true, None) => start = Some(i),
            (false, Some(s)) => {
                out.push((s, &name[s..i]));
                start = None;
            }
            _ => {}
        }
    }
    out
}

fn ymd(y: &str, m: &str, d: &str) -> Option<Date> {
    let year: i16 = y.parse().ok().filter(|y| (1800..2200).contains(y))?;
    Date::from_ymd(year, m.parse().ok()?, d.parse().ok()?)
}

/// The first full date in a piece of text: `2024-12-18`, `18 December 2024`, `Dec. 18, 2024`, `18.12.2024`.
fn find_date(text: &str) -> Option<Date> {
    let mut pieces: Vec<(TokenKind, &str)> = Vec::new();
    scan(text, |kind, span| {
        let word = span.text(text);
        if kind != TokenKind::Punct || matches!(word, "-" | "/" | ".") {
            pieces.push((kind, word));
        }
    });
    let number = |i: usize| -> Option<&str> {
        let (kind, word) = pieces.get(i)?;
        // "18th" is a number with letters behind it; "18T10" a day with a time.
        (*kind == TokenKind::Number)
            .then(|| word.trim_end_matches(|c: char| c.is_ascii_alphabetic()))
            .map(|w| w.split(|c: char| !c.is_ascii_digit()).next().unwrap_or(w))
    };
    let word = |i: usize| pieces.get(i).map_or("", |p| p.1);
    let month_at = |i: usize| {
        pieces
            .get(i)
            .and_then(|p| month(p.1.to_lowercase().trim_end_matches('.')))
    };
    let skip_stop = |i: usize| if word(i) == "." { i + 1 } else { i };
    for (i, piece) in pieces.iter().enumerate() {
        // 2024-12-18
        if let Some(y) = number(i).filter(|y| y.len() == 4)
            && matches!(word(i + 1), "-" | "/")
            && word(i + 3) == word(i + 1)
            && let (Some(m), Some(d)) = (number(i + 2), number(i + 4))
            && let Some(date) = ymd(y, m, d)
        {
            return Some(date);
        }
        // 18.12.2024 is one number to the scanner.
        if piece.0 == TokenKind::Number {
            let parts: Vec<&str> = piece.1.split('.').collect();
            if let [d, m, y] = parts.as_slice()
                && y.len() == 4
                && let Some(date) = ymd(y, m, d)
            {
                return Some(date);
            }
        }
        // 18 December 2024, 18 Dec. 2024
        if let (Some(d), Some(m)) = (number(i), month_at(i + 1))
            && let Some(y) = number(skip_stop(i + 2)).filter(|y| y.len() == 4)
            && let Some(date) = ymd(y, &m.to_string(), d)
        {
            return Some(date);
        }
        // December 18, 2024
        if let Some(m) = month_at(i)
            && let Some(d) = number(skip_stop(i + 1)).filter(|d| d.len() <= 2)
            && let Some(y) = number(skip_stop(i + 1) + 1).filter(|y| y.len() == 4)
            && let Some(date) = ymd(y, &m.to_string(), d)
        {
            return Some(date);
        }
    }
    None
}

fn month(word: &str) -> Option<u8> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let found = NAMES
        .iter()
        .position(|m| *m == word || word.len() >= 3 && word.len() <= 4 && m.starts_with(word))?;
    Some(found as u8 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::block::{Format, layout};

    fn dated(text: &str, file_name: Option<&str>) -> Option<(String, DateSource)> {
        let layout = layout(text, Format::Markdown);
        let context = Context {
            file_name: file_name.map(str::to_owned),
            ..Context::default()
        };
        date_of(text, &layout, &context).map(|(d, s)| (d.to_string(), s))
    }

    #[test]
    fn finds_dates() {
        for (text, want) in [
            ("2024-12-18T10:22:00Z", "2024-12-18"),
            ("Wednesday, December 18, 2024", "2024-12-18"),
            ("Wed 18 Dec 2024 10.22 GMT", "2024-12-18"),
            ("Dec. 3, 2019", "2019-12-03"),
            ("3rd September 2021", "2021-09-03"),
            ("18.12.2024", "2024-12-18"),
            ("\"2024-02-29\"", "2024-02-29"),
        ] {
            assert_eq!(
                find_date(text).map(|d| d.to_string()).as_deref(),
                Some(want),
                "{text}"
            );
        }
        for text in ["Dec 18", "in May", "2023-02-29", "120 seats by 2024", "1234567"] {
            assert_eq!(find_date(text), None, "{text}");
        }
    }

    #[test]
    fn a_dateline_dates_and_prose_does_not() {
        let line = Some(("2024-12-18".to_owned(), DateSource::Dateline));
        for text in [
            "Talks resume\n\nBrussels, Dec 18, 2024 (AFP) - The ministers met again.",
            "Talks resume\n\nKYIV, 18 December 2024 – The ministers met again.",
            "Talks resume\n\nWednesday, December 18, 2024\n\nThe ministers met again.",
            "Talks resume\n\nPublished 18 December 2024 09:30 GMT\n\nThe ministers met again.",
        ] {
            assert_eq!(dated(text, None), line, "{text}");
        }
        let prose =
            "Talks resume\n\nThe treaty of 18 December 2004 was torn up by ministers who had never liked it.";
        assert_eq!(dated(prose, None), None);
    }

    #[test]
    fn a_file_name_comes_last() {
        let of = |name: &str| dated("Talks resume", Some(name)).map(|d| d.0);
        assert_eq!(of("/news/talks-2024-12-18.txt").as_deref(), Some("2024-12-18"));
        assert_eq!(of("20241218_talks.md").as_deref(), Some("2024-12-18"));
        assert_eq!(of("talks-12345678.md"), None);
        assert_eq!(of("talks.md"), None);
        let text = "Talks resume\n\nKYIV, 18 December 2024 – The ministers met again.";
        assert_eq!(
            dated(text, Some("2020-01-01.md")),
            Some(("2024-12-18".to_owned(), DateSource::Dateline))
        );
    }
}
