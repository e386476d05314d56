//! Who does the stages over a whole article, or over its parts: the threads of this machine, until an edit overtakes them.

use std::{
    panic::resume_unwind,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use crate::{
    base::crew::Crew,
    ide::host::{Analysis, LARGE, lock, n_cores},
    semantic::article::Article,
};

/// The stages of a large article are done by two threads, and called off when an edit overtakes them.
impl Crew for Analysis {
    fn both(&self, a: &mut (dyn FnMut() + Send), b: &mut (dyn FnMut() + Send)) {
        if self.text().len() < LARGE || n_cores() < 2 {
            a();
            b();
            return;
        }
        thread::scope(|scope| {
            let other = scope.spawn(b);
            a();
            // A panic goes on to whoever asked for the article.
            other.join().unwrap_or_else(|e| resume_unwind(e));
        });
    }

    fn each(&self, n: usize, work: &(dyn Fn(usize) + Sync)) {
        let next = AtomicUsize::new(0);
        let share = || {
            let take = || Some(next.fetch_add(1, Ordering::Relaxed)).filter(|i| *i < n && !self.is_stale());
            while let Some(i) = take() {
                work(i);
            }
        };
        thread::scope(|scope| {
            let others: Vec<_> = (1..n_cores().min(n)).map(|_| scope.spawn(share)).collect();
            share();
            for other in others {
                other.join().unwrap_or_else(|e| resume_unwind(e));
            }
        });
    }

    fn is_called_off(&self) -> bool {
        self.is_stale()
    }

    fn goes_on(&self) -> bool {
        true
    }
}

/// The same for an article that takes the place of one too large to be kept: whoever helps first frees that.
pub(super) struct Freeing<'a>(pub(super) &'a Analysis, pub(super) Mutex<Option<Arc<Article>>>);

impl Crew for Freeing<'_> {
    fn both(&self, a: &mut (dyn FnMut() + Send), b: &mut (dyn FnMut() + Send)) {
        let Self(analysis, former) = self;
        let mut b = || {
            let former = lock(former).take();
            drop(former);
            b();
        };
        analysis.both(a, &mut b);
    }

    fn each(&self, n: usize, work: &(dyn Fn(usize) + Sync)) {
        drop(lock(&self.1).take());
        self.0.each(n, work);
    }

    fn is_called_off(&self) -> bool {
        self.0.is_called_off()
    }

    fn goes_on(&self) -> bool {
        self.0.goes_on()
    }
}
