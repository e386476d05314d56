//! Reads the source tree: its files, and Rust text with comments and literals blanked out.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Folders that hold nothing written by hand.
const SKIPPED: [&str; 6] = ["target", "node_modules", ".git", "out", "dist", "__pycache__"];

/// The root of the project.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The text of a file of the project.
#[track_caller]
pub(crate) fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// The files below `dir` whose names end in one of `ends`, relative to the root, sorted.
pub(crate) fn files(dir: &str, ends: &[&str]) -> Vec<PathBuf> {
    let mut acc = Vec::new();
    walk(&root().join(dir), ends, &mut acc);
    acc.sort();
    acc
}

fn walk(dir: &Path, ends: &[&str], acc: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(dir) else {
        return;
    };
    for entry in entries {
        let path = entry.expect("a readable directory entry").path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if path.is_symlink() {
            continue;
        } else if path.is_dir() {
            if !SKIPPED.contains(&&*name) {
                walk(&path, ends, acc);
            }
        } else if ends.iter().any(|e| name.ends_with(e)) {
            acc.push(path.strip_prefix(root()).expect("below the root").to_owned());
        }
    }
}

/// `source` with comments and the contents of literals replaced by spaces; line breaks stay.
pub(crate) fn blank(source: &str) -> String {
    let c: Vec<char> = source.chars().collect();
    let at = |i: usize| c.get(i).copied().unwrap_or('\0');
    let mut out = String::with_capacity(source.len());
    let hide = |out: &mut String, from: usize, to: usize| {
        out.extend(
            c[from..to.min(c.len())]
                .iter()
                .map(|&c| if c == '\n' { '\n' } else { ' ' }),
        );
    };
    let mut i = 0;
    while i < c.len() {
        let start = i;
        let word_before = i > 0 && (c[i - 1].is_alphanumeric() || c[i - 1] == '_');
        match c[i] {
            '/' if at(i + 1) == '/' => {
                while i < c.len() && c[i] != '\n' {
                    i += 1;
                }
                hide(&mut out, start, i);
            }
            '/' if at(i + 1) == '*' => {
                let mut depth = 0;
                while i < c.len() {
                    if c[i] == '/' && at(i + 1) == '*' {
                        depth += 1;
                        i += 2;
                    } else if c[i] == '*' && at(i + 1) == '/' {
                        depth -= 1;
                        i += 2;
                        if depth == 0 {
                            break;
                        }
                    } else {
                        i += 1;
                    }
                }
                hide(&mut out, start, i);
            }
            'r' if !word_before || matches!(c[i - 1], 'b' | 'c') => {
                let hashes = (i + 1..).take_while(|&k| at(k) == '#').count();
                if at(i + 1 + hashes) != '"' {
                    out.push('r');
                    i += 1;
                    continue;
                }
                i += 2 + hashes;
                while i < c.len() && !(c[i] == '"' && (1..=hashes).all(|k| at(i + k) == '#')) {
                    i += 1;
                }
                i += 1 + hashes;
                hide(&mut out, start, i);
            }
            '"' => {
                i += 1;
                while i < c.len() && c[i] != '"' {
                    i += if c[i] == '\\' { 2 } else { 1 };
                }
                i += 1;
                hide(&mut out, start, i);
            }
            // A lifetime has no closing quote after its first character.
            '\'' if at(i + 1) == '\\' || at(i + 2) == '\'' => {
                i += 1;
                while i < c.len() && c[i] != '\'' {
                    i += if c[i] == '\\' { 2 } else { 1 };
                }
                i += 1;
                hide(&mut out, start, i);
            }
            other => {
                out.push(other);
                i += 1;
            }
        }
    }
    out
}

/// A token of Rust, as far as paths need it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Tok<'a> {
    /// An identifier or keyword.
    Ident(&'a str),
    /// `::`
    Sep,
    /// Any other sign.
    Sign(char),
}

/// The tokens of blanked text, each with its 1-based line.
pub(crate) fn tokens(blanked: &str) -> Vec<(usize, Tok<'_>)> {
    let mut acc = Vec::new();
    for (n, line) in blanked.lines().enumerate() {
        let mut at = 0;
        while let Some(c) = line[at..].chars().next() {
            let len = line[at..]
                .find(|c: char| !(c.is_alphanumeric() || c == '_'))
                .unwrap_or(line.len() - at);
            if len > 0 {
                acc.push((n + 1, Tok::Ident(&line[at..at + len])));
                at += len;
            } else if line[at..].starts_with("::") {
                acc.push((n + 1, Tok::Sep));
                at += 2;
            } else {
                if !c.is_whitespace() {
                    acc.push((n + 1, Tok::Sign(c)));
                }
                at += c.len_utf8();
            }
        }
    }
    acc
}

/// Index of the token behind the bracket that closes the one at `open`.
pub(crate) fn behind_brackets(toks: &[(usize, Tok<'_>)], open: usize) -> usize {
    let mut depth = 0usize;
    for (i, (_, tok)) in toks.iter().enumerate().skip(open) {
        match tok {
            Tok::Sign('(' | '[' | '{') => depth += 1,
            Tok::Sign(')' | ']' | '}') => {
                depth -= 1;
                if depth == 0 {
                    return i + 1;
                }
            }
            _ => {}
        }
    }
    toks.len()
}

#[test]
fn literals_and_comments_are_blanked() {
    let source = "a /* b /* c */ \" */ d // e\n\"f\\\"g\" h r#\"i\"j\"# k 'l' '\\'' m<'n>('o') br\"p\" for q";
    let blanked = blank(source);
    let words: Vec<_> = blanked.split_whitespace().collect();
    assert_eq!(words, ["a", "d", "h", "k", "m<'n>(", ")", "b", "for", "q"]);
    assert_eq!(blanked.lines().count(), 2);
}
