//! One file per diagnostic.

use crate::base::span::DocSpan;

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
