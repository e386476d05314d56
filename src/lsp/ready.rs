//! Answers that are written as JSON where they are computed. The service would build a tree of JSON values of each first,
//! in the task that serves everything: of the outline of a large document that is fifteen times its text.
//!
//! The text travels beside the service: what serializes an answer for the service leaves the text with the thread and
//! gives a mark; the loop that sends the answer, which runs on in the same thread, puts the text in the place of the mark.

use std::cell::Cell;

use serde::{Serialize, Serializer};
use serde_json::Value;
use tower_lsp::jsonrpc::{Error, Response};

/// Room before the text for the head of its message, which is known last.
const ROOM: usize = 256;

/// What stands for an answer; no other answer is one piece of text that begins so.
const MARK: &str = "\0ready";

thread_local! {
    /// The answer that was serialized last on this thread and is not sent yet.
    static LAST: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// An answer as JSON, behind [`ROOM`]; `null` unless it is made of something.
#[derive(Default)]
pub(super) struct Ready(Cell<Vec<u8>>);

impl Ready {
    /// Writes an answer.
    pub(super) fn new(answer: &impl Serialize) -> Self {
        let mut text = vec![b' '; ROOM];
        // The types of the protocol are maps with string keys, which always serialize.
        match serde_json::to_writer(&mut text, answer) {
            Ok(()) => Self(Cell::new(text)),
            Err(_) => Self::default(),
        }
    }
}

impl Serialize for Ready {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.take() {
            text if text.is_empty() => serializer.serialize_unit(),
            text => {
                LAST.set(text);
                serializer.serialize_str(MARK)
            }
        }
    }
}

/// The message of an answer, ready to be written; `Err` is one that stands for nothing of this thread.
pub(super) fn message(answer: Response) -> Result<Vec<u8>, Response> {
    let mut text = LAST.take();
    if !matches!(answer.result(), Some(Value::String(mark)) if mark == MARK) {
        return Err(answer);
    }
    if text.is_empty() {
        let (id, _) = answer.into_parts();
        return Err(Response::from_error(id, Error::internal_error()));
    }
    let id = serde_json::to_string(answer.id()).unwrap_or_default();
    let head = format!("{{\"jsonrpc\":\"2.0\",\"id\":{id},\"result\":");
    let length = head.len() + text.len() - ROOM + 1;
    let head = format!("Content-Length: {length}\r\n\r\n{head}");
    text.push(b'}');
    // Ids are numbers and short names; a longer one moves the text.
    match ROOM.checked_sub(head.len()) {
        Some(from) => {
            text[from..ROOM].copy_from_slice(head.as_bytes());
            text.drain(..from);
        }
        None => {
            text.splice(..ROOM, head.into_bytes());
        }
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use tower_lsp::jsonrpc::Id;

    use super::*;

    /// What the service makes of an answer.
    fn served(id: Id, answer: Ready) -> Response {
        Response::from_ok(id, serde_json::to_value(answer).unwrap())
    }

    #[test]
    fn text_in_the_place_of_the_mark() {
        let long = "x".repeat(2 * ROOM);
        for id in [Id::Number(7), Id::String("a\"b".into()), Id::String(long)] {
            let value = serde_json::json!([{"a": "“é”"}, null]);
            let message = message(served(id.clone(), Ready::new(&value))).unwrap();
            let whole = std::str::from_utf8(&message).unwrap();
            let (head, body) = whole.split_once("\r\n\r\n").unwrap();
            assert_eq!(head, format!("Content-Length: {}", body.len()));
            let body: Response = serde_json::from_str(body).unwrap();
            assert_eq!(body, Response::from_ok(id, value));
        }
    }

    #[test]
    fn other_answers_pass_and_none_is_sent_twice() {
        let other = Response::from_ok(Id::Number(1), Value::Null);
        assert_eq!(message(other.clone()), Err(other.clone()));
        assert_eq!(
            message(served(Id::Number(1), Ready::default())),
            Err(other.clone())
        );
        let first = served(Id::Number(1), Ready::new(&1));
        let again = first.clone();
        assert!(message(first).is_ok());
        assert!(message(again).unwrap_err().is_error());
        // What nobody has sent is not sent in the place of something else.
        let _ = served(Id::Number(1), Ready::new(&1));
        assert_eq!(message(other.clone()), Err(other));
        let lost = Response::from_ok(Id::Number(1), MARK.into());
        assert!(message(lost).unwrap_err().is_error());
    }
}
