//! English lives in `data/`: what the code lists by name are the few words of grammar that a step turns on.

use crate::tidy::{
    report,
    source::{files, read},
};

/// Most words that the code lists in one place.
const MOST: usize = 16;

/// Lists that are no data of a language: the words that the code itself asks for by name.
const ASKED_FOR: &[&str] = &["src/semantic/local.rs"];

/// The lists of words in a source, as (line, words): literals of small letters with nothing between them but bars,
/// commas, and blanks.
fn lists(source: &str) -> Vec<(usize, usize)> {
    let source = source.split("#[cfg(test)]\nmod tests").next().unwrap_or(source);
    let mut found = Vec::new();
    let (mut line, mut first, mut words) = (1, 1, 0);
    for (i, part) in source.split('"').enumerate() {
        let is_word = i % 2 == 1 && part.starts_with(|c: char| c.is_ascii_lowercase());
        let joins = i % 2 == 0 && part.chars().all(|c| c.is_whitespace() || matches!(c, '|' | ','));
        if is_word {
            first = if words == 0 { line } else { first };
            words += 1;
        } else if !joins {
            found.push((first, words));
            words = 0;
        }
        line += part.matches('\n').count();
    }
    found
}

#[test]
fn lists_of_words_are_data() {
    let mut faults = Vec::new();
    for path in ["src/syntax/block", "src/semantic", "src/rules", "src/ide"]
        .iter()
        .flat_map(|dir| files(dir, &[".rs"]))
    {
        let path = path.to_string_lossy().replace('\\', "/");
        if ASKED_FOR.contains(&path.as_str()) {
            continue;
        }
        for (line, words) in lists(&read(&path)) {
            if words > MOST {
                faults.push(format!(
                    "{path}:{line}: {words} words, which belong in data/en/words.txt"
                ));
            }
        }
    }
    report(&faults);
}

#[test]
fn a_long_list_is_found() {
    let words = vec!["\"aa\""; MOST + 1].join("\n| ");
    let source = format!("f(\n\"x\");\nmatches!(word, {words})\n");
    assert_eq!(
        lists(&source).into_iter().max_by_key(|l| l.1),
        Some((3, MOST + 1))
    );
}
