//! What the server answers only when it is asked for: the rest of a completion, a hint, a lens, a link, an action;
//! and the commands that it runs.

use copydesk::lsp::Options;
use serde_json::{Value, json};

use crate::{
    lsp_client::{Editor, modern},
    lsp_features::{ARTICLE, UNSAID, URI, action_params, opened, place, range, words},
};

/// The capabilities of a modern editor and some more, each at its path.
fn with(more: &[(&str, Value)]) -> Value {
    let mut capabilities = modern();
    for (path, value) in more {
        let mut at = &mut capabilities;
        for key in path.split('.') {
            at = &mut at[key];
        }
        *at = value.clone();
    }
    capabilities
}

fn document() -> Value {
    json!({"textDocument": {"uri": URI}})
}

fn all_hints() -> Value {
    let mut params = document();
    params["range"] = json!({"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}});
    params
}

/// The code of the error that a request is answered with.
async fn refused(editor: &mut Editor, method: &str, params: Value) -> Value {
    let id = editor.ask(method, params).await;
    editor.answer(id).await["error"]["code"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_completion_tells_who_it_is_when_it_is_highlighted() {
    for (formats, markdown) in [(json!(["markdown", "plaintext"]), true), (Value::Null, false)] {
        let mut item = json!({});
        if !formats.is_null() {
            item["documentationFormat"] = formats;
        }
        let mut editor = opened(with(&[("textDocument.completion.completionItem", item)])).await;
        let offered = &editor.capabilities["capabilities"]["completionProvider"];
        assert_eq!(offered["resolveProvider"], true);
        for (version, typed, name, says) in [
            (2, "Ha", "Lena Hartmann", "in this article: 5 mentions, 3 quotes"),
            (
                4,
                "Scholz",
                "Olaf Scholz",
                "Chancellor, Germany (2021-12-08 to 2025-05-06)",
            ),
        ] {
            let text = format!("{ARTICLE}\n{typed}");
            editor.replace(URI, version, &text).await;
            let line = text.matches('\n').count() as u32;
            let list = editor.at("completion", URI, line, typed.len() as u32).await;
            let items = list["items"].as_array().unwrap();
            let item = items.iter().find(|i| i["label"] == name).expect(name);
            assert!(item.get("documentation").is_none(), "{item}");
            // Somebody types on while the list is shown.
            editor.replace(URI, version + 1, &format!("{text}r")).await;
            let full = editor.request("completionItem/resolve", item.clone()).await;
            let about = &full["documentation"];
            assert_eq!(about["kind"], if markdown { "markdown" } else { "plaintext" });
            let value = about["value"].as_str().unwrap();
            assert!(
                value.contains(says) && value.contains("**") == markdown,
                "{value}"
            );
            assert_eq!(full["textEdit"], item["textEdit"]);
        }
        // What was never offered, or is of a document that is closed, comes back as it is.
        let strange = json!({"label": "x", "data": {"uri": URI, "name": "Nobody Here", "id": "Q0"}});
        assert_eq!(
            editor.request("completionItem/resolve", strange.clone()).await,
            strange
        );
        let bare = json!({"label": "x"});
        assert_eq!(editor.request("completionItem/resolve", bare.clone()).await, bare);
        editor.finish().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hint_says_why_and_leads_to_the_speaker() {
    let (line, column) = place("She said", 0);
    let behind_she = json!({"line": line, "character": column + 3});
    let found = |list: &Value| {
        let list = list.as_array().unwrap();
        list.iter().find(|h| h["position"] == behind_she).unwrap().clone()
    };
    // One that asks for nothing later has it at once.
    let mut editor = opened(modern()).await;
    let hint = found(&editor.request("textDocument/inlayHint", all_hints()).await);
    assert_eq!(hint["label"], "(Hartmann)");
    let why = hint["tooltip"].clone();
    assert!(why.is_string(), "{hint}");
    editor.finish().await;

    for (properties, parts) in [
        (
            json!([
                "tooltip",
                "textEdits",
                "label.tooltip",
                "label.location",
                "label.command"
            ]),
            true,
        ),
        // As one editor writes it.
        (json!(["textEdits", "tooltip", "location", "command"]), false),
    ] {
        let support = (
            "textDocument.inlayHint.resolveSupport",
            json!({ "properties": properties }),
        );
        let mut editor = opened(with(&[support])).await;
        let hint = found(&editor.request("textDocument/inlayHint", all_hints()).await);
        assert_eq!(hint.get("tooltip"), None);
        let full = editor.request("inlayHint/resolve", hint.clone()).await;
        assert_eq!(full["tooltip"], why);
        match parts {
            true => {
                assert_eq!(hint["label"], json!([{"value": "(Hartmann)"}]));
                let part = &full["label"][0];
                assert_eq!(part["value"], "(Hartmann)");
                assert_eq!(
                    part["location"],
                    json!({"uri": URI, "range": range("Lena Hartmann", 0)})
                );
            }
            false => assert_eq!(full["label"], "(Hartmann)"),
        }
        editor.replace(URI, 2, "Nothing.").await;
        assert_eq!(refused(&mut editor, "inlayHint/resolve", hint).await, -32801);
        editor.finish().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_has_its_address_when_it_is_followed() {
    let text = "Olaf Scholz spoke.\n";
    let page = "https://www.wikidata.org/wiki/Q61053";
    for lazy in [false, true] {
        let mut editor =
            Editor::new(with(&[("textDocument.documentLink.tooltipSupport", json!(lazy))])).await;
        editor.open(URI, text).await;
        let links = editor.request("textDocument/documentLink", document()).await;
        let link = &links[0];
        match lazy {
            false => assert_eq!(link["target"], page),
            true => {
                assert_eq!(link.get("target"), None);
                assert_eq!(link["tooltip"], "Olaf Scholz on Wikidata");
                editor.replace(URI, 2, "Nothing.").await;
                let full = editor.request("documentLink/resolve", link.clone()).await;
                assert_eq!((&full["target"], &full["range"]), (&json!(page), &link["range"]));
            }
        }
        editor.finish().await;
    }
}

const LENS: &str = "textDocument.codeLens.resolveSupport.properties";
const PLACES: &str = "experimental.commands.commands";
const SHOW: &str = "window.showDocument.support";

/// The lenses, with what comes later.
async fn lenses(editor: &mut Editor) -> Vec<Value> {
    let list = editor.request("textDocument/codeLens", document()).await;
    let mut full = Vec::new();
    for lens in list.as_array().unwrap() {
        full.push(match lens.get("command") {
            Some(_) => lens.clone(),
            None => editor.request("codeLens/resolve", lens.clone()).await,
        });
    }
    full
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lens_counts_and_a_click_shows_what_it_counts() {
    for lazy in [false, true] {
        let mut more = Vec::new();
        if lazy {
            more.push((LENS, json!(["command"])));
        }
        // An editor that can show nothing has the words alone.
        let mut editor = opened(with(&more)).await;
        let all = lenses(&mut editor).await;
        let titles: Vec<_> = all
            .iter()
            .map(|l| l["command"]["title"].as_str().unwrap())
            .collect();
        assert_eq!(
            titles,
            [
                "Lena Hartmann: 5 mentions",
                "3 quotes",
                "Tom Keller: 3 mentions",
                "1 quote"
            ]
        );
        assert!(all.iter().all(|l| l["command"]["command"] == ""), "{all:?}");
        assert_eq!(all[1]["range"], range("Lena Hartmann", 0));
        editor.finish().await;

        // One with a command of its own gets the places.
        let mut own = more.clone();
        own.push((PLACES, json!(["other.command", "copydesk.showPlaces"])));
        let mut editor = opened(with(&own)).await;
        let all = lenses(&mut editor).await;
        let command = &all[1]["command"];
        assert_eq!(command["command"], "copydesk.showPlaces");
        assert_eq!(command["arguments"][0], URI);
        assert_eq!(command["arguments"][1], range("Lena Hartmann", 0)["start"]);
        let places = command["arguments"][2].as_array().unwrap();
        assert_eq!(places.len(), 3);
        assert!(
            places
                .iter()
                .any(|p| words(&p["range"]).starts_with("“We have waited"))
        );
        editor.finish().await;

        // For one that goes where it is told, the server runs the command.
        more.push((SHOW, json!(true)));
        let mut editor = opened(with(&more)).await;
        let offered = &editor.capabilities["capabilities"]["executeCommandProvider"]["commands"];
        assert_eq!(*offered, json!(["copydesk.show"]));
        editor
            .answers
            .insert("window/showDocument", json!({"success": true}));
        let all = lenses(&mut editor).await;
        for (lens, target) in [
            (&all[0], range("Hartmann", 1)),
            (
                &all[3],
                range("“Hartmann has no money for the last part of the work,”", 0),
            ),
        ] {
            let run =
                json!({"command": lens["command"]["command"], "arguments": lens["command"]["arguments"]});
            assert_eq!(editor.request("workspace/executeCommand", run).await, Value::Null);
            let shown = editor.wait(|m| m["method"] == "window/showDocument").await;
            assert_eq!(shown["params"]["uri"], URI);
            assert_eq!(shown["params"]["selection"]["start"], target["start"], "{shown}");
        }
        // After an edit both the lens and its command are void.
        let old = editor.request("textDocument/codeLens", document()).await[0].clone();
        let run = json!({"command": "copydesk.show", "arguments": all[0]["command"]["arguments"]});
        editor.replace(URI, 2, "Nothing.").await;
        assert_eq!(
            refused(&mut editor, "workspace/executeCommand", run).await,
            -32801
        );
        if lazy {
            assert_eq!(refused(&mut editor, "codeLens/resolve", old).await, -32801);
        }
        editor.finish().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn notes_that_are_no_notes_do_no_harm() {
    let mut editor = Editor::start(
        Options::default(),
        json!({"capabilities": with(&[(LENS, json!(["command"])), (SHOW, json!(true)), ("workspace.applyEdit", json!(true))])}),
    )
    .await;
    editor.open(URI, UNSAID).await;
    let span = json!({"start": {"line": 0, "character": 0}, "end": {"line": 9, "character": 0}});
    let actions = editor
        .request("textDocument/codeAction", action_params(&span, None))
        .await;
    let state = actions[0]["arguments"][0]["state"].clone();
    assert!(state.is_string(), "{actions}");
    let zero = json!({"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}});
    for data in [
        Value::Null,
        json!(7),
        json!([]),
        json!({"uri": 7}),
        json!({"uri": "file:///nobody"}),
        json!({"uri": URI, "state": state, "what": 9_999_999}),
        json!({"uri": URI, "state": state, "what": [5, 1, 0]}),
        json!({"uri": URI, "state": state, "what": [0, 4_000_000_000_u32, 77]}),
        json!({"uri": URI, "state": state, "what": ["x", "y"]}),
        json!({"uri": URI, "state": "0.0", "what": 0}),
    ] {
        let mut asked = vec![
            (
                "inlayHint/resolve",
                json!({"position": zero["start"], "label": "x", "data": data}),
            ),
            ("codeLens/resolve", json!({"range": zero, "data": data})),
            ("documentLink/resolve", json!({"range": zero, "data": data})),
            ("completionItem/resolve", json!({"label": "x", "data": data})),
            ("codeAction/resolve", json!({"title": "x", "data": data})),
        ];
        for command in ["copydesk.show", "copydesk.apply"] {
            asked.push((
                "workspace/executeCommand",
                json!({"command": command, "arguments": [data]}),
            ));
        }
        for (method, params) in asked {
            let id = editor.ask(method, params).await;
            let code = editor.answer(id).await["error"]["code"].as_i64();
            assert!(
                matches!(code, None | Some(-32801 | -32602)),
                "{method} {data}: {code:?}"
            );
        }
    }
    editor.at("hover", URI, 0, 0).await;
    editor.finish().await;
}
