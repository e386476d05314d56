//! The article of a revision out of that of the one before it, without the global stages: most keystrokes change
//! nothing that those have read.
//!
//! The stages leave notes of what they read ([`crate::base::reads`]). If a paragraph was edited and each token that
//! was looked at is still what it was, they would come to the same conclusions; only the places have moved.

use std::{ops::Range, sync::Arc};

use rustc_hash::FxHashSet;

use crate::{
    base::{
        date::Date,
        span::{DocSpan, Span},
    },
    semantic::{
        article::{Article, Aside, DateSource, Evidence, LoneMark, Mention, Quote},
        assemble::{self, Carried, Given},
        local::Local,
        parts::{self, Part},
    },
    syntax::{
        block::{Block, Layout},
        quote_mark::Pair,
        token::Token,
    },
};

/// Into so many stretches the edits may divide a part; with more the stages run.
const FEW: usize = 16;

/// The article of the text of `given`, if what the stages have read for `former`, or for a part of it, is still there; then
/// that, `layout` and `locals` are used up; it is copied only if somebody else holds it, or if it should be kept because
/// stages ran. An article of another knowledge base must not be given.
pub(super) fn again(
    former: &mut Option<Arc<Article>>,
    given: &Given<'_>,
    layout: &mut Layout,
    locals: &mut Vec<Arc<Local>>,
    (date, keep): (Option<(Date, DateSource)>, bool),
) -> Option<Carried> {
    let old = former.as_ref()?;
    if old.date != date || old.front_matter_is_other(layout) {
        return None;
    }
    let old_text = old.text.clone();
    let ranges = parts::cut(given.text, &layout.blocks, locals, given.context.whole);
    let old_ranges = ranges_of(&old.parts);
    let moves = |i: usize, k: usize| {
        let was = Stand::of(&old_text, &old.layout, &old.locals, &old_ranges[i]);
        let is = Stand::of(given.text, layout, locals, &ranges[k]);
        Moves::new(was, is, &old.parts[i].firsts)
    };
    let (n_old, n_new) = (old_ranges.len(), ranges.len());
    // A text that is one keeps nothing of it as a part.
    if (n_old == 1) != (n_new == 1) {
        return None;
    }
    let most = n_old.min(n_new);
    let first: Vec<Moves<'_>> = (0..most).map_while(|i| moves(i, i)).collect();
    let last = (1..=most - first.len()).map_while(|i| moves(n_old - i, n_new - i));
    let mut last: Vec<Moves<'_>> = last.collect();
    last.reverse();
    let (of_old, of_new) = (first.len()..n_old - last.len(), first.len()..n_new - last.len());
    let runs = !of_old.is_empty() || !of_new.is_empty();
    if runs && first.len() + last.len() == 0 {
        return None;
    }
    let reads = match of_new.is_empty() {
        true => Vec::new(),
        false => {
            let (blocks, date) = (&layout.blocks, date.map(|d| d.0));
            assemble::read(given, blocks, locals, date, &ranges[of_new.clone()])?
        }
    };
    let mut article = match keep && runs {
        true => Article::clone(old),
        false => Arc::try_unwrap(former.take()?).unwrap_or_else(|shared| (*shared).clone()),
    };
    let kept = (0..).zip(&first).chain((of_old.end..).zip(&last));
    article.moved(kept)?;
    article.text = given.text.clone();
    article.layout = std::mem::take(layout);
    article.locals = std::mem::take(locals);
    if !runs {
        return Some(Carried::Whole(Box::new(article)));
    }
    article.fill(of_old, &ranges[of_new.clone()], reads);
    Some(Carried::Partly(Box::new(article), of_new))
}

/// The blocks of each part.
fn ranges_of(parts: &[Part]) -> Vec<Range<usize>> {
    let ends = parts.iter().scan(0, |end, part| {
        let start = *end;
        *end += part.n_blocks;
        Some(start..*end)
    });
    ends.collect()
}

impl Article {
    fn front_matter_is_other(&self, layout: &Layout) -> bool {
        self.layout.front_matter.is_some() != layout.front_matter.is_some()
    }

    /// Moves what stands in these parts.
    fn moved<'a>(&mut self, kept: impl Iterator<Item = (usize, &'a Moves<'a>)>) -> Option<()> {
        for (i, moves) in kept.filter(|(_, moves)| !moves.is_idle()) {
            let place = |n: fn(&Part) -> usize| {
                let from = self.parts[..i].iter().map(n).sum::<usize>();
                from..from + n(&self.parts[i])
            };
            moves.mentions(&mut self.mentions[place(|p| p.n_mentions)])?;
            moves.quotes(&mut self.quotes[place(|p| p.n_quotes)])?;
            for Aside { span, evidence, .. } in &mut self.asides[place(|p| p.n_asides)] {
                moves.span(span)?;
                moves.evidence(evidence)?;
            }
            for LoneMark { span, .. } in &mut self.lone_marks[place(|p| p.n_lone_marks)] {
                moves.span(span)?;
            }
        }
        Some(())
    }
}

/// The blocks of a part, before an edit or after it.
#[derive(Clone, Copy)]
struct Stand<'a, 'l> {
    text: &'a str,
    blocks: &'l [Block],
    locals: &'l [Arc<Local>],
}

impl<'a, 'l> Stand<'a, 'l> {
    fn of(text: &'a str, layout: &'l Layout, locals: &'l [Arc<Local>], range: &Range<usize>) -> Self {
        Self {
            text,
            blocks: &layout.blocks[range.clone()],
            locals: &locals[range.clone()],
        }
    }
}

/// Where each place of the former text is now.
struct Moves<'a>(Vec<Stretch<'a>>);

/// A part of the former text that moved as one, or a paragraph that was edited.
struct Stretch<'a> {
    /// Its first byte in the former text. It reaches to the next one's.
    from: u32,
    /// Where that byte is now.
    to: u32,
    edited: Option<Edited<'a>>,
}

/// A paragraph whose text has changed.
struct Edited<'a> {
    old: Side<'a>,
    new: Side<'a>,
}

/// What it was or is.
struct Side<'a> {
    text: &'a str,
    local: Arc<Local>,
}

impl Side<'_> {
    fn tokens(&self) -> &[Token] {
        self.local.tokens.list.unnoted()
    }

    /// What stands before token `i`, or behind the last one.
    fn gap(&self, i: usize) -> Option<&str> {
        let tokens = self.tokens();
        let start = i.checked_sub(1).map_or(0, |i| tokens[i].span.end as usize);
        let end = tokens.get(i).map_or(self.text.len(), |t| t.span.start as usize);
        self.text.get(start..end)
    }
}

impl<'a> Moves<'a> {
    /// How a part has moved; `None` if something of it has changed that the stages read. `firsts` is that of the part.
    fn new(old: Stand<'a, '_>, new: Stand<'a, '_>, firsts: &FxHashSet<Box<str>>) -> Option<Self> {
        if old.blocks.len() != new.blocks.len() {
            return None;
        }
        let mut stretches: Vec<Stretch<'a>> = vec![Stretch {
            from: 0,
            to: 0,
            edited: None,
        }];
        let blocks = old.blocks.iter().zip(new.blocks);
        for ((was, is), (old_local, new_local)) in blocks.zip(old.locals.iter().zip(new.locals)) {
            let (from, to) = (was.span.start, is.span.start);
            let same = was.is_like(is)
                && (Arc::ptr_eq(old_local, new_local)
                    // Analyzed a second time: whoever has read the one has read the other.
                    || was.span.len() == is.span.len()
                        && was.span.text(old.text) == is.span.text(new.text)
                        && new_local.tokens.noted_like(&old_local.tokens));
            if same {
                let last = stretches.last()?;
                if last.edited.is_some() || to.wrapping_sub(last.to) != from.wrapping_sub(last.from) {
                    if stretches.len() >= FEW {
                        return None;
                    }
                    stretches.push(Stretch {
                        from,
                        to,
                        edited: None,
                    });
                }
                continue;
            }
            let edited = Edited {
                old: Side {
                    text: was.span.text(old.text),
                    local: old_local.clone(),
                },
                new: Side {
                    text: is.span.text(new.text),
                    local: new_local.clone(),
                },
            };
            if stretches.len() >= FEW || !edited.keeps((was, old.locals), (is, new.locals), firsts) {
                return None;
            }
            stretches.push(Stretch {
                from,
                to,
                edited: Some(edited),
            });
        }
        Some(Self(stretches))
    }

    /// Whether nothing has moved.
    fn is_idle(&self) -> bool {
        self.0.iter().all(|s| s.from == s.to && s.edited.is_none())
    }

    fn mentions(&self, mentions: &mut [Mention]) -> Option<()> {
        for Mention { span, evidence, .. } in mentions {
            self.span(span)?;
            self.evidence(evidence)?;
        }
        Some(())
    }

    fn quotes(&self, quotes: &mut [Quote]) -> Option<()> {
        for quote in quotes {
            let Quote {
                spans,
                marked,
                cue,
                source,
                evidence,
                ..
            } = quote;
            for span in [spans, marked, cue, source].into_iter().flatten() {
                self.span(span)?;
            }
            evidence.iter_mut().try_for_each(|e| self.evidence(e))?;
        }
        Some(())
    }

    fn evidence(&self, evidence: &mut Evidence) -> Option<()> {
        evidence.at.as_mut().map_or(Some(()), |at| self.span(at))
    }

    fn span(&self, span: &mut DocSpan) -> Option<()> {
        let start = self.place(
            self.0.iter().rposition(|s| s.from <= span.start)?,
            span.start,
            End::Start,
        )?;
        // What ends where the next part begins lies before it.
        let end = match span.is_empty() {
            true => start,
            false => self.place(
                self.0.iter().rposition(|s| s.from < span.end)?,
                span.end,
                End::End,
            )?,
        };
        *span = DocSpan { start, end };
        Some(())
    }

    fn place(&self, stretch: usize, at: u32, end: End) -> Option<u32> {
        let s = &self.0[stretch];
        let inside = at - s.from;
        match &s.edited {
            None => Some(s.to + inside),
            Some(edited) => Some(s.to + edited.place(inside, end)?),
        }
    }
}

/// Which end of a span a place is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Start,
    End,
}

impl Edited<'_> {
    /// Whether everything that the stages have read of the paragraph is as it was.
    fn keeps(
        &self,
        (was, old_locals): (&Block, &[Arc<Local>]),
        (is, new_locals): (&Block, &[Arc<Local>]),
        firsts: &FxHashSet<Box<str>>,
    ) -> bool {
        let (old, new) = (&self.old, &self.new);
        // That one more or one less of a word stands in small letters matters if it is the only one.
        let matters = |word: &str, all: &[Arc<Local>]| {
            firsts.contains(word) && !all.iter().any(|local| local.tokens.has_small(word))
        };
        let was_only = |word: &str| matters(word, new_locals);
        let is_only = |word: &str| matters(word, old_locals);
        self.keeps_gaps()
            && self.keeps_block(was, is)
            && self.keeps_local(&old.local, &new.local) == Some(true)
            && new
                .local
                .tokens
                .reads_like(new.text, &old.local.tokens, old.text, was_only, is_only)
    }

    /// Whether there are as many tokens and the same stands between them.
    fn keeps_gaps(&self) -> bool {
        let n = self.old.tokens().len();
        let same = |i: usize| self.old.gap(i).is_some() && self.old.gap(i) == self.new.gap(i);
        n == self.new.tokens().len() && (0..=n).all(same)
    }

    fn keeps_block(&self, was: &Block, is: &Block) -> bool {
        was.zone == is.zone
            && self.place(was.lead_end, End::End) == Some(is.lead_end)
            && was.holes.len() == is.holes.len()
            && was
                .holes
                .iter()
                .zip(&is.holes)
                .all(|(a, b)| self.span(*a) == Some(*b))
    }

    /// Whether everything but the tokens is the same; `None` if something of it stands where something was edited.
    fn keeps_local(&self, old: &Local, new: &Local) -> Option<bool> {
        let (mut speech, mut pairs) = (old.speech.clone(), old.pairs.clone());
        for Pair {
            span, open, close, ..
        } in &mut pairs
        {
            for span in [Some(span), open.as_mut(), close.as_mut()].into_iter().flatten() {
                *span = self.span(*span)?;
            }
        }
        for span in speech.spans() {
            *span = self.span(*span)?;
        }
        Some(
            old.sentences == new.sentences
                && old.sport == new.sport
                && pairs == new.pairs
                && old.candidates == new.candidates
                && speech == new.speech,
        )
    }

    fn span(&self, span: Span) -> Option<Span> {
        let start = self.place(span.start, End::Start)?;
        let end = match span.is_empty() {
            true => start,
            false => self.place(span.end, End::End)?,
        };
        Some(Span { start, end })
    }

    /// Where a place of the paragraph is now; `None` inside a word that is no longer the same.
    fn place(&self, at: u32, end: End) -> Option<u32> {
        let (old, new) = (self.old.tokens(), self.new.tokens());
        // The token that the place lies in or behind.
        let i = match end {
            End::Start => old.partition_point(|t| t.span.start <= at),
            End::End => old.partition_point(|t| t.span.start < at),
        };
        let Some(i) = i.checked_sub(1) else {
            return Some(at);
        };
        let (was, is) = (old[i].span, new[i].span);
        if at >= was.end {
            return Some(is.end + (at - was.end));
        }
        let same = at == was.start || self.old.text.get(was.range()) == self.new.text.get(is.range());
        same.then(|| is.start + (at - was.start))
    }
}
