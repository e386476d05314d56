//! Names and other phrases of one block that may refer to somebody, before anything else of the article
//! is known.

use std::ops::Range;

use crate::{
    kb::Kb,
    syntax::{block::Block, quote_mark::Pair, token::Tokens},
};

/// A phrase that may refer to somebody.
#[derive(Clone, PartialEq, Debug)]
pub struct Candidate {
    /// The tokens of the phrase.
    pub tokens: Range<usize>,
}

/// Finds the candidates of one block, in text order.
pub fn candidates(
    text: &str,
    block: &Block,
    tokens: &Tokens,
    sentences: &[Range<usize>],
    pairs: &[Pair],
    kb: &Kb,
) -> Vec<Candidate> {
    let _ = (text, block, tokens, sentences, pairs, kb);
    Vec::new()
}
