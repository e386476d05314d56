//! Names that are those of somebody else in the article but for one letter.

use std::hash::Hasher;

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use crate::{
    base::{fold::fold, span::DocSpan, word::TokenKind},
    kb::EntityId,
    rules::{Check, Findings, Fix},
    semantic::{
        article::{EntityKind, MentionForm},
        lexicon,
    },
};

/// The longer of two has so many at least. Shorter words are too often one letter from another: "Rice" and "Price".
const MIN_LETTERS: usize = 5;

/// So many namesakes are looked at for one name.
const MAX_NEAR: usize = 8;

/// How the article writes somebody: the words of the fullest name, and how often they are named.
struct Written {
    kb: Option<EntityId>,
    given: Option<String>,
    last: String,
    /// Every place of the last word, in order.
    places: Vec<DocSpan>,
    given_at: Option<DocSpan>,
    full: bool,
    times: usize,
}

/// Flags names that nobody bears in the article but for a letter. What stands in `told` was flagged before.
pub(super) fn strangers(cx: &Check<'_>, acc: &mut Findings<'_>, told: &[DocSpan]) {
    let people = written(cx);
    let mut near: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    for (i, person) in people.iter().enumerate() {
        for key in keys(&person.last) {
            let list = near.entry(key).or_default();
            if list.len() < MAX_NEAR {
                list.push(i);
            }
        }
    }
    for (i, odd) in people.iter().enumerate() {
        if odd.kb.is_some() || odd.places.first().is_none_or(|p| told.contains(p)) {
            continue;
        }
        let mut seen = FxHashSet::default();
        let others = keys(&odd.last).filter_map(|key| near.get(&key)).flatten();
        let usual = others
            .filter(|&&j| j != i && seen.insert(j))
            .filter_map(|&j| people.get(j).map(|other| (j, other)))
            .find(|&(j, other)| is_odd(i, odd, j, other) && is_meant(cx, odd, other));
        if let Some((_, usual)) = usual {
            tell(cx, acc, odd, usual);
        }
    }
}

/// People as the article names them outside of quotations, in the order of the entities.
fn written(cx: &Check<'_>) -> Vec<Written> {
    let mut people = Vec::new();
    for entity in cx
        .article
        .entities
        .iter()
        .filter(|e| e.kind == EntityKind::Person)
    {
        if !entity.rivals.is_empty() {
            continue;
        }
        let mut person: Option<Written> = None;
        for mention in entity.mentions.iter().filter_map(|&i| cx.article.mentions.get(i)) {
            let named = matches!(mention.form, MentionForm::Name | MentionForm::Surname);
            if !named || cx.in_quote(mention.span) {
                continue;
            }
            let words = words_of(cx, mention.span);
            let (Some(&last_at), n_words) = (words.last(), words.len()) else {
                continue;
            };
            let last = fold(cx.text(last_at));
            let full = mention.form == MentionForm::Name && n_words > 1;
            let this = person.get_or_insert_with(|| Written {
                kb: entity.kb,
                given: None,
                last: last.clone(),
                places: Vec::new(),
                given_at: None,
                full: false,
                times: 0,
            });
            this.times += 1;
            if full && !this.full {
                this.full = true;
                this.given_at = words.first().copied();
                this.given = this.given_at.map(|at| fold(cx.text(at)));
            }
            if last == this.last {
                this.places.push(last_at);
            }
        }
        let Some(mut person) = person else { continue };
        if person.given.is_none() {
            let name = person.kb.map(|id| cx.kb.name(id));
            person.given = name.and_then(|n| n.split_once(' ')).map(|(first, _)| fold(first));
        }
        let plain = person.last.chars().all(char::is_alphabetic);
        if plain && person.last.chars().count() + 1 >= MIN_LETTERS {
            people.push(person);
        }
    }
    people
}

/// The words of a name.
fn words_of(cx: &Check<'_>, span: DocSpan) -> Vec<DocSpan> {
    let Some((block, local)) = cx.block_at(span.start) else {
        return Vec::new();
    };
    let tokens = local.tokens.inside(block.within(span));
    let tokens = tokens.filter_map(|i| local.tokens.list.get(i));
    let words = tokens.filter(|t| t.kind == TokenKind::Word);
    words.map(|t| block.to_doc(t.span)).collect()
}

/// Numbers for a word, and for what is left of it without one letter: two words that differ by a letter put in, left out,
/// replaced or swapped with its neighbor have one of them in common.
fn keys(word: &str) -> impl Iterator<Item = u64> {
    let without = |at: Option<usize>| {
        let mut hasher = FxHasher::default();
        let letters = word.char_indices().filter(|(i, _)| Some(*i) != at);
        letters.for_each(|(_, c)| hasher.write_u32(u32::from(c)));
        hasher.finish()
    };
    let all = word.char_indices().map(|(at, _)| Some(at));
    all.chain([None]).map(without)
}

/// Whether of two people the first is the one whose name is odd: whom the base knows is not, then whoever is named more
/// often, then whoever is named first.
fn is_odd(i: usize, odd: &Written, j: usize, other: &Written) -> bool {
    other.kb.is_some() || odd.times < other.times || odd.times == other.times && i > j
}

/// Whether `odd` is somebody else's name with a slip in it.
fn is_meant(cx: &Check<'_>, odd: &Written, other: &Written) -> bool {
    let given = |person: &Written| person.given.clone().unwrap_or_default();
    let is_given = |word: &str| lexicon::english().given(word).is_some();
    if odd.last == other.last {
        // "Brain Bosma" is Brian; Anna Bosma may be a sister of Anne's.
        let (a, b) = (given(odd), given(other));
        return odd.full
            && other.full
            && a.len() > 3
            && differ_by_one(&a, &b)
            && !is_given(&a)
            && is_given(&b);
    }
    if !differ_by_one(&odd.last, &other.last) {
        return false;
    }
    let (a, b) = (&odd.last, &other.last);
    if a.chars().count().max(b.chars().count()) < MIN_LETTERS {
        return false;
    }
    match (odd.full, &other.given) {
        // Two who are both named again and again are two people.
        (true, Some(given)) => odd.given.as_ref() == Some(given) && !(odd.times > 2 && is_surname(cx, a)),
        // A name that is met in full but once, and then always without that letter.
        (true, None) => odd.times == 1 && other.times > 1 && !is_surname(cx, a),
        // An ending makes another word of a name: "the Clintons", "Petrova".
        (false, _) => {
            other.full
                && a.chars().count() >= MIN_LETTERS
                && !is_surname(cx, a)
                && !a.starts_with(&**b)
                && !b.starts_with(&**a)
                && !is_given(a)
        }
    }
}

/// Whether anybody in the base is called so.
fn is_surname(cx: &Check<'_>, word: &str) -> bool {
    cx.kb.lookup(word).next().is_some()
}

/// Whether two folded words that begin alike differ by one letter put in, left out or replaced, or by two neighbors that are
/// swapped. A plural is no slip.
fn differ_by_one(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (a, b) = (a.get(head..).unwrap_or(&[]), b.get(head..).unwrap_or(&[]));
    let tail = a
        .iter()
        .rev()
        .zip(b.iter().rev())
        .take_while(|(x, y)| x == y)
        .count();
    let rest = |w: &[char]| w.get(..w.len() - tail).unwrap_or(&[]).to_vec();
    match (head, &*rest(a), &*rest(b)) {
        (0, ..) | (_, [], []) => false,
        (_, ['s'], []) | (_, [], ['s']) if tail == 0 => false,
        (_, [], [_]) | (_, [_], []) | (_, [_], [_]) => true,
        (_, [a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}

/// Flags every place of a name that is written `odd` for `usual`.
fn tell(cx: &Check<'_>, acc: &mut Findings<'_>, odd: &Written, usual: &Written) {
    let given = odd.last == usual.last;
    let (places, meant) = match given {
        true => (odd.given_at.as_slice(), usual.given_at),
        false => (&*odd.places, usual.places.first().copied()),
    };
    let Some(meant_at) = meant else { return };
    let meant = cx.text(meant_at);
    for &at in places {
        let written = cx.text(at);
        let d = acc.push(at, format!("“{written}” looks like a slip for “{meant}”"));
        d.related.push((meant_at, format!("“{meant}”, not “{written}”")));
        d.offer = Some(Fix {
            title: format!("Write “{meant}”"),
            edits: vec![(at, meant.to_owned())],
        });
    }
}

#[cfg(test)]
mod tests {
    use super::differ_by_one;
    use crate::{rules::by_code, testing::check_rule};

    #[track_caller]
    fn check(fixture: &str) {
        check_rule(by_code("name-spelling").unwrap(), fixture);
    }

    #[test]
    fn one_letter() {
        for (a, b) in [
            ("trmup", "trump"),
            ("clintn", "clinton"),
            ("jonson", "johnson"),
            ("hansen", "hanson"),
        ] {
            assert!(differ_by_one(a, b) && differ_by_one(b, a), "{a} {b}");
        }
        for (a, b) in [
            ("obama", "obama"),
            ("clintons", "clinton"),
            ("price", "rice"),
            ("merkel", "mrekle"),
        ] {
            assert!(!differ_by_one(a, b) && !differ_by_one(b, a), "{a} {b}");
        }
    }

    #[test]
    fn a_name_with_a_slip_is_somebody_elses() {
        check(
            "\
Maria Lindqvist, a baker, arrived at noon. Lindqvist met reporters. Maria Lindqivst left at three.
//                                                                        ^^^^^^^^^ name-spelling slip for “Lindqvist”
",
        );
        check(
            "\
Maria Lindqvist, a baker, arrived at noon. “It snowed,” Lindqist said.
//                                                      ^^^^^^^^ name-spelling slip for “Lindqvist”
",
        );
        check(
            "\
Angela Merkel arrived at noon with Donald Trump. Angela Mrekel left at three.
//                                                      ^^^^^^ name-spelling slip for “Merkel”
",
        );
        check(
            "\
Donald Trump arrived at noon. Donald Tump left at three.
//                                   ^^^^ name-spelling slip for “Trump”
",
        );
        check(
            "\
Maria Lindqivst, a baker, arrived at noon. “It snowed,” Lindqvist said. Lindqvist left at three.
//    ^^^^^^^^^ name-spelling slip for “Lindqvist”
",
        );
        check(
            "\
Brian Halvorsen, a pilot, arrived at noon. Then Brain Halvorsen left.
//                                              ^^^^^ name-spelling slip for “Brian”
",
        );
    }

    #[test]
    fn people_with_names_that_are_alike() {
        for text in [
            "Maria Lindqvist, a baker, met Paul Lindquist, a pilot.\n",
            "Anna Halvorsen, a pilot, met Anne Halvorsen, a baker.\n",
            "Hillary Clinton arrived. “The Clintons left,” said Ivan Petrov. Petrova slept.\n",
            "Jan Nowak arrived at noon. “It snowed,” Novak said.\n",
            "Maria Lindqvist, a baker, said: “Maria Lindqivst is my name on that list.”\n",
        ] {
            check(text);
        }
    }
}
