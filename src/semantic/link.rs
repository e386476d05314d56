//! How well an entity of the knowledge base fits a name in the article: form, office, country, date, rank.

use std::cell::RefCell;

use rustc_hash::FxHashMap;

use crate::{
    base::date::{Date, Holds},
    kb::{EntityId, Kb, Kind, NameForm, Role, Tenure},
    semantic::{
        doc::Doc,
        lexicon::{self, Lexicon, RoleClass},
        mention::{Candidate, Hit, Name, RoleMention, What},
        wordsets::WordSet,
    },
};

/// What the whole article says about the countries and bodies it is set among.
pub(super) struct Scene<'a> {
    pub(super) kb: &'a Kb,
    pub(super) date: Option<Date>,
    pub(super) lex: &'static Lexicon,
    /// Countries that the world's papers write about unasked: the members of the G20.
    major: Vec<EntityId>,
    /// How often each country or body is named without doubt, by its code.
    codes: FxHashMap<&'a str, u32>,
    /// How often each body is itself the name that counts for its country.
    own: FxHashMap<EntityId, u32>,
    /// How near each entity is that was asked for.
    near: RefCell<FxHashMap<EntityId, Nearness>>,
}

/// How often the article names the country of an entity, and the entity's rank.
type Nearness = (u32, std::cmp::Reverse<u8>);

/// How a person fits what stands beside the name.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub(super) struct Fit {
    /// The office named beside the name is one this person holds (or held, for "former").
    pub(super) office: bool,
    /// The article names the country or body of one of the offices.
    pub(super) country: bool,
    /// Some office is held at the article's date.
    pub(super) active: bool,
    /// The person held the office at another time than the text suggests.
    pub(super) stale: bool,
    /// Some office, held at whatever time, is of a kind that every reader knows. Whom a desk lists as its mayor or pilot
    /// has none.
    pub(super) high: bool,
    /// What stands beside the name speaks against this person.
    pub(super) against: bool,
    /// The office beside the name is none of this person's.
    pub(super) mismatch: bool,
    /// Years between the date and the nearest office, 0 when one is held or no date is known.
    pub(super) years: i32,
    /// Whether all offices lie in the future of the article.
    pub(super) before_time: bool,
    /// Somebody heads a state, a government or one of the great bodies at the date; without a date, ever.
    pub(super) leads: bool,
    /// Somebody headed a state or a government once.
    pub(super) led: bool,
    /// It is one of the great bodies, which papers write about without a country.
    pub(super) body: bool,
    /// It is an office whose holder the papers of the country call by the surname alone.
    pub(super) known: bool,
}

impl<'a> Scene<'a> {
    pub(super) fn new(doc: &Doc<'a>, lex: &'static Lexicon) -> Self {
        let mut codes = FxHashMap::default();
        let mut own: FxHashMap<EntityId, u32> = FxHashMap::default();
        // What each entity speaks for, and its own code; an article names few of them again and again.
        let mut spoken_for: FxHashMap<EntityId, (Option<&'a str>, Option<&'a str>)> = FxHashMap::default();
        for local in doc.locals {
            for c in &local.candidates {
                let What::Name(name) = &c.what else { continue };
                // "the Élysée", "Matignon": whoever sits there, the country is spoken of.
                let seat = name
                    .hits
                    .iter()
                    .find(|h| h.form == NameForm::Metonym && h.kind == Kind::Country);
                if name.hits.iter().all(|h| h.kind == Kind::Person) {
                    continue;
                }
                let hits = || {
                    name.hits.iter().filter(|h| {
                        h.kind != Kind::Person
                            && !seat.is_some_and(|s| {
                                h.kind == Kind::Institution && doc.kb.country_of(h.entity) == Some(s.entity)
                            })
                    })
                };
                let mut of = |id: EntityId| {
                    *spoken_for
                        .entry(id)
                        .or_insert_with(|| (land(doc.kb, id), doc.kb.code(id)))
                };
                let mut seen: Option<&str> = None;
                let unambiguous = hits().all(|h| {
                    let (code, _) = of(h.entity);
                    let same = seen.is_none() || seen == code;
                    seen = seen.or(code);
                    same
                });
                if let (true, Some(code)) = (unambiguous, seen) {
                    for h in hits().filter(|h| h.kind == Kind::Institution) {
                        *own.entry(h.entity).or_insert(0) += 1;
                    }
                    *codes.entry(code).or_insert(0) += 1;
                    // A region is named too, and with it its country.
                    let region = hits().next().filter(|_| hits().count() == 1);
                    let region = region.and_then(|h| of(h.entity).1).filter(|own| *own != code);
                    if let Some(own) = region {
                        *codes.entry(own).or_insert(0) += 1;
                    }
                }
            }
        }
        Self {
            kb: doc.kb,
            date: doc.date,
            lex,
            major: doc.kb.members("G20").collect(),
            codes,
            own,
            near: RefCell::default(),
        }
    }

    /// How often the article names the country or body of that code.
    pub(super) fn weight(&self, code: &str) -> u32 {
        self.codes.get(code).copied().unwrap_or(0)
    }

    /// How often the article names the country that it names most.
    pub(super) fn heaviest(&self) -> u32 {
        let countries = self.codes.iter().filter(|(code, _)| code.len() == 2);
        countries.map(|(_, n)| *n).max().unwrap_or(0)
    }

    /// Whether the tenure holds at the article's date; without a date that it may.
    pub(super) fn holds(&self, t: &Tenure<'_>) -> Holds {
        match self.date {
            Some(day) => t.holds(day),
            None => Holds::Maybe,
        }
    }

    /// How `person` fits what stands beside the name.
    pub(super) fn fit(
        &self,
        person: EntityId,
        role: Option<&RoleMention>,
        title_role: Option<usize>,
        codes: &[&str],
    ) -> Fit {
        let mut fit = Fit {
            years: i32::MAX,
            before_time: true,
            ..Fit::default()
        };
        let rows = role.map(|r| r.row).into_iter().chain(title_role);
        let wanted: Vec<Role> = rows
            .clone()
            .flat_map(|row| self.lex.roles[row].roles.iter().copied())
            .collect();
        let former = role.is_some_and(|r| r.former);
        let nouns = || rows.clone().map(|row| self.lex.roles[row].noun.as_str());
        let mut any = false;
        // An office of the base is called by the very word ("harbor master").
        let mut called = false;
        for t in self.kb.tenures(person) {
            any = true;
            fit.high |= t.role != Role::Other;
            let holds = self.holds(&t);
            let now = matches!(holds, Holds::Yes | Holds::Maybe);
            if now && self.date.is_some() {
                fit.active |= holds == Holds::Yes || t.end.is_none();
            }
            if !matches!(holds, Holds::NotYet) {
                fit.before_time = false;
            }
            fit.led |=
                holds == Holds::NoLonger && matches!(t.role, Role::HeadOfState | Role::HeadOfGovernment);
            if holds == Holds::Yes || now && t.end.is_none() {
                let body = t.role == Role::OrgHead && self.is_great_body(t.org);
                fit.body |= body;
                fit.known |= matches!(
                    t.role,
                    Role::DeputyHeadOfGovernment
                        | Role::ForeignMinister
                        | Role::DefenceMinister
                        | Role::FinanceMinister
                        | Role::PartyLeader
                        | Role::OppositionLeader
                        | Role::CentralBank
                        | Role::Spokesperson
                        | Role::OrgHead
                );
                fit.leads |= body || matches!(t.role, Role::HeadOfState | Role::HeadOfGovernment);
            }
            fit.years = fit.years.min(self.distance(&t, holds));
            let here = codes.contains(&t.org);
            fit.country |= here || self.weight(t.org) > 0;
            if rows.clone().next().is_some() {
                let title = t.office.to_lowercase();
                let same = nouns().any(|noun| !noun.is_empty() && title == noun);
                called |= same;
                fit.office |= same && now;
            }
            if !wanted.is_empty() && role_fits(&wanted, t.role) && (codes.is_empty() || here) {
                if now || former && holds == Holds::NoLonger {
                    fit.office = true;
                } else {
                    fit.stale = true;
                }
            }
        }
        if let Some(code) = self.kb.code(person) {
            fit.country |= codes.contains(&code) || self.weight(code) > 0;
        }
        if !any {
            fit.years = 0;
            fit.before_time = false;
        }
        let class = rows.clone().map(|row| self.lex.roles[row].class).next();
        fit.against = match class {
            // The base need not know the offices that somebody held before the first it has.
            Some(RoleClass::Office) => {
                fit.mismatch = any && !fit.office && !fit.stale && !wanted.is_empty() && !fit.before_time;
                false
            }
            Some(RoleClass::Person) => !called && nouns().all(|noun| !is_political(noun)),
            _ => false,
        };
        fit
    }

    fn distance(&self, t: &Tenure<'_>, holds: Holds) -> i32 {
        let Some(day) = self.date else { return 0 };
        let year = i32::from(day.year);
        match holds {
            Holds::NotYet => t.start.map_or(0, |s| i32::from(s.year) - year),
            Holds::NoLonger => t.end.map_or(0, |e| year - i32::from(e.year)),
            // An office without a known end grows old too.
            _ if t.end.is_none() => t.as_of.map_or(0, |a| (year - i32::from(a.year)).max(0)),
            _ => 0,
        }
    }

    /// How sure a full name is to mean `hit`, 0 to 1; under [`LINK`] it is not linked.
    pub(super) fn full_name_score(&self, hit: &Hit, fit: Fit, n_words: usize) -> f32 {
        let tier = self.kb.tier(hit.entity);
        let mut score: f32 = if hit.form == NameForm::Name { 0.9 } else { 0.87 };
        score += if hit.exact { 0.03 } else { 0.0 };
        score += match tier {
            1 => 0.04,
            2 => 0.0,
            _ => -0.12,
        };
        if fit.office {
            score += 0.15;
        } else if fit.country {
            score += 0.05;
        } else if tier > 1 {
            score -= if tier == 2 { 0.06 } else { 0.12 };
        }
        if fit.active {
            score += 0.02;
        }
        if fit.against {
            // Of somebody in office papers say what else he is; a former president is no plumber. Whom a desk lists it
            // means, though it gives no office.
            let held = self.kb.tenures(hit.entity).next().is_some();
            score -= if tier == 1 && (fit.active || fit.office || !held) {
                0.1
            } else {
                0.3
            };
        }
        if fit.mismatch {
            score -= if fit.country { 0.05 } else { 0.15 };
        }
        if fit.before_time {
            score -= if fit.years > 6 { 0.4 } else { 0.05 };
        } else if fit.years > 20 {
            score -= 0.15;
        } else if fit.years > 8 && tier > 1 {
            score -= 0.08;
        }
        // "Ahmed Ali" is many people, and a short form of few.
        let short = n_words == 2 && hit.form == NameForm::Alias && !fit.office && !fit.country;
        if short && tier > 1 {
            score -= 0.14;
        } else if short && !fit.leads && !fit.led && !self.is_major(hit.entity) {
            score -= 0.22;
        }
        if n_words == 1 && !fit.office {
            // "Jokowi" is out of office and nobody else.
            let own = tier == 1 && hit.form == NameForm::Alias && hit.exact && !hit.weak && fit.led;
            score -= if own || tier == 1 && (fit.active || self.date.is_none()) {
                0.08
            } else {
                0.3
            };
        }
        score.clamp(0.0, 0.99)
    }

    /// How often the article names the country of an entity, or the entity itself.
    pub(super) fn weight_of(&self, id: EntityId) -> u32 {
        let own = self.kb.code(id).map_or(0, |code| self.weight(code));
        let country = self
            .kb
            .country_of(id)
            .and_then(|c| self.kb.code(c))
            .map_or(0, |code| self.weight(code));
        own.max(country)
    }

    /// Whether the article names the country of a body otherwise than by that body.
    pub(super) fn is_named_beside(&self, id: EntityId) -> bool {
        self.weight_of(id) > self.own.get(&id).copied().unwrap_or(0)
    }

    /// Whether somebody's country is one that papers write about without saying which.
    pub(super) fn is_major(&self, person: EntityId) -> bool {
        let of_code = self.kb.code(person).and_then(|code| self.kb.by_code(code));
        self.kb
            .country_of(person)
            .or(of_code)
            .is_some_and(|c| self.major.contains(&c))
    }

    /// Whether a code is that of a body of many states.
    fn is_great_body(&self, code: &str) -> bool {
        self.kb.by_code(code).is_some_and(|id| {
            self.kb.kind(id) == Kind::Institution && self.kb.tier(id) == 1 && self.kb.country_of(id).is_none()
        })
    }

    /// Orders things of the same name by how near they are to the article: first its own countries, then rank.
    pub(super) fn nearness(&self, id: EntityId) -> Nearness {
        let found = || (self.weight_of(id), std::cmp::Reverse(self.kb.tier(id)));
        *self.near.borrow_mut().entry(id).or_insert_with(found)
    }
}

/// The code that a name speaks for: of a place that of its country, so that "Brazzaville" names the one Congo
/// whether the city or the government is meant.
fn land(kb: &Kb, id: EntityId) -> Option<&str> {
    match kb.kind(id) {
        Kind::Place => kb.country_of(id).and_then(|c| kb.code(c)).or_else(|| kb.code(id)),
        _ => kb.code(id),
    }
}

/// The score from which on a name is linked.
pub(super) const LINK: f32 = 0.75;

/// Whether an office in the text may be an office in the base.
pub(super) fn role_fits(wanted: &[Role], role: Role) -> bool {
    wanted.contains(&role)
}

/// Nouns for people that speak neither for nor against somebody who holds offices.
fn is_political(noun: &str) -> bool {
    lexicon::english().is(WordSet::Political, noun)
}

/// The codes of the countries and bodies that the words of `owner` (tokens of one block) name.
pub(super) fn owner_codes<'a>(
    kb: &'a Kb,
    candidates: &[Candidate],
    owner: &std::ops::Range<usize>,
) -> Vec<&'a str> {
    let from = candidates.partition_point(|c| c.tokens.start < owner.start);
    candidates[from..]
        .iter()
        .take_while(|c| c.tokens.start < owner.end)
        .filter_map(|c| match &c.what {
            What::Name(Name { hits, .. }) => Some(hits),
            _ => None,
        })
        .flatten()
        .filter(|h| h.kind != Kind::Person)
        .filter_map(|h| kb.code(h.entity))
        .collect()
}

/// The sound of a name as transliterations share it: "Zelensky", "Zelenskyy" and "Zelenskiy" have one.
pub(super) fn sound(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let mut rest = word;
    let pairs: [(&str, &str); 22] = [
        ("sch", "s"),
        ("tch", "c"),
        ("iy", "i"),
        ("yy", "i"),
        ("ij", "i"),
        ("yi", "i"),
        ("ii", "i"),
        ("kh", "h"),
        ("gh", "g"),
        ("ch", "c"),
        ("ts", "c"),
        ("tz", "c"),
        ("sh", "s"),
        ("th", "t"),
        ("dh", "d"),
        ("ou", "u"),
        ("oo", "u"),
        ("ee", "i"),
        ("ph", "f"),
        ("ck", "k"),
        ("zh", "z"),
        ("dj", "j"),
    ];
    while let Some(c) = rest.chars().next() {
        let (sound, len) = pairs
            .iter()
            .find(|(from, _)| from.as_bytes().first() == rest.as_bytes().first() && rest.starts_with(from))
            .map_or(("", c.len_utf8()), |(from, to)| (*to, from.len()));
        if sound.is_empty() {
            let plain = match c {
                'y' | 'j' => 'i',
                'w' => 'v',
                'q' | 'c' => 'k',
                'e' => 'e',
                c => c,
            };
            if !out.ends_with(plain) {
                out.push(plain);
            }
        } else if !out.ends_with(sound) {
            out.push_str(sound);
        }
        rest = &rest[len..];
    }
    out
}

#[cfg(test)]
mod tests {
    use super::sound;

    #[test]
    fn transliterations_share_a_sound() {
        for (a, b) in [
            ("zelensky", "zelenskyy"),
            ("zelensky", "zelenskiy"),
            ("sisi", "sissi"),
            ("khamenei", "hamenei"),
            ("gaddafi", "gadafi"),
            ("yusuf", "iusuf"),
        ] {
            assert_eq!(sound(a), sound(b), "{a} {b}");
        }
        for (a, b) in [("hartmann", "herman"), ("okoro", "okara"), ("reed", "rod")] {
            assert_ne!(sound(a), sound(b), "{a} {b}");
        }
    }
}
