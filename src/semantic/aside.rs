//! Quoted pieces that nobody is said to have spoken: titles of works, terms, nicknames, names, scare quotes.

use crate::{
    base::{span::DocSpan, word::TokenKind},
    semantic::{
        article::{Aside, AsideKind, Evidence},
        cue::{self, Classes},
        doc::Doc,
        line::Region,
        local::Local,
        speech::Sentence,
    },
    syntax::{block::Zone, tag::Tag, token::Shape},
};

/// What a region is, if it is no speech. `full` says that its words form a sentence.
pub(super) fn classify(
    doc: &Doc<'_>,
    b: usize,
    sentence: &Sentence,
    region: &Region,
    full: bool,
) -> Option<Aside> {
    let (block, local) = doc.block(b);
    let make = |kind, reason: &str| {
        Some(Aside {
            span: block.to_doc(region.span),
            kind,
            evidence: Evidence {
                reason: reason.to_owned(),
                at: Some(block.to_doc(region.span)),
            },
        })
    };
    let tokens = &local.tokens;
    let before = |n: usize| {
        region
            .tokens
            .start
            .checked_sub(n)
            .filter(|i| *i >= sentence.tokens.start)
    };
    let word = |i: Option<usize>| i.map_or("", |i| tokens.fold(i));
    let previous = word(before(1));
    let comma_inside = ends_with_comma(local, region);
    if block.zone == Zone::Crosshead && !full {
        return make(
            AsideKind::Slogan,
            "a crosshead's marks do not quote unless the text below has the words",
        );
    }
    // "Paul “Red” Okoro".
    let after = region.tokens.end;
    let propn = |i: usize| {
        tokens
            .list
            .get(i)
            .is_some_and(|t| t.tag == Tag::Propn && t.shape != Shape::Lower)
    };
    if region.words <= 3 && before(1).is_some_and(propn) && propn(after) && !comma_inside {
        return make(AsideKind::Nickname, "it stands between the parts of a name");
    }
    let previous_class = cue::classes(previous);
    if matches!(previous, "so-called" | "called") && word(before(2)) == "-"
        || previous == "called" && word(before(3)) == "so"
        || previous == "socalled"
    {
        return make(AsideKind::Scare, "“so-called” keeps its distance from the word");
    }
    if previous_class.has(Classes::TERM)
        && !previous_class.has(Classes::TITLE)
        && region.words <= 6
        && !matches!(previous, "words" | "called")
    {
        return make(
            AsideKind::Term,
            "the word before it says that a word or name is meant",
        );
    }
    let title_case = is_title_case(local, region);
    if title_case && region.words <= 12 && !comma_inside {
        let near = (1..=4).filter_map(before).map(|i| tokens.fold(i));
        for w in near {
            let class = cue::classes(w);
            if class.has(Classes::TITLE) {
                return make(
                    AsideKind::Title,
                    "capital letters, and a word for a work before it",
                );
            }
            if class.has(Classes::OPERATION) {
                return make(
                    AsideKind::Name,
                    "capital letters, and a word for an operation before it",
                );
            }
        }
        let possessive = before(1).is_some_and(|i| tokens.list[i].kind == TokenKind::Possessive);
        let of = matches!(
            previous,
            "of" | "in" | "on" | "and" | "the" | "her" | "his" | "their"
        ) || possessive;
        if of && region.words >= 2 && all_title_case(local, region) {
            return make(
                AsideKind::Title,
                "capital letters throughout, as in the title of a work",
            );
        }
    }
    None
}

/// A short piece between marks that nobody spoke.
pub(super) fn scare(span: DocSpan) -> Aside {
    Aside {
        span,
        kind: AsideKind::Scare,
        evidence: Evidence {
            reason: "a few words in marks that no sentence around them gives to a speaker".to_owned(),
            at: Some(span),
        },
    }
}

fn ends_with_comma(local: &Local, region: &Region) -> bool {
    local
        .tokens
        .inside(region.inner)
        .next_back()
        .is_some_and(|i| matches!(local.tokens.fold(i), "," | "." | "?" | "!"))
}

/// Whether first and last words and most others are capitalized.
fn is_title_case(local: &Local, region: &Region) -> bool {
    let words: Vec<usize> = local
        .tokens
        .inside(region.inner)
        .filter(|i| local.tokens.list[*i].kind == TokenKind::Word)
        .collect();
    let capital = |i: &usize| {
        matches!(
            local.tokens.list[*i].shape,
            Shape::Capital | Shape::AllCaps | Shape::Initial
        )
    };
    match (words.first(), words.last()) {
        (Some(first), Some(last)) => {
            capital(first)
                && (words.len() == 1 || capital(last))
                && words.iter().filter(|i| capital(i)).count() * 2 >= words.len()
        }
        _ => false,
    }
}

/// Whether all words but articles, prepositions and conjunctions are capitalized.
fn all_title_case(local: &Local, region: &Region) -> bool {
    local
        .tokens
        .inside(region.inner)
        .filter(|i| local.tokens.list[*i].kind == TokenKind::Word)
        .all(|i| {
            local.tokens.list[i].shape != Shape::Lower
                || matches!(
                    local.tokens.list[i].tag,
                    Tag::Adp | Tag::Det | Tag::Cconj | Tag::Sconj | Tag::Part
                )
                || tokens_short(local, i)
        })
}

fn tokens_short(local: &Local, i: usize) -> bool {
    local.tokens.fold(i).len() <= 3
}
