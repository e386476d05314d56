//! The bytes of a knowledge base. All numbers are little-endian; all records have a fixed width, so that
//! they are read in place, each access checked. `docs/kb-format.md` describes them.

use std::{
    collections::BTreeMap,
    fmt,
    ops::Range,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering::Relaxed},
    },
};

use crate::{base::date::Date, kb::error::KbError};

/// The version of the format; a base of another version is refused.
pub const VERSION: u32 = 2;
const MAGIC: [u8; 4] = *b"CDKB";
/// Magic, version, number of sections, four bytes of zero, checksum of the rest of the head, length.
const HEADER: usize = 32;
/// Start and length of each section.
const SECTION_ENTRY: usize = 8;
/// Where the checksums of the blocks begin.
const TABLE: usize = HEADER + SECTIONS * SECTION_ENTRY;
/// Length of a block, the unit in which contents are checked: a page, so that a check costs no more
/// reading than the access itself.
const BLOCK: usize = 4096;
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
    Notes,
    Strings,
}

const SECTIONS: usize = 13;
const WIDTHS: [usize; SECTIONS] = [
    1, NAME, WORD, PAIR, ENTITY, TENURE, WORD, PAIR, PAIR, TRIPLE, LAYER, PAIR, 1,
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
///
/// Bytes that come from a file are not read when it is opened: each block of them is compared with its
/// checksum when it is first touched. A block that does not fit answers nothing, and is remembered.
#[derive(Clone, Debug)]
pub(super) struct File {
    bytes: Bytes,
    sections: [Range<usize>; SECTIONS],
    /// None for the bytes in the binary.
    guard: Option<Arc<Guard>>,
}

impl Default for File {
    fn default() -> Self {
        Self {
            bytes: Bytes::Static(&[]),
            sections: [const { 0..0 }; SECTIONS],
            guard: None,
        }
    }
}

impl File {
    /// Finds the sections. Reads the head only, which has eight bytes for each block of four thousand:
    /// contents are checked block by block when they are used, and all of them by
    /// [`File::checksum_holds`].
    pub(super) fn open(bytes: Bytes) -> Result<Self, KbError> {
        let data = bytes.get();
        let word = |at: usize| {
            data.get(at..at + 4)
                .map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
                .ok_or(KbError::format("it is cut short"))
        };
        if data.get(..4) != Some(MAGIC.as_slice()) {
            return Err(KbError::format(
                "it does not begin with CDKB; 'copydesk kb import' makes one of a table or a dump",
            ));
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
        let body = word(HEADER)? as usize;
        let head = data.get(..body).filter(|head| head.len() >= TABLE);
        let head = head.ok_or(KbError::format("its head is cut short"))?;
        let n_blocks = (data.len() - body).div_ceil(BLOCK);
        if (head.len() - TABLE) != n_blocks * 8 {
            return Err(KbError::format("its table of checksums has another length"));
        }
        if head[16..24] != checksum(&head[24..]).to_le_bytes() {
            return Err(KbError::format("its head is damaged, fetch or build it anew"));
        }
        let mut sections = [const { 0..0 }; SECTIONS];
        for (i, (section, width)) in sections.iter_mut().zip(WIDTHS).enumerate() {
            let at = HEADER + i * SECTION_ENTRY;
            let (start, size) = (word(at)? as usize, word(at + 4)? as usize);
            let end = start
                .checked_add(size)
                .filter(|end| body <= start && *end <= data.len());
            *section = start..end.ok_or(KbError::format("a section lies outside of it"))?;
            if size % width != 0 {
                return Err(KbError::format("a section ends within a record"));
            }
        }
        let guard = match bytes {
            Bytes::Static(_) => None,
            Bytes::Shared(_) => Some(Arc::new(Guard::new(body, n_blocks))),
        };
        Ok(Self {
            bytes,
            sections,
            guard,
        })
    }

    /// Whether the contents are those that were written. Reads every byte.
    pub(super) fn checksum_holds(&self) -> bool {
        let data = self.bytes.get();
        let body = self.sections[Section::Index as usize].start;
        let len = data.len().saturating_sub(body);
        len == 0 || Guard::new(body, len.div_ceil(BLOCK)).holds(data, body, len)
    }

    /// The checksum of the head, which holds the checksums of all contents.
    pub(super) fn fingerprint(&self) -> u64 {
        let sum = self.bytes.get().get(16..24);
        sum.and_then(|b| b.try_into().ok()).map_or(0, u64::from_le_bytes)
    }

    /// Whether a damaged block was touched so far.
    pub(super) fn is_damaged(&self) -> bool {
        self.guard.as_ref().is_some_and(|g| g.damaged.load(Relaxed))
    }

    #[inline(always)]
    pub(super) fn section(&self, section: Section) -> Part<'_> {
        let range = &self.sections[section as usize];
        Part {
            data: self.bytes.get(),
            start: range.start,
            len: range.len(),
            guard: self.guard.as_deref(),
        }
    }

    /// Number of records.
    pub(super) fn count(&self, section: Section) -> u32 {
        let width = WIDTHS[section as usize];
        u32::try_from(self.sections[section as usize].len() / width).unwrap_or(u32::MAX)
    }

    /// Record number `i`.
    #[inline(always)]
    pub(super) fn record(&self, section: Section, i: u32) -> Option<&[u8]> {
        let width = WIDTHS[section as usize];
        let at = (i as usize).checked_mul(width)?;
        self.section(section).slice(at, width)
    }

    /// The number at byte `at` of record `i`.
    #[inline(always)]
    pub(super) fn word(&self, section: Section, i: u32, at: usize) -> Option<u32> {
        let b = self.record(section, i)?.get(at..at + 4)?;
        Some(u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
    }

    /// The string at `at`; empty for 0 and for what is no string.
    pub(super) fn string(&self, at: u32) -> &str {
        let read = || {
            let strings = self.section(Section::Strings);
            let at = at as usize;
            let low = strings.byte(at)?;
            let (len, at) = match low {
                0x80.. => {
                    let high = strings.byte(at + 1)?;
                    (usize::from(low & 0x7f) | usize::from(high) << 7, at + 2)
                }
                _ => (usize::from(low), at + 1),
            };
            std::str::from_utf8(strings.slice(at, len)?).ok()
        };
        read().unwrap_or("")
    }
}

/// One section: bytes that are checked before they are handed out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part<'a> {
    data: &'a [u8],
    start: usize,
    len: usize,
    guard: Option<&'a Guard>,
}

impl<'a> From<&'a [u8]> for Part<'a> {
    fn from(data: &'a [u8]) -> Self {
        Self {
            data,
            start: 0,
            len: data.len(),
            guard: None,
        }
    }
}

impl<'a> Part<'a> {
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// The byte at `at`; `None` outside and where the file is damaged.
    pub(super) fn byte(&self, at: usize) -> Option<u8> {
        self.slice(at, 1).and_then(|b| b.first().copied())
    }

    /// The bytes from `at` on; `None` if they do not lie inside, or the file is damaged there.
    #[inline(always)]
    pub(super) fn slice(&self, at: usize, len: usize) -> Option<&'a [u8]> {
        if at.checked_add(len)? > self.len {
            return None;
        }
        let start = self.start + at;
        if let Some(guard) = self.guard
            && !guard.holds(self.data, start, len)
        {
            return None;
        }
        self.data.get(start..start + len)
    }
}

/// Which blocks of a file are known to be as they were written.
#[derive(Debug)]
struct Guard {
    /// Where the first block begins.
    body: usize,
    /// A bit for each block.
    sound: Box<[AtomicU64]>,
    damaged: AtomicBool,
}

impl Guard {
    fn new(body: usize, n_blocks: usize) -> Self {
        Self {
            body,
            sound: (0..n_blocks.div_ceil(64)).map(|_| AtomicU64::new(0)).collect(),
            damaged: AtomicBool::new(false),
        }
    }

    /// Whether the blocks of these bytes are sound. Each is read once; what two threads find out at once,
    /// they find out alike.
    #[inline]
    fn holds(&self, data: &[u8], start: usize, len: usize) -> bool {
        let Some(from) = start.checked_sub(self.body) else {
            return false;
        };
        let last = (from + len.max(1) - 1) / BLOCK;
        // Where one block is damaged the file is not to be believed any more.
        if self.damaged.load(Relaxed) {
            return false;
        }
        (from / BLOCK..=last).all(|block| {
            let known = self.sound.get(block / 64);
            known.is_some_and(|w| w.load(Relaxed) >> (block % 64) & 1 == 1) || self.read(data, block)
        })
    }

    #[cold]
    fn read(&self, data: &[u8], block: usize) -> bool {
        let at = self.body + block * BLOCK;
        let sum = data.get(TABLE + block * 8..TABLE + block * 8 + 8);
        let sound = data
            .get(at..data.len().min(at + BLOCK))
            .is_some_and(|bytes| sum == Some(checksum(bytes).to_le_bytes().as_slice()));
        match self.sound.get(block / 64) {
            Some(word) if sound => {
                word.fetch_or(1 << (block % 64), Relaxed);
            }
            _ => self.damaged.store(true, Relaxed),
        }
        sound
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

/// Makes the checksums those of the bytes, as far as the head can be read: for tests of what lies behind them.
pub fn seal(bytes: &mut [u8]) {
    let body = bytes.get(HEADER..HEADER + 4);
    let body = body.and_then(|b| b.try_into().ok()).map_or(0, u32::from_le_bytes) as usize;
    if body < TABLE || bytes.len() < body {
        return;
    }
    let (head, contents) = bytes.split_at_mut(body);
    for (sum, block) in head[TABLE..].chunks_exact_mut(8).zip(contents.chunks(BLOCK)) {
        sum.copy_from_slice(&checksum(block).to_le_bytes());
    }
    let sum = checksum(&head[24..]).to_le_bytes();
    head[16..24].copy_from_slice(&sum);
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
    pub(super) notes: Vec<u8>,
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

    /// The whole file. Positions have 32 bits, so that it holds at most 4 GB.
    pub(super) fn finish(self) -> Result<Vec<u8>, KbError> {
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
            self.notes,
            self.strings,
        ];
        let len: usize = sections.iter().map(Vec::len).sum();
        let n_blocks = len.div_ceil(BLOCK);
        let body = TABLE + n_blocks * 8;
        if u32::try_from(body + len).is_err() {
            return Err(KbError::format(
                "it would be longer than 4 GB; make two packs of it",
            ));
        }
        let mut out = Vec::with_capacity(body + len);
        out.extend(MAGIC);
        out.extend(VERSION.to_le_bytes());
        out.extend((SECTIONS as u32).to_le_bytes());
        out.extend(0u32.to_le_bytes());
        out.extend([0; 8]);
        out.extend(((body + len) as u64).to_le_bytes());
        let mut at = body;
        for section in &sections {
            out.extend((at as u32).to_le_bytes());
            out.extend((section.len() as u32).to_le_bytes());
            at += section.len();
        }
        out.resize(body, 0);
        for section in sections {
            out.extend(section);
        }
        for block in 0..n_blocks {
            let at = body + block * BLOCK;
            let sum = checksum(&out[at..out.len().min(at + BLOCK)]);
            out[TABLE + block * 8..TABLE + block * 8 + 8].copy_from_slice(&sum.to_le_bytes());
        }
        let sum = checksum(&out[24..body]);
        out[16..24].copy_from_slice(&sum.to_le_bytes());
        Ok(out)
    }
}
