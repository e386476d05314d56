//! Looks after the files of projects: packs lie where no editor watches, and are replaced by programs that
//! tell nobody.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use tower_lsp::gen_lsp_types::MessageType;

use crate::{desk::project::Project, lsp::Shared};

/// How long a change may go unseen.
const PERIOD: Duration = Duration::from_secs(2);

/// Reads projects again when one of their files has changed, and says so when a pack turns out to be
/// damaged. Runs until the task is dropped.
pub(super) async fn watch(shared: Arc<Shared>) {
    let mut told = BTreeSet::new();
    loop {
        tokio::time::sleep(PERIOD).await;
        let (projects, places) = {
            let session = shared.session();
            (session.projects(), session.places())
        };
        // A file system that does not answer holds up nobody.
        let look = move || {
            let damaged = projects.iter().flat_map(|p| p.kb.damaged());
            let damaged: BTreeSet<String> = damaged.map(str::to_owned).collect();
            // A project may have begun or ended without a word from an editor that watches no files.
            let elsewhere = places
                .iter()
                .any(|(folder, found)| Project::find(folder) != *found);
            (elsewhere || projects.iter().any(|p| p.has_changed()), damaged)
        };
        let Ok((changed, damaged)) = tokio::task::spawn_blocking(look).await else {
            continue;
        };
        if changed {
            shared.write(super::session::Session::reload);
        }
        for name in damaged.difference(&told) {
            let line = format!("{name}: this knowledge base is damaged and not used; build or fetch it anew");
            shared.write(|session| session.outbox.lines.push((MessageType::Warning, line, true)));
        }
        told = damaged;
    }
}
