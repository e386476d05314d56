//! What the words around a pair of marks say it holds when nobody said it: a motto, or a name that something goes by.
//! What stands on a sign is in [`inscription`](super::inscription), the meaning of a word in [`gloss`](super::gloss).

use crate::{
    base::word::TokenKind,
    semantic::{
        article::AsideKind,
        aside::{all_title_case, ends_with_comma, is_title_case},
        cue::{self, Classes},
        lexicon,
        line::Region,
        local::Local,
        naming,
        wordsets::WordSet,
    },
    syntax::{tag::Tag, token::Shape},
};

/// A region in its sentence.
pub(super) struct Surroundings<'a> {
    pub(super) local: &'a Local,
    pub(super) region: &'a Region,
    /// The first token of its sentence.
    floor: usize,
    /// One past the last.
    ceiling: usize,
}

/// Most words of a name, a term or a motto.
pub(super) const MAX_NAME: usize = 5;

/// Most words of a motto behind the word for it.
const MAX_MOTTO: usize = 25;

/// Most words of a song that is sung in a line of news.
const MAX_SONG: usize = 14;

/// How far before the marks the noun stands that they name, in tokens.
const NAMED_REACH: usize = 9;

/// How far before "as" the verb stands, in tokens: "known to generations of students as".
const AS_REACH: usize = 8;

impl<'a> Surroundings<'a> {
    pub(super) fn new(local: &'a Local, region: &'a Region) -> Self {
        let sentence = local.sentences.get(local.sentence_of(region.tokens.start));
        let last = local
            .sentences
            .get(local.sentence_of(region.tokens.end.saturating_sub(1)));
        Self {
            local,
            region,
            floor: sentence.map_or(0, |s| s.start),
            ceiling: last.map_or(region.tokens.end, |s| s.end.max(region.tokens.end)),
        }
    }

    /// The token `n` before the region, in its sentence.
    pub(super) fn back(&self, n: usize) -> Option<usize> {
        self.region
            .tokens
            .start
            .checked_sub(n)
            .filter(|i| *i >= self.floor)
    }

    pub(super) fn before(&self, n: usize) -> &'a str {
        self.back(n).map_or("", |i| self.local.tokens.fold(i))
    }

    /// The token `n` behind the region, counted from 0.
    pub(super) fn forth(&self, n: usize) -> Option<usize> {
        Some(self.region.tokens.end + n).filter(|i| *i < self.ceiling)
    }

    pub(super) fn behind(&self, n: usize) -> &'a str {
        self.forth(n).map_or("", |i| self.local.tokens.fold(i))
    }

    pub(super) fn tag_before(&self, n: usize) -> Tag {
        self.back(n).map_or(Tag::X, |i| self.local.tokens.list[i].tag)
    }

    pub(super) fn tag_behind(&self, n: usize) -> Tag {
        self.forth(n).map_or(Tag::X, |i| self.local.tokens.list[i].tag)
    }

    /// The first word between the marks.
    pub(super) fn first(&self) -> &'a str {
        let mut words = self.local.tokens.inside(self.region.inner);
        words
            .find(|i| self.local.tokens.list[*i].kind == TokenKind::Word)
            .map_or("", |i| self.local.tokens.fold(i))
    }

    /// The words between the marks, as tokens.
    pub(super) fn words(&self) -> impl Iterator<Item = usize> {
        let list = &self.local.tokens.list;
        self.local
            .tokens
            .inside(self.region.inner)
            .filter(|i| list[*i].kind == TokenKind::Word)
    }

    /// Word number `n` between the marks, counted from 1.
    pub(super) fn inner(&self, n: usize) -> &'a str {
        let mut words = self.words().map(|i| self.local.tokens.fold(i));
        words.nth(n - 1).unwrap_or("")
    }

    /// The last word between the marks.
    pub(super) fn last_word(&self) -> &'a str {
        self.words().last().map_or("", |i| self.local.tokens.fold(i))
    }

    /// Whether a word is one for people.
    pub(super) fn is_role(&self, word: &str) -> bool {
        lexicon::english().is_role(word) || cue::classes(word).has(Classes::ANIMATE)
    }

    /// Whether a noun is one for what is said: "his answer, “Never”,".
    pub(super) fn is_speech_noun(&self, word: &str) -> bool {
        cue::classes(word).has(
            Classes::CUE_NOUN_ACT
                .and(Classes::CUE_NOUN_VIEW)
                .and(Classes::SLOGAN),
        )
    }

    /// Whether a verb of calling stands close before the marks.
    pub(super) fn is_judged(&self) -> bool {
        (1..=4).any(|n| cue::verb(self.before(n)).is_some_and(|v| v.classes.has(Classes::CALL)))
    }

    /// Whether the token `n` before the region closes a quotation.
    pub(super) fn is_mark(&self, n: usize) -> bool {
        matches!(self.before(n), "”" | "\"" | "’" | "'" | "»")
    }

    /// Whether a verb of putting somewhere hands over with the "as" before the marks: "held as", "is filed as".
    pub(super) fn filed_as(&self) -> bool {
        (2..AS_REACH)
            .take_while(|k| self.back(*k).is_some() && self.before(*k) != ",")
            .find(|k| self.tag_before(*k).is_verb())
            .is_some_and(|k| cue::classes(self.before(k)).has(Classes::FILED))
    }

    /// Whether the words between the marks can be what something is called: few, and no judgment ("a disgrace").
    pub(super) fn can_be_name(&self) -> bool {
        self.region.words <= MAX_NAME
            && !matches!(self.first(), "a" | "an" | "not" | "so" | "very" | "too")
            && !cue::classes(self.first()).has(Classes::PERSONAL)
    }

    /// A term in small letters; in capitals the title of a law, the name of a thing, or somebody's nickname.
    fn kind_of_name(&self) -> AsideKind {
        let capital = self
            .words()
            .any(|i| self.local.tokens.list[i].shape != Shape::Lower && self.local.tokens.fold(i) != "the");
        if !capital {
            return AsideKind::Term;
        }
        if naming::is_law(self) {
            return AsideKind::Title;
        }
        // "a villa with 25 rooms, known as the “Blue House”"
        let noun = (2..NAMED_REACH)
            .take_while(|n| self.back(*n).is_some())
            .find(|n| self.tag_before(*n).is_noun() || self.tag_before(*n) == Tag::Propn);
        let thing = noun.is_some_and(|n| {
            matches!(self.tag_before(n), Tag::Noun | Tag::NounPl) && !self.is_role(self.before(n))
        });
        let role = self.is_role(self.last_word());
        if thing && !role {
            AsideKind::Name
        } else {
            AsideKind::Nickname
        }
    }
}

/// A motto: "“…” is the motto above its gate", "the slogan “…”", "the motto: “…”".
pub(super) fn motto(at: &Surroundings<'_>) -> Option<AsideKind> {
    let slogan = |word: &str| cue::classes(word).has(Classes::SLOGAN);
    let found = Some(AsideKind::Slogan);
    let mut n = 1;
    if matches!(at.before(n), ":" | ",") || cue::classes(at.before(n)).has(Classes::BE) {
        n += 1;
    }
    if slogan(at.before(n)) && at.region.words <= MAX_MOTTO {
        return found;
    }
    let be = cue::classes(at.behind(0)).has(Classes::BE);
    let noun = be
        && (1..6)
            .take_while(|n| !at.tag_behind(*n).is_verb())
            .any(|n| slogan(at.behind(n)));
    // "is one common saying here"
    let saying = be
        && matches!(at.behind(1), "a" | "an" | "one" | "another" | "the")
        && (2..5).any(|n| at.behind(n) == "saying");
    found.filter(|_| noun || saying)
}

/// What something goes by: "known as “…”", "what locals call “…”", "was dubbed “…”", "also called “…”".
pub(super) fn named(at: &Surroundings<'_>) -> Option<AsideKind> {
    // "protesters sang “Out with the old”"
    if matches!(at.before(1), "sang" | "sing" | "sings" | "singing" | "sung") && at.region.words <= MAX_SONG {
        let title = all_title_case(at.local, at.region) && at.region.words >= 2;
        return Some(if title {
            AsideKind::Title
        } else {
            AsideKind::Slogan
        });
    }
    if !at.can_be_name() {
        return None;
    }
    let adverb = |word: &str| lexicon::english().is(WordSet::KnownHow, word);
    let agent = at.behind(0) == "by";
    let be = |n: usize| cue::classes(at.before(n)).has(Classes::BE);
    let mut n = 1;
    // An article before the marks: "what it calls the “Blue Staircase”".
    n += usize::from(at.before(1) == "the");
    // "known to generations of students as “the Duchess”", "which locals refer to as “the night”", "is sold as “…”"
    let as_what = || {
        (n + 1..n + AS_REACH)
            .take_while(|k| at.back(*k).is_some() && at.before(*k) != ",")
            .find(|k| at.tag_before(*k).is_verb() || at.before(*k) == "known")
    };
    let generic = |word: &str| cue::classes(word).has(Classes::GENERIC);
    let known = at.before(n) == "as"
        && as_what().is_some_and(|k| match at.before(k) {
            "known" => true,
            "refer" => generic(at.before(k + 1)),
            "sold" | "marketed" | "marked" | "listed" | "billed" => is_title_case(at.local, at.region),
            _ => false,
        });
    // "Its residents call it “Tin City”", "the “Ghost Express,” as people here call it"
    let call_it = cue::classes(at.before(1)).has(Classes::OBJECT.and(Classes::PERSONAL))
        && at.before(2) == "call"
        && generic(at.before(3));
    let as_called = at.behind(0) == "as" && generic(at.behind(1)) && (2..5).any(|k| at.behind(k) == "call");
    if call_it || as_called {
        return Some(at.kind_of_name());
    }
    if known || at.before(1) == "known" && at.before(2) == "-" {
        return Some(at.kind_of_name());
    }
    // "the so-called “Bells ordinance”": whoever else speaks, the writer keeps his distance from the word.
    if at.before(1) == "called" && (at.before(2) == "so" || at.before(3) == "so")
        || at.before(1) == "socalled"
    {
        return Some(AsideKind::Scare);
    }
    // "“Renewal” means …": a word that the sentence is about.
    let subject = at.back(1).is_none() && at.region.words <= 3 && !ends_with_comma(at.local, at.region);
    let about = matches!(at.behind(0), "means" | "meant" | "denotes" | "derives" | "comes")
        || matches!(at.behind(0), "is" | "was")
            && matches!(at.behind(1), "a" | "an" | "not" | "the" | "another")
            && !matches!(
                at.behind(2),
                "word" | "term" | "phrase" | "verdict" | "answer" | "message"
            );
    if subject && about {
        return Some(AsideKind::Term);
    }
    match at.before(n) {
        "call" | "term" | "nickname" => {
            let who = at.before(n + 1);
            let owned = at.before(n + 2) != "what"
                && matches!(at.tag_before(n + 2), Tag::Det | Tag::Adp | Tag::Adj | Tag::Num);
            (cue::classes(who).has(Classes::GENERIC) && !owned).then(|| at.kind_of_name())
        }
        "calls" if n == 2 => {
            (at.before(3) == "it" && at.before(4) == "what" && is_title_case(at.local, at.region))
                .then_some(AsideKind::Name)
        }
        "called" | "dubbed" | "termed" | "christened" if !agent => {
            let verb = n;
            let common = adverb(at.before(verb + 1));
            let passive = be(verb + 1) && at.before(verb) != "called" || common && be(verb + 2);
            let what = be(verb + 1) && at.before(verb + 2) == "what";
            let behind_noun = common && at.tag_before(verb + 2) == Tag::Punct;
            // "a program called “Learning Together”", "a course at the Fish Hall called “…”"
            let placed = || {
                let propn = (1..=4)
                    .take_while(|k| at.tag_before(verb + k) == Tag::Propn)
                    .count();
                propn > 0
                    && matches!(
                        at.before(verb + propn + 1),
                        "at" | "in" | "of" | "for" | "from" | "the"
                    )
            };
            let reduced = (matches!(at.tag_before(verb + 1), Tag::Noun | Tag::NounPl) || placed())
                && is_title_case(at.local, at.region)
                && !matches!(
                    at.before(verb + 2),
                    "the" | "his" | "her" | "its" | "their" | "this" | "that"
                );
            if passive || what || behind_noun {
                Some(at.kind_of_name())
            } else {
                reduced.then_some(AsideKind::Name)
            }
        }
        // "who call themselves the “Mill Eight”"
        "themselves" | "himself" | "herself" | "itself" if is_title_case(at.local, at.region) => matches!(
            at.before(n + 1),
            "call" | "calls" | "called" | "calling" | "named" | "dubbed"
        )
        .then(|| at.kind_of_name()),
        "nicknamed" => (be(n + 1) || at.before(n + 1) == ",").then_some(AsideKind::Nickname),
        "voted" | "crowned" => is_title_case(at.local, at.region).then_some(AsideKind::Name),
        // "Under “Hobbies” she wrote": the head of a column.
        "under" if is_title_case(at.local, at.region) && at.region.words <= 3 => Some(AsideKind::Term),
        // "He named it “Operation Peace Spring”."
        "it" | "them" if n == 1 && matches!(at.before(2), "named" | "naming" | "christened" | "renamed") => {
            is_title_case(at.local, at.region).then_some(AsideKind::Name)
        }
        // "the important word is “never”"
        word if cue::classes(word).has(Classes::BE)
            && matches!(at.before(n + 1), "word" | "term" | "phrase")
            && at.region.words <= 3 =>
        {
            Some(AsideKind::Term)
        }
        _ => None,
    }
}
