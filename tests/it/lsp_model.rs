//! Whether a recorded session obeys the protocol: each request of either side has exactly one answer, and,
//! where the specification's machine-readable model is at hand, each message has the shape it demands,
//! unknown properties included.
//!
//! The model is the file `metaModel.json` of the specification's publisher. It is not part of this project;
//! `COPYDESK_LSP_METAMODEL` names it. Without it the shapes are not checked, and the output says so.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{LazyLock, Once},
};

use serde_json::{Map, Value};

/// Who sent a message.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum From {
    Editor,
    Server,
}

/// Panics with everything that is wrong in a session.
#[allow(clippy::print_stderr, reason = "a test says what it does not check")]
pub(crate) fn check(record: &[(From, Value)]) {
    let mut faults = answers(record);
    match &*MODEL {
        Some(model) => faults.extend(model.shapes(record)),
        None => {
            static SAID: Once = Once::new();
            SAID.call_once(|| {
                eprintln!(
                    "note: COPYDESK_LSP_METAMODEL names no model: the shapes of messages are not checked"
                );
            });
        }
    }
    assert!(
        faults.is_empty(),
        "the session breaks the protocol:\n{}",
        faults.join("\n")
    );
}

/// Requests without exactly one answer, and answers without a request.
fn answers(record: &[(From, Value)]) -> Vec<String> {
    let mut faults = Vec::new();
    for side in [From::Editor, From::Server] {
        let mut open = BTreeSet::new();
        for (from, message) in record {
            let Some(id) = message.get("id") else { continue };
            let is_request = message.get("method").is_some();
            if is_request && *from == side {
                open.insert(id.to_string());
            } else if !is_request && *from != side && !id.is_null() && !open.remove(&id.to_string()) {
                faults.push(format!("an answer that nobody waits for: {message}"));
            }
        }
        if side == From::Editor {
            faults.extend(open.iter().map(|id| format!("request {id} was never answered")));
        }
    }
    faults
}

pub(crate) static MODEL: LazyLock<Option<Model>> = LazyLock::new(|| {
    let path = std::env::var_os("COPYDESK_LSP_METAMODEL").filter(|p| !p.is_empty())?;
    let text = std::fs::read_to_string(&path).expect("COPYDESK_LSP_METAMODEL names a file that can be read");
    Some(Model::new(
        &serde_json::from_str(&text).expect("the model is JSON"),
    ))
});

/// The specification's model, by name.
pub(crate) struct Model {
    structures: BTreeMap<String, Value>,
    pub(crate) enumerations: BTreeMap<String, Value>,
    pub(crate) aliases: BTreeMap<String, Value>,
    pub(crate) requests: BTreeMap<String, Value>,
    pub(crate) notifications: BTreeMap<String, Value>,
}

impl Model {
    fn new(model: &Value) -> Self {
        let table = |section: &str, key: &str| {
            let items = model[section].as_array().expect(section).iter();
            items
                .map(|i| (i[key].as_str().expect(key).to_owned(), i.clone()))
                .collect()
        };
        Self {
            structures: table("structures", "name"),
            enumerations: table("enumerations", "name"),
            aliases: table("typeAliases", "name"),
            requests: table("requests", "method"),
            notifications: table("notifications", "method"),
        }
    }

    fn shapes(&self, record: &[(From, Value)]) -> Vec<String> {
        let mut faults = Vec::new();
        for (i, (from, message)) in record.iter().enumerate() {
            // What the editor of these tests sends wrong, it sends wrong on purpose.
            if *from == From::Editor {
                continue;
            }
            if message["jsonrpc"] != "2.0" {
                faults.push(format!("no JSON-RPC version: {message}"));
            }
            let method = message["method"].as_str();
            let (place, wanted, found) = match (method, message.get("id")) {
                (Some(method), Some(_)) => (method, &self.requests[method]["params"], &message["params"]),
                (Some(method), None) => (method, &self.notifications[method]["params"], &message["params"]),
                (None, Some(id)) => {
                    let asked = record[..i].iter().rev().find(|(from, m)| {
                        *from == From::Editor && m.get("id") == Some(id) && m.get("method").is_some()
                    });
                    let Some(method) = asked.and_then(|(_, m)| m["method"].as_str()) else {
                        continue;
                    };
                    let Some(request) = self.requests.get(method) else {
                        continue;
                    };
                    match message.get("error") {
                        Some(error) => {
                            if !error["code"].is_i64() || !error["message"].is_string() {
                                faults.push(format!("{method}: a malformed error: {error}"));
                            }
                            continue;
                        }
                        None => (method, &request["result"], &message["result"]),
                    }
                }
                (None, None) => {
                    faults.push(format!("neither request nor answer: {message}"));
                    continue;
                }
            };
            if !wanted.is_null() {
                faults.extend(self.check(wanted, found, place));
            }
        }
        faults
    }

    /// What is wrong with `value` as a value of the model's type `wanted`.
    fn check(&self, wanted: &Value, value: &Value, place: &str) -> Vec<String> {
        let fault = |what: &str| vec![format!("{place}: expected {what}, found {value}")];
        let demand = |holds: bool, what: &str| match holds {
            true => Vec::new(),
            false => fault(what),
        };
        match wanted["kind"].as_str().expect("a kind") {
            "base" => {
                let name = wanted["name"].as_str().expect("a name");
                demand(is_base(name, value), name)
            }
            "reference" => self.check_named(wanted["name"].as_str().expect("a name"), value, place),
            "literal" => {
                let properties = wanted["value"]["properties"].as_array().expect("properties");
                let by_name = properties.iter().map(|p| (name_of(p), p.clone())).collect();
                self.check_object(&by_name, value, place)
            }
            "array" => match value.as_array() {
                Some(items) => {
                    let items = items.iter().enumerate();
                    items
                        .flat_map(|(i, v)| self.check(&wanted["element"], v, &format!("{place}[{i}]")))
                        .collect()
                }
                None => fault("an array"),
            },
            "map" => match value.as_object() {
                Some(members) => members
                    .iter()
                    .flat_map(|(k, v)| self.check(&wanted["value"], v, &format!("{place}.{k}")))
                    .collect(),
                None => fault("a map"),
            },
            "tuple" => {
                let types = wanted["items"].as_array().expect("items");
                match value.as_array() {
                    Some(items) if items.len() == types.len() => {
                        let pairs = types.iter().zip(items);
                        pairs.flat_map(|(t, v)| self.check(t, v, place)).collect()
                    }
                    _ => fault("a tuple"),
                }
            }
            "or" => {
                let types = wanted["items"].as_array().expect("items").iter();
                // Of all that fail, the nearest failure is told.
                let all = types.map(|t| self.check(t, value, place));
                all.min_by_key(Vec::len).expect("at least one type")
            }
            "and" => {
                let types = wanted["items"].as_array().expect("items").iter();
                types.flat_map(|t| self.check(t, value, place)).collect()
            }
            "stringLiteral" | "integerLiteral" | "booleanLiteral" => {
                demand(*value == wanted["value"], &wanted["value"].to_string())
            }
            other => panic!("the model has a kind of type that this check does not know: {other}"),
        }
    }

    fn check_named(&self, name: &str, value: &Value, place: &str) -> Vec<String> {
        match name {
            "LSPAny" => return Vec::new(),
            "LSPObject" => {
                return match value {
                    Value::Object(_) => Vec::new(),
                    _ => vec![format!("{place}: expected an object, found {value}")],
                };
            }
            _ => {}
        }
        if let Some(alias) = self.aliases.get(name) {
            return self.check(&alias["type"], value, place);
        }
        if let Some(enumeration) = self.enumerations.get(name) {
            let mut faults = self.check(&enumeration["type"], value, place);
            let open = enumeration["supportsCustomValues"] == true;
            let values = enumeration["values"].as_array().expect("values");
            if !open && !values.iter().any(|v| v["value"] == *value) {
                faults.push(format!("{place}: {value} is not one of {name}"));
            }
            return faults;
        }
        self.check_object(&self.properties(name), value, place)
    }

    /// The properties of a structure, inherited ones too.
    pub(crate) fn properties(&self, name: &str) -> BTreeMap<String, Value> {
        let structure = &self.structures[name];
        let mut all = BTreeMap::new();
        for relation in ["extends", "mixins"] {
            for other in structure[relation].as_array().into_iter().flatten() {
                all.extend(self.properties(&name_of(other)));
            }
        }
        let own = structure["properties"].as_array().expect("properties").iter();
        all.extend(own.map(|p| (name_of(p), p.clone())));
        all
    }

    fn check_object(&self, wanted: &BTreeMap<String, Value>, value: &Value, place: &str) -> Vec<String> {
        let Some(members) = value.as_object() else {
            return vec![format!("{place}: expected an object, found {value}")];
        };
        let members: &Map<String, Value> = members;
        let mut faults = Vec::new();
        for (name, property) in wanted {
            match members.get(name) {
                Some(v) => faults.extend(self.check(&property["type"], v, &format!("{place}.{name}"))),
                None if property["optional"] == true => {}
                None => faults.push(format!("{place}: {name} is missing")),
            }
        }
        let unknown = members.keys().filter(|k| !wanted.contains_key(*k));
        faults.extend(unknown.map(|k| format!("{place}: unknown property {k}")));
        faults
    }
}

fn name_of(item: &Value) -> String {
    item["name"].as_str().expect("a name").to_owned()
}

fn is_base(name: &str, value: &Value) -> bool {
    match name {
        "URI" | "DocumentUri" | "string" | "RegExp" => value.is_string(),
        "integer" => value.as_i64().is_some_and(|n| i32::try_from(n).is_ok()),
        "uinteger" => value.as_i64().is_some_and(|n| (0..1 << 31).contains(&n)),
        "decimal" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("the model has a base type that this check does not know: {other}"),
    }
}

#[test]
fn a_broken_session_is_found() {
    use serde_json::json;
    let ask = (
        From::Editor,
        json!({"jsonrpc": "2.0", "id": 1, "method": "textDocument/hover", "params": {}}),
    );
    let answer = |result| (From::Server, json!({"jsonrpc": "2.0", "id": 1, "result": result}));
    let good = json!({"contents": {"kind": "plaintext", "value": "x"}});
    assert_eq!(answers(std::slice::from_ref(&ask)).len(), 1, "no answer");
    assert_eq!(
        answers(&[ask.clone(), answer(good.clone()), answer(good.clone())]).len(),
        1,
        "two answers"
    );
    assert!(answers(&[ask.clone(), answer(good.clone())]).is_empty());
    if let Some(model) = &*MODEL {
        let faults = |result| model.shapes(&[ask.clone(), answer(result)]);
        assert!(faults(good).is_empty());
        assert!(faults(json!(null)).is_empty());
        assert_eq!(
            faults(json!({"contents": {"kind": "plaintext"}})).len(),
            1,
            "a property is missing"
        );
        assert_eq!(
            faults(json!({"contents": "x", "more": 1})).len(),
            1,
            "an unknown property"
        );
        assert!(!faults(json!({"contents": "x", "range": {"start": {}}})).is_empty());
    }
}
