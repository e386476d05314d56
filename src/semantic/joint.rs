//! Names of bodies that go on behind an "and" or a comma.

use crate::{
    kb::NameForm,
    semantic::{firm::is_business, gazetteer, lexicon::ThingClass, mention::Ctx, wordsets::WordSet},
    syntax::{tag::is_common_word, token::Shape},
};

/// "Food and Drug Administration": two nouns before one noun for institutions.
pub(super) fn compound_body(ctx: &Ctx<'_>, i: usize, and: usize) -> bool {
    let body = (and + 2..and + 4)
        .take_while(|&t| ctx.capital(t))
        .any(|t| ctx.lex.thing(ctx.word(t)) == Some(ThingClass::Body));
    // "Pacific Gas and Electric Company", "Ruritanian Light and Power Co."
    let sector = |t: usize| ctx.capital(t) && ctx.lex.is(WordSet::Sector, ctx.word(t));
    if and > i && sector(and - 1) && sector(and + 1) && !ctx.starts[and - 1] {
        return true;
    }
    // "Holm and Reyes Group", "Vane and Orme plc": a firm called after two families.
    let firm = |t: usize| ctx.word(t) == "group" || ctx.lex.is(WordSet::CompanyEnding, ctx.word(t));
    let family = |t: usize| {
        ctx.shape(t) == Shape::Capital
            && gazetteer::longest(ctx, t)
                .is_none_or(|(len, hits)| len == 1 && hits.iter().all(|h| h.form == NameForm::Surname))
    };
    if and == i + 1
        && firm(and + 2)
        && (ctx.capital(and + 2) || ctx.word(and + 2) == "plc")
        && !ctx.capital(and + 3)
        && !ctx.lex.is_function_word(ctx.word(i))
        && family(i)
        && family(and + 1)
    {
        return true;
    }
    // "Nordea and Danske Bank": two firms, unless both words say what one is for ("Farmers and Merchants Bank").
    let last = (and + 2..and + 4).take_while(|&t| ctx.capital(t)).last();
    let business = last.is_some_and(|t| is_business(ctx, t));
    let common = |t: usize| is_common_word(ctx.word(t)) || is_common_word(ctx.word(t).trim_end_matches('s'));
    body && (!business || common(and - 1) && common(and + 1))
        && ctx.lex.thing(ctx.before(and)).is_none()
        && ctx.lex.given(ctx.word(i)).is_none()
        && gazetteer::longest(ctx, and - 1).is_none()
        && gazetteer::longest(ctx, and + 1).is_none()
}

/// Whether the name at `i` begins as a ministry's does; all words of it have capitals ("Department for Levelling Up").
pub(super) fn is_ministry(ctx: &Ctx<'_>, i: usize) -> bool {
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

/// "Committee on Energy and Commerce": whether the "on" at `on` leads to what the body that begins at `i` is for; but
/// "briefed the Security Council on Sudan".
pub(super) fn is_remit(ctx: &Ctx<'_>, i: usize, on: usize) -> bool {
    let subject = ctx.word(on + 1);
    !ctx.title_case(i)
        && (is_common_word(subject) || ctx.word(on + 2) == "of")
        && matches!(
            ctx.before(on),
            "committee" | "subcommittee" | "commission" | "council" | "conference" | "panel"
        )
        && (ctx.lex.is(WordSet::Portfolio, subject)
            || gazetteer::longest(ctx, on + 1)
                .is_none_or(|(_, hits)| hits.iter().all(|h| h.form == NameForm::Surname)))
}

/// Whether the people before the possessive mark at `mark` are part of the name of the body behind it.
pub(super) fn owns_body(ctx: &Ctx<'_>, mark: usize) -> bool {
    let people = ctx.before(mark);
    let many = ctx.lex.is_plural_role(people)
        || matches!(people, "children" | "women" | "men" | "people" | "girls" | "boys")
        // "Seafarers’ Union": what no list has, in the plural.
        || people.ends_with('s') && !people.ends_with("ss") && ctx.lex.is_human_ending(people);
    many && !ctx.title_case(mark)
        && (mark + 1..mark + 3)
            .take_while(|&t| ctx.capital(t))
            .any(|t| ctx.lex.thing(ctx.word(t)) == Some(ThingClass::Body))
}
