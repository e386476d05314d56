//! Whom "they" means behind two who were named together and are no two people by name: "The union and the operator met. They
//! …", "She met Arthur Holm in Riga. They married in 1953."

use crate::{
    semantic::{
        article::{EntityKind, MentionForm},
        coref::Resolver,
        definite,
        lexicon::ThingClass,
        local::Local,
        mention::{Candidate, Cue, Det, Head, Pronoun, What},
        salience::Trace,
        wordsets::WordSet,
    },
    syntax::tag::Tag,
};

/// How far from the head of their sentence "they" may stand whom it begins with, in tokens.
const REACH: usize = 32;

impl Resolver<'_, '_, '_> {
    /// Two bodies, or two countries, that are the subject of the sentence before, and how the first of them stands.
    pub(super) fn bodies_before(&mut self, p: Pronoun, at: &Trace) -> Option<(Trace, [usize; 2])> {
        let local = self.doc.block(at.block).1;
        let here = local.sentence_of(at.token);
        // "They" opens its sentence, or stands in that of the two ("Apple and Google said they").
        let opens = p.subject && at.token == local.sentences.get(here)?.start;
        if !opens && at.token - local.sentences.get(here)?.start > REACH {
            return None;
        }
        let sentence = local
            .sentences
            .get(if opens { here.checked_sub(1)? } else { here })?
            .clone();
        let from = local
            .candidates
            .partition_point(|c| c.phrase.start < sentence.start);
        let mut subject = local.candidates[from..]
            .iter()
            .take_while(|c| c.tokens.start < sentence.end.min(at.token))
            .filter(|c| !matches!(c.what, What::Pronoun(_)) && !c.cues.has(Cue::Quoted));
        let first = subject.next().filter(|c| c.phrase.start <= sentence.start + 1)?;
        let and = first.phrase.end;
        let second = subject.find(|c| c.phrase.start > and)?;
        let joined = local.tokens.fold(and) == "and"
            && (second.phrase.start == and + 1
                || second.phrase.start == and + 2 && local.tokens.fold(and + 1) == "the");
        if !joined || !is_before_verb(local, second.phrase.end) {
            return None;
        }
        let sentence = at.sentence - usize::from(opens);
        let one = self.body_at(at.block, local, first, sentence)?;
        let other = self.body_at(at.block, local, second, sentence)?;
        let kind = |t: &Trace| self.cast.entities[t.entity].kind;
        (one.entity != other.entity && kind(&one) == kind(&other))
            .then_some((one, [one.entity, other.entity]))
    }

    /// The body or country at a candidate: what it names, or a body of its own where it only describes one.
    fn body_at(&mut self, b: usize, local: &Local, c: &Candidate, sentence: usize) -> Option<Trace> {
        let mut trace = Trace {
            entity: 0,
            block: b,
            token: c.tokens.start,
            sentence,
            cues: c.cues,
            side: false,
            form: MentionForm::Name,
            owner: false,
            second: false,
            span: Default::default(),
        };
        trace.cues.set(Cue::Subject);
        let body = |r: &Self, e: usize| {
            matches!(
                r.cast.entities[e].kind,
                EntityKind::Institution | EntityKind::Country
            )
        };
        if let Some((entity, form, evidence)) = self.entity_of(b, c) {
            trace.entity = entity;
            trace.form = form;
            trace.span = evidence.at.unwrap_or_default();
            return body(self, entity).then_some(trace);
        }
        let What::Description(d) = &c.what else {
            return None;
        };
        if let Some(choice) = definite::antecedent(self, local, c, d, &trace) {
            trace.entity = choice.entity;
            trace.span = choice.span;
            return body(self, choice.entity).then_some(trace);
        }
        let own = matches!(d.head, Head::Thing(ThingClass::Body))
            && !d.plural
            && matches!(d.det, Det::Definite | Det::Owned);
        own.then(|| self.add_nameless(b, local, c, d, trace))
    }

    /// Two people of whom the sentence before tells that they met or married, or who are told to be married where "they"
    /// did: "Her husband, Per, fishes. They married in 2019."
    pub(super) fn couple_before(&self, p: Pronoun, at: &Trace) -> Option<(Trace, [usize; 2])> {
        let local = self.doc.block(at.block).1;
        let here = local.sentence_of(at.token);
        if !p.subject || at.token != local.sentences.get(here)?.start {
            return None;
        }
        let weds =
            (at.token + 1..at.token + 4).any(|t| self.lex.is(WordSet::CoupleVerb, local.tokens.fold(t)));
        let person = |t: &&Trace| {
            self.cast.entities[t.entity].kind == EntityKind::Person
                && !t.side
                && at.sentence - t.sentence <= 2
        };
        let near: Vec<Trace> = self.trail.back(at).take(12).filter(person).copied().collect();
        let met = near.iter().find_map(|other| {
            let before = near.iter().rev().find(|t| {
                t.sentence == other.sentence && t.token < other.token && t.entity != other.entity
            })?;
            let verbs = before.token..other.token;
            let meets = at.sentence - other.sentence == 1
                && other.block == at.block
                && verbs
                    .clone()
                    .any(|t| self.lex.is(WordSet::CoupleVerb, local.tokens.fold(t)))
                && verbs.filter(|&t| local.tokens.list[t].tag.is_finite()).count() == 1;
            meets.then_some((*before, [before.entity, other.entity]))
        });
        met.or_else(|| {
            let spouse = |t: &&Trace| {
                self.rows[t.entity]
                    .iter()
                    .any(|&row| self.lex.is(WordSet::Spouse, &self.lex.roles[row].noun))
            };
            let kin = near.iter().find(spouse).filter(|_| weds)?;
            let of = self.married_to(kin.entity)?;
            let one = near.iter().find(|t| t.entity == of).unwrap_or(kin);
            Some((*one, [of, kin.entity]))
        })
    }
}

/// Whether a verb that tells of several stands at `t`, adverbs left aside.
fn is_before_verb(local: &Local, t: usize) -> bool {
    let tag = |t: usize| local.tokens.list.get(t).map_or(Tag::X, |t| t.tag);
    // "Germany and Poland, which had doubts, agreed"
    let aside = local.tokens.fold(t) == "," && matches!(local.tokens.fold(t + 1), "which" | "both");
    aside
        || (t..t + 2)
            .find(|&t| tag(t) != Tag::Adv && local.tokens.fold(t) != "both")
            .is_some_and(|t| tag(t).is_finite() || tag(t) == Tag::Aux)
}

#[cfg(test)]
mod tests {
    use crate::testing::check_article;

    #[test]
    fn they_are_the_two_bodies_of_the_sentence_before() {
        check_article(
            r"
Apple and Google, which have many lawyers, denied it. They said the claims were false.
//                                                    ^^^^ group:Apple and Google
",
        );
    }

    #[test]
    fn they_are_the_two_who_met_or_married() {
        check_article(
            r"
At 17 Ruth Pell met Tom Holm, a sergeant. They married in 1953.
//                                        ^^^^ group:Ruth Pell and Tom Holm
",
        );
        check_article(
            r"
Ida Reyes kept a shop. Her husband, Olaf, who fishes, has a boat. They married in 2019.
//                                                                ^^^^ group:Ida Reyes and Olaf
",
        );
        check_article(
            r"
Ida Reyes took over in May. She and Tom Holm met in June. They shook hands.
//                                                        ^^^^ group:Ida Reyes and Tom Holm
",
        );
    }
}
