use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    base::{fold::fold, span::DocSpan, word::TokenKind},
    kb::Gender,
    rules::{Check, Findings, Fix, Severity},
    semantic::{
        article::{EntityKind, MentionForm},
        lexicon,
    },
    syntax::{block::Block, tag::Tag, token::Shape},
};

rule! {
    /// ## What it does
    /// Flags a surname in the body that stands before the full name.
    ///
    /// ## Why
    /// The reader meets a person by the full name first; it is often a paragraph that was moved.
    /// Headlines, crossheads and captions may run ahead, quotations were said so, and a person whose full name the
    /// article never gives is taken to be known.
    /// A word that may be something else there (a family, a place after “in”, part of a longer name) is left alone.
    ///
    /// ## Example
    /// ```news
    /// A long headline about the talks
    ///
    /// Hartmann left the talks on Monday.
    /// //^^^^^^ first-reference-name
    ///
    /// Snow fell as Lena Hartmann, the foreign minister, drove away.
    /// ```
    ///
    /// Not flagged:
    /// ```news
    /// Hartmann leaves the talks
    ///
    /// Lena Hartmann, the foreign minister, left the talks on Monday.
    ///
    /// Snow fell as Hartmann drove away.
    ///
    /// The Brandt family owned the harbour. Mayor Ida Brandt sold it.
    /// ```
    "first-reference-name", "a surname stands before the full name", Some(Severity::Hint), check
}

/// How many paragraphs may stand above the first of the text, and how many bytes the later ones of them have at most;
/// that first one is far longer.
const HEAD: usize = 3;
const STANDFIRST: usize = 100;

fn check(cx: &Check<'_>, acc: &mut Findings<'_>) {
    let full = |form| matches!(form, MentionForm::Name | MentionForm::Alias);
    let mut introduced = FxHashMap::default();
    let mut early = Vec::new();
    let mut seen = FxHashSet::default();
    // Surnames that the reader has met behind a given name, whosever: “Wolfgang Van Halen”.
    let mut borne: FxHashSet<String> = FxHashSet::default();
    // Those among them that nobody has asked for yet: few articles are asked at all.
    let mut unasked: Vec<&str> = Vec::new();
    // The first paragraph may be a headline that does not look like one, and short ones below it what stands under a
    // headline.
    let blocks = &cx.article.layout.blocks;
    let is_short = |i: usize, b: &Block| {
        let next = blocks.get(i + 1).map_or(0, |next| next.span.len());
        b.span.len() <= STANDFIRST && next >= (2 * b.span.len()).max(STANDFIRST)
    };
    let above = |(i, b): &(usize, &Block)| *i == 0 || is_short(*i, b);
    let head = blocks.iter().take(HEAD).enumerate().take_while(above).last();
    let first_end = head.map_or(0, |(_, b)| b.span.end);
    for mention in &cx.article.mentions {
        let person = cx
            .article
            .entities
            .get(mention.entity)
            .is_some_and(|e| e.kind == EntityKind::Person);
        if !person || !cx.in_body(mention.span.start) {
            continue;
        }
        if full(mention.form)
            && let Some((_, surname)) = cx.text(mention.span).split_once(char::is_whitespace)
        {
            unasked.push(surname);
        }
        // A name of one word is all there is to some people.
        if full(mention.form) && cx.text(mention.span).contains(char::is_whitespace) {
            introduced.entry(mention.entity).or_insert(mention.span);
        } else if mention.form == MentionForm::Surname
            && !introduced.contains_key(&mention.entity)
            && !cx.in_quote(mention.span)
            && !{
                borne.extend(unasked.drain(..).map(fold));
                borne.contains(&fold(cx.text(mention.span)))
            }
            && mention.span.start >= first_end
            && !may_be_something_else(cx, mention.span)
            && !is_known_by_office(cx, mention.entity, mention.span)
            && seen.insert(mention.entity)
        {
            early.push((mention.entity, mention.span));
        }
    }
    for (entity, span) in early {
        if let Some(&later) = introduced.get(&entity)
            && is_a_person(cx, entity, later, span)
        {
            let d = acc.push(
                span,
                format!(
                    "“{}” stands here before the reader has met the full name",
                    cx.text(span)
                ),
            );
            d.related.push((later, "the full name".to_owned()));
            let full = cx.text(later);
            d.offer = (!full.contains(['\n', '\r'])).then(|| Fix {
                title: format!("Write “{full}”"),
                edits: vec![(span, full.to_owned())],
            });
        }
    }
}

/// Whether anything but capitals says that an entity is a person, and the full name ends with the word in question.
fn is_a_person(cx: &Check<'_>, entity: usize, full: DocSpan, surname: DocSpan) -> bool {
    let known = cx
        .article
        .entities
        .get(entity)
        .is_some_and(|e| e.kb.is_some() || e.role.is_some() || e.gender != Gender::Unknown);
    known && cx.text(full).ends_with(cx.text(surname))
}

/// "President Macron" needs no first name.
fn is_known_by_office(cx: &Check<'_>, entity: usize, span: DocSpan) -> bool {
    let known = cx.article.entities.get(entity).is_some_and(|e| e.kb.is_some());
    known && cx.is_titled(span, true)
}

/// Whether the word stands where it may be a family, a place, or part of a longer name.
fn may_be_something_else(cx: &Check<'_>, span: DocSpan) -> bool {
    let Some((block, local)) = cx.block_at(span.start) else {
        return true;
    };
    let tokens = &local.tokens;
    let range = tokens.inside(block.within(span));
    let named = |i: usize| {
        let capital = matches!(tokens.list[i].shape, Shape::Capital | Shape::AllCaps);
        let sentence = local.sentence_of(i);
        // The first word of a sentence has its capital from there.
        capital
            && sentence == local.sentence_of(range.start)
            && local.sentences.get(sentence).is_none_or(|s| s.start != i)
    };
    if let Some(before) = range.start.checked_sub(1) {
        let quoted = tokens.list[before].kind == TokenKind::Punct
            && !matches!(tokens.fold(before), "," | "." | ":" | ";");
        let apart = matches!(tokens.fold(before), "a" | "an" | "the" | "in" | "at" | "near");
        // "Selenis Leyva" at the start of a sentence, if she was not taken for one name.
        let given = tokens.list[before].shape == Shape::Capital
            && lexicon::english().given(tokens.fold(before)).is_some();
        // "the rock band Van Halen".
        let tag = tokens.list[before].tag;
        let other = matches!(tag, Tag::Noun | Tag::NounPl) && tokens.list[before].shape == Shape::Lower;
        if other && !cx.is_titled(span, true) {
            return true;
        }
        if quoted || apart || given || named(before) && !cx.is_titled(span, true) {
            return true;
        }
    }
    let mut behind = range.end..tokens.len();
    match behind.next().map(|i| tokens.fold(i)) {
        Some("family" | "families" | "brothers" | "sisters" | "dynasty" | "clan") => true,
        // "Conway's Game of Life", "Allen, Texas".
        Some("'s" | "’s" | ",") => behind.next().is_some_and(named),
        // "Trump supporters", "the Obama administration": the name only says which.
        _ => tokens
            .list
            .get(range.end)
            .is_some_and(|t| matches!(t.tag, Tag::Noun | Tag::NounPl) && t.shape == Shape::Lower),
    }
}
