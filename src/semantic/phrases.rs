//! Noun phrases around nouns for people and bodies ("the NATO chief", "two officials briefed on it"),
//! joined to the names they stand beside.

use std::ops::Range;

use crate::{
    base::word::TokenKind,
    kb::NameForm,
    semantic::{
        apposition::{description, is_age_of, is_thing_before_many, join, takes_role},
        capital::is_behind_party,
        clause,
        cue::{self, Classes},
        lexicon::{RoleClass, ThingClass},
        mention::{Candidate, Ctx, Cue, Det, Head, RoleMention, pronoun},
        wordsets::WordSet,
    },
    syntax::{block::Zone, tag::Tag, token::Shape},
};

/// A noun phrase before it is decided whether it belongs to a name.
pub(super) struct Np {
    pub(super) range: Range<usize>,
    pub(super) noun: Range<usize>,
    pub(super) owner: Option<Range<usize>>,
    pub(super) det: Det,
    pub(super) head: Head,
    pub(super) plural: bool,
}

/// Joins roles to the names in `found` (in text order) and adds the descriptions that belong to no name.
pub(crate) fn describe(ctx: &Ctx<'_>, found: &mut Vec<Candidate>) {
    let phrases = noun_phrases(ctx, found);
    let mut rest = Vec::new();
    let mut first: Option<Np> = None;
    for np in phrases {
        owner_cue(ctx, found, &np);
        let joined = join(ctx, found, &np);
        if let Some(before) = first.take()
            && !(joined && is_one_with(ctx, found, &before, &np))
        {
            rest.extend(description(ctx, before));
        }
        if !joined && ctx.word(np.range.end) == "and" {
            first = Some(np);
        } else if !joined {
            rest.extend(description(ctx, np));
        }
    }
    rest.extend(first.and_then(|np| description(ctx, np)));
    // "Ireland’s Ana Reyes": the possessor belongs to the phrase.
    for n in 1..found.len() {
        let (before, here) = found.split_at_mut(n);
        let (prev, c) = (&before[n - 1], &mut here[0]);
        if prev.tokens.end + 1 == c.phrase.start
            && ctx.is_possessive(prev.tokens.end)
            && c.phrase.start == c.tokens.start
            && c.tokens.len() > 1
            && takes_role(ctx, c)
            && prev
                .hits()
                .iter()
                .any(|h| ctx.kb.kind(h.entity) != crate::kb::Kind::Person)
        {
            c.phrase.start = prev.phrase.start;
            if ctx.before(c.phrase.start) == "the" {
                c.phrase.start -= 1;
            }
        }
    }
    for c in found.iter_mut() {
        if c.phrase != c.tokens {
            let (name, phrase) = (c.tokens.clone(), c.phrase.clone());
            clause::cues(ctx, &name, &phrase, &mut c.cues);
        }
    }
    found.append(&mut rest);
}

/// "author and historian Ann Roe", "the singer and songwriter Ann Roe": two nouns for one person, whose name stands behind
/// the second; her phrase begins with the first then. "The king and Prime Minister Ann Roe" are two.
fn is_one_with(ctx: &Ctx<'_>, names: &mut [Candidate], first: &Np, second: &Np) -> bool {
    let (Head::Role(a), Head::Role(b)) = (&first.head, &second.head) else {
        return false;
    };
    let trade = |role: &RoleMention| ctx.lex.roles[role.row].class == RoleClass::Person;
    let together = match first.det {
        Det::Bare => true,
        Det::Definite => ctx.word(first.range.start) == "the" && trade(a) && trade(b),
        _ => false,
    };
    let next = first.range.end + 1 == second.range.start && second.det == Det::Bare;
    if !(together && next && ctx.zone == Zone::Body && !first.plural && !second.plural) {
        return false;
    }
    let at = names.partition_point(|c| c.tokens.start < second.range.end);
    let named = names
        .get_mut(at)
        .filter(|c| c.phrase.start == second.range.start && c.tokens.start > c.phrase.start);
    let Some(c) = named else { return false };
    c.phrase.start = first.range.start;
    true
}

/// Marks the name of which somebody is an executive, captain or the like ("Halm captain Ana Reyes").
fn owner_cue(ctx: &Ctx<'_>, names: &mut [Candidate], np: &Np) {
    let (Head::Role(role), Some(owner)) = (&np.head, &np.owner) else {
        return;
    };
    // Bodies have executives and captains; people have aides, lawyers and supporters.
    let noun = &ctx.lex.roles[role.row].noun;
    // "deputy Nationals leader": a party, which goes by its members.
    let members = || {
        noun.ends_with("leader")
            && owner.len() == 1
            && ctx.word(owner.start).ends_with('s')
            && ctx.shape(role.head.start) == Shape::Lower
            && !ctx.is_possessive(owner.end)
    };
    let speaks = noun.starts_with("spokes") && owner.len() == 1 && owner.end == role.head.start;
    if !(ctx.lex.is(WordSet::BodyRole, noun) || members() || speaks) {
        return;
    }
    let at = names.partition_point(|c| c.tokens.start < owner.start);
    if let Some(c) = names.get_mut(at).filter(|c| c.tokens == *owner) {
        c.cues.set(Cue::Owner);
    }
}

/// The noun phrases of the block, in text order, not overlapping.
fn noun_phrases(ctx: &Ctx<'_>, names: &[Candidate]) -> Vec<Np> {
    let mut out: Vec<Np> = Vec::new();
    let mut i = 0;
    while i < ctx.tokens.len() {
        let floor = out.last().map_or(0, |np| np.range.end);
        let inside = name_over(names, i).filter(|c| c.tokens.len() > 1 || ctx.capital(i));
        if let Some(c) = inside {
            i = c.tokens.end.max(i + 1);
            continue;
        }
        if let Some(role) = ctx.lex.role_at(ctx.tokens, i) {
            let noun = i..i + role.len;
            i = noun.end;
            let graded = matches!(ctx.before(noun.start), "most" | "more" | "very" | "so" | "less");
            if graded
                || modifies(ctx, noun.end)
                || is_age_of(ctx, &noun)
                || is_verb_here(ctx, &noun)
                || is_compound(ctx, noun.end)
            {
                continue;
            }
            let row = &ctx.lex.roles[role.row];
            let (range, owner, det, (former, future)) = extend_left(ctx, names, &noun, floor);
            let plural = role.plural || row.class == RoleClass::Group;
            let mut np = Np {
                range,
                noun: noun.clone(),
                owner: owner.clone(),
                det,
                head: Head::Role(RoleMention {
                    row: role.row,
                    head: noun,
                    owner,
                    former,
                    future,
                    plural,
                }),
                plural,
            };
            extend_right(ctx, names, &mut np);
            i = i.max(np.range.end);
            out.push(np);
        } else if let Some((thing, class)) = ctx.lex.thing_at(ctx.tokens, i) {
            let noun = i..i + thing.len;
            i = noun.end;
            if ctx.shape(noun.start) != Shape::Lower
                || modifies(ctx, noun.end)
                || class == ThingClass::Event
                || is_compound(ctx, noun.end)
                || is_verb_here(ctx, &noun)
            {
                continue;
            }
            let (range, owner, det, _) = extend_left(ctx, names, &noun, floor);
            if det == Det::Bare {
                continue;
            }
            out.push(Np {
                range,
                noun,
                owner,
                det,
                head: Head::Thing(class),
                plural: thing.plural,
            });
        } else {
            i += 1;
        }
    }
    out
}

/// The name that covers token `i`.
fn name_over(names: &[Candidate], i: usize) -> Option<&Candidate> {
    let at = names.partition_point(|c| c.tokens.end <= i);
    names.get(at).filter(|c| c.tokens.contains(&i))
}

/// The name that ends directly before token `end`.
fn name_before(names: &[Candidate], end: usize) -> Option<&Candidate> {
    let at = names.partition_point(|c| c.tokens.end < end);
    names.get(at).filter(|c| c.tokens.end == end)
}

/// Whether the noun before `i` only modifies a noun for people or bodies that follows ("party leader").
pub(super) fn modifies(ctx: &Ctx<'_>, i: usize) -> bool {
    if is_behind_party(ctx, i) {
        return true;
    }
    if ctx.shape(i) != Shape::Lower {
        return false;
    }
    if ctx.lex.role_at(ctx.tokens, i).is_some() || ctx.lex.thing_at(ctx.tokens, i).is_some() {
        return !is_verb_here(ctx, &(i..i + 1));
    }
    let tag = ctx.tokens.list[i].tag;
    tag.is_noun() && !ctx.lex.is_human_verb(ctx.word(i))
}

/// "state-run", "party-owned": the noun before the hyphen heads nothing, but for "the mother-of-three".
fn is_compound(ctx: &Ctx<'_>, i: usize) -> bool {
    matches!(ctx.word(i), "-" | "‑")
        && !is_of_number(ctx, i)
        && ctx.glued(i)
        && ctx.glued(i + 1)
        && !matches!(ctx.word(i + 1), "elect" | "designate" | "in" | "general")
}

/// "-of-three", at the hyphen.
fn is_of_number(ctx: &Ctx<'_>, i: usize) -> bool {
    ctx.word(i + 1) == "of"
        && matches!((ctx.word(i), ctx.word(i + 2)), ("-" | "‑", "-" | "‑"))
        && ctx.tokens.list.get(i + 3).is_some_and(|t| t.tag == Tag::Num)
}

fn is_verb_here(ctx: &Ctx<'_>, noun: &Range<usize>) -> bool {
    noun.len() == 1
        && ctx.tokens.list.get(noun.start).is_some_and(|t| {
            t.tag.is_verb()
                || matches!(t.tag, Tag::Adv | Tag::Adp | Tag::Aux)
                || ctx.before(noun.start) == "to" && t.tag == Tag::X
        })
}

type Left = (Range<usize>, Option<Range<usize>>, Det, (bool, bool));

/// Walks left from a head noun over its modifiers to the determiner or possessor.
fn extend_left(ctx: &Ctx<'_>, names: &[Candidate], noun: &Range<usize>, floor: usize) -> Left {
    let mut start = noun.start;
    let mut owner: Option<Range<usize>> = None;
    let mut det = Det::Bare;
    let (mut former, mut future) = (false, false);
    let limit = floor.max(noun.start.saturating_sub(10));
    while start > limit {
        let at = start - 1;
        let word = ctx.word(at);
        if ctx.is_possessive(at) && at > limit {
            let whose = possessor(ctx, names, at, limit);
            start = whose.0.start;
            owner = whose.1.or(owner);
            det = Det::Owned;
            break;
        }
        if let Some(p) = pronoun(word)
            && ctx.shape(at) != Shape::AllCaps
        {
            if p.possessive && word != "hers" && word != "mine" {
                start = at;
                owner = Some(at..at + 1);
                det = Det::Owned;
            }
            break;
        }
        match word {
            // "and that people should act": it opens a clause.
            "that" if ctx.tokens.list[noun.end - 1].tag == Tag::NounPl => break,
            "the" | "this" | "that" | "these" | "those" => {
                start = at;
                if det != Det::Both {
                    det = Det::Definite;
                }
                if ctx.before(at) == "both" {
                    det = Det::Both;
                    start = at - 1;
                }
                break;
            }
            // "It is a claim | inspectors said was untrue".
            "a" | "an" if is_thing_before_many(ctx, at, noun) => {
                start = noun.start;
                break;
            }
            "a" | "an" | "another" | "one" | "any" | "every" | "each" | "no" => {
                start = at;
                det = Det::Indefinite;
                break;
            }
            "both" => {
                start = at;
                det = Det::Both;
                break;
            }
            // "Two in five nurses": how many of all, and no five of them.
            _ if ctx.before(at) == "in" && at > limit + 1 && ctx.tokens.list[at - 2].tag == Tag::Num => break,
            "some" | "several" | "many" | "few" | "three" | "four" | "five" | "six" | "two" | "most"
            | "dozens" | "other" => {
                start = at;
                det = match (word, ctx.before(at)) {
                    ("two", "the") => Det::Both,
                    (_, "the") => Det::Definite,
                    _ => Det::Counted,
                };
                if ctx.before(at) == "the" {
                    start = at - 1;
                }
                if word == "other" && det == Det::Counted {
                    det = Det::Bare;
                    continue;
                }
                break;
            }
            _ if ctx.lex.is(WordSet::Former, word) => former = true,
            _ if ctx.lex.is(WordSet::Future, word) => future = true,
            _ => {}
        }
        if let Some(name) = name_before(names, start)
            && name.tokens.start >= limit
        {
            // "the former US president", "a NATO diplomat"; a comma or a verb would have stopped the walk.
            start = name.tokens.start;
            owner.get_or_insert(name.tokens.clone());
            continue;
        }
        if matches!(word, "-" | "‑" | "–") && ctx.glued(at) {
            start = at;
            continue;
        }
        if ctx.kind(at) == TokenKind::Number && ctx.word(start) == "-" {
            start = at;
            continue;
        }
        if !is_modifier(ctx, at) {
            break;
        }
        start = at;
    }
    // A hyphen or an adverb cannot begin a phrase.
    while start < noun.start
        && (ctx.kind(start) == TokenKind::Punct || ctx.tokens.list[start].tag == Tag::Adv)
    {
        start += 1;
    }
    if ctx.word(noun.end) == "-" && matches!(ctx.word(noun.end + 1), "elect" | "designate") {
        future = true;
    }
    (start..noun.end, owner, det, (former, future))
}

/// What stands before the possessive at `at`: the phrase with its article, and the words that own.
fn possessor(
    ctx: &Ctx<'_>,
    names: &[Candidate],
    at: usize,
    limit: usize,
) -> (Range<usize>, Option<Range<usize>>) {
    if let Some(name) = name_before(names, at) {
        let mut start = name.phrase.start.max(limit);
        if ctx.before(start) == "the" && start > limit {
            start -= 1;
        }
        return (start..at, Some(name.tokens.clone()));
    }
    // "the country’s leader", "the alliance’s secretary general"
    let mut start = at;
    while start > limit {
        let t = start - 1;
        if matches!(ctx.word(t), "the" | "this" | "that" | "a" | "an") {
            return (t..at, Some(start..at));
        }
        if pronoun(ctx.word(t)).is_some_and(|p| p.possessive) {
            return (t..at, Some(t..at));
        }
        if ctx.is_possessive(t) || !is_modifier(ctx, t) && start < at {
            break;
        }
        if ctx.kind(t) == TokenKind::Punct {
            break;
        }
        start = t;
    }
    (start..at, (start < at).then_some(start..at))
}

pub(super) fn is_modifier(ctx: &Ctx<'_>, i: usize) -> bool {
    if ctx.kind(i) != TokenKind::Word {
        return false;
    }
    let word = ctx.word(i);
    if ctx.lex.is(WordSet::Modifier, word) {
        return true;
    }
    if ctx.lex.is_function_word(word) {
        return false;
    }
    let token = &ctx.tokens.list[i];
    match token.tag {
        Tag::X => {
            ctx.lex.thing(word).is_some() && token.shape == Shape::Lower
                || ctx.starts[i] && ctx.capital(i) && (word.ends_with("ern") || word.ends_with("an"))
        }
        Tag::Adj | Tag::Noun | Tag::Num => !ctx.lex.is_human_verb(word) || token.tag != Tag::Noun,
        Tag::NounPl => matches!(
            word,
            "rights" | "affairs" | "sports" | "arms" | "foods" | "relations"
        ),
        // "…, saying customers had left": a verb of saying describes nobody.
        Tag::VerbIng if cue::verb(word).is_some_and(|v| v.classes.has(Classes::SPEECH)) => false,
        Tag::VerbPart | Tag::VerbIng => !ctx.lex.is_human_verb(word) && token.shape == Shape::Lower,
        Tag::Adv => word.ends_with("ly") || word == "then" || word == "most",
        Tag::Propn => ctx.capital(i),
        _ => false,
    }
}

/// Takes in what follows a head noun: "(head) of NATO", "(officials) briefed on it".
fn extend_right(ctx: &Ctx<'_>, names: &[Candidate], np: &mut Np) {
    let Head::Role(role) = &mut np.head else {
        return;
    };
    if ctx.word(np.range.end) == "-" && matches!(ctx.word(np.range.end + 1), "elect" | "designate") {
        np.range.end += 2;
    } else if is_of_number(ctx, np.range.end) {
        np.range.end += 4;
    }
    let office = ctx.lex.roles[role.row].class == RoleClass::Office;
    let mut end = np.range.end;
    for _ in 0..3 {
        let word = ctx.word(end);
        let attaches = match word {
            "of" => true,
            "for" | "to" => office,
            "at" | "with" | "from" | "in" => !office || matches!(np.det, Det::Indefinite | Det::Counted),
            _ => false,
        };
        let bare = office && np.det == Det::Bare && matches!(word, "at" | "in");
        if !(attaches || bare) {
            break;
        }
        let Some((owner, after)) = object(ctx, names, end + 1) else {
            break;
        };
        if !(attaches || is_full_name(names, after)) {
            break;
        }
        if matches!(word, "of" | "for" | "to" | "at" | "with") && role.owner.is_none() {
            role.owner = Some(owner.clone());
            np.owner = Some(owner);
        }
        end = after;
    }
    np.range.end = end;
    if office && np.det == Det::Definite {
        return;
    }
    // "two officials briefed on it", "a person familiar with the matter"
    if ctx.lex.is(WordSet::DescribesBehind, ctx.word(end)) {
        let mut t = end;
        while t < ctx.tokens.len() && t < end + 14 && ctx.kind(t) != TokenKind::Punct {
            let word = ctx.word(t);
            let finite = t > end
                && (matches!(
                    word,
                    "said"
                        | "says"
                        | "told"
                        | "tell"
                        | "say"
                        | "have"
                        | "has"
                        | "was"
                        | "were"
                        | "is"
                        | "are"
                ) || ctx.tokens.list[t].tag.is_finite() && ctx.lex.is_human_verb(word));
            if finite || ctx.kind(t) == TokenKind::Punct {
                break;
            }
            t += 1;
        }
        np.range.end = t;
    }
}

/// "Party leader in the council Ana Reyes": whether somebody's full name begins at `i`.
fn is_full_name(names: &[Candidate], i: usize) -> bool {
    let at = names.partition_point(|c| c.tokens.start < i);
    names
        .get(at)
        .is_some_and(|c| c.tokens.start == i && c.tokens.len() > 1 && c.cues.has(Cue::Given))
}

/// "the president of the Paris chapter": the name only says which chapter, and what stands over the chapter is no
/// office of the country.
fn only_says_which(ctx: &Ctx<'_>, name: &Candidate) -> bool {
    let noun = name.tokens.end;
    let common = ctx.shape(noun) == Shape::Lower
        && ctx.tokens.list.get(noun).is_some_and(|t| t.tag == Tag::Noun)
        && !ctx.lex.is_human_verb(ctx.word(noun));
    // "of the EU executive", "of the Kyiv government": the body itself.
    let body = ctx.lex.thing_at(ctx.tokens, noun).is_some();
    let capital = name.hits().iter().any(|h| h.form == NameForm::Capital);
    let rules = matches!(ctx.word(noun), "government" | "regime" | "administration");
    common && !rules && (capital || !body)
}

/// The object of a preposition at `i`: the words that own, and where the phrase ends.
fn object(ctx: &Ctx<'_>, names: &[Candidate], i: usize) -> Option<(Range<usize>, usize)> {
    let mut at = i;
    let article = matches!(ctx.word(at), "the" | "a" | "an" | "this" | "that")
        || pronoun(ctx.word(at)).is_some_and(|p| p.possessive);
    if article {
        at += 1;
    }
    let begin = names.partition_point(|c| c.tokens.start < at);
    if let Some(name) = names.get(begin).filter(|c| c.tokens.start == at) {
        let mut end = name.tokens.end;
        if article && only_says_which(ctx, name) {
            return Some((end..end + 1, end + 1));
        }
        // "of the European Commission’s executive": the possessor is only half the phrase.
        if ctx.is_possessive(end)
            || ctx.shape(end) == Shape::Lower && ctx.lex.thing_at(ctx.tokens, end).is_some()
        {
            if let Some((thing, _)) = ctx
                .lex
                .thing_at(ctx.tokens, end + usize::from(ctx.is_possessive(end)))
            {
                end += usize::from(ctx.is_possessive(end)) + thing.len;
            } else {
                return None;
            }
        }
        return Some((name.tokens.clone(), end));
    }
    // A title before the name: "a spokesman for Mr Hartmann".
    if let Some(title) = ctx.lex.title_at(ctx.tokens, at)
        && let Some(name) = names
            .get(begin)
            .filter(|c| c.phrase.start == at && c.tokens.start <= at + title.len + 1)
    {
        return Some((name.tokens.clone(), name.tokens.end));
    }
    let start = at;
    while at < ctx.tokens.len() && at < start + 4 {
        if ctx.lex.thing_at(ctx.tokens, at).is_none()
            && ctx.lex.role_at(ctx.tokens, at).is_none()
            && is_modifier(ctx, at)
        {
            at += 1;
            continue;
        }
        let len = ctx
            .lex
            .role_at(ctx.tokens, at)
            .or_else(|| ctx.lex.thing_at(ctx.tokens, at).map(|(f, _)| f))
            .map(|f| f.len);
        return match len {
            Some(len) if modifies(ctx, at + len) => {
                at += len;
                continue;
            }
            // "a spokesman for Chancellor Hartmann": the office is hers, not what he is spokesman for.
            Some(len) if !article && ctx.capital(at) => {
                let next = names.partition_point(|c| c.tokens.start < at + len);
                let name = names.get(next).filter(|c| c.tokens.start == at + len);
                Some(name.map_or((start..at + len, at + len), |c| (c.tokens.clone(), c.tokens.end)))
            }
            Some(len) => Some((if article { i } else { start }..at + len, at + len)),
            None => (at > start && article).then_some((start..at, at)),
        };
    }
    None
}
