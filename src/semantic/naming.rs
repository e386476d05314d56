//! More of what marks hold when nobody said it: terms, labels and foreign words, names of things in apposition and
//! before a noun, nicknames, titles of laws, headings.

use crate::{
    base::word::TokenKind,
    semantic::{
        article::AsideKind,
        aside::{all_title_case, ends_with_comma, is_title_case},
        cue::{self, Classes},
        lexicon::{self, ThingClass},
        surroundings::Surroundings,
        wordsets::WordSet,
    },
    syntax::{
        tag::{Tag, is_common_word},
        token::Shape,
    },
};

/// Most words of a title under which something appears.
const MAX_HEADING: usize = 16;

/// Most words of a term that is no more than mentioned.
const MAX_TERM: usize = 4;

/// How far behind the marks the noun stands that says what has the name: "“…”, a small charity in Ghent".
const BODY_REACH: usize = 6;

/// A word or name that is meant as such: a label, a value on a scale, what letters stand for, a foreign word.
pub(super) fn termed(at: &Surroundings<'_>) -> Option<AsideKind> {
    if at.region.words > MAX_TERM {
        return None;
    }
    let term = Some(AsideKind::Term);
    // "the “so-called nodules”": the marks take the writer's distance in.
    if at.first() == "so" && at.inner(2) == "called" || at.first() == "socalled" {
        return Some(AsideKind::Scare);
    }
    let lower = !is_title_case(at.local, at.region);
    let comma = ends_with_comma(at.local, at.region);
    // "a vote against Brexit (“British exit”)"
    if at.before(1) == "(" && at.behind(0) == ")" && !comma {
        return term;
    }
    // "a “sell” rating", "the “yes” campaign"
    let label = cue::classes(at.behind(0)).has(Classes::LABELLED) && at.region.words <= 2 && !comma;
    let judged = (2..=4).any(|n| cue::verb(at.before(n)).is_some_and(|v| v.classes.has(Classes::CALL)));
    if label && !judged && (lower || at.region.words == 1) {
        return term;
    }
    // "cut his rating to “sell”"
    let scale = matches!(at.before(1), "to" | "from" | "of" | "at" | "as")
        && matches!(
            at.before(2),
            "rating" | "recommendation" | "grade" | "ranking" | "category"
        );
    if scale && at.region.words <= 2 && at.behind(0) != "by" {
        return term;
    }
    // "“COVI” represents the coronavirus", "“D” is for “disease”"
    let starts = at.back(1).is_none() || matches!(at.before(1), "," | "and" | "while" | "reportedly");
    let stands = match at.behind(0) {
        "represents" | "represented" | "denotes" | "denoted" | "signifies" => true,
        "is" | "stands" | "stood" => at.behind(1) == "for",
        "refers" | "referred" => at.behind(1) == "to",
        _ => false,
    };
    if starts && stands && !comma && at.region.words <= 3 {
        return term;
    }
    let stood = at.before(1) == "for"
        && (matches!(at.before(2), "stands" | "stood" | "standing")
            || cue::classes(at.before(2)).has(Classes::BE) && at.is_mark(3));
    if stood && at.region.words <= 3 {
        return term;
    }
    // "held for three days as “evidence”"
    if at.before(1) == "as" && lower && at.region.words <= 2 && at.behind(0) != "by" && at.filed_as() {
        return term;
    }
    // "a pattern called a “glider”": what cannot speak is called so.
    let k = 1 + usize::from(matches!(at.before(1), "a" | "an" | "the"));
    let thing = matches!(at.tag_before(k + 1), Tag::Noun | Tag::NounPl)
        && !at.is_role(at.before(k + 1))
        && !cue::classes(at.before(k + 1)).has(Classes::BODY.and(Classes::DOCUMENT));
    let described = matches!(at.tag_before(k + 2), Tag::Det | Tag::Adj | Tag::Noun);
    if lower && matches!(at.before(k), "called" | "termed" | "dubbed") && thing && described {
        return term;
    }
    // "a walk outside the ship, or “spacewalk”, …"
    let closed = comma || matches!(at.behind(0), "," | "." | ")" | ";");
    if lower && at.before(1) == "or" && matches!(at.before(2), "," | ")") && closed && at.region.words <= 2 {
        return term;
    }
    foreign(at).then_some(AsideKind::Term)
}

/// Whether the words are small and none is a word of English, and they describe a noun or are explained right behind:
/// "a ‘suo motu’ statement", "a “panchayat” (village council)".
fn foreign(at: &Surroundings<'_>) -> bool {
    let mut words = at.words();
    let unknown = words.all(|i| {
        let word = at.local.tokens.fold(i);
        at.local.tokens.list[i].shape == Shape::Lower && word.len() > 2 && !is_common_word(word)
    });
    let noun = matches!(at.tag_behind(0), Tag::Noun | Tag::NounPl);
    let explained = matches!(at.behind(0), "(" | "—" | "–");
    let determined = matches!(at.tag_before(1), Tag::Det | Tag::Adj) || at.before(1) == "of";
    // A single word may only be rare: "an “iconic” leader".
    let several = at.region.words >= 2 && noun;
    unknown && determined && (several || explained) && !ends_with_comma(at.local, at.region)
}

/// A name that something or somebody goes by, told by what stands beside the marks rather than by a verb.
pub(super) fn beside(at: &Surroundings<'_>) -> Option<AsideKind> {
    let words = at.region.words;
    let capitals = is_title_case(at.local, at.region);
    let comma = ends_with_comma(at.local, at.region);
    // "published under the title “…”", "a letter with the heading “…”"
    if matches!(at.before(1), "title" | "heading" | "subtitle") && words <= MAX_HEADING {
        let below = (2..=4).any(|n| matches!(at.before(n), "under" | "with" | "has" | "had" | "the"));
        return below.then_some(AsideKind::Title);
    }
    // "the “Inland Ports Act 2019”", "the case “Roy v. Haven”"
    if capitals && words >= 2 && is_law(at) && !matches!(at.before(1), "," | ":") {
        return Some(AsideKind::Title);
    }
    if words > MAX_TERM {
        return None;
    }
    // "set puzzles under the name “Heron”", "wrote under the pseudonym ‘Heron’"
    if lexicon::english().is(WordSet::NameNoun, at.before(1)) {
        let under = (2..=5).any(|n| matches!(at.before(n), "under" | "by" | "as" | "using"));
        return match (capitals, under, at.before(1)) {
            (true, true, _) | (true, _, "pseudonym" | "alias" | "nickname" | "moniker" | "handle") => {
                Some(AsideKind::Nickname)
            }
            (true, ..) => Some(AsideKind::Name),
            _ => Some(AsideKind::Term),
        };
    }
    if !capitals {
        return None;
    }
    // "Born “Harry” to a sailor"
    if at.before(1) == "born" {
        return Some(AsideKind::Name);
    }
    // "a director christened her “La Caduta”"
    let object = cue::classes(at.before(1)).has(Classes::OBJECT.and(Classes::POSSESSIVE));
    if object && matches!(at.before(2), "christened" | "baptised" | "baptized") {
        return Some(AsideKind::Nickname);
    }
    // "‘Heron’ Brandt drags the Rovers on"
    let name = at.forth(0).is_some_and(|i| {
        let surname = at.local.tokens.list[i].shape == Shape::Capital;
        surname && !is_common_word(at.local.tokens.fold(i)) && !comma
    });
    if at.back(1).is_none() && name && words <= 2 && !at.is_role(at.last_word()) {
        return Some(AsideKind::Nickname);
    }
    let owner = at
        .back(1)
        .is_some_and(|i| at.local.tokens.list[i].kind == TokenKind::Possessive);
    // "Paraguay’s ‘Iron Notary’ loses her pen"
    let determined = owner || matches!(at.before(1), "the" | "a");
    if determined && words >= 2 && at.is_role(at.last_word()) && !at.tag_behind(0).is_noun() {
        return Some(AsideKind::Nickname);
    }
    // "The “SunLift” pump", but "The “Heron Lake” star"
    let noun = matches!(at.tag_behind(0), Tag::Noun | Tag::NounPl) && !comma;
    if determined && noun && !is_of_works(at) && all_title_case(at.local, at.region) && !at.is_judged() {
        return Some(AsideKind::Name);
    }
    // "The “Sea Swallow,” which began sailing in May"
    if determined && comma && matches!(at.behind(0), "which" | "who") && !at.is_judged() {
        return Some(if at.behind(0) == "who" {
            AsideKind::Nickname
        } else {
            AsideKind::Name
        });
    }
    // "The product, “Cloud”, was", "the hitman, “Tiny”,"
    let closed = at.behind(0) == "," || comma && at.behind(0) != ",";
    if at.before(1) == "," && closed && matches!(at.tag_before(2), Tag::Noun) {
        let word = at.before(2);
        let work = cue::classes(word).has(
            Classes::TITLE
                .and(Classes::DOCUMENT)
                .and(Classes::CUE_NOUN_DOCUMENT),
        );
        let article = (3..=5).any(|n| matches!(at.before(n), "the" | "a" | "an" | "its" | "new" | "their"));
        if article && !work && !at.is_speech_noun(word) {
            let human = at.is_role(word);
            return Some(if human {
                AsideKind::Nickname
            } else {
                AsideKind::Name
            });
        }
    }
    // "Ines Varga of “Have No Fear”, a charity"
    let placed = matches!(at.before(1), "of" | "at" | "from" | "with" | "by" | "for");
    let apposed = at.behind(0) == "," && matches!(at.behind(1), "a" | "an" | "the");
    let body = || {
        let mut near = (2..BODY_REACH).take_while(|n| !at.tag_behind(*n).is_finite());
        near.any(|n| {
            let word = at.behind(n);
            cue::classes(word).has(Classes::BODY)
                || matches!(
                    lexicon::english().thing(word),
                    Some(ThingClass::Body | ThingClass::Spot)
                )
        })
    };
    (placed && apposed && body()).then_some(AsideKind::Name)
}

/// Whether the words name a law or a case.
pub(super) fn is_law(at: &Surroundings<'_>) -> bool {
    at.words().any(|i| {
        let law = lexicon::english().is(WordSet::Law, at.local.tokens.fold(i));
        let capital = at.local.tokens.list[i].shape == Shape::Capital;
        law && capital || matches!(at.local.tokens.fold(i), "vs" | "v")
    })
}

/// Whether the noun behind the marks is of those who make works or of the works themselves.
fn is_of_works(at: &Surroundings<'_>) -> bool {
    let word = at.behind(0);
    let singular = word.strip_suffix('s').unwrap_or(word);
    cue::classes(word).has(Classes::TITLE)
        || cue::classes(singular).has(Classes::TITLE)
        || at.is_role(word)
        || at.is_role(singular)
        || cue::classes(singular).has(Classes::OF_WORKS)
}
