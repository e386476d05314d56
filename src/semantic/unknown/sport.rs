//! Which names of a report of sport are teams: by the word behind them, by their verb, by a score, by where players come
//! from, and those that the world knows.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    base::{word::TokenKind, work},
    kb::Kind,
    semantic::{
        doc::Doc,
        lexicon::Lexicon,
        local::Local,
        mention::{Candidate, Cue, What},
        names,
        unknown::Survey,
        wordsets::WordSet,
    },
    syntax::{
        tag::{Tag, is_common_word},
        token::Shape,
    },
};

/// The full names of clubs that the article has, by the words that stand before the last: "halm" of "Halm Town".
#[derive(Debug, Default)]
pub(super) struct Clubs {
    by_town: FxHashMap<String, Club>,
}

/// A club by its full name.
#[derive(Debug)]
pub(in crate::semantic) struct Club {
    /// The folded words.
    pub(in crate::semantic) key: String,
    /// As the article writes it.
    pub(in crate::semantic) name: String,
}

impl Survey {
    /// Notes the teams of a report of sport.
    pub(super) fn note_teams(&mut self, doc: &Doc<'_>, lex: &Lexicon) {
        let (mut alone, mut last_words) = (FxHashSet::default(), FxHashSet::default());
        for b in 0..doc.locals.len() {
            let local = doc.block(b).1;
            for c in &local.candidates {
                let What::Name(name) = &c.what else { continue };
                work::step();
                let key = names::key(local, c);
                let words = names::words(local, c);
                let last = words.last().copied().unwrap_or_default();
                if name.title.is_none() && is_team(lex, local, c, &key) {
                    self.teams.insert(key.clone().into_owned());
                }
                if !lex.is(WordSet::ClubWord, last) || c.cues.has(Cue::Given) {
                    continue;
                }
                match key.rsplit_once(' ') {
                    None => drop(alone.insert(key.into_owned())),
                    Some((town, _)) if !c.cues.has(Cue::The) && name.title.is_none() => {
                        let text = local.tokens.span(c.tokens.clone()).text(doc.block_text(b));
                        let club = Club {
                            key: key.to_string(),
                            name: text.split_whitespace().collect::<Vec<_>>().join(" "),
                        };
                        last_words.insert(last.to_owned());
                        self.clubs.by_town.entry(town.to_owned()).or_insert(club);
                    }
                    Some(_) => {}
                }
            }
        }
        // "Town" is a club where one of that last word is named.
        self.teams
            .extend(alone.into_iter().filter(|word| last_words.contains(word)));
    }

    /// The club that the article names in full and that goes by its town too.
    pub(in crate::semantic) fn club_of(&self, town: &str) -> Option<&Club> {
        self.clubs.by_town.get(town)
    }
}

/// Whether what stands beside a name makes it a team in a report of sport.
fn is_team(lex: &Lexicon, local: &Local, c: &Candidate, key: &str) -> bool {
    // "a nurse from Halm", "flew to Halm": the town.
    if lex.is(WordSet::ClubName, key) && !c.cues.has(Cue::Locative) {
        return true;
    }
    let (first, end) = (c.tokens.start, c.tokens.end);
    let fold = |t: usize| local.tokens.fold(t);
    let back = |n: usize| first.checked_sub(n).map_or("", fold);
    let given = c.cues.has(Cue::Given) || c.cues.has(Cue::Family) && c.tokens.len() > 1;
    if given || c.cues.has(Cue::In) || c.cues.has(Cue::Age) || c.cues.has(Cue::Human) {
        return false;
    }
    let manager = matches!(fold(end), "manager" | "boss") && local.tokens.shape(end) == Shape::Lower;
    let town = c
        .hits()
        .iter()
        .any(|h| matches!(h.kind, Kind::Place | Kind::Country));
    // "Halm are", "Halm host Strel": the verb of many behind one name.
    let joined = c.cues.has(Cue::Joined) || matches!(back(1), "and" | "or" | "&");
    let tag = |t: usize| local.tokens.list.get(t).map(|t| t.tag);
    let many = !joined
        && !c.cues.has(Cue::TitleCase)
        && (first == 0 || tag(first - 1) != Some(Tag::Adp))
        && (c.tokens.len() > 1 || !is_common_word(key) || lex.is(WordSet::ClubWord, key))
        && (c.cues.has(Cue::Many)
            || town
                && tag(end) == Some(Tag::VerbPres)
                && local.tokens.shape(end) == Shape::Lower
                && !fold(end).ends_with('s'));
    let from = back(1) == "from"
        && c.tokens.len() <= 2
        && matches!(
            back(2),
            "loan" | "signed" | "joined" | "bought" | "arrived" | "recruited" | "poached"
        );
    let named_before = first >= 2 && {
        let t = first
            - if is_score(local, first - 1) == Some(1) {
                2
            } else {
                4.min(first)
            };
        local.tokens.shape(t) == Shape::Capital
    };
    let behind = is_score(local, end).is_some_and(|n| local.tokens.shape(end + n) == Shape::Capital);
    let before = (1..=3).any(|n| n < first && is_score(local, first - n) == Some(n)) && named_before;
    manager || many || from || behind || before
}

/// How many tokens the score at `t` has: "1-1" in one or in three.
fn is_score(local: &Local, t: usize) -> Option<usize> {
    let digit = |s: &str| (1..=2).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit());
    let fold = |t: usize| local.tokens.fold(t);
    if fold(t)
        .split_once(['-', '–'])
        .is_some_and(|(a, b)| digit(a) && digit(b))
    {
        return Some(1);
    }
    let number = |t: usize| local.tokens.kind(t) == TokenKind::Number && digit(fold(t));
    (number(t) && matches!(fold(t + 1), "-" | "–") && number(t + 2)).then_some(3)
}
