//! `copydesk annotate FILE…`.

use std::io::{self, BufWriter, Write};

use crate::{
    cli::{
        args::{Annotate, AnnotateFormat},
        error::{self, Failure, Outcome},
        input::{self, Source},
        json,
    },
    kb::Kb,
    rules::{self, config::Config},
    semantic::article::{self, Context},
};

pub(crate) fn run(options: &Annotate, kb: &Kb) -> Outcome {
    let mut out = BufWriter::new(io::stdout().lock());
    let mut status = 0;
    let array = options.format == AnnotateFormat::Json && options.files.len() > 1;
    let mut n_done = 0;
    for path in &options.files {
        let source = match input::read(path) {
            Ok(source) => source,
            Err(Failure::Message(message)) => {
                error::complain(&message);
                status = 2;
                continue;
            }
            Err(failure) => return Err(failure),
        };
        if let Some(warning) = &source.warning {
            error::complain(&format_args!("{}: warning: {warning}", source.name));
        }
        if array {
            out.write_all(if n_done == 0 { b"[\n" } else { b",\n" })?;
        }
        one(options, kb, &source, &mut out)?;
        n_done += 1;
    }
    if array && n_done > 0 {
        out.write_all(b"]\n")?;
    }
    out.flush()?;
    Ok(status)
}

fn one(options: &Annotate, kb: &Kb, source: &Source, out: &mut impl Write) -> Result<(), Failure> {
    let config = Config::default();
    let context = Context {
        format: source.format,
        date: options.date,
        file_name: Some(source.name.clone()),
        ..Context::default()
    };
    let article = article::analyze(&source.text, &context, kb);
    let diagnostics = rules::check(&article, kb, &config);
    let annotation = json::annotation(&source.name, &article, &diagnostics, options.offsets);
    match options.format {
        AnnotateFormat::Json => serde_json::to_writer_pretty(&mut *out, &annotation),
        _ => serde_json::to_writer(&mut *out, &annotation),
    }
    .map_err(io::Error::from)?;
    out.write_all(b"\n")?;
    Ok(())
}
