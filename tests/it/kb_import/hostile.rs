//! Whatever an input holds, there are tables or there is an error.

use proptest::prelude::*;

use super::*;

fn day() -> Date {
    "2024-10-28".parse().unwrap()
}

/// Whatever the lines are, there are tables, and the tables compile.
fn whole_import(lines: &[u8], text: &str) {
    let rules = Rules {
        as_of: day(),
        given: Some(day()),
        since: "1945".parse().unwrap(),
    };
    let mut items: Vec<Item> = Vec::new();
    for line in lines.split(|b| *b == b'\n') {
        if let Line::Item(item, _) = import::reduce(line) {
            let mut bytes = Vec::new();
            item.write(&mut bytes);
            let read = Item::read(&bytes).expect("an item that was written");
            items.push(read);
        }
    }
    let kb = Kb::embedded();
    let mut world = World::new(kb, rules);
    items
        .iter()
        .filter(|item| !item.human)
        .for_each(|item| world.learn(item));
    world.close();
    items
        .iter()
        .filter(|item| !item.human)
        .for_each(|item| world.thing(item));
    items
        .iter()
        .filter(|item| item.human)
        .for_each(|item| world.person(item));
    let (mut tables, _) = world.finish();
    let layer = OwnLayer {
        id: "desk".to_owned(),
        license: "own".to_owned(),
    };
    for format in [
        Format::SparqlJson,
        Format::SparqlTsv,
        Format::Csv,
        Format::Tsv,
        Format::Toml,
    ] {
        if let Ok((more, _)) = import::table("f", text, format, kb, rules, &layer, &tables) {
            tables = import::merge(tables, more);
        }
    }
    let tables = import::complete(tables, kb);
    let bytes = compile::compile(&tables).unwrap_or_else(|e| panic!("{e}"));
    let pack = Kb::load(bytes).unwrap();
    assert!(verify::check(&pack).iter().all(|fault| !matches!(
        fault.code,
        "damaged" | "dangling-org" | "no-source" | "duplicate-id"
    )));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_give_tables_or_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..400), text in "\\PC{0,200}") {
        let _ = import::sniff(&bytes, "x.json");
        let _ = import::day_in_name(&text);
        let _ = Item::read(&bytes);
        whole_import(&bytes, &text);
    }

    #[test]
    fn a_dump_with_any_damage_gives_tables(cuts in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..40)) {
        let mut bytes = fs::read(fixture("dump.json")).unwrap();
        for (at, byte) in cuts {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        whole_import(&bytes, "");
    }

    #[test]
    fn a_table_with_any_damage_gives_tables_or_an_error(which in 0usize..5, cuts in proptest::collection::vec((any::<prop::sample::Index>(), any::<char>()), 1..10)) {
        let name = ["leaders.srj", "leaders.tsv", "people.csv", "people.tsv", "people.toml"][which];
        let mut text: Vec<char> = fs::read_to_string(fixture(name)).unwrap().chars().collect();
        for (at, c) in cuts {
            let at = at.index(text.len());
            text[at] = c;
        }
        whole_import(b"", &text.into_iter().collect::<String>());
    }
}
