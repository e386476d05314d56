//! What a paragraph hands over to the next one with a colon at its end: who speaks there, and whether a paragraph
//! without marks is all quotation, as a block quotation is, and one that lost its indent on the way.

use crate::{
    base::{span::DocSpan, word::TokenKind},
    semantic::{
        article::{Attribution, Evidence, Quote, QuoteKind},
        cue::{self, Classes},
        doc::{Draft, Phrase},
        frame::{Frame, FrameKind},
        local::Local,
        mention::{PersonOf, pronoun},
        quote::{Carry, Last, Stage},
        report::{cue_span, reports, source_span},
    },
    syntax::{block::Zone, tag::Tag, token::Shape},
};

/// Fewest tokens of a paragraph without marks that may be somebody's words.
const MIN_TOKENS: usize = 5;

impl Stage<'_, '_> {
    /// Makes one quotation of block `b` if the paragraph before hands over to it and it has no marks of its own. Says
    /// whether it did.
    pub(super) fn handed(&mut self, b: usize, carry: &mut Carry) -> bool {
        let before = carry.handed.take();
        let (block, local) = self.doc.block(b);
        let marked = local.speech.regions.first().is_some_and(|r| r.tokens.start == 0);
        let short = block.zone == Zone::Body && local.tokens.len() < MIN_TOKENS;
        if marked || block.lead_end > 0 || short || local.tokens.is_empty() {
            return false;
        }
        let above = b.checked_sub(1);
        let (speaker, cue) = match (block.zone, before, above) {
            (Zone::BlockQuote, Some(last), Some(above))
                if self.doc.blocks[above].zone == Zone::BlockQuote =>
            {
                (last, Vec::new())
            }
            (Zone::BlockQuote, _, Some(above)) => {
                let Some(source) = self.introduced_by(above) else {
                    return false;
                };
                (self.speaker(above, source), self.cue_above(b))
            }
            (Zone::Body, Some(last), Some(above)) if self.hands_over(above).is_none() => {
                if !self.goes_on_telling(&last, b) {
                    return false;
                }
                (last, Vec::new())
            }
            (Zone::Body, _, Some(above)) => {
                let Some(frame) = self.hands_over(above).filter(|f| self.is_told(above, f, b)) else {
                    return false;
                };
                let source = frame.source.as_ref().map(|s| Self::phrase(above, s));
                let Some(source) = source else { return false };
                (self.speaker(above, source), self.cue_above(b))
            }
            _ => return false,
        };
        let draft = self.whole(b, &speaker, cue);
        self.found.drafts.push(draft);
        let last = Last {
            block: b,
            sentence: 0,
            quoted: true,
            ..speaker
        };
        *carry = Carry::default();
        carry.handed = Some(last.clone());
        carry.last = Some(last);
        true
    }

    /// Whom a paragraph that ends with a colon introduces: the source of its last report, or its last subject.
    pub(super) fn introduced_by(&self, b: usize) -> Option<Phrase> {
        let speech = &self.doc.block(b).1.speech;
        let sentence = speech.sentences.last().filter(|s| s.introduces)?;
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

    /// The cue that hands over to block `b` from the end of the block before, with its colon.
    pub(super) fn cue_above(&self, b: usize) -> Vec<DocSpan> {
        let Some((above, frame)) = b.checked_sub(1).and_then(|a| Some((a, self.hands_over(a)?))) else {
            return Vec::new();
        };
        let tokens = &self.doc.block(above).1.tokens;
        let cue = cue_span(self.doc, above, frame);
        let end = frame.cue.end;
        let colon = tokens.fold(end) == ":" && end + 1 == tokens.len();
        let behind = self.doc_span(above, &(end..end + usize::from(colon)));
        vec![if colon { cue.join(behind) } else { cue }]
    }

    /// The verb of saying at the end of a block that closes with a colon, of which nothing is said there.
    fn hands_over(&self, b: usize) -> Option<&Frame> {
        let (block, local) = self.doc.block(b);
        let sentence = local.speech.sentences.last().filter(|s| s.introduces)?;
        let says = |f: &&Frame| {
            f.kind == FrameKind::Verb
                && f.animate
                && !f.negated
                && f.content.is_empty()
                && f.source.is_some()
                && f.classes.has(Classes::SPEECH)
                && !f.classes.has(Classes::WEAK)
        };
        let frame = sentence.frames.iter().rev().find(says);
        frame.filter(|_| matches!(block.zone, Zone::Body | Zone::ListItem))
    }

    /// Whether a paragraph without marks reads like the words of whoever the block `above` hands over to, and not like
    /// the narrator, who goes on where a post was left out.
    fn is_told(&self, above: usize, frame: &Frame, b: usize) -> bool {
        let local = self.doc.block(b).1;
        let tokens = &local.tokens;
        let ends = matches!(tokens.fold(tokens.len() - 1), "." | "!" | "?" | "…" | ")");
        if !local.pairs.is_empty() || !ends {
            return false;
        }
        let before = &self.doc.block(above).1.tokens;
        let posts = frame.cue.clone().any(|t| {
            let word = before.fold(t);
            word.starts_with("tweet") || word.starts_with("post") || word.starts_with("retweet")
        });
        if speaks_itself(local) {
            return true;
        }
        let first = tokens.fold(0);
        let narrates = matches!(
            pronoun(first).map(|p| p.person),
            Some(PersonOf::He | PersonOf::She)
        ) || matches!(first, "watch" | "see" | "read" | "click");
        let again = || {
            let source = frame.source.clone().unwrap_or_default();
            let called = |t: usize| before.list[t].shape != Shape::Lower && before.fold(t).len() > 2;
            let names: Vec<&str> = source.filter(|t| called(*t)).map(|t| before.fold(t)).collect();
            local.speech.sentences.iter().flat_map(|s| &s.frames).any(|f| {
                let strong = reports(f) && f.classes.has(Classes::SPEECH) && !f.classes.has(Classes::WEAK);
                let own = f.source.clone().filter(|_| strong);
                own.is_some_and(|s| {
                    s.start == 0 && cue::classes(tokens.fold(0)).has(Classes::PERSONAL)
                        || s.into_iter().any(|t| names.contains(&tokens.fold(t)))
                })
            })
        };
        let verb = |t: usize| tokens.list[t].tag.is_finite() || matches!(tokens.list[t].tag, Tag::Aux);
        !posts && !narrates && (0..tokens.len()).any(verb) && !again()
    }

    /// Whether a paragraph without marks behind somebody's words goes on with them: it speaks of itself, as the one before
    /// does, and tells of nobody who speaks.
    fn goes_on_telling(&self, last: &Last, b: usize) -> bool {
        let (above, local) = (self.doc.block(last.block).1, self.doc.block(b).1);
        let speaks = |local: &Local| {
            let mut words = (0..local.tokens.len()).map(|t| pronoun(local.tokens.fold(t)));
            words.any(|p| matches!(p.map(|p| p.person), Some(PersonOf::I | PersonOf::We)))
        };
        let tells = |local: &Local| {
            let mut frames = local.speech.sentences.iter().flat_map(|s| &s.frames);
            let other = |s: &std::ops::Range<usize>| {
                let person = pronoun(local.tokens.fold(s.start)).map(|p| p.person);
                !matches!(person, Some(PersonOf::I | PersonOf::We))
            };
            frames.any(|f| {
                f.animate
                    && f.source.as_ref().is_some_and(other)
                    && f.classes.has(Classes::SPEECH)
                    && !f.classes.has(Classes::WEAK)
            })
        };
        let mark = local.tokens.len().checked_sub(1).map(|t| local.tokens.fold(t));
        let ends = matches!(mark, Some("." | "!" | "?" | "…"));
        last.block + 1 == b
            && local.pairs.is_empty()
            && ends
            && speaks(above)
            && speaks(local)
            && !tells(local)
    }

    fn speaker(&self, above: usize, source: Phrase) -> Last {
        let frame = self.hands_over(above);
        let antecedent = frame.and_then(|f| f.antecedent.as_ref());
        Last {
            antecedent: antecedent.map(|a| Self::phrase(above, a)),
            source,
            block: above,
            sentence: 0,
            quoted: true,
        }
    }

    /// The quotation that is all of block `b`.
    fn whole(&self, b: usize, speaker: &Last, cue: Vec<DocSpan>) -> Draft {
        let (block, local) = self.doc.block(b);
        let source = &speaker.source;
        let at = self.doc.span(source);
        let goes_on = speaker.block + 1 == b && cue.is_empty() && source.block + 1 < b;
        let attribution = match (goes_on, cue.is_empty()) {
            (true, _) => Attribution::Continued,
            _ if self.is_pronoun(source) => Attribution::Pronoun,
            (_, true) => Attribution::Implied,
            _ => Attribution::Explicit,
        };
        let words = self.brief(source);
        let reason = match goes_on {
            true => format!("the block quotation of “{words}” goes on"),
            false => format!("the colon of the paragraph before hands over to “{words}”"),
        };
        let span = block.to_doc(local.tokens.span(0..local.tokens.len()));
        let quote = Quote {
            kind: QuoteKind::Direct,
            needs_source: false,
            cue,
            source: vec![source_span(self.doc, source)],
            speaker: None,
            rival: None,
            attribution,
            confidence: if block.zone == Zone::BlockQuote { 0.9 } else { 0.8 },
            evidence: vec![Evidence {
                reason: reason.into(),
                at: Some(at),
            }],
            spans: vec![span],
            marked: Vec::new(),
        };
        Draft {
            quote,
            source: Some(source.clone()),
            antecedent: speaker.antecedent.clone(),
            rival: None,
        }
    }
}

/// Whether somebody speaks of himself, or to somebody.
fn speaks_itself(local: &Local) -> bool {
    let tokens = &local.tokens;
    (0..tokens.len())
        .filter(|t| tokens.kind(*t) == TokenKind::Word)
        .any(|t| {
            matches!(
                pronoun(tokens.fold(t)).map(|p| p.person),
                Some(PersonOf::I | PersonOf::We | PersonOf::You)
            )
        })
}
