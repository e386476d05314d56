//! The trained tagger: a dictionary for words that are sure, and a linear model, left to right, for the rest.

use std::ops::Range;

use crate::syntax::{
    linear::{self, LinearError, Scores, Sections, Table},
    tag::{
        Tag,
        features::{self, EDGE, History, Key, Mode, ROLES, Word, first_after, of_context, of_word},
        lexicon::{Case, Lexicon},
    },
    token::Tokens,
};

/// Lanes in which scores are added up: one for each of the tags, and two to spare.
pub const LANES: usize = 24;
/// What is added up for one word.
type Sum = Scores<{ LANES / 8 }>;
/// By how much a tag must lead by the words around alone, for what was decided before to be left out of account. In 1 MB of
/// news of the training half of PolNeAR 60 % of the words that are not certain had such a lead, 83,000, and 7 of those would
/// have got another tag.
const CLEAR: u16 = 400;
/// Sets of two words that a thread remembers; a power of two. With so many three words of four are remembered in an article
/// of 100 KB.
const MEMO: usize = 1024;

/// A tagger, read in place from its weights.
#[derive(Clone, Copy, Debug)]
pub struct Model<'a> {
    lexicon: Lexicon<'a>,
    table: Table<'a, LANES>,
}

impl<'a> Model<'a> {
    /// Reads weights, and proves their checksum.
    pub fn read(bytes: &'a [u8]) -> Result<Self, LinearError> {
        Self::from_sections(&Sections::read(bytes)?)
    }

    /// Reads weights that are part of the program.
    pub(super) fn embedded(bytes: &'a [u8]) -> Result<Self, LinearError> {
        Self::from_sections(&Sections::read_unchecked(bytes)?)
    }

    fn from_sections(sections: &Sections<'a>) -> Result<Self, LinearError> {
        if sections.get(b"TAGS")? != tag_list().as_bytes() {
            return Err(LinearError::new(
                "weights are for other tags than this program's: train them again",
            ));
        }
        Ok(Self {
            lexicon: Lexicon::read(sections.get(b"LEXI")?)?,
            table: Table::read(sections.get(b"ROWS")?, Tag::ALL.len())?,
        })
    }

    /// Writes weights from a dictionary and a table, each as its own `write` made it.
    pub fn write(lexicon: &[u8], table: &[u8]) -> Vec<u8> {
        Sections::write(&[
            (b"TAGS", tag_list().as_bytes()),
            (b"LEXI", lexicon),
            (b"ROWS", table),
        ])
    }

    /// Whether training saw the folded word written small, and not only as a name.
    pub fn is_common_word(&self, folded: &str) -> bool {
        let names = 1 << Tag::Propn as u32 | 1 << Tag::X as u32;
        self.lexicon
            .find(features::plain_word(folded), Case::Lower)
            .and_then(|number| self.lexicon.class(number))
            .is_some_and(|class| class.labels & !names != 0)
    }

    /// Sets the tag of each token in `range`, which is one sentence.
    pub fn tag(&self, tokens: &mut Tokens, range: Range<usize>, scratch: &mut Scratch) {
        let range = range.start.min(tokens.len())..range.end.min(tokens.len());
        if range.is_empty() {
            return;
        }
        let n = range.len();
        let mode = features::mode(tokens, range.clone());
        if scratch.words.capacity() == 0 {
            (scratch.words, scratch.scores) = (linear::kept_list(), linear::kept_list());
        }
        scratch.words.clear();
        scratch.scores.clear();
        scratch.scores.resize(n, Sum::ZERO);
        if scratch.edge.is_none() {
            scratch.edge = Some(Entry::new(0, EDGE, &self.table));
        }
        let Scratch {
            memo,
            edge: Some(edge),
            words,
            scores,
        } = scratch
        else {
            return;
        };
        let mut first = true;
        for (i, t) in range.clone().enumerate() {
            let entry = self.entry(memo, tokens, t, mode, first);
            words.push(entry.word);
            spread(scores, i as isize, &entry.sums);
            first = first_after(first, tokens, t);
        }
        for outside in [-2, -1, n as isize, n as isize + 1] {
            spread(scores, outside, &edge.sums);
        }
        let mut history = History::START;
        for (i, t) in range.enumerate() {
            let Some((word, score)) = words.get(i).zip(scores.get_mut(i)) else {
                break;
            };
            let label = word.certain.unwrap_or_else(|| {
                let best = score.best(Tag::ALL.len());
                if score.leads(best, Tag::ALL.len(), CLEAR) {
                    return best as u8;
                }
                of_context(words, i, &history, |hash| self.table.add(hash, score));
                score.best(Tag::ALL.len()) as u8
            });
            history.push(label, word);
            if let Some(token) = tokens.list.get_mut(t) {
                token.tag = Tag::ALL.get(label as usize).copied().unwrap_or(Tag::X);
            }
        }
    }

    fn entry<'m>(
        &self,
        memo: &'m mut Vec<Pair>,
        tokens: &Tokens,
        t: usize,
        mode: Mode,
        first: bool,
    ) -> &'m Entry {
        if memo.len() < MEMO {
            memo.resize(MEMO, Pair::EMPTY);
        }
        let key = Key::new(tokens, t, mode, first);
        let hash = key.hash() | 1;
        let pair = &mut memo[(hash >> 32) as usize % MEMO];
        if pair.entries[pair.last].key != hash {
            // The one that was asked for before goes, if neither is it.
            pair.last = 1 - pair.last;
        }
        let entry = &mut pair.entries[pair.last];
        if entry.key != hash {
            *entry = Entry::new(
                hash,
                features::word(tokens.fold(t), key, &self.lexicon),
                &self.table,
            );
        }
        entry
    }
}

/// What a thread keeps between sentences, so that a word is looked up once and no memory is asked for.
/// Tags do not depend on it. Belongs to one model.
#[derive(Debug, Default)]
pub struct Scratch {
    memo: Vec<Pair>,
    edge: Option<Entry>,
    words: Vec<Word>,
    scores: Vec<Sum>,
}

/// A word with its weights summed for each role.
#[derive(Clone, Debug)]
struct Entry {
    key: u64,
    word: Word,
    sums: [Sum; ROLES.len()],
}

impl Entry {
    const EMPTY: Self = Self {
        key: 0,
        word: EDGE,
        sums: [Sum::ZERO; ROLES.len()],
    };

    fn new(key: u64, word: Word, table: &Table<'_, LANES>) -> Self {
        let mut sums = [Sum::ZERO; ROLES.len()];
        for (sum, (role, _)) in sums.iter_mut().zip(ROLES) {
            of_word(role, &word, |hash| table.add(hash, sum));
        }
        Self { key, word, sums }
    }
}

/// Two words whose hashes share a place, and which of them was asked for last.
#[derive(Clone, Debug)]
struct Pair {
    entries: [Entry; 2],
    last: usize,
}

impl Pair {
    const EMPTY: Self = Self {
        entries: [Entry::EMPTY; 2],
        last: 0,
    };
}

/// Adds the sums of the word at `i` to all tokens that see it.
fn spread(scores: &mut [Sum], i: isize, sums: &[Sum; ROLES.len()]) {
    for (sum, (_, offset)) in sums.iter().zip(ROLES) {
        let seen_from = usize::try_from(i - offset).ok().and_then(|k| scores.get_mut(k));
        if let Some(score) = seen_from {
            score.add(sum);
        }
    }
}

fn tag_list() -> String {
    Tag::ALL.map(Tag::name).join("\n")
}
