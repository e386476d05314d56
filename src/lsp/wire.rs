//! The loop that feeds an editor's messages to the service in order, and its answers back.
//!
//! tower-lsp's own `Server` runs all handlers, the reader and the writer in one task, ends at the first
//! message that is not JSON, takes a frame of any announced size into memory, and leaves a `$/` request
//! unanswered. This loop polls each handler once, at once and in the order of arrival, so that whatever a
//! handler does before its first `.await` (apply an edit, take a snapshot) happens in that order; the rest
//! of a handler runs in a task of its own and can hold up nothing.

use std::time::Duration;

use futures_util::{FutureExt, SinkExt, StreamExt};
use serde::Serialize;
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    sync::mpsc::{self, Receiver, Sender, UnboundedReceiver, UnboundedSender},
    task::JoinSet,
};
use tower_lsp::{
    ClientSocket, LanguageServer, LspService,
    jsonrpc::{Error, ErrorCode, Id, Response},
};
use tower_service::Service;

use crate::lsp::{
    frame::{Frames, Incoming},
    ready,
};

/// Messages of the server's own that may wait for an editor which does not read. What comes after them
/// waits too, and coalesces.
const MAX_WAITING: usize = 16;

/// How long answers in the making may take once the editor has closed its end or said `exit`.
const GRACE: Duration = Duration::from_secs(1);

/// Runs the service until the editor says `exit` or a stream ends.
/// `outgoing` are both ends of the queue of ready messages that the server sends of its own accord; `ended` lets go what would
/// wait on.
pub(super) async fn run<S, I, O>(
    mut service: LspService<S>,
    socket: ClientSocket,
    outgoing: (Sender<Vec<u8>>, Receiver<Vec<u8>>),
    input: I,
    output: O,
    ended: impl FnOnce(),
) where
    S: LanguageServer,
    I: AsyncRead + Unpin + Send + 'static,
    O: AsyncWrite + Unpin + Send + 'static,
{
    let (mut calls, mut replies) = socket.split();
    let (answers, answers_rx) = mpsc::unbounded_channel();
    let (calls_tx, calls_rx) = outgoing;
    let mut writer = tokio::spawn(write(output, answers_rx, calls_rx));
    let forward = tokio::spawn(async move {
        while let Some(call) = calls.next().await {
            if calls_tx.send(frame(&call)).await.is_err() {
                break;
            }
        }
    });
    let (messages_tx, mut messages) = mpsc::channel(MAX_WAITING);
    let reader = tokio::spawn(read(input, messages_tx));
    let mut open = JoinSet::new();
    let mut heard = true;
    let mut stage = Stage::New;
    loop {
        let message = tokio::select! {
            biased;
            _ = &mut writer => {
                heard = false;
                break;
            }
            message = messages.recv() => message,
            Some(_) = open.join_next() => continue,
        };
        match message {
            None => break,
            Some(Incoming::Stray) => {}
            Some(Incoming::Response(response)) => {
                let _ = replies.send(response).await;
            }
            Some(Incoming::Refused(id, error)) => {
                let _ = answers.send(frame(&Response::from_error(id, error)));
            }
            Some(Incoming::Request(request)) => {
                let is_exit = request.method() == "exit";
                stage = stage.after(request.method());
                // The service swallows unknown `$/` requests; one that has an id wants its answer.
                let optional = request.method().starts_with("$/");
                let id = request.id().filter(|_| optional).cloned();
                let mut answer = service.call(request);
                match (&mut answer).now_or_never() {
                    Some(done) => send(&answers, stage.of(done.ok().flatten(), id)),
                    None => {
                        let answers = answers.clone();
                        open.spawn(async move { send(&answers, stage.of(answer.await.ok().flatten(), id)) });
                    }
                }
                if is_exit {
                    break;
                }
            }
        }
    }
    reader.abort();
    ended();
    if heard {
        // Answers in the making are finished for an editor that closed only its sending end.
        let drain = async {
            while open.join_next().await.is_some() {}
            forward.abort();
            drop(answers);
            let _ = (&mut writer).await;
        };
        let _ = tokio::time::timeout(GRACE, drain).await;
    }
    forward.abort();
    writer.abort();
}

/// How far the editor has come with the server.
#[derive(Clone, Copy)]
enum Stage {
    /// It has not introduced itself.
    New,
    Open,
    /// It has shut the server down.
    Over,
}

impl Stage {
    /// Where a message leads.
    fn after(self, method: &str) -> Self {
        match (self, method) {
            (Self::New, "initialize") => Self::Open,
            (Self::Open, "shutdown") => Self::Over,
            _ => self,
        }
    }

    /// The answer of the service, or that it has none for `id`. The service looks for a method before it looks whether it
    /// may be called yet; to the protocol it is the other way about.
    fn of(self, answer: Option<Response>, id: Option<Id>) -> Option<Response> {
        let answer = answer.or_else(|| Some(Response::from_error(id?, Error::method_not_found())))?;
        let unknown = answer
            .error()
            .is_some_and(|e| e.code == ErrorCode::MethodNotFound);
        let error = match self {
            Self::New if unknown => {
                let mut error = Error::new(ErrorCode::ServerError(-32002));
                error.message = "the server is not initialized yet".into();
                error
            }
            Self::Over if unknown => Error::invalid_request(),
            _ => return Some(answer),
        };
        let (id, _) = answer.into_parts();
        Some(Response::from_error(id, error))
    }
}

fn send(answers: &UnboundedSender<Vec<u8>>, answer: Option<Response>) {
    if let Some(answer) = answer {
        let message = ready::message(answer).unwrap_or_else(|answer| frame(&answer));
        // The receiver is gone when the editor is.
        let _ = answers.send(message);
    }
}

async fn read<I: AsyncRead + Unpin>(mut input: I, messages: Sender<Incoming>) {
    let mut frames = Frames::default();
    loop {
        while let Some(message) = frames.next() {
            if messages.send(message).await.is_err() {
                return;
            }
        }
        match input.read_buf(frames.buffer()).await {
            Ok(0) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

/// Writes answers first, then the server's own messages; as many at once as are ready.
async fn write<O: AsyncWrite + Unpin>(
    mut output: O,
    mut answers: UnboundedReceiver<Vec<u8>>,
    mut calls: Receiver<Vec<u8>>,
) {
    const BATCH: usize = 256 << 10;
    loop {
        let first = tokio::select! {
            biased;
            answer = answers.recv() => match answer.or_else(|| calls.try_recv().ok()) {
                Some(message) => message,
                // The loop has ended, and what was ready is written.
                None => return,
            },
            Some(call) = calls.recv() => call,
        };
        let mut batch = first;
        while batch.len() < BATCH {
            let Ok(more) = answers.try_recv().or_else(|_| calls.try_recv()) else {
                break;
            };
            batch.extend_from_slice(&more);
        }
        if output.write_all(&batch).await.is_err() || output.flush().await.is_err() {
            return;
        }
    }
}

/// The queue of messages that the server sends of its own accord.
pub(super) fn queue() -> (Sender<Vec<u8>>, Receiver<Vec<u8>>) {
    mpsc::channel(MAX_WAITING)
}

/// A notification, ready to be written. Large ones are made where they are computed, since the service
/// would build a tree of JSON values first, in the task that serves everything.
pub(super) fn notification(method: &'static str, params: impl Serialize) -> Vec<u8> {
    #[derive(Serialize)]
    struct Notification<P> {
        jsonrpc: &'static str,
        method: &'static str,
        params: P,
    }
    frame(&Notification {
        jsonrpc: "2.0",
        method,
        params,
    })
}

fn frame(message: &impl Serialize) -> Vec<u8> {
    // Messages are maps with string keys, which always serialize.
    let body = serde_json::to_vec(message).unwrap_or_default();
    let mut frame = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
    frame.extend_from_slice(&body);
    frame
}
