//! Where in a file something stands that has to be told to a person: settings, tables, stray bytes.
//!
//! Positions in an article that an editor is to show are made in `text::position`; this layer lies below it, and what it
//! tells needs no editor. A line ends where it ends there: at `\n`, `\r\n` or `\r`.

/// The number of line breaks in `text`.
pub fn n_breaks(text: &str) -> usize {
    let bytes = text.as_bytes();
    let ends = |i: usize| bytes[i] == b'\n' || bytes[i] == b'\r' && bytes.get(i + 1) != Some(&b'\n');
    (0..bytes.len()).filter(|&i| ends(i)).count()
}

/// Line and column of byte `at`, both from 1, the column in characters; an offset past the end, or inside a character,
/// means the end.
pub fn line_and_column(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let start = before.rfind(['\n', '\r']).map_or(0, |i| i + 1);
    let column = before.get(start..).unwrap_or("").chars().count() + 1;
    (n_breaks(before) + 1, column)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_as_editors_count_them() {
        let text = "one\r\ntwo é\rthree\n\nfive";
        for (words, place) in [
            ("one", (1, 1)),
            ("two", (2, 1)),
            ("é", (2, 5)),
            ("ree", (3, 3)),
            ("five", (5, 1)),
        ] {
            let at = text.find(words).expect(words);
            assert_eq!(line_and_column(text, at), place, "{words}");
        }
        assert_eq!(line_and_column(text, 999), (5, 5));
        assert_eq!(line_and_column("", 0), (1, 1));
    }
}
