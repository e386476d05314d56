//! The gold set: articles annotated by hand, and how they are read, written, checked and scored.
//!
//! `tests/gold/GUIDELINES.md` says what is annotated and how. The integration tests compile this module
//! too, so that the committed scores and `cargo xtask eval gold` come from one source.

pub(crate) mod agree;
pub(crate) mod check;
pub(crate) mod cluster;
pub(crate) mod markup;
pub(crate) mod record;
pub(crate) mod score;
pub(crate) mod sha256;
pub(crate) mod system;
pub(crate) mod tally;

/// A stretch of text: the first code point and the one after the last.
pub(crate) type Span = (usize, usize);

/// How many code points two spans share.
pub(crate) fn overlap(a: Span, b: Span) -> usize {
    a.1.min(b.1).saturating_sub(a.0.max(b.0))
}

/// Whether any span of `a` shares a code point with any of `b`.
pub(crate) fn touch(a: &[Span], b: &[Span]) -> bool {
    a.iter().any(|&x| b.iter().any(|&y| overlap(x, y) > 0))
}
