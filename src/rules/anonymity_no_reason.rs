use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::{
    base::fold::fold,
    rules::{Check, Findings},
    semantic::article::{Attribution, MentionForm, QuoteKind},
};

rule! {
    /// ## What it does
    /// Flags a source without a name where the paragraph does not say why the name is kept back.
    ///
    /// ## Why
    /// Agencies owe the reader a reason: “who asked not to be named because the talks were private”.
    /// Each source is flagged once; spokespeople, bystanders, crowds, bodies and documents are not asked for one.
    ///
    /// ## Example
    /// ```news
    /// “The treaty is dead and everybody knows it,” said a diplomat close to the talks.
    /// //                                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ anonymity-no-reason
    /// ```
    ///
    /// Not flagged:
    /// ```news
    /// “The treaty is dead and everybody knows it,” said a diplomat close to the talks, who spoke on condition of anonymity because the talks were private.
    /// ```
    "anonymity-no-reason", "a source without a name, and no reason given", None, check
}

/// What a reason is recognized by, in folded words.
const REASONS: [&str; 13] = [
    "anonym",
    "not to be named",
    "not be named",
    "not to be identified",
    "not be identified",
    "not authori",
    "not allowed to",
    "withh",
    "fear",
    "sensitiv",
    "declined to give",
    "did not want to",
    "wished to remain",
];

static BYSTANDERS: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| include_str!("../../data/en/bystanders.txt").lines().collect());

fn check(cx: &Check<'_>, acc: &mut Findings<'_>) {
    let mut seen = FxHashSet::default();
    for quote in &cx.article.quotes {
        let (Some(&source), Some(speaker)) = (quote.source.first(), quote.speaker) else {
            continue;
        };
        let one_person = cx.is_person(speaker);
        let spoken = quote.kind != QuoteKind::Indirect && quote.attribution == Attribution::Anonymous;
        if !spoken || !one_person || !seen.insert(speaker) {
            continue;
        }
        let from = cx
            .article
            .mentions
            .partition_point(|m| m.span.start < source.start);
        let mut inside = cx.article.mentions[from..]
            .iter()
            .take_while(|m| m.span.end <= source.end);
        let named = inside.any(|m| m.form == MentionForm::Name && cx.is_person(m.entity));
        if named
            || cx
                .words(source)
                .iter()
                .any(|w| w.starts_with("spokes") || BYSTANDERS.contains(w))
        {
            continue;
        }
        let Some((block, _)) = cx.block_at(source.start) else {
            continue;
        };
        let paragraph = fold(cx.text(block.span));
        if !REASONS.iter().any(|r| paragraph.contains(r)) {
            acc.push(source, format!("say why “{}” is not named", cx.text(source)));
        }
    }
}
