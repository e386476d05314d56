//! What the name tagger looks at; training and tagging call the same functions.

use std::ops::Range;

use crate::{
    base::word::TokenKind,
    syntax::{
        linear::{self, mix},
        tag::{
            Tag,
            features::{self, EDGE, Mode, Word},
            lexicon::Lexicon,
        },
        token::{Shape, Tokens},
    },
};

/// What has been decided to the left.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct History {
    /// The label before.
    pub last: u8,
    /// The label before that.
    pub second: u8,
}

impl History {
    /// At the start of a sentence.
    pub const START: Self = Self { last: 0, second: 0 };

    /// After a token has been given `label`.
    pub fn push(&mut self, label: u8) {
        self.second = self.last;
        self.last = label;
    }
}

/// A sentence as the name tagger sees it.
#[derive(Debug, Default)]
pub struct Sight {
    words: Vec<Word>,
    tags: Vec<Tag>,
    /// For each token the run of capitalized words that it lies in, as a range; empty outside.
    runs: Vec<(u32, u32)>,
}

impl Sight {
    /// Looks at `range`, one sentence of tagged `tokens`. `lists` puts words of the word lists into classes.
    pub fn look(&mut self, tokens: &Tokens, range: Range<usize>, lists: &Lexicon<'_>) {
        if self.words.capacity() == 0 {
            (self.words, self.tags, self.runs) =
                (linear::kept_list(), linear::kept_list(), linear::kept_list());
        }
        features::words(tokens, range.clone(), lists, &mut self.words);
        self.tags.clear();
        self.runs.clear();
        let list = tokens.list.get(range.clone()).unwrap_or(&[]);
        self.tags.extend(list.iter().map(|t| t.tag));
        self.runs.resize(list.len(), (0, 0));
        let loud = matches!(features::mode(tokens, range.clone()), Mode::Upper | Mode::Lower);
        let heavy = |i: usize| {
            list.get(i).is_some_and(|t| match t.shape {
                Shape::Capital | Shape::AllCaps | Shape::Initial | Shape::Mixed => {
                    !loud || t.tag == Tag::Propn
                }
                Shape::Lower => loud && t.tag == Tag::Propn,
                Shape::Number | Shape::Other => false,
            })
        };
        // Small words and marks that a name may have inside.
        let light = |i: usize| {
            list.get(i).is_some_and(|t| match t.kind {
                TokenKind::Number => true,
                TokenKind::Possessive => true,
                TokenKind::Word | TokenKind::Punct => matches!(
                    tokens.fold(range.start + i),
                    "of" | "the"
                        | "and"
                        | "for"
                        | "on"
                        | "in"
                        | "de"
                        | "la"
                        | "del"
                        | "der"
                        | "van"
                        | "von"
                        | "den"
                        | "al"
                        | "el"
                        | "bin"
                        | "ibn"
                        | "da"
                        | "di"
                        | "du"
                        | "dos"
                        | "to"
                        | "-"
                        | "–"
                        | "."
                        | "&"
                        | "/"
                ),
            })
        };
        let mut i = 0;
        while i < list.len() {
            if !heavy(i) {
                i += 1;
                continue;
            }
            let start = i;
            let mut end = i + 1;
            // At most two light tokens between two heavy ones.
            while let Some(next) = (end..end + 3)
                .find(|&k| heavy(k))
                .filter(|&k| (end..k).all(light))
            {
                end = next + 1;
            }
            for run in &mut self.runs[start..end] {
                *run = (start as u32, end as u32);
            }
            i = end;
        }
    }

    /// Number of tokens.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether token `i` lies in a run of capitalized words; no other token is ever part of a name.
    pub fn may_be_name(&self, i: usize) -> bool {
        self.runs.get(i).is_some_and(|run| run.0 < run.1)
    }

    fn word(&self, i: isize) -> &Word {
        usize::try_from(i)
            .ok()
            .and_then(|i| self.words.get(i))
            .unwrap_or(&EDGE)
    }

    fn tag(&self, i: isize) -> u64 {
        usize::try_from(i)
            .ok()
            .and_then(|i| self.tags.get(i))
            .map_or(99, |t| *t as u64)
    }
}

/// The features of token `i`.
pub fn of(sight: &Sight, i: usize, history: History, mut emit: impl FnMut(u64)) {
    let mut put = |template: u64, a: u64, b: u64| emit(mix(template.wrapping_mul(0x9E37_79B9) ^ a, b));
    let at = i as isize;
    let (w, before, after) = (sight.word(at), sight.word(at - 1), sight.word(at + 1));
    let (before2, after2) = (sight.word(at - 2), sight.word(at + 2));
    let last = u64::from(history.last) + 1;
    let two = last | (u64::from(history.second) + 1) << 8;
    let tag = sight.tag(at);
    put(1, w.word, 0);
    put(2, w.word, last);
    put(3, w.shape, tag);
    put(4, w.class, 0);
    put(5, w.class, last);
    put(6, w.suffixes[2], 0);
    put(7, w.suffixes[1], w.shape);
    put(8, w.prefixes[2], 0);
    put(9, w.suffixes[3], 0);
    put(10, last, 0);
    put(11, two, tag);
    put(12, last, mix(w.shape, tag));
    put(13, before.word, 0);
    put(14, before.word, w.shape);
    put(15, before.class, last);
    put(16, before2.word, 0);
    put(17, after.word, 0);
    put(18, after.word, last);
    put(19, after.class, last);
    put(20, after2.word, 0);
    put(21, sight.tag(at - 1), mix(tag, sight.tag(at + 1)));
    put(22, sight.tag(at + 1), last);
    put(23, mix(before.shape, w.shape), after.shape);
    put(24, w.word, before.word);
    put(25, w.word, after.word);
    put(26, before.class, mix(w.class, after.class));
    put(27, after.suffixes[2], last);
    // The run of capitals: what stands around it says what it names.
    let Some(&(start, end)) = sight.runs.get(i) else {
        return;
    };
    let (start, end) = (start as isize, end as isize);
    let (left, right) = (sight.word(start - 1), sight.word(end));
    let place = (at - start).min(3) as u64 | ((end - at).min(4) as u64) << 4;
    let (head, tail) = (sight.word(start), sight.word(end - 1));
    put(40, place, last);
    put(41, left.word, last);
    put(42, right.word, last);
    put(43, right.word, sight.word(end + 1).word);
    put(44, left.word, sight.word(start - 2).word);
    put(45, left.class, right.class);
    put(46, sight.tag(start - 1), mix(sight.tag(end), place));
    put(47, tail.word, last);
    put(48, tail.class, mix(place, last));
    put(49, head.class, mix(place, last));
    put(50, head.word, place);
    put(51, tail.suffixes[2], last);
    put(52, right.class, mix(last, place));
    put(53, left.class, mix(last, place));
    put(54, sight.word(end + 1).class, right.word);
    put(55, mix(left.word, right.word), last);
}
