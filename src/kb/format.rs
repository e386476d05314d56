//! The bytes of a knowledge base. All numbers are little-endian; all records have a fixed width, so that
//! they are read in place, each access checked. `docs/kb-format.md` describes them.

use std::{collections::BTreeMap, fmt, ops::Range, sync::Arc};

use crate::{base::date::Date, kb::error::KbError};

/// The version of the format; a base of another version is refused.
pub const VERSION: u32 = 1;
const MAGIC: [u8; 4] = *b"CDKB";
/// Magic, version, number of sections, four bytes of zero, checksum, length.
const HEADER: usize = 32;
/// Start and length of each section.
const SECTION_ENTRY: usize = 8;
/// Stands for "no entity".
pub(super) const NONE: u32 = u32::MAX;

// Flags of a name.
pub(super) const LAST: u8 = 1;
pub(super) const DERIVED: u8 = 2;
pub(super) const WEAK: u8 = 4;
pub(super) const FORMER: u8 = 8;

// Relations: (of, relation, entity).
pub(super) const MEMBER: u8 = 0;
pub(super) const PREDECESSOR: u8 = 1;

/// Widths of the records, by section.
pub(super) const ENTITY: usize = 52;
pub(super) const NAME: usize = 12;
pub(super) const TENURE: usize = 36;
pub(super) const WORD: usize = 4;
pub(super) const PAIR: usize = 8;
pub(super) const TRIPLE: usize = 12;
pub(super) const LAYER: usize = 16;

/// The sections, in the order of the table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Section {
    Index,
    Names,
    ByEntity,
    Dates,
    Entities,
    Tenures,
    ByOrg,
    Codes,
    ByWikidata,
    Relations,
    Layers,
    Strings,
}

const SECTIONS: usize = 12;
const WIDTHS: [usize; SECTIONS] = [
    1, NAME, WORD, PAIR, ENTITY, TENURE, WORD, PAIR, PAIR, TRIPLE, LAYER, 1,
];

/// The bytes of a knowledge base: those in the binary, or loaded ones that are shared.
#[derive(Clone)]
pub enum Bytes {
    /// In the binary.
    Static(&'static [u8]),
    /// Loaded, or mapped into memory by the caller.
    Shared(Arc<dyn AsRef<[u8]> + Send + Sync>),
}

impl fmt::Debug for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Bytes({})", self.get().len())
    }
}

impl From<Vec<u8>> for Bytes {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Shared(Arc::new(bytes))
    }
}

impl From<&'static [u8]> for Bytes {
    fn from(bytes: &'static [u8]) -> Self {
        Self::Static(bytes)
    }
}

impl Bytes {
    fn get(&self) -> &[u8] {
        match self {
            Self::Static(bytes) => bytes,
            Self::Shared(bytes) => (**bytes).as_ref(),
        }
    }
}

/// A knowledge base's bytes with its sections found. Every getter is total.
#[derive(Clone, Debug)]
pub(super) struct File {
    bytes: Bytes,
    sections: [Range<usize>; SECTIONS],
}

impl Default for File {
    fn default() -> Self {
        Self {
            bytes: Bytes::Static(&[]),
            sections: [const { 0..0 }; SECTIONS],
        }
    }
}

impl File {
    /// Finds the sections. Costs the same whatever the size: contents are checked by [`File::checksum_holds`]
    /// and, access by access, by the getters.
    pub(super) fn open(bytes: Bytes) -> Result<Self, KbError> {
        let data = bytes.get();
        let word = |at: usize| {
            data.get(at..at + 4)
                .map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
                .ok_or(KbError::format("it is cut short"))
        };
        if data.get(..4) != Some(MAGIC.as_slice()) {
            return Err(KbError::format("it does not begin with CDKB"));
        }
        if word(4)? != VERSION {
            return Err(KbError::format("its format has another version, build it anew"));
        }
        if word(8)? as usize != SECTIONS {
            return Err(KbError::format("its number of sections is wrong"));
        }
        if word(12)? != 0 {
            return Err(KbError::format(
                "its head has bits that this version does not know",
            ));
        }
        let len = u64::from(word(24)?) | u64::from(word(28)?) << 32;
        if len != data.len() as u64 {
            return Err(KbError::format("its length is not what its head says"));
        }
        let mut sections = [const { 0..0 }; SECTIONS];
        for (i, (section, width)) in sections.iter_mut().zip(WIDTHS).enumerate() {
            let at = HEADER + i * SECTION_ENTRY;
            let (start, size) = (word(at)? as usize, word(at + 4)? as usize);
            let end = start.checked_add(size).filter(|end| *end <= data.len());
            *section = start..end.ok_or(KbError::format("a section lies outside of it"))?;
            if size % width != 0 {
                return Err(KbError::format("a section ends within a record"));
            }
        }
        Ok(Self { bytes, sections })
    }

    /// Whether the contents are those that were written. Reads every byte.
    pub(super) fn checksum_holds(&self) -> bool {
        let data = self.bytes.get();
        match (data.get(16..24), data.get(HEADER..)) {
            (Some(sum), Some(body)) => sum == checksum(body).to_le_bytes(),
            _ => data.is_empty(),
        }
    }

    pub(super) fn section(&self, section: Section) -> &[u8] {
        self.bytes
            .get()
            .get(self.sections[section as usize].clone())
            .unwrap_or(&[])
    }

    /// Number of records.
    pub(super) fn count(&self, section: Section) -> u32 {
        let width = WIDTHS[section as usize];
        u32::try_from(self.sections[section as usize].len() / width).unwrap_or(u32::MAX)
    }

    /// Record number `i`.
    pub(super) fn record(&self, section: Section, i: u32) -> Option<&[u8]> {
        let width = WIDTHS[section as usize];
        let at = (i as usize).checked_mul(width)?;
        self.section(section).get(at..at.checked_add(width)?)
    }

    /// The number at byte `at` of record `i`.
    pub(super) fn word(&self, section: Section, i: u32, at: usize) -> Option<u32> {
        let b = self.record(section, i)?.get(at..at + 4)?;
        Some(u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
    }

    /// The string at `at`; empty for 0 and for what is no string.
    pub(super) fn string(&self, at: u32) -> &str {
        let read = || {
            let rest = self.section(Section::Strings).get(at as usize..)?;
            let (len, rest) = match rest {
                [low, high, rest @ ..] if *low >= 0x80 => {
                    (usize::from(*low & 0x7f) | usize::from(*high) << 7, rest)
                }
                [len, rest @ ..] => (usize::from(*len), rest),
                [] => return None,
            };
            std::str::from_utf8(rest.get(..len)?).ok()
        };
        read().unwrap_or("")
    }
}

/// A date in four bytes; 0 is none.
pub(super) fn pack_date(date: Option<Date>) -> u32 {
    date.map_or(0, |d| {
        u32::from(d.year.max(0).unsigned_abs()) << 16 | u32::from(d.month) << 8 | u32::from(d.day)
    })
}

/// The date that [`pack_date`] packed; `None` for what no calendar has.
pub(super) fn unpack_date(packed: u32) -> Option<Date> {
    let [day, month, year_low, year_high] = packed.to_le_bytes();
    let year = i16::try_from(u16::from_le_bytes([year_low, year_high])).ok()?;
    match (month, day) {
        _ if packed == 0 => None,
        (0, 0) | (1..=12, 0) => Some(Date { year, month, day }),
        _ => Date::from_ymd(year, month, day),
    }
}

/// A 64-bit sum over words of eight bytes: fast, and any single changed byte changes it.
fn checksum(data: &[u8]) -> u64 {
    let mut sum: u64 = 0xcbf2_9ce4_8422_2325 ^ data.len() as u64;
    for chunk in data.chunks(8) {
        let mut word = [0; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        sum = (sum ^ u64::from_le_bytes(word)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        sum ^= sum >> 29;
    }
    sum
}

/// Gathers the sections.
#[derive(Default)]
pub(super) struct Writer {
    pub(super) index: Vec<u8>,
    pub(super) names: Vec<u8>,
    pub(super) by_entity: Vec<u8>,
    pub(super) dates: Vec<u8>,
    pub(super) entities: Vec<u8>,
    pub(super) tenures: Vec<u8>,
    pub(super) by_org: Vec<u8>,
    pub(super) codes: Vec<u8>,
    pub(super) by_wikidata: Vec<u8>,
    pub(super) relations: Vec<u8>,
    pub(super) layers: Vec<u8>,
    strings: Vec<u8>,
    interned: BTreeMap<String, u32>,
}

impl Writer {
    /// Where the string stands; 0 for the empty one. A string is stored once.
    pub(super) fn intern(&mut self, text: &str) -> u32 {
        if text.is_empty() {
            return 0;
        }
        if let Some(at) = self.interned.get(text) {
            return *at;
        }
        if self.strings.is_empty() {
            self.strings.push(0);
        }
        let at = self.strings.len() as u32;
        let mut text_end = text.len().min(0x7fff);
        while !text.is_char_boundary(text_end) {
            text_end -= 1;
        }
        if text_end < 0x80 {
            self.strings.push(text_end as u8);
        } else {
            self.strings
                .extend([0x80 | (text_end & 0x7f) as u8, (text_end >> 7) as u8]);
        }
        self.strings.extend(&text.as_bytes()[..text_end]);
        self.interned.insert(text.to_owned(), at);
        at
    }

    /// The whole file.
    pub(super) fn finish(self) -> Vec<u8> {
        let sections: [Vec<u8>; SECTIONS] = [
            self.index,
            self.names,
            self.by_entity,
            self.dates,
            self.entities,
            self.tenures,
            self.by_org,
            self.codes,
            self.by_wikidata,
            self.relations,
            self.layers,
            self.strings,
        ];
        let mut body = Vec::new();
        let mut at = HEADER + SECTIONS * SECTION_ENTRY;
        for section in &sections {
            body.extend((at as u32).to_le_bytes());
            body.extend((section.len() as u32).to_le_bytes());
            at += section.len();
        }
        for section in &sections {
            body.extend(section);
        }
        let mut out = Vec::with_capacity(HEADER + body.len());
        out.extend(MAGIC);
        out.extend(VERSION.to_le_bytes());
        out.extend((SECTIONS as u32).to_le_bytes());
        out.extend(0u32.to_le_bytes());
        out.extend(checksum(&body).to_le_bytes());
        out.extend(((HEADER + body.len()) as u64).to_le_bytes());
        out.extend(body);
        out
    }
}
