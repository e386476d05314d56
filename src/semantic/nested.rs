//! What somebody quotes inside what he says: “I told him: ‘Wait for March’.” The clause inside the marks names who
//! said it, as the narrator's clause does outside them.

use std::ops::Range;

use crate::{
    base::span::DocSpan,
    semantic::{
        article::{Attribution, Evidence, Quote, QuoteKind},
        coref::Resolver,
        cue::Classes,
        doc::{Draft, Phrase},
        frame::{self, ContentKind, Frame, FrameKind},
        line::{Item, Line, Region},
        local::Local,
        quote::Stage,
        report::{confidence, is_sentence, join_overlapping},
    },
};

/// A quotation inside another one, and the report that it belongs to.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Nested {
    pub(super) region: Region,
    frame: Frame,
}

/// The quotations among `regions`, all inside the tokens `outer`, that a report inside `outer` introduces. `starts` are
/// the tokens where names begin.
pub(super) fn find(local: &Local, outer: Range<usize>, regions: &[Region], starts: &[usize]) -> Vec<Nested> {
    let mut found = Vec::new();
    let first = local.sentence_of(outer.start);
    let mut sentences = local.sentences[first.min(local.sentences.len())..]
        .iter()
        .take_while(|s| s.start < outer.end)
        .map(|s| s.start.max(outer.start)..s.end.min(outer.end))
        .peekable();
    let mut next = 0;
    while let Some(mut range) = sentences.next() {
        let from = next;
        while let Some(region) = regions.get(next).filter(|r| r.tokens.start < range.end) {
            // A quotation of several sentences joins them to the one that it hangs on.
            while region.tokens.end > range.end {
                let Some(more) = sentences.next() else { break };
                range.end = more.end;
            }
            next += 1;
        }
        let own = &regions[from..next];
        if own.is_empty() || range.len() > MAX_SENTENCE {
            continue;
        }
        let line = Line::new(local, items(range, own), starts);
        let frames = frame::frames(&line);
        found.extend(own.iter().filter_map(|region| {
            let frame = frames
                .iter()
                .filter(|f| speaks(f) && covers(f, region))
                .min_by_key(|f| f.cue.start.abs_diff(region.tokens.start))?;
            Some(Nested {
                region: region.clone(),
                frame: frame.clone(),
            })
        }));
    }
    found
}

/// Longest sentence that is looked into, in tokens.
const MAX_SENTENCE: usize = 300;

fn items(range: Range<usize>, regions: &[Region]) -> Vec<Item> {
    let mut items = Vec::with_capacity(range.len());
    let mut i = range.start;
    let mut regions = regions.iter().enumerate().peekable();
    while i < range.end {
        let region = regions.next_if(|(_, r)| r.tokens.start <= i);
        let end = region.map_or(i + 1, |(_, r)| r.tokens.end.min(range.end).max(i + 1));
        items.push(Item {
            first: i as u32,
            end: end as u32,
            region: region.map(|(n, _)| n as u32),
        });
        i = end;
    }
    items
}

/// Whether a report is one of speech, by somebody.
fn speaks(frame: &Frame) -> bool {
    let weak = frame.classes.has(Classes::WEAK) && !frame.classes.has(Classes::CALL);
    frame.source.is_some()
        && (frame.animate || frame.classes.has(Classes::DATA))
        && !weak
        && matches!(
            frame.kind,
            FrameKind::Verb | FrameKind::Passive | FrameKind::According
        )
}

fn covers(frame: &Frame, region: &Region) -> bool {
    frame
        .content
        .iter()
        .any(|c| c.start <= region.tokens.start && region.tokens.end <= c.end)
}

impl Stage<'_, '_> {
    /// Makes quotations of what is quoted inside those of block `b`.
    pub(super) fn nested(&mut self, b: usize) {
        let (block, local) = self.doc.block(b);
        for Nested { region, frame } in &local.speech.nested {
            let marked = vec![block.to_doc(region.span)];
            let whole = frame.content_kind == ContentKind::Quotation || is_sentence(local, region);
            let spans: Vec<DocSpan> = if whole {
                marked.clone()
            } else {
                let content = frame.content.iter().map(|c| self.doc_span(b, c));
                join_overlapping(content.filter(|s| !s.is_empty()).collect(), &marked)
            };
            let source = frame.source.as_ref().map(|s| Phrase {
                block: b,
                tokens: s.clone(),
            });
            let cue = self.doc_span(b, &frame.cue);
            let pronoun = source.as_ref().is_some_and(|s| self.is_pronoun(s));
            let draft = Draft {
                quote: Quote {
                    kind: if whole {
                        QuoteKind::Direct
                    } else {
                        QuoteKind::Mixed
                    },
                    needs_source: false,
                    spans,
                    marked,
                    cue: vec![cue],
                    source: source.iter().map(|s| self.doc.span(s)).collect(),
                    speaker: None,
                    rival: None,
                    attribution: if pronoun {
                        Attribution::Pronoun
                    } else {
                        Attribution::Explicit
                    },
                    confidence: confidence(frame).min(0.85),
                    evidence: vec![Evidence {
                        reason: self.reason(b, frame, source.as_ref()).into(),
                        at: Some(cue),
                    }],
                },
                source,
                antecedent: frame.antecedent.as_ref().map(|a| Phrase {
                    block: b,
                    tokens: a.clone(),
                }),
                rival: None,
            };
            self.found.drafts.push(draft);
        }
    }
}

impl Resolver<'_, '_, '_> {
    /// Gives quotations inside quotations their speakers: “I told him” is known only once the outer one has his.
    pub(super) fn nested_speakers(&mut self, drafts: &mut [Draft]) {
        for draft in drafts {
            if draft.quote.speaker.is_none() && draft.quote.attribution == Attribution::Pronoun {
                draft.quote.speaker = draft.source.as_ref().and_then(|s| self.known_speaker(s));
            }
        }
    }
}
