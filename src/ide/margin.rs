//! What is shown beside the text: hints, counts, links.

use crate::{
    base::{order::Order, span::DocSpan},
    ide::{explain::plural, navigate::introduction_of},
    semantic::article::{Article, Attribution, Entity, EntityKind, MentionForm},
};

/// A word or two shown inside a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hint {
    /// It stands directly behind this byte.
    pub offset: u32,
    /// What is shown.
    pub label: String,
    /// Why.
    pub reason: String,
    /// Where the speaker is introduced.
    pub speaker: Option<DocSpan>,
}

/// The speaker behind each pronoun that is quoted, and behind each quotation that names none of its own.
pub fn hints(article: &Article, within: DocSpan) -> Vec<Hint> {
    let mut hints = Vec::new();
    for quote in &article.quotes {
        let Some(speaker) = quote.speaker.and_then(|s| article.entities.get(s)) else {
            continue;
        };
        let at = match quote.attribution {
            Attribution::Pronoun => quote.source.first(),
            Attribution::Continued | Attribution::Implied => quote.spans.last(),
            _ => None,
        };
        let Some(at) = at.filter(|s| within.touches(s.end)) else {
            continue;
        };
        hints.push(Hint {
            offset: at.end,
            label: short_name(speaker).to_owned(),
            reason: quote
                .evidence
                .first()
                .map_or_else(String::new, |e| e.reason.to_string()),
            speaker: introduction_of(article, speaker),
        });
    }
    hints.order_by(|a, b| (a.offset, &a.label).cmp(&(b.offset, &b.label)));
    // Two quotations may share one source.
    hints.dedup_by(|a, b| (a.offset, &a.label) == (b.offset, &b.label));
    hints
}

/// A line above a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Lens {
    /// Where the person is introduced.
    pub span: DocSpan,
    /// "Lena Hartmann: 4 mentions", or "2 quotes".
    pub title: String,
    /// What is counted, in text order.
    pub places: Vec<DocSpan>,
}

/// For each person who is quoted, how often that is named, and how often quoted.
pub fn lenses(article: &Article) -> Vec<Lens> {
    let people = article
        .entities
        .iter()
        .filter(|e| e.kind == EntityKind::Person && !e.quotes.is_empty());
    let mut lenses = Vec::new();
    for person in people {
        let Some(span) = introduction_of(article, person) else {
            continue;
        };
        let mentions = person.mentions.iter().filter_map(|&i| article.mentions.get(i));
        lenses.push(Lens {
            span,
            title: format!("{}: {}", person.name, plural(person.mentions.len(), "mention")),
            places: mentions.map(|m| m.span).collect(),
        });
        let quotes = person.quotes.iter().filter_map(|&i| article.quotes.get(i));
        lenses.push(Lens {
            span,
            title: plural(person.quotes.len(), "quote"),
            places: quotes.filter_map(|q| q.spans.first().copied()).collect(),
        });
    }
    // Stable: the mentions of a person stay before the quotations.
    lenses.order_by_key(|l| l.span);
    lenses
}

/// A page that tells more.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Link {
    /// The words that carry it.
    pub span: DocSpan,
    /// The number of its page: `567` for Q567.
    pub wikidata: u32,
    /// What it shows.
    pub tooltip: String,
}

/// Wikidata's page of each participant that has one, at the first mention by name.
pub fn links(article: &Article) -> Vec<Link> {
    let mut links: Vec<Link> = article
        .entities
        .iter()
        .filter_map(|e| {
            let number = e.wikidata?;
            let named = |form| !matches!(form, MentionForm::Pronoun | MentionForm::Description);
            let mentions = e.mentions.iter().filter_map(|&i| article.mentions.get(i));
            let first = mentions.into_iter().find(|m| named(m.form))?;
            Some(Link {
                span: first.span,
                wikidata: number,
                tooltip: format!("{} on Wikidata", e.name),
            })
        })
        .collect();
    links.order_by_key(|l| l.span);
    links
}

/// The address of a page of Wikidata.
pub fn wikidata_page(number: u32) -> String {
    format!("https://www.wikidata.org/wiki/Q{number}")
}

/// The last word of a person's name, any other name whole.
fn short_name(entity: &Entity) -> &str {
    match entity.kind {
        EntityKind::Person => entity.name.rsplit(' ').next().unwrap_or(&entity.name),
        _ => &entity.name,
    }
}
