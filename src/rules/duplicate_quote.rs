use rustc_hash::FxHashMap;

use crate::{
    rules::{Check, Findings, Severity},
    semantic::article::QuoteKind,
};

rule! {
    /// ## What it does
    /// Flags a quotation of six words or more that stands twice in the body.
    ///
    /// ## Why
    /// It is usually left over from moving a paragraph.
    /// A headline, crosshead or caption may repeat a quotation.
    ///
    /// ## Example
    /// ```news
    /// “We are not going to leave this room,” said Lena Hartmann, the foreign minister.
    ///
    /// Snow fell. “We are not going to leave this room,” Hartmann said.
    /// //         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ duplicate-quote
    /// ```
    ///
    /// Not flagged, as short words do repeat:
    /// ```news
    /// “We are not leaving,” said Lena Hartmann, the foreign minister.
    ///
    /// Snow fell. “We are not leaving,” Hartmann said again.
    /// ```
    "duplicate-quote", "the same quotation stands twice", Some(Severity::Hint), check
}

const MIN_WORDS: usize = 6;

fn check(cx: &Check<'_>, acc: &mut Findings<'_>) {
    let mut seen = FxHashMap::default();
    let quotes = cx.article.quotes.iter().filter(|q| q.kind != QuoteKind::Indirect);
    for &span in quotes.flat_map(|q| &q.marked) {
        let words = cx.words(span);
        if words.len() < MIN_WORDS || !cx.in_body(span.start) {
            continue;
        }
        match seen.get(&words) {
            None => {
                seen.insert(words, span);
            }
            Some(&first) => {
                let d = acc.push(span, "the same quotation stands here a second time".to_owned());
                d.related.push((first, "it stood here before".to_owned()));
            }
        }
    }
}
