//! The protocol's methods. A handler changes the session or takes a snapshot first, before anything is
//! awaited, and leaves the rest to others; it is never longer than three lines.

use std::sync::{Arc, atomic::Ordering};

use tower_lsp::{
    LanguageServer,
    gen_lsp_types::{
        DefinitionParams, DefinitionResponse, DidChangeConfigurationParams, DidChangeTextDocumentParams,
        DidChangeWatchedFilesParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams,
        DidSaveTextDocumentParams, DocumentDiagnosticParams, DocumentDiagnosticReport, DocumentHighlight,
        DocumentHighlightParams, DocumentSymbolParams, DocumentSymbolResponse, Hover, HoverParams,
        InitializeParams, InitializeResult, InitializedParams, Location, ReferenceParams,
    },
    jsonrpc::Result,
};

use crate::lsp::{
    Shared, begin, parent,
    requests::{self, Report},
    run::run,
};

/// The server that one editor talks to.
#[derive(Debug)]
pub(super) struct Server(pub(super) Arc<Shared>);

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
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        self.0.write(|session| session.open(params));
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        self.0.write(|session| session.change(params));
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        self.0.write(|session| session.close(&params.text_document.uri));
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

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        let (snapshot, at) = self.0.at(params.text_document_position_params);
        let all = params.context.include_declaration;
        run(snapshot, self.0.probe(), move |s, a| {
            Ok(requests::references(s, a, at, all))
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

    async fn document_symbol(&self, params: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        let snapshot = self.0.session().snapshot(&params.text_document.uri.0);
        run(snapshot, self.0.probe(), |s, a| Ok(requests::symbols(s, a))).await
    }

    async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReport> {
        let snapshot = self.0.session().snapshot(&params.text_document.uri.0);
        let last = params.previous_result_id;
        run(snapshot, self.0.probe(), |s, _| {
            requests::diagnostic_report(s, last)
        })
        .await
        .map(Report::into)
    }
}
