//! Where the content of a cue ends.

use std::ops::Range;

use crate::{
    semantic::{
        chunk::says_of_gap,
        content::is_clause,
        cue::{self, Classes, Form},
        extent,
        line::{Line, Np, NpKind},
        narrator::{blames, meanwhile, narrates},
        subject,
    },
    syntax::{tag::Tag, token::Shape},
};

/// One past the last item of a clause that is content and begins at `from`.
pub(super) fn clause_end(line: &Line<'_>, from: usize) -> usize {
    let last = last_stop(line);
    let subordinate = in_subordinate(line, from);
    let infinitive =
        line.fold(from) == "to" || is_denied_infinitive(line, from) || is_gerund_object(line, from);
    let scene = Classes::SUBORDINATOR.and(Classes::QUESTION);
    let opens = (from..from + 2).any(|i| line.classes(i).has(scene));
    let mut i = from;
    while i < last {
        if starts_gap(line, i) || i > from && narrates(line, i) {
            return i;
        }
        // "While Roy supports the plan, voters do not": the main clause is no content.
        if subordinate
            && i > from
            && (line.is_comma(i)
                && (starts_clause(line, i + 1)
                    || starts_long_report(line, i + 1)
                    || starts_placed_report(line, i + 1)
                    || line.tag(i + 1).is_finite()
                    || line.is_aux(i + 1))
                || line.is_dash(i) && starts_clause(line, i + 1))
        {
            return i;
        }
        // "… voted to lift it, and the center announced the decision": an infinitive shares no clause of its own.
        if infinitive
            && i > from
            && (line.is_comma(i)
                && matches!(line.fold(i + 1), "and" | "but" | "so" | "or")
                && (line.fold(i + 1) == "but" || starts_clause(line, i + 2))
                || matches!(line.fold(i), "and" | "but") && starts_clause(line, i + 1))
        {
            return i;
        }
        if line.is_quote(i) {
            // "says he is “losing the war,” part of a …": a comma inside the marks closes the content with them,
            // unless a list of quotations goes on.
            let lists =
                line.is_quote(i + 1) || matches!(line.fold(i + 1), "and" | "or") && line.is_quote(i + 2);
            if ends_inside_with_comma(line, i) && !lists {
                return i + 1;
            }
            i += 1;
            continue;
        }
        let word = line.fold(i);
        if word == ";" {
            return i;
        }
        let mark = line.is_comma(i) || line.is_dash(i);
        let next = if mark { i + 1 } else { i };
        let next_word = line.fold(next);
        if mark && i > from {
            if line.tag(next) == Tag::VerbIng && cue::verb(next_word).is_some() {
                return i;
            }
            if line.classes(next).has(Classes::CONTRAST) && line.is_comma(i) && is_clause(line, from..i) {
                return i;
            }
            if next_word == "according" || compares(line, next) {
                return i;
            }
            if next_word == "as"
                && line
                    .np_starting_at(next + 1)
                    .is_some_and(|np| cue::verb(line.fold(np.items.end)).is_some())
            {
                return i;
            }
        }
        if i > from && next_word == "according" && line.fold(next + 1) == "to" {
            return i;
        }
        if i > from
            && (next_word == "and" || line.classes(next).has(Classes::CONTRAST))
            && (starts_report(line, next + 1) || mark && blames(line, next + 1))
            && !joins_subjects(line, from, next)
        {
            return i;
        }
        // "Praising what had come but warning that it would end".
        if i > from
            && line.fold(i) == "but"
            && line.tag(i + 1) == Tag::VerbIng
            && line.fold(i + 2) == "that"
            && line.fold(i - 1) != "all"
            && cue::verb(line.fold(i + 1)).is_some_and(|v| v.classes.has(Classes::THAT))
        {
            return i;
        }
        if line.is_comma(i) && i > from && starts_report(line, i + 1) && ends_report(line, i + 1) {
            return i;
        }
        if i > from && (line.is_comma(i) && !opens && tells(line, i + 1, true) || after_report(line, i)) {
            return i;
        }
        if word == ":" && line.is_quote(i + 1) && i > from {
            return i;
        }
        i += 1;
    }
    let mut end = last.max(from);
    while end > from && (line.is_comma(end - 1) || line.is_dash(end - 1)) {
        end -= 1;
    }
    end
}

/// "Proposed sending more, but …": a participle that is the object, and no subject of a verb before the next comma.
fn is_gerund_object(line: &Line<'_>, from: usize) -> bool {
    line.tag(from) == Tag::VerbIng
        && !(from + 1..line.len())
            .take_while(|i| !line.is_comma(*i))
            .any(|i| line.tag(i).is_finite() || line.is_aux(i))
}

/// Whether others who say something else are compared at item `i`: "compared with four in ten who said", "double the
/// number who said". What they say is nothing that those before them said.
fn compares(line: &Line<'_>, i: usize) -> bool {
    let with = line.fold(i) == "compared" && matches!(line.fold(i + 1), "with" | "to");
    let times = matches!(line.fold(i), "double" | "twice" | "about") && line.tag(i + 1) == Tag::Det;
    let from = i + if with { 2 } else { usize::from(times) };
    let Some(np) = phrase_at(line, from).filter(|np| times || line.is_share(np)) else {
        return false;
    };
    let who = extent::extend_right(line, np, false);
    let says = (who + 1..line.len()).find(|k| !line.is_adverb(*k) && !line.is_aux(*k));
    line.fold(who) == "who"
        && says
            .and_then(|k| cue::verb(line.fold(k)))
            .is_some_and(|v| v.classes.has(Classes::THAT))
}

/// Whether the "and" at item `and` joins two subjects of one verb: "that Germany and Qatar had promised", where the
/// clause behind its last "that" has no verb yet.
fn joins_subjects(line: &Line<'_>, from: usize, and: usize) -> bool {
    if line.fold(and) != "and" || line.np_ending_at(and).is_none() || line.np_starting_at(and + 1).is_none() {
        return false;
    }
    let opens = Classes::RELATIVE
        .and(Classes::QUESTION)
        .and(Classes::SUBORDINATOR);
    let clause = (from..and)
        .rev()
        .find(|i| line.fold(*i) == "that" && line.tag(*i) != Tag::Det || line.classes(*i).has(opens))
        .unwrap_or(from);
    !(clause..and)
        .any(|i| line.tag(i).is_finite() || line.is_aux(i) || line.is_contraction(i) || line.is_quote(i))
}

/// Whether item `from` stands in a clause like "while …" or "although …" that opens the sentence or follows a
/// comma, with no other comma between but the two of an apposition: "when the owner, James Reed, said that …".
fn in_subordinate(line: &Line<'_>, from: usize) -> bool {
    let opens = |i: usize| {
        let first = i == 0
            || line.is_comma(i - 1)
            || line.is_dash(i - 1)
            || i == 1 && line.classes(0).has(Classes::COORDINATOR);
        // "With three in ten saying they left, the party moved".
        let with = || line.fold(i) == "with" && i < 2 && (i..from).any(|k| line.tag(k) == Tag::VerbIng);
        first && (line.classes(i).has(Classes::SUBORDINATOR) && line.fold(i + 1) != "to" || with())
    };
    let tense = |i: usize| line.tag(i).is_finite() || line.is_aux(i);
    let from = from.min(line.len());
    let mut apposed = false;
    for i in (0..from).rev() {
        if line.is_quote(i) || apposed && tense(i) {
            return false;
        }
        if line.is_comma(i) {
            if apposed {
                // The first comma of the two: before it stands the subject, from the subordinator on.
                return (0..i)
                    .rev()
                    .take_while(|k| !line.is_comma(*k) && !line.is_quote(*k) && !tense(*k))
                    .any(opens);
            }
            apposed = true;
        } else if !apposed && opens(i) {
            return true;
        }
    }
    false
}

/// Whether a subject and a verb in a tense begin at item `i`.
pub(super) fn starts_clause(line: &Line<'_>, i: usize) -> bool {
    let Some(np) = phrase_at(line, i).filter(|np| !matches!(np.kind, NpKind::Time | NpKind::Relative)) else {
        return false;
    };
    let mut k = extent::extend_right(line, np, false);
    while line.is_adverb(k) {
        k += 1;
    }
    line.tag(k).is_finite() || line.is_aux(k) || line.is_contraction(i)
}

/// Whether a report begins at item `i` whose subject holds a clause: "voters who named somebody said".
fn starts_long_report(line: &Line<'_>, i: usize) -> bool {
    let Some(np) = phrase_at(line, i) else {
        return false;
    };
    let who = extent::extend_right(line, np, false);
    extent::opens_relative(line, who)
        && (who + 2..line.len().min(who + MAX_ASIDE))
            .take_while(|k| !line.is_comma(*k) && !line.is_quote(*k))
            .filter(|k| line.tag(*k).is_finite() && cue::verb(line.fold(*k)).is_some_and(|v| v.plain))
            .any(|k| subject::before(line, k).is_some_and(|(source, _)| source.start == i))
}

/// Whether a report begins behind the place and time at item `i`: "at the hall this week she said".
fn starts_placed_report(line: &Line<'_>, i: usize) -> bool {
    line.is_adp(i)
        && (i + 2..line.len().min(i + MAX_ASIDE))
            .take_while(|k| !line.is_comma(*k) && !line.is_quote(*k) && !line.tag(*k).is_finite())
            .any(|k| {
                line.np_ending_at(k).is_some() && line.np_starting_at(k).is_some() && starts_report(line, k)
            })
}

/// The noun phrase at item `i`, behind the small words that tell how many of them are meant: "more than 4 in 10", "at
/// least two".
fn phrase_at<'l>(line: &'l Line<'_>, i: usize) -> Option<&'l Np> {
    let small = Classes::QUANTITY.and(Classes::QUANTIFIER);
    let counted = || {
        let number = (i..i + MAX_SMALL).find(|k| !line.classes(*k).has(small))?;
        line.np_over(number)
            .filter(|np| number > i && np.items.end > number)
    };
    let here = line.np_starting_at(i);
    here.filter(|np| !line.classes(np.head).has(small))
        .or_else(counted)
        .or(here)
}

/// Most small words before a number: "as many as", "at least", "only about".
const MAX_SMALL: usize = 4;

/// Whether the words of the quotation at item `i` end with a comma.
pub(super) fn ends_inside_with_comma(line: &Line<'_>, i: usize) -> bool {
    last_inside(line, i) == ","
}

/// The last word or mark of the quotation at item `i`, its closing marks apart; empty for what is none.
pub(super) fn last_inside<'l>(line: &'l Line<'_>, i: usize) -> &'l str {
    let Some(item) = line.items.get(i) else {
        return "";
    };
    (item.first..item.end)
        .rev()
        .map(|t| line.local.tokens.fold(t as usize))
        .find(|w| !matches!(*w, "”" | "\"" | "’" | "'" | "''" | "»" | "“"))
        .unwrap_or("")
}

/// "The offer was late, he said, but it was an offer": whether a clause behind the frame goes on with what was said,
/// or gives its reason. One that reports for itself ("and Roy said") does not.
pub(super) fn joins(line: &Line<'_>, i: usize) -> bool {
    let coordinates = matches!(line.fold(i), "and" | "but" | "or" | "so");
    (coordinates && starts_clause(line, i + 1) && !starts_report(line, i + 1))
        || line.fold(i) == "because" && starts_clause(line, i + 1)
}

/// Whether a report of its own begins at item `i`: a subject and a cue in a tense, or a cue that shares the
/// subject before it ("and added that").
fn starts_report(line: &Line<'_>, i: usize) -> bool {
    let i = behind_time_or_place(line, i);
    let mut k = match phrase_at(line, i) {
        Some(np) if np.kind != NpKind::Time && np.kind != NpKind::Relative => {
            let near = extent::extend_right(line, np, false);
            // "and Okoro, the climate adviser, said": what is told between two commas belongs to the subject.
            let whole = if (np.kind == NpKind::Name || line.is_human(np.head)) && line.is_comma(near) {
                extent::extend_right(line, np, true)
            } else {
                near
            };
            if whole > near && line.is_comma(whole - 1) {
                whole
            } else {
                near
            }
        }
        _ => i,
    };
    let own_subject = k > i;
    while line.is_adverb(k) || line.is_aux(k) {
        k += 1;
    }
    let finite = matches!(line.tag(k), Tag::VerbPast | Tag::VerbPres)
        || own_subject && line.tag(k) == Tag::VerbIng
        || own_subject
            && matches!(line.tag(k), Tag::VerbPart | Tag::VerbBase)
            && line.is_aux(k.wrapping_sub(1));
    let cue = cue::verb(line.fold(k)).filter(|v| own_subject || v.form != Form::Ing);
    // "… and promised to stay": the tagger takes some of these for participles.
    let shared =
        !own_subject && k == i && line.tag(k) == Tag::VerbPart && cue.is_some_and(|v| v.form == Form::Past);
    (finite || shared)
        && cue.is_some_and(|v| {
            let reports = Classes::SPEECH.and(Classes::CALL);
            v.classes.has(if own_subject {
                reports.and(Classes::THAT)
            } else {
                reports
            }) && !v.classes.has(Classes::WEAK)
        })
}

/// "But in a later interview | said", "and on Tuesday | wrote": where the subject or the verb stands of what begins at item
/// `i`.
fn behind_time_or_place(line: &Line<'_>, i: usize) -> usize {
    let placed = line.is_adp(i).then(|| line.np_starting_at(i + 1)).flatten();
    let end = match placed {
        Some(np) => extent::extend_right(line, np, false),
        None => return i,
    };
    end + usize::from(line.is_comma(end))
}

/// Whether "and" at item `i` starts a second subject that shares the cue ("“a trap” and Okoro “a gift”").
fn starts_gap(line: &Line<'_>, i: usize) -> bool {
    i > 0
        && line.is_quote(i - 1)
        && matches!(line.fold(i), "and" | "while")
        && line
            .np_starting_at(i + 1)
            .is_some_and(|np| np.kind == NpKind::Name && line.is_quote(np.items.end))
}

/// Whether somebody says something in a clause at item `i`: "Okoro said that it was late". With `that` no other clause will
/// do.
fn tells(line: &Line<'_>, i: usize, that: bool) -> bool {
    if !starts_report(line, i) {
        return false;
    }
    let verb = (i + 1..line.len().min(i + MAX_ASIDE))
        .find(|k| line.tag(*k).is_finite() && cue::verb(line.fold(*k)).is_some());
    verb.is_some_and(|v| {
        let next = (v + 1..line.len())
            .find(|k| !line.is_adverb(*k))
            .unwrap_or(line.len());
        let behind = (next..line.len().min(next + MAX_ASIDE)).find(|k| line.fold(*k) == "that");
        if that {
            line.fold(next) == "that" && line.tag(next) != Tag::Det
        } else {
            behind.is_some() || starts_clause(line, next) || (next..next + 3).any(|k| starts_clause(line, k))
        }
    })
}

/// "He is calm after Okoro said that it was late": what the narrator tells of another who said something.
fn after_report(line: &Line<'_>, i: usize) -> bool {
    let pronoun = line
        .np_starting_at(i + 1)
        .is_some_and(|np| np.kind == NpKind::Pronoun);
    line.fold(i) == "after" && !pronoun && tells(line, i + 1, false)
}

/// Whether the report that begins at item `i` is only a subject and a cue before a stop, a comma or a quotation.
fn ends_report(line: &Line<'_>, i: usize) -> bool {
    let mut k = line
        .np_starting_at(i)
        .map_or(i, |np| extent::extend_right(line, np, false));
    while line.is_adverb(k) || line.is_aux(k) {
        k += 1;
    }
    let after = k + 1;
    line.is_stop(after) || line.is_comma(after) || line.is_quote(after) || line.fold(after) == ":"
}

/// One past the last item of a phrase that is content: its clause, cut at the first comma outside it.
pub(super) fn phrase_end(line: &Line<'_>, from: usize, end: usize) -> usize {
    let mut i = from;
    while i < end {
        let next = line.fold(i + 1);
        if starts_gap(line, i) || i > from && (narrates(line, i) || meanwhile(line, i)) {
            return i;
        }
        if line.is_quote(i) && ends_inside_with_comma(line, i) {
            return i + 1;
        }
        if line.is_comma(i) && !line.is_quote(i + 1) && ends_phrase(line, i + 1) {
            return i;
        }
        if i > from && line.is_dash(i) {
            return i;
        }
        // "Scenes of panic as the boat tilted and passengers fell": the second clause stands beside the first.
        let beside = !line.is_comma(i.wrapping_sub(1))
            && (from..i)
                .any(|k| matches!(line.fold(k), "as" | "when" | "while") && starts_clause(line, k + 1))
            && starts_clause(line, i + 1)
            && !starts_report(line, i + 1);
        if i > from
            && !(beside && line.fold(i) == "and")
            && matches!(line.fold(i), "and" | "but" | "while")
            && (line.tag(i + 1).is_finite() || starts_report(line, i + 1) || starts_clause(line, i + 1))
        {
            return i;
        }
        if i > from
            && line.classes(i).has(Classes::SUBORDINATOR)
            && !matches!(line.fold(i), "as" | "before" | "after" | "since" | "until")
            && !next.is_empty()
        {
            return i;
        }
        i += 1;
    }
    end
}

/// Where a content that opens with a quotation ends: with the quotation, or further when the sentence goes
/// on ("said “no deal” was better than …").
pub(super) fn quote_end(line: &Line<'_>, quote: usize) -> usize {
    let next = quote + 1;
    if line.is_stop(next) || line.is_comma(next) || next >= line.len() {
        return next;
    }
    if line.fold(next) == "and" && line.is_quote(next + 1) {
        return next + 2;
    }
    if line.is_aux(next)
        || line.tag(next).is_finite()
        || line.is_adp(next)
        || line.tag(next).is_noun()
        || line.fold(next) == "to"
    {
        let end = clause_end(line, next);
        // "“Arbitrary” sanctions against him, without naming them": words and their noun are no clause.
        let clause = (next..end).any(|i| line.tag(i).is_finite() || line.is_aux(i) || line.is_quote(i));
        let named = line.tag(next).is_noun() && !clause;
        return if named { phrase_end(line, next, end) } else { end };
    }
    next
}

/// Whether what begins at item `i` behind a comma is no part of the phrase before it: another clause, an
/// adverbial, a participle; but not an apposition, a relative clause or the next member of a list.
fn ends_phrase(line: &Line<'_>, i: usize) -> bool {
    // "Praised the board, which he said keeps its word" tells two things.
    if extent::opens_relative(line, i) {
        return line
            .np_starting_at(i + 1)
            .is_some_and(|np| says_of_gap(line, extent::extend_right(line, np, false)));
    }
    if line.tag(i) == Tag::Adj || line.fold(i) == "including" {
        return false;
    }
    let at = if matches!(line.fold(i), "and" | "or") {
        i + 1
    } else {
        i
    };
    match line.np_starting_at(at) {
        Some(np) => np.kind == NpKind::Time || np.kind == NpKind::Pronoun || starts_clause(line, at),
        None => true,
    }
}

/// Index of the sentence's final stop, or its length.
pub(super) fn last_stop(line: &Line<'_>) -> usize {
    let mut end = line.len();
    while end > 0 && !line.is_quote(end - 1) && line.is_stop(end - 1) {
        end -= 1;
    }
    end
}

/// "The offer, Hartmann added, choosing her words with care, was not serious": the comma behind what she did meanwhile,
/// where the verb of the subject before the frame follows; else the one at item `comma`.
pub(super) fn behind_aside(line: &Line<'_>, left: &Range<usize>, comma: usize) -> usize {
    /// How many items such an aside may take.
    const ASIDE: usize = 12;
    let opens = line.tag(comma + 1) == Tag::VerbIng || line.is_adp(comma + 1);
    if !opens || is_clause(line, left.clone()) {
        return comma;
    }
    let plain = |i: &usize| !line.is_quote(*i) && !line.tag(*i).is_finite() && !line.is_aux(*i);
    let close = (comma + 1..line.len().min(comma + ASIDE))
        .take_while(plain)
        .find(|i| line.is_comma(*i));
    close
        .filter(|c| line.is_aux(c + 1) || line.tag(c + 1).is_finite())
        .unwrap_or(comma)
}

/// The verb of the infinitive that begins at item `at`: "to leave", "to quickly leave", "not to be".
pub(super) fn infinitive(line: &Line<'_>, at: usize) -> Option<usize> {
    let to = at + usize::from(is_denied_infinitive(line, at));
    // "To more than double".
    let more = line.fold(to + 1) == "more" && line.fold(to + 2) == "than";
    let grows = |i: usize| {
        line.tag(i) == Tag::VerbBase || matches!(line.fold(i), "double" | "treble" | "triple" | "halve")
    };
    if line.fold(to) == "to" && more && grows(to + 3) {
        return Some(to + 3);
    }
    // "To fast-track the permit".
    let joined = line.fold(to + 2) == "-" && !line.is_dash(to + 2) && line.shape(to + 3) == Shape::Lower;
    if line.fold(to) == "to" && joined && matches!(line.tag(to + 4), Tag::Det | Tag::Pron | Tag::Propn) {
        return Some(to + 3);
    }
    let verb = (to + 1..line.len().min(to + 4)).find(|i| !line.is_adverb(*i))?;
    (line.fold(to) == "to" && matches!(line.tag(verb), Tag::VerbBase | Tag::Aux)).then_some(verb)
}

/// "Not to leave".
pub(super) fn is_denied_infinitive(line: &Line<'_>, at: usize) -> bool {
    line.fold(at) == "not" && line.fold(at + 1) == "to"
}

/// Longest aside behind a subject, in items.
pub(super) const MAX_ASIDE: usize = 14;

/// Whether the phrase at item `from` is the subject of a verb in a tense before `end`, and no object with a clause
/// behind it: "argued the plan to cut it would fail", but not "praised the plan that would cut it".
pub(super) fn has_own_verb(line: &Line<'_>, from: usize, end: usize) -> bool {
    let inner = Classes::RELATIVE.and(Classes::QUESTION);
    let mut clauses = 0_usize;
    let mut i = from;
    while i < end {
        if line.is_quote(i) {
            i += 1;
            continue;
        }
        // "Suggested the algae, like warm water, might help": an aside in the subject.
        if line.is_comma(i) && i > from && clauses == 0 {
            let close = (i + 2..end.min(i + MAX_ASIDE)).find(|k| line.is_comma(*k));
            let verb = |k: usize| line.tag(k).is_finite() || line.is_aux(k);
            let after = close.map(|c| c + 1 + usize::from(line.is_adverb(c + 1)));
            if after.is_some_and(verb) && !line.classes(i + 1).has(Classes::COORDINATOR) {
                return true;
            }
        }
        let over = line.is_comma(i) || line.is_dash(i) || line.fold(i) == ":";
        if i > from && (over || line.classes(i).has(Classes::SUBORDINATOR) && !line.is_adp(i)) {
            return false;
        }
        let that = line.fold(i) == "that" && line.tag(i) != Tag::Det;
        // "The deal he had reached": a subject right behind the phrase opens a clause without a pronoun.
        let adjacent = i > from
            && line.np_ending_at(i).is_some()
            && line
                .np_starting_at(i)
                .is_some_and(|np| matches!(np.kind, NpKind::Pronoun | NpKind::Name | NpKind::Common))
            && starts_clause(line, i);
        if that || line.classes(i).has(inner) || adjacent {
            clauses += 1;
        }
        if line.tag(i).is_finite() || line.is_aux(i) || line.is_contraction(i) {
            let Some(fewer) = clauses.checked_sub(1) else {
                return true;
            };
            clauses = fewer;
            while i + 1 < end && (line.is_aux(i + 1) || line.is_adverb(i + 1) || line.is_verb(i + 1)) {
                i += 1;
            }
        }
        i += 1;
    }
    false
}
