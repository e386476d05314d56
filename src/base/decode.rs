//! The bytes of a file as text. Whatever can be read is read.

use std::borrow::Cow;

use crate::base::place::line_and_column;

/// Bytes to text: UTF-8, UTF-16 with a byte order mark, else UTF-8 in which each stray byte is read as
/// Windows-1252, the encoding that old newsroom systems write their curly quotation marks in. Beside the text
/// what had to be guessed, if anything: one line for the user.
pub fn decode(bytes: Vec<u8>) -> (String, Option<String>) {
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return (text, None),
        Err(e) => e.into_bytes(),
    };
    let utf16 = |of: fn([u8; 2]) -> u16| {
        let units = bytes[2..]
            .chunks(2)
            .map(|c| of([c[0], c.get(1).copied().unwrap_or(0)]));
        let text = char::decode_utf16(units)
            .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect();
        (
            text,
            Some("read as UTF-16; offsets count the decoded text".to_owned()),
        )
    };
    match bytes.get(..2) {
        Some([0xFF, 0xFE]) => return utf16(u16::from_le_bytes),
        Some([0xFE, 0xFF]) => return utf16(u16::from_be_bytes),
        _ => {}
    }
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 8);
    let (mut n_strays, mut first) = (0, None);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            n_strays += chunk.invalid().len();
            first.get_or_insert_with(|| {
                let (line, column) = line_and_column(&text, text.len());
                format!("{line}:{column}")
            });
            text.extend(chunk.invalid().iter().map(|&b| windows_1252(b)));
        }
    }
    let bytes: Cow<'_, str> = match n_strays {
        1 => "1 byte".into(),
        n => format!("{n} bytes").into(),
    };
    let warning = format!(
        "not UTF-8: {bytes}, the first at {}, read as Windows-1252; offsets count the decoded text",
        first.unwrap_or_default()
    );
    (text, Some(warning))
}

/// Whether bytes are no text in any encoding that is read: a picture or a spreadsheet under the name of an article would
/// give findings about nothing. Stray bytes of an old system are far from the border: one in fifty.
pub fn is_no_text(bytes: &[u8]) -> bool {
    let head = bytes.get(..8192).unwrap_or(bytes);
    let utf16 = head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]);
    let is_control = |b: &&u8| b.is_ascii_control() && !matches!(**b, b'\t' | b'\n' | b'\r' | 0x0C);
    !utf16 && head.iter().filter(is_control).count() * 50 > head.len() && std::str::from_utf8(bytes).is_err()
}

/// The character of a byte from 0x80 up in Windows-1252.
fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{fffd}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{fffd}', 'Ž', '\u{fffd}',
        '\u{fffd}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{fffd}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9F => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf8_is_taken_as_it_stands() {
        assert_eq!(
            decode("\u{feff}“Żółć”\0".into()),
            ("\u{feff}“Żółć”\0".to_owned(), None)
        );
    }

    #[test]
    fn stray_bytes_are_windows_1252_and_told_once() {
        let (text, warning) = decode(b"One\n\x93Go,\x94 ol\xe9 \x81".to_vec());
        assert_eq!(text, "One\n“Go,” olé \u{fffd}");
        assert_eq!(
            warning.as_deref(),
            Some(
                "not UTF-8: 4 bytes, the first at 2:1, read as Windows-1252; offsets count the decoded text"
            )
        );
    }

    #[test]
    fn a_stray_byte_is_found_whatever_ends_the_lines() {
        for text in [&b"One\rtwo\r\x93Go"[..], b"One\r\ntwo\n\x93Go"] {
            let (_, warning) = decode(text.to_vec());
            let warning = warning.unwrap_or_default();
            assert!(warning.contains("1 byte, the first at 3:1"), "{warning}");
        }
    }

    #[test]
    fn utf16_by_its_mark() {
        let le: Vec<u8> = "\u{feff}“Go”".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = "\u{feff}“Go”".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decode(le).0, "“Go”");
        assert_eq!(decode(be).0, "“Go”");
    }
}
