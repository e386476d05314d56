//! Surnames in headlines: without capitals, which the article itself writes with theirs, or before a noun in title case.

use crate::{
    base::{word::TokenKind, work},
    kb::Kind,
    semantic::{
        article::{EntityKind, Evidence, MentionForm},
        local::Local,
        mention::{Candidate, Cue, Cues, Name, What},
        names::{Decision, Resolver, is_full_form, key, words},
        wordsets::WordSet,
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
            self.family_at(b, t);
        }
    }

    /// "Hartmann Probe Widens": somebody of the article before what is about them, where each word has a capital.
    pub(super) fn before_noun(&mut self, b: usize, local: &Local, c: &Candidate, name: &Name) -> bool {
        if !c.cues.has(Cue::TitleCase) || !name.hits.is_empty() || name.title.is_some() || name.role.is_some()
        {
            return false;
        }
        let words = words(local, c);
        let &[_, noun] = &*words else { return false };
        // Nobody else bears the second word, here or below.
        c.tokens.len() == 2
            && !self.lex.is(WordSet::CommonFamily, noun)
            && self.lex.given(noun).is_none()
            && self.survey.n_all(&key(local, c)) == 1
            && self.survey.n_all(noun) == 0
            && self.by_family.get(noun).is_none_or(|notes| notes.len() < 2)
            && self.family_at(b, c.tokens.start)
    }

    /// Whether the article has one person of the family name at token `t`, who is meant there then.
    fn family_at(&mut self, b: usize, t: usize) -> bool {
        let (_, local) = self.doc.block(b);
        let Some(notes) = self.by_family.get(local.tokens.fold(t)).cloned() else {
            return false;
        };
        let Some(pick) = self.pick_note(&notes, None, None) else {
            return false;
        };
        let c = Candidate {
            tokens: t..t + 1,
            phrase: t..t + 1,
            what: What::Name(Name::default()),
            cues: Cues::default(),
        };
        let decision = self.by_memory(b, &c, pick, MentionForm::Surname);
        self.push(b, &c, decision);
        true
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
