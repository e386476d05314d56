//! Where words begin and end. Names in the knowledge base and words in text are cut by this one rule,
//! so that they always meet.

use crate::base::{span::Span, work};

/// What kind of token a piece of text is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum TokenKind {
    /// Letters, with inner apostrophes (`O’Brien`, `don’t`) and the dots of an abbreviation of single
    /// letters (`U.S.`); digits may follow letters (`G20`). Also a web address, an e-mail address, a
    /// handle with its `@`, a tag with its `#`, a word with an editor's brackets in it (`[w]e`).
    Word,
    /// Begins with a digit: `54`, `1,000`, `2.5`, `30th`, `10:30`.
    Number,
    /// The clitic `’s` or `'s` after a word, or a bare `’` after a plural when the scanner was told so.
    Possessive,
    /// Punctuation or a symbol: one character, or several that are one mark (` `` `, `''`, `...`, `--`,
    /// `&quot;`).
    Punct,
}

const PUNCT: u8 = 0;
const SPACE: u8 = 1;
const LOWER: u8 = 2;
const UPPER: u8 = 3;
const DIGIT: u8 = 4;
const WIDE: u8 = 5;

/// What each byte begins: white space (or a NUL, which is nothing), a letter, a digit, punctuation, or a
/// character outside ASCII.
const CLASS: [u8; 256] = {
    let mut class = [PUNCT; 256];
    let mut b = 0;
    while b < 256 {
        class[b] = match b as u8 {
            0 | 9..=13 | b' ' => SPACE,
            b'a'..=b'z' => LOWER,
            b'A'..=b'Z' => UPPER,
            b'0'..=b'9' => DIGIT,
            0x80.. => WIDE,
            _ => PUNCT,
        };
        b += 1;
    }
    class
};

/// How far an e-mail address is looked for; keeps the scan linear.
const MAX_LOCAL: usize = 64;

/// Cuts `text` into tokens, calling `emit` for each; white space is left out. Offsets are bytes of `text`.
/// Words are cut at hyphens and slashes, which are tokens of their own.
pub fn scan(text: &str, mut emit: impl FnMut(TokenKind, Span)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&b) = bytes.get(at) {
        work::step();
        let start = at;
        match CLASS[b as usize] {
            SPACE => at += 1,
            PUNCT => {
                let (kind, end) = ascii_mark(text, at);
                if let Some(kind) = kind {
                    emit(kind, Span::new(start, end));
                }
                at = end;
            }
            WIDE => {
                let Some(c) = char_at(text, at) else { break };
                if c.is_alphanumeric() {
                    at = word(text, at, at + c.len_utf8(), c.is_numeric(), &mut emit);
                } else {
                    at += c.len_utf8();
                    if c.is_whitespace() || is_ignorable(c) {
                        continue;
                    }
                    if c == '’' && is_clitic(text, start, at) {
                        at += 1;
                        emit(TokenKind::Possessive, Span::new(start, at));
                        continue;
                    }
                    // Two single marks that stand for one double mark.
                    if matches!(c, '‘' | '’') && text[at..].starts_with(c) {
                        at += c.len_utf8();
                    }
                    emit(TokenKind::Punct, Span::new(start, at));
                }
            }
            class => {
                // The common case: a run of letters and digits, then a space or a mark that joins nothing.
                at += 1;
                while bytes
                    .get(at)
                    .is_some_and(|b| matches!(CLASS[*b as usize], LOWER..=DIGIT))
                {
                    at += 1;
                }
                let ends = match bytes.get(at) {
                    None => true,
                    Some(b) => CLASS[*b as usize] == SPACE && *b != 0,
                };
                if ends {
                    let kind = if class == DIGIT {
                        TokenKind::Number
                    } else {
                        TokenKind::Word
                    };
                    emit(kind, Span::new(start, at));
                } else {
                    at = word(text, start, at, class == DIGIT, &mut emit);
                }
            }
        }
    }
}

/// Emits the word or number that begins at `start` and is known to reach `at`; returns where it ends.
fn word(
    text: &str,
    start: usize,
    from: usize,
    number: bool,
    emit: &mut impl FnMut(TokenKind, Span),
) -> usize {
    let bytes = text.as_bytes();
    if let Some(end) = address(text, start, from) {
        emit(TokenKind::Word, Span::new(start, end));
        return end;
    }
    let mut at = from;
    // `U.S.`: so far one letter.
    let mut dotted = !number && bytes.get(at) == Some(&b'.') && text[start..at].chars().nth(1).is_none();
    let mut possessive = None;
    while let Some(c) = char_at(text, at) {
        work::step();
        if c.is_alphanumeric() || is_mark(c) || c == '\u{ad}' {
            // A second letter in a row ends the single-letter pattern.
            if dotted && char_before_is_letter(text, start, at) {
                dotted = false;
            }
            at += c.len_utf8();
            continue;
        }
        let size = apostrophe(text, at);
        if size > 0 {
            let next = char_at(text, at + size);
            if number || !next.is_some_and(char::is_alphabetic) {
                break;
            }
            if c == '‘' && !next.is_some_and(char::is_lowercase) {
                break;
            }
            if is_s(text, at + size) {
                possessive = Some(Span::new(at, at + size + 1));
                break;
            }
            at += size;
            continue;
        }
        let next = char_at(text, at + c.len_utf8());
        let joins = match c {
            '.' | ',' if number => next.is_some_and(char::is_numeric),
            ':' if number => {
                let digits = bytes[at + 1..]
                    .iter()
                    .take(3)
                    .take_while(|b| b.is_ascii_digit())
                    .count();
                digits == 2
            }
            // `U.S.`, `a.m.`: single letters, each with its stop; the last stop belongs to the word
            // when at least two letters came before it.
            '.' if dotted => {
                let letter_next = next.is_some_and(char::is_alphabetic)
                    && !char_at(text, at + 1 + next.map_or(0, char::len_utf8))
                        .is_some_and(char::is_alphanumeric);
                letter_next || text[start..at].contains('.')
            }
            '[' if !number => match bracketed(text, at) {
                Some(end) => {
                    at = end;
                    continue;
                }
                None => false,
            },
            _ => false,
        };
        if !joins {
            break;
        }
        at += c.len_utf8();
    }
    let kind = if number {
        TokenKind::Number
    } else {
        TokenKind::Word
    };
    emit(kind, Span::new(start, at));
    if let Some(clitic) = possessive {
        at = clitic.end as usize;
        emit(TokenKind::Possessive, clitic);
    }
    at
}

/// The token that begins with the ASCII mark at `at`, and where it ends; no kind when it is mere space.
fn ascii_mark(text: &str, at: usize) -> (Option<TokenKind>, usize) {
    let bytes = text.as_bytes();
    let b = bytes[at];
    let next = |n: usize| bytes.get(at + n) == Some(&b);
    let free = || !char_before_is_letter(text, 0, at);
    match b {
        b'\'' if is_clitic(text, at, at + 1) => (Some(TokenKind::Possessive), at + 2),
        // Of three, the inner quotation's mark is the one beside the words.
        b'\'' if next(1) && next(2) && !next(3) && at > 0 && !bytes[at - 1].is_ascii_whitespace() => {
            (Some(TokenKind::Punct), at + 1)
        }
        b'\'' | b'`' if next(1) => (Some(TokenKind::Punct), at + 2),
        b'.' | b'-' => {
            let run = bytes[at..].iter().take_while(|c| **c == b).count();
            (Some(TokenKind::Punct), at + run)
        }
        b'@' | b'#' if free() => {
            let name = bytes[at + 1..]
                .iter()
                .take_while(|b| b.is_ascii_alphanumeric() || **b == b'_')
                .count();
            let letters = bytes[at + 1..at + 1 + name].iter().any(u8::is_ascii_alphabetic);
            if letters {
                (Some(TokenKind::Word), at + 1 + name)
            } else {
                (Some(TokenKind::Punct), at + 1)
            }
        }
        b'&' => match reference(&text[at..]) {
            Some((_, len)) if text[at..].starts_with("&nbsp;") => (None, at + len),
            Some((_, len)) => (Some(TokenKind::Punct), at + len),
            None => (Some(TokenKind::Punct), at + 1),
        },
        b'[' => match bracketed(text, at) {
            // `[W]e`: the bracket holds the beginning of a word.
            Some(end) if char_at(text, end).is_some_and(char::is_lowercase) && free() => {
                let tail = text[end..]
                    .find(|c: char| !c.is_alphabetic())
                    .unwrap_or(text.len() - end);
                (Some(TokenKind::Word), end + tail)
            }
            _ => (Some(TokenKind::Punct), at + 1),
        },
        _ => (Some(TokenKind::Punct), at + 1),
    }
}

/// The character that an HTML reference at the start of `text` stands for, as far as news copy has it, and
/// the length of the reference: `&quot;`, `&#8217;`, `&rsquo;`.
pub fn reference(text: &str) -> Option<(char, usize)> {
    const NAMES: &[(&str, char)] = &[
        ("quot", '"'),
        ("apos", '\''),
        ("ldquo", '“'),
        ("rdquo", '”'),
        ("lsquo", '‘'),
        ("rsquo", '’'),
        ("bdquo", '„'),
        ("sbquo", '‚'),
        ("laquo", '«'),
        ("raquo", '»'),
        ("lsaquo", '‹'),
        ("rsaquo", '›'),
        ("amp", '&'),
        ("nbsp", '\u{a0}'),
        ("mdash", '—'),
        ("ndash", '–'),
        ("hellip", '…'),
        ("lt", '<'),
        ("gt", '>'),
    ];
    const MAX_LEN: usize = 10;
    let bytes = text.as_bytes();
    if bytes.first() != Some(&b'&') {
        return None;
    }
    let len = bytes.iter().take(MAX_LEN).position(|b| *b == b';')?;
    let name = text.get(1..len)?;
    let c = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
        None => NAMES.iter().find(|n| n.0 == name)?.1,
    };
    Some((c, len + 1))
}

/// Length of the apostrophe at `at`, 0 when there is none: a character, or a reference to one.
fn apostrophe(text: &str, at: usize) -> usize {
    match text.as_bytes().get(at) {
        Some(b'\'') => 1,
        Some(b'&') => match reference(&text[at..]) {
            Some(('\'' | '’', len)) => len,
            _ => 0,
        },
        Some(0x80..) => match char_at(text, at) {
            Some(c @ ('’' | 'ʼ' | 'ʻ' | '‘')) => c.len_utf8(),
            _ => 0,
        },
        _ => 0,
    }
}

/// Whether a lone `s` stands at `at`.
fn is_s(text: &str, at: usize) -> bool {
    matches!(text.as_bytes().get(at), Some(b's' | b'S'))
        && !char_at(text, at + 1).is_some_and(|c| c.is_alphanumeric() || is_mark(c))
}

/// Whether the apostrophe `start..end` begins the clitic of a quoted or bracketed word (`“Butcher”’s`), of
/// a number (`1990’s`) or an address.
fn is_clitic(text: &str, start: usize, end: usize) -> bool {
    is_s(text, end)
        && text[..start]
            .chars()
            .next_back()
            .is_some_and(|c| c.is_alphanumeric() || matches!(c, '”' | '"' | '»' | ')' | ']'))
}

/// The end of `[ed]` at `at`: up to five letters in brackets that complete a word.
fn bracketed(text: &str, at: usize) -> Option<usize> {
    const MAX_LETTERS: usize = 5;
    let mut end = at + 1;
    let mut letters = 0;
    loop {
        match char_at(text, end)? {
            ']' if letters > 0 => return Some(end + 1),
            c if c.is_alphabetic() && letters < MAX_LETTERS => {
                letters += 1;
                end += c.len_utf8();
            }
            _ => return None,
        }
    }
}

/// The end of a web or e-mail address that begins with the word `start..end`.
fn address(text: &str, start: usize, end: usize) -> Option<usize> {
    const DOMAINS: &[&str] = &[
        "com", "org", "net", "gov", "edu", "mil", "info", "eu", "uk", "int",
    ];
    let bytes = text.as_bytes();
    let next = *bytes.get(end)?;
    let host = |from: usize| {
        bytes[from..]
            .iter()
            .take(MAX_LOCAL)
            .inspect(|_| work::step())
            .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'))
            .count()
    };
    let glued = bytes.get(end + 1).is_some_and(u8::is_ascii_alphanumeric);
    match next {
        b':' if text[end..].starts_with("://") && end - start <= 6 => {
            let tail = url_tail(text, end + 3);
            (tail > end + 3).then_some(tail)
        }
        b'.' if glued && text[start..end].eq_ignore_ascii_case("www") => Some(url_tail(text, end)),
        b'@' | b'.' | b'-' | b'_' | b'+' if glued => {
            let local = end
                + bytes[end..]
                    .iter()
                    .take(MAX_LOCAL)
                    .inspect(|_| work::step())
                    .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b'+'))
                    .count();
            if bytes.get(local) == Some(&b'@') {
                let stop = trim_host(text, local + 1, local + 1 + host(local + 1));
                return text[local + 1..stop].contains('.').then_some(stop);
            }
            if next != b'.' {
                return None;
            }
            let stop = trim_host(text, end, end + host(end));
            let known = text[end..stop]
                .rsplit('.')
                .next()
                .is_some_and(|d| DOMAINS.contains(&d));
            let letters = bytes[start..end].iter().any(u8::is_ascii_alphabetic);
            let whole = !char_at(text, stop).is_some_and(char::is_alphanumeric);
            (known && letters && whole).then(|| {
                if bytes.get(stop) == Some(&b'/') {
                    url_tail(text, stop)
                } else {
                    stop
                }
            })
        }
        _ => None,
    }
}

/// Where a web address ends that reaches `from` already; final punctuation is not part of it.
fn url_tail(text: &str, from: usize) -> usize {
    let len = text[from..]
        .find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '“' | '”' | '«' | '»' | '|'))
        .unwrap_or(text.len() - from);
    let url = &text[from..from + len];
    from + url
        .trim_end_matches(|c: char| {
            matches!(
                c,
                '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '\'' | '’' | '*' | '_' | '…'
            )
        })
        .len()
}

fn trim_host(text: &str, from: usize, to: usize) -> usize {
    from + text[from..to].trim_end_matches(['.', '-']).len()
}

/// Splits a name into the folded words under which it is stored, without punctuation.
pub fn name_words(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    scan(name, |kind, span| match kind {
        TokenKind::Word | TokenKind::Number => words.push(crate::base::fold::fold(span.text(name))),
        TokenKind::Possessive => words.push("s".to_owned()),
        TokenKind::Punct => {}
    });
    words
}

fn char_at(text: &str, at: usize) -> Option<char> {
    let b = *text.as_bytes().get(at)?;
    if b < 0x80 {
        Some(b as char)
    } else {
        text.get(at..)?.chars().next()
    }
}

fn char_before_is_letter(text: &str, start: usize, at: usize) -> bool {
    text[start..at]
        .chars()
        .next_back()
        .is_some_and(char::is_alphanumeric)
}

fn is_mark(c: char) -> bool {
    !c.is_ascii() && unicode_normalization::char::is_combining_mark(c)
}

/// Characters without width that are in the text by accident of pasting.
fn is_ignorable(c: char) -> bool {
    matches!(
        c,
        '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{ad}' | '\0'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<(&str, TokenKind)> {
        let mut out = Vec::new();
        scan(text, |kind, span| out.push((span.text(text), kind)));
        out
    }

    fn words(text: &str) -> String {
        cut(text).iter().map(|t| t.0).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn cuts_words() {
        for (text, want) in [
            ("Ukraine’s allies", "Ukraine|’s|allies"),
            ("don’t O'Brien's", "don’t|O'Brien|'s"),
            ("the U.S. said", "the|U.S.|said"),
            ("at 5 a.m. He", "at|5|a.m.|He"),
            ("It ended. A new", "It|ended|.|A|new"),
            ("vitamin A. Then", "vitamin|A|.|Then"),
            ("Donald J. Trump", "Donald|J|.|Trump"),
            ("air-defence 1,000 2.5% G20", "air|-|defence|1,000|2.5|%|G20"),
            ("‘Position of strength’", "‘|Position|of|strength|’"),
            ("al-Sisi's", "al|-|Sisi|'s"),
            ("rock ’n’ roll", "rock|’|n|’|roll"),
            ("AT&T's", "AT|&|T|'s"),
            ("’90s", "’|90s"),
            ("U.S.’s", "U.S.|’s"),
            (
                "see https://example.org/a?b=(c). Then",
                "see|https://example.org/a?b=(c|)|.|Then",
            ),
            ("www.example.com, Amazon.com's", "www.example.com|,|Amazon.com|'s"),
            (
                "mail anna.reyes@example.co.uk.",
                "mail|anna.reyes@example.co.uk|.",
            ),
            (
                "@lhartmann wrote #NotLeaving #1",
                "@lhartmann|wrote|#NotLeaving|#|1",
            ),
            ("at 10:30 or 3:2, $1.5bn", "at|10:30|or|3|:|2|,|$|1.5bn"),
            ("“[W]e want[ed] [the allies]”", "“|[W]e|want[ed]|[|the|allies|]|”"),
            ("``We,'' he... -- no", "``|We|,|''|he|...|--|no"),
            (
                "&quot;We don&#39;t&nbsp;go&quot;",
                "&quot;|We|don&#39;t|go|&quot;",
            ),
            ("‘‘We go,’’ “Butcher”’s", "‘‘|We|go|,|’’|“|Butcher|”|’s"),
            ("''I say 'no,''' he", "''|I|say|'|no|,|'|''|he"),
            ("said.The end.", "said|.|The|end|."),
        ] {
            assert_eq!(words(text), want);
        }
    }

    #[test]
    fn name_keys() {
        assert_eq!(name_words("Côte d’Ivoire"), ["cote", "divoire"]);
        assert_eq!(name_words("Donald J. Trump"), ["donald", "j", "trump"]);
        assert_eq!(
            name_words("Abdel-Fattah el-Sisi"),
            ["abdel", "fattah", "el", "sisi"]
        );
        assert_eq!(name_words("U.S.A."), ["usa"]);
    }
}
