//! Copy whose lines were broken by a program: it means what the same copy means with a paragraph a line.

use std::{collections::BTreeSet, fs, path::Path, sync::Arc};

use copydesk::{
    base::span::DocSpan,
    kb::Kb,
    rules::{self, config::Config},
    semantic::article::{Context, EntityKind, QuoteKind, analyze},
};

/// How paragraphs are told from each other.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Form {
    /// By empty lines.
    Spaced,
    /// By empty lines, with the line ends of Windows.
    Windows,
    /// By the indent of their first lines.
    Indented,
    /// By short last lines only.
    Dense,
}

/// Paragraphs of `text`: what empty lines part. A comment that silences a rule keeps its line.
fn paragraphs(text: &str) -> Vec<&str> {
    text.split("\n\n")
        .map(str::trim)
        .filter(|p| !p.is_empty())
        .collect()
}

/// `text` in lines of at most `width` characters, as many words on each as fit.
fn wrap(text: &str, width: usize, form: Form) -> String {
    let mut out = String::new();
    for (i, paragraph) in paragraphs(text).into_iter().enumerate() {
        if i > 0 {
            let gap = i == 1 || matches!(form, Form::Spaced | Form::Windows);
            out.push_str(if gap { "\n\n" } else { "\n" });
        }
        for (n, line) in paragraph.lines().enumerate() {
            let mut free = width;
            if n > 0 {
                out.push('\n');
            }
            if form == Form::Indented && i > 0 && n == 0 {
                out.push_str("   ");
                free -= 3;
            }
            let whole = line.contains("copydesk-");
            for (w, word) in line.split_whitespace().enumerate() {
                let len = word.chars().count();
                if w > 0 && !whole && free < len + 1 {
                    out.push('\n');
                    free = width;
                } else if w > 0 {
                    out.push(' ');
                    free = free.saturating_sub(1);
                }
                out.push_str(word);
                free = free.saturating_sub(len);
            }
        }
    }
    out.push('\n');
    match form {
        Form::Windows => out.replace('\n', "\r\n"),
        _ => out,
    }
}

/// Who is named, who says what, and what the rules find, as lines without line breaks.
fn facts(text: &str) -> BTreeSet<String> {
    let kb = Kb::embedded();
    let article = analyze(&Arc::from(text), &Context::default(), kb);
    let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let words = |spans: &[DocSpan]| {
        spans
            .iter()
            .map(|s| flat(s.text(text)))
            .collect::<Vec<_>>()
            .join(" … ")
    };
    let mut facts = BTreeSet::new();
    for quote in article.quotes.iter() {
        let speaker = quote.speaker.and_then(|s| article.entities.get(s));
        let speaker = speaker.map_or("nobody".to_owned(), |e| flat(&e.name));
        let how = if quote.kind == QuoteKind::Indirect {
            "reports"
        } else {
            "says"
        };
        facts.insert(format!("{speaker} {how}: {}", words(&quote.spans)));
    }
    for entity in article.entities.iter().filter(|e| e.kind == EntityKind::Person) {
        facts.insert(format!("person: {}", flat(&entity.name)));
    }
    for d in rules::check(&article, kb, &Config::default()) {
        facts.insert(format!("{}: {}", d.code, words(&[d.span])));
    }
    facts
}

fn articles() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut all = Vec::new();
    for folder in ["gold/own", "corpus"] {
        for entry in fs::read_dir(root.join(folder)).expect("a folder of articles") {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|e| e == "txt") {
                let name = path
                    .file_name()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into_owned();
                all.push((name, fs::read_to_string(&path).expect("an article")));
            }
        }
    }
    all.sort();
    all
}

/// Articles of which the layout alone cannot tell enough where paragraphs are not set apart by empty lines:
/// interviews whose questions fill their line, and paragraphs that end just where the line does.
const FEW: usize = 12;

/// All facts of all articles, for a share.
#[test]
fn wrapped_copy_means_what_it_meant() {
    let articles = articles();
    assert!(articles.len() > 60);
    let plain: Vec<BTreeSet<String>> = articles
        .iter()
        .map(|(_, text)| facts(&(paragraphs(text).join("\n\n") + "\n")))
        .collect();
    for form in [Form::Spaced, Form::Windows, Form::Indented, Form::Dense] {
        for width in [60, 72, 80] {
            if form == Form::Windows && width != 72 {
                continue;
            }
            let mut changed = Vec::new();
            for ((name, text), plain) in articles.iter().zip(&plain) {
                let wrapped = facts(&wrap(text, width, form));
                let more: Vec<_> = wrapped.difference(plain).collect();
                let less: Vec<_> = plain.difference(&wrapped).collect();
                if !more.is_empty() || !less.is_empty() {
                    changed.push(format!("{name}: more {more:#?} less {less:#?}"));
                }
            }
            let allowed = if matches!(form, Form::Spaced | Form::Windows) {
                0
            } else {
                FEW
            };
            assert!(
                changed.len() <= allowed,
                "{form:?} {width}: {} of {}\n{}",
                changed.len(),
                articles.len(),
                changed.join("\n")
            );
        }
    }
}

/// Two lines are little to tell from.
#[test]
fn short_copy_may_be_wrapped_too() {
    for text in [
        "NORVIK, March 3 (North Wire) - “We are going to open the doors at six,” said\nLena Hartmann, the mayor.\n",
        "“We are going to open the doors at six,” said\nLena Hartmann, the mayor.\n",
        "Flood comes to Norvik\n\nThe river rose by a metre on Monday, said Lena\nHartmann, the mayor of the town.\n\n\
         “We are going to open the doors at six,” said\nLena Hartmann.\n",
        "Flood comes to Norvik\n\nThe woman who lives on the pier is now, at the end of all, a woman of\n80. She was \
         right, said the mayor of Norvik, Lena Hartmann, on Monday\n- a day of rain and of wind - and then she left for \
         the harbor.\n\n“We are going to open the doors of the old town hall at six,” said\nLena Hartmann.\n",
    ] {
        let flat = text
            .split("\n\n")
            .map(|p| p.trim().replace('\n', " "))
            .collect::<Vec<_>>()
            .join("\n\n");
        assert_eq!(facts(text), facts(&flat), "{text}");
    }
    // A headline over its article, a list of names, a table: nothing goes on here.
    for text in [
        "Mayor promises new bridge after third flood in ten years\nThe council voted for it on Tuesday in the \
         afternoon, after two years.\nIt was late.\n",
        "The winners\n\nLena Hartmann, Social Democrats of Norvik\nJan Nowak, Farmers and Friends of the Coast\nIda \
         Brandt, Conservatives of the Harbor\nOtto Keller, nobody’s candidate at all\n",
    ] {
        let spaced = text.replace("\n\n", "\n").replace('\n', "\n\n");
        assert_eq!(facts(text), facts(&spaced), "{text}");
    }
}
