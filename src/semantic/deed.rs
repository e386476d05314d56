//! Deeds that are told with a verb of saying or thinking: "She called her mother", "he posted a 63", "they spoke for an
//! hour". What follows such a verb is no content, and the frame reports nothing unless marks stand in it.

use std::ops::Range;

use crate::{
    semantic::{
        content::{is_clause, quotes_in, starts_clause},
        cue::Classes,
        frame::{ContentKind, Frame, FrameKind, Side},
        line::{Line, Np, NpKind},
        subject,
    },
    syntax::tag::Tag,
};

/// Whether a frame tells what somebody does, and nothing that is said or thought.
pub(super) fn is_deed(line: &Line<'_>, frame: &Frame) -> bool {
    let [content] = &frame.content[..] else {
        return false;
    };
    if frame.kind != FrameKind::Verb || frame.side != Side::After || quotes_in(line, &frame.content) {
        return false;
    }
    let item = |token: usize| line.items.partition_point(|x| (x.end as usize) <= token);
    let words = item(content.start)..item(content.end - 1) + 1;
    let source = frame.source.as_ref().map(|s| item(s.start));
    match frame.content_kind {
        ContentKind::Phrase => is_object(line, frame, &words, source),
        // "The men who saw the bus said so": a clause whose end was the verb of the clause around it.
        ContentKind::Clause if !is_clause(line, words.clone()) && frame.classes.has(Classes::WEAK) => {
            is_object(line, frame, &words, source)
        }
        ContentKind::Clause => {
            is_adverbial(line, &words)
                || lacks_subject(line, &words, source)
                || words.len() == 1 && line.fold(words.start) == "it"
        }
        _ => false,
    }
}

/// Whether a phrase is only what the deed is done to, or how long it lasts.
fn is_object(line: &Line<'_>, frame: &Frame, words: &Range<usize>, source: Option<usize>) -> bool {
    let can = |c| frame.classes.has(c);
    let relative = source.is_some_and(|s| line.classes(s).has(Classes::RELATIVE));
    // "A driver who saw the men": a relative clause tells who is meant, not what he thinks.
    if relative && can(Classes::WEAK) {
        return true;
    }
    // "A deal that mentions no rebels".
    let thing = relative
        && source.is_some_and(|s| matches!(line.fold(s), "that" | "which"))
        && frame.antecedent.as_ref().is_some_and(|a| {
            let first = line.items.partition_point(|x| (x.end as usize) <= a.start);
            let end = line.items.partition_point(|x| (x.end as usize) < a.end) + 1;
            !subject::may_speak(line, &(first..end))
        });
    // "She called off", "they called on".
    let empty = words
        .clone()
        .all(|i| line.is_adp(i) || line.is_adverb(i) || !line.is_word(i));
    if thing || empty {
        return true;
    }
    let calls = can(Classes::CALL) && !can(Classes::NOUN_CONTENT) && !hands_over(line, frame);
    let Some(np) = line.np_starting_at(words.start) else {
        return calls && !is_judgment(line, words.start);
    };
    let pronoun = matches!(line.fold(np.head), "it" | "this" | "that" | "one" | "them" | "so");
    np.items.end >= words.end && np.kind == NpKind::Pronoun && (pronoun || calls)
        || np.kind == NpKind::Time
        || is_duration(line, np)
        || calls && !judges(line, np, words) && !source.is_some_and(|s| leaves_gap(line, s))
}

/// Whether a word begins what something is called.
fn is_judgment(line: &Line<'_>, at: usize) -> bool {
    matches!(line.tag(at), Tag::Adj | Tag::VerbPart | Tag::VerbIng)
}

/// Whether what stands right before a source is part of the clause that it begins: "the man police say shot her".
fn leaves_gap(line: &Line<'_>, source: usize) -> bool {
    source.checked_sub(1).is_some_and(|b| {
        line.np_ending_at(b + 1).is_some() || line.classes(b).has(Classes::RELATIVE) || line.fold(b) == "what"
    })
}

/// Whether the cue ends with the preposition of its content: "called for".
fn hands_over(line: &Line<'_>, frame: &Frame) -> bool {
    let last = &line.local.tokens.list[frame.cue.end - 1];
    last.tag == Tag::Adp || line.local.tokens.fold(frame.cue.end - 1) == "to"
}

/// "six minutes", "nearly an hour".
fn is_duration(line: &Line<'_>, np: &Np) -> bool {
    let head = line.fold(np.head);
    matches!(
        head.strip_suffix('s').unwrap_or(head),
        "second" | "minute" | "hour" | "day" | "week" | "month" | "year" | "decade"
    ) && np
        .items
        .clone()
        .any(|i| line.tag(i) == Tag::Num || matches!(line.fold(i), "a" | "an" | "several" | "many"))
}

/// Whether something is said of the object `np`: "called him a liar", "called the raid barbaric", "accused them of it".
fn judges(line: &Line<'_>, np: &Np, words: &Range<usize>) -> bool {
    let behind = np.items.end..words.end;
    let end = behind
        .clone()
        .find(|i| line.fold(*i) == "to" || line.tag(*i).is_finite() || line.is_aux(*i) || line.is_stop(*i));
    let behind = behind.start..end.unwrap_or(behind.end);
    let bare = |i: usize| {
        let np = line.np_starting_at(i);
        np.is_some_and(|np| np.governed.is_none() && np.kind != NpKind::Time)
            || line.np_over(i).is_none() && is_judgment(line, i)
    };
    line.tag(np.head) == Tag::Adj
        || line.tag(np.items.end - 1) == Tag::Adj && np.head + 1 < np.items.end
        || behind.clone().any(|i| bare(i) || line.fold(i) == "as")
        || line.fold(behind.start) == "of"
            && words.start > 0
            && line.fold(words.start - 1).starts_with("accus")
}

/// "She conceded before the count was over": when or why, and nothing else.
fn is_adverbial(line: &Line<'_>, words: &Range<usize>) -> bool {
    let opens = matches!(
        line.fold(words.start),
        "before" | "after" | "while" | "as" | "because" | "since" | "until"
    );
    let main = |i: usize| {
        line.is_comma(i) && (starts_clause(line, i + 1) || line.is_adp(i + 1) || line.is_adverb(i + 1))
            || line.fold(i) == "that"
    };
    opens && !(words.start + 1..words.end).any(main)
}

/// "conceded | was over": a verb without a subject, which nothing before the source can be.
fn lacks_subject(line: &Line<'_>, words: &Range<usize>, source: Option<usize>) -> bool {
    let first = words.start;
    let verb = line.tag(first).is_finite() || line.is_aux(first);
    // "argue had the plan been known, it would".
    let inverted = line.is_aux(first) && line.np_starting_at(first + 1).is_some();
    verb && !inverted && !source.is_some_and(|s| leaves_gap(line, s))
}
