//! One file per diagnostic.

pub mod config;

use crate::{base::span::DocSpan, rules::config::Config, semantic::article::Article};

/// How much a finding matters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[allow(missing_docs, reason = "the names say what they are")]
pub enum Severity {
    Hint,
    Info,
    Warning,
    Error,
}

/// A finding.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// The words it is about.
    pub span: DocSpan,
    /// The rule's code, e.g. `unattributed-quote`.
    pub code: &'static str,
    /// How much it matters, after configuration.
    pub severity: Severity,
    /// What is wrong and why, one sentence without a final full stop.
    pub message: String,
    /// Places that explain it.
    pub related: Vec<(DocSpan, String)>,
}

/// Checks an article with every rule that `config` leaves on. The findings are sorted by position, then code.
pub fn check(article: &Article, config: &Config) -> Vec<Diagnostic> {
    let _ = (article, config);
    Vec::new()
}
