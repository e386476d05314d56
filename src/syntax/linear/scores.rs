//! The sums of the weights that are added for each label, several of them in one number.

/// The sums of one row of labels, `8 * N` of them, four to a number: a label's sum stands in 16 bits of it, those of every
/// second label in one number. Small code has no loops over vectors, so that the numbers are the vectors. Weights are
/// added from 0 to 255, which borrows from no neighbor, and rows are a few dozen to a token, so that no sum leaves its bits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Scores<const N: usize> {
    sums: [[u64; 2]; N],
    /// How many rows were added: each sum is so many times [`ZERO`] too large.
    rows: u32,
}

/// 1 in each of the four places of a number.
pub(super) const ONES: u64 = 0x0001_0001_0001_0001;
/// The highest bit of each.
const TOPS: u64 = ONES << 15;
/// What a weight of 0 is added as.
const ZERO: u8 = 1 << 7;

impl<const N: usize> Scores<N> {
    /// Nothing has been added yet.
    pub const ZERO: Self = Self {
        sums: [[0; 2]; N],
        rows: 0,
    };

    /// Does something for each eight of labels. Small code keeps its loops, and one of three turns costs as much as what it does.
    #[inline(always)]
    fn each(mut f: impl FnMut(usize)) {
        const { assert!(1 <= N && N <= 3) };
        f(0);
        if N > 1 {
            f(1);
        }
        if N > 2 {
            f(2);
        }
    }

    /// How many rows were added.
    #[inline]
    pub fn n_rows(&self) -> u64 {
        u64::from(self.rows)
    }

    /// Adds what has been summed apart.
    #[inline(always)]
    pub fn add(&mut self, other: &Self) {
        Self::each(|k| {
            self.sums[k][0] = self.sums[k][0].wrapping_add(other.sums[k][0]);
            self.sums[k][1] = self.sums[k][1].wrapping_add(other.sums[k][1]);
        });
        self.rows += other.rows;
    }

    /// Adds weights; those past the last label are left out.
    #[inline(always)]
    pub(super) fn add_row(&mut self, row: &[u8]) {
        const LOW: u64 = ONES * 0xff;
        let eights = row.as_chunks::<8>().0;
        Self::each(|k| {
            // A weight from -128 to 127 as a number from 0 to 255.
            let eight =
                eights.get(k).map_or(0, |eight| u64::from_le_bytes(*eight)) ^ u64::from_ne_bytes([ZERO; 8]);
            self.sums[k][0] = self.sums[k][0].wrapping_add(eight & LOW);
            self.sums[k][1] = self.sums[k][1].wrapping_add(eight >> 8 & LOW);
        });
        self.rows += 1;
    }

    /// The sum of `label`; 0 past the last.
    #[inline]
    pub fn of(&self, label: usize) -> i16 {
        let Some(pair) = self.sums.get(label / 8) else {
            return 0;
        };
        let sum = (pair[label % 2] >> (label % 8 / 2 * 16)) as u16;
        sum.wrapping_sub((self.rows as u16).wrapping_mul(u16::from(ZERO))) as i16
    }

    /// Whether the sum of `label`, one of the `n` first, is at least `margin` higher than each other of them. The margin is
    /// not 0.
    #[inline]
    pub fn leads(&self, label: usize, n: usize, margin: u16) -> bool {
        let pair = self.sums.get(label / 8).copied().unwrap_or_default();
        let sum = (pair[label % 2] >> (label % 8 / 2 * 16)) as u16;
        // Below so many rows no sum reaches the highest bit of its lane.
        let Some(limit) = sum.checked_sub(margin).filter(|_| self.rows < 128) else {
            return false;
        };
        // That bit is set above each limit, and a sum that is higher than the limit borrows it.
        let limits = (u64::from(limit) * ONES) | TOPS;
        let mut n_near = 0;
        Self::each(|eight| {
            for odd in [0, 1] {
                // Of each lane one bit, so that they can be counted together.
                n_near += (!limits.wrapping_sub(self.four(eight, odd, n)) & TOPS) >> 15;
            }
        });
        let n_near = n_near.wrapping_mul(ONES) >> 48;
        // The label itself is above its own limit.
        n_near == 1
    }

    /// The first of the `n` first labels whose sum is highest.
    #[inline]
    pub fn best(&self, n: usize) -> usize {
        let mut highest = 0;
        Self::each(|eight| {
            highest = higher(highest, self.four(eight, 0, n));
            highest = higher(highest, self.four(eight, 1, n));
        });
        highest = higher(highest, highest >> 32);
        highest = higher(highest, highest >> 16);
        let wanted = (highest & 0xffff) * ONES;
        for eight in 0..N {
            // Of four lanes the first that holds the highest sum, 4 if none does.
            let first = |odd| zeros(self.four(eight, odd, n) ^ wanted).trailing_zeros() as usize / 16;
            let k = (2 * first(0)).min(2 * first(1) + 1);
            if k < 8 {
                return 8 * eight + k;
            }
        }
        0
    }

    /// The sums of the labels `8 * eight + odd` and every second one behind it, 0 for those that are not before `n`.
    #[inline(always)]
    fn four(&self, eight: usize, odd: usize, n: usize) -> u64 {
        let held = n.saturating_sub(8 * eight + odd).div_ceil(2);
        let four = self.sums[eight][odd];
        if held < 4 {
            four & ((1 << (16 * held)) - 1)
        } else {
            four
        }
    }
}

/// The higher of two numbers in each of four lanes.
#[inline(always)]
fn higher(a: u64, b: u64) -> u64 {
    // The highest bit of a lane, borrowed where the rest of `b` is higher, decides where both have it or neither.
    let rest = (a | TOPS) - (b & !TOPS);
    let a_is = ((a & !b) | (!(a ^ b) & rest)) & TOPS;
    let lanes = (a_is << 1).wrapping_sub(a_is >> 15);
    (a & lanes) | (b & !lanes)
}

/// The highest bit of each lane that is 0. Above the first of them some may be set that are not.
#[inline(always)]
pub(super) fn zeros(lanes: u64) -> u64 {
    // Only the lowest 0 surely borrows from its own highest bit.
    lanes.wrapping_sub(ONES) & !lanes & TOPS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_of_either_sign_leave_their_neighbors_alone() {
        let rows: [[i8; 16]; 4] = [
            std::array::from_fn(|k| if k % 2 == 0 { -128 } else { 127 }),
            std::array::from_fn(|k| if k % 4 < 2 { 127 } else { -128 }),
            std::array::from_fn(|k| k as i8 - 8),
            [-1; 16],
        ];
        let (mut scores, mut want) = (Scores::<2>::ZERO, [0i16; 16]);
        // So many as can be added: 255 each.
        for n in 0..257 {
            let row = rows[n * 7 / 3 % 4];
            let mut one = Scores::ZERO;
            one.add_row(&row.map(|w| w as u8));
            scores.add(&one);
            for k in 0..16 {
                want[k] += i16::from(row[k]);
                assert_eq!(one.of(k), i16::from(row[k]));
            }
            assert_eq!(std::array::from_fn(|k| scores.of(k)), want);
            for n_labels in [1, 7, 8, 9, 16] {
                let highest = want[..n_labels].iter().max();
                let first = want[..n_labels].iter().position(|sum| Some(sum) == highest);
                assert_eq!(Some(scores.best(n_labels)), first);
                let (Some(first), Some(&highest)) = (first, highest) else {
                    continue;
                };
                for margin in [1, 2, 400] {
                    let below = |k: usize| i32::from(highest) - i32::from(want[k]);
                    let near = |k: usize| k != first && below(k) < i32::from(margin);
                    // Of a sum that is lower than the margin, or of too many rows, nothing is said.
                    let low = i32::from(highest) + 128 * (n as i32 + 1) < i32::from(margin);
                    let leads = n < 127 && !low && !(0..n_labels).any(near);
                    assert_eq!(scores.leads(first, n_labels, margin), leads);
                }
            }
        }
        assert_eq!(scores.of(16), 0);
    }
}
