use crate::{
    base::span::DocSpan,
    rules::{Check, Findings, Fix},
};

rule! {
    /// ## What it does
    /// Flags three stops inside a quotation without a space on either side.
    ///
    /// ## Why
    /// “Wait … go” shows that words were left out; “wait… go” that somebody hesitated.
    /// On with `house = "reuters"` and `house = "ap"`.
    ///
    /// ## Example
    /// ```news
    /// “We were told…to wait for the thaw,” said Lena Hartmann, the foreign minister.
    /// //           ^ ellipsis-spacing
    /// ```
    ///
    /// Not flagged:
    /// ```news
    /// “We were told … to wait for the thaw,” said Lena Hartmann, the foreign minister.
    /// ```
    "ellipsis-spacing", "an ellipsis without spaces around it", None, check, Ap, Reuters
}

fn check(cx: &Check<'_>, acc: &mut Findings<'_>) {
    for &span in cx.article.quotes.iter().flat_map(|q| &q.marked) {
        let text = cx.text(span);
        for (at, dots) in text.match_indices('…').chain(text.match_indices("...")) {
            let (before, after) = (
                text[..at].chars().next_back(),
                text[at + dots.len()..].chars().next(),
            );
            let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            if word(before) && word(after)
                || word(before) && after == Some(' ')
                || before == Some(' ') && word(after)
            {
                let place = DocSpan::new(span.start as usize + at, span.start as usize + at + dots.len());
                let d = acc.push(
                    place,
                    "a space on either side shows that words were left out".to_owned(),
                );
                let blank = |c: Option<char>| if word(c) { " " } else { "" };
                d.fix = Some(Fix {
                    title: "Put spaces around it".to_owned(),
                    edits: vec![(place, format!("{}{dots}{}", blank(before), blank(after)))],
                });
            }
        }
    }
}
