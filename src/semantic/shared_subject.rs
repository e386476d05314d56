//! The subject that a verb shares with one before it.

use std::ops::Range;

use crate::{
    semantic::{
        climb::leftmost_of_group,
        cue::{self, Classes, Form},
        line::{Line, NpKind},
        subject::{MAX_VERBS, before_at_depth, inverted, may_speak},
    },
    syntax::tag::Tag,
};

/// The subject of a verb that is coordinated with an earlier one: "Okoro shrugged and said".
pub(super) fn coordinated(
    line: &Line<'_>,
    and: usize,
    depth: u8,
) -> Option<(Range<usize>, Option<Range<usize>>)> {
    let mut i = and;
    let mut verbs = 0;
    while i > 0 && verbs < MAX_VERBS {
        i -= 1;
        if line.is_quote(i) {
            continue;
        }
        if line.fold(i) == ";" {
            return None;
        }
        // "Roy, speaking in Oslo, called it “a farce” and said": the tagger takes some for participles.
        let called = line.tag(i) == Tag::VerbPart
            && i > 0
            && line.is_comma(i - 1)
            && line.fold(i + 1) != "by"
            && cue::verb(line.fold(i)).is_some_and(|v| v.form == Form::Past);
        let finite = (line.is_predicate(i) || called) && !line.is_aux(i.wrapping_sub(1));
        if !finite {
            continue;
        }
        verbs += 1;
        let group_start = leftmost_of_group(line, i);
        if let Some((range, antecedent)) = before_at_depth(line, group_start, depth + 1) {
            let relative = line
                .np_starting_at(range.start)
                .is_some_and(|np| np.kind == NpKind::Relative);
            // "He said he was late and promised to stay": both are his; a pronoun in what was said shares nothing.
            let pronoun = range.len() == 1 && line.classes(range.start).has(Classes::PERSONAL);
            let reporter = range.start.checked_sub(1).map(|p| {
                if line.fold(p) == "that" {
                    p.saturating_sub(1)
                } else {
                    p
                }
            });
            let reported = pronoun
                && reporter.is_some_and(|p| {
                    line.tag(p).is_finite()
                        && cue::verb(line.fold(p)).is_some_and(|v| v.classes.has(Classes::THAT))
                });
            // "The court found that the law was void, ordered a vote and rejected the appeal": no law does that.
            let paper = verbs > 1
                && range.start > 1
                && line.fold(range.start - 1) == "that"
                && cue::verb(line.fold(range.start - 2)).is_some()
                && line.np_starting_at(range.start).is_some_and(|np| {
                    np.kind == NpKind::Common
                        && line.classes(np.head).has(Classes::DOCUMENT)
                        && !line.classes(np.head).has(Classes::BODY)
                        && !line.is_animate(np.head)
                });
            if reported || paper || reporter.is_some_and(|p| stands_beside(line, p, and)) {
                i = range.start;
                continue;
            }
            // "the minister, who resigned in May, and said": a relative clause closed by a comma is passed over.
            if relative && line.is_comma(and.wrapping_sub(1)) {
                i = range.start;
                continue;
            }
            if may_speak(line, &range) {
                return Some((range, antecedent));
            }
            i = range.start;
            continue;
        }
        if let Some(source) = inverted(line, i, &(i..i + 1)) {
            return Some((source, None));
        }
    }
    None
}

/// Whether the verb behind `and` goes on with the report of the verb `reporter`, and not with what is reported there: "The
/// channel claims that the firm obeys, and asserts that the minister knew". Both are of one form and take "that";
/// where a comma stands for "and" only in the present, for what somebody did in the past is told so as well ("Roy said that
/// the man came in, said he was armed and left").
fn stands_beside(line: &Line<'_>, reporter: usize, and: usize) -> bool {
    let Some(at) = (and + 1..line.len()).find(|&i| line.tag(i) != Tag::Adv) else {
        return false;
    };
    let (Some(first), Some(next)) = (cue::verb(line.fold(reporter)), cue::verb(line.fold(at))) else {
        return false;
    };
    let speaks = |v: &cue::CueVerb| v.classes.has(Classes::SPEECH) && v.classes.has(Classes::THAT);
    let that = line.fold(at + 1) == "that" || line.is_comma(and) && first.form != Form::Past;
    line.fold(reporter + 1) == "that"
        && line.tag(reporter).is_finite()
        && line.tag(at).is_finite()
        && first.form == next.form
        && speaks(&first)
        && speaks(&next)
        && that
}
