//! Second global stage: quotations, their pieces, cues and source phrases; and quoted pieces that are not
//! speech. Frames that stand in one sentence come from the local tier ([`crate::semantic::speech`]); what
//! crosses sentences and paragraphs is decided here.

use std::ops::Range;

use crate::{
    base::span::DocSpan,
    semantic::{
        article::{Aside, Attribution, Evidence, LoneMark, Quote, QuoteKind},
        cue::{self, Classes},
        doc::{Cast, Doc, Draft, Phrase},
        frame::{ContentKind, Frame, FrameKind, Side},
        line::{NpKind, Region},
        speech::Sentence,
        trace,
    },
    syntax::{block::Zone, tag::Tag},
};

/// What the stage finds, each list in text order.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Found {
    /// Quotations.
    pub drafts: Vec<Draft>,
    /// Quoted pieces that are not speech.
    pub asides: Vec<Aside>,
    /// Marks without a partner.
    pub lone_marks: Vec<LoneMark>,
}

/// Finds quotations, direct, mixed and indirect, and the phrases that name their sources.
pub fn find(doc: &Doc<'_>, cast: &Cast) -> Found {
    let mut stage = Stage {
        doc,
        cast,
        found: Found::default(),
        floating: Vec::new(),
    };
    let mut carry = Carry::default();
    for block in 0..doc.layout.blocks.len() {
        stage.block(block, &mut carry);
    }
    stage.settle_floating();
    trace::settle(doc, &mut stage.found);
    stage.found.drafts.sort_by_key(|d| d.quote.spans.first().copied());
    stage.found.asides.sort_by_key(|a| a.span);
    stage.found
}

/// What one sentence or paragraph hands on to the next.
#[derive(Clone, Debug, Default)]
pub(super) struct Carry {
    /// The source of the quotation or report that came last, and how far back it is, in blocks.
    pub(super) last: Option<Last>,
    /// Whether the block before ended inside a quotation, and whose.
    pub(super) open: Option<Option<Last>>,
    /// Who the paragraph before introduced with its closing colon.
    pub(super) introduced: Option<Phrase>,
    /// Number of the sentence in its block.
    pub(super) sentence: usize,
    /// The subject of the sentence before, if it may be followed by its words.
    pub(super) subject: Option<Phrase>,
    /// Whether that subject is a name or a pronoun.
    pub(super) named: bool,
}

/// A source that may be carried on.
#[derive(Clone, Debug)]
pub(super) struct Last {
    pub(super) source: Phrase,
    pub(super) antecedent: Option<Phrase>,
    pub(super) block: usize,
    pub(super) sentence: usize,
    pub(super) quoted: bool,
}

pub(super) struct Stage<'a, 'd> {
    pub(super) doc: &'a Doc<'d>,
    pub(super) cast: &'a Cast,
    pub(super) found: Found,
    /// Drafts (by index) that stand alone in their paragraph and may be settled by the next one.
    pub(super) floating: Vec<(usize, usize)>,
}

/// How a region came by its source.
pub(super) struct Given {
    pub(super) source: Option<Phrase>,
    pub(super) antecedent: Option<Phrase>,
    pub(super) cue: Vec<DocSpan>,
    pub(super) attribution: Attribution,
    pub(super) confidence: f32,
    pub(super) reason: String,
}

impl Stage<'_, '_> {
    fn block(&mut self, b: usize, carry: &mut Carry) {
        let (block, local) = self.doc.block(b);
        let speech = &local.speech;
        self.lone_marks(b, carry.open.is_some());
        let mut open = carry.open.take();
        // Over a paragraph break a reader takes a quotation to be a named person's, not some group's.
        let named = std::mem::take(&mut carry.named);
        carry.subject = carry.subject.take().filter(|s| named && s.block + 1 == b);
        carry.introduced = b.checked_sub(1).and_then(|p| self.introduced_by(p));
        for (s, sentence) in speech.sentences.iter().enumerate() {
            carry.sentence = s;
            let mut taken = vec![None; sentence.regions.len()];
            for (k, r) in sentence.regions.clone().enumerate() {
                taken[k] = best_frame(sentence, &speech.regions[r]);
            }
            // Frames with their content, quoted or not.
            for (f, frame) in sentence.frames.iter().enumerate() {
                let own: Vec<usize> = sentence
                    .regions
                    .clone()
                    .enumerate()
                    .filter(|(k, _)| taken[*k] == Some(f))
                    .map(|(_, r)| r)
                    .collect();
                self.frame(b, sentence, frame, &own, carry);
            }
            for (k, r) in sentence.regions.clone().enumerate() {
                if taken[k].is_some() {
                    continue;
                }
                let first = s == 0 && k == 0 && sentence.opens_with_quote;
                let continued = if first { open.take() } else { None };
                let next = speech.sentences.get(s + 1);
                self.region(b, sentence, next, r, continued, carry);
            }
            carry.named = sentence
                .subject
                .as_ref()
                .is_some_and(|x| x.kind != NpKind::Common);
            carry.subject = sentence.subject.as_ref().filter(|x| x.animate).map(|x| Phrase {
                block: b,
                tokens: x.tokens.clone(),
            });
            if sentence.only_quote {
                carry.subject = None;
            }
        }
        if let Some(last) = speech.regions.last().filter(|r| r.runs_on) {
            let _ = last;
            let next = self.doc.layout.blocks.get(b + 1).map(|_| self.doc.block(b + 1).1);
            let goes_on = next.is_some_and(|n| {
                n.speech
                    .regions
                    .first()
                    .is_some_and(|r| r.opened && r.tokens.start == 0)
            });
            if goes_on {
                carry.open = Some(carry.last.clone().filter(|l| l.block == b));
            }
        }
        if matches!(
            block.zone,
            Zone::Crosshead | Zone::Headline | Zone::Byline | Zone::Dateline | Zone::Caption
        ) {
            // What stands outside the running text hands nothing on to it.
            *carry = Carry {
                last: carry.last.take().filter(|l| l.block != b),
                ..Carry::default()
            };
        }
    }

    /// Marks without a partner, where no neighbor explains them.
    fn lone_marks(&mut self, b: usize, continues: bool) {
        let (block, local) = self.doc.block(b);
        for pair in &local.pairs {
            match (pair.open, pair.close) {
                (Some(open), None) => {
                    let next = (b + 1 < self.doc.locals.len()).then(|| self.doc.block(b + 1).1);
                    let goes_on = next.is_some_and(|n| {
                        n.pairs.first().is_some_and(|p| {
                            p.open.is_some()
                                && n.tokens
                                    .list
                                    .first()
                                    .is_some_and(|t| t.span.start >= p.span.start)
                        })
                    });
                    if !goes_on {
                        self.found.lone_marks.push(LoneMark {
                            span: block.to_doc(open),
                            opens: true,
                        });
                    }
                }
                (None, Some(close)) if !continues => {
                    self.found.lone_marks.push(LoneMark {
                        span: block.to_doc(close),
                        opens: false,
                    });
                }
                _ => {}
            }
        }
    }

    pub(super) fn phrase(b: usize, tokens: &Range<usize>) -> Phrase {
        Phrase {
            block: b,
            tokens: tokens.clone(),
        }
    }

    pub(super) fn doc_span(&self, b: usize, tokens: &Range<usize>) -> DocSpan {
        self.doc.span(&Phrase {
            block: b,
            tokens: tokens.clone(),
        })
    }

    /// Makes a quotation of a frame, if it is one.
    /// `own` are the regions that it quotes.
    fn frame(&mut self, b: usize, sentence: &Sentence, frame: &Frame, own: &[usize], carry: &mut Carry) {
        let (block, local) = self.doc.block(b);
        let text = self.doc.block_text(b);
        let regions: Vec<&Region> = own.iter().map(|r| &local.speech.regions[*r]).collect();
        if regions.is_empty() && (frame.content.is_empty() || !reports(frame, sentence)) {
            // "he said." after a quotation of the sentence before.
            if frame.content.is_empty()
                && frame.animate
                && frame.classes.has(Classes::SPEECH)
                && !frame.classes.has(Classes::WEAK)
            {
                self.attach_to_previous(b, frame);
            }
            if frame.animate && frame.classes.has(Classes::SPEECH) && !frame.classes.has(Classes::WEAK) {
                self.carry_on(b, frame, false, carry);
            }
            return;
        }
        let whole = !regions.is_empty() && frame.content_kind == ContentKind::Quotation;
        let kind = match (regions.is_empty(), whole) {
            (true, _) => QuoteKind::Indirect,
            (false, true)
                if regions
                    .iter()
                    .any(|r| is_sentence(local, r) || frame.side != Side::After) =>
            {
                QuoteKind::Direct
            }
            _ => QuoteKind::Mixed,
        };
        let spans: Vec<DocSpan> = frame
            .content
            .iter()
            .map(|c| self.doc_span(b, c))
            .filter(|s| !s.is_empty())
            .collect();
        let marked: Vec<DocSpan> = regions.iter().map(|r| block.to_doc(r.span)).collect();
        let spans = join_overlapping(spans, &marked);
        let Some(first) = spans.first() else { return };
        let source = frame.source.as_ref().map(|s| Self::phrase(b, s));
        let attribution = match &source {
            None => Attribution::None,
            Some(_) if self.is_pronoun(b, frame) => Attribution::Pronoun,
            Some(_) => Attribution::Explicit,
        };
        let cue_span = self.doc_span(b, &frame.cue);
        let needs_source = source.is_none()
            && block.zone == Zone::Body
            && regions.iter().any(|r| wants_source(local, r, true));
        let quote = Quote {
            kind,
            needs_source,
            cue: vec![cue_span],
            source: source.iter().map(|s| self.doc.span(s)).collect(),
            speaker: None,
            attribution,
            confidence: confidence(frame, &regions),
            evidence: vec![Evidence {
                reason: self.reason(b, frame),
                at: Some(cue_span),
            }],
            marked,
            spans: spans.clone(),
        };
        let _ = (first, text);
        let antecedent = frame.antecedent.as_ref().map(|a| Self::phrase(b, a));
        self.found.drafts.push(Draft {
            quote,
            source,
            antecedent,
        });
        if frame.animate || !regions.is_empty() {
            self.carry_on(b, frame, !regions.is_empty(), carry);
        }
    }

    fn carry_on(&self, b: usize, frame: &Frame, quoted: bool, carry: &mut Carry) {
        let Some(source) = &frame.source else { return };
        if matches!(frame.kind, FrameKind::Noun) && !quoted {
            return;
        }
        // What a sentence quotes weighs more for the next one than what else it reports.
        let same_sentence = carry
            .last
            .as_ref()
            .is_some_and(|l| l.block == b && l.quoted && l.sentence == carry.sentence);
        if same_sentence && !quoted {
            return;
        }
        carry.last = Some(Last {
            source: Self::phrase(b, source),
            antecedent: frame.antecedent.as_ref().map(|a| Self::phrase(b, a)),
            block: b,
            sentence: carry.sentence,
            quoted,
        });
    }

    /// "“Really?” he said.": where the sentence was cut before the cue, the quotation before takes it.
    fn attach_to_previous(&mut self, b: usize, frame: &Frame) {
        let Some(source) = &frame.source else { return };
        let cue = self.doc_span(b, &frame.cue);
        let phrase = Self::phrase(b, source);
        let span = self.doc.span(&phrase);
        let start = span.start.min(cue.start);
        let block_start = self.doc.layout.blocks[b].span.start;
        let pronoun = self.is_pronoun(b, frame);
        let Some(draft) = self.found.drafts.last_mut() else {
            return;
        };
        let Some(end) = draft.quote.spans.last().map(|s| s.end) else {
            return;
        };
        let near = end >= block_start && end <= start && start - end <= 3;
        if near && draft.quote.cue.is_empty() && !draft.quote.marked.is_empty() {
            draft.quote.cue = vec![cue];
            draft.quote.source = vec![span];
            draft.source = Some(phrase);
            draft.quote.attribution = if pronoun {
                Attribution::Pronoun
            } else {
                Attribution::Explicit
            };
            draft.quote.needs_source = false;
            draft.quote.confidence = 0.95;
            draft.quote.evidence = vec![Evidence {
                reason: "the words right after the quotation name its speaker".to_owned(),
                at: Some(span),
            }];
        }
    }

    pub(super) fn is_pronoun(&self, b: usize, frame: &Frame) -> bool {
        let local = self.doc.block(b).1;
        frame.source.as_ref().is_some_and(|s| {
            s.len() == 1
                && cue::classes(local.tokens.fold(s.start))
                    .has(Classes::PERSONAL.and(Classes::RELATIVE).and(Classes::POSSESSIVE))
        })
    }

    pub(super) fn reason(&self, b: usize, frame: &Frame) -> String {
        let text = self.doc.block_text(b);
        let local = self.doc.block(b).1;
        let words = |r: &Range<usize>| local.tokens.span(r.clone()).text(text).to_owned();
        let cue = words(&frame.cue);
        // The reason names the source by its first words; what a clause or an apposition adds would bury it.
        let brief = |r: &Range<usize>| {
            let aside = (r.start + 1..r.end)
                .find(|t| matches!(local.tokens.fold(*t), "," | "(" | "who" | "whose" | "which"));
            words(&(r.start..aside.unwrap_or(r.end)))
        };
        let Some(source) = frame.source.as_ref().map(brief) else {
            return format!("“{cue}” names nobody who said it");
        };
        match frame.kind {
            FrameKind::According => format!("“according to {source}”"),
            FrameKind::Passive => format!("“by {source}” names the agent of “{cue}”"),
            FrameKind::Noun => format!("“{cue}” belongs to “{source}”"),
            FrameKind::Mark => format!("“{source}” stands beside the quotation as its label"),
            FrameKind::Gapped => format!("“{source}” shares the verb “{cue}” with the quotation before"),
            FrameKind::For => format!("“for {source}” says whose judgment it is"),
            FrameKind::Verb => format!("“{source}” is the subject of “{cue}”"),
        }
    }
}

/// The frame of a sentence that a region belongs to: among those whose content covers it the nearest.
fn best_frame(sentence: &Sentence, region: &Region) -> Option<usize> {
    sentence
        .frames
        .iter()
        .enumerate()
        .filter(|(_, f)| {
            f.content
                .iter()
                .any(|c| c.start <= region.tokens.start && region.tokens.end <= c.end)
        })
        .min_by_key(|(_, f)| {
            let distance = if f.cue.end <= region.tokens.start {
                region.tokens.start - f.cue.end
            } else {
                f.cue.start.saturating_sub(region.tokens.end)
            };
            (
                f.source.is_none(),
                !f.animate,
                if f.kind == FrameKind::Gapped { 0 } else { distance },
            )
        })
        .map(|(i, _)| i)
}

/// Whether a frame without a quotation reports what somebody says.
fn reports(frame: &Frame, sentence: &Sentence) -> bool {
    let weak = frame.classes.has(Classes::WEAK);
    let can = |c| frame.classes.has(c);
    let _ = sentence;
    match frame.kind {
        FrameKind::According => true,
        FrameKind::Mark | FrameKind::Gapped | FrameKind::For => false,
        FrameKind::Noun => frame.animate,
        FrameKind::Passive => frame.source.is_some(),
        FrameKind::Verb => match frame.content_kind {
            // Whatever says that something is so speaks: "the filing says", "four in ten say".
            ContentKind::Clause => {
                (frame.animate || can(Classes::DATA) || can(Classes::SPEECH) && !weak)
                    && can(Classes::THAT.and(Classes::SPEECH))
            }
            ContentKind::Infinitive => frame.animate && !weak,
            ContentKind::Phrase => {
                frame.animate
                    && !weak
                    && can(Classes::CALL.and(Classes::NOUN_CONTENT).and(Classes::PREPOSITION))
            }
            ContentKind::Quotation => false,
        },
    }
}

fn confidence(frame: &Frame, regions: &[&Region]) -> f32 {
    let base: f32 = match frame.kind {
        FrameKind::Verb if !regions.is_empty() && frame.content_kind == ContentKind::Quotation => 0.98,
        FrameKind::Verb | FrameKind::According | FrameKind::Mark => 0.92,
        FrameKind::Passive | FrameKind::Noun | FrameKind::Gapped | FrameKind::For => 0.85,
    };
    let weak = if frame.classes.has(Classes::WEAK) {
        0.1
    } else {
        0.0
    };
    let inanimate = if frame.animate { 0.0 } else { 0.2 };
    (base - weak - inanimate).max(0.3)
}

/// Whether the words of a region form a sentence: a capital at the start and a finite verb.
pub(super) fn is_sentence(local: &crate::semantic::local::Local, region: &Region) -> bool {
    let words: Vec<usize> = region
        .tokens
        .clone()
        .filter(|i| local.tokens.list[*i].kind == crate::base::word::TokenKind::Word)
        .collect();
    let Some(first) = words.first() else { return false };
    let capital = matches!(
        local.tokens.list[*first].shape,
        crate::syntax::token::Shape::Capital
            | crate::syntax::token::Shape::AllCaps
            | crate::syntax::token::Shape::Initial
    );
    let verb = words.iter().any(|i| {
        let t = local.tokens.list[*i].tag;
        t.is_finite() || t == Tag::Aux || t == Tag::VerbBase && *i == *first
    });
    capital && verb && words.len() >= 2
}

/// Whether a reader would miss the speaker of a region that has none.
pub(super) fn wants_source(local: &crate::semantic::local::Local, region: &Region, agentless: bool) -> bool {
    region.words >= 7 || region.words >= 4 && is_sentence(local, region) || agentless && region.words >= 5
}

/// Content spans with the marked spans put in where they stick out.
fn join_overlapping(mut spans: Vec<DocSpan>, marked: &[DocSpan]) -> Vec<DocSpan> {
    for m in marked {
        match spans.iter_mut().find(|s| s.overlap(*m) > 0) {
            Some(s) => *s = s.join(*m),
            None => spans.push(*m),
        }
    }
    spans.sort();
    spans
}
