use rustc_hash::FxHashMap;

use crate::{
    base::fold::fold,
    rules::{Check, Findings, Severity},
    semantic::article::{EntityKind, MentionForm},
};

rule! {
    /// ## What it does
    /// Flags a surname that stands alone after two people of that name were introduced.
    ///
    /// ## Why
    /// The reader cannot tell which of the two is meant.
    /// Names inside quotations are left alone: they were said so.
    ///
    /// ## Example
    /// ```news
    /// Lena Hartmann, the foreign minister, met the mayor, Otto Hartmann, on Monday.
    ///
    /// Snow fell as Hartmann left.
    /// //           ^^^^^^^^ same-surname
    /// ```
    ///
    /// Not flagged:
    /// ```news
    /// Lena Hartmann, the foreign minister, met the mayor, Otto Nowak, on Monday.
    ///
    /// Snow fell as Hartmann left.
    /// ```
    "same-surname", "a surname that two people of the article bear", Some(Severity::Info), check
}

fn check(cx: &Check<'_>, acc: &mut Findings<'_>) {
    // Who was introduced with a full name so far, by surname.
    let mut bearers: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for mention in &cx.article.mentions {
        let Some(entity) = cx.article.entities.get(mention.entity) else { continue };
        if entity.kind != EntityKind::Person {
            continue;
        }
        let name = cx.text(mention.span);
        match mention.form {
            MentionForm::Name | MentionForm::Alias => {
                if let Some((_, surname)) = name.rsplit_once(' ') {
                    let list = bearers.entry(fold(surname)).or_default();
                    if !list.contains(&mention.entity) {
                        list.push(mention.entity);
                    }
                }
            }
            MentionForm::Surname if cx.in_body(mention.span.start) && !cx.in_quote(mention.span) => {
                let others = bearers.get(&fold(name)).map_or(&[][..], |l| l.as_slice());
                let names: Vec<&str> =
                    others.iter().filter_map(|&e| cx.article.entities.get(e)).map(|e| e.name.as_str()).collect();
                if let [first, second, ..] = names.as_slice() {
                    acc.push(mention.span, format!("“{name}” may be {first} or {second}"));
                }
            }
            _ => {}
        }
    }
}
