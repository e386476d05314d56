//! Structure and knowledge to meaning: who is named, who is meant, who says what.

pub mod article;
