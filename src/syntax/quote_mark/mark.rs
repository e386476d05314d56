//! One mark: what it looks like, what stands around it, and what each reading of it costs.

use super::{Family, Pair};
use crate::{
    base::{
        span::Span,
        word::{TokenKind, reference},
    },
    syntax::{block::Zone, token::Tokens, words::Class},
};

/// Cost of a reading, in tenths of a nat; only differences matter.
pub(super) type Cost = u16;

/// A reading that is out of the question.
pub(super) const NEVER: Cost = 200;

/// The glyph of a mark, whatever it is used for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Glyph {
    /// “
    LeftDouble,
    /// ”
    RightDouble,
    /// ‘
    LeftSingle,
    /// ’
    RightSingle,
    /// "
    Double,
    /// '
    Single,
    /// « or ‹
    LeftGuillemet,
    /// » or ›
    RightGuillemet,
    /// „
    LowDouble,
    /// ‚
    LowSingle,
    /// ``
    Backticks,
    /// ''
    Ticks,
    /// ‘‘
    LeftPair,
    /// ’’
    RightPair,
}

/// A mark and the costs of its readings.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    pub(super) span: Span,
    pub(super) glyph: Glyph,
    /// Written as a character reference.
    pub(super) escaped: bool,
    /// Cost of opening a quotation.
    pub(super) open: Cost,
    /// Cost of closing one.
    pub(super) close: Cost,
    /// Cost of being no quotation mark.
    pub(super) none: Cost,
    /// Cost of opening a quotation that is never closed.
    pub(super) unclosed: Cost,
}

/// What stands on one side of a mark, other quotation marks skipped.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Side {
    Edge,
    Space,
    /// An opening bracket.
    Bracket,
    /// A dash, hyphen or slash.
    Dash,
    Letter,
    Digit,
    Comma,
    Colon,
    /// Full stop, question mark, exclamation mark, semicolon, closing bracket, percent sign.
    Stop,
    Ellipsis,
}

/// The marks of a block.
pub(super) fn marks(text: &str, tokens: &Tokens) -> Vec<Mark> {
    let mut marks = Vec::new();
    let bytes = text.as_bytes();
    for (i, token) in tokens.list.iter().enumerate() {
        if token.kind != TokenKind::Punct {
            continue;
        }
        // Most marks of punctuation are told by their first byte.
        if !matches!(
            bytes[token.span.start as usize],
            b'"' | b'\'' | b'`' | b'&' | 0xc2 | 0xe2
        ) {
            continue;
        }
        if let Some((glyph, escaped)) = glyph(token.span.text(text)) {
            marks.push(mark(text, tokens, i, glyph, escaped));
        }
    }
    // ’’ is one mark only where ‘‘ is; elsewhere an inner and an outer quotation end together.
    if marks.iter().any(|m| m.glyph == Glyph::RightPair) && marks.iter().all(|m| m.glyph != Glyph::LeftPair) {
        marks = marks
            .into_iter()
            .flat_map(|m| {
                let half = |start, end| Mark {
                    span: Span { start, end },
                    glyph: Glyph::RightSingle,
                    ..m
                };
                let middle = m.span.start + '’'.len_utf8() as u32;
                match m.glyph {
                    Glyph::RightPair => [Some(half(m.span.start, middle)), Some(half(middle, m.span.end))],
                    _ => [Some(m), None],
                }
            })
            .flatten()
            .collect();
    }
    marks
}

fn glyph(word: &str) -> Option<(Glyph, bool)> {
    let escaped = word.len() > 3 && word.starts_with('&');
    let c = if escaped {
        reference(word)?.0
    } else {
        match word {
            "``" => return Some((Glyph::Backticks, false)),
            "''" => return Some((Glyph::Ticks, false)),
            "‘‘" => return Some((Glyph::LeftPair, false)),
            "’’" => return Some((Glyph::RightPair, false)),
            _ => word.chars().next()?,
        }
    };
    let glyph = match c {
        '“' | '‟' => Glyph::LeftDouble,
        '”' => Glyph::RightDouble,
        '‘' | '‛' => Glyph::LeftSingle,
        '’' => Glyph::RightSingle,
        '"' => Glyph::Double,
        '\'' => Glyph::Single,
        '«' | '‹' => Glyph::LeftGuillemet,
        '»' | '›' => Glyph::RightGuillemet,
        '„' => Glyph::LowDouble,
        '‚' => Glyph::LowSingle,
        _ => return None,
    };
    Some((glyph, escaped))
}

fn mark(text: &str, tokens: &Tokens, i: usize, glyph: Glyph, escaped: bool) -> Mark {
    let span = tokens.list[i].span;
    let (left, left_char) = side_before(text, span.start as usize);
    let (right, right_char) = side_after(text, span.end as usize);
    let mut open = to_open(text, span, glyph, left, right);
    // ’n’, ’90s and ’em open a quotation less readily than other words do.
    if is_single(glyph) && open < 10 {
        let tail = &text[span.end as usize..];
        let word = tail.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
        let n = word.eq_ignore_ascii_case("n") && tail[1..].starts_with(['\'', '’', '‘']);
        open += match word {
            _ if n => 40,
            _ if is_decade(tail) => 12,
            _ if is_clipped(word) => 6,
            _ => 0,
        };
    }
    let none = match glyph {
        Glyph::Single | Glyph::RightSingle | Glyph::LeftSingle => {
            apostrophe(text, span, glyph, left, left_char, right, right_char)
        }
        // 12" and 6'2": inches, which word processors curl as well: 6’2”.
        Glyph::Double | Glyph::RightDouble if left == Side::Digit => {
            let feet = i
                .checked_sub(2)
                .is_some_and(|j| matches!(tokens.list[j].span.text(text), "'" | "’" | "′"));
            match glyph {
                _ if feet => 0,
                Glyph::Double => 10,
                _ => 60,
            }
        }
        Glyph::Ticks if left == Side::Digit => 10,
        // Two apostrophes in a row happen, though seldom.
        Glyph::Ticks | Glyph::RightPair => 45,
        _ => NEVER,
    };
    let sure = left == Side::Edge
        || matches!(
            glyph,
            Glyph::LeftDouble
                | Glyph::LeftSingle
                | Glyph::LeftGuillemet
                | Glyph::LowDouble
                | Glyph::Backticks
        );
    Mark {
        span,
        glyph,
        escaped,
        open,
        close: to_close(text, span, glyph, left, right),
        none,
        unclosed: match (is_single(glyph), sure) {
            (false, true) => 22,
            (false, false) => 27,
            (true, true) => 27,
            (true, false) => 38,
        },
    }
}

/// What it costs to read a mark as one that opens, by what stands on its sides and by the side that its glyph shows.
fn to_open(text: &str, span: Span, glyph: Glyph, left: Side, right: Side) -> Cost {
    // Where a quotation ends and another begins at once, what lies beyond the other mark does not count.
    let before = text[..span.start as usize].chars().next_back();
    let opens = matches!(
        glyph,
        Glyph::LeftDouble
            | Glyph::LeftSingle
            | Glyph::LowDouble
            | Glyph::LowSingle
            | Glyph::LeftPair
            | Glyph::Backticks
    );
    let left = if opens && matches!(before, Some('”' | '’')) {
        Side::Space
    } else {
        left
    };
    let by_left = match left {
        Side::Edge | Side::Space => 0,
        Side::Bracket | Side::Dash => 3,
        Side::Colon => 10,
        Side::Comma => 30,
        Side::Ellipsis => 25,
        Side::Stop => 35,
        Side::Letter | Side::Digit => 45,
    };
    let by_right = match right {
        Side::Letter | Side::Digit => 0,
        Side::Bracket => 3,
        Side::Ellipsis => 8,
        Side::Dash => 10,
        Side::Colon | Side::Comma | Side::Stop => 35,
        Side::Space if is_guillemet(glyph) => 3,
        Side::Space => 45,
        Side::Edge => 60,
    };
    // Marks that show a side are seldom used for the other one.
    let by_glyph = match glyph {
        Glyph::RightDouble | Glyph::RightSingle | Glyph::RightPair => 30,
        Glyph::RightGuillemet => 5,
        _ => 0,
    };
    by_left + by_right + by_glyph
}

/// The same for one that closes.
fn to_close(text: &str, span: Span, glyph: Glyph, left: Side, right: Side) -> Cost {
    let after = text[span.end as usize..].chars().next();
    let closes = matches!(glyph, Glyph::RightDouble | Glyph::RightSingle | Glyph::RightPair);
    let right = if closes && matches!(after, Some('“' | '‘' | '„')) {
        Side::Space
    } else {
        right
    };
    let by_right = match right {
        Side::Edge | Side::Space | Side::Comma | Side::Stop | Side::Colon | Side::Ellipsis => 0,
        Side::Dash => 3,
        Side::Bracket => 12,
        Side::Letter | Side::Digit => 40,
    };
    let by_left = match left {
        Side::Comma | Side::Stop | Side::Ellipsis => 0,
        Side::Letter | Side::Digit => 2,
        Side::Dash => 10,
        Side::Colon => 25,
        Side::Bracket => 35,
        Side::Space if is_guillemet(glyph) => 3,
        Side::Space => 45,
        Side::Edge => 60,
    };
    let by_glyph = match glyph {
        Glyph::LeftDouble | Glyph::LeftSingle | Glyph::LeftPair => 30,
        Glyph::LeftGuillemet => 5,
        Glyph::LowDouble | Glyph::LowSingle | Glyph::Backticks => 60,
        _ => 0,
    };
    by_right + by_left + by_glyph
}

fn is_guillemet(glyph: Glyph) -> bool {
    matches!(glyph, Glyph::LeftGuillemet | Glyph::RightGuillemet)
}

/// Whether `word` is one that begins with an apostrophe: 'em, 'tis.
fn is_clipped(word: &str) -> bool {
    const MAX_LEN: usize = 8;
    word.len() <= MAX_LEN && Class::Clipped.has(&word.to_ascii_lowercase())
}

/// Single marks, which may be apostrophes.
pub(super) fn is_single(glyph: Glyph) -> bool {
    matches!(
        glyph,
        Glyph::LeftSingle | Glyph::RightSingle | Glyph::Single | Glyph::LowSingle
    )
}

/// "90s", "16".
fn is_decade(tail: &str) -> bool {
    let digits = tail.bytes().take_while(u8::is_ascii_digit).take(3).count();
    digits == 2 && !tail[2..].starts_with(|c: char| c.is_alphanumeric() && c != 's')
}

/// What it costs to read a single mark as an apostrophe (or as feet or minutes).
fn apostrophe(
    text: &str,
    span: Span,
    glyph: Glyph,
    left: Side,
    left_char: Option<char>,
    right: Side,
    right_char: Option<char>,
) -> Cost {
    // A mark of the wrong hand is wrong for an apostrophe too, yet word processors write it.
    let hand = if glyph == Glyph::LeftSingle { 12 } else { 0 };
    match (left, right) {
        // 6'2", 30'
        (Side::Digit, Side::Digit) => 0,
        (Side::Digit, _) => 6,
        // ’90s
        (Side::Space | Side::Edge | Side::Bracket | Side::Dash, Side::Digit) => {
            hand + if is_decade(&text[span.end as usize..]) {
                0
            } else {
                30
            }
        }
        // ’n’, ’em, 'tis
        (Side::Space | Side::Edge | Side::Bracket | Side::Dash, Side::Letter) => {
            let tail = &text[span.end as usize..];
            let word = tail.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
            if is_clipped(word) {
                hand + 2
            } else if right_char.is_some_and(char::is_lowercase) {
                hand + 30
            } else {
                hand + 40
            }
        }
        (Side::Letter, Side::Letter) => 2,
        // ministers’ money, goin’ home
        (Side::Letter, _) => {
            hand + match left_char {
                Some('s' | 'S' | 'x' | 'z' | 'Z') => 10,
                Some('n') => {
                    let before = text[..span.start as usize].trim_end_matches('n');
                    if before.ends_with([' ', '\'', '’', '‘']) {
                        2
                    } else if before.ends_with('i') {
                        18
                    } else {
                        30
                    }
                }
                _ => 32,
            }
        }
        _ => 60,
    }
}

/// Characters to look through: other quotation marks, and signs of emphasis.
fn is_transparent(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '“'
            | '”'
            | '‘'
            | '’'
            | '‟'
            | '‛'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '„'
            | '‚'
            | '`'
            | '*'
            | '_'
            | '~'
            | '\\'
    )
}

/// How many marks in a row are looked through.
const MAX_THROUGH: usize = 6;

/// What stands before byte `at`, and its last character.
fn side_before(text: &str, mut at: usize) -> (Side, Option<char>) {
    for _ in 0..MAX_THROUGH {
        let Some(c) = text[..at].chars().next_back() else {
            break;
        };
        // The end of a character reference stands for the mark it names.
        let named = if c == ';' {
            reference_before(text, at)
        } else {
            None
        };
        let (c, len) = named.unwrap_or((c, c.len_utf8()));
        if !is_transparent(c) {
            return (side(c, &text[..at]), Some(c));
        }
        at -= len;
    }
    (Side::Edge, None)
}

/// The character reference that ends at byte `at`.
fn reference_before(text: &str, at: usize) -> Option<(char, usize)> {
    const MAX_LEN: usize = 10;
    let back = text.as_bytes()[..at].iter().rev().take(MAX_LEN);
    let len = 1 + back.into_iter().position(|b| *b == b'&')?;
    reference(&text[at - len..]).filter(|r| r.1 == len)
}

/// What stands from byte `at` on, and its first character.
fn side_after(text: &str, mut at: usize) -> (Side, Option<char>) {
    for _ in 0..MAX_THROUGH {
        let rest = &text[at..];
        let Some(c) = rest.chars().next() else { break };
        let named = if c == '&' { reference(rest) } else { None };
        let (c, len) = named.unwrap_or((c, c.len_utf8()));
        if !is_transparent(c) {
            let dots = rest.starts_with("..");
            return (if dots { Side::Ellipsis } else { side(c, "") }, Some(c));
        }
        at += len;
    }
    (Side::Edge, None)
}

fn side(c: char, before: &str) -> Side {
    match c {
        '(' | '[' | '{' | '<' | '¿' | '¡' => Side::Bracket,
        '-' | '–' | '—' | '―' | '/' | '‑' | '‒' | '=' | '+' | '|' => Side::Dash,
        ',' => Side::Comma,
        ':' => Side::Colon,
        '…' => Side::Ellipsis,
        '.' if before.ends_with("..") => Side::Ellipsis,
        '.' | '!' | '?' | ';' | ')' | ']' | '}' | '%' | '>' | '′' | '″' => Side::Stop,
        '$' | '£' | '€' | '@' | '#' | '&' => Side::Letter,
        c if c.is_whitespace() => Side::Space,
        c if c.is_ascii_digit() => Side::Digit,
        _ => Side::Letter,
    }
}

/// The speech that a dash opens at the start of a paragraph: from the dash to where the narrator breaks in.
/// English copy sets credits and list items with the same dash, so a paragraph in which no narrator breaks in
/// is none, nor is one with quotation marks of its own.
pub(super) fn dash_speech(text: &str, tokens: &Tokens, zone: Zone, pairs: &[Pair]) -> Option<Pair> {
    const MIN_TOKENS: usize = 4;
    let first = tokens.list.first()?;
    if !matches!(zone, Zone::Body | Zone::BlockQuote) || !pairs.is_empty() || tokens.len() < MIN_TOKENS {
        return None;
    }
    let dash = first.span;
    if !matches!(dash.text(text), "—" | "–" | "―" | "--") {
        return None;
    }
    let opens = text[dash.end as usize..].trim_start();
    if !opens.starts_with(|c: char| c.is_uppercase() || matches!(c, '¿' | '¡' | '…' | '.')) {
        return None;
    }
    Some(Pair {
        span: Span {
            start: dash.start,
            end: speech_end(text, tokens)?,
        },
        open: Some(dash),
        close: None,
        level: 0,
        family: Family::Dash,
    })
}

/// Where the words of a dash speech end: at the first comma, question or exclamation mark with a verb of
/// saying and a name, noun or pronoun after it (", a dit Hartmann.").
fn speech_end(text: &str, tokens: &Tokens) -> Option<u32> {
    const MAX_TAIL: usize = 16;
    let list = &tokens.list;
    for i in 2..list.len().saturating_sub(1) {
        let mark = list[i].span;
        if list[i].kind == TokenKind::Punct
            && matches!(mark.text(text), "," | "?" | "!" | "…")
            && list.len() - i <= MAX_TAIL
            && (Class::Dialogue.has(tokens.fold(i + 1))
                || matches!(tokens.fold(i + 1), "he" | "she" | "they")
                    && Class::Dialogue.has(tokens.fold(i + 2)))
        {
            return Some(if mark.text(text) == "," {
                mark.start
            } else {
                mark.end
            });
        }
    }
    None
}
