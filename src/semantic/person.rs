//! People by name: full names as the article's memory, surnames that lead back to them or to the base.

use std::rc::Rc;

use crate::{
    base::{order::Order, word::name_words, work},
    kb::{EntityId, Gender, NameForm},
    semantic::{
        article::{EntityKind, Evidence, MentionForm},
        bearer::{Pick, told_behind},
        link::{self, Fit, LINK},
        local::Local,
        mention::{Candidate, Cue, Name, What},
        name_parts::{hyphened_tail, is_particle, middle_names, same_given, split_name},
        names::{Decision, PersonNote, Resolver, is_full, key, opposite, words},
        wordsets::WordSet,
    },
    syntax::tag::is_common_word,
};

/// How many people of one surname are remembered; so the cost of each further one is bounded.
const NAMESAKES: usize = 128;

impl Resolver<'_, '_> {
    /// The article's memory: each full name becomes an entity, before surnames are looked at.
    pub(super) fn remember_full_names(&mut self) {
        for b in 0..self.doc.locals.len() {
            let (_, local) = self.doc.block(b);
            for c in &local.candidates {
                let What::Name(name) = &c.what else { continue };
                let words = words(local, c);
                let spoken_of = name.role.as_ref().is_some_and(|r| r.owner.is_some());
                if words.len() < 2 && !spoken_of && !name.hits.iter().any(|h| is_full(h) && self.is_person(h))
                {
                    continue;
                }
                if name.hits.iter().any(|h| !self.is_person(h)) {
                    continue;
                }
                // "King Charles" is a short form of "King Charles III", wherever that stands.
                if words.len() > 1
                    && self.lex.is(WordSet::GivenTitle, words[0])
                    && !name.hits.is_empty()
                    && name.hits.iter().all(|h| h.form == NameForm::Surname)
                {
                    continue;
                }
                let key = key(local, c);
                let tail = hyphened_tail(local, c);
                if let Some(&entity) = self.by_key.get(&*key) {
                    *self.n_full.entry(entity).get_or_insert(0) += 1;
                    continue;
                }
                // "Philippe", "Salman": a given name alone is a king's only where his country is spoken of.
                let bare = words.len() == 1
                    && self.lex.given(words[0]).is_some()
                    && name.title.is_none()
                    && name.role.is_none();
                if let Some((id, rivals)) = self
                    .best_person(local, c, name, words.len())
                    .filter(|(id, _)| !bare || self.scene.weight_of(*id) > 0)
                {
                    let entity = self.known_person(id, &words, rivals);
                    self.by_key.insert(key.into_owned(), entity);
                    continue;
                }
                if let Some(id) = self.other_spelling(local, name, &words) {
                    let entity = self.known_person(id, &words, Vec::new());
                    self.by_key.insert(key.into_owned(), entity);
                    continue;
                }
                // "El-Sisi", "von der Leyen": a family name, which a full name may explain.
                let family_only = is_particle(words[0]);
                if words.len() < 2
                    || family_only
                    || self.survey.kind(self.lex, &key, c) != Some(EntityKind::Person)
                {
                    continue;
                }
                if let Some(entity) = self
                    .double_given(local, c, &words)
                    .or_else(|| self.same_person(&words, tail))
                    .or_else(|| self.other_form(&words, c))
                    .or_else(|| self.born_as(local, c, &words))
                {
                    self.by_key.insert(key.into_owned(), entity);
                    continue;
                }
                let rivals: Vec<EntityId> = name
                    .hits
                    .iter()
                    .filter(|h| is_full(h))
                    .map(|h| h.entity)
                    .collect();
                let text = self.text(b, c);
                let entity = self.add(EntityKind::Person, text, None);
                self.cast.entities[entity].rivals = rivals;
                self.note_person(entity, &words, None, tail);
                self.by_key.insert(key.into_owned(), entity);
            }
        }
    }

    /// The person of the base that a full name means, and the others of that name.
    pub(super) fn best_person(
        &self,
        local: &Local,
        c: &Candidate,
        name: &Name,
        n_words: usize,
    ) -> Option<(EntityId, Vec<EntityId>)> {
        let mut best: Vec<(f32, EntityId)> = Vec::new();
        let mut leader = None;
        for hit in name.hits.iter().filter(|h| is_full(h) && self.is_person(h)) {
            let fit = self.fit(local, name, hit.entity);
            if self.is_namesake(local, c, name, (fit, hit.entity))
                || self.is_senior(local, c, hit, fit)
                || self.is_name_of_other(name, hit)
            {
                continue;
            }
            let mut score = self.scene.full_name_score(hit, fit, n_words);
            if let Some(gender) = self.title_gender(name)
                && opposite(gender, self.doc.kb.gender(hit.entity))
            {
                score -= 0.4;
            }
            if fit.leads {
                leader = Some((score, hit.entity));
            }
            best.push((score, hit.entity));
        }
        best.order_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        best.dedup_by_key(|b| b.1);
        // "George Bush" while the son of that name is president.
        let ahead = best.first().map_or(0.0, |b| b.0);
        if let Some((_, id)) = leader.filter(|l| ahead - l.0 < 0.05)
            && let Some(at) = best.iter().position(|b| b.1 == id)
        {
            best[..=at].rotate_right(1);
        }
        let &(score, id) = best.first()?;
        // Two people of one name that nothing tells apart: better none than the wrong one.
        let close = best.get(1).is_some_and(|second| score - second.0 < 0.02);
        if score < LINK || close && self.doc.kb.tier(id) > 1 {
            return None;
        }
        Some((id, best[1..].iter().map(|b| b.1).collect()))
    }

    /// The holder of the office named beside a name, when the name is another spelling of the holder's.
    pub(super) fn other_spelling(&self, local: &Local, name: &Name, words: &[&str]) -> Option<EntityId> {
        let role = name.role.as_ref()?;
        let owner = role.owner.as_ref()?;
        let kb = self.doc.kb;
        let codes = link::owner_codes(kb, &local.candidates, owner);
        let family = link::sound(words.last()?);
        let initial = link::sound(words[0]).chars().next();
        let mut found: Vec<EntityId> = Vec::new();
        for code in codes {
            for wanted in &self.lex.roles[role.row].roles {
                for t in kb.tenures_in(code, *wanted) {
                    let known = self.sound_of(t.person);
                    let same_family = [&known.last, &known.family]
                        .into_iter()
                        .any(|f| f.as_ref() == Some(&family));
                    let same_given = words.len() == 1 || known.initial == Some(initial);
                    let now = self.scene.holds(&t) != crate::base::date::Holds::NotYet;
                    if same_family && same_given && now && !found.contains(&t.person) {
                        found.push(t.person);
                    }
                }
            }
        }
        (found.len() == 1).then(|| found[0])
    }

    fn sound_of(&self, person: EntityId) -> Rc<Sound> {
        let mut sounds = self.sounds.borrow_mut();
        let found = sounds.entry(person).or_insert_with(|| {
            let kb = self.doc.kb;
            let known = name_words(kb.name(person));
            let family = kb.family(person).map(name_words);
            Rc::new(Sound {
                last: known.last().map(|w| link::sound(w)),
                family: family.and_then(|f| f.last().map(|w| link::sound(w))),
                initial: known.first().map(|w| link::sound(w).chars().next()),
            })
        });
        found.clone()
    }

    pub(super) fn fit(&self, local: &Local, name: &Name, id: EntityId) -> Fit {
        let codes = name
            .role
            .as_ref()
            .and_then(|r| r.owner.as_ref())
            .map(|o| link::owner_codes(self.doc.kb, &local.candidates, o))
            .unwrap_or_default();
        let title_role = name.title.and_then(|t| self.lex.titles[t].role);
        self.scene.fit(id, name.role.as_ref(), title_role, &codes)
    }

    pub(super) fn known_person(&mut self, id: EntityId, words: &[&str], rivals: Vec<EntityId>) -> usize {
        if let Some(&entity) = self.by_kb.get(&id) {
            return entity;
        }
        let kb = self.doc.kb;
        let entity = self.add(EntityKind::Person, kb.name(id).to_owned(), Some(id));
        self.cast.entities[entity].rivals = rivals;
        self.note_person(entity, words, Some(id), 1);
        entity
    }

    /// Someone named before whose name these words may be a form of ("Lena M. Hartmann", "Tom Reed Jr.").
    pub(super) fn same_person(&self, words: &[&str], tail: usize) -> Option<usize> {
        let (given, family) = split_name(words, tail);
        let list = self.by_family.get(&family)?;
        list.iter()
            .inspect(|_| work::step())
            .map(|&p| &self.persons[p])
            .find(|p| !given.is_empty() && !p.given.is_empty() && same_given(&given, &p.given))
            .map(|p| p.entity)
    }

    pub(super) fn note_person(&mut self, entity: usize, words: &[&str], id: Option<EntityId>, tail: usize) {
        // "Prince Harry, Duke of Sussex" is Harry.
        let words = match words {
            [title, rest @ ..] if !rest.is_empty() && self.lex.is(WordSet::GivenTitle, title) => {
                let end = rest
                    .iter()
                    .position(|w| self.lex.is(WordSet::Peerage, w))
                    .unwrap_or(rest.len());
                &rest[..end.max(1)]
            }
            _ => words,
        };
        let (mut given, mut family) = split_name(words, tail);
        if tail == 0 {
            // "Kim Tae-ho": what stands before the two halves of the given name is the family name.
            (given, family) = (words[1..].join(" "), words[0].to_owned());
        }
        let note = self.persons.len();
        let mut families = vec![family.clone()];
        // "Xi Jinping", "Nguyen Phu Trong": the family name stands first, and the last word may be used alone too.
        if (2..=4).contains(&words.len()) && self.lex.is(WordSet::FamilyFirst, words[0]) {
            families.push(words[0].to_owned());
        }
        if let Some(id) = id
            && let Some(known) = self.doc.kb.family(id)
        {
            let known = name_words(known).join(" ");
            // "de la Cruz" is also "Cruz"; "Xi" of "Xi Jinping" is only that.
            if let Some((_, last)) = known.rsplit_once(' ') {
                families.push(last.to_owned());
            }
            if !known.is_empty() {
                families.push(known);
            }
        } else if let Some((_, last)) = family.rsplit_once(' ')
            && tail < 2
        {
            families.push(last.to_owned());
        }
        families.order_by(Ord::cmp);
        families.dedup();
        for f in families.into_iter().filter(|f| !f.is_empty()) {
            let list = self.by_family.entry(f).or_default();
            if list.len() < NAMESAKES && list.last() != Some(&note) {
                list.push(note);
            }
        }
        if !given.is_empty() {
            let first = given.split(' ').next().unwrap_or("").to_owned();
            self.by_given.entry(first).or_default().push(note);
        }
        *self.n_full.entry(entity).get_or_insert(0) += 1;
        for form in self.other_forms(words, tail) {
            // A shorter form that came first was taken for somebody else.
            if let Some(&old) = self.by_key.get(&form)
                && old != entity
                && self.cast.entities[old].kind == EntityKind::Person
                && self.cast.entities[old].kb.is_none()
            {
                if let Some(&n) = self.note_of.get(&old) {
                    self.persons[n].entity = entity;
                    self.note_of.insert(entity, n);
                }
                self.by_key.insert(form.clone(), entity);
            }
            self.forms.entry(form).or_insert(note);
        }
        for word in middle_names(words).filter(|w| self.lex.given(w).is_none()) {
            self.by_middle.entry(word.to_owned()).or_default().push(note);
        }
        if self.cast.entities[entity].gender == Gender::Unknown {
            self.cast.entities[entity].gender = self.given_gender(&given);
        }
        self.note_of.insert(entity, note);
        self.persons.push(PersonNote { entity, given });
    }

    /// The shorter forms of two or more words that a name of three or more may take: without the given name
    /// ("Wasserman Schultz"), and without the second surname ("Wanda Vázquez"). The last `tail` words are the family
    /// name, even where they are given names of others ("Lloyd-Moss").
    fn other_forms(&self, words: &[&str], tail: usize) -> Vec<String> {
        let mut out = Vec::new();
        let plain = |w: &str| w.chars().count() > 1 && self.lex.given(w).is_none();
        if words.len() < 3 {
            return out;
        }
        // "María Elena Duarte Ovelar": behind two given names a third is a surname that is used as one elsewhere.
        let surname = |from: usize| {
            words.len() == 4 && from == 2 && self.lex.given(words[0]).and(self.lex.given(words[1])).is_some()
        };
        out.extend(
            (1..words.len() - 1)
                .filter(|&from| plain(words[from]) || surname(from) || words.len() - from == tail)
                .map(|from| words[from..].join(" ")),
        );
        if plain(words[1]) && !is_particle(words[1]) {
            out.push(words[..2].join(" "));
        }
        out
    }

    /// Somebody named before of whose name this is a shorter form, or a longer one by a second surname.
    fn other_form(&self, words: &[&str], c: &Candidate) -> Option<usize> {
        if let Some(&note) = self.forms.get(&words.join(" ")) {
            return Some(self.persons[note].entity);
        }
        let body = c.cues.has(Cue::BodyNoun) || c.cues.has(Cue::SpotNoun) || c.cues.has(Cue::EventNoun);
        if words.len() == 2
            && !body
            && self.lex.given(words[0]).is_none()
            && self.lex.given(words[1]).is_none()
            && !self.lex.is(WordSet::FamilyFirst, words[0])
            && !is_common_word(words[1])
            && let Some([note]) = self.by_family.get(words[0]).map(Vec::as_slice)
            && (c.tokens.len() > 2 || self.has_two_families(self.persons[*note].entity))
        {
            return Some(self.persons[*note].entity);
        }
        None
    }

    /// Whether somebody may be called by two family names ("Rosselló Nevares"): not "Wang Lei" after Wang Yi.
    fn has_two_families(&self, entity: usize) -> bool {
        let kb = self.doc.kb;
        let there = |code: &str| self.lex.is(WordSet::TwoFamilies, &code.to_lowercase());
        self.cast.entities[entity]
            .kb
            .is_none_or(|id| kb.code(id).is_some_and(there) || kb.tenures(id).any(|t| there(t.org)))
    }

    pub(super) fn given_gender(&self, given: &str) -> Gender {
        given
            .split(' ')
            .find_map(|g| self.lex.given(g))
            .unwrap_or_default()
    }

    pub(super) fn title_gender(&self, name: &Name) -> Option<Gender> {
        let of_title = name.title.map(|t| self.lex.titles[t].gender);
        let of_role = name.role.as_ref().map(|r| self.lex.roles[r.row].gender);
        [of_title, of_role]
            .into_iter()
            .flatten()
            .find(|g| *g != Gender::Unknown)
    }

    /// A family name of several words ("von der Leyen", "Le Pen") after the full name.
    pub(super) fn known_family(&mut self, b: usize, c: &Candidate, words: &[&str]) -> Option<Decision> {
        let family = words.join(" ");
        let last = words.last()?;
        let notes = match self.by_family.get(&family) {
            Some(notes) => notes.clone(),
            None if self.forms.contains_key(&family) => vec![self.forms[&family]],
            None if is_particle(words[0]) => self.by_family.get(*last)?.clone(),
            None => return None,
        };
        let pick = self.pick_note(&notes, None, None)?;
        Some(self.by_memory(b, c, pick, MentionForm::Surname))
    }

    /// A single word that may be a family name: of someone in the article's memory, or of someone whom the
    /// office or country beside it or the rank of the name's only bearer tells.
    pub(super) fn surname(
        &mut self,
        b: usize,
        local: &Local,
        c: &Candidate,
        name: &Name,
        word: &str,
        titled: bool,
    ) -> Option<Decision> {
        let is_place = name.hits.iter().any(|h| {
            !self.is_person(h)
                && matches!(
                    h.form,
                    NameForm::Name | NameForm::Alias | NameForm::Capital | NameForm::Acronym
                )
        });
        let is_people = name
            .hits
            .iter()
            .any(|h| matches!(h.form, NameForm::Adjective | NameForm::DemonymNoun));
        // "French said": somebody whom the article has named so, never the people, who have an article.
        let met = c.cues.has(Cue::Speaks) && self.by_family.contains_key(word);
        let bare = c.tokens.start == 0 || local.tokens.fold(c.tokens.start - 1) != "the";
        if is_people && !titled && !(met && bare) {
            return None;
        }
        let gender = self.title_gender(name);
        let bearers = self.by_family.get(word).or_else(|| {
            let middle = self.by_middle.get(word)?;
            (!is_place && middle.len() == 1).then_some(middle)
        });
        if let Some(notes) = bearers.cloned()
            && let Some(pick) = self.pick_note(&notes, gender, Some((local, c, name)))
        {
            let entity = pick.entity;
            let person_here = titled || c.cues.has(Cue::Speaks) || c.cues.has(Cue::Addressed);
            let place_here =
                c.cues.has(Cue::Locative) || c.cues.has(Cue::Compound) && c.cues.has(Cue::CommaPlace);
            let kb_place = is_place && self.cast.entities[entity].kb.is_none();
            let only_place = is_place && place_here && !titled;
            let doubtful = kb_place && !person_here && self.named_elsewhere(word, name);
            // "Halden Dairies … Halden said … it was founded by Ruth Halden": whom the reader has not met yet, the first
            // word of a firm does not mean.
            let unmet = !titled && pick.others.is_empty() && !self.last_name.contains_key(&entity);
            let firm = unmet && self.first_word_of(c, word).is_some();
            if !(only_place || doubtful || firm) {
                return Some(self.by_memory(b, c, pick, MentionForm::Surname));
            }
        }
        if (is_place || is_people) && !titled {
            let entity = self.called_like_a_land(c, name, word)?;
            let pick = Pick {
                entity,
                others: Vec::new(),
            };
            return Some(self.by_memory(b, c, pick, MentionForm::Alias));
        }
        if let Some(d) = self.surname_from_base(b, local, c, name) {
            return Some(d);
        }
        // A given name alone, of the only person who bears it here.
        // "Sir Patrick", "Sheikh Mohammed": some titles go with the given name.
        let title_of_given = titled
            && c.tokens.start > 0
            && self
                .lex
                .is(WordSet::GivenTitle, local.tokens.fold(c.tokens.start - 1));
        // "saw Chelsea in Chelsea"
        let place_here = c.cues.has(Cue::In) && !c.cues.has(Cue::Speaks);
        if (!titled && !place_here || title_of_given || told_behind(c, name))
            && let Some(notes) = self.by_given.get(word).cloned()
            && notes.len() == 1
            && !is_place
            && (!titled || title_of_given || self.cast.entities[self.persons[notes[0]].entity].kb.is_none())
        {
            let entity = self.persons[notes[0]].entity;
            let pick = Pick {
                entity,
                others: Vec::new(),
            };
            return Some(self.by_memory(b, c, pick, MentionForm::Alias));
        }
        if title_of_given && let Some(id) = self.knight(local.tokens.fold(c.tokens.start - 1), word) {
            let entity = self.unnamed_person(id);
            let reason = format!("the title and the given name of {}", self.title_of(id)).into();
            return Some(
                Decision {
                    entity,
                    form: MentionForm::Alias,
                    score: 0.85,
                    evidence: Evidence { reason, at: None },
                }
                .at(self.doc, b, c),
            );
        }
        None
    }

    /// "the Browns": those of the article who bear that surname, several people.
    pub(super) fn family_of(&mut self, b: usize, c: &Candidate, word: &str) -> Option<Decision> {
        let stem = word.strip_suffix('s')?;
        let bears = |w: &str| self.by_family.contains_key(w);
        let known = bears(stem) || stem.strip_suffix('e').is_some_and(bears);
        // "The two Nilsens": a number before the name says so too.
        let local = self.doc.block(b).1;
        let before = c.tokens.start.checked_sub(1).map_or("", |t| local.tokens.fold(t));
        let several = c.cues.has(Cue::The) || matches!(before, "two" | "three" | "four" | "both");
        if !known || bears(word) || !several || c.cues.has(Cue::TitleCase) {
            return None;
        }
        let name = format!("the {}", self.text(b, c));
        let entity = self.named(EntityKind::Group, "family", name);
        let reason = "people of one surname".to_owned();
        let decision = Decision {
            entity,
            form: MentionForm::Surname,
            score: 0.8,
            evidence: Evidence {
                reason: reason.into(),
                at: None,
            },
        };
        Some(decision.at(self.doc, b, c))
    }

    /// Whether the article names the country of one of the hits in another form too (Jordan, Jordanian). A city called
    /// like somebody speaks for its own country wherever his name stands, which says nothing.
    pub(super) fn named_elsewhere(&self, key: &str, name: &Name) -> bool {
        let own = self.survey.n_all(key).max(1);
        name.hits
            .iter()
            .filter(|h| !self.is_person(h))
            .filter_map(|h| self.doc.kb.code(h.entity))
            .any(|code| self.scene.weight(code) > own)
    }

    pub(super) fn by_memory(&mut self, b: usize, c: &Candidate, pick: Pick, form: MentionForm) -> Decision {
        let entity = pick.entity;
        let e = &self.cast.entities[entity];
        let first = self.last_name.get(&entity).map(|&m| &self.cast.mentions[m]);
        let what = if form == MentionForm::Surname {
            "surname"
        } else {
            "given name"
        };
        let (sort, place) = match (form == MentionForm::Surname, first.is_some()) {
            (true, true) => ("surname before", "before"),
            (true, false) => ("surname further down", "further down"),
            (false, true) => ("given name before", "before"),
            (false, false) => ("given name further down", "further down"),
        };
        let plain = || format!("{what} of {}, named in full {place}", e.name);
        let reason = match pick.others.first() {
            Some(&other) => {
                let other = &self.cast.entities[other].name;
                format!("{}; {other} bears it too, and is less prominent here", plain()).into()
            }
            None => self.shared(sort, entity, plain),
        };
        let at = first.map(|m| m.mention.span);
        let score = if pick.others.is_empty() { 0.96 } else { 0.7 };
        let rivals: Vec<EntityId> = pick
            .others
            .iter()
            .filter_map(|&o| self.cast.entities[o].kb)
            .collect();
        let known = &mut self.cast.entities[entity].rivals;
        for id in rivals {
            if !known.contains(&id) {
                known.push(id);
            }
        }
        Decision {
            entity,
            form,
            score,
            evidence: Evidence { reason, at },
        }
        .at(self.doc, b, c)
    }
}

/// How a name of the base sounds.
pub(super) struct Sound {
    /// Its last word.
    last: Option<String>,
    /// The last word of the family name.
    family: Option<String>,
    /// Its first word's first sound.
    initial: Option<Option<char>>,
}
