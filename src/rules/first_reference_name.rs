use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    rules::{Check, Findings, Severity},
    semantic::article::{EntityKind, MentionForm},
};

rule! {
    /// ## What it does
    /// Flags a surname in the body that stands before the full name.
    ///
    /// ## Why
    /// The reader meets a person by the full name first; it is often a paragraph that was moved.
    /// Headlines, crossheads and captions may run ahead, quotations were said so, and a person whose full name the
    /// article never gives is taken to be known.
    ///
    /// ## Example
    /// ```news
    /// A long headline about the talks
    ///
    /// Hartmann left the talks on Monday.
    /// //^^^^^^ first-reference-name
    ///
    /// Snow fell as Lena Hartmann, the foreign minister, drove away.
    /// ```
    ///
    /// Not flagged:
    /// ```news
    /// Hartmann leaves the talks
    ///
    /// Lena Hartmann, the foreign minister, left the talks on Monday.
    ///
    /// Snow fell as Hartmann drove away.
    /// ```
    "first-reference-name", "a surname stands before the full name", Some(Severity::Hint), check
}

fn check(cx: &Check<'_>, acc: &mut Findings<'_>) {
    let full = |form| matches!(form, MentionForm::Name | MentionForm::Alias);
    let mut introduced = FxHashMap::default();
    let mut early = Vec::new();
    let mut seen = FxHashSet::default();
    // The first paragraph may be a headline that does not look like one.
    let first_end = cx.article.layout.blocks.first().map_or(0, |b| b.span.end);
    for mention in &cx.article.mentions {
        let person = cx.article.entities.get(mention.entity).is_some_and(|e| e.kind == EntityKind::Person);
        if !person || !cx.in_body(mention.span.start) {
            continue;
        }
        // A name of one word is all there is to some people.
        if full(mention.form) && cx.text(mention.span).contains(' ') {
            introduced.entry(mention.entity).or_insert(mention.span);
        } else if mention.form == MentionForm::Surname
            && !introduced.contains_key(&mention.entity)
            && !cx.in_quote(mention.span)
            && mention.span.start >= first_end
            && seen.insert(mention.entity)
        {
            early.push((mention.entity, mention.span));
        }
    }
    for (entity, span) in early {
        if let Some(&later) = introduced.get(&entity) {
            let d = acc.push(
                span,
                format!("“{}” stands here before the reader has met the full name", cx.text(span)),
            );
            d.related.push((later, "the full name".to_owned()));
        }
    }
}
