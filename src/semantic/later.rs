//! Somebody without a name who has one after all: in an apposition, further down, or as the head of a body.

use rustc_hash::FxHashMap;

use crate::{
    base::{span::DocSpan, word::TokenKind},
    kb::Role,
    semantic::{
        article::{EntityKind, MentionForm},
        coref::Resolver,
        definite,
        doc::{Draft, Phrase},
        local::Local,
        mention::{Candidate, What},
        salience::Choice,
    },
};

/// How many quotations in headlines and crossheads are looked for in the text; so the cost is bounded.
const HEADLINES: usize = 8;

impl Resolver<'_, '_, '_> {
    /// The person who is named right behind a description that ends at `end`: "a beekeeper, Thomas Ley,",
    /// "a protester using the pseudonym Katya", "a woman who gave her name as Ana".
    pub(super) fn named_beside(&self, b: usize, local: &Local, end: usize) -> Option<Choice> {
        let fold = |t: usize| local.tokens.fold(t);
        let from = local.candidates.partition_point(|c| c.tokens.start < end);
        let c = local.candidates[from..]
            .iter()
            .take_while(|c| c.tokens.start <= end + 9)
            .find(|c| matches!(c.what, What::Name(_)))?;
        let lead = c.phrase.start.max(end)..c.tokens.start;
        let start = if lead.is_empty() {
            c.tokens.start
        } else {
            lead.start
        };
        let beside = start == end + 1
            && fold(end) == ","
            && (matches!(fold(c.tokens.end), "," | ")" | "—" | "–")
                || fold(c.tokens.end + 1) == "," && is_age(local, c));
        let told = start > end
            && match fold(start - 1) {
                "named" | "called" | "pseudonym" => start <= end + 4,
                "as" => {
                    (end..start).any(|t| matches!(fold(t), "name" | "identified" | "himself" | "herself"))
                }
                _ => false,
            };
        if !beside && !told {
            return None;
        }
        let (entity, ..) = self.entity_of(b, c)?;
        let e = &self.cast.entities[entity];
        (e.kind == EntityKind::Person).then(|| Choice {
            entity,
            score: 0.9,
            raw: 0.0,
            reason: format!("{}: named right behind it", e.name),
            span: self.doc.span(&Phrase {
                block: b,
                tokens: c.tokens.clone(),
            }),
            only: true,
            subject: true,
            near: true,
            apart: 0,
        })
    }

    /// "judge says" in a headline, "a councillor has admitted" in a lead: the one bearer of that role whom the text
    /// names later, or whoever says the same words there.
    pub(super) fn named_later(&mut self, drafts: &mut [Draft]) {
        let mut same: FxHashMap<usize, (usize, String)> = FxHashMap::default();
        for &(entity, row) in &self.ahead {
            let mut bearers = self.trail.all().filter(|t| {
                let e = &self.cast.entities[t.entity];
                t.form == MentionForm::Name
                    && e.kind == EntityKind::Person
                    && !self.nameless.contains_key(&t.entity)
                    && self.rows[t.entity]
                        .iter()
                        .any(|&r| definite::same_noun(self, r, row))
            });
            let Some(first) = bearers.next() else { continue };
            if bearers.all(|t| t.entity == first.entity) {
                let noun = &self.lex.roles[row].noun;
                let name = &self.cast.entities[first.entity].name;
                same.insert(
                    entity,
                    (
                        first.entity,
                        format!("{name}: the only {noun} whom the article names"),
                    ),
                );
            }
        }
        let side = |d: &Draft| d.source.as_ref().is_some_and(|s| self.is_side(s.block));
        let quoted = |s: &DocSpan| {
            let text = s.text(self.doc.text);
            text.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
        };
        let headlines = drafts.iter().filter(|d| {
            d.quote
                .speaker
                .is_some_and(|s| self.nameless.contains_key(&s) && !same.contains_key(&s))
                && !d.quote.marked.is_empty()
        });
        let mut told = Vec::new();
        for d in headlines.take(HEADLINES) {
            let (Some(entity), Some(words)) = (d.quote.speaker, d.quote.marked.first().map(quoted)) else {
                continue;
            };
            if self.nameless.get(&entity) == Some(&true) || words.split(' ').count() < 3 {
                continue;
            }
            let sided = side(d) || self.ahead.iter().any(|(e, _)| *e == entity);
            let speaker = drafts.iter().filter(|_| sided).find_map(|other| {
                let speaker = other.quote.speaker.filter(|s| !self.nameless.contains_key(s))?;
                let person = self.cast.entities[speaker].kind == EntityKind::Person;
                let says = other
                    .quote
                    .spans
                    .iter()
                    .any(|s| s.text(self.doc.text).contains(&words));
                (person && says).then_some(speaker)
            });
            told.extend(speaker.map(|s| (entity, s)));
        }
        for (entity, speaker) in told {
            let name = &self.cast.entities[speaker].name;
            same.insert(
                entity,
                (speaker, format!("{name}, who says these words in the article")),
            );
        }
        if same.is_empty() {
            return;
        }
        for seen in &mut self.added {
            if let Some((entity, reason)) = same.get(&seen.mention.entity) {
                seen.mention.entity = *entity;
                seen.mention.score = 0.7;
                seen.mention.evidence.reason.clone_from(reason);
            }
        }
        for draft in drafts {
            if let Some((entity, reason)) = draft.quote.speaker.and_then(|s| same.get(&s)) {
                draft.quote.speaker = Some(*entity);
                if draft.quote.attribution == crate::semantic::article::Attribution::Anonymous {
                    draft.quote.attribution = crate::semantic::article::Attribution::Description;
                }
                draft.quote.evidence.push(crate::semantic::article::Evidence {
                    reason: reason.clone(),
                    at: draft.quote.source.first().copied(),
                });
            }
        }
    }

    fn is_side(&self, b: usize) -> bool {
        use crate::syntax::block::Zone;
        !matches!(
            self.doc.block(b).0.zone,
            Zone::Body | Zone::ListItem | Zone::BlockQuote | Zone::Transcript
        )
    }

    /// The body or country that each person speaks for, as far as the article or the base at its date tells: "we" of
    /// its officer is the body.
    pub(super) fn bodies(&self) -> FxHashMap<usize, usize> {
        let mut of: FxHashMap<usize, usize> = FxHashMap::default();
        let is_body = |e: usize| {
            matches!(
                self.cast.entities[e].kind,
                EntityKind::Institution | EntityKind::Country
            )
        };
        for (entity, owner) in &self.owners {
            let local = self.doc.block(owner.block).1;
            let from = local
                .candidates
                .partition_point(|c| c.tokens.start < owner.tokens.start);
            let body = local.candidates[from..]
                .iter()
                .take_while(|c| c.tokens.start < owner.tokens.end)
                .find_map(|c| self.entity_of(owner.block, c).map(|e| e.0))
                .filter(|&e| is_body(e));
            if let Some(body) = body {
                of.entry(*entity).or_insert(body);
            }
        }
        let Some(day) = self.doc.date else { return of };
        let known: FxHashMap<_, _> = self
            .cast
            .entities
            .iter()
            .enumerate()
            .filter(|(i, _)| is_body(*i))
            .filter_map(|(i, e)| Some((e.kb?, i)))
            .collect();
        for (i, e) in self.cast.entities.iter().enumerate() {
            let Some(id) = e.kb.filter(|_| e.kind == EntityKind::Person) else {
                continue;
            };
            let body = self.doc.kb.tenures(id).find_map(|t| {
                let holds = t.holds(day) == crate::base::date::Holds::Yes;
                let leads = !matches!(t.role, Role::Legislator | Role::Other);
                let org = self.doc.kb.by_code(t.org).filter(|_| holds && leads)?;
                known.get(&org).copied()
            });
            if let Some(body) = body {
                of.entry(i).or_insert(body);
            }
        }
        of
    }
}

/// Whether an age follows a name: "Ida Holm, 54,".
fn is_age(local: &Local, c: &Candidate) -> bool {
    local
        .tokens
        .list
        .get(c.tokens.end + 1)
        .is_some_and(|t| t.kind == TokenKind::Number)
}
