//! Stable sorting in little code.
//!
//! The library's stable sort is compiled anew, five kilobytes, for every type and key; the program sorts short lists in
//! some sixty places. Here the algorithm is compiled once, over indices, and each place adds its comparison only.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet},
};

/// Lists up to this long are sorted by insertion.
const SHORT: usize = 12;

/// Stable sorting of a slice, as `sort_by` and `sort_by_key` do it.
pub trait Order<T> {
    /// Sorts by a comparison.
    fn order_by(&mut self, compare: impl FnMut(&T, &T) -> Ordering);

    /// Sorts by a key.
    fn order_by_key<K: Ord>(&mut self, key: impl FnMut(&T) -> K);
}

impl<T> Order<T> for [T] {
    fn order_by(&mut self, mut compare: impl FnMut(&T, &T) -> Ordering) {
        if self.len() <= SHORT {
            for end in 1..self.len() {
                let mut i = end;
                while i > 0 && compare(&self[i - 1], &self[i]) == Ordering::Greater {
                    self.swap(i - 1, i);
                    i -= 1;
                }
            }
            return;
        }
        if self.is_sorted_by(|a, b| compare(a, b) != Ordering::Greater) {
            return;
        }
        let mut order: Vec<usize> = (0..self.len()).collect();
        sort_indices(&mut order, &mut |a, b| compare(&self[a], &self[b]));
        // Each cycle of the permutation is walked once; what is at its place is marked with its own index.
        for start in 0..order.len() {
            let mut at = start;
            while order[at] != start {
                let from = order[at];
                self.swap(at, from);
                order[at] = at;
                at = from;
            }
            order[at] = at;
        }
    }

    fn order_by_key<K: Ord>(&mut self, mut key: impl FnMut(&T) -> K) {
        self.order_by(|a, b| key(a).cmp(&key(b)));
    }
}

/// The set of all items. The library sorts them first, which is compiled anew for every type.
pub fn set<T: Ord>(items: impl IntoIterator<Item = T>) -> BTreeSet<T> {
    let mut set = BTreeSet::new();
    set.extend(items);
    set
}

/// The map of all pairs; of several with one key the last. See [`set`].
pub fn map<K: Ord, V>(pairs: impl IntoIterator<Item = (K, V)>) -> BTreeMap<K, V> {
    let mut map = BTreeMap::new();
    map.extend(pairs);
    map
}

fn sort_indices(order: &mut [usize], compare: &mut dyn FnMut(usize, usize) -> Ordering) {
    order.sort_by(|&a, &b| compare(a, b));
}

#[cfg(test)]
mod tests {
    use super::Order;

    #[test]
    fn it_sorts_as_the_library_does() {
        // A small generator of numbers is enough; many equal keys show whether the order is stable.
        let mut state = 1_u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state >> 16
        };
        for len in (0..40).chain([100, 1000]) {
            let list: Vec<(u32, usize)> = (0..len).map(|i| (next() % 9, i)).collect();
            let (mut ours, mut theirs) = (list.clone(), list);
            ours.order_by_key(|x| x.0);
            theirs.sort_by_key(|x| x.0);
            assert_eq!(ours, theirs);
            ours.order_by(|a, b| b.cmp(a));
            theirs.sort_by(|a, b| b.cmp(a));
            assert_eq!(ours, theirs);
        }
    }
}
