//! What can go wrong in a run, and how it is told: one line on standard error.

use std::{
    fmt::Display,
    io::{self, Write},
};

use crate::cli::terminal::printable;

/// Why a run ends early.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The reader of our output has gone; nobody wants to hear of it.
    BrokenPipe,
    /// One file cannot be had, others may: one line for the user, what, where, what to do.
    Message(String),
    /// Nothing can be done, whatever the file: the same line.
    Fatal(String),
}

/// The exit status of a run, or why there is none.
pub(crate) type Outcome = Result<u8, Failure>;

impl Failure {
    /// A failure told as `message`.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self::Message(message.into())
    }
}

impl From<io::Error> for Failure {
    /// Errors of writing; reading is told with the file's name, see `input`.
    fn from(e: io::Error) -> Self {
        match e.kind() {
            io::ErrorKind::BrokenPipe => Self::BrokenPipe,
            _ => Self::Message(format!("cannot write the output: {e}")),
        }
    }
}

/// Tells the user `message` on standard error. The reader of standard error may be gone; that is no fault.
pub(crate) fn complain(message: &dyn Display) {
    let _ = writeln!(
        io::stderr().lock(),
        "copydesk: {}",
        printable(&message.to_string())
    );
}
