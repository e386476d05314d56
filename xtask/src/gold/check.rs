//! What must hold of a gold record, and what is probably forgotten.

use copydesk::kb::Kb;

use super::{
    Span, overlap,
    record::{ASIDES, ATTRIBUTIONS, FORMS, KINDS, QUOTE_KINDS, Record},
    sha256,
};

/// Words that are pronouns for persons and bodies.
const PRONOUNS: &str = "i me my mine myself we us our ours ourselves you your yours yourself yourselves he him his \
    himself she her hers herself it its itself they them their theirs themselves themself who whom whose this that \
    these those one";

/// Pronouns that nearly always stand for somebody, so that one without a mention is worth a look.
const PERSONAL: &str = "he him his himself she her hers herself they them their themselves";

/// What was found: faults make the record unusable, hints are for the annotator.
#[derive(Default, Debug)]
pub(crate) struct Findings {
    pub(crate) faults: Vec<String>,
    pub(crate) hints: Vec<String>,
}

/// Holds `record` against its text and the knowledge base.
pub(crate) fn check(record: &Record, text: &str, kb: &Kb) -> Findings {
    let chars: Vec<char> = text.chars().collect();
    let mut found = Findings::default();
    let words = |s: Span| chars.get(s.0..s.1).map(|c| c.iter().collect::<String>());
    if record.text_sha256 != sha256::hex(text.as_bytes()) {
        found
            .faults
            .push("the text is not the one that was annotated (sha256 differs)".to_owned());
        return found;
    }
    check_entities(record, kb, &mut found);
    let mut all: Vec<(Span, &str)> = record.mentions.iter().map(|m| (m.span, "mention")).collect();
    for q in &record.quotes {
        for (what, spans) in [
            ("quotation", &q.spans),
            ("cue", &q.cue),
            ("source", &q.source),
            ("marked part", &q.marked),
        ] {
            all.extend(spans.iter().map(|&s| (s, what)));
        }
    }
    all.extend(record.asides.iter().map(|a| (a.span, "aside")));
    for (span, what) in all {
        match words(span) {
            Some(w) if !w.is_empty() && w.trim() == w => {}
            _ => found
                .faults
                .push(format!("{what} {}..{} does not fit the text", span.0, span.1)),
        }
    }
    if !found.faults.is_empty() {
        return found;
    }
    check_mentions(record, &|s| words(s).unwrap_or_default(), &mut found);
    check_quotes(record, &|s| words(s).unwrap_or_default(), &mut found);
    check_marks(record, &chars, &mut found);
    check_pronouns(record, &chars, &mut found);
    found
}

fn check_entities(record: &Record, kb: &Kb, found: &mut Findings) {
    for (i, e) in record.entities.iter().enumerate() {
        if !KINDS.contains(&&*e.kind) {
            found
                .faults
                .push(format!("{}: '{}' is no kind of entity", e.name, e.kind));
        }
        if !record.mentions.iter().any(|m| m.entity == i) {
            found.faults.push(format!("{} has no mention", e.name));
        }
        if record.entities[..i]
            .iter()
            .any(|o| o.wikidata.is_some() && o.wikidata == e.wikidata)
        {
            found
                .faults
                .push(format!("{}: its id stands at another entity", e.name));
        }
        match &e.wikidata {
            Some(q) => match q[1..].parse().ok().and_then(|n| kb.by_wikidata(n)) {
                None => found.faults.push(format!(
                    "{}: the knowledge base does not hold {q}; write `-`",
                    e.name
                )),
                Some(id) => {
                    let kind = format!("{:?}", kb.kind(id)).to_lowercase();
                    if kind != e.kind || !kb.lookup(&e.name).any(|hit| hit.entity == id) {
                        let name = kb.name(id);
                        found.hints.push(format!(
                            "{}: {q} is the {kind} {name} in the knowledge base",
                            e.name
                        ));
                    }
                }
            },
            None if e.kind != "group" => {
                let same = kb.lookup(&e.name).find_map(|hit| kb.wikidata(hit.entity));
                if let Some(q) = same {
                    found.hints.push(format!(
                        "{}: the knowledge base has one of that name, Q{q}",
                        e.name
                    ));
                }
            }
            None => {}
        }
    }
}

fn check_mentions(record: &Record, words: &dyn Fn(Span) -> String, found: &mut Findings) {
    for (i, m) in record.mentions.iter().enumerate() {
        let text = words(m.span);
        let place = || format!("mention `{text}` at {}", m.span.0);
        if m.entity >= record.entities.len() {
            found.faults.push(format!("{} has no entity", place()));
        }
        if !FORMS.iter().any(|(_, f)| *f == m.form) {
            found.faults.push(format!("{}: '{}' is no form", place(), m.form));
        }
        if record.mentions[..i].iter().any(|o| o.span == m.span) {
            found.faults.push(format!("{} is marked twice", place()));
        }
        let folded = text.to_lowercase();
        let is_pronoun = PRONOUNS.split_whitespace().any(|p| p == folded);
        if (m.form == "pronoun") != is_pronoun && !matches!(&*m.form, "acronym" | "description") {
            found.faults.push(format!("{}: form {}", place(), m.form));
        }
        let article = ["the ", "a ", "an "].iter().any(|a| folded.starts_with(a));
        if article && m.form != "name" && m.form != "alias" {
            found.faults.push(format!("{} begins with an article", place()));
        }
        let name = record.entities.get(m.entity).map_or("", |e| &e.name);
        // "St Brannock's" is a name.
        if ["’s", "'s"].iter().any(|end| folded.ends_with(end)) && text != name {
            found.faults.push(format!("{} ends in a possessive", place()));
        }
    }
}

fn check_quotes(record: &Record, words: &dyn Fn(Span) -> String, found: &mut Findings) {
    for q in &record.quotes {
        let text: String = words(q.spans[0]).chars().take(40).collect();
        let place = || format!("quotation `{text}…` at {}", q.spans[0].0);
        if !QUOTE_KINDS.iter().any(|(_, k)| *k == q.kind) || !ATTRIBUTIONS.contains(&&*q.attribution) {
            found
                .faults
                .push(format!("{}: '{}' '{}'", place(), q.kind, q.attribution));
        }
        match (&*q.kind, q.marked.is_empty()) {
            ("indirect", false) | ("mixed", true) => found.faults.push(format!(
                "{} is {}, and has {} parts in marks",
                place(),
                q.kind,
                q.marked.len()
            )),
            ("direct", true) => found.hints.push(format!(
                "{} is direct and has no marks: right in a transcript only",
                place()
            )),
            _ => {}
        }
        if (q.speaker.is_none()) != (q.attribution == "none") {
            found.faults.push(format!(
                "{}: attribution {} and speaker disagree",
                place(),
                q.attribution
            ));
        }
        if q.speaker.is_some() && q.source.is_empty() {
            found
                .faults
                .push(format!("{} has a speaker and no source", place()));
        }
        if q.speaker.is_none() && !q.source.is_empty() {
            found
                .faults
                .push(format!("{} has a source and no speaker", place()));
        }
        if q.should_warn && q.attribution != "none" {
            found.faults.push(format!("{} has a speaker, and warns", place()));
        }
        if let (Some(speaker), false) = (q.speaker, q.source.is_empty()) {
            let inside = q.source.iter().any(|&s| record.mention_in(s, speaker).is_some());
            if !inside {
                let name = &record.entities[speaker].name;
                found
                    .hints
                    .push(format!("{}: its source holds no mention of {name}", place()));
            }
        }
    }
    for a in &record.asides {
        if !ASIDES.contains(&&*a.kind) {
            found.faults.push(format!("aside at {}: '{}'", a.span.0, a.kind));
        }
    }
}

/// Each double mark lies in a quotation or an aside.
fn check_marks(record: &Record, chars: &[char], found: &mut Findings) {
    let covered = |at: usize| {
        let one = (at, at + 1);
        record
            .quotes
            .iter()
            .flat_map(|q| &q.spans)
            .chain(record.asides.iter().map(|a| &a.span))
            .any(|&s| overlap(s, one) > 0)
    };
    for (at, c) in chars.iter().enumerate() {
        let inches = *c == '"' && at > 0 && chars[at - 1].is_ascii_digit();
        if matches!(c, '"' | '“' | '”' | '«' | '»' | '‘') && !covered(at) && !inches {
            let from = at.saturating_sub(30);
            let around: String = chars[from..(at + 30).min(chars.len())].iter().collect();
            found.hints.push(format!(
                "the mark at {at} is in no quotation and no aside: …{around}…"
            ));
        }
    }
}

fn check_pronouns(record: &Record, chars: &[char], found: &mut Findings) {
    let mut at = 0;
    while at < chars.len() {
        let end = (at..chars.len())
            .find(|&i| !chars[i].is_alphanumeric())
            .unwrap_or(chars.len());
        if end > at {
            let word: String = chars[at..end].iter().collect::<String>().to_lowercase();
            let marked = record.mentions.iter().any(|m| overlap(m.span, (at, end)) > 0);
            if PERSONAL.split_whitespace().any(|p| p == word) && !marked {
                let around: String = chars[at.saturating_sub(25)..(end + 25).min(chars.len())]
                    .iter()
                    .collect();
                found
                    .hints
                    .push(format!("the pronoun `{word}` at {at} is no mention: …{around}…"));
            }
        }
        at = end.max(at + 1);
    }
}
