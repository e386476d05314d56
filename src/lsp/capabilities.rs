//! What the editor can do, in the few words that matter here, and what the server offers in return.

use tower_lsp::gen_lsp_types::{
    ClientCapabilities, CodeActionKind, CodeActionOptions, CodeLensOptions, CompletionOptions,
    DiagnosticOptions, DiagnosticTag, DiagnosticsCapabilities, DocumentLinkOptions, DocumentSymbolOptions,
    ExecuteCommandOptions, FileOperationFilter, FileOperationOptions, FileOperationPattern,
    FileOperationPatternKind, FileOperationRegistrationOptions, InitializeResult, InlayHintOptions,
    MarkupKind, PositionEncodingKind, RenameOptions, ResourceOperationKind, SaveOptions,
    SemanticTokensFullDelta, SemanticTokensOptions, ServerCapabilities, ServerInfo,
    TextDocumentContentOptions, TextDocumentSyncKind, TextDocumentSyncOptions, WorkDoneProgressOptions,
    WorkspaceFoldersServerCapabilities, WorkspaceOptions, WorkspaceSymbolOptions,
};

use crate::{
    lsp::{colors, commands, index, pages},
    text::position::Encoding,
};

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
    /// Its diagnostics may be faint.
    pub(super) tag_unnecessary: bool,
    /// Its diagnostics may be struck through.
    pub(super) tag_deprecated: bool,
    /// It hands back what a diagnostic carries.
    pub(super) diagnostic_data: bool,
    /// Its links have tooltips.
    pub(super) link_tooltips: bool,
    /// As many folds as it takes.
    pub(super) max_folds: usize,
    /// It shows a word beside a completion.
    pub(super) label_details: bool,
    /// It knows code actions; otherwise commands.
    pub(super) action_literals: bool,
    /// It asks for the edit of a code action when it is chosen.
    pub(super) action_resolve: bool,
    /// It marks the action that most would take.
    pub(super) action_preferred: bool,
    /// Its edits name the version that they are made for.
    pub(super) versioned_edits: bool,
    /// It asks whether a name can be renamed.
    pub(super) prepare_rename: bool,
    /// It makes edits that the server asks for.
    pub(super) apply_edit: bool,
    /// It goes to a place that the server names.
    pub(super) show_document: bool,
    /// It has a command of its own that shows a list of places.
    pub(super) show_places: bool,
    /// It asks for the command of a lens when it shows it.
    pub(super) lens_resolve: bool,
    /// It asks for the reason behind a hint when it shows it.
    pub(super) hint_resolve: bool,
    /// Its hints lead to places.
    pub(super) hint_places: bool,
    /// Its completions render Markdown.
    pub(super) completion_markdown: bool,
    /// It wants to be told when lenses have changed without an edit.
    pub(super) lens_refresh: bool,
    /// Its edits can make files.
    pub(super) create_files: bool,
    /// It asks what else is to be changed before it renames a file.
    pub(super) will_rename: bool,
    /// It opens documents whose text the server has.
    pub(super) server_documents: bool,
    /// It wants to be told when tokens have changed without an edit.
    pub(super) token_refresh: bool,
    /// The same for inlay hints.
    pub(super) hint_refresh: bool,
    /// It answers `workspace/configuration`.
    pub(super) configuration: bool,
    /// It watches files if asked.
    pub(super) watch: bool,
    /// It wants to be asked before it tells of changed settings.
    pub(super) register_configuration: bool,
    /// It shows how far long work has come.
    pub(super) progress: bool,
    /// It asks for the place of a workspace symbol when one is chosen.
    pub(super) symbol_resolve: bool,
}

impl Caps {
    /// Reads what an editor announces.
    pub(super) fn new(client: &ClientCapabilities) -> Self {
        let text = client.text_document.clone().unwrap_or_default();
        let workspace = client.workspace.clone().unwrap_or_default();
        let general = client.general.clone().unwrap_or_default();
        let pull = text.diagnostic.is_some();
        let actions = text.code_action.clone().unwrap_or_default();
        let completion = text.completion.clone().and_then(|c| c.completion_item);
        let completion = completion.unwrap_or_default();
        let hint = text.inlay_hint.clone().and_then(|h| h.resolve_support);
        let hint_resolves = |property: &str| {
            hint.as_ref()
                .is_some_and(|r| r.properties.iter().any(|p| p == property))
        };
        let lens = text.code_lens.clone().and_then(|l| l.resolve_support);
        let window = client.window.unwrap_or_default();
        let versioned_edits = workspace
            .workspace_edit
            .as_ref()
            .is_some_and(|e| e.document_changes == Some(true));
        let diagnostics = match &text.diagnostic {
            Some(diagnostic) => &diagnostic.diagnostics_capabilities,
            None => match &text.publish_diagnostics {
                Some(publish) => &publish.diagnostics_capabilities,
                None => &DiagnosticsCapabilities::default(),
            },
        };
        let tags = diagnostics
            .tag_support
            .clone()
            .map_or_else(Vec::new, |t| t.value_set);
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
            tag_unnecessary: tags.contains(&DiagnosticTag::Unnecessary),
            tag_deprecated: tags.contains(&DiagnosticTag::Deprecated),
            diagnostic_data: diagnostics.data_support == Some(true),
            rule_pages: diagnostics.code_description_support == Some(true),
            link_tooltips: text
                .document_link
                .is_some_and(|l| l.tooltip_support == Some(true)),
            max_folds: text
                .folding_range
                .and_then(|f| f.range_limit)
                .map_or(usize::MAX, |n| n as usize),
            label_details: completion.label_details_support == Some(true),
            completion_markdown: completion
                .documentation_format
                .is_some_and(|formats| prefers_markdown(&formats)),
            hint_resolve: hint_resolves("tooltip"),
            hint_places: hint_resolves("tooltip") && hint_resolves("label.location"),
            lens_resolve: lens.is_some_and(|r| r.properties.iter().any(|p| p == "command")),
            lens_refresh: workspace
                .code_lens
                .is_some_and(|l| l.refresh_support == Some(true)),
            show_document: window.show_document.is_some_and(|s| s.support),
            show_places: announced(client, commands::SHOW_PLACES),
            action_literals: actions.code_action_literal_support.is_some(),
            action_resolve: actions.data_support == Some(true)
                && actions
                    .resolve_support
                    .is_some_and(|r| r.properties.iter().any(|p| p == "edit")),
            action_preferred: actions.is_preferred_support == Some(true),
            versioned_edits,
            create_files: workspace
                .workspace_edit
                .and_then(|e| e.resource_operations)
                .is_some_and(|kinds| kinds.contains(&ResourceOperationKind::Create)),
            will_rename: workspace
                .file_operations
                .is_some_and(|o| o.will_rename == Some(true)),
            prepare_rename: text.rename.is_some_and(|r| r.prepare_support == Some(true)),
            apply_edit: workspace.apply_edit == Some(true),
            server_documents: workspace.text_document_content.is_some(),
            token_refresh: workspace
                .semantic_tokens
                .is_some_and(|s| s.refresh_support == Some(true)),
            hint_refresh: workspace
                .inlay_hint
                .is_some_and(|h| h.refresh_support == Some(true)),
            configuration: workspace.configuration == Some(true),
            watch: workspace
                .did_change_watched_files
                .is_some_and(|w| w.dynamic_registration == Some(true)),
            register_configuration: workspace
                .did_change_configuration
                .is_some_and(|c| c.dynamic_registration == Some(true)),
            progress: window.work_done_progress == Some(true),
            symbol_resolve: workspace
                .symbol
                .and_then(|s| s.resolve_support)
                .is_some_and(|r| r.properties.iter().any(|p| p == "location.range")),
        }
    }

    /// The commands that the server runs for this editor: those that lead to something it can do.
    fn commands(&self) -> Vec<String> {
        let all = [
            (self.apply_edit, commands::APPLY),
            (self.show_document, commands::SHOW),
        ];
        let usable = all.iter().filter(|(can, _)| *can);
        usable.map(|(_, name)| (*name).to_owned()).collect()
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
                semantic_tokens_provider: Some(
                    SemanticTokensOptions {
                        legend: colors::legend(),
                        range: Some(true.into()),
                        full: Some(SemanticTokensFullDelta { delta: Some(true) }.into()),
                        work_done_progress_options: WorkDoneProgressOptions::default(),
                    }
                    .into(),
                ),
                // The protocol allows the longer form only to those that know code actions as such.
                code_action_provider: Some(match self.action_literals {
                    true => CodeActionOptions {
                        code_action_kinds: Some(vec![
                            CodeActionKind::QuickFix,
                            CodeActionKind::Custom("source.fixAll.copydesk".into()),
                        ]),
                        resolve_provider: Some(true),
                        ..Default::default()
                    }
                    .into(),
                    false => true.into(),
                }),
                execute_command_provider: Some(self.commands()).filter(|list| !list.is_empty()).map(
                    |commands| ExecuteCommandOptions {
                        commands,
                        work_done_progress_options: WorkDoneProgressOptions::default(),
                    },
                ),
                completion_provider: Some(CompletionOptions {
                    resolve_provider: Some(true),
                    ..CompletionOptions::default()
                }),
                rename_provider: Some(match self.prepare_rename {
                    true => RenameOptions {
                        prepare_provider: Some(true),
                        work_done_progress_options: WorkDoneProgressOptions::default(),
                    }
                    .into(),
                    false => true.into(),
                }),
                code_lens_provider: Some(CodeLensOptions {
                    resolve_provider: Some(true),
                    work_done_progress_options: WorkDoneProgressOptions::default(),
                }),
                inlay_hint_provider: Some(
                    InlayHintOptions {
                        resolve_provider: Some(true),
                        work_done_progress_options: WorkDoneProgressOptions::default(),
                    }
                    .into(),
                ),
                document_link_provider: Some(DocumentLinkOptions {
                    resolve_provider: Some(true),
                    work_done_progress_options: WorkDoneProgressOptions::default(),
                }),
                folding_range_provider: Some(true.into()),
                selection_range_provider: Some(true.into()),
                workspace_symbol_provider: Some(
                    WorkspaceSymbolOptions {
                        resolve_provider: Some(true),
                        work_done_progress_options: WorkDoneProgressOptions::default(),
                    }
                    .into(),
                ),
                call_hierarchy_provider: Some(true.into()),
                diagnostic_provider: self.pull.then(|| {
                    DiagnosticOptions {
                        identifier: Some("copydesk".to_owned()),
                        inter_file_dependencies: false,
                        workspace_diagnostics: true,
                        work_done_progress_options: WorkDoneProgressOptions::default(),
                    }
                    .into()
                }),
                workspace: Some(WorkspaceOptions {
                    workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                        supported: Some(true),
                        change_notifications: Some(true.into()),
                    }),
                    file_operations: Some(FileOperationOptions {
                        did_create: Some(articles()),
                        did_rename: Some(articles()),
                        will_rename: self.will_rename.then(articles),
                        did_delete: Some(articles()),
                        ..Default::default()
                    }),
                    text_document_content: self.server_documents.then(|| {
                        TextDocumentContentOptions {
                            schemes: vec![pages::SCHEME.to_owned()],
                        }
                        .into()
                    }),
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

/// The files and folders whose renaming and so on the server wants to know of.
fn articles() -> FileOperationRegistrationOptions {
    let filter = |glob: &str, matches| FileOperationFilter {
        scheme: Some("file".to_owned()),
        pattern: FileOperationPattern {
            glob: glob.to_owned(),
            matches: Some(matches),
            options: None,
        },
    };
    FileOperationRegistrationOptions {
        filters: vec![
            filter(index::ARTICLES, FileOperationPatternKind::File),
            filter("**/*.kb", FileOperationPatternKind::File),
            filter("**/*", FileOperationPatternKind::Folder),
        ],
    }
}

/// Whether an editor has a command of its own, as those say it that have any.
fn announced(client: &ClientCapabilities, command: &str) -> bool {
    let own = client.experimental.as_ref();
    let own = own.and_then(|e| e.get("commands")?.get("commands")?.as_array());
    own.is_some_and(|list| list.iter().any(|c| c == command))
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
