//! A body that is called what it is before a comma and by its name behind it: "The company, Varley Freight, said".

use std::ops::Range;

use crate::{
    base::{span::DocSpan, word::TokenKind},
    semantic::{
        article::EntityKind,
        coref::{Resolver, is_subject},
        lexicon::ThingClass,
        local::Local,
        mention::{Candidate, Ctx, Description, Head, What},
        salience::{Choice, Trace},
        wordsets::WordSet,
    },
    syntax::{tag::Tag, token::Shape},
};

/// How many words may stand between the article and the noun: "the troubled Dutch rail operator, …".
const MAX_ADJECTIVES: usize = 5;

/// Whether what a name stands beside is a body: a noun for one before its comma, with an article, and a comma behind it.
pub(super) fn is_apposed(ctx: &Ctx<'_>, name: &Range<usize>) -> bool {
    let Some(noun) = name
        .start
        .checked_sub(2)
        .filter(|_| ctx.before(name.start) == ",")
    else {
        return false;
    };
    let word = ctx.word(noun);
    // "His pictures, T.V. Roy,": one body is one noun.
    let body = ctx.tokens.list[noun].tag == Tag::Noun
        && ctx.shape(noun) == Shape::Lower
        && (ctx.lex.thing(word) == Some(ThingClass::Body) || ctx.lex.is(WordSet::Company, word));
    if !body || ctx.word(name.end) != "," || is_list(ctx.word(name.end + 1)) {
        return false;
    }
    let from = noun.saturating_sub(MAX_ADJECTIVES);
    let Some(article) = (from..noun).rev().find(|&t| is_article(ctx.word(t))) else {
        return false;
    };
    let joined =
        (article + 1..noun).all(|t| ctx.kind(t) == TokenKind::Word && !ctx.tokens.list[t].tag.is_finite());
    // "In the court, Holm, who had sat down,": where it was, not what Holm is.
    let where_ = ctx.lex.is(WordSet::Locative, ctx.before(article));
    joined && !where_
}

fn is_article(word: &str) -> bool {
    matches!(
        word,
        "the" | "a" | "an" | "its" | "their" | "his" | "her" | "another"
    )
}

/// "The council, Halm, and the mill": things in a row.
fn is_list(behind: &str) -> bool {
    matches!(behind, "and" | "or")
}

impl Resolver<'_, '_, '_> {
    /// The body whose name stands between commas behind what it is called.
    pub(super) fn body_beside(
        &self,
        b: usize,
        local: &Local,
        c: &Candidate,
        d: &Description,
    ) -> Option<Choice> {
        let fold = |t: usize| local.tokens.fold(t);
        let thing = matches!(d.head, Head::Thing(_)) && !d.plural;
        if !thing || fold(c.phrase.end) != "," {
            return None;
        }
        let from = local
            .candidates
            .partition_point(|o| o.tokens.start <= c.phrase.end);
        let name = local.candidates[from..]
            .iter()
            .take_while(|o| o.tokens.start <= c.phrase.end + 2)
            .find(|o| o.phrase.start == c.phrase.end + 1 && matches!(o.what, What::Name(_)))?;
        let closes = fold(name.phrase.end) == "," && !is_list(fold(name.phrase.end + 1));
        let (entity, ..) = self.entity_of(b, name)?;
        let e = &self.cast.entities[entity];
        (closes && e.kind == EntityKind::Institution).then(|| {
            let reason = format!("{}: its name stands beside what it is called", e.name);
            Choice::clear(entity, 0.9, reason, DocSpan::default())
        })
    }

    /// "An analyst at Bank of Halm", "Roy of Halm News": where whoever speaks works, and not what the article is about.
    pub(super) fn employs(&self, t: &Trace) -> bool {
        let local = self.doc.block(t.block).1;
        let word = |k: usize| t.token.checked_sub(k).map_or("", |t| local.tokens.fold(t));
        let by = usize::from(word(1) == "the");
        let works = match word(1 + by) {
            "at" | "with" | "for" => self.lex.is_role(word(2 + by)),
            // What many work at is told of ("workers at Holm Mills").
            "of" => t
                .token
                .checked_sub(2 + by)
                .is_some_and(|n| local.tokens.list[n].tag == Tag::Propn),
            _ => false,
        };
        works && !is_subject(t.cues)
    }
}
