//! Names to complete: those of the article first, then the knowledge base's.

use crate::{
    base::{
        date::{Date, Holds},
        fold::fold,
        span::DocSpan,
    },
    ide::{
        explain::{Card, Explanation, Fact, count_words, known_facts, office_words},
        navigate::introduction,
    },
    kb::{EntityId, Kb, Kind},
    semantic::article::{Article, EntityKind},
};

/// Names offered at once.
const MAX: usize = 40;

/// A name that may be meant.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Item {
    /// The name to insert.
    pub name: String,
    /// What is so called: an office on the article's date, if one is known.
    pub detail: String,
    /// What it is.
    pub kind: EntityKind,
    /// The entity of the knowledge base, if it is there.
    pub known: Option<EntityId>,
    /// The article names it already.
    pub participant: bool,
}

/// Names that begin like the word before the cursor.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Completions {
    /// What the name replaces.
    pub span: DocSpan,
    /// The names, best first.
    pub items: Vec<Item>,
    /// Whether there were more, so that the next letter should ask again.
    pub more: bool,
}

/// Completes the word before `offset`. Answers only to words that begin with a capital and have two
/// letters, so that ordinary typing is left alone.
pub fn complete(article: &Article, kb: &Kb, offset: u32) -> Option<Completions> {
    let text: &str = &article.text;
    let before = text.get(..offset as usize)?;
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '\'' | '’');
    let start = before
        .char_indices()
        .rev()
        .take_while(|&(_, c)| is_part(c))
        .last()?
        .0;
    let typed = &before[start..];
    if !typed.starts_with(char::is_uppercase) || typed.chars().count() < 2 {
        return None;
    }
    let prefix = fold(typed);
    let mut items = Vec::new();
    let mut known = Vec::new();
    for entity in &article.entities {
        // The word that is being typed may itself have become a participant.
        let elsewhere = entity.mentions.iter().any(|&m| {
            let span = article.mentions.get(m).map(|m| m.span);
            span.is_some_and(|s| !s.touches(offset))
        });
        if elsewhere && has_word(&entity.name, &prefix) {
            known.extend(entity.kb);
            items.push(Item {
                name: entity.name.clone(),
                detail: entity.role.clone().unwrap_or_default(),
                kind: entity.kind,
                known: entity.kb,
                participant: true,
            });
        }
    }
    let day = article.date.map(|(day, _)| day);
    let mut others: Vec<(u8, bool, &str, EntityId)> = kb
        .browse(typed)
        .into_iter()
        .filter(|id| has_word(kb.name(*id), &prefix) && !known.contains(id))
        .map(|id| (kb.tier(id), office(kb, id, day).is_none(), kb.name(id), id))
        .collect();
    others.sort_unstable();
    let more = items.len() + others.len() > MAX;
    items.extend(others.into_iter().map(|(_, _, name, id)| {
        Item {
            name: name.to_owned(),
            detail: office(kb, id, day)
                .or_else(|| kb.description(id).map(str::to_owned))
                .unwrap_or_default(),
            kind: match kb.kind(id) {
                Kind::Person => EntityKind::Person,
                Kind::Country => EntityKind::Country,
                Kind::Institution => EntityKind::Institution,
                Kind::Place => EntityKind::Place,
            },
            known: Some(id),
            participant: false,
        }
    }));
    items.truncate(MAX);
    Some(Completions {
        span: DocSpan::new(start, offset as usize),
        items,
        more,
    })
}

/// What there is to say about a name that was offered: what the knowledge base has on it at the article's date, and
/// how often the article names it. `None` if that is nothing.
pub fn describe(article: &Article, kb: &Kb, name: &str, known: Option<EntityId>) -> Option<Explanation> {
    let mut facts = Vec::new();
    let entity = article.entities.iter().enumerate().find(|(_, e)| match known {
        Some(_) => e.kb == known,
        None => e.name == name,
    });
    if let Some(id) = known {
        known_facts(article, kb, id, &mut facts);
    }
    let mut span = DocSpan { start: 0, end: 0 };
    if let Some((i, entity)) = entity {
        let at = introduction(article, i);
        span = at.unwrap_or(span);
        facts.push(Fact {
            label: "in this article",
            text: count_words(entity),
            at,
        });
    }
    let role = entity.and_then(|(_, e)| e.role.clone());
    let subtitle = role.or_else(|| kb.description(known?).map(str::to_owned));
    let card = Card {
        span,
        title: name.to_owned(),
        subtitle: subtitle.unwrap_or_default(),
        facts,
    };
    let cards = vec![card];
    (!cards[0].facts.is_empty()).then_some(Explanation { span, cards })
}

fn has_word(name: &str, prefix: &str) -> bool {
    // Most names fail at the first letter of each word; only the others are folded.
    let Some(first) = prefix.chars().next() else {
        return false;
    };
    name.split([' ', '-']).any(|word| {
        let near = word
            .chars()
            .next()
            .is_some_and(|c| !c.is_ascii() || c.eq_ignore_ascii_case(&first));
        near && fold(word).starts_with(prefix)
    }) || fold_starts(name, prefix)
}

/// For what is typed over a hyphen ("Jean-Noe").
fn fold_starts(name: &str, prefix: &str) -> bool {
    prefix.contains('-') && name.contains('-') && name.split(' ').any(|word| fold(word).starts_with(prefix))
}

/// The office of a person on `day`, or the last one known where the article has no date.
fn office(kb: &Kb, id: EntityId, day: Option<Date>) -> Option<String> {
    let tenure = match day {
        Some(day) => kb.office_of(id, day).filter(|(_, holds)| *holds == Holds::Yes)?.0,
        None => kb.tenures(id).max_by_key(|t| (t.end.is_none(), t.start))?,
    };
    Some(office_words(kb, &tenure))
}
