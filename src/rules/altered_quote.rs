use rustc_hash::FxHashMap;

use crate::{
    base::span::DocSpan,
    rules::{Check, Findings, Severity},
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
    "altered-quote", "two versions of one quotation", Some(Severity::Warning), check
}

const MIN_WORDS: usize = 5;

/// Longer quotations are compared by their beginnings, so that the work stays in proportion to the text.
const MAX_WORDS: usize = 60;

struct Said<'a> {
    span: DocSpan,
    words: Vec<&'a str>,
}

fn check(cx: &Check<'_>, acc: &mut Findings<'_>) {
    let mut said: Vec<Said<'_>> = Vec::new();
    // The newest quotation of a speaker that holds three words in a row: only what shares three such words can
    // be a version of the other, and only the newest is looked at.
    let mut newest: FxHashMap<(usize, [usize; 3]), usize> = FxHashMap::default();
    // A number for each word, for words are compared often.
    let mut numbers: FxHashMap<&str, usize> = FxHashMap::default();
    let mut numbered: Vec<usize> = Vec::new();
    for quote in cx.article.quotes.iter().filter(|q| q.kind != QuoteKind::Indirect) {
        let Some(speaker) = quote.speaker else { continue };
        for &span in &quote.marked {
            if !cx.in_body(span.start) || is_edited(cx.text(span)) {
                continue;
            }
            let words = cx.words(span);
            if words.len() < MIN_WORDS {
                continue;
            }
            let this = said.len();
            let mut other = None;
            numbered.clear();
            for word in &words {
                let next = numbers.len();
                numbered.push(*numbers.entry(word).or_insert(next));
            }
            for w in numbered.windows(3) {
                let key = (speaker, [w[0], w[1], w[2]]);
                if let Some(i) = newest.insert(key, this).filter(|&i| i != this) {
                    other = Some(i);
                }
            }
            if let Some(earlier) = other
                .and_then(|i| said.get(i))
                .filter(|e| nearly(&e.words, &words))
            {
                let d = acc.push(
                    span,
                    "this is nearly the quotation that stands above, in other words; one of the two is wrong"
                        .to_owned(),
                );
                d.related.push((earlier.span, "the other version".to_owned()));
            }
            said.push(Said { span, words });
        }
    }
}

/// Whether the text tells the reader that it was changed.
fn is_edited(text: &str) -> bool {
    text.contains(['…', '[', '(']) || text.contains("..") || text.contains(". .")
}

/// Whether the two differ, and yet four fifths of their words agree in order.
fn nearly(a: &[&str], b: &[&str]) -> bool {
    let (a, b) = (&a[..a.len().min(MAX_WORDS)], &b[..b.len().min(MAX_WORDS)]);
    let longest = a.len().max(b.len());
    a != b && common(a, b) * 5 >= longest * 4
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
}
