//! Frames of reporting in one sentence: who (the source phrase) says (the cue) what (the content).
//!
//! A frame is found from its cue. The source is the cue's subject, or the agent of a passive, or what
//! "according to" governs; the content is what the cue's grammar leaves for it. Whether a frame is a
//! quotation is for the next stage to decide.

use std::ops::Range;

use crate::{
    semantic::{
        cue::{self, Classes, CueVerb, Form},
        line::{Line, Np, NpKind},
        subject::{self, Subject, Voice},
    },
    syntax::tag::Tag,
};

/// How a frame reports.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum FrameKind {
    /// A cue verb with its subject.
    Verb,
    /// A cue verb in the passive, with the agent if one is named.
    Passive,
    /// A cue noun with whom it belongs to.
    Noun,
    /// "according to".
    According,
    /// A colon, a dash, the label of a turn.
    Mark,
    /// A second subject that shares the cue ("and Okoro “a gift”").
    Gapped,
    /// "For Hartmann it was “…”".
    For,
}

/// Where the content stands to the cue.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Side {
    /// The content follows.
    After,
    /// The content comes first.
    Before,
    /// The frame stands inside the content.
    Around,
}

/// How the content is built.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum ContentKind {
    /// A clause, with or without "that".
    Clause,
    /// "to" and a verb.
    Infinitive,
    /// A noun phrase, or an object with what it is called.
    Phrase,
    /// A quotation and nothing else.
    Quotation,
}

/// A frame; ranges are of the block's tokens.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Frame {
    /// The words of the cue, with its auxiliaries.
    pub cue: Range<usize>,
    /// The source phrase.
    pub source: Option<Range<usize>>,
    /// What a relative pronoun as source stands for.
    pub antecedent: Option<Range<usize>>,
    /// The content, in text order; empty when the cue has none in this sentence.
    pub content: Vec<Range<usize>>,
    /// What reports.
    pub kind: FrameKind,
    /// Where the content stands.
    pub side: Side,
    /// How the content is built.
    pub content_kind: ContentKind,
    /// What the cue can carry.
    pub classes: Classes,
    /// Whether the cue is negated or a refusal.
    pub negated: bool,
    /// Whether the source can speak, by its head.
    pub animate: bool,
}

/// Finds the frames of one sentence, in the order of their cues.
pub(super) fn frames(line: &Line<'_>) -> Vec<Frame> {
    let mut found = Vec::new();
    let mut i = 0;
    while i < line.len() {
        if line.is_quote(i) {
            i += 1;
            continue;
        }
        let word = line.fold(i);
        if word == "according" && line.fold(i + 1) == "to" {
            found.extend(according(line, i));
            i += 2;
            continue;
        }
        if let Some(verb) = cue::verb(word).filter(|_| is_cue_verb(line, i)) {
            found.extend(verb_frame(line, i, verb));
        } else if line.classes(i).has(NOUN_CUES) && line.tag(i).is_noun() {
            found.extend(noun_frame(line, i));
        } else if is_mark(line, i) {
            found.extend(mark_frame(line, i));
        }
        i += 1;
    }
    found.extend(for_frame(line));
    found.extend(response_frame(line));
    let gapped: Vec<Frame> = found.iter().filter_map(|f| gapped(line, f)).collect();
    found.extend(gapped);
    found.sort_by_key(|f| (f.cue.start, f.cue.end));
    found
}

const NOUN_CUES: Classes = Classes::CUE_NOUN_ACT
    .and(Classes::CUE_NOUN_VIEW)
    .and(Classes::CUE_NOUN_DOCUMENT);

/// Whether item `i`, spelled like a cue verb, is one here.
fn is_cue_verb(line: &Line<'_>, i: usize) -> bool {
    let before = i.checked_sub(1);
    let after_article = before.is_some_and(|b| {
        line.tag(b) == Tag::Det && !matches!(line.fold(b), "that" | "this" | "all" | "both")
    });
    if after_article {
        return false;
    }
    if line.is_verb(i) {
        return true;
    }
    // The tagger takes some cues for nouns; beside a quotation or after a bare subject they are verbs.
    let plain = matches!(
        line.fold(i),
        "said" | "says" | "told" | "tells" | "added" | "adds" | "asked" | "wrote" | "saying"
    );
    let beside_quote =
        before.is_some_and(|b| line.is_quote(b) || line.is_comma(b) && b > 0 && line.is_quote(b - 1));
    plain
        || beside_quote
            && line.tag(i).is_noun()
            && line.np_starting_at(i + 1).is_some_and(|n| n.kind == NpKind::Name)
}

fn verb_frame(line: &Line<'_>, at: usize, verb: CueVerb) -> Option<Frame> {
    let subject = subject::of_verb(line, at, verb.form)?;
    if subject.voice == Voice::Passive {
        return passive_frame(line, at, verb, &subject);
    }
    let Subject {
        group,
        source,
        antecedent,
        inverted,
        negated,
        ..
    } = subject;
    let after_frame = match (&source, inverted) {
        (Some(s), true) => s.end.max(at + 1),
        _ => at + 1,
    };
    let front = match (&source, inverted) {
        (Some(s), false) => s.start.min(group.start),
        _ => group.start,
    };
    let front = if front > 0 && line.fold(front - 1) == "as" {
        front - 1
    } else {
        front
    };
    let (content, side, kind) = content_of(line, front, after_frame, verb, inverted)?;
    if verb.classes.has(Classes::WEAK) && kind == ContentKind::Clause && side == Side::After {
        let opener = content.first().map_or("", |c| line.local.tokens.fold(c.start));
        if !matches!(opener, "that" | "whether" | "how" | "why" | "what") && !quotes_in(line, &content) {
            return None;
        }
    }
    let animate = source.as_ref().is_none_or(|s| subject::may_speak(line, s));
    let mut cue = line.tokens(group.start..subject::cue_end(line, at));
    // "boasted of", "referring to", "called for", "said:": the preposition or colon that hands over to the
    // content belongs to the cue.
    let mut content = content;
    if let Some(first) = content.first_mut().filter(|_| side == Side::After) {
        let word = line.local.tokens.fold(first.start);
        let preposition = matches!(word, "to" | "of" | "about" | "for" | "against" | "at" | "on");
        if kind == ContentKind::Phrase && preposition && first.start == cue.end && first.len() > 1 {
            cue.end += 1;
            first.start += 1;
        } else if line.local.tokens.fold(cue.end) == ":" && first.start == cue.end + 1 {
            cue.end += 1;
        }
    }
    Some(Frame {
        cue,
        source: source.map(|s| line.tokens(s)),
        antecedent: antecedent.map(|s| line.tokens(s)),
        content,
        kind: FrameKind::Verb,
        side,
        content_kind: kind,
        classes: verb.classes,
        negated,
        animate,
    })
}

fn quotes_in(line: &Line<'_>, content: &[Range<usize>]) -> bool {
    line.items.iter().any(|x| {
        x.region.is_some()
            && content
                .iter()
                .any(|c| c.start <= x.first as usize && x.end as usize <= c.end)
    })
}

/// The content of an active cue: its token ranges, where it stands, how it is built.
fn content_of(
    line: &Line<'_>,
    front: usize,
    after: usize,
    verb: CueVerb,
    inverted: bool,
) -> Option<(Vec<Range<usize>>, Side, ContentKind)> {
    let left_open =
        front > 0 && (line.is_quote(front - 1) || line.is_comma(front - 1) || line.is_dash(front - 1));
    let left_quote = front > 0
        && (line.is_quote(front - 1) || front > 1 && line.is_comma(front - 1) && line.is_quote(front - 2));
    let right = skip_adjuncts(line, after, verb);
    let left = left_content(line, front);
    let right_content = right_content(line, right, verb);
    let can_trail = verb.classes.has(Classes::SPEECH.and(Classes::THAT))
        && !(verb.classes.has(Classes::WEAK) && !(left_quote && left.len() == 1));
    if left_open && can_trail && !left.is_empty() {
        let closes = line.is_stop(right) || right >= line.len();
        let comma = line.is_comma(right) || line.is_dash(right);
        let quote_right = line.is_quote(right) || comma && line.is_quote(right + 1);
        if quote_right && left_quote {
            let q = if line.is_quote(right) { right } else { right + 1 };
            let mut ranges = vec![line.tokens(left)];
            ranges.push(line.tokens(q..q + 1));
            return Some((ranges, Side::Around, ContentKind::Quotation));
        }
        let weak = verb.classes.has(Classes::WEAK);
        if left_quote && !(weak && left.len() > 1) && !matches!(line.fold(right), "that" | "whether") {
            let kind = if left.len() == 1 {
                ContentKind::Quotation
            } else {
                ContentKind::Clause
            };
            return Some((vec![line.tokens(left)], Side::Before, kind));
        }
        if closes && is_clause(line, left.clone()) {
            return Some((vec![line.tokens(left)], Side::Before, ContentKind::Clause));
        }
        if comma && !quote_right {
            // "The offer, Hartmann added, was not serious": the frame stands inside one clause.
            let rest = right + 1..clause_end(line, right + 1);
            let next = right + 1;
            let goes_on = !line
                .classes(next)
                .has(Classes::COORDINATOR.and(Classes::RELATIVE))
                && line.tag(next) != Tag::VerbIng
                && !line.classes(next).has(Classes::SUBORDINATOR);
            if goes_on
                && rest.start < rest.end
                && (is_clause(line, left.clone())
                    || left.len() <= 2
                        && line.np_starting_at(next).is_some()
                        && is_clause(line, rest.clone())
                    || line.is_aux(next)
                    || line.is_verb(next)
                    || line.is_adverb(next)
                    || line.is_quote(next))
            {
                return Some((
                    vec![line.tokens(left), line.tokens(rest)],
                    Side::Around,
                    ContentKind::Clause,
                ));
            }
            if is_clause(line, left.clone()) {
                return Some((vec![line.tokens(left)], Side::Before, ContentKind::Clause));
            }
        }
    }
    if inverted {
        // "said Hartmann: “…”", or a content that stands in the sentence before.
        if let Some((range, kind)) = right_content {
            return Some((vec![line.tokens(range)], Side::After, kind));
        }
        return Some((Vec::new(), Side::Before, ContentKind::Quotation));
    }
    match right_content {
        Some((range, kind)) => Some((vec![line.tokens(range)], Side::After, kind)),
        // "he said." alone: what he said is for the next stage to look for.
        None if verb.classes.has(Classes::SPEECH) && line.is_stop(right) => {
            Some((Vec::new(), Side::Before, ContentKind::Quotation))
        }
        None => None,
    }
}

/// The items before a frame that can be its content: from the sentence's start, or from after an earlier
/// clause, to the comma.
fn left_content(line: &Line<'_>, front: usize) -> Range<usize> {
    let mut end = front;
    while end > 0 && (line.is_comma(end - 1) || line.is_dash(end - 1)) {
        end -= 1;
    }
    let mut start = 0;
    for i in (0..end).rev() {
        if line.fold(i) == ";" || line.fold(i) == ":" && i + 1 < end {
            start = i + 1;
            break;
        }
    }
    // "But", "And", quotation labels and the like open the sentence, not the content.
    while start < end
        && (matches!(line.fold(start), "but" | "and" | "so" | "yet") && line.is_quote(start + 1)
            || line.is_comma(start))
    {
        start += 1;
    }
    start..end
}

/// Whether the items hold a finite verb, so that they can be a clause, or a quotation.
fn is_clause(line: &Line<'_>, items: Range<usize>) -> bool {
    items
        .clone()
        .any(|i| line.tag(i).is_finite() || line.is_aux(i) || line.is_quote(i))
        && items.len() > 1
        || items.len() == 1 && line.is_quote(items.start)
}

/// Where the content can begin after a cue: behind particles, adverbs, the person addressed, times and places.
fn skip_adjuncts(line: &Line<'_>, from: usize, verb: CueVerb) -> usize {
    let mut at = from;
    let mut addressed = false;
    loop {
        if line.is_quote(at) || at >= line.len() {
            return at;
        }
        if line.is_adverb(at) && !matches!(line.fold(at), "how" | "why" | "when" | "where") {
            at += 1;
            continue;
        }
        if let Some(np) = line.np_starting_at(at) {
            if np.kind == NpKind::Time {
                at = np.items.end;
                continue;
            }
            let person = verb.classes.has(Classes::ADDRESSEE) && !addressed;
            if person && np.kind != NpKind::Relative && !(np.items.len() == 1 && line.fold(at) == "what") {
                addressed = true;
                at = subject::extend_right(line, np, false);
                continue;
            }
        }
        let preposition = line.fold(at);
        let adjunct = matches!(
            preposition,
            "on" | "in"
                | "at"
                | "during"
                | "from"
                | "after"
                | "before"
                | "to"
                | "with"
                | "via"
                | "through"
                | "by"
                | "outside"
                | "following"
                | "over"
                | "under"
                | "for"
                | "inside"
                | "upon"
                | "about"
                | "of"
        );
        let content_word = verb.classes.has(Classes::PREPOSITION)
            && matches!(
                preposition,
                "to" | "of" | "about" | "for" | "against" | "at" | "on" | "with" | "over"
            )
            || matches!(preposition, "of" | "about" | "for");
        if adjunct && !content_word {
            if let Some(np) = line.np_starting_at(at + 1) {
                let end = subject::extend_right(line, np, false);
                // "said in an interview with the BBC that": the phrase is left out, unless it is all there is.
                at = end;
                continue;
            }
            if line.tag(at + 1) == Tag::VerbIng {
                return at;
            }
        }
        if line.is_comma(at) {
            // An aside before the content: ", in a statement, that".
            if let Some(close) = (at + 1..line.len().min(at + 14)).find(|i| line.is_comma(*i)) {
                let next = close + 1;
                if matches!(line.fold(next), "that" | "whether") && !line.is_quote(at + 1) {
                    return next;
                }
            }
        }
        return at;
    }
}

/// The content that begins at item `at`, if there is one.
fn right_content(line: &Line<'_>, at: usize, verb: CueVerb) -> Option<(Range<usize>, ContentKind)> {
    let mut at = at;
    let colon = line.fold(at) == ":";
    if colon || line.is_comma(at) && line.is_quote(at + 1) {
        at += 1;
    }
    if line.is_stop(at) || at >= line.len() {
        return None;
    }
    if line.is_quote(at) {
        let end = quote_end(line, at);
        let kind = if end == at + 1 {
            ContentKind::Quotation
        } else {
            ContentKind::Phrase
        };
        return Some((at..end, kind));
    }
    if colon {
        return Some((at..clause_end(line, at), ContentKind::Clause));
    }
    let word = line.fold(at);
    let clause = verb.classes.has(Classes::THAT.and(Classes::SPEECH));
    if matches!(
        word,
        "that" | "whether" | "how" | "why" | "if" | "what" | "where" | "when" | "who" | "which"
    ) && clause
        && line.tag(at) != Tag::Det
    {
        return Some((at..clause_end(line, at), ContentKind::Clause));
    }
    if word == "to"
        && verb.classes.has(Classes::INFINITIVE)
        && (line.tag(at + 1) == Tag::VerbBase || line.tag(at + 1) == Tag::Aux)
    {
        return Some((at..clause_end(line, at), ContentKind::Infinitive));
    }
    if verb.classes.has(Classes::INFINITIVE.and(Classes::CALL)) && verb.classes.has(Classes::ADDRESSEE) {
        if let Some(np) = line.np_starting_at(at) {
            let end = subject::extend_right(line, np, false);
            if line.fold(end) == "to" {
                return Some((at..clause_end(line, at), ContentKind::Infinitive));
            }
        }
    }
    let end = clause_end(line, at);
    if line.is_comma(at) || at >= end {
        return None;
    }
    let np = line.np_starting_at(at);
    let has_verb = (at..end).any(|i| line.tag(i).is_finite() || line.is_aux(i) && !line.is_quote(i));
    if clause
        && has_verb
        && (np.is_some()
            || line.is_adp(at)
            || line.is_quote(at)
            || line.classes(at).has(Classes::SUBORDINATOR)
            || line.tag(at) == Tag::VerbIng
            || line.is_verb(at))
    {
        return Some((at..end, ContentKind::Clause));
    }
    if verb.classes.has(Classes::CALL.and(Classes::NOUN_CONTENT)) && np.is_some() {
        return Some((at..phrase_end(line, at, end), ContentKind::Phrase));
    }
    if verb.classes.has(Classes::PREPOSITION) && (line.is_adp(at) || word == "to") {
        return Some((at..phrase_end(line, at, end), ContentKind::Phrase));
    }
    // "described as “…”", "urged them to": whatever follows, if a quotation is among it.
    let quote = (at..end).any(|i| line.is_quote(i));
    quote.then(|| (at..end, ContentKind::Phrase))
}

/// Where a content that opens with a quotation ends: with the quotation, or further when the sentence goes
/// on ("said “no deal” was better than …").
fn quote_end(line: &Line<'_>, quote: usize) -> usize {
    let next = quote + 1;
    if line.is_stop(next) || line.is_comma(next) || next >= line.len() {
        return next;
    }
    if line.fold(next) == "and" && line.is_quote(next + 1) {
        return next + 2;
    }
    if line.is_aux(next)
        || line.tag(next).is_finite()
        || line.is_adp(next)
        || line.tag(next).is_noun()
        || line.fold(next) == "to"
    {
        return clause_end(line, next);
    }
    next
}

/// One past the last item of a clause that is content and begins at `from`.
fn clause_end(line: &Line<'_>, from: usize) -> usize {
    let last = last_stop(line);
    let mut i = from;
    while i < last {
        if starts_gap(line, i) {
            return i;
        }
        if line.is_quote(i) {
            // "says he is “losing the war,” part of a …": a comma inside the marks closes the content with them,
            // unless a list of quotations goes on.
            let lists =
                line.is_quote(i + 1) || matches!(line.fold(i + 1), "and" | "or") && line.is_quote(i + 2);
            if ends_inside_with_comma(line, i) && !lists {
                return i + 1;
            }
            i += 1;
            continue;
        }
        let word = line.fold(i);
        if word == ";" {
            return i;
        }
        let mark = line.is_comma(i) || line.is_dash(i);
        let next = if mark { i + 1 } else { i };
        let next_word = line.fold(next);
        if mark && i > from {
            if line.tag(next) == Tag::VerbIng && cue::verb(next_word).is_some() {
                return i;
            }
            if matches!(
                next_word,
                "but" | "while" | "although" | "though" | "whereas" | "yet"
            ) && line.is_comma(i)
                && is_clause(line, from..i)
            {
                return i;
            }
            if next_word == "according" {
                return i;
            }
            if next_word == "as"
                && line
                    .np_starting_at(next + 1)
                    .is_some_and(|np| cue::verb(line.fold(np.items.end)).is_some())
            {
                return i;
            }
        }
        if i > from && next_word == "according" && line.fold(next + 1) == "to" {
            return i;
        }
        if i > from
            && matches!(
                next_word,
                "and" | "but" | "while" | "whereas" | "though" | "although"
            )
            && starts_report(line, next + 1)
        {
            return i;
        }
        if line.is_comma(i) && i > from && starts_report(line, i + 1) && ends_report(line, i + 1) {
            return i;
        }
        if word == ":" && line.is_quote(i + 1) && i > from {
            return i;
        }
        i += 1;
    }
    let mut end = last.max(from);
    while end > from && (line.is_comma(end - 1) || line.is_dash(end - 1)) {
        end -= 1;
    }
    end
}

/// Whether the words of the quotation at item `i` end with a comma.
fn ends_inside_with_comma(line: &Line<'_>, i: usize) -> bool {
    let Some(item) = line.items.get(i) else {
        return false;
    };
    (item.first..item.end)
        .rev()
        .map(|t| line.local.tokens.fold(t as usize))
        .find(|w| !matches!(*w, "”" | "\"" | "’" | "'" | "''" | "»" | "“"))
        .is_some_and(|w| w == ",")
}

/// Whether a report of its own begins at item `i`: a subject and a cue in a tense, or a cue that shares the
/// subject before it ("and added that").
fn starts_report(line: &Line<'_>, i: usize) -> bool {
    let mut k = match line.np_starting_at(i) {
        Some(np) if np.kind != NpKind::Time && np.kind != NpKind::Relative => np.items.end,
        _ => i,
    };
    let own_subject = k > i;
    while line.is_adverb(k) || line.is_aux(k) {
        k += 1;
    }
    let finite = matches!(line.tag(k), Tag::VerbPast | Tag::VerbPres)
        || own_subject && line.tag(k) == Tag::VerbIng
        || own_subject
            && matches!(line.tag(k), Tag::VerbPart | Tag::VerbBase)
            && line.is_aux(k.wrapping_sub(1));
    let cue = cue::verb(line.fold(k)).filter(|v| own_subject || v.form != Form::Ing);
    finite
        && cue.is_some_and(|v| {
            v.classes.has(Classes::SPEECH.and(Classes::CALL)) && !v.classes.has(Classes::WEAK)
        })
}

/// Whether "and" at item `i` starts a second subject that shares the cue ("“a trap” and Okoro “a gift”").
fn starts_gap(line: &Line<'_>, i: usize) -> bool {
    i > 0
        && line.is_quote(i - 1)
        && matches!(line.fold(i), "and" | "while")
        && line
            .np_starting_at(i + 1)
            .is_some_and(|np| np.kind == NpKind::Name && line.is_quote(np.items.end))
}

/// Whether the report that begins at item `i` is only a subject and a cue before a stop, a comma or a quotation.
fn ends_report(line: &Line<'_>, i: usize) -> bool {
    let mut k = line.np_starting_at(i).map_or(i, |np| np.items.end);
    while line.is_adverb(k) || line.is_aux(k) {
        k += 1;
    }
    let after = k + 1;
    line.is_stop(after) || line.is_comma(after) || line.is_quote(after) || line.fold(after) == ":"
}

/// One past the last item of a phrase that is content: its clause, cut at the first comma outside it.
fn phrase_end(line: &Line<'_>, from: usize, end: usize) -> usize {
    let mut i = from;
    while i < end {
        let next = line.fold(i + 1);
        if starts_gap(line, i) {
            return i;
        }
        if line.is_quote(i) && ends_inside_with_comma(line, i) {
            return i + 1;
        }
        if line.is_comma(i) && !line.is_quote(i + 1) && (line.tag(i + 1) != Tag::Adj) {
            return i;
        }
        if i > from
            && matches!(line.fold(i), "and" | "but" | "while")
            && (line.tag(i + 1).is_finite() || starts_report(line, i + 1))
        {
            return i;
        }
        if i > from
            && line.classes(i).has(Classes::SUBORDINATOR)
            && !matches!(line.fold(i), "as" | "before" | "after" | "since" | "until")
            && !next.is_empty()
        {
            return i;
        }
        i += 1;
    }
    end
}

/// Index of the sentence's final stop, or its length.
fn last_stop(line: &Line<'_>) -> usize {
    let mut end = line.len();
    while end > 0 && !line.is_quote(end - 1) && line.is_stop(end - 1) {
        end -= 1;
    }
    end
}

fn passive_frame(line: &Line<'_>, at: usize, verb: CueVerb, subject: &Subject) -> Option<Frame> {
    if !verb.classes.has(Classes::CALL.and(Classes::SPEECH)) {
        return None;
    }
    let end = clause_end(line, at + 1);
    // The agent: "by" and somebody who can speak, before any other verb.
    let other_verb = (at + 1..end)
        .find(|i| {
            !line.is_quote(*i)
                && (line.tag(*i).is_finite() || line.is_aux(*i) || line.tag(*i) == Tag::VerbPart)
        })
        .unwrap_or(end);
    let agent = (at + 1..other_verb.min(line.len())).find_map(|i| {
        (line.fold(i) == "by")
            .then(|| line.np_starting_at(i + 1))
            .flatten()
            .filter(|np| line.may_speak(np))
            .map(|np| (i, np))
    });
    let source = agent.map(|(_, np)| np.items.start..subject::extend_right(line, np, true));
    let mut from = at + 1;
    if let (Some((by, _)), Some(s)) = (agent, &source) {
        if by == at + 1 {
            from = s.end;
        }
    }
    while line.is_adverb(from) {
        from += 1;
    }
    let mut to = match agent {
        Some((by, _)) if by > from => by,
        _ => end,
    };
    // "was accused by Okoro of “…”" / "described as “…”".
    if matches!(line.fold(from), "as" | "of") {
        from += 1;
    }
    while to > from && line.is_comma(to - 1) {
        to -= 1;
    }
    // The words stand close behind the verb; what comes after another clause is not its content.
    let quoted = (from..to.min(from + 8).min(other_verb.max(from + 1))).any(|i| line.is_quote(i));
    let carries = quoted || verb.classes.has(Classes::CALL) && source.is_some() && from < to;
    if !carries {
        return None;
    }
    let only = to == from + 1 && line.is_quote(from);
    Some(Frame {
        cue: line.tokens(subject.group.start..at + 1),
        animate: true,
        source: source.map(|s| line.tokens(s)),
        antecedent: None,
        content: vec![line.tokens(from..to)],
        kind: FrameKind::Passive,
        side: Side::After,
        content_kind: if only {
            ContentKind::Quotation
        } else {
            ContentKind::Phrase
        },
        classes: verb.classes,
        negated: subject.negated,
    })
}

fn according(line: &Line<'_>, at: usize) -> Option<Frame> {
    let np = line.np_starting_at(at + 2)?;
    let end = subject::extend_right(line, np, true);
    let last = last_stop(line);
    let lead =
        (0..at).all(|i| !line.is_word(i) || line.is_adverb(i) || matches!(line.fold(i), "and" | "but"));
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
        cue: line.tokens(at..at + 2),
        source: Some(line.tokens(np.items.start..end)),
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

/// "Okoro’s claim that …", "a warning from the bank that …", "in the words of the mayor, “…”".
fn noun_frame(line: &Line<'_>, at: usize) -> Option<Frame> {
    let np = line.np_over(at)?;
    if np.head != at {
        return None;
    }
    let mut cue = at..at + 1;
    let mut next = at + 1;
    let mut source = possessor(line, np).map(|s| {
        cue.start = s.end;
        s
    });
    let named_words = matches!(line.fold(at), "words");
    if source.is_none() && matches!(line.fold(next), "of" | "by" | "from") {
        let by = line.np_starting_at(next + 1)?;
        let owner = matches!(line.fold(next), "by" | "from") || named_words;
        if owner && line.may_speak(by) {
            let end = subject::extend_right(line, by, true);
            source = Some(by.items.start..end);
            next = end;
        }
    }
    let source = source?;
    // A possessor speaks by its own head, not by that of the phrase it opens.
    let owner_head = source.end - 1;
    let animate = line.tag(owner_head) == Tag::Propn
        || line.classes(owner_head).has(Classes::POSSESSIVE)
        || crate::semantic::line::is_animate(line.fold(owner_head))
        || subject::may_speak(line, &source);
    let view = line
        .classes(at)
        .has(Classes::CUE_NOUN_VIEW.and(Classes::CUE_NOUN_DOCUMENT));
    if line.is_comma(next) && named_words {
        next += 1;
    }
    let content = if line.is_quote(next) && (named_words || !view) {
        next..next + 1
    } else if line.fold(next) == "of" && line.is_quote(next + 1) {
        next + 1..next + 2
    } else if line.fold(next) == "that" && line.tag(next) != Tag::Det {
        let end = noun_clause_end(line, next);
        next..end
    } else if line.fold(next) == "to"
        && line.tag(next + 1) == Tag::VerbBase
        && line.classes(at).has(Classes::CUE_NOUN_ACT)
    {
        next..noun_clause_end(line, next)
    } else {
        return None;
    };
    let only = content.len() == 1 && line.is_quote(content.start);
    let kind = match line.fold(content.start) {
        _ if only => ContentKind::Quotation,
        "to" => ContentKind::Infinitive,
        _ => ContentKind::Clause,
    };
    Some(Frame {
        cue: line.tokens(cue),
        animate,
        source: Some(line.tokens(source)),
        antecedent: None,
        content: vec![line.tokens(content)],
        kind: FrameKind::Noun,
        side: Side::After,
        content_kind: kind,
        classes: Classes::SPEECH.and(Classes::THAT),
        negated: false,
    })
}

/// The possessor of a noun phrase without its ’s: "Okoro" of "Okoro’s claim", "his" of "his claim".
fn possessor(line: &Line<'_>, np: &Np) -> Option<Range<usize>> {
    let start = np.items.start;
    if line.classes(start).has(Classes::POSSESSIVE) {
        return Some(start..start + 1);
    }
    let mark = (start..np.head).rev().find(|i| {
        line.kind(*i) == crate::base::word::TokenKind::Possessive || matches!(line.fold(*i), "’" | "'")
    })?;
    (mark > start).then_some(start..mark)
}

/// The end of a clause that hangs on a noun in subject position: before the verb that the noun governs.
fn noun_clause_end(line: &Line<'_>, from: usize) -> usize {
    let end = clause_end(line, from);
    // "Okoro’s claim that the plan was “ready” drew laughter": the second finite verb without a subject
    // of its own belongs to the noun.
    let mut verbs = 0;
    for i in from..end {
        let finite = line.tag(i).is_finite() || line.is_aux(i) && !line.is_aux(i.wrapping_sub(1));
        if !finite || line.is_quote(i) {
            continue;
        }
        let after_quote = i > from && line.is_quote(i - 1);
        let has_subject = i > from && line.np_ending_at(i).is_some_and(|np| np.governed.is_none());
        verbs += 1;
        if verbs > 1
            && (after_quote || !has_subject)
            && !line.classes(i - 1).has(Classes::COORDINATOR)
            && !line.is_aux(i - 1)
        {
            return i;
        }
    }
    end
}

fn is_mark(line: &Line<'_>, i: usize) -> bool {
    line.fold(i) == ":" || line.is_dash(i)
}

/// "Hartmann: “…”", "“…” – Anna, teacher".
fn mark_frame(line: &Line<'_>, at: usize) -> Option<Frame> {
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
        let end = subject::extend_right(line, np, true);
        let bare = np.items.start == 0 && (end == at || line.fold(end) == "(" || line.is_comma(end));
        if bare && np.kind != NpKind::Time {
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

/// "Clinton’s response was: “…”".
fn response_frame(line: &Line<'_>) -> Option<Frame> {
    let np = line
        .nps
        .iter()
        .find(|np| line.classes(np.head).has(NOUN_CUES) && line.is_be(np.items.end))?;
    let source = possessor(line, np)?;
    let mut quote = np.items.end + 1;
    if matches!(line.fold(quote), ":" | ",") {
        quote += 1;
    }
    line.is_quote(quote).then(|| Frame {
        cue: line.tokens(source.end..np.items.end + 1),
        source: Some(line.tokens(source)),
        antecedent: None,
        content: vec![line.tokens(quote..quote + 1)],
        kind: FrameKind::Noun,
        side: Side::After,
        content_kind: ContentKind::Quotation,
        classes: Classes::SPEECH,
        negated: false,
        animate: true,
    })
}

/// "For Hartmann it was “the worst day of the year”".
fn for_frame(line: &Line<'_>) -> Option<Frame> {
    if line.fold(0) != "for" {
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
    let quote = (i + 2..line.len().min(i + 5)).find(|q| line.is_quote(*q))?;
    it.then(|| Frame {
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

/// "Hartmann called it “a trap” and Okoro “a gift”".
fn gapped(line: &Line<'_>, frame: &Frame) -> Option<Frame> {
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
