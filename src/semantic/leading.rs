//! Who speaks where grammar finds nobody right before the verb: the phrase that opens the sentence, or the clause behind
//! a participle that does.

use std::ops::Range;

use crate::{
    semantic::{
        content_end::ends_inside_with_comma,
        cue::{Classes, CueVerb, Form},
        extent::extend_right,
        line::{Line, Np, NpKind},
        subject::may_speak,
    },
    syntax::tag::Tag,
};

/// A source, and what it stands for if it is a relative pronoun.
type Source = (Range<usize>, Option<Range<usize>>);

/// "Speaking to reporters, Hartmann …", "By voting no, he …": the subject of the clause behind a participle that
/// opens the sentence.
pub(super) fn following(line: &Line<'_>, start: usize) -> Option<Source> {
    // The comma may stand inside the marks: "Deploring the “leaky gate,” Hartmann …".
    let comma = (start..line.len()).find(|i| {
        line.is_comma(*i)
            || line.is_quote(*i) && ends_inside_with_comma(line, *i) && line.np_starting_at(i + 1).is_some()
    })?;
    let np = line
        .np_starting_at(comma + 1)
        .filter(|np| !matches!(np.kind, NpKind::Time | NpKind::Relative))?;
    Some((np.items.start..extend_right(line, np, false), None))
}

/// Whether a verb says that something is so, whoever its subject is: "said", "adding that".
const fn tells(verb: CueVerb) -> bool {
    let can = verb.classes;
    can.has(Classes::SPEECH) && can.has(Classes::THAT) && !can.has(Classes::WEAK)
}

/// "A spokeswoman for the bank declined to say, adding that …", "Rita Holm, in boots bought in Halm, said …": the phrase
/// that opens the sentence, for a `verb` of telling that starts at item `start` behind a comma or an "and". What stands
/// between is too hard, but the sentence is about nobody else.
pub(super) fn leading(line: &Line<'_>, start: usize, verb: CueVerb) -> Option<Source> {
    let mark = start.checked_sub(1)?;
    // "Rita Holm, while saying that it was late, stayed".
    let doing = verb.form == Form::Ing
        && matches!(
            line.fold(mark),
            "after" | "before" | "while" | "by" | "despite" | "without"
        )
        && mark > 0
        && line.is_comma(mark - 1);
    let joined =
        doing || line.is_comma(mark) || line.is_dash(mark) || matches!(line.fold(mark), "and" | "but");
    if !joined || !tells(verb) {
        return None;
    }
    let np = opening(line)?;
    let source = np.items.start..extend_right(line, np, true);
    let between = source.end..mark;
    let acts = |i: usize| line.is_verb(i) || line.is_aux(i);
    // "Brandt and her allies in the movement speak in one voice, arguing that": so it is where the tagger sees no verb.
    let ahead = verb.form == Form::Ing && line.is_comma(mark) && source.end < mark;
    let aside = line.is_comma(source.end) || line.is_comma(source.end.saturating_sub(1));
    // A second subject in between may as well be the one who speaks.
    let other = between.clone().any(|i| {
        line.np_starting_at(i).is_some_and(|np| {
            np.governed.is_none()
                && matches!(np.kind, NpKind::Name | NpKind::Pronoun)
                && (line.tag(np.items.end).is_finite() || line.is_aux(np.items.end))
        }) || line.is_quote(i)
            || matches!(line.fold(i), ";" | ":")
    });
    let mut between = between;
    let clause = ahead || between.any(acts) || source.end <= start && aside;
    (!other && clause && may_speak(line, &source)).then_some((source, None))
}

/// The phrase that opens the sentence, or its main clause behind one comma.
fn opening<'l>(line: &'l Line<'_>) -> Option<&'l Np> {
    let first = (0..line.len().min(3))
        .find(|i| !line.is_adverb(*i) && !line.is_comma(*i) && !line.classes(*i).has(Classes::COORDINATOR))?;
    let plain = |np: &&Np| {
        np.governed.is_none()
            && !matches!(np.kind, NpKind::Time | NpKind::Relative)
            && !matches!(line.fold(np.head), "it" | "this" | "that" | "there")
    };
    let led = line.is_adp(first) || line.tag(first) == Tag::Sconj;
    let at = if led {
        (first..line.len()).find(|i| line.is_comma(*i))? + 1
    } else {
        first
    };
    line.np_starting_at(at).filter(plain)
}
