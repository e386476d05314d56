//! Measures of coreference over two partitions of mentions.
//!
//! MUC (Vilain et al. 1995), B³ (Bagga and Baldwin 1998), CEAF with the entity-based similarity φ₄ (Luo 2005),
//! LEA (Moosavi and Strube 2016). Mentions are numbers; the same number on both sides is the same mention.

use std::collections::BTreeMap;

use super::{record::Record, tally::Tally};

/// A partition of mentions. A mention stands in one cluster at most.
pub(crate) type Clusters = Vec<Vec<usize>>;

/// The mentions of each entity that `keep` keeps, under the numbers that `number` gives them.
pub(crate) fn of(
    record: &Record,
    number: impl Fn(usize) -> usize,
    keep: impl Fn(&Record, usize) -> bool,
) -> Clusters {
    let mut clusters: Clusters = vec![Vec::new(); record.entities.len()];
    for (i, m) in record.mentions.iter().enumerate() {
        if keep(record, m.entity) {
            clusters[m.entity].push(number(i));
        }
    }
    clusters.retain(|c| !c.is_empty());
    clusters
}

/// Adds the measures of one document to `tally`, under names that begin with `prefix`.
pub(crate) fn score(tally: &mut Tally, prefix: &str, key: &Clusters, response: &Clusters) {
    let (in_key, in_response) = (index(key), index(response));
    let both = |f: fn(&Clusters, &Clusters, &BTreeMap<usize, usize>) -> (f64, f64)| {
        (f(response, key, &in_key), f(key, response, &in_response))
    };
    let (p, r) = both(muc);
    tally.ratio(&format!("{prefix} MUC"), p, r);
    let (p, r) = both(b_cubed);
    tally.ratio(&format!("{prefix} B³"), p, r);
    let aligned = ceaf(key, response);
    tally.ratio(
        &format!("{prefix} CEAFe"),
        (aligned, response.len() as f64),
        (aligned, key.len() as f64),
    );
    let (p, r) = both(lea);
    tally.ratio(&format!("{prefix} LEA"), p, r);
}

/// The mean of the three measures that shared tasks report.
pub(crate) fn average(tally: &Tally, prefix: &str) -> f64 {
    let of = |measure: &str| tally.f1(&format!("{prefix} {measure}"));
    (of("MUC") + of("B³") + of("CEAFe")) / 3.0
}

fn index(clusters: &Clusters) -> BTreeMap<usize, usize> {
    let pairs = clusters
        .iter()
        .enumerate()
        .flat_map(|(c, list)| list.iter().map(move |&m| (m, c)));
    pairs.collect()
}

/// How the mentions of `cluster` are spread over the other side: cluster there (none: alone) to count.
fn spread(cluster: &[usize], there: &BTreeMap<usize, usize>) -> BTreeMap<Option<usize>, usize> {
    let mut counts = BTreeMap::new();
    for mention in cluster {
        *counts.entry(there.get(mention).copied()).or_default() += 1;
    }
    counts
}

fn muc(from: &Clusters, _: &Clusters, there: &BTreeMap<usize, usize>) -> (f64, f64) {
    let mut sums = (0.0, 0.0);
    for cluster in from {
        let counts = spread(cluster, there);
        let alone = counts.get(&None).copied().unwrap_or(0);
        let parts = counts.len() - usize::from(alone > 0) + alone;
        sums.0 += (cluster.len() - parts) as f64;
        sums.1 += (cluster.len() - 1) as f64;
    }
    sums
}

fn b_cubed(from: &Clusters, _: &Clusters, there: &BTreeMap<usize, usize>) -> (f64, f64) {
    let mut sums = (0.0, 0.0);
    for cluster in from {
        let n = cluster.len() as f64;
        let together: usize = spread(cluster, there)
            .iter()
            .filter(|(c, _)| c.is_some())
            .map(|(_, k)| k * k)
            .sum();
        sums.0 += together as f64 / n;
        sums.1 += n;
    }
    sums
}

fn lea(from: &Clusters, to: &Clusters, there: &BTreeMap<usize, usize>) -> (f64, f64) {
    let links = |n: usize| n * (n - 1) / 2;
    let mut sums = (0.0, 0.0);
    for cluster in from {
        let n = cluster.len();
        let resolved = if n == 1 {
            // A mention that is alone links to itself, and is right if it is alone there too.
            let alone = there.get(&cluster[0]).is_some_and(|&c| to[c].len() == 1);
            f64::from(u8::from(alone))
        } else {
            let kept: usize = spread(cluster, there)
                .iter()
                .filter(|(c, _)| c.is_some())
                .map(|(_, &k)| links(k))
                .sum();
            kept as f64 / links(n) as f64
        };
        sums.0 += n as f64 * resolved;
        sums.1 += n as f64;
    }
    sums
}

/// The greatest sum of φ₄ over one-to-one alignments of clusters.
fn ceaf(key: &Clusters, response: &Clusters) -> f64 {
    let there = index(response);
    let size = key.len().max(response.len());
    let mut gain = vec![vec![0.0; size]; size];
    for (k, cluster) in key.iter().enumerate() {
        for (c, shared) in spread(cluster, &there) {
            if let Some(c) = c {
                gain[k][c] = 2.0 * shared as f64 / (cluster.len() + response[c].len()) as f64;
            }
        }
    }
    best_assignment(&gain)
}

/// The Hungarian method on a square matrix of gains, with potentials; cubic in its size.
fn best_assignment(gain: &[Vec<f64>]) -> f64 {
    let n = gain.len();
    let (mut row_price, mut column_price) = (vec![0.0; n + 1], vec![0.0; n + 1]);
    let (mut row_of, mut way) = (vec![0; n + 1], vec![0; n + 1]);
    for row in 1..=n {
        row_of[0] = row;
        let mut column = 0;
        let mut least = vec![f64::INFINITY; n + 1];
        let mut used = vec![false; n + 1];
        while row_of[column] != 0 {
            used[column] = true;
            let here = row_of[column];
            let (mut delta, mut next) = (f64::INFINITY, 0);
            for j in 1..=n {
                if !used[j] {
                    let cost = -gain[here - 1][j - 1] - row_price[here] - column_price[j];
                    if cost < least[j] {
                        least[j] = cost;
                        way[j] = column;
                    }
                    if least[j] < delta {
                        delta = least[j];
                        next = j;
                    }
                }
            }
            for j in 0..=n {
                if used[j] {
                    row_price[row_of[j]] += delta;
                    column_price[j] -= delta;
                } else {
                    least[j] -= delta;
                }
            }
            column = next;
        }
        while column != 0 {
            let before = way[column];
            row_of[column] = row_of[before];
            column = before;
        }
    }
    (1..=n).map(|j| gain[row_of[j] - 1][j - 1]).sum()
}

#[cfg(test)]
mod tests {
    use super::{Tally, average, best_assignment, score};

    fn f1(key: &[&[usize]], response: &[&[usize]]) -> [f64; 4] {
        let own = |c: &[&[usize]]| c.iter().map(|m| m.to_vec()).collect();
        let mut tally = Tally::default();
        score(&mut tally, "x", &own(key), &own(response));
        ["MUC", "B³", "CEAFe", "LEA"].map(|m| (tally.f1(&format!("x {m}")) * 10.0).round() / 10.0)
    }

    #[test]
    fn equal_partitions_are_right_and_strangers_wrong() {
        assert_eq!(f1(&[&[1, 2, 3], &[4]], &[&[4], &[3, 1, 2]]), [100.0; 4]);
        assert_eq!(f1(&[&[1, 2]], &[&[3, 4]]), [0.0; 4]);
    }

    /// The example that Luo (2005) and the reference scorers work through: twelve mentions, key {1..5} {6,7} {8..12}.
    #[test]
    fn the_known_example_gives_the_known_figures() {
        let key: [&[usize]; 3] = [&[1, 2, 3, 4, 5], &[6, 7], &[8, 9, 10, 11, 12]];
        // Two clusters joined: recall is whole, precision 9/10 links (MUC), (25+4·…)/12 (B³).
        let joined: [&[usize]; 2] = [&[1, 2, 3, 4, 5], &[6, 7, 8, 9, 10, 11, 12]];
        let [muc, b3, ..] = f1(&key, &joined);
        assert_eq!(muc, 94.7);
        // Precision: (5 + (4 + 25) / 7) / 12 = 0.762; recall 1.
        assert_eq!(b3, 86.5);
        let all: [&[usize]; 1] = [&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]];
        // MUC 9/11; B³ (25 + 4 + 25) / 144 = 0.375.
        let [muc, b3, ..] = f1(&key, &all);
        assert_eq!((muc, b3), (90.0, 54.5));
    }

    #[test]
    fn the_alignment_is_the_best_one() {
        // Greedy would take 9 first and end at 10; the best is 8 + 7.
        assert_eq!(best_assignment(&[vec![9.0, 8.0], vec![7.0, 1.0]]), 15.0);
        assert_eq!(best_assignment(&[]), 0.0);
    }

    #[test]
    fn the_average_is_of_three() {
        let mut tally = Tally::default();
        score(&mut tally, "x", &vec![vec![1, 2]], &vec![vec![1, 2]]);
        assert_eq!(average(&tally, "x"), 100.0);
    }
}
