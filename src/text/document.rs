//! One open document: a rope that takes edits in time logarithmic in its length.

use std::sync::Arc;

use ropey::Rope;

use crate::text::position::{Encoding, Position, Positions};

/// A document as its editor has it.
#[derive(Clone, Debug, Default)]
pub struct Document {
    rope: Rope,
    version: i32,
}

impl Document {
    /// A document as it was opened.
    pub fn new(text: &str, version: i32) -> Self {
        Self {
            rope: Rope::from_str(text),
            version,
        }
    }

    /// The editor's number of this state.
    pub fn version(&self) -> i32 {
        self.version
    }

    /// Length in bytes.
    pub fn len(&self) -> usize {
        self.rope.len_bytes()
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Says that the text is now the editor's state `version`.
    pub fn set_version(&mut self, version: i32) {
        self.version = version;
    }

    /// Replaces the whole text.
    pub fn replace(&mut self, text: &str) {
        self.rope = Rope::from_str(text);
    }

    /// Replaces what stands between two positions. Positions outside the text are clamped as the protocol
    /// says (past the end of a line: its end; past the last line: the end of the text); a range written
    /// backwards is turned around. Costs O(log n) and the length of what is replaced.
    pub fn edit(&mut self, start: Position, end: Position, text: &str, encoding: Encoding) {
        let positions = Positions::new(&self.rope, encoding);
        let (a, b) = (positions.offset(start), positions.offset(end));
        let (start, end) = (a.min(b) as usize, a.max(b) as usize);
        let from = self.rope.byte_to_char(start);
        if start < end {
            let to = self.rope.byte_to_char(end);
            self.rope.remove(from..to);
        }
        if !text.is_empty() {
            self.rope.insert(from, text);
        }
    }

    /// The text in one piece. Costs one copy.
    pub fn text(&self) -> Arc<str> {
        flatten(&self.rope)
    }

    /// A way to the text of this state, for whoever needs it later: making it costs nothing, the copy is
    /// made when it is called.
    pub fn lazy_text(&self) -> impl Fn() -> Arc<str> + Send + Sync + use<> {
        let rope = self.rope.clone();
        move || flatten(&rope)
    }

    /// Conversion of positions of this state. O(1); later edits do not touch it.
    pub fn positions(&self, encoding: Encoding) -> Positions {
        Positions::new(&self.rope, encoding)
    }
}

fn flatten(rope: &Rope) -> Arc<str> {
    let mut text = String::with_capacity(rope.len_bytes());
    text.extend(rope.chunks());
    text.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(line: u32, column: u32) -> Position {
        Position { line, column }
    }

    #[test]
    fn edits_in_utf16() {
        let mut doc = Document::new("One 😀 two\r\nthree", 1);
        doc.edit(at(0, 6), at(0, 6), "!", Encoding::Utf16);
        assert_eq!(&*doc.text(), "One 😀! two\r\nthree");
        doc.edit(at(0, 4), at(0, 6), "", Encoding::Utf16);
        assert_eq!(&*doc.text(), "One ! two\r\nthree");
        doc.edit(at(0, 99), at(1, 0), " ", Encoding::Utf16);
        assert_eq!(&*doc.text(), "One ! two three");
        doc.edit(at(7, 0), at(9, 9), ".", Encoding::Utf16);
        assert_eq!(&*doc.text(), "One ! two three.");
    }

    #[test]
    fn a_backward_range_is_turned_around() {
        let mut doc = Document::new("abc", 1);
        doc.edit(at(0, 2), at(0, 1), "-", Encoding::Utf8);
        assert_eq!(&*doc.text(), "a-c");
    }

    #[test]
    fn a_lazy_text_is_that_of_its_state() {
        let mut doc = Document::new("abc", 1);
        let text = doc.lazy_text();
        doc.edit(at(0, 0), at(0, 3), "", Encoding::Utf8);
        assert_eq!(&*text(), "abc");
        assert!(doc.is_empty());
    }
}
