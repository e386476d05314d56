//! All states of the world, as a reader would check them: `kb_countries.tsv` is printed from the base.

use std::{collections::BTreeSet, fs, path::Path};

use copydesk::kb::{EntityId, Kb, Kind, NameForm, Role};

/// Not members of the United Nations: two observers, and two that are neither.
const NO_MEMBERS: [&str; 4] = ["PS", "TW", "VA", "XK"];

fn countries(what: &str) -> Vec<EntityId> {
    let kb = Kb::embedded();
    let of_kind = |id: &EntityId| kb.kind(*id) == Kind::Country && kb.description(*id) == Some(what);
    kb.ids().filter(of_kind).collect()
}

fn forms(id: EntityId, form: NameForm) -> Vec<&'static str> {
    let kb = Kb::embedded();
    let mut names: Vec<&str> = kb
        .names_of(id)
        .filter(|hit| hit.form == form && !hit.weak)
        .map(|hit| hit.surface)
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// "Ukrainians", "Frenchmen", "the Chinese".
fn is_plural(noun: &str) -> bool {
    const ALIKE: [&str; 12] = [
        "Batswana",
        "Basotho",
        "British",
        "Burkinabe",
        "Dutch",
        "French",
        "I-Kiribati",
        "Irish",
        "Ni-Vanuatu",
        "Malagasy",
        "Spanish",
        "Swiss",
    ];
    noun.ends_with('s') || noun.ends_with("men") || noun.ends_with("ese") || ALIKE.contains(&noun)
}

#[test]
fn every_member_of_the_united_nations_is_complete() {
    let kb = Kb::embedded();
    let members: Vec<EntityId> = countries("sovereign")
        .into_iter()
        .filter(|id| !NO_MEMBERS.contains(&kb.code(*id).unwrap_or_default()))
        .collect();
    assert_eq!(members.len(), 193);
    let mut lacking = Vec::new();
    let mut codes = BTreeSet::new();
    for id in members {
        let code = kb.code(id).unwrap_or_default();
        let alpha3 = kb.alpha3(id).unwrap_or_default();
        let mut lacks = |ok: bool, what: &str| {
            if !ok {
                lacking.push(format!("{code}: {what}"));
            }
        };
        let upper = |code: &str| code.bytes().all(|b| b.is_ascii_uppercase());
        lacks(code.len() == 2 && upper(code), "alpha-2 code");
        lacks(
            alpha3.len() == 3 && upper(alpha3) && kb.by_code(alpha3) == Some(id),
            "alpha-3 code",
        );
        lacks(codes.insert(alpha3), "an alpha-3 code of its own");
        lacks(
            kb.wikidata(id).is_some_and(|q| kb.by_wikidata(q) == Some(id)),
            "Wikidata id",
        );
        lacks(!kb.name(id).is_empty(), "name");
        lacks(
            kb.official_name(id) != Some(kb.name(id)),
            "an official name that is another",
        );
        lacks(!forms(id, NameForm::Adjective).is_empty(), "adjective");
        let people = forms(id, NameForm::DemonymNoun);
        let single = |noun: &&str| {
            !noun.ends_with("men") && !noun.ends_with('s') || *noun == "Swiss" || *noun == "Seychellois"
        };
        lacks(people.iter().any(single), "noun for one");
        lacks(people.iter().any(|noun| is_plural(noun)), "noun for many");
        lacks(
            kb.names_of(id).any(|hit| hit.form == NameForm::Capital),
            "capital",
        );
    }
    assert!(lacking.is_empty(), "{lacking:#?}");
}

#[test]
fn observers_territories_and_states_of_the_past() {
    let kb = Kb::embedded();
    for code in NO_MEMBERS {
        let id = kb.by_code(code).unwrap();
        assert!(kb.wikidata(id).is_some() && kb.alpha3(id).is_some(), "{code}");
    }
    let territories = countries("territory");
    assert!(territories.len() >= 58, "{}", territories.len());
    for id in territories {
        assert!(kb.wikidata(id).is_some(), "{}", kb.name(id));
    }
    let today = countries("sovereign");
    for id in countries("historical") {
        let (_, end) = kb.existed(id);
        let called = kb.name(id);
        assert!(end.is_some() || called == "Artsakh", "{called} has no end");
        // Somebody came after it, and in the end a state of today.
        let mut after: Vec<EntityId> = kb.successors(id).collect();
        assert!(!after.is_empty(), "{called} has no successor");
        for _ in 0..3 {
            after = after
                .into_iter()
                .flat_map(|id| {
                    let next: Vec<EntityId> = kb.successors(id).collect();
                    if next.is_empty() { vec![id] } else { next }
                })
                .collect();
        }
        let lives = |id: &EntityId| today.contains(id) || kb.description(*id) == Some("territory");
        assert!(after.iter().all(lives), "{called}");
    }
}

/// The whole list, to be read: code, alpha-3 code, id, name, official name, adjectives, people, capitals,
/// seats, acronyms.
#[test]
fn the_list_of_states_is_the_one_that_was_read() {
    let kb = Kb::embedded();
    let mut rows: Vec<String> = Vec::new();
    for what in ["sovereign", "territory", "historical"] {
        for id in countries(what) {
            let join = |form| forms(id, form).join(" | ");
            let (start, end) = kb.existed(id);
            let years = match (start, end) {
                (None, None) => String::new(),
                (start, end) => {
                    let text =
                        |d: Option<copydesk::base::date::Date>| d.map_or(String::new(), |d| d.to_string());
                    format!("{}–{}", text(start), text(end))
                }
            };
            let id_text = kb.wikidata(id).map_or(String::new(), |q| format!("Q{q}"));
            rows.push(
                [
                    kb.code(id).unwrap_or_default(),
                    kb.alpha3(id).unwrap_or_default(),
                    &id_text,
                    what,
                    kb.in_sentence(id),
                    kb.official_name(id).unwrap_or_default(),
                    &years,
                    &join(NameForm::Adjective),
                    &join(NameForm::DemonymNoun),
                    &join(NameForm::Capital),
                    &join(NameForm::Metonym),
                    &join(NameForm::Acronym),
                ]
                .join("\t"),
            );
        }
    }
    let head = "code\talpha-3\tid\twhat\tin a sentence\tofficial\tyears\tadjectives\tpeople\tcapitals\tseats\tacronyms\n";
    let got = format!("{head}{}\n", rows.join("\n"));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/kb_countries.tsv");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&path, &got).unwrap();
    }
    let wanted = fs::read_to_string(&path).unwrap_or_default();
    for (line, (got, wanted)) in got.lines().zip(wanted.lines()).enumerate() {
        assert_eq!(
            got,
            wanted,
            "line {}; UPDATE_EXPECT=1 renews the list, to be read",
            line + 1
        );
    }
    assert_eq!(got.lines().count(), wanted.lines().count());
}

/// Every state has somebody at its head on four days, but for these, of which no source that ships knows.
#[test]
fn every_state_has_a_head_of_state_and_of_government() {
    let kb = Kb::embedded();
    let mut holes: Vec<String> = Vec::new();
    for id in countries("sovereign") {
        let code = kb.code(id).unwrap_or_default();
        for role in [Role::HeadOfState, Role::HeadOfGovernment] {
            let missing = ["2018-06-15", "2022-03-01", "2024-12-18", "2025-07-01"]
                .into_iter()
                .filter(|day| kb.holders(code, role, day.parse().unwrap()).is_empty());
            let days: Vec<&str> = missing.collect();
            if !days.is_empty() {
                holes.push(format!("{code}\t{}\t{}", role.text(), days.join(" ")));
            }
        }
    }
    let known: Vec<&str> = include_str!("kb_holes.tsv")
        .lines()
        .filter(|l| !l.starts_with('#'))
        .collect();
    let known: Vec<String> = known
        .iter()
        .map(|l| l.rsplit_once('\t').map_or(*l, |(hole, _)| hole).to_owned())
        .collect();
    assert_eq!(holes, known);
}
