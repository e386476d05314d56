//! Second global stage: quotations, their pieces, cues and source phrases; and quoted pieces that are not speech.

use crate::semantic::{
    article::{Aside, LoneMark},
    doc::{Cast, Doc, Draft},
};

/// What the stage finds, each list in text order.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Found {
    /// Quotations.
    pub drafts: Vec<Draft>,
    /// Quoted pieces that are not speech.
    pub asides: Vec<Aside>,
    /// Marks without a partner.
    pub lone_marks: Vec<LoneMark>,
}

/// Finds quotations, direct, mixed and indirect, and the phrases that name their sources.
pub fn find(doc: &Doc<'_>, cast: &Cast) -> Found {
    let _ = (doc, cast);
    Found::default()
}
