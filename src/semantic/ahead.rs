//! Pronouns that lead elsewhere than back to somebody named: ahead to the subject, to several named together, and to
//! people who are only described.

use crate::{
    base::word::TokenKind,
    kb::Gender,
    semantic::{
        article::{EntityKind, MentionForm},
        coref::{Latent, Resolver, fits_gender, is_subject},
        doc::Phrase,
        lexicon,
        local::Local,
        mention::{Candidate, Cue, Description, Head, PersonOf, Pronoun, What},
        names::opposite,
        salience::{
            Choice, DESCRIBED, DESCRIBED_ALONE, DESCRIBED_BEFORE, DESCRIBED_FLOOR, DESCRIBED_NEW,
            DESCRIBED_OWNED, DESCRIBED_SUBJECT, Trace, Want,
        },
    },
    syntax::tag::Tag,
};

impl Resolver<'_, '_, '_> {
    /// "they" makes an entity of the people spoken of last ("State prosecutors charged him, they said"), or of
    /// two who are named together ("Hartmann and Okoro met. They agreed").
    pub(super) fn people_before(&mut self, p: Pronoun, at: &Trace, source: bool) {
        // "told his followers to spoil their ballots", "two of them": whoever was named last in the very sentence.
        let of = at
            .token
            .checked_sub(1)
            .is_some_and(|t| self.doc.block(at.block).1.tokens.fold(t) == "of");
        let close = |t: &Trace| (p.possessive || of) && t.sentence == at.sentence && t.block == at.block;
        let newest = self
            .trail
            .back(at)
            .find(|t| {
                self.nameless.get(&t.entity) == Some(&true)
                    || self.cast.entities[t.entity].kind == EntityKind::Group
            })
            .map(|t| (t.block, t.token));
        let plural = self.last_plural.filter(|t| {
            let reach = if source { 2 } else { 1 };
            newest.is_none_or(|n| n < (t.block, t.token))
                && at.sentence - t.sentence <= reach
                && (source || is_subject(t.cues) || close(t))
        });
        // "Germany and Poland, which took most refugees, agreed. They urged": the subject, whoever else is told of.
        let told = self.couple_before(p, at).or_else(|| self.bodies_before(p, at));
        let pair = told.or_else(|| {
            self.pair_before(at).filter(|(t, _)| {
                let place = Some((t.block, t.token));
                newest < place && plural.map(|p| (p.block, p.token)) < place
            })
        });
        if let Some((mut trace, members)) = pair {
            trace.entity = self.group_of(&members);
            trace.form = MentionForm::Description;
            self.nameless.entry(trace.entity).get_or_insert(true);
            self.trail.push(trace);
        } else if let Some(trace) = plural {
            self.last_plural = None;
            let _ = self.realize(trace);
        }
    }

    /// The last two people named together as a subject, and how the first of them stands.
    pub(super) fn pair_before(&self, at: &Trace) -> Option<(Trace, [usize; 2])> {
        let mut later: Option<&Trace> = None;
        for t in self.trail.back(at).take(8) {
            // "She and Okoro met": the first of them may be a pronoun.
            let pronoun = t.form == MentionForm::Pronoun && (later.is_none() || t.owner);
            let person = self.cast.entities[t.entity].kind == EntityKind::Person
                && !pronoun
                && at.sentence - t.sentence <= 1;
            if !person {
                continue;
            }
            if let Some(second) = later
                && second.block == t.block
                && second.entity != t.entity
                && is_subject(t.cues)
                && self.joined(t, second)
            {
                return Some((*t, [t.entity, second.entity]));
            }
            if t.form != MentionForm::Pronoun {
                later = Some(t);
            }
        }
        None
    }

    /// Whether nothing but "and" stands between two mentions.
    pub(super) fn stand_joined(&self, a: &Trace, b: &Trace) -> bool {
        let local = self.doc.block(a.block).1;
        let at = local.candidates.partition_point(|c| c.tokens.start < a.token);
        let end = local.candidates.get(at).map(|c| c.tokens.end);
        a.block == b.block && end.is_some_and(|end| local.tokens.fold(end) == "and" && b.token == end + 1)
    }

    /// Whether "and" joins two mentions of one block ("Hartmann and his deputy, Okoro").
    pub(super) fn joined(&self, a: &Trace, b: &Trace) -> bool {
        let (_, local) = self.doc.block(a.block);
        let from = local.candidates.partition_point(|c| c.tokens.start < a.token);
        let Some(end) = local.candidates.get(from).map(|c| c.tokens.end) else {
            return false;
        };
        let between = end..b.token;
        let next = local.candidates[from..]
            .iter()
            .find(|c| c.tokens.start == b.token)
            .map_or(b.token + 1, |c| c.phrase.end.max(c.tokens.end));
        let verb = (next..next + 2)
            .filter_map(|t| local.tokens.list.get(t))
            .any(|t| t.tag.is_finite() || t.tag == Tag::Aux);
        verb && between.len() <= 5
            && between.clone().any(|t| local.tokens.fold(t) == "and")
            && !between
                .into_iter()
                .any(|t| local.tokens.list[t].tag.is_finite() || local.tokens.fold(t) == ".")
    }

    /// The row of the noun that a description has at a place.
    pub(super) fn role_at(&self, at: &Trace) -> Option<usize> {
        let (_, local) = self.doc.block(at.block);
        let from = local.candidates.partition_point(|c| c.tokens.start < at.token);
        local.candidates[from..]
            .iter()
            .take_while(|c| c.tokens.start == at.token)
            .find_map(|c| match &c.what {
                What::Description(Description {
                    head: Head::Role(role),
                    ..
                }) => Some(role.row),
                _ => None,
            })
    }

    /// Makes an entity of a description that a pronoun leads back to.
    pub(super) fn realize(&mut self, trace: Trace) -> Option<Trace> {
        let (_, local) = self.doc.block(trace.block);
        let from = local.candidates.partition_point(|c| c.tokens.start < trace.token);
        let c = local.candidates[from..]
            .iter()
            .take_while(|c| c.tokens.start == trace.token)
            .find(|c| matches!(c.what, What::Description(_)));
        if let Some(c) = c
            && let What::Description(d) = &c.what
        {
            return Some(self.add_nameless(trace.block, local, c, d, trace));
        }
        None
    }

    /// Makes an entity of the person described last where "he" or "she" leads back to the description rather
    /// than to anybody named ("A dock worker fell. He was taken to hospital.").
    pub(super) fn described_before(
        &mut self,
        p: Pronoun,
        at: &Trace,
        named: Option<&Choice>,
        source: bool,
    ) -> Option<Choice> {
        let gender = match p.person {
            PersonOf::He => Gender::Male,
            PersonOf::She => Gender::Female,
            // "A spokesperson declined to comment. They said it was early."
            PersonOf::They if source && named.is_none() => Gender::Unknown,
            _ => return None,
        };
        let want = Want::One(gender);
        let mut best: Option<(f32, usize)> = None;
        for (n, l) in self.latent.iter().enumerate() {
            let fits = !(gender == Gender::Unknown && l.gender != Gender::Unknown)
                && !opposite(gender, l.gender)
                && at.sentence - l.at.sentence <= 1
                && !self.is_own_subject(p, at, &l.at)
                // "Her daughter fell": whose daughter it is she is not herself.
                && !(p.possessive && l.at.block == at.block && l.at.token == at.token)
                && (gender != Gender::Unknown || l.subject);
            if !fits {
                continue;
            }
            let raw = self.trail.described(want, l.gender, p, at, &l.at, source)
                + DESCRIBED
                + if l.new { DESCRIBED_NEW } else { 0.0 }
                + if l.subject && l.at.sentence == at.sentence && named.is_some_and(|c| !c.subject) {
                    DESCRIBED_SUBJECT
                } else {
                    0.0
                }
                + self.alone(l, at);
            if best.is_none_or(|(old, _)| old <= raw) {
                best = Some((raw, n));
            }
        }
        let (raw, n) = best?;
        if named.is_some_and(|c| c.raw >= raw) || raw < DESCRIBED_FLOOR {
            return None;
        }
        let margin = named.map_or(1.0, |c| raw - c.raw);
        let trace = self.latent.remove(n).at;
        let trace = self.realize(trace)?;
        let mut choice = Choice {
            entity: trace.entity,
            score: (0.55 + 0.3 * margin.min(1.0)).clamp(0.0, 0.9),
            raw,
            reason: String::new(),
            span: trace.span,
            only: false,
            subject: is_subject(trace.cues),
            near: trace.sentence == at.sentence,
            apart: at.sentence - trace.sentence,
        };
        choice.reason = self.reason(want, &choice);
        Some(choice)
    }

    /// What a person gains who is described, is a subject, and is alone in the sentence before: "A docker left. He …", "His
    /// father left. He …", where whose father it is belongs to the description.
    fn alone(&self, l: &Latent, at: &Trace) -> f32 {
        if !l.subject || l.at.sentence + 1 != at.sentence || !is_subject(at.cues) {
            return 0.0;
        }
        let person = |t: &&Trace| self.cast.entities[t.entity].kind == EntityKind::Person;
        let here = self.trail.back(at).take(6).filter(person);
        let here = here.take_while(|t| t.sentence >= l.at.sentence);
        let (mut owned, mut others) = (false, false);
        for t in here {
            let owner = t.owner && t.block == l.at.block && t.token == l.at.token;
            owned |= owner;
            others |= !owner;
        }
        match (others, owned) {
            (true, _) => 0.0,
            (false, true) => DESCRIBED_ALONE + DESCRIBED_OWNED,
            (false, false) => DESCRIBED_ALONE,
        }
    }

    /// Makes an entity of somebody described just before a quotation whom a pronoun in it means ("She came because of
    /// her grandfather. “He lived there,” she said.").
    pub(super) fn described_to(
        &mut self,
        p: Pronoun,
        at: &Trace,
        named: Option<&Choice>,
        speaker: Option<usize>,
    ) -> Option<Choice> {
        let gender = match p.person {
            PersonOf::He => Gender::Male,
            PersonOf::She => Gender::Female,
            _ => return None,
        };
        let end = self
            .described
            .partition_point(|l| (l.at.block, l.at.token) < (at.block, at.token));
        let want = Want::One(gender);
        let mut best: Option<(f32, Trace)> = None;
        for l in self.described[end.saturating_sub(3)..end].iter() {
            // "Holm said the owner had left. “He calls every night”": nothing tells the owner's gender.
            let told_by_speaker = || {
                let mut near = self.trail.back(&l.at).take(4);
                near.any(|t| Some(t.entity) == speaker && t.sentence == l.at.sentence && is_subject(t.cues))
            };
            let untold = l.gender == Gender::Unknown && l.subject && told_by_speaker();
            if l.gender != gender && !untold || at.sentence - l.at.sentence > 1 {
                continue;
            }
            let raw = self.trail.described(want, l.gender, p, at, &l.at, false) + DESCRIBED_BEFORE;
            if best.is_none_or(|(old, _)| old <= raw) {
                best = Some((raw, l.at));
            }
        }
        let (raw, trace) = best?;
        if named.is_some_and(|c| c.raw >= raw) {
            return None;
        }
        let key = self.candidate_at(&trace)?;
        let trace = match self.found.get(&key) {
            Some(&i) => Trace {
                entity: self.added[i].mention.entity,
                span: self.added[i].mention.span,
                ..trace
            },
            None => self.realize(trace)?,
        };
        let mut choice = Choice {
            entity: trace.entity,
            score: 0.6,
            raw,
            reason: String::new(),
            span: trace.span,
            only: false,
            subject: false,
            near: false,
            apart: at.sentence - trace.sentence,
        };
        choice.reason = self.reason(want, &choice);
        Some(choice)
    }

    /// The place of the description at a trace, as the keys of what was found are.
    pub(super) fn candidate_at(&self, trace: &Trace) -> Option<(usize, usize, usize)> {
        let (_, local) = self.doc.block(trace.block);
        let from = local.candidates.partition_point(|c| c.tokens.start < trace.token);
        local.candidates[from..]
            .iter()
            .take_while(|c| c.tokens.start == trace.token)
            .find(|c| matches!(c.what, What::Description(_)))
            .map(|c| (trace.block, c.tokens.start, c.tokens.end))
    }

    /// The subject that a pronoun in a clause before it points ahead to ("In his speech, Hartmann said …").
    pub(super) fn name_ahead(&self, b: usize, c: &Candidate, p: Pronoun) -> Option<Choice> {
        let want = match p.person {
            PersonOf::He => Some(Gender::Male),
            PersonOf::She => Some(Gender::Female),
            PersonOf::It if p.possessive => None,
            _ => return None,
        };
        let (_, local) = self.doc.block(b);
        let sentence = local.sentences.get(local.sentence_of(c.tokens.start))?.clone();
        let is_word = |t: &usize| local.tokens.kind(*t) == TokenKind::Word;
        let first = sentence.clone().find(is_word)?;
        if first >= c.tokens.start || c.tokens.start - first > 12 {
            return None;
        }
        // "Sentencing her, Judge Adler said": the subject does it to somebody else.
        if !p.subject
            && !p.possessive
            && local.tokens.list[first].tag == Tag::VerbIng
            && c.tokens.start == first + 1
        {
            return None;
        }
        let opens = matches!(
            local.tokens.list[first].tag,
            Tag::Adp | Tag::Sconj | Tag::VerbIng | Tag::VerbPart
        ) || matches!(
            local.tokens.fold(first),
            "when" | "after" | "before" | "while" | "despite"
        );
        let comma = (first..sentence.end.min(c.tokens.start + 20)).find(|&t| local.tokens.mark(t) == ",")?;
        if !opens || comma < c.tokens.end {
            return None;
        }
        let from = local.candidates.partition_point(|x| x.tokens.start <= first);
        let mut before = local.candidates[from..]
            .iter()
            .take_while(|x| x.tokens.start < c.tokens.start);
        let person = |x: &Candidate| {
            let (entity, ..) = self.entity_of(b, x)?;
            let e = &self.cast.entities[entity];
            let fits = match want {
                Some(gender) => e.kind == EntityKind::Person && fits_gender(e, gender),
                None => matches!(e.kind, EntityKind::Institution | EntityKind::Country),
            };
            fits.then_some(entity)
        };
        if before.any(|x| person(x).is_some()) {
            return None;
        }
        let next = local.candidates.partition_point(|x| x.tokens.start <= comma);
        let subject = local.candidates[next..]
            .iter()
            .take(4)
            .take_while(|x| x.phrase.start <= comma + 2)
            .find(|x| {
                // What is quoted behind the comma is no subject: "In the evening he said, “Strelsau will …”".
                // "In a statement by his adviser, Tom Holm,": nor who the phrase before the comma is.
                matches!(x.what, What::Name(_))
                    && x.phrase.start <= comma + 2
                    && x.phrase.start > c.tokens.start
                    && !x.cues.has(Cue::Quoted)
            })?;
        // "In a statement by his Special Adviser, Tom Holm,": nor is that the adviser's.
        let role_ends = |t: usize| {
            let role = self.lex.role_at(&local.tokens, t);
            role.is_some_and(|r| t + r.len == comma)
        };
        let apposed = p.possessive
            && local.tokens.mark(subject.tokens.end) == ","
            && (c.tokens.end..comma).any(role_ends)
            && (c.tokens.end..comma).all(|t| local.tokens.list[t].tag != Tag::Adp && local.listed(t) != "as");
        if apposed {
            return None;
        }
        let entity = person(subject)?;
        let e = &self.cast.entities[entity];
        Some(Choice {
            entity,
            score: 0.85,
            raw: 9.0,
            reason: format!(
                "{}: the subject that the clause before it points ahead to",
                e.name
            ),
            span: self.doc.span(&Phrase {
                block: b,
                tokens: subject.tokens.clone(),
            }),
            only: true,
            subject: true,
            near: true,
            apart: 0,
        })
    }
}

/// Whether a noun phrase is what somebody is or is called ("She was the daughter of …", "treated as a suspect").
pub(super) fn is_predicate(local: &Local, c: &Candidate) -> bool {
    let tag = |t: usize| local.tokens.list.get(t).map_or(Tag::X, |t| t.tag);
    let before = c.phrase.start.checked_sub(1);
    before.is_some_and(|t| match local.tokens.fold(t) {
        // "As it rained, a woman from Halm stood up": what stands beside a name has a comma behind it too.
        "," => !(is_finite_subject(local, c) || is_subject_at_length(local, c)),
        word => tag(t) == Tag::Aux || matches!(word, "as" | "become" | "became"),
    })
}

/// Whether a noun phrase is the subject of the finite verb behind it, and is not what somebody is or is called
/// ("She was the daughter of …", "treated as a suspect who …").
pub(super) fn is_finite_subject(local: &Local, c: &Candidate) -> bool {
    let tag = |t: usize| local.tokens.list.get(t).map_or(Tag::X, |t| t.tag);
    let mut next = c.phrase.end;
    // "The former shearer, 74, watched"
    let fold = |t: usize| local.tokens.fold(t);
    let number = local
        .tokens
        .list
        .get(next + 1)
        .is_some_and(|t| t.kind == TokenKind::Number);
    let aged = number && fold(next) == "," && fold(next + 2) == ",";
    if aged {
        next += 3;
    }
    while tag(next) == Tag::Adv && next < c.phrase.end + 3 {
        next += 1;
    }
    let before = c.phrase.start.checked_sub(1);
    let predicate = before.is_some_and(|t| tag(t) == Tag::Aux || local.tokens.fold(t) == "as");
    let verb = tag(next).is_finite() || tag(next) == Tag::Aux || aged && tag(next) == Tag::VerbPart;
    !predicate && (verb || lexicon::english().is_human_verb(local.tokens.fold(next)))
}

/// How far behind a noun its verb is looked for.
const VERB: usize = 30;

/// The same where something hangs on the noun ("A woman from Halm who had lost a shoe stood up").
pub(super) fn is_subject_at_length(local: &Local, c: &Candidate) -> bool {
    let tag = |t: usize| local.tokens.list.get(t).map_or(Tag::X, |t| t.tag);
    let behind = c.phrase.end;
    let relative = |t: usize| matches!(local.tokens.fold(t), "who" | "that");
    if tag(behind) != Tag::Adp && !relative(behind) {
        return false;
    }
    let before = c.phrase.start.checked_sub(1);
    // "She met a woman who had lost a shoe", "with a woman who": an object.
    let object = |t: usize| tag(t).is_verb() || matches!(tag(t), Tag::Adp | Tag::Aux | Tag::Part);
    let opens = !before.is_some_and(object);
    let sentence = local.sentences.get(local.sentence_of(c.tokens.start));
    let end = sentence.map_or(behind, |s| s.end).min(behind + VERB);
    let stop = (behind..end).find(|&t| tag(t) == Tag::Punct).unwrap_or(end);
    let who = (behind..stop).find(|&t| relative(t));
    // A group of verbs is one, whatever stands in it ("had never been seen").
    let group = |t: &usize| {
        (tag(*t).is_finite() || tag(*t) == Tag::Aux || who.is_some() && tag(*t) == Tag::VerbPart)
            && !t
                .checked_sub(1)
                .is_some_and(|p| matches!(tag(p), Tag::Aux | Tag::Adv))
    };
    let from = who.unwrap_or(behind);
    opens && (from..stop).filter(group).count() > usize::from(who.is_some())
}
