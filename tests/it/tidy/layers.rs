//! Who may import whom: the table of the layers, and a scan that holds the source to it.

use std::collections::BTreeSet;

use crate::tidy::source::{Tok, behind_brackets, blank, files, read, tokens};

/// A layer and what it may name besides `std` and itself.
pub(crate) struct Layer {
    /// `src/<name>/` or `src/<name>.rs`.
    pub(crate) name: &'static str,
    /// Other layers.
    pub(crate) layers: &'static [&'static str],
    /// External crates.
    pub(crate) crates: &'static [&'static str],
}

/// The layers in reading order. ARCHITECTURE.md shows this table, and a test compares the two.
pub(crate) const LAYERS: [Layer; 12] = [
    Layer {
        name: "base",
        layers: &[],
        crates: &["unicode_normalization"],
    },
    Layer {
        name: "kb",
        layers: &["base"],
        crates: &["fst", "memchr", "rustc_hash", "serde", "serde_json", "toml"],
    },
    Layer {
        name: "syntax",
        layers: &["base"],
        crates: &["pulldown_cmark", "rustc_hash"],
    },
    Layer {
        name: "semantic",
        layers: &["base", "kb", "syntax"],
        crates: &["rustc_hash"],
    },
    Layer {
        name: "rules",
        layers: &["base", "kb", "syntax", "semantic"],
        crates: &["rustc_hash", "toml"],
    },
    Layer {
        name: "ide",
        layers: &["base", "kb", "syntax", "semantic", "rules"],
        crates: &["rustc_hash"],
    },
    Layer {
        name: "text",
        layers: &["base"],
        crates: &["ropey"],
    },
    Layer {
        name: "desk",
        layers: &["base", "kb", "rules"],
        crates: &["memmap2", "toml"],
    },
    Layer {
        name: "lsp",
        layers: &["base", "kb", "syntax", "semantic", "rules", "ide", "text", "desk"],
        crates: &[
            "futures_util",
            "rustc_hash",
            "rustix",
            "serde",
            "serde_json",
            "tokio",
            "tower_lsp",
            "tower_service",
        ],
    },
    Layer {
        name: "cli",
        layers: &["base", "kb", "syntax", "semantic", "rules", "ide", "text", "desk"],
        crates: &[
            "clap",
            "flate2",
            "memchr",
            "ruzstd",
            "serde",
            "serde_json",
            "strsim",
            "terminal_size",
        ],
    },
    Layer {
        name: "testing",
        layers: &["base", "kb", "syntax", "semantic", "rules", "ide"],
        crates: &[],
    },
    Layer {
        name: "main",
        layers: &["lsp", "cli"],
        crates: &[],
    },
];

/// What unit tests inside a layer may name besides.
const IN_TESTS: Layer = Layer {
    name: "",
    layers: &["testing"],
    crates: &["expect_test", "proptest"],
};

/// The table as ARCHITECTURE.md shows it.
pub(crate) fn markdown() -> String {
    let list = |names: &[&str]| match names {
        [] => "–".to_owned(),
        names => names.join(", "),
    };
    let mut out = String::from("| layer | may import | external crates |\n|---|---|---|\n");
    for layer in &LAYERS {
        let row = format!(
            "| {} | {} | {} |\n",
            layer.name,
            list(layer.layers),
            list(layer.crates)
        );
        out.push_str(&row);
    }
    out
}

/// The faults of one file: `path` relative to the root, below `src/`.
fn faults(path: &str, source: &str, crates: &BTreeSet<String>) -> Vec<String> {
    let modules: Vec<&str> = path
        .trim_start_matches("src/")
        .trim_end_matches(".rs")
        .split('/')
        .filter(|m| *m != "mod")
        .collect();
    if modules == ["lib"] {
        return Vec::new();
    }
    let Some(layer) = LAYERS.iter().find(|l| l.name == modules[0]) else {
        return vec![format!(
            "{path}: belongs to no layer of the table in tests/it/tidy/layers.rs"
        )];
    };
    let blanked = blank(source);
    let toks = tokens(&blanked);
    let mut acc = Vec::new();
    // Where the innermost test module ends, and where each open inline module ends.
    let mut test_end = 0;
    let mut nested: Vec<usize> = Vec::new();
    let tok = |i: usize| toks.get(i).map(|t| t.1);
    for i in 0..toks.len() {
        nested.retain(|&end| i < end);
        let behind_path = i > 0 && tok(i - 1) == Some(Tok::Sep);
        match tok(i) {
            Some(Tok::Sign('#')) if is_cfg_test(&toks, i) => test_end = test_end.max(item_end(&toks, i)),
            Some(Tok::Ident("mod")) if tok(i + 2) == Some(Tok::Sign('{')) => {
                nested.push(behind_brackets(&toks, i + 2));
            }
            Some(Tok::Ident(name @ ("crate" | "copydesk")))
                if tok(i + 1) == Some(Tok::Sep) && !behind_path =>
            {
                if name == "copydesk" && layer.name != "main" {
                    acc.push(format!("{path}:{}: write `crate::`", toks[i].0));
                }
                for (line, name) in heads(&toks, i + 2) {
                    let macro_call = name == "!";
                    let known = LAYERS.iter().any(|l| l.name == name);
                    let allowed = name == layer.name
                        || layer.layers.contains(&name)
                        || i < test_end && IN_TESTS.layers.contains(&name);
                    if !macro_call && !known {
                        acc.push(format!("{path}:{line}: `{name}` at the crate's root is no layer"));
                    } else if !macro_call && !allowed {
                        acc.push(format!("{path}:{line}: `{}` may not import `{name}`", layer.name));
                    }
                }
            }
            Some(Tok::Ident("super")) if !behind_path && tok(i + 1) == Some(Tok::Sep) => {
                let ups = (i..)
                    .step_by(2)
                    .take_while(|&k| tok(k) == Some(Tok::Ident("super")))
                    .count();
                if ups >= modules.len() + nested.len() {
                    acc.push(format!(
                        "{path}:{}: `super` leaves the layer; write `crate::`",
                        toks[i].0
                    ));
                }
            }
            Some(Tok::Ident(name)) if !behind_path && crates.contains(name) => {
                let imported = i > 0 && tok(i - 1) == Some(Tok::Ident("use"));
                let allowed = layer.crates.contains(&name) || i < test_end && IN_TESTS.crates.contains(&name);
                if (tok(i + 1) == Some(Tok::Sep) || imported) && !allowed {
                    let line = toks[i].0;
                    acc.push(format!(
                        "{path}:{line}: `{}` may not use the crate `{name}`",
                        layer.name
                    ));
                }
            }
            _ => {}
        }
    }
    acc
}

/// The first names of the path or group at token `i`, each with its line; `!` for a macro.
fn heads<'a>(toks: &[(usize, Tok<'a>)], i: usize) -> Vec<(usize, &'a str)> {
    let mut acc = Vec::new();
    match toks.get(i) {
        Some((line, Tok::Ident(name))) => {
            let is_macro = matches!(toks.get(i + 1), Some((_, Tok::Sign('!'))));
            acc.push((*line, if is_macro { "!" } else { name }));
        }
        Some((line, Tok::Sign('*'))) => acc.push((*line, "*")),
        Some((_, Tok::Sign('{'))) => {
            let end = behind_brackets(toks, i) - 1;
            let mut k = i + 1;
            while k < end {
                acc.extend(heads(toks, k));
                // On to the comma that ends this branch, over nested groups.
                while k < end && toks[k].1 != Tok::Sign(',') {
                    k = if toks[k].1 == Tok::Sign('{') {
                        behind_brackets(toks, k)
                    } else {
                        k + 1
                    };
                }
                k += 1;
            }
        }
        _ => {}
    }
    acc
}

/// Whether `#[cfg(test)]` (or another attribute that names `test` so) stands at `i`.
fn is_cfg_test(toks: &[(usize, Tok<'_>)], i: usize) -> bool {
    let expected = [
        Tok::Sign('#'),
        Tok::Sign('['),
        Tok::Ident("cfg"),
        Tok::Sign('('),
        Tok::Ident("test"),
        Tok::Sign(')'),
    ];
    expected
        .iter()
        .enumerate()
        .all(|(k, e)| toks.get(i + k).is_some_and(|t| t.1 == *e))
}

/// Index behind the item whose first attribute stands at `i`.
fn item_end(toks: &[(usize, Tok<'_>)], mut i: usize) -> usize {
    while matches!(toks.get(i), Some((_, Tok::Sign('#')))) {
        i = behind_brackets(toks, i + 1);
    }
    while let Some((_, tok)) = toks.get(i) {
        match tok {
            Tok::Sign(';') => return i + 1,
            Tok::Sign('{') => return behind_brackets(toks, i),
            _ => i += 1,
        }
    }
    toks.len()
}

/// The names under which Rust code sees the dependencies of Cargo.toml.
fn dependencies(cargo_toml: &str) -> BTreeSet<String> {
    let manifest: toml::Table = cargo_toml.parse().expect("Cargo.toml is TOML");
    ["dependencies", "dev-dependencies"]
        .iter()
        .filter_map(|section| manifest.get(*section)?.as_table())
        .flat_map(|t| t.keys().map(|k| k.replace('-', "_")))
        .collect()
}

#[test]
fn no_layer_imports_upward() {
    let crates = dependencies(&read("Cargo.toml"));
    let mut acc = Vec::new();
    for path in files("src", &[".rs"]) {
        let path = path.to_string_lossy().replace('\\', "/");
        acc.extend(faults(&path, &read(&path), &crates));
    }
    assert!(acc.is_empty(), "{}", acc.join("\n"));
}

#[test]
fn each_layer_of_the_table_exists_and_uses_what_it_lists() {
    for layer in &LAYERS {
        let sources: String = files("src", &[".rs"])
            .iter()
            .map(|p| p.to_string_lossy().replace('\\', "/"))
            .filter(|p| {
                p.starts_with(&format!("src/{}/", layer.name)) || *p == format!("src/{}.rs", layer.name)
            })
            .map(|p| blank(&read(&p)))
            .collect();
        assert!(!sources.is_empty(), "no source for the layer `{}`", layer.name);
        for name in layer.crates {
            assert!(
                sources.contains(name),
                "`{}` does not use `{name}`: strike it",
                layer.name
            );
        }
    }
}

#[test]
fn the_scan_sees_upward_imports() {
    let crates = ["ropey", "serde_json", "tokio", "expect_test"]
        .map(str::to_owned)
        .into();
    let cases: &[(&str, &str, &str)] = &[
        (
            "src/syntax/token.rs",
            "use crate::kb::Kb;",
            "`syntax` may not import `kb`",
        ),
        (
            "src/syntax/token.rs",
            "use crate::{base::span::Span, kb::{Kb, Kind}};",
            "may not import `kb`",
        ),
        (
            "src/syntax/token.rs",
            "use crate::{\n    semantic,\n};",
            "src/syntax/token.rs:2: `syntax` may not",
        ),
        (
            "src/kb/mod.rs",
            "fn f() { let x = crate::rules::check; }",
            "`kb` may not import `rules`",
        ),
        (
            "src/kb/a/b.rs",
            "use super::super::super::ide::Hover;",
            "`super` leaves the layer",
        ),
        (
            "src/kb/mod.rs",
            "mod a { use super::super::ide::Hover; }",
            "`super` leaves the layer",
        ),
        (
            "src/ide/hover.rs",
            "fn f(r: &ropey::Rope) {}",
            "`ide` may not use the crate `ropey`",
        ),
        (
            "src/ide/hover.rs",
            "use tokio as t;",
            "`ide` may not use the crate `tokio`",
        ),
        (
            "src/ide/hover.rs",
            "use crate::Article;",
            "`Article` at the crate's root is no layer",
        ),
        (
            "src/rules/a.rs",
            "use crate::*;",
            "`*` at the crate's root is no layer",
        ),
        (
            "src/rules/a.rs",
            "use crate::testing::check;",
            "`rules` may not import `testing`",
        ),
        (
            "src/rules/a.rs",
            "#[cfg(test)] mod t {}\nuse crate::testing::check;",
            "a.rs:2: `rules` may not",
        ),
        ("src/other.rs", "", "belongs to no layer"),
    ];
    for (path, source, expected) in cases {
        let found = faults(path, source, &crates);
        assert!(
            found.len() == 1 && found[0].contains(expected),
            "{path}: {source}\nfound {found:?}, expected {expected}"
        );
    }
}

#[test]
fn the_scan_is_silent_on_what_is_allowed() {
    let crates = ["ropey", "serde_json", "tokio", "expect_test"]
        .map(str::to_owned)
        .into();
    for (path, source) in [
        (
            "src/semantic/coref.rs",
            "use crate::{base::{span::Span, date}, kb, syntax::token::Tokens};",
        ),
        (
            "src/kb/a/b.rs",
            "use super::super::error::KbError; mod t { use super::f; }",
        ),
        (
            "src/kb/mod.rs",
            "//! See [`crate::lsp`].\nconst S: &str = \"crate::lsp::x\"; // crate::cli::y",
        ),
        ("src/rules/a.rs", "crate::rule! { x }"),
        (
            "src/syntax/a.rs",
            "#[cfg(test)]\n#[allow(x)]\nmod tests { use crate::testing; use expect_test::expect; }",
        ),
        ("src/text/document.rs", "use ropey::Rope; pub(crate) fn f() {}"),
        (
            "src/lsp/run.rs",
            "use crate::{ide::Analysis, text::position}; use tokio::task;",
        ),
        ("src/kb/json.rs", "use crate::kb::tokio::x; fn tokio() {}"),
        ("src/lib.rs", "pub mod anything;"),
    ] {
        let found = faults(path, source, &crates);
        assert!(found.is_empty(), "{path}: {source}\nfound {found:?}");
    }
}
