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
    ///
    /// ```news
    /// Otto Hartmann, the mayor, was late. The talks began at noon with Lena Hartmann, the foreign minister.
    ///
    /// The host — Mr Hartmann — left early.
    /// ```
    "same-surname", "a surname after another bearer of it was named", None, check
}

/// So many times as often one is called by the surname alone as the other if it is usually that one.
const USUAL: usize = 3;

fn check(cx: &Check<'_>, acc: &mut Findings<'_>) {
    // How often each is called by the surname alone.
    let mut alone: FxHashMap<usize, usize> = FxHashMap::default();
    for mention in cx
        .article
        .mentions
        .iter()
        .filter(|m| m.form == MentionForm::Surname)
    {
        *alone.entry(mention.entity).or_insert(0) += 1;
    }
    let alone = |entity: usize| alone.get(&entity).copied().unwrap_or(0);
    // Where one of the two is nearly always meant, the reader knows whom "Biden" means.
    let usual = |a: usize, b: usize| alone(a) >= USUAL && alone(a) >= USUAL * alone(b);
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
                if let Some((_, surname)) = name.rsplit_once(char::is_whitespace) {
                    last.insert(fold(surname), (mention.entity, mention.span));
                }
            }
            MentionForm::Surname if cx.in_body(mention.span.start) && !cx.in_quote(mention.span) => {
                let Some(other) = last.get(&fold(name)).filter(|(o, _)| *o != mention.entity) else {
                    continue;
                };
                let &(other, met) = other;
                let clear = usual(mention.entity, other) || usual(other, mention.entity);
                let Some(other) = cx.article.entities.get(other) else {
                    continue;
                };
                let person = cx.is_surely_person(other);
                let other = other.name.as_str();
                if clear || !person || cx.is_titled(mention.span, false) || may_be_one(&entity.name, other) {
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

/// Whether two names may be one person's: "Mitch Stoltz" and "Mitchell Stoltz".
fn may_be_one(a: &str, b: &str) -> bool {
    let first = |name: &str| fold(name.split_whitespace().next().unwrap_or("").trim_end_matches('.'));
    let (a, b) = (first(a), first(b));
    a.starts_with(&b) || b.starts_with(&a)
}
