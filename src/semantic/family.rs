//! Families: who bears a surname because of whom ("his wife, Cerys," of a man named Pritchard is Mrs Pritchard below).

use rustc_hash::FxHashMap;

use crate::{
    kb::Gender,
    semantic::{
        article::{EntityKind, MentionForm},
        coref::Resolver,
        lexicon::RoleClass,
        local::Local,
        mention::{Candidate, Name, What},
        names::opposite,
        salience::Trace,
    },
};

/// Those whom the article has introduced by a given name as kin of somebody named in full.
#[derive(Debug, Default)]
pub(super) struct Families {
    /// The folded surname, and who goes by it.
    kin: Vec<(String, usize)>,
    /// Entities that are one of those after all.
    same: FxHashMap<usize, usize>,
}

/// How many of them are kept; so the cost of each surname is bounded.
const KIN: usize = 8;

impl Resolver<'_, '_, '_> {
    /// Notes that a name stands beside a noun for kin: "his wife, Cerys,", "whose daughter, Ann,".
    pub(super) fn note_kin(&mut self, b: usize, local: &Local, name: &Name, entity: usize, at: &Trace) {
        let Some(role) = &name.role else { return };
        let e = &self.cast.entities[entity];
        let given = !e.name.contains(' ') && e.kb.is_none() && e.kind == EntityKind::Person;
        if self.lex.roles[role.row].class != RoleClass::Kin || role.former || !given {
            return;
        }
        let pronoun = |c: &&Candidate| matches!(c.what, What::Pronoun(p) if p.possessive);
        let owner = role.owner.as_ref().and_then(|o| {
            let from = local.candidates.partition_point(|c| c.tokens.start < o.start);
            local.candidates[from..]
                .iter()
                .take_while(|c| c.tokens.start < o.end)
                .find(|c| pronoun(c) || matches!(c.what, What::Name(_)))
                .and_then(|c| self.entity_of(b, c))
                .map(|(e, ..)| e)
        });
        // "Tom Hall, whose wife, Ann,": whoever is named before it in the sentence.
        let before = || {
            let mut near = self.trail.back(at).take(4);
            near.find(|t| t.block == b && t.sentence == at.sentence && t.entity != entity)
                .map(|t| t.entity)
        };
        let Some(of) = owner.or_else(before) else { return };
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

    /// Whom a name means after all, where it is that of kin: "Mrs Pritchard", "Cerys Pritchard".
    pub(super) fn as_kin(&mut self, name: &Name, entity: usize, form: MentionForm) -> usize {
        if let Some(&same) = self.families.same.get(&entity) {
            return same;
        }
        if self.families.kin.is_empty() || !matches!(form, MentionForm::Surname | MentionForm::Name) {
            return entity;
        }
        let e = &self.cast.entities[entity];
        // Whoever was mentioned before is somebody else.
        if e.kind != EntityKind::Person || e.kb.is_some() || self.trail.count(entity) > 0 {
            return entity;
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
}
