//! What can be wrong with a knowledge base or with the tables it is made from.

use std::fmt;

use crate::base::order::Order;

/// Lines of further faults beyond this many are counted and not listed.
const SHOWN: usize = 8;

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

    /// Of the faults of several rows the one that stands first, with the lines of the others: whoever mends a table
    /// by hand wants to see all of them at once.
    pub(super) fn first_of(mut faults: Vec<Self>) -> Option<Self> {
        faults.order_by(|a, b| a.line().cmp(&b.line()));
        faults.dedup_by(|a, b| a.line() == b.line());
        let mut faults = faults.into_iter();
        let mut first = faults.next()?;
        let others: Vec<String> = faults.map(|fault| fault.line().to_string()).collect();
        if let (ErrorKind::Row { what, .. }, false) = (&mut first.kind, others.is_empty()) {
            let shown = others.get(..SHOWN).unwrap_or(&others).join(", ");
            let more = if others.len() > SHOWN { " …" } else { "" };
            let (rows, lines) = match others.len() {
                1 => ("row has", "line"),
                _ => ("rows have", "lines"),
            };
            *what = format!(
                "{what} ({} more {rows} a fault: {lines} {shown}{more})",
                others.len()
            );
        }
        Some(first)
    }

    fn line(&self) -> usize {
        match self.kind {
            ErrorKind::Format(_) => 0,
            ErrorKind::Row { line, .. } => line,
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
