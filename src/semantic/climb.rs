//! From the last noun phrase before a verb to the whole phrase that it ends: prepositions are climbed, what is
//! joined by "and" is taken in, and so are the small words in front.

use std::ops::Range;

use crate::{
    semantic::{
        content_end::ends_inside_with_comma,
        cue::{self, Classes, Form},
        extent::extend_right,
        fragment::opens_quantity,
        lexicon,
        line::{Line, Np, NpKind, is_animate},
        subject::may_speak,
        wordsets::WordSet,
    },
    syntax::tag::Tag,
};

/// A subject from its last noun phrase: prepositional phrases are climbed to the phrase they hang on.
pub(super) fn with_phrases(
    line: &Line<'_>,
    np: &Np,
    end: usize,
) -> Option<(Range<usize>, Option<Range<usize>>)> {
    let first = outermost(line, np);
    // "Sara Berg of Columbia, South Carolina said": the place behind the comma goes on with the phrase before it.
    let place = first.items.start.checked_sub(1).filter(|c| {
        line.is_comma(*c) && first.kind == NpKind::Name && first.governed.is_none() && first.items.len() <= 3
    });
    let first = place
        .and_then(|c| line.np_ending_at(c))
        .filter(|town| {
            let inside = town.items.clone().any(|i| line.fold(i) == "of");
            let hangs = |p| matches!(line.fold(p), "of" | "from" | "in");
            town.kind == NpKind::Name && town.governed.map_or(inside, hangs)
        })
        .map(|town| outermost(line, town))
        .filter(|whole| {
            // "Ida Holm, a mother of two from Halm, Co Strel".
            let person = whole.kind == NpKind::Common && line.is_animate(whole.head);
            let named = whole.kind == NpKind::Name || person;
            whole.governed.is_none() && named && opens_clause(line, whole.items.start)
        })
        .unwrap_or(first);
    // "After the vote Hartmann said" is two phrases; "in a letter he said" too: the tagger's noun phrases
    // are separate there, so a governed phrase right before the verb means that there is no subject here.
    // "At least half of the voters say": no preposition.
    let than = |p: &usize| {
        let time = lexicon::english().is(WordSet::TimeUnit, line.fold(first.head));
        let number = line.tag(first.items.start) == Tag::Num && line.fold(*p) == "than" && !time;
        number && *p > 0 && matches!(line.fold(p - 1), "more" | "fewer" | "less")
    };
    let more = first.governed.filter(than).map(|p| p - 1);
    let share = more.or_else(|| first.governed.filter(|p| opens_quantity(line, *p)));
    if first
        .governed
        .is_some_and(|p| line.fold(p) != "as" && share.is_none() && !opens_with(line, p, first))
    {
        return None;
    }
    // "Lena Hartmann, the foreign minister and Paul Okoro": coordination of names.
    let mut start = share.unwrap_or(first.items.start);
    while let Some(and) = quantified(line, start).checked_sub(1) {
        let (joined, mark) = match line.fold(and) {
            "and" | "or" | "&" | "nor" => {
                let comma = and > 0 && line.is_comma(and - 1);
                (true, if comma { and - 1 } else { and })
            }
            "," if line.np_ending_at(and).is_some() && start != first.items.start => (true, and),
            _ => (false, and),
        };
        if !joined {
            break;
        }
        // "Gov. Dale Roy (D) and former Gov. Ann Holm".
        let mark = match line.fold(mark.wrapping_sub(1)) {
            ")" => (0..mark - 1).rev().find(|i| line.fold(*i) == "(").unwrap_or(mark),
            // "Norvia Inc. and Paul Okoro".
            "." if is_junior(line, mark - 1) => mark - 1,
            _ => mark,
        };
        // "The mayor of Riga and the bishop".
        let comma = line.fold(and) == ",";
        let Some(other) = line
            .np_ending_at(mark)
            .map(|np| if comma { np } else { outermost(line, np) })
        else {
            break;
        };
        let boundary = opens_clause(line, quantified(line, other.items.start));
        let alike = other.kind == first.kind || line.may_speak(other);
        if other.governed.is_some() || !boundary || !alike || other.kind == NpKind::Time {
            break;
        }
        start = other.items.start;
    }
    let start = quantified(line, start);
    let end = before_paper(line, first).filter(|p| *p < end).unwrap_or(end);
    // "Even critics said": the critics.
    let even = usize::from(line.fold(start) == "even" && start + 1 < end);
    Some((start + even..end, None))
}

/// "Okoro in a letter to the guild said": where the name ends that a paper or an occasion stands behind.
fn before_paper(line: &Line<'_>, np: &Np) -> Option<usize> {
    const PAPER: Classes = Classes::DOCUMENT
        .and(Classes::CUE_NOUN_DOCUMENT)
        .and(Classes::OCCASION);
    let at = np.items.end;
    let paper =
        matches!(line.fold(at), "in" | "on" | "at" | "during").then(|| line.np_starting_at(at + 1))??;
    let own =
        line.tag(paper.items.start) == Tag::Det || line.classes(paper.items.start).has(Classes::POSSESSIVE);
    let common = paper.kind == NpKind::Common;
    (np.kind == NpKind::Name && common && own && line.classes(paper.head).has(PAPER)).then_some(at)
}

/// "It came after a woman told him": whether the preposition at item `at` is a conjunction with `np` as subject.
fn opens_with(line: &Line<'_>, at: usize, np: &Np) -> bool {
    line.classes(at).has(Classes::SUBORDINATOR)
        && line.may_speak(np)
        && (line.tag(np.items.end).is_finite()
            || line.is_aux(np.items.end)
            || line.is_comma(np.items.end)
            || is_told_past(line, np.items.end))
}

/// "Aides insisted in June that": a past that the tagger takes for a participle.
fn is_told_past(line: &Line<'_>, i: usize) -> bool {
    line.tag(i) == Tag::VerbPart
        && line.fold(i + 1) != "by"
        && cue::verb(line.fold(i)).is_some_and(|v| {
            let says = v.classes.has(Classes::SPEECH) && v.classes.has(Classes::THAT);
            v.form == Form::Past && says && !v.classes.has(Classes::WEAK)
        })
}

/// The noun phrase that the prepositions before `np` hang on, one after the other.
pub(super) fn outermost<'l>(line: &'l Line<'_>, np: &'l Np) -> &'l Np {
    let mut first = np;
    while let Some(preposition) = first.governed {
        if line.fold(preposition) == "as" || opens_with(line, preposition, first) {
            break;
        }
        let before = preposition.saturating_sub(1);
        // "one Republican involved in the planning", "sources close to the bank": what stands behind the noun hangs
        // on it; so does "out" in "four out of ten", and the second of two: "in the city and in the region".
        let participle = preposition > 1
            && (matches!(line.tag(before), Tag::VerbPart | Tag::VerbPast)
                && !line.is_aux(before - 1)
                && cue::verb(line.fold(before)).is_none_or(|v| !v.plain)
                || line.fold(before) == "close"
                || line.fold(before) == "out" && line.fold(preposition) == "of");
        let second = matches!(line.fold(before), "and" | "or")
            && line.np_ending_at(before).is_some_and(|np| np.governed.is_some());
        // "Officials on and off the island".
        let both = matches!(line.fold(before), "and" | "or") && before > 1 && line.is_adp(before - 1);
        if both && line.np_ending_at(before - 1).is_some() {
            match line.np_ending_at(before - 1) {
                Some(outer) if !matches!(outer.kind, NpKind::Time | NpKind::Relative) => {
                    first = outer;
                    continue;
                }
                _ => break,
            }
        }
        let end = preposition - usize::from(second || participle && line.np_ending_at(preposition).is_none());
        match line.np_ending_at(end) {
            Some(outer)
                if !(participle && outer.kind == NpKind::Pronoun)
                    && outer.kind != NpKind::Time
                    && outer.kind != NpKind::Relative =>
            {
                first = outer;
            }
            _ => break,
        }
    }
    first
}

/// Where a phrase begins with the small word before it that tells how much of it is meant: "about one in five",
/// "both Roy and Okoro", "even critics", "as many as half".
pub(super) fn quantified(line: &Line<'_>, start: usize) -> usize {
    let start = excepted(line, start);
    for words in [3, 2] {
        let from = start.checked_sub(words);
        let all = |from: usize| (from..start).all(|i| line.classes(i).has(Classes::QUANTITY));
        if let Some(from) = from.filter(|from| all(*from) && opens_clause(line, *from)) {
            return from;
        }
    }
    // "Only about 4 in 10".
    let small = |q: &usize| line.classes(*q).has(Classes::QUANTIFIER);
    let one = start.checked_sub(1).filter(small);
    let two = one.and_then(|q| q.checked_sub(1)).filter(small);
    two.filter(|q| opens_clause(line, *q))
        .or_else(|| one.filter(|q| opens_clause(line, *q)))
        .unwrap_or(start)
}

/// Where a phrase begins that leaves somebody out: "all but two", "everyone but Okoro", "not everyone".
fn excepted(line: &Line<'_>, start: usize) -> usize {
    let whole = |i: usize| matches!(line.fold(i), "all" | "everyone" | "everybody" | "nobody" | "none");
    let start = match start.checked_sub(2) {
        Some(all) if line.fold(all + 1) == "but" && whole(all) => all,
        _ => start,
    };
    let not = start
        .checked_sub(1)
        .filter(|not| whole(start) && matches!(line.fold(*not), "not" | "nearly" | "almost"));
    not.unwrap_or(start)
}

/// Whether a clause can begin with the phrase at item `start`.
pub(super) fn opens_clause(line: &Line<'_>, start: usize) -> bool {
    let Some(p) = start.checked_sub(1) else {
        return true;
    };
    // "On Monday Hartmann said": the day opens it.
    if let Some(np) = line.np_ending_at(start).filter(|np| np.kind == NpKind::Time) {
        return opens_clause(line, np.governed.unwrap_or(np.items.start));
    }
    if line.fold(p) == "even" || p == 0 && line.is_adverb(p) {
        return opens_clause(line, p);
    }
    line.is_quote(p)
        || line.is_comma(p)
        || line.is_dash(p)
        || line
            .classes(p)
            .has(Classes::SUBORDINATOR.and(Classes::COORDINATOR))
        || line.classes(p).has(Classes::RELATIVE) && line.fold(p) != "whose"
        || matches!(line.fold(p), "what" | ":" | ";" | "(")
}

/// Whether the stop at item `i` belongs to a short name before it: "Amara Diallo Jr. warned".
pub(super) fn is_junior(line: &Line<'_>, i: usize) -> bool {
    line.fold(i) == "." && i > 0 && line.tag(i - 1) == Tag::Propn && line.fold(i - 1).len() <= 4
}

/// Whether item `i` is a small word that goes with the phrase right before it: "the ministers all", "Okoro himself".
pub(super) fn floats(line: &Line<'_>, i: usize) -> bool {
    let word = line.fold(i);
    (matches!(word, "all" | "both" | "each")
        || matches!(
            word,
            "himself" | "herself" | "itself" | "themselves" | "myself" | "ourselves" | "yourself"
        ))
        && line
            .np_ending_at(i)
            .is_some_and(|np| !matches!(np.kind, NpKind::Time | NpKind::Relative))
}

/// Where the auxiliaries and adverbs begin that stand before the verb at item `at`.
pub(super) fn leftmost_of_group(line: &Line<'_>, at: usize) -> usize {
    let mut i = at;
    while i > 0 && (line.is_aux(i - 1) || line.is_adverb(i - 1)) {
        i -= 1;
    }
    i
}

/// How far back a relative clause may open that ends inside marks, in items.
const MAX_QUOTED_ASIDE: usize = 60;

/// What a relative pronoun at item `relative` stands for.
pub(super) fn antecedent_of(line: &Line<'_>, relative: usize) -> Option<Range<usize>> {
    let mut end = relative;
    while end > 0 && (line.is_comma(end - 1) || line.is_dash(end - 1) || line.is_adp(end - 1)) {
        end -= 1;
    }
    if end > 0 && matches!(line.fold(end - 1), ")" | "]") {
        end = (0..end - 1).rev().find(|i| matches!(line.fold(*i), "(" | "["))?;
    }
    // "Amara Diallo, 83, who".
    let age = |i: usize| line.tag(i) == Tag::Num && line.fold(i).bytes().all(|b| b.is_ascii_digit());
    if let Some(comma) = end.checked_sub(2).filter(|c| line.is_comma(*c) && age(c + 1))
        && line.np_ending_at(comma).is_some_and(|np| np.kind == NpKind::Name)
    {
        end = comma;
    }
    let np = line.np_ending_at(end)?;
    let mut first = np;
    // "a spokesman for the ministry who": the outer phrase when it can speak and the inner cannot.
    while let Some(preposition) = first.governed {
        match line.np_ending_at(preposition) {
            Some(outer) if line.may_speak(outer) && outer.kind == NpKind::Common => first = outer,
            _ => break,
        }
    }
    // "a message sent to a friend which said": people are no "which".
    while line.fold(relative) == "which"
        && line.tag(first.head).is_noun()
        && is_animate(line.fold(first.head))
    {
        let Some(preposition) = first.governed else { break };
        let participle = preposition > 0 && line.tag(preposition - 1) == Tag::VerbPart;
        match line.np_ending_at(preposition - usize::from(participle)) {
            Some(outer) => first = outer,
            None => break,
        }
    }
    Some(first.items.start..end)
}

/// "Roy, who has called her a “fool,” repeated it", "Roy, citing “the rain,” went home": the subject before a relative
/// clause or a participle whose comma stands inside the marks of the quotation at item `close`.
pub(super) fn quoted_aside(line: &Line<'_>, close: usize) -> Option<(Range<usize>, Option<Range<usize>>)> {
    if !ends_inside_with_comma(line, close) {
        return None;
    }
    let open = (close.saturating_sub(MAX_QUOTED_ASIDE).max(1)..close)
        .rev()
        .find(|i| line.is_comma(*i))
        .filter(|i| {
            matches!(line.fold(i + 1), "who" | "whose" | "which")
                || line.tag(i + 1) == Tag::VerbPart
                || cue::verb(line.fold(i + 1)).is_some_and(|v| v.form == Form::Ing)
        })?;
    let np = line
        .np_ending_at(open)
        .filter(|np| !matches!(np.kind, NpKind::Time | NpKind::Relative))?;
    let (range, antecedent) = with_phrases(line, np, open)?;
    (opens_clause(line, range.start) && may_speak(line, &range)).then_some((range, antecedent))
}

/// Whether names end a list in a relative clause, where none of them is a subject: "Norvia, which runs mills in Halm,
/// Strel and Wick, Ohio, said". So does the state behind a party's letter: "Roy, R-Ky., who wrote the bill, said".
pub(super) fn ends_list(line: &Line<'_>, range: &Range<usize>) -> bool {
    let dash = line.is_dash(range.start + 1) || line.fold(range.start + 1) == "-";
    let seat = dash && range.len() > 2 && matches!(line.fold(range.start), "r" | "d" | "i");
    if seat {
        return true;
    }
    let Some(comma) = range.start.checked_sub(1).filter(|i| line.is_comma(*i)) else {
        return false;
    };
    let joined = range.clone().any(|i| line.classes(i).has(Classes::COORDINATOR));
    let listed = line.np_ending_at(comma).filter(|np| np.kind == NpKind::Name);
    let Some(preposition) = listed.filter(|_| joined).and_then(|np| np.governed) else {
        return false;
    };
    let from = preposition.saturating_sub(MAX_QUOTED_ASIDE).max(1);
    (from..preposition).any(|i| line.is_comma(i - 1) && matches!(line.fold(i), "who" | "whose" | "which"))
}

/// Where the source begins in "with one of them, Lena Holm, saying": the comma at item `comma` closes who that is.
pub(super) fn with_apposed(line: &Line<'_>, comma: usize) -> Option<usize> {
    let apposed = line
        .np_ending_at(comma)
        .filter(|np| line.is_comma(comma) && line.may_speak(np))?;
    let open = apposed
        .items
        .start
        .checked_sub(1)
        .filter(|open| line.is_comma(*open))?;
    let first = outermost(line, line.np_ending_at(open)?);
    // "She met with Holm, the mayor, saying" is her report.
    let with =
        |p: usize| line.fold(p) == "with" && p + 1 == first.items.start && p > 0 && line.is_comma(p - 1);
    first.governed.is_some_and(with).then_some(first.items.start)
}

/// "the woman beside me", "the man next to us": a pronoun that tells where somebody stands.
pub(super) fn is_beside_somebody(line: &Line<'_>, word: &str, np: &Np) -> bool {
    matches!(word, "beside" | "behind" | "next" | "opposite" | "near")
        && matches!(line.fold(np.head), "me" | "us" | "him" | "her" | "them")
}

/// "a video of the mayor calling", "no record of Okoro saying": whoever is heard or read in what stands before "of".
pub(super) fn is_recorded(line: &Line<'_>, np: &Np) -> bool {
    let of = np.governed.filter(|p| line.fold(*p) == "of");
    let outer = of.and_then(|of| line.np_ending_at(of));
    let holds = outer.is_some_and(|o| {
        matches!(
            line.fold(o.head),
            "record" | "footage" | "video" | "videos" | "recording" | "tape" | "clip" | "audio"
        )
    });
    holds && line.may_speak(np)
}

/// Who is quoted before the "as" at item `as_`: "quoted an official as", "quoted Okoro, the mayor, as".
pub(super) fn quoted<'l>(line: &'l Line<'_>, as_: usize) -> Option<&'l Np> {
    /// How many items who is quoted may have.
    const REACH: usize = 14;
    if line.fold(as_) != "as" {
        return None;
    }
    let quotes = |i: usize| {
        let verb = cue::verb(line.fold(i)).is_some_and(|v| v.classes.has(Classes::NOUN_CONTENT));
        verb && !line.is_aux(i.saturating_sub(1))
    };
    if let Some(np) = line.np_ending_at(as_).map(|np| outermost(line, np))
        && np.items.start.checked_sub(1).is_some_and(quotes)
        && line.may_speak(np)
    {
        return Some(np);
    }
    let apart = as_ > 0 && line.is_comma(as_ - 1);
    let verb = (as_.saturating_sub(REACH)..as_)
        .rev()
        .find(|i| quotes(*i))
        .filter(|_| apart)?;
    let np = line.np_starting_at(verb + 1)?;
    (line.may_speak(np) && extend_right(line, np, true) == as_).then_some(np)
}
