//! The command line: arguments in, annotations and findings out. Contains no decision about prose.
//!
//! Exit status: 0 done, 1 findings at or above the fail level (or a bad line in a stream), 2 the run failed.

mod args;
mod error;
mod input;
mod project;
mod work;
mod walk;
mod offsets;
mod places;
mod json;
mod terminal;
pub mod render;
mod html;
mod batch;
mod annotate;
mod stream;
mod check;
mod report;
mod explain;
mod kb;
mod kb_card;
mod kb_lookup;
mod import;
mod query;

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
};

use clap::Parser;

use crate::{
    cli::{
        args::{Args, Command},
        error::{Failure, Outcome},
    },
    kb::Kb,
};

/// What is left to do after the command line is read.
#[derive(Debug)]
pub enum Next {
    /// Nothing; leave with this status.
    Exit(u8),
    /// Run the language server on standard input and output.
    Serve {
        /// The knowledge base to use.
        kb: Kb,
        /// The file that it was read from, if it is not the one in the program.
        kb_file: Option<PathBuf>,
        /// The settings file, if one is named for every article.
        config: Option<PathBuf>,
    },
}

/// Runs one command line. The first of `argv` is the program's name.
pub fn run(argv: impl IntoIterator<Item = OsString>) -> Next {
    let args = match Args::try_parse_from(argv) {
        Ok(args) => args,
        Err(e) => {
            // Help and version come this way too, with status 0, if they could be written.
            return Next::Exit(match e.print() {
                Err(failed) if !e.use_stderr() => status(Err(failed.into())),
                _ => u8::try_from(e.exit_code()).unwrap_or(2),
            });
        }
    };
    #[cfg(feature = "lsp")]
    if let Command::Lsp { .. } = args.command {
        match knowledge(args.common.kb.as_deref()) {
            Ok(kb) => {
                return Next::Serve {
                    kb,
                    kb_file: args.common.kb,
                    config: args.common.config,
                };
            }
            Err(failure) => return Next::Exit(status(Err(failure))),
        }
    }
    Next::Exit(status(dispatch(&args)))
}

/// The exit status of a run; what went wrong is told on standard error.
fn status(outcome: Outcome) -> u8 {
    match outcome {
        Ok(status) => status,
        Err(Failure::BrokenPipe) => 0,
        Err(Failure::Message(message) | Failure::Fatal(message)) => {
            error::complain(&message);
            2
        }
    }
}

fn dispatch(args: &Args) -> Outcome {
    let common = &args.common;
    let kb = knowledge(common.kb.as_deref())?;
    match &args.command {
        Command::Annotate(options) if options.stream => stream::run(options, common, &kb),
        Command::Annotate(options) => annotate::run(options, common, &kb),
        Command::Check(options) => check::run(options, common, &kb),
        Command::Explain(options) => explain::run(options, common, &kb),
        Command::Rules { code } => explain::rules(code.as_deref(), common),
        Command::Kb(command) => kb::run(command, common, &kb),
        #[cfg(feature = "lsp")]
        Command::Lsp { .. } => Ok(0),
    }
}

/// The knowledge base in the program, or the one in a file.
fn knowledge(path: Option<&Path>) -> Result<Kb, Failure> {
    match path {
        None => Ok(Kb::embedded().clone()),
        Some(path) => kb::load(path),
    }
}
