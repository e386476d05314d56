//! Words, numbers and punctuation of one block, with everything about a token that its neighbors and
//! the knowledge base do not decide.

use std::{
    ops::Range,
    sync::atomic::{AtomicU8, Ordering},
};

use crate::{
    base::{
        fold::fold_into,
        reads,
        span::Span,
        word::{TokenKind, reference, scan},
        work,
    },
    syntax::{
        tag::Tag,
        token_list::{CLASS, List, OTHER, READ, TOKEN, WORDS},
    },
};

/// How a word is written.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Shape {
    /// All letters small ("talks").
    Lower,
    /// First letter capital, at least one small ("Scholz", "McDonald").
    Capital,
    /// Two or more letters, all capital ("NATO", "U.S.", "G20").
    AllCaps,
    /// One capital letter ("J", "I").
    Initial,
    /// Begins small and has a capital ("iPhone").
    Mixed,
    /// Digits.
    Number,
    /// Punctuation, symbols and clitics; addresses, handles and tags.
    Other,
}

/// One token of a block.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Token {
    /// Where it stands in the block.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
    /// How it is written.
    pub shape: Shape,
    /// Its part of speech; [`Tag::X`] until the tagger has run.
    pub tag: Tag,
    fold_start: u32,
    fold_len: u16,
}

/// The tokens of one block, in text order.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Tokens {
    /// The tokens.
    pub list: List,
    folded: String,
}

/// Classes of words that are asked for.
pub type Asked = [fn(&str) -> bool; 2];

impl Tokens {
    /// Number of tokens.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Gives back memory that was kept for more tokens. From now on it is noted what is read, and kept of which class
    /// each word is, for [`Tokens::fold_if`]: stages ask that again and again.
    pub fn settle(&mut self, asked: Asked) {
        self.list.tokens.shrink_to_fit();
        self.folded.shrink_to_fit();
        let classes = |t: &Token| {
            let of = |n: usize| t.kind == TokenKind::Punct || asked[n](self.word(t));
            (0..asked.len())
                .filter(|n| of(*n))
                .fold(0, |bits, n| bits | CLASS << n)
        };
        self.list.notes = self
            .list
            .tokens
            .iter()
            .map(|t| AtomicU8::new(classes(t)))
            .collect();
    }

    /// Notes that what stands under `span` was read.
    pub fn note(&self, span: Span) {
        let from = self.at(span.start);
        for (i, token) in self.list.tokens.iter().enumerate().skip(from) {
            if token.span.start >= span.end {
                break;
            }
            if let Some(note) = self.list.notes.get(i) {
                note.fetch_or(WORDS, Ordering::Relaxed);
            }
        }
    }

    /// Whether whoever has read `old`, the tokens of `old_text`, finds the same in these of `text`: as many tokens of the
    /// same kind and shape, the same of each that was looked at, and of words that are not the same none that was read,
    /// none of a class that was asked for (see [`Tokens::fold_if`]), and none in small letters that `went` or `came` says
    /// to matter. What was noted there is noted here, too.
    pub fn reads_like(
        &self,
        text: &str,
        old: &Self,
        old_text: &str,
        went: impl Fn(&str) -> bool,
        came: impl Fn(&str) -> bool,
    ) -> bool {
        let same = |i: usize| {
            let (was, is) = (&old.list.tokens[i], &self.list.tokens[i]);
            was.kind == is.kind
                && was.shape == is.shape
                && (was.tag == is.tag || !old.list.has(TOKEN, i))
                && (old_text.get(was.span.range()) == text.get(is.span.range())
                    || !old.list.has(WORDS, i)
                        && !self.list.is_asked(i, &old.list)
                        && is.shape != Shape::AllCaps
                        && !(is.shape == Shape::Lower && (went(old.word(was)) || came(self.word(is)))))
        };
        if self.len() != old.len() || !(0..self.len()).all(same) {
            return false;
        }
        self.noted_like(old)
    }

    /// Whether a word stands here in small letters.
    pub fn has_small(&self, word: &str) -> bool {
        work::step();
        let is =
            |t: &Token| t.fold_len as usize == word.len() && t.shape == Shape::Lower && self.word(t) == word;
        self.list
            .tokens
            .iter()
            .any(|t| t.kind == TokenKind::Word && is(t))
    }

    /// Notes what is noted in other tokens, if they are as many.
    pub fn noted_like(&self, other: &Self) -> bool {
        for (note, other) in self.list.notes.iter().zip(&other.list.notes) {
            note.fetch_or(other.load(Ordering::Relaxed) & READ, Ordering::Relaxed);
        }
        self.list.notes.len() == other.list.notes.len()
    }

    // Asked for at each word a dozen times and more: small code makes a call of it that costs a third of it.
    #[inline(always)]
    fn word(&self, t: &Token) -> &str {
        let start = t.fold_start as usize;
        self.folded.get(start..start + t.fold_len as usize).unwrap_or("")
    }

    /// The outer bytes of the folded form of `t` and its length, by which most words are told apart: for whoever looks at
    /// all words of a text. Nobody notes that they were read.
    #[inline]
    pub fn outline(&self, t: &Token) -> (u8, u8, usize) {
        let (start, len) = (t.fold_start as usize, t.fold_len as usize);
        let byte = |at: usize| self.folded.as_bytes().get(at).copied().unwrap_or(0);
        match len {
            0 => (0, 0, 0),
            _ => (byte(start), byte(start + len - 1), len),
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The folded form (`base::fold`) of token `i`; punctuation as it stands; empty past the end.
    pub fn fold(&self, i: usize) -> &str {
        self.list.note(WORDS, &i);
        self.fold_unnoted(i)
    }

    /// Notes that the words of token `i` are read, which somebody has kept ([`Tokens::fold_unnoted`]).
    #[inline]
    pub fn note_word(&self, i: usize) {
        self.list.note(WORDS, &i);
    }

    /// What kind of token `i` is, past the end a mark. That it was read needs no note: if it changes, everything does.
    pub fn kind(&self, i: usize) -> TokenKind {
        self.list.tokens.get(i).map_or(TokenKind::Punct, |t| t.kind)
    }

    /// How token `i` is written. That it was read needs no note either.
    pub fn shape(&self, i: usize) -> Shape {
        self.list.tokens.get(i).map_or(Shape::Other, |t| t.shape)
    }

    /// The folded form of token `i` if it is a mark, else nothing.
    pub fn mark(&self, i: usize) -> &str {
        match self.kind(i) {
            TokenKind::Punct => self.fold(i),
            _ => "",
        }
    }

    /// The folded form of token `i` if it is a mark or a word of class `n` of those given to [`Tokens::settle`], else nothing.
    pub fn fold_if(&self, i: usize, n: usize) -> &str {
        let Some(note) = self.list.notes.get(i) else {
            return self.fold(i);
        };
        let bits = note.load(Ordering::Relaxed);
        if bits & CLASS << n != 0 {
            return self.fold(i);
        }
        if bits & OTHER << n == 0 && reads::on() {
            note.fetch_or(OTHER << n, Ordering::Relaxed);
        }
        ""
    }

    /// The folded form of token `i`, without a note that it was read.
    #[inline]
    pub fn fold_unnoted(&self, i: usize) -> &str {
        work::step();
        self.list.tokens.get(i).map_or("", |t| self.word(t))
    }

    /// The folded words of `range` with a space between each two, where they stand so in the text.
    pub fn joined(&self, range: Range<usize>) -> Option<&str> {
        work::step();
        self.list.note(WORDS, &range);
        let tokens = self.list.tokens.get(range)?;
        let end = |t: &Token| t.fold_start as usize + t.fold_len as usize;
        let one_space = |a: &Token, b: &Token| {
            b.fold_start as usize == end(a) + 1 && self.folded.as_bytes().get(end(a)) == Some(&b' ')
        };
        let whole = tokens.iter().all(|t| t.kind != TokenKind::Punct)
            && tokens.windows(2).all(|pair| one_space(&pair[0], &pair[1]));
        let (first, last) = (tokens.first()?, tokens.last()?);
        self.folded
            .get(first.fold_start as usize..end(last))
            .filter(|_| whole)
    }

    /// The block span from the first to the last token of `range`; empty for an empty range.
    pub fn span(&self, range: Range<usize>) -> Span {
        work::step();
        match (
            self.list.tokens.get(range.start),
            range.end.checked_sub(1).and_then(|i| self.list.tokens.get(i)),
        ) {
            (Some(first), Some(last)) if range.start < range.end => first.span.join(last.span),
            _ => Span::default(),
        }
    }

    /// Index of the first token that ends after `offset` (a byte of the block).
    pub fn at(&self, offset: u32) -> usize {
        self.border(offset, |t| t.span.end <= offset)
    }

    /// The tokens that lie inside `span`.
    pub fn inside(&self, span: Span) -> Range<usize> {
        let start = self.before(span.start);
        let end = self.border(span.end, |t| t.span.end <= span.end);
        start..end.max(start)
    }

    /// Index of the first token that does not start before `offset` (a byte of the block).
    pub fn before(&self, offset: u32) -> usize {
        self.border(offset, |t| t.span.start < offset)
    }

    /// How many tokens are `before` something near `offset`: a search that begins where the place would be if all tokens
    /// were equally long, which is hardly ever far off. In a large text each token that is looked at costs more than
    /// the reckoning.
    fn border(&self, offset: u32, before: impl Fn(&Token) -> bool) -> usize {
        let tokens = &self.list.tokens;
        let Some(last) = tokens.last() else { return 0 };
        let guess = u64::from(offset) * tokens.len() as u64 / u64::from(last.span.end.max(1));
        let mut step = 1;
        // All before `low` are, `high` and those behind are not.
        let (mut low, mut high) = (0, tokens.len());
        let mut at = (guess as usize).min(high - 1);
        while low < high {
            if before(&tokens[at]) {
                low = at + 1;
                if low + step >= high {
                    break;
                }
                at = low + step - 1;
            } else {
                high = at;
                if high < low + step {
                    break;
                }
                at = high - step;
            }
            step *= 2;
        }
        low + tokens[low..high].partition_point(before)
    }

    fn push(&mut self, text: &str, kind: TokenKind, span: Span) {
        let word = &text[span.range()];
        let (shape, plain) = match kind {
            TokenKind::Punct => (Shape::Other, true),
            TokenKind::Possessive => (Shape::Other, false),
            TokenKind::Word | TokenKind::Number => describe(word, kind),
        };
        // Marks and plain words are found in the lowered copy of the text as they are.
        let (fold_start, fold_len) = if plain {
            (span.start, word.len())
        } else {
            let start = self.folded.len();
            fold_odd(word, &mut self.folded);
            (start as u32, self.folded.len() - start)
        };
        self.list.tokens.push(Token {
            span,
            kind,
            shape,
            tag: Tag::X,
            fold_start,
            fold_len: fold_len.min(u16::MAX as usize) as u16,
        });
    }
}

/// Cuts a block's text into tokens; what lies in `holes` (sorted) is left out. Tags are not set.
pub fn tokenize(text: &str, holes: &[Span]) -> Tokens {
    let mut tokens = Tokens {
        list: List {
            tokens: Vec::with_capacity(text.len() / 5 + 2),
            notes: Box::default(),
        },
        folded: text.to_ascii_lowercase(),
    };
    let mut at = 0;
    let end = Span::new(text.len(), text.len());
    for hole in holes.iter().chain([&end]) {
        let stretch = Span::new(at, (hole.start as usize).max(at));
        let base = stretch.start;
        scan(stretch.text(text), |kind, span| {
            let span = Span {
                start: span.start + base,
                end: span.end + base,
            };
            tokens.push(text, kind, span);
        });
        at = at.max(hole.end as usize);
    }
    tokens
}

/// Appends the folded form of a word that has something else in it than letters and digits of ASCII.
fn fold_odd(word: &str, out: &mut String) {
    if word.contains(['[', ']', '&']) {
        // An editor's brackets and apostrophes written as references are not part of the word.
        let mut rest = word;
        while let Some(c) = rest.chars().next() {
            if let Some((_, len)) = reference(rest) {
                rest = &rest[len..];
            } else {
                let (head, tail) = rest.split_at(c.len_utf8());
                if !matches!(c, '[' | ']') {
                    fold_into(head, out);
                }
                rest = tail;
            }
        }
    } else if word.bytes().filter(|b| !b.is_ascii()).count() == '’'.len_utf8() && word.contains('’') {
        // By far the most frequent: "don’t".
        let start = out.len();
        out.extend(word.split(['’', '\'', '.']));
        out[start..].make_ascii_lowercase();
    } else {
        fold_into(word, out);
    }
}

/// How a word or number is written, and whether its folded form is nothing but its lower case.
fn describe(word: &str, kind: TokenKind) -> (Shape, bool) {
    let (mut upper, mut lower, mut other, mut odd) = (0_usize, 0_usize, 0_usize, 0_usize);
    for b in word.bytes() {
        match b {
            b'a'..=b'z' => lower += 1,
            b'A'..=b'Z' => upper += 1,
            b'0'..=b'9' | b'-' | b'_' => {}
            b'@' | b'#' | b':' | b'/' => other += 1,
            _ => odd += 1,
        }
    }
    if kind == TokenKind::Number {
        return (Shape::Number, odd == 0);
    }
    if odd == 0 && upper == 0 && other == 0 {
        return (Shape::Lower, true);
    }
    let begins = word.as_bytes()[0];
    if matches!(begins, b'@' | b'#') || other > 0 && !word.contains('&') {
        // Addresses, handles and tags are no ordinary words.
        return (Shape::Other, odd == 0);
    }
    let mut first_upper = begins.is_ascii_uppercase();
    let mut size = word.len();
    if !word.is_ascii() || matches!(begins, b'[') {
        size = word.chars().count();
        let mut letters = word.chars().filter(|c| c.is_alphabetic());
        first_upper = letters.next().is_some_and(char::is_uppercase);
        (upper, lower) = (usize::from(first_upper), usize::from(!first_upper));
        for c in letters {
            if c.is_uppercase() { upper += 1 } else { lower += 1 }
        }
    }
    let shape = match (first_upper, upper, lower) {
        (true, 1, 0) if size == 1 => Shape::Initial,
        (true, _, 0) => Shape::AllCaps,
        (true, ..) => Shape::Capital,
        (false, 0, _) => Shape::Lower,
        (false, ..) => Shape::Mixed,
    };
    (shape, odd == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_and_shapes() {
        for (text, folds, shapes) in [
            ("The U.S. talks", "the us talks", "Capital AllCaps Lower"),
            (
                "[W]e O’Brien don&#39;t",
                "we obrien dont",
                "Capital Capital Lower",
            ),
            (
                "@Hartmann iPhone J G20",
                "@hartmann iphone j g20",
                "Other Mixed Initial AllCaps",
            ),
            (
                "Erdoğan’s 10:30 ...",
                "erdogan s 10:30 ...",
                "Capital Other Number Other",
            ),
        ] {
            let tokens = tokenize(text, &[]);
            let got: Vec<_> = (0..tokens.len()).map(|i| tokens.fold(i)).collect();
            assert_eq!(got.join(" "), folds);
            let got: Vec<_> = tokens.list.iter().map(|t| format!("{:?}", t.shape)).collect();
            assert_eq!(got.join(" "), shapes);
        }
    }

    #[test]
    fn places_are_found_wherever_the_words_crowd() {
        let crowd = "a b c d e f g h i j k l m n o p";
        let far = "incomprehensibilities";
        for text in [
            String::new(),
            "a".to_owned(),
            format!("{crowd} {far} {far}"),
            format!("{far} {far} {crowd}"),
            format!("{far} {crowd} {far}, {crowd}"),
            format!("{}{crowd}", " ".repeat(300)),
        ] {
            let tokens = tokenize(&text, &[]);
            let list = tokens.list.unnoted();
            for i in 0..=text.len() as u32 + 3 {
                let end = list.iter().filter(|t| t.span.end <= i).count();
                assert_eq!(tokens.at(i), end, "{text} {i}");
                let start = list.iter().filter(|t| t.span.start < i).count();
                assert_eq!(tokens.before(i), start, "{text} {i}");
                let inside = tokens.inside(Span { start: i, end: i + 7 });
                let end = list.iter().filter(|t| t.span.end <= i + 7).count();
                assert_eq!(inside, start..end.max(start), "{text} {i}");
            }
        }
    }

    #[test]
    fn leaves_holes_out() {
        let text = "a *very* [long](https://example.org) story";
        let holes = [
            Span::new(2, 3),
            Span::new(7, 8),
            Span::new(9, 10),
            Span::new(14, 36),
        ];
        let tokens = tokenize(text, &holes);
        let words: Vec<_> = tokens.list.iter().map(|t| t.span.text(text)).collect();
        assert_eq!(words, ["a", "very", "long", "story"]);
    }
}
