//! From one mention to the others: definition, references, highlights.

use crate::{
    base::{order::Order, span::DocSpan},
    ide::explain::mention_at,
    semantic::article::{Article, Entity, Mention, MentionForm, Quote},
};

/// Where to go from a place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Jump {
    /// The words one starts from.
    pub from: DocSpan,
    /// The words to go to.
    pub to: DocSpan,
}

/// How a highlighted place relates to the one under the cursor.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum HighlightKind {
    /// The participant is introduced here.
    Introduced,
    /// The participant is mentioned here.
    Mentioned,
    /// A part of the same quotation.
    Spoken,
}

/// From a mention to the one that introduces its entity; from a quotation to the words that name its speaker, and
/// where it has none, to the speaker's introduction.
pub fn definition(article: &Article, offset: u32) -> Option<Jump> {
    if let Some(i) = mention_at(article, offset) {
        let mention = &article.mentions[i];
        let to = introduction(article, mention.entity)?;
        return Some(Jump {
            from: mention.span,
            to,
        });
    }
    let (from, quote) = quote_at(article, offset)?;
    let to = match quote.source.first() {
        Some(&source) => source,
        None => introduction(article, quote.speaker?)?,
    };
    Some(Jump { from, to })
}

/// All mentions of what stands at `offset`, in text order, the introduction only if it is wanted; on a
/// quotation, those of its speaker.
pub fn references(article: &Article, offset: u32, with_introduction: bool) -> Vec<DocSpan> {
    let Some(entity) = entity_at(article, offset) else {
        return Vec::new();
    };
    let without = introduction(article, entity).filter(|_| !with_introduction);
    mentions_of(article, entity)
        .filter(|span| Some(*span) != without)
        .collect()
}

/// All mentions of what stands at `offset`; on a quotation, its pieces, its cue and its source.
pub fn highlight(article: &Article, offset: u32) -> Vec<(DocSpan, HighlightKind)> {
    if let Some(i) = mention_at(article, offset) {
        let entity = article.mentions[i].entity;
        let introduced = introduction(article, entity);
        return mentions_of(article, entity)
            .map(|span| match Some(span) == introduced {
                true => (span, HighlightKind::Introduced),
                false => (span, HighlightKind::Mentioned),
            })
            .collect();
    }
    let Some((_, quote)) = quote_at(article, offset) else {
        return Vec::new();
    };
    let mut parts: Vec<_> = [&quote.spans, &quote.cue, &quote.source]
        .into_iter()
        .flatten()
        .map(|&span| (span, HighlightKind::Spoken))
        .collect();
    parts.order_by_key(|(span, _)| *span);
    parts.dedup();
    parts
}

/// Index of the entity that is mentioned at `offset`, or whose quotation stands there.
pub fn entity_at(article: &Article, offset: u32) -> Option<usize> {
    match mention_at(article, offset) {
        Some(i) => Some(article.mentions[i].entity),
        None => quote_at(article, offset)?.1.speaker,
    }
}

/// The innermost quotation that `offset` touches, in its words, its cue or its source, and which part.
pub fn quote_at(article: &Article, offset: u32) -> Option<(DocSpan, &Quote)> {
    article
        .quotes
        .iter()
        .filter_map(|q| {
            let mut parts = q.spans.iter().chain(&q.cue).chain(&q.source);
            Some((*parts.find(|s| s.touches(offset))?, q))
        })
        .min_by_key(|(span, _)| span.len())
}

/// The mentions of one entity, in text order.
pub fn mentions_of(article: &Article, entity: usize) -> impl Iterator<Item = DocSpan> {
    let mentions = article.entities.get(entity).map_or(&[][..], |e| &e.mentions);
    mentions
        .iter()
        .filter_map(|&i| Some(article.mentions.get(i)?.span))
}

/// Where an entity is introduced: its first mention that is no pronoun, since a quotation may say “we”
/// before its speaker is named; the first mention where there are only pronouns.
pub fn introduction(article: &Article, entity: usize) -> Option<DocSpan> {
    introduction_of(article, article.entities.get(entity)?)
}

/// The same for an entity at hand.
pub fn introduction_of(article: &Article, entity: &Entity) -> Option<DocSpan> {
    let mut mentions = entity.mentions.iter().filter_map(|&i| article.mentions.get(i));
    let by_name = |m: &&Mention| !matches!(m.form, MentionForm::Pronoun | MentionForm::Description);
    let mut told = mentions.clone().filter(|m| m.form != MentionForm::Pronoun);
    // "Its director, Dafina Rexha," introduces her by name.
    let first = told.next();
    let named = match first {
        Some(m) if m.form == MentionForm::Description => mentions
            .clone()
            .find(by_name)
            .filter(|n| n.span.start.saturating_sub(m.span.end) <= 4)
            .or(first),
        _ => first,
    };
    named.or_else(|| mentions.next()).map(|m| m.span)
}
