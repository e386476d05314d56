//! Quotations whose speaker is a guess: no clause says who spoke, and the paragraph before only happens to be about
//! somebody.

use std::ops::Range;

use crate::{
    base::{span::DocSpan, word::TokenKind},
    rules::Check,
    semantic::{
        article::{Attribution, Entity, EntityKind, MentionForm, Quote, QuoteKind},
        cue::{self, Classes},
        local::Local,
    },
    syntax::block::Zone,
};

/// Fewest words of a quotation that a reader wants to know the speaker of.
const MIN_WORDS: usize = 7;
/// A sentence of no more words than this leads up to the words behind it: "Hartmann was not impressed."
const LEAD_IN: usize = 9;
/// An article with more entities than this is about many.
const MANY: usize = 60;
/// How many paragraphs above whoever is guessed may have been heard last, for a reader to hear him on.
const HEARD: usize = 3;

/// The entity that a reader can only guess to have spoken a quotation that stands alone in its paragraph, where that
/// is a bad guess: the paragraph before ends on it and tells of no speech, and nothing introduces it there.
pub(crate) fn bad_guess<'a>(cx: &Check<'a>, quote: &Quote) -> Option<&'a Entity> {
    let (span, source) = (*quote.spans.first()?, *quote.source.first()?);
    let speaker = cx.article.entities.get(quote.speaker?)?;
    let implied = quote.attribution == Attribution::Implied && quote.cue.is_empty();
    if !implied || quote.kind != QuoteKind::Direct || cx.each_word(span).count() < MIN_WORDS {
        return None;
    }
    let blocks = &cx.article.layout.blocks;
    let at = blocks.partition_point(|b| b.span.end < span.end);
    let (here, above) = (blocks.get(at)?, at.checked_sub(1)?);
    if here.zone != Zone::Body || here.span.start != span.start {
        return None;
    }
    // Nobody else is named around it either.
    if cannot_speak(cx, speaker, quote) {
        return Some(speaker);
    }
    let before = &blocks[above];
    let local = cx.article.locals.get(above)?;
    let last = local.sentences.last()?.clone();
    if before.zone != Zone::Body
        || !before.span.contains(source.start)
        || tells_of_speech(local, last.clone())
    {
        return None;
    }
    let words = last.filter(|t| local.tokens.kind(*t) == TokenKind::Word).count();
    let heard = || {
        let from = blocks[above.saturating_sub(HEARD)].span.start;
        let mut quotes = cx.quotes_from(from, before.span.start).iter();
        quotes.any(|q| q.speaker == quote.speaker && q.kind != QuoteKind::Indirect)
    };
    (words > LEAD_IN && !is_introduced(cx, speaker, before.span) && !heard() && !is_alone(cx, speaker))
        .then_some(speaker)
}

/// Whether a sentence at the end of a paragraph has a word for saying or for what is said, or a colon.
fn tells_of_speech(local: &Local, sentence: Range<usize>) -> bool {
    let nouns = Classes::CUE_NOUN_ACT
        .and(Classes::CUE_NOUN_DOCUMENT)
        .and(Classes::DOCUMENT);
    let says = |word: &str| {
        cue::verb(word).is_some_and(|v| v.classes.has(Classes::SPEECH) && !v.classes.has(Classes::WEAK))
            || cue::classes(word).has(nouns)
    };
    let mut words = sentence.map(|t| local.tokens.fold_unnoted(t));
    words.any(|word| word == ":" || says(word))
}

/// Whether the words are not those of the entity: they name it, or it is a place, or no single person where an "I" speaks.
fn cannot_speak(cx: &Check<'_>, entity: &Entity, quote: &Quote) -> bool {
    let own = |word: &str| matches!(word, "i" | "i'm" | "i've" | "my" | "me");
    let one = || quote.spans.iter().any(|s| cx.each_word(*s).any(own));
    match entity.kind {
        EntityKind::Place => true,
        EntityKind::Person => quote.spans.iter().any(|s| is_named_in(cx, entity, *s)),
        _ => one(),
    }
}

/// Whether the words themselves name somebody, who does not speak them then.
pub(crate) fn is_named_in(cx: &Check<'_>, entity: &Entity, span: DocSpan) -> bool {
    let mention = |&i: &usize| cx.article.mentions.get(i);
    // They are in text order, and there may be thousands.
    let from = (entity.mentions).partition_point(|i| mention(i).is_some_and(|m| m.span.start < span.start));
    let mut inside = entity.mentions[from..]
        .iter()
        .map_while(mention)
        .take_while(|m| m.span.start < span.end);
    inside.any(|m| !matches!(m.form, MentionForm::Pronoun | MentionForm::Description))
}

/// Whether an entity is named for the first time in `paragraph`, headlines apart: a reader takes what follows for its words.
fn is_introduced(cx: &Check<'_>, entity: &Entity, paragraph: DocSpan) -> bool {
    let mut mentions = entity.mentions.iter().filter_map(|&i| cx.article.mentions.get(i));
    let first = mentions.find(|m| m.form == MentionForm::Name && cx.in_body(m.span.start));
    first.is_none_or(|m| paragraph.contains(m.span.start))
}

/// Whether nobody else is named as a person: an article about one person quotes that one. One of many entities is not.
fn is_alone(cx: &Check<'_>, entity: &Entity) -> bool {
    let named = |e: &Entity| {
        let mut mentions = e.mentions.iter().filter_map(|&i| cx.article.mentions.get(i));
        mentions.any(|m| m.form == MentionForm::Name && cx.in_body(m.span.start))
    };
    let entities = &cx.article.entities;
    let mut others = entities.iter().filter(|e| e.kind == EntityKind::Person);
    entities.len() <= MANY && !others.any(|e| e.name != entity.name && named(e))
}
