//! What stands around the names of firms, teams and journals, and around nobody else's: shares, staff, results, scores.

use std::ops::Range;

use crate::{
    base::word::TokenKind,
    semantic::{
        body_beside::is_apposed,
        mention::{Ctx, Cue, Cues},
        runs::run_end,
        wordsets::WordSet,
    },
    syntax::token::Shape,
};

/// Sets the cues of a name that no list has, by what only bodies have beside them.
pub(super) fn cues(ctx: &Ctx<'_>, name: &Range<usize>, cues: &mut Cues) {
    if has_shares(ctx, name)
        || reports_results(ctx, name.end)
        || is_joined(ctx, name)
        || buys_or_is_bought(ctx, name)
        || employs(ctx, name)
        || stands_beside_firm(ctx, name)
    {
        cues.set(Cue::Owner);
    }
    if !cues.has(Cue::Given) && is_apposed(ctx, name) {
        cues.set(Cue::BodyBefore);
        cues.clear(Cue::In);
        cues.clear(Cue::Locative);
    }
    if is_journal(ctx, name) {
        cues.set(Cue::BodyBefore);
        cues.clear(Cue::In);
        cues.clear(Cue::Locative);
    }
    let given = cues.has(Cue::Given) || name.len() > 2;
    if !given && (has_score(ctx, name) || signs_player(ctx, name.end)) {
        cues.set(Cue::Many);
    }
}

/// "Norvia employees", "Norvia employs", "shares in Norvia", "a subsidiary of Norvia".
fn has_shares(ctx: &Ctx<'_>, name: &Range<usize>) -> bool {
    let (first, next) = (name.start, name.end);
    let firm = |t: usize| {
        (ctx.shape(t) == Shape::Lower || ctx.starts.get(t).is_some_and(|s| *s))
            && ctx.lex.is(WordSet::FirmWord, ctx.word(t))
    };
    let noun = |t: usize| ctx.tokens.list.get(t).is_some_and(|t| t.tag.is_noun());
    let verb = |t: usize| ctx.tokens.list.get(t).is_some_and(|t| t.tag.is_finite());
    // "Reed shares a flat", "Reed employs a cook": only a noun, or the verb before a number.
    let behind = firm(next) && (noun(next) || verb(next) && ctx.kind(next + 1) == TokenKind::Number);
    // "a large share of Mormons"
    let of = || ctx.before(first) == "in" || ctx.before(first) == "of" && ctx.word(first - 2) != "share";
    let before = first >= 2 && of() && firm(first - 2) && noun(first - 2);
    behind || before
}

/// "Norvia reported a loss of three million", "Norvia announced 300 job cuts".
fn reports_results(ctx: &Ctx<'_>, verb: usize) -> bool {
    const REACH: usize = 5;
    matches!(
        ctx.word(verb),
        "reported" | "posted" | "announced" | "reports" | "posts" | "announces" | "forecast"
    ) && (verb + 1..verb + REACH)
        .take_while(|&t| ctx.shape(t) == Shape::Lower || ctx.kind(t) != TokenKind::Punct)
        .any(|t| ctx.lex.is(WordSet::FirmWord, ctx.word(t)))
}

/// "Joel Hedberg, chief economist at Norvia"
fn employs(ctx: &Ctx<'_>, name: &Range<usize>) -> bool {
    name.start >= 2
        && ctx.before(name.start) == "at"
        && ctx.shape(name.start - 2) == Shape::Lower
        && ctx.lex.is(WordSet::WorksAt, ctx.word(name.start - 2))
}

/// "Norvia and Vane Bank raised their rates": a name of one word beside one that a noun for a business ends.
fn stands_beside_firm(ctx: &Ctx<'_>, name: &Range<usize>) -> bool {
    let other = name.end + 1;
    if name.len() != 1 || ctx.word(name.end) != "and" {
        return false;
    }
    let end = run_end(ctx, other);
    (other + 2..other + 4).contains(&end)
        && !ctx.title_case(name.start)
        && ctx.lex.given(ctx.word(name.start)).is_none()
        && ctx.lex.title_at(ctx.tokens, other).is_none()
        && is_business(ctx, end - 1)
        && (other..end).all(|t| ctx.lex.given(ctx.word(t)).is_none())
}

/// Whether the noun at `t` ends the names of businesses.
pub(super) fn is_business(ctx: &Ctx<'_>, t: usize) -> bool {
    matches!(ctx.word(t), "bank" | "university" | "party" | "college")
        || ctx.lex.is(WordSet::Company, ctx.word(t))
}

/// "joined Norvia as its chief executive"
fn is_joined(ctx: &Ctx<'_>, name: &Range<usize>) -> bool {
    matches!(ctx.before(name.start), "joined" | "rejoined" | "joining")
        && ctx.word(name.end) == "as"
        && ctx.word(name.end + 1) == "its"
}

/// "Norvia to buy Halden for 4 million", "agreed to acquire Norvia", "the takeover of Norvia".
fn buys_or_is_bought(ctx: &Ctx<'_>, name: &Range<usize>) -> bool {
    let (first, next) = (name.start, name.end);
    let buys = |t: usize| matches!(ctx.word(t), "buy" | "acquire" | "merge");
    // "Holm to buy a flat": what is bought is a name.
    let buyer = |to: usize| {
        ctx.word(to) == "to" && buys(to + 1) && (ctx.capital(to + 2) || ctx.word(to + 2) == "with")
    };
    let agrees = matches!(
        ctx.word(next),
        "agreed" | "agrees" | "plans" | "offered" | "offers"
    );
    let back = |n: usize| first.checked_sub(n).map_or("", |t| ctx.word(t));
    let for_sum = ctx.word(next) == "for"
        && (ctx.kind(next + 1) == TokenKind::Number
            || matches!(ctx.word(next + 1), "$" | "€" | "£" | "about"));
    let taken = matches!(back(1), "of" | "for" | "with" | "in")
        && matches!(back(2), "takeover" | "acquisition" | "merger" | "subsidiary" | "stake")
        // "the acquisition of Holm from Marnock": a player.
        && ctx.word(next) != "from";
    let bought = matches!(back(1), "acquire" | "acquires" | "acquiring") || back(1) == "buy" && for_sum;
    // A player is bought for a sum too.
    buyer(next) || agrees && buyer(next + 1) || taken || bought && ctx.lex.given(ctx.word(first)).is_none()
}

/// "the study, published in Moss Letters": what studies are published in.
fn is_journal(ctx: &Ctx<'_>, name: &Range<usize>) -> bool {
    const REACH: usize = 14;
    let article = name.start - usize::from(ctx.before(name.start) == "the" && name.start > 0);
    // "published today in", "published on Monday in".
    let published = article.checked_sub(2).map(|last| {
        let near = (last.saturating_sub(2)..=last).rev();
        near.into_iter()
            .find(|&t| ctx.word(t) == "published")
            .unwrap_or(last)
    });
    ctx.before(article) == "in"
        && published.is_some_and(|t| {
            ctx.word(t) == "published"
                && (t.saturating_sub(REACH)..t)
                    .rev()
                    .take_while(|&t| ctx.starts.get(t + 1).is_some_and(|s| !*s))
                    .any(|t| {
                        matches!(
                            ctx.word(t),
                            "study" | "studies" | "research" | "findings" | "paper" | "analysis" | "results"
                        )
                    })
        })
}

/// "Marnock beat Halm 2-1": either side of a score.
fn has_score(ctx: &Ctx<'_>, name: &Range<usize>) -> bool {
    const REACH: usize = 4;
    let team = |t: usize| ctx.lex.is(WordSet::TeamVerb, ctx.word(t)) && ctx.shape(t) == Shape::Lower;
    let score = |t: usize| {
        let goals = |t: usize| ctx.kind(t) == TokenKind::Number && ctx.word(t).len() == 1;
        let dash = matches!(ctx.word(t + 1), "-" | "–" | "‑") && goals(t) && goals(t + 2);
        let one = ctx.word(t).split_once(['-', '–']).is_some_and(|(a, b)| {
            let digit = |s: &str| s.len() == 1 && s.bytes().all(|b| b.is_ascii_digit());
            digit(a) && digit(b)
        });
        // "6-4, 6-3" is the score of two people.
        let behind = t + if dash { 3 } else { 1 };
        let sets = matches!(ctx.word(behind), ",") && ctx.kind(behind + 1) == TokenKind::Number;
        (dash || one) && !sets
    };
    let before = name.start.saturating_sub(2)..name.start;
    let winner = team(name.end) && (name.end + 1..name.end + 2 + REACH).any(score);
    let loser = before.into_iter().any(team) && (name.end..name.end + 2).any(score);
    winner || loser
}

/// "Marnock signed the striker Tom Reed", "Marnock signed Tom Reed from Vane for five million".
fn signs_player(ctx: &Ctx<'_>, verb: usize) -> bool {
    const REACH: usize = 5;
    matches!(ctx.word(verb), "signed" | "sign" | "signs")
        && ctx.shape(verb) == Shape::Lower
        && ((verb + 1..verb + REACH).any(|t| ctx.lex.is(WordSet::TeamNoun, ctx.word(t)))
            || is_bought(ctx, verb + 1))
}

/// Whether the name at `t` has a club behind it that it comes from, and a sum: "Tom Reed from Vane for five million".
fn is_bought(ctx: &Ctx<'_>, t: usize) -> bool {
    let end = run_end(ctx, t);
    let club = run_end(ctx, end + 1);
    ctx.word(end) == "from" && club > end + 1 && matches!(ctx.word(club), "for" | "on")
}

#[cfg(test)]
mod tests {
    use crate::testing::check_article;

    #[test]
    fn a_name_beside_a_bank_is_a_firm_of_its_own() {
        check_article(
            r"
Norvia and Vellen Bank raised their rates, said Joel Holm, chief economist at Brandia.
//@0-6 institution:Norvia
//         ^^^^^^^^^^^ institution:Vellen Bank
//                                                                            ^^^^^^^ institution:Brandia
",
        );
    }
}
