//! What diagnostics carry, and what may be done about them.

use copydesk::lsp::Options;
use serde_json::{Value, json};

use crate::{
    desk::Folder,
    lsp_client::{Editor, modern},
    lsp_features::{action_params, apply},
};

const URI: &str = "file:///nowhere/bridge.txt";

/// An editor with everything that matters here; `less` takes some of it away.
fn capable(less: impl FnOnce(&mut Value)) -> Value {
    let mut capabilities = modern();
    capabilities["textDocument"]["codeAction"] = json!({
        "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix", "source.fixAll"]}},
        "isPreferredSupport": true, "dataSupport": true, "resolveSupport": {"properties": ["edit"]},
    });
    capabilities["workspace"] = json!({
        "applyEdit": true,
        "workspaceEdit": {"documentChanges": true, "resourceOperations": ["create", "rename", "delete"]},
    });
    capabilities["window"] = json!({"showDocument": {"support": true}});
    less(&mut capabilities);
    capabilities
}

async fn started(capabilities: Value, settings: Value) -> Editor {
    let params = json!({"capabilities": capabilities, "initializationOptions": settings});
    Editor::start(Options::default(), params).await
}

fn everywhere() -> Value {
    json!({"start": {"line": 0, "character": 0}, "end": {"line": 999, "character": 0}})
}

/// The actions for a range of a document.
async fn offered(editor: &mut Editor, uri: &str, range: &Value, only: Option<&str>) -> Vec<Value> {
    let mut params = action_params(range, only);
    params["textDocument"]["uri"] = json!(uri);
    let actions = editor.request("textDocument/codeAction", params).await;
    actions.as_array().unwrap().clone()
}

/// The one whose title holds `title`, with what it carries later.
async fn chosen(editor: &mut Editor, actions: &[Value], title: &str) -> Value {
    let action = actions
        .iter()
        .find(|a| a["title"].as_str().unwrap().contains(title));
    let action = action.unwrap_or_else(|| panic!("{title}: {actions:?}")).clone();
    match action.get("command") {
        Some(_) => action,
        None => editor.request("codeAction/resolve", action).await,
    }
}

const TWO: &str = "“The wall will hold,” said Lena Hartmann, the mayor. Paul Okoro shook his head. \
                   “It was never meant to stand for so long.”\n";

#[tokio::test(flavor = "multi_thread")]
async fn a_finding_says_who_else_is_meant_and_leads_there() {
    let mut editor = started(capable(|_| ()), Value::Null).await;
    editor
        .answers
        .insert("window/showDocument", json!({"success": true}));
    editor.open(URI, TWO).await;
    let found = editor.diagnostics(URI, 1).await;
    let finding = &found[0];
    assert_eq!(finding["code"], "ambiguous-speaker", "{found}");
    let related = finding["relatedInformation"].as_array().unwrap();
    let names: Vec<_> = related.iter().map(|r| r["message"].as_str().unwrap()).collect();
    assert_eq!(names.len(), 2);
    assert!(
        names.contains(&"Lena Hartmann") && names.contains(&"Paul Okoro"),
        "{names:?}"
    );
    // What the editor hands back is what the action mends, to the letter, also where only the mark is the same.
    let mut handed = finding.clone();
    handed["message"] = json!("as the editor has it");
    let mut params = action_params(&finding["range"], Some("quickfix"));
    params["textDocument"]["uri"] = json!(URI);
    params["context"]["diagnostics"] = json!([handed]);
    let actions = editor.request("textDocument/codeAction", params).await;
    let actions = actions.as_array().unwrap();
    assert!(
        actions
            .iter()
            .all(|a| a["diagnostics"][0]["message"] == handed["message"]),
        "{actions:?}"
    );
    let action = chosen(&mut editor, actions, "Go to: Paul Okoro").await;
    let run = json!({"command": action["command"]["command"], "arguments": action["command"]["arguments"]});
    editor.request("workspace/executeCommand", run).await;
    let shown = editor.wait(|m| m["method"] == "window/showDocument").await;
    let column = TWO[..TWO.find("Paul").unwrap()].len();
    assert_eq!(
        shown["params"]["selection"]["start"],
        json!({"line": 0, "character": column})
    );
    editor.finish().await;

    // Where nothing can be shown, nothing is offered that would show it.
    let mut editor = started(capable(|c| c["window"] = json!({})), Value::Null).await;
    editor.open(URI, TWO).await;
    editor.diagnostics(URI, 1).await;
    let actions = offered(&mut editor, URI, &everywhere(), None).await;
    assert!(!json!(actions).to_string().contains("Go to"), "{actions:?}");
    editor.finish().await;

    // The other bearer of a surname.
    let rules = json!({"rules": {"same-surname": "hint"}});
    let mut editor = started(capable(|_| ()), rules).await;
    let text = "Otto Hartmann, the mayor, was late. The talks began at noon with Lena Hartmann, the foreign \
                minister.\n\nMayor Hartmann left early.\n";
    editor.open(URI, text).await;
    let found = editor.diagnostics(URI, 1).await;
    let finding = found
        .as_array()
        .unwrap()
        .iter()
        .find(|d| d["code"] == "same-surname");
    let related = &finding.unwrap()["relatedInformation"][0];
    assert_eq!(related["message"], "Lena Hartmann", "{found}");
    let actions = offered(&mut editor, URI, &everywhere(), None).await;
    chosen(&mut editor, &actions, "Go to: Lena Hartmann").await;
    editor.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tags_and_marks_are_sent_to_those_that_know_them() {
    let folder = Folder::new("tags", &[("copydesk.toml", "[spelling]\nKiev = \"Kyiv\"\n")]);
    let uri = format!("file://{}", folder.0.join("a.txt").display());
    let text = "The delegation went back to Kiev after midnight.\n\n[copydesk-disable-next-line unclosed-quote]\nIt rained.\n";
    for (known, unnecessary, deprecated) in [
        (json!([1, 2]), json!([1]), json!([2])),
        (json!([1]), json!([1]), Value::Null),
        (Value::Null, Value::Null, Value::Null),
    ] {
        let mut capabilities = modern();
        let publish = &mut capabilities["textDocument"]["publishDiagnostics"];
        match &known {
            Value::Null => {
                publish.as_object_mut().unwrap().remove("tagSupport");
                publish.as_object_mut().unwrap().remove("dataSupport");
            }
            set => publish["tagSupport"]["valueSet"] = set.clone(),
        }
        let mut editor = Editor::new(capabilities).await;
        editor.open(&uri, text).await;
        let found = editor.diagnostics(&uri, 1).await;
        let of = |code: &str| {
            found
                .as_array()
                .unwrap()
                .iter()
                .find(|d| d["code"] == code)
                .expect(code)
        };
        assert_eq!(of("unused-silence")["tags"], unnecessary, "{found}");
        assert_eq!(of("name-spelling")["tags"], deprecated, "{found}");
        assert_eq!(of("name-spelling").get("data").is_some(), !known.is_null());
        editor.finish().await;
    }
}

const SAID: &str = "“We are not going to leave this room,” said Lena Hartmann, the foreign minister.";

#[tokio::test(flavor = "multi_thread")]
async fn everything_with_one_sure_fix_is_fixed_at_once() {
    let silence = "copydesk-disable-next-line";
    for (language, text, wanted) in [
        (
            "markdown",
            format!("It rained.\n\n<!-- {silence} unclosed-quote -->\nIt snowed.\n"),
            "It rained.\n\nIt snowed.\n".to_owned(),
        ),
        (
            "plaintext",
            format!("It rained.\r\n\r\n[{silence} unclosed-quote]\r\nIt snowed.\r\n"),
            "It rained.\r\n\r\nIt snowed.\r\n".to_owned(),
        ),
        (
            "markdown",
            "It rained. <!-- copydesk-disable-line unclosed-quote -->\n\nIt snowed.\n".to_owned(),
            "It rained.\n\nIt snowed.\n".to_owned(),
        ),
        // What one fix brings up is fixed in the same answer.
        (
            "markdown",
            "It rained.\n\n<!-- copydesk-disable unclosed-quote, duplicate-quote -->\n\nIt snowed.\n\n<!-- copydesk-enable -->\n".to_owned(),
            "It rained.\n\n\nIt snowed.\n\n".to_owned(),
        ),
        // The last code takes the comment along, since one without a code silences everything.
        (
            "markdown",
            format!("<!-- {silence} unclosed-quote, duplicate-quote -->\nIt snowed.\n"),
            "It snowed.\n".to_owned(),
        ),
        (
            "markdown",
            format!(
                "Three hours went by.\n\n<!-- {silence} unclosed-quote unattributed-quote duplicate-quote -->\n“Nobody asked the fishermen before the timetable was printed.”\n"
            ),
            format!(
                "Three hours went by.\n\n<!-- {silence} unattributed-quote -->\n“Nobody asked the fishermen before the timetable was printed.”\n"
            ),
        ),
        (
            "plaintext",
            format!(
                "{SAID}\n\nSouth African President Cyril Ramaphosa met Recep Tayyip Erdoğan. Erdoğan left. Erdogan came back.\n"
            ),
            format!(
                "{SAID}\n\nSouth African President Cyril Ramaphosa met Recep Tayyip Erdoğan. Erdoğan left. Erdoğan came back.\n"
            ),
        ),
    ] {
        for lazy in [true, false] {
            let capabilities = capable(|c| {
                if !lazy {
                    c["textDocument"]["codeAction"]
                        .as_object_mut()
                        .unwrap()
                        .remove("resolveSupport");
                }
            });
            let mut editor = started(capabilities, Value::Null).await;
            editor.open_as(URI, language, &text).await;
            editor.diagnostics(URI, 1).await;
            // Wherever the cursor is.
            let top = json!({"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}});
            let actions = offered(&mut editor, URI, &top, Some("source.fixAll")).await;
            assert_eq!(actions.len(), 1, "{text}");
            assert_eq!(actions[0].get("edit").is_none(), lazy);
            let action = match lazy {
                true => chosen(&mut editor, &actions, "").await,
                false => actions[0].clone(),
            };
            assert_eq!(
                apply(&text, &action["edit"]["documentChanges"][0]["edits"]),
                wanted
            );
            editor.finish().await;
        }
    }
}

/// What a workspace edit makes of a file.
fn changed(edit: &Value, text: &str) -> (String, Value, bool) {
    let changes = edit["documentChanges"].as_array().unwrap();
    let created = changes[0]["kind"] == "create";
    let change = changes.last().unwrap();
    (
        apply(text, &change["edits"]),
        change["textDocument"].clone(),
        created,
    )
}

/// Asks until something is offered, or is no longer.
async fn offers(editor: &mut Editor, uri: &str, range: &Value, title: &str, wanted: bool) {
    for _ in 0..200 {
        let actions = offered(editor, uri, range, None).await;
        if json!(actions).to_string().contains(title) == wanted {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("{title} is offered or not for good: {wanted} was wanted");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_is_added_to_the_people_of_the_project() {
    const TITLE: &str = "Add “Lena Hartmann”";
    let row = "[[people]]\nname = \"Lena Hartmann\"\n# offices = [{ office = \"foreign minister\", of = \"…\", from = \"…\" }]\n";
    let article = format!("{SAID}\n");
    let at = json!({"start": {"line": 0, "character": 52}, "end": {"line": 0, "character": 52}});
    let folder = Folder::new("list", &[("desk/copydesk.toml", "date = 2024-12-18\n")]);
    let uri = |path: &str| format!("file://{}", folder.0.join(path).display());
    let (here, file) = (uri("desk/a.txt"), uri("desk/.copydesk/people.toml"));
    let mut editor = started(capable(|_| ()), Value::Null).await;

    // Nowhere to put anybody.
    editor.open(URI, &article).await;
    let none = offered(&mut editor, URI, &at, None).await;
    assert!(!json!(none).to_string().contains(TITLE), "{none:?}");

    // The file is made where there is none.
    editor.open(&here, &article).await;
    let actions = offered(&mut editor, &here, &at, Some("quickfix")).await;
    let action = chosen(&mut editor, &actions, TITLE).await;
    let (text, document, created) = changed(&action["edit"], "");
    // One editor in wide use says that it makes files, and not that it knows the form that makes them.
    let bare = capable(|c| c["workspace"]["workspaceEdit"] = json!({"resourceOperations": ["create"]}));
    let mut other = started(bare, Value::Null).await;
    other.open(&here, &article).await;
    let actions = offered(&mut other, &here, &at, Some("quickfix")).await;
    let again = chosen(&mut other, &actions, TITLE).await;
    assert_eq!(again["edit"], action["edit"]);
    other.finish().await;
    assert_eq!(document, json!({"uri": file, "version": null}));
    assert!(created && text.starts_with("# ") && text.ends_with(row), "{text}");
    // Not where nobody is named, nor for somebody who is known.
    let start = json!({"start": {"line": 0, "character": 5}, "end": {"line": 0, "character": 5}});
    let none = offered(&mut editor, &here, &start, None).await;
    assert!(!json!(none).to_string().contains("to the project"), "{none:?}");
    let known = uri("desk/b.txt");
    editor.open(&known, "Olaf Scholz spoke.\n").await;
    let none = offered(&mut editor, &known, &everywhere(), None).await;
    assert!(!json!(none).to_string().contains("to the project"), "{none:?}");

    // It is added to one that is there, as the disk has it or as the editor does.
    let others = "[[people]]\nname = \"Otto Kask\"\n";
    folder.write("desk/.copydesk/people.toml", others);
    let actions = offered(&mut editor, &here, &at, None).await;
    let action = chosen(&mut editor, &actions, TITLE).await;
    let (text, document, created) = changed(&action["edit"], others);
    assert_eq!((text, created), (format!("{others}\n{row}"), false));
    assert_eq!(document["version"], Value::Null);
    let unsaved = format!("{others}note = \"unsaved\"");
    editor.open_as(&file, "toml", &unsaved).await;
    let actions = offered(&mut editor, &here, &at, None).await;
    let action = chosen(&mut editor, &actions, TITLE).await;
    let (text, document, _) = changed(&action["edit"], &unsaved);
    assert_eq!(
        (text.as_str(), &document["version"]),
        (&*format!("{unsaved}\n\n{row}"), &json!(1))
    );
    // She is known as soon as the file says so in the editor, saved or not; what is wrong there is shown there.
    editor.replace(&file, 2, &format!("{others}\n{row}")).await;
    offers(&mut editor, &here, &at, TITLE, false).await;
    editor.replace(&file, 3, "[[people]\n").await;
    let fault = editor
        .wait(|m| m["params"]["uri"] == json!(file) && m["params"]["diagnostics"] != json!([]))
        .await;
    assert_eq!(fault["params"]["diagnostics"][0]["source"], "copydesk");
    let closed = json!({"textDocument": {"uri": file}});
    editor.notify("textDocument/didClose", closed).await;
    offers(&mut editor, &here, &at, TITLE, true).await;

    // A broken file is not made worse.
    folder.write("desk/.copydesk/people.toml", "[[people]\n");
    let none = offered(&mut editor, &here, &at, None).await;
    assert!(!json!(none).to_string().contains(TITLE), "{none:?}");

    // Once it is saved, she is known.
    folder.write("desk/.copydesk/people.toml", format!("{others}\n{row}"));
    let change = json!({"changes": [{"uri": file, "type": 2}]});
    editor.notify("workspace/didChangeWatchedFiles", change).await;
    let none = offered(&mut editor, &here, &at, None).await;
    assert!(!json!(none).to_string().contains(TITLE), "{none:?}");
    editor.finish().await;

    // An editor that makes no files is offered no more than it can do; one that knows only commands gets those.
    std::fs::remove_file(folder.0.join("desk/.copydesk/people.toml")).unwrap();
    for (there, titles) in [(false, false), (true, true)] {
        if there {
            folder.write("desk/.copydesk/people.toml", others);
        }
        let capabilities = capable(|c| {
            c["workspace"]["workspaceEdit"] = json!({});
            c["textDocument"]["codeAction"] = json!({});
        });
        let mut editor = started(capabilities, Value::Null).await;
        editor
            .answers
            .insert("workspace/applyEdit", json!({"applied": true}));
        editor.open(&here, &article).await;
        let actions = offered(&mut editor, &here, &at, None).await;
        let offer = &editor.capabilities["capabilities"]["codeActionProvider"];
        assert_eq!(*offer, json!(true), "more is for those that know code actions");
        assert_eq!(json!(actions).to_string().contains(TITLE), titles, "{actions:?}");
        if there {
            let action = chosen(&mut editor, &actions, TITLE).await;
            let run = json!({"command": action["command"], "arguments": action["arguments"]});
            editor.request("workspace/executeCommand", run).await;
            let asked = editor.wait(|m| m["method"] == "workspace/applyEdit").await;
            let edits = &asked["params"]["edit"]["changes"][&file];
            assert_eq!(apply(others, edits), format!("{others}\n{row}"));
        }
        editor.finish().await;
    }
}

/// Fixing everything leaves nothing that has a sure fix, and its edits do not touch each other.
#[test]
fn fixing_everything_comes_to_an_end() {
    use copydesk::{
        ide::{fix, mend},
        kb::Kb,
        rules::{self, ALL, config::Config},
        semantic::article::{Context, analyze},
        syntax::block::Format,
    };
    let mut config =
        Config::parse("date = 2024-12-18\n[spelling]\nKiev = \"Kyiv\"\nherring = \"Herring\"\n").unwrap();
    for rule in ALL {
        config.set_level(rule.code, Some(rules::Severity::Warning));
    }
    let mut texts: Vec<(String, String)> = Vec::new();
    for from in ["tests/corpus", "tests/gold/own"] {
        let from = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(from);
        for entry in std::fs::read_dir(from).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            if name.ends_with(".txt") || name.ends_with(".md") {
                let text = std::fs::read_to_string(path).unwrap();
                // Faults that have fixes: straight marks for curly ones, a comment that silences nothing.
                texts.push((
                    format!("{name}, worse"),
                    text.replacen('”', "\"", 2).replace("—", "--"),
                ));
                texts.push((
                    format!("{name}, silent"),
                    format!("{text}\n<!-- copydesk-disable-file edge-ellipsis -->\n"),
                ));
                texts.push((name, text));
            }
        }
    }
    let (mut n_fixed, mut n_again) = (0, 0);
    for (name, text) in texts {
        let format = if name.contains(".md") {
            Format::Markdown
        } else {
            Format::Plain
        };
        let context = Context {
            format,
            ..Context::default()
        };
        let check = |text: &std::sync::Arc<str>| {
            let article = analyze(text, &context, Kb::embedded());
            rules::check(&article, Kb::embedded(), &config)
        };
        let found = check(&text.as_str().into());
        let mut rounds = 0;
        let edits = mend::settle(&text, &found, |text| {
            rounds += 1;
            Some(check(text))
        });
        n_again += usize::from(rounds > 1);
        assert!(
            edits.windows(2).all(|w| w[0].0.end < w[1].0.start),
            "{name}: {edits:?}"
        );
        n_fixed += edits.len();
        let mut text = text;
        for (span, new) in edits.iter().rev() {
            text.replace_range(span.start as usize..span.end as usize, new);
        }
        let left = check(&text.as_str().into());
        assert_eq!(fix::fix_all(&left), None, "{name}");
    }
    assert!(
        n_again > 5,
        "{n_again} texts that need a second round are no test"
    );
    assert!(n_fixed > 100, "{n_fixed} fixes are no test");
}
