//! What is asked for when it is needed: an offer carries a note of what it was, and the rest of it is made when
//! the editor comes back with it.

use serde_json::{Value, json};
use tower_lsp::{
    gen_lsp_types::{
        CodeLens, Command, CompletionItem, DocumentLink, Documentation, InlayHint, Label, LspAny,
        MarkupContent, MarkupKind, Uri,
    },
    jsonrpc::{Error, Result},
};

use crate::{
    ide::{
        complete,
        explain::Explanation,
        margin::{self, Hint, Lens},
    },
    lsp::{Shared, commands, snapshot::Snapshot},
    semantic::article::Article,
};

/// The note of an offer: the document, its state, and what of it is meant.
pub(super) fn note(snapshot: &Snapshot, what: impl Into<Value>) -> LspAny {
    json!({
        "uri": snapshot.uri.0, "version": snapshot.version, "state": snapshot.state(), "what": what.into(),
    })
}

/// The document that a note is about, and what was meant. An edit since then makes the note worthless, and a
/// document that is closed has nothing to say; what is no note of ours is as good as one of such a document.
pub(super) fn noted(shared: &Shared, data: Option<&LspAny>) -> Result<(Option<Snapshot>, Value)> {
    let text = |key: &str| data.and_then(|d| d.get(key)?.as_str());
    let snapshot = text("uri").and_then(|uri| shared.session().snapshot(uri));
    if let Some(snapshot) = &snapshot
        && text("state") != Some(&snapshot.state())
    {
        return Err(Error::content_modified());
    }
    let what = data.and_then(|d| d.get("what")).cloned().unwrap_or_default();
    Ok((snapshot, what))
}

/// The document that a note is about, whatever has become of it.
pub(super) fn document_of(shared: &Shared, data: Option<&LspAny>) -> Option<Snapshot> {
    shared.session().snapshot(data?.get("uri")?.as_str()?)
}

/// A card, in the form that the editor renders.
fn card(explanation: &Explanation, markdown: bool) -> Documentation {
    let content = match markdown {
        true => MarkupContent {
            kind: MarkupKind::Markdown,
            value: explanation.markdown(),
        },
        false => MarkupContent {
            kind: MarkupKind::PlainText,
            value: explanation.lines().join("\n"),
        },
    };
    Documentation::MarkupContent(content)
}

/// The note of a completion outlives edits, since the editor shows one list while somebody types on.
pub(super) fn completion_note(snapshot: &Snapshot, item: &complete::Item) -> LspAny {
    let id = item
        .known
        .map(|id| snapshot.analysis.kb().stable_id(id).into_owned());
    json!({ "uri": snapshot.uri.0, "name": item.name, "id": id })
}

/// Who that is, for the completion that is highlighted.
pub(super) fn completion(
    snapshot: &Snapshot,
    article: &Article,
    item: &CompletionItem,
) -> Option<Documentation> {
    let kb = snapshot.analysis.kb();
    let text = |key: &str| item.data.as_ref()?.get(key)?.as_str();
    let known = text("id").and_then(|id| kb.by_id(id));
    let explanation = complete::describe(article, kb, text("name")?, known)?;
    Some(card(&explanation, snapshot.caps.completion_markdown))
}

/// Fills in what an editor asks for when the pointer rests on a hint: why, and where to go from it.
pub(super) fn hint(snapshot: &Snapshot, article: &Article, what: &Value, hint: &mut InlayHint) {
    let whole = snapshot.span_of_text(article);
    let (offset, label) = (what[0].as_u64(), what[1].as_str());
    let found = margin::hints(article, whole);
    let found = found
        .iter()
        .find(|h| Some(h.offset.into()) == offset && Some(&*h.label) == label);
    if let Some(found) = found {
        complete_hint(snapshot, found, hint);
    }
}

pub(super) fn complete_hint(snapshot: &Snapshot, found: &Hint, hint: &mut InlayHint) {
    hint.tooltip = Some(found.reason.clone())
        .filter(|r| !r.is_empty())
        .map(Into::into);
    if let Label::InlayHintLabelPartList(parts) = &mut hint.label
        && let Some(part) = parts.first_mut()
    {
        part.location = found.speaker.map(|span| snapshot.location(span));
    }
}

/// The words of the lens with number `what`, and what a click on it does.
pub(super) fn lens(snapshot: &Snapshot, article: &Article, what: &Value) -> Option<Command> {
    let n = usize::try_from(what.as_u64()?).ok()?;
    Some(lens_command(snapshot, margin::lenses(article).get(n)?))
}

pub(super) fn lens_command(snapshot: &Snapshot, lens: &Lens) -> Command {
    let (command, arguments) = commands::show_places(snapshot, lens.span, &lens.places);
    Command {
        title: lens.title.clone(),
        tooltip: None,
        command,
        arguments,
    }
}

pub(super) fn with_command(lens: CodeLens, command: Option<Command>) -> CodeLens {
    CodeLens {
        command: command.or(lens.command),
        ..lens
    }
}

/// The address behind a link: its note says all.
pub(super) fn link(mut link: DocumentLink) -> DocumentLink {
    let number = link.data.as_ref().and_then(Value::as_u64);
    if let Some(number) = number.and_then(|n| u32::try_from(n).ok()) {
        link.target = Some(Uri(margin::wikidata_page(number)));
    }
    link
}
