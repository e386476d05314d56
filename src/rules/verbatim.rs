//! Whether words stand in the body of an article exactly so.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    base::{span::DocSpan, word::TokenKind, work},
    rules::{
        Check,
        read::{contracted, is_body, sign, sign_of, spelled_out},
    },
    semantic::{article::AsideKind, local::Local},
    syntax::{
        block::{Block, Zone},
        tag::Tag,
        token::Token,
    },
};

/// Which of `quotations` (each in parts, each part a run of words) stand in the body of the article, word for
/// word. Words run over no border of a block. Costs one look at each word of the body, until all were found.
pub(crate) fn in_body<T>(cx: &Check<'_>, quotations: &[(T, Vec<Vec<&str>>)]) -> Vec<bool> {
    // What a word of the body may begin: parts by their first word, and a cheap sign that none does.
    let mut by_first: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    let mut signs = contracted();
    // Each part once, however many quotations have it, with whether it was found.
    let mut parts: Vec<(&[&str], bool)> = Vec::new();
    let mut index: FxHashMap<&[&str], usize> = FxHashMap::default();
    let mut wanted: Vec<Vec<usize>> = Vec::new();
    for (_, words) in quotations {
        let of_this = words.iter().map(|part| {
            *index.entry(part).or_insert_with(|| {
                if let Some(first) = part.first() {
                    by_first.entry(first).or_default().push(parts.len());
                    signs[sign(first)] = true;
                }
                parts.push((part, part.is_empty()));
                parts.len() - 1
            })
        });
        wanted.push(of_this.collect());
    }
    let mut missing = parts.iter().filter(|(_, found)| !found).count();
    for (block, local) in body(cx) {
        if missing == 0 {
            break;
        }
        // Most words can begin nothing, so they are passed one by one; only from where one can, those behind are read.
        for (at, token) in places(block, local) {
            if !signs[sign_of(local.tokens.outline(token))] {
                continue;
            }
            let word = local.tokens.fold_unnoted(at);
            for (skipped, first) in spelled_out(word).enumerate() {
                let Some(list) = by_first.get_mut(first).filter(|list| !list.is_empty()) else {
                    continue;
                };
                let here = || words_from(local, at).flat_map(spelled_out).skip(skipped);
                let second = here().nth(1);
                // A part that is found is not looked for again.
                list.retain(|&p| {
                    let part = parts[p].0;
                    let may = part.get(1).is_none_or(|w| second == Some(w));
                    let holds = may && part.iter().copied().eq(here().take(part.len()));
                    parts[p].1 |= holds;
                    missing -= usize::from(holds);
                    !holds
                });
            }
        }
    }
    wanted
        .iter()
        .map(|list| list.iter().all(|&p| parts[p].1))
        .collect()
}

/// Whether one paragraph of the body holds all words of a phrase that tell something, in whatever order: "‘ugliest
/// roundabout in Britain’" where the text has "a roundabout that was called “the ugliest in Britain”". A clause says
/// something, so it must stand there as it is; a phrase of one such word proves nothing.
pub(crate) fn is_gathered(cx: &Check<'_>, span: DocSpan, parts: &[Vec<&str>]) -> bool {
    const TELLING: usize = 4;
    let Some((block, local)) = cx.block_at(span.start) else {
        return false;
    };
    let mut tokens = local.tokens.inside(block.within(span));
    if tokens.any(|i| local.tokens.list[i].tag.is_finite() || local.tokens.list[i].tag == Tag::Aux) {
        return false;
    }
    let telling: Vec<&str> = parts
        .iter()
        .flatten()
        .copied()
        .filter(|w| w.len() >= TELLING)
        .collect();
    telling.len() >= 2
        && body(cx).any(|(block, local)| {
            let words: FxHashSet<&str> = block_words(block, local).collect();
            // "upside-down rivers" of "an upside-down river".
            let singular = |w: &str| w.strip_suffix('s').is_some_and(|one| words.contains(one));
            telling.iter().all(|w| words.contains(w) || singular(w))
        })
}

/// The words of the body, without punctuation and datelines.
pub(crate) fn body_words<'a>(cx: &Check<'a>) -> impl Iterator<Item = &'a str> {
    body(cx).flat_map(|(block, local)| block_words(block, local))
}

fn body<'a>(cx: &Check<'a>) -> impl Iterator<Item = (&'a Block, &'a Local)> {
    cx.blocks().filter(|(b, _)| is_body(b.zone))
}

fn block_words<'a>(block: &'a Block, local: &'a Local) -> impl Iterator<Item = &'a str> {
    places(block, local).map(|(i, _)| local.tokens.fold_unnoted(i))
}

/// The tokens of the same words, with their numbers.
fn places<'a>(block: &'a Block, local: &'a Local) -> impl Iterator<Item = (usize, &'a Token)> {
    work::step();
    let tokens = local.tokens.list.unnoted().iter().enumerate();
    tokens.filter(|(_, t)| t.kind != TokenKind::Punct && t.span.start >= block.lead_end)
}

/// The words of a block from token `from` on.
fn words_from(local: &Local, from: usize) -> impl Iterator<Item = &str> {
    let tokens = (from..local.tokens.len()).filter(|&i| local.tokens.kind(i) != TokenKind::Punct);
    tokens.map(|i| local.tokens.fold(i))
}

/// The quoted words in blocks of one zone: two or more (three in a headline), cut at dots that stand for words
/// left out. Titles, terms and names are no quotations.
pub(crate) fn quoted_in<'a>(cx: &Check<'a>, zone: Zone) -> Vec<(DocSpan, Vec<Vec<&'a str>>)> {
    let min = if zone == Zone::Headline { 3 } else { 2 };
    let mut list = Vec::new();
    for (block, local) in cx.blocks().filter(|(b, _)| b.zone == zone) {
        for pair in &local.pairs {
            let span = block.to_doc(pair.span);
            let first = cx.article.asides.partition_point(|a| a.span.start < span.start);
            let mut here = cx.article.asides[first..]
                .iter()
                .take_while(|a| a.span.start == span.start);
            let aside = here.any(|a| {
                // What was taken for a slogan or a scare quote may be speech whose words are gone.
                a.span == span && !matches!(a.kind, AsideKind::Slogan | AsideKind::Scare)
            });
            if pair.open.is_none() || pair.close.is_none() || pair.level > 0 || aside {
                continue;
            }
            let mut parts: Vec<Vec<&str>> = vec![Vec::new()];
            let (mut dots, mut n_words) = (0, 0);
            for i in local.tokens.inside(pair.inner()) {
                let word = local.tokens.fold(i);
                if local.tokens.list[i].kind != TokenKind::Punct {
                    dots = 0;
                    n_words += 1;
                    if let Some(part) = parts.last_mut() {
                        part.extend(spelled_out(word));
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
            if n_words >= min {
                list.push((span, parts));
            }
        }
    }
    list
}
