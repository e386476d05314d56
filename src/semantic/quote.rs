//! Second global stage: quotations, their pieces, cues and source phrases; and quoted pieces that are not
//! speech. Frames that stand in one sentence come from the local tier ([`crate::semantic::speech`]); what
//! crosses sentences and paragraphs is decided here.

use std::ops::Range;

use crate::{
    base::span::DocSpan,
    semantic::{
        article::{Aside, Attribution, Evidence, LoneMark, Quote, QuoteKind},
        aside,
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
struct Carry {
    /// The source of the quotation or report that came last, and how far back it is, in blocks.
    last: Option<Last>,
    /// Whether the block before ended inside a quotation, and whose.
    open: Option<Option<Last>>,
    /// Who the paragraph before introduced with its closing colon.
    introduced: Option<Phrase>,
    /// Number of the sentence in its block.
    sentence: usize,
    /// The subject of the sentence before, if it may be followed by its words.
    subject: Option<Phrase>,
}

/// A source that may be carried on.
#[derive(Clone, Debug)]
struct Last {
    source: Phrase,
    antecedent: Option<Phrase>,
    block: usize,
    sentence: usize,
    quoted: bool,
}

struct Stage<'a, 'd> {
    doc: &'a Doc<'d>,
    cast: &'a Cast,
    found: Found,
    /// Drafts (by index) that stand alone in their paragraph and may be settled by the next one.
    floating: Vec<(usize, usize)>,
}

/// How a region came by its source.
struct Given {
    source: Option<Phrase>,
    antecedent: Option<Phrase>,
    cue: Vec<DocSpan>,
    attribution: Attribution,
    confidence: f32,
    reason: String,
}

impl Stage<'_, '_> {
    fn block(&mut self, b: usize, carry: &mut Carry) {
        let (block, local) = self.doc.block(b);
        let speech = &local.speech;
        self.lone_marks(b, carry.open.is_some());
        let mut open = carry.open.take();
        carry.subject = carry.subject.take().filter(|s| s.block + 1 == b);
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

    fn phrase(b: usize, tokens: &Range<usize>) -> Phrase {
        Phrase {
            block: b,
            tokens: tokens.clone(),
        }
    }

    fn doc_span(&self, b: usize, tokens: &Range<usize>) -> DocSpan {
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

    fn is_pronoun(&self, b: usize, frame: &Frame) -> bool {
        let local = self.doc.block(b).1;
        frame.source.as_ref().is_some_and(|s| {
            s.len() == 1
                && cue::classes(local.tokens.fold(s.start))
                    .has(Classes::PERSONAL.and(Classes::RELATIVE).and(Classes::POSSESSIVE))
        })
    }

    fn reason(&self, b: usize, frame: &Frame) -> String {
        let text = self.doc.block_text(b);
        let local = self.doc.block(b).1;
        let words = |r: &Range<usize>| local.tokens.span(r.clone()).text(text).to_owned();
        let cue = words(&frame.cue);
        let Some(source) = frame.source.as_ref().map(words) else {
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

    /// Finds the source of a quotation that no frame of its sentence covers, or what else it is.
    fn region(
        &mut self,
        b: usize,
        sentence: &Sentence,
        next: Option<&Sentence>,
        r: usize,
        continued: Option<Option<Last>>,
        carry: &mut Carry,
    ) {
        let (block, local) = self.doc.block(b);
        let region = &local.speech.regions[r];
        let full = is_sentence(local, region);
        let given = match continued {
            Some(last) => {
                last.map(|l| self.carried(&l, 0.93, "continues the quotation of the paragraph before"))
            }
            None => None,
        };
        if given.is_none() {
            if block.zone == Zone::Transcript && block.lead_end > 0 {
                self.turn(b, region, carry);
                return;
            }
            if let Some(aside) = aside::classify(self.doc, b, sentence, region, full) {
                self.found.asides.push(aside);
                return;
            }
        }
        let given = given.or_else(|| self.inherited(b, sentence, next, region, full, carry));
        let whole_block = sentence.only_quote && self.doc.block(b).1.speech.sentences.len() == 1;
        let kind = if full || sentence.opens_with_quote {
            QuoteKind::Direct
        } else {
            QuoteKind::Mixed
        };
        let span = block.to_doc(region.span);
        let (source, antecedent, cue, attribution, confidence, reason) = match given {
            Some(g) => (
                g.source,
                g.antecedent,
                g.cue,
                g.attribution,
                g.confidence,
                g.reason,
            ),
            None => (
                None,
                None,
                Vec::new(),
                Attribution::None,
                0.5,
                "no sentence around the quotation names a speaker".to_owned(),
            ),
        };
        if source.is_none() && !full && region.words <= 3 {
            // A few words that nobody is said to have spoken: the marks keep a distance, they do not quote.
            self.found.asides.push(aside::scare(block.to_doc(region.span)));
            return;
        }
        if let Some(source) = source.clone() {
            carry.last = Some(Last {
                source,
                antecedent: antecedent.clone(),
                block: b,
                sentence: carry.sentence,
                quoted: true,
            });
        }
        let needs_source = source.is_none()
            && matches!(block.zone, Zone::Body | Zone::ListItem)
            && wants_source(local, region, false)
            && self.nobody_near(b, sentence, region);
        let index = self.found.drafts.len();
        let quote = Quote {
            kind,
            needs_source,
            cue,
            source: source.iter().map(|s| self.doc.span(s)).collect(),
            speaker: None,
            attribution,
            confidence,
            evidence: vec![Evidence {
                reason,
                at: source.as_ref().map(|s| self.doc.span(s)),
            }],
            spans: vec![span],
            marked: vec![span],
        };
        let guessed = attribution == Attribution::Implied && confidence <= 0.5;
        if (source.is_none() || guessed) && whole_block {
            self.floating.push((index, b));
        }
        self.found.drafts.push(Draft {
            quote,
            source,
            antecedent,
        });
    }

    /// Whom a paragraph that ends with a colon introduces: the source of its last report, or its last subject.
    fn introduced_by(&self, b: usize) -> Option<Phrase> {
        let sentence = self
            .doc
            .block(b)
            .1
            .speech
            .sentences
            .last()
            .filter(|s| s.introduces)?;
        let frame =
            sentence.frames.iter().rev().find(|f| {
                f.animate && f.source.is_some() && f.classes.has(Classes::SPEECH.and(Classes::THAT))
            });
        let tokens = match (frame, &sentence.subject) {
            (Some(frame), _) => frame.source.clone()?,
            (None, Some(subject)) if subject.animate => subject.tokens.clone(),
            _ => return None,
        };
        Some(Phrase { block: b, tokens })
    }

    /// Whether a reader finds nobody who could have spoken: in the sentence around a quotation that is part of
    /// it, or, for one that stands alone, among those who speak in its paragraph.
    fn nobody_near(&self, b: usize, sentence: &Sentence, region: &Region) -> bool {
        let outside = |r: &Range<usize>| r.end <= region.tokens.start || region.tokens.end <= r.start;
        let alone = sentence.only_quote || sentence.opens_with_quote;
        if !alone {
            return !sentence.speakers.iter().any(outside);
        }
        let speech = &self.doc.block(b).1.speech;
        !speech.sentences.iter().flat_map(|s| &s.frames).any(|f| {
            f.animate && f.source.is_some() && f.classes.has(Classes::SPEECH) && !f.classes.has(Classes::WEAK)
        })
    }

    fn carried(&self, last: &Last, confidence: f32, reason: &str) -> Given {
        let words = self.doc.span(&last.source).text(self.doc.text);
        Given {
            source: Some(last.source.clone()),
            antecedent: last.antecedent.clone(),
            cue: Vec::new(),
            attribution: Attribution::Continued,
            confidence,
            reason: format!("{reason} (“{words}”)"),
        }
    }

    /// What the sentences around a quotation say of its speaker.
    fn inherited(
        &self,
        b: usize,
        sentence: &Sentence,
        next: Option<&Sentence>,
        region: &Region,
        full: bool,
        carry: &Carry,
    ) -> Option<Given> {
        let local = self.doc.block(b).1;
        let phrase = |tokens: &Range<usize>| Self::phrase(b, tokens);
        let alone = sentence.only_quote || sentence.opens_with_quote && full;
        if alone {
            // "“…?” he said.", cut off as a sentence of its own.
            if let Some(frame) = next.and_then(|n| n.frames.first()).filter(|f| {
                f.content.is_empty()
                    && f.animate
                    && f.classes.has(Classes::SPEECH)
                    && !f.classes.has(Classes::WEAK)
                    && f.source.is_some()
                    && f.cue.start <= next.map_or(0, |n| n.tokens.start) + 8
            }) {
                let pronoun = self.is_pronoun(b, frame);
                return Some(Given {
                    source: frame.source.as_ref().map(phrase),
                    antecedent: frame.antecedent.as_ref().map(phrase),
                    cue: vec![self.doc_span(b, &frame.cue)],
                    attribution: if pronoun {
                        Attribution::Pronoun
                    } else {
                        Attribution::Explicit
                    },
                    confidence: 0.93,
                    reason: self.reason(b, frame),
                });
            }
            if let Some(credit) = next.and_then(|n| n.credit.as_ref()) {
                return Some(self.implied(
                    &phrase(credit),
                    &[],
                    0.9,
                    "the credit behind the quotation names",
                ));
            }
            if let Some((source, verb)) = sentence
                .tail
                .as_ref()
                .filter(|t| t.0.start >= region.tokens.end && t.0.start <= region.tokens.end + 2)
            {
                let cue: Vec<DocSpan> = (!verb.is_empty())
                    .then(|| self.doc_span(b, verb))
                    .into_iter()
                    .collect();
                let mut given =
                    self.implied(&phrase(source), &cue, 0.85, "right behind the quotation stands");
                if given.attribution == Attribution::Implied {
                    given.attribution = Attribution::Explicit;
                }
                return Some(given);
            }
            if let Some(last) = carry.last.as_ref().filter(|l| l.block == b) {
                return Some(self.carried(
                    last,
                    if last.quoted { 0.92 } else { 0.85 },
                    "no new speaker since the last one",
                ));
            }
            if let Some(subject) = carry.subject.as_ref().filter(|s| s.block == b) {
                return Some(self.implied(subject, &[], 0.7, "the sentence before is about"));
            }
            if let Some(subject) = next
                .and_then(|n| n.subject.as_ref())
                .filter(|s| s.animate && s.kind == NpKind::Name && region.tokens.start == 0)
            {
                return Some(self.implied(
                    &phrase(&subject.tokens),
                    &[],
                    0.55,
                    "the sentence after is about",
                ));
            }
            // "… as the paper's website notes:" and the words in the next paragraph.
            if region.tokens.start == 0 && carry.introduced.is_some() {
                return carry
                    .introduced
                    .as_ref()
                    .map(|s| self.implied(s, &[], 0.85, "the colon of the paragraph before hands over to"));
            }
            if sentence.only_quote {
                if let Some(last) = carry.last.as_ref().filter(|l| {
                    l.block + 1 == b || l.quoted && l.block + 2 == b && self.is_outside(l.block + 1)
                }) {
                    return Some(self.carried(
                        last,
                        if last.quoted { 0.8 } else { 0.7 },
                        "no new speaker since the paragraph before",
                    ));
                }
                if let Some(subject) = &carry.subject {
                    return Some(self.implied(subject, &[], 0.5, "the paragraph before ends on"));
                }
            }
            if sentence.only_quote {
                return None;
            }
        }
        // Inside the narrator's clause: the clause's own subject, when it is somebody.
        let before = sentence
            .frames
            .iter()
            .rev()
            .find(|f| f.cue.end <= region.tokens.start && f.source.is_some() && f.animate);
        if let Some(frame) = before {
            return Some(Given {
                source: frame.source.as_ref().map(phrase),
                antecedent: frame.antecedent.as_ref().map(phrase),
                cue: vec![self.doc_span(b, &frame.cue)],
                attribution: if self.is_pronoun(b, frame) {
                    Attribution::Pronoun
                } else {
                    Attribution::Explicit
                },
                confidence: 0.65,
                reason: self.reason(b, frame),
            });
        }
        if let Some(subject) = sentence.subject.as_ref().filter(|s| s.animate) {
            let speaks = subject.kind != NpKind::Common || region.words > 1;
            if speaks && !sentence.frames.iter().any(|f| f.source.is_none()) {
                let verb = self.doc_span(b, &subject.verb);
                return Some(self.implied(
                    &phrase(&subject.tokens),
                    &[verb],
                    0.5,
                    "the clause around the quotation is about",
                ));
            }
        }
        let before = sentence.speakers.iter().rfind(|r| r.end <= region.tokens.start);
        if let Some(speaker) = before.filter(|_| !sentence.frames.iter().any(|f| f.source.is_none())) {
            return Some(self.implied(
                &phrase(speaker),
                &[],
                0.4,
                "the only one before the quotation who could have said it is",
            ));
        }
        if let Some(last) = carry.last.as_ref().filter(|l| l.block == b && l.quoted) {
            return Some(self.carried(last, 0.5, "no new speaker since the last one"));
        }
        let _ = local;
        None
    }

    fn is_outside(&self, b: usize) -> bool {
        matches!(self.doc.layout.blocks[b].zone, Zone::Crosshead | Zone::Caption)
    }

    fn implied(&self, subject: &Phrase, cue: &[DocSpan], confidence: f32, reason: &str) -> Given {
        let words = self.doc.span(subject).text(self.doc.text);
        let local = self.doc.block(subject.block).1;
        let pronoun = subject.tokens.len() == 1
            && cue::classes(local.tokens.fold(subject.tokens.start)).has(Classes::PERSONAL);
        Given {
            source: Some(subject.clone()),
            antecedent: None,
            cue: cue.to_vec(),
            attribution: if pronoun {
                Attribution::Pronoun
            } else {
                Attribution::Implied
            },
            confidence,
            reason: format!("{reason} “{words}”"),
        }
    }

    /// A turn of a transcript: its label speaks.
    fn turn(&mut self, b: usize, region: &Region, carry: &mut Carry) {
        let (block, local) = self.doc.block(b);
        let label_end = local
            .tokens
            .list
            .partition_point(|t| t.span.start < block.lead_end);
        let mut end = label_end;
        while end > 0
            && !matches!(
                local.tokens.list[end - 1].kind,
                crate::base::word::TokenKind::Word | crate::base::word::TokenKind::Number
            )
        {
            end -= 1;
        }
        if end == 0 {
            return;
        }
        let source = Phrase {
            block: b,
            tokens: 0..end,
        };
        let span = block.to_doc(region.span);
        let at = self.doc.span(&source);
        carry.last = Some(Last {
            source: source.clone(),
            antecedent: None,
            block: b,
            sentence: carry.sentence,
            quoted: true,
        });
        let quote = Quote {
            kind: QuoteKind::Direct,
            needs_source: false,
            cue: Vec::new(),
            source: vec![at],
            speaker: None,
            attribution: Attribution::Explicit,
            confidence: 0.95,
            evidence: vec![Evidence {
                reason: format!("“{}” is the label of this turn", at.text(self.doc.text)),
                at: Some(at),
            }],
            spans: vec![span],
            marked: if region.opened { vec![span] } else { Vec::new() },
        };
        self.found.drafts.push(Draft {
            quote,
            source: Some(source),
            antecedent: None,
        });
    }

    /// Quotations that stand alone in their paragraph and found nobody before them: the next paragraph may
    /// introduce the speaker.
    fn settle_floating(&mut self) {
        for (index, b) in std::mem::take(&mut self.floating) {
            let Some(next) = (b + 1 < self.doc.locals.len()).then(|| self.doc.block(b + 1).1) else {
                continue;
            };
            if self.doc.layout.blocks[b + 1].zone != Zone::Body {
                continue;
            }
            let Some(sentence) = next.speech.sentences.first() else {
                continue;
            };
            let spoken = sentence.frames.iter().find(|f| {
                f.animate
                    && f.source.is_some()
                    && f.classes.has(Classes::SPEECH)
                    && !f.classes.has(Classes::WEAK)
            });
            let named = sentence
                .subject
                .as_ref()
                .filter(|s| s.animate && s.kind == NpKind::Name);
            let (Some(_), Some(subject)) = (spoken, named) else {
                continue;
            };
            let tokens = subject.tokens.clone();
            let source = Phrase { block: b + 1, tokens };
            let given = self.implied(&source, &[], 0.55, "the next paragraph introduces");
            let span = self.doc.span(&source);
            let draft = &mut self.found.drafts[index];
            draft.quote.source = vec![span];
            draft.quote.attribution = given.attribution;
            draft.quote.confidence = given.confidence;
            draft.quote.evidence = vec![Evidence {
                reason: given.reason,
                at: Some(span),
            }];
            draft.quote.needs_source = false;
            draft.source = Some(source);
        }
        let _ = self.cast;
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
            ContentKind::Clause => {
                (frame.animate || can(Classes::DATA)) && can(Classes::THAT.and(Classes::SPEECH))
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
fn wants_source(local: &crate::semantic::local::Local, region: &Region, agentless: bool) -> bool {
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
