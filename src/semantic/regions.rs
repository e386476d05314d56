//! The quoted regions of a block, and the sentences of its narrator around them.

use std::ops::Range;

use crate::{
    base::{span::Span, word::TokenKind},
    semantic::{
        cue::{self, Classes},
        line::Region,
        local::Local,
    },
    syntax::{
        block::{Block, Zone},
        quote_mark::{Family, Pair},
        tag::Tag,
        token::Shape,
    },
};

/// Longest sentence that grammar is tried on, in tokens. What is longer is a table, a list without stops or
/// noise; it is read in pieces, which keeps the work linear in the text.
const MAX_SENTENCE: usize = 300;

/// The sentences with those that a quotation straddles joined.
pub(super) fn narrator_sentences(local: &Local, regions: &[Region]) -> Vec<Range<usize>> {
    let mut joined: Vec<Range<usize>> = Vec::with_capacity(local.sentences.len());
    let mut region = 0;
    for range in &local.sentences {
        while regions.get(region).is_some_and(|r| r.tokens.end <= range.start) {
            region += 1;
        }
        let inside = regions
            .get(region)
            .is_some_and(|r| r.tokens.start < range.start && range.start < r.tokens.end);
        match joined.last_mut() {
            Some(last) if inside => last.end = range.end,
            _ => {
                let mut start = range.start;
                while range.end - start > MAX_SENTENCE {
                    joined.push(start..start + MAX_SENTENCE);
                    start += MAX_SENTENCE;
                }
                joined.push(start..range.end);
            }
        }
    }
    joined
}

pub(super) fn regions(block: &Block, local: &Local) -> Vec<Region> {
    let mut regions: Vec<Region> = Vec::new();
    for pair in local.pairs.iter().filter(|p| p.level == 0) {
        let mut span = pair.span;
        // A dash needs no partner, so a speech behind one is whole.
        let dash = pair.family == Family::Dash;
        let mut runs_on = pair.close.is_none() && !dash;
        if pair.open.is_none() {
            // A closing mark that was never opened: the quotation can have begun with its sentence.
            let token = local
                .tokens
                .at(pair.span.end.saturating_sub(1))
                .min(local.tokens.len() - 1);
            let first = local
                .sentences
                .get(local.sentence_of(token))
                .map_or(0, |s| s.start);
            let floor = regions.last().map_or(block.lead_end, |r| r.span.end);
            span.start = local.tokens.list[first].span.start.max(floor).min(span.end);
        }
        if pair.close.is_none()
            && !dash
            && let Some(end) = cut_unclosed(local, pair)
        {
            span.end = end;
            runs_on = false;
        }
        let tokens = local.tokens.inside(span);
        if tokens.is_empty() || regions.last().is_some_and(|r| r.tokens.end > tokens.start) {
            continue;
        }
        let words = local.tokens.list[tokens.clone()]
            .iter()
            .filter(|t| matches!(t.kind, TokenKind::Word | TokenKind::Number))
            .count();
        let inner = Span {
            start: pair.open.map_or(span.start, |m| m.end),
            end: pair.close.map_or(span.end, |m| m.start),
        };
        let inner = Span {
            start: inner.start.min(span.end),
            end: inner.end.max(inner.start).min(span.end.max(inner.start)),
        };
        regions.push(Region {
            tokens,
            span,
            inner,
            words,
            opened: pair.open.is_some(),
            closed: pair.close.is_some(),
            runs_on,
        });
    }
    let turn = local
        .tokens
        .list
        .partition_point(|t| t.span.start < block.lead_end)..local.tokens.len();
    // "PIKE: I have a letter. It says, “…”": a turn that quotes is a turn all the same. Where turns have no labels an
    // answer may stand in quotation marks as a whole, with what the narrator says between.
    let first = regions.first().map(|r| r.tokens.start);
    let quotes_others = if block.lead_end > 0 {
        first.is_some_and(|start| start > turn.start)
            || regions.last().is_some_and(|r| r.tokens.end < turn.end)
    } else {
        let quoted: usize = regions.iter().map(|r| r.tokens.len()).sum();
        first.is_some_and(|start| start > turn.start) || quoted * 2 < turn.len()
    };
    if matches!(block.zone, Zone::Transcript | Zone::Question) && (regions.is_empty() || quotes_others) {
        let tokens = turn;
        if !tokens.is_empty() {
            regions.clear();
            let span = local.tokens.span(tokens.clone());
            let words = local.tokens.list[tokens.clone()]
                .iter()
                .filter(|t| matches!(t.kind, TokenKind::Word | TokenKind::Number))
                .count();
            regions.push(Region {
                tokens,
                span,
                inner: span,
                words,
                opened: false,
                closed: false,
                runs_on: false,
            });
        }
    }
    regions
}

/// The region of a pair that has both its marks.
pub(super) fn region_of(local: &Local, pair: &Pair) -> Region {
    let tokens = local.tokens.inside(pair.span);
    let words = local.tokens.list[tokens.clone()]
        .iter()
        .filter(|t| matches!(t.kind, TokenKind::Word | TokenKind::Number))
        .count();
    Region {
        tokens,
        span: pair.span,
        inner: Span {
            start: pair.open.map_or(pair.span.start, |m| m.end),
            end: pair.close.map_or(pair.span.end, |m| m.start),
        },
        words,
        opened: true,
        closed: true,
        runs_on: false,
    }
}

/// Where a quotation that is never closed ends when its sentence names a speaker behind a comma ("“We are
/// not leaving, Hartmann said."): behind that comma. A byte of the block.
pub(super) fn cut_unclosed(local: &Local, pair: &Pair) -> Option<u32> {
    let tokens = local.tokens.inside(pair.span);
    let first = local.sentences.get(local.sentence_of(tokens.start))?;
    let end = first.end.min(tokens.end);
    let comma = (tokens.start + 1..end)
        .rev()
        .find(|i| local.tokens.fold(*i) == ",")?;
    let tail = comma + 1..end;
    let cue = tail.clone().find(|i| {
        cue::verb(local.tokens.fold(*i))
            .is_some_and(|v| v.classes.has(Classes::SPEECH) && !v.classes.has(Classes::WEAK))
    })?;
    let other_verb = tail
        .clone()
        .any(|i| i != cue && local.tokens.list[i].tag.is_finite());
    let starts = local.tokens.list.get(comma + 1)?;
    let named = matches!(starts.shape, Shape::Capital | Shape::AllCaps)
        || cue::classes(local.tokens.fold(comma + 1)).has(Classes::PERSONAL)
        || starts.tag == Tag::Det
        || comma + 1 == cue;
    (tail.len() <= 12 && named && !other_verb).then(|| local.tokens.list[comma].span.end)
}
