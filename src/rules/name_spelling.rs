use rustc_hash::FxHashMap;

use crate::{
    base::{
        fold::fold,
        span::{DocSpan, Span},
        word::{TokenKind, name_words},
    },
    rules::{Check, Findings, Fix, Severity, config::Spelling},
    semantic::article::{EntityKind, MentionForm},
};

rule! {
    /// ## What it does
    /// Flags a name that is spelt in two ways in the article, and a spelling that the house does not use.
    ///
    /// ## Why
    /// Zelensky and Zelenskyy, Erdogan and Erdoğan are one man each; the reader may take them for two.
    /// Of two spellings the rarer is flagged, or the later when they are equally frequent.
    /// The house's spellings stand under `[spelling]` in `copydesk.toml`.
    ///
    /// ## Example
    /// ```news
    /// Recep Tayyip Erdoğan arrived at noon. Erdoğan met reporters, and Erdogan left at three.
    /// //                                                               ^^^^^^^ name-spelling “Erdoğan”
    /// ```
    ///
    /// ```news
    /// // config: spelling = { Kiev = "Kyiv" }
    /// The train from Kiev was late.
    /// //             ^^^^ name-spelling “Kyiv”
    /// ```
    ///
    /// Not flagged:
    /// ```news
    /// // config: spelling = { Kiev = "Kyiv" }
    /// Volodymyr Zelensky arrived at noon. Zelensky’s train from Kyiv was late, and he ate chicken Kievski.
    /// ```
    "name-spelling", "a name in two spellings, or not in the house's", Some(Severity::Warning), check
}

fn check(cx: &Check<'_>, acc: &mut Findings<'_>) {
    house(cx, acc);
    two_ways(cx, acc);
}

/// Spellings that the configuration replaces.
fn house(cx: &Check<'_>, acc: &mut Findings<'_>) {
    if cx.config.spelling.is_empty() {
        return;
    }
    let mut by_first: FxHashMap<String, Vec<(&Spelling, usize)>> = FxHashMap::default();
    for spelling in &cx.config.spelling {
        let words = name_words(&spelling.variant);
        if let Some(first) = words.first() {
            by_first
                .entry(first.clone())
                .or_default()
                .push((spelling, words.len()));
        }
    }
    for (block, local) in cx.blocks() {
        let tokens = &local.tokens;
        for i in 0..tokens.len() {
            let Some(list) = by_first.get(tokens.fold(i)) else {
                continue;
            };
            for &(spelling, n_words) in list {
                let start = tokens.list[i].span.start;
                let at = block.to_doc(Span {
                    start,
                    end: start + spelling.variant.len() as u32,
                });
                // Compared as it is written: "Kiev" is not "kiev", and "Zelensky" ends before "Zelenskyy" does.
                // Hyphens and stops are tokens too, so that there may be more tokens than words.
                let some = tokens.list.iter().skip(i).take(2 * n_words);
                let ends = some.map(|t| block.to_doc(t.span).end).any(|end| end == at.end);
                if at.end <= block.span.end && ends && cx.text(at) == spelling.variant {
                    let d = acc.push(at, format!("the house writes “{}”", spelling.house));
                    d.fix = Some(Fix {
                        title: format!("Write “{}”", spelling.house),
                        edits: vec![(at, spelling.house.clone())],
                    });
                }
            }
        }
    }
}

/// Surnames of one person in two spellings.
fn two_ways(cx: &Check<'_>, acc: &mut Findings<'_>) {
    // By entity: the last words of its names, each with its places.
    let mut spelt: Vec<Vec<(&str, Vec<DocSpan>)>> = vec![Vec::new(); cx.article.entities.len()];
    for mention in &cx.article.mentions {
        let person = cx
            .article
            .entities
            .get(mention.entity)
            .is_some_and(|e| e.kind == EntityKind::Person);
        let named = matches!(
            mention.form,
            MentionForm::Name | MentionForm::Surname | MentionForm::Alias
        );
        // What is quoted from paper stands as it was written there.
        if !person || !named || cx.in_quote(mention.span) {
            continue;
        }
        let span = last_word(cx, mention.span);
        let word = cx.text(span);
        // Capitals are a matter of headlines, not of spelling, and short words are no surnames to compare.
        let plain = word.chars().all(char::is_alphabetic);
        if !plain || word.chars().count() < 4 || word.chars().filter(|c| c.is_uppercase()).count() > 1 {
            continue;
        }
        let list = &mut spelt[mention.entity];
        match list.iter_mut().find(|(w, _)| *w == word) {
            Some((_, places)) => places.push(span),
            None => list.push((word, vec![span])),
        }
    }
    for list in &spelt {
        // The first of the most frequent.
        let Some((usual, places)) = list.iter().rev().max_by_key(|(_, places)| places.len()) else {
            continue;
        };
        for (odd, odd_places) in list.iter().filter(|(w, _)| w != usual && near(w, usual)) {
            for &at in odd_places {
                let d = acc.push(
                    at,
                    format!("this name is written “{usual}” elsewhere in the article"),
                );
                d.related
                    .extend(places.first().map(|&p| (p, format!("“{usual}”, not “{odd}”"))));
                d.fix = Some(Fix {
                    title: format!("Write “{usual}”"),
                    edits: vec![(at, (*usual).to_owned())],
                });
            }
        }
    }
}

/// The last word of a name.
fn last_word(cx: &Check<'_>, span: DocSpan) -> DocSpan {
    let last = cx.block_at(span.start).and_then(|(block, local)| {
        let words = local.tokens.inside(block.within(span)).rev();
        let mut words = words
            .filter_map(|i| local.tokens.list.get(i))
            .filter(|t| t.kind == TokenKind::Word);
        words.next().map(|t| block.to_doc(t.span))
    });
    last.unwrap_or(span)
}

/// Whether two words are spellings of one name: the same but for marks, or for one or two letters of a long one.
fn near(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (fold(a).chars().collect(), fold(b).chars().collect());
    if a == b {
        return true;
    }
    let same_start = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[same_start..], &b[same_start..]);
    let same_end = a
        .iter()
        .rev()
        .zip(b.iter().rev())
        .take_while(|(x, y)| x == y)
        .count();
    same_start >= 3 && a.len() - same_end <= 2 && b.len() - same_end <= 2
}

#[cfg(test)]
mod tests {
    use super::near;

    #[test]
    fn spellings_of_one_name() {
        for (a, b) in [
            ("Zelensky", "Zelenskiy"),
            ("Erdoğan", "Erdogan"),
            ("Gaddafi", "Gadhafi"),
            ("Orban", "Orbán"),
        ] {
            assert!(near(a, b), "{a} {b}");
        }
        for (a, b) in [("Lula", "Silva"), ("May", "Mayer-Landrut"), ("Trump", "Donald")] {
            assert!(!near(a, b), "{a} {b}");
        }
    }
}
