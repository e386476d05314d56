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

/// Two sentences with fewer words than this may differ at one end only and yet be two: "We will fight for our jobs",
/// "We will fight for our homes".
const PARALLEL: usize = 12;

/// A quotation, and where its words stand among those of all.
struct Said {
    span: DocSpan,
    words: Range<usize>,
}

fn check(cx: &Check<'_>, acc: &mut Findings<'_>) {
    let mut said: Vec<Said> = Vec::new();
    let mut words: Vec<&str> = Vec::new();
    // The newest quotation of a speaker that holds three words in a row: only what shares three such words can
    // be a version of the other, and only the newest is looked at.
    let mut newest: FxHashMap<u64, usize> = FxHashMap::default();
    // A number for each word, for words are compared often.
    let mut numbered: Vec<u64> = Vec::new();
    for quote in cx.article.quotes.iter().filter(|q| q.kind != QuoteKind::Indirect) {
        let Some(speaker) = quote.speaker else { continue };
        for &span in &quote.marked {
            if !cx.in_body(span.start) || is_edited(cx.text(span)) {
                continue;
            }
            let from = words.len();
            for word in cx.each_word(span) {
                words.extend(spelled_out(word));
            }
            if words.len() - from < MIN_WORDS {
                words.truncate(from);
                continue;
            }
            let this = said.len();
            let mut other = None;
            numbered.clear();
            numbered.extend(words[from..].iter().map(|word| FxBuildHasher.hash_one(word)));
            for w in numbered.windows(3) {
                // Two keys that are the same by chance cost one comparison.
                let key = FxBuildHasher.hash_one((speaker, w[0], w[1], w[2]));
                if let Some(i) = newest.insert(key, this).filter(|&i| i != this) {
                    other = Some(i);
                }
            }
            if let Some(earlier) = other
                .and_then(|i: usize| said.get(i))
                .filter(|e| nearly(&words[e.words.clone()], &words[from..]))
            {
                let d = acc.push(
                    span,
                    "this is nearly the quotation that stands above, in other words; one of the two is wrong"
                        .to_owned(),
                );
                d.related.push((earlier.span, "the other version".to_owned()));
            }
            said.push(Said {
                span,
                words: from..words.len(),
            });
        }
    }
}

/// Whether the text tells the reader that it was changed.
fn is_edited(text: &str) -> bool {
    let bytes = text.as_bytes();
    let begins = |rest: &[u8]| match rest {
        [b'[' | b'(', ..] | [b'.', b'.', ..] | [b'.', b' ', b'.', ..] => true,
        _ => rest.starts_with("…".as_bytes()),
    };
    (0..bytes.len()).any(|i| begins(&bytes[i..]))
}

/// Whether the two contradict each other, and yet four fifths of their words agree in order.
fn nearly(a: &[&str], b: &[&str]) -> bool {
    let (a, b) = (&a[..a.len().min(MAX_WORDS)], &b[..b.len().min(MAX_WORDS)]);
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

/// Length of the longest common subsequence.
fn common(a: &[&str], b: &[&str]) -> usize {
    let mut row = vec![0; b.len() + 1];
    for x in a {
        let mut diagonal = 0;
        for (j, y) in b.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = if x == y { diagonal + 1 } else { above.max(row[j]) };
            diagonal = above;
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::nearly;

    #[test]
    fn four_fifths_in_order() {
        let words = |s: &'static str| s.split(' ').collect::<Vec<_>>();
        assert!(nearly(&words("a b c d e"), &words("a b x d e")));
        assert!(!nearly(&words("a b c d e"), &words("a b c d e")));
        assert!(!nearly(&words("a b c d e"), &words("e d c b a")));
        assert!(!nearly(&words("a b c d e"), &words("a b c d e f g")));
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
