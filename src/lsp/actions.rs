//! Code actions: what may be done about the findings, as edits that the server makes itself.

use serde_json::json;
use tower_lsp::{
    gen_lsp_types::{
        CodeAction, CodeActionContext, CodeActionKind, CodeActionResponse, Command, Diagnostic, LspAny,
        Range, WorkspaceEdit,
    },
    jsonrpc::{Error, ErrorCode},
};

use crate::{
    base::span::DocSpan,
    ide::{
        fix::{self, Action},
        host::Cancellable,
    },
    lsp::{commands, later, requests, snapshot::Snapshot},
    semantic::article::Article,
};

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
    let span = snapshot.span(range);
    let (actions, diagnostics) = offers(snapshot, article, span)?;
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
        let data = later::note(snapshot, json!([span.start, span.end, index]));
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
                command: commands::APPLY.to_owned(),
                arguments: Some(vec![data]),
            }),
        });
    }
    Ok(Some(list))
}

/// The edit of the action that a note means.
pub(super) fn edit(
    snapshot: &Snapshot,
    article: &Article,
    what: &LspAny,
) -> Cancellable<Option<Result<Option<WorkspaceEdit>, Error>>> {
    let (Some(span), Some(index)) = (commands::span_of(what), what[2].as_u64()) else {
        return Ok(Some(Err(Error::new(ErrorCode::InvalidParams))));
    };
    let (actions, _) = offers(snapshot, article, span)?;
    let action = usize::try_from(index).ok().and_then(|i| actions.get(i));
    Ok(Some(match action {
        Some(action) => Ok(Some(snapshot.workspace_edit(&action.edits))),
        None => Err(Error::new(ErrorCode::InvalidParams)),
    }))
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
