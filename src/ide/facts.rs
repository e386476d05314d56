//! What the knowledge base has on somebody, as lines of a card: offices on the article's date and now, heads of a country,
//! and which layer says so.

use crate::{
    base::{
        date::{Date, Holds},
        order::Order,
    },
    ide::explain::{Fact, body_words},
    kb::{self, EntityId, Kb, Kind, Role, Tenure},
    semantic::article::Article,
};

/// What the knowledge base has on an entity, at the article's date.
pub(super) fn known_facts(article: &Article, kb: &Kb, id: EntityId, facts: &mut Vec<Fact>) {
    if let (Some(note), Some(layer)) = (kb.note(id), kb.layer_of(id, kb::Fact::Note)) {
        facts.push(Fact {
            label: "note",
            text: format!("{note}{}", layer_words(kb, layer)),
            at: None,
        });
    }
    match kb.kind(id) {
        Kind::Person => office_facts(article, kb, id, facts),
        _ => head_facts(article, kb, id, facts),
    }
    layer_facts(kb, id, facts);
}

/// The offices of a person: on the article's date, the one before where there was none, and those not known
/// to have ended that began later.
fn office_facts(article: &Article, kb: &Kb, id: EntityId, facts: &mut Vec<Fact>) {
    let mut add = |label: &'static str, text: String| {
        let fact = Fact {
            label,
            text,
            at: None,
        };
        if !facts.contains(&fact) {
            facts.push(fact);
        }
    };
    let day = article.date.map(|(day, _)| day);
    // Oldest first in the knowledge base; the reader wants the newest first.
    let mut tenures: Vec<Tenure<'_>> = kb.tenures(id).collect();
    tenures.order_by_key(|t| std::cmp::Reverse((t.start, t.as_of)));
    // Several sources may tell of one office; the one that was checked last speaks.
    let mut seen: Vec<(String, Option<Date>)> = Vec::new();
    tenures.retain(|t| {
        let office = (office_words(kb, t), t.start);
        let new = !seen.contains(&office);
        seen.push(office);
        new
    });
    // A president who came to lead the government as well is president since the first day.
    tenures.retain(|t| t.end.is_some() || !covered(kb, id, t));
    let Some(day) = day else {
        match tenures.iter().any(|t| t.end.is_none()) {
            true => {
                for tenure in tenures.iter().filter(|t| t.end.is_none()) {
                    add("as far as known", tenure_words(kb, tenure));
                }
            }
            false => {
                if let Some(last) = tenures.iter().max_by_key(|t| t.end) {
                    add("last known office", tenure_words(kb, last));
                }
            }
        }
        return;
    };
    let mut held = false;
    for tenure in tenures.iter().filter(|t| t.stands(day)) {
        held = true;
        let text = tenure_words(kb, tenure);
        match tenure.holds(day) {
            Holds::Yes => add("on the article's date", text),
            // A fact that was last checked before the article's day is a good guess, no more.
            _ => add(
                "on the article's date",
                format!("{text}, not certain for this day"),
            ),
        }
        if tenure.end.is_none()
            && let Some(checked) = tenure.as_of.filter(|checked| *checked > day)
        {
            let office = office_words(kb, tenure);
            add("now, as far as known", format!("still {office} on {checked}"));
        }
    }
    for tenure in tenures
        .iter()
        .filter(|t| t.holds(day) == Holds::Maybe && !t.stands(day))
    {
        add("perhaps", tenure_words(kb, tenure));
    }
    if !held && let Some(former) = kb.former_office(id, day) {
        add("before", tenure_words(kb, &former));
    }
    for tenure in tenures.iter().filter(|t| t.end.is_none()) {
        if Date::holds(tenure.start, None, None, day) == Holds::NotYet {
            add("now, as far as known", tenure_words(kb, tenure));
        }
    }
}

/// Whether another row has the same office, from before and without an end too.
fn covered(kb: &Kb, id: EntityId, tenure: &Tenure<'_>) -> bool {
    kb.tenures(id).any(|t| {
        (t.office, t.org, t.end) == (tenure.office, tenure.org, None)
            && t.start.is_some()
            && t.start < tenure.start
    })
}

/// Who led a country or a body on the article's date; nothing is claimed without one.
fn head_facts(article: &Article, kb: &Kb, id: EntityId, facts: &mut Vec<Fact>) {
    let (Some((day, _)), Some(code)) = (article.date, kb.code(id)) else {
        return;
    };
    let roles: &[(Role, &'static str)] = match kb.kind(id) {
        Kind::Country => &[
            (Role::HeadOfState, "head of state"),
            (Role::HeadOfGovernment, "head of government"),
        ],
        Kind::Institution => &[
            (Role::OrgHead, "head"),
            (Role::PartyLeader, "leader"),
            (Role::CentralBank, "head"),
        ],
        Kind::Person | Kind::Place => &[],
    };
    for &(role, label) in roles {
        let certain = kb.holders(code, role, day).into_iter();
        let mut named = Vec::new();
        for (tenure, _) in certain.filter(|(_, holds)| *holds == Holds::Yes) {
            if named.contains(&tenure.person) {
                continue;
            }
            named.push(tenure.person);
            let since = tenure.start.map_or_else(String::new, |d| format!(", since {d}"));
            facts.push(Fact {
                label,
                text: format!(
                    "{}, {}{since}{}",
                    kb.name(tenure.person),
                    tenure.office,
                    layer_words(kb, tenure.layer)
                ),
                at: None,
            });
        }
    }
}

/// Which layers know the entity, where a desk has laid its own over the one in the program, and which
/// names and pronouns are not those of the lowest.
fn layer_facts(kb: &Kb, id: EntityId, facts: &mut Vec<Fact>) {
    let layers: Vec<usize> = kb.layers_of(id).collect();
    let Some(lowest) = layers.last().filter(|_| kb.n_layers() > 1) else {
        return;
    };
    let names: Vec<_> = layers.iter().map(|layer| kb.layer_name(*layer)).collect();
    let mut text = names.join(", then ");
    let of = [
        (kb::Fact::Name, "the name"),
        (kb::Fact::Gender, "the pronouns"),
        (kb::Fact::Country, "the country"),
    ];
    for (fact, words) in of {
        if let Some(layer) = kb.layer_of(id, fact).filter(|layer| layer != lowest) {
            text.push_str(&format!("; {words} from {}", kb.layer_name(layer)));
        }
    }
    facts.push(Fact {
        label: "known from",
        text,
        at: None,
    });
}

/// " [copydesk.toml]": which layer says so; nothing where there is but one.
fn layer_words(kb: &Kb, layer: usize) -> String {
    match kb.n_layers() {
        1 => String::new(),
        _ => format!(" [{}]", kb.layer_name(layer)),
    }
}

/// "Federal Chancellor, Germany (2021-12-08 to 2025-05-06)", with the day of the last check where the
/// office is not known to have ended.
pub(super) fn tenure_words(kb: &Kb, tenure: &Tenure<'_>) -> String {
    let mut out = office_words(kb, tenure);
    match (tenure.start, tenure.end) {
        (Some(start), Some(end)) => out.push_str(&format!(" ({start} to {end})")),
        (Some(start), None) => out.push_str(&format!(" (since {start}{})", checked(tenure))),
        (None, Some(end)) => out.push_str(&format!(" (until {end})")),
        (None, None) => {
            if let Some(day) = tenure.as_of {
                out.push_str(&format!(" (last checked {day})"));
            }
        }
    }
    out + &layer_words(kb, tenure.layer)
}

/// "Federal Chancellor, Germany"; the body is not said twice where the office's title names it.
pub(super) fn office_words(kb: &Kb, tenure: &Tenure<'_>) -> String {
    let org = kb.by_code(tenure.org).map_or(tenure.org, |id| kb.name(id));
    let said = |name: &str| !name.is_empty() && tenure.office.contains(name);
    if org.is_empty() || said(org) || said(tenure.org) {
        tenure.office.to_owned()
    } else {
        format!("{}, {org}", tenure.office)
    }
}

fn checked(tenure: &Tenure<'_>) -> String {
    tenure
        .as_of
        .map_or_else(String::new, |day| format!(", last checked {day}"))
}

/// A name and what it is, as short as possible.
pub(super) fn entity_words(kb: &Kb, id: EntityId) -> String {
    let what = match kb.kind(id) {
        Kind::Person => kb
            .tenures(id)
            .max_by_key(|t| (t.end.is_none(), t.start))
            .map(|t| office_words(kb, &t)),
        Kind::Country => Some("country".to_owned()),
        Kind::Institution => kb.description(id).map(body_words),
        Kind::Place => Some("place".to_owned()),
    };
    match what {
        Some(what) => format!("{} ({what})", kb.name(id)),
        None => kb.name(id).to_owned(),
    }
}
