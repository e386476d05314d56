//! What the age and the trade beside a full name say of whom it means: "the butcher, Mark Rutte, 34," is no politician.

use crate::{
    base::work,
    kb::{EntityId, Role},
    semantic::{
        lexicon::RoleClass,
        link::Fit,
        local::Local,
        mention::{Candidate, Cue, Head, Name, What},
        names::Resolver,
        wordsets::WordSet,
    },
};

/// Nobody was younger as the head of a government, or in any other office but a throne.
const YOUNGEST_HEAD: i32 = 26;
const YOUNGEST: i32 = 20;

impl Resolver<'_, '_> {
    /// Whether the age behind a name is none that this person of the base can have, or stands beside a trade that
    /// nobody in office has. Papers give the age of whoever is not known; of a leader they do so beside the office.
    pub(super) fn is_namesake(&self, local: &Local, c: &Candidate, name: &Name, at: (Fit, EntityId)) -> bool {
        let (fit, id) = at;
        if fit.office || !c.cues.has(Cue::Age) {
            return false;
        }
        let held = self.doc.kb.tenures(id).next().is_some();
        // "Ida Holm, 56, a former bus driver": what somebody was before says nothing.
        let trade =
            fit.against && !name.role.as_ref().is_some_and(|r| r.former) || self.trade_before(local, c);
        held && trade || self.too_young(local, c, id)
    }

    /// Whether a trade stands before the name and a comma: "The butcher, Mark Rutte, 34,".
    fn trade_before(&self, local: &Local, c: &Candidate) -> bool {
        let Some(end) = c.tokens.start.checked_sub(1) else {
            return false;
        };
        if local.tokens.fold(end) != "," {
            return false;
        }
        let from = local
            .candidates
            .partition_point(|d| d.tokens.start < c.tokens.start);
        let described = local.candidates[..from]
            .iter()
            .rev()
            .take(3)
            .inspect(|_| work::step())
            .find(|d| d.tokens.end == end);
        let Some(What::Description(d)) = described.map(|d| &d.what) else {
            return false;
        };
        let Head::Role(role) = &d.head else {
            return false;
        };
        let row = &self.lex.roles[role.row];
        !role.plural
            && !role.former
            && row.class == RoleClass::Person
            && !self.lex.is(WordSet::Political, &row.noun)
    }

    /// Whether somebody of the age behind the name was a child when the first of the known offices began.
    fn too_young(&self, local: &Local, c: &Candidate, id: EntityId) -> bool {
        let Some(date) = self.doc.date else { return false };
        let age: Option<i32> = local.tokens.fold(c.tokens.end + 1).parse().ok();
        let Some(age) = age.filter(|age| *age >= 10) else {
            return false;
        };
        self.doc.kb.tenures(id).any(|t| {
            let youngest = match t.role {
                Role::HeadOfState => return false,
                Role::HeadOfGovernment => YOUNGEST_HEAD,
                _ => YOUNGEST,
            };
            let since = |start: crate::base::date::Date| i32::from(date.year) - i32::from(start.year);
            t.start.is_some_and(|start| age - since(start) < youngest)
        })
    }
}
