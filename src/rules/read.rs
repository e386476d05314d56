//! What several rules ask of an article.

use crate::{
    base::{order::Order, span::DocSpan, word::TokenKind},
    rules::Check,
    semantic::{
        article::{Article, EntityKind},
        local::Local,
    },
    syntax::{
        block::{Block, Zone},
        quote_mark::Pair,
    },
};

/// The stretches that stand in quotation marks as speech, merged, in text order.
pub(crate) fn quoted(article: &Article) -> Vec<DocSpan> {
    let mut spans: Vec<DocSpan> = article
        .quotes
        .iter()
        .flat_map(|q| q.marked.iter().copied())
        .collect();
    spans.order_by(Ord::cmp);
    let mut merged: Vec<DocSpan> = Vec::with_capacity(spans.len());
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => merged.push(span),
        }
    }
    merged
}

impl<'a> Check<'a> {
    /// Every block with its analysis, in text order.
    pub(crate) fn blocks(&self) -> impl Iterator<Item = (&'a Block, &'a Local)> + use<'a> {
        let locals = self.article.locals.iter().map(|l| &**l);
        self.article.layout.blocks.iter().zip(locals)
    }

    /// The block that `offset` lies in.
    pub(crate) fn block_at(&self, offset: u32) -> Option<(&'a Block, &'a Local)> {
        let i = self.ends.partition_point(|end| *end <= offset);
        let block = self
            .article
            .layout
            .blocks
            .get(i)
            .filter(|b| b.span.contains(offset))?;
        Some((block, self.article.locals.get(i)?))
    }

    /// Whether `offset` lies in running text: body, list, block quotation, transcript.
    pub(crate) fn in_body(&self, offset: u32) -> bool {
        self.block_at(offset)
            .is_some_and(|(block, _)| is_body(block.zone))
    }

    /// Whether any of `span` stands in quotation marks as speech.
    pub(crate) fn in_quote(&self, span: DocSpan) -> bool {
        let next = self.quoted.partition_point(|q| q.end <= span.start);
        self.quoted.get(next).is_some_and(|q| q.start < span.end)
    }

    /// The folded words of a span; punctuation is left out.
    pub(crate) fn words(&self, span: DocSpan) -> Vec<&'a str> {
        let mut words = Vec::new();
        let first = self.ends.partition_point(|end| *end <= span.start);
        for (block, local) in self.blocks().skip(first) {
            if block.span.start >= span.end {
                break;
            }
            for i in local.tokens.inside(block.within(span)) {
                if local.tokens.list[i].kind != TokenKind::Punct {
                    words.push(local.tokens.fold(i));
                }
            }
        }
        words
    }

    /// Whether an entity is one human being.
    pub(crate) fn is_person(&self, entity: usize) -> bool {
        let entity = self.article.entities.get(entity);
        entity.is_some_and(|e| e.kind == EntityKind::Person)
    }

    /// The text of a span.
    pub(crate) fn text(&self, span: DocSpan) -> &'a str {
        span.text(&self.article.text)
    }

    /// Every pair of quotation marks, with the document span of both marks.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&'a Block, &'a Pair)> + use<'a> {
        self.blocks()
            .flat_map(|(block, local)| local.pairs.iter().map(move |pair| (block, pair)))
    }
}

/// Whether a zone is running text.
pub(crate) fn is_body(zone: Zone) -> bool {
    match zone {
        Zone::Body | Zone::ListItem | Zone::BlockQuote | Zone::Transcript | Zone::Question => true,
        Zone::Headline | Zone::Byline | Zone::Dateline | Zone::Crosshead | Zone::Caption => false,
    }
}
