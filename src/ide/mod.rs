//! Features in the editor's words: byte offsets in, plain data out. Knows no protocol, no rope, no clock.
//!
//! [`host::AnalysisHost`] is the state, owned by a single writer. [`host::Analysis`] is an immutable view of
//! one document at one revision; every question to it may answer [`host::Cancelled`], when an edit has made
//! it stale. One module a feature.

pub mod host;
pub mod cache;
pub mod explain;
mod facts;
pub mod outline;
pub mod navigate;
pub mod tokens;
pub mod fix;
pub mod complete;
pub mod rename;
mod share;
mod crew;
pub mod margin;
pub mod mend;
pub mod structure;
pub mod hierarchy;
