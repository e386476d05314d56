//! What a notification of changed text says. The protocol's own types try one form of an edit after the other: one whose
//! range is no range would be taken for the whole text, and the document be lost; and they copy each text on the way.

use serde::Deserialize;
use tower_lsp::gen_lsp_types::{self as lsp, Range, VersionedTextDocumentIdentifier};

use crate::text::{
    document::Document,
    position::{Encoding, Position},
};

/// Edits of one document, in their order.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::lsp) struct Edits {
    pub(super) text_document: VersionedTextDocumentIdentifier,
    pub(super) content_changes: Vec<Edit>,
}

/// One edit; without a range it gives the whole text.
#[derive(Debug, Deserialize)]
pub(super) struct Edit {
    range: Option<Range>,
    text: String,
}

impl Edit {
    /// Makes the edit.
    pub(super) fn make(self, document: &mut Document, encoding: Encoding) {
        let place = |p: lsp::Position| Position {
            line: p.line,
            column: p.character,
        };
        match self.range {
            Some(Range { start, end }) => document.edit(place(start), place(end), &self.text, encoding),
            None => document.replace(&self.text),
        }
    }
}
