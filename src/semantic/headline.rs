//! Headlines that tell with a colon who speaks: "Hartmann: Quotas will hold".

use std::ops::Range;

use crate::{
    base::word::TokenKind,
    semantic::{
        article::{Attribution, Evidence, Quote, QuoteKind},
        cue,
        doc::{Doc, Draft, Phrase},
    },
    syntax::{block::Zone, token::Shape},
};

/// How many tokens the name before the colon may have ("Foreign Minister Lena Hartmann").
const MAX_LABEL: usize = 6;
/// How many reports of the body are looked through for the speaker of a headline.
const REACH: usize = 100;

/// The reports of headlines whose label speaks in the body too; a label that does not is a topic or a place.
pub(super) fn labels(doc: &Doc<'_>, drafts: &[Draft]) -> Vec<Draft> {
    let headlines = doc
        .layout
        .blocks
        .iter()
        .enumerate()
        .filter(|(_, b)| b.zone == Zone::Headline);
    headlines
        .filter_map(|(b, _)| {
            let (label, content) = split(doc, b)?;
            let taken = doc.span(&Phrase {
                block: b,
                tokens: label.start..content.end,
            });
            let free = drafts
                .iter()
                .flat_map(|d| d.quote.spans.iter().chain(&d.quote.source))
                .all(|s| s.overlap(taken) == 0);
            let name = doc.block(b).1.tokens.fold(label.end - 1);
            let speaks = |d: &Draft| {
                d.source.as_ref().is_some_and(|s| {
                    let tokens = &doc.block(s.block).1.tokens;
                    s.block != b && s.tokens.clone().any(|t| tokens.fold(t) == name)
                })
            };
            (free && drafts.iter().take(REACH).any(speaks)).then(|| draft(doc, b, label, content))
        })
        .collect()
}

/// The label of a headline, and what stands behind its colon.
fn split(doc: &Doc<'_>, b: usize) -> Option<(Range<usize>, Range<usize>)> {
    let tokens = &doc.block(b).1.tokens;
    let colon = (1..tokens.len().min(MAX_LABEL + 1)).find(|t| tokens.fold(*t) == ":")?;
    let named = (0..colon).all(|t| {
        let token = &tokens.list[t];
        token.kind != TokenKind::Word
            || matches!(token.shape, Shape::Capital | Shape::AllCaps | Shape::Initial)
    });
    let stop = usize::from(tokens.fold(tokens.len() - 1) == ".");
    let content = colon + 1..tokens.len() - stop;
    let clause = content.clone().any(|t| {
        let tag = tokens.list[t].tag;
        tag.is_finite() || cue::classes(tokens.fold(t)).has(cue::Classes::MODAL.and(cue::Classes::BE))
    });
    (named && clause).then_some((0..colon, content))
}

fn draft(doc: &Doc<'_>, block: usize, label: Range<usize>, content: Range<usize>) -> Draft {
    let span = |tokens: Range<usize>| doc.span(&Phrase { block, tokens });
    let colon = span(label.end..label.end + 1);
    let source = Phrase { block, tokens: label };
    let at = doc.span(&source);
    Draft {
        quote: Quote {
            kind: QuoteKind::Indirect,
            needs_source: false,
            spans: vec![span(content)],
            marked: Vec::new(),
            cue: vec![colon],
            source: vec![at],
            speaker: None,
            rival: None,
            attribution: Attribution::Explicit,
            confidence: 0.7,
            evidence: vec![Evidence {
                reason: format!(
                    "“{}” stands before the headline's colon and speaks in the text below",
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
