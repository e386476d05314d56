//! Answers to requests about one document: the analysis asked in bytes, its answer in the editor's terms.

use tower_lsp::{
    gen_lsp_types::{
        BaseSymbolInformation, Code, Contents, Definition, DefinitionResponse, Diagnostic,
        DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, DocumentDiagnosticReport,
        DocumentHighlight, DocumentHighlightKind, DocumentSymbol, DocumentSymbolResponse,
        FullDocumentDiagnosticReport, Hover, Location, LocationLink, LspAny, MarkupContent, MarkupKind,
        Position, Range, RelatedFullDocumentDiagnosticReport, RelatedUnchangedDocumentDiagnosticReport,
        SymbolInformation, SymbolKind, UnchangedDocumentDiagnosticReport, Uri,
    },
    jsonrpc::{Error, ErrorCode},
};

use crate::{
    base::span::DocSpan,
    ide::{
        explain::explain,
        host::Cancellable,
        navigate::{self, HighlightKind},
        outline::{self, Node, NodeKind},
    },
    lsp::{capabilities::Caps, pages::Pages, snapshot::Snapshot},
    rules::{self, Severity, config::Config},
    semantic::article::{Article, EntityKind},
};

pub(super) fn hover(snapshot: &Snapshot, article: &Article, position: Position) -> Option<Hover> {
    let explanation = explain(article, snapshot.analysis.kb(), snapshot.offset(position))?;
    let content = match snapshot.caps.hover_markdown {
        true => MarkupContent {
            kind: MarkupKind::Markdown,
            value: explanation.markdown(),
        },
        false => MarkupContent {
            kind: MarkupKind::PlainText,
            value: explanation.lines().join("\n"),
        },
    };
    Some(Hover {
        contents: Contents::MarkupContent(content),
        range: Some(snapshot.range(explanation.span)),
    })
}

pub(super) fn definition(
    snapshot: &Snapshot,
    article: &Article,
    position: Position,
) -> Option<DefinitionResponse> {
    let jump = navigate::definition(article, snapshot.offset(position))?;
    let target = snapshot.location(jump.to);
    Some(match snapshot.caps.definition_links {
        true => DefinitionResponse::DefinitionLinkList(vec![LocationLink {
            origin_selection_range: Some(snapshot.range(jump.from)),
            target_uri: target.uri,
            target_range: target.range,
            target_selection_range: target.range,
        }]),
        false => DefinitionResponse::Definition(Definition::Location(target)),
    })
}

pub(super) fn references(
    snapshot: &Snapshot,
    article: &Article,
    position: Position,
    with_first: bool,
) -> Option<Vec<Location>> {
    let found = navigate::references(article, snapshot.offset(position), with_first);
    snapshot.index_for(found.len());
    Some(found.into_iter().map(|span| snapshot.location(span)).collect())
}

pub(super) fn highlight(
    snapshot: &Snapshot,
    article: &Article,
    position: Position,
) -> Option<Vec<DocumentHighlight>> {
    let found = navigate::highlight(article, snapshot.offset(position));
    snapshot.index_for(found.len());
    let to_proto = |(span, kind)| DocumentHighlight {
        range: snapshot.range(span),
        kind: Some(match kind {
            HighlightKind::Introduced => DocumentHighlightKind::Write,
            HighlightKind::Mentioned => DocumentHighlightKind::Read,
            HighlightKind::Spoken => DocumentHighlightKind::Text,
        }),
    };
    Some(found.into_iter().map(to_proto).collect())
}

pub(super) fn symbols(snapshot: &Snapshot, article: &Article) -> Option<DocumentSymbolResponse> {
    let nodes = outline::outline(article);
    snapshot.index();
    Some(match snapshot.caps.symbol_tree {
        true => DocumentSymbolResponse::DocumentSymbolList(
            nodes.into_iter().map(|n| symbol(snapshot, n)).collect(),
        ),
        false => {
            let mut flat = Vec::new();
            for node in nodes {
                flatten(snapshot, node, None, &mut flat);
            }
            DocumentSymbolResponse::SymbolInformationList(flat)
        }
    })
}

#[allow(
    deprecated,
    reason = "the structure still has the old member, which stays empty"
)]
fn symbol(snapshot: &Snapshot, node: Node) -> DocumentSymbol {
    let children: Vec<_> = node.children.into_iter().map(|n| symbol(snapshot, n)).collect();
    DocumentSymbol {
        name: node.name,
        detail: Some(node.detail).filter(|d| !d.is_empty()),
        kind: symbol_kind(node.kind),
        tags: None,
        deprecated: None,
        range: snapshot.range(node.span),
        selection_range: snapshot.range(node.target),
        children: Some(children).filter(|c| !c.is_empty()),
    }
}

/// For editors without a tree: participants and quotes, each under the name of what it belongs to.
#[allow(
    deprecated,
    reason = "the structure still has the old member, which stays empty"
)]
fn flatten(snapshot: &Snapshot, node: Node, parent: Option<&str>, acc: &mut Vec<SymbolInformation>) {
    if node.kind != NodeKind::Heading {
        acc.push(SymbolInformation {
            deprecated: None,
            location: snapshot.location(node.target),
            base_symbol_information: BaseSymbolInformation {
                name: node.name.clone(),
                kind: symbol_kind(node.kind),
                tags: None,
                container_name: parent.map(str::to_owned),
            },
        });
    }
    for child in node.children {
        flatten(snapshot, child, Some(&node.name), acc);
    }
}

/// The protocol has no kinds for prose; these have telling icons in the usual editors.
pub(super) fn symbol_kind(kind: NodeKind) -> SymbolKind {
    match kind {
        NodeKind::Heading => SymbolKind::Namespace,
        NodeKind::Entity(EntityKind::Person) => SymbolKind::Class,
        NodeKind::Entity(EntityKind::Group) => SymbolKind::Array,
        NodeKind::Entity(EntityKind::Country) => SymbolKind::Module,
        NodeKind::Entity(EntityKind::Institution) => SymbolKind::Interface,
        NodeKind::Entity(EntityKind::Place) => SymbolKind::Field,
        NodeKind::Quote => SymbolKind::String,
    }
}

/// The findings of the rules, as the editor shows them.
pub(super) fn diagnostics(snapshot: &Snapshot) -> Cancellable<Vec<Diagnostic>> {
    let found = snapshot.analysis.diagnostics()?;
    snapshot.index_for(found.len());
    let sheet = Sheet {
        caps: &snapshot.caps,
        pages: &snapshot.pages,
        config: &snapshot.analysis.settings().config,
        uri: &snapshot.uri,
        text: snapshot.analysis.text(),
        range: &|span| snapshot.range(span),
    };
    let state = snapshot.state();
    let marked = |(i, d)| Diagnostic {
        data: snapshot.caps.diagnostic_data.then(|| mark(&state, i)),
        ..sheet.finding(d)
    };
    Ok(found.iter().enumerate().map(marked).collect())
}

/// By what a finding is known again when the editor hands it back: the state of the document, and its number there.
pub(super) fn mark(state: &str, finding: usize) -> LspAny {
    serde_json::json!([state, finding])
}

/// What findings are shown on: an article, open or not, and what the editor can show.
pub(super) struct Sheet<'a> {
    pub(super) caps: &'a Caps,
    pub(super) pages: &'a Pages,
    pub(super) config: &'a Config,
    pub(super) uri: &'a Uri,
    pub(super) text: &'a str,
    /// A span as the editor counts.
    pub(super) range: &'a dyn Fn(DocSpan) -> Range,
}

impl Sheet<'_> {
    /// One finding.
    pub(super) fn finding(&self, d: &rules::Diagnostic) -> Diagnostic {
        let related = d
            .related
            .iter()
            .map(|(span, message)| DiagnosticRelatedInformation {
                location: Location {
                    uri: self.uri.clone(),
                    range: (self.range)(*span),
                },
                message: message.clone(),
            });
        let wanted = self.caps.related && !d.related.is_empty();
        Diagnostic {
            range: (self.range)(d.span),
            severity: Some(match d.severity {
                Severity::Hint => DiagnosticSeverity::Hint,
                Severity::Info => DiagnosticSeverity::Information,
                Severity::Warning => DiagnosticSeverity::Warning,
                Severity::Error => DiagnosticSeverity::Error,
            }),
            code: Some(Code::String(d.code.to_owned())),
            code_description: self.pages.of(d.code),
            source: Some("copydesk".to_owned()),
            message: d.message.clone().into(),
            tags: self.tag(d).map(|tag| vec![tag]),
            related_information: wanted.then(|| related.collect()),
            ..Diagnostic::default()
        }
    }

    /// What is not needed is shown faint, and a spelling that the house has given up is struck through.
    fn tag(&self, d: &rules::Diagnostic) -> Option<DiagnosticTag> {
        let words = d.span.text(self.text);
        let given_up = || self.config.spelling.iter().any(|s| s.variant == words);
        match d.code {
            "unused-silence" if self.caps.tag_unnecessary => Some(DiagnosticTag::Unnecessary),
            "name-spelling" if self.caps.tag_deprecated && given_up() => Some(DiagnosticTag::Deprecated),
            _ => None,
        }
    }
}

/// The answer to an editor that asks for diagnostics. Empty for a document that is not open.
#[derive(Debug, Default)]
pub(super) struct Report {
    id: Option<String>,
    /// `None`: the same as in the report of that id.
    items: Option<Vec<Diagnostic>>,
}

impl From<Report> for DocumentDiagnosticReport {
    fn from(report: Report) -> Self {
        match (report.items, report.id) {
            (None, Some(result_id)) => RelatedUnchangedDocumentDiagnosticReport {
                unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id },
                ..Default::default()
            }
            .into(),
            (items, result_id) => RelatedFullDocumentDiagnosticReport {
                full_document_diagnostic_report: FullDocumentDiagnosticReport {
                    result_id,
                    items: items.unwrap_or_default(),
                },
                ..Default::default()
            }
            .into(),
        }
    }
}

/// The findings, unless the editor has those of this revision already.
pub(super) fn diagnostic_report(snapshot: &Snapshot, last: Option<String>) -> Cancellable<Report> {
    let id = Some(snapshot.state());
    Ok(Report {
        items: match last.is_some() && last == id {
            true => None,
            false => Some(diagnostics(snapshot)?),
        },
        id,
    })
}

/// What an editor is told that has asked for findings and was overtaken by an edit. The protocol has an answer of its own for
/// that, by which it keeps those that it shows and asks again; VS Code takes them away at any other, so that they flicker
/// while one types.
pub(super) fn ask_again(error: Error) -> Error {
    if error.code != ErrorCode::ContentModified {
        return error;
    }
    let mut again = Error::new(ErrorCode::ServerError(-32802));
    again.message = "an edit has overtaken the question".into();
    again.data = Some(serde_json::json!({"retriggerRequest": true}));
    again
}
