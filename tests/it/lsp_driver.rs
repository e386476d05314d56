//! A seeded driver: thousands of random edits, requests, resolves, commands and cancellations over several documents,
//! that are opened, closed and renamed on the way. At the end each document must answer as a fresh one with the text
//! that the driver's own model holds, each request must have had exactly one answer, no error but those that the
//! protocol foresees, and nothing of a closed document may be left.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use copydesk::lsp::Options;
use serde_json::{Value, json};

use crate::lsp_client::{Editor, modern};

mod model;

use model::{Dice, Model, PIECES, byte};

/// With `RUN_SLOW_TESTS=1`.
const MANY: usize = 10_000;
const FEW: usize = 1_200;

/// Errors that the protocol foresees: cancelled, content modified, to be asked again.
const FORESEEN: [i64; 3] = [-32800, -32801, -32802];

/// The error of a name that cannot be changed.
const FAILED: i64 = -32803;

/// What a document answers about itself, without its address.
async fn state(editor: &mut Editor, uri: &str) -> String {
    let mut all = String::new();
    for method in [
        "documentSymbol",
        "semanticTokens/full",
        "foldingRange",
        "codeLens",
        "documentLink",
    ] {
        let params = json!({"textDocument": {"uri": uri}});
        let answer = editor.request(&format!("textDocument/{method}"), params).await;
        all.push_str(&plain(answer).to_string().replace(uri, "URI"));
        all.push('\n');
    }
    all
}

/// An answer without what differs between two documents with one text.
fn plain(mut answer: Value) -> Value {
    match &mut answer {
        Value::Object(members) => {
            for own in ["resultId", "data", "state", "version"] {
                // Numbers of tokens are data as well, and count.
                if members.get(own).is_some_and(|v| !v.is_array()) {
                    members.remove(own);
                }
            }
            members.values_mut().for_each(|v| *v = plain(v.take()));
        }
        Value::Array(list) => list.iter_mut().for_each(|v| *v = plain(v.take())),
        _ => {}
    }
    answer
}

/// One session.
struct Driver {
    editor: Editor,
    dice: Dice,
    encoding: &'static str,
    models: Vec<Model>,
    /// Requests without an answer yet: their ids, methods and parameters.
    waiting: Vec<(i64, String, Value)>,
    /// Requests that answers have led to.
    later: Vec<(&'static str, Value)>,
    /// The numbers of semantic tokens, by name.
    tokens: BTreeMap<String, Vec<Value>>,
    faults: Vec<Value>,
    n_renamed: usize,
}

fn capabilities(encoding: &str, pull: bool) -> Value {
    let mut capabilities = modern();
    capabilities["general"]["positionEncodings"] = json!([encoding]);
    let text = &mut capabilities["textDocument"];
    text["codeAction"] = json!({
        "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}},
        "dataSupport": true, "resolveSupport": {"properties": ["edit"]},
    });
    text["inlayHint"] = json!({"resolveSupport": {"properties": ["tooltip", "label.location"]}});
    text["codeLens"] = json!({"resolveSupport": {"properties": ["command"]}});
    text["documentLink"] = json!({"tooltipSupport": true});
    text["rename"] = json!({"prepareSupport": true});
    if pull {
        text["diagnostic"] = json!({});
    }
    capabilities["workspace"] = json!({
        "applyEdit": true, "workspaceEdit": {"documentChanges": true, "resourceOperations": ["create"]},
        "symbol": {"resolveSupport": {"properties": ["location.range"]}}, "fileOperations": {"willRename": true},
    });
    capabilities["window"] = json!({"showDocument": {"support": true}});
    capabilities
}

impl Driver {
    async fn open(&mut self, uri: &str, language: &str, version: i32, text: &str) {
        let item = json!({"uri": uri, "languageId": language, "version": version, "text": text});
        self.editor
            .notify("textDocument/didOpen", json!({"textDocument": item}))
            .await;
    }

    async fn close(&mut self, uri: &str) {
        let document = json!({"textDocument": {"uri": uri}});
        self.editor.notify("textDocument/didClose", document).await;
    }

    async fn ask(&mut self, method: &str, params: Value) {
        let id = self.editor.ask(method, params.clone()).await;
        self.waiting.push((id, method.to_owned(), params));
    }

    async fn step(&mut self) {
        let n = self.dice.roll(self.models.len());
        match self.dice.roll(100) {
            0..=49 => {
                let model = &mut self.models[n];
                model.edit(&mut self.dice, &mut self.editor, self.encoding).await;
            }
            50..=74 => {
                let (method, params) = self.models[n].question(&mut self.dice);
                self.ask(&method, params).await;
            }
            75..=84 => {
                if !self.later.is_empty() {
                    let i = self.dice.roll(self.later.len());
                    let (method, params) = self.later.swap_remove(i);
                    self.ask(method, params).await;
                }
            }
            85..=91 => {
                // An id that was answered long ago, or never asked, is as good.
                let last = self.waiting.last().map_or(0, |w| w.0);
                let id = last - self.dice.roll(3) as i64;
                self.editor.notify("$/cancelRequest", json!({"id": id})).await;
            }
            92..=94 => self.of_the_workspace(n).await,
            95 => {
                // Many documents, most of them closed before anybody has looked at them.
                for i in 0..20 {
                    let text: String = (0..8).map(|_| *self.dice.pick(&PIECES)).collect();
                    self.open(&format!("file:///many/{i}.txt"), "plaintext", 1, &text)
                        .await;
                }
                for i in 0..20 {
                    self.close(&format!("file:///many/{i}.txt")).await;
                }
            }
            96..=97 => self.rename(n).await,
            _ => {
                let model = &mut self.models[n];
                // Versions go on, so that what was sent before the end is not taken for news.
                model.version += 1;
                let (uri, text) = (model.uri.clone(), model.text.clone());
                let (language, version) = (model.language, model.version);
                self.close(&uri).await;
                self.open(&uri, language, version, &text).await;
            }
        }
    }

    async fn of_the_workspace(&mut self, n: usize) {
        let uri = self.models[n].uri.clone();
        match self.dice.roll(7) {
            0 => {
                let query = *self.dice.pick(&["", "hart", "scholz", "zzz"]);
                self.ask("workspace/symbol", json!({ "query": query })).await;
            }
            1 => {
                self.ask("workspace/diagnostic", json!({"previousResultIds": []}))
                    .await;
            }
            2 => {
                let files = json!([{"oldUri": uri, "newUri": "file:///desk/other.txt"}]);
                self.ask("workspace/willRenameFiles", json!({ "files": files }))
                    .await;
            }
            3 => {
                let level = *self.dice.pick(&["off", "hint", "error"]);
                let settings =
                    json!({"copydesk": {"rules": {"unattributed-quote": level}, "maxBytes": 50_000}});
                self.editor
                    .notify(
                        "workspace/didChangeConfiguration",
                        json!({ "settings": settings }),
                    )
                    .await;
            }
            4 => {
                let folder = json!([{"uri": "file:///nowhere/at/all", "name": "x"}]);
                let (added, removed) = match self.dice.roll(2) {
                    0 => (folder, json!([])),
                    _ => (json!([]), folder),
                };
                let event = json!({"event": {"added": added, "removed": removed}});
                self.editor
                    .notify("workspace/didChangeWorkspaceFolders", event)
                    .await;
            }
            5 => {
                let saved = json!({"textDocument": {"uri": uri}});
                self.editor.notify("textDocument/didSave", saved).await;
            }
            _ => {
                let changes =
                    json!([{"uri": uri, "type": 2}, {"uri": "file:///desk/copydesk.toml", "type": 1}]);
                self.editor
                    .notify("workspace/didChangeWatchedFiles", json!({ "changes": changes }))
                    .await;
            }
        }
    }

    /// Gives a document another name: as the protocol wants it, or without closing it.
    async fn rename(&mut self, n: usize) {
        self.n_renamed += 1;
        let new = format!("file:///desk/renamed{}.txt", self.n_renamed);
        let old = std::mem::replace(&mut self.models[n].uri, new.clone());
        let files = json!({"files": [{"oldUri": old, "newUri": new}]});
        let orderly = self.dice.roll(2) == 0;
        if orderly {
            self.close(&old).await;
        }
        self.editor.notify("workspace/didRenameFiles", files).await;
        if orderly {
            let (language, version) = (self.models[n].language, self.models[n].version);
            let text = self.models[n].text.clone();
            self.open(&new, language, version, &text).await;
        }
    }

    /// Takes all answers that are outstanding.
    async fn gather(&mut self) {
        for (id, method, params) in std::mem::take(&mut self.waiting) {
            let answer = self.editor.answer(id).await;
            let code = answer["error"]["code"].as_i64();
            let renames = ["textDocument/rename", "textDocument/prepareRename"].contains(&&*method);
            let foreseen = |c| FORESEEN.contains(&c) || renames && c == FAILED;
            if code.is_some_and(|c| !foreseen(c)) {
                self.faults
                    .push(json!({"method": method, "params": params, "answer": answer}));
            }
            self.follow(&method, &params, &answer["result"]);
        }
        // Old ones are refused anyway; a few of them will do.
        let n = self.later.len();
        self.later.drain(..n.saturating_sub(60));
    }

    /// What an answer leads to.
    fn follow(&mut self, method: &str, params: &Value, result: &Value) {
        let list = result["items"].as_array().or(result.as_array());
        let list: Vec<Value> = list.into_iter().flatten().take(3).cloned().collect();
        let resolve = match method {
            "textDocument/completion" => "completionItem/resolve",
            "textDocument/inlayHint" => "inlayHint/resolve",
            "textDocument/codeLens" => "codeLens/resolve",
            "textDocument/documentLink" => "documentLink/resolve",
            "textDocument/codeAction" => "codeAction/resolve",
            "workspace/symbol" => "workspaceSymbol/resolve",
            _ => "",
        };
        let command = |c: &Value| json!({"command": c["command"], "arguments": c["arguments"]});
        match method {
            "textDocument/prepareCallHierarchy" => {
                for item in list {
                    let item = json!({ "item": item });
                    self.later.push(("callHierarchy/incomingCalls", item.clone()));
                    self.later.push(("callHierarchy/outgoingCalls", item));
                }
            }
            "textDocument/codeAction" if list.iter().any(|a| a.get("command").is_some()) => {
                let actions = list.iter().filter(|a| a.get("command").is_some());
                self.later
                    .extend(actions.map(|a| ("workspace/executeCommand", command(&a["command"]))));
            }
            "codeLens/resolve"
                if result["command"]["command"]
                    .as_str()
                    .is_some_and(|c| !c.is_empty()) =>
            {
                self.later
                    .push(("workspace/executeCommand", command(&result["command"])));
            }
            "codeAction/resolve" | "textDocument/rename" => self.check_edit(&result["edit"], result),
            "textDocument/semanticTokens/full" | "textDocument/semanticTokens/full/delta" => {
                self.take_tokens(params, result);
            }
            _ if !resolve.is_empty() => self.later.extend(list.into_iter().map(|item| (resolve, item))),
            _ => {}
        }
    }

    /// An edit of a document as it is now must fit its text.
    fn check_edit(&mut self, edit: &Value, whole: &Value) {
        let edit = if edit.is_null() { whole } else { edit };
        for change in edit["documentChanges"].as_array().into_iter().flatten() {
            let document = &change["textDocument"];
            let Some(model) = self
                .models
                .iter()
                .find(|m| document["uri"] == *m.uri && document["version"] == m.version)
            else {
                continue;
            };
            let mut last = 0;
            for edit in change["edits"].as_array().unwrap() {
                let at = |end: &str| byte(&model.text, &edit["range"][end], self.encoding);
                match (at("start"), at("end")) {
                    (Some(start), Some(end)) if last <= start && start <= end => last = end,
                    _ => self.faults.push(json!({"edit": edit, "text": model.text})),
                }
            }
        }
    }

    fn take_tokens(&mut self, params: &Value, result: &Value) {
        let Some(id) = result["resultId"].as_str() else {
            return;
        };
        let mut data = match result["data"].as_array() {
            Some(data) => data.clone(),
            None => {
                let before = params["previousResultId"].as_str().unwrap_or_default();
                self.tokens
                    .get(before)
                    .expect("a difference to what was sent")
                    .clone()
            }
        };
        for edit in result["edits"].as_array().into_iter().flatten() {
            let n = |key: &str| edit[key].as_u64().unwrap() as usize;
            let new = edit["data"].as_array().cloned().unwrap_or_default();
            data.splice(n("start")..n("start") + n("deleteCount"), new);
        }
        if let Some(model) = self
            .models
            .iter_mut()
            .find(|m| params["textDocument"]["uri"] == *m.uri)
        {
            id.clone_into(&mut model.tokens);
        }
        // One name, one state: whole or as a difference, it is the same.
        let known = self.tokens.entry(id.to_owned()).or_insert_with(|| data.clone());
        if *known != data {
            self.faults
                .push(json!({"tokens": id, "whole": known, "other": data}));
        }
    }
}

/// Drives one server and returns how many states of semantic tokens it sent.
async fn session(seed: u64, steps: usize, encoding: &'static str, pull: bool) -> usize {
    let lease = Arc::new(());
    let options = Options {
        lease: Some(lease.clone()),
        ..Options::default()
    };
    let params = json!({"capabilities": capabilities(encoding, pull)});
    let mut editor = Editor::start(options, params).await;
    editor
        .answers
        .insert("workspace/applyEdit", json!({"applied": true}));
    editor
        .answers
        .insert("window/showDocument", json!({"success": true}));
    let idle = Arc::strong_count(&lease);
    let mut driver = Driver {
        editor,
        dice: Dice(seed),
        encoding,
        models: Vec::new(),
        waiting: Vec::new(),
        later: Vec::new(),
        tokens: BTreeMap::new(),
        faults: Vec::new(),
        n_renamed: 0,
    };
    for n in 0..4_usize {
        let text: String = (0..20).map(|_| *driver.dice.pick(&PIECES)).collect();
        let (kind, language) = [("txt", "plaintext"), ("md", "markdown")][n % 2];
        let uri = format!("file:///desk/{n}.{kind}");
        driver.open(&uri, language, 1, &text).await;
        driver.models.push(Model {
            uri,
            language,
            text,
            version: 1,
            tokens: String::new(),
        });
    }
    for step in 0..steps {
        driver.step().await;
        if step % 40 == 39 || step + 1 == steps {
            driver.gather().await;
        }
    }
    let Driver {
        mut editor,
        models,
        faults,
        tokens,
        ..
    } = driver;
    assert!(
        faults.is_empty(),
        "seed {seed}: errors that nobody foresaw: {faults:?}"
    );
    for (n, model) in models.iter().enumerate() {
        let fresh = format!("file:///fresh/{n}");
        editor.open_as(&fresh, model.language, &model.text).await;
        let (edited, wanted) = (
            state(&mut editor, &model.uri).await,
            state(&mut editor, &fresh).await,
        );
        assert_eq!(
            edited, wanted,
            "seed {seed}, {encoding}, document {n}: {:?}",
            model.text
        );
        for uri in [&fresh, &model.uri] {
            let closed = json!({"textDocument": {"uri": uri}});
            editor.notify("textDocument/didClose", closed).await;
        }
    }
    // Nothing of a closed document is left, once the work on it has ended; and nothing of the server, once it is gone.
    settles(&lease, idle).await;
    editor.finish().await;
    settles(&lease, 1).await;
    tokens.len()
}

/// Waits until no more than `n` hold the lease.
async fn settles(lease: &Arc<()>, n: usize) {
    for _ in 0..1_000 {
        if Arc::strong_count(lease) <= n {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("{} pieces are left", Arc::strong_count(lease) - n);
}

fn steps() -> usize {
    match std::env::var_os("RUN_SLOW_TESTS") {
        Some(_) => MANY,
        None => FEW,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn random_sessions_end_as_the_model_says() {
    let mut n_tokens = 0;
    for (seed, encoding, pull) in [(1, "utf-16", false), (2, "utf-8", true), (3, "utf-32", false)] {
        n_tokens += session(seed, steps() / 3, encoding, pull).await;
    }
    assert!(n_tokens > 0, "differences are among what was asked");
}
