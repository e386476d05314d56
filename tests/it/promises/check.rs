//! What must be so of every article, whatever its text. The fuzz targets include this file too.

use copydesk::{base::span::DocSpan, rules::Diagnostic, semantic::article::Article};

/// Panics when an article breaks a promise of ARCHITECTURE.md.
pub(crate) fn check(article: &Article, findings: &[Diagnostic]) {
    let inside = |span: DocSpan| {
        assert!(
            article.text.get(span.range()).is_some(),
            "{span:?} does not fit the text"
        );
    };
    let mut end = article.layout.front_matter.map_or(0, |f| f.end);
    for block in &article.layout.blocks {
        inside(block.span);
        assert!(end <= block.span.start, "blocks overlap or are out of order");
        end = block.span.end;
        let text = block.span.text(&article.text);
        for hole in &block.holes {
            assert!(
                text.get(hole.range()).is_some(),
                "the hole {hole:?} does not fit its block"
            );
        }
        assert!(
            text.is_char_boundary(block.lead_end as usize),
            "the lead ends inside a character"
        );
    }
    let mut start = 0;
    for mention in &article.mentions {
        inside(mention.span);
        assert!(!mention.span.is_empty(), "an empty mention");
        assert!(start <= mention.span.start, "mentions are out of order");
        start = mention.span.start;
        assert!(mention.entity < article.entities.len(), "a mention of nobody");
        assert!(!mention.evidence.reason.is_empty(), "a mention without a reason");
        assert!((0.0..=1.0).contains(&mention.score), "score {}", mention.score);
    }
    start = 0;
    for quote in &article.quotes {
        let first = quote.spans.first().expect("a quotation has a span");
        assert!(start <= first.start, "quotations are out of order");
        start = first.start;
        for span in quote.spans.iter().chain(&quote.cue).chain(&quote.source) {
            inside(*span);
        }
        assert!(!quote.evidence.is_empty(), "a quotation without a reason");
        assert!(
            quote.speaker.is_none_or(|s| s < article.entities.len()),
            "a speaker that is nobody"
        );
        assert!(
            quote
                .rival
                .is_none_or(|r| r < article.entities.len() && quote.speaker != Some(r)),
            "a second choice that is nobody or the first"
        );
    }
    for (i, entity) in article.entities.iter().enumerate() {
        assert!(entity.mentions.iter().all(|&m| article.mentions[m].entity == i));
        assert!(
            entity
                .quotes
                .iter()
                .all(|&q| article.quotes[q].speaker == Some(i))
        );
    }
    for aside in &article.asides {
        inside(aside.span);
    }
    for mark in &article.lone_marks {
        inside(mark.span);
    }
    start = 0;
    for finding in findings {
        inside(finding.span);
        assert!(start <= finding.span.start, "findings are out of order");
        start = finding.span.start;
        for (span, _) in &finding.related {
            inside(*span);
        }
        for (span, _) in finding.fix.iter().flat_map(|f| &f.edits) {
            inside(*span);
        }
    }
}
