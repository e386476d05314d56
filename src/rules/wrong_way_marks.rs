use crate::rules::{Check, Findings, Fix, Severity};

rule! {
    /// ## What it does
    /// Flags a quotation whose curly marks face the wrong way: ”so“.
    ///
    /// ## Why
    /// The reader stumbles; it happens when a mark is typed after a space or pasted.
    /// The styles of other languages („so“, »so«, ”so”) are left alone, unless it is one ”so” among more of “so”.
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
    // Which marks a text closes with, and how often each other way: ”so” is right in Swedish and a slip among “so”.
    let (mut right, mut odd) = (0_usize, [0_usize; 2]);
    for (block, pair) in cx.pairs() {
        let (Some(open), Some(close)) = (pair.open, pair.close) else {
            continue;
        };
        match (cx.text(block.to_doc(open)), cx.text(block.to_doc(close))) {
            ("“", "”") => right += 1,
            ("”", "”") => odd[0] += 1,
            ("“", "“") => odd[1] += 1,
            _ => {}
        }
    }
    for (block, pair) in cx.pairs() {
        let (Some(open), Some(close)) = (pair.open, pair.close) else {
            continue;
        };
        let (open, close) = (block.to_doc(open), block.to_doc(close));
        let (which, left, right) = match (cx.text(open), cx.text(close)) {
            ("”", "“") => ("the marks of this quotation face", "“", "”"),
            ("’", "‘") => ("the marks of this quotation face", "‘", "’"),
            ("”", "”") if right > odd[0] => ("the mark that opens this quotation faces", "“", "”"),
            ("“", "“") if right > odd[1] => ("the mark that closes this quotation faces", "“", "”"),
            _ => continue,
        };
        // An attribute of markup that was pasted: href=”…”.
        if cx
            .article
            .text
            .get(..open.start as usize)
            .is_some_and(|t| t.ends_with('='))
        {
            continue;
        }
        let d = acc.push(block.to_doc(pair.span), format!("{which} the wrong way"));
        let edits = [(open, left), (close, right)].into_iter();
        let edits = edits.filter(|&(at, mark)| cx.text(at) != mark);
        d.fix = Some(Fix {
            title: format!("Write {left}…{right}"),
            edits: edits.map(|(at, mark)| (at, mark.to_owned())).collect(),
        });
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check_rule;

    #[test]
    fn one_mark_of_two_stands_out_among_others() {
        check_rule(
            &super::RULE,
            "\
Lena Hartmann called it ”a good day” for the city.
//                      ^^^^^^^^^^^^ wrong-way-marks opens

“The ice is gone,“ she said. “So are the geese,” said Jan Nowak, who fed them. “All of them,” he said.
//@0-18 wrong-way-marks closes
",
        );
        // Where all are like that it is a style.
        check_rule(
            &super::RULE,
            "Lena Hartmann called it ”a good day” for the city, and Jan Nowak ”a bad one”. “Both,” said Ida Brandt.\n",
        );
    }
}
