//! Names in headlines without capitals, which the article itself writes with theirs.

use crate::{
    base::{word::TokenKind, work},
    kb::Kind,
    semantic::{
        article::{EntityKind, Evidence, MentionForm},
        local::Local,
        mention::{Candidate, Cues, Name, What},
        names::{Decision, Resolver, is_full_form},
    },
    syntax::tag::is_common_word,
};

impl Resolver<'_, '_> {
    /// Surnames of the article's people in a headline without capitals ("hartmann urges calm").
    pub(super) fn small_headline(&mut self, b: usize, local: &Local) {
        for (t, token) in local.tokens.list.iter().enumerate() {
            work::step();
            let word = local.tokens.fold(t);
            if token.kind != TokenKind::Word || self.lex.is_function_word(word) {
                continue;
            }
            if self.small_country(b, local, t) || is_common_word(word) {
                continue;
            }
            let Some(notes) = self.by_family.get(word).cloned() else {
                continue;
            };
            let Some(pick) = self.pick_note(&notes, None, None) else {
                continue;
            };
            let c = Candidate {
                tokens: t..t + 1,
                phrase: t..t + 1,
                what: What::Name(Name::default()),
                cues: Cues::default(),
            };
            let decision = self.by_memory(b, &c, pick, MentionForm::Surname);
            self.push(b, &c, decision);
        }
    }

    /// A country in a headline without capitals, when the article itself names it ("turkey and china agree").
    fn small_country(&mut self, b: usize, local: &Local, t: usize) -> bool {
        let kb = self.doc.kb;
        let mut cursor = kb.walk();
        let mut found = None;
        for at in t..(t + 4).min(local.tokens.len()) {
            let Some(next) = kb.step(cursor, local.tokens.fold(at)) else {
                break;
            };
            cursor = next;
            let hit = kb.hits(cursor).find(|h| {
                is_full_form(h.form)
                    && kb.kind(h.entity) == Kind::Country
                    && kb.code(h.entity).is_some_and(|code| self.scene.weight(code) > 0)
            });
            // "the south" is no South Korea.
            let common = at == t && is_common_word(local.tokens.fold(t));
            found = hit.filter(|_| !common).map(|h| (at + 1, h.entity)).or(found);
        }
        let Some((end, id)) = found else {
            return false;
        };
        let entity = self.known(EntityKind::Country, id);
        let c = Candidate {
            tokens: t..end,
            phrase: t..end,
            what: What::Name(Name::default()),
            cues: Cues::default(),
        };
        let decision = Decision {
            entity,
            form: MentionForm::Name,
            score: 0.8,
            evidence: Evidence {
                reason: format!(
                    "a name of {}, which the article writes with its capital",
                    kb.name(id)
                )
                .into(),
                at: None,
            },
        }
        .at(self.doc, b, &c);
        self.push(b, &c, decision);
        true
    }
}
