//! Proper names of one block: gazetteer hits, and capitalized runs that the knowledge base does not have.

use crate::{
    base::word::TokenKind,
    kb::{Kind, NameForm},
    semantic::{
        beside::{is_body_word, is_fellowship, push},
        capital::{
            begins_act, capital_article, eastern_name, in_name, is_grammar, is_lone_trade, is_month_given,
            is_of_age, is_ordinary, is_thing, opens_with_verb, speaking_family,
        },
        gazetteer::{self, is_particle, is_person},
        joint::{compound_body, owns_body},
        known::{known_name, push_body},
        landmark::{hyphened_people, is_direction, is_new_body, owns_land, saints_place, spelled_office},
        lexicon::{RoleClass, ThingClass},
        mention::{Candidate, Ctx, Cue, Hit, What},
        odd_name::{
            crown_house, is_given_by_title, is_portfolio_of, is_school_word, law_end, lettered_firm,
            twice_given,
        },
        stretch::unknown,
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
pub(super) fn particle_run(ctx: &Ctx<'_>, i: usize) -> Option<usize> {
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
    if let Some(next) = passed_over(ctx, i) {
        return next;
    }
    if begins_with_initial(ctx, i) {
        return unknown(ctx, out, i, i + 3);
    }
    if let Some(end) = law_end(ctx, i) {
        return end;
    }
    if is_portfolio_of(ctx, i) {
        push(ctx, out, i..i + 1, Vec::new());
        if let Some(last) = out.last_mut() {
            last.cues.set(Cue::People);
        }
        return i + 1;
    }
    if let Some(end) = twice_given(ctx, i) {
        return unknown(ctx, out, i, end);
    }
    // "Jan. 5"
    if ctx.word(i) == "jan" && (ctx.word(i + 1) == "." || ctx.kind(i + 1) == TokenKind::Number) {
        return i + 1;
    }
    if let Some(end) = saints_place(ctx, i) {
        push(ctx, out, i..end, Vec::new());
        if let Some(last) = out.last_mut().filter(|c| !c.cues.has(Cue::BodyNoun)) {
            if is_school_word(ctx, end - 1) {
                last.cues.set(Cue::BodyNoun);
            } else {
                last.cues.set(Cue::SpotBefore);
                last.cues.set(Cue::In);
            }
        }
        return end;
    }
    if let Some(end) = crown_house(ctx, i) {
        return push_body(ctx, out, i, end);
    }
    if let Some(end) = region(ctx, i) {
        push(ctx, out, i..end, Vec::new());
        return end;
    }
    if let Some(end) = hyphened_people(ctx, i) {
        push(ctx, out, i..end, Vec::new());
        if let Some(last) = out.last_mut() {
            last.cues.set(Cue::People);
        }
        return end;
    }
    // "S. Meenakshi": an initial is no surname, whoever goes by it.
    let initial = ctx.shape(i) == Shape::Initial && ctx.word(i + 1) == "." && ctx.capital(i + 2);
    // "Ms McDonald’s": hers, and no restaurant.
    let owns = |len: usize| n_titles > 0 && ctx.kind(i + len - 1) == TokenKind::Possessive;
    let known = gazetteer::longest(ctx, i).filter(|(len, _)| !(initial && *len == 1 || owns(*len)));
    let (known_len, hits) = known
        .as_ref()
        .map_or((0, &[][..]), |(len, hits)| (*len, &hits[..]));
    if known_len < 2 && is_direction(ctx, i) {
        return i + 2;
    }
    // "the feast of St John": nobody of today.
    if known_len == 0 && ctx.word(i) == "st" && ctx.word(i + 1) != "." && !ctx.title_case(i) {
        return run_end(ctx, i + 1).max(i + 1);
    }
    if known_len < 2 && hits.iter().all(|h| is_person(ctx, h)) && owns_land(ctx, i) {
        return unknown(ctx, out, i, i + 3);
    }
    if let Some(next) = titled(ctx, out, i, n_titles, known_len) {
        return next;
    }
    if ctx.word(i) == "the" && is_before_name(ctx, i, known_len, hits.len()) {
        return i + 1;
    }
    // "Van der Merwe said": the town in Turkey has nothing like it behind.
    if known_len == 1 && is_particle(ctx.word(i)) && is_particle(ctx.word(i + 1)) && ctx.capital(i + 2) {
        return unknown(ctx, out, i, i + 3);
    }
    if known_len < 2
        && let Some(end) = lettered_club(ctx, i)
    {
        return push_body(ctx, out, i, end);
    }
    if known_len < 2 && eastern_name(ctx, i) {
        return unknown(ctx, out, i, i + 4);
    }
    if known_len < 2 && (is_month_given(ctx, i) || is_of_age(ctx, i)) {
        return unknown(ctx, out, i, i + 2);
    }
    if known_len == 1 && is_ordinary_here(ctx, i, hits) {
        return i + 1;
    }
    if known_len == 0 && is_new_body(ctx, i) {
        return unknown(ctx, out, i, i + 2);
    }
    if ctx.starts[i] && known_len == 0 && is_ordinary(ctx, i)
        || known_len == 1 && n_titles == 0 && (is_grammar(ctx, i) || opens_with_verb(ctx, i))
    {
        return i + 1;
    }
    if let Some(next) = role_end(ctx, i, n_titles, known_len) {
        return next;
    }
    if known_len < 3 && is_paper_of(ctx, i) {
        return unknown(ctx, out, i, i + 3);
    }
    match known {
        Some((len, hits)) => known_name(ctx, out, i, len, hits),
        None if capital_article(ctx, i) => unknown(ctx, out, i, i + 2),
        None if ctx.lex.is_function_word(ctx.word(i)) && ctx.shape(i) != Shape::AllCaps => {
            function_word(ctx, out, i)
        }
        None => unknown(ctx, out, i, i),
    }
}

/// "FC Halm": where the name of a club ends that begins with letters before a town.
fn lettered_club(ctx: &Ctx<'_>, i: usize) -> Option<usize> {
    let letters = ctx.shape(i) == Shape::AllCaps
        && ctx.shape(i + 1) == Shape::Capital
        && !ctx.starts[i + 1]
        && !ctx.shouted
        && ctx.lex.is(WordSet::ClubLetters, ctx.word(i))
        && ctx.lex.role_at(ctx.tokens, i + 1).is_none()
        && ctx.lex.title_at(ctx.tokens, i + 1).is_none();
    if !letters {
        return None;
    }
    let town = gazetteer::longest(ctx, i + 1).filter(|(_, hits)| {
        hits.iter()
            .any(|h| matches!(h.form, NameForm::Capital) || h.kind == Kind::Place)
    });
    match town {
        Some((len, _)) => Some(i + 1 + len),
        None if ctx.word(i).ends_with("fc") => (!ctx.lex.is_function_word(ctx.word(i + 1))).then_some(i + 2),
        None => lettered_firm(ctx, i),
    }
}

/// "the newspaper Star of Halm": a word of the language that a paper goes by, and where it comes out.
fn is_paper_of(ctx: &Ctx<'_>, i: usize) -> bool {
    let paper = matches!(
        ctx.before(i),
        "newspaper" | "paper" | "daily" | "weekly" | "tabloid" | "magazine"
    );
    paper
        && ctx.shape(i - 1) == Shape::Lower
        && ctx.shape(i) == Shape::Capital
        && is_common_word(ctx.word(i))
        && ctx.word(i + 1) == "of"
        && ctx.capital(i + 2)
        && !ctx.lex.is_function_word(ctx.word(i + 2))
}

/// Beginnings of adjectives that stand before a hyphen and a name.
fn is_combining(word: &str) -> bool {
    matches!(
        word,
        "franco" | "anglo" | "sino" | "russo" | "afro" | "euro" | "anti" | "pro" | "ex" | "non"
    )
}

/// Where to go on behind something in capitals that is no name.
fn passed_over(ctx: &Ctx<'_>, i: usize) -> Option<usize> {
    // "Sen. Dale Roy, R-Georgia,": a party's letter before the state.
    if ctx.shape(i) == Shape::Initial
        && matches!(ctx.word(i), "r" | "d" | "i")
        && matches!(ctx.word(i + 1), "-" | "‑" | "–")
        && matches!(ctx.before(i), "(" | ",")
        && ctx.capital(i + 2)
    {
        return Some(i + 2);
    }
    // "Reed Meets Okoro": a verb of headlines begins no name.
    if ctx.title_case(i)
        && !ctx.starts[i]
        && ctx.lex.is(WordSet::HeadlineVerb, ctx.word(i))
        && ctx.lex.given(ctx.word(i)).is_none()
    {
        return Some(i + 1);
    }
    // "40 degrees Celsius"
    if matches!(ctx.before(i), "degree" | "degrees") {
        return Some(i + 1);
    }
    // "Franco-German", "Anti-Macron", "Ex-President": what is known stands behind the hyphen.
    if ctx.word(i + 1) == "-" && ctx.glued(i + 1) && is_combining(ctx.word(i)) && !ctx.capital(i + 3) {
        let known = gazetteer::longest(ctx, i).is_none_or(|(len, _)| len < 2)
            && gazetteer::longest(ctx, i + 2).is_some();
        if known {
            return Some(i + 2);
        }
    }
    if is_set_off_letters(ctx, i) {
        return Some(i + 1);
    }
    // "Captain Morgan", "Miss Universe": a title or a noun for people that begins the name of a thing.
    let thing = || {
        ctx.lex
            .is(WordSet::Brand, &format!("{} {}", ctx.word(i), ctx.word(i + 1)))
    };
    let titled = || ctx.lex.title_at(ctx.tokens, i).is_some() || ctx.lex.role_at(ctx.tokens, i).is_some();
    let ends = || !ctx.capital(i + 2) || ctx.lex.given(ctx.word(i + 2)).is_some() && ctx.capital(i + 3);
    if ctx.capital(i + 1) && ends() && titled() && thing() {
        return Some(i + 2);
    }
    // "Roe v. Wade": the second side of a case.
    let case =
        || ctx.before(i) == "." && i > 2 && ctx.word(i - 2) == "v" && ctx.glued(i - 1) && ctx.capital(i - 3);
    if case() && !ctx.capital(i + 1) && ctx.lex.given(ctx.word(i)).is_some() {
        return Some(i + 1);
    }
    // "New Year’s Eve"
    if ctx.word(i) == "eve"
        && (matches!(ctx.before(i), "christmas" | "year") || ctx.is_possessive(i.wrapping_sub(1)))
    {
        return Some(i + 1);
    }
    // "NZ$2m" is money.
    if matches!(ctx.word(i + 1), "$" | "£" | "€") && ctx.glued(i + 1) && ctx.word(i).len() <= 3 {
        return Some(i + 1);
    }
    if let Some(end) = spelled_office(ctx, i) {
        return Some(end);
    }
    // "HURRICANE MELISSA SLAMS JAMAICA"
    if ctx.title_case(i) && ctx.lex.is(WordSet::Storm, ctx.before(i)) && ctx.lex.given(ctx.word(i)).is_some()
    {
        return Some(i + 1);
    }
    // "HMS Ocean", "USS Abraham Lincoln": ships.
    let ship = ctx.shape(i) == Shape::AllCaps
        && ctx.lex.is(WordSet::Ship, ctx.word(i))
        && ctx.shape(i + 1) == Shape::Capital;
    // "SS St. Louis"
    let saint = usize::from(ctx.word(i + 1) == "st" && ctx.word(i + 2) == ".");
    ship.then(|| run_end(ctx, i + 1 + 2 * saint))
}

/// "Dinah Okafor, KC, said": letters of an honor behind the comma of a name.
fn is_set_off_letters(ctx: &Ctx<'_>, i: usize) -> bool {
    ctx.shape(i) == Shape::AllCaps
        && ctx.before(i) == ","
        && matches!(ctx.word(i + 1), "," | "." | ";" | ")" | "")
        && ctx.lex.is(WordSet::PostNominal, ctx.word(i))
        && i > 2
        && ctx.shape(i - 2) == Shape::Capital
        && ctx.shape(i - 3) == Shape::Capital
        && ctx.lex.given(ctx.word(i - 3)).is_some()
        && !ctx.shouted
}

/// "A. Noel Kramer" begins with no article.
fn begins_with_initial(ctx: &Ctx<'_>, i: usize) -> bool {
    let name = ctx.word(i + 2);
    ctx.shape(i) == Shape::Initial
        && ctx.word(i + 1) == "."
        && ctx.shape(i + 2) == Shape::Capital
        && !ctx.starts[i + 2]
        && ctx.lex.thing(name).is_none()
        && !ctx.lex.is_function_word(name)
        && (ctx.lex.given(name).is_some() || !ctx.starts[i] && ctx.lex.is_function_word(ctx.word(i)))
}

/// "South America" is no country: where a part of the world ends that begins with a direction.
fn region(ctx: &Ctx<'_>, i: usize) -> Option<usize> {
    let direction = ctx.shape(i) == Shape::Capital
        && ctx.capital(i + 1)
        && !ctx.capital(i + 2)
        && ctx.lex.is(WordSet::Direction, ctx.word(i));
    let name = || format!("{} {}", ctx.word(i), ctx.word(i + 1));
    (direction && ctx.lex.is(WordSet::Region, &name())).then_some(i + 2)
}

/// Adds the name behind the title at `i`, if it is one; returns where to go on.
fn titled(
    ctx: &Ctx<'_>,
    out: &mut Vec<Candidate>,
    i: usize,
    n_titles: u8,
    known_len: usize,
) -> Option<usize> {
    // "General Motors" is longer than "General"; a title needs a name behind it.
    let title = ctx.lex.title_at(ctx.tokens, i).filter(|t| {
        // "Sheikh Tamim" is a name, and only the beginning of "Sheikh Tamim bin Hamad Al Thani".
        let longer = || gazetteer::longest(ctx, i + t.len).is_some_and(|(len, _)| t.len + len > known_len);
        (t.len >= known_len || longer()) && n_titles < 4
    })?;
    // "the General Manager of the agency": the title is the first word of an office.
    if ctx.lex.role_at(ctx.tokens, i).is_some_and(|r| r.len > title.len) && known_len == 0 {
        return None;
    }
    let dotted = ctx.word(i + title.len) == ".";
    let next = i + title.len + usize::from(dotted);
    if is_given_by_title(ctx, next) {
        let end = unknown(ctx, out, next, next + 2);
        give_title(out, i, next, title.row);
        return Some(end);
    }
    if !dotted && is_called_after(ctx, i, next) {
        return Some(unknown(ctx, out, i, run_end(ctx, next)));
    }
    let plain = ctx.lex.titles[title.row].plain;
    let common = is_common_word(ctx.word(i));
    // "the General Services Administration" has no general.
    // "the General Staff" is one body and no general of that name.
    let whole = ctx.capital(next)
        && matches!(ctx.lex.thing_at(ctx.tokens, i), Some((f, ThingClass::Body)) if f.len > title.len);
    let body = whole
        || begins_act(ctx, i, title.len)
        || common
            && !plain
            && ctx.lex.given(ctx.word(next)).is_none()
            && (next..run_end(ctx, next)).any(|t| ctx.lex.thing(ctx.word(t)) == Some(ThingClass::Body));
    let named = name_follows(ctx, next) || plain && ctx.capital(next);
    let is_title = plain || dotted || !common || !(ctx.starts[i] && is_thing(ctx, next));
    if named && is_title && !body {
        let end = name_at(ctx, out, next, n_titles + 1);
        give_title(out, i, next, title.row);
        return Some(end);
    }
    (body && known_len == 0 && !ctx.starts[i]).then(|| unknown(ctx, out, i, i))
}

/// "King Saud University", "Queen Mary Hospital": whether a body is called after whoever bears the title at `i`.
fn is_called_after(ctx: &Ctx<'_>, i: usize, next: usize) -> bool {
    let end = run_end(ctx, next);
    (2..=4).contains(&(end - next))
        && !ctx.title_case(i)
        && !ctx.shouted
        && ctx.lex.thing(ctx.word(next)).is_none()
        && ctx.lex.role_at(ctx.tokens, next).is_none()
        && ctx.lex.is(WordSet::CalledAfter, ctx.word(end - 1))
}

/// Gives the title at token `i` to the name that begins at `next`, or a little behind it.
fn give_title(out: &mut [Candidate], i: usize, next: usize, row: usize) {
    if let Some(last) = out.last_mut()
        && last.tokens.start >= next
        && last.phrase.start <= next + 4
        && let What::Name(name) = &mut last.what
        && name.title.is_none()
    {
        name.title = Some(row);
        last.phrase.start = last.phrase.start.min(i);
    } else if let Some(named) = out.iter_mut().rev().find(|c| c.tokens.start == next)
        && let What::Name(name) = &mut named.what
    {
        name.title = Some(row);
        named.phrase.start = i;
    }
}

/// Whether the article at `i` belongs to no name, although a name of `known_len` words, which `n_hits` bear, begins
/// with it.
fn is_before_name(ctx: &Ctx<'_>, i: usize, known_len: usize, n_hits: usize) -> bool {
    let behind = || gazetteer::longest(ctx, i + 1).map_or(0, |(len, _)| len + 1);
    // "The Republicans", "The Greens" at the start of a sentence are those of the article.
    if ctx.starts[i] && known_len > 1 && n_hits > 1 {
        let members = ctx.lex.role_at(ctx.tokens, i + 1).is_some_and(|r| r.plural);
        if members || behind() == known_len {
            return true;
        }
    }
    // "The Movement" is a name, and here only the beginning of "Movement for Democratic Change".
    if known_len > 1 && behind() > known_len {
        return true;
    }
    // "The River Thames" is not the place called The River.
    // "The Union of Bakers" is not the place called The Union.
    let longer = ctx.capital(i + 2) || ctx.word(i + 2) == "of" && ctx.capital(i + 3);
    ctx.starts[i] && known_len == 2 && is_thing(ctx, i + 1) && longer && !ctx.title_case(i)
}

/// Whether a word that the base has as a name of something is an ordinary one here.
fn is_ordinary_here(ctx: &Ctx<'_>, i: usize, hits: &[Hit]) -> bool {
    if ctx.lex.is_no_name(ctx.word(i)) && hits.iter().all(|h| ctx.kb.kind(h.entity) == Kind::Institution) {
        return true;
    }
    // "Independent candidate": an ordinary word before a noun, whatever paper is called so.
    ctx.shape(i) == Shape::Capital
        && ctx.shape(i + 1) == Shape::Lower
        && ctx.tokens.list[i].tag != Tag::Propn
        && is_common_word(ctx.word(i))
        && ctx.lex.role_at(ctx.tokens, i + 1).is_some()
        && hits.iter().all(|h| ctx.kb.description(h.entity) == Some("media"))
}

/// Where the office or the noun for people ends that begins at `i` and is no part of a name.
fn role_end(ctx: &Ctx<'_>, i: usize, n_titles: u8, known_len: usize) -> Option<usize> {
    let role = ctx.lex.role_at(ctx.tokens, i).filter(|r| r.len >= known_len)?;
    let end = i + role.len;
    let body = || {
        (ctx.capital(end) || ctx.word(end) == "and")
            && ctx.capital(i)
            && !ctx.title_case(i)
            && begins_body(ctx, i, role.len, role.row)
    };
    let inner = || {
        ctx.lex.roles[role.row].class != RoleClass::Office
            && ctx.shape(i) == Shape::Capital
            && !ctx.starts[i]
            && in_name(ctx, i)
    };
    // "the Farmers’ Union"
    let owns = || ctx.capital(i) && !ctx.starts[i] && ctx.is_possessive(end) && owns_body(ctx, end);
    let trade = || role.len == 1 && !role.plural && is_lone_trade(ctx, i, role.row, n_titles);
    let is_name =
        is_fellowship(ctx, i) || body() || inner() || owns() || trade() || begins_act(ctx, i, role.len);
    (!is_name).then_some(end)
}

/// Reads a capitalized word of grammar that begins no name of the base.
fn function_word(ctx: &Ctx<'_>, out: &mut Vec<Candidate>, i: usize) -> usize {
    // "the charity Later Life"
    let body = ctx.lex.thing(ctx.before(i)) == Some(ThingClass::Body)
        && ctx.shape(i - 1) == Shape::Lower
        && ctx.shape(i + 1) == Shape::Capital
        && !ctx.starts[i]
        && !ctx.title_case(i);
    if body {
        return unknown(ctx, out, i, i + 2);
    }
    if speaking_family(ctx, i) {
        push(ctx, out, i..i + 1, Vec::new());
    }
    i + 1
}

/// Whether a capitalized name or a particle before one begins at `i`.
fn name_follows(ctx: &Ctx<'_>, i: usize) -> bool {
    (ctx.capital(i) && !ctx.lex.is_function_word(ctx.word(i)))
        || (is_particle(ctx.word(i)) && (ctx.capital(i + 1) || ctx.capital(i + 2)))
}

pub(super) fn is_suffix(ctx: &Ctx<'_>, i: usize) -> bool {
    matches!(ctx.word(i), "jr" | "sr" | "ii" | "iii" | "iv") && ctx.capital(i)
        || ctx.word(i) == "," && matches!(ctx.word(i + 1), "jr" | "sr")
        || is_firm_suffix(ctx, i)
}

/// "Elbe Robotics, Inc.": the comma before what the law calls a company.
fn is_firm_suffix(ctx: &Ctx<'_>, i: usize) -> bool {
    let form = matches!(
        ctx.word(i + 1),
        "inc" | "ltd" | "llc" | "llp" | "plc" | "corp" | "gmbh"
    );
    form && ctx.word(i) == "," && ctx.capital(i + 1) && !ctx.capital(i + 2)
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
    // "Crime Victims Support Fund"
    let many = ctx.lex.is_plural_role(ctx.word(next - 1)) && ctx.capital(i.wrapping_sub(1));
    is_body_word(ctx, next)
        || (many || ctx.lex.roles[row].class == RoleClass::Group)
            && !ctx.starts[i]
            && (next + 1..run_end(ctx, next).min(next + 4)).any(|t| is_body_word(ctx, t))
}
