//! `copydesk kb lookup`: whom or what a name may mean, the likeliest first, and what is written almost like it.

use std::{
    cmp::Reverse,
    io::{self, Write},
};

use crate::{
    base::{date::Date, fold::fold, order::Order},
    cli::{
        error::{Failure, Outcome},
        kb::Format,
        kb_card::{Card, card, print_card},
        terminal::Sheet,
    },
    kb::{EntityId, Kb, Kind},
    semantic::lexicon::english,
};

/// People of one given name that a look-up shows.
const GIVEN: usize = 5;

/// Names that are offered for one that nobody has.
const ALIKE: usize = 5;

/// Prints all that `name` may mean; the status is 1 where it means nothing.
pub(super) fn lookup(kb: &Kb, name: &str, on: Option<Date>, format: Format, out: &mut dyn Write) -> Outcome {
    let name = name.trim();
    if name.is_empty() {
        return Err(Failure::new(
            "give a name, an acronym, a code or an id to look up",
        ));
    }
    let found = meant(kb, name, on);
    if format == Format::Json {
        let cards: Vec<Card<'_>> = found.iter().map(|id| card(kb, *id, on)).collect();
        serde_json::to_writer_pretty(&mut *out, &cards).map_err(io::Error::from)?;
        writeln!(out)?;
    } else {
        let out = &mut Sheet(out);
        for (i, id) in found.iter().enumerate() {
            if i > 0 {
                writeln!(out)?;
            }
            print_card(&card(kb, *id, on), on, out)?;
        }
        if found.is_empty() {
            writeln!(out, "'{name}' is not known{}", hint(kb, name))?;
        }
    }
    Ok(u8::from(found.is_empty()))
}

/// What has that id, name or given name: things before people, the better known first and those who held office last.
fn meant(kb: &Kb, name: &str, on: Option<Date>) -> Vec<EntityId> {
    // Names are stored without their article.
    let bare = ["the ", "The "]
        .iter()
        .find_map(|the| name.strip_prefix(the))
        .unwrap_or(name);
    let mut found: Vec<EntityId> = Vec::new();
    for hit in kb.lookup(name).chain(kb.lookup(bare)) {
        if !found.contains(&hit.entity) {
            found.push(hit.entity);
        }
    }
    let is_person = |id: &EntityId| kb.kind(*id) == Kind::Person;
    found.order_by_key(|id| (is_person(id), is_person(id).then(|| renown(kb, *id))));
    // "Olaf": people of that given name, the best known first, where it is a whole word.
    if !name.contains(' ') {
        let wanted = fold(name);
        let is_given = |id: &EntityId| {
            kb.name(*id)
                .split(' ')
                .next()
                .is_some_and(|first| fold(first) == wanted)
        };
        let mut given: Vec<EntityId> = kb
            .ids()
            .filter(|id| is_person(id) && kb.tier(*id) < 3 && !found.contains(id) && is_given(id))
            .collect();
        given.order_by_key(|id| renown(kb, *id));
        found.extend(given.into_iter().take(GIVEN));
    }
    if let Some(day) = on {
        // Whoever held an office that day is more likely meant.
        found.order_by_key(|id| is_person(id) && kb.office_of(*id, day).is_none());
    }
    if let Some(id) = kb.by_id(name) {
        found.retain(|other| *other != id);
        found.insert(0, id);
    }
    found
}

/// The better known first, among these whoever is still in office, then whoever came into office last.
fn renown(kb: &Kb, id: EntityId) -> (u8, bool, Reverse<Option<Date>>) {
    let last = kb.tenures(id).filter_map(|t| t.start).max();
    let is_over = kb.tenures(id).all(|t| t.end.is_some());
    (kb.tier(id), is_over, Reverse(last))
}

/// What may help where nothing has the name: where offices are asked for, or names that are written
/// almost so.
fn hint(kb: &Kb, name: &str) -> String {
    let lower = name.to_lowercase();
    let is_office = |noun: &str| {
        lower
            .strip_prefix(noun)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    if english().roles.iter().any(|row| is_office(&row.noun)) {
        return "; who held an office tells 'copydesk kb office DE chancellor --on 2024-12-18'".to_owned();
    }
    let alike = alike(kb, name);
    if alike.is_empty() {
        return String::new();
    }
    format!("; did you mean {}?", alike.join(", "))
}

/// Names of the base that one slip makes `name`, two in a long one: a letter too many, too few, another or two that
/// changed places. The nearest first, the better known among them.
fn alike<'a>(kb: &'a Kb, name: &str) -> Vec<&'a str> {
    let wanted = fold(name);
    let letters = wanted.chars().count();
    let slips = match letters {
        0..=3 => return Vec::new(),
        4..=7 => 1,
        _ => 2,
    };
    let mut found: Vec<(usize, u8, &str)> = Vec::new();
    for id in kb.ids() {
        for hit in kb.names_of(id) {
            let other = fold(hit.surface);
            if other.chars().count().abs_diff(letters) > slips {
                continue;
            }
            let far = strsim::damerau_levenshtein(&wanted, &other);
            if far <= slips {
                found.push((far, kb.tier(id), hit.surface));
            }
        }
    }
    found.order_by_key(|found| *found);
    let mut names: Vec<&str> = Vec::new();
    for (_, _, text) in found {
        if !names.contains(&text) {
            names.push(text);
        }
    }
    names.truncate(ALIKE);
    names
}
