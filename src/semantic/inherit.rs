//! Quotations that no frame of their own sentence gives a source: carried on from the sentence or paragraph
//! before, introduced by a colon or by the paragraph after, credited behind a dash; and turns of transcripts.

use std::ops::Range;

use crate::{
    base::span::DocSpan,
    semantic::{
        article::{Attribution, Evidence, Quote, QuoteKind},
        aside,
        cue::{self, Classes},
        doc::{Draft, Phrase},
        line::{NpKind, Region},
        local::Local,
        quote::{Carry, Given, Last, Stage, is_sentence, wants_source},
        speech::Sentence,
    },
    syntax::{block::Zone, tag::Tag},
};

impl Stage<'_, '_> {
    /// Finds the source of a quotation that no frame of its sentence covers, or what else it is.
    pub(super) fn region(
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
            if block.zone == Zone::Transcript && block.lead_end == 0 {
                // A turn of several paragraphs: the label above still speaks.
                if let Some(last) = carry.last.clone().filter(|l| l.block < b) {
                    self.continued_turn(b, region, &last, carry);
                    return;
                }
            }
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
    pub(super) fn introduced_by(&self, b: usize) -> Option<Phrase> {
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
            let local = self.doc.block(b).1;
            return !sentence
                .speakers
                .iter()
                .any(|r| outside(r) && !is_described(local, r, region));
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
            // The credit may be a line of its own below ("- Amara Diallo").
            let below = self
                .doc
                .locals
                .get(b + 1)
                .filter(|_| next.is_none())
                .map(|l| &l.speech.sentences);
            if let Some(
                [
                    Sentence {
                        credit: Some(credit), ..
                    },
                ],
            ) = below.map(Vec::as_slice)
            {
                let source = Self::phrase(b + 1, credit);
                return Some(self.implied(&source, &[], 0.9, "the credit below the quotation names"));
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
            // A paragraph that opens with a quotation may go on with the speaker of the one before. Once the
            // narrator has begun with something else, a reader no longer knows.
            if sentence.only_quote && sentence.tokens.start == 0 {
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
        let before = sentence
            .speakers
            .iter()
            .rfind(|r| r.end <= region.tokens.start && !is_described(local, r, region));
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

    fn continued_turn(&mut self, b: usize, region: &Region, last: &Last, carry: &mut Carry) {
        let given = self.carried(last, 0.9, "the turn of the paragraph before goes on");
        let span = self.doc.layout.blocks[b].to_doc(region.span);
        let at = self.doc.span(&last.source);
        carry.last = Some(Last {
            block: b,
            ..last.clone()
        });
        let quote = Quote {
            kind: QuoteKind::Direct,
            needs_source: false,
            cue: Vec::new(),
            source: vec![at],
            speaker: None,
            attribution: given.attribution,
            confidence: given.confidence,
            evidence: vec![Evidence {
                reason: given.reason,
                at: Some(at),
            }],
            spans: vec![span],
            marked: if region.opened { vec![span] } else { Vec::new() },
        };
        self.found.drafts.push(Draft {
            quote,
            source: given.source,
            antecedent: given.antecedent,
        });
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
    pub(super) fn settle_floating(&mut self) {
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

/// Whether a region says what a phrase is ("Ukraine was “in the best possible position”"): then the words are
/// about it, not its own. Only forms of "be" and adverbs stand between them.
fn is_described(local: &Local, phrase: &Range<usize>, region: &Region) -> bool {
    let mut between = phrase.end..region.tokens.start.max(phrase.end);
    let is_be = |i: usize| cue::classes(local.tokens.fold(i)).has(Classes::BE);
    between.clone().next().is_some_and(is_be)
        && between.len() <= 4
        && between.all(|i| {
            is_be(i)
                || matches!(
                    local.tokens.list[i].tag,
                    Tag::Adv | Tag::Aux | Tag::Part | Tag::Det
                )
        })
}
