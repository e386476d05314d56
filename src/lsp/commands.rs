//! Commands: what the server does when the editor says so, and what it asks the editor to do.

use std::sync::Arc;

use serde_json::json;
use tower_lsp::{
    gen_lsp_types::{ExecuteCommandParams, LspAny, MessageType, Range, ShowDocumentParams, WorkspaceEdit},
    jsonrpc::{Error, Result},
};

use crate::{
    base::span::DocSpan,
    lsp::{Shared, actions, later, run::run, snapshot::Snapshot},
};

/// Makes the edit of an action, for editors that know no code actions but commands.
pub(super) const APPLY: &str = "copydesk.apply";

/// Goes to a place.
pub(super) const SHOW: &str = "copydesk.show";

/// A command of the editor's own, for those that announce it: shows a list of places. Its arguments are a document,
/// a position in it, and locations.
pub(super) const SHOW_PLACES: &str = "copydesk.showPlaces";

/// Runs a command of the server's.
pub(super) async fn execute(shared: Arc<Shared>, params: ExecuteCommandParams) -> Result<Option<LspAny>> {
    let data = params.arguments.as_ref().and_then(|a| a.first());
    let (snapshot, what) = later::noted(&shared, data)?;
    match params.command.as_str() {
        APPLY => {
            let probe = shared.probe();
            let own = shared.clone();
            let edit = run(snapshot, probe, move |s, a| {
                Ok(Some(actions::edit(&own, s, a, &what)?))
            })
            .await?;
            apply(shared, edit.transpose()?.flatten());
        }
        SHOW => show(shared, snapshot, &what),
        _ => return Err(Error::invalid_params("there is no such command")),
    }
    Ok(None)
}

/// Asks the editor to make an edit. The answer to the command does not wait for it.
fn apply(shared: Arc<Shared>, edit: Option<WorkspaceEdit>) {
    let Some(edit) = edit.filter(|_| shared.session().caps().apply_edit) else {
        return;
    };
    tokio::spawn(async move {
        let failure = match shared.client.apply_edit(edit).await {
            Ok(answer) if answer.applied => return,
            Ok(answer) => answer.failure_reason.unwrap_or_default(),
            Err(e) => e.message.into_owned(),
        };
        let line = format!("the editor did not make the change: {failure}");
        shared.write(|session| session.outbox.lines.push((MessageType::Warning, line, false)));
    });
}

/// Asks the editor to go to a place of a document.
fn show(shared: Arc<Shared>, snapshot: Option<Snapshot>, what: &LspAny) {
    let (Some(snapshot), Some(span)) = (snapshot, span_of(what)) else {
        return;
    };
    let params = ShowDocumentParams {
        uri: snapshot.uri.clone(),
        external: None,
        take_focus: Some(true),
        selection: Some(snapshot.range(span)),
    };
    tokio::spawn(async move {
        if !matches!(shared.client.show_document(params).await, Ok(true)) {
            let line = "the editor does not go to that place".to_owned();
            shared.write(|session| session.outbox.lines.push((MessageType::Warning, line, false)));
        }
    });
}

/// A span, as a note has it.
pub(super) fn noted_span(span: DocSpan) -> LspAny {
    json!([span.start, span.end])
}

pub(super) fn span_of(what: &LspAny) -> Option<DocSpan> {
    let n = |i: usize| u32::try_from(what.get(i)?.as_u64()?).ok();
    let (start, end) = (n(0)?, n(1)?);
    (start <= end).then_some(DocSpan { start, end })
}

/// The command that shows `places` from `at`, in the editor or by the server; one without a name where neither can.
pub(super) fn show_places(
    snapshot: &Snapshot,
    at: DocSpan,
    places: &[DocSpan],
) -> (String, Option<Vec<LspAny>>) {
    let caps = &snapshot.caps;
    if caps.show_places {
        let Range { start, .. } = snapshot.range(at);
        let places: Vec<_> = places.iter().map(|&span| snapshot.location(span)).collect();
        return (
            SHOW_PLACES.to_owned(),
            Some(vec![json!(snapshot.uri.0), json!(start), json!(places)]),
        );
    }
    // One goes to the next place; of those that stand before it the first is the next.
    let next = places.iter().find(|p| p.start > at.start).or(places.first());
    match next.filter(|_| caps.show_document) {
        Some(&next) => (
            SHOW.to_owned(),
            Some(vec![later::note(snapshot, noted_span(next))]),
        ),
        None => (String::new(), None),
    }
}
