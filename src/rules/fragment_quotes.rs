use rustc_hash::FxHashMap;

use crate::{
    rules::{Check, Findings},
    semantic::article::QuoteKind,
};

rule! {
    /// ## What it does
    /// Flags a sentence with more than two quotations of one to three words, and marks behind “so-called”.
    ///
    /// ## Why
    /// Fragments make words suspect that are not, and a whole sentence would say more.
    /// Titles, names and terms are no fragments.
    ///
    /// ## Example
    /// ```news
    /// Lena Hartmann, the foreign minister, said the plan was “late,” the map “wrong” and the price “absurd” on Monday.
    /// //                                                     ^^^^^^^ fragment-quotes 3
    /// ```
    ///
    /// Not flagged:
    /// ```news
    /// Lena Hartmann, the foreign minister, said the plan was “late” and the map “wrong” on Monday.
    /// ```
    "fragment-quotes", "a sentence of quoted fragments", None, check
}

const MAX_WORDS: usize = 3;
const MAX_FRAGMENTS: usize = 2;

fn check(cx: &Check<'_>, acc: &mut Findings<'_>) {
    // Fragments of each sentence: the first of them and how many.
    let mut sentences = FxHashMap::default();
    let mut order = Vec::new();
    let marked = cx
        .article
        .quotes
        .iter()
        .filter(|q| q.kind == QuoteKind::Mixed)
        .flat_map(|q| &q.marked);
    for &span in marked.filter(|s| cx.in_body(s.start)) {
        let Some((block, local)) = cx.block_at(span.start) else {
            continue;
        };
        if cx.each_word(span).count() > MAX_WORDS {
            continue;
        }
        let sentence = local.sentence_of(local.tokens.inside(block.within(span)).start);
        let entry = sentences.entry((block.span.start, sentence)).or_insert_with(|| {
            order.push((block.span.start, sentence));
            (span, 0)
        });
        entry.1 += 1;
    }
    for key in order {
        if let Some(&(first, n)) = sentences.get(&key)
            && n > MAX_FRAGMENTS
        {
            acc.push(
                first,
                format!(
                    "{n} quoted fragments in one sentence; quote a whole one, or write them without marks"
                ),
            );
        }
    }
    for (block, pair) in cx.pairs() {
        let span = block.to_doc(pair.span);
        let before = cx
            .article
            .text
            .get(block.span.start as usize..span.start as usize)
            .unwrap_or("")
            .trim_end();
        if pair.close.is_some() && before.to_lowercase().ends_with("so-called") {
            acc.push(span, "“so-called” says already what the marks say".to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check_rule;

    #[test]
    fn so_called_needs_no_marks() {
        check_rule(
            &super::RULE,
            "The so-called “harbour pact” was signed on Monday.\n//            ^^^^^^^^^^^^^^ fragment-quotes\n",
        );
    }
}
