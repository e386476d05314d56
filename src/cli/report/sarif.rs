//! SARIF 2.1.0, the form that code hosts take findings in.

use std::io::{self, Write};

use serde::Serialize;

use crate::{
    base::span::DocSpan,
    cli::{
        places::Places,
        report::{Report, range},
        work::Work,
    },
    rules::{self, Severity},
};

/// Collects results, as SARIF is one document.
#[derive(Default)]
pub(crate) struct Sarif {
    results: Vec<Finding>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Log {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    tool: Tool,
    column_kind: &'static str,
    results: Vec<Finding>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    semantic_version: &'static str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: &'static str,
    short_description: Text,
    help: Help,
    default_configuration: Default_,
}

#[derive(Serialize)]
struct Help {
    text: String,
    markdown: String,
}

#[derive(Serialize)]
struct Default_ {
    enabled: bool,
    level: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Finding {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Text,
    locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
}

#[derive(Serialize)]
struct Text {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: Physical,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    region: Region,
}

#[derive(Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
    snippet: Text,
}

impl Report for Sarif {
    fn file(&mut self, work: &Work, _: &mut dyn Write) -> io::Result<()> {
        let places = Places::of(&work.source.text);
        let location = |span: DocSpan, said: Option<(usize, &str)>| {
            let range = range(span, &places);
            Location {
                id: said.map(|(id, _)| id),
                message: said.map(|(_, text)| Text {
                    text: text.to_owned(),
                }),
                physical_location: Physical {
                    artifact_location: Artifact {
                        uri: uri(&work.source.name),
                    },
                    region: Region {
                        start_line: range.line,
                        start_column: range.column,
                        end_line: range.end_line,
                        end_column: range.end_column,
                        snippet: Text {
                            text: span.text(&work.source.text).to_owned(),
                        },
                    },
                },
            }
        };
        for d in &work.diagnostics {
            self.results.push(Finding {
                rule_id: d.code,
                rule_index: rules::ALL
                    .iter()
                    .position(|r| r.code == d.code)
                    .unwrap_or_default(),
                level: level(d.severity),
                message: Text {
                    text: d.message.clone(),
                },
                locations: [location(d.span, None)],
                related_locations: d
                    .related
                    .iter()
                    .enumerate()
                    .map(|(i, (span, text))| location(*span, Some((i, text))))
                    .collect(),
            });
        }
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let rules = rules::ALL.iter().map(|r| Rule {
            id: r.code,
            short_description: Text {
                text: r.summary.to_owned(),
            },
            help: Help {
                text: r.summary.to_owned(),
                markdown: r.manual(),
            },
            default_configuration: Default_ {
                enabled: r.default.is_some(),
                level: level(r.default.unwrap_or(Severity::Warning)),
            },
        });
        let log = Log {
            schema: "https://json.schemastore.org/sarif-2.1.0.json",
            version: "2.1.0",
            runs: [Run {
                tool: Tool {
                    driver: Driver {
                        name: "copydesk",
                        semantic_version: env!("CARGO_PKG_VERSION"),
                        rules: rules.collect(),
                    },
                },
                column_kind: "unicodeCodePoints",
                results: std::mem::take(&mut self.results),
            }],
        };
        serde_json::to_writer_pretty(&mut *out, &log)?;
        out.write_all(b"\n")
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info | Severity::Hint => "note",
    }
}

/// A path as a relative reference: what may not stand in one is escaped.
fn uri(path: &str) -> String {
    let path = path.strip_prefix("./").unwrap_or(path).replace('\\', "/");
    let mut out = String::with_capacity(path.len());
    for b in path.bytes() {
        match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(b));
            }
            _ => out.push_str(&format!("%{b:02X}")),
        }
    }
    out
}
