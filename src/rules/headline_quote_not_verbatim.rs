use crate::{
    rules::{Check, Findings, Severity, verbatim},
    syntax::block::Zone,
};

rule! {
    /// ## What it does
    /// Flags words in quotation marks in a headline that stand nowhere in the body.
    ///
    /// ## Why
    /// What a headline quotes was said in these words.
    /// The rule looks at three words or more; capitals and the kind of marks do not count, dots may stand for words left
    /// out, and words that the body has without marks are a claim, not a fault.
    /// An article of fewer than a hundred words, or without quotations, is left alone: the rest may be elsewhere.
    ///
    /// ## Example
    /// ```news
    /// Minister: ‘We are never leaving this room’
    /// //        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ headline-quote-not-verbatim
    ///
    /// Talks on the harbour treaty went into a fifth night on Monday, and snow lay on the square in front of the old customs house.
    ///
    /// “We are not leaving this room,” said Lena Hartmann, the foreign minister, after the fourth night of talks about the harbour.
    ///
    /// The delegations have met since Thursday to settle who may use the two northern quays, which both cities have claimed since the flood of the last century broke the old wall.
    ///
    /// Both cities depend on the quays for grain and timber, and neither has another place for ships of that size; engineers from a third city have offered to widen the channel for both of them.
    /// ```
    ///
    /// Not flagged:
    /// ```news
    /// Minister: ‘We are not leaving … room’
    ///
    /// Talks on the harbour treaty went into a fifth night on Monday, and snow lay on the square in front of the old customs house.
    ///
    /// “We are not leaving this room,” said Lena Hartmann, the foreign minister, after the fourth night of talks about the harbour.
    ///
    /// The delegations have met since Thursday to settle who may use the two northern quays, which both cities have claimed since the flood of the last century broke the old wall.
    ///
    /// Both cities depend on the quays for grain and timber, and neither has another place for ships of that size; engineers from a third city have offered to widen the channel for both of them.
    /// ```
    "headline-quote-not-verbatim", "a headline quotes words that the body does not have", Some(Severity::Warning), check
}

const MIN_WORDS: usize = 100;

/// Most quotations of headlines whose words are looked for apart.
const MAX_GATHERED: usize = 4;

fn check(cx: &Check<'_>, acc: &mut Findings<'_>) {
    // Most headlines quote nothing, and then the body need not be read.
    let quoted = verbatim::quoted_in(cx, Zone::Headline);
    if quoted.is_empty() || cx.article.quotes.is_empty() {
        return;
    }
    if verbatim::body_words(cx).nth(MIN_WORDS - 1).is_none() {
        return;
    }
    let found = verbatim::in_body(cx, &quoted);
    // A headline has few quotations; of a list that passes for one only the first are looked for by their words.
    let mut looked = 0;
    for ((span, parts), found) in quoted.iter().zip(found) {
        let span = *span;
        // Where nobody in the body is found to have said anything like it, that is what the reader is told.
        let unattributed = cx
            .article
            .quotes
            .iter()
            .any(|q| q.needs_source && q.spans.contains(&span));
        looked += usize::from(!found);
        let gathered = || looked <= MAX_GATHERED && verbatim::is_gathered(cx, span, parts);
        if !unattributed && !found && !gathered() {
            acc.push(span, "these words stand nowhere in the body".to_owned());
        }
    }
}
