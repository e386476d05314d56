//! By which nouns one person may be called in turn: "foreign minister" and then "top diplomat", but no "president" and
//! then "prime minister". The pairs are data (`data/en/same_office.txt`).

use rustc_hash::FxHashSet;

/// Pairs of rows of `roles.tsv`: what somebody was called, and what the same person may be called later.
#[derive(Debug, Default)]
pub(super) struct SameOffice {
    pairs: FxHashSet<(usize, usize)>,
}

impl SameOffice {
    /// Reads the table; `row` gives the row of a noun. A noun without a row is passed over.
    pub(super) fn read(table: &str, row: impl Fn(&str) -> Option<usize>) -> Self {
        let mut out = Self::default();
        for line in table.lines().filter(|l| !l.starts_with('#')) {
            match line.split_once('>') {
                Some((general, special)) => {
                    let now = row(general.trim());
                    let before = special.split(',').map(|noun| row(noun.trim()));
                    out.pairs.extend(before.filter_map(|b| Some((b?, now?))));
                }
                None => {
                    let all: Vec<usize> = line.split('=').filter_map(|noun| row(noun.trim())).collect();
                    for &before in &all {
                        out.pairs.extend(all.iter().map(|&now| (before, now)));
                    }
                }
            }
        }
        out
    }

    /// Whether somebody who was called by the noun of row `before` may be called by that of row `now`.
    pub(super) fn has(&self, before: usize, now: usize) -> bool {
        self.pairs.contains(&(before, now))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::semantic::lexicon::english;

    const TABLE: &str = include_str!("../../data/en/same_office.txt");

    #[test]
    fn every_noun_of_the_table_is_a_noun_for_people() {
        for line in TABLE.lines().filter(|l| !l.starts_with('#')) {
            for noun in line.split(['=', '>', ',']).map(str::trim) {
                assert!(english().roles.iter().any(|r| r.noun == noun), "{noun}");
            }
        }
    }

    #[test]
    fn a_general_noun_follows_a_special_one_only() {
        let rows = ["monarch", "king", "pope", "pontiff"];
        let same = SameOffice::read("monarch > king\npope = pontiff", |n| {
            rows.iter().position(|r| *r == n)
        });
        assert!(same.has(1, 0) && !same.has(0, 1));
        assert!(same.has(2, 3) && same.has(3, 2) && !same.has(1, 3));
    }
}
