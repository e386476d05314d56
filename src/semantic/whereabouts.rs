//! Places that no list has, told by how reports say where somebody is from and where something happened.

use std::ops::Range;

use crate::{
    base::word::TokenKind,
    kb::Kind,
    semantic::{
        gazetteer,
        mention::{Ctx, Cue, Cues},
        wordsets::WordSet,
    },
    syntax::token::Shape,
};

/// Most words of such a name.
const LONGEST: usize = 3;

/// Sets the cues of a place on a name that no list has.
pub(super) fn cues(ctx: &Ctx<'_>, name: &Range<usize>, cues: &mut Cues) {
    if name.len() > LONGEST || ctx.shape(name.start) != Shape::Capital || cues.has(Cue::BodyNoun) {
        return;
    }
    let given = cues.has(Cue::Given);
    let found = is_home(ctx, name) || lies_somewhere(ctx, name) || owns_as_land(ctx, name);
    if !given && found || opens_report(ctx, name) {
        cues.set(Cue::SpotBefore);
        cues.set(Cue::Locative);
        cues.set(Cue::In);
    }
}

/// "Tom Reed, 34, of Halm", "Tom Reed (34) of Halm", "a boy from Halm", "a Republican from Halm".
fn is_home(ctx: &Ctx<'_>, name: &Range<usize>) -> bool {
    let Some(before) = name.start.checked_sub(3) else {
        return false;
    };
    let mark = ctx.word(before + 1);
    match ctx.word(before + 2) {
        "of" => {
            let age = ctx.kind(before) == TokenKind::Number && ctx.word(before).len() <= 2;
            age && matches!(mark, "," | ")") && matches!(ctx.word(name.end), "," | "." | "and" | ";" | "")
        }
        // "Tom Reed, of Mill Lane, Halm,"
        "," => {
            matches!(ctx.word(name.end), "," | ".")
                && ctx.capital(before)
                && ctx.capital(before + 1)
                && ctx.lex.is(WordSet::StreetNoun, mark)
        }
        "from" => {
            ctx.lex.is_any([WordSet::PlainPerson, WordSet::FromPlace], mark)
                || ctx.lex.is(WordSet::PartyWord, mark)
        }
        _ => false,
    }
}

/// "a winch failed at Wexcombe, on the coast", "two blocks of Theni, near the border".
fn lies_somewhere(ctx: &Ctx<'_>, name: &Range<usize>) -> bool {
    matches!(ctx.before(name.start), "at" | "of")
        && ctx.word(name.end) == ","
        && matches!(
            ctx.word(name.end + 1),
            "on" | "near" | "in" | "outside" | "north" | "south" | "east" | "west"
        )
}

/// "Ostia’s central bank", "Ostia’s economy": a country that no list has.
fn owns_as_land(ctx: &Ctx<'_>, name: &Range<usize>) -> bool {
    let thing = name.end + 1;
    let central = usize::from(ctx.word(thing) == "central");
    ctx.is_possessive(name.end)
        && name.len() == 1
        && ctx.shape(thing + central) == Shape::Lower
        && ctx.lex.is(WordSet::LandOwned, ctx.word(thing + central))
        && (central == 1 || ctx.word(thing) != "bank")
}

/// "Funchal, Portugal (AFP) -", "Nuwara Eliya, Sri Lanka –": the town that opens a report.
fn opens_report(ctx: &Ctx<'_>, name: &Range<usize>) -> bool {
    let land = name.end + 1;
    if name.start != 0 || ctx.word(name.end) != "," || !ctx.capital(land) {
        return false;
    }
    let Some((len, lands)) = gazetteer::longest(ctx, land) else {
        return false;
    };
    let place = lands
        .iter()
        .any(|h| matches!(h.kind, Kind::Country | Kind::Place));
    let dash = |t: usize| matches!(ctx.word(t), "-" | "–" | "—" | "--") && !ctx.glued(t);
    let behind = land + len;
    let agency =
        || ctx.word(behind) == "(" && (behind + 2..behind + 6).any(|t| ctx.word(t) == ")" && dash(t + 1));
    place && (dash(behind) || agency())
}
