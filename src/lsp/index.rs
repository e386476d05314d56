//! The articles of the workspace that are not open: read in the background, kept up to date by the watcher,
//! stored in a cache that survives a restart. What is kept of each is what lists show of it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, Metadata},
    hash::{Hash, Hasher},
    ops::Bound,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::{Duration, UNIX_EPOCH},
};

use rustc_hash::FxHasher;
use serde::{Deserialize, Serialize};
use tower_lsp::gen_lsp_types::{self as lsp, Diagnostic, MessageType, ProgressToken, Range, SymbolKind, Uri};

use crate::{
    base::{
        decode::{decode, is_no_text},
        order::Order,
        span::DocSpan,
    },
    desk::walk::{is_article, walk},
    ide::{
        host::Settings,
        outline::{self, NodeKind},
    },
    lsp::{
        Shared, cache,
        homes::Homes,
        pages::Pages,
        requests::{Sheet, symbol_kind},
        run::walled,
        session::Session,
        uri,
    },
    rules,
    semantic::article,
    text::position::{Lines, Position},
};

/// The files that are taken for articles, as the protocol writes patterns.
pub(super) const ARTICLES: &str = "**/*.{txt,md,markdown}";

/// The files that say what is no article.
pub(super) const HIDDEN: &str = "**/.{gitignore,ignore}";

/// More files than this are no desk's articles; the rest is left out, and the log says so.
const MAX_FILES: usize = 20_000;

/// Longer files are logs or archives; they are read when they are opened.
const MAX_BYTES: u64 = 1 << 20;

/// How long the work goes on before the editor is told that it does.
const QUIET: Duration = Duration::from_millis(500);

/// What is kept of one article.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub(super) struct Entry {
    stamp: Stamp,
    /// Its participants.
    pub(super) people: Vec<Listed>,
    /// What the rules find in it.
    pub(super) findings: Vec<Diagnostic>,
}

/// A participant of an article that is not open.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub(super) struct Listed {
    /// The name.
    pub(super) name: String,
    /// Under which it is found: what it is called, folded, a line each.
    pub(super) folded: String,
    /// Its icon.
    pub(super) kind: SymbolKind,
    /// What it is, and how often it is quoted.
    pub(super) detail: String,
    /// How many quotations it speaks.
    pub(super) n_quotes: usize,
    /// Where it is introduced.
    pub(super) range: Range,
}

/// What tells whether a file is still the one that was read, under the settings of then.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
struct Stamp {
    len: u64,
    /// Nanoseconds since 1970.
    modified: u64,
    settings: u64,
}

impl Entry {
    /// A name for this state of the article, by which an editor knows it again.
    pub(super) fn state(&self) -> String {
        let Stamp {
            len,
            modified,
            settings,
        } = self.stamp;
        format!("{len:x}.{modified:x}.{settings:x}")
    }
}

/// The articles that are known, by their paths.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// What is kept of each.
    pub(super) entries: BTreeMap<PathBuf, Arc<Entry>>,
    /// Where the folders really are.
    pub(super) homes: Homes,
    job: Arc<Job>,
    /// There is something that the cache does not hold.
    dirty: bool,
}

/// One reading of the folders.
#[derive(Debug, Default)]
struct Job {
    /// How many were begun before it.
    number: u64,
    total: AtomicUsize,
    done: AtomicUsize,
    /// The editor, or a newer reading, wants it to end.
    stop: AtomicBool,
    over: AtomicBool,
}

impl Index {
    /// Whether everything in the folders is known: no reading goes on, and none was stopped.
    pub(super) fn is_whole(&self) -> bool {
        self.job.is_over() && !self.job.stopped()
    }

    /// Whether no reading goes on, so that nothing new is to be expected.
    pub(super) fn is_at_rest(&self) -> bool {
        self.job.is_over()
    }

    /// Whether a file is still what it was when a reading took it up. What the watcher has told of it since
    /// is newer.
    fn is_still(&self, path: &Path, old: Option<&Arc<Entry>>) -> bool {
        self.entries.get(path).map(Arc::as_ptr) == old.map(Arc::as_ptr)
    }
}

impl Job {
    fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    fn is_over(&self) -> bool {
        self.over.load(Ordering::Relaxed)
    }

    /// By what the editor knows it. Each has its own: the one before may still be shown.
    fn token(&self) -> ProgressToken {
        ProgressToken::String(format!("copydesk-index-{}", self.number))
    }
}

/// Reads the folders of the workspace, and tells the editor how far it has come if it takes long. A reading
/// that is under way ends.
pub(super) async fn build(shared: Arc<Shared>) {
    let job = {
        let mut index = shared.index();
        index.job.stop.store(true, Ordering::Relaxed);
        index.job = Arc::new(Job {
            number: index.job.number + 1,
            ..Job::default()
        });
        index.job.clone()
    };
    let (folders, progress) = {
        let session = shared.session();
        (session.indexed(), session.caps().progress)
    };
    if folders.is_empty() {
        shared.index().entries.clear();
        job.over.store(true, Ordering::Relaxed);
        shared.news.tell();
        return;
    }
    let work = {
        let (shared, job) = (shared.clone(), job.clone());
        tokio::task::spawn_blocking(move || {
            let told = walled(|| read(&shared, &folders, &job));
            job.over.store(true, Ordering::Relaxed);
            if let Err(panic) = told {
                shared.fault(&panic);
            }
        })
    };
    if progress {
        // Beside the work: an editor may never answer.
        tokio::spawn(tell(shared.clone(), job.clone()));
    }
    let _ = work.await;
    shared.news.tell();
    if !job.stopped() && shared.session().caps().pull_refresh {
        let _ = shared.client.workspace_diagnostic_refresh().await;
    }
}

/// Shows the work as it goes on, until it is over.
async fn tell(shared: Arc<Shared>, job: Arc<Job>) {
    tokio::time::sleep(QUIET).await;
    if job.is_over() {
        return;
    }
    let token = job.token();
    let created = shared.client.create_work_done_progress(token.clone()).await;
    // An editor may take its time to answer.
    if created.is_err() || job.is_over() {
        return;
    }
    let progress = shared.client.progress(token, "Reading articles");
    let progress = progress.with_percentage(0).with_cancel_button().begin().await;
    let mut last = 0;
    while !job.is_over() {
        tokio::time::sleep(Duration::from_millis(200)).await;
        let (done, total) = (
            job.done.load(Ordering::Relaxed),
            job.total.load(Ordering::Relaxed),
        );
        if done != last {
            let percent = (done * 100 / total.max(1)).min(100) as u32;
            let message = format!("{done} of {total}");
            progress.report_with_message(message, percent, None).await;
            last = done;
        }
    }
    progress.finish().await;
}

/// Ends the reading that is under way, if `token` is its; what is known by then stays known.
pub(super) fn cancel(shared: &Shared, token: &ProgressToken) {
    let index = shared.index();
    if *token == index.job.token() {
        index.job.stop.store(true, Ordering::Relaxed);
    }
}

fn read(shared: &Shared, folders: &BTreeSet<PathBuf>, job: &Job) {
    let homes = Homes::find(folders);
    let mut known = {
        let mut index = shared.index();
        index.homes.clone_from(&homes);
        // What is left of folders that are no longer open.
        let is_inside = |path: &Path| folders.iter().any(|f| path.starts_with(f));
        let before = index.entries.len();
        index.entries.retain(|path, _| is_inside(path));
        index.dirty |= before != index.entries.len();
        index.entries.clone()
    };
    if known.is_empty() {
        known = cache::load(shared, folders);
        let mut index = shared.index();
        if job.stopped() {
            return;
        }
        index.entries.clone_from(&known);
    }
    let mut files = Vec::new();
    for folder in folders {
        articles(folder, |_| true, job, &mut files);
    }
    files.order_by(|a, b| a.0.cmp(&b.0));
    homes.once(&mut files, |file| &file.0);
    if files.len() > MAX_FILES {
        let line = format!(
            "the workspace holds {} articles; those after the first {MAX_FILES} are left out of its lists until they are opened",
            files.len()
        );
        shared.write(|s| s.outbox.lines.push((MessageType::Warning, line, false)));
        files.truncate(MAX_FILES);
    }
    job.total.store(files.len(), Ordering::Relaxed);
    let mut renewed = known.len() != files.len();
    for (path, meta) in files {
        if job.stopped() {
            break;
        }
        let old = known.remove(&path);
        let entry = entry(shared, &path, &meta, old.as_ref());
        renewed |= entry.as_ref().map(Arc::as_ptr) != old.as_ref().map(Arc::as_ptr);
        let mut index = shared.index();
        // A newer reading has begun with what was known by then.
        if job.stopped() {
            break;
        }
        if index.is_still(&path, old.as_ref()) {
            match entry {
                Some(entry) => index.entries.insert(path, entry),
                None => index.entries.remove(&path),
            };
        }
        drop(index);
        job.done.fetch_add(1, Ordering::Relaxed);
    }
    let mut index = shared.index();
    index.dirty |= renewed;
    if job.stopped() {
        return;
    }
    // All folders were read, so what they do not hold is gone.
    for (path, old) in &known {
        if index.is_still(path, Some(old)) {
            index.entries.remove(path);
        }
    }
    drop(index);
    save(shared);
}

/// Takes up what has changed on disk.
pub(super) async fn update(shared: Arc<Shared>, touched: BTreeSet<PathBuf>) {
    let work = {
        let shared = shared.clone();
        tokio::task::spawn_blocking(move || walled(|| renew(&shared, &touched)))
    };
    if !matches!(work.await, Ok(Ok(true))) {
        return;
    }
    shared.news.tell();
    if shared.session().caps().pull_refresh {
        let _ = shared.client.workspace_diagnostic_refresh().await;
    }
}

/// Reads again what has changed on disk; what is gone is forgotten. Returns whether anything has changed.
fn renew(shared: &Shared, touched: &BTreeSet<PathBuf>) -> bool {
    let job = shared.index().job.clone();
    let folders = shared.session().indexed();
    let homes = shared.index().homes.clone();
    let touched: &BTreeSet<PathBuf> = &touched.iter().flat_map(|path| homes.names(path)).collect();
    // All at once: thousands may change together, in one folder.
    let mut found = Vec::new();
    for folder in &folders {
        if touched.iter().any(|path| path.starts_with(folder)) {
            articles(
                folder,
                |path| concerns(touched, path),
                &Job::default(),
                &mut found,
            );
        }
    }
    found.order_by(|a, b| a.0.cmp(&b.0));
    homes.once(&mut found, |file| &file.0);
    let files: BTreeMap<PathBuf, Metadata> = crate::base::order::map(found);
    // A folder that was renamed or deleted takes its articles along; one that has grown too long is none any more.
    let gone: BTreeSet<PathBuf> = {
        let index = shared.index();
        let below = touched.iter().flat_map(|path| {
            let from = index.entries.range(path.clone()..).map(|(p, _)| p);
            from.take_while(move |p| p.starts_with(path))
        });
        below.filter(|p| !files.contains_key(*p)).cloned().collect()
    };
    // A folder may have settings in it, or may have had some; the articles are read again under those that hold now.
    let is_folder = |path: &PathBuf| {
        !is_article(path)
            && (path.is_dir()
                || gone
                    .range(path.clone()..)
                    .next()
                    .is_some_and(|p| p.starts_with(path)))
    };
    if touched.iter().any(is_folder) {
        shared.write(Session::reload);
        return false;
    }
    let mut changed = !gone.is_empty();
    for path in gone {
        shared.index().entries.remove(&path);
    }
    for (path, meta) in files {
        let old = shared.index().entries.get(&path).cloned();
        let entry = entry(shared, &path, &meta, old.as_ref());
        let mut index = shared.index();
        // A reading of all folders has begun since: it finds the same, and they may be other folders.
        if !Arc::ptr_eq(&index.job, &job) {
            return changed;
        }
        if let Some(entry) = entry {
            changed |= old.is_none_or(|old| !Arc::ptr_eq(&old, &entry));
            index.entries.insert(path, entry);
        }
    }
    shared.index().dirty |= changed;
    changed
}

/// Whether `path` leads to something that was touched, or is that, or lies below it.
fn concerns(touched: &BTreeSet<PathBuf>, path: &Path) -> bool {
    // What lies below a path follows it in order.
    let leads = touched
        .range::<Path, _>((Bound::Included(path), Bound::Unbounded))
        .next();
    leads.is_some_and(|next| next.starts_with(path)) || path.ancestors().any(|p| touched.contains(p))
}

/// Writes what is known to the cache, if it holds something else.
pub(super) fn save(shared: &Shared) {
    let entries = {
        let mut index = shared.index();
        if !std::mem::take(&mut index.dirty) {
            return;
        }
        index.entries.clone()
    };
    let folders = shared.session().indexed();
    cache::save(shared, &folders, &entries);
}

/// The articles in `folder` that no ignore file hides, in folders that `wanted` lets through.
fn articles(folder: &Path, wanted: impl Fn(&Path) -> bool, job: &Job, acc: &mut Vec<(PathBuf, Metadata)>) {
    let enter = |path: &Path| !job.stopped() && wanted(path);
    // A folder that cannot be read has no articles for us.
    walk(folder, &enter, &mut |found| {
        let path = found.path();
        if !job.stopped()
            && wanted(&path)
            && is_article(&path)
            && let Ok(meta) = found.metadata()
            && meta.len() <= MAX_BYTES
        {
            acc.push((path, meta));
        }
    });
}

/// The editors' name for the kind of text in an article.
fn language(path: &Path) -> &'static str {
    match path.extension().is_some_and(|e| e.eq_ignore_ascii_case("txt")) {
        true => "plaintext",
        false => "markdown",
    }
}

/// What is to be kept of an article; `old` where it is still true, `None` for a file that cannot be read.
fn entry(shared: &Shared, path: &Path, meta: &Metadata, old: Option<&Arc<Entry>>) -> Option<Arc<Entry>> {
    let language = language(path);
    let (settings, pages, kb) = {
        let mut session = shared.session();
        let settings = session.settings_of(Some(path), language);
        (settings, session.pages(Some(path)), session.kb().clone())
    };
    let stamp = Stamp {
        len: meta.len(),
        modified: meta
            .modified()
            .ok()
            .and_then(|t| t.duration_since(UNIX_EPOCH).ok())
            .map_or(0, |d| d.as_nanos() as u64),
        settings: hash(&format!("{settings:?} {pages:?} {kb:?}")),
    };
    if let Some(old) = old.filter(|e| e.stamp == stamp) {
        return Some(old.clone());
    }
    let bytes = fs::read(path).ok()?;
    if is_no_text(&bytes) {
        return None;
    }
    let (text, _) = decode(bytes);
    let text: Arc<str> = text.into();
    // A fault of ours in one article costs that article.
    let (people, findings) = walled(|| digest(shared, path, &text, &settings, &pages)).ok()?;
    Some(Arc::new(Entry {
        stamp,
        people,
        findings,
    }))
}

fn digest(
    shared: &Shared,
    path: &Path,
    text: &Arc<str>,
    settings: &Settings,
    pages: &Pages,
) -> (Vec<Listed>, Vec<Diagnostic>) {
    let (kb, caps) = {
        let session = shared.session();
        let kb = settings.kb.as_ref().unwrap_or(session.kb());
        (kb.clone(), session.caps().clone())
    };
    if let Some(probe) = &shared.options.probe {
        probe.call(text);
    }
    let article = article::analyze(text, &settings.context, &kb);
    let lines = Lines::new(text, caps.encoding);
    let place = |offset| {
        let Position { line, column } = lines.position(offset);
        lsp::Position {
            line,
            character: column,
        }
    };
    let range = |span: DocSpan| Range {
        start: place(span.start),
        end: place(span.end),
    };
    let people = outline::participants(&article).map(|p| Listed {
        folded: p.folded,
        kind: symbol_kind(NodeKind::Entity(p.kind)),
        detail: p.detail,
        n_quotes: p.n_quotes,
        range: range(p.target),
        name: p.name,
    });
    let findings = rules::check(&article, &kb, &settings.config);
    let sheet = Sheet {
        caps: &caps,
        pages,
        config: &settings.config,
        uri: &Uri(uri::from_path(path)),
        text,
        range: &range,
    };
    let findings = findings.iter().map(|d| sheet.finding(d));
    (people.collect(), findings.collect())
}

/// A number that differs between different texts, for all that matters here, and is the same in every run.
pub(super) fn hash(text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    text.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_to_what_was_touched() {
        let touched = ["/desk/a/b.txt", "/desk/old", "/desk/a!"]
            .map(PathBuf::from)
            .into();
        for path in [
            "/",
            "/desk",
            "/desk/a",
            "/desk/a/b.txt",
            "/desk/old/x/y.txt",
            "/desk/old",
        ] {
            assert!(concerns(&touched, Path::new(path)), "{path}");
        }
        for path in [
            "/desk/a/c.txt",
            "/desk/older",
            "/desk/b",
            "/desk/ol",
            "/d",
            "/desk/a/b",
        ] {
            assert!(!concerns(&touched, Path::new(path)), "{path}");
        }
    }
}
