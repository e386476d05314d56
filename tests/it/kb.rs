use std::{fs, path::Path, process::Command};

use copydesk::{
    base::date::{Date, Holds},
    kb::{Kb, Kind, NameForm, Role, compile, source::Tables, verify},
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

/// Everything that a lookup can do, on a base that may be damaged.
fn exercise(kb: &Kb) {
    let day = day("2024-12-18");
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
            let _ = (
                kb.kind(hit.entity),
                kb.name(hit.entity),
                kb.stable_id(hit.entity),
                kb.tier(hit.entity),
            );
            let _ = (
                kb.code(hit.entity),
                kb.family(hit.entity),
                kb.gender(hit.entity),
                kb.source(hit.entity),
            );
            let _ = (
                kb.existed(hit.entity),
                kb.in_sentence(hit.entity),
                kb.description(hit.entity),
            );
            let _ = (kb.tenures(hit.entity).count(), kb.names_of(hit.entity).count());
            let _ = (kb.office_of(hit.entity, day), kb.former_office(hit.entity, day));
            let _ = (
                kb.groups_of(hit.entity).count(),
                kb.successors(hit.entity).count(),
            );
        }
    }
    let _ = kb.holders("DE", Role::HeadOfGovernment, day);
    let _ = (
        kb.by_code("DE"),
        kb.by_wikidata(57792),
        kb.by_id("Q1"),
        kb.members("EU").count(),
    );
    let _ = (kb.layers().count(), kb.complete("ol", 5).len());
}

/// A base of a few rows, small enough to damage everywhere.
fn small_base() -> Vec<u8> {
    let mut tables = tables();
    let keep = ["Q61053", "DE", "GB", "NATO", "EU", "UA", "SUHH", "G20"];
    tables.entities.retain(|row| keep.contains(&row.id.as_str()));
    for row in &mut tables.entities {
        row.groups.retain(|group| keep.contains(&group.as_str()));
        row.successors.retain(|group| keep.contains(&group.as_str()));
        row.country.clear();
    }
    tables.names.retain(|row| keep.contains(&row.entity.as_str()));
    tables.tenures.retain(|row| keep.contains(&row.person.as_str()));
    compile::compile(&tables).unwrap()
}

#[test]
fn damage_is_refused_or_answered() {
    let whole = small_base();
    exercise(&Kb::load(whole.clone()).unwrap());
    let (mut refused, mut unsound) = (0, 0);
    for at in 0..whole.len() {
        for bits in [0x01, 0x80, 0xff] {
            let mut bytes = whole.clone();
            bytes[at] ^= bits;
            match Kb::load(bytes) {
                Ok(kb) => {
                    unsound += u32::from(!kb.checksum_holds());
                    exercise(&kb);
                }
                Err(_) => refused += 1,
            }
        }
    }
    // Whatever is not refused is found by the checksum.
    assert_eq!(refused + unsound, whole.len() as u32 * 3);
    for len in 0..whole.len() {
        assert!(
            Kb::load(whole[..len].to_vec()).is_err(),
            "{len} bytes of {}",
            whole.len()
        );
    }
}

#[test]
fn a_damaged_embedded_base_is_refused_or_answered() {
    let whole = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("data/kb.bin")).unwrap();
    // A fixed sequence of places, so that a failure can be seen again.
    let mut random: u64 = 0x2545_f491_4f6c_dd1d;
    for _ in 0..400 {
        let mut bytes = whole.clone();
        for _ in 0..25 {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            let at = (random % whole.len() as u64) as usize;
            bytes[at] ^= (random >> 56) as u8 | 1;
        }
        if let Ok(kb) = Kb::load(bytes) {
            exercise(&kb);
        }
    }
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
    let (status, _, err) = run(&["office", "DE", "king", "--on", "2024-12-18"]);
    assert_eq!(status, 2);
    assert!(
        err.contains("no office 'king'") && err.contains("head_of_state"),
        "{err}"
    );
    let (status, _, err) = run(&["office", "Atlantis", "head_of_state", "--on", "2024-12-18"]);
    assert_eq!((status, err.lines().count()), (2, 1), "{err}");
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
