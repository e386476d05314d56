//! The cheapest reading of all marks of a block: a beam search over what each mark may be. The state is the
//! stack of quotations open at that point; two readings that agree on it are one from there on, so the
//! cheaper one stands for both.

use super::{
    Family, Pair,
    mark::{Glyph, Mark, NEVER, is_single},
};
use crate::base::order::Order;
use crate::base::{span::Span, work};

/// Deepest nesting of quotations.
const MAX_DEPTH: usize = 4;
/// Number of readings kept.
const BEAM: usize = 10;
/// Readings that cost so much more than the best one are dropped (tenths of a nat).
const PRUNE: i32 = 100;
/// Cost of a closer without an opener.
const STRAY: i32 = 40;
/// Cost of each quotation left open inside another one, beside its own.
const LEFT_INSIDE: i32 = 5;
/// Cost of a quotation inside one with the same marks.
const SAME_MARKS: i32 = 25;
/// Readings are told apart no longer than so many steps; then the best one stands.
const MAX_LINKS: usize = 1 << 16;
const NO_STEP: u32 = u32::MAX;

/// What becomes of one mark.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Step {
    /// It is no quotation mark.
    Skip,
    /// It opens, after so many open quotations are given up as never closed.
    Open { give_up: u8 },
    /// It closes, after so many inner quotations are given up as never closed.
    Close { give_up: u8 },
    /// It closes and was never opened.
    Stray,
}

/// A step, and the one before it in the same reading.
#[derive(Clone, Copy, Debug)]
struct Link {
    before: u32,
    step: Step,
}

/// A reading of the marks so far.
#[derive(Clone, Copy, Debug)]
struct Reading {
    cost: i32,
    /// Indices of the marks that are open.
    stack: [u32; MAX_DEPTH],
    depth: usize,
    last: u32,
}

impl Reading {
    fn open(&self) -> &[u32] {
        &self.stack[..self.depth]
    }
}

/// Pairs the marks of `text`.
pub(super) fn pair(text: &str, marks: &[Mark]) -> Vec<Pair> {
    if marks.is_empty() {
        return Vec::new();
    }
    replay(text, marks, &search(marks))
}

fn search(marks: &[Mark]) -> Vec<Step> {
    let mut steps = vec![Step::Skip; marks.len()];
    let mut done = 0;
    let mut links: Vec<Link> = Vec::new();
    let mut beam = vec![Reading {
        cost: 0,
        stack: [0; MAX_DEPTH],
        depth: 0,
        last: NO_STEP,
    }];
    let mut next: Vec<(Reading, Step)> = Vec::new();
    for (i, mark) in marks.iter().enumerate() {
        next.clear();
        let mut best = i32::MAX;
        for reading in &beam {
            expand(marks, i as u32, mark, reading, &mut best, &mut next);
        }
        next.order_by_key(|n| n.0.cost);
        next.truncate(BEAM);
        let bound = next.first().map_or(0, |n| n.0.cost) + PRUNE;
        beam.clear();
        for (reading, step) in next.iter().filter(|n| n.0.cost <= bound) {
            links.push(Link {
                before: reading.last,
                step: *step,
            });
            beam.push(Reading {
                last: links.len() as u32 - 1,
                ..*reading
            });
        }
        if links.len() > MAX_LINKS {
            beam.truncate(1);
        }
        if let [only] = &mut beam[..] {
            // All that could still be read otherwise is ahead; settle what lies behind.
            settle(&links, only.last, &mut steps[done..=i]);
            done = i + 1;
            links.clear();
            only.last = NO_STEP;
            only.cost = 0;
        }
    }
    let at_end = |r: &Reading| {
        let open = r.open().iter().map(|&m| i32::from(marks[m as usize].unclosed));
        r.cost + open.sum::<i32>() + LEFT_INSIDE * (r.depth as i32 - 1).max(0)
    };
    if let Some(best) = beam.iter().min_by_key(|r| at_end(r)) {
        settle(&links, best.last, &mut steps[done..]);
    }
    steps
}

/// Adds to `next` each way of reading mark number `i` after `reading`.
fn expand(
    marks: &[Mark],
    i: u32,
    mark: &Mark,
    reading: &Reading,
    best: &mut i32,
    next: &mut Vec<(Reading, Step)>,
) {
    let mut add = |cost: i32, depth: usize, push: bool, step: Step| {
        work::step();
        let cost = reading.cost + cost;
        if cost > best.saturating_add(PRUNE) {
            return;
        }
        *best = (*best).min(cost);
        let mut new = *reading;
        new.cost = cost;
        new.depth = depth;
        if push {
            new.stack[depth] = i;
            new.depth += 1;
        }
        match next.iter_mut().find(|n| n.0.open() == new.open()) {
            Some(old) if old.0.cost <= cost => {}
            Some(old) => *old = (new, step),
            None => next.push((new, step)),
        }
    };
    let depth = reading.depth;
    // What it costs to leave the innermost quotations open for ever.
    let mut left = 0;
    for give_up in 0..=depth {
        let around = depth - give_up;
        let top = around.checked_sub(1).map(|d| &marks[reading.stack[d] as usize]);
        if around < MAX_DEPTH {
            let nested = top.map_or(0, |top| nesting(top.glyph, mark.glyph));
            // A quotation within the one that is open is likelier than one after it, if the marks differ.
            let fits = give_up > 0 && {
                let inner = &marks[reading.stack[around] as usize];
                nesting(inner.glyph, mark.glyph) < SAME_MARKS
            };
            let cost = i32::from(mark.open) + nested + left + if fits { SAME_MARKS } else { 0 };
            add(
                cost,
                around,
                true,
                Step::Open {
                    give_up: give_up as u8,
                },
            );
        }
        if let Some(top) = top {
            let cost = i32::from(mark.close) + matching(top, mark) + left + LEFT_INSIDE * give_up as i32;
            add(
                cost,
                around - 1,
                false,
                Step::Close {
                    give_up: give_up as u8,
                },
            );
            left += i32::from(top.unclosed);
        }
    }
    add(i32::from(mark.close) + STRAY, depth, false, Step::Stray);
    // A mark that fits nowhere is better passed over than made to fit.
    let none = if mark.none >= NEVER { 70 } else { mark.none };
    add(i32::from(none), depth, false, Step::Skip);
}

fn settle(links: &[Link], mut last: u32, steps: &mut [Step]) {
    for step in steps.iter_mut().rev() {
        work::step();
        let Some(link) = links.get(last as usize) else {
            return;
        };
        *step = link.step;
        last = link.before;
    }
}

fn style(glyph: Glyph) -> u8 {
    match glyph {
        Glyph::LeftDouble | Glyph::RightDouble => 0,
        Glyph::LeftSingle | Glyph::RightSingle => 1,
        Glyph::Double => 2,
        Glyph::Single => 3,
        Glyph::LeftGuillemet | Glyph::RightGuillemet => 4,
        Glyph::LowDouble => 5,
        Glyph::LowSingle => 6,
        Glyph::Backticks | Glyph::Ticks => 7,
        Glyph::LeftPair | Glyph::RightPair => 8,
    }
}

/// What it costs to open `inner` inside `outer`.
fn nesting(outer: Glyph, inner: Glyph) -> i32 {
    match (is_single(outer), is_single(inner)) {
        (false, true) | (true, false) => 1,
        _ if style(outer) == style(inner) => SAME_MARKS,
        _ if style(outer) == 4 || style(inner) == 4 => 5,
        _ => 15,
    }
}

/// What it costs to close `open` with `close`, beside what the closer costs by itself.
fn matching(open: &Mark, close: &Mark) -> i32 {
    use Glyph::{
        Backticks, Double, LeftDouble, LeftGuillemet, LeftPair, LeftSingle, LowDouble, LowSingle,
        RightDouble, RightGuillemet, RightPair, RightSingle, Single, Ticks,
    };
    let escape = if open.escaped == close.escaped { 0 } else { 10 };
    escape
        + match (open.glyph, close.glyph) {
            // “ and ‘ are the right closers here; take back what they cost as closers elsewhere.
            (LowDouble, LeftDouble) | (LowSingle, LeftSingle) => -30,
            (LeftDouble | RightDouble, RightDouble)
            | (LeftSingle | RightSingle, RightSingle)
            | (RightDouble, LeftDouble)
            | (RightSingle, LeftSingle)
            | (Double, Double)
            | (Single, Single)
            | (LeftGuillemet, RightGuillemet)
            | (RightGuillemet, LeftGuillemet)
            | (Backticks | Ticks, Ticks)
            | (LeftPair, RightPair) => 0,
            (LowDouble, RightDouble) | (LowSingle, RightSingle) => 2,
            (LeftDouble, LeftDouble) | (LeftSingle, LeftSingle) | (RightGuillemet, RightGuillemet) => 5,
            (Backticks | Ticks | LeftPair, Double | RightDouble | RightPair | Ticks)
            | (LowDouble, Double) => 10,
            (a, b) if is_single(a) && is_single(b) => 18,
            (a, b) if is_single(a) != is_single(b) => 45,
            (LeftGuillemet | RightGuillemet, _) | (_, LeftGuillemet | RightGuillemet) => 35,
            _ => 20,
        }
}

fn family(open: &Mark, close: &Mark) -> Family {
    if open.escaped && close.escaped {
        return Family::Escaped;
    }
    match (style(open.glyph), style(close.glyph)) {
        (5, 0) | (6, 1) => Family::German,
        (a, b) if a == b && open.escaped == close.escaped => lone_family(open),
        _ => Family::Mixed,
    }
}

fn lone_family(mark: &Mark) -> Family {
    if mark.escaped {
        return Family::Escaped;
    }
    match style(mark.glyph) {
        0 => Family::CurlyDouble,
        1 => Family::CurlySingle,
        2 => Family::StraightDouble,
        3 => Family::StraightSingle,
        4 => Family::Guillemet,
        5 | 6 => Family::German,
        _ => Family::Latex,
    }
}

/// Builds the pairs that the steps describe.
fn replay(text: &str, marks: &[Mark], steps: &[Step]) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = Vec::with_capacity(marks.len() / 2 + 1);
    // Indices of the pairs that are open, and the marks that opened them.
    let mut stack: Vec<(usize, usize)> = Vec::with_capacity(MAX_DEPTH);
    // For each level, where the next stray closer of that level may reach back to.
    let mut free = [0_u32; MAX_DEPTH + 1];
    let trimmed = |end: u32, start: u32| {
        let inner = text.get(start as usize..end as usize).unwrap_or("");
        start + inner.trim_end().len() as u32
    };
    for (i, (mark, step)) in marks.iter().zip(steps).enumerate() {
        let give_up = match step {
            Step::Open { give_up } | Step::Close { give_up } => *give_up,
            Step::Skip | Step::Stray => 0,
        };
        for _ in 0..give_up {
            if let Some((p, _)) = stack.pop() {
                pairs[p].span.end = trimmed(mark.span.start, pairs[p].span.start);
                free[stack.len()] = pairs[p].span.end;
            }
        }
        match step {
            Step::Skip => {}
            Step::Open { .. } => {
                let level = stack.len();
                stack.push((pairs.len(), i));
                free[stack.len().min(MAX_DEPTH)] = mark.span.end;
                pairs.push(Pair {
                    span: mark.span,
                    open: Some(mark.span),
                    close: None,
                    level: level as u8,
                    family: lone_family(mark),
                });
            }
            Step::Close { .. } => {
                if let Some((p, opener)) = stack.pop() {
                    pairs[p].span.end = mark.span.end;
                    pairs[p].close = Some(mark.span);
                    pairs[p].family = family(&marks[opener], mark);
                    free[stack.len()] = mark.span.end;
                }
            }
            Step::Stray => {
                let level = stack.len();
                let back = free[level.min(MAX_DEPTH)];
                let skipped = text
                    .get(back as usize..mark.span.start as usize)
                    .map_or(0, |t| t.len() - t.trim_start().len());
                pairs.push(Pair {
                    span: Span {
                        start: back + skipped as u32,
                        end: mark.span.end,
                    },
                    open: None,
                    close: Some(mark.span),
                    level: level as u8,
                    family: lone_family(mark),
                });
                free[level.min(MAX_DEPTH)] = mark.span.end;
            }
        }
    }
    while let Some((p, _)) = stack.pop() {
        pairs[p].span.end = trimmed(text.len() as u32, pairs[p].span.start);
    }
    pairs
}
