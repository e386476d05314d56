//! Names of the knowledge base in the tokens of a block: the longest match, and whether the text writes it so.

use std::ops::Range;

use crate::{
    base::word::TokenKind,
    kb::{Cursor, Kind, NameForm},
    semantic::{
        lexicon::{self, ThingClass},
        mention::{Ctx, Hit},
        wordsets::WordSet,
    },
    syntax::{tag::is_common_word, token::Shape},
};

/// The longest name of the knowledge base that begins at token `i`, with what it may mean.
pub(crate) fn longest(ctx: &Ctx<'_>, i: usize) -> Option<(usize, Vec<Hit>)> {
    let found = walk(ctx, i, false);
    // "John F. Kerry" may stand in the base without the initial.
    let initial = ctx.shape(i + 1) == Shape::Initial && ctx.word(i + 2) == "." && ctx.capital(i + 3);
    match found {
        Some((len, _)) if !initial || len > 1 => found,
        _ if initial => walk(ctx, i, true).or(found),
        _ => found,
    }
}

fn walk(ctx: &Ctx<'_>, i: usize, without_initials: bool) -> Option<(usize, Vec<Hit>)> {
    let mut cursor = ctx.kb.walk();
    let mut ends = Vec::new();
    let mut at = i;
    while at < ctx.tokens.len() && at < i + 24 {
        let kind = ctx.kind(at);
        if kind == TokenKind::Punct {
            // Names are stored without punctuation; in text it may stand inside them.
            let inside = match ctx.word(at) {
                "-" | "‑" | "–" | "&" => ctx.glued(at) && ctx.glued(at + 1),
                "’" | "'" => ctx.glued(at),
                "." => matches!(ctx.shape(at - 1), Shape::Initial) || ctx.word(at - 1).len() <= 3,
                "," => ctx.capital(at + 1),
                _ => false,
            };
            if !inside || at == i {
                break;
            }
            at += 1;
            continue;
        }
        if without_initials && at > i && ctx.shape(at) == Shape::Initial {
            at += 1;
            continue;
        }
        let Some(next) = ctx.kb.step(cursor, ctx.word(at)) else {
            break;
        };
        cursor = next;
        at += 1;
        ends.push((at, cursor));
    }
    // What a shorter name may mean is of no use where a longer one means something.
    ends.into_iter().rev().find_map(|(end, cursor)| {
        let hits = accepted(ctx, i..end, cursor);
        (!hits.is_empty()).then_some((end - i, hits))
    })
}

/// What the name over `range`, at which a walk has arrived, may mean as the text writes it.
fn accepted(ctx: &Ctx<'_>, range: Range<usize>, cursor: Cursor) -> Vec<Hit> {
    let i = range.start;
    let hits = ctx.kb.hits(cursor);
    let accepted = hits.filter_map(|h| {
        let kind = ctx.kb.kind(h.entity);
        let short = h.weak && kind == Kind::Place && matches!(h.form, NameForm::Alias | NameForm::Acronym);
        // "Calif." and "N.Y." are states behind the name of a town, and other things elsewhere.
        let behind_town = || {
            ctx.before(i) == ","
                || ctx.before(i) == "-" && i > 1 && matches!(ctx.word(i - 2), "r" | "d" | "i")
        };
        if short && !behind_town() {
            return None;
        }
        // "Ana Reyes, M.D." is no town of Maryland.
        let exact = accept(ctx, range.clone(), h.surface, h.form).filter(|exact| !short || *exact)?;
        Some(Hit {
            entity: h.entity,
            kind,
            form: h.form,
            exact,
            weak: h.weak,
        })
    });
    accepted.collect()
}

/// Whether the word at `t` is a family name of the base. A noun for places is so only where several bear it: hardly
/// anybody is called Bridge, so that "Albert Bridge" is one.
pub(crate) fn is_family(ctx: &Ctx<'_>, t: usize) -> bool {
    let family = |h: &&Hit| h.form == NameForm::Surname && !h.weak;
    let spot = ctx.lex.thing(ctx.word(t)) == Some(ThingClass::Spot);
    let rare = if spot { 2 } else { 0 };
    longest(ctx, t).is_some_and(|(_, hits)| hits.iter().filter(family).count() > rare)
}

/// Whether the text writes a name in a way that may mean it: `Some(true)` when exactly as stored.
pub(crate) fn accept(ctx: &Ctx<'_>, range: Range<usize>, surface: &str, form: NameForm) -> Option<bool> {
    let text = ctx.tokens.span(range.clone()).text(ctx.text);
    let exact = text == surface;
    if form == NameForm::Acronym {
        // Case decides between WHO and who; full stops do not.
        let same = text
            .chars()
            .filter(|c| *c != '.')
            .eq(surface.chars().filter(|c| *c != '.'));
        return (same
            && !(ctx.title_case(range.start) && ctx.shape(range.start) == Shape::AllCaps && ctx.shouted))
            .then_some(exact);
    }
    if exact {
        return Some(true);
    }
    // "US" is stored in capitals, and "Us" is a pronoun.
    let caps = |s: &str| s.chars().any(char::is_alphabetic) && !s.chars().any(char::is_lowercase);
    if surface.len() <= 4 && caps(surface) && !caps(text) {
        return None;
    }
    // "Hail" is no Ha'il, and a word in capitals no short metonym.
    let mark = |s: &str| s.contains(['\'', '’', 'ʻ', '‘']);
    if range.len() == 1
        && mark(surface)
        && !mark(text)
        && (text.len() <= 4 || is_common_word(ctx.word(range.start)))
        || form == NameForm::Metonym && surface.len() <= 4 && caps(text)
    {
        return None;
    }
    // Words that the name writes with a capital have one in the text; an initial that the base lacks is passed over.
    let mut wants = surface.split([' ', '-', '’', '\'']).filter(|w| !w.is_empty());
    let mut small_first = 0;
    let first = range.start;
    for t in range.filter(|&t| ctx.kind(t) == TokenKind::Word) {
        let want = wants.next().unwrap_or("");
        let wants_capital = want.chars().next().is_some_and(char::is_uppercase);
        // "the Democratic party": many houses write what sort of body it is small.
        let sort = t > first + usize::from(ctx.word(first) == "the")
            && ctx.shape(t) == Shape::Lower
            && ctx.lex.thing(ctx.word(t)) == Some(ThingClass::Body)
            && !begins_with_land(ctx, first);
        // "Lee Jae-myung" is stored as "Lee Jae Myung": the second half of a given name is small.
        let half = t > first + 2 && matches!(ctx.before(t), "-" | "‑") && ctx.glued(t) && ctx.glued(t - 1);
        if ctx.shape(t) == Shape::Lower && wants_capital && !is_particle(ctx.word(t)) && !sort && !half {
            small_first += 1;
        }
    }
    (small_first == 0).then_some(false)
}

/// "the UK parliament" is a parliament, told by its country.
fn begins_with_land(ctx: &Ctx<'_>, first: usize) -> bool {
    ctx.kb
        .step(ctx.kb.walk(), ctx.word(first))
        .is_some_and(|c| ctx.kb.hits(c).any(|h| ctx.kb.kind(h.entity) == Kind::Country))
}

pub(crate) fn is_particle(folded: &str) -> bool {
    lexicon::english().is(WordSet::Particle, folded)
}

/// Those of `bodies` that belong to the country that `land` names.
pub(crate) fn own_body(ctx: &Ctx<'_>, land: &[Hit], bodies: &[Hit]) -> Option<Vec<Hit>> {
    let own: Vec<Hit> = bodies
        .iter()
        .filter(|b| {
            ctx.kb.kind(b.entity) == Kind::Institution
                && ctx
                    .kb
                    .country_of(b.entity)
                    .is_some_and(|c| land.iter().any(|l| l.entity == c))
                || land.iter().any(|l| {
                    let whole = ctx.kb.name(b.entity);
                    l.entity != b.entity && whole.starts_with(ctx.kb.name(l.entity))
                })
        })
        .copied()
        .collect();
    (!own.is_empty()).then_some(own)
}

/// A body that every state has, so that the country's name before it says whose it is.
pub(crate) fn is_state_body(ctx: &Ctx<'_>, range: Range<usize>) -> bool {
    range
        .into_iter()
        .any(|t| ctx.lex.is(WordSet::StateBody, ctx.word(t)))
}

pub(crate) fn is_person(ctx: &Ctx<'_>, hit: &Hit) -> bool {
    ctx.kb.kind(hit.entity) == Kind::Person
}

/// "11:30 am IST", "0600 UTC"
pub(crate) fn is_time_zone(ctx: &Ctx<'_>, i: usize) -> bool {
    ctx.shape(i) == Shape::AllCaps
        && i > 0
        && (ctx.kind(i - 1) == TokenKind::Number || matches!(ctx.before(i), "am" | "pm"))
        && ctx.word(i).len() <= 4
}
