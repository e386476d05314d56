//! What a stage has read of a text, so that its result is kept when an edit touches nothing of it.
//!
//! A stage that runs under [`recorded`] leaves a note of each token that it looks at in the tokens themselves
//! (`syntax::token`), and of each stretch of the text that it cuts out here. Other readers of the same data leave none.

use std::{
    cell::{Cell, RefCell},
    ops::Range,
};

use crate::base::span::DocSpan;

thread_local! {
    static ON: Cell<bool> = const { Cell::new(false) };
    static CUTS: RefCell<Cuts> = const { RefCell::new(Cuts { text: 0..0, list: Vec::new() }) };
}

/// What was cut out of one text.
struct Cuts {
    /// Where the text lies in memory: what is cut out of other strings does not count.
    text: Range<usize>,
    list: Vec<DocSpan>,
}

/// Whether reading leaves notes on this thread.
#[inline(always)]
pub fn on() -> bool {
    ON.get()
}

/// Notes that `part` was cut out of some text.
#[inline]
pub fn cut(part: &str) {
    if on() {
        note(part);
    }
}

fn note(part: &str) {
    CUTS.with_borrow_mut(|cuts| {
        let start = part.as_ptr() as usize;
        if cuts.text.start <= start && start + part.len() <= cuts.text.end {
            let start = start - cuts.text.start;
            let span = DocSpan::new(start, start + part.len());
            // Stages ask for the same words again and again.
            if cuts.list.last() != Some(&span) {
                cuts.list.push(span);
            }
        }
    });
}

/// Runs `stage`, which reads `text`, and returns its result with what it cut out of the text. Without a text there are no
/// notes.
pub fn recorded<T>(text: &str, stage: impl FnOnce() -> T) -> (T, Vec<DocSpan>) {
    /// Ends the notes, also when the stage panics.
    struct End;
    impl Drop for End {
        fn drop(&mut self) {
            ON.set(false);
        }
    }
    if text.is_empty() {
        return (stage(), Vec::new());
    }
    let start = text.as_ptr() as usize;
    CUTS.with_borrow_mut(|cuts| {
        *cuts = Cuts {
            text: start..start + text.len(),
            list: Vec::new(),
        };
    });
    ON.set(true);
    let end = End;
    let value = stage();
    drop(end);
    let list = CUTS.with_borrow_mut(|cuts| std::mem::take(&mut cuts.list));
    (value, list)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::span::Span;

    #[test]
    fn notes_what_is_cut_out_of_the_text() {
        let (text, other) = ("one two three".to_owned(), "elsewhere".to_owned());
        let ((), cuts) = recorded(&text, || {
            Span::new(4, 7).text(&text);
            Span::new(4, 7).text(&text);
            Span::new(0, 4).text(&other);
            Span::new(0, 2).text(DocSpan::new(8, 13).text(&text));
        });
        assert_eq!(cuts, [(4, 7), (8, 13), (8, 10)].map(|(a, b)| DocSpan::new(a, b)));
        Span::new(4, 7).text(&text);
        let ((), cuts) = recorded(&text, || {});
        assert!(cuts.is_empty());
    }
}
