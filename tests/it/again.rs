//! An edit that changes nothing that was read keeps the article, and one that does is seen: over articles of many
//! kinds, one behind the other, as in a document that somebody writes for hours.

use std::{fs, path::Path, sync::Arc};

use copydesk::{
    base::span::DocSpan,
    ide::host::{AnalysisHost, Change, DocId, Settings, TextSource},
    kb::Kb,
    rules,
    semantic::article::{self, Context, Whole},
};
use proptest::prelude::*;

const DOC: DocId = DocId(1);

fn articles() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut files: Vec<_> = ["gold/own", "corpus"]
        .iter()
        .flat_map(|folder| fs::read_dir(root.join(folder)).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "txt"))
        .collect();
    files.sort();
    files.iter().map(|f| fs::read_to_string(f).unwrap()).collect()
}

/// What somebody types.
#[derive(Clone, Debug)]
enum Typed {
    /// A letter into the middle of a word, and out again.
    Letter(char),
    /// These characters anywhere.
    Text(&'static str),
    /// Takes so many characters away.
    Delete(usize),
    /// Puts the words of one place at another.
    Copy(f64, usize),
}

fn typed() -> impl Strategy<Value = Typed> {
    let text = vec![
        " ",
        "“",
        "”",
        "\"",
        ",",
        ".",
        "?",
        "\n",
        "\n\n",
        "s",
        "Q",
        " Hartmann",
        "said ",
        "he ",
        "NATO ",
        " the minister",
    ];
    prop_oneof![
        6 => prop::sample::select(vec!['q', 'a', 's', 'S', 'é', '-']).prop_map(Typed::Letter),
        3 => prop::sample::select(text).prop_map(Typed::Text),
        2 => (1_usize..9).prop_map(Typed::Delete),
        1 => (0.0..1.0, 1_usize..40).prop_map(|(from, n)| Typed::Copy(from, n)),
    ]
}

/// The characters' border at that part of the text; inside a word if `word` and there is one near.
fn place(text: &str, part: f64, word: bool) -> usize {
    let mut at = (text.len() as f64 * part) as usize;
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let letters = |i: usize| text[i..].chars().take(3).filter(|c| c.is_alphabetic()).count() == 3;
    if word {
        let near = text[at..]
            .char_indices()
            .map(|(i, _)| at + i)
            .take(60)
            .find(|&i| letters(i));
        at = near.map_or(at, |i| i + text[i..].chars().next().map_or(0, char::len_utf8));
    }
    at
}

fn same_as_from_scratch(host: &mut AnalysisHost, text: &str) {
    let context = host.analysis(DOC).map(|a| a.settings().context.clone());
    host.apply_change(Change::Text(DOC, TextSource::from(Arc::from(text))));
    let analysis = host.analysis(DOC).unwrap();
    let (found, diagnostics) = (analysis.article().unwrap(), analysis.diagnostics().unwrap());
    let kb = Kb::embedded();
    let scratch = article::analyze(&Arc::from(text), &context.unwrap_or_default(), kb);
    assert_eq!(&*found.text, &*scratch.text);
    assert_eq!(found.layout, scratch.layout);
    assert_eq!(found.locals, scratch.locals);
    assert_eq!(found.date, scratch.date);
    assert_eq!(found.entities, scratch.entities);
    assert_eq!(found.mentions, scratch.mentions);
    assert_eq!(found.quotes, scratch.quotes);
    assert_eq!(found.asides, scratch.asides);
    assert_eq!(found.lone_marks, scratch.lone_marks);
    assert_eq!(diagnostics.to_vec(), rules::check(&scratch, kb, &Arc::default()));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, max_shrink_iters: 60, ..ProptestConfig::default() })]

    #[test]
    fn an_article_carried_over_equals_one_from_scratch(
        first in 0_usize..1000,
        n in 1_usize..4,
        edits in prop::collection::vec((0.0..1.0, typed()), 1..25),
    ) {
        let all = articles();
        let mut text = (0..n).map(|i| all[(first + i * 7) % all.len()].as_str()).collect::<Vec<_>>().join("\n\n");
        let mut host = AnalysisHost::new(Kb::embedded());
        same_as_from_scratch(&mut host, &text);
        for edit in edits {
            typed_into(&mut host, &mut text, edit);
        }
    }

    #[test]
    fn so_does_a_long_text_that_is_read_in_parts(
        first in 0_usize..1000,
        n in 1_usize..8,
        whole in 300_usize..9000,
        edits in prop::collection::vec((0.0..1.0, typed()), 1..25),
    ) {
        let all = articles();
        let mut text = (0..n).map(|i| all[(first + i * 5) % all.len()].as_str()).collect::<Vec<_>>().join("\n\n");
        let mut host = in_parts(whole);
        same_as_from_scratch(&mut host, &text);
        for edit in edits {
            typed_into(&mut host, &mut text, edit);
        }
    }
}

/// A host that reads texts of more bytes than this in parts.
fn in_parts(whole: usize) -> AnalysisHost {
    let mut host = AnalysisHost::new(Kb::embedded());
    let context = Context {
        whole: Whole(whole),
        ..Context::default()
    };
    let settings = Settings {
        context,
        ..Settings::default()
    };
    host.apply_change(Change::Settings(DOC, settings));
    host
}

/// Types into a text.
fn typed_into(host: &mut AnalysisHost, text: &mut String, (part, typed): (f64, Typed)) {
    let at = place(text, part, matches!(typed, Typed::Letter(_)));
    match typed {
        Typed::Letter(c) => {
            let before = text.clone();
            text.insert(at, c);
            same_as_from_scratch(host, text);
            *text = before;
        }
        Typed::Text(words) => text.insert_str(at, words),
        Typed::Delete(n) => {
            let end = text[at..]
                .char_indices()
                .nth(n)
                .map_or(text.len(), |(i, _)| at + i);
            text.replace_range(at..end, "");
        }
        Typed::Copy(from, n) => {
            let from = place(text, from, true);
            let words: String = text[from..].chars().take(n).collect();
            text.insert_str(at, &words);
        }
    }
    same_as_from_scratch(host, text);
}

/// How often the stages over the whole article run for the second of two texts.
fn runs(before: &str, after: &str) -> u64 {
    let mut host = AnalysisHost::new(Kb::embedded());
    same_as_from_scratch(&mut host, before);
    same_as_from_scratch(&mut host, after);
    host.analysis(DOC).unwrap().articles_assembled() - 1
}

#[test]
fn only_what_was_read_makes_the_stages_run_again() {
    let text = "Ferry talks open\n\nLena Hartmann, the foreign minister of Norway, said the talks had gone well over \
        the last two weeks.\n\n“We are near,” she said.\n\nA cold rain fell softly on the old harbor that day, and the \
        ships waited quietly outside.\n\nWeeks had passed.\n";
    let mut wrong = Vec::new();
    for (old, new, run) in [
        // Words of the narrator that name nobody and report nothing.
        ("softly", "softlqy", 0),
        ("rain fell", "rqain fell", 0),
        ("quietly", "quietqly", 0),
        // A word inside the marks.
        ("near", "neqar", 0),
        // Names, what stands for them, and what reports.
        ("Hartmann", "Harqtmann", 1),
        ("minister", "minisqter", 1),
        ("she said", "she saqid", 1),
        ("she said", "he said", 1),
        // "Weeks" begins a sentence: whether the article writes it small tells that it is no name.
        ("two weeks", "two weqeks", 1),
        ("fell softly", "fell  softly", 1),
        ("softly on", "softly, on", 1),
    ] {
        if runs(text, &text.replacen(old, new, 1)) != run {
            wrong.push(format!("{old} → {new}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
    // Where the article writes "weeks" small twice, one of them may go and come back.
    let small = text.replacen("waited quietly", "waited for weeks", 1);
    let once = small.replacen("two weeks", "two weqeks", 1);
    assert_eq!((runs(&small, &once), runs(&once, &small)), (0, 0));
    // What stands before the paragraph moves it.
    let edited = text.replacen("softly", "sofqtly", 1);
    assert_eq!(runs(&format!("\n\n\n{text}"), &format!("\n{edited}")), 0);
}

#[test]
fn what_is_taken_back_is_known() {
    let text = "Lena Hartmann, the foreign minister, said the talks had gone well.";
    let mut host = AnalysisHost::new(Kb::embedded());
    for (text, runs) in [
        (text.to_owned(), 1),
        (text.replace("said", "saqid"), 2),
        (text.to_owned(), 2),
        (text.replace("said", "saqid"), 2),
    ] {
        same_as_from_scratch(&mut host, &text);
        assert_eq!(host.analysis(DOC).unwrap().articles_assembled(), runs, "{text}");
    }
}

#[test]
fn what_was_found_in_a_kept_article_is_kept() {
    let mut host = AnalysisHost::new(Kb::embedded());
    let [old, new] = ["“We are near,” she said.", "“We are near,” she saqid."];
    let mut found = |text: &str| {
        same_as_from_scratch(&mut host, text);
        host.analysis(DOC).unwrap().diagnostics().unwrap()
    };
    let (first, second) = (found(old), found(new));
    assert!(Arc::ptr_eq(&first, &found(old)));
    assert!(Arc::ptr_eq(&second, &found(new)));
    assert!(!Arc::ptr_eq(&first, &second));
    // With other settings the rules look again.
    let settings = host.analysis(DOC).unwrap().settings().clone();
    let config = Arc::new((*settings.config).clone());
    host.apply_change(Change::Settings(DOC, Settings { config, ..settings }));
    let third = host.analysis(DOC).unwrap().diagnostics().unwrap();
    assert!(!Arc::ptr_eq(&second, &third));
}

/// A long report in which nobody is named twice.
fn long(n: usize) -> Vec<String> {
    const GIVEN: [&str; 4] = ["Lena", "Marcus", "Ingrid", "Tom"];
    let name = |i: usize| {
        format!(
            "{} H{}",
            GIVEN[i % 4],
            "abcdefghij".repeat(2).get(i % 10..i % 10 + 6).unwrap_or("")
        )
    };
    let paragraph = |i: usize| {
        format!(
            "{} said the boats of pier {i} would stay in the harbor until the storm had passed.",
            name(i)
        )
    };
    (0..n).map(paragraph).collect()
}

#[test]
fn an_edit_costs_its_part() {
    let all = long(60);
    let mut host = in_parts(1500);
    let mut costs = |text: &str| {
        same_as_from_scratch(&mut host, text);
        host.analysis(DOC).unwrap().articles_assembled()
    };
    assert_eq!(costs(&all.join("\n\n")), 1);
    for edited in [3, 30, 57] {
        let mut all = all.clone();
        // A verb that reports, a name, a paragraph more, one less, and two in one.
        for (what, with) in [
            (" said ", " saqid "),
            (" H", " Q"),
            (".", ".\n\nShe was not asked."),
            ("boats", "“boats"),
        ] {
            all[edited] = all[edited].replacen(what, with, 1);
            assert_eq!(costs(&all.join("\n\n")), 1, "{what:?} in paragraph {edited}");
        }
        all.remove(edited);
        assert_eq!(costs(&all.join("\n\n")), 1, "paragraph {edited} taken away");
    }
    // What changes everywhere is read everywhere.
    assert_eq!(costs(&all.join("\n\n").replace("said", "added")), 2);
}

/// The parts that the last edit has read.
fn parts_read(host: &AnalysisHost) -> Vec<DocSpan> {
    host.analysis(DOC).unwrap().parts_read()
}

#[test]
fn an_edit_reads_its_part_and_at_most_one_more() {
    let all = long(60);
    let mut host = in_parts(1500);
    same_as_from_scratch(&mut host, &all.join("\n\n"));
    let parts = parts_read(&host);
    assert!(parts.len() > 5, "{parts:?}");
    assert!(parts.is_sorted() && parts.windows(2).all(|p| p[0].end <= p[1].start));
    for edited in 0..60 {
        for (what, with) in [(" said ", " saqid "), (".", ".\n\nShe was not asked.")] {
            let mut all = all.clone();
            let at = all[..edited].iter().map(|p| p.len() + 2).sum::<usize>() as u32;
            all[edited] = all[edited].replacen(what, with, 1);
            same_as_from_scratch(&mut host, &all.join("\n\n"));
            let read = parts_read(&host);
            // Where the edit moves the border of two parts, both are other parts than before.
            assert!(
                (1..=2).contains(&read.len()),
                "{what:?} in paragraph {edited}: {read:?}"
            );
            assert!(
                read.iter().any(|part| part.touches(at)),
                "{what:?} in paragraph {edited}: {read:?}"
            );
        }
        // What is typed and taken back reads nothing twice, what is known reads nothing at all.
        same_as_from_scratch(&mut host, &all.join("\n\n"));
        let read = parts_read(&host);
        assert!(read.len() <= 2, "paragraph {edited} taken back: {read:?}");
    }
    let last = all.join("\n\n");
    same_as_from_scratch(&mut host, &format!("{last}\n\nHe was not asked."));
    same_as_from_scratch(&mut host, &last);
    assert!(parts_read(&host).is_empty());
}

/// Who says it in each quotation of a text that is read in parts.
fn speakers(text: &str, whole: usize) -> Vec<Option<String>> {
    let context = Context {
        whole: Whole(whole),
        ..Context::default()
    };
    let article = article::analyze(&Arc::from(text), &context, Kb::embedded());
    let named = |q: &article::Quote| q.speaker.map(|s| format!("{s} {}", article.entities[s].name));
    article.quotes.iter().map(named).collect()
}

#[test]
fn who_is_named_in_several_parts_is_one() {
    let quiet =
        "A cold rain fell softly on the old harbor that day, and the ships waited quietly outside.\n\n"
            .repeat(30);
    let text = |first: &str, last: &str| format!("{first}\n\n{quiet}{last}");
    let said = |first: &str, last: &str| {
        let found = speakers(&text(first, last), 1500);
        assert_eq!(found.len(), 2, "{first} / {last}");
        (found[0].clone(), found[1].clone())
    };
    let (a, b) = said(
        "“We are near,” said Ana Okoro, the harbor master.",
        "“We wait,” Okoro told reporters.",
    );
    assert_eq!((a.as_deref(), &a), (Some("0 Ana Okoro"), &b));
    let (a, b) = said(
        "“We wait,” Okoro told reporters.",
        "“We are near,” said Ana Okoro, the harbor master.",
    );
    assert_eq!((a.as_deref(), &a), (Some("0 Ana Okoro"), &b));
    // Two of that name: nobody knows which.
    let (a, b) = said(
        "“We are near,” said Ana Okoro. Her brother Tom Okoro was not asked.",
        "“We wait,” Okoro told reporters.",
    );
    assert_ne!(a, b);
    assert!(b.is_some_and(|b| b.ends_with(" Okoro")));
    // Whoever is only spoken of is somebody else.
    let (a, b) = said("“We are near,” a diplomat said.", "“We wait,” a diplomat said.");
    assert_ne!(a, b);
    // A text that is read as one.
    let whole = speakers(
        &text("“We are near,” said Ana Okoro.", "“We wait,” Okoro said."),
        100_000,
    );
    assert_eq!(whole[0], whole[1]);
}

#[test]
fn a_text_may_grow_into_parts_and_shrink_again() {
    let all = long(40);
    // One paragraph that is longer than a part: what is typed behind it begins the second.
    let first = all[..25].join(" ");
    let mut host = in_parts(first.len() + 10);
    for n in [0, 15, 1, 12, 0, 15] {
        let rest: String = all[25..25 + n].iter().map(|p| format!("\n\n{p}")).collect();
        same_as_from_scratch(&mut host, &format!("{first}{rest}"));
        same_as_from_scratch(&mut host, &format!("{first}{rest}").replacen("boats", "ships", 1));
    }
}
