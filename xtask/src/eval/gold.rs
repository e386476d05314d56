//! `eval gold` and `eval agreement`: the program against the gold set, and two annotators against each other.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    gold::{
        agree::kappa,
        cluster,
        record::Record,
        score::{Pair, ROWS},
        sha256, system,
        tally::Tally,
    },
    gold_set::{Corpus, chosen, corpus_option, folder},
};

/// Records of a folder, by name.
fn records(folder: &Path) -> Result<Vec<(PathBuf, Record)>, String> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .map_err(|e| format!("{}: {e}", folder.display()))?
        .filter_map(|entry| entry.ok().map(|e| e.path()))
        .filter(|p| p.extension().is_some_and(|e| e == "json"))
        .collect();
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let fail = |e: String| format!("{}: {e}", path.display());
            let json = fs::read_to_string(&path).map_err(|e| fail(e.to_string()))?;
            let record = Record::read(&json).map_err(fail)?;
            Ok((path, record))
        })
        .collect()
}

/// The text of a record: from the corpus, or beside the record.
fn text_of(path: &Path, record: &Record, corpus: Option<&Corpus>) -> Result<String, String> {
    let text = if record.url.is_empty() {
        let path = path.with_extension("txt");
        fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?
    } else {
        let corpus = corpus.ok_or("give `--corpus DIR`")?;
        corpus.at(&record.url)?.text.clone()
    };
    if sha256::hex(text.as_bytes()) == record.text_sha256 {
        Ok(text)
    } else {
        Err(format!("{}: annotated on another text", path.display()))
    }
}

/// `eval gold [--corpus DIR] [--set FOLDER] [--errors WORD]`: FOLDER holds texts and records that are not in the
/// project yet; WORD picks errors whose line holds it; `all` prints every one.
pub(crate) fn run(args: &[String]) -> Result<(), String> {
    let (args, corpus) = corpus_option(args)?;
    let (mut wanted, mut sets) = (None, vec![folder().join("own")]);
    if corpus.is_some() {
        sets.push(folder().join("wikinews"));
    }
    for pair in args.chunks(2) {
        match pair {
            [option, word] if option == "--errors" => wanted = Some(word.clone()),
            [option, set] if option == "--set" => sets = vec![PathBuf::from(set)],
            _ => return Err("eval gold [--corpus DIR] [--set FOLDER] [--errors WORD|all]".to_owned()),
        }
    }
    for folder in sets {
        let set = folder.file_name().unwrap_or_default().to_string_lossy();
        let (mut tally, mut errors, mut n) = (Tally::in_order(ROWS), Vec::new(), 0);
        for (path, gold) in records(&folder)? {
            let text = text_of(&path, &gold, corpus.as_ref())?;
            Pair::new(&text, &gold, &system::annotate(&text, &gold)).score(&mut tally, &mut errors);
            n += 1;
        }
        println!("{set}: {n} articles");
        print!("{}", aligned(&tally.table()));
        for prefix in ["coreference", "coreference of people"] {
            println!("{prefix}: CoNLL average {:.1}", cluster::average(&tally, prefix));
        }
        if let Some(word) = &wanted {
            for line in errors.iter().filter(|l| word == "all" || l.contains(&**word)) {
                println!("  {line}");
            }
        }
    }
    if corpus.is_none() {
        println!("(the {} articles of Wikinews need --corpus DIR)", chosen()?.len());
    }
    Ok(())
}

/// `eval agreement A B [--corpus DIR]`: two folders of records; articles that both hold are compared.
pub(crate) fn agreement(args: &[String]) -> Result<(), String> {
    let (args, corpus) = corpus_option(args)?;
    let gold = folder();
    let (a, b) = match &args[..] {
        [] => (gold.join("wikinews"), gold.join("second")),
        [a, b] => (PathBuf::from(a), PathBuf::from(b)),
        _ => return Err("eval agreement [FOLDER FOLDER] [--corpus DIR]".to_owned()),
    };
    let (mut tally, mut errors, mut n) = (Tally::in_order(ROWS), Vec::new(), 0);
    let (mut forms, mut kinds) = (Vec::new(), Vec::new());
    let second = records(&b)?;
    for (path, first) in records(&a)? {
        let Some((_, other)) = second.iter().find(|(_, r)| r.id == first.id) else {
            continue;
        };
        let text = text_of(&path, &first, corpus.as_ref())?;
        let pair = Pair::new(&text, &first, other);
        pair.score(&mut tally, &mut errors);
        let (f, k) = pair.labels();
        forms.extend(f);
        kinds.extend(k);
        n += 1;
    }
    if n == 0 {
        return Err(format!("{} and {} share no article", a.display(), b.display()));
    }
    println!("{n} articles, the first as gold and the second as the one judged");
    print!("{}", aligned(&tally.table()));
    for prefix in ["coreference", "coreference of people"] {
        println!("{prefix}: CoNLL average {:.1}", cluster::average(&tally, prefix));
    }
    println!(
        "kappa of the form of a mention: {:.3} ({})",
        kappa(&forms),
        forms.len()
    );
    println!(
        "kappa of what stands in marks (direct, mixed, kinds of asides): {:.3} ({})",
        kappa(&kinds),
        kinds.len()
    );
    errors.iter().for_each(|e| println!("  {e}"));
    Ok(())
}

/// The table in columns for reading.
pub(crate) fn aligned(table: &str) -> String {
    table
        .lines()
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            let cell = |i: usize| cells.get(i).copied().unwrap_or_default();
            format!(
                "  {:<58}{:>10}{:>8}{:>13}{:>14}\n",
                cell(0),
                cell(1),
                cell(2),
                cell(3),
                cell(4)
            )
        })
        .collect()
}
