//! Which entity a pronoun or a description goes back to, and the reason that is given for it.

use crate::{
    kb::Gender,
    semantic::{
        article::{EntityKind, MentionForm},
        coref::{Resolver, fits_gender, is_subject},
        lexicon,
        local::Local,
        mention::{Candidate, PersonOf, Pronoun},
        salience::{Choice, Trace, Want},
        wordsets::WordSet,
    },
    syntax::tag::Tag,
};

impl Resolver<'_, '_, '_> {
    /// What a third-person pronoun at `at` refers to.
    /// "they" may also be a body that speaks ("the ministry … they said") or one person.
    pub(super) fn choose(
        &self,
        p: Pronoun,
        at: &Trace,
        exclude: Option<usize>,
        source: bool,
    ) -> Option<Choice> {
        let want = match p.person {
            PersonOf::He => Want::One(Gender::Male),
            PersonOf::She => Want::One(Gender::Female),
            PersonOf::They => Want::Several,
            PersonOf::It => Want::Body,
            PersonOf::I | PersonOf::We | PersonOf::You => return None,
        };
        let exclude = exclude
            .or_else(|| self.own_subject(p, at))
            .or_else(|| self.clause_subject(p, at))
            .or_else(|| self.described_by(p, at))
            .or_else(|| self.outlives(p, at))
            .or_else(|| self.questioner(at));
        // "…, she added": whoever spoke last goes on.
        let tokens = &self.doc.block(at.block).1.tokens;
        let beside = [at.token + 1, at.token.wrapping_sub(1)];
        let goes_on = source
            && beside
                .iter()
                .any(|&t| self.lex.is(WordSet::GoesOn, tokens.fold(t)));
        let search = |want| {
            self.trail
                .choose(
                    &self.cast.entities,
                    &self.nameless,
                    want,
                    p,
                    at,
                    exclude,
                    source,
                    goes_on,
                )
                .map(|mut choice| {
                    choice.reason = self.reason(want, &choice);
                    choice
                })
        };
        if let Some(choice) = self.withheld_subject(p, at, want) {
            return Some(choice);
        }
        if let Some(choice) = self.pointed_at(p, at, want, source) {
            return Some(choice);
        }
        let structural = self.reports_of_itself(p, at, want);
        if let Some(choice) = structural
            .or_else(|| self.spoken_for(p, at, want))
            .or_else(|| self.asked_by(p, at, want))
            .or_else(|| self.answers_call(p, at, want))
        {
            return Some(choice);
        }
        if let Some(choice) = self.met_by_narrator(p, at, want) {
            return Some(choice);
        }
        let mut found = search(want);
        // Nobody answers himself.
        if source
            && let Some(asker) = self.asker(at)
            && found.as_ref().is_some_and(|f| f.entity == asker)
        {
            return self.other_than(asker, p, at, want);
        }
        // "Germany and Poland agreed. They urged": both, and not the first of them.
        let pair = found.as_ref().is_some_and(|f| self.pairs.contains_key(&f.entity));
        if source
            && p.subject
            && !pair
            && let Some(choice) = self.going_on(want, at)
        {
            found = Some(choice);
        }
        if found.is_none() && source {
            found = self.last_of(want, at);
        }
        if found.is_some() || want != Want::Several {
            return found;
        }
        let mut other = search(Want::Body).filter(|c| c.subject && (c.near || source));
        if other.is_none() && source {
            other = search(Want::Anyone).filter(|c| c.subject);
        }
        if let Some(choice) = &mut other {
            choice.score *= 0.8;
        }
        other
    }

    /// "When I reached Okoro at his office, he was silent": whom the narrator meets in the clause that opens the sentence.
    fn met_by_narrator(&self, p: Pronoun, at: &Trace, want: Want) -> Option<Choice> {
        let Want::One(gender) = want else { return None };
        let local = self.doc.block(at.block).1;
        let fold = |t: usize| local.tokens.fold(t);
        let start = local.sentences.get(local.sentence_of(at.token))?.start;
        let told = matches!(fold(start), "when" | "after" | "once" | "before" | "as")
            && matches!(fold(start + 1), "i" | "we");
        let placed = p.possessive || p.subject && at.token.checked_sub(1).is_some_and(|t| fold(t) == ",");
        if !told || !placed {
            return None;
        }
        let t = self
            .trail
            .back(at)
            .take_while(|t| t.block == at.block && t.token >= start)
            .filter(|t| {
                let e = &self.cast.entities[t.entity];
                let named = t.form != MentionForm::Pronoun && !self.nameless.contains_key(&t.entity);
                named && e.kind == EntityKind::Person && fits_gender(e, gender)
            })
            .last()?;
        let name = &self.cast.entities[t.entity].name;
        let reason = format!("{name}: whom the narrator meets in the same sentence");
        Some(Choice::clear(t.entity, 0.75, reason, t.span))
    }

    /// The most present of those whom a pronoun may mean beside one who is ruled out.
    fn other_than(&self, entity: usize, p: Pronoun, at: &Trace, want: Want) -> Option<Choice> {
        let (entities, nameless) = (&self.cast.entities, &self.nameless);
        let mut choice = self
            .trail
            .choose(entities, nameless, want, p, at, Some(entity), true, false)?;
        choice.reason = self.reason(want, &choice);
        Some(choice)
    }

    /// The subject of the clause that an object pronoun stands in, which it never means ("Wintour called her").
    pub(super) fn own_subject(&self, p: Pronoun, at: &Trace) -> Option<usize> {
        if p.possessive || p.reflexive {
            return None;
        }
        let tokens = &self.doc.block(at.block).1.tokens;
        // "Scholz, whom he will replace,": nor the noun that a relative clause hangs on.
        let whom = at.token.checked_sub(1).is_some_and(|t| tokens.fold(t) == "whom");
        if whom && p.subject {
            let t = self.trail.back(at).next()?;
            return (t.block == at.block && at.token - t.token <= 6).then_some(t.entity);
        }
        let subject = self.trail.back(at).take(4).find(|t| is_subject(t.cues))?;
        self.is_own_subject(p, at, subject).then_some(subject.entity)
    }

    /// Whether `subject` stands before the verb whose object the pronoun at `at` is.
    pub(super) fn is_own_subject(&self, p: Pronoun, at: &Trace, subject: &Trace) -> bool {
        let tokens = &self.doc.block(at.block).1.tokens;
        let tag = |t: usize| tokens.list.get(t).map_or(Tag::X, |t| t.tag);
        let same = subject.sentence == at.sentence && subject.block == at.block && !subject.owner;
        let Some(before) = at.token.checked_sub(1).filter(|_| same) else {
            return false;
        };
        let object = !p.subject && !p.possessive && !p.reflexive;
        let direct = tag(before).is_verb() || matches!(tokens.fold(before), "to" | "of" | "at");
        // With a second verb between them the pronoun may be in a clause of its own ("wanted them to call her").
        let verbs = (subject.token..at.token).filter(|&t| tag(t).is_verb() && tag(t) != Tag::Aux);
        object && direct && verbs.count() == 1
    }

    pub(super) fn reason(&self, want: Want, choice: &Choice) -> String {
        let who = match want {
            Want::One(Gender::Male) => "man",
            Want::One(Gender::Female) => "woman",
            Want::One(Gender::Unknown) => "person",
            Want::Anyone => "person",
            Want::Several => "group",
            Want::Body => "body or country",
        };
        let words = choice.span.text(self.doc.text);
        let name = &self.cast.entities[choice.entity].name;
        if choice.only {
            format!("{name}: the only {who} named shortly before")
        } else if choice.subject {
            format!("{name}: the last {who} who was the subject, at “{words}”")
        } else {
            format!("{name}: the nearest {who} named, at “{words}”")
        }
    }

    pub(super) fn learn_gender(&mut self, p: Pronoun, choice: &Choice) {
        let gender = match p.person {
            PersonOf::He => Gender::Male,
            PersonOf::She => Gender::Female,
            _ => return,
        };
        let e = &mut self.cast.entities[choice.entity];
        if e.gender == Gender::Unknown && choice.score >= 0.6 {
            e.gender = gender;
        }
    }
}

/// Whether an "it" is the subject of what a body is said to say or do ("said it was ready", "in a statement that
/// it had left", "what it called"), and not of "it is clear that".
pub(super) fn is_reported_it(local: &Local, c: &Candidate) -> bool {
    let lex = lexicon::english();
    let word = |t: usize| local.listed(t);
    let tag = |t: usize| local.tokens.list.get(t).map_or(Tag::X, |t| t.tag);
    let next = c.tokens.end;
    let Some(before) = c.tokens.start.checked_sub(1) else {
        return false;
    };
    if lex.is_human_verb(word(next)) {
        return true;
    }
    let report = lex.is_human_verb(word(before))
        || word(before) == "that"
            && before > 0
            && (lex.is_human_verb(word(before - 1)) || tag(before - 1).is_noun());
    let be = matches!(word(next), "is" | "was" | "would" | "will" | "has" | "had");
    // "said it was ready", "said it had no soldiers there": weather and time are not.
    let has =
        matches!(word(next), "has" | "had") && !matches!(local.tokens.fold(next + 1), "been" | "to" | "not");
    let state = has || be && lex.is(WordSet::AgentState, local.tokens.fold(next + 1));
    let main =
        (next + 1..next + 4).find(|&t| tag(t) != Tag::Adv && !matches!(word(t), "be" | "been" | "not"));
    let acts = main.is_some_and(|t| matches!(tag(t), Tag::VerbIng | Tag::VerbPart | Tag::VerbBase));
    report && (!be && tag(next).is_finite() || be && acts || state)
}

/// Whether an "it" stands for nothing ("it is early", "it remains to be seen") or is an object.
pub(super) fn is_empty_it(local: &Local, c: &Candidate, p: Pronoun) -> bool {
    if p.possessive || is_reported_it(local, c) {
        return false;
    }
    let next = local.listed(c.tokens.end);
    !lexicon::english().is(WordSet::AgentVerb, next)
        || matches!(
            local.listed(c.tokens.end + 1),
            "be" | "been" | "seem" | "take" | "appear" | "remain"
        )
}
