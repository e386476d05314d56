//! Writes a synthetic dump in the shape of Wikidata's, for measuring and testing `copydesk kb import`. The same
//! size and seed give the same bytes. All names are made up, and the ids of what they name lie beyond those of
//! Wikidata; only the ids of classes and properties are real.

use std::{
    fmt::Write as _,
    io::{self, BufWriter, Write},
};

/// Made-up countries: name, adjective, code.
const COUNTRIES: [(&str, &str, &str); 12] = [
    ("Ruritania", "Ruritanian", "XA"),
    ("Graustark", "Graustarkian", "XB"),
    ("Sylvania", "Sylvanian", "XC"),
    ("Borduria", "Bordurian", "XD"),
    ("Zubrowka", "Zubrowkan", "XE"),
    ("Latveria", "Latverian", "XF"),
    ("Freedonia", "Freedonian", "XG"),
    ("Costaguana", "Costaguanan", "XH"),
    ("Evallonia", "Evallonian", "XI"),
    ("Orsinia", "Orsinian", "XJ"),
    ("Gondour", "Gondourian", "XL"),
    ("Ixania", "Ixanian", "XM"),
];
const GIVEN: [&str; 24] = [
    "Lena", "Marek", "Zoë", "Jürgen", "Aïsha", "Tomás", "Ingrid", "Pavel", "Nadia", "Oskar", "Elif",
    "Duarte", "Mina", "Ravi", "Sofía", "Kjell", "Amara", "Viktor", "Hana", "Luc", "Petra", "Idris", "Yara",
    "Emil",
];
const FAMILY: [&str; 28] = [
    "Hartmann",
    "Kowalski",
    "Núñez",
    "Østergaard",
    "Petrov",
    "Diallo",
    "Lindqvist",
    "Moreau",
    "Tanaka",
    "Okafor",
    "Szabó",
    "Vega",
    "Brandt",
    "Haddad",
    "Ivanova",
    "Castellan",
    "Novak",
    "Rossi",
    "Yilmaz",
    "Berg",
    "Farkas",
    "Delgado",
    "Quist",
    "Zeman",
    "Aldana",
    "Krol",
    "Ismail",
    "Thorne",
];
const LANGUAGES: [&str; 40] = [
    "ar", "bg", "bn", "ca", "cs", "cy", "da", "de", "el", "eo", "es", "et", "eu", "fa", "fi", "fr", "ga",
    "he", "hi", "hr", "hu", "id", "it", "ja", "ko", "lt", "nb", "nl", "nn", "pl", "pt", "ro", "ru", "sk",
    "sv", "tr", "uk", "vi", "zh", "zh-hans",
];
/// Offices of each country: title and class. The country names the first two as those of its heads.
const OFFICES: [(&str, u32); 6] = [
    ("President of {}", 48_352),
    ("Prime Minister of {}", 14_212),
    ("Minister of Foreign Affairs of {}", 7_330_070),
    ("Minister of Defence of {}", 2_518_691),
    ("Minister of Fisheries of {}", 83_307),
    ("member of the Parliament of {}", 486_839),
];
const FIRST_COUNTRY: u32 = 900_001_000;
const FIRST_OFFICE: u32 = 900_002_000;
const FIRST_BODY: u32 = 900_004_000;
const FIRST_FAMILY: u32 = 900_006_000;
const FIRST_OTHER: u32 = 900_010_000;

/// A sequence of numbers that looks random.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn pick<'t>(&mut self, of: &[&'t str]) -> &'t str {
        of[self.below(of.len())]
    }
}

pub(crate) fn run(args: &[String]) -> Result<(), String> {
    let mut size = 64 << 20;
    let mut of = Mix {
        seed: 1,
        damaged: 0,
        politicians: 25,
    };
    let mut rest = args.iter();
    while let Some(option) = rest.next() {
        let value = rest.next().ok_or_else(|| format!("{option} needs a value"))?;
        match option.as_str() {
            "--size" => size = bytes(value)?,
            "--seed" => of.seed = number(value)?,
            "--damaged" => of.damaged = number(value)? as usize,
            "--politicians" => of.politicians = number(value)? as usize,
            _ => {
                return Err(format!(
                    "kb-dump knows --size 2G, --seed N, --damaged and --politicians PER_MILLE, not '{option}'"
                ));
            }
        }
    }
    let mut out = BufWriter::with_capacity(1 << 20, io::stdout().lock());
    match dump(size, of, &mut out).and_then(|()| out.flush()) {
        Err(e) if e.kind() != io::ErrorKind::BrokenPipe => Err(e.to_string()),
        _ => Ok(()),
    }
}

/// What the dump is made of, in parts of a thousand.
#[derive(Clone, Copy)]
struct Mix {
    seed: u64,
    /// Lines that are cut off.
    damaged: usize,
    /// People who hold offices; the rest is as mixed as in a real dump.
    politicians: usize,
}

fn number(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| format!("'{text}' is no number"))
}

/// "2G" → 2 gigabytes.
fn bytes(text: &str) -> Result<u64, String> {
    let (digits, factor) = match text.chars().last() {
        Some('G') => (&text[..text.len() - 1], 1 << 30),
        Some('M') => (&text[..text.len() - 1], 1 << 20),
        Some('K') => (&text[..text.len() - 1], 1 << 10),
        _ => (text, 1),
    };
    let n: u64 = digits
        .parse()
        .map_err(|_| format!("'{text}' is no size such as 2G"))?;
    Ok(n * factor)
}

/// Writes entities until there are `size` bytes.
fn dump(size: u64, of: Mix, out: &mut dyn Write) -> io::Result<()> {
    let mut random = Random(of.seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    out.write_all(b"[\n")?;
    let mut written = 2;
    let mut line = String::new();
    let mut fixed = fixed(&mut random);
    // What others refer to stands anywhere, as in a real dump: spread over the first tenth of the file.
    let step = (size / 10 / (fixed.len() as u64 + 1)).max(1);
    let mut next_fixed = step;
    let mut id = FIRST_OTHER;
    let mut first = true;
    while written < size || !fixed.is_empty() {
        line.clear();
        if (written >= next_fixed || written >= size)
            && let Some(entity) = fixed.pop()
        {
            next_fixed += step;
            line.push_str(&entity);
        } else {
            id += 1;
            if random.below(1000) < of.politicians {
                politician(id, &mut random, &mut line);
            } else {
                other(id, &mut random, &mut line);
            }
        }
        if random.below(1000) < of.damaged {
            let mut cut = random.below(line.len());
            while !line.is_char_boundary(cut) {
                cut -= 1;
            }
            line.truncate(cut);
        }
        if !first {
            out.write_all(b",\n")?;
        }
        first = false;
        out.write_all(line.as_bytes())?;
        written += line.len() as u64 + 2;
    }
    out.write_all(b"\n]\n")
}

/// Something that is of no use to an import, or of little.
fn other(id: u32, random: &mut Random, line: &mut String) {
    let (label, class, properties): (&str, u32, &[u32]) = match random.below(1000) {
        0..90 => return human(id, random, line),
        90..100 => return company(id, random, line),
        100..400 => ("scholarly article", 13_442_814, &[1476, 577, 478, 304, 356, 2093]),
        400..600 => ("place", 486_972, &[17, 625, 131, 856, 1082, 1566]),
        600..750 => ("gene", 7187, &[351, 353, 594, 703, 684]),
        750..850 => ("category", 4_167_836, &[301, 373]),
        _ => ("star", 523, &[59, 6257, 6258, 215, 1215]),
    };
    thing(id, label, class, properties, random, line);
}

/// Countries, offices, bodies, classes and family names, in an order of no meaning.
fn fixed(random: &mut Random) -> Vec<String> {
    let mut all = Vec::new();
    for (i, (name, adjective, code)) in (0u32..).zip(COUNTRIES) {
        let id = FIRST_COUNTRY + i;
        let mut e = Entity::new(id, name, random, 30);
        e.aliases(&[&format!("Republic of {name}")]);
        e.item(31, 3_624_078);
        e.string(297, code);
        e.text(1549, adjective);
        e.item(1906, FIRST_OFFICE + i * 6);
        e.item(1313, FIRST_OFFICE + i * 6 + 1);
        e.fill(random, 40, &[2046, 1082, 47, 150, 610]);
        all.push(e.finish(80));
        for (j, (title, class)) in (0u32..).zip(OFFICES) {
            let mut e = Entity::new(FIRST_OFFICE + i * 6 + j, &title.replace("{}", name), random, 8);
            e.item(31, 4_164_871);
            e.item(279, class);
            e.item(1001, id);
            e.item(17, id);
            all.push(e.finish(6));
        }
        for (j, (what, class)) in [
            ("Labour Party", 7278),
            ("Liberal Union", 7278),
            ("Ministry of Trade", 192_350),
            ("National Bank", 66_344),
            ("Press Agency", 192_283),
        ]
        .into_iter()
        .enumerate()
        {
            let mut e = Entity::new(
                FIRST_BODY + i * 5 + j as u32,
                &format!("{adjective} {what}"),
                random,
                10,
            );
            e.item(31, class);
            e.item(17, id);
            e.time(571, random, None);
            e.fill(random, 12, &[856, 159, 3912]);
            all.push(e.finish(12));
        }
    }
    for (i, name) in (0u32..).zip(FAMILY) {
        let mut e = Entity::new(FIRST_FAMILY + i, name, random, 20);
        e.item(31, 101_352);
        all.push(e.finish(2));
    }
    for (id, label, parent) in [
        (7_330_070, "foreign minister", 83_307),
        (83_307, "minister", 294_414),
        (294_414, "public office", 4_164_871),
    ] {
        let mut e = Entity::new(id, label, random, 30);
        e.item(279, parent);
        all.push(e.finish(30));
    }
    for i in (1..all.len()).rev() {
        all.swap(i, random.below(i + 1));
    }
    all
}

fn politician(id: u32, random: &mut Random, line: &mut String) {
    let family = random.below(FAMILY.len());
    let name = format!("{} {}", random.pick(&GIVEN), FAMILY[family]);
    let mut e = Entity::new(id, &name, random, 25);
    if random.chance(40) {
        e.aliases(&[&format!("{name} Jr."), FAMILY[family]]);
    }
    e.item(31, 5);
    e.item(21, if random.chance(50) { 6_581_072 } else { 6_581_097 });
    e.item(734, FIRST_FAMILY + family as u32);
    let country = random.below(COUNTRIES.len()) as u32;
    e.item(27, FIRST_COUNTRY + country);
    for _ in 0..1 + random.below(3) {
        e.office(
            FIRST_OFFICE + country * 6 + random.below(OFFICES.len()) as u32,
            random,
        );
    }
    e.fill(random, 25, &[106, 69, 19, 735, 214, 213, 227]);
    let links = random.below(30);
    line.push_str(&e.finish(links));
}

fn human(id: u32, random: &mut Random, line: &mut String) {
    let name = format!("{} {}", random.pick(&GIVEN), random.pick(&FAMILY));
    let mut e = Entity::new(id, &name, random, 12);
    e.item(31, 5);
    e.item(21, 6_581_072);
    e.fill(random, 18, &[106, 69, 19, 735, 214, 213]);
    let links = random.below(5);
    line.push_str(&e.finish(links));
}

fn company(id: u32, random: &mut Random, line: &mut String) {
    let mut e = Entity::new(id, &format!("{} Industries", random.pick(&FAMILY)), random, 10);
    e.item(31, 4_830_453);
    e.item(17, FIRST_COUNTRY);
    e.time(571, random, None);
    e.item(159, FIRST_COUNTRY);
    e.fill(random, 25, &[856, 452, 1128, 249]);
    line.push_str(&e.finish(3));
}

fn thing(id: u32, label: &str, class: u32, properties: &[u32], random: &mut Random, line: &mut String) {
    let n_languages = 5 + random.below(36);
    let mut e = Entity::new(id, &format!("{label} {id}"), random, n_languages);
    e.item(31, class);
    let n = 10 + random.below(30);
    e.fill(random, n, properties);
    let links = random.below(8);
    line.push_str(&e.finish(links));
}

/// One entity while it is written. Claims of a property are together, in the order they were begun.
struct Entity {
    head: String,
    claims: Vec<(u32, Vec<String>)>,
    id: u32,
}

/// JSON as PHP writes it: everything beyond ASCII escaped.
fn escaped(text: &str, out: &mut String) {
    for unit in text.encode_utf16() {
        match u8::try_from(unit) {
            Ok(b @ (b'"' | b'\\')) => {
                out.push('\\');
                out.push(char::from(b));
            }
            Ok(b @ 0x20..0x7f) => out.push(char::from(b)),
            _ => {
                let _ = write!(out, "\\u{unit:04x}");
            }
        }
    }
}

fn time_value(year: usize, month: usize, day: usize, precision: u8) -> String {
    format!(
        r#"{{"value":{{"time":"+{year:04}-{month:02}-{day:02}T00:00:00Z","timezone":0,"before":0,"after":0,"precision":{precision},"calendarmodel":"http:\/\/www.wikidata.org\/entity\/Q1985727"}},"type":"time"}}"#
    )
}

fn item_value(id: u32) -> String {
    format!(
        r#"{{"value":{{"entity-type":"item","numeric-id":{id},"id":"Q{id}"}},"type":"wikibase-entityid"}}"#
    )
}

/// A snak of a value, or of "somevalue" or "novalue" without one.
fn snak(property: u32, kind: &str, value: &str, datatype: &str) -> String {
    let value = if value.is_empty() {
        String::new()
    } else {
        format!(r#","datavalue":{value}"#)
    };
    format!(r#"{{"snaktype":"{kind}","property":"P{property}"{value},"datatype":"{datatype}"}}"#)
}

impl Entity {
    fn new(id: u32, label: &str, random: &mut Random, n_languages: usize) -> Self {
        let mut head = String::with_capacity(8192);
        let mut text = String::new();
        escaped(label, &mut text);
        let _ = write!(
            head,
            r#"{{"type":"item","id":"Q{id}","labels":{{"en":{{"language":"en","value":"{text}"}}"#
        );
        for language in LANGUAGES.iter().take(n_languages) {
            let _ = write!(
                head,
                r#","{language}":{{"language":"{language}","value":"{text}"}}"#
            );
        }
        let _ = write!(
            head,
            r#"}},"descriptions":{{"en":{{"language":"en","value":"made up, number {}"}}"#,
            random.below(1000)
        );
        for language in LANGUAGES.iter().take(n_languages) {
            let _ = write!(
                head,
                r#","{language}":{{"language":"{language}","value":"\u00fc\u4e2d {}"}}"#,
                random.below(1000)
            );
        }
        head.push_str("},\"aliases\":");
        Self {
            head,
            claims: Vec::new(),
            id,
        }
    }

    fn aliases(&mut self, aliases: &[&str]) {
        self.head.push_str("{\"en\":[");
        for (i, alias) in aliases.iter().enumerate() {
            let mut text = String::new();
            escaped(alias, &mut text);
            let comma = if i > 0 { "," } else { "" };
            let _ = write!(self.head, r#"{comma}{{"language":"en","value":"{text}"}}"#);
        }
        self.head.push_str("]}");
    }

    fn statement(&mut self, property: u32, mainsnak: &str, rank: &str, qualifiers: &str, references: &str) {
        let n: usize = self.claims.iter().map(|(_, s)| s.len()).sum();
        let statement = format!(
            r#"{{"mainsnak":{mainsnak},"type":"statement"{qualifiers},"id":"Q{}$0A1B2C3D-{n:04x}-4E5F-8A9B-0C1D2E3F4A5B","rank":"{rank}"{references}}}"#,
            self.id
        );
        match self.claims.iter_mut().find(|(p, _)| *p == property) {
            Some((_, statements)) => statements.push(statement),
            None => self.claims.push((property, vec![statement])),
        }
    }

    fn item(&mut self, property: u32, value: u32) {
        let snak = snak(property, "value", &item_value(value), "wikibase-item");
        self.statement(property, &snak, "normal", "", "");
    }

    fn string(&mut self, property: u32, value: &str) {
        let snak = snak(
            property,
            "value",
            &format!(r#"{{"value":"{value}","type":"string"}}"#),
            "external-id",
        );
        self.statement(property, &snak, "normal", "", "");
    }

    fn text(&mut self, property: u32, value: &str) {
        let value = format!(r#"{{"value":{{"text":"{value}","language":"en"}},"type":"monolingualtext"}}"#);
        let snak = snak(property, "value", &value, "monolingualtext");
        self.statement(property, &snak, "normal", "", "");
    }

    fn time(&mut self, property: u32, random: &mut Random, year: Option<usize>) {
        let year = year.unwrap_or_else(|| 1900 + random.below(120));
        let snak = snak(
            property,
            "value",
            &time_value(year, 1 + random.below(12), 1 + random.below(28), 11),
            "time",
        );
        self.statement(property, &snak, "normal", "", "");
    }

    /// P39 with its qualifiers, in all the ways in which they are given.
    fn office(&mut self, office: u32, random: &mut Random) {
        let year = 1950 + random.below(74);
        let (month, day) = (1 + random.below(12), 1 + random.below(28));
        let start = match random.below(10) {
            0 => String::new(),
            1 => snak(580, "somevalue", "", "time"),
            2 => snak(580, "value", &time_value(year, 0, 0, 9), "time"),
            3 => snak(580, "value", &time_value(year, month, 0, 10), "time"),
            _ => snak(580, "value", &time_value(year, month, day, 11), "time"),
        };
        let end = match random.below(10) {
            0 => String::new(),
            1 => snak(582, "novalue", "", "time"),
            2 => snak(582, "somevalue", "", "time"),
            _ => snak(
                582,
                "value",
                &time_value(year + 1 + random.below(6), month, day, 11),
                "time",
            ),
        };
        let mut parts = Vec::new();
        for (property, snak) in [(580, start), (582, end)] {
            if !snak.is_empty() {
                parts.push(format!(r#""P{property}":[{snak}]"#));
            }
        }
        let qualifiers = if parts.is_empty() {
            String::new()
        } else {
            format!(
                r#","qualifiers":{{{}}},"qualifiers-order":["P580","P582"]"#,
                parts.join(",")
            )
        };
        let rank = ["normal", "normal", "normal", "normal", "preferred", "deprecated"][random.below(6)];
        let mainsnak = snak(39, "value", &item_value(office), "wikibase-item");
        self.statement(39, &mainsnak, rank, &qualifiers, &reference(random));
    }

    /// `n` statements of no use to anybody here, with references.
    fn fill(&mut self, random: &mut Random, n: usize, properties: &[u32]) {
        for _ in 0..n {
            let property = properties[random.below(properties.len())];
            let value = if random.chance(50) {
                item_value(FIRST_OTHER + random.below(1_000_000) as u32)
            } else {
                format!(r#"{{"value":"value {:x}","type":"string"}}"#, random.next())
            };
            let snak = snak(property, "value", &value, "wikibase-item");
            let reference = reference(random);
            self.statement(property, &snak, "normal", "", &reference);
        }
    }

    fn finish(mut self, links: usize) -> String {
        if self.head.ends_with("\"aliases\":") {
            // An empty map, as PHP writes it.
            self.head.push_str("[]");
        }
        let mut out = self.head;
        out.push_str(",\"claims\":{");
        for (i, (property, statements)) in self.claims.iter().enumerate() {
            let comma = if i > 0 { "," } else { "" };
            let _ = write!(out, r#"{comma}"P{property}":[{}]"#, statements.join(","));
        }
        out.push_str("},\"sitelinks\":{");
        for i in 0..links {
            let comma = if i > 0 { "," } else { "" };
            let site = format!("{}{}wiki", LANGUAGES[i % LANGUAGES.len()], i / LANGUAGES.len());
            let _ = write!(
                out,
                r#"{comma}"{site}":{{"site":"{site}","title":"Q{}","badges":[]}}"#,
                self.id
            );
        }
        let _ = write!(
            out,
            r#"}},"pageid":{},"ns":0,"title":"Q{}","lastrevid":{},"modified":"2024-10-{:02}T12:00:00Z"}}"#,
            self.id,
            self.id,
            u64::from(self.id) * 7,
            1 + self.id % 28
        );
        out
    }
}

fn reference(random: &mut Random) -> String {
    format!(
        r#","references":[{{"hash":"{:016x}{:016x}","snaks":{{"P248":[{}],"P813":[{}]}},"snaks-order":["P248","P813"]}}]"#,
        random.next(),
        random.next(),
        snak(248, "value", &item_value(36_578), "wikibase-item"),
        snak(
            813,
            "value",
            &time_value(
                2015 + random.below(9),
                1 + random.below(12),
                1 + random.below(28),
                11
            ),
            "time"
        ),
    )
}
