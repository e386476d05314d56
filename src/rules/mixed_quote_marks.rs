use crate::{
    base::span::DocSpan,
    rules::{Check, Findings, Fix, Severity},
    syntax::quote_mark::Family,
};

rule! {
    /// ## What it does
    /// Flags a quotation whose marks are of two kinds, and the odd quotation in straight marks in an article that
    /// curls its marks, or the other way round.
    ///
    /// ## Why
    /// One kind of mark is the house style; the odd one came in by pasting.
    /// An article with fewer than ten quotations, or with more than a tenth in the other kind, is left alone: it has no style to break.
    ///
    /// ## Example
    /// ```news
    /// “We are not leaving," said Lena Hartmann, the foreign minister.
    /// //^^^^^^^^^^^^^^^^^^^ mixed-quote-marks
    /// ```
    ///
    /// Not flagged:
    /// ```news
    /// “We are not leaving,” said Lena Hartmann. "Nobody is," said Jan Nowak.
    /// ```
    "mixed-quote-marks", "quotation marks of two kinds", Some(Severity::Hint), check
}

/// With fewer pairs than this an article has no style.
const MIN_PAIRS: usize = 10;

fn check(cx: &Check<'_>, acc: &mut Findings<'_>) {
    let (mut curly, mut straight) = (Vec::new(), Vec::new());
    for (block, pair) in cx.pairs() {
        let (Some(open), Some(close)) = (pair.open, pair.close) else {
            continue;
        };
        let marks = (block.to_doc(open), block.to_doc(close));
        match pair.family {
            Family::Mixed => {
                let Some((from, to)) = like_the_opener(cx.text(marks.0), cx.text(marks.1)) else {
                    continue;
                };
                let d = acc.push(
                    block.to_doc(pair.span),
                    format!(
                        "this quotation opens with {from} and closes with {}",
                        cx.text(marks.1)
                    ),
                );
                d.fix = Some(Fix {
                    title: format!("Close with {to}"),
                    edits: vec![(marks.1, to.to_owned())],
                });
            }
            Family::CurlyDouble => curly.push(marks),
            Family::StraightDouble => straight.push(marks),
            _ => {}
        }
    }
    let n_pairs = curly.len() + straight.len();
    if n_pairs < MIN_PAIRS {
        return;
    }
    if straight.len() * 10 <= n_pairs {
        odd_ones(&straight, "straight", "curly", ["“", "”"], acc);
    } else if curly.len() * 10 <= n_pairs {
        odd_ones(&curly, "curly", "straight", ["\"", "\""], acc);
    }
}

/// The closing mark that goes with an opening one; `None` for a pair that some style writes so.
fn like_the_opener<'a>(open: &'a str, close: &str) -> Option<(&'a str, &'static str)> {
    let want = match open {
        "“" => "”",
        "\"" => "\"",
        "‘" => "’",
        "'" => "'",
        _ => return None,
    };
    (want != close).then_some((open, want))
}

fn odd_ones(
    pairs: &[(DocSpan, DocSpan)],
    these: &str,
    others: &str,
    [open, close]: [&str; 2],
    acc: &mut Findings<'_>,
) {
    for &(first, last) in pairs {
        let d = acc.push(
            first.join(last),
            format!("these marks are {these}, the other quotations have {others} ones"),
        );
        d.fix = Some(Fix {
            title: format!("Write {open}…{close}"),
            edits: vec![(first, open.to_owned()), (last, close.to_owned())],
        });
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check_rule;

    #[test]
    fn one_straight_pair_among_many_curly_ones() {
        let mut text = "He said “yes” again.\n\n".repeat(10);
        check_rule(&super::RULE, &text);
        text.push_str(
            "He said \"no\" at last.\n//      ^^^^ mixed-quote-marks the other quotations have curly ones\n",
        );
        check_rule(&super::RULE, &text);
    }
}
