//! The name index: a finite state transducer as the `fst` crate writes it (format version 3), read with
//! every access checked.
//!
//! The crate's own reader trusts its bytes and panics on damaged ones. A knowledge base may be a file that
//! somebody hands in, and checking a large file whole at every start would cost more than the walk itself,
//! so this reader answers `None` instead. The tests hold it against the crate's reader.

use crate::kb::format::Part;

/// The version of the transducer format that is read.
const FST_VERSION: u64 = 3;
/// Above this number of transitions a node carries a table of 256 entries.
const INDEX_THRESHOLD: usize = 32;

/// Inputs that are stored in six bits of the node's first byte, most common first.
const COMMON: &[u8; 63] = b"te/oasripcnw.hlm-du012g=:bf3y5&_4v9678k%?xCDASFIBEjPTzRNM+LOqHG";

/// A transducer over borrowed bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Index<'a> {
    data: Part<'a>,
}

/// A state of the transducer: the address of a node. Zero is the final node without transitions.
pub(super) type Addr = usize;

/// What the fields of a node with any number of transitions are.
struct Any {
    is_final: bool,
    n: usize,
    t_size: usize,
    o_size: usize,
    /// Just behind the last byte of the inputs' field (before the table, if there is one).
    inputs_end: usize,
    /// Where the table of 256 entries starts, if there is one.
    table: Option<usize>,
}

impl<'a> Index<'a> {
    /// The transducer in `data`, if its frame is sound; nodes are checked when they are read.
    pub(super) fn new(data: impl Into<Part<'a>>) -> Option<(Self, Addr)> {
        let data = data.into();
        if data.len() < 36 || read(data, 0, 8)? != FST_VERSION {
            return None;
        }
        let root = usize::try_from(read(data, data.len() - 12, 8)?).ok()?;
        (root < data.len()).then_some((Self { data }, root))
    }

    /// The same, when [`Index::new`] has accepted these bytes before.
    pub(super) fn over(data: Part<'a>) -> Self {
        Self { data }
    }

    /// The transition of the node at `addr` for the byte `input`: the next node and what to add to the
    /// output.
    pub(super) fn next(self, addr: Addr, input: u8) -> Option<(Addr, u64)> {
        if addr == 0 {
            return None;
        }
        let state = self.data.byte(addr)?;
        match state >> 6 {
            0b11 => {
                let (byte, end) = self.single_input(state, addr)?;
                (byte == input).then_some((end.checked_sub(1)?, 0))
            }
            0b10 => {
                let (byte, sizes_at) = self.single_input(state, addr)?;
                if byte != input {
                    return None;
                }
                let sizes_at = sizes_at.checked_sub(1)?;
                let (t_size, o_size) = sizes(self.data.byte(sizes_at)?)?;
                let at = sizes_at.checked_sub(t_size)?;
                let end = at.checked_sub(o_size)?;
                let out = read(self.data, end, o_size)?;
                Some((self.target(at, t_size, end)?, out))
            }
            _ => {
                let node = self.any(state, addr)?;
                let i = self.find(&node, input)?;
                self.transition(&node, i)
            }
        }
    }

    /// Whether a key ends at the node, and if so what to add to the output.
    pub(super) fn final_output(self, addr: Addr) -> Option<u64> {
        if addr == 0 {
            return Some(0);
        }
        let state = self.data.byte(addr)?;
        if state >> 6 >= 0b10 {
            return None;
        }
        let node = self.any(state, addr)?;
        if !node.is_final {
            return None;
        }
        let at = self.outputs_end(&node)?.checked_sub((node.n + 1) * node.o_size)?;
        read(self.data, at, node.o_size)
    }

    /// Calls `visit` with the input, target and output of each transition of a node, in order of input.
    pub(super) fn each(self, addr: Addr, mut visit: impl FnMut(u8, Addr, u64)) {
        let mut run = || -> Option<()> {
            if addr == 0 {
                return None;
            }
            let state = self.data.byte(addr)?;
            if state >> 6 >= 0b10 {
                let (byte, _) = self.single_input(state, addr)?;
                let (to, out) = self.next(addr, byte)?;
                visit(byte, to, out);
                return None;
            }
            let node = self.any(state, addr)?;
            for i in 0..node.n {
                let byte = self.data.byte(node.inputs_end.checked_sub(i + 1)?)?;
                let (to, out) = self.transition(&node, i)?;
                visit(byte, to, out);
            }
            None
        };
        run();
    }

    /// The input of a node with one transition, and the address behind which its other fields end.
    fn single_input(self, state: u8, addr: Addr) -> Option<(u8, usize)> {
        match state & 0b11_1111 {
            0 => {
                let at = addr.checked_sub(1)?;
                Some((self.data.byte(at)?, at))
            }
            common => Some((*COMMON.get(usize::from(common) - 1)?, addr)),
        }
    }

    fn any(self, state: u8, addr: Addr) -> Option<Any> {
        let mut at = addr;
        let mut n = usize::from(state & 0b11_1111);
        if n == 0 {
            at = at.checked_sub(1)?;
            n = usize::from(self.data.byte(at)?);
            if n == 1 {
                // One transition never stands here, so the writer uses 1 for 256.
                n = 256;
            }
        }
        at = at.checked_sub(1)?;
        let (t_size, o_size) = sizes(self.data.byte(at)?)?;
        let table = if n > INDEX_THRESHOLD {
            at = at.checked_sub(256)?;
            Some(at)
        } else {
            None
        };
        Some(Any {
            is_final: state & 0b0100_0000 != 0,
            n,
            t_size,
            o_size,
            inputs_end: at,
            table,
        })
    }

    fn find(self, node: &Any, input: u8) -> Option<usize> {
        if let Some(table) = node.table {
            let i = usize::from(self.data.byte(table + usize::from(input))?);
            return (i < node.n).then_some(i);
        }
        let inputs = self.data.slice(node.inputs_end.checked_sub(node.n)?, node.n)?;
        let at = inputs.iter().position(|&b| b == input)?;
        Some(node.n - at - 1)
    }

    fn outputs_end(self, node: &Any) -> Option<usize> {
        node.inputs_end.checked_sub(node.n + node.n * node.t_size)
    }

    fn transition(self, node: &Any, i: usize) -> Option<(Addr, u64)> {
        let outputs_end = self.outputs_end(node)?;
        let n_outputs = node.n + usize::from(node.is_final);
        let end = outputs_end.checked_sub(n_outputs * node.o_size)?;
        let out = read(
            self.data,
            outputs_end.checked_sub((i + 1) * node.o_size)?,
            node.o_size,
        )?;
        let at = node.inputs_end.checked_sub(node.n + (i + 1) * node.t_size)?;
        Some((self.target(at, node.t_size, end)?, out))
    }

    /// A target is stored as a distance back from the end of the node's fields, which is always a
    /// lower address: a walk through damaged bytes ends.
    fn target(self, at: usize, size: usize, end: usize) -> Option<Addr> {
        match usize::try_from(read(self.data, at, size)?).ok()? {
            0 => Some(0),
            delta => end.checked_sub(delta),
        }
    }
}

/// The sizes of transitions and of outputs, in bytes.
fn sizes(byte: u8) -> Option<(usize, usize)> {
    let (t, o) = (usize::from(byte >> 4), usize::from(byte & 0b1111));
    (t <= 8 && o <= 8).then_some((t, o))
}

fn read(data: Part<'_>, at: usize, size: usize) -> Option<u64> {
    let mut n = 0;
    for (i, &b) in data.slice(at, size)?.iter().enumerate() {
        n |= u64::from(b) << (8 * i);
    }
    Some(n)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn build(map: &BTreeMap<String, u64>) -> Vec<u8> {
        let mut builder = fst::MapBuilder::memory();
        for (key, value) in map {
            builder.insert(key, *value).unwrap();
        }
        builder.into_inner().unwrap()
    }

    fn get(index: Index<'_>, root: Addr, key: &str) -> Option<u64> {
        let (mut node, mut out) = (root, 0u64);
        for byte in key.bytes() {
            let (to, more) = index.next(node, byte)?;
            node = to;
            out = out.wrapping_add(more);
        }
        Some(out.wrapping_add(index.final_output(node)?))
    }

    fn all(index: Index<'_>, node: Addr, key: &mut Vec<u8>, out: u64, found: &mut BTreeMap<Vec<u8>, u64>) {
        if let Some(more) = index.final_output(node) {
            found.insert(key.clone(), out + more);
        }
        index.each(node, |byte, to, more| {
            key.push(byte);
            all(index, to, key, out + more, found);
            key.pop();
        });
    }

    proptest! {
        #[test]
        fn reads_what_the_crate_writes(
            map in prop::collection::btree_map("[a-e é-ž]{0,7}", any::<u32>().prop_map(u64::from), 0..200),
            others in prop::collection::vec("[a-e é-ž]{0,7}", 0..50),
        ) {
            let bytes = build(&map);
            let (index, root) = Index::new(bytes.as_slice()).unwrap();
            let crates = fst::Map::new(&bytes).unwrap();
            for key in map.keys().chain(&others) {
                prop_assert_eq!(get(index, root, key), crates.get(key));
            }
            let mut found = BTreeMap::new();
            all(index, root, &mut Vec::new(), 0, &mut found);
            let wanted: BTreeMap<Vec<u8>, u64> =
                map.iter().map(|(key, value)| (key.clone().into_bytes(), *value)).collect();
            prop_assert_eq!(found, wanted);
        }

        #[test]
        fn nodes_with_a_table_are_read(values in prop::collection::vec(any::<u16>(), 256)) {
            let mut builder = fst::MapBuilder::memory();
            for (byte, value) in values.iter().enumerate() {
                builder.insert([byte as u8], u64::from(*value)).unwrap();
            }
            let bytes = builder.into_inner().unwrap();
            let (index, root) = Index::new(bytes.as_slice()).unwrap();
            for (byte, value) in values.iter().enumerate() {
                let (to, out) = index.next(root, byte as u8).unwrap();
                prop_assert_eq!(out + index.final_output(to).unwrap(), u64::from(*value));
            }
        }

        #[test]
        fn damage_gives_an_answer_or_none(
            at in any::<prop::sample::Index>(),
            bit in 0u8..8,
            keys in prop::collection::vec("[a-e ]{0,7}", 1..20),
        ) {
            let map: BTreeMap<String, u64> = crate::base::order::map(keys.iter().cloned().zip(1u64..));
            let mut bytes = build(&map);
            let at = at.index(bytes.len());
            bytes[at] ^= 1 << bit;
            if let Some((index, root)) = Index::new(bytes.as_slice()) {
                for key in &keys {
                    get(index, root, key);
                }
                index.each(root, |_, _, _| {});
            }
        }
    }
}
