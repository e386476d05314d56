//! Descriptions: those that lead back to somebody, and those that stand for people and bodies without a name.

use crate::{
    base::{span::DocSpan, word::TokenKind},
    kb::Gender,
    semantic::{
        ahead::{is_finite_subject, is_predicate, is_subject_at_length},
        article::{EntityKind, MentionForm},
        coref::{LATENT, Latent, Resolver, fits_gender, is_subject, lower_first},
        cue, definite,
        doc::Phrase,
        elegant::is_body_of_that_name,
        foretold::{AHEAD, Foretold},
        lexicon::{RoleClass, ThingClass},
        local::Local,
        mention::{Candidate, Cue, Description, Det, Head, Pronoun},
        salience::{Choice, Trace, Want},
        wordsets::WordSet,
    },
    syntax::{tag::Tag, token::Shape},
};

/// How many sentences back somebody may have been spoken of whom only a lack of others points to.
const LAST_OF: usize = 4;

impl Resolver<'_, '_, '_> {
    /// Leads a description back to somebody, makes a participant of it where it speaks, or keeps it for what comes.
    pub(super) fn description(
        &mut self,
        b: usize,
        local: &Local,
        c: &Candidate,
        d: &Description,
        mut trace: Trace,
    ) {
        // What stands behind a name was read with it.
        if self.found.contains_key(&(b, c.tokens.start, c.tokens.end)) {
            return;
        }
        // "No group claimed the attack": none.
        if local.tokens.fold(c.phrase.start) == "no" {
            return;
        }
        let source = self.is_source(b, c);
        if source {
            trace.cues.set(Cue::Speaks);
        }
        let row = match &d.head {
            Head::Role(role) => Some(role.row),
            Head::Thing(_) => None,
        };
        if let (Det::Definite, Some(row)) = (d.det, row)
            && let Some(n) = self.latent.iter().rposition(|l| {
                (l.subject || source)
                    && trace.sentence - l.at.sentence <= 3
                    && self
                        .role_at(&l.at)
                        .is_some_and(|old| self.lex.same_noun(old, row))
            })
        {
            let before = self.latent.remove(n).at;
            let _ = self.realize(before);
        }
        // "a beekeeper, Thomas Ley,", "a protester using the pseudonym Katya"
        let names = matches!(local.listed(c.phrase.end), "who" | "giving" | "identified");
        // "Her daughter, the novelist Ruth Holm, survives her."
        let kin = d.det == Det::Owned && self.lex.is(WordSet::Kin, local.tokens.fold(d.noun.end - 1));
        if (source || names || kin)
            && !d.plural
            && let Some(choice) = self
                .named_beside(b, local, c.phrase.end)
                .filter(|choice| self.may_be(choice.entity, row))
        {
            if let Some(row) = row {
                self.call(choice.entity, row);
            }
            self.lead(c, &choice, trace);
            return;
        }
        if let Some(choice) = self.body_beside(b, local, c, d) {
            let noun = local.tokens.fold(d.noun.end - 1);
            self.things.insert(noun.to_owned(), choice.entity);
            self.lead(c, &choice, trace);
            return;
        }
        if source
            && row.is_some()
            && let Some(choice) = self.unlisted_beside(b, local, c, d)
        {
            self.lead(c, &choice, trace);
            return;
        }
        let told = self.told_kin(b, local, d, &trace);
        if let Some(choice) = told.filter(|_| !is_predicate(local, c)) {
            self.lead(c, &choice, trace);
            return;
        }
        let antecedent = definite::antecedent(self, local, c, d, &trace);
        if let Some(choice) = antecedent.or_else(|| definite::predicate(self, local, c, d, &trace, source)) {
            self.lead(c, &choice, trace);
            return;
        }
        // A noun phrase that only says something of nobody in particular becomes a participant when it speaks,
        // or when a later "the diplomat" may lead back to it.
        if let Head::Thing(ThingClass::Body) = d.head
            && !d.plural
            && d.det != Det::Bare
            && !c.cues.has(Cue::Quoted)
            && self.body_again(local, c, d, trace)
        {
            return;
        }
        if let Some(row) = row {
            self.call_subject(local, c, d, row, &trace);
        }
        if !source {
            let body = |row: usize| is_body_of_that_name(local, d, self.lex.roles[row].class);
            if let Some(row) = row.filter(|&row| !body(row)) {
                if d.plural {
                    self.last_plural = Some(trace);
                    // "Others were kinder", "people who smoke": nobody whom "they" would mean.
                    let noun = local.tokens.fold(d.noun.end - 1);
                    let vague = matches!(noun, "others" | "people" | "reporters" | "journalists")
                        || d.det == Det::Bare && !is_subject(trace.cues) && !is_finite_subject(local, c);
                    if !c.cues.has(Cue::Quoted) && !vague {
                        self.plurals.push(trace);
                    }
                } else if !c.cues.has(Cue::Quoted) && d.det != Det::Bare && !is_predicate(local, c) {
                    if self.latent.len() == LATENT {
                        self.latent.remove(0);
                    }
                    let subject =
                        is_finite_subject(local, c) || is_subject_at_length(local, c) || is_subject(c.cues);
                    // "Behind her a girl climbed on a chair": the subject stands where no name would be one.
                    if subject {
                        trace.cues.set(Cue::Subject);
                    }
                    let latent = Latent {
                        at: trace,
                        gender: self.lex.roles[row].gender,
                        subject,
                        // "The man accused of the robbery": nobody has heard of him yet either.
                        new: d.det == Det::Indefinite
                            || local
                                .tokens
                                .list
                                .get(c.phrase.end)
                                .is_some_and(|t| t.tag == Tag::VerbPart),
                    };
                    self.latent.push(latent);
                    self.described.push(latent);
                }
            }
            return;
        }
        self.add_nameless(b, local, c, d, trace);
    }

    /// "Ferjani is a writer", "is one of four writers left": what somebody is said to be is what the article may call him.
    fn call_subject(&mut self, local: &Local, c: &Candidate, d: &Description, row: usize, at: &Trace) {
        let fold = |t: usize| local.tokens.fold(t);
        let start = c.phrase.start;
        let one_of = d.plural && start > 2 && fold(start - 1) == "of" && fold(start - 2) == "one";
        let is = start.wrapping_sub(if one_of { 3 } else { 1 });
        let one = one_of || !d.plural && d.det == Det::Indefinite && fold(start) != "no";
        if !one || !matches!(fold(is), "is" | "was" | "became") || c.cues.has(Cue::Quoted) {
            return;
        }
        let subject = self
            .trail
            .back(at)
            .take_while(|t| t.block == at.block && t.sentence == at.sentence)
            .find(|t| !t.owner);
        let Some(t) = subject.filter(|t| is_subject(t.cues) && t.token < is && is - t.token <= 6) else {
            return;
        };
        let entity = t.entity;
        if self.cast.entities[entity].kind == EntityKind::Person && !self.nameless.contains_key(&entity) {
            self.call(entity, row);
        }
    }

    /// Adds the entity of a description that leads back to nothing.
    pub(super) fn add_nameless(
        &mut self,
        b: usize,
        local: &Local,
        c: &Candidate,
        d: &Description,
        trace: Trace,
    ) -> Trace {
        let row = match &d.head {
            Head::Role(role) => Some(role.row),
            Head::Thing(_) => None,
        };
        let several = d.plural;
        let (mut kind, name) = self.nameless_name(b, local, c, d);
        let class = row.map(|r| self.lex.roles[r].class);
        let body = !several && class.is_some_and(|class| is_body_of_that_name(local, d, class));
        if body {
            kind = EntityKind::Institution;
        }
        let gender = row
            .filter(|_| !body)
            .map(|r| self.lex.roles[r].gender)
            .unwrap_or_default();
        // "the Ostian government" is one body however often it speaks; "a spokesman" need not be one man.
        let entity = if matches!(d.det, Det::Definite | Det::Owned) {
            self.named_entity(kind, name)
        } else {
            self.add_entity(kind, name, gender)
        };
        if self.cast.entities[entity].gender == Gender::Unknown {
            self.cast.entities[entity].gender = gender;
        }
        self.nameless.insert(entity, several);
        if !several && self.lex.is(WordSet::Withheld, local.tokens.fold(d.noun.end - 1)) {
            self.trail.withhold(entity);
        }
        if let (Head::Role(role), Some(tokens)) = (&d.head, d.owner.clone())
            && !role.former
        {
            self.owners
                .entry(entity)
                .or_default()
                .push(Phrase { block: b, tokens });
        }
        let noun = local.tokens.fold(d.noun.end - 1).to_owned();
        let top = trace.side || row.is_some() && trace.sentence <= 3;
        // "The chancellor has said" above "Ida Holm was speaking to reporters".
        let office = row.is_some_and(|row| self.lex.roles[row].class == RoleClass::Office);
        let bare = d.owner.is_none() && c.phrase.len() == d.noun.len() + 1;
        // Once somebody is named it may lead back.
        let first = || {
            !self.trail.all().any(|t| {
                let person = self.cast.entities[t.entity].kind == EntityKind::Person;
                person && t.form == MentionForm::Name && !t.side
            })
        };
        // "Norvia’s chief executive has admitted" above "Ida Holm told the inquiry".
        let post = d.det == Det::Owned && office && d.owner.is_some();
        let open = matches!(d.det, Det::Bare | Det::Indefinite)
            || post
            || d.det == Det::Definite && office && bare && (trace.side || first());
        if top && !several && self.ahead.len() < AHEAD && open {
            self.ahead.push(Foretold {
                entity,
                row,
                noun: noun.clone(),
                at: (b, d.noun.end - 1),
                side: trace.side,
            });
        }
        match row {
            Some(row) => self.call(entity, row),
            None => {
                self.things.insert(noun, entity);
            }
        }
        let choice = Choice::clear(
            entity,
            0.9,
            "a source without a name".to_owned(),
            DocSpan::default(),
        );
        self.lead(c, &choice, trace)
    }

    /// Adds a description as a mention of what was chosen, and leaves its trace.
    fn lead(&mut self, c: &Candidate, choice: &Choice, mut trace: Trace) -> Trace {
        trace.entity = choice.entity;
        trace.form = MentionForm::Description;
        trace.span = self.add(trace.block, c, choice, MentionForm::Description);
        self.trail.push(trace);
        trace
    }

    /// "the town's council … the council": a body named twice by the same noun is one. Says whether it was.
    fn body_again(&mut self, local: &Local, c: &Candidate, d: &Description, trace: Trace) -> bool {
        let noun = local.tokens.fold(d.noun.end - 1);
        let bare = d.det == Det::Definite && c.phrase.len() == d.noun.len() + 1;
        // The press or a post says nothing of its own accord.
        if !cue::classes(noun).has(cue::Classes::BODY) {
            return false;
        }
        let before = self.last_bodies.get(noun).copied().filter(|t| {
            bare && trace.sentence - t.sentence <= 12 && (is_subject(t.cues) || is_subject(trace.cues))
        });
        let Some(before) = before else {
            self.last_bodies.insert(noun.to_owned(), trace);
            return false;
        };
        self.last_bodies.remove(noun);
        let _ = self.realize(before);
        let Some(choice) = definite::antecedent(self, local, c, d, &trace) else {
            return false;
        };
        self.lead(c, &choice, trace);
        true
    }

    fn nameless_name(&self, b: usize, local: &Local, c: &Candidate, d: &Description) -> (EntityKind, String) {
        // "The boy’s mother": whose she is belongs to what she is called.
        let owned = c.phrase.start.checked_sub(1);
        let owner = owned
            .filter(|&t| local.tokens.kind(t) == TokenKind::Possessive)
            .and_then(|t| {
                let from = local.candidates.partition_point(|o| o.tokens.end < t);
                let whose = local.candidates[from..].iter().take_while(|o| o.tokens.end <= t);
                whose.map(|o| o.phrase.start.min(o.tokens.start)).min()
            });
        let start = owner.unwrap_or(c.phrase.start);
        let text = local
            .tokens
            .span(start..c.phrase.end)
            .text(self.doc.block_text(b));
        let opens = c.cues.has(Cue::SentenceStart) && d.det != Det::Owned;
        let opens = opens
            || owner.is_some_and(|t| {
                local.tokens.shape(t) == Shape::Capital && local.tokens.list[t].tag == Tag::Det
            });
        let name = lower_first(text, opens);
        let kind = match &d.head {
            Head::Thing(_) => EntityKind::Institution,
            Head::Role(_) if d.plural => EntityKind::Group,
            Head::Role(_) => EntityKind::Person,
        };
        (kind, name)
    }

    /// "… said on condition of anonymity because he was not authorized": the subject of the very sentence, who is left
    /// without a name for that reason.
    pub(super) fn withheld_subject(&self, p: Pronoun, at: &Trace, want: Want) -> Option<Choice> {
        let Want::One(gender) = want else { return None };
        let tokens = &self.doc.block(at.block).1.tokens;
        let before = at.token.checked_sub(1)?;
        if !p.subject || !matches!(tokens.fold(before), "because" | "as" | "since") {
            return None;
        }
        let t = self
            .trail
            .back(at)
            .take(6)
            .find(|t| is_subject(t.cues) && !t.owner)?;
        let e = &self.cast.entities[t.entity];
        let here = t.block == at.block && t.sentence == at.sentence;
        let fits = e.kind == EntityKind::Person
            && self.nameless.get(&t.entity) == Some(&false)
            && fits_gender(e, gender);
        (here && fits).then(|| {
            Choice::clear(
                t.entity,
                0.85,
                format!("{}: left without a name in this very sentence", e.name),
                t.span,
            )
        })
    }

    /// The last man or woman whom anybody spoke of, where nobody else comes into question for whoever speaks: "“Linda
    /// is good with a calculator,” he said. “I would be happy to,” she answered."
    pub(super) fn last_of(&self, want: Want, at: &Trace) -> Option<Choice> {
        let Want::One(gender) = want else { return None };
        let t = self.trail.back(at).find(|t| {
            let e = &self.cast.entities[t.entity];
            let fits = e.kind == EntityKind::Person && e.gender == gender;
            fits && at.sentence - t.sentence <= LAST_OF && !self.nameless.contains_key(&t.entity)
        })?;
        let name = &self.cast.entities[t.entity].name;
        Some(Choice {
            score: 0.5,
            only: false,
            ..Choice::clear(
                t.entity,
                0.5,
                format!("{name}: the last person of that gender spoken of"),
                t.span,
            )
        })
    }
}
