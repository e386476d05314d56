//! The blocks of an article that nobody has analyzed yet: which they are, and who analyzes them.
//!
//! A few are done by whoever asks. Of an article of some pages a thread that waits for such work takes its share, for to
//! start one takes as long as a paragraph; of a large article all cores do.

use std::{
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    sync::{
        Arc, OnceLock,
        atomic::{AtomicUsize, Ordering},
        mpsc::{self, Sender},
    },
    thread,
};

use rustc_hash::FxHashMap;

use crate::{
    base::order::Order,
    ide::{
        cache,
        host::{Analysis, LARGE, n_cores},
    },
    semantic::local::Local,
    syntax::{block::Block, tag},
};

/// So many bytes of new blocks are shared; with fewer, that would only slow it down.
const MANY_BYTES: usize = 2000;

/// The blocks that no earlier revision had, each text once.
#[derive(Default)]
pub(super) struct Missing {
    /// A block and its key in the cache.
    list: Vec<(usize, u64)>,
    /// A block, and the one before it in `list` that is the same.
    pub(super) copies: Vec<(usize, usize)>,
    n_bytes: usize,
    by_key: FxHashMap<u64, usize>,
}

/// A block, its key in the cache, and its analysis.
pub(super) type Found = (usize, u64, Arc<Local>);

impl Missing {
    pub(super) fn add(&mut self, text: &str, blocks: &[Block], i: usize, key: u64) {
        let block = &blocks[i];
        let same = self.by_key.get(&key).copied().filter(|&other| {
            let other = &blocks[other];
            block.is_like(other) && block.span.text(text) == other.span.text(text)
        });
        match same {
            Some(same) => self.copies.push((i, same)),
            None => {
                self.by_key.insert(key, i);
                self.list.push((i, key));
                self.n_bytes += block.span.len();
            }
        }
    }

    /// Analyzes them; not all if an edit overtakes it.
    pub(super) fn analyze(&self, analysis: &Analysis, blocks: &[Block]) -> Vec<Found> {
        if self.n_bytes < MANY_BYTES || n_cores() < 2 || self.list.len() < 2 {
            self.with_threads(analysis, blocks, 1)
        } else if self.n_bytes < LARGE {
            self.with_helper(analysis, blocks)
        } else {
            self.with_threads(analysis, blocks, n_cores().min(self.list.len()))
        }
    }

    fn with_threads(&self, analysis: &Analysis, blocks: &[Block], n_threads: usize) -> Vec<Found> {
        let text = analysis.text();
        let next = AtomicUsize::new(0);
        let work = || {
            let mut found = Vec::new();
            while let (Some(&(i, key)), false) = (
                self.list.get(next.fetch_add(1, Ordering::Relaxed)),
                analysis.is_stale(),
            ) {
                found.push((i, key, cache::analyze(text, &blocks[i], analysis.kb())));
            }
            tag::hand_on();
            found
        };
        if n_threads < 2 {
            return work();
        }
        thread::scope(|scope| {
            let others: Vec<_> = (1..n_threads).map(|_| scope.spawn(work)).collect();
            let mut found = work();
            for other in others {
                // A panic goes on to whoever asked for the article.
                found.append(&mut other.join().unwrap_or_else(|e| resume_unwind(e)));
            }
            found
        })
    }

    fn with_helper(&self, analysis: &Analysis, blocks: &[Block]) -> Vec<Found> {
        // The long ones first, so that both end at nearly the same time.
        let mut todo: Vec<_> = self
            .list
            .iter()
            .map(|&(i, key)| (i, key, blocks[i].clone()))
            .collect();
        todo.order_by_key(|(.., block)| usize::MAX - block.span.len());
        let share = Arc::new(Share {
            analysis: analysis.clone(),
            todo,
            next: AtomicUsize::new(0),
        });
        let (sender, others) = mpsc::channel();
        let theirs = share.clone();
        help(move || {
            // Nobody waits for it after an edit.
            let _ = sender.send(theirs.work());
        });
        let mut found = share.work();
        if found.len() < share.todo.len() && !analysis.is_stale() {
            found.append(&mut others.recv().unwrap_or_default());
        }
        if found.len() < share.todo.len() && !analysis.is_stale() {
            // The helper has panicked; so does whoever asked, if it is the text.
            return self.with_threads(analysis, blocks, 1);
        }
        found
    }
}

/// Blocks that two threads take in turn.
struct Share {
    analysis: Analysis,
    todo: Vec<(usize, u64, Block)>,
    next: AtomicUsize,
}

impl Share {
    fn work(&self) -> Vec<Found> {
        let (text, kb) = (self.analysis.text(), self.analysis.kb());
        let mut found = Vec::new();
        while let (Some((i, key, block)), false) = (
            self.todo.get(self.next.fetch_add(1, Ordering::Relaxed)),
            self.analysis.is_stale(),
        ) {
            found.push((*i, *key, cache::analyze(text, block, kb)));
        }
        tag::hand_on();
        found
    }
}

/// What the thread that helps is given.
type Work = Box<dyn FnOnce() + Send>;

/// Gives `work` to the thread that helps. It may be busy with another document, or not be there at all: nobody should wait
/// for work that it has not begun.
pub(super) fn help(work: impl FnOnce() + Send + 'static) {
    static HELPER: OnceLock<Sender<Work>> = OnceLock::new();
    let helper = HELPER.get_or_init(|| {
        let (sender, receiver) = mpsc::channel::<Work>();
        let helper = thread::Builder::new().name("helper".to_owned());
        let each = |work: Work| drop(catch_unwind(AssertUnwindSafe(work)));
        // Where it cannot be started the receiver is gone, and what is sent is dropped.
        let _ = helper.spawn(move || receiver.iter().for_each(each));
        sender
    });
    let _ = helper.send(Box::new(work));
}
