//! Where answers are computed: in a thread of their own, behind a wall that panics do not pass.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use serde::Serialize;
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};

use crate::{
    ide::host::{Cancellable, Cancelled},
    lsp::{Probe, ready::Ready, snapshot::Snapshot},
    semantic::article::Article,
};

/// An answer of whatever type.
type Any = Box<dyn std::any::Any + Send>;
/// What computes it.
type Answer = Box<dyn FnOnce(&Snapshot, &Article) -> Cancellable<Any> + Send>;

/// Computes an answer about a snapshot; a document that is not open has none. An edit that overtakes the
/// work answers `ContentModified`, a panic `InternalError`.
pub(super) async fn run<T: Default + Send + 'static>(
    snapshot: Option<Snapshot>,
    probe: Option<Probe>,
    answer: impl FnOnce(&Snapshot, &Article) -> Cancellable<T> + Send + 'static,
) -> Result<T> {
    let Some(snapshot) = snapshot else {
        return Ok(T::default());
    };
    let answer: Answer = Box::new(|snapshot, article| Ok(Box::new(answer(snapshot, article)?)));
    let any = in_thread(snapshot, probe, answer).await?;
    // It is the type that went in.
    Ok(any
        .downcast::<T>()
        .map_or_else(|_| T::default(), |answer| *answer))
}

/// As [`run`], for answers that may be large: what is sent is written in the thread that computes it.
pub(super) async fn ready<T: Serialize>(
    snapshot: Option<Snapshot>,
    probe: Option<Probe>,
    answer: impl FnOnce(&Snapshot, &Article) -> Cancellable<T> + Send + 'static,
) -> Result<Ready> {
    run(snapshot, probe, |snapshot, article| {
        Ok(Ready::new(&answer(snapshot, article)?))
    })
    .await
}

/// The work of [`run`], compiled once and not for each type of answer: a task of the runtime is much code.
async fn in_thread(snapshot: Snapshot, probe: Option<Probe>, answer: Answer) -> Result<Any> {
    // Only one request waits for the article in a thread; a flood of them must not take all threads.
    let gate = snapshot.gate.clone();
    let permit = match snapshot.analysis.is_ready() {
        true => None,
        false => gate.acquire_owned().await.ok(),
    };
    // The rest of a flood goes on at once when the first has the article.
    let permit = permit.filter(|_| !snapshot.analysis.is_ready());
    let work = move || {
        if let Some(probe) = &probe {
            probe.call(snapshot.analysis.text());
        }
        let article = snapshot.analysis.article()?;
        drop(permit);
        answer(&snapshot, &article)
    };
    match tokio::task::spawn_blocking(|| walled(work)).await {
        Ok(Ok(Ok(answer))) => Ok(answer),
        Ok(Ok(Err(Cancelled))) => Err(Error::content_modified()),
        Ok(Err(panic)) => {
            let mut error = Error::new(ErrorCode::InternalError);
            error.message = format!("copydesk has a fault, please report it: {panic}").into();
            Err(error)
        }
        // The runtime is ending.
        Err(_) => Err(Error::request_cancelled()),
    }
}

/// Calls `work`; a panic becomes its message.
pub(super) fn walled<T>(work: impl FnOnce() -> T) -> std::result::Result<T, String> {
    // What is shared with the work stays whole: the analysis writes only finished values.
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        panic
            .downcast_ref::<String>()
            .cloned()
            .or_else(|| panic.downcast_ref::<&str>().map(|s| (*s).to_owned()))
            .unwrap_or_else(|| "panic".to_owned())
    })
}

/// The snapshot's article, for work that is not a request.
pub(super) fn article(snapshot: &Snapshot, probe: Option<&Probe>) -> Cancellable<Arc<Article>> {
    if let Some(probe) = probe {
        probe.call(snapshot.analysis.text());
    }
    snapshot.analysis.article()
}
