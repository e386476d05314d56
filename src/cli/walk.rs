//! The paths of a command line to the articles they mean.

use std::path::{Path, PathBuf};

use ignore::{DirEntry, WalkBuilder};

use crate::{
    base::order::Order,
    cli::{
        error::{self, Failure},
        input,
    },
};

/// What an article's name may end in, where a folder is walked.
const ENDINGS: [&str; 3] = ["txt", "md", "markdown"];

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
    let (mut found, mut sound) = (Vec::new(), true);
    for entry in WalkBuilder::new(folder).require_git(false).build() {
        match entry {
            Ok(entry) if is_article(&entry) && entry.file_type().is_some_and(|t| t.is_file()) => {
                found.push(entry.into_path());
            }
            Ok(_) => {}
            Err(e) => {
                error::complain(&told(&e));
                sound = false;
            }
        }
    }
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

fn is_article(entry: &DirEntry) -> bool {
    let ending = entry.path().extension().and_then(|e| e.to_str());
    ending.is_some_and(|e| ENDINGS.iter().any(|known| e.eq_ignore_ascii_case(known)))
}

/// Where a folder and the fault stand in an error of the walk, as for any file that cannot be read.
fn told(e: &ignore::Error) -> String {
    match e {
        ignore::Error::WithPath { path, err } => format!("{}: {}", path.display(), told(err)),
        ignore::Error::WithDepth { err, .. } => told(err),
        _ => e.io_error().map_or_else(|| e.to_string(), input::explain),
    }
}

/// What of a folder was not taken though it looks like an article, and why, as the end of a line.
fn left_out(folder: &Path) -> String {
    let everything = WalkBuilder::new(folder)
        .standard_filters(false)
        .filter_entry(|e| e.file_name() != ".git")
        .build();
    let (mut links, mut hidden, mut ignored) = (0_usize, 0_usize, 0_usize);
    for entry in everything.flatten().filter(|e| e.depth() > 0 && is_article(e)) {
        let inside = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        if entry.path_is_symlink() {
            links += 1;
        } else if entry.file_type().is_some_and(|t| t.is_dir()) {
            // The walk goes on into it.
        } else if inside
            .iter()
            .any(|part| part.as_encoded_bytes().starts_with(b"."))
        {
            hidden += 1;
        } else {
            ignored += 1;
        }
    }
    let kinds = [
        (links, "linked"),
        (hidden, "hidden"),
        (ignored, "named in a .gitignore or .ignore"),
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
