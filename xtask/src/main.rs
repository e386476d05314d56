//! Development tasks. One module per task; each takes the remaining arguments and answers with an error
//! of one line.

#![allow(clippy::disallowed_methods, reason = "development tasks measure time")]
#![allow(
    clippy::type_complexity,
    clippy::nonminimal_bool,
    reason = "as the reader finds it clearer"
)]

mod bench_lsp;
mod gold;
mod gold_set;
mod kb_build;
mod kb_dump;
mod kb_extract;
mod kb_places;
mod kb_synth;
mod train;
mod eval;

use std::process::ExitCode;

/// Name of a task, what it does, and its function.
type Task = (&'static str, &'static str, fn(&[String]) -> Result<(), String>);

const TASKS: &[Task] = &[
    (
        "bench-lsp",
        "[PROGRAM]: measure the language server as an editor sees it",
        bench_lsp::run,
    ),
    ("kb-build", "compile data/kb/*.tsv to data/kb.bin", kb_build::run),
    (
        "kb-dump",
        "[--size 2G] [--seed N] [--damaged PER_MILLE] [--politicians PER_MILLE]: write a synthetic dump of Wikidata's shape",
        kb_dump::run,
    ),
    (
        "kb-extract",
        "DIR: make the tables in data/kb from a folder of source extracts",
        kb_extract::run,
    ),
    (
        "kb-places",
        "DIR: make data/kb/places.tsv from lists of regions and cities",
        kb_places::run,
    ),
    (
        "gold",
        "WHAT: make and check the records of the gold set",
        gold_set::run,
    ),
    (
        "kb-synth",
        "N FILE: write a pack of N made-up people, to see how large packs behave",
        kb_synth::run,
    ),
    (
        "train",
        "pos: train the part-of-speech tagger on treebanks",
        train::run,
    ),
    (
        "eval",
        "pos: score the part-of-speech tagger on treebanks",
        eval::run,
    ),
];

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let Some((name, rest)) = args.split_first() else {
        println!("cargo xtask TASK [ARGUMENTS], where TASK is one of");
        for (name, what, _) in TASKS {
            println!("  {name:<12} {what}");
        }
        return ExitCode::SUCCESS;
    };
    let Some((.., run)) = TASKS.iter().find(|(task, ..)| task == name) else {
        eprintln!("error: no task '{name}'; run 'cargo xtask' for the list");
        return ExitCode::from(2);
    };
    match run(rest) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}
