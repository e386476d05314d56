//! `cargo xtask eval`: figures on treebanks that nothing was trained on.

use std::fs;

use copydesk::syntax::tag::{self, model::Model};

use crate::train::{Args, conllu};

pub(crate) mod pos;

/// Runs `eval WHAT …`.
pub(crate) fn run(args: &[String]) -> Result<(), String> {
    match args.split_first() {
        Some((what, rest)) if what == "pos" => eval_pos(rest),
        _ => Err("eval what? `pos [--weights FILE] [--pud FILE] [--ewt FILE]`".to_owned()),
    }
}

fn eval_pos(args: &[String]) -> Result<(), String> {
    let args = Args::parse(args, &["weights", "pud", "ewt"])?;
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
    Ok(())
}
