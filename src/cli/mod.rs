//! The command line: arguments in, annotations and findings out. Contains no decision about prose.
//!
//! Exit status: 0 done, 1 findings at or above the fail level (or a bad line in a stream), 2 the run failed.

mod args;
mod error;
mod input;
mod offsets;
mod json;
mod annotate;
mod stream;
mod kb;

use std::ffi::OsString;

use clap::Parser;

use crate::{
    cli::{
        args::{Args, Command},
        error::{Failure, Outcome},
    },
    kb::Kb,
};

/// Runs one command line and returns its exit status. The first of `argv` is the program's name.
pub fn run(argv: impl IntoIterator<Item = OsString>) -> u8 {
    let args = match Args::try_parse_from(argv) {
        Ok(args) => args,
        Err(e) => {
            // Help and version come this way too, with status 0.
            let _ = e.print();
            return u8::try_from(e.exit_code()).unwrap_or(2);
        }
    };
    match dispatch(args) {
        Ok(status) => status,
        Err(Failure::BrokenPipe) => 0,
        Err(Failure::Message(message)) => {
            error::complain(&message);
            2
        }
    }
}

fn dispatch(args: Args) -> Outcome {
    let kb = Kb::embedded();
    match args.command {
        Command::Annotate(options) if options.stream => stream::run(&options, kb),
        Command::Annotate(options) => annotate::run(&options, kb),
        Command::Kb(command) => kb::run(&command, kb),
    }
}
