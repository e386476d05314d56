//! Several folders with settings of their own, and what becomes of settings, documents and the index when files and
//! folders get other names.

use std::{fs, path::Path};

use copydesk::lsp::Options;
use serde_json::{Value, json};

use crate::{
    desk::Folder,
    lsp_client::{Editor, modern},
    lsp_features::apply,
};

const LOST: &str = "Three hours went by.\n\n“Nobody asked the fishermen before the timetable was printed.”\n";
const OFF: &str = "[[overrides]]\nfiles = [\"old/**\"]\nrules = { unattributed-quote = \"off\" }\n";

fn uri(folder: &Folder, path: &str) -> String {
    format!("file://{}", folder.0.join(path).display())
}

fn named(uris: &[&str]) -> Value {
    uris.iter().map(|u| json!({"uri": u, "name": "desk"})).collect()
}

/// Waits for the server's question about settings: its id and the folders it asks about.
async fn question(editor: &mut Editor) -> (Value, Vec<Value>) {
    let asked = editor.wait(|m| m["method"] == "workspace/configuration").await;
    let items = asked["params"]["items"].as_array().unwrap();
    assert!(items.iter().all(|i| i["section"] == "copydesk"), "{asked}");
    let scopes = items.iter().map(|i| i["scopeUri"].clone()).collect();
    (asked["id"].clone(), scopes)
}

async fn answer(editor: &mut Editor, id: &Value, result: Value) {
    editor
        .send(json!({"jsonrpc": "2.0", "id": id, "result": result}))
        .await;
}

fn level(level: &str) -> Value {
    json!({"rules": {"unattributed-quote": level}})
}

/// The levels of what is found in a document, pushed last.
async fn levels(editor: &mut Editor, uri: &str, version: i64) -> Vec<i64> {
    let found = editor.diagnostics(uri, version).await;
    let list = found.as_array().unwrap().iter();
    list.map(|d| d["severity"].as_i64().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_folder_has_the_editors_settings_of_its_own() {
    let folder = Folder::new(
        "scopes",
        &[("a/x.txt", LOST), ("b/x.txt", LOST), ("b/deep/x.txt", LOST)],
    );
    let [a, b, deep, x] = ["a", "b", "b/deep", "c/x.txt"].map(|p| uri(&folder, p));
    let [in_a, in_b, in_deep] = [&a, &b, &deep].map(|f| format!("{f}/x.txt"));
    let mut capabilities = modern();
    capabilities["workspace"] = json!({"configuration": true, "workspaceFolders": true});
    let mut editor = Editor::raw(Options::default());
    editor.answers.insert("workspace/configuration", json!("never"));
    let params = json!({
        "processId": null, "rootUri": null, "capabilities": capabilities, "workspaceFolders": named(&[&a, &b]),
    });
    editor.request("initialize", params).await;
    editor.notify("initialized", json!({})).await;
    let (id, scopes) = question(&mut editor).await;
    assert_eq!(scopes, [Value::Null, json!(a), json!(b)]);
    answer(
        &mut editor,
        &id,
        json!([level("hint"), level("error"), level("hint")]),
    )
    .await;
    for (uri, wanted) in [(&in_a, 1), (&in_b, 4), (&in_deep, 4), (&x, 4)] {
        editor.open(uri, LOST).await;
        while levels(&mut editor, uri, 1).await != [wanted] {}
    }

    // A folder in another: the nearest counts. A question that another has overtaken is worthless.
    let change = json!({"event": {"added": named(&[&deep]), "removed": []}});
    editor.notify("workspace/didChangeWorkspaceFolders", change).await;
    let (late, scopes) = question(&mut editor).await;
    assert_eq!(scopes, [Value::Null, json!(a), json!(b), json!(deep)]);
    editor
        .notify("workspace/didChangeConfiguration", json!({"settings": null}))
        .await;
    let (id, _) = question(&mut editor).await;
    let now = [level("hint"), level("error"), level("warning"), level("off")];
    answer(&mut editor, &id, json!(now)).await;
    while levels(&mut editor, &in_b, 1).await != [2] {}
    while levels(&mut editor, &in_deep, 1).await != [0; 0] {}
    let before = [level("info"), level("info"), level("info"), level("info")];
    answer(&mut editor, &late, json!(before)).await;

    // A folder that is closed takes its settings along; an editor may answer too little.
    let change = json!({"event": {"added": [], "removed": named(&[&deep])}});
    editor.notify("workspace/didChangeWorkspaceFolders", change).await;
    while levels(&mut editor, &in_deep, 1).await != [2] {}
    let (id, _) = question(&mut editor).await;
    answer(&mut editor, &id, json!([level("hint"), level("error")])).await;
    while levels(&mut editor, &in_b, 1).await != [4] {}
    while levels(&mut editor, &in_deep, 1).await != [4] {}
    // What is wrong in all of them is told once.
    editor
        .notify("workspace/didChangeConfiguration", json!({"settings": null}))
        .await;
    let (id, _) = question(&mut editor).await;
    answer(
        &mut editor,
        &id,
        json!([level("loud"), level("loud"), level("loud")]),
    )
    .await;
    editor.wait(|m| m["method"] == "window/showMessage").await;
    editor.at("hover", &in_a, 0, 0).await;
    let told = editor
        .record
        .iter()
        .filter(|(_, m)| m["method"] == "window/showMessage");
    assert_eq!(told.count(), 1);
    editor.finish().await;
}

/// Starts an editor that asks for diagnostics, with `folders` open, once the index is made.
async fn indexed(folders: Value, settings: Value) -> Editor {
    let mut capabilities = modern();
    capabilities["textDocument"]["diagnostic"] = json!({});
    capabilities["workspace"] = json!({
        "diagnostics": {"refreshSupport": true},
        "workspaceEdit": {"documentChanges": true},
        "fileOperations": {"willRename": true, "didRename": true},
    });
    let params = json!({
        "capabilities": capabilities, "workspaceFolders": folders, "initializationOptions": settings,
    });
    let mut editor = Editor::start(Options::default(), params).await;
    refreshed(&mut editor).await;
    editor
}

async fn refreshed(editor: &mut Editor) {
    editor
        .wait(|m| m["method"] == "workspace/diagnostic/refresh")
        .await;
}

/// The articles of the index, and how much is found in each.
async fn reports(editor: &mut Editor) -> Vec<(String, usize)> {
    let report = editor
        .request("workspace/diagnostic", json!({"previousResultIds": []}))
        .await;
    let items = report["items"].as_array().unwrap().iter();
    items
        .map(|item| {
            let uri = item["uri"].as_str().unwrap();
            let name = uri.rsplit("/desk/").next().unwrap();
            (name.to_owned(), item["items"].as_array().unwrap().len())
        })
        .collect()
}

/// Waits for the index to hold this.
async fn until(editor: &mut Editor, wanted: &[(&str, usize)]) {
    let mut now = reports(editor).await;
    while now
        .iter()
        .map(|(name, n)| (name.as_str(), *n))
        .ne(wanted.iter().copied())
    {
        refreshed(editor).await;
        now = reports(editor).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn folders_come_and_go_with_their_articles_and_projects() {
    let folder = Folder::new(
        "roots",
        &[
            ("one/desk/a.txt", LOST),
            ("two/desk/b.txt", LOST),
            (
                "two/desk/copydesk.toml",
                "[rules]\nunattributed-quote = \"off\"\n",
            ),
        ],
    );
    let [one, two] = ["one", "two"].map(|p| uri(&folder, p));
    let mut editor = indexed(named(&[&one]), Value::Null).await;
    until(&mut editor, &[("a.txt", 1)]).await;
    let change = json!({"event": {"added": named(&[&two]), "removed": []}});
    editor.notify("workspace/didChangeWorkspaceFolders", change).await;
    until(&mut editor, &[("a.txt", 1), ("b.txt", 0)]).await;
    let change = json!({"event": {"added": [], "removed": named(&[&one])}});
    editor.notify("workspace/didChangeWorkspaceFolders", change).await;
    until(&mut editor, &[("b.txt", 0)]).await;
    editor.finish().await;
}

async fn rename(editor: &mut Editor, from: &str, to: &str) -> Value {
    let files = json!({"files": [{"oldUri": from, "newUri": to}]});
    let edit = editor.request("workspace/willRenameFiles", files.clone()).await;
    let path = |uri: &str| uri.trim_start_matches("file://").to_owned();
    fs::create_dir_all(Path::new(&path(to)).parent().unwrap()).unwrap();
    fs::rename(path(from), path(to)).unwrap();
    edit
}

async fn renamed(editor: &mut Editor, from: &str, to: &str) {
    let files = json!({"files": [{"oldUri": from, "newUri": to}]});
    editor.notify("workspace/didRenameFiles", files).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_documents_and_the_index_follow_a_folder_that_is_renamed() {
    let folder = Folder::new(
        "rename",
        &[
            ("desk/copydesk.toml", OFF),
            ("desk/old/a.txt", LOST),
            ("desk/new.txt", LOST),
        ],
    );
    let root = uri(&folder, "desk");
    let [old, attic] = ["old", "attic"].map(|p| format!("{root}/{p}"));
    let mut editor = indexed(named(&[&root]), Value::Null).await;
    let offered = editor.capabilities["capabilities"]["workspace"]["fileOperations"].clone();
    assert!(offered["willRename"]["filters"].is_array(), "{offered}");
    until(&mut editor, &[("new.txt", 1), ("old/a.txt", 0)]).await;

    // The pattern that names the folder is to follow it.
    let edit = rename(&mut editor, &old, &attic).await;
    let change = &edit["documentChanges"][0];
    assert_eq!(
        change["textDocument"],
        json!({"uri": format!("{root}/copydesk.toml"), "version": null})
    );
    let followed = apply(OFF, &change["edits"]);
    assert_eq!(followed, OFF.replace("old/**", "attic/**"));
    folder.write("desk/copydesk.toml", &followed);
    // The editor goes on with an open document without closing it: it is known under its new name.
    let (before, after) = (format!("{old}/b.txt"), format!("{attic}/b.txt"));
    editor.open(&before, LOST).await;
    renamed(&mut editor, &old, &attic).await;
    let gone = json!({"textDocument": {"uri": before}});
    assert_eq!(
        editor.request("textDocument/documentSymbol", gone).await,
        Value::Null
    );
    let place = json!({"line": 0, "character": 0});
    editor
        .edit(
            &after,
            2,
            json!([{"range": {"start": place, "end": place}, "text": "So. "}]),
        )
        .await;
    let ask = json!({"textDocument": {"uri": after}});
    let report = editor.request("textDocument/diagnostic", ask.clone()).await;
    assert_eq!(report["items"], json!([]), "still off there");
    until(&mut editor, &[("attic/a.txt", 0), ("new.txt", 1)]).await;

    // Out of that folder: its settings hold no more, neither for the closed article nor for the open one.
    let away = format!("{root}/b.txt");
    renamed(&mut editor, &after, &away).await;
    let ask = json!({"textDocument": {"uri": away}});
    let report = editor.request("textDocument/diagnostic", ask.clone()).await;
    assert_eq!(report["items"].as_array().unwrap().len(), 1);
    let range = &report["items"][0]["range"]["start"];
    assert_eq!(*range, json!({"line": 2, "character": 0}), "the edit is in it");
    let edit = rename(&mut editor, &format!("{attic}/a.txt"), &format!("{root}/a.txt")).await;
    assert_eq!(edit, Value::Null, "no pattern names it");
    renamed(&mut editor, &format!("{attic}/a.txt"), &format!("{root}/a.txt")).await;
    until(&mut editor, &[("a.txt", 1), ("new.txt", 1)]).await;

    // An editor that closes and opens, as the protocol wants it, is as well off.
    editor.notify("textDocument/didClose", ask).await;
    editor.open(&format!("{attic}/b.txt"), LOST).await;
    let ask = json!({"textDocument": {"uri": format!("{attic}/b.txt")}});
    let report = editor.request("textDocument/diagnostic", ask).await;
    assert_eq!(report["items"], json!([]));
    // One may hear of the new name first, and close the document by the old one.
    let (before, after) = (format!("{attic}/b.txt"), format!("{attic}/c.txt"));
    renamed(&mut editor, &before, &after).await;
    let gone = json!({"textDocument": {"uri": before}});
    editor.notify("textDocument/didClose", gone).await;
    let ask = json!({"textDocument": {"uri": after}});
    assert_eq!(
        editor.request("textDocument/documentSymbol", ask).await,
        Value::Null
    );
    // A project that moves takes its settings along.
    folder.write(
        "desk/sub/copydesk.toml",
        "[rules]\nunattributed-quote = \"off\"\n",
    );
    renamed(&mut editor, &format!("{root}/x"), &format!("{root}/sub")).await;
    editor.open(&format!("{root}/sub/c.txt"), LOST).await;
    let ask = json!({"textDocument": {"uri": format!("{root}/sub/c.txt")}});
    let report = editor.request("textDocument/diagnostic", ask).await;
    assert_eq!(report["items"], json!([]));
    editor.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_may_want_no_index() {
    let folder = Folder::new("unread", &[("desk/a.txt", LOST), ("other/desk/b.txt", LOST)]);
    let [one, two] = ["desk", "other"].map(|p| uri(&folder, p));
    let mut capabilities = modern();
    capabilities["textDocument"]["diagnostic"] = json!({});
    capabilities["workspace"] = json!({"configuration": true, "diagnostics": {"refreshSupport": true}});
    let mut editor = Editor::raw(Options::default());
    let off = json!({"index": false});
    editor
        .answers
        .insert("workspace/configuration", json!([null, null, off]));
    let params = json!({
        "processId": null, "rootUri": null, "capabilities": capabilities, "workspaceFolders": named(&[&one, &two]),
    });
    editor.request("initialize", params).await;
    editor.notify("initialized", json!({})).await;
    refreshed(&mut editor).await;
    until(&mut editor, &[("a.txt", 1)]).await;
    editor.finish().await;
}
