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

/// Why a reader is left in doubt who spoke a quotation that stands alone in its paragraph.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Doubt<'a> {
    /// The words name whoever spoke last.
    Named(&'a Entity),
    /// The words say "I", or whoever spoke last is a place: that is no person.
    Body(&'a Entity),
    /// The paragraph before tells of several, or of a body, and quotes nobody.
    Crowd(&'a Entity),
    /// The paragraph before is about somebody and tells of no speech.
    Told(&'a Entity),
    /// The paragraph before hears or names somebody else, too.
    Either(&'a Entity, &'a Entity),
}

impl<'a> Doubt<'a> {
    /// The one whom the reader takes for the speaker, where hardly anything speaks for that one.
    pub(crate) fn bad_guess(self) -> Option<&'a Entity> {
        match self {
            Self::Named(e) | Self::Body(e) | Self::Crowd(e) | Self::Told(e) => Some(e),
            Self::Either(..) => None,
        }
    }
}

/// What leaves a reader in doubt about the speaker of a quotation that stands alone in its paragraph.
pub(crate) fn doubt<'a>(cx: &Check<'a>, quote: &Quote) -> Option<Doubt<'a>> {
    let (span, source) = (*quote.spans.first()?, *quote.source.first()?);
    let speaker = cx.article.entities.get(quote.speaker?)?;
    let carried = matches!(
        quote.attribution,
        Attribution::Implied | Attribution::Continued | Attribution::Pronoun
    );
    let short = cx.each_word(span).take(MIN_WORDS).count() < MIN_WORDS;
    let closed = quote.marked.last().is_some_and(|m| is_closed(cx.text(*m)));
    if !carried || !closed || !quote.cue.is_empty() || quote.kind != QuoteKind::Direct || short {
        return None;
    }
    let blocks = &cx.article.layout.blocks;
    let at = blocks.partition_point(|b| b.span.end < span.end);
    let (here, above) = (blocks.get(at)?, at.checked_sub(1)?);
    let before = blocks.get(above)?;
    if here.zone != Zone::Body || here.span.start != span.start {
        return None;
    }
    let guess = Guess { cx, quote, speaker };
    let from = blocks[above.saturating_sub(HEARD)].span.start;
    if guess.is_open_above(before.span) {
        return None;
    }
    if cannot_speak(cx, speaker, quote) {
        return Some(match speaker.kind {
            EntityKind::Person => Doubt::Named(speaker),
            _ => Doubt::Body(speaker),
        });
    }
    let local = cx.article.locals.get(above)?;
    let last = local.sentences.last()?.clone();
    if source.start >= here.span.start || before.zone != Zone::Body || announces(local, last.clone()) {
        return None;
    }
    let heard = guess.is_quoted(from, before.span.end);
    if speaker.kind != EntityKind::Person && !heard {
        return Some(Doubt::Crowd(speaker));
    }
    if quote.attribution == Attribution::Implied {
        if !before.span.contains(source.start) || tells_of_speech(local, last.clone()) {
            return None;
        }
        let words = last.filter(|t| local.tokens.kind(*t) == TokenKind::Word).count();
        let told = words > LEAD_IN
            && !is_introduced(cx, speaker, before.span)
            && !guess.is_quoted(from, before.span.start)
            && !is_alone(cx, speaker);
        return told.then_some(Doubt::Told(speaker));
    }
    if let Some(other) = guess.other(before.span) {
        return Some(Doubt::Either(speaker, other));
    }
    // "Okoro wants a tunnel. The last one took nine years and two mayors to dig." / "“…”"
    let words = last
        .clone()
        .filter(|t| local.tokens.kind(*t) == TokenKind::Word)
        .count();
    let since = before.to_doc(local.tokens.span(last.clone())).start;
    let past = guess.end_of_words(before.span).is_none_or(|end| end <= since);
    (past && words > LEAD_IN && !heard && !tells_of_speech(local, last)).then_some(Doubt::Told(speaker))
}

/// Whether words end with a closing mark.
pub(crate) fn is_closed(words: &str) -> bool {
    words.ends_with(['”', '"', '’', '\'', '»'])
}

/// Somebody who is taken for the speaker of a quotation.
struct Guess<'c, 'a> {
    cx: &'c Check<'a>,
    quote: &'c Quote,
    speaker: &'a Entity,
}

impl<'a> Guess<'_, 'a> {
    /// Whether a quotation of `paragraph` is left open, so that the next one goes on with it.
    fn is_open_above(&self, paragraph: DocSpan) -> bool {
        let last = self.cx.quotes_from(paragraph.start, paragraph.end).iter();
        let mut marked = last
            .filter_map(|q| q.marked.last())
            .filter(|m| m.end >= paragraph.end);
        marked.any(|m| !is_closed(self.cx.text(*m)))
    }

    /// Whether one of the speaker's quotations begins between these places.
    fn is_quoted(&self, from: u32, to: u32) -> bool {
        let mut quotes = self.cx.quotes_from(from, to).iter();
        quotes.any(|q| q.speaker == self.quote.speaker && q.kind != QuoteKind::Indirect)
    }

    /// Where the last that the speaker says in `paragraph` ends.
    fn end_of_words(&self, paragraph: DocSpan) -> Option<u32> {
        let heard = self.cx.quotes_from(paragraph.start, paragraph.end).iter();
        let said = heard.filter(|q| q.speaker == self.quote.speaker);
        let parts = said.flat_map(|q| q.spans.iter().chain(&q.cue).chain(&q.source));
        parts.map(|part| part.end).max()
    }

    /// Somebody else who is heard in `paragraph` while the speaker is only reported there, or who is heard or named there
    /// behind the last that the speaker said.
    fn other(&self, paragraph: DocSpan) -> Option<&'a Entity> {
        let article = self.cx.article;
        let heard = self.cx.quotes_from(paragraph.start, paragraph.end);
        let own = |q: &&Quote| q.speaker == self.quote.speaker;
        let end = self.end_of_words(paragraph)?;
        let reported = !self.is_quoted(paragraph.start, paragraph.end);
        let place = |q: &Quote| q.spans.first().map_or(0, |s| s.start);
        let rival = heard
            .iter()
            .rev()
            .filter(|q| !own(q) && (reported || place(q) >= end));
        let rival = rival.filter_map(|q| q.speaker).next();
        let named = || {
            let from = article.mentions.partition_point(|m| m.span.start < end);
            let behind = article.mentions[from..]
                .iter()
                .take_while(|m| m.span.start < paragraph.end);
            let mut people = behind.filter(|m| m.form != MentionForm::Pronoun && self.cx.is_person(m.entity));
            people.find_map(|m| (Some(m.entity) != self.quote.speaker).then_some(m.entity))
        };
        let other = article.entities.get(rival.or_else(named)?)?;
        (other.name != self.speaker.name).then_some(other)
    }
}

/// Whether a sentence at the end of a paragraph hands over to the words below: by a colon, or as it tells of a statement, a letter …
fn announces(local: &Local, sentence: Range<usize>) -> bool {
    const WORDS: Classes = Classes::CUE_NOUN_ACT
        .and(Classes::CUE_NOUN_DOCUMENT)
        .and(Classes::DOCUMENT);
    let mut words = sentence.map(|t| local.tokens.fold_unnoted(t));
    words.any(|word| word == ":" || cue::classes(word).has(WORDS))
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
    inside
        .any(|m| !matches!(m.form, MentionForm::Pronoun | MentionForm::Description) && !is_called(cx, m.span))
}

/// Whether somebody else says the words at `span`, in a quotation inside the quotation: “They asked, ‘Mr Okoro, will you stay?’”
fn is_called(cx: &Check<'_>, span: DocSpan) -> bool {
    cx.block_at(span.start).is_some_and(|(block, local)| {
        let at = block.within(span);
        let mut inner = local.pairs.iter().filter(|p| p.level > 0);
        inner.any(|p| p.span.start <= at.start && at.end <= p.span.end)
    })
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
