//! Many files on all cores, answered in their order.

use std::{
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

/// Threads to use: as asked, or one a core.
pub(crate) fn jobs(asked: Option<std::num::NonZeroUsize>) -> usize {
    asked
        .or_else(|| thread::available_parallelism().ok())
        .map_or(1, usize::from)
        .min(1024)
}

/// Calls `work` for each item on `n_jobs` threads and `done` with each result, in the order of the items.
/// Only a few results are held at a time.
pub(crate) fn each<T: Sync, R: Send, E>(
    items: &[T],
    n_jobs: usize,
    work: impl Fn(&T) -> R + Sync,
    mut done: impl FnMut(usize, R) -> Result<(), E>,
) -> Result<(), E> {
    if n_jobs == 1 || items.len() == 1 {
        return items
            .iter()
            .enumerate()
            .try_for_each(|(i, item)| done(i, work(item)));
    }
    let mut n_done = 0;
    for batch in items.chunks(n_jobs * 16) {
        let results: Vec<Mutex<Option<R>>> = batch.iter().map(|_| Mutex::new(None)).collect();
        let next = AtomicUsize::new(0);
        thread::scope(|scope| {
            for _ in 0..n_jobs.min(batch.len()) {
                scope.spawn(|| {
                    loop {
                        let at = next.fetch_add(1, Ordering::Relaxed);
                        let (Some(item), Some(place)) = (batch.get(at), results.get(at)) else {
                            return;
                        };
                        let result = work(item);
                        *place.lock().unwrap_or_else(PoisonError::into_inner) = Some(result);
                    }
                });
            }
        });
        for result in results {
            if let Some(result) = result.into_inner().unwrap_or_else(PoisonError::into_inner) {
                done(n_done, result)?;
            }
            n_done += 1;
        }
    }
    Ok(())
}
