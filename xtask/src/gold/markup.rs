//! The inline form that people write: marks around the words, laid over the text and turned into spans.
//!
//! `{UA d|Ukrainian} President {Z n s1|Volodymyr Zelensky} {c1|called} it {q1 m Z|a “very good opportunity”}.`
//! `tests/gold/GUIDELINES.md` has the whole of it.

use std::collections::BTreeMap;

use super::{
    Span,
    record::{ASIDES, ATTRIBUTIONS, Aside, Entity, FORMS, KINDS, Mention, QUOTE_KINDS, Quote, Record},
    sha256,
};

/// A brace while it is open: its tags, and the characters of content before it.
struct Open {
    tags: String,
    start: usize,
    line: usize,
}

/// A closed brace: its tags, the characters it holds (of those that are no white space), and its line.
struct Mark {
    tags: String,
    from: usize,
    to: usize,
    line: usize,
}

#[derive(Default)]
struct Draft {
    quote: Quote,
    speaker: Option<String>,
    declared: bool,
    attribution: Option<String>,
}

/// The characters of marked text that are no white space, and the marks over them.
fn strip(marked: &str, first_line: usize) -> Result<(Vec<(char, usize)>, Vec<Mark>), String> {
    let mut kept: Vec<(char, usize)> = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let mut marks: Vec<Mark> = Vec::new();
    let mut line = first_line;
    let mut chars = marked.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\n' => line += 1,
            '\\' if matches!(chars.peek(), Some('{' | '}')) => {
                kept.push((chars.next().unwrap_or(c), line));
            }
            '{' => {
                let mut tags = String::new();
                loop {
                    match chars.next() {
                        Some('|') => break,
                        Some(c) if c != '\n' && c != '{' && c != '}' => tags.push(c),
                        _ => return Err(format!("line {line}: `{{{tags}` is not followed by `|`")),
                    }
                }
                open.push(Open {
                    tags,
                    start: kept.len(),
                    line,
                });
            }
            '}' => {
                let Some(o) = open.pop() else {
                    return Err(format!("line {line}: a `}}` too many"));
                };
                if o.start == kept.len() {
                    return Err(format!("line {line}: `{{{}|}}` holds no words", o.tags));
                }
                marks.push(Mark {
                    tags: o.tags,
                    from: o.start,
                    to: kept.len(),
                    line: o.line,
                });
            }
            c if c.is_whitespace() => {}
            c => kept.push((c, line)),
        }
    }
    match open.pop() {
        Some(o) => Err(format!("line {}: `{{{}|` is not closed", o.line, o.tags)),
        None => Ok((kept, marks)),
    }
}

/// Whether two characters may stand for each other: marks and dashes get lost when text is copied by hand.
fn alike(a: char, b: char) -> bool {
    let class = |c: char| match c {
        '‘' | '’' | '\'' => '\'',
        '“' | '”' | '"' => '"',
        '–' | '—' | '-' => '-',
        c => c,
    };
    class(a) == class(b)
}

/// Where each kept character stands in `text`, in code points.
fn align(kept: &[(char, usize)], text: &str) -> Result<Vec<usize>, String> {
    let original: Vec<(usize, char)> = text
        .chars()
        .enumerate()
        .filter(|(_, c)| !c.is_whitespace())
        .collect();
    let around = |list: Vec<char>, at: usize| -> String {
        list[at.saturating_sub(25)..(at + 15).min(list.len())]
            .iter()
            .collect()
    };
    let differs = kept
        .iter()
        .zip(&original)
        .position(|(k, o)| !alike(k.0, o.1))
        .or_else(|| (kept.len() != original.len()).then(|| kept.len().min(original.len())));
    if let Some(at) = differs {
        let line = kept.get(at).or(kept.last()).map_or(0, |k| k.1);
        return Err(format!(
            "line {line}: the words differ from the text (white space left out):\n  here  …{}\n  text  …{}",
            around(kept.iter().map(|k| k.0).collect(), at),
            around(original.iter().map(|o| o.1).collect(), at),
        ));
    }
    Ok(original.iter().map(|o| o.0).collect())
}

/// The text of a marked article without its marks and head, for articles whose markup is the source.
pub(crate) fn plain(source: &str) -> Result<String, String> {
    let (_, body, _) = head(source)?;
    let mut out = String::new();
    let mut chars = body.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' if matches!(chars.peek(), Some('{' | '}')) => out.extend(chars.next()),
            '{' => while chars.next().is_some_and(|c| c != '|') {},
            '}' => {}
            c => out.push(c),
        }
    }
    Ok(out)
}

/// The lines before `@text`, the body, and the number of the body's first line.
fn head(source: &str) -> Result<(&str, &str, usize), String> {
    let at = source
        .find("\n@text\n")
        .ok_or("no line `@text` between head and body")?;
    let (head, rest) = source.split_at(at + 1);
    let body = rest.split_once('\n').map_or("", |p| p.1);
    Ok((head, body, head.lines().count() + 2))
}

/// Reads marked text and lays it over `text`.
pub(crate) fn read(source: &str, text: &str) -> Result<Record, String> {
    let (head, body, first_line) = head(source)?;
    let mut record = Record {
        text_sha256: sha256::hex(text.as_bytes()),
        ..Record::default()
    };
    let keys = read_head(head, &mut record)?;
    let (kept, marks) = strip(body, first_line)?;
    let places = align(&kept, text)?;
    let mut drafts: BTreeMap<u32, Draft> = BTreeMap::new();
    for mark in &marks {
        let span = (places[mark.from], places[mark.to - 1] + 1);
        read_tags(&mark.tags, span, &keys, &mut record, &mut drafts)
            .map_err(|e| format!("line {}: `{{{}|`: {e}", mark.line, mark.tags))?;
    }
    finish(record, drafts, &keys, text)
}

/// Fills the record from the head and gives the keys of its entities.
fn read_head(head: &str, record: &mut Record) -> Result<BTreeMap<String, usize>, String> {
    let mut keys: BTreeMap<String, usize> = BTreeMap::new();
    for (i, line) in head.lines().enumerate() {
        let fail = |what: String| format!("line {}: {what}", i + 1);
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        let rest = rest.trim().to_owned();
        match word {
            "" => {}
            w if w.starts_with('#') => {}
            "@id" => record.id = rest,
            "@url" => record.url = rest,
            "@title" => record.title = rest,
            "@date" => record.date = rest,
            "@annotator" => record.annotator = rest,
            "@entity" => {
                let parts: Vec<&str> = rest.splitn(4, ' ').collect();
                let [key, kind, wikidata, name] = parts[..] else {
                    return Err(fail(
                        "write `@entity KEY KIND Q123 NAME`, `-` for no id".to_owned(),
                    ));
                };
                if !KINDS.contains(&kind) {
                    return Err(fail(format!("'{kind}' is none of {}", KINDS.join(", "))));
                }
                let q = wikidata
                    .strip_prefix('Q')
                    .is_some_and(|n| n.parse::<u32>().is_ok());
                if !q && wikidata != "-" {
                    return Err(fail(format!("'{wikidata}' is neither an id nor `-`")));
                }
                if !key.starts_with(|c: char| c.is_ascii_uppercase()) {
                    return Err(fail(format!("the key '{key}' must begin with a capital")));
                }
                let entity = Entity {
                    kind: kind.to_owned(),
                    name: name.trim().to_owned(),
                    wikidata: q.then(|| wikidata.to_owned()),
                };
                if keys.insert(key.to_owned(), record.entities.len()).is_some() {
                    return Err(fail(format!("the key '{key}' is given twice")));
                }
                record.entities.push(entity);
            }
            _ => {
                return Err(fail(format!(
                    "'{word}' is none of @id, @url, @title, @date, @annotator, @entity, @text, #"
                )));
            }
        }
    }
    Ok(keys)
}

/// `q12` as ('q', 12).
fn numbered(tag: &str) -> Option<(char, u32)> {
    let first = tag.chars().next().filter(|c| "qcsm".contains(*c))?;
    let n = tag[1..].parse().ok()?;
    Some((first, n))
}

fn entity_key(keys: &BTreeMap<String, usize>, key: &str) -> Result<usize, String> {
    let entity = keys.get(key).copied();
    entity.ok_or_else(|| format!("no `@entity {key}` in the head"))
}

fn read_tags(
    tags: &str,
    span: Span,
    keys: &BTreeMap<String, usize>,
    record: &mut Record,
    drafts: &mut BTreeMap<u32, Draft>,
) -> Result<(), String> {
    let mut tags = tags.split_whitespace().peekable();
    let first = *tags.peek().ok_or("no tag")?;
    if let Some(kind) = first.strip_prefix("a:") {
        if !ASIDES.contains(&kind) {
            return Err(format!("'{kind}' is none of {}", ASIDES.join(", ")));
        }
        record.asides.push(Aside {
            span,
            kind: kind.to_owned(),
        });
        return Ok(());
    }
    if let Some(('q', n)) = numbered(first) {
        tags.next();
        let draft = drafts.entry(n).or_default();
        draft.quote.spans.push(span);
        for tag in tags {
            if let Some((_, kind)) = QUOTE_KINDS
                .iter()
                .find(|(letter, word)| tag == *letter || tag == *word)
            {
                (*kind).clone_into(&mut draft.quote.kind);
                draft.declared = true;
            } else if tag == "warn" {
                draft.quote.should_warn = true;
            } else if ATTRIBUTIONS.contains(&tag) {
                draft.attribution = Some(tag.to_owned());
            } else if tag != "-" {
                entity_key(keys, tag)?;
                draft.speaker = Some(tag.to_owned());
            }
        }
        return Ok(());
    }
    if numbered(first).is_none() {
        tags.next();
        let entity = entity_key(keys, first)?;
        let mut form = "name";
        if let Some((_, word)) = tags
            .peek()
            .and_then(|t| FORMS.iter().find(|(letter, word)| t == letter || t == word))
        {
            form = word;
            tags.next();
        }
        record.mentions.push(Mention {
            span,
            entity,
            form: form.to_owned(),
        });
    }
    for tag in tags {
        let (part, n) =
            numbered(tag).ok_or_else(|| format!("'{tag}' is no form and no part of a quotation"))?;
        let quote = &mut drafts.entry(n).or_default().quote;
        match part {
            'c' => quote.cue.push(span),
            's' => quote.source.push(span),
            'm' => quote.marked.push(span),
            _ => return Err(format!("'{tag}' must stand first")),
        }
    }
    Ok(())
}

/// Puts everything in order and fills in what follows from the rest.
fn finish(
    mut record: Record,
    drafts: BTreeMap<u32, Draft>,
    keys: &BTreeMap<String, usize>,
    text: &str,
) -> Result<Record, String> {
    record.mentions.sort_by_key(|m| (m.span.0, m.span.1));
    record.asides.sort_by_key(|a| a.span);
    let chars: Vec<char> = text.chars().collect();
    let mut quotes: Vec<(Quote, Option<String>)> = Vec::new();
    for (n, draft) in drafts {
        let Draft {
            mut quote,
            speaker,
            declared,
            attribution,
        } = draft;
        if quote.spans.is_empty() {
            return Err(format!(
                "quotation {n} has a cue or a source, but no words `{{q{n} …|`"
            ));
        }
        if !declared {
            return Err(format!(
                "quotation {n}: say of what kind it is: `{{q{n} d|` direct, `m` mixed, `i` indirect"
            ));
        }
        for spans in [
            &mut quote.spans,
            &mut quote.cue,
            &mut quote.source,
            &mut quote.marked,
        ] {
            spans.sort_unstable();
            spans.dedup();
        }
        // A turn of a transcript carries no marks of its own, and marks inside it are another quotation's.
        let opens = "“\"«„”‘'`’".contains(chars[quote.spans[0].0]);
        if quote.marked.is_empty() && (quote.kind == "mixed" || quote.kind == "direct" && opens) {
            quote.marked = quote
                .spans
                .iter()
                .flat_map(|&s| marked_parts(&chars, s))
                .collect();
        }
        quote.speaker = speaker.and_then(|key| keys.get(&key).copied());
        quotes.push((quote, attribution));
    }
    quotes.sort_by_key(|(q, _)| q.spans[0]);
    for i in 0..quotes.len() {
        let derived = match quotes[i].1.take() {
            Some(given) => given,
            None => attribution(&record, &quotes, i).to_owned(),
        };
        quotes[i].0.attribution = derived;
    }
    record.quotes = quotes.into_iter().map(|(q, _)| q).collect();
    Ok(record)
}

/// How the speaker of `quotes[i]` is given, from its parts.
fn attribution(record: &Record, quotes: &[(Quote, Option<String>)], i: usize) -> &'static str {
    let quote = &quotes[i].0;
    let Some(speaker) = quote.speaker else {
        return "none";
    };
    if !record.is_named(speaker) {
        return "anonymous";
    }
    if quote.cue.is_empty() {
        let shared = quotes[..i]
            .iter()
            .any(|(q, _)| touch_any(&q.source, &quote.source));
        return if shared { "continued" } else { "implied" };
    }
    let form = quote
        .source
        .iter()
        .find_map(|&s| record.mention_in(s, speaker))
        .map(|m| &*m.form);
    match form {
        Some("pronoun") => "pronoun",
        Some("description" | "title") => "description",
        _ => "explicit",
    }
}

fn touch_any(a: &[Span], b: &[Span]) -> bool {
    super::touch(a, b)
}

/// The parts of `span` in quotation marks: double ones, else single ones that are no apostrophes.
fn marked_parts(chars: &[char], span: Span) -> Vec<Span> {
    let double = pairs(chars, span, &['“', '"', '«', '„', '”'], &['”', '"', '»', '“']);
    if double.is_empty() {
        pairs(chars, span, &['‘', '\'', '`', '’'], &['’', '\'', '‘'])
    } else {
        double
    }
}

fn pairs(chars: &[char], (start, end): Span, opening: &[char], closing: &[char]) -> Vec<Span> {
    let word = |at: usize| at >= start && at < end && chars[at].is_alphanumeric();
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    let mut last_close: Option<usize> = None;
    for (at, &c) in chars.iter().enumerate().take(end).skip(start) {
        let may_open = opening.contains(&c) && !(at > start && word(at - 1)) && at + 1 < end;
        let may_close = closing.contains(&c) && at > start && !word(at + 1);
        match open {
            None if may_open => open = Some(at),
            // With a mark that looks the same at both ends the nearest one closes; an apostrophe after an s
            // may look like one, so a later mark without another opening between them wins.
            Some(o) if may_close && at > o => last_close = Some(at),
            Some(o) if may_open && last_close.is_some() => {
                found.push((o, last_close.take().map_or(at, |c| c + 1)));
                open = Some(at);
            }
            _ => {}
        }
    }
    if let Some(o) = open {
        // A paragraph of a longer quotation opens with a mark and does not close.
        found.push((o, last_close.map_or(end, |c| c + 1)));
    }
    found
}

/// Writes a record as marked text, for people to change.
pub(crate) fn write(record: &Record, text: &str) -> Result<String, String> {
    let key = |entity: usize| format!("E{entity}");
    let letter = |table: &[(&str, &str)], word: &str| -> String {
        let found = table.iter().find(|(_, w)| *w == word);
        found.map_or(word, |(l, _)| l).to_owned()
    };
    let mut out = String::new();
    for (word, value) in [
        ("id", &record.id),
        ("url", &record.url),
        ("title", &record.title),
        ("date", &record.date),
        ("annotator", &record.annotator),
    ] {
        if !value.is_empty() {
            out += &format!("@{word} {value}\n");
        }
    }
    for (i, e) in record.entities.iter().enumerate() {
        let wikidata = e.wikidata.as_deref().unwrap_or("-");
        out += &format!("@entity {} {} {wikidata} {}\n", key(i), e.kind, e.name);
    }
    let mut marks: Vec<(Span, String)> = Vec::new();
    for (i, q) in record.quotes.iter().enumerate() {
        let speaker = q.speaker.map_or("-".to_owned(), key);
        let warn = if q.should_warn { " warn" } else { "" };
        for (n, &span) in q.spans.iter().enumerate() {
            let tags = format!(
                "q{i} {} {speaker} {}{warn}",
                letter(&QUOTE_KINDS, &q.kind),
                q.attribution
            );
            marks.push((span, if n == 0 { tags } else { format!("q{i}") }));
        }
        for (part, spans) in [('m', &q.marked), ('s', &q.source), ('c', &q.cue)] {
            marks.extend(spans.iter().map(|&s| (s, format!("{part}{i}"))));
        }
    }
    for a in &record.asides {
        marks.push((a.span, format!("a:{}", a.kind)));
    }
    for m in &record.mentions {
        marks.push((m.span, format!("{} {}", key(m.entity), letter(&FORMS, &m.form))));
    }
    // Outer marks first; of equal ones the order they were made in.
    marks.sort_by_key(|(s, _)| (s.0, usize::MAX - s.1));
    out += "@text\n";
    let mut open: Vec<usize> = Vec::new();
    let mut next = marks.iter().peekable();
    for (at, c) in text.chars().chain(['\n']).enumerate() {
        while open.last() == Some(&at) {
            out.push('}');
            open.pop();
        }
        while let Some((span, tags)) = next.next_if(|(s, _)| s.0 == at) {
            if open.last().is_some_and(|&end| end < span.1) {
                return Err(format!("`{tags}` at {at} crosses the end of another mark"));
            }
            out += &format!("{{{tags}|");
            open.push(span.1);
        }
        if matches!(c, '{' | '}') {
            out.push('\\');
        }
        out.push(c);
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::{plain, read, write};

    const MARKED: &str = "@id t1\n@date 2024-12-17\n# a remark\n@entity H person - Lena Hartmann\n\
        @entity DE country Q183 Germany\n@entity D group - diplomats\n@text\n\
        {q1 d H|“Nobody gets all,”} {c1|said} {H n s1 s2|Lena Hartmann} of {DE|Germany}. {q2 d H|“Don’t ask.”}\n\n\
        {D x s3|Diplomats} {c3|called} it {q3 m D|a ‘menu’ without ‘prices’}. {q4 d warn|‘It is the workers’ hour.’} {a:title|“Faust”} \\{x\\}\n";

    #[test]
    fn marks_become_spans() {
        let text = plain(MARKED).expect("it has a head");
        let record = read(MARKED, &text).expect("it is well formed");
        let words = |s: (usize, usize)| text.chars().skip(s.0).take(s.1 - s.0).collect::<String>();
        let seen: Vec<String> = record
            .quotes
            .iter()
            .map(|q| {
                let of = |spans: &[_]| spans.iter().map(|&s| words(s)).collect::<Vec<_>>().join("+");
                format!(
                    "{} {} {:?} [{}] [{}] [{}] [{}]",
                    q.kind,
                    q.attribution,
                    q.speaker,
                    of(&q.spans),
                    of(&q.marked),
                    of(&q.cue),
                    of(&q.source)
                )
            })
            .collect();
        assert_eq!(
            seen,
            [
                "direct explicit Some(0) [“Nobody gets all,”] [“Nobody gets all,”] [said] [Lena Hartmann]",
                "direct continued Some(0) [“Don’t ask.”] [“Don’t ask.”] [] [Lena Hartmann]",
                "mixed anonymous Some(2) [a ‘menu’ without ‘prices’] [‘menu’+‘prices’] [called] [Diplomats]",
                "direct none None [‘It is the workers’ hour.’] [‘It is the workers’ hour.’] [] []",
            ]
        );
        assert!(text.ends_with("{x}\n"), "{text}");
        assert_eq!(words(record.asides[0].span), "“Faust”");
    }

    #[test]
    fn spans_become_marks_and_marks_the_same_spans() {
        let text = plain(MARKED).expect("it has a head");
        let record = read(MARKED, &text).expect("it is well formed");
        let again =
            read(&write(&record, &text).expect("nothing crosses"), &text).expect("what it writes it reads");
        assert_eq!(again, record);
    }

    #[test]
    fn white_space_may_differ_and_words_may_not() {
        let text = plain(MARKED).expect("it has a head");
        assert!(read(MARKED, &text.replace('\n', "\r\n \u{a0}\r\n")).is_ok());
        let error = read(MARKED, &text.replace("gets all", "has all")).expect_err("another word");
        assert!(error.starts_with("line 8: the words differ"), "{error}");
    }

    #[test]
    fn a_fault_names_its_line() {
        for (marked, want) in [
            ("@id a\n@text\nOne {H|two}.\n", "line 3: `{H|`: no `@entity H`"),
            (
                "@id a\n@text\nOne {q1 d|“two”.\n",
                "line 3: `{q1 d|` is not closed",
            ),
            ("@id a\n@text\n{q1|“two”}.\n", "quotation 1: say of what kind"),
            ("@entity h person - X\n@text\n", "line 1: the key 'h' must begin"),
        ] {
            let error = read(marked, &plain(marked).unwrap_or_default()).expect_err(want);
            assert!(error.starts_with(want), "{error}");
        }
    }
}
