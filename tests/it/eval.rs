//! How many of the hard cases come out right: `tests/eval/README.md` says what is counted.

use std::{fmt::Write as _, sync::Arc};

use copydesk::{
    base::span::DocSpan,
    kb::Kb,
    rules::{self, config::Config},
    semantic::article::{Article, Context, analyze},
};
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

/// Shares that must be reached, in percent, and the false warnings that are tolerated.
const SPEAKERS: usize = 75;
const WARNINGS: usize = 80;
const FALSE_WARNINGS: usize = 3;

/// Right ones and all.
#[derive(Clone, Copy, Default)]
struct Share {
    right: usize,
    all: usize,
}

impl Share {
    fn add(&mut self, right: bool) {
        self.right += usize::from(right);
        self.all += 1;
    }

    fn join(&mut self, other: Self) {
        self.right += other.right;
        self.all += other.all;
    }

    fn reaches(self, percent: usize) -> bool {
        self.right * 100 >= self.all * percent
    }

    fn words(self) -> String {
        if self.all == 0 {
            "-".to_owned()
        } else {
            format!("{}/{}", self.right, self.all)
        }
    }
}

#[test]
fn hard_cases_keep_their_scores() {
    let source = include_str!("../eval/hardcases.jsonl");
    let (mut speakers, mut indirect, mut warnings) = (Share::default(), Share::default(), Share::default());
    let mut false_warnings = 0;
    let mut rows = String::new();
    for line in source.lines() {
        let case: Value = serde_json::from_str(line).expect("a case is a JSON object");
        let text: Arc<str> = case["text"].as_str().expect("a text").into();
        let article = analyze(&text, &Context::default(), Kb::embedded());
        let (mut direct_here, mut indirect_here) = (Share::default(), Share::default());
        for quote in case["quotes"].as_array().expect("a list") {
            let speaker = quote["speaker"].as_str().unwrap_or("").trim();
            if ["", "—", "?", "-"].contains(&speaker) {
                continue;
            }
            let content = quote["content"].as_str().expect("a content");
            let right = text.find(content).is_some_and(|at| {
                let span = DocSpan::new(at, at + content.len());
                speakers_of(&article, span)
                    .iter()
                    .any(|name| is_same(name, speaker))
            });
            match quote["kind"].as_str() {
                Some("indirect") => indirect_here.add(right),
                _ => direct_here.add(right),
            }
        }
        let wanted = case["unattributed"] == true;
        let fired = rules::check(&article, Kb::embedded(), &Config::default())
            .iter()
            .any(|d| d.code == "unattributed-quote");
        let warning = match (fired, wanted) {
            (true, true) => "fired",
            (false, false) => "silent",
            (true, false) => "FALSE",
            (false, true) => "MISSED",
        };
        if wanted {
            warnings.add(fired);
        }
        false_warnings += usize::from(fired && !wanted);
        speakers.join(direct_here);
        indirect.join(indirect_here);
        let (id, group) = (
            case["id"].as_str().unwrap_or(""),
            case["group"].as_str().unwrap_or(""),
        );
        let _ = writeln!(
            rows,
            "{id}\t{group}\t{}\t{}\t{warning}",
            direct_here.words(),
            indirect_here.words()
        );
    }
    let table = format!(
        "# speakers right\t{}\n# speakers of indirect speech right\t{}\n# wanted warnings fired\t{}\n\
         # false warnings\t{false_warnings}\nid\tgroup\tspeakers\tindirect\twarning\n{rows}",
        speakers.words(),
        indirect.words(),
        warnings.words(),
    );
    expect_test::expect_file!["../eval/scores.tsv"].assert_eq(&table);
    assert!(speakers.reaches(SPEAKERS), "speakers: {}", speakers.words());
    assert!(
        warnings.reaches(WARNINGS),
        "wanted warnings: {}",
        warnings.words()
    );
    assert!(
        false_warnings <= FALSE_WARNINGS,
        "false warnings: {false_warnings}"
    );
}

/// Everything that the speaker of the quotation over `span` is called: the words at the quotation, the
/// entity's name, and its mentions.
fn speakers_of(article: &Article, span: DocSpan) -> Vec<String> {
    let covered = |spans: &[DocSpan]| spans.iter().map(|s| s.overlap(span)).sum::<usize>();
    // The first of the best, should two cover the words alike.
    let best = article.quotes.iter().rev().max_by_key(|q| covered(&q.spans));
    let Some(quote) = best.filter(|q| covered(&q.spans) > 0) else {
        return Vec::new();
    };
    let mut names: Vec<String> = quote
        .source
        .iter()
        .map(|s| s.text(&article.text).to_owned())
        .collect();
    if let Some(entity) = quote.speaker.map(|s| &article.entities[s]) {
        names.push(entity.name.clone());
        let mentions = entity.mentions.iter().map(|&m| article.mentions[m].span);
        names.extend(mentions.map(|s| s.text(&article.text).to_owned()));
    }
    names
}

/// Whether two names are the same but for case, marks and article, or end in the same word.
fn is_same(a: &str, b: &str) -> bool {
    let (a, b) = (folded(a), folded(b));
    let last = |s: &str| s.split_whitespace().next_back().map(str::to_owned);
    !a.is_empty() && (a == b || last(&a) == last(&b))
}

fn folded(name: &str) -> String {
    let kept: String = name
        .nfkc()
        .flat_map(char::to_lowercase)
        .map(|c| {
            if c.is_alphanumeric() || "_@’' -".contains(c) {
                c
            } else {
                ' '
            }
        })
        .collect();
    let kept = kept.trim();
    let bare = ["the ", "a ", "an "]
        .iter()
        .find_map(|article| kept.strip_prefix(article));
    bare.unwrap_or(kept).trim_start().to_owned()
}

#[test]
fn names_are_compared_as_a_reader_would() {
    assert!(is_same("Lena Hartmann", "Hartmann"));
    assert!(is_same("The ministry", "the Ministry"));
    assert!(!is_same("Hartmann", "Nowak"));
    assert!(!is_same("", ""));
}
