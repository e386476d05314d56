//! Another spelling of a name, through the whole article. What was said stays as it was said: quotations
//! are left alone unless that is asked for.

use crate::{
    base::{order::Order, span::DocSpan},
    ide::{explain::mention_at, navigate::mentions_of},
    semantic::article::{Article, MentionForm, QuoteKind},
};

/// The name at `offset` that may be spelled otherwise; inside a quotation only with `quoted`.
pub fn prepare(article: &Article, offset: u32, quoted: bool) -> Result<DocSpan, &'static str> {
    let i = mention_at(article, offset).ok_or("no name stands here")?;
    let mention = &article.mentions[i];
    if !has_spelling(mention.form) {
        return Err("only names have another spelling; this refers to somebody in other words");
    }
    if !quoted && is_quoted(article, mention.span) {
        return Err("the words of a quotation stay as they were spoken");
    }
    Ok(mention.span)
}

/// The replacements that spell the name at `offset` as `new` wherever the article calls its bearer so,
/// in text order, inside quotations only with `quoted`. Where only a part of the name changes, that part changes where it
/// stands alone, too.
pub fn rename(
    article: &Article,
    offset: u32,
    new: &str,
    quoted: bool,
) -> Result<Vec<(DocSpan, String)>, &'static str> {
    let new = new.trim();
    if new.is_empty() || new.contains(char::is_control) {
        return Err("a name is a word or several, on one line");
    }
    let span = prepare(article, offset, quoted)?;
    let old = span.text(&article.text);
    let i = mention_at(article, offset).ok_or("no name stands here")?;
    let entity = article.mentions[i].entity;
    let pairs = changed_words(old, new);
    let mut edits = Vec::new();
    for span in mentions_of(article, entity) {
        if !quoted && is_quoted(article, span) {
            continue;
        }
        let text = span.text(&article.text);
        for (old, new) in &pairs {
            for (at, _) in text.match_indices(old) {
                if is_whole(text, at, at + old.len()) {
                    let start = span.start as usize + at;
                    edits.push((DocSpan::new(start, start + old.len()), (*new).to_owned()));
                }
            }
        }
    }
    edits.order_by(Ord::cmp);
    edits.dedup();
    // Where one changed word lies in another, the first stands.
    let mut end = 0;
    edits.retain(|(span, _)| {
        let free = end <= span.start;
        end = if free { span.end } else { end };
        free
    });
    Ok(edits)
}

/// The words that differ, or both names whole where they have not the same number of words.
fn changed_words<'a>(old: &'a str, new: &'a str) -> Vec<(&'a str, &'a str)> {
    let (a, b): (Vec<_>, Vec<_>) = (old.split(' ').collect(), new.split(' ').collect());
    if a.len() != b.len() {
        return vec![(old, new)];
    }
    a.into_iter().zip(b).filter(|(a, b)| a != b).collect()
}

fn is_whole(text: &str, start: usize, end: usize) -> bool {
    let part = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    !part(text[..start].chars().next_back()) && !part(text[end..].chars().next())
}

fn is_quoted(article: &Article, span: DocSpan) -> bool {
    let quotes = article.quotes.iter().filter(|q| q.kind != QuoteKind::Indirect);
    quotes.flat_map(|q| &q.spans).any(|q| q.covers(span))
}

fn has_spelling(form: MentionForm) -> bool {
    matches!(
        form,
        MentionForm::Name
            | MentionForm::Surname
            | MentionForm::Alias
            | MentionForm::Acronym
            | MentionForm::Place
            | MentionForm::Metonym
            | MentionForm::Demonym
    )
}
