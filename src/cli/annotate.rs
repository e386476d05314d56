//! `copydesk annotate FILE…`.

use std::{
    io::{self, BufWriter, Write},
    path::PathBuf,
};

use crate::{
    cli::{
        args::{Annotate, AnnotateFormat, Common, Unit},
        batch,
        error::{self, Failure, Outcome},
        html, json,
        project::Projects,
        render::{self, count},
        terminal::{Look, Progress},
        walk,
        work::{self, Work},
    },
    kb::Kb,
};

pub(crate) fn run(options: &Annotate, common: &Common, kb: &Kb) -> Outcome {
    let format = options.format.unwrap_or(AnnotateFormat::Text);
    let projects = Projects::new(common.config.as_deref(), kb)?;
    let look = Look::of_stdout(common.color);
    let mut out = BufWriter::new(io::stdout().lock());
    let (files, sound) = walk::articles(&options.files)?;
    let mut status = if sound { 0 } else { 2 };
    let mut progress = Progress::new();
    let mut n_done = 0;
    // A folder is many articles, however many it has today.
    let many = options.files.len() > 1 || options.files.iter().any(|f| f.is_dir());
    let array = format == AnnotateFormat::Json && many;
    if array {
        out.write_all(b"[\n")?;
    } else if format == AnnotateFormat::Html {
        html::begin(&mut out, &page_title(&files))?;
    }
    let files: Vec<_> = files.iter().enumerate().collect();
    batch::each(
        &files,
        batch::jobs(options.jobs),
        |&(n, path)| {
            work::on(path, options.date, &projects)
                .map(|work| (draw(n, &work, format, options.offsets, look), work.source))
        },
        |i, done| {
            progress.say(|_| format!("{} of {}", i + 1, count(files.len(), "article")));
            match done {
                Ok((drawn, source)) => {
                    source.warn();
                    if array && n_done > 0 {
                        out.write_all(b",\n")?;
                    }
                    out.write_all(&drawn)?;
                    n_done += 1;
                }
                Err(Failure::Message(message)) => {
                    error::complain(&message);
                    status = 2;
                }
                Err(broken) => return Err(broken),
            }
            Ok(())
        },
    )?;
    if array {
        out.write_all(b"]\n")?;
    } else if format == AnnotateFormat::Html {
        html::end(&mut out)?;
    }
    out.flush()?;
    Ok(projects.finish(status))
}

/// What a browser's tab shows.
fn page_title(files: &[PathBuf]) -> String {
    match files {
        [file] if file.as_os_str() == "-" => "standard input".to_owned(),
        [file] => file
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned(),
        files => count(files.len(), "article"),
    }
}

/// `n` tells the articles of one output apart.
fn draw(n: usize, work: &Work, format: AnnotateFormat, unit: Unit, look: Look) -> Vec<u8> {
    let Work {
        source,
        article,
        diagnostics,
        ..
    } = work;
    let annotation = || json::annotation(&source.name, article, diagnostics, unit);
    // Our own structures have string keys and no foreign code, so that writing them cannot fail.
    let mut drawn = match format {
        AnnotateFormat::Json => serde_json::to_vec_pretty(&annotation()).unwrap_or_default(),
        AnnotateFormat::Jsonl => serde_json::to_vec(&annotation()).unwrap_or_default(),
        AnnotateFormat::Text => return render::draw(&source.name, article, diagnostics, look).into_bytes(),
        AnnotateFormat::Html => return html::article(n, &source.name, article, diagnostics).into_bytes(),
    };
    drawn.push(b'\n');
    drawn
}
