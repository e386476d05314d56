//! Files to text. Whatever can be read is read; what had to be guessed is said in one line.

use std::{
    io::{self, Read},
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{
    base::decode::{decode, is_no_text},
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

/// Refuses paths that name standard input more than once.
pub(crate) fn read_once(paths: &[PathBuf]) -> Result<(), Failure> {
    match paths.iter().filter(|path| path.as_os_str() == "-").count() {
        0 | 1 => Ok(()),
        _ => Err(Failure::new("standard input can be read once; '-' stands twice")),
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
    if is_no_text(&bytes) {
        return Err(Failure::new(format!(
            "{name}: is no text: too much of it is control characters"
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
        io::ErrorKind::IsADirectory => "is a folder; name a file in it".to_owned(),
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
