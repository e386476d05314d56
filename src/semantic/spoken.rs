//! Pronouns inside quotations, which hang on the speaker: `I` and `we` are the speaker or the body spoken for, he and
//! she are others.

use crate::{
    base::{order::Order, span::DocSpan, work},
    kb::Gender,
    semantic::{
        ahead::{is_finite_subject, is_predicate},
        article::{EntityKind, MentionForm, QuoteKind},
        coref::{Resolver, fits_gender, is_subject},
        doc::Draft,
        mention::{Candidate, Cue, Description, Det, Head, PersonOf, Pronoun, What},
        names::opposite,
        pointed,
        salience::{Choice, Trace, Want},
        wordsets::WordSet,
    },
    syntax::block::Zone,
};

/// How many people whom a speaker has spoken of are kept.
const SPOKEN_OF: usize = 4;
/// What somebody gains whom the speaker himself has spoken of in the words before ("My brother was in front. He …").
const SPOKEN_OF_HERE: f32 = 0.5;
/// What somebody described in the quotation costs whose gender the noun does not tell ("The doctor came. He …").
const UNTOLD: f32 = 0.5;

/// Whom a speaker has spoken of so far in words that follow on each other.
#[derive(Debug, Default)]
struct Talk {
    people: Vec<Told>,
    /// The last of whom he has spoken who are several: "I asked my students".
    several: Option<Trace>,
    /// Whom "they" meant last: a choice, and its sentence.
    they: Option<(usize, DocSpan, usize)>,
    block: usize,
    speaker: Option<usize>,
}

/// Somebody of whom a speaker speaks.
#[derive(Debug)]
struct Told {
    /// Where; its entity is that of a pronoun, or is not known yet.
    at: Trace,
    gender: Gender,
    known: bool,
}

impl Talk {
    /// Forgets everybody where another one speaks, or the same one after a while.
    fn go_on(&mut self, b: usize, speaker: usize) {
        if self.speaker.is_some_and(|s| s != speaker) || b > self.block + 1 {
            // Those of this block were spoken of in the quotation that is only now known to be another's.
            self.people.retain(|t| t.at.block == b);
            self.they = None;
        }
        (self.speaker, self.block) = (Some(speaker), b);
    }

    fn push(&mut self, told: Told) {
        if self.people.len() == SPOKEN_OF {
            self.people.remove(0);
        }
        self.people.push(told);
    }

    /// Notes whom a pronoun means, so that the next one may lead back to it.
    fn note(&mut self, choice: &Choice, p: Pronoun, at: Trace) {
        self.people.retain(|t| !t.known || t.at.entity != choice.entity);
        self.push(Told {
            at: Trace {
                entity: choice.entity,
                span: choice.span,
                ..at
            },
            gender: gender_of(p),
            known: true,
        });
    }
}

fn gender_of(p: Pronoun) -> Gender {
    match p.person {
        PersonOf::He => Gender::Male,
        PersonOf::She => Gender::Female,
        _ => Gender::Unknown,
    }
}

/// Whether a block is a turn of an interview.
fn is_turn(zone: Zone) -> bool {
    matches!(zone, Zone::Transcript | Zone::Question)
}

impl Resolver<'_, '_, '_> {
    /// Keeps somebody who is described inside a quotation: "My brother was in front", "A man came with a title".
    fn speak_of(&self, b: usize, c: &Candidate, d: &Description, sentence: usize, talk: &mut Talk) {
        let Head::Role(role) = &d.head else { return };
        let local = self.doc.block(b).1;
        if !c.cues.has(Cue::Quoted) || d.det == Det::Bare || is_predicate(local, c) {
            return;
        }
        let mut cues = c.cues;
        let subject = is_finite_subject(local, c);
        if subject {
            cues.set(Cue::Subject);
        }
        let at = Trace {
            entity: 0,
            block: b,
            token: c.tokens.start,
            sentence,
            cues,
            side: false,
            form: MentionForm::Description,
            owner: false,
            second: false,
            span: DocSpan::default(),
        };
        if d.plural {
            talk.several = Some(at);
            return;
        }
        let gender = self.lex.roles[role.row].gender;
        // "a leader loved by all" says who somebody is.
        let passive = local.tokens.fold(c.phrase.end + 1) == "by";
        if gender == Gender::Unknown && (!subject || passive) {
            return;
        }
        work::step();
        talk.push(Told {
            at,
            gender,
            known: false,
        });
    }

    /// Who those are that a speaker quotes and has spoken of just before: "I asked my students. They said: ‘…’"
    fn several_here(&mut self, at: &Trace, talk: &Talk) -> Option<Choice> {
        let before = talk.several.filter(|t| {
            at.sentence.saturating_sub(t.sentence) <= 1 && t.block == at.block && t.token < at.token
        })?;
        let known = self.candidate_at(&before).and_then(|key| self.found.get(&key));
        let (entity, span) = match known {
            Some(&i) => (self.added[i].mention.entity, self.added[i].mention.span),
            None => self.realize(before).map(|t| (t.entity, t.span))?,
        };
        let name = &self.cast.entities[entity].name;
        let reason = format!("{name}: of whom the speaker has spoken just before");
        Some(Choice::clear(entity, 0.7, reason, span))
    }

    /// "They came and they took it": those whom the speaker has called so before.
    fn they_again(&self, entity: usize, span: DocSpan) -> Choice {
        let name = &self.cast.entities[entity].name;
        Choice::clear(entity, 0.6, format!("{name}: as in the words before"), span)
    }

    /// Whom a pronoun in a quotation means of those of whom the speaker has spoken in it.
    fn spoken_of_here(
        &mut self,
        p: Pronoun,
        at: &Trace,
        named: Option<&Choice>,
        speaker: Option<usize>,
        talk: &mut Talk,
    ) -> Option<Choice> {
        let gender = gender_of(p);
        let mut best: Option<(f32, usize)> = None;
        for (n, told) in talk.people.iter().enumerate() {
            let near = at.sentence.saturating_sub(told.at.sentence) <= 2;
            let other = !told.known || Some(told.at.entity) != speaker;
            // "his father" holds the pronoun.
            let before = (told.at.block, told.at.token) < (at.block, at.token);
            if !near
                || !before
                || !other
                || opposite(gender, told.gender)
                || self.is_own_subject(p, at, &told.at)
            {
                continue;
            }
            let untold = if told.gender == gender { 0.0 } else { UNTOLD };
            let raw = self
                .trail
                .described(Want::One(gender), told.gender, p, at, &told.at, false)
                + SPOKEN_OF_HERE
                - untold;
            if best.is_none_or(|(old, _)| old <= raw) {
                best = Some((raw, n));
            }
        }
        let (raw, n) = best?;
        // Somebody with a name whom the quotation names later still stands nearer.
        if named.is_some_and(|c| c.raw >= raw) {
            return None;
        }
        let told = &talk.people[n];
        let at_it = told.at;
        let (entity, span) = if told.known {
            (at_it.entity, at_it.span)
        } else {
            let key = self.candidate_at(&at_it)?;
            match self.found.get(&key) {
                Some(&i) => (self.added[i].mention.entity, self.added[i].mention.span),
                None => {
                    let trace = self.realize(at_it)?;
                    (trace.entity, trace.span)
                }
            }
        };
        let mut choice = Choice {
            entity,
            score: 0.7,
            raw,
            reason: String::new(),
            span,
            only: false,
            subject: is_subject(at_it.cues),
            near: false,
            apart: at.sentence.saturating_sub(at_it.sentence),
        };
        if fits_gender(&self.cast.entities[entity], gender) && Some(entity) != speaker {
            choice.reason = self.reason(Want::One(gender), &choice);
            Some(choice)
        } else {
            None
        }
    }

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

    /// The two who take turns in an interview, first the one who asks.
    fn partners(&self, drafts: &[Draft]) -> Option<[usize; 2]> {
        let blocks = self.doc.blocks;
        // Each one, how often he takes a turn, and how many of them end in a question.
        let mut found: Vec<(usize, u32, u32)> = Vec::with_capacity(2);
        for d in drafts.iter().filter(|d| d.quote.cue.is_empty()) {
            let (Some(speaker), Some(at)) = (d.quote.speaker, d.quote.spans.first()) else {
                continue;
            };
            let block = blocks.get(blocks.partition_point(|b| b.span.end <= at.start));
            if d.quote.kind != QuoteKind::Direct || !block.is_some_and(|b| is_turn(b.zone)) {
                continue;
            }
            let asks = u32::from(at.text(self.doc.text).trim_end().ends_with('?'));
            match found.iter().position(|(s, ..)| *s == speaker) {
                Some(i) => {
                    found[i].1 += 1;
                    found[i].2 += asks;
                }
                None if found.len() < 2 => found.push((speaker, 1, asks)),
                None => return None,
            }
        }
        let &[(one, turns, questions), (other, ..)] = found.as_slice() else {
            return None;
        };
        Some(if 2 * questions >= turns {
            [one, other]
        } else {
            [other, one]
        })
    }

    /// Whom "you" means in a turn of an interview. In an answer it is mostly anybody, unless something is said, shown or
    /// given to whoever asks.
    fn partner(&self, speaker: usize, partners: Option<[usize; 2]>, addressed: bool) -> Option<Choice> {
        let entity = match (partners?, addressed) {
            ([asks, answers], _) if speaker == asks => answers,
            ([asks, answers], true) if speaker == answers => asks,
            _ => return None,
        };
        let name = &self.cast.entities[entity].name;
        let reason = format!("{name}: who is spoken to in the interview");
        Some(Choice::clear(entity, 0.7, reason, DocSpan::default()))
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
        spoken.order_by(Ord::cmp);
        // Words that are retold inside a quotation are spoken by whoever speaks it.
        let mut said = 0;
        spoken.retain(|(s, _, kind)| {
            let retold = *kind == QuoteKind::Indirect && s.end <= said;
            if *kind != QuoteKind::Indirect {
                said = said.max(s.end);
            }
            !retold
        });
        let bodies = self.bodies();
        let topics = self.topics();
        let said_of = pointed::said_of(self, drafts);
        let partners = self.partners(drafts);
        let mut first_sentence = 0;
        let mut talk = Talk::default();
        for b in 0..self.doc.locals.len() {
            let (block, local) = self.doc.block(b);
            for c in &local.candidates {
                if let What::Description(d) = &c.what {
                    let sentence = first_sentence + local.sentence_of(c.tokens.start);
                    self.speak_of(b, c, d, sentence, &mut talk);
                }
                let What::Pronoun(p) = c.what else { continue };
                // Transcripts give whole speeches without marks.
                let quoted = c.cues.has(Cue::Quoted);
                let turn = is_turn(block.zone) && p.person == PersonOf::You;
                if !quoted && !turn && !matches!(p.person, PersonOf::I | PersonOf::We) {
                    continue;
                }
                work::step();
                let at = block.to_doc(local.tokens.span(c.tokens.clone()));
                let i = spoken.partition_point(|(s, ..)| s.start <= at.start);
                let speaker = spoken[..i]
                    .iter()
                    .rev()
                    .take(3)
                    .find(|(s, _, kind)| {
                        let fits = match quoted {
                            true => *kind != QuoteKind::Indirect,
                            false => *kind == QuoteKind::Direct,
                        };
                        fits && s.covers(at)
                    })
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
                            sentence: first_sentence + local.sentence_of(c.tokens.start),
                            ..Trace::of_pronoun(b, c, p, at)
                        };
                        let named = self.choose(p, &trace, known, false);
                        talk.go_on(b, speaker);
                        let choice = self
                            .of_whom(p, &trace, &said_of)
                            .or_else(|| self.spoken_of_here(p, &trace, named.as_ref(), known, &mut talk))
                            .or_else(|| self.described_to(p, &trace, named.as_ref(), known))
                            .or(named)
                            .or_else(|| self.topic(p, &topics, known));
                        if let Some(choice) = &choice {
                            talk.note(choice, p, trace);
                        }
                        choice
                    }
                    PersonOf::You if turn => {
                        let before = local.tokens.fold(c.tokens.start.saturating_sub(1));
                        let told = self.lex.is(WordSet::ToSomebody, before);
                        let addressed = told || p.subject && self.is_source(b, c);
                        known.and_then(|e| self.partner(e, partners, addressed))
                    }
                    PersonOf::They => {
                        talk.go_on(b, speaker);
                        let trace = Trace {
                            sentence: first_sentence + local.sentence_of(c.tokens.start),
                            ..Trace::of_pronoun(b, c, p, at)
                        };
                        let again = talk.they.filter(|(.., s)| trace.sentence.saturating_sub(*s) <= 2);
                        let choice = self
                            .several_here(&trace, &talk)
                            .or_else(|| again.map(|(e, span, _)| self.they_again(e, span)))
                            .or_else(|| self.several_told(p, &trace, known));
                        if let Some(choice) = &choice {
                            talk.they = Some((choice.entity, choice.span, trace.sentence));
                        }
                        choice
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
