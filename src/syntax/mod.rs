//! Text to structure: blocks, tokens, sentences, quotation marks. Knows no entities.

pub mod block;
pub mod token;
mod token_list;
pub mod linear;
pub mod tag;
pub mod name_tag;
pub mod quote_mark;
pub mod sentence;
mod words;
