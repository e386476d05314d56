//! Couples by their given names: "Huw and Siân Trefor" are Huw Trefor and Siân Trefor.

use crate::{
    kb::{Gender, Kind},
    semantic::{
        article::{EntityKind, Evidence, MentionForm},
        local::Local,
        mention::{Candidate, Cue, What},
        names::{Decision, Resolver, words},
    },
};

impl Resolver<'_, '_> {
    /// A given name that "and" joins to another with the family name: whoever it is bears that name too.
    pub(super) fn half_of_couple(&mut self, b: usize, local: &Local, c: &Candidate) -> Option<Decision> {
        if c.tokens.len() != 1 || c.cues.has(Cue::TitleCase) || local.tokens.fold(c.tokens.end) != "and" {
            return None;
        }
        let first = local.tokens.fold(c.tokens.start);
        let given = self.lex.given(first)?;
        let at = local
            .candidates
            .partition_point(|o| o.tokens.start <= c.tokens.end);
        let other = local.candidates.get(at).filter(|o| {
            let name = matches!(&o.what, What::Name(name) if name.title.is_none() && name.role.is_none());
            name && o.tokens.start == c.tokens.end + 1 && o.tokens.len() == 2 && o.cues.has(Cue::Given)
        })?;
        let &[_, family] = &words(local, other)[..] else {
            return None;
        };
        // "Adele and Elton John": each goes by a name of their own, and only what speaks of a family makes one of them.
        let known = other.hits().iter().any(|h| h.kind == Kind::Person && h.exact);
        if known || self.by_key.contains_key(first) || self.by_given.contains_key(first) {
            return None;
        }
        let end = local.sentences.get(local.sentence_of(c.tokens.start))?.end;
        let theirs =
            (other.tokens.end..end).any(|t| matches!(local.tokens.fold(t), "their" | "couple" | "married"));
        if !theirs && !self.survey.is_titled(family) {
            return None;
        }
        let key = format!("{first} {family}");
        let entity = match self.by_key.get(&key) {
            Some(&e) => e,
            None => {
                let last = local.tokens.span(other.tokens.end - 1..other.tokens.end);
                let name = format!("{} {}", self.text(b, c), last.text(self.doc.block_text(b)));
                let e = self.add(EntityKind::Person, name, None);
                if self.cast.entities[e].gender == Gender::Unknown {
                    self.cast.entities[e].gender = given;
                }
                self.note_person(e, &[first, family], None, 1);
                self.by_key.insert(key, e);
                e
            }
        };
        let reason = format!(
            "{}: of one family with the next name",
            self.cast.entities[entity].name
        );
        Some(
            Decision {
                entity,
                form: MentionForm::Alias,
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
