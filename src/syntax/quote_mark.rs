//! quote_mark
