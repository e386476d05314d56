//! Relative clauses that hold who says so: "a finish that he said defied the polls", "a charity that prosecutors said was a
//! front". The verb behind the attribution has the relative pronoun for its subject, and the tagger takes it for what
//! stands behind "said" elsewhere, and the pronoun for a conjunction.

use std::ops::Range;

use crate::{
    base::word::TokenKind,
    semantic::cue::{self, Classes, Form},
    syntax::{
        tag::Tag,
        token::{Shape, Tokens},
    },
};

/// Corrects the tags around each attribution inside a relative clause of one sentence.
pub(super) fn retag(tokens: &mut Tokens, range: &Range<usize>) {
    for at in range.start + 2..range.end.saturating_sub(2) {
        if !is_attribution(tokens, at) {
            continue;
        }
        let Some(start) = subject_start(tokens, range, at) else {
            continue;
        };
        let verb = at + 1 + usize::from(tokens.list[at + 1].tag == Tag::Adv);
        let open = is_tense(tokens, verb);
        let Some(relative) = start.checked_sub(1).filter(|r| is_relative(tokens, range, *r)) else {
            if open {
                name_of_doer(tokens, start, at);
            } else if is_of_many(tokens, start, at)
                && let Some(tag) = gapped_verb(tokens, range, verb)
            {
                tokens.list[verb].tag = tag;
            }
            continue;
        };
        let mended = if open {
            None
        } else {
            gapped_verb(tokens, range, verb)
        };
        if let Some(tag) = mended {
            tokens.list[verb].tag = tag;
        }
        if open || mended.is_some() {
            tokens.list[relative].tag = Tag::Pron;
        }
    }
}

fn is_tense(tokens: &Tokens, i: usize) -> bool {
    tokens
        .list
        .get(i)
        .is_some_and(|t| t.tag.is_finite() || t.tag == Tag::Aux)
}

/// Whether token `i` is a verb in a tense that tells what somebody says or thinks, and calls nobody anything.
pub(super) fn is_attribution(tokens: &Tokens, i: usize) -> bool {
    tokens.list[i].tag.is_finite()
        && cue::verb(tokens.fold(i)).is_some_and(|v| {
            v.classes.has(Classes::SPEECH)
                && v.classes.has(Classes::THAT)
                && !v.classes.has(Classes::CALL)
                && !v.classes.has(Classes::WEAK)
                && matches!(v.form, Form::Past | Form::Present | Form::Base)
        })
}

/// Where the few words begin that are the subject of the verb at token `at`.
fn subject_start(tokens: &Tokens, range: &Range<usize>, at: usize) -> Option<usize> {
    const REACH: usize = 7;
    let from = at.saturating_sub(REACH).max(range.start);
    let last = at - 1;
    if cue::classes(tokens.fold(last)).has(Classes::PERSONAL) && tokens.list[last].tag == Tag::Pron {
        return Some(last);
    }
    let part = |k: usize| {
        let word = tokens.fold(k);
        let small = matches!(word, "that" | "which" | "who" | "what" | "whom");
        let owner = cue::classes(word).has(Classes::POSSESSIVE);
        !small
            && (matches!(
                tokens.list[k].tag,
                Tag::Noun | Tag::NounPl | Tag::Propn | Tag::Adj | Tag::Det | Tag::Num
            ) || owner
                || matches!(word, "." | "of")
                || tokens.list[k].kind == TokenKind::Possessive && tokens.list[k].tag != Tag::Aux)
    };
    let head = matches!(tokens.list[last].tag, Tag::Noun | Tag::NounPl | Tag::Propn);
    let start = (from..at).rev().take_while(|k| part(*k)).last()?;
    head.then_some(start)
}

/// "A claim | inspectors said made no sense": many who speak cannot belong to an article of one.
fn is_of_many(tokens: &Tokens, start: usize, at: usize) -> bool {
    matches!(tokens.fold(start), "a" | "an" | "another" | "one")
        && at >= start + 3
        && tokens.list[at - 1].tag == Tag::NounPl
        && tokens.list[at - 2].tag == Tag::Noun
}

/// Whether token `i` can be a relative pronoun behind what it stands for.
fn is_relative(tokens: &Tokens, range: &Range<usize>, i: usize) -> bool {
    let noun = |k: usize| {
        tokens.list[k].tag.is_noun() || matches!(tokens.list[k].tag, Tag::Propn | Tag::Num | Tag::Sym)
    };
    i > range.start
        && match tokens.fold(i) {
            "that" => noun(i - 1),
            "which" | "who" => noun(i - 1) || tokens.fold(i - 1) == ",",
            _ => false,
        }
}

/// The tag of a verb that the tagger takes for something else, at token `i` behind an attribution: "defied the polls",
/// "led him to it", "seeks to keep it".
fn gapped_verb(tokens: &Tokens, range: &Range<usize>, i: usize) -> Option<Tag> {
    let next = tokens.list.get(i + 1).filter(|_| i + 1 < range.end)?.tag;
    let token = tokens.list[i];
    if token.shape != Shape::Lower {
        return None;
    }
    let word = tokens.fold(i);
    let nominal = next.is_noun() || matches!(next, Tag::Det | Tag::Pron | Tag::Propn | Tag::Num);
    let to = tokens.fold(i + 1) == "to";
    match token.tag {
        Tag::Adj if word.ends_with("ed") && nominal => Some(Tag::VerbPast),
        Tag::VerbPart
            if nominal || next == Tag::Adj || to || next == Tag::Adp && tokens.fold(i + 1) != "by" =>
        {
            Some(Tag::VerbPast)
        }
        Tag::NounPl if word.ends_with('s') && (to || next == Tag::Det) => Some(Tag::VerbPres),
        Tag::VerbBase if nominal || to => Some(Tag::VerbPres),
        _ => None,
    }
}

/// "A dynamic Hale said could last": what the tagger takes for an adjective of the name is what the name said it of.
fn name_of_doer(tokens: &mut Tokens, start: usize, at: usize) {
    let name = |k: usize| tokens.list[k].tag == Tag::Propn || tokens.fold(k) == ".";
    let Some(first) = (start..at).rev().take_while(|k| name(*k)).last() else {
        return;
    };
    let article = matches!(tokens.fold(start), "a" | "an" | "the" | "another");
    let noun_before = start.checked_sub(1).is_some_and(|k| tokens.list[k].tag.is_noun());
    if article && !noun_before && first > start + 1 && tokens.list[first - 1].tag == Tag::Adj {
        tokens.list[first - 1].tag = Tag::Noun;
    }
}
