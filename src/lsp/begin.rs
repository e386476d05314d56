//! What the server asks of the editor: settings, and to watch project files. Only ever in tasks of their
//! own; a handler that awaited the editor could wait for an answer that is queued behind it.

use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use futures_util::{FutureExt, future::join_all};
use serde_json::json;
use tower_lsp::gen_lsp_types::{ConfigurationItem, MessageType, Registration};

use crate::lsp::{Shared, index, session::Session};

/// So long a writer of settings has paused before they are read.
const PAUSE: Duration = Duration::from_millis(250);

/// So long an editor may think about what it is asked at the beginning; then the articles are read all the same.
const PATIENCE: Duration = Duration::from_secs(5);

/// Once the editor is ready: asks for what it can give, and reads the articles.
pub(super) async fn begin(shared: Arc<Shared>) {
    // What is answered later counts from then on.
    let asked = tokio::spawn(ask(shared.clone()));
    let _ = tokio::time::timeout(PATIENCE, asked).await;
    shared.begun.store(true, Ordering::Release);
    index::build(shared).await;
}

async fn ask(shared: Arc<Shared>) {
    let caps = shared.session().caps().clone();
    let mut wanted = Vec::new();
    if caps.watch {
        let mut watched = shared.session().watched();
        watched.extend([index::ARTICLES, index::HIDDEN].map(str::to_owned));
        let watchers: Vec<_> = watched.iter().map(|glob| json!({"globPattern": glob})).collect();
        wanted.push(Registration {
            id: "copydesk-projects".to_owned(),
            method: "workspace/didChangeWatchedFiles".to_owned(),
            register_options: Some(json!({"watchers": watchers})),
        });
    }
    if caps.register_configuration {
        wanted.push(Registration {
            id: "copydesk-settings".to_owned(),
            method: "workspace/didChangeConfiguration".to_owned(),
            register_options: Some(json!({"section": "copydesk"})),
        });
    }
    if !wanted.is_empty()
        && let Err(e) = shared.client.register_capability(wanted).await
    {
        let line = format!("the editor watches no files: {}", e.message);
        shared.write(|session| session.outbox.lines.push((MessageType::Warning, line, false)));
    }
    read_configuration(shared).await;
}

/// Asks for the section `copydesk`, if the editor answers such questions: once for all, and once for each folder.
pub(super) async fn read_configuration(shared: Arc<Shared>) {
    if !shared.session().caps().configuration {
        return;
    }
    let (number, folders) = shared.session().question();
    let scopes = std::iter::once(None).chain(folders.values().cloned().map(Some));
    let items = scopes.map(|scope_uri| ConfigurationItem {
        scope_uri,
        section: Some("copydesk".to_owned()),
    });
    if let Ok(sections) = shared.client.configuration(items.collect()).await {
        shared.write(|session| session.answered(number, &folders, &sections));
    }
}

/// Reads files of projects again that are edited, once their writer pauses.
pub(super) async fn reread(shared: Arc<Shared>) {
    let edits = shared.session().settings_edits();
    tokio::time::sleep(PAUSE).await;
    // Another edit has its own turn.
    if edits == shared.session().settings_edits() {
        shared.write(Session::reload);
    }
}

/// An editor is told to ask again for what it has asked before the settings changed.
pub(super) async fn refresh(shared: Arc<Shared>) {
    shared.news.tell();
    let caps = shared.session().caps().clone();
    let client = &shared.client;
    let wanted = [
        (caps.pull && caps.pull_refresh).then(|| client.workspace_diagnostic_refresh().boxed()),
        caps.token_refresh
            .then(|| client.semantic_tokens_refresh().boxed()),
        caps.lens_refresh.then(|| client.code_lens_refresh().boxed()),
        caps.hint_refresh.then(|| client.inlay_hint_refresh().boxed()),
    ];
    // All at once, for an editor may answer one of them never; one that refuses asks again at the next change.
    join_all(wanted.into_iter().flatten()).await;
}
