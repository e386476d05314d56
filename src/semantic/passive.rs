//! The frame of a cue verb in the passive: "was described by Okoro as “…”".

use crate::{
    semantic::{
        content::is_clause,
        content_end::{clause_end, phrase_end},
        cue::{self, Classes, CueVerb, Form},
        extent,
        frame::{ContentKind, Frame, FrameKind, Side},
        line::{Line, NpKind},
        subject::{self, Subject},
    },
    syntax::tag::Tag,
};

pub(super) fn passive_frame(line: &Line<'_>, at: usize, verb: CueVerb, subject: &Subject) -> Option<Frame> {
    // "called on the government to “act”": no passive, whatever the tagger thinks.
    // "Members protested by shouting": the tagger takes the past for a participle.
    let by_doing = line.fold(at + 1) == "by" && line.tag(at + 2) == Tag::VerbIng && subject.group.len() == 1;
    let calls_on = by_doing || verb.classes.has(Classes::CALL) && matches!(line.fold(at + 1), "on" | "upon");
    if calls_on || !verb.classes.has(Classes::CALL.and(Classes::SPEECH)) {
        return None;
    }
    if let Some(frame) = told(line, at, verb, subject) {
        return Some(frame);
    }
    let end = clause_end(line, at + 1);
    // The agent: "by" and somebody who can speak, before any other verb.
    let to_be = usize::from(line.fold(at + 1) == "to" && line.fold(at + 2) == "be") * 2;
    let other_verb = (at + 1 + to_be..end)
        .find(|i| {
            !line.is_quote(*i)
                && (line.tag(*i).is_finite() || line.is_aux(*i) || line.tag(*i) == Tag::VerbPart)
        })
        .unwrap_or(end);
    let agent = (at + 1..other_verb.min(line.len())).find_map(|i| {
        (line.fold(i) == "by")
            .then(|| line.np_starting_at(i + 1))
            .flatten()
            .filter(|np| {
                // "described by the bishops' conference as": whoever calls it so can speak.
                line.may_speak(np) || np.kind == NpKind::Common && line.fold(np.items.end) == "as"
            })
            .map(|np| (i, np))
    });
    let source = agent.map(|(_, np)| np.items.start..extent::extend_right(line, np, true));
    let mut from = at + 1;
    if let (Some((by, _)), Some(s)) = (agent, &source)
        && by == at + 1
    {
        from = s.end;
    }
    while line.is_adverb(from) {
        from += 1;
    }
    // "The staff were told: “…”".
    if (line.is_comma(from) || line.fold(from) == ":") && line.is_quote(from + 1) {
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
    // "Was described by Roy as “a tax” and drew a rebuke": what it is called is a phrase, in marks or not.
    let phrase = verb.classes.has(Classes::CALL) || !(from..to).any(|i| line.is_quote(i));
    if (agent.is_some() || verb.classes.has(Classes::CALL)) && phrase && from < to {
        to = phrase_end(line, from, to);
    }
    if subject.group.len() == 1 && agent.is_some() {
        to = verb_of_described(line, from, to).unwrap_or(to);
    }
    // "The plan was criticized by Roy, who said that it was late": what he goes on to say is not what he criticized.
    let told_apart = source.is_some() && !(from..to).any(|i| line.is_quote(i));
    // "Criticized by Roy in a speech": where it was does not matter either.
    let placed = matches!(
        line.fold(from),
        "in" | "on" | "at" | "during" | "after" | "before" | "when" | "while"
    ) || line
        .np_starting_at(from)
        .is_some_and(|np| np.kind == NpKind::Time);
    if told_apart && (line.is_comma(from) || placed) && at > 1 {
        return None;
    }
    // "As reported by The Herald, the bank failed."
    if at == 1
        && line.fold(0) == "as"
        && line.is_comma(from)
        && let Some(source) = &source
    {
        return Some(Frame {
            cue: line.tokens(at..at + 1),
            animate: true,
            source: Some(line.tokens(source.clone())),
            antecedent: None,
            content: vec![line.tokens(from + 1..clause_end(line, from + 1))],
            kind: FrameKind::According,
            side: Side::After,
            content_kind: ContentKind::Clause,
            classes: verb.classes,
            negated: false,
        });
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

/// "A practice criticized by Roy has ended": the verb behind is that of what the participle describes.
fn verb_of_described(line: &Line<'_>, from: usize, to: usize) -> Option<usize> {
    let mut clauses = 0_usize;
    let verb = (from..to.min(line.len())).find(|i| {
        if line.is_quote(*i) {
            return false;
        }
        clauses += usize::from(
            line.classes(*i).has(
                Classes::RELATIVE
                    .and(Classes::SUBORDINATOR)
                    .and(Classes::QUESTION),
            ) || line.fold(*i) == "that",
        );
        let verb = line.tag(*i).is_finite() || line.is_aux(*i) && !line.is_aux(i.wrapping_sub(1));
        let own = verb && clauses > 0;
        clauses -= usize::from(own);
        verb && !own
    })?;
    // "Asked by Roy whether it was so, Okoro laughed": with the subject that stands before it.
    Some((from..verb).rev().find(|i| line.is_comma(*i)).unwrap_or(verb))
}

/// "“Why?” the mayor was asked on Friday by a reader", "Why? he was asked": the words before, and who said them if anybody
/// is named.
fn told(line: &Line<'_>, at: usize, verb: CueVerb, subject: &Subject) -> Option<Frame> {
    let (listener, _) =
        subject::before(line, subject.group.start).filter(|_| verb.classes.has(Classes::ADDRESSEE))?;
    let mut quote = listener.start.checked_sub(1)?;
    if line.is_comma(quote) {
        quote = quote.checked_sub(1)?;
    }
    let close = (at + 1..line.len())
        .find(|i| line.is_quote(*i) || line.tag(*i).is_finite() || line.fold(*i) == "that");
    let question = line.fold(quote) == "?";
    // "The ship sank in minutes, the inquest was told."
    let trails = || {
        listener.start == quote + 2
            && line.is_stop(at + 1)
            && is_clause(line, 0..quote + 1)
            && !(0..quote).any(|i| line.is_comma(i))
    };
    let clause = question || !line.is_quote(quote) && trails();
    if !line.is_quote(quote) && !clause || close.is_some() {
        return None;
    }
    let content = if clause {
        (0..quote + 1, ContentKind::Clause)
    } else {
        (quote..quote + 1, ContentKind::Quotation)
    };
    let by = (at + 1..line.len()).find(|i| line.fold(*i) == "by");
    let agent = by
        .and_then(|by| line.np_starting_at(by + 1))
        .filter(|np| line.may_speak(np));
    let source = agent.map(|np| line.tokens(np.items.start..extent::extend_right(line, np, true)));
    Some(Frame {
        cue: line.tokens(subject.group.start..at + 1),
        animate: true,
        source,
        antecedent: None,
        content: vec![line.tokens(content.0)],
        kind: FrameKind::Passive,
        side: Side::Before,
        content_kind: content.1,
        classes: verb.classes,
        negated: subject.negated,
    })
}

/// Whether the verb at item `i` begins a passive by which its subject is asked or told something: "“Why?” she was asked".
pub(super) fn is_told(line: &Line<'_>, i: usize) -> bool {
    let participle = (i + 1..line.len()).find(|k| !line.is_adverb(*k));
    let told = participle.and_then(|k| cue::verb(line.fold(k)));
    (line.is_be(i) || line.classes(i).has(Classes::HAVE) && participle.is_some_and(|k| line.is_be(k)))
        && told.is_some_and(|v| v.classes.has(Classes::ADDRESSEE) && v.form == Form::Past)
}
