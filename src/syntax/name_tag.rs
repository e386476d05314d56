//! Names by their looks and surroundings alone: where an unknown name begins and ends, and whether it is a
//! person's, a body's or a place's. Knows no list of who exists; what the knowledge base knows goes first.

use std::{cell::RefCell, ops::Range, sync::OnceLock};

use crate::syntax::{
    linear::{Features, LinearError, Scores, Sections, Table, le_u32},
    name_tag::features::{History, Sight},
    tag::lexicon::Lexicon,
    token::Tokens,
};

pub mod features;

/// What sort of thing a name names.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(u8)]
pub enum NameKind {
    /// A person, title excluded.
    Person,
    /// A body: company, party, ministry, team.
    Organization,
    /// A place.
    Place,
    /// Anything else that has a name: law, prize, work, event, nationality.
    Other,
}

impl NameKind {
    /// All kinds, in the order of their numbers.
    pub const ALL: [Self; 4] = [Self::Person, Self::Organization, Self::Place, Self::Other];
}

/// A name found in a sentence.
#[derive(Clone, PartialEq, Debug)]
pub struct NameSpan {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// What it names.
    pub kind: NameKind,
    /// How sure the kind is against the next best, 0.5 to 1.
    pub margin: f32,
}

/// Lanes in which scores are added up.
pub const LANES: usize = 16;
/// What is added up for one word.
type Sum = Scores<{ LANES / 8 }>;
/// Labels: outside, and beginning and inside of each kind.
pub const N_LABELS: usize = 1 + 2 * NameKind::ALL.len();
/// The label of what is no part of a name.
pub const OUTSIDE: u8 = 0;

/// The label of the first token of a name.
pub fn begin(kind: NameKind) -> u8 {
    1 + 2 * kind as u8
}

/// The label of a further token of a name.
pub fn inside(kind: NameKind) -> u8 {
    2 + 2 * kind as u8
}

/// The labels that may follow `last`, as a bit set: a name goes on as it began.
pub fn may_follow(last: u8) -> u64 {
    let mut labels = 1;
    for kind in NameKind::ALL {
        labels |= 1 << begin(kind);
        if last == begin(kind) || last == inside(kind) {
            labels |= 1 << inside(kind);
        }
    }
    labels
}

/// A name tagger, read in place from its weights.
#[derive(Clone, Copy, Debug)]
pub struct Model<'a> {
    lists: Lexicon<'a>,
    table: Table<'a, LANES>,
    /// What one unit of a stored weight is worth, in logits.
    unit: f32,
}

impl<'a> Model<'a> {
    /// Reads weights, and proves their checksum.
    pub fn read(bytes: &'a [u8]) -> Result<Self, LinearError> {
        Self::from_sections(&Sections::read(bytes)?)
    }

    fn from_sections(sections: &Sections<'a>) -> Result<Self, LinearError> {
        Ok(Self {
            lists: Lexicon::read(sections.get(b"LIST")?)?,
            table: Table::read(sections.get(b"NAME")?, N_LABELS)?,
            unit: f32::from_bits(le_u32(sections.get(b"UNIT")?)),
        })
    }

    /// Writes weights from word lists and a table, each as its own `write` made it, and the worth of a unit.
    pub fn write(lists: &[u8], table: &[u8], unit: f32) -> Vec<u8> {
        let unit = unit.to_bits().to_le_bytes();
        Sections::write(&[(b"LIST", lists), (b"NAME", table), (b"UNIT", &unit)])
    }

    /// The names in `range`, one sentence of tagged `tokens`.
    pub fn spans(&self, tokens: &Tokens, range: Range<usize>, scratch: &mut Scratch) -> Vec<NameSpan> {
        let range = range.start.min(tokens.len())..range.end.min(tokens.len());
        scratch.sight.look(tokens, range.clone(), &self.lists);
        let mut names: Vec<NameSpan> = Vec::new();
        let mut history = History::START;
        for i in 0..scratch.sight.len() {
            let mut label = OUTSIDE;
            if scratch.sight.may_be_name(i) {
                let scores = self.score(&scratch.sight, i, history);
                label = best(&scores, may_follow(history.last));
                let at = range.start + i;
                if label % 2 == 1 {
                    // The kind is decided where a name begins.
                    let kind = NameKind::ALL[usize::from(label - 1) / 2];
                    let (_, margin) =
                        self.decide(NameKind::ALL.map(|k| f32::from(scores.of(begin(k) as usize))));
                    names.push(NameSpan {
                        tokens: at..at + 1,
                        kind,
                        margin,
                    });
                } else if label != OUTSIDE
                    && let Some(name) = names.last_mut()
                {
                    name.tokens.end = at + 1;
                }
            }
            history.push(label);
        }
        names
    }

    /// What the words `span` of the sentence `range` name, taken to be one name; with the margin.
    pub fn kind_of(
        &self,
        tokens: &Tokens,
        range: Range<usize>,
        span: Range<usize>,
        scratch: &mut Scratch,
    ) -> Option<(NameKind, f32)> {
        let range = range.start.min(tokens.len())..range.end.min(tokens.len());
        let span = span.start.max(range.start)..span.end.min(range.end);
        if span.is_empty() {
            return None;
        }
        scratch.sight.look(tokens, range.clone(), &self.lists);
        let mut totals = [0.0; 4];
        for (total, kind) in totals.iter_mut().zip(NameKind::ALL) {
            let mut history = History::START;
            for t in span.clone() {
                let label = if t == span.start {
                    begin(kind)
                } else {
                    inside(kind)
                };
                *total += f32::from(
                    self.score(&scratch.sight, t - range.start, history)
                        .of(label as usize),
                );
                history.push(label);
            }
            *total /= span.len() as f32;
        }
        Some(self.decide(totals))
    }

    fn score(&self, sight: &Sight, i: usize, history: History) -> Sum {
        let mut scores = Sum::ZERO;
        let mut seen = Features::default();
        features::of(sight, i, history, |hash| seen.put(hash));
        seen.end_group();
        self.table.add(&mut seen, std::slice::from_mut(&mut scores));
        scores
    }

    fn decide(&self, sums: [f32; 4]) -> (NameKind, f32) {
        let mut first = 0;
        for k in 1..4 {
            if sums[k] > sums[first] {
                first = k;
            }
        }
        let second = (0..4)
            .filter(|&k| k != first)
            .map(|k| sums[k])
            .fold(f32::MIN, f32::max);
        let logit = (sums[first] - second) * self.unit;
        // The logistic curve without its exponential, which is not the same on each platform.
        (NameKind::ALL[first], 0.5 + 0.5 * logit / (1.0 + logit))
    }
}

fn best(scores: &Sum, allowed: u64) -> u8 {
    let mut best = 0;
    for k in 1..N_LABELS {
        if allowed >> k & 1 == 1 && scores.of(k) > scores.of(best) {
            best = k;
        }
    }
    best as u8
}

/// What is kept between sentences, so that no memory is asked for.
#[derive(Debug, Default)]
pub struct Scratch {
    sight: Sight,
}

/// The weights that are shipped; `data/en/README.md` says what they were trained on.
pub const WEIGHTS: &[u8] = include_bytes!("../../data/en/names.bin");

thread_local! {
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

fn with_model<T: Default>(run: impl Fn(&Model<'static>, &mut Scratch) -> T) -> T {
    static MODEL: OnceLock<Option<Model<'static>>> = OnceLock::new();
    let read = || Model::from_sections(&Sections::read_unchecked(WEIGHTS).ok()?).ok();
    // A test proves the weights, so that there always is a model.
    let Some(model) = MODEL.get_or_init(read) else {
        return T::default();
    };
    SCRATCH.with(|scratch| match scratch.try_borrow_mut() {
        Ok(mut scratch) => run(model, &mut scratch),
        Err(_) => run(model, &mut Scratch::default()),
    })
}

/// The names in `range`, one sentence of tagged `tokens`, in text order.
pub fn name_spans(tokens: &Tokens, range: Range<usize>) -> Vec<NameSpan> {
    with_model(|model, scratch| model.spans(tokens, range.clone(), scratch))
}

/// What the tokens `span` of the sentence `range` name, taken to be one name, and how sure that is against
/// the next best kind (0.5 to 1). `None` for an empty span.
pub fn kind_of(tokens: &Tokens, range: Range<usize>, span: Range<usize>) -> Option<(NameKind, f32)> {
    with_model(|model, scratch| model.kind_of(tokens, range.clone(), span.clone(), scratch))
}
