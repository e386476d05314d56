//! Headlines that tell with a colon who speaks: "Hartmann: Quotas will hold".

use std::ops::Range;

use crate::{
    base::{span::DocSpan, word::TokenKind},
    semantic::{
        article::{Attribution, Evidence, Quote, QuoteKind},
        cue::{self, Classes},
        doc::{Doc, Draft, Phrase},
    },
    syntax::{block::Zone, token::Shape},
};

/// How many tokens the name before the colon may have ("Foreign Minister Lena Hartmann").
const MAX_LABEL: usize = 6;
/// Longest first paragraph that may be a headline, in bytes, and the fewest paragraphs of its article.
const MAX_FIRST: usize = 120;
const MIN_BLOCKS: usize = 3;
/// How many reports of the body are looked through for the speaker of a headline.
const REACH: usize = 100;

/// Adds the reports of headlines whose label speaks in the body too, or is a document or people ("Poll", "Experts");
/// another label is a topic or a place. What the headline quotes becomes part of such a report.
pub(super) fn labels(doc: &Doc<'_>, drafts: &mut Vec<Draft>) {
    for (b, _) in doc.layout.blocks.iter().enumerate().filter(|(i, b)| {
        // Archives set a stop behind a headline, so that it looks like a short first paragraph.
        let short = *i == 0 && b.zone == Zone::Body && b.span.len() <= MAX_FIRST;
        b.zone == Zone::Headline || short && doc.layout.blocks.len() > MIN_BLOCKS
    }) {
        let Some((label, content)) = split(doc, b) else {
            continue;
        };
        let tokens = &doc.block(b).1.tokens;
        let name = tokens.fold(label.end - 1);
        let speaks = |d: &Draft| {
            d.source.as_ref().is_some_and(|s| {
                let tokens = &doc.block(s.block).1.tokens;
                s.block != b && s.tokens.clone().any(|t| tokens.fold(t) == name)
            })
        };
        let tells = cue::classes(name).has(Classes::TELLING);
        if !(tells || drafts.iter().take(REACH).any(speaks)) {
            continue;
        }
        let taken = doc.span(&Phrase {
            block: b,
            tokens: label.start..content.end,
        });
        let touches = |d: &Draft| d.quote.spans.iter().any(|s| s.overlap(taken) > 0);
        // Somebody else's words in the headline are not the label's.
        let other = |d: &Draft| {
            let reported = d
                .quote
                .cue
                .iter()
                .any(|c| c.start > taken.start + (label.end as u32));
            let named = d
                .source
                .as_ref()
                .is_some_and(|s| s.block != b && !speaks(d) && !is_pronoun(doc, s));
            touches(d)
                && d.quote.kind != QuoteKind::Indirect
                && (reported && !is_colon(doc, b, &label, d) || named)
        };
        if drafts.iter().any(other) {
            continue;
        }
        let marked: Vec<DocSpan> = drafts
            .iter()
            .filter(|d| touches(d))
            .flat_map(|d| d.quote.marked.iter().copied())
            .collect();
        drafts.retain(|d| !touches(d));
        drafts.push(draft(doc, b, label, content, marked));
    }
}

/// Whether the cue of a draft is the colon behind the label.
fn is_colon(doc: &Doc<'_>, block: usize, label: &Range<usize>, draft: &Draft) -> bool {
    let colon = doc.span(&Phrase {
        block,
        tokens: label.end..label.end + 1,
    });
    draft.quote.cue.first() == Some(&colon)
}

/// Whether a source is a single pronoun, which may stand for anybody.
fn is_pronoun(doc: &Doc<'_>, source: &Phrase) -> bool {
    let tokens = &doc.block(source.block).1.tokens;
    source.tokens.len() == 1 && cue::classes(tokens.fold(source.tokens.start)).has(Classes::PERSONAL)
}

/// The label of a headline, and what stands behind its colon.
fn split(doc: &Doc<'_>, b: usize) -> Option<(Range<usize>, Range<usize>)> {
    let local = doc.block(b).1;
    let tokens = &local.tokens;
    let colon = (1..tokens.len().min(MAX_LABEL + 1)).find(|t| tokens.fold(*t) == ":")?;
    let named = (0..colon).all(|t| {
        let token = &tokens.list[t];
        token.kind != TokenKind::Word
            || matches!(token.shape, Shape::Capital | Shape::AllCaps | Shape::Initial)
                && !token.tag.is_finite()
    });
    let small = cue::classes(tokens.fold(colon - 1)).has(Classes::TELLING);
    let end = (colon + 1..tokens.len())
        .find(|t| tokens.fold(*t) == ";")
        .unwrap_or(tokens.len());
    let stop = usize::from(tokens.fold(end - 1) == ".");
    let content = colon + 1..end - stop;
    let quoted = local
        .speech
        .regions
        .iter()
        .any(|r| content.start <= r.tokens.start && r.tokens.end <= end);
    let clause = content.clone().any(|t| {
        let tag = tokens.list[t].tag;
        tag.is_verb() || cue::classes(tokens.fold(t)).has(Classes::MODAL.and(Classes::BE))
    });
    // "Poll: Dead heat in Halm": what a poll finds needs no verb.
    ((named || small) && (clause || quoted || small)).then_some((0..colon, content))
}

fn draft(
    doc: &Doc<'_>,
    block: usize,
    label: Range<usize>,
    content: Range<usize>,
    marked: Vec<DocSpan>,
) -> Draft {
    let span = |tokens: Range<usize>| doc.span(&Phrase { block, tokens });
    let colon = span(label.end..label.end + 1);
    let source = Phrase { block, tokens: label };
    let at = doc.span(&source);
    let content = marked.iter().fold(span(content), |all, m| all.join(*m));
    let kind = match marked[..] {
        [] => QuoteKind::Indirect,
        [whole] if whole == content => QuoteKind::Direct,
        _ => QuoteKind::Mixed,
    };
    Draft {
        quote: Quote {
            kind,
            needs_source: false,
            spans: vec![content],
            marked,
            cue: vec![colon],
            source: vec![at],
            speaker: None,
            rival: None,
            attribution: Attribution::Explicit,
            confidence: 0.7,
            evidence: vec![Evidence {
                reason: format!(
                    "“{}” stands before the headline's colon as the one who tells it",
                    at.text(doc.text)
                )
                .into(),
                at: Some(at),
            }],
        },
        source: Some(source),
        antecedent: None,
        rival: None,
    }
}
