//! Sources of two whom "and" joins where not both have names: "the union and the operator said", "the mayor and Ana
//! Reyes said".

use std::ops::Range;

use crate::{
    semantic::{
        article::{Attribution, Evidence, Mention, MentionForm},
        coref::{Answer, Resolver},
        cue::{self, Classes},
        doc::{Phrase, Seen},
        local::Local,
        mention::{Candidate, What},
    },
    syntax::tag::Tag,
};

impl Resolver<'_, '_, '_> {
    /// Those whom a source phrase names together, as a group of its own.
    pub(super) fn named_together(&mut self, local: &Local, source: &Phrase, members: &[usize]) -> Answer {
        let source = without_aside(local, source);
        let span = self.doc.span(&source);
        let entity = self.group_of(members);
        self.added.push(Seen {
            mention: Mention {
                span,
                entity,
                form: MentionForm::Description,
                score: 0.9,
                evidence: Evidence {
                    reason: "several named together".into(),
                    at: Some(span),
                },
            },
            at: source.clone(),
            phrase: source,
        });
        (Some(entity), Attribution::Explicit, None)
    }

    /// Both of those whom a source phrase joins, as a group of its own.
    pub(super) fn described_together(&mut self, local: &Local, source: &Phrase) -> Option<Answer> {
        let and = joint(local, source, |c| self.entity_of(source.block, c).is_some())?;
        let part = |tokens: Range<usize>| Phrase {
            block: source.block,
            tokens,
        };
        let (first, one, _) = self.speaker(&part(source.tokens.start..and));
        let (second, other, _) = self.speaker(&part(and + 1..source.tokens.end));
        let (first, second) = (first?, second?);
        if first == second {
            return None;
        }
        let span = self.doc.span(source);
        let entity = self.group_of(&[first, second]);
        self.added.push(Seen {
            mention: Mention {
                span,
                entity,
                form: MentionForm::Description,
                score: 0.85,
                evidence: Evidence {
                    reason: "two spoken of together".into(),
                    at: Some(span),
                },
            },
            at: source.clone(),
            phrase: source.clone(),
        });
        let attribution = match (one, other) {
            (Attribution::Anonymous, Attribution::Anonymous) => Attribution::Anonymous,
            _ => Attribution::Explicit,
        };
        Some((Some(entity), attribution, None))
    }
}

/// "Germany and Poland, which had doubts,": what they are told to have done is no part of them.
fn without_aside(local: &Local, source: &Phrase) -> Phrase {
    let mut tokens = source.tokens.clone();
    let which = |t: &usize| matches!(local.listed(*t), "who" | "whose" | "which" | "whom");
    let aside = tokens.find(which).filter(|&t| local.tokens.fold(t - 1) == ",");
    Phrase {
        block: source.block,
        tokens: source.tokens.start..aside.map_or(source.tokens.end, |t| t - 1),
    }
}

/// The "and" of a source phrase that joins two with an article, a possessive or a name of their own each. A preposition
/// before it may lead to both ("a spokesman for the union and the operator"), and a list with commas is left alone.
fn joint(local: &Local, source: &Phrase, is_somebody: impl Fn(&Candidate) -> bool) -> Option<usize> {
    let tokens = source.tokens.clone();
    let name_at = |t: usize| {
        let from = local.candidates.partition_point(|c| c.tokens.end <= t);
        let name = |c: &&Candidate| c.tokens.contains(&t) && matches!(c.what, What::Name(_));
        local.candidates.get(from).filter(name)
    };
    let mut ands = tokens
        .clone()
        .filter(|&t| local.listed(t) == "and" && name_at(t).is_none());
    let and = ands.next().filter(|_| ands.next().is_none())?;
    let tag = |t: usize| local.tokens.list.get(t).map(|token| token.tag);
    let begins = |t: usize| {
        tag(t) == Some(Tag::Det)
            || cue::classes(local.tokens.fold(t)).has(Classes::POSSESSIVE)
            || name_at(t).is_some_and(|c| c.tokens.start == t && c.phrase.start == t && is_somebody(c))
    };
    let leads = |t: usize| tag(t) == Some(Tag::Adp);
    // "Brill and the board's lawyer, Henry Stroud,": a name that tells who the second is.
    let end = tokens.end - usize::from(local.tokens.mark(tokens.end - 1) == ",");
    let apposed = |comma: usize| {
        let name = name_at(comma + 1).filter(|c| c.phrase.start == comma + 1 && c.tokens.end == end);
        comma > and + 2 && name.is_some_and(&is_somebody)
    };
    let apart = |t: usize| match local.tokens.mark(t) {
        "," => t < end && !apposed(t),
        mark => matches!(mark, "(" | "—" | "–"),
    };
    let relative = |t: usize| {
        matches!(local.listed(t), "who" | "whose" | "which" | "whom") || local.tokens.list[t].tag.is_finite()
    };
    (begins(tokens.start)
        && and + 1 < tokens.end
        && begins(and + 1)
        // "the Bath and North Somerset councillor Ann Dahl" is one.
        && name_at(and + 1).is_none_or(|c| c.tokens.end == end)
        && !(tokens.start..and).any(leads)
        && !tokens.into_iter().any(|t| apart(t) || relative(t)))
    .then_some(and)
}
