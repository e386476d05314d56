//! The documents as the driver holds them: what is typed into them and what is asked of them.

use serde_json::{Value, json};

use crate::lsp_client::Editor;

/// A generator of numbers; the same seed gives the same session.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn roll(&mut self, n: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n.max(1)
    }

    pub(super) fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.roll(list.len())]
    }
}

/// What is typed and pasted: names, quotations, line ends of every kind, letters outside the first plane.
pub(super) const PIECES: [&str; 16] = [
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
const METHODS: [&str; 19] = [
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
    "semanticTokens/full/delta",
    "rename",
    "diagnostic",
];

/// A document as the driver holds it.
pub(super) struct Model {
    pub(super) uri: String,
    pub(super) language: &'static str,
    pub(super) text: String,
    pub(super) version: i32,
    /// The name of the semantic tokens that were sent last.
    pub(super) tokens: String,
}

/// The byte offset of each line's start: after LF, CRLF and CR, and after nothing else.
pub(super) fn line_starts(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let ends = bytes
        .iter()
        .enumerate()
        .filter(|&(i, &b)| b == b'\n' || b == b'\r' && bytes.get(i + 1) != Some(&b'\n'));
    std::iter::once(0).chain(ends.map(|(i, _)| i + 1)).collect()
}

/// A byte offset as line and column, in the encoding of the session.
pub(super) fn position(text: &str, offset: usize, encoding: &str) -> Value {
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

/// The byte that a position means, which must stand in the text.
pub(super) fn byte(text: &str, place: &Value, encoding: &str) -> Option<usize> {
    let starts = line_starts(text);
    let start = *starts.get(usize::try_from(place["line"].as_u64()?).ok()?)?;
    let mut ends = text[start..]
        .char_indices()
        .map(|(i, _)| start + i)
        .chain([text.len()]);
    ends.find(|&at| position(text, at, encoding) == *place)
}

/// A place between two characters, but not between CR and LF.
pub(super) fn border(dice: &mut Dice, text: &str) -> usize {
    let mut at = dice.roll(text.len() + 1);
    while !text.is_char_boundary(at)
        || at > 0 && text.as_bytes()[at - 1] == b'\r' && text.as_bytes().get(at) == Some(&b'\n')
    {
        at += 1;
    }
    at
}

impl Model {
    pub(super) async fn edit(&mut self, dice: &mut Dice, editor: &mut Editor, encoding: &str) {
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

    pub(super) fn question(&self, dice: &mut Dice) -> (String, Value) {
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
            "documentSymbol"
            | "codeLens"
            | "semanticTokens/full"
            | "foldingRange"
            | "documentLink"
            | "diagnostic" => {}
            "semanticTokens/full/delta" => params["previousResultId"] = json!(self.tokens),
            "rename" => {
                params["position"] = place;
                params["newName"] = json!(dice.pick(&["Ingrid Solheim", "Hartman", "x", ""]));
            }
            _ => params["position"] = place,
        }
        (format!("textDocument/{method}"), params)
    }
}
