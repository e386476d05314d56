//! People and bodies without a name in headlines and leads whom the article names further down: "judge says",
//! "ministry cites", "a pub landlady has said".

use rustc_hash::FxHashMap;

use crate::{
    base::{date::Holds, span::DocSpan},
    kb::{Role, Tenure},
    semantic::{
        article::{Attribution, EntityKind, Evidence, MentionForm},
        coref::{Resolver, fits_gender},
        definite::is_title,
        doc::Draft,
        lexicon::RoleClass,
        salience::Trace,
        wordsets::WordSet,
    },
    syntax::block::Zone,
};

/// How many of them are looked for further down; so the cost is bounded.
pub(super) const AHEAD: usize = 16;
/// How many quotations in headlines and crossheads are looked for in the text; so the cost is bounded.
const HEADLINES: usize = 8;
/// How many blocks below a headline a body that it means is named at most.
const LEAD: usize = 4;
/// How many blocks below the lead whoever it describes is named and quoted at most.
const BLOCKS: usize = 7;

/// One who is described at the top of an article and may have a name below.
#[derive(Clone, Debug)]
pub(super) struct Foretold {
    pub(super) entity: usize,
    /// The row of `roles.tsv`; none for a body.
    pub(super) row: Option<usize>,
    /// Folded noun.
    pub(super) noun: String,
    /// Where its head stands: block and token.
    pub(super) at: (usize, usize),
    /// Whether that is outside the running text.
    pub(super) side: bool,
}

/// For each one without a name who that is, and why.
type Same = FxHashMap<usize, (usize, String)>;

impl Resolver<'_, '_, '_> {
    /// Joins those without a name at the top of the article with whom it names below.
    pub(super) fn named_later(&mut self, drafts: &mut [Draft]) {
        let mut same = Same::default();
        let ahead = std::mem::take(&mut self.ahead);
        for f in &ahead {
            let found = match f.row {
                Some(row) => self.only_bearer(row).or_else(|| self.only_holder(row, f)),
                None => self.body_below(f),
            };
            if let Some(found) = found {
                same.insert(f.entity, found);
            }
        }
        self.same_noun_in_lead(&ahead, &mut same);
        self.same_words(&ahead, drafts, &mut same);
        self.first_newcomer(&ahead, drafts, &mut same);
        self.join(&same, drafts);
    }

    /// The one person named anywhere in the article whom it calls by that noun.
    fn only_bearer(&self, row: usize) -> Option<(usize, String)> {
        let mut bearers = self.trail.all().filter(|t| {
            self.is_named_person(t) && self.rows[t.entity].iter().any(|&r| self.lex.same_noun(r, row))
        });
        let first = bearers.next()?;
        if !bearers.all(|t| t.entity == first.entity) {
            return None;
        }
        let noun = &self.lex.roles[row].noun;
        let name = &self.cast.entities[first.entity].name;
        Some((
            first.entity,
            format!("{name}: the only {noun} whom the article names"),
        ))
    }

    /// "The chancellor has said": the one person named in the article who heads a state or government by that title on
    /// its date.
    fn only_holder(&self, row: usize, f: &Foretold) -> Option<(usize, String)> {
        let day = self.doc.date?;
        let noun = &self.lex.roles[row];
        let plain = self.cast.entities[f.entity].name.to_lowercase();
        let plain = plain.strip_prefix("the ").unwrap_or(&plain) == noun.noun;
        let heads = |t: &Tenure<'_>| {
            matches!(t.role, Role::HeadOfState | Role::HeadOfGovernment)
                && noun.roles.contains(&t.role)
                && is_title(self, row, t.office)
                && t.holds(day) == Holds::Yes
        };
        let mut holders = self.trail.all().filter(|t| {
            let id = self.cast.entities[t.entity]
                .kb
                .filter(|_| plain && self.is_named_person(t));
            id.is_some_and(|id| self.doc.kb.tenures(id).any(|t| heads(&t)))
        });
        let first = holders.next()?;
        if !holders.all(|t| t.entity == first.entity) {
            return None;
        }
        let name = &self.cast.entities[first.entity].name;
        Some((
            first.entity,
            format!("{name}: the only {} whom the article names", noun.noun),
        ))
    }

    fn is_named_person(&self, t: &Trace) -> bool {
        t.form == MentionForm::Name
            && self.cast.entities[t.entity].kind == EntityKind::Person
            && !self.nameless.contains_key(&t.entity)
    }

    /// "ministry cites" above "the Ministry of Oceans said": the one body of the lead that has the noun in its name.
    fn body_below(&self, f: &Foretold) -> Option<(usize, String)> {
        let noun = f.noun.rsplit(' ').next()?;
        let mut below = self
            .trail
            .all()
            .skip_while(|t| (t.block, t.token) <= f.at)
            .take_while(|t| t.block <= f.at.0 + LEAD)
            .filter(|t| {
                let e = &self.cast.entities[t.entity];
                t.form == MentionForm::Name
                    && e.kind == EntityKind::Institution
                    && !self.nameless.contains_key(&t.entity)
                    && e.name.split([' ', '-']).any(|w| w.to_lowercase() == noun)
            });
        let first = below.next()?;
        if !below.all(|t| t.entity == first.entity) {
            return None;
        }
        let name = &self.cast.entities[first.entity].name;
        Some((
            first.entity,
            format!("{name}: the {noun} that the article goes on to name"),
        ))
    }

    /// "landlady says" above "A pub landlady has said": one person.
    fn same_noun_in_lead(&self, ahead: &[Foretold], same: &mut Same) {
        for (i, f) in ahead.iter().enumerate().filter(|(_, f)| f.side) {
            let lead = ahead[i + 1..].iter().find(|l| {
                let noun = match (f.row, l.row) {
                    (Some(a), Some(b)) => self.lex.same_noun(b, a),
                    _ => false,
                };
                !l.side && noun
            });
            if let Some(lead) = lead
                && !same.contains_key(&f.entity)
            {
                let name = &self.cast.entities[lead.entity].name;
                let reason = format!("{name}: the same noun below the headline");
                same.insert(f.entity, (lead.entity, reason));
            }
        }
    }

    /// Whoever says further down what a headline or lead quotes.
    fn same_words(&self, ahead: &[Foretold], drafts: &[Draft], same: &mut Same) {
        // Lines are broken otherwise in the headline than below.
        let plain = |s: &DocSpan| {
            let words: Vec<&str> = s.text(self.doc.text).split_whitespace().collect();
            words.join(" ").to_lowercase()
        };
        let quoted = |s: &DocSpan| plain(s).trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
        let unknown = drafts.iter().filter_map(|d| {
            let speaker = d.quote.speaker.filter(|s| self.nameless.contains_key(s))?;
            (!d.quote.marked.is_empty()).then_some((d, speaker))
        });
        let mut told = Vec::new();
        for (d, entity) in unknown.filter(|(_, s)| !same.contains_key(s)).take(HEADLINES) {
            let Some(words) = d.quote.marked.first().map(quoted) else {
                continue;
            };
            if self.nameless.get(&entity) == Some(&true) || words.split(' ').count() < 3 {
                continue;
            }
            let side = d.source.as_ref().is_some_and(|s| self.is_side(s.block));
            let sided = side || ahead.iter().any(|f| f.entity == entity);
            let speaker = drafts.iter().filter(|_| sided).find_map(|other| {
                let speaker = other.quote.speaker.filter(|s| !self.nameless.contains_key(s))?;
                let person = self.cast.entities[speaker].kind == EntityKind::Person;
                let says = other.quote.spans.iter().any(|s| plain(s).contains(&words));
                (person && says).then_some(speaker)
            });
            told.extend(speaker.map(|s| (entity, s)));
        }
        for (entity, speaker) in told {
            let name = &self.cast.entities[speaker].name;
            let reason = format!("{name}, who says these words in the article");
            same.insert(entity, (speaker, reason));
        }
    }

    /// "A pub landlady has said … Sue Hardcastle, who has run the inn for 14 years, told": whom a lead describes and
    /// quotes is the first person quoted by name below, where nothing else is said of who that is.
    fn first_newcomer(&self, ahead: &[Foretold], drafts: &[Draft], same: &mut Same) {
        let speaks = |e: usize| drafts.iter().any(|d| d.quote.speaker == Some(e));
        let mut open = ahead.iter().filter(|f| {
            let class = f.row.map(|r| self.lex.roles[r].class);
            !f.side
                && !same.contains_key(&f.entity)
                && matches!(class, Some(RoleClass::Person | RoleClass::Kin))
                && !self.lex.is(WordSet::Withheld, &f.noun)
                && speaks(f.entity)
        });
        // Of two nobody could tell who is meant.
        let (Some(f), None) = (open.next(), open.next()) else {
            return;
        };
        // A headline's words may have their source further down, so the order is that of the sources.
        let quoted = drafts.iter().filter_map(|d| {
            let source = d.source.as_ref()?;
            let s = d.quote.speaker?;
            let person = self.cast.entities[s].kind == EntityKind::Person && !self.nameless.contains_key(&s);
            let place = (source.block, source.tokens.start);
            (person && place > f.at).then_some((place, s))
        });
        let Some(((block, _), person)) = quoted.min() else {
            return;
        };
        let e = &self.cast.entities[person];
        let new = self
            .trail
            .all()
            .find(|t| t.entity == person)
            .is_some_and(|t| (t.block, t.token) > f.at && !t.side);
        // What else the article calls that person would be somebody else's description.
        let plain = self.rows[person]
            .iter()
            .all(|&r| self.lex.is(WordSet::PlainPerson, &self.lex.roles[r].noun));
        let gender = self.cast.entities[f.entity].gender;
        if new && plain && e.kb.is_none() && fits_gender(e, gender) && block <= f.at.0 + BLOCKS {
            let reason = format!(
                "{}: the first person quoted by name below “{}”",
                e.name, self.cast.entities[f.entity].name
            );
            same.insert(f.entity, (person, reason));
        }
    }

    /// Gives the mentions and quotations of those without a name to whom they are.
    fn join(&mut self, same: &Same, drafts: &mut [Draft]) {
        // A headline's landlady is the lead's, and the lead's has a name.
        let who = |entity: usize| {
            let mut found = same.get(&entity)?;
            if let Some(next) = same.get(&found.0) {
                found = next;
            }
            Some(found)
        };
        if same.is_empty() {
            return;
        }
        for seen in &mut self.added {
            if let Some((entity, reason)) = who(seen.mention.entity) {
                seen.mention.entity = *entity;
                seen.mention.score = 0.7;
                seen.mention.evidence.reason = reason.clone().into();
            }
        }
        for draft in drafts {
            let Some((entity, reason)) = draft.quote.speaker.and_then(who) else {
                continue;
            };
            draft.quote.speaker = Some(*entity);
            if draft.quote.attribution == Attribution::Anonymous && !self.nameless.contains_key(entity) {
                draft.quote.attribution = Attribution::Description;
            }
            draft.quote.evidence.push(Evidence {
                reason: reason.clone().into(),
                at: draft.quote.source.first().copied(),
            });
        }
    }

    fn is_side(&self, b: usize) -> bool {
        !matches!(
            self.doc.block(b).0.zone,
            Zone::Body | Zone::ListItem | Zone::BlockQuote | Zone::Transcript | Zone::Question
        )
    }
}
