//! The files below a folder that no ignore file hides: `.ignore`, `.gitignore`, git's own list of the repository and of
//! its user. Names that begin with a dot are hidden, too, unless one of these shows them.

use std::{
    env,
    fs::{self, DirEntry},
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::base::order::Order;
use crate::desk::ignored::Rules;

/// Whether a file is taken for an article, by its name.
pub fn is_article(path: &Path) -> bool {
    let extension = path.extension().and_then(|e| e.to_str()).unwrap_or("");
    ["txt", "md", "markdown"]
        .iter()
        .any(|known| extension.eq_ignore_ascii_case(known))
}

/// Whether a file says what is hidden, by its name.
pub fn is_ignore_file(path: &Path) -> bool {
    FILES.iter().any(|name| path.ends_with(name))
}

/// Calls `found` with each file below `root`, in the order of the names; folders that `enter` refuses are left out, and
/// no link is followed. Gives back the folders that could not be read.
pub fn walk(
    root: &Path,
    enter: &dyn Fn(&Path) -> bool,
    found: &mut dyn FnMut(&DirEntry),
) -> Vec<(PathBuf, io::Error)> {
    let mut walk = Walk {
        names: Vec::new(),
        global: global(),
        enter,
        found,
        faults: Vec::new(),
    };
    let level = match fs::canonicalize(root) {
        Ok(whole) => walk.above(&whole),
        Err(error) => return vec![(root.to_owned(), error)],
    };
    walk.folder(root, level);
    walk.faults
}

/// Files of ignored names, in the order in which they have the word.
const FILES: [&str; 2] = [".ignore", ".gitignore"];

/// A folder with its ignore files, and the one above it.
struct Level {
    above: Option<Arc<Level>>,
    /// How many parts the folder's path has.
    depth: usize,
    /// Those of [`FILES`], then what is excluded in the repository that begins here.
    lists: [Rules; 3],
    /// Whether a repository begins here.
    is_repository: bool,
}

struct Walk<'a> {
    /// The parts of the path of what is looked at.
    names: Vec<String>,
    global: Rules,
    enter: &'a dyn Fn(&Path) -> bool,
    found: &'a mut dyn FnMut(&DirEntry),
    faults: Vec<(PathBuf, io::Error)>,
}

impl Walk<'_> {
    /// The levels above a folder. Its names stand in `names` then.
    fn above(&mut self, whole: &Path) -> Option<Arc<Level>> {
        let mut level = None;
        let mut folder = PathBuf::new();
        for part in whole.iter() {
            if !self.names.is_empty() {
                level = Some(self.level(&folder, level));
            }
            folder.push(part);
            self.names.push(part.to_string_lossy().into_owned());
        }
        level
    }

    fn level(&self, folder: &Path, above: Option<Arc<Level>>) -> Arc<Level> {
        let read = |path: &Path| fs::read(path).map_or_else(|_| Rules::default(), |b| Rules::read(&lossy(b)));
        let git = folder.join(".git");
        let is_repository = git.exists();
        let exclude = match is_repository {
            true => read(&common(&git).join("info/exclude")),
            false => Rules::default(),
        };
        let [ignore, gitignore] = FILES.map(|name| read(&folder.join(name)));
        Arc::new(Level {
            above,
            depth: self.names.len(),
            lists: [ignore, gitignore, exclude],
            is_repository,
        })
    }

    fn folder(&mut self, folder: &Path, above: Option<Arc<Level>>) {
        let level = self.level(folder, above);
        let entries = fs::read_dir(folder).and_then(|entries| entries.collect::<io::Result<Vec<_>>>());
        let mut entries = match entries {
            Ok(entries) => entries,
            Err(error) => {
                self.faults.push((folder.to_owned(), error));
                return;
            }
        };
        entries.order_by_key(DirEntry::file_name);
        for entry in entries {
            let Ok(kind) = entry.file_type() else { continue };
            if !kind.is_dir() && !kind.is_file() {
                continue;
            }
            self.names.push(entry.file_name().to_string_lossy().into_owned());
            if !self.hides(&level, kind.is_dir()) {
                if kind.is_file() {
                    (self.found)(&entry);
                } else {
                    let path = entry.path();
                    if (self.enter)(&path) {
                        self.folder(&path, Some(level.clone()));
                    }
                }
            }
            self.names.pop();
        }
    }

    /// Whether what `names` says is hidden in the folder of `level`.
    fn hides(&self, level: &Level, is_folder: bool) -> bool {
        let names: Vec<&str> = self.names.iter().map(String::as_str).collect();
        let levels = || std::iter::successors(Some(level), |l| l.above.as_deref());
        let mut said = None;
        for kind in 0..level.lists.len() {
            for level in levels() {
                let list = &level.lists[kind];
                said = said.or_else(|| match list.is_empty() {
                    true => None,
                    false => list.hide(&names[level.depth..], is_folder),
                });
                if said.is_some() {
                    break;
                }
            }
        }
        let said = said.or_else(|| {
            let home = levels().find(|l| l.is_repository).unwrap_or(level);
            self.global.hide(&names[home.depth..], is_folder)
        });
        said.unwrap_or_else(|| names.last().is_some_and(|name| name.starts_with('.')))
    }
}

fn lossy(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into_owned())
}

/// The folder with what all working trees of a repository share; `git` is `.git` in one of them, which may be a file
/// that says where the folder is.
fn common(git: &Path) -> PathBuf {
    let Ok(text) = fs::read_to_string(git) else {
        return git.to_owned();
    };
    let above = git.parent().unwrap_or(git);
    let own = above.join(text.strip_prefix("gitdir:").unwrap_or("").trim());
    match fs::read_to_string(own.join("commondir")) {
        Ok(shared) => own.join(shared.trim()),
        Err(_) => own,
    }
}

/// What git ignores everywhere for this user.
fn global() -> Rules {
    let home = env::var_os("HOME").map(PathBuf::from);
    let settings = env::var_os("XDG_CONFIG_HOME").map(PathBuf::from);
    let settings = settings
        .filter(|p| p.is_absolute())
        .or_else(|| home.as_ref().map(|h| h.join(".config")))
        .map(|p| p.join("git"));
    let configs = [
        home.as_ref().map(|h| h.join(".gitconfig")),
        settings.as_ref().map(|s| s.join("config")),
    ];
    let named = configs.iter().flatten().find_map(|config| {
        let text = fs::read_to_string(config).ok()?;
        let path = text.lines().find_map(|line| {
            let (key, value) = line.split_once('=')?;
            let value = value.trim().trim_matches('"');
            key.trim()
                .eq_ignore_ascii_case("excludesfile")
                .then(|| value.to_owned())
        })?;
        Some(match (path.strip_prefix("~/"), &home) {
            (Some(rest), Some(home)) => home.join(rest),
            _ => PathBuf::from(path),
        })
    });
    let file = named.or_else(|| settings.map(|s| s.join("ignore")));
    let text = file.and_then(|f| fs::read(f).ok()).map(lossy);
    text.map_or_else(Rules::default, |text| Rules::read(&text))
}
