//! The article between its two tiers: every block analyzed, nothing yet known of the whole.

use std::{cell::RefCell, ops::Range, rc::Rc, sync::Arc};

use rustc_hash::FxHashSet;

use crate::{
    base::{date::Date, span::DocSpan, word, work},
    kb::Kb,
    semantic::{
        article::{Entity, Mention, Quote},
        local::Local,
    },
    syntax::block::Block,
};

/// The article as its stages read it.
#[derive(Clone, Copy, Debug)]
pub struct Doc<'a> {
    /// The whole text.
    pub text: &'a str,
    /// Its blocks.
    pub blocks: &'a [Block],
    /// The analysis of each block, one for each of `blocks`.
    pub locals: &'a [Arc<Local>],
    /// The date that offices are looked up at, if known.
    pub date: Option<Date>,
    /// What is known of the world.
    pub kb: &'a Kb,
}

impl<'a> Doc<'a> {
    /// Block and analysis number `i`.
    pub fn block(&self, i: usize) -> (&'a Block, &'a Local) {
        work::step();
        (&self.blocks[i], &self.locals[i])
    }

    /// The text of block `i`, to cut spans out of: having it counts as reading nothing of it.
    pub fn block_text(&self, i: usize) -> &'a str {
        work::step();
        self.text.get(self.blocks[i].span.range()).unwrap_or("")
    }

    /// The text of block `i`, all of which is read.
    pub fn whole_block(&self, i: usize) -> &'a str {
        self.blocks[i].span.text(self.text)
    }

    /// Notes in the tokens which parts of the text were read, in any order.
    pub(super) fn note(&self, cuts: &[DocSpan]) {
        let blocks = self.blocks;
        let mut b = 0;
        for cut in cuts {
            // Stages go through the text from its beginning to its end, most of the time.
            let near = blocks
                .get(b)
                .is_some_and(|b| b.span.start <= cut.start && cut.start < b.span.end);
            if !near {
                b = blocks.partition_point(|b| b.span.end <= cut.start);
            }
            for (block, local) in blocks.iter().zip(self.locals).skip(b) {
                if block.span.start >= cut.end {
                    break;
                }
                local.tokens.note(block.within(*cut));
            }
        }
    }

    /// The document span of a phrase.
    pub fn span(&self, phrase: &Phrase) -> DocSpan {
        let (block, local) = self.block(phrase.block);
        block.to_doc(local.tokens.span(phrase.tokens.clone()))
    }
}

/// Some tokens of one block.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Phrase {
    /// Index of the block.
    pub block: usize,
    /// Its tokens.
    pub tokens: Range<usize>,
}

/// A mention and where it stands. [`Mention::entity`] indexes [`Cast::entities`].
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Seen {
    /// The mention, as it will stand in the article.
    pub mention: Mention,
    /// Its tokens (the same words as `mention.span`).
    pub at: Phrase,
    /// The whole noun phrase around it: with titles, apposition and article ("French President Emmanuel
    /// Macron", "Lena Hartmann, the foreign minister,"). Covers `at`.
    pub phrase: Phrase,
}

/// The participants so far. While stages run, `Entity::mentions` and `Entity::quotes` stay empty; they are
/// filled at the end.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Cast {
    /// The participants.
    pub entities: Vec<Entity>,
    /// Their mentions, in text order.
    pub mentions: Vec<Seen>,
    /// Folded words that begin a sentence and may be names, for which it matters whether they also stand in small
    /// letters.
    pub firsts: FxHashSet<Box<str>>,
}

impl Cast {
    /// Whether a mention stands at exactly these words.
    pub fn holds(&self, at: &Phrase) -> bool {
        let from = self.first_from(at.block, at.tokens.start);
        self.mentions[from..]
            .iter()
            .take_while(|m| m.at.block == at.block && m.at.tokens.start == at.tokens.start)
            .any(|m| m.at == *at)
    }

    /// Index of the first mention that does not start before `phrase`.
    pub fn first_from(&self, block: usize, token: usize) -> usize {
        self.mentions
            .partition_point(|m| (m.at.block, m.at.tokens.start) < (block, token))
    }
}

/// The folded words of the names of entities, each worked out when it is first asked for.
#[derive(Debug, Default)]
pub(super) struct NameWords(RefCell<Vec<Option<Rc<[String]>>>>);

impl NameWords {
    /// The words of the name of entity `e`, whose name does not change.
    pub(super) fn of(&self, entities: &[Entity], e: usize) -> Rc<[String]> {
        let mut known = self.0.borrow_mut();
        if known.len() <= e {
            known.resize(e + 1, None);
        }
        known[e]
            .get_or_insert_with(|| word::name_words(&entities[e].name).into())
            .clone()
    }
}

/// Something known of some entities, found by their index without hashing.
#[derive(Debug)]
pub(super) struct ByEntity<T>(Vec<Option<T>>);

impl<T> Default for ByEntity<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> ByEntity<T> {
    pub(super) fn get(&self, entity: &usize) -> Option<&T> {
        self.0.get(*entity)?.as_ref()
    }

    pub(super) fn contains_key(&self, entity: &usize) -> bool {
        self.get(entity).is_some()
    }

    pub(super) fn entry(&mut self, entity: usize) -> &mut Option<T> {
        if self.0.len() <= entity {
            self.0.resize_with(entity + 1, || None);
        }
        &mut self.0[entity]
    }

    pub(super) fn insert(&mut self, entity: usize, value: T) {
        *self.entry(entity) = Some(value);
    }
}

/// A quotation whose source phrase is found and whose speaker is not yet resolved.
#[derive(Clone, PartialEq, Debug)]
pub struct Draft {
    /// The quotation; `speaker` is `None`, `attribution` says how the source is given as far as the words
    /// alone tell (`Explicit` for any noun phrase, `Pronoun`, `Continued`, `Implied`, `None`).
    pub quote: Quote,
    /// The noun phrase that names the source, article and titles included ("French President Emmanuel Macron",
    /// "a NATO diplomat", "he").
    pub source: Option<Phrase>,
    /// What a relative pronoun as source ("who") stands for.
    pub antecedent: Option<Phrase>,
    /// The second choice for the source.
    pub rival: Option<Box<Rival>>,
}

/// The second choice for a quotation's source.
#[derive(Clone, PartialEq, Debug)]
pub struct Rival {
    /// The words that name it.
    pub source: Phrase,
    /// What a relative pronoun among them stands for.
    pub antecedent: Option<Phrase>,
    /// Why it was proposed, in words.
    pub reason: String,
    /// How sure the first choice is when both are the same person, from 0 to 1.
    pub unrivaled: f32,
}
