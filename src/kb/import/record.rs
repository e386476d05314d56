//! What is kept of one item of Wikidata, and the bytes in which it waits for the second pass.

use crate::{
    base::date::Date,
    kb::{
        Gender,
        format::{pack_date, unpack_date},
    },
};

/// A point in time as a qualifier gives it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum When {
    /// There is no such qualifier.
    #[default]
    Absent,
    /// "No value": there is no such time, the office has not ended.
    Never,
    /// "Unknown value": there is such a time, nobody knows it.
    Unknown,
    /// The time, as precise as it is given.
    At(Date),
}

impl When {
    /// The date, if there is one.
    pub fn date(self) -> Option<Date> {
        match self {
            Self::At(date) => Some(date),
            _ => None,
        }
    }

    fn pack(self) -> u32 {
        match self {
            Self::Absent => 0,
            Self::Never => 1,
            Self::Unknown => 2,
            Self::At(date) => pack_date(Some(date)),
        }
    }

    fn unpack(packed: u32) -> Self {
        match packed {
            0 => Self::Absent,
            1 => Self::Never,
            2 => Self::Unknown,
            packed => unpack_date(packed).map_or(Self::Unknown, Self::At),
        }
    }
}

/// A statement that an office is held: by the item (P39), or in it by another (P6, P35, P488 …).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Held {
    /// The number of the property: 39 for "position held".
    pub property: u16,
    /// The office of a person, the person of a body.
    pub item: u32,
    /// P580.
    pub start: When,
    /// P582.
    pub end: When,
    /// What the office is of: P642, P1001.
    pub of: Vec<u32>,
    /// The group for which a member sits: P4100.
    pub party: u32,
}

/// What is kept of one item.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Item {
    /// The number of its Wikidata id.
    pub id: u32,
    /// Its English name; empty if it has none.
    pub label: String,
    /// Further English names.
    pub aliases: Vec<String>,
    /// English short names (P1813).
    pub short: Vec<String>,
    /// English official names (P1448).
    pub official: Vec<String>,
    /// English demonyms (P1549).
    pub demonyms: Vec<String>,
    /// ISO 3166-1 alpha-2 (P297).
    pub iso: String,
    /// P31.
    pub classes: Vec<u32>,
    /// P279.
    pub parents: Vec<u32>,
    /// P21.
    pub gender: Gender,
    /// P27 of a person, P17 of all else.
    pub countries: Vec<u32>,
    /// P1001.
    pub jurisdictions: Vec<u32>,
    /// P2389 and P361: the body that an office leads or belongs to.
    pub bodies: Vec<u32>,
    /// P734.
    pub family: u32,
    /// P1313, the office of the head of government.
    pub government_office: Vec<u32>,
    /// P1906, the office of the head of state.
    pub state_office: Vec<u32>,
    /// P1376, what it is the capital of.
    pub capital_of: Vec<u32>,
    /// P571.
    pub start: When,
    /// P576 of a body, P570 of a person.
    pub end: When,
    /// How many wiki pages there are of it.
    pub links: u16,
    /// Whether it is a human being.
    pub human: bool,
    /// Offices.
    pub held: Vec<Held>,
}

/// Nothing is longer than this many bytes: more than any name, so that a hostile input costs no more than a
/// friendly one.
pub(crate) const MAX_TEXT: usize = 300;
/// No list is longer than this.
pub(crate) const MAX_LIST: usize = 64;
/// No list of offices is longer than this.
pub(crate) const MAX_HELD: usize = 256;

fn put_number(mut n: u32, out: &mut Vec<u8>) {
    while n >= 0x80 {
        out.push(n as u8 | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
}

fn put_text(text: &str, out: &mut Vec<u8>) {
    let mut end = text.len().min(MAX_TEXT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    put_number(end as u32, out);
    out.extend(&text.as_bytes()[..end]);
}

fn put_texts(texts: &[String], out: &mut Vec<u8>) {
    put_number(texts.len().min(MAX_LIST) as u32, out);
    for text in texts.iter().take(MAX_LIST) {
        put_text(text, out);
    }
}

fn put_numbers(numbers: &[u32], out: &mut Vec<u8>) {
    put_number(numbers.len().min(MAX_LIST) as u32, out);
    for n in numbers.iter().take(MAX_LIST) {
        put_number(*n, out);
    }
}

impl Item {
    /// The item as bytes, which [`Item::read`] reads.
    pub fn write(&self, out: &mut Vec<u8>) {
        put_number(self.id, out);
        out.push(self.gender as u8 | u8::from(self.human) << 2);
        put_number(u32::from(self.links), out);
        put_text(&self.label, out);
        put_text(&self.iso, out);
        for texts in [&self.aliases, &self.short, &self.official, &self.demonyms] {
            put_texts(texts, out);
        }
        for numbers in self.lists() {
            put_numbers(numbers, out);
        }
        put_number(self.family, out);
        put_number(self.start.pack(), out);
        put_number(self.end.pack(), out);
        put_number(self.held.len().min(MAX_HELD) as u32, out);
        for held in self.held.iter().take(MAX_HELD) {
            put_number(u32::from(held.property), out);
            put_number(held.item, out);
            put_number(held.start.pack(), out);
            put_number(held.end.pack(), out);
            put_numbers(&held.of, out);
            put_number(held.party, out);
        }
    }

    /// The item that `bytes` hold, or `None` if they are none.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut at = Reader { rest: bytes };
        let mut item = Self {
            id: at.number()?,
            ..Self::default()
        };
        let flags = at.byte()?;
        item.gender = match flags & 3 {
            1 => Gender::Female,
            2 => Gender::Male,
            _ => Gender::Unknown,
        };
        item.human = flags & 4 != 0;
        item.links = u16::try_from(at.number()?).ok()?;
        item.label = at.text()?;
        item.iso = at.text()?;
        for texts in [
            &mut item.aliases,
            &mut item.short,
            &mut item.official,
            &mut item.demonyms,
        ] {
            *texts = at.list(Reader::text)?;
        }
        for numbers in item.lists_mut() {
            *numbers = at.list(Reader::number)?;
        }
        item.family = at.number()?;
        item.start = When::unpack(at.number()?);
        item.end = When::unpack(at.number()?);
        item.held = at.list(|at| {
            Some(Held {
                property: u16::try_from(at.number()?).ok()?,
                item: at.number()?,
                start: When::unpack(at.number()?),
                end: When::unpack(at.number()?),
                of: at.list(Reader::number)?,
                party: at.number()?,
            })
        })?;
        Some(item)
    }

    fn lists(&self) -> [&Vec<u32>; 8] {
        [
            &self.classes,
            &self.parents,
            &self.countries,
            &self.jurisdictions,
            &self.bodies,
            &self.government_office,
            &self.state_office,
            &self.capital_of,
        ]
    }

    fn lists_mut(&mut self) -> [&mut Vec<u32>; 8] {
        [
            &mut self.classes,
            &mut self.parents,
            &mut self.countries,
            &mut self.jurisdictions,
            &mut self.bodies,
            &mut self.government_office,
            &mut self.state_office,
            &mut self.capital_of,
        ]
    }
}

/// Reads what [`Item::write`] wrote; anything else ends it, nothing makes it panic.
struct Reader<'a> {
    rest: &'a [u8],
}

impl Reader<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (byte, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*byte)
    }

    fn number(&mut self) -> Option<u32> {
        let mut n = 0u32;
        for shift in [0, 7, 14, 21, 28] {
            let byte = self.byte()?;
            n |= u32::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(n);
            }
        }
        None
    }

    fn text(&mut self) -> Option<String> {
        let len = self.number()? as usize;
        let text = std::str::from_utf8(self.rest.get(..len)?).ok()?;
        self.rest = &self.rest[len..];
        Some(text.to_owned())
    }

    fn list<T>(&mut self, mut one: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let len = self.number()? as usize;
        // Each entry takes a byte at least, so that a wrong length cannot ask for much.
        let mut list = Vec::with_capacity(len.min(self.rest.len()));
        for _ in 0..len {
            list.push(one(self)?);
        }
        Some(list)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Item {
        Item {
            id: 4_294_967_295,
            label: "Zoë “Ž” Kowalski".to_owned(),
            aliases: vec!["Z. K.".to_owned(), String::new()],
            classes: vec![5, 300],
            gender: Gender::Female,
            human: true,
            links: 65535,
            end: When::At(Date {
                year: 1999,
                month: 0,
                day: 0,
            }),
            held: vec![Held {
                property: 39,
                item: 7,
                start: When::At(Date {
                    year: 2020,
                    month: 2,
                    day: 29,
                }),
                end: When::Never,
                of: vec![9],
                party: 11,
            }],
            ..Item::default()
        }
    }

    #[test]
    fn what_is_written_is_read() {
        let mut bytes = Vec::new();
        sample().write(&mut bytes);
        assert_eq!(Item::read(&bytes), Some(sample()));
        for len in 0..bytes.len() {
            assert_eq!(Item::read(&bytes[..len]), None, "{len}");
        }
    }

    #[test]
    fn long_texts_and_lists_are_cut() {
        let mut item = sample();
        item.label = "ü".repeat(1000);
        item.classes = vec![1; 1000];
        let mut bytes = Vec::new();
        item.write(&mut bytes);
        let read = Item::read(&bytes).unwrap();
        assert_eq!((read.label.len(), read.classes.len()), (MAX_TEXT, MAX_LIST));
    }
}
