//! Names that the knowledge base does not have: what kind of thing each is, by all that stands beside it
//! anywhere in the article.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    base::{word::TokenKind, work},
    kb::{Kind, NameForm},
    semantic::{
        article::EntityKind,
        doc::Doc,
        lexicon::{Lexicon, RoleClass, ThingClass},
        local::Local,
        mention::{Candidate, Cue, Cues, RoleMention, What},
        wordsets::WordSet,
    },
    syntax::{
        tag::{Tag, is_common_word},
        token::Shape,
    },
};

mod sport;
mod weight;

use sport::Clubs;
use weight::Weighed;

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
    /// Whether it begins with initials.
    initials: bool,
    /// Whether it is a surname of the base and nothing else there.
    surname: bool,
}

/// What the article shows of its names.
#[derive(Debug, Default)]
pub(super) struct Survey {
    shown: FxHashMap<String, Shown>,
    /// Words that the article also writes small.
    small: FxHashSet<String>,
    /// Words that begin a sentence and may be names; see [`crate::semantic::doc::Cast::firsts`].
    pub(super) firsts: FxHashSet<Box<str>>,
    /// The last words of names of several words that look like people's.
    families: FxHashSet<String>,
    /// Last words of the names of storms ("Hurricane Lena"), which are nobody alone.
    storms: FxHashSet<String>,
    /// How often a plural noun for people has a capital inside a sentence ("the Greens").
    capitals: FxHashMap<String, u32>,
    /// Whether the article is a report of sport.
    sport: bool,
    /// Names that have a captain or a coach somewhere in the article.
    teams: FxHashSet<String>,
    /// The full names of clubs, in a report of sport.
    clubs: Clubs,
    /// Single words that speak or are spoken to.
    spoken: FxHashSet<String>,
    /// Names that stand somewhere with the form of a firm behind them ("Halden Dairies Ltd").
    firms: FxHashSet<String>,
    /// Short forms that the article itself gives for something else than the base has under them.
    own_acronyms: FxHashSet<String>,
    /// Those of them that stand for common nouns ("artificial pancreas (AP)").
    common_acronyms: FxHashSet<String>,
}

/// How many words of a set begin with each letter and have each length: most of the words of an article are told not to
/// be in the set without looking for them.
struct Doubtful {
    n: Vec<u32>,
    n_all: usize,
}

impl Doubtful {
    fn new(words: &FxHashSet<&str>) -> Self {
        let mut out = Self {
            n: vec![0; 256 * 16],
            n_all: words.len(),
        };
        #[allow(clippy::iter_over_hash_type, reason = "a sum has no order")]
        for word in words {
            out.n[Self::place(word)] += 1;
        }
        out
    }

    fn place(word: &str) -> usize {
        let first = word.as_bytes().first().copied().unwrap_or(0);
        Self::place_of(first, word.len())
    }

    fn place_of(first: u8, len: usize) -> usize {
        usize::from(first) * 16 + len.min(15)
    }

    fn is_empty(&self) -> bool {
        self.n_all == 0
    }

    /// Whether a word may be in the set that begins with this letter and is so long.
    fn may_hold(&self, first: u8, len: usize) -> bool {
        self.n[Self::place_of(first, len)] > 0
    }

    fn remove(&mut self, word: &str) {
        self.n[Self::place(word)] -= 1;
        self.n_all -= 1;
    }
}

impl Survey {
    pub(super) fn new(doc: &Doc<'_>) -> Self {
        let mut out = Self::default();
        let lex = crate::semantic::lexicon::english();
        let mut capital_starts: FxHashSet<&str> = FxHashSet::default();
        for local in doc.locals {
            for c in &local.candidates {
                let name = match &c.what {
                    What::Name(name) => name,
                    What::Description(d) => {
                        let t = d.noun.start;
                        if d.plural
                            && local.tokens.shape(t) == Shape::Capital
                            && (!c.cues.has(Cue::SentenceStart) || c.phrase.start < t)
                        {
                            *out.capitals.entry(local.tokens.fold(t).to_owned()).or_insert(0) += 1;
                        }
                        continue;
                    }
                    What::Pronoun(_) => continue,
                };
                let words = super::names::words(local, c);
                let key = super::names::key(local, c);
                let first = c.tokens.start;
                if c.cues.has(Cue::SentenceStart) && words.len() == 1 {
                    capital_starts.insert(local.tokens.fold(first));
                }
                if words.len() > 1 && words[..words.len() - 1].iter().any(|w| lex.is(WordSet::Storm, w)) {
                    out.storms.insert(words[words.len() - 1].to_owned());
                }
                if words.len() > 1 && c.cues.has(Cue::Given) && !c.cues.has(Cue::BodyNoun) {
                    out.families.insert(words[words.len() - 1].to_owned());
                }
                if words.len() == 1 && c.cues.has(Cue::Speaks) && !c.cues.has(Cue::Capitals) {
                    out.spoken.insert(words[0].to_owned());
                }
                if let Some(firm) = less_form(lex, &key).or_else(|| one_word_firm(lex, &key)) {
                    out.firms.insert(firm.to_owned());
                }
                if lex.is(WordSet::TeamNoun, local.listed(c.tokens.end)) {
                    out.teams.insert(key.clone().into_owned());
                }
                let known = out.shown.get_mut(&*key);
                let is_new = known.is_none();
                let mut first_seen = Shown::default();
                let shown = known.unwrap_or(&mut first_seen);
                shown.cues = shown.cues.union(c.cues);
                shown.n_all += 1;
                if !c.cues.has(Cue::SentenceStart) && !c.cues.has(Cue::TitleCase) {
                    shown.n_firm += 1;
                }
                shown.n_speaks += u32::from(c.cues.has(Cue::Speaks) || c.cues.has(Cue::Addressed));
                shown.n_locative += u32::from(c.cues.has(Cue::Locative));
                // "Mayor Pulls Out", "In A Major Way": where all words have capitals, an ordinary one is no name for the
                // noun before it.
                let common = |w: &str| is_common_word(w) || w.strip_suffix('s').is_some_and(is_common_word);
                let ordinary = c.cues.has(Cue::TitleCase) && words.len() == 1 && common(words[0]);
                shown.titled |= name.title.is_some() && !ordinary;
                // "The Conservative Case", "Star Power": a word that has its capital from the one before.
                let led = |r: &RoleMention| {
                    lex.roles[r.row].class != RoleClass::Office
                        && r.head.end == first
                        && local.tokens.shape(r.head.start) == Shape::Capital
                };
                let headed = words.len() == 1
                    && common(words[0])
                    && !c.cues.has(Cue::Speaks)
                    && name.role.as_ref().is_some_and(led);
                shown.role_person |= !ordinary
                    && !headed
                    && name
                        .role
                        .as_ref()
                        // "its rival Lone Creek Water": so are firms called.
                        .is_some_and(|r| {
                            let either = lex.is(WordSet::EitherNoun, &lex.roles[r.row].noun);
                            lex.roles[r.row].class != RoleClass::Group && (!either || c.cues.has(Cue::Given))
                        });
                // "T.V." has a stop for each of its letters.
                let token = local.tokens.list[first];
                shown.initials |= words.len() > 1
                    && (token.shape == Shape::Initial
                        || token.shape == Shape::AllCaps && token.span.len() == 2 * words[0].len());
                shown.surname |= !name.hits.is_empty()
                    && name
                        .hits
                        .iter()
                        .all(|h| h.form == NameForm::Surname && h.kind == Kind::Person)
                    && name.hits.iter().any(|h| !h.weak);
                shown.propn |= matches!(local.tokens.list[first].tag, Tag::Propn | Tag::X);
                if is_new {
                    out.shown.insert(key.into_owned(), first_seen);
                }
            }
        }
        let (n_sport, n_words) = doc.locals.iter().fold((0, 0), |(sport, words), local| {
            (sport + local.sport.0, words + local.sport.1)
        });
        // One word in eighty: a report of a match has more.
        out.sport = n_sport >= 3 && n_sport * 80 >= n_words;
        if out.sport {
            out.note_teams(doc, lex);
        }
        for local in doc.locals {
            let tokens = local.tokens.list.unnoted();
            for t in 2..tokens.len() {
                if tokens[t].shape == Shape::AllCaps
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
        #[allow(clippy::iter_over_hash_type, reason = "a set is made into another one")]
        out.firsts.extend(capital_starts.iter().map(|&w| w.into()));
        let mut doubtful = Doubtful::new(&capital_starts);
        for local in doc.locals {
            if doubtful.is_empty() {
                break;
            }
            work::step();
            // An edit of one of them matters where it makes or unmakes a doubtful word; see [`crate::semantic::doc::Cast::firsts`].
            for (i, t) in local.tokens.list.unnoted().iter().enumerate() {
                let (first, _, len) = local.tokens.outline(t);
                if t.kind == TokenKind::Word && t.shape == Shape::Lower && doubtful.may_hold(first, len) {
                    let word = local.tokens.fold_unnoted(i);
                    if capital_starts.remove(word) {
                        doubtful.remove(word);
                        out.small.insert(word.to_owned());
                    }
                }
            }
        }
        out
    }

    /// Whether the article is a report of sport.
    pub(super) fn is_sport(&self) -> bool {
        self.sport
    }

    /// Whether something of that name has a captain or a coach somewhere in the article.
    pub(super) fn is_team(&self, key: &str) -> bool {
        self.teams.contains(key)
    }

    /// How often a plural noun for people has a capital where it does not begin a sentence.
    pub(super) fn n_capital(&self, word: &str) -> u32 {
        self.capitals.get(word).copied().unwrap_or(0)
    }

    /// Whether something of that name speaks, decides or acts anywhere in the article.
    pub(super) fn is_agent(&self, key: &str) -> bool {
        self.shown.get(key).is_some_and(|s| {
            s.n_speaks > 0
                || s.titled
                || s.role_person
                || s.cues.has(Cue::Acts)
                || s.cues.has(Cue::Possessive)
                || s.cues.has(Cue::Who)
                || s.cues.has(Cue::Human)
                || s.cues.has(Cue::Met)
        })
    }

    /// Whether a "he", a "who" or an age goes back to something of that name, and nothing is ever in it.
    pub(super) fn is_somebody(&self, key: &str) -> bool {
        let person = [Cue::Human, Cue::Age, Cue::Who];
        self.shown.get(key).is_some_and(|s| {
            person.iter().any(|&cue| s.cues.has(cue)) && !s.cues.has(Cue::In) && !s.cues.has(Cue::Thing)
        })
    }

    /// Whether somebody in the article bears the name behind a given name.
    pub(super) fn is_family(&self, word: &str) -> bool {
        self.families.contains(word)
    }

    /// Whether a title stands before the name anywhere in the article.
    pub(super) fn is_titled(&self, key: &str) -> bool {
        self.shown.get(key).is_some_and(|s| s.titled)
    }

    /// How often the name stands in the article.
    pub(super) fn n_all(&self, key: &str) -> u32 {
        self.shown.get(key).map_or(0, |s| s.n_all)
    }

    /// Whether something of that name has its capital where neither a sentence nor a headline gives one.
    pub(super) fn is_firm(&self, key: &str) -> bool {
        self.shown.get(key).is_some_and(|s| s.n_firm > 0)
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

    /// Whether the article names a county.
    pub(super) fn has_county(&self) -> bool {
        self.shown.keys().any(|key| key.ends_with(" county"))
    }

    /// What kind of entity the name of folded words `key` is, or `None` when too little speaks for any.
    pub(super) fn kind(&self, lex: &Lexicon, key: &str, c: &Candidate) -> Option<EntityKind> {
        let shown = self.shown.get(key).copied().unwrap_or_default();
        let cues = shown.cues;
        if lex.is(WordSet::Region, key) {
            return Some(EntityKind::Place);
        }
        if cues.has(Cue::People) {
            return None;
        }
        if self.firms.contains(key) && !shown.titled && !self.families.contains(key) {
            return Some(EntityKind::Institution);
        }
        if lex.is(WordSet::Brand, key) && !shown.titled && !cues.has(Cue::Age) {
            // What somebody drives or drinks is nobody.
            return (shown.n_speaks > 0 || cues.has(Cue::Acts)).then_some(EntityKind::Institution);
        }
        let words: Vec<&str> = key.split(' ').collect();
        let n = words.len();
        let last = words[n - 1];
        if self.is_club(lex, &words, shown) {
            return Some(EntityKind::Institution);
        }
        if n == 1 {
            if self.common_acronyms.contains(words[0])
                || (lex.is_no_name(words[0]) || lex.is_function_word(words[0]) && words[0] != "may")
                    && !shown.titled
                    && !self.families.contains(words[0])
            {
                return None;
            }
            // "told the Herald": a paper by the last word of its name.
            let paper =
                lex.is(WordSet::PaperNoun, words[0]) && c.cues.has(Cue::The) && !c.cues.has(Cue::TitleCase);
            let heard = c.cues.has(Cue::Speaks) || c.cues.has(Cue::Addressed);
            if paper && !shown.titled && shown.n_firm > 0 && heard {
                return Some(EntityKind::Institution);
            }
            if lex.thing(words[0]).is_some()
                && !words[0].ends_with("lands")
                && !shown.titled
                && !cues.has(Cue::Capitals)
                && !self.teams.contains(words[0])
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
            if shown.n_firm == 0 && !shown.titled && !shown.role_person && !self.teams.contains(words[0]) {
                let spoken = cues.has(Cue::Speaks)
                    || cues.has(Cue::Acts) && shown.propn
                    || cues.has(Cue::Age)
                    || cues.has(Cue::Who)
                    || cues.has(Cue::Human)
                    || cues.has(Cue::Acts) && shown.surname && !is_common_word(words[0])
                    || cues.has(Cue::Thing)
                    || cues.has(Cue::Owner) && shown.propn && !is_common_word(words[0])
                    || cues.has(Cue::SpotBefore);
                // "“Termites ate it,” Reed said": many of what no list has.
                let many = words[0].ends_with('s') && !shown.surname && c.cues.has(Cue::Quoted);
                let spoken =
                    spoken && (!many || shown.n_speaks > 0 || shown.n_all > 1 || !cues.has(Cue::Acts));
                let possessive = cues.has(Cue::Possessive) && shown.propn;
                if cues.has(Cue::TitleCase) && !cues.has(Cue::SentenceStart) || !(spoken || possessive) {
                    return None;
                }
            }
        }
        if n == 1 && self.storms.contains(words[0]) && !shown.titled {
            return None;
        }
        // "Bavarian Premier Ana Reyes": a people that no list has, and no body.
        let people = ["ian", "ese"].iter().any(|tail| words[0].ends_with(tail));
        let known = cues.has(Cue::Speaks) || cues.has(Cue::Possessive) || cues.has(Cue::BodyBefore);
        if n == 1 && people && cues.has(Cue::Owner) && !known && !shown.titled {
            return None;
        }
        // "The Queenslander said": somebody, whoever was spoken of.
        if n == 1 && lex.is(WordSet::Dweller, words[0]) && c.cues.has(Cue::The) && !shown.titled {
            return None;
        }
        // "Most Republicans agreed": where nothing tells whose party it is, they are nobody.
        let party = words[0]
            .strip_suffix('s')
            .is_some_and(|one| lex.is(WordSet::PartyWord, one));
        if n == 1 && party && !shown.titled {
            return None;
        }
        // "Energy Summit" is held, but a "Hurricane Center" is a body.
        // "Committee on Taxonomy of Viruses": a body, whatever it is for.
        let of = words
            .iter()
            .position(|w| matches!(*w, "of" | "on" | "for" | "against"));
        let head = of
            .and_then(|i| words.get(i.wrapping_sub(1)))
            .and_then(|w| lex.thing(w));
        let event = cues.has(Cue::EventNoun)
            && head != Some(ThingClass::Body)
            && !cues.has(Cue::BodyBefore)
            && !matches!(lex.thing(last), Some(ThingClass::Body | ThingClass::Spot))
            && !shown.titled
            && !shown.role_person;
        // "Diane Lane, 54," lives in no street of that name.
        let somebody = n == 2
            && lex.given(words[0]).is_some()
            && (shown.titled || shown.role_person || shown.n_speaks > 0)
            || cues.has(Cue::Age)
            || cues.has(Cue::Human);
        // "Doris Day said" is no day; a "Carter Report" may say much.
        let called = somebody
            && (lex.thing(last) != Some(ThingClass::Text) || cues.has(Cue::Age) || cues.has(Cue::Human));
        let street = lex.is(WordSet::StreetNoun, last) && head != Some(ThingClass::Body);
        if event && !called || street && !somebody {
            return None;
        }
        // "American Jews" are several people.
        if n > 1 && last.ends_with('s') && lex.is_no_name(last) && !shown.titled && !somebody {
            return None;
        }
        // "Legion of Honour", "Band of Renown": the second half of some other name.
        if cues.has(Cue::PartOf)
            && shown.n_all == 1
            && !cues.has(Cue::BodyNoun)
            && !cues.has(Cue::SpotBefore)
            && !cues.has(Cue::CommaPlace)
        {
            return None;
        }
        if c.cues.has(Cue::Quoted) && shown.n_firm <= 1 && n > 3 {
            return None;
        }
        // "Tea Party Republicans" are several people; a word of another script was left untranslated.
        let surname = n == 2 && lex.given(words[0]).is_some();
        if n > 1
            && lex.is_plural_role(last)
            && lex.thing(last).is_none()
            && !shown.titled
            && !surname
            && !cues.has(Cue::BodyNoun)
        {
            return Some(EntityKind::Group);
        }
        if n == 1 && !words[0].chars().all(is_latin) {
            return None;
        }
        let weighed = Weighed::new(self, lex, &words, shown);
        let (person, body, place) = (weighed.person(), weighed.body(), weighed.place());
        let best = person.max(body).max(place);
        if best < 2 {
            return None;
        }
        // "Near Ayn Isa": where nothing speaks, what is only ever somewhere is a place.
        let somewhere = place == best && shown.n_speaks == 0 && shown.n_locative == shown.n_all;
        Some(
            if person == best && person > 0 && !(somewhere && cues.has(Cue::In)) {
                EntityKind::Person
            } else if body == best {
                EntityKind::Institution
            } else {
                EntityKind::Place
            },
        )
    }
}

impl Survey {
    /// "Calderbrook Town", "Wanderers": clubs, in a report of sport.
    fn is_club(&self, lex: &Lexicon, words: &[&str], shown: Shown) -> bool {
        let somebody =
            shown.titled || shown.role_person || shown.cues.has(Cue::Age) || shown.cues.has(Cue::Human);
        let club = match words {
            [word] => matches!(*word, "rovers" | "wanderers" | "albion" | "hotspur"),
            [.., last] => lex.is(WordSet::ClubWord, last) && !shown.cues.has(Cue::The),
            [] => false,
        };
        // "Ten-man Wanderers" are a team, whatever stands before.
        let somebody = somebody && (words.len() > 1 || shown.titled);
        if self.sport && self.teams.contains(&*words.join(" ")) && !somebody && !shown.cues.has(Cue::Given) {
            return true;
        }
        self.sport && club && !somebody && shown.n_locative < shown.n_all
    }
}

/// The name of a firm without its form: "halden dairies" of "halden dairies ltd". A single word stays what it is.
pub(super) fn less_form<'k>(lex: &Lexicon, key: &'k str) -> Option<&'k str> {
    let (firm, form) = key.rsplit_once(' ')?;
    let firm = firm.trim_end_matches([',', ' ']);
    (lex.is(WordSet::CompanyEnding, form) && firm.contains(' ')).then_some(firm)
}

/// The firm of one word without its form: "halden" of "halden asa".
pub(super) fn one_word_firm<'k>(lex: &Lexicon, key: &'k str) -> Option<&'k str> {
    let (firm, form) = key.rsplit_once(' ')?;
    (lex.is(WordSet::CompanyEnding, form) && !firm.contains(' ') && lex.given(firm).is_none()).then_some(firm)
}

/// Whether a letter is one of those that English copy writes names with.
fn is_latin(c: char) -> bool {
    !c.is_alphabetic() || (c as u32) < 0x250 || (0x1e00..0x1f00).contains(&(c as u32))
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
