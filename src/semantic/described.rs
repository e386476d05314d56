//! Sources that are described, not named: the author of a piece, a letter, somebody from a country, "the leader of …".

use std::ops::Range;

use crate::{
    base::word::TokenKind,
    kb::{Gender, Kind, NameForm},
    semantic::{
        article::{Attribution, EntityKind, Evidence, Mention, MentionForm},
        callnames::may_be_company,
        coref::{Answer, Resolver, is_subject, lower_first},
        cue::{self, Classes},
        doc::{Phrase, Seen},
        elegant::spoken_of,
        geo::{is_one, is_one_of_them},
        lexicon::{Lexicon, ThingClass},
        local::Local,
        mention::{Candidate, Cue, Cues, Description, Det, Hit, What},
        salience::{Choice, Trace},
        source_phrase::{SMALL, candidate_of, head_of},
        speaker::called,
        wordsets::WordSet,
    },
    syntax::{
        block::Zone,
        tag::{Tag, is_common_word},
        token::Shape,
    },
};

impl Resolver<'_, '_, '_> {
    /// "a statement from the company said", "the ministry’s letter says", "her statement said": whoever it is from.
    pub(super) fn author(&self, b: usize, local: &Local, source: &Phrase) -> Option<Answer> {
        let head = head_of(local, source);
        if !self.lex.is(WordSet::Message, local.tokens.fold(head)) {
            return None;
        }
        let behind = matches!(local.tokens.fold(head + 1), "from" | "by");
        let from = local
            .candidates
            .partition_point(|c| c.tokens.end <= source.tokens.start);
        let whose = local.candidates[from..]
            .iter()
            .take_while(|c| c.tokens.start < source.tokens.end)
            .find(|c| match behind {
                true => c.phrase.start == head + 2,
                false => {
                    let marked = local.tokens.kind(c.tokens.end) == TokenKind::Possessive;
                    c.tokens.end <= head
                        && match &c.what {
                            What::Name(_) => marked && c.cues.has(Cue::Possessive),
                            What::Pronoun(p) => p.possessive && c.tokens.start == source.tokens.start,
                            What::Description(_) => false,
                        }
                }
            })?;
        let (entity, form, evidence) = self.entity_of(b, whose)?;
        let kind = self.cast.entities[entity].kind;
        let attribution = match form {
            MentionForm::Description => Attribution::Description,
            MentionForm::Pronoun => Attribution::Pronoun,
            _ => Attribution::Explicit,
        };
        (kind != EntityKind::Place).then_some((Some(entity), attribution, Some(evidence)))
    }

    /// Who asks and who answers where the turns have letters: the answers are those of whom the introduction names
    /// first, the questions those of an interviewer.
    pub(super) fn letter(&mut self, source: &Phrase, word: &str) -> Answer {
        let asks = word.starts_with('q');
        let mentions = self
            .cast
            .mentions
            .iter()
            .take_while(|m| m.at.block < source.block);
        let introduced = mentions
            .map(|m| (m.mention.entity, m.at.block, m.mention.span))
            .find(|(e, block, _)| {
                let zone = self.doc.block(*block).0.zone;
                !matches!(zone, Zone::Transcript | Zone::Byline)
                    && self.cast.entities[*e].kind == EntityKind::Person
            });
        let (entity, attribution, reason, at) = match introduced {
            Some((entity, _, at)) if !asks => {
                let name = &self.cast.entities[entity].name;
                let reason = format!("{name}: named first before the questions");
                (entity, Attribution::Explicit, reason, Some(at))
            }
            _ => {
                let name = if asks {
                    "the interviewer"
                } else {
                    "the interviewee"
                };
                let entity = self.named_entity(EntityKind::Person, name.to_owned());
                self.nameless.entry(entity).get_or_insert(false);
                let reason = "the letter of a turn".to_owned();
                (entity, Attribution::Anonymous, reason, None)
            }
        };
        let evidence = Evidence {
            reason: reason.into(),
            at,
        };
        self.added.push(Seen {
            mention: Mention {
                span: self.doc.span(source),
                entity,
                form: MentionForm::Description,
                score: 0.8,
                evidence: evidence.clone(),
            },
            at: source.clone(),
            phrase: source.clone(),
        });
        (Some(entity), attribution, Some(evidence))
    }

    /// "A German said", "many Americans said": people of whom nothing else is known, and not their country, which "the
    /// Germans" and "Germans" may stand for.
    pub(super) fn some_of_a_people(&mut self, b: usize, local: &Local, source: &Phrase) -> Option<Answer> {
        let first = source.tokens.start;
        let word = local.tokens.fold(first);
        let one = matches!(word, "a" | "an" | "another" | "one");
        let some = one
            || self.lex.is(WordSet::Several, word)
            || cue::classes(word).has(SMALL)
            || local.tokens.list[first].tag == Tag::Num;
        let head = head_of(local, source);
        if !some || head == first {
            return None;
        }
        let c = candidate_of(local, source).filter(|c| c.tokens == (head..head + 1))?;
        // "German" is a family name, too.
        let people = |h: &Hit| matches!(h.form, NameForm::Adjective | NameForm::DemonymNoun);
        let named = |h: &Hit| matches!(h.form, NameForm::Name | NameForm::Alias);
        if !c.hits().iter().any(people) || c.hits().iter().any(named) {
            return None;
        }
        let kind = if one {
            EntityKind::Person
        } else {
            EntityKind::Group
        };
        let tokens = called(local, source);
        let at = Phrase {
            block: b,
            tokens: tokens.clone(),
        };
        let name = lower_first(self.doc.span(&at).text(self.doc.text), true);
        let entity = self.named_entity(kind, name);
        self.nameless.entry(entity).get_or_insert(!one);
        self.note_unnamed(source, tokens, entity, false);
        Some((Some(entity), Attribution::Anonymous, None))
    }

    /// "said the Belgian" behind a sentence about somebody: that person, not the country.
    pub(super) fn countryman(&mut self, b: usize, local: &Local, source: &Phrase) -> Option<Answer> {
        let [article, people] = [source.tokens.start, source.tokens.start + 1];
        // "the Italian, who is No. 1,": what follows the word belongs to the same person.
        let alone = source.tokens.end == people + 1
            || matches!(local.tokens.fold(people + 1), "," | "who" | "(" | "—" | "–");
        if source.tokens.len() < 2 || !alone || local.tokens.fold(article) != "the" {
            return None;
        }
        let head = Phrase {
            block: b,
            tokens: article..people + 1,
        };
        let c = candidate_of(local, &head).filter(|c| c.tokens.end == people + 1)?;
        // "the Vatican" is the state itself, whatever else the word describes.
        let dweller = self.lex.is(WordSet::Dweller, local.tokens.fold(people));
        let of_people = dweller
            || c.hits()
                .iter()
                .any(|h| matches!(h.form, NameForm::Adjective | NameForm::DemonymNoun))
                && !c
                    .hits()
                    .iter()
                    .any(|h| matches!(h.form, NameForm::Name | NameForm::Alias));
        if !of_people || !is_one(local, c) {
            return None;
        }
        let at = self.next_trace(source, c.cues)?;
        let (entity, evidence) = self.one_of_people(c, &at, false)?;
        let at = Phrase {
            block: b,
            tokens: c.tokens.clone(),
        };
        self.describe(at, head, entity, evidence.clone());
        Some((Some(entity), Attribution::Description, Some(evidence)))
    }

    /// "The Brazilian rose above Pike": one of a people who is no source.
    pub(super) fn compatriot(&mut self, b: usize, local: &Local, c: &Candidate, mut trace: Trace) {
        let people = |h: &Hit| matches!(h.form, NameForm::Adjective | NameForm::DemonymNoun);
        let named = |h: &Hit| matches!(h.form, NameForm::Name | NameForm::Alias);
        let dweller = self.lex.is(WordSet::Dweller, local.tokens.fold(c.tokens.start));
        let of_people = dweller || c.hits().iter().any(people) && !c.hits().iter().any(named);
        if !of_people || !is_one_of_them(local, c) {
            return;
        }
        let Some((entity, evidence)) = self.one_of_people(c, &trace, true) else {
            return;
        };
        let at = Phrase {
            block: b,
            tokens: c.tokens.clone(),
        };
        trace.entity = entity;
        trace.form = MentionForm::Description;
        trace.span = self.doc.span(&at);
        trace.cues.set(Cue::Subject);
        self.describe(at.clone(), at, entity, evidence);
        self.trail.push(trace);
    }

    /// Whom a word for one of a people means: whoever is known to be of that country, else whoever was spoken of and may be.
    fn one_of_people(&self, c: &Candidate, at: &Trace, lead: bool) -> Option<(usize, Evidence)> {
        let land = |e: usize| self.cast.entities[e].kb.and_then(|id| self.doc.kb.country_of(id));
        let kb = self.doc.kb;
        // Of a people whose land is no state, the state.
        let lands = || {
            let state = |h: &Hit| kb.country_of(h.entity).filter(|_| h.kind == Kind::Place);
            c.hits().iter().map(move |h| state(h).unwrap_or(h.entity))
        };
        // "the Queenslander": no list says of which country.
        let open = c.hits().is_empty();
        // Whoever the base knows to be of that country, else somebody of whom it does not know.
        let known = self.trail.back(at).find(|t| {
            self.cast.entities[t.entity].kind == EntityKind::Person
                && land(t.entity).is_some_and(|of| lands().any(|l| l == of))
        });
        // A report that opens with the feat of a player may have others behind him.
        let person = |t: &&Trace| {
            let e = &self.cast.entities[t.entity];
            e.kind == EntityKind::Person
                && e.kb.is_none()
                && !self.nameless.contains_key(&t.entity)
                && !t.side
        };
        let first = || {
            let last = self.trail.back(at).find(person)?;
            let mut same = self
                .trail
                .back(at)
                .filter(person)
                .take_while(|t| t.sentence == last.sentence);
            let subject = |t: &Trace| is_subject(t.cues);
            let open = lead && last.block + 1 == at.block && !same.any(subject);
            open.then(|| {
                let of = self.trail.back(at).filter(person);
                of.take_while(|t| t.sentence == last.sentence).last().copied()
            })
            .flatten()
        };
        let person = match known {
            Some(t) => *t,
            None => {
                first().or_else(|| spoken_of(self, at, Gender::Unknown, |e| open || land(e).is_none()))?
            }
        };
        let entity = person.entity;
        let name = &self.cast.entities[entity].name;
        let reason = match known {
            Some(_) => format!("{name}: the last person of that country before it"),
            None => format!("{name}: the last person spoken of before it"),
        };
        let evidence = Evidence {
            reason: reason.into(),
            at: Some(person.span),
        };
        Some((entity, evidence))
    }

    /// Whether a name without a candidate ends with a noun for bodies ("Teachers Union" in a headline).
    pub(super) fn is_body_name(&self, local: &Local, tokens: &Range<usize>) -> bool {
        let body = |t: usize| self.lex.thing(local.tokens.fold(t)) == Some(ThingClass::Body);
        let small = |t: usize| local.tokens.shape(t) == Shape::Lower;
        tokens.len() > 1 && !tokens.clone().any(small) && tokens.end.checked_sub(1).is_some_and(body)
    }

    /// "The carrier said", "the operator said": the firm that the article named last.
    pub(super) fn firm_called(&mut self, source: &Phrase, local: &Local, head: usize) -> Option<Answer> {
        /// How many sentences back it may have been named.
        const REACH: usize = 12;
        let bare = source.tokens.len() == 2 && local.tokens.fold(source.tokens.start) == "the";
        let noun = local.tokens.fold(head);
        if !bare || !self.lex.is(WordSet::Company, noun) || self.lex.thing(noun).is_some() {
            return None;
        }
        let at = self.next_trace(source, Cues::default())?;
        let firm = |e: usize| {
            let known = self.cast.entities[e]
                .kb
                .and_then(|id| self.doc.kb.description(id));
            known == Some("company") || may_be_company(self, e)
        };
        let before = self.trail.back(&at).find(|t| {
            at.sentence - t.sentence <= REACH && !self.nameless.contains_key(&t.entity) && firm(t.entity)
        });
        let (entity, span) = before.map(|t| (t.entity, t.span))?;
        let reason = format!("{}: the last firm named", self.cast.entities[entity].name);
        let evidence = Evidence {
            reason: reason.into(),
            at: Some(span),
        };
        let tokens = head..head + 1;
        let at = Phrase {
            block: source.block,
            tokens,
        };
        self.describe(at, source.clone(), entity, evidence.clone());
        Some((Some(entity), Attribution::Description, Some(evidence)))
    }

    /// Adds a description that leads back to somebody.
    fn describe(&mut self, at: Phrase, phrase: Phrase, entity: usize, evidence: Evidence) {
        self.added.push(Seen {
            mention: Mention {
                span: self.doc.span(&at),
                entity,
                form: MentionForm::Description,
                score: 0.6,
                evidence,
            },
            at,
            phrase,
        });
    }

    /// Where a source stands, behind all that left a trace before it.
    fn next_trace(&self, source: &Phrase, cues: Cues) -> Option<Trace> {
        let mut at = Trace {
            entity: 0,
            block: source.block,
            token: source.tokens.start,
            sentence: 0,
            cues,
            side: false,
            form: MentionForm::Description,
            owner: false,
            second: false,
            span: self.doc.span(source),
        };
        let newest = self.trail.back(&at).next().map(|t| t.sentence);
        at.sentence = newest? + 1;
        Some(at)
    }

    /// Who or what an unknown name is that stands behind a noun and a comma.
    pub(super) fn apposed_entity(
        &mut self,
        b: usize,
        local: &Local,
        name: &Range<usize>,
        head: usize,
    ) -> usize {
        let at = Phrase {
            block: b,
            tokens: name.clone(),
        };
        let text = self.doc.span(&at).text(self.doc.text).to_owned();
        let body = self
            .lex
            .thing_at(&local.tokens, head)
            .is_some_and(|(_, class)| class == ThingClass::Body);
        let kind = if body {
            EntityKind::Institution
        } else {
            EntityKind::Person
        };
        self.named_entity(kind, text)
    }

    /// "the village’s MS, Gwen Holm,": whatever the words before the comma are, the name behind it tells who.
    pub(super) fn named_at_end(&self, local: &Local, source: &Phrase) -> Option<Answer> {
        let b = source.block;
        let fold = |t: usize| local.tokens.fold(t);
        let end = source.tokens.end - usize::from(fold(source.tokens.end - 1) == ",");
        let from = local
            .candidates
            .partition_point(|c| c.tokens.end <= source.tokens.start);
        let c = local.candidates[from..]
            .iter()
            .take_while(|c| c.tokens.start < end)
            .find(|c| matches!(c.what, What::Name(_)) && c.tokens.end == end)?;
        let comma = c.phrase.start.min(c.tokens.start).checked_sub(1)?;
        let apposed = fold(comma) == "," && comma > source.tokens.start + 1;
        // "Prosecutors in Ohio, Texas": a place says where.
        let (entity, form, evidence) = self.entity_of(b, c).filter(|_| apposed)?;
        let person = self.cast.entities[entity].kind == EntityKind::Person;
        let definite = matches!(
            fold(source.tokens.start),
            "the" | "its" | "his" | "her" | "their" | "our"
        ) || (source.tokens.start..comma)
            .any(|t| local.tokens.list[t].kind == TokenKind::Possessive);
        (person && definite && form != MentionForm::Pronoun).then_some((
            Some(entity),
            Attribution::Explicit,
            Some(evidence),
        ))
    }
}

impl Resolver<'_, '_, '_> {
    /// "The warden of the hut below the ridge, Ketill, says": a source whose name no list knows and that stands behind what
    /// he is warden of.
    pub(super) fn unlisted_beside(
        &mut self,
        b: usize,
        local: &Local,
        c: &Candidate,
        d: &Description,
    ) -> Option<Choice> {
        if d.det != Det::Definite || d.plural {
            return None;
        }
        let words = unlisted_words(self.lex, local, d.noun.end)?;
        let entity = self.apposed_entity(b, local, &words, d.noun.end - 1);
        let source = Phrase {
            block: b,
            tokens: c.phrase.start..words.end,
        };
        self.note_unnamed(&source, words.clone(), entity, true);
        let name = &self.cast.entities[entity].name;
        let span = self.doc.span(&Phrase {
            block: b,
            tokens: words,
        });
        Some(Choice::clear(
            entity,
            0.85,
            format!("{name}: named right behind it"),
            span,
        ))
    }
}

/// The words of a name that no list knows, between commas behind the noun that ends at `end` and what it is of.
fn unlisted_words(lex: &Lexicon, local: &Local, end: usize) -> Option<Range<usize>> {
    /// How far behind the noun the comma stands, in tokens.
    const REACH: usize = 9;
    let tokens = &local.tokens;
    let whose = matches!(tokens.fold(end), "of" | "for" | "at" | "in" | "on");
    let comma = (end..end + REACH).find(|&t| {
        tokens.mark(t) == ","
            || tokens
                .list
                .get(t)
                .is_none_or(|t| t.tag.is_finite() || t.tag == Tag::Aux)
    })?;
    if !whose || tokens.mark(comma) != "," {
        return None;
    }
    let close = (comma + 2..comma + 6).find(|&t| tokens.mark(t) == ",")?;
    let words = comma + 1..close;
    let verb = tokens
        .list
        .get(close + 1)
        .is_some_and(|t| t.tag.is_finite() || t.tag == Tag::Aux);
    let capital = |t: usize| {
        let word = tokens.fold(t);
        // "Collins Were" has a word for its family name that is none elsewhere.
        tokens.list[t].shape == Shape::Capital
            && (t > words.start || !lex.is_function_word(word))
            && lex.role_at(tokens, t).is_none()
            && lex.title_at(tokens, t).is_none()
            && lex.thing_at(tokens, t).is_none()
    };
    let from = local.candidates.partition_point(|c| c.tokens.end <= words.start);
    let mut known = local.candidates[from..]
        .iter()
        .take_while(|c| c.tokens.start < words.end);
    // "The author of the novel, Oberau, said": the name may be that of the thing, or of a place.
    let names_thing =
        |t: usize| lex.thing_at(tokens, t).is_some() || cue::classes(tokens.fold(t)).has(Classes::TITLE);
    let first = tokens.fold(words.start);
    let told = match words.len() {
        1 => !is_common_word(first) && !(end + 1..comma).any(names_thing),
        _ => tokens.fold(end) == "for" || lex.given(first).is_some(),
    };
    // A known family name may be another's first name.
    let unknown = |c: &Candidate| {
        let part = c.tokens.len() < words.len();
        c.hits().iter().all(|h| part && h.kind == Kind::Person)
    };
    (verb && told && words.clone().all(capital) && known.all(unknown)).then_some(words)
}

/// The words of a name that no list knows, behind the noun at `head` and a comma: "The pilots’ union, Vereinigung
/// Cockpit,", "the MCA for the area, Collins Were,".
pub(super) fn unlisted_name(
    lex: &Lexicon,
    local: &Local,
    source: &Phrase,
    head: usize,
) -> Option<Range<usize>> {
    let tokens = &local.tokens;
    let fold = |t: usize| tokens.fold(t);
    let end = source.tokens.end - usize::from(fold(source.tokens.end.checked_sub(1)?) == ",");
    let comma = (head + 1..end).rev().find(|t| fold(*t) == ",")?;
    let capital = |t: usize| matches!(tokens.list[t].shape, Shape::Capital | Shape::Initial);
    let words = comma + 1..end;
    let definite = matches!(fold(source.tokens.start), "the" | "its" | "his" | "her" | "their");
    let office = |t: usize| lex.role_at(tokens, t).is_some() || lex.title_at(tokens, t).is_some();
    let place = |t: usize| matches!(lex.thing_at(tokens, t), Some((_, ThingClass::Land)));
    (definite
        && (2..=4).contains(&words.len())
        && words.clone().all(|t| capital(t) && !office(t) && !place(t)))
    .then_some(words)
}
