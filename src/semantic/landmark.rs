//! Names that are read by what stands beside their first word: saints, stretches of land, trades, lands as given names.

use crate::{
    base::word::TokenKind,
    kb::{Kind, NameForm},
    semantic::{
        beside::push,
        gazetteer::{self, is_person, own_body},
        joint::compound_body,
        lexicon::{RoleClass, ThingClass},
        mention::{Candidate, Ctx, Hit},
        odd_name::{is_school_word, saints_house},
        runs::{begins_body, is_suffix, run_end},
        stretch::unknown,
        wordsets::WordSet,
    },
    syntax::token::Shape,
};

/// Where the name of a saint ends, which is a place or a body of somebody long dead: "St Mary’s", "St Mary’s Hospital",
/// "St Andrews" after a word for where.
pub(super) fn saints_place(ctx: &Ctx<'_>, i: usize) -> Option<usize> {
    if !matches!(ctx.word(i), "st" | "saint") || !ctx.capital(i) || ctx.title_case(i) && ctx.shouted {
        return None;
    }
    let name = i + 1 + usize::from(ctx.word(i + 1) == ".");
    // "Saint Louis High" is in no Saint Louis.
    let house = || saints_house(ctx, name).filter(|_| ctx.capital(name));
    if let Some((len, _)) = gazetteer::longest(ctx, i) {
        return house().filter(|end| *end > i + len && is_school_word(ctx, end - 1));
    }
    if !ctx.capital(name) {
        return None;
    }
    let owns =
        ctx.kind(name + 1) == TokenKind::Possessive || ctx.is_possessive(name + 1) && ctx.capital(name + 2);
    if !owns {
        if let Some(end) = house() {
            return Some(end);
        }
        let where_ = matches!(
            ctx.before(i),
            "in" | "at" | "near" | "from" | "to" | "outside" | "around"
        );
        return (where_ || ctx.starts[i] && !ctx.capital(name + 1)).then_some(name + 1);
    }
    let first = name + 2;
    let end = if ctx.title_case(first) {
        first
    } else {
        run_end(ctx, first)
    };
    // What follows belongs to the name as far as the last noun for a place or a body.
    let last = (first..end)
        .rev()
        .find(|&t| ctx.lex.thing(ctx.word(t)).is_some() || is_school_word(ctx, t));
    Some(last.map_or(first, |t| t + 1))
}

/// "Hawke’s Bay", "Brandt’s Creek": a stretch of land called after somebody.
pub(super) fn owns_land(ctx: &Ctx<'_>, i: usize) -> bool {
    ctx.shape(i) == Shape::Capital
        && ctx.kind(i + 1) == TokenKind::Possessive
        && ctx.shape(i + 2) == Shape::Capital
        && !ctx.title_case(i)
        && (ctx.lex.is(WordSet::Landscape, ctx.word(i + 2)) || ctx.lex.is(WordSet::Landmark, ctx.word(i + 2)))
}

/// A family name that is also a trade or a rank, after given names ("Jordan Baker", "Steve Peers", "Martin Luther
/// King III").
pub(super) fn is_trade_name(ctx: &Ctx<'_>, i: usize, end: usize) -> bool {
    (i..end).all(|t| ctx.kind(t) == TokenKind::Word && ctx.lex.given(ctx.word(t)).is_some())
        && (!ctx.capital(end + 1) || is_suffix(ctx, end + 1))
        && ctx.lex.role_at(ctx.tokens, end).is_some_and(|f| {
            f.len == 1
                && (ctx.lex.roles[f.row].class == RoleClass::Person
                    || matches!(ctx.word(end), "king" | "kings" | "peers" | "judge"))
        })
}

/// Whether the words at `i` follow the name of somebody: an age, "who", a verb of saying.
pub(super) fn is_somebody_behind(ctx: &Ctx<'_>, i: usize) -> bool {
    let comma = ctx.word(i) == ",";
    let next = i + usize::from(comma);
    comma && (ctx.word(next) == "who" || ctx.kind(next) == TokenKind::Number && ctx.word(next).len() == 2)
        || !comma && (ctx.word(i) == "who" || ctx.lex.is_human_verb(ctx.word(i)))
}

/// "Supreme Court of Ostia": the body of that country, or another that the base does not have.
pub(super) fn body_of(
    ctx: &Ctx<'_>,
    out: &mut Vec<Candidate>,
    i: usize,
    end: usize,
    hits: Vec<Hit>,
) -> usize {
    let next = end + 1 + usize::from(ctx.word(end + 1) == "the");
    if !ctx.capital(next) || ctx.lex.is_function_word(ctx.word(next)) {
        push(ctx, out, i..end, hits);
        return end;
    }
    let Some((len, lands)) = gazetteer::longest(ctx, next) else {
        return unknown(ctx, out, i, next + 1);
    };
    // "the Freedom Party of Geert Wilders" is his, and not called so.
    if len > 1 && lands.iter().all(|h| is_person(ctx, h)) {
        push(ctx, out, i..end, hits);
        return end;
    }
    let own = own_body(ctx, &lands, &hits);
    match own {
        Some(own) => {
            push(ctx, out, i..next + len, own);
            next + len
        }
        // A country is named beside the body of another name; both stand for themselves.
        None if lands.iter().any(|h| ctx.kb.kind(h.entity) == Kind::Country) => {
            push(ctx, out, i..end, hits);
            end
        }
        None => unknown(ctx, out, i, next + len),
    }
}

/// "the New Reform Party": a body that is new by name.
pub(super) fn is_new_body(ctx: &Ctx<'_>, i: usize) -> bool {
    ctx.word(i) == "new"
        && ctx.shape(i) == Shape::Capital
        && !ctx.starts[i]
        && !ctx.title_case(i)
        && ctx.capital(i + 1)
        && ctx
            .lex
            .role_at(ctx.tokens, i + 1)
            .is_none_or(|r| begins_body(ctx, i + 1, r.len, r.row))
        && (i + 2..run_end(ctx, i + 1).min(i + 4))
            .any(|t| ctx.lex.thing(ctx.word(t)) == Some(ThingClass::Body))
}

/// Where an office in capitals ends that no list has, and which is no name: "Assistant State’s Attorney", "Chief
/// Technological Officer".
pub(super) fn spelled_office(ctx: &Ctx<'_>, i: usize) -> Option<usize> {
    let state = i + usize::from(matches!(ctx.word(i), "assistant" | "deputy" | "chief" | "first"));
    if ctx.word(state) == "state" && ctx.is_possessive(state + 1) && ctx.word(state + 2) == "attorney" {
        return Some(state + 3);
    }
    let officer = (i + 2..i + 4).find(|&t| ctx.word(t) == "officer" && ctx.capital(t))?;
    (ctx.word(i) == "chief"
        && (i + 1..officer).all(|t| ctx.capital(t) && ctx.lex.given(ctx.word(t)).is_none())
        && ctx.lex.role_at(ctx.tokens, i).is_none_or(|r| r.len == 1))
    .then_some(officer + 1)
}

/// "Johnson & Johnson", "PG&E": a firm called after two people or by letters, whatever the first part means alone.
pub(super) fn is_firm_of_two(ctx: &Ctx<'_>, i: usize, len: usize, hits: &[Hit]) -> bool {
    // "Holm and Reyes Group": two families, as everywhere.
    if len == 1 && ctx.word(i + 1) == "and" && hits.iter().all(|h| is_person(ctx, h)) {
        return compound_body(ctx, i, i + 1);
    }
    len == 1
        && ctx.word(i + 1) == "&"
        && ctx.capital(i + 2)
        && !ctx.title_case(i)
        && (ctx.glued(i + 1) && ctx.glued(i + 2) || hits.iter().all(|h| is_person(ctx, h)))
}

/// A point of the compass before a word for a people ("South American") names no country.
pub(super) fn is_direction(ctx: &Ctx<'_>, i: usize) -> bool {
    let peoples = ctx.lex.is(WordSet::RegionPeople, ctx.word(i + 1)) && !ctx.capital(i + 2);
    // "African American", "Asian American"
    if peoples && ctx.capital(i + 1) && ctx.lex.is(WordSet::RegionPeople, ctx.word(i)) {
        return true;
    }
    ctx.lex.is(WordSet::Direction, ctx.word(i))
        && (peoples
            || gazetteer::longest(ctx, i + 1).is_some_and(|(_, hits)| {
                hits.iter()
                    .any(|h| matches!(h.form, NameForm::Adjective | NameForm::DemonymNoun))
            }))
}

/// "African-Americans", "Chinese-Peruvian": where a word for two peoples ends that begins no longer name.
pub(super) fn hyphened_people(ctx: &Ctx<'_>, i: usize) -> Option<usize> {
    let people = |h: &Hit| matches!(h.form, NameForm::Adjective | NameForm::DemonymNoun);
    let joined = ctx.shape(i) == Shape::Capital && is_hyphen(ctx, i + 1) && ctx.capital(i + 2);
    let last = || gazetteer::longest(ctx, i + 2);
    let other = || gazetteer::longest(ctx, i).is_none_or(|(len, hits)| len == 1 && !hits.iter().any(people));
    (joined && !ctx.capital(i + 3) && other())
        .then(last)
        .flatten()
        .filter(|(len, hits)| *len == 1 && hits.iter().any(people))
        .map(|_| i + 3)
}

/// Whether a hyphen joins the words on both sides of it.
fn is_hyphen(ctx: &Ctx<'_>, t: usize) -> bool {
    matches!(ctx.word(t), "-" | "‑") && ctx.glued(t) && ctx.glued(t + 1)
}

/// "The Halm Review": a paper by the last word of its name, behind its article.
pub(super) fn is_paper(ctx: &Ctx<'_>, t: usize) -> bool {
    const LONGEST: usize = 3;
    let article = |k: usize| t > k && ctx.word(t - k - 1) == "the";
    let led = |n: usize| (1..=n).all(|k| t >= k && ctx.capital(t - k)) && article(n);
    ctx.shape(t) == Shape::Capital
        && !ctx.capital(t + 1)
        && !ctx.title_case(t)
        && ctx.lex.is(WordSet::PaperNoun, ctx.word(t))
        && (1..=LONGEST).any(led)
}
