//! Who is meant: the cases of `tests/names`, whose README says how they are written.

use std::sync::Arc;

use copydesk::{
    kb::Kb,
    semantic::article::{Article, Context, EntityKind, analyze},
};

/// What a case wants of some words of its text.
struct Want {
    at: std::ops::Range<usize>,
    name: String,
    kind: String,
}

/// A case without its marks.
struct Case {
    text: String,
    date: String,
    wants: Vec<Want>,
}

fn parse(line: &str) -> Case {
    let (date, body) = match line.strip_prefix('@').and_then(|l| l.split_once(' ')) {
        Some((date, body)) => (date.to_owned(), body),
        None => (String::new(), line),
    };
    let body = body.replace(" // ", "\n\n");
    let (mut text, mut wants) = (String::new(), Vec::new());
    let mut rest = body.as_str();
    while let Some(open) = rest.find('{') {
        text.push_str(&rest[..open]);
        let close = open + rest[open..].find('}').expect("a mark is closed");
        let mut parts = rest[open + 1..close].split('|');
        let words = parts.next().unwrap_or_default();
        let start = text.len();
        text.push_str(words);
        wants.push(Want {
            at: start..text.len(),
            name: parts.next().expect("a mark names its entity").to_owned(),
            kind: parts.next().unwrap_or_default().to_owned(),
        });
        rest = &rest[close + 1..];
    }
    text.push_str(rest);
    Case { text, date, wants }
}

/// What the article has where a mark wants something: name and kind of the entity.
fn found(article: &Article, want: &Want) -> Option<(String, String)> {
    let covers = |m: &&copydesk::semantic::article::Mention| {
        let at = m.span.range();
        // Titles and possessors may stand inside a mark, so that the last word decides.
        at.end == want.at.end && at.start >= want.at.start
            || want.name == "-" && at.start < want.at.end && want.at.start < at.end
    };
    let m = article
        .mentions
        .iter()
        .filter(covers)
        .max_by_key(|m| m.span.len())?;
    let e = &article.entities[m.entity];
    if want.name == "-" && e.kind == EntityKind::Group {
        return None;
    }
    Some((e.name.clone(), format!("{:?}", e.kind).to_lowercase()))
}

#[track_caller]
fn check(cases: &str) {
    let (mut n, mut wrong) = (0, String::new());
    for line in cases.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
        let case = parse(line);
        let context = Context {
            date: case.date.parse().ok(),
            ..Context::default()
        };
        let article = analyze(&Arc::from(case.text.as_str()), &context, Kb::embedded());
        for want in &case.wants {
            n += 1;
            let got = found(&article, want);
            let right = match &got {
                None => want.name == "-",
                Some((name, kind)) => *name == want.name && (want.kind.is_empty() || *kind == want.kind),
            };
            if !right {
                let words = &case.text[want.at.clone()];
                wrong += &format!(
                    "{words:?} wants {:?} {:?}, got {got:?}\n    in: {line}\n",
                    want.name, want.kind
                );
            }
        }
    }
    assert!(n > 0, "no case was read");
    assert!(wrong.is_empty(), "of {n} marks these are wrong:\n{wrong}");
}

#[test]
fn names() {
    check(include_str!("../names/names.txt"));
}

#[test]
fn links() {
    check(include_str!("../names/links.txt"));
}

#[test]
fn references() {
    check(include_str!("../names/references.txt"));
}
