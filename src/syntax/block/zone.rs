//! Which part of the article a paragraph is, told by its form and its place: headline, byline, dateline,
//! crosshead, caption, turn of a transcript; and where the lead-in of a paragraph ends.

use super::{
    Block, Zone,
    form::{Depth, dateline_lead, is_bare_byline, is_byline, is_caption, is_credit_line, is_dateline},
    interview::interview,
    turn::turns,
};

/// How a paragraph ends, closing marks and brackets left aside.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Ending {
    /// A full stop or an ellipsis.
    Stop,
    /// A question or exclamation mark.
    Question,
    /// A colon.
    Colon,
    /// A comma, semicolon or dash.
    Comma,
    /// A word: nothing that ends a sentence.
    Open,
}

impl Ending {
    /// Whether a sentence can end so.
    pub(super) fn is_stop(self) -> bool {
        matches!(self, Self::Stop | Self::Question | Self::Colon)
    }
}

/// How `text` ends.
pub(super) fn ending(text: &str) -> Ending {
    let inner = text.trim_end_matches(|c: char| is_closer(c) || c.is_whitespace() || matches!(c, '*' | '_'));
    match inner.chars().next_back() {
        Some('.') if ends_with_initials(inner) => Ending::Open,
        Some('.' | '…') => Ending::Stop,
        Some('?' | '!') => Ending::Question,
        Some(':') => Ending::Colon,
        Some(',' | ';' | '-' | '–' | '—') => Ending::Comma,
        _ => Ending::Open,
    }
}

/// "S.C.", "U.S.": a stop that belongs to the word.
fn ends_with_initials(text: &str) -> bool {
    let bytes = text.as_bytes();
    let n = bytes.len();
    n >= 4
        && bytes[n - 1] == b'.'
        && bytes[n - 2].is_ascii_uppercase()
        && bytes[n - 3] == b'.'
        && bytes[n - 4].is_ascii_uppercase()
}

fn is_closer(c: char) -> bool {
    matches!(
        c,
        '”' | '’' | '"' | '\'' | '»' | '“' | '‘' | '«' | '›' | ')' | ']' | '}'
    )
}

/// How many paragraphs may stand above the one that names the place.
const NEAR: usize = 4;
/// Longest headline, in bytes.
const MAX_HEADLINE: usize = 240;

/// Sets the zones of blocks that are `Body` so far, and the lead-ins.
pub(super) fn assign(text: &str, blocks: &mut [Block]) {
    turns(text, blocks);
    furniture(text, blocks);
    let first_body = blocks
        .iter()
        .position(|b| b.zone == Zone::Body)
        .unwrap_or(blocks.len());
    let mut placed = false;
    for i in first_body..blocks.len() {
        if blocks[i].zone != Zone::Body {
            continue;
        }
        let words = blocks[i].span.text(text);
        if is_caption(words) {
            blocks[i].zone = Zone::Caption;
        } else if is_credit_line(words) || i > first_body && is_byline(words) {
            blocks[i].zone = Zone::Byline;
        } else if i > first_body && is_crosshead(text, blocks, i) {
            blocks[i].zone = Zone::Crosshead;
        } else {
            let depth = match i - first_body {
                0 => Depth::First,
                1..NEAR if !placed => Depth::Near,
                _ => Depth::Below,
            };
            let lead = dateline_lead(words, depth);
            if lead > 0 && !placed && i - first_body < NEAR {
                // The report begins here; what stands above is its headline, even if it ends with a stop.
                for above in &mut blocks[first_body..i] {
                    let words = above.span.text(text);
                    if above.zone == Zone::Body && words.len() <= MAX_HEADLINE && !has_inner_stop(words) {
                        above.zone = Zone::Headline;
                    }
                }
            }
            placed |= lead > 0;
            blocks[i].lead_end = blocks[i].lead_end.max(lead);
        }
    }
    interview(text, blocks);
}

/// The zones of what stands above the first paragraph.
fn furniture(text: &str, blocks: &mut [Block]) {
    const MAX_ITEMS: usize = 12;
    const MAX_STANDFIRSTS: usize = 3;
    let mut headline = false;
    let mut standfirsts = 0;
    let last = blocks.len();
    for i in 0..blocks.len().min(MAX_ITEMS) {
        let words = blocks[i].span.text(text);
        match blocks[i].zone {
            Zone::Body => {}
            Zone::Headline => {
                headline = true;
                continue;
            }
            Zone::Transcript => return,
            _ => continue,
        }
        let zone = if is_byline(words) || is_credit_line(words) || headline && is_bare_byline(words) {
            Zone::Byline
        } else if is_dateline(words) {
            Zone::Dateline
        } else if is_caption(words) {
            Zone::Caption
        } else if !headline && is_headline(words, i + 1 < last) {
            headline = true;
            Zone::Headline
        } else if headline && standfirsts < MAX_STANDFIRSTS && is_standfirst(words) {
            standfirsts += 1;
            Zone::Headline
        } else {
            return;
        };
        blocks[i].zone = zone;
    }
}

fn is_headline(words: &str, more: bool) -> bool {
    let said = || {
        more && ending(words) == Ending::Open && !words.contains(['\n', '\r']) && is_quoted_headline(words)
    };
    if words.len() > MAX_HEADLINE || has_inner_stop(words) && !said() {
        return false;
    }
    match ending(words) {
        Ending::Open => dateline_lead(words, Depth::First) == 0,
        Ending::Question => more && !words.ends_with(is_closer),
        Ending::Stop if words.contains(['\n', '\r']) => false,
        // Archives set a stop after every headline; its capitals give it away.
        Ending::Stop => more && is_title_case(words),
        Ending::Colon | Ending::Comma => false,
    }
}

/// "‘I never wanted a voice. I wanted a bath’", "Q&A: ‘…’", "‘…’: Ines Varga on life after the stage": sentences that stop
/// inside the marks only, and not at their end, as those of a paragraph do.
fn is_quoted_headline(words: &str) -> bool {
    let opens = |c: char| matches!(c, '‘' | '“' | '"' | '\'');
    let closes = |c: char| matches!(c, '’' | '”' | '"' | '\'');
    let (Some(open), Some(close)) = (words.find(opens), words.rfind(closes)) else {
        return false;
    };
    let Some(said) = words.get(open..close) else {
        return false;
    };
    let head = words.get(..open).unwrap_or("").trim_end();
    let rest = words.get(close..).unwrap_or("").trim_start_matches(closes);
    let led = head.is_empty() || head.ends_with(':');
    let follows = rest.is_empty() || rest.starts_with([':', ',']);
    led && follows && ending(said) == Ending::Open && !has_inner_stop(head) && !has_inner_stop(rest)
}

fn is_standfirst(words: &str) -> bool {
    const MAX_LEN: usize = 320;
    words.len() <= MAX_LEN && ending(words) == Ending::Open && dateline_lead(words, Depth::First) == 0
}

/// Whether a sentence ends before the end of `words`.
pub(super) fn has_inner_stop(words: &str) -> bool {
    let mut rest = words;
    while let Some(at) = rest.find(['.', '!', '?']) {
        let before = rest[..at]
            .rsplit(|c: char| !c.is_alphanumeric())
            .next()
            .unwrap_or("");
        let after = rest[at + 1..].trim_start_matches(is_closer);
        let word = after.trim_start();
        if after.len() > word.len()
            && before.chars().count() > 3
            && word
                .chars()
                .find(|c| !is_closer(*c))
                .is_some_and(char::is_uppercase)
        {
            return true;
        }
        // “Peace is a verb.” — Amara Diallo
        if rest[at..].starts_with('.') && rest[at + 1..].starts_with(['”', '"', '’']) && !word.is_empty()
        {
            return true;
        }
        rest = &rest[at + 1..];
    }
    false
}

/// Three or more words, at least four in five of the longer ones with a capital.
fn is_title_case(words: &str) -> bool {
    let (mut capitals, mut all) = (0, 0);
    for word in words
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.chars().count() > 3)
    {
        all += 1;
        capitals += usize::from(word.starts_with(|c: char| c.is_uppercase() || c.is_numeric()));
    }
    all >= 3 && capitals * 5 >= all * 4
}

/// A short line without a final stop that stands between paragraphs.
fn is_crosshead(text: &str, blocks: &[Block], i: usize) -> bool {
    const MAX_LEN: usize = 70;
    const MAX_WORDS: usize = 9;
    let words = blocks[i].span.text(text);
    if words.len() > MAX_LEN || words.contains(['\n', '\r']) || words.split_whitespace().count() > MAX_WORDS {
        return false;
    }
    let begins = words.chars().find(|c| c.is_alphanumeric());
    if begins.is_none_or(char::is_lowercase) || words.starts_with(['—', '–', '―']) {
        return false;
    }
    let ends = match ending(words) {
        Ending::Open => true,
        Ending::Question => words.ends_with('?') && !words.starts_with(is_closer),
        _ => false,
    };
    // It heads something: a paragraph longer than itself.
    let heads = blocks.get(i + 1).is_some_and(|next| {
        let next_words = next.span.text(text);
        matches!(
            next.zone,
            Zone::Body | Zone::ListItem | Zone::BlockQuote | Zone::Transcript
        ) && (next.span.len() > words.len() * 3 / 2 || ending(next_words).is_stop())
    });
    ends && heads && !has_inner_stop(words)
}
