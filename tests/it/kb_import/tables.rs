//! A desk's own tables to a pack.

use super::*;

#[test]
fn a_desk_has_its_own_tables() {
    let folder = folder("own");
    let csv = pack(&folder, &fixture("people.csv"));
    assert!(csv == pack(&folder, &fixture("people.tsv")), "CSV and TSV differ");
    assert!(
        csv == pack(&folder, &fixture("people.toml")),
        "CSV and TOML differ"
    );
    let (_, table, _) = run(&folder, &["export", "--format", "tsv", "--kb", "out.kb"]);
    expect![[r#"
        id	wikidata	kind	name	org	role	office	start	end	as_of	source
        DE	Q183	country	Germany							rigour
        i-harbour-board		institution	Harbour Board							desk
        p-ada-thorne		person	Ada Thorne	i-harbour-board	org_head	Director, Harbour Board	2019-05		2024-11-01	desk
        p-emil-szabo		person	Emil Szabó	DE	finance_minister	Minister of Finance	1990	1991-02-03	2024-11-01	desk
        Q61053	Q61053	person	Olaf Scholz							desk
    "#]].assert_eq(&table);
    // What is exported can be imported: the same offices again.
    fs::write(folder.join("again.tsv"), &table).unwrap();
    assert_eq!(run(&folder, &["import", "again.tsv", "-o", "again.kb"]).0, 0);
    let (_, again, _) = run(&folder, &["export", "--format", "tsv", "--kb", "again.kb"]);
    let held = |table: &str| -> Vec<String> {
        let rows = table.lines().filter(|line| line.split('\t').nth(5) != Some(""));
        rows.map(|line| line.split('\t').take(9).collect::<Vec<_>>().join("|"))
            .collect()
    };
    assert_eq!(held(&table), held(&again));
    // Several inputs: the dump, and over it the desk's word.
    fs::write(
        folder.join("over.csv"),
        "wikidata,name,gender\nQ900000105,Paul Thorne,male\n",
    )
    .unwrap();
    let dump = fixture("dump.json");
    let (status, _, err) = run(
        &folder,
        &["import", dump.to_str().unwrap(), "over.csv", "-o", "both.kb"],
    );
    assert_eq!(status, 0, "{err}");
    let (_, card, _) = run(
        &folder,
        &["lookup", "Q900000105", "--kb", "both.kb", "--format", "json"],
    );
    assert!(
        card.contains("\"name\": \"Paul Thorne\"") && card.contains("foreign_minister"),
        "{card}"
    );
}

#[test]
fn a_wrong_row_is_an_error_with_its_line() {
    let folder = folder("rows");
    for (name, text, words) in [
        (
            "a.csv",
            "name,office,org\nAnn Lee,Mayor,DE\n",
            ["a.csv:2:", "'start'"],
        ),
        (
            "b.csv",
            "name,office,start\nAnn Lee,Mayor,2020\n",
            ["b.csv:2:", "'org'"],
        ),
        (
            "c.csv",
            "name,office,org,start\n\nAnn Lee,Mayor,DE,2020\n",
            ["c.csv:3:", "--as-of"],
        ),
        (
            "d.csv",
            "name,office,org,start,end\nAnn Lee,Mayor,DE,2020,May 2021\n",
            ["d.csv:2:", "YYYY-MM-DD"],
        ),
        (
            "e.csv",
            "name,office,org,start,end\nAnn Lee,Mayor,DE,2020,2019\n",
            ["e.csv:2:", "before"],
        ),
        (
            "f.csv",
            "name,office,org,start,end\nAnn Lee,Mayor,Nowhere Land,2020,2021\n",
            ["f.csv:2:", "'Nowhere Land'"],
        ),
        (
            "g.csv",
            "name,role,org,start,end\nAnn Lee,chief,DE,2020,2021\n",
            ["g.csv:2:", "'chief'"],
        ),
        ("h.csv", "name,wikidata\nAnn Lee,57792\n", ["h.csv:2:", "Q57792"]),
        (
            "i.csv",
            "person name,office\nAnn Lee,x\n",
            ["i.csv:1:", "docs/kb-import.md"],
        ),
        ("j.csv", "name,kind\nAnn Lee,cat\n", ["j.csv:2:", "'cat'"]),
        ("k.csv", "name,kind\n\"Ann Lee,cat\n", ["k.csv:2:", "not closed"]),
        (
            "l.tsv",
            "name\tkind\nAnn Lee\n",
            ["l.tsv:2:", "1 cells where the head has 2"],
        ),
        (
            "m.toml",
            "[[people]]\nname = 'Ann'\nshoe = 'x'\n",
            ["m.toml:1:", "'shoe'"],
        ),
        ("n.toml", "[[people]]\nname = \n", ["n.toml:2:", ""]),
        ("o.toml", "[[folk]]\nname = 'Ann'\n", ["o.toml:1:", "folk"]),
        (
            "p.csv",
            "wikidata,alias\nQ4000000000,x\n",
            ["p.csv:2:", "has no name"],
        ),
    ] {
        fs::write(folder.join(name), text).unwrap();
        refused(&folder, run(&folder, &["import", name, "-o", "out.kb"]), &words);
    }
    fs::write(folder.join("warn.csv"), "name,shoe size\nOlaf Scholz,44\n").unwrap();
    let (status, _, err) = run(&folder, &["import", "warn.csv", "-o", "out.kb"]);
    assert_eq!(status, 0);
    assert!(
        err.contains("'shoe size' is not known") && err.contains("the name of Q61053"),
        "{err}"
    );
}

#[test]
fn all_wrong_rows_are_told_at_once_in_their_order() {
    let folder = folder("several");
    let table =
        "name,office,org,start,end\nZoe Bell,Mayor,Brinport,2020,2021\nAnn Lee,Clerk,Brinport,2020,2021\n";
    fs::write(folder.join("a.csv"), table).unwrap();
    let words = [
        "a.csv:2:",
        "'Brinport'",
        "kind institution or place",
        "1 more row has a fault: line 3",
    ];
    refused(
        &folder,
        run(&folder, &["import", "a.csv", "-o", "out.kb"]),
        &words,
    );
    let rows: String = (0..20)
        .map(|i| format!("Ann Lee,Mayor,DE,20{i:02},x\n"))
        .collect();
    fs::write(folder.join("b.csv"), format!("name,office,org,start,end\n{rows}")).unwrap();
    let words = [
        "b.csv:2:",
        "19 more rows have a fault: lines 3, 4, 5, 6, 7, 8, 9, 10 …",
    ];
    refused(
        &folder,
        run(&folder, &["import", "b.csv", "-o", "out.kb"]),
        &words,
    );
}

/// A list as a newsroom keeps it: mayors of cities, other names parted by semicolons, the family name first.
#[test]
fn a_list_of_mayors_is_understood() {
    let folder = folder("mayors");
    let table = "name,office,org,start,end,aliases\n\
        Ann Lee,Mayor,Chicago,2020,2021,Annie Lee; A. Lee\n\
        \"Bell, Zoe\",,,,,\n\
        \"Edith Summerskill, Baroness Summerskill\",,,,,\n\
        \"Sam Cole, Jr.\",,,,,\n";
    fs::write(folder.join("a.csv"), table).unwrap();
    let (status, _, err) = run(&folder, &["import", "a.csv", "-o", "out.kb"]);
    assert_eq!(status, 0, "{err}");
    assert!(
        err.contains("a.csv:3: 'Bell, Zoe'") && err.contains("articles write 'Zoe Bell'"),
        "{err}"
    );
    assert!(!err.contains("Summerskill") && !err.contains("Cole"), "{err}");
    let (_, card, _) = run(&folder, &["lookup", "A. Lee", "--kb", "out.kb"]);
    assert!(card.contains("alias: A. Lee, Annie Lee"), "{card}");
    assert!(card.contains("Mayor (Chicago), 2020 – 2021"), "{card}");
    assert_eq!(run(&folder, &["verify", "out.kb"]).0, 0);
}

/// A pack is renamed to its place: what is no file would be lost.
#[cfg(unix)]
#[test]
fn a_pack_replaces_nothing_but_a_file() {
    let folder = folder("devices");
    fs::write(folder.join("a.csv"), "name\nAnn Lee\n").unwrap();
    let to = |target: &str| run(&folder, &["import", "a.csv", "-o", target]);
    refused(&folder, to("-"), &["standard output"]);
    let _socket = std::os::unix::net::UnixListener::bind(folder.join("s")).unwrap();
    refused(&folder, to("s"), &["no file that a pack could replace"]);
    assert_eq!(files(&folder), ["a.csv", "s"]);
    fs::write(folder.join("old.kb"), "x").unwrap();
    assert_eq!(to("old.kb").0, 0);
}

/// A pack with thousands of faults is told in a few lines.
#[test]
fn faults_are_grouped() {
    let folder = folder("faults");
    let mut table = String::from("name,role,org,start,end\n");
    for i in 0..40 {
        let (a, b) = (char::from(b'A' + i % 26), char::from(b'A' + i / 26));
        table += &format!("Jo {b}{a}berg,head_of_government,DE,1950-01-01,1955-01-01\n");
    }
    fs::write(folder.join("t.csv"), table).unwrap();
    assert_eq!(run(&folder, &["import", "t.csv", "-o", "out.kb"]).0, 0);
    let (status, out, _) = run(&folder, &["verify", "out.kb"]);
    assert_eq!((status, out.lines().count()), (1, 12), "{out}");
    assert!(out.contains("two-holders: 29 more; --all prints them"), "{out}");
    assert_eq!(run(&folder, &["verify", "out.kb", "--all"]).1.lines().count(), 40);
}
