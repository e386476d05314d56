//! Whom a description means that nobody gave before: "the pianist" behind a paragraph about somebody.

use std::ops::Range;

use crate::{
    kb::{Gender, Kind},
    semantic::{
        ahead::is_finite_subject,
        article::{EntityKind, MentionForm},
        coref::{Resolver, fits_gender, is_subject},
        definite::is_young,
        lexicon::{self, RoleClass},
        link,
        local::Local,
        mention::{Candidate, Cue, Description, Det, RoleMention},
        salience::{Choice, Trace},
        wordsets::WordSet,
    },
    syntax::{tag::Tag, token::Shape},
};

/// "the pianist says", behind a paragraph about somebody whom nobody called a pianist: a speaker who is described as
/// known and whom no description leads to is the person spoken of last.
pub(super) fn elegant(
    r: &Resolver<'_, '_, '_>,
    local: &Local,
    c: &Candidate,
    d: &Description,
    role: &RoleMention,
    at: &Trace,
) -> Option<Choice> {
    let noun = &r.lex.roles[role.row];
    if let Some(choice) = plain_person(r, local, c, d, role, at) {
        return Some(choice);
    }
    // "the mother of six" belongs to nobody else.
    let of_number = local.tokens.fold(d.noun.end) == "of"
        && local
            .tokens
            .list
            .get(d.noun.end + 1)
            .is_some_and(|t| t.tag == Tag::Num);
    let hyphened = c.phrase.end == d.noun.end + 4 && matches!(local.tokens.fold(d.noun.end), "-" | "‑");
    let end = d.noun.end + if hyphened { 4 } else { 2 * usize::from(of_number) };
    let people = d.owner.as_ref().and_then(|o| people_of(r, local, d, role, o));
    // "the 58-year-old former governor"
    let aged = (c.phrase.start..d.noun.start)
        .any(|t| local.tokens.fold(t) == "year" && local.tokens.fold(t + 2) == "old")
        && r.is_source(at.block, c);
    let bare = d.det == Det::Definite
        && (d.owner.is_none() || people.is_some() || aged)
        && (c.phrase.end == d.noun.end || c.phrase.end == end)
        && c.phrase.len() <= if aged { 12 } else { 6 };
    let behind = if of_number {
        ""
    } else {
        local.tokens.fold(c.phrase.end)
    };
    if !bare
        || !(r.is_source(at.block, c)
            || (is_finite_subject(local, c) || is_first_of_two(local, c)) && !at.cues.has(Cue::Quoted))
        || noun.class == RoleClass::Group
        || is_body_of_that_name(local, d, noun.class)
        || is_told_to_somebody(local, c.phrase.end)
        || r.lex.is(WordSet::NewPerson, &noun.noun) && !(aged && role.former)
        || noun.noun == "monarch"
        || matches!(behind, "of" | "for" | "from" | "who" | "whose" | "at" | "in")
    {
        return None;
    }
    if let Some(choice) = answering(r, local, c, role, at) {
        return Some(choice);
    }
    // "“You do not know,” Okoro said. “I will ask,” the official replied.": not whoever spoke last.
    let other = answers(local, c).then(|| last_speaker(r, at)).flatten();
    let anybody = r.lex.is(WordSet::AnyLeader, &noun.noun);
    let t = spoken_of(r, at, noun.gender, |e| {
        if other == Some(e)
            || !people
                .as_ref()
                .is_none_or(|codes| is_one_of(r, e, codes, &noun.noun))
        {
            return false;
        }
        let plain = r.rows[e].is_empty() && r.cast.entities[e].kb.is_none();
        let young = is_young(&noun.noun);
        noun.class != RoleClass::Office && !young || anybody || plain || aged
    })
    .or_else(|| {
        uncalled(r, at, noun.gender).filter(|t| noun.class == RoleClass::Person && other != Some(t.entity))
    })?;
    Some(choice(r, &t, 0.6, "the last person spoken of before", &noun.noun))
}

/// "The Japanese scientist and Reyes published": the first of two who are a subject, at the head of a sentence.
fn is_first_of_two(local: &Local, c: &Candidate) -> bool {
    let and = c.phrase.end;
    let name = local.candidates.partition_point(|o| o.tokens.start <= and);
    let second = local.candidates.get(name).filter(|o| o.phrase.start == and + 1);
    c.cues.has(Cue::SentenceStart)
        && local.tokens.fold(and) == "and"
        && second.is_some_and(|o| {
            let verb = local.tokens.list.get(o.phrase.end.max(o.tokens.end));
            verb.is_some_and(|t| t.tag.is_finite() || t.tag == Tag::Aux)
        })
}

/// The choice of whom `t` names for "the `noun`", and in what way that one was the last.
fn choice(r: &Resolver<'_, '_, '_>, t: &Trace, score: f32, way: &str, noun: &str) -> Choice {
    let name = &r.cast.entities[t.entity].name;
    Choice::clear(t.entity, score, format!("{name}: {way} “the {noun}”"), t.span)
}

/// "the man", "the girl", of whom nobody said so before.
fn plain_person(
    r: &Resolver<'_, '_, '_>,
    local: &Local,
    c: &Candidate,
    d: &Description,
    role: &RoleMention,
    at: &Trace,
) -> Option<Choice> {
    let noun = &r.lex.roles[role.row];
    if d.det != Det::Definite || !r.lex.is(WordSet::PlainPerson, &noun.noun) {
        return None;
    }
    let fits = |t: &Trace, named: bool, within: usize| {
        let e = &r.cast.entities[t.entity];
        let nameless = r.nameless.get(&t.entity);
        at.sentence - t.sentence <= within
            && e.kind == EntityKind::Person
            && nameless == if named { None } else { Some(&false) }
            && fits_gender(e, noun.gender)
    };
    // "As for the man himself, he has left": whom the article named last.
    if matches!(local.tokens.fold(c.phrase.end), "himself" | "herself")
        && let Some(t) = r
            .trail
            .back(at)
            .find(|t| t.form != MentionForm::Pronoun && fits(t, true, 6))
    {
        let name = &r.cast.entities[t.entity].name;
        let reason = format!("{name}: the last person named before “the {} …self”", noun.noun);
        return Some(Choice::clear(t.entity, 0.75, reason, t.span));
    }
    // "the girl": somebody without a name.
    let alone = c.phrase.end == d.noun.end && c.phrase.len() == 2;
    if !alone || !(r.is_source(at.block, c) || is_finite_subject(local, c)) {
        return None;
    }
    let mut trail = r.trail.back(at).take(12);
    let t = trail.find(|t| fits(t, false, 3) && is_subject(t.cues))?;
    Some(choice(
        r,
        t,
        0.65,
        "the last person without a name before",
        &noun.noun,
    ))
}

/// "…," she told him. "You did," replied the scribe.": whoever was spoken to.
fn answering(
    r: &Resolver<'_, '_, '_>,
    local: &Local,
    c: &Candidate,
    role: &RoleMention,
    at: &Trace,
) -> Option<Choice> {
    let noun = &r.lex.roles[role.row];
    if !answers(local, c) {
        return None;
    }
    let t = r.trail.back(at).take(6).find(|t| {
        let e = &r.cast.entities[t.entity];
        t.cues.has(Cue::Addressed)
            && t.block + 1 >= at.block
            && at.sentence - t.sentence <= 2
            && e.kind == EntityKind::Person
            && !r.nameless.contains_key(&t.entity)
            && fits_gender(e, noun.gender)
    })?;
    Some(choice(r, t, 0.7, "who was spoken to right before", &noun.noun))
}

/// Whether the verb beside a description is one of answering.
fn answers(local: &Local, c: &Candidate) -> bool {
    let answers = |t: usize| {
        matches!(
            local.tokens.fold(t),
            "replied" | "replies" | "answered" | "retorted"
        )
    };
    answers(c.phrase.start.wrapping_sub(1)) || answers(c.phrase.end)
}

/// Whoever spoke right before.
fn last_speaker(r: &Resolver<'_, '_, '_>, at: &Trace) -> Option<usize> {
    let mut trail = r.trail.back(at).take(8).filter(|t| t.block + 1 >= at.block);
    trail
        .find(|t| t.cues.has(Cue::Speaks) && !t.cues.has(Cue::Quoted))
        .map(|t| t.entity)
}

/// "the Algerian diplomat", "the Flemish nationalist": the codes of the country whose people the one word before a noun
/// for a trade means, none for a people without one.
fn people_of<'a>(
    r: &Resolver<'_, 'a, '_>,
    local: &Local,
    d: &Description,
    role: &RoleMention,
    owner: &Range<usize>,
) -> Option<Vec<&'a str>> {
    let noun = &r.lex.roles[role.row];
    let adjective = owner.len() == 1
        && owner.end == d.noun.start
        && local
            .tokens
            .list
            .get(owner.start)
            .is_some_and(|t| t.shape == Shape::Capital);
    let party = r.lex.is(WordSet::PartyWord, local.tokens.fold(owner.start));
    if !adjective || party || noun.class != RoleClass::Person || role.former {
        return None;
    }
    let from = local.candidates.partition_point(|c| c.tokens.start < owner.start);
    let mut names = local.candidates[from..]
        .iter()
        .take_while(|c| c.tokens.start < owner.end);
    let body = names.any(|c| c.hits().iter().any(|h| h.kind != Kind::Country));
    (!body).then(|| link::owner_codes(r.doc.kb, &local.candidates, owner))
}

/// Whether an entity may be of the country with one of these codes. Of whom the base knows nothing, any may, unless
/// reports leave people who are called so without a name.
fn is_one_of(r: &Resolver<'_, '_, '_>, entity: usize, codes: &[&str], noun: &str) -> bool {
    let kb = r.doc.kb;
    match r.cast.entities[entity].kb {
        Some(id) => {
            let country = kb.country_of(id).and_then(|c| kb.code(c));
            codes.is_empty() || country.is_some_and(|c| codes.contains(&c))
        }
        None => !r.lex.is(WordSet::Withheld, noun),
    }
}

/// "The Observer called it odd": a noun for people that has a capital where nothing gives it one is the name of a paper.
pub(super) fn is_body_of_that_name(local: &Local, d: &Description, class: RoleClass) -> bool {
    let shape = local.tokens.list.get(d.noun.start).map(|t| t.shape);
    let article = d.det == Det::Definite && d.owner.is_none() && d.noun.len() == 1;
    // "the Republican" is somebody.
    let party = lexicon::english().is(WordSet::PartyWord, local.tokens.fold(d.noun.start));
    class != RoleClass::Office && article && shape == Some(Shape::Capital) && !party
}

/// "The principal told her that girls did not swim": whoever speaks to somebody known is somebody else.
fn is_told_to_somebody(local: &Local, verb: usize) -> bool {
    local.tokens.list.get(verb).is_some_and(|t| t.tag.is_finite())
        && matches!(local.tokens.fold(verb + 1), "him" | "her")
        && local
            .tokens
            .list
            .get(verb + 2)
            .is_none_or(|t| !t.tag.is_noun() && t.tag != Tag::Adj && t.tag != Tag::Propn)
}

/// The person with a name whom the article spoke of last: the last subject of this sentence's paragraph or of the one
/// before, else the last one mentioned there.
pub(super) fn spoken_of(
    r: &Resolver<'_, '_, '_>,
    at: &Trace,
    gender: Gender,
    fits: impl Fn(usize) -> bool,
) -> Option<Trace> {
    let near = r.trail.back(at).take(16).filter(|t| {
        let e = &r.cast.entities[t.entity];
        at.sentence - t.sentence <= 2
            && t.block + 1 >= at.block
            && !t.side
            && e.kind == EntityKind::Person
            && !r.nameless.contains_key(&t.entity)
            && fits_gender(e, gender)
            && fits(t.entity)
            && !t.cues.has(Cue::Quoted)
    });
    let near: Vec<&Trace> = near.collect();
    let subject = near
        .iter()
        .find(|t| is_subject(t.cues) && t.sentence < at.sentence);
    // "He claimed that the referee, Holm, had laughed.": whoever speaks in it goes on.
    let speaker = subject.filter(|t| t.second).and_then(|inner| {
        near.iter().find(|t| {
            t.sentence == inner.sentence && !t.second && t.cues.has(Cue::Speaks) && is_subject(t.cues)
        })
    });
    let subject = speaker.or(subject);
    if let Some(t) = subject.or(near.first()) {
        return Some(**t);
    }
    // An article about one person may come back to that person from further away.
    let mut people = r.trail.back(at).filter(|t| {
        r.cast.entities[t.entity].kind == EntityKind::Person && !r.nameless.contains_key(&t.entity)
    });
    let last = people.next().filter(|t| {
        fits_gender(&r.cast.entities[t.entity], gender) && fits(t.entity) && at.sentence - t.sentence <= 8
    })?;
    people.all(|t| t.entity == last.entity).then_some(*last)
}

/// Of several people the one of whom the article says nothing yet: "the former shearer" is not the minister whom it
/// named since.
fn uncalled(r: &Resolver<'_, '_, '_>, at: &Trace, gender: Gender) -> Option<Trace> {
    let called =
        |e: usize| r.cast.entities[e].kb.is_some() || !r.rows[e].is_empty() || r.past.contains_key(&e);
    let mut people = r.trail.back(at).filter(|t| {
        let e = &r.cast.entities[t.entity];
        e.kind == EntityKind::Person
            && !r.nameless.contains_key(&t.entity)
            && !called(t.entity)
            && fits_gender(e, gender)
    });
    let last = people.next().filter(|t| at.sentence - t.sentence <= 8)?;
    people.all(|t| t.entity == last.entity).then_some(*last)
}
