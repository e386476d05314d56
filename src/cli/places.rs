//! Lines and columns as people and code hosts count them: from 1, columns in characters.

/// Places of one text.
pub(crate) struct Places<'a> {
    text: &'a str,
    /// Where each line begins.
    starts: Vec<u32>,
}

/// A place of a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Place {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

impl<'a> Places<'a> {
    pub(crate) fn of(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for (i, &b) in bytes.iter().enumerate() {
            if b == b'\n' || (b == b'\r' && bytes.get(i + 1) != Some(&b'\n')) {
                starts.push(i as u32 + 1);
            }
        }
        Self { text, starts }
    }

    /// The place of a byte on a character border.
    pub(crate) fn at(&self, byte: u32) -> Place {
        let line = self.starts.partition_point(|&s| s <= byte).max(1);
        let start = self.starts[line - 1] as usize;
        let column = self
            .text
            .get(start..byte as usize)
            .map_or(0, |t| t.chars().count())
            + 1;
        Place { line, column }
    }

    pub(crate) fn n_lines(&self) -> usize {
        self.starts.len()
    }

    /// The text of a line, without its end; empty when there is no such line.
    pub(crate) fn line(&self, line: usize) -> &'a str {
        let start = line.checked_sub(1).and_then(|i| self.starts.get(i));
        let end = self.starts.get(line).map_or(self.text.len(), |&e| e as usize);
        start
            .and_then(|&start| self.text.get(start as usize..end))
            .unwrap_or("")
            .trim_end_matches(['\n', '\r'])
    }

    /// The byte at a place; a column behind the line's end is its end. `None` when there is no such line.
    pub(crate) fn byte(&self, place: Place) -> Option<u32> {
        let start = *self.starts.get(place.line.checked_sub(1)?)?;
        let line = self.line(place.line);
        let within = line
            .char_indices()
            .nth(place.column.saturating_sub(1))
            .map_or(line.len(), |(i, _)| i);
        Some(start + within as u32)
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
        assert_eq!(places.byte(Place { line: 9, column: 1 }), None);
    }
}
