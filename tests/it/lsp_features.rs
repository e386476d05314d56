//! What an editor can ask of one article, feature by feature, over the wire.

use copydesk::lsp::Options;
use serde_json::{Value, json};

use crate::lsp_client::{Editor, at, modern};

pub(crate) const URI: &str = "file:///nowhere/bridge.txt";

pub(crate) const ARTICLE: &str = "\
Bridge to open in June

Harbour master Lena Hartmann said on Monday that the bridge would open in June.

“We have waited eleven years for this bridge and it is nearly done,” Hartmann said.

She said the money was there.

Her deputy, Tom Keller, disagreed. “Hartmann has no money for the last part of the work,” Keller said.
";

/// The line and column (UTF-8) of the `n`th `words` of the article.
pub(crate) fn place(words: &str, n: usize) -> (u32, u32) {
    place_in(ARTICLE, words, n)
}

fn place_in(text: &str, words: &str, n: usize) -> (u32, u32) {
    let (offset, _) = text.match_indices(words).nth(n).expect(words);
    let before = &text[..offset];
    let line = before.matches('\n').count();
    let column = offset - before.rfind('\n').map_or(0, |i| i + 1);
    (line as u32, column as u32)
}

pub(crate) fn range(words: &str, n: usize) -> Value {
    let (line, column) = place(words, n);
    let end = column as usize + words.len();
    json!({"start": {"line": line, "character": column}, "end": {"line": line, "character": end}})
}

/// What stands in the article under a range of one line.
pub(crate) fn words(range: &Value) -> &'static str {
    words_in(ARTICLE, range)
}

fn words_in<'a>(text: &'a str, range: &Value) -> &'a str {
    let n = |v: &Value| v.as_u64().unwrap() as usize;
    let line = text.split('\n').nth(n(&range["start"]["line"])).unwrap();
    &line[n(&range["start"]["character"])..n(&range["end"]["character"])]
}

pub(crate) async fn opened(capabilities: Value) -> Editor {
    let mut editor = Editor::new(capabilities).await;
    editor.open(URI, ARTICLE).await;
    editor
}

#[tokio::test(flavor = "multi_thread")]
async fn hover_shows_who_it_is_and_who_speaks() {
    let mut editor = opened(modern()).await;
    let (line, column) = place("Hartmann said", 1);
    let hover = editor.at("hover", URI, line, column + 2).await;
    assert_eq!(hover["contents"]["kind"], "markdown");
    assert!(
        hover["contents"]["value"]
            .as_str()
            .unwrap()
            .starts_with("**Lena Hartmann**"),
        "{hover}"
    );
    assert_eq!(words(&hover["range"]), "Hartmann");
    let (line, column) = place("eleven years", 0);
    let hover = editor.at("hover", URI, line, column).await;
    let text = hover["contents"]["value"].as_str().unwrap();
    assert!(
        text.contains("Quotation of Lena Hartmann") && text.contains("why"),
        "{text}"
    );
    assert_eq!(editor.at("hover", URI, 1, 0).await, Value::Null, "an empty line");
    editor.finish().await;

    // An editor that renders no Markdown gets none.
    for formats in [
        json!(["plaintext"]),
        json!(["plaintext", "markdown"]),
        Value::Null,
    ] {
        let mut capabilities = modern();
        capabilities["textDocument"]["hover"] = match &formats {
            Value::Null => json!({}),
            list => json!({"contentFormat": list}),
        };
        let mut editor = opened(capabilities).await;
        let hover = editor.at("hover", URI, line, column).await;
        assert_eq!(hover["contents"]["kind"], "plaintext");
        assert!(!hover["contents"]["value"].as_str().unwrap().contains("**"));
        editor.finish().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_outline_lists_people_with_their_quotes() {
    let mut editor = opened(modern()).await;
    let outline = editor.at("documentSymbol", URI, 0, 0).await;
    let people = &outline[0];
    assert_eq!(people["name"], "People");
    let names: Vec<_> = people["children"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| &p["name"])
        .collect();
    assert_eq!(names, ["Lena Hartmann", "Tom Keller"]);
    let keller = &people["children"][1]["children"];
    assert!(
        keller[0]["name"]
            .as_str()
            .unwrap()
            .starts_with("“Hartmann has no money"),
        "{keller}"
    );
    inside(&outline, None);
    // Headings are the editor's own.
    editor
        .open_as(
            "file:///nowhere/a.md",
            "markdown",
            &format!("# Head\n\n## Sub\n\n{ARTICLE}"),
        )
        .await;
    let outline = editor.at("documentSymbol", "file:///nowhere/a.md", 0, 0).await;
    assert!(!outline.to_string().contains("\"Sub\""), "{outline}");
    editor.finish().await;

    let mut capabilities = modern();
    capabilities["textDocument"]["documentSymbol"] = json!({});
    let mut editor = opened(capabilities).await;
    let flat = editor.at("documentSymbol", URI, 0, 0).await;
    let keller = flat
        .as_array()
        .unwrap()
        .iter()
        .find(|s| s["name"] == "Tom Keller")
        .unwrap();
    assert_eq!(words(&keller["location"]["range"]), "Tom Keller");
    assert_eq!(keller["containerName"], "People");
    editor.finish().await;
}

/// Children lie inside their parents, selections inside their ranges, as the protocol demands.
fn inside(symbols: &Value, parent: Option<&Value>) {
    let key = |p: &Value| (p["line"].as_u64().unwrap(), p["character"].as_u64().unwrap());
    let holds = |outer: &Value, inner: &Value| {
        key(&outer["start"]) <= key(&inner["start"]) && key(&inner["end"]) <= key(&outer["end"])
    };
    for symbol in symbols.as_array().into_iter().flatten() {
        assert!(holds(&symbol["range"], &symbol["selectionRange"]), "{symbol}");
        assert!(parent.is_none_or(|p| holds(p, &symbol["range"])), "{symbol}");
        inside(&symbol["children"], Some(&symbol["range"]));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn from_one_mention_to_the_others() {
    let mut editor = opened(modern()).await;
    let (line, column) = place("She", 0);
    let definition = editor.at("definition", URI, line, column).await;
    assert_eq!(words(&definition[0]["targetRange"]), "Lena Hartmann");
    assert_eq!(words(&definition[0]["originSelectionRange"]), "She");
    // From a quotation to the words that name its speaker.
    let (line, column) = place("eleven years", 0);
    let definition = editor.at("definition", URI, line, column).await;
    assert_eq!(definition[0]["targetRange"], range("Hartmann", 1));

    let mut params = at(URI, 2, 20);
    params["context"] = json!({"includeDeclaration": true});
    let all = editor.request("textDocument/references", params.clone()).await;
    let all: Vec<_> = all
        .as_array()
        .unwrap()
        .iter()
        .map(|l| words(&l["range"]))
        .collect();
    assert!(
        all.starts_with(&["Lena Hartmann"]) && all.contains(&"She"),
        "{all:?}"
    );
    params["context"] = json!({"includeDeclaration": false});
    let others = editor.request("textDocument/references", params).await;
    assert_eq!(others.as_array().unwrap().len(), all.len() - 1);

    let highlights = editor.at("documentHighlight", URI, 2, 20).await;
    assert_eq!(highlights.as_array().unwrap().len(), all.len());
    assert_eq!(highlights[0]["kind"], 3, "where she is introduced");
    editor.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_is_respelt_outside_quotations() {
    let mut capabilities = modern();
    capabilities["textDocument"]["rename"] = json!({"prepareSupport": true});
    let mut editor = opened(capabilities).await;
    let (line, column) = place("Hartmann said", 1);
    let prepared = editor.at("prepareRename", URI, line, column).await;
    assert_eq!(
        prepared,
        json!({"range": range("Hartmann", 1), "placeholder": "Hartmann"})
    );
    let mut params = at(URI, line, column);
    params["newName"] = json!("Hartman");
    let edit = editor.request("textDocument/rename", params).await;
    let edits = edit["changes"][URI].as_array().unwrap();
    let at: Vec<_> = edits.iter().map(|e| &e["range"]).collect();
    // In the full name and after the quotation; Keller's words stay as he spoke them.
    assert_eq!(at, [&range("Hartmann", 0), &range("Hartmann", 1)]);
    let (line, column) = place("Hartmann has", 0);
    let mut params = crate::lsp_client::at(URI, line, column);
    for method in ["textDocument/prepareRename", "textDocument/rename"] {
        let id = editor.ask(method, params.clone()).await;
        let refusal = editor.answer(id).await;
        assert!(
            refusal["error"]["message"].as_str().unwrap().contains("spoken"),
            "{refusal}"
        );
        params["newName"] = json!("Hartman");
    }
    // Where nobody is named there is nothing to tell.
    assert_eq!(editor.at("prepareRename", URI, 1, 0).await, Value::Null);
    editor.finish().await;

    // Unless somebody wants it.
    let params = json!({"capabilities": modern(), "initializationOptions": {"renameInQuotations": true}});
    let mut editor = Editor::start(Options::default(), params).await;
    editor.open(URI, ARTICLE).await;
    let mut params = crate::lsp_client::at(URI, line, column);
    params["newName"] = json!("Hartman");
    let edit = editor.request("textDocument/rename", params).await;
    let edits = edit["changes"][URI].as_array().unwrap();
    let at: Vec<_> = edits.iter().map(|e| &e["range"]).collect();
    assert_eq!(
        at,
        [0, 1, 2].map(|n| range("Hartmann", n)).iter().collect::<Vec<_>>()
    );
    editor.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn names_are_completed_participants_first() {
    let mut editor = opened(modern()).await;
    let text = format!("{ARTICLE}\nThen Ha");
    editor.replace(URI, 2, &text).await;
    let (line, column) = place_in(&text, "Then Ha", 0);
    let list = editor.at("completion", URI, line, column + 7).await;
    let first = &list["items"][0];
    assert_eq!(first["label"], "Lena Hartmann", "{list}");
    assert_eq!(words_in(&text, &first["textEdit"]["range"]), "Ha");
    // Ordinary words are left alone.
    let (line, column) = place_in(&text, "Then", 0);
    assert_eq!(editor.at("completion", URI, line, column + 1).await, Value::Null);
    editor.finish().await;
}

/// The numbers of semantic tokens as (line, column, length).
fn absolute(data: &Value) -> Vec<(u64, u64, u64)> {
    let numbers: Vec<u64> = data
        .as_array()
        .unwrap()
        .iter()
        .map(|n| n.as_u64().unwrap())
        .collect();
    let (mut line, mut column) = (0, 0);
    let place = |t: &[u64]| {
        column = if t[0] == 0 { column + t[1] } else { t[1] };
        line += t[0];
        (line, column, t[2])
    };
    numbers.chunks(5).map(place).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_are_sent_whole_in_part_and_as_differences() {
    let mut editor = opened(modern()).await;
    let document = json!({"textDocument": {"uri": URI}});
    let full = editor
        .request("textDocument/semanticTokens/full", document.clone())
        .await;
    let tokens = absolute(&full["data"]);
    assert!(tokens.is_sorted(), "{tokens:?}");
    let (line, column) = place("Lena Hartmann", 0);
    assert!(tokens.contains(&(line.into(), column.into(), 13)), "{tokens:?}");
    // The name inside Keller's words is a token of its own, with a piece of the quotation before it.
    let (line, column) = place("“Hartmann", 0);
    assert!(tokens.contains(&(line.into(), column.into(), 3)), "{tokens:?}");
    let mut params = document.clone();
    params["range"] = json!({"start": {"line": 2, "character": 0}, "end": {"line": 3, "character": 0}});
    let part = editor.request("textDocument/semanticTokens/range", params).await;
    let expected: Vec<_> = tokens.iter().copied().filter(|t| t.0 == 2).collect();
    assert_eq!(absolute(&part["data"]), expected);

    let top = json!({"line": 0, "character": 0});
    let change = json!([{"range": {"start": top, "end": top}, "text": "Tom Keller spoke.\n\n"}]);
    editor.edit(URI, 2, change).await;
    let mut params = document.clone();
    params["previousResultId"] = full["resultId"].clone();
    let delta = editor
        .request("textDocument/semanticTokens/full/delta", params)
        .await;
    let fresh = editor.request("textDocument/semanticTokens/full", document).await;
    let mut data = full["data"].as_array().unwrap().clone();
    for edit in delta["edits"].as_array().unwrap() {
        let start = edit["start"].as_u64().unwrap() as usize;
        let end = start + edit["deleteCount"].as_u64().unwrap() as usize;
        let new = edit["data"].as_array().cloned().unwrap_or_default();
        data.splice(start..end, new);
    }
    assert_eq!(Value::Array(data), fresh["data"]);
    editor.finish().await;
}

/// Applies the edits of one document, written backwards as an editor does.
pub(crate) fn apply(text: &str, edits: &Value) -> String {
    let mut edits: Vec<_> = edits.as_array().unwrap().iter().collect();
    let key = |p: &Value| (p["line"].as_u64().unwrap(), p["character"].as_u64().unwrap());
    edits.sort_by_key(|e| key(&e["range"]["start"]));
    let offset = |p: &Value| {
        let (line, column) = key(p);
        let lines = text.split_inclusive('\n').take(line as usize);
        lines.map(str::len).sum::<usize>() + column as usize
    };
    let mut out = text.to_owned();
    for edit in edits.iter().rev() {
        let range = offset(&edit["range"]["start"])..offset(&edit["range"]["end"]);
        out.replace_range(range, edit["newText"].as_str().unwrap());
    }
    out
}

pub(crate) const UNSAID: &str = "The town hall was full.\n\n“We have waited eleven years and nobody has told us why.”\n\nThen all went home.\n";

pub(crate) fn action_params(range: &Value, only: Option<&str>) -> Value {
    let mut params = json!({"textDocument": {"uri": URI}, "range": range, "context": {"diagnostics": []}});
    if let Some(only) = only {
        params["context"]["only"] = json!([only]);
    }
    params
}

#[tokio::test(flavor = "multi_thread")]
async fn every_action_on_a_quotation_without_speaker_mends_it() {
    for language in ["plaintext", "markdown"] {
        let mut capabilities = modern();
        capabilities["textDocument"]["codeAction"] = json!({
            "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}}, "isPreferredSupport": true,
        });
        let mut editor = Editor::new(capabilities).await;
        editor.open_as(URI, language, UNSAID).await;
        let found = editor.diagnostics(URI, 1).await;
        assert_eq!(found[0]["code"], "unattributed-quote", "{found}");
        let params = action_params(&found[0]["range"], Some("quickfix"));
        let actions = editor.request("textDocument/codeAction", params).await;
        let actions = actions.as_array().unwrap();
        assert!(actions.len() >= 3, "{actions:?}");
        for (i, action) in actions.iter().enumerate() {
            assert_eq!(action["diagnostics"][0]["code"], "unattributed-quote");
            let mended = apply(UNSAID, &action["edit"]["changes"][URI]);
            let version = i as i64 + 2;
            editor.replace(URI, version as i32, &mended).await;
            assert_eq!(
                editor.diagnostics(URI, version).await,
                json!([]),
                "{}: {mended}",
                action["title"]
            );
        }
        let elsewhere = json!({"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 1}});
        let none = editor
            .request("textDocument/codeAction", action_params(&elsewhere, None))
            .await;
        assert_eq!(none, json!([]));
        editor.finish().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn actions_are_resolved_late_or_run_as_commands() {
    let mut capabilities = modern();
    capabilities["textDocument"]["codeAction"] = json!({
        "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}},
        "dataSupport": true, "resolveSupport": {"properties": ["edit"]},
    });
    capabilities["workspace"] = json!({"workspaceEdit": {"documentChanges": true}});
    let mut editor = Editor::new(capabilities).await;
    editor.open(URI, UNSAID).await;
    let found = editor.diagnostics(URI, 1).await;
    let params = action_params(&found[0]["range"], None);
    let actions = editor.request("textDocument/codeAction", params.clone()).await;
    assert!(actions[0].get("edit").is_none());
    let resolved = editor.request("codeAction/resolve", actions[0].clone()).await;
    let change = &resolved["edit"]["documentChanges"][0];
    assert_eq!(change["textDocument"], json!({"uri": URI, "version": 1}));
    assert_ne!(apply(UNSAID, &change["edits"]), UNSAID);
    // After an edit the offer is void.
    editor.replace(URI, 2, "Nothing.").await;
    let id = editor.ask("codeAction/resolve", actions[0].clone()).await;
    assert_eq!(editor.answer(id).await["error"]["code"], -32801);
    editor.finish().await;

    let mut capabilities = modern();
    capabilities["workspace"] = json!({"applyEdit": true});
    let mut editor = Editor::new(capabilities).await;
    editor
        .answers
        .insert("workspace/applyEdit", json!({"applied": true}));
    editor.open(URI, UNSAID).await;
    editor.diagnostics(URI, 1).await;
    let actions = editor.request("textDocument/codeAction", params).await;
    let (command, arguments) = (&actions[0]["command"], &actions[0]["arguments"]);
    let run = json!({"command": command, "arguments": arguments});
    assert_eq!(editor.request("workspace/executeCommand", run).await, Value::Null);
    let asked = editor.wait(|m| m["method"] == "workspace/applyEdit").await;
    assert_ne!(apply(UNSAID, &asked["params"]["edit"]["changes"][URI]), UNSAID);
    let id = editor
        .ask("workspace/executeCommand", json!({"command": "copydesk.nothing"}))
        .await;
    assert_eq!(editor.answer(id).await["error"]["code"], -32602);
    editor.finish().await;

    // An editor that can take neither an action nor an edit is offered nothing that would do nothing.
    let mut editor = Editor::new(modern()).await;
    let offered = editor.capabilities["capabilities"].get("executeCommandProvider");
    assert_eq!(offered, None);
    editor.open(URI, UNSAID).await;
    let range = editor.diagnostics(URI, 1).await[0]["range"].clone();
    let actions = editor
        .request("textDocument/codeAction", action_params(&range, None))
        .await;
    assert_eq!(actions, json!([]));
    editor.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_shown_beside_the_text() {
    let mut editor = opened(modern()).await;
    let document = json!({"textDocument": {"uri": URI}});
    let mut params = document.clone();
    params["range"] = json!({"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}});
    let hints = editor.request("textDocument/inlayHint", params).await;
    let (line, column) = place("She said", 0);
    let behind_she = json!({"line": line, "character": column + 3});
    let hint = hints
        .as_array()
        .unwrap()
        .iter()
        .find(|h| h["position"] == behind_she);
    assert_eq!(hint.unwrap()["label"], "(Hartmann)", "{hints}");

    let lenses = editor.request("textDocument/codeLens", document.clone()).await;
    assert!(
        lenses[0]["command"]["title"]
            .as_str()
            .unwrap()
            .starts_with("Lena Hartmann: "),
        "{lenses}"
    );

    editor
        .request("textDocument/documentLink", document.clone())
        .await;
    let folds = editor.request("textDocument/foldingRange", document).await;
    assert_eq!(folds, json!([]), "each paragraph is one line");
    let wrapped = "---\ntitle: x\n---\n\nOne line and\nanother line.\n";
    editor.open_as("file:///nowhere/a.md", "markdown", wrapped).await;
    let document = json!({"textDocument": {"uri": "file:///nowhere/a.md"}});
    let folds = editor.request("textDocument/foldingRange", document).await;
    let lines: Vec<_> = folds
        .as_array()
        .unwrap()
        .iter()
        .map(|f| (&f["startLine"], &f["endLine"]))
        .collect();
    assert_eq!(lines, [(&json!(0), &json!(2)), (&json!(4), &json!(5))]);
    editor.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn selections_grow_from_the_word_to_the_article() {
    let mut editor = opened(modern()).await;
    let (line, column) = place("Hartmann has", 0);
    let params = json!({"textDocument": {"uri": URI}, "positions": [{"line": line, "character": column + 2}, {"line": 99, "character": 0}]});
    let selections = editor.request("textDocument/selectionRange", params).await;
    assert_eq!(selections.as_array().unwrap().len(), 2, "one for each place");
    let mut parts = Vec::new();
    let mut at = &selections[0];
    while at.is_object() {
        if at["range"]["start"]["line"] == at["range"]["end"]["line"] {
            parts.push(words(&at["range"]));
        }
        at = &at["parent"];
    }
    assert_eq!(parts[0], "Hartmann");
    let quoted = "“Hartmann has no money for the last part of the work,”";
    let inner = quoted.trim_matches(['“', '”']);
    assert_eq!(
        parts[1..4],
        [inner.trim_end_matches(','), inner, quoted],
        "{parts:?}"
    );
    assert!(parts.last().unwrap().starts_with("Her deputy"), "{parts:?}");
    assert!(parts.windows(2).all(|w| w[0].len() < w[1].len()));
    editor.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_speaks_about_whom() {
    let mut editor = opened(modern()).await;
    let (line, column) = place("Lena Hartmann", 0);
    let items = editor.at("prepareCallHierarchy", URI, line, column).await;
    assert_eq!(items[0]["name"], "Lena Hartmann");
    let incoming = editor
        .request("callHierarchy/incomingCalls", json!({"item": items[0]}))
        .await;
    assert_eq!(incoming[0]["from"]["name"], "Tom Keller", "{incoming}");
    assert_eq!(incoming[0]["fromRanges"], json!([range("Hartmann", 2)]));
    let outgoing = editor
        .request(
            "callHierarchy/outgoingCalls",
            json!({"item": incoming[0]["from"]}),
        )
        .await;
    assert_eq!(outgoing[0]["to"]["name"], "Lena Hartmann");
    // An edit moves the words, and puts somebody else where she stood. She is asked about all the same.
    let top = json!({"line": 0, "character": 0});
    let change = json!([{"range": {"start": top, "end": top}, "text": "\nTom Keller spoke.\n\n"}]);
    editor.edit(URI, 2, change).await;
    let later = editor
        .request("callHierarchy/incomingCalls", json!({"item": items[0]}))
        .await;
    assert_eq!(later[0]["from"]["name"], "Tom Keller", "{later}");
    let n = |list: &Value| list[0]["fromRanges"][0]["start"]["line"].as_u64().unwrap();
    assert_eq!(n(&later), n(&incoming) + 3);
    let outgoing = editor
        .request("callHierarchy/outgoingCalls", json!({"item": items[0]}))
        .await;
    assert_eq!(outgoing, json!([]), "she speaks about nobody");
    editor.replace(URI, 3, "Nobody is here.").await;
    let gone = editor
        .request("callHierarchy/incomingCalls", json!({"item": items[0]}))
        .await;
    assert_eq!(gone, Value::Null);
    editor.replace(URI, 4, ARTICLE).await;
    let found = editor.request("workspace/symbol", json!({"query": "kell"})).await;
    assert_eq!(found[0]["name"], "Tom Keller");
    assert_eq!(words(&found[0]["location"]["range"]), "Tom Keller");
    editor.finish().await;
}
