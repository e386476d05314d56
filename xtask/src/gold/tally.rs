//! Counts of an evaluation, and their table.

use std::fmt::Write as _;

/// What one row counts.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Count {
    /// Found and right, found and wrong, not found.
    Found { right: f64, extra: f64, missed: f64 },
    /// Sums whose quotients are precision and recall (the measures of coreference).
    Ratio { p: (f64, f64), r: (f64, f64) },
    /// Right ones of all.
    Share { right: usize, all: usize },
    /// A row that keeps its place and has counted nothing yet.
    Nothing,
}

/// Rows in the order in which they were first counted.
#[derive(Clone, Default, Debug)]
pub(crate) struct Tally {
    rows: Vec<(String, Count)>,
}

impl Tally {
    /// Rows that stand in this order, however the first article looks; others come after them.
    pub(crate) fn in_order(names: &[&str]) -> Self {
        let rows = names.iter().map(|&n| (n.to_owned(), Count::Nothing)).collect();
        Self { rows }
    }

    fn row(&mut self, name: &str, empty: Count) -> &mut Count {
        let at = self.rows.iter().position(|(n, _)| n == name).unwrap_or_else(|| {
            self.rows.push((name.to_owned(), empty));
            self.rows.len() - 1
        });
        let count = &mut self.rows[at].1;
        if *count == Count::Nothing {
            *count = empty;
        }
        count
    }

    /// Counts one right or wrong answer.
    pub(crate) fn share(&mut self, name: &str, is_right: bool) {
        self.shares(name, usize::from(is_right), 1);
    }

    /// Counts `right` of `n` answers.
    pub(crate) fn shares(&mut self, name: &str, n_right: usize, n: usize) {
        if let Count::Share { right, all } = self.row(name, Count::Share { right: 0, all: 0 }) {
            *right += n_right;
            *all += n;
        }
    }

    /// Counts what was found, what was found too much, and what was missed.
    pub(crate) fn found(&mut self, name: &str, n_right: usize, n_extra: usize, n_missed: usize) {
        let empty = Count::Found {
            right: 0.0,
            extra: 0.0,
            missed: 0.0,
        };
        if let Count::Found { right, extra, missed } = self.row(name, empty) {
            *right += n_right as f64;
            *extra += n_extra as f64;
            *missed += n_missed as f64;
        }
    }

    /// Adds to the sums of a measure of coreference.
    pub(crate) fn ratio(&mut self, name: &str, precision: (f64, f64), recall: (f64, f64)) {
        let empty = Count::Ratio {
            p: (0.0, 0.0),
            r: (0.0, 0.0),
        };
        if let Count::Ratio { p, r } = self.row(name, empty) {
            *p = (p.0 + precision.0, p.1 + precision.1);
            *r = (r.0 + recall.0, r.1 + recall.1);
        }
    }

    /// F1 of a row in percent.
    pub(crate) fn f1(&self, name: &str) -> f64 {
        let count = self.rows.iter().find(|(n, _)| n == name);
        count.map_or(0.0, |(_, c)| percent(*c).2)
    }

    /// Right ones and all of a row of shares.
    #[allow(dead_code, reason = "the task prints, the test asserts")]
    pub(crate) fn share_of(&self, name: &str) -> (usize, usize) {
        match self.rows.iter().find(|(n, _)| n == name) {
            Some((_, Count::Share { right, all })) => (*right, *all),
            _ => (0, 0),
        }
    }

    /// The table: name, precision, recall, F1 or share in percent, and how many.
    pub(crate) fn table(&self) -> String {
        let mut out = String::from("what\tprecision\trecall\tF1 or share\tright/gold\n");
        for (name, count) in self.rows.iter().filter(|r| r.1 != Count::Nothing) {
            let (p, r, f) = percent(*count);
            let _ = match *count {
                Count::Found { right, missed, .. } => {
                    writeln!(out, "{name}\t{p:.1}\t{r:.1}\t{f:.1}\t{right}/{}", right + missed)
                }
                Count::Ratio { .. } => writeln!(out, "{name}\t{p:.1}\t{r:.1}\t{f:.1}\t"),
                Count::Share { right, all } => writeln!(out, "{name}\t\t\t{f:.1}\t{right}/{all}"),
                Count::Nothing => Ok(()),
            };
        }
        out
    }
}

fn percent(count: Count) -> (f64, f64, f64) {
    let of = |a: f64, b: f64| if b > 0.0 { 100.0 * a / b } else { 0.0 };
    let (p, r) = match count {
        Count::Found { right, extra, missed } => (of(right, right + extra), of(right, right + missed)),
        Count::Ratio { p, r } => (of(p.0, p.1), of(r.0, r.1)),
        Count::Share { right, all } => {
            let share = of(right as f64, all as f64);
            return (share, share, share);
        }
        Count::Nothing => (0.0, 0.0),
    };
    (p, r, if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 })
}
