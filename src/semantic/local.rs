//! What can be said of one block without looking at any other: the unit that is cached, so that a
//! keystroke costs its paragraph only.

use std::ops::Range;

use crate::{
    kb::Kb,
    semantic::{
        lexicon,
        mention::{self, Candidate},
        retag,
        speech::{self, Speech},
        wordsets::WordSet,
    },
    syntax::{
        block::Block,
        quote_mark::{self, Pair},
        sentence, tag,
        token::{self, Asked, Tokens},
    },
};

/// The analysis of one block, a function of its text, zone, holes and the knowledge base alone. All spans
/// are relative to the block, all ranges are of tokens.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Local {
    /// Its tokens, tagged.
    pub tokens: Tokens,
    /// Its quotation marks, paired.
    pub pairs: Vec<Pair>,
    /// Its sentences; they tile the tokens.
    pub sentences: Vec<Range<usize>>,
    /// Names and other phrases that may refer to somebody.
    pub candidates: Vec<Candidate>,
    /// How many of its words are words of sport, and how many words in small letters it has.
    pub sport: (u32, u32),
    /// Quotations and frames of reporting.
    pub speech: Speech,
}

/// Analyzes one block of `source`.
pub fn analyze_block(source: &str, block: &Block, kb: &Kb) -> Local {
    let text = block.span.text(source);
    let mut tokens = token::tokenize(text, &block.holes);
    let pairs = quote_mark::pairs(text, &tokens, block.zone);
    let sentences = sentence::sentences(text, &tokens, &pairs);
    for range in &sentences {
        tag::tag(&mut tokens, range.clone());
        retag::retag(&mut tokens, range.clone(), block.zone);
    }
    let candidates = mention::candidates(text, block, &tokens, &sentences, &pairs, kb);
    let mut local = Local {
        sport: mention::sport(&tokens),
        tokens,
        pairs,
        sentences,
        candidates,
        speech: Speech::default(),
    };
    local.speech = speech::analyze(block, &local);
    // It stays as long as its block does.
    local.tokens.settle(ASKED);
    local.pairs.shrink_to_fit();
    local.sentences.shrink_to_fit();
    local.candidates.shrink_to_fit();
    local.speech.shrink();
    local
}

impl Local {
    /// Index of the sentence that holds token `i`.
    pub fn sentence_of(&self, i: usize) -> usize {
        self.sentences.partition_point(|r| r.end <= i)
    }

    /// The folded form of token `i` if it is a mark or one of the words that [`is_listed`] holds, else nothing. A stage that asks for
    /// a few of those words reads by this, so that no other word there matters to it.
    pub(super) fn listed(&self, i: usize) -> &str {
        self.tokens.fold_if(i, LISTED)
    }

    /// The folded form of token `i` if it is a mark or a pronoun, else nothing.
    pub(super) fn pronoun(&self, i: usize) -> &str {
        self.tokens.fold_if(i, PRONOUNS)
    }
}

/// The classes of words that stages ask for. Each has to hold the words that are looked for wherever it is asked.
const ASKED: Asked = [is_listed, is_pronoun];
/// Places in [`ASKED`].
const LISTED: usize = 0;
const PRONOUNS: usize = 1;

fn is_pronoun(word: &str) -> bool {
    mention::pronoun(word).is_some()
}

/// Words of grammar that stages ask for by name, teams, and verbs of those who speak and act.
fn is_listed(word: &str) -> bool {
    let lex = lexicon::english();
    lex.is_any([WordSet::Listed, WordSet::TeamNoun, WordSet::AgentVerb], word) || lex.is_human_verb(word)
}
