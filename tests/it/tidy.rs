//! What the source tree promises about itself.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The files of the source tree below `dir` whose name ends in one of `ends`, sorted.
fn files(dir: &str, ends: &[&str]) -> Vec<PathBuf> {
    fn walk(dir: &Path, ends: &[&str], acc: &mut Vec<PathBuf>) {
        let Ok(entries) = fs::read_dir(dir) else {
            return;
        };
        for entry in entries {
            let path = entry.expect("readable directory entry").path();
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            if path.is_dir() {
                if !["target", "node_modules", ".git", "out"].contains(&&*name) {
                    walk(&path, ends, acc);
                }
            } else if ends.iter().any(|e| name.ends_with(e)) {
                acc.push(path);
            }
        }
    }
    let mut acc = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join(dir), ends, &mut acc);
    acc.sort();
    acc
}

#[test]
fn no_line_ends_in_a_space() {
    let mut faults = Vec::new();
    for path in files("", &[".rs", ".toml", ".yml", ".md"]) {
        let text = fs::read_to_string(&path).expect("UTF-8");
        for (i, line) in text.lines().enumerate() {
            if line.ends_with([' ', '\t']) {
                faults.push(format!("{}:{}: trailing space", path.display(), i + 1));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
