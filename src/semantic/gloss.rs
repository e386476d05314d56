//! Quoted words that say what a term means, or that name a program or something like it.

use crate::{
    base::word::TokenKind,
    semantic::{
        article::AsideKind,
        aside::{all_title_case, ends_with_comma},
        cue::{self, Classes, Form},
        lexicon,
        report::is_sentence,
        surroundings::{MAX_NAME, Surroundings},
        wordsets::WordSet,
    },
    syntax::tag::Tag,
};

/// The meaning of a word: "Latin for “…”", "which means “…”", "translates as “…”", "short for “…”".
pub(super) fn gloss(at: &Surroundings<'_>) -> Option<AsideKind> {
    let found = Some(AsideKind::Term);
    match at.before(1) {
        "for" => {
            let short = lexicon::english().is(WordSet::ShortFor, at.before(2));
            // "(Arabic for “…”)", ", Latin for “…”"
            let language = at.tag_before(2) == Tag::Propn
                && matches!(at.before(3), "(" | "," | "is" | "was" | "–" | "—");
            found.filter(|_| short || language)
        }
        "means" | "meaning" => {
            let spoken = cue::classes(at.before(2)).has(Classes::PERSONAL) && at.before(2) != "it";
            let judgment = cue::classes(at.first()).has(Classes::PERSONAL);
            found.filter(|_| !spoken && !judgment && at.region.words <= 12)
        }
        "literally" => found,
        "as" | "to" => found
            .filter(|_| (2..=3).any(|n| matches!(at.before(n), "translates" | "translated" | "translating"))),
        _ => None,
    }
}

/// "— “Hall to close in May,” by the Herald’s Ana Reyes: “…”", "…: http://…": a piece that a newsletter tells of by its
/// headline and by who wrote it, whatever stands in the headline.
pub(super) fn linked(at: &Surroundings<'_>) -> Option<AsideKind> {
    const MAX_BYLINE: usize = 8;
    let opens = at.back(1).is_none() || matches!(at.before(1), "—" | "–" | "-" | "•" | "*");
    if !opens || at.behind(0) != "by" || !ends_with_comma(at.local, at.region) {
        return None;
    }
    let address = |word: &str| word.starts_with("http") || word.starts_with("www.");
    let end = (1..MAX_BYLINE).find(|n| at.behind(*n) == ":" || address(at.behind(*n)))?;
    let named = |n: usize| {
        let kind = at.forth(n).map(|i| at.local.tokens.kind(i));
        // "Times’ Ben Ortega"
        let owner = kind == Some(TokenKind::Possessive) || matches!(at.behind(n), "’" | "'");
        owner || matches!(at.tag_behind(n), Tag::Propn | Tag::Det)
    };
    (end > 1 && (1..end).all(named)).then_some(AsideKind::Title)
}

/// A program or a name in capitals that belongs to somebody, that something is on or in, or that says which one a
/// noun means: "NBC’s “Meet the Press”", "on “Morning Joe”", "the “Avatar” star".
pub(super) fn program(at: &Surroundings<'_>) -> Option<AsideKind> {
    let region = at.region;
    let spoken = cue::classes(at.first()).has(Classes::PERSONAL.and(Classes::CONTRACTION));
    if region.words > 8 || spoken || !all_title_case(at.local, region) || is_full(at) {
        return None;
    }
    let found = Some(AsideKind::Title);
    let performed = lexicon::english().is(WordSet::Perform, at.before(1));
    if performed {
        return found;
    }
    // "“The Bee Sonata” by Ines Varga is published in May."
    if at.back(1).is_none()
        && at.behind(0) == "by"
        && at.tag_behind(1) == Tag::Propn
        && region.words >= 2
        && !ends_with_comma(at.local, region)
    {
        return found;
    }
    let owner = at
        .back(1)
        .is_some_and(|i| at.local.tokens.list[i].kind == TokenKind::Possessive)
        && at.tag_before(2) == Tag::Propn;
    if owner && (region.words >= 2 || ends_with_comma(at.local, region)) {
        return found;
    }
    let placed = matches!(at.before(1), "on" | "in" | "with" | "from" | "of");
    if placed && region.words >= 2 {
        return found;
    }
    let noun = matches!(at.tag_behind(0), Tag::Noun | Tag::NounPl) && !ends_with_comma(at.local, region);
    let reported = cue::verb(at.before(1)).is_some()
        || (2..=4).any(|n| cue::verb(at.before(n)).is_some_and(|v| v.classes.has(Classes::CALL)))
        || cue::verb(at.behind(0)).is_some_and(|v| v.form == Form::Past);
    let article = matches!(at.before(1), "the" | "a" | "an") || at.back(1).is_none();
    found.filter(|_| noun && article && !reported && region.words <= MAX_NAME)
}

/// Whether the words make a sentence, as a slogan's or a speaker's do.
pub(super) fn is_full(at: &Surroundings<'_>) -> bool {
    let asks = at
        .local
        .tokens
        .inside(at.region.inner)
        .next_back()
        .is_some_and(|i| matches!(at.local.tokens.fold(i), "?" | "!"));
    asks || is_sentence(at.local, at.region) && at.region.words > 5
}
