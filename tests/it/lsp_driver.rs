//! A seeded driver: thousands of random edits, requests and cancellations over several documents. At the end each
//! document must answer as a fresh one with the text that the driver's own model holds, each request must have had
//! exactly one answer, and no error but those that the protocol foresees.

use serde_json::{Value, json};

use crate::lsp_client::{Editor, modern};

/// With `RUN_SLOW_TESTS=1`.
const MANY: usize = 10_000;
const FEW: usize = 1_200;

/// Errors that the protocol foresees: cancelled, content modified.
const FORESEEN: [i64; 2] = [-32800, -32801];

/// A generator of numbers; the same seed gives the same session.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, n: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n.max(1)
    }

    fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.roll(list.len())]
    }
}

/// What is typed and pasted: names, quotations, line ends of every kind, letters outside the first plane.
const PIECES: [&str; 16] = [
    "a",
    " ",
    "\n",
    "\r\n",
    "\r",
    "\u{2028}",
    "“",
    "”",
    "\"",
    "𝔸🎈",
    "é",
    "\n\n",
    "“We are not leaving,” said Lena Hartmann, the foreign minister.\n\n",
    "German Chancellor Olaf Scholz met Mark Rutte in Brussels. He said: “Not today.”\r\n\r\n",
    "<!-- copydesk-disable-next-line unattributed-quote -->\n\n",
    "# A headline\n\n- ‘one’\n- “two” 🎈 three\n\n",
];

/// Requests about a place or a document.
const METHODS: [&str; 16] = [
    "hover",
    "definition",
    "references",
    "documentHighlight",
    "completion",
    "prepareRename",
    "documentSymbol",
    "codeAction",
    "codeLens",
    "inlayHint",
    "semanticTokens/full",
    "foldingRange",
    "documentLink",
    "selectionRange",
    "prepareCallHierarchy",
    "semanticTokens/range",
];

/// A document as the driver holds it.
struct Model {
    uri: String,
    text: String,
    version: i32,
}

/// The byte offset of each line's start: after LF, CRLF and CR, and after nothing else.
fn line_starts(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let ends = bytes
        .iter()
        .enumerate()
        .filter(|&(i, &b)| b == b'\n' || b == b'\r' && bytes.get(i + 1) != Some(&b'\n'));
    std::iter::once(0).chain(ends.map(|(i, _)| i + 1)).collect()
}

/// A byte offset as line and column, in the encoding of the session.
fn position(text: &str, offset: usize, encoding: &str) -> Value {
    let starts = line_starts(text);
    let line = starts.partition_point(|s| *s <= offset) - 1;
    let before = &text[starts[line]..offset];
    let column = match encoding {
        "utf-8" => before.len(),
        "utf-32" => before.chars().count(),
        _ => before.encode_utf16().count(),
    };
    json!({"line": line, "character": column})
}

/// A place between two characters, but not between CR and LF.
fn border(dice: &mut Dice, text: &str) -> usize {
    let mut at = dice.roll(text.len() + 1);
    while !text.is_char_boundary(at)
        || at > 0 && text.as_bytes()[at - 1] == b'\r' && text.as_bytes().get(at) == Some(&b'\n')
    {
        at += 1;
    }
    at
}

impl Model {
    async fn edit(&mut self, dice: &mut Dice, editor: &mut Editor, encoding: &str) {
        let mut changes = Vec::new();
        for _ in 0..=dice.roll(3) {
            if dice.roll(60) == 0 || self.text.len() > 6_000 {
                self.text = (0..dice.roll(12)).map(|_| *dice.pick(&PIECES)).collect();
                changes.push(json!({"text": self.text}));
                continue;
            }
            let start = border(dice, &self.text);
            let mut end = (start + dice.roll(24)).min(self.text.len());
            end = match dice.roll(3) {
                0 if self.text.is_char_boundary(end)
                    && !(end > 0
                        && end < self.text.len()
                        && &self.text.as_bytes()[end - 1..=end] == b"\r\n") =>
                {
                    end
                }
                _ => start,
            };
            let new = *dice.pick(&PIECES);
            let range = json!({"start": position(&self.text, start, encoding), "end": position(&self.text, end, encoding)});
            changes.push(json!({"range": range, "text": new}));
            self.text.replace_range(start..end, new);
        }
        self.version += 1;
        editor.edit(&self.uri, self.version, json!(changes)).await;
    }

    fn question(&self, dice: &mut Dice) -> (String, Value) {
        let method = *dice.pick(&METHODS);
        // Now and then a place that is nowhere, and a document that nobody opened.
        let line = dice.roll(line_starts(&self.text).len() + 2);
        let place = json!({"line": line, "character": dice.roll(90)});
        let uri = if dice.roll(50) == 0 {
            "file:///nobody/opened/this.txt"
        } else {
            &self.uri
        };
        let range = json!({"start": {"line": 0, "character": 0}, "end": place});
        let mut params = json!({"textDocument": {"uri": uri}});
        match method {
            "codeAction" => {
                params["range"] = range;
                params["context"] = json!({"diagnostics": []});
            }
            "inlayHint" | "semanticTokens/range" => params["range"] = range,
            "selectionRange" => params["positions"] = json!([place]),
            "references" => {
                params["position"] = place;
                params["context"] = json!({"includeDeclaration": dice.roll(2) == 0});
            }
            "documentSymbol" | "codeLens" | "semanticTokens/full" | "foldingRange" | "documentLink" => {}
            _ => params["position"] = place,
        }
        (format!("textDocument/{method}"), params)
    }
}

/// What a document answers about itself, without its address.
async fn state(editor: &mut Editor, uri: &str) -> String {
    let mut all = String::new();
    for method in [
        "documentSymbol",
        "semanticTokens/full",
        "foldingRange",
        "codeLens",
    ] {
        let params = json!({"textDocument": {"uri": uri}});
        let mut answer = editor.request(&format!("textDocument/{method}"), params).await;
        if let Some(answer) = answer.as_object_mut() {
            answer.remove("resultId");
        }
        all.push_str(&answer.to_string().replace(uri, "URI"));
        all.push('\n');
    }
    all
}

async fn session(seed: u64, steps: usize, encoding: &str) {
    let mut capabilities = modern();
    capabilities["general"]["positionEncodings"] = json!([encoding]);
    let mut editor = Editor::new(capabilities).await;
    let mut dice = Dice(seed);
    let mut models: Vec<Model> = Vec::new();
    for n in 0..4_usize {
        let text: String = (0..20).map(|_| *dice.pick(&PIECES)).collect();
        let uri = format!(
            "file:///desk/{n}.{}",
            if n.is_multiple_of(2) { "txt" } else { "md" }
        );
        editor
            .open_as(
                &uri,
                if n.is_multiple_of(2) {
                    "plaintext"
                } else {
                    "markdown"
                },
                &text,
            )
            .await;
        models.push(Model {
            uri,
            text,
            version: 1,
        });
    }
    let mut waiting: Vec<i64> = Vec::new();
    let mut faults: Vec<Value> = Vec::new();
    for step in 0..steps {
        let n = dice.roll(models.len());
        match dice.roll(100) {
            0..=54 => models[n].edit(&mut dice, &mut editor, encoding).await,
            55..=89 => {
                let (method, params) = models[n].question(&mut dice);
                waiting.push(editor.ask(&method, params).await);
            }
            90..=97 => {
                // An id that was answered long ago, or never asked, is as good.
                let id = waiting.last().copied().unwrap_or(0) - dice.roll(3) as i64;
                editor.notify("$/cancelRequest", json!({"id": id})).await;
            }
            _ => {
                let model = &mut models[n];
                let document = json!({"textDocument": {"uri": model.uri}});
                editor.notify("textDocument/didClose", document).await;
                // Versions go on, so that what was sent before the end is not taken for news.
                model.version += 1;
                let language = if n.is_multiple_of(2) {
                    "plaintext"
                } else {
                    "markdown"
                };
                let item = json!({"uri": model.uri, "languageId": language, "version": model.version, "text": model.text});
                editor
                    .notify("textDocument/didOpen", json!({"textDocument": item}))
                    .await;
            }
        }
        if step % 40 == 39 || step + 1 == steps {
            for id in std::mem::take(&mut waiting) {
                let answer = editor.answer(id).await;
                let code = answer["error"]["code"].as_i64();
                if code.is_some_and(|c| !FORESEEN.contains(&c)) {
                    faults.push(answer);
                }
            }
        }
    }
    assert!(
        faults.is_empty(),
        "seed {seed}: errors that nobody foresaw: {faults:?}"
    );
    for (n, model) in models.iter().enumerate() {
        let fresh = format!("file:///fresh/{n}");
        editor
            .open_as(
                &fresh,
                if n.is_multiple_of(2) {
                    "plaintext"
                } else {
                    "markdown"
                },
                &model.text,
            )
            .await;
        let (edited, wanted) = (
            state(&mut editor, &model.uri).await,
            state(&mut editor, &fresh).await,
        );
        assert_eq!(
            edited, wanted,
            "seed {seed}, {encoding}, document {n}: {:?}",
            model.text
        );
    }
    editor.finish().await;
}

fn steps() -> usize {
    match std::env::var_os("RUN_SLOW_TESTS") {
        Some(_) => MANY,
        None => FEW,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn random_sessions_end_as_the_model_says() {
    for (seed, encoding) in [(1, "utf-16"), (2, "utf-8"), (3, "utf-32")] {
        session(seed, steps() / 3, encoding).await;
    }
}
