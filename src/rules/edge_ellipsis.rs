use crate::{
    base::span::DocSpan,
    rules::{Check, Findings, Fix},
};

rule! {
    /// ## What it does
    /// Flags three stops right behind the opening mark of a quotation, or right before the closing one.
    ///
    /// ## Why
    /// Every quotation leaves something out before and after; the stops tell nothing.
    /// Leave the rule off where speakers trail off often. On with `house = "ap"`.
    ///
    /// ## Example
    /// ```news
    /// Lena Hartmann, the foreign minister, said: “… we were told to wait for the thaw.”
    /// //                                          ^ edge-ellipsis
    /// ```
    ///
    /// Not flagged:
    /// ```news
    /// “We were told … to wait for the thaw,” said Lena Hartmann, the foreign minister.
    /// ```
    "edge-ellipsis", "an ellipsis at the edge of a quotation", None, check, Ap
}

fn check(cx: &Check<'_>, acc: &mut Findings<'_>) {
    let spoken = cx.article.quotes.iter().flat_map(|q| &q.marked);
    for &span in spoken {
        let text = cx.text(span);
        let Some(mark) = text.chars().next().map(char::len_utf8) else {
            continue;
        };
        let Some(close) = text
            .chars()
            .next_back()
            .map(char::len_utf8)
            .filter(|c| mark + c < text.len())
        else {
            continue;
        };
        let inner = &text[mark..text.len() - close];
        let (lead, tail) = (inner.trim_start(), inner.trim_end());
        if let Some(rest) = lead.strip_prefix('…').or_else(|| lead.strip_prefix("...")) {
            let blank = inner.len() - lead.len();
            let dots = lead.len() - rest.len();
            let cut = blank + dots + (rest.len() - rest.trim_start().len());
            flag(span.start as usize + mark, blank, dots, cut, acc);
        } else if let Some(rest) = tail.strip_suffix('…').or_else(|| tail.strip_suffix("...")) {
            let start = rest.trim_end().len();
            flag(
                span.start as usize + mark + start,
                rest.len() - start,
                tail.len() - rest.len(),
                inner.len() - start,
                acc,
            );
        }
    }
}

/// `blank` bytes lie between `at` and the stops, which are `dots` long; `cut` bytes from `at` on go.
fn flag(at: usize, blank: usize, dots: usize, cut: usize, acc: &mut Findings<'_>) {
    let d = acc.push(
        DocSpan::new(at + blank, at + blank + dots),
        "every quotation leaves out what stood around it; the stops tell nothing".to_owned(),
    );
    d.fix = Some(Fix {
        title: "Leave them out".to_owned(),
        edits: vec![(DocSpan::new(at, at + cut), String::new())],
    });
}

#[cfg(test)]
mod tests {
    use crate::testing::check_rule;

    #[test]
    fn at_the_end() {
        check_rule(
            &super::RULE,
            "“We were told to wait ...” said Lena Hartmann, the minister.\n//                    ^^^ edge-ellipsis\n",
        );
    }
}
