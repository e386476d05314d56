//! Folders that cannot be read, records that are none, texts and names that would steer a terminal.

use super::*;

/// A folder so deep that no path leads to its end, whoever asks: made from its end upward, a piece at a time.
#[cfg(unix)]
fn too_deep(folder: &Path) -> PathBuf {
    let link = "d".repeat(200);
    let mut inner = folder.join("0");
    fs::create_dir(&inner).expect("a folder");
    for i in 1..=8 {
        let top = folder.join(i.to_string());
        let mut end = top.clone();
        end.extend([link.as_str(); 3]);
        fs::create_dir_all(&end).expect("folders");
        fs::rename(&inner, end.join("in")).expect("moved");
        inner = top;
    }
    inner
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_read_costs_only_itself() {
    let folder = folder("unreadable");
    fs::create_dir_all(folder.join("drafts/z")).unwrap();
    fs::write(folder.join("drafts/a.txt"), FAULTY).unwrap();
    fs::write(folder.join("drafts/z/b.txt"), FAULTY).unwrap();
    fs::rename(too_deep(&folder), folder.join("drafts/deep")).unwrap();
    let checked = run(&folder, &["check", "drafts"]);
    one_line(&checked.err, &["copydesk: drafts/deep/", ": cannot be read"]);
    assert_eq!(checked.status, 2);
    assert!(
        checked
            .out
            .ends_with("2 findings in 2 articles, 2 articles checked\n"),
        "{}",
        checked.out
    );
    let annotated = run(&folder, &["annotate", "--format", "jsonl", "drafts"]);
    let ids: Vec<Value> = annotated
        .out
        .lines()
        .map(|line| json(line)["id"].clone())
        .collect();
    assert_eq!(
        (annotated.status, ids),
        (2, vec!["drafts/a.txt".into(), "drafts/z/b.txt".into()])
    );
    fs::remove_dir_all(folder).unwrap();
}

#[cfg(unix)]
#[test]
fn what_a_folder_has_and_is_not_read_is_said() {
    let folder = folder("left-out");
    fs::create_dir_all(folder.join("drafts/.old")).unwrap();
    fs::create_dir_all(folder.join("empty")).unwrap();
    fs::write(folder.join("drafts/.old/a.txt"), FAULTY).unwrap();
    fs::write(folder.join("drafts/.b.md"), FAULTY).unwrap();
    fs::write(folder.join("drafts/c.txt"), FAULTY).unwrap();
    fs::write(folder.join("drafts/.gitignore"), "c.txt\n").unwrap();
    std::os::unix::fs::symlink("c.txt", folder.join("drafts/d.txt")).unwrap();
    let none = run(&folder, &["check", "drafts"]);
    one_line(
        &none.err,
        &[
            "drafts: no articles",
            "1 linked, 2 hidden, 1 named in a .gitignore",
        ],
    );
    assert_eq!((none.status, none.out.as_str()), (0, ""));
    let empty = run(&folder, &["check", "empty"]);
    one_line(&empty.err, &["in this folder\n"]);
    let named = run(&folder, &["check", "drafts/d.txt"]);
    assert_eq!(named.status, 1, "a file that is named is read");
}

#[test]
fn standard_input_is_read_once() {
    let folder = folder("twice");
    for command in ["check", "annotate"] {
        let twice = feed(&folder, &[command, "-", "-"], FAULTY.as_bytes());
        one_line(&twice.err, &["'-' stands twice"]);
        assert_eq!((twice.status, twice.out.as_str()), (2, ""), "{command}");
    }
}

#[test]
fn a_stream_answers_with_the_id_as_it_was_written() {
    let ids = [
        "123456789012345678901234567890",
        "1e400",
        "-0",
        "1.10",
        "\"\\u0041\"",
    ];
    let mut input = String::new();
    for id in ids {
        for rest in [r#""text": """#, r#""text": 3"#, r#""text": "", "date": "soon""#] {
            input += &format!("{{\"id\": {id}, {rest}}}\n");
        }
    }
    let out = feed(&folder("ids"), &["annotate", "--jsonl"], input.as_bytes()).out;
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines.len(), 3 * ids.len());
    for (n, line) in lines.iter().enumerate() {
        let begins = format!("{{\"id\":{},", ids[n / 3]);
        assert!(line.starts_with(&begins), "{begins} begins {line}");
        assert_eq!(line.contains("\"error\""), n % 3 > 0, "{line}");
    }
}

#[test]
fn a_stream_takes_objects_and_a_mark_before_them_and_nothing_else() {
    let input = "\u{feff}{\"id\": 1, \"text\": \"Snow fell.\"}\n[1, \"Snow fell.\", null, null]\n\"Snow fell.\"\n\u{feff}{\"text\": \"\"}\n";
    let stream = feed(&folder("records"), &["annotate", "--stream"], input.as_bytes());
    let lines: Vec<Value> = stream.out.lines().map(json).collect();
    assert_eq!((stream.status, lines.len()), (1, 4), "{}", stream.out);
    assert!(lines[0]["error"].is_null() && lines[0]["id"] == 1, "{}", lines[0]);
    for line in &lines[1..] {
        let error = line["error"].as_str().unwrap_or_default();
        assert!(error.contains("one JSON object"), "{line}");
    }
}

/// Who has ten thousand lines finds the three that were refused: by their numbers, and told once at the end.
#[test]
fn a_refused_line_is_told_with_its_number() {
    let mut input =
        b"{\"id\": 1, \"text\": \"Snow fell.\"}\n\n{\"id\": 2}\n{\"id\": 3, \"text\": \"a\"\n".to_vec();
    input.extend(b"{\"id\": 4, \"text\": \"Caf\xe9\"}\n");
    let stream = feed(&folder("numbers"), &["annotate", "--stream"], &input);
    let lines: Vec<Value> = stream.out.lines().map(json).collect();
    let numbers: Vec<_> = lines.iter().map(|line| line["line"].as_u64()).collect();
    assert_eq!(numbers, [None, Some(3), Some(4), Some(5)], "{}", stream.out);
    assert_eq!(lines[1]["error"], "not a record: missing field `text`");
    assert_eq!(
        lines[2]["error"],
        "not a record: EOF while parsing an object at byte 21 of the line"
    );
    assert_eq!(
        lines[3]["error"],
        "not a record: not UTF-8 at byte 23 of the line"
    );
    one_line(
        &stream.err,
        &["3 of 4 lines refused, the first: line 3: not a record"],
    );
    let sound = feed(
        &folder("numbers"),
        &["annotate", "--stream"],
        b"{\"text\": \"\"}\n",
    );
    assert_eq!((sound.status, sound.err.as_str()), (0, ""));
}

#[test]
fn a_picture_under_the_name_of_an_article_is_left_out() {
    let folder = folder("binary");
    let picture: Vec<u8> = (0..4000_u32).map(|i| (i * i / 7 + i) as u8).collect();
    fs::write(folder.join("photo.txt"), picture).unwrap();
    // An old system's bytes, and a stray NUL, are a text still.
    fs::write(
        folder.join("old.txt"),
        b"\x93No one is leaving,\x94 said Lena Hartmann of Caf\xe9 Nord, who had seen the sea rise\0.",
    )
    .unwrap();
    let both = run(&folder, &["annotate", "--format", "jsonl", "."]);
    assert_eq!((both.status, both.out.lines().count()), (2, 1), "{}", both.err);
    assert!(both.out.contains("Lena Hartmann"), "{}", both.out);
    assert!(both.err.contains("photo.txt: is no text"), "{}", both.err);
}

#[test]
fn nothing_that_is_read_steers_the_terminal() {
    let folder = folder("terminal");
    let text = "The \u{1b}]0;talks\u{7} ended\u{9b}2J.\n\n\tThe\troads were empty.\n\n“Nobody is going to \u{1b}[31mleave\tthis room\u{202e} without a deal.”\n";
    // Windows has no such names.
    let name = if cfg!(unix) { "a\u{1b}[2J.txt" } else { "a.txt" };
    fs::write(folder.join(name), text).unwrap();
    let place = format!("{name}:5:20");
    for args in [
        &["check", name][..],
        &["check", "--format", "github", name],
        &["annotate", name],
        &["explain", &place],
        &["check", "no\u{1b}[2Jne.txt"],
        &["kb", "lookup", "no\u{1b}[2Jne"],
    ] {
        let run = run(&folder, args);
        for c in run.out.chars().chain(run.err.chars()) {
            let is_harmless = c == '\n' || !c.is_control() && c != '\u{202e}';
            // The name of a file is a code host's to find it by, and no terminal's.
            assert!(is_harmless || args.contains(&"github"), "{c:?} of {args:?}");
        }
        assert!(!run.out.is_empty() || !run.err.is_empty(), "{args:?}");
        assert!(!run.out.contains("\u{1b}[31m"), "{args:?}");
    }
}

#[test]
fn marks_stand_under_their_words_behind_a_tab() {
    let folder = folder("tabs");
    fs::write(folder.join("a.txt"), "\tLena\tHartmann said so.\n").unwrap();
    let out = run(&folder, &["annotate", "a.txt"]).out;
    let lines: Vec<&str> = out.lines().collect();
    let at = lines
        .iter()
        .position(|l| l.contains("said so"))
        .expect("the line");
    assert_eq!(lines[at], " Lena Hartmann said so.");
    assert!(lines[at + 1].starts_with(" ^^^^^^^^^^^^^ person:"), "{out}");
}

#[test]
fn old_names_of_options_are_understood() {
    let folder = folder("names");
    fs::write(folder.join("people.csv"), "name,aliases\nLena Hartmann,\n").unwrap();
    let made = run(
        &folder,
        &[
            "kb",
            "import",
            "people.csv",
            "--as-of",
            "2024-12-18",
            "-o",
            "desk.kb",
        ],
    );
    assert_eq!(made.status, 0, "{}", made.err);
    for (old, new) in [
        (
            &["kb", "list", "--jsonl"][..],
            &["kb", "list", "--format", "jsonl"][..],
        ),
        (
            &["kb", "export", "--format", "json"],
            &["kb", "export", "--format", "jsonl"],
        ),
        (
            &["annotate", "--jsonl"],
            &["annotate", "--stream", "--format", "jsonl"],
        ),
    ] {
        let answer = |args: &[&str]| {
            let args: Vec<&str> = ["--kb", "desk.kb"].iter().chain(args).copied().collect();
            feed(&folder, &args, b"{\"text\": \"Lena Hartmann left.\"}\n").out
        };
        assert!(answer(old).contains("Lena Hartmann"), "{old:?}");
        assert_eq!(answer(old), answer(new), "{old:?}");
    }
    let other = feed(&folder, &["annotate", "--stream", "--format", "html"], b"");
    one_line(&other.err, &["leave '--format' away"]);
}

#[test]
fn a_place_that_is_not_there_is_told_with_the_length_of_what_is() {
    let folder = folder("places");
    fs::write(folder.join("a.txt"), "Snow fell.").unwrap();
    let explain = |place: &str| feed(&folder, &["explain", place], b"Snow fell.");
    for (place, says) in [
        ("a.txt:2:1", "a.txt has 1 line; there is no line 2"),
        ("a.txt:1:12", "a.txt:1 has 10 characters; there is no column 12"),
        ("-:1:99", "-:1 has 10 characters; there is no column 99"),
        ("-:x:99", "write FILE:LINE:COL"),
    ] {
        let run = explain(place);
        one_line(&run.err, &[says]);
        assert_eq!((run.status, run.out.as_str()), (2, ""), "{place}");
    }
    for place in ["-:1:2", "a.txt:1:11"] {
        assert_eq!(
            explain(place).status,
            1,
            "{place} is there, and nothing to tell of it"
        );
    }
}
