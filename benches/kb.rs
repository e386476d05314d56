//! Speed of the knowledge base, alone and under a pack of a million people: `cargo bench --bench kb`.
//!
//! Budgets: the base in the program ready in 2 ms, a pack of a million entities open in 10 ms, a lookup in 1 µs, and an
//! article with the pack in twice the time of one without. The pack is made at the first run and kept in `target`.
//! Time is printed and never asserted; what is asserted is the answer.
#![allow(clippy::disallowed_methods, reason = "a benchmark measures time")]
#![allow(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use std::{
    fs,
    hint::black_box,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use copydesk::{
    base::date::Date,
    desk::project,
    kb::{Kb, Role, compile},
    semantic::article::{Context, analyze},
};

use crate::article::article;

#[allow(dead_code, reason = "the other benchmark counts paragraphs")]
mod article;
mod synthetic;

const PEOPLE: usize = 1_000_000;

/// How long each line of the table is measured.
const MEASURED: Duration = Duration::from_millis(500);

fn main() {
    println!("{:<52} {:>12} {:>12}", "", "median", "fastest");
    let start = Instant::now();
    let embedded = Kb::embedded();
    let hit = embedded.lookup("Olaf Scholz").next();
    row(
        "embedded: opened, and the first lookup",
        start.elapsed(),
        start.elapsed(),
    );
    assert!(hit.is_some(), "Olaf Scholz");

    let file = pack();
    let start = Instant::now();
    let pack = project::open(&file, "million.kb").expect("the pack opens");
    let layered = embedded.and(&pack);
    row("pack: first opened", start.elapsed(), start.elapsed());
    assert!(layered.n_tenures() > PEOPLE);
    time("pack: opened again, laid over the embedded", || {
        embedded.and(&project::open(&file, "million.kb").expect("the pack opens"))
    });
    time("one more layer of the desk's own over both", || {
        let text = "[[people]]\nname = \"Liis Tammsaar\"\ncountry = \"EE\"\n";
        let people = copydesk::desk::people::People::parse(text, true).expect("a list");
        people.over(&layered, "people.toml", text).expect("a layer")
    });

    for (name, kb) in [("embedded", embedded), ("with the pack", &layered)] {
        time(&format!("{name}: lookup of a full name"), || {
            kb.lookup("Olaf Scholz").next()
        });
        time(&format!("{name}: lookup of nobody"), || {
            kb.lookup("Nobody Whatsoever").next()
        });
        let id = kb.by_id("Q61053").expect("Scholz");
        time(&format!("{name}: by Wikidata id"), || kb.by_wikidata(61053));
        time(&format!("{name}: offices of a person"), || kb.tenures(id).count());
        let day = Date::from_ymd(2024, 12, 18).expect("a day");
        time(&format!("{name}: holder of an office on a day"), || {
            kb.holders("DE", Role::HeadOfGovernment, day).len()
        });
    }
    for rounds in [1, 20] {
        let text: Arc<str> = article(rounds).into();
        // The fastest of many: other work on the machine makes the median jump.
        let mut fastest = Vec::new();
        for (name, kb) in [("embedded", embedded), ("with the pack", &layered)] {
            let name = format!("{name}: article of {} KB", text.len().div_ceil(1000));
            fastest.push(time(&name, || analyze(&text, &Context::default(), kb)));
        }
        println!(
            "{:<52} {:>12.2}",
            "times as long with the pack",
            fastest[1] / fastest[0]
        );
    }
}

/// The pack, made if it is not there.
fn pack() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target");
    let file = folder.join("million.kb");
    if project::open(&file, "million.kb").is_ok() {
        return file;
    }
    println!("making {}, which takes a minute", file.display());
    let bytes = compile::compile(&synthetic::tables(PEOPLE)).expect("the tables compile");
    let new = folder.join("million.new");
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(&new, bytes)
        .and_then(|()| fs::rename(&new, &file))
        .expect("the pack is written");
    file
}

/// Measures `f`; the fastest call, in nanoseconds.
fn time<T>(name: &str, mut f: impl FnMut() -> T) -> f64 {
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
    let median = samples[samples.len() / 2];
    row(name, median, samples[0]);
    samples[0].as_nanos() as f64
}

fn row(name: &str, median: Duration, fastest: Duration) {
    let us = |d: Duration| format!("{:.3} µs", d.as_secs_f64() * 1e6);
    println!("{name:<52} {:>12} {:>12}", us(median), us(fastest));
}
