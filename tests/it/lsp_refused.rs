//! What the server refuses, and what it answers when there is nothing to say: places and documents that are not there, bytes
//! that are no message, requests too early or too late.

use copydesk::lsp::Options;
use serde_json::{Value, json};

use crate::{
    lsp::{UNSAID, URI, faulty},
    lsp_client::{Editor, at, modern},
};

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_answered_is_refused_or_empty() {
    let mut editor = Editor::new(modern()).await;
    editor.open(URI, "One.\nTwo.").await;
    // Places outside the text, documents that are not open.
    for (line, character) in [(0, 99_999), (99_999, 0), (u32::MAX >> 1, u32::MAX >> 1)] {
        for method in ["hover", "definition", "documentHighlight"] {
            editor.at(method, URI, line, character).await;
        }
    }
    let nowhere = "untitled:Untitled-1";
    assert_eq!(editor.at("hover", nowhere, 0, 0).await, Value::Null);
    editor.replace(nowhere, 2, "x").await;
    editor
        .notify("textDocument/didClose", json!({"textDocument": {"uri": nowhere}}))
        .await;
    // Methods and parameters that do not exist.
    let refused = [
        ("textDocument/nothing", json!({}), -32601),
        ("$/nothing", json!({}), -32601),
        ("textDocument/hover", json!({}), -32602),
        ("textDocument/hover", json!([1, 2]), -32602),
        ("textDocument/hover", json!(7), -32602),
        (
            "initialize",
            json!({"processId": null, "rootUri": null, "capabilities": {}}),
            -32600,
        ),
    ];
    for (method, params, code) in refused {
        let id = editor.ask(method, params.clone()).await;
        assert_eq!(
            editor.answer(id).await["error"]["code"],
            code,
            "{method} {params}"
        );
    }
    let negative = json!({"textDocument": {"uri": URI}, "position": {"line": -1, "character": -1}});
    let id = editor.ask("textDocument/hover", negative).await;
    assert_eq!(editor.answer(id).await["error"]["code"], -32602);
    for (method, params) in [
        ("nothing/atAll", json!({})),
        ("$/setTrace", json!({"value": "off"})),
    ] {
        editor.notify(method, params).await;
    }
    // Edits outside the text are clamped, one written backwards is turned around.
    let range = |a: u32, b: u32, c: u32, d: u32| json!({"start": {"line": a, "character": b}, "end": {"line": c, "character": d}});
    editor
        .edit(URI, 2, json!([{"range": range(0, 99, 7, 7), "text": " End."}]))
        .await;
    editor
        .edit(URI, 3, json!([{"range": range(0, 4, 0, 0), "text": ""}]))
        .await;
    editor
        .edit(
            URI,
            4,
            json!([{"range": range(0, 0, 0, 0), "text": format!("“{UNSAID}”")}]),
        )
        .await;
    let found = editor.diagnostics(URI, 4).await;
    assert_eq!(
        found[0]["range"]["start"],
        json!({"line": 0, "character": 0}),
        "{found}"
    );
    editor.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn bytes_that_are_no_message_do_no_harm() {
    let mut editor = Editor::new(modern()).await;
    editor.open(URI, &faulty(0)).await;
    let bad: [(&[u8], i64); 5] = [
        (b"Content-Length: 1\r\n\r\n{", -32700),
        (b"Content-Length: 2\r\n\r\n[]", -32600),
        (b"Content-Length: 3\r\n\r\n\xff\xfe\xfd", -32700),
        (b"Hello: there\r\n\r\n", -32700),
        (b"Content-Length: many\r\n\r\n", -32700),
    ];
    for (bytes, code) in bad {
        editor.send_bytes(bytes).await;
        let refusal = editor.wait(|m| m.get("error").is_some()).await;
        assert_eq!(
            (&refusal["id"], &refusal["error"]["code"]),
            (&Value::Null, &json!(code))
        );
    }
    // An editor that complains of what it could not read gets no complaint in return.
    let complaint = json!({"jsonrpc": "2.0", "id": null, "error": {"code": -32700, "message": "what?"}});
    editor.send(complaint).await;
    editor.at("hover", URI, 0, 0).await;
    let refusals = editor.record.iter().filter(|(_, m)| m.get("error").is_some());
    assert_eq!(
        refusals.count(),
        bad.len() + 1,
        "the complaint is in the record, too"
    );
    // A hundred megabytes announced and sent: passed over, and said so.
    editor.send_bytes(b"Content-Length: 100000000\r\n\r\n").await;
    let refusal = editor.wait(|m| m.get("error").is_some()).await;
    assert!(
        refusal["error"]["message"].as_str().unwrap().contains("limit"),
        "{refusal}"
    );
    for _ in 0..100 {
        editor.send_bytes(&[b' '; 1_000_000]).await;
    }
    assert_eq!(editor.diagnostics(URI, 1).await.as_array().unwrap().len(), 1);
    editor.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_answered_before_initialize_or_after_shutdown() {
    let mut editor = Editor::raw(Options::default());
    let id = editor.ask("textDocument/hover", at(URI, 0, 0)).await;
    assert_eq!(editor.answer(id).await["error"]["code"], -32002);
    editor.open(URI, "x").await;
    let params = json!({"processId": null, "rootUri": null, "capabilities": {}});
    editor.request("initialize", params).await;
    editor.request("shutdown", Value::Null).await;
    let id = editor.ask("textDocument/hover", at(URI, 0, 0)).await;
    assert_eq!(editor.answer(id).await["error"]["code"], -32600);
    editor.send(json!({"jsonrpc": "2.0", "method": "exit"})).await;
    assert!(editor.end().await);

    let mut editor = Editor::new(modern()).await;
    editor.send(json!({"jsonrpc": "2.0", "method": "exit"})).await;
    assert!(!editor.end().await, "exit without shutdown");
}
