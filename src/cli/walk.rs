//! The paths of a command line to the articles they mean.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    base::order::Order,
    cli::{
        error::{self, Failure},
        input,
    },
    desk::walk::{is_article, walk},
};

/// The articles that `paths` name or have below them, those of a folder in the order of their names; and whether
/// all could be looked into. What could not is told, and costs nothing but itself.
pub(crate) fn articles(paths: &[PathBuf]) -> Result<(Vec<PathBuf>, bool), Failure> {
    input::read_once(paths)?;
    let (mut files, mut sound) = (Vec::new(), true);
    for path in paths {
        if path.is_dir() {
            sound &= below(path, &mut files);
        } else {
            files.push(path.clone());
        }
    }
    Ok((files, sound))
}

/// Adds the articles below a folder; whether all of it could be looked into.
fn below(folder: &Path, files: &mut Vec<PathBuf>) -> bool {
    let mut found = Vec::new();
    let faults = walk(folder, &|_| true, &mut |entry| {
        let path = entry.path();
        if is_article(&path) {
            found.push(path);
        }
    });
    for (path, fault) in &faults {
        error::complain(&format_args!("{}: {}", path.display(), input::explain(fault)));
    }
    let sound = faults.is_empty();
    if found.is_empty() && sound {
        error::complain(&format_args!(
            "{}: no articles (.txt, .md, .markdown) in this folder{}",
            folder.display(),
            left_out(folder)
        ));
    }
    found.order_by(Ord::cmp);
    files.append(&mut found);
    sound
}

/// What looks like an article in a folder and was not taken, by the reason.
#[derive(Default)]
struct Left {
    links: usize,
    hidden: usize,
    ignored: usize,
}

impl Left {
    fn count(&mut self, folder: &Path, hidden: bool) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let (name, path) = (entry.file_name(), entry.path());
            let Some(kind) = entry.file_type().ok().filter(|_| name != ".git") else {
                continue;
            };
            let hidden = hidden || name.as_encoded_bytes().starts_with(b".");
            if kind.is_dir() {
                self.count(&path, hidden);
            } else if is_article(&path) {
                *match (kind.is_symlink(), hidden) {
                    (true, _) => &mut self.links,
                    (false, true) => &mut self.hidden,
                    (false, false) => &mut self.ignored,
                } += 1;
            }
        }
    }
}

/// What of a folder was not taken though it looks like an article, and why, as the end of a line.
fn left_out(folder: &Path) -> String {
    let mut left = Left::default();
    left.count(folder, false);
    let kinds = [
        (left.links, "linked"),
        (left.hidden, "hidden"),
        (left.ignored, "named in a .gitignore or .ignore"),
    ];
    let kinds: Vec<String> = kinds
        .iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, what)| format!("{n} {what}"))
        .collect();
    if kinds.is_empty() {
        return String::new();
    }
    format!(
        "; left out: {} (a file that is named is read all the same)",
        kinds.join(", ")
    )
}
