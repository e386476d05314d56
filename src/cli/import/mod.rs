//! `copydesk kb import`: inputs to a pack, whole or not at all.

mod disk;
mod read;
mod summary;

use std::path::{Path, PathBuf};

use crate::{
    base::{date::Date, decode::decode},
    cli::{
        error::{Failure, Outcome},
        import::{
            disk::{Spool, Target},
            read::{Input, Lines},
            summary::Summary,
        },
        input,
        terminal::Progress,
    },
    kb::{
        Kb, compile,
        import::{self, Format, Line, OwnLayer, Rules, Tally, World},
        source::Tables,
    },
};

/// A table is read whole; a larger one is a dump that took the wrong way.
const MAX_TABLE: u64 = 256 << 20;

#[derive(clap::Args, Debug)]
#[command(after_help = "\
From a dump of Wikidata (https://dumps.wikimedia.org/wikidatawiki/entities/, CC0):
  copydesk kb import latest-all.json.gz -o world.kb
  lbzip2 -dc latest-all.json.bz2 | copydesk kb import - -o world.kb
From a query (no dump needed; a few minutes):
  copydesk kb query leaders > leaders.rq
  curl -sH 'Accept: text/tab-separated-values' --data-urlencode query@leaders.rq \\
    https://query.wikidata.org/sparql > leaders.tsv
  copydesk kb import leaders.tsv -o leaders.kb
From a table of your own (columns: name, office, org, start, end, aliases …):
  copydesk kb import people.csv --as-of 2024-12-18 -o desk.kb
Then:
  copydesk kb verify desk.kb
  echo 'kb = [\"desk.kb\"]' >> copydesk.toml      lays it over the base in the program
  copydesk annotate article.txt

Several inputs become one pack; where they differ the later one counts. Nothing is written until all
is read, and a run that is stopped leaves nothing behind. The same inputs give the same bytes.
All columns, and what of Wikidata is taken: docs/kb-import.md.")]
pub(crate) struct Options {
    /// Dumps (.json, .gz, .zst), results of queries (.json, .tsv), tables (.csv, .tsv, .toml); `-` is
    /// standard input. What a file is, is seen in its content.
    #[arg(value_name = "INPUT", required = true)]
    inputs: Vec<PathBuf>,

    /// The pack to write.
    #[arg(short, long, value_name = "PACK")]
    output: PathBuf,

    /// How the inputs are written, where their content does not tell.
    #[arg(long, value_enum)]
    format: Option<InputFormat>,

    /// The day to which the inputs know the world. Needed where they do not say it themselves: a dump has
    /// the day of its newest edit, a shipped query asks for the day it runs on, a table may have as_of.
    #[arg(long, value_name = "YYYY-MM-DD")]
    as_of: Option<Date>,

    /// Leave out what ended before.
    #[arg(long, value_name = "DATE", default_value = "1945")]
    since: Date,

    /// What to call the source of your own tables, as a hover shows it.
    #[arg(long, value_name = "ID", default_value = "desk")]
    layer: String,

    /// The license of your own tables, as `kb stats` shows it.
    #[arg(long, alias = "licence", value_name = "TEXT", default_value = "own")]
    license: String,
}

#[derive(clap::ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
enum InputFormat {
    /// Entities of Wikidata, one a line.
    Dump,
    /// Results of a query as JSON.
    SparqlJson,
    /// Results of a query as TSV.
    SparqlTsv,
    Csv,
    Tsv,
    Toml,
}

impl From<InputFormat> for Format {
    fn from(format: InputFormat) -> Self {
        match format {
            InputFormat::Dump => Self::Dump,
            InputFormat::SparqlJson => Self::SparqlJson,
            InputFormat::SparqlTsv => Self::SparqlTsv,
            InputFormat::Csv => Self::Csv,
            InputFormat::Tsv => Self::Tsv,
            InputFormat::Toml => Self::Toml,
        }
    }
}

/// Runs the import. `known` is the base below the pack.
pub(crate) fn run(options: &Options, known: &Kb) -> Outcome {
    input::read_once(&options.inputs)?;
    let target = Target::new(&options.output)?;
    let mut summary = Summary::new();
    let mut progress = Progress::of_stderr();
    let mut dumps = Dumps::default();
    let mut texts: Vec<(String, String, Format)> = Vec::new();
    for path in &options.inputs {
        let input = Input::open(path, options.format.map(Format::from))?;
        if input.format == Format::Dump {
            dumps.read(input, &target, &mut summary, &mut progress)?;
        } else {
            let (name, format) = (input.name.clone(), input.format);
            texts.push((name, table_text(input, &mut summary)?, format));
        }
    }
    let mut tables = Tables::default();
    let mut tally = std::mem::take(&mut dumps.tally);
    if let Some((things, people)) = dumps.spools.take() {
        let rules =
            rules(options, dumps.newest.or(dumps.named)).ok_or_else(|| as_of_is_needed(&options.inputs))?;
        let (more, of_world) = world(things, people, known, rules, &mut progress)?;
        tables = more;
        tally.add(of_world);
    }
    for (name, text, format) in texts {
        // A table has its own days, row by row; the rule is what it falls back on.
        let rules = rules(options, None).unwrap_or(Rules {
            as_of: options.since,
            given: None,
            since: options.since,
        });
        let layer = OwnLayer {
            id: options.layer.clone(),
            license: options.license.clone(),
        };
        let (more, of_table) = import::table(&name, &text, format, known, rules, &layer, &tables)
            .map_err(|e| Failure::new(e.to_string()))?;
        tables = import::merge(tables, more);
        tally.add(of_table);
    }
    if tables.entities.is_empty() {
        return Err(Failure::new(nothing_kept(&tally)));
    }
    progress.say(|_| "compiling".to_owned());
    let tables = import::complete(tables, known);
    let bytes = compile::compile(&tables).map_err(|e| Failure::new(e.to_string()))?;
    drop(tables);
    target.write(&bytes)?;
    drop(progress);
    let pack = Kb::load(bytes).map_err(|e| Failure::new(format!("{}: {e}", options.output.display())))?;
    summary.print(&options.output, &pack, &tally)?;
    Ok(0)
}

fn rules(options: &Options, found: Option<Date>) -> Option<Rules> {
    Some(Rules {
        as_of: options.as_of.or(found)?,
        given: options.as_of,
        since: options.since,
    })
}

fn as_of_is_needed(inputs: &[PathBuf]) -> Failure {
    let name = inputs
        .first()
        .map(|path| path.display().to_string())
        .unwrap_or_default();
    Failure::new(format!(
        "{name}: says nowhere of which day it is; give --as-of, the day the dump was made (that of the file \
         may be the day it was copied)"
    ))
}

/// Why there is nothing to write.
fn nothing_kept(tally: &Tally) -> String {
    let mut why = format!("nothing to keep among {} lines; no pack is written", tally.read);
    if let Some((line, reason)) = tally.told.first() {
        why += &format!(" ({} damaged, the first is line {line}: {reason})", tally.damaged);
    } else if tally.other_offices > 0 {
        why += "; people hold offices whose items are not in the input: a filter must keep the items of \
                offices and countries too (docs/kb-import.md)";
    }
    why
}

fn table_text(mut input: Input, summary: &mut Summary) -> Result<String, Failure> {
    let bytes = input.read_whole(MAX_TABLE)?;
    summary.bytes += bytes.len() as u64;
    let (text, warning) = decode(bytes);
    if let Some(warning) = warning {
        summary.warnings.push(format!("{}: {warning}", input.name));
    }
    Ok(text)
}

/// What the first pass over all dumps gathers.
#[derive(Default)]
struct Dumps {
    spools: Option<(Spool, Spool)>,
    /// The day of the newest edit, and the day in a file's name.
    newest: Option<Date>,
    named: Option<Date>,
    tally: Tally,
}

impl Dumps {
    fn read(
        &mut self,
        input: Input,
        target: &Target,
        summary: &mut Summary,
        progress: &mut Progress,
    ) -> Result<(), Failure> {
        if self.spools.is_none() {
            self.spools = Some((target.spool("things")?, target.spool("people")?));
        }
        let Some((things, people)) = &mut self.spools else {
            return Ok(());
        };
        self.named = self.named.max(import::day_in_name(&input.name));
        let name = input.name.clone();
        let (total, consumed) = (input.total, input.consumed.clone());
        let before = summary.bytes;
        let mut bytes = Vec::new();
        let (mut line_number, mut kept) = (0u64, 0u64);
        let lines = Lines::new(input);
        lines.each(|line, is_whole| {
            line_number += 1;
            summary.bytes += line.len() as u64 + 1;
            if line_number.is_multiple_of(64) {
                progress.say(|seconds| {
                    let part = total.map(|total| consumed.get() as f64 / total.max(1) as f64);
                    let rate = summary.bytes as f64 / seconds;
                    summary::progress(&name, (summary.bytes - before) as f64, part, rate, kept)
                });
            }
            if !is_whole {
                self.tally.damaged(line_number, "longer than 64 MB");
                return Ok(());
            }
            match import::reduce(line) {
                Line::Other => {}
                Line::Damaged(why) => self.tally.damaged(line_number, &why),
                Line::Item(item, day) => {
                    self.newest = self.newest.max(day);
                    kept += 1;
                    bytes.clear();
                    item.write(&mut bytes);
                    let spool = if item.human { &mut *people } else { &mut *things };
                    spool.put(&bytes)?;
                }
            }
            Ok(())
        })?;
        self.tally.read += line_number;
        Ok(())
    }
}

/// The second pass, from what the first one kept.
fn world(
    mut things: Spool,
    mut people: Spool,
    known: &Kb,
    rules: Rules,
    progress: &mut Progress,
) -> Result<(Tables, Tally), Failure> {
    let mut world = World::new(known, rules);
    things.each(|item| world.learn(&item))?;
    world.close();
    things.each(|item| world.thing(&item))?;
    drop(things);
    let mut n = 0u64;
    people.each(|item| {
        n += 1;
        if n.is_multiple_of(4096) {
            progress.say(|_| format!("{n} people looked at"));
        }
        world.person(&item);
    })?;
    drop(people);
    Ok(world.finish())
}

/// What an input is called in messages.
fn called(path: &Path) -> String {
    if path.as_os_str() == "-" {
        "<stdin>".to_owned()
    } else {
        path.display().to_string()
    }
}
