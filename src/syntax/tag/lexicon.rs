//! The tag dictionary: which parts of speech training saw a word in.

use crate::syntax::linear::{LinearError, le_u32, mix};

/// How a word is written, as far as the dictionary tells words apart ("may" and "May").
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(u8)]
pub enum Case {
    /// Begins with a small letter, or has none.
    Lower,
    /// Begins with a capital.
    Capital,
    /// All capitals.
    Upper,
    /// The case says nothing: the first word of a sentence, a headline in capitals.
    Unsure,
}

/// The words that have the same set of parts of speech.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Class {
    /// Bit set of labels.
    pub labels: u32,
    /// The only label, where the word is frequent and never had another: it need not be scored.
    pub certain: Option<u8>,
}

/// Words to classes, read in place.
#[derive(Clone, Copy, Debug)]
pub struct Lexicon<'a> {
    classes: &'a [u8],
    slots: &'a [u8],
    n_slots: u64,
}

const CLASS: usize = 5;
const NONE: u8 = 0xff;
const SLOT: usize = 4;
/// How far a word may stand from its place; one in some thousands finds none, and stays unknown.
const PROBES: u64 = 32;

impl<'a> Lexicon<'a> {
    /// A dictionary that knows no word.
    pub const EMPTY: Lexicon<'static> = Lexicon {
        classes: &[],
        slots: &[],
        n_slots: 0,
    };

    /// Reads a dictionary that [`Lexicon::write`] has written.
    pub fn read(bytes: &'a [u8]) -> Result<Self, LinearError> {
        let damaged = || LinearError::new("weights are damaged: the tag dictionary has the wrong size");
        let n_classes = bytes.get(..4).map(le_u32).ok_or_else(damaged)? as usize;
        let n_slots = bytes.get(4..8).map(le_u32).ok_or_else(damaged)?;
        let (classes, slots) = bytes
            .get(8..)
            .and_then(|b| b.split_at_checked(n_classes * CLASS))
            .ok_or_else(damaged)?;
        if slots.len() != n_slots as usize * SLOT {
            return Err(damaged());
        }
        Ok(Self {
            classes,
            slots,
            n_slots: u64::from(n_slots),
        })
    }

    /// Writes a dictionary: `classes`, and for each word (its hash and case) the number of its class.
    /// A word's place is its hash; those that meet move on to the next free slot.
    pub fn write(classes: &[Class], words: &[(u64, Case, u8)]) -> Vec<u8> {
        let n_slots = (words.len() as u64 * 3).div_ceil(2).max(1);
        let mut slots = vec![0u8; n_slots as usize * SLOT];
        for &(word, case, class) in words {
            let hash = key(word, case);
            let place = (0..PROBES)
                .map(|k| ((start(hash, n_slots) + k) % n_slots) as usize * SLOT)
                .find(|&at| slots[at..at + SLOT] == [0; SLOT]);
            if let Some(at) = place {
                let [a, b, c] = print(hash);
                slots[at..at + SLOT].copy_from_slice(&[a, b, c, class]);
            }
        }
        let mut out = (classes.len() as u32).to_le_bytes().to_vec();
        out.extend_from_slice(&(n_slots as u32).to_le_bytes());
        for class in classes {
            out.extend_from_slice(&class.labels.to_le_bytes());
            out.push(class.certain.unwrap_or(NONE));
        }
        out.extend_from_slice(&slots);
        out
    }

    /// The number of the class of a word, given its hash.
    pub fn find(&self, word: u64, case: Case) -> Option<u8> {
        if self.n_slots == 0 {
            return None;
        }
        let hash = key(word, case);
        let want = print(hash);
        for k in 0..PROBES {
            let at = ((start(hash, self.n_slots) + k) % self.n_slots) as usize * SLOT;
            let slot = self.slots.get(at..)?.first_chunk::<SLOT>()?;
            if slot[..3] == want {
                return Some(slot[3]);
            }
            if slot == &[0; SLOT] {
                return None;
            }
        }
        None
    }

    /// The class of this number.
    pub fn class(&self, number: u8) -> Option<Class> {
        let bytes = self
            .classes
            .get(number as usize * CLASS..)?
            .first_chunk::<CLASS>()?;
        Some(Class {
            labels: le_u32(bytes),
            certain: Some(bytes[4]).filter(|&label| label != NONE),
        })
    }
}

fn key(word: u64, case: Case) -> u64 {
    mix(word, case as u64 + 1)
}

fn start(hash: u64, n_slots: u64) -> u64 {
    ((hash >> 32) * n_slots) >> 32
}

/// Never all zero, which marks a free slot.
fn print(hash: u64) -> [u8; 3] {
    [hash as u8 | 1, (hash >> 8) as u8, (hash >> 16) as u8]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_back_with_their_class() {
        let classes = [
            Class {
                labels: 6,
                certain: None,
            },
            Class {
                labels: 8,
                certain: Some(3),
            },
        ];
        let words: Vec<_> = (0..5000u64)
            .map(|k| (mix(k, 1), Case::Lower, (k % 2) as u8))
            .collect();
        let bytes = Lexicon::write(&classes, &words);
        let lexicon = Lexicon::read(&bytes).expect("a dictionary just written");
        let mut found = 0;
        for &(word, case, class) in &words {
            let there = lexicon.find(word, case);
            assert!(there.is_none_or(|c| c == class));
            found += usize::from(there.is_some());
        }
        assert!(found > 4980, "{found} of 5000");
        assert_eq!(lexicon.find(mix(6000, 1), Case::Lower), None);
        assert_eq!(lexicon.find(words[0].0, Case::Capital), None);
        assert_eq!(lexicon.class(1), Some(classes[1]));
        assert_eq!(lexicon.class(2), None);
        assert_eq!(Lexicon::EMPTY.find(1, Case::Lower), None);
    }
}
