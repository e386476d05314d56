use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::{
    base::word::name_words,
    rules::{Check, Findings},
};

rule! {
    /// ## What it does
    /// Flags a verb of saying that takes a side: claimed, admitted, conceded, insisted, quipped …
    ///
    /// ## Why
    /// “Said” is fair to everybody; these verbs tell the reader what to think of the words.
    /// The rule looks at the verbs of quotations only: one may claim a prize, and be admitted to hospital.
    ///
    /// ## Example
    /// ```news
    /// “The figures are right and always were,” claimed Lena Hartmann, the foreign minister.
    /// //                                       ^^^^^^^ loaded-verb
    /// ```
    ///
    /// Not flagged:
    /// ```news
    /// “The figures are right and always were,” said Lena Hartmann, who claimed the prize in 2019.
    /// ```
    "loaded-verb", "a verb of saying that takes a side", None, check
}

/// What each verb tells the reader.
static VERBS: LazyLock<FxHashMap<&str, &str>> = LazyLock::new(|| {
    let lines = include_str!("../../data/en/loaded_verbs.tsv").lines();
    lines.filter_map(|line| line.split_once('\t')).collect()
});

fn check(cx: &Check<'_>, acc: &mut Findings<'_>) {
    for quote in &cx.article.quotes {
        for &cue in &quote.cue {
            let words = name_words(cx.text(cue));
            let verb = words.iter().find_map(|w| Some((w, VERBS.get(w.as_str())?)));
            if let Some((verb, why)) = verb {
                acc.push(
                    cue,
                    format!("“{verb}” tells the reader {why}; “said” does not take a side"),
                );
            }
        }
    }
}
