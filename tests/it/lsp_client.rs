//! An editor for tests: talks to the server in this process over two pipes, keeps a record of every
//! message, and checks at the end that the record obeys the protocol.

use std::{
    collections::{BTreeMap, VecDeque},
    time::Duration,
};

use copydesk::lsp::{Options, serve_on};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, DuplexStream},
    sync::mpsc::{UnboundedReceiver, unbounded_channel},
    task::JoinHandle,
};

use crate::lsp_model::{self, From};

/// How long anything may take. Nothing here measures time; this only ends a test that would hang.
const PATIENCE: Duration = Duration::from_secs(90);

/// The editor.
pub(crate) struct Editor {
    to: Option<DuplexStream>,
    inbox: UnboundedReceiver<Value>,
    server: JoinHandle<bool>,
    /// Messages that arrived while another was waited for.
    backlog: VecDeque<Value>,
    /// Every message of the session, in the order this side saw it.
    pub(crate) record: Vec<(From, Value)>,
    next_id: i64,
    /// What requests of the server are answered with; a method that is not listed gets `null`.
    pub(crate) answers: BTreeMap<&'static str, Value>,
    /// Newest version for which diagnostics came, by document.
    versions: BTreeMap<String, i64>,
    /// What `initialize` answered.
    pub(crate) capabilities: Value,
}

/// What the editors in common use announce, as far as it matters here.
pub(crate) fn modern() -> Value {
    json!({
        "general": {"positionEncodings": ["utf-8", "utf-16", "utf-32"]},
        "textDocument": {
            "hover": {"contentFormat": ["markdown", "plaintext"]},
            "documentSymbol": {"hierarchicalDocumentSymbolSupport": true},
            "definition": {"linkSupport": true},
            "publishDiagnostics": {
                "relatedInformation": true, "versionSupport": true, "codeDescriptionSupport": true, "dataSupport": true,
                "tagSupport": {"valueSet": [1, 2]},
            },
        },
    })
}

impl Editor {
    /// Starts a server and lets it know what the editor can do.
    pub(crate) async fn new(capabilities: Value) -> Self {
        Self::start(Options::default(), json!({"capabilities": capabilities})).await
    }

    /// Starts a server with these parameters of `initialize`.
    pub(crate) async fn start(options: Options, mut params: Value) -> Self {
        let mut editor = Self::raw(options);
        for (key, value) in [("processId", json!(null)), ("rootUri", json!(null))] {
            if params.get(key).is_none() {
                params[key] = value;
            }
        }
        editor.capabilities = editor.request("initialize", params).await;
        editor.notify("initialized", json!({})).await;
        editor
    }

    /// Starts a server and says nothing yet.
    pub(crate) fn raw(options: Options) -> Self {
        let (to, input) = tokio::io::duplex(64 << 10);
        let (output, mut from) = tokio::io::duplex(64 << 10);
        let server = tokio::spawn(serve_on(input, output, options));
        let (tx, inbox) = unbounded_channel();
        tokio::spawn(async move {
            while let Some(message) = read(&mut from).await {
                if tx.send(message).is_err() {
                    return;
                }
            }
        });
        Self {
            to: Some(to),
            inbox,
            server,
            backlog: VecDeque::new(),
            record: Vec::new(),
            next_id: 0,
            answers: BTreeMap::new(),
            versions: BTreeMap::new(),
            capabilities: Value::Null,
        }
    }

    /// Sends bytes as they are.
    pub(crate) async fn send_bytes(&mut self, bytes: &[u8]) {
        let to = self.to.as_mut().expect("the stream is open");
        to.write_all(bytes).await.expect("the server reads");
    }

    pub(crate) async fn send(&mut self, message: Value) {
        let body = message.to_string();
        let frame = format!("Content-Length: {}\r\n\r\n{body}", body.len());
        self.record.push((From::Editor, message));
        self.send_bytes(frame.as_bytes()).await;
    }

    pub(crate) async fn notify(&mut self, method: &str, params: Value) {
        self.send(json!({"jsonrpc": "2.0", "method": method, "params": params}))
            .await;
    }

    /// Sends a request and returns its id.
    pub(crate) async fn ask(&mut self, method: &str, params: Value) -> i64 {
        self.next_id += 1;
        let id = self.next_id;
        let mut message = json!({"jsonrpc": "2.0", "id": id, "method": method});
        if !params.is_null() {
            message["params"] = params;
        }
        self.send(message).await;
        id
    }

    /// The answer to a request, whatever it is.
    pub(crate) async fn answer(&mut self, id: i64) -> Value {
        self.wait(|m| m.get("method").is_none() && m["id"] == id).await
    }

    /// The result of a request, which must succeed.
    pub(crate) async fn request(&mut self, method: &str, params: Value) -> Value {
        let id = self.ask(method, params).await;
        let mut answer = self.answer(id).await;
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].take()
    }

    /// The next message that is wanted; others are kept for later.
    pub(crate) async fn wait(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        if let Some(i) = self.backlog.iter().position(&wanted) {
            return self.backlog.remove(i).unwrap();
        }
        loop {
            let message = self.receive().await.expect("the server goes on");
            if wanted(&message) {
                return message;
            }
            self.backlog.push_back(message);
        }
    }

    /// The next message, whichever it is; a request of the server is answered on the way.
    async fn receive(&mut self) -> Option<Value> {
        let message = tokio::time::timeout(PATIENCE, self.inbox.recv())
            .await
            .unwrap_or_else(|_| panic!("nothing came; the record ends with {:?}", self.record.last()))?;
        self.record.push((From::Server, message.clone()));
        self.check_version(&message);
        if let (Some(id), Some(method)) = (message.get("id"), message["method"].as_str()) {
            let result = self.answers.get(method).cloned().unwrap_or(Value::Null);
            if result != json!("never") {
                self.send(json!({"jsonrpc": "2.0", "id": id, "result": result}))
                    .await;
            }
        }
        Some(message)
    }

    /// Diagnostics may skip versions, never go back.
    fn check_version(&mut self, message: &Value) {
        if message["method"] == "textDocument/publishDiagnostics" {
            let params = &message["params"];
            if let Some(version) = params["version"].as_i64() {
                let uri = params["uri"].as_str().unwrap().to_owned();
                let last = self.versions.insert(uri, version).unwrap_or(i64::MIN);
                assert!(
                    last <= version,
                    "diagnostics of version {version} after those of {last}"
                );
            }
        }
    }

    pub(crate) async fn open(&mut self, uri: &str, text: &str) {
        self.open_as(uri, "plaintext", text).await;
    }

    pub(crate) async fn open_as(&mut self, uri: &str, language: &str, text: &str) {
        self.versions.remove(uri);
        let item = json!({"uri": uri, "languageId": language, "version": 1, "text": text});
        self.notify("textDocument/didOpen", json!({"textDocument": item}))
            .await;
    }

    /// Replaces the whole text.
    pub(crate) async fn replace(&mut self, uri: &str, version: i32, text: &str) {
        self.edit(uri, version, json!([{"text": text}])).await;
    }

    pub(crate) async fn edit(&mut self, uri: &str, version: i32, changes: Value) {
        let document = json!({"uri": uri, "version": version});
        let params = json!({"textDocument": document, "contentChanges": changes});
        self.notify("textDocument/didChange", params).await;
    }

    /// The diagnostics that are pushed for one version.
    pub(crate) async fn diagnostics(&mut self, uri: &str, version: i64) -> Value {
        let mut message = self
            .wait(|m| {
                m["method"] == "textDocument/publishDiagnostics"
                    && m["params"]["uri"] == uri
                    && m["params"]["version"] == version
            })
            .await;
        message["params"]["diagnostics"].take()
    }

    /// Asks about a place: `method` is the part after `textDocument/`.
    pub(crate) async fn at(&mut self, method: &str, uri: &str, line: u32, character: u32) -> Value {
        let params = at(uri, line, character);
        self.request(&format!("textDocument/{method}"), params).await
    }

    /// Closes the sending end and waits for the server's end.
    pub(crate) async fn hang_up(mut self) -> bool {
        self.to = None;
        let orderly = self.end().await;
        self.check();
        orderly
    }

    /// `shutdown`, `exit`; the server must end in order with the stream still open.
    pub(crate) async fn finish(mut self) {
        let answer = self.request("shutdown", Value::Null).await;
        assert_eq!(answer, Value::Null);
        self.send(json!({"jsonrpc": "2.0", "method": "exit"})).await;
        assert!(self.end().await, "an orderly end");
        self.check();
    }

    /// Waits for the server's end, whatever led to it.
    pub(crate) async fn end(&mut self) -> bool {
        let orderly = tokio::time::timeout(PATIENCE, &mut self.server).await;
        // What it has written is read by a task of its own.
        while let Ok(Some(message)) = tokio::time::timeout(PATIENCE, self.inbox.recv()).await {
            self.record.push((From::Server, message));
        }
        orderly.expect("the server ends").expect("it does not panic")
    }

    fn check(&self) {
        lsp_model::check(&self.record);
    }
}

/// The parameters of a request about a place.
pub(crate) fn at(uri: &str, line: u32, character: u32) -> Value {
    json!({"textDocument": {"uri": uri}, "position": {"line": line, "character": character}})
}

async fn read(from: &mut DuplexStream) -> Option<Value> {
    let mut header = Vec::new();
    while !header.ends_with(b"\r\n\r\n") {
        header.push(from.read_u8().await.ok()?);
    }
    let header = String::from_utf8(header).unwrap();
    let length: usize = header.trim().strip_prefix("Content-Length: ")?.parse().ok()?;
    let mut body = vec![0; length];
    from.read_exact(&mut body).await.ok()?;
    Some(serde_json::from_slice(&body).expect("the server sends JSON"))
}
