//! Measures the language server as an editor sees it: a process, messages over pipes, a clock.
//!
//! `cargo xtask bench-lsp [PROGRAM] [--text FILE] [--edits N]` starts `PROGRAM lsp` (by default
//! `target/release/copydesk`), opens documents of several sizes, made by repeating FILE (by default the
//! articles in `examples/`), and types into the middle of each. What does not arrive ends the run with an
//! error; nothing is counted that was not seen.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    time::{Duration, Instant},
};

use serde_json::{Value, json};

const SIZES: [(&str, usize); 5] = [
    ("4 KB", 4_000),
    ("10 KB", 10_000),
    ("100 KB", 100_000),
    ("1 MB", 1_000_000),
    ("10 MB", 10_000_000),
];
/// Beyond this size a fifth of the edits tells enough.
const LARGE: usize = 1_000_000;
/// A short article that is open beside the one that is measured.
const OTHER: &str = "file:///nowhere/other.txt";
const URI: &str = "file:///nowhere/article.txt";

/// Runs the task.
pub fn run(args: &[String]) -> Result<(), String> {
    let mut program = PathBuf::from("target/release/copydesk");
    let (mut text, mut edits) = (None, 50_usize);
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        let mut value = || args.next().ok_or_else(|| format!("{arg} needs a value"));
        match arg.as_str() {
            "--text" => text = Some(PathBuf::from(value()?)),
            "--edits" => {
                let n = value()?;
                edits = n.parse().map_err(|_| format!("'{n}' is no number of edits"))?;
            }
            _ if arg.starts_with('-') => return Err(format!("there is no option {arg}")),
            _ => program = PathBuf::from(arg),
        }
    }
    let text = match text {
        Some(file) => read(&file)?,
        None => examples()?,
    };
    println!(
        "| document | initialize | open → diagnostics | key p50 | key p95 | hover p50 | symbols p50 | hover elsewhere meanwhile | memory |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    for (name, size) in SIZES {
        let document = repeat(&text, size);
        let edits = if size > LARGE { edits.div_ceil(5) } else { edits };
        println!("{}", measure(&program, name, &document, edits)?);
    }
    Ok(())
}

#[allow(clippy::disallowed_methods, reason = "this is a benchmark")]
fn measure(program: &Path, name: &str, text: &str, edits: usize) -> Result<String, String> {
    let start = Instant::now();
    let mut server = Server::start(program)?;
    let params = json!({"processId": null, "rootUri": null, "capabilities": {"general": {"positionEncodings": ["utf-8"]}}});
    server.request("initialize", params)?;
    let initialize = start.elapsed();
    server.notify("initialized", json!({}))?;
    let item = json!({"uri": URI, "languageId": "plaintext", "version": 1, "text": text});
    let start = Instant::now();
    server.notify("textDocument/didOpen", json!({"textDocument": item}))?;
    server.diagnostics(1)?;
    let open = start.elapsed();
    // A word grows, letter by letter, in the middle of the article.
    let before = text.get(..middle(text)).unwrap_or(text);
    let line = before.matches('\n').count();
    let column = before.len() - before.rfind('\n').map_or(0, |i| i + 1);
    let (mut keys, mut hovers, mut symbols) = (Vec::new(), Vec::new(), Vec::new());
    for i in 0..edits {
        let version = i + 2;
        let place = json!({"line": line, "character": column + i});
        let change = json!({"range": {"start": place, "end": place}, "text": "x"});
        let document = json!({"uri": URI, "version": version});
        let params = json!({"textDocument": document, "contentChanges": [change]});
        let start = Instant::now();
        server.notify("textDocument/didChange", params)?;
        server.diagnostics(version)?;
        keys.push(start.elapsed());
        let document = json!({"uri": URI});
        let start = Instant::now();
        server.request(
            "textDocument/hover",
            json!({"textDocument": document, "position": place}),
        )?;
        hovers.push(start.elapsed());
        if i % 10 == 0 {
            let start = Instant::now();
            server.request("textDocument/documentSymbol", json!({"textDocument": document}))?;
            symbols.push(start.elapsed());
        }
    }
    let memory = server.memory();
    // While the article is computed after a keystroke, somebody asks about another one.
    let other = repeat(text, 4_000);
    let item = json!({"uri": OTHER, "languageId": "plaintext", "version": 1, "text": other});
    server.notify("textDocument/didOpen", json!({"textDocument": item}))?;
    server.diagnostics(1)?;
    let mut elsewhere = Vec::new();
    for i in 0..edits.div_ceil(5) {
        let place = json!({"line": line, "character": column});
        let change = json!({"range": {"start": place, "end": place}, "text": "x"});
        let document = json!({"uri": URI, "version": edits + 2 + i});
        server.notify(
            "textDocument/didChange",
            json!({"textDocument": document, "contentChanges": [change]}),
        )?;
        let start = Instant::now();
        let place = json!({"line": 0, "character": 0});
        server.request(
            "textDocument/hover",
            json!({"textDocument": {"uri": OTHER}, "position": place}),
        )?;
        elsewhere.push(start.elapsed());
        // Its answer tells that the work is done.
        server.request(
            "textDocument/documentSymbol",
            json!({"textDocument": {"uri": URI}}),
        )?;
    }
    server.finish()?;
    Ok(format!(
        "| {name} | {} | {} | {} | {} | {} | {} | {} | {memory} |",
        ms(initialize),
        ms(open),
        ms(percentile(&mut keys, 50)),
        ms(percentile(&mut keys, 95)),
        ms(percentile(&mut hovers, 50)),
        ms(percentile(&mut symbols, 50)),
        ms(percentile(&mut elsewhere, 50)),
    ))
}

/// The start of a word in the middle of the text.
fn middle(text: &str) -> usize {
    let half = text.len() / 2;
    let bytes = text.as_bytes();
    (half..text.len())
        .find(|&i| bytes[i - 1] == b' ' && bytes[i].is_ascii_alphabetic())
        .unwrap_or(text.len())
}

fn repeat(text: &str, size: usize) -> String {
    let mut out = String::with_capacity(size + text.len());
    while out.len() < size {
        out.push_str(text);
        out.push_str("\n\n");
    }
    let end = (0..=size).rev().find(|&i| out.is_char_boundary(i)).unwrap_or(0);
    out.truncate(end);
    out
}

fn examples() -> Result<String, String> {
    let list = fs::read_dir("examples").map_err(|e| format!("examples: {e}; run this at the root"))?;
    let mut files: Vec<PathBuf> = list.flatten().map(|entry| entry.path()).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "txt"));
    files.sort();
    let texts: Result<Vec<String>, String> = files.iter().map(|f| read(f)).collect();
    match texts? {
        texts if texts.is_empty() => Err("examples holds no .txt article".to_owned()),
        texts => Ok(texts.join("\n\n")),
    }
}

fn read(file: &Path) -> Result<String, String> {
    fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))
}

fn percentile(times: &mut [Duration], percent: usize) -> Duration {
    times.sort();
    let i = (times.len() * percent / 100).min(times.len().saturating_sub(1));
    times.get(i).copied().unwrap_or_default()
}

fn ms(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1000.0)
}

struct Server {
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
    id: u64,
}

impl Server {
    fn start(program: &Path) -> Result<Self, String> {
        let mut child = Command::new(program)
            .arg("lsp")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|e| format!("{}: {e}; build it with cargo build --release", program.display()))?;
        let streams = child.stdin.take().zip(child.stdout.take());
        let (to, from) = streams.ok_or("the program has no pipes")?;
        Ok(Self {
            child,
            to,
            from: BufReader::new(from),
            id: 0,
        })
    }

    fn send(&mut self, message: &Value) -> Result<(), String> {
        let body = message.to_string();
        write!(self.to, "Content-Length: {}\r\n\r\n{body}", body.len())
            .and_then(|()| self.to.flush())
            .map_err(|e| format!("the server does not read: {e}"))
    }

    fn notify(&mut self, method: &str, params: Value) -> Result<(), String> {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}))
    }

    fn request(&mut self, method: &str, params: Value) -> Result<Value, String> {
        self.id += 1;
        let id = self.id;
        let mut message = json!({"jsonrpc": "2.0", "id": id, "method": method});
        if !params.is_null() {
            message["params"] = params;
        }
        self.send(&message)?;
        let mut answer = self.wait(|m| m["id"] == id && m.get("method").is_none())?;
        match answer.get("error") {
            Some(error) => Err(format!("{method}: {error}")),
            None => Ok(answer["result"].take()),
        }
    }

    fn diagnostics(&mut self, version: usize) -> Result<Value, String> {
        self.wait(|m| m["method"] == "textDocument/publishDiagnostics" && m["params"]["version"] == version)
    }

    fn wait(&mut self, wanted: impl Fn(&Value) -> bool) -> Result<Value, String> {
        loop {
            let message = self.receive()?;
            if wanted(&message) {
                return Ok(message);
            }
        }
    }

    fn receive(&mut self) -> Result<Value, String> {
        let broken = |e: std::io::Error| format!("the server does not answer: {e}");
        let mut length = 0;
        loop {
            let mut line = String::new();
            if self.from.read_line(&mut line).map_err(broken)? == 0 {
                return Err("the server has ended".to_owned());
            }
            match line.trim() {
                "" => break,
                line => {
                    if let Some(n) = line.strip_prefix("Content-Length: ") {
                        length = n.parse().map_err(|_| format!("no length: {line}"))?;
                    }
                }
            }
        }
        let mut body = vec![0; length];
        self.from.read_exact(&mut body).map_err(broken)?;
        serde_json::from_slice(&body).map_err(|e| format!("the server sends no JSON: {e}"))
    }

    /// The largest resident set so far, where the system tells it.
    fn memory(&self) -> String {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
        let kilobytes: Option<u64> = line.and_then(|l| l.trim().trim_end_matches(" kB").parse().ok());
        kilobytes.map_or_else(|| "–".to_owned(), |k| format!("{} MB", k / 1024))
    }

    fn finish(mut self) -> Result<(), String> {
        self.request("shutdown", Value::Null)?;
        self.notify("exit", json!({}))?;
        match self.child.wait() {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(format!("the server ended with {status}")),
            Err(e) => Err(e.to_string()),
        }
    }
}
