use rustc_hash::FxHashMap;

use crate::{
    base::{fold::fold, span::DocSpan},
    rules::{Check, Findings},
    semantic::article::{EntityKind, MentionForm},
};

rule! {
    /// ## What it does
    /// Flags a surname that stands alone after another bearer of it was named in full.
    ///
    /// ## Why
    /// The reader takes the name for the person named last.
    /// Names inside quotations, and those with “Mr”, “Mrs” or another title, are left alone.
    /// Only the first such name after a full one is flagged.
    ///
    /// ## Example
    /// ```news
    /// Lena Hartmann, the foreign minister, met the mayor, Otto Hartmann, on Monday.
    ///
    /// Snow fell as Lena Hartmann left. She had not met Otto Hartmann before.
    ///
    /// The talks begin again on Friday. Lena Hartmann will be there. Otto Hartmann sends a deputy.
    /// ```
    ///
    /// ```news
    /// Otto Hartmann, the mayor, was late. The talks began at noon with Lena Hartmann, the foreign minister.
    ///
    /// Mayor Hartmann left early.
    /// //    ^^^^^^^^ same-surname Otto Hartmann
    /// ```
    "same-surname", "a surname after another bearer of it was named", None, check
}

fn check(cx: &Check<'_>, acc: &mut Findings<'_>) {
    // Who was named in full last, by surname.
    let mut last: FxHashMap<String, (usize, DocSpan)> = FxHashMap::default();
    for mention in &cx.article.mentions {
        let Some(entity) = cx.article.entities.get(mention.entity) else {
            continue;
        };
        if entity.kind != EntityKind::Person {
            continue;
        }
        let name = cx.text(mention.span);
        match mention.form {
            MentionForm::Name | MentionForm::Alias => {
                if let Some((_, surname)) = name.rsplit_once(' ') {
                    last.insert(fold(surname), (mention.entity, mention.span));
                }
            }
            MentionForm::Surname if cx.in_body(mention.span.start) && !cx.in_quote(mention.span) => {
                let Some(other) = last.get(&fold(name)).filter(|(o, _)| *o != mention.entity) else {
                    continue;
                };
                let &(other, met) = other;
                let other = cx.article.entities.get(other).map_or("", |e| e.name.as_str());
                if has_title(cx, mention.span) || other == entity.name {
                    continue;
                }
                let related = (met, other.to_owned());
                let d = acc.push(
                    mention.span,
                    format!(
                        "“{name}” is {} here, and the reader has just met {other}",
                        entity.name
                    ),
                );
                d.related.push(related);
                last.insert(fold(name), (mention.entity, mention.span));
            }
            _ => {}
        }
    }
}

/// Whether a courtesy title stands before the name, which tells two bearers apart more often than not.
fn has_title(cx: &Check<'_>, span: DocSpan) -> bool {
    let before = cx.text(DocSpan {
        start: span.start.saturating_sub(6),
        end: span.start,
    });
    ["Mr", "Mrs", "Ms", "Sir", "Dr", "Lord", "Lady", "Miss", "Mme"]
        .iter()
        .any(|t| before.trim_end().trim_end_matches('.').ends_with(t))
}
