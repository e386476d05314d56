//! Texts with names marked, from the formats that such sets come in.

use std::{fs, ops::Range, path::Path};

use copydesk::syntax::name_tag::NameKind;

use crate::train::conllu;

/// A sentence and the names in it, as bytes of its text, in text order, not overlapping.
#[derive(Clone, Debug)]
pub(crate) struct Marked {
    pub(crate) text: String,
    pub(crate) names: Vec<(Range<usize>, NameKind)>,
}

/// Reads columns "word label", or "number word label" after comments, in the IOB schemes (a name may begin
/// with I- where no other name ends). A comment `# text = ` gives the text; else words are joined by spaces.
pub(crate) fn columns(path: &Path) -> Result<Vec<Marked>, String> {
    let file = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut out = Vec::new();
    let mut text: Option<&str> = None;
    let mut words: Vec<(&str, &str)> = Vec::new();
    for line in file.lines().chain([""]) {
        if let Some(t) = line.strip_prefix("# text = ") {
            text = Some(t);
        } else if line.trim().is_empty() {
            if !words.is_empty() {
                out.extend(marked(text, &words));
            }
            words.clear();
            text = None;
        } else if !line.starts_with("# ") {
            let parts: Vec<&str> = line.split(['\t', ' ']).filter(|p| !p.is_empty()).collect();
            let numbered = text.is_some() && parts.len() >= 3;
            match parts.as_slice() {
                [_, word, label, ..] if numbered => words.push((word, label)),
                [word, .., label] => words.push((word, label)),
                _ => {}
            }
        }
    }
    Ok(out)
}

fn marked(text: Option<&str>, words: &[(&str, &str)]) -> Option<Marked> {
    let joined;
    let text = match text {
        Some(text) => text,
        None => {
            joined = words.iter().map(|w| w.0).collect::<Vec<_>>().join(" ");
            &joined
        }
    };
    let mut names: Vec<(Range<usize>, NameKind)> = Vec::new();
    let mut at = 0;
    let mut open: Option<&str> = None;
    for (word, label) in words {
        let start = at + text.get(at..)?.find(word)?;
        at = start + word.len();
        let (prefix, kind) = label.split_once('-').unwrap_or(("O", ""));
        let goes_on = prefix == "I" && open == Some(kind);
        open = (prefix != "O").then_some(kind);
        let Some(kind) = kind_named(kind) else { continue };
        match names.last_mut() {
            Some((span, _)) if goes_on => span.end = at,
            _ => names.push((start..at, kind)),
        }
    }
    Some(Marked {
        text: text.to_owned(),
        names,
    })
}

fn kind_named(name: &str) -> Option<NameKind> {
    match name.to_ascii_lowercase().as_str() {
        "per" | "person" | "politician" => Some(NameKind::Person),
        "org" | "organisation" | "organization" | "politicalparty" => Some(NameKind::Organization),
        "loc" | "location" | "country" => Some(NameKind::Place),
        "misc" | "event" | "election" => Some(NameKind::Other),
        _ => None,
    }
}

/// The named mentions of a document of GUM: those of persons, bodies and places whose head is a proper noun.
pub(crate) fn gum(path: &Path) -> Result<Vec<Marked>, String> {
    Ok(conllu::read(path)?.iter().map(gum_sentence).collect())
}

fn gum_sentence(sentence: &conllu::Sentence) -> Marked {
    let mut open: Vec<(&str, Option<NameKind>, usize)> = Vec::new();
    let mut mentions: Vec<(Range<usize>, NameKind)> = Vec::new();
    for (w, word) in sentence.words.iter().enumerate() {
        let Some(entity) = word.misc.split('|').find_map(|m| m.strip_prefix("Entity=")) else {
            continue;
        };
        let mut rest = entity;
        while !rest.is_empty() {
            if let Some(tail) = rest.strip_prefix('(') {
                let end = tail.find(['(', ')']).unwrap_or(tail.len());
                let mut fields = tail[..end].split('-');
                let id = fields.next().unwrap_or("");
                open.push((id, fields.next().and_then(gum_kind), w));
                rest = &tail[end..];
                if let Some(after) = rest.strip_prefix(')') {
                    close(&mut open, id, w, &mut mentions);
                    rest = after;
                }
            } else {
                let end = rest.find(')').unwrap_or(rest.len());
                close(&mut open, &rest[..end], w, &mut mentions);
                rest = rest.get(end + 1..).unwrap_or("");
            }
        }
    }
    // The longer of two that overlap, the first of equals.
    mentions.sort_by_key(|(span, _)| (span.start, usize::MAX - span.end));
    let mut names: Vec<(Range<usize>, NameKind)> = Vec::new();
    for (span, kind) in mentions {
        let Some(words) = name_in(sentence, span) else {
            continue;
        };
        let bytes = sentence.words[words.start].span.start..sentence.words[words.end - 1].span.end;
        if names.last().is_none_or(|(last, _)| last.end <= bytes.start) {
            names.push((bytes, kind));
        }
    }
    Marked {
        text: sentence.text.clone(),
        names,
    }
}

fn close(
    open: &mut Vec<(&str, Option<NameKind>, usize)>,
    id: &str,
    w: usize,
    mentions: &mut Vec<(Range<usize>, NameKind)>,
) {
    if let Some(at) = open.iter().rposition(|o| o.0 == id) {
        let (_, kind, start) = open.remove(at);
        mentions.extend(kind.map(|kind| (start..w + 1, kind)));
    }
}

fn gum_kind(name: &str) -> Option<NameKind> {
    match name {
        "person" => Some(NameKind::Person),
        "organization" => Some(NameKind::Organization),
        "place" => Some(NameKind::Place),
        "event" => Some(NameKind::Other),
        _ => None,
    }
}

/// The words of a mention that are its name: the proper nouns around its head, without titles.
fn name_in(sentence: &conllu::Sentence, mention: Range<usize>) -> Option<Range<usize>> {
    let words = &sentence.words;
    let head = mention
        .clone()
        .find(|&w| words[w].head == 0 || !mention.contains(&(words[w].head - 1)))?;
    if !words[head].proper {
        return None;
    }
    let part = |w: usize| words[w].proper && words[w].relation != "nmod:desc";
    let link = |w: usize| matches!(words[w].form.as_str(), "of" | "the" | "for" | "and" | "-" | "&");
    let (mut start, mut end) = (head, head + 1);
    while start > mention.start && part(start - 1) {
        start -= 1;
    }
    loop {
        if end < mention.end && part(end) {
            end += 1;
            continue;
        }
        // "University of the Arts": links between proper nouns.
        match (end..mention.end.min(end + 3)).find(|&w| part(w)) {
            Some(next) if next > end && (end..next).all(link) => end = next + 1,
            _ => break,
        }
    }
    Some(start..end)
}
