//! One document as it was when a request arrived: everything an answer needs, cheap to take.

use std::{
    collections::HashMap,
    path::PathBuf,
    sync::{Arc, OnceLock},
};

use tokio::sync::Semaphore;
use tower_lsp::gen_lsp_types::{
    Location, OptionalVersionedTextDocumentIdentifier, Position, Range, TextDocumentEdit,
    TextDocumentIdentifier, TextEdit, Uri, WorkspaceEdit,
};

use crate::{
    base::span::DocSpan,
    ide::host::{Analysis, DocId},
    lsp::{capabilities::Caps, colors, pages::Pages},
    semantic::article::Article,
    text::position::{self, Lines, Positions},
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
    /// Where the rules have their pages.
    pub(super) pages: Pages,
    /// The file of the desk's people, if a project holds for the document.
    pub(super) people: Option<PathBuf>,
    /// Names are respelled in quotations, too.
    pub(super) rename_quoted: bool,
    /// Lets one request at a time wait for the article in a thread; the others wait without one.
    pub(super) gate: Arc<Semaphore>,
    /// The semantic tokens that were sent last.
    pub(super) colors: colors::Last,
    pub(super) positions: Positions,
    /// The lines, once many positions are to be converted.
    pub(super) lines: OnceLock<Lines>,
    /// See [`crate::lsp::Options::lease`].
    pub(super) _lease: Option<Arc<()>>,
}

impl Snapshot {
    /// The byte that an editor's position means.
    pub(super) fn offset(&self, position: Position) -> u32 {
        self.positions.offset(position::Position {
            line: position.line,
            column: position.character,
        })
    }

    /// Prepares for many conversions: costs one pass over the text, and makes each of them much cheaper.
    pub(super) fn index(&self) {
        self.lines
            .get_or_init(|| Lines::new(self.analysis.text(), self.positions.encoding()));
    }

    /// Prepares for the conversion of so many spans, if they are enough for that to pay.
    pub(super) fn index_for(&self, n: usize) {
        const FEW: usize = 20;
        if n > FEW {
            self.index();
        }
    }

    /// A byte as the editor counts.
    pub(super) fn position(&self, offset: u32) -> Position {
        let position = match self.lines.get() {
            Some(lines) => lines.position(offset),
            None => self.positions.position(offset),
        };
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

    /// All bytes of an article of this document.
    pub(super) fn span_of_text(&self, article: &Article) -> DocSpan {
        DocSpan::new(0, article.text.len())
    }

    /// A name for this state that no other has had: results are told apart by it.
    pub(super) fn state(&self) -> String {
        format!("{}.{}", self.id.0, self.analysis.number())
    }

    /// Replacements in this document, in the form that the editor takes.
    pub(super) fn workspace_edit(&self, edits: &[(DocSpan, String)]) -> WorkspaceEdit {
        self.index_for(edits.len());
        let edits: Vec<TextEdit> = edits
            .iter()
            .map(|(span, new_text)| TextEdit {
                range: self.range(*span),
                new_text: new_text.clone(),
            })
            .collect();
        match self.caps.versioned_edits {
            true => WorkspaceEdit {
                document_changes: Some(vec![
                    TextDocumentEdit {
                        text_document: OptionalVersionedTextDocumentIdentifier {
                            version: Some(self.version),
                            text_document_identifier: TextDocumentIdentifier {
                                uri: self.uri.clone(),
                            },
                        },
                        edits: edits.into_iter().map(Into::into).collect(),
                    }
                    .into(),
                ]),
                ..WorkspaceEdit::default()
            },
            false => WorkspaceEdit {
                changes: Some(HashMap::from([(self.uri.clone(), edits)])),
                ..WorkspaceEdit::default()
            },
        }
    }

    /// A place in this document.
    pub(super) fn location(&self, span: DocSpan) -> Location {
        Location {
            uri: self.uri.clone(),
            range: self.range(span),
        }
    }
}
