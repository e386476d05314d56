//! Offices at the article's date: what somebody is, and who "the French president" was.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use crate::{
    base::date::Holds,
    base::order::Order,
    kb::{EntityId, Role, Tenure},
    semantic::{
        article::{EntityKind, Evidence, MentionForm},
        lexicon::{self, RoleClass},
        link::{self, Scene, role_fits},
        local::Local,
        mention::{Candidate, Description, Det, Head, RoleMention, What},
        names::{Decision, Resolver},
        wordsets::WordSet,
    },
};

/// What the article calls somebody: "harbour master", "Ukraine’s foreign minister".
pub(super) fn role_text(text: &str, local: &Local, role: &RoleMention) -> String {
    let mut range = role.head.clone();
    if let Some(owner) = &role.owner
        && crate::semantic::mention::pronoun(local.tokens.fold(owner.start)).is_none()
        && owner.end + 12 > range.start
        && range.end + 8 > owner.start
        // "Macron named former minister Holm": his deed.
        && !(owner.end..range.start).any(|t| local.tokens.list[t].tag.is_verb())
    {
        range = range.start.min(owner.start)..range.end.max(owner.end);
    }
    let words = local.tokens.span(range).text(text);
    let mut out = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if role.plural {
        out.clone_from(&lexicon::english().roles[role.row].noun);
    }
    if role.former && !out.starts_with("former") {
        out = format!("former {out}");
    }
    out
}

/// What the base says a person is at the article's date: "President of Ukraine", "former Prime Minister of
/// Norway". Without a date nothing that depends on one is claimed; then the newest office counts only when
/// it is the only one. An office that nobody has checked for a year is not stated: its holder is what the
/// base describes, or held before for certain and no lower, or nothing.
pub(super) fn role_at(scene: &Scene<'_>, person: EntityId) -> Option<String> {
    let kb = scene.kb;
    let known: Vec<Tenure<'_>> = kb.tenures(person).collect();
    if known.is_empty() {
        return kb.description(person).map(str::to_owned);
    }
    let Some(day) = scene.date else {
        let mut titles: Vec<String> = known.iter().map(|t| title(scene, t)).collect();
        titles.dedup();
        return (titles.len() == 1).then(|| titles.remove(0));
    };
    let held = known.iter().filter(|t| t.stands(day)).max_by_key(|t| {
        (
            scene.weight(t.org) > 0,
            scene.holds(t) == Holds::Yes,
            Reverse(rank(t.role)),
            t.start.map(|d| (d.year, d.month, d.day)),
        )
    });
    if let Some(t) = held {
        return Some(title(scene, t));
    }
    if let Some(what) = kb.description(person) {
        return Some(what.to_owned());
    }
    let former = kb.former_office(person, day)?;
    let higher = |t: &&Tenure<'_>| scene.holds(t) == Holds::Maybe && t.role.rank() <= former.role.rank();
    let told = !known.iter().any(|t| higher(&t));
    told.then(|| format!("former {}", title(scene, &former)))
}

/// How high an office stands, 0 the highest.
fn rank(role: Role) -> u8 {
    match role {
        Role::HeadOfGovernment => 0,
        Role::HeadOfState => 1,
        Role::OrgHead => 2,
        Role::ForeignMinister
        | Role::DefenceMinister
        | Role::FinanceMinister
        | Role::DeputyHeadOfGovernment => 3,
        Role::InteriorMinister | Role::JusticeMinister | Role::Speaker | Role::CentralBank => 4,
        Role::Legislator | Role::JuniorMinister | Role::Other => 9,
        Role::PartyLeader => 6,
        _ => 5,
    }
}

/// An office with its country or body: "President of Ukraine", "ambassador of Norway to France". Whoever sits for a
/// part of a country is known by that part: "Senator for Minnesota".
fn title(scene: &Scene<'_>, t: &Tenure<'_>) -> String {
    let kb = scene.kb;
    let office = t.office.trim();
    let Some(org) = kb.by_code(t.org) else {
        return office.to_owned();
    };
    let name = kb.in_sentence(org);
    if office.contains(" of ") || office.contains(kb.name(org)) || office.contains(t.org) && t.org.len() > 2 {
        return office.to_owned();
    }
    match (t.role, office.split_once(" to ")) {
        (Role::Legislator, _) if office.contains(" for ") => office.to_owned(),
        // The "Chief Secretary to the Treasury" has its own "to".
        (Role::Ambassador | Role::AmbassadorUn, Some((what, whom))) => format!("{what} of {name} to {whom}"),
        _ => format!("{office} of {name}"),
    }
}

/// Who may hold an office, and whether that is certain.
type Holders = Box<[(EntityId, bool)]>;

/// What was looked up of offices while the names of an article are read.
#[derive(Default)]
pub(super) struct Offices<'a> {
    /// Who may hold an office at the article's date, and whether that is certain.
    holders: FxHashMap<(&'a str, Role), Holders>,
    /// Of an article without a date: which of its people held an office, by country or body.
    of_cast: FxHashMap<&'a str, Vec<(EntityId, Role)>>,
    /// How many entities of the cast `of_cast` knows.
    n_read: usize,
}

/// Whom a description that says whose it is means at the article's date: "Ukraine’s leader", "the French
/// president", "the NATO chief".
pub(super) fn holder(r: &mut Resolver<'_, '_>, b: usize, local: &Local, c: &Candidate) -> Option<Decision> {
    let What::Description(d) = &c.what else {
        return None;
    };
    let Description {
        head: Head::Role(role),
        det,
        owner: Some(owner),
        plural: false,
        ..
    } = d
    else {
        return None;
    };
    if matches!(det, Det::Indefinite | Det::Counted | Det::Both) || role.former || role.future {
        return None;
    }
    let noun = &r.lex.roles[role.row];
    // "elected president of Ostia", "as the Ostian envoy": said of somebody, not naming the holder.
    let before = c.phrase.start.checked_sub(1).map_or("", |i| local.tokens.fold(i));
    let predicate =
        lexicon::english().is(WordSet::BecomesOffice, before) && !matches!(det, Det::Definite | Det::Owned);
    if noun.class != RoleClass::Office || predicate {
        return None;
    }
    let kb = r.doc.kb;
    let mut codes = link::owner_codes(kb, &local.candidates, owner);
    if r.scene.date.is_none() {
        codes.retain(|code| is_of_here(&r.scene, code));
    }
    if codes.is_empty() {
        return None;
    }
    let mut found: Vec<(u8, EntityId, bool)> = Vec::new();
    match r.scene.date {
        Some(day) => {
            for code in &codes {
                for (i, role) in noun.roles.iter().enumerate() {
                    // An article speaks of the same few offices again and again.
                    let holders = r.offices.holders.entry((*code, *role)).or_insert_with(|| {
                        let holders = kb.holders(code, *role, day).into_iter();
                        holders
                            .map(|(t, holds)| (t.person, holds == Holds::Yes))
                            .collect()
                    });
                    found.extend(holders.iter().map(|(person, sure)| (i as u8, *person, *sure)));
                }
            }
        }
        None => {
            // Only somebody whom the article names, who held the office at some time.
            for e in &r.cast.entities[r.offices.n_read..] {
                let Some(id) = e.kb.filter(|_| e.kind == EntityKind::Person) else {
                    continue;
                };
                for t in kb.tenures(id) {
                    r.offices.of_cast.entry(t.org).or_default().push((id, t.role));
                }
            }
            r.offices.n_read = r.cast.entities.len();
            // Whoever held several of them stands together, to count once.
            let mut of_codes: Vec<_> = codes
                .iter()
                .filter_map(|code| r.offices.of_cast.get(code))
                .flatten()
                .filter(|(_, role)| role_fits(&noun.roles, *role))
                .collect();
            of_codes.order_by_key(|(id, _)| *id);
            found.extend(of_codes.into_iter().map(|(id, _)| (0, *id, false)));
        }
    }
    found.dedup_by_key(|f| f.1);
    let (person, how_sure) = choose(r, &noun.noun, &found)?;
    let entity = match r.in_cast(person) {
        Some(e) => e,
        // Somebody whom the article does not name only when the base is sure.
        None if how_sure => r.unnamed_person(person),
        None => return None,
    };
    let words = local.tokens.span(c.phrase.clone()).text(r.doc.block_text(b));
    let reason = match r.scene.date {
        Some(day) => format!("“{words}” on {} is {}", spelled(day), kb.name(person)),
        None => format!(
            "{} held this office, and the article names no one else who did",
            kb.name(person)
        ),
    };
    Some(
        Decision {
            entity,
            form: MentionForm::Description,
            score: if how_sure { 0.92 } else { 0.8 },
            evidence: Evidence {
                reason: reason.into(),
                at: None,
            },
        }
        .at(r.doc, b, c),
    )
}

/// Whether a country or body may be spoken of without a date: a party of another country than those that the article is
/// about is not "Labour" there, though its leader is a guest.
fn is_of_here(scene: &Scene<'_>, code: &str) -> bool {
    let kb = scene.kb;
    let country = kb.by_code(code).and_then(|id| kb.country_of(id));
    let land = country.and_then(|id| kb.code(id)).filter(|land| *land != code);
    land.is_none_or(|land| scene.weight(land).saturating_mul(2) >= scene.heaviest())
}

/// Chooses among those who may hold the office: the article's own people first, then the only certain one.
/// The flag says whether the base alone is sure.
fn choose(r: &Resolver<'_, '_>, noun: &str, found: &[(u8, EntityId, bool)]) -> Option<(EntityId, bool)> {
    let best_role = found.iter().filter(|f| f.2).map(|f| f.0).min();
    let mut sure: Vec<EntityId> = found
        .iter()
        .filter(|f| f.2 && Some(f.0) == best_role)
        .map(|f| f.1)
        .collect();
    sure.order_by(Ord::cmp);
    sure.dedup();
    // A better office that somebody else holds for certain is meant before a lesser one of the cast.
    let limit = best_role.unwrap_or(u8::MAX);
    let mut cast: Vec<(u8, EntityId)> = found
        .iter()
        .filter(|f| r.in_cast(f.1).is_some() && (noun == "leader" || f.0 <= limit))
        .map(|f| (f.0, f.1))
        .collect();
    cast.order_by(Ord::cmp);
    cast.dedup_by_key(|c| c.1);
    match (cast.as_slice(), sure.as_slice()) {
        ([one], _) => Some((one.1, sure.contains(&one.1))),
        ([first, second, ..], _) if first.0 < second.0 => Some((first.1, sure.contains(&first.1))),
        ([_, _, ..], _) => None,
        // "Germany’s leader" may be the president or the chancellor: nothing in the article tells.
        ([], [one]) if noun != "leader" && noun != "chief" && noun != "head" && noun != "minister" => {
            Some((*one, true))
        }
        ([], [one]) => {
            let people: Vec<EntityId> = found.iter().filter(|f| f.2).map(|f| f.1).collect();
            people.iter().all(|p| p == one).then_some((*one, true))
        }
        _ => None,
    }
}

/// A date as evidence spells it: "18 December 2024".
pub(super) fn spelled(date: crate::base::date::Date) -> String {
    const MONTHS: [&str; 13] = [
        "",
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let month = MONTHS.get(date.month as usize).copied().unwrap_or("");
    match (date.day, month) {
        (_, "") => date.year.to_string(),
        (0, m) => format!("{m} {}", date.year),
        (d, m) => format!("{d} {m} {}", date.year),
    }
}
