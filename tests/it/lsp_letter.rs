//! The protocol to the letter, where nearly right is wrong: found by driving the server as many kinds of editors do.

use std::{fs, thread, time::Duration};

use copydesk::lsp::{Options, Probe};
use serde_json::{Value, json};

use crate::{
    lsp::{UNSAID, URI},
    lsp_client::{Editor, at, modern},
};

/// The line of the log that begins so.
async fn logged(editor: &mut Editor, begins: &str) -> String {
    let line = |m: &Value| m["params"]["message"].as_str().unwrap_or_default().to_owned();
    let wanted = |m: &Value| m["method"] == "window/logMessage" && line(m).starts_with(begins);
    line(&editor.wait(wanted).await)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_too_early_or_too_late_is_refused_as_that_whatever_it_is() {
    let mut editor = Editor::raw(Options::default());
    for method in ["textDocument/nothing", "$/nothing", "textDocument/hover"] {
        let id = editor.ask(method, at(URI, 0, 0)).await;
        assert_eq!(editor.answer(id).await["error"]["code"], -32002, "{method}");
    }
    let params = json!({"processId": null, "rootUri": null, "capabilities": {}});
    editor.request("initialize", params).await;
    let id = editor.ask("textDocument/nothing", json!({})).await;
    assert_eq!(editor.answer(id).await["error"]["code"], -32601);
    editor.request("shutdown", Value::Null).await;
    for method in ["textDocument/nothing", "$/nothing", "textDocument/hover"] {
        let id = editor.ask(method, at(URI, 0, 0)).await;
        assert_eq!(editor.answer(id).await["error"]["code"], -32600, "{method}");
    }
    editor.notify("exit", Value::Null).await;
    assert!(editor.end().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_that_cannot_be_read_is_told_and_costs_no_text() {
    let mut editor = Editor::new(modern()).await;
    editor.open(URI, &format!("“{UNSAID}”")).await;
    // An edit with a range is not one of the whole text, whatever the range is.
    let range = json!({"start": {"line": -1, "character": 0}, "end": {"line": 0, "character": 0}});
    editor.edit(URI, 2, json!([{"range": range, "text": "x"}])).await;
    let line = logged(&mut editor, "a textDocument/didChange cannot be read").await;
    assert!(line.contains("-1"), "{line}");
    editor
        .notify("textDocument/didOpen", json!({"textDocument": {"uri": URI}}))
        .await;
    logged(&mut editor, "a textDocument/didOpen cannot be read").await;
    // Of the whole text is one without a range, or with none.
    let end = json!({"start": {"line": 9, "character": 0}, "end": {"line": 9, "character": 0}});
    editor.edit(URI, 3, json!([{"range": end, "text": "\n"}])).await;
    let found = editor.diagnostics(URI, 3).await;
    assert_eq!(found[0]["code"], "unattributed-quote", "{found}");
    editor
        .edit(URI, 4, json!([{"range": null, "text": "One."}]))
        .await;
    assert_eq!(editor.diagnostics(URI, 4).await, json!([]));
    editor.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_editor_that_asks_for_findings_is_told_to_ask_again_when_an_edit_overtakes_it() {
    let options = Options {
        probe: Some(Probe::new(|_| thread::sleep(Duration::from_millis(100)))),
        ..Options::default()
    };
    let mut capabilities = modern();
    capabilities["textDocument"]["diagnostic"] = json!({});
    let mut editor = Editor::start(options, json!({"capabilities": capabilities})).await;
    editor.open(URI, &format!("“{UNSAID}”")).await;
    let document = json!({"textDocument": {"uri": URI}});
    let old = editor.ask("textDocument/diagnostic", document.clone()).await;
    editor.replace(URI, 2, &format!("Snow. “{UNSAID}”")).await;
    // Any other error would take away what is shown.
    let error = editor.answer(old).await["error"].take();
    assert_eq!(error["code"], -32802, "{error}");
    assert_eq!(error["data"], json!({"retriggerRequest": true}));
    let report = editor.request("textDocument/diagnostic", document).await;
    assert_eq!(report["items"][0]["code"], "unattributed-quote", "{report}");
    editor.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lens_stands_on_one_line() {
    let mut editor = Editor::new(modern()).await;
    for end in ["\n", "\r\n", "\r"] {
        let text =
            format!("The ferry stops{end}{end}“We stay,” said Lena{end}Hartmann, the harbor master.{end}");
        editor.open_as(URI, "markdown", &text).await;
        let document = json!({"textDocument": {"uri": URI}});
        let lenses = editor.request("textDocument/codeLens", document).await;
        let range = json!({"start": {"line": 2, "character": 20}, "end": {"line": 2, "character": 24}});
        assert_eq!(lenses[0]["range"], range, "{end:?}: {lenses}");
    }
    editor.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_reading_of_the_folders_is_shown_as_one_of_its_own() {
    let folder = std::env::temp_dir().join(format!("copydesk-tokens-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    for i in 0..40 {
        fs::write(folder.join(format!("{i}.txt")), "The ferry stops.\n").unwrap();
    }
    let options = Options {
        probe: Some(Probe::new(|_| thread::sleep(Duration::from_millis(100)))),
        ..Options::default()
    };
    let root = format!("file://{}", folder.display());
    let capabilities = json!({"window": {"workDoneProgress": true}});
    let mut editor = Editor::raw(options);
    // An editor that takes its time: the next reading begins before the first one is shown.
    editor
        .answers
        .insert("window/workDoneProgress/create", json!("never"));
    let params = json!({"processId": null, "rootUri": root, "capabilities": capabilities});
    editor.request("initialize", params).await;
    editor.notify("initialized", json!({})).await;
    let asked = |m: &Value| m["method"] == "window/workDoneProgress/create";
    let first = editor.wait(asked).await;
    let added = json!({"added": [{"uri": root, "name": "again"}], "removed": []});
    editor
        .notify("workspace/didChangeWorkspaceFolders", json!({"event": added}))
        .await;
    let second = editor.wait(asked).await;
    assert_ne!(first["params"]["token"], second["params"]["token"]);
    // The one that is over is not shown any more, the other is.
    for id in [&first["id"], &second["id"]] {
        editor
            .send(json!({"jsonrpc": "2.0", "id": id, "result": null}))
            .await;
    }
    let begin = editor.wait(|m| m["method"] == "$/progress").await;
    assert_eq!(begin["params"]["token"], second["params"]["token"], "{begin}");
    assert_eq!(begin["params"]["value"]["kind"], "begin", "{begin}");
    editor.finish().await;
    fs::remove_dir_all(folder).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_in_settings_is_shown_once_and_not_with_each_article() {
    let folder = std::env::temp_dir().join(format!("copydesk-shown-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let settings = format!("file://{}/copydesk.toml", folder.display());
    let put = |text: &str| fs::write(folder.join("copydesk.toml"), text).unwrap();
    put("[rules]\nno-rule = \"off\"\n");
    let mut editor = Editor::new(modern()).await;
    let shown = |editor: &Editor| {
        let told = editor.record.iter().map(|(_, m)| m);
        let told = told.filter(|m| m["method"] == "textDocument/publishDiagnostics");
        let about = told.filter(|m| m["params"]["uri"] == settings.as_str());
        about.count()
    };
    for name in ["a.txt", "b.txt", "c.txt"] {
        let article = format!("file://{}/{name}", folder.display());
        editor.open(&article, "One.").await;
        editor.diagnostics(&article, 1).await;
    }
    assert_eq!(shown(&editor), 1);
    let about = |m: &Value| m["params"]["uri"] == settings.as_str();
    editor.wait(about).await;
    // Another fault is another word, and none is none.
    let changed = json!({"changes": [{"uri": settings.as_str(), "type": 2}]});
    put("[rules]\nno-rule-either = \"off\"\n");
    editor
        .notify("workspace/didChangeWatchedFiles", changed.clone())
        .await;
    let now = editor.wait(about).await;
    let said = now["params"]["diagnostics"][0]["message"]
        .as_str()
        .unwrap_or_default();
    assert!(said.contains("no-rule-either"), "{now}");
    put("[rules]\n");
    editor.notify("workspace/didChangeWatchedFiles", changed).await;
    assert_eq!(editor.wait(about).await["params"]["diagnostics"], json!([]));
    editor.finish().await;
    fs::remove_dir_all(folder).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_editor_can_compare_what_is_typed_next_with_what_was_offered() {
    let mut editor = Editor::new(modern()).await;
    let text = "Two friends meet\n\nAnna Bergström met Otto Lind on Monday.\n\n";
    for (typed, wanted) in [
        ("Ber", "Bergström"),
        ("Bergstro", "Bergstrom"),
        ("Anna B", "Anna Bergström"),
        ("Ott", "Otto Lind"),
        ("He said ", ""),
    ] {
        editor.open(URI, &format!("{text}{typed}")).await;
        let list = editor.at("completion", URI, 4, typed.len() as u32).await;
        let items = list["items"].as_array().unwrap();
        let own = items
            .iter()
            .find(|i| ["Anna Bergström", "Otto Lind"].contains(&i["label"].as_str().unwrap()));
        // Without one the label is compared.
        let filter = own.unwrap()["filterText"].as_str().unwrap_or_default();
        assert_eq!(filter, wanted, "{typed}");
    }
    editor.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn markdown_with_line_ends_of_old_systems_is_read_as_any_other() {
    let mut editor = Editor::new(modern()).await;
    let text = format!(
        "---\ntitle: The square\ndate: 2024-12-18\n---\n\nThree hours went by.\n\n\
         <!-- copydesk-disable-next-line unattributed-quote -->\n\n“{UNSAID}”\n\n\
         <!-- copydesk-disable-line name-spelling -->\nIt rained.\n\n“{UNSAID} Twice.”\n"
    );
    let mut all = Vec::new();
    for end in ["\n", "\r\n", "\r"] {
        editor.open_as(URI, "markdown", &text.replace('\n', end)).await;
        let found = editor.diagnostics(URI, 1).await;
        let at = |d: &Value| format!("{} {}", d["code"], d["range"]);
        all.push(found.as_array().unwrap().iter().map(at).collect::<Vec<_>>());
        let folds = json!({"textDocument": {"uri": URI}});
        let folds = editor.request("textDocument/foldingRange", folds).await;
        assert_eq!(folds[0]["endLine"], 3, "{end:?}: {folds}");
    }
    assert!(!all[0].is_empty());
    assert_eq!(all[0], all[1]);
    assert_eq!(all[0], all[2]);
    editor.finish().await;
}
