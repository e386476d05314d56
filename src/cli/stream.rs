//! `copydesk annotate --stream`: a stream of articles in, their annotations out, in order.
//!
//! One thread reads, `jobs` threads annotate, one writes. The writer holds a place in line for every article
//! in flight, and the line is bounded, so that a slow reader of our output stops our input too.

use std::{
    io::{self, BufRead, BufWriter, Read, Write},
    panic::{self, AssertUnwindSafe},
    path::Path,
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{self, Receiver, SyncSender, TryRecvError},
    },
    thread,
};

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::{
    base::date::Date,
    cli::{
        args::{Annotate, AnnotateFormat, Common, Unit},
        batch,
        error::{self, Failure, Outcome},
        json,
        project::{Projects, tell_damage},
        terminal::Progress,
    },
    kb::Kb,
    rules::{self, config::Config},
    semantic::article::{self, Context},
    syntax::block::Format,
};

/// Articles in flight for each thread.
const WINDOW: usize = 4;

/// A longer line is answered with an error and skipped.
const MAX_LINE: u64 = 256 << 20;

/// What every article of the stream is read with.
struct Setting {
    kb: Kb,
    unit: Unit,
    /// Wins over the record's own date.
    date: Option<Date>,
    config: Config,
}

/// One line of input, and where its answer goes.
struct Job {
    /// Counted from 1, blank lines too.
    number: u64,
    line: Vec<u8>,
    answer: SyncSender<Answer>,
}

/// One line of output.
struct Answer {
    line: Vec<u8>,
    /// Where and why a line was refused.
    refused: Option<String>,
}

#[derive(Deserialize)]
struct Record<'a> {
    #[serde(borrow)]
    id: Option<&'a RawValue>,
    text: String,
    date: Option<String>,
    language_id: Option<String>,
}

#[derive(Serialize)]
struct Refusal<'a> {
    id: Option<&'a RawValue>,
    line: u64,
    error: &'a str,
}

/// Why a line is no article, and the id that it has all the same.
type Refused<'a> = (Option<&'a RawValue>, String);

pub(crate) fn run(options: &Annotate, common: &Common, kb: &Kb) -> Outcome {
    if options
        .format
        .is_some_and(|format| format != AnnotateFormat::Jsonl)
    {
        return Err(Failure::new(
            "a stream is answered in JSON, one line for each; leave '--format' away, or name the files instead",
        ));
    }
    // The stream has no place in a folder: only settings named on the command line hold, so that it gives the
    // same everywhere.
    let (config, kb) = match &common.config {
        Some(path) => Projects::new(Some(path), kb)?.of(Path::new("-"))?,
        None => (Config::default(), kb.clone()),
    };
    let told = kb.clone();
    let setting = Arc::new(Setting {
        kb,
        unit: options.offsets,
        date: options.date,
        config,
    });
    let n_jobs = batch::jobs(options.jobs);
    let (to_workers, jobs) = mpsc::sync_channel::<Job>(n_jobs);
    let (to_writer, line_up) = mpsc::sync_channel::<Receiver<Answer>>(n_jobs * WINDOW);
    let (failed, failure) = mpsc::channel::<io::Error>();
    // The threads are not joined: when our output is gone, the process ends though input blocks.
    let jobs = Arc::new(Mutex::new(jobs));
    for _ in 0..n_jobs {
        let (jobs, setting) = (Arc::clone(&jobs), Arc::clone(&setting));
        thread::spawn(move || work(&jobs, &setting));
    }
    thread::spawn(move || {
        if let Err(e) = read(&to_workers, &to_writer) {
            let _ = failed.send(e);
        }
    });
    let good = write(&line_up)?;
    if let Ok(e) = failure.recv() {
        return Err(Failure::new(format!("cannot read standard input: {e}")));
    }
    match tell_damage(&told) {
        true => Ok(u8::from(!good)),
        false => Ok(2),
    }
}

/// Cuts standard input into lines until it ends or nobody waits for answers any more.
fn read(to_workers: &SyncSender<Job>, to_writer: &SyncSender<Receiver<Answer>>) -> io::Result<()> {
    let mut input = io::stdin().lock();
    let mut number = 0;
    loop {
        let mut line = Vec::new();
        if input.by_ref().take(MAX_LINE).read_until(b'\n', &mut line)? == 0 {
            return Ok(());
        }
        let whole = line.last() == Some(&b'\n') || (line.len() as u64) < MAX_LINE;
        number += 1;
        // Some programs begin a file in UTF-8 with a mark that says so.
        if number == 1 && line.starts_with("\u{feff}".as_bytes()) {
            line.drain(.."\u{feff}".len());
        }
        if line.trim_ascii().is_empty() && whole {
            continue;
        }
        let (answer, place) = mpsc::sync_channel(1);
        if to_writer.send(place).is_err() {
            return Ok(());
        }
        if whole {
            let _ = to_workers.send(Job { number, line, answer });
        } else {
            let _ = answer.send(refuse(
                number,
                &(None, format!("line longer than {} MB", MAX_LINE >> 20)),
            ));
            input.skip_until(b'\n')?;
        }
    }
}

/// Answers jobs until there are no more.
fn work(jobs: &Mutex<Receiver<Job>>, setting: &Setting) {
    loop {
        let next = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(Job { number, line, answer }) = next else {
            return;
        };
        // A fault of ours in one article must not take the others with it.
        let result =
            panic::catch_unwind(AssertUnwindSafe(|| annotate(&line, setting))).unwrap_or_else(|_| {
                Err((
                    id_of(&line),
                    "internal error; please report this article".to_owned(),
                ))
            });
        let _ = answer.send(result.unwrap_or_else(|refused| refuse(number, &refused)));
    }
}

/// Writes the answers in the order of the input; whether all were good.
fn write(line_up: &Receiver<Receiver<Answer>>) -> Result<bool, Failure> {
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let mut progress = Progress::new();
    let (mut n_done, mut n_refused, mut first) = (0_u64, 0_u64, None);
    loop {
        let place = match line_up.try_recv() {
            Ok(place) => place,
            Err(TryRecvError::Disconnected) => break,
            Err(TryRecvError::Empty) => {
                out.flush()?;
                match line_up.recv() {
                    Ok(place) => place,
                    Err(_) => break,
                }
            }
        };
        let answer = match place.try_recv() {
            Ok(answer) => Ok(answer),
            Err(_) => {
                out.flush()?;
                place.recv()
            }
        };
        let Ok(answer) = answer else {
            error::complain(&"an article was lost; please report this");
            n_refused += 1;
            continue;
        };
        n_refused += u64::from(answer.refused.is_some());
        first = first.or(answer.refused);
        n_done += 1;
        progress.say(|seconds| format!("{n_done} articles, {:.0} a second", n_done as f64 / seconds));
        out.write_all(&answer.line)?;
    }
    out.flush()?;
    drop(progress);
    if let Some(first) = first {
        // Nobody finds three answers among ten thousand by an exit status alone.
        error::complain(&match (n_refused, n_done) {
            (1, 1) => format!("the line was refused: {first}"),
            (n, all) => format!("{n} of {all} lines refused, the first: {first}"),
        });
    }
    Ok(n_refused == 0)
}

fn annotate<'a>(line: &'a [u8], setting: &Setting) -> Result<Answer, Refused<'a>> {
    let line = line.trim_ascii();
    // Serde would take the values of an array for those of the fields, in their order.
    if line.first() != Some(&b'{') {
        let why =
            "not a record: a line is one JSON object with a \"text\", such as {\"id\": 1, \"text\": \"…\"}";
        return Err((None, why.to_owned()));
    }
    let record: Record<'_> = serde_json::from_slice(line)
        .map_err(|e| (id_of(line), format!("not a record: {}", fault(line, &e))))?;
    let date = match record
        .date
        .as_deref()
        .filter(|d| !d.is_empty())
        .map(str::parse::<Date>)
    {
        None => None,
        Some(Ok(date)) => Some(date),
        Some(Err(e)) => return Err((record.id, e)),
    };
    let format = match record.language_id.as_deref() {
        None | Some("plaintext") => Format::Plain,
        Some("markdown") => Format::Markdown,
        Some(other) => {
            let why = format!("language_id '{other}' is not known; use \"plaintext\" or \"markdown\"");
            return Err((record.id, why));
        }
    };
    let context = Context {
        format,
        date: setting.date.or(date),
        fallback_date: setting.config.date,
        ..Context::default()
    };
    let text = record.text.into();
    let article = article::analyze(&text, &context, &setting.kb);
    let diagnostics = rules::check(&article, &setting.kb, &setting.config);
    let annotation = json::annotation(record.id, &article, &diagnostics, setting.unit);
    Ok(Answer {
        line: to_line(&annotation),
        refused: None,
    })
}

/// What is wrong with a line, and where in it: for a reader each line is a text of its own, so that "line 1" would
/// mislead whoever has ten thousand of them.
fn fault(line: &[u8], e: &serde_json::Error) -> String {
    if let Err(e) = std::str::from_utf8(line) {
        return format!("not UTF-8 at byte {} of the line", e.valid_up_to() + 1);
    }
    let told = e.to_string();
    let what = told.split(" at line ").next().unwrap_or(&told);
    match e.is_data() {
        true => what.to_owned(),
        false => format!("{what} at byte {} of the line", e.column()),
    }
}

/// The id of a line that is a JSON object at least, though no record; as it was written, for a number may be larger
/// than any that we could hold.
fn id_of(line: &[u8]) -> Option<&RawValue> {
    #[derive(Deserialize)]
    struct Named<'a> {
        #[serde(borrow)]
        id: Option<&'a RawValue>,
    }
    let line = line.trim_ascii();
    let named = serde_json::from_slice::<Named<'_>>(line).ok();
    named.filter(|_| line.starts_with(b"{")).and_then(|n| n.id)
}

fn refuse(number: u64, (id, error): &Refused<'_>) -> Answer {
    let refusal = Refusal {
        id: *id,
        line: number,
        error,
    };
    Answer {
        line: to_line(&refusal),
        refused: Some(format!("line {number}: {error}")),
    }
}

fn to_line(value: &impl Serialize) -> Vec<u8> {
    // Our own structures have string keys and no foreign code, so that writing them cannot fail.
    let mut line = serde_json::to_vec(value).unwrap_or_default();
    line.push(b'\n');
    line
}
