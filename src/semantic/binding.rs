//! Whom a pronoun cannot mean, by the clause that it stands in: an object is never its own subject ("Holm, the deputy
//! mayor, asked him"), and what somebody is called beside his name is not his own ("Holm, his predecessor, left").

use crate::{
    base::word::TokenKind,
    semantic::{
        article::{EntityKind, MentionForm},
        coref::{Resolver, fits_gender, is_subject},
        local::Local,
        mention::{Cue, Pronoun},
        salience::{Choice, Trace, Want},
        wordsets::WordSet,
    },
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

impl Resolver<'_, '_, '_> {
    /// "Marchetti said she died at home", "said her killer": who tells it has not died, whoever else has.
    pub(super) fn outlives(&self, p: Pronoun, at: &Trace) -> Option<usize> {
        let local = self.doc.block(at.block).1;
        let fold = |t: usize| local.tokens.fold(t);
        let next = at.token + 1;
        let main = next + usize::from(matches!(fold(next), "had" | "has" | "was" | "were"));
        let main = main + usize::from(fold(main) == "been");
        let dies = p.subject && fold(main) == "died"
            || p.subject && main > next && self.lex.is(WordSet::KilledBy, fold(main))
            || p.possessive
                && self.lex.is(WordSet::DeathNoun, fold(next))
                && !matches!(fold(next + 1), "would" | "will" | "could" | "might");
        if !dies {
            return None;
        }
        let teller = self
            .trail
            .back(at)
            .take(6)
            .take_while(|t| t.block == at.block && t.sentence == at.sentence)
            .find(|t| t.cues.has(Cue::Speaks) && is_subject(t.cues))?;
        Some(teller.entity)
    }

    /// "In a statement by his adviser, Tom Reed, he prayed": whose adviser the sentence begins with.
    pub(super) fn spoken_for(&self, p: Pronoun, at: &Trace, want: Want) -> Option<Choice> {
        let Want::One(gender) = want else { return None };
        let local = self.doc.block(at.block).1;
        let start = local.sentences.get(local.sentence_of(at.token))?.start;
        let comma = at.token.checked_sub(1)?;
        if !p.subject || local.tokens.mark(comma) != "," {
            return None;
        }
        let opens = local.tokens.list[start].tag == Tag::Adp;
        let mut here = self
            .trail
            .back(at)
            .take_while(|t| t.block == at.block && t.token >= start);
        let (name, owner) = (here.next()?, here.find(|t| t.owner)?);
        let beside = {
            let from = local.candidates.partition_point(|c| c.tokens.start < name.token);
            local.candidates.get(from).is_some_and(|c| c.tokens.end == comma)
        };
        let officer = (owner.token + 1..name.token).any(|t| self.lex.role_at(&local.tokens, t).is_some());
        let e = &self.cast.entities[owner.entity];
        let whose = owner.form == MentionForm::Pronoun && owner.entity != name.entity;
        if !(p.subject && opens && beside && officer && whose) || e.kind != EntityKind::Person {
            return None;
        }
        let reason = format!("{}: for whom the one before the comma speaks", e.name);
        fits_gender(e, gender).then(|| Choice::clear(owner.entity, 0.8, reason, owner.span))
    }

    /// "Cross-examined by Frost, for Marsh, he accepted": nobody who stands before the comma, but of whom it was told before.
    pub(super) fn asked_by(&self, p: Pronoun, at: &Trace, want: Want) -> Option<Choice> {
        /// How many words the phrase may have.
        const REACH: usize = 14;
        let Want::One(gender) = want else { return None };
        let local = self.doc.block(at.block).1;
        let start = local.sentences.get(local.sentence_of(at.token))?.start;
        let comma = at.token.checked_sub(1)?;
        if !p.subject || local.tokens.mark(comma) != "," || !(start..start + REACH).contains(&comma) {
            return None;
        }
        let by = (start + 1..start + 5).find(|&t| local.tokens.fold(t) == "by")?;
        let asked = local.tokens.list[by - 1].tag.is_verb() && by - 1 <= start + 2;
        if !asked || by > comma {
            return None;
        }
        let t = self.trail.back(at).find(|t| {
            let e = &self.cast.entities[t.entity];
            t.sentence < at.sentence
                && at.sentence - t.sentence <= 2
                && is_subject(t.cues)
                && !t.owner
                && e.kind == EntityKind::Person
                && fits_gender(e, gender)
        })?;
        let name = &self.cast.entities[t.entity].name;
        let reason = format!("{name}: of whom the sentence before tells");
        Some(Choice::clear(t.entity, 0.8, reason, t.span))
    }

    /// "Reyes invited her to Halm; she went": who is invited is who goes.
    pub(super) fn answers_call(&self, p: Pronoun, at: &Trace, want: Want) -> Option<Choice> {
        /// How many words may lie between.
        const REACH: usize = 16;
        let Want::One(gender) = want else { return None };
        let local = self.doc.block(at.block).1;
        if !p.subject || !self.lex.is(WordSet::AnswersCall, local.tokens.fold(at.token + 1)) {
            return None;
        }
        let start = local.sentences.get(local.sentence_of(at.token))?.start;
        let calls = |t: usize| self.lex.is(WordSet::Calls, local.tokens.fold(t));
        let call = (start.max(at.token.saturating_sub(REACH))..at.token)
            .rev()
            .find(|&t| calls(t))?;
        let t = self
            .trail
            .back(at)
            .find(|t| t.block == at.block && t.token <= call + 1)?;
        let e = &self.cast.entities[t.entity];
        let object = t.token == call + 1 && e.kind == EntityKind::Person && fits_gender(e, gender);
        let reason = format!("{}: who was asked right before", e.name);
        object.then(|| Choice::clear(t.entity, 0.8, reason, t.span))
    }

    /// "a nurse, Carly Winton, who admitted in court that she was late": whoever "who" stands for goes on in the clause
    /// that it reports.
    pub(super) fn reports_of_itself(&self, p: Pronoun, at: &Trace, want: Want) -> Option<Choice> {
        /// How many words may lie between "who" and the pronoun.
        const REACH: usize = 9;
        let Want::One(gender) = want else { return None };
        let local = self.doc.block(at.block).1;
        let tag = |t: usize| local.tokens.list.get(t).map_or(Tag::X, |t| t.tag);
        let who = (at.token.saturating_sub(REACH)..at.token)
            .rev()
            .find(|&t| local.listed(t) == "who")?;
        let verb = (who + 1..at.token).find(|&t| tag(t).is_verb() && tag(t) != Tag::Aux)?;
        let clause = matches!(local.listed(at.token - 1), "that") || at.token == verb + 1;
        // "who has been ill, said she": that verb is the sentence's.
        let one = (who + 1..verb).all(|t| local.tokens.mark(t) != ",")
            && (verb + 1..at.token).all(|t| !tag(t).is_finite() && tag(t) != Tag::Aux);
        if !p.subject || !clause || !one || !self.lex.is_human_verb(local.listed(verb)) {
            return None;
        }
        // "told Holm that he": whoever is told something may be meant.
        let between = self.trail.back(at).next().is_some_and(|t| {
            t.block == at.block && t.token > who && self.cast.entities[t.entity].kind == EntityKind::Person
        });
        let t = self
            .trail
            .back(at)
            .take_while(|t| t.block == at.block && t.sentence == at.sentence)
            .find(|t| t.token < who && self.cast.entities[t.entity].kind == EntityKind::Person)?;
        let e = &self.cast.entities[t.entity];
        let reason = format!("{}: who reports it of himself or herself", e.name);
        (!between && fits_gender(e, gender)).then(|| Choice::clear(t.entity, 0.85, reason, t.span))
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

#[cfg(test)]
mod tests {
    use crate::testing::check_article;

    #[test]
    fn who_tells_of_a_death_has_not_died() {
        check_article(
            r"
Ruth Talbot built a chain of shops. Her daughter, Helen Dorr, said she died at home on Sunday.
//                                                                 ^^^ person:Ruth Talbot
",
        );
    }

    #[test]
    fn who_is_asked_by_somebody_is_neither_who_asks_nor_for_whom() {
        check_article(
            r"
Sergeant Paul Dorr told the court he had a knife. Questioned by Julian Pell, for Tom Umo, he wept.
//                                                                                        ^^ person:Paul Dorr
",
        );
    }

    #[test]
    fn who_is_invited_goes() {
        check_article(
            r"
Ruth Talbot kept a shop. Helen Dorr invited her to Halm in May; she went.
//                                                              ^^^ person:Ruth Talbot
",
        );
    }

    #[test]
    fn who_admits_it_admits_it_of_herself() {
        check_article(
            r"
Helen Dorr, the judge, blamed a nurse, Carly Pell, who admitted in court that she was late.
//                                                                            ^^^ person:Carly Pell
",
        );
    }

    #[test]
    fn an_adviser_speaks_for_whom_he_advises() {
        check_article(
            r"
Tom Holm has written to the families. In a note by his adviser, Mr Ben Umo, he wept for the dead.
//                                                                          ^^ person:Tom Holm
",
        );
    }
}
