//! One file per diagnostic. Rules are pure functions of an article, the knowledge base and the configuration.
//!
//! A new rule is a file here and a line in the `rules!` table below; CONTRIBUTING.md tells the steps.

pub mod config;
pub(crate) mod glob;
mod excused;
mod guess;
mod misspelt;
mod read;
mod silence;
mod verbatim;

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::base::crew::{Alone, Crew};
use crate::base::order::Order;
use crate::{base::span::DocSpan, kb::Kb, rules::config::Config, semantic::article::Article};

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
    /// What would mend it, if the rule knows.
    pub fix: Option<Fix>,
    /// What may mend it, where only the writer can tell.
    pub offer: Option<Fix>,
}

/// A change of the text that mends a finding.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fix {
    /// What will be done, e.g. "Write “Zelenskyy”".
    pub title: String,
    /// The replacements, in text order, not overlapping.
    pub edits: Vec<(DocSpan, String)>,
}

/// One diagnostic: what it is called, what it says of itself, and what it does.
#[derive(Debug)]
pub struct Rule {
    /// Its code, which is the name of its file with hyphens.
    pub code: &'static str,
    /// One line for lists, without a final full stop.
    pub summary: &'static str,
    /// Its severity when nothing is configured; `None` when it is off.
    pub default: Option<Severity>,
    /// The houses whose style asks for it: with one of them in the settings it is on, as a hint.
    pub houses: &'static [config::House],
    /// Its documentation: Markdown with examples that are tested.
    pub docs: &'static str,
    check: fn(&Check<'_>, &mut Findings<'_>),
}

impl Rule {
    /// Its documentation as Markdown that any reader renders.
    pub fn manual(&self) -> String {
        let mut out = String::new();
        for line in self.docs.trim_end().lines() {
            // Each line of a doc comment begins with the space after its slashes.
            let line = line.strip_prefix(' ').unwrap_or(line).trim_end();
            out.push_str(if line == "```news" { "```text" } else { line });
            out.push('\n');
        }
        out
    }
}

/// What a rule reads.
#[derive(Clone, Debug)]
pub struct Check<'a> {
    /// The article.
    pub article: &'a Article,
    /// What is known of the world.
    pub kb: &'a Kb,
    /// What the desk has set.
    pub config: &'a Config,
    quoted: Vec<DocSpan>,
    /// Where each block ends: what places are looked up in, for it is short and stays near.
    ends: Vec<u32>,
}

/// Where a rule puts what it finds.
#[derive(Debug)]
pub struct Findings<'a> {
    code: &'static str,
    severity: Severity,
    list: &'a mut Vec<Diagnostic>,
}

impl Findings<'_> {
    /// Adds a finding about `span`; `message` is one sentence without a final full stop.
    pub fn push(&mut self, span: DocSpan, message: String) -> &mut Diagnostic {
        self.list.push(Diagnostic {
            span,
            code: self.code,
            severity: self.severity,
            message,
            related: Vec::new(),
            fix: None,
            offer: None,
        });
        let last = self.list.len() - 1;
        &mut self.list[last]
    }
}

/// Defines the `RULE` of one file: documentation, code, summary, default severity, function; then, if it is a matter
/// of style, the houses that ask for it.
macro_rules! rule {
    ($(#[doc = $doc:expr])* $code:literal, $summary:literal, $default:expr, $check:path $(, $house:ident)*) => {
        $(#[doc = $doc])*
        pub(crate) static RULE: $crate::rules::Rule = $crate::rules::Rule {
            code: $code,
            summary: $summary,
            default: $default,
            houses: &[$($crate::rules::config::House::$house),*],
            docs: concat!($($doc, "\n",)*),
            check: $check,
        };
    };
}

/// Lists the rules: one line here makes a file part of the tool.
macro_rules! rules {
    ($($name:ident,)*) => {
        $(mod $name;)*

        /// All rules, in the order of their codes.
        pub static ALL: &[&Rule] = &[$(&$name::RULE,)*];
    };
}

rules! {
    adjacent_speakers,
    agentless_attribution,
    altered_quote,
    ambiguous_speaker,
    anonymity_no_reason,
    anonymous_opinion,
    anonymous_source,
    bare_anonymous_source,
    bracket_in_quote,
    closing_punctuation,
    continued_quote_mark,
    crosshead_quote_not_in_text,
    duplicate_quote,
    edge_ellipsis,
    ellipsis_spacing,
    first_reference_name,
    first_reference_role,
    fragment_quotes,
    headline_quote_not_verbatim,
    late_attribution,
    loaded_verb,
    mind_reading,
    mixed_quote_marks,
    name_spelling,
    nested_same_marks,
    non_speech_verb,
    quote_lead_in,
    quote_mark_zone,
    repeat_full_name,
    same_surname,
    stale_office,
    stray_closing_quote,
    unattributed_quote,
    unclosed_quote,
    unresolved_speaker,
    unused_silence,
    wrong_way_marks,
}

/// The rule called `code`, if there is one.
pub fn by_code(code: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|r| r.code == code)
}

/// Checks an article with every rule that `config` leaves on, and leaves out what comments in the text
/// silence. The findings are sorted by position, then code.
pub fn check(article: &Article, kb: &Kb, config: &Config) -> Vec<Diagnostic> {
    check_with(article, kb, config, &Alone).unwrap_or_default()
}

/// The same, with the help of others; `None` when they call it off between two rules.
pub fn check_with(article: &Article, kb: &Kb, config: &Config, crew: &dyn Crew) -> Option<Vec<Diagnostic>> {
    let cx = Check {
        article,
        kb,
        config,
        quoted: read::quoted(article),
        ends: article.layout.blocks.iter().map(|b| b.span.end).collect(),
    };
    // Whoever is free takes the next rule; what each finds is put together in the order of the rules.
    let next = AtomicUsize::new(0);
    let work = |parts: &mut Vec<(usize, Vec<Diagnostic>)>| {
        while let (n, false) = (next.fetch_add(1, Ordering::Relaxed), crew.is_called_off()) {
            let Some(rule) = ALL.get(n) else { break };
            let Some(severity) = config.level(rule) else {
                continue;
            };
            let mut list = Vec::new();
            let mut acc = Findings {
                code: rule.code,
                severity,
                list: &mut list,
            };
            (rule.check)(&cx, &mut acc);
            parts.push((n, list));
        }
    };
    let (mut parts, mut others) = (Vec::new(), Vec::new());
    crew.both(&mut || work(&mut parts), &mut || work(&mut others));
    if crew.is_called_off() {
        return None;
    }
    parts.append(&mut others);
    parts.order_by_key(|p| p.0);
    let mut list: Vec<Diagnostic> = parts.into_iter().flat_map(|p| p.1).collect();
    let mut silences = silence::find(article);
    silence::apply(&mut silences, &mut list);
    let unused_rule = &unused_silence::RULE;
    if let Some(severity) = config.level(unused_rule) {
        let ran = |code: &str| by_code(code).is_some_and(|r| config.level(r).is_some());
        let mut acc = Findings {
            code: unused_rule.code,
            severity,
            list: &mut list,
        };
        for (span, message, fix) in silence::unused(&article.text, &silences, ran) {
            acc.push(span, message).fix = fix;
        }
    }
    list.order_by(|a, b| (a.span, a.code).cmp(&(b.span, b.code)));
    Some(list)
}
