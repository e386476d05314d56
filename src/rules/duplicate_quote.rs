use std::{
    hash::{Hash, Hasher},
    sync::Arc,
};

use rustc_hash::{FxHashMap, FxHasher};

use crate::{
    base::span::DocSpan,
    rules::{Check, Findings, Severity},
    semantic::{article::QuoteKind, local::Local},
    syntax::{
        block::{Block, Zone},
        tag::Tag,
        token::Token,
    },
};

rule! {
    /// ## What it does
    /// Flags a quotation of six words or more that stands twice in the body.
    ///
    /// ## Why
    /// It is usually left over from moving a paragraph.
    /// A headline, crosshead or caption may repeat a quotation, and so may a paragraph of nothing but the words and a name,
    /// which was pulled out of the text. What stands three times or more is one finding, at the second place; it names
    /// the others.
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

/// So many places of one quotation are told with the finding; more would hide the rest of the list.
const MAX_PLACES: usize = 6;

fn check(cx: &Check<'_>, acc: &mut Findings<'_>) {
    // The places of each quotation, in the order of the first ones.
    let mut places: Vec<Vec<DocSpan>> = Vec::new();
    // By a hash of the words; where two have the same by chance, one is told apart by the words and goes to the next number.
    let mut index: FxHashMap<u64, usize> = FxHashMap::default();
    let quotes = cx.article.quotes.iter().filter(|q| q.kind != QuoteKind::Indirect);
    for &span in quotes.flat_map(|q| &q.marked) {
        if !cx.in_body(span.start) {
            continue;
        }
        let (mut n_words, mut hasher) = (0, FxHasher::default());
        cx.each_word(span).for_each(|word| {
            n_words += 1;
            word.hash(&mut hasher);
        });
        if n_words < MIN_WORDS {
            continue;
        }
        let mut key = hasher.finish();
        loop {
            let at = *index.entry(key).or_insert(places.len());
            let Some(list) = places.get_mut(at) else {
                places.push(vec![span]);
                break;
            };
            let same = |first: &DocSpan| cx.each_word(*first).eq(cx.each_word(span));
            if list.first().is_some_and(same) {
                list.push(span);
                break;
            }
            key = key.wrapping_add(1);
        }
    }
    for list in &places {
        let [first, second, more @ ..] = list.as_slice() else {
            continue;
        };
        if more.is_empty() && is_pulled_out(cx, *first) != is_pulled_out(cx, *second) {
            continue;
        }
        let message = match more.len() {
            0 => "the same quotation stands here a second time".to_owned(),
            1 => "the same quotation stands here a second time, and once more below".to_owned(),
            n => format!("the same quotation stands here a second time, and {n} times more below"),
        };
        let d = acc.push(*second, message);
        d.related.push((*first, "it stood here before".to_owned()));
        let below = more.iter().take(MAX_PLACES - 1);
        d.related
            .extend(below.map(|&span| (span, "it stands here again".to_owned())));
    }
}

/// Whether a quotation begins its paragraph, and nothing is behind it but a name: nobody is said there to say it.
fn is_pulled_out(cx: &Check<'_>, span: DocSpan) -> bool {
    const NAME: usize = 8;
    let Some((block, local)) = cx.block_at(span.start) else {
        return false;
    };
    let behind = cx.text(DocSpan {
        start: span.end.min(block.span.end),
        end: block.span.end,
    });
    let begins = span.start == block.span.start;
    let verb = |t: &Token| matches!(t.tag, Tag::VerbPast | Tag::VerbPres | Tag::Aux);
    // The name may be a line of its own, and a block quotation needs none.
    let blocks = &cx.article.layout.blocks;
    let below = blocks.partition_point(|b| b.span.end <= block.span.end);
    let alone = behind.trim_matches(|c: char| !c.is_alphanumeric()).is_empty();
    if begins && alone {
        let name = blocks.get(below).zip(cx.article.locals.get(below));
        let is_name = |(b, l): (&Block, &Arc<Local>)| {
            cx.text(b.span).split_whitespace().count() <= NAME
                && cx
                    .text(b.span)
                    .trim_start_matches(|c: char| !c.is_alphanumeric())
                    .starts_with(char::is_uppercase)
                && !l.tokens.list.iter().any(verb)
        };
        return block.zone == Zone::BlockQuote || name.is_some_and(is_name);
    }
    let named = behind.trim_start_matches(|c: char| !c.is_alphanumeric());
    let mut tokens = local
        .tokens
        .list
        .iter()
        .filter(|t| block.to_doc(t.span).start >= span.end);
    begins
        && named.split_whitespace().count() <= NAME
        && named.starts_with(|c: char| c.is_uppercase())
        && !tokens.any(verb)
}

#[cfg(test)]
mod tests {
    use crate::testing::check_rule;

    #[test]
    fn words_pulled_out_of_the_text() {
        check_rule(
            &super::RULE,
            "“We are not going to leave this room,” said Lena Hartmann, the foreign minister.\n\nSnow fell.\n\n“We are not going to leave this room.” — Lena Hartmann\n",
        );
        check_rule(
            &super::RULE,
            "\
“We are not going to leave this room,” said Lena Hartmann, the foreign minister.

“We are not going to leave this room,” Hartmann said.
//@0-38 duplicate-quote
",
        );
    }

    #[test]
    fn words_pulled_out_over_a_line_with_a_name() {
        check_rule(
            &super::RULE,
            "“We are not going to leave this room,” said Lena Hartmann, the foreign minister.\n\nSnow fell.\n\n“We are not going to leave this room.”\n\nLena Hartmann\n\nSnow fell again.\n",
        );
        check_rule(
            &super::RULE,
            "Snow fell.\n\n> “We are not going to leave this room.”\n\n“We are not going to leave this room,” said Lena Hartmann, the foreign minister.\n",
        );
    }
}
