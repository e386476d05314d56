//! What an editor may color: participants, quotations, cues. The tokens do not overlap.

use crate::{
    base::{order::Order, span::DocSpan},
    semantic::article::{Article, EntityKind, MentionForm, QuoteKind},
};

/// What a token is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum TokenKind {
    /// A mention of a participant.
    Entity(EntityKind),
    /// Quoted words.
    Quote,
    /// A reporting verb or phrase.
    Cue,
}

/// A piece of text of one kind.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Token {
    /// Where it stands.
    pub span: DocSpan,
    /// What it is.
    pub kind: TokenKind,
    /// The participant is mentioned here for the first time.
    pub first: bool,
    /// A pronoun.
    pub pronoun: bool,
}

/// The tokens that touch `within`, in text order. Where one thing lies inside another, such as a name in a
/// quotation, the inner one is shown and the outer one is cut around it, whether or not the inner one touches `within`:
/// a part is colored as the whole is.
pub fn tokens(article: &Article, within: DocSpan) -> Vec<Token> {
    let plain = |span, kind| Token {
        span,
        kind,
        first: false,
        pronoun: false,
    };
    let mut all: Vec<Token> = Vec::new();
    for quote in article.quotes.iter().filter(|q| q.kind != QuoteKind::Indirect) {
        all.extend(quote.spans.iter().map(|&s| plain(s, TokenKind::Quote)));
    }
    for quote in &article.quotes {
        all.extend(quote.cue.iter().map(|&s| plain(s, TokenKind::Cue)));
    }
    for (i, mention) in article.mentions.iter().enumerate() {
        if let Some(entity) = article.entities.get(mention.entity) {
            all.push(Token {
                span: mention.span,
                kind: TokenKind::Entity(entity.kind),
                first: entity.mentions.first() == Some(&i),
                pronoun: mention.form == MentionForm::Pronoun,
            });
        }
    }
    let touches = |t: &Token, part: DocSpan| t.span.start < part.end && part.start < t.span.end;
    // What lies inside one of those that touch the part cuts it, and no other does.
    let around = all
        .iter()
        .filter(|t| touches(t, within))
        .fold(within, |around, t| DocSpan {
            start: around.start.min(t.span.start),
            end: around.end.max(t.span.end),
        });
    all.retain(|t| !t.span.is_empty() && touches(t, around));
    all.order_by_key(|t| (t.span.start, std::cmp::Reverse(t.span.end), t.kind));
    all.dedup_by_key(|t| t.span);
    let mut pieces = cut(&all);
    pieces.retain(|t| touches(t, within));
    pieces
}

/// Cuts tokens, sorted by start and the longer one first, around those that lie inside them.
fn cut(all: &[Token]) -> Vec<Token> {
    let mut out = Vec::with_capacity(all.len());
    let mut open: Vec<Token> = Vec::new();
    let mut at = 0;
    let mut emit = |from: u32, to: u32, token: &Token| {
        if from < to {
            let span = DocSpan { start: from, end: to };
            out.push(Token { span, ..*token });
        }
    };
    for token in all {
        while let Some(top) = open.last().filter(|t| t.span.end <= token.span.start) {
            emit(at, top.span.end, top);
            at = at.max(top.span.end);
            open.pop();
        }
        if let Some(top) = open.last() {
            emit(at, token.span.start, top);
        }
        at = at.max(token.span.start);
        open.push(*token);
    }
    while let Some(top) = open.pop() {
        emit(at, top.span.end, &top);
        at = at.max(top.span.end);
    }
    out
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{
        kb::Kb,
        semantic::article::{Context, analyze},
    };

    fn token(start: u32, end: u32, kind: TokenKind) -> Token {
        Token {
            span: DocSpan { start, end },
            kind,
            first: false,
            pronoun: false,
        }
    }

    #[test]
    fn the_inner_token_is_shown() {
        let (quote, cue) = (TokenKind::Quote, TokenKind::Cue);
        let pieces_of = |all: &[Token]| -> Vec<_> {
            let pieces = cut(all).into_iter();
            pieces
                .map(|t| (t.span.start, t.span.end, t.kind == quote))
                .collect()
        };
        let outer = token(0, 20, quote);
        assert_eq!(
            pieces_of(&[outer, token(5, 8, cue), token(18, 20, cue)]),
            [(0, 5, true), (5, 8, false), (8, 18, true), (18, 20, false)]
        );
        // Three levels, and two that only overlap.
        assert_eq!(
            pieces_of(&[outer, token(2, 10, cue), token(4, 6, quote), token(15, 25, cue)]),
            [
                (0, 2, true),
                (2, 4, false),
                (4, 6, true),
                (6, 10, false),
                (10, 15, true),
                (15, 25, false)
            ]
        );
    }

    #[test]
    fn a_part_is_colored_as_the_whole_is() {
        let text = "“We are not leaving the city,” said Olaf Scholz, the chancellor of Germany.";
        let context = Context::default();
        let article = analyze(&Arc::from(text), &context, Kb::embedded());
        let len = text.len() as u32;
        let whole = tokens(&article, DocSpan { start: 0, end: len });
        assert!(whole.len() > 4, "{whole:?}");
        for (start, end) in (0..len).flat_map(|start| (start + 1..=len).map(move |end| (start, end))) {
            let touched = whole.iter().filter(|t| t.span.start < end && start < t.span.end);
            let touched: Vec<_> = touched.copied().collect();
            assert_eq!(
                tokens(&article, DocSpan { start, end }),
                touched,
                "{start} to {end}"
            );
        }
    }
}
