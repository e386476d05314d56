//! Capitals that mislead: ordinary words that are given names behind a title, laws, subjects of government, schools.

use crate::{
    base::word::TokenKind,
    semantic::{
        gazetteer,
        lexicon::{RoleClass, ThingClass},
        mention::Ctx,
        runs::run_end,
        wordsets::WordSet,
    },
    syntax::{tag::is_common_word, token::Shape},
};

/// "Engr. Sunday Eke", "Mr Blessing Otuya": behind a title even a word of the language is a given name, if a family name
/// follows.
pub(super) fn is_given_by_title(ctx: &Ctx<'_>, next: usize) -> bool {
    let plain_word = |t: usize| {
        ctx.shape(t) == Shape::Capital
            && ctx.lex.thing(ctx.word(t)).is_none()
            && ctx.lex.role_at(ctx.tokens, t).is_none()
            && ctx.lex.title_at(ctx.tokens, t).is_none()
    };
    plain_word(next)
        && plain_word(next + 1)
        && !ctx.title_case(next)
        && !ctx.capital(next + 2)
        && (ctx.lex.is_function_word(ctx.word(next)) || is_common_word(ctx.word(next)))
        && ctx.lex.given(ctx.word(next)).is_none()
        && !ctx.lex.is_function_word(ctx.word(next + 1))
        && !ctx.lex.is_human_verb(ctx.word(next + 1))
        && gazetteer::longest(ctx, next).is_none()
}

/// "Jun-Jun Salonga", "Ting-Ting Reyes": where a name ends whose given name says one syllable twice, which may be a word
/// of grammar.
pub(super) fn twice_given(ctx: &Ctx<'_>, i: usize) -> Option<usize> {
    let twice = ctx.shape(i) == Shape::Capital
        && matches!(ctx.word(i + 1), "-" | "‑")
        && ctx.glued(i + 1)
        && ctx.glued(i + 2)
        && ctx.capital(i + 2)
        && ctx.word(i) == ctx.word(i + 2);
    (twice && ctx.shape(i + 3) == Shape::Capital && !ctx.lex.is_function_word(ctx.word(i + 3)))
        .then_some(i + 4)
}

/// "the Dam Safety (Amendment) Bill", "the Lands (Repeal) Act": where the name of a law ends that says in brackets what it
/// does to another. It is nobody's.
pub(super) fn law_end(ctx: &Ctx<'_>, i: usize) -> Option<usize> {
    /// Most words before the bracket.
    const LONGEST: usize = 7;
    let open = (i..=i + LONGEST).find(|&t| !ctx.capital(t))?;
    let bracket = open > i && ctx.word(open) == "(" && ctx.capital(open + 1);
    let close = || (open + 2..open + 6).find(|&t| ctx.word(t) == ")");
    let law = bracket.then(close).flatten()? + 1;
    (ctx.capital(law) && ctx.lex.is(WordSet::Law, ctx.word(law))).then_some(law + 1)
}

/// "the Commissioner for Information, Ngozi Aneke": what an office is for, and no place.
pub(super) fn is_portfolio_of(ctx: &Ctx<'_>, i: usize) -> bool {
    let Some(office) = i.checked_sub(2) else {
        return false;
    };
    let subject = ctx.lex.is(WordSet::Portfolio, ctx.word(i));
    let behind = match ctx.before(i) {
        "for" => subject || is_common_word(ctx.word(i)),
        "of" => subject,
        _ => false,
    };
    behind
        && ctx.shape(i) == Shape::Capital
        && !ctx.capital(i + 1)
        && !ctx.title_case(i)
        && ctx
            .lex
            .role_at(ctx.tokens, office)
            .is_some_and(|r| ctx.lex.roles[r.row].class == RoleClass::Office)
        && gazetteer::longest(ctx, i).is_none_or(|(_, hits)| hits.iter().all(|h| h.weak))
}

/// "AC Reggiana", "SC Halm": where the name of a club ends whose town no list has. The letters stand for much else, so
/// nothing but a name may stand behind them.
pub(super) fn lettered_firm(ctx: &Ctx<'_>, i: usize) -> Option<usize> {
    let town = i + 1;
    let word = ctx.word(town);
    let behind = town + 1;
    let name = !is_common_word(word)
        && ctx.lex.given(word).is_none()
        && ctx.lex.thing(word).is_none()
        && !ctx.lex.is_function_word(word)
        && !ctx.capital(behind)
        && ctx.kind(behind) != TokenKind::Number
        // "AC Grayling said", "AC Grayling, 70,": initials of somebody.
        && !ctx.lex.is_human_verb(ctx.word(behind))
        && !(ctx.word(behind) == "," && (ctx.kind(behind + 1) == TokenKind::Number || ctx.word(behind + 1) == "who"));
    let role = i > 0 && ctx.tokens.list[i - 1].tag.is_noun() && ctx.lex.role_at(ctx.tokens, i - 1).is_some();
    (name && !role && !ctx.title_case(i)).then_some(behind)
}

/// Where the name of a school or a hospital ends that begins with the saint at `name`: "Saint Louis High", "St. Agnes
/// College".
pub(super) fn saints_house(ctx: &Ctx<'_>, name: usize) -> Option<usize> {
    let end = run_end(ctx, name + 1);
    let house = end > name + 1 && end <= name + 4 && !ctx.title_case(name);
    let last = end - 1;
    (house && (is_school_word(ctx, last) || ctx.lex.thing(ctx.word(last)) == Some(ThingClass::Body)))
        .then_some(end)
}

/// Whether a title and a given name begin at `i` ("Justice Ida Rao").
pub(super) fn is_titled_person(ctx: &Ctx<'_>, i: usize) -> bool {
    ctx.lex.title_at(ctx.tokens, i).is_some_and(|t| {
        let name = i + t.len + usize::from(ctx.word(i + t.len) == ".");
        ctx.capital(name) && ctx.capital(name + 1) && ctx.lex.thing(ctx.word(name + 1)).is_none()
    })
}

/// "King’s College Hospital": where the name of a house ends that belongs to a crown.
pub(super) fn crown_house(ctx: &Ctx<'_>, i: usize) -> Option<usize> {
    let first = i + 2;
    let owned = matches!(ctx.word(i), "king" | "queen")
        && ctx.shape(i) == Shape::Capital
        && ctx.is_possessive(i + 1)
        && ctx.capital(first)
        && !ctx.title_case(i);
    if !owned {
        return None;
    }
    let end = run_end(ctx, first);
    (end <= first + 3 && ctx.lex.thing(ctx.word(end - 1)) == Some(ThingClass::Body)).then_some(end)
}

/// "St Mark’s High": an adjective that is short for a kind of school.
pub(super) fn is_school_word(ctx: &Ctx<'_>, t: usize) -> bool {
    matches!(ctx.word(t), "high" | "primary" | "prep") && ctx.shape(t) == Shape::Capital && !ctx.title_case(t)
}

#[cfg(test)]
mod tests {
    use crate::testing::check_article;

    #[test]
    fn a_title_makes_a_given_name_of_a_word_of_the_language() {
        check_article(
            r"
The council sacked the General Manager of the Roads Agency, Engr. Sunday Umo, on Monday. Umo wept.
//                     ^^^^^^^^^^^^^^^ person:Sunday Umo
//                                                                ^^^^^^^^^^ person:Sunday Umo
",
        );
    }

    #[test]
    fn a_syllable_said_twice_is_a_given_name() {
        check_article(
            r"
“We dug,” said fireman Jun-Jun Holm, 26. Holm dug.
//                     ^^^^^^^^^^^^ person:Jun-Jun Holm
",
        );
    }

    #[test]
    fn what_an_office_is_for_is_no_place_and_a_bill_is_nobody() {
        check_article(
            r"
The Commissioner for Information, Ada Umo, said the Reef Harbour (Amendment) Bill had lapsed.
//                   ^^^^^^^^^^^ no-mention
//                                ^^^^^^^ person:Ada Umo
//                                                  ^^^^^^^^^^^^ no-mention
",
        );
    }

    #[test]
    fn letters_before_an_unknown_town_make_a_club() {
        check_article(
            r"
Orsk play AC Vellina on Sunday. The thinker AC Brandt said so.
//        ^^^^^^^^^^ institution:AC Vellina
",
        );
    }

    #[test]
    fn a_bench_is_not_called_after_its_judge() {
        check_article(
            r"
A Bench of Justice Leela Rao and Justice Tom Khan met. The Philippine Red Cross needs tents.
//                 ^^^^^^^^^ person:Leela Rao
//                                                         ^^^^^^^^^^^^^^^^^^^^ institution:Philippine Red Cross
",
        );
    }

    #[test]
    fn a_hospital_belongs_to_the_crown() {
        check_article(
            r"
A nurse at King’s College Hospital said so.
//         ^^^^^^^^^^^^^^^^^^^^^^^ institution:King’s College Hospital
",
        );
    }

    #[test]
    fn a_school_is_called_after_a_saint() {
        check_article(
            r"
She slept at Saint Louis High. He went to St. Agnes College.
//           ^^^^^^^^^^^^^^^^ institution:Saint Louis High
//                                        ^^^^^^^^^^^^^^^^^ institution:St. Agnes College
",
        );
    }
}
