//! Where the words of a cue begin: before its verb and auxiliaries may stand what was put out ("issued a statement saying"),
//! the passive that hands over ("was quoted as saying"), and a verb with the same object ("mocked and insulted").

use crate::{
    semantic::{
        cue::{self, Classes, Form},
        line::{Line, Np, NpKind},
        verb_group::verb_group,
    },
    syntax::tag::Tag,
};

/// The first item of the cue whose verb stands at item `at` in a group that begins at item `start`; with `object`, a phrase
/// behind the verb is what is told.
pub(super) fn cue_start(line: &Line<'_>, start: usize, at: usize, form: Form, object: bool) -> usize {
    statement_before(line, start, form)
        .or_else(|| quoted_before(line, start))
        .or_else(|| joined_before(line, start, at, form).filter(|_| object))
        .unwrap_or(start)
}

/// "Mocked and insulted the board": where the verb begins that has its object together with the one at item `at`.
fn joined_before(line: &Line<'_>, start: usize, at: usize, form: Form) -> Option<usize> {
    let and = start
        .checked_sub(1)
        .filter(|a| matches!(line.fold(*a), "and" | "or"))?;
    let past = |i: usize| matches!(line.tag(i), Tag::VerbPast | Tag::VerbPart);
    let alike = |o: usize| line.is_verb(o) && (line.tag(o) == line.tag(at) || past(o) && past(at));
    let other = and.checked_sub(1).filter(|o| alike(*o))?;
    let tells = Classes::NOUN_CONTENT.and(Classes::CALL);
    let verb = cue::verb(line.fold(other)).filter(|v| v.form == form && v.classes.has(tells))?;
    Some(verb_group(line, other, verb.form).items.start)
}

/// Whether a noun phrase is of something written: "the poll", "an average of polls".
pub(super) fn is_document(line: &Line<'_>, np: &Np) -> bool {
    const WRITTEN: Classes = Classes::DOCUMENT.and(Classes::CUE_NOUN_DOCUMENT);
    let many = matches!(line.fold(np.head), "average" | "series" | "number" | "string")
        && line.fold(np.items.end) == "of";
    let of = many.then(|| line.np_starting_at(np.items.end + 1)).flatten();
    let written = |np: &Np| {
        let word = line.fold(np.head);
        line.classes(np.head).has(WRITTEN)
            || cue::classes(word.strip_suffix('s').unwrap_or(word)).has(WRITTEN)
    };
    line.classes(np.head).has(WRITTEN) || of.is_some_and(written)
}

/// "Issued a statement on Monday saying": where the verb group begins that puts out what the participle reports.
fn statement_before(line: &Line<'_>, start: usize, form: Form) -> Option<usize> {
    if form != Form::Ing {
        return None;
    }
    let mut end = start;
    if end > 0 && line.is_comma(end - 1) {
        end -= 1;
    }
    while let Some(time) = line.np_ending_at(end).filter(|np| np.kind == NpKind::Time) {
        end = time.governed.unwrap_or(time.items.start);
    }
    let mut np = line.np_ending_at(end)?;
    while let Some(outer) = np.governed.and_then(|p| line.np_ending_at(p)) {
        np = outer;
    }
    let np = Some(np).filter(|np| is_document(line, np))?;
    // "Put out a statement saying".
    let verb = np.items.start.checked_sub(1)?;
    let particle = usize::from(matches!(line.fold(verb), "out" | "back"));
    let verb = verb.checked_sub(particle).filter(|v| line.is_verb(*v))?;
    let light = cue::verb(line.fold(verb)).filter(|v| v.classes.has(Classes::LIGHT))?;
    let group = verb_group(line, verb, light.form);
    // "It said it would not be able to file the report, warning": nothing was put out.
    (!group.chained).then_some(group.items.start)
}

/// "Was quoted as saying": where the passive begins that hands over to the participle at item `start`.
fn quoted_before(line: &Line<'_>, start: usize) -> Option<usize> {
    let quoted = start.checked_sub(2).filter(|q| line.fold(q + 1) == "as")?;
    let verb = cue::verb(line.fold(quoted)).filter(|v| v.classes.has(Classes::NOUN_CONTENT))?;
    let group = verb_group(line, quoted, verb.form);
    (group.passive && group.items.start < quoted).then_some(group.items.start)
}
