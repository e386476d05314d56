use rustc_hash::FxHashSet;

use crate::{
    rules::{Check, Findings},
    semantic::article::EntityKind,
};

rule! {
    /// ## What it does
    /// Marks each source without a name that is quoted, once.
    ///
    /// ## Why
    /// Desks that count their anonymous sources, or ask for a reason for each, see them at a glance.
    ///
    /// ## Example
    /// ```news
    /// “The treaty is dead and everybody knows it,” said a diplomat close to the talks.
    /// //                                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ anonymous-source
    /// ```
    ///
    /// Not flagged:
    /// ```news
    /// “The treaty is dead and everybody knows it,” said Lena Hartmann, the foreign minister.
    /// ```
    "anonymous-source", "a source without a name", None, check
}

fn check(cx: &Check<'_>, acc: &mut Findings<'_>) {
    let mut seen = FxHashSet::default();
    for quote in &cx.article.quotes {
        let Some(source) = cx.unnamed_source(quote) else {
            continue;
        };
        let human = quote
            .speaker
            .and_then(|s| cx.article.entities.get(s))
            .is_none_or(|e| matches!(e.kind, EntityKind::Person | EntityKind::Group));
        if human && quote.speaker.is_none_or(|s| seen.insert(s)) {
            acc.push(source, format!("“{}” is quoted without a name", cx.text(source)));
        }
    }
}
