//! Whom a surname means when several people of the article bear it.

use crate::{
    base::{order::Order, word::name_words, work},
    kb::{EntityId, Gender, Kind, NameForm},
    semantic::{
        link::Fit,
        local::Local,
        mention::{Candidate, Cue, Hit, Name, PersonOf},
        names::{Resolver, opposite},
    },
};

/// How many people of one surname are told apart.
const MOST: usize = 8;

impl Resolver<'_, '_> {
    /// "Born Ruth Pugh in Halm", behind Ruth Talbot: whoever bears that given name, by another family's.
    pub(super) fn born_as(&self, local: &Local, c: &Candidate, words: &[&str]) -> Option<usize> {
        let before = c.phrase.start.checked_sub(1)?;
        let born = matches!(local.tokens.fold(before), "born" | "née" | "nee");
        let &[note] = self.by_given.get(words[0]).filter(|_| born)?.as_slice() else {
            return None;
        };
        Some(self.persons[note].entity)
    }

    /// "Mr Okoro said so. Mrs Okoro wept.": whether what stands before a name tells that it is not somebody's.
    pub(super) fn clashes(&self, name: &Name, entity: usize) -> bool {
        let told = self.title_gender(name).unwrap_or_default();
        opposite(self.cast.entities[entity].gender, told)
    }

    /// Whom a surname means when several people of the article bear it: the one whose title or office fits,
    /// then the one whose pronoun follows, then one named in full before (best in this paragraph), then the one
    /// called so before, then the one more often named in full, then the higher office.
    /// The others stay with it.
    pub(super) fn pick_note(
        &self,
        notes: &[usize],
        gender: Option<Gender>,
        at: Option<(&Local, &Candidate, &Name)>,
    ) -> Option<Pick> {
        let mut bearers: Vec<usize> = Vec::new();
        for &n in notes {
            let e = self.persons[n].entity;
            work::step();
            if !bearers.contains(&e) && !opposite(gender.unwrap_or_default(), self.cast.entities[e].gender) {
                bearers.push(e);
            }
            // More than a handful of one surname are not told apart one by one.
            if bearers.len() == MOST {
                break;
            }
        }
        if bearers.len() < 2 {
            return bearers.first().map(|&entity| Pick {
                entity,
                others: Vec::new(),
            });
        }
        let pronoun = at
            .map(|(local, c, _)| gender_behind(local, c))
            .unwrap_or_default();
        let junior: Vec<usize> = bearers
            .iter()
            .copied()
            .filter(|&e| self.is_junior_of(e, &bearers))
            .collect();
        bearers.order_by_key(|&e| {
            let entity = &self.cast.entities[e];
            let office = match (at, entity.kb) {
                (Some((local, _, name)), Some(id)) if name.title.is_some() || name.role.is_some() => {
                    self.fit(local, name, id).office
                }
                _ => false,
            };
            // "Joe Dunn was jailed. Ms Dunn wept. Dunn said": who goes by a courtesy title keeps it.
            let untitled = at.is_some_and(|(.., name)| name.title.is_none());
            let in_full = |n: &&usize| self.persons[**n].entity == e && !self.persons[**n].given.is_empty();
            let courtesy = untitled && !notes.iter().any(|n| in_full(&n));
            (
                !office,
                opposite(pronoun, entity.gender),
                courtesy,
                junior.contains(&e),
                // Whom the reader has not met yet, the surname alone cannot mean while another bearer was met. The
                // one named last in this very paragraph is on the reader's mind; else the one who goes by it already.
                match self.last_name.get(&e) {
                    Some(&m) if self.cast.mentions[m].at.block == self.here => (0, usize::MAX - m),
                    Some(_) => (1, 0),
                    None => (2, 0),
                },
                std::cmp::Reverse(self.n_surname.get(&e).copied().unwrap_or(0)),
                std::cmp::Reverse(self.n_full.get(&e).copied().unwrap_or(0)),
                entity.kb.map_or(4, |id| self.doc.kb.tier(id)),
                e,
            )
        });
        Some(Pick {
            entity: bearers[0],
            others: bearers.split_off(1),
        })
    }

    /// "Chad Moore left. Chad said he was tired": somebody whom the article names in full and calls by a given name that is
    /// a country's or a town's too. He must be treated like a person here, or somewhere while the article speaks of no such
    /// land, and be called by his surname nowhere.
    pub(super) fn called_like_a_land(&self, c: &Candidate, name: &Name, word: &str) -> Option<usize> {
        let &[note] = self.by_given.get(word)?.as_slice() else {
            return None;
        };
        let entity = self.persons[note].entity;
        let e = &self.cast.entities[entity];
        let family = |w: &str| self.by_family.get(w).is_some_and(|notes| notes.contains(&note));
        let by_surname = || {
            name_words(&e.name)
                .iter()
                .skip(1)
                .any(|w| family(w) && self.survey.n_all(w) > 0)
        };
        let as_land = c.cues.has(Cue::In) || c.cues.has(Cue::Thing) || c.cues.has(Cue::The);
        if e.kb.is_some() || as_land || by_surname() || self.is_land_elsewhere(word, name) {
            return None;
        }
        let person = [Cue::Human, Cue::Age, Cue::Who];
        let here = person.iter().any(|&cue| c.cues.has(cue));
        let treated = || {
            let stands = !c.cues.has(Cue::Locative) && !c.cues.has(Cue::TitleCase);
            stands && self.survey.is_somebody(word)
        };
        (here || treated()).then_some(entity)
    }

    /// Whether the article names the country that a word means by another word too ("Jordanian"). Towns have no such words.
    fn is_land_elsewhere(&self, word: &str, name: &Name) -> bool {
        let land = name
            .hits
            .iter()
            .any(|h| h.kind == Kind::Country && h.form != NameForm::Capital);
        land && self.named_elsewhere(word, name)
    }

    /// "Tom Reed" where the base has a Tom Reed Jr.: the father, whom the base need not have. The son is meant only where
    /// his office says so or he holds one then.
    pub(super) fn is_senior(&self, local: &Local, c: &Candidate, hit: &Hit, fit: Fit) -> bool {
        !fit.office
            && !fit.active
            && is_junior(self.doc.kb.name(hit.entity))
            && !c.tokens.clone().any(|t| local.tokens.fold(t) == "jr")
    }

    /// "George Bush" beside "George W. Bush": a short form of one that is the very name of another means the other where the
    /// article writes the first one’s own name too.
    pub(super) fn is_name_of_other(&self, name: &Name, hit: &Hit) -> bool {
        let other = |h: &Hit| h.form == NameForm::Name && h.entity != hit.entity && h.kind == Kind::Person;
        hit.form == NameForm::Alias
            && name.hits.iter().any(other)
            && self
                .survey
                .n_all(&name_words(self.doc.kb.name(hit.entity)).join(" "))
                > 0
    }

    /// Whether somebody is the "Jr." of another of those who bear the surname: "Reed" alone is the father.
    fn is_junior_of(&self, entity: usize, bearers: &[usize]) -> bool {
        let name = &self.cast.entities[entity].name;
        if !is_junior(name) {
            return false;
        }
        let words = name_words(name);
        let plain = &words[..words.len().saturating_sub(1)];
        bearers
            .iter()
            .any(|&b| b != entity && name_words(&self.cast.entities[b].name) == plain)
    }

    /// Whether somebody else than this entity bears a surname and was named in full.
    pub(super) fn borne_in_full(&self, word: &str, entity: usize) -> bool {
        let notes = self.by_family.get(word).map_or(&[][..], Vec::as_slice);
        notes
            .iter()
            .map(|&n| &self.persons[n])
            .any(|p| p.entity != entity && !p.given.is_empty())
    }

    /// "Kelly-Ann" after "Kelly-Ann Sowter": two given names joined by a hyphen, and no family name.
    pub(super) fn double_given(&self, local: &Local, c: &Candidate, words: &[&str]) -> Option<usize> {
        let &[first, second] = words else { return None };
        let joined = c.tokens.len() == 3 && matches!(local.tokens.fold(c.tokens.start + 1), "-" | "‑");
        let notes = self.by_given.get(first).filter(|_| joined)?;
        let both = |n: &&usize| self.persons[**n].given.split_once(' ') == Some((first, second));
        let mut bearers = notes.iter().filter(both);
        let only = bearers.next().filter(|_| bearers.next().is_none())?;
        Some(self.persons[*only].entity)
    }

    /// Adds a person of the base whom the article does not name.
    pub(super) fn unnamed_person(&mut self, id: EntityId) -> usize {
        let full = self.doc.kb.name(id).to_owned();
        let words = name_words(&full);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        self.known_person(id, &words, Vec::new())
    }
}

/// Whether a name ends with "Jr.".
fn is_junior(name: &str) -> bool {
    name.trim_end_matches('.').ends_with(" Jr")
}

/// Whom a surname means, and who else in the article bears it.
pub(super) struct Pick {
    pub(super) entity: usize,
    pub(super) others: Vec<usize>,
}

/// Whether what is told of somebody stands behind the name only ("Mark, a father of two,"), so that nothing before it
/// is a title that would make a surname of it.
pub(super) fn told_behind(c: &Candidate, name: &Name) -> bool {
    name.title.is_none() && name.role.as_ref().is_some_and(|r| r.head.start >= c.tokens.end)
}

/// The gender of the pronoun that follows a name closely ("Hartmann said she").
fn gender_behind(local: &Local, c: &Candidate) -> Gender {
    let end = local
        .sentences
        .get(local.sentence_of(c.tokens.start))
        .map_or(c.tokens.end, |s| s.end)
        .min(c.tokens.end + 10);
    (c.tokens.end..end)
        .find_map(
            |t| match crate::semantic::mention::pronoun(local.pronoun(t))?.person {
                PersonOf::He if local.tokens.fold(t) != "him" => Some(Gender::Male),
                PersonOf::She => Some(Gender::Female),
                _ => None,
            },
        )
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use crate::testing::check_article;

    #[test]
    fn whoever_was_born_under_another_name_is_one() {
        check_article(
            r"
Ruth Talbot has died. Born Ruth Pugh in Halm, she sold buttons. At 17 Ruth met Tom Holm.
//                         ^^^^^^^^^ person:Ruth Talbot
//                                                                    ^^^^ person:Ruth Talbot
",
        );
    }

    #[test]
    fn mr_and_mrs_are_two() {
        check_article(
            r"
Adaeze Umo said her husband, Tobi, was ill. Mr Umo, 34, had called. Mrs Umo, a nurse, wept.
//                                             ^^^ person:Tobi
//                                                                      ^^^ person:Adaeze Umo
",
        );
    }
}
