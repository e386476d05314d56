//! Nouns that report: "Okoro’s claim that …", "criticism of the plan", "raised doubts about it", "the response was: “…”".

use std::ops::Range;

use crate::{
    base::word::TokenKind,
    semantic::{
        content_end::{clause_end, ends_inside_with_comma, infinitive, phrase_end, starts_clause},
        cue::{self, Classes, CueVerb},
        extent,
        frame::{ContentKind, Frame, FrameKind, Side},
        lexicon,
        line::{Line, Np, NpKind},
        subject,
        wordsets::WordSet,
    },
    syntax::tag::Tag,
};

/// Whatever noun reports.
pub(super) const NOUN_CUES: Classes = Classes::CUE_NOUN_ACT
    .and(Classes::CUE_NOUN_VIEW)
    .and(Classes::CUE_NOUN_DOCUMENT);

/// "Okoro’s claim that …", "a warning from the bank that …", "in the words of the mayor, “…”".
pub(super) fn noun_frame(line: &Line<'_>, at: usize) -> Option<Frame> {
    let np = line.np_over(at)?;
    if np.head != at {
        return None;
    }
    let mut cue = at..at + 1;
    let mut next = at + 1;
    let mut source = possessor(line, np).inspect(|s| {
        cue.start = s.end;
    });
    let owned = source.is_some();
    let mut handed = false;
    let named_words = matches!(line.fold(at), "words");
    if source.is_none() && line.fold(next) == "of" && line.is_quote(next + 1) {
        return called_out(line, np, next + 1);
    }
    if source.is_none() && matches!(line.fold(next), "of" | "by" | "from") {
        let by = line.np_starting_at(next + 1)?;
        let owner = matches!(line.fold(next), "by" | "from") || named_words;
        if owner && line.may_speak(by) {
            let end = extent::extend_right(line, by, true);
            // "A response from Oslo, which called it “a trap”": the words are the clause's own.
            if line.is_quote(end) && (by.items.end..end).any(|i| line.is_verb(i)) {
                return None;
            }
            source = Some(by.items.start..end);
            next = end;
        }
    }
    let source = source?;
    // A possessor speaks by its own head, not by that of the phrase it opens.
    let owner_head = source
        .end
        .saturating_sub(1 + usize::from(line.kind(source.end - 1) == TokenKind::Possessive));
    let animate = line.tag(owner_head) == Tag::Propn
        || line.classes(owner_head).has(Classes::POSSESSIVE)
        || crate::semantic::line::is_animate(line.fold(owner_head))
        || subject::may_speak(line, &source);
    let view = line
        .classes(at)
        .has(Classes::CUE_NOUN_VIEW.and(Classes::CUE_NOUN_DOCUMENT));
    if line.is_comma(next) && named_words {
        next += 1;
    }
    // "Okoro’s answer was that", "her hope is to stay"; but a bill that is to pass is no wish.
    let mut be = next;
    while line.is_aux(be) && !line.is_be(be) || line.is_adverb(be) {
        be += 1;
    }
    if owned && line.is_be(be) {
        let mind = line
            .classes(at)
            .has(Classes::CUE_NOUN_ACT.and(Classes::CUE_NOUN_VIEW));
        let from = be + 1 + usize::from(line.is_adverb(be + 1));
        let that = line.fold(from) == "that" && line.tag(from) != Tag::Det;
        let to = mind && infinitive(line, from).is_some_and(|verb| !line.is_be(verb));
        if that || to {
            cue.end = from;
            next = from;
        }
    }
    // "His claim in an interview that".
    if owned
        && matches!(line.fold(next), "in" | "on" | "at" | "to")
        && let Some(place) = line.np_starting_at(next + 1)
        && let end = extent::extend_right(line, place, false)
        && line.fold(end) == "that"
        && matches!(line.tag(end), Tag::Sconj)
    {
        next = end;
    }
    // "Her remark hours earlier that", "his claim last week that".
    if owned && let Some(that) = behind_time(line, next).filter(|that| line.tag(*that) == Tag::Sconj) {
        next = that;
    }
    let content = if line.is_quote(next) && (named_words || !view) {
        next..next + 1
    } else if line.fold(next) == "of" && line.is_quote(next + 1) {
        next + 1..next + 2
    } else if line.fold(next) == "that" && line.tag(next) != Tag::Det {
        // Behind "was" the clause is all there is; behind "despite his claim" the main clause follows it.
        let copular = cue.end == next && next > at + 1;
        if !copular && is_place_of_saying(line, np) {
            return None;
        }
        let end = if copular {
            clause_end(line, next)
        } else {
            noun_clause_end(line, next)
        };
        // So it does behind "asked about his claim".
        let opens = |p: usize| {
            p == 0 || p == 1 && matches!(line.tag(0), Tag::VerbPart | Tag::VerbPast | Tag::VerbIng)
        };
        let main = (next..end)
            .find(|i| np.governed.is_some_and(opens) && line.is_comma(*i) && starts_clause(line, i + 1));
        let end = main.unwrap_or(end);
        next..end
    } else if infinitive(line, next).is_some()
        && (line.classes(at).has(Classes::CUE_NOUN_ACT) && !is_mere_words(line.fold(at))
            || cue.end == next && next > at + 1)
    {
        next..noun_clause_end(line, next)
    } else if let Some(quote) = (cue.start >= source.end)
        .then(|| quote_behind(line, next))
        .flatten()
    {
        // "his call for a “deportation force”", "Holm’s remarks about the “gang”".
        next + 1..quote + 1
    } else if let Some((cue_end, from)) =
        handed_over(line, np).filter(|_| owned && line.classes(at).has(Classes::CUE_NOUN_OWNED))
    {
        cue.end = cue_end;
        handed = true;
        let phrase = line.np_starting_at(from).filter(|_| from > next);
        from..phrase.map_or_else(
            || noun_clause_end(line, from),
            |np| extent::extend_right(line, np, true),
        )
    } else {
        return None;
    };
    let only = content.len() == 1 && line.is_quote(content.start);
    let kind = match line.fold(content.start) {
        _ if only => ContentKind::Quotation,
        _ if handed => ContentKind::Clause,
        "that" => ContentKind::Clause,
        "to" => ContentKind::Infinitive,
        _ => ContentKind::Phrase,
    };
    Some(Frame {
        cue: line.tokens(cue),
        animate,
        source: Some(line.tokens(source)),
        antecedent: None,
        content: vec![line.tokens(content)],
        kind: FrameKind::Noun,
        side: Side::After,
        content_kind: kind,
        classes: Classes::SPEECH.and(Classes::THAT),
        negated: false,
    })
}

/// "Used his questions to press the council": words that are put to some end, which they do not tell.
fn is_mere_words(noun: &str) -> bool {
    matches!(
        noun.strip_suffix('s').unwrap_or(noun),
        "question" | "remark" | "comment"
    )
}

/// "Okoro wrote in her letter that …", "said on his website that …": the verb before hands over to the clause, and the
/// document only says where.
fn is_place_of_saying(line: &Line<'_>, np: &Np) -> bool {
    let Some(at) = np.governed.filter(|p| matches!(line.fold(*p), "in" | "on")) else {
        return false;
    };
    // "wrote to ministers in her letter that"
    let told = line
        .np_ending_at(at)
        .and_then(|np| np.governed.filter(|p| line.fold(*p) == "to"));
    let says = |i: usize| {
        let class = cue::verb(line.fold(i)).map(|v| v.classes).unwrap_or_default();
        line.is_verb(i) && class.has(Classes::SPEECH) && class.has(Classes::THAT)
    };
    told.unwrap_or(at).checked_sub(1).is_some_and(says)
}

/// The "that" behind a time at item `from`: "hours earlier that", "last week that".
fn behind_time(line: &Line<'_>, from: usize) -> Option<usize> {
    let np = line.np_starting_at(from)?;
    let end = np.items.end;
    let since = usize::from(matches!(line.fold(end), "earlier" | "ago" | "before" | "later"));
    let time = np.kind == NpKind::Time || since > 0 && line.tag(np.head).is_noun();
    (time && line.fold(end + since) == "that").then_some(end + since)
}

/// "a cry of “…” from the gallery", "They answered with chants of “…”": the words of a crowd, which may be nobody's. `quote` is the
/// item of the quotation.
fn called_out(line: &Line<'_>, np: &Np, quote: usize) -> Option<Frame> {
    if !line.classes(np.head).has(Classes::OUTCRY) {
        return None;
    }
    let from = (line.fold(quote + 1) == "from")
        .then(|| line.np_starting_at(quote + 2))
        .flatten()
        .map(|np| np.items.start..extent::extend_right(line, np, true));
    let source = from.or_else(|| {
        let with = np
            .governed
            .filter(|p| matches!(line.fold(*p), "with" | "in" | "into" | "to"));
        let verb = with.unwrap_or(np.items.start).checked_sub(1)?;
        let verb = (verb.saturating_sub(2)..=verb)
            .rev()
            .find(|i| line.tag(*i).is_finite())?;
        let (subject, _) = subject::before(line, verb)?;
        subject::may_speak(line, &subject).then_some(subject)
    });
    Some(Frame {
        cue: line.tokens(np.head..np.head + 1),
        animate: true,
        source: source.map(|s| line.tokens(s)),
        antecedent: None,
        content: vec![line.tokens(quote..quote + 1)],
        kind: FrameKind::Noun,
        side: Side::After,
        content_kind: ContentKind::Quotation,
        classes: Classes::SPEECH,
        negated: false,
    })
}

/// "“…,” was his verdict.": the words in front of what they are.
pub(super) fn verdict_frame(line: &Line<'_>) -> Option<Frame> {
    let be = (1..line.len().min(4)).find(|i| line.is_be(*i))?;
    let quote = if line.is_quote(be - 1) {
        be - 1
    } else {
        be.checked_sub(2)
            .filter(|q| line.is_quote(*q) && line.is_comma(be - 1))?
    };
    let set_off = line.is_comma(be - 1) || ends_inside_with_comma(line, quote);
    if set_off && line.fold(be + 1) == "how" {
        return how_it_was_put(line, be, quote);
    }
    let np = line.np_starting_at(be + 1).filter(|np| {
        set_off
            && line
                .classes(np.head)
                .has(Classes::CUE_NOUN_ACT.and(Classes::CUE_NOUN_VIEW))
    })?;
    let source = possessor(line, np)?;
    Some(Frame {
        cue: line.tokens(be..np.items.end),
        source: Some(line.tokens(source)),
        antecedent: None,
        content: vec![line.tokens(quote..quote + 1)],
        kind: FrameKind::Noun,
        side: Side::Before,
        content_kind: ContentKind::Quotation,
        classes: Classes::SPEECH,
        negated: false,
        animate: true,
    })
}

/// "“A mess,” is how one official described it."
fn how_it_was_put(line: &Line<'_>, be: usize, quote: usize) -> Option<Frame> {
    let np = line
        .np_starting_at(be + 2)
        .filter(|np| line.may_speak(np) && !matches!(line.fold(np.head), "it" | "this" | "that"))?;
    let end = extent::extend_right(line, np, true);
    let verb = (end..line.len())
        .find(|i| !line.is_adverb(*i) && !line.is_aux(*i))
        .filter(|v| line.is_verb(*v))?;
    let up = usize::from(line.fold(verb + 1) == "up");
    Some(Frame {
        cue: line.tokens(end..verb + 1 + up),
        source: Some(line.tokens(np.items.start..end)),
        antecedent: None,
        content: vec![line.tokens(quote..quote + 1)],
        kind: FrameKind::Verb,
        side: Side::Before,
        content_kind: ContentKind::Quotation,
        classes: Classes::SPEECH,
        negated: false,
        animate: true,
    })
}

/// The least number of tokens, marks included, that a quotation behind "the response was" has without a colon.
const MIN_RESPONSE: u32 = 7;

/// "Clinton’s response was: “…”".
pub(super) fn response_frame(line: &Line<'_>) -> Option<Frame> {
    let np = line
        .nps
        .iter()
        .find(|np| line.classes(np.head).has(NOUN_CUES) && line.is_be(np.items.end))?;
    let source = possessor(line, np)?;
    let mut quote = np.items.end + 1;
    let marked = matches!(line.fold(quote), ":" | ",");
    if marked {
        quote += 1;
    }
    // "His remarks were “propaganda”" judges them; it does not tell them.
    let whole = line
        .items
        .get(quote)
        .is_some_and(|x| marked || x.end - x.first >= MIN_RESPONSE);
    (whole && line.is_quote(quote)).then(|| Frame {
        cue: line.tokens(source.end..np.items.end + 1),
        source: Some(line.tokens(source)),
        antecedent: None,
        content: vec![line.tokens(quote..quote + 1)],
        kind: FrameKind::Noun,
        side: Side::After,
        content_kind: ContentKind::Quotation,
        classes: Classes::SPEECH,
        negated: false,
        animate: true,
    })
}

/// "Raised doubts about the plan", "made a promise to resign": a verb that reports with its noun. One past the
/// last item of the cue, and the content.
pub(super) fn light_noun(line: &Line<'_>, behind: usize, verb: CueVerb) -> Option<(usize, Range<usize>)> {
    if !verb.classes.has(Classes::LIGHT) {
        return None;
    }
    let np = line
        .np_starting_at(behind)
        .filter(|np| line.classes(np.head).has(NOUN_CUES) && np.head + 1 == np.items.end)?;
    let (cue_end, from) = handed_over(line, np)?;
    Some((cue_end, from..handed_end(line, from)))
}

/// Where the cue ends and the content begins that hang on a noun: "doubts about | the plan", "plan | to leave",
/// "claim | that he left".
pub(super) fn handed_over(line: &Line<'_>, np: &Np) -> Option<(usize, usize)> {
    let next = np.items.end;
    let word = line.fold(next);
    if matches!(word, "that" | "whether") && line.tag(next) != Tag::Det {
        return Some((next, next));
    }
    if !cue::noun_hands_over(line.fold(np.head), word) {
        return None;
    }
    if infinitive(line, next).is_some() {
        return Some((next, next));
    }
    let opens = line
        .np_starting_at(next + 1)
        .is_some_and(|n| n.kind != NpKind::Time && !line.classes(next + 1).has(Classes::TIME))
        || line.tag(next + 1) == Tag::VerbIng
        || line.classes(next + 1).has(Classes::QUESTION);
    opens.then_some((next + 1, next + 1))
}

/// Where the content ends that a noun hands over to: a clause goes on longer than a phrase.
pub(super) fn handed_end(line: &Line<'_>, from: usize) -> usize {
    let end = clause_end(line, from);
    if matches!(line.fold(from), "that" | "to") || line.classes(from).has(Classes::QUESTION) {
        end
    } else {
        phrase_end(line, from, end)
    }
}

/// A quotation that hangs on a noun of saying by a preposition at item `at`, with no clause between.
fn quote_behind(line: &Line<'_>, at: usize) -> Option<usize> {
    const REACH: usize = 6;
    if !matches!(
        line.fold(at),
        "of" | "for" | "on" | "about" | "against" | "over" | "in" | "to" | "as"
    ) {
        return None;
    }
    (at + 1..line.len().min(at + 1 + REACH))
        .take_while(|i| {
            !(line.tag(*i).is_finite() || line.is_aux(*i) || line.is_comma(*i) || line.is_stop(*i))
        })
        .find(|i| line.is_quote(*i))
}

/// The possessor of a noun phrase with its ’s: "Okoro’s" of "Okoro’s claim", "his" of "his claim".
pub(super) fn possessor(line: &Line<'_>, np: &Np) -> Option<Range<usize>> {
    let start = np.items.start;
    if line.classes(start).has(Classes::POSSESSIVE) {
        return Some(start..start + 1);
    }
    let mark = (start..np.head)
        .rev()
        .find(|i| line.kind(*i) == TokenKind::Possessive || matches!(line.fold(*i), "’" | "'"))?;
    (mark > start).then_some(start..mark + 1)
}

/// The end of a clause that hangs on a noun in subject position: before the verb that the noun governs.
fn noun_clause_end(line: &Line<'_>, from: usize) -> usize {
    let end = clause_end(line, from);
    // "Okoro’s claim that the plan was “ready” drew laughter": the second finite verb without a subject
    // of its own belongs to the noun.
    let mut verbs = 0;
    for i in from..end {
        let finite = line.tag(i).is_finite() || line.is_aux(i) && !line.is_aux(i.wrapping_sub(1));
        if !finite || line.is_quote(i) {
            continue;
        }
        // "Roy, who heard pleas to run again, says": what is asked for ends with the comma before the main verb.
        if line.is_comma(i.wrapping_sub(1)) && i > from + 1 && verbs == 0 && infinitive(line, from).is_some()
        {
            return i - 1;
        }
        let after_quote = i > from && line.is_quote(i - 1);
        let has_subject = i > from && line.np_ending_at(i).is_some_and(|np| np.governed.is_none());
        verbs += 1;
        if verbs > 1
            && (after_quote || !has_subject)
            && !line.classes(i - 1).has(Classes::COORDINATOR)
            && !line.is_aux(i - 1)
        {
            return i;
        }
    }
    end
}

/// Whether item `i` is a word for people with a determiner before it and a description behind it.
pub(super) fn is_described_behind(line: &Line<'_>, i: usize) -> bool {
    let behind = lexicon::english().is(WordSet::DescribesBehind, line.fold(i + 1)) && line.is_adp(i + 2);
    let before = i
        .checked_sub(1)
        .is_some_and(|b| matches!(line.tag(b), Tag::Det | Tag::Num | Tag::Adj | Tag::Pron));
    behind && before && line.is_animate(i)
}
