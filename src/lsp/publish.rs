//! The one task that sends diagnostics and lines to the editor. The newest state of a document wins: while
//! one is computed or an editor does not read, edits gather, and what an edit has overtaken is not sent.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::{Arc, atomic::Ordering, mpsc},
    thread,
};

use tokio::{runtime::Handle, sync::oneshot, task::JoinSet};
use tower_lsp::gen_lsp_types::{Diagnostic, DiagnosticSeverity, PublishDiagnosticsParams, Range, Uri};

use crate::{
    desk::project::Fault,
    ide::host::{self, Cancellable},
    kb::Kb,
    lsp::{Shared, begin, index, requests, run, session::Outbox, snapshot::Snapshot, uri, wire},
    text::position::{self, Positions},
};

/// How many documents are computed at once, at most; the others wait, and keep gathering edits. More than there are cores
/// would only take more memory.
const MAX_JOBS: usize = 4;

/// From so many bytes on a document is computed in the lane.
const LARGE: usize = 1_000_000;

/// One thread for large documents. Each thread has memory of its own to give out; an article of many megabytes that
/// were computed in another thread after each keystroke would stay in the memory of all of them. It begins before there is
/// a document, as all threads that live on ([`super::memory::begin_threads`]), and what it keeps for itself it makes before
/// its first one.
struct Lane(mpsc::Sender<Box<dyn FnOnce() + Send>>);

impl Lane {
    fn begin() -> Self {
        let (sender, receiver) = mpsc::channel::<Box<dyn FnOnce() + Send>>();
        let serve = move || {
            for (n, work) in receiver.iter().enumerate() {
                if n == 0 {
                    // The second is what the runtime keeps in each thread that wakes a task.
                    host::warm_up_thread(Kb::embedded());
                    drop(Handle::try_current());
                }
                work();
            }
        };
        // Where it cannot be started the receiver is gone, and the work comes back.
        let _ = thread::Builder::new()
            .name("large documents".to_owned())
            .spawn(serve);
        Self(sender)
    }

    /// Does `work` behind what was given before; says so if there is no thread to be had.
    fn run(&self, work: Box<dyn FnOnce() + Send>) -> Result<(), Box<dyn FnOnce() + Send>> {
        self.0.send(work).map_err(|e| e.0)
    }
}

/// What a computation gives: the document and the message to send, or that it was overtaken, or a panic.
type Report = (Snapshot, Result<Cancellable<Vec<u8>>, String>);

/// Sends what the session leaves in its outbox, until the task is dropped.
pub(super) async fn publish(shared: Arc<Shared>) {
    let (mut waiting, mut unread) = (BTreeSet::new(), Vec::new());
    let mut running = BTreeSet::new();
    let lane = Lane::begin();
    let cores = thread::available_parallelism().map_or(2, usize::from);
    let max_jobs = cores.clamp(2, MAX_JOBS);
    let mut jobs: JoinSet<Report> = JoinSet::new();
    let (mut retired, mut freeing) = (Vec::new(), JoinSet::new());
    loop {
        let mut outbox = std::mem::take(&mut shared.session().outbox);
        retired.append(&mut outbox.retired);
        // One after the other: many threads would only leave their own pieces in what is freed.
        if !retired.is_empty() && freeing.is_empty() {
            let retired = std::mem::take(&mut retired);
            freeing.spawn_blocking(move || drop(retired));
        }
        let push = !shared.session().caps().pull;
        if outbox.refresh {
            tokio::spawn(begin::refresh(shared.clone()));
        }
        if outbox.settings_edited {
            tokio::spawn(begin::reread(shared.clone()));
        }
        if outbox.reindex && shared.begun.load(Ordering::Acquire) {
            tokio::spawn(index::build(shared.clone()));
        } else if !outbox.touched.is_empty() {
            tokio::spawn(index::update(shared.clone(), outbox.touched.clone()));
        }
        for name in send_lines(&shared, outbox).await.into_iter().filter(|_| push) {
            if shared.session().is_read(&name) {
                waiting.insert(name);
            } else {
                waiting.remove(&name);
                unread.push(name);
            }
        }
        // At once, and all of them: there is nothing to compute that would wake this loop again.
        for name in unread.drain(..) {
            let version = shared.session().version(&name);
            let _ = shared
                .messages
                .send(message(Uri(name), version, Vec::new()))
                .await;
        }
        let free = max_jobs.saturating_sub(jobs.len());
        let next: Vec<String> = waiting
            .iter()
            .filter(|name| !running.contains(*name))
            .take(free)
            .cloned()
            .collect();
        for name in next {
            waiting.remove(&name);
            let (snapshot, len) = {
                let session = shared.session();
                (session.snapshot(&name), session.len(&name))
            };
            // Closed just now, or grown too long: the outbox holds its name again.
            let Some(snapshot) = snapshot else { continue };
            running.insert(name);
            let shared = shared.clone();
            if len < LARGE {
                jobs.spawn_blocking(move || compute(&shared, snapshot));
                continue;
            }
            let (done, report) = oneshot::channel();
            let work = move || drop(done.send(compute(&shared, snapshot)));
            if let Err(work) = lane.run(Box::new(work)) {
                work();
            }
            jobs.spawn(async { report.await.expect("the lane does what it is given") });
        }
        tokio::select! {
            () = shared.wake.notified() => {}
            Some(_) = freeing.join_next() => {}
            Some(Ok((snapshot, report))) = jobs.join_next() => {
                running.remove(&snapshot.uri.0);
                match report {
                    // The receiver is gone when the editor is.
                    Ok(Ok(message)) if !snapshot.analysis.is_stale() => {
                        let _ = shared.messages.send(message).await;
                    }
                    // The edit that overtook it has put the document in the outbox.
                    Ok(_) => {}
                    Err(panic) => shared.fault(&format!("{}: {panic}", snapshot.uri.0)),
                }
            }
        }
    }
}

fn compute(shared: &Shared, snapshot: Snapshot) -> Report {
    let report = run::walled(|| {
        run::article(&snapshot, shared.options.probe.as_ref())?;
        let found = requests::diagnostics(&snapshot)?;
        Ok(message(snapshot.uri.clone(), Some(snapshot.version), found))
    });
    (snapshot, report)
}

/// What the editor is told of a document. All such messages go one way, so that none overtakes another.
fn message(uri: Uri, version: Option<i32>, found: Vec<Diagnostic>) -> Vec<u8> {
    let params = PublishDiagnosticsParams::new(uri, version, found);
    wire::notification("textDocument/publishDiagnostics", params)
}

/// Sends everything but documents, and gives those back.
async fn send_lines(shared: &Shared, outbox: Outbox) -> BTreeSet<String> {
    for (kind, line, show) in outbox.lines {
        match show {
            true => shared.client.show_message(kind, line).await,
            false => shared.client.log_message(kind, line).await,
        }
    }
    for (file, faults) in outbox.projects {
        let found: Vec<_> = faults.iter().map(|fault| diagnostic(shared, fault)).collect();
        // By the name that the editor has for it.
        let open = shared.session().file(&file);
        let uri = open.map_or_else(|| Uri(uri::from_path(&file)), |(uri, ..)| uri);
        let told = (uri, found);
        if shared.told_projects(&file, &told) {
            let (uri, found) = told;
            shared.client.publish_diagnostics(uri, found, None).await;
        }
    }
    outbox.documents
}

/// What is wrong in a file of a project, shown in it.
fn diagnostic(shared: &Shared, fault: &Fault) -> Diagnostic {
    let error = &fault.error;
    let encoding = shared.session().caps().encoding;
    let positions = Positions::of(&fault.text, encoding);
    let place = |offset: usize| {
        let position::Position { line, column } = positions.position(offset as u32);
        tower_lsp::gen_lsp_types::Position {
            line,
            character: column,
        }
    };
    Diagnostic {
        range: Range {
            start: place(error.span.start),
            end: place(error.span.end),
        },
        severity: Some(DiagnosticSeverity::Error),
        source: Some("copydesk".to_owned()),
        message: error.message.clone().into(),
        ..Diagnostic::default()
    }
}

/// What an editor was told of files of projects: its names for them, and what is wrong in each.
pub(super) type Told = BTreeMap<PathBuf, (Uri, Vec<Diagnostic>)>;

/// Whether `now` differs from what the editor was last told of a file.
pub(super) fn differs(told: &mut Told, file: &Path, now: &(Uri, Vec<Diagnostic>)) -> bool {
    if now.1.is_empty() {
        return told.remove(file).is_some();
    }
    told.insert(file.to_owned(), now.clone()).as_ref() != Some(now)
}
