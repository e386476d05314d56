use crate::{
    base::span::DocSpan,
    rules::{Check, Findings, Fix, Severity},
    semantic::article::{Attribution, Quote, QuoteKind},
    syntax::block::Zone,
};

rule! {
    /// ## What it does
    /// Flags a quotation that is closed at the end of a paragraph and goes on in the next.
    ///
    /// ## Why
    /// While one speaker goes on, each paragraph opens with a mark and only the last one closes; a closing mark tells
    /// the reader that somebody else speaks next.
    /// A fragment at the end of a paragraph is closed, as it is no sentence that could go on. A question may have been put
    /// to the other one, and in a paragraph that names no speaker of its own two people may take turns: there the rule
    /// stays silent, since it would take a right mark away.
    ///
    /// ## Example
    /// ```news
    /// “We have waited ten years,” said Lena Hartmann, the foreign minister. “We can wait a little longer.”
    /// //                                                                                                 ^ continued-quote-mark
    ///
    /// “But we are not going to wait for ever.”
    /// ```
    ///
    /// Not flagged:
    /// ```news
    /// “We have waited ten years,” said Lena Hartmann, the foreign minister. “We can wait a little longer.
    ///
    /// “But we are not going to wait for ever.”
    ///
    /// “Nobody asked you to wait at all,” said Jan Nowak.
    /// ```
    "continued-quote-mark", "a quotation is closed and goes on in the next paragraph", Some(Severity::Hint), check
}

/// Fewer words that no stop ends are no paragraph that a speaker goes on with.
const MIN_WORDS: usize = 4;

fn check(cx: &Check<'_>, acc: &mut Findings<'_>) {
    let direct: Vec<&Quote> = cx
        .article
        .quotes
        .iter()
        .filter(|q| q.kind == QuoteKind::Direct)
        .collect();
    for pair in direct.windows(2) {
        let [first, next] = pair else { continue };
        let goes_on = next.attribution == Attribution::Continued
            && next.cue.is_empty()
            && first.speaker.is_some()
            && first.speaker == next.speaker;
        let (Some(&end), Some(&start)) = (first.marked.last(), next.marked.first()) else {
            continue;
        };
        let asks = cx.text(end).trim_end_matches(['”', '"', '’', '»']).ends_with('?');
        // “'Nothing is safe'” behind it is a crosshead, and “Related:” a label.
        let like = is_double(cx.text(end)) == is_double(cx.text(start));
        let said = cx
            .text(start)
            .trim_end_matches(['”', '"', '’', '»'])
            .ends_with(['.', '!', '…']);
        let long = said || cx.each_word(start).take(MIN_WORDS).count() == MIN_WORDS;
        if !goes_on
            || asks
            || !like
            || !long
            || !parted_by_a_paragraph(cx, end, start)
            || !names_a_speaker(cx, &direct, end)
        {
            continue;
        }
        let Some(mark) = cx
            .text(end)
            .chars()
            .next_back()
            .filter(|c| matches!(c, '”' | '"' | '’' | '»'))
        else {
            continue;
        };
        let mark = DocSpan {
            start: end.end - mark.len_utf8() as u32,
            end: end.end,
        };
        let d = acc.push(
            mark,
            "the same speaker goes on in the next paragraph; leave the quotation open here".to_owned(),
        );
        d.related.push((start, "the quotation goes on".to_owned()));
        d.fix = Some(Fix {
            title: "Leave the quotation open".to_owned(),
            edits: vec![(mark, String::new())],
        });
    }
}

/// Whether the mark that opens the words is a double one.
fn is_double(words: &str) -> bool {
    words.starts_with(['“', '"', '«', '„']) || words.starts_with("''")
}

/// Whether a quotation of the paragraph that a span ends is attributed there.
fn names_a_speaker(cx: &Check<'_>, direct: &[&Quote], end: DocSpan) -> bool {
    let blocks = &cx.article.layout.blocks;
    let at = blocks.partition_point(|b| b.span.end < end.end);
    let Some(block) = blocks.get(at).map(|b| b.span) else {
        return false;
    };
    let in_block = direct.partition_point(|q| q.spans.first().is_some_and(|s| s.start < block.start));
    direct[in_block..]
        .iter()
        .take_while(|q| q.spans.first().is_some_and(|s| s.start < block.end))
        .any(|q| {
            q.cue
                .first()
                .is_some_and(|c| block.start <= c.start && c.end <= block.end)
        })
}

/// Whether the first span ends its paragraph and the second begins the next one.
fn parted_by_a_paragraph(cx: &Check<'_>, first: DocSpan, second: DocSpan) -> bool {
    let blocks = &cx.article.layout.blocks;
    let at = blocks.partition_point(|b| b.span.end < first.end);
    let (Some(a), Some(b)) = (blocks.get(at), blocks.get(at + 1)) else {
        return false;
    };
    a.span.end == first.end && b.span.start == second.start && a.zone == Zone::Body && b.zone == Zone::Body
}

#[cfg(test)]
mod tests {
    use crate::testing::check_rule;

    #[test]
    fn a_crosshead_or_a_label_goes_on_with_nothing() {
        check_rule(
            &super::RULE,
            "“We have waited ten years,” Lena Hartmann said. \"We can wait a little longer.\"\n\n'We can wait for ever.'\n\nSnow fell on the square.\n",
        );
        check_rule(
            &super::RULE,
            "“We have waited ten years,” Lena Hartmann said. “We can wait a little longer.”\n\n“Related:”\n\nSnow fell on the square.\n",
        );
    }
}
