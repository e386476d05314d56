//! By which nouns one person may be called in turn: "foreign minister" and then "top diplomat", but no "president" and
//! then "prime minister". The pairs are data (`data/en/same_office.txt`).

use crate::base::listed;

/// Lines over rows of `roles.tsv`: what somebody was called, and what the same person may be called later.
#[derive(Debug, Default)]
pub(super) struct SameOffice {
    /// Of each row the lines in which it is what somebody was called.
    before: Vec<Vec<u16>>,
    /// Of each row the lines in which it is what the same person may be called then.
    now: Vec<Vec<u16>>,
}

impl SameOffice {
    /// Reads the table; `row` gives the row of a noun. A noun without a row is passed over.
    pub(super) fn read(table: &str, row: impl Fn(&str) -> Option<usize>) -> Self {
        let mut out = Self::default();
        for (line, n) in listed::rows(table).zip(0..) {
            match line.split_once('>') {
                Some((general, special)) => {
                    let special = special.split(',').filter_map(|noun| row(noun.trim()));
                    special.for_each(|before| put(&mut out.before, before, n));
                    if let Some(now) = row(general.trim()) {
                        put(&mut out.now, now, n);
                    }
                }
                None => {
                    for noun in line.split('=').filter_map(|noun| row(noun.trim())) {
                        put(&mut out.before, noun, n);
                        put(&mut out.now, noun, n);
                    }
                }
            }
        }
        out
    }

    /// Whether somebody who was called by the noun of row `before` may be called by that of row `now`.
    pub(super) fn has(&self, before: usize, now: usize) -> bool {
        match (self.before.get(before), self.now.get(now)) {
            (Some(before), Some(now)) => before.iter().any(|line| now.contains(line)),
            _ => false,
        }
    }
}

fn put(lines: &mut Vec<Vec<u16>>, row: usize, line: u16) {
    if lines.len() <= row {
        lines.resize(row + 1, Vec::new());
    }
    lines[row].push(line);
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
