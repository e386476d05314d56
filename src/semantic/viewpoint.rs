//! Whose view or account something is, without a verb of saying: "in Okoro's view", "by her own account", "in the words of one
//! officer"; what is reportedly so; and what draws criticism from whom.

use std::ops::Range;

use crate::{
    semantic::{
        content::is_clause,
        content_end::clause_end,
        cue::{self, Classes, CueVerb, Form},
        extent,
        frame::{Frame, FrameKind},
        line::{Line, Np, NpKind},
        noun::possessor,
        predicate::{behind_time, view},
        subject,
        verb_group::verb_group,
        verbless::relayed,
    },
    syntax::tag::Tag,
};

/// How many items may stand before the phrase in its sentence.
const MAX_LEFT: usize = 16;

/// "In Okoro's view, …", "by her own account, …", "in the words of one officer, …", from the preposition at item `at`.
pub(super) fn viewpoint(line: &Line<'_>, at: usize) -> Option<Frame> {
    if line.fold(at) == "to" {
        return hears(line, at);
    }
    let np = line.np_starting_at(at + 1)?;
    let held = match line.fold(at) {
        "in" => is_held(line.fold(np.head)),
        "by" => is_told(line.fold(np.head)),
        _ => return None,
    };
    let parted = at == 0 || line.is_comma(at - 1) || at == 1 && line.classes(0).has(Classes::COORDINATOR);
    if !held || !parted {
        return None;
    }
    let of = line.fold(np.items.end) == "of" && np.items.len() == 2 && line.fold(at + 1) == "the";
    let (source, cue, end) = if of {
        let by = line
            .np_starting_at(np.items.end + 1)
            .filter(|by| line.may_speak(by))?;
        let end = extent::extend_right(line, by, false);
        (by.items.start..end, at..np.items.end + 1, end)
    } else {
        let source = possessor(line, np)?;
        // "In her own words" she says it herself, and there is a verb for it.
        if matches!(line.fold(np.head), "words") || !is_somebody(line, &source) {
            return None;
        }
        let cue = source.end..np.items.end;
        (source, cue, np.items.end)
    };
    // What stands before it in a long sentence may be another clause.
    let mark = |i: usize| line.is_comma(i) || line.is_dash(i) || matches!(line.fold(i), ";" | ":");
    let near = at < MAX_LEFT && !(0..at.saturating_sub(1)).any(mark);
    let closes = near && (line.is_comma(end) || line.is_stop(end) && at > 0);
    closes.then(|| relayed(line, at..end, cue, source)).flatten()
}

/// Whether those to whom something belongs can speak: "Okoro's", "the city council's", "her".
fn is_somebody(line: &Line<'_>, owner: &Range<usize>) -> bool {
    let mark = usize::from(owner.len() > 1);
    let head = owner.end.saturating_sub(1 + mark);
    line.tag(head) == Tag::Propn && !line.classes(head).has(Classes::TIME)
        || line.classes(head).has(Classes::POSSESSIVE)
        || line.is_animate(head)
}

/// Nouns before which "in" says whose view something is.
fn is_held(word: &str) -> bool {
    matches!(
        word,
        "view" | "opinion" | "words" | "telling" | "estimation" | "eyes" | "judgment" | "judgement"
    )
}

/// Nouns before which "by" says whose account something is.
fn is_told(word: &str) -> bool {
    matches!(
        word,
        "account" | "admission" | "reckoning" | "telling" | "estimate" | "count"
    )
}

/// "To hear Okoro tell it, …"
fn hears(line: &Line<'_>, at: usize) -> Option<Frame> {
    let np = line
        .np_starting_at(at + 2)
        .filter(|_| line.fold(at + 1) == "hear")?;
    let tell = np.items.end;
    let told = line.fold(tell) == "tell" && line.fold(tell + 1) == "it" && line.is_comma(tell + 2);
    told.then(|| relayed(line, at..tell + 2, tell..tell + 2, np.items.clone()))
        .flatten()
}

/// "He has reportedly left": what nobody in particular says.
pub(super) fn reportedly(line: &Line<'_>, at: usize) -> Option<Frame> {
    if !matches!(line.fold(at), "reportedly" | "allegedly") {
        return None;
    }
    let mut content = Vec::new();
    let verb = (at + 1..line.len()).find(|i| !line.is_adverb(*i))?;
    if at == 0 {
        let from = at + 1 + usize::from(line.is_comma(at + 1));
        if !is_clause(line, from..clause_end(line, from)) {
            return None;
        }
        content.push(from..clause_end(line, from));
    } else {
        // Between auxiliary and verb, or between subject and verb.
        let first = (0..at)
            .rev()
            .take_while(|i| line.is_aux(*i) || line.is_adverb(*i))
            .last()
            .unwrap_or(at);
        let acts = line.is_verb(verb) || line.is_aux(verb) || first < at && line.is_adp(verb);
        // "Reportedly said": the verb of saying has a source.
        let says = cue::verb(line.fold(verb))
            .is_some_and(|v| v.classes.has(Classes::SPEECH) && !v.classes.has(Classes::WEAK));
        let (subject, _) = subject::before(line, first).filter(|_| acts && !says)?;
        // "The man who allegedly shot her": whom it is said of stands outside the clause.
        let relative = line
            .np_starting_at(subject.start)
            .is_some_and(|np| np.kind == NpKind::Relative);
        if relative || subject.end < first {
            content.extend((!relative).then_some(subject));
            content.extend((first < at).then_some(first..at));
        } else {
            content.push(subject.start..at);
        }
        content.push(at + 1..clause_end(line, at + 1));
    }
    let mut found = view(line, at..at + 1, None, content, FrameKind::Seeming);
    // Whoever says something in it says it all the same.
    found.classes = Classes::FREE;
    Some(found)
}

/// "It emerged on Friday that …", "it was announced that …", "…, it is claimed", from the "it" at item `at`: what is said by nobody
/// in particular.
pub(super) fn impersonal(line: &Line<'_>, at: usize) -> Option<Frame> {
    if line.fold(at) != "it" {
        return None;
    }
    let first = at + 1;
    let verb = (first..line.len().min(first + 4)).find(|i| !line.is_aux(*i) && !line.is_adverb(*i))?;
    let emerged = matches!(
        line.fold(verb),
        "emerged" | "emerges" | "transpired" | "transpires"
    );
    let be = (first..verb).any(|i| line.is_be(i));
    let said = cue::verb(line.fold(verb)).filter(|v| {
        be && v.form != Form::Ing
            && v.classes.has(Classes::THAT)
            && v.classes.has(Classes::SPEECH.and(Classes::EVIDENTIAL))
    });
    // "It should be noted that": the narrator's own.
    if !emerged && said.is_none() || matches!(line.fold(first), "should" | "must" | "can" | "could") {
        return None;
    }
    let next = behind_time(line, verb + 1);
    let comma = at.checked_sub(1).filter(|c| line.is_comma(*c));
    let mut content = Vec::new();
    if line.fold(next) == "that" && line.tag(next) == Tag::Sconj {
        // What is expected or known is found as such.
        if said.is_some_and(|v| v.classes.has(Classes::EVIDENTIAL)) {
            return None;
        }
        content.push(next..clause_end(line, next));
    } else {
        let left = 0..comma?;
        let goes_on = line.is_comma(next) && (line.is_aux(next + 1) || line.tag(next + 1).is_finite());
        if !line.is_stop(next) && !goes_on || !goes_on && !is_clause(line, left.clone()) {
            return None;
        }
        content.push(left);
        content.extend(goes_on.then(|| next + 1..clause_end(line, next + 1)));
    }
    let start = if emerged { at } else { first };
    Some(view(line, start..verb + 1, None, content, FrameKind::Seeming))
}

/// "The plan drew sharp criticism from dockers": who says it of what, from the verb at item `at`.
pub(super) fn drawn(line: &Line<'_>, at: usize) -> Option<Frame> {
    let noun = line.np_starting_at(at + 1)?;
    let from = noun.items.end;
    let criticized = draws(line.fold(at))
        && line.fold(from) == "from"
        && line
            .classes(noun.head)
            .has(Classes::CUE_NOUN_ACT.and(Classes::CUE_NOUN_VIEW))
        && noun.head + 1 == from;
    let by = line
        .np_starting_at(from + 1)
        .filter(|np| criticized && speaks(line, np))?;
    let group = verb_group(line, at, Form::Past);
    let (topic, _) = subject::before(line, group.items.start).filter(|_| !group.passive && !group.negated)?;
    let relative = line
        .np_starting_at(topic.start)
        .is_some_and(|np| np.kind == NpKind::Relative);
    let end = extent::extend_right(line, by, true);
    // "Opposition from neighbors to his plan".
    let matter = |i: &usize| matches!(line.fold(*i), "to" | "over" | "for");
    let end = (by.items.end..end).find(matter).unwrap_or(end);
    let source = by.items.start..end;
    (!relative).then(|| {
        view(
            line,
            group.items.start..from,
            Some(source),
            [topic],
            FrameKind::Passive,
        )
    })
}

fn draws(word: &str) -> bool {
    matches!(
        word,
        "draw"
            | "draws"
            | "drew"
            | "drawn"
            | "drawing"
            | "face"
            | "faced"
            | "attracted"
            | "provoked"
            | "earned"
            | "won"
    )
}

fn speaks(line: &Line<'_>, np: &Np) -> bool {
    line.may_speak(np) && np.kind != NpKind::Time
}

/// "Cast him as a hero", "charged them with theft": whether `verb` calls whoever begins at item `at` so, which it does only with
/// its preposition behind.
pub(super) fn calls_so(line: &Line<'_>, at: usize, verb: CueVerb) -> bool {
    let calls = verb.classes.has(Classes::CALL) && verb.classes.has(Classes::WEAK);
    let Some(np) = line.np_starting_at(at).filter(|_| calls) else {
        return false;
    };
    let ballot = matches!(
        line.fold(np.head),
        "vote" | "votes" | "ballot" | "ballots" | "doubt" | "doubts"
    );
    let behind = extent::extend_right(line, np, false);
    !ballot && verb.hands_over(line.fold(behind)) && !line.is_stop(behind + 1)
}
