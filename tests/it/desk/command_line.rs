//! What the command line tells of layers, and of broken ones.

use super::*;

/// Runs the program in a folder: exit status, standard output, standard error.
fn run(folder: &Folder, args: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    let out = command.args(args).current_dir(&folder.0).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (out.status.code().unwrap(), text(out.stdout), text(out.stderr))
}

#[test]
fn the_command_line_names_the_layer_of_each_fact() {
    let folder = Folder::new(
        "cli",
        &[(
            "copydesk.toml",
            "kb = \"packs.kb\"\n[[people]]\nid = \"Q61053\"\nnote = \"Ask twice.\"\n",
        )],
    );
    folder.write(
        "packs.kb",
        pack(
            vec![
                country("DE", "Germany"),
                person("Q61053", "Olaf Scholz", "DE"),
                person("x1", "Erika Mustermann", "DE"),
            ],
            vec![tenure(
                "x1",
                "DE",
                Role::HeadOfGovernment,
                "Chancellor",
                ["2031-05-01", "", "2031-06-01"],
            )],
        ),
    );
    let (status, out, _) = run(&folder, &["kb", "lookup", "Scholz", "--on", "2024-12-18"]);
    assert_eq!(status, 0, "{out}");
    assert!(out.contains("note: Ask twice. [copydesk.toml]"), "{out}");
    assert!(out.contains("from packs.kb: country, name"), "{out}");
    assert!(
        out.contains("2021-12-08 – 2025-05-06 [factbook, embedded]"),
        "{out}"
    );
    let (_, out, _) = run(
        &folder,
        &[
            "kb",
            "office",
            "DE",
            "head_of_government",
            "--on",
            "2031-05-20",
            "--format",
            "json",
        ],
    );
    let rows: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(
        (&rows[0]["person"], &rows[0]["layer"]),
        (&json!("Erika Mustermann"), &json!("packs.kb")),
        "{out}"
    );
    let (_, out, _) = run(&folder, &["kb", "stats"]);
    assert!(out.contains("packs.kb") && out.contains("copydesk.toml"), "{out}");
    let (_, out, _) = run(&folder, &["--kb", "packs.kb", "kb", "list", "--jsonl"]);
    assert_eq!(out.lines().count(), 3, "a base that is named stands alone: {out}");
    let (_, out, _) = run(&folder, &["kb", "export", "--format", "tsv"]);
    assert!(
        out.lines().any(|l| l.starts_with("x1\t")),
        "the project's layers are exported too"
    );
    // The way to see what a pack adds: it against another.
    folder.write(
        "other.kb",
        pack(
            vec![country("DE", "Germany"), person("x1", "Erika Mustermann", "DE")],
            Vec::new(),
        ),
    );
    let (status, out, _) = run(&folder, &["kb", "diff", "other.kb", "packs.kb"]);
    assert_eq!(status, 1);
    assert!(out.contains("  + Chancellor (DE), 2031-05-01"), "{out}");
    folder.write("a.txt", "“We stay,” Olaf Scholz said.\n");
    let (_, out, _) = run(&folder, &["explain", "a.txt:1:15", "--date", "2024-12-18"]);
    assert!(out.contains("note: Ask twice. [copydesk.toml]"), "{out}");
    assert!(out.contains("[embedded]"), "{out}");
    assert!(
        out.contains("known from: copydesk.toml, then packs.kb, then embedded"),
        "{out}"
    );
}

#[test]
fn what_is_broken_is_one_line_and_status_2() {
    let folder = Folder::new(
        "cli-broken",
        &[
            ("a.txt", "“We stay,” Olaf Scholz said.\n"),
            ("copydesk.toml", "date = 2024\n"),
        ],
    );
    let check = |args: &[&str], says: &str| {
        let (status, out, err) = run(&folder, args);
        assert_eq!(status, 2, "{args:?}: {out}{err}");
        assert_eq!(err.lines().count(), 1, "{args:?}: {err}");
        assert!(err.contains(says), "{args:?}: {err}");
    };
    check(&["annotate", "a.txt"], "copydesk.toml:1:8: a date is written");
    folder.write("copydesk.toml", "\nkb = [\"no.kb\"]\n");
    check(&["check", "a.txt"], "copydesk.toml:2:7: no.kb: no such file");
    check(&["kb", "stats"], "copydesk.toml:2:7: no.kb: no such file");
    folder.write("copydesk.toml", "kb = \"a.txt\"\n");
    check(
        &["annotate", "a.txt"],
        "copydesk.toml:1:6: a.txt: not a usable knowledge base",
    );
    folder.write("copydesk.toml", "");
    folder.write(".copydesk/people.toml", "[[people]]\nname = 3\n");
    check(&["annotate", "a.txt"], "people.toml:2:8: this is text in quotes");
    fs::remove_file(folder.0.join(".copydesk/people.toml")).unwrap();

    // A pack whose head is whole and whose contents are not.
    let mut bytes = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("data/kb.bin")).unwrap();
    let len = bytes.len();
    bytes[len / 2..].iter_mut().step_by(4000).for_each(|b| *b ^= 1);
    folder.write("damaged.kb", bytes);
    folder.write("copydesk.toml", "kb = \"damaged.kb\"\n");
    check(
        &["annotate", "a.txt"],
        "damaged.kb: this knowledge base is damaged",
    );
    let (status, out, _) = run(&folder, &["kb", "verify", "damaged.kb"]);
    assert!(status != 0 && out.contains("damaged"), "{status} {out}");
}
