//! Arguments to command line or language server; exit codes; nothing else.

use std::process::ExitCode;

use copydesk::cli::{self, Next};

fn main() -> ExitCode {
    match cli::run(std::env::args_os()) {
        Next::Exit(status) => ExitCode::from(status),
        #[cfg(feature = "lsp")]
        Next::Serve { kb, kb_file, config } => copydesk::lsp::serve(copydesk::lsp::Options {
            kb: Some(kb),
            kb_file,
            config,
            cache: copydesk::lsp::cache_directory(),
            ..Default::default()
        }),
        #[cfg(not(feature = "lsp"))]
        Next::Serve { .. } => ExitCode::from(2),
    }
}
