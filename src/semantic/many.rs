//! Several without a name of their own: "the two countries" after two were named, "the trio", and whom "they" means in a
//! quotation that follows on people the narrator spoke of.

use crate::semantic::{
    article::{EntityKind, MentionForm},
    callnames::{is_called, may_be_company},
    coref::Resolver,
    cue,
    lexicon::ThingClass,
    local::Local,
    mention::{Candidate, Description, Det, Pronoun},
    salience::{Choice, Trace},
    wordsets::WordSet,
};
use crate::syntax::{tag::Tag, token::Shape};

/// How many sentences back two bodies or countries may have been named that are "the two".
const BACK: usize = 2;

/// "the two countries", "both companies": the last two of that kind, where they were named close by.
pub(super) fn two_bodies(
    r: &mut Resolver<'_, '_, '_>,
    local: &Local,
    c: &Candidate,
    d: &Description,
    class: ThingClass,
    at: &Trace,
) -> Option<Choice> {
    // "the two countries", not "the two largest countries" or "both countries of the north".
    let noun = local.tokens.fold(d.noun.end - 1);
    let bare = c.phrase.len() <= d.noun.len() + 2;
    let both = d.det == Det::Both;
    let one = noun.strip_suffix("ies").map_or_else(
        || noun.trim_end_matches('s').to_owned(),
        |stem| format!("{stem}y"),
    );
    let company = r.lex.is(WordSet::Company, &one);
    let one_by_one = d.det == Det::Definite && company && c.phrase.len() == d.noun.len() + 1;
    if !(both || one_by_one) || !bare || d.owner.is_some() || local.tokens.fold(c.phrase.end) == "of" {
        return None;
    }
    let kind = match class {
        ThingClass::Land => EntityKind::Country,
        // "both posts": what a goal has.
        ThingClass::Body if company || cue::classes(&one).has(cue::Classes::BODY) => EntityKind::Institution,
        _ => return None,
    };
    // "Both firms", behind "they" who are two.
    let newest = r
        .trail
        .back(at)
        .take_while(|t| at.sentence - t.sentence <= BACK)
        .find(|t| {
            let named = r.cast.entities[t.entity].kind == kind && !t.side;
            named || r.pairs.get(&t.entity) == Some(&kind)
        });
    if let Some(t) = newest.filter(|t| r.pairs.contains_key(&t.entity)) {
        let reason = format!(
            "{}: the last two of whom the article speaks",
            r.cast.entities[t.entity].name
        );
        return Some(Choice::clear(t.entity, 0.75, reason, t.span));
    }
    let mut members: Vec<&Trace> = Vec::new();
    for t in r.trail.back(at) {
        let e = &r.cast.entities[t.entity];
        let place = matches!(t.form, MentionForm::Place) || t.side && !at.side;
        if at.sentence - t.sentence > BACK || members.len() > 2 {
            break;
        }
        // "Both houses" are no two parties.
        let called = kind == EntityKind::Country
            || company && (is_firm(r, t.entity) || may_be_company(r, t.entity))
            || is_called(r, t.entity, &one);
        if e.kind == kind && called && !place && !members.iter().any(|m| m.entity == t.entity) {
            members.push(t);
        }
    }
    // "widened its probe of Apple and Google": the two that "and" joins.
    let beside = members.windows(2).position(|two| r.stand_joined(two[1], two[0]));
    members.drain(..beside.unwrap_or(0));
    // A third one close by, and it may be any two of them; one sentence that names two is clear.
    let together = members.len() >= 2 && members[0].sentence == members[1].sentence;
    let clear = beside.is_some()
        || members.len() == 2
        || together && members.get(2).is_none_or(|m| m.sentence < members[1].sentence);
    if !clear {
        return None;
    }
    let (span, two) = (members[1].span, [members[1].entity, members[0].entity]);
    let entity = r.group_of(&two);
    r.nameless.entry(entity).get_or_insert(true);
    let name = &r.cast.entities[entity].name;
    let reason = format!("{name}: the last two that the article names");
    Some(Choice::clear(entity, 0.75, reason, span))
}

/// Whether the base has an entity as a company.
fn is_firm(r: &Resolver<'_, '_, '_>, entity: usize) -> bool {
    let known = r.cast.entities[entity].kb;
    known.and_then(|id| r.doc.kb.description(id)) == Some("company")
}

impl Resolver<'_, '_, '_> {
    /// Whom "they" means in a quotation right behind people of whom the narrator speaks: "He blamed the trustees. “They
    /// wanted a stadium,” he said."
    pub(super) fn several_told(&mut self, p: Pronoun, at: &Trace, speaker: Option<usize>) -> Option<Choice> {
        if !p.subject {
            return None;
        }
        /// How many sentences may lie between.
        const REACH: usize = 2;
        let plural = self.plurals.iter().rev().take(3).copied().find(|t| {
            (t.block, t.token) < (at.block, at.token)
                && at.sentence - t.sentence <= REACH
                && t.block + 1 >= at.block
        });
        let plural = plural.filter(|t| {
            self.candidate_at(t)
                .is_some_and(|(_, _, end)| self.is_last_plural(t.block, end, at))
        });
        let group = self
            .trail
            .back(at)
            .take_while(|t| at.sentence - t.sentence <= REACH)
            .find(|t| {
                let several = self.nameless.get(&t.entity) == Some(&true)
                    || self.cast.entities[t.entity].kind == EntityKind::Group;
                several && Some(t.entity) != speaker
            })
            .filter(|t| self.is_last_plural(t.block, t.token + 1, at))
            .copied();
        let newest = |t: &Trace| (t.block, t.token);
        let found = match (plural, group) {
            (Some(plural), Some(group)) if newest(&group) >= newest(&plural) => group,
            (Some(plural), _) => {
                let known = self.candidate_at(&plural).and_then(|key| self.found.get(&key));
                match known {
                    Some(&i) => Trace {
                        entity: self.added[i].mention.entity,
                        span: self.added[i].mention.span,
                        ..plural
                    },
                    None => self.realize(plural)?,
                }
            }
            (None, Some(group)) => group,
            (None, None) => return None,
        };
        if Some(found.entity) == speaker || self.is_one_of(speaker, found.entity) {
            return None;
        }
        let name = &self.cast.entities[found.entity].name;
        let reason = format!("{name}: those of whom the article speaks right before the quotation");
        Some(Choice::clear(found.entity, 0.6, reason, found.span))
    }

    /// Whether no other noun in the plural stands between some people and the quotation: "the traders and their mangoes. “They
    /// were rotten,”".
    fn is_last_plural(&self, block: usize, from: usize, at: &Trace) -> bool {
        let local = self.doc.block(block).1;
        let until = if block == at.block {
            at.token
        } else {
            local.tokens.len()
        };
        (from..until).all(|k| {
            let token = &local.tokens.list[k];
            let word = local.tokens.fold(k);
            // The tagger does not know each of them: "their mangoes".
            let of = k > 0
                && matches!(
                    local.tokens.list[k - 1].tag,
                    Tag::Det | Tag::Adj | Tag::Pron | Tag::Adp
                );
            let plural = token.tag == Tag::NounPl || of && word.ends_with('s') && !word.ends_with("ss");
            !plural || token.shape != Shape::Lower || is_time(word)
        })
    }

    /// "Analysts were divided. “They are done,” said Ana Reyes, an analyst.": the speaker is one of those.
    fn is_one_of(&self, speaker: Option<usize>, group: usize) -> bool {
        let Some(speaker) = speaker else { return false };
        let of = |row: &usize| self.rows[group].iter().any(|g| self.lex.same_noun(*g, *row));
        self.rows[speaker].iter().any(of)
    }
}

/// Nouns in the plural that nobody is.
fn is_time(word: &str) -> bool {
    matches!(
        word,
        "days"
            | "weeks"
            | "months"
            | "years"
            | "hours"
            | "minutes"
            | "times"
            | "terms"
            | "euros"
            | "dollars"
            | "pounds"
    )
}
