//! A name that the knowledge base does not have, or that nothing links to it.

use crate::{
    kb::{Kind, NameForm},
    semantic::{
        article::{EntityKind, Evidence, MentionForm},
        geo,
        mention::{Candidate, Cue, Hit, Name},
        names::{Decision, Resolver, is_full},
        unknown::{less_form, one_word_firm},
    },
};

impl Resolver<'_, '_> {
    /// A name that the base does not have, or that nothing links to it.
    pub(super) fn stranger(
        &mut self,
        b: usize,
        c: &Candidate,
        name: &Name,
        key: &str,
        words: &[&str],
    ) -> Option<Decision> {
        if let Some(&e) = self.acronyms.get(key) {
            return Some(self.by_acronym(b, c, e));
        }
        if name.title.is_none()
            && let Some(entity) = self.by_initials(c, words, &name.hits)
        {
            let reason = format!("the first letters of {}", self.cast.entities[entity].name);
            return Some(
                Decision {
                    entity,
                    form: MentionForm::Acronym,
                    score: 0.85,
                    evidence: Evidence {
                        reason: reason.into(),
                        at: None,
                    },
                }
                .at(self.doc, b, c),
            );
        }
        if words.len() == 1
            && name.hits.is_empty()
            && name.title.is_none()
            && let Some(entity) = self.first_word_of(c, words[0])
        {
            let reason = format!("the beginning of the name {}", self.cast.entities[entity].name);
            return Some(
                Decision {
                    entity,
                    form: MentionForm::Alias,
                    score: 0.85,
                    evidence: Evidence {
                        reason: reason.into(),
                        at: None,
                    },
                }
                .at(self.doc, b, c),
            );
        }
        let (_, here) = self.doc.block(b);
        // "What is it, JD?": whoever is spoken to in a quotation by two letters.
        if words.len() == 1
            && words[0].len() <= 3
            && c.cues.has(Cue::Capitals)
            && c.cues.has(Cue::Quoted)
            && c.tokens.start > 0
            && here.tokens.fold(c.tokens.start - 1) == ","
            && matches!(here.tokens.fold(c.tokens.end), "?" | "!" | "." | ",")
            && (matches!(here.tokens.fold(c.tokens.end + 1), "”" | "\"" | "’" | "'")
                || words[0].len() == 2 && (words[0].contains('j') || words[0] == "tc"))
        {
            return None;
        }
        // "in French": what was passed over as a country is nobody else.
        let people = |h: &Hit| matches!(h.form, NameForm::Adjective | NameForm::DemonymNoun);
        if words.len() == 1 && name.title.is_none() && name.role.is_none() && name.hits.iter().any(people) {
            return None;
        }
        // "Ministry cites": a noun for a body that only its sentence gives a capital.
        let noun = words.len() == 1 && c.cues.has(Cue::SentenceStart) && name.title.is_none();
        let team = self.survey.is_team(words[0]);
        if noun && !team && name.hits.is_empty() && self.lex.thing(words[0]).is_some() {
            return None;
        }
        let mut kind = self.survey.kind(self.lex, key, c)?;
        // "Fine Gael": whichever of those that the base has, it is a body.
        let only_bodies = words.len() > 1
            && !name.hits.is_empty()
            && name
                .hits
                .iter()
                .all(|h| h.kind == Kind::Institution && h.form == NameForm::Name && h.exact);
        if kind == EntityKind::Person
            && only_bodies
            && name.title.is_none()
            && self.lex.given(words[0]).is_none()
        {
            kind = EntityKind::Institution;
        }
        let (_, local) = self.doc.block(b);
        // "the Archbishop of York": if anything, a place.
        if words.len() == 1 && kind != EntityKind::Place && geo::is_peerage(self.lex, local, c.tokens.start) {
            return None;
        }
        let firm = less_form(self.lex, key)
            .or_else(|| one_word_firm(self.lex, key).filter(|firm| !self.survey.is_family(firm)))
            .filter(|_| kind == EntityKind::Institution);
        let known = self.by_key.get(key).or_else(|| self.by_key.get(firm?)).copied();
        let shorter = known.or_else(|| match kind {
            EntityKind::Institution => self
                .with_or_without_article(key)
                .or_else(|| self.club(words))
                .or_else(|| self.longer_name(words))
                .or_else(|| self.paper(words)),
            _ => None,
        });
        let entity = match shorter {
            Some(e) => {
                // "Villa" in the headline is "Aston Villa" in the text.
                let club = self.cast.entities[e].kb.is_none() && words.len() == 2;
                if club && !self.cast.entities[e].name.contains(' ') {
                    self.cast.entities[e].name = self.text(b, c);
                    self.by_key.insert(key.to_owned(), e);
                }
                e
            }
            None => {
                let text = self.text(b, c);
                let e = self.add(kind, text, None);
                self.cast.entities[e].rivals = name
                    .hits
                    .iter()
                    .filter(|h| is_full(h))
                    .map(|h| h.entity)
                    .collect();
                if kind == EntityKind::Person {
                    self.note_person(e, words, None, 1);
                }
                self.by_key.insert(key.to_owned(), e);
                if let Some(firm) = firm {
                    self.by_key.entry(firm.to_owned()).or_insert(e);
                }
                e
            }
        };
        self.note_short_form(b, name, entity);
        let kind = self.cast.entities[entity].kind;
        let form = match kind {
            EntityKind::Place => MentionForm::Place,
            EntityKind::Person if words.len() == 1 => MentionForm::Surname,
            _ if c.cues.has(Cue::Capitals) && words.len() == 1 => MentionForm::Acronym,
            _ => MentionForm::Name,
        };
        let reason = match kind {
            EntityKind::Person => "a person whom the article introduces",
            EntityKind::Place => "a place that the article names",
            _ => "a body that the article names",
        };
        Some(
            Decision {
                entity,
                form,
                score: 0.8,
                evidence: Evidence {
                    reason: reason.into(),
                    at: None,
                },
            }
            .at(self.doc, b, c),
        )
    }
}
