//! Arguments to command line or language server; exit codes; nothing else.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(copydesk::cli::run(std::env::args_os()))
}
