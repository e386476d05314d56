//! Who speaks about whom: the call hierarchy of an article.

use crate::{
    base::{order::Order, span::DocSpan},
    semantic::article::{Article, Quote},
};

/// Two participants and the words that join them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Relation {
    /// Index of the other participant.
    pub entity: usize,
    /// Mentions of the one spoken about, in the words of the one who speaks, in text order.
    pub at: Vec<DocSpan>,
}

/// The participants whom `entity` speaks about, in order of first mention.
pub fn spoken_about(article: &Article, entity: usize) -> Vec<Relation> {
    let mut found = Relations::default();
    for quote in quotes_of(article, entity) {
        for mention in mentions_in(article, quote) {
            if article.mentions[mention].entity != entity {
                found.add(article.mentions[mention].entity, article.mentions[mention].span);
            }
        }
    }
    found.sorted()
}

/// The participants who speak about `entity`, in order of first mention.
pub fn speakers_about(article: &Article, entity: usize) -> Vec<Relation> {
    let mut found = Relations::default();
    for quote in &article.quotes {
        let Some(speaker) = quote.speaker.filter(|&s| s != entity) else {
            continue;
        };
        for mention in mentions_in(article, quote) {
            if article.mentions[mention].entity == entity {
                found.add(speaker, article.mentions[mention].span);
            }
        }
    }
    found.sorted()
}

#[derive(Default)]
struct Relations(Vec<Relation>);

impl Relations {
    fn add(&mut self, entity: usize, at: DocSpan) {
        match self.0.iter_mut().find(|r| r.entity == entity) {
            Some(relation) => relation.at.push(at),
            None => self.0.push(Relation { entity, at: vec![at] }),
        }
    }

    fn sorted(mut self) -> Vec<Relation> {
        self.0.order_by_key(|r| r.entity);
        for relation in &mut self.0 {
            relation.at.order_by(Ord::cmp);
            relation.at.dedup();
        }
        self.0
    }
}

fn quotes_of(article: &Article, entity: usize) -> impl Iterator<Item = &Quote> {
    let quotes = article.entities.get(entity).map_or(&[][..], |e| &e.quotes);
    quotes.iter().filter_map(|&i| article.quotes.get(i))
}

/// Indices of the mentions inside the words of a quotation.
fn mentions_in<'a>(article: &'a Article, quote: &'a Quote) -> impl Iterator<Item = usize> + 'a {
    quote.spans.iter().flat_map(|span| {
        let from = article.mentions.partition_point(|m| m.span.start < span.start);
        let to = article.mentions.partition_point(|m| m.span.start < span.end);
        from..to.max(from)
    })
}
