//! What the documents say must be so: the table of layers, the tests behind the invariants, the links.

use std::path::Path;

use crate::tidy::{
    layers, report,
    source::{blank, files, read, root},
};

/// The cells of a Markdown table row, or none for another line.
fn cells(line: &str) -> Vec<&str> {
    match line.trim().strip_prefix('|').and_then(|l| l.strip_suffix('|')) {
        Some(row) => row.split('|').map(str::trim).collect(),
        None => Vec::new(),
    }
}

/// The pieces of `text` between back quotes.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// Whether `source` has a test of this name.
fn has_test(source: &str, name: &str) -> bool {
    let blanked = blank(source);
    let lines: Vec<&str> = blanked.lines().map(str::trim).collect();
    lines.iter().enumerate().any(|(i, line)| {
        let is_it = ["fn ", "async fn "].iter().any(|f| {
            line.strip_prefix(f)
                .is_some_and(|l| l.starts_with(&format!("{name}(")))
        });
        is_it
            && lines[..i]
                .iter()
                .rev()
                .take_while(|l| l.starts_with('#') || l.is_empty() || l.starts_with(')'))
                .any(|l| l.contains("test"))
    })
}

#[test]
fn architecture_shows_the_table_of_layers() {
    let table = layers::markdown();
    assert!(
        read("ARCHITECTURE.md").contains(&table),
        "ARCHITECTURE.md must hold this table, word for word:\n{table}"
    );
}

#[test]
fn each_invariant_names_a_test_that_exists() {
    let text = read("ARCHITECTURE.md");
    let mut faults = Vec::new();
    let mut numbers = Vec::new();
    for (i, line) in text.lines().enumerate() {
        let cells = cells(line);
        let Some(number) = cells
            .first()
            .and_then(|c| c.trim_matches('*').strip_prefix('I')?.parse::<u32>().ok())
        else {
            continue;
        };
        numbers.push(number);
        let tests: Vec<(&str, &str)> = code(cells.last().unwrap_or(&""))
            .filter_map(|c| c.split_once("::"))
            .collect();
        if tests.is_empty() {
            faults.push(format!("ARCHITECTURE.md:{}: I{number} names no test", i + 1));
        }
        for (path, name) in tests {
            if !root().join(path).is_file() {
                faults.push(format!("ARCHITECTURE.md:{}: I{number}: no file `{path}`", i + 1));
            } else if !has_test(&read(path), name) {
                faults.push(format!(
                    "ARCHITECTURE.md:{}: I{number}: `{path}` has no test `{name}`",
                    i + 1
                ));
            }
        }
    }
    assert!(
        numbers.len() >= 16,
        "the table of invariants is gone: found {numbers:?}"
    );
    let in_order: Vec<u32> = (1..=numbers.len() as u32).collect();
    assert_eq!(numbers, in_order, "invariants keep their numbers");
    report(&faults);
}

#[test]
fn a_test_is_known_by_its_attribute() {
    for (source, found) in [
        ("#[test]\nfn a() {}", true),
        ("#[tokio::test]\n#[allow(x)]\nasync fn a() {}", true),
        ("proptest! {\n    #[test]\n    fn a(x in 0..1) {}\n}", true),
        ("fn a() {}", false),
        ("#[test]\nfn b() {}\nfn a() {}", false),
        ("// #[test]\nfn a() {}", false),
        ("#[test]\nfn ab() {}", false),
    ] {
        assert_eq!(has_test(source, "a"), found, "{source}");
    }
}

#[test]
fn links_and_named_files_lead_somewhere() {
    let mut faults = Vec::new();
    for path in files("", &[".md"]) {
        let path = path.to_string_lossy().replace('\\', "/");
        if path.starts_with("tests/corpus/") || path.starts_with("examples/") {
            continue;
        }
        let folder = Path::new(&path).parent().unwrap_or(Path::new("")).to_owned();
        let mut fenced = false;
        for (i, line) in read(&path).lines().enumerate() {
            fenced ^= line.trim_start().starts_with("```");
            if fenced {
                continue;
            }
            for target in line
                .split("](")
                .skip(1)
                .filter_map(|l| l.split([')', ' ']).next())
            {
                let file = target.split('#').next().unwrap_or("");
                let outside = target.contains("://") || target.starts_with("mailto:") || file.is_empty();
                if !outside && !root().join(&folder).join(file).exists() {
                    faults.push(format!(
                        "{path}:{}: links to `{target}`, which is not there",
                        i + 1
                    ));
                }
            }
            if ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md"].contains(&&*path) {
                for name in code(line).filter(|c| is_path_of_this_project(c)) {
                    if !root().join(name).exists() {
                        faults.push(format!("{path}:{}: names `{name}`, which is not there", i + 1));
                    }
                }
            }
        }
    }
    report(&faults);
}

/// Whether a piece of code is a path into this project: it begins with one of its folders.
fn is_path_of_this_project(code: &str) -> bool {
    let plain = code
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "/_-.".contains(c));
    let folders = [
        "src/",
        "data/",
        "docs/",
        "editors/",
        "tests/",
        "benches/",
        "fuzz/",
        "examples/",
        "xtask/",
    ];
    plain && folders.iter().any(|f| code.starts_with(f))
}
