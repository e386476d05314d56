//! Treebank words and our tokens, matched by where they stand in the text.
//!
//! The two cut differently: we keep "don't" whole (two words there), split at hyphens and cut the stop
//! off "Mr." (one word there). For training, a token takes the tag of the first word that it overlaps; a
//! mark inside a word is punctuation or a symbol. For evaluation every treebank word is asked: it is
//! answered by the longest of our tokens in it, and the second part of a contraction by its form.

use copydesk::{
    base::word::TokenKind,
    syntax::{
        tag::Tag,
        token::{Tokens, tokenize},
    },
};

use crate::train::conllu::Sentence;

/// A sentence cut into our tokens.
#[derive(Clone, Debug)]
pub(crate) struct Aligned {
    /// Our tokens.
    pub(crate) tokens: Tokens,
    /// The gold tag of each token.
    pub(crate) gold: Vec<Tag>,
    /// For each treebank word, what answers for it.
    pub(crate) answers: Vec<Answer>,
}

/// What answers for a treebank word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Answer {
    /// Our token with this index.
    Token(usize),
    /// It is the second part of the contraction that is our token with this index; its form gives this tag.
    Form(usize, Tag),
}

/// Cuts a sentence into our tokens, and matches the words to them. `None` where nothing is left of it.
pub(crate) fn align(sentence: &Sentence) -> Option<Aligned> {
    align_as(sentence, &sentence.text)
}

/// The same with another text of the same length, for training on other cases.
pub(crate) fn align_as(sentence: &Sentence, text: &str) -> Option<Aligned> {
    let tokens = tokenize(text, &[]);
    if tokens.is_empty() {
        return None;
    }
    let mut gold = Vec::with_capacity(tokens.len());
    let mut w = 0;
    for token in &tokens.list {
        let (start, end) = (token.span.start as usize, token.span.end as usize);
        while sentence.words.get(w).is_some_and(|word| word.span.end <= start) {
            w += 1;
        }
        let word = sentence.words.get(w)?;
        let whole = word.span.start >= start && word.span.end <= end;
        gold.push(
            if token.kind == TokenKind::Punct && !whole && word.tag != Tag::Sym {
                mark(token.span.text(text))
            } else {
                word.tag
            },
        );
    }
    let mut answers = Vec::with_capacity(sentence.words.len());
    for (w, word) in sentence.words.iter().enumerate() {
        let first = tokens.at(word.span.start as u32);
        let best = (first..tokens.len())
            .take_while(|&t| (tokens.list[t].span.start as usize) < word.span.end)
            .max_by_key(|&t| (tokens.list[t].kind != TokenKind::Punct, tokens.list[t].span.len()))
            .unwrap_or(first.min(tokens.len() - 1));
        let second = w > 0 && (tokens.list[best].span.start as usize) < sentence.words[w - 1].span.end;
        answers.push(if second {
            Answer::Form(best, second_part(&word.form))
        } else {
            Answer::Token(best)
        });
    }
    Some(Aligned {
        tokens,
        gold,
        answers,
    })
}

/// The tag of a mark inside a word.
fn mark(mark: &str) -> Tag {
    if mark.contains([
        '$', '€', '£', '%', '+', '=', '<', '>', '&', '@', '#', '*', '°', '^', '~', '|',
    ]) {
        Tag::Sym
    } else {
        Tag::Punct
    }
}

/// The tag of the second part of a contraction.
fn second_part(form: &str) -> Tag {
    match form {
        "n't" | "nt" | "not" | "na" | "ta" | "'t" => Tag::Part,
        "me" | "em" | "'em" | "ya" => Tag::Pron,
        _ => Tag::Aux,
    }
}
