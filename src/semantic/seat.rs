//! Members of a parliament by the state they sit for: "the Ohio Democrat" after "Rep. Ida Holm, D-Ohio,".

use crate::{
    base::work,
    kb::{EntityId, Kind},
    semantic::{
        article::EntityKind,
        coref::{Resolver, fits_gender},
        lexicon::RoleClass,
        local::Local,
        mention::{Candidate, Cue, Description, Det, RoleMention, What},
        salience::{Choice, Trace},
    },
    syntax::token::Shape,
};

/// How many mentions are looked through for a state.
const REACH: usize = 60;

/// What a member's party or chamber makes of a noun: its letter behind the name, or none that must stand there.
fn letter(noun: &str) -> Option<&'static str> {
    match noun {
        "republican" => Some("r"),
        "democrat" => Some("d"),
        "senator" | "lawmaker" | "congressman" | "congresswoman" => Some(""),
        _ => None,
    }
}

/// The one of whom the article said that he sits for that state, "R-Ohio", "of Ohio" or "Ohio Sen.", for that party.
pub(super) fn member(
    r: &Resolver<'_, '_, '_>,
    local: &Local,
    c: &Candidate,
    (d, role): (&Description, &RoleMention),
    at: &Trace,
) -> Option<Choice> {
    let noun = &r.lex.roles[role.row];
    let letter = letter(&noun.noun).filter(|_| d.det == Det::Definite && !role.former)?;
    let state = d.owner.as_ref().and_then(|o| state_at(r, local, o.start))?;
    if c.phrase.end != d.noun.end {
        return None;
    }
    let mut found: Option<&Trace> = None;
    for t in r.trail.back(at).take(REACH).inspect(|_| work::step()) {
        let e = &r.cast.entities[t.entity];
        if e.kind != EntityKind::Person || !fits_gender(e, noun.gender) || !sits_for(r, t, state, letter) {
            continue;
        }
        // Two of one party and state: nobody is clear.
        if found.is_some_and(|f| f.entity != t.entity) {
            return None;
        }
        found = Some(t);
    }
    let t = found?;
    let name = &r.cast.entities[t.entity].name;
    let reason = format!("{name}: whom the article says to sit for that state");
    Some(Choice::clear(t.entity, 0.88, reason, t.span))
}

/// "The White House says the president may act": whether somebody's office is in another country than the body of state
/// that speaks in the sentence.
pub(super) fn is_of_other_country(r: &Resolver<'_, '_, '_>, at: &Trace, entity: usize) -> bool {
    const NEAR: usize = 6;
    let kb = r.doc.kb;
    let Some(own) = r.cast.entities[entity].kb.and_then(|id| kb.country_of(id)) else {
        return false;
    };
    let mut near = r
        .trail
        .back(at)
        .take(NEAR)
        .take_while(|t| t.sentence == at.sentence);
    let speaks = near.find(|t| t.cues.has(Cue::Speaks) && !t.cues.has(Cue::Quoted));
    let body = speaks.and_then(|t| r.cast.entities[t.entity].kb);
    let land = body.and_then(|id| match kb.kind(id) {
        Kind::Country => Some(id),
        Kind::Institution if matches!(kb.description(id), Some("executive" | "ministry")) => {
            kb.country_of(id)
        }
        _ => None,
    });
    land.is_some_and(|land| land != own && kb.kind(land) == Kind::Country && kb.kind(own) == Kind::Country)
}

/// Whether a name has a seat in that state behind it: ", R-Ohio", "(D-Ohio)", or "of Ohio" behind a title.
fn sits_for(r: &Resolver<'_, '_, '_>, t: &Trace, state: EntityId, letter: &str) -> bool {
    let (_, local) = r.doc.block(t.block);
    let from = local.candidates.partition_point(|c| c.tokens.start < t.token);
    let Some(c) = local.candidates.get(from).filter(|c| c.tokens.start == t.token) else {
        return false;
    };
    let What::Name(name) = &c.what else { return false };
    let end = c.tokens.end;
    let word = |t: usize| local.tokens.fold(t);
    let tag = matches!(word(end), "," | "(")
        && matches!(word(end + 1), "r" | "d" | "i")
        && matches!(word(end + 2), "-" | "‑" | "–");
    if tag {
        return (letter.is_empty() || word(end + 1) == letter) && state_at(r, local, end + 3) == Some(state);
    }
    let member = name.title.is_some()
        || name
            .role
            .as_ref()
            .is_some_and(|role| r.lex.roles[role.row].class == RoleClass::Office);
    member
        && (word(end) == "of" && state_at(r, local, end + 1) == Some(state) || is_before(r, local, c, state))
}

/// Whether the state stands before the title of a name, at most a party between them: "Ohio Republican Sen. Ida Holm".
fn is_before(r: &Resolver<'_, '_, '_>, local: &Local, c: &Candidate, state: EntityId) -> bool {
    const REACH: usize = 3;
    let capital = |t: &usize| {
        matches!(
            local.tokens.shape(*t),
            Shape::Capital | Shape::AllCaps | Shape::Initial
        )
    };
    let small = |t: &usize| local.tokens.mark(*t) == "." || capital(t);
    (c.phrase.start.saturating_sub(REACH)..c.tokens.start)
        .rev()
        .take_while(small)
        .filter(capital)
        .any(|t| state_at(r, local, t) == Some(state))
}

/// The state or province that the name at a token means.
fn state_at(r: &Resolver<'_, '_, '_>, local: &Local, token: usize) -> Option<EntityId> {
    let from = local.candidates.partition_point(|c| c.tokens.start < token);
    // A description may begin with the very name: "Ohio Democrat".
    let here = local.candidates[from..]
        .iter()
        .take_while(|c| c.tokens.start == token);
    let hits = here.filter_map(|c| match &c.what {
        What::Name(name) => Some(&name.hits),
        _ => None,
    });
    let mut places = hits.flatten().filter(|h| r.doc.kb.kind(h.entity) == Kind::Place);
    places.next().map(|h| h.entity)
}
