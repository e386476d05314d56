//! What is quoted in another language.

use std::ops::Range;

use crate::{
    kb::NameForm,
    semantic::mention::{Candidate, Ctx},
    syntax::{quote_mark::Pair, tag::is_common_word, token::Shape},
};

/// Takes the names that nobody knows out of what is quoted in another language ("Es ist an uns"): its capitals follow
/// rules of their own.
pub(super) fn leave(ctx: &Ctx<'_>, pairs: &[Pair], found: &mut Vec<Candidate>) {
    let unknown =
        |c: &Candidate| ctx.quoted[c.tokens.start] && c.hits().iter().all(|h| h.form == NameForm::Surname);
    if !found.iter().any(unknown) {
        return;
    }
    let mut foreign: Vec<Range<usize>> = Vec::new();
    let mut from = 0;
    for pair in pairs {
        let inside = ctx.tokens.inside(pair.inner());
        let inside = inside.start.max(from)..inside.end;
        if inside.is_empty() {
            continue;
        }
        from = inside.end;
        let small = |t: &usize| ctx.shape(*t) == Shape::Lower && ctx.word(*t).len() > 1;
        let n_small = inside.clone().filter(small).count();
        let n_known = inside
            .clone()
            .filter(small)
            .filter(|&t| is_common_word(ctx.word(t)) || ctx.lex.is_function_word(ctx.word(t)))
            .count();
        if n_small >= 2 && n_known * 3 <= n_small {
            foreign.push(inside);
        }
    }
    found.retain(|c| {
        let next = foreign.partition_point(|f| f.end <= c.tokens.start);
        !(foreign.get(next).is_some_and(|f| f.contains(&c.tokens.start)) && unknown(c))
    });
}
