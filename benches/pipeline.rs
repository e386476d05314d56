//! Speed of each stage and of the whole: `cargo bench --bench pipeline [-- FILTER]`.
//!
//! Budgets, on one core of the kind of machine that CI has: a cold article of 800 words in 3 ms, a keystroke in it
//! in 1 ms, a keystroke in an article of 200 paragraphs in 5 ms, the knowledge base opened in 5 ms. Time is printed and
//! never asserted; what is asserted is the result, so that a stage cannot become fast by becoming wrong.
#![allow(clippy::disallowed_methods, reason = "a benchmark measures time")]
#![allow(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use std::{
    hint::black_box,
    sync::Arc,
    time::{Duration, Instant},
};

use copydesk::{
    base::crew::Alone,
    kb::Kb,
    rules::{self, config::Config},
    semantic::{
        article::{Article, Attribution, Context, Given, analyze, assemble},
        coref, dating,
        doc::Doc,
        local::{self, Local},
        mention, names, quote,
    },
    syntax::{
        block::{self, Format, Layout},
        quote_mark, sentence, tag, token,
    },
};

use crate::article::{N_PARAGRAPHS, article};

mod article;

/// How long each line of the table is measured.
const MEASURED: Duration = Duration::from_millis(400);

fn main() {
    // Cargo passes `--bench`; anything else is a filter.
    let filter = std::env::args()
        .skip(1)
        .find(|a| !a.starts_with('-'))
        .unwrap_or_default();
    let bench = Bench { filter };
    println!("{:<44} {:>10} {:>10} {:>9}", "", "median", "fastest", "MB/s");

    let start = Instant::now();
    let kb = Kb::embedded();
    bench.row(
        "knowledge base, first opened",
        start.elapsed(),
        start.elapsed(),
        0,
    );

    for (name, rounds) in [
        ("article of 620 words", 1),
        ("200 paragraphs", 200_usize.div_ceil(N_PARAGRAPHS)),
    ] {
        let text: Arc<str> = article(rounds).into();
        whole(&bench, name, &text, rounds, kb);
        stages(&bench, name, &text, kb);
    }
    growth(&bench, kb);
}

/// The whole core, cold and after a keystroke.
fn whole(bench: &Bench, name: &str, text: &Arc<str>, rounds: usize, kb: &Kb) {
    let context = Context::default();
    let config = Config::default();
    check_result(&analyze(text, &context, kb), rounds);
    bench.time(&format!("{name}: cold"), text.len(), || {
        analyze(text, &context, kb)
    });
    bench.time(&format!("{name}: cold, with rules"), text.len(), || {
        rules::check(&analyze(text, &context, kb), kb, &config)
    });

    // A letter typed in the middle: the blocks are found anew, one is analyzed, the rest come from the cache.
    let before = block::layout(text, Format::Plain);
    let locals = locals_of(text, &before, kb);
    let changed = before.blocks.len() / 2;
    let start = before.blocks[changed].span.start as usize;
    let at = start + text[start..].find(' ').expect("a paragraph has a space");
    let typed: Arc<str> = format!("{}x{}", &text[..at], &text[at..]).into();
    bench.time(&format!("{name}: one keystroke"), 0, || {
        let layout = block::layout(&typed, Format::Plain);
        assert_eq!(
            layout.blocks.len(),
            before.blocks.len(),
            "a letter made or removed a block"
        );
        let mut locals = locals.clone();
        locals[changed] = Arc::new(local::analyze_block(&typed, &layout.blocks[changed], kb));
        let given = Given {
            text: &typed,
            context: &context,
            kb,
            crew: &Alone,
        };
        let article = assemble(&given, layout, locals).expect("nobody calls it off");
        rules::check(&article, kb, &config)
    });
}

/// Each stage alone, over what the stages before it gave.
fn stages(bench: &Bench, name: &str, text: &Arc<str>, kb: &Kb) {
    let stage = |stage: &str| format!("{name}: {stage}");
    let n = text.len();
    bench.time(&stage("blocks"), n, || block::layout(text, Format::Plain));
    let layout = block::layout(text, Format::Plain);
    let blocks = &layout.blocks;

    let tokenize = || -> Vec<_> {
        blocks
            .iter()
            .map(|b| token::tokenize(b.span.text(text), &b.holes))
            .collect()
    };
    bench.time(&stage("tokens"), n, tokenize);
    let mut tokens = tokenize();

    let pair = |tokens: &[token::Tokens]| -> Vec<_> {
        blocks
            .iter()
            .zip(tokens)
            .map(|(b, t)| quote_mark::pairs(b.span.text(text), t, b.zone))
            .collect()
    };
    bench.time(&stage("quotation marks"), n, || pair(&tokens));
    let pairs = pair(&tokens);

    let cut = |tokens: &[token::Tokens]| -> Vec<_> {
        let with_pairs = blocks.iter().zip(tokens).zip(&pairs);
        with_pairs
            .map(|((b, t), p)| sentence::sentences(b.span.text(text), t, p))
            .collect()
    };
    bench.time(&stage("sentences"), n, || cut(&tokens));
    let sentences = cut(&tokens);

    let tag_all = |tokens: &mut [token::Tokens]| {
        for (tokens, sentences) in tokens.iter_mut().zip(&sentences) {
            for sentence in sentences {
                tag::tag(tokens, sentence.clone());
            }
        }
    };
    bench.time(&stage("parts of speech"), n, || tag_all(&mut tokens));
    bench.time(&stage("candidates"), n, || -> Vec<_> {
        let parts = blocks.iter().zip(&tokens).zip(&sentences).zip(&pairs);
        parts
            .map(|(((b, t), s), p)| mention::candidates(b.span.text(text), b, t, s, p, kb))
            .collect()
    });

    let context = Context::default();
    bench.time(&stage("date"), n, || dating::date_of(text, &layout, &context));
    let locals = locals_of(text, &layout, kb);
    let doc = Doc {
        text,
        blocks: &layout.blocks,
        locals: &locals,
        date: dating::date_of(text, &layout, &context).map(|d| d.0),
        kb,
    };
    bench.time(&stage("names"), n, || names::resolve(&doc));
    let cast = names::resolve(&doc);
    bench.time(&stage("quotations"), n, || quote::find(&doc, &cast));
    let found = quote::find(&doc, &cast);
    bench.time(&stage("coreference"), n, || {
        let (mut cast, mut drafts) = (cast.clone(), found.drafts.clone());
        coref::resolve(&doc, &mut cast, &mut drafts);
        cast
    });
    let article = analyze(text, &context, kb);
    let config = Config::default();
    bench.time(&stage("rules"), n, || rules::check(&article, kb, &config));
}

/// Ten times the text should take ten times as long: the time for each kilobyte stays level.
fn growth(bench: &Bench, kb: &Kb) {
    for rounds in [2, 20, 200] {
        let text: Arc<str> = article(rounds).into();
        let name = format!("growth: {} KB", text.len() / 1000);
        bench.time(&name, text.len(), || analyze(&text, &Context::default(), kb));
    }
}

fn locals_of(text: &str, layout: &Layout, kb: &Kb) -> Vec<Arc<Local>> {
    layout
        .blocks
        .iter()
        .map(|b| Arc::new(local::analyze_block(text, b, kb)))
        .collect()
}

/// The story is written so that a reader has no doubt about these.
fn check_result(article: &Article, rounds: usize) {
    let body = article.layout.blocks.len();
    assert_eq!(body, rounds * N_PARAGRAPHS + 1, "blocks");
    let explicit = article
        .quotes
        .iter()
        .filter(|q| q.speaker.is_some() && q.attribution == Attribution::Explicit)
        .count();
    assert!(
        explicit >= rounds * 6,
        "quotations with a named speaker: {explicit}"
    );
    let countries = article
        .mentions
        .iter()
        .filter(|m| article.entities[m.entity].name == "Estonia")
        .count();
    assert!(
        countries >= rounds * 2,
        "Estonia, the Estonian foreign ministry: {countries}"
    );
}

/// The table that is printed.
struct Bench {
    filter: String,
}

impl Bench {
    /// Measures `f`, which works on `n_bytes` of text (0 when a rate would say nothing).
    fn time<T>(&self, name: &str, n_bytes: usize, mut f: impl FnMut() -> T) {
        if !name.contains(&self.filter) {
            return;
        }
        let start = Instant::now();
        black_box(f());
        let once = start.elapsed().max(Duration::from_nanos(50));
        // Enough calls a sample that the clock's own grain does not show.
        let calls = (Duration::from_micros(500).as_nanos() / once.as_nanos()).clamp(1, 10_000) as u32;
        let mut samples = Vec::new();
        let start = Instant::now();
        while samples.len() < 5 || start.elapsed() < MEASURED {
            let start = Instant::now();
            for _ in 0..calls {
                black_box(f());
            }
            samples.push(start.elapsed() / calls);
        }
        samples.sort();
        self.row(name, samples[samples.len() / 2], samples[0], n_bytes);
    }

    fn row(&self, name: &str, median: Duration, fastest: Duration, n_bytes: usize) {
        if !name.contains(&self.filter) {
            return;
        }
        let ms = |d: Duration| format!("{:.3} ms", d.as_secs_f64() * 1e3);
        let rate = match n_bytes {
            0 => String::new(),
            n => format!("{:.1}", n as f64 / 1e6 / median.as_secs_f64()),
        };
        println!("{name:<44} {:>10} {:>10} {rate:>9}", ms(median), ms(fastest));
    }
}
