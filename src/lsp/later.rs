//! What is asked for when it is needed: an offer carries a note of what it was, and the rest of it is made when the
//! editor comes back with it. It is handed back as it came, with what was asked for; so it is not read into the
//! protocol's types, which would be much code for a few members.

use std::sync::Arc;

use serde_json::{Map, Value, json};
use tower_lsp::{
    gen_lsp_types::{Command, InlayHint, InlayHintKind, InlayHintLabelPart, LspAny},
    jsonrpc::{Error, Result},
};

use crate::{
    ide::{
        complete,
        host::Cancellable,
        margin::{self, Hint, Lens},
    },
    lsp::{Shared, actions, commands, run::run, snapshot::Snapshot},
    semantic::article::Article,
};

/// What can be completed later.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Late {
    /// The edit of a code action.
    Action,
    /// Who it is that a completion names.
    Completion,
    /// Why a hint is there, and where it leads.
    Hint,
    /// The words of a lens, and what a click on it does.
    Lens,
}

/// Completes an offer.
pub(super) async fn resolve(shared: Arc<Shared>, late: Late, mut offer: LspAny) -> Result<LspAny> {
    if !offer.is_object() {
        return Err(Error::invalid_params("what is to be completed is an object"));
    }
    let data = offer.get("data");
    let (snapshot, what) = match late {
        // A list of completions is shown while somebody types on, so that their notes outlive edits.
        Late::Completion => (document_of(&shared, data), data.cloned().unwrap_or_default()),
        _ => noted(&shared, data)?,
    };
    let probe = shared.probe();
    let members = run(snapshot, probe, move |s, a| {
        Ok(Some(late.members(&shared, s, a, &what)?))
    });
    if let (Some(offer), Some(members)) = (offer.as_object_mut(), members.await?.transpose()?) {
        offer.extend(members);
    }
    Ok(offer)
}

impl Late {
    /// The members that an offer gets.
    fn members(
        self,
        shared: &Shared,
        snapshot: &Snapshot,
        article: &Article,
        what: &Value,
    ) -> Cancellable<Result<Map<String, Value>>> {
        let members = match self {
            Self::Action => match actions::edit(shared, snapshot, article, what)? {
                Ok(edit) => edit.map(|edit| json!({ "edit": edit })),
                Err(e) => return Ok(Err(e)),
            },
            Self::Completion => {
                completion(snapshot, article, what).map(|about| json!({ "documentation": about }))
            }
            Self::Hint => hint(snapshot, article, what),
            Self::Lens => lens(snapshot, article, what).map(|command| json!({ "command": command })),
        };
        Ok(Ok(match members {
            Some(Value::Object(members)) => members,
            _ => Map::new(),
        }))
    }
}

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

/// The note of a completion names the person, not a state.
pub(super) fn completion_note(snapshot: &Snapshot, item: &complete::Item) -> LspAny {
    let id = item
        .known
        .map(|id| snapshot.analysis.kb().stable_id(id).into_owned());
    json!({ "uri": snapshot.uri.0, "name": item.name, "id": id })
}

fn completion(snapshot: &Snapshot, article: &Article, what: &Value) -> Option<Value> {
    let kb = snapshot.analysis.kb();
    let text = |key: &str| what.get(key)?.as_str();
    let known = text("id").and_then(|id| kb.by_id(id));
    let about = complete::describe(article, kb, text("name")?, known)?;
    Some(match snapshot.caps.completion_markdown {
        true => json!({ "kind": "markdown", "value": about.markdown() }),
        false => json!({ "kind": "plaintext", "value": about.lines().join("\n") }),
    })
}

/// A hint with all that there is to say, or without what the editor asks for later.
pub(super) fn shown_hint(snapshot: &Snapshot, hint: &Hint) -> InlayHint {
    let words = format!("({})", hint.label);
    let late = snapshot.caps.hint_resolve;
    InlayHint {
        position: snapshot.position(hint.offset),
        label: match snapshot.caps.hint_places {
            true => vec![InlayHintLabelPart::new(words, None, None, None)].into(),
            false => words.into(),
        },
        kind: Some(InlayHintKind::Type),
        text_edits: None,
        tooltip: Some(hint.reason.clone())
            .filter(|r| !r.is_empty() && !late)
            .map(Into::into),
        padding_left: Some(true),
        padding_right: None,
        data: late.then(|| note(snapshot, json!([hint.offset, hint.label]))),
    }
}

fn hint(snapshot: &Snapshot, article: &Article, what: &Value) -> Option<Value> {
    let (offset, label) = (what[0].as_u64(), what[1].as_str());
    let found = margin::hints(article, snapshot.span_of_text(article));
    let mut found = found.into_iter();
    let hint = found.find(|h| Some(h.offset.into()) == offset && Some(&*h.label) == label)?;
    let mut members = json!({ "tooltip": hint.reason });
    if snapshot.caps.hint_places {
        let words = format!("({})", hint.label);
        let speaker = hint.speaker.map(|span| snapshot.location(span));
        members["label"] = match speaker {
            Some(speaker) => json!([{ "value": words, "location": speaker }]),
            None => json!([{ "value": words }]),
        };
    }
    Some(members)
}

fn lens(snapshot: &Snapshot, article: &Article, what: &Value) -> Option<Command> {
    let n = usize::try_from(what.as_u64()?).ok()?;
    Some(lens_command(snapshot, margin::lenses(article).get(n)?))
}

/// The words of a lens, and what a click on it does.
pub(super) fn lens_command(snapshot: &Snapshot, lens: &Lens) -> Command {
    let (command, arguments) = commands::show_places(snapshot, lens.span, &lens.places);
    Command {
        title: lens.title.clone(),
        tooltip: None,
        command,
        arguments,
    }
}

/// The address behind a link: its note says all.
pub(super) fn link(mut link: LspAny) -> LspAny {
    let number = link.get("data").and_then(Value::as_u64);
    if let Some(number) = number.and_then(|n| u32::try_from(n).ok()) {
        link["target"] = json!(margin::wikidata_page(number));
    }
    link
}
