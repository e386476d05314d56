//! The gold set of `tests/gold/`: `GUIDELINES.md` there says what is annotated and how.

use std::{
    fs,
    path::{Path, PathBuf},
};

use copydesk::kb::Kb;

use crate::gold_records::{
    check::check,
    cluster, markup,
    record::Record,
    score::{Pair, ROWS},
    system,
    tally::Tally,
};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/gold")
        .join(name)
}

/// The records of a folder, by name.
fn records(name: &str) -> Vec<(PathBuf, Record)> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder(name))
        .expect("the folder is there")
        .map(|entry| entry.expect("it can be read").path())
        .filter(|p| p.extension().is_some_and(|e| e == "json"))
        .collect();
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let json = fs::read_to_string(&path).expect("a text file");
            let record = Record::read(&json).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            assert_eq!(record.write(), json, "{}: written another way", path.display());
            (path, record)
        })
        .collect()
}

/// Articles written for the project, with their texts.
fn own() -> Vec<(Record, String)> {
    let with_text = |(path, record): (PathBuf, Record)| {
        let text = fs::read_to_string(path.with_extension("txt")).expect("its text lies beside it");
        (record, text)
    };
    records("own").into_iter().map(with_text).collect()
}

#[test]
fn records_fit_their_texts_and_the_base() {
    let all = own();
    assert!(all.len() >= 20, "{} articles", all.len());
    for (record, text) in &all {
        let faults = check(record, text, Kb::embedded()).faults;
        assert!(faults.is_empty(), "{}: {faults:?}", record.id);
    }
}

#[test]
fn marked_text_and_record_say_the_same() {
    for (record, text) in own() {
        let marked = markup::write(&record, &text).expect("marks nest");
        let again = markup::read(&marked, &text).expect("what is written can be read");
        assert_eq!(again, record, "{}", record.id);
    }
}

/// Texts of others are not here: of those the records hold no words but names.
#[test]
fn records_of_texts_elsewhere_hold_no_text() {
    let listed = fs::read_to_string(folder("wikinews.tsv")).expect("the list is there");
    let found = records("wikinews");
    for (path, record) in found.iter().chain(&records("second")) {
        let row = listed
            .lines()
            .find(|l| l.starts_with(&format!("{}\t", record.id)));
        let row = row.unwrap_or_else(|| panic!("{}: not in wikinews.tsv", path.display()));
        assert!(
            row.ends_with(&record.text_sha256),
            "{}: another text",
            path.display()
        );
        assert!(row.contains(&record.url), "{}: another address", path.display());
        assert!(!path.with_extension("txt").exists());
        for entity in &record.entities {
            assert!(
                entity.name.chars().count() <= 80,
                "{}: {}",
                record.id,
                entity.name
            );
        }
    }
}

#[test]
fn eval_of_own_articles_keeps_its_scores() {
    let mut tally = Tally::in_order(ROWS);
    let mut rows =
        String::from("article\tmentions\tcoreference\tquoted speech\tright speakers\tfalse warnings\n");
    for (gold, text) in own() {
        let annotated = system::annotate(&text, &gold);
        Pair::new(&text, &gold, &annotated).score(&mut tally, &mut Vec::new());
        let mut one = Tally::default();
        Pair::new(&text, &gold, &annotated).score(&mut one, &mut Vec::new());
        let (mut right, mut all) = (0, 0);
        for size in ["7 or more", "4 to 6", "1 to 3"] {
            let (r, a) = one.share_of(&format!("{size} words: right speaker"));
            right += r;
            all += a;
        }
        let (silent, attributed) = one.share_of("attributed speech without a false warning");
        rows += &format!(
            "{}\t{:.1}\t{:.1}\t{:.1}\t{right}/{all}\t{}\n",
            gold.id,
            one.f1("mentions"),
            cluster::average(&one, "coreference"),
            one.f1("quoted speech, exact marks"),
            attributed - silent,
        );
    }
    expect_test::expect_file!["../gold/scores.tsv"].assert_eq(&format!("{}{rows}", tally.table()));
}
