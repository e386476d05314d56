//! The arguments and the help.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

use crate::{base::date::Date, cli::kb};

/// Reads news copy: who is named, who says what, and which quotation nobody is said to have spoken.
#[derive(Parser, Debug)]
#[command(
    name = "copydesk",
    version,
    max_term_width = 100,
    arg_required_else_help = true
)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand, Debug)]
pub(crate) enum Command {
    /// Prints who is named and who says what.
    Annotate(Annotate),
    /// Looks into the knowledge base.
    #[command(subcommand)]
    Kb(kb::Command),
}

#[derive(clap::Args, Debug)]
pub(crate) struct Annotate {
    /// Articles: .txt, .md or .markdown; `-` is standard input.
    #[arg(value_name = "FILE", required_unless_present = "stream")]
    pub(crate) files: Vec<PathBuf>,

    /// How to print: `text` draws the marks under the lines, `html` is one self-contained page an article.
    #[arg(long, value_enum, default_value_t = AnnotateFormat::Text)]
    pub(crate) format: AnnotateFormat,

    /// Annotates a stream: one JSON object {"id", "text", "date"?, "language_id"?} a line on standard
    /// input, one annotation a line out, in the same order.
    #[arg(long = "jsonl", conflicts_with_all = ["files", "format"])]
    pub(crate) stream: bool,

    /// The date that offices are looked up at, over whatever the text says.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) date: Option<Date>,

    /// The unit of offsets in JSON.
    #[arg(long, value_enum, value_name = "UNIT", default_value_t = Unit::Codepoint)]
    pub(crate) offsets: Unit,

    /// Threads; by default one a core.
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum AnnotateFormat {
    /// One JSON object, indented (an array for several files).
    Json,
    /// One JSON object a line.
    Jsonl,
    /// The article with marks under its lines.
    Text,
    /// A web page.
    Html,
}

/// The unit that offsets are counted in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum Unit {
    /// Unicode code points.
    Codepoint,
    /// Bytes of UTF-8.
    Utf8,
    /// Code units of UTF-16.
    Utf16,
}

impl Unit {
    /// Its name in the output.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Codepoint => "codepoint",
            Self::Utf8 => "utf8",
            Self::Utf16 => "utf16",
        }
    }
}
