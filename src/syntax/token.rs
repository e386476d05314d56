//! Words, numbers and punctuation of one block, with everything about a token that its neighbours and
//! the knowledge base do not decide.

use std::ops::Range;

use crate::{
    base::{
        fold::fold_into,
        span::Span,
        word::{TokenKind, scan},
        work,
    },
    syntax::tag::Tag,
};

/// How a word is written.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Shape {
    /// All letters small ("talks").
    Lower,
    /// First letter capital, at least one small ("Scholz", "McDonald").
    Capital,
    /// Two or more letters, all capital ("NATO", "U.S.", "G20").
    AllCaps,
    /// One capital letter ("J", "I").
    Initial,
    /// Begins small and has a capital ("iPhone").
    Mixed,
    /// Digits.
    Number,
    /// Punctuation, symbols and clitics.
    Other,
}

/// One token of a block.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Token {
    /// Where it stands in the block.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
    /// How it is written.
    pub shape: Shape,
    /// Its part of speech; [`Tag::X`] until the tagger has run.
    pub tag: Tag,
    fold_start: u32,
    fold_len: u16,
}

/// The tokens of one block, in text order.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Tokens {
    /// The tokens.
    pub list: Vec<Token>,
    folded: String,
}

impl Tokens {
    /// Number of tokens.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The folded form (`base::fold`) of token `i`; punctuation as it stands; empty past the end.
    pub fn fold(&self, i: usize) -> &str {
        work::step();
        self.list.get(i).map_or("", |t| {
            let start = t.fold_start as usize;
            self.folded.get(start..start + t.fold_len as usize).unwrap_or("")
        })
    }

    /// The block span from the first to the last token of `range`; empty for an empty range.
    pub fn span(&self, range: Range<usize>) -> Span {
        work::step();
        match (
            self.list.get(range.start),
            range.end.checked_sub(1).and_then(|i| self.list.get(i)),
        ) {
            (Some(first), Some(last)) if range.start < range.end => first.span.join(last.span),
            _ => Span::default(),
        }
    }

    /// Index of the first token that ends after `offset` (a byte of the block).
    pub fn at(&self, offset: u32) -> usize {
        self.list.partition_point(|t| t.span.end <= offset)
    }

    /// The tokens that lie inside `span`.
    pub fn inside(&self, span: Span) -> Range<usize> {
        let start = self.list.partition_point(|t| t.span.start < span.start);
        let end = self.list.partition_point(|t| t.span.end <= span.end);
        start..end.max(start)
    }

    fn push(&mut self, text: &str, kind: TokenKind, span: Span) {
        let word = span.text(text);
        let fold_start = self.folded.len() as u32;
        match kind {
            TokenKind::Punct => self.folded.push_str(word),
            _ => fold_into(word, &mut self.folded),
        }
        let fold_len = (self.folded.len() - fold_start as usize).min(u16::MAX as usize) as u16;
        self.list.push(Token {
            span,
            kind,
            shape: shape(word, kind),
            tag: Tag::X,
            fold_start,
            fold_len,
        });
    }
}

/// Cuts a block's text into tokens; what lies in `holes` (sorted) is left out. Tags are not set.
pub fn tokenize(text: &str, holes: &[Span]) -> Tokens {
    let mut tokens = Tokens {
        list: Vec::with_capacity(text.len() / 5),
        folded: String::with_capacity(text.len()),
    };
    scan(text, |kind, span| {
        let next = holes.partition_point(|h| h.end <= span.start);
        if !holes.get(next).is_some_and(|h| h.overlap(span) > 0) {
            tokens.push(text, kind, span);
        }
    });
    tokens
}

fn shape(word: &str, kind: TokenKind) -> Shape {
    match kind {
        TokenKind::Punct | TokenKind::Possessive => return Shape::Other,
        TokenKind::Number => return Shape::Number,
        TokenKind::Word => {}
    }
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    let first_upper = letters.next().is_some_and(char::is_uppercase);
    let (mut upper, mut lower) = (0, 0);
    for c in letters {
        if c.is_uppercase() { upper += 1 } else { lower += 1 }
    }
    match (first_upper, upper, lower) {
        (true, 0, 0) if word.chars().count() > 1 => Shape::AllCaps,
        (true, 0, 0) => Shape::Initial,
        (true, _, 0) => Shape::AllCaps,
        (true, ..) => Shape::Capital,
        (false, 0, _) => Shape::Lower,
        (false, ..) => Shape::Mixed,
    }
}
