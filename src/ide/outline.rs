//! The participants of an article and what they say: the outline. Headings are never repeated here, since
//! editors list those of a Markdown file themselves.

use crate::{
    base::{fold::fold, span::DocSpan},
    ide::{
        explain::{count_words, kind_words},
        navigate::introduction_of,
    },
    semantic::article::{Article, Entity, EntityKind, MentionForm, Quote},
};

/// What a node of the outline is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum NodeKind {
    /// A heading over nodes of one sort.
    Heading,
    /// A participant.
    Entity(EntityKind),
    /// A quotation.
    Quote,
}

/// A node of the outline.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Node {
    /// Its name; never empty.
    pub name: String,
    /// A few words more; may be empty.
    pub detail: String,
    /// What it is.
    pub kind: NodeKind,
    /// Everything that belongs to it; covers the spans of its children.
    pub span: DocSpan,
    /// Where to go; inside `span`.
    pub target: DocSpan,
    /// What belongs to it, in text order.
    pub children: Vec<Node>,
}

/// People, countries, institutions and so on, each participant with the quotes; then quotes that nobody is
/// said to have spoken although a reader would miss the speaker.
pub fn outline(article: &Article) -> Vec<Node> {
    let groups = [
        ("People", EntityKind::Person),
        ("Groups", EntityKind::Group),
        ("Countries", EntityKind::Country),
        ("Institutions", EntityKind::Institution),
        ("Places", EntityKind::Place),
    ];
    let mut roots: Vec<Node> = groups
        .iter()
        .filter_map(|&(name, kind)| {
            let of_kind = article.entities.iter().filter(|e| e.kind == kind);
            heading(name, of_kind.filter_map(|e| entity_node(article, e)).collect())
        })
        .collect();
    let lost = article
        .quotes
        .iter()
        .filter(|q| q.speaker.is_none() && q.needs_source);
    roots.extend(heading(
        "Unattributed quotes",
        lost.filter_map(|q| quote_node(article, q)).collect(),
    ));
    roots
}

/// A participant in one line, for lists over many articles.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Participant {
    /// The name, on one line; never empty.
    pub name: String,
    /// Under which it is found: the name, and behind a line break whatever else the article calls it ("NATO"), folded.
    pub folded: String,
    /// What it is.
    pub kind: EntityKind,
    /// What it is called or is ("Chancellor of Germany", "country"), and how often it is quoted.
    pub detail: String,
    /// How many quotations it speaks.
    pub n_quotes: usize,
    /// Where the article introduces it.
    pub target: DocSpan,
}

/// The participants, in order of first mention.
pub fn participants(article: &Article) -> impl Iterator<Item = Participant> + '_ {
    article.entities.iter().filter_map(|entity| {
        let what = entity.role.as_deref().unwrap_or(kind_words(entity.kind));
        let name = shorten(&entity.name, 80)?;
        Some(Participant {
            folded: called(article, entity, &name),
            name,
            kind: entity.kind,
            detail: match entity.quotes.len() {
                0 => what.to_owned(),
                1 => format!("{what} · 1 quote"),
                n => format!("{what} · {n} quotes"),
            },
            n_quotes: entity.quotes.len(),
            target: introduction_of(article, entity)?,
        })
    })
}

/// What an entity is called, folded: a line for its name, and for each spelling or acronym that is no part of it.
fn called(article: &Article, entity: &Entity, name: &str) -> String {
    let mut lines = fold(name);
    let mut last = "";
    for mention in entity.mentions.iter().filter_map(|m| article.mentions.get(*m)) {
        let words = mention.span.text(&article.text);
        let names = matches!(
            mention.form,
            MentionForm::Name | MentionForm::Surname | MentionForm::Acronym | MentionForm::Alias
        );
        if names && words != last {
            let other = fold(words);
            if !lines.contains(&other) && !other.contains(['\n', '\r']) {
                lines.push('\n');
                lines.push_str(&other);
            }
            last = words;
        }
    }
    lines
}

fn heading(name: &str, children: Vec<Node>) -> Option<Node> {
    let target = children.first()?.target;
    Some(Node {
        name: name.to_owned(),
        detail: children.len().to_string(),
        kind: NodeKind::Heading,
        span: children.iter().fold(target, |span, c| span.join(c.span)),
        target,
        children,
    })
}

fn entity_node(article: &Article, entity: &Entity) -> Option<Node> {
    let spans: Vec<DocSpan> = entity
        .mentions
        .iter()
        .filter_map(|&i| Some(article.mentions.get(i)?.span))
        .collect();
    let children: Vec<Node> = entity
        .quotes
        .iter()
        .filter_map(|&i| quote_node(article, article.quotes.get(i)?))
        .collect();
    let target = introduction_of(article, entity).or(children.first().map(|c| c.target))?;
    let span = spans
        .iter()
        .copied()
        .chain(children.iter().map(|c| c.span))
        .fold(target, DocSpan::join);
    let counts = count_words(entity);
    let name = match entity.name.trim() {
        "" => target.text(&article.text),
        name => name,
    };
    Some(Node {
        name: shorten(name, 80)?,
        detail: match &entity.role {
            Some(role) => format!("{role} · {counts}"),
            None => counts,
        },
        kind: NodeKind::Entity(entity.kind),
        span,
        target,
        children,
    })
}

fn quote_node(article: &Article, quote: &Quote) -> Option<Node> {
    let target = *quote.spans.first()?;
    let words: Vec<_> = quote.spans.iter().map(|s| s.text(&article.text)).collect();
    let cue: Vec<_> = quote.cue.iter().map(|s| s.text(&article.text)).collect();
    Some(Node {
        name: shorten(&words.join(" … "), 80)?,
        detail: one_line(&cue.join(" … ")),
        kind: NodeKind::Quote,
        span: quote.spans.iter().copied().fold(target, DocSpan::join),
        target,
        children: Vec::new(),
    })
}

/// `text` on one line and at most `max` characters long, cut at a word; `None` if there is nothing to show.
pub(crate) fn shorten(text: &str, max: usize) -> Option<String> {
    let line = one_line(text);
    if line.is_empty() {
        return None;
    }
    let Some((cut, _)) = line.char_indices().nth(max) else {
        return Some(line);
    };
    let head = &line[..cut];
    let head = match head.rfind(' ') {
        Some(space) if space > cut / 2 => &head[..space],
        _ => head,
    };
    Some(format!("{head} …"))
}

fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().filter(|c| !c.is_control()));
    }
    out
}
