use crate::rules::{Check, Findings, Fix, Severity};

rule! {
    /// ## What it does
    /// Flags a quotation whose curly marks face the wrong way: ”so“.
    ///
    /// ## Why
    /// The reader stumbles; it happens when a mark is typed after a space or pasted.
    /// The styles of other languages („so“, »so«, ”so”) are left alone.
    ///
    /// ## Example
    /// ```news
    /// Lena Hartmann called it ”a good day“ for the city.
    /// //                      ^^^^^^^^^^^^ wrong-way-marks
    /// ```
    ///
    /// Not flagged:
    /// ```news
    /// Lena Hartmann called it “a good day” for the city. The German paper wrote „ein guter Tag“.
    /// ```
    "wrong-way-marks", "quotation marks face the wrong way", Some(Severity::Warning), check
}

fn check(cx: &Check<'_>, acc: &mut Findings<'_>) {
    for (block, pair) in cx.pairs() {
        let (Some(open), Some(close)) = (pair.open, pair.close) else {
            continue;
        };
        let (open, close) = (block.to_doc(open), block.to_doc(close));
        let (left, right) = match (cx.text(open), cx.text(close)) {
            ("”", "“") => ("“", "”"),
            ("’", "‘") => ("‘", "’"),
            _ => continue,
        };
        let d = acc.push(
            block.to_doc(pair.span),
            "the marks of this quotation face the wrong way".to_owned(),
        );
        d.fix = Some(Fix {
            title: format!("Write {left}…{right}"),
            edits: vec![(open, left.to_owned()), (close, right.to_owned())],
        });
    }
}
