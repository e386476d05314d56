use crate::{
    rules::{Check, Findings, Severity},
    semantic::article::Attribution,
};

rule! {
    /// ## What it does
    /// Flags a quotation that nobody in the text is said to have spoken.
    ///
    /// ## Why
    /// A reader must be able to tell who speaks, from the beginning or after the first sentence.
    /// The rule looks at closed quotations in body text of seven words or more, or of four that form a sentence,
    /// and speaks up only when no source is left in the sentence, the paragraph and the paragraphs around it.
    ///
    /// ## Example
    /// ```news
    /// The talks ended after midnight.
    ///
    /// “Nobody is going to leave this room without a deal.”
    /// // ^^^ unattributed-quote
    ///
    /// Snow fell on the square.
    /// ```
    ///
    /// Not flagged:
    /// ```news
    /// “Nobody is going to leave this room without a deal,” said Lena Hartmann, the foreign minister.
    /// ```
    "unattributed-quote", "a quotation that nobody is said to have spoken", Some(Severity::Warning), check
}

fn check(cx: &Check<'_>, acc: &mut Findings<'_>) {
    for quote in &cx.article.quotes {
        let sourceless = quote.attribution == Attribution::None && quote.speaker.is_none() && quote.source.is_empty();
        if !(quote.needs_source && sourceless) {
            continue;
        }
        let Some(&span) = quote.spans.first() else { continue };
        acc.push(span, "nobody is said to have spoken this quotation".to_owned());
    }
}
