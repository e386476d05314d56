//! What ARCHITECTURE.md promises of the analysis, held against texts that nobody would write.

use std::sync::Arc;

use copydesk::{
    base::fold::fold,
    kb::Kb,
    rules::{self, Diagnostic, config::Config},
    semantic::{
        article::{Article, Context, analyze},
        local,
    },
    syntax::block::{self, Format},
};
use proptest::prelude::*;

mod check;

/// Pieces that make something happen; random letters rarely do.
const PIECES: [&str; 44] = [
    "“",
    "”",
    "\"",
    "'",
    "‘",
    "’",
    "«",
    "»",
    "„",
    "``",
    "''",
    "&quot;",
    " said ",
    ", ",
    ". ",
    "? ",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\u{2028}",
    "\t",
    "- ",
    " — ",
    "> ",
    "# ",
    "* ",
    "```\n",
    "---\n",
    "[a](b) ",
    "<b>",
    "Lena Brandau",
    "Brandau",
    "he ",
    "She told ",
    "NATO",
    "Kyiv",
    "the French president ",
    "according to ",
    "BRUSSELS (CNW) - ",
    "U.S. ",
    "é",
    "😀",
    "date: 2024-03-04\n",
];

fn any_article() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => prop::sample::select(&PIECES[..]).prop_map(str::to_owned),
        2 => "[a-zA-Z ]{1,12}",
        1 => any::<String>(),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn both(text: &str, format: Format) -> (Article, Vec<Diagnostic>) {
    let context = Context {
        format,
        ..Context::default()
    };
    let article = analyze(&Arc::from(text), &context, Kb::embedded());
    let findings = rules::check(&article, Kb::embedded(), &Config::default());
    (article, findings)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    /// I2, I3, I14: any text gives an article, with spans on character borders and a reason for everything.
    #[test]
    fn any_text_gives_an_article_that_keeps_its_promises(text in any_article()) {
        for format in [Format::Plain, Format::Markdown] {
            let (article, findings) = both(&text, format);
            check::check(&article, &findings);
        }
    }

    /// I4: a block's analysis does not depend on where it stands or on what stands around it.
    #[test]
    fn a_block_is_analyzed_alone(before in any_article(), text in any_article()) {
        let moved = format!("{before}{text}");
        let layout = block::layout(&moved, Format::Plain);
        for block in &layout.blocks {
            let local = local::analyze_block(&moved, block, Kb::embedded());
            let alone = block.span.text(&moved);
            let mut home = block.clone();
            home.span.end -= home.span.start;
            home.span.start = 0;
            prop_assert_eq!(local, local::analyze_block(alone, &home, Kb::embedded()));
        }
    }

    /// I15: tokens are pieces of the text as it was written, in its order, and only their folded form is changed.
    #[test]
    fn tokens_stand_in_the_text(text in any_article()) {
        let layout = block::layout(&text, Format::Plain);
        for block in &layout.blocks {
            let source = block.span.text(&text);
            let local = local::analyze_block(&text, block, Kb::embedded());
            let mut end = 0;
            for (i, token) in local.tokens.list.iter().enumerate() {
                prop_assert!(end <= token.span.start && !token.span.is_empty());
                end = token.span.end;
                let word = source.get(token.span.range()).expect("a token lies on character borders");
                // A word may run over a hole, as where half of it is set in bold.
                let inside = block.holes.iter().filter(|h| h.overlap(token.span) > 0);
                let mut prose = word.to_owned();
                for hole in inside.rev() {
                    let start = hole.start.saturating_sub(token.span.start) as usize;
                    let end = (hole.end.min(token.span.end) - token.span.start) as usize;
                    prose.replace_range(start..end, "");
                }
                // Nor do the brackets of an editor break it: "[t]he".
                let bare = prose.replace(['[', ']'], "");
                let folded = local.tokens.fold(i);
                prop_assert!(folded == prose || folded == fold(&bare), "{} became {}", word, folded);
            }
            let mut next = 0;
            for sentence in &local.sentences {
                prop_assert_eq!(sentence.start, next, "sentences tile the tokens");
                next = sentence.end;
            }
            prop_assert_eq!(next, local.tokens.len());
        }
    }
}

/// I6: the same text gives the same answer, in a new thread and a second time.
#[test]
fn the_same_text_gives_the_same_article() {
    let text = crate::linear::article::article(3);
    let one = format!("{:?}", both(&text, Format::Plain));
    let two = format!("{:?}", both(&text, Format::Plain));
    let three = std::thread::spawn(move || format!("{:?}", both(&text, Format::Plain)));
    assert_eq!(one, two);
    assert_eq!(one, three.join().expect("analysis does not panic"));
}
