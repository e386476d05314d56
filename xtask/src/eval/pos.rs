//! How often the tagger is right, on words of a treebank and on our tokens.

use std::{collections::BTreeMap, fmt::Write};

use copydesk::syntax::tag::model::{Model, Scratch};

use crate::{
    eval::fastest,
    train::{
        align::{Aligned, Answer, align, align_as},
        conllu::Sentence,
    },
};

/// Counts of one evaluation.
#[derive(Debug, Default)]
pub(crate) struct Score {
    /// Treebank words.
    words: usize,
    /// Those with the right universal tag, and with the right split tag.
    universal: usize,
    split: usize,
    /// Treebank words that have a token of their own, and how many of them have the right universal tag.
    own: usize,
    own_right: usize,
    /// Mistakes: (gold, guess) to count.
    confusion: BTreeMap<(&'static str, &'static str), usize>,
}

impl Score {
    /// Share of treebank words with the right universal tag, in percent.
    pub(crate) fn percent(&self) -> f64 {
        share(self.universal, self.words)
    }

    /// Share of treebank words with the right split tag, in percent.
    pub(crate) fn split_percent(&self) -> f64 {
        share(self.split, self.words)
    }

    fn add(&mut self, sentence: &Sentence, aligned: &Aligned) {
        for (word, answer) in sentence.words.iter().zip(&aligned.answers) {
            let guess = match *answer {
                Answer::Token(t) => aligned.tokens.list[t].tag,
                Answer::Form(_, tag) => tag,
            };
            let right = guess.universal() == word.tag.universal();
            self.words += 1;
            self.universal += usize::from(right);
            self.split += usize::from(guess == word.tag);
            if let Answer::Token(_) = answer {
                self.own += 1;
                self.own_right += usize::from(right);
            }
            if guess != word.tag {
                *self.confusion.entry((word.tag.name(), guess.name())).or_default() += 1;
            }
        }
    }
}

fn share(part: usize, whole: usize) -> f64 {
    part as f64 * 100.0 / whole.max(1) as f64
}

/// Tags all sentences and counts.
pub(crate) fn score(model: &Model<'_>, sentences: &[Sentence]) -> Score {
    score_as(model, sentences, str::to_owned)
}

fn score_as(model: &Model<'_>, sentences: &[Sentence], recase: impl Fn(&str) -> String) -> Score {
    let mut score = Score::default();
    let mut scratch = Scratch::default();
    for sentence in sentences {
        let text = recase(&sentence.text);
        if text.len() != sentence.text.len() {
            continue;
        }
        if let Some(mut aligned) = align_as(sentence, &text) {
            let n = aligned.tokens.len();
            model.tag(&mut aligned.tokens, 0..n, &mut scratch);
            score.add(sentence, &aligned);
        }
    }
    score
}

/// The report on one treebank. `known` says whether a form was in the training data.
pub(crate) fn report(model: &Model<'_>, name: &str, sentences: &[Sentence]) -> String {
    let mut out = String::new();
    let plain = score(model, sentences);
    let _ = writeln!(
        out,
        "{name}: {} words; universal {:.2} %, split {:.2} %; words with a token of their own {:.2} %",
        plain.words,
        plain.percent(),
        plain.split_percent(),
        share(plain.own_right, plain.own),
    );
    type Recase = fn(&str) -> String;
    let recased: [(&str, Recase); 3] = [
        ("as a headline", crate::train::pos::title),
        ("in capitals", str::to_uppercase),
        ("without capitals", str::to_lowercase),
    ];
    for (how, recase) in recased {
        let score = score_as(model, sentences, recase);
        let _ = writeln!(
            out,
            "  {how}: universal {:.2} %, split {:.2} %",
            score.percent(),
            score.split_percent()
        );
    }
    let mut mistakes: Vec<_> = plain.confusion.iter().collect();
    mistakes.sort_by_key(|((gold, guess), n)| (usize::MAX - **n, *gold, *guess));
    for ((gold, guess), n) in mistakes.iter().take(10) {
        let _ = writeln!(out, "  {n:>5} {gold} taken for {guess}");
    }
    out
}

/// Each mistake of `sentences` with the words around it, for reading.
pub(crate) fn mistakes(model: &Model<'_>, sentences: &[Sentence]) -> String {
    let mut out = String::new();
    let mut scratch = Scratch::default();
    for sentence in sentences {
        let Some(mut aligned) = align(sentence) else {
            continue;
        };
        let n = aligned.tokens.len();
        model.tag(&mut aligned.tokens, 0..n, &mut scratch);
        for (word, answer) in sentence.words.iter().zip(&aligned.answers) {
            let Answer::Token(t) = *answer else { continue };
            let guess = aligned.tokens.list[t].tag;
            if guess.universal() != word.tag.universal() {
                let text = &sentence.text;
                let start = text[..word.span.start]
                    .char_indices()
                    .rev()
                    .nth(40)
                    .map_or(0, |p| p.0);
                let end = text[word.span.end..]
                    .char_indices()
                    .nth(30)
                    .map_or(text.len(), |p| word.span.end + p.0);
                let _ = writeln!(
                    out,
                    "{} > {}\t{}[{}]{}",
                    word.tag.name(),
                    guess.name(),
                    &text[start..word.span.start],
                    &text[word.span.clone()],
                    &text[word.span.end..end],
                );
            }
        }
    }
    out
}

/// Tokens tagged in a second, on one thread, tokens already cut. Measured in small pieces, the best of many
/// runs of each, so that other work on the machine does not count.
pub(crate) fn speed(model: &Model<'_>, sentences: &[Sentence]) -> f64 {
    let mut aligned: Vec<Aligned> = sentences.iter().filter_map(align).collect();
    let mut scratch = Scratch::default();
    let (mut n, mut seconds) = (0, 0.0);
    for piece in aligned.chunks_mut(100) {
        seconds += fastest(30, || {
            for a in &mut *piece {
                let len = a.tokens.len();
                model.tag(&mut a.tokens, 0..len, &mut scratch);
            }
        });
        n += piece.iter().map(|a| a.tokens.len()).sum::<usize>();
    }
    n as f64 / seconds
}
