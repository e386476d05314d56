//! What the editor can do, in the few words that matter here, and what the server offers in return.

use tower_lsp::gen_lsp_types::{
    ClientCapabilities, DiagnosticOptions, DiagnosticsCapabilities, DocumentSymbolOptions, InitializeResult,
    MarkupKind, PositionEncodingKind, SaveOptions, ServerCapabilities, ServerInfo, TextDocumentSyncKind,
    TextDocumentSyncOptions, WorkDoneProgressOptions, WorkspaceFoldersServerCapabilities, WorkspaceOptions,
};

use crate::text::position::Encoding;

/// What one editor can do. The default is an editor that has announced nothing.
#[derive(Clone, Debug, Default)]
pub(super) struct Caps {
    /// How it counts columns, as negotiated.
    pub(super) encoding: Encoding,
    /// It asks for diagnostics; nothing is pushed then.
    pub(super) pull: bool,
    /// It wants to be told when to ask again.
    pub(super) pull_refresh: bool,
    /// Its hovers render Markdown.
    pub(super) hover_markdown: bool,
    /// It shows a tree of symbols.
    pub(super) symbol_tree: bool,
    /// Its definitions may say which words they start from.
    pub(super) definition_links: bool,
    /// Its diagnostics may point to other places.
    pub(super) related: bool,
    /// Its diagnostics may link to a rule's page.
    pub(super) rule_pages: bool,
    /// It answers `workspace/configuration`.
    pub(super) configuration: bool,
    /// It watches files if asked.
    pub(super) watch: bool,
    /// It wants to be asked before it tells of changed settings.
    pub(super) register_configuration: bool,
}

impl Caps {
    /// Reads what an editor announces.
    pub(super) fn new(client: &ClientCapabilities) -> Self {
        let text = client.text_document.clone().unwrap_or_default();
        let workspace = client.workspace.clone().unwrap_or_default();
        let general = client.general.clone().unwrap_or_default();
        let pull = text.diagnostic.is_some();
        let diagnostics = match &text.diagnostic {
            Some(diagnostic) => &diagnostic.diagnostics_capabilities,
            None => match &text.publish_diagnostics {
                Some(publish) => &publish.diagnostics_capabilities,
                None => &DiagnosticsCapabilities::default(),
            },
        };
        Self {
            encoding: encoding(general.position_encodings.as_deref().unwrap_or(&[])),
            pull,
            pull_refresh: workspace
                .diagnostics
                .is_some_and(|d| d.refresh_support == Some(true)),
            hover_markdown: text
                .hover
                .and_then(|h| h.content_format)
                .is_some_and(|formats| prefers_markdown(&formats)),
            symbol_tree: text
                .document_symbol
                .is_some_and(|s| s.hierarchical_document_symbol_support == Some(true)),
            definition_links: text.definition.is_some_and(|d| d.link_support == Some(true)),
            related: diagnostics.related_information == Some(true),
            rule_pages: diagnostics.code_description_support == Some(true),
            configuration: workspace.configuration == Some(true),
            watch: workspace
                .did_change_watched_files
                .is_some_and(|w| w.dynamic_registration == Some(true)),
            register_configuration: workspace
                .did_change_configuration
                .is_some_and(|c| c.dynamic_registration == Some(true)),
        }
    }

    /// What the server offers this editor.
    pub(super) fn answer(&self) -> InitializeResult {
        InitializeResult {
            capabilities: ServerCapabilities {
                position_encoding: Some(match self.encoding {
                    Encoding::Utf8 => PositionEncodingKind::UTF8,
                    Encoding::Utf16 => PositionEncodingKind::UTF16,
                    Encoding::Utf32 => PositionEncodingKind::UTF32,
                }),
                text_document_sync: Some(
                    TextDocumentSyncOptions {
                        open_close: Some(true),
                        change: Some(TextDocumentSyncKind::Incremental),
                        save: Some(
                            SaveOptions {
                                include_text: Some(false),
                            }
                            .into(),
                        ),
                        ..Default::default()
                    }
                    .into(),
                ),
                hover_provider: Some(true.into()),
                definition_provider: Some(true.into()),
                references_provider: Some(true.into()),
                document_highlight_provider: Some(true.into()),
                document_symbol_provider: Some(
                    DocumentSymbolOptions {
                        label: Some("People & quotes".to_owned()),
                        work_done_progress_options: WorkDoneProgressOptions::default(),
                    }
                    .into(),
                ),
                diagnostic_provider: self.pull.then(|| {
                    DiagnosticOptions {
                        identifier: Some("copydesk".to_owned()),
                        inter_file_dependencies: false,
                        workspace_diagnostics: false,
                        work_done_progress_options: WorkDoneProgressOptions::default(),
                    }
                    .into()
                }),
                workspace: Some(WorkspaceOptions {
                    workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                        supported: Some(true),
                        change_notifications: Some(true.into()),
                    }),
                    ..Default::default()
                }),
                ..Default::default()
            },
            server_info: Some(ServerInfo {
                name: "copydesk".to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
        }
    }
}

/// UTF-8 if it is offered, since no conversion is needed then; else UTF-32, whose columns cannot split a
/// character, only where UTF-16 is not offered; UTF-16 is what every editor must know.
fn encoding(offered: &[PositionEncodingKind]) -> Encoding {
    let has = |kind| offered.contains(&kind);
    if has(PositionEncodingKind::UTF8) {
        Encoding::Utf8
    } else if has(PositionEncodingKind::UTF32) && !has(PositionEncodingKind::UTF16) {
        Encoding::Utf32
    } else {
        Encoding::Utf16
    }
}

/// Whether Markdown comes before plain text in the editor's order of preference.
fn prefers_markdown(formats: &[MarkupKind]) -> bool {
    let place = |kind| formats.iter().position(|f| *f == kind);
    match (place(MarkupKind::Markdown), place(MarkupKind::PlainText)) {
        (Some(markdown), Some(plain)) => markdown < plain,
        (markdown, _) => markdown.is_some(),
    }
}
