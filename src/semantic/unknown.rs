//! Names that the knowledge base does not have: what kind of thing each is, by all that stands beside it
//! anywhere in the article.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    base::word::TokenKind,
    semantic::{
        article::EntityKind,
        doc::Doc,
        lexicon::{Lexicon, RoleClass},
        local::Local,
        mention::{Candidate, Cue, Cues, What},
        wordsets::WordSet,
    },
    syntax::{tag::Tag, token::Shape},
};

/// What the article shows of one name, over all places where it stands.
#[derive(Clone, Copy, Debug, Default)]
struct Shown {
    cues: Cues,
    /// Places where a capital means a name: neither a sentence's first word nor a headline in title case.
    n_firm: u32,
    n_all: u32,
    n_speaks: u32,
    n_locative: u32,
    titled: bool,
    role_person: bool,
    propn: bool,
}

/// What the article shows of its names.
#[derive(Debug, Default)]
pub(super) struct Survey {
    shown: FxHashMap<String, Shown>,
    /// Words that the article also writes small.
    small: FxHashSet<String>,
    /// The last words of names of several words that look like people's.
    families: FxHashSet<String>,
    /// Single words that speak or are spoken to.
    spoken: FxHashSet<String>,
    /// Short forms that the article itself gives for something else than the base has under them.
    own_acronyms: FxHashSet<String>,
    /// Those of them that stand for common nouns ("artificial pancreas (AP)").
    common_acronyms: FxHashSet<String>,
}

impl Survey {
    pub(super) fn new(doc: &Doc<'_>) -> Self {
        let mut out = Self::default();
        let lex = crate::semantic::lexicon::english();
        let mut capital_starts: FxHashSet<&str> = FxHashSet::default();
        for local in doc.locals {
            for c in &local.candidates {
                let What::Name(name) = &c.what else { continue };
                let words = super::names::words(local, c);
                let key = words.join(" ");
                let first = c.tokens.start;
                if c.cues.has(Cue::SentenceStart) && words.len() == 1 {
                    capital_starts.insert(local.tokens.fold(first));
                }
                if words.len() > 1 && c.cues.has(Cue::Given) && !c.cues.has(Cue::BodyNoun) {
                    out.families.insert(words[words.len() - 1].to_owned());
                }
                if words.len() == 1 && c.cues.has(Cue::Speaks) && !c.cues.has(Cue::Capitals) {
                    out.spoken.insert(words[0].to_owned());
                }
                let shown = out.shown.entry(key).or_default();
                shown.cues = shown.cues.union(c.cues);
                shown.n_all += 1;
                if !c.cues.has(Cue::SentenceStart) && !c.cues.has(Cue::TitleCase) {
                    shown.n_firm += 1;
                }
                shown.n_speaks += u32::from(c.cues.has(Cue::Speaks) || c.cues.has(Cue::Addressed));
                shown.n_locative += u32::from(c.cues.has(Cue::Locative));
                shown.titled |= name.title.is_some();
                shown.role_person |= name
                    .role
                    .as_ref()
                    .is_some_and(|r| lex.roles[r.row].class != RoleClass::Group);
                shown.propn |= matches!(local.tokens.list[first].tag, Tag::Propn | Tag::X);
            }
        }
        for local in doc.locals {
            for t in 2..local.tokens.len() {
                if local.tokens.list[t].shape == Shape::AllCaps
                    && local.tokens.fold(t - 1) == "("
                    && local.tokens.fold(t + 1) == ")"
                    && spells(local, t)
                    && !same_in_base(local, t)
                {
                    let word = local.tokens.fold(t).to_owned();
                    if local.tokens.list[t - 2].shape == Shape::Lower {
                        out.common_acronyms.insert(word.clone());
                    }
                    out.own_acronyms.insert(word);
                }
            }
        }
        // Only words that begin a sentence are doubtful, so only those are looked up among the small ones.
        if !capital_starts.is_empty() {
            for local in doc.locals {
                for (i, t) in local.tokens.list.iter().enumerate() {
                    if t.kind == TokenKind::Word && t.shape == Shape::Lower {
                        let word = local.tokens.fold(i);
                        if capital_starts.contains(word) && !out.small.contains(word) {
                            out.small.insert(word.to_owned());
                        }
                    }
                }
            }
        }
        out
    }

    /// Whether something of that name speaks, decides or acts anywhere in the article.
    pub(super) fn is_agent(&self, key: &str) -> bool {
        self.shown.get(key).is_some_and(|s| {
            s.n_speaks > 0
                || s.titled
                || s.role_person
                || s.cues.has(Cue::Acts)
                || s.cues.has(Cue::Possessive)
        })
    }

    /// Whether something of that name is a stretch of land or water somewhere in the article.
    pub(super) fn is_landscape(&self, key: &str) -> bool {
        self.shown.get(key).is_some_and(|s| s.cues.has(Cue::SpotBefore))
    }

    /// Whether the article gives these capitals as the short form of something of its own.
    pub(super) fn is_other_acronym(&self, key: &str) -> bool {
        self.own_acronyms.contains(key)
    }

    /// Whether the article holds one of the names of a set.
    pub(super) fn has_any(&self, lex: &Lexicon, set: WordSet) -> bool {
        self.shown.keys().any(|key| lex.is(set, key))
    }

    /// What kind of entity the name of folded words `key` is, or `None` when too little speaks for any.
    pub(super) fn kind(&self, lex: &Lexicon, key: &str, c: &Candidate) -> Option<EntityKind> {
        let shown = self.shown.get(key).copied().unwrap_or_default();
        let cues = shown.cues;
        if lex.is(WordSet::Region, key) {
            return Some(EntityKind::Place);
        }
        let words: Vec<&str> = key.split(' ').collect();
        let n = words.len();
        let last = words[n - 1];
        if n == 1 {
            if self.common_acronyms.contains(words[0]) {
                return None;
            }
            if lex.thing(words[0]).is_some() && !shown.titled && !cues.has(Cue::Capitals)
                || words[0].chars().count() < 2
                || words[0].chars().all(|c| c.is_ascii_digit())
            {
                return None;
            }
            // A word that begins a sentence and is written small elsewhere is an ordinary word.
            if shown.n_firm == 0
                && !shown.titled
                && (self.small.contains(words[0]) || lex.is_function_word(words[0]))
            {
                return None;
            }
            if shown.n_firm == 0 && !shown.titled && !shown.role_person {
                let spoken =
                    cues.has(Cue::Speaks) || cues.has(Cue::Acts) && shown.propn || cues.has(Cue::Age);
                let possessive = cues.has(Cue::Possessive) && shown.propn;
                if cues.has(Cue::TitleCase) && !cues.has(Cue::SentenceStart) || !(spoken || possessive) {
                    return None;
                }
            }
        }
        let mut person = 0;
        let mut body = 0;
        let mut place = 0;
        person += 6 * i32::from(shown.titled);
        person += 4 * i32::from(shown.role_person);
        person += 5 * i32::from(cues.has(Cue::Age));
        person += i32::from(cues.has(Cue::Who));
        person += 2 * i32::from(cues.has(Cue::Family) && n <= 4);
        person += 4 * i32::from(cues.has(Cue::Byline));
        let given = lex.given(words[0]).is_some();
        if (2..=4).contains(&n) && given {
            person += 4;
        } else if n == 1 && given {
            person += 2;
        } else if n == 1 && self.families.contains(words[0]) {
            person += 3;
        }
        if n == 2 || n == 3 {
            person += 1;
        }
        if n > 1 && self.spoken.contains(last) {
            person += 2;
        }
        if shown.n_speaks > 0 {
            person += if n <= 3 { 2 } else { 0 };
            body += 1;
        }
        if cues.has(Cue::Acts) {
            person += 1 + i32::from(n == 1 && shown.propn && cues.has(Cue::Subject) && !cues.has(Cue::The));
        }
        if cues.has(Cue::BodyNoun) {
            body += 5;
        }
        if n == 1 && (last.ends_with("news") || last.ends_with("corp") || last.ends_with("bank")) {
            body += 4;
        }
        if cues.has(Cue::BodyBefore) {
            body += 4;
        }
        if cues.has(Cue::The) {
            body += 1;
            person -= 3;
        }
        if n == 1 && cues.has(Cue::Capitals) && words[0].len() >= 2 && !cues.has(Cue::TitleCase) {
            body += 3;
            person -= 2;
        }
        if cues.has(Cue::SpotNoun) {
            place += 5;
        }
        if cues.has(Cue::SpotBefore) {
            place += 4;
        }
        if shown.n_locative > 0 && n <= 3 {
            place += if shown.n_locative * 2 > shown.n_all { 3 } else { 1 };
        }
        if cues.has(Cue::CommaPlace) && shown.n_locative > 0 {
            place += 2;
        }
        if cues.has(Cue::EventNoun) && !shown.titled && !shown.role_person {
            return None;
        }
        if lex.is(WordSet::StreetNoun, last) {
            return None;
        }
        if c.cues.has(Cue::Quoted) && shown.n_firm <= 1 && n > 3 {
            return None;
        }
        let best = person.max(body).max(place);
        if best < 2 {
            return None;
        }
        Some(if person == best && person > 0 {
            EntityKind::Person
        } else if body == best {
            EntityKind::Institution
        } else {
            EntityKind::Place
        })
    }
}

/// Whether the words before the bracket that opens before token `t` begin with its letters.
fn spells(local: &Local, t: usize) -> bool {
    let letters: Vec<char> = local.tokens.fold(t).chars().collect();
    let mut at = t - 1;
    for want in letters.iter().rev() {
        let mut found = false;
        for _ in 0..3 {
            let Some(before) = at.checked_sub(1) else {
                return false;
            };
            at = before;
            let word = local.tokens.fold(at);
            if word.starts_with(*want) {
                found = true;
                break;
            }
            if local.tokens.list[at].kind == TokenKind::Word
                && !matches!(word, "of" | "and" | "for" | "the" | "in" | "on")
            {
                return false;
            }
        }
        if !found {
            return false;
        }
    }
    letters.len() > 1
}

/// Whether the base has the acronym at `t` for what the name before the bracket means.
fn same_in_base(local: &Local, t: usize) -> bool {
    let short = local
        .candidates
        .iter()
        .skip(local.candidates.partition_point(|c| c.tokens.start < t))
        .find(|c| c.tokens.start == t);
    let Some(short) = short else { return false };
    let before = local.candidates.partition_point(|c| c.tokens.start < t);
    local.candidates[before.saturating_sub(3)..before]
        .iter()
        .filter(|c| c.tokens.end + 1 == t)
        .flat_map(Candidate::hits)
        .any(|h| short.hits().iter().any(|s| s.entity == h.entity))
}
