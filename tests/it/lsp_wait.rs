//! Questions about the workspace that are answered when there is news, and files that have two names.

use std::{
    fs,
    sync::{Mutex, mpsc},
    time::SystemTime,
};

use copydesk::lsp::{Options, Probe};
use serde_json::{Value, json};

use crate::{
    lsp_client::{Editor, modern},
    lsp_workspace::{FERRY, HARTMANN, Workspace, found, refreshed, reports, uri},
};

/// What the editor says that it has.
fn had(all: &[(String, usize, Value)]) -> Value {
    let all = all.iter().filter(|r| !r.2.is_null());
    all.map(|(uri, _, id)| json!({"uri": uri, "value": id})).collect()
}

/// Asks for what is new and gets no answer; while the server still reads articles it has one.
pub(crate) async fn held(editor: &mut Editor, had: &Value) -> i64 {
    for _ in 0..200 {
        let params = json!({"previousResultIds": had});
        let id = editor.ask("workspace/diagnostic", params).await;
        for _ in 0..20 {
            found(editor, "").await;
        }
        let is_answer = |m: &Value| m["id"] == id && m.get("method").is_none();
        let Some((_, answer)) = editor.record.iter().find(|(_, m)| is_answer(m)) else {
            return id;
        };
        assert_eq!(told(answer), []);
    }
    panic!("there is nothing to say");
}

/// The articles that an answer tells of, and how much is found in each.
fn told(answer: &Value) -> Vec<(&str, usize)> {
    let items = answer["result"]["items"].as_array().expect("an answer").iter();
    items
        .map(|item| {
            (
                item["uri"].as_str().unwrap(),
                item["items"].as_array().unwrap().len(),
            )
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_editor_that_has_all_findings_is_answered_when_there_is_news() {
    let desk = Workspace::new("news");
    let bridge = desk.put("bridge.txt", HARTMANN);
    let ferry = desk.put("ferry.txt", FERRY);
    let mut editor = desk.editor(json!({})).await;
    let all = had(&reports(&mut editor, json!([])).await);

    let id = held(&mut editor, &all).await;
    desk.put("bridge.txt", FERRY);
    let change = json!({"changes": [{"uri": bridge, "type": 2}]});
    editor.notify("workspace/didChangeWatchedFiles", change).await;
    assert_eq!(told(&editor.answer(id).await), [(&*bridge, 1)]);

    // Settings count for every article.
    let all = had(&reports(&mut editor, json!([])).await);
    let id = held(&mut editor, &all).await;
    let settings = desk.put("copydesk.toml", "[rules]\nunattributed-quote = \"off\"\n");
    let change = json!({"changes": [{"uri": settings, "type": 1}]});
    editor.notify("workspace/didChangeWatchedFiles", change).await;
    editor.answer(id).await;
    while reports(&mut editor, json!([])).await.iter().any(|r| r.1 > 0) {
        refreshed(&mut editor).await;
    }

    // Whoever has closed a document wants to be told of it when it asks again.
    editor.open(&ferry, FERRY).await;
    let all = had(&reports(&mut editor, json!([])).await);
    let id = held(&mut editor, &all).await;
    let document = json!({"textDocument": {"uri": ferry}});
    editor.notify("textDocument/didClose", document).await;
    assert_eq!(told(&editor.answer(id).await), [(&*ferry, 0)]);
    editor.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_for_news_can_be_cancelled_and_ends_with_the_server() {
    let desk = Workspace::new("waits");
    desk.put("ferry.txt", FERRY);
    let mut editor = desk.editor(json!({})).await;
    let all = had(&reports(&mut editor, json!([])).await);
    let id = held(&mut editor, &all).await;
    editor.notify("$/cancelRequest", json!({"id": id})).await;
    assert_eq!(editor.answer(id).await["error"]["code"], -32800);
    // A second question lets the first one go.
    let first = held(&mut editor, &all).await;
    let second = held(&mut editor, &all).await;
    assert_eq!(told(&editor.answer(first).await), []);
    editor.request("shutdown", Value::Null).await;
    assert_eq!(told(&editor.answer(second).await), []);
    editor.send(json!({"jsonrpc": "2.0", "method": "exit"})).await;
    assert!(editor.end().await);

    let mut editor = desk.editor(json!({})).await;
    held(&mut editor, &all).await;
    assert!(!editor.hang_up().await, "it did not say goodbye");
}

/// A search reads every open article; while one of them is read, everything else goes on.
#[tokio::test(flavor = "multi_thread")]
async fn a_search_of_the_workspace_holds_up_nothing() {
    let (go, wait) = mpsc::channel::<()>();
    let wait = Mutex::new(wait);
    let options = Options {
        probe: Some(Probe::new(move |text| {
            if text == FERRY {
                // Goes on when the test is over, too.
                let _ = wait.lock().unwrap().recv();
            }
        })),
        ..Options::default()
    };
    let mut capabilities = modern();
    capabilities["textDocument"]["diagnostic"] = json!({});
    let mut editor = Editor::start(options, json!({"capabilities": capabilities})).await;
    editor.open("file:///ferry.txt", FERRY).await;
    let search = editor.ask("workspace/symbol", json!({"query": "hartmann"})).await;
    editor.open("file:///bridge.txt", HARTMANN).await;
    let hover = editor.at("hover", "file:///bridge.txt", 2, 50).await;
    assert!(hover.to_string().contains("Lena Hartmann"), "{hover}");
    drop(go);
    editor.answer(search).await;
    editor.finish().await;
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_file_with_two_names_is_listed_once() {
    let desk = Workspace::new("links");
    let real = desk.put("bridge.txt", HARTMANN);
    desk.put("ferry.txt", FERRY);
    // Two folders of the editor, and one is a link to the other.
    std::os::unix::fs::symlink(desk.0.join("desk"), desk.0.join("a link")).unwrap();
    let mut capabilities = modern();
    capabilities["textDocument"]["diagnostic"] = json!({});
    capabilities["workspace"] = json!({"diagnostics": {"refreshSupport": true}});
    let folder = |name: &str| json!({"uri": uri(&desk.0.join(name)), "name": name});
    let params =
        json!({"capabilities": capabilities, "workspaceFolders": [folder("desk"), folder("a link")]});
    let mut editor = Editor::start(Options::default(), params).await;
    refreshed(&mut editor).await;
    assert_eq!(found(&mut editor, "hartmann").await.len(), 1);
    let all = reports(&mut editor, json!([])).await;
    assert_eq!(all.len(), 2, "{all:?}");

    // What is opened by its other name takes the place of what was listed.
    let listed = all
        .iter()
        .find(|r| r.0.ends_with("bridge.txt"))
        .unwrap()
        .0
        .clone();
    assert_ne!(listed, real);
    let text = HARTMANN.replace("Lena Hartmann", "Maria Reyes");
    editor.open(&real, &text).await;
    assert_eq!(found(&mut editor, "hartmann").await.len(), 0);
    assert_eq!(found(&mut editor, "reyes").await.len(), 1);
    let news = reports(&mut editor, had(&all)).await;
    assert_eq!(news, [(listed.clone(), 0, Value::Null)]);

    // It is saved by that name, and closed.
    desk.put("bridge.txt", &text);
    let document = json!({"textDocument": {"uri": real}});
    editor.notify("textDocument/didSave", document.clone()).await;
    refreshed(&mut editor).await;
    editor.notify("textDocument/didClose", document).await;
    assert_eq!(found(&mut editor, "reyes").await.len(), 1);
    editor.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn caches_that_nobody_uses_are_removed_and_nothing_else() {
    let desk = Workspace::new("old");
    desk.put("bridge.txt", HARTMANN);
    desk.editor(json!({})).await.finish().await;
    let folder = desk.0.join("cache");
    let own = fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
    let written = fs::read_to_string(&own).unwrap();
    let file = |name: &str, text: &str, old: bool| {
        fs::write(folder.join(name), text).unwrap();
        let file = fs::OpenOptions::new().append(true).open(folder.join(name));
        if old {
            file.unwrap().set_modified(SystemTime::UNIX_EPOCH).unwrap();
        }
    };
    let old = ["index-0123456789abcdef.jsonl", "index-0123456789abcdef.77.tmp"];
    file(old[0], &written, true);
    file(old[1], "half a li", true);
    let kept = [
        ("index-1123456789abcdef.jsonl", &*written, false),
        ("index-2123456789abcdef.jsonl", "somebody's notes\n", true),
        ("index-3.jsonl", &written, true),
        ("index-4123456789abcdef.jsonl.bak", &written, true),
        ("notes.txt", "somebody's", true),
    ];
    for (name, text, old) in kept {
        file(name, text, old);
    }
    // One that is used is not old, though it was not written for long.
    let own = own.file_name().unwrap().to_str().unwrap();
    file(own, &written, true);
    for _ in 0..2 {
        desk.editor(json!({})).await.finish().await;
    }
    let mut expected: Vec<_> = kept.map(|k| k.0).into_iter().chain([own]).collect();
    expected.sort_unstable();
    let left = fs::read_dir(&folder)
        .unwrap()
        .map(|f| f.unwrap().file_name().into_string().unwrap());
    let mut left: Vec<_> = left.collect();
    left.sort_unstable();
    assert_eq!(left, expected);
}

/// The name of a file may be bytes that are no text. Its article is known as any other; the cache, which is text, leaves it
/// out and keeps the others.
#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_file_whose_name_is_no_text_is_an_article() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt};
    let desk = Workspace::new("latin");
    desk.put("bridge.txt", HARTMANN);
    let path = desk.0.join("desk").join(OsStr::from_bytes(b"caf\xe9\\.txt"));
    fs::write(&path, FERRY).unwrap();
    let mut editor = desk.editor(json!({})).await;
    let name = desk
        .put("bridge.txt", HARTMANN)
        .replace("bridge.txt", "caf%E9%5C.txt");
    let all = reports(&mut editor, json!([])).await;
    assert!(all.iter().any(|r| r.0 == name && r.1 == 1), "{all:?}");
    // It is the same file for an editor that opens it.
    editor.open(&name, HARTMANN).await;
    assert_eq!(found(&mut editor, "hartmann").await.len(), 2);
    editor.finish().await;
    let cache = fs::read_dir(desk.0.join("cache"))
        .unwrap()
        .next()
        .unwrap()
        .unwrap();
    let written = fs::read_to_string(cache.path()).unwrap();
    assert_eq!(written.lines().count(), 2, "a head and an article");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_editor_that_answers_nothing_is_served() {
    let desk = Workspace::new("silence");
    desk.put("ferry.txt", FERRY);
    let mut editor = Editor::raw(Options::default());
    for method in [
        "client/registerCapability",
        "workspace/configuration",
        "workspace/diagnostic/refresh",
    ] {
        editor.answers.insert(method, json!("never"));
    }
    let mut capabilities = modern();
    capabilities["textDocument"]["diagnostic"] = json!({});
    capabilities["workspace"] = json!({
        "configuration": true, "diagnostics": {"refreshSupport": true},
        "didChangeWatchedFiles": {"dynamicRegistration": true},
        "inlayHint": {"refreshSupport": true},
    });
    let params =
        json!({"processId": null, "rootUri": uri(&desk.0.join("desk")), "capabilities": capabilities});
    editor.request("initialize", params).await;
    editor.notify("initialized", json!({})).await;
    refreshed(&mut editor).await;
    assert_eq!(reports(&mut editor, json!([])).await.len(), 1);
    let change = json!({"settings": {"copydesk": {"rules": {"unattributed-quote": "off"}}}});
    editor.notify("workspace/didChangeConfiguration", change).await;
    let settings = desk.put("copydesk.toml", "[rules]\nunattributed-quote = \"off\"\n");
    let change = json!({"changes": [{"uri": settings, "type": 1}]});
    editor.notify("workspace/didChangeWatchedFiles", change).await;
    editor
        .wait(|m| m["method"] == "workspace/inlayHint/refresh")
        .await;
    editor.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_hidden_follows_the_files_that_hide_it() {
    let desk = Workspace::new("hidden");
    desk.put("bridge.txt", HARTMANN);
    let mut editor = desk.editor(json!({})).await;
    for (hidden, n) in [("bridge.*\n", 0), ("", 1)] {
        let uri = desk.put(".gitignore", hidden);
        let change = json!({"changes": [{"uri": uri, "type": 2}]});
        editor.notify("workspace/didChangeWatchedFiles", change).await;
        refreshed(&mut editor).await;
        assert_eq!(found(&mut editor, "hartmann").await.len(), n, "{hidden}");
    }
    editor.finish().await;
}

/// A folder is closed while a file in it is read that has changed: it does not come back.
#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_is_closed_stays_closed() {
    let desk = Workspace::new("closed");
    desk.put("bridge.txt", HARTMANN);
    let ferry = desk.put("sub/ferry.txt", FERRY);
    let (go, wait) = mpsc::channel::<()>();
    let (wait, slow) = (Mutex::new(wait), HARTMANN.replace("Lena", "Klara"));
    let text = slow.clone();
    let (begun, has_begun) = mpsc::channel();
    let options = Options {
        probe: Some(Probe::new(move |text| {
            if text == slow {
                let _ = begun.send(());
                let _ = wait.lock().unwrap().recv();
            }
        })),
        ..Options::default()
    };
    let mut capabilities = modern();
    capabilities["textDocument"]["diagnostic"] = json!({});
    capabilities["workspace"] = json!({"diagnostics": {"refreshSupport": true}});
    let folder = |name: &str| json!({"uri": uri(&desk.0.join(name)), "name": name});
    let params = json!({"capabilities": capabilities, "workspaceFolders": [folder("desk/sub")]});
    let mut editor = Editor::start(options, params).await;
    refreshed(&mut editor).await;
    desk.put("sub/ferry.txt", &text);
    let change = json!({"changes": [{"uri": ferry, "type": 2}]});
    editor.notify("workspace/didChangeWatchedFiles", change).await;
    tokio::task::spawn_blocking(move || has_begun.recv().unwrap())
        .await
        .unwrap();
    let none: [Value; 0] = [];
    let event = json!({"event": {"added": none, "removed": [folder("desk/sub")]}});
    editor.notify("workspace/didChangeWorkspaceFolders", event).await;
    while !found(&mut editor, "").await.is_empty() {}
    drop(go);
    for _ in 0..50 {
        assert_eq!(found(&mut editor, "klara").await, [""; 0]);
    }
    editor.finish().await;
}
