//! A surname that the article does not explain: whom of the base it means, if anybody.

use crate::{
    base::{date::Holds, order::Order, word::name_words},
    kb::{EntityId, Gender, NameForm, Role},
    semantic::{
        article::{Evidence, MentionForm},
        link::{Fit, LINK},
        local::Local,
        mention::{Candidate, Cue, Name},
        names::{Decision, Resolver, key, opposite},
        wordsets::WordSet,
    },
    syntax::{tag::is_common_word, token::Shape},
};

/// From how many bearers in the base on a surname is a common one.
const MANY_BEARERS: usize = 5;

/// How many years after the last office the surname alone still means a leader.
const LONG_OUT: i32 = 12;

impl Resolver<'_, '_> {
    /// Whether a bare surname is seen to be a name: something acts or speaks under it, or it has its capital where
    /// no sentence gives one, or is no other word.
    fn is_seen(&self, local: &Local, c: &Candidate) -> bool {
        let key = key(local, c);
        if key.chars().count() < 2 || self.lex.is_function_word(&key) {
            return false;
        }
        let short = c.cues.has(Cue::Capitals) && c.tokens.len() == 1 && key.len() < 4;
        !self.survey.is_sport() && !short && (self.survey.is_firm(&key) || !is_common_word(&key))
    }

    /// How many people of the base bear a name, and how many of them of some rank.
    fn n_bearers(&self, name: &Name) -> (usize, usize) {
        let people = name.hits.iter().filter(|h| self.is_person(h));
        let mut bearers: Vec<EntityId> = people.map(|h| h.entity).collect();
        bearers.order_by(Ord::cmp);
        bearers.dedup();
        let high = bearers.iter().filter(|&&id| self.doc.kb.tier(id) < 3);
        (bearers.len(), high.count())
    }

    /// Whether so many people bear a surname that it alone says nobody.
    fn is_common_family(&self, n_bearers: usize, word: &str) -> bool {
        n_bearers > MANY_BEARERS || self.lex.is(WordSet::CommonFamily, word) || self.lex.given(word).is_some()
    }

    /// Whether the name of reference of somebody is the first word of the name ("Anutin" of Anutin Charnvirakul).
    fn goes_by_first(&self, id: EntityId, word: &str) -> bool {
        let kb = self.doc.kb;
        let full = name_words(kb.name(id));
        let custom = kb
            .code(id)
            .is_some_and(|code| self.lex.is(WordSet::GivenFirst, &code.to_lowercase()));
        custom && full.len() > 1 && full[0] == word
    }

    /// Whether a word is the given name of somebody whose family name the base knows, and who does not go by it.
    fn is_given_of(&self, id: EntityId, word: &str) -> bool {
        let kb = self.doc.kb;
        kb.family(id).is_some_and(|family| {
            let full = name_words(kb.name(id));
            full.len() == 2 && full[0] == word && name_words(family) == full[1..]
        }) && !self.goes_by_first(id, word)
    }

    /// The gender that the base has for somebody, else the one that the given name tells.
    fn gender_of(&self, id: EntityId) -> Gender {
        let kb = self.doc.kb;
        let first = || name_words(kb.name(id)).first().and_then(|w| self.lex.given(w));
        match kb.gender(id) {
            Gender::Unknown => first().unwrap_or_default(),
            known => known,
        }
    }

    /// "King Charles", "Queen Elizabeth" where the number of the name stands nowhere: the one at the head of a state
    /// then, else the only one who ever was.
    pub(super) fn crowned(&self, name: &Name, first: &str) -> Option<EntityId> {
        if !self.lex.is(WordSet::GivenTitle, first)
            || name.hits.is_empty()
            || !name
                .hits
                .iter()
                .all(|h| h.form == NameForm::Surname && self.is_person(h))
        {
            return None;
        }
        let head = |t: &crate::kb::Tenure<'_>| t.role == Role::HeadOfState;
        let kb = self.doc.kb;
        let mut reigned: Vec<EntityId> = name.hits.iter().map(|h| h.entity).collect();
        reigned.order_by(Ord::cmp);
        reigned.dedup();
        reigned.retain(|&id| {
            kb.tenures(id)
                .any(|t| head(&t) && self.scene.holds(&t) != Holds::NotYet)
        });
        let reigns = |id: EntityId| {
            self.doc.date.is_some()
                && kb
                    .tenures(id)
                    .any(|t| head(&t) && self.scene.holds(&t) == Holds::Yes)
        };
        let now: Vec<EntityId> = reigned.iter().copied().filter(|&id| reigns(id)).collect();
        match (now.as_slice(), reigned.as_slice()) {
            ([one], _) | ([], [one]) => Some(*one),
            (several, all) => {
                // The one whose country the article names.
                let of = if several.is_empty() { all } else { several };
                let mut near: Vec<_> = of.iter().map(|&id| (self.scene.weight_of(id), id)).collect();
                near.order_by(Ord::cmp);
                match near.as_slice() {
                    [.., (second, _), (first, id)] if first > second => Some(*id),
                    _ => None,
                }
            }
        }
    }

    /// "Sir Keir", "Dame Kemi": the one of that given name among those who lead the government, a party or the house
    /// of the kingdom at the date.
    pub(super) fn knight(&self, title: &str, given: &str) -> Option<EntityId> {
        let gender = match title {
            "sir" => Gender::Male,
            "dame" => Gender::Female,
            _ => return None,
        };
        self.doc.date?;
        let kb = self.doc.kb;
        let mut found: Option<EntityId> = None;
        for role in [Role::HeadOfGovernment, Role::OppositionLeader, Role::Speaker] {
            for t in kb.tenures_in("GB", role) {
                let called = name_words(kb.name(t.person)).first().is_some_and(|w| w == given);
                if !called || opposite(gender, kb.gender(t.person)) {
                    continue;
                }
                let now = self.scene.holds(&t);
                if now == Holds::Yes || now == Holds::Maybe && t.end.is_none() {
                    if found.is_some_and(|f| f != t.person) {
                        return None;
                    }
                    found = Some(t.person);
                }
            }
        }
        found
    }

    /// Whom of the base a bare surname means, if the article and the date say enough.
    pub(super) fn surname_from_base(
        &mut self,
        b: usize,
        local: &Local,
        c: &Candidate,
        name: &Name,
    ) -> Option<Decision> {
        if self.is_thing_with_article(local, c, name) {
            return None;
        }
        let seen = self.seen(local, c, name);
        let mut best = self.bearers(local, c, name, seen);
        self.prefer_major(&mut best);
        best.order_by(|a, b| b.score.total_cmp(&a.score).then(a.id.cmp(&b.id)));
        best.dedup_by_key(|b| b.id);
        let &Bearer { score, id, fit } = best.first()?;
        let rival = best.get(1).is_some_and(|second| score - second.score < 0.04);
        let shown = fit.office || fit.country || seen.agent;
        if score < LINK || rival || c.cues.has(Cue::TitleCase) && !shown {
            return None;
        }
        // A word that is also an ordinary given name says too little alone.
        let given = !fit.office && c.cues.has(Cue::Given);
        let placed = || {
            let strong = fit.leads || score > 0.8 && fit.known && seen.n_high == 1;
            fit.country && (name.title.is_some() || seen.agent && strong)
        };
        let goes_by = || fit.leads && seen.agent && self.is_called_by_first(local, c, seen, id);
        if given && !placed() && !goes_by() {
            return None;
        }
        let rivals = best[1..].iter().filter(|b| b.score > 0.5).map(|b| b.id).collect();
        let entity = match self.by_kb.get(&id) {
            Some(&e) => e,
            None => {
                let full = self.doc.kb.name(id).to_owned();
                let words = name_words(&full);
                let words: Vec<&str> = words.iter().map(String::as_str).collect();
                self.known_person(id, &words, rivals)
            }
        };
        let who = self.title_of(id);
        let reason = if fit.office {
            format!("the office named here is that of {who}")
        } else {
            format!("the only holder of a high office then with this surname is {who}")
        };
        Some(
            Decision {
                entity,
                form: MentionForm::Surname,
                score: score.min(0.95),
                evidence: Evidence {
                    reason: reason.into(),
                    at: None,
                },
            }
            .at(self.doc, b, c),
        )
    }

    /// "President Obama" in an article without a date: of those who had such an office the one whose country papers write
    /// about without saying which, unless the article speaks of another one’s.
    fn prefer_major(&self, bearers: &mut [Bearer]) {
        if self.doc.date.is_some() {
            return;
        }
        let placed = bearers.iter().any(|b| b.fit.office && b.fit.country);
        for b in bearers
            .iter_mut()
            .filter(|b| b.fit.office && b.fit.country == placed)
        {
            if self.doc.kb.tier(b.id) == 1 && self.scene.is_major(b.id) {
                b.score += 0.06;
            }
        }
    }

    /// "The Verge" is a paper, whoever Vergé is; "the Merz government" is his.
    fn is_thing_with_article(&self, local: &Local, c: &Candidate, name: &Name) -> bool {
        let behind = local.tokens.list.get(c.tokens.end);
        let kin = self.lex.is(WordSet::FamilyNoun, local.tokens.fold(c.tokens.end));
        let his = !kin && behind.is_some_and(|t| t.tag.is_noun() && t.shape == Shape::Lower);
        local.listed(c.tokens.start.wrapping_sub(1)) == "the"
            && !his
            && name.title.is_none()
            && name.role.is_none()
            && !self.by_key.contains_key(&*key(local, c))
    }

    /// What the article and the base show of a bare surname, whoever bears it.
    fn seen(&self, local: &Local, c: &Candidate, name: &Name) -> Seen {
        // A bare surname without an office must at least be seen to be a name.
        let agent = self.survey.is_agent(&key(local, c));
        let alive = agent || self.is_seen(local, c);
        let (n_bearers, n_high) = self.n_bearers(name);
        let common = self.is_common_family(n_bearers, local.tokens.fold(c.tokens.end - 1));
        let among_people = [Cue::Toward, Cue::Between, Cue::Addressed, Cue::Joined];
        let alone = n_high == 1 && among_people.iter().any(|&cue| c.cues.has(cue));
        Seen {
            agent,
            alive,
            n_bearers,
            n_high,
            common,
            alone,
        }
    }

    /// "Anutin" is a given name, and what everybody calls him.
    fn is_called_by_first(&self, local: &Local, c: &Candidate, seen: Seen, id: EntityId) -> bool {
        seen.n_bearers == 1 && self.goes_by_first(id, local.tokens.fold(c.tokens.start))
    }

    /// The people of the base who bear the surname, each with how likely he is meant.
    fn bearers(&self, local: &Local, c: &Candidate, name: &Name, seen: Seen) -> Vec<Bearer> {
        let title = self.title_gender(name).unwrap_or_default();
        let mut bearers = Vec::new();
        for hit in name.hits.iter().filter(|h| self.is_person(h) && !h.weak) {
            let id = hit.entity;
            // "Sanae" is no name that Sanae Takaichi goes by, though lists turn hers round.
            if self.is_given_of(id, local.tokens.fold(c.tokens.start)) {
                continue;
            }
            let fit = self.fit(local, name, id);
            // Who is known by the full name alone is not meant by every bearer of the surname.
            let tier = match fit.high {
                true => self.doc.kb.tier(id),
                false => self.doc.kb.tier(id).max(2),
            };
            let by_first = seen.common && fit.leads && self.is_called_by_first(local, c, seen, id);
            let common = seen.common && !by_first;
            let mut score = self.strength(id, fit, tier, Seen { common, ..seen });
            // Of two holders of high offices the one from a country in all the papers is meant.
            if tier == 1 && fit.active && !fit.office && self.scene.is_major(id) {
                score += 0.06;
            }
            if fit.against {
                score -= 0.3;
            }
            if fit.before_time {
                score -= 0.3;
            }
            let gender = self.gender_of(id);
            // "Mrs Brown" is nobody of whom the base does not know that she is a woman.
            let unknown = title == Gender::Female && gender == Gender::Unknown && !fit.office;
            if opposite(title, gender) || unknown {
                score -= 0.5;
            }
            score += 0.01 * f32::from(3 - tier.min(3));
            bearers.push(Bearer { score, id, fit });
        }
        bearers
    }

    /// How strongly the offices of one bearer and what the article speaks of say that he is meant.
    fn strength(&self, id: EntityId, fit: Fit, tier: u8, seen: Seen) -> f32 {
        let Seen { agent, common, .. } = seen;
        let dated = self.doc.date.is_some();
        // A judge of anywhere is no evidence for a judge of the base.
        let known_there = fit.country || tier < 3 || fit.active && dated;
        if fit.office && known_there {
            return 0.92;
        }
        let one = seen.n_bearers == 1;
        let led = fit.led && fit.country && agent && one && fit.years <= LONG_OUT && !seen.common;
        if tier == 1 && (fit.stale && !fit.before_time || led) {
            return 0.76;
        }
        let in_office = fit.active || !dated;
        if !seen.alive || !in_office {
            return 0.3;
        }
        let world = fit.body || self.scene.is_major(id);
        match tier {
            // What the base has under a name that half the world bears is believed only of a leader.
            1 if fit.country && fit.active && (!common || fit.leads) => 0.82,
            1 if fit.country && !common && (agent || world) => 0.76,
            1 if !dated
                && !common
                && (world && agent && seen.n_high == 1 || fit.leads && (world || agent || seen.alone)) =>
            {
                0.77
            }
            // Whom the papers of the whole world call by the surname alone, or whose name nobody else has.
            1 if !common && fit.active && (world || (agent || seen.alone) && fit.leads) => 0.77,
            2 if !common && world && fit.country && fit.active && fit.known => 0.76,
            _ => 0.3,
        }
    }
}

/// What the article and the base show of a bare surname.
#[derive(Clone, Copy)]
struct Seen {
    /// Somebody acts or speaks under it.
    agent: bool,
    /// It is seen to be a name.
    alive: bool,
    /// People of the base who bear it.
    n_bearers: usize,
    /// Those of them who are of some rank.
    n_high: usize,
    /// So many bear it that it alone says nobody.
    common: bool,
    /// One of rank bears it, and it stands where people stand.
    alone: bool,
}

/// One of those who bear the surname.
#[derive(Clone, Copy)]
struct Bearer {
    /// How likely the surname means this one, 0 to 1.
    score: f32,
    id: EntityId,
    fit: Fit,
}
