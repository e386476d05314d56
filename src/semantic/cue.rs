//! The words that report: cue verbs in all their forms, cue nouns, and the closed classes of grammar that
//! the quotation stage reads. Lists live in `data/en`; another language is other lists.

use std::sync::LazyLock;

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::base::listed::{Key, rows};

/// A set of classes of a word; see the heads of the tables in `data/en`.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Classes(u64);

macro_rules! classes {
    ($($name:ident = $bit:expr;)*) => {
        impl Classes {
            $(#[allow(missing_docs, reason = "the table's head says what each class is")] pub const $name: Self = Self(1 << $bit);)*
        }
    };
}

classes! {
    SPEECH = 0; THAT = 1; INFINITIVE = 2; ADDRESSEE = 3; CALL = 4; NOUN_CONTENT = 5; DATA = 6; PREPOSITION = 7; WEAK = 8;
    CUE_NOUN_ACT = 9; CUE_NOUN_DOCUMENT = 10; CUE_NOUN_VIEW = 11;
    RELATIVE = 12; PERSONAL = 13; OBJECT = 14; POSSESSIVE = 15; BE = 16; HAVE = 17; MODAL = 18; NEGATION = 19;
    SUBORDINATOR = 20; COORDINATOR = 21; TIME = 22; TIME_HEAD = 23; ATTACH = 24; DOCUMENT = 25; TITLE = 26; TERM = 27;
    OPERATION = 28; NAME = 29; ANIMATE = 30; BODY = 31; INTERJECTION = 32; OCCASION = 33; CONTRACTION = 34; LINKING = 35;
    ATTITUDE = 36; RAISING = 37; EVIDENTIAL = 38; LINK_VERB = 39; LIGHT = 40; CUE_NOUN_OWNED = 41; REFUSAL = 42; FREE = 43;
    QUESTION = 44; CONTRAST = 45; ADJUNCT = 46; FORMERLY = 47; INCLUDING = 48; QUANTIFIER = 49; QUANTITY = 50; ANONYMOUS = 51; WHEREABOUTS = 52;
    INSCRIBED = 53; SLOGAN = 54; GENERIC = 55; MEETING = 56; LABELLED = 57; FILED = 58; OF_WORKS = 59; OUTCRY = 60; TELLING = 61;
    DEED = 62; MATTER = 63;
    // Of verbs only, as the class of the same number is of nouns only.
    PEOPLE = 41;
}

impl Classes {
    /// No class.
    pub const NONE: Self = Self(0);

    /// Whether any class of `other` is among these.
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The classes of both.
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Which form of a cue verb a word is. Where past and participle are spelled alike the form is [`Form::Past`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// "say", "to say".
    Base,
    /// "says".
    Present,
    /// "said".
    Past,
    /// "written".
    Participle,
    /// "saying".
    Ing,
}

/// A form of a cue verb.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CueVerb {
    /// What the verb can carry.
    pub classes: Classes,
    /// The form.
    pub form: Form,
    /// Whether the verb is "say", the one cue that stands anywhere.
    pub plain: bool,
    /// The prepositions that hand over to what is reported, with commas between.
    prepositions: &'static str,
}

impl CueVerb {
    /// The verb with more that it can carry.
    pub const fn with(mut self, classes: Classes) -> Self {
        self.classes = self.classes.and(classes);
        self
    }

    /// Whether the verb hands over to what is reported with the preposition `word`: "spoke of".
    pub fn hands_over(self, word: &str) -> bool {
        !self.prepositions.is_empty() && self.prepositions.split(',').any(|p| p == word)
    }
}

impl CueVerb {
    /// Whether the verb reports by itself before the infinitive of `word`: "promised to leave", but not "likes to
    /// say", where both are one cue, and not "declined to say".
    pub fn promises(self, word: &str) -> bool {
        let says = verb(word).is_some_and(|v| {
            v.classes.has(Classes::SPEECH) && v.classes.has(Classes::THAT) && !v.classes.has(Classes::WEAK)
        });
        self.classes.has(Classes::INFINITIVE)
            && self.classes.has(Classes::ATTITUDE)
            && !(self.classes.has(Classes::WEAK) && says)
    }
}

/// A verb with a particle: "point out".
#[derive(Clone, PartialEq, Eq, Debug)]
struct Particle {
    /// The words behind the verb.
    words: &'static str,
    verb: CueVerb,
}

/// What an adjective that reports can carry.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CueAdjective {
    /// Whether it takes a that-clause or a question.
    pub clause: bool,
    /// Whether it takes an infinitive.
    pub infinitive: bool,
    /// Whether it tells nobody's view behind "it is".
    pub personal: bool,
    prepositions: &'static str,
}

impl CueVerb {
    /// Whether the verb with its fixed words reports at all: "showed off" and "told the truth" do not.
    pub fn reports(self) -> bool {
        self.classes != Classes::default()
    }
}

impl CueAdjective {
    /// Whether the adjective hands over with the preposition `word`: "wary of".
    pub fn hands_over(self, word: &str) -> bool {
        self.prepositions.split(',').any(|p| p == word)
    }
}

/// What a word is by itself.
#[derive(Clone, Copy, Default)]
struct Said {
    classes: Classes,
    /// Which of [`Words::verbs`] it is a form of, if not 0: small entries of words are near more often.
    verb: u16,
}

struct Words {
    words: FxHashMap<Key, Said>,
    /// The first is none.
    verbs: Vec<Option<CueVerb>>,
    particles: FxHashMap<Key, Vec<Particle>>,
    adjectives: FxHashMap<Key, CueAdjective>,
    nouns: FxHashMap<Key, &'static str>,
}

/// There are not many more: the lists hold so many forms.
const N_WORDS: usize = 6000;

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Words {
        words: FxHashMap::with_capacity_and_hasher(N_WORDS, FxBuildHasher),
        verbs: vec![None],
        particles: FxHashMap::default(),
        adjectives: FxHashMap::default(),
        nouns: FxHashMap::default(),
    };
    for row in rows(include_str!("../../data/en/cue_verbs.tsv")) {
        let mut columns = row.split('\t');
        let (Some(lemma), Some(letters)) = (columns.next(), columns.next()) else {
            continue;
        };
        let (letters, prepositions) = letters.split_once('/').unwrap_or((letters, ""));
        let mut classes = letters
            .chars()
            .filter_map(verb_class)
            .fold(Classes::default(), Classes::and);
        if !prepositions.is_empty() {
            classes = classes.and(Classes::PREPOSITION);
        }
        let (past, participle) = (columns.next(), columns.next());
        let (lemma, particle) = lemma.split_once(' ').unwrap_or((lemma, ""));
        for (form, word) in forms(lemma, past, participle) {
            let verb = CueVerb {
                classes,
                form,
                plain: lemma == "say",
                prepositions,
            };
            if particle.is_empty() {
                let said = words.words.entry(Key::folding(&word)).or_default();
                // The first verb of a form is the one.
                if said.verb == 0 {
                    said.verb = words.verbs.len() as u16;
                    words.verbs.push(Some(verb));
                }
            } else {
                words
                    .particles
                    .entry(Key::folding(&word))
                    .or_default()
                    .push(Particle {
                        words: particle,
                        verb,
                    });
            }
        }
    }
    for row in rows(include_str!("../../data/en/cue_adjectives.tsv")) {
        let mut columns = row.split('\t');
        let (Some(adjective), Some(letters), Some(prepositions)) =
            (columns.next(), columns.next(), columns.next())
        else {
            continue;
        };
        words.adjectives.insert(
            Key::of(adjective),
            CueAdjective {
                clause: letters.contains('t'),
                infinitive: letters.contains('i'),
                personal: letters.contains('p'),
                prepositions,
            },
        );
    }
    for row in rows(include_str!("../../data/en/cue_nouns.tsv")) {
        let Some((noun, letter)) = row.split_once('\t') else {
            continue;
        };
        let (letter, prepositions) = letter.split_once('/').unwrap_or((letter, ""));
        let Some(class) = noun_class(letter) else { continue };
        for form in [noun.to_owned(), plural(noun)] {
            words.add(&form, class);
            if !prepositions.is_empty() {
                words.nouns.insert(Key::folding(&form), prepositions);
            }
        }
    }
    for row in rows(include_str!("../../data/en/grammar.tsv")) {
        let Some((class, list)) = row.split_once('\t') else {
            continue;
        };
        let Some(class) = grammar_class(class) else {
            continue;
        };
        for word in list.split(' ') {
            words.add(word, class);
        }
    }
    words
});

impl Words {
    fn add(&mut self, word: &str, class: Classes) {
        let said = self.words.entry(Key::folding(word)).or_default();
        said.classes = said.classes.and(class);
    }
}

/// The cue verb that `folded` is a form of.
pub fn verb(folded: &str) -> Option<CueVerb> {
    classes_and_verb(folded).1
}

/// The cue verb with a particle that begins with `folded` and goes on as `next` says, and how many words the
/// particle has.
pub fn particle_verb<'a>(folded: &str, next: impl Fn(usize) -> &'a str) -> Option<(CueVerb, usize)> {
    WORDS
        .particles
        .get(&Key::of(folded))?
        .iter()
        .filter(|p| p.words.split(' ').enumerate().all(|(i, word)| next(i) == word))
        .map(|p| (p.verb, p.words.split(' ').count()))
        .max_by_key(|p| p.1)
}

/// What `folded` can carry as an adjective that reports.
pub fn adjective(folded: &str) -> Option<CueAdjective> {
    WORDS.adjectives.get(&Key::of(folded)).copied()
}

/// Whether the cue noun `folded` hands over to what is reported with the preposition `word`: "criticism of".
pub fn noun_hands_over(folded: &str, word: &str) -> bool {
    WORDS
        .nouns
        .get(&Key::of(folded))
        .is_some_and(|list| list.split(',').any(|p| p == word))
}

/// The classes of a folded word that is no cue verb, or not only one.
pub fn classes(folded: &str) -> Classes {
    classes_and_verb(folded).0
}

/// The classes of a folded word, and the cue verb that it is a form of.
pub fn classes_and_verb(folded: &str) -> (Classes, Option<CueVerb>) {
    let words = &*WORDS;
    match words.words.get(&Key::of(folded)) {
        Some(said) if said.verb == 0 => (said.classes, None),
        Some(said) => (
            said.classes,
            words.verbs.get(said.verb as usize).copied().flatten(),
        ),
        None => (Classes::NONE, None),
    }
}

// What a cell means, or nothing for one that nobody knows: it is passed over, and a test finds it.

fn noun_class(letters: &str) -> Option<Classes> {
    let (class, owned) = match letters.strip_suffix('o') {
        Some(class) => (class, Classes::CUE_NOUN_OWNED),
        None => (letters, Classes::default()),
    };
    let class = match class {
        "s" => Classes::CUE_NOUN_ACT,
        "d" => Classes::CUE_NOUN_DOCUMENT,
        "v" => Classes::CUE_NOUN_VIEW,
        _ => return None,
    };
    Some(class.and(owned))
}

fn verb_class(letter: char) -> Option<Classes> {
    Some(match letter {
        's' => Classes::SPEECH,
        't' => Classes::THAT,
        'i' => Classes::INFINITIVE,
        'o' => Classes::ADDRESSEE,
        'c' => Classes::CALL,
        'n' => Classes::NOUN_CONTENT,
        'd' => Classes::DATA,
        'a' => Classes::ATTITUDE,
        'r' => Classes::RAISING,
        'e' => Classes::EVIDENTIAL,
        'k' => Classes::LINK_VERB,
        'l' => Classes::LIGHT,
        'x' => Classes::REFUSAL,
        'w' => Classes::WEAK,
        'm' => Classes::DEED,
        'p' => Classes::PEOPLE,
        _ => return None,
    })
}

fn grammar_class(name: &str) -> Option<Classes> {
    Some(match name {
        "relative" => Classes::RELATIVE,
        "personal" => Classes::PERSONAL,
        "object" => Classes::OBJECT,
        "possessive" => Classes::POSSESSIVE,
        "be" => Classes::BE,
        "have" => Classes::HAVE,
        "modal" => Classes::MODAL,
        "negation" => Classes::NEGATION,
        "subordinator" => Classes::SUBORDINATOR,
        "coordinator" => Classes::COORDINATOR,
        "time" => Classes::TIME,
        "timehead" => Classes::TIME_HEAD,
        "attach" => Classes::ATTACH,
        "document" => Classes::DOCUMENT,
        "title" => Classes::TITLE,
        "term" => Classes::TERM,
        "operation" => Classes::OPERATION,
        "name" => Classes::NAME,
        "animate" => Classes::ANIMATE,
        "body" => Classes::BODY,
        "occasion" => Classes::OCCASION,
        "question" => Classes::QUESTION,
        "contrast" => Classes::CONTRAST,
        "adjunct" => Classes::ADJUNCT,
        "formerly" => Classes::FORMERLY,
        "including" => Classes::INCLUDING,
        "quantifier" => Classes::QUANTIFIER,
        "quantity" => Classes::QUANTITY,
        "whereabouts" => Classes::WHEREABOUTS,
        "anonymous" => Classes::ANONYMOUS,
        "inscribed" => Classes::INSCRIBED,
        "slogan" => Classes::SLOGAN,
        "generic" => Classes::GENERIC,
        "meeting" => Classes::MEETING,
        "labelled" => Classes::LABELLED,
        "filed" => Classes::FILED,
        "ofworks" => Classes::OF_WORKS,
        "outcry" => Classes::OUTCRY,
        "telling" => Classes::TELLING,
        "matter" => Classes::MATTER,
        "linking" => Classes::LINKING,
        "contraction" => Classes::CONTRACTION,
        "interjection" => Classes::INTERJECTION,
        _ => return None,
    })
}

fn plural(noun: &str) -> String {
    match noun.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => [stem, "ies"].concat(),
        _ if noun.ends_with(['s', 'x', 'h']) => [noun, "es"].concat(),
        _ => [noun, "s"].concat(),
    }
}

/// The forms of an English verb. `past` is "2" where the last letter is doubled.
fn forms(lemma: &str, past: Option<&str>, participle: Option<&str>) -> Vec<(Form, String)> {
    let doubled = past == Some("2");
    let consonant_y = lemma
        .strip_suffix('y')
        .filter(|s| !s.ends_with(['a', 'e', 'o', 'u']));
    let last = lemma
        .chars()
        .next_back()
        .map_or("e", |c| &lemma[lemma.len() - c.len_utf8()..]);
    let present = match consonant_y {
        Some(stem) => [stem, "ies"].concat(),
        None if lemma.ends_with(['s', 'x', 'z', 'o']) || lemma.ends_with("ch") || lemma.ends_with("sh") => {
            [lemma, "es"].concat()
        }
        None => [lemma, "s"].concat(),
    };
    let regular = match consonant_y {
        _ if doubled => [lemma, last, "ed"].concat(),
        Some(stem) => [stem, "ied"].concat(),
        None if lemma.ends_with('e') => [lemma, "d"].concat(),
        None => [lemma, "ed"].concat(),
    };
    let ing = match lemma {
        _ if doubled || matches!(lemma, "put" | "hit" | "run" | "begin" | "spit" | "quiz") => {
            [lemma, last, "ing"].concat()
        }
        _ if lemma.ends_with('e') && !lemma.ends_with("ee") => [&lemma[..lemma.len() - 1], "ing"].concat(),
        _ => [lemma, "ing"].concat(),
    };
    let mut all = vec![
        (Form::Base, lemma.to_owned()),
        (Form::Present, present),
        (Form::Ing, ing),
    ];
    match (past.filter(|p| *p != "2"), participle) {
        (Some(past), participle) => {
            all.push((Form::Past, past.to_owned()));
            if let Some(participle) = participle {
                all.push((Form::Participle, participle.to_owned()));
            }
        }
        (None, _) => all.push((Form::Past, regular)),
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_forms_of_verbs() {
        for (word, form) in [
            ("said", Form::Past),
            ("says", Form::Present),
            ("denied", Form::Past),
            ("quipped", Form::Past),
            ("written", Form::Participle),
            ("urging", Form::Ing),
            ("putting", Form::Ing),
            ("preaches", Form::Present),
        ] {
            assert_eq!(verb(word).map(|v| v.form), Some(form), "{word}");
        }
        assert_eq!(verb("house"), None);
    }

    #[test]
    fn verbs_with_fixed_words_may_be_deeds() {
        let told = |words: &'static [&'static str]| {
            particle_verb("told", move |k| words.get(k).copied().unwrap_or(""))
        };
        assert!(told(&["the", "truth"]).is_some_and(|(verb, words)| !verb.reports() && words == 2));
        assert!(told(&["the", "court"]).is_none());
        assert!(verb("told").is_some_and(CueVerb::reports));
    }

    #[test]
    fn every_cell_is_understood() {
        for row in rows(include_str!("../../data/en/cue_verbs.tsv")) {
            let cell = row.split('\t').nth(1).expect(row);
            let letters = cell.split('/').next().unwrap_or("");
            let known = letters.chars().all(|c| verb_class(c).is_some());
            let deed = cell == "-" && row.contains(' ');
            assert!((known || deed) && !cell.is_empty(), "{row}");
        }
        for row in rows(include_str!("../../data/en/cue_adjectives.tsv")) {
            let cells: Vec<&str> = row.split('\t').collect();
            let known = cells[1] == "-" || cells[1].chars().all(|c| "tip".contains(c));
            assert!(cells.len() == 3 && known && !cells[1].is_empty(), "{row}");
        }
        for row in rows(include_str!("../../data/en/cue_nouns.tsv")) {
            let (_, letters) = row.split_once('\t').expect(row);
            let letters = letters.split('/').next().unwrap_or("");
            assert!(noun_class(letters).is_some(), "{row}");
        }
        for row in rows(include_str!("../../data/en/grammar.tsv")) {
            let (class, words) = row.split_once('\t').expect(row);
            assert!(grammar_class(class).is_some() && !words.is_empty(), "{row}");
        }
    }

    #[test]
    fn knows_classes() {
        assert!(classes("statements").has(Classes::CUE_NOUN_DOCUMENT));
        assert!(classes("who").has(Classes::RELATIVE));
        assert!(!classes("house").has(Classes::TIME));
    }
}
