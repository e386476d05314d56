//! Looks after the files of projects and of the knowledge base: packs lie where no editor watches, and are replaced by
//! programs that tell nobody.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use tower_lsp::gen_lsp_types::MessageType;

use crate::{
    desk::project::{Project, open, stamp},
    kb::Kb,
    lsp::Shared,
};

/// How long a change may go unseen.
const PERIOD: Duration = Duration::from_secs(2);

/// Reads projects and the knowledge base again when one of their files has changed, and says so when one turns out to
/// be damaged. Runs until the task is dropped.
pub(super) async fn watch(shared: Arc<Shared>) {
    let mut told = BTreeSet::new();
    let mut seen = shared.options.kb_file.as_deref().and_then(stamp);
    loop {
        tokio::time::sleep(PERIOD).await;
        let (projects, places, kb) = {
            let session = shared.session();
            (session.projects(), session.places(), session.kb().clone())
        };
        let file = shared.options.kb_file.clone();
        // A file system that does not answer holds up nobody.
        let look = move || {
            let bases = projects.iter().map(|p| &p.kb).chain([&kb]);
            let damaged: BTreeSet<String> =
                crate::base::order::set(bases.flat_map(Kb::damaged).map(str::to_owned));
            // A project may have begun or ended without a word from an editor that watches no files.
            let elsewhere = places
                .iter()
                .any(|(folder, found)| Project::find(folder) != *found);
            let changed = elsewhere || projects.iter().any(|p| p.has_changed());
            let now = file.as_deref().and_then(stamp);
            let other = file.filter(|_| now != seen).map(|file| {
                let name = file.display().to_string();
                open(&file, &name).map_err(|what| format!("{name}: {what}; what it held before goes on"))
            });
            (changed, damaged, now, other)
        };
        let Ok((changed, damaged, now, other)) = tokio::task::spawn_blocking(look).await else {
            continue;
        };
        seen = now;
        match other {
            Some(Ok(kb)) => shared.write(|session| session.replace_kb(&kb)),
            Some(Err(line)) => warn(&shared, line),
            None if changed => shared.write(super::session::Session::reload),
            None => {}
        }
        for name in damaged.difference(&told) {
            let line = format!("{name}: this knowledge base is damaged and not used; build or fetch it anew");
            warn(&shared, line);
        }
        told = damaged;
    }
}

fn warn(shared: &Shared, line: String) {
    shared.write(|session| session.outbox.lines.push((MessageType::Warning, line, true)));
}
