//! Teams by the names of their towns and countries, by the last word of their own, and by nicknames in the plural.

use crate::{
    kb::Kind,
    semantic::{
        article::{EntityKind, Evidence, MentionForm},
        local::Local,
        mention::{Candidate, Cue, Description, Hit},
        names::{Decision, Resolver, key},
        wordsets::WordSet,
    },
    syntax::token::Shape,
};

/// The team that plays under the name of a country or a town.
pub(super) fn team(r: &mut Resolver<'_, '_>, b: usize, c: &Candidate, hit: &Hit) -> Decision {
    let land = r.doc.kb.name(hit.entity);
    let town = key(r.doc.block(b).1, c);
    // "Halm" of a report on Halm Town.
    let club = r.survey.club_of(&town).filter(|_| hit.kind != Kind::Country);
    let entity = match club.map(|club| (club.key.clone(), club.name.clone())) {
        Some((key, name)) => match r.by_key.get(&key) {
            Some(&e) => e,
            None => {
                let e = r.add(EntityKind::Institution, name, None);
                r.by_key.insert(key, e);
                e
            }
        },
        None => r.named(EntityKind::Institution, "team", format!("{land} (team)")),
    };
    Decision {
        entity,
        form: MentionForm::Name,
        score: 0.8,
        evidence: Evidence {
            reason: format!("a team that plays under the name of {land}, by the words of sport around it")
                .into(),
            at: None,
        },
    }
    .at(r.doc, b, c)
}

impl Resolver<'_, '_> {
    /// The club that goes by the last word of its name too ("Aston Villa", "Villa"), or by its town ("Halm", "Halm Town").
    pub(super) fn club(&self, words: &[&str]) -> Option<usize> {
        let (last, n) = (words.last()?, words.len());
        let full = self.survey.club_of(&words.join(" "));
        if let Some(e) = full.and_then(|club| self.by_key.get(&club.key)) {
            return Some(*e);
        }
        if n > 2 || !self.survey.is_team(last) {
            return None;
        }
        if n == 2 {
            let e = *self.by_key.get(*last)?;
            return (self.cast.entities[e].kind == EntityKind::Institution).then_some(e);
        }
        let from = self.cast.entities.len().saturating_sub(48);
        (from..self.cast.entities.len()).rev().find(|&e| {
            let entity = &self.cast.entities[e];
            entity.kind == EntityKind::Institution
                && entity.kb.is_none()
                && crate::base::word::name_words(&entity.name)
                    .last()
                    .is_some_and(|w| w == last)
        })
    }

    /// "signed from Rangers": a club whose name is a plural noun for people, in a report of sport.
    pub(super) fn club_of_people(
        &mut self,
        b: usize,
        local: &Local,
        c: &Candidate,
        d: &Description,
    ) -> Option<Decision> {
        let token = d.noun.start;
        let capital = local.tokens.shape(token) == Shape::Capital && !c.cues.has(Cue::TitleCase);
        if !self.survey.is_sport() || !d.plural || !capital || c.phrase.len() != 1 || d.noun.len() != 1 {
            return None;
        }
        let word = local.tokens.fold(token);
        if !self.lex.is(WordSet::ClubName, word)
            || c.cues.has(Cue::SentenceStart) && self.survey.n_capital(word) == 0
        {
            return None;
        }
        let name = self.text(b, c);
        let entity = self.named(EntityKind::Institution, "team", name);
        Some(
            Decision {
                entity,
                form: MentionForm::Name,
                score: 0.8,
                evidence: Evidence {
                    reason: "a club that goes by this name, in a report of sport".into(),
                    at: None,
                },
            }
            .at(self.doc, b, c),
        )
    }
}
