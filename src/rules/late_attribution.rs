use crate::{
    rules::{Check, Findings},
    semantic::article::QuoteKind,
};

rule! {
    /// ## What it does
    /// Flags a quotation of more than forty words whose speaker is named only after it.
    ///
    /// ## Why
    /// The reader should know who speaks from the beginning, or after the first sentence.
    /// A speaker whose words stand in the paragraph before is known already.
    ///
    /// ## Example
    /// ```news
    /// Snow fell on the square.
    ///
    /// “We came here to sign a treaty, and we are not going to leave this room without one. The quays belong to both cities, the grain belongs to both cities, and the flood, when it comes again, will belong to both cities as well, whoever signs and whoever does not,” said Lena Hartmann, the foreign minister.
    /// //                                                                                                                                                                                                                                                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ late-attribution
    /// ```
    ///
    /// Not flagged:
    /// ```news
    /// Snow fell on the square.
    ///
    /// “We came here to sign a treaty,” said Lena Hartmann, the foreign minister, “and we are not going to leave this room without one. The quays belong to both cities, the grain belongs to both cities, and the flood, when it comes again, will belong to both cities as well, whoever signs and whoever does not.”
    /// ```
    "late-attribution", "a long quotation names its speaker only at the end", None, check
}

const MAX_WORDS: usize = 40;

fn check(cx: &Check<'_>, acc: &mut Findings<'_>) {
    let mut previous = None;
    for quote in cx.article.quotes.iter().filter(|q| q.kind != QuoteKind::Indirect) {
        let speaker = quote.speaker;
        let known = previous.is_some() && previous == speaker;
        previous = speaker;
        let (Some(&first), Some(&source)) = (quote.spans.first(), quote.source.first()) else {
            continue;
        };
        let same_block = cx
            .block_at(first.start)
            .is_some_and(|(b, _)| b.span.covers(source));
        if !known && same_block && source.start >= first.end && cx.in_body(first.start) {
            let n_words = cx.each_word(first).count();
            if n_words > MAX_WORDS {
                acc.push(source, format!("the speaker is named only after {n_words} words"));
            }
        }
    }
}
