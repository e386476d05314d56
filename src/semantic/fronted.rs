//! What a cue reports that stands in front of its subject: "a judge whom they like", "which he described as a mistake",
//! "a charge the union rejects", "the board he rails against".

use std::ops::Range;

use crate::{
    semantic::{
        content_end::{clause_end, phrase_end},
        cue::{Classes, CueVerb},
        frame::{ContentKind, Side},
        lexicon,
        line::{Line, NpKind},
        wordsets::WordSet,
    },
    syntax::tag::Tag,
};

/// The content in front of the subject `source` of a cue whose particle ends before item `behind`: its token ranges, where it
/// stands, how it is built.
pub(super) fn fronted(
    line: &Line<'_>,
    source: Option<&Range<usize>>,
    behind: usize,
    verb: CueVerb,
) -> Option<(Vec<Range<usize>>, Side, ContentKind)> {
    let source = source?;
    by_pronoun(line, source, behind, verb).or_else(|| by_contact(line, source, behind, verb))
}

/// "A judge whom they like", "which he described as a mistake": the relative pronoun in front of the subject is what is
/// liked or described.
fn by_pronoun(
    line: &Line<'_>,
    source: &Range<usize>,
    behind: usize,
    verb: CueVerb,
) -> Option<(Vec<Range<usize>>, Side, ContentKind)> {
    let before = source.start.checked_sub(1)?;
    // "Whom even friends hate".
    let even = usize::from(line.fold(before) == "even");
    let relative = before.checked_sub(even).filter(|i| {
        line.fold(*i) == "what"
            || line
                .np_starting_at(*i)
                .is_some_and(|np| np.kind == NpKind::Relative)
    })?;
    // "“…,” runs the saying that everyone repeats": the words of the sentence are not the clause's.
    let quotes = line.items.iter().any(|x| x.region.is_some());
    if quotes || !verb.classes.has(Classes::CALL.and(Classes::NOUN_CONTENT)) {
        return None;
    }
    let mut next = behind;
    while line.is_adverb(next) {
        next += 1;
    }
    // "Which they believe hurt workers" has a gap further on; so has "what they saw".
    let gap = line.tag(next).is_finite() || line.is_aux(next);
    if gap || line.fold(relative) == "what" && line.fold(next) != "as" {
        return None;
    }
    if line.is_quote(next)
        || line
            .np_starting_at(next)
            .is_some_and(|np| np.kind != NpKind::Time)
    {
        return None;
    }
    let mut content = vec![line.tokens(relative..relative + 1)];
    if line.fold(next) == "as" {
        let end = phrase_end(line, next, clause_end(line, next));
        content.push(line.tokens(next..end));
    }
    Some((content, Side::After, ContentKind::Phrase))
}

/// "…, a charge the union rejects", "the board he rails against": the phrase right before the subject of a clause without a
/// pronoun, where that clause leaves no other room for it.
fn by_contact(
    line: &Line<'_>,
    source: &Range<usize>,
    behind: usize,
    verb: CueVerb,
) -> Option<(Vec<Range<usize>>, Side, ContentKind)> {
    let np = line
        .np_ending_at(source.start)
        .filter(|np| matches!(np.kind, NpKind::Common | NpKind::Name) && !line.is_share(np))?;
    let whole = || {
        (
            vec![line.tokens(np.items.clone())],
            Side::After,
            ContentKind::Phrase,
        )
    };
    let closes = |i: usize| line.is_stop(i) || line.is_comma(i) || line.fold(i) == ")";
    // "Rails against": the preposition has nothing behind it but the end of the clause, or the verb of the one around it.
    if verb.hands_over(line.fold(behind)) && line.is_adp(behind) {
        let next = behind + 1;
        return (closes(next) || line.is_aux(next) || line.tag(next).is_finite()).then(whole);
    }
    let apart = np.items.start > 0 && (line.is_comma(np.items.start - 1) || line.is_dash(np.items.start - 1));
    let sums_up = apart
        && matches!(line.fold(np.items.start), "a" | "an")
        && lexicon::english().is(WordSet::SumsUp, line.fold(np.head));
    let judges = verb.classes.has(Classes::NOUN_CONTENT) && closes(behind);
    (sums_up && judges && line.tag(behind) != Tag::Adp).then(whole)
}
