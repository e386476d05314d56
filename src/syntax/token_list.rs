//! The tokens of one block as a list that keeps which of them a stage looks at.

use std::{
    ops::{Deref, DerefMut, Index, IndexMut, Range},
    slice::SliceIndex,
    sync::atomic::{AtomicU8, Ordering},
};

use crate::{base::reads, syntax::token::Token};

/// The tokens of one block as a slice that notes which of them a stage looks at ([`reads`]).
#[derive(Debug, Default)]
pub struct List {
    pub(super) tokens: Vec<Token>,
    /// What of each token was read, a bit for each sort of reading, and of which classes its words are; nothing before
    /// [`super::token::Tokens::settle`].
    pub(super) notes: Box<[AtomicU8]>,
}

/// A token was looked at.
pub(super) const TOKEN: u8 = 1;
/// Its words were read.
pub(super) const WORDS: u8 = 2;
/// It was seen that its words are not of a class that [`super::token::Tokens::fold_if`] asks for; the next bit for the next class.
pub(super) const OTHER: u8 = 4;
/// Its words are a mark or of the first class that is asked for; the next bit for the next class.
pub(super) const CLASS: u8 = 16;
/// The bits that say what was read.
pub(super) const READ: u8 = CLASS - 1;

impl List {
    /// Number of tokens.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// Like the method of a slice.
    pub fn get<I: Places>(&self, at: I) -> Option<&I::Output> {
        self.note(TOKEN, &at);
        self.tokens.get(at)
    }

    /// The tokens, without a note of it: for whoever looks at nothing but their kind and shape, and says what of
    /// their words matters.
    #[inline]
    pub fn unnoted(&self) -> &[Token] {
        &self.tokens
    }

    #[inline]
    pub(super) fn note(&self, bit: u8, at: &impl Places) {
        at.mark(&self.notes, bit);
    }

    /// Whether token `i` is of a class of which it was seen that that of `other` is not.
    pub(super) fn is_asked(&self, i: usize, other: &Self) -> bool {
        let bits = |list: &Self| list.notes.get(i).map(|note| note.load(Ordering::Relaxed));
        match (bits(self), bits(other)) {
            (Some(now), Some(then)) => (now / CLASS) & (then / OTHER) & (CLASS / OTHER - 1) != 0,
            _ => true,
        }
    }

    pub(super) fn has(&self, bit: u8, i: usize) -> bool {
        let note = self.notes.get(i);
        note.is_none_or(|note| note.load(Ordering::Relaxed) & bit != 0)
    }
}

/// What was noted before need not be noted again: that is the most frequent case.
#[inline]
fn set(note: &AtomicU8, bit: u8) {
    if note.load(Ordering::Relaxed) & bit == 0 && reads::on() {
        note.fetch_or(bit, Ordering::Relaxed);
    }
}

impl Clone for List {
    /// The tokens; who has read them is not copied.
    fn clone(&self) -> Self {
        Self {
            tokens: self.tokens.clone(),
            notes: Box::default(),
        }
    }
}

impl PartialEq for List {
    fn eq(&self, other: &Self) -> bool {
        self.tokens == other.tokens
    }
}

impl Eq for List {}

/// All of them are looked at.
impl Deref for List {
    type Target = Vec<Token>;

    fn deref(&self) -> &Vec<Token> {
        self.note(TOKEN, &(0..self.tokens.len()));
        &self.tokens
    }
}

impl DerefMut for List {
    fn deref_mut(&mut self) -> &mut Vec<Token> {
        &mut self.tokens
    }
}

impl<'a> IntoIterator for &'a List {
    type Item = &'a Token;
    type IntoIter = std::slice::Iter<'a, Token>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<I: Places> Index<I> for List {
    type Output = I::Output;

    fn index(&self, at: I) -> &I::Output {
        self.note(TOKEN, &at);
        &self.tokens[at]
    }
}

impl<I: Places> IndexMut<I> for List {
    fn index_mut(&mut self, at: I) -> &mut I::Output {
        &mut self.tokens[at]
    }
}

fn set_all(notes: Option<&[AtomicU8]>, bit: u8) {
    // The rules look at whole paragraphs, and nobody asks what they have read.
    if !reads::on() {
        return;
    }
    for note in notes.unwrap_or(&[]) {
        set(note, bit);
    }
}

/// One place in a list of tokens, or a stretch of it.
pub trait Places: SliceIndex<[Token]> {
    /// Sets a bit of the notes of these places; none where there are no such places, or no notes yet.
    fn mark(&self, notes: &[AtomicU8], bit: u8);
}

impl Places for usize {
    /// Apart from the stretches: a word is asked for a thousand times in a paragraph, and a loop over one note costs twice
    /// as much as the note.
    #[inline]
    fn mark(&self, notes: &[AtomicU8], bit: u8) {
        if let Some(note) = notes.get(*self) {
            set(note, bit);
        }
    }
}

impl Places for Range<usize> {
    fn mark(&self, notes: &[AtomicU8], bit: u8) {
        set_all(notes.get(self.clone()), bit);
    }
}

impl Places for std::ops::RangeFrom<usize> {
    fn mark(&self, notes: &[AtomicU8], bit: u8) {
        set_all(notes.get(self.clone()), bit);
    }
}

impl Places for std::ops::RangeTo<usize> {
    fn mark(&self, notes: &[AtomicU8], bit: u8) {
        set_all(notes.get(*self), bit);
    }
}
