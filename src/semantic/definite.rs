//! What a noun phrase without a name of its own leads back to: "the minister", "the alliance", "the pair".

use crate::{
    base::{date::Holds, word::TokenKind},
    kb::{Role, Tenure},
    semantic::{
        article::{Entity, EntityKind, MentionForm},
        callnames::{firm_of_land, is_called, may_be_company, partisan},
        coref::{Resolver, fits_gender, is_subject},
        elegant::elegant,
        lexicon::{RoleClass, ThingClass},
        link,
        local::Local,
        many::two_bodies,
        mention::{Candidate, Cue, Description, Det, Head, RoleMention},
        pointed,
        salience::{Choice, Trace},
        seat,
        wordsets::WordSet,
    },
    syntax::token::Shape,
};

/// The entity that a description leads back to, if the article or the base makes it clear.
pub(super) fn antecedent(
    r: &mut Resolver<'_, '_, '_>,
    local: &Local,
    c: &Candidate,
    d: &Description,
    at: &Trace,
) -> Option<Choice> {
    match &d.head {
        Head::Role(role) if d.plural => group(r, c, d, role, at),
        Head::Role(role) => person(r, local, c, d, role, at),
        Head::Thing(class) => thing(r, local, c, d, *class, at),
    }
}

/// Who of an article without a date has held an office.
enum Undated<'t> {
    Nobody,
    One(&'t Trace),
    Several,
}

/// "the minister", "the diplomat", "the 54-year-old".
fn person(
    r: &Resolver<'_, '_, '_>,
    local: &Local,
    c: &Candidate,
    d: &Description,
    role: &RoleMention,
    at: &Trace,
) -> Option<Choice> {
    if d.det != Det::Definite && !(d.det == Det::Owned && d.owner.is_some()) || role.future {
        return None;
    }
    let noun = &r.lex.roles[role.row];
    // "the Lord" may be anybody, but the letters of "the MP" and "the CEO" are short for offices.
    let capital = local.tokens.shape(d.noun.start) != Shape::Lower;
    let short = capital && r.lex.is_no_name(&noun.noun);
    let letters = local.tokens.shape(d.noun.start) == Shape::AllCaps;
    if short && !(letters && noun.class == RoleClass::Office) {
        return None;
    }
    let codes = role
        .owner
        .as_ref()
        .map(|o| link::owner_codes(r.doc.kb, &local.candidates, o))
        .unwrap_or_default();
    if d.det == Det::Owned && codes.is_empty() {
        return None;
    }
    if let Some(choice) = seat::member(r, local, c, (d, role), at) {
        return Some(choice);
    }
    let kb = r.doc.kb;
    let proper: Vec<&str> = proper_words(local, c, d).collect();
    let mut seen: Vec<usize> = Vec::new();
    let mut best: Option<(u8, &Trace)> = None;
    let mut undated = Undated::Nobody;
    for t in r.trail.back(at) {
        if seen.contains(&t.entity) || t.form == MentionForm::Pronoun && !is_subject(t.cues) {
            continue;
        }
        seen.push(t.entity);
        let e = &r.cast.entities[t.entity];
        if e.kind != EntityKind::Person
            || !fits_gender(e, noun.gender)
            || r.nameless.get(&t.entity) == Some(&true)
        {
            continue;
        }
        if short && !is_of_same(r, local, (d, role), t.entity) {
            continue;
        }
        // "Holm said of the 24-year-old": somebody else.
        let speaks = t.sentence == at.sentence && t.cues.has(Cue::Speaks);
        if speaks && pointed::is_spoken_of(local, c) {
            continue;
        }
        // "the Conservative leader" is nobody whom the article called "the Labour leader".
        let other = codes.is_empty() && !proper.is_empty() && r.is_of_another(t.entity, &proper);
        let elsewhere = other || r.is_of_other_party(t.entity, &proper);
        if elsewhere
            || r.role_names_another(local, d, t.entity, &proper)
            || seat::is_of_other_country(r, at, t.entity)
        {
            continue;
        }
        let rows = match role.former {
            true => r.past.get(&t.entity).map_or(&[][..], Vec::as_slice),
            false => &r.rows[t.entity],
        };
        let exact = rows.contains(&role.row);
        let called = exact || !role.former && rows.iter().any(|&row| r.lex.same_noun(row, role.row));
        let held = |when: &dyn Fn(&Tenure<'_>) -> bool| {
            noun.class == RoleClass::Office
                && e.kb.is_some_and(|id| {
                    kb.tenures(id).any(|tenure| {
                        when(&tenure)
                            && noun.roles.contains(&tenure.role)
                            && is_title(r, role.row, tenure.office)
                            && (codes.is_empty() || codes.contains(&tenure.org))
                    })
                })
        };
        let wanted = if role.former { Holds::NoLonger } else { Holds::Yes };
        let holds = r
            .doc
            .date
            .is_some_and(|day| held(&|tenure| tenure.holds(day) == wanted));
        // An article that says nowhere when it was written may be of any year in which one of its people held the office.
        let head = |tenure: &Tenure<'_>| matches!(tenure.role, Role::HeadOfState | Role::HeadOfGovernment);
        let over = |tenure: &Tenure<'_>| head(tenure) && (!role.former || tenure.end.is_some());
        if r.doc.date.is_none() && (role.former || !is_called_otherwise(r, t.entity)) && held(&over) {
            undated = match undated {
                Undated::Nobody => Undated::One(t),
                _ => Undated::Several,
            };
        }
        let age = noun.noun == "year-old" || is_young(&noun.noun) && is_teenager(&e.name);
        // Of somebody whom the base knows only where the paragraph is about him.
        let known = e.kb.is_some() && !(t.block == at.block && is_subject(t.cues));
        let aged = age && !known && (proper.is_empty() || !codes.is_empty());
        let rank = match (exact, called, holds, aged) {
            (true, ..) => 4,
            (_, true, ..) => 3,
            (_, _, true, _) => 2,
            (.., true) => 1,
            _ => continue,
        };
        if !codes.is_empty() && called && !holds && e.kb.is_some() {
            continue;
        }
        if best.is_none_or(|(old, _)| old < rank) {
            best = Some((rank, t));
        }
        if rank == 4 {
            break;
        }
    }
    let words = &noun.noun;
    let Some((rank, t)) = best else {
        if let Undated::One(t) = undated {
            let name = &r.cast.entities[t.entity].name;
            let reason = format!("{name} is the only one of the article’s people who has been {words}");
            return Some(Choice::clear(t.entity, 0.75, reason, t.span));
        }
        return kept_back(r, c, d, &noun.noun, at)
            .or_else(|| in_the_box(r, c, d, &noun.noun, at))
            .or_else(|| partisan(r, local, c, d, role, at))
            .or_else(|| elegant(r, local, c, d, role, at));
    };
    let e = &r.cast.entities[t.entity];
    Some(Choice::clear(
        t.entity,
        if rank >= 3 { 0.88 } else { 0.8 },
        match rank {
            3.. => format!("{}: the last {words} that the article speaks of", e.name),
            2 => format!("{} is {words} at the article’s date", e.name),
            _ => format!("{}: the last person of that age", e.name),
        },
        t.span,
    ))
}

/// "A friend of the star said she was well. “She laughed,” the insider said.": whoever spoke without a name goes on under
/// another.
fn kept_back(
    r: &Resolver<'_, '_, '_>,
    c: &Candidate,
    d: &Description,
    noun: &str,
    at: &Trace,
) -> Option<Choice> {
    let bare = d.owner.is_none() && c.phrase.len() == d.noun.len() + 1;
    if !bare || !matches!(noun, "insider" | "source" | "pal" | "chum" | "informant") {
        return None;
    }
    let t = r.trail.back(at).take(12).find(|t| {
        at.sentence - t.sentence <= 3
            && t.block + 1 >= at.block
            && r.nameless.get(&t.entity) == Some(&false)
            && is_subject(t.cues)
            && t.cues.has(Cue::Speaks)
    })?;
    let e = &r.cast.entities[t.entity];
    let reason = format!("{}: the last one who spoke without a name", e.name);
    (e.kind == EntityKind::Person).then(|| Choice::clear(t.entity, 0.75, reason, t.span))
}

/// "Reyes told the jury that she had seen it. “It was late,” the witness said.": whoever gave evidence last.
fn in_the_box(
    r: &Resolver<'_, '_, '_>,
    c: &Candidate,
    d: &Description,
    noun: &str,
    at: &Trace,
) -> Option<Choice> {
    if noun != "witness" || d.owner.is_some() || c.phrase.len() != d.noun.len() + 1 {
        return None;
    }
    const BEHIND: usize = 6;
    let told = |t: &&Trace| {
        let local = r.doc.block(t.block).1;
        t.cues.has(Cue::Speaks)
            && (t.token..t.token + BEHIND).any(|k| r.lex.is(WordSet::BeforeCourt, local.tokens.fold(k)))
    };
    let named = |t: &&Trace| {
        r.cast.entities[t.entity].kind == EntityKind::Person && !r.nameless.contains_key(&t.entity)
    };
    let t = r.trail.back(at).filter(named).find(told)?;
    let name = &r.cast.entities[t.entity].name;
    let reason = format!("{name}: who gave evidence last");
    Some(Choice::clear(t.entity, 0.75, reason, t.span))
}

/// Whether the article told of somebody what the words around an office say: "the Labour MP" is who was one of Labour,
/// and so is "the MP".
fn is_of_same(
    r: &Resolver<'_, '_, '_>,
    local: &Local,
    (d, role): (&Description, &RoleMention),
    entity: usize,
) -> bool {
    let Some(owner) = role.owner.as_ref().or(d.owner.as_ref()) else {
        return true;
    };
    let words: Vec<&str> = owner.clone().map(|t| local.tokens.fold(t)).collect();
    r.is_told_of(entity, &words)
}

/// Nouns for somebody who is not yet twenty; nobody with an office or a trade is called so.
pub(super) fn is_young(noun: &str) -> bool {
    matches!(
        noun,
        "teenager" | "teen" | "youth" | "youngster" | "schoolboy" | "schoolgirl"
    )
}

/// Whether somebody is called by an age between twelve and twenty: "a 17-year-old".
fn is_teenager(name: &str) -> bool {
    let mut parts = name.split([' ', '-', '‑']);
    parts.any(|p| p.parse::<u8>().is_ok_and(|age| (13..20).contains(&age)))
        && parts.next().is_some_and(|p| p.starts_with("year"))
}

/// Whether the article gives somebody an office of his own, or one that he once had.
fn is_called_otherwise(r: &Resolver<'_, '_, '_>, entity: usize) -> bool {
    let office = |row: &usize| r.lex.roles[*row].class == RoleClass::Office;
    r.past.contains_key(&entity) || r.rows[entity].iter().any(office)
}

/// "Reyes, 77, is a retired farmer who once said …": what somebody is said to be is that person.
pub(super) fn predicate(
    r: &Resolver<'_, '_, '_>,
    local: &Local,
    c: &Candidate,
    d: &Description,
    at: &Trace,
    source: bool,
) -> Option<Choice> {
    let before = c.phrase.start.checked_sub(1)?;
    let is = matches!(local.listed(before), "is" | "was" | "remains" | "became");
    if !source || d.plural || !is || d.det != Det::Indefinite {
        return None;
    }
    let t = r.trail.back(at).take(6).find(|t| {
        t.sentence == at.sentence
            && is_subject(t.cues)
            && r.cast.entities[t.entity].kind == EntityKind::Person
    })?;
    Some(Choice::clear(
        t.entity,
        0.85,
        format!("what {} is said to be", r.cast.entities[t.entity].name),
        t.span,
    ))
}

/// Folded words with a capital that a description has before its noun: "the Conservative leader".
fn proper_words<'a>(local: &'a Local, c: &Candidate, d: &Description) -> impl Iterator<Item = &'a str> {
    let start = c.phrase.start + usize::from(matches!(d.det, Det::Definite));
    (start..d.noun.start)
        .filter(|&t| {
            let token = &local.tokens.list[t];
            token.kind == TokenKind::Word && !matches!(token.shape, Shape::Lower)
        })
        .map(|t| local.tokens.fold(t))
}

/// Whether a noun may stand for an office of the base: a president is no "prime minister", an emir no "president".
pub(super) fn is_title(r: &Resolver<'_, '_, '_>, row: usize, office: &str) -> bool {
    r.lex.row_of_title(office).is_none_or(|title| {
        let noun = &r.lex.roles[row];
        // "leader", "chief": any office.
        r.lex.same_noun(title, row)
            || r.lex.is(WordSet::AnyLeader, &noun.noun)
            || !r.lex.is(WordSet::Crown, &r.lex.roles[title].noun) && !r.lex.is(WordSet::Crown, &noun.noun)
    })
}

/// "the pair", "both leaders", "the two men"; "the officials" after "two officials".
fn group(
    r: &mut Resolver<'_, '_, '_>,
    c: &Candidate,
    d: &Description,
    role: &RoleMention,
    at: &Trace,
) -> Option<Choice> {
    let noun = r.lex.roles[role.row].noun.clone();
    // "the pair", not "the last honest pair of scissors".
    let bare = c.phrase.len() == d.noun.len() + 1 && d.det == Det::Definite;
    let two = d.det == Det::Both || bare && matches!(noun.as_str(), "pair" | "duo" | "couple" | "trio");
    if two && d.owner.is_none() && !matches!(noun.as_str(), "sides" | "powers" | "parties" | "others") {
        let want = r.lex.roles[role.row].gender;
        let many = if noun == "trio" { 3 } else { 2 };
        let mut members: Vec<usize> = Vec::new();
        for t in r.trail.back(at) {
            let e = &r.cast.entities[t.entity];
            let fits = e.kind == EntityKind::Person
                && fits_gender(e, want)
                && r.nameless.get(&t.entity) != Some(&true);
            if fits && !members.contains(&t.entity) && !t.side && at.sentence - t.sentence <= 4 {
                members.push(t.entity);
            }
            if members.len() == many {
                break;
            }
        }
        if members.len() < many {
            return None;
        }
        members.reverse();
        let entity = r.group_of(&members);
        return Some(Choice::clear(
            entity,
            0.75,
            format!(
                "{}: the last {} that the article speaks of",
                r.cast.entities[entity].name,
                if many == 3 { "three" } else { "two" }
            ),
            at.span,
        ));
    }
    // "police" and "the police" are the same; "German officials" need not be those of before.
    let bare = d.det == Det::Bare && d.noun == c.phrase;
    if d.det != Det::Definite && !bare {
        return None;
    }
    let t = r.trail.back(at).find(|t| {
        r.nameless.get(&t.entity) == Some(&true)
            && r.rows[t.entity].iter().any(|&row| r.lex.same_noun(row, role.row))
    })?;
    Some(Choice::clear(
        t.entity,
        0.85,
        format!(
            "{}: the last {noun}s that the article speaks of",
            r.cast.entities[t.entity].name
        ),
        t.span,
    ))
}

/// "the alliance", "the ministry", "the Belgian capital", "the country".
fn thing(
    r: &mut Resolver<'_, '_, '_>,
    local: &Local,
    c: &Candidate,
    d: &Description,
    class: ThingClass,
    at: &Trace,
) -> Option<Choice> {
    if d.plural {
        return two_bodies(r, local, c, d, class, at);
    }
    if !matches!(d.det, Det::Definite | Det::Owned) {
        return None;
    }
    let kb = r.doc.kb;
    let noun = local.tokens.fold(d.noun.end - 1);
    let codes = d
        .owner
        .as_ref()
        .map(|o| link::owner_codes(kb, &local.candidates, o))
        .unwrap_or_default();
    let choice = |t: &Trace, score: f32, reason: String| Choice::clear(t.entity, score, reason, t.span);
    // "the Obama campaign" is not the campaign spoken of before, "the campaign" is.
    let bare = c.phrase.len() <= d.noun.len() + 1;
    if d.det == Det::Definite
        && codes.is_empty()
        && let Some(&entity) = r.things.get(noun)
        && (bare || same_words(r, c, local, entity))
        && let Some(t) = r.trail.back(at).find(|t| t.entity == entity)
    {
        return Some(choice(
            t,
            0.85,
            format!("the {noun} that the article spoke of before"),
        ));
    }
    match class {
        ThingClass::Spot if noun == "capital" && !codes.is_empty() => {
            // The place that the article names and that is the capital of that country.
            let t = r.trail.back(at).find(|t| {
                r.cast.entities[t.entity].kind == EntityKind::Place
                    && capital_codes(r, t).iter().any(|code| codes.contains(code))
            })?;
            let name = &r.cast.entities[t.entity].name;
            Some(choice(t, 0.9, format!("{name} is the capital of that country")))
        }
        ThingClass::Spot
            if codes.is_empty()
                && d.owner.is_none()
                && bare
                && matches!(noun, "city" | "town" | "village" | "capital") =>
        {
            let t = r.trail.back(at).find(|t| {
                r.cast.entities[t.entity].kind == EntityKind::Place && at.sentence - t.sentence <= 3
            })?;
            Some(choice(
                t,
                0.7,
                format!("{}: the last place named", r.cast.entities[t.entity].name),
            ))
        }
        // A government is its country.
        ThingClass::Body if noun == "government" && !codes.is_empty() => {
            let owner = d.owner.as_ref()?;
            let from = local.candidates.partition_point(|c| c.tokens.start < owner.start);
            let (entity, ..) = local.candidates[from..]
                .iter()
                .take_while(|c| c.tokens.start < owner.end)
                .find_map(|c| r.entity_of(at.block, c))?;
            let e = &r.cast.entities[entity];
            let land = Trace { entity, ..*at };
            (e.kind == EntityKind::Country)
                .then(|| choice(&land, 0.85, format!("the government of {}", in_sentence(r, e))))
        }
        // "The government" without more is that of the country that the article is about.
        ThingClass::Body if noun == "government" && d.owner.is_none() && bare => {
            let t = r.main_country(at)?;
            let name = in_sentence(r, &r.cast.entities[t.entity]);
            Some(choice(
                &t,
                0.65,
                format!("the government of {name}, the country that the article speaks of"),
            ))
        }
        ThingClass::Land if codes.is_empty() && d.owner.is_none() && c.phrase.len() == 2 => {
            let mut near = r
                .trail
                .back(at)
                .take_while(|t| at.sentence - t.sentence <= 2)
                .filter(|t| {
                    r.cast.entities[t.entity].kind == EntityKind::Country && !t.cues.has(Cue::Quoted)
                });
            let first = near.next();
            // Two countries close by, and the noun may mean either.
            // "The state" may be a part of one where no country acts.
            let clear =
                first.filter(|f| is_subject(f.cues) || noun != "state" && near.all(|t| t.entity == f.entity));
            match clear
                .copied()
                .or_else(|| r.main_country(at).filter(|_| land(noun)))
            {
                Some(t) if clear.is_some() => Some(choice(
                    &t,
                    0.7,
                    format!("{}: the last country named", r.cast.entities[t.entity].name),
                )),
                Some(t) => Some(choice(
                    &t,
                    0.65,
                    format!(
                        "{}: the country that the article speaks of",
                        r.cast.entities[t.entity].name
                    ),
                )),
                None => None,
            }
        }
        ThingClass::Body if d.owner.is_some() && r.lex.is(WordSet::Company, noun) => {
            firm_of_land(r, local, d, &codes, at)
        }
        ThingClass::Body if codes.is_empty() && d.owner.is_none() => {
            let t = r.trail.back(at).find(|t| {
                let e = &r.cast.entities[t.entity];
                let called = e.kind == EntityKind::Institution && is_called(r, t.entity, noun);
                called && (noun != "company" || !r.employs(t))
            });
            let company = |t: &&Trace| {
                at.sentence - t.sentence <= 12
                    && !r.nameless.contains_key(&t.entity)
                    && may_be_company(r, t.entity)
                    && !r.employs(t)
            };
            let t = match t {
                Some(t) => t,
                None if r.lex.is(WordSet::Company, noun) => r.trail.back(at).find(company)?,
                None => return None,
            };
            Some(choice(
                t,
                0.82,
                format!("{}: the last {noun} named", r.cast.entities[t.entity].name),
            ))
        }
        _ => None,
    }
}

/// Whether a noun for land means a state.
fn land(noun: &str) -> bool {
    matches!(noun, "country" | "nation")
}

/// Whether a description has the very words that an entity without a name was first described by.
fn same_words(r: &Resolver<'_, '_, '_>, c: &Candidate, local: &Local, entity: usize) -> bool {
    let words = c.tokens.clone().map(|t| local.tokens.fold(t));
    let name = r.name_words.of(&r.cast.entities, entity);
    let n = c.tokens.len();
    name.len() >= n && name[name.len() - n..].iter().map(String::as_str).eq(words)
}

/// The codes of the countries whose capital a mention names.
fn capital_codes<'a>(r: &Resolver<'_, 'a, '_>, t: &Trace) -> Vec<&'a str> {
    let (_, local) = r.doc.block(t.block);
    let from = local.candidates.partition_point(|c| c.tokens.start < t.token);
    local.candidates[from..]
        .iter()
        .take_while(|c| c.tokens.start == t.token)
        .flat_map(|c| c.hits())
        .filter(|h| h.form == crate::kb::NameForm::Capital)
        .filter_map(|h| r.doc.kb.code(h.entity))
        .collect()
}

/// "the United Kingdom": an entity with its article, where the base has one.
fn in_sentence<'a>(r: &'a Resolver<'_, '_, '_>, e: &'a Entity) -> &'a str {
    e.kb.map_or(e.name.as_str(), |id| r.doc.kb.in_sentence(id))
}
