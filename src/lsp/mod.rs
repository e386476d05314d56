//! The language server. The only layer that names the protocol; it contains no decision about prose.
//!
//! `wire` reads and writes messages, `server` has the methods, `session` is the single writer, `run` computes
//! answers on snapshots, `publish` sends what nobody asked for.

mod actions;
mod begin;
mod cache;
mod capabilities;
mod colors;
mod commands;
mod desk;
mod features;
mod files;
mod frame;
mod homes;
mod index;
mod later;
mod memory;
mod news;
mod pages;
mod parent;
mod publish;
mod ready;
mod requests;
mod run;
mod server;
mod session;
mod settings;
mod snapshot;
mod uri;
mod wire;
mod workspace;

use std::{
    fmt,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use tokio::{
    io::{AsyncRead, AsyncWrite},
    sync::{Notify, mpsc},
};
use tower_lsp::{
    Client,
    gen_lsp_types::{
        Diagnostic, MessageType, Position, TextDocumentIdentifier, TextDocumentPositionParams, Uri,
    },
};

use crate::{
    ide::host,
    kb::Kb,
    lsp::{news::News, server::Server, session::Session, snapshot::Snapshot},
};

/// How the server is started.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// A knowledge base other than the one in the binary.
    pub kb: Option<Kb>,
    /// The file that `kb` was read from: it is read again when it changes.
    pub kb_file: Option<PathBuf>,
    /// A settings file that holds for every article, instead of the one found upward from each.
    pub config: Option<PathBuf>,
    /// The folder in which the server keeps what it knows of the workspace's articles, so that a restart need
    /// not read them again; without one it keeps nothing on disk.
    pub cache: Option<PathBuf>,
    /// Called at the start of each computation, with the text; tests make one slow or let it panic.
    pub probe: Option<Probe>,
    /// Held by each open document and by each piece of work on one as long as it lives; tests count the holders.
    pub lease: Option<Arc<()>>,
}

/// Something to be called at the start of each computation.
#[derive(Clone)]
pub struct Probe(Arc<dyn Fn(&str) + Send + Sync>);

impl Probe {
    /// Calls `look` with the text of the document that is about to be computed.
    pub fn new(look: impl Fn(&str) + Send + Sync + 'static) -> Self {
        Self(Arc::new(look))
    }

    fn call(&self, text: &str) {
        (self.0)(text);
    }
}

impl fmt::Debug for Probe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Probe")
    }
}

pub use cache::directory as cache_directory;

/// Serves one editor on standard input and output until it asks to exit, closes the stream, or dies.
/// The exit status is 0 after an orderly shutdown and 1 otherwise, as the protocol wants it. On Linux the program starts
/// once more in its own place, so that its memory is given back.
pub fn serve(options: Options) -> ExitCode {
    memory::give_back();
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    // Tasks only hand work on; two threads are enough for them on any machine. Of threads that compute there are more;
    // requests that wait for the same article share one.
    builder.enable_time().worker_threads(2).max_blocking_threads(64);
    builder.thread_keep_alive(memory::KEEP_THREADS);
    let Ok(runtime) = builder.build() else {
        return ExitCode::FAILURE;
    };
    memory::begin_threads(&runtime);
    // In a task, for whatever runs in this thread is woken from another one at each message.
    let served = runtime.spawn(serve_on(tokio::io::stdin(), output(), options));
    let orderly = runtime.block_on(served).unwrap_or(false);
    // Computations that nobody waits for any more must not hold up the end.
    runtime.shutdown_background();
    match orderly {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}

/// Standard output without a buffer: the one of the standard library writes what follows the header of a message apart,
/// and each write is done in another thread.
#[cfg(unix)]
fn output() -> Box<dyn AsyncWrite + Unpin + Send> {
    use std::{fs::File, io, os::fd::AsFd};
    match io::stdout().as_fd().try_clone_to_owned() {
        Ok(output) => Box::new(tokio::fs::File::from_std(File::from(output))),
        Err(_) => Box::new(tokio::io::stdout()),
    }
}

/// Standard output.
#[cfg(not(unix))]
fn output() -> Box<dyn AsyncWrite + Unpin + Send> {
    Box::new(tokio::io::stdout())
}

/// Serves one editor on any two streams. Returns whether the editor shut the server down in order.
pub async fn serve_on<I, O>(input: I, output: O, options: Options) -> bool
where
    I: AsyncRead + Unpin + Send + 'static,
    O: AsyncWrite + Unpin + Send + 'static,
{
    let kb = options.kb.clone();
    let kb = kb.unwrap_or_else(|| Kb::embedded().clone());
    // While the two sides introduce themselves, the tables that the first article needs are read.
    let warm = kb.clone();
    tokio::task::spawn_blocking(move || host::warm_up(&warm));
    let outgoing = wire::queue();
    let messages = outgoing.0.clone();
    let (service, socket) = server::service(|client| {
        Server(Arc::new(Shared {
            client,
            messages,
            session: Mutex::new(Session::new(
                &kb,
                options.config.as_deref(),
                options.lease.clone(),
            )),
            wake: Notify::new(),
            news: News::default(),
            index: Mutex::default(),
            begun: AtomicBool::new(false),
            told_projects: Mutex::default(),
            options,
            shut_down: AtomicBool::new(false),
            orphaned: Notify::new(),
        }))
    });
    let shared = service.inner().0.clone();
    let publisher = tokio::spawn(publish::publish(shared.clone()));
    let watcher = tokio::spawn(desk::watch(shared.clone()));
    tokio::select! {
        () = wire::run(service, socket, outgoing, input, output, || shared.news.end()) => {}
        () = shared.orphaned.notified() => {}
    }
    publisher.abort();
    watcher.abort();
    shared.shut_down.load(Ordering::Acquire)
}

/// What handlers, computations and the publisher share.
#[derive(Debug)]
struct Shared {
    client: Client,
    /// Where ready messages go.
    messages: mpsc::Sender<Vec<u8>>,
    session: Mutex<Session>,
    index: Mutex<index::Index>,
    /// The editor has been asked for its settings, and the folders are being read.
    begun: AtomicBool,
    /// Something is in the session's outbox.
    wake: Notify,
    /// Of what is found in the workspace.
    news: News,
    /// Project files that the editor was told have errors, and which.
    told_projects: Mutex<publish::Told>,
    options: Options,
    shut_down: AtomicBool,
    /// The editor's process is gone.
    orphaned: Notify,
}

impl Shared {
    /// The session, for a few microseconds. The guard cannot be held across an `.await`: the lint table
    /// denies it.
    fn session(&self) -> MutexGuard<'_, Session> {
        lock(&self.session)
    }

    /// What is known of the articles that are not open, for a few microseconds.
    fn index(&self) -> MutexGuard<'_, index::Index> {
        lock(&self.index)
    }

    /// Changes the session and wakes the publisher.
    fn write(&self, change: impl FnOnce(&mut Session)) {
        change(&mut self.session());
        self.wake.notify_one();
    }

    /// The document and the place that a request is about, as they are now.
    fn at(&self, params: TextDocumentPositionParams) -> (Option<Snapshot>, Position) {
        (
            self.session().snapshot(&params.text_document.uri.0),
            params.position,
        )
    }

    /// A document as it is now.
    fn of(&self, document: &TextDocumentIdentifier) -> Option<Snapshot> {
        self.session().snapshot(&document.uri.0)
    }

    fn probe(&self) -> Option<Probe> {
        self.options.probe.clone()
    }

    /// Tells the editor's log of something that was expected otherwise.
    fn warn(&self, line: String) {
        self.write(|session| session.outbox.lines.push((MessageType::Warning, line, false)));
    }

    /// Tells the editor's log of a fault of ours.
    fn fault(&self, what: &str) {
        let line = format!("copydesk has a fault, please report it: {what}");
        self.write(|session| session.outbox.lines.push((MessageType::Error, line, false)));
    }

    fn told_projects(&self, file: &Path, now: &(Uri, Vec<Diagnostic>)) -> bool {
        publish::differs(&mut lock(&self.told_projects), file, now)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
