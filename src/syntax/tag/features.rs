//! What the tagger looks at. Training and tagging both call these functions and no others, so that the
//! two can never drift apart.

use std::ops::{Deref, Range};

use crate::{
    base::word::TokenKind,
    syntax::{
        linear::{hash_bytes, mix},
        tag::{
            Tag,
            lexicon::{Case, Lexicon},
        },
        token::{Shape, Tokens},
    },
};

/// How the capitals of a sentence are to be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Mode {
    /// Capitals mark names and the first word.
    Prose,
    /// A headline Where Most Words Begin With a Capital.
    Title,
    /// ALL IN CAPITALS.
    Upper,
    /// no capital anywhere, not even at the start.
    Lower,
}

/// What the tagger knows of one word before it looks at the neighbors. All fields are hashes, 0 for none.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Word {
    /// What is asked of it together with its neighbors.
    pub core: Core,
    /// Its last one to four bytes.
    pub suffixes: [u64; 4],
    /// Its first one to three bytes.
    pub prefixes: [u64; 3],
}

/// What is asked of a word together with its neighbors, and all that is remembered of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Core {
    /// The folded form; contractions are kept apart from the words they fold to ("we're", "were").
    pub word: u64,
    /// How it is written, in which mode, and whether a sentence begins with it.
    pub shape: u64,
    /// Its class in the tag dictionary, or for an unknown word one by ending and shape.
    pub class: u64,
    /// Its last two and three bytes.
    pub endings: [u64; 2],
    /// The only label it can have, if it is sure.
    pub certain: Option<u8>,
}

impl Deref for Word {
    type Target = Core;

    fn deref(&self) -> &Core {
        &self.core
    }
}

impl AsRef<Core> for Word {
    fn as_ref(&self) -> &Core {
        &self.core
    }
}

impl AsRef<Core> for Core {
    fn as_ref(&self) -> &Core {
        self
    }
}

/// Where a word stands relative to the one that is tagged.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
#[allow(missing_docs, reason = "the names say what they are")]
pub enum Role {
    Here,
    Before,
    After,
    SecondBefore,
    SecondAfter,
}

/// All roles, and how far from the tagged word each stands.
pub const ROLES: [(Role, isize); 5] = [
    (Role::Here, 0),
    (Role::Before, -1),
    (Role::After, 1),
    (Role::SecondBefore, -2),
    (Role::SecondAfter, 2),
];

/// What has been decided to the left.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct History {
    /// The label before, 0xff at the start.
    pub last: u8,
    /// The label before that, 0xff at the start.
    pub second: u8,
    /// The last verb or auxiliary, as a hash of its form; 0 for none.
    pub verb: u64,
    /// How many tokens ago that was, at most 6.
    pub verb_ago: u8,
}

impl History {
    /// At the start of a sentence.
    pub const START: Self = Self {
        last: 0xff,
        second: 0xff,
        verb: 0,
        verb_ago: 0,
    };

    /// After `word` has been given `label`.
    pub fn push(&mut self, label: u8, word: &Core) {
        self.second = self.last;
        self.last = label;
        let tag = Tag::ALL.get(label as usize).copied().unwrap_or(Tag::X);
        if tag == Tag::Aux || tag.is_verb() {
            self.verb = word.word;
            self.verb_ago = 1;
        } else if self.verb_ago < 6 && self.verb_ago > 0 {
            self.verb_ago += 1;
        }
    }
}

/// How the capitals of `range` are to be read.
pub fn mode(tokens: &Tokens, range: Range<usize>) -> Mode {
    let (mut small, mut capital, mut upper, mut other) = (0, 0, 0, 0);
    for token in tokens.list.get(range).unwrap_or(&[]) {
        if token.kind != TokenKind::Word {
            continue;
        }
        // Short words are small in most headlines ("of", "the"), so that they say little.
        let weight = if token.span.len() > 3 { 3 } else { 1 };
        match token.shape {
            Shape::Lower => small += weight,
            Shape::Capital => capital += weight,
            Shape::AllCaps => upper += weight,
            Shape::Initial | Shape::Mixed | Shape::Number | Shape::Other => other += 1,
        }
    }
    if small + upper == 0 && capital < 9 {
        // One or two names, or "Yes": too little to tell.
        Mode::Prose
    } else if capital + upper == 0 && other == 0 && small >= 6 {
        Mode::Lower
    } else if upper >= 6 && upper >= 4 * (small + capital) {
        Mode::Upper
    } else if capital >= 9 && capital >= 2 * small && capital > upper {
        Mode::Title
    } else {
        Mode::Prose
    }
}

/// Whether a punctuation token, by its folded form, opens speech or a sentence, so that a capital after it says nothing.
fn opens(fold: &str) -> bool {
    matches!(
        fold,
        "\"" | "“" | "„" | "«" | "‘" | ":" | "(" | "[" | "…" | "•" | "*"
    )
}

/// The words of one sentence.
pub fn words(tokens: &Tokens, range: Range<usize>, lexicon: &Lexicon<'_>, out: &mut Vec<Word>) {
    out.clear();
    let mode = mode(tokens, range.clone());
    let mut first = true;
    for i in range {
        let key = Key::new(tokens, i, mode, first);
        out.push(word(tokens.fold(i), key, lexicon));
        first = first_after(first, tokens, i);
    }
}

/// Whether the token after `i` begins a sentence, given whether `i` does.
pub(super) fn first_after(first: bool, tokens: &Tokens, i: usize) -> bool {
    match tokens.list.get(i) {
        Some(t) if t.kind == TokenKind::Punct => first || opens(tokens.fold(i)),
        _ => false,
    }
}

/// The hash of a folded word that is no contraction.
pub(super) fn plain_word(folded: &str) -> u64 {
    hash_bytes(folded.as_bytes(), 2)
}

/// What decides a [`Word`], cheap to make: the key under which a word is remembered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Key {
    word: u64,
    shape: u8,
    kind: TokenKind,
    case: Case,
}

impl Key {
    pub(super) fn new(tokens: &Tokens, i: usize, mode: Mode, first: bool) -> Self {
        let fold = tokens.fold(i);
        let Some(token) = tokens.list.get(i) else {
            return Self {
                word: 0,
                shape: 0,
                kind: TokenKind::Punct,
                case: Case::Lower,
            };
        };
        let (word, shape) = match token.kind {
            TokenKind::Punct => (hash_bytes(plain_mark(fold).as_bytes(), 1), 15),
            kind => {
                // A contraction folds to a form that is shorter than it was written.
                let contracted = token.span.len() != fold.len();
                let seed = 2 + u64::from(contracted) + 2 * u64::from(kind == TokenKind::Possessive);
                (hash_bytes(fold.as_bytes(), seed), token.shape as u8)
            }
        };
        let case = match token.shape {
            Shape::Number | Shape::Other => Case::Lower,
            _ if mode != Mode::Prose || first => Case::Unsure,
            Shape::Capital => Case::Capital,
            Shape::AllCaps | Shape::Initial => Case::Upper,
            Shape::Lower | Shape::Mixed => Case::Lower,
        };
        Self {
            word,
            shape: shape | u8::from(first) << 4 | (mode as u8) << 5,
            kind: token.kind,
            case,
        }
    }

    /// All of the key in one number.
    pub(super) fn hash(self) -> u64 {
        mix(self.word, u64::from(self.shape) + 1)
    }
}

/// The keys under which the dictionary keeps the words of a sentence: hash and case.
#[derive(Debug)]
pub struct Keys<'t> {
    tokens: &'t Tokens,
    range: Range<usize>,
    mode: Mode,
    first: bool,
}

impl<'t> Keys<'t> {
    /// The keys of the words in `range`, whose capitals are read in `mode`.
    pub fn new(tokens: &'t Tokens, range: Range<usize>, mode: Mode) -> Self {
        Self {
            tokens,
            range,
            mode,
            first: true,
        }
    }
}

impl Iterator for Keys<'_> {
    type Item = (u64, Case);

    fn next(&mut self) -> Option<Self::Item> {
        let i = self.range.next()?;
        let key = Key::new(self.tokens, i, self.mode, self.first);
        self.first = first_after(self.first, self.tokens, i);
        Some((key.word, key.case))
    }
}

/// Curly marks and long dashes as plain ones, so that typography does not split the evidence.
fn plain_mark(fold: &str) -> &str {
    match fold {
        "“" | "”" | "„" | "«" | "»" => "\"",
        "‘" | "’" | "‚" | "‹" | "›" | "`" | "´" => "'",
        "–" | "—" | "―" | "‐" | "‑" | "−" => "-",
        _ => fold,
    }
}

pub(super) fn word(fold: &str, key: Key, lexicon: &Lexicon<'_>) -> Word {
    let shape = u64::from(key.shape) + 1;
    if key.kind == TokenKind::Punct {
        let (class, certain) = classify(key, lexicon).unwrap_or((mix(77, shape), None));
        let core = Core {
            word: key.word,
            shape,
            class,
            certain,
            ..Core::default()
        };
        return Word {
            core,
            ..Word::default()
        };
    }
    let bytes = fold.as_bytes();
    let n = bytes.len();
    let mut suffixes = [0; 4];
    for (k, suffix) in suffixes.iter_mut().enumerate() {
        *suffix = hash_bytes(&bytes[n.saturating_sub(k + 1)..], 10 + k as u64);
    }
    let mut prefixes = [0; 3];
    for (k, prefix) in prefixes.iter_mut().enumerate() {
        *prefix = hash_bytes(&bytes[..n.min(k + 1)], 20 + k as u64);
    }
    let (class, certain) = classify(key, lexicon).unwrap_or((mix(suffixes[1], shape & 15), None));
    Word {
        core: Core {
            word: key.word,
            shape,
            class,
            endings: [suffixes[1], suffixes[2]],
            certain,
        },
        suffixes,
        prefixes,
    }
}

fn classify(key: Key, lexicon: &Lexicon<'_>) -> Option<(u64, Option<u8>)> {
    let number = lexicon.find(key.word, key.case)?;
    let certain = lexicon.class(number).and_then(|c| c.certain);
    Some((u64::from(number) + 1, certain))
}

/// The word that stands before the first and after the last.
pub const EDGE: Word = Word {
    core: Core {
        word: 0xED6E,
        shape: 0xED6E,
        class: 0xED6E,
        endings: [0; 2],
        certain: None,
    },
    suffixes: [0; 4],
    prefixes: [0; 3],
};

/// Features of a word alone, in its role; they do not depend on what has been decided, so that their
/// weights can be summed once for each word.
pub fn of_word(role: Role, w: &Word, mut emit: impl FnMut(u64)) {
    let at = (role as u64 + 1) << 8;
    let mut put = |template: u64, value: u64| emit(mix(at + template, value));
    put(1, w.word);
    put(2, w.shape);
    put(3, w.class);
    match role {
        Role::Here => {
            put(4, mix(w.word, w.shape));
            for (k, suffix) in w.suffixes.iter().enumerate() {
                put(10 + k as u64, *suffix);
            }
            for (k, prefix) in w.prefixes.iter().enumerate() {
                put(20 + k as u64, *prefix);
            }
            put(30, mix(w.suffixes[1], w.shape));
            put(31, mix(w.suffixes[2], w.shape));
            put(32, mix(w.class, w.shape));
            put(33, mix(w.prefixes[2], w.suffixes[1]));
        }
        Role::Before | Role::After => {
            put(5, w.suffixes[2]);
            put(6, w.suffixes[1]);
            put(7, mix(w.class, w.shape));
        }
        Role::SecondBefore | Role::SecondAfter => {
            put(5, w.suffixes[2]);
        }
    }
}

/// Features of the word at `i` together with its neighbors and what has been decided before it.
pub fn of_context<W: AsRef<Core>>(words: &[W], i: usize, history: &History, mut emit: impl FnMut(u64)) {
    let at = |k: isize| {
        i.checked_add_signed(k)
            .and_then(|k| words.get(k))
            .map_or(&EDGE.core, AsRef::as_ref)
    };
    let (w, before, after) = (at(0), at(-1), at(1));
    let last = u64::from(history.last) + 1;
    let two = last | (u64::from(history.second) + 1) << 9;
    let mut put =
        |template: u64, value: u64, other: u64| emit(mix(template.wrapping_mul(0x9E37_79B9) ^ value, other));
    put(100, last, 0);
    put(101, two, 0);
    put(103, last, w.word);
    put(104, last, w.class);
    put(105, two, w.class);
    put(107, last, after.class);
    put(108, last, mix(w.class, after.class));
    put(109, last, after.word);
    put(110, before.word, w.word);
    put(111, w.word, after.word);
    put(112, w.class, after.class);
    put(113, mix(before.class, w.class), after.class);
    put(116, last, w.endings[0]);
    put(117, last, w.endings[1]);
    put(118, last, w.shape);
    put(119, mix(before.shape, w.shape), after.shape);
    put(120, history.verb, w.class);
    put(121, history.verb, w.endings[0]);
    put(122, mix(history.verb, u64::from(history.verb_ago)), w.endings[0]);
    put(123, before.word, w.class);
    put(124, w.class, after.word);
    put(126, mix(last, w.shape), after.shape);
}
