//! What a source phrase is about: its head, and the candidate that names or describes whom it means.

use std::ops::Range;

use crate::{
    base::word::TokenKind,
    kb::Kind,
    semantic::{
        cue::{self, Classes},
        doc::{Doc, Phrase},
        gazetteer::is_particle,
        lexicon::{self, Lexicon},
        local::Local,
        mention::{Candidate, Cue, What},
        wordsets::WordSet,
    },
    syntax::{tag::Tag, token::Shape},
};

/// The candidate for a mention that a source phrase is about.
pub(super) fn candidate_of<'l>(local: &'l Local, source: &Phrase) -> Option<&'l Candidate> {
    let head = head_of(local, source);
    if local.listed(head) == "one" {
        // "one of them, Sunniva Aarrestad, who …": the name tells which one.
        let from = local.candidates.partition_point(|c| c.tokens.start <= head);
        let named = local.candidates[from..]
            .iter()
            .take_while(|c| c.tokens.start <= source.tokens.end + 3)
            .find(|c| matches!(c.what, What::Name(_)))
            .filter(|c| (head..c.tokens.start).any(|t| local.tokens.fold(t) == ","));
        if named.is_some() {
            return named;
        }
    }
    if let Some(holder) = holder_at_end(local, source, head)
        .or_else(|| apposed_holder(local, source, head))
        .or_else(|| joined_roles(local, source, head))
        .or_else(|| member_for(local, source))
    {
        return Some(holder);
    }
    local
        .candidates
        .iter()
        .skip(
            local
                .candidates
                .partition_point(|c| c.tokens.end + 24 < source.tokens.start),
        )
        .take_while(|c| c.phrase.start < source.tokens.end || c.tokens.start < source.tokens.end)
        .filter(|c| c.phrase.contains(&head))
        .max_by_key(|c| {
            let direct = c.tokens.contains(&head);
            let name = matches!(c.what, What::Name(_));
            // The name in an apposition, else the description at the head, else whatever holds it.
            (name && c.phrase.start <= source.tokens.start, direct, name)
        })
}

/// The name in "Special Representative for Iran Ida Hook", that an office and what it is of lead up to.
pub(super) fn holder_at_end<'l>(local: &'l Local, source: &Phrase, head: usize) -> Option<&'l Candidate> {
    let lex = lexicon::english();
    let fold = |t: usize| local.listed(t);
    let office = matches!(fold(head + 1), "of" | "for") && lex.role_at(&local.tokens, head).is_some();
    // "Mayor of Riga Ida Hook (no relation)": the bracket only tells of her.
    let bracket = (head..source.tokens.end).find(|&t| fold(t) == "(");
    let end = bracket.unwrap_or(source.tokens.end);
    let to = local.candidates.partition_point(|c| c.tokens.start < end);
    let mut inside = local.candidates[..to]
        .iter()
        .rev()
        .take_while(|c| c.tokens.start > head + 2);
    let holder =
        inside.find(|c| matches!(c.what, What::Name(_)) && c.tokens.end == end && c.tokens.len() > 1)?;
    let before = local.tokens.list[holder.tokens.start - 1].shape;
    let glued = matches!(before, Shape::Capital | Shape::AllCaps) && !holder.cues.has(Cue::BodyNoun);
    let apart = (head..holder.tokens.start).any(|t| fold(t) == ",");
    // "A spokesman for Chancellor Ida Hook": her own office makes her the one whom he speaks for.
    let own = lex.role_at(&local.tokens, holder.tokens.start - 1).is_some()
        || matches!(&holder.what, What::Name(name) if name.title.is_some());
    (office && glued && !apart && !own).then_some(holder)
}

/// The name in "Sweden’s energy and business minister, Ebba Holm," and "her PS, Dr Ida Holm,": it stands behind the comma, and
/// what stands before it is an office of two things or letters.
fn apposed_holder<'l>(local: &'l Local, source: &Phrase, head: usize) -> Option<&'l Candidate> {
    let tokens = &local.tokens;
    let range = source.tokens.clone();
    let comma = (range.start + 1..range.end).find(|t| tokens.fold(*t) == ",")?;
    let office = lexicon::english().role_at(tokens, comma - 1).is_some();
    let joined = office && tokens.fold(head + 1) == "and" && head + 2 < comma;
    let owned = tokens.list[range.start].tag == Tag::Pron
        || cue::classes(tokens.fold(range.start)).has(Classes::POSSESSIVE);
    let letters = owned && comma == range.start + 2 && tokens.shape(comma - 1) == Shape::AllCaps;
    let from = local.candidates.partition_point(|c| c.tokens.start <= comma);
    let holder = local.candidates[from..]
        .iter()
        .take_while(|c| c.tokens.end <= range.end)
        .find(|c| matches!(c.what, What::Name(_)) && c.tokens.len() > 1)?;
    let near = holder.tokens.start <= comma + 3;
    let last = holder.tokens.end + usize::from(tokens.fold(holder.tokens.end) == ",") >= range.end;
    ((joined || letters) && near && last).then_some(holder)
}

/// The name in "businessman and Trump loyalist Stephen Holm" and "the singer and songwriter Ann Roe", whom two nouns
/// describe.
pub(super) fn joined_roles<'l>(local: &'l Local, source: &Phrase, head: usize) -> Option<&'l Candidate> {
    let lex = lexicon::english();
    let modifies = |t: usize| local.tokens.fold(t) == "the" || local.tokens.list[t].tag == Tag::Adj;
    let bare = (source.tokens.start..head).all(modifies)
        && local.tokens.list[head].tag != Tag::NounPl
        && lex.role_at(&local.tokens, head).is_some();
    if !bare || local.tokens.fold(head + 1) != "and" {
        return None;
    }
    let to = local
        .candidates
        .partition_point(|c| c.tokens.start < source.tokens.end);
    local.candidates[..to].iter().rev().take(3).find(|c| {
        let role = matches!(&c.what, What::Name(name) if name.role.is_some() || name.title.is_some());
        role && c.tokens.end == source.tokens.end && c.tokens.start > head + 1
    })
}

/// The name in "Whitby and Orme MP Alison Holm", a seat or a council with "and" in its name.
pub(super) fn member_for<'l>(local: &'l Local, source: &Phrase) -> Option<&'l Candidate> {
    let tokens = &local.tokens;
    let shape = |t: usize| tokens.list[t].shape;
    let start = source.tokens.start + usize::from(tokens.list[source.tokens.start].tag == Tag::Det);
    let and = (start..source.tokens.end.min(start + 4)).find(|t| tokens.fold(*t) == "and")?;
    let capitals =
        |range: Range<usize>| !range.is_empty() && range.into_iter().all(|t| shape(t) == Shape::Capital);
    let seat = (and + 2..source.tokens.end.min(and + 8)).find(|t| {
        lexicon::english().is(WordSet::Member, tokens.fold(*t))
            && (shape(*t) != Shape::Lower || tokens.list[*t].tag != Tag::NounPl)
    })?;
    let places = and + 1
        ..seat
            - usize::from(matches!(
                tokens.fold(seat - 1),
                "city" | "town" | "borough" | "county"
            ));
    if !capitals(start..and) || !capitals(places) {
        return None;
    }
    // "Starmer and Leeds MP Alison Holm" are two people.
    let to = local
        .candidates
        .partition_point(|c| c.tokens.start < source.tokens.end);
    let people = local.candidates[..to]
        .iter()
        .rev()
        .take_while(|c| c.tokens.end > start)
        .any(|c| c.tokens.start < and && c.hits().iter().any(|h| h.kind == Kind::Person));
    let given = lexicon::english().given(tokens.fold(start)).is_some() && and > start + 1;
    let holder = local.candidates[..to]
        .iter()
        .rev()
        .find(|c| matches!(c.what, What::Name(_)) && c.tokens.start > seat && c.tokens.len() > 1)?;
    (!people && !given).then_some(holder)
}

/// The name in "Mayor of Seahaven Piotr Jedl": what follows the office and what it is of. The phrase itself where
/// no office begins it.
pub(super) fn name_behind_role(lex: &Lexicon, local: &Local, phrase: Range<usize>) -> Range<usize> {
    let fold = |t: usize| local.tokens.fold(t);
    let shape = |t: usize| local.tokens.list[t].shape;
    let office =
        |t: &usize| lex.role_at(&local.tokens, *t).is_some() || lex.title_at(&local.tokens, *t).is_some();
    let Some(office) = phrase.clone().take(6).find(office) else {
        return phrase;
    };
    // Letters behind a name are none of it: "Judge Hall QC".
    let mut end = phrase.end;
    if end - phrase.start > 3 && shape(end - 1) == Shape::AllCaps {
        end -= 1;
    }
    let in_a_name = |t: &usize| {
        matches!(shape(*t), Shape::Capital | Shape::Initial)
            || is_particle(fold(*t))
            || matches!(fold(*t), "-" | ".")
    };
    let run = (office + 1..end).rev().take_while(in_a_name).last();
    let Some(start) = run.filter(|s| s + 1 < end) else {
        return phrase;
    };
    let given = (start..end - 1).find(|t| lex.given(fold(*t)).is_some());
    given.unwrap_or(start.max(end - 2))..end
}

/// "31% of voters", "a third of those asked", "eight in ten teachers", "no organization": so many of some people, whom no
/// reader could ask, or nobody.
pub(super) fn is_share(local: &Local, source: &Phrase) -> bool {
    let range = source.tokens.clone();
    let fold = |t: usize| local.tokens.fold(t);
    let number = |t: usize| {
        let listed = local.tokens.list.get(t);
        listed.is_some_and(|token| token.kind == TokenKind::Number || token.tag == Tag::Num)
    };
    let part = |t: usize| match fold(t) {
        "%" | "percent" => true,
        "third" | "thirds" | "quarter" | "quarters" | "fifth" | "fifths" | "tenth" => fold(t + 1) == "of",
        "in" => t > range.start && number(t - 1) && number(t + 1),
        _ => false,
    };
    // "Nobody", "no one": several who said nothing, whom "they" may lead back to.
    let nobody = matches!(fold(range.start), "no" | "neither" | "none") && fold(range.start + 1) != "one";
    nobody || range.clone().take(SHARE).any(part)
}

/// How many tokens a share takes at most ("just more than eight in ten").
const SHARE: usize = 6;

/// Words that begin what stands behind the head of a noun phrase.
const BEHIND_THE_HEAD: &[&str] = &[
    "of", "for", "in", "at", "from", "with", "to", "on", ",", "(", "who", "which", "that", "whose", "about",
    "against", "briefed", "familiar", "close", "near", "next", "beside", "behind", "opposite", "–", "—",
    "and", "as", "by", "inside", "outside", "involved", "“", "\"", "‘",
];

/// The token that a source phrase is about: the last before a preposition, comma, bracket or relative clause.
pub(super) fn head_of(local: &Local, source: &Phrase) -> usize {
    let range = source.tokens.clone();
    let mut head = range.start;
    while head + 1 < range.end && local.tokens.list[head].kind != TokenKind::Word {
        head += 1;
    }
    let start = head;
    let mut noun_seen = false;
    for t in start..range.end {
        let word = local.tokens.fold(t);
        let tag = local.tokens.list[t].tag;
        // "a survey published in 2017": a verb form behind the noun begins what only describes it.
        // "Germany’s acting finance minister" has one before it.
        let owned = t > range.start && local.tokens.list[t - 1].kind == TokenKind::Possessive;
        let describes = noun_seen
            && !owned
            && matches!(tag, Tag::VerbPart | Tag::VerbIng | Tag::VerbPast | Tag::VerbPres)
            && local.tokens.list[t].shape == Shape::Lower;
        // "Four officials he met in Riga".
        let clause = noun_seen
            && tag == Tag::Pron
            && cue::classes(word).has(Classes::PERSONAL.and(Classes::CONTRACTION));
        // "One engineer aware of the fault".
        let told = noun_seen && lexicon::english().is(WordSet::DescribesBehind, word);
        if t > range.start && (describes || clause || told || BEHIND_THE_HEAD.contains(&word)) {
            // A particle inside a name ("Ministry of Defence") does not end it.
            let inside = local
                .candidates
                .get(local.candidates.partition_point(|c| c.tokens.end <= t))
                .is_some_and(|c| c.tokens.contains(&t) && c.tokens.start < t);
            if !inside {
                break;
            }
        }
        if local.tokens.list[t].kind == TokenKind::Word {
            head = t;
            noun_seen |= tag.is_noun() || tag == Tag::Propn;
        }
    }
    head
}

/// Whether the noun at `t` means a person, by the list or by its ending.
pub(super) fn is_human_noun(lex: &Lexicon, local: &Local, t: usize) -> bool {
    let word = local.tokens.fold(t);
    // "The Duke of Sussex"
    let peer = lex.is(WordSet::Peerage, word)
        && local.tokens.shape(t) == Shape::Capital
        && local.listed(t + 1) == "of";
    let short =
        local.tokens.shape(t) == Shape::AllCaps && matches!(word, "pm" | "dpm" | "fm" | "cm" | "mp" | "mep");
    peer || short
        || lex.role_at(&local.tokens, t).is_some()
        || lex.thing(word).is_none()
            && (lex.is_human_ending(word)
                || matches!(
                    word,
                    "one"
                        | "someone"
                        | "anyone"
                        | "everyone"
                        | "somebody"
                        | "anybody"
                        | "everybody"
                        | "nobody"
                ))
}

/// "the Sonora maker": whoever makes something that has a name is a firm.
pub(super) fn is_maker(local: &Local, head: usize) -> bool {
    let before = head.checked_sub(1).map(|t| local.tokens.shape(t));
    local.listed(head) == "maker" && before.is_some_and(|shape| shape != Shape::Lower)
}

pub(super) fn is_relative(doc: &Doc<'_>, source: &Phrase) -> bool {
    let (_, local) = doc.block(source.block);
    source.tokens.len() == 1
        && matches!(
            local.listed(source.tokens.start),
            "who" | "which" | "that" | "whom" | "whose"
        )
}

/// "Mara Lindqvist, the president of the federation": a name ends at the comma.
pub(super) fn before_comma(local: &Local, mut tokens: Range<usize>) -> Range<usize> {
    let comma = (tokens.start + 1..tokens.end).find(|t| local.tokens.fold(*t) == ",");
    if let Some(comma) = comma.filter(|c| local.tokens.list[c - 1].shape != Shape::Lower) {
        tokens.end = comma;
    }
    tokens
}

/// "At least 21,000": how many, and nobody in particular.
pub(super) fn is_count(local: &Local, source: &Phrase) -> bool {
    let tokens = &source.tokens;
    let number = |t: usize| local.tokens.list.get(t).is_some_and(|t| t.tag == Tag::Num);
    let counts = |t: usize| number(t) || cue::classes(local.tokens.fold(t)).has(SMALL);
    local.tokens.kind(tokens.end - 1) == TokenKind::Number
        && number(tokens.end - 1)
        && tokens.clone().all(counts)
}

/// Words that tell how many.
pub(super) const SMALL: Classes = Classes::QUANTITY.and(Classes::QUANTIFIER);
