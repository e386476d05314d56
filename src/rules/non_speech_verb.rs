use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::{
    rules::{Check, Findings, Severity},
    semantic::article::QuoteKind,
};

rule! {
    /// ## What it does
    /// Flags a verb beside a quotation that is no way of speaking: smiled, laughed, shrugged …
    ///
    /// ## Why
    /// People do not smile words.
    ///
    /// ## Example
    /// ```news
    /// “We shall see what the morning brings us,” smiled Lena Hartmann, the foreign minister.
    /// //                                         ^^^^^^ non-speech-verb
    /// ```
    ///
    /// Not flagged:
    /// ```news
    /// “We shall see what the morning brings us,” Lena Hartmann said, smiling.
    /// ```
    "non-speech-verb", "a verb that is no way of speaking", Some(Severity::Hint), check
}

static VERBS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    include_str!("../../data/en/non_speech_verbs.txt")
        .lines()
        .collect()
});

fn check(cx: &Check<'_>, acc: &mut Findings<'_>) {
    for quote in cx.article.quotes.iter().filter(|q| q.kind != QuoteKind::Indirect) {
        // A cue of several words holds a verb of speaking too: "laughed and said".
        let [cue] = quote.cue.as_slice() else { continue };
        let verb = cx.text(*cue);
        if VERBS.contains(verb) {
            acc.push(
                *cue,
                format!("nobody can speak by “{verb}”; write who said it, and how",),
            );
        }
    }
}
