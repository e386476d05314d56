use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::{
    base::word::name_words,
    rules::{Check, Findings},
    semantic::article::{Attribution, EntityKind, QuoteKind},
};

rule! {
    /// ## What it does
    /// Flags what somebody is told to believe, hope, feel or fear, without having said so.
    ///
    /// ## Why
    /// A reporter can know what people say, not what they think: “said she hopes” is safe.
    /// Bodies and countries hold views by decision, and where the same person is quoted in the sentence the thought was told.
    ///
    /// ## Example
    /// ```news
    /// Lena Hartmann believes that the treaty is dead.
    /// //            ^^^^^^^^ mind-reading
    /// ```
    ///
    /// Not flagged:
    /// ```news
    /// Lena Hartmann said she believes that the treaty is dead.
    /// ```
    "mind-reading", "a thought that nobody is said to have told", None, check
}

static VERBS: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| include_str!("../../data/en/mind_verbs.txt").lines().collect());

fn check(cx: &Check<'_>, acc: &mut Findings<'_>) {
    for quote in cx.article.quotes.iter().filter(|q| q.kind == QuoteKind::Indirect) {
        let ([cue], Some(speaker)) = (quote.cue.as_slice(), quote.speaker) else {
            continue;
        };
        let words = name_words(cx.text(*cue));
        let thinks = matches!(words.as_slice(), [.., verb] if VERBS.contains(verb.as_str()));
        let named = matches!(
            quote.attribution,
            Attribution::Explicit | Attribution::Description | Attribution::Pronoun
        ) && cx
            .article
            .entities
            .get(speaker)
            .is_some_and(|e| e.kind == EntityKind::Person);
        if !thinks || !named || !cx.in_body(cue.start) || cx.in_quote(*cue) {
            continue;
        }
        let Some((block, local)) = cx.block_at(cue.start) else {
            continue;
        };
        let sentence_of = |span| {
            let first = local.tokens.inside(block.within(span)).start;
            local.sentence_of(first)
        };
        let here = sentence_of(*cue);
        let told = cx.article.quotes.iter().any(|q| {
            let near = q
                .cue
                .iter()
                .chain(&q.marked)
                .any(|s| block.span.covers(*s) && sentence_of(*s) == here);
            !std::ptr::eq(q, quote) && near
        });
        if !told {
            acc.push(
                *cue,
                format!(
                    "who can know that? write that it was said, or by what “{}” shows",
                    cx.text(*cue)
                ),
            );
        }
    }
}
