//! The editor's process: when it is gone, so is the server, even if something keeps the pipe open.

use std::{sync::Arc, time::Duration};

use crate::lsp::Shared;

/// Ends the server once process `id` no longer exists. Looks every two seconds. On systems other than
/// Unix the end of standard input has to do.
pub(super) fn watch(id: Option<i32>, shared: &Arc<Shared>) {
    let Some(id) = id.filter(|&id| id > 0) else {
        return;
    };
    let shared = shared.clone();
    tokio::spawn(async move {
        while exists(id) {
            tokio::time::sleep(Duration::from_secs(2)).await;
        }
        shared.orphaned.notify_one();
    });
}

#[cfg(unix)]
fn exists(id: i32) -> bool {
    use rustix::{io::Errno, process};
    // A process of somebody else's exists, though it cannot be signalled.
    process::Pid::from_raw(id).is_none_or(|pid| process::test_kill_process(pid) != Err(Errno::SRCH))
}

#[cfg(not(unix))]
fn exists(_: i32) -> bool {
    true
}
