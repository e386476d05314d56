//! The edit buffer and the conversion between byte offsets and editor positions. The only layer that names
//! a rope, and the only place that knows position encodings.

pub mod document;
pub mod position;
