//! Questions about more than one article: those that are open as they stand in the editor, the others as the
//! index knows them.

use std::{cmp::Reverse, collections::BTreeMap, path::PathBuf, sync::Arc};

use serde_json::json;
use tower_lsp::{
    gen_lsp_types::{
        BaseSymbolInformation, FullDocumentDiagnosticReport, Location, LocationUriOnly, LspAny,
        PreviousResultId, Uri, WorkspaceDiagnosticReport, WorkspaceDocumentDiagnosticReport,
        WorkspaceFullDocumentDiagnosticReport, WorkspaceSymbol, WorkspaceSymbolResponse,
    },
    jsonrpc::Result,
};

use crate::{
    base::{fold::fold, order::Order},
    ide::outline::{self, NodeKind},
    lsp::{
        Shared,
        index::Listed,
        news::Listener,
        requests::symbol_kind,
        run::{article, walled},
        snapshot::Snapshot,
        uri,
    },
};

/// Answers sent at once; an editor shows a few dozen.
const MAX: usize = 500;

/// The participants of the workspace's articles whose name holds `query`: whole names first, then those who
/// are quoted most, then names that have its letters only. An article that is being edited just now is left out; the editor asks again with the next
/// letter.
pub(super) async fn symbols(shared: Arc<Shared>, query: String) -> Result<Option<WorkspaceSymbolResponse>> {
    let work = move || find(&shared, &fold(query.trim()));
    let list = tokio::task::spawn_blocking(work).await.unwrap_or_default();
    Ok(Some(WorkspaceSymbolResponse::WorkspaceSymbolList(list)))
}

fn find(shared: &Shared, query: &str) -> Vec<WorkspaceSymbol> {
    let mut found: Vec<(u8, Uri, Listed)> = Vec::new();
    // Not in the head of the loop, which would hold the lock to its end.
    let snapshots = shared.session().snapshots();
    for snapshot in snapshots {
        let list = open(shared, &snapshot);
        let list = list
            .into_iter()
            .filter_map(|p| Some((rank(&p.folded, query)?, p)));
        found.extend(list.map(|(rank, p)| (rank, snapshot.uri.clone(), p)));
    }
    for (path, people) in closed(shared, query) {
        let uri = Uri(uri::from_path(&path));
        found.extend(people.into_iter().map(|(rank, p)| (rank, uri.clone(), p)));
    }
    // Stable: articles stay in their order, participants in that of the article.
    found.order_by_key(|(rank, _, p)| (*rank, Reverse(p.n_quotes)));
    found.truncate(MAX);
    let resolves = shared.session().caps().symbol_resolve;
    let to_proto = |(_, uri, p): (u8, Uri, Listed)| WorkspaceSymbol {
        data: resolves.then(|| ticket(&p.name)),
        location: match resolves {
            true => LocationUriOnly { uri }.into(),
            false => Location { uri, range: p.range }.into(),
        },
        base_symbol_information: BaseSymbolInformation {
            name: p.name,
            kind: p.kind,
            tags: None,
            container_name: Some(p.detail),
        },
    };
    found.into_iter().map(to_proto).collect()
}

/// Gives a symbol its place, as the article stands now.
pub(super) async fn resolve(shared: Arc<Shared>, mut symbol: LspAny) -> Result<LspAny> {
    let place = symbol.get("location").filter(|l| l.get("range").is_none());
    let name = symbol.get("data").or(Some(&symbol)).and_then(|d| d.get("name"));
    let text = |value: Option<&LspAny>| value.and_then(|v| Some(v.as_str()?.to_owned()));
    let (Some(uri), Some(name)) = (text(place.and_then(|l| l.get("uri"))), text(name)) else {
        return Ok(symbol);
    };
    let work = move || {
        let path = uri::to_path(&uri);
        let snapshot = {
            let session = shared.session();
            let called = path.as_deref().and_then(|path| session.name_of(path));
            session.snapshot(called.unwrap_or(&uri))
        };
        let people = match snapshot {
            Some(snapshot) => open(&shared, &snapshot),
            None => shared.index().entries.get(&path?)?.people.clone(),
        };
        Some(people.into_iter().find(|p| p.name == name)?.range)
    };
    if let Some(range) = tokio::task::spawn_blocking(work).await.ok().flatten() {
        symbol["location"]["range"] = json!(range);
    }
    Ok(symbol)
}

/// How well what somebody is called, a line each, answers a query: 0 is a name as a whole. The protocol wants no more than
/// the letters in their order, since editors score what they are sent; the first one has to begin a word.
fn rank(names: &str, query: &str) -> Option<u8> {
    let rank = |name: &str| match name.contains(query) {
        true => Some(u8::from(name != query)),
        false => has_letters(name, query).then_some(2),
    };
    names.lines().filter_map(rank).min()
}

fn has_letters(name: &str, query: &str) -> bool {
    let mut wanted = query.chars().filter(|c| !c.is_whitespace());
    let Some(first) = wanted.next().filter(|_| query.len() > 2) else {
        return false;
    };
    let mut begins = name.split([' ', '-']).filter(|word| word.starts_with(first));
    let Some(word) = begins.next() else { return false };
    // The first word that fits leaves most letters behind it.
    let at = word.as_ptr() as usize - name.as_ptr() as usize;
    let mut rest = name.get(at..).unwrap_or("").chars();
    rest.next();
    wanted.all(|c| rest.any(|r| r == c))
}

fn ticket(name: &str) -> LspAny {
    json!({ "name": name })
}

/// The participants of an open article.
fn open(shared: &Shared, snapshot: &Snapshot) -> Vec<Listed> {
    let Ok(Ok(article)) = walled(|| article(snapshot, shared.options.probe.as_ref())) else {
        return Vec::new();
    };
    let list = outline::participants(&article).map(|p| Listed {
        folded: p.folded,
        name: p.name,
        kind: symbol_kind(NodeKind::Entity(p.kind)),
        detail: p.detail,
        n_quotes: p.n_quotes,
        range: snapshot.range(p.target),
    });
    list.collect()
}

/// The participants that match, of the articles that are not open.
fn closed(shared: &Shared, query: &str) -> Vec<(PathBuf, Vec<(u8, Listed)>)> {
    let (entries, homes) = {
        let index = shared.index();
        (index.entries.clone(), index.homes.clone())
    };
    let shown = shared.session().open_paths();
    let open = homes.all_names(&shown);
    let mut found = Vec::new();
    for (path, entry) in &entries {
        if open.contains(path) {
            continue;
        }
        let people = entry.people.iter();
        let people = people.filter_map(|p| Some((rank(&p.folded, query)?, p.clone())));
        let people: Vec<_> = people.collect();
        if !people.is_empty() {
            found.push((path.clone(), people));
        }
    }
    found
}

/// The findings in the articles that are not open, as far as they differ from what the editor has. An editor that has all of
/// them is answered when something may have changed: it asks again after each answer.
pub(super) async fn diagnostics(
    shared: Arc<Shared>,
    previous: Vec<PreviousResultId>,
    listener: Listener,
) -> WorkspaceDiagnosticReport {
    let report = async |previous| {
        let shared = shared.clone();
        let report = tokio::task::spawn_blocking(move || report(&shared, previous)).await;
        report.unwrap_or_else(|_| WorkspaceDiagnosticReport { items: Vec::new() })
    };
    let first = report(previous.clone()).await;
    // One that has nothing yet may ask once only.
    if previous.is_empty() || !first.items.is_empty() || !shared.index().is_at_rest() {
        return first;
    }
    listener.news().await;
    report(previous).await
}

/// The findings as they are now; those of open articles an editor asks for one by one. An article that is gone has none; of
/// one that was not read yet nothing is known.
fn report(shared: &Shared, previous: Vec<PreviousResultId>) -> WorkspaceDiagnosticReport {
    // One lock at a time.
    let (entries, homes, whole) = {
        let index = shared.index();
        (index.entries.clone(), index.homes.clone(), index.is_whole())
    };
    let shown = shared.session().open_paths();
    let open = homes.all_names(&shown);
    let wanted = |path: &PathBuf| shared.session().settings_at(Some(path)).workspace_diagnostics;
    // By their paths: each editor has a way of its own to write an address.
    let had = previous.into_iter();
    let mut had: BTreeMap<PathBuf, (Uri, String)> = had
        .filter_map(|p| {
            let path = uri::to_path(&p.uri.0)?;
            let known = match entries.contains_key(&path) {
                true => None,
                false => homes.names(&path).find(|name| entries.contains_key(name)),
            };
            Some((known.unwrap_or(path), (p.uri, p.value)))
        })
        .collect();
    let report = |uri: Uri, result_id, items| {
        let full_document_diagnostic_report = FullDocumentDiagnosticReport { result_id, items };
        WorkspaceDocumentDiagnosticReport::from(WorkspaceFullDocumentDiagnosticReport {
            uri,
            version: None,
            full_document_diagnostic_report,
        })
    };
    let mut items = Vec::new();
    for (path, entry) in entries.iter().filter(|(path, _)| wanted(path)) {
        let (uri, last) = had.remove(path).unzip();
        let state = entry.state();
        if open.contains(path) {
            // The editor shows what it finds in the document, which has another name.
            let twice = uri.filter(|_| !shown.contains(path));
            items.extend(twice.map(|uri| report(uri, None, Vec::new())));
        } else if last.as_ref() != Some(&state) {
            let uri = uri.unwrap_or_else(|| Uri(uri::from_path(path)));
            items.push(report(uri, Some(state), entry.findings.clone()));
        }
    }
    for (path, (uri, _)) in had {
        if !open.contains(&path) && (whole || !path.exists()) {
            items.push(report(uri, None, Vec::new()));
        }
    }
    WorkspaceDiagnosticReport { items }
}
