//! Whom a surname means when several people of the article bear it.

use crate::{
    base::{order::Order, word::name_words, work},
    kb::{EntityId, Gender},
    semantic::{
        local::Local,
        mention::{Candidate, Name, PersonOf},
        names::{Resolver, opposite},
    },
};

/// How many people of one surname are told apart.
const MOST: usize = 8;

impl Resolver<'_, '_> {
    /// Whom a surname means when several people of the article bear it: the one whose title or office fits,
    /// then the one whose pronoun follows, then one named in full before (best in this paragraph), then the one
    /// called so before, then the one more often named in full, then the higher office.
    /// The others stay with it.
    pub(super) fn pick_note(
        &self,
        notes: &[usize],
        gender: Option<Gender>,
        at: Option<(&Local, &Candidate, &Name)>,
    ) -> Option<Pick> {
        let mut bearers: Vec<usize> = Vec::new();
        for &n in notes {
            let e = self.persons[n].entity;
            work::step();
            if !bearers.contains(&e) && !opposite(gender.unwrap_or_default(), self.cast.entities[e].gender) {
                bearers.push(e);
            }
            // More than a handful of one surname are not told apart one by one.
            if bearers.len() == MOST {
                break;
            }
        }
        if bearers.len() < 2 {
            return bearers.first().map(|&entity| Pick {
                entity,
                others: Vec::new(),
            });
        }
        let pronoun = at
            .map(|(local, c, _)| gender_behind(local, c))
            .unwrap_or_default();
        bearers.order_by_key(|&e| {
            let entity = &self.cast.entities[e];
            let office = match (at, entity.kb) {
                (Some((local, _, name)), Some(id)) if name.title.is_some() || name.role.is_some() => {
                    self.fit(local, name, id).office
                }
                _ => false,
            };
            // "Joe Dunn was jailed. Ms Dunn wept. Dunn said": who goes by a courtesy title keeps it.
            let untitled = at.is_some_and(|(.., name)| name.title.is_none());
            let in_full = |n: &&usize| self.persons[**n].entity == e && !self.persons[**n].given.is_empty();
            let courtesy = untitled && !notes.iter().any(|n| in_full(&n));
            (
                !office,
                opposite(pronoun, entity.gender),
                courtesy,
                // Whom the reader has not met yet, the surname alone cannot mean while another bearer was met. The
                // one named last in this very paragraph is on the reader's mind; else the one who goes by it already.
                match self.last_name.get(&e) {
                    Some(&m) if self.cast.mentions[m].at.block == self.here => (0, usize::MAX - m),
                    Some(_) => (1, 0),
                    None => (2, 0),
                },
                std::cmp::Reverse(self.n_surname.get(&e).copied().unwrap_or(0)),
                std::cmp::Reverse(self.n_full.get(&e).copied().unwrap_or(0)),
                entity.kb.map_or(4, |id| self.doc.kb.tier(id)),
                e,
            )
        });
        Some(Pick {
            entity: bearers[0],
            others: bearers.split_off(1),
        })
    }

    /// Whether somebody else than this entity bears a surname and was named in full.
    pub(super) fn borne_in_full(&self, word: &str, entity: usize) -> bool {
        let notes = self.by_family.get(word).map_or(&[][..], Vec::as_slice);
        notes
            .iter()
            .map(|&n| &self.persons[n])
            .any(|p| p.entity != entity && !p.given.is_empty())
    }

    /// "Kelly-Ann" after "Kelly-Ann Sowter": two given names joined by a hyphen, and no family name.
    pub(super) fn double_given(&self, local: &Local, c: &Candidate, words: &[&str]) -> Option<usize> {
        let &[first, second] = words else { return None };
        let joined = c.tokens.len() == 3 && matches!(local.tokens.fold(c.tokens.start + 1), "-" | "‑");
        let notes = self.by_given.get(first).filter(|_| joined)?;
        let both = |n: &&usize| self.persons[**n].given.split_once(' ') == Some((first, second));
        let mut bearers = notes.iter().filter(both);
        let only = bearers.next().filter(|_| bearers.next().is_none())?;
        Some(self.persons[*only].entity)
    }

    /// Adds a person of the base whom the article does not name.
    pub(super) fn unnamed_person(&mut self, id: EntityId) -> usize {
        let full = self.doc.kb.name(id).to_owned();
        let words = name_words(&full);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        self.known_person(id, &words, Vec::new())
    }
}

/// Whom a surname means, and who else in the article bears it.
pub(super) struct Pick {
    pub(super) entity: usize,
    pub(super) others: Vec<usize>,
}

/// Whether what is told of somebody stands behind the name only ("Mark, a father of two,"), so that nothing before it
/// is a title that would make a surname of it.
pub(super) fn told_behind(c: &Candidate, name: &Name) -> bool {
    name.title.is_none() && name.role.as_ref().is_some_and(|r| r.head.start >= c.tokens.end)
}

/// The gender of the pronoun that follows a name closely ("Hartmann said she").
fn gender_behind(local: &Local, c: &Candidate) -> Gender {
    let end = local
        .sentences
        .get(local.sentence_of(c.tokens.start))
        .map_or(c.tokens.end, |s| s.end)
        .min(c.tokens.end + 10);
    (c.tokens.end..end)
        .find_map(
            |t| match crate::semantic::mention::pronoun(local.pronoun(t))?.person {
                PersonOf::He if local.tokens.fold(t) != "him" => Some(Gender::Male),
                PersonOf::She => Some(Gender::Female),
                _ => None,
            },
        )
        .unwrap_or_default()
}
