//! Second global stage: quotations, their pieces, cues and source phrases; and quoted pieces that are not
//! speech. Frames that stand in one sentence come from the local tier ([`crate::semantic::speech`]); what
//! crosses sentences and paragraphs is decided here.

use std::ops::Range;

use crate::{
    base::{order::Order, span::DocSpan, word::TokenKind},
    semantic::{
        article::{Aside, Attribution, Evidence, LoneMark, Quote, QuoteKind},
        aside,
        choice::Ranking,
        cue::{self, Classes},
        doc::{Cast, Doc, Draft, Phrase},
        frame::{ContentKind, Frame, FrameKind, Side},
        headline,
        interview::{self, Interview},
        line::{NpKind, Region},
        propose::Place,
        report::{
            asks, confidence, cue_span, is_direct, is_nested, is_sentence, is_set_off, is_title_alone,
            join_overlapping, reports, source_span, text_ends_with, wants_source,
        },
        speech::Sentence,
        trace,
    },
    syntax::block::Zone,
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

/// Whether [`find`] reads who is named: in an interview whose turns have no labels.
pub fn asks_for_names(doc: &Doc<'_>) -> bool {
    interview::first_turn(doc).is_some()
}

/// Finds quotations, direct, mixed and indirect, and the phrases that name their sources.
/// `cast` tells who is named: who takes the turns of an interview has to be one of them.
pub fn find(doc: &Doc<'_>, cast: &Cast) -> Found {
    let mut stage = Stage {
        doc,
        interview: interview::of(doc, cast),
        found: Found::default(),
    };
    let mut carry = Carry::default();
    for block in 0..doc.blocks.len() {
        stage.block(block, &mut carry);
    }
    trace::settle(doc, &mut stage.found, stage.interview.as_ref());
    headline::labels(doc, &mut stage.found.drafts);
    stage
        .found
        .drafts
        .order_by_key(|d| d.quote.spans.first().copied());
    stage.found.asides.order_by_key(|a| a.span);
    stage.found
}

/// What one sentence or paragraph hands on to the next.
#[derive(Clone, Debug, Default)]
pub(super) struct Carry {
    /// The source of the quotation or report that came last, and how far back it is, in blocks.
    pub(super) last: Option<Last>,
    /// Who was quoted last in the paragraph before that of `last`, if the two stand right behind each other.
    pub(super) partner: Option<Last>,
    /// The narrator who spoke last, in an article that somebody tells as "I".
    pub(super) narrator: Option<Last>,
    /// Whether the block before ended inside a quotation, and whose.
    pub(super) open: Option<Option<Last>>,
    /// Who the paragraph before introduced with its closing colon.
    pub(super) introduced: Option<Phrase>,
    /// Who speaks in the block quotation before.
    pub(super) handed: Option<Last>,
    /// Number of the sentence in its block.
    pub(super) sentence: usize,
    /// The subject of the sentence before, if it may be followed by its words.
    pub(super) subject: Option<Phrase>,
    /// Whether that subject is a name or a pronoun.
    pub(super) named: bool,
    /// Sentences since `last` whose subject is somebody else.
    pub(super) others: usize,
    /// Quotations left open by the paragraphs before, whose own paragraphs name nobody; indices of their drafts.
    waiting: Vec<usize>,
}

/// A source that may be carried on.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Last {
    pub(super) source: Phrase,
    pub(super) antecedent: Option<Phrase>,
    pub(super) block: usize,
    pub(super) sentence: usize,
    pub(super) quoted: bool,
}

pub(super) struct Stage<'a, 'd> {
    pub(super) doc: &'a Doc<'d>,
    /// Who takes the turns that have no label.
    pub(super) interview: Option<Interview>,
    pub(super) found: Found,
}

/// What a frame has of its own.
struct Own<'r> {
    /// The regions that it quotes.
    regions: &'r [usize],
    /// Whether it is part of what another one reports.
    nested: bool,
    /// Whether what it reports holds words of somebody else.
    foreign: bool,
    /// How its first region chose it.
    ranking: Option<&'r Ranking>,
}

impl Stage<'_, '_> {
    fn block(&mut self, b: usize, carry: &mut Carry) {
        let (block, local) = self.doc.block(b);
        let speech = &local.speech;
        self.lone_marks(b, carry.open.is_some());
        let told = speech.titles.iter();
        let told = told.map(|&(span, kind)| aside::told(block.to_doc(span), kind));
        self.found.asides.extend(told);
        self.nested(b);
        if self.is_pulled(b, carry) || self.handed(b, carry) {
            return;
        }
        let above = carry.last.clone().filter(|l| l.quoted && l.block + 1 == b);
        let mut open = carry.open.take();
        let waiting = std::mem::take(&mut carry.waiting);
        let own = self.found.drafts.len();
        // Over a paragraph break a reader takes a quotation to be a named person's, not some group's.
        let named = std::mem::take(&mut carry.named);
        carry.subject = carry.subject.take().filter(|s| named && s.block + 1 == b);
        carry.introduced = b.checked_sub(1).and_then(|p| self.introduced_by(p));
        for (s, sentence) in speech.sentences.iter().enumerate() {
            carry.sentence = s;
            // Which candidate each quotation of the sentence chooses; frames then gather those that chose them.
            let mut rankings: Vec<Ranking> = Vec::with_capacity(sentence.regions.len());
            for (k, r) in sentence.regions.clone().enumerate() {
                let region = &speech.regions[r];
                let first = s == 0 && k == 0 && sentence.opens_with_quote;
                let continued = if first { open.take() } else { None };
                let before = rankings.last().and_then(|ranking| ranking.best.as_ref());
                let place = Place {
                    block: b,
                    sentence,
                    next: speech.sentences.get(s + 1),
                    region,
                    before: before.map(|c| (&speech.regions[r - 1], c)),
                    full: is_sentence(local, region),
                };
                let ranking = self.rank(&place, continued.flatten().as_ref(), carry);
                rankings.push(ranking);
            }
            let before = carry.last.clone();
            // Frames with their content, quoted or not.
            for (f, frame) in sentence.frames.iter().enumerate() {
                let own: Vec<usize> = sentence
                    .regions
                    .clone()
                    .zip(&rankings)
                    .filter(|(_, ranking)| ranking.frame() == Some(f))
                    .map(|(r, _)| r)
                    .collect();
                let ranking = rankings.iter().find(|ranking| ranking.frame() == Some(f));
                let nested = own.is_empty() && is_nested(&local.tokens, frame, sentence, &rankings);
                // "The city tried to shed what Okoro called “a stigma”": the words are Okoro's, and the rest is no
                // report. "The city put out a leaflet that called it “a stigma”" is one.
                let foreign = own.is_empty()
                    && frame.classes.has(Classes::WEAK)
                    && sentence.regions.clone().zip(&rankings).any(|(r, ranking)| {
                        let r = &speech.regions[r].tokens;
                        let named = ranking.best.as_ref().and_then(|c| c.source.as_ref());
                        frame.content.iter().any(|c| c.start < r.end && r.start < c.end)
                            && named.is_some_and(|s| !self.is_relative(s))
                    });
                let own = Own {
                    regions: &own,
                    nested,
                    foreign,
                    ranking,
                };
                self.frame(b, sentence, frame, &own, carry);
            }
            for view in sentence
                .views
                .iter()
                .filter(|v| !is_nested(&local.tokens, v, sentence, &rankings))
            {
                self.view(b, view);
            }
            for (r, ranking) in sentence.regions.clone().zip(rankings) {
                if ranking.frame().is_none() {
                    self.region(b, sentence, r, ranking, carry);
                }
            }
            if carry.last == before {
                let other = sentence.subject.as_ref().is_some_and(|x| {
                    x.animate
                        && x.kind == NpKind::Name
                        && carry
                            .last
                            .as_ref()
                            .is_none_or(|l| l.source != Self::phrase(b, &x.tokens))
                });
                carry.others += usize::from(other);
            } else {
                carry.others = 0;
            }
            if sentence.asks && sentence.regions.is_empty() && carry.subject.is_some() {
                // The narrator's question; the quotation behind it answers for whom the sentence before was about.
                continue;
            }
            // "Why was he out in the heat? “My mother says …”": of whom it asks.
            let asked = self.asked_of(b, sentence);
            if asked.is_some() {
                (carry.named, carry.subject) = (true, asked);
                continue;
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
        carry.partner = above.filter(|_| carry.last.as_ref().is_some_and(|l| l.quoted && l.block == b));
        let told = carry
            .last
            .as_ref()
            .filter(|l| l.quoted && self.is_narrator(&l.source));
        carry.narrator = told.cloned().or_else(|| carry.narrator.take());
        let waiting = self.hand_back(b, own, waiting);
        if let Some(last) = speech.regions.last().filter(|r| r.runs_on) {
            let next = self.doc.blocks.get(b + 1).map(|_| self.doc.block(b + 1).1);
            let goes_on = next.is_some_and(|n| {
                n.speech
                    .regions
                    .first()
                    .is_some_and(|r| r.opened && r.tokens.start == 0)
            });
            if goes_on {
                carry.open = Some(carry.last.clone().filter(|l| l.block == b));
                carry.waiting = waiting;
                let end = block.to_doc(last.span).end;
                let draft = self.found.drafts[own..].iter().rposition(|d| {
                    d.quote.spans.last().is_some_and(|s| s.end == end)
                        && d.source.as_ref().is_none_or(|s| s.block != b)
                });
                carry.waiting.extend(draft.map(|d| own + d));
            }
        }
        if matches!(
            block.zone,
            Zone::Crosshead | Zone::Headline | Zone::Byline | Zone::Dateline | Zone::Caption
        ) {
            // What stands outside the running text hands nothing on to it.
            *carry = Carry {
                last: carry.last.take().filter(|l| l.block != b),
                narrator: carry.narrator.take(),
                ..Carry::default()
            };
        }
    }

    /// Gives quotations that were left open to whoever this block names for the words that go on with them. Returns
    /// those that still wait, where it names nobody either. `own` is the block's first draft.
    fn hand_back(&mut self, b: usize, own: usize, waiting: Vec<usize>) -> Vec<usize> {
        let (block, local) = self.doc.block(b);
        let Some(first) = local.speech.regions.first().filter(|_| !waiting.is_empty()) else {
            return Vec::new();
        };
        let start = block.to_doc(first.span).start;
        let goes_on = |d: &&Draft| d.quote.spans.first().is_some_and(|s| s.start == start);
        let Some(named) = self.found.drafts[own..].iter().find(goes_on) else {
            return Vec::new();
        };
        let Some(source) = named.source.clone().filter(|s| s.block == b) else {
            return waiting;
        };
        let at = self.doc.span(&source);
        let reason = format!(
            "goes on in the paragraph after, where “{}” speaks",
            self.brief(&source)
        );
        let (confidence, antecedent) = (named.quote.confidence, named.antecedent.clone());
        for i in waiting {
            let draft = &mut self.found.drafts[i];
            draft.quote.source = vec![at];
            draft.quote.cue = Vec::new();
            draft.quote.attribution = Attribution::Continued;
            draft.quote.confidence = confidence;
            draft.quote.needs_source = false;
            draft.quote.evidence = vec![Evidence {
                reason: reason.clone().into(),
                at: Some(at),
            }];
            draft.source = Some(source.clone());
            draft.antecedent.clone_from(&antecedent);
            draft.rival = None;
        }
        Vec::new()
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
    fn frame(&mut self, b: usize, sentence: &Sentence, frame: &Frame, own: &Own<'_>, carry: &mut Carry) {
        let Own {
            regions,
            nested,
            foreign,
            ranking,
        } = *own;
        let (block, local) = self.doc.block(b);
        let regions: Vec<&Region> = regions.iter().map(|r| &local.speech.regions[*r]).collect();
        if regions.is_empty() && (frame.content.is_empty() || foreign || !reports(frame)) {
            // "he said." after a quotation of the sentence before.
            if frame.content.is_empty()
                && frame.animate
                && frame.classes.has(Classes::SPEECH)
                && !frame.classes.has(Classes::WEAK)
            {
                self.attach_to_previous(b, sentence, frame);
            }
            if frame.animate && frame.classes.has(Classes::SPEECH) && !frame.classes.has(Classes::WEAK) {
                self.carry_on(b, sentence, frame, false, carry);
            }
            return;
        }
        if regions.is_empty() && frame.content.iter().any(|c| is_title_alone(local, c, frame)) {
            return;
        }
        let whole = !regions.is_empty() && frame.content_kind == ContentKind::Quotation;
        let kind = match (regions.is_empty(), whole) {
            (true, _) => QuoteKind::Indirect,
            (false, true)
                if regions
                    .iter()
                    .any(|r| is_sentence(local, r) || frame.side != Side::After || is_set_off(local, r)) =>
            {
                QuoteKind::Direct
            }
            _ if is_direct(local, frame, &regions) => QuoteKind::Direct,
            _ => QuoteKind::Mixed,
        };
        let spans: Vec<DocSpan> = if kind == QuoteKind::Direct && !whole {
            regions.iter().map(|r| block.to_doc(r.span)).collect()
        } else {
            let content = frame.content.iter().map(|c| self.doc_span(b, c));
            content.filter(|s| !s.is_empty()).collect()
        };
        let marked: Vec<DocSpan> = regions.iter().map(|r| block.to_doc(r.span)).collect();
        let spans = join_overlapping(spans, &marked);
        if spans.is_empty() {
            return;
        }
        let chosen = ranking.and_then(|r| r.best.as_ref());
        let (source, antecedent) = match chosen {
            Some(best) => (best.source.clone(), best.antecedent.clone()),
            None => (
                frame.source.as_ref().map(|s| Self::phrase(b, s)),
                frame.antecedent.as_ref().map(|s| Self::phrase(b, s)),
            ),
        };
        let attribution = match &source {
            None => Attribution::None,
            Some(source) if self.is_pronoun(source) => Attribution::Pronoun,
            Some(_) => Attribution::Explicit,
        };
        let cue_span = cue_span(self.doc, b, frame);
        // "He was asked, “Why?”", "was asked whether he “would go”": an interviewer needs no name.
        let interview = frame.kind == FrameKind::Passive
            && (asks(local, frame) || text_ends_with(&regions, self.doc.block_text(b), '?'));
        // A verb of saying has a subject; where none is found, grammar was too hard, not the writer careless.
        let needs_source = source.is_none()
            && !matches!(frame.kind, FrameKind::Verb | FrameKind::Noun)
            && !interview
            && block.zone == Zone::Body
            && regions.iter().any(|r| wants_source(local, r, true));
        let quote = Quote {
            kind,
            needs_source,
            cue: vec![cue_span],
            source: source.iter().map(|s| source_span(self.doc, s)).collect(),
            speaker: None,
            rival: None,
            attribution,
            confidence: ranking.map_or_else(|| confidence(frame), |r| r.confidence),
            evidence: vec![Evidence {
                reason: self.reason(b, frame, source.as_ref()).into(),
                at: Some(cue_span),
            }],
            marked,
            spans,
        };
        if !nested {
            self.found.drafts.push(Draft {
                quote,
                source,
                antecedent,
                rival: ranking.and_then(|r| self.rival(b, sentence, r)),
            });
        }
        // An attitude is no speech that the next sentence could go on with.
        let speech = !(frame.classes.has(Classes::WEAK) && frame.classes.has(Classes::ATTITUDE));
        if frame.animate && speech || !regions.is_empty() {
            self.carry_on(b, sentence, frame, !regions.is_empty(), carry);
        }
    }

    /// Makes an attribution of a view. Views say what somebody thinks, or what seems so; no quotation is theirs.
    fn view(&mut self, b: usize, frame: &Frame) {
        let spans: Vec<DocSpan> = frame.content.iter().map(|c| self.doc_span(b, c)).collect();
        let source = frame.source.as_ref().map(|s| Self::phrase(b, s));
        let attribution = match &source {
            None => Attribution::None,
            Some(s) if self.is_pronoun(s) => Attribution::Pronoun,
            Some(_) => Attribution::Explicit,
        };
        let cue_span = cue_span(self.doc, b, frame);
        let quote = Quote {
            kind: QuoteKind::Indirect,
            needs_source: false,
            cue: vec![cue_span],
            source: source.iter().map(|s| source_span(self.doc, s)).collect(),
            speaker: None,
            rival: None,
            attribution,
            confidence: confidence(frame),
            evidence: vec![Evidence {
                reason: self.reason(b, frame, source.as_ref()).into(),
                at: Some(cue_span),
            }],
            marked: Vec::new(),
            spans,
        };
        self.found.drafts.push(Draft {
            quote,
            source,
            antecedent: frame.antecedent.as_ref().map(|a| Self::phrase(b, a)),
            rival: None,
        });
    }

    fn carry_on(&self, b: usize, sentence: &Sentence, frame: &Frame, quoted: bool, carry: &mut Carry) {
        let Some(source) = &frame.source else { return };
        // What is only reported inside somebody's report is not what the paragraph goes on with.
        let inner = sentence.frames.iter().any(|outer| {
            outer.animate
                && outer
                    .content
                    .iter()
                    .any(|c| c.start <= source.start && frame.cue.end <= c.end)
        });
        if !quoted
            && (inner || matches!(frame.kind, FrameKind::Noun) || self.is_said_aside(b, sentence, frame))
        {
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

    /// Whether a source only points back, as "who" and "his" do.
    fn is_relative(&self, source: &Phrase) -> bool {
        let small = Classes::RELATIVE.and(Classes::POSSESSIVE);
        let tokens = &self.doc.block(source.block).1.tokens;
        source.tokens.len() == 1 && cue::classes(tokens.fold(source.tokens.start)).has(small)
    }

    pub(super) fn is_pronoun(&self, source: &Phrase) -> bool {
        let local = self.doc.block(source.block).1;
        source.tokens.len() == 1
            && cue::classes(local.tokens.fold(source.tokens.start))
                .has(Classes::PERSONAL.and(Classes::RELATIVE).and(Classes::POSSESSIVE))
    }

    /// A source phrase by its first words; what a clause or an apposition adds would bury it.
    pub(super) fn brief(&self, phrase: &Phrase) -> &str {
        let local = self.doc.block(phrase.block).1;
        let tokens = &phrase.tokens;
        let aside = (tokens.start + 1..tokens.end).find(|t| {
            // "Holm’s claim" is Holm’s; in "the union’s president" the mark leads on.
            local.tokens.kind(*t) == TokenKind::Possessive && *t + 1 == tokens.end
                || matches!(local.listed(*t), "," | "(" | "who" | "whose" | "which")
        });
        let first = Phrase {
            block: phrase.block,
            tokens: tokens.start..aside.unwrap_or(tokens.end),
        };
        self.doc.span(&first).text(self.doc.text)
    }

    /// Why a frame names its source, or the one that the choice gave it instead.
    pub(super) fn reason(&self, b: usize, frame: &Frame, source: Option<&Phrase>) -> String {
        let cue = self.doc_span(b, &frame.cue).text(self.doc.text);
        let Some(phrase) = source else {
            return format!("“{cue}” names nobody who said it");
        };
        let source = self.brief(phrase);
        match frame.kind {
            FrameKind::According => format!("“according to {source}”"),
            FrameKind::Passive => format!("“by {source}” names the agent of “{cue}”"),
            FrameKind::Noun => format!("“{cue}” belongs to “{source}”"),
            FrameKind::Mark => format!("“{source}” stands beside the quotation as its label"),
            FrameKind::Gapped => format!("“{source}” shares the verb “{cue}” with the quotation before"),
            FrameKind::For => format!("“for {source}” says whose judgment it is"),
            FrameKind::Verb | FrameKind::Seeming => format!("“{source}” is the subject of “{cue}”"),
        }
    }
}
