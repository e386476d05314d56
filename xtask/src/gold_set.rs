//! `cargo xtask gold`: from marked text to the stand-off records of the gold set, and back.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use copydesk::kb::Kb;

use crate::gold::{check, markup, record::Record, sha256};

/// Where the gold set lies.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/gold")
}

/// Runs `gold WHAT …`.
pub(crate) fn run(args: &[String]) -> Result<(), String> {
    let (args, corpus) = corpus_option(args)?;
    match args.split_first() {
        Some((what, [out])) if what == "list" => list(&need(corpus)?, Path::new(out)),
        Some((what, [out, ids @ ..])) if what == "prepare" => prepare(&need(corpus)?, Path::new(out), ids),
        Some((what, files)) if what == "check" && !files.is_empty() => check_files(files, corpus.as_ref()),
        Some((what, [out, files @ ..])) if what == "convert" => {
            convert(Path::new(out), files, &need(corpus)?)
        }
        Some((what, files)) if what == "own" && !files.is_empty() => own(files),
        Some((what, [file])) if what == "show" => show(Path::new(file), corpus.as_ref()),
        _ => Err("gold what? With `--corpus DIR` (or COPYDESK_WIKINEWS) where the articles of wikinews.tsv are read:\n  \
            prepare OUT ID…     write the texts to OUT/ID.txt, ready to be marked\n  \
            check FILE…         check marked texts (.txt) or records (.json)\n  \
            convert OUT FILE…   make records of marked texts\n  \
            own FILE…           make text and record in tests/gold/own of articles written for the project\n  \
            show FILE.json      print a record as marked text\n  \
            list FILE           make wikinews.tsv from lines `id<TAB>date<TAB>title`"
            .to_owned()),
    }
}

/// Takes `--corpus DIR` out of the arguments; the environment gives the default.
pub(crate) fn corpus_option(args: &[String]) -> Result<(Vec<String>, Option<Corpus>), String> {
    let mut rest = Vec::new();
    let mut folder = std::env::var("COPYDESK_WIKINEWS").ok();
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        if arg == "--corpus" {
            folder = Some(args.next().ok_or("--corpus needs a folder")?.clone());
        } else {
            rest.push(arg.clone());
        }
    }
    let corpus = folder.map(|f| Corpus::read(Path::new(&f))).transpose()?;
    Ok((rest, corpus))
}

fn need(corpus: Option<Corpus>) -> Result<Corpus, String> {
    corpus.ok_or_else(|| {
        "give `--corpus DIR`, the folder with wikinews_2019.csv and wikinews_2020.csv".to_owned()
    })
}

/// One row of the corpus.
pub(crate) struct Article {
    pub(crate) url: String,
    pub(crate) date: String,
    pub(crate) title: String,
    /// The title, an empty line, and the text column as it stands.
    pub(crate) text: String,
}

/// Articles that are read where they lie and never copied into the project.
pub(crate) struct Corpus {
    articles: Vec<Article>,
}

impl Corpus {
    fn read(folder: &Path) -> Result<Self, String> {
        let mut articles = Vec::new();
        for name in ["wikinews_2019.csv", "wikinews_2020.csv"] {
            let path = [folder.join(name), folder.join("data").join(name)]
                .into_iter()
                .find(|p| p.exists())
                .ok_or_else(|| format!("{}: holds no {name}", folder.display()))?;
            let source = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
            let mut rows = csv(&source).into_iter();
            let header = rows.next().unwrap_or_default();
            let column = |name: &str| {
                header
                    .iter()
                    .position(|h| h == name)
                    .ok_or_else(|| format!("{}: no column '{name}'", path.display()))
            };
            let (url, date, title, text) =
                (column("url")?, column("date")?, column("title")?, column("text")?);
            for row in rows {
                let cell = |i: usize| row.get(i).cloned().unwrap_or_default();
                articles.push(Article {
                    url: cell(url),
                    date: cell(date),
                    text: format!("{}\n\n{}", cell(title), cell(text)),
                    title: cell(title),
                });
            }
        }
        Ok(Self { articles })
    }

    /// The article at `url`.
    pub(crate) fn at(&self, url: &str) -> Result<&Article, String> {
        let found = self.articles.iter().find(|a| a.url == url);
        found.ok_or_else(|| format!("the corpus has no article {url}"))
    }
}

/// Rows of comma-separated values, quoted as RFC 4180 has it.
fn csv(source: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut quoted = false;
    let mut chars = source.chars().peekable();
    while let Some(c) = chars.next() {
        let Some(row) = rows.last_mut() else { break };
        let last = row.len() - 1;
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => row[last].extend(chars.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(String::new()),
            '\r' if !quoted => {}
            '\n' if !quoted => rows.push(vec![String::new()]),
            c => row[last].push(c),
        }
    }
    rows.retain(|r| r.len() > 1);
    rows
}

/// Row of `wikinews.tsv`: id to (url, sha256).
pub(crate) fn chosen() -> Result<BTreeMap<String, (String, String)>, String> {
    let path = folder().join("wikinews.tsv");
    let source = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    source
        .lines()
        .filter(|l| !l.starts_with('#') && !l.starts_with("id\t"))
        .map(|l| match l.split('\t').collect::<Vec<_>>()[..] {
            [id, url, _, _, hash] => Ok((id.to_owned(), (url.to_owned(), hash.to_owned()))),
            _ => Err(format!("{}: five columns, not `{l}`", path.display())),
        })
        .collect()
}

fn list(corpus: &Corpus, wanted: &Path) -> Result<(), String> {
    let source = fs::read_to_string(wanted).map_err(|e| format!("{}: {e}", wanted.display()))?;
    let mut out = String::from(
        "# Articles of English Wikinews (CC BY 2.5) that are annotated here. The text is the title, an empty line, and the text\n\
         # column of the corpus; its hash is that of the UTF-8 bytes.\nid\turl\tdate\ttitle\tsha256\n",
    );
    for line in source.lines() {
        let [id, date, title] = line.split('\t').collect::<Vec<_>>()[..] else {
            return Err(format!("`{line}` is not `id<TAB>date<TAB>title`"));
        };
        let article = corpus
            .articles
            .iter()
            .find(|a| a.title == title && a.date == date)
            .ok_or_else(|| format!("no article of {date} is called '{title}'"))?;
        let hash = sha256::hex(article.text.as_bytes());
        out += &format!("{id}\t{}\t{date}\t{title}\t{hash}\n", article.url);
    }
    let path = folder().join("wikinews.tsv");
    fs::write(&path, out).map_err(|e| format!("{}: {e}", path.display()))
}

fn prepare(corpus: &Corpus, out: &Path, ids: &[String]) -> Result<(), String> {
    fs::create_dir_all(out).map_err(|e| format!("{}: {e}", out.display()))?;
    let chosen = chosen()?;
    for id in ids {
        let (url, _) = chosen
            .get(id)
            .ok_or_else(|| format!("wikinews.tsv has no '{id}'"))?;
        let article = corpus.at(url)?;
        let text = article.text.replace('{', "\\{").replace('}', "\\}");
        let text: Vec<&str> = text.lines().map(str::trim_end).collect();
        let path = out.join(format!("{id}.txt"));
        if path.exists() {
            return Err(format!("{} exists already", path.display()));
        }
        let head = format!("@id {id}\n@date {}\n@annotator \n", article.date);
        fs::write(&path, format!("{head}@text\n{}\n", text.join("\n")))
            .map_err(|e| format!("{}: {e}", path.display()))?;
    }
    Ok(())
}

/// Reads a marked text or a record, and the text it belongs to.
fn load(path: &Path, corpus: Option<&Corpus>) -> Result<(Record, String), String> {
    let fail = |e: String| format!("{}: {e}", path.display());
    let source = fs::read_to_string(path).map_err(|e| fail(e.to_string()))?;
    let is_record = path.extension().is_some_and(|e| e == "json");
    let id = if is_record {
        Record::read(&source).map_err(fail)?.id
    } else {
        let line = source.lines().find_map(|l| l.strip_prefix("@id "));
        line.ok_or_else(|| fail("no line `@id …`".to_owned()))?
            .trim()
            .to_owned()
    };
    let rows = chosen()?;
    let (text, row) = match (rows.get(&id), corpus) {
        (Some((url, hash)), Some(corpus)) => {
            let article = corpus.at(url)?;
            if sha256::hex(article.text.as_bytes()) != *hash {
                return Err(fail(format!(
                    "the corpus has another text than wikinews.tsv ({url})"
                )));
            }
            (article.text.clone(), Some(article))
        }
        (Some(_), None) => return Err(fail("give `--corpus DIR`".to_owned())),
        (None, _) if is_record => {
            let text = path.with_extension("txt");
            (
                fs::read_to_string(&text).map_err(|e| format!("{}: {e}", text.display()))?,
                None,
            )
        }
        (None, _) => (markup::plain(&source).map_err(fail)?, None),
    };
    if is_record {
        return Ok((Record::read(&source).map_err(fail)?, text));
    }
    let mut record = markup::read(&source, &text).map_err(fail)?;
    if let Some(article) = row {
        record.url.clone_from(&article.url);
        record.title.clone_from(&article.title);
        record.date.clone_from(&article.date);
    }
    Ok((record, text))
}

fn check_files(files: &[String], corpus: Option<&Corpus>) -> Result<(), String> {
    let mut faulty = 0;
    for file in files {
        match load(Path::new(file), corpus) {
            Err(e) => {
                println!("{e}");
                faulty += 1;
            }
            Ok((record, text)) => {
                let found = check::check(&record, &text, Kb::embedded());
                faulty += usize::from(!found.faults.is_empty());
                for fault in &found.faults {
                    println!("{file}: {fault}");
                }
                for hint in &found.hints {
                    println!("{file}: hint: {hint}");
                }
                println!(
                    "{file}: {} entities, {} mentions, {} quotations, {} asides",
                    record.entities.len(),
                    record.mentions.len(),
                    record.quotes.len(),
                    record.asides.len()
                );
            }
        }
    }
    if faulty > 0 {
        Err(format!("{faulty} of {} files are faulty", files.len()))
    } else {
        Ok(())
    }
}

fn convert(out: &Path, files: &[String], corpus: &Corpus) -> Result<(), String> {
    for file in files {
        let (record, text) = load(Path::new(file), Some(corpus))?;
        save(&record, &text, out)?;
    }
    Ok(())
}

fn own(files: &[String]) -> Result<(), String> {
    let out = folder().join("own");
    for file in files {
        let source = fs::read_to_string(file).map_err(|e| format!("{file}: {e}"))?;
        let mut text = markup::plain(&source).map_err(|e| format!("{file}: {e}"))?;
        if source.lines().any(|l| l == "# line ends: CRLF") {
            text = text.replace('\n', "\r\n");
        }
        let record = markup::read(&source, &text).map_err(|e| format!("{file}: {e}"))?;
        if Path::new(file).file_stem().is_none_or(|s| s != &*record.id) {
            return Err(format!(
                "{file}: its id is '{}'; call it like its file",
                record.id
            ));
        }
        save(&record, &text, &out)?;
        let path = out.join(format!("{}.txt", record.id));
        fs::write(&path, &text).map_err(|e| format!("{}: {e}", path.display()))?;
    }
    Ok(())
}

fn save(record: &Record, text: &str, out: &Path) -> Result<(), String> {
    let found = check::check(record, text, Kb::embedded());
    if !found.faults.is_empty() {
        return Err(format!("{}: {}", record.id, found.faults.join("; ")));
    }
    fs::create_dir_all(out).map_err(|e| format!("{}: {e}", out.display()))?;
    let path = out.join(format!("{}.json", record.id));
    fs::write(&path, record.write()).map_err(|e| format!("{}: {e}", path.display()))
}

fn show(path: &Path, corpus: Option<&Corpus>) -> Result<(), String> {
    let (record, text) = load(path, corpus)?;
    print!("{}", markup::write(&record, &text)?);
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn cells_may_hold_commas_marks_and_lines() {
        let rows = super::csv("a,b\n\"one, \"\"two\"\"\nthree\",4\n");
        assert_eq!(rows, [["a", "b"], ["one, \"two\"\nthree", "4"]]);
    }
}
