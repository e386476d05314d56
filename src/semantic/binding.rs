//! Whom a pronoun cannot mean, by the clause that it stands in: an object is never its own subject ("Holm, the deputy
//! mayor, asked him"), and what somebody is called beside his name is not his own ("Holm, his predecessor, left").

use crate::{
    base::word::TokenKind,
    semantic::{article::EntityKind, coref::Resolver, local::Local, mention::Pronoun, salience::Trace},
    syntax::tag::Tag,
};

/// How many words an apposition may have.
const MAX_APPOSITION: usize = 14;
/// How many words may stand between a subject and the object of its verb.
const MAX_CLAUSE: usize = 14;

impl Resolver<'_, '_, '_> {
    /// The subject of the verb whose object the pronoun at `at` is, where nothing but an apposition, auxiliaries and an
    /// infinitive stands between them.
    pub(super) fn clause_subject(&self, p: Pronoun, at: &Trace) -> Option<usize> {
        if p.subject || p.possessive || p.reflexive {
            return None;
        }
        let local = self.doc.block(at.block).1;
        let verb = governing_verb(local, at.token)?;
        let person = |t: &&Trace| {
            !t.owner && t.token < verb && self.cast.entities[t.entity].kind == EntityKind::Person
        };
        let here = |t: &&Trace| t.block == at.block && t.sentence == at.sentence;
        let subject = self.trail.back(at).take(8).take_while(here).find(person)?;
        // "was asked by Holm to join him": it is somebody else who joins.
        if subject
            .token
            .checked_sub(1)
            .is_some_and(|t| local.tokens.fold(t) == "by")
        {
            return None;
        }
        let from = local
            .candidates
            .partition_point(|c| c.tokens.start < subject.token);
        let end = local.candidates.get(from)?.tokens.end;
        let first = past_apposition(local, end, verb);
        (first <= verb && verb - first <= MAX_CLAUSE && is_one_clause(local, first, verb))
            .then_some(subject.entity)
    }

    /// The person whom the words behind a name describe that begin with a possessive: "Holm, his predecessor, left".
    pub(super) fn described_by(&self, p: Pronoun, at: &Trace) -> Option<usize> {
        let before = at.token.checked_sub(1)?;
        let local = self.doc.block(at.block).1;
        if !p.possessive || local.tokens.mark(before) != "," {
            return None;
        }
        let name = self.trail.back(at).next()?;
        let from = local.candidates.partition_point(|c| c.tokens.start < name.token);
        let beside = name.block == at.block && local.candidates.get(from)?.tokens.end == before;
        let close = (at.token + 1..at.token + 8)
            .find(|&t| matches!(local.tokens.mark(t), "," | "." | ";") || t >= local.tokens.len())?;
        // "Holm, her head bowed,": hers.
        let plain = (at.token + 1..close).all(|t| {
            let token = &local.tokens.list[t];
            token.kind == TokenKind::Word && !token.tag.is_verb()
        });
        let person = self.cast.entities[name.entity].kind == EntityKind::Person;
        (beside && person && plain && close > at.token + 1 && close < local.tokens.len())
            .then_some(name.entity)
    }
}

/// The verb right before an object, or before its preposition ("asked him", "voted against him"). Behind other prepositions it
/// may be the subject after all: "took the dog with him".
fn governing_verb(local: &Local, object: usize) -> Option<usize> {
    let verb = |t: usize| {
        let tag = local.tokens.list.get(t)?.tag;
        (tag.is_verb() && tag != Tag::Aux).then_some(t)
    };
    let before = object.checked_sub(1)?;
    let bound = matches!(local.tokens.fold(before), "to" | "for" | "against" | "at");
    verb(before).or_else(|| verb(before.checked_sub(1)?).filter(|_| bound))
}

/// Where the clause goes on behind a name: behind the apposition that commas close.
fn past_apposition(local: &Local, end: usize, verb: usize) -> usize {
    let tag = |t: usize| local.tokens.list[t].tag;
    if local.tokens.mark(end) != "," {
        return end;
    }
    let close = (end + 1..verb.min(end + MAX_APPOSITION)).find(|&t| local.tokens.mark(t) == ",");
    match close {
        Some(close) if (end + 1..close).all(|t| !tag(t).is_finite() && tag(t) != Tag::Aux) => close + 1,
        _ => end,
    }
}

/// Whether the words from `first` to a verb hold no other subject: "flew there to meet", "had once more asked", but not "told
/// police to arrest".
fn is_one_clause(local: &Local, first: usize, verb: usize) -> bool {
    let tokens = &local.tokens;
    let mut n_finite = 0;
    for t in first..verb {
        let token = &tokens.list[t];
        let tag = token.tag;
        if tag.is_verb() && tag != Tag::Aux {
            n_finite += 1;
            continue;
        }
        let passes = matches!(
            tag,
            Tag::Aux | Tag::Adv | Tag::Adp | Tag::Part | Tag::Propn | Tag::Det
        );
        if token.kind == TokenKind::Punct
            || !passes
            || matches!(tokens.fold(t), "and" | "or" | "but" | "that")
        {
            return false;
        }
    }
    let infinitive = verb > first && tokens.fold(verb - 1) == "to";
    n_finite == 0 || n_finite == 1 && infinitive
}
