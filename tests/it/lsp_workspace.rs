//! What the server knows of the workspace's articles that are not open.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use copydesk::lsp::{Options, Probe};
use serde_json::{Value, json};

use crate::{
    lsp_client::{Editor, modern},
    lsp_wait::held,
};

pub(crate) const HARTMANN: &str = "Talks on the bridge\n\n“We are not going to leave this room,” said Lena Hartmann, the foreign minister.\n";
pub(crate) const FERRY: &str =
    "Three hours went by.\n\n“Nobody asked the fishermen before the timetable was printed.”\n";

/// A workspace that is removed in the end.
pub(crate) struct Workspace(pub(crate) PathBuf);

impl Workspace {
    pub(crate) fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("copydesk-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    pub(crate) fn put(&self, path: &str, text: &str) -> String {
        let path = self.0.join("desk").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        uri(&path)
    }

    /// An editor with the folder open, once the server has read its articles.
    pub(crate) async fn editor(&self, settings: Value) -> Editor {
        let mut capabilities = modern();
        capabilities["textDocument"]["diagnostic"] = json!({});
        capabilities["workspace"] = json!({"diagnostics": {"refreshSupport": true}});
        let options = Options {
            cache: Some(self.0.join("cache")),
            ..Options::default()
        };
        let folders = json!([{"uri": uri(&self.0.join("desk")), "name": "desk"}]);
        let params = json!({
            "capabilities": capabilities, "workspaceFolders": folders, "initializationOptions": settings,
        });
        let mut editor = Editor::start(options, params).await;
        if settings["index"] != false {
            refreshed(&mut editor).await;
        }
        editor
    }
}

impl Drop for Workspace {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

pub(crate) fn uri(path: &Path) -> String {
    format!("file://{}", path.display())
}

/// Waits until the server says that there is news.
pub(crate) async fn refreshed(editor: &mut Editor) {
    editor
        .wait(|m| m["method"] == "workspace/diagnostic/refresh")
        .await;
}

/// Name, detail and article of each participant that is found.
pub(crate) async fn found(editor: &mut Editor, query: &str) -> Vec<String> {
    let list = editor.request("workspace/symbol", json!({"query": query})).await;
    let text = |v: &Value| v.as_str().unwrap_or_default().to_owned();
    let list = list.as_array().unwrap().iter().map(|s| {
        let article = text(&s["location"]["uri"]);
        let article = article.rsplit('/').next().unwrap();
        format!("{} ({}) {article}", text(&s["name"]), text(&s["containerName"]))
    });
    list.collect()
}

/// The articles with findings that differ from what the editor has, and their state.
pub(crate) async fn reports(editor: &mut Editor, previous: Value) -> Vec<(String, usize, Value)> {
    let params = json!({"previousResultIds": previous});
    let report = editor.request("workspace/diagnostic", params).await;
    let items = report["items"].as_array().unwrap().iter();
    items
        .map(|item| {
            let uri = item["uri"].as_str().unwrap().to_owned();
            (
                uri,
                item["items"].as_array().unwrap().len(),
                item["resultId"].clone(),
            )
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn participants_of_all_articles_are_found() {
    let desk = Workspace::new("symbols");
    let bridge = desk.put("bridge.txt", HARTMANN);
    desk.put("old/ferry.md", "Lena Hartmann waited in the harbor.\n");
    desk.put(".ignore", "drafts\n");
    desk.put("drafts/draft.txt", HARTMANN);
    desk.put("notes.log", HARTMANN);
    let mut editor = desk.editor(json!({})).await;
    // Whoever is quoted comes first.
    let both = [
        "Lena Hartmann (foreign minister · 1 quote) bridge.txt",
        "Lena Hartmann (person) ferry.md",
    ];
    assert_eq!(found(&mut editor, "hartm").await, both);
    // An open article counts as it stands in the editor, and once.
    let open = HARTMANN.replace("Lena Hartmann", "Maria Reyes");
    editor.open(&bridge, &open).await;
    assert_eq!(found(&mut editor, "hartm").await, both[1..]);
    assert_eq!(found(&mut editor, "reyes").await.len(), 1);
    editor.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_files_change_at_once() {
    let desk = Workspace::new("checkout");
    let names: Vec<_> = (0..60).map(|i| format!("{}/{i}.txt", i % 3)).collect();
    let mut touched: Vec<_> = names.iter().map(|name| desk.put(name, HARTMANN)).collect();
    let mut editor = desk.editor(json!({})).await;
    assert_eq!(found(&mut editor, "hartmann").await.len(), 60);
    // Some are other articles now, a folder is gone, and one file is new and the next hidden.
    for name in names.iter().filter(|name| name.starts_with('1')) {
        desk.put(name, FERRY);
    }
    fs::remove_dir_all(desk.0.join("desk/2")).unwrap();
    touched.push(desk.put("3/new.txt", HARTMANN));
    let changes: Vec<_> = touched.iter().map(|uri| json!({"uri": uri, "type": 2})).collect();
    editor
        .notify("workspace/didChangeWatchedFiles", json!({"changes": changes}))
        .await;
    refreshed(&mut editor).await;
    assert_eq!(found(&mut editor, "hartmann").await.len(), 21);
    assert_eq!(reports(&mut editor, json!([])).await.len(), 41);
    editor.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_only_has_the_name_of_an_article_is_none() {
    let desk = Workspace::new("bytes");
    desk.put("a.txt", HARTMANN);
    let picture: Vec<u8> = [
        &b"\x89PNG\r\n"[..],
        HARTMANN.as_bytes(),
        &[0, 1, 2, 0xFF, 0xFE].repeat(200),
    ]
    .concat();
    fs::write(desk.0.join("desk/b.txt"), picture).unwrap();
    let mut editor = desk.editor(json!({})).await;
    assert_eq!(found(&mut editor, "hartmann").await.len(), 1);
    assert_eq!(reports(&mut editor, json!([])).await.len(), 1);
    editor.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn participants_are_found_by_whatever_they_are_called_and_by_their_letters() {
    let desk = Workspace::new("letters");
    desk.put(
        "summit.txt",
        "Volodymyr Zelensky and Nora Toledo, a pilot, spoke with the head of NATO on Monday.\n",
    );
    let mut editor = desk.editor(json!({})).await;
    let nato = ["North Atlantic Treaty Organization (institution) summit.txt"];
    // What has the letters only comes last: “Nora Toledo”.
    let letters = found(&mut editor, "nato").await;
    assert_eq!(letters[..1], nato, "{letters:?}");
    assert!(letters[1].starts_with("Nora Toledo"), "{letters:?}");
    assert_eq!(found(&mut editor, "zlnsky").await.len(), 1);
    // Two letters tell nothing, and the first has to begin a word.
    for query in ["zk", "elnsky", "natox", "otan"] {
        assert_eq!(found(&mut editor, query).await.len(), 0, "{query}");
    }
    editor.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_editor_names_its_folder_by_its_path() {
    let desk = Workspace::new("path");
    desk.put("bridge.txt", HARTMANN);
    let mut capabilities = modern();
    capabilities["workspace"] = json!({"diagnostics": {"refreshSupport": true}});
    capabilities["textDocument"]["diagnostic"] = json!({});
    let params = json!({"capabilities": capabilities, "rootPath": desk.0.join("desk")});
    let mut editor = Editor::start(Options::default(), params).await;
    refreshed(&mut editor).await;
    assert_eq!(found(&mut editor, "hartm").await.len(), 1);
    editor.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_place_of_a_symbol_is_told_when_it_is_chosen() {
    let desk = Workspace::new("resolve");
    desk.put("bridge.txt", HARTMANN);
    let mut capabilities = modern();
    capabilities["workspace"] = json!({
        "diagnostics": {"refreshSupport": true},
        "symbol": {"resolveSupport": {"properties": ["location.range"]}},
    });
    capabilities["textDocument"]["diagnostic"] = json!({});
    let params = json!({"capabilities": capabilities, "rootUri": uri(&desk.0.join("desk"))});
    let mut editor = Editor::start(Options::default(), params).await;
    refreshed(&mut editor).await;
    let list = editor.request("workspace/symbol", json!({"query": "Lena"})).await;
    assert_eq!(list[0]["location"].get("range"), None, "{list}");
    let symbol = editor.request("workspaceSymbol/resolve", list[0].clone()).await;
    let column = HARTMANN.lines().nth(2).unwrap().find("Lena").unwrap();
    assert_eq!(
        symbol["location"]["range"]["start"],
        json!({"line": 2, "character": column})
    );
    editor.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn findings_of_closed_articles_are_told_once() {
    let desk = Workspace::new("findings");
    desk.put("bridge.txt", HARTMANN);
    let ferry = desk.put("ferry.txt", FERRY);
    let mut editor = desk.editor(json!({})).await;
    let all = reports(&mut editor, json!([])).await;
    let faulty: Vec<_> = all.iter().filter(|(_, n, _)| *n > 0).collect();
    assert_eq!(faulty.len(), 1, "{all:?}");
    assert_eq!(faulty[0].0, ferry);
    let had: Vec<_> = all
        .iter()
        .map(|(uri, _, id)| json!({"uri": uri, "value": id}))
        .collect();
    let nothing = held(&mut editor, &json!(had)).await;
    // An editor may write addresses otherwise than we do.
    let otherwise = json!(had).to_string().replace("ferry", "%66erry");
    let otherwise: Value = serde_json::from_str(&otherwise).unwrap();
    held(&mut editor, &otherwise).await;
    assert_eq!(editor.answer(nothing).await["result"]["items"], json!([]));
    // Mended on disk by another program, and told by the watcher.
    desk.put("ferry.txt", &FERRY.replace("printed.”", "printed,” Nowak said."));
    let change = json!({"changes": [{"uri": ferry, "type": 2}]});
    editor.notify("workspace/didChangeWatchedFiles", change).await;
    refreshed(&mut editor).await;
    let news = reports(&mut editor, json!(had)).await;
    assert_eq!(
        news.iter().map(|r| (&r.0, r.1)).collect::<Vec<_>>(),
        [(&ferry, 0)]
    );
    // Deleted in the editor.
    fs::remove_file(desk.0.join("desk/ferry.txt")).unwrap();
    editor
        .notify("workspace/didDeleteFiles", json!({"files": [{"uri": ferry}]}))
        .await;
    refreshed(&mut editor).await;
    let news = reports(&mut editor, json!(had)).await;
    assert_eq!(news, [(ferry.clone(), 0, Value::Null)]);
    let news = reports(&mut editor, otherwise).await;
    assert_eq!(news, [(ferry.replace("ferry", "%66erry"), 0, Value::Null)]);
    editor.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_known_survives_a_restart_and_damage_does_not_matter() {
    let desk = Workspace::new("cache");
    desk.put("bridge.txt", HARTMANN);
    desk.put("ferry.txt", FERRY);
    let mut editor = desk.editor(json!({})).await;
    let before = found(&mut editor, "").await;
    editor.finish().await;
    let cache = fs::read_dir(desk.0.join("cache"))
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    let written = fs::read_to_string(&cache).unwrap();
    assert_eq!(written.lines().count(), 3, "a head and two articles");
    // That the next server reads it is seen by what no article says.
    fs::write(&cache, written.replace("lena hartmann", "lena marked")).unwrap();
    let mut editor = desk.editor(json!({})).await;
    assert_eq!(found(&mut editor, "marked").await.len(), 1);
    editor.finish().await;
    for damaged in [
        "",
        "{",
        &written[..written.len() / 2],
        &written.replace("copydesk", "other"),
    ] {
        fs::write(&cache, damaged).unwrap();
        let mut editor = desk.editor(json!({})).await;
        assert_eq!(found(&mut editor, "").await, before);
        editor.finish().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_editor_may_want_no_index() {
    let desk = Workspace::new("off");
    desk.put("bridge.txt", HARTMANN);
    let mut editor = desk.editor(json!({"index": false})).await;
    assert_eq!(found(&mut editor, "").await, [""; 0]);
    editor.finish().await;
    assert!(!desk.0.join("cache").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn long_reading_is_shown_and_can_be_cancelled() {
    let desk = Workspace::new("progress");
    let long: String = (0..400)
        .map(|i| HARTMANN.replace("room", &format!("room {i}")))
        .collect();
    for i in 0..400 {
        desk.put(&format!("{i}.txt"), &long);
    }
    let mut capabilities = modern();
    capabilities["window"] = json!({"workDoneProgress": true});
    let params = json!({"capabilities": capabilities, "rootUri": uri(&desk.0.join("desk"))});
    let mut editor = Editor::start(Options::default(), params).await;
    let kind = |kind: &'static str| {
        move |m: &Value| m["method"] == "$/progress" && m["params"]["value"]["kind"] == kind
    };
    let begin = editor.wait(kind("begin")).await;
    assert_eq!(begin["params"]["value"]["cancellable"], true);
    let token = &begin["params"]["token"];
    editor
        .notify("window/workDoneProgress/cancel", json!({"token": token}))
        .await;
    editor.wait(kind("end")).await;
    // The server goes on, with what it knows.
    assert!(found(&mut editor, "hartmann").await.len() < 400);
    editor.finish().await;
}

/// A change of the settings makes the server read all articles again. Until each is read it is known as it was,
/// and it stays so when the editor's user does not want to wait.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_known_stays_known_while_it_is_read_again() {
    const N: usize = 40;
    let desk = Workspace::new("again");
    for i in 0..N {
        desk.put(&format!("{i}.txt"), FERRY);
    }
    desk.put("gone.txt", HARTMANN);
    let mut capabilities = modern();
    capabilities["window"] = json!({"workDoneProgress": true});
    capabilities["textDocument"]["diagnostic"] = json!({});
    capabilities["workspace"] = json!({"diagnostics": {"refreshSupport": true}});
    let slow = Arc::new(AtomicBool::new(false));
    let wait = slow.clone();
    let options = Options {
        probe: Some(Probe::new(move |_| {
            if wait.load(Ordering::Relaxed) {
                thread::sleep(Duration::from_millis(100));
            }
        })),
        ..Options::default()
    };
    let params = json!({"capabilities": capabilities, "rootUri": uri(&desk.0.join("desk"))});
    let mut editor = Editor::start(options, params).await;
    refreshed(&mut editor).await;
    let all = reports(&mut editor, json!([])).await;
    assert_eq!(all.iter().map(|r| r.1).sum::<usize>(), N, "{all:?}");
    let had: Vec<_> = all
        .iter()
        .map(|(uri, _, id)| json!({"uri": uri, "value": id}))
        .collect();

    slow.store(true, Ordering::Relaxed);
    fs::remove_file(desk.0.join("desk/gone.txt")).unwrap();
    let settings = desk.put("copydesk.toml", "[rules]\nunattributed-quote = \"hint\"\n");
    let change = json!({"changes": [{"uri": settings, "type": 1}]});
    editor.notify("workspace/didChangeWatchedFiles", change).await;
    let kind = |kind: &'static str| {
        move |m: &Value| m["method"] == "$/progress" && m["params"]["value"]["kind"] == kind
    };
    let token = editor.wait(kind("begin")).await["params"]["token"].clone();
    let lost = |news: &[(String, usize, Value)]| news.iter().filter(|r| r.1 == 0).count();
    let news = reports(&mut editor, json!(had)).await;
    assert_eq!(lost(&news), 0, "{news:?}");
    editor
        .notify("window/workDoneProgress/cancel", json!({"token": token}))
        .await;
    editor.wait(kind("end")).await;
    assert_eq!(reports(&mut editor, json!([])).await.len(), N + 1);
    assert_eq!(lost(&reports(&mut editor, json!(had)).await), 0);

    // The next reading goes through to the end, and what is gone is gone.
    slow.store(false, Ordering::Relaxed);
    desk.put("copydesk.toml", "[rules]\nunattributed-quote = \"info\"\n");
    let change = json!({"changes": [{"uri": settings, "type": 2}]});
    editor.notify("workspace/didChangeWatchedFiles", change).await;
    while reports(&mut editor, json!([])).await.len() != N {
        refreshed(&mut editor).await;
    }
    let news = reports(&mut editor, json!(had)).await;
    assert_eq!((lost(&news), news.len()), (1, N + 1));
    editor.finish().await;
}
