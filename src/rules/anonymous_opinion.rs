use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::{
    base::word::name_words,
    rules::{Check, Findings},
    semantic::article::{Attribution, EntityKind, QuoteKind},
    syntax::tag::Tag,
};

rule! {
    /// ## What it does
    /// Flags a judgment in a few quoted words by somebody who is not named.
    ///
    /// ## Why
    /// Who stays unnamed may tell facts; opinions and insults need a name to them.
    /// Only words behind a verb of judging are looked at; longer quotations and those with a figure are information.
    ///
    /// ## Example
    /// ```news
    /// A diplomat close to the talks called the plan “foolish and lazy” on Monday.
    /// //                                            ^^^^^^^^^^^^^^^^^^ anonymous-opinion
    /// ```
    ///
    /// Not flagged:
    /// ```news
    /// Lena Hartmann, the foreign minister, called the plan “foolish and lazy” on Monday.
    /// ```
    "anonymous-opinion", "a judgment by somebody who is not named", None, check
}

const MAX_WORDS: usize = 6;

static VERBS: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| include_str!("../../data/en/judging_verbs.txt").lines().collect());

fn check(cx: &Check<'_>, acc: &mut Findings<'_>) {
    for quote in cx
        .article
        .quotes
        .iter()
        .filter(|q| q.attribution == Attribution::Anonymous && q.kind == QuoteKind::Mixed)
    {
        let institutional = quote.source.first().is_some_and(|s| cx.may_be_unnamed(*s));
        if institutional {
            continue;
        }
        let human = quote
            .speaker
            .and_then(|s| cx.article.entities.get(s))
            .is_some_and(|e| e.kind == EntityKind::Person);
        let judged = quote
            .cue
            .iter()
            .any(|c| name_words(cx.text(*c)).iter().any(|w| VERBS.contains(w.as_str())));
        for &span in quote.marked.iter().filter(|_| human && judged) {
            let Some((block, local)) = cx.block_at(span.start) else {
                continue;
            };
            let tokens = local.tokens.inside(block.within(span));
            let tags = || tokens.clone().map(|i| local.tokens.list[i].tag);
            let judges = tags().any(|t| t == Tag::Adj) && !tags().any(|t| t == Tag::Num);
            if judges && cx.each_word(span).count() <= MAX_WORDS {
                acc.push(
                    span,
                    "a judgment needs a name to it; the source of this one has none".to_owned(),
                );
            }
        }
    }
}
