//! What somebody quotes or retells inside what he says: “I told him: ‘Wait for March’”, “She said the line was bad”. The
//! clause inside the marks names who said it, as the narrator's clause does outside them.

use std::ops::Range;

use crate::{
    base::span::DocSpan,
    semantic::{
        article::{Attribution, Evidence, Quote, QuoteKind},
        coref::Resolver,
        cue::{self, Classes, Form},
        doc::{Draft, Phrase},
        frame::{self, ContentKind, Frame, FrameKind, Side},
        line::{Item, Line, Region},
        local::Local,
        mention::pronoun,
        quote::Stage,
        report::{confidence, is_sentence, join_overlapping, reports},
    },
    syntax::{tag::Tag, token::Shape},
};

/// A report inside a quotation, and what it quotes.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Nested {
    /// None where it is told in other words.
    pub(super) region: Option<Region>,
    frame: Frame,
}

/// The quotations among `regions`, all inside the region `around`, that a report inside it introduces, and where `around`
/// is in marks what is retold in it. `starts` are the tokens where names begin.
pub(super) fn find(local: &Local, around: &Region, regions: &[Region], starts: &[usize]) -> Vec<Nested> {
    let outer = local.tokens.inside(around.inner);
    // The turns of a transcript have none: a story that somebody tells there is no news.
    let marked = around.opened;
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
        let retold = marked && range.len() > MIN_RETOLD && range.clone().any(|t| is_retelling(local, t));
        if own.is_empty() && !retold || range.len() > MAX_SENTENCE {
            continue;
        }
        if own.is_empty() {
            while !range.is_empty() {
                let end = spoken_end(local, &range);
                let line = Line::new(local, items(range.start..end, own), starts);
                let told = frame::frames(&line).into_iter().filter(|f| retells(local, f));
                found.extend(told.map(|frame| Nested { region: None, frame }));
                range.start = end;
            }
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
                region: Some(region.clone()),
                frame: frame.clone(),
            })
        }));
    }
    found
}

/// Where the first of several sentences inside one pair of marks ends: "Holm said he was ill. Then he went dancing." The
/// marks hold them together for the narrator; what is retold in one ends with it.
fn spoken_end(local: &Local, range: &Range<usize>) -> usize {
    let shape = |t: usize| local.tokens.list.get(t).map(|t| t.shape);
    let ends = |t: &usize| {
        matches!(local.tokens.mark(*t), "." | "?" | "!")
            && shape(t - 1) == Some(Shape::Lower)
            && matches!(shape(t + 1), Some(Shape::Capital | Shape::Initial))
    };
    let stop = (range.start + 1..range.end.saturating_sub(1)).find(ends);
    stop.map_or(range.end, |t| t + 1)
}

/// Longest sentence that is looked into, in tokens.
const MAX_SENTENCE: usize = 300;
/// Shortest sentence in which something is retold: "She said no."
const MIN_RETOLD: usize = 3;

/// Whether a token is a finite verb by which people retell what was said: "said", or one that is said to somebody
/// ("told me").
fn is_retelling(local: &Local, t: usize) -> bool {
    local.tokens.list[t].tag.is_verb()
        && cue::verb(local.tokens.fold(t)).is_some_and(|v| {
            (v.plain || v.classes.has(Classes::ADDRESSEE))
                && v.classes.has(Classes::SPEECH)
                && v.classes.has(Classes::THAT)
                && !v.classes.has(Classes::WEAK)
                && matches!(v.form, Form::Present | Form::Past)
        })
}

/// Whether a report inside a quotation tells in other words what somebody else said: "She said the line was bad", and
/// not what the speaker says himself ("I said it was a car park") or what anybody would say ("People say it is cursed").
fn retells(local: &Local, frame: &Frame) -> bool {
    let Some(source) = frame.source.clone() else {
        return false;
    };
    let verb = frame.cue.clone().any(|t| is_retelling(local, t));
    let third = match local.tokens.fold(source.start) {
        "he" | "she" | "they" => true,
        "who" => false,
        word => !frame.negated && source.len() <= MAX_SOURCE && pronoun(word).is_none(),
    };
    // "He said it over and over": no clause of its own.
    let tag = |t: usize| local.tokens.list[t].tag;
    let clause = frame.content.iter().any(|c| {
        c.clone()
            .skip(1)
            .any(|t| tag(t).is_finite() || tag(t) == Tag::Aux)
    });
    verb && third
        && clause
        && frame.animate
        && frame.antecedent.is_none()
        && frame.kind == FrameKind::Verb
        && frame.side == Side::After
        && frame.content_kind == ContentKind::Clause
        && !frame.content.is_empty()
        && !is_subordinate(local, source.start)
        && reports(frame)
}

/// Whether a report whose source begins at a token is part of another clause: "as rich as he says he is", "whatever he
/// says", "if she says it". What is asked is no condition: "I asked if it was late and she said it was".
fn is_subordinate(local: &Local, start: usize) -> bool {
    let fold = |t: usize| local.tokens.fold(t);
    let asks = |t: usize| matches!(fold(t), "ask" | "asks" | "asked" | "wondered");
    let sentence = local.sentences[local.sentence_of(start)].clone();
    let mut asked = false;
    sentence.take_while(|&t| t < start).any(|t| {
        asked |= asks(t);
        let joins = matches!(fold(t), "that" | "as" | "than" | "what" | "whatever" | "because");
        let condition = matches!(fold(t), "if" | "when" | "whenever" | "until" | "unless");
        condition && !(asked && fold(start - 1) == "and") || joins && t + 1 == start
    })
}

/// Longest source of something retold, in tokens.
const MAX_SOURCE: usize = 6;

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
            let marked: Vec<DocSpan> = region.iter().map(|r| block.to_doc(r.span)).collect();
            let whole = region
                .as_ref()
                .is_some_and(|r| frame.content_kind == ContentKind::Quotation || is_sentence(local, r));
            let spans: Vec<DocSpan> = if whole {
                marked.clone()
            } else {
                let content = frame.content.iter().map(|c| self.doc_span(b, c));
                join_overlapping(content.filter(|s| !s.is_empty()).collect(), &marked)
            };
            if spans.is_empty() {
                continue;
            }
            let source = frame.source.as_ref().map(|s| Phrase {
                block: b,
                tokens: s.clone(),
            });
            let cue = self.doc_span(b, &frame.cue);
            let pronoun = source.as_ref().is_some_and(|s| self.is_pronoun(s));
            let draft = Draft {
                quote: Quote {
                    kind: match (whole, region) {
                        (true, _) => QuoteKind::Direct,
                        (_, Some(_)) => QuoteKind::Mixed,
                        (_, None) => QuoteKind::Indirect,
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

#[cfg(test)]
mod tests {
    use crate::testing::check_article;

    #[test]
    fn what_another_said_is_retold_inside_a_quotation() {
        check_article(
            r#"
“I asked Ruth Adler about the pier,” Tom Reyes said. “She told me it would stay shut.”
//@53-86 quote#1 direct speaker=Tom Reyes
//                                                                ^^^^^^^^^^^^^^^^^^ quote#2 indirect speaker=Ruth Adler
"#,
        );
    }

    #[test]
    fn what_is_asked_is_no_condition() {
        check_article(
            r#"
Ruth Adler left. “I asked her if it was shut and she said it had been shut for a year,” Tom Reyes said.
//@17-87 quote#1 direct speaker=Tom Reyes
//                                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^ quote#2 indirect speaker=Ruth Adler
“If it is shut and she says it is open, I will ask,” Tom Reyes said.
//@0-52 quote#3 direct speaker=Tom Reyes
"#,
        );
    }

    #[test]
    fn what_is_nobodys_report_is_none() {
        check_article(
            r#"
“He is not as rich as he says he is,” Ida Brandt said.
//@0-37 quote#1 direct speaker=Ida Brandt
Tom Reyes said: “I told them the pier was shut. If she says it is open, she has not seen it.”
//@16-93 quote#2 direct speaker=Tom Reyes
"#,
        );
    }
}
