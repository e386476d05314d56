use crate::{
    rules::{Check, Findings, Fix, Severity},
    syntax::quote_mark::{Family, Pair},
};

rule! {
    /// ## What it does
    /// Flags a quotation inside a quotation that has the same marks.
    ///
    /// ## Why
    /// The reader cannot tell which speaker's words end where.
    /// Marks inside marks are of the other kind: single inside double, or double inside single.
    ///
    /// ## Example
    /// ```news
    /// “He told me “We are not leaving” and hung up,” said Lena Hartmann, the foreign minister.
    /// //          ^^^^^^^^^^^^^^^^^^^^ nested-same-marks
    /// ```
    ///
    /// Not flagged:
    /// ```news
    /// “He told me ‘We are not leaving’ and hung up,” said Lena Hartmann, the foreign minister.
    /// ```
    "nested-same-marks", "a quotation inside a quotation has the same marks", Some(Severity::Hint), check
}

fn check(cx: &Check<'_>, acc: &mut Findings<'_>) {
    for (block, local) in cx.blocks() {
        // The pairs around the one at hand, outermost first.
        let mut around: Vec<&Pair> = Vec::new();
        for pair in &local.pairs {
            around.truncate(usize::from(pair.level));
            let same = around.last().is_some_and(|outer| {
                outer.family == pair.family && is_closed(outer) && outer.span.covers(pair.span)
            });
            around.push(pair);
            // Straight marks cannot nest in themselves; such a pair is our guess, not the writer's.
            let inside = match pair.family {
                Family::CurlyDouble => ("‘", "’"),
                Family::CurlySingle => ("“", "”"),
                _ => continue,
            };
            let Some((open, close)) = pair.open.zip(pair.close).filter(|_| same) else {
                continue;
            };
            let d = acc.push(
                block.to_doc(pair.span),
                "these marks are the same as those around them; use the other kind inside".to_owned(),
            );
            d.fix = Some(Fix {
                title: format!("Write {}…{}", inside.0, inside.1),
                edits: vec![
                    (block.to_doc(open), inside.0.to_owned()),
                    (block.to_doc(close), inside.1.to_owned()),
                ],
            });
        }
    }
}

fn is_closed(pair: &Pair) -> bool {
    pair.open.is_some() && pair.close.is_some()
}
