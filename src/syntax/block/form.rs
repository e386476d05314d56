//! The forms of lines that are no prose of the reporter: bylines, credits, datelines, captions.

use super::{
    floor,
    zone::{Ending, ending, has_inner_stop},
};
use crate::syntax::words::Class;

/// "By Anna Reyes in Geneva", "BY TOM REED, Staff Writer".
pub(super) fn is_byline(words: &str) -> bool {
    const MAX_LEN: usize = 160;
    if words.len() > MAX_LEN {
        return false;
    }
    let rest = prefix(Class::By, words);
    let Some(rest) = rest else { return false };
    if words.contains(['\n', '\r']) {
        return false;
    }
    if ending(rest) != Ending::Open || !rest.starts_with(|c: char| c.is_uppercase()) {
        return false;
    }
    let mut names = 0;
    for word in rest.split(|c: char| c.is_whitespace() || matches!(c, ',' | '|' | '/' | ';')) {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '@');
        if word.is_empty() || word.starts_with('@') || word.contains('@') {
            continue;
        }
        if word.starts_with(char::is_uppercase) {
            names += 1;
        } else if !Class::Byline.has(word) {
            return false;
        }
    }
    (1..=14).contains(&names)
}

/// What follows the words of `class` with which `words` begins, and a space.
fn prefix(class: Class, words: &str) -> Option<&str> {
    let first = words.as_bytes().first();
    // Every paragraph is asked, and nearly none begins with the letter of one.
    let mut starts = class.list().iter().filter(|p| p.as_bytes().first() == first);
    starts.find_map(|p| words.strip_prefix(p)?.strip_prefix(' '))
}

/// "Anna Reyes in Geneva", which names authors only below a headline.
pub(super) fn is_bare_byline(words: &str) -> bool {
    const MAX_LEN: usize = 90;
    const NAME: std::ops::RangeInclusive<usize> = 2..=4;
    if words.len() > MAX_LEN || ending(words) != Ending::Open {
        return false;
    }
    let Some((names, place)) = words.split_once(" in ") else {
        return false;
    };
    let capital = |w: &str| {
        w.starts_with(char::is_uppercase) && w.chars().all(|c| c.is_alphabetic() || "-’'.".contains(c))
    };
    let place = place.replace(" and ", " ");
    place.split([' ', ',']).filter(|w| !w.is_empty()).all(capital)
        && names.replace(", ", " and ").split(" and ").all(|name| {
            let parts = name.split(' ');
            NAME.contains(&parts.clone().count()) && parts.into_iter().all(capital)
        })
}

/// "Reporting by Anna Reyes; Editing by Tom Reed", "burs/jj/gv".
pub(super) fn is_credit_line(words: &str) -> bool {
    const MAX_LEN: usize = 300;
    const MAX_SIGN_OFF: usize = 30;
    if words.len() > MAX_LEN {
        return false;
    }
    let inner = words.trim_start_matches(['(', '[', '—', '-', '–', ' ']);
    if prefix(Class::Reporting, inner).is_some() {
        return true;
    }
    words.len() <= MAX_SIGN_OFF
        && words.contains('/')
        && words
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b"/-".contains(&b))
        && words.split(['/', '-']).all(|p| (1..=5).contains(&p.len()))
}

/// A line of place, date and agency only: "BRUSSELS, Dec 18 (AFP)", "Wednesday 18 December 2024, 10:30 GMT".
pub(super) fn is_dateline(words: &str) -> bool {
    const MAX_LEN: usize = 110;
    if words.len() > MAX_LEN || words.contains(['\n', '\r']) {
        return false;
    }
    if !matches!(ending(words), Ending::Open | Ending::Comma) {
        return false;
    }
    let (mut dated, mut plain) = (0, 0);
    for word in words.split(|c: char| {
        c.is_whitespace() || matches!(c, ',' | '(' | ')' | '|' | '/' | '-' | '–' | '—' | '·')
    }) {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        if word.is_empty() {
            continue;
        }
        if is_date_word(word) || is_agency(word) {
            dated += 2;
        } else if word.starts_with(|c: char| c.is_ascii_digit()) {
            dated += 1;
        } else if word.starts_with(char::is_uppercase) {
            plain += 1;
        } else if !Class::Dateline.has(word) {
            return false;
        }
    }
    dated >= 2 && plain <= 5 && plain <= dated + 1
}

/// "December", "Dec", "Monday": with a capital, for "may" and "mar" are words.
fn is_date_word(word: &str) -> bool {
    const MAX_LEN: usize = 12;
    let mut lower = [0; MAX_LEN];
    let Some(lower) = lower.get_mut(..word.len()) else {
        return false;
    };
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    word.starts_with(|c: char| c.is_ascii_uppercase())
        && std::str::from_utf8(lower).is_ok_and(|w| Class::Date.has(w))
}

fn is_agency(word: &str) -> bool {
    Class::Agency.has(word)
}

/// A caption or a photo credit.
pub(super) fn is_caption(words: &str) -> bool {
    const MAX_LEN: usize = 500;
    const MAX_PLACED: usize = 320;
    const TAIL: usize = 70;
    if words.len() > MAX_LEN {
        return false;
    }
    let bytes = words.as_bytes();
    let tail = &words[floor(words, words.len().saturating_sub(TAIL))..];
    matches!(bytes[0], b'P' | b'F' | b'I' | b'C' | b'G' | b'V') && starts_as_caption(words)
        || (tail.as_bytes().contains(&b':') || tail.as_bytes().contains(&b'/')) && is_credited(tail)
        || bytes.len() <= MAX_PLACED && bytes.contains(&b'(') && shows_people(words)
}

fn starts_as_caption(words: &str) -> bool {
    Class::Caption.list().iter().any(|s| words.starts_with(s))
}

/// Whether a credit stands at the end: "… Photo: J. Roe/AP", "… [Jane Roe/AFP]", "REUTERS/Jane Roe".
fn is_credited(tail: &str) -> bool {
    let credit = tail.trim_end_matches([')', ']', '.', ' ', '*', '_']);
    Class::Credit.list().iter().any(|s| tail.contains(s))
        || credit.rsplit_once('/').is_some_and(|(_, last)| {
            let rests = Class::Credited.list().iter().filter_map(|a| last.strip_prefix(a));
            rests.into_iter().any(|r| r.is_empty() || r.starts_with(" via "))
        })
}

/// Whether a single sentence tells which of the people shown is which: "Lena Hartmann (left) with …".
fn shows_people(words: &str) -> bool {
    let mut sides = [false; 2];
    let mut rest = words;
    let mut placed = false;
    while let Some(at) = rest.find('(') {
        let name = rest[..at].trim_end().rsplit(' ').next().unwrap_or("");
        rest = &rest[at + 1..];
        let Some(end) = rest.find(')') else { break };
        let inside = &rest[..end];
        // The bracket follows a name; else the sentence says that something is left, or right.
        if name.starts_with(char::is_uppercase) {
            placed |= Class::Position.has(inside);
            // One "(R)" is a party, "(L)" and "(R)" together are not.
            sides[0] |= matches!(inside, "L" | "l");
            sides[1] |= matches!(inside, "R" | "r");
        }
    }
    (placed || sides == [true; 2]) && !has_inner_stop(words)
}

/// How far down the article a paragraph stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Depth {
    /// It is the first one.
    First,
    /// Below a headline or standfirst that looks like a paragraph, or may do so.
    Near,
    Below,
}

/// Length of "Brussels (Belgium) (AFP) - " at the start of a paragraph; 0 when there is none. A place alone,
/// without date and agency, counts only near the top.
pub(super) fn dateline_lead(words: &str, depth: Depth) -> u32 {
    const MAX_LEN: usize = 100;
    let head = &words[..floor(words, MAX_LEN)];
    let Some((dash, after)) = head_dash(head) else {
        return 0;
    };
    let place = head[..dash].trim_end();
    let rest = words[after..].trim_start();
    let opens = rest
        .chars()
        .find(|c| !matches!(c, '“' | '"' | '‘' | '\'' | '«' | '`' | '(' | '['))
        .is_some_and(|c| c.is_uppercase() || c.is_numeric());
    if place.is_empty() || !opens || place.contains([':', '“', '”', '"', '?', '!', ';', '\n', '\r']) {
        return 0;
    }
    let (mut agency, mut date, mut caps, mut count) = (false, false, true, 0);
    for (n, raw) in place
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '/'))
        .enumerate()
    {
        let word = raw.trim_matches(|c: char| !c.is_alphanumeric());
        if word.is_empty() {
            continue;
        }
        count += 1;
        let bracketed = raw.starts_with('(');
        if bracketed && is_agency(word) || is_agency(word) && n > 0 {
            agency = true;
        } else if is_date_word(word) && n > 0 {
            date = true;
        } else if word.starts_with(|c: char| c.is_ascii_digit()) {
            date |= n > 0;
        } else if word.starts_with(char::is_uppercase) {
            if n == 0 {
                caps = word.chars().filter(|c| c.is_uppercase()).count() > 2
                    && !word.chars().any(char::is_lowercase);
            }
        } else if !Class::Place.has(word) || n == 0 {
            return 0;
        }
    }
    // "Kyiv — The talks go on.": a place in small letters is told from an aside ("Scholz – Germany’s
    // leader – said") by the second dash.
    let aside = || {
        const SENTENCE: usize = 160;
        let ahead = &rest[..floor(rest, SENTENCE)];
        ahead.contains('—') || [" – ", " - "].iter().any(|d| ahead.contains(d))
    };
    let placed = || match depth {
        Depth::First => caps || count <= 3 && ending(words) == Ending::Stop && !aside(),
        Depth::Near => caps && count <= 5 && !aside(),
        Depth::Below => false,
    };
    let found = count <= 10 && (agency || date && (caps || depth == Depth::First) || placed());
    if found {
        (words.len() - rest.len()) as u32
    } else {
        0
    }
}

/// The first dash of `head` that parts: its byte, and the byte after it.
fn head_dash(head: &str) -> Option<(usize, usize)> {
    // Every paragraph is asked, so only bytes that may begin a dash are looked at closely.
    const BEGIN: [u8; 3] = [b'-', b'_', 0xE2];
    let bytes = head.as_bytes();
    if !BEGIN.iter().any(|b| bytes.contains(b)) {
        return None;
    }
    let may_begin = |&(_, b): &(usize, &u8)| BEGIN.contains(b);
    bytes.iter().enumerate().filter(may_begin).find_map(|(at, _)| {
        let (before, after) = (&head[..at], &head[at..]);
        let parted = || before.ends_with(|c: char| c.is_whitespace() || c == ')');
        match after.chars().next()? {
            c @ ('—' | '―') => Some((at, at + c.len_utf8())),
            c @ '–' if parted() => Some((at, at + c.len_utf8())),
            '-' | '_' if parted() => {
                let run = after.bytes().take_while(|b| *b == b'-' || *b == b'_').count();
                after[run..]
                    .starts_with(char::is_whitespace)
                    .then_some((at, at + run))
            }
            '-' if after.starts_with("--") => Some((at, at + 2)),
            _ => None,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leads() {
        for (text, want) in [
            (
                "Brussels (Belgium) (AFP) - Ukrainian President",
                "Brussels (Belgium) (AFP) - ",
            ),
            ("WASHINGTON (AP) — The vote", "WASHINGTON (AP) — "),
            ("KYIV, Dec 18 (Reuters) - Rutte said", "KYIV, Dec 18 (Reuters) - "),
            ("LONDON — “We are", "LONDON — "),
            ("NEW YORK, Dec. 11 (UPI) — NBA", "NEW YORK, Dec. 11 (UPI) — "),
            ("COLUMBIA, S.C. - The bank", "COLUMBIA, S.C. - "),
            ("SAN JOSE, Calif. (AP) _ A man", "SAN JOSE, Calif. (AP) _ "),
            ("PARIS—The minister", "PARIS—"),
            ("Washington CNN  — The vote", "Washington CNN  — "),
            ("(Reuters) - The vote", "(Reuters) - "),
            ("Kyiv — The talks will go on.", "Kyiv — "),
            ("Scholz – Germany’s leader – said no.", ""),
            ("Zelensky – who will also attend", ""),
            ("NATO – the alliance – said", ""),
            ("The talks — Hartmann’s first — failed.", ""),
            ("A well-known man", ""),
        ] {
            assert_eq!(
                &text[..dateline_lead(text, Depth::First) as usize],
                want,
                "{text}"
            );
        }
    }
}
