use std::{fs, path::Path};

use copydesk::{
    base::date::{Date, Holds},
    kb::{Kb, Kind, NameForm, Role, compile, source::Tables},
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
    let hit = |name: &str, wanted: &str| {
        kb.lookup(name)
            .find(|hit| kb.stable_id(hit.entity) == wanted)
            .unwrap_or_else(|| panic!("'{name}' does not lead to {wanted}"))
    };
    assert_eq!(hit("Mark Rutte", "Q57792").form, NameForm::Name);
    assert_eq!(hit("Rutte", "Q57792").form, NameForm::Surname);
    assert_eq!(hit("Ukrainians", "UA").form, NameForm::DemonymNoun);
    assert_eq!(hit("French", "FR").form, NameForm::Adjective);
    assert_eq!(hit("Kyiv", "UA").form, NameForm::Capital);
    assert_eq!(hit("Kremlin", "RU").form, NameForm::Metonym);
    assert_eq!(hit("NATO", "NATO").form, NameForm::Acronym);
    assert_eq!(hit("Erdogan", "Q39259").surface, "Erdoğan");
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
