//! Byte offsets to the unit that the caller asked for.

use crate::{base::span::DocSpan, cli::args::Unit};

/// Bytes between two checkpoints; a conversion reads at most so many.
const STEP: usize = 64;

/// Converts byte offsets of one text; made in one pass over it.
pub(crate) struct Offsets<'a> {
    bytes: &'a [u8],
    unit: Unit,
    /// Units before byte `i * STEP`; empty when a byte is a unit.
    checkpoints: Vec<u32>,
}

impl<'a> Offsets<'a> {
    /// Reads `text` once.
    pub(crate) fn new(text: &'a str, unit: Unit) -> Self {
        let bytes = text.as_bytes();
        let mut checkpoints = Vec::new();
        if unit != Unit::Utf8 && !text.is_ascii() {
            checkpoints.reserve(bytes.len() / STEP + 1);
            let mut units = 0;
            for chunk in bytes.chunks(STEP) {
                checkpoints.push(units);
                units += count(chunk, unit);
            }
            checkpoints.push(units);
        }
        Self {
            bytes,
            unit,
            checkpoints,
        }
    }

    /// The offset `byte` (on a character border) in the unit.
    pub(crate) fn at(&self, byte: u32) -> u32 {
        let end = (byte as usize).min(self.bytes.len());
        let chunk = end / STEP;
        match self.checkpoints.get(chunk) {
            None => end as u32,
            Some(before) => before + count(&self.bytes[chunk * STEP..end], self.unit),
        }
    }

    /// Both ends of a span in the unit.
    pub(crate) fn span(&self, span: DocSpan) -> (u32, u32) {
        (self.at(span.start), self.at(span.end))
    }
}

/// 1 in each byte.
const ONES: u64 = 0x0101_0101_0101_0101;

/// The sum of the bytes of a number, if it is small.
fn sum(bytes: u64) -> u32 {
    (bytes.wrapping_mul(ONES) >> 56) as u32
}

/// Units that begin in `bytes`.
fn count(bytes: &[u8], unit: Unit) -> u32 {
    let (eights, rest) = bytes.as_chunks::<8>();
    let mut units = 0;
    for eight in eights {
        let eight = u64::from_le_bytes(*eight);
        // One bit of each byte: whether it goes on with a character, and whether it begins one of four bytes.
        let goes_on = (eight >> 7) & !(eight >> 6) & ONES;
        let four = (eight >> 7) & (eight >> 6) & (eight >> 5) & (eight >> 4) & ONES;
        units += 8 - sum(goes_on);
        if unit == Unit::Utf16 {
            units += sum(four);
        }
    }
    for &b in rest {
        units += u32::from(b & 0xC0 != 0x80);
        // A character of four bytes is two units of UTF-16.
        units += u32::from(unit == Unit::Utf16 && b >= 0xF0);
    }
    units
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_border_of_a_mixed_text_in_every_unit() {
        let text = "“Żółć €5,” 😀😀 e\u{301} said.\r\n".repeat(40);
        let utf8 = Offsets::new(&text, Unit::Utf8);
        let utf16 = Offsets::new(&text, Unit::Utf16);
        let codepoint = Offsets::new(&text, Unit::Codepoint);
        for (chars, (byte, _)) in text.char_indices().chain([(text.len(), ' ')]).enumerate() {
            assert_eq!(utf8.at(byte as u32) as usize, byte);
            assert_eq!(codepoint.at(byte as u32) as usize, chars);
            assert_eq!(
                utf16.at(byte as u32) as usize,
                text[..byte].encode_utf16().count()
            );
        }
    }

    #[test]
    fn an_offset_past_the_end_is_the_end() {
        assert_eq!(Offsets::new("abc", Unit::Codepoint).at(9), 3);
        assert_eq!(Offsets::new("äb", Unit::Codepoint).at(9), 2);
    }
}
