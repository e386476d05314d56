use crate::{
    base::span::DocSpan,
    rules::{Check, Findings},
    semantic::article::QuoteKind,
    syntax::block::Zone,
};

rule! {
    /// ## What it does
    /// Flags a paragraph that opens with somebody's words right after a paragraph with another's, and names the new
    /// speaker only behind the words.
    ///
    /// ## Why
    /// Until the name comes the reader goes on hearing the speaker before.
    /// A speaker whom the paragraph before or the first words introduce is known; questions and answers are left alone.
    ///
    /// ## Example
    /// ```news
    /// “We are not leaving this room tonight,” said Lena Hartmann, the foreign minister.
    ///
    /// “Nobody asked the people of the harbour,” said Jan Nowak, a pilot.
    /// //                                             ^^^^^^^^^ adjacent-speakers Lena Hartmann
    /// ```
    ///
    /// Not flagged:
    /// ```news
    /// “We are not leaving this room tonight,” said Lena Hartmann, the foreign minister.
    ///
    /// Jan Nowak, a pilot, shook his head. “Nobody asked the people of the harbour,” he said.
    /// ```
    "adjacent-speakers", "another speaker follows, and is named only after the words", None, check
}

fn check(cx: &Check<'_>, acc: &mut Findings<'_>) {
    // The speaker of the last quotation, and the block it ended in.
    let mut before: Option<(usize, DocSpan)> = None;
    for quote in cx.article.quotes.iter().filter(|q| q.kind == QuoteKind::Direct) {
        let (Some(&first), Some(&last)) = (quote.spans.first(), quote.spans.last()) else {
            continue;
        };
        let Some((block, _)) = cx.block_at(first.start).filter(|(b, _)| b.zone == Zone::Body) else {
            before = None;
            continue;
        };
        let Some((end, _)) = cx.block_at(last.start) else {
            continue;
        };
        let previous = before.replace((quote.speaker.unwrap_or(usize::MAX), end.span));
        let (Some((speaker_before, span_before)), Some(speaker)) = (previous, quote.speaker) else {
            continue;
        };
        let (Some(&source), Some(other)) = (quote.source.first(), cx.article.entities.get(speaker_before))
        else {
            continue;
        };
        let opens = cx
            .text(DocSpan {
                start: block.span.start,
                end: first.start,
            })
            .trim()
            .is_empty();
        let between = cx.text(DocSpan {
            start: span_before.end,
            end: block.span.start,
        });
        let next = between.lines().all(is_no_prose);
        let late = block.span.covers(source) && source.start >= first.end;
        let named = cx.article.entities.get(speaker).is_some_and(|e| {
            let known = |m: &usize| {
                cx.article
                    .mentions
                    .get(*m)
                    .is_some_and(|m| span_before.covers(m.span))
            };
            e.mentions.iter().any(known)
        });
        if speaker != speaker_before && opens && next && late && !named && span_before != block.span {
            acc.push(
                mention_in(cx, speaker, source).unwrap_or(source),
                format!(
                    "the reader still hears {}: name the new speaker before the words",
                    other.name
                ),
            );
        }
    }
}

/// Whether a line between two paragraphs is empty, or a comment: one that silences this finding must not end it otherwise.
fn is_no_prose(line: &str) -> bool {
    let line = line.trim();
    line.is_empty()
        || line.starts_with("<!--") && line.ends_with("-->")
        || line.starts_with("[copydesk-") && line.ends_with(']')
}

/// The first mention of an entity inside `span`.
fn mention_in(cx: &Check<'_>, entity: usize, span: DocSpan) -> Option<DocSpan> {
    let mentions = &cx.article.entities.get(entity)?.mentions;
    mentions
        .iter()
        .filter_map(|m| Some(cx.article.mentions.get(*m)?.span))
        .find(|m| span.covers(*m))
}

#[cfg(test)]
mod tests {
    use crate::testing::check_rule;

    #[test]
    fn a_comment_between_two_speakers_parts_nobody() {
        let texts = |comment: &str| {
            format!(
                "“We are not leaving this room,” said Lena Hartmann, the minister.\n\n{comment}\n“Nobody asked us,” said Jan \
                 Nowak, a pilot.\n//                      ^^^^^^^^^ adjacent-speakers Lena Hartmann\n"
            )
        };
        check_rule(&super::RULE, &texts("<!-- who was there first? -->"));
        check_rule(
            &super::RULE,
            &texts("[copydesk-disable-next-line duplicate-quote]"),
        );
    }
}
