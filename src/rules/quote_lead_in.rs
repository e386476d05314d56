use crate::{
    base::span::DocSpan,
    rules::{Check, Findings, Fix, config::House},
    semantic::article::QuoteKind,
};

rule! {
    /// ## What it does
    /// Flags a comma where the house leads into a quoted sentence with a colon, or the other way round.
    ///
    /// ## Why
    /// British houses write “she said: ‘We shall wait’”; AP keeps the colon for more than one sentence.
    /// Without a `house` in the settings nothing is flagged. On with every house.
    ///
    /// ## Example
    /// ```news
    /// // config: house = "reuters"
    /// Lena Hartmann, the foreign minister, said, “We were told to wait for the thaw.”
    /// //                                       ^ quote-lead-in
    /// ```
    ///
    /// ```news
    /// // config: house = "ap"
    /// Lena Hartmann, the foreign minister, said: “We were told to wait for the thaw.”
    /// //                                       ^ quote-lead-in
    /// ```
    ///
    /// Not flagged:
    /// ```news
    /// // config: house = "ap"
    /// Lena Hartmann, the foreign minister, said: “We were told to wait. We did not. The ice did.”
    /// ```
    "quote-lead-in", "a comma or colon before a quotation, against the house", None, check, Ap, Bbc, Guardian, Reuters
}

fn check(cx: &Check<'_>, acc: &mut Findings<'_>) {
    let Some(house) = cx.config.house else { return };
    for quote in cx.article.quotes.iter().filter(|q| q.kind == QuoteKind::Direct) {
        let (Some(&first), Some(&cue)) = (quote.spans.first(), quote.cue.first()) else {
            continue;
        };
        if cue.start >= first.start || !cx.in_body(first.start) || quote.spans.len() > 1 {
            continue;
        }
        let between = cx.text(DocSpan {
            start: cue.start,
            end: first.start,
        });
        let trimmed = between.trim_end();
        let at = cue.start + trimmed.len() as u32;
        let words = cx.text(first);
        let several = words.matches(['.', '?', '!']).count() > 1;
        let instead = match (trimmed.chars().next_back(), house) {
            (Some(','), House::Reuters | House::Bbc | House::Guardian) => ":",
            (Some(':'), House::Ap) if !several => ",",
            _ => continue,
        };
        let span = DocSpan {
            start: at - 1,
            end: at,
        };
        let d = acc.push(span, format!("the house writes “{instead}” here"));
        d.fix = Some(Fix {
            title: format!("Write “{instead}”"),
            edits: vec![(span, instead.to_owned())],
        });
    }
}
