//! `copydesk check FILE|DIR…`.

use std::io::{self, BufWriter, Write};

use crate::{
    cli::{
        args::{Check, CheckFormat, Common, FailLevel},
        batch,
        error::{self, Failure, Outcome},
        project::Projects,
        render::count,
        report::{self, Report},
        terminal::{Look, Progress},
        walk,
        work::{self, Work},
    },
    kb::Kb,
    rules::Severity,
};

pub(crate) fn run(options: &Check, common: &Common, kb: &Kb) -> Outcome {
    let projects = Projects::new(common.config.as_deref(), kb)?;
    let look = Look::of_stdout(common.color);
    let (files, sound) = walk::articles(&options.paths)?;
    let mut status = if sound { 0 } else { 2 };
    let mut out = BufWriter::new(io::stdout().lock());
    let mut report: Box<dyn Report> = match options.format {
        CheckFormat::Human => Box::new(report::Human::new(look)),
        CheckFormat::Json => Box::new(report::Json::default()),
        CheckFormat::Sarif => Box::new(report::Sarif::default()),
        CheckFormat::Github => Box::new(report::Github),
    };
    let mut progress = Progress::new();
    let mut failed = false;
    report.begin(&mut out)?;
    batch::each(
        &files,
        batch::jobs(options.jobs),
        |path| work::on(path, options.date, &projects),
        |i, work| {
            progress.say(|_| format!("{} of {}", i + 1, count(files.len(), "article")));
            let work = match work {
                Ok(work) => work,
                Err(Failure::Message(message)) => {
                    error::complain(&message);
                    status = 2;
                    return Ok(());
                }
                Err(broken) => return Err(broken),
            };
            work.source.warn();
            let level = threshold(options.fail_level, &work);
            failed |= level.is_some_and(|level| work.diagnostics.iter().any(|d| d.severity >= level));
            report.file(&work, &mut out).map_err(Failure::from)
        },
    )?;
    report.end(&mut out)?;
    out.flush()?;
    let status = projects.finish(status);
    Ok(if status == 0 { u8::from(failed) } else { status })
}

/// The least severity that fails the run for this file; `None` when nothing does.
fn threshold(asked: Option<FailLevel>, work: &Work) -> Option<Severity> {
    match asked {
        None => Some(work.config.fail_level),
        Some(FailLevel::Hint) => Some(Severity::Hint),
        Some(FailLevel::Info) => Some(Severity::Info),
        Some(FailLevel::Warning) => Some(Severity::Warning),
        Some(FailLevel::Error) => Some(Severity::Error),
        Some(FailLevel::Never) => None,
    }
}
