//! Whether words stand in the body of an article exactly so.

use rustc_hash::FxHashMap;

use crate::{
    base::{span::DocSpan, word::TokenKind},
    rules::{Check, read::is_body},
    semantic::article::AsideKind,
    syntax::block::Zone,
};

/// The words of the body, and where each pair of neighbors stands.
pub(crate) struct Body<'a> {
    words: Vec<&'a str>,
    pairs: FxHashMap<(&'a str, &'a str), Vec<u32>>,
}

impl<'a> Body<'a> {
    /// The body from document offset `from` on. Blocks are kept apart, so that no words run over a border.
    pub(crate) fn of(cx: &Check<'a>, from: u32) -> Self {
        let mut body = Self {
            words: Vec::new(),
            pairs: FxHashMap::default(),
        };
        for (block, local) in cx
            .blocks()
            .filter(|(b, _)| is_body(b.zone) && b.span.start >= from)
        {
            let first = body.words.len();
            for (i, token) in local.tokens.list.iter().enumerate() {
                if token.kind != TokenKind::Punct && token.span.start >= block.lead_end {
                    body.words.push(local.tokens.fold(i));
                }
            }
            for i in first + 1..body.words.len() {
                let pair = (body.words[i - 1], body.words[i]);
                body.pairs.entry(pair).or_default().push(i as u32 - 1);
            }
        }
        body
    }

    /// Number of words.
    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether all `parts` stand in the body. Each is a run of words without a gap.
    pub(crate) fn holds(&self, parts: &[Vec<&str>]) -> bool {
        parts.iter().all(|part| match part.as_slice() {
            [] => true,
            [word] => self.words.contains(word),
            [first, second, ..] => self.pairs.get(&(*first, *second)).is_some_and(|places| {
                let fits = |&at: &u32| {
                    self.words.get(at as usize..at as usize + part.len()) == Some(part.as_slice())
                };
                // A phrase that begins like half the article is not worth looking at everywhere.
                places.iter().take(1000).any(fits)
            }),
        })
    }
}

/// The quoted words in blocks of one zone: two or more (three in a headline), cut at dots that stand for words
/// left out. Titles, terms and names are no quotations.
pub(crate) fn quoted_in<'a>(cx: &Check<'a>, zone: Zone) -> Vec<(DocSpan, Vec<Vec<&'a str>>)> {
    let min = if zone == Zone::Headline { 3 } else { 2 };
    let mut list = Vec::new();
    for (block, local) in cx.blocks().filter(|(b, _)| b.zone == zone) {
        for pair in &local.pairs {
            let span = block.to_doc(pair.span);
            let aside = cx.article.asides.iter().any(|a| {
                // What was taken for a slogan or a scare quote may be speech whose words are gone.
                a.span == span && !matches!(a.kind, AsideKind::Slogan | AsideKind::Scare)
            });
            if pair.open.is_none() || pair.close.is_none() || pair.level > 0 || aside {
                continue;
            }
            let mut parts: Vec<Vec<&str>> = vec![Vec::new()];
            let mut dots = 0;
            for i in local.tokens.inside(pair.inner()) {
                let word = local.tokens.fold(i);
                if local.tokens.list[i].kind != TokenKind::Punct {
                    dots = 0;
                    if let Some(part) = parts.last_mut() {
                        part.push(word);
                    }
                    continue;
                }
                dots = match word {
                    "…" => 2,
                    "." => dots + 1,
                    "[" | "]" => 2,
                    _ => dots,
                };
                if dots >= 2 && parts.last().is_some_and(|p| !p.is_empty()) {
                    parts.push(Vec::new());
                }
            }
            if parts.iter().map(Vec::len).sum::<usize>() >= min {
                list.push((span, parts));
            }
        }
    }
    list
}
