//! All sure fixes at once, and those that appear once others are made.

use std::sync::Arc;

use crate::{base::span::DocSpan, ide::fix, rules::Diagnostic};

/// How often fixes may bring up others. Real articles need three rounds at most; this only ends what would go back and
/// forth.
const MAX_ROUNDS: usize = 8;

/// The edits after which `text` has no finding with a sure fix: those of `found`, then those of what `check` finds in the
/// text that they make, and so on. In text order; none touches another.
pub fn settle(
    text: &str,
    found: &[Diagnostic],
    mut check: impl FnMut(&Arc<str>) -> Option<Vec<Diagnostic>>,
) -> Vec<(DocSpan, String)> {
    let mut pieces = vec![Piece::Kept(DocSpan::new(0, text.len()))];
    let mut next = fix::fix_all(found);
    let mut rounds = 1;
    while let Some(action) = next.take() {
        pieces = revise(pieces, &action.edits);
        if rounds < MAX_ROUNDS {
            let now: Arc<str> = pieces.iter().map(|p| p.text(text)).collect::<String>().into();
            next = check(&now).and_then(|found| fix::fix_all(&found));
        }
        rounds += 1;
    }
    edits(text, &pieces)
}

/// A part of a text that has been changed.
#[derive(Clone, PartialEq, Debug)]
enum Piece {
    /// What stands there in the text as it was.
    Kept(DocSpan),
    New(String),
}

impl Piece {
    fn text<'a>(&'a self, before: &'a str) -> &'a str {
        match self {
            Self::Kept(span) => span.text(before),
            Self::New(words) => words,
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::Kept(span) => span.len(),
            Self::New(words) => words.len(),
        }
    }

    /// The first `at` bytes, and the rest.
    fn cut(self, at: usize) -> (Self, Self) {
        match self {
            Self::Kept(DocSpan { start, end }) => {
                let at = start + at as u32;
                (
                    Self::Kept(DocSpan { start, end: at }),
                    Self::Kept(DocSpan { start: at, end }),
                )
            }
            Self::New(mut words) => {
                let rest = words.split_off(at);
                (Self::New(words), Self::New(rest))
            }
        }
    }
}

/// Makes edits of the text that `pieces` stand for, in its text order.
fn revise(pieces: Vec<Piece>, edits: &[(DocSpan, String)]) -> Vec<Piece> {
    let mut rest = pieces.into_iter().rev().collect::<Vec<_>>();
    let mut done = Vec::with_capacity(rest.len() + 2 * edits.len());
    let mut at = 0;
    // Takes what stands before `end` from `rest`.
    let mut take = |end: usize, done: Option<&mut Vec<Piece>>| {
        let mut taken = Vec::new();
        while at < end
            && let Some(piece) = rest.pop()
        {
            let (piece, after) = match at + piece.len() > end {
                true => {
                    let (piece, after) = piece.cut(end - at);
                    (piece, Some(after))
                }
                false => (piece, None),
            };
            at += piece.len();
            rest.extend(after);
            taken.push(piece);
        }
        if let Some(done) = done {
            done.append(&mut taken);
        }
    };
    for (span, new) in edits {
        take(span.start as usize, Some(&mut done));
        take(span.end as usize, None);
        if !new.is_empty() {
            done.push(Piece::New(new.clone()));
        }
    }
    take(usize::MAX, Some(&mut done));
    done
}

/// What leads from `text` to the pieces.
fn edits(text: &str, pieces: &[Piece]) -> Vec<(DocSpan, String)> {
    let mut edits = Vec::new();
    let (mut at, mut new) = (0, String::new());
    let end = Piece::Kept(DocSpan::new(text.len(), text.len()));
    for piece in pieces.iter().chain([&end]) {
        match piece {
            Piece::New(words) => new.push_str(words),
            Piece::Kept(span) => {
                let gone = DocSpan {
                    start: at,
                    end: span.start,
                };
                // What came back to what it was is no change.
                if gone.text(text) != new {
                    edits.push((gone, std::mem::take(&mut new)));
                }
                new.clear();
                at = span.end;
            }
        }
    }
    edits
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn make(text: &str, edits: &[(DocSpan, String)]) -> String {
        let mut text = text.to_owned();
        for (span, new) in edits.iter().rev() {
            text.replace_range(span.start as usize..span.end as usize, new);
        }
        text
    }

    /// Edits of a text of so many letters: cuts in it, every second part of which gets other words.
    fn round() -> impl Strategy<Value = (Vec<usize>, Vec<String>)> {
        (
            prop::collection::vec(0usize..40, 0..8),
            prop::collection::vec("[a-c]{0,3}", 8),
        )
    }

    proptest! {
        #[test]
        fn rounds_of_edits_are_one_edit(text in "[a-z]{0,30}", rounds in prop::collection::vec(round(), 0..4)) {
            let mut pieces = vec![Piece::Kept(DocSpan::new(0, text.len()))];
            let mut now = text.clone();
            for (cuts, words) in rounds {
                let mut cuts: Vec<_> = cuts.into_iter().map(|c| c.min(now.len())).collect();
                cuts.sort_unstable();
                let list: Vec<_> = cuts
                    .chunks_exact(2)
                    .zip(words)
                    .map(|(cut, new)| (DocSpan::new(cut[0], cut[1]), new))
                    .collect();
                now = make(&now, &list);
                pieces = revise(pieces, &list);
                prop_assert_eq!(pieces.iter().map(|p| p.text(&text)).collect::<String>(), now.as_str());
            }
            let list = edits(&text, &pieces);
            prop_assert_eq!(make(&text, &list), now);
            prop_assert!(list.windows(2).all(|w| w[0].0.end < w[1].0.start), "{:?}", list);
        }
    }
}
