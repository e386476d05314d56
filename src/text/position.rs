//! Byte offsets to editor positions and back, in the three encodings that editors count columns in.
//!
//! A line ends at `\n`, `\r\n` or `\r` and nowhere else: U+2028, NEL and vertical tab, which come with text
//! pasted from layout programs, are ordinary characters to an editor.

use std::sync::Arc;

use ropey::Rope;

/// What an editor counts columns in.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// 16-bit units; the default of the protocol.
    #[default]
    Utf16,
    /// Code points.
    Utf32,
}

impl Encoding {
    /// Width of one character in this encoding's units.
    pub fn width(self, c: char) -> u32 {
        match self {
            Self::Utf8 => c.len_utf8() as u32,
            Self::Utf16 => c.len_utf16() as u32,
            Self::Utf32 => 1,
        }
    }

    /// Length of `text` in this encoding's units.
    pub fn measure(self, text: &str) -> u32 {
        match self {
            Self::Utf8 => text.len() as u32,
            Self::Utf16 | Self::Utf32 if text.is_ascii() => text.len() as u32,
            Self::Utf16 => text.chars().map(|c| c.len_utf16() as u32).sum(),
            Self::Utf32 => text.chars().count() as u32,
        }
    }
}

/// A place as an editor names it; both parts count from zero, the column in units of the encoding.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
#[allow(missing_docs, reason = "the names say what they are")]
pub struct Position {
    pub line: u32,
    pub column: u32,
}

/// Converts the positions of one state of a document. Cheap to clone; each conversion is O(log n).
#[derive(Clone, Debug)]
pub struct Positions {
    rope: Rope,
    encoding: Encoding,
}

impl Positions {
    /// Positions of the text in `rope`.
    pub(super) fn new(rope: &Rope, encoding: Encoding) -> Self {
        Self {
            rope: rope.clone(),
            encoding,
        }
    }

    /// Positions of a text that is not open in an editor.
    pub fn of(text: &str, encoding: Encoding) -> Self {
        Self {
            rope: Rope::from_str(text),
            encoding,
        }
    }

    /// The encoding that columns are counted in.
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// The byte offset of `position`. A column past the end of its line means the line's end, before the
    /// terminator; a line past the last one means the end of the text; a column inside a character means
    /// the character's start.
    pub fn offset(&self, position: Position) -> u32 {
        let line = position.line as usize;
        if line >= self.rope.len_lines() {
            return self.rope.len_bytes() as u32;
        }
        let start = self.rope.line_to_byte(line);
        let content = self.rope.byte_slice(start..self.line_end(line));
        let column = position.column as usize;
        let within = match self.encoding {
            Encoding::Utf8 => content.char_to_byte(content.byte_to_char(column.min(content.len_bytes()))),
            Encoding::Utf16 => {
                content.char_to_byte(content.utf16_cu_to_char(column.min(content.len_utf16_cu())))
            }
            Encoding::Utf32 => content.char_to_byte(column.min(content.len_chars())),
        };
        (start + within) as u32
    }

    /// The position of byte `offset`. An offset past the end means the end of the text, one inside a
    /// character its start, one inside or behind a line's terminator the line's end.
    pub fn position(&self, offset: u32) -> Position {
        let offset = (offset as usize).min(self.rope.len_bytes());
        // A byte inside a character moves to the character's start.
        let offset = self.rope.char_to_byte(self.rope.byte_to_char(offset));
        let line = self.rope.byte_to_line(offset);
        let start = self.rope.line_to_byte(line);
        let before = self
            .rope
            .byte_slice(start..offset.min(self.line_end(line)).max(start));
        let column = match self.encoding {
            Encoding::Utf8 => before.len_bytes(),
            Encoding::Utf16 => before.len_utf16_cu(),
            Encoding::Utf32 => before.len_chars(),
        };
        Position {
            line: line as u32,
            column: column as u32,
        }
    }

    /// Number of lines; a text that ends in a terminator has an empty last line.
    pub fn n_lines(&self) -> u32 {
        self.rope.len_lines() as u32
    }

    /// Offsets of the start of line `line` and of its end before the terminator.
    pub fn line(&self, line: u32) -> (u32, u32) {
        let line = (line as usize).min(self.rope.len_lines() - 1);
        (self.rope.line_to_byte(line) as u32, self.line_end(line) as u32)
    }

    /// The byte before the terminator of `line`, which must exist.
    fn line_end(&self, line: usize) -> usize {
        let start = self.rope.line_to_byte(line);
        let mut end = match line + 1 < self.rope.len_lines() {
            true => self.rope.line_to_byte(line + 1),
            false => return self.rope.len_bytes(),
        };
        if start < end && self.rope.byte(end - 1) == b'\n' {
            end -= 1;
        }
        if start < end && self.rope.byte(end - 1) == b'\r' {
            end -= 1;
        }
        end
    }
}

/// Converts many offsets of one text: one pass over it to find its lines, then each conversion costs its
/// line only.
#[derive(Clone, Debug)]
pub struct Lines {
    text: Arc<str>,
    encoding: Encoding,
    /// Where each line starts.
    starts: Vec<u32>,
}

impl Lines {
    /// Finds the lines of `text`.
    pub fn new(text: &Arc<str>, encoding: Encoding) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for (i, &b) in bytes.iter().enumerate() {
            // `\r\n` is one terminator and ends at its second byte.
            if b <= b'\r' && (b == b'\n' || b == b'\r' && bytes.get(i + 1) != Some(&b'\n')) {
                starts.push(i as u32 + 1);
            }
        }
        Self {
            text: text.clone(),
            encoding,
            starts,
        }
    }

    /// The position of byte `offset`, as [`Positions::position`] gives it.
    pub fn position(&self, offset: u32) -> Position {
        let mut offset = (offset as usize).min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.starts.partition_point(|&s| s as usize <= offset) - 1;
        let before = self.text.get(self.starts[line] as usize..offset).unwrap_or("");
        // Between `\r` and `\n` there is no position; the line's end stands for it.
        let before = before.strip_suffix('\r').unwrap_or(before);
        Position {
            line: line as u32,
            column: self.encoding.measure(before),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ALL: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

    /// The conversions written down as the specification words them, slowly.
    mod model {
        use super::*;

        /// Start and end (before the terminator) of each line.
        pub(super) fn lines(text: &str) -> Vec<(usize, usize)> {
            let bytes = text.as_bytes();
            let mut lines = Vec::new();
            let (mut start, mut i) = (0, 0);
            while i < bytes.len() {
                let len = match (bytes[i], bytes.get(i + 1)) {
                    (b'\r', Some(b'\n')) => 2,
                    (b'\r' | b'\n', _) => 1,
                    _ => 0,
                };
                if len > 0 {
                    lines.push((start, i));
                    start = i + len;
                }
                i += len.max(1);
            }
            lines.push((start, bytes.len()));
            lines
        }

        pub(super) fn offset(text: &str, p: Position, encoding: Encoding) -> u32 {
            let Some(&(start, end)) = lines(text).get(p.line as usize) else {
                return text.len() as u32;
            };
            let (mut left, mut at) = (p.column, start);
            for c in text[start..end].chars() {
                let width = encoding.width(c);
                if left < width {
                    break;
                }
                left -= width;
                at += c.len_utf8();
            }
            at as u32
        }
    }

    #[test]
    fn lines_end_where_the_protocol_says() {
        // Fails if another crate switches on ropey's `unicode_lines`, since Cargo unifies features.
        let text = "a\u{2028}b\u{2029}c\u{85}d\u{b}e\u{c}f\ng\r\nh\ri";
        let positions = Positions::of(text, Encoding::Utf8);
        assert_eq!(positions.n_lines(), 4);
        let starts: Vec<_> = (0..4)
            .map(|l| &text[positions.line(l).0 as usize..][..1])
            .collect();
        assert_eq!(starts, ["a", "g", "h", "i"]);
    }

    #[test]
    fn columns_of_an_astral_character() {
        let text = "x😀y";
        let column = |encoding, offset| Positions::of(text, encoding).position(offset).column;
        assert_eq!(ALL.map(|e| column(e, 5)), [5, 3, 2]);
        // Inside the character.
        assert_eq!(ALL.map(|e| column(e, 3)), [1, 1, 1]);
        let offset = |encoding, column| Positions::of(text, encoding).offset(Position { line: 0, column });
        assert_eq!(offset(Encoding::Utf16, 2), 1, "the middle of a surrogate pair");
        assert_eq!(ALL.map(|e| offset(e, 99)), [6, 6, 6]);
    }

    #[test]
    fn terminators_belong_to_no_column() {
        for encoding in ALL {
            let positions = Positions::of("ab\r\ncd\rx", encoding);
            let end = Position { line: 0, column: 2 };
            assert_eq!(positions.position(2), end);
            assert_eq!(positions.position(3), end, "between \\r and \\n");
            assert_eq!(positions.position(4), Position { line: 1, column: 0 });
            assert_eq!(positions.offset(Position { line: 0, column: 9 }), 2);
            assert_eq!(positions.offset(Position { line: 1, column: 9 }), 6);
            assert_eq!(positions.offset(Position { line: 9, column: 0 }), 8);
        }
    }

    fn text() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            "a", "é", "“", "😀", "\n", "\r\n", "\r", "\u{2028}", "\u{85}", "e\u{301}", "word ", "\u{0}",
        ]);
        prop::collection::vec(piece, 0..60).prop_map(|v| v.concat())
    }

    proptest! {
        #[test]
        fn offset_to_position_and_back(text in text()) {
            for encoding in ALL {
                let positions = Positions::of(&text, encoding);
                let lines = Lines::new(&Arc::from(text.as_str()), encoding);
                for (offset, _) in text.char_indices().chain([(text.len(), ' ')]) {
                    let position = positions.position(offset as u32);
                    prop_assert_eq!(lines.position(offset as u32), position);
                    let inside = text[..offset].ends_with('\r') && text[offset..].starts_with('\n');
                    let expected = offset - usize::from(inside);
                    prop_assert_eq!(positions.offset(position) as usize, expected);
                }
            }
        }

        #[test]
        fn any_position_is_clamped_as_the_model_says(text in text(), line in 0u32..70, column in 0u32..90) {
            for encoding in ALL {
                let positions = Positions::of(&text, encoding);
                let position = Position { line, column };
                let offset = positions.offset(position);
                prop_assert_eq!(offset, model::offset(&text, position, encoding));
                prop_assert!(text.is_char_boundary(offset as usize));
            }
        }

        #[test]
        fn lines_are_those_of_the_model(text in text()) {
            let positions = Positions::of(&text, Encoding::Utf16);
            let lines: Vec<_> = (0..positions.n_lines())
                .map(|l| positions.line(l))
                .map(|(a, b)| (a as usize, b as usize))
                .collect();
            prop_assert_eq!(lines, model::lines(&text));
        }
    }
}
