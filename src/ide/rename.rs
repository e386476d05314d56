//! Another spelling of a name, through the whole article. What was said stays as it was said: quotations
//! are left alone unless that is asked for.

use crate::{
    base::{order::Order, span::DocSpan, work},
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
    if !quoted && Spoken::of(article).covers(mention.span) {
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
    let change = change(old, new);
    let spoken = Spoken::of(article);
    let mut edits = Vec::new();
    for span in mentions_of(article, entity) {
        if !quoted && spoken.covers(span) {
            continue;
        }
        let text = span.text(&article.text);
        let pairs = match &change {
            Change::Whole if words(text).eq(words(old)) => {
                edits.push((span, new.to_owned()));
                continue;
            }
            Change::Whole => continue,
            Change::Words(pairs) => pairs,
        };
        for (old, new) in pairs {
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

/// What a new spelling changes.
enum Change<'a> {
    /// These words, wherever they stand in a name.
    Words(Vec<(&'a str, &'a str)>),
    /// The name as it is written here. "Lena", now "Lena Hartman", tells nothing about "Lena Hartmann".
    Whole,
}

fn change<'a>(old: &'a str, new: &'a str) -> Change<'a> {
    match is_words(new) && words(old).count() == words(new).count() {
        true => Change::Words(words(old).zip(words(new)).filter(|(a, b)| a != b).collect()),
        false => Change::Whole,
    }
}

/// Whether a name is all words: "Marks & Spencer" and "Anna 'Nan' -" have pieces that the words of another cannot take the
/// place of.
fn is_words(name: &str) -> bool {
    name.split_whitespace().count() == words(name).count()
}

/// The words of a name. It may run over lines, and those may begin with the mark of a quoted paragraph.
fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split_whitespace()
        .filter(|w| w.contains(char::is_alphanumeric))
}

fn is_whole(text: &str, start: usize, end: usize) -> bool {
    let part = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    !part(text[..start].chars().next_back()) && !part(text[end..].chars().next())
}

/// Where words stand as they were spoken: where each quotation begins, and the end of the longest of those up to it.
struct Spoken(Vec<DocSpan>);

impl Spoken {
    fn of(article: &Article) -> Self {
        let quotes = article.quotes.iter().filter(|q| q.kind != QuoteKind::Indirect);
        let mut spans: Vec<DocSpan> = quotes.flat_map(|q| &q.spans).copied().collect();
        spans.order_by(Ord::cmp);
        let mut end = 0;
        for span in &mut spans {
            work::step();
            end = end.max(span.end);
            span.end = end;
        }
        Self(spans)
    }

    /// Whether a quotation holds all of `span`.
    fn covers(&self, span: DocSpan) -> bool {
        work::step();
        let n = self.0.partition_point(|quote| quote.start <= span.start);
        n.checked_sub(1).is_some_and(|last| span.end <= self.0[last].end)
    }
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::rename;
    use crate::{
        kb::Kb,
        semantic::article::{Context, analyze},
    };

    /// `text` after the name that begins at the `n`th `at` is spelled `new`.
    #[track_caller]
    fn renamed(text: &str, (at, n): (&str, usize), new: &str) -> String {
        let article = analyze(&Arc::from(text), &Context::default(), Kb::embedded());
        let (offset, _) = text.match_indices(at).nth(n).unwrap();
        let edits = rename(&article, offset as u32, new, false).unwrap();
        let mut out = text.to_owned();
        for (span, new) in edits.into_iter().rev() {
            out.replace_range(span.start as usize..span.end as usize, &new);
        }
        out
    }

    const FRIENDS: &str = "Lena Hartmann, a teacher, moved to Norvik in May. Lena is nine years older than Jan.\n\n\
        Hartmann sings. Lena sings.\n";

    #[test]
    fn a_given_name_alone_gets_a_surname_where_it_stands_alone() {
        assert_eq!(
            renamed(FRIENDS, ("Lena is", 0), "Lena Hartman"),
            FRIENDS
                .replace("Lena is", "Lena Hartman is")
                .replace("Lena sings", "Lena Hartman sings")
        );
        assert_eq!(
            renamed(FRIENDS, ("Lena is", 0), "Anna"),
            FRIENDS.replace("Lena", "Anna")
        );
        assert_eq!(
            renamed(FRIENDS, ("Lena Hart", 0), "Lena van Hartmann"),
            FRIENDS.replace("Lena Hart", "Lena van Hart")
        );
    }

    #[test]
    fn what_is_no_word_of_a_new_name_is_written_too() {
        let text = "The shop of Anna Berg and Otto Lind is closed, Berg said.\n";
        for new in ["Anna Berg & Co", "Berg & Lind", "Anna 😀"] {
            let after = renamed(text, ("Anna Berg", 0), new);
            assert_eq!(after, text.replace("Anna Berg", new));
        }
    }

    #[test]
    fn a_name_may_run_over_lines() {
        let text = "It rained in Norvik, and the river rose by a metre, said Lena\nHartmann, the mayor of the \
            town.\n\nHartmann sings.\n";
        assert_eq!(
            renamed(text, ("Lena", 0), "Lena Hartman"),
            text.replace("Hartmann", "Hartman")
        );
        assert_eq!(
            renamed(text, ("Lena", 0), "Lena van Hartmann"),
            text.replace("Lena\nHartmann", "Lena van Hartmann")
        );
        let text =
            "> It rained in Norvik, and the river rose by a metre, said Lena\n> Hartmann, the mayor.\n";
        assert_eq!(
            renamed(text, ("Lena", 0), "Lena Hartman"),
            text.replace("Hartmann", "Hartman")
        );
    }
}
