//! The program's own annotation as a record, so that it is compared with gold like any other.

use std::sync::Arc;

use copydesk::{
    base::{date::Date, span::DocSpan},
    kb::Kb,
    rules::{self, config::Config},
    semantic::article::{Article, Context, analyze},
    syntax::block::Format,
};

use super::{
    Span,
    record::{Aside, Entity, Mention, Quote, Record},
};

/// Annotates `text`, dated as the gold record is, Markdown where its id says so.
pub(crate) fn annotate(text: &str, gold: &Record) -> Record {
    let text: Arc<str> = text.into();
    let context = Context {
        format: if gold.id.ends_with("-md") {
            Format::Markdown
        } else {
            Format::Plain
        },
        date: gold.date.parse::<Date>().ok(),
        ..Context::default()
    };
    record(&gold.id, &analyze(&text, &context, Kb::embedded()))
}

fn record(id: &str, article: &Article) -> Record {
    let mut starts: Vec<usize> = article.text.char_indices().map(|c| c.0).collect();
    starts.push(article.text.len());
    let place = |byte: u32| starts.partition_point(|&s| s < byte as usize);
    let span = |s: DocSpan| -> Span { (place(s.start), place(s.end)) };
    let spans = |list: &[DocSpan]| list.iter().map(|&s| span(s)).collect::<Vec<_>>();
    let word = |value: &dyn std::fmt::Debug| format!("{value:?}").to_lowercase();
    Record {
        id: id.to_owned(),
        entities: article
            .entities
            .iter()
            .map(|e| Entity {
                kind: word(&e.kind),
                name: e.name.clone(),
                wikidata: e.wikidata.map(|q| format!("Q{q}")),
            })
            .collect(),
        mentions: article
            .mentions
            .iter()
            .map(|m| Mention {
                span: span(m.span),
                entity: m.entity,
                form: word(&m.form),
            })
            .collect(),
        quotes: article
            .quotes
            .iter()
            .map(|q| Quote {
                kind: word(&q.kind),
                spans: spans(&q.spans),
                marked: spans(&q.marked),
                cue: spans(&q.cue),
                source: spans(&q.source),
                speaker: q.speaker,
                attribution: word(&q.attribution),
                should_warn: false,
            })
            .collect(),
        asides: article
            .asides
            .iter()
            .map(|a| Aside {
                span: span(a.span),
                kind: word(&a.kind),
            })
            .collect(),
        warnings: rules::check(article, Kb::embedded(), &Config::default())
            .iter()
            .filter(|d| d.code == "unattributed-quote")
            .map(|d| span(d.span))
            .collect(),
        ..Record::default()
    }
}
