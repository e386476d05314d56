//! The server as a process of its own, over standard input and output.

use std::{
    io::{BufRead, BufReader, Read, Write},
    process::{Child, ChildStdout, Command, Stdio},
    time::{Duration, Instant},
};

use serde_json::{Value, json};

/// How long the end of a process may take; only a process that hangs needs it.
const PATIENCE: Duration = Duration::from_secs(20);

struct Server {
    child: Child,
    from: BufReader<ChildStdout>,
}

impl Server {
    fn start(arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_copydesk"))
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let from = BufReader::new(child.stdout.take().unwrap());
        Self { child, from }
    }

    fn initialized(process_id: Value) -> Self {
        let mut server = Self::start(&["lsp", "--stdio"]);
        let params = json!({"processId": process_id, "rootUri": null, "capabilities": {}});
        server.send(json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params}));
        assert_eq!(server.read()["result"]["serverInfo"]["name"], "copydesk");
        server.send(json!({"jsonrpc": "2.0", "method": "initialized", "params": {}}));
        server
    }

    fn send(&mut self, message: Value) {
        let body = message.to_string();
        let to = self.child.stdin.as_mut().unwrap();
        write!(to, "Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
        to.flush().unwrap();
    }

    fn read(&mut self) -> Value {
        let mut header = String::new();
        self.from.read_line(&mut header).unwrap();
        let length = header.trim().strip_prefix("Content-Length: ").expect("a message");
        self.from.read_line(&mut String::new()).unwrap();
        let mut body = vec![0; length.parse().unwrap()];
        self.from.read_exact(&mut body).unwrap();
        serde_json::from_slice(&body).unwrap()
    }

    /// The exit status, once the process has ended by itself.
    #[allow(clippy::disallowed_methods, reason = "a test that hangs has to end")]
    fn end(mut self) -> Option<i32> {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            if let Some(status) = self.child.try_wait().unwrap() {
                let mut said = String::new();
                self.child
                    .stderr
                    .take()
                    .unwrap()
                    .read_to_string(&mut said)
                    .unwrap();
                assert_eq!(said, "", "nothing is said on standard error");
                return status.code();
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        let _ = self.child.kill();
        panic!("the server goes on");
    }
}

fn exit() -> Value {
    json!({"jsonrpc": "2.0", "method": "exit"})
}

#[test]
fn exit_after_shutdown_is_0_without_it_1() {
    let mut server = Server::initialized(Value::Null);
    server.send(json!({"jsonrpc": "2.0", "id": 2, "method": "shutdown"}));
    assert_eq!(server.read(), json!({"jsonrpc": "2.0", "id": 2, "result": null}));
    server.send(exit());
    // Standard input is still open.
    assert_eq!(server.end(), Some(0));

    let mut server = Server::initialized(Value::Null);
    server.send(exit());
    assert_eq!(server.end(), Some(1));
}

#[test]
fn the_end_of_standard_input_is_the_end() {
    let mut server = Server::initialized(Value::Null);
    drop(server.child.stdin.take());
    assert_eq!(server.end(), Some(1));
    let mut server = Server::start(&["lsp"]);
    drop(server.child.stdin.take());
    assert_eq!(server.end(), Some(1));
}

#[test]
fn a_knowledge_base_that_is_none_is_refused_at_the_start() {
    let output = Command::new(env!("CARGO_BIN_EXE_copydesk"))
        .args(["lsp", "--kb", "Cargo.toml"])
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("Cargo.toml") && said.lines().count() == 1, "{said}");
}

#[test]
fn what_was_asked_before_the_end_is_answered() {
    let mut server = Server::initialized(Value::Null);
    let item =
        json!({"uri": "file:///nowhere/a.txt", "languageId": "plaintext", "version": 1, "text": "One."});
    server
        .send(json!({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": item}}));
    let params = json!({"textDocument": {"uri": "file:///nowhere/a.txt"}});
    server
        .send(json!({"jsonrpc": "2.0", "id": 2, "method": "textDocument/documentSymbol", "params": params}));
    drop(server.child.stdin.take());
    loop {
        let message = server.read();
        if message["id"] == 2 {
            assert_eq!(message["result"], json!([]));
            break;
        }
    }
    assert_eq!(server.end(), Some(1));
}

/// Whatever keeps the pipe open, the server does not outlive its editor.
#[cfg(unix)]
#[test]
fn the_end_of_the_editor_is_the_end() {
    let mut editor = Command::new("sleep").arg("600").spawn().unwrap();
    let server = Server::initialized(json!(editor.id()));
    editor.kill().unwrap();
    editor.wait().unwrap();
    assert_eq!(server.end(), Some(1));
}

/// What a process holds of memory, in kilobytes.
#[cfg(target_os = "linux")]
fn resident(id: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap();
    let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

/// With `RUN_SLOW_TESTS=1`: opening and closing a hundred documents again and again takes no more memory in the end
/// than some rounds before.
#[cfg(target_os = "linux")]
#[test]
fn memory_does_not_grow_with_documents_that_are_closed() {
    if std::env::var_os("RUN_SLOW_TESTS").is_none() {
        return;
    }
    let paragraph = |i: usize, n: usize| {
        format!(
            "“We have waited {i} years for bridge {n},” said Lena Hartmann, the mayor of Town {n}. \
             German Chancellor Olaf Scholz met Member {i} of the council.\n\n"
        )
    };
    let mut server = Server::initialized(Value::Null);
    let mut id = 1;
    let mut after = Vec::new();
    for round in 0..8 {
        for n in 0..100 {
            let text: String = (0..50).map(|i| paragraph(i, n * 7 + round)).collect();
            let uri = format!("file:///nowhere/{n}.txt");
            let item = json!({"uri": uri, "languageId": "plaintext", "version": 1, "text": text});
            server.send(
                json!({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": item}}),
            );
            id += 1;
            let document = json!({"textDocument": {"uri": uri}});
            server.send(json!({"jsonrpc": "2.0", "id": id, "method": "textDocument/documentSymbol", "params": document}));
            while server.read()["id"] != id {}
        }
        for n in 0..100 {
            let document = json!({"textDocument": {"uri": format!("file:///nowhere/{n}.txt")}});
            server.send(json!({"jsonrpc": "2.0", "method": "textDocument/didClose", "params": document}));
        }
        id += 1;
        server
            .send(json!({"jsonrpc": "2.0", "id": id, "method": "workspace/symbol", "params": {"query": ""}}));
        while server.read()["id"] != id {}
        after.push(resident(server.child.id()));
    }
    // The allocator keeps what it has had, in steps; what leaks would go on growing.
    let (first, last) = (after[4], after[7]);
    assert!(last * 10 <= first * 11, "kilobytes after each round: {after:?}");
    server.send(exit());
    server.end();
}
