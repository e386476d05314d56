//! Quotations of headlines and crossheads, traced to the words of the body that they are taken from.
//!
//! A headline need not name the speaker when the text below does. A crosshead's marks quote only when its
//! words stand in a quotation below.

use std::cell::OnceCell;

use rustc_hash::FxHashMap;

use crate::{
    base::{order::Order, span::DocSpan, word::TokenKind, work},
    semantic::{
        article::{Aside, AsideKind, Attribution, Evidence, Quote, QuoteKind},
        aside::told,
        cue,
        doc::{Doc, Draft, Phrase},
        interview::Interview,
        quote::Found,
    },
    syntax::{block::Zone, token::Shape},
};

/// How many reports of the body are looked through for the words of one headline or crosshead, on either
/// side: more than an article has, and a bound on the work in a file that holds thousands.
const REACH: usize = 100;

/// How many content words of a claim in a headline must stand in one report of the body, as a share.
const CLAIM_SHARE: f32 = 0.5;

/// How many names, titles and terms are remembered for the rest of the article.
const KINDS: usize = 200;

/// How far before words in marks it is looked for whom they describe, in bytes.
const BEFORE: usize = 8;

/// Most words of the quotation below from which a headline takes a single word.
const BRIEF: usize = 8;

/// Gives headline and crosshead quotations without a speaker that of the body's report with the same words.
pub(super) fn settle(doc: &Doc<'_>, found: &mut Found, interview: Option<&Interview>) {
    let zones = Zones(doc.blocks.iter().map(|b| (b.span, b.zone)).collect());
    share_kinds(doc, found, &|span| zones.outside(span));
    let untold = |d: &Draft| (d.source.is_none() || by_colon(doc, d)) && zones.outside(first_of(d));
    if !found.asides.iter().any(|a| zones.outside(a.span)) && !found.drafts.iter().any(untold) {
        return;
    }
    let reports = Reports::new(doc, &zones, &found.drafts);
    let mut made = Vec::new();
    found.asides.retain(|aside: &Aside| {
        let at = match (zones.of(aside.span), aside.kind) {
            (Zone::Crosshead, _) => reports.exact(aside.span),
            (Zone::Headline, AsideKind::Scare) => {
                let words = words(doc, aside.span).iter().filter(|w| is_content(w)).count();
                let claim = || reports.claim(aside.span).filter(|_| words >= 2);
                reports.exact(aside.span).or_else(claim)
            }
            _ => None,
        };
        let Some((i, at)) = at else {
            return true;
        };
        made.push(traced(doc, &found.drafts[i], aside.span, at));
        false
    });
    for d in 0..found.drafts.len() {
        let draft = &found.drafts[d];
        let span = first_of(draft);
        if !zones.outside(span) {
            continue;
        }
        if draft.source.is_some() {
            // "“…”: Mayor tires of waiting", "Coast votes: “…”": whoever says these very words below knows better than a
            // colon.
            let [marked] = draft.quote.marked[..] else {
                continue;
            };
            let below = by_colon(doc, draft).then(|| reports.exact(marked)).flatten();
            let other = below.filter(|(i, _)| !shares_name(doc, &found.drafts[*i], draft));
            if let Some((i, at)) = other.filter(|_| words(doc, marked).len() > 2) {
                found.drafts[d] = traced(doc, &found.drafts[i], marked, at);
            }
            continue;
        }
        let marked = draft.quote.marked.first().copied().unwrap_or(span);
        let headline = zones.of(span) == Zone::Headline;
        if let Some((i, at)) = reports.exact(marked).or_else(|| reports.claim(marked)) {
            found.drafts[d] = traced(doc, &found.drafts[i], marked, at);
        } else if let Some(interview) = interview.filter(|i| headline && i.is_answered()) {
            // "‘I never learned to swim’" over an interview: whoever answers below.
            found.drafts[d] = interview.headline(doc, marked);
        } else if let Some(i) = answers(doc, &found.drafts).filter(|_| headline) {
            let at = first_of(&found.drafts[i]);
            found.drafts[d] = traced(doc, &found.drafts[i], marked, at);
            found.drafts[d].quote.evidence[0].reason = "whoever answers the questions below".into();
        } else if headline {
            // A reader of the whole article never learns who said it.
            // "The potter who ‘threw the sea’": words that describe somebody, and no claim of anybody's.
            let start = marked.start as usize;
            let before = words(doc, DocSpan::new(start.saturating_sub(BEFORE), start));
            let describes = matches!(before.last(), Some(&"who" | &"which"));
            let said = words(doc, marked);
            // "‘I never wanted a voice’" and nothing else heads an article about whoever says so.
            let own = said
                .iter()
                .any(|w| matches!(*w, "i" | "i'm" | "i've" | "i'd" | "my" | "me"));
            let heads = before.is_empty() && own;
            found.drafts[d].quote.needs_source = said.len() >= 4 && !describes && !heads;
        }
    }
    found.drafts.extend(made);
}

/// The first answer of an interview whose turns are labeled with letters.
fn answers(doc: &Doc<'_>, drafts: &[Draft]) -> Option<usize> {
    let answer = |d: &Draft| {
        let source = d.source.as_ref().filter(|s| s.tokens.len() == 1);
        source.is_some_and(|s| {
            let (block, local) = doc.block(s.block);
            block.zone == Zone::Transcript
                && s.tokens.start == 0
                && matches!(local.tokens.fold(0), "a" | "answer")
        })
    };
    drafts.iter().position(answer)
}

/// Where the first words of a quotation stand.
fn first_of(draft: &Draft) -> DocSpan {
    draft.quote.spans.first().copied().unwrap_or_default()
}

/// What each part of the text is.
struct Zones(Vec<(DocSpan, Zone)>);

impl Zones {
    fn of(&self, span: DocSpan) -> Zone {
        let i = self.0.partition_point(|(s, _)| s.end <= span.start);
        self.0.get(i).map_or(Zone::Body, |z| z.1)
    }

    /// Whether it stands over the text and not in it.
    fn outside(&self, span: DocSpan) -> bool {
        matches!(self.of(span), Zone::Headline | Zone::Crosshead)
    }
}

/// What is reported in the body, and where it may be said again over it.
struct Reports<'d, 'a> {
    doc: &'d Doc<'a>,
    zones: &'d Zones,
    /// Index of the draft, and one of its spans; in text order.
    list: Vec<(usize, DocSpan)>,
    /// The words of each, when they are first asked for.
    said: Vec<OnceCell<Vec<&'a str>>>,
}

impl<'d, 'a> Reports<'d, 'a> {
    fn new(doc: &'d Doc<'a>, zones: &'d Zones, drafts: &[Draft]) -> Self {
        let reported = |d: &Draft| d.source.is_some() && !zones.outside(first_of(d));
        let drafts = drafts.iter().enumerate().filter(|(_, d)| reported(d));
        let spans = drafts.flat_map(|(i, d)| {
            let spans = if d.quote.marked.is_empty() {
                &d.quote.spans
            } else {
                &d.quote.marked
            };
            spans.iter().map(move |s| (i, *s))
        });
        let mut list: Vec<_> = spans.collect();
        list.order_by_key(|r| r.1.start);
        Self {
            doc,
            zones,
            said: vec![OnceCell::new(); list.len()],
            list,
        }
    }

    fn said(&self, r: usize) -> &[&'a str] {
        self.said[r].get_or_init(|| words(self.doc, self.list[r].1))
    }

    /// The first report behind `span`.
    fn first_after(&self, span: DocSpan) -> usize {
        self.list.partition_point(|r| r.1.start <= span.start)
    }

    /// The report that has these very words.
    fn exact(&self, span: DocSpan) -> Option<(usize, DocSpan)> {
        let wanted = words(self.doc, span);
        let crosshead = self.zones.of(span) == Zone::Crosshead;
        let after = self.first_after(span);
        // The text below first: that is what a headline or crosshead stands over.
        let below = (after..self.list.len()).take(REACH);
        below
            .chain((0..after).rev().take(REACH))
            .inspect(|_| work::step())
            .find(|&r| {
                let said = self.said(r);
                contains(said, &wanted) && (wanted.len() > 1 || crosshead || said.len() <= BRIEF)
            })
            .map(|r| self.list[r])
    }

    /// The report of a claim that the headline puts in other words.
    fn claim(&self, span: DocSpan) -> Option<(usize, DocSpan)> {
        let mut wanted = words(self.doc, span);
        wanted.retain(|w| is_content(w));
        let after = self.first_after(span);
        let mut best: Option<(f32, usize)> = None;
        for r in (after.saturating_sub(REACH)..self.list.len()).take(2 * REACH) {
            work::step();
            let said = self.said(r);
            let held = wanted.iter().filter(|w| said.contains(w)).count();
            let share = held as f32 / wanted.len().max(1) as f32;
            if share >= CLAIM_SHARE && !wanted.is_empty() && best.is_none_or(|b| b.0 < share) {
                best = Some((share, r));
            }
        }
        best.map(|(_, r)| self.list[r])
    }
}

/// What is a name, a title or a term in one place of the article is so everywhere: in the headline too, where
/// nothing around it says so.
fn share_kinds(doc: &Doc<'_>, found: &mut Found, outside: &impl Fn(DocSpan) -> bool) {
    let settled = |a: &Aside| {
        matches!(
            a.kind,
            AsideKind::Name | AsideKind::Nickname | AsideKind::Title | AsideKind::Term
        ) && !outside(a.span)
    };
    let mut kinds: FxHashMap<Vec<&str>, AsideKind> = FxHashMap::default();
    for aside in found.asides.iter().filter(|a| settled(a)).take(KINDS) {
        kinds.entry(words(doc, aside.span)).or_insert(aside.kind);
    }
    if kinds.is_empty() {
        return;
    }
    for aside in &mut found.asides {
        if (outside(aside.span) || aside.kind == AsideKind::Scare)
            && let Some(kind) = kinds.get(&words(doc, aside.span))
        {
            aside.kind = *kind;
        }
    }
    // A quotation of the headline that has no speaker of its own and is a name below.
    let mut made = Vec::new();
    found.drafts.retain(|d| {
        let [span] = d.quote.marked[..] else { return true };
        let own = !d.quote.cue.is_empty() || !outside(span);
        let kind = (!own).then(|| kinds.get(&words(doc, span))).flatten();
        if let Some(kind) = kind {
            made.push(told(span, *kind));
        }
        kind.is_none()
    });
    found.asides.extend(made);
}

fn traced(doc: &Doc<'_>, body: &Draft, span: DocSpan, at: DocSpan) -> Draft {
    Draft {
        quote: Quote {
            kind: if stands_apart(doc, span) {
                QuoteKind::Direct
            } else {
                QuoteKind::Mixed
            },
            spans: vec![span],
            marked: vec![span],
            cue: Vec::new(),
            source: body.quote.source.clone(),
            speaker: None,
            rival: None,
            attribution: Attribution::Continued,
            confidence: body.quote.confidence.min(0.8),
            evidence: vec![Evidence {
                reason: "the same words stand in the text below".into(),
                at: Some(at),
            }],
            needs_source: false,
        },
        source: body.source.clone(),
        antecedent: body.antecedent.clone(),
        rival: None,
    }
}

/// Whether only a colon gives a quotation its source.
fn by_colon(doc: &Doc<'_>, draft: &Draft) -> bool {
    draft.quote.cue.iter().all(|c| c.text(doc.text) == ":")
}

/// Whether the source phrases of two drafts have a name in common.
fn shares_name(doc: &Doc<'_>, a: &Draft, b: &Draft) -> bool {
    let (Some(a), Some(b)) = (&a.source, &b.source) else {
        return false;
    };
    let of = |p: &Phrase, i: usize| doc.block(p.block).1.tokens.fold(i);
    a.tokens.clone().any(|i| {
        let word = of(a, i);
        let capital = doc.block(a.block).1.tokens.list[i].shape != Shape::Lower;
        capital && word.len() > 2 && b.tokens.clone().any(|k| of(b, k) == word)
    })
}

/// Whether a quotation is all of its line, or parted from the rest by a colon: "‘…’: what the mayor wants".
fn stands_apart(doc: &Doc<'_>, span: DocSpan) -> bool {
    let blocks = doc.blocks;
    let b = blocks.partition_point(|b| b.span.end <= span.start);
    let Some(block) = blocks.get(b) else { return false };
    let line = block.span.text(doc.text);
    let at = block.within(span);
    let before = line.get(..at.start as usize).unwrap_or("").trim_end();
    let behind = line.get(at.end as usize..).unwrap_or("").trim_start();
    (before.is_empty() || before.ends_with(':')) && (behind.is_empty() || behind.starts_with(':'))
}

/// The folded words of a span, without punctuation.
fn words<'a>(doc: &Doc<'a>, span: DocSpan) -> Vec<&'a str> {
    let blocks = doc.blocks;
    let first = blocks.partition_point(|b| b.span.end <= span.start);
    let mut words = Vec::new();
    for (block, local) in blocks.iter().zip(doc.locals).skip(first) {
        if block.span.start >= span.end {
            break;
        }
        for i in local.tokens.inside(block.within(span)) {
            if local.tokens.list[i].kind != TokenKind::Punct {
                words.push(local.tokens.fold(i));
            }
        }
    }
    words
}

fn contains(words: &[&str], wanted: &[&str]) -> bool {
    let Some((first, rest)) = wanted.split_first() else {
        return false;
    };
    let mut from = words;
    while let Some(at) = from.iter().position(|w| w == first) {
        from = &from[at + 1..];
        if from.starts_with(rest) {
            return true;
        }
    }
    false
}

fn is_content(word: &str) -> bool {
    const CLOSED: cue::Classes = cue::Classes::PERSONAL
        .and(cue::Classes::OBJECT)
        .and(cue::Classes::POSSESSIVE)
        .and(cue::Classes::BE)
        .and(cue::Classes::HAVE)
        .and(cue::Classes::MODAL)
        .and(cue::Classes::SUBORDINATOR)
        .and(cue::Classes::COORDINATOR)
        .and(cue::Classes::ATTACH);
    word.len() > 2
        && !matches!(word, "the" | "and" | "this" | "that" | "these" | "those")
        && !cue::classes(word).has(CLOSED)
}
