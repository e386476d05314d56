//! The integration tests, as one binary: one link, one place to look. A line per module, in alphabetical order.

/// Work grows with the article's length and no faster.
mod linear;
/// What the source tree promises about itself: layers, invariants, tidiness.
mod tidy;
