//! Where the page of a rule is. The project promises no public site, so a link is sent only where it leads
//! somewhere: to the desk's own page if a setting names it, else to the server itself, which has the text of
//! every page and gives it to editors that can ask a server for a document.

use std::sync::Arc;

use tower_lsp::gen_lsp_types::{CodeDescription, Uri};

use crate::rules;

/// The scheme of the documents that the server itself gives.
pub(super) const SCHEME: &str = "copydesk-rule";

/// Where the page of a rule is.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) enum Pages {
    /// Nowhere that this editor could open.
    #[default]
    Nowhere,
    /// In the server.
    Here,
    /// Where the desk keeps them: `{code}` stands for the rule's code, which is a heading otherwise.
    At(Arc<str>),
}

impl Pages {
    /// The link to the page of a rule.
    pub(super) fn of(&self, code: &str) -> Option<CodeDescription> {
        let href = match self {
            Self::Nowhere => return None,
            Self::Here => format!("{SCHEME}:/{code}.md"),
            Self::At(page) if page.contains("{code}") => page.replace("{code}", code),
            Self::At(page) => format!("{page}#{code}"),
        };
        Some(CodeDescription { href: Uri(href) })
    }
}

/// The text of a page in the server.
pub(super) fn text(uri: &str) -> Option<String> {
    let code = uri.strip_prefix(SCHEME)?.strip_prefix(':')?;
    let code = code.trim_start_matches('/').strip_suffix(".md")?;
    let rule = rules::by_code(code)?;
    Some(format!("# {code}: {}\n\n{}", rule.summary, rule.manual()))
}
