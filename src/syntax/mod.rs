//! Text to structure: blocks, tokens, sentences, quotation marks. Knows no entities.

pub mod block;
pub mod quote_mark;
pub mod sentence;
pub mod token;
