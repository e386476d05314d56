//! Bytes from an editor to messages: frames with a `Content-Length`, and the JSON-RPC inside. Whatever
//! comes, reading goes on with the next frame.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};
use tower_lsp::jsonrpc::{Error, ErrorCode, Id, Request, Response};

/// The largest message that is read: a document of some 50 MB. A frame that announces more is passed over,
/// and the editor is told.
pub(super) const MAX_MESSAGE: usize = 64 << 20;

/// The longest header that is waited for; real ones have some thirty bytes.
const MAX_HEADER: usize = 4 << 10;

/// A message that came in, or what stood in its place.
#[derive(Debug)]
pub(super) enum Incoming {
    /// A request or a notification.
    Request(Request),
    /// The answer to a request of ours.
    Response(Response),
    /// Something that is no message, and the answer it gets.
    Refused(Id, Error),
    /// An answer to nothing that was asked, such as a complaint about a message that the editor could not
    /// read. Answers are never answered, else two programs might go on complaining about each other.
    Stray,
}

/// Cuts a stream into messages.
#[derive(Debug, Default)]
pub(super) struct Frames {
    buffer: Vec<u8>,
    /// What lies before this is used up.
    start: usize,
    state: State,
}

#[derive(Clone, Copy, Debug, Default)]
enum State {
    #[default]
    Header,
    Body(usize),
    /// So many bytes of a frame that is too large are still to come.
    Skip(usize),
}

impl Frames {
    /// Where more bytes are to be appended, with room for what is expected.
    pub(super) fn buffer(&mut self) -> &mut Vec<u8> {
        const STEP: usize = 64 << 10;
        if self.start > 0 {
            self.buffer.drain(..self.start);
            self.start = 0;
        }
        let wanted = match self.state {
            State::Body(len) => len.saturating_sub(self.buffer.len()).max(STEP),
            State::Header | State::Skip(_) => STEP,
        };
        // The room that a large message took is given back once it is through.
        if self.buffer.is_empty() && wanted <= STEP && self.buffer.capacity() > 16 * STEP {
            self.buffer.shrink_to(STEP);
        }
        self.buffer.reserve(wanted);
        &mut self.buffer
    }

    /// The next message that is complete.
    pub(super) fn next(&mut self) -> Option<Incoming> {
        loop {
            let rest = self.buffer.get(self.start..).unwrap_or(&[]);
            match self.state {
                State::Skip(left) => {
                    let n = left.min(rest.len());
                    self.start += n;
                    if n < left {
                        self.state = State::Skip(left - n);
                        return None;
                    }
                    self.state = State::Header;
                }
                State::Body(len) => {
                    let body = rest.get(..len)?;
                    let message = parse(body);
                    self.start += len;
                    self.state = State::Header;
                    return Some(message);
                }
                State::Header => {
                    let Some(end) = header_end(rest) else {
                        if rest.len() <= MAX_HEADER {
                            return None;
                        }
                        // No header is that long. Its tail may be the beginning of a real one.
                        self.start += rest.len() - 64;
                        return Some(refuse(
                            Id::Null,
                            ErrorCode::ParseError,
                            "not a message: no end of the header found",
                        ));
                    };
                    let length = content_length(&rest[..end]);
                    self.start += end;
                    match length {
                        Some(len) if len <= MAX_MESSAGE => self.state = State::Body(len),
                        Some(len) => {
                            self.state = State::Skip(len);
                            return Some(refuse(
                                Id::Null,
                                ErrorCode::InvalidRequest,
                                format!(
                                    "a message of {len} bytes is passed over: the limit is {MAX_MESSAGE} bytes"
                                ),
                            ));
                        }
                        None => {
                            return Some(refuse(
                                Id::Null,
                                ErrorCode::ParseError,
                                "not a message: the header has no valid Content-Length",
                            ));
                        }
                    }
                }
            }
        }
    }
}

/// Where the header ends, its empty line included.
fn header_end(bytes: &[u8]) -> Option<usize> {
    let head = &bytes[..bytes.len().min(MAX_HEADER + 4)];
    head.windows(4).position(|w| w == b"\r\n\r\n").map(|i| i + 4)
}

/// The length that a header announces. Looks for the name anywhere in the header, so that one message
/// after some garbage is still found.
fn content_length(header: &[u8]) -> Option<usize> {
    const NAME: &[u8] = b"content-length:";
    let at = header
        .windows(NAME.len())
        .rposition(|w| w.eq_ignore_ascii_case(NAME))?;
    let value = &header[at + NAME.len()..];
    let line = value.split(|&b| b == b'\r').next()?;
    std::str::from_utf8(line).ok()?.trim().parse().ok()
}

/// A message before it is known which kind it is.
#[derive(Deserialize)]
struct Envelope {
    #[serde(default)]
    id: Option<Id>,
    #[serde(default)]
    method: Option<String>,
    #[serde(default, deserialize_with = "present")]
    params: Option<Value>,
    #[serde(default, deserialize_with = "present")]
    result: Option<Value>,
    #[serde(default)]
    error: Option<Value>,
}

/// `null` is a value here; only an absent member is `None`.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

fn parse(body: &[u8]) -> Incoming {
    let read = serde_json::from_slice(body).or_else(|e: serde_json::Error| match e.is_syntax() {
        true => serde_json::from_slice(&whole_characters(body)).map_err(|_| e),
        false => Err(e),
    });
    let envelope: Envelope = match read {
        Ok(envelope) => envelope,
        Err(e) if e.is_data() => {
            return refuse(Id::Null, ErrorCode::InvalidRequest, format!("not a message: {e}"));
        }
        Err(e) => return refuse(Id::Null, ErrorCode::ParseError, format!("not JSON: {e}")),
    };
    match envelope {
        Envelope {
            method: Some(method),
            id,
            params,
            ..
        } => {
            let params = params_of(&method, params);
            let mut request = Request::build(method);
            if let Some(id) = id {
                request = request.id(id);
            }
            if let Some(params) = params {
                request = request.params(params);
            }
            Incoming::Request(request.finish())
        }
        // What has no method is an answer, however little it says.
        Envelope {
            id, result, error, ..
        } => match (id, error, result) {
            (Some(id), Some(error), _) => {
                let error = serde_json::from_value(error).unwrap_or_else(|_| Error::internal_error());
                Incoming::Response(Response::from_error(id, error))
            }
            // Some editors leave out a result that is nothing.
            (Some(id), None, result) => Incoming::Response(Response::from_ok(id, result.unwrap_or_default())),
            (None, None, None) => refuse(
                Id::Null,
                ErrorCode::InvalidRequest,
                "not a message: neither a method nor an answer",
            ),
            (None, ..) => Incoming::Stray,
        },
    }
}

/// The parameters of the methods that have none, or none that matter: some editors send an empty object where the
/// protocol wants nothing, or nothing where it wants an empty object. Refused, the first would never have shut the
/// server down, and the second never have begun.
fn params_of(method: &str, params: Option<Value>) -> Option<Value> {
    match (method, params) {
        ("shutdown" | "exit", _) => None,
        ("initialized", None | Some(Value::Null)) => Some(Value::Object(Map::new())),
        (_, params) => params,
    }
}

/// A body with U+FFFD for what is no character: half of a pair of UTF-16, which an editor that keeps its text in
/// UTF-16 sends as it stands there, and stray bytes, which others keep. Without this the edit would be lost, and the
/// document no longer be the editor's for the rest of the session. The mark is as wide as half a pair is, so that columns
/// stay right.
fn whole_characters(body: &[u8]) -> Vec<u8> {
    let body = String::from_utf8_lossy(body);
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body.as_bytes();
    while let [first, tail @ ..] = rest {
        let len = match (first, unit(rest)) {
            (_, Some(0xD800..=0xDBFF)) if matches!(rest.get(6..).and_then(unit), Some(0xDC00..=0xDFFF)) => 12,
            (_, Some(0xD800..=0xDFFF)) => {
                out.extend_from_slice(b"\\ufffd");
                rest = rest.get(6..).unwrap_or(&[]);
                continue;
            }
            // What follows a backslash belongs to it, another backslash too.
            (b'\\', _) if !tail.is_empty() => 2,
            _ => 1,
        };
        let (taken, after) = rest.split_at(len);
        out.extend_from_slice(taken);
        rest = after;
    }
    out
}

/// The number behind `\u`, if that stands at the beginning.
fn unit(bytes: &[u8]) -> Option<u32> {
    let digits = bytes.get(..6)?.strip_prefix(b"\\u")?;
    let digits = digits.iter().all(u8::is_ascii_hexdigit).then_some(digits)?;
    u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

fn refuse(id: Id, code: ErrorCode, message: impl Into<Cow<'static, str>>) -> Incoming {
    let mut error = Error::new(code);
    error.message = message.into();
    Incoming::Refused(id, error)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn all(frames: &mut Frames) -> Vec<String> {
        std::iter::from_fn(|| frames.next())
            .map(|m| match m {
                Incoming::Request(r) => format!("request {}", r.method()),
                Incoming::Response(r) => format!("response {}", r.id()),
                Incoming::Refused(id, e) => format!("refused {id} {}", e.code.code()),
                Incoming::Stray => "stray".to_owned(),
            })
            .collect()
    }

    fn read(bytes: &[u8]) -> Vec<String> {
        let mut frames = Frames::default();
        frames.buffer().extend_from_slice(bytes);
        all(&mut frames)
    }

    fn framed(body: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    }

    #[test]
    fn kinds_of_messages() {
        let stream = [
            r#"{"jsonrpc":"2.0","id":1,"method":"a","params":null}"#,
            r#"{"jsonrpc":"2.0","id":"x","result":null}"#,
            r#"{"jsonrpc":"2.0","id":2,"error":{"code":-32601,"message":"no"}}"#,
            r#"{"jsonrpc":"2.0","id":3}"#,
            r#"{"jsonrpc":"2.0","id":4,"error":"no"}"#,
            r#"{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"what?"}}"#,
            r#"{"jsonrpc":"2.0","error":{"code":-32700,"message":"what?"}}"#,
            r#"{"jsonrpc":"2.0","id":null,"result":7}"#,
            r#"{"jsonrpc":"2.0"}"#,
            r#"{"jsonrpc""#,
            "[]",
            "7",
            r#"{"method":7}"#,
            "\u{0}",
        ]
        .map(framed)
        .concat();
        assert_eq!(
            read(stream.as_bytes()),
            [
                "request a",
                "response \"x\"",
                "response 2",
                "response 3",
                "response 4",
                "stray",
                "stray",
                "stray",
                "refused null -32600",
                "refused null -32700",
                "refused null -32600",
                "refused null -32600",
                "refused null -32600",
                "refused null -32700",
            ]
        );
    }

    #[test]
    fn what_is_no_character_costs_no_message() {
        let half = r#"{"method":"a","params":["x\ud83d y","\udc4b","\\ud83d","\ud83d\udc4b","\ud83d\n"]}"#;
        let bytes = [
            b"{\"method\":\"a\",\"params\":[\"\xe9 \xf0\x9f\x91\x8b\"]}" as &[u8],
            half.as_bytes(),
        ];
        let params = bytes.map(|body| match parse(body) {
            Incoming::Request(request) => request.params().cloned().unwrap_or_default(),
            other => panic!("{other:?}"),
        });
        assert_eq!(params[0], serde_json::json!(["\u{fffd} 👋"]));
        assert_eq!(
            params[1],
            serde_json::json!(["x\u{fffd} y", "\u{fffd}", "\\ud83d", "👋", "\u{fffd}\n"])
        );
    }

    #[test]
    fn empty_parameters_of_any_kind_end_the_server_and_begin_it() {
        let params = |body: &str| match parse(body.as_bytes()) {
            Incoming::Request(request) => request.params().cloned(),
            other => panic!("{other:?}"),
        };
        for empty in ["{}", "null", "[]"] {
            assert_eq!(
                params(&format!(r#"{{"id":1,"method":"shutdown","params":{empty}}}"#)),
                None
            );
            assert_eq!(params(&format!(r#"{{"method":"exit","params":{empty}}}"#)), None);
        }
        let object = Some(serde_json::json!({}));
        assert_eq!(params(r#"{"method":"initialized"}"#), object);
        assert_eq!(params(r#"{"method":"initialized","params":null}"#), object);
        // Those of others stay as they are.
        assert_eq!(params(r#"{"method":"other","params":{}}"#), object);
        assert_eq!(params(r#"{"method":"other"}"#), None);
    }

    #[test]
    fn goes_on_after_a_bad_header() {
        let good = framed(r#"{"method":"a"}"#);
        for (bad, code) in [
            ("Content-Length: x\r\n\r\n", -32700),
            ("Content-Length: -1\r\n\r\n", -32700),
            ("Hello: there\r\n\r\n", -32700),
            ("Content-Length: 99999999999999999999999\r\n\r\n", -32700),
        ] {
            let found = read(format!("{bad}{good}").as_bytes());
            assert_eq!(found, [&format!("refused null {code}"), "request a"], "{bad}");
        }
        assert_eq!(read(format!("garbage{good}").as_bytes()), ["request a"]);
        let long = "x".repeat(10_000);
        assert_eq!(
            read(format!("{long}{good}").as_bytes()).last().unwrap(),
            "request a"
        );
        let other = "content-length: 14\r\nContent-Type: a/b; charset=utf-16\r\nX: y\r\n\r\n";
        assert_eq!(
            read(format!("{other}{{\"method\":\"a\"}}").as_bytes()),
            ["request a"]
        );
    }

    #[test]
    fn passes_over_a_frame_that_is_too_large() {
        let mut frames = Frames::default();
        let len = MAX_MESSAGE + 1;
        frames
            .buffer()
            .extend_from_slice(format!("Content-Length: {len}\r\n\r\n").as_bytes());
        assert_eq!(all(&mut frames), ["refused null -32600"]);
        let mut left = len;
        while left > 0 {
            let n = left.min(1 << 20);
            frames.buffer().extend(std::iter::repeat_n(b' ', n));
            assert!(all(&mut frames).is_empty());
            left -= n;
        }
        frames
            .buffer()
            .extend_from_slice(framed(r#"{"method":"a"}"#).as_bytes());
        assert_eq!(all(&mut frames), ["request a"]);
        assert!(
            frames.buffer().capacity() < 4 << 20,
            "the frame was not taken into memory"
        );
    }

    proptest! {
        #[test]
        fn the_cut_of_the_stream_does_not_matter(cuts in prop::collection::vec(1usize..40, 1..30)) {
            let stream = [
                framed(r#"{"method":"a"}"#),
                "Hello: there\r\n\r\n".to_owned(),
                framed("{"),
                framed(r#"{"id":1,"method":"b","params":{"text":"😀"}}"#),
            ].concat();
            let whole = read(stream.as_bytes());
            let mut frames = Frames::default();
            let mut found = Vec::new();
            let (mut at, mut cuts) = (0, cuts.iter().cycle());
            while at < stream.len() {
                let end = (at + cuts.next().unwrap()).min(stream.len());
                frames.buffer().extend_from_slice(&stream.as_bytes()[at..end]);
                found.extend(all(&mut frames));
                at = end;
            }
            prop_assert_eq!(found, whole);
        }

        #[test]
        fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            read(&bytes);
        }
    }
}
