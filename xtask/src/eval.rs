//! `cargo xtask eval`: figures on the gold set, and on treebanks.

use std::{fs, time::Instant};

use copydesk::syntax::{
    name_tag,
    tag::{self, model::Model},
};

use crate::train::{Args, conllu, names, spans};

pub(crate) mod gold;
mod gum;
pub(crate) mod pos;

/// Runs `eval WHAT …`.
pub(crate) fn run(args: &[String]) -> Result<(), String> {
    match args.split_first() {
        Some((what, rest)) if what == "pos" => eval_pos(rest),
        Some((what, rest)) if what == "names" => eval_names(rest),
        Some((what, rest)) if what == "gold" => gold::run(rest),
        Some((what, rest)) if what == "agreement" => gold::agreement(rest),
        Some((what, rest)) if what == "gum" => gum::run(rest),
        _ => Err("eval what? `gum --gum DIR [--errors WORD]`, `gold [--corpus DIR] [--errors WORD]`, `agreement [FOLDER FOLDER] [--corpus DIR]`, `pos [--weights FILE] [--pud FILE] [--ewt FILE]` or `names --pud FILE [--weights FILE]`".to_owned()),
    }
}

fn eval_pos(args: &[String]) -> Result<(), String> {
    let args = Args::parse(args, &["weights", "pud", "ewt", "mistakes"])?;
    let read;
    let bytes = match args.get("weights") {
        Some(path) => {
            read = fs::read(path).map_err(|e| format!("{path}: {e}"))?;
            &read
        }
        None => tag::WEIGHTS,
    };
    let model = Model::read(bytes).map_err(|e| e.to_string())?;
    for name in ["pud", "ewt"] {
        if let Some(path) = args.get(name) {
            let sentences = conllu::read(path.as_ref())?;
            print!("{}", pos::report(&model, name, &sentences));
            println!(
                "  {:.2} million tokens a second",
                pos::speed(&model, &sentences) / 1e6
            );
        }
    }
    if let Some(path) = args.get("mistakes") {
        print!("{}", pos::mistakes(&model, &conllu::read(path.as_ref())?));
    }
    Ok(())
}

fn eval_names(args: &[String]) -> Result<(), String> {
    let args = Args::parse(args, &["weights", "pud"])?;
    let read;
    let bytes = match args.get("weights") {
        Some(path) => {
            read = fs::read(path).map_err(|e| format!("{path}: {e}"))?;
            &read
        }
        None => name_tag::WEIGHTS,
    };
    let model = name_tag::Model::read(bytes).map_err(|e| e.to_string())?;
    let data = spans::columns(&args.path("pud")?)?;
    print!("{}", names::report(&model, "uner-pud", &data));
    println!(
        "  {:.2} million tokens a second",
        names::speed(&model, &data) / 1e6
    );
    Ok(())
}

/// The shortest of `times` runs, in seconds: what else the machine does makes a run longer, never shorter.
#[expect(
    clippy::disallowed_methods,
    reason = "it measures time, and is no part of the program"
)]
pub(crate) fn fastest(times: usize, mut run: impl FnMut()) -> f64 {
    (0..times)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed().as_secs_f64()
        })
        .fold(f64::MAX, f64::min)
}
