//! `cargo xtask train`: weights from treebanks. Deterministic: one thread, a seeded shuffle, sums in one order.

use std::{
    fs,
    path::{Path, PathBuf},
};

use copydesk::syntax::tag::model::Model;

use crate::eval;

pub(crate) mod conllu;
pub(crate) mod align;
pub(crate) mod learner;
pub(crate) mod pos;
pub(crate) mod spans;
pub(crate) mod names;

/// Runs `train WHAT …`.
pub(crate) fn run(args: &[String]) -> Result<(), String> {
    match args.split_first() {
        Some((what, rest)) if what == "pos" => train_pos(rest),
        Some((what, rest)) if what == "names" => train_names(rest),
        _ => Err(
            "train what? `pos --ewt DIR --gum DIR [--out FILE]` or `names --ner DIR --gum DIR [--out FILE]`"
                .to_owned(),
        ),
    }
}

fn train_pos(args: &[String]) -> Result<(), String> {
    let args = Args::parse(
        args,
        &[
            "ewt", "gum", "out", "epochs", "buckets", "least", "rate", "drop", "recased", "clip", "known",
            "certain", "power",
        ],
    )?;
    let default = pos::Settings::default();
    let settings = pos::Settings {
        epochs: args.number("epochs", default.epochs as f32)? as usize,
        buckets: args.number("buckets", default.buckets as f32)? as u32,
        least: args.number("least", default.least as f32)? as u32,
        pace: learner::Pace {
            rate: args.number("rate", default.pace.rate)?,
            drop: args.number("drop", default.pace.drop)?,
        },
        recased: args.number("recased", default.recased as f32)? as usize,
        clip: args.number("clip", default.clip)?,
        known: args.number("known", default.known as f32)? as u32,
        power: args.number("power", default.power)?,
        certain: args.number("certain", default.certain as f32)? as u32,
    };
    let banks = treebanks(&args.path("ewt")?, &args.path("gum")?)?;
    let bytes = pos::train(&banks.train, &settings, |line| eprintln!("{line}"));
    let out = args.get("out").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../data/en/tagger.bin"),
        PathBuf::from,
    );
    fs::write(&out, &bytes).map_err(|e| format!("{}: {e}", out.display()))?;
    let model = Model::read(&bytes).map_err(|e| e.to_string())?;
    print!("{}", eval::pos::report(&model, "dev", &banks.dev));
    println!("{} bytes", bytes.len());
    Ok(())
}

/// The sets that the name tagger is trained on: `--ner DIR` holds one folder for each, as published.
fn train_names(args: &[String]) -> Result<(), String> {
    let args = Args::parse(
        args,
        &[
            "ner", "gum", "out", "epochs", "buckets", "least", "rate", "drop", "sets",
        ],
    )?;
    let default = names::Settings::default();
    let settings = names::Settings {
        epochs: args.number("epochs", default.epochs as f32)? as usize,
        buckets: args.number("buckets", default.buckets as f32)? as u32,
        least: args.number("least", default.least as f32)? as u32,
        pace: learner::Pace {
            rate: args.number("rate", default.pace.rate)?,
            drop: args.number("drop", default.pace.drop)?,
        },
    };
    let ner = args.path("ner")?;
    let gum = args.path("gum")?;
    let sets = args.get("sets").unwrap_or("ewt,wikigold,crossner,gum");
    let mut data = Vec::new();
    for set in sets.split(',') {
        let files: &[&str] = match set {
            "ewt" => &["uner-ewt/en_ewt-ud-dev.iob2", "uner-ewt/en_ewt-ud-test.iob2"],
            "wikigold" => &["wikigold/CONLL-format/data/wikigold.conll.txt"],
            "crossner" => &[
                "crossner-politics/ner_data/politics/train.txt",
                "crossner-politics/ner_data/politics/dev.txt",
                "crossner-politics/ner_data/politics/test.txt",
            ],
            "btc" => &["btc/CONLL-format/data/e.conll", "btc/CONLL-format/data/g.conll"],
            _ => &[],
        };
        for file in files {
            data.extend(spans::columns(&ner.join(file))?);
        }
        if set == "gum" {
            for path in gum_part(&gum, "train")? {
                data.extend(spans::gum(&path)?);
            }
        }
    }
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../data/en");
    let mut lists = Vec::new();
    for name in ["given_names.tsv", "titles.tsv", "roles.tsv", "bodies.tsv"] {
        let path = root.join(name);
        lists.push(fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?);
    }
    let lists: Vec<&str> = lists.iter().map(String::as_str).collect();
    let bytes = names::train(&data, &lists, &settings, |line| eprintln!("{line}"));
    let out = args
        .get("out")
        .map_or_else(|| root.join("names.bin"), PathBuf::from);
    fs::write(&out, &bytes).map_err(|e| format!("{}: {e}", out.display()))?;
    let model = copydesk::syntax::name_tag::Model::read(&bytes).map_err(|e| e.to_string())?;
    let mut dev = Vec::new();
    for path in gum_part(&gum, "dev")? {
        dev.extend(spans::gum(&path)?);
    }
    print!("{}", names::report(&model, "gum dev", &dev));
    println!("{} bytes", bytes.len());
    Ok(())
}

/// The named paths and switches of a command: `--ewt DIR --buckets 14000`.
#[derive(Debug)]
pub(crate) struct Args(Vec<(String, String)>);

impl Args {
    /// Reads `--name value` pairs.
    pub(crate) fn parse(args: &[String], known: &[&str]) -> Result<Self, String> {
        let mut pairs = Vec::new();
        let mut rest = args.iter();
        while let Some(arg) = rest.next() {
            let name = arg
                .strip_prefix("--")
                .filter(|n| known.contains(n))
                .ok_or_else(|| format!("unknown argument `{arg}`; known are --{}", known.join(", --")))?;
            let value = rest.next().ok_or_else(|| format!("--{name} needs a value"))?;
            pairs.push((name.to_owned(), value.clone()));
        }
        Ok(Self(pairs))
    }

    /// The value of `--name`, if given.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .rev()
            .find(|(n, _)| n == name)
            .map(|(_, v)| v.as_str())
    }

    /// The path `--name`, which must be given.
    pub(crate) fn path(&self, name: &str) -> Result<PathBuf, String> {
        self.get(name)
            .map(PathBuf::from)
            .ok_or_else(|| format!("--{name} PATH is missing"))
    }

    /// The number `--name`, or `otherwise`.
    pub(crate) fn number(&self, name: &str, otherwise: f32) -> Result<f32, String> {
        match self.get(name) {
            None => Ok(otherwise),
            Some(v) => v
                .parse()
                .map_err(|_| format!("--{name} needs a number, not `{v}`")),
        }
    }
}

/// The treebanks, cut into what each part is for.
#[derive(Debug, Default)]
pub(crate) struct Treebanks {
    /// EWT train and GUM train.
    pub(crate) train: Vec<conllu::Sentence>,
    /// EWT dev and GUM dev.
    pub(crate) dev: Vec<conllu::Sentence>,
}

/// Reads EWT and GUM from their folders.
pub(crate) fn treebanks(ewt: &Path, gum: &Path) -> Result<Treebanks, String> {
    let mut banks = Treebanks::default();
    for path in conllu_files(ewt)? {
        let name = path.to_string_lossy();
        if name.contains("-train") {
            banks.train.extend(conllu::read(&path)?);
        } else if name.contains("-dev") {
            banks.dev.extend(conllu::read(&path)?);
        }
    }
    for path in gum_part(gum, "train")? {
        banks.train.extend(conllu::read(&path)?);
    }
    for path in gum_part(gum, "dev")? {
        banks.dev.extend(conllu::read(&path)?);
    }
    Ok(banks)
}

/// The files of one part of GUM, as its `splits.md` lists them.
pub(crate) fn gum_part(gum: &Path, part: &str) -> Result<Vec<PathBuf>, String> {
    let splits = gum.join("splits.md");
    let text = fs::read_to_string(&splits).map_err(|e| format!("{}: {e}", splits.display()))?;
    let mut files = Vec::new();
    let mut here = false;
    for line in text.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            here = heading.trim() == part;
        } else if here && let Some(name) = line.trim().strip_prefix("* ") {
            // Not every document may be shared; those that are not here are passed over.
            let path = gum.join(format!("{}.conllu", name.trim()));
            if path.exists() {
                files.push(path);
            }
        }
    }
    if files.is_empty() {
        return Err(format!(
            "{}: no document of part `{part}` is here",
            splits.display()
        ));
    }
    files.sort();
    Ok(files)
}

fn conllu_files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries
        .filter_map(|e| e.ok().map(|e| e.path()))
        .filter(|p| p.extension().is_some_and(|e| e == "conllu"))
        .collect();
    files.sort();
    Ok(files)
}
