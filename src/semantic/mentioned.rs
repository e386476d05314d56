//! Reports that a sentence only mentions: what somebody is faulted for saying, whether somebody wants a thing, what one
//! says he thinks. They are no reports of their own.

use crate::{
    semantic::{
        content::quotes_in,
        cue::{self, Classes},
        frame::{ContentKind, Frame, FrameKind, Side},
        line::Line,
    },
    syntax::tag::Tag,
};

/// Whether a frame without marks only mentions what is said or thought.
pub(super) fn is_mentioned(line: &Line<'_>, frame: &Frame) -> bool {
    frame.kind == FrameKind::Verb
        && frame.side == Side::After
        && !quotes_in(line, &frame.content)
        && (is_behind_preposition(line, frame) || is_asked(line, frame))
}

/// "Faulted Holm for saying that it was safe", "left without naming anybody": a deed, whose words are not what is told. How
/// somebody did a thing ("answered by saying") and when ("after saying") is.
fn is_behind_preposition(line: &Line<'_>, frame: &Frame) -> bool {
    let start = line.item_at(frame.cue.start);
    let verb = (start..line.len()).find(|i| !line.is_adverb(*i)).unwrap_or(start);
    let before = start.checked_sub(1).map_or("", |p| line.fold(p));
    line.tag(verb) == Tag::VerbIng
        && matches!(
            before,
            "for" | "of" | "without" | "from" | "about" | "on" | "with" | "against"
        )
}

/// "It is not clear whether Holm supports it".
fn is_asked(line: &Line<'_>, frame: &Frame) -> bool {
    let before = frame.source.as_ref().and_then(|s| s.start.checked_sub(1));
    let thought = frame.classes.has(Classes::WEAK.and(Classes::ATTITUDE));
    thought && before.is_some_and(|t| line.local.tokens.fold(t) == "whether")
}

/// "Holm said she believes “…”": what somebody says he thinks is what he says.
pub(super) fn drop_thoughts(line: &Line<'_>, found: &mut Vec<Frame>) {
    let tokens = &line.local.tokens;
    let said: Vec<(usize, usize)> = found
        .iter()
        .filter(|f| {
            f.kind == FrameKind::Verb
                && f.side == Side::After
                && f.content_kind == ContentKind::Clause
                && f.animate
                && !f.negated
                && f.source.is_some()
                && f.classes.has(Classes::SPEECH)
                && f.classes.has(Classes::THAT)
                && !f.classes.has(Classes::WEAK)
        })
        .filter_map(|f| f.content.last().map(|c| (f.content[0].start, c.end)))
        .collect();
    found.retain(|f| {
        let Some(source) = f.source.as_ref().filter(|s| s.len() == 1) else {
            return true;
        };
        let pronoun = cue::classes(tokens.fold(source.start)).has(Classes::PERSONAL);
        let thinks = f.kind == FrameKind::Verb && f.side == Side::After && f.classes.has(Classes::ATTITUDE);
        let end = f.content.last().map_or(f.cue.end, |c| c.end);
        let opens =
            |from: usize| from == source.start || from + 1 == source.start && tokens.fold(from) == "that";
        !(pronoun && thinks && said.iter().any(|(from, to)| opens(*from) && end <= *to))
    });
}
