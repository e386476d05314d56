//! Names that the knowledge base does not have: how far a run of capitalized words reaches.

use crate::{
    base::word::TokenKind,
    kb::{Kind, NameForm},
    semantic::{
        beside::{is_fellowship, push},
        capital::is_month_surname,
        gazetteer::{self, is_particle, is_time_zone},
        landmark::is_direction,
        lexicon::{RoleClass, ThingClass},
        mention::{Candidate, Ctx},
        runs::{begins_body, is_suffix},
        wordsets::WordSet,
    },
    syntax::{tag::is_common_word, token::Shape},
};

/// Adds the name that begins at `i` and holds at least the tokens before `from`.
pub(super) fn unknown(ctx: &Ctx<'_>, out: &mut Vec<Candidate>, i: usize, from: usize) -> usize {
    if from == i && is_direction(ctx, i) {
        return i + 2;
    }
    if let Some(next) = before_a_person(ctx, out, i, from) {
        return next;
    }
    let mut end = from.max(i + 1);
    // "Bill" and "Page" are nouns too.
    let is_thing = |t: usize| ctx.lex.thing(ctx.word(t)).is_some() || is_fellowship(ctx, t);
    let mut body = (i..end).any(|t| is_thing(t) && (t > i || ctx.lex.given(ctx.word(t)).is_none()));
    let mut before_role = false;
    let mut behind = 0;
    let office_of = i >= 2
        && matches!(ctx.before(i), "of" | "for")
        && ctx.lex.role_at(ctx.tokens, i - 2).is_some_and(|r| r.len == 1);
    loop {
        if is_suffix(ctx, end) {
            end += 1 + usize::from(ctx.word(end) == ",");
            if ctx.word(end) == "." && ctx.glued(end) && !ctx.starts.get(end + 1).is_some_and(|s| *s) {
                end += 1;
            }
            break;
        }
        if ctx.capital(end) {
            if ctx.title_case(i) && (end > i + 1 || !name_pair(ctx, i, end)) {
                break;
            }
            let word = ctx.word(end);
            // "Khin Mar Oo"
            let inner = matches!(word, "mar" | "jan" | "jun" | "may" | "an" | "so")
                && ctx.capital(end + 1)
                && ctx.shape(end) == Shape::Capital
                && !ctx.lex.is_function_word(ctx.word(end + 1))
                && !ctx.title_case(i);
            let surname = end == i + 1 && is_month_surname(ctx, i, end) || inner;
            // "Nordlys AS": capitals make it no word of grammar.
            let company = ctx.shape(end) == Shape::AllCaps
                && !ctx.shouted
                && ctx.lex.is(WordSet::CompanyEnding, word)
                && !ctx.capital(end + 1);
            let grammar = ctx.lex.is_function_word(word)
                && ctx.shape(end) != Shape::Initial
                && !surname
                && !company
                && !(word == "up" && is_ministry(ctx, i) && !ctx.title_case(i));
            // "Hillary Can’t": a verb behind the name.
            let verb = ctx.plain(end).len() < word.len() || ctx.lex.is(WordSet::Auxiliary, word) && !surname;
            // "Dinah Okafor KC": letters behind a name.
            let letters = ctx.shape(end) == Shape::AllCaps
                && end > i + 1
                && ctx.lex.is(WordSet::PostNominal, word)
                && ctx.shape(i) != Shape::AllCaps;
            if letters {
                behind = 1;
                break;
            }
            // "Navy Capt. Jeff Davis", "ISIL envoy" … "ISIL Brett McGurk": somebody's name begins here.
            let title = ctx.lex.title_at(ctx.tokens, end).is_some_and(|t| {
                ctx.word(end + t.len) == "." && ctx.capital(end + t.len + 1) && !ctx.starts[end]
            });
            let acronym = ctx.shape(end - 1) == Shape::AllCaps
                && ctx.word(end - 1).len() > 1
                && !ctx.shouted
                && ctx.shape(end) == Shape::Capital
                && ctx.lex.given(word).is_some()
                && ctx.capital(end + 1)
                && !is_thing(end + 1);
            // "Northgate Appoints Helen Marchetti": a headline that ends with a stop.
            let headline = end == i + 1
                && ctx.starts[i]
                && ctx.lex.given(ctx.word(end + 1)).is_some()
                && ctx.capital(end + 2)
                && word.ends_with('s')
                && ctx.lex.given(word).is_none()
                && (ctx.lex.is_human_verb(word)
                    || ctx.tokens.list[end].tag.is_verb()
                    || is_common_word(word.trim_end_matches('s')));
            if title || acronym || headline {
                break;
            }
            if ctx.starts[end] || grammar || verb || ctx.lex.is(WordSet::Credit, word) {
                break;
            }
            // "Mayor of Koszalin Piotr Wilk", "Minister of Water Amar al-Hadi": the holder begins with a given name.
            let given = ctx.lex.given(word).is_some() && ctx.capital(end + 1);
            let particle = is_particle(ctx.word(end + 1)) && ctx.shape(end + 1) == Shape::Lower;
            if office_of && (given || particle) && !body {
                break;
            }
            // "Treasury Cabinet Secretary John Mbadi": no cabinet.
            let long_role = ctx.lex.role_at(ctx.tokens, end).is_some_and(|r| r.len > 1);
            let thing = is_thing(end) && !long_role;
            let within = body && (i..end).any(|t| matches!(ctx.word(t), "of" | "for" | "without"));
            before_role = !thing && !within && role_ends_name(ctx, end);
            if before_role || end == i + 1 && ctx.starts[i] && other_name(ctx, i, end) {
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
                } else if end > i + 1 && is_name_tail(ctx, end + 1) || end == i + 1 && given_in_halves(ctx, i)
                {
                    end += 2;
                    continue;
                } else {
                    false
                }
            }
            "&" => next_capital,
            // "Marnock Farmers’ Union", "Halm Women’s Institute"
            _ if next_capital && ctx.is_possessive(end) && owns_body(ctx, end) => true,
            // "Col. John “J.D.” Dorrian", "Richard (Dick) Holm"
            "“" | "\"" | "‘" | "(" if end == i + 1 => match nickname(ctx, i, end) {
                Some(next) => {
                    end = next;
                    continue;
                }
                None => false,
            },
            // "the Freedom Party of Geert Wilders" is his, and not called so.
            "of" | "for" if body && next_capital && begins_person(ctx, end + 1) => false,
            // "Committee on Energy and Commerce", but "briefed the Security Council on Sudan"
            "on" if body
                && next_capital
                && !ctx.title_case(i)
                && is_common_word(ctx.word(end + 1))
                && matches!(
                    ctx.before(end),
                    "committee" | "subcommittee" | "commission" | "council" | "conference" | "panel"
                )
                && (ctx.lex.is(WordSet::Portfolio, ctx.word(end + 1))
                    || gazetteer::longest(ctx, end + 1)
                        .is_none_or(|(_, hits)| hits.iter().all(|h| h.form == NameForm::Surname))) =>
            {
                true
            }
            "of" | "for" | "without" if body => {
                next_capital || ctx.word(end + 1) == "the" && ctx.capital(end + 2)
            }
            "and" if next_capital && compound_body(ctx, i, end) => true,
            // "Department of Fisheries and Oceans", "Ministry of Housing, Communities and Local Government"
            "and" | ","
                if (next_capital || ctx.word(end + 1) == "the" && ctx.capital(end + 2))
                    && is_portfolio(ctx, i, end) =>
            {
                true
            }
            "and" => {
                next_capital
                    && (i..end).any(|t| matches!(ctx.word(t), "of" | "for" | "on"))
                    && (i..end).any(|t| matches!(ctx.lex.thing(ctx.word(t)), Some(ThingClass::Body)))
                    && ctx.lex.thing(ctx.word(end + 1)).is_none()
                    && gazetteer::longest(ctx, end + 1).is_none()
            }
            _ if is_particle(word) && ctx.shape(end) == Shape::Lower && !ctx.title_case(i) => {
                let mut t = end + 1;
                while t < end + 4
                    && (is_particle(ctx.word(t)) || matches!(ctx.word(t), "-" | "’" | "'" | "‘"))
                {
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
    // "Bluebonnet Pipeline Co. said": the stop is the name's where it does not end the sentence.
    if end > i + 1
        && matches!(ctx.before(end), "co" | "inc" | "ltd" | "corp" | "bros")
        && ctx.word(end) == "."
        && ctx.glued(end)
        && end + 1 < ctx.tokens.len()
        && !ctx.starts[end + 1]
    {
        end += 1;
    }
    let single = end == i + 1;
    // "A320", "G7", but "Fjord1"
    let digits = ctx.word(i).chars().any(|c| c.is_ascii_digit())
        && !ctx.word(i).chars().take(4).all(char::is_alphabetic);
    let code =
        ctx.word(end) == "-" && ctx.glued(end) && ctx.glued(end + 1) && ctx.shape(end + 1) != Shape::Lower;
    // "MINISTER BLASTS EU": a word that is none in small letters either.
    if single
        && ctx.title_case(i)
        && (ctx.lex.is_human_verb(ctx.word(i))
            || (ctx.shouted || ctx.tokens.list[i].tag.is_verb()) && is_common_word(ctx.word(i)))
        && ctx.lex.given(ctx.word(i)).is_none()
    {
        return end;
    }
    if single
        && (ctx.lex.is_no_name(ctx.word(i))
            || digits
            || code && ctx.shape(i) == Shape::AllCaps
            || is_time_zone(ctx, i))
    {
        return end;
    }
    // "COSTS RISE AGAIN": words that shout, not a name.
    let shouts = (i..end).all(|t| ctx.shape(t) == Shape::AllCaps)
        && end >= i + 3
        && (i..end).any(|t| is_common_word(ctx.word(t)));
    // "Senior Investigative Correspondent Ana Reyes": what somebody is, not a name.
    let describes = before_role
        && (i..end).all(|t| is_common_word(ctx.word(t)) || ctx.lex.is(WordSet::Modifier, ctx.word(t)));
    if !shouts && !describes && !capital_role(ctx, i, end) {
        push(ctx, out, i..end, Vec::new());
    }
    end + behind
}

/// What stands before the full name of a person and is no part of it: the end of an office ("Secretary of State
/// Ana Reyes") or a part of the world ("Minister for the Middle East Ana Reyes"). Adds what is a name of its own and
/// returns where the person begins.
fn before_a_person(ctx: &Ctx<'_>, out: &mut Vec<Candidate>, i: usize, from: usize) -> Option<usize> {
    if from != i || ctx.title_case(i) || ctx.lex.given(ctx.word(i)).is_some() {
        return None;
    }
    let full_name = |t: usize| {
        ctx.capital(t)
            && !ctx.starts[t]
            && ctx.lex.given(ctx.word(t)).is_some()
            && ctx.shape(t + 1) == Shape::Capital
            && ctx.lex.thing(ctx.word(t + 1)).is_none()
    };
    if ctx.before(i) == "of" && is_common_word(ctx.word(i)) && full_name(i + 1) {
        return Some(i + 1);
    }
    let two = ctx.capital(i + 1) && full_name(i + 2);
    if two
        && ctx
            .lex
            .is(WordSet::Region, &format!("{} {}", ctx.word(i), ctx.word(i + 1)))
    {
        push(ctx, out, i..i + 2, Vec::new());
        return Some(i + 2);
    }
    None
}

/// Whether the people before the possessive mark at `mark` are part of the name of the body behind it.
fn owns_body(ctx: &Ctx<'_>, mark: usize) -> bool {
    let people = ctx.before(mark);
    let many = ctx.lex.is_plural_role(people)
        || matches!(people, "children" | "women" | "men" | "people" | "girls" | "boys");
    many && !ctx.title_case(mark)
        && (mark + 1..mark + 3)
            .take_while(|&t| ctx.capital(t))
            .any(|t| ctx.lex.thing(ctx.word(t)) == Some(ThingClass::Body))
}

/// Where a family name ends that stands behind a nickname in marks, after the given name at `i`.
pub(super) fn nickname(ctx: &Ctx<'_>, i: usize, open: usize) -> Option<usize> {
    ctx.lex.given(ctx.word(i))?;
    let close = (open + 2..open + 6).find(|&t| matches!(ctx.word(t), "”" | "\"" | "’" | ")"))?;
    let mut family = close + 1;
    while is_particle(ctx.word(family)) && ctx.shape(family) == Shape::Lower && family < close + 4 {
        family += 1;
    }
    ((open + 1..close).any(|t| ctx.capital(t))
        && ctx.shape(family) == Shape::Capital
        && !ctx.glued(family)
        && (!ctx.starts[family] || ctx.word(close) == "\"")
        && ctx.lex.thing(ctx.word(family)).is_none()
        && ctx.lex.role_at(ctx.tokens, family).is_none()
        && !ctx.lex.is_function_word(ctx.word(family)))
    .then_some(family + 1)
}

/// "Food and Drug Administration": two nouns before one noun for institutions.
pub(super) fn compound_body(ctx: &Ctx<'_>, i: usize, and: usize) -> bool {
    let body = (and + 2..and + 4)
        .take_while(|&t| ctx.capital(t))
        .any(|t| ctx.lex.thing(ctx.word(t)) == Some(ThingClass::Body));
    body && ctx.lex.thing(ctx.before(and)).is_none()
        && ctx.lex.given(ctx.word(i)).is_none()
        && gazetteer::longest(ctx, and - 1).is_none()
        && gazetteer::longest(ctx, and + 1).is_none()
}

/// Whether the name at `i` begins as a ministry's does; all words of it have capitals ("Department for Levelling Up").
fn is_ministry(ctx: &Ctx<'_>, i: usize) -> bool {
    matches!(
        ctx.word(i),
        "ministry" | "department" | "directorate" | "secretariat"
    ) && matches!(ctx.word(i + 1), "of" | "for")
}

/// Whether what a ministry is for goes on behind the "and" or comma at `at`.
pub(super) fn is_portfolio(ctx: &Ctx<'_>, i: usize, at: usize) -> bool {
    let is_subject = |word: &str| ctx.lex.is(WordSet::Portfolio, word);
    let common = |t: usize| is_common_word(ctx.word(t)) || is_common_word(ctx.word(t).trim_end_matches('s'));
    // A subject of government: an ordinary noun, which may be one for people or bodies too ("Communities", "Energy").
    let item = |t: usize| {
        ctx.shape(t) == Shape::Capital
            && ctx.lex.given(ctx.word(t)).is_none()
            && ctx
                .lex
                .role_at(ctx.tokens, t)
                .is_none_or(|r| r.plural || r.len > 1 || is_subject(ctx.word(t)))
            && (!matches!(ctx.lex.thing(ctx.word(t)), Some(ThingClass::Body)) || is_subject(ctx.word(t)))
            && gazetteer::longest(ctx, t).is_none_or(|(_, hits)| {
                hits.iter().all(|h| h.form == NameForm::Surname) || is_subject(ctx.word(t))
            })
    };
    // "…, Energy, the Environment and Water": the list ends with "and" and its last item.
    let listed = || {
        let mut t = at + 1;
        while t < at + 12 {
            t += usize::from(ctx.word(t) == "the");
            if !item(t) {
                return false;
            }
            while ctx.shape(t) == Shape::Capital && item(t) {
                t += 1;
            }
            match ctx.word(t) {
                "," => t += 1 + usize::from(ctx.word(t + 1) == "and"),
                "and" => {
                    let last = t + 1 + usize::from(ctx.word(t + 1) == "the");
                    return item(last) && (common(last) || is_subject(ctx.word(last)));
                }
                _ => return ctx.before(t - 1) == "and" && common(t - 1),
            }
        }
        false
    };
    let goes_on = match ctx.word(at) {
        "and" => {
            // "the Department of Agriculture and the Environment Agency": two bodies.
            let first = at + 1 + usize::from(ctx.word(at + 1) == "the");
            let other = (first + 1..first + 4).take_while(|&t| ctx.capital(t)).any(|t| {
                matches!(ctx.lex.thing(ctx.word(t)), Some(ThingClass::Body)) && !is_subject(ctx.word(t))
            });
            !other && (common(at + 1) || is_subject(ctx.word(at + 1)))
        }
        _ => listed(),
    };
    let first = at + 1 + usize::from(ctx.word(at + 1) == "the");
    is_ministry(ctx, i) && !ctx.title_case(i) && item(first) && goes_on
}

/// In title case only a given name and the word behind it are taken for one name.
fn name_pair(ctx: &Ctx<'_>, i: usize, end: usize) -> bool {
    end == i + 1
        && ctx.lex.given(ctx.word(i)).is_some()
        && !ctx.lex.is_human_verb(ctx.word(end))
        && !ctx.lex.is(WordSet::HeadlineVerb, ctx.word(end))
        && ctx.lex.role_at(ctx.tokens, end).is_none()
        && ctx.lex.thing(ctx.word(end)).is_none()
}

/// "Torvald Marine’s Project Director, Erik Holm": an office in capitals, between whose it is and who holds it.
fn capital_role(ctx: &Ctx<'_>, i: usize, end: usize) -> bool {
    let owned = i > 0
        && (ctx.kind(i - 1) == TokenKind::Possessive
            || matches!(ctx.before(i), "the" | "its" | "their" | "our"));
    let last = ctx.lex.role_at(ctx.tokens, end - 1);
    end > i + 1
        && owned
        && last.is_some_and(|r| r.len == 1 && !r.plural && ctx.lex.roles[r.row].class != RoleClass::Group)
        && (i..end - 1).all(|t| is_common_word(ctx.word(t)))
        && matches!(ctx.word(end), "," | "for" | "of" | "at")
}

/// Whether the word that begins a sentence at `i` is an ordinary word before a name that begins at `end`
/// ("Married Pakistani", "Meanwhile Boris Johnson").
fn other_name(ctx: &Ctx<'_>, i: usize, end: usize) -> bool {
    ctx.lex.given(ctx.word(i)).is_none()
        && !ctx.lex.is(WordSet::CompanyEnding, ctx.word(end))
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
    let Some(role) = ctx.lex.role_at(ctx.tokens, i) else {
        return false;
    };
    // "Vane County Sheriff Ana Reyes": behind a noun for places or bodies it is what somebody is there.
    let there = i > 0 && ctx.capital(i - 1) && ctx.lex.thing(ctx.word(i - 1)).is_some();
    let office = ctx.lex.roles[role.row].class == RoleClass::Office || role.plural || there;
    let mut next = i + role.len;
    // "National Public Health Agency"
    if begins_body(ctx, i, role.len, role.row) {
        return false;
    }
    // "Magistrate Judge Ana Reyes"
    // "Martin Luther King Jr."
    if is_suffix(ctx, next) {
        return false;
    }
    if let Some(title) = ctx.lex.title_at(ctx.tokens, next) {
        next += title.len + usize::from(ctx.word(next + title.len) == ".");
    }
    let person = ctx.capital(next) && ctx.lex.given(ctx.word(next)).is_some();
    person || office && (ctx.capital(i + 1) || role.len > 1)
}

/// Whether the full name of a person begins at `i`.
fn begins_person(ctx: &Ctx<'_>, i: usize) -> bool {
    ctx.lex.given(ctx.word(i)).is_some()
        && ctx.shape(i + 1) == Shape::Capital
        && gazetteer::longest(ctx, i)
            .is_some_and(|(len, hits)| len > 1 && hits.iter().all(|h| gazetteer::is_person(ctx, h)))
}

/// "Wai-kit Lo": a given name in two halves that is no word, before a family name.
fn given_in_halves(ctx: &Ctx<'_>, i: usize) -> bool {
    ctx.shape(i + 2) == Shape::Lower
        && ctx.word(i + 2).len() <= 5
        && ctx.word(i).len() <= 6
        && !ctx.lex.is(WordSet::CompoundTail, ctx.word(i + 2))
        && ctx.shape(i + 3) == Shape::Capital
        && ctx.lex.is(WordSet::FamilyFirst, ctx.word(i + 3))
        && !ctx.capital(i + 4)
        && gazetteer::longest(ctx, i).is_none()
}

/// The second half of an East Asian given name ("Jong-un").
fn is_name_tail(ctx: &Ctx<'_>, i: usize) -> bool {
    ctx.shape(i) == Shape::Lower
        && ctx.word(i).len() <= 5
        && !ctx.lex.is(WordSet::CompoundTail, ctx.word(i))
        && !ctx.tokens.list[i].tag.is_verb()
}
