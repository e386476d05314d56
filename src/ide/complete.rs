//! Names to complete: those of the article first, then the knowledge base's.

use crate::{
    base::{
        date::{Date, Holds},
        fold::fold,
        order::Order,
        span::DocSpan,
    },
    ide::{
        explain::{Card, Explanation, Fact, body_words, count_words},
        facts::{known_facts, office_words},
        navigate::introduction,
    },
    kb::{EntityId, Kb, Kind, NameForm},
    semantic::{
        article::{Article, Entity, EntityKind, MentionForm},
        lexicon,
        wordsets::WordSet,
    },
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

/// Completes the words before `offset`: up to four that begin a name ("the United Na"), or the noun of an office and
/// the beginning of a country ("president of Fra"). Answers only to words that begin with a capital and have two
/// letters, or one behind another word of the name, so that ordinary typing is left alone; behind a verb of saying or
/// a title, where a name comes next, it offers the people of the article.
pub fn complete(article: &Article, kb: &Kb, offset: u32) -> Option<Completions> {
    let before = article.text.get(..offset as usize)?;
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '\'' | '’' | '.');
    let mut starts = Vec::new();
    let mut end = before.len();
    // The words that may belong to the name, the last one first; two blanks or a comma between them end it.
    while starts.len() < WORDS {
        let word = before[..end]
            .rfind(|c: char| !is_part(c))
            .map_or(0, |i| i + before[i..].chars().next().map_or(1, char::len_utf8));
        if word == end || !starts.is_empty() && !is_name_word(&before[word..end]) {
            break;
        }
        starts.push(word);
        match before[..word].strip_suffix(' ') {
            Some(rest) => end = rest.len(),
            None => break,
        }
    }
    let Some(&last) = starts.first() else {
        return expected(article, before, offset);
    };
    let typed = &before[last..];
    // One letter is enough behind the beginning of a name: "Angela M".
    let short = typed.chars().count() < 2;
    if !typed.starts_with(char::is_uppercase) || short && starts.len() < 2 {
        return None;
    }
    // The longest beginning that some name has wins: "the United Na" is no person called Nadia.
    let longest = starts
        .iter()
        .rev()
        .filter(|s| before[**s..].starts_with(char::is_uppercase) && !(short && **s == last));
    let found = longest
        .map(|start| names_that_begin(article, kb, *start, offset))
        .find(|found| !found.items.is_empty());
    found.or_else(|| (!short).then(|| names_that_begin(article, kb, last, offset)))
}

/// Words of a name that is being typed, at most.
const WORDS: usize = 4;

fn is_name_word(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
        || matches!(
            word,
            "of" | "and" | "the" | "for" | "de" | "von" | "van" | "al" | "bin" | "der"
        )
}

/// Names of the article and the base that begin like the words from `start` to `offset`.
fn names_that_begin(article: &Article, kb: &Kb, start: usize, offset: u32) -> Completions {
    let typed = &article.text[start..offset as usize];
    let prefix = fold(typed);
    let mut items = Vec::new();
    let mut known = Vec::new();
    for (at, entity) in article.entities.iter().enumerate() {
        if !elsewhere(article, at, offset) {
            continue;
        }
        // As the article has it: the base may write it otherwise, or in full.
        let own = own_name(article, entity, offset);
        let mut names = own.into_iter().chain([entity.name.as_str()]);
        if let Some(name) = names.find(|n| has_words(n, &prefix))
            && name != typed
        {
            known.extend(entity.kb);
            items.push(participant(entity, name));
        }
    }
    let day = article.date.map(|(day, _)| day);
    let land = land_of_office(article, start);
    // Of whole names only those are offered that go on; what stands there already is no news.
    let capitals = typed.chars().count() > 1 && !typed.contains(char::is_lowercase);
    let mut ids: Vec<EntityId> = kb.browse(typed);
    ids.extend(kb.lookup(typed).map(|hit| hit.entity));
    let mut others: Vec<(bool, u8, bool, &str, EntityId)> = ids
        .into_iter()
        .filter(|id| !known.contains(id))
        .filter_map(|id| {
            let acronym = acronym(kb, id, typed);
            let name = kb.name(id);
            let name = match has_words(name, &prefix) || acronym == Some(typed) {
                true => name,
                false => acronym?,
            };
            Some((id, name))
        })
        .map(|(id, name)| {
            let idle = kb.kind(id) == Kind::Person && office(kb, id, day).is_none();
            // "president of Fra": a country is awaited, not a namesake.
            let other = land && kb.kind(id) != Kind::Country;
            // "the United Na", "the Eu": what begins so comes before what has it inside; people go by their last name, too.
            let whole = prefix.contains(' ') || kb.kind(id) != Kind::Person;
            let inside = whole && !fold(name).starts_with(&prefix);
            // "NA": NATO comes before Nauru.
            let inside = inside || capitals && !name.starts_with(typed);
            (other || inside, kb.tier(id), idle, name, id)
        })
        .collect();
    others.order_by(Ord::cmp);
    others.dedup_by_key(|o| o.4);
    let more = items.len() + others.len() > MAX;
    items.extend(others.into_iter().map(|(_, _, _, name, id)| Item {
        name: name.to_owned(),
        detail: detail(kb, id, day),
        kind: match kb.kind(id) {
            Kind::Person => EntityKind::Person,
            Kind::Country => EntityKind::Country,
            Kind::Institution => EntityKind::Institution,
            Kind::Place => EntityKind::Place,
        },
        known: Some(id),
        participant: false,
    }));
    if land {
        items.order_by_key(|i| i.kind != EntityKind::Country);
    }
    items.truncate(MAX);
    tell_apart(kb, &mut items);
    Completions {
        span: DocSpan::new(start, offset as usize),
        items,
        more,
    }
}

/// Who may come next where no letter stands yet: the people of the article, behind a verb of saying ("he said ") or
/// an office in capitals ("Japanese Prime Minister ").
fn expected(article: &Article, before: &str, offset: u32) -> Option<Completions> {
    let line = before.strip_suffix(' ')?;
    let word = line.rsplit(|c: char| !c.is_alphanumeric()).next()?;
    let says = matches!(
        word,
        "said" | "says" | "told" | "added" | "asked" | "replied" | "warned" | "according"
    );
    let titled = matches!(
        word,
        "Minister"
            | "President"
            | "Secretary"
            | "Chancellor"
            | "Premier"
            | "Governor"
            | "Senator"
            | "King"
            | "Queen"
            | "Mr"
            | "Ms"
            | "Mrs"
    );
    if !says && !titled {
        return None;
    }
    let people = article.entities.iter().enumerate().filter(|(at, e)| {
        e.kind == EntityKind::Person
            && e.name.starts_with(char::is_uppercase)
            && elsewhere(article, *at, offset)
    });
    let items: Vec<Item> = people
        .map(|(_, e)| participant(e, own_name(article, e, offset).unwrap_or(&e.name)))
        .take(MAX)
        .collect();
    (!items.is_empty()).then(|| Completions {
        span: DocSpan::new(offset as usize, offset as usize),
        items,
        more: false,
    })
}

/// Whether the article names an entity at another place: the word that is being typed may itself have become one.
fn elsewhere(article: &Article, entity: usize, offset: u32) -> bool {
    article.entities.get(entity).is_some_and(|e| {
        e.mentions.iter().any(|&m| {
            let span = article.mentions.get(m).map(|m| m.span);
            span.is_some_and(|s| !s.touches(offset))
        })
    })
}

/// The fullest name or the acronym by which the article calls an entity of the base at another place than `offset`; the
/// others are called so already.
fn own_name<'a>(article: &'a Article, entity: &Entity, offset: u32) -> Option<&'a str> {
    entity.kb?;
    let mentions = entity.mentions.iter().filter_map(|m| article.mentions.get(*m));
    let named = mentions
        .filter(|m| matches!(m.form, MentionForm::Name | MentionForm::Acronym) && !m.span.touches(offset));
    let mut longest = "";
    for name in named.map(|m| m.span.text(&article.text)) {
        // Of two equally long the first, and none that runs over the end of a line.
        if name.len() > longest.len() && !name.contains(['\n', '\r']) {
            longest = name;
        }
    }
    Some(longest).filter(|name| !name.is_empty())
}

fn participant(entity: &Entity, name: &str) -> Item {
    // Behind an acronym it is told what it stands for.
    let full = (entity.name != name && entity.kind != EntityKind::Person).then(|| entity.name.clone());
    Item {
        name: name.to_owned(),
        detail: entity.role.clone().or(full).unwrap_or_default(),
        kind: entity.kind,
        known: entity.kb,
        participant: true,
    }
}

/// Whether "president of", "minister of" or the like stands before `start`, where a country comes next.
fn land_of_office(article: &Article, start: usize) -> bool {
    let Some(line) = article
        .text
        .get(..start)
        .and_then(|t| t.strip_suffix(" of ").or(t.strip_suffix(" of the ")))
    else {
        return false;
    };
    let word = line.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    lexicon::english().is(WordSet::OfCountry, &fold(word))
}

/// The acronym of the entity that begins with what was typed in capitals ("WHO").
fn acronym<'a>(kb: &'a Kb, id: EntityId, typed: &str) -> Option<&'a str> {
    if typed.contains(char::is_lowercase) {
        return None;
    }
    let mut names = kb.names_of(id);
    let found = names.find(|n| n.form == NameForm::Acronym && n.surface.starts_with(typed))?;
    Some(found.surface)
}

/// What tells an entity from a namesake: an office, else what it is and where.
fn detail(kb: &Kb, id: EntityId, day: Option<Date>) -> String {
    let what = office(kb, id, day).or_else(|| kb.description(id).map(body_words));
    // Somebody whose office is not known for the day is told by the last one.
    let last = || {
        let tenure = kb.tenures(id).max_by_key(|t| (t.start, t.end.is_none()))?;
        Some(match tenure.start {
            Some(start) => format!("{}, {}", office_words(kb, &tenure), start.year),
            None => office_words(kb, &tenure),
        })
    };
    let land = || kb.country_of(id).map(|c| kb.name(c).to_owned());
    what.or_else(last).or_else(land).unwrap_or_default()
}

/// Namesakes of whom the same is said ("The Greens, party") are told by their country; what still says the same and writes
/// the same is offered once.
fn tell_apart(kb: &Kb, items: &mut Vec<Item>) {
    let same = |a: &Item, b: &Item| a.name == b.name && a.detail == b.detail;
    let twins: Vec<usize> = (0..items.len())
        .filter(|&i| items.iter().filter(|other| same(&items[i], other)).count() > 1)
        .collect();
    for i in twins {
        let item = &mut items[i];
        let land = item.known.and_then(|id| kb.country_of(id)).map(|id| kb.name(id));
        if let Some(land) = land.filter(|land| !item.detail.contains(land)) {
            let comma = if item.detail.is_empty() { "" } else { ", " };
            item.detail.extend([comma, land]);
        }
    }
    let mut told: Vec<Item> = Vec::with_capacity(items.len());
    for item in items.drain(..) {
        if !told.iter().any(|other| same(other, &item)) {
            told.push(item);
        }
    }
    *items = told;
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
    let subtitle = role.or_else(|| kb.description(known?).map(body_words));
    let card = Card {
        span,
        title: name.to_owned(),
        subtitle: subtitle.unwrap_or_default(),
        facts,
    };
    let cards = vec![card];
    (!cards[0].facts.is_empty()).then_some(Explanation { span, cards })
}

/// What was typed, and how `name` goes on behind it: with this an editor compares what is typed next.
pub fn goes_on(typed: &str, name: &str) -> String {
    let prefix = fold(typed);
    let tail = from_word(name, &prefix).and_then(|rest| {
        // Folded, a letter may be more or less than itself.
        let ends = rest.char_indices().map(|(i, c)| i + c.len_utf8());
        let end = ends
            .into_iter()
            .find(|end| fold(&rest[..*end]).len() >= prefix.len())?;
        rest.get(end..)
    });
    format!("{typed}{}", tail.unwrap_or(""))
}

/// Whether a name, or what is left of it from one of its words on, begins with `prefix` (folded).
fn has_words(name: &str, prefix: &str) -> bool {
    from_word(name, prefix).is_some()
}

/// A name from the first of its words on at which it begins with `prefix` (folded).
fn from_word<'a>(name: &'a str, prefix: &str) -> Option<&'a str> {
    // Most names fail at the first letter of each word; only the others are folded.
    let first = prefix.chars().next()?;
    let mut from = Some(0);
    while let Some(at) = from {
        let rest = &name[at..];
        let near = rest
            .chars()
            .next()
            .is_some_and(|c| !c.is_ascii() || c.eq_ignore_ascii_case(&first));
        if near && fold(rest).starts_with(prefix) {
            return Some(rest);
        }
        from = rest.find([' ', '-']).map(|i| at + i + 1);
    }
    None
}

/// The office of a person on `day`, or the last one known where the article has no date.
fn office(kb: &Kb, id: EntityId, day: Option<Date>) -> Option<String> {
    let tenure = match day {
        Some(day) => kb.office_of(id, day).filter(|(_, holds)| *holds == Holds::Yes)?.0,
        None => kb.tenures(id).max_by_key(|t| (t.end.is_none(), t.start))?,
    };
    Some(office_words(kb, &tenure))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::semantic::article::{Context, analyze};

    /// The first names that are offered at the end of a text.
    fn offered(text: &str) -> Vec<String> {
        let context = Context {
            date: "2025-03-03".parse().ok(),
            ..Context::default()
        };
        let kb = Kb::embedded();
        let article = analyze(&Arc::from(text), &context, kb);
        let found = complete(&article, kb, text.len() as u32);
        found.map_or_else(Vec::new, |f| {
            f.items.into_iter().take(4).map(|i| i.name).collect()
        })
    }

    #[test]
    fn several_words_begin_a_name() {
        assert_eq!(offered("They spoke at the United Na")[0], "United Nations");
        assert_eq!(offered("He met the president of Fra")[0], "France");
        assert!(offered("A report by the WHO").contains(&"World Health Organization".to_owned()));
    }

    #[test]
    fn what_begins_so_comes_first() {
        assert!(
            offered("He met the Eur")
                .iter()
                .all(|name| name.starts_with("Eur"))
        );
        assert!(offered("He met the European Un").contains(&"European Union".to_owned()));
        assert!(offered("He met NA")[0].starts_with("NA"));
        assert_eq!(offered("He met Merk")[0], "Angela Merkel");
    }

    #[test]
    fn what_was_typed_goes_on_as_the_name_does() {
        for (typed, name, wanted) in [
            ("Ber", "Anna Berg", "Berg"),
            ("zele", "Volodymyr Zelenskyy", "zelenskyy"),
            ("Strasse", "Otto Straße", "Strasse"),
            ("Emile S", "Émile Søren", "Emile Søren"),
            ("Psa", "Anna Benaki-Psarouda", "Psarouda"),
            ("WHO", "World Health Organization", "WHO"),
            ("", "Anna Berg", ""),
        ] {
            let goes_on = goes_on(typed, name);
            assert!(
                goes_on.starts_with(wanted) || typed.is_empty(),
                "{typed}: {goes_on}"
            );
        }
    }

    #[test]
    fn people_of_the_article_come_first() {
        let text = "Two friends meet\n\nAnna Berg met Otto Lind in the harbor on Monday.\n\nThen Ber";
        assert_eq!(offered(text)[0], "Anna Berg");
        assert_eq!(
            offered("Two friends meet\n\nAnna Berg met Otto Lind in the harbor on Monday.\n\n“No,” said "),
            ["Anna Berg", "Otto Lind"]
        );
        let sta = offered("The prime minister, Sta");
        assert!(!sta.contains(&"Sta".to_owned()) && !sta.is_empty(), "{sta:?}");
    }

    #[test]
    fn a_participant_is_called_as_the_article_calls_it() {
        let text = "Two allies meet\n\nVolodymyr Zelensky met the head of NATO in Brussels on Monday.\n\n";
        assert_eq!(offered(&format!("{text}Then NA"))[0], "NATO");
        assert_eq!(
            offered(&format!("{text}Then Nor"))[0],
            "North Atlantic Treaty Organization"
        );
        assert_eq!(offered(&format!("{text}Then Ze"))[0], "Volodymyr Zelensky");
        assert_eq!(
            offered(&format!("{text}Then Volodymyr Z"))[0],
            "Volodymyr Zelensky"
        );
        assert!(offered(&format!("{text}Then Z")).is_empty());
        // What stands for nothing in the article is offered from the base.
        assert!(offered("A meeting of the NAT").contains(&"NATO".to_owned()));
        assert!(offered("A meeting of the Nat").iter().all(|n| n != "NATO"));
    }

    #[test]
    fn namesakes_are_told_apart() {
        let kb = Kb::embedded();
        let context = Context::default();
        let text = "Andris Bērz";
        let article = analyze(&Arc::from(text), &context, kb);
        let found = complete(&article, kb, text.len() as u32).unwrap();
        let mut details: Vec<_> = found
            .items
            .iter()
            .filter(|i| i.name == "Andris Bērziņš")
            .map(|i| &i.detail)
            .collect();
        assert_eq!(details.len(), 2, "{found:?}");
        details.dedup();
        assert_eq!(details.len(), 2, "{found:?}");
    }

    #[test]
    fn no_two_offers_say_the_same() {
        let kb = Kb::embedded();
        let text = "He met The Gre";
        let article = analyze(&Arc::from(text), &Context::default(), kb);
        let found = complete(&article, kb, text.len() as u32).unwrap();
        let mut rows: Vec<_> = found.items.iter().map(|i| (&i.name, &i.detail)).collect();
        let greens = rows.iter().filter(|row| row.0 == "The Greens").count();
        assert!(greens > 1, "{rows:?}");
        let n = rows.len();
        rows.order_by(Ord::cmp);
        rows.dedup();
        assert_eq!(rows.len(), n, "{rows:?}");
    }
}
