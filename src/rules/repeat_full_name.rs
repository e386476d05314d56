use rustc_hash::FxHashMap;

use crate::{
    base::{fold::fold, span::DocSpan},
    rules::{Check, Findings, Fix},
    semantic::article::{EntityKind, MentionForm},
};

rule! {
    /// ## What it does
    /// Flags a full name that stands again within ten paragraphs.
    ///
    /// ## Why
    /// After the first time the surname is enough.
    /// It is not where two people bear it, in headlines and captions, and inside quotations.
    ///
    /// ## Example
    /// ```news
    /// Lena Hartmann, the foreign minister, arrived at noon.
    ///
    /// Snow fell. Lena Hartmann had no umbrella.
    /// //         ^^^^^^^^^^^^^ repeat-full-name Hartmann
    /// ```
    ///
    /// Not flagged:
    /// ```news
    /// Lena Hartmann, the foreign minister, arrived at noon with Otto Hartmann, the mayor.
    ///
    /// Snow fell. Lena Hartmann had no umbrella.
    /// ```
    "repeat-full-name", "a full name stands again where the surname would do", None, check
}

const PARAGRAPHS: usize = 10;

fn check(cx: &Check<'_>, acc: &mut Findings<'_>) {
    let surname = |name: &str| name.rsplit_once(char::is_whitespace).map(|(_, last)| fold(last));
    let mut bearers: FxHashMap<String, usize> = FxHashMap::default();
    for entity in cx
        .article
        .entities
        .iter()
        .filter(|e| e.kind == EntityKind::Person)
    {
        if let Some(last) = surname(&entity.name) {
            *bearers.entry(last).or_insert(0) += 1;
        }
    }
    // The block of the newest full name of each person.
    let mut last: FxHashMap<usize, usize> = FxHashMap::default();
    for mention in cx.article.mentions.iter().filter(|m| m.form == MentionForm::Name) {
        let name = cx.text(mention.span);
        let (Some(entity), Some(family)) = (cx.article.entities.get(mention.entity), surname(name)) else {
            continue;
        };
        // Capitals alone make nobody a person: "Grand Master".
        if !cx.is_surely_person(entity)
            || part_of_more(cx, mention.span)
            || !cx.in_body(mention.span.start)
            || cx.in_quote(mention.span)
        {
            continue;
        }
        let block = cx
            .article
            .layout
            .blocks
            .partition_point(|b| b.span.end <= mention.span.start);
        let earlier = last.insert(mention.entity, block);
        let alone = bearers.get(&family).is_none_or(|n| *n < 2);
        if alone && earlier.is_some_and(|b| block - b <= PARAGRAPHS) {
            let short = name
                .rsplit_once(char::is_whitespace)
                .map_or(name, |(_, last)| last);
            let d = acc.push(
                mention.span,
                format!("the reader has met {}; “{short}” will do", entity.name),
            );
            d.offer = Some(Fix {
                title: format!("Write “{short}”"),
                edits: vec![(mention.span, short.to_owned())],
            });
        }
    }
}

/// Whether the name stands in brackets of its own, ends with an initial ("Stefan W."), or belongs to a longer one: "Lena
/// Hartmann’s Bakery".
fn part_of_more(cx: &Check<'_>, span: DocSpan) -> bool {
    let text = &cx.article.text;
    let before = text.get(..span.start as usize).unwrap_or("");
    let after = text.get(span.end as usize..).unwrap_or("");
    let owns = ["’s ", "'s "].iter().find_map(|s| after.strip_prefix(s));
    let last = cx
        .text(span)
        .trim_end_matches('.')
        .rsplit(char::is_whitespace)
        .next();
    before.ends_with(['(', '['])
        || owns.is_some_and(|rest| rest.starts_with(char::is_uppercase))
        || last.is_some_and(|w| w.chars().count() < 2)
}
