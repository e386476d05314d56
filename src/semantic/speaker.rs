//! The speaker behind each source phrase.

use std::ops::Range;

use rustc_hash::FxHashSet;

use crate::{
    base::{span::DocSpan, word::TokenKind, work},
    kb::Gender,
    semantic::{
        article::{Attribution, EntityKind, Evidence, Mention, MentionForm, QuoteKind},
        coref::{Answer, Resolver, lower_first},
        described::unlisted_name,
        doc::{Draft, Phrase, Seen},
        foretold::{AHEAD, Foretold},
        lexicon::{RoleClass, ThingClass},
        local::Local,
        mention::{Candidate, What},
        source_phrase::{
            before_comma, candidate_of, head_of, is_count, is_human_noun, is_maker, is_relative, is_share,
            member_for, name_behind_role,
        },
        wordsets::WordSet,
    },
    syntax::{
        block::Zone,
        tag::{Tag, is_common_word},
        token::Shape,
    },
};

impl Resolver<'_, '_, '_> {
    /// Gives each draft the entity behind its source phrase.
    pub(super) fn speakers(&mut self, drafts: &mut [Draft]) {
        let mut memo = std::mem::take(&mut self.early);
        let mut stood_for: FxHashSet<Phrase> = FxHashSet::default();
        for draft in drafts {
            work::step();
            let Some(source) = draft.source.clone() else {
                continue;
            };
            let apart = |s: DocSpan| !self.doc.block(source.block).0.span.contains(s.start);
            if draft.quote.attribution == Attribution::Implied
                && draft.quote.spans.first().copied().is_some_and(apart)
                && self.names_nobody(&source)
            {
                self.withdraw(draft);
                continue;
            }
            let relative = is_relative(self.doc, &source);
            let key = match (&draft.antecedent, relative) {
                (Some(antecedent), true) => antecedent.clone(),
                _ => source.clone(),
            };
            let (speaker, attribution, evidence) = match memo.get(&key) {
                Some(known) => known.clone(),
                None => {
                    let found = self.speaker(&key);
                    memo.insert(key, found.clone());
                    found
                }
            };
            draft.quote.speaker = speaker;
            // "Ida Brandt, who said": the relative pronoun is a mention where it is the source of quoted words.
            let told = relative && draft.quote.kind != QuoteKind::Indirect;
            if let Some(entity) = speaker.filter(|_| told && stood_for.insert(source.clone())) {
                self.stand_for(source, entity);
            }
            if draft.quote.attribution == Attribution::Explicit {
                draft.quote.attribution = attribution;
            } else if draft.quote.attribution == Attribution::Pronoun && speaker.is_none() {
                draft.quote.confidence = draft.quote.confidence.min(0.5);
            }
            if let Some(evidence) = evidence {
                draft.quote.evidence.push(evidence);
            }
            self.weigh_rival(draft);
        }
    }

    /// "Snow fell on the square." above a quotation: a single word whose capital may be the sentence's, and that the
    /// article names but here. Where a verb of saying follows it somebody speaks all the same.
    fn names_nobody(&self, source: &Phrase) -> bool {
        let local = self.doc.block(source.block).1;
        let first = source.tokens.start;
        let starts = local
            .sentences
            .get(local.sentence_of(first))
            .is_some_and(|s| s.start == first);
        let named = |c: &Candidate| {
            self.entity_of(source.block, c).is_some_and(|(e, ..)| {
                self.trail.times_named(e) > 1 || self.cast.entities.get(e).is_some_and(|e| e.kb.is_some())
            })
        };
        source.tokens.len() == 1
            && starts
            && local.tokens.list[first].shape == Shape::Capital
            && local.tokens.list[first].tag != Tag::Pron
            && candidate_of(local, source).is_none_or(|c| matches!(c.what, What::Name(_)) && !named(c))
    }

    /// Takes a quotation away from whom it was given.
    fn withdraw(&self, draft: &mut Draft) {
        const LONG: usize = 7;
        let zone = self.doc.block(draft.source.take().map_or(0, |s| s.block)).0.zone;
        let words = draft
            .quote
            .spans
            .iter()
            .map(|s| s.text(self.doc.text).split_whitespace().count());
        draft.antecedent = None;
        draft.rival = None;
        draft.quote.source.clear();
        draft.quote.attribution = Attribution::None;
        draft.quote.confidence = 0.5;
        draft.quote.needs_source = zone == Zone::Body && words.sum::<usize>() >= LONG;
        draft.quote.evidence = vec![Evidence {
            reason: "no sentence around the quotation names a speaker".into(),
            at: None,
        }];
    }

    /// Adds a relative pronoun as a mention of the entity that it stands for.
    fn stand_for(&mut self, at: Phrase, entity: usize) {
        let name = &self.cast.entities[entity].name;
        let reason = format!("{name}: stands before the relative clause");
        self.added.push(Seen {
            mention: Mention {
                span: self.doc.span(&at),
                entity,
                form: MentionForm::Pronoun,
                score: 0.9,
                evidence: Evidence {
                    reason: reason.into(),
                    at: None,
                },
            },
            phrase: at.clone(),
            at,
        });
    }

    /// Looks who the second choice is: when it is the same person after all, the choice was not close.
    fn weigh_rival(&self, draft: &mut Draft) {
        let Some(rival) = draft.rival.take() else { return };
        let key = match &rival.antecedent {
            Some(antecedent) if is_relative(self.doc, &rival.source) => antecedent,
            _ => &rival.source,
        };
        let Some(entity) = self.known_speaker(key) else {
            return;
        };
        if draft.quote.speaker == Some(entity) {
            draft.quote.confidence = rival.unrivaled;
        } else if draft.quote.speaker.is_some() {
            draft.quote.rival = Some(entity);
            draft.quote.evidence.push(Evidence {
                reason: format!("second choice: {}", rival.reason).into(),
                at: Some(self.doc.span(&rival.source)),
            });
        }
    }

    /// Who a source phrase means.
    pub(super) fn speaker(&mut self, source: &Phrase) -> Answer {
        let b = source.block;
        let (block, local) = self.doc.block(b);
        if let Some(pair) = self
            .coordinated(local, source)
            .or_else(|| self.described_together(local, source))
        {
            return pair;
        }
        let word = local.tokens.fold(source.tokens.start);
        let alone = source.tokens.len() == 1;
        match block.zone {
            // "Interview: “…”": what kind of piece it is, and nobody.
            Zone::Headline | Zone::Crosshead if alone && self.lex.is(WordSet::FormLabel, word) => {
                return (None, Attribution::None, None);
            }
            Zone::Transcript if alone && self.lex.is(WordSet::TurnLetter, word) => {
                return self.letter(source, word);
            }
            _ => {}
        }
        let told = self.countryman(b, local, source);
        let told = told.or_else(|| self.some_of_a_people(b, local, source));
        if let Some(answer) = told.or_else(|| self.author(b, local, source)) {
            return answer;
        }
        let c = candidate_of(local, source);
        let Some(c) = c else {
            return self.nameless_source(source);
        };
        let entity = self.entity_of(b, c);
        let Some((entity, form, evidence)) = entity else {
            return match c.what {
                What::Pronoun(_) => (None, Attribution::Pronoun, None),
                _ => self.nameless_source(source),
            };
        };
        let attribution = match form {
            MentionForm::Pronoun => Attribution::Pronoun,
            _ if self.nameless.contains_key(&entity) => Attribution::Anonymous,
            MentionForm::Description => Attribution::Description,
            _ => Attribution::Explicit,
        };
        let evidence = matches!(
            form,
            MentionForm::Pronoun | MentionForm::Description | MentionForm::Surname
        )
        .then_some(evidence);
        (Some(entity), attribution, evidence)
    }

    /// Who a source phrase means, if the article knows already; adds nobody.
    pub(super) fn known_speaker(&self, source: &Phrase) -> Option<usize> {
        let local = self.doc.block(source.block).1;
        let c = candidate_of(local, source)?;
        self.entity_of(source.block, c).map(|e| e.0)
    }

    /// The entity, form and evidence of a candidate's mention.
    pub(super) fn entity_of(&self, b: usize, c: &Candidate) -> Option<(usize, MentionForm, Evidence)> {
        if let Some(&i) = self.found.get(&(b, c.tokens.start, c.tokens.end)) {
            let m = &self.added[i].mention;
            return Some((m.entity, m.form, m.evidence.clone()));
        }
        let here = &self.cast.mentions[self.first_of_block[b]..self.first_of_block[b + 1]];
        let from = here.partition_point(|m| m.at.tokens.start < c.tokens.start);
        here[from..]
            .iter()
            .take_while(|m| m.at.tokens.start == c.tokens.start)
            .find(|m| m.at.tokens == c.tokens)
            .map(|m| (m.mention.entity, m.mention.form, m.mention.evidence.clone()))
    }

    /// "Hartmann and Okoro": a group of its own.
    pub(super) fn coordinated(&mut self, local: &Local, source: &Phrase) -> Option<Answer> {
        let b = source.block;
        if member_for(local, source).is_some() {
            return None;
        }
        // Whoever a relative clause mentions is no source: "Hartmann, who met Okoro and Lindqvist,".
        let and = source
            .tokens
            .clone()
            .take_while(|&t| !matches!(local.listed(t), "who" | "whose" | "which" | "whom"))
            .find(|&t| local.listed(t) == "and")?;
        let member = |r: &Self, t: usize| {
            let from = local.candidates.partition_point(|c| c.tokens.end <= t);
            let c = local.candidates.get(from).filter(|c| {
                matches!(c.what, What::Name(_))
                    && c.tokens.contains(&t)
                    && source.tokens.contains(&c.tokens.start)
            })?;
            r.entity_of(b, c).map(|e| e.0)
        };
        let left = member(self, and.checked_sub(1)?)?;
        // "Denmark, Finland and Norway": all that commas join before the last two.
        let mut members = Vec::new();
        let mut first = local.candidates.partition_point(|c| c.tokens.end < and);
        while let Some(c) = first.checked_sub(1).and_then(|i| local.candidates.get(i)) {
            let joined = local.candidates[first].phrase.start == c.tokens.end + 1
                && local.tokens.fold(c.tokens.end) == ","
                && source.tokens.contains(&c.tokens.start);
            let Some(entity) = joined.then(|| member(self, c.tokens.start)).flatten() else {
                break;
            };
            members.push(entity);
            first -= 1;
        }
        members.reverse();
        // "A spokesman for Holm and Reyes", "a bench of Holm and Reyes": one who speaks for several.
        let named = local.candidates.get(first).map_or(and, |c| c.phrase.start);
        let leads = |&t: &usize| matches!(local.listed(t), "of" | "for" | "from" | "led" | "with");
        let of = (source.tokens.start..named).find(leads).unwrap_or(0);
        if of > 0 && local.tokens.list[of - 1].tag == Tag::Noun {
            return None;
        }
        // "and Swedish Prime Minister Ulf Kristersson": the name that the words before it lead to.
        let next = local
            .candidates
            .iter()
            .skip(local.candidates.partition_point(|c| c.tokens.start <= and))
            .take_while(|c| c.tokens.end <= source.tokens.end)
            .filter(|c| c.phrase.start == and + 1 && matches!(c.what, What::Name(_)))
            .last()?;
        let right = self.entity_of(b, next).map(|e| e.0)?;
        // "Brighton and Hove council leader Ana Reyes": a place belongs to somebody's office.
        let kind = |e: usize| self.cast.entities[e].kind;
        let office = kind(left) == EntityKind::Place && kind(right) == EntityKind::Person;
        if left == right || office || next.tokens.end > source.tokens.end {
            return None;
        }
        members.extend([left, right]);
        Some(self.named_together(local, source, &members))
    }

    /// A source phrase without a candidate in it that leads anywhere: an entity of its own.
    pub(super) fn nameless_source(&mut self, source: &Phrase) -> Answer {
        let (_, local) = self.doc.block(source.block);
        let head = head_of(local, source);
        let mut tokens = called(local, source);
        let proper = self.is_proper(local, source, tokens.start, head);
        if proper {
            tokens = name_behind_role(self.lex, local, before_comma(local, tokens));
        }
        if !proper && let Some(named) = self.named_behind(source, local, head) {
            return named;
        }
        if let Some(named) = self.named_at_end(local, source) {
            return named;
        }
        if let Some(name) = unlisted_name(self.lex, local, source, head).filter(|_| !proper) {
            let entity = self.apposed_entity(source.block, local, &name, head);
            self.note_unnamed(source, name, entity, true);
            return (Some(entity), Attribution::Explicit, None);
        }
        if crate::semantic::mention::pronoun(local.tokens.fold(head)).is_some() {
            return (None, Attribution::Pronoun, None);
        }
        if let Some(firm) = self.firm_called(source, local, head).filter(|_| !proper) {
            return firm;
        }
        if matches!(local.tokens.fold(head), "who" | "whom" | "whose") {
            return self.named_before(source.block, local, head);
        }
        let some = is_share(local, source) || is_count(local, source);
        if some || self.is_no_source(local, tokens.start, head, proper) {
            return (None, Attribution::Anonymous, None);
        }
        let entity = self.unnamed_entity(source.block, local, &tokens, head, proper);
        self.note_unnamed(source, tokens, entity, proper);
        let attribution = if proper {
            Attribution::Explicit
        } else {
            Attribution::Anonymous
        };
        (Some(entity), attribution, None)
    }

    /// Whether the source that begins at token `first` is called by a name, and not only by a capital that the sentence
    /// gives ("Everyone in Norway", "Its last report", "Estimates by the organizers").
    fn is_proper(&self, local: &Local, source: &Phrase, first: usize, head: usize) -> bool {
        // "The Observer called it odd": no sentence gives the second word a capital.
        let office = self
            .lex
            .role_at(&local.tokens, head)
            .is_some_and(|r| self.lex.roles[r.row].class == RoleClass::Office);
        let body = local.tokens.fold(first) == "the"
            && head == first + 1
            && source.tokens.end <= first + 2
            && local.tokens.list[head].shape == Shape::Capital
            && !office;
        if body {
            return true;
        }
        let lower = |t: usize| local.tokens.list[t].shape == Shape::Lower;
        // "…, New Study Finds": every word of a headline may have a capital.
        let text = self.lex.thing(local.tokens.fold(head)) == Some(ThingClass::Text)
            && matches!(
                self.doc.block(source.block).0.zone,
                Zone::Headline | Zone::Crosshead
            );
        if lower(first) || lower(head) || text {
            return false;
        }
        let starts = local
            .sentences
            .get(local.sentence_of(first))
            .is_some_and(|s| s.start == first);
        // “Everyone asked,” he said: so does the mark that opens words.
        let quoted = first.checked_sub(1).map(|t| local.tokens.fold(t));
        let starts = starts || quoted.is_some_and(|mark| matches!(mark, "“" | "‘" | "\"" | "'"));
        let word = local.tokens.fold(first);
        // "Backlash from the court", "Associates of Okoro"
        let leads = || {
            source.tokens.contains(&(first + 1))
                && matches!(
                    local.tokens.fold(first + 1),
                    "of" | "from" | "in" | "at" | "for" | "by" | "with" | "among" | "inside" | "close"
                )
        };
        let noun = || leads() || is_common_word(word) || self.lex.thing(word).is_some();
        !(starts && (self.lex.is_function_word(word) || head == first && noun()))
    }

    /// "A beekeeper, Thomas Ley, said": the name tells who, whatever the noun.
    fn named_behind(&self, source: &Phrase, local: &Local, head: usize) -> Option<Answer> {
        let article = matches!(
            local.tokens.fold(source.tokens.start),
            "a" | "an" | "the" | "his" | "her" | "its" | "their"
        );
        if !article || local.tokens.list[head].tag == Tag::NounPl {
            return None;
        }
        let row = self.lex.role_at(&local.tokens, head).map(|r| r.row);
        let choice = self
            .named_beside(source.block, local, head + 1)
            .filter(|choice| self.may_be(choice.entity, row))?;
        let evidence = Evidence {
            reason: choice.reason.into(),
            at: Some(choice.span),
        };
        Some((Some(choice.entity), Attribution::Explicit, Some(evidence)))
    }

    /// "who chaired the board and who once said": whoever was named last before the relative pronoun at `head`.
    fn named_before(&self, b: usize, local: &Local, head: usize) -> Answer {
        let sentence = local
            .sentences
            .get(local.sentence_of(head))
            .map_or(0, |s| s.start);
        let to = local.candidates.partition_point(|c| c.tokens.start < head);
        let before = local.candidates[..to]
            .iter()
            .rev()
            .take(8)
            .take_while(|c| c.tokens.start >= sentence)
            .filter(|c| !matches!(c.what, What::Pronoun(_)))
            .find_map(|c| self.entity_of(b, c))
            .filter(|(e, ..)| {
                matches!(
                    self.cast.entities[*e].kind,
                    EntityKind::Person | EntityKind::Group
                )
            });
        match before {
            Some((entity, _, evidence)) => (Some(entity), Attribution::Explicit, Some(evidence)),
            None => (None, Attribution::Anonymous, None),
        }
    }

    /// "24", "percent of those asked", "Ana Reyes Image", "that", "there": no source that a reader could ask.
    fn is_no_source(&self, local: &Local, first: usize, head: usize, proper: bool) -> bool {
        let Some(token) = local.tokens.list.get(head).filter(|t| t.kind == TokenKind::Word) else {
            return true;
        };
        let word = local.tokens.fold(head);
        // "No group claimed it", "virtually no one said so".
        (first..head).any(|t| local.tokens.fold(t) == "no")
            || self.lex.is(WordSet::NobodyHead, word)
            // "Okoro, who has died aged 91, … said": the tail of a clause.
            || !proper && head == first && matches!(token.tag, Tag::VerbPart | Tag::VerbIng)
            || self.lex.is(WordSet::Credit, word) && token.shape != Shape::Lower
            || matches!(
                word,
                "that"
                    | "this"
                    | "what"
                    | "which"
                    | "there"
                    | "these"
                    | "those"
                    | "each"
                    | "nothing"
                    | "everything"
                    | "something"
                    | "how"
            )
    }

    /// The entity of a source that is called what the `tokens` say.
    fn unnamed_entity(
        &mut self,
        b: usize,
        local: &Local,
        tokens: &Range<usize>,
        head: usize,
        proper: bool,
    ) -> usize {
        let first = local.tokens.fold(tokens.start);
        // "Everyone knows why", "the two said": several, and never whom "she" leads back to.
        let several = |word| self.lex.is(WordSet::Several, word);
        let plural =
            local.tokens.list[head].tag == Tag::NounPl || several(first) || several(local.tokens.fold(head));
        let kind = if plural {
            EntityKind::Group
        } else if proper && (first != "the" || tokens.len() > 2) && !self.is_body_name(local, tokens)
            || !proper && is_human_noun(self.lex, local, head) && !is_maker(local, head)
        {
            EntityKind::Person
        } else {
            EntityKind::Institution
        };
        let at = Phrase {
            block: b,
            tokens: tokens.clone(),
        };
        let name = lower_first(self.doc.span(&at).text(self.doc.text), !proper);
        let entity = self.named_entity(kind, name);
        self.nameless.entry(entity).get_or_insert(plural);
        if let Some(role) = self
            .lex
            .role_at(&local.tokens, head)
            .filter(|_| kind == EntityKind::Person)
        {
            self.call(entity, role.row);
            let e = &mut self.cast.entities[entity];
            if e.gender == Gender::Unknown {
                e.gender = self.lex.roles[role.row].gender;
            }
        }
        // A body that the headline tells of without its name may have one in the text.
        if kind == EntityKind::Institution
            && !proper
            && self.doc.block(b).0.zone == Zone::Headline
            && self.ahead.len() < AHEAD
            && !matches!(first, "the" | "its" | "their")
        {
            self.ahead.push(Foretold {
                entity,
                row: None,
                noun: local.tokens.fold(head).to_owned(),
                at: (b, head),
                side: true,
            });
        }
        entity
    }

    /// Notes that the `tokens` of a source name `entity`; the mention leaves an article out.
    pub(super) fn note_unnamed(
        &mut self,
        source: &Phrase,
        mut tokens: Range<usize>,
        entity: usize,
        proper: bool,
    ) {
        let (_, local) = self.doc.block(source.block);
        let whole = self.doc.span(&Phrase {
            block: source.block,
            tokens: tokens.clone(),
        });
        let bare = tokens.start + 1..tokens.end;
        // "A Russian said": the word alone is the country's.
        let at = local.candidates.partition_point(|c| c.tokens.start < bare.start);
        let named = local.candidates.get(at).filter(|c| c.tokens == bare);
        let people = || named.is_some_and(|c| !c.hits().is_empty());
        if matches!(local.tokens.fold(tokens.start), "the" | "a" | "an") && !bare.is_empty() && !people() {
            tokens = bare;
        }
        let at = Phrase {
            block: source.block,
            tokens,
        };
        self.added.push(Seen {
            mention: Mention {
                span: self.doc.span(&at),
                entity,
                form: if proper {
                    MentionForm::Name
                } else {
                    MentionForm::Description
                },
                score: 0.7,
                evidence: Evidence {
                    reason: "a source without a name".into(),
                    at: Some(whole),
                },
            },
            at,
            phrase: source.clone(),
        });
    }
}

/// The tokens that say what a source is called, from word to word: what a relative clause or a bracket adds is no part of
/// it.
pub(super) fn called(local: &Local, source: &Phrase) -> Range<usize> {
    let is_word = |t: &usize| local.tokens.list[*t].kind == TokenKind::Word;
    let mut tokens = source.tokens.clone();
    let word = tokens.clone().find(is_word).unwrap_or(tokens.start);
    if let Some(aside) = (word + 1..tokens.end)
        .find(|t| matches!(local.tokens.fold(*t), "who" | "whose" | "which" | "(" | "["))
    {
        tokens.end = aside;
    }
    tokens.start = tokens.clone().find(is_word).unwrap_or(tokens.start);
    tokens.end = tokens.clone().rev().find(is_word).map_or(tokens.end, |t| t + 1);
    tokens
}
