//! What names in short sentences lead to: a table that anyone can add to.

use std::sync::Arc;

use copydesk::{
    kb::Kb,
    semantic::article::{Context, analyze},
};

/// The text without its brackets, and where the bracketed names stand.
fn plain(marked: &str) -> (String, Vec<(u32, u32)>) {
    let mut text = String::new();
    let mut spans = Vec::new();
    let mut open = 0;
    for c in marked.chars() {
        match c {
            '[' => open = text.len() as u32,
            ']' => spans.push((open, text.len() as u32)),
            c => text.push(c),
        }
    }
    (text, spans)
}

#[test]
fn names_in_sentences() {
    let kb = Kb::embedded();
    let mut wrong = Vec::new();
    let mut sentences = 0;
    let rows = include_str!("kb_names.tsv").lines().enumerate();
    for (line, row) in rows.filter(|(_, row)| !row.starts_with('#') && !row.is_empty()) {
        let (marked, wanted) = row.split_once('\t').unwrap_or((row, ""));
        let (text, spans) = plain(marked);
        sentences += 1;
        let context = Context {
            date: "2024-12-18".parse().ok(),
            ..Context::default()
        };
        let article = analyze(&Arc::from(text.as_str()), &context, kb);
        let wanted: Vec<&str> = wanted.split('|').filter(|id| !id.is_empty()).collect();
        assert_eq!(wanted.len(), spans.len(), "line {}: {row}", line + 1);
        for (span, wanted) in spans.iter().zip(wanted) {
            // The mention of these words; else one that has any of them, so that "none" is not met by half a name.
            let known = |exact: bool| {
                let mut mentions = article.mentions.iter().filter(move |m| match exact {
                    true => (m.span.start, m.span.end) == *span,
                    false => m.span.start < span.1 && span.0 < m.span.end,
                });
                mentions.find_map(|m| article.entities[m.entity].kb)
            };
            let found = known(true).or_else(|| known(false));
            let got = found.map_or_else(|| "-".to_owned(), |id| kb.stable_id(id).into_owned());
            if got != wanted {
                wrong.push(format!("line {}: {got} and not {wanted}: {marked}", line + 1));
            }
        }
    }
    assert!(sentences >= 150, "{sentences} sentences");
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
