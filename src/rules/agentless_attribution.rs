use crate::{
    base::{order::Order, span::DocSpan},
    rules::{Check, Findings, Severity, excused},
    semantic::{article::QuoteKind, lexicon, local::Local, wordsets::WordSet},
};

rule! {
    /// ## What it does
    /// Flags quoted words that somebody is said to have said, without saying who: “has been called”, “is said to be”, “reportedly”.
    ///
    /// ## Why
    /// The passive hides the source.
    ///
    /// ## Example
    /// ```news
    /// The treaty has been called “the best that nobody wanted”.
    /// //                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ agentless-attribution
    /// ```
    ///
    /// Not flagged:
    /// ```news
    /// The treaty has been called “the best that nobody wanted” by Lena Hartmann, the foreign minister.
    ///
    /// The tower is known as “the old man of the northern harbour”.
    /// ```
    "agentless-attribution", "quoted words, and a passive that hides who said them", Some(Severity::Hint), check
}

fn check(cx: &Check<'_>, acc: &mut Findings<'_>) {
    let quotes = cx.article.quotes.iter().filter(|q| q.kind != QuoteKind::Indirect);
    let sourceless = quotes.filter(|q| q.speaker.is_none() && q.source.is_empty());
    let spans = sourceless.flat_map(|q| q.marked.first().copied());
    let asides = cx.article.asides.iter().map(|a| a.span);
    let mut all: Vec<DocSpan> = spans.chain(asides).collect();
    all.order_by(Ord::cmp);
    all.dedup();
    for span in all {
        let Some((block, local)) = cx.block_at(span.start).filter(|_| cx.in_body(span.start)) else {
            continue;
        };
        let first = local.tokens.at(span.start - block.span.start);
        let last = local.tokens.at(span.end.saturating_sub(block.span.start + 1));
        // One or two words are more often a term than somebody's words.
        let long = cx.each_word(span).count() > 2;
        if long
            && passive_before(local, first)
            && !agent_after(local, last)
            && !excused::is_everybodys(cx, span)
        {
            acc.push(
                span,
                "the passive hides who said this; name the source".to_owned(),
            );
        }
    }
}

/// Whether the words right before token `i` are a passive of saying.
fn passive_before(local: &Local, i: usize) -> bool {
    let lex = lexicon::english();
    let word = |back: usize| i.checked_sub(back).map_or("", |at| local.tokens.fold(at));
    let verb = if word(1) == "as" { 2 } else { 1 };
    word(1) == "reportedly"
        || lex.is(WordSet::CalledSo, word(verb)) && lex.is(WordSet::BeforeCalled, word(verb + 1))
}

/// Whether "by …" follows in the sentence of token `i`.
fn agent_after(local: &Local, i: usize) -> bool {
    let end = local.sentences.get(local.sentence_of(i)).map_or(i, |s| s.end);
    (i..end).any(|at| local.tokens.fold(at) == "by")
}
