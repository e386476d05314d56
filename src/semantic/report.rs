//! What makes a report of a frame, how sure it is, and what its quotation must be to want a speaker.

use std::ops::Range;

use crate::{
    base::{fold::fold, order::Order, span::DocSpan, word::TokenKind},
    semantic::{
        choice::Ranking,
        cue::{self, Classes},
        doc::{Doc, Phrase},
        frame::{ContentKind, Frame, FrameKind, Side},
        line::Region,
        local::Local,
        speech::Sentence,
    },
    syntax::{
        tag::Tag,
        token::{Shape, Tokens},
    },
};

/// Whether a frame stands inside what another one reports. "Okoro said that Hartmann believed it" is one
/// attribution: that Hartmann believed it is what Okoro said. `rankings` tells the frame of each quotation.
pub(super) fn is_nested(tokens: &Tokens, frame: &Frame, sentence: &Sentence, rankings: &[Ranking]) -> bool {
    // "They are crying foul and threatening to leave": a second report of the same source stands beside the first.
    let coordinated = || {
        let before = (sentence.tokens.start..frame.cue.start)
            .rev()
            .find(|i| tokens.list[*i].tag != Tag::Adv);
        before.is_some_and(|i| cue::classes(tokens.fold(i)).has(Classes::COORDINATOR))
            && !frame.classes.has(Classes::WEAK)
    };
    if is_told_aside(tokens, frame) {
        return false;
    }
    let holds = |outer: &Frame, inner: &Frame| {
        outer
            .content
            .iter()
            .any(|c| c.start <= inner.cue.start && inner.cue.end <= c.end)
    };
    let covers = |outer: &Frame| {
        let own_subject =
            |c: &Range<usize>| frame.source.as_ref().is_none_or(|s| c.start <= s.start) || !coordinated();
        outer
            .content
            .iter()
            .any(|c| c.start <= frame.cue.start && frame.cue.end <= c.end && own_subject(c))
            && !stand_beside(outer, frame)
            && !holds(frame, outer)
    };
    // "Asked if she believed that he meant it, Okoro said no": what is asked ends before the frame, and so does whatever
    // stands in it.
    let closed = |outer: &Frame| {
        sentence.frames.iter().chain(&sentence.views).any(|around| {
            around.source.is_none()
                && around.cue.start <= sentence.tokens.start + 1
                && holds(around, outer)
                && around.side == Side::After
                && around.content.last().is_some_and(|c| c.end <= frame.cue.start)
        })
    };
    sentence.frames.iter().enumerate().any(|(i, outer)| {
        covers(outer) && !closed(outer) && (reports(outer) || rankings.iter().any(|r| r.frame() == Some(i)))
    }) || sentence
        .views
        .iter()
        .any(|view| covers(view) && !closed(view) && !view.classes.has(Classes::FREE))
}

/// "Roy said that Okoro, who called it a trap, had left", "the deal, which Okoro opposed, fell through": a relative clause
/// behind a comma is the narrator's own, whatever the report around it.
fn is_told_aside(tokens: &Tokens, frame: &Frame) -> bool {
    let Some(source) = frame.source.as_ref().filter(|_| frame.kind == FrameKind::Verb) else {
        return false;
    };
    let comma = |t: usize| matches!(tokens.fold(t), "," | "–" | "—" | "--");
    let who = source.len() == 1
        && !frame.classes.has(Classes::LIGHT)
        && tokens.fold(source.start) == "who"
        && source.start.checked_sub(1).is_some_and(comma);
    let fronted = frame.content.last().is_some_and(|c| c.end <= source.start);
    let over = tokens
        .list
        .get(frame.cue.end)
        .is_none_or(|t| t.kind == TokenKind::Punct && !matches!(tokens.fold(frame.cue.end), "“" | "\""));
    // "A wreck that nobody had seen".
    let seen = frame.classes.has(Classes::WEAK) && frame.classes.has(Classes::DEED);
    who || fronted && frame.side == Side::After && over && !seen
}

/// Whether two reports stand beside each other, though the content of the second reaches over the first: "Okoro said
/// that it was so, according to the agency", "Okoro said it was no different, she said, from that".
fn stand_beside(outer: &Frame, frame: &Frame) -> bool {
    let says = frame.kind == FrameKind::Verb
        && frame.classes.has(Classes::SPEECH)
        && frame.classes.has(Classes::THAT)
        && !frame.classes.has(Classes::WEAK)
        && frame.content_kind == ContentKind::Clause
        && frame.side == Side::After;
    let opens = frame.source.as_ref().is_some_and(|s| {
        s.end <= frame.cue.start && outer.content.first().is_some_and(|c| s.start <= c.start + 1)
    });
    says && opens && outer.side != Side::After && frame.cue.end <= outer.cue.start
}

/// Whether a frame without a quotation reports what somebody says.
pub(super) fn reports(frame: &Frame) -> bool {
    let weak = frame.classes.has(Classes::WEAK);
    let can = |c| frame.classes.has(c);
    // "He came to announce the deal": a purpose is no report.
    if can(Classes::FREE) {
        return false;
    }
    match frame.kind {
        FrameKind::According => true,
        FrameKind::Mark | FrameKind::Gapped | FrameKind::For | FrameKind::Seeming => false,
        FrameKind::Noun => frame.animate && frame.content_kind != ContentKind::Phrase,
        // "Why? he was asked."
        FrameKind::Passive => {
            frame.source.is_some() || frame.side == Side::Before && frame.content_kind == ContentKind::Clause
        }
        FrameKind::Verb => match frame.content_kind {
            // Whatever says that something is so speaks: "the filing says", "four in ten say".
            ContentKind::Clause => {
                (frame.animate || can(Classes::DATA) || can(Classes::SPEECH) && !weak)
                    && (can(Classes::THAT) || can(Classes::SPEECH) && frame.side != Side::After)
            }
            ContentKind::Infinitive => frame.animate && (!weak || can(Classes::ATTITUDE)),
            ContentKind::Phrase => {
                frame.animate
                    && (!weak || can(Classes::ATTITUDE))
                    && can(Classes::CALL.and(Classes::NOUN_CONTENT).and(Classes::PREPOSITION))
            }
            ContentKind::Quotation => false,
        },
    }
}

/// Whether the last of some quotations ends with `mark`.
pub(super) fn text_ends_with(regions: &[&Region], text: &str, mark: char) -> bool {
    regions.last().is_some_and(|r| r.inner.ends_with(text, mark))
}

/// How sure a report without a quotation is.
pub(super) fn confidence(frame: &Frame) -> f32 {
    let base: f32 = match frame.kind {
        FrameKind::Verb | FrameKind::According | FrameKind::Mark => 0.92,
        FrameKind::Passive | FrameKind::Noun | FrameKind::Gapped | FrameKind::For => 0.85,
        FrameKind::Seeming => 0.6,
    };
    let weak = if frame.classes.has(Classes::WEAK) {
        0.1
    } else {
        0.0
    };
    let inanimate = if frame.animate { 0.0 } else { 0.2 };
    (base - weak - inanimate).max(0.3)
}

/// Whether the cue is one of asking.
pub(super) fn asks(local: &Local, frame: &Frame) -> bool {
    let last = frame.cue.end.saturating_sub(1);
    frame.cue.clone().any(|i| local.tokens.fold(i) == "asked") || local.tokens.fold(last) == "questioned"
}

/// Whether the words of a region form a sentence: a capital at the start and a finite verb.
pub(super) fn is_sentence(local: &Local, region: &Region) -> bool {
    let words: Vec<usize> = region
        .tokens
        .clone()
        .filter(|i| local.tokens.kind(*i) == TokenKind::Word)
        .collect();
    let Some(first) = words.first() else { return false };
    let capital = matches!(
        local.tokens.shape(*first),
        Shape::Capital | Shape::AllCaps | Shape::Initial
    );
    let verb = |i: &usize| {
        let t = local.tokens.list[*i].tag;
        t.is_finite() || t == Tag::Aux || t == Tag::VerbBase && *i == *first
    };
    capital && words.len() >= 2 && words.iter().any(verb)
}

/// Whether some words are a title in marks and nothing that tells anything: "He named it “Operation Heron”".
pub(super) fn is_title_alone(local: &Local, content: &Range<usize>, frame: &Frame) -> bool {
    let span = local.tokens.span(content.clone());
    let mut titles = local
        .speech
        .titles
        .iter()
        .map(|t| t.0)
        .filter(|t| t.overlap(span) > 0);
    let Some(title) = titles.next() else { return false };
    // "a company called “Cosy Homes” that let flats"
    let begins =
        title.start == span.start && frame.classes.has(Classes::CALL) && frame.cue.end == content.start;
    begins
        || content.clone().all(|i| {
            let t = &local.tokens.list[i];
            title.contains(t.span.start)
                || t.kind != TokenKind::Word
                || matches!(t.tag, Tag::Pron | Tag::Det | Tag::Adp)
        })
}

/// Whether a region stands apart from the clause that reports it: behind a comma or colon, or as a call.
pub(super) fn is_set_off(local: &Local, region: &Region) -> bool {
    let before = region
        .tokens
        .start
        .checked_sub(1)
        .map_or("", |i| local.tokens.fold(i));
    let last = local.tokens.inside(region.inner).next_back();
    let call = matches!(last.map_or("", |i| local.tokens.fold(i)), "!" | "?");
    let clause = || {
        region
            .tokens
            .clone()
            .any(|i| local.tokens.list[i].tag.is_finite() || local.tokens.list[i].tag == Tag::Aux)
    };
    // "He replied: “No.”"
    let told = matches!(last.map_or("", |i| local.tokens.fold(i)), ".");
    call || before == ":" && (region.words > 2 || told) || before == "," && clause()
}

/// Whether a report gives whole sentences in marks and nothing between them and the cue but when and where they were
/// said: "said on Friday “We leave.”"
pub(super) fn is_direct(local: &Local, frame: &Frame, regions: &[&Region]) -> bool {
    let (Some(first), Some(last)) = (regions.first(), regions.last()) else {
        return false;
    };
    let list = &local.tokens.list;
    let plain = |i: usize| {
        !list[i].tag.is_finite()
            && list[i].tag != Tag::Aux
            && !matches!(local.listed(i), "that" | "whether" | "if" | "how")
    };
    let between = frame.cue.end..first.tokens.start;
    let hangs = between
        .clone()
        .next_back()
        .is_some_and(|i| matches!(list[i].tag, Tag::Det | Tag::Adj | Tag::Adp | Tag::Sconj));
    let ends = frame.content.last().is_none_or(|c| c.end <= last.tokens.end + 1);
    frame.side == Side::After
        && frame.kind == FrameKind::Verb
        && frame.classes.has(Classes::SPEECH)
        && !frame.classes.has(Classes::CALL)
        && between.len() <= MAX_BETWEEN
        && !hangs
        && between.into_iter().all(plain)
        && ends
        && regions.iter().all(|r| is_sentence(local, r))
}

/// Most tokens between a cue and the sentence that it reports.
const MAX_BETWEEN: usize = 8;

/// Whether a reader would miss the speaker of a region that has none.
pub(super) fn wants_source(local: &Local, region: &Region, agentless: bool) -> bool {
    region.words >= 7 || region.words >= 4 && is_sentence(local, region) || agentless && region.words >= 5
}

/// Content spans with the marked spans put in where they stick out.
pub(super) fn join_overlapping(mut spans: Vec<DocSpan>, marked: &[DocSpan]) -> Vec<DocSpan> {
    for m in marked {
        match spans.iter_mut().find(|s| s.overlap(*m) > 0) {
            Some(s) => *s = s.join(*m),
            None => spans.push(*m),
        }
    }
    spans.order_by(Ord::cmp);
    spans
}

/// The words of a source phrase: the pronoun of "they’ve", whose verb belongs to the cue.
pub(super) fn source_span(doc: &Doc<'_>, source: &Phrase) -> DocSpan {
    let tokens = &doc.block(source.block).1.tokens;
    let whose = source
        .tokens
        .start
        .checked_sub(1)
        .filter(|t| tokens.fold(*t) == "whose");
    let span = doc.span(&Phrase {
        block: source.block,
        tokens: whose.unwrap_or(source.tokens.start)..source.tokens.end,
    });
    let words = span.text(doc.text);
    let pronoun = words
        .find(['’', '\''])
        .filter(|at| source.tokens.len() == 1 && *at > 0)
        .filter(|at| {
            let classes = Classes::PERSONAL.and(Classes::RELATIVE);
            cue::classes(&fold(&words[..*at])).has(classes)
        });
    pronoun.map_or(span, |at| DocSpan {
        start: span.start,
        end: span.start + at as u32,
    })
}

/// The words of a cue, with the verb of a pronoun right before it: "’ve long said".
pub(super) fn cue_span(doc: &Doc<'_>, block: usize, frame: &Frame) -> DocSpan {
    let phrase = |tokens: &Range<usize>| Phrase {
        block,
        tokens: tokens.clone(),
    };
    let span = doc.span(&phrase(&frame.cue));
    let subject = frame
        .source
        .as_ref()
        .filter(|s| s.end == frame.cue.start && s.len() == 1)
        .map(phrase);
    let Some(subject) = subject else { return span };
    let (pronoun, whole) = (source_span(doc, &subject), doc.span(&subject));
    let start = if pronoun.end < whole.end {
        pronoun.end
    } else {
        span.start
    };
    DocSpan { start, end: span.end }
}
