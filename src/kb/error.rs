//! What can be wrong with a knowledge base or with the tables it is made from.

use std::fmt;

/// Why a knowledge base could not be loaded or made. The message is one line without a full stop.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KbError {
    kind: ErrorKind,
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum ErrorKind {
    /// Bytes that are not a knowledge base of this version.
    Format(&'static str),
    /// A line of a table that cannot be read.
    Row { file: String, line: usize, what: String },
}

impl KbError {
    pub(super) fn format(what: &'static str) -> Self {
        Self {
            kind: ErrorKind::Format(what),
        }
    }

    pub(super) fn row(file: &str, line: usize, what: impl Into<String>) -> Self {
        Self {
            kind: ErrorKind::Row {
                file: file.to_owned(),
                line,
                what: what.into(),
            },
        }
    }
}

impl fmt::Display for KbError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            ErrorKind::Format(what) => write!(f, "not a usable knowledge base: {what}"),
            ErrorKind::Row { file, line, what } => write!(f, "{file}:{line}: {what}"),
        }
    }
}

impl std::error::Error for KbError {}
