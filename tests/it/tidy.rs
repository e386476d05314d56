//! What the source tree promises about itself: layers, invariants, documents, tidiness.

use crate::tidy::source::{blank, files, read};

mod source;
mod layers;
mod docs;
mod words;

/// Text written by hand, whatever the language.
const WRITTEN: [&str; 20] = [
    ".rs", ".toml", ".yml", ".yaml", ".md", ".ts", ".mjs", ".js", ".json", ".lua", ".el", ".sh", ".py",
    ".kak", ".vim", ".scm", "justfile", "run", "NOTICE", ".txt",
];

/// Beyond this many lines a file is no longer read, only searched.
const LONG: usize = 600;

/// Written files as (path, text), without articles and expected output, which keep the form they have.
fn written() -> impl Iterator<Item = (String, String)> {
    files("", &WRITTEN)
        .into_iter()
        .map(|p| p.to_string_lossy().replace('\\', "/"))
        .filter(|p| {
            !["tests/corpus/", "tests/gold/own/", "examples/"]
                .iter()
                .any(|articles| p.starts_with(articles))
                && !p.ends_with("lock.json")
        })
        .map(|p| {
            let text = read(&p);
            (p, text)
        })
}

/// Fails with a list of faults, one a line.
#[track_caller]
fn report(faults: &[String]) {
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

#[test]
fn lines_end_cleanly() {
    let mut faults = Vec::new();
    for (path, text) in written() {
        for (i, line) in text.lines().enumerate() {
            if line.ends_with([' ', '\t']) {
                faults.push(format!("{path}:{}: trailing space", i + 1));
            }
        }
        if text.contains('\r') {
            faults.push(format!("{path}: line ends are `\\n` here"));
        }
        if !text.is_empty() && !text.ends_with('\n') {
            faults.push(format!("{path}: no line break at the end"));
        }
    }
    report(&faults);
}

#[test]
fn indentation_is_not_mixed() {
    let mut faults = Vec::new();
    for (path, text) in written() {
        let by = |c: char| text.lines().position(|l| l.starts_with(c));
        match (by('\t'), by(' ')) {
            (Some(line), _) if path.ends_with(".rs") => {
                faults.push(format!("{path}:{}: Rust is indented with spaces", line + 1));
            }
            (Some(tab), Some(space)) if !path.ends_with(".md") && !path.ends_with(".txt") => {
                faults.push(format!(
                    "{path}: line {} has a tab, line {} spaces",
                    tab + 1,
                    space + 1
                ));
            }
            _ => {}
        }
    }
    report(&faults);
}

#[test]
fn long_files_become_two() {
    let mut faults = Vec::new();
    for path in files("", &[".rs", ".ts", ".lua"]) {
        let path = path.to_string_lossy().replace('\\', "/");
        let n_lines = read(&path).lines().count();
        if n_lines > LONG {
            faults.push(format!("{path}: {n_lines} lines; make two of it"));
        }
    }
    report(&faults);
}

#[test]
fn what_is_left_to_do_names_an_issue() {
    // In two halves, or this file would be a finding of its own.
    let marks = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X")];
    let mut faults = Vec::new();
    for (path, text) in written().filter(|(p, _)| !p.ends_with(".md") && !p.ends_with(".txt")) {
        for (i, line) in text.lines().enumerate() {
            for mark in marks {
                let found = line.match_indices(mark).any(|(at, _)| {
                    let free = |c: Option<char>| !c.is_some_and(|c| c.is_alphanumeric() || c == '_');
                    free(line[..at].chars().next_back()) && free(line[at + mark.len()..].chars().next())
                });
                if found && !line.contains(&format!("{mark}(#")) {
                    faults.push(format!(
                        "{path}:{}: write `{mark}(#12)`, with the number of an issue",
                        i + 1
                    ));
                }
            }
        }
    }
    report(&faults);
}

#[test]
fn no_file_names_a_place_where_it_was_written() {
    let places = [
        concat!("/wo", "rk/"),
        concat!("sha", "red/"),
        concat!("/ro", "ot/"),
    ];
    let mut faults = Vec::new();
    for (path, text) in written() {
        for (i, line) in text.lines().enumerate() {
            for place in places {
                if line.contains(place) {
                    faults.push(format!("{path}:{}: names `{place}`", i + 1));
                }
            }
        }
    }
    report(&faults);
}

#[test]
fn no_test_is_switched_off_or_expects_a_panic() {
    let mut faults = Vec::new();
    for path in files("", &[".rs"]) {
        let path = path.to_string_lossy().replace('\\', "/");
        for (i, line) in blank(&read(&path)).lines().enumerate() {
            let line = line.trim_start();
            if line.starts_with("#[ignore") || line.starts_with("#[should_panic") {
                faults.push(format!("{path}:{}: state what happens instead", i + 1));
            }
        }
    }
    report(&faults);
}

#[test]
fn each_test_module_is_run() {
    let main = read("tests/it/main.rs");
    let mut faults = Vec::new();
    for path in files("tests/it", &[".rs"]) {
        let path = path.to_string_lossy().replace('\\', "/");
        let parts: Vec<&str> = path
            .trim_start_matches("tests/it/")
            .trim_end_matches(".rs")
            .split('/')
            .collect();
        let (parent, name) = match parts[..] {
            ["main"] => continue,
            [name] | [name, "mod"] => (main.clone(), name),
            [folder, name] => {
                let file = format!("tests/it/{folder}.rs");
                let exists = source::root().join(&file).exists();
                (
                    read(&if exists {
                        file
                    } else {
                        format!("tests/it/{folder}/mod.rs")
                    }),
                    name,
                )
            }
            _ => continue,
        };
        if !parent
            .lines()
            .any(|l| l.trim().ends_with(&format!("mod {name};")))
        {
            faults.push(format!(
                "{path}: nothing says `mod {name};`, so its tests never run"
            ));
        }
    }
    report(&faults);
}

/// Who counts UTF-16 units besides `src/text/`, and why.
const COUNTS_UTF16: &[(&str, &str)] = &[
    (
        "src/cli/offsets.rs",
        "annotations may give flat offsets in UTF-16; lines and columns are not made there",
    ),
    (
        "src/base/decode.rs",
        "a test writes a file in UTF-16, to see it read",
    ),
];

#[test]
fn offsets_become_positions_in_one_place() {
    let mut faults = Vec::new();
    for path in files("src", &[".rs"]) {
        let path = path.to_string_lossy().replace('\\', "/");
        if path.starts_with("src/text/") || COUNTS_UTF16.iter().any(|(p, _)| *p == path) {
            continue;
        }
        for (i, line) in blank(&read(&path)).lines().enumerate() {
            for name in ["len_utf16", "encode_utf16", "utf16_cu"] {
                if line.contains(name) {
                    faults.push(format!(
                        "{path}:{}: `{name}` belongs into src/text/position.rs",
                        i + 1
                    ));
                }
            }
        }
        // Counting line breaks is how a second place for it begins. Literals matter here, comments do not.
        for (i, line) in read(&path).lines().enumerate() {
            let counts = line.contains(r"'\n').count()");
            if counts && path != "src/base/place.rs" && !line.trim_start().starts_with("//") {
                faults.push(format!(
                    "{path}:{}: lines are counted in src/text/position.rs, for messages in src/base/place.rs",
                    i + 1
                ));
            }
        }
    }
    report(&faults);
}

#[test]
fn the_core_has_no_clock() {
    let mut faults = Vec::new();
    for path in files("src", &[".rs"]) {
        let path = path.to_string_lossy().replace('\\', "/");
        let may = ["src/lsp/", "src/cli/"]
            .iter()
            .any(|layer| path.starts_with(layer));
        for (i, line) in blank(&read(&path)).lines().enumerate() {
            let asks = ["Instant::now", "SystemTime::now", "disallowed_methods"]
                .iter()
                .any(|w| line.contains(w));
            if asks && !may {
                faults.push(format!("{path}:{}: asks for the time", i + 1));
            }
        }
    }
    report(&faults);
}

/// What a program that speaks to a network is built on, directly or at the end of a chain.
const NETWORK: [&str; 16] = [
    "mio",
    "socket2",
    "net2",
    "async-io",
    "h2",
    "hyper",
    "reqwest",
    "ureq",
    "curl",
    "curl-sys",
    "isahc",
    "openssl",
    "native-tls",
    "rustls",
    "quinn",
    "hickory-resolver",
];

#[test]
fn nothing_speaks_to_a_network() {
    let mut faults = Vec::new();
    for line in read("Cargo.lock").lines() {
        let name = line.strip_prefix("name = ").map(|name| name.trim_matches('"'));
        if let Some(name) = name.filter(|name| NETWORK.contains(name)) {
            faults.push(format!("Cargo.lock: {name} came in"));
        }
    }
    for path in files("src", &[".rs"]) {
        let path = path.to_string_lossy().replace('\\', "/");
        let text = blank(&read(&path));
        for name in ["net::", "TcpStream", "TcpListener", "UdpSocket", "UnixStream"] {
            if text.contains(name) {
                faults.push(format!("{path}: names `{name}`"));
            }
        }
    }
    report(&faults);
}

/// Beginnings of words that American English spells another way.
const BRITISH: [&str; 14] = [
    "analysed",
    "analyser",
    "behaviour",
    "capitalis",
    "centre",
    "colour",
    "favour",
    "initialis",
    "labelled",
    "licence",
    "neighbour",
    "normalis",
    "organis",
    "recognis",
];

#[test]
fn comments_are_spelled_the_american_way() {
    let mut faults = Vec::new();
    for path in ["src", "xtask/src", "benches", "tests/it"]
        .iter()
        .flat_map(|dir| files(dir, &[".rs"]))
    {
        let path = path.to_string_lossy().replace('\\', "/");
        for (i, line) in read(&path).lines().enumerate() {
            let Some(comment) = line.trim_start().strip_prefix("//") else {
                continue;
            };
            // What stands in marks is an example out of some article.
            let own: String = comment
                .split(['"', '“', '”'])
                .step_by(2)
                .collect::<String>()
                .to_lowercase();
            for word in own.split(|c: char| !c.is_alphabetic()) {
                if BRITISH.iter().any(|b| word.starts_with(b)) {
                    faults.push(format!("{path}:{}: “{word}”", i + 1));
                }
            }
        }
    }
    report(&faults);
}

#[test]
fn one_line_is_unsafe() {
    let mut places = Vec::new();
    for path in files("", &[".rs"]) {
        let path = path.to_string_lossy().replace('\\', "/");
        let text = blank(&read(&path));
        for word in text.split(|c: char| !c.is_alphanumeric() && c != '_') {
            if ["unsafe", "unsafe_code"].contains(&word) {
                places.push(format!("{path}: {word}"));
            }
        }
    }
    places.sort();
    let map = "src/desk/map.rs";
    assert_eq!(places, [format!("{map}: unsafe"), format!("{map}: unsafe_code")]);
}
