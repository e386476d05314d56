//! Parts of speech, by an averaged perceptron of our own (`cargo xtask train pos`).

use std::{
    cell::RefCell,
    sync::{Mutex, OnceLock, PoisonError},
};

use crate::syntax::{
    tag::model::{Model, Scratch},
    token::Tokens,
};

pub mod features;
pub mod lexicon;
pub mod model;

/// Part of speech: the universal tags, verbs split by form and nouns by number, because source phrases
/// and cues hang on these.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(u8)]
#[allow(missing_docs, reason = "the names are those of Universal Dependencies")]
pub enum Tag {
    X,
    Adj,
    Adp,
    Adv,
    Aux,
    Cconj,
    Det,
    Intj,
    /// Singular or mass noun.
    Noun,
    /// Plural noun.
    NounPl,
    Num,
    Part,
    Pron,
    Propn,
    Punct,
    Sconj,
    Sym,
    /// Infinitive or imperative (`VB`).
    VerbBase,
    /// Present tense (`VBZ`, `VBP`).
    VerbPres,
    /// Past tense (`VBD`).
    VerbPast,
    /// Past participle (`VBN`).
    VerbPart,
    /// Present participle or gerund (`VBG`).
    VerbIng,
}

impl Tag {
    /// All tags, in the order of their numbers.
    pub const ALL: [Self; 22] = [
        Self::X,
        Self::Adj,
        Self::Adp,
        Self::Adv,
        Self::Aux,
        Self::Cconj,
        Self::Det,
        Self::Intj,
        Self::Noun,
        Self::NounPl,
        Self::Num,
        Self::Part,
        Self::Pron,
        Self::Propn,
        Self::Punct,
        Self::Sconj,
        Self::Sym,
        Self::VerbBase,
        Self::VerbPres,
        Self::VerbPast,
        Self::VerbPart,
        Self::VerbIng,
    ];

    /// Its name: the universal tag, with the Penn tag where the universal one is split.
    pub fn name(self) -> &'static str {
        match self {
            Self::X => "X",
            Self::Adj => "ADJ",
            Self::Adp => "ADP",
            Self::Adv => "ADV",
            Self::Aux => "AUX",
            Self::Cconj => "CCONJ",
            Self::Det => "DET",
            Self::Intj => "INTJ",
            Self::Noun => "NOUN",
            Self::NounPl => "NOUN.NNS",
            Self::Num => "NUM",
            Self::Part => "PART",
            Self::Pron => "PRON",
            Self::Propn => "PROPN",
            Self::Punct => "PUNCT",
            Self::Sconj => "SCONJ",
            Self::Sym => "SYM",
            Self::VerbBase => "VERB.VB",
            Self::VerbPres => "VERB.VBZ",
            Self::VerbPast => "VERB.VBD",
            Self::VerbPart => "VERB.VBN",
            Self::VerbIng => "VERB.VBG",
        }
    }

    /// The name of its universal tag: all verbs are `VERB`, all nouns `NOUN`.
    pub fn universal(self) -> &'static str {
        let name = self.name();
        name.split_once('.').map_or(name, |(universal, _)| universal)
    }

    /// Whether it is a verb in any form, auxiliaries excluded.
    pub fn is_verb(self) -> bool {
        matches!(
            self,
            Self::VerbBase | Self::VerbPres | Self::VerbPast | Self::VerbPart | Self::VerbIng
        )
    }

    /// Whether it is a verb in the present or past tense.
    pub fn is_finite(self) -> bool {
        matches!(self, Self::VerbPres | Self::VerbPast)
    }

    /// Whether it is a common noun.
    pub fn is_noun(self) -> bool {
        matches!(self, Self::Noun | Self::NounPl)
    }
}

/// The weights that are shipped; `data/en/README.md` says what they were trained on.
pub const WEIGHTS: &[u8] = include_bytes!("../../data/en/tagger.bin");

thread_local! {
    static SCRATCH: RefCell<Lent> = const { RefCell::new(Lent(None)) };
}

/// What threads remembered that do not tag any more, for those that begin: what they learned of the words of one article
/// holds for the next one.
static LEFT: Mutex<Vec<Scratch>> = Mutex::new(Vec::new());
/// So many are left at most, about 0.8 MB each.
const MAX_LEFT: usize = 2;

/// What a thread remembers until it hands it on or ends.
struct Lent(Option<Scratch>);

impl Lent {
    fn get(&mut self) -> &mut Scratch {
        let left = || LEFT.lock().unwrap_or_else(PoisonError::into_inner).pop();
        self.0.get_or_insert_with(|| left().unwrap_or_default())
    }

    fn hand_on(&mut self) {
        let Some(scratch) = self.0.take() else { return };
        let mut left = LEFT.lock().unwrap_or_else(PoisonError::into_inner);
        if left.len() < MAX_LEFT {
            left.push(scratch);
        }
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        self.hand_on();
    }
}

/// Leaves what this thread remembers of words to the next one that tags. A server computes now in this thread, now in that
/// one, and each would have to learn them.
pub fn hand_on() {
    // A thread that is ending has left it.
    let _ = SCRATCH.try_with(|lent| lent.borrow_mut().hand_on());
}

fn model() -> Option<&'static Model<'static>> {
    static MODEL: OnceLock<Option<Model<'static>>> = OnceLock::new();
    // A test proves the weights, so that there always is a model; without one all tokens would stay X.
    MODEL.get_or_init(|| Model::embedded(WEIGHTS).ok()).as_ref()
}

/// Whether the dictionary has the folded word written small, as anything but a name: an ordinary word, which
/// a capital alone makes no name.
pub fn is_common_word(folded: &str) -> bool {
    model().is_some_and(|m| m.is_common_word(folded))
}

/// Sets the tag of each token of one sentence, `range` of `tokens`. The tag of a contraction ("don't") is
/// that of its first part.
pub fn tag(tokens: &mut Tokens, range: std::ops::Range<usize>) {
    let Some(model) = model() else { return };
    SCRATCH.with(|scratch| match scratch.try_borrow_mut() {
        Ok(mut scratch) => model.tag(tokens, range, scratch.get()),
        Err(_) => model.tag(tokens, range, &mut Scratch::default()),
    });
}
