//! Semantic tokens: whole, of a range, and as the difference to the last answer.

use std::sync::{Arc, Mutex};

use tower_lsp::gen_lsp_types::{
    Range, SemanticToken, SemanticTokens, SemanticTokensDelta, SemanticTokensDeltaResponse,
    SemanticTokensEdit, SemanticTokensLegend,
};

use crate::{
    base::span::DocSpan,
    ide::tokens::{self, Token, TokenKind},
    lsp::{lock, snapshot::Snapshot},
    semantic::article::{Article, EntityKind},
};

/// What was answered last for a document, so that the next answer may be the difference.
pub(super) type Last = Arc<Mutex<Option<SemanticTokens>>>;

/// The types are those that every theme knows; the protocol has none for prose. The order is that of
/// [`type_of`].
pub(super) fn legend() -> SemanticTokensLegend {
    let own = |list: &[&str]| list.iter().map(|&s| s.to_owned()).collect();
    SemanticTokensLegend {
        token_types: own(&[
            "class",
            "enum",
            "namespace",
            "interface",
            "struct",
            "string",
            "keyword",
        ]),
        token_modifiers: own(&["declaration", "abstract"]),
    }
}

fn type_of(kind: TokenKind) -> u32 {
    match kind {
        TokenKind::Entity(EntityKind::Person) => 0,
        TokenKind::Entity(EntityKind::Group) => 1,
        TokenKind::Entity(EntityKind::Country) => 2,
        TokenKind::Entity(EntityKind::Institution) => 3,
        TokenKind::Entity(EntityKind::Place) => 4,
        TokenKind::Quote => 5,
        TokenKind::Cue => 6,
    }
}

pub(super) fn full(snapshot: &Snapshot, article: &Article) -> Option<SemanticTokens> {
    let whole = DocSpan::new(0, article.text.len());
    let tokens = SemanticTokens {
        result_id: Some(snapshot.state()),
        data: encode(snapshot, article, whole),
    };
    *lock(&snapshot.colors) = Some(tokens.clone());
    Some(tokens)
}

pub(super) fn range(snapshot: &Snapshot, article: &Article, range: Range) -> Option<SemanticTokens> {
    Some(SemanticTokens {
        result_id: None,
        data: encode(snapshot, article, snapshot.span(range)),
    })
}

pub(super) fn delta(
    snapshot: &Snapshot,
    article: &Article,
    previous: &str,
) -> Option<SemanticTokensDeltaResponse> {
    let last = lock(&snapshot.colors).clone();
    let now = full(snapshot, article)?;
    match last.filter(|l| l.result_id.as_deref() == Some(previous)) {
        Some(last) => Some(
            SemanticTokensDelta {
                edits: difference(&last.data, &now.data).into_iter().collect(),
                result_id: now.result_id,
            }
            .into(),
        ),
        None => Some(now.into()),
    }
}

/// The one replacement that turns `old` into `new`. Positions are relative to the token before, so that an
/// edit of one paragraph changes the numbers of one or two tokens.
fn difference(old: &[SemanticToken], new: &[SemanticToken]) -> Option<SemanticTokensEdit> {
    let same = |(a, b): &(&SemanticToken, &SemanticToken)| a == b;
    let head = old.iter().zip(new).take_while(same).count();
    let (old, new) = (&old[head..], &new[head..]);
    if old.is_empty() && new.is_empty() {
        return None;
    }
    let tail = old.iter().rev().zip(new.iter().rev()).take_while(same).count();
    let data = new[..new.len() - tail].iter().flat_map(|t| {
        [
            t.delta_line,
            t.delta_start,
            t.length,
            t.token_type,
            t.token_modifiers_bitset,
        ]
    });
    let data: Vec<u32> = data.collect();
    Some(SemanticTokensEdit {
        start: head as u32 * 5,
        delete_count: (old.len() - tail) as u32 * 5,
        data: Some(data).filter(|d| !d.is_empty()),
    })
}

/// Tokens as the protocol writes them: each relative to the one before, none longer than its line.
fn encode(snapshot: &Snapshot, article: &Article, within: DocSpan) -> Vec<SemanticToken> {
    let text: &str = &article.text;
    snapshot.index();
    let mut data = Vec::new();
    let (mut line, mut column) = (0, 0);
    for token in tokens::tokens(article, within) {
        for span in lines(text, token.span) {
            let Range { start, end } = snapshot.range(span);
            let delta_line = start.line - line;
            data.push(SemanticToken {
                delta_line,
                delta_start: match delta_line {
                    0 => start.character - column,
                    _ => start.character,
                },
                length: end.character - start.character,
                token_type: type_of(token.kind),
                token_modifiers_bitset: modifiers(&token),
            });
            (line, column) = (start.line, start.character);
        }
    }
    data
}

fn modifiers(token: &Token) -> u32 {
    u32::from(token.first) | u32::from(token.pronoun) << 1
}

/// The parts of a span on each of its lines, line ends left out.
fn lines(text: &str, span: DocSpan) -> impl Iterator<Item = DocSpan> {
    let mut at = span.start as usize;
    let pieces = span.text(text).split_inclusive(['\n', '\r']);
    pieces.filter_map(move |piece| {
        let start = at;
        at += piece.len();
        let words = piece.trim_end_matches(['\n', '\r']);
        (!words.is_empty()).then(|| DocSpan::new(start, start + words.len()))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn token(n: u32) -> SemanticToken {
        SemanticToken {
            delta_line: n,
            delta_start: 0,
            length: 1,
            token_type: 0,
            token_modifiers_bitset: 0,
        }
    }

    proptest! {
        #[test]
        fn the_difference_turns_old_into_new(
            old in prop::collection::vec(0u32..3, 0..12),
            new in prop::collection::vec(0u32..3, 0..12),
        ) {
            let [a, b] = [&old, &new].map(|v| v.iter().map(|&n| token(n)).collect::<Vec<_>>());
            let flat = |v: &[SemanticToken]| -> Vec<u32> {
                v.iter().flat_map(|t| [t.delta_line, t.delta_start, t.length, t.token_type, 0]).collect()
            };
            let mut data = flat(&a);
            if let Some(edit) = difference(&a, &b) {
                let (start, end) = (edit.start as usize, (edit.start + edit.delete_count) as usize);
                data.splice(start..end, edit.data.unwrap_or_default());
            } else {
                prop_assert_eq!(&a, &b);
            }
            prop_assert_eq!(data, flat(&b));
        }
    }
}
