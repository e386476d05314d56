//! Families: who bears a surname because of whom ("his wife, Cerys," of a man named Pritchard is Mrs Pritchard below), and
//! whom "his wife" and "her husband" mean from then on.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::{
    base::{span::DocSpan, word::TokenKind},
    kb::Gender,
    semantic::{
        article::{EntityKind, MentionForm},
        coref::Resolver,
        lexicon::RoleClass,
        local::Local,
        mention::{Candidate, Description, Det, Head, Name, Pronoun, What},
        names::opposite,
        salience::{Choice, Trace},
        wordsets::WordSet,
    },
};

/// Those whom the article has introduced by a given name as kin of somebody named in full.
#[derive(Debug, Default)]
pub(super) struct Families {
    /// The folded surname, and who goes by it.
    kin: Vec<(String, usize)>,
    /// Who was told to be whose.
    ties: Vec<Tie>,
    /// Entities that are one of those after all.
    same: FxHashMap<usize, usize>,
}

/// Somebody was introduced as kin of somebody: "Tom Hall and his wife, Ann".
#[derive(Clone, Copy, Debug)]
struct Tie {
    of: usize,
    /// The noun, a row of the roles.
    row: usize,
    kin: usize,
}

/// The nouns for kin, and those that the other one of the two is called by.
const INVERSE: &[(WordSet, WordSet)] = &[
    (WordSet::Spouse, WordSet::Spouse),
    (WordSet::Sibling, WordSet::Sibling),
    (WordSet::Parent, WordSet::Child),
    (WordSet::Child, WordSet::Parent),
];

/// How many of them are kept; so the cost of each surname is bounded.
const KIN: usize = 8;

/// The possessive pronoun at the head of some words: "his", "their".
fn possessive<'l>(local: &'l Local, words: &Range<usize>) -> Option<(&'l Candidate, Pronoun)> {
    let from = local.candidates.partition_point(|c| c.tokens.start < words.start);
    local.candidates[from..]
        .iter()
        .take_while(|c| c.tokens.start < words.end)
        .find_map(|c| match c.what {
            What::Pronoun(p) if p.possessive => Some((c, p)),
            _ => None,
        })
}

impl Resolver<'_, '_, '_> {
    /// Notes that a name stands beside a noun for kin: "his wife, Cerys,", "whose daughter, Ann,".
    pub(super) fn note_kin(&mut self, b: usize, local: &Local, name: &Name, entity: usize, at: &Trace) {
        let Some(role) = &name.role else { return };
        let e = &self.cast.entities[entity];
        let person = e.kind == EntityKind::Person;
        let given = !e.name.contains(' ') && e.kb.is_none() && person;
        if self.lex.roles[role.row].class != RoleClass::Kin || role.former || !person {
            return;
        }
        let owner = role.owner.clone().and_then(|o| self.kin_owner(b, local, o));
        // "Tom Hall, whose wife, Ann,": whoever is named before it in the sentence.
        let before = || {
            let mut near = self.trail.back(at).take(4);
            near.find(|t| t.block == b && t.sentence == at.sentence && t.entity != entity)
                .map(|t| t.entity)
        };
        let Some(of) = owner.or_else(before) else { return };
        // "He learnt it from an old man. His own daughter, Ann, does not": what a possessive finds without a name is no
        // ground to build on.
        if !self.nameless.contains_key(&of) {
            if self.families.ties.len() == KIN {
                self.families.ties.remove(0);
            }
            let (row, kin) = (role.row, entity);
            self.families.ties.push(Tie { of, row, kin });
        }
        if !given {
            return;
        }
        let of = &self.cast.entities[of];
        let Some((_, surname)) = of.name.rsplit_once(' ').filter(|_| of.kind == EntityKind::Person) else {
            return;
        };
        let surname = surname.to_lowercase();
        if self.families.kin.len() == KIN {
            self.families.kin.remove(0);
        }
        self.families.kin.push((surname, entity));
    }

    /// Whom the words mean that say whose kin somebody is: a possessive, or a name.
    fn kin_owner(&self, b: usize, local: &Local, words: Range<usize>) -> Option<usize> {
        if let Some((c, _)) = possessive(local, &words) {
            return self.entity_of(b, c).map(|(e, ..)| e);
        }
        let from = local.candidates.partition_point(|c| c.tokens.start < words.start);
        local.candidates[from..]
            .iter()
            .take_while(|c| c.tokens.start < words.end)
            .find(|c| matches!(c.what, What::Name(_)))
            .and_then(|c| self.entity_of(b, c))
            .map(|(e, ..)| e)
    }

    /// Whom "his wife" or "her husband" means where the article has told who is married to whom. "His first wife" and
    /// one of two sons stay open.
    pub(super) fn told_kin(&self, b: usize, local: &Local, d: &Description, at: &Trace) -> Option<Choice> {
        let (Head::Role(role), Some(words)) = (&d.head, d.owner.clone()) else {
            return None;
        };
        let noun = &self.lex.roles[role.row];
        let before = d.noun.start.checked_sub(1)?;
        let apart = local.tokens.kind(before) == TokenKind::Possessive;
        let beside = if apart { before } else { d.noun.start };
        if d.det != Det::Owned
            || d.plural
            || role.former
            || noun.class != RoleClass::Kin
            || words.end != beside
        {
            return None;
        }
        // The possessive stands inside the description and has its turn behind it.
        let owner = match possessive(local, &words) {
            Some((c, p)) if !self.families.ties.is_empty() => {
                let (token, cues) = (c.tokens.start, c.cues);
                self.choose(p, &Trace { token, cues, ..*at }, None, false)?.entity
            }
            _ => self.kin_owner(b, local, words)?,
        };
        let inverse = |told: usize| {
            let told = &self.lex.roles[told].noun;
            let mut pairs = INVERSE.iter();
            pairs.any(|(one, other)| self.lex.is(*one, told) && self.lex.is(*other, &noun.noun))
        };
        let mut found = self.families.ties.iter().filter_map(|t| {
            let who = if t.of == owner && t.row == role.row {
                t.kin
            } else if t.kin == owner && inverse(t.row) {
                t.of
            } else {
                return None;
            };
            (!opposite(self.cast.entities[who].gender, noun.gender)).then_some(who)
        });
        let who = found.next()?;
        if found.any(|other| other != who) || who == owner {
            return None;
        }
        let of = &self.cast.entities[owner].name;
        let reason = format!("the article has told before whose {} that is: {of}", noun.noun);
        Some(Choice::clear(who, 0.9, reason, DocSpan::default()))
    }

    /// To whom the article has told that somebody is married.
    pub(super) fn married_to(&self, entity: usize) -> Option<usize> {
        let spouse = |t: &Tie| self.lex.is(WordSet::Spouse, &self.lex.roles[t.row].noun);
        let mut ties = self.families.ties.iter().rev().filter(|t| spouse(t));
        ties.find_map(|t| match entity {
            e if e == t.kin => Some(t.of),
            e if e == t.of => Some(t.kin),
            _ => None,
        })
    }

    /// Whom a name means after all, where it is that of kin: "Mrs Pritchard", "Cerys Pritchard".
    pub(super) fn as_kin(&mut self, name: &Name, entity: usize, form: MentionForm, married: bool) -> usize {
        if let Some(&same) = self.families.same.get(&entity) {
            return same;
        }
        if self.families.kin.is_empty() || !matches!(form, MentionForm::Surname | MentionForm::Name) {
            return entity;
        }
        let e = &self.cast.entities[entity];
        if e.kind != EntityKind::Person || e.kb.is_some() {
            return entity;
        }
        // Whoever was mentioned before is somebody else, unless it is a child and this is a mother.
        if self.trail.count(entity) > 0 {
            let mother = married.then(|| self.mother_of(entity)).flatten();
            return mother.unwrap_or(entity);
        }
        let told = name.title.map_or(Gender::Unknown, |t| self.lex.titles[t].gender);
        let full = e.name.to_lowercase();
        let (given, surname) = full
            .rsplit_once(' ')
            .map_or((None, &*full), |(g, s)| (Some(g), s));
        let fits = |(family, kin): &&(String, usize)| {
            let k = &self.cast.entities[*kin];
            let called = match given {
                Some(given) => k.name.to_lowercase() == given,
                None => told != Gender::Unknown && !opposite(k.gender, told),
            };
            family == surname && *kin != entity && called
        };
        let mut kin = self.families.kin.iter().filter(fits);
        // Of two daughters nobody could tell which.
        let (Some(&(_, kin)), None) = (kin.next(), kin.next()) else {
            return entity;
        };
        self.families.same.insert(entity, kin);
        let fuller = self.cast.entities[entity].name.clone();
        let k = &mut self.cast.entities[kin];
        if k.gender == Gender::Unknown {
            k.gender = told;
        }
        if fuller.contains(' ') {
            k.name = fuller;
        }
        kin
    }

    /// "Ellie Holm died, and her mother, June, called. Mrs Holm said": who is married is the mother, where the article has
    /// called nobody else so.
    fn mother_of(&self, child: usize) -> Option<usize> {
        let parent = |t: &&Tie| self.lex.is(WordSet::Parent, &self.lex.roles[t.row].noun);
        let mut mothers = self.families.ties.iter().filter(|t| t.of == child).filter(parent);
        let mother = mothers.next().filter(|_| mothers.next().is_none())?.kin;
        let given = self.families.kin.iter().any(|(_, kin)| *kin == mother);
        (given && !opposite(self.cast.entities[mother].gender, Gender::Female)).then_some(mother)
    }
}
