//! Linear models over hashed features: one row of small weights for each feature that training kept,
//! found by a 64-bit hash. Read in place from bytes; nothing is unpacked at start-up.

use std::fmt;

pub use scores::Scores;
use scores::{ONES, zeros};

mod scores;

/// What a file of weights begins with.
const MAGIC: &[u8; 4] = b"CDLM";
/// The layout of the file; raised when old weights can no longer be read.
const VERSION: u32 = 1;
/// Magic, version, checksum.
const HEADER: usize = 16;
/// Features share a bucket of this many; a ninth is not kept. One look at one cache line finds a row.
pub const BUCKET: usize = 8;

/// So many bytes of a list the allocator puts on pages of their own.
const OWN_PAGES: usize = 1 << 17;

/// A list that a thread keeps from sentence to sentence. It stands on pages of its own, of which those that nothing is put
/// on cost nothing: a small one would lie among what a document leaves behind, and hold that in memory.
pub fn kept_list<T>() -> Vec<T> {
    Vec::with_capacity(OWN_PAGES / size_of::<T>().max(1) + 1)
}

/// Why a file of weights cannot be used.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LinearError(String);

impl LinearError {
    /// An error with a message of one line.
    pub fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl fmt::Display for LinearError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for LinearError {}

/// A file of named sections behind a header of magic, version and checksum. Numbers are little-endian.
#[derive(Clone, Copy, Debug)]
pub struct Sections<'a> {
    body: &'a [u8],
}

impl<'a> Sections<'a> {
    /// Reads the header, and proves the checksum.
    pub fn read(bytes: &'a [u8]) -> Result<Self, LinearError> {
        let sections = Self::read_unchecked(bytes)?;
        let stored = bytes.get(8..HEADER).map_or(0, le_u64);
        if checksum(sections.body) != stored {
            return Err(LinearError::new(
                "weights are damaged: the checksum does not match",
            ));
        }
        Ok(sections)
    }

    /// Reads the header alone: for weights that are part of the program, whose checksum a test has
    /// proved, so that starting costs nothing.
    pub fn read_unchecked(bytes: &'a [u8]) -> Result<Self, LinearError> {
        if bytes.get(..4) != Some(MAGIC) {
            return Err(LinearError::new(
                "not a file of weights: it does not begin with CDLM",
            ));
        }
        let version = bytes.get(4..8).map_or(0, le_u32);
        if version != VERSION {
            return Err(LinearError::new(format!(
                "weights are of version {version}, this program reads version {VERSION}: train them again"
            )));
        }
        let body = bytes
            .get(HEADER..)
            .ok_or_else(|| LinearError::new("weights are damaged: the file ends inside its header"))?;
        Ok(Self { body })
    }

    /// The bytes of the section called `name`.
    pub fn get(&self, name: &[u8; 4]) -> Result<&'a [u8], LinearError> {
        let mut rest = self.body;
        while let Some((head, tail)) = rest.split_at_checked(8) {
            let length = head.get(4..8).map_or(0, le_u32) as usize;
            let Some((section, next)) = tail.split_at_checked(length) else {
                break;
            };
            if head.get(..4) == Some(name) {
                return Ok(section);
            }
            rest = next;
        }
        Err(LinearError::new(format!(
            "weights are damaged: section {} is missing",
            String::from_utf8_lossy(name)
        )))
    }

    /// Writes a file from its sections.
    pub fn write(sections: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
        let mut body = Vec::new();
        for (name, bytes) in sections {
            body.extend_from_slice(*name);
            body.extend_from_slice(&(bytes.len() as u32).to_le_bytes());
            body.extend_from_slice(bytes);
        }
        let mut out = MAGIC.to_vec();
        out.extend_from_slice(&VERSION.to_le_bytes());
        out.extend_from_slice(&checksum(&body).to_le_bytes());
        out.extend_from_slice(&body);
        out
    }
}

/// Features that are looked up together.
#[derive(Clone, Debug)]
pub struct Features {
    hashes: [u64; Self::MOST],
    /// Where the rows of those that are there begin.
    slots: [u32; Self::MOST],
    n: usize,
    /// Where each group ends.
    ends: [usize; Self::GROUPS],
    n_groups: usize,
}

impl Default for Features {
    fn default() -> Self {
        Self {
            hashes: [0; Self::MOST],
            slots: [0; Self::MOST],
            n: 0,
            ends: [0; Self::GROUPS],
            n_groups: 0,
        }
    }
}

impl Features {
    /// How many there can be: the name tagger asks for 43 of a word. A power of two.
    pub const MOST: usize = 64;
    /// How many groups there can be.
    pub const GROUPS: usize = 5;

    /// One more.
    #[inline(always)]
    pub fn put(&mut self, hash: u64) {
        if let Some(place) = self.hashes.get_mut(self.n) {
            *place = hash;
            self.n += 1;
        }
    }

    /// Ends a group: what is put then is added to the next sum.
    #[inline(always)]
    pub fn end_group(&mut self) {
        if let Some(end) = self.ends.get_mut(self.n_groups) {
            *end = self.n;
            self.n_groups += 1;
        }
    }
}

/// Rows of weights, one for each label, found by the hash of a feature. Scores are added up in `L` lanes,
/// of which those past the last label hold nothing of use: a row is read with the beginning of the next.
#[derive(Clone, Copy, Debug)]
pub struct Table<'a, const L: usize> {
    n_buckets: u64,
    n_labels: usize,
    prints: &'a [u8],
    rows: &'a [u8],
}

impl<'a, const L: usize> Table<'a, L> {
    /// Reads a table that [`Table::write`] has written, for `n_labels` labels.
    pub fn read(bytes: &'a [u8], n_labels: usize) -> Result<Self, LinearError> {
        let damaged = || LinearError::new("weights are damaged: a table has the wrong size");
        let n_buckets = u64::from(bytes.get(..4).map(le_u32).ok_or_else(damaged)?);
        let stored = bytes.get(4..8).map(le_u32).ok_or_else(damaged)?;
        if stored as usize != n_labels || n_labels > L {
            return Err(LinearError::new(format!(
                "weights have {stored} labels a row, this program expects {n_labels}: train them again"
            )));
        }
        let (prints, rows) = bytes
            .get(8..)
            .and_then(|b| b.split_at_checked(n_buckets as usize * BUCKET * 2))
            .ok_or_else(damaged)?;
        if rows.len() != n_buckets as usize * BUCKET * n_labels + L {
            return Err(damaged());
        }
        Ok(Self {
            n_buckets,
            n_labels,
            prints,
            rows,
        })
    }

    /// Which of `hashes`, the most important first, find a place in a table of `n_buckets` buckets: where
    /// a bucket is full, the rest is dropped.
    pub fn fitting(n_buckets: u32, hashes: impl IntoIterator<Item = u64>) -> Vec<bool> {
        let mut filled = vec![0; n_buckets as usize];
        hashes
            .into_iter()
            .map(|hash| {
                let bucket = &mut filled[bucket_of(hash, u64::from(n_buckets))];
                *bucket += 1;
                *bucket <= BUCKET
            })
            .collect()
    }

    /// Writes a table of `n_buckets` buckets from features with their weights, those of the first
    /// `n_labels` labels; a feature that finds its bucket full is dropped.
    pub fn write(n_buckets: u32, n_labels: usize, features: &[(u64, [i8; L])]) -> Vec<u8> {
        let n_slots = n_buckets as usize * BUCKET;
        let (mut prints, mut rows) = (vec![0u16; n_slots], vec![0u8; n_slots * n_labels + L]);
        for (hash, weights) in features {
            let first = bucket_of(*hash, u64::from(n_buckets)) * BUCKET;
            let Some(slot) = (first..first + BUCKET).find(|&slot| prints[slot] == 0) else {
                continue;
            };
            prints[slot] = print_of(*hash);
            for (to, from) in rows[slot * n_labels..(slot + 1) * n_labels]
                .iter_mut()
                .zip(weights)
            {
                *to = *from as u8;
            }
        }
        let mut out = n_buckets.to_le_bytes().to_vec();
        out.extend_from_slice(&(n_labels as u32).to_le_bytes());
        out.extend(prints.iter().flat_map(|p| p.to_le_bytes()));
        out.extend_from_slice(&rows);
        out
    }

    /// Adds the weights of each group of `features` to one of `sums`, nothing for those that training did not keep, and takes them.
    /// Most rows are far off in memory. So all are looked for and touched first, without a branch that hangs on what is found:
    /// then the processor waits for many of them at once, and not for one after the other.
    #[inline(never)]
    pub fn add<const N: usize>(&self, features: &mut Features, sums: &mut [Scores<N>]) {
        let buckets = self.prints.as_chunks::<{ BUCKET * 2 }>().0;
        let Features {
            hashes,
            slots,
            n,
            ends,
            n_groups,
        } = features;
        let mut touched = 0;
        for hash in hashes.iter().take(*n) {
            touched |= buckets.get(bucket_of(*hash, self.n_buckets)).map_or(0, |b| b[0]);
        }
        let (mut from, mut found) = (0, 0);
        for end in ends.iter_mut().take(*n_groups) {
            for hash in hashes.get(from..*end).unwrap_or(&[]) {
                let bucket = bucket_of(*hash, self.n_buckets);
                let (place, is_there) = buckets
                    .get(bucket)
                    .map_or((0, false), |prints| place_of(prints, print_of(*hash)));
                slots[found % Features::MOST] = ((bucket * BUCKET + place) * self.n_labels) as u32;
                found += usize::from(is_there);
            }
            from = std::mem::replace(end, found);
        }
        for slot in slots.iter().take(found) {
            let at = *slot as usize;
            touched |= self.rows.get(at).copied().unwrap_or(0);
            touched |= self.rows.get(at + L - 1).copied().unwrap_or(0);
        }
        std::hint::black_box(touched);
        let mut from = 0;
        for (sum, end) in sums.iter_mut().zip(ends.iter().take(*n_groups)) {
            for slot in slots.get(from..*end).unwrap_or(&[]) {
                let row = self.rows.get(*slot as usize..).and_then(|r| r.first_chunk::<L>());
                if let Some(row) = row {
                    sum.add_row(row);
                }
            }
            from = *end;
        }
        (*n, *n_groups) = (0, 0);
    }
}

/// Mixes two values into a hash that is good in its high bits.
#[inline]
pub fn mix(a: u64, b: u64) -> u64 {
    let x = (a ^ b.rotate_left(29)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let x = (x ^ (x >> 32))
        .wrapping_add(b)
        .wrapping_mul(0xD6E8_FEB8_6659_FD93);
    x ^ (x >> 29)
}

/// The hash of some bytes.
#[inline]
pub fn hash_bytes(bytes: &[u8], seed: u64) -> u64 {
    let mut h = seed ^ (bytes.len() as u64).wrapping_mul(0xA076_1D64_78BD_642F);
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        h = mix(h, le_u64(chunk));
    }
    let mut last = 0u64;
    for (k, b) in chunks.remainder().iter().enumerate() {
        last |= u64::from(*b) << (8 * k);
    }
    mix(h, last)
}

/// Which of the fingerprints in a bucket is `print`, the first if several are, and whether any is: four of them are compared at
/// once, in the lanes of a number. Nobody can foretell where it stands, so that no branch hangs on it.
#[inline(always)]
fn place_of(prints: &[u8; BUCKET * 2], print: u16) -> (usize, bool) {
    let wanted = u64::from(print) * ONES;
    let (low, high) = prints.split_at(BUCKET);
    let (first, second) = (zeros(le_u64(low) ^ wanted), zeros(le_u64(high) ^ wanted));
    let in_first = u64::from(first != 0);
    let lanes = first | (second & in_first.wrapping_sub(1));
    // The highest bit of the first such lane, moved to its lowest: it moves the number of the lane to the top.
    let lane = (lanes & lanes.wrapping_neg()) >> 15;
    let place = lane.wrapping_mul(0x0000_0001_0002_0003) >> 48;
    ((place + 4 - 4 * in_first) as usize, lanes != 0)
}

fn bucket_of(hash: u64, n_buckets: u64) -> usize {
    (((hash >> 32) * n_buckets) >> 32) as usize
}

/// A fingerprint that is never 0, which marks an empty slot; its bits are not those that chose the bucket.
fn print_of(hash: u64) -> u16 {
    (hash as u16).max(1)
}

fn checksum(bytes: &[u8]) -> u64 {
    hash_bytes(bytes, 0x6364_6c6d)
}

/// The first four bytes as a number; 0 when there are fewer.
pub fn le_u32(bytes: &[u8]) -> u32 {
    bytes.first_chunk().map_or(0, |b| u32::from_le_bytes(*b))
}

/// The first eight bytes as a number; 0 when there are fewer.
pub fn le_u64(bytes: &[u8]) -> u64 {
    bytes.first_chunk().map_or(0, |b| u64::from_le_bytes(*b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_gives_back_what_was_put_in() {
        let features: Vec<(u64, [i8; 8])> = (0..1000u64)
            .map(|k| (mix(k, 7), [k as i8, 1, -(k as i8 / 2), 0, 0, 0, 0, 0]))
            .collect();
        let bytes = Table::<8>::write(150, 3, &features);
        let table = Table::<8>::read(&bytes, 3).expect("a table just written");
        let fits = Table::<8>::fitting(150, features.iter().map(|f| f.0));
        assert!(fits.iter().filter(|&&f| f).count() > 900);
        let entries = features;
        let mut features = Features::default();
        for ((hash, weights), fits) in entries.iter().zip(fits) {
            let mut scores = Scores::<1>::ZERO;
            features.put(*hash);
            features.end_group();
            table.add(&mut features, std::slice::from_mut(&mut scores));
            let want = if fits { weights.map(i16::from) } else { [0; 8] };
            assert_eq!([0, 1, 2].map(|k| scores.of(k)), want[..3]);
        }
        let mut scores = Scores::<1>::ZERO;
        features.put(mix(5000, 7));
        features.end_group();
        table.add(&mut features, std::slice::from_mut(&mut scores));
        assert_eq!(scores, Scores::ZERO);
        assert!(Table::<8>::read(&bytes, 4).is_err());
        assert!(Table::<8>::read(&bytes[1..], 3).is_err());
    }

    #[test]
    fn a_fingerprint_is_found_where_it_stands_first() {
        // Each pair of neighbors that a borrow could run between, in each place.
        let values = [0u16, 1, 2, 0x7fff, 0x8000, 0x8001, 0xfffe, 0xffff];
        for wanted in values {
            for (a, b) in values.iter().flat_map(|a| values.map(|b| (*a, b))) {
                for at in 0..BUCKET - 1 {
                    let mut bucket = [wanted ^ 0x0100; BUCKET];
                    (bucket[at], bucket[at + 1]) = (a, b);
                    let mut bytes = [0; BUCKET * 2];
                    for (to, print) in bytes.chunks_mut(2).zip(bucket) {
                        to.copy_from_slice(&print.to_le_bytes());
                    }
                    let want = bucket.iter().position(|p| *p == wanted);
                    let (place, is_there) = place_of(&bytes, wanted);
                    assert_eq!(is_there.then_some(place), want, "{bucket:x?} {wanted:x}");
                }
            }
        }
    }

    #[test]
    fn damage_is_named() {
        let good = Sections::write(&[(b"ABCD", &[1, 2, 3]), (b"EFGH", &[4])]);
        let sections = Sections::read(&good).expect("a file just written");
        assert_eq!(sections.get(b"EFGH"), Ok(&[4u8][..]));
        assert!(sections.get(b"IJKL").is_err());
        for i in 0..good.len() {
            let mut bad = good.clone();
            bad[i] ^= 0x40;
            assert!(Sections::read(&bad).is_err(), "byte {i}");
            assert!(Sections::read(&good[..i]).is_err(), "cut at {i}");
        }
    }
}
