//! Work grows with the length of the article and no faster (invariant I16): steps are counted, nothing is timed.

use std::{fmt::Write as _, sync::Arc};

use copydesk::{
    base::{span::DocSpan, work},
    ide::{fix, hierarchy, margin, navigate, outline, rename, tokens},
    kb::Kb,
    rules::{self, config::Config},
    semantic::{
        article::{Context, analyze},
        coref, dating,
        doc::Doc,
        local, mention, names, quote,
    },
    syntax::{
        block::{self, Format},
        quote_mark, sentence, tag, token,
    },
};

#[path = "../../benches/article/mod.rs"]
#[allow(dead_code, reason = "the benchmark uses more of it")]
pub(crate) mod article;

/// Steps of each stage over `text`, or nothing in a release build, which does not count.
fn steps(text: &str, format: Format) -> Vec<(&'static str, u64)> {
    let mut acc = Vec::new();
    let text: Arc<str> = text.into();
    let kb = Kb::embedded();
    let context = Context {
        format,
        ..Context::default()
    };
    let layout = stage(&mut acc, "blocks", || block::layout(&text, format));
    let mut locals = Vec::new();
    for block in &layout.blocks {
        let source = block.span.text(&text);
        let mut tokens = stage(&mut acc, "tokens", || token::tokenize(source, &block.holes));
        let pairs = stage(&mut acc, "quotation marks", || {
            quote_mark::pairs(source, &tokens, block.zone)
        });
        let sentences = stage(&mut acc, "sentences", || {
            sentence::sentences(source, &tokens, &pairs)
        });
        stage(&mut acc, "parts of speech", || {
            for sentence in &sentences {
                tag::tag(&mut tokens, sentence.clone());
            }
        });
        stage(&mut acc, "candidates", || {
            mention::candidates(source, block, &tokens, &sentences, &pairs, kb)
        });
        locals.push(stage(&mut acc, "local tier", || {
            Arc::new(local::analyze_block(&text, block, kb))
        }));
    }
    let date = stage(&mut acc, "date", || dating::date_of(&text, &layout, &context));
    let doc = Doc {
        text: &text,
        blocks: &layout.blocks,
        locals: &locals,
        date: date.map(|d| d.0),
        kb,
    };
    let mut cast = stage(&mut acc, "names", || names::resolve(&doc));
    let mut found = stage(&mut acc, "quotations", || quote::find(&doc, &cast));
    stage(&mut acc, "coreference", || {
        coref::resolve(&doc, &mut cast, &mut found.drafts);
    });
    let article = stage(&mut acc, "the whole", || analyze(&text, &context, kb));
    let found = stage(&mut acc, "rules", || {
        rules::check(&article, kb, &Config::default())
    });
    let all = DocSpan::new(0, text.len());
    stage(&mut acc, "outline", || outline::outline(&article));
    stage(&mut acc, "tokens of all kinds", || tokens::tokens(&article, all));
    stage(&mut acc, "margin", || {
        let (hints, lenses) = (margin::hints(&article, all), margin::lenses(&article));
        (hints, lenses, margin::links(&article))
    });
    stage(&mut acc, "actions", || {
        fix::actions(&article, &found, format, all)
    });
    stage(&mut acc, "all fixes", || fix::fix_all(&found));
    // Whoever is named most.
    let most = (0..article.entities.len()).max_by_key(|&e| article.entities[e].mentions.len());
    let Some(most) = most else { return acc };
    stage(&mut acc, "calls", || {
        let about = hierarchy::speakers_about(&article, most);
        (about, hierarchy::spoken_about(&article, most))
    });
    let named =
        navigate::mentions_of(&article, most).find(|s| rename::prepare(&article, s.start, true).is_ok());
    let Some(named) = named else { return acc };
    stage(&mut acc, "highlights", || {
        navigate::highlight(&article, named.start)
    });
    let edits = stage(&mut acc, "rename", || {
        rename::rename(&article, named.start, "Q Quell", false)
    });
    assert!(edits.is_ok());
    acc
}

/// Runs one stage and adds its steps to those of its name.
fn stage<T>(acc: &mut Vec<(&'static str, u64)>, name: &'static str, f: impl FnOnce() -> T) -> T {
    let (value, steps) = work::counted(f);
    if let Some(steps) = steps {
        match acc.iter_mut().find(|(n, _)| *n == name) {
            Some((_, sum)) => *sum += steps,
            None => acc.push((name, steps)),
        }
    }
    value
}

/// Fails when four times the plain text costs more than four times the work in any stage, give or take a fifth.
#[track_caller]
fn check_linear(name: &str, make: impl Fn(usize) -> String) {
    check_in(name, Format::Plain, make);
}

#[track_caller]
fn check_in(name: &str, format: Format, make: impl Fn(usize) -> String) {
    let (small, large) = (make(1), make(4));
    let growth = large.len() as f64 / small.len() as f64;
    let few = steps(&small, format);
    let mut faults = Vec::new();
    for (stage, many) in steps(&large, format) {
        let few = few.iter().find(|(s, _)| *s == stage).map_or(0, |s| s.1);
        // A few steps more are no proof of anything.
        if many as f64 > few as f64 * growth * 1.2 + 100.0 {
            let ratio = many as f64 / few as f64;
            faults.push(format!(
                "  {stage}: {ratio:.1} times the steps ({few} and then {many})"
            ));
        }
    }
    assert!(
        faults.is_empty(),
        "{name}: {growth:.1} times the text took\n{}",
        faults.join("\n")
    );
}

/// `unit` repeated to about `kb` kilobytes.
fn repeat(unit: &str, kb: usize) -> String {
    unit.repeat((kb * 1024).div_ceil(unit.len()))
}

#[test]
fn the_stages_are_counted() {
    let text = article::article(1);
    let n_words = text.split_whitespace().count() as u64;
    if let Some((_, steps)) = steps(&text, Format::Plain)
        .into_iter()
        .find(|s| s.0 == "the whole")
    {
        assert!(
            steps > 5 * n_words,
            "{steps} steps for {n_words} words: work goes past the seams"
        );
    }
}

#[test]
fn ever_new_people_of_one_surname() {
    check_linear("namesakes", |n| {
        (0..400 * n).fold(String::new(), |mut out, i| {
            let letter = |shift: usize| char::from(b'a' + (i / 26_usize.pow(shift as u32) % 26) as u8);
            let given = format!("K{}{}{}", letter(0), letter(1), letter(2));
            let _ = write!(
                out,
                "{given} Halvorsen said that Halvorsen had left. “Yes,” Halvorsen said.\n\n"
            );
            out
        })
    });
}

#[test]
fn an_article_with_ever_new_people() {
    check_linear("story", |n| article::article(2 * n));
}

#[test]
fn an_article_about_the_same_people() {
    let unit = "“The harvest is in,” Lena Brandau said. She thanked Estonia and the European Commission. \
                Brandau added that her colleague, Marek Terrano, had said “almost nothing” to NATO.\n\n";
    check_linear("same people", |n| repeat(unit, 6 * n));
}

#[test]
fn somebody_named_in_full_but_once() {
    let unit = "“It was late,” Terrano said. Terrano, who had told NATO so, thanked his colleagues.\n\n";
    check_linear("one full name", |n| {
        format!("Marek Terrano is the minister.\n\n{}", repeat(unit, 6 * n))
    });
}

#[test]
fn headlines_between_reports() {
    let unit = "- ‘Position of strength’ -\n\n“We have a plan and a table,” said Lena Brandau in Geneva.\n\n\
                - ‘A plan’ for ‘another table’ -\n\nThe ministry called it “a position of weakness”.\n\n";
    check_linear("crossheads", |n| repeat(unit, 40 * n));
}

#[test]
fn one_paragraph_without_end() {
    let unit =
        "“We wait,” said Jonas Halvik, and he said that Finland, France and the United Nations wait too. ";
    check_linear("one paragraph", |n| repeat(unit, 4 * n));
}

#[test]
fn one_sentence_without_end() {
    check_linear("one sentence", |n| {
        repeat(
            "he said that she told them the talks with Germany in Brussels and ",
            4 * n,
        )
    });
    check_linear("one name", |n| repeat("Amara Okwuesa Carla Ruizola ", 4 * n));
    check_linear("one list", |n| {
        (0..150 * n).fold(String::from("Present were "), |mut list, i| {
            let _ = write!(list, "Ingrid Lindqvar{}, ", (b'a' + (i % 26) as u8) as char);
            list
        })
    });
}

#[test]
fn marks_without_partners() {
    for unit in [
        "“", "”", "\"", "'", "‘", "«", "„", "“ ‘ ", "“a ", "\"a", "a\" ", "' a", "``", "(", "[", "- ", "— ",
        ".",
    ] {
        check_linear(unit, |n| repeat(unit, 2 * n));
    }
    check_linear("openers", |n| {
        repeat("“We were promised more, said nobody in Geneva.\n\n", 4 * n)
    });
    check_linear("closers", |n| {
        repeat("We were promised more”, said nobody in Geneva.\n\n", 4 * n)
    });
    check_linear("straight", |n| {
        repeat("\"We were promised more, said nobody in Geneva.\n\n", 4 * n)
    });
}

#[test]
fn faults_with_sure_fixes() {
    check_linear("mixed marks", |n| {
        repeat(
            "“We were promised more,\" said Lena Hartmann in Geneva.\n\n",
            8 * n,
        )
    });
}

#[test]
fn lines_of_every_kind() {
    check_linear("short lines", |n| {
        repeat("- 'Position of strength' -\nBy Lena Brandau\nGENEVA\n", 4 * n)
    });
    check_linear("transcript", |n| {
        repeat("HALVIK: We are here.\nQ: Why?\nA: It is cold.\n", 4 * n)
    });
    check_linear("empty lines", |n| {
        repeat("\n \n", n) + &repeat("Cold.\n\n\n\n\n\n", 2 * n)
    });
}

#[test]
fn markdown_of_every_kind() {
    for unit in [
        "# Talks\n\n> “No,” he said.\n\n* one\n  * two\n\n",
        "[a](b) **c** `d` _e_ ",
        "> ",
        "* ",
        "| a | b |\n",
        "```\n",
        "<b>",
        "[",
        "*a",
        "![",
    ] {
        let name = format!("Markdown {unit:?}");
        check_in(&name, Format::Markdown, |n| repeat(unit, 2 * n));
    }
}
