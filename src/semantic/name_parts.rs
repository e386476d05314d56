//! The parts of a person's name: given names, family name, particles, and what stands between.

use crate::{
    semantic::{lexicon, local::Local, mention::Candidate, wordsets::WordSet},
    syntax::token::Shape,
};

/// The words between the first and the last that may be surnames: "Rosselló" of "Ricardo Rosselló Nevares".
pub(super) fn middle_names<'w>(words: &'w [&str]) -> impl Iterator<Item = &'w str> {
    let last = words.len().saturating_sub(1);
    words
        .iter()
        .enumerate()
        .filter(move |(i, w)| *i > 0 && *i < last && w.chars().count() > 2 && !is_particle(w))
        .map(|(_, w)| *w)
}

/// Words that begin family names and are none alone.
pub(super) fn is_particle(word: &str) -> bool {
    lexicon::english().is(WordSet::FamilyParticle, word)
}

/// How many words the last part of a name has that a hyphen holds together: 2 for "Harriet Vane-Moss", but 0 for
/// "Kim Tae-ho", whose last part is the second half of a given name behind the family name.
pub(super) fn hyphened_tail(local: &Local, c: &Candidate) -> usize {
    let last = c.tokens.end - 1;
    let halves = c.tokens.len() == 4
        && matches!(local.tokens.fold(last - 1), "-" | "‑")
        && local.tokens.list[last].shape == Shape::Lower;
    if halves {
        return 0;
    }
    // "KIM TAE-HO": in capitals nothing but the family name in front tells the halves apart.
    let first = local.tokens.fold(c.tokens.start);
    let shouted = |t: usize| {
        local.tokens.list[t].shape == Shape::AllCaps && !lexicon::english().is(WordSet::FamilyFirst, first)
    };
    let family = |t: usize| local.tokens.list[t].shape == Shape::Capital || shouted(t);
    let joined = c.tokens.len() > 3
        && matches!(local.tokens.fold(last - 1), "-" | "‑")
        && family(last)
        && family(last - 2);
    if joined { 2 } else { 1 }
}

/// Splits folded words into given names and family name with its particles; "jr" belongs to neither. The family
/// name has at least `tail` words.
pub(super) fn split_name(words: &[&str], tail: usize) -> (String, String) {
    let mut end = words.len();
    while end > 1 && matches!(words[end - 1], "jr" | "sr" | "ii" | "iii" | "iv") {
        end -= 1;
    }
    let mut start = end.saturating_sub(tail.max(1));
    while start > 1 && is_particle(words[start - 1]) {
        start -= 1;
    }
    (words[..start].join(" "), words[start..end].join(" "))
}

/// Whether two given names may be the same person's: equal first names, or an initial.
pub(super) fn same_given(a: &str, b: &str) -> bool {
    let first = |s: &str| s.split(' ').next().unwrap_or("").to_owned();
    let (a, b) = (first(a), first(b));
    a == b || a.len() == 1 && b.starts_with(&a) || b.len() == 1 && a.starts_with(&b)
}

#[cfg(test)]
mod tests {
    use super::{same_given, split_name};

    #[test]
    fn family_names_keep_their_particles() {
        for (name, given, family) in [
            ("lena hartmann", "lena", "hartmann"),
            ("anna de la cruz", "anna", "de la cruz"),
            ("tom reed jr", "tom", "reed"),
            ("hartmann", "", "hartmann"),
            ("paul m okoro", "paul m", "okoro"),
        ] {
            let words: Vec<&str> = name.split(' ').collect();
            assert_eq!(split_name(&words, 1), (given.to_owned(), family.to_owned()));
        }
    }

    #[test]
    fn an_initial_stands_for_a_given_name() {
        assert!(same_given("l", "lena"));
        assert!(same_given("lena m", "lena"));
        assert!(!same_given("lena", "lea"));
    }
}
