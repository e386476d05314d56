//! Frames without a verb of their own: "according to", a colon or a dash, "for Okoro it was", and a second subject
//! that shares the cue of the first.

use std::ops::Range;

use crate::{
    semantic::{
        content::is_clause,
        content_end::{clause_end, last_stop},
        cue::{self, Classes},
        extent,
        frame::{ContentKind, Frame, FrameKind, Side},
        headline::is_form,
        lexicon,
        line::{Item, Line, Np, NpKind},
        report::reports,
        subject,
        wordsets::WordSet,
    },
    syntax::tag::Tag,
};

/// Most items of a credit in brackets.
const MAX_BRACKET: usize = 14;

pub(super) fn according(line: &Line<'_>, at: usize) -> Option<Frame> {
    // "It went according to plan" tells nobody's words.
    let np = line
        .np_starting_at(at + 2)
        .filter(|np| np.items.len() > 1 || !matches!(line.fold(np.head), "plan" | "schedule"))?;
    let end = author_end(line, np, extent::extend_right(line, np, true));
    // "That’s according to the report."
    let clitic = at.checked_sub(1).filter(|s| line.is_clitic_verb(*s));
    relayed(line, at..end, clitic.unwrap_or(at)..at + 2, np.items.start..end)
}

/// "The ferry was late, per Herald records.": behind a comma, where it ends the sentence.
pub(super) fn per(line: &Line<'_>, at: usize) -> Option<Frame> {
    let comma = at.checked_sub(1).filter(|c| line.is_comma(*c))?;
    let np = line
        .np_starting_at(at + 1)
        .filter(|np| np.kind == NpKind::Name && line.may_speak(np))?;
    let end = extent::extend_right(line, np, true);
    let told = is_clause(line, 0..comma) && !(0..comma).any(|i| line.is_quote(i));
    (told && end >= last_stop(line))
        .then(|| relayed(line, at..end, at..at + 1, np.items.start..end))
        .flatten()
}

/// What is said according to a `source`, with the words of `cue`; both stand in a `phrase` that leads, ends or parts the sentence.
/// All are items.
pub(super) fn relayed(
    line: &Line<'_>,
    phrase: Range<usize>,
    cue: Range<usize>,
    source: Range<usize>,
) -> Option<Frame> {
    let Range { start: at, end } = phrase;
    let last = last_stop(line);
    let lead = (0..at).all(|i| {
        !line.is_word(i) && !line.is_quote(i) || line.is_adverb(i) || matches!(line.fold(i), "and" | "but")
    });
    let content = if lead {
        let from = if line.is_comma(end) { end + 1 } else { end };
        from..clause_end(line, from)
    } else {
        let mut to = at;
        while to > 0 && (line.is_comma(to - 1) || line.is_dash(to - 1)) {
            to -= 1;
        }
        let from = (0..to).rev().find(|i| line.fold(*i) == ";").map_or(0, |i| i + 1);
        from..to
    };
    let around = !lead
        && line.is_comma(end)
        && end + 1 < last
        && !line
            .classes(end + 1)
            .has(Classes::RELATIVE.and(Classes::COORDINATOR))
        && line.tag(end + 1) != Tag::VerbIng;
    let mut ranges = Vec::new();
    if content.start < content.end {
        ranges.push(line.tokens(content));
    }
    if around {
        ranges.push(line.tokens(end + 1..clause_end(line, end + 1)));
    }
    (!ranges.is_empty()).then(|| Frame {
        cue: line.tokens(cue),
        source: Some(line.tokens(source)),
        antecedent: None,
        content: ranges,
        kind: FrameKind::According,
        side: if lead { Side::After } else { Side::Before },
        content_kind: ContentKind::Clause,
        classes: Classes::SPEECH.and(Classes::THAT),
        negated: false,
        animate: true,
    })
}

/// "According to “The Long Way Home,” by Ida Hook": where the one ends who has written the title that `np` is; else `end`.
fn author_end(line: &Line<'_>, np: &Np, end: usize) -> usize {
    let title = line.items.get(np.items.start).is_some_and(Item::is_title);
    let by = np.items.end + usize::from(line.is_comma(np.items.end));
    let author = (title && line.fold(by) == "by")
        .then(|| line.np_starting_at(by + 1))
        .flatten();
    author
        .filter(|np| np.kind == NpKind::Name)
        .map_or(end, |np| np.items.end)
}

/// "In a Harbour poll released Monday, 50 percent chose Brandt", "Brandt leads in the latest Harbour survey.": a poll that
/// nothing else in the sentence is said of. `found` are the frames found so far.
pub(super) fn in_poll(line: &Line<'_>, found: &[Frame]) -> Option<Frame> {
    let speaks = |f: &Frame| !f.classes.has(Classes::WEAK) && f.kind != FrameKind::Mark && reports(f);
    if found.iter().any(speaks) || (0..line.len()).any(|i| line.is_quote(i)) {
        return None;
    }
    let np = line.nps.iter().find(|np| {
        let head = line.fold(np.head);
        let told = np.items.len() > 2 || head == "survey";
        let vote = np
            .items
            .clone()
            .any(|i| lexicon::english().is(WordSet::VoteKind, line.fold(i)));
        let poll = matches!(head, "poll" | "survey" | "polls" | "surveys") && told && !vote;
        poll && np.governed.is_some_and(|p| line.fold(p) == "in") && np.items.len() > 1
    })?;
    let at = np.governed?;
    // "less than was expected by analysts in a company poll": it is they who say so, and the poll says of what.
    let asked = |n: &Np| n.governed.is_some_and(|by| line.fold(by) == "by") && line.may_speak(n);
    if line.np_ending_at(at).is_some_and(asked) {
        return None;
    }
    let end = extent::extend_right(line, np, true);
    let end = poll_end(line, end);
    let lead = (0..at).all(|i| line.classes(i).has(Classes::COORDINATOR) || line.is_adverb(i));
    let content = if lead && line.is_comma(end) {
        end + 1..clause_end(line, end + 1)
    } else if end == last_stop(line) && !lead {
        0..at
    } else {
        return None;
    };
    // A poll may be an election, or something that people take part in.
    let lex = lexicon::english();
    let counted = content.clone().any(|i| lex.is(WordSet::Counted, line.fold(i)));
    let clause = counted && is_clause(line, content.clone());
    let side = if lead { Side::After } else { Side::Before };
    clause.then(|| Frame {
        cue: line.tokens(at..at + 1),
        source: Some(line.tokens(np.items.start..end)),
        antecedent: None,
        content: vec![line.tokens(content)],
        kind: FrameKind::According,
        side,
        content_kind: ContentKind::Clause,
        classes: Classes::SPEECH.and(Classes::THAT),
        negated: false,
        animate: true,
    })
}

/// The end of what is told of a poll: "released Monday", "by Harbour Research this week".
fn poll_end(line: &Line<'_>, end: usize) -> usize {
    let behind = matches!(
        line.fold(end),
        "released" | "published" | "conducted" | "taken" | "out" | "by" | "of" | "from"
    );
    let mut next = if behind { end + 1 } else { end };
    while line.is_adp(next) {
        next += 1;
    }
    match line.np_starting_at(next) {
        Some(np) if behind || np.kind == NpKind::Time => poll_end(line, np.items.end),
        _ => end,
    }
}

pub(super) fn is_mark(line: &Line<'_>, i: usize) -> bool {
    line.fold(i) == ":" || line.is_dash(i)
}

/// "Hartmann: “…”", "“…” – Anna, teacher".
pub(super) fn mark_frame(line: &Line<'_>, at: usize) -> Option<Frame> {
    let make = |source: Range<usize>, content: Range<usize>, side| {
        Some(Frame {
            cue: line.tokens(at..at + 1),
            animate: subject::may_speak(line, &source),
            source: Some(line.tokens(source)),
            antecedent: None,
            content: vec![line.tokens(content)],
            kind: FrameKind::Mark,
            side,
            content_kind: ContentKind::Quotation,
            classes: Classes::SPEECH,
            negated: false,
        })
    };
    if line.fold(at) == ":" && line.is_quote(at + 1) {
        // All before the colon is one phrase: a label.
        let np = line.nps.first()?;
        let end = extent::extend_right(line, np, true);
        // "“King to leave,” by Ana Reyes: “…”"
        let title = line.items.get(np.items.start).is_some_and(Item::is_title) || line.is_quote(0);
        let author = line
            .np_ending_at(at)
            .filter(|np| np.kind == NpKind::Name && np.governed.is_some_and(|by| line.fold(by) == "by"));
        if let Some(author) = author.filter(|_| title) {
            return make(author.items.clone(), at + 1..at + 2, Side::After);
        }
        let bare = np.items.start == 0 && (end == at || line.fold(end) == "(" || line.is_comma(end));
        // "Okoro, speaking on Monday, said of it: “…”".
        let says =
            (end..at).any(|i| line.tag(i).is_finite() && cue::verb(line.fold(i)).is_some_and(|v| v.plain));
        let form = is_form(line.local, line.tokens(np.items.start..at));
        if bare && !says && !form && np.kind != NpKind::Time {
            return make(np.items.start..end, at + 1..at + 2, Side::After);
        }
    }
    if line.is_dash(at) && at > 0 && line.is_quote(at - 1) && at == 1 {
        let np = line.np_starting_at(at + 1)?;
        if matches!(np.kind, NpKind::Name | NpKind::Common)
            && !(at + 1..line.len()).any(|i| line.tag(i).is_finite())
        {
            return make(np.items.clone(), at - 1..at, Side::Before);
        }
    }
    None
}

/// "For Hartmann it was “the worst day of the year”".
pub(super) fn for_frame(line: &Line<'_>) -> Option<Frame> {
    if !matches!(line.fold(0), "for" | "to") {
        return None;
    }
    let np = line
        .np_starting_at(1)
        .filter(|np| np.kind == NpKind::Name || line.may_speak(np))?;
    let mut i = np.items.end;
    if line.is_comma(i) {
        i += 1;
    }
    let it = matches!(line.fold(i), "it" | "this" | "that") && line.is_be(i + 1);
    let mut quote = (i + 2..line.len().min(i + 5)).find(|q| line.is_quote(*q));
    // "To Hartmann, the bridge is the “…” of her childhood."
    let comma = line.is_comma(i.wrapping_sub(1));
    let mut judged = false;
    if !it && comma && np.kind == NpKind::Name {
        let subject = line.np_starting_at(i)?;
        let end = extent::extend_right(line, subject, false);
        judged = line.is_be(end);
        quote = (end + 1..line.len().min(end + 4)).find(|q| line.is_quote(*q));
    }
    let quote = quote?;
    (it && line.fold(0) == "for" || it && comma || judged).then(|| Frame {
        cue: line.tokens(0..1),
        source: Some(line.tokens(np.items.clone())),
        antecedent: None,
        content: vec![line.tokens(quote..quote + 1)],
        kind: FrameKind::For,
        side: Side::After,
        content_kind: ContentKind::Quotation,
        classes: Classes::SPEECH,
        negated: false,
        animate: true,
    })
}

/// "Hartmann called it “a trap” and Okoro “a gift”", "Hartmann said it was “a trap”; Okoro that it was “a gift”".
pub(super) fn gapped(line: &Line<'_>, frame: &Frame) -> Option<Frame> {
    if let Some(second) = gapped_clause(line, frame) {
        return Some(second);
    }
    let last = frame.content.last().filter(|_| frame.side == Side::After)?;
    let and = (0..line.len())
        .find(|i| line.items[*i].first as usize >= last.start && matches!(line.fold(*i), "and" | "while"))?;
    let np = line
        .np_starting_at(and + 1)
        .filter(|np| np.kind == NpKind::Name)?;
    let quote = np.items.end;
    let inside = and > 0 && line.is_quote(and - 1) && line.is_quote(quote);
    if !inside || frame.source.is_none() {
        return None;
    }
    let mut shared = frame.clone();
    shared.source = Some(line.tokens(np.items.clone()));
    shared.antecedent = None;
    shared.content = vec![line.tokens(quote..quote + 1)];
    shared.kind = FrameKind::Gapped;
    shared.content_kind = ContentKind::Quotation;
    shared.animate = true;
    Some(shared)
}

/// "…; Okoro that it was “a gift”".
fn gapped_clause(line: &Line<'_>, frame: &Frame) -> Option<Frame> {
    let says = frame.kind == FrameKind::Verb
        && frame.side == Side::After
        && frame.classes.has(Classes::SPEECH)
        && frame.classes.has(Classes::THAT);
    let last = frame.content.last().filter(|_| says && frame.source.is_some())?;
    let mut parts = (0..line.len()).filter(|i| {
        line.items[*i].first as usize >= last.start && matches!(line.fold(*i), ";" | "and" | "while")
    });
    let np = parts.find_map(|i| {
        let np = line.np_starting_at(i + 1).filter(|np| np.kind == NpKind::Name)?;
        (line.fold(np.items.end) == "that").then_some(np)
    })?;
    let from = np.items.end + 1;
    let to = clause_end(line, from);
    let mut shared = frame.clone();
    shared.source = Some(line.tokens(np.items.clone()));
    shared.antecedent = None;
    shared.content = vec![line.tokens(from..to)];
    shared.kind = FrameKind::Gapped;
    shared.content_kind = ContentKind::Clause;
    shared.animate = true;
    (from < to).then_some(shared)
}

/// "— Amara Diallo"; "(Amara Diallo, teacher)"; "That was Amara Diallo on Monday."; "That was the verdict of Amara Diallo."
pub(super) fn credit(line: &Line<'_>) -> Option<Range<usize>> {
    if let Some(whose) = verdict(line).or_else(|| bracketed(line)) {
        return Some(whose);
    }
    if line.fold(0) == "that" && line.is_be(1) {
        let np = line
            .np_starting_at(2)
            .filter(|np| np.kind == NpKind::Name && np.items.len() > 1)?;
        let end = extent::extend_right(line, np, true);
        let over = line.is_stop(end)
            || line.is_comma(end)
            || line.is_adp(end)
            || line.is_adverb(end)
            || line.is_comma(end - 1)
            || line.np_starting_at(end).is_some_and(|np| {
                np.kind == NpKind::Time
                    || matches!(line.fold(np.head), "moments" | "minutes" | "hours" | "days")
            });
        return over.then(|| line.tokens(np.items.clone()));
    }
    let dash = line.is_dash(0) || line.fold(0) == "-";
    let np = line
        .np_starting_at(1)
        .filter(|np| dash && np.kind == NpKind::Name)?;
    let clause = (0..line.len()).any(|i| line.is_quote(i) || line.tag(i).is_finite() || line.is_aux(i));
    (!clause).then(|| line.tokens(np.items.clone()))
}

/// "That was the verdict of Amara Diallo, eight, the only pupil.", "So said Amara Diallo.", "Those are the words of Amara Diallo."
fn verdict(line: &Line<'_>) -> Option<Range<usize>> {
    let words = Classes::CUE_NOUN_ACT
        .and(Classes::CUE_NOUN_VIEW)
        .and(Classes::CUE_NOUN_DOCUMENT);
    let of = match line.fold(0) {
        "that" | "this" | "those" | "these" | "such" if line.is_be(1) => {
            let noun = line
                .np_starting_at(2)
                .filter(|np| line.classes(np.head).has(words))?;
            (line.fold(noun.items.end) == "of" || line.fold(noun.items.end) == "from")
                .then_some(noun.items.end)?
        }
        "so" if matches!(line.fold(1), "said" | "says" | "wrote" | "writes") => 1,
        _ => return None,
    };
    let np = line
        .np_starting_at(of + 1)
        .filter(|np| np.kind == NpKind::Name || line.may_speak(np))?;
    Some(line.tokens(np.items.clone()))
}

/// "(Amara Diallo, teacher)" as a sentence of its own. One name alone may be a paper's ("(Reuters)").
fn bracketed(line: &Line<'_>) -> Option<Range<usize>> {
    let close = (1..line.len().min(MAX_BRACKET)).find(|i| line.fold(*i) == ")")?;
    let over = close + 1 == line.len() || close + 2 == line.len() && line.is_stop(close + 1);
    let np = line
        .np_starting_at(1)
        .filter(|np| line.fold(0) == "(" && np.kind == NpKind::Name && np.items.len() > 1 && over)?;
    let clause = (0..line.len()).any(|i| line.is_quote(i) || line.tag(i).is_finite() || line.is_aux(i));
    let ends = np.items.end == close || line.is_comma(np.items.end);
    (ends && !clause).then(|| line.tokens(np.items.clone()))
}
