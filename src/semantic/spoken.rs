//! Pronouns inside quotations, which hang on the speaker: `I` and `we` are the speaker or the body spoken for, he and
//! she are others.

use crate::{
    base::{order::Order, span::DocSpan, work},
    kb::Gender,
    semantic::{
        article::{EntityKind, MentionForm, QuoteKind},
        coref::Resolver,
        doc::Draft,
        mention::{Cue, PersonOf, Pronoun, What},
        salience::{Choice, Trace},
    },
};

impl Resolver<'_, '_, '_> {
    fn is_one_person(&self, entity: usize) -> bool {
        self.cast.entities[entity].kind == EntityKind::Person
    }

    /// The people whom the article speaks of most, those most often mentioned first, no more than four.
    fn topics(&self) -> Vec<usize> {
        let mut people: Vec<usize> = (0..self.cast.entities.len())
            .filter(|&e| self.is_one_person(e) && !self.nameless.contains_key(&e) && self.trail.count(e) >= 3)
            .collect();
        people.order_by_key(|&e| std::cmp::Reverse(self.trail.count(e)));
        people.truncate(4);
        people
    }

    /// Whom the article is about, for a pronoun in a quotation that nobody close by explains.
    fn topic(&self, p: Pronoun, topics: &[usize], speaker: Option<usize>) -> Option<Choice> {
        let gender = if p.person == PersonOf::He {
            Gender::Male
        } else {
            Gender::Female
        };
        let fits = |e: &&usize| Some(**e) != speaker && self.cast.entities[**e].gender == gender;
        let entity = *topics.iter().find(fits)?;
        Some(Choice {
            entity,
            score: 0.5,
            raw: 0.0,
            reason: format!(
                "{}: whom the article mentions most often",
                self.cast.entities[entity].name
            ),
            span: DocSpan::default(),
            only: false,
            subject: false,
            near: false,
            apart: 0,
        })
    }

    /// Pronouns inside quotations: `I` is the speaker; he and she are others.
    pub(super) fn inside_quotations(&mut self, drafts: &[Draft]) {
        let mut spoken: Vec<(DocSpan, usize, QuoteKind)> = drafts
            .iter()
            .flat_map(|d| {
                d.quote
                    .spans
                    .iter()
                    .map(|s| (*s, d.quote.speaker.unwrap_or(usize::MAX), d.quote.kind))
            })
            .collect();
        spoken.sort_unstable();
        let bodies = self.bodies();
        let topics = self.topics();
        let mut first_sentence = 0;
        for b in 0..self.doc.locals.len() {
            let (block, local) = self.doc.block(b);
            for c in &local.candidates {
                let What::Pronoun(p) = c.what else { continue };
                // Transcripts give whole speeches without marks.
                let quoted = c.cues.has(Cue::Quoted);
                if !quoted && !matches!(p.person, PersonOf::I | PersonOf::We) {
                    continue;
                }
                work::step();
                let at = block.to_doc(local.tokens.span(c.tokens.clone()));
                let i = spoken.partition_point(|(s, ..)| s.start <= at.start);
                let speaker = spoken[..i]
                    .iter()
                    .rev()
                    .take(3)
                    .find(|(s, _, kind)| s.covers(at) && (quoted || *kind == QuoteKind::Direct))
                    .map(|(_, e, _)| *e);
                let Some(speaker) = speaker else { continue };
                let known = (speaker != usize::MAX).then_some(speaker);
                let choice = match p.person {
                    // "We" of an officer is the body; of somebody who speaks for no body it is anybody.
                    PersonOf::We if known.is_some_and(|e| self.is_one_person(e)) => {
                        let body = known.and_then(|e| Some((e, *bodies.get(&e)?)));
                        body.map(|(person, body)| {
                            Choice::clear(
                                body,
                                0.7,
                                format!(
                                    "{}, whom {} speaks for",
                                    self.cast.entities[body].name, self.cast.entities[person].name
                                ),
                                DocSpan::default(),
                            )
                        })
                    }
                    PersonOf::I | PersonOf::We => known.map(|entity| {
                        let group = self.cast.entities[entity].kind != EntityKind::Person;
                        Choice::clear(
                            entity,
                            match (p.person, group) {
                                (PersonOf::I, false) | (PersonOf::We, true) => 0.95,
                                _ => 0.5,
                            },
                            format!(
                                "the speaker of the quotation, {}",
                                self.cast.entities[entity].name
                            ),
                            DocSpan::default(),
                        )
                    }),
                    PersonOf::He | PersonOf::She => {
                        let trace = Trace {
                            entity: 0,
                            block: b,
                            token: c.tokens.start,
                            sentence: first_sentence + local.sentence_of(c.tokens.start),
                            cues: c.cues,
                            side: false,
                            form: MentionForm::Pronoun,
                            owner: p.possessive,
                            second: false,
                            span: at,
                        };
                        let named = self.choose(p, &trace, known, false);
                        self.described_to(p, &trace, named.as_ref())
                            .or(named)
                            .or_else(|| self.topic(p, &topics, known))
                    }
                    _ => None,
                };
                if let Some(choice) = choice {
                    self.add(b, c, &choice, MentionForm::Pronoun);
                }
            }
            first_sentence += local.sentences.len();
        }
    }
}
