//! What the fuzz targets share with the property tests.

use copydesk::{rules::Diagnostic, semantic::article::Article};

#[path = "../../tests/it/promises/check.rs"]
mod check;

/// Panics when an article breaks a promise of ARCHITECTURE.md.
pub fn check(article: &Article, findings: &[Diagnostic]) {
    check::check(article, findings);
}
