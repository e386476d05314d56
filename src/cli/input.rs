//! Files to text. Whatever can be read is read; what had to be guessed is said in one line.

use std::{
    borrow::Cow,
    io::{self, Read},
    path::Path,
    sync::Arc,
};

use crate::{
    cli::error::{self, Failure},
    syntax::block::Format,
};

/// Offsets are 32 bits wide, and decoding may make a byte three bytes long.
const MAX_BYTES: u64 = 1 << 30;

/// One article as it was read.
#[derive(Debug)]
pub(crate) struct Source {
    /// What to call it: the path as given, `<stdin>`.
    pub(crate) name: String,
    /// Its text.
    pub(crate) text: Arc<str>,
    /// How it is written.
    pub(crate) format: Format,
    /// What the reader had to guess, if anything: one line without the file's name.
    pub(crate) warning: Option<String>,
}

impl Source {
    /// Tells the user what had to be guessed.
    pub(crate) fn warn(&self) {
        if let Some(warning) = &self.warning {
            error::complain(&format_args!("{}: warning: {warning}", self.name));
        }
    }
}

/// Reads one article; `-` is standard input.
pub(crate) fn read(path: &Path) -> Result<Source, Failure> {
    let stdin = path.as_os_str() == "-";
    let name = if stdin {
        "<stdin>".to_owned()
    } else {
        path.display().to_string()
    };
    let bytes = if stdin {
        let mut bytes = Vec::new();
        io::stdin()
            .lock()
            .take(MAX_BYTES + 1)
            .read_to_end(&mut bytes)
            .map(|_| bytes)
    } else {
        read_file(path)
    }
    .map_err(|e| Failure::new(format!("{name}: {}", explain(&e))))?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(Failure::new(format!(
            "{name}: larger than 1 GB; cut it into articles"
        )));
    }
    let (text, warning) = decode(bytes);
    let format = format_of(path);
    Ok(Source {
        name,
        text: text.into(),
        format,
        warning,
    })
}

fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    let meta = std::fs::metadata(path)?;
    if meta.is_dir() {
        return Err(io::Error::from(io::ErrorKind::IsADirectory));
    }
    let mut bytes = Vec::with_capacity(meta.len().min(MAX_BYTES) as usize + 1);
    std::fs::File::open(path)?
        .take(MAX_BYTES + 1)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The words of an error of reading, with what to do where we know.
pub(crate) fn explain(e: &io::Error) -> String {
    match e.kind() {
        io::ErrorKind::NotFound => "no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "may not be read (permission denied)".to_owned(),
        io::ErrorKind::IsADirectory => {
            "is a folder; name a file, or let 'copydesk check' walk the folder".to_owned()
        }
        _ => format!("cannot be read: {e}"),
    }
}

/// How a file is written, by its name.
pub(crate) fn format_of(path: &Path) -> Format {
    match path.extension().and_then(|e| e.to_str()) {
        Some(e) if e.eq_ignore_ascii_case("md") || e.eq_ignore_ascii_case("markdown") => Format::Markdown,
        _ => Format::Plain,
    }
}

/// Bytes to text: UTF-8, UTF-16 with a byte order mark, else UTF-8 in which each stray byte is read as
/// Windows-1252, the encoding that old newsroom systems write their curly quotation marks in.
fn decode(bytes: Vec<u8>) -> (String, Option<String>) {
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
                let line = text.bytes().filter(|&b| b == b'\n').count() + 1;
                let column = text.chars().rev().take_while(|&c| c != '\n').count() + 1;
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
    fn utf16_by_its_mark() {
        let le: Vec<u8> = "\u{feff}“Go”".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = "\u{feff}“Go”".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decode(le).0, "“Go”");
        assert_eq!(decode(be).0, "“Go”");
    }
}
