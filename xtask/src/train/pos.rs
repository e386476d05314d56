//! The part-of-speech tagger: dictionary, features, weights, file.

use std::collections::BTreeMap;

use copydesk::syntax::{
    linear::Table,
    tag::{
        Tag,
        features::{self, History, ROLES, Word, of_context, of_word},
        lexicon::{Case, Class, Lexicon},
        model::{LANES, Model},
    },
};

use crate::train::{
    align::{Aligned, align, align_as},
    conllu::Sentence,
    learner::{Features, Index, Learner, Pace, Random, quantise},
};

/// How to train.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Settings {
    /// Passes over the data before the features are chosen, and again after.
    pub(crate) epochs: usize,
    /// Buckets of eight rows in the table.
    pub(crate) buckets: u32,
    /// Features seen less often are left out.
    pub(crate) least: u32,
    /// How fast.
    pub(crate) pace: Pace,
    /// Of a hundred sentences, how many are also learned in each other case.
    pub(crate) recased: usize,
    /// Share of weights that are cut off by rounding to eight bits.
    pub(crate) clip: f32,
    /// A word seen less often is unknown to the dictionary.
    pub(crate) known: u32,
    /// A word seen less often is never certain.
    pub(crate) certain: u32,
    /// How much the frequency of a feature counts when the table is filled: weight times frequency to this power.
    pub(crate) power: f32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            epochs: 12,
            buckets: 12_500,
            least: 2,
            pace: Pace {
                rate: 0.06,
                drop: 0.3,
            },
            recased: 12,
            clip: 0.0005,
            known: 3,
            certain: 30,
            power: 0.5,
        }
    }
}

/// Trains a tagger and returns its file. `say` is told how it goes.
pub(crate) fn train(sentences: &[Sentence], settings: &Settings, mut say: impl FnMut(String)) -> Vec<u8> {
    let plain: Vec<Aligned> = sentences.iter().filter_map(align).collect();
    let lexicon_bytes = lexicon(&plain, settings);
    let lexicon = Lexicon::read(&lexicon_bytes).unwrap_or(Lexicon::EMPTY);
    let mut random = Random::new(20_260_101);
    let mut all = plain;
    all.extend(recased(sentences, settings.recased, &mut random));
    let examples: Vec<Example> = all.iter().map(|a| Example::new(a, &lexicon)).collect();
    say(format!(
        "{} sentences, {} tokens, dictionary of {} bytes",
        examples.len(),
        examples.iter().map(|e| e.gold.len()).sum::<usize>(),
        lexicon_bytes.len()
    ));

    let mut features = Features::default();
    for example in &examples {
        let mut history = History::START;
        for (i, &gold) in example.gold.iter().enumerate() {
            if example.words[i].certain.is_none() {
                all_features(&example.words, i, &history, |h| features.count(h));
            }
            history.push(gold, &example.words[i]);
        }
    }
    let index = features.index(settings.least);
    say(format!("{} features", index.hashes.len()));
    let weights = run(&examples, &index, settings, &mut random, &mut say);

    // The table holds a fraction of the features: those that move scores most, over the whole data.
    let mut importance: Vec<(f32, u32)> = weights
        .iter()
        .zip(0..)
        .map(|(row, n)| {
            (
                strength(row) * (index.counts[n as usize] as f32).powf(settings.power),
                n,
            )
        })
        .collect();
    importance.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let fits = Table::<LANES>::fitting(
        settings.buckets,
        importance.iter().map(|i| index.hashes[i.1 as usize]),
    );
    let mut keep: Vec<u32> = importance
        .iter()
        .zip(fits)
        .filter(|i| i.1)
        .map(|(i, _)| i.1)
        .collect();
    keep.sort_unstable();
    let index = index.only(&keep);
    say(format!("{} features kept", index.hashes.len()));
    let weights = run(&examples, &index, settings, &mut random, &mut say);

    let rows: Vec<(u64, [i8; LANES])> = index
        .hashes
        .iter()
        .copied()
        .zip(quantise(&weights, settings.clip).0)
        .collect();
    Model::write(
        &lexicon_bytes,
        &Table::write(settings.buckets, Tag::ALL.len(), &rows),
    )
}

fn strength(row: &[f32; LANES]) -> f32 {
    row.iter().map(|w| w * w).sum::<f32>().sqrt()
}

/// A sentence ready to learn from.
struct Example {
    words: Vec<Word>,
    gold: Vec<u8>,
}

impl Example {
    fn new(aligned: &Aligned, lexicon: &Lexicon<'_>) -> Self {
        let mut words = Vec::new();
        features::words(&aligned.tokens, 0..aligned.tokens.len(), lexicon, &mut words);
        Self {
            words,
            gold: aligned.gold.iter().map(|t| *t as u8).collect(),
        }
    }
}

fn all_features(words: &[Word], i: usize, history: &History, mut emit: impl FnMut(u64)) {
    word_features(words, i, &mut emit);
    of_context(words, i, history, &mut emit);
}

fn word_features(words: &[Word], i: usize, mut emit: impl FnMut(u64)) {
    for (role, offset) in ROLES {
        let seen = i
            .checked_add_signed(offset)
            .and_then(|k| words.get(k))
            .unwrap_or(&features::EDGE);
        of_word(role, seen, &mut emit);
    }
}

fn run(
    examples: &[Example],
    index: &Index,
    settings: &Settings,
    random: &mut Random,
    say: &mut impl FnMut(String),
) -> Vec<[f32; LANES]> {
    let mut learner = Learner::<LANES>::new(index.hashes.len(), settings.pace);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    // The features of words alone are the same in each pass.
    let fixed: Vec<Vec<Vec<u32>>> = examples
        .iter()
        .map(|e| {
            (0..e.words.len())
                .map(|i| {
                    let mut list = Vec::new();
                    if e.words[i].certain.is_none() {
                        word_features(&e.words, i, |h| list.extend(index.get(h)));
                    }
                    list
                })
                .collect()
        })
        .collect();
    let mut list = Vec::new();
    for epoch in 1..=settings.epochs {
        random.shuffle(&mut order);
        let (mut right, mut total) = (0, 0);
        for &e in &order {
            let example = &examples[e];
            let mut history = History::START;
            for (i, &gold) in example.gold.iter().enumerate() {
                let guess = match example.words[i].certain {
                    Some(label) => label,
                    None => {
                        list.clear();
                        list.extend_from_slice(&fixed[e][i]);
                        of_context(&example.words, i, &history, |h| list.extend(index.get(h)));
                        learner.learn(&list, gold as usize, (1 << Tag::ALL.len()) - 1) as u8
                    }
                };
                total += 1;
                right += usize::from(guess == gold);
                history.push(guess, &example.words[i]);
            }
        }
        say(format!(
            "pass {epoch}: {:.2} %",
            right as f32 * 100.0 / total as f32
        ));
    }
    learner.average()
}

/// The tag dictionary.
fn lexicon(data: &[Aligned], settings: &Settings) -> Vec<u8> {
    let mut counts: BTreeMap<(u64, Case), [u32; LANES]> = BTreeMap::new();
    for aligned in data {
        let range = 0..aligned.tokens.len();
        let mode = features::mode(&aligned.tokens, range.clone());
        let mut words = features::Keys::new(&aligned.tokens, range, mode);
        for gold in &aligned.gold {
            let Some((word, case)) = words.next() else { break };
            counts.entry((word, Case::Unsure)).or_default()[*gold as usize] += 1;
            if case != Case::Unsure {
                counts.entry((word, case)).or_default()[*gold as usize] += 1;
            }
        }
    }
    // The key of a class: its labels, most frequent first, and whether the word is sure.
    type Key = (Vec<u8>, bool);
    let mut found: BTreeMap<Key, Vec<(u64, Case)>> = BTreeMap::new();
    for ((word, case), row) in &counts {
        let total: u32 = row.iter().sum();
        if total < settings.known {
            continue;
        }
        let mut labels: Vec<u8> = (0..Tag::ALL.len() as u8)
            .filter(|&k| {
                row[k as usize] * 50 > total || (row[k as usize] >= 3 && row[k as usize] * 200 > total)
            })
            .collect();
        labels.sort_by_key(|&k| (u32::MAX - row[k as usize], k));
        let top = row[labels[0] as usize];
        let sure = total >= settings.certain && u64::from(total - top) * 500 <= u64::from(total);
        if sure {
            labels.truncate(1);
        }
        found.entry((labels, sure)).or_default().push((*word, *case));
    }
    // At most 250 classes: words of rare ones join the class of their two first labels, or of the first.
    for length in [3, 2, 1] {
        if found.len() <= 250 {
            break;
        }
        let rare: Vec<Key> = found
            .iter()
            .filter(|(key, words)| key.0.len() > length && words.len() < 12)
            .map(|(key, _)| key.clone())
            .collect();
        for key in rare {
            let words = found.remove(&key).unwrap_or_default();
            found
                .entry((key.0[..length].to_vec(), key.1))
                .or_default()
                .extend(words);
        }
    }
    let mut ranked: Vec<_> = found.into_iter().collect();
    ranked.sort_by_key(|(key, words)| (usize::MAX - words.len(), key.clone()));
    ranked.truncate(250);
    let classes: Vec<Class> = ranked
        .iter()
        .map(|((labels, sure), _)| Class {
            labels: labels.iter().fold(0, |bits, k| bits | 1 << k),
            certain: (*sure).then_some(labels[0]),
        })
        .collect();
    let mut words: Vec<(u64, Case, u8)> = ranked
        .iter()
        .zip(0..)
        .flat_map(|((_, words), n)| words.iter().map(move |&(word, case)| (word, case, n)))
        .collect();
    words.sort_unstable();
    Lexicon::write(&classes, &words)
}

/// Copies of some sentences as headlines write them, so that the tagger does not live by capitals alone.
fn recased(sentences: &[Sentence], percent: usize, random: &mut Random) -> Vec<Aligned> {
    let mut copies = Vec::new();
    for sentence in sentences {
        for recase in [title as fn(&str) -> String, str::to_uppercase, str::to_lowercase] {
            if random.below(100) >= percent {
                continue;
            }
            let text = recase(&sentence.text);
            // Few letters change their length with their case; such sentences are left alone.
            if text.len() == sentence.text.len() && text != sentence.text {
                copies.extend(align_as(sentence, &text));
            }
        }
    }
    copies
}

/// A sentence in the capitals of a headline.
pub(crate) fn title(text: &str) -> String {
    const SMALL: [&str; 22] = [
        "a", "an", "and", "as", "at", "but", "by", "for", "from", "if", "in", "into", "nor", "of", "off",
        "on", "or", "per", "the", "to", "via", "with",
    ];
    let mut out = String::with_capacity(text.len());
    for (k, word) in text.split_inclusive(' ').enumerate() {
        let bare = word.trim_end();
        if k > 0 && SMALL.contains(&bare) {
            out.push_str(word);
        } else {
            let mut chars = word.chars();
            out.extend(chars.next().into_iter().flat_map(char::to_uppercase));
            out.push_str(chars.as_str());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::train::conllu::parse;

    const TINY: &str = "\
# text = We don't know Ms. Brandt's plans.
1\tWe\twe\tPRON\tPRP\t_\t4\tnsubj\t_\t_
2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdo\tdo\tAUX\tVBP\t_\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\tknow\tknow\tVERB\tVB\t_\t0\troot\t_\t_
5\tMs.\tMs.\tPROPN\tNNP\t_\t6\tcompound\t_\t_
6-7\tBrandt's\t_\t_\t_\t_\t_\t_\t_\t_
6\tBrandt\tBrandt\tPROPN\tNNP\t_\t8\tnmod:poss\t_\t_
7\t's\t's\tPART\tPOS\t_\t6\tcase\t_\t_
8\tplans\tplan\tNOUN\tNNS\t_\t4\tobj\t_\t_
9\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

# text = A well-known union cannot vote.
1\tA\ta\tDET\tDT\t_\t3\tdet\t_\t_
2\twell-known\twell-known\tADJ\tJJ\t_\t3\tamod\t_\t_
3\tunion\tunion\tNOUN\tNN\t_\t6\tnsubj\t_\t_
4-5\tcannot\t_\t_\t_\t_\t_\t_\t_\t_
4\tcan\tcan\tAUX\tMD\t_\t6\taux\t_\t_
5\tnot\tnot\tPART\tRB\t_\t6\tadvmod\t_\t_
6\tvote\tvote\tVERB\tVB\t_\t0\troot\t_\t_
7\t.\t.\tPUNCT\t.\t_\t6\tpunct\t_\t_
";

    fn tiny() -> Vec<Sentence> {
        parse(TINY).expect("the file above")
    }

    #[test]
    fn words_meet_tokens() {
        let tags = |n: usize| {
            let aligned = align(&tiny()[n]).expect("a sentence with words");
            aligned
                .gold
                .iter()
                .map(|t| t.name())
                .collect::<Vec<_>>()
                .join(" ")
        };
        // We don't know Ms . Brandt 's plans .
        assert_eq!(tags(0), "PRON AUX VERB.VB PROPN PUNCT PROPN PART NOUN.NNS PUNCT");
        // A well - known union cannot vote .
        assert_eq!(tags(1), "DET ADJ PUNCT ADJ NOUN AUX VERB.VB PUNCT");
    }

    #[test]
    fn the_same_input_gives_the_same_bytes() {
        let settings = Settings {
            buckets: 200,
            least: 1,
            known: 1,
            ..Settings::default()
        };
        let make = || train(&tiny(), &settings, |_| ());
        let bytes = make();
        assert_eq!(bytes, make());
        let model = Model::read(&bytes).expect("weights just written");
        let score = crate::eval::pos::score(&model, &tiny());
        assert_eq!(score.percent(), 100.0);
        assert_eq!(score.split_percent(), 100.0);
    }
}
