//! The word lists of the language: given names, titles, nouns for people and bodies, verbs of speech.
//! They stand in `data/en/`, one table a file; another language begins with other tables.

use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    base::{
        listed::{self, Key},
        word::{TokenKind, name_words},
    },
    kb::{Gender, Role},
    semantic::{
        same_office::SameOffice,
        wordsets::{WordSet, WordSets},
    },
    syntax::token::Tokens,
};

/// What sort of people a noun means.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum RoleClass {
    /// An office held in a country or body ("president").
    Office,
    /// What somebody is ("diplomat").
    Person,
    /// Whose somebody is ("wife").
    Kin,
    /// Several people ("allies").
    Group,
}

/// A noun for people: a row of `roles.tsv`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RoleNoun {
    /// The noun, small letters, words separated by spaces.
    pub noun: String,
    /// What sort of people it means.
    pub class: RoleClass,
    /// The gender that the noun tells.
    pub gender: Gender,
    /// The offices of the knowledge base that it may name, best first.
    pub roles: Vec<Role>,
}

/// What a noun means that is no person: the classes of `bodies.tsv`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ThingClass {
    /// An institution ("ministry").
    Body,
    /// A country ("nation").
    Land,
    /// A place ("harbour").
    Spot,
    /// Something written that can be said to say something ("statement").
    Text,
    /// What is held or won or signed ("summit"); never a participant.
    Event,
}

/// A title before a name: a row of `titles.tsv`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Title {
    /// The gender that the title tells.
    pub gender: Gender,
    /// Index of the office it abbreviates in [`Lexicon::roles`].
    pub role: Option<usize>,
    /// Whether the title is an honorific that only people bear, and is also a common word ("general") if not.
    pub plain: bool,
}

/// The word lists of one language.
#[derive(Debug)]
pub struct Lexicon {
    /// Nouns for people.
    pub roles: Vec<RoleNoun>,
    /// Titles.
    pub titles: Vec<Title>,
    given: FxHashMap<Key, Gender>,
    role_index: Phrases,
    title_index: Phrases,
    thing_index: Phrases,
    things: Vec<ThingClass>,
    human_verbs: FxHashSet<Key>,
    sets: WordSets,
    /// By which nouns one person may be called in turn.
    same_office: SameOffice,
    /// What bodies are called: codes and classes of the knowledge base.
    body_nouns: FxHashMap<Key, [Vec<String>; 2]>,
    /// By which last words of its name a body may be called by a noun.
    body_calls: FxHashMap<Key, Vec<String>>,
}

/// The word lists of English.
pub fn english() -> &'static Lexicon {
    static ENGLISH: OnceLock<Lexicon> = OnceLock::new();
    ENGLISH.get_or_init(|| {
        Lexicon::read(
            include_str!("../../data/en/given_names.tsv"),
            include_str!("../../data/en/titles.tsv"),
            include_str!("../../data/en/roles.tsv"),
            include_str!("../../data/en/bodies.tsv"),
            include_str!("../../data/en/human_verbs.txt"),
        )
    })
}

/// A noun found in the text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Found {
    /// Number of tokens, hyphens and full stops included.
    pub len: usize,
    /// Index of the row.
    pub row: usize,
    /// Whether it stands in the plural.
    pub plural: bool,
}

impl Lexicon {
    fn read(given: &str, titles: &str, roles: &str, things: &str, verbs: &str) -> Self {
        let mut out = Self {
            roles: Vec::new(),
            titles: Vec::new(),
            given: FxHashMap::default(),
            role_index: Phrases::default(),
            title_index: Phrases::default(),
            thing_index: Phrases::default(),
            things: Vec::new(),
            human_verbs: FxHashSet::default(),
            body_nouns: FxHashMap::default(),
            body_calls: FxHashMap::default(),
            same_office: SameOffice::default(),
            sets: WordSets::read(include_str!("../../data/en/words.txt")),
        };
        out.given.reserve(given.len() / 9);
        for [noun, words] in rows(include_str!("../../data/en/body_calls.tsv")) {
            out.body_calls
                .insert(Key::folding(noun), words.split(',').map(str::to_owned).collect());
        }
        for [noun, codes, classes] in rows(include_str!("../../data/en/body_nouns.tsv")) {
            let list = |cell: &str| cell.split(',').filter(|c| *c != "-").map(str::to_owned).collect();
            out.body_nouns
                .insert(Key::folding(noun), [list(codes), list(classes)]);
        }
        for (name, gender) in listed::rows(given).filter_map(|row| listed::cut(row, b'\t')) {
            let gender = read_gender(gender.trim_ascii()).unwrap_or_default();
            out.given.insert(Key::folding(name), gender);
        }
        let mut row_of: FxHashMap<&str, usize> = FxHashMap::default();
        for [noun, class, gender, offices] in rows(roles) {
            let Some(class) = read_role_class(class) else {
                continue;
            };
            let row = out.roles.len();
            row_of.entry(noun).or_insert(row);
            out.roles.push(RoleNoun {
                noun: noun.to_owned(),
                class,
                gender: read_gender(gender).unwrap_or_default(),
                roles: offices.split(',').filter_map(read_role).collect(),
            });
            out.role_index.add(noun, row, class == RoleClass::Group);
            if class != RoleClass::Group {
                for plural in plurals(noun) {
                    out.role_index.add(&plural, row, true);
                }
            }
        }
        out.same_office = SameOffice::read(include_str!("../../data/en/same_office.txt"), |noun| {
            row_of.get(noun).copied()
        });
        for [noun, class] in rows(things) {
            let Some(class) = read_thing_class(class) else {
                continue;
            };
            let row = out.things.len();
            out.things.push(class);
            out.thing_index.add(noun, row, false);
            for plural in plurals(noun) {
                out.thing_index.add(&plural, row, true);
            }
        }
        for [title, gender, role] in rows(titles) {
            let row = out.titles.len();
            let noun = role.to_lowercase();
            out.titles.push(Title {
                gender: read_gender(gender).unwrap_or_default(),
                role: row_of.get(&*noun).copied(),
                plain: role == "-",
            });
            out.title_index.add(title, row, false);
        }
        for line in listed::rows(verbs) {
            out.human_verbs.extend(line.split_whitespace().map(Key::of));
        }
        out
    }

    /// The gender of a given name, by its folded form; `None` when the list does not have it.
    pub fn given(&self, folded: &str) -> Option<Gender> {
        self.given.get(&Key::of(folded)).copied()
    }

    /// The longest noun for people that begins at token `i`.
    pub fn role_at(&self, tokens: &Tokens, i: usize) -> Option<Found> {
        self.role_index.longest(tokens, i)
    }

    /// The longest title that begins at token `i`.
    pub fn title_at(&self, tokens: &Tokens, i: usize) -> Option<Found> {
        self.title_index.longest(tokens, i)
    }

    /// The longest noun for something that is no person, at token `i`, and its class.
    pub fn thing_at(&self, tokens: &Tokens, i: usize) -> Option<(Found, ThingClass)> {
        self.thing_index
            .longest(tokens, i)
            .map(|f| (f, self.things[f.row]))
    }

    /// Whether what the article called somebody and a later noun (rows of `roles`) may be one person: "a senior
    /// diplomat", "the diplomat"; "foreign minister", "the minister"; but not "vice president", "the president".
    pub fn same_noun(&self, before: usize, now: usize) -> bool {
        if before == now || self.same_office.has(before, now) {
            return true;
        }
        let (a, b) = (&self.roles[before].noun, &self.roles[now].noun);
        let shorter = a.strip_suffix(b.as_str()).and_then(|a| a.strip_suffix(' '));
        let office = self.roles[now].class == RoleClass::Office;
        shorter.is_some_and(|lead| {
            (office || !b.contains(' ')) && !lead.split(' ').any(|w| self.is(WordSet::Lesser, w))
        })
    }

    /// The row of the noun for people at the head of an office's title in the knowledge base: "Prime Minister",
    /// "President of the Council".
    pub fn row_of_title(&self, title: &str) -> Option<usize> {
        let words = name_words(title);
        let end = words
            .iter()
            .position(|w| matches!(w.as_str(), "of" | "for" | "in" | "and"))
            .unwrap_or(words.len());
        let lesser = words[..end].iter().position(|w| self.is(WordSet::Lesser, w));
        (0..end.min(lesser.unwrap_or(end) + 1)).find_map(|start| self.role_index.row_of(&words[start..end]))
    }

    /// Whether a folded word is a noun for people.
    pub fn is_role(&self, folded: &str) -> bool {
        self.role_index.single(folded).is_some()
    }

    /// Whether a folded word is the plural of a noun for people.
    pub fn is_plural_role(&self, folded: &str) -> bool {
        self.role_index
            .by_first
            .get(&Key::of(folded))
            .and_then(|list| list.last())
            .is_some_and(|e| e.rest.is_empty() && e.plural)
    }

    /// The class of a single folded word that means no person.
    pub fn thing(&self, folded: &str) -> Option<ThingClass> {
        self.thing_index.single(folded).map(|row| self.things[row])
    }

    /// Whether a body of that code and class of the knowledge base may be called by a noun ("the alliance").
    pub fn body_noun(&self, noun: &str, code: &str, class: &str) -> bool {
        self.body_nouns
            .get(&Key::of(noun))
            .is_some_and(|[codes, classes]| {
                codes.iter().any(|c| c == code) || classes.iter().any(|c| c == class)
            })
    }

    /// Whether a body whose name ends with `last` may be called by a noun ("the watchdog" of an authority).
    pub fn body_called(&self, noun: &str, last: &str) -> bool {
        self.body_calls
            .get(&Key::of(noun))
            .is_some_and(|words| words.iter().any(|w| w == last))
    }

    /// Whether a folded word ends like a noun for people ("immunologist").
    pub fn is_human_ending(&self, folded: &str) -> bool {
        let thing = |word: &str| self.is(WordSet::NotHuman, word);
        if thing(folded)
            || folded.strip_suffix('s').is_some_and(thing)
            || folded.ends_with("ness") && folded != "witness"
        {
            return false;
        }
        self.ends(WordSet::HumanEnding, folded)
    }

    /// Whether a folded noun ends like nouns for what can be thought of ("decision").
    pub fn is_matter_ending(&self, folded: &str) -> bool {
        self.ends(WordSet::MatterEnding, folded)
    }

    /// Whether a word ends like a set has it, by two to five letters.
    fn ends(&self, set: WordSet, folded: &str) -> bool {
        (2..=5).any(|n| {
            folded
                .len()
                .checked_sub(n)
                .and_then(|at| folded.get(at..))
                .is_some_and(|tail| self.is(set, tail))
        })
    }

    /// Whether a set of `words.txt` holds the folded word.
    pub fn is(&self, set: WordSet, folded: &str) -> bool {
        self.sets.has(set, folded)
    }

    /// Whether any of several sets holds the folded word.
    pub fn is_any<const N: usize>(&self, sets: [WordSet; N], folded: &str) -> bool {
        self.sets.has_any(sets, folded)
    }

    /// Whether the folded word is written with a capital and yet names no participant ("Earth", "TV").
    pub fn is_no_name(&self, folded: &str) -> bool {
        self.sets.has(WordSet::NoName, folded)
    }

    /// Whether the folded word is a form of a verb whose subject speaks or decides.
    pub fn is_human_verb(&self, folded: &str) -> bool {
        self.human_verbs.contains(&Key::of(folded))
    }

    /// Whether the folded word is a word of grammar, a day, a month, or another word that begins a
    /// sentence and names nobody.
    pub fn is_function_word(&self, folded: &str) -> bool {
        self.sets.has(WordSet::Function, folded)
    }
}

/// Phrases by their first word, the longest first.
#[derive(Debug, Default)]
struct Phrases {
    by_first: FxHashMap<Key, Vec<Entry>>,
}

#[derive(Debug)]
struct Entry {
    rest: Vec<String>,
    row: usize,
    plural: bool,
}

impl Phrases {
    fn add(&mut self, phrase: &str, row: usize, plural: bool) {
        // Most are small letters and spaces, of which [`name_words`] would make the same.
        if phrase.bytes().all(|b| b.is_ascii_lowercase() || b == b' ') {
            self.put(phrase.split(' '), row, plural);
        } else {
            let words = name_words(phrase);
            self.put(words.iter().map(String::as_str), row, plural);
        }
    }

    fn put<'a>(&mut self, mut words: impl Iterator<Item = &'a str>, row: usize, plural: bool) {
        let Some(first) = words.next() else { return };
        let rest: Vec<String> = words.map(str::to_owned).collect();
        let list = self.by_first.entry(Key::of(first)).or_default();
        // The first row of a phrase wins, so that a plural never hides a noun of its own.
        if list.iter().any(|e| e.rest == rest) {
            return;
        }
        let at = list.partition_point(|e| e.rest.len() >= rest.len());
        list.insert(at, Entry { rest, row, plural });
    }

    fn single(&self, folded: &str) -> Option<usize> {
        let last = self.by_first.get(&Key::of(folded))?.last()?;
        last.rest.is_empty().then_some(last.row)
    }

    /// The row of a phrase in the singular.
    fn row_of(&self, words: &[String]) -> Option<usize> {
        let (first, rest) = words.split_first()?;
        let mut entries = self.by_first.get(&Key::of(first))?.iter();
        entries.find(|e| e.rest == rest && !e.plural).map(|e| e.row)
    }

    fn longest(&self, tokens: &Tokens, i: usize) -> Option<Found> {
        if tokens.list.get(i)?.kind != TokenKind::Word {
            return None;
        }
        self.by_first.get(&Key::of(tokens.fold(i)))?.iter().find_map(|e| {
            let mut at = i + 1;
            for word in &e.rest {
                while matches!(tokens.fold(at), "-" | "‑" | ".") && at < i + 8 {
                    at += 1;
                }
                if tokens.fold(at) != word {
                    return None;
                }
                at += 1;
            }
            Some(Found {
                len: at - i,
                row: e.row,
                plural: e.plural,
            })
        })
    }
}

/// The plural forms of a noun; "ministers of defence" puts it on the first word.
fn plurals(noun: &str) -> Vec<String> {
    // Put together without a formatter, which costs more than all else that is done for a noun at the start.
    let on = |word: &str| {
        if let Some(stem) = word.strip_suffix("man") {
            [stem, "men"].concat()
        } else if word.ends_with(['s', 'x']) || word.ends_with("ch") || word.ends_with("sh") {
            [word, "es"].concat()
        } else if let Some(stem) = word.strip_suffix('y')
            && !stem.ends_with(['a', 'e', 'o', 'u'])
        {
            [stem, "ies"].concat()
        } else {
            [word, "s"].concat()
        }
    };
    match listed::cut(noun, b' ') {
        Some((first, rest)) if matches!(listed::cut(rest, b' '), Some(("of" | "for" | "in", _))) => {
            vec![[&on(first), " ", rest].concat()]
        }
        // "attorneys general", "attorney generals"
        Some((first, "general")) => vec![[&on(first), " general"].concat(), on(noun)],
        _ => vec![on(noun)],
    }
}

fn rows<const N: usize>(table: &str) -> impl Iterator<Item = [&str; N]> {
    listed::rows(table)
        .map(listed::cells)
        .filter(|row: &[&str; N]| !row[0].is_empty())
}

// What a cell means, or nothing for one that nobody knows: its row is passed over, and a test finds it.

fn read_role_class(cell: &str) -> Option<RoleClass> {
    Some(match cell {
        "office" => RoleClass::Office,
        "kin" => RoleClass::Kin,
        "group" => RoleClass::Group,
        "person" => RoleClass::Person,
        _ => return None,
    })
}

fn read_thing_class(cell: &str) -> Option<ThingClass> {
    Some(match cell {
        "body" => ThingClass::Body,
        "land" => ThingClass::Land,
        "spot" => ThingClass::Spot,
        "text" => ThingClass::Text,
        "event" => ThingClass::Event,
        _ => return None,
    })
}

fn read_gender(cell: &str) -> Option<Gender> {
    Some(match cell {
        "m" => Gender::Male,
        "f" => Gender::Female,
        "u" => Gender::Unknown,
        _ => return None,
    })
}

fn read_role(cell: &str) -> Option<Role> {
    Some(match cell {
        "head_of_state" => Role::HeadOfState,
        "head_of_government" => Role::HeadOfGovernment,
        "deputy_head_of_government" => Role::DeputyHeadOfGovernment,
        "foreign_minister" => Role::ForeignMinister,
        "defence_minister" => Role::DefenceMinister,
        "finance_minister" => Role::FinanceMinister,
        "interior_minister" => Role::InteriorMinister,
        "justice_minister" => Role::JusticeMinister,
        "health_minister" => Role::HealthMinister,
        "economy_minister" => Role::EconomyMinister,
        "energy_minister" => Role::EnergyMinister,
        "trade_minister" => Role::TradeMinister,
        "culture_minister" => Role::CultureMinister,
        "minister" => Role::Minister,
        "junior_minister" => Role::JuniorMinister,
        "speaker" => Role::Speaker,
        "legislator" => Role::Legislator,
        "party_leader" => Role::PartyLeader,
        "opposition_leader" => Role::OppositionLeader,
        "central_bank" => Role::CentralBank,
        "military_chief" => Role::MilitaryChief,
        "org_head" => Role::OrgHead,
        "ambassador" => Role::Ambassador,
        "ambassador_un" => Role::AmbassadorUn,
        "spokesperson" => Role::Spokesperson,
        "chief_justice" => Role::ChiefJustice,
        "judge" => Role::Judge,
        "prosecutor_general" => Role::ProsecutorGeneral,
        "security_adviser" => Role::SecurityAdviser,
        "governor_general" => Role::GovernorGeneral,
        "first_lady" => Role::FirstLady,
        "subnational" => Role::Subnational,
        "other" => Role::Other,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::token::tokenize;

    fn role(text: &str) -> Option<(String, bool)> {
        let tokens = tokenize(text, &[]);
        english()
            .role_at(&tokens, 0)
            .map(|f| (english().roles[f.row].noun.clone(), f.plural))
    }

    #[test]
    fn nouns_of_several_words_and_plurals() {
        for (text, noun, plural) in [
            ("prime minister", "prime minister", false),
            ("Foreign Ministers met", "foreign minister", true),
            ("secretary-general of", "secretary general", false),
            ("diplomats", "diplomat", true),
            ("spokeswomen", "spokeswoman", true),
            ("heads of state", "head of state", true),
            ("allies", "ally", true),
        ] {
            assert_eq!(role(text), Some((noun.to_owned(), plural)), "{text}");
        }
        assert_eq!(role("harbour"), None);
    }

    #[test]
    fn every_row_is_read() {
        let lex = english();
        for table in [
            include_str!("../../data/en/roles.tsv"),
            include_str!("../../data/en/titles.tsv"),
            include_str!("../../data/en/bodies.tsv"),
            include_str!("../../data/en/given_names.tsv"),
        ] {
            let mut seen = FxHashSet::default();
            for line in table.lines().filter(|l| !l.starts_with('#')) {
                let (key, _) = line.split_once('\t').expect(line);
                assert!(seen.insert(key), "{key} stands twice");
            }
        }
        for [noun, class, gender, _] in rows::<4>(include_str!("../../data/en/roles.tsv")) {
            assert!(read_role_class(class).is_some(), "{noun}: {class}");
            assert!(read_gender(gender).is_some(), "{noun}: {gender}");
        }
        for [noun, class] in rows::<2>(include_str!("../../data/en/bodies.tsv")) {
            assert!(read_thing_class(class).is_some(), "{noun}: {class}");
        }
        for [name, gender] in rows::<2>(include_str!("../../data/en/given_names.tsv")) {
            assert!(read_gender(gender).is_some(), "{name}: {gender}");
        }
        for [noun, _, _, offices] in rows::<4>(include_str!("../../data/en/roles.tsv")) {
            for office in offices.split(',').filter(|o| *o != "-") {
                assert!(read_role(office).is_some(), "{noun}: {office}");
            }
        }
        for [title, gender, office] in rows::<3>(include_str!("../../data/en/titles.tsv")) {
            assert!(read_gender(gender).is_some(), "{title}: {gender}");
            let known = lex.roles.iter().any(|r| r.noun == office.to_lowercase());
            assert!(office == "-" || known, "{title}: {office}");
        }
    }
}
