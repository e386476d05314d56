use crate::{
    base::span::DocSpan,
    rules::{Check, Findings, Fix, config::House},
};

rule! {
    /// ## What it does
    /// Flags a comma or full stop on the wrong side of the closing mark.
    ///
    /// ## Why
    /// American houses put both inside, always; British ones leave the full stop of the sentence outside where only a
    /// part of it is quoted. Without a `house` in the settings nothing is flagged. On with every house.
    ///
    /// ## Example
    /// ```news
    /// // config: house = "ap"
    /// Lena Hartmann, the foreign minister, called the plan “a bridge to nowhere”.
    /// //                                                                       ^^ closing-punctuation
    /// ```
    ///
    /// ```news
    /// // config: house = "guardian"
    /// Lena Hartmann, the foreign minister, called the plan “a bridge to nowhere.”
    /// //                                                                       ^^ closing-punctuation
    /// ```
    ///
    /// Not flagged:
    /// ```news
    /// // config: house = "guardian"
    /// Lena Hartmann, the foreign minister, called the plan “a bridge to nowhere”. “We shall wait.”
    /// ```
    "closing-punctuation", "a comma or full stop on the wrong side of the mark", None, check, Ap, Bbc, Guardian, Reuters
}

fn check(cx: &Check<'_>, acc: &mut Findings<'_>) {
    let Some(house) = cx.config.house else { return };
    for (block, pair) in cx.pairs() {
        let (Some(open), Some(close)) = (pair.open, pair.close) else {
            continue;
        };
        let (open, close) = (block.to_doc(open), block.to_doc(close));
        let inner = cx.text(DocSpan {
            start: open.end,
            end: close.start,
        });
        let mark = cx.text(close);
        // A single word may be typed, clicked or a file's name.
        if pair.level > 0 || inner.is_empty() || !mark.ends_with(['"', '”', '\'', '’']) {
            continue;
        }
        let after = cx
            .article
            .text
            .get(close.end as usize..block.span.end as usize)
            .unwrap_or("");
        let fragment = inner.starts_with(char::is_lowercase);
        let found = if house == House::Ap {
            let point = after.chars().next().filter(|c| matches!(c, ',' | '.'));
            point
                .filter(|_| !after.starts_with("..") && inner.ends_with(char::is_alphanumeric))
                .map(|c| (close.start, close.end + 1, format!("{c}{mark}"), "inside"))
        } else {
            let at_end = after.is_empty() || after.starts_with(char::is_whitespace);
            (fragment && at_end && inner.ends_with('.') && !inner.ends_with("..") && !inner.contains(". "))
                .then(|| (close.start - 1, close.end, format!("{mark}."), "outside"))
        };
        if let Some((start, end, instead, side)) = found {
            let span = DocSpan { start, end };
            let d = acc.push(span, format!("the point belongs {side} the mark here"));
            d.fix = Some(Fix {
                title: format!("Write {instead}"),
                edits: vec![(span, instead)],
            });
        }
    }
}
