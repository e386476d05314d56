//! A file to its article and findings, with the settings that hold for it.

use std::path::Path;

use crate::{
    base::date::Date,
    cli::{
        error::Failure,
        input::{self, Source},
        project::Projects,
    },
    kb::Kb,
    rules::{self, Diagnostic, config::Config},
    semantic::article::{self, Article, Context},
};

/// One file, read and understood.
pub(crate) struct Work {
    pub(crate) source: Source,
    pub(crate) config: Config,
    /// What was known of the world.
    pub(crate) kb: Kb,
    pub(crate) article: Article,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Reads and annotates one file; `-` is standard input. `date` wins over what the text says.
pub(crate) fn on(path: &Path, date: Option<Date>, projects: &Projects) -> Result<Work, Failure> {
    let (config, kb) = projects.of(path)?;
    let source = input::read(path)?;
    let context = Context {
        format: source.format,
        date,
        file_name: path
            .file_name()
            .map(|n| n.to_string_lossy().into_owned())
            .filter(|n| n != "-"),
        fallback_date: config.date,
        ..Context::default()
    };
    let article = article::analyze(&source.text, &context, &kb);
    let diagnostics = rules::check(&article, &kb, &config);
    Ok(Work {
        source,
        config,
        kb,
        article,
        diagnostics,
    })
}
