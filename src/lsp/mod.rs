//! The language server. The only layer that names the protocol.

use std::process::ExitCode;

/// How the server is started.
#[derive(Clone, Debug, Default)]
pub struct Options {}

/// Serves one editor on standard input and output until it asks to exit, closes the stream, or dies.
/// The exit status is 0 after an orderly shutdown and 1 otherwise, as the protocol wants it.
pub fn serve(options: Options) -> ExitCode {
    let _ = options;
    ExitCode::FAILURE
}
