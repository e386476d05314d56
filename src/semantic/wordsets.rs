//! Sets of words that the search for names asks for; which words, is data (`data/en/words.txt`).

use rustc_hash::FxHashMap;

use crate::base::listed::{self, Key};

macro_rules! sets {
    ($($name:ident $key:literal $doc:literal;)*) => {
        /// A set of words.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        #[repr(u8)]
        pub enum WordSet {
            $(#[doc = $doc] $name,)*
        }

        /// Every set with the name that the file has for it.
        const SETS: &[(&str, WordSet)] = &[$(($key, WordSet::$name),)*];
    };
}

sets! {
    Function "function" "Words of grammar, days, months, and other words that begin a sentence and name nobody.";
    Listed "listed" "Words of grammar that stages ask for by name where they read only such words.";
    NoName "no-name" "Words and abbreviations with a capital that name no participant.";
    Modifier "modifier" "Adjectives and nouns that stand before nouns for people, for text that has no tags yet.";
    DescribesBehind "describes-behind" "Words that go on with a description behind its noun ('an official briefed on the talks').";
    Political "political" "Nouns for people that speak neither for nor against somebody who holds offices.";
    Auxiliary "auxiliary" "Auxiliary verbs, contracted forms without their apostrophe.";
    Motion "motion" "Words before 'to' that make a place of what follows ('flew to Kyiv').";
    Strike "strike" "Words before 'on' that make a place of what follows ('the attack on Kyiv').";
    Landscape "landscape" "Nouns that follow the name of a stretch of land or water.";
    PlaceNoun "place-noun" "Nouns behind a capital that make it a place ('Moscow airport').";
    StreetNoun "street-noun" "Last words of the names of streets.";
    Region "region" "Parts of the world that are no states.";
    Direction "direction" "Points of the compass before a word for a people ('South American').";
    GeorgiaState "georgia-state" "Names that tell the American state of Georgia from the country.";
    GeorgiaLand "georgia-land" "Names that tell the country of Georgia from the American state.";
    AmbiguousAcronym "ambiguous-acronym" "Short forms that too many bodies share to be believed alone: only where the country or the long name of the one meant stands in the article.";
    Particle "particle" "Small words inside names ('Ursula von der Leyen').";
    LeadingParticle "leading-particle" "Small words that may begin a name.";
    FamilyParticle "family-particle" "Words that begin family names and are none alone.";
    StateBody "state-body" "Bodies that every state has, so that a country before one says whose it is.";
    Chamber "chamber" "Last words of the names of parliaments and their chambers ('the Kansas House').";
    BeforeMonth "before-month" "Words before 'May' that make it the month.";
    CompoundTail "compound-tail" "Second parts of compounds that are no second half of a given name ('Moscow-led', but 'Jong-un').";
    Credit "credit" "Words behind a name that begin a caption or credit, not a second surname.";
    HumanEnding "human-ending" "Endings of nouns for people.";
    Sport "sport" "Words that tell a report of sport, where a country is its team.";
    TeamVerb "team-verb" "Verbs of sport whose subject or object is a team.";
    ClubName "club-name" "Clubs and racing teams that the world knows, in a report of sport.";
    EitherNoun "either-noun" "Nouns before a name that firms are called by as often as people ('its rival Norvia').";
    NobodyHead "nobody-head" "Words that head a subject and are nobody.";
    FamilyFirst "family-first" "Family names that stand before the given name.";
    Former "former" "Words that say that an office is over.";
    Future "future" "Words that say that an office is not held yet, or by nobody in particular.";
    CompanyEnding "company-ending" "What the law calls a company, at the end of its name.";
    NewPerson "new-person" "Nouns for people that 'the' introduces or that mean somebody of long before, not whoever spoke last.";
    Withheld "withheld" "Nouns for people whom reports leave without a name to the end ('a senior official').";
    Crown "crown" "Nouns for those at the head of a state or church, each an office of its own.";
    GoesOn "goes-on" "Verbs by which whoever spoke last goes on ('she added').";
    Lesser "lesser" "Words before an office that make another, lesser one of it ('vice president').";
    PlainPerson "plain-person" "Nouns that say of a person no more than sex and age.";
    ToSomebody "to-somebody" "Verbs before 'you' by which somebody who is there is spoken to, helped or given something.";
    AnyLeader "any-leader" "Nouns that any holder of an office may go by.";
    GrammarFamily "grammar-family" "Family names that are words of grammar.";
    MonthGiven "month-given" "Months that are given names.";
    GrammarGiven "grammar-given" "Given names that are words of grammar.";
    Sea "sea" "Seas that papers are called after.";
    Several "several" "Words that stand for several people, or for all or none of them.";
    Message "message" "Nouns for what somebody writes or has read out: whoever it is from says it.";
    Bringing "bringing" "Verbs whose object does what the infinitive behind it says (\"forced Holm to say\").";
    BroadcastPart "broadcast-part" "What a broadcaster's name goes on with when a part of it is meant.";
    Game "game" "Sports that a country has one body for (\"Norway Handball\").";
    PartyWord "party-word" "Words for a party's people, which describe somebody where they have a capital.";
    RegionPeople "region-people" "The peoples of parts of the world, which a point of the compass may stand before.";
    Company "company" "Nouns for companies, and words at the end of their names.";
    BodyRole "body-role" "Nouns for people that say whose body somebody belongs to, never whose person.";
    GivenTitle "given-title" "Titles that go with a given name ('Sir Patrick').";
    StateNoun "state-noun" "Nouns behind 'Georgia' that make it the American state.";
    TeamNoun "team-noun" "Nouns behind a country's name that make it the team.";
    Ship "ship" "Words before the name of a ship ('HMS Ocean').";
    PostNominal "post-nominal" "Letters behind a person's name ('Dinah Okafor KC').";
    Witness "witness" "Verbs whose object may be heard or seen to say something ('heard a man shouting').";
    Peerage "peerage" "Titles behind which 'of' and a place are part of the title ('the Duke of York').";
    Storm "storm" "Nouns before the name of a storm.";
    FormLabel "form-label" "Words before the colon of a headline that say what kind of piece it is.";
    TurnLetter "turn-letter" "Labels of turns that stand for whoever asks and whoever answers.";
    OfficeFamily "office-family" "Offices and the like that are family names too, without an article.";
    CommonFamily "common-family" "Family names that so many people bear that one alone says nobody.";
    TwoFamilies "two-families" "Codes of the countries whose people bear two family names.";
    JoinedParticle "joined-particle" "Beginnings of family names that keep their capital inside ('McBride').";
    Brand "brand" "Firms and things called after people.";
    GivenFirst "given-first" "Codes of the countries whose leaders go by the first word of their names.";
    Portfolio "portfolio" "Nouns for what a ministry is for, which elsewhere mean people or bodies.";
    HeadlineVerb "headline-verb" "Verbs that headlines write with a capital, which sentences hardly ever do.";
    NotHuman "not-human" "Nouns that end like nouns for people and are things.";
    Spouse "spouse" "Nouns for whoever is married to somebody, or nearly.";
    Sibling "sibling" "Nouns for brothers and sisters.";
    Parent "parent" "Nouns for parents.";
    Child "child" "Nouns for children of somebody.";
    Kin "kin" "Nouns for the family of somebody.";
    Meeting "meeting" "Verbs whose object is somebody.";
    AgentState "agent-state" "Adjectives behind 'it was' that only a body or a country can be ('said it was ready').";
    Mood "mood" "How a government takes something ('was cool to the idea'), which a town does not.";
    Dweller "dweller" "Somebody of a town or region that is no country.";
    Calls "calls" "What one does to whom one wants to come.";
    AnswersCall "answers-call" "What whoever is asked to come does.";
    KilledBy "killed" "What is done to whoever dies of it.";
    DeathNoun "death-noun" "What only the dead have.";
    CoupleVerb "couple-verb" "What two do who meet and marry.";
    PairVerb "pair-verb" "Verbs of two governments in headlines ('Riyadh and Doha sign pact').";
    WorksAt "works-at" "Nouns for people before 'at' and a firm.";
    LandOwned "land-owned" "What a country has and a firm has not ('Ostia’s central bank').";
    AgentVerb "agent-verb" "Verbs behind 'it' whose subject is a body or a country, not the weather.";
    GivesName "gives-name" "Verbs before 'himself as', where somebody says what he is called.";
    OfPlace "of-place" "Nouns before 'of' and a place: where people hold office or live.";
    FromPlace "from-place" "Nouns for people behind the place that they are from ('a Wynnum pensioner').";
    InPlace "in-place" "Those of `Locative` that say that somebody or something is in the place.";
    Departure "departure" "Words before 'for' that make a place of what follows ('left for Kyiv').";
    Backing "backing" "Nouns before 'of' and whoever has them ('the support of Kyiv').";
    OfPerson "of-person" "Nouns before 'of' and somebody's name ('the murder of Stein Rokke').";
    OfWork "of-work" "Words before 'of' or 'from' and whoever made, told or left it ('the songs of Fela Kuti').";
    CalledAfter "called-after" "Nouns for bodies that bear somebody's name and title ('King Saud University').";
    ClubLetters "club-letters" "Letters before or behind a town that make a club of it ('FC Halm', 'Halm FF').";
    ClubTail "club-tail" "Letters behind a place that make a club or a body for a sport of it (\"Halm RFC\").";
    ClubWord "club-word" "Last words of the names of clubs, which are towns elsewhere.";
    BeforeCourt "before-court" "Words behind 'told the' for whoever hears a witness.";
    MidAdverb "mid-adverb" "Adverbs between subject and verb.";
    SumsUp "sums-up" "Nouns that sum up in an apposition what was said ('…, a claim that Roy denies').";
    TimeUnit "time-unit" "Units of time.";
    DateLine "date-line" "Words in a line that says when the article was published.";
    LanguageVerb "language-verb" "Words before the name of a language.";
    Route "route" "Words before 'between' and two places.";
    ShortFor "short-for" "Words before 'for' and the meaning of a word.";
    Perform "perform" "Verbs before the title of what is played or sung.";
    Landmark "landmark" "Nouns behind whoever a stretch of land is called after ('Hartmann’s Bay').";
    NameNoun "name-noun" "Nouns before a name that somebody goes by.";
    Law "law" "Nouns in the names of laws.";
    BecomesOffice "becomes-office" "Words before an office that somebody gets, without naming its holder.";
    UnchangedPast "unchanged-past" "Verbs whose past is spelled like the infinitive.";
    StrongPast "strong-past" "Pasts without an ending, which may be nouns or adjectives elsewhere.";
    Member "member" "Nouns behind the name of a seat or council.";
    Counting "counting" "Nouns before 'of' that only count those who stand behind it.";
    FamilyNoun "family-noun" "Nouns behind a family name for those who bear it.";
    SignVerb "sign-verb" "Verbs between a sign and what is written on it.";
    SignWords "sign-words" "Nouns before what is written on a sign ('bearing the words').";
    SignBears "sign-bears" "Verbs whose object is what is written on their subject.";
    SignWritten "sign-written" "Verbs before 'the words' that somebody puts on a wall.";
    SignMade "sign-made" "Participles before what stands on a thing.";
    SignReading "sign-reading" "Participles between a sign and what is written on it.";
    KnownHow "known-how" "Adverbs before 'known as'.";
    Aspect "aspect" "Verbs before the participle of a verb of saying ('kept saying').";
    ManyVerb "many-verb" "Verbs of many behind one name: the name of a team.";
    Locative "locative" "Words before the name of a place.";
    Creator "creator" "Nouns for those whose work is named behind 'of', in the singular.";
    MatterEnding "matter-ending" "Endings of nouns for what can be thought of, and not only touched, in the singular.";
    Bygone "bygone" "Words that put an office into the past.";
    Dead "dead" "Words for a death, of whoever held the office to the end.";
    KeptBack "kept-back" "Nouns for people whose names are kept back, also where they come up again as 'the official'.";
    Recited "recited" "Nouns for words that everybody may repeat, or that a text, law or song has ('the refrain “…”'), and participles of what is written on a thing.";
    CalledSo "called-so" "Participles of the passive that hides who called somebody so.";
    BeforeCalled "before-called" "Words before such a participle.";
    OfCountry "of-country" "Nouns before 'of' and a country.";
    Determiner "determiner" "Words that begin a description of somebody without a name ('two officials').";
    Sector "sector" "What firms are in, on both sides of the 'and' in their names ('Pacific Gas and Electric').";
    WhatBody "what-body" "Nouns that say behind a name that it is a body's, and stand in no body's name ('a think tank').";
    Counted "counted" "Words by which a sentence tells what a poll found.";
    VoteKind "vote-kind" "Words before 'poll' that make an election of it.";
    PaperNoun "paper-noun" "Last words of the names of papers, which go by them alone ('told the Herald').";
    BeforePlain "before-plain" "Words before a name that may be the last of several, or that take a verb in its plain form.";
    FirmWord "firm-word" "Nouns and verbs behind the name of a firm, and nouns before 'in' or 'of' and its name ('shares in Norvia').";
}

/// The sets, each word with those that hold it.
#[derive(Debug, Default)]
pub struct WordSets {
    words: FxHashMap<Key, Members>,
    /// Of each set, in their order.
    outlines: Vec<Outline>,
}

/// Which letters the words of a set begin with and which lengths they have, a bit for each: most words are told not to be in a
/// small set without looking for them.
#[derive(Clone, Copy, Default, Debug)]
struct Outline(u64);

impl Outline {
    /// Of one word.
    #[inline(always)]
    fn of(word: &str) -> Self {
        let first = word.as_bytes().first().copied().unwrap_or(0);
        Self(1 << (first % 32) | 1 << (32 + word.len().min(31)))
    }

    /// Whether the set may hold the word.
    #[inline(always)]
    fn admits(self, word: Self) -> bool {
        self.0 & word.0 == word.0
    }
}

impl WordSets {
    /// Reads a table: `[name]` opens a set, what follows are its words. Unknown sets are passed over.
    pub fn read(table: &str) -> Self {
        let mut out = Self::default();
        out.words.reserve(table.len() / 9);
        out.outlines.resize(SETS.len(), Outline::default());
        let (mut open, mut next) = (None, 0);
        for line in listed::rows(table) {
            if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                // They stand in their order, mostly.
                let is = |set: &&(&str, WordSet)| set.0 == name;
                let set = SETS.get(next).filter(is).or_else(|| SETS.iter().find(is));
                open = set.map(|(_, set)| *set);
                next = open.map_or(next, |set| set as usize + 1);
                continue;
            }
            let mut rest = Some(line);
            while let Some(line) = rest {
                let (word, behind) = match listed::cut(line, b' ') {
                    Some((word, behind)) => (word, Some(behind)),
                    None => (line, None),
                };
                rest = behind;
                if word.is_empty() {
                    continue;
                }
                if let Some(outline) = open.and_then(|set| out.outlines.get_mut(set as usize)) {
                    outline.0 |= Outline::of(word).0;
                }
                let key = match word.contains('_') {
                    true => Key::of(&word.replace('_', " ")),
                    false => Key::of(word),
                };
                let members = out.words.entry(key).or_default();
                if let Some(set) = open {
                    members.add(set);
                }
            }
        }
        out
    }

    /// Whether a set holds a folded word.
    pub fn has(&self, set: WordSet, folded: &str) -> bool {
        self.admits(set, folded) && self.words.get(&Key::of(folded)).is_some_and(|m| m.hold(set))
    }

    /// Whether any of several sets holds a folded word.
    pub fn has_any<const N: usize>(&self, sets: [WordSet; N], folded: &str) -> bool {
        sets.iter().any(|set| self.admits(*set, folded))
            && self
                .words
                .get(&Key::of(folded))
                .is_some_and(|m| sets.iter().any(|set| m.hold(*set)))
    }

    #[inline(always)]
    fn admits(&self, set: WordSet, folded: &str) -> bool {
        let outline = self.outlines.get(set as usize).copied();
        outline.unwrap_or_default().admits(Outline::of(folded))
    }

    /// The words of a set.
    #[cfg(test)]
    fn len(&self, set: WordSet) -> usize {
        self.words.values().filter(|m| m.hold(set)).count()
    }
}

/// The sets that hold a word, a bit for each.
#[derive(Clone, Copy, Default, PartialEq, Debug)]
struct Members([u64; 4]);

impl Members {
    fn add(&mut self, set: WordSet) {
        self.0[set as usize / 64] |= 1 << (set as usize % 64);
    }

    #[inline(always)]
    fn hold(self, set: WordSet) -> bool {
        self.0[set as usize / 64] >> (set as usize % 64) & 1 == 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::fold::fold;

    const ENGLISH: &str = include_str!("../../data/en/words.txt");

    #[test]
    fn the_file_holds_every_set_and_no_other() {
        let sets = WordSets::read(ENGLISH);
        assert!(SETS.len() <= 256);
        for (i, (name, set)) in SETS.iter().enumerate() {
            assert!(sets.len(*set) > 0, "{name} is empty");
            assert_eq!(*set as usize, i);
        }
        for line in ENGLISH.lines().filter(|l| l.starts_with('[')) {
            assert!(SETS.iter().any(|(name, _)| line == format!("[{name}]")), "{line}");
        }
    }

    #[test]
    fn entries_are_folded() {
        for line in ENGLISH.lines().filter(|l| !l.starts_with(['#', '['])) {
            for word in line.split_whitespace() {
                assert_eq!(word, fold(word), "{word}");
            }
        }
        let sets = WordSets::read("[region]\nmiddle_east\n[motion]\nflew");
        assert!(sets.has(WordSet::Region, "middle east"));
        assert!(!sets.has(WordSet::Region, "flew"));
    }
}
