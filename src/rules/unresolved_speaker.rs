use crate::{
    rules::{Check, Findings, Severity},
    semantic::article::{Attribution, QuoteKind},
};

rule! {
    /// ## What it does
    /// Flags a quotation of “he” or “she” where nobody was named whom that could mean.
    ///
    /// ## Why
    /// The reader has to know who speaks.
    ///
    /// ## Example
    /// ```news
    /// The talks ended after midnight.
    ///
    /// “We are not going to leave this room,” she said.
    /// //                                     ^^^ unresolved-speaker
    /// ```
    ///
    /// Not flagged:
    /// ```news
    /// Lena Hartmann, the foreign minister, stayed until midnight.
    ///
    /// “We are not going to leave this room,” she said.
    /// ```
    "unresolved-speaker", "a pronoun speaks, and nobody was named", Some(Severity::Info), check
}

fn check(cx: &Check<'_>, acc: &mut Findings<'_>) {
    for (i, quote) in cx.article.quotes.iter().enumerate() {
        let Some(&source) = quote.source.first() else {
            continue;
        };
        let lost = quote.speaker.is_none() && quote.attribution == Attribution::Pronoun;
        // "They", "it" and "I" have too many good uses.
        let single = || cx.each_word(source).eq(["he"]) || cx.each_word(source).eq(["she"]);
        // Whoever tells that “she said ‘no’” knows whom he means.
        let around = cx.article.quotes[i.saturating_sub(3)..i]
            .iter()
            .flat_map(|q| &q.marked);
        let told = || {
            around
                .clone()
                .any(|m| m.start < source.start && source.end < m.end)
        };
        if lost
            && single()
            && !told()
            && quote.kind != QuoteKind::Indirect
            && !quote.cue.is_empty()
            && cx.in_body(source.start)
        {
            acc.push(
                source,
                format!("nobody was named whom “{}” could mean", cx.text(source)),
            );
        }
    }
}
