//! Every method of the specification with parameters made at random from its model: each request has one answer of the
//! right shape and no fault of ours, whatever stands in it, and a notification does no harm.

use serde_json::{Map, Value, json};

use crate::{
    lsp_client::{Editor, modern},
    lsp_model::MODEL,
};

const URI: &str = "file:///desk/a.txt";
const TEXT: &str = "“We are not leaving,” said Lena Hartmann, the foreign minister. 🎈 She met Olaf Scholz.\r\n\r\n“And nobody asked \
                    the fishermen before the timetable was printed.”\n";

/// How often each method is asked.
const ROUNDS: usize = 12;

/// Numbers that look random and are the same at each run.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    fn roll(&mut self, n: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n.max(1)
    }
}

/// A value of a type of the model. Now and then one of another type, if `wild`.
fn value(wanted: &Value, dice: &mut Dice, depth: usize, wild: bool) -> Value {
    let model = MODEL.as_ref().expect("a model");
    if wild && dice.roll(40) == 0 {
        let others = [
            json!(null),
            json!(-1),
            json!("x"),
            json!([]),
            json!({}),
            json!(1e300),
            json!(true),
        ];
        return others[dice.roll(others.len())].clone();
    }
    let name = wanted["name"].as_str().unwrap_or_default();
    match wanted["kind"].as_str().unwrap() {
        "base" => base(name, dice),
        "reference" => match name {
            "LSPAny" | "LSPObject" => {
                json!({"uri": URI, "state": "1.3", "what": [0, 9, dice.roll(4)], "name": "Lena Hartmann"})
            }
            "DocumentUri" | "URI" => base(name, dice),
            _ => {
                if let Some(alias) = model.aliases.get(name) {
                    return value(&alias["type"], dice, depth + 1, wild);
                }
                if let Some(enumeration) = model.enumerations.get(name) {
                    let values = enumeration["values"].as_array().unwrap();
                    return values[dice.roll(values.len())]["value"].clone();
                }
                object(model.properties(name).values(), dice, depth, wild)
            }
        },
        "literal" => {
            let properties = wanted["value"]["properties"].as_array().unwrap();
            object(properties.iter(), dice, depth, wild)
        }
        "array" => {
            let n = if depth > 5 { 0 } else { dice.roll(3) };
            (0..n)
                .map(|_| value(&wanted["element"], dice, depth + 1, wild))
                .collect()
        }
        "map" => {
            let item = value(&wanted["value"], dice, depth + 1, wild);
            json!({ URI: item })
        }
        "tuple" => {
            let items = wanted["items"].as_array().unwrap();
            items.iter().map(|t| value(t, dice, depth + 1, wild)).collect()
        }
        "or" => {
            let items = wanted["items"].as_array().unwrap();
            value(&items[dice.roll(items.len())], dice, depth + 1, wild)
        }
        "and" => {
            let mut all = Map::new();
            for part in wanted["items"].as_array().unwrap() {
                if let Value::Object(members) = value(part, dice, depth + 1, false) {
                    all.extend(members);
                }
            }
            Value::Object(all)
        }
        _ => wanted["value"].clone(),
    }
}

fn base(name: &str, dice: &mut Dice) -> Value {
    match name {
        "URI" | "DocumentUri" => {
            let uris = [
                URI,
                URI,
                URI,
                "file:///desk/b.md",
                "untitled:1",
                "not a uri",
                "file:///%zz",
                "",
            ];
            json!(uris[dice.roll(uris.len())])
        }
        "uinteger" => json!([0, 1, 7, 63, 64, 65, 1 << 20, (1_u64 << 31) - 1][dice.roll(8)]),
        "integer" => json!([0, 1, -1, 7, i32::MAX, i32::MIN][dice.roll(6)]),
        "decimal" => json!(0.5),
        "boolean" => json!(dice.roll(2) == 0),
        "null" => Value::Null,
        _ => {
            let texts = [
                "",
                "Lena",
                "copydesk.show",
                "copydesk.apply",
                "quickfix",
                "1.1",
                "\u{0}",
                "🎈é\r\n",
            ];
            json!(texts[dice.roll(texts.len())])
        }
    }
}

fn object<'a>(
    properties: impl Iterator<Item = &'a Value>,
    dice: &mut Dice,
    depth: usize,
    wild: bool,
) -> Value {
    let mut members = Map::new();
    for property in properties {
        let optional = property["optional"] == true;
        let left_out = optional && (depth > 4 || dice.roll(2) == 0);
        if left_out || wild && dice.roll(60) == 0 {
            continue;
        }
        let name = property["name"].as_str().unwrap().to_owned();
        members.insert(name, value(&property["type"], dice, depth + 1, wild));
    }
    Value::Object(members)
}

/// What the server may say instead of an answer: no such method, bad parameters, not now, not possible.
const FORESEEN: [i64; 7] = [-32601, -32602, -32600, -32800, -32801, -32802, -32803];

#[tokio::test(flavor = "multi_thread")]
#[allow(clippy::print_stderr, reason = "a test says what it does not check")]
async fn every_method_with_any_parameters_is_answered_or_refused() {
    let Some(model) = MODEL.as_ref() else {
        eprintln!("note: COPYDESK_LSP_METAMODEL names no model: parameters are not made from it");
        return;
    };
    let mut dice = Dice(0x5eed);
    let mut capabilities = modern();
    capabilities["window"] = json!({"showDocument": {"support": true}});
    capabilities["workspace"] = json!({"applyEdit": true, "textDocumentContent": {}});
    let mut editor = Editor::new(capabilities).await;
    let (mut answered, mut refused) = (0, 0);
    for round in 0..ROUNDS {
        let wild = round % 2 == 1;
        editor.open(URI, TEXT).await;
        for (method, request) in &model.requests {
            let of_the_server = matches!(request["messageDirection"].as_str(), Some("serverToClient"));
            if of_the_server || matches!(method.as_str(), "initialize" | "shutdown") {
                continue;
            }
            let params = match &request["params"] {
                Value::Null => Value::Null,
                // What is to be completed comes back as it was, with what is wrong in it.
                wanted => value(wanted, &mut dice, 0, wild && !method.ends_with("/resolve")),
            };
            let id = editor.ask(method, params.clone()).await;
            // Held until there is news: who does not want to wait calls it off.
            if method == "workspace/diagnostic" {
                editor.notify("$/cancelRequest", json!({"id": id})).await;
            }
            let answer = editor.answer(id).await;
            match answer["error"]["code"].as_i64() {
                None => answered += 1,
                Some(code) => {
                    assert!(FORESEEN.contains(&code), "{method} {params}: {answer}");
                    refused += 1;
                }
            }
        }
        for (method, notification) in &model.notifications {
            let of_the_server = matches!(notification["messageDirection"].as_str(), Some("serverToClient"));
            // The first two end or begin the session; versions of documents are checked by the editor of these tests.
            if of_the_server
                || matches!(method.as_str(), "exit" | "initialized")
                || method.starts_with("textDocument/did")
            {
                continue;
            }
            let params = match &notification["params"] {
                Value::Null => json!({}),
                wanted => value(wanted, &mut dice, 0, wild),
            };
            editor.notify(method, params).await;
        }
    }
    assert!(
        answered > 20 * ROUNDS && refused > 0,
        "{answered} answers, {refused} refusals"
    );
    // It may have been given another name on the way.
    editor.open(URI, TEXT).await;
    let hover = json!({"textDocument": {"uri": URI}, "position": {"line": 0, "character": 30}});
    let hover = editor.request("textDocument/hover", hover).await;
    assert!(
        hover.to_string().contains("Lena Hartmann"),
        "the server goes on: {hover}"
    );
    editor.finish().await;
}
