use crate::{
    base::span::DocSpan,
    rules::{Check, Findings},
};

rule! {
    /// ## What it does
    /// Flags words in square brackets inside a quotation, and a bracket there without its partner.
    ///
    /// ## Why
    /// Brackets show that the words were not said so; many desks would rather paraphrase.
    /// `[sic]` and `[…]` are left alone.
    ///
    /// ## Example
    /// ```news
    /// “We told [the mayor] to wait for the thaw,” said Lena Hartmann, the foreign minister.
    /// //       ^^^^^^^^^^^ bracket-in-quote
    /// ```
    ///
    /// Not flagged:
    /// ```news
    /// “We told him to wait for the thaw [sic],” said Lena Hartmann, the foreign minister.
    /// ```
    "bracket-in-quote", "brackets inside a quotation", None, check
}

fn check(cx: &Check<'_>, acc: &mut Findings<'_>) {
    for &span in cx.article.quotes.iter().flat_map(|q| &q.marked) {
        let text = cx.text(span);
        let place = |from: usize, to: usize| DocSpan {
            start: span.start + from as u32,
            end: span.start + to as u32,
        };
        let mut open = None;
        for (at, c) in text.char_indices() {
            match (c, open) {
                ('[', None) => open = Some(at),
                (']', Some(from)) => {
                    open = None;
                    let inside = text.get(from + 1..at).unwrap_or("").trim();
                    // "[.]" puts no words in.
                    let words = inside.chars().any(char::is_alphanumeric);
                    if words && inside != "sic" {
                        acc.push(
                            place(from, at + 1),
                            "these words were not said; paraphrase, or leave them out".to_owned(),
                        );
                    }
                }
                ('[', Some(from)) => {
                    acc.push(place(from, from + 1), "this bracket is never closed".to_owned());
                    open = Some(at);
                }
                (']', None) => {
                    acc.push(place(at, at + 1), "this bracket was never opened".to_owned());
                }
                _ => {}
            }
        }
        if let Some(from) = open {
            acc.push(place(from, from + 1), "this bracket is never closed".to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check_rule;

    #[test]
    fn a_bracket_needs_its_partner() {
        check_rule(
            &super::RULE,
            "“We told [him to wait for the thaw,” said Lena Hartmann, the minister.\n//       ^ bracket-in-quote never closed\n",
        );
    }
}
