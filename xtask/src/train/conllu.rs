//! Universal Dependencies files: sentences with their text, words placed in it, parts of speech, arcs.

use std::{fs, ops::Range, path::Path};

use copydesk::syntax::tag::Tag;

/// One sentence of a treebank.
#[derive(Clone, Debug)]
pub(crate) struct Sentence {
    /// Its text as written.
    pub(crate) text: String,
    /// Its syntactic words.
    pub(crate) words: Vec<Word>,
}

/// One syntactic word: "don't" is two.
#[derive(Clone, Debug)]
pub(crate) struct Word {
    /// Its form, lower case.
    pub(crate) form: String,
    /// Bytes of the sentence's text.
    pub(crate) span: Range<usize>,
    /// Its part of speech, as ours.
    pub(crate) tag: Tag,
    /// Whether it is part of a proper name, whatever its part of speech (Penn tag `NNP`, `NNPS`).
    pub(crate) proper: bool,
    /// Its head: the number of a word, counted from 1; 0 for the root.
    pub(crate) head: usize,
    /// Its relation to the head.
    pub(crate) relation: String,
    /// The last column: what else the treebank says of it.
    pub(crate) misc: String,
}

/// Reads one file. Errors name file and line.
pub(crate) fn read(path: &Path) -> Result<Vec<Sentence>, String> {
    let file = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    parse(&file).map_err(|(line, what)| format!("{}:{line}: {what}", path.display()))
}

/// Parses a file's contents; an error is a line, counted from 1, and what is wrong with it.
pub(crate) fn parse(file: &str) -> Result<Vec<Sentence>, (usize, String)> {
    let mut sentences = Vec::new();
    let mut text = None;
    let mut rows: Vec<(usize, Vec<&str>)> = Vec::new();
    for (i, line) in file.lines().chain([""]).enumerate() {
        if let Some(t) = line.strip_prefix("# text = ") {
            text = Some(t.to_owned());
        } else if line.is_empty() {
            if !rows.is_empty() {
                let text = text
                    .take()
                    .ok_or((i + 1, "a sentence without `# text`".to_owned()))?;
                sentences.push(sentence(text, &rows)?);
                rows.clear();
            }
        } else if !line.starts_with('#') {
            let columns: Vec<&str> = line.split('\t').collect();
            if columns.len() != 10 {
                return Err((i + 1, format!("{} columns instead of 10", columns.len())));
            }
            rows.push((i + 1, columns));
        }
    }
    Ok(sentences)
}

fn sentence(text: String, rows: &[(usize, Vec<&str>)]) -> Result<Sentence, (usize, String)> {
    let mut words = Vec::new();
    let mut at = 0;
    // A surface token of several words: where it lies, and the last word of it.
    let mut surface: Option<(Range<usize>, usize)> = None;
    let mut place = |form: &str, line: usize| -> Result<Range<usize>, (usize, String)> {
        let gap = text[at..].len() - text[at..].trim_start().len();
        if !text[at + gap..].starts_with(form) {
            return Err((
                line,
                format!("`{form}` is not where the text has `{}`", &text[at..]),
            ));
        }
        let start = at + gap;
        at = start + form.len();
        Ok(start..at)
    };
    for (line, columns) in rows {
        let (id, form) = (columns[0], columns[1]);
        if id.contains('.') {
            continue;
        }
        if let Some((_, last)) = id.split_once('-') {
            let last = last
                .parse()
                .map_err(|_| (*line, format!("`{id}` is no range of words")))?;
            surface = Some((place(form, *line)?, last));
            continue;
        }
        let number: usize = id
            .parse()
            .map_err(|_| (*line, format!("`{id}` is no number of a word")))?;
        let span = match &mut surface {
            Some((rest, last)) => {
                // "do" and "n't" spell "don't"; where the parts do not spell the whole, the last gets the rest.
                let here = rest.start;
                let end = if number == *last || !text[rest.clone()].starts_with(form) {
                    rest.end
                } else {
                    here + form.len()
                };
                rest.start = end;
                let done = number == *last;
                if done {
                    surface = None;
                }
                here..end
            }
            None => place(form, *line)?,
        };
        words.push(Word {
            form: form.to_lowercase().replace('’', "'"),
            span,
            tag: tag(columns[3], columns[4], columns[5]),
            proper: columns[4].starts_with("NNP"),
            head: columns[6]
                .parse()
                .map_err(|_| (*line, format!("`{}` is no head", columns[6])))?,
            relation: columns[7].to_owned(),
            misc: columns[9].to_owned(),
        });
    }
    Ok(Sentence { text, words })
}

/// Our tag for a universal tag, Penn tag and features.
fn tag(upos: &str, xpos: &str, feats: &str) -> Tag {
    let has = |feature: &str| feats.split('|').any(|f| f == feature);
    match upos {
        "ADJ" => Tag::Adj,
        "ADP" => Tag::Adp,
        "ADV" => Tag::Adv,
        "AUX" => Tag::Aux,
        "CCONJ" => Tag::Cconj,
        "DET" => Tag::Det,
        "INTJ" => Tag::Intj,
        "NOUN" if xpos == "NNS" || has("Number=Plur") => Tag::NounPl,
        "NOUN" => Tag::Noun,
        "NUM" => Tag::Num,
        "PART" => Tag::Part,
        "PRON" => Tag::Pron,
        "PROPN" => Tag::Propn,
        "PUNCT" => Tag::Punct,
        "SCONJ" => Tag::Sconj,
        "SYM" => Tag::Sym,
        "VERB" => match xpos {
            "VB" => Tag::VerbBase,
            "VBP" | "VBZ" => Tag::VerbPres,
            "VBD" => Tag::VerbPast,
            "VBN" => Tag::VerbPart,
            "VBG" => Tag::VerbIng,
            _ if has("VerbForm=Part") && has("Tense=Past") => Tag::VerbPart,
            _ if has("VerbForm=Part") || has("VerbForm=Ger") => Tag::VerbIng,
            _ if has("Tense=Past") => Tag::VerbPast,
            _ if has("Tense=Pres") => Tag::VerbPres,
            _ => Tag::VerbBase,
        },
        _ => Tag::X,
    }
}
