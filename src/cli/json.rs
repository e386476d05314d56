//! An annotation as JSON, the public form that docs/format.md describes.

use serde::Serialize;

use crate::{
    base::span::DocSpan,
    cli::{args::Unit, offsets::Offsets},
    rules::{Diagnostic, Severity},
    semantic::article::{Article, Attribution, EntityKind, MentionForm, QuoteKind},
};

#[derive(Serialize)]
pub(crate) struct Annotation<'a, Id> {
    id: Id,
    date: Option<String>,
    offsets: &'static str,
    entities: Vec<Entity<'a>>,
    mentions: Vec<Mention>,
    quotes: Vec<Quote>,
    diagnostics: Vec<Finding<'a>>,
}

#[derive(Serialize)]
struct Entity<'a> {
    id: usize,
    kind: &'static str,
    name: &'a str,
    wikidata: Option<String>,
    role: Option<&'a str>,
    mentions: &'a [usize],
    quotes: &'a [usize],
}

#[derive(Serialize)]
struct Mention {
    start: u32,
    end: u32,
    entity: usize,
    form: &'static str,
    score: f64,
}

#[derive(Serialize)]
struct Quote {
    id: usize,
    kind: &'static str,
    spans: Vec<(u32, u32)>,
    cue: Vec<(u32, u32)>,
    source: Vec<(u32, u32)>,
    speaker: Option<usize>,
    attribution: &'static str,
    confidence: f64,
}

#[derive(Serialize)]
struct Finding<'a> {
    start: u32,
    end: u32,
    code: &'static str,
    severity: &'static str,
    message: &'a str,
}

/// The JSON form of `article`. `id` is what the caller calls it: an id of a stream, a file's name.
pub(crate) fn annotation<'a, Id>(
    id: Id,
    article: &'a Article,
    diagnostics: &'a [Diagnostic],
    unit: Unit,
) -> Annotation<'a, Id> {
    let offsets = Offsets::new(&article.text, unit);
    let spans = |list: &[DocSpan]| list.iter().map(|&s| offsets.span(s)).collect::<Vec<_>>();
    Annotation {
        id,
        date: article.date.map(|(date, _)| date.to_string()),
        offsets: unit.name(),
        entities: article
            .entities
            .iter()
            .enumerate()
            .map(|(id, e)| Entity {
                id,
                kind: kind(e.kind),
                name: &e.name,
                wikidata: e.wikidata.map(|q| format!("Q{q}")),
                role: e.role.as_deref(),
                mentions: &e.mentions,
                quotes: &e.quotes,
            })
            .collect(),
        mentions: article
            .mentions
            .iter()
            .map(|m| {
                let (start, end) = offsets.span(m.span);
                Mention {
                    start,
                    end,
                    entity: m.entity,
                    form: form(m.form),
                    score: hundredths(m.score),
                }
            })
            .collect(),
        quotes: article
            .quotes
            .iter()
            .enumerate()
            .map(|(id, q)| Quote {
                id,
                kind: quote_kind(q.kind),
                spans: spans(&q.spans),
                cue: spans(&q.cue),
                source: spans(&q.source),
                speaker: q.speaker,
                attribution: attribution(q.attribution),
                confidence: hundredths(article.confidence(q)),
            })
            .collect(),
        diagnostics: diagnostics
            .iter()
            .map(|d| {
                let (start, end) = offsets.span(d.span);
                Finding {
                    start,
                    end,
                    code: d.code,
                    severity: severity(d.severity),
                    message: &d.message,
                }
            })
            .collect(),
    }
}

/// Two decimals: what a score is worth, and the same digits on every machine.
fn hundredths(score: f32) -> f64 {
    let score = if score.is_finite() { f64::from(score) } else { 0.0 };
    (score * 100.0).round() / 100.0
}

/// The name of a kind of entity in every output.
pub(crate) fn kind(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "person",
        EntityKind::Country => "country",
        EntityKind::Institution => "institution",
        EntityKind::Place => "place",
        EntityKind::Group => "group",
    }
}

/// The name of a form of mention in every output.
pub(crate) fn form(form: MentionForm) -> &'static str {
    match form {
        MentionForm::Name => "name",
        MentionForm::Surname => "surname",
        MentionForm::Acronym => "acronym",
        MentionForm::Alias => "alias",
        MentionForm::Demonym => "demonym",
        MentionForm::Metonym => "metonym",
        MentionForm::Place => "place",
        MentionForm::Title => "title",
        MentionForm::Description => "description",
        MentionForm::Pronoun => "pronoun",
    }
}

/// The name of a kind of quotation in every output.
pub(crate) fn quote_kind(kind: QuoteKind) -> &'static str {
    match kind {
        QuoteKind::Direct => "direct",
        QuoteKind::Mixed => "mixed",
        QuoteKind::Indirect => "indirect",
    }
}

/// The name of a way to give the speaker in every output.
pub(crate) fn attribution(attribution: Attribution) -> &'static str {
    match attribution {
        Attribution::Explicit => "explicit",
        Attribution::Pronoun => "pronoun",
        Attribution::Description => "description",
        Attribution::Continued => "continued",
        Attribution::Implied => "implied",
        Attribution::Anonymous => "anonymous",
        Attribution::None => "none",
    }
}

/// The name of a severity in every output.
pub(crate) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Hint => "hint",
        Severity::Info => "info",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}
