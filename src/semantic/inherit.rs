//! Quotations that no frame of their own sentence covers: drafts of what the choice came to, asides where it came
//! to nothing, and turns of transcripts.

use std::ops::Range;

use crate::{
    semantic::{
        article::{Attribution, Evidence, Quote, QuoteKind},
        aside,
        choice::{Candidate, Ranking, Way},
        cue::{self, Classes},
        doc::{Draft, Phrase, Rival},
        frame::{Frame, FrameKind},
        interview::{self, Interview},
        line::Region,
        propose::is_described,
        quote::{Carry, Last, Stage},
        report::{is_sentence, is_set_off, wants_source},
        speech::Sentence,
    },
    syntax::block::Zone,
};

impl Stage<'_, '_> {
    /// Makes a quotation, or something else, of one that no frame of its sentence covers.
    pub(super) fn region(
        &mut self,
        b: usize,
        sentence: &Sentence,
        r: usize,
        ranking: Ranking,
        carry: &mut Carry,
    ) {
        let (block, local) = self.doc.block(b);
        let region = &local.speech.regions[r];
        let full = is_sentence(local, region);
        if ranking.best.as_ref().is_none_or(|c| c.way != Way::Continuation) {
            if let Some(interview) = self.interview.as_ref().filter(|i| self.turns(b, i)) {
                carry.last = interview.last(b, block.zone == Zone::Question, carry.sentence);
                let draft = interview::turn(self.doc, b, region, interview);
                self.found.drafts.push(draft);
                return;
            }
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
        let colon = region.tokens.start > 0 && local.tokens.fold(region.tokens.start - 1) == ":";
        let kind = if full || sentence.opens_with_quote || colon && is_set_off(local, region) {
            QuoteKind::Direct
        } else {
            QuoteKind::Mixed
        };
        let span = block.to_doc(region.span);
        if ranking.best.is_none() && !full && region.words <= 3 {
            // A few words that nobody is said to have spoken: the marks keep a distance, they do not quote.
            self.found.asides.push(aside::scare(block.to_doc(region.span)));
            return;
        }
        let rival = self.rival(b, sentence, &ranking);
        let hearsay = ranking.best.as_ref().is_some_and(|c| c.way == Way::Agentless);
        let confidence = ranking.confidence;
        let (source, antecedent, cue, attribution, reason) = match ranking.best {
            Some(best) => {
                let reason = self.way_words(b, sentence, &best);
                (best.source, best.antecedent, best.cue, best.attribution, reason)
            }
            None => (
                None,
                None,
                Vec::new(),
                Attribution::None,
                "no sentence around the quotation names a speaker".to_owned(),
            ),
        };
        // A guess about a few words tells nothing about who speaks next.
        if let Some(source) = source.clone().filter(|_| full || confidence > 0.6) {
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
            && !(sentence.only_quote && region.tokens.start == 0 && self.is_lone_item(b))
            && wants_source(local, region, false)
            && (hearsay || self.nobody_near(b, sentence, region));
        let quote = Quote {
            kind,
            needs_source,
            cue,
            source: source.iter().map(|s| self.doc.span(s)).collect(),
            speaker: None,
            rival: None,
            attribution,
            confidence,
            evidence: vec![Evidence {
                reason: reason.into(),
                at: source.as_ref().map(|s| self.doc.span(s)),
            }],
            spans: vec![span],
            marked: vec![span],
        };
        self.found.drafts.push(Draft {
            quote,
            source,
            antecedent,
            rival,
        });
    }

    /// The second choice of a ranking, in words.
    pub(super) fn rival(&self, b: usize, sentence: &Sentence, ranking: &Ranking) -> Option<Box<Rival>> {
        let rival = ranking.near_rival()?;
        Some(Box::new(Rival {
            source: rival.source.clone()?,
            antecedent: rival.antecedent.clone(),
            reason: self.way_words(b, sentence, rival),
            unrivaled: ranking.unrivaled,
        }))
    }

    /// Why a candidate was proposed, in words.
    pub(super) fn way_words(&self, b: usize, sentence: &Sentence, candidate: &Candidate) -> String {
        let Some(source) = &candidate.source else {
            return "no sentence around the quotation names a speaker".to_owned();
        };
        let words = self.brief(source);
        match candidate.way {
            Way::Clause | Way::Agentless => candidate
                .frame
                .and_then(|f| sentence.frames.get(f))
                .map_or_else(String::new, |f| self.reason(b, f, Some(source))),
            Way::Earlier => format!("“{words}” speaks earlier in the sentence"),
            Way::Later => format!("“{words}” speaks later in the sentence"),
            Way::List => format!("“{words}” also said the quotation right before it"),
            Way::Beside => format!("“{words}” and a verb of saying stand right before the quotation"),
            Way::Colon
                if candidate
                    .source
                    .as_ref()
                    .is_some_and(|s| s.tokens.end < sentence.tokens.start) =>
            {
                format!("the question before the quotation hands over to “{words}”")
            }
            Way::Colon => format!("the colon before the quotation hands over from “{words}”"),
            Way::CutOff => format!("“{words}” speaks right behind the quotation"),
            Way::Credit => format!("the credit behind the quotation names “{words}”"),
            Way::Tail => format!("right behind the quotation stands “{words}”"),
            Way::Continuation => format!("continues the quotation of the paragraph before (“{words}”)"),
            Way::SameParagraph => format!("no new speaker since the last one (“{words}”)"),
            Way::SentenceBefore => format!("the sentence before is about “{words}”"),
            Way::SentenceAfter => format!("the sentence after is about “{words}”"),
            Way::Document => format!("the sentence opens with what “{words}” wrote"),
            Way::Introduced => {
                format!("the colon of the paragraph before hands over to “{words}”")
            }
            Way::Exchange => {
                format!("“{words}” spoke before the last one, and the two ask and answer each other")
            }
            Way::ParagraphBefore => format!("no new speaker since the paragraph before (“{words}”)"),
            Way::EndBefore => format!("the paragraph before ends on “{words}”"),
            Way::ParagraphAfter => format!("the next paragraph introduces “{words}”"),
            Way::Subject => format!("the clause around the quotation is about “{words}”"),
            Way::Nearest => {
                format!("the last one before the quotation who could have said it is “{words}”")
            }
        }
    }

    /// Whether a report only tells of somebody, or relays another: "people who say it is over", "the ship, which the crew said
    /// was sound", "Okoro said it was over, reported the Herald". The next paragraph is not theirs.
    pub(super) fn is_said_aside(&self, b: usize, sentence: &Sentence, frame: &Frame) -> bool {
        let Some(source) = &frame.source else { return false };
        let tokens = &self.doc.block(b).1.tokens;
        let relative = |t: usize| cue::classes(tokens.fold(t)).has(Classes::RELATIVE);
        if source.len() == 1 && relative(source.start) {
            let subject = sentence.subject.as_ref().map(|s| &s.tokens);
            let told = frame.antecedent.as_ref();
            return told
                .is_some_and(|told| subject.is_some_and(|s| s.end <= told.start || told.end <= s.start));
        }
        let led = source
            .start
            .checked_sub(1)
            .filter(|t| *t >= sentence.tokens.start);
        let whose = led.is_some_and(|t| relative(t) && matches!(tokens.fold(t), "which" | "whom" | "whose"));
        let relays = frame.kind == FrameKind::Verb
            && frame.cue.end <= source.start
            && sentence.frames.iter().any(|inner| {
                inner.kind == FrameKind::Verb
                    && inner.animate
                    && inner.classes.has(Classes::SPEECH)
                    && !inner.classes.has(Classes::WEAK)
                    && inner
                        .source
                        .as_ref()
                        .is_some_and(|s| s.len() > 1 || !relative(s.start))
                    && frame
                        .content
                        .iter()
                        .any(|c| c.start <= inner.cue.start && inner.cue.end <= c.end)
            });
        whose || relays
    }

    /// The "he" or "she" of a question that the narrator asks.
    pub(super) fn asked_of(&self, b: usize, sentence: &Sentence) -> Option<Phrase> {
        let tokens = &self.doc.block(b).1.tokens;
        let own = sentence.asks && sentence.regions.is_empty() && sentence.subject.is_none();
        let one = sentence
            .tokens
            .clone()
            .find(|t| own && matches!(tokens.fold(*t), "he" | "she"))?;
        Some(Self::phrase(b, &(one..one + 1)))
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

    /// "“Really?” he said.": where the sentence was cut before the cue, the quotation before takes it.
    pub(super) fn attach_to_previous(&mut self, b: usize, sentence: &Sentence, frame: &Frame) {
        let Some(source) = frame.source.as_ref().filter(|_| !sentence.introduces) else {
            return;
        };
        let cue = self.doc_span(b, &frame.cue);
        let phrase = Self::phrase(b, source);
        let span = self.doc.span(&phrase);
        let start = span.start.min(cue.start);
        let block_start = self.doc.blocks[b].span.start;
        let pronoun = self.is_pronoun(&phrase);
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
                reason: "the words right after the quotation name its speaker".into(),
                at: Some(span),
            }];
        }
    }

    /// Whether block `b` is a question without a label, or the first paragraph that answers one.
    fn turns(&self, b: usize, interview: &Interview) -> bool {
        let blocks = self.doc.blocks;
        match blocks[b].zone {
            Zone::Question => true,
            Zone::Transcript if blocks[b].lead_end == 0 => b.checked_sub(1).is_some_and(|above| {
                let above = &blocks[above];
                above.zone == Zone::Question || above.lead_end > 0 && interview.labeled
            }),
            _ => false,
        }
    }

    fn continued_turn(&mut self, b: usize, region: &Region, last: &Last, carry: &mut Carry) {
        let span = self.doc.blocks[b].to_doc(region.span);
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
            rival: None,
            attribution: Attribution::Continued,
            confidence: 0.9,
            evidence: vec![Evidence {
                reason: format!(
                    "the turn of the paragraph before goes on (“{}”)",
                    at.text(self.doc.text)
                )
                .into(),
                at: Some(at),
            }],
            spans: vec![span],
            marked: if region.opened { vec![span] } else { Vec::new() },
        };
        self.found.drafts.push(Draft {
            quote,
            source: Some(last.source.clone()),
            antecedent: last.antecedent.clone(),
            rival: None,
        });
    }

    /// A turn of a transcript: its label speaks.
    fn turn(&mut self, b: usize, region: &Region, carry: &mut Carry) {
        let (block, local) = self.doc.block(b);
        let label_end = local.tokens.before(block.lead_end);
        let mut end = label_end;
        while end > 0
            && !matches!(
                local.tokens.kind(end - 1),
                crate::base::word::TokenKind::Word | crate::base::word::TokenKind::Number
            )
        {
            end -= 1;
        }
        if end == 0 {
            return;
        }
        // "((Lena Hartmann))": the brackets are no part of the name.
        let word = |i: &usize| local.tokens.list[*i].kind == crate::base::word::TokenKind::Word;
        let source = Phrase {
            block: b,
            tokens: (0..end).find(word).unwrap_or(0)..end,
        };
        let span = block.to_doc(region.span);
        let at = self.doc.span(&source);
        // "PV: …" in an interview with Pieter Vos.
        let meant = self
            .interview
            .as_ref()
            .and_then(|i| i.meant_by(at.text(self.doc.text)));
        let source = meant.cloned().unwrap_or(source);
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
            rival: None,
            attribution: Attribution::Explicit,
            confidence: 0.95,
            evidence: vec![Evidence {
                reason: format!("“{}” is the label of this turn", at.text(self.doc.text)).into(),
                at: Some(at),
            }],
            spans: vec![span],
            marked: if region.opened { vec![span] } else { Vec::new() },
        };
        self.found.drafts.push(Draft {
            quote,
            source: Some(source),
            antecedent: None,
            rival: None,
        });
    }
}
