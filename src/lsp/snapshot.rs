//! One document as it was when a request arrived: everything an answer needs, cheap to take.

use std::sync::Arc;

use tokio::sync::Semaphore;
use tower_lsp::gen_lsp_types::{Location, Position, Range, Uri};

use crate::{
    base::span::DocSpan,
    ide::host::{Analysis, DocId},
    lsp::capabilities::Caps,
    text::position::{self, Positions},
};

/// A document as it was when it was asked about.
#[derive(Clone, Debug)]
pub(super) struct Snapshot {
    /// Its name, as the editor writes it.
    pub(super) uri: Uri,
    /// The editor's number of this state.
    pub(super) version: i32,
    /// The document, for the analysis.
    pub(super) id: DocId,
    /// What is known of it.
    pub(super) analysis: Analysis,
    /// What the editor can do.
    pub(super) caps: Arc<Caps>,
    /// Lets one request at a time wait for the article in a thread; the others wait without one.
    pub(super) gate: Arc<Semaphore>,
    pub(super) positions: Positions,
}

impl Snapshot {
    /// The byte that an editor's position means.
    pub(super) fn offset(&self, position: Position) -> u32 {
        self.positions.offset(position::Position {
            line: position.line,
            column: position.character,
        })
    }

    /// A byte as the editor counts.
    pub(super) fn position(&self, offset: u32) -> Position {
        let position = self.positions.position(offset);
        Position {
            line: position.line,
            character: position.column,
        }
    }

    /// A span as the editor counts.
    pub(super) fn range(&self, span: DocSpan) -> Range {
        Range {
            start: self.position(span.start),
            end: self.position(span.end),
        }
    }

    /// The bytes between two positions.
    pub(super) fn span(&self, range: Range) -> DocSpan {
        let (a, b) = (self.offset(range.start), self.offset(range.end));
        DocSpan {
            start: a.min(b),
            end: a.max(b),
        }
    }

    /// A name for this state that no other has had: results are told apart by it.
    pub(super) fn state(&self) -> String {
        format!("{}.{}", self.id.0, self.analysis.number())
    }

    /// A place in this document.
    pub(super) fn location(&self, span: DocSpan) -> Location {
        Location {
            uri: self.uri.clone(),
            range: self.range(span),
        }
    }
}
