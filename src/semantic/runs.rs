//! Proper names of one block: gazetteer hits, and capitalized runs that the knowledge base does not have.

use crate::{
    base::word::TokenKind,
    kb::{Kind, NameForm},
    semantic::{
        beside::{is_body_word, is_fellowship, push},
        capital::{
            begins_act, capital_article, eastern_name, in_name, is_grammar, is_lone_trade, is_month_given,
            is_month_surname, is_ordinary, is_thing, speaking_family,
        },
        gazetteer::{self, is_particle, is_person, is_state_body, own_body},
        landmark::{
            body_of, is_direction, is_firm_of_two, is_new_body, is_somebody_behind, is_trade_name, owns_land,
            saints_place, spelled_office,
        },
        lexicon::{RoleClass, ThingClass},
        mention::{Candidate, Ctx, Cue, Hit, What},
        stretch::{compound_body, is_portfolio, nickname, unknown},
        wordsets::WordSet,
    },
    syntax::{
        tag::{Tag, is_common_word},
        token::Shape,
    },
};

/// Finds the names of one block, in text order.
pub(crate) fn names(ctx: &Ctx<'_>) -> Vec<Candidate> {
    let mut out = Vec::new();
    let mut i = 0;
    while i < ctx.tokens.len() {
        if ctx.kind(i) == TokenKind::Word && ctx.plain(i).len() < ctx.word(i).len() {
            // "I’ve", "They’d": the clitic makes no name of it.
            i += 1;
            continue;
        }
        if !ctx.capital(i) {
            i = match particle_run(ctx, i) {
                Some(capital) => small_particle(ctx, &mut out, i, capital),
                None => i + 1,
            };
            continue;
        }
        i = name_at(ctx, &mut out, i, 0);
    }
    out
}

/// The capitalized word that the small particles at `i` lead to ("von der" → "Leyen", "el" "-" → "Sisi").
fn particle_run(ctx: &Ctx<'_>, i: usize) -> Option<usize> {
    if !ctx.lex.is(WordSet::LeadingParticle, ctx.word(i)) {
        return None;
    }
    let mut t = i + 1;
    while t < i + 5
        && (is_particle(ctx.word(t)) && ctx.shape(t) == Shape::Lower || matches!(ctx.word(t), "-" | "‑"))
    {
        t += 1;
    }
    let hyphen = matches!(ctx.before(t), "-" | "‑");
    // "as" and "ad" are words of English unless a hyphen joins them.
    let english = matches!(ctx.word(i), "as" | "ad" | "den" | "ash" | "bin" | "la" | "le");
    (ctx.capital(t) && (hyphen || !english || gazetteer::longest(ctx, i).is_some())).then_some(t)
}

/// Adds the name that begins with small particles.
fn small_particle(ctx: &Ctx<'_>, out: &mut Vec<Candidate>, i: usize, capital: usize) -> usize {
    match gazetteer::longest(ctx, i) {
        Some((len, hits)) if i + len > capital => known_name(ctx, out, i, len, hits),
        _ if gazetteer::longest(ctx, capital).is_some_and(|(len, _)| len > 1) => i + 1,
        _ => unknown(ctx, out, i, capital + 1),
    }
}

/// Reads what begins at the capitalized token `i`, adds the names it holds, and returns where to go on.
fn name_at(ctx: &Ctx<'_>, out: &mut Vec<Candidate>, i: usize, n_titles: u8) -> usize {
    // "Sen. Dale Roy, R-Georgia,": a party's letter before the state.
    if ctx.shape(i) == Shape::Initial
        && matches!(ctx.word(i), "r" | "d" | "i")
        && matches!(ctx.word(i + 1), "-" | "‑" | "–")
        && matches!(ctx.before(i), "(" | ",")
        && ctx.capital(i + 2)
    {
        return i + 2;
    }
    // "NZ$2m" is money.
    if matches!(ctx.word(i + 1), "$" | "£" | "€") && ctx.glued(i + 1) && ctx.word(i).len() <= 3 {
        return i + 1;
    }
    if let Some(end) = spelled_office(ctx, i) {
        return end;
    }
    // "HURRICANE MELISSA SLAMS JAMAICA"
    if ctx.title_case(i) && ctx.lex.is(WordSet::Storm, ctx.before(i)) && ctx.lex.given(ctx.word(i)).is_some()
    {
        return i + 1;
    }
    // "HMS Ocean", "USS Abraham Lincoln": ships.
    if ctx.shape(i) == Shape::AllCaps
        && ctx.lex.is(WordSet::Ship, ctx.word(i))
        && ctx.shape(i + 1) == Shape::Capital
    {
        return run_end(ctx, i + 1);
    }
    // "A. Noel Kramer" begins with no article.
    if ctx.shape(i) == Shape::Initial
        && ctx.word(i + 1) == "."
        && ctx.shape(i + 2) == Shape::Capital
        && !ctx.starts[i + 2]
        && ctx.lex.thing(ctx.word(i + 2)).is_none()
        && !ctx.lex.is_function_word(ctx.word(i + 2))
        && (ctx.lex.given(ctx.word(i + 2)).is_some()
            || !ctx.starts[i] && ctx.lex.is_function_word(ctx.word(i)))
    {
        return unknown(ctx, out, i, i + 3);
    }
    // "Jan. 5"
    if ctx.word(i) == "jan" && (ctx.word(i + 1) == "." || ctx.kind(i + 1) == TokenKind::Number) {
        return i + 1;
    }
    if let Some(end) = saints_place(ctx, i) {
        push(ctx, out, i..end, Vec::new());
        if let Some(last) = out.last_mut()
            && !last.cues.has(Cue::BodyNoun)
        {
            last.cues.set(Cue::SpotBefore);
            last.cues.set(Cue::In);
        }
        return end;
    }
    // "South America" is no country.
    if ctx.shape(i) == Shape::Capital
        && ctx.capital(i + 1)
        && ctx.lex.is(WordSet::Direction, ctx.word(i))
        && ctx
            .lex
            .is(WordSet::Region, &format!("{} {}", ctx.word(i), ctx.word(i + 1)))
        && !ctx.capital(i + 2)
    {
        push(ctx, out, i..i + 2, Vec::new());
        return i + 2;
    }
    // "S. Meenakshi": an initial is no surname, whoever goes by it.
    let initial = ctx.shape(i) == Shape::Initial && ctx.word(i + 1) == "." && ctx.capital(i + 2);
    let known = gazetteer::longest(ctx, i).filter(|(len, _)| !(initial && *len == 1));
    if known.as_ref().is_none_or(|(len, _)| *len < 2) && is_direction(ctx, i) {
        return i + 2;
    }
    // "the feast of St John": nobody of today.
    if known.is_none()
        && ctx.word(i) == "st"
        && ctx.capital(i)
        && ctx.word(i + 1) != "."
        && !ctx.title_case(i)
    {
        return run_end(ctx, i + 1).max(i + 1);
    }
    let known_len = known.as_ref().map_or(0, |k| k.0);
    if known
        .as_ref()
        .is_none_or(|(len, hits)| *len == 1 && hits.iter().all(|h| is_person(ctx, h)))
        && owns_land(ctx, i)
    {
        return unknown(ctx, out, i, i + 3);
    }
    // "General Motors" is longer than "General"; a title needs a name behind it.
    let title = ctx.lex.title_at(ctx.tokens, i).filter(|t| {
        // "Sheikh Tamim" is a name, and only the beginning of "Sheikh Tamim bin Hamad Al Thani".
        let longer = || gazetteer::longest(ctx, i + t.len).is_some_and(|(len, _)| t.len + len > known_len);
        (t.len >= known_len || longer()) && n_titles < 4
    });
    if let Some(title) = title {
        let mut next = i + title.len;
        if ctx.word(next) == "." {
            next += 1;
        }
        let plain = ctx.lex.titles[title.row].plain;
        // "the General Services Administration" has no general.
        let body = !plain
            && ctx.lex.given(ctx.word(next)).is_none()
            && (next..run_end(ctx, next)).any(|t| ctx.lex.thing(ctx.word(t)) == Some(ThingClass::Body));
        if (name_follows(ctx, next) || plain && ctx.capital(next))
            && (plain
                || next > i + title.len
                || !is_common_word(ctx.word(i))
                || !(ctx.starts[i] && is_thing(ctx, next)))
            && !(body && is_common_word(ctx.word(i)))
        {
            let end = name_at(ctx, out, next, n_titles + 1);
            if let Some(last) = out.last_mut()
                && last.tokens.start >= next
                && last.phrase.start <= next + 4
                && let What::Name(name) = &mut last.what
                && name.title.is_none()
            {
                name.title = Some(title.row);
                last.phrase.start = last.phrase.start.min(i);
            } else if let Some(named) = out.iter_mut().rev().find(|c| c.tokens.start == next)
                && let What::Name(name) = &mut named.what
            {
                name.title = Some(title.row);
                named.phrase.start = i;
            }
            return end;
        }
        if body && known_len == 0 && is_common_word(ctx.word(i)) && !ctx.starts[i] {
            return unknown(ctx, out, i, i);
        }
    }
    // "The Republicans", "The Greens" at the start of a sentence are those of the article.
    if ctx.word(i) == "the"
        && ctx.starts[i]
        && known
            .as_ref()
            .is_some_and(|(len, hits)| *len > 1 && hits.len() > 1)
    {
        let members = ctx.lex.role_at(ctx.tokens, i + 1).is_some_and(|r| r.plural);
        let same = gazetteer::longest(ctx, i + 1).is_some_and(|(len, _)| len + 1 == known_len);
        if members || same {
            return i + 1;
        }
    }
    // "The Movement" is a name, and here only the beginning of "Movement for Democratic Change".
    if ctx.word(i) == "the"
        && known_len > 1
        && gazetteer::longest(ctx, i + 1).is_some_and(|(len, _)| len + 1 > known_len)
    {
        return i + 1;
    }
    // "The River Thames" is not the place called The River.
    if ctx.word(i) == "the"
        && ctx.starts[i]
        && known_len == 2
        && is_thing(ctx, i + 1)
        && ctx.capital(i + 2)
        && !ctx.title_case(i)
    {
        return i + 1;
    }
    if known_len < 2 && eastern_name(ctx, i) {
        return unknown(ctx, out, i, i + 4);
    }
    if known_len < 2 && is_month_given(ctx, i) {
        return unknown(ctx, out, i, i + 2);
    }
    let no_name = known_len == 1
        && ctx.lex.is_no_name(ctx.word(i))
        && known
            .as_ref()
            .is_some_and(|(_, hits)| hits.iter().all(|h| ctx.kb.kind(h.entity) == Kind::Institution));
    // "Independent candidate": an ordinary word before a noun, whatever paper is called so.
    let paper = known_len == 1
        && ctx.shape(i) == Shape::Capital
        && is_common_word(ctx.word(i))
        && ctx.tokens.list[i].tag != Tag::Propn
        && ctx.lex.role_at(ctx.tokens, i + 1).is_some()
        && ctx.shape(i + 1) == Shape::Lower
        && known
            .as_ref()
            .is_some_and(|(_, hits)| hits.iter().all(|h| ctx.kb.description(h.entity) == Some("media")));
    if no_name || paper {
        return i + 1;
    }
    if known_len == 0 && is_new_body(ctx, i) {
        return unknown(ctx, out, i, i + 2);
    }
    if ctx.starts[i] && known_len == 0 && is_ordinary(ctx, i)
        || known_len == 1 && n_titles == 0 && is_grammar(ctx, i)
    {
        return i + 1;
    }
    if let Some(role) = ctx.lex.role_at(ctx.tokens, i)
        && !is_fellowship(ctx, i)
        && role.len >= known_len
        && !((ctx.capital(i + role.len) || ctx.word(i + role.len) == "and")
            && ctx.capital(i)
            && !ctx.title_case(i)
            && begins_body(ctx, i, role.len, role.row))
        && !(ctx.lex.roles[role.row].class != RoleClass::Office
            && ctx.shape(i) == Shape::Capital
            && !ctx.starts[i]
            && in_name(ctx, i))
        && !(role.len == 1 && !role.plural && is_lone_trade(ctx, i, role.row, n_titles)
            || begins_act(ctx, i, role.len))
    {
        return i + role.len;
    }
    match known {
        Some((len, hits)) => known_name(ctx, out, i, len, hits),
        None if capital_article(ctx, i) => unknown(ctx, out, i, i + 2),
        None if ctx.lex.is_function_word(ctx.word(i)) && ctx.shape(i) != Shape::AllCaps => {
            // "the charity Later Life"
            let body = ctx.lex.thing(ctx.before(i)) == Some(ThingClass::Body)
                && ctx.shape(i - 1) == Shape::Lower
                && ctx.shape(i + 1) == Shape::Capital
                && !ctx.starts[i]
                && !ctx.title_case(i);
            if body {
                unknown(ctx, out, i, i + 2)
            } else if speaking_family(ctx, i) {
                push(ctx, out, i..i + 1, Vec::new());
                i + 1
            } else {
                i + 1
            }
        }
        None => unknown(ctx, out, i, i),
    }
}

/// Whether a capitalized name or a particle before one begins at `i`.
fn name_follows(ctx: &Ctx<'_>, i: usize) -> bool {
    (ctx.capital(i) && !ctx.lex.is_function_word(ctx.word(i)))
        || (is_particle(ctx.word(i)) && (ctx.capital(i + 1) || ctx.capital(i + 2)))
}

/// Adds a name of the knowledge base, or the longer name that it is only the beginning of.
fn known_name(ctx: &Ctx<'_>, out: &mut Vec<Candidate>, i: usize, len: usize, hits: Vec<Hit>) -> usize {
    let end = i + len;
    // "Ministry of Housing" is only the beginning of "Ministry of Housing, Communities and Local Government".
    if matches!(ctx.word(end), "," | "and") && is_portfolio(ctx, i, end) {
        return unknown(ctx, out, i, end);
    }
    if is_firm_of_two(ctx, i, len, &hits) {
        return unknown(ctx, out, i, end);
    }
    // "Robert F. Kennedy Jr. said": the stop belongs to the name, where it does not end the sentence.
    if matches!(ctx.before(end), "jr" | "sr")
        && len > 1
        && ctx.word(end) == "."
        && ctx.glued(end)
        && end + 1 < ctx.tokens.len()
        && !ctx.starts[end + 1]
    {
        push(ctx, out, i..end + 1, hits);
        return end + 1;
    }
    // "Calif.", but not at the end of a sentence, whose stop it is too.
    if len == 1
        && ctx.word(end) == "."
        && ctx.glued(end)
        && end + 1 < ctx.tokens.len()
        && !ctx.starts[end + 1]
        && hits
            .iter()
            .all(|h| h.weak && h.form == NameForm::Alias && ctx.kb.kind(h.entity) == Kind::Place)
    {
        push(ctx, out, i..end + 1, hits);
        return end + 1;
    }
    if is_suffix(ctx, end) && hits.iter().all(|h| is_person(ctx, h)) {
        // "Donald Trump Jr." is not Donald Trump.
        return unknown(ctx, out, i, end);
    }
    if ctx.word(end) == "of"
        && !ctx.title_case(i)
        && hits.iter().all(|h| ctx.kb.kind(h.entity) == Kind::Institution)
        && (i..end).any(|t| ctx.lex.thing(ctx.word(t)) == Some(ThingClass::Body))
    {
        return body_of(ctx, out, i, end, hits);
    }
    // "Jess Phillips MP": letters behind a name.
    if len > 1
        && ctx.shape(end) == Shape::AllCaps
        && ctx.shape(i) == Shape::Capital
        && ctx.lex.is(WordSet::PostNominal, ctx.word(end))
        && hits.iter().all(|h| is_person(ctx, h))
    {
        push(ctx, out, i..end, hits);
        return end + 1;
    }
    let goes_on = ctx.capital(end)
        && !ctx.title_case(i)
        && !ctx.lex.is(WordSet::Credit, ctx.word(end))
        && (!ctx.lex.is_function_word(ctx.word(end)) || len == 1 && is_month_surname(ctx, i, end))
        && ctx
            .lex
            .title_at(ctx.tokens, end)
            .is_none_or(|t| t.len == 1 && !is_dotted(ctx, end))
        && (ctx.lex.role_at(ctx.tokens, end).is_none() || is_trade_name(ctx, i, end));
    let hyphened =
        matches!(ctx.word(end), "-" | "‑") && ctx.glued(end) && ctx.glued(end + 1) && ctx.capital(end + 1);
    // "Kansas City Chiefs quarterback": a team.
    let behind = run_end(ctx, end);
    if behind > end
        && behind <= end + 2
        && !ctx.title_case(i)
        && ctx.lex.is(WordSet::TeamNoun, ctx.word(behind))
        && hits
            .iter()
            .any(|h| matches!(ctx.kb.kind(h.entity), Kind::Place | Kind::Country))
        && hits
            .iter()
            .all(|h| !matches!(h.form, NameForm::Adjective | NameForm::DemonymNoun))
        && (end..behind).all(|t| ctx.lex.given(ctx.word(t)).is_none())
    {
        push(ctx, out, i..behind, Vec::new());
        if let Some(team) = out.last_mut() {
            team.cues.set(Cue::BodyNoun);
        }
        return behind;
    }
    // "M.K. Stalin": initials, whichever party goes by them.
    if len == 1
        && ctx.capital(end)
        && !ctx.starts[end]
        && ctx.shape(end) == Shape::Capital
        && ctx.tokens.span(i..end).text(ctx.text).contains('.')
        && hits
            .iter()
            .all(|h| ctx.kb.kind(h.entity) == Kind::Institution || !h.exact)
        && !matches!(ctx.word(i), "us" | "uk" | "un" | "eu" | "uae")
        && ctx.lex.thing(ctx.word(end)).is_none()
        && ctx.lex.role_at(ctx.tokens, end).is_none()
        && ctx.lex.title_at(ctx.tokens, end).is_none()
    {
        return unknown(ctx, out, i, end + 1);
    }
    // "Richard “Tex” Coe"
    if len == 1
        && matches!(ctx.word(end), "“" | "\"" | "‘" | "(")
        && hits.iter().all(|h| is_person(ctx, h))
        && nickname(ctx, i, end).is_some()
    {
        return unknown(ctx, out, i, end);
    }
    let hyphened_person = hyphened && hits.iter().all(|h| is_person(ctx, h));
    // "Abdul Rahman al-Rashed", "Jan van der Holm": a family name with particles goes on.
    let particles = hits.iter().all(|h| is_person(ctx, h))
        && ctx.shape(end) == Shape::Lower
        && (particle_run(ctx, end).is_some_and(|t| !ctx.starts[t])
            || matches!(ctx.word(end), "bin" | "bint" | "ibn") && ctx.capital(end + 1));
    // "American-Arab Discrimination Committee"
    let hyphened_body = hyphened
        && hits
            .iter()
            .any(|h| matches!(h.form, NameForm::Adjective | NameForm::DemonymNoun))
        && (end + 2..run_end(ctx, end + 1)).any(|t| ctx.lex.thing(ctx.word(t)) == Some(ThingClass::Body));
    if hyphened_body {
        return unknown(ctx, out, i, end + 2);
    }
    if !(goes_on || hyphened_person || particles) {
        push(ctx, out, i..end, hits);
        return end;
    }
    // "BBC Sport", "BBC Radio 4": a part of a broadcaster.
    if ctx.shape(i) == Shape::AllCaps
        && len == 1
        && ctx.lex.is(WordSet::BroadcastPart, ctx.word(end))
        && hits.iter().any(|h| ctx.kb.description(h.entity) == Some("media"))
        && !ctx.capital(end + 1)
    {
        let number = ctx.kind(end + 1) == TokenKind::Number && ctx.word(end + 1).len() == 1;
        let part = end + 1 + usize::from(number);
        push(ctx, out, i..part, Vec::new());
        if let Some(last) = out.last_mut() {
            last.cues.set(Cue::BodyNoun);
        }
        return part;
    }
    let single = len == 1;
    let adjective = hits
        .iter()
        .any(|h| matches!(h.form, NameForm::Adjective | NameForm::DemonymNoun));
    let only_people = hits.iter().all(|h| is_person(ctx, h));
    let rest = run_end(ctx, end);
    let rest_thing = (end..rest).find_map(|t| {
        if ctx.capital(t) {
            ctx.lex.thing(ctx.word(t))
        } else {
            None
        }
    });
    let next_known = gazetteer::longest(ctx, end);
    // A name of its own begins behind it: "Ukraine President Zelensky", "Briton Andy Murray".
    if let Some((next_len, next_hits)) = &next_known
        && !adjective
        && let Some(own) = own_body(ctx, &hits, next_hits)
    {
        // "US Congress", "U.S. Food and Drug Administration": one name.
        push(ctx, out, i..end + next_len, own);
        return end + next_len;
    }
    // "Amnesty International Kenya": the branch of a body that is at home nowhere.
    if let Some((next_len, next_hits)) = &next_known
        && !ctx.capital(end + next_len)
        && matches!(ctx.shape(end), Shape::Capital)
        && !ctx.starts[end]
        && next_hits
            .iter()
            .any(|h| h.kind == Kind::Country && h.form == NameForm::Name)
        && hits
            .iter()
            .all(|h| h.kind == Kind::Institution && ctx.kb.description(h.entity) == Some("ngo"))
    {
        push(ctx, out, i..end + next_len, Vec::new());
        if let Some(last) = out.last_mut() {
            last.cues.set(Cue::BodyNoun);
        }
        return end + next_len;
    }
    // "Gustavo Petro Urrego": a second surname of somebody known.
    if only_people
        && !single
        && !hyphened
        && rest == end + 1
        && hits.iter().any(|h| h.form != NameForm::Surname)
        && let Some((1, more)) = &next_known
        && more.iter().all(|h| h.form == NameForm::Surname)
    {
        push(ctx, out, i..end + 1, hits);
        return end + 1;
    }
    // "Chad Jordan, 22,": a person called after two countries.
    if single
        && rest == end + 1
        && ctx.lex.given(ctx.word(i)).is_some()
        && hits
            .iter()
            .all(|h| !matches!(h.form, NameForm::Adjective | NameForm::DemonymNoun))
        && rest_thing.is_none()
        && is_somebody_behind(ctx, rest)
    {
        return unknown(ctx, out, i, end);
    }
    let split = if only_people {
        hits.iter().any(|h| h.form != NameForm::Surname) && !single && !particles && next_known.is_some()
    } else if adjective {
        match rest_thing {
            // "the Syrian Army" is a body, "the Syrian Government" the country.
            Some(ThingClass::Body) => {
                is_state_body(ctx, end..rest)
                    && (end..rest)
                        .any(|t| matches!(ctx.word(t), "government" | "cabinet" | "congress" | "military"))
            }
            Some(_) => false,
            None => {
                next_known.is_some()
                    || ctx.lex.given(ctx.word(end)).is_some()
                    || rest - end >= 2 && ctx.kind(end + 1) == TokenKind::Word
            }
        }
    } else if rest_thing.is_some() {
        false
    } else if single && ctx.lex.given(ctx.word(i)).is_some() {
        next_known
            .as_ref()
            .is_some_and(|(_, hits)| hits.iter().any(|h| h.form != NameForm::Surname))
    } else if single
        && !ctx.shouted
        && matches!(&next_known, Some((1, next)) if next.iter().all(|h| h.form == NameForm::Surname))
        && hits.iter().all(|h| h.form != NameForm::Acronym)
    {
        // "Kenya Moore", "Florence Pugh": called after a place.
        false
    } else {
        !single
            || next_known.is_some()
            || ctx.lex.given(ctx.word(end)).is_some()
            || matches!(ctx.tokens.list[i].kind, TokenKind::Word) && ctx.shape(i) == Shape::AllCaps
    };
    if split {
        push(ctx, out, i..end, hits);
        return end;
    }
    unknown(ctx, out, i, end)
}

fn is_dotted(ctx: &Ctx<'_>, i: usize) -> bool {
    ctx.word(i + 1) == "."
}

pub(super) fn is_suffix(ctx: &Ctx<'_>, i: usize) -> bool {
    matches!(ctx.word(i), "jr" | "sr" | "ii" | "iii" | "iv") && ctx.capital(i)
        || ctx.word(i) == "," && matches!(ctx.word(i + 1), "jr" | "sr")
}

/// Where the run of capitalized words that begins at `i` ends, without joining words.
pub(super) fn run_end(ctx: &Ctx<'_>, i: usize) -> usize {
    let mut at = i;
    while ctx.capital(at) && !ctx.lex.is_function_word(ctx.word(at)) {
        at += 1;
    }
    at
}

/// Whether a capitalized noun for people is only the beginning of a body's name ("Public Works Administration").
pub(super) fn begins_body(ctx: &Ctx<'_>, i: usize, len: usize, row: usize) -> bool {
    let next = i + len;
    // "Women and Equality Commission"
    if ctx.word(next) == "and" {
        return !ctx.starts[i] && ctx.capital(next + 1) && compound_body(ctx, i, next);
    }
    is_body_word(ctx, next)
        || ctx.lex.roles[row].class == RoleClass::Group
            && !ctx.starts[i]
            && (next + 1..run_end(ctx, next).min(next + 4)).any(|t| is_body_word(ctx, t))
}
