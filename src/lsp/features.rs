//! Answers to requests about one document, continued: colors, hints, links, folding, renaming, completion.

use tower_lsp::{
    gen_lsp_types::{
        CallHierarchyIncomingCall, CallHierarchyItem, CallHierarchyOutgoingCall, CodeLens, CompletionItem,
        CompletionItemKind, CompletionItemLabelDetails, CompletionList, CompletionResponse, DocumentLink,
        FoldingRange, FoldingRangeKind, InlayHint, Position, PrepareRenamePlaceholder, PrepareRenameResult,
        Range, SelectionRange, TextEdit, Uri, WorkspaceEdit,
    },
    jsonrpc::{Error, ErrorCode},
};

use crate::{
    base::span::DocSpan,
    ide::{complete, explain, hierarchy, margin, navigate, outline, rename, structure},
    lsp::{later, requests::symbol_kind, snapshot::Snapshot},
    semantic::article::{Article, EntityKind},
};

pub(super) fn hints(snapshot: &Snapshot, article: &Article, range: Range) -> Option<Vec<InlayHint>> {
    let found = margin::hints(article, snapshot.span(range));
    snapshot.index_for(found.len());
    Some(
        found
            .iter()
            .map(|hint| later::shown_hint(snapshot, hint))
            .collect(),
    )
}

pub(super) fn lenses(snapshot: &Snapshot, article: &Article) -> Option<Vec<CodeLens>> {
    let resolves = snapshot.caps.lens_resolve;
    // The protocol wants a lens on one line; a name may run over several.
    let first_line = |span: DocSpan| {
        let words = span.text(&article.text).split(['\n', '\r']).next();
        DocSpan::new(
            span.start as usize,
            span.start as usize + words.map_or(0, str::len),
        )
    };
    let to_proto = |(i, lens): (usize, margin::Lens)| CodeLens {
        range: snapshot.range(first_line(lens.span)),
        command: (!resolves).then(|| later::lens_command(snapshot, &lens)),
        data: resolves.then(|| later::note(snapshot, i)),
    };
    let lenses = margin::lenses(article);
    snapshot.index_for(lenses.len());
    Some(lenses.into_iter().enumerate().map(to_proto).collect())
}

pub(super) fn links(snapshot: &Snapshot, article: &Article) -> Option<Vec<DocumentLink>> {
    let to_proto = |link: margin::Link| DocumentLink {
        range: snapshot.range(link.span),
        // An editor that knows tooltips is new enough to ask for the address when it is needed.
        target: (!snapshot.caps.link_tooltips).then(|| Uri(margin::wikidata_page(link.wikidata))),
        tooltip: snapshot.caps.link_tooltips.then_some(link.tooltip),
        data: snapshot.caps.link_tooltips.then(|| link.wikidata.into()),
    };
    let links = margin::links(article);
    snapshot.index_for(links.len());
    Some(links.into_iter().map(to_proto).collect())
}

pub(super) fn folds(snapshot: &Snapshot, article: &Article) -> Option<Vec<FoldingRange>> {
    let front_matter = article.layout.front_matter;
    // Each paragraph is asked where it stands.
    snapshot.index();
    let mut folds = Vec::new();
    for span in structure::folds(article) {
        // A span that ends behind a line break ends on the line before it.
        let words = span.text(&article.text).trim_end().len() as u32;
        let range = snapshot.range(DocSpan {
            start: span.start,
            end: span.start + words,
        });
        if range.start.line < range.end.line {
            folds.push(FoldingRange {
                start_line: range.start.line,
                start_character: None,
                end_line: range.end.line,
                end_character: None,
                kind: Some(match Some(span) == front_matter {
                    true => FoldingRangeKind::Comment,
                    false => FoldingRangeKind::Region,
                }),
                collapsed_text: None,
            });
        }
    }
    folds.truncate(snapshot.caps.max_folds);
    Some(folds)
}

pub(super) fn selections(
    snapshot: &Snapshot,
    article: &Article,
    positions: &[Position],
) -> Option<Vec<SelectionRange>> {
    let one = |position: &Position| {
        let parts = structure::around(article, snapshot.offset(*position));
        let outer_first = parts.iter().rev();
        let nested = outer_first.fold(None, |parent, span| {
            Some(SelectionRange {
                range: snapshot.range(*span),
                parent: parent.map(Box::new),
            })
        });
        // There is always one for each place that was asked about.
        nested.unwrap_or_default()
    };
    Some(positions.iter().map(one).collect())
}

/// The name at a place and where it stands. Where somebody is named who cannot be respelt there, the editor tells why.
pub(super) fn prepare_rename(
    snapshot: &Snapshot,
    article: &Article,
    position: Position,
) -> Result<Option<PrepareRenameResult>, Error> {
    let offset = snapshot.offset(position);
    match rename::prepare(article, offset, snapshot.rename_quoted) {
        Ok(span) => {
            let found = PrepareRenamePlaceholder {
                range: snapshot.range(span),
                placeholder: span.text(&article.text).to_owned(),
            };
            Ok(Some(found.into()))
        }
        Err(_) if explain::mention_at(article, offset).is_none() => Ok(None),
        Err(why) => Err(failed(why)),
    }
}

pub(super) fn rename(
    snapshot: &Snapshot,
    article: &Article,
    position: Position,
    new: &str,
) -> Result<Option<WorkspaceEdit>, Error> {
    let edits = rename::rename(article, snapshot.offset(position), new, snapshot.rename_quoted);
    match edits {
        Ok(edits) => Ok(Some(snapshot.workspace_edit(&edits))),
        Err(why) => Err(failed(why)),
    }
}

/// "Request failed": it was well formed, and cannot be met.
fn failed(why: &'static str) -> Error {
    let mut error = Error::new(ErrorCode::ServerError(-32803));
    error.message = why.into();
    error
}

pub(super) fn completion(
    snapshot: &Snapshot,
    article: &Article,
    position: Position,
) -> Option<CompletionResponse> {
    let found = complete::complete(article, snapshot.analysis.kb(), snapshot.offset(position))?;
    let range = snapshot.range(found.span);
    let typed = found.span.text(&article.text);
    let caps = &snapshot.caps;
    let to_proto = |(i, item): (usize, complete::Item)| CompletionItem {
        kind: Some(match item.kind {
            EntityKind::Person => CompletionItemKind::Class,
            EntityKind::Group => CompletionItemKind::Enum,
            EntityKind::Country => CompletionItemKind::Module,
            EntityKind::Institution => CompletionItemKind::Interface,
            EntityKind::Place => CompletionItemKind::Field,
        }),
        label_details: caps.label_details.then(|| CompletionItemLabelDetails {
            detail: None,
            description: Some(item.detail.clone()).filter(|d| !d.is_empty()),
        }),
        detail: Some(item.detail.clone()).filter(|d| !d.is_empty()),
        // Editors sort by this text: the order of the list is the order of likelihood.
        sort_text: Some(format!("{i:03}")),
        // Any word of the name may have been typed; where none was, the label is compared.
        filter_text: Some(typed)
            .filter(|typed| !typed.is_empty())
            .map(|typed| complete::goes_on(typed, &item.name)),
        text_edit: Some(
            TextEdit {
                range,
                new_text: item.name.clone(),
            }
            .into(),
        ),
        data: Some(later::completion_note(snapshot, &item)),
        label: item.name,
        ..CompletionItem::default()
    };
    Some(CompletionResponse::CompletionList(CompletionList {
        is_incomplete: found.more,
        items: found.items.into_iter().enumerate().map(to_proto).collect(),
        ..CompletionList::default()
    }))
}

/// The participant at a place, as the root of a hierarchy.
pub(super) fn hierarchy(
    snapshot: &Snapshot,
    article: &Article,
    position: Position,
) -> Option<Vec<CallHierarchyItem>> {
    let entity = navigate::entity_at(article, snapshot.offset(position))?;
    Some(vec![item(snapshot, article, entity)?])
}

/// Who speaks about the participant.
pub(super) fn incoming(
    snapshot: &Snapshot,
    article: &Article,
    of: &CallHierarchyItem,
) -> Option<Vec<CallHierarchyIncomingCall>> {
    let entity = entity_of(snapshot, article, of)?;
    let calls = hierarchy::speakers_about(article, entity);
    snapshot.index_for(calls.iter().map(|c| c.at.len()).sum());
    let calls = calls.into_iter();
    let to_proto = |relation: hierarchy::Relation| {
        Some(CallHierarchyIncomingCall {
            from: item(snapshot, article, relation.entity)?,
            from_ranges: relation.at.iter().map(|s| snapshot.range(*s)).collect(),
        })
    };
    Some(calls.filter_map(to_proto).collect())
}

/// Whom the participant speaks about.
pub(super) fn outgoing(
    snapshot: &Snapshot,
    article: &Article,
    of: &CallHierarchyItem,
) -> Option<Vec<CallHierarchyOutgoingCall>> {
    let entity = entity_of(snapshot, article, of)?;
    let calls = hierarchy::spoken_about(article, entity);
    snapshot.index_for(calls.iter().map(|c| c.at.len()).sum());
    let calls = calls.into_iter();
    let to_proto = |relation: hierarchy::Relation| {
        Some(CallHierarchyOutgoingCall {
            to: item(snapshot, article, relation.entity)?,
            from_ranges: relation.at.iter().map(|s| snapshot.range(*s)).collect(),
        })
    };
    Some(calls.filter_map(to_proto).collect())
}

/// The participant that an item stands for, as the article is now: edits since then have moved the words, so it
/// is known by its name; of several so called the nearest is meant.
fn entity_of(snapshot: &Snapshot, article: &Article, item: &CallHierarchyItem) -> Option<usize> {
    let at = snapshot.offset(item.selection_range.start);
    let Some(name) = item.data.as_ref().and_then(|d| d.get("name")?.as_str()) else {
        return navigate::entity_at(article, at);
    };
    let so_called = article.entities.iter().enumerate().filter(|(_, e)| {
        let kind = symbol_kind(outline::NodeKind::Entity(e.kind));
        e.name == name && kind == item.kind
    });
    let distance = |entity| navigate::introduction(article, entity).map(|s| s.start.abs_diff(at));
    so_called.map(|(i, _)| i).min_by_key(|&i| distance(i))
}

fn item(snapshot: &Snapshot, article: &Article, entity: usize) -> Option<CallHierarchyItem> {
    let first = navigate::introduction(article, entity)?;
    let entity = article.entities.get(entity)?;
    Some(CallHierarchyItem {
        name: outline::shorten(&entity.name, 80)?,
        kind: symbol_kind(outline::NodeKind::Entity(entity.kind)),
        tags: None,
        detail: Some(match &entity.role {
            Some(role) => role.clone(),
            None => explain::kind_words(entity.kind).to_owned(),
        }),
        uri: snapshot.uri.clone(),
        range: snapshot.range(first),
        selection_range: snapshot.range(first),
        data: Some(serde_json::json!({ "name": entity.name })),
    })
}
