//! After any edits the answer is the one that a fresh start gives (I5).
#![no_main]

use std::sync::Arc;

use arbitrary::Arbitrary;
use copydesk::{
    ide::host::{AnalysisHost, Change, DocId},
    kb::Kb,
};
use libfuzzer_sys::fuzz_target;

/// Pieces that make something happen; random letters rarely do.
const PIECES: [&str; 16] = [
    "\n\n",
    "\n",
    "“",
    "”",
    "\"",
    "'",
    " said ",
    "Lena Brandau",
    "He ",
    "NATO",
    "Kyiv",
    ", ",
    ". ",
    "> ",
    "```\n",
    "é",
];

#[derive(Arbitrary, Debug)]
enum Op {
    Insert { at: u16, piece: u8 },
    Type { at: u16, text: String },
    Remove { at: u16, len: u8 },
}

fuzz_target!(|input: (String, Vec<Op>)| {
    let (mut text, ops) = input;
    let id = DocId(0);
    let mut host = AnalysisHost::new(Kb::embedded());
    let set = |host: &mut AnalysisHost, text: &str| {
        host.apply_change(Change::Text(id, Arc::<str>::from(text).into()));
    };
    set(&mut host, &text);
    for op in ops.into_iter().take(64) {
        match op {
            Op::Insert { at, piece } => {
                text.insert_str(border(&text, at), PIECES[piece as usize % PIECES.len()]);
            }
            Op::Type { at, text: typed } => text.insert_str(border(&text, at), &typed),
            Op::Remove { at, len } => {
                let start = border(&text, at);
                let end = border(&text, (start + len as usize).min(u16::MAX as usize) as u16).max(start);
                text.replace_range(start..end, "");
            }
        }
        set(&mut host, &text);
        let mut fresh = AnalysisHost::new(Kb::embedded());
        set(&mut fresh, &text);
        let [ours, theirs] = [&host, &fresh].map(|h| h.analysis(id).expect("the document is open"));
        let (ours_article, theirs_article) = (ours.article().unwrap(), theirs.article().unwrap());
        assert_eq!(ours_article.layout, theirs_article.layout);
        assert_eq!(ours_article.entities, theirs_article.entities);
        assert_eq!(ours_article.mentions, theirs_article.mentions);
        assert_eq!(ours_article.quotes, theirs_article.quotes);
        assert_eq!(ours.diagnostics().unwrap(), theirs.diagnostics().unwrap());
    }
});

/// The character border at or before `at`.
fn border(text: &str, at: u16) -> usize {
    let mut at = (at as usize).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
