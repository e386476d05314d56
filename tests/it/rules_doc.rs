use std::{collections::BTreeSet, fmt::Write, fs, path::Path};

use copydesk::{
    rules::{ALL, Severity, config::House},
    testing::{check_rule, examples},
};

#[test]
fn every_file_is_a_rule_and_every_rule_a_file() {
    let not_rules = [
        "mod", "config", "excused", "glob", "guess", "misspelt", "read", "silence", "verbatim",
    ];
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules");
    let files: BTreeSet<String> = fs::read_dir(dir)
        .expect("src/rules")
        .map(|e| e.expect("an entry").path())
        .filter(|p| p.extension().is_some_and(|e| e == "rs"))
        .map(|p| {
            p.file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .replace('_', "-")
        })
        .filter(|name| !not_rules.contains(&name.as_str()))
        .collect();
    let codes: BTreeSet<String> = ALL.iter().map(|r| r.code.to_owned()).collect();
    assert_eq!(
        files, codes,
        "a file of src/rules is not in the table, or is not called like its code"
    );
    assert!(
        ALL.is_sorted_by_key(|r| r.code),
        "the table is in the order of the codes"
    );
}

#[test]
fn every_rule_shows_what_it_flags_and_what_not() {
    for rule in ALL {
        let examples = examples(rule);
        let flags = |e: &String| e.lines().any(|l| l.starts_with("//") && l.contains(['^', '@']));
        assert!(
            examples.iter().any(flags),
            "{} has no example that it flags",
            rule.code
        );
        assert!(
            !examples.iter().all(flags),
            "{} has no example that stays silent",
            rule.code
        );
        assert!(
            !rule.summary.ends_with('.'),
            "{}: a summary has no full stop",
            rule.code
        );
    }
}

#[test]
fn documented_examples_hold() {
    let mut faults = Vec::new();
    for rule in ALL {
        for example in examples(rule) {
            // All faults are shown at once: a change of the analysis often moves several.
            if let Err(fault) = std::panic::catch_unwind(|| check_rule(rule, &example)) {
                let message = fault.downcast_ref::<String>().map_or("", String::as_str);
                faults.push(format!("{}\n{message}", rule.code));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

#[test]
fn the_manual_is_fresh() {
    expect_test::expect_file!["../../docs/rules.md"].assert_eq(&manual());
}

/// docs/rules.md, from the rules' own documentation.
fn manual() -> String {
    let mut out = String::from(
        "<!-- @generated from src/rules by `UPDATE_EXPECT=1 cargo test --test it rules_doc`; do not edit. -->\n\n\
         # Rules\n\n\
         Every finding has a code.\n\
         A rule is switched off, on or to another level in `copydesk.toml`, and silenced in one place by a comment; see [config.md](config.md).\n\
         The marks under the examples are those of [fixtures.md](fixtures.md); a test holds every example.\n\n\
         | code | level | finds |\n|---|---|---|\n",
    );
    let level = |level: Option<Severity>| match level {
        None => "off",
        Some(Severity::Hint) => "hint",
        Some(Severity::Info) => "info",
        Some(Severity::Warning) => "warning",
        Some(Severity::Error) => "error",
    };
    for rule in ALL {
        let _ = writeln!(
            out,
            "| [`{0}`](#{0}) | {1} | {2} |",
            rule.code,
            level(rule.default),
            rule.summary
        );
    }
    for rule in ALL {
        let _ = writeln!(
            out,
            "\n## {}\n\nBy default: {}.\n",
            rule.code,
            level(rule.default)
        );
        for line in rule.manual().lines() {
            let line = line.replacen("## ", "### ", usize::from(line.starts_with("## ")));
            let _ = writeln!(out, "{line}");
        }
    }
    out
}

#[test]
fn the_schema_is_fresh() {
    let schema = serde_json::to_string_pretty(&schema()).expect("JSON");
    expect_test::expect_file!["../../docs/copydesk.schema.json"].assert_eq(&(schema + "\n"));
}

/// The JSON Schema of copydesk.toml, so that editors complete its keys and rules.
fn schema() -> serde_json::Value {
    use serde_json::json;
    let levels = json!({"enum": ["off", "on", "hint", "info", "warning", "error", true, false]});
    let rules: serde_json::Map<_, _> = ALL
        .iter()
        .map(|r| {
            let default = r
                .default
                .map_or_else(|| "off".to_owned(), |s| format!("{s:?}").to_lowercase());
            let said = json!({"$ref": "#/$defs/level", "description": r.summary, "default": default});
            (r.code.to_owned(), said)
        })
        .collect();
    let date = json!({"description": "The date of articles that carry none: YYYY-MM-DD, YYYY-MM or YYYY.",
        "type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"});
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$comment": "@generated from src/rules by `UPDATE_EXPECT=1 cargo test --test it rules_doc`; do not edit.",
        "title": "copydesk.toml",
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "date": date,
            "fail-level": {"description": "The least severity that makes `copydesk check` exit with 1.",
                "enum": ["hint", "info", "warning", "error"], "default": "warning"},
            "house": {"description": "The house whose style is followed; it switches some rules on as hints.",
                "enum": House::NAMES.map(|h| h.0)},
            "rules": {"$ref": "#/$defs/rules"},
            "spelling": {"description": "Spellings that the house does not use, and those that it does.",
                "type": "object", "additionalProperties": {"type": "string"}},
            "languages": {"description": "Language ids of your editor, and how their text is written.",
                "type": "object", "additionalProperties": {"enum": ["plain", "markdown"]}},
            "kb": {"description": "Packs to lay over the knowledge base in the program, the nearest last: paths from the folder of this file.",
                "oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "maxItems": 5}]},
            "overrides": {"description": "Other settings for some files. Later entries win.", "type": "array",
                "items": {"type": "object", "additionalProperties": false, "required": ["files"], "properties": {
                    "files": {"description": "Patterns, relative to the folder of this file.",
                        "oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]},
                    "date": date,
                    "rules": {"$ref": "#/$defs/rules"}}}}
        },
        "$defs": {
            "level": levels,
            "rules": {"type": "object", "additionalProperties": false, "properties": rules}
        }
    });
    let lists = crate::desk::schema::schema_of_lists();
    if let (Some(all), Some(lists)) = (schema["properties"].as_object_mut(), lists.as_object()) {
        all.extend(lists.clone());
    }
    schema
}
