//! What a desk lays over the knowledge base in the program: packs and its own people.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::Arc,
};

use copydesk::{
    base::date::{Date, Holds},
    desk::{
        people::People,
        project::{self, Project, SETTINGS},
    },
    ide::explain::explain,
    kb::{
        Fact, Gender, Kb, Kind, NameForm, Role,
        compile::compile,
        source::{EntityRow, LayerRow, Tables, TenureRow},
    },
    semantic::article::{Context, analyze},
};
use serde_json::{Value, json};

mod command_line;
mod faults;
mod listed;
pub(crate) mod schema;

/// A folder that is gone when the test ends.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    pub(crate) fn new(name: &str, files: &[(&str, &str)]) -> Self {
        let folder = std::env::temp_dir().join(format!("copydesk-desk-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join(".copydesk")).unwrap();
        let folder = Self(folder);
        for (file, text) in files {
            folder.write(file, text);
        }
        folder
    }

    pub(crate) fn write(&self, file: &str, text: impl AsRef<[u8]>) {
        // As a careful program does it: a new file takes the old one's name.
        let new = self.0.join("new");
        fs::write(&new, text).unwrap();
        let file = self.0.join(file);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::rename(new, file).unwrap();
    }

    fn read(&self, old: Option<&Project>) -> Project {
        Project::read(&self.0, &self.0.join(SETTINGS), Kb::embedded(), old)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub(crate) fn person(id: &str, name: &str, country: &str) -> EntityRow {
    EntityRow {
        id: id.to_owned(),
        kind: Kind::Person,
        what: String::new(),
        wikidata: id.strip_prefix('Q').and_then(|q| q.parse().ok()),
        name: name.to_owned(),
        code: String::new(),
        in_sentence: String::new(),
        official: String::new(),
        iso3: String::new(),
        family: String::new(),
        tier: 3,
        gender: Gender::Unknown,
        country: country.to_owned(),
        groups: Vec::new(),
        successors: Vec::new(),
        start: None,
        end: None,
        source: "test".to_owned(),
        at: (String::new(), 0),
    }
}

pub(crate) fn country(code: &str, name: &str) -> EntityRow {
    EntityRow {
        kind: Kind::Country,
        code: code.to_owned(),
        wikidata: None,
        ..person(code, name, "")
    }
}

pub(crate) fn tenure(person: &str, org: &str, role: Role, office: &str, dates: [&str; 3]) -> TenureRow {
    let date = |text: &str| (!text.is_empty()).then(|| day(text));
    TenureRow {
        person: person.to_owned(),
        org: org.to_owned(),
        role,
        office: office.to_owned(),
        start: date(dates[0]),
        end: date(dates[1]),
        doubt: None,
        as_of: date(dates[2]),
        party: String::new(),
        source: "test".to_owned(),
        at: (String::new(), 0),
    }
}

pub(crate) fn pack(entities: Vec<EntityRow>, tenures: Vec<TenureRow>) -> Vec<u8> {
    let tables = Tables {
        layers: vec![LayerRow {
            id: "test".to_owned(),
            as_of: None,
            license: "none".to_owned(),
            what: String::new(),
        }],
        entities,
        tenures,
        ..Tables::default()
    };
    compile(&tables).unwrap()
}

#[test]
fn the_nearest_layer_has_the_word() {
    let scholz = "Q61053";
    let bytes = pack(
        vec![country("DE", "Germany"), person(scholz, "Olaf A. Scholz", "DE")],
        vec![
            // The term that the base has, which knows its end; and one that it has not.
            tenure(
                scholz,
                "DE",
                Role::HeadOfGovernment,
                "Bundeskanzler",
                ["2021-12", "", "2024-01-01"],
            ),
            tenure(
                scholz,
                "DE",
                Role::Other,
                "Chairman of the Rowing Club",
                ["2030", "", ""],
            ),
        ],
    );
    let people =
        "[[people]]\nid = \"Q61053\"\nnote = \"Never “Olaf” alone.\"\naliases = [\"Chancellor Olaf\"]\n";
    let folder = Folder::new(
        "word",
        &[
            ("copydesk.toml", "kb = \"a.kb\"\n"),
            (".copydesk/people.toml", people),
        ],
    );
    folder.write("a.kb", bytes);
    let project = folder.read(None);
    assert_eq!(project.faults, []);
    let (kb, below) = (&project.kb, Kb::embedded());
    assert_eq!(kb.n_layers(), 3);

    // One entity, whoever is asked.
    let id = kb.by_id(scholz).unwrap();
    assert_eq!(
        Some(id),
        below.by_id(scholz),
        "entities of the base keep their ids"
    );
    for name in ["Olaf Scholz", "Olaf A. Scholz", "Chancellor Olaf"] {
        let found: Vec<_> = kb.lookup(name).map(|hit| hit.entity).collect();
        assert_eq!(found, [id], "{name}");
    }
    // The pack has another name; the desk none; only the base has the country of the office.
    assert_eq!(
        (kb.name(id), kb.layer_of(id, Fact::Name)),
        ("Olaf A. Scholz", Some(1))
    );
    assert_eq!(
        (kb.gender(id), kb.country_of(id)),
        (below.gender(id), kb.by_code("DE"))
    );
    assert_eq!(
        (kb.note(id), kb.layer_of(id, Fact::Note)),
        (Some("Never “Olaf” alone."), Some(2))
    );
    assert_eq!(kb.tier(id), below.tier(id), "what is great stays great");
    assert_eq!(kb.layers_of(id).collect::<Vec<_>>(), [2, 1, 0]);

    // The term is one: the pack's, with the end that only the base knows.
    let terms: Vec<_> = kb
        .tenures(id)
        .filter(|t| t.role == Role::HeadOfGovernment)
        .collect();
    assert_eq!(terms.len(), 1, "{terms:?}");
    assert_eq!((terms[0].office, terms[0].layer), ("Bundeskanzler", 1));
    assert_eq!(terms[0].end, Some(day("2025-05-06")));
    assert_eq!(kb.tenures(id).count(), below.tenures(id).count() + 1);
    let (holder, holds) = kb.holders("DE", Role::HeadOfGovernment, day("2024-12-18"))[0];
    assert_eq!(
        (holder.person, holder.office, holds),
        (id, "Bundeskanzler", Holds::Yes)
    );
}

#[test]
fn one_name_in_one_country_is_one_person() {
    let below = Kb::embedded();
    let bytes = pack(
        vec![
            country("DE", "Germany"),
            country("FR", "France"),
            person("x1", "Olaf Scholz", "DE"),
            person("x2", "Olaf Scholz", "FR"),
            // Two ids are two people, whatever their names.
            person("Q999999999", "Olaf Scholz", "DE"),
        ],
        Vec::new(),
    );
    let kb = below.with("pack", bytes).unwrap();
    let scholz = below.by_id("Q61053").unwrap();
    assert_eq!(kb.by_id("x1"), Some(scholz));
    assert_eq!(kb.stable_id(scholz), "Q61053");
    let others = ["x2", "Q999999999"].map(|id| kb.by_id(id).unwrap());
    assert!(!others.contains(&scholz) && others[0] != others[1]);
    assert_eq!(kb.lookup("Olaf Scholz").count(), 3);
    assert_eq!(kb.by_code("DE"), below.by_code("DE"));
    assert_eq!(kb.code(others[0]), Some("FR"));
    // Of the three people of the pack one was known, and both countries were.
    assert_eq!(kb.len(), below.len() + 2);
    assert_eq!(kb.ids().count(), kb.len());
}

#[test]
fn who_comes_next_ends_the_term_before() {
    let below = Kb::embedded();
    let role = Role::HeadOfGovernment;
    let on = day("2031-06-01");
    // Nobody has told the base of an end.
    let (before, holds) = below.holders("DE", role, on)[0];
    assert_eq!((before.end, holds), (None, Holds::Maybe));
    let text = "[[people]]\nname = \"Erika Mustermann\"\ncountry = \"Germany\"\n\
                offices = [{ office = \"Chancellor\", role = \"head_of_government\", from = 2031-05-01 }]\n";
    let kb = People::parse(text, true)
        .unwrap()
        .over(below, "people.toml", text)
        .unwrap();
    let holders = kb.holders("DE", role, on);
    assert_eq!(holders.len(), 1, "{holders:?}");
    assert_eq!(
        (kb.name(holders[0].0.person), holders[0].1),
        ("Erika Mustermann", Holds::Yes)
    );
    let ended = kb
        .tenures(before.person)
        .find(|t| t.role == role && t.start == before.start);
    assert_eq!(ended.unwrap().end, Some(day("2031-05-01")));
    // On the days before, nothing has changed.
    let then = day("2024-12-18");
    let name = |kb: &Kb| kb.name(kb.holders("DE", role, then)[0].0.person).to_owned();
    assert_eq!(name(&kb), name(below));
}

#[test]
fn an_empty_layer_changes_nothing() {
    let below = Kb::embedded();
    let kb = below
        .with(
            "pack",
            pack(vec![person("x1", "Nobody Whatsoever", "")], Vec::new()),
        )
        .unwrap();
    let n = below.len();
    for id in below.ids().filter(|id| id.0 % 7 == 0) {
        assert_eq!(kb.name(id), below.name(id));
        assert_eq!(
            (kb.kind(id), kb.tier(id), kb.code(id)),
            (below.kind(id), below.tier(id), below.code(id))
        );
        assert_eq!(kb.in_sentence(id), below.in_sentence(id));
        assert_eq!(
            (kb.country_of(id), kb.existed(id)),
            (below.country_of(id), below.existed(id))
        );
        assert!(kb.names_of(id).eq(below.names_of(id)));
        let show = |kb: &Kb| format!("{:?}", kb.tenures(id).collect::<Vec<_>>());
        let sorted = |kb: &Kb| {
            let mut all: Vec<_> = kb.tenures(id).map(|t| format!("{t:?}")).collect();
            all.sort();
            all
        };
        assert_eq!(sorted(&kb), sorted(below), "{}", show(&kb));
        assert!(kb.groups_of(id).eq(below.groups_of(id)));
    }
    assert!(kb.members("EU").eq(below.members("EU")));
    assert_eq!(kb.len(), n + 1);
    let text: Arc<str> =
        "BERLIN, Dec. 18, 2024 — “We stay,” Chancellor Olaf Scholz said. Macron disagreed.\n".into();
    let read = |kb: &Kb| {
        let article = analyze(&text, &Context::default(), kb);
        format!(
            "{:?} {:?} {:?}",
            article.entities, article.mentions, article.quotes
        )
    };
    assert_eq!(read(&kb), read(below));
}

/// Everything of the base is found again in a copy of it that lies over it, and nothing is there twice.
#[test]
fn a_copy_over_the_base_changes_nothing() {
    let below = Kb::embedded();
    let bytes = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("data/kb.bin")).unwrap();
    let kb = below.with("copy", bytes).unwrap();
    assert_eq!(kb.len(), below.len());
    for id in below.ids() {
        let called = format!("{} {}", below.stable_id(id), below.name(id));
        assert_eq!(kb.layers_of(id).count(), 2, "{called}");
        assert_eq!(
            (kb.name(id), kb.code(id)),
            (below.name(id), below.code(id)),
            "{called}"
        );
        assert_eq!(kb.country_of(id), below.country_of(id), "{called}");
        let terms = |kb: &Kb| {
            let all = kb.tenures(id);
            let mut all: Vec<_> = all
                .map(|t| {
                    (
                        t.person,
                        t.role,
                        t.org.to_owned(),
                        t.office.to_owned(),
                        t.start,
                        t.end,
                        t.doubt_from,
                    )
                })
                .collect();
            all.sort();
            all
        };
        assert_eq!(terms(&kb), terms(below), "{called}");
        let hits = |kb: &Kb| -> Vec<_> { kb.lookup(below.name(id)).map(|h| (h.entity, h.form)).collect() };
        assert_eq!(hits(&kb), hits(below), "{called}");
    }
    let on = day("2024-12-18");
    for id in below.ids().filter(|id| below.kind(*id) == Kind::Country) {
        let Some(code) = below.code(id) else { continue };
        for role in [Role::HeadOfState, Role::HeadOfGovernment, Role::ForeignMinister] {
            let names = |kb: &Kb| -> Vec<_> {
                let all = kb.holders(code, role, on);
                all.iter().map(|(t, holds)| (t.person, t.start, *holds)).collect()
            };
            assert_eq!(names(&kb), names(below), "{role:?} of {code}");
        }
    }
}

/// The example of docs/kb-layers.md.
fn documented() -> String {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/kb-layers.md")).unwrap();
    let from = page
        .find("```toml\n#:schema people.schema.json")
        .expect("the example")
        + 8;
    page[from..].split("```").next().unwrap().to_owned()
}

#[test]
fn the_documented_example_holds() {
    let text = documented();
    let folder = Folder::new("example", &[(".copydesk/people.toml", &text)]);
    let project = folder.read(None);
    assert_eq!(project.faults, []);
    let kb = &project.kb;
    let mayor = kb.lookup("Liis Tammsaar").next().unwrap().entity;
    assert_eq!((kb.gender(mayor), kb.code(mayor)), (Gender::Female, Some("EE")));
    let (office, holds) = kb.office_of(mayor, day("2026-11-01")).unwrap();
    assert_eq!((office.office, holds), ("Harbor master", Holds::Yes));
    let body = kb.by_code(office.org).unwrap();
    assert_eq!(kb.name(body), "Port Authority of Kopli");
    assert_eq!(
        kb.lookup("PAK")
            .find(|h| h.form == NameForm::Acronym)
            .unwrap()
            .entity,
        body
    );
    assert!(!project.config.spelling.is_empty());

    let article: Arc<str> =
        "TALLINN, Nov. 1, 2026 — “The quay is closed,” Liis Tammsaar, the harbor master, said. \
                             Tammsaar gave no date.\n"
            .into();
    let found = analyze(&article, &Context::default(), kb);
    let at = article.find("Liis").unwrap() as u32;
    let lines = explain(&found, kb, at).unwrap().lines().join("\n");
    assert!(lines.contains("Harbor master"), "{lines}");
    assert!(lines.contains("[.copydesk/people.toml]"), "{lines}");
    assert!(lines.contains("note: "), "{lines}");
    assert_eq!(found.quotes.iter().filter(|q| q.speaker.is_some()).count(), 1);
}

#[test]
fn an_office_without_a_beginning_is_perhaps_held_until_it_ends() {
    let below = Kb::embedded();
    let holds = |dates: &str, at: &str| {
        let text = format!(
            "[[people]]\nname = \"Liis Tammsaar\"\ncountry = \"EE\"\n\
             offices = [{{ office = \"Harbor master\", role = \"org_head\"{dates} }}]\n"
        );
        let kb = People::parse(&text, true)
            .and_then(|people| people.over(below, "people.toml", &text))
            .unwrap();
        let person = kb.lookup("Liis Tammsaar").next().unwrap().entity;
        kb.tenures(person).next().unwrap().holds(day(at))
    };
    for (dates, at, wanted) in [
        (", from = 2023-04-01", "2026-11-02", Holds::Yes),
        (", from = 2023-04-01", "2009-11-02", Holds::NotYet),
        ("", "2026-11-02", Holds::Maybe),
        ("", "1990-01-01", Holds::Maybe),
        (", checked = 2026-11-02", "2026-11-02", Holds::Maybe),
        (", to = 2020-01-01", "2019-11-02", Holds::Maybe),
        (", to = 2020-01-01", "2020-01-02", Holds::NoLonger),
    ] {
        assert_eq!(holds(dates, at), wanted, "{dates} on {at}");
    }
    // What is known below fills the gap, and with it the doubt is gone.
    let text = "[[people]]\nid = \"Q57792\"\n\
                offices = [{ office = \"Secretary General\", of = \"NATO\", role = \"org_head\" }]\n";
    let kb = People::parse(text, true)
        .and_then(|people| people.over(below, "people.toml", text))
        .unwrap();
    let rutte = kb.by_id("Q57792").unwrap();
    let (office, certain) = kb.office_of(rutte, day("2025-01-01")).unwrap();
    assert_eq!((office.office, certain), ("Secretary General", Holds::Yes));
}

#[test]
fn a_broken_file_leaves_the_old_in_force() {
    let own = |name: &str| format!("[[people]]\nname = \"{name}\"\ncountry = \"EE\"\n");
    let folder = Folder::new(
        "broken",
        &[("copydesk.toml", "kb = [\"a.kb\"]\ndate = 2024-12-18\n")],
    );
    let packed = |name: &str| {
        pack(
            vec![country("EE", "Estonia"), person("x1", name, "EE")],
            Vec::new(),
        )
    };
    folder.write("a.kb", packed("Packed Person"));
    folder.write(".copydesk/people.toml", own("Listed Person"));
    let knows = |p: &Project, name: &str| p.kb.lookup(name).next().is_some();
    let first = folder.read(None);
    assert_eq!(first.faults, []);
    assert!(knows(&first, "Packed Person") && knows(&first, "Listed Person"));
    assert!(!first.has_changed());
    // Nothing has changed: it is the same base, so that nothing is computed anew.
    assert!(folder.read(Some(&first)).kb.is(&first.kb));

    // Each file in turn is broken, told, and what it said before holds.
    let settings = "kb = [\"a.kb\"]\ndate = 2024-12-18\n";
    for (file, broken, line, good) in [
        (
            ".copydesk/people.toml",
            b"[[people]]\nnme = 3\n".to_vec(),
            2,
            own("Listed Person").into_bytes(),
        ),
        (
            ".copydesk/people.toml",
            b"[[people]]\nname = \"X Y\"\ncountry = \"Atlantis\"\n".to_vec(),
            3,
            own("Listed Person").into_bytes(),
        ),
        (
            "copydesk.toml",
            b"date = 2024-12-18\nkb = [3]\n".to_vec(),
            2,
            settings.into(),
        ),
        ("a.kb", b"CDKB, cut short".to_vec(), 1, packed("Packed Person")),
    ] {
        folder.write(file, broken);
        assert!(first.has_changed(), "{file}");
        let now = folder.read(Some(&first));
        assert_eq!(now.faults.len(), 1, "{file}: {:?}", now.faults);
        // A pack has no lines: its fault stands where it is named.
        let told = if file == "a.kb" { "copydesk.toml" } else { file };
        assert_eq!(now.faults[0].file, folder.0.join(told), "{file}");
        assert_eq!(now.faults[0].error.line, line, "{file}: {:?}", now.faults);
        assert!(
            knows(&now, "Packed Person") && knows(&now, "Listed Person"),
            "{file}"
        );
        assert_eq!(now.config.date, Some(day("2024-12-18")), "{file}");
        // And once more, from what was left in force.
        let again = folder.read(Some(&now));
        assert!(
            knows(&again, "Packed Person") && knows(&again, "Listed Person"),
            "{file}"
        );
        folder.write(file, good);
        assert_eq!(folder.read(Some(&again)).faults, [], "{file}");
    }
    folder.write("a.kb", packed("Another Person"));
    let now = folder.read(Some(&first));
    assert!(knows(&now, "Another Person") && !knows(&now, "Packed Person"));
    fs::remove_file(folder.0.join(".copydesk/people.toml")).unwrap();
    assert!(
        !knows(&folder.read(Some(&now)), "Listed Person"),
        "a file that is gone says nothing"
    );
}

#[test]
fn a_large_pack_is_mapped() {
    let whole = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("data/kb.bin")).unwrap();
    assert!(whole.len() > 4 << 20, "smaller packs are read");
    let folder = Folder::new("mapped", &[]);
    folder.write("a.kb", &whole);
    let path = folder.0.join("a.kb");
    let kb = project::open(&path, "a.kb").unwrap();
    let name = |kb: &Kb| kb.by_id("Q61053").map(|id| kb.name(id).to_owned());
    assert_eq!(name(&kb).as_deref(), Some("Olaf Scholz"));
    // A new file takes its name: the old one is read on.
    folder.write("a.kb", "something else");
    assert!(kb.checksum_holds());
    assert_eq!(kb.len(), Kb::embedded().len());
    assert_eq!(
        project::open(&path, "a.kb").unwrap_err(),
        "not a usable knowledge base: it does not begin with CDKB; 'copydesk kb import' makes one of a table or a dump"
    );
    assert_eq!(
        project::open(&folder.0, "x").unwrap_err(),
        "is a folder; name a file"
    );
    assert_eq!(
        project::open(&folder.0.join("no"), "x").unwrap_err(),
        "no such file"
    );
}
