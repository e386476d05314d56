use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
};

use serde_json::Value;

mod hostile;

/// An empty folder for one test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder for the test");
    folder
}

fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    command.args(args).current_dir(folder).env_remove("NO_COLOR");
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

struct Run {
    status: i32,
    out: String,
    err: String,
}

fn finish(output: Output) -> Run {
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8 output");
    let run = Run {
        status: output.status.code().expect("an exit status"),
        out: text(output.stdout),
        err: text(output.stderr),
    };
    assert!(!run.err.contains("panicked"), "{}", run.err);
    run
}

fn run(folder: &Path, args: &[&str]) -> Run {
    finish(command(folder, args).output().expect("copydesk runs"))
}

fn feed(folder: &Path, args: &[&str], input: &[u8]) -> Run {
    let mut child = spawn(folder, args);
    let mut stdin = child.stdin.take().expect("stdin");
    let input = input.to_vec();
    let feeder = std::thread::spawn(move || stdin.write_all(&input));
    let run = finish(child.wait_with_output().expect("copydesk ends"));
    let _ = feeder.join();
    run
}

fn spawn(folder: &Path, args: &[&str]) -> Child {
    command(folder, args)
        .stdin(Stdio::piped())
        .spawn()
        .expect("copydesk starts")
}

fn json(line: &str) -> Value {
    serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"))
}

/// One message a fault: what, where.
#[track_caller]
fn one_line(err: &str, says: &[&str]) {
    assert_eq!(err.lines().count(), 1, "one line, not: {err}");
    for words in says {
        assert!(err.contains(words), "{words:?} in {err}");
    }
}

#[test]
fn a_stream_is_answered_in_order_whatever_the_number_of_threads() {
    let folder = folder("stream");
    let mut input = Vec::new();
    for i in 0..200 {
        let text = format!(
            "“We are not leaving,” said Lena Hartmann. {}",
            "Snow fell on the square. ".repeat(i % 17)
        );
        let record = serde_json::json!({"id": i, "text": text, "date": "2024-12-18", "more": [1]});
        input.extend(format!("{record}\n").bytes());
    }
    input.extend(b"\n{broken\n{\"id\": \"x\", \"text\": 3}\n{\"id\": 18446744073709551616, \"text\": \"\"}");
    let one = feed(&folder, &["annotate", "--jsonl", "--jobs", "1"], &input);
    let many = feed(&folder, &["annotate", "--jsonl", "--jobs", "7"], &input);
    assert_eq!(one.out, many.out);
    assert_eq!(
        (one.status, many.status),
        (1, 1),
        "a bad line makes the status 1: {}",
        one.err
    );
    let lines: Vec<Value> = one.out.lines().map(json).collect();
    assert_eq!(lines.len(), 203);
    for (i, line) in lines[..200].iter().enumerate() {
        assert_eq!(line["id"], i);
        assert_eq!(line["date"], "2024-12-18");
    }
    assert!(
        lines[200]["id"].is_null() && lines[200]["error"].is_string(),
        "{}",
        lines[200]
    );
    assert!(
        lines[201]["id"] == "x" && lines[201]["error"].is_string(),
        "{}",
        lines[201]
    );
    assert!(
        one.out
            .lines()
            .last()
            .expect("a line")
            .starts_with("{\"id\":18446744073709551616,")
    );
}

#[test]
fn a_stream_answers_while_its_input_waits() {
    let mut child = spawn(&folder("waiting"), &["annotate", "--jsonl"]);
    let mut stdin = child.stdin.take().expect("stdin");
    let mut stdout = BufReader::new(child.stdout.take().expect("stdout"));
    for i in 0..3 {
        writeln!(stdin, "{{\"id\": {i}, \"text\": \"Snow fell.\"}}").expect("written");
        stdin.flush().expect("flushed");
        let mut line = String::new();
        stdout.read_line(&mut line).expect("an answer");
        assert_eq!(json(&line)["id"], i);
    }
    drop(stdin);
    assert_eq!(child.wait().expect("ends").code(), Some(0));
}

#[test]
fn a_reader_that_leaves_ends_the_run_quietly() {
    let folder = folder("pipe");
    let mut child = spawn(&folder, &["annotate", "--jsonl"]);
    let mut stdin = child.stdin.take().expect("stdin");
    let mut stdout = BufReader::new(child.stdout.take().expect("stdout"));
    let feeder = std::thread::spawn(move || {
        // Until the other side is gone; input never ends by itself.
        while stdin
            .write_all(b"{\"id\": 1, \"text\": \"Snow fell on the square.\"}\n")
            .is_ok()
        {}
    });
    stdout.read_line(&mut String::new()).expect("an answer");
    drop(stdout);
    let status = child.wait().expect("ends");
    let mut err = String::new();
    child
        .stderr
        .take()
        .expect("stderr")
        .read_to_string(&mut err)
        .expect("read");
    assert_eq!((status.code(), err.as_str()), (Some(0), ""));
    feeder.join().expect("the feeder ends");
}

/// What cannot be written is told, be it annotations or help.
#[test]
#[cfg(target_os = "linux")]
fn a_full_device_is_told() {
    let folder = folder("full");
    for args in [&["--help"][..], &["--version"], &["kb", "--help"], &["rules"]] {
        let full = fs::File::options()
            .write(true)
            .open("/dev/full")
            .expect("the device that is always full");
        let run = finish(
            command(&folder, args)
                .stdout(full)
                .output()
                .expect("the program runs"),
        );
        assert_eq!(run.status, 2, "{args:?}");
        one_line(&run.err, &["cannot write the output"]);
    }
}

#[test]
fn bad_input_is_told_in_one_line_and_nothing_else_is_lost() {
    let folder = folder("bad");
    fs::write(
        folder.join("good.txt"),
        "“We are not leaving,” said Lena Hartmann.\n",
    )
    .unwrap();
    fs::write(
        folder.join("latin.txt"),
        b"Intro.\n\n\x93We are not leaving,\x94 said Lena Hartmann.\n",
    )
    .unwrap();
    fs::write(folder.join("nul.txt"), b"\0Snow\0 fell.\0").unwrap();
    fs::write(folder.join("empty.txt"), "").unwrap();
    let annotate = |file: &str| run(&folder, &["annotate", "--format", "jsonl", file]);

    let missing = run(
        &folder,
        &["annotate", "--format", "jsonl", "missing.txt", "good.txt"],
    );
    one_line(&missing.err, &["missing.txt: no such file"]);
    let nothing = run(&folder, &["check", "missing.txt"]);
    assert_eq!(
        (nothing.status, nothing.out.as_str()),
        (2, ""),
        "nothing was checked, and nothing says so"
    );
    let no_thread = run(&folder, &["check", "--jobs", "0", "good.txt"]);
    assert_eq!(no_thread.status, 2, "{}", no_thread.err);
    assert!(no_thread.err.contains("--jobs"), "{}", no_thread.err);
    assert_eq!(
        (missing.status, missing.out.lines().count()),
        (2, 1),
        "the good one is still annotated"
    );

    let directory = run(&folder, &["explain", ".:1:1"]);
    one_line(&directory.err, &[".: is a folder", "name a file"]);
    assert_eq!(directory.status, 2);

    let latin = annotate("latin.txt");
    one_line(
        &latin.err,
        &["latin.txt", "not UTF-8", "2 bytes", "3:1", "Windows-1252"],
    );
    assert_eq!(latin.status, 0);
    let (latin, good) = (json(&latin.out), json(&annotate("good.txt").out));
    assert_eq!(
        latin["quotes"].as_array().map(Vec::len),
        good["quotes"].as_array().map(Vec::len)
    );

    for file in ["nul.txt", "empty.txt"] {
        let run = annotate(file);
        assert_eq!((run.status, run.err.as_str()), (0, ""), "{file}");
        assert_eq!(json(&run.out)["id"], file);
    }
}

#[test]
fn a_damaged_knowledge_base_is_refused() {
    let folder = folder("knowledge");
    let good =
        fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("data/kb.bin")).expect("the knowledge base");
    let mut flipped = good.clone();
    let last = flipped.len() - 9;
    flipped[last] ^= 0x40;
    for (name, bytes) in [("half.bin", &good[..good.len() / 2]), ("empty.bin", &[])] {
        fs::write(folder.join(name), bytes).unwrap();
        let run = run(&folder, &["--kb", name, "kb", "list"]);
        one_line(&run.err, &[name, "not a usable knowledge base"]);
        assert_eq!((run.status, run.out.as_str()), (2, ""));
    }
    // Further in, damage is found when it is come to, or looked for.
    fs::write(folder.join("flipped.bin"), &flipped).unwrap();
    let verified = run(&folder, &["kb", "verify", "flipped.bin"]);
    assert!(
        verified.status != 0 && verified.out.starts_with("damaged"),
        "{}",
        verified.out
    );
    fs::write(folder.join("good.bin"), &good).unwrap();
    let listed = run(&folder, &["--kb", "good.bin", "kb", "list", "--jsonl"]);
    let first = json(listed.out.lines().next().expect("a row"));
    for key in ["id", "wikidata", "kind", "name"] {
        assert!(first.get(key).is_some(), "{key} in {first}");
    }
}

#[test]
fn an_argument_that_cannot_be_is_refused() {
    let folder = folder("arguments");
    for (args, says) in [
        (&["annotate"][..], "<FILE|DIR>"),
        (&["annotate", "a.txt", "--date", "18.12.2024"], "YYYY-MM-DD"),
        (&["annotate", "a.txt", "--offsets", "utf7"], "codepoint"),
        (&["chekc", "a.txt"], "check"),
        (&["explain", "a.txt"], "FILE:LINE:COL"),
        (
            &["rules", "unatributed-quote"],
            "did you mean 'unattributed-quote'?",
        ),
    ] {
        let run = run(&folder, args);
        assert_eq!(run.status, 2, "{args:?}: {}", run.err);
        assert!(run.err.contains(says), "{args:?}: {}", run.err);
        assert_eq!(run.out, "");
    }
}

#[test]
fn a_fault_of_the_settings_names_its_place() {
    let folder = folder("settings");
    fs::create_dir(folder.join("drafts")).unwrap();
    fs::write(folder.join("drafts/a.txt"), "Snow fell.\n").unwrap();
    fs::write(folder.join("drafts/b.txt"), "Snow fell.\n").unwrap();
    fs::write(
        folder.join("copydesk.toml"),
        "[rules]\nunatributed-quote = \"off\"\n",
    )
    .unwrap();
    let bad = run(&folder, &["check", "drafts"]);
    one_line(
        &bad.err,
        &["copydesk.toml:2:1: ", "did you mean 'unattributed-quote'?"],
    );
    assert_eq!(bad.status, 2);
}

const FAULTY: &str = "The talks ended after midnight.\n\n“Nobody is going to leave this room without a deal.”\n\nSnow fell on the square.\n";

#[test]
fn check_answers_with_its_exit_status() {
    let folder = folder("check");
    fs::create_dir(folder.join("drafts")).unwrap();
    fs::write(folder.join("drafts/faulty.txt"), FAULTY).unwrap();
    fs::write(folder.join("drafts/notes.csv"), FAULTY).unwrap();
    fs::write(folder.join("drafts/ignored.md"), FAULTY).unwrap();
    fs::write(folder.join(".gitignore"), "ignored.md\n").unwrap();
    let found = run(&folder, &["check", "drafts"]);
    assert_eq!(found.status, 1, "{}", found.out);
    assert!(
        found.out.starts_with("drafts/faulty.txt:3:1: warning: "),
        "{}",
        found.out
    );
    assert!(found.out.contains("[unattributed-quote]"), "{}", found.out);
    assert!(
        found.out.ends_with("1 finding in 1 article, 1 article checked\n"),
        "{}",
        found.out
    );
    assert_eq!(
        run(&folder, &["check", "drafts", "--fail-level", "error"]).status,
        0
    );

    fs::write(
        folder.join("copydesk.toml"),
        "[[overrides]]\nfiles = \"drafts/**\"\nrules = { unattributed-quote = \"off\" }\n",
    )
    .unwrap();
    let off = run(&folder, &["check", "drafts"]);
    assert_eq!(
        (off.status, off.out.as_str()),
        (0, "1 article checked, nothing found\n")
    );
}

#[test]
fn check_speaks_to_machines() {
    let folder = folder("machines");
    fs::write(folder.join("a, b.txt"), FAULTY).unwrap();
    let out = |format| run(&folder, &["check", "--format", format, "a, b.txt"]).out;

    let list = json(&out("json"));
    let finding = &list[0];
    assert_eq!(finding["code"], "unattributed-quote");
    assert_eq!(
        (&finding["line"], &finding["column"]),
        (&Value::from(3), &Value::from(1))
    );
    assert_eq!(
        finding["text"],
        "“Nobody is going to leave this room without a deal.”"
    );

    let sarif = json(&out("sarif"));
    let run_ = &sarif["runs"][0];
    let result = &run_["results"][0];
    let index = usize::try_from(result["ruleIndex"].as_u64().expect("an index")).unwrap();
    assert_eq!(run_["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "a%2C%20b.txt");
    assert_eq!(place["region"]["endColumn"], 53);

    let github = out("github");
    let want = "::warning file=a%2C b.txt,line=3,endLine=3,col=1,endColumn=53,title=unattributed-quote::";
    assert!(github.starts_with(want), "{github}");
}

#[test]
fn colors_are_for_terminals() {
    let folder = folder("colors");
    fs::write(folder.join("a.txt"), FAULTY).unwrap();
    assert!(!run(&folder, &["check", "a.txt"]).out.contains('\u{1b}'));
    assert!(
        run(&folder, &["check", "a.txt", "--color", "always"])
            .out
            .contains("\u{1b}[1;33mwarning:\u{1b}[0m")
    );
}

#[test]
fn offsets_come_in_the_unit_asked_for() {
    let folder = folder("units");
    fs::write(folder.join("a.txt"), format!("😀 Ö\n\n{FAULTY}")).unwrap();
    let start = |unit| {
        let run = run(
            &folder,
            &["annotate", "--format", "json", "--offsets", unit, "a.txt"],
        );
        let annotation = json(&run.out);
        assert_eq!(annotation["offsets"], unit);
        annotation["diagnostics"][0]["start"].as_u64()
    };
    assert_eq!(
        (start("codepoint"), start("utf16"), start("utf8")),
        (Some(38), Some(39), Some(42))
    );
}

#[test]
fn a_place_is_explained() {
    let folder = folder("explain");
    fs::write(
        folder.join("a.txt"),
        "“We are not leaving,” said Lena Hartmann.\n",
    )
    .unwrap();
    let known = run(&folder, &["explain", "a.txt:1:5"]);
    assert_eq!(known.status, 0, "{}", known.err);
    assert!(known.out.contains("Lena Hartmann"), "{}", known.out);
    // Asked about the verb or the name, it says which words were spoken; a line that has the words of its place in it
    // gives the place alone.
    let cue = run(&folder, &["explain", "a.txt:1:24"]).out;
    assert!(cue.contains("\n  words: “We are not leaving,”  1:1\n"), "{cue}");
    assert!(cue.contains("\n  cue: “said”  1:23\n"), "{cue}");
    assert!(!known.out.contains("words:"), "{}", known.out);
    let beyond = run(&folder, &["explain", "a.txt:9:1"]);
    one_line(&beyond.err, &["there is no line 9"]);
    assert_eq!(beyond.status, 2);
}

#[test]
fn a_page_loads_nothing_and_runs_nothing() {
    let folder = folder("html");
    fs::write(
        folder.join("a.txt"),
        format!("<script>alert(1)</script> & so\n\n{FAULTY}"),
    )
    .unwrap();
    let page = run(&folder, &["annotate", "--format", "html", "a.txt"]).out;
    assert!(page.starts_with("<!doctype html>"));
    assert!(page.contains("<title>a.txt – copydesk</title>"));
    fs::write(
        folder.join("b.md"),
        "---\ntitle: Talks\n---\n\n# Talks\n\nSnow fell.\n",
    )
    .unwrap();
    let matter = run(&folder, &["annotate", "--format", "html", "b.md"]).out;
    assert!(matter.contains("---</pre>\n<h1>"), "{matter}");
    for bad in ["<script", "src=", "@import", "<link"] {
        assert!(!page.contains(bad), "{bad}");
    }
    assert!(page.contains("&lt;script&gt;"));
}

#[test]
fn help_teaches() {
    let folder = folder("help");
    let help = run(&folder, &["--help"]);
    assert_eq!(help.status, 0);
    for words in [
        "annotate",
        "check",
        "explain",
        "kb",
        "rules",
        "Exit status",
        "copydesk check drafts/",
    ] {
        assert!(help.out.contains(words), "{words} in {}", help.out);
    }
    let version = run(&folder, &["--version"]);
    assert_eq!(version.out, format!("copydesk {}\n", env!("CARGO_PKG_VERSION")));
}

/// 50 MB take a while without optimization: `RUN_SLOW_TESTS=1 cargo test --release --test it cli`.
#[test]
fn a_very_large_file_is_annotated() {
    let kilobytes = if std::env::var_os("RUN_SLOW_TESTS").is_some() {
        50 << 10
    } else {
        200
    };
    let folder = folder("large");
    let paragraph = "“We are not leaving this room,” said Lena Hartmann, the foreign minister of Ruritania. Snow fell.\n\n";
    fs::write(
        folder.join("large.txt"),
        paragraph.repeat((kilobytes << 10) / paragraph.len()),
    )
    .unwrap();
    let run = run(&folder, &["annotate", "--format", "jsonl", "large.txt"]);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    assert_eq!(json(&run.out)["id"], "large.txt");
}
