use std::{hash::BuildHasher, ops::Range};

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::{
    base::span::DocSpan,
    rules::{Check, Findings, Severity, read::spelled_out},
    semantic::article::QuoteKind,
};

rule! {
    /// ## What it does
    /// Flags two quotations of the same speaker that are nearly the same, but not quite.
    ///
    /// ## Why
    /// What stands in quotation marks was said in these words; of two versions one is wrong.
    /// The rule looks at quotations of five words or more, four fifths of whose words agree in their order, and
    /// leaves those alone where dots or brackets tell the reader that something was left out or put in.
    /// A part of what was said may be quoted again, and a speaker may begin or end two sentences of one paragraph, or
    /// two short ones anywhere, alike.
    ///
    /// ## Example
    /// ```news
    /// “We are not going to leave this room,” said Lena Hartmann, the foreign minister.
    ///
    /// Snow fell. “We are never going to leave this room,” Hartmann said.
    /// //         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ altered-quote
    /// ```
    ///
    /// Not flagged:
    /// ```news
    /// “We are not going to leave this room,” said Lena Hartmann, the foreign minister.
    ///
    /// “We are … going to leave this room,” Hartmann said.
    ///
    /// “We are never going to leave this room,” said Jan Nowak, the finance minister.
    ///
    /// Nowak put it between “it has nothing to do with us” and “it has everything to do with us”.
    /// ```
    ///
    /// ```news
    /// “We are not going to leave this room tonight,” said Lena Hartmann, the foreign minister.
    ///
    /// Snow fell. “We are not going to leave this room,” Hartmann said again.
    ///
    /// “We will fight for all our jobs,” she said. “We will fight for all our homes.”
    /// ```
    "altered-quote", "two versions of one quotation", Some(Severity::Warning), check
}

const MIN_WORDS: usize = 5;

/// Longer quotations are compared by their beginnings, so that the work stays in proportion to the text.
const MAX_WORDS: usize = 60;

/// Three dots in one.
const DOTS: &str = "…";

/// Two sentences with fewer words than this may differ at one end only and yet be two: "We will fight for our jobs",
/// "We will fight for our homes".
const PARALLEL: usize = 12;

/// A quotation, and where its keys stand among those of all: one for each three words in a row of one speaker.
struct Said {
    span: DocSpan,
    keys: Range<usize>,
}

fn check(cx: &Check<'_>, acc: &mut Findings<'_>) {
    let (said, keys) = read(cx);
    let repeated = Repeated::new(&keys);
    // The newest quotation that has a key: only what shares three words in a row can be a version of the other, and only
    // the newest is looked at.
    let mut newest: FxHashMap<u64, usize> = FxHashMap::default();
    for (this, quotation) in said.iter().enumerate() {
        let mut other = None;
        for &key in &keys[quotation.keys.clone()] {
            // Most are there but once.
            if repeated.may_hold(key)
                && let Some(i) = newest.insert(key, this).filter(|&i| i != this)
            {
                other = Some(i);
            }
        }
        let earlier = other.and_then(|i: usize| said.get(i));
        let apart = |e: &&Said| !in_one_sentence(cx, e.span, quotation.span);
        let close = |e: &&Said| nearly(&begin(cx, e.span), &begin(cx, quotation.span));
        if let Some(earlier) = earlier.filter(close).filter(apart) {
            let d = acc.push(
                quotation.span,
                "this is nearly the quotation that stands above, in other words; check which was said, and mend the other"
                    .to_owned(),
            );
            d.related.push((earlier.span, "the other version".to_owned()));
        }
    }
}

/// Whether one sentence sets the two against each other: "between “it has nothing to do with us” and “it has everything to
/// do with us”".
fn in_one_sentence(cx: &Check<'_>, a: DocSpan, b: DocSpan) -> bool {
    let between = DocSpan {
        start: a.end.min(b.start),
        end: b.start,
    };
    let words = cx.text(between).trim();
    matches!(
        words,
        "and" | "or" | "to" | "versus" | "vs." | "but" | "not" | "than" | "into" | "with" | "," | "/"
    )
}

/// The first words of a quotation, contractions spelled out.
fn begin<'a>(cx: &Check<'a>, span: DocSpan) -> Vec<&'a str> {
    cx.each_word(span).flat_map(spelled_out).take(MAX_WORDS).collect()
}

/// The quotations that may be compared, and the keys of all.
fn read(cx: &Check<'_>) -> (Vec<Said>, Vec<u64>) {
    let (mut said, mut keys) = (Vec::new(), Vec::new());
    // A number for each word of one quotation.
    let mut numbered: Vec<u64> = Vec::new();
    for quote in cx.article.quotes.iter().filter(|q| q.kind != QuoteKind::Indirect) {
        let Some(speaker) = quote.speaker else { continue };
        for &span in &quote.marked {
            if !cx.in_body(span.start) || is_edited(cx.text(span)) {
                continue;
            }
            numbered.clear();
            cx.each_word(span).for_each(|word| {
                numbered.extend(spelled_out(word).map(|word| FxBuildHasher.hash_one(word)));
            });
            if numbered.len() < MIN_WORDS {
                continue;
            }
            let from = keys.len();
            // Two keys that are the same by chance cost one comparison.
            let key = |w: &[u64]| FxBuildHasher.hash_one((speaker, w[0], w[1], w[2]));
            keys.extend(numbered.windows(3).map(key));
            said.push(Said {
                span,
                keys: from..keys.len(),
            });
        }
    }
    (said, keys)
}

/// Which keys are there twice, as far as a few bits of them tell: small enough to be at hand, and all that is not is left out.
struct Repeated {
    twice: Vec<u64>,
    n_bits: usize,
}

impl Repeated {
    fn new(keys: &[u64]) -> Self {
        let n_bits = (keys.len() * 8).next_power_of_two().max(64);
        let mut once = vec![0_u64; n_bits / 64];
        let mut twice = once.clone();
        for &key in keys {
            let (at, bit) = Self::place(key, n_bits);
            twice[at] |= once[at] & bit;
            once[at] |= bit;
        }
        Self { twice, n_bits }
    }

    fn place(key: u64, n_bits: usize) -> (usize, u64) {
        let at = key as usize & (n_bits - 1);
        (at / 64, 1 << (at % 64))
    }

    fn may_hold(&self, key: u64) -> bool {
        let (at, bit) = Self::place(key, self.n_bits);
        self.twice[at] & bit != 0
    }
}

/// Whether the text tells the reader that it was changed.
fn is_edited(text: &str) -> bool {
    let bytes = text.as_bytes();
    let begins = |rest: &[u8]| match rest {
        [b'[' | b'(', ..] | [b'.', b'.', ..] | [b'.', b' ', b'.', ..] => true,
        _ => rest.starts_with(DOTS.as_bytes()),
    };
    let may_begin = |b: u8| matches!(b, b'[' | b'(' | b'.') || b == DOTS.as_bytes()[0];
    let mut places = bytes.iter().enumerate();
    places.any(|(i, &b)| may_begin(b) && begins(&bytes[i..]))
}

/// Whether the two contradict each other, and yet four fifths of their words agree in order.
fn nearly(a: &[&str], b: &[&str]) -> bool {
    let (long, short) = if a.len() < b.len() { (b, a) } else { (a, b) };
    // The same words, as they stand in most that is quoted twice.
    if a == b {
        return false;
    }
    let enough = long.len() * 4;
    // One begins or ends in the middle of the other, or stands in it whole.
    let runs_on =
        |a: &[&str], b: &[&str]| (1..=a.len().min(b.len())).any(|n| n * 5 >= enough && a.ends_with(&b[..n]));
    if runs_on(a, b) || runs_on(b, a) || long.windows(short.len()).any(|w| w == short) {
        return false;
    }
    let same = |pair: &(&&str, &&str)| pair.0 == pair.1;
    let head = a.iter().zip(b).take_while(same).count();
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(same).count();
    let parallel = long.len() < PARALLEL && head.max(tail) * 5 >= enough;
    !parallel && common(a, b) * 5 >= enough
}

/// Length of the longest common subsequence with the words of `b`, which are as many as a number has bits at most.
///
/// The row of the usual table grows by one at some words of `b`; a bit is clear for each of those. All of a row are worked out
/// at once, as Hyyrö tells it: "Bit-parallel LCS-length computation revisited", 2004.
fn common(a: &[&str], b: &[&str]) -> usize {
    const { assert!(MAX_WORDS <= u64::BITS as usize) };
    let same = |x: &str| {
        let bits = b.iter().enumerate().map(|(j, y)| u64::from(x == *y) << j);
        bits.fold(0, |all, bit| all | bit)
    };
    let row = a.iter().fold(u64::MAX, |row, x| {
        let grows = row & same(x);
        row.wrapping_add(grows) | (row - grows)
    });
    let len = b.len().min(MAX_WORDS) as u32;
    (!row & u64::MAX.checked_shr(u64::BITS - len).unwrap_or(0)).count_ones() as usize
}

#[cfg(test)]
mod tests {
    use super::{MAX_WORDS, common, nearly};

    #[test]
    fn four_fifths_in_order() {
        let words = |s: &'static str| s.split(' ').collect::<Vec<_>>();
        assert!(nearly(&words("a b c d e"), &words("a b x d e")));
        assert!(!nearly(&words("a b c d e"), &words("a b c d e")));
        assert!(!nearly(&words("a b c d e"), &words("e d c b a")));
        assert!(!nearly(&words("a b c d e"), &words("a b c d e f g")));
    }

    #[test]
    fn common_words_in_order() {
        let words = |s: &'static str| s.split(' ').collect::<Vec<_>>();
        for (a, b, n) in [
            ("a b c d", "a b c d", 4),
            ("a b c d", "d c b a", 1),
            ("a b a b a", "b a b", 3),
            ("x a y b z c", "a b c d", 3),
            ("a", "b", 0),
        ] {
            assert_eq!(common(&words(a), &words(b)), n);
            assert_eq!(common(&words(b), &words(a)), n);
        }
        let long = ["w"; MAX_WORDS];
        assert_eq!(common(&long, &long), MAX_WORDS);
    }

    #[test]
    fn parts_and_parallels_are_no_versions() {
        let words = |s: &'static str| s.split(' ').collect::<Vec<_>>();
        for (a, b) in [
            ("a b c d e f", "a b c d e"),
            ("a b c d e f", "b c d e f"),
            ("x a b c d e", "a b c d e y"),
            ("a b c d e f", "a b c d e g"),
            ("a b c d e f", "g b c d e f"),
        ] {
            assert!(
                !nearly(&words(a), &words(b)) && !nearly(&words(b), &words(a)),
                "{a}"
            );
        }
        // In the middle, and at the end of a long one.
        assert!(nearly(&words("a b c d e f"), &words("a b c e f")));
        assert!(nearly(
            &words("a b c d e f g h i j k l m"),
            &words("a b c d e f g h i j k l x")
        ));
    }
}
