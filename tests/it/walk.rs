//! The files that ignore files leave: compared with the crate that ripgrep uses, over random trees.

use std::{fs, path::Path};

use copydesk::desk::walk::walk;
use ignore::WalkBuilder;
use proptest::prelude::*;

use crate::desk::Folder;

fn ours(root: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let faults = walk(root, &|_| true, &mut |entry| {
        found.push(below(root, &entry.path()));
    });
    assert!(faults.is_empty(), "{faults:?}");
    found.sort();
    found
}

fn theirs(root: &Path) -> Vec<String> {
    let walk = WalkBuilder::new(root).require_git(false).build().flatten();
    let files = walk.filter(|e| e.file_type().is_some_and(|t| t.is_file()));
    let mut found: Vec<_> = files.map(|e| below(root, e.path())).collect();
    found.sort();
    found
}

fn below(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).unwrap().to_str().unwrap().to_owned()
}

fn name() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "a", "b", "ab", "a.txt", "b.txt", "b.md", "a b", ".a", "ä.txt", "a]b", "-.txt", "#a", "!a", "a*b",
        "A.TXT",
    ])
}

fn path() -> impl Strategy<Value = String> {
    (
        prop::collection::vec(prop::sample::select(vec!["a", "b", "d", ".h"]), 0..4),
        name(),
    )
        .prop_map(|(mut parts, name)| {
            parts.push(name);
            parts.join("/")
        })
}

fn pattern() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a", "b", "d", ".h", "*", "**", "/", "/", "?", ".txt", "[ab]", "[!a]", "[^b-z]", "[]a]", "[a-]",
        "\\*", "\\ ", " ", "ä", "\\!", "\\#", "-", "b.md", ".",
    ]);
    (
        prop::sample::select(vec!["", "", "", "!", "/", "!/", "**/", "#"]),
        prop::collection::vec(piece, 1..5),
        prop::sample::select(vec!["", "", "/", "/**", " ", "  "]),
    )
        .prop_map(|(head, pieces, tail)| format!("{head}{}{tail}", pieces.concat()))
        // A part without a name means nothing, and is taken for this or that.
        .prop_filter("two slashes", |pattern| !pattern.contains("//"))
}

/// Where an ignore file lies, and its lines.
fn list() -> impl Strategy<Value = (String, Vec<String>)> {
    let place = prop::sample::select(vec![
        ".gitignore",
        ".ignore",
        "a/.gitignore",
        "a/.ignore",
        "a/b/.gitignore",
        ".git/info/exclude",
        "d/.git/info/exclude",
        "d/.gitignore",
    ]);
    (
        place.prop_map(str::to_owned),
        prop::collection::vec(pattern(), 1..5),
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

    #[test]
    fn ignore_files_are_read_as_others_read_them(
        paths in prop::collection::vec(path(), 1..12),
        lists in prop::collection::vec(list(), 0..4),
        inner in any::<bool>(),
    ) {
        let folder = Folder::new("walk", &[]);
        for path in &paths {
            let path = folder.0.join(path);
            // A name that is a folder already stays one, and the other way round.
            if fs::create_dir_all(path.parent().unwrap()).is_ok() && !path.exists() {
                fs::write(path, "It rained.\n").unwrap();
            }
        }
        for (place, lines) in &lists {
            let path = folder.0.join(place);
            if fs::create_dir_all(path.parent().unwrap()).is_ok() && !path.is_dir() {
                fs::write(path, lines.join("\n")).unwrap();
            }
        }
        // Also from a folder further in, whose ignore files stand above it.
        let root = folder.0.join("a");
        let root = if inner && root.is_dir() { root } else { folder.0.clone() };
        prop_assert_eq!(ours(&root), theirs(&root), "{:?}", lists);
    }
}

#[test]
fn the_usual_lines() {
    let folder = Folder::new(
        "walk-usual",
        &[
            (
                ".gitignore",
                "# built\n*.md\n!read.me.md\n/out/\ndrafts/**\nx\\ \n",
            ),
            ("a.txt", ""),
            ("a.md", ""),
            ("read.me.md", ""),
            ("out/a.txt", ""),
            ("in/out/a.txt", ""),
            ("drafts/a.txt", ""),
            ("in/drafts/a.txt", ""),
            ("x ", ""),
            ("x", ""),
            (".hidden/a.txt", ""),
        ],
    );
    let found = ours(&folder.0);
    assert_eq!(
        found,
        ["a.txt", "in/drafts/a.txt", "in/out/a.txt", "read.me.md", "x"]
    );
    assert_eq!(found, theirs(&folder.0));
}

#[test]
fn a_working_tree_has_the_excludes_of_its_repository() {
    let folder = Folder::new(
        "walk-tree",
        &[
            ("main/.git/info/exclude", "secret.txt\n"),
            ("main/.git/worktrees/side/commondir", "../..\n"),
            ("main/secret.txt", ""),
            ("side/.git", "gitdir: ../main/.git/worktrees/side\n"),
            ("side/secret.txt", ""),
            ("side/a.txt", ""),
        ],
    );
    assert_eq!(ours(&folder.0), ["side/a.txt"]);
}
