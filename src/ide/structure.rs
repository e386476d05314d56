//! The article's parts as an editor folds and selects them.

use crate::{
    base::{order::Order, span::DocSpan, word::TokenKind},
    ide::explain::mention_at,
    semantic::article::Article,
    syntax::block::{Block, Zone},
};

/// What may be folded: the front matter, sections under a crosshead, paragraphs. An editor folds only what
/// has more than one line.
pub fn folds(article: &Article) -> Vec<DocSpan> {
    let blocks = &article.layout.blocks;
    let mut folds: Vec<DocSpan> = article.layout.front_matter.into_iter().collect();
    folds.extend(blocks.iter().map(|b| b.span));
    let is_head = |b: &&Block| matches!(b.zone, Zone::Crosshead);
    let heads: Vec<usize> = (0..blocks.len()).filter(|&i| is_head(&&blocks[i])).collect();
    for (n, &head) in heads.iter().enumerate() {
        let next = heads.get(n + 1).copied().unwrap_or(blocks.len());
        if let Some(last) = blocks[..next].last() {
            folds.push(blocks[head].span.join(last.span));
        }
    }
    folds.order_by_key(|s| (s.start, std::cmp::Reverse(s.end)));
    folds.dedup();
    folds
}

/// Where a clause begins or ends, as far as marks tell. Those inside a word or a number are no tokens.
fn ends_clause(mark: &str) -> bool {
    let ends = |c: char| ",;:.!?()[]—–“”„‟‘’‚‛«»‹›\"'".contains(c);
    mark == "--" || mark.chars().all(ends)
}

/// Where nothing is read, as in front matter and comments: the word and the line.
fn outside(text: &str, offset: u32) -> impl Iterator<Item = DocSpan> {
    let within = |is_part: fn(char) -> bool| {
        let (before, after) = text.split_at_checked(offset as usize).unwrap_or((text, ""));
        let start = before.trim_end_matches(is_part).len();
        let end = text.len() - after.trim_start_matches(is_part).len();
        DocSpan::new(start, end)
    };
    let parts = [
        within(|c| c.is_alphanumeric() || matches!(c, '-' | '_')),
        within(|c| !matches!(c, '\n' | '\r')),
    ];
    parts.into_iter().filter(|part| !part.is_empty())
}

/// What surrounds `offset`, each part inside the next: word, name, clause, quoted words, quotation, sentence,
/// paragraph, article.
pub fn around(article: &Article, offset: u32) -> Vec<DocSpan> {
    let mut parts = Vec::new();
    let blocks = &article.layout.blocks;
    let i = blocks.partition_point(|b| b.span.end < offset);
    if let (Some(block), Some(local)) = (blocks.get(i), article.locals.get(i))
        && block.span.touches(offset)
    {
        let inside = offset - block.span.start;
        let tokens = &local.tokens.list;
        let at = tokens.partition_point(|t| t.span.end < inside);
        // Between two words the one that begins is meant.
        let near = [at + 1, at].into_iter().filter_map(|i| tokens.get(i));
        let word = near.into_iter().find(|t| t.span.touches(inside));
        parts.extend(word.map(|t| block.to_doc(t.span)));
        parts.push(block.span);
        for pair in local.pairs.iter().filter(|p| p.span.touches(inside)) {
            parts.push(block.to_doc(pair.span));
            if pair.inner().touches(inside) {
                parts.push(block.to_doc(pair.inner()));
            }
        }
        for sentence in &local.sentences {
            let span = local.tokens.span(sentence.clone());
            if span.touches(inside) {
                parts.push(block.to_doc(span));
                let text = block.span.text(&article.text);
                let tokens = tokens.get(sentence.clone()).unwrap_or(&[]);
                let clauses = tokens.split(|t| t.kind == TokenKind::Punct && ends_clause(t.span.text(text)));
                let ends = clauses.filter_map(|c| Some(c.first()?.span.join(c.last()?.span)));
                parts.extend(ends.filter(|c| c.touches(inside)).map(|c| block.to_doc(c)));
            }
        }
    } else {
        parts.extend(outside(&article.text, offset));
    }
    parts.extend(mention_at(article, offset).map(|i| article.mentions[i].span));
    parts.push(DocSpan::new(0, article.text.len()));
    parts.order_by_key(|s| s.len());
    // Each part must hold the one before it; of two that cross, the smaller stays.
    let mut nested: Vec<DocSpan> = Vec::with_capacity(parts.len());
    for part in parts {
        if nested
            .last()
            .is_none_or(|last| part != *last && part.covers(*last))
        {
            nested.push(part);
        }
    }
    nested
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{
        kb::Kb,
        semantic::article::{Context, analyze},
    };

    #[test]
    fn front_matter_has_words_and_lines() {
        let text = "---\ntitle: Snow in Halm\n---\n\nSnow fell.\n";
        let article = analyze(&Arc::from(text), &Context::default(), Kb::embedded());
        let parts = around(&article, text.find("now in").unwrap() as u32);
        let words: Vec<_> = parts.iter().map(|p| p.text(text)).collect();
        assert_eq!(words, ["Snow", "title: Snow in Halm", text]);
    }
}
