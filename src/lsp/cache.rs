//! What is known of the workspace's articles, on disk: a line of JSON an article, below a line that says who
//! wrote it. A file that is damaged, or of another program or knowledge base, is as good as none.

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    io::{self, BufRead, BufReader, BufWriter, Read, Write},
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use serde::{Deserialize, Serialize};

use crate::lsp::{
    Shared,
    index::{self, Entry},
};

/// A workspace that nobody has opened for so long has its cache removed; it can be made again.
const KEEP: Duration = Duration::from_secs(90 * 24 * 60 * 60);

/// As much of a file is looked at for its head.
const LONGEST: u64 = 1 << 20;

/// Who wrote the file, and for whom.
#[derive(PartialEq, Debug, Serialize, Deserialize)]
struct Head {
    copydesk: String,
    /// Of the program, and of the knowledge base beside it: what changes the answers.
    made: u64,
    /// What of the editor the findings are made for.
    editor: String,
    folders: BTreeSet<PathBuf>,
}

impl Head {
    fn new(shared: &Shared, folders: &BTreeSet<PathBuf>) -> Self {
        let program = env::current_exe().and_then(fs::metadata);
        let stamp = program.map(|m| {
            (
                m.len(),
                m.modified().ok().and_then(|t| t.duration_since(UNIX_EPOCH).ok()),
            )
        });
        let (kb, caps) = {
            let session = shared.session();
            (session.kb().clone(), session.caps().clone())
        };
        let mark = format!("{stamp:?} {kb:?}");
        Self {
            copydesk: env!("CARGO_PKG_VERSION").to_owned(),
            made: index::hash(&mark),
            editor: format!(
                "{:?} {} {} {}",
                caps.encoding, caps.tag_unnecessary, caps.tag_deprecated, caps.related
            ),
            folders: folders.clone(),
        }
    }
}

/// The folder in which programs keep what they can make again: `$XDG_CACHE_HOME/copydesk` and its kin.
pub fn directory() -> Option<PathBuf> {
    let of = |name: &str| env::var_os(name).map(PathBuf::from).filter(|p| p.is_absolute());
    let base = if cfg!(windows) {
        of("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        of("HOME").map(|home| home.join("Library/Caches"))
    } else {
        of("XDG_CACHE_HOME").or_else(|| of("HOME").map(|home| home.join(".cache")))
    };
    Some(base?.join("copydesk"))
}

fn file(directory: &Path, folders: &BTreeSet<PathBuf>) -> PathBuf {
    directory.join(format!(
        "index-{:016x}.jsonl",
        index::hash(&format!("{folders:?}"))
    ))
}

/// The folder of the cache, unless nothing is to be kept.
fn wanted(shared: &Shared) -> Option<&Path> {
    let on = shared.session().settings().cache;
    shared.options.cache.as_deref().filter(|_| on)
}

/// What the cache holds; nothing where it is of no use.
pub(super) fn load(shared: &Shared, folders: &BTreeSet<PathBuf>) -> BTreeMap<PathBuf, Arc<Entry>> {
    let Some(directory) = wanted(shared) else {
        return BTreeMap::new();
    };
    let path = file(directory, folders);
    let Ok(file) = fs::File::open(&path) else {
        return BTreeMap::new();
    };
    touch(directory, &path);
    // Line by line, so that the file is never in memory as a whole.
    let mut lines = BufReader::new(file).lines().map_while(io::Result::ok);
    let head = lines.next().and_then(|l| serde_json::from_str::<Head>(&l).ok());
    if head != Some(Head::new(shared, folders)) {
        return BTreeMap::new();
    }
    // A damaged line costs its article, which is read again.
    lines
        .filter_map(|line| serde_json::from_str::<(PathBuf, Entry)>(&line).ok())
        .map(|(path, entry)| (path, Arc::new(entry)))
        .collect()
}

/// Replaces the cache. What cannot be written is made again next time; that is no error.
pub(super) fn save(shared: &Shared, folders: &BTreeSet<PathBuf>, entries: &BTreeMap<PathBuf, Arc<Entry>>) {
    if let Some(directory) = wanted(shared) {
        let _ = write(directory, &Head::new(shared, folders), folders, entries);
    }
}

/// Marks a cache as used, and removes those that have not been for long.
#[allow(clippy::disallowed_methods, reason = "how long a file has not been used")]
fn touch(directory: &Path, file: &Path) {
    let now = SystemTime::now();
    let used = fs::OpenOptions::new().append(true).open(file);
    let _ = used.and_then(|file| file.set_modified(now));
    for other in fs::read_dir(directory).into_iter().flatten().flatten() {
        let path = other.path();
        // Of links only what they are is looked at.
        let since = other
            .metadata()
            .and_then(|meta| meta.modified())
            .ok()
            .and_then(|then| now.duration_since(then).ok());
        if since.is_some_and(|since| since > KEEP) && is_ours(&path) {
            let _ = fs::remove_file(path);
        }
    }
}

/// Whether a file is a cache of this program, of whatever version, or a draft of one: by its name, and a cache by its head.
fn is_ours(path: &Path) -> bool {
    let name = path.file_name().and_then(|n| n.to_str()).unwrap_or("");
    let Some((number, kind)) = name.strip_prefix("index-").and_then(|rest| rest.split_once('.')) else {
        return false;
    };
    let is_number = number.len() == 16 && number.bytes().all(|b| b.is_ascii_hexdigit());
    let is_file = fs::symlink_metadata(path).is_ok_and(|meta| meta.is_file());
    let has_head = || {
        let mut line = String::new();
        let read =
            fs::File::open(path).and_then(|file| BufReader::new(file.take(LONGEST)).read_line(&mut line));
        read.is_ok() && serde_json::from_str::<Head>(&line).is_ok()
    };
    let is_draft = |kind: &str| {
        let process = kind.strip_suffix(".tmp").unwrap_or("");
        !process.is_empty() && process.bytes().all(|b| b.is_ascii_digit())
    };
    is_number && is_file && (is_draft(kind) || kind == "jsonl" && has_head())
}

fn write(
    directory: &Path,
    head: &Head,
    folders: &BTreeSet<PathBuf>,
    entries: &BTreeMap<PathBuf, Arc<Entry>>,
) -> io::Result<()> {
    fs::create_dir_all(directory)?;
    let file = file(directory, folders);
    // Two servers may write at once; each its own file, and the last one stays.
    let draft = file.with_extension(format!("{}.tmp", std::process::id()));
    let written = (|| {
        let mut out = BufWriter::new(fs::File::create(&draft)?);
        serde_json::to_writer(&mut out, head)?;
        out.write_all(b"\n")?;
        // A path that is no text cannot be written, and its article is read each time.
        for (path, entry) in entries.iter().filter(|(path, _)| path.to_str().is_some()) {
            serde_json::to_writer(&mut out, &(path, &**entry))?;
            out.write_all(b"\n")?;
        }
        out.into_inner()
            .map_err(io::IntoInnerError::into_error)?
            .sync_all()
    })();
    let moved = written.and_then(|()| fs::rename(&draft, &file));
    if moved.is_err() {
        let _ = fs::remove_file(&draft);
    }
    touch(directory, &file);
    moved
}
