//! What is set, in the editor and in the project's file, and which of the two wins.

use std::{fs, path::PathBuf};

use copydesk::{desk::project, kb::Role, lsp::Options};
use serde_json::{Value, json};

use crate::{
    desk::{self, Folder},
    lsp_client::{Editor, modern},
};

const LOST: &str = "Three hours went by.\n\n“Nobody asked the fishermen before the timetable was printed.”\n";

const NOWHERE: &str = "file:///nowhere/a.txt";
const MESSAGE: &str = "window/showMessage";

/// What the user was told so far.
fn messages(editor: &Editor) -> Vec<String> {
    let told = editor.record.iter().filter(|(_, m)| m["method"] == MESSAGE);
    told.map(|(_, m)| m["params"]["message"].as_str().unwrap_or_default().to_owned())
        .collect()
}

/// A folder with a project's file, and the address of an article in it.
fn project(name: &str, file: &str, article: &str) -> (PathBuf, String) {
    let folder = std::env::temp_dir().join(format!("copydesk-{name}-{}", std::process::id()));
    fs::create_dir_all(folder.join("old")).unwrap();
    fs::write(folder.join("copydesk.toml"), file).unwrap();
    let uri = format!("file://{}", folder.join(article).display());
    (folder, uri)
}

/// The address of a file in a folder.
fn address(folder: &Folder, file: &str) -> String {
    format!("file://{}", folder.0.join(file).display())
}

async fn started(settings: Value) -> Editor {
    let params = json!({"capabilities": modern(), "initializationOptions": settings});
    Editor::start(Options::default(), params).await
}

async fn codes(editor: &mut Editor, uri: &str) -> Vec<String> {
    editor.open(uri, LOST).await;
    let found = editor.diagnostics(uri, 1).await;
    let list = found.as_array().unwrap();
    list.iter()
        .map(|d| d["code"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_editor_sets_levels_over_the_project() {
    let (folder, uri) = project("levels", "[rules]\nunattributed-quote = \"off\"\n", "a.txt");
    let mut editor = started(json!({})).await;
    assert_eq!(codes(&mut editor, &uri).await, [""; 0], "as the project says");
    editor.finish().await;

    let mut editor = started(json!({"rules": {"unattributed-quote": "error"}})).await;
    editor.open(&uri, LOST).await;
    let found = editor.diagnostics(&uri, 1).await;
    assert_eq!(found[0]["code"], "unattributed-quote", "{found}");
    assert_eq!(found[0]["severity"], 1, "{found}");
    editor.finish().await;
    fs::remove_dir_all(folder).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn some_files_have_settings_of_their_own() {
    let file = "[[overrides]]\nfiles = [\"old/**\"]\nrules = { unattributed-quote = \"off\" }\n";
    let (folder, old) = project("overrides", file, "old/a.txt");
    let new = old.replace("/old/", "/");
    let mut editor = started(Value::Null).await;
    assert_eq!(codes(&mut editor, &old).await, [""; 0]);
    assert_eq!(codes(&mut editor, &new).await, ["unattributed-quote"]);
    editor.finish().await;
    fs::remove_dir_all(folder).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_date_of_the_project_holds_unless_the_editor_has_one() {
    let (folder, uri) = project("date", "date = \"2019-05-14\"\n", "a.txt");
    for (settings, date) in [(json!({}), "2019"), (json!({"date": "2024-12-18"}), "2024")] {
        let mut editor = started(settings).await;
        editor
            .open(&uri, "Nothing happened.\n\nThe German chancellor left.\n")
            .await;
        let hover = editor.at("hover", &uri, 2, 15).await;
        let text = hover["contents"]["value"].as_str().unwrap_or_default().to_owned();
        assert_eq!(text.contains("Merkel"), date == "2019", "{date}: {hover}");
        editor.finish().await;
    }
    fs::remove_dir_all(folder).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_set_wrong_is_told_and_the_rest_is_taken() {
    let settings =
        json!({"rules": {"unattributed-quote": "error", "unclosed-quote": "loud", "no-such-rule": "off"}});
    let mut editor = started(settings).await;
    assert_eq!(codes(&mut editor, NOWHERE).await, ["unattributed-quote"]);
    while messages(&editor).len() < 2 {
        editor.wait(|m| m["method"] == MESSAGE).await;
    }
    let told = messages(&editor).join("\n");
    assert!(told.contains("no-such-rule"), "{told}");
    assert!(told.contains("unclosed-quote") && told.contains("loud"), "{told}");
    editor.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_list_is_an_empty_table() {
    // Lua has one word for both.
    let mut editor = started(json!([])).await;
    assert_eq!(codes(&mut editor, NOWHERE).await, ["unattributed-quote"]);
    assert_eq!(messages(&editor), [""; 0]);
    editor.finish().await;
}

/// What the hover says at a place, once it says `wanted`; the server needs some time to see a changed file.
async fn hover_says(editor: &mut Editor, uri: &str, wanted: &str) -> bool {
    for _ in 0..100 {
        let hover = editor.at("hover", uri, 0, 15).await;
        if hover["contents"]["value"]
            .as_str()
            .unwrap_or_default()
            .contains(wanted)
        {
            return true;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    false
}

/// How often diagnostics of a document have been pushed.
fn pushed(editor: &Editor, uri: &str) -> usize {
    let of = |m: &Value| m["method"] == "textDocument/publishDiagnostics" && m["params"]["uri"] == uri;
    editor.record.iter().filter(|(_, m)| of(m)).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn saving_an_article_reads_no_settings_and_a_new_file_of_settings_is_seen() {
    // An editor that watches no files.
    let folder = Folder::new("lsp-save", &[("a.txt", LOST)]);
    let uri = format!("file://{}", folder.0.join("a.txt").display());
    let mut editor = started(json!({})).await;
    assert_eq!(codes(&mut editor, &uri).await, ["unattributed-quote"]);
    let saved = json!({"textDocument": {"uri": uri}});
    for _ in 0..3 {
        editor.notify("textDocument/didSave", saved.clone()).await;
        editor.at("hover", &uri, 0, 0).await;
    }
    assert_eq!(pushed(&editor, &uri), 1, "there is nothing new to say");
    // Another program makes a file of settings where there was none.
    folder.write("copydesk.toml", "[rules]\nunattributed-quote = \"error\"\n");
    let found = editor.diagnostics(&uri, 1).await;
    assert_eq!(found[0]["severity"], 1, "{found}");
    fs::remove_file(folder.0.join("copydesk.toml")).unwrap();
    let found = editor.diagnostics(&uri, 1).await;
    assert_eq!(found[0]["severity"], 2, "{found}");
    editor.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn people_are_read_again_when_their_file_changes() {
    let people =
        |note: &str| format!("[[people]]\nname = \"Liis Tammsaar\"\ncountry = \"EE\"\nnote = \"{note}\"\n");
    let folder = Folder::new("lsp", &[(".copydesk/people.toml", &people("Ask twice."))]);
    let uri = format!("file://{}", folder.0.join("a.txt").display());
    let file = format!("file://{}", folder.0.join(".copydesk/people.toml").display());
    let mut editor = started(json!({})).await;
    editor
        .open(&uri, "“We stay,” Liis Tammsaar of Estonia said.\n")
        .await;
    assert!(hover_says(&mut editor, &uri, "Ask twice.").await);

    // Nobody tells the server; it looks.
    folder.write(".copydesk/people.toml", people("Ask three times."));
    assert!(hover_says(&mut editor, &uri, "Ask three times.").await);

    // A broken file is told in itself, and what it said before holds.
    folder.write(
        ".copydesk/people.toml",
        "[[people]]\nname = \"X Y\"\ncountry = \"Atlantis\"\n",
    );
    let broken =
        |m: &Value| m["method"] == "textDocument/publishDiagnostics" && m["params"]["uri"] == file.as_str();
    let told = editor.wait(broken).await;
    let diagnostic = &told["params"]["diagnostics"][0];
    assert_eq!(
        diagnostic["range"]["start"],
        json!({"line": 2, "character": 10}),
        "{told}"
    );
    assert!(
        diagnostic["message"]
            .as_str()
            .unwrap()
            .contains("no country is called 'Atlantis'"),
        "{told}"
    );
    assert!(hover_says(&mut editor, &uri, "Ask three times.").await);

    // An editor that tells of it is heard at once, and what was told is taken back.
    folder.write(".copydesk/people.toml", people("Ask no more."));
    let change = json!({"changes": [{"uri": file, "type": 2}]});
    editor.notify("workspace/didChangeWatchedFiles", change).await;
    let told = editor.wait(broken).await;
    assert_eq!(told["params"]["diagnostics"], json!([]), "{told}");
    assert!(hover_says(&mut editor, &uri, "Ask no more.").await);
    editor.finish().await;
}

/// A pack, or the base itself, is broken and then replaced while the server runs.
async fn replaced(name: &str, as_base: bool, settings: Option<&str>) {
    let packed = |office: &str| {
        let entities = vec![
            desk::country("EE", "Estonia"),
            desk::person("x1", "Liis Tammsaar", "EE"),
        ];
        let tenure = desk::tenure("x1", "EE", Role::HeadOfState, office, ["2020-01-01", "", ""]);
        desk::pack(entities, vec![tenure])
    };
    let text = "“We stay,” Liis Tammsaar of Estonia said.\n";
    let folder = Folder::new(name, &[]);
    folder.write("a.kb", packed("Harbor master"));
    if let Some(settings) = settings {
        folder.write("copydesk.toml", settings);
    }
    let file = folder.0.join("a.kb");
    let mut options = Options::default();
    if as_base {
        options.kb = Some(project::open(&file, "a.kb").unwrap());
        options.kb_file = Some(file.clone());
    }
    let mut editor = Editor::start(options, json!({"capabilities": modern()})).await;
    let uri = format!("file://{}", folder.0.join("a.txt").display());
    editor.open(&uri, text).await;
    assert!(hover_says(&mut editor, &uri, "Harbor master").await, "{name}");

    // A broken file is told once, and what was read before goes on.
    folder.write("a.kb", "CDKB, cut short");
    let told = match as_base {
        true => editor.wait(|m| m["method"] == MESSAGE).await["params"]["message"].clone(),
        false => {
            let faulty = |m: &Value| {
                m["method"] == "textDocument/publishDiagnostics"
                    && m["params"]["uri"].as_str().unwrap().ends_with("copydesk.toml")
            };
            editor.wait(faulty).await["params"]["diagnostics"][0]["message"].clone()
        }
    };
    assert!(
        told.as_str()
            .unwrap()
            .contains("a.kb: not a usable knowledge base"),
        "{told}"
    );
    assert!(hover_says(&mut editor, &uri, "Harbor master").await, "{name}");
    tokio::time::sleep(std::time::Duration::from_millis(2_500)).await;
    editor.at("hover", &uri, 0, 15).await;
    assert!(
        messages(&editor).len() <= 1,
        "once is enough: {:?}",
        messages(&editor)
    );

    // One that is whole takes its place.
    folder.write("a.kb", packed("Ferry master"));
    assert!(hover_says(&mut editor, &uri, "Ferry master").await, "{name}");
    editor.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pack_is_read_again_when_its_file_changes() {
    replaced("lsp-pack", false, Some("kb = \"a.kb\"\n")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_base_is_read_again_when_its_file_changes() {
    replaced("lsp-base", true, None).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_base_below_a_project_is_read_again_when_its_file_changes() {
    replaced("lsp-both", true, Some("date = 2024-12-18\n")).await;
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_settings_file_named_at_the_start_holds_everywhere() {
    let folder = Folder::new("fixed", &[]);
    folder.write("desk.toml", "[rules]\nunattributed-quote = \"hint\"\n");
    folder.write("copydesk.toml", "[rules]\nunattributed-quote = \"error\"\n");
    let options = Options {
        config: Some(folder.0.join("desk.toml")),
        ..Options::default()
    };
    let mut editor = Editor::start(options, json!({"capabilities": modern()})).await;
    for uri in [address(&folder, "a.txt"), "untitled:Untitled-1".to_owned()] {
        editor.open(&uri, LOST).await;
        assert_eq!(editor.diagnostics(&uri, 1).await[0]["severity"], 4, "{uri}");
    }
    // Editors that watch no files tell of it by saving.
    folder.write("desk.toml", "[rules]\nunattributed-quote = \"info\"\n");
    let saved = json!({"textDocument": {"uri": address(&folder, "desk.toml")}});
    editor.notify("textDocument/didSave", saved).await;
    assert_eq!(
        editor.diagnostics("untitled:Untitled-1", 1).await[0]["severity"],
        3
    );
    editor.finish().await;
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn settings_come_from_the_project_and_the_editor() {
    let folder = Folder::new("settings", &[]);
    folder.write(
        "copydesk.toml",
        "[rules]\nunattributed-quote = \"error\"\n[[overrides]]\nfiles = [\"archive/**\"]\nrules = { unattributed-quote = \"off\" }\n",
    );
    let mut capabilities = modern();
    capabilities["workspace"] =
        json!({"configuration": true, "didChangeWatchedFiles": {"dynamicRegistration": true}});
    let mut editor = Editor::start(Options::default(), json!({"capabilities": capabilities})).await;
    editor.answers.insert("workspace/configuration", json!([null]));
    let registered = editor.wait(|m| m["method"] == "client/registerCapability").await;
    assert!(
        registered.to_string().contains("**/copydesk.toml"),
        "{registered}"
    );
    editor.wait(|m| m["method"] == "workspace/configuration").await;
    let (here, archive, toml) = (
        address(&folder, "a.txt"),
        address(&folder, "archive/b.txt"),
        address(&folder, "copydesk.toml"),
    );
    editor.open(&here, LOST).await;
    assert_eq!(editor.diagnostics(&here, 1).await[0]["severity"], 1);
    editor.open(&archive, LOST).await;
    assert_eq!(editor.diagnostics(&archive, 1).await, json!([]));

    // The editor's setting wins.
    editor.answers.insert(
        "workspace/configuration",
        json!([{"rules": {"unattributed-quote": "hint"}}]),
    );
    editor
        .notify("workspace/didChangeConfiguration", json!({"settings": null}))
        .await;
    assert_eq!(editor.diagnostics(&here, 1).await[0]["severity"], 4);
    editor.answers.insert(
        "workspace/configuration",
        json!([{"rules": {"unatributed-quote": "hint"}}]),
    );
    editor
        .notify("workspace/didChangeConfiguration", json!({"settings": null}))
        .await;
    let said = editor.wait(|m| m["method"] == "window/showMessage").await;
    assert!(
        said.to_string().contains("did you mean 'unattributed-quote'"),
        "{said}"
    );
    assert_eq!(editor.diagnostics(&here, 1).await[0]["severity"], 1);

    // A fault in the project's file is shown in it, and taken back when it is mended.
    folder.write("copydesk.toml", "[rules]\nloaded-verbs = \"error\"\n");
    let changed = json!({"changes": [{"uri": toml, "type": 2}]});
    editor
        .notify("workspace/didChangeWatchedFiles", changed.clone())
        .await;
    let about_toml = |m: &Value| {
        m["method"] == "textDocument/publishDiagnostics"
            && m["params"]["uri"].as_str().unwrap().ends_with("copydesk.toml")
    };
    let fault = editor.wait(about_toml).await;
    let fault = &fault["params"]["diagnostics"][0];
    assert_eq!(
        fault["range"]["start"],
        json!({"line": 1, "character": 0}),
        "{fault}"
    );
    assert_eq!(
        editor.diagnostics(&here, 1).await[0]["severity"],
        1,
        "what the file said before holds"
    );
    folder.write("copydesk.toml", "[rules]\nunattributed-quote = \"info\"\n");
    editor.notify("workspace/didChangeWatchedFiles", changed).await;
    assert_eq!(editor.wait(about_toml).await["params"]["diagnostics"], json!([]));
    assert_eq!(editor.diagnostics(&here, 1).await[0]["severity"], 3);
    editor.finish().await;
}
