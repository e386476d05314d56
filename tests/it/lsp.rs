//! The server, spoken to by an editor in the same process. First the traps that the protocol's crates lay
//! (M1–M7 in ARCHITECTURE.md), then the protocol's own demands, then what hostile or broken editors do.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use copydesk::lsp::{Options, Probe};
use serde_json::{Value, json};

use crate::lsp_client::{Editor, at, modern};

pub(crate) const URI: &str = "file:///nowhere/a.txt";

/// Computations of texts that hold this word take a while.
const SLOW: &str = "Slowly";
/// Computations of texts that hold this word panic.
const FATAL: &str = "Fatally";

/// A probe that makes marked texts slow or fatal, and counts the computations.
fn probed() -> (Options, Arc<AtomicUsize>) {
    let count = Arc::new(AtomicUsize::new(0));
    let counted = count.clone();
    let probe = Probe::new(move |text| {
        counted.fetch_add(1, Ordering::SeqCst);
        if text.contains(SLOW) {
            std::thread::sleep(Duration::from_millis(400));
        }
        assert!(!text.contains(FATAL), "the probe was told to panic");
    });
    let options = Options {
        probe: Some(probe),
        ..Options::default()
    };
    (options, count)
}

/// A text whose one finding stands on line `line`.
pub(crate) fn faulty(line: usize) -> String {
    let before = "Nothing happened here.\n\n".repeat(line / 2);
    format!("{before}“{UNSAID}”")
}

/// A quotation long enough to be missed by a reader when nobody is said to have spoken it.
pub(crate) const UNSAID: &str =
    "We have been waiting for this bridge for eleven years and nobody has told us why it is late.";

#[tokio::test(flavor = "multi_thread")]
async fn edits_are_applied_in_order() {
    // M1: a handler that awaits before it applies its edit lets later ones overtake it.
    let mut editor = Editor::new(modern()).await;
    editor.open(URI, "").await;
    let mut text = String::new();
    for i in 0..2_000 {
        let word = format!("w{i} ");
        let end = text.len();
        let place = json!({"line": 0, "character": end});
        editor
            .edit(
                URI,
                i + 2,
                json!([{"range": {"start": place, "end": place}, "text": word}]),
            )
            .await;
        text.push_str(&word);
    }
    // The whole text is replaced except for its last word; only in order is that the text.
    let end = text.len();
    let (start, last) = (
        json!({"line": 0, "character": 0}),
        json!({"line": 0, "character": end - 6}),
    );
    editor
        .edit(
            URI,
            3_000,
            json!([{"range": {"start": start, "end": last}, "text": format!("“{UNSAID}” ")}]),
        )
        .await;
    let found = editor.diagnostics(URI, 3_000).await;
    let length = UNSAID.len() + 2 * '“'.len_utf8();
    assert_eq!(
        found[0]["range"]["end"],
        json!({"line": 0, "character": length}),
        "{found}"
    );
    editor.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_sees_the_edit_sent_before_it() {
    // M2: a snapshot taken after an await may be one of a later or an earlier state.
    let mut editor = Editor::new(modern()).await;
    editor.open(URI, "").await;
    let mut asked = Vec::new();
    for i in 0..300_usize {
        editor.replace(URI, i as i32 + 2, &faulty(i)).await;
        asked.push(
            editor
                .ask(
                    "textDocument/documentSymbol",
                    json!({"textDocument": {"uri": URI}}),
                )
                .await,
        );
    }
    let mut fresh = 0;
    for (i, id) in asked.into_iter().enumerate() {
        let answer = editor.answer(id).await;
        if answer["error"]["code"] == -32801 {
            continue;
        }
        // The quotation stands where the edit before this request put it.
        let line = &answer["result"][0]["children"][0]["selectionRange"]["start"]["line"];
        assert_eq!(*line, i / 2 * 2, "{answer}");
        fresh += 1;
    }
    assert!(fresh > 0, "the last one is not overtaken");
    editor.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn edits_do_not_wait_behind_slow_requests() {
    // M3: with tower-lsp's four handlers at a time, the fifth message waits. M4: what computes in a handler
    // holds up everything. The edit must be applied, and its quick document answered, before the slow ones.
    let (options, _) = probed();
    let mut editor = Editor::start(options, json!({"capabilities": modern()})).await;
    let quick = "file:///nowhere/quick.txt";
    editor.open(quick, "").await;
    let mut slow = Vec::new();
    for i in 0..12 {
        let uri = format!("file:///nowhere/slow{i}.txt");
        editor.open(&uri, SLOW).await;
        slow.push(editor.ask("textDocument/hover", at(&uri, 0, 0)).await);
    }
    editor.replace(quick, 2, &faulty(0)).await;
    editor.at("documentSymbol", quick, 0, 0).await;
    let answered = |editor: &Editor, id: i64| {
        editor
            .record
            .iter()
            .any(|(_, m)| m.get("method").is_none() && m["id"] == id)
    };
    assert!(
        !answered(&editor, *slow.last().unwrap()),
        "the quick answer came first"
    );
    for id in slow {
        editor.answer(id).await;
    }
    editor.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_answers_its_request_and_nothing_else() {
    // M5: a panic in a handler's future ends tower-lsp's `serve`.
    let (options, _) = probed();
    let mut editor = Editor::start(options, json!({"capabilities": modern()})).await;
    editor.open(URI, FATAL).await;
    let mut asked = Vec::new();
    for _ in 0..20 {
        asked.push(editor.ask("textDocument/hover", at(URI, 0, 0)).await);
    }
    for id in asked {
        assert_eq!(editor.answer(id).await["error"]["code"], -32603);
    }
    let log = editor.wait(|m| m["method"] == "window/logMessage").await;
    assert!(
        log["params"]["message"]
            .as_str()
            .unwrap()
            .contains("told to panic"),
        "{log}"
    );
    editor.replace(URI, 2, &faulty(0)).await;
    assert_eq!(editor.diagnostics(URI, 2).await.as_array().unwrap().len(), 1);
    editor.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_end_of_the_stream_ends_the_server() {
    // M6: a handler that awaits an editor which is gone keeps `serve` from returning.
    let (options, _) = probed();
    let mut editor = Editor::start(options, json!({"capabilities": modern()})).await;
    editor.answers.insert("workspace/configuration", json!("never"));
    for i in 0..100 {
        editor.open(&format!("file:///nowhere/{i}.txt"), FATAL).await;
    }
    assert!(!editor.hang_up().await, "an end without shutdown is not orderly");
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_end_where_the_protocol_says() {
    // M7: ropey with its default features breaks lines at U+2028, NEL and others.
    let mut editor = Editor::new(modern()).await;
    let text = format!("One\u{2028}two\u{85}three\u{b}four\rfive\r\n\n“{UNSAID}”");
    editor.open(URI, &text).await;
    let found = editor.diagnostics(URI, 1).await;
    assert_eq!(
        found[0]["range"]["start"],
        json!({"line": 3, "character": 0}),
        "{found}"
    );
    editor.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn opens_a_thousand_documents_while_settings_are_outstanding() {
    // P2: a server that awaits `workspace/configuration` in a handler never reads the answer.
    let mut capabilities = modern();
    capabilities["workspace"] = json!({"configuration": true});
    let mut editor = Editor::raw(Options::default());
    editor.answers.insert("workspace/configuration", json!("never"));
    let params = json!({"processId": null, "rootUri": null, "capabilities": capabilities});
    editor.request("initialize", params).await;
    editor.notify("initialized", json!({})).await;
    let question = editor.wait(|m| m["method"] == "workspace/configuration").await;
    let uri = |i| format!("file:///nowhere/{i}.txt");
    for i in 0..1_000 {
        editor.open(&uri(i), &faulty(i % 3)).await;
    }
    for i in 0..1_000 {
        assert_eq!(editor.diagnostics(&uri(i), 1).await.as_array().unwrap().len(), 1);
    }
    let id = question["id"].clone();
    editor
        .send(json!({"jsonrpc": "2.0", "id": id, "result": [{"date": "2031-05-06"}]}))
        .await;
    // The new date makes every document be looked at again.
    for i in 0..1_000 {
        editor.diagnostics(&uri(i), 1).await;
    }
    editor.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn results_that_an_edit_has_overtaken_are_not_sent() {
    let (options, count) = probed();
    let mut editor = Editor::start(options, json!({"capabilities": modern()})).await;
    editor.open(URI, SLOW).await;
    for version in 2..200 {
        editor
            .replace(URI, version, &format!("{SLOW} {version}. {}", faulty(0)))
            .await;
    }
    editor.diagnostics(URI, 199).await;
    let sent = editor
        .record
        .iter()
        .filter(|(_, m)| m["method"] == "textDocument/publishDiagnostics");
    assert!(sent.count() <= 2, "the versions between were passed over");
    assert!(count.load(Ordering::SeqCst) < 10, "and not computed");
    editor.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_request_is_answered_once_and_at_once() {
    let (options, _) = probed();
    let mut editor = Editor::start(options, json!({"capabilities": modern()})).await;
    editor.open(URI, SLOW).await;
    let id = editor.ask("textDocument/hover", at(URI, 0, 0)).await;
    let slow = editor.ask("textDocument/documentSymbol", at(URI, 0, 0)).await;
    editor.notify("$/cancelRequest", json!({"id": id})).await;
    assert_eq!(editor.answer(id).await["error"]["code"], -32800);
    editor.answer(slow).await;
    // Cancelling what is answered, or was never asked, says nothing.
    editor.notify("$/cancelRequest", json!({"id": id})).await;
    editor.notify("$/cancelRequest", json!({"id": "never"})).await;
    editor.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn encodings_are_negotiated() {
    let cases = [
        (json!(["utf-16", "utf-8"]), "utf-8", 5),
        (json!(["utf-32", "utf-16"]), "utf-16", 3),
        (json!(["utf-32"]), "utf-32", 2),
        (json!([]), "utf-16", 3),
        (Value::Null, "utf-16", 3),
        (json!(["utf-7"]), "utf-16", 3),
    ];
    for (offered, chosen, column) in cases {
        let mut capabilities = modern();
        capabilities["general"] = match &offered {
            Value::Null => json!({}),
            list => json!({"positionEncodings": list}),
        };
        let mut editor = Editor::new(capabilities).await;
        assert_eq!(editor.capabilities["capabilities"]["positionEncoding"], chosen);
        editor.open(URI, &format!("😀 “{UNSAID}”")).await;
        let found = editor.diagnostics(URI, 1).await;
        assert_eq!(found[0]["range"]["start"]["character"], column, "{offered}");
        editor.finish().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn diagnostics_are_pushed_or_asked_for_never_both() {
    let mut editor = Editor::new(modern()).await;
    assert!(
        editor.capabilities["capabilities"]
            .get("diagnosticProvider")
            .is_none()
    );
    editor.open(URI, &faulty(0)).await;
    let found = editor.diagnostics(URI, 1).await;
    assert_eq!(found[0]["source"], "copydesk");
    assert_eq!(found[0]["code"], "unattributed-quote");
    editor
        .notify("textDocument/didClose", json!({"textDocument": {"uri": URI}}))
        .await;
    let cleared = editor
        .wait(|m| m["method"] == "textDocument/publishDiagnostics" && m["params"]["version"].is_null())
        .await;
    assert_eq!(cleared["params"]["diagnostics"], json!([]));
    editor.finish().await;

    let mut capabilities = modern();
    capabilities["textDocument"]["diagnostic"] = json!({"relatedDocumentSupport": true});
    let mut editor = Editor::new(capabilities).await;
    assert!(editor.capabilities["capabilities"]["diagnosticProvider"].is_object());
    editor.open(URI, &faulty(0)).await;
    let ask = |last: Value| {
        let mut params = json!({"textDocument": {"uri": URI}});
        if last.is_string() {
            params["previousResultId"] = last;
        }
        params
    };
    let first = editor.request("textDocument/diagnostic", ask(Value::Null)).await;
    assert_eq!(first["kind"], "full");
    assert_eq!(first["items"].as_array().unwrap().len(), 1);
    let again = editor
        .request("textDocument/diagnostic", ask(first["resultId"].clone()))
        .await;
    assert_eq!(again, json!({"kind": "unchanged", "resultId": first["resultId"]}));
    editor.replace(URI, 2, "Nothing.").await;
    let last = editor
        .request("textDocument/diagnostic", ask(first["resultId"].clone()))
        .await;
    assert_eq!((&last["kind"], &last["items"]), (&json!("full"), &json!([])));
    let pushed = editor
        .record
        .iter()
        .any(|(_, m)| m["method"] == "textDocument/publishDiagnostics");
    assert!(!pushed);
    editor.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_said_of_documents_closed_all_at_once_is_taken_back() {
    let mut editor = Editor::new(modern()).await;
    let uris: Vec<String> = (0..40).map(|n| format!("file:///nowhere/{n}.txt")).collect();
    for uri in &uris {
        editor.open(uri, &faulty(0)).await;
    }
    for uri in &uris {
        assert_ne!(editor.diagnostics(uri, 1).await, json!([]));
    }
    let close = |uri: &String| {
        let params = json!({"textDocument": {"uri": uri}});
        let body = json!({"jsonrpc": "2.0", "method": "textDocument/didClose", "params": params}).to_string();
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    };
    let all: String = uris.iter().map(close).collect();
    editor.send_bytes(all.as_bytes()).await;
    for uri in &uris {
        let cleared = editor
            .wait(|m| m["params"]["uri"] == *uri && m["params"]["version"].is_null())
            .await;
        assert_eq!(cleared["params"]["diagnostics"], json!([]));
    }
    editor.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_links_to_its_page_where_there_is_one() {
    let desk = json!({"rulesPage": "https://desk.example/rules.html"});
    let pages = json!({"rulesPage": "https://desk.example/{code}/"});
    let own = json!({"textDocumentContent": {}});
    for (workspace, settings, page) in [
        (json!({}), Value::Null, Value::Null),
        (json!({}), json!({"rulesPage": ""}), Value::Null),
        (
            json!({}),
            desk.clone(),
            json!("https://desk.example/rules.html#unattributed-quote"),
        ),
        (
            own.clone(),
            pages,
            json!("https://desk.example/unattributed-quote/"),
        ),
        (
            own.clone(),
            Value::Null,
            json!("copydesk-rule:/unattributed-quote.md"),
        ),
        // What is set wrong is told, and is as if it were not set.
        (json!({}), json!({"rulesPage": "rules.html"}), Value::Null),
    ] {
        let mut capabilities = modern();
        capabilities["workspace"] = workspace;
        let params = json!({"capabilities": capabilities, "initializationOptions": settings});
        let mut editor = Editor::start(Options::default(), params).await;
        editor.open(URI, &faulty(0)).await;
        let found = editor.diagnostics(URI, 1).await;
        assert_eq!(found[0]["codeDescription"]["href"], page, "{settings}");
        editor.finish().await;
    }
    // The server has the text of what it links to itself.
    let mut capabilities = modern();
    capabilities["workspace"] = own;
    let mut editor = Editor::new(capabilities).await;
    let offered = &editor.capabilities["capabilities"]["workspace"]["textDocumentContent"];
    assert_eq!(offered["schemes"], json!(["copydesk-rule"]));
    for rule in copydesk::rules::ALL {
        let uri = format!("copydesk-rule:/{}.md", rule.code);
        let page = editor
            .request("workspace/textDocumentContent", json!({"uri": uri}))
            .await;
        let text = page["text"].as_str().unwrap();
        assert!(text.starts_with(&format!("# {}: ", rule.code)), "{text}");
        assert!(text.contains("\n## What it does"), "{text}");
    }
    for uri in ["copydesk-rule:/nothing.md", "copydesk-rule:", "file:///etc/hosts"] {
        let id = editor
            .ask("workspace/textDocumentContent", json!({"uri": uri}))
            .await;
        assert_eq!(editor.answer(id).await["error"]["code"], -32602, "{uri}");
    }
    editor.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_over_the_limit_is_said_to_be() {
    let params = json!({"capabilities": modern(), "initializationOptions": {"maxBytes": 200}});
    let mut editor = Editor::start(Options::default(), params).await;
    let long = faulty(20);
    editor.open(URI, &long).await;
    let said = editor.wait(|m| m["method"] == "window/showMessage").await;
    assert!(
        said["params"]["message"].as_str().unwrap().contains("maxBytes"),
        "{said}"
    );
    assert_eq!(editor.diagnostics(URI, 1).await, json!([]));
    editor.replace(URI, 2, &long).await;
    assert_eq!(editor.at("documentSymbol", URI, 0, 0).await, Value::Null);
    editor.replace(URI, 3, &faulty(0)).await;
    assert_eq!(editor.diagnostics(URI, 3).await.as_array().unwrap().len(), 1);
    let said = editor
        .record
        .iter()
        .filter(|(_, m)| m["method"] == "window/showMessage")
        .count();
    assert_eq!(said, 1, "once is enough");
    editor.finish().await;
}

/// Numbers that look random and are the same at each run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n as u64) as usize
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_of_edits_requests_and_cancellations_ends_where_the_model_ends() {
    const PIECES: [&str; 12] = [
        "",
        "a",
        "é",
        "😀",
        "\n\n",
        "\r\n",
        "\r",
        "\u{2028}",
        "“We will stay here and wait for the boat,” ",
        "Lena Hartmann said. ",
        "She left for Brussels. ",
        "”",
    ];
    const METHODS: [&str; 8] = [
        "hover",
        "definition",
        "documentHighlight",
        "documentSymbol",
        "completion",
        "prepareRename",
        "semanticTokens/full",
        "foldingRange",
    ];
    let mut dice = Dice(0x5eed);
    let mut editor = Editor::new(json!({})).await;
    editor.open(URI, "").await;
    let mut model = String::new();
    let mut asked = Vec::new();
    let mut version = 1;
    for _ in 0..2_000 {
        let place = |dice: &mut Dice| (dice.below(30) as u32, dice.below(60) as u32);
        match dice.below(4) {
            0 | 1 => {
                let (a, b) = (place(&mut dice), place(&mut dice));
                let text = PIECES[dice.below(PIECES.len())];
                let offset = |(line, column)| {
                    let place = copydesk::text::position::Position { line, column };
                    crate::props::offset(&model, place, copydesk::text::position::Encoding::Utf16)
                };
                let (from, to) = (offset(a), offset(b));
                // Mostly insertions, so that there is something to edit.
                let (b, to) = if dice.below(4) == 0 { (b, to) } else { (a, from) };
                model.replace_range(from.min(to)..from.max(to), text);
                version += 1;
                let position = |(line, column): (u32, u32)| json!({"line": line, "character": column});
                let range = json!({"start": position(a), "end": position(b)});
                editor
                    .edit(URI, version, json!([{"range": range, "text": text}]))
                    .await;
            }
            2 => {
                let (line, column) = place(&mut dice);
                let method = METHODS[dice.below(METHODS.len())];
                let params = at(URI, line, column);
                asked.push(editor.ask(&format!("textDocument/{method}"), params).await);
            }
            _ => {
                if let Some(id) = asked.last() {
                    editor.notify("$/cancelRequest", json!({"id": id})).await;
                }
            }
        }
    }
    for id in asked {
        let answer = editor.answer(id).await;
        let code = answer["error"]["code"].as_i64();
        assert!(matches!(code, None | Some(-32800 | -32801 | -32803)), "{answer}");
    }
    let found = editor.diagnostics(URI, version.into()).await;
    let symbols = editor.at("documentSymbol", URI, 0, 0).await;
    // The same text, opened afresh.
    let fresh = "file:///nowhere/b.txt";
    editor.open(fresh, &model).await;
    assert_eq!(editor.diagnostics(fresh, 1).await, found);
    let expected = editor.at("documentSymbol", fresh, 0, 0).await;
    assert_eq!(
        symbols.to_string(),
        expected.to_string().replace("/b.txt", "/a.txt")
    );
    editor.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_editor_that_does_not_read_stops_nothing() {
    let mut editor = Editor::new(modern()).await;
    editor.open(URI, "").await;
    // Far more answers than the pipe holds, none of them read until all is sent.
    let mut asked = Vec::new();
    for i in 0..3_000_i32 {
        editor.replace(URI, i + 2, &faulty(i as usize % 5)).await;
        asked.push(editor.ask("textDocument/hover", at(URI, 0, 0)).await);
    }
    for id in asked {
        editor.answer(id).await;
    }
    editor.diagnostics(URI, 3_001).await;
    editor.finish().await;
}
