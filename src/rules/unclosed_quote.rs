use std::sync::Arc;

use crate::{
    base::span::DocSpan,
    rules::{Check, Findings, Fix, Severity},
    semantic::{local::Local, pulled},
    syntax::block::{Block, Zone},
};

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
    for (i, mark) in cx.article.lone_marks.iter().enumerate().filter(|(_, m)| m.opens) {
        let Some(next) = carried(cx, i) else {
            acc.push(
                mark.span,
                "this quotation is opened and never closed; close it where the words end".to_owned(),
            );
            continue;
        };
        if let Some(name) = credited(cx, next) {
            acc.push(
                mark.span,
                format!(
                    "the mark that closes this quotation stands behind “{name}”; close it where the words end"
                ),
            );
            continue;
        }
        let d = acc.push(
            mark.span,
            "this quotation goes on in the next paragraph, which has to begin with a mark of its own"
                .to_owned(),
        );
        d.fix = Some(Fix {
            title: "Begin each paragraph of it with a mark".to_owned(),
            edits: next
                .iter()
                .map(|b| {
                    (
                        DocSpan {
                            end: b.span.start,
                            ..b.span
                        },
                        cx.text(mark.span).to_owned(),
                    )
                })
                .collect(),
        });
    }
}

/// The name in the one paragraph that a quotation is said to run on through, where it is but whose words they are.
fn credited<'a>(cx: &Check<'a>, next: &[Block]) -> Option<&'a str> {
    let [block] = next else { return None };
    let (_, local) = cx.block_at(block.span.start)?;
    let name = pulled::credited(local)?;
    Some(cx.text(block.to_doc(local.tokens.span(name))))
}

/// How many paragraphs one quotation runs on.
const PARAGRAPHS: usize = 4;

/// The paragraphs that a quotation runs on through which the lone mark `i` opens and the lone mark behind it closes,
/// with no whole quotation between them: all but their opening marks is there.
pub(crate) fn carried<'a>(cx: &Check<'a>, i: usize) -> Option<&'a [Block]> {
    let marks = &cx.article.lone_marks;
    let (open, close) = (marks.get(i)?, marks.get(i + 1)?);
    let blocks = &cx.article.layout.blocks;
    let at = |offset: u32| blocks.partition_point(|b| b.span.end <= offset);
    let (first, last) = (at(open.span.start), at(close.span.start));
    let near = open.opens && !close.opens && first < last && last <= first + PARAGRAPHS;
    if !near || !blocks.get(first..=last)?.iter().all(|b| b.zone == Zone::Body) {
        return None;
    }
    let locals = cx.article.locals.get(first..=last)?;
    let between = |(b, local): (&Block, &Arc<Local>)| {
        let whole = local
            .pairs
            .iter()
            .filter(|p| p.level == 0 && p.open.is_some() && p.close.is_some());
        let mut spans = whole.map(|p| b.to_doc(p.span));
        spans.any(|s| s.start > open.span.start && s.end < close.span.end)
    };
    let parted = blocks[first..=last].iter().zip(locals).any(between);
    (!parted).then(|| &blocks[first + 1..=last])
}

#[cfg(test)]
mod tests {
    use crate::testing::check_rule;

    #[test]
    fn a_paragraph_without_its_mark_is_one_fault() {
        let text = "“We have waited ten years, and nobody came to ask us.\n//@0-1 unclosed-quote goes on\n\nWe can wait for \
            ten more,” said Lena Hartmann, the foreign minister.\n";
        check_rule(&super::RULE, text);
        check_rule(
            &super::super::stray_closing_quote::RULE,
            &text.replace("//@0-1 unclosed-quote goes on\n", ""),
        );
    }

    #[test]
    fn a_credit_before_the_mark_is_told() {
        check_rule(
            &super::RULE,
            "“We will come back to this table when the snow has gone.\n//@0-1 unclosed-quote behind “Lena Hartmann”\nLena \
             Hartmann.”\n\nSnow fell on the square.\n",
        );
    }

    #[test]
    fn a_quotation_between_parts_them() {
        check_rule(
            &super::RULE,
            "“We have waited ten years.\n//@0-1 unclosed-quote never closed\n\nIt rained. “It did,” said Lena Hartmann, the \
             minister.\n\nWe can wait for ten more,” she said.\n",
        );
    }
}
