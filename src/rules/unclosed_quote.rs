use crate::rules::{Check, Findings, Severity};

rule! {
    /// ## What it does
    /// Flags a quotation that is opened and never closed.
    ///
    /// ## Why
    /// The reader cannot tell where the speaker ends and the paper begins.
    /// A quotation that goes on in the next paragraph is left open and opened again there; that is no fault.
    ///
    /// ## Example
    /// ```news
    /// “We are not leaving, said Lena Hartmann, the foreign minister.
    /// //@0-1 unclosed-quote
    ///
    /// Snow fell on the square.
    /// ```
    ///
    /// Not flagged:
    /// ```news
    /// “We have waited ten years,” Lena Hartmann said. “We can wait a little longer.
    ///
    /// “But we are not going to wait for ever.”
    ///
    /// The door is 6'2" high and dates from the ’90s, the ministers' offices say.
    /// ```
    "unclosed-quote", "a quotation is opened and never closed", Some(Severity::Error), check
}

fn check(cx: &Check<'_>, acc: &mut Findings<'_>) {
    for mark in cx.article.lone_marks.iter().filter(|m| m.opens) {
        acc.push(mark.span, "this quotation is opened and never closed".to_owned());
    }
}
