use std::{collections::BTreeSet, fs, path::Path, process::Command};

use copydesk::{
    base::date::{Date, Holds},
    kb::{Kb, Kind, NameForm, Role, compile, format, source::Tables, verify},
};

/// The tables as they stand in the repository.
fn tables() -> Tables {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/kb");
    let mut files = Vec::new();
    for (folder, prefix) in [(root.clone(), ""), (root.join("hand"), "hand/")] {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|e| e == "tsv") {
                let name = path.file_name().unwrap().to_string_lossy();
                files.push((format!("{prefix}{name}"), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    Tables::parse(&files).unwrap()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

#[test]
fn the_embedded_base_is_fresh() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let bytes = compile::compile(&tables()).unwrap();
    let embedded = fs::read(root.join("data/kb.bin")).unwrap();
    assert!(
        bytes == embedded,
        "data/kb.bin is stale: run 'cargo xtask kb-build'"
    );
    assert!(Kb::load(embedded).unwrap().checksum_holds());
    assert!(!Kb::embedded().is_empty());
}

#[test]
fn names_lead_to_entities() {
    let kb = Kb::embedded();
    let hit = |name: &str, wanted: &str, form: NameForm| {
        kb.lookup(name)
            .find(|hit| kb.stable_id(hit.entity) == wanted && hit.form == form)
            .unwrap_or_else(|| panic!("'{name}' does not lead to {wanted} as {form:?}"))
    };
    hit("Mark Rutte", "Q57792", NameForm::Name);
    hit("Rutte", "Q57792", NameForm::Surname);
    hit("Ukrainians", "UA", NameForm::DemonymNoun);
    hit("French", "FR", NameForm::Adjective);
    hit("Kyiv", "UA", NameForm::Capital);
    hit("Kremlin", "RU", NameForm::Metonym);
    hit("NATO", "NATO", NameForm::Acronym);
    assert_eq!(hit("Erdogan", "Q39259", NameForm::Surname).surface, "Erdoğan");
    assert_eq!(kb.kind(kb.by_code("DE").unwrap()), Kind::Country);
    assert_eq!(kb.wikidata(kb.by_code("DE").unwrap()), Some(183));
    assert!(kb.lookup("Nobody Whatsoever").next().is_none());
}

#[test]
fn offices_are_dated() {
    let kb = Kb::embedded();
    let holders = kb.holders("DE", Role::HeadOfGovernment, day("2024-12-18"));
    let (tenure, holds) = holders[0];
    assert_eq!((kb.name(tenure.person), holds), ("Olaf Scholz", Holds::Yes));
    let rutte = kb.by_wikidata(57792).unwrap();
    let (office, _) = kb.office_of(rutte, day("2018-06-15")).unwrap();
    assert_eq!((office.org, office.role), ("NL", Role::HeadOfGovernment));
}

/// Notes, offices and labels in other scripts that the sources have where a name should stand.
#[test]
fn people_have_names_that_are_names() {
    let kb = Kb::embedded();
    let offices = [
        "minister",
        "president",
        "archbishop",
        "cabinet",
        "commander",
        "secretary",
        "affairs",
        "officer",
        "Dr.",
    ];
    for id in kb.ids().filter(|id| kb.kind(*id) == Kind::Person) {
        let name = kb.name(id);
        assert!(name.contains(|c: char| c.is_ascii_alphabetic()), "{name}");
        assert!(!name.contains(['(', '[', ';', '/', '@', '_']), "{name}");
        for word in name.split(' ') {
            let low = word.to_lowercase();
            assert!(!offices.contains(&low.as_str()) && word != "Dr.", "{name}");
        }
        assert!(name.split(' ').count() <= 9, "{name}");
    }
}

/// Floor of the knowledge base: at least 98 of 100 of these are known for certain, and nobody else is ever
/// said to hold the office for certain.
#[test]
fn heads_of_state_and_government() {
    let kb = Kb::embedded();
    let mut rows = include_str!("kb_heads.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'));
    let days: Vec<Date> = rows.next().unwrap().split('\t').skip(2).map(day).collect();
    let (mut cells, mut certain) = (0, 0);
    for row in rows {
        let row: Vec<&str> = row.split('\t').collect();
        let role = Role::parse(row[1]).unwrap();
        for (day, wanted) in days.iter().zip(&row[2..]) {
            cells += 1;
            let holders = kb.holders(row[0], role, *day);
            let called = format!("{} of {} on {day}", row[1], row[0]);
            let (first, _) = holders.first().unwrap_or_else(|| panic!("{called}: nobody"));
            assert_eq!(kb.name(first.person), *wanted, "{called}");
            for (tenure, _) in holders.iter().filter(|(_, holds)| *holds == Holds::Yes) {
                assert_eq!(kb.name(tenure.person), *wanted, "{called}");
                certain += 1;
            }
        }
    }
    assert!(cells >= 380, "{cells} cells");
    assert!(certain * 100 >= cells * 98, "{certain} of {cells} are certain");
}

/// How many of the same cells two independent sources confirm: the Factbook, Wikidata, the Congress, a page that
/// a row by hand names, or what `kb_heads_second.tsv` names.
#[test]
fn most_heads_of_state_and_government_have_two_sources() {
    let kb = Kb::embedded();
    let tables = tables();
    let second: Vec<&str> = include_str!("kb_heads_second.tsv").lines().collect();
    let mut rows = include_str!("kb_heads.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'));
    let days: Vec<Date> = rows.next().unwrap().split('\t').skip(2).map(day).collect();
    let (mut cells, mut confirmed, mut alone) = (0, 0, Vec::new());
    for row in rows {
        let row: Vec<&str> = row.split('\t').collect();
        for (day, wanted) in days.iter().zip(&row[2..]) {
            cells += 1;
            let mut families = BTreeSet::new();
            // A president who heads the government is one office in one source and two in another.
            let heads = [Role::HeadOfState, Role::HeadOfGovernment];
            for t in tables
                .tenures
                .iter()
                .filter(|t| t.org == row[0] && heads.contains(&t.role))
            {
                let id = kb.by_id(&t.person).unwrap();
                if kb.name(id) == *wanted && Date::holds(t.start, t.end, t.as_of, *day) == Holds::Yes {
                    families.extend(t.source.split('+').map(|s| s.split('-').next().unwrap_or(s)));
                }
            }
            let cell = format!("{}\t{}\t{day}\t{wanted}\t", row[0], row[1]);
            if families.len() > 1 || second.iter().any(|line| line.starts_with(&cell)) {
                confirmed += 1;
            } else {
                alone.push(cell);
            }
        }
    }
    assert!(
        confirmed * 100 >= cells * 86,
        "{confirmed} of {cells}; one source:\n{}",
        alone.join("\n")
    );
}

#[test]
fn the_embedded_base_is_sound() {
    let tables = tables();
    let faults = verify::check_tables(&tables)
        .into_iter()
        .chain(verify::check(Kb::embedded()));
    let lines: Vec<String> = faults.map(|fault| fault.to_string()).collect();
    assert!(lines.is_empty(), "{}", lines.join("\n"));
    assert_eq!(tables.idle_drops, [""; 0]);
}

/// Everything that a lookup can say, of a base that may be damaged.
fn answers(kb: &Kb) -> String {
    let day = day("2024-12-18");
    let mut said = String::new();
    let mut say = |answer: &dyn std::fmt::Debug| {
        said += &format!("{answer:?}\n");
    };
    for name in [
        "Scholz",
        "Olaf Scholz",
        "United Kingdom",
        "Kyiv",
        "von der Leyen",
        "NATO",
        "x",
    ] {
        for hit in kb.lookup(name) {
            let id = hit.entity;
            say(&(hit, kb.kind(id), kb.name(id), kb.stable_id(id), kb.tier(id)));
            say(&(kb.code(id), kb.family(id), kb.gender(id), kb.source(id)));
            say(&(
                kb.existed(id),
                kb.in_sentence(id),
                kb.description(id),
                kb.note(id),
            ));
            say(&kb.tenures(id).collect::<Vec<_>>());
            say(&kb.names_of(id).collect::<Vec<_>>());
            say(&(kb.office_of(id, day), kb.former_office(id, day)));
            say(&kb.groups_of(id).collect::<Vec<_>>());
            say(&kb.successors(id).chain(kb.predecessors(id)).collect::<Vec<_>>());
        }
    }
    say(&kb.holders("DE", Role::HeadOfGovernment, day));
    say(&(kb.by_code("DE"), kb.by_wikidata(57792), kb.by_id("Q1")));
    say(&kb.members("EU").collect::<Vec<_>>());
    say(&kb.sources().collect::<Vec<_>>());
    say(&kb.complete("ol", 5));
    said
}

/// A base of some dozens of blocks: small enough to be damaged ten thousand times.
fn small_base() -> Vec<u8> {
    let mut tables = tables();
    let keep = ["Q61053", "DE", "GB", "NATO", "EU", "UA", "SUHH", "G20"];
    tables.entities.retain(|row| {
        let some = row.kind == Kind::Person && row.tier == 1 && row.id.ends_with('1');
        keep.contains(&row.id.as_str()) || some
    });
    let keep: BTreeSet<String> = tables.entities.iter().map(|row| row.id.clone()).collect();
    for row in &mut tables.entities {
        row.groups.retain(|group| keep.contains(group));
        row.successors.retain(|group| keep.contains(group));
        row.country.clear();
    }
    tables.names.retain(|row| keep.contains(&row.entity));
    tables.tenures.retain(|row| keep.contains(&row.person));
    compile::compile(&tables).unwrap()
}

/// A fixed sequence of numbers, so that a failure can be seen again.
fn numbers() -> impl Iterator<Item = u64> {
    std::iter::successors(Some(0x2545_f491_4f6c_dd1d_u64), |last| {
        let mut x = *last;
        x ^= x << 13;
        x ^= x >> 7;
        Some(x ^ x << 17)
    })
}

/// Opens damaged bytes: they are refused, or the answers are right, or the base says that it is damaged.
#[track_caller]
fn try_damaged(bytes: Vec<u8>, right: &str, what: &dyn std::fmt::Display) -> bool {
    let Ok(kb) = Kb::load(bytes) else { return false };
    let said = answers(&kb);
    let told = kb.damaged().next().is_some();
    assert!(told || said == right, "{what}: a wrong answer, and nothing said");
    assert!(!kb.checksum_holds(), "{what}: the checksum holds");
    true
}

#[test]
fn damage_is_refused_or_answered() {
    let whole = small_base();
    let right = answers(&Kb::load(whole.clone()).unwrap());
    assert!((30_000..200_000).contains(&whole.len()), "{} bytes", whole.len());
    let head = 32 + 13 * 8 + (whole.len() / 4096 + 1) * 8;
    for at in 0..head {
        for bits in [0x01, 0x80, 0xff] {
            let mut bytes = whole.clone();
            bytes[at] ^= bits;
            let opened = try_damaged(bytes, &right, &format_args!("{at} of the head ^ {bits}"));
            assert!(
                !opened || at >= head - 8,
                "{at}: the head is checked when it is opened"
            );
        }
    }
    let mut opened = 0;
    for random in numbers().take(10_000) {
        let at = head + (random % (whole.len() - head) as u64) as usize;
        let mut bytes = whole.clone();
        bytes[at] ^= (random >> 56) as u8 | 1;
        opened += u32::from(try_damaged(bytes, &right, &at));
    }
    assert!(opened > 8_000, "only {opened} of 10,000 were opened");
    for len in (0..whole.len()).step_by(999).chain(whole.len() - 9..whole.len()) {
        assert!(
            Kb::load(whole[..len].to_vec()).is_err(),
            "{len} bytes of {}",
            whole.len()
        );
    }
    let longer = [whole, vec![0]].concat();
    assert!(Kb::load(longer).is_err(), "one byte too many");
}

#[test]
fn a_damaged_embedded_base_is_refused_or_answered() {
    let whole = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("data/kb.bin")).unwrap();
    let right = answers(&Kb::load(whole.clone()).unwrap());
    let mut random = numbers();
    for round in 0..100 {
        let mut bytes = whole.clone();
        for random in random.by_ref().take(25) {
            let at = (random % whole.len() as u64) as usize;
            bytes[at] ^= (random >> 56) as u8 | 1;
        }
        try_damaged(bytes, &right, &format_args!("round {round}"));
    }
    // Whoever makes the checksums fit can make it say anything, but not fail.
    let mut opened = 0;
    for _ in 0..20 {
        let mut bytes = whole.clone();
        for random in random.by_ref().take(5_000) {
            let at = (random % whole.len() as u64) as usize;
            bytes[at] ^= (random >> 56) as u8 | 1;
        }
        bytes[..136].copy_from_slice(&whole[..136]);
        format::seal(&mut bytes);
        // Where the names begin is read at once, and may have been hit.
        if let Ok(kb) = Kb::load(bytes) {
            opened += 1;
            answers(&kb);
            answers(&Kb::embedded().and(&kb));
            assert!(kb.checksum_holds());
        }
    }
    assert!(opened > 10, "only {opened} of 20 were opened");
}

#[test]
fn completes_names() {
    let kb = Kb::embedded();
    let names: Vec<&str> = kb.complete("Olaf Sch", 5).iter().map(|hit| hit.surface).collect();
    assert_eq!(names, ["Olaf Scholz"]);
    assert!(kb.complete("zzzz", 5).is_empty());
}

/// Runs `copydesk kb …`: exit status, standard output, standard error.
fn run(args: &[&str]) -> (i32, String, String) {
    let out = Command::new(env!("CARGO_BIN_EXE_copydesk"))
        .arg("kb")
        .args(args)
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (out.status.code().unwrap(), text(out.stdout), text(out.stderr))
}

#[test]
fn offices_from_the_command_line() {
    let (status, out, _) = run(&["office", "de", "head-of-government", "--on", "2024-12-18"]);
    assert_eq!(status, 0);
    assert!(
        out.starts_with("Olaf Scholz, Chancellor (DE), 2021-12-08 – 2025-05-06"),
        "{out}"
    );
    let (_, out, _) = run(&[
        "office",
        "DE",
        "head_of_government",
        "--on",
        "2024-12-18",
        "--format",
        "json",
    ]);
    let rows: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(
        (&rows[0]["wikidata"], &rows[0]["held"]),
        (&"Q61053".into(), &"yes".into())
    );
    let (status, _, err) = run(&["office", "DE", "wizard", "--on", "2024-12-18"]);
    assert_eq!(status, 2);
    assert!(
        err.contains("no office 'wizard'") && err.contains("head_of_state"),
        "{err}"
    );
    let (status, _, err) = run(&["office", "Atlantis", "head_of_state", "--on", "2024-12-18"]);
    assert_eq!((status, err.lines().count()), (2, 1), "{err}");
}

#[test]
fn nouns_and_given_names_from_the_command_line() {
    let (status, out, _) = run(&["office", "IN", "Prime Minister", "--on", "2020-01-01"]);
    assert_eq!(status, 0);
    assert!(out.starts_with("Narendra Modi"), "{out}");
    let (_, out, _) = run(&["office", "DE", "chancellor", "--on", "2020-01-01"]);
    assert!(out.starts_with("Angela Merkel"), "{out}");
    let (status, out, _) = run(&["lookup", "Olaf"]);
    assert_eq!(status, 0);
    assert!(out.contains("Olaf Scholz"), "{out}");
}

#[test]
fn lookups_from_the_command_line() {
    let (status, out, _) = run(&["lookup", "Scholz", "--on", "2024-12-18"]);
    assert_eq!(status, 0);
    let card = out.split("\n\n").next().unwrap();
    assert!(card.starts_with("Olaf Scholz (person"), "{card}");
    assert!(card.contains("Chancellor (DE)"), "{card}");
    let (status, out, _) = run(&["lookup", "Nobody Whatsoever"]);
    assert_eq!((status, out.trim()), (1, "'Nobody Whatsoever' is not known"));
}

#[test]
fn the_likeliest_first_and_a_slip_told() {
    let first = |name: &str| run(&["lookup", name]).1;
    assert!(first("Vance").starts_with("JD Vance"), "{}", first("Vance"));
    assert!(first("Lindner").starts_with("Christian Lindner"));
    assert!(first("Jordan").starts_with("Jordan (country"));
    assert!(first("Q567").starts_with("Angela Merkel"));
    for (slip, name) in [
        ("Macrom", "Macron"),
        ("Angela Merkle", "Angela Merkel"),
        ("Olaf Sholz", "Olaf Scholz"),
    ] {
        let (status, out, _) = run(&["lookup", slip]);
        assert_eq!(status, 1);
        assert!(out.contains("did you mean ") && out.contains(name), "{out}");
    }
    let (status, out, _) = run(&["lookup", "prime minister of France"]);
    assert_eq!((status, out.contains("copydesk kb office")), (1, true), "{out}");
    // Three letters are near to too many names.
    assert_eq!(run(&["lookup", "Xqz"]).1.trim(), "'Xqz' is not known");
}

#[test]
fn the_base_is_listed_and_compared() {
    let (_, out, _) = run(&["list", "--jsonl"]);
    assert_eq!(out.lines().count(), Kb::embedded().len());
    let first: serde_json::Value = serde_json::from_str(out.lines().next().unwrap()).unwrap();
    let keys: Vec<&String> = first.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["id", "kind", "name", "wikidata"]);
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/data/kb.bin");
    assert_eq!(run(&["verify", file]).0, 0);
    assert_eq!(run(&["diff", file]), (0, String::new(), String::new()));
    let (status, _, err) = run(&["verify", concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")]);
    assert_eq!(status, 2);
    assert!(err.contains("not a usable knowledge base"), "{err}");
}
