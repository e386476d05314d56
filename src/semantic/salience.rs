//! What was mentioned so far and how present it is: the trail along which pronouns lead back.

use std::sync::LazyLock;

use crate::{
    base::{order::Order, span::DocSpan, work},
    kb::Gender,
    semantic::{
        article::{Entity, EntityKind, MentionForm},
        coref::{fits_gender, is_subject},
        doc::ByEntity,
        mention::{Candidate, Cue, Cues, Pronoun},
    },
};

/// One step of the trail: a mention and how it stands in its sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Trace {
    pub(super) entity: usize,
    pub(super) block: usize,
    pub(super) token: usize,
    /// Number of the sentence in the article.
    pub(super) sentence: usize,
    pub(super) cues: Cues,
    /// Whether it stands outside the running text (headline, caption, crosshead).
    pub(super) side: bool,
    pub(super) form: MentionForm,
    /// Whether it only says whose something is.
    pub(super) owner: bool,
    /// Whether another subject stands before it in its sentence ("Reyes said that her mother knew").
    pub(super) second: bool,
    pub(super) span: DocSpan,
}

impl Trace {
    /// A pronoun of which only the place is known yet; its sentence is 0.
    pub(super) fn of_pronoun(block: usize, c: &Candidate, p: Pronoun, span: DocSpan) -> Self {
        Self {
            entity: 0,
            block,
            token: c.tokens.start,
            sentence: 0,
            cues: c.cues,
            side: false,
            form: MentionForm::Pronoun,
            owner: p.possessive,
            second: false,
            span,
        }
    }
}

/// What a pronoun asks for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Want {
    /// One person of that gender.
    One(Gender),
    /// Several people.
    Several,
    /// One person whose gender nothing tells: a singular "they".
    Anyone,
    /// A body or a country.
    Body,
}

/// What was chosen, and how clear the choice was.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    pub(super) entity: usize,
    /// 0 to 1.
    pub(super) score: f32,
    /// How present the antecedent is; only to be compared with that of another antecedent of the same pronoun.
    pub(super) raw: f32,
    pub(super) reason: String,
    /// The mention that it rests on.
    pub(super) span: DocSpan,
    /// Whether nothing else came into question.
    pub(super) only: bool,
    /// Whether that mention is a subject.
    pub(super) subject: bool,
    /// Whether it stands in the same sentence.
    pub(super) near: bool,
    /// How many sentences lie between it and the pronoun.
    pub(super) apart: usize,
}

impl Choice {
    /// One that no pronoun had to weigh: what the words themselves or the base make clear.
    pub(super) fn clear(entity: usize, score: f32, reason: String, span: DocSpan) -> Self {
        Self {
            entity,
            score,
            raw: 0.0,
            reason,
            span,
            only: true,
            subject: true,
            near: true,
            apart: 0,
        }
    }
}

/// What a person costs, or gains, who is described and is no entity yet: each; one who is new ("a man"); one who is
/// the subject of this very sentence while the person with a name is none; one who is alone in the sentence before; one described just before a quotation in which the pronoun stands. And how present
/// one must be to be meant at all. Fitted like the rest.
pub(super) const DESCRIBED: f32 = -0.88;
pub(super) const DESCRIBED_NEW: f32 = 0.28;
pub(super) const DESCRIBED_SUBJECT: f32 = 0.6;
pub(super) const DESCRIBED_ALONE: f32 = 1.0;
/// The same of somebody who is described as theirs whom the article is about ("His father left. He …").
pub(super) const DESCRIBED_OWNED: f32 = 0.3;
pub(super) const DESCRIBED_BEFORE: f32 = -0.24;
pub(super) const DESCRIBED_FLOOR: f32 = 1.0;

/// How many mentions from the end a place is looked for one by one.
const NEAR: usize = 8;
/// How many mentions back a pronoun may look; so the cost of each is bounded.
const REACH: usize = 32;
/// What each mention between costs. This weight and those of [`Trail::score`] were fitted on the gold set and on GUM
/// (`cargo xtask eval gold`, `eval gum`): the sum of right pronouns, of right sources and of right speakers.
const RECENCY: f32 = 0.17;
/// What somebody costs who is left without a name on purpose, where the pronoun is no source.
const WITHHELD: f32 = 2.0;
/// What whoever spoke last gains where somebody goes on ("he added").
const GOES_ON: f32 = 0.8;
/// What a name gains that the paragraph of "he said" opens with, where no word tells whether it is a man's.
const OPENS: f32 = 0.4;
/// How many sentences back.
const SENTENCES: usize = 7;

/// The mentions in text order.
#[derive(Debug, Default)]
pub(super) struct Trail {
    traces: Vec<Trace>,
    /// How often each entity was mentioned so far; entities behind the end were not.
    counts: Vec<u32>,
    /// How often the article names each entity, at the start.
    named: Vec<u32>,
    /// Those without a name who are meant to have none ("a police source").
    withheld: ByEntity<()>,
}

impl Trail {
    /// How often the article names an entity.
    pub(super) fn times_named(&self, entity: usize) -> u32 {
        self.named.get(entity).copied().unwrap_or(0)
    }

    /// An empty trail of an article that names its entities so often.
    pub(super) fn new(named: Vec<u32>) -> Self {
        let n: u32 = named.iter().sum();
        Self {
            // The pronouns and descriptions come on top.
            traces: Vec::with_capacity(n as usize * 5 / 4),
            named,
            ..Self::default()
        }
    }

    pub(super) fn push(&mut self, mut trace: Trace) {
        if self.counts.len() <= trace.entity {
            self.counts.resize(trace.entity + 1, 0);
        }
        self.counts[trace.entity] += 1;
        // Nearly always the last; people who become an entity later ("they said") stand a little before.
        let place = (trace.block, trace.token);
        let mut at = self.traces.len();
        while at > 0 && (self.traces[at - 1].block, self.traces[at - 1].token) > place {
            at -= 1;
        }
        trace.second = is_subject(trace.cues)
            && self.traces[..at]
                .iter()
                .rev()
                .take(6)
                .take_while(|t| t.sentence == trace.sentence && t.block == trace.block)
                .any(|t| is_subject(t.cues) && !t.owner && t.entity != trace.entity);
        self.traces.insert(at, trace);
    }

    /// Notes that an entity is somebody whom reports leave without a name.
    pub(super) fn withhold(&mut self, entity: usize) {
        self.withheld.insert(entity, ());
    }

    /// All of them, in text order.
    pub(super) fn all(&self) -> impl Iterator<Item = &Trace> {
        self.traces.iter()
    }

    /// How often the article has mentioned an entity so far.
    pub(super) fn count(&self, entity: usize) -> u32 {
        self.counts.get(entity).copied().unwrap_or(0)
    }

    /// The mentions before a place, the nearest first, no further back than a pronoun may look.
    pub(super) fn back(&self, at: &Trace) -> impl Iterator<Item = &Trace> {
        let before = |t: &Trace| (t.block, t.token) < (at.block, at.token);
        // While the article is read, the place is at or near the end.
        let near = (0..NEAR.min(self.traces.len())).find(|n| before(&self.traces[self.traces.len() - 1 - n]));
        let end = match near {
            Some(n) => self.traces.len() - n,
            None => self.traces.partition_point(before),
        };
        self.traces[end.saturating_sub(REACH * 2)..end].iter().rev()
    }

    /// The best antecedent of a pronoun at `at`.
    #[expect(
        clippy::too_many_arguments,
        reason = "each is one fact about the pronoun or the cast"
    )]
    pub(super) fn choose(
        &self,
        entities: &[Entity],
        nameless: &ByEntity<bool>,
        want: Want,
        p: Pronoun,
        at: &Trace,
        exclude: Option<usize>,
        source: bool,
        goes_on: bool,
    ) -> Option<Choice> {
        // "Hartmann told him": an object is never its own clause's subject, by whatever words.
        let object = !p.subject && !p.possessive && !p.reflexive;
        let barred = self.back(at).take(6).find(|t| {
            object
                && t.sentence == at.sentence
                && t.block == at.block
                && is_subject(t.cues)
                && !t.owner
                && at.token - t.token <= 8
        });
        let barred = barred.map(|t| t.entity);
        let spoke = |t: &&Trace| {
            let person = entities[t.entity].kind == EntityKind::Person;
            person && t.cues.has(Cue::Speaks) && !t.cues.has(Cue::Quoted)
        };
        let last = self.back(at).take(REACH).find(spoke).filter(|_| goes_on);
        let last = last.map(|t| t.entity);
        // "Sam Pell banged the gavel. “A recess, I guess,” he said.": whom a sentence before names first, as its subject,
        // where the paragraph has nobody of whom it is told that "he" fits.
        let fits_here = |t: &Trace| {
            let e = &entities[t.entity];
            e.kind == EntityKind::Person && matches!(want, Want::One(g) if e.gender == g)
        };
        let mut here = self.back(at).take(REACH).take_while(|t| t.block == at.block);
        let unknown_here = source && matches!(want, Want::One(_)) && !here.any(fits_here);
        let mut best: Vec<(f32, &Trace)> = Vec::new();
        for (n, t) in self.back(at).take(REACH).enumerate() {
            work::step();
            if at.sentence - t.sentence > SENTENCES || exclude == Some(t.entity) {
                continue;
            }
            let e = &entities[t.entity];
            // "SINGAPORE – The chain will shut shops that it opened": a dateline is where, not who.
            let dateline = want == Want::Body && t.side && !at.side && t.sentence == at.sentence;
            if dateline || !fits(e, nameless.get(&t.entity).copied(), want, t.form) {
                continue;
            }
            let mut score = self.score(e.gender, want, p, at, t, source) - RECENCY * n as f32;
            // Somebody without a name, whose gender nothing tells, is seldom meant while others are present.
            if matches!(want, Want::One(_)) && e.gender == Gender::Unknown && nameless.contains_key(&t.entity)
            {
                // "Another said simply: …": nobody goes on about that one.
                score -= if e.name == "another" { 1.0 } else { 0.27 };
            }
            // "…, a police source said. Prosecutors say he fled": the article is about somebody else.
            if !source && matches!(want, Want::One(_)) && self.withheld.contains_key(&t.entity) {
                score -= WITHHELD;
            }
            let opens = t.block == at.block
                && is_subject(t.cues)
                && t.form == MentionForm::Name
                && !t.owner
                && !t.second;
            if unknown_here && opens && t.sentence < at.sentence && e.gender == Gender::Unknown {
                score += OPENS;
            }
            if last == Some(t.entity) {
                score += GOES_ON;
            }
            if barred == Some(t.entity) {
                score -= 2.5;
            }
            match best.iter_mut().find(|(_, b)| b.entity == t.entity) {
                Some(old) if old.0 < score => *old = (score, t),
                Some(_) => {}
                None => best.push((score, t)),
            }
        }
        best.order_by(|a, b| b.0.total_cmp(&a.0).then(b.1.token.cmp(&a.1.token)));
        let &(score, trace) = best.first()?;
        let margin = best.get(1).map_or(1.5, |second| score - second.0);
        let floor = match want {
            Want::One(_) => 0.15,
            Want::Several | Want::Body | Want::Anyone => 1.2,
        };
        if score < floor {
            return None;
        }
        Some(Choice {
            entity: trace.entity,
            score: (0.55 + 0.4 * margin.min(1.0)).clamp(0.0, 0.97),
            raw: score,
            reason: String::new(),
            span: trace.span,
            only: best.len() == 1,
            subject: is_subject(trace.cues)
                || want == Want::Body && trace.cues.has(Cue::SentenceStart) && !trace.owner,
            near: trace.sentence == at.sentence,
            apart: at.sentence - trace.sentence,
        })
    }

    /// How present a person is who is described at `t` and is no entity yet.
    pub(super) fn described(
        &self,
        want: Want,
        told: Gender,
        p: Pronoun,
        at: &Trace,
        t: &Trace,
        source: bool,
    ) -> f32 {
        self.score(told, want, p, at, t, source)
    }

    fn score(&self, gender_of: Gender, want: Want, p: Pronoun, at: &Trace, t: &Trace, source: bool) -> f32 {
        let apart = (at.sentence - t.sentence) as f32;
        let mut score = 2.0 - 0.45 * apart;
        if at.block != t.block {
            score -= 0.2;
        }
        if is_subject(t.cues) {
            score += 0.57;
        }
        if t.cues.has(Cue::Speaks) && !t.cues.has(Cue::Toward) {
            score += 0.25;
        }
        if t.form == MentionForm::Pronoun {
            score += 0.3;
        }
        if t.owner {
            score -= 0.3;
        }
        // "seen by the Guardian, it said": whoever stands behind a preposition is not what the article goes on with.
        if want == Want::Body && t.cues.has(Cue::Toward) {
            score -= 0.6;
        }
        if t.second {
            score -= 0.05;
        }
        if matches!(want, Want::One(_)) {
            let named = self.named.get(t.entity).copied().unwrap_or(0);
            score += 0.06 * ln_1p(named);
        }
        if t.cues.has(Cue::Quoted) && !at.cues.has(Cue::Quoted) {
            // Whoever is spoken of in the words themselves does not say them.
            score -= if source { 1.6 } else { 0.8 };
        }
        if t.side {
            score -= 0.9;
        }
        if let Want::One(gender) = want {
            score += if gender_of == gender { 0.4 } else { -0.1 };
        }
        let n = self.count(t.entity).max(1);
        let quoted = at.cues.has(Cue::Quoted) && matches!(want, Want::One(_));
        if quoted && t.cues.has(Cue::Speaks) && !t.cues.has(Cue::Quoted) {
            score -= 0.4;
        }
        // In what somebody says, "he" is whom the article is about rather than whoever spoke last.
        score += if quoted { 0.4 } else { 0.12 } * ln_1p(n);
        if p.reflexive {
            // "Santorum himself", "she blamed herself": the nearest before it, in its own clause.
            score += if at.sentence == t.sentence { 2.0 } else { -2.0 };
            score += if at.token - t.token.min(at.token) <= 1 {
                2.0
            } else {
                0.0
            };
        } else if at.sentence == t.sentence && p.subject && t.cues.has(Cue::Addressed) {
            score -= 0.2;
        }
        score
    }
}

/// The logarithm of a number and one. It is asked for at every step of the trail, and most numbers are small.
fn ln_1p(n: u32) -> f32 {
    static KNOWN: LazyLock<[f32; 256]> = LazyLock::new(|| std::array::from_fn(|n| (n as f32).ln_1p()));
    let known = KNOWN.get(n as usize).copied();
    known.unwrap_or_else(|| (n as f32).ln_1p())
}

fn fits(e: &Entity, nameless_several: Option<bool>, want: Want, form: MentionForm) -> bool {
    match want {
        Want::One(gender) => {
            e.kind == EntityKind::Person && nameless_several != Some(true) && fits_gender(e, gender)
        }
        Want::Anyone => {
            e.kind == EntityKind::Person && e.gender == Gender::Unknown && nameless_several == Some(false)
        }
        Want::Several => e.kind == EntityKind::Group || nameless_several == Some(true),
        Want::Body => {
            matches!(e.kind, EntityKind::Institution | EntityKind::Country)
                && !matches!(form, MentionForm::Demonym | MentionForm::Place)
        }
    }
}
