//! The command line and the server find the same in the same article: with every rule on, in each of the ways in which
//! editors count columns, whether the article is open or not.

use std::{collections::BTreeMap, fmt::Write, fs, path::Path, process::Command};

use copydesk::{
    lsp::Options,
    rules::ALL,
    text::position::{Encoding, Position},
};
use serde_json::{Value, json};

use crate::{
    desk::Folder,
    lsp_client::{Editor, modern},
    props::offset,
};

/// A finding in bytes: start, end, code, level, message, and the other places that it speaks of.
type Found = (usize, usize, String, String, String, Vec<(usize, usize, String)>);

const LEVELS: [&str; 4] = ["error", "warning", "info", "hint"];

/// A project with every rule on, each at one of the four levels, and the articles of the project's own tests, some
/// with other line ends and letters outside the first plane.
fn desk() -> (Folder, BTreeMap<String, String>) {
    let mut settings =
        "date = 2024-12-18\n[spelling]\nKiev = \"Kyiv\"\nherring = \"Herring\"\n[rules]\n".to_owned();
    for (i, rule) in ALL.iter().enumerate() {
        writeln!(settings, "{} = \"{}\"", rule.code, LEVELS[i % 4]).unwrap();
    }
    let folder = Folder::new("same", &[("copydesk.toml", &settings)]);
    let mut articles = BTreeMap::new();
    for from in ["corpus", "gold/own"] {
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(from);
        for entry in fs::read_dir(from).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            if !name.ends_with(".txt") && !name.ends_with(".md") {
                continue;
            }
            let text = fs::read_to_string(path).unwrap();
            let odd = text
                .replace('\n', "\r\n")
                .replace(" the ", " 🎈 the ")
                .replace("é", "e\u{301}");
            articles.insert(format!("odd-{name}"), odd);
            articles.insert(name, text);
        }
    }
    for (name, text) in &articles {
        folder.write(name, text);
    }
    (folder, articles)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

fn number(value: &Value) -> u32 {
    value.as_u64().unwrap().try_into().unwrap()
}

/// What the command line finds, by article.
fn by_command_line(folder: &Folder, articles: &BTreeMap<String, String>) -> BTreeMap<String, Vec<Found>> {
    let output = Command::new(env!("CARGO_BIN_EXE_copydesk"))
        .args(["check", "--format", "json", "."])
        .current_dir(&folder.0)
        .output()
        .unwrap();
    let list: Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut found: BTreeMap<String, Vec<Found>> =
        articles.keys().map(|name| (name.clone(), Vec::new())).collect();
    for finding in list.as_array().unwrap() {
        let name = text(&finding["file"]).trim_start_matches("./").to_owned();
        let byte = |of: &Value, line: &str, column: &str| {
            // Counted from 1, in characters.
            let (line, column) = (number(&of[line]) - 1, number(&of[column]) - 1);
            offset(&articles[&name], Position { line, column }, Encoding::Utf32)
        };
        let span = |of: &Value| (byte(of, "line", "column"), byte(of, "end_line", "end_column"));
        let related = finding["related"].as_array().into_iter().flatten();
        let related = related.map(|r| (span(r).0, span(r).1, text(&r["message"])));
        let (start, end) = span(finding);
        found.get_mut(&name).unwrap().push((
            start,
            end,
            text(&finding["code"]),
            text(&finding["severity"]),
            text(&finding["message"]),
            related.collect(),
        ));
    }
    found
}

/// What the server sends, in the same terms.
fn by_server(article: &str, list: &Value, encoding: Encoding) -> Vec<Found> {
    let byte = |p: &Value| {
        let (line, column) = (number(&p["line"]), number(&p["character"]));
        offset(article, Position { line, column }, encoding)
    };
    let span = |range: &Value| (byte(&range["start"]), byte(&range["end"]));
    let one = |d: &Value| {
        let related = d["relatedInformation"].as_array().into_iter().flatten();
        let related = related.map(|r| {
            let (start, end) = span(&r["location"]["range"]);
            (start, end, text(&r["message"]))
        });
        let (start, end) = span(&d["range"]);
        let level = LEVELS[number(&d["severity"]) as usize - 1].to_owned();
        (
            start,
            end,
            text(&d["code"]),
            level,
            text(&d["message"]),
            related.collect(),
        )
    };
    list.as_array().unwrap().iter().map(one).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn command_line_and_server_find_the_same() {
    let (folder, articles) = desk();
    let wanted = by_command_line(&folder, &articles);
    let codes: std::collections::BTreeSet<_> = wanted.values().flatten().map(|f| f.2.as_str()).collect();
    assert!(
        codes.len() > ALL.len() / 2,
        "the articles are no good for this: {codes:?}"
    );
    assert!(
        wanted.values().flatten().any(|f| !f.5.is_empty()),
        "some speak of other places"
    );
    let root = format!("file://{}", folder.0.display());
    for (name, encoding) in [
        ("utf-8", Encoding::Utf8),
        ("utf-16", Encoding::Utf16),
        ("utf-32", Encoding::Utf32),
    ] {
        let mut capabilities = modern();
        capabilities["general"]["positionEncodings"] = json!([name]);
        let mut editor = Editor::new(capabilities.clone()).await;
        for (article, text) in &articles {
            let uri = format!("{root}/{article}");
            let language = if article.ends_with(".md") {
                "markdown"
            } else {
                "plaintext"
            };
            editor.open_as(&uri, language, text).await;
            let found = editor.diagnostics(&uri, 1).await;
            assert_eq!(
                by_server(text, &found, encoding),
                wanted[article],
                "{article}, {name}"
            );
        }
        editor.finish().await;

        // Those that are not open.
        capabilities["textDocument"]["diagnostic"] = json!({"relatedInformation": true});
        capabilities["workspace"] = json!({"diagnostics": {"refreshSupport": true}});
        let params = json!({"capabilities": capabilities, "rootUri": root});
        let mut editor = Editor::start(Options::default(), params).await;
        editor
            .wait(|m| m["method"] == "workspace/diagnostic/refresh")
            .await;
        let report = editor
            .request("workspace/diagnostic", json!({"previousResultIds": []}))
            .await;
        let items = report["items"].as_array().unwrap();
        assert_eq!(items.len(), articles.len());
        for item in items {
            let article = text(&item["uri"]).rsplit('/').next().unwrap().to_owned();
            let found = by_server(&articles[&article], &item["items"], encoding);
            assert_eq!(found, wanted[&article], "{article}, {name}, not open");
        }
        editor.finish().await;
    }
}
