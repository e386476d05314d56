use crate::rules::{Check, Findings, Severity, unclosed_quote::carried};

rule! {
    /// ## What it does
    /// Flags a closing quotation mark where no quotation is open.
    ///
    /// ## Why
    /// The reader cannot tell where the quotation began.
    ///
    /// ## Example
    /// ```news
    /// We are not leaving,” said Lena Hartmann, the foreign minister.
    /// //                 ^ stray-closing-quote
    /// ```
    ///
    /// Not flagged:
    /// ```news
    /// The ministers’ offices are 12" apart, and the players' wives left in the ’90s.
    /// ```
    "stray-closing-quote", "a quotation is closed that was never opened", Some(Severity::Error), check
}

fn check(cx: &Check<'_>, acc: &mut Findings<'_>) {
    for (i, mark) in cx.article.lone_marks.iter().enumerate().filter(|(_, m)| !m.opens) {
        // A quotation that runs on from the paragraph before is flagged where it begins.
        if i.checked_sub(1).is_some_and(|open| carried(cx, open).is_some()) {
            continue;
        }
        acc.push(
            mark.span,
            "this mark closes a quotation that was never opened; open it, or strike the mark".to_owned(),
        );
    }
}
