//! Interviews whose turns have no labels: paragraphs that ask, and paragraphs that answer.
//!
//! Nothing in one paragraph tells that it is a turn. What tells is the whole: questions and answers take turns, the
//! questions say "you" and the answers "I", and most often a headline, a standfirst or a word of thanks says
//! that it is an interview. An opinion piece asks its reader now and then, a list of questions and answers for
//! readers says "I" in the questions and "you" in the answers; both are left alone.

use super::{Block, Zone, zone::ending};
use crate::syntax::words::Class;

/// Fewest questions with an answer in what is announced as an interview, and in what is not.
const ANNOUNCED: usize = 3;
const UNANNOUNCED: usize = 4;
/// Most paragraphs that answer one question.
const LONGEST_ANSWER: usize = 12;
/// Longest question, in bytes; who asks for longer holds forth.
const LONGEST_QUESTION: usize = 700;

/// What one paragraph that may be a turn looks like.
#[derive(Clone, Copy, Default, Debug)]
struct Turn {
    /// Which block it is.
    block: usize,
    /// It ends with a question mark that is its own, or stands out in bold or italics.
    asks: bool,
    /// It stands out in bold or italics as a whole.
    marked: bool,
    /// Somebody speaks of himself in it, alone or for others.
    i: bool,
    we: bool,
    /// Somebody is spoken to.
    you: bool,
    /// It begins, and ends, with a quotation mark.
    opens: bool,
    closes: bool,
    /// It says thanks and speaks to somebody.
    thanks: bool,
}

/// Finds the questions of an interview without labels, and makes its answers a transcript. Looks at each byte a
/// constant number of times, and at nothing where fewer than three paragraphs ask.
pub(super) fn interview(text: &str, blocks: &mut [Block]) {
    let asks = |b: &Block| b.lead_end == 0 && is_open(b.zone) && asks(b.span.text(text));
    let transcript = blocks.iter().any(|b| b.zone == Zone::Transcript);
    if transcript {
        one_sided(text, blocks);
        return;
    }
    if blocks.iter().filter(|b| asks(b)).take(ANNOUNCED).count() < ANNOUNCED {
        return;
    }
    let mut turns: Vec<Turn> = blocks
        .iter()
        .enumerate()
        .filter(|(_, b)| is_open(b.zone) || b.zone == Zone::ListItem || b.zone == Zone::BlockQuote)
        .map(|(i, b)| look(text, b, i))
        .collect();
    // An introduction may end with a question of its own, right above the first one that is asked.
    let first = |(n, t): (usize, &Turn)| t.asks && (t.you || turns.get(n + 1).is_some_and(|next| !next.asks));
    let Some(first) = turns.iter().enumerate().position(first) else {
        return;
    };
    let start = turns[first].block;
    let announced = is_announced(text, &blocks[..start]) || turns.iter().any(|t| t.thanks && t.block > start);
    let (intro, rest) = turns.split_at_mut(first);
    // What stands out as the questions do is said by whoever asks: "**Tell us about the rules.**"
    let stand_out =
        rest.iter().filter(|t| t.asks && t.marked).count() * 3 >= rest.iter().filter(|t| t.asks).count() * 2;
    for turn in rest.iter_mut() {
        turn.asks |= stand_out && turn.marked || turn.thanks && !turn.opens;
    }
    if !is_interview(text, blocks, intro, rest, announced) {
        return;
    }
    let last_question = rest.iter().rposition(|t| t.asks).unwrap_or(0);
    // Behind the last answer the narrator may have the last word; there nobody speaks of himself.
    let end = rest
        .iter()
        .rposition(|t| t.i || t.we)
        .unwrap_or(0)
        .max((last_question + 1).min(rest.len() - 1));
    // "You once called it a sieve.": told to the other's face, between two answers, and no word of the speaker himself.
    for k in 1..end {
        let between = !rest[k - 1].asks && !rest[k + 1].asks && !rest[k].asks;
        let turn = &rest[k];
        if between && !turn.i && !turn.we && !turn.opens && addresses(blocks[turn.block].span.text(text)) {
            rest[k].asks = true;
        }
    }
    for turn in &rest[..=end] {
        let block = &mut blocks[turn.block];
        block.zone = if turn.asks {
            Zone::Question
        } else {
            Zone::Transcript
        };
        block.lead_end = 0;
    }
}

/// Whether a paragraph of this zone may be a turn; a question alone on its line looks like a crosshead.
fn is_open(zone: Zone) -> bool {
    matches!(zone, Zone::Body | Zone::Crosshead)
}

/// Whether a paragraph asks: a question mark ends it that no quotation mark closes.
fn asks(words: &str) -> bool {
    words.trim_end_matches(['*', '_', ' ']).ends_with('?') && words.len() <= LONGEST_QUESTION
}

/// Whether a short paragraph begins with what the one spoken to has said, done or has.
fn addresses(words: &str) -> bool {
    const SHORT: usize = 200;
    words.len() <= SHORT
        && Class::Addressed.list().iter().any(|start| {
            let rest = words.strip_prefix(start);
            rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        })
}

/// Whether questions and answers take turns as two people do.
fn is_interview(text: &str, blocks: &[Block], intro: &[Turn], turns: &[Turn], announced: bool) -> bool {
    let (mut questions, mut you, mut i_ask) = (0, 0, 0);
    let (mut answers, mut i, mut first, mut opens, mut paragraphs) = (0, 0, 0, 0, 0);
    let mut longest = 0;
    for run in turns.chunk_by(|a, b| a.asks == b.asks) {
        let any = |has: fn(&Turn) -> bool| usize::from(run.iter().any(has));
        if run[0].asks {
            questions += 1;
            you += any(|t| t.you);
            i_ask += any(|t| t.i && !t.you);
        } else {
            answers += 1;
            i += any(|t| t.i);
            first += any(|t| t.i || t.we);
            longest = longest.max(run.len());
            paragraphs += run.len();
            opens += run.iter().filter(|t| t.opens && t.closes).count();
        }
    }
    // Entries of a live blog have the time above them.
    let timed = turns.iter().filter(|t| {
        let words = blocks[t.block].span.text(text);
        blocks[t.block].zone == Zone::Crosshead && words.starts_with(|c: char| c.is_ascii_digit())
    });
    // Answers in quotation marks are so throughout; a report quotes some and tells the rest.
    let quoted = opens > 0;
    if quoted && opens * 5 < paragraphs * 4 || timed.count() >= 2 || longest > LONGEST_ANSWER {
        return false;
    }
    if announced {
        answers >= ANNOUNCED && i_ask * 2 <= questions && you * 4 >= questions && first * 3 >= answers
    } else {
        // Whoever says "I" before the first question writes about himself.
        let told = !intro.is_empty() && !intro.iter().any(|t| t.i);
        answers >= UNANNOUNCED
            && told
            && i_ask * 4 <= questions
            && you * 2 >= questions
            && first * 2 >= answers
            && i * 3 >= answers
            && paragraphs <= questions * 4
    }
}

/// Whether a headline, a standfirst or the introduction says that somebody is interviewed.
fn is_announced(text: &str, above: &[Block]) -> bool {
    above.iter().any(|b| {
        let words = b.span.text(text).to_lowercase();
        Class::Interview.list().iter().any(|w| {
            words.match_indices(w).any(|(at, _)| {
                let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
                !letter(words[..at].chars().next_back()) && !letter(words[at + w.len()..].chars().next())
            })
        })
    })
}

/// What a paragraph looks like. What it quotes from others does not count for who speaks.
fn look(text: &str, block: &Block, i: usize) -> Turn {
    let words = block.span.text(text);
    let (start, end) = (block.span.start as usize, block.span.end as usize);
    let marked = ['*', '_']
        .iter()
        .any(|m| text[..start].ends_with(*m) && (text[end..].starts_with(*m) || words.ends_with(*m)));
    let mut turn = Turn {
        block: i,
        asks: asks(words),
        marked: marked && is_open(block.zone),
        opens: words.starts_with(['“', '"', '‘', '«']),
        closes: words.ends_with(['”', '"', '’', '»']),
        ..Turn::default()
    };
    // “It used to. Then I thought, what does a nurse do?”: an answer that the next paragraph goes on with has no closing mark.
    let unclosed = match words.chars().next() {
        Some('"') => words.matches('"').count() % 2 == 1,
        Some('“') => !words.contains('”'),
        _ => false,
    };
    turn.asks &= !turn.opens || !turn.closes && !unclosed;
    let mut thanks = false;
    let mut quoted = false;
    for word in words.split(|c: char| c.is_whitespace() || matches!(c, '—' | '–' | '…' | '/')) {
        let opens = word.starts_with(['“', '"', '«']);
        quoted |= opens && !turn.opens;
        if !quoted {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
            let bare = bare.split(['\'', '’']).next().unwrap_or(bare);
            turn.i |= matches!(bare, "I" | "my" | "My" | "me" | "myself" | "mine");
            turn.we |= matches!(bare, "we" | "We" | "our" | "Our" | "us" | "ourselves");
            turn.you |= matches!(bare, "you" | "You" | "your" | "Your" | "yours" | "yourself");
            thanks |= matches!(bare, "thank" | "Thank" | "thanks" | "Thanks");
        }
        let inner = word.strip_prefix('"').unwrap_or(word);
        quoted &= !inner.contains(['”', '»', '"']);
    }
    const SHORT: usize = 120;
    turn.thanks = thanks && words.len() <= SHORT && (turn.you || words.len() < 30) && is_open(block.zone);
    turn
}

/// A transcript in which only one of two has a label: where the label answers, questions without one are the
/// other's turns.
fn one_sided(text: &str, blocks: &mut [Block]) {
    let labeled = |b: &&Block| b.zone == Zone::Transcript && b.lead_end > 0;
    let label = |b: &Block| &b.span.text(text)[..b.lead_end as usize];
    let mut labels = blocks.iter().filter(labeled);
    let Some(first) = labels.next() else { return };
    if labels.any(|b| label(b) != label(first)) {
        return;
    }
    let (all, asking) = blocks.iter().filter(labeled).fold((0, 0), |(n, q), b| {
        (
            n + 1,
            q + usize::from(ending(b.span.text(text)) == super::zone::Ending::Question),
        )
    });
    if all < 2 || asking * 2 > all {
        return;
    }
    let first = blocks.iter().position(|b| labeled(&b)).unwrap_or(0);
    let last = blocks.iter().rposition(|b| labeled(&b)).unwrap_or(0);
    let mut questions = 0;
    for i in 0..last {
        // A question right before a labeled turn is no part of the answer above it.
        let before_turn = labeled(&&blocks[i + 1]);
        let block = &mut blocks[i];
        let open = is_open(block.zone) || block.zone == Zone::Transcript;
        if before_turn && open && block.lead_end == 0 && asks(block.span.text(text)) {
            block.zone = Zone::Question;
            questions += 1;
        }
    }
    if questions >= 2 {
        // An answer of several paragraphs is labeled once.
        for block in &mut blocks[first..last] {
            if block.zone == Zone::Body {
                block.zone = Zone::Transcript;
                block.lead_end = 0;
            }
        }
    }
}
