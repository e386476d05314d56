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

/// A line without the numbers of quotations and of mentions, which shift whenever one more is found.
fn unnumbered(line: &str) -> String {
    let words = line.split_inclusive(' ').map(|word| match word.find('#') {
        Some(at) => word[..=at].to_owned(),
        None if word.trim_end().parse::<u32>().is_ok() => "0 ".to_owned(),
        None => word.to_owned(),
    });
    words.collect::<String>().trim_end().to_owned()
}

#[test]
fn commands_print_what_readme_shows() {
    let readme = include_str!("../../README.md");
    let mut n_commands = 0;
    for block in fenced(readme, "console") {
        let mut lines = block.iter().peekable();
        while let Some(line) = lines.next() {
            let command = line.strip_prefix("$ copydesk ").expect("a command comes first");
            n_commands += 1;
            let args: Vec<&str> = command.split_whitespace().collect();
            let printed = String::from_utf8(copydesk(&args).stdout).expect("UTF-8");
            let mut rest = printed.as_str();
            while let Some(shown) = lines.next_if(|l| !l.starts_with("$ ")) {
                // What is left out may be any number of lines.
                if *shown == "…" {
                    continue;
                }
                let at = rest.lines().position(|l| unnumbered(l) == unnumbered(shown)).unwrap_or_else(|| {
                    panic!("README.md: `copydesk {command}` does not print, after what stands before it:\n{shown}\n\nit prints:\n{printed}")
                });
                let skipped: usize = rest.split_inclusive('\n').take(at + 1).map(str::len).sum();
                rest = &rest[skipped..];
            }
        }
    }
    assert!(
        n_commands >= 3,
        "README.md shows {n_commands} commands with their output"
    );
}

#[test]
fn commands_of_the_documents_are_commands() {
    let mut n_commands = 0;
    for (name, text) in [
        ("README.md", include_str!("../../README.md")),
        ("CONTRIBUTING.md", include_str!("../../CONTRIBUTING.md")),
        ("examples/README.md", include_str!("../../examples/README.md")),
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
