//! Proper names of one block: gazetteer hits, and capitalised runs that the knowledge base does not have.

use std::ops::Range;

use crate::{
    base::word::TokenKind,
    kb::{Kind, NameForm},
    semantic::{
        clause,
        gazetteer::{self, is_particle, is_person, is_state_body, is_time_zone, own_body},
        lexicon::{RoleClass, ThingClass},
        mention::{Candidate, Ctx, Cue, Cues, Hit, Name, What},
    },
    syntax::{block::Zone, tag::Tag, token::Shape},
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

/// The capitalised word that the small particles at `i` lead to ("von der" → "Leyen", "el" "-" → "Sisi").
fn particle_run(ctx: &Ctx<'_>, i: usize) -> Option<usize> {
    if !matches!(
        ctx.word(i),
        "von"
            | "van"
            | "de"
            | "di"
            | "da"
            | "du"
            | "del"
            | "della"
            | "dos"
            | "bin"
            | "ibn"
            | "al"
            | "el"
            | "ad"
            | "as"
            | "ash"
            | "der"
            | "den"
            | "ter"
            | "zu"
            | "le"
            | "la"
    ) {
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

/// Reads what begins at the capitalised token `i`, adds the names it holds, and returns where to go on.
fn name_at(ctx: &Ctx<'_>, out: &mut Vec<Candidate>, i: usize, n_titles: u8) -> usize {
    let known = gazetteer::longest(ctx, i);
    let known_len = known.as_ref().map_or(0, |k| k.0);
    // "General Motors" is longer than "General"; a title needs a name behind it.
    let title = ctx
        .lex
        .title_at(ctx.tokens, i)
        .filter(|t| t.len >= known_len && n_titles < 4);
    if let Some(title) = title {
        let mut next = i + title.len;
        if ctx.word(next) == "." {
            next += 1;
        }
        let plain = ctx.lex.titles[title.row].plain;
        if (name_follows(ctx, next) || plain && ctx.capital(next)) && !(ctx.starts[i] && is_thing(ctx, next))
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
    }
    let no_name = known_len == 1
        && ctx.lex.is_no_name(ctx.word(i))
        && known
            .as_ref()
            .is_some_and(|(_, hits)| hits.iter().all(|h| ctx.kb.kind(h.entity) == Kind::Institution));
    if no_name {
        return i + 1;
    }
    if ctx.starts[i] && known_len == 0 && is_ordinary(ctx, i)
        || known_len == 1 && n_titles == 0 && is_grammar(ctx, i)
    {
        return i + 1;
    }
    if let Some(role) = ctx.lex.role_at(ctx.tokens, i)
        && role.len >= known_len
        && !ctx
            .lex
            .thing_at(ctx.tokens, i + role.len)
            .is_some_and(|(_, class)| {
                class == ThingClass::Body && ctx.capital(i + role.len) && !ctx.title_case
            })
        && !(ctx.lex.roles[role.row].class != RoleClass::Office
            && ctx.shape(i) == Shape::Capital
            && !ctx.starts[i]
            && in_name(ctx, i))
    {
        return i + role.len;
    }
    match known {
        Some((len, hits)) => known_name(ctx, out, i, len, hits),
        None if ctx.lex.is_function_word(ctx.word(i)) && ctx.shape(i) != Shape::AllCaps => {
            // "May said": a month that speaks is a surname.
            if ctx.word(i) == "may" && !ctx.starts[i] && ctx.lex.is_human_verb(ctx.word(i + 1)) {
                unknown(ctx, out, i, i)
            } else {
                i + 1
            }
        }
        None => unknown(ctx, out, i, i),
    }
}

/// Whether a capitalised name or a particle before one begins at `i`.
fn name_follows(ctx: &Ctx<'_>, i: usize) -> bool {
    (ctx.capital(i) && !ctx.lex.is_function_word(ctx.word(i)))
        || (is_particle(ctx.word(i)) && (ctx.capital(i + 1) || ctx.capital(i + 2)))
}

fn is_thing(ctx: &Ctx<'_>, i: usize) -> bool {
    ctx.lex.thing_at(ctx.tokens, i).is_some()
}

/// Whether the capital word before `i` is part of a name that goes on with `i`.
fn in_name(ctx: &Ctx<'_>, i: usize) -> bool {
    i > 0
        && ctx.capital(i - 1)
        && !ctx.starts[i - 1]
        && !ctx.lex.is_function_word(ctx.word(i - 1))
        && ctx.lex.given(ctx.word(i - 1)).is_some()
}

/// Whether a capitalised word at the start of a sentence is an ordinary word that owes its capital to its place.
fn is_ordinary(ctx: &Ctx<'_>, i: usize) -> bool {
    let word = ctx.word(i);
    if ctx.shape(i) == Shape::AllCaps {
        return false;
    }
    if ctx.lex.is_function_word(word) {
        return !(ctx.lex.is_human_verb(ctx.word(i + 1)) && word == "may");
    }
    let tag = ctx.tokens.list[i].tag;
    // "Said Ellis:" begins with its verb.
    if ctx.lex.is_human_verb(word) && ctx.capital(i + 1) {
        return true;
    }
    if ctx.capital(i + 1) && ctx.lex.given(word).is_some() {
        return false;
    }
    match tag {
        Tag::X | Tag::Propn => false,
        _ if ctx.lex.given(word).is_some() => false,
        // An ordinary word before a name; one that stands alone is judged by the whole article.
        _ => ctx.capital(i + 1) && (!matches!(tag, Tag::Noun | Tag::Adj) || is_thing(ctx, i)),
    }
}

/// Whether a capitalised word is a word of grammar ("Most", "Will").
fn is_grammar(ctx: &Ctx<'_>, i: usize) -> bool {
    let word = ctx.word(i);
    ctx.shape(i) != Shape::AllCaps
        && ctx.lex.is_function_word(word)
        && !(word == "may" && is_no_month(ctx, i))
}

/// Whether a "May" inside a sentence stands where no month does ("Mr Johnson met May", "May’s plan").
fn is_no_month(ctx: &Ctx<'_>, i: usize) -> bool {
    if ctx.lex.is_human_verb(ctx.word(i + 1)) || ctx.starts[i] && ctx.is_possessive(i + 1) {
        return true;
    }
    !ctx.starts[i]
        && !ctx.title_case
        && ctx.kind(i + 1) != TokenKind::Number
        && i > 0
        && ctx.kind(i - 1) != TokenKind::Number
        && !matches!(
            ctx.before(i),
            "in" | "of"
                | "on"
                | "last"
                | "next"
                | "early"
                | "late"
                | "mid"
                | "since"
                | "until"
                | "by"
                | "from"
                | "to"
                | "and"
                | "this"
                | "every"
                | "between"
                | "during"
                | "before"
                | "after"
                | "through"
                | "for"
                | "or"
                | ","
                | "-"
                | "end"
                | "the"
        )
}

/// Adds a name of the knowledge base, or the longer name that it is only the beginning of.
fn known_name(ctx: &Ctx<'_>, out: &mut Vec<Candidate>, i: usize, len: usize, hits: Vec<Hit>) -> usize {
    let end = i + len;
    if is_suffix(ctx, end) && hits.iter().all(|h| is_person(ctx, h)) {
        // "Donald Trump Jr." is not Donald Trump.
        return unknown(ctx, out, i, end);
    }
    if ctx.word(end) == "of"
        && !ctx.title_case
        && hits.iter().all(|h| ctx.kb.kind(h.entity) == Kind::Institution)
        && (i..end).any(|t| ctx.lex.thing(ctx.word(t)) == Some(ThingClass::Body))
    {
        return body_of(ctx, out, i, end, hits);
    }
    let goes_on = ctx.capital(end)
        && !ctx.title_case
        && (!ctx.lex.is_function_word(ctx.word(end)) || len == 1 && is_month_surname(ctx, i, end))
        && ctx
            .lex
            .title_at(ctx.tokens, end)
            .is_none_or(|t| t.len == 1 && !is_dotted(ctx, end))
        && (ctx.lex.role_at(ctx.tokens, end).is_none() || len == 1 && is_trade_name(ctx, i, end));
    let hyphened =
        matches!(ctx.word(end), "-" | "‑") && ctx.glued(end) && ctx.glued(end + 1) && ctx.capital(end + 1);
    let hyphened_person = hyphened && hits.iter().all(|h| is_person(ctx, h));
    if !(goes_on || hyphened_person) {
        push(ctx, out, i..end, hits);
        return end;
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
    let split = if only_people {
        hits.iter().any(|h| h.form != NameForm::Surname) && !single && next_known.is_some()
    } else if adjective {
        match rest_thing {
            Some(ThingClass::Body) => is_state_body(ctx, end..rest),
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

/// A month that is a family name, after a given name ("Anna May").
fn is_month_surname(ctx: &Ctx<'_>, i: usize, end: usize) -> bool {
    matches!(ctx.word(end), "may" | "august" | "march" | "june" | "april")
        && ctx.lex.given(ctx.word(i)).is_some()
        && ctx.kind(end + 1) != TokenKind::Number
}

/// "Supreme Court of Ostia": the body of that country, or another that the base does not have.
fn body_of(ctx: &Ctx<'_>, out: &mut Vec<Candidate>, i: usize, end: usize, hits: Vec<Hit>) -> usize {
    let next = end + 1 + usize::from(ctx.word(end + 1) == "the");
    if !ctx.capital(next) || ctx.lex.is_function_word(ctx.word(next)) {
        push(ctx, out, i..end, hits);
        return end;
    }
    let Some((len, lands)) = gazetteer::longest(ctx, next) else {
        return unknown(ctx, out, i, next + 1);
    };
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

/// A family name that is also a trade, after a given name ("Jordan Baker").
fn is_trade_name(ctx: &Ctx<'_>, i: usize, end: usize) -> bool {
    ctx.lex.given(ctx.word(i)).is_some()
        && !ctx.capital(end + 1)
        && ctx
            .lex
            .role_at(ctx.tokens, end)
            .is_some_and(|f| f.len == 1 && !f.plural && ctx.lex.roles[f.row].class == RoleClass::Person)
}

fn is_dotted(ctx: &Ctx<'_>, i: usize) -> bool {
    ctx.word(i + 1) == "."
}

fn is_suffix(ctx: &Ctx<'_>, i: usize) -> bool {
    matches!(ctx.word(i), "jr" | "sr" | "ii" | "iii" | "iv") && ctx.capital(i)
        || ctx.word(i) == "," && matches!(ctx.word(i + 1), "jr" | "sr")
}

/// Where the run of capitalised words that begins at `i` ends, without joining words.
fn run_end(ctx: &Ctx<'_>, i: usize) -> usize {
    let mut at = i;
    while ctx.capital(at) && !ctx.lex.is_function_word(ctx.word(at)) {
        at += 1;
    }
    at
}

/// A point of the compass before a word for a people ("South American") names no country.
fn is_direction(ctx: &Ctx<'_>, i: usize) -> bool {
    matches!(
        ctx.word(i),
        "north"
            | "south"
            | "east"
            | "west"
            | "central"
            | "latin"
            | "northern"
            | "southern"
            | "eastern"
            | "western"
            | "southeast"
            | "sub"
            | "middle"
    ) && gazetteer::longest(ctx, i + 1).is_some_and(|(_, hits)| {
        hits.iter()
            .any(|h| matches!(h.form, NameForm::Adjective | NameForm::DemonymNoun))
    })
}

/// Adds the name that begins at `i` and holds at least the tokens before `from`.
fn unknown(ctx: &Ctx<'_>, out: &mut Vec<Candidate>, i: usize, from: usize) -> usize {
    if from == i && is_direction(ctx, i) {
        return i + 2;
    }
    let mut end = from.max(i + 1);
    let mut body = (i..end).any(|t| ctx.lex.thing(ctx.word(t)).is_some());
    loop {
        if is_suffix(ctx, end) {
            end += 1 + usize::from(ctx.word(end) == ",");
            if ctx.word(end) == "." && ctx.glued(end) && !ctx.starts.get(end + 1).is_some_and(|s| *s) {
                end += 1;
            }
            break;
        }
        if ctx.capital(end) {
            if ctx.title_case && (end > i + 1 || !name_pair(ctx, i, end)) {
                break;
            }
            let word = ctx.word(end);
            let surname = end == i + 1 && is_month_surname(ctx, i, end);
            let grammar = ctx.lex.is_function_word(word) && ctx.shape(end) != Shape::Initial && !surname;
            if ctx.starts[end] || grammar {
                break;
            }
            let thing = ctx.lex.thing(word).is_some();
            let within = body && (i..end).any(|t| matches!(ctx.word(t), "of" | "for"));
            if !thing && !within && role_ends_name(ctx, end)
                || end == i + 1 && ctx.starts[i] && other_name(ctx, i, end)
            {
                break;
            }
            body |= thing;
            end += 1;
            continue;
        }
        let word = ctx.word(end);
        let last_shape = ctx.shape(end - 1);
        let next_capital = ctx.capital(end + 1) && !ctx.lex.is_function_word(ctx.word(end + 1));
        let joins = match word {
            "." => {
                (last_shape == Shape::Initial || matches!(ctx.before(end), "st" | "mt" | "ft"))
                    && next_capital
            }
            "-" | "‑" if ctx.glued(end) && ctx.glued(end + 1) => {
                if next_capital {
                    true
                } else if end > i + 1 && is_name_tail(ctx, end + 1) {
                    end += 2;
                    continue;
                } else {
                    false
                }
            }
            "&" => next_capital,
            "of" | "for" if body => next_capital || ctx.word(end + 1) == "the" && ctx.capital(end + 2),
            "and" if next_capital && compound_body(ctx, i, end) => true,
            "and" => {
                next_capital
                    && (i..end).any(|t| matches!(ctx.word(t), "of" | "for"))
                    && (i..end).any(|t| matches!(ctx.lex.thing(ctx.word(t)), Some(ThingClass::Body)))
                    && ctx.lex.thing(ctx.word(end + 1)).is_none()
                    && gazetteer::longest(ctx, end + 1).is_none()
            }
            _ if is_particle(word) && ctx.shape(end) == Shape::Lower && !ctx.title_case => {
                let mut t = end + 1;
                while t < end + 4 && (is_particle(ctx.word(t)) || matches!(ctx.word(t), "-" | "’")) {
                    t += 1;
                }
                if ctx.capital(t) && word != "as" {
                    end = t + 1;
                    continue;
                }
                false
            }
            _ => false,
        };
        if !joins {
            break;
        }
        end += if ctx.word(end + 1) == "the" { 3 } else { 2 };
        body |= ctx.lex.thing(ctx.word(end - 1)).is_some();
    }
    let single = end == i + 1;
    let digits = ctx.word(i).chars().any(|c| c.is_ascii_digit());
    let code =
        ctx.word(end) == "-" && ctx.glued(end) && ctx.glued(end + 1) && ctx.shape(end + 1) != Shape::Lower;
    if single
        && (ctx.lex.is_no_name(ctx.word(i))
            || digits
            || code && ctx.shape(i) == Shape::AllCaps
            || is_time_zone(ctx, i))
    {
        return end;
    }
    push(ctx, out, i..end, Vec::new());
    end
}

/// "Food and Drug Administration": two nouns before one noun for institutions.
fn compound_body(ctx: &Ctx<'_>, i: usize, and: usize) -> bool {
    let body = (and + 2..and + 4)
        .take_while(|&t| ctx.capital(t))
        .any(|t| ctx.lex.thing(ctx.word(t)) == Some(ThingClass::Body));
    body && ctx.lex.thing(ctx.before(and)).is_none()
        && ctx.lex.given(ctx.word(i)).is_none()
        && gazetteer::longest(ctx, and - 1).is_none()
}

/// In title case only a given name and the word behind it are taken for one name.
fn name_pair(ctx: &Ctx<'_>, i: usize, end: usize) -> bool {
    end == i + 1
        && ctx.lex.given(ctx.word(i)).is_some()
        && !ctx.lex.is_human_verb(ctx.word(end))
        && ctx.lex.role_at(ctx.tokens, end).is_none()
        && ctx.lex.thing(ctx.word(end)).is_none()
}

/// Whether the word that begins a sentence at `i` is an ordinary word before a name that begins at `end`
/// ("Married Pakistani", "Meanwhile Boris Johnson").
fn other_name(ctx: &Ctx<'_>, i: usize, end: usize) -> bool {
    ctx.lex.given(ctx.word(i)).is_none()
        && gazetteer::longest(ctx, end).is_some_and(|(len, hits)| {
            hits.iter().any(|h| match h.form {
                NameForm::Adjective | NameForm::DemonymNoun => true,
                NameForm::Name | NameForm::Alias => len > 1 || ctx.kb.kind(h.entity) == Kind::Country,
                NameForm::Acronym => true,
                _ => false,
            })
        })
}

/// Whether a noun for people that begins at `i` ends the name before it ("Halm Mayor Anna Reyes").
fn role_ends_name(ctx: &Ctx<'_>, i: usize) -> bool {
    ctx.lex
        .role_at(ctx.tokens, i)
        .is_some_and(|f| ctx.lex.roles[f.row].class == RoleClass::Office || f.plural)
        && (ctx.capital(i + 1) || ctx.lex.role_at(ctx.tokens, i).is_some_and(|f| f.len > 1))
}

/// The second half of an East Asian given name ("Jong-un").
fn is_name_tail(ctx: &Ctx<'_>, i: usize) -> bool {
    ctx.shape(i) == Shape::Lower
        && ctx.word(i).len() <= 5
        && !matches!(
            ctx.word(i),
            "led"
                | "era"
                | "like"
                | "run"
                | "born"
                | "held"
                | "based"
                | "made"
                | "only"
                | "free"
                | "style"
                | "wide"
                | "owned"
                | "elect"
                | "bound"
                | "ally"
                | "rival"
        )
        && !ctx.tokens.list[i].tag.is_verb()
}

/// Nouns that follow the name of a stretch of land or water.
fn is_landscape(word: &str) -> bool {
    matches!(
        word,
        "rainforest"
            | "river"
            | "basin"
            | "valley"
            | "region"
            | "province"
            | "peninsula"
            | "island"
            | "islands"
            | "coast"
            | "mountains"
            | "desert"
            | "delta"
            | "county"
            | "district"
            | "strait"
            | "gulf"
            | "sea"
            | "lake"
            | "forest"
            | "plateau"
    )
}

fn push(ctx: &Ctx<'_>, out: &mut Vec<Candidate>, tokens: Range<usize>, hits: Vec<Hit>) {
    let mut cues = Cues::default();
    let first = tokens.start;
    let acronym = (ctx.word(tokens.end) == "("
        && ctx.shape(tokens.end + 1) == Shape::AllCaps
        && ctx.word(tokens.end + 2) == ")")
        .then_some(tokens.end + 1);
    if ctx.starts[first] {
        cues.set(Cue::SentenceStart);
    }
    if ctx.title_case {
        cues.set(Cue::TitleCase);
    }
    if ctx.zone == Zone::Byline {
        cues.set(Cue::Byline);
    }
    if ctx.quoted[first] {
        cues.set(Cue::Quoted);
    }
    if ctx.lex.given(ctx.word(first)).is_some() && !ctx.word(first).is_empty() {
        cues.set(Cue::Given);
    }
    if tokens
        .clone()
        .all(|t| ctx.shape(t) == Shape::AllCaps || ctx.kind(t) != TokenKind::Word)
    {
        cues.set(Cue::Capitals);
    }
    for t in tokens.clone() {
        match ctx.lex.thing(ctx.word(t)) {
            Some(ThingClass::Body) if tokens.len() > 1 => cues.set(Cue::BodyNoun),
            Some(ThingClass::Spot | ThingClass::Land) if tokens.len() > 1 => cues.set(Cue::SpotNoun),
            Some(ThingClass::Event | ThingClass::Text) => cues.set(Cue::EventNoun),
            _ => {}
        }
    }
    let last = tokens.end - 1;
    if tokens.len() > 1
        && hits.is_empty()
        && gazetteer::longest(ctx, last)
            .is_some_and(|(_, hits)| hits.iter().any(|h| h.form == NameForm::Surname && !h.weak))
    {
        cues.set(Cue::Family);
    }
    let before = ctx.before(first);
    match before {
        "the" => cues.set(Cue::The),
        "of" if first >= 2 => match ctx.lex.thing(ctx.word(first - 2)) {
            Some(ThingClass::Spot) => cues.set(Cue::SpotBefore),
            Some(ThingClass::Body) => {}
            _ => {}
        },
        _ => match ctx.lex.thing(before) {
            Some(ThingClass::Body) if ctx.shape(first - 1) == Shape::Lower => cues.set(Cue::BodyBefore),
            Some(ThingClass::Spot) if ctx.shape(first - 1) == Shape::Lower => cues.set(Cue::SpotBefore),
            _ => {}
        },
    }
    let next = tokens.end;
    if ctx.is_possessive(next) {
        cues.set(Cue::Possessive);
        // "International Women’s Day", "the People’s Prize"
        if ctx.capital(next + 1) && ctx.lex.thing(ctx.word(next + 1)) == Some(ThingClass::Event) {
            cues.set(Cue::EventNoun);
        }
    }
    if ctx.shape(next) == Shape::Lower && is_landscape(ctx.word(next)) {
        cues.set(Cue::SpotBefore);
    }
    if matches!(ctx.word(next), "-" | "‑")
        && ctx.glued(next)
        && ctx.glued(next + 1)
        && ctx.shape(next + 1) == Shape::Lower
    {
        cues.set(Cue::Compound);
    }
    if ctx.word(next) == "," {
        if ctx.kind(next + 1) == TokenKind::Number
            && matches!(ctx.word(next + 2), "," | "." | "of" | "from")
            && ctx.word(next + 1).len() <= 2
        {
            cues.set(Cue::Age);
        }
        if ctx.word(next + 1) == "who" {
            cues.set(Cue::Who);
        }
        if ctx.capital(next + 1) && matches!(ctx.word(next + 2), "," | "." | "and" | "—" | "-" | "–") {
            cues.set(Cue::CommaPlace);
        }
    } else if ctx.word(next) == "who" {
        cues.set(Cue::Who);
    } else if ctx.word(next) == "("
        && ctx.kind(next + 1) == TokenKind::Number
        && ctx.word(next + 1).len() <= 2
    {
        cues.set(Cue::Age);
    }
    clause::cues(ctx, &tokens, &tokens, &mut cues);
    out.push(Candidate {
        phrase: tokens.clone(),
        tokens,
        what: What::Name(Name {
            hits,
            title: None,
            role: None,
            acronym,
        }),
        cues,
    });
}
