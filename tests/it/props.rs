//! Properties: what is done in steps equals what is done at once.

use std::sync::Arc;

use copydesk::{
    ide::host::{AnalysisHost, Change, DocId, Settings, TextSource},
    kb::Kb,
    rules,
    semantic::article::{self, Context},
    syntax::block::Format,
    text::{
        document::Document,
        position::{Encoding, Position},
    },
};
use proptest::prelude::*;

/// Pieces of copy, with everything that makes columns and lines hard.
fn piece() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "",
        "a",
        "é",
        "“",
        "”",
        "\"",
        "😀",
        "\n",
        "\r\n",
        "\r",
        "\n\n",
        "\u{2028}",
        "\u{85}",
        "\u{b}",
        "\u{0}",
        "Lena Hartmann",
        " said",
        " she said.",
        "Hartmann ",
        "NATO",
        "Kyiv",
        ", who",
        "- 'x' -",
        "# ",
        "> ",
        "* ",
        "---\n",
        "The minister said the bridge was closed. ",
        "“We will not go,” Keller said. ",
        "<!-- copydesk-disable -->",
    ]);
    prop::collection::vec(pieces, 0..8).prop_map(|v| v.concat())
}

/// The offset that a position means, worked out over a plain string.
pub(crate) fn offset(text: &str, position: Position, encoding: Encoding) -> usize {
    let bytes = text.as_bytes();
    let mut lines = vec![0];
    for i in 0..bytes.len() {
        if bytes[i] == b'\n' || bytes[i] == b'\r' && bytes.get(i + 1) != Some(&b'\n') {
            lines.push(i + 1);
        }
    }
    let Some(&start) = lines.get(position.line as usize) else {
        return text.len();
    };
    let (mut at, mut column) = (start, 0);
    for c in text[start..].chars() {
        let next = column + encoding.width(c);
        if c == '\n' || c == '\r' || next > position.column {
            break;
        }
        column = next;
        at += c.len_utf8();
    }
    at
}

fn place() -> impl Strategy<Value = Position> {
    (0u32..12, 0u32..40).prop_map(|(line, column)| Position { line, column })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn edits_equal_the_model(
        start in piece(),
        edits in prop::collection::vec((place(), place(), piece()), 1..20),
    ) {
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            let mut model = start.clone();
            let mut document = Document::new(&start, 0);
            for (a, b, text) in &edits {
                document.edit(*a, *b, text, encoding);
                let (a, b) = (offset(&model, *a, encoding), offset(&model, *b, encoding));
                model.replace_range(a.min(b)..a.max(b), text);
                prop_assert_eq!(&*document.text(), &model);
                prop_assert_eq!(document.len(), model.len());
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn incremental_analysis_equals_analysis_from_scratch(
        start in prop::collection::vec(piece(), 1..6),
        edits in prop::collection::vec((place(), place(), piece()), 1..8),
        markdown in any::<bool>(),
    ) {
        let format = if markdown { Format::Markdown } else { Format::Plain };
        let context = Context { format, ..Context::default() };
        let kb = Kb::embedded();
        let id = DocId(1);
        let mut host = AnalysisHost::new(kb);
        let mut document = Document::new(&start.join("\n\n"), 0);
        let settings = Settings { context: context.clone(), ..Settings::default() };
        host.apply_change(Change::Settings(id, settings));
        for (a, b, text) in &edits {
            document.edit(*a, *b, text, Encoding::Utf16);
            host.apply_change(Change::Text(id, TextSource::lazy(document.lazy_text())));
            let analysis = host.analysis(id).unwrap();
            let (found, diagnostics) = (analysis.article().unwrap(), analysis.diagnostics().unwrap());
            let scratch = article::analyze(&document.text(), &context, kb);
            prop_assert_eq!(&*found.text, &*scratch.text);
            prop_assert_eq!(&found.layout, &scratch.layout);
            prop_assert_eq!(&found.entities, &scratch.entities);
            prop_assert_eq!(&found.mentions, &scratch.mentions);
            prop_assert_eq!(&found.quotes, &scratch.quotes);
            prop_assert_eq!(&found.asides, &scratch.asides);
            prop_assert_eq!(&found.lone_marks, &scratch.lone_marks);
            prop_assert_eq!(diagnostics.to_vec(), rules::check(&scratch, kb, &Arc::default()));
        }
    }
}
