//! `eval gum`: pronouns and coreference on the news and interviews of GUM (CC BY), read from its CoNLL-U files,
//! which carry entities (`Entity=`), heads, and the white space of the text.
//!
//! GUM marks every noun phrase to its full length; the program marks names without titles, and only what takes
//! part in a story. So mentions are paired by the head word, and only clusters of two or more count.

use std::{collections::BTreeMap, fs, path::Path};

use crate::{
    gold::{
        Span,
        cluster::{self, Clusters},
        overlap,
        record::Record,
        system,
        tally::Tally,
    },
    train::Args,
};

/// Verbs whose subject is a source when a clause or a quotation hangs on them.
const SAYING: &str = "say tell add ask explain note argue claim write announce state warn insist comment report \
    remark reply answer continue stress admit declare suggest";

/// A word of the treebank.
struct Word {
    id: usize,
    form: String,
    lemma: String,
    pos: String,
    head: usize,
    relation: String,
    span: Span,
    /// Index of its sentence.
    sentence: usize,
}

/// A mention of the treebank, as indices of words.
struct Mention {
    first: usize,
    last: usize,
    /// The word that heads it.
    head: usize,
    cluster: String,
    kind: String,
}

#[derive(Default)]
struct Document {
    name: String,
    date: String,
    text: String,
    words: Vec<Word>,
    mentions: Vec<Mention>,
}

/// `eval gum --gum DIR [--errors WORD]`.
pub(crate) fn run(args: &[String]) -> Result<(), String> {
    let args = Args::parse(args, &["gum", "errors"])?;
    let folder = args.path("gum")?;
    let mut paths: Vec<_> = fs::read_dir(&folder)
        .map_err(|e| format!("{}: {e}", folder.display()))?
        .filter_map(|e| e.ok().map(|e| e.path()))
        .filter(|p| {
            let name = p
                .file_name()
                .map(|n| n.to_string_lossy().into_owned())
                .unwrap_or_default();
            name.ends_with(".conllu") && (name.starts_with("GUM_news") || name.starts_with("GUM_interview"))
        })
        .collect();
    paths.sort();
    if paths.is_empty() {
        return Err(format!("{}: no GUM_news_*.conllu", folder.display()));
    }
    let (mut tally, mut errors) = (Tally::default(), Vec::new());
    for row in ["he, she", "they", "it", "I", "we"] {
        tally.ratio(&format!("pronouns: {row}"), (0.0, 0.0), (0.0, 0.0));
    }
    for path in &paths {
        judge(&read(path)?, &mut tally, &mut errors);
    }
    println!("GUM, {} documents of news and interviews", paths.len());
    print!("{}", super::gold::aligned(&tally.table()));
    println!(
        "coreference: CoNLL average {:.1}",
        cluster::average(&tally, "coreference")
    );
    if let Some(word) = args.get("errors") {
        for line in errors.iter().filter(|l| word == "all" || l.contains(word)) {
            println!("  {line}");
        }
    }
    Ok(())
}

/// Reads one document; the text is put together from the forms and their white space.
fn read(path: &Path) -> Result<Document, String> {
    let source = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut doc = Document {
        name: path
            .file_stem()
            .map(|n| n.to_string_lossy().into_owned())
            .unwrap_or_default(),
        ..Document::default()
    };
    let mut open: BTreeMap<String, Vec<(usize, Vec<String>)>> = BTreeMap::new();
    let mut sentence = 0;
    let mut n_chars = 0;
    // Words of a form that is written as one ("don't"): how many are left, and whether a space follows.
    let mut joined: Option<(usize, bool)> = None;
    for line in source.lines() {
        if line.is_empty() {
            sentence += 1;
        } else if line == "# newpar" && n_chars > 0 {
            doc.text.push_str("\n\n");
            n_chars += 2;
        }
        if let Some(date) = line.strip_prefix("# meta::dateCreated = ") {
            date.clone_into(&mut doc.date);
        }
        let cells: Vec<&str> = line.split('\t').collect();
        let [id, form, lemma, pos, _, _, head, relation, _, misc] = cells[..] else {
            continue;
        };
        let space = !misc.split('|').any(|m| m == "SpaceAfter=No");
        if let Some((a, b)) = id.split_once('-') {
            let n = b.parse::<usize>().unwrap_or(0) + 1 - a.parse::<usize>().unwrap_or(0);
            joined = Some((n, space));
            continue;
        }
        let Ok(id) = id.parse::<usize>() else { continue };
        let start = n_chars;
        doc.text.push_str(form);
        n_chars += form.chars().count();
        let at = doc.words.len();
        doc.words.push(Word {
            id,
            form: form.to_owned(),
            lemma: lemma.to_owned(),
            pos: pos.to_owned(),
            head: head.parse().unwrap_or(0),
            relation: relation.to_owned(),
            span: (start, n_chars),
            sentence,
        });
        let space = match &mut joined {
            Some((left, after)) => {
                *left -= 1;
                let (left, after) = (*left, *after);
                if left == 0 {
                    joined = None;
                }
                left == 0 && after
            }
            None => space,
        };
        if space {
            doc.text.push(' ');
            n_chars += 1;
        }
        if let Some(marks) = misc.split('|').find_map(|m| m.strip_prefix("Entity=")) {
            read_marks(marks, at, &mut open, &mut doc);
        }
    }
    Ok(doc)
}

/// `(2-person-new-sssss-cf1-1-coref(3-place…)5)`: brackets that open and close at one word.
fn read_marks(
    marks: &str,
    at: usize,
    open: &mut BTreeMap<String, Vec<(usize, Vec<String>)>>,
    doc: &mut Document,
) {
    let mut rest = marks;
    while !rest.is_empty() {
        let opens = rest.starts_with('(');
        let body = rest.trim_start_matches('(');
        let end = body.find(['(', ')']).unwrap_or(body.len());
        let (item, tail) = body.split_at(end);
        let closes = tail.starts_with(')');
        rest = if closes { &tail[1..] } else { tail };
        let parts: Vec<String> = item.split('-').map(str::to_owned).collect();
        let key = parts.first().cloned().unwrap_or_default();
        if opens {
            open.entry(key.clone()).or_default().push((at, parts));
        }
        if closes && let Some((first, parts)) = open.get_mut(&key).and_then(Vec::pop) {
            // The head is the word whose own head lies outside.
            let outside = |w: &Word| {
                let inside = |o: &Word| o.sentence == w.sentence && o.id == w.head;
                !doc.words[first..=at].iter().any(inside)
            };
            let head = (first..=at).find(|&i| outside(&doc.words[i]));
            doc.mentions.push(Mention {
                first,
                last: at,
                head: head.unwrap_or(at),
                cluster: key,
                kind: parts.get(1).cloned().unwrap_or_default(),
            });
        }
    }
}

fn judge(doc: &Document, tally: &mut Tally, errors: &mut Vec<String>) {
    let record = Record {
        id: doc.name.clone(),
        date: doc.date.clone(),
        ..Record::default()
    };
    let system = system::annotate(&doc.text, &record);
    let gold_at = |span: Span| mention_at(doc, span);
    let of_system: Vec<Option<usize>> = system.mentions.iter().map(|m| gold_at(m.span)).collect();
    let named = |cluster: &str| {
        doc.mentions
            .iter()
            .any(|m| m.cluster == cluster && doc.words[m.head].pos == "PROPN")
    };
    for mention in doc.mentions.iter().filter(|m| m.first == m.last) {
        let word = &doc.words[mention.first];
        let Some(person) = person_of(&word.form.to_lowercase()) else {
            continue;
        };
        if !named(&mention.cluster) || !matches!(&*mention.kind, "person" | "organization" | "place") {
            continue;
        }
        let found = system.mentions.iter().find(|m| m.span == word.span);
        let is_right = found.is_some_and(|found| {
            let (mut own, mut others) = (0, 0);
            for (m, gold) in system.mentions.iter().zip(&of_system) {
                if m.entity == found.entity && m.is_naming() {
                    match gold {
                        Some(g) if doc.mentions[*g].cluster == mention.cluster => own += 1,
                        Some(_) => others += 1,
                        None => {}
                    }
                }
            }
            own > others
        });
        let row = format!("pronouns: {person}");
        let attempted = usize::from(found.is_some());
        tally.ratio(
            &row,
            (f64::from(u8::from(is_right)), attempted as f64),
            (f64::from(u8::from(is_right)), 1.0),
        );
        let is_source = is_source(doc, mention.first);
        if is_source && matches!(person, "he, she" | "they") {
            tally.share("he, she, they as sources with the right entity", is_right);
        }
        if !is_right {
            let got = found.map_or("nobody", |m| &system.entities[m.entity].name);
            let own = doc.mentions.iter().find(|m| m.cluster == mention.cluster);
            let want: Vec<&str> = own
                .map(|m| {
                    doc.words[m.first..=m.last]
                        .iter()
                        .take(6)
                        .map(|w| &*w.form)
                        .collect()
                })
                .unwrap_or_default();
            let around: String = doc
                .text
                .chars()
                .skip(word.span.0.saturating_sub(60))
                .take(110)
                .collect();
            let what = if is_source { "source" } else { "pronoun" };
            errors.push(format!(
                "{what} {person} [{}] …{}… `{}` is {}, got {got}",
                doc.name,
                around.replace('\n', " "),
                word.form,
                want.join(" ")
            ));
        }
    }
    coreference(doc, &system, &of_system, tally);
}

/// The gold mention of a span: the shortest whose head lies in the span, else the shortest around it whose head
/// is a title that the name in the span hangs on ("Professor Ada Brook").
fn mention_at(doc: &Document, span: Span) -> Option<usize> {
    let length = |&i: &usize| doc.mentions[i].last - doc.mentions[i].first;
    let covered = |w: &Word| overlap(w.span, span) > 0;
    let headed = (0..doc.mentions.len()).filter(|&i| covered(&doc.words[doc.mentions[i].head]));
    let titled = (0..doc.mentions.len()).filter(|&i| {
        let m = &doc.mentions[i];
        let head = &doc.words[m.head];
        doc.words[m.first..=m.last]
            .iter()
            .any(|w| covered(w) && w.head == head.id && w.sentence == head.sentence && w.relation == "flat")
    });
    headed.min_by_key(length).or_else(|| titled.min_by_key(length))
}

/// Clusters of two or more, of people, bodies and places, paired by heads.
fn coreference(doc: &Document, system: &Record, of_system: &[Option<usize>], tally: &mut Tally) {
    let mut key: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, m) in doc.mentions.iter().enumerate() {
        if matches!(&*m.kind, "person" | "organization" | "place") {
            key.entry(&m.cluster).or_default().push(i);
        }
    }
    let key: Clusters = key.into_values().filter(|c| c.len() > 1).collect();
    let mut response: Clusters = vec![Vec::new(); system.entities.len()];
    let mut taken = vec![false; doc.mentions.len()];
    for (i, m) in system.mentions.iter().enumerate() {
        let number = of_system[i].filter(|&g| !std::mem::replace(&mut taken[g], true));
        response[m.entity].push(number.unwrap_or(doc.mentions.len() + i));
    }
    response.retain(|c| c.len() > 1);
    cluster::score(tally, "coreference", &key, &response);
}

fn person_of(word: &str) -> Option<&'static str> {
    Some(match word {
        "he" | "him" | "his" | "himself" | "she" | "her" | "hers" | "herself" => "he, she",
        "they" | "them" | "their" | "theirs" | "themselves" => "they",
        "it" | "its" | "itself" => "it",
        "i" | "me" | "my" | "mine" | "myself" => "I",
        "we" | "us" | "our" | "ours" | "ourselves" => "we",
        _ => return None,
    })
}

/// Whether the word is the subject of a verb of saying on which a clause hangs.
fn is_source(doc: &Document, at: usize) -> bool {
    let word = &doc.words[at];
    if word.relation != "nsubj" {
        return false;
    }
    let near = |id: usize| {
        doc.words
            .iter()
            .find(|w| w.sentence == word.sentence && w.id == id)
    };
    let Some(verb) = near(word.head) else { return false };
    let says = SAYING.split_whitespace().any(|v| v == verb.lemma);
    let hangs = doc.words.iter().any(|w| {
        w.sentence == word.sentence && w.head == verb.id && matches!(&*w.relation, "ccomp" | "parataxis")
    });
    says && (hangs || verb.relation == "parataxis")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Document, Word, read_marks};

    #[test]
    fn brackets_open_and_close() {
        let mut doc = Document::default();
        let mut open = BTreeMap::new();
        let forms = [("the", 2), ("mayor", 5), ("of", 4), ("Ulm", 2), ("left", 0)];
        let marks = [
            "(1-person-new-s-cf1-2-sgl",
            "",
            "",
            "(2-place-new-s-cf2-1-sgl)1)",
            "",
        ];
        for (i, form) in forms.iter().enumerate() {
            doc.words.push(Word {
                id: i + 1,
                form: form.0.to_owned(),
                lemma: String::new(),
                pos: String::new(),
                head: form.1,
                relation: String::new(),
                span: (0, 0),
                sentence: 0,
            });
            read_marks(marks[i], i, &mut open, &mut doc);
        }
        let seen: Vec<_> = doc
            .mentions
            .iter()
            .map(|m| (m.first, m.last, m.head, &*m.cluster))
            .collect();
        assert_eq!(seen, [(3, 3, 3, "2"), (0, 3, 1, "1")]);
    }
}
