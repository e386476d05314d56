use rustc_hash::FxHashSet;

use crate::{
    base::fold::fold,
    rules::{Check, Findings},
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

fn check(cx: &Check<'_>, acc: &mut Findings<'_>) {
    let mut seen = FxHashSet::default();
    for quote in &cx.article.quotes {
        let (Some(source), Some(speaker)) = (cx.unnamed_source(quote), quote.speaker) else {
            continue;
        };
        if !cx.is_person(speaker) || !seen.insert(speaker) || cx.may_be_unnamed(source) {
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
