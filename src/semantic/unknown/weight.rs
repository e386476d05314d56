//! How much speaks for a person, a body and a place behind a name that the knowledge base does not have.
//!
//! The weights are set by hand; what each weighs is one line, so that a change shows what it is for.

use crate::{
    semantic::{
        lexicon::{Lexicon, ThingClass},
        mention::Cue,
        unknown::{Shown, Survey},
        wordsets::WordSet,
    },
    syntax::tag::is_common_word,
};

/// A name with what the article shows of it.
pub(super) struct Weighed<'a> {
    survey: &'a Survey,
    lex: &'a Lexicon,
    words: &'a [&'a str],
    shown: Shown,
    /// Its last word.
    last: &'a str,
    /// It begins with a given name.
    given: bool,
    /// It is the last word of a longer name of the article.
    family: bool,
    /// An ordinary word that has a capital here: "Variety", "Learning Together", "White Plains".
    ordinary: bool,
    /// A title, an age or a byline says that it is somebody.
    introduced: bool,
    /// Its last word is one for bodies, spots or lands.
    noun_last: bool,
    /// "Association of Bakers District": a body by the noun before "of", whatever stands at the end.
    body_of: bool,
    /// "the Burnie Saltbacks"
    team: bool,
    /// "Aston Villa have signed" where "Villa captain" stands too.
    club: bool,
}

impl<'a> Weighed<'a> {
    /// Words of a name, at least one, folded.
    pub(super) fn new(survey: &'a Survey, lex: &'a Lexicon, words: &'a [&'a str], shown: Shown) -> Self {
        let (cues, n) = (shown.cues, words.len());
        let last = words[n - 1];
        // "India Hockey", "Kent RFC": no girl and no boy, though they are called so.
        let club = n > 1 && lex.is_any([WordSet::Game, WordSet::ClubTail], last);
        let given = lex.given(words[0]).is_some() && !club;
        let common = |w: &str| is_common_word(w) || n > 2 && w.strip_suffix('s').is_some_and(is_common_word);
        let n_common = words.iter().filter(|w| common(w)).count();
        let ordinary = match n {
            1 => n_common == 1,
            // "Halvorsen Marine" is what a firm is called by what it does.
            // "Shayla Brown": half the world is called so.
            2 if n_common == 1
                && shown.cues.has(Cue::Family)
                && lex.is(WordSet::CommonFamily, last)
                && lex.thing(last).is_none()
                && !lex.is_role(last)
                && last != "hall"
                && !last.ends_with('s') =>
            {
                false
            }
            _ => (is_common_word(last) || lex.is(WordSet::Sector, last)) && !given || n_common == n,
        };
        let introduced = shown.titled || shown.role_person || cues.has(Cue::Age) || cues.has(Cue::Byline);
        // "Kent College of Law" is a college.
        let of = words.iter().position(|w| matches!(*w, "of" | "for" | "on"));
        let head = of.and_then(|i| words.get(i.wrapping_sub(1))).unwrap_or(&last);
        let several = last.ends_with('s') && !last.ends_with("ss");
        Self {
            survey,
            lex,
            words,
            shown,
            last,
            given,
            family: survey.families.contains(words[0]) && n == 1,
            ordinary,
            introduced,
            noun_last: matches!(
                lex.thing(head),
                Some(ThingClass::Body | ThingClass::Spot | ThingClass::Land)
            ),
            body_of: of.is_some() && lex.thing(head) == Some(ThingClass::Body),
            team: cues.has(Cue::The) && n > 1 && several && !introduced,
            club: (survey.teams.contains(last) || cues.has(Cue::Many)) && !introduced,
        }
    }

    fn has(&self, cue: Cue) -> bool {
        self.shown.cues.has(cue)
    }

    fn n(&self) -> usize {
        self.words.len()
    }

    /// What speaks for a person.
    pub(super) fn person(&self) -> i32 {
        self.introduction() + self.form() + self.doing() - self.against_person()
    }

    /// Titles, ages, and what else introduces people.
    fn introduction(&self) -> i32 {
        6 * i32::from(self.shown.titled)
            + 4 * i32::from(self.shown.role_person)
            + 5 * i32::from(self.has(Cue::Age))
            + i32::from(self.has(Cue::Who))
            // "Deirdre Castle, who chairs the trust"
            + 2 * i32::from(self.has(Cue::Who) && self.given && self.n() == 2)
            + 2 * i32::from(self.has(Cue::Family) && self.n() <= 4)
            + 4 * i32::from(self.has(Cue::Byline))
            + 2 * i32::from(self.has(Cue::Human))
    }

    /// The words of people's names.
    fn form(&self) -> i32 {
        let (lex, words, n, last) = (self.lex, self.words, self.n(), self.last);
        let n_large = words.iter().filter(|w| !lex.is(WordSet::Particle, w)).count();
        let mut weight = if n > 1 && (2..=4).contains(&n_large) && self.given {
            4
        } else if n == 1 && self.given {
            2
        } else if self.family {
            3
        } else if n == 2 && self.survey.families.contains(last) {
            2
        } else {
            0
        };
        // "Peskov", "Farage": a surname of the base that is no other word, whoever bears it here.
        // It is somebody where it is treated so; alone it may be a town or a scale.
        if n == 1 && self.shown.surname && !self.given && !self.family && !self.ordinary {
            let treated = [Cue::Possessive, Cue::Addressed, Cue::Who, Cue::Acts];
            weight += 1 + i32::from(treated.iter().any(|cue| self.has(*cue)));
        }
        // "Le Pen", "van der Leyen"
        weight += 4 * i32::from(n > 1 && self.shown.surname && lex.is(WordSet::Particle, words[0]));
        // "T.V. Srinivasan"
        let initials =
            n >= 2 && words[0].len() <= 3 && self.shown.initials && !is_common_word(last) && !self.noun_last;
        weight += 4 * i32::from(initials);
        // "Oh Se-jin", "Wai-kit Lo"
        let eastern = lex.is(WordSet::FamilyFirst, words[0]) || n == 3 && lex.is(WordSet::FamilyFirst, last);
        weight += 2 * i32::from((2..=3).contains(&n) && eastern && !self.noun_last);
        // "India left out Tom Reed": in a report of sport most names of two words are players'.
        let player =
            self.survey.sport && n == 2 && !self.ordinary && !self.noun_last && self.shown.n_firm > 0;
        weight += i32::from(player && !self.has(Cue::The) && !self.club);
        weight + i32::from(n == 2 || n == 3) + 2 * i32::from(n > 1 && self.survey.spoken.contains(last))
    }

    /// What people do.
    fn doing(&self) -> i32 {
        let n = self.n();
        let mut weight = 2 * i32::from(n == 1 && self.has(Cue::Met) && !(self.survey.sport && !self.given));
        weight += 2 * i32::from(self.shown.n_speaks > 0 && n <= 3);
        weight += i32::from(self.has(Cue::Acts));
        // A lone word that nobody introduces: a person where it acts and nothing speaks for a team, a firm or a town.
        if n == 1 && !self.given && !self.introduced && !self.family {
            let elsewhere = self.has(Cue::Owner) || self.has(Cue::CommaPlace);
            weight -= 2 * i32::from(elsewhere);
            let alone = self.has(Cue::Acts) && self.has(Cue::Subject) && self.shown.n_locative == 0;
            weight += i32::from(alone && self.shown.propn && !elsewhere && !self.has(Cue::The));
        }
        weight
    }

    /// What speaks against a person.
    fn against_person(&self) -> i32 {
        let (n, introduced) = (self.n(), self.introduced);
        let ordinary = self.ordinary && !introduced && !self.family;
        let mut weight = 4 * i32::from(ordinary || self.is_modified());
        if self.has(Cue::The) {
            weight += if n > 1 { 4 } else { 3 } + 2 * i32::from(self.team);
        }
        // "German rival Brandt Aufzug, which reports next week": a noun that bodies go by, too, introduces nobody.
        let surely = self.shown.titled
            || self.has(Cue::Age)
            || self.has(Cue::Byline)
            || self.shown.role_person && self.given;
        weight += 4 * i32::from(self.has(Cue::Thing) && !self.has(Cue::Human) && !surely);
        weight += 6 * i32::from(self.words[0] == "the");
        let owns = self.has(Cue::Brand) || self.has(Cue::Owner) && !self.given;
        weight += 4 * i32::from(owns && !introduced);
        if self.club {
            weight += 5;
        } else if self.has(Cue::BodyBefore) && !introduced && !self.given {
            weight += 3;
        }
        if self.noun_last && n > 1 && !introduced {
            weight += if n == 2 && self.given { 2 } else { 4 };
        }
        weight + 2 * i32::from(self.is_acronym())
    }

    /// "National Geographic", but "Northern Syria": a word that says which one, and no given name.
    fn is_modified(&self) -> bool {
        let given = self.words.iter().any(|w| self.lex.given(w).is_some());
        self.n() > 1 && !given && !self.introduced && self.lex.is(WordSet::Modifier, self.words[0])
    }

    /// A word in capitals, where not all the text is.
    fn is_acronym(&self) -> bool {
        self.n() == 1 && self.has(Cue::Capitals) && self.words[0].len() >= 2 && !self.has(Cue::TitleCase)
    }

    /// "told Desert Island Discs": whoever is told something is no island, and nobody of that name either.
    fn is_told(&self) -> bool {
        self.has(Cue::Addressed)
            && self.has(Cue::SpotNoun)
            && self.n() > 1
            && !self.noun_last
            && self.shown.n_locative == 0
    }

    /// What speaks for a body.
    pub(super) fn body(&self) -> i32 {
        let (n, last) = (self.n(), self.last);
        let speaks = self.shown.n_speaks > 0;
        let mut weight = 5 * i32::from(self.has(Cue::BodyNoun))
            + 4 * i32::from(self.has(Cue::BodyBefore))
            + i32::from(self.has(Cue::The))
            + i32::from(speaks)
            + 4 * i32::from(self.has(Cue::Owner))
            + 4 * i32::from(self.has(Cue::Brand))
            + 2 * i32::from(self.has(Cue::Thing))
            + 2 * i32::from(self.team)
            + 5 * i32::from(self.club);
        if n == 1 && (last.ends_with("news") || last.ends_with("corp") || last.ends_with("bank")) {
            weight += 4;
        }
        weight +=
            2 * i32::from(n > 1 && (self.ordinary || self.is_modified()) && (speaks || self.has(Cue::Acts)));
        weight += 3 * i32::from(self.is_acronym() && !self.ordinary);
        weight += 4 * i32::from(self.is_told());
        // "Court Island" is no court.
        weight - 3 * i32::from(n > 1 && self.lex.thing(last) == Some(ThingClass::Spot))
    }

    /// What speaks for a place.
    pub(super) fn place(&self) -> i32 {
        let (n, shown) = (self.n(), self.shown);
        let mut weight = 5 * i32::from(self.has(Cue::SpotNoun) && !self.body_of)
            + 4 * i32::from(self.has(Cue::SpotBefore));
        let sure = self.has(Cue::SpotNoun) || self.has(Cue::SpotBefore) || self.has(Cue::CommaPlace);
        if shown.n_locative > 0 && n <= 3 && (!self.ordinary || sure) && !self.has(Cue::Brand) {
            let often = shown.n_locative * 2 > shown.n_all;
            weight += match (often, self.has(Cue::In)) {
                (true, true) => 3,
                (false, true) => 2,
                (true, false) if n > 1 => 2,
                (_, false) => 1,
            };
        }
        weight += 2 * i32::from(self.has(Cue::CommaPlace) && shown.n_locative > 0);
        weight -= 4 * i32::from(self.is_told());
        // "Halm District Court" is no district.
        weight - 3 * i32::from(n > 1 && self.lex.thing(self.last) == Some(ThingClass::Body))
    }
}
