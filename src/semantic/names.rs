//! First global stage: names, linked to the knowledge base and followed through the article.
//!
//! Full names come first, wherever they stand; they are the article's memory. Then all names are read in
//! text order: a surname, an acronym or a short form leads to what the memory or the knowledge base has
//! for it, a country word or a capital to the country or the place, and a name that nobody knows becomes
//! an entity of the article when enough speaks for its being a person, an institution or a place.

use std::{borrow::Cow, cell::RefCell, ops::Deref, rc::Rc, sync::Arc};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    base::{order::Order, word::TokenKind, work},
    kb::{EntityId, Gender, Kind, NameForm},
    semantic::{
        article::{Entity, EntityKind, Evidence, Mention, MentionForm, Reason},
        bearer::Pick,
        doc::{ByEntity, Cast, Doc, NameWords, Phrase, Seen},
        geo,
        lexicon::{self, Lexicon},
        link::Scene,
        local::Local,
        mention::{Candidate, Cue, Cues, Hit, Name, What},
        name_parts::is_particle,
        office::{self, Offices},
        person::Sound,
        unknown,
        wordsets::WordSet,
    },
    syntax::block::Zone,
};

/// Finds the participants that are named or described, with all their mentions except pronouns and those
/// that only the quotations can settle.
pub fn resolve(doc: &Doc<'_>) -> Cast {
    let lex = lexicon::english();
    let scene = Scene::new(doc, lex);
    let n_candidates: usize = doc.locals.iter().map(|l| l.candidates.len()).sum();
    let mut r = Resolver {
        doc,
        lex,
        scene,
        cast: Cast {
            entities: Vec::new(),
            // So many of them are names, roughly; what grows by doubling leaves its old places behind.
            mentions: Vec::with_capacity(n_candidates * 5 / 8),
            firsts: FxHashSet::default(),
        },
        persons: Vec::new(),
        by_kb: FxHashMap::default(),
        by_key: FxHashMap::default(),
        by_family: FxHashMap::default(),
        by_given: FxHashMap::default(),
        forms: FxHashMap::default(),
        by_middle: FxHashMap::default(),
        note_of: ByEntity::default(),
        n_full: ByEntity::default(),
        acronyms: FxHashMap::default(),
        initials: FxHashMap::default(),
        last_name: ByEntity::default(),
        n_surname: ByEntity::default(),
        titles: RefCell::default(),
        reasons: RefCell::default(),
        name_words: NameWords::default(),
        sounds: RefCell::default(),
        offices: Offices::default(),
        here: 0,
        survey: unknown::Survey::new(doc),
    };
    r.remember_full_names();
    r.read();
    r.finish()
}

/// What is known of a person of the article besides the entity.
pub(super) struct PersonNote {
    pub(super) entity: usize,
    pub(super) given: String,
}

pub(super) struct Resolver<'d, 'a> {
    pub(super) doc: &'d Doc<'a>,
    pub(super) lex: &'static Lexicon,
    pub(super) scene: Scene<'a>,
    pub(super) cast: Cast,
    pub(super) persons: Vec<PersonNote>,
    pub(super) by_kb: FxHashMap<EntityId, usize>,
    pub(super) by_key: FxHashMap<String, usize>,
    pub(super) by_family: FxHashMap<String, Vec<usize>>,
    pub(super) by_given: FxHashMap<String, Vec<usize>>,
    pub(super) acronyms: FxHashMap<String, usize>,
    /// The institution whose long name has these initials; none where several have them.
    pub(super) initials: FxHashMap<String, Option<usize>>,
    /// Shorter forms of full names of three or more words.
    pub(super) forms: FxHashMap<String, usize>,
    /// Words inside such names, any of which may be the surname in use.
    pub(super) by_middle: FxHashMap<String, Vec<usize>>,
    /// The note on each person.
    pub(super) note_of: ByEntity<usize>,
    /// How often each person is named in full.
    pub(super) n_full: ByEntity<u32>,
    /// The newest mention of each entity by its full name.
    pub(super) last_name: ByEntity<usize>,
    /// How often each person was called by the surname alone so far.
    pub(super) n_surname: ByEntity<u32>,
    /// How evidence names people of the base, each worked out once.
    pub(super) titles: RefCell<FxHashMap<EntityId, Rc<str>>>,
    /// Reasons that hold for many mentions: each sort of each entity (a number of the base or of the cast) once.
    reasons: RefCell<FxHashMap<(&'static str, usize), Arc<str>>>,
    pub(super) name_words: NameWords,
    /// How the names of office holders sound, each worked out once.
    pub(super) sounds: RefCell<FxHashMap<EntityId, Rc<Sound>>>,
    /// What was looked up of offices so far.
    pub(super) offices: Offices<'a>,
    /// The block that is being read.
    pub(super) here: usize,
    pub(super) survey: unknown::Survey,
}

/// A decision about one name.
pub(super) struct Decision {
    pub(super) entity: usize,
    pub(super) form: MentionForm,
    pub(super) score: f32,
    pub(super) evidence: Evidence,
}

impl<'a> Resolver<'_, 'a> {
    /// All names in text order.
    fn read(&mut self) {
        for b in 0..self.doc.locals.len() {
            self.here = b;
            let (block, local) = self.doc.block(b);
            if block.zone == Zone::Headline
                && !local.tokens.list.iter().any(|t| {
                    t.span
                        .text(self.doc.block_text(b))
                        .chars()
                        .any(char::is_uppercase)
                })
            {
                self.small_headline(b, local);
            }
            for c in &local.candidates {
                work::step();
                match &c.what {
                    What::Name(_) => self.parties_before(b, local, c, c.tokens.start),
                    What::Description(d) => self.parties_before(b, local, c, d.noun.start),
                    What::Pronoun(_) => {}
                }
                if let What::Name(name) = &c.what {
                    if self.before_noun(b, local, c, name) {
                        continue;
                    }
                    if let Some(d) = self.decide(b, local, c, name) {
                        self.describe_entity(b, local, name, d.entity);
                        self.push(b, c, d);
                    }
                } else if let What::Description(description) = &c.what
                    && let Some(d) = office::holder(self, b, local, c)
                        .or_else(|| self.party(b, local, c, description))
                        .or_else(|| self.club_of_people(b, local, c, description))
                        .or_else(|| self.own_noun(b, local, c, description))
                {
                    self.push(b, c, d);
                }
            }
        }
    }

    fn decide(&mut self, b: usize, local: &Local, c: &Candidate, name: &Name) -> Option<Decision> {
        let words = words(local, c);
        let key = key(local, c);
        let titled = name.title.is_some() || name.role.as_ref().is_some_and(|r| !r.plural);
        if let Some(&entity) = self.by_key.get(&*key) {
            let person = self.cast.entities[entity].kind == EntityKind::Person;
            // "Joe Dunn was jailed. Ms Dunn wept. Dunn said": the surname alone need not be hers.
            let shared = words.len() == 1 && !titled && self.borne_in_full(words[0], entity);
            let shared = shared || person && self.clashes(name, entity);
            let certain = titled || words.len() > 1 || name.hits.iter().all(|h| self.is_person(h));
            if !person || certain && !shared {
                return Some(self.full_name(b, c, name, entity, words.len()));
            }
        }
        if words.len() == 1 {
            if let Some(d) = self.half_of_couple(b, local, c) {
                return Some(d);
            }
            if let Some(d) = self.family_of(b, c, words[0]) {
                return Some(d);
            }
            if let Some(d) = self.surname(b, local, c, name, words[0], titled) {
                return Some(d);
            }
        } else if (titled || !self.is_land(name))
            && let Some(d) = self.known_family(b, c, &words)
        {
            return Some(d);
        } else if let Some(&entity) = name
            .hits
            .iter()
            .filter(|h| h.form == NameForm::Surname)
            .find_map(|h| self.by_kb.get(&h.entity))
        {
            // "King Charles" after "King Charles III".
            let pick = Pick {
                entity,
                others: Vec::new(),
            };
            return Some(self.by_memory(b, c, pick, MentionForm::Surname));
        } else if let Some(id) = self.crowned(name, words[0]) {
            let entity = self.unnamed_person(id);
            self.by_key.insert(key.clone().into_owned(), entity);
            let reason = format!("who bears this title is {}", self.title_of(id)).into();
            return Some(
                Decision {
                    entity,
                    form: MentionForm::Surname,
                    score: 0.9,
                    evidence: Evidence { reason, at: None },
                }
                .at(self.doc, b, c),
            );
        } else if is_particle(words[0])
            && let Some(d) = self.surname_from_base(b, local, c, name)
        {
            return Some(d);
        }
        // What the article itself gives a short form for, that form means.
        if c.cues.has(Cue::Capitals)
            && let Some(&e) = self.acronyms.get(&*key)
        {
            return Some(self.by_acronym(b, c, e));
        }
        if !titled && let Some(d) = self.own_name(b, local, c) {
            return Some(d);
        }
        if !titled || words.len() > 1 || c.cues.has(Cue::Possessive) {
            if let Some(d) = geo::country(self, b, local, c, name) {
                return Some(d);
            }
            if let Some(d) = self.institution(b, c, name, &key) {
                return Some(d);
            }
        }
        self.stranger(b, c, name, &key, &words)
    }

    fn full_name(&mut self, b: usize, c: &Candidate, name: &Name, entity: usize, n_words: usize) -> Decision {
        if self.is_in_capitals(entity) {
            self.respell(entity, self.text(b, c));
        }
        let e = &self.cast.entities[entity];
        let (form, reason) = match e.kb {
            Some(id) => {
                let hit = name.hits.iter().find(|h| h.entity == id);
                let form = match hit.map(|h| h.form) {
                    Some(NameForm::Alias) if n_words > 1 && e.kind == EntityKind::Person => MentionForm::Name,
                    Some(NameForm::Alias) => MentionForm::Alias,
                    Some(NameForm::Acronym) => MentionForm::Acronym,
                    Some(NameForm::Surname) => MentionForm::Surname,
                    _ => MentionForm::Name,
                };
                let made = || format!("a name of {}", self.title_of(id));
                (
                    form,
                    self.shared("a name of somebody with a title", id.0 as usize, made),
                )
            }
            None if n_words == 1 && e.kind == EntityKind::Person => (
                MentionForm::Surname,
                self.shared("the article calls", entity, || {
                    format!("the article calls this person {}", e.name)
                }),
            ),
            None => (MentionForm::Name, "named in full here".into()),
        };
        Decision {
            entity,
            form,
            score: if e.kb.is_some() { 0.97 } else { 0.9 },
            evidence: Evidence { reason, at: None },
        }
        .at(self.doc, b, c)
    }

    /// The entity for something of the base that is no person.
    pub(super) fn known(&mut self, kind: EntityKind, id: EntityId) -> usize {
        if let Some(&e) = self.by_kb.get(&id) {
            return e;
        }
        let name = self.doc.kb.name(id).to_owned();
        self.add(kind, name, Some(id))
    }

    /// The entity of a person of the base, if the article has one.
    pub(super) fn in_cast(&self, id: EntityId) -> Option<usize> {
        self.by_kb.get(&id).copied()
    }

    /// The place of that name, which the base may not have.
    pub(super) fn place(&mut self, b: usize, c: &Candidate) -> usize {
        let text = self.text(b, c);
        self.named(EntityKind::Place, "place", text)
    }

    /// The entity of a sort of things that goes by that name, made once.
    pub(super) fn named(&mut self, kind: EntityKind, sort: &str, name: String) -> usize {
        let key = format!("{sort} {}", crate::base::word::name_words(&name).join(" "));
        if let Some(&e) = self.by_key.get(&key) {
            if self.is_in_capitals(e) {
                self.respell(e, name);
            }
            return e;
        }
        let e = self.add(kind, name, None);
        self.by_key.insert(key, e);
        e
    }

    /// Whether all that is known of a person's or a place's spelling is a headline or a dateline in capitals.
    fn is_in_capitals(&self, entity: usize) -> bool {
        let e = &self.cast.entities[entity];
        let may = e.kb.is_none() && matches!(e.kind, EntityKind::Person | EntityKind::Place);
        may && !e.name.contains(char::is_lowercase)
    }

    /// Takes the spelling of a later mention.
    fn respell(&mut self, entity: usize, name: String) {
        if name.contains(char::is_lowercase) {
            self.cast.entities[entity].name = name;
        }
    }

    pub(super) fn add(&mut self, kind: EntityKind, name: String, id: Option<EntityId>) -> usize {
        let kb = self.doc.kb;
        self.cast.entities.push(Entity {
            kind,
            name,
            kb: id,
            wikidata: id.and_then(|id| kb.wikidata(id)),
            role: None,
            gender: id.map(|id| kb.gender(id)).unwrap_or_default(),
            mentions: Vec::new(),
            quotes: Vec::new(),
            rivals: Vec::new(),
        });
        let e = self.cast.entities.len() - 1;
        if let Some(id) = id {
            self.by_kb.insert(id, e);
        }
        self.note_initials(e);
        e
    }

    /// Takes role and gender from what stands beside a name.
    fn describe_entity(&mut self, b: usize, local: &Local, name: &Name, entity: usize) {
        if self.cast.entities[entity].kind != EntityKind::Person {
            return;
        }
        if let Some(gender) = self.title_gender(name)
            && self.cast.entities[entity].gender == Gender::Unknown
        {
            self.cast.entities[entity].gender = gender;
        }
        if let Some(role) = &name.role
            && self.cast.entities[entity].role.is_none()
            && self.lex.roles[role.row].noun != "year-old"
        {
            self.cast.entities[entity].role = Some(office::role_text(self.doc.block_text(b), local, role));
        }
    }

    pub(super) fn push(&mut self, b: usize, c: &Candidate, d: Decision) {
        let phrase = |tokens: &std::ops::Range<usize>| Phrase {
            block: b,
            tokens: tokens.clone(),
        };
        let at = phrase(&c.tokens);
        if d.form == MentionForm::Name {
            self.last_name.insert(d.entity, self.cast.mentions.len());
        } else if d.form == MentionForm::Surname {
            *self.n_surname.entry(d.entity).get_or_insert(0) += 1;
        }
        self.cast.mentions.push(Seen {
            mention: Mention {
                span: self.doc.span(&at),
                entity: d.entity,
                form: d.form,
                score: d.score,
                evidence: d.evidence,
            },
            at,
            phrase: phrase(&c.phrase),
        });
    }

    /// Whether the article holds one of these names (folded words).
    pub(super) fn survey_has_any(&self, set: WordSet) -> bool {
        self.survey.has_any(self.lex, set)
    }

    /// Offices at the article's date, entities in order of first mention, those without a mention dropped.
    fn finish(mut self) -> Cast {
        for e in 0..self.cast.entities.len() {
            if let Some(id) = self.cast.entities[e].kb
                && self.cast.entities[e].kind == EntityKind::Person
                && let Some(role) = office::role_at(&self.scene, id)
            {
                // What the article calls somebody is fresher than an office that the base has as past.
                let past = role.starts_with("former ");
                let called = self.cast.entities[e].role.as_deref();
                if !past || called.is_none_or(|r| r.starts_with("former")) {
                    self.cast.entities[e].role = Some(role);
                }
            }
        }
        in_order(&mut self.cast);
        self.cast.firsts = std::mem::take(&mut self.survey.firsts);
        self.cast
    }

    /// Whether the words are the full name of a country or place ("Saudi Arabia" ends the name of its prince too).
    fn is_land(&self, name: &Name) -> bool {
        name.hits
            .iter()
            .any(|h| h.exact && is_full(h) && matches!(h.kind, Kind::Country | Kind::Place))
    }

    pub(super) fn is_person(&self, hit: &Hit) -> bool {
        hit.kind == Kind::Person
    }

    pub(super) fn text(&self, b: usize, c: &Candidate) -> String {
        let (_, local) = self.doc.block(b);
        let text = local.tokens.span(c.tokens.clone()).text(self.doc.block_text(b));
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// A reason that many mentions have in common: `sort` tells it from other reasons about the same `entity`.
    pub(super) fn shared(&self, sort: &'static str, entity: usize, make: impl FnOnce() -> String) -> Reason {
        let known = self.reasons.borrow().get(&(sort, entity)).cloned();
        let reason = known.unwrap_or_else(|| {
            let made: Arc<str> = make().into();
            self.reasons.borrow_mut().insert((sort, entity), made.clone());
            made
        });
        reason.into()
    }

    /// The reason that begins with `why` and ends with the name that the base has for an entity.
    pub(super) fn of_base(&self, why: &'static str, id: EntityId) -> Reason {
        self.shared(why, id.0 as usize, || {
            format!("{why} {}", self.doc.kb.in_sentence(id))
        })
    }

    /// "Mark Rutte, Secretary General of NATO": how evidence names somebody of the base.
    pub(super) fn title_of(&self, id: EntityId) -> Rc<str> {
        if let Some(title) = self.titles.borrow().get(&id) {
            return title.clone();
        }
        let name = self.doc.kb.name(id);
        let title: Rc<str> = match office::role_at(&self.scene, id) {
            Some(role) if self.doc.kb.kind(id) == Kind::Person => format!("{name}, {role}").into(),
            _ => name.into(),
        };
        self.titles.borrow_mut().insert(id, title.clone());
        title
    }
}

impl Decision {
    /// The same, with the words themselves as support where nothing better is there.
    pub(super) fn at(mut self, doc: &Doc<'_>, b: usize, c: &Candidate) -> Self {
        if self.evidence.at.is_none() {
            self.evidence.at = Some(doc.span(&Phrase {
                block: b,
                tokens: c.phrase.clone(),
            }));
        }
        self
    }
}

/// Orders mentions by place and entities by first mention; drops entities without one.
/// Returns the new index of each entity (`usize::MAX` for those dropped).
pub(super) fn in_order(cast: &mut Cast) -> Vec<usize> {
    cast.mentions
        .order_by_key(|m| (m.at.block, m.at.tokens.start, std::cmp::Reverse(m.at.tokens.end)));
    cast.mentions.dedup_by(|a, b| a.at == b.at);
    let mut new_index = vec![usize::MAX; cast.entities.len()];
    let mut order = Vec::with_capacity(cast.entities.len());
    for m in &mut cast.mentions {
        let e = m.mention.entity;
        if new_index[e] == usize::MAX {
            new_index[e] = order.len();
            order.push(e);
        }
        m.mention.entity = new_index[e];
    }
    let mut old: Vec<Option<Entity>> = std::mem::take(&mut cast.entities).into_iter().map(Some).collect();
    cast.entities = order.into_iter().filter_map(|e| old[e].take()).collect();
    new_index
}

/// Whether the hit is by a full name.
pub(super) fn is_full(hit: &Hit) -> bool {
    is_full_form(hit.form)
}

pub(super) fn is_full_form(form: NameForm) -> bool {
    matches!(form, NameForm::Name | NameForm::Alias)
}

/// Whether one is female and the other male.
pub(super) fn opposite(a: Gender, b: Gender) -> bool {
    a != Gender::Unknown && b != Gender::Unknown && a != b
}

/// The folded words of a name; only a long one takes memory of its own.
pub(super) struct Words<'l> {
    few: [&'l str; FEW],
    n_few: usize,
    /// All of them, if they are more than `few` holds.
    many: Vec<&'l str>,
}

/// Nearly all names have no more words.
const FEW: usize = 4;

impl<'l> Deref for Words<'l> {
    type Target = [&'l str];

    fn deref(&self) -> &[&'l str] {
        match self.many.is_empty() {
            true => &self.few[..self.n_few],
            false => &self.many,
        }
    }
}

/// The folded words of a candidate, punctuation left out.
pub(super) fn words<'l>(local: &'l Local, c: &Candidate) -> Words<'l> {
    let mut out = Words {
        few: [""; FEW],
        n_few: 0,
        many: Vec::new(),
    };
    for t in c.tokens.clone() {
        if local.tokens.list[t].kind == TokenKind::Punct {
            continue;
        }
        let word = local.tokens.fold(t);
        if !out.many.is_empty() {
            out.many.push(word);
        } else if out.n_few < FEW {
            out.few[out.n_few] = word;
            out.n_few += 1;
        } else {
            out.many.extend(out.few);
            out.many.push(word);
        }
    }
    out
}

/// The folded words of a candidate with spaces between them: what names are compared by.
pub(super) fn key<'l>(local: &'l Local, c: &Candidate) -> Cow<'l, str> {
    match local.tokens.joined(c.tokens.clone()) {
        Some(key) => Cow::Borrowed(key),
        None => Cow::Owned(words(local, c).join(" ")),
    }
}

/// Cues that speak for a government or a person rather than a place.
pub(super) fn has_agency(cues: Cues) -> bool {
    cues.has(Cue::Speaks) || cues.has(Cue::Addressed) || cues.has(Cue::Acts)
}
