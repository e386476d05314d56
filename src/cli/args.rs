//! The arguments and the help.

use std::{num::NonZeroUsize, path::PathBuf};

use clap::{Parser, Subcommand, ValueEnum, builder::styling};

use crate::{base::date::Date, cli::kb};

const STYLES: styling::Styles = styling::Styles::styled()
    .header(styling::AnsiColor::Yellow.on_default().bold())
    .usage(styling::AnsiColor::Yellow.on_default().bold())
    .literal(styling::AnsiColor::Green.on_default())
    .placeholder(styling::AnsiColor::Cyan.on_default());

/// Reads news copy: who is named, who says what, and which quotation nobody is said to have spoken.
#[derive(Parser, Debug)]
#[command(
    name = "copydesk",
    version,
    styles = STYLES,
    max_term_width = 100,
    arg_required_else_help = true,
    after_help = "\
Try it:
  copydesk annotate article.txt                 draw people, places and quotations under the lines
  copydesk check drafts/                        what a copy editor would query
  copydesk explain article.txt:12:8             everything known about one place, with the evidence
  copydesk kb lookup Scholz --on 2024-12-18     which office he held that day
  copydesk annotate --stream < in > out         an archive, one article a line, on every core

Exit status: 0 done, 1 something to look at (each command's help says what), 2 the run failed.
Settings: copydesk.toml, found upward from each file."
)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,

    #[command(flatten)]
    pub(crate) common: Common,
}

/// Options of every command.
#[derive(clap::Args, Clone, Debug)]
pub(crate) struct Common {
    /// Colors: on a terminal, unless NO_COLOR is set.
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t = Color::Auto)]
    pub(crate) color: Color,

    /// Settings file, instead of the copydesk.toml found upward from each article.
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,

    /// Knowledge base, instead of the one in the program (`kb` in copydesk.toml lays one over it).
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) kb: Option<PathBuf>,
}

#[derive(Subcommand, Debug)]
pub(crate) enum Command {
    /// Prints who is named and who says what.
    Annotate(Annotate),
    /// Prints what a copy editor would query.
    Check(Check),
    /// Prints everything known about one place of an article, with the evidence.
    Explain(Explain),
    /// Lists the rules, or prints the documentation of one.
    Rules {
        /// The code of a rule, such as unattributed-quote.
        code: Option<String>,
    },
    /// Looks into the knowledge base.
    #[command(subcommand)]
    Kb(kb::Command),
    /// Runs the language server on standard input and output; editors start this.
    #[cfg(feature = "lsp")]
    Lsp {
        /// Accepted because editors pass it; it is the only way of speaking.
        #[arg(long)]
        stdio: bool,
    },
}

#[derive(clap::Args, Debug)]
#[command(after_help = "\
Examples:
  copydesk annotate article.md
  copydesk annotate --format html article.txt > article.html
  copydesk annotate --format json --date 2024-12-18 article.txt | jq '.entities[].name'
  curl -s https://example.org/story.txt | copydesk annotate -
  copydesk annotate --stream < archive.jsonl > annotations.jsonl
  jq -c '{id, text: .body, date}' dump.jsonl | copydesk annotate --stream --config copydesk.toml

Exit status: 0 done, 1 a line of the stream was refused (its answer says why), 2 the run failed.
The JSON is described in docs/format.md.")]
pub(crate) struct Annotate {
    /// Articles, or folders to walk for .txt, .md and .markdown (what .gitignore names is left out, and no
    /// link is followed); `-` is standard input.
    #[arg(value_name = "FILE|DIR", required_unless_present = "stream")]
    pub(crate) files: Vec<PathBuf>,

    /// How to print [default: text, of a stream jsonl].
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(crate) format: Option<AnnotateFormat>,

    /// Annotate a stream: one JSON object {"id", "text", "date"?, "language_id"?} a line on standard
    /// input, one annotation a line out, in the same order. Settings, and packs of your own, hold only
    /// where --config names their file.
    #[arg(long, alias = "jsonl", conflicts_with = "files")]
    pub(crate) stream: bool,

    /// The date that offices are looked up at, over whatever the text says.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) date: Option<Date>,

    /// The unit of offsets in JSON.
    #[arg(long, value_enum, value_name = "UNIT", default_value_t = Unit::Codepoint)]
    pub(crate) offsets: Unit,

    /// Threads [default: one a core].
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,
}

#[derive(clap::Args, Debug)]
#[command(after_help = "\
Examples:
  copydesk check article.txt
  copydesk check drafts/ --fail-level error
  copydesk check --format sarif . > copydesk.sarif
  copydesk check --format github $(git diff --name-only --diff-filter=d main -- '*.md')

Exit status: 0 nothing at or above the fail level, 1 something, 2 the run itself failed.")]
pub(crate) struct Check {
    /// Articles, or folders to walk for .txt, .md and .markdown (what .gitignore names is left out, and no
    /// link is followed); `-` is standard input.
    #[arg(value_name = "FILE|DIR", required = true)]
    pub(crate) paths: Vec<PathBuf>,

    /// How to print.
    #[arg(long, value_enum, default_value_t = CheckFormat::Human)]
    pub(crate) format: CheckFormat,

    /// The least severity that makes the exit status 1 [default: the setting, else warning].
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub(crate) fail_level: Option<FailLevel>,

    /// The date that offices are looked up at, over whatever the text says.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) date: Option<Date>,

    /// Threads [default: one a core].
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,
}

#[derive(clap::Args, Debug)]
#[command(after_help = "\
Example:
  copydesk explain article.txt:12:8

Exit status: 0 something is known, 1 nothing, 2 the run failed.")]
pub(crate) struct Explain {
    /// Lines and columns count from 1, columns in characters, as editors show them; `-` is standard input.
    #[arg(value_name = "FILE:LINE:COL", allow_hyphen_values = true)]
    pub(crate) place: String,

    /// The date that offices are looked up at, over whatever the text says.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) date: Option<Date>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum AnnotateFormat {
    /// One JSON object, indented (an array for several files, and for a folder).
    Json,
    /// One JSON object a line.
    Jsonl,
    /// The article with marks under its lines.
    Text,
    /// One self-contained web page.
    Html,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum CheckFormat {
    /// For people.
    Human,
    /// One JSON array.
    Json,
    /// SARIF 2.1.0, for code hosts.
    Sarif,
    /// Workflow commands of GitHub Actions.
    Github,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum FailLevel {
    Hint,
    Info,
    Warning,
    Error,
    /// Findings never fail the run.
    Never,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
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
