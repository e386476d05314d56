//! A count of work, kept in debug builds only, by which a test proves that the cost of an article grows
//! with its length and no faster (invariant I16). A clock cannot prove that: it measures the machine.
//!
//! The seams that every stage reads the text through count one step each: the folded form of a token, the
//! text under a span, a block of the article, a step in the name index. A stage that loops over something
//! else (mentions, entities, quotations) calls [`step`] once a turn.

#[cfg(debug_assertions)]
thread_local! {
    static STEPS: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
}

/// Counts one step of work on this thread. Costs nothing in a release build.
#[inline(always)]
pub fn step() {
    #[cfg(debug_assertions)]
    STEPS.with(|n| n.set(n.get() + 1));
}

/// Runs `f` and returns its result with the number of steps that it took on this thread, or `None` in a
/// release build, which does not count.
pub fn counted<T>(f: impl FnOnce() -> T) -> (T, Option<u64>) {
    #[cfg(debug_assertions)]
    {
        let before = STEPS.with(std::cell::Cell::get);
        let value = f();
        (value, Some(STEPS.with(std::cell::Cell::get) - before))
    }
    #[cfg(not(debug_assertions))]
    (f(), None)
}

#[cfg(test)]
mod tests {
    use super::{counted, step};

    #[test]
    fn counts_what_ran_inside() {
        step();
        let (value, steps) = counted(|| {
            step();
            step();
            7
        });
        assert_eq!(value, 7);
        assert_eq!(steps, cfg!(debug_assertions).then_some(2));
    }
}
