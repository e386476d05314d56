//! What a capital tells: words of grammar, months, trades and ordinary words that owe it to their place, or are names.

use crate::{
    base::word::TokenKind,
    kb::NameForm,
    semantic::{gazetteer, lexicon::RoleClass, mention::Ctx, runs::run_end, wordsets::WordSet},
    syntax::{
        block::Zone,
        tag::{Tag, is_common_word},
        token::Shape,
    },
};

/// "Baker told reporters", "Ms Butcher": a family name that is a trade too, without an article and without a name
/// behind it.
pub(super) fn is_lone_trade(ctx: &Ctx<'_>, i: usize, row: usize, n_titles: u8) -> bool {
    // "King told reporters": an office that is a family name too, in running text alone; "Mayor of Riga Ida Hook" is none.
    let of = ctx.word(i + 1) == "of";
    let office = !of && ctx.lex.is(WordSet::OfficeFamily, ctx.word(i)) && is_running(ctx);
    if !(office || ctx.lex.roles[row].class == RoleClass::Person)
        || ctx.shape(i) != Shape::Capital
        || ctx.capital(i + 1)
        || ctx.title_case(i)
    {
        return false;
    }
    if n_titles > 0 {
        return true;
    }
    // "the South Dakota Republican told reporters"
    if ctx.lex.is(WordSet::PartyWord, ctx.word(i)) || i > 0 && ctx.capital(i - 1) && !ctx.starts[i - 1] {
        return false;
    }
    let tag = |t: usize| ctx.tokens.list.get(t).map_or(Tag::X, |t| t.tag);
    let described = i > 0 && matches!(tag(i - 1), Tag::Det | Tag::Adj | Tag::Num) || ctx.before(i) == "-";
    let acts = ctx.lex.is_human_verb(ctx.word(i + 1))
        || tag(i + 1).is_finite()
        || tag(i + 1) == Tag::Aux
        || ctx.kind(i + 1) == TokenKind::Possessive;
    !described && (!ctx.starts[i] || acts)
}

/// Whether a block is a paragraph of sentences, in which an office has its article: "Judge drops case" is a headline.
fn is_running(ctx: &Ctx<'_>) -> bool {
    let last = ctx.word(ctx.tokens.len().saturating_sub(1));
    ctx.zone == Zone::Body && matches!(last, "." | "?" | "!" | "”" | "\"")
}

/// "May said", "Oh told reporters": a word of grammar that speaks is a surname, where it begins no sentence of its own.
pub(super) fn speaking_family(ctx: &Ctx<'_>, i: usize) -> bool {
    let family = ctx.lex.is(WordSet::GrammarFamily, ctx.word(i));
    // "So said the clerk", "You told us": only behind what is said.
    // "First said he was late": nobody, where nobody of the article is called so.
    let opens = || ctx.starts[i] && !matches!(ctx.word(i), "so" | "you" | "an");
    let behind = ctx.word(i) == "may" || matches!(ctx.before(i), "”" | "\"" | "’" | "'");
    family
        && (behind || opens())
        && ctx.lex.is_human_verb(ctx.word(i + 1))
        && ctx.shape(i + 1) == Shape::Lower
}

/// "June Aldous", "May Holm": a month that is a given name, before a family name and what only people have behind it.
pub(super) fn is_month_given(ctx: &Ctx<'_>, i: usize) -> bool {
    (ctx.lex.is(WordSet::MonthGiven, ctx.word(i))
        || ctx.lex.is(WordSet::GrammarGiven, ctx.word(i)) && !ctx.starts[i])
        && ctx.shape(i) == Shape::Capital
        && ctx.shape(i + 1) == Shape::Capital
        && !ctx.title_case(i)
        && !ctx.capital(i + 2)
        && !ctx.lex.is_function_word(ctx.word(i + 1))
        && ctx.lex.thing(ctx.word(i + 1)).is_none()
        && gazetteer::longest(ctx, i + 1)
            .is_none_or(|(_, hits)| hits.iter().all(|h| h.form == NameForm::Surname))
        && (ctx.word(i + 2) == ","
            || ctx.lex.is_human_verb(ctx.word(i + 2))
            || ctx.is_possessive(i + 2)
            || is_introduced(ctx, i))
}

/// "Keith Prince, 40,", "Lisa Law, aged 40": a given name before a capital and an age, whatever the capital means.
pub(super) fn is_of_age(ctx: &Ctx<'_>, i: usize) -> bool {
    let age = |t: usize| {
        let word = ctx.word(t);
        word.len() <= 3 && !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit())
    };
    ctx.lex.given(ctx.word(i)).is_some()
        && ctx.shape(i) == Shape::Capital
        && ctx.shape(i + 1) == Shape::Capital
        && ctx.word(i + 2) == ","
        && (age(i + 3) && matches!(ctx.word(i + 4), "," | "." | "–" | "—") || ctx.word(i + 3) == "aged")
}

/// "her cousin, Per Holm", "her mentor Per Holm": whether a noun for a person stands before a word, with a comma or without.
fn is_introduced(ctx: &Ctx<'_>, i: usize) -> bool {
    let comma = ctx.before(i) == ",";
    let role = |t: usize| {
        let noun = ctx.lex.role_at(ctx.tokens, t);
        noun.is_some_and(|r| r.len == 1 && !r.plural && (comma || ctx.shape(t) == Shape::Lower))
    };
    i.checked_sub(1 + usize::from(comma)).is_some_and(role)
}

/// "Oh Se-jin", "An Min-ho": a family name that is a word of grammar, before a given name in two halves.
pub(super) fn eastern_name(ctx: &Ctx<'_>, i: usize) -> bool {
    (ctx.lex.is(WordSet::FamilyFirst, ctx.word(i)) || matches!(ctx.word(i), "kim" | "lee"))
        && ctx.capital(i)
        && ctx.capital(i + 1)
        && matches!(ctx.word(i + 2), "-" | "‑")
        && ctx.glued(i + 2)
        && ctx.glued(i + 3)
        && ctx.shape(i + 3) == Shape::Lower
        && ctx.word(i + 3).len() <= 5
        && !ctx.lex.is(WordSet::CompoundTail, ctx.word(i + 3))
}

/// "told The Verge": an article whose capital no sentence gives belongs to the name.
pub(super) fn capital_article(ctx: &Ctx<'_>, i: usize) -> bool {
    ctx.word(i) == "the"
        && ctx.shape(i) == Shape::Capital
        && !ctx.starts[i]
        && !ctx.title_case(i)
        && ctx.capital(i + 1)
        // Sunday is short for something without an article only: "told The Sun".
        && (!ctx.lex.is_function_word(ctx.word(i + 1)) || ctx.word(i + 1) == "sun")
        && ctx.lex.role_at(ctx.tokens, i + 1).is_none()
        && gazetteer::longest(ctx, i + 1)
            .is_none_or(|(_, hits)| hits.iter().all(|h| h.form == NameForm::Surname))
}

/// Whether a capitalized word at the start of a sentence is an ordinary word that owes its capital to its place.
pub(super) fn is_ordinary(ctx: &Ctx<'_>, i: usize) -> bool {
    let word = ctx.word(i);
    if ctx.shape(i) == Shape::AllCaps {
        return false;
    }
    if ctx.lex.is_function_word(word) {
        return !speaking_family(ctx, i);
    }
    let tag = ctx.tokens.list[i].tag;
    if word == "dear" && ctx.capital(i + 1) {
        return true;
    }
    // "Said Ellis:" begins with its verb, "Said Anna Holm left" with a name.
    if ctx.lex.is_human_verb(word) && ctx.capital(i + 1) {
        let full = ctx.lex.given(ctx.word(i + 1)).is_some() && ctx.capital(i + 2);
        return word != "said" || !full || opens_with_verb(ctx, i);
    }
    if ctx.capital(i + 1) && ctx.lex.given(word).is_some() {
        return false;
    }
    // "Broadcaster Ana Reyes", "Immunologist Ana Reyes": what somebody is before who it is.
    if ctx.lex.given(ctx.word(i + 1)).is_some()
        && ctx.capital(i + 1)
        && ctx.capital(i + 2)
        && ctx.lex.given(word).is_none()
        && gazetteer::longest(ctx, i).is_none()
        && (is_common_word(word) || word.len() > 6 && ctx.lex.is_human_ending(word))
    {
        return true;
    }
    match tag {
        Tag::X | Tag::Propn => false,
        _ if ctx.lex.given(word).is_some() => false,
        // An ordinary word before a name; one that stands alone is judged by the whole article.
        _ => {
            (is_common_word(word) || ["ing", "ed", "ly"].iter().any(|e| word.ends_with(e)))
                && ctx.capital(i + 1)
                && (!matches!(tag, Tag::Noun | Tag::Adj) || is_thing(ctx, i))
                && !is_speaking_firm(ctx, i)
        }
    }
}

/// "Playing Field Promotions said": three ordinary words in capitals or more, and a verb of saying or what they are behind them, are the name
/// of some body.
fn is_speaking_firm(ctx: &Ctx<'_>, i: usize) -> bool {
    let end = run_end(ctx, i);
    let ordinary = |t: usize| {
        let word = ctx.word(t);
        let common = is_common_word(word) || word.strip_suffix('s').is_some_and(is_common_word);
        common && ctx.shape(t) == Shape::Capital && ctx.lex.given(word).is_none()
    };
    end >= i + 3
        && !ctx.title_case(i)
        && (ctx.lex.is_human_verb(ctx.word(end)) && ctx.shape(end) == Shape::Lower
            || ctx.word(end) == "," && matches!(ctx.word(end + 1), "a" | "an" | "which"))
        && (i..end).all(ordinary)
        && (i..end)
            .all(|t| ctx.lex.role_at(ctx.tokens, t).is_none() && ctx.lex.title_at(ctx.tokens, t).is_none())
        && (i..end).all(|t| {
            gazetteer::longest(ctx, t)
                .is_none_or(|(_, hits)| hits.iter().all(|h| h.form == NameForm::Surname))
        })
}

/// "Said Anna Holm, the mayor: “…”": the verb of the sentence, which is a given name and a family name too. What follows
/// is a full name and has no verb of its own, as "Said Anna Holm left" has.
pub(super) fn opens_with_verb(ctx: &Ctx<'_>, i: usize) -> bool {
    const REACH: usize = 20;
    ctx.word(i) == "said"
        && ctx.starts[i]
        && ctx.shape(i) == Shape::Capital
        && ctx.lex.given(ctx.word(i + 1)).is_some()
        && ctx.capital(i + 1)
        && ctx.capital(i + 2)
        && (i + 3..ctx.tokens.len().min(i + REACH))
            .take_while(|&t| !ctx.starts[t] && ctx.word(t) != "who")
            .all(|t| !ctx.tokens.list[t].tag.is_finite() && ctx.tokens.list[t].tag != Tag::Aux)
}

/// Whether a capitalized word is a word of grammar ("Most", "Will").
pub(super) fn is_grammar(ctx: &Ctx<'_>, i: usize) -> bool {
    let word = ctx.word(i);
    ctx.shape(i) != Shape::AllCaps
        && ctx.lex.is_function_word(word)
        && !(word == "may" && is_no_month(ctx, i))
        && !speaking_family(ctx, i)
}

/// Whether a "May" inside a sentence stands where no month does ("Mr Johnson met May", "May’s plan").
pub(super) fn is_no_month(ctx: &Ctx<'_>, i: usize) -> bool {
    if ctx.lex.is_human_verb(ctx.word(i + 1)) || ctx.starts[i] && ctx.is_possessive(i + 1) {
        return true;
    }
    !ctx.starts[i]
        && !ctx.title_case(i)
        && ctx.kind(i + 1) != TokenKind::Number
        && i > 0
        && ctx.kind(i - 1) != TokenKind::Number
        && !ctx.lex.is(WordSet::BeforeMonth, ctx.before(i))
}

/// A month that is a family name, after a given name ("Anna May").
pub(super) fn is_month_surname(ctx: &Ctx<'_>, i: usize, end: usize) -> bool {
    // "Wang Jun", "Ma He"
    let eastern = end == i + 1
        && ctx.lex.is(WordSet::FamilyFirst, ctx.word(i))
        && !ctx.lex.is_function_word(ctx.word(i))
        && ctx.shape(end) == Shape::Capital
        && !ctx.title_case(i)
        && matches!(ctx.word(end), "jun" | "jan" | "may" | "an" | "he" | "so");
    (eastern
        || matches!(ctx.word(end), "may" | "august" | "march" | "june" | "april")
            && ctx.lex.given(ctx.word(i)).is_some())
        && ctx.kind(end + 1) != TokenKind::Number
}

/// "Anna Sun-Ja Moon": half of a second given name, which is a word of grammar alone.
pub(super) fn is_half_of_given(ctx: &Ctx<'_>, i: usize, end: usize) -> bool {
    end == i + 1
        && ctx.shape(end) == Shape::Capital
        && matches!(ctx.word(end + 1), "-" | "‑")
        && ctx.glued(end + 1)
        && ctx.shape(end + 2) == Shape::Capital
        && ctx.lex.given(ctx.word(i)).is_some()
        && !ctx.title_case(i)
}

/// Whether the capital word before `i` is part of a name that goes on with `i`.
pub(super) fn in_name(ctx: &Ctx<'_>, i: usize) -> bool {
    i > 0
        && ctx.capital(i - 1)
        && !ctx.starts[i - 1]
        && !ctx.lex.is_function_word(ctx.word(i - 1))
        && ctx.lex.given(ctx.word(i - 1)).is_some()
        && !ctx.lex.is(WordSet::PartyWord, ctx.word(i))
}

/// Whether a noun for people begins the name of a law: "the Official Information Act", "the Witness Protection Act".
pub(super) fn begins_act(ctx: &Ctx<'_>, i: usize, len: usize) -> bool {
    let end = run_end(ctx, i + len);
    ctx.shape(i) == Shape::Capital && !ctx.title_case(i) && end > i + len && ctx.before(end) == "act"
}

pub(super) fn is_thing(ctx: &Ctx<'_>, i: usize) -> bool {
    ctx.lex.thing_at(ctx.tokens, i).is_some()
}

/// Whether the word at `t` is a trade, which is a family name too.
pub(super) fn is_trade(ctx: &Ctx<'_>, t: usize) -> bool {
    let role = ctx.lex.role_at(ctx.tokens, t).filter(|r| r.len == 1 && !r.plural);
    role.is_some_and(|r| ctx.lex.roles[r.row].class == RoleClass::Person)
}

/// "the Conservative MP": an office in capitals right behind a word for a party.
pub(super) fn is_behind_party(ctx: &Ctx<'_>, i: usize) -> bool {
    ctx.shape(i) == Shape::AllCaps
        && ctx.shape(i.wrapping_sub(1)) == Shape::Capital
        && ctx.lex.is(WordSet::PartyWord, ctx.before(i))
        && ctx.lex.role_at(ctx.tokens, i).is_some()
}
