//! The tables in `data/`: their rows, and the key under which a word of theirs is found. They are read at each start and asked at
//! each word of a text, so that both cost as little as can be.

use std::hash::{Hash, Hasher};

use crate::base::fold::fold;

/// A word as a key: its bytes if it has at most 15, else 120 bits of a hash of them, which no list of words is long enough
/// to see meet. Whoever looks for a word compares two numbers, and reads no other word's text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Key([u64; 2]);

impl Key {
    /// The key of a word as it stands.
    #[inline]
    pub fn of(word: &str) -> Self {
        Self::of_bytes(word.as_bytes())
    }

    /// The key of a word's folded form.
    pub fn folding(word: &str) -> Self {
        let mut small = [0; Self::BYTES];
        match small.get_mut(..word.len()) {
            Some(small)
                if word
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || matches!(b, b' ' | b'-')) =>
            {
                for (to, from) in small.iter_mut().zip(word.bytes()) {
                    *to = from.to_ascii_lowercase();
                }
                Self::of_bytes(small)
            }
            _ => Self::of(&fold(word)),
        }
    }

    /// Words of more bytes are hashed.
    const BYTES: usize = 15;

    #[inline]
    fn of_bytes(bytes: &[u8]) -> Self {
        let n = bytes.len();
        // The length stands behind the bytes, so that no two words share a key.
        let end = (n as u64) << 56;
        if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
            let (first, last) = (u64::from_le_bytes(*first), u64::from_le_bytes(*last));
            match n {
                8 => Self([first, end]),
                9..=Self::BYTES => Self([first, last >> (8 * (16 - n)) | end]),
                _ => Self::hashed(bytes),
            }
        } else if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
            let (first, last) = (u32::from_le_bytes(*first), u32::from_le_bytes(*last));
            // The bytes that both have are the same in both.
            Self([u64::from(first) | u64::from(last) << (8 * (n - 4)), end])
        } else {
            let low = bytes.iter().rev().fold(0, |low, b| low << 8 | u64::from(*b));
            Self([low, end])
        }
    }

    /// No word of so few bytes as are kept has this at its end.
    #[inline(never)]
    fn hashed(bytes: &[u8]) -> Self {
        let mut sums = [bytes.len() as u64; 2];
        for b in bytes {
            let b = u64::from(*b) + 1;
            sums[0] = (sums[0].rotate_left(5) ^ b).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            sums[1] = (sums[1] ^ b).wrapping_mul(0xD6E8_FEB8_6659_FD93);
            sums[1] ^= sums[1] >> 32;
        }
        Self([sums[0], sums[1] | 0xff << 56])
    }
}

impl Hash for Key {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        let [low, high] = self.0;
        state.write_u64(low ^ high.wrapping_mul(0xA076_1D64_78BD_642F));
    }
}

/// The rows of a table: its lines without those that are empty or begin with `#`.
pub fn rows(table: &str) -> Rows<'_> {
    Rows { rest: table }
}

/// See [`rows`].
#[derive(Clone, Debug)]
pub struct Rows<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Rows<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        while !self.rest.is_empty() {
            let (line, rest) = cut(self.rest, b'\n').unwrap_or((self.rest, ""));
            self.rest = rest;
            let line = line.strip_suffix('\r').unwrap_or(line);
            if !line.is_empty() && !line.starts_with('#') {
                return Some(line);
            }
        }
        None
    }
}

/// The first cells of a row, "-" for those that are missing.
pub fn cells<const N: usize>(row: &str) -> [&str; N] {
    let mut rest = Some(row);
    std::array::from_fn(|_| {
        let Some(row) = rest else { return "-" };
        let (cell, behind) = match cut(row, b'\t') {
            Some((cell, behind)) => (cell, Some(behind)),
            None => (row, None),
        };
        rest = behind;
        cell.trim_ascii()
    })
}

/// What stands before and behind the first `mark`, a character of ASCII.
pub fn cut(text: &str, mark: u8) -> Option<(&str, &str)> {
    // Short lines: a search that has to be set up first costs more.
    let at = text.bytes().position(|b| b == mark)?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_keys_of_their_own() {
        let mut all: Vec<String> = Vec::new();
        for n in 0..24 {
            let word: String = ('a'..='z').take(n).collect();
            all.push(format!("{word}\0"));
            all.extend((0..n).map(|k| format!("{}x{}", &word[..k], &word[k + 1..])));
            all.push(word);
        }
        all.sort();
        all.dedup();
        for (i, a) in all.iter().enumerate() {
            assert_eq!(Key::of(a), Key::of(&a.clone()));
            for b in &all[..i] {
                assert!(Key::of(a) != Key::of(b), "{a} {b}");
            }
        }
    }

    #[test]
    fn the_folded_form_has_the_key() {
        for word in [
            "Aaliyah",
            "O’Brien",
            "Łódź",
            "U.S.",
            "telecommunications",
            "TELECOMMUNICATIONS",
            "",
        ] {
            assert_eq!(Key::folding(word), Key::of(&fold(word)), "{word}");
        }
    }

    #[test]
    fn rows_and_cells() {
        let table = "# head\none\t two\n\nthree\r\n#\n\tfour\tfive\tsix";
        let all: Vec<[&str; 2]> = rows(table).map(cells).collect();
        assert_eq!(all, [["one", "two"], ["three", "-"], ["", "four"]]);
    }
}
