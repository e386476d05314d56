//! Who does the work on a whole article. The core starts no threads; whoever calls it may lend it some, and may say
//! between two stages that nobody wants the result any more.

/// Runs stages that do not need each other.
pub trait Crew: Sync {
    /// Does both pieces of work, one after the other or at once, and returns when both are done.
    fn both(&self, a: &mut (dyn FnMut() + Send), b: &mut (dyn FnMut() + Send)) {
        a();
        b();
    }

    /// Does `n` pieces of the same work, numbered from 0, in turn or at once; stops between two when it is called off.
    fn each(&self, n: usize, work: &(dyn Fn(usize) + Sync)) {
        (0..n).take_while(|_| !self.is_called_off()).for_each(work);
    }

    /// Whether edits of the text will follow, so that it is worth a note what was read ([`crate::base::reads`]).
    fn goes_on(&self) -> bool {
        false
    }

    /// Whether the result is worthless by now.
    fn is_called_off(&self) -> bool {
        false
    }
}

/// One thread that does everything in turn, to its end.
#[derive(Clone, Copy, Debug)]
pub struct Alone;

impl Crew for Alone {}
