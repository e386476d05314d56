//! Questions about more than one article.

use tower_lsp::{
    gen_lsp_types::{BaseSymbolInformation, Location, WorkspaceSymbol, WorkspaceSymbolResponse},
    jsonrpc::Result,
};

use crate::{
    base::fold::fold,
    ide::{
        explain::kind_words,
        navigate,
        outline::{self, NodeKind},
    },
    lsp::{
        Probe,
        requests::symbol_kind,
        run::{article, walled},
        snapshot::Snapshot,
    },
    semantic::article::Article,
};

/// Answers sent at once; an editor shows a few dozen.
const MAX: usize = 500;

/// The participants of the open articles whose name holds `query`. An article that is being edited just
/// now is left out; the editor asks again with the next letter.
pub(super) async fn symbols(
    snapshots: Vec<Snapshot>,
    probe: Option<Probe>,
    query: String,
) -> Result<Option<WorkspaceSymbolResponse>> {
    let query = fold(&query);
    let work = move || {
        let mut list = Vec::new();
        for snapshot in &snapshots {
            if let Ok(Ok(article)) = walled(|| article(snapshot, probe.as_ref())) {
                participants(snapshot, &article, &query, &mut list);
            }
            if list.len() >= MAX {
                break;
            }
        }
        list.truncate(MAX);
        list
    };
    let list = tokio::task::spawn_blocking(work).await.unwrap_or_default();
    Ok(Some(WorkspaceSymbolResponse::WorkspaceSymbolList(list)))
}

fn participants(snapshot: &Snapshot, article: &Article, query: &str, acc: &mut Vec<WorkspaceSymbol>) {
    for (i, entity) in article.entities.iter().enumerate() {
        let Some(name) = outline::shorten(&entity.name, 80).filter(|_| fold(&entity.name).contains(query))
        else {
            continue;
        };
        let Some(first) = navigate::introduction(article, i) else {
            continue;
        };
        let location: Location = snapshot.location(first);
        acc.push(WorkspaceSymbol {
            location: location.into(),
            data: None,
            base_symbol_information: BaseSymbolInformation {
                name,
                kind: symbol_kind(NodeKind::Entity(entity.kind)),
                tags: None,
                container_name: Some(match &entity.role {
                    Some(role) => role.clone(),
                    None => kind_words(entity.kind).to_owned(),
                }),
            },
        });
    }
}
