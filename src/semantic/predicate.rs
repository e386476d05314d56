//! Reports without a verb of saying: what seems so, what is expected or known, what somebody is sure of or
//! critical of, and what was asked or praised by whom. They are views: they give indirect attributions and
//! never decide whose a quotation is.

use std::ops::Range;

use crate::{
    semantic::{
        content_end::{clause_end, infinitive, phrase_end},
        cue::{self, Classes, Form},
        frame::{ContentKind, Frame, FrameKind, Side},
        line::{Item, Line, NpKind},
        noun, subject,
        told::passive,
        verb_group::{Group, verb_group},
        viewpoint::{drawn, impersonal, reportedly},
    },
    syntax::tag::Tag,
};

/// Finds the views of one sentence, in the order of their cues.
pub(super) fn views(line: &Line<'_>) -> Vec<Frame> {
    let mut found = Vec::new();
    for i in 0..line.len() {
        if line.is_quote(i) {
            continue;
        }
        if let Some(verb) = line.verb(i).filter(|_| line.is_verb(i)) {
            if verb.classes.has(Classes::RAISING) {
                found.extend(seeming(line, i, verb.form));
            } else if matches!(verb.form, Form::Past | Form::Participle) {
                // "Not everyone is convinced the plan will hold".
                found.extend(passive(line, i, verb).or_else(|| adjective(line, i)));
            }
        } else if line.tag(i) == Tag::Adj || line.tag(i) == Tag::VerbPart {
            found.extend(adjective(line, i));
        } else if line.classes(i).has(Classes::HAVE) {
            found.extend(holding(line, i));
        }
        found.extend(
            reportedly(line, i)
                .or_else(|| drawn(line, i))
                .or_else(|| impersonal(line, i)),
        );
    }
    for frame in &mut found {
        end_in_aside(line, frame);
    }
    found.retain(|f| {
        f.content.iter().all(|c| c.start < c.end) && !f.content.is_empty() && !holds_quote(line, f)
    });
    found
}

/// "Roy, whose defeat was seen as a blow, said", "Roy, long known as a rival, said": what is told between commas ends with
/// them, before the verb of the clause around.
fn end_in_aside(line: &Line<'_>, frame: &mut Frame) {
    let cue = line.item_at(frame.cue.start);
    let before = frame
        .source
        .iter()
        .chain(frame.content.first())
        .find(|c| c.end <= frame.cue.start);
    let relative = before.map(|c| line.item_at(c.start)).and_then(|i| {
        let whose = i.checked_sub(1).filter(|w| line.fold(*w) == "whose");
        whose.or(Some(i).filter(|i| line.classes(*i).has(Classes::RELATIVE)))
    });
    let opens = relative.unwrap_or(cue);
    if opens < 2 || !line.is_comma(opens - 1) {
        return;
    }
    let main = |comma: usize| {
        let verb = (comma + 1..line.len()).find(|i| !line.is_adverb(*i));
        verb.is_some_and(|v| line.tag(v).is_finite() || line.is_aux(v))
    };
    let close = (line.item_at(frame.cue.end)..line.len()).find(|i| line.is_comma(*i) && main(*i));
    let Some(close) = close else { return };
    // The mark that closes a title stands behind its comma.
    let titled = line.items.get(close - 1).is_some_and(Item::is_title);
    let comma = line.tokens(close..close + 1);
    let end = if titled { comma.end } else { comma.start };
    for content in frame.content.iter_mut().filter(|c| c.start >= frame.cue.end) {
        content.end = content.end.min(end).max(content.start);
    }
}

fn holds_quote(line: &Line<'_>, frame: &Frame) -> bool {
    line.items.iter().any(|x| {
        x.region.is_some()
            && frame
                .content
                .iter()
                .any(|c| c.start < x.end as usize && (x.first as usize) < c.end)
    })
}

pub(super) fn view(
    line: &Line<'_>,
    cue: Range<usize>,
    source: Option<Range<usize>>,
    content: impl IntoIterator<Item = Range<usize>>,
    kind: FrameKind,
) -> Frame {
    Frame {
        cue: line.tokens(cue),
        source: source.map(|s| line.tokens(s)),
        antecedent: None,
        content: content.into_iter().map(|c| line.tokens(c)).collect(),
        kind,
        side: Side::After,
        content_kind: ContentKind::Phrase,
        classes: Classes::default(),
        negated: false,
        animate: true,
    }
}

/// The phrase before a verb group as part of the content; nothing for an empty "it" or "there".
pub(super) fn topic(line: &Line<'_>, group: &Group) -> Option<Option<Range<usize>>> {
    let (range, _) = subject::before(line, group.items.start)?;
    let empty = range.len() == 1 && matches!(line.fold(range.start), "it" | "there");
    Some((!empty).then_some(range))
}

/// "Roy has doubts about the plan", "they had no intention of leaving".
fn holding(line: &Line<'_>, at: usize) -> Option<Frame> {
    let np = line
        .np_starting_at(at + 1)
        .filter(|np| line.classes(np.head).has(noun::NOUN_CUES) && np.head + 1 == np.items.end)?;
    let (cue_end, from) = noun::handed_over(line, np)?;
    let group = verb_group(line, at, Form::Present);
    let (source, antecedent) = subject::before(line, group.items.start)?;
    if !subject::may_speak(line, &source) {
        return None;
    }
    let end = noun::handed_end(line, from);
    let mut frame = view(
        line,
        group.items.start..cue_end,
        Some(source),
        Some(from..end),
        FrameKind::Verb,
    );
    frame.antecedent = antecedent.map(|a| line.tokens(a));
    Some(frame)
}

/// "The talks seemed to be over", "it appears that …".
fn seeming(line: &Line<'_>, at: usize, form: Form) -> Option<Frame> {
    let group = verb_group(line, at, form);
    // "The donors appear to": the present of a plural looks like the infinitive.
    if !group.finite && line.tag(at) != Tag::VerbPres || group.passive {
        return None;
    }
    let topic = topic(line, &group)?;
    // "A system that seems rigged": what kind of system it is.
    if topic
        .as_ref()
        .is_some_and(|t| t.len() == 1 && line.fold(t.start) == "that")
    {
        return None;
    }
    let next = at + 1;
    let word = line.fold(next);
    let complement = infinitive(line, next).is_some()
        || matches!(word, "that" | "like")
        || word == "as" && matches!(line.fold(next + 1), "if" | "though")
        || matches!(line.tag(next), Tag::Adj | Tag::VerbPart)
        || line.is_adverb(next) && (line.tag(next + 1) == Tag::Adj || line.fold(next + 1) == "to")
        || topic.is_none() && line.np_starting_at(next).is_some();
    if !complement {
        return None;
    }
    let mut content = Vec::new();
    content.extend(topic);
    content.push(next..clause_end(line, next));
    Some(view(
        line,
        group.items.start..at + 1,
        None,
        content,
        FrameKind::Seeming,
    ))
}

/// "Asked by Okoro on Monday about it": the first item behind the times at item `at`.
pub(super) fn behind_time(line: &Line<'_>, at: usize) -> usize {
    let time = |i: usize| line.np_starting_at(i).filter(|np| np.kind == NpKind::Time);
    let placed = line.is_adp(at).then(|| time(at + 1)).flatten();
    time(at).or(placed).map_or(at, |np| np.items.end)
}

/// "Okoro is sure that it will hold", "critics are wary of the plan", "it is unclear whether …".
fn adjective(line: &Line<'_>, at: usize) -> Option<Frame> {
    let row = cue::adjective(line.fold(at))?;
    let group = verb_group(line, at, Form::Participle);
    let linked = group.items.start < at
        && (group.items.start..at).any(|i| {
            line.is_be(i) || cue::verb(line.fold(i)).is_some_and(|v| v.classes.has(Classes::LINK_VERB))
        });
    let start = if linked {
        group.items.start
    } else {
        // "seems confident that", "felt sure that".
        let verb = (at.saturating_sub(2)..at).find(|i| {
            cue::verb(line.fold(*i)).is_some_and(|v| v.classes.has(Classes::LINK_VERB)) && line.is_verb(*i)
        })?;
        verb_group(line, verb, cue::verb(line.fold(verb))?.form)
            .items
            .start
    };
    let (source, antecedent) = subject::before(line, start)?;
    let empty = source.len() == 1 && matches!(line.fold(source.start), "it" | "this" | "that");
    if !empty && !subject::may_speak(line, &source) {
        return None;
    }
    let next = at + 1;
    let word = line.fold(next);
    let clause = word == "that" || line.classes(next).has(Classes::QUESTION);
    let subject_behind = row.clause
        && !empty
        && line
            .np_starting_at(next)
            .is_some_and(|np| line.tag(np.items.end).is_finite() || line.is_aux(np.items.end));
    let to = infinitive(line, next).is_some() && row.infinitive && !empty;
    // "It is unclear whether" is the narrator's own.
    if empty && row.personal {
        return None;
    }
    let (cue_end, from) = if clause && row.clause || to {
        (next, next)
    } else if row.hands_over(word) && !empty && next + 1 < line.len() {
        (next + 1, next + 1)
    } else if subject_behind {
        (next, next)
    } else {
        return None;
    };
    let cue_start = if empty { source.start } else { start };
    let end = if from > next {
        phrase_end(line, from, clause_end(line, from))
    } else {
        clause_end(line, from)
    };
    let mut frame = view(
        line,
        cue_start..cue_end,
        (!empty).then_some(source),
        Some(from..end),
        if empty {
            FrameKind::Seeming
        } else {
            FrameKind::Verb
        },
    );
    frame.antecedent = antecedent.map(|a| line.tokens(a));
    Some(frame)
}
