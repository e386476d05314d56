use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    time::Duration,
};

use copydesk::{
    base::date::Date,
    kb::{
        Kb, compile,
        import::{self, Format, Item, Line, OwnLayer, Rules, World},
        source::Tables,
        verify,
    },
};
use expect_test::expect;

/// Whatever an input holds.
mod hostile;
/// A desk's own tables.
mod tables;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data/import")
        .join(name)
}

/// An empty folder for one test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("import").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    command
        .arg("kb")
        .args(args)
        .current_dir(folder)
        .stdin(Stdio::null());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Exit status, standard output, standard error.
fn told(output: Output) -> (i32, String, String) {
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let (out, err) = (text(output.stdout), text(output.stderr));
    assert!(!err.contains("panicked"), "{err}");
    (output.status.code().unwrap_or(-1), out, err)
}

fn run(folder: &Path, args: &[&str]) -> (i32, String, String) {
    told(command(folder, args).output().unwrap())
}

fn feed(folder: &Path, args: &[&str], input: &[u8]) -> (i32, String, String) {
    let mut child = command(folder, args).stdin(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let feeder = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().unwrap();
    let _ = feeder.join();
    told(output)
}

/// Imports a file into a new pack; its bytes.
fn pack(folder: &Path, input: &Path) -> Vec<u8> {
    let (status, _, err) = run(folder, &["import", input.to_str().unwrap(), "-o", "out.kb"]);
    assert_eq!(status, 0, "{err}");
    fs::read(folder.join("out.kb")).unwrap()
}

/// The names of all files in a folder, hidden ones too.
fn files(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name());
    let mut names: Vec<String> = entries.map(|name| name.to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// Refused: status 2, one line that says all of `words`, and no file.
#[track_caller]
fn refused(folder: &Path, (status, out, err): (i32, String, String), words: &[&str]) {
    assert_eq!((status, out.as_str()), (2, ""), "{err}");
    assert_eq!(err.lines().count(), 1, "{err}");
    for word in words {
        assert!(err.contains(word), "{word:?} in {err}");
    }
    assert!(!folder.join("out.kb").exists());
}

#[test]
fn a_dump_becomes_a_pack() {
    let folder = folder("dump");
    let dump = fixture("dump.json");
    let (status, out, err) = run(&folder, &["import", dump.to_str().unwrap(), "-o", "out.kb"]);
    assert_eq!(status, 0, "{err}");
    expect![[r#"
        out.kb: 3 kB
          has: people 9, countries 2, bodies 3, tenures 13, names 36
          left out: offices without a start 1, offices or bodies that ended too early 1, offices that end before they start 1
          in doubt: offices without an end that somebody took up later 1
    "#]].assert_eq(
        &out.lines()
            .filter(|line| !line.starts_with("  read:"))
            .map(|line| format!("{line}\n"))
            .collect::<String>(),
    );
    let (_, table, _) = run(&folder, &["export", "--format", "tsv", "--kb", "out.kb"]);
    expect![[r#"
        id	wikidata	kind	name	org	role	office	start	end	as_of	source
        XA	Q900000001	country	Ruritania				1918-11-03			wikidata
        Q900000002	Q900000002	country	Borduria					1991-08-31		wikidata
        Q900000020	Q900000020	institution	Ruritanian Labour Party				1950			wikidata
        Q900000021	Q900000021	institution	Ministry of Fisheries				1950			wikidata
        Q900000024	Q900000024	institution	League of Rivers							wikidata
        Q900000101	Q900000101	person	Lena Hartmann	XA	legislator	Member of the Diet of Ruritania	2001	2005	2024-10-27	wikidata
        Q900000101	Q900000101	person	Lena Hartmann	Q900000020	party_leader	Chair	2008	2010	2024-10-27	wikidata
        Q900000101	Q900000101	person	Lena Hartmann	XA	head_of_state	President of Ruritania	2010-05-01	2020-04-30	2024-10-27	wikidata
        Q900000102	Q900000102	person	Marek Kowalski	XA	head_of_government	Prime Minister of Ruritania	2012-03			wikidata
        Q900000102	Q900000102	person	Marek Kowalski	XA	head_of_state	President of Ruritania	2020-04-30		2024-10-27	wikidata
        Q900000109	Q900000109	person	Ida Quist	XA	head_of_state	President of Ruritania	1990	1995	2024-10-27	wikidata
        Q900000109	Q900000109	person	Ida Quist	Q900000020	party_leader	Chair	2022-01-15		2024-10-27	wikidata
        Q900000103	Q900000103	person	Zoë Núñez	XA	foreign_minister	Minister of External Relations of Ruritania	2018-02-01		2024-10-27	wikidata
        Q900000104	Q900000104	person	Oskar Berg	XA	foreign_minister	Minister of External Relations of Ruritania	2015-01-01	2016-06-01	2024-10-27	wikidata
        Q900000105	Q900000105	person	Pavel Thorne	XA	foreign_minister	Minister of External Relations of Ruritania	2017-01-01		2024-10-27	wikidata
        Q900000108	Q900000108	person	Julia Julian	Q900000002	minister	Minister of fisheries of Borduria	1946	1951	2024-10-27	wikidata
        Q900000111	Q900000111	person	Provincial Governor	XA	subnational	Governor of Upper Ruritania	2019-01-01		2024-10-27	wikidata
        Q900000112	Q900000112	person	Rita League	LORIV	org_head	Secretary general	2021-09-01		2024-10-27	wikidata
    "#]].assert_eq(&table);
    let (status, out, _) = run(&folder, &["verify", "out.kb"]);
    assert_eq!(status, 0, "{out}");
    let (_, card, _) = run(&folder, &["lookup", "Lena Hartmann", "--kb", "out.kb"]);
    expect![[r#"
        Lena Hartmann (person, Ruritania, Q900000101)
          acronym: LMH
          alias: Lena Maria Hartmann, Maria Hartmann
          surname: Hartmann
          President of Ruritania (XA), 2010-05-01 – 2020-04-30 [wikidata]
          Chair (Ruritanian Labour Party), 2008 – 2010 [wikidata]
          Member of the Diet of Ruritania (XA), 2001 – 2005 [wikidata]
    "#]]
    .assert_eq(&card);
    let (_, card, _) = run(&folder, &["lookup", "Ruritania", "--kb", "out.kb"]);
    expect![[r#"
        Ruritania (country, sovereign, Q900000001)
          existed: 1918-11-03 –
          acronym: RUR
          adjective: Ruritanian
          alias: Republic of Ruritania, Rurland
          capital: Strelsau
          demonym: Ruritanian, Ruritanians
    "#]]
    .assert_eq(&card.replace("– \n", "–\n"));
}

/// What is not certain is not said to be: an end that nobody knows, a successor without a recorded departure.
#[test]
fn doubt_is_kept() {
    let folder = folder("doubt");
    pack(&folder, &fixture("dump.json"));
    let held = |org: &str, role: &str, on: &str| {
        run(&folder, &["office", org, role, "--on", on, "--kb", "out.kb"]).1
    };
    assert!(held("XA", "head_of_government", "2013-01-01").contains("perhaps"));
    assert!(held("XA", "head_of_state", "2018-01-01").starts_with("Lena Hartmann"));
    let after = held("XA", "foreign_minister", "2019-01-01");
    let lines: Vec<&str> = after.lines().collect();
    assert!(
        lines[0].starts_with("Zoë Núñez") && !lines[0].contains("perhaps"),
        "{after}"
    );
    assert!(
        lines[1].starts_with("Pavel Thorne") && lines[1].contains("perhaps"),
        "{after}"
    );
    // Beyond the day of the dump nothing is certain.
    assert!(held("XA", "head_of_state", "2030-01-01").contains("perhaps"));
}

#[test]
fn each_form_of_a_dump_gives_the_same_pack() {
    let folder = folder("forms");
    let dump = fs::read_to_string(fixture("dump.json")).unwrap();
    let want = pack(&folder, &fixture("dump.json"));
    let bare: String = dump
        .lines()
        .filter(|line| line.len() > 1)
        .map(|line| format!("{}\n", line.trim_end_matches(',')))
        .collect();
    let spaced: String = bare
        .lines()
        .map(|line| {
            let value: serde_json::Value = serde_json::from_str(line).unwrap();
            let text = serde_json::to_string_pretty(&value).unwrap();
            format!("{}\r\n", text.replace('\n', " "))
        })
        .collect();
    let mut backward: Vec<&str> = bare.lines().collect();
    backward.reverse();
    let gz = |text: &str| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    };
    let zst = |text: &str| {
        ruzstd::encoding::compress_to_vec(text.as_bytes(), ruzstd::encoding::CompressionLevel::Fastest)
    };
    let (front, back) = bare.split_at(bare.len() / 3);
    let skipped = b"\x50\x2a\x4d\x18\x03\x00\x00\x00abc";
    for (name, bytes) in [
        ("bare.ndjson", bare.clone().into_bytes()),
        ("spaced.json", spaced.into_bytes()),
        ("backward.ndjson", backward.join("\n").into_bytes()),
        ("bom.json", format!("\u{feff}{bare}").into_bytes()),
        ("one.json.gz", gz(&dump)),
        ("members.json.gz", [gz(front), gz(back)].concat()),
        ("one.json.zst", zst(&dump)),
        (
            "frames.json.zst",
            [skipped.to_vec(), zst(front), zst(back)].concat(),
        ),
        ("no-ending", gz(&dump)),
    ] {
        fs::write(folder.join(name), bytes).unwrap();
        assert!(pack(&folder, Path::new(name)) == want, "{name}");
    }
    // In parts, and from a pipe.
    fs::write(folder.join("a.ndjson"), &bare[..bare.find("\n").unwrap() + 1]).unwrap();
    fs::write(folder.join("b.ndjson"), &bare[bare.find("\n").unwrap() + 1..]).unwrap();
    assert_eq!(
        run(&folder, &["import", "b.ndjson", "a.ndjson", "-o", "out.kb"]).0,
        0
    );
    assert!(fs::read(folder.join("out.kb")).unwrap() == want, "two files");
    assert_eq!(feed(&folder, &["import", "-", "-o", "pipe.kb"], &gz(&dump)).0, 0);
    assert!(fs::read(folder.join("pipe.kb")).unwrap() == want, "a pipe");
}

#[test]
fn what_cannot_be_read_is_refused_with_advice() {
    let folder = folder("refused");
    let bytes = |name: &str, bytes: &[u8]| fs::write(folder.join(name), bytes).unwrap();
    bytes("latest-all.json.bz2", b"BZh91AY&SY");
    bytes(
        "latest-truthy.nt",
        b"<http://www.wikidata.org/entity/Q1> <http://www.wikidata.org/prop/direct/P39> <x> .\n",
    );
    bytes("all.ttl", b"@prefix wd: <http://www.wikidata.org/entity/> .\n");
    bytes("error.json", b"<!DOCTYPE html><title>502</title>");
    bytes("nothing.txt", b"hello\n");
    bytes("x.json", b"{\"type\":\"item\",\"id\":\"Q1\",\"claims\":{}}\n");
    fs::copy(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("data/kb.bin"),
        folder.join("base.kb"),
    )
    .unwrap();
    let dump = fs::read(fixture("dump.json")).unwrap();
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(&dump).unwrap();
    let gz = gz.finish().unwrap();
    bytes("cut.json.gz", &gz[..gz.len() / 2]);
    let zst = ruzstd::encoding::compress_to_vec(dump.as_slice(), ruzstd::encoding::CompressionLevel::Fastest);
    bytes("cut.json.zst", &zst[..zst.len() - 7]);
    for (name, words) in [
        ("latest-all.json.bz2", ["bzip2", "lbzip2 -dc"]),
        ("latest-truthy.nt", ["truthy", "no qualifiers"]),
        ("all.ttl", ["RDF", "JSON dump"]),
        ("error.json", ["web page", "error"]),
        ("nothing.txt", ["--format", "nothing.txt"]),
        ("x.json", ["nothing to keep", "no pack"]),
        ("base.kb", ["pack already", "--kb"]),
        ("cut.json.gz", ["cut.json.gz", "fetch it again"]),
        ("cut.json.zst", ["cut.json.zst", "fetch it again"]),
        ("missing.json", ["missing.json", "no such file"]),
        (".", ["is a folder", "files in it"]),
    ] {
        refused(
            &folder,
            run(
                &folder,
                &["import", name, "--as-of", "2024-01-01", "-o", "out.kb"],
            ),
            &words,
        );
    }
    let to = |target: &str| run(&folder, &["import", "x.json", "-o", target]);
    refused(&folder, to("no/such/out.kb"), &["folder does not exist"]);
    refused(&folder, to("."), &["name"]);
    refused(
        &folder,
        run(&folder, &["import", "-", "-", "-o", "out.kb"]),
        &["stands twice"],
    );
}

#[test]
fn the_day_of_the_input_is_known_or_asked_for() {
    let folder = folder("as_of");
    let dump = fs::read_to_string(fixture("dump.json")).unwrap();
    let dump = dump.replace("\"modified\"", "\"touched\"");
    fs::write(folder.join("plain.json"), &dump).unwrap();
    fs::write(folder.join("wikidata-20240916-all.json"), &dump).unwrap();
    refused(
        &folder,
        run(&folder, &["import", "plain.json", "-o", "out.kb"]),
        &["--as-of", "copied"],
    );
    let as_of = |args: &[&str]| {
        let (status, _, err) = run(&folder, &[&["import", "-o", "out.kb"], args].concat());
        assert_eq!(status, 0, "{err}");
        let (_, out, _) = run(&folder, &["stats", "--kb", "out.kb"]);
        let line = out
            .lines()
            .find(|line| line.contains(" wikidata "))
            .unwrap()
            .to_owned();
        line.split_whitespace().nth(1).unwrap().to_owned()
    };
    assert_eq!(as_of(&["wikidata-20240916-all.json"]), "2024-09-16");
    assert_eq!(as_of(&["plain.json", "--as-of", "2023-05-01"]), "2023-05-01");
    assert_eq!(as_of(&[fixture("dump.json").to_str().unwrap()]), "2024-10-27");
}

#[test]
fn damaged_lines_are_counted_and_the_rest_is_read() {
    let folder = folder("damaged");
    let dump = fs::read_to_string(fixture("dump.json")).unwrap();
    let want = pack(&folder, &fixture("dump.json"));
    let mut lines: Vec<String> = dump.lines().map(str::to_owned).collect();
    let person = lines[1].clone();
    lines.insert(3, person[..person.len() / 2].to_owned());
    lines.insert(5, person.replace("\"P39\":[", "\"P39\":[7,"));
    lines.insert(7, "\u{0}\u{1}P39".to_owned());
    for _ in 0..10 {
        lines.insert(9, "{\"id\":\"Q1\",\"P39\"}".to_owned());
    }
    fs::write(folder.join("d.json"), lines.join("\n")).unwrap();
    let (status, out, err) = run(&folder, &["import", "d.json", "-o", "out.kb"]);
    assert_eq!(status, 0, "{err}");
    assert!(out.contains("damaged lines 13"), "{out}");
    assert!(out.contains("damaged: line 4: the object is cut off"), "{out}");
    assert!(
        out.contains("damaged: line 6: ") && out.contains("damaged: line 8: "),
        "{out}"
    );
    assert!(out.contains("damaged: 8 more"), "{out}");
    assert!(
        fs::read(folder.join("out.kb")).unwrap() == want,
        "what is whole is taken"
    );
}

/// Of two dumps the later one counts, whatever it says of one item; none of it stands twice.
#[test]
fn the_later_of_two_dumps_counts() {
    let folder = folder("two");
    let dump = fs::read_to_string(fixture("dump.json")).unwrap();
    let person = dump
        .lines()
        .find(|line| line.contains("\"Marek Kowalski\""))
        .unwrap();
    let newer = person
        .replace("Marek Kowalski", "Marek Kowalski-Berg")
        .replace("2024-10-27", "2024-11-20");
    fs::write(folder.join("newer.json"), newer).unwrap();
    let dump = fixture("dump.json");
    let args = ["import", dump.to_str().unwrap(), "newer.json", "-o", "out.kb"];
    assert_eq!(run(&folder, &args).0, 0);
    let (_, out, _) = run(&folder, &["lookup", "Q900000102", "--kb", "out.kb"]);
    assert!(out.starts_with("Marek Kowalski-Berg (person"), "{out}");
    assert!(out.contains("when last checked, 2024-11-20"), "{out}");
    assert_eq!(run(&folder, &["verify", "out.kb"]).0, 0);
}

/// A filter that leaves the items of offices out leaves nothing to know; that is said.
#[test]
fn a_filter_must_keep_offices() {
    let folder = folder("filtered");
    let dump = fs::read_to_string(fixture("dump.json")).unwrap();
    let people: Vec<&str> = dump.lines().filter(|line| line.contains("\"P39\":[")).collect();
    fs::write(folder.join("people.json"), people.join("\n")).unwrap();
    let outcome = run(&folder, &["import", "people.json", "-o", "out.kb"]);
    refused(&folder, outcome, &["nothing to keep", "items of offices"]);
}

#[test]
fn a_run_that_is_killed_leaves_nothing_and_the_next_is_the_same() {
    let folder = folder("killed");
    let dump = fs::read_to_string(fixture("dump.json")).unwrap();
    // Much that is not kept, so that the run takes a while.
    let filler = format!(
        "{{\"type\":\"item\",\"id\":\"Q7\",\"labels\":{{}},\"claims\":{{\"P39\":[]}},\"x\":\"{}\"}},\n",
        "y".repeat(4000)
    );
    let body = dump.strip_prefix("[\n").unwrap();
    let long = format!("[\n{}{body}", filler.repeat(4000));
    fs::write(folder.join("long.json"), &long).unwrap();
    let want = pack(&folder, Path::new("long.json"));
    fs::write(folder.join("out.kb"), "old").unwrap();

    // Killed in the middle of the input.
    for part in [1, 2, 3] {
        let mut child = command(&folder, &["import", "-", "-o", "out.kb"])
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        stdin
            .write_all(&long.as_bytes()[..long.len() * part / 4])
            .unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(fs::read_to_string(folder.join("out.kb")).unwrap(), "old");
        if cfg!(unix) {
            assert_eq!(files(&folder), ["long.json", "out.kb"]);
        }
    }
    // Killed at any moment: the old pack or the new one, nothing between.
    for pause in 0..12 {
        let mut child = command(&folder, &["import", "long.json", "-o", "out.kb"])
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(pause * 15));
        let _ = child.kill();
        child.wait().unwrap();
        let found = fs::read(folder.join("out.kb")).unwrap();
        assert!(
            found == b"old" || found == want,
            "{} bytes after {pause}",
            found.len()
        );
    }
    // What a run killed while writing has left goes with the next one.
    fs::write(folder.join(".out.kb.4711.part"), "half").unwrap();
    fs::write(folder.join(".out.kb.notes.part"), "not ours").unwrap();
    assert!(pack(&folder, Path::new("long.json")) == want);
    assert_eq!(files(&folder), [".out.kb.notes.part", "long.json", "out.kb"]);
}

#[test]
fn results_of_queries_become_a_pack() {
    let folder = folder("queries");
    let json = pack(&folder, &fixture("leaders.srj"));
    assert!(
        json == pack(&folder, &fixture("leaders.tsv")),
        "JSON and TSV differ"
    );
    let (_, table, _) = run(&folder, &["export", "--format", "tsv", "--kb", "out.kb"]);
    expect![[r#"
        id	wikidata	kind	name	org	role	office	start	end	as_of	source
        DE	Q183	country	Germany							rigour
        FR	Q142	country	France							rigour
        Q900000201	Q900000201	person	Aïsha “Aï” Diallo	DE	foreign_minister	Minister of Foreign Affairs	2008-02			wikidata
        Q900000201	Q900000201	person	Aïsha “Aï” Diallo	DE	head_of_government	Chancellor of Germany	2011	2013-05-06	2024-11-02	wikidata
        Q900000202	Q900000202	person	Luc Moreau	FR	head_of_government	Prime Minister	2024-01-01		2024-11-02	wikidata
    "#]].assert_eq(&table);
    let (_, stats, _) = run(&folder, &["stats", "--kb", "out.kb"]);
    assert!(stats.contains("wikidata               2024-11-02"), "{stats}");
    // The country comes from the base below, with its names and its source.
    assert_eq!(run(&folder, &["lookup", "Germans", "--kb", "out.kb"]).0, 0);
    assert_eq!(run(&folder, &["verify", "out.kb"]).0, 0);
    let text = fs::read_to_string(fixture("leaders.srj")).unwrap();
    let cut = folder.join("cut.json");
    fs::write(&cut, &text[..text.len() - 40]).unwrap();
    fs::remove_file(folder.join("out.kb")).unwrap();
    refused(
        &folder,
        run(&folder, &["import", "cut.json", "-o", "out.kb"]),
        &["cut off", "out of time"],
    );
}

/// The names of the variables that a query selects.
fn selected(query: &str) -> Vec<String> {
    let select = &query[query.find("SELECT").unwrap()..query.find(" WHERE").unwrap()];
    let mut names = Vec::new();
    let mut rest = select;
    while let Some(at) = rest.find('?') {
        let name: String = rest[at + 1..]
            .chars()
            .take_while(|c| c.is_alphanumeric())
            .collect();
        rest = &rest[at + 1 + name.len()..];
        names.push(name);
    }
    names
}

/// Each shipped query asks for columns that the import knows, and for the day it runs on.
#[test]
fn shipped_queries_and_the_import_agree() {
    let folder = folder("shipped");
    let rules = Rules {
        as_of: "2024-01-01".parse().unwrap(),
        given: None,
        since: "1945".parse().unwrap(),
    };
    let layer = OwnLayer {
        id: "desk".to_owned(),
        license: "own".to_owned(),
    };
    for what in ["countries", "leaders", "aliases", "institutions"] {
        let (status, query, _) = run(&folder, &["query", what]);
        assert_eq!(status, 0);
        let names = selected(&query);
        assert!(names.iter().any(|name| name == "id"), "{what}: {names:?}");
        // Braces are balanced, and each variable that is selected is bound.
        assert_eq!(query.matches('{').count(), query.matches('}').count(), "{what}");
        for name in names.iter().filter(|name| *name != "kind") {
            assert!(query.matches(&format!("?{name}")).count() > 1, "{what}: ?{name}");
        }
        // As a desk's own table, where an unknown column is told.
        let head = names.join(",");
        let (_, tally) = import::table(
            "q.csv",
            &format!("{head}\n"),
            Format::Csv,
            Kb::embedded(),
            rules,
            &layer,
            &Tables::default(),
        )
        .unwrap();
        assert!(tally.notes.is_empty(), "{what}: {:?}", tally.notes);
        for prefix in query.split_whitespace().filter(|word| word.starts_with("wd:Q")) {
            let id = prefix
                .trim_start_matches("wd:")
                .trim_end_matches([')', ';', '.', ',']);
            let number: u32 = id[1..].parse().unwrap();
            assert!(
                import::classes().iter().any(|class| class.id == number),
                "{what}: {id} is in no table"
            );
        }
    }
    let (status, _, err) = run(&folder, &["query", "everything"]);
    assert!(status == 2 && err.contains("countries, leaders"), "{err}");
}
