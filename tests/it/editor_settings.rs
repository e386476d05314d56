//! The VS Code extension has a setting for each rule.

use std::fmt::Write;

use copydesk::rules::{ALL, Severity};

/// What stands before and after the generated part of the manifest.
const BEGIN: &str = "        \"title\": \"Rules\",\n        \"properties\": {\n";
const END: &str = "\n        }\n";

#[test]
fn every_rule_has_a_setting_in_vs_code() {
    let manifest = include_str!("../../editors/code/package.json");
    let (head, rest) = manifest.split_once(BEGIN).expect("a part for the rules");
    let (_, tail) = rest.split_once(END).expect("the end of that part");
    let wanted = format!("{head}{BEGIN}{}{END}{tail}", settings());
    expect_test::expect_file!["../../editors/code/package.json"].assert_eq(&wanted);
}

fn settings() -> String {
    let mut out = String::new();
    for rule in ALL {
        let level = match rule.default {
            None => "off",
            Some(Severity::Hint) => "hint",
            Some(Severity::Info) => "info",
            Some(Severity::Warning) => "warning",
            Some(Severity::Error) => "error",
        };
        let separator = if out.is_empty() { "" } else { ",\n" };
        let mut summary = rule.summary.to_owned();
        if let Some(first) = summary.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        let about = format!("{summary}. By default as `copydesk.toml` says, else {level}.");
        write!(
            out,
            r#"{separator}          "copydesk.rules.{}": {{
            "type": "string",
            "enum": [
              "default",
              "off",
              "hint",
              "info",
              "warning",
              "error"
            ],
            "default": "default",
            "scope": "resource",
            "markdownDescription": {}
          }}"#,
            rule.code,
            serde_json::Value::from(about),
        )
        .expect("a string takes everything");
    }
    out
}
