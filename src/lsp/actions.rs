//! Code actions: what may be done about the findings, as edits that the server makes itself.

use serde::{Deserialize, Serialize};
use tower_lsp::{
    gen_lsp_types::{
        CodeAction, CodeActionContext, CodeActionKind, CodeActionResponse, Command, Diagnostic, Range,
        WorkspaceEdit,
    },
    jsonrpc::{Error, ErrorCode},
};

use crate::{
    base::span::DocSpan,
    ide::{
        fix::{self, Action},
        host::Cancellable,
    },
    lsp::{requests, snapshot::Snapshot},
    semantic::article::Article,
};

/// The command of editors that know no code actions but commands.
pub(super) const APPLY: &str = "copydesk.apply";

/// Which action is meant, when it is asked for its edit later.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct Ticket {
    pub(super) uri: String,
    /// The state of the document that the offer was made for.
    state: String,
    range: Range,
    index: usize,
}

/// Everything offered for a range, in a fixed order; the last may be the one that fixes all.
fn offers(
    snapshot: &Snapshot,
    article: &Article,
    span: DocSpan,
) -> Cancellable<(Vec<Action>, Vec<Diagnostic>)> {
    let found = snapshot.analysis.diagnostics()?;
    let format = snapshot.analysis.settings().context.format;
    let mut actions = fix::actions(article, &found, format, span);
    actions.extend(fix::fix_all(&found));
    Ok((actions, requests::diagnostics(snapshot)?))
}

pub(super) fn code_actions(
    snapshot: &Snapshot,
    article: &Article,
    range: Range,
    context: &CodeActionContext,
) -> Cancellable<Option<Vec<CodeActionResponse>>> {
    let (actions, diagnostics) = offers(snapshot, article, snapshot.span(range))?;
    let caps = &snapshot.caps;
    let mut list = Vec::new();
    if !caps.action_literals && !caps.apply_edit {
        // It can take neither an action with its edit nor the edit that a command would lead to.
        return Ok(Some(list));
    }
    for (index, action) in actions.into_iter().enumerate() {
        let kind = kind(&action);
        if context
            .only
            .as_ref()
            .is_some_and(|only| !only.iter().any(|o| holds(o, &kind)))
        {
            continue;
        }
        let ticket = Ticket {
            uri: snapshot.uri.0.clone(),
            state: snapshot.state(),
            range,
            index,
        };
        // A ticket is a plain structure, which always serializes.
        let data = serde_json::to_value(ticket).unwrap_or_default();
        list.push(match caps.action_literals {
            true => CodeActionResponse::CodeAction(CodeAction {
                title: action.title,
                kind: Some(kind),
                diagnostics: action
                    .finding
                    .and_then(|i| diagnostics.get(i))
                    .map(|d| vec![d.clone()]),
                is_preferred: (action.preferred && caps.action_preferred).then_some(true),
                edit: (!caps.action_resolve).then(|| snapshot.workspace_edit(&action.edits)),
                data: caps.action_resolve.then_some(data),
                ..CodeAction::default()
            }),
            false => CodeActionResponse::Command(Command {
                title: action.title,
                tooltip: None,
                command: APPLY.to_owned(),
                arguments: Some(vec![data]),
            }),
        });
    }
    Ok(Some(list))
}

/// The edit behind a ticket; an edit of the document since then makes it worthless.
pub(super) fn edit(
    snapshot: &Snapshot,
    article: &Article,
    ticket: Option<Ticket>,
) -> Cancellable<Option<Result<Option<WorkspaceEdit>, Error>>> {
    let Some(ticket) = ticket else {
        return Ok(None);
    };
    let action = redeem(snapshot, article, &ticket)?;
    Ok(Some(action.map(|a| Some(snapshot.workspace_edit(&a.edits)))))
}

fn redeem(snapshot: &Snapshot, article: &Article, ticket: &Ticket) -> Cancellable<Result<Action, Error>> {
    if ticket.state != snapshot.state() {
        return Ok(Err(Error::content_modified()));
    }
    let (mut actions, _) = offers(snapshot, article, snapshot.span(ticket.range))?;
    Ok(match ticket.index < actions.len() {
        true => Ok(actions.swap_remove(ticket.index)),
        false => Err(Error::new(ErrorCode::InvalidParams)),
    })
}

fn kind(action: &Action) -> CodeActionKind {
    match action.finding {
        Some(_) => CodeActionKind::QuickFix,
        None => CodeActionKind::Custom("source.fixAll.copydesk".into()),
    }
}

/// Whether an editor that asks for `wanted` wants `kind`: kinds are hierarchical, `source` holds
/// `source.fixAll.copydesk`.
fn holds(wanted: &CodeActionKind, kind: &CodeActionKind) -> bool {
    let (wanted, kind) = (name(wanted), name(kind));
    wanted.is_empty()
        || kind
            .strip_prefix(&wanted)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn name(kind: &CodeActionKind) -> String {
    serde_json::to_value(kind)
        .ok()
        .and_then(|v| Some(v.as_str()?.to_owned()))
        .unwrap_or_default()
}
