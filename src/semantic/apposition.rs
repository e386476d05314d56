//! Noun phrases and the names they stand beside: joined to one, or a description of their own.

use std::ops::Range;

use crate::{
    semantic::{
        clause,
        lexicon::RoleClass,
        mention::{Candidate, Ctx, Cue, Cues, Description, Det, Head, Name, RoleMention, What},
        names::opposite,
        phrases::{Np, is_modifier, modifies},
        wordsets::WordSet,
    },
    syntax::{tag::Tag, token::Shape},
};

/// Joins a role to the name that it stands beside; `false` when it stands beside none.
pub(super) fn join(ctx: &Ctx<'_>, names: &mut [Candidate], np: &Np) -> bool {
    let Head::Role(role) = &np.head else {
        return false;
    };
    // A second role or a title before the same name: "lead author Professor David Livermore".
    if let Some(c) = names.get_mut(names.partition_point(|c| c.tokens.start < np.range.end))
        && np.range.end <= c.tokens.start
    {
        if c.phrase.start <= np.range.start {
            return true;
        }
        // "the Labour MP Ana Reyes": an office that is a title, and what stands before it.
        if c.phrase.start == np.noun.start
            && (np.range.start + 1 < np.noun.start
                || ctx.capital(np.range.start) && np.range.start < np.noun.start)
            && let What::Name(name) = &mut c.what
            && name.title.is_some()
        {
            name.role.get_or_insert_with(|| role.clone());
            c.phrase.start = np.range.start;
            return true;
        }
    }
    let next = names.partition_point(|c| c.phrase.start.min(c.tokens.start) < np.range.end);
    // "French President Emmanuel Macron", "his wife Ana"; "the president, Emmanuel Macron,"
    if let Some(c) = names.get_mut(next)
        && takes_role(ctx, c)
    {
        let gap = c.phrase.start.checked_sub(np.range.end);
        let direct = gap == Some(0)
            && (np.noun.end == np.range.end || is_office(ctx, role) || is_parent_of_several(ctx, np))
            && (np.det != Det::Definite || !c.cues.has(Cue::TitleCase));
        // "the vicar, the Rev David Holm,"
        let the = gap == Some(2) && ctx.word(np.range.end + 1) == "the" && has_title(c);
        let comma = (gap == Some(1) || the)
            && ctx.word(np.range.end) == ","
            && !np.plural
            && !matches!(np.det, Det::Counted | Det::Both)
            && (closes(ctx, c.phrase.end.max(c.tokens.end)) || is_from(ctx, c.tokens.end))
            && (c.phrase.start == c.tokens.start || has_title(c));
        let comma = comma && !(np.range.end > np.noun.end && is_other_gender(ctx, role, c));
        if (direct && (!np.plural || is_office(ctx, role))) || comma && may_be_named(ctx, np) {
            if let What::Name(name) = &mut c.what
                && name.role.is_none()
            {
                name.role = Some(role.clone());
            }
            c.phrase.start = np.range.start;
            if comma && ctx.word(c.tokens.end) == "," {
                c.phrase.end = c.phrase.end.max(c.tokens.end);
            }
            return true;
        }
    }
    // "Lena Hartmann, the foreign minister,", "Lena Hartmann, then foreign minister,"
    let then = usize::from(matches!(ctx.before(np.range.start), "then" | "now" | "formerly"));
    let start = np.range.start.saturating_sub(then);
    if start >= 2 && ctx.before(start) == "," && !np.plural {
        let end = start - 1;
        let prev = names.partition_point(|c| c.tokens.end < end);
        let gap_age = prev.checked_sub(1);
        let index = if names.get(prev).is_some_and(|c| c.tokens.end == end) {
            Some(prev)
        } else {
            // ", 54, a teacher"
            gap_age.filter(|&p| names[p].cues.has(Cue::Age) && names[p].tokens.end + 2 == end)
        };
        if let Some(c) = index.and_then(|p| names.get_mut(p))
            && takes_role(ctx, c)
            && !is_located(ctx, c)
            && (closes(ctx, np.range.end) || goes_on(ctx, np.range.end))
            && !matches!(np.det, Det::Counted | Det::Both)
            && (np.det != Det::Bare || np.owner.is_some() || is_office(ctx, role))
            && let What::Name(name) = &mut c.what
        {
            name.role.get_or_insert_with(|| role.clone());
            c.phrase.end = np.range.end;
            return true;
        }
    }
    false
}

/// "In Halm, a driver who …": where something is has nobody's trade behind its comma.
fn is_located(ctx: &Ctx<'_>, c: &Candidate) -> bool {
    matches!(
        ctx.before(c.phrase.start),
        "in" | "at" | "near" | "outside" | "inside"
    ) && !has_title(c)
        && ctx.lex.given(ctx.word(c.tokens.start)).is_none()
}

/// "Father-of-two Wesley Brandt"
fn is_parent_of_several(ctx: &Ctx<'_>, np: &Np) -> bool {
    np.range.end == np.noun.end + 4 && matches!(ctx.word(np.noun.end), "-" | "‑")
}

/// "a spokeswoman for the minister, Tom Reed,": the given name tells that it is the one she speaks for.
fn is_other_gender(ctx: &Ctx<'_>, role: &RoleMention, c: &Candidate) -> bool {
    let given = ctx.lex.given(ctx.word(c.tokens.start)).unwrap_or_default();
    opposite(given, ctx.lex.roles[role.row].gender)
}

/// Whether a title stands before a name ("its director, Dr. Ida Holm,").
fn has_title(c: &Candidate) -> bool {
    matches!(&c.what, What::Name(name) if name.title.is_some())
}

fn is_office(ctx: &Ctx<'_>, role: &RoleMention) -> bool {
    ctx.lex.roles[role.row].class == RoleClass::Office
}

/// Whether a description before a comma may introduce a name: "the foreign minister, Lena Hartmann,".
fn may_be_named(ctx: &Ctx<'_>, np: &Np) -> bool {
    match &np.head {
        Head::Role(role) => np.det != Det::Bare || np.owner.is_some() || is_office(ctx, role),
        Head::Thing(_) => false,
    }
}

/// Whether an apposition may end before token `i`.
fn closes(ctx: &Ctx<'_>, i: usize) -> bool {
    matches!(
        ctx.word(i),
        "," | "." | ";" | ")" | ":" | "" | "—" | "–" | "?" | "!" | "who" | "”" | "\""
    )
}

/// Whether a name says where somebody is from before its apposition ends: "its sponsor, Rex Dunleavy of Broken Bow,",
/// "its lead author, Dr Ana Brill of the University of Halm,".
fn is_from(ctx: &Ctx<'_>, i: usize) -> bool {
    let start = i + 1 + usize::from(ctx.word(i + 1) == "the");
    let mut end = start;
    while ctx.capital(end) || end > start && matches!(ctx.word(end), "of" | "for" | "and" | "the") {
        end += 1;
        if end > start + 7 {
            return false;
        }
    }
    matches!(ctx.word(i), "of" | "from" | "at") && ctx.capital(start) && closes(ctx, end)
}

/// Whether a name may be that of a person as far as its own words tell.
pub(super) fn takes_role(ctx: &Ctx<'_>, c: &Candidate) -> bool {
    let What::Name(Name { hits, .. }) = &c.what else {
        return false;
    };
    let person = hits
        .iter()
        .any(|h| ctx.kb.kind(h.entity) == crate::kb::Kind::Person);
    let other = hits
        .iter()
        .any(|h| ctx.kb.kind(h.entity) != crate::kb::Kind::Person);
    (hits.is_empty() || person && !other) && !c.cues.has(Cue::BodyNoun)
}

/// Whether an apposition has a second half before its comma: "an Australian woman and former teacher,".
fn goes_on(ctx: &Ctx<'_>, i: usize) -> bool {
    let mut t = i + 1;
    if !matches!(
        ctx.word(i),
        "and" | "of" | "at" | "in" | "for" | "from" | "with" | "on" | "to"
    ) {
        return false;
    }
    while t < ctx.tokens.len() && t < i + 9 {
        match ctx.word(t) {
            "," | ")" | ";" | "—" | "–" => return true,
            "." | "?" | "!" => return false,
            _ if ctx.tokens.list[t].tag.is_finite() || ctx.lex.is_human_verb(ctx.word(t)) => return false,
            _ => t += 1,
        }
    }
    false
}

/// A candidate for a phrase that belongs to no name, if it can be worth following.
pub(super) fn description(ctx: &Ctx<'_>, np: Np) -> Option<Candidate> {
    let mut start = np.range.start;
    if matches!(
        ctx.word(start),
        "the" | "a" | "an" | "this" | "that" | "these" | "those" | "both" | "another"
    ) && start < np.noun.start
    {
        start += 1;
        if matches!(ctx.word(start), "the") && start < np.noun.start {
            start += 1;
        }
    }
    let tokens = start..np.noun.end.max(start + 1);
    let mut cues = Cues::default();
    if ctx.quoted.get(np.noun.start).is_some_and(|q| *q) {
        cues.set(Cue::Quoted);
    }
    if ctx.starts.get(np.range.start).is_some_and(|s| *s) {
        cues.set(Cue::SentenceStart);
    }
    if ctx.is_possessive(np.range.end) {
        cues.set(Cue::Possessive);
    }
    clause::cues(ctx, &tokens, &np.range, &mut cues);
    Some(Candidate {
        tokens,
        phrase: np.range,
        what: What::Description(Description {
            head: np.head,
            det: np.det,
            noun: np.noun,
            owner: np.owner,
            plural: np.plural,
        }),
        cues,
    })
}

/// "the 58-year-old former governor": an age before somebody described, not a description of its own.
pub(super) fn is_age_of(ctx: &Ctx<'_>, noun: &Range<usize>) -> bool {
    let age = matches!(
        (ctx.word(noun.start), ctx.word(noun.end - 1)),
        ("year" | "year-old", "old" | "year-old")
    );
    // "the 79-year-old Republican"
    let party = ctx.lex.is(WordSet::PartyWord, ctx.word(noun.end)) && ctx.shape(noun.end + 1) == Shape::Lower;
    age && party
        || age
            && (noun.end..noun.end + 4)
                .take_while(|&t| ctx.shape(t) == Shape::Lower && is_modifier(ctx, t))
                .any(|t| modifies(ctx, t + 1) && ctx.lex.role_at(ctx.tokens, t + 1).is_some())
}

/// Whether a thing stands between the article at `at` and a plural, which is no part of its phrase then.
pub(super) fn is_thing_before_many(ctx: &Ctx<'_>, at: usize, noun: &Range<usize>) -> bool {
    let tag = |t: usize| ctx.tokens.list.get(t).map_or(Tag::X, |t| t.tag);
    let before = noun.start.saturating_sub(1);
    let counts = matches!(
        ctx.word(before),
        "dozen"
            | "few"
            | "couple"
            | "hundred"
            | "thousand"
            | "million"
            | "score"
            | "number"
            | "lot"
            | "handful"
    );
    before == at + 1 && tag(noun.end - 1) == Tag::NounPl && tag(before) == Tag::Noun && !counts
}
