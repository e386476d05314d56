//! Learning of linear models over sparse binary features: one thread, no randomness but a seeded
//! generator, no arithmetic that depends on the machine. The same input gives the same weights.

use rustc_hash::FxHashMap;

/// Numbers the features that are worth a row.
#[derive(Debug, Default)]
pub(crate) struct Features {
    counts: FxHashMap<u64, u32>,
    order: Vec<u64>,
}

impl Features {
    /// Counts one occurrence.
    pub(crate) fn count(&mut self, hash: u64) {
        let order = &mut self.order;
        *self.counts.entry(hash).or_insert_with(|| {
            order.push(hash);
            0
        }) += 1;
    }

    /// Keeps what occurred at least `least` times, in the order of first occurrence.
    pub(crate) fn index(self, least: u32) -> Index {
        let kept: Vec<u64> = self
            .order
            .into_iter()
            .filter(|h| self.counts[h] >= least)
            .collect();
        let counts = kept.iter().map(|h| self.counts[h]).collect();
        Index::new(kept, counts)
    }
}

/// Features with their numbers.
#[derive(Debug)]
pub(crate) struct Index {
    numbers: FxHashMap<u64, u32>,
    /// The hash of each feature.
    pub(crate) hashes: Vec<u64>,
    /// How often each was seen.
    pub(crate) counts: Vec<u32>,
}

impl Index {
    fn new(hashes: Vec<u64>, counts: Vec<u32>) -> Self {
        let numbers = hashes.iter().zip(0..).map(|(h, n)| (*h, n)).collect();
        Self {
            numbers,
            hashes,
            counts,
        }
    }

    /// The number of a feature, if it has one.
    pub(crate) fn get(&self, hash: u64) -> Option<u32> {
        self.numbers.get(&hash).copied()
    }

    /// Only the features in `keep`.
    pub(crate) fn only(&self, keep: &[u32]) -> Self {
        Self::new(
            keep.iter().map(|&n| self.hashes[n as usize]).collect(),
            keep.iter().map(|&n| self.counts[n as usize]).collect(),
        )
    }
}

/// How a model learns.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pace {
    /// Step size before AdaGrad divides it.
    pub(crate) rate: f32,
    /// Share of features that an example leaves out, so that none is relied upon alone.
    pub(crate) drop: f32,
}

/// Multinomial logistic regression, each weight with a step size of its own (AdaGrad), weights averaged
/// over all examples. On the same features it makes a sixth fewer mistakes than an averaged perceptron.
#[derive(Debug)]
pub(crate) struct Learner<const L: usize> {
    weights: Vec<[f32; L]>,
    squares: Vec<[f32; L]>,
    sums: Vec<[f32; L]>,
    step: f32,
    pace: Pace,
    random: Random,
    kept: Vec<u32>,
}

/// An example whose label is as likely as this teaches nothing more.
const SURE: f32 = 0.995;

impl<const L: usize> Learner<L> {
    pub(crate) fn new(n_features: usize, pace: Pace) -> Self {
        Self {
            weights: vec![[0.0; L]; n_features],
            squares: vec![[0.01; L]; n_features],
            sums: vec![[0.0; L]; n_features],
            step: 1.0,
            pace,
            random: Random::new(77),
            kept: Vec::new(),
        }
    }

    /// The score of each label.
    pub(crate) fn score(&self, features: &[u32]) -> [f32; L] {
        let mut scores = [0.0; L];
        for &f in features {
            for (score, weight) in scores.iter_mut().zip(&self.weights[f as usize]) {
                *score += weight;
            }
        }
        scores
    }

    /// Learns that `gold` is right among the labels in the bit set `allowed`, and returns what would have been guessed.
    pub(crate) fn learn(&mut self, features: &[u32], gold: usize, allowed: u64) -> usize {
        self.step += 1.0;
        let guess = best(&self.score(features), allowed);
        let limit = (self.pace.drop * 65536.0) as usize;
        let mut kept = std::mem::take(&mut self.kept);
        kept.clear();
        kept.extend(
            features
                .iter()
                .copied()
                .filter(|_| self.random.below(65536) >= limit),
        );
        let mut p = self.score(&kept);
        to_probabilities(&mut p, allowed);
        if p[gold] <= SURE {
            p[gold] -= 1.0;
            for &f in &kept {
                let f = f as usize;
                let (w, q, s) = (&mut self.weights[f], &mut self.squares[f], &mut self.sums[f]);
                for k in 0..L {
                    q[k] += p[k] * p[k];
                    let step = -self.pace.rate * p[k] / q[k].sqrt();
                    w[k] += step;
                    s[k] += self.step * step;
                }
            }
        }
        self.kept = kept;
        guess
    }

    /// The weights averaged over all examples.
    pub(crate) fn average(&self) -> Vec<[f32; L]> {
        let mut out = self.weights.clone();
        for (w, s) in out.iter_mut().zip(&self.sums) {
            for k in 0..L {
                w[k] -= s[k] / self.step;
            }
        }
        out
    }
}

/// The best label of those in the bit set `allowed`, the first of equals.
pub(crate) fn best<const L: usize>(scores: &[f32; L], allowed: u64) -> usize {
    (0..L)
        .filter(|k| allowed >> k & 1 == 1)
        .fold(None, |b: Option<usize>, k| match b {
            Some(b) if scores[b] >= scores[k] => Some(b),
            _ => Some(k),
        })
        .unwrap_or(0)
}

fn to_probabilities<const L: usize>(scores: &mut [f32; L], allowed: u64) {
    let top = scores[best(scores, allowed)];
    let mut sum = 0.0;
    for (k, score) in scores.iter_mut().enumerate() {
        *score = if allowed >> k & 1 == 1 {
            exp(*score - top)
        } else {
            0.0
        };
        sum += *score;
    }
    for score in scores {
        *score /= sum;
    }
}

/// e to the power of `x`, for `x` not above 0. Our own, because that of the standard library is the
/// platform's, and its last bit differs between platforms.
fn exp(x: f32) -> f32 {
    let x = x.max(-60.0);
    let whole = (x * std::f32::consts::LOG2_E).round();
    let r = x - whole * std::f32::consts::LN_2;
    let series = 1.0 + r * (1.0 + r * (0.5 + r * (1.0 / 6.0 + r * (1.0 / 24.0 + r * (1.0 / 120.0)))));
    series * f32::from_bits(((whole as i32 + 127) as u32) << 23)
}

/// Rounds to eight bits, and says what a unit is worth; the share `clip` of the weights is cut off.
pub(crate) fn quantise<const L: usize>(weights: &[[f32; L]], clip: f32) -> (Vec<[i8; L]>, f32) {
    let mut all: Vec<f32> = weights
        .iter()
        .flatten()
        .map(|w| w.abs())
        .filter(|w| *w > 0.0)
        .collect();
    all.sort_by(f32::total_cmp);
    let top = all.len().saturating_sub(1);
    let place = ((1.0 - clip) * top as f32) as usize;
    let unit = all.get(place.min(top)).copied().unwrap_or(1.0).max(1e-6) / 127.0;
    let rows = weights
        .iter()
        .map(|row| row.map(|w| (w / unit).round().clamp(-127.0, 127.0) as i8))
        .collect();
    (rows, unit)
}

/// A small generator of pseudo-random numbers (xorshift64*), so that no library can change the order.
#[derive(Debug)]
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.max(1))
    }

    /// A number below `n`.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        ((u128::from(self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)) * n as u128) >> 64) as usize
    }

    /// Puts `items` into another order.
    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_of_e() {
        for k in 0..600 {
            let x = k as f32 * -0.1;
            assert!(
                (exp(x) - x.exp()).abs() <= 1e-5 * x.exp().max(1e-20),
                "{x}: {} {}",
                exp(x),
                x.exp()
            );
        }
    }

    #[test]
    fn learns_what_is_there_to_learn() {
        let pace = Pace { rate: 0.1, drop: 0.2 };
        let mut learner = Learner::<4>::new(6, pace);
        let examples = [(&[0u32, 3][..], 0), (&[1, 3], 1), (&[2, 4], 2), (&[0, 1, 5], 2)];
        for _ in 0..200 {
            for (features, gold) in examples {
                learner.learn(features, gold, 0b111);
            }
        }
        for (features, gold) in examples {
            assert_eq!(best(&learner.score(features), 0b111), gold);
        }
    }

    #[test]
    fn rounding_keeps_the_order() {
        assert_eq!(
            quantise(&[[1.0, -0.5], [0.25, 0.0]], 0.0).0,
            [[127, -64], [32, 0]]
        );
    }
}
