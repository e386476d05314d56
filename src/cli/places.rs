//! Lines and columns as people and code hosts count them: from 1, columns in characters.

use crate::text::position::{Encoding, Position, Positions};

/// Places of one text.
pub(crate) struct Places<'a> {
    text: &'a str,
    positions: Positions,
}

/// A place of a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Place {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

impl<'a> Places<'a> {
    pub(crate) fn of(text: &'a str) -> Self {
        Self {
            text,
            positions: Positions::of(text, Encoding::Utf32),
        }
    }

    /// The place of a byte.
    pub(crate) fn at(&self, byte: u32) -> Place {
        let Position { line, column } = self.positions.position(byte);
        Place {
            line: line as usize + 1,
            column: column as usize + 1,
        }
    }

    pub(crate) fn n_lines(&self) -> usize {
        self.positions.n_lines() as usize
    }

    /// The text of a line, without its end; empty when there is no such line.
    pub(crate) fn line(&self, line: usize) -> &'a str {
        if line == 0 || line > self.n_lines() {
            return "";
        }
        let (start, end) = self.positions.line(line as u32 - 1);
        self.text.get(start as usize..end as usize).unwrap_or("")
    }

    /// The byte at a place; a column behind the line's end is its end. `None` when there is no such line.
    pub(crate) fn byte(&self, place: Place) -> Option<u32> {
        let line = u32::try_from(place.line.checked_sub(1)?).ok()?;
        let column = u32::try_from(place.column.saturating_sub(1)).unwrap_or(u32::MAX);
        (line < self.positions.n_lines()).then(|| self.positions.offset(Position { line, column }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back_over_every_line_end() {
        let text = "“é”\r\n\rab\n\u{2028}c\n";
        let places = Places::of(text);
        assert_eq!(places.n_lines(), 5);
        for (i, _) in text.char_indices().filter(|&(_, c)| c != '\n' && c != '\r') {
            assert_eq!(places.byte(places.at(i as u32)), Some(i as u32));
        }
        assert_eq!(places.at(5), Place { line: 1, column: 3 });
        assert_eq!(places.line(4), "\u{2028}c");
        assert_eq!(places.line(9), "");
        assert_eq!(places.byte(Place { line: 9, column: 1 }), None);
    }
}
