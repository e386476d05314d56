//! Room for the best known of many.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::kb::import::{names, record::Item};

/// What is kept of many, the first of an order first, as long as there is room.
#[derive(Debug)]
pub(super) struct Kept<K, T> {
    /// By key: the id, the thing, its cost.
    pub(super) all: BTreeMap<K, (u32, T, usize)>,
    key_of: FxHashMap<u32, K>,
    used: usize,
    room: usize,
}

impl<K: Ord + Copy, T> Kept<K, T> {
    pub(super) fn new(room: usize) -> Self {
        Self {
            all: BTreeMap::new(),
            key_of: FxHashMap::default(),
            used: 0,
            room,
        }
    }

    /// Takes one in, in the place of an earlier one of that id; returns how many were let go for want of room.
    pub(super) fn put(&mut self, id: u32, key: K, one: T, cost: usize) -> u64 {
        let old = self.key_of.insert(id, key);
        if let Some((.., freed)) = old.and_then(|old| self.all.remove(&old)) {
            self.used -= freed;
        }
        self.all.insert(key, (id, one, cost));
        self.used += cost;
        let mut gone = 0;
        while self.used > self.room
            && let Some((_, (id, _, freed))) = self.all.pop_last()
        {
            self.key_of.remove(&id);
            self.used -= freed;
            gone += 1;
        }
        gone
    }

    pub(super) fn each(&self) -> impl Iterator<Item = (&K, &T)> {
        self.all.iter().map(|(key, (_, one, _))| (key, one))
    }
}

/// About how many bytes an item takes in all that is made of it: rows, names made by rule, the index.
pub(super) fn cost(item: &Item, n_offices: usize) -> usize {
    let n_names = item.aliases.len() + item.short.len() + item.official.len();
    1200 + 800 * n_names.min(names::MAX_ALIASES) + 500 * n_offices
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_are_let_go_and_the_later_word_counts() {
        let mut kept: Kept<(u8, u32), &str> = Kept::new(30);
        assert_eq!(kept.put(1, (3, 1), "a", 10), 0);
        assert_eq!(kept.put(2, (2, 2), "b", 10), 0);
        assert_eq!(kept.put(1, (1, 1), "a again", 10), 0);
        assert_eq!(kept.put(3, (4, 3), "c", 10), 0);
        assert_eq!(kept.put(4, (9, 4), "too little known", 10), 1);
        assert_eq!(kept.put(5, (0, 5), "large", 15), 2);
        let all: Vec<&str> = kept.each().map(|(_, name)| *name).collect();
        assert_eq!(all, ["large", "a again"]);
        assert_eq!((kept.used, kept.key_of.len()), (25, 2));
        assert_eq!(kept.put(6, (0, 6), "larger than all room", 40), 2);
        assert_eq!((kept.used, kept.key_of.len()), (15, 1));
    }
}
