//! Code actions: what may be done about the findings, as edits that the server makes itself.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde_json::json;
use tower_lsp::{
    gen_lsp_types::{
        CodeAction, CodeActionContext, CodeActionKind, CodeActionResponse, Command, Diagnostic, LspAny,
        Position, Range, WorkspaceEdit,
    },
    jsonrpc::{Error, ErrorCode},
};

use crate::{
    base::span::DocSpan,
    desk::edit::{self, Edit},
    ide::{
        fix::{self, Action},
        host::{Cancellable, Cancelled},
        mend,
    },
    lsp::{
        Shared, commands,
        files::{self, File},
        later, requests,
        snapshot::Snapshot,
    },
    rules,
    semantic::article::{self, Article},
};

/// Something that is offered.
struct Offer {
    title: String,
    preferred: bool,
    /// Index of the finding that it is about.
    finding: Option<usize>,
    what: What,
}

/// What choosing it does.
enum What {
    /// Mends the article in one place.
    Mend(Vec<(DocSpan, String)>),
    /// Makes all sure fixes, and those that they bring up.
    MendAll,
    /// Adds somebody to the desk's people.
    Add(File, Edit),
    /// Goes to a place of the article.
    Go(DocSpan),
}

/// Everything offered for a range, in a fixed order. What depends on other files comes last, so that the numbers of the
/// others are those of the document's state.
fn offers(shared: &Shared, snapshot: &Snapshot, article: &Article, span: DocSpan) -> Cancellable<Vec<Offer>> {
    let found = snapshot.analysis.diagnostics()?;
    let format = snapshot.analysis.settings().context.format;
    let mended = |action: Action| Offer {
        title: action.title,
        preferred: action.preferred,
        finding: action.finding,
        what: match action.finding {
            Some(_) => What::Mend(action.edits),
            None => What::MendAll,
        },
    };
    let actions = fix::actions(article, &found, format, span);
    let mut offers: Vec<Offer> = actions
        .into_iter()
        .chain(fix::fix_all(&found))
        .map(mended)
        .collect();
    let places = fix::places(&found, span)
        .into_iter()
        .filter(|_| snapshot.caps.show_document);
    offers.extend(places.map(|place| Offer {
        title: place.title,
        preferred: false,
        finding: Some(place.finding),
        what: What::Go(place.span),
    }));
    offers.extend(addition(shared, snapshot, article, span));
    Ok(offers)
}

/// Somebody who is named here and could be added to the people of the project, if there is a project and its file is
/// sound, or can be made.
fn addition(shared: &Shared, snapshot: &Snapshot, article: &Article, span: DocSpan) -> Option<Offer> {
    let (name, role) = fix::unlisted(article, span)?;
    let file = files::read(shared, snapshot.people.as_ref()?)?;
    if file.text.is_none() && !snapshot.caps.create_files {
        return None;
    }
    let row = edit::add_person(file.text.as_deref().unwrap_or(""), name, role)?;
    Some(Offer {
        title: format!("Add “{name}” to the project’s people"),
        preferred: false,
        finding: None,
        what: What::Add(file, row),
    })
}

pub(super) fn code_actions(
    shared: &Shared,
    snapshot: &Snapshot,
    article: &Article,
    range: Range,
    context: &CodeActionContext,
) -> Cancellable<Option<Vec<CodeActionResponse>>> {
    let span = snapshot.span(range);
    let diagnostics = requests::diagnostics(snapshot)?;
    let handed = Handed::read(snapshot, context);
    let caps = &snapshot.caps;
    let mut list = Vec::new();
    for (index, offer) in offers(shared, snapshot, article, span)?.into_iter().enumerate() {
        let kind = kind(&offer.what);
        if context
            .only
            .as_ref()
            .is_some_and(|only| !only.iter().any(|o| holds(o, &kind)))
        {
            continue;
        }
        let note = || later::note(snapshot, json!([span.start, span.end, index]));
        let command = |command: &str, data| Command {
            title: offer.title.clone(),
            tooltip: None,
            command: command.to_owned(),
            arguments: Some(vec![data]),
        };
        let go = match offer.what {
            What::Go(to) => Some(command(
                commands::SHOW,
                later::note(snapshot, commands::noted_span(to)),
            )),
            _ => None,
        };
        list.push(match (caps.action_literals, go) {
            (false, Some(go)) => CodeActionResponse::Command(go),
            // It can take neither an action with its edit nor the edit that a command would lead to.
            (false, None) if !caps.apply_edit => continue,
            (false, None) => CodeActionResponse::Command(command(commands::APPLY, note())),
            (true, go) => {
                let edits = go.is_none();
                CodeActionResponse::CodeAction(CodeAction {
                    title: offer.title.clone(),
                    kind: Some(kind),
                    diagnostics: offer
                        .finding
                        .and_then(|i| Some(vec![handed.or_ours(i, diagnostics.get(i)?)])),
                    is_preferred: (offer.preferred && caps.action_preferred).then_some(true),
                    data: (edits && caps.action_resolve).then(note),
                    edit: match edits && !caps.action_resolve {
                        true => change(snapshot, offer.what)?,
                        false => None,
                    },
                    command: go,
                    ..CodeAction::default()
                })
            }
        });
    }
    Ok(Some(list))
}

/// Findings as the editor knows them: it may have handed them in, with the mark by which we know one again, or without.
struct Handed<'a> {
    by_mark: FxHashMap<usize, &'a Diagnostic>,
    by_place: FxHashMap<(Position, Position), Vec<&'a Diagnostic>>,
}

impl<'a> Handed<'a> {
    fn read(snapshot: &Snapshot, context: &'a CodeActionContext) -> Self {
        let (mut by_mark, mut by_place) = (FxHashMap::default(), FxHashMap::<_, Vec<_>>::default());
        let state = snapshot.state();
        for d in &context.diagnostics {
            let Some(data) = &d.data else {
                by_place.entry((d.range.start, d.range.end)).or_default().push(d);
                continue;
            };
            let number = data[1].as_u64().and_then(|n| usize::try_from(n).ok());
            if let Some(number) = number.filter(|n| *data == requests::mark(&state, *n)) {
                by_mark.entry(number).or_insert(d);
            }
        }
        Self { by_mark, by_place }
    }

    fn or_ours(&self, finding: usize, ours: &Diagnostic) -> Diagnostic {
        let here = || self.by_place.get(&(ours.range.start, ours.range.end));
        let same = || here()?.iter().find(|d| d.code == ours.code).copied();
        let handed = self.by_mark.get(&finding).copied().or_else(same);
        handed.unwrap_or(ours).clone()
    }
}

/// The edits that leave nothing with a sure fix.
fn settled(snapshot: &Snapshot) -> Cancellable<Vec<(DocSpan, String)>> {
    let analysis = &snapshot.analysis;
    let (kb, settings) = (analysis.kb(), analysis.settings());
    let check = |text: &Arc<str>| {
        let article = article::analyze(text, &settings.context, kb);
        rules::check_with(&article, kb, &settings.config, analysis)
    };
    let edits = mend::settle(analysis.text(), &analysis.diagnostics()?, check);
    match analysis.is_stale() {
        true => Err(Cancelled),
        false => Ok(edits),
    }
}

/// The change that choosing an offer makes; `None` for those that make none.
fn change(snapshot: &Snapshot, what: What) -> Cancellable<Option<WorkspaceEdit>> {
    Ok(match what {
        What::Mend(edits) => Some(snapshot.workspace_edit(&edits)),
        What::MendAll => Some(snapshot.workspace_edit(&settled(snapshot)?)),
        What::Add(file, row) => files::workspace_edit(&snapshot.caps, vec![(file, vec![row])]),
        What::Go(_) => None,
    })
}

/// The edit of the action that a note means.
pub(super) fn edit(
    shared: &Shared,
    snapshot: &Snapshot,
    article: &Article,
    what: &LspAny,
) -> Cancellable<Result<Option<WorkspaceEdit>, Error>> {
    let (Some(span), Some(index)) = (commands::span_of(what), what[2].as_u64()) else {
        return Ok(Err(Error::new(ErrorCode::InvalidParams)));
    };
    let offers = offers(shared, snapshot, article, span)?;
    let offer = usize::try_from(index)
        .ok()
        .and_then(|i| offers.into_iter().nth(i));
    Ok(match offer {
        Some(offer) => Ok(change(snapshot, offer.what)?),
        // Another file has changed since, such as the list of people.
        None => Err(Error::content_modified()),
    })
}

fn kind(what: &What) -> CodeActionKind {
    match what {
        What::MendAll => CodeActionKind::Custom("source.fixAll.copydesk".into()),
        _ => CodeActionKind::QuickFix,
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
