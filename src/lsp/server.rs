//! The protocol's methods. A handler changes the session or takes a snapshot first, before anything is
//! awaited, and leaves the rest to others; it is never longer than three lines.

use std::sync::{Arc, atomic::Ordering};

use serde::de::DeserializeOwned;
use tower_lsp::{
    Client, ClientSocket, LanguageServer, LspService,
    gen_lsp_types::{
        CallHierarchyIncomingCall, CallHierarchyIncomingCallsParams, CallHierarchyItem,
        CallHierarchyOutgoingCall, CallHierarchyOutgoingCallsParams, CallHierarchyPrepareParams,
        CodeActionParams, CodeActionResponse, CodeLensParams, CompletionParams, CompletionResponse,
        CreateFilesParams, DefinitionParams, DefinitionResponse, DeleteFilesParams,
        DidChangeConfigurationParams, DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams,
        DidCloseTextDocumentParams, DidSaveTextDocumentParams, DocumentDiagnosticParams,
        DocumentDiagnosticReport, DocumentHighlight, DocumentHighlightParams, DocumentLinkParams,
        DocumentSymbolParams, ExecuteCommandParams, FoldingRangeParams, Hover, HoverParams, InitializeParams,
        InitializeResult, InitializedParams, InlayHintParams, LspAny, PrepareRenameResult, ReferenceParams,
        RenameFilesParams, RenameParams, SelectionRange, SelectionRangeParams, SemanticTokensDeltaParams,
        SemanticTokensParams, SemanticTokensRangeParams, TextDocumentContentParams,
        TextDocumentContentResult, TextDocumentPositionParams, WorkDoneProgressCancelParams,
        WorkspaceDiagnosticParams, WorkspaceDiagnosticReport, WorkspaceEdit, WorkspaceSymbolParams,
        WorkspaceSymbolResponse,
    },
    jsonrpc::{Error, Result},
};

use crate::lsp::{
    Shared, actions, begin, colors, commands, features, files, index,
    later::{self, Late},
    pages, parent,
    ready::Ready,
    requests::{self, Report},
    run::{ready, run},
    session::Session,
    workspace,
};

/// The server that one editor talks to.
#[derive(Debug)]
pub(super) struct Server(pub(super) Arc<Shared>);

/// The service with every method that the server has; what is not listed here is refused. Listing them
/// keeps the code of some fifty others out of the program.
pub(super) fn service(new: impl FnOnce(Client) -> Server) -> (LspService<Server>, ClientSocket) {
    LspService::build_with_lifecycle_methods(new)
        .custom_method("textDocument/didOpen", Server::open_document)
        .custom_method("textDocument/didChange", Server::change_document)
        .custom_method("textDocument/didClose", Server::did_close)
        .custom_method("textDocument/didSave", Server::did_save)
        .custom_method(
            "workspace/didChangeConfiguration",
            Server::did_change_configuration,
        )
        .custom_method(
            "workspace/didChangeWatchedFiles",
            Server::did_change_watched_files,
        )
        .custom_method("textDocument/hover", Server::hover)
        .custom_method("textDocument/definition", Server::goto_definition)
        .custom_method("textDocument/references", Server::references)
        .custom_method("textDocument/documentHighlight", Server::document_highlight)
        .custom_method("textDocument/documentSymbol", Server::document_symbol)
        .custom_method("textDocument/diagnostic", Server::diagnostic)
        .custom_method("textDocument/semanticTokens/full", Server::semantic_tokens_full)
        .custom_method(
            "textDocument/semanticTokens/full/delta",
            Server::semantic_tokens_full_delta,
        )
        .custom_method("textDocument/semanticTokens/range", Server::semantic_tokens_range)
        .custom_method("textDocument/inlayHint", Server::inlay_hint)
        .custom_method("textDocument/codeLens", Server::code_lens)
        .custom_method("textDocument/documentLink", Server::document_link)
        .custom_method("inlayHint/resolve", Server::complete_hint)
        .custom_method("codeLens/resolve", Server::complete_lens)
        .custom_method("documentLink/resolve", Server::complete_link)
        .custom_method("completionItem/resolve", Server::complete_completion)
        .custom_method("textDocument/foldingRange", Server::folding_range)
        .custom_method("textDocument/selectionRange", Server::selection_range)
        .custom_method("textDocument/completion", Server::completion)
        .custom_method("textDocument/prepareRename", Server::prepare_rename)
        .custom_method("textDocument/rename", Server::rename)
        .custom_method("textDocument/codeAction", Server::code_action)
        .custom_method("codeAction/resolve", Server::complete_action)
        .custom_method("workspace/executeCommand", Server::execute_command)
        .custom_method("workspace/symbol", Server::symbol)
        .custom_method("workspaceSymbol/resolve", Server::complete_symbol)
        .custom_method("workspace/diagnostic", Server::workspace_diagnostic)
        .custom_method("workspace/textDocumentContent", Server::text_document_content)
        .custom_method(
            "workspace/didChangeWorkspaceFolders",
            Server::did_change_workspace_folders,
        )
        .custom_method("workspace/didCreateFiles", Server::did_create_files)
        .custom_method("workspace/willRenameFiles", Server::will_rename_files)
        .custom_method("workspace/didRenameFiles", Server::did_rename_files)
        .custom_method("workspace/didDeleteFiles", Server::did_delete_files)
        .custom_method(
            "window/workDoneProgress/cancel",
            Server::work_done_progress_cancel,
        )
        .custom_method(
            "textDocument/prepareCallHierarchy",
            Server::prepare_call_hierarchy,
        )
        .custom_method("callHierarchy/incomingCalls", Server::incoming_calls)
        .custom_method("callHierarchy/outgoingCalls", Server::outgoing_calls)
        .finish()
}

/// Answers that may be large; the trait below would have them as values.
impl Server {
    async fn references(&self, params: ReferenceParams) -> Result<Ready> {
        let (snapshot, at) = self.0.at(params.text_document_position_params);
        let all = params.context.include_declaration;
        ready(snapshot, self.0.probe(), move |s, a| {
            Ok(requests::references(s, a, at, all))
        })
        .await
    }

    async fn document_symbol(&self, params: DocumentSymbolParams) -> Result<Ready> {
        let snapshot = self.0.of(&params.text_document);
        ready(snapshot, self.0.probe(), |s, a| Ok(requests::symbols(s, a))).await
    }

    async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<Ready> {
        let report = |report: Report| DocumentDiagnosticReport::from(report);
        let Some(snapshot) = self.0.of(&params.text_document) else {
            return Ok(Ready::new(&report(Report::default())));
        };
        let last = params.previous_result_id;
        let answer = ready(Some(snapshot), self.0.probe(), move |s, _| {
            requests::diagnostic_report(s, last).map(report)
        });
        answer.await.map_err(requests::ask_again)
    }

    async fn semantic_tokens_full(&self, params: SemanticTokensParams) -> Result<Ready> {
        let snapshot = self.0.of(&params.text_document);
        ready(snapshot, self.0.probe(), |s, a| Ok(colors::full(s, a))).await
    }

    async fn semantic_tokens_full_delta(&self, params: SemanticTokensDeltaParams) -> Result<Ready> {
        let snapshot = self.0.of(&params.text_document);
        let last = params.previous_result_id;
        ready(snapshot, self.0.probe(), move |s, a| {
            Ok(colors::delta(s, a, &last))
        })
        .await
    }

    async fn semantic_tokens_range(&self, params: SemanticTokensRangeParams) -> Result<Ready> {
        let snapshot = self.0.of(&params.text_document);
        ready(snapshot, self.0.probe(), move |s, a| {
            Ok(colors::range(s, a, params.range))
        })
        .await
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Ready> {
        let snapshot = self.0.of(&params.text_document);
        ready(snapshot, self.0.probe(), move |s, a| {
            Ok(features::hints(s, a, params.range))
        })
        .await
    }

    async fn code_lens(&self, params: CodeLensParams) -> Result<Ready> {
        let snapshot = self.0.of(&params.text_document);
        ready(snapshot, self.0.probe(), |s, a| Ok(features::lenses(s, a))).await
    }

    async fn document_link(&self, params: DocumentLinkParams) -> Result<Ready> {
        let snapshot = self.0.of(&params.text_document);
        ready(snapshot, self.0.probe(), |s, a| Ok(features::links(s, a))).await
    }

    async fn folding_range(&self, params: FoldingRangeParams) -> Result<Ready> {
        let snapshot = self.0.of(&params.text_document);
        ready(snapshot, self.0.probe(), |s, a| Ok(features::folds(s, a))).await
    }
}

/// What completes offers, and what the trait below has no place for.
impl Server {
    async fn complete_hint(&self, hint: LspAny) -> Result<LspAny> {
        later::resolve(self.0.clone(), Late::Hint, hint).await
    }

    async fn complete_lens(&self, lens: LspAny) -> Result<LspAny> {
        later::resolve(self.0.clone(), Late::Lens, lens).await
    }

    async fn complete_completion(&self, item: LspAny) -> Result<LspAny> {
        later::resolve(self.0.clone(), Late::Completion, item).await
    }

    async fn complete_action(&self, action: LspAny) -> Result<LspAny> {
        later::resolve(self.0.clone(), Late::Action, action).await
    }

    async fn complete_link(&self, link: LspAny) -> Result<LspAny> {
        Ok(later::link(link))
    }

    async fn complete_symbol(&self, symbol: LspAny) -> Result<LspAny> {
        workspace::resolve(self.0.clone(), symbol).await
    }

    async fn text_document_content(
        &self,
        params: TextDocumentContentParams,
    ) -> Result<TextDocumentContentResult> {
        let text = pages::text(&params.uri.0);
        let text = text.ok_or_else(|| Error::invalid_params("the server has no such document"))?;
        Ok(TextDocumentContentResult { text })
    }

    async fn open_document(&self, params: LspAny) {
        self.taken("textDocument/didOpen", params, Session::open);
        self.0.news.tell();
    }

    async fn change_document(&self, params: LspAny) {
        self.taken("textDocument/didChange", params, Session::change);
    }

    /// Changes the session by what a notification says. One that cannot be read would be lost without a word, and the
    /// document no longer be the editor's.
    fn taken<P: DeserializeOwned>(&self, method: &str, params: LspAny, change: impl FnOnce(&mut Session, P)) {
        match serde_json::from_value(params) {
            Ok(params) => self.0.write(|session| change(session, params)),
            Err(e) => self
                .0
                .warn(format!("a {method} cannot be read and is left out: {e}")),
        }
    }

    async fn work_done_progress_cancel(&self, params: WorkDoneProgressCancelParams) {
        index::cancel(&self.0, &params.token);
    }
}

impl LanguageServer for Server {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        self.0.session().initialize(&params);
        parent::watch(params.process_id, &self.0);
        Ok(self.0.session().caps().answer())
    }

    async fn initialized(&self, _: InitializedParams) {
        tokio::spawn(begin::begin(self.0.clone()));
    }

    async fn shutdown(&self) -> Result<()> {
        self.0.shut_down.store(true, Ordering::Release);
        self.0.news.end();
        let shared = self.0.clone();
        let _ = tokio::task::spawn_blocking(move || index::save(&shared)).await;
        Ok(())
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        self.0.write(|session| session.close(&params.text_document.uri));
        self.0.news.tell();
    }

    async fn did_save(&self, params: DidSaveTextDocumentParams) {
        self.0.write(|session| session.saved(&params.text_document.uri));
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        self.0
            .write(|session| session.configure_if_sent(&params.settings));
        tokio::spawn(begin::read_configuration(self.0.clone()));
    }

    async fn did_change_watched_files(&self, params: DidChangeWatchedFilesParams) {
        self.0
            .write(|session| session.changed_on_disk(params.changes.iter().map(|c| &c.uri)));
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let (snapshot, at) = self.0.at(params.text_document_position_params);
        run(snapshot, self.0.probe(), move |s, a| {
            Ok(requests::hover(s, a, at))
        })
        .await
    }

    async fn goto_definition(&self, params: DefinitionParams) -> Result<Option<DefinitionResponse>> {
        let (snapshot, at) = self.0.at(params.text_document_position_params);
        run(snapshot, self.0.probe(), move |s, a| {
            Ok(requests::definition(s, a, at))
        })
        .await
    }

    async fn document_highlight(
        &self,
        params: DocumentHighlightParams,
    ) -> Result<Option<Vec<DocumentHighlight>>> {
        let (snapshot, at) = self.0.at(params.text_document_position_params);
        run(snapshot, self.0.probe(), move |s, a| {
            Ok(requests::highlight(s, a, at))
        })
        .await
    }

    async fn selection_range(&self, params: SelectionRangeParams) -> Result<Option<Vec<SelectionRange>>> {
        let snapshot = self.0.of(&params.text_document);
        run(snapshot, self.0.probe(), move |s, a| {
            Ok(features::selections(s, a, &params.positions))
        })
        .await
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        let (snapshot, at) = self.0.at(params.text_document_position_params);
        run(snapshot, self.0.probe(), move |s, a| {
            Ok(features::completion(s, a, at))
        })
        .await
    }

    async fn prepare_rename(
        &self,
        params: TextDocumentPositionParams,
    ) -> Result<Option<PrepareRenameResult>> {
        let (snapshot, at) = self.0.at(params);
        or_else(
            run(snapshot, self.0.probe(), move |s, a| {
                Ok(Some(features::prepare_rename(s, a, at)))
            })
            .await,
        )
    }

    async fn rename(&self, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
        let (snapshot, at) = self.0.at(params.text_document_position_params);
        let new = params.new_name;
        or_else(
            run(snapshot, self.0.probe(), move |s, a| {
                Ok(Some(features::rename(s, a, at, &new)))
            })
            .await,
        )
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<Vec<CodeActionResponse>>> {
        let snapshot = self.0.of(&params.text_document);
        let (shared, range, context) = (self.0.clone(), params.range, params.context);
        run(snapshot, self.0.probe(), move |s, a| {
            actions::code_actions(&shared, s, a, range, &context)
        })
        .await
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<LspAny>> {
        commands::execute(self.0.clone(), params).await
    }

    async fn symbol(&self, params: WorkspaceSymbolParams) -> Result<Option<WorkspaceSymbolResponse>> {
        workspace::symbols(self.0.clone(), params.query).await
    }

    async fn workspace_diagnostic(
        &self,
        params: WorkspaceDiagnosticParams,
    ) -> Result<WorkspaceDiagnosticReport> {
        let listener = self.0.news.listen();
        Ok(workspace::diagnostics(self.0.clone(), params.previous_result_ids, listener).await)
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        self.0.write(|session| session.change_folders(&params.event));
        tokio::spawn(begin::read_configuration(self.0.clone()));
    }

    async fn did_create_files(&self, params: CreateFilesParams) {
        let uris = params.files.into_iter().map(|f| f.uri);
        self.0.write(|session| session.touch(uris));
    }

    async fn will_rename_files(&self, params: RenameFilesParams) -> Result<Option<WorkspaceEdit>> {
        Ok(files::before_renaming(self.0.clone(), params.files).await)
    }

    async fn did_rename_files(&self, params: RenameFilesParams) {
        self.0.write(|session| session.renamed(&params.files));
        self.0.news.tell();
    }

    async fn did_delete_files(&self, params: DeleteFilesParams) {
        let uris = params.files.into_iter().map(|f| f.uri);
        self.0.write(|session| session.touch(uris));
    }

    async fn prepare_call_hierarchy(
        &self,
        params: CallHierarchyPrepareParams,
    ) -> Result<Option<Vec<CallHierarchyItem>>> {
        let (snapshot, at) = self.0.at(params.text_document_position_params);
        run(snapshot, self.0.probe(), move |s, a| {
            Ok(features::hierarchy(s, a, at))
        })
        .await
    }

    async fn incoming_calls(
        &self,
        params: CallHierarchyIncomingCallsParams,
    ) -> Result<Option<Vec<CallHierarchyIncomingCall>>> {
        let snapshot = self.0.session().snapshot(&params.item.uri.0);
        run(snapshot, self.0.probe(), move |s, a| {
            Ok(features::incoming(s, a, &params.item))
        })
        .await
    }

    async fn outgoing_calls(
        &self,
        params: CallHierarchyOutgoingCallsParams,
    ) -> Result<Option<Vec<CallHierarchyOutgoingCall>>> {
        let snapshot = self.0.session().snapshot(&params.item.uri.0);
        run(snapshot, self.0.probe(), move |s, a| {
            Ok(features::outgoing(s, a, &params.item))
        })
        .await
    }
}

/// An answer that may itself be a refusal; a document that is not open has neither.
fn or_else<T>(answer: Result<Option<Result<Option<T>>>>) -> Result<Option<T>> {
    answer?.unwrap_or(Ok(None))
}
