//! Where sentences end; decided after quotation marks are paired.

use std::{ops::Range, sync::LazyLock};

use rustc_hash::FxHashMap;

use crate::{
    base::word::TokenKind,
    syntax::{
        quote_mark::{Family, Pair},
        token::{Shape, Tokens},
        words::Class,
    },
};

/// More marks in a row than that are no punctuation but an ornament.
const MAX_MARKS: usize = 8;

/// What a full stop after an abbreviation may mean.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Abbreviation {
    /// A name follows: "Sen. Roy".
    Title,
    /// A number follows: "No. 5", "Jan. 6".
    Number,
    /// May end a sentence: "Acme Inc.", "5 p.m."
    Unit,
    /// A name with an exclamation mark: "Yahoo! News".
    Call,
}

static ABBREVIATIONS: LazyLock<FxHashMap<String, Abbreviation>> = LazyLock::new(|| {
    include_str!("../../data/en/abbreviations.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(word, kind)| {
            let kind = match kind.trim() {
                "title" => Abbreviation::Title,
                "number" => Abbreviation::Number,
                "unit" => Abbreviation::Unit,
                "call" => Abbreviation::Call,
                _ => return None,
            };
            Some((word.replace('.', ""), kind))
        })
        .collect()
});

/// Where sentences of one block end, as ranges of tokens; they tile the tokens. A quotation of several
/// sentences inside a narrator's sentence ("“Go. Now,” he said.") is not cut; one that stands by itself
/// ("He was blunt. “We stay. They go.”") is cut like any other text, its marks belonging to its first and
/// last sentence.
pub fn sentences(text: &str, tokens: &Tokens, pairs: &[Pair]) -> Vec<Range<usize>> {
    let list = &tokens.list;
    let mut sentences = Vec::with_capacity(list.len() / 16 + 1);
    let mut start = 0;
    let mut i = 0;
    // Whether nothing but marks has been seen of the sentence.
    let mut begins = true;
    let mut pairs = pairs
        .iter()
        .filter(|p| p.open.is_some() && p.close.is_some() && p.family != Family::Dash)
        .peekable();
    while i < list.len() {
        while let Some(pair) = pairs.next_if(|p| p.span.start <= list[i].span.start) {
            // Only pairs that begin here are new; those already walked into are behind.
            if pair.span.start == list[i].span.start
                && let Some(last) = embedded(text, tokens, pair, begins, i)
            {
                i = last;
                begins = false;
                break;
            }
        }
        let token = &list[i];
        begins &= token.kind == TokenKind::Punct;
        let ends = match token.kind {
            TokenKind::Punct => is_terminal(token.span.text(text)),
            TokenKind::Word => text.as_bytes()[token.span.end as usize - 1] == b'.',
            _ => false,
        };
        // The closing mark of an embedded quotation may end the narrator's sentence with it.
        let closes =
            !ends && i > start && is_closing(text, tokens, i) && inner_terminal(text, tokens, i).is_some();
        if ends || closes {
            let next = absorb(text, tokens, i + 1);
            if next < list.len() && is_boundary(text, tokens, i, next) {
                sentences.push(start..next);
                start = next;
                begins = true;
            }
            i = next.max(i + 1);
        } else if let Some(next) = credit_end(text, tokens, i) {
            sentences.push(start..next);
            start = next;
            begins = true;
            i = next;
        } else {
            i += 1;
        }
    }
    if start < list.len() {
        sentences.push(start..list.len());
    }
    sentences
}

/// Where a credit that begins at token `i` ends with its line, before a line that opens with a mark:
///
/// ```text
/// “The wall will hold.” ― Amara Diallo
/// “It never did.” ― Paul Okoro
/// ```
fn credit_end(text: &str, tokens: &Tokens, i: usize) -> Option<usize> {
    const MAX_CREDIT: usize = 12;
    let list = &tokens.list;
    if !matches!(tokens.fold(i), "—" | "–" | "―" | "-") || i == 0 || !is_closing(text, tokens, i - 1) {
        return None;
    }
    let capital = list
        .get(i + 1)
        .is_some_and(|t| matches!(t.shape, Shape::Capital | Shape::AllCaps | Shape::Initial));
    let line_break = |j: usize| {
        let gap = list[j - 1].span.end as usize..list[j].span.start as usize;
        text.get(gap).is_some_and(|g| g.contains('\n'))
    };
    let next = (i + 2..list.len().min(i + 2 + MAX_CREDIT)).find(|j| line_break(*j))?;
    let opens = matches!(tokens.fold(next), "“" | "\"" | "‘" | "'" | "«" | "„" | "”");
    (capital && opens).then_some(next)
}

/// The index of the closing mark of `pair`, which begins at token `i`, when the pair lies inside a
/// narrator's sentence, so that nothing in it may be cut; `begins` tells that the sentence begins with it.
fn embedded(text: &str, tokens: &Tokens, pair: &Pair, begins: bool, i: usize) -> Option<usize> {
    let close = pair.close?;
    let last = tokens.at(close.start);
    if last <= i || last >= tokens.len() {
        return None;
    }
    let next = absorb(text, tokens, last + 1);
    let stands_alone = begins
        && inner_terminal(text, tokens, last).is_some()
        && (next >= tokens.len() || is_boundary(text, tokens, last, next));
    (!stands_alone).then_some(last)
}

/// The token before the closing marks that end with token `i`, if it ends a sentence.
fn inner_terminal(text: &str, tokens: &Tokens, i: usize) -> Option<usize> {
    let mut j = i;
    while j > 0 && i - j < MAX_MARKS && is_closing(text, tokens, j) {
        j -= 1;
    }
    let token = &tokens.list[j];
    let word = token.span.text(text);
    (is_terminal(word) || token.kind == TokenKind::Word && word.ends_with('.')).then_some(j)
}

fn is_terminal(word: &str) -> bool {
    matches!(word, "." | "!" | "?" | "…" | "‽" | "?!") || word.len() > 1 && word.bytes().all(|b| b == b'.')
}

/// Whether token `i` is a closing mark or bracket.
fn is_closing(text: &str, tokens: &Tokens, i: usize) -> bool {
    let token = &tokens.list[i];
    token.kind == TokenKind::Punct
        && matches!(
            token.span.text(text),
            "”" | "’"
                | "\""
                | "'"
                | "''"
                | "’’"
                | "»"
                | "›"
                | ")"
                | "]"
                | "}"
                | "“"
                | "‘"
                | "«"
                | "&quot;"
                | "&rdquo;"
                | "&rsquo;"
                | "&#34;"
                | "&#39;"
                | "&raquo;"
        )
}

/// The first token after `i` that belongs to the next sentence if the one before ended: closing marks, further
/// terminals that stand without a space in front, and the number of a note ("[12]") are part of what they close.
fn absorb(text: &str, tokens: &Tokens, from: usize) -> usize {
    let mut i = from;
    while let Some(token) = tokens.list.get(i) {
        if i - from > MAX_MARKS || token.kind != TokenKind::Punct {
            break;
        }
        let word = token.span.text(text);
        let glued = i > 0 && tokens.list[i - 1].span.end == token.span.start;
        if word == "[" && is_note(text, tokens, i) {
            i += 3;
            continue;
        }
        let terminal = is_terminal(word) && glued;
        // A mark right before a word opens something new.
        let opens = tokens
            .list
            .get(i + 1)
            .is_some_and(|n| n.span.start == token.span.end && n.kind != TokenKind::Punct);
        let closing = is_closing(text, tokens, i) && !opens && (glued || matches!(word, "»" | "›"));
        if !terminal && !closing {
            break;
        }
        i += 1;
    }
    i
}

/// Whether "[12]" begins at token `i`.
fn is_note(text: &str, tokens: &Tokens, i: usize) -> bool {
    let mut after = tokens.list.iter().skip(i + 1);
    after.next().is_some_and(|t| t.kind == TokenKind::Number)
        && after.next().is_some_and(|t| t.span.text(text) == "]")
}

/// Whether a sentence that ends with token `end` (and the closing marks up to `next`) ends before token `next`.
fn is_boundary(text: &str, tokens: &Tokens, end: usize, next: usize) -> bool {
    let list = &tokens.list;
    let quoted = next > end + 1 || is_closing(text, tokens, end);
    let terminal = inner_terminal(text, tokens, next - 1).unwrap_or(end);
    let mark = list[terminal].span.text(text);
    // Where the next sentence would begin: behind opening marks and dashes.
    let mut first = next;
    while first < list.len() && first < next + 3 && list[first].kind == TokenKind::Punct {
        first += 1;
    }
    let Some(word) = list.get(first) else { return true };
    let gap = list[next].span.start > list[next - 1].span.end;
    let opens_with_mark = first > next;
    if opens_with_mark
        && matches!(
            list[next].span.text(text),
            "," | ";" | ":" | "-" | "/" | ")" | "]" | "%"
        )
    {
        return false;
    }
    if !gap && !opens_with_mark {
        // "said.The": a space is missing; "e.g.this" or "3.b" is no boundary.
        let before = terminal.checked_sub(1).map(|b| &list[b]);
        return mark == "."
            && word.shape == Shape::Capital
            && before.is_some_and(|b| b.shape == Shape::Lower && b.span.len() > 2);
    }
    if word.shape == Shape::Lower || word.shape == Shape::Mixed && quoted {
        // Careless copy begins sentences small; nothing that ends in a long plain word is an abbreviation.
        return mark == "."
            && !quoted
            && !opens_with_mark
            && terminal.checked_sub(1).is_some_and(|b| {
                let before = &list[b];
                before.shape == Shape::Lower
                    && before.span.len() > 4
                    && before.span.end == list[terminal].span.start
                    && !ABBREVIATIONS.contains_key(tokens.fold(b))
            });
    }
    // “Are we leaving?” Hartmann asked.
    if quoted && matches!(mark, "?" | "!" | "…") && attribution(tokens, first).is_some() {
        return false;
    }
    // "Are we leaving? Hartmann asked.": without marks nothing may follow that could be said instead.
    if mark == "?" && !opens_with_mark {
        let says = attribution(tokens, first);
        if says.is_some_and(|verb| list.get(verb + 1).is_none_or(|t| t.span.text(text) == ".")) {
            return false;
        }
    }
    let is_ellipsis = mark == "…" || mark.len() > 1 && mark.bytes().all(|b| b == b'.');
    if is_ellipsis {
        let glued = terminal > 0 && list[terminal - 1].span.end == list[terminal].span.start;
        return glued && word.kind != TokenKind::Number || quoted;
    }
    if mark == "!" || mark == "?" {
        return quoted || opens_with_mark || !is_call(tokens, terminal, first);
    }
    stop_ends(tokens, terminal, first, quoted, opens_with_mark)
}

/// Whether the full stop at token `terminal` is that of the sentence, and not of an abbreviation, an initial or the number of
/// a list. The next sentence would begin with the word at `first`; `quoted` says whether marks close behind the stop,
/// `marked` whether others open before that word.
fn stop_ends(tokens: &Tokens, terminal: usize, first: usize, quoted: bool, marked: bool) -> bool {
    let list = &tokens.list;
    let word = &list[first];
    let (stem, dotted) = if list[terminal].kind == TokenKind::Word {
        (terminal, true)
    } else {
        let Some(before) = terminal.checked_sub(1) else {
            return false;
        };
        if list[before].span.end != list[terminal].span.start {
            return true;
        }
        (before, false)
    };
    if quoted && !dotted {
        return true;
    }
    let before = &list[stem];
    // "p. 12" is a page, "Dan P. Brandt" is not.
    let known = if before.kind == TokenKind::Word && before.shape != Shape::Initial {
        ABBREVIATIONS.get(tokens.fold(stem)).copied()
    } else {
        None
    };
    match known {
        Some(Abbreviation::Title) => {
            before.shape == Shape::Lower && starts_sentence(tokens, first) && !dotted && before.span.len() > 3
        }
        Some(Abbreviation::Number) => {
            word.kind != TokenKind::Number
                && !(before.shape == Shape::Capital
                    && list[stem].span.len() <= 4
                    && !starts_sentence(tokens, first)
                    && is_month(tokens.fold(stem)))
        }
        Some(Abbreviation::Call) => true,
        Some(Abbreviation::Unit) => {
            quoted || marked && word.shape != Shape::Other || starts_sentence(tokens, first)
        }
        None if before.shape == Shape::Initial && !dotted => {
            // "J. Trump", but "vitamin A. Then".
            let name = stem.checked_sub(1).is_none_or(|p| {
                matches!(list[p].shape, Shape::Capital | Shape::Initial) || list[p].kind == TokenKind::Punct
            });
            // "He confirmed it on X. Roy agreed.", "… on X. “We leave.”": behind a small word a letter is no initial
            // of the platform's readers, nor before a mark.
            let letter = marked || tokens.fold(stem) == "x";
            !name && (letter || starts_sentence(tokens, first))
        }
        None if dotted => starts_sentence(tokens, first) || marked,
        // "c. 1871", "v. 2"
        None if word.kind == TokenKind::Number && before.span.len() == 1 && before.shape == Shape::Lower => {
            false
        }
        // "1. Talks": the number of an item.
        None if before.kind == TokenKind::Number && stem == 0 => false,
        None => true,
    }
}

/// Whether the exclamation mark at token `mark` belongs to a name that goes on with the word at `first`: "Yahoo! News",
/// but not "He won on Jeopardy! Ken Brandt said so."
fn is_call(tokens: &Tokens, mark: usize, first: usize) -> bool {
    let named = mark.checked_sub(1).is_some_and(|name| {
        tokens.list[name].shape != Shape::Lower
            && tokens.list[name].span.end == tokens.list[mark].span.start
            && ABBREVIATIONS.get(tokens.fold(name)) == Some(&Abbreviation::Call)
    });
    let two = tokens
        .list
        .get(first + 1)
        .is_some_and(|t| t.shape != Shape::Lower);
    named && !starts_sentence(tokens, first) && !(two && attribution(tokens, first).is_some())
}

fn is_month(fold: &str) -> bool {
    matches!(
        fold,
        "jan" | "feb" | "mar" | "apr" | "jun" | "jul" | "aug" | "sep" | "sept" | "oct" | "nov" | "dec"
    )
}

/// Whether token `i` is a word that seldom has a capital unless it begins a sentence.
fn starts_sentence(tokens: &Tokens, i: usize) -> bool {
    let token = &tokens.list[i];
    matches!(token.shape, Shape::Capital | Shape::Initial) && Class::Starter.has(tokens.fold(i))
}

/// The verb of saying of a source that begins at token `i`: "Hartmann asked", "the minister said", "he was asked".
fn attribution(tokens: &Tokens, i: usize) -> Option<usize> {
    const MAX_SOURCE: usize = 12;
    for j in i..tokens.len().min(i + MAX_SOURCE) {
        let token = &tokens.list[j];
        let passive = matches!(tokens.fold(j), "was" | "were") && tokens.len() > j + 1;
        if passive && j > i && matches!(tokens.fold(j + 1), "asked" | "told") {
            return Some(j + 1);
        }
        if j > i && token.shape == Shape::Lower && Class::Said.has(tokens.fold(j)) {
            return Some(j);
        }
        let of_source = match token.kind {
            TokenKind::Punct => matches!(tokens.fold(j), "." | "-" | ","),
            TokenKind::Word => token.shape != Shape::Lower || Class::Source.has(tokens.fold(j)),
            TokenKind::Number => false,
            TokenKind::Possessive => true,
        };
        if !of_source {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::{block::Zone, quote_mark, token};

    fn cut(text: &str) -> String {
        let tokens = token::tokenize(text, &[]);
        let pairs = quote_mark::pairs(text, &tokens, Zone::Body);
        let ranges = sentences(text, &tokens, &pairs);
        let parts: Vec<_> = ranges.iter().map(|r| tokens.span(r.clone()).text(text)).collect();
        parts.join(" | ")
    }

    #[test]
    fn cuts_sentences() {
        // The bars mark the cuts.
        for want in [
            "“Ask the U.S.,” Sen. Dale Roy (R-Ohio) said. | “Not us.”",
            "“Are we leaving?” asked Hartmann. | Nobody knew.",
            "“Are we leaving?” Hartmann asked. | Nobody knew.",
            "“Go. Now,” he said. | Then he left.",
            "He was blunt. | “We stay. | They go.”",
            "He called it “a pity. A shame” and left.",
            "The vote is at 5 p.m. on Jan. 6. | It is No. 5 of ten.",
            "It ended at 5 p.m. | The talks go on.",
            "Donald J. Trump met Gov. Roy in St. Louis, Mo. | They talked.",
            "Prices rose 2.5 per cent. | “Too much,” she said.",
            "We are … Europe. | She left... | He stayed.",
            "He works for Acme Inc. in Ohio.",
            "“Why now?” | The talks had begun.",
            "They left. | (Nobody saw them.) | Then it rained.",
            "« Nous restons. » | He left.",
            "It rose. [12] | In May it fell.",
            "He was born c. 1871 in Rome.",
            "The talks ended. | nobody spoke.",
            "Okafor shared it on X. | Brandt agreed.",
            "She denied it on X. | “Nobody was hurt,” she wrote.",
            "They take vitamin D. | “It helps,” she said.",
            "He told Yahoo! News that it was late. | She left.",
            "Said Robert P. Roy: no. | See p. 5 or No. 7.",
            "He works for Yahoo! | The firm is old.",
            "He won on Jeopardy! | Ken Brandt said so.",
            "He met Okoro! | Brandt left.",
        ] {
            assert_eq!(cut(&want.replace(" | ", " ")), want);
        }
        assert_eq!(
            cut("The plan was dropped.The vote followed."),
            "The plan was dropped. | The vote followed."
        );
    }
}
