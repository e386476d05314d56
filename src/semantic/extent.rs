//! How far a source phrase reaches: what hangs on a noun phrase to its right, and where a phrase began that ends
//! with a relative clause or a participle.

use crate::{
    semantic::{
        climb::{is_junior, opens_clause, with_phrases},
        content_end::starts_clause,
        cue::{self, Classes},
        line::{Line, Np, NpKind, is_animate},
        subject::may_speak,
    },
    syntax::tag::Tag,
};

/// How many items a clause behind a noun may have.
const MAX_CLAUSE: usize = 40;

/// One past the last item of a noun phrase with what hangs on it to the right: "of", "for", "at" phrases and,
/// with `whole`, brackets, appositions and relative clauses, with the comma that closes them.
pub(super) fn extend_right(line: &Line<'_>, np: &Np, whole: bool) -> usize {
    let mut end = np.items.end;
    let mut last = np;
    // What the phrase is about decides which prepositions hang on it: "director … in Riga", but not "he … in Riga".
    let mut role = is_role(line, np);
    // Behind "according to" a noun is nobody's subject, so that its verb only describes it.
    let governed = np.items.start >= 2 && line.fold(np.items.start - 2) == "according";
    loop {
        // "(R-Ohio)".
        if matches!(line.fold(end), "(" | "[")
            && let Some(close) = (end..line.len().min(end + 12)).find(|i| matches!(line.fold(*i), ")" | "]"))
        {
            end = close + 1;
            continue;
        }
        // "Jr.," and "former Ohio Gov. and party chairman Hale".
        let joined = whole
            && matches!(line.fold(end + 1), "and" | "or")
            && line.np_starting_at(end + 2).is_some_and(|n| line.may_speak(n));
        if is_abbreviation(line, end) && (line.is_comma(end + 1) || joined) {
            end += 1;
            continue;
        }
        // "experts like Okoro".
        if whole
            && role
            && line.fold(end) == "like"
            && let Some(list) = example_end(line, end)
        {
            end = list;
            continue;
        }
        let word = line.fold(end);
        let common = last.kind == NpKind::Common;
        let attaches = match word {
            "of" | "from" => true,
            "for" | "at" | "with" | "to" | "by" => {
                (common || role && word != "to") && (word != "by" || is_document(line, last))
            }
            // "a secretary of labor during the last government".
            "during" | "under" => whole && common && role,
            "in" | "on" | "about" | "close" | "against" | "behind" | "near" | "inside" | "outside" => {
                common && is_role(line, last)
            }
            _ => false,
        };
        if attaches {
            let next = if line.fold(end + 1) == "to" && word == "close" {
                end + 2
            } else {
                end + 1
            };
            let inner = line
                .np_starting_at(next)
                .filter(|n| !matches!(n.kind, NpKind::Time | NpKind::Relative))
                .filter(|n| {
                    n.kind != NpKind::Pronoun
                        || word == "of" && last.kind != NpKind::Name && is_some_of(line, n)
                })
                .filter(|n| !is_occasion(line, word, n));
            if let Some(inner) = inner {
                end = inner.items.end;
                last = inner;
                continue;
            }
        }
        if matches!(word, "and" | "or" | "&")
            && let Some(other) = line.np_starting_at(end + 1)
        {
            let after = other.items.end;
            let alike = if whole {
                other.kind == np.kind && (governed || line.may_speak(other)) || role && is_role(line, other)
            } else {
                role && is_role(line, other) && other.kind == NpKind::Common
            };
            let clause = line.tag(after).is_finite() || line.is_aux(after);
            if alike && !clause && np.kind != NpKind::Pronoun {
                end = after;
                last = other;
                continue;
            }
        }
        // "a student from Daytona Beach, Fla.," and "Misha Shah, 32, of Chicago": a place behind a comma.
        if whole && line.is_comma(end) && last.kind != NpKind::Pronoun {
            let of = matches!(line.fold(end + 1), "of" | "from");
            let place = line
                .np_starting_at(if of { end + 2 } else { end + 1 })
                .filter(|n| n.kind == NpKind::Name && n.items.len() <= 3)
                .filter(|n| {
                    of || last.governed.is_some()
                        && last.kind == NpKind::Name
                        && !line.tag(n.items.end).is_finite()
                });
            if let Some(place) = place {
                let mut close = place.items.end;
                if line.fold(close) == "." && line.is_comma(close + 1) {
                    close += 1;
                }
                if line.is_comma(close) || line.is_stop(close) {
                    last = place;
                    end = close;
                    if line.is_comma(close)
                        && !line.is_stop(close + 1)
                        && !line.is_quote(close + 1)
                        && !goes_on(line, close + 1)
                    {
                        return close + 1;
                    }
                    continue;
                }
            }
        }
        if whole && line.is_comma(end) {
            // "then ambassador to Mali", "now a paid commentator".
            let start = end + 1 + usize::from(line.classes(end + 1).has(Classes::FORMERLY));
            if let Some(other) = line
                .np_starting_at(start)
                .filter(|other| other.kind != NpKind::Time && is_apposed(line, last, other))
            {
                let inner = extend_right(line, other, false);
                let closes = line.is_stop(inner)
                    || line.is_comma(inner)
                    || line.is_quote(inner)
                    || line.fold(inner) == ":"
                    || opens_relative(line, inner)
                    || line.is_adp(inner)
                    || matches!(line.tag(inner), Tag::VerbIng | Tag::VerbPart)
                    || matches!(line.fold(inner), "and" | "to");
                let clause = line.tag(inner).is_finite() || line.is_aux(inner);
                if closes && !clause {
                    end = inner;
                    role |= is_role(line, other);
                    let place = line.np_ending_at(inner).filter(|n| {
                        n.kind == NpKind::Name && n.governed.is_some() && in_a_state(line, inner)
                    });
                    last = place.unwrap_or(other);
                    if line.is_comma(inner)
                        && place.is_none()
                        && !line.is_stop(inner + 1)
                        && !line.is_quote(inner + 1)
                        && !goes_on(line, inner + 1)
                    {
                        return end + 1;
                    }
                    continue;
                }
            }
            // "several ministers, including Okoro, said".
            if np.kind != NpKind::Pronoun && line.classes(end + 1).has(Classes::INCLUDING) {
                let list = example_end(line, end + 1);
                if let Some(list) = list {
                    return list + usize::from(line.is_comma(list) && !line.is_stop(list + 1));
                }
            }
        }
        // "one of those who saw it", "some of those attending"
        let those = last.items.start > np.items.start && line.fold(last.head) == "those";
        if whole && (np.kind != NpKind::Pronoun || those) {
            let comma = line.is_comma(end);
            let from = if comma { end + 1 } else { end };
            if opens_relative(line, from)
                && let Some(close) = relative_end(line, from, comma)
                && !reports(line, from, close)
            {
                let closed = comma && line.is_comma(close) && !line.is_stop(close + 1);
                return if closed { close + 1 } else { close };
            }
        }
        // "a Harbour poll out Thursday".
        if whole
            && governed
            && line.fold(end) == "out"
            && let Some(day) = line.np_starting_at(end + 1).filter(|n| n.kind == NpKind::Time)
        {
            end = day.items.end;
            continue;
        }
        let participle = line.tag(end) == Tag::VerbPart || line.tag(end) == Tag::VerbPast && governed;
        let participle = participle && (np.kind == NpKind::Common || governed || those)
            || line.tag(end) == Tag::VerbIng
                && (is_role(line, last) || those)
                && cue::verb(line.fold(end)).is_none_or(|v| !v.classes.has(Classes::THAT));
        if whole && participle {
            // "two officials briefed on it", "a poll released Sunday".
            let mut k = end + 1;
            while k < line.len() && (line.is_adp(k) || line.is_adverb(k)) {
                k += 1;
            }
            if let Some(object) = line.np_starting_at(k) {
                end = object.items.end;
                continue;
            }
        }
        return end;
    }
}

/// "one of them", "many of those": the pronoun behind "of" that a number or a quantity is taken from.
fn is_some_of(line: &Line<'_>, np: &Np) -> bool {
    matches!(line.fold(np.head), "them" | "those" | "these" | "us")
}

/// Whether `other` behind a comma says what `np` is, or who.
fn is_apposed(line: &Line<'_>, np: &Np, other: &Np) -> bool {
    match (np.kind, other.kind) {
        (NpKind::Name, NpKind::Common) | (NpKind::Common, NpKind::Name) => true,
        (NpKind::Common, NpKind::Common) => is_role(line, other) || is_age(line, other),
        // "Roy, Democrat of Ohio", "Roy, the Labour MP for Leeds".
        (NpKind::Name, NpKind::Name) => {
            (other.items.len() == 1 || line.fold(other.items.start + 1) == "of")
                && is_animate(line.fold(other.items.start))
                || line.tag(other.items.start) == Tag::Det && !line.is_aux(other.items.end)
        }
        _ => is_age(line, other),
    }
}

/// Whether what begins at item `i` behind a comma still belongs to the phrase before it.
fn goes_on(line: &Line<'_>, i: usize) -> bool {
    opens_relative(line, i)
        || line.np_starting_at(i).is_some_and(|n| is_role(line, n))
        || line.fold(i) == "of" && line.np_starting_at(i + 1).is_some_and(|n| n.kind == NpKind::Name)
}

/// Whether a comma at item `comma` leads to the short name of a state: "in Chalmette, La.,".
fn in_a_state(line: &Line<'_>, comma: usize) -> bool {
    line.is_comma(comma)
        && line
            .np_starting_at(comma + 1)
            .is_some_and(|n| n.kind == NpKind::Name && is_abbreviation(line, n.items.end))
}

/// Where a list of examples ends that begins at item `i` with "including" or "like".
fn example_end(line: &Line<'_>, i: usize) -> Option<usize> {
    let mut end = extend_right(line, line.np_starting_at(i + 1)?, false);
    loop {
        let comma = usize::from(line.is_comma(end));
        let and = usize::from(matches!(line.fold(end + comma), "and" | "or"));
        let next = end + comma + and;
        let Some(np) = line.np_starting_at(next).filter(|np| {
            comma + and > 0 && !matches!(np.kind, NpKind::Time | NpKind::Relative | NpKind::Pronoun)
        }) else {
            return Some(end);
        };
        let after = extend_right(line, np, false);
        if line.tag(after).is_finite() || line.is_aux(after) || after >= line.len() && and == 0 {
            return Some(end);
        }
        end = after;
    }
}

/// "in an interview", "at a rally": where something is said, not who says it.
fn is_occasion(line: &Line<'_>, preposition: &str, np: &Np) -> bool {
    matches!(preposition, "in" | "on" | "at" | "to" | "with" | "for")
        && (is_document(line, np) || line.classes(np.head).has(Classes::OCCASION))
}

fn is_document(line: &Line<'_>, np: &Np) -> bool {
    line.classes(np.head)
        .has(Classes::DOCUMENT.and(Classes::CUE_NOUN_DOCUMENT))
}

fn is_role(line: &Line<'_>, np: &Np) -> bool {
    (np.kind == NpKind::Common || line.tag(np.items.start) == Tag::Det)
        && (is_animate(line.fold(np.head)) || line.is_human(np.head))
}

/// "Sara Walker, 44,".
fn is_age(line: &Line<'_>, np: &Np) -> bool {
    np.items.len() == 1 && line.tag(np.head) == Tag::Num
}

/// Whether a relative clause begins at item `i`: "who", "whose", "which", "of whom".
pub(super) fn opens_relative(line: &Line<'_>, i: usize) -> bool {
    let word = line.fold(i);
    matches!(word, "who" | "whose" | "which")
        || word == "that"
            && line
                .np_starting_at(i)
                .is_some_and(|np| np.kind == NpKind::Relative)
        || line.is_adp(i) && matches!(line.fold(i + 1), "whom" | "which")
}

/// Whether the stop at item `i` belongs to a short name in the middle of the sentence: "Mr. Gray", "Jr.,".
fn is_abbreviation(line: &Line<'_>, i: usize) -> bool {
    line.fold(i) == "."
        && i > 0
        && (line.is_comma(i + 1) || line.is_word(i + 1))
        && line.tag(i - 1) == Tag::Propn
        && line.fold(i - 1).len() <= 5
}

/// Whether the relative clause `from..to` itself reports ("Roy, who said he was late, added"). A verb of saying that
/// only has an object reports nothing: "Roy, a pollster who predicted the last defeat".
pub(super) fn reports(line: &Line<'_>, from: usize, to: usize) -> bool {
    (from..to.min(line.len())).any(|i| {
        line.is_quote(i)
            || cue::verb(line.fold(i)).is_some_and(|v| {
                line.is_verb(i)
                    && v.classes.has(Classes::SPEECH)
                    && v.classes.has(Classes::THAT)
                    && !v.classes.has(Classes::WEAK)
                    && !has_plain_object(line, i, to)
            })
    })
}

/// Whether the verb at item `i` has an object that begins no clause before `to`.
fn has_plain_object(line: &Line<'_>, i: usize, to: usize) -> bool {
    let object = line
        .np_starting_at(i + 1)
        .filter(|np| matches!(np.kind, NpKind::Common | NpKind::Name));
    object.is_some_and(|np| {
        !starts_clause(line, i + 1)
            && !np.items.clone().any(|k| line.is_quote(k))
            && !(np.items.end..line.len().min(to + 1)).any(|k| line.fold(k) == "that" || line.is_quote(k))
    })
}

/// Where the relative clause that begins at item `from` ends: behind a comma clause at the sentence's end or
/// before the words of a quotation; else before the comma that closes it.
fn relative_end(line: &Line<'_>, from: usize, comma: bool) -> Option<usize> {
    let mut i = from + 1;
    let mut verb = false;
    while i < line.len().min(from + MAX_CLAUSE) {
        let over = line.is_stop(i) && !is_abbreviation(line, i);
        if line.is_quote(i) || over || matches!(line.fold(i), ":" | ";") {
            return verb.then_some(i);
        }
        if line.is_comma(i) || line.is_dash(i) {
            // A list inside the clause goes on: "who lived in Oslo, Bergen and Riga"; so does a place: "of Avignon,
            // France".
            let goes_on = line.np_starting_at(i + 1).is_some_and(|np| {
                comma && matches!(line.fold(np.items.end), "," | "and" | "or")
                    || np.kind == NpKind::Name && line.tag(i - 1) == Tag::Propn && line.is_stop(np.items.end)
            });
            if !goes_on && verb {
                return Some(i);
            }
        }
        verb |= line.tag(i).is_finite() || line.is_aux(i);
        i += 1;
    }
    (i >= line.len() && verb).then_some(line.len())
}

/// Whether an aside that begins at item `first` says what somebody is: "now a paid commentator", "44",
/// "of Hartmann Research".
pub(super) fn describes(line: &Line<'_>, first: usize) -> bool {
    if line.np_starting_at(first).is_some_and(|np| is_age(line, np)) {
        return true;
    }
    let of = matches!(line.fold(first), "of" | "at" | "from" | "with")
        && line.np_starting_at(first + 1).is_some_and(|np| {
            np.kind == NpKind::Name && (line.fold(first) == "of" || line.is_comma(np.items.end))
                || np.kind == NpKind::Common && line.classes(np.head).has(Classes::BODY)
        });
    let now = (line.is_adverb(first) || line.classes(first).has(Classes::FORMERLY))
        && line.np_starting_at(first + 1).is_some_and(|np| is_role(line, np));
    of || now || line.classes(first).has(Classes::INCLUDING)
}

/// Where the phrase begins that the one at item `start` stands in apposition to: "Edd" of "Edd, an official".
pub(super) fn apposed(line: &Line<'_>, start: usize) -> Option<usize> {
    let comma = start.checked_sub(1).filter(|c| line.is_comma(*c))?;
    let inner = line.np_starting_at(start)?;
    let mut end = comma;
    if end > 0 && matches!(line.fold(end - 1), ")" | "]") {
        end = (0..end - 1).rev().find(|i| matches!(line.fold(*i), "(" | "["))?;
    }
    // "James Brandt Jr., the director".
    if end > 0 && is_junior(line, end - 1) {
        end -= 1;
    }
    let np = line.np_ending_at(end)?;
    // An age between the two: "Sara Walker, 44, a teacher".
    if is_age(line, np) {
        return apposed(line, np.items.start);
    }
    let alike = match (np.kind, inner.kind) {
        (NpKind::Name, NpKind::Common) => {
            is_role(line, inner) || np.governed.is_none() && is_age(line, inner)
        }
        (NpKind::Common, NpKind::Name) => is_role(line, np),
        (NpKind::Common, NpKind::Common) => is_role(line, np) && is_role(line, inner),
        _ => false,
    };
    let (range, _) = alike.then(|| with_phrases(line, np, end)).flatten()?;
    (may_speak(line, &range) && opens_clause(line, range.start)).then_some(range.start)
}

/// Where a phrase begins that ends before item `end` with a relative clause or a participle: "the two who met
/// Okoro", "a study published on Monday", "a diplomat familiar with the talks".
pub(super) fn postmodified(line: &Line<'_>, end: usize) -> Option<usize> {
    let mut verbs = 0;
    for i in (end.saturating_sub(MAX_CLAUSE).max(1)..end).rev() {
        if line.is_quote(i)
            || line.is_comma(i)
            || line.is_dash(i)
            || matches!(line.fold(i), ";" | ":" | "(" | ")")
        {
            return None;
        }
        let tag = line.tag(i);
        let before = |at: usize| {
            let np = line
                .np_ending_at(at)
                .filter(|np| !matches!(np.kind, NpKind::Relative | NpKind::Time))?;
            let (range, _) = with_phrases(line, np, at)?;
            (opens_clause(line, range.start) && may_speak(line, &range)).then_some(range.start)
        };
        if opens_relative(line, i) && i + 1 < end {
            // "Somebody who lived there and who did not want to be named".
            let joined = line.classes(i - 1).has(Classes::COORDINATOR);
            if joined && verbs <= 2 {
                verbs = 1;
                continue;
            }
            return (1..=2).contains(&verbs).then(|| before(i)).flatten();
        }
        // "A poll released Wednesday found": the tagger takes some participles for a past tense.
        let reduced = tag == Tag::VerbPast
            && line.fold(i).ends_with("ed")
            && !line.nps.iter().any(|np| {
                np.items.start > i && np.items.end <= end && np.governed.is_none() && np.kind != NpKind::Time
            });
        if (tag.is_finite() && !reduced) || line.is_aux(i) && !line.is_aux(i + 1) {
            verbs += 1;
            if verbs > 2 {
                return None;
            }
            continue;
        }
        // "a letter saying Hartmann said": the participle reports what follows.
        let carries =
            tag == Tag::VerbIng && cue::verb(line.fold(i)).is_some_and(|v| v.classes.has(Classes::THAT));
        let participle = (reduced || matches!(tag, Tag::VerbPart | Tag::VerbIng)) && !carries
            || (tag == Tag::Adj || line.fold(i) == "close")
                && line.is_adp(i + 1)
                && line.np_over(i).is_none();
        if participle
            && verbs == 0
            && let Some(start) = before(i)
        {
            return Some(start);
        }
    }
    None
}
