//! Institutions by name: which of the base a name means, parties by their members, and short forms.

use std::ops::Range;

use crate::{
    base::{order::Order, word::TokenKind},
    kb::{EntityId, Kind, NameForm},
    semantic::{
        article::{EntityKind, Evidence, MentionForm},
        local::Local,
        mention::{Candidate, Cue, Description, Hit, Name},
        names::{Decision, Resolver, is_full, words},
        wordsets::WordSet,
    },
    syntax::{tag::is_common_word, token::Shape},
};

impl Resolver<'_, '_> {
    pub(super) fn institution(
        &mut self,
        b: usize,
        c: &Candidate,
        name: &Name,
        key: &str,
    ) -> Option<Decision> {
        let kb = self.doc.kb;
        let mut hits: Vec<&Hit> = name.hits.iter().filter(|h| h.kind == Kind::Institution).collect();
        if hits.is_empty() {
            return None;
        }
        let (_, local) = self.doc.block(b);
        let n_words = c.tokens.len();
        if n_words == 1 && self.survey.is_other_acronym(key) {
            return None;
        }
        // "fires in the Amazon"
        if n_words == 1 && c.cues.has(Cue::The) && c.cues.has(Cue::In) {
            hits.retain(|h| kb.description(h.entity) != Some("company"));
        }
        // "rates across the Atlantic": the sea, unless it says something.
        let speaks = c.cues.has(Cue::Speaks) || c.cues.has(Cue::Addressed);
        if n_words == 1 && c.cues.has(Cue::The) && !speaks && self.lex.is(WordSet::Sea, key) {
            hits.retain(|h| !is_agency(kb.description(h.entity)));
        }
        // "LIMA, Peru (AP) —": whoever sends the report.
        if n_words == 1 && is_sender(local, c) && hits.iter().any(|h| is_agency(kb.description(h.entity))) {
            hits.retain(|h| is_agency(kb.description(h.entity)));
        }
        // "Norway’s Labour Party" is no other country's.
        let owner = self.owner(local, c);
        if !owner.is_empty() {
            hits.retain(|h| kb.country_of(h.entity).is_none_or(|land| owner.contains(&land)));
        }
        hits.retain(|h| self.is_plausible(b, c, h, n_words));
        if hits.is_empty() {
            return None;
        }
        let day = self.doc.date;
        let ended =
            |id| matches!((day, kb.existed(id).1), (Some(day), Some(end)) if day.earliest() > end.latest());
        // The country first, then what still exists, then rank.
        let order = |id| {
            let (weight, tier) = self.scene.nearness(id);
            (std::cmp::Reverse(weight), ended(id), tier.0)
        };
        hits.order_by_key(|h| (order(h.entity), !is_full(h), h.entity));
        let in_cast = hits.iter().find(|h| self.by_kb.contains_key(&h.entity)).copied();
        let best = in_cast.unwrap_or(hits[0]);
        let rivals: Vec<EntityId> = hits
            .iter()
            .map(|h| h.entity)
            .filter(|e| *e != best.entity)
            .collect();
        let tied = in_cast.is_none()
            && rivals
                .iter()
                .any(|r| *r != best.entity && order(*r) == order(best.entity));
        if tied {
            return None;
        }
        let e = self.known(EntityKind::Institution, best.entity);
        if self.cast.entities[e].rivals.is_empty() {
            self.cast.entities[e].rivals = rivals;
        }
        self.by_key.entry(key.to_owned()).or_insert(e);
        self.note_short_form(b, name, e);
        let form = match best.form {
            NameForm::Acronym => MentionForm::Acronym,
            NameForm::Alias => MentionForm::Alias,
            NameForm::Metonym | NameForm::Capital => MentionForm::Metonym,
            _ => MentionForm::Name,
        };
        Some(
            Decision {
                entity: e,
                form,
                score: if best.exact { 0.96 } else { 0.88 },
                evidence: Evidence {
                    reason: self.of_base("a name of", best.entity),
                    at: None,
                },
            }
            .at(self.doc, b, c),
        )
    }

    /// The countries that a possessive before a name speaks of ("Norway’s").
    fn owner(&self, local: &Local, c: &Candidate) -> Vec<EntityId> {
        let at = c.tokens.start;
        if at < 2 || local.tokens.list[at - 1].kind != TokenKind::Possessive {
            return Vec::new();
        }
        let before = local.candidates.partition_point(|o| o.tokens.end < at - 1);
        let Some(land) = local.candidates.get(before).filter(|o| o.tokens.end == at - 1) else {
            return Vec::new();
        };
        let named = land
            .hits()
            .iter()
            .filter(|h| h.kind == Kind::Country && is_full(h));
        named.map(|h| h.entity).collect()
    }

    /// The party that goes by its members: "Conservatives", "the Greens". Only the one that the article's
    /// countries make clear.
    pub(super) fn party(
        &mut self,
        b: usize,
        local: &Local,
        c: &Candidate,
        d: &Description,
    ) -> Option<Decision> {
        let token = d.noun.start;
        let capital = local.tokens.shape(token) == Shape::Capital;
        if !d.plural || !capital || d.noun.len() != 1 || c.tokens.len() != 1 || d.owner.is_some() {
            return None;
        }
        let word = local.tokens.fold(token);
        // A word that also begins sentences in small letters is a party only where it has its capital anyway.
        if c.phrase.start == token && c.cues.has(Cue::SentenceStart) && self.survey.n_capital(word) == 0 {
            return None;
        }
        let id = self.party_called(word)?;
        let entity = self.known(EntityKind::Institution, id);
        Some(
            Decision {
                entity,
                form: MentionForm::Alias,
                score: 0.85,
                evidence: Evidence {
                    reason: format!(
                        "the members of {}, by the country that the article is about",
                        self.doc.kb.name(id)
                    )
                    .into(),
                    at: None,
                },
            }
            .at(self.doc, b, c),
        )
    }

    /// The party of the article's countries that goes by a folded word ("republicans"), where only one does.
    fn party_called(&self, word: &str) -> Option<EntityId> {
        let kb = self.doc.kb;
        let cursor = word
            .split(' ')
            .try_fold(kb.walk(), |cursor, word| kb.step(cursor, word))?;
        let ended = |id| matches!((self.doc.date, kb.existed(id).1), (Some(day), Some(end)) if day.earliest() > end.latest());
        let mut near: Vec<_> = kb
            .hits(cursor)
            .filter(|h| kb.kind(h.entity) == Kind::Institution && kb.description(h.entity) == Some("party"))
            .map(|h| ((!ended(h.entity), self.scene.nearness(h.entity)), h.entity))
            .filter(|((_, near), _)| near.0 > 0)
            .collect();
        near.order_by(Ord::cmp);
        near.dedup_by_key(|n| n.1);
        let &(best, id) = near.last()?;
        if near.len() > 1 && near[near.len() - 2].0 == best {
            return None;
        }
        Some(id)
    }

    /// Parties that describe somebody: "Republican governor", "Labour MP Jane Holm", "the Tory leader".
    pub(super) fn parties_before(&mut self, b: usize, local: &Local, c: &Candidate, head: usize) {
        for t in c.phrase.start.saturating_sub(1)..head.min(c.phrase.start + 6) {
            if local.tokens.shape(t) != Shape::Capital {
                continue;
            }
            let word = local.tokens.fold(t);
            if !self.lex.is(WordSet::PartyWord, word) {
                continue;
            }
            // "Labour Party leader": a name of its own.
            let next = local.candidates.partition_point(|c| c.tokens.end <= t);
            let named = local.candidates.get(next).is_some_and(|c| {
                c.tokens.len() > 1
                    && c.tokens.contains(&t)
                    && matches!(c.what, crate::semantic::mention::What::Name(_))
            });
            if named {
                continue;
            }
            let two = word == "liberal" && local.tokens.fold(t + 1) == "democrat";
            let plural = match (word.strip_suffix('y'), word.strip_suffix("ic")) {
                _ if two => "liberal democrats".to_owned(),
                (Some(stem), _) => format!("{stem}ies"),
                (_, Some(stem)) => format!("{stem}s"),
                _ => format!("{word}s"),
            };
            let Some(id) = self.party_called(&plural).or_else(|| self.party_called(word)) else {
                continue;
            };
            let entity = self.known(EntityKind::Institution, id);
            let at = Candidate {
                tokens: t..t + 1 + usize::from(two),
                phrase: t..t + 1 + usize::from(two),
                what: crate::semantic::mention::What::Name(Name::default()),
                cues: crate::semantic::mention::Cues::default(),
            };
            let reason = format!(
                "{}, by the country that the article is about",
                self.doc.kb.name(id)
            );
            let decision = Decision {
                entity,
                form: MentionForm::Alias,
                score: 0.8,
                evidence: Evidence {
                    reason: reason.into(),
                    at: None,
                },
            }
            .at(self.doc, b, &at);
            self.push(b, &at, decision);
        }
    }

    /// Whether an institution of the base may be meant by so few words: a party called "Most" only where its
    /// country is spoken of, two capitals only where the body is also written out.
    pub(super) fn is_plausible(&self, b: usize, c: &Candidate, hit: &Hit, n_words: usize) -> bool {
        let kb = self.doc.kb;
        if self.by_kb.contains_key(&hit.entity) {
            return true;
        }
        let near = self.scene.weight_of(hit.entity) > 0;
        let tier = kb.tier(hit.entity);
        let class = kb.description(hit.entity).unwrap_or("");
        if let (Some(day), (_, Some(end))) = (self.doc.date, kb.existed(hit.entity))
            && day.earliest() > end.latest()
            && i32::from(day.year) - i32::from(end.year) > 3
            && (!near || hit.form == NameForm::Acronym && i32::from(day.year) - i32::from(end.year) > 20)
        {
            return false;
        }
        // "the Amazon basin" is no company's; the headquarters of NATO are NATO's.
        if n_words == 1
            && hit.form != NameForm::Acronym
            && self.survey.is_landscape(&words(self.doc.block(b).1, c).join(" "))
        {
            return false;
        }
        // "The Kansas House … the Senate": that of the state.
        if matches!(class, "legislature" | "upper_chamber" | "lower_chamber") && self.is_of_a_region() {
            return false;
        }
        // "The National Security Council" of a country that the article hardly speaks of is another's.
        if near
            && self.is_generic(b, c, class)
            && self.scene.weight_of(hit.entity) * 2 < self.scene.heaviest()
        {
            return false;
        }
        let (_, local) = self.doc.block(b);
        // "National Guard troops", "the CBI": of a country that the article does not name they are another's.
        let beside = self.scene.is_named_beside(hit.entity);
        let ambiguous = hit.form == NameForm::Acronym
            && self
                .lex
                .is(WordSet::AmbiguousAcronym, local.tokens.fold(c.tokens.start));
        let guard = class == "armed_forces" && hit.form == NameForm::Alias && self.is_generic(b, c, class);
        // A body of many states has no country that could be named.
        let meant = match kb.country_of(hit.entity) {
            Some(_) => beside,
            None => near,
        };
        if !meant && (ambiguous || guard) {
            return false;
        }
        if n_words > 2 || near {
            return true;
        }
        let text_len = local.tokens.span(c.tokens.clone()).len();
        match class {
            "party" => n_words > 1 && tier <= 2,
            "legislature" | "upper_chamber" | "lower_chamber" | "highest_court" | "armed_forces"
            | "court" => n_words > 1 && hit.form == NameForm::Name,
            _ if hit.form == NameForm::Acronym && text_len <= 2 => {
                tier == 1 || c.tokens.start > 0 && local.tokens.fold(c.tokens.start - 1) == "("
            }
            _ => true,
        }
    }

    /// Whether the article has named a chamber of a part of a country, as "the Kansas House".
    fn is_of_a_region(&self) -> bool {
        let kb = self.doc.kb;
        let from = self.cast.entities.len().saturating_sub(48);
        (from..self.cast.entities.len()).any(|e| {
            let entity = &self.cast.entities[e];
            if entity.kind != EntityKind::Institution || entity.kb.is_some() {
                return false;
            }
            let words = self.name_words.of(&self.cast.entities, e);
            let Some((last, region)) = words.split_last().filter(|(_, region)| !region.is_empty()) else {
                return false;
            };
            // The base is asked last: each word of it costs as much as the rest.
            let place = || {
                let cursor = region.iter().try_fold(kb.walk(), |cursor, w| kb.step(cursor, w));
                cursor.is_some_and(|cursor| kb.hits(cursor).any(|h| kb.kind(h.entity) == Kind::Place))
            };
            self.lex.is(WordSet::Chamber, last) && place()
        })
    }

    /// Whether a body of a state goes by words that any state's may go by.
    fn is_generic(&self, b: usize, c: &Candidate, class: &str) -> bool {
        let state = matches!(
            class,
            "agency"
                | "ministry"
                | "court"
                | "highest_court"
                | "legislature"
                | "upper_chamber"
                | "lower_chamber"
                | "armed_forces"
        );
        let (_, local) = self.doc.block(b);
        let (kb, words) = (self.doc.kb, words(local, c));
        // "the U.S. Supreme Court" says whose it is.
        let land = words.iter().any(|w| {
            kb.step(kb.walk(), w)
                .is_some_and(|cursor| kb.hits(cursor).any(|h| kb.kind(h.entity) == Kind::Country))
        });
        state && words.len() > 1 && !land && words.iter().all(|w| is_common_word(w))
    }

    /// The body named before with an article where this name has none, or the other way round: "The Aviation Herald" where no
    /// sentence begins.
    pub(super) fn with_or_without_article(&self, key: &str) -> Option<usize> {
        let is_body = |e: &usize| self.cast.entities[*e].kind == EntityKind::Institution;
        let found = match key.strip_prefix("the ") {
            Some(bare) => self.by_key.get(bare),
            None if key.contains(' ') => self.by_key.get(&format!("the {key}")),
            None => None,
        };
        found.copied().filter(is_body)
    }

    /// The institution named before whose name holds these words in a row ("Supreme Court" after "Supreme
    /// Court of Ostia").
    pub(super) fn longer_name(&self, words: &[&str]) -> Option<usize> {
        if words.len() < 2 {
            return None;
        }
        // The last few are enough, and keep the cost of each name bounded.
        let from = self.cast.entities.len().saturating_sub(48);
        (from..self.cast.entities.len()).rev().find(|&e| {
            let entity = &self.cast.entities[e];
            entity.kind == EntityKind::Institution && {
                let known = self.name_words.of(&self.cast.entities, e);
                known.len() > words.len()
                    && known
                        .windows(words.len())
                        .any(|w| w.iter().zip(words).all(|(a, b)| a == b))
            }
        })
    }

    /// The paper named before that goes by the last word of its name ("the Herald").
    pub(super) fn paper(&self, words: &[&str]) -> Option<usize> {
        let &[word] = words else { return None };
        if !self.lex.is(WordSet::PaperNoun, word) {
            return None;
        }
        let from = self.cast.entities.len().saturating_sub(48);
        (from..self.cast.entities.len()).rev().find(|&e| {
            let known = self.name_words.of(&self.cast.entities, e);
            self.cast.entities[e].kind == EntityKind::Institution && known.last().is_some_and(|w| w == word)
        })
    }

    /// The institution named before whose name begins with a word that is no other word ("Fernhill" after
    /// "Fernhill Wool").
    pub(super) fn first_word_of(&self, c: &Candidate, word: &str) -> Option<usize> {
        // "Kessler AG was founded by Ernst Kessler. Kessler died": the man.
        let named = |note: &usize| self.last_name.contains_key(&self.persons[*note].entity);
        let somebody = self
            .by_family
            .get(word)
            .is_some_and(|family| family.iter().any(named));
        if is_common_word(word) || self.lex.given(word).is_some() || somebody || c.cues.has(Cue::The) {
            return None;
        }
        let from = self.cast.entities.len().saturating_sub(48);
        (from..self.cast.entities.len()).rev().find(|&e| {
            let entity = &self.cast.entities[e];
            let words = self.name_words.of(&self.cast.entities, e);
            // "Halm High Court", "Halm City Council": where it is.
            let whose = words.last().is_some_and(|w| self.lex.is(WordSet::StateBody, w));
            entity.kind == EntityKind::Institution
                && entity.kb.is_none()
                && entity.name.contains(' ')
                && !whose
                && words.first().is_some_and(|w| w == word)
        })
    }

    /// Remembers the short form that the text gives for a name.
    pub(super) fn note_short_form(&mut self, b: usize, name: &Name, entity: usize) {
        let Some(range) = name.acronym.clone() else { return };
        let (_, local) = self.doc.block(b);
        // "HALM (AP) —": the agency, whatever town it writes from.
        if is_sender_at(local, &range) {
            return;
        }
        let letters = range.filter(|t| local.tokens.list[*t].kind != TokenKind::Punct);
        let words: Vec<&str> = letters.map(|t| local.tokens.fold(t)).collect();
        let short = words.join(" ");
        self.take_letters(&short, entity);
        self.acronyms.entry(short).or_insert(entity);
    }

    /// "says NLC" in the headline over "the Nigeria Labour Congress (NLC)": what had only its letters so far is `entity`.
    fn take_letters(&mut self, short: &str, entity: usize) {
        /// How many of the first names are looked at: those of the headline and the first paragraphs.
        const EARLY: usize = 48;
        let Some(&old) = self.by_key.get(short) else {
            return;
        };
        let e = &self.cast.entities[old];
        if old == entity
            || e.kb.is_some()
            || e.kind != EntityKind::Institution
            || self.acronyms.contains_key(short)
        {
            return;
        }
        self.by_key.insert(short.to_owned(), entity);
        for seen in self.cast.mentions.iter_mut().take(EARLY) {
            if seen.mention.entity == old {
                seen.mention.entity = entity;
            }
        }
    }

    /// Remembers the initials of an institution's name, by which it may be called later: "RFS" after "Rural Fire Service".
    pub(super) fn note_initials(&mut self, entity: usize) {
        let e = &self.cast.entities[entity];
        if e.kind != EntityKind::Institution || e.name.split(' ').nth(2).is_none() {
            return;
        }
        let initials: String = e
            .name
            .split([' ', '-'])
            .filter_map(|word| word.chars().next().filter(|c| c.is_uppercase()))
            .flat_map(char::to_lowercase)
            .collect();
        if initials.len() > 2 {
            let known = self.initials.entry(initials).or_insert(Some(entity));
            *known = known.filter(|other| *other == entity);
        }
    }

    /// The institution named before whose initials an unknown word in capitals is.
    pub(super) fn by_initials(&self, c: &Candidate, words: &[&str], hits: &[Hit]) -> Option<usize> {
        let [word] = words else { return None };
        let letters = hits.is_empty() && c.cues.has(Cue::Capitals) && !c.cues.has(Cue::TitleCase);
        self.initials.get(*word).copied().flatten().filter(|_| letters)
    }

    pub(super) fn by_acronym(&self, b: usize, c: &Candidate, entity: usize) -> Decision {
        Decision {
            entity,
            form: MentionForm::Acronym,
            score: 0.92,
            evidence: Evidence {
                reason: format!(
                    "the article gives it as the short form of {}",
                    self.cast.entities[entity].name
                )
                .into(),
                at: None,
            },
        }
        .at(self.doc, b, c)
    }
}

/// Whether a name stands in brackets before a dash at the head of a report, as its sender does.
fn is_sender(local: &Local, c: &Candidate) -> bool {
    is_sender_at(local, &c.tokens)
}

fn is_sender_at(local: &Local, tokens: &Range<usize>) -> bool {
    let (first, next) = (tokens.start, tokens.end);
    (1..14).contains(&first)
        && local.tokens.fold(first - 1) == "("
        && local.tokens.fold(next) == ")"
        && matches!(local.tokens.fold(next + 1), "-" | "–" | "—" | "--")
}

/// Whether what the base says of a body makes it one that sends reports.
fn is_agency(description: Option<&str>) -> bool {
    matches!(description, Some("news_agency" | "media"))
}
