//! Whom the words around a pronoun point at, by structure and not by weight: "As for Holm, he had left.", "Born in Riga,
//! she …" in an obituary, “She calls every night,” Holm said of her mother.

use crate::{
    base::{span::DocSpan, work},
    kb::Gender,
    semantic::{
        article::{EntityKind, MentionForm, QuoteKind},
        coref::{Resolver, fits_gender},
        doc::{Draft, Phrase},
        local::Local,
        mention::{Candidate, Cue, PersonOf, Pronoun, What},
        salience::{Choice, Trace, Want},
    },
};

/// How present such a person is: more than anybody described in between.
const CLEAR: f32 = 9.0;

/// In how many blocks from the top an obituary says that somebody died.
const LEAD: usize = 4;

/// How many mentions back the one who asked may be, and how many tokens of titles may stand before the name.
const ASKER: usize = 8;
const TITLES: usize = 4;

/// Words in marks that are said of somebody, and who that is.
#[derive(Debug)]
pub(super) struct SaidOf {
    words: DocSpan,
    at: Phrase,
}

/// Most quotations that are said of somebody; so the cost is bounded.
const SAID_OF: usize = 32;

/// Whom quotations are said of: "Holm said of her mother".
pub(super) fn said_of(r: &Resolver<'_, '_, '_>, drafts: &[Draft]) -> Vec<SaidOf> {
    let mut found = Vec::new();
    for draft in drafts.iter().filter(|d| d.quote.kind != QuoteKind::Indirect) {
        let (Some(source), [cue]) = (&draft.source, &draft.quote.cue[..]) else {
            continue;
        };
        let (block, local) = r.doc.block(source.block);
        if !block.span.contains(cue.start) {
            continue;
        }
        // "Holm said of her mother" and "said Holm of her mother".
        let end = local.tokens.inside(block.within(*cue)).end;
        let behind = [end, source.tokens.end];
        let Some(of) = behind.into_iter().find(|&t| local.tokens.fold(t) == "of") else {
            continue;
        };
        let whom = local
            .candidates
            .iter()
            .skip(local.candidates.partition_point(|c| c.tokens.end <= of + 1))
            .take_while(|c| c.phrase.start <= of + 1 || c.tokens.start <= of + 1)
            .find(|c| c.phrase.start == of + 1 && !matches!(c.what, What::Pronoun(_)));
        let Some(whom) = whom else { continue };
        let at = Phrase {
            block: source.block,
            tokens: whom.tokens.clone(),
        };
        found.extend(draft.quote.spans.iter().map(|&words| SaidOf {
            words,
            at: at.clone(),
        }));
        if found.len() >= SAID_OF {
            break;
        }
    }
    found
}

impl Resolver<'_, '_, '_> {
    /// Whom a pronoun outside quotations means by the frame of its sentence; `source` where it is said to speak.
    pub(super) fn pointed_at(&self, p: Pronoun, at: &Trace, want: Want, source: bool) -> Option<Choice> {
        let Want::One(gender) = want else { return None };
        if !p.subject {
            return None;
        }
        let local = self.doc.block(at.block).1;
        let s = local.sentence_of(at.token);
        let sentence = local.sentences.get(s)?.clone();
        if source && let Some(choice) = self.for_whom(gender, at, local, s) {
            return Some(choice);
        }
        let fold = |t: usize| local.tokens.fold(t);
        let comma = at.token.checked_sub(1).is_some_and(|t| fold(t) == ",");
        match (fold(sentence.start), fold(sentence.start + 1)) {
            ("as", "for") if comma => self.left_out(gender, at, sentence.start),
            ("born", _) if comma => self.departed(gender, self.tells_of_death()),
            _ if matches!(fold(at.token + 1), "is" | "was") => {
                let survived = fold(at.token + 2) == "survived" && fold(at.token + 3) == "by";
                self.departed(gender, survived)
            }
            _ => None,
        }
    }

    /// "As for Holm, he had left": whom the sentence turns to.
    fn left_out(&self, gender: Gender, at: &Trace, start: usize) -> Option<Choice> {
        let t = self
            .trail
            .back(at)
            .take_while(|t| t.block == at.block && t.token > start)
            .filter(|t| !t.owner && t.form != MentionForm::Pronoun)
            .last()?;
        let e = self.cast.entities.get(t.entity)?;
        let fits = e.kind == EntityKind::Person
            && self.nameless.get(&t.entity) != Some(&true)
            && fits_gender(e, gender);
        fits.then(|| Choice {
            raw: CLEAR,
            ..Choice::clear(
                t.entity,
                0.9,
                format!("{}: to whom the sentence turns", e.name),
                t.span,
            )
        })
    }

    /// "For Holm, a baker, the road is a loss. “I used it,” he said.": as whom the sentence before sees it.
    fn for_whom(&self, gender: Gender, at: &Trace, local: &Local, sentence: usize) -> Option<Choice> {
        let before = local.sentences.get(sentence.checked_sub(1)?)?.clone();
        if local.tokens.fold(before.start) != "for" {
            return None;
        }
        let from = local
            .candidates
            .partition_point(|c| c.tokens.start <= before.start);
        let c = local.candidates.get(from)?;
        let fronted = c.phrase.start == before.start + 1 || c.tokens.start == before.start + 1;
        let named = matches!(c.what, What::Name(_)) && !c.cues.has(Cue::Possessive);
        let comma = [c.tokens.end, c.phrase.end.saturating_sub(1), c.phrase.end];
        if !fronted || !named || !comma.iter().any(|&t| local.tokens.fold(t) == ",") {
            return None;
        }
        let (entity, ..) = self.entity_of(at.block, c)?;
        let e = self.cast.entities.get(entity)?;
        let span = self.doc.span(&Phrase {
            block: at.block,
            tokens: c.tokens.clone(),
        });
        (e.kind == EntityKind::Person && fits_gender(e, gender)).then(|| Choice {
            raw: CLEAR,
            ..Choice::clear(entity, 0.85, format!("{}: for whom it is so", e.name), span)
        })
    }

    /// Who asked what a pronoun at `at` answers: "“Was it late?” asked Reyes. “It was,” she answered."
    pub(super) fn asker(&self, at: &Trace) -> Option<usize> {
        let local = self.doc.block(at.block).1;
        let fold = |t: usize| local.tokens.fold(t);
        let answers = |t: usize| matches!(fold(t), "answered" | "answers" | "replied" | "replies");
        if !answers(at.token + 1) && !answers(at.token.wrapping_sub(1)) {
            return None;
        }
        let sentence = local.sentence_of(at.token);
        let asks = |t: usize| matches!(fold(t), "asked" | "asks");
        let mut people = self
            .trail
            .back(at)
            .take(ASKER)
            .take_while(|t| t.block == at.block && local.sentence_of(t.token) + 2 >= sentence);
        let t = people.find(|t| {
            let before = (t.token.saturating_sub(TITLES)..t.token).any(|k| asks(k) && ends_quote(local, k));
            before || t.cues.has(Cue::Speaks) && asks(t.token + 1)
        })?;
        Some(t.entity)
    }

    /// "Asked by a reporter if she would stay, Holm smiled. “I would,” she said.": whoever asks is not the one whom the
    /// question and the answer are about.
    pub(super) fn questioner(&self, at: &Trace) -> Option<usize> {
        let local = self.doc.block(at.block).1;
        let sentence = local.sentence_of(at.token);
        let mut people = self
            .trail
            .back(at)
            .take(ASKER)
            .take_while(|t| t.block == at.block && local.sentence_of(t.token) + 1 >= sentence);
        let asks = |t: &&Trace| {
            let from = t.token.saturating_sub(TITLES);
            let by = (from..t.token).rev().find(|&k| local.tokens.fold(k) == "by");
            let asked =
                |by: usize| by > 0 && matches!(local.tokens.fold(by - 1), "asked" | "pressed" | "questioned");
            self.nameless.get(&t.entity) == Some(&false) && by.is_some_and(asked)
        };
        people.find(asks).map(|t| t.entity)
    }

    /// Whom an obituary is about: the first person whom the article names.
    fn departed(&self, gender: Gender, holds: bool) -> Option<Choice> {
        if !holds {
            return None;
        }
        let t = self.trail.all().find(|t| {
            work::step();
            let person = self.cast.entities.get(t.entity).map(|e| e.kind) == Some(EntityKind::Person);
            person && !self.nameless.contains_key(&t.entity)
        })?;
        let e = self.cast.entities.get(t.entity)?;
        fits_gender(e, gender).then(|| Choice {
            raw: CLEAR,
            ..Choice::clear(
                t.entity,
                0.85,
                format!("{}: whose life the article tells", e.name),
                t.span,
            )
        })
    }

    /// Whether the top of the article says that somebody died.
    fn tells_of_death(&self) -> bool {
        let blocks = 0..self.doc.locals.len().min(LEAD);
        blocks.into_iter().any(|b| {
            let tokens = &self.doc.block(b).1.tokens;
            (0..tokens.len()).any(|t| matches!(tokens.fold(t), "died" | "dies" | "dead" | "obituary"))
        })
    }

    /// Whom a pronoun in a quotation means that is said of somebody.
    pub(super) fn of_whom(&mut self, p: Pronoun, at: &Trace, said_of: &[SaidOf]) -> Option<Choice> {
        let gender = match p.person {
            PersonOf::He => Gender::Male,
            PersonOf::She => Gender::Female,
            _ => return None,
        };
        let whom = said_of.iter().find(|s| s.words.covers(at.span))?.at.clone();
        let known = self.found_at(&whom).or_else(|| {
            let l = self
                .described
                .iter()
                .find(|l| (l.at.block, l.at.token) == (whom.block, whom.tokens.start))?;
            let trace = self.realize(l.at)?;
            Some((trace.entity, trace.span))
        });
        let (entity, span) = known?;
        let e = self.cast.entities.get(entity)?;
        let fits = e.kind == EntityKind::Person
            && self.nameless.get(&entity) != Some(&true)
            && fits_gender(e, gender);
        fits.then(|| Choice {
            raw: CLEAR,
            ..Choice::clear(entity, 0.85, format!("{}: of whom it is said", e.name), span)
        })
    }

    /// The entity that is mentioned at a place.
    fn found_at(&self, at: &Phrase) -> Option<(usize, DocSpan)> {
        let local = self.doc.block(at.block).1;
        let from = local
            .candidates
            .partition_point(|c| c.tokens.start < at.tokens.start);
        local.candidates[from..]
            .iter()
            .take_while(|c| c.tokens.start == at.tokens.start)
            .filter(|c| c.tokens == at.tokens)
            .find_map(|c| self.entity_of(at.block, c))
            .map(|(entity, ..)| (entity, self.doc.span(at)))
    }
}

/// Whether a question in marks ends before the token `t`.
fn ends_quote(local: &Local, t: usize) -> bool {
    let fold = |t: usize| local.tokens.fold(t);
    t >= 2 && matches!(fold(t - 1), "”" | "\"" | "’" | "'") && fold(t - 2) == "?"
}

/// "said of the captain", "said Holm of the captain": of whom somebody else speaks.
pub(super) fn is_spoken_of(local: &Local, c: &Candidate) -> bool {
    const REACH: usize = 4;
    let Some(of) = c
        .phrase
        .start
        .checked_sub(1)
        .filter(|&t| local.tokens.fold(t) == "of")
    else {
        return false;
    };
    (of.saturating_sub(REACH)..of).any(|t| matches!(local.tokens.fold(t), "said" | "says"))
}
