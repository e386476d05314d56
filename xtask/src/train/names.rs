//! The name tagger: word lists, features, weights, file; and its scores.

use std::{collections::BTreeMap, fmt::Write, ops::Range};

use copydesk::syntax::{
    linear::Table,
    name_tag::{
        LANES, Model, N_LABELS, NameKind, OUTSIDE, Scratch, begin,
        features::{self, History, Sight},
        inside, may_follow,
    },
    tag::{
        self,
        features::{Keys, Mode},
        lexicon::{Case, Class, Lexicon},
    },
    token::{Tokens, tokenize},
};

use crate::{
    eval::fastest,
    train::{
        learner::{Features, Learner, Pace, Random, quantise},
        spans::Marked,
    },
};

/// How to train.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Settings {
    /// Passes over the data.
    pub(crate) epochs: usize,
    /// Buckets of eight rows.
    pub(crate) buckets: u32,
    /// Features seen less often are left out.
    pub(crate) least: u32,
    /// How fast.
    pub(crate) pace: Pace,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            epochs: 8,
            buckets: 8_000,
            least: 2,
            pace: Pace {
                rate: 0.06,
                drop: 0.3,
            },
        }
    }
}

/// Puts the words of the word lists into classes. `lists` are texts of one word a line, more columns
/// after a tab; a word's class is the set of lists that hold it.
fn word_lists(lists: &[&str]) -> Vec<u8> {
    let mut sets: BTreeMap<u64, u32> = BTreeMap::new();
    for (list, bit) in lists.iter().zip(0..) {
        for line in list.lines().filter(|l| !l.starts_with('#')) {
            let word = line.split('\t').next().unwrap_or("").trim();
            let tokens = tokenize(word, &[]);
            if tokens.len() == 1 {
                let keys = Keys::new(&tokens, 0..1, Mode::Prose);
                for (hash, _) in keys {
                    *sets.entry(hash).or_default() |= 1 << bit;
                }
            }
        }
    }
    let mut classes: Vec<u32> = sets.values().copied().collect();
    classes.sort_unstable();
    classes.dedup();
    let mut words = Vec::new();
    for (hash, set) in &sets {
        let class = classes.iter().position(|c| c == set).unwrap_or(0) as u8;
        for case in [Case::Lower, Case::Capital, Case::Upper, Case::Unsure] {
            words.push((*hash, case, class));
        }
    }
    let classes: Vec<Class> = classes
        .iter()
        .map(|&labels| Class {
            labels,
            certain: None,
        })
        .collect();
    Lexicon::write(&classes, &words)
}

/// A sentence ready to learn from.
struct Example {
    sight: Sight,
    gold: Vec<u8>,
}

/// Tags a text and lays the names over its tokens.
fn prepare(marked: &Marked) -> Option<(Tokens, Vec<u8>)> {
    let mut tokens = tokenize(&marked.text, &[]);
    let n = tokens.len();
    if n == 0 {
        return None;
    }
    tag::tag(&mut tokens, 0..n);
    let mut gold = vec![OUTSIDE; n];
    for (span, kind) in &marked.names {
        let covered = over(&tokens, span);
        for t in covered.clone() {
            gold[t] = if t == covered.start {
                begin(*kind)
            } else {
                inside(*kind)
            };
        }
    }
    Some((tokens, gold))
}

/// The tokens that lie over some bytes.
fn over(tokens: &Tokens, span: &Range<usize>) -> Range<usize> {
    let start = tokens.at(span.start as u32);
    let end = tokens
        .list
        .partition_point(|t| (t.span.start as usize) < span.end);
    start..end.max(start)
}

/// Trains a name tagger and returns its file.
pub(crate) fn train(
    data: &[Marked],
    lists: &[&str],
    settings: &Settings,
    mut say: impl FnMut(String),
) -> Vec<u8> {
    let list_bytes = word_lists(lists);
    let lists = Lexicon::read(&list_bytes).unwrap_or(Lexicon::EMPTY);
    let mut random = Random::new(20_260_102);
    let examples: Vec<Example> = data
        .iter()
        .filter_map(prepare)
        .map(|(tokens, gold)| {
            let mut sight = Sight::default();
            sight.look(&tokens, 0..tokens.len(), &lists);
            Example { sight, gold }
        })
        .collect();
    let mut features = Features::default();
    for example in &examples {
        let mut history = History::START;
        for (i, &gold) in example.gold.iter().enumerate() {
            if example.sight.may_be_name(i) {
                features::of(&example.sight, i, history, |h| features.count(h));
            }
            history.push(gold);
        }
    }
    let index = features.index(settings.least);
    say(format!(
        "{} sentences, {} features",
        examples.len(),
        index.hashes.len()
    ));
    let mut learner = Learner::<LANES>::new(index.hashes.len(), settings.pace);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut list = Vec::new();
    for epoch in 1..=settings.epochs {
        random.shuffle(&mut order);
        let (mut right, mut total) = (0, 0);
        for &e in &order {
            let example = &examples[e];
            let mut history = History::START;
            for (i, &gold) in example.gold.iter().enumerate() {
                let mut label = OUTSIDE;
                if example.sight.may_be_name(i) {
                    list.clear();
                    features::of(&example.sight, i, history, |h| list.extend(index.get(h)));
                    // Where a mistake to the left has made the right label impossible, it is learned all the same.
                    let allowed = may_follow(history.last) | 1 << gold;
                    label = learner.learn(&list, gold as usize, allowed) as u8;
                    total += 1;
                    right += usize::from(label == gold);
                }
                history.push(label);
            }
        }
        say(format!(
            "pass {epoch}: {:.2} %",
            right as f32 * 100.0 / total as f32
        ));
    }
    let weights = learner.average();
    let strength = |row: &[f32; LANES]| row.iter().map(|w| w * w).sum::<f32>();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by(|&a, &b| {
        let worth = |n: usize| strength(&weights[n]) * index.counts[n] as f32;
        worth(b).total_cmp(&worth(a)).then(a.cmp(&b))
    });
    let (rows, unit) = quantise(&weights, 0.0005);
    let rows: Vec<(u64, [i8; LANES])> = order.iter().map(|&n| (index.hashes[n], rows[n])).collect();
    Model::write(
        &list_bytes,
        &Table::write(settings.buckets, N_LABELS, &rows),
        unit,
    )
}

/// Exact matches of names, by kind.
pub(crate) fn report(model: &Model<'_>, name: &str, data: &[Marked]) -> String {
    let mut scratch = Scratch::default();
    let (mut right, mut found, mut wanted, mut place) = ([0; 4], [0; 4], [0; 4], 0);
    let mut typed = (0, 0);
    let mut sure = [(0, 0); 4];
    for marked in data {
        let Some((tokens, _)) = prepare(marked) else {
            continue;
        };
        let gold: Vec<(Range<usize>, NameKind)> = marked
            .names
            .iter()
            .map(|(span, kind)| (over(&tokens, span), *kind))
            .collect();
        for (span, kind) in &gold {
            wanted[*kind as usize] += 1;
            if *kind != NameKind::Other
                && let Some((guess, margin)) =
                    model.kind_of(&tokens, 0..tokens.len(), span.clone(), &mut scratch)
            {
                typed.0 += usize::from(guess == *kind);
                typed.1 += 1;
                let band = ((margin - 0.5) * 8.0).clamp(0.0, 3.0) as usize;
                sure[band].0 += usize::from(guess == *kind);
                sure[band].1 += 1;
            }
        }
        for span in model.spans(&tokens, 0..tokens.len(), &mut scratch) {
            found[span.kind as usize] += 1;
            if let Some((_, kind)) = gold.iter().find(|(g, _)| *g == span.tokens) {
                place += 1;
                right[span.kind as usize] += usize::from(*kind == span.kind);
            }
        }
    }
    let mut out = String::new();
    let f = |right: usize, found: usize, wanted: usize| {
        let (p, r) = (
            right as f64 / found.max(1) as f64,
            right as f64 / wanted.max(1) as f64,
        );
        format!(
            "P {:.1} R {:.1} F {:.1}",
            p * 100.0,
            r * 100.0,
            200.0 * p * r / (p + r).max(1e-9)
        )
    };
    let three = |counts: &[usize; 4]| counts[..3].iter().sum::<usize>();
    let _ = writeln!(
        out,
        "{name}: persons, bodies and places {}",
        f(three(&right), three(&found), three(&wanted))
    );
    for kind in NameKind::ALL {
        let k = kind as usize;
        let _ = writeln!(
            out,
            "  {kind:?}: {} ({} names)",
            f(right[k], found[k], wanted[k]),
            wanted[k]
        );
    }
    let (all_found, all_wanted): (usize, usize) = (found.iter().sum(), wanted.iter().sum());
    let _ = writeln!(
        out,
        "  boundaries of all names: {}",
        f(place, all_found, all_wanted)
    );
    let percent = |(right, all): (usize, usize)| right as f64 * 100.0 / all.max(1) as f64;
    let _ = writeln!(out, "  kind of a given name: {:.1} %", percent(typed));
    for (k, band) in sure.iter().enumerate() {
        let _ = writeln!(
            out,
            "    margin from {:.3}: {:.1} % of {}",
            0.5 + k as f64 / 8.0,
            percent(*band),
            band.1
        );
    }
    out
}

/// Tokens in a second that are searched for names, on one thread, tokens tagged already; the best of many
/// runs of small pieces.
pub(crate) fn speed(model: &Model<'_>, data: &[Marked]) -> f64 {
    let ready: Vec<Tokens> = data
        .iter()
        .filter_map(prepare)
        .map(|(tokens, _)| tokens)
        .collect();
    let mut scratch = Scratch::default();
    let (mut n, mut seconds) = (0, 0.0);
    for piece in ready.chunks(100) {
        seconds += fastest(30, || {
            for tokens in piece {
                std::hint::black_box(model.spans(tokens, 0..tokens.len(), &mut scratch));
            }
        });
        n += piece.iter().map(Tokens::len).sum::<usize>();
    }
    n as f64 / seconds
}
