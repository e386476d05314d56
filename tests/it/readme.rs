//! README.md shows commands and what they print: the commands must exist, and the output must be theirs.

use std::{
    path::Path,
    process::{Command, Output},
};

fn copydesk(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_copydesk"))
        .args(args)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")))
        .env("NO_COLOR", "1")
        .output()
        .expect("the program runs")
}

/// The lines of all fenced blocks of a language.
fn fenced<'a>(text: &'a str, language: &str) -> Vec<Vec<&'a str>> {
    let mut blocks = Vec::new();
    let mut open: Option<Vec<&str>> = None;
    for line in text.lines() {
        match (line.strip_prefix("```"), &mut open) {
            (Some(_), Some(block)) => {
                blocks.push(std::mem::take(block));
                open = None;
            }
            (Some(name), None) if name == language => open = Some(Vec::new()),
            // A block of another language is skipped as one that nobody asked for.
            (Some(_), None) => open = Some(vec![""]),
            (None, Some(block)) if block.first() != Some(&"") => block.push(line),
            (None, _) => {}
        }
    }
    blocks.retain(|b| b.first() != Some(&""));
    blocks
}

/// A line with its numbers left out: what tells which line of the output a shown one was, when they have moved.
fn unnumbered(line: &str) -> String {
    let words = line
        .split_whitespace()
        .map(|word| word.trim_end_matches(',').replace("mentions", "mention"));
    let words = words.filter(|word| !word.starts_with('#'));
    words
        .map(|word| word.replace(|c: char| c.is_ascii_digit(), ""))
        .collect()
}

/// The commands of README's console blocks run; what they print takes the place of what is shown, line by line.
/// A line that they print no more, whatever its numbers, is told.
fn renewed(readme: &str) -> String {
    let mut out = String::new();
    let (mut printed, mut rest) = (String::new(), 0);
    let (mut inside, mut n_commands) = (false, 0);
    for line in readme.lines() {
        let mut shown = line.to_owned();
        if line.starts_with("```") {
            inside = line == "```console";
        } else if let (true, Some(command)) = (inside, line.strip_prefix("$ copydesk ")) {
            n_commands += 1;
            let args: Vec<&str> = command.split_whitespace().collect();
            printed = String::from_utf8(copydesk(&args).stdout).expect("UTF-8");
            rest = 0;
        } else if inside && line != "…" {
            // What is left out may be any number of lines.
            let lines: Vec<&str> = printed.lines().collect();
            let same = lines[rest..].iter().position(|l| l.trim_end() == line);
            let alike = || {
                let mut left = lines[rest..].iter();
                left.position(|l| unnumbered(l.trim_end()) == unnumbered(line))
            };
            let at = same.or_else(alike).unwrap_or_else(|| {
                panic!("README.md: no command prints, after what stands before it:\n{line}\n\nit prints:\n{printed}")
            });
            rest += at + 1;
            shown = lines[rest - 1].trim_end().to_owned();
        }
        out += &shown;
        out.push('\n');
    }
    assert!(
        n_commands >= 3,
        "README.md shows {n_commands} commands with their output"
    );
    out
}

#[test]
fn commands_print_what_readme_shows() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = std::fs::read_to_string(&path).expect("README.md");
    let renewed = renewed(&readme);
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, renewed).expect("README.md is written");
        return;
    }
    for (shown, printed) in readme.lines().zip(renewed.lines()) {
        assert_eq!(
            shown, printed,
            "README.md shows what is not printed any more; UPDATE_EXPECT=1 renews it"
        );
    }
}

/// "18,500 people with 25,000 dated offices, …": rounded, and no further off than rounding is.
#[test]
fn readme_counts_what_is_known() {
    let stats = String::from_utf8(copydesk(&["kb", "stats"]).stdout).expect("UTF-8");
    let counted = |what: &str| -> usize {
        let line = stats
            .lines()
            .find(|line| line.split_whitespace().nth(1) == Some(what));
        let number = line.and_then(|line| line.split_whitespace().next());
        number.expect("a line of this kind").parse().expect("a number")
    };
    let readme = include_str!("../../README.md");
    let readme = readme.split("## What it knows").nth(1).expect("a part about it");
    for (what, words) in [
        ("person", " people with"),
        ("tenures", " dated offices"),
        ("country", " countries and territories"),
        ("institution", " institutions and parties"),
        ("place", " cities and regions"),
    ] {
        let before = readme.split(words).next().expect("README.md says how many");
        let told = before
            .split_whitespace()
            .next_back()
            .unwrap_or_default()
            .replace(',', "");
        let told: usize = told
            .trim()
            .parse()
            .unwrap_or_else(|_| panic!("{told:?} before {words:?}"));
        let off = told.abs_diff(counted(what));
        assert!(
            off <= if told < 1000 { 0 } else { 50 },
            "README.md has {told}{words}, `kb stats` {}",
            counted(what)
        );
    }
}

#[test]
fn commands_of_the_documents_are_commands() {
    let mut n_commands = 0;
    for (name, text) in [
        ("README.md", include_str!("../../README.md")),
        ("CONTRIBUTING.md", include_str!("../../CONTRIBUTING.md")),
        ("examples/README.md", include_str!("../../examples/README.md")),
        ("docs/kb-import.md", include_str!("../../docs/kb-import.md")),
    ] {
        for line in fenced(text, "sh").into_iter().flatten() {
            let Some(at) = line.find("copydesk ") else {
                continue;
            };
            // Up to a pipe, a redirection or a remark.
            let words: Vec<&str> = line[at..]
                .split_whitespace()
                .skip(1)
                .take_while(|w| !w.starts_with(['|', '<', '>', '#', '&']))
                .collect();
            for word in words.iter().filter(|w| w.starts_with("examples/")) {
                let file = word.split(':').next().unwrap_or(word);
                assert!(
                    Path::new(env!("CARGO_MANIFEST_DIR")).join(file).exists(),
                    "{name}: {file} is not there"
                );
            }
            // Help is given instead of a run, once everything before it was understood.
            let mut args = words.clone();
            args.push("--help");
            let output = copydesk(&args);
            assert!(
                output.status.success(),
                "{name}: {line}\n{}",
                String::from_utf8_lossy(&output.stderr)
            );
            n_commands += 1;
        }
    }
    assert!(n_commands >= 5, "only {n_commands} commands found");
}
