//! What stands on a sign: "a banner reading “…”", "“…” read a sign", "“…” hats", "jars labelled “…”".

use crate::{
    base::word::TokenKind,
    semantic::{
        article::AsideKind,
        aside::{ends_with_comma, is_title_case},
        cue::{self, Classes},
        lexicon,
        surroundings::Surroundings,
        wordsets::WordSet,
    },
    syntax::tag::Tag,
};

/// Most words on a sign.
const MAX_INSCRIPTION: usize = 25;

/// Most words of a sign that is told by the noun beside it alone.
const MAX_SHORT: usize = 8;

/// How far behind the marks a word says that they hold a motto, in tokens.
const MOTTO_REACH: usize = 9;

/// How far before the verb the sign stands, in tokens: "A sign at the top of the steps now reads".
const SIGN_REACH: usize = 9;

/// What the marks hold if it is written on something: an inscription, a motto over a door, the name on a label.
pub(super) fn inscribed(at: &Surroundings<'_>) -> Option<AsideKind> {
    if at.region.words > MAX_INSCRIPTION {
        return None;
    }
    if matches!(at.behind(0), "label" | "labels") && at.can_be_name() {
        return Some(AsideKind::Name).filter(|_| is_title_case(at.local, at.region));
    }
    if is_before_sign(at) {
        return Some(AsideKind::Inscription);
    }
    let (n, words) = before_words(at);
    if words && let Some(kind) = worded(at, n) {
        return Some(kind);
    }
    let found = Some(AsideKind::Inscription);
    if is_one_of_signs(at, n) || is_read_by_thing(at, n) || is_behind_colon(at) {
        return found;
    }
    let verb = at.before(n);
    if is(WordSet::SignMade, verb) {
        return found;
    }
    if matches!(verb, "labelled" | "labeled" | "marked") {
        let noun = matches!(at.tag_before(n + 1), Tag::Noun | Tag::NounPl);
        let short = verb == "marked" && at.region.words <= 2;
        let named = short || is_title_case(at.local, at.region);
        return found.filter(|_| noun && named && at.behind(0) != "by");
    }
    found.filter(|_| is_read_from_sign(at, n))
}

fn is(set: WordSet, word: &str) -> bool {
    lexicon::english().is(set, word)
}

/// Whether a word is one for a thing that is written on.
fn is_sign(word: &str) -> bool {
    cue::classes(word).has(Classes::INSCRIBED)
}

/// "“Halm First” hats", "“Bread and peace” reads a poster".
fn is_before_sign(at: &Surroundings<'_>) -> bool {
    if is_sign(at.behind(0)) && at.region.words <= MAX_SHORT && !cue::classes(at.behind(1)).has(Classes::BE) {
        return true;
    }
    // "“…,” declares a poster" is written like speech, with the poster for a speaker.
    let verb = at.behind(0);
    if !is(WordSet::SignVerb, verb) || verb != "read" && ends_with_comma(at.local, at.region) {
        return false;
    }
    for n in 1..6 {
        let (word, tag) = (at.behind(n), at.tag_behind(n));
        if is_sign(word) && tag != Tag::VerbPast {
            return true;
        }
        // Nothing but what describes the sign stands before it.
        let described = tag.is_noun() || matches!(tag, Tag::Det | Tag::Adj | Tag::Num) || tag.is_verb();
        if word != "-" && (!described || n > 1 && tag == Tag::Det) {
            return false;
        }
    }
    false
}

/// How many tokens before the marks the verb stands, and whether "the words" stand between them: "bearing the words “…”".
fn before_words(at: &Surroundings<'_>) -> (usize, bool) {
    let mut n = 1 + usize::from(matches!(at.before(1), ":" | ","));
    let words = is(WordSet::SignWords, at.before(n));
    if words {
        n += 1;
        n += usize::from(at.before(n) == "the");
        n += usize::from(at.before(n) == "with");
    }
    (n, words)
}

/// Behind "the words", whose verb or noun stands `n` before the marks.
fn worded(at: &Surroundings<'_>, n: usize) -> Option<AsideKind> {
    let verb = at.before(n);
    let found = Some(AsideKind::Inscription);
    // "stickers with the words “…”"
    if is_sign(verb) {
        return found;
    }
    // "hangs in the hall under the words “…”, which are the firm's motto"
    if matches!(verb, "under" | "beneath" | "above" | "below" | "over") {
        let motto = (0..MOTTO_REACH).any(|k| cue::classes(at.behind(k)).has(Classes::SLOGAN));
        return if motto { Some(AsideKind::Slogan) } else { found };
    }
    // "a bus bearing his portrait and the legend “…”"
    let bears = |k: usize| is(WordSet::SignBears, at.before(k));
    let both = at.before(n - 1) == "the" && verb == "and" && (n + 1..n + 6).any(bears);
    // "someone has sprayed the words “…” on a wall"
    found.filter(|_| both || is(WordSet::SignWritten, verb))
}

/// "The first reads “…”" of signs that the sentence before tells of.
fn is_one_of_signs(at: &Surroundings<'_>, n: usize) -> bool {
    let ordinal = matches!(
        at.before(n + 1),
        "first" | "second" | "third" | "fourth" | "last" | "other" | "another" | "one"
    );
    matches!(at.before(n), "read" | "reads") && ordinal && at.back(n + 3).is_none()
}

/// "a bedsheet reading “…”": no person.
fn is_read_by_thing(at: &Surroundings<'_>, n: usize) -> bool {
    let thing = matches!(at.tag_before(n + 1), Tag::Noun) && !at.is_role(at.before(n + 1));
    at.before(n) == "reading" && thing && at.region.words <= MAX_SHORT
}

/// "Colleagues remember a sign on her door: “…”"
fn is_behind_colon(at: &Surroundings<'_>) -> bool {
    at.before(1) == ":"
        && (2..SIGN_REACH)
            .take_while(|k| at.back(*k).is_some())
            .take_while(|k| !at.tag_before(*k).is_finite() && !matches!(at.before(*k), "," | ":"))
            .any(|k| is_sign(at.before(k)))
}

/// "A sign at the top of the steps now reads “…”", "a banner proclaiming “…”": whether the subject of the verb that
/// stands `n` before the marks is a sign.
fn is_read_from_sign(at: &Surroundings<'_>, n: usize) -> bool {
    let verb = at.before(n);
    let participle = is(WordSet::SignReading, verb);
    let reads = matches!(verb, "read" | "reads" | "bears" | "bore" | "carries");
    if !(participle || reads || is(WordSet::SignVerb, verb)) {
        return false;
    }
    let linked = matches!(at.before(n + 1), "that" | "which");
    for k in n + 1..n + SIGN_REACH {
        let (word, tag) = (at.before(k), at.tag_before(k));
        if word == "," || at.back(k).is_none() {
            return false;
        }
        if is_sign(word) && !matches!(tag, Tag::VerbPast | Tag::VerbBase) {
            let owner = at
                .back(k - 1)
                .is_some_and(|i| at.local.tokens.list[i].kind == TokenKind::Possessive);
            return !owner && (participle || reads || linked || !is_held(at, k));
        }
        let other_verb = tag.is_finite() && k > n + 1;
        if other_verb || cue::classes(word).has(Classes::PERSONAL) {
            return false;
        }
    }
    false
}

/// "A man with a sign said “…”": whether somebody holds the sign that stands `k` before the marks, who then speaks.
fn is_held(at: &Surroundings<'_>, k: usize) -> bool {
    (k + 1..k + 5)
        .take_while(|j| at.back(*j).is_some())
        .take_while(|j| {
            matches!(
                at.tag_before(*j),
                Tag::Det | Tag::Adj | Tag::Num | Tag::Noun | Tag::Adp | Tag::VerbIng
            ) || at.before(*j) == "-"
        })
        .any(|j| matches!(at.tag_before(j), Tag::VerbIng | Tag::Adp))
}
