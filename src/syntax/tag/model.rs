//! The trained tagger: a dictionary for words that are sure, and a linear model, left to right, for the rest.

use std::ops::Range;

use crate::syntax::{
    linear::{self, Features, LinearError, Scores, Sections, Table},
    tag::{
        Tag,
        features::{self, Core, EDGE, History, Key, ROLES, Word, first_after, of_context, of_word},
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
            scratch.keys = linear::kept_list();
        }
        scratch.words.clear();
        scratch.scores.clear();
        scratch.scores.resize(n, Sum::ZERO);
        if scratch.edge.is_none() {
            scratch.edge = Some(Entry::new(&EDGE, &self.table, &mut scratch.features));
        }
        let Scratch {
            memo,
            edge: Some(edge),
            words,
            scores,
            features,
            keys,
        } = scratch
        else {
            return;
        };
        memo.grow();
        let mut first = true;
        keys.clear();
        for t in range.clone() {
            let key = Key::new(tokens, t, mode, first);
            keys.push((key, key.hash() | 1));
            first = first_after(first, tokens, t);
        }
        memo.touch(keys);
        for (i, (t, (key, hash))) in range.clone().zip(&*keys).enumerate() {
            let entry = self.entry(memo, features, tokens.fold(t), *key, *hash);
            words.push(entry.core);
            spread(scores, i as isize, &entry.sums);
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
                of_context(words, i, &history, |hash| features.put(hash));
                features.end_group();
                self.table.add(features, std::slice::from_mut(score));
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
        memo: &'m mut Memo,
        features: &mut Features,
        fold: &str,
        key: Key,
        hash: u64,
    ) -> &'m Entry {
        let at = place_of(hash);
        let pair = &mut memo.pairs[at];
        if pair.keys[pair.last] != hash {
            // The one that was asked for before goes, if neither is it.
            pair.last = 1 - pair.last;
        }
        let entry = &mut memo.entries[2 * at + pair.last];
        if pair.keys[pair.last] != hash {
            pair.keys[pair.last] = hash;
            *entry = Entry::new(&features::word(fold, key, &self.lexicon), &self.table, features);
        }
        entry
    }
}

/// What a thread keeps between sentences, so that a word is looked up once and no memory is asked for.
/// Tags do not depend on it. Belongs to one model.
#[derive(Debug, Default)]
pub struct Scratch {
    memo: Memo,
    edge: Option<Entry>,
    words: Vec<Core>,
    scores: Vec<Sum>,
    features: Features,
    keys: Vec<(Key, u64)>,
}

/// A word with its weights summed for each role.
#[derive(Clone, Debug)]
struct Entry {
    core: Core,
    sums: [Sum; ROLES.len()],
}

impl Entry {
    const EMPTY: Self = Self {
        core: EDGE.core,
        sums: [Sum::ZERO; ROLES.len()],
    };

    fn new(word: &Word, table: &Table<'_, LANES>, features: &mut Features) -> Self {
        let mut sums = [Sum::ZERO; ROLES.len()];
        for (role, _) in ROLES {
            of_word(role, word, |hash| features.put(hash));
            features.end_group();
        }
        table.add(features, &mut sums);
        Self {
            core: word.core,
            sums,
        }
    }
}

/// Words that were looked up, each with its hash. The hashes stand together, so that finding a word does not read others.
#[derive(Debug, Default)]
struct Memo {
    pairs: Vec<Pair>,
    entries: Vec<Entry>,
}

impl Memo {
    fn grow(&mut self) {
        if self.pairs.len() < MEMO {
            self.pairs.resize(MEMO, Pair::default());
            self.entries.resize(2 * MEMO, Entry::EMPTY);
        }
    }

    /// Brings the words of a sentence near, so that the processor waits for all of them at once.
    fn touch(&self, keys: &[(Key, u64)]) {
        let mut touched = 0;
        for (_, hash) in keys {
            touched ^= self.pairs[place_of(*hash)].keys[0];
        }
        for (_, hash) in keys {
            let at = place_of(*hash);
            let pair = &self.pairs[at];
            // The one that holds it, or will.
            let entry = &self.entries[2 * at + usize::from(pair.keys[1] == *hash)];
            touched ^= entry.core.word;
            for sum in &entry.sums {
                touched ^= sum.n_rows();
            }
        }
        std::hint::black_box(touched);
    }
}

/// Where a word of this hash is remembered.
fn place_of(hash: u64) -> usize {
    (hash >> 32) as usize % MEMO
}

/// The hashes of two words that share a place, 0 for none, and which of them was asked for last.
#[derive(Clone, Default, Debug)]
struct Pair {
    keys: [u64; 2],
    last: usize,
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
