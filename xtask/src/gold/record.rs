//! One annotated article, in the format of `docs/format.md`, as the gold set keeps it beside the text.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::Span;

/// What an entity may be.
pub(crate) const KINDS: [&str; 5] = ["person", "country", "institution", "place", "group"];

/// How a mention may refer, and the letter that stands for it in the markup.
pub(crate) const FORMS: [(&str, &str); 10] = [
    ("n", "name"),
    ("s", "surname"),
    ("a", "acronym"),
    ("l", "alias"),
    ("d", "demonym"),
    ("m", "metonym"),
    ("p", "place"),
    ("t", "title"),
    ("x", "description"),
    ("o", "pronoun"),
];

/// How words may be rendered, and the letter that stands for it in the markup.
pub(crate) const QUOTE_KINDS: [(&str, &str); 3] = [("d", "direct"), ("m", "mixed"), ("i", "indirect")];

/// How a speaker may be given.
pub(crate) const ATTRIBUTIONS: [&str; 7] = [
    "explicit",
    "pronoun",
    "description",
    "continued",
    "implied",
    "anonymous",
    "none",
];

/// What words in marks are when nobody is quoted.
pub(crate) const ASIDES: [&str; 7] = [
    "title",
    "scare",
    "term",
    "nickname",
    "name",
    "inscription",
    "slogan",
];

/// A participant.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Entity {
    pub(crate) kind: String,
    pub(crate) name: String,
    /// `Q…`, if the knowledge base holds it.
    pub(crate) wikidata: Option<String>,
}

/// A place where an entity is referred to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Mention {
    pub(crate) span: Span,
    /// Index into [`Record::entities`].
    pub(crate) entity: usize,
    pub(crate) form: String,
}

impl Mention {
    /// Whether the words name the entity, rather than describe it or stand for it.
    pub(crate) fn is_naming(&self) -> bool {
        !matches!(&*self.form, "pronoun" | "description" | "title")
    }
}

/// What somebody says.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Quote {
    pub(crate) kind: String,
    pub(crate) spans: Vec<Span>,
    /// The parts of `spans` that stand in quotation marks, marks included.
    pub(crate) marked: Vec<Span>,
    pub(crate) cue: Vec<Span>,
    pub(crate) source: Vec<Span>,
    /// Index into [`Record::entities`].
    pub(crate) speaker: Option<usize>,
    pub(crate) attribution: String,
    /// Whether a reader misses the source, and `unattributed-quote` should say so.
    pub(crate) should_warn: bool,
}

/// Words in marks that quote nobody.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Aside {
    pub(crate) span: Span,
    pub(crate) kind: String,
}

/// An annotated article, by hand or by the program.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Record {
    pub(crate) id: String,
    /// Where the text stands; empty for the project's own.
    pub(crate) url: String,
    pub(crate) title: String,
    /// `YYYY-MM-DD`, or empty.
    pub(crate) date: String,
    /// Of the UTF-8 text that the offsets count in.
    pub(crate) text_sha256: String,
    pub(crate) annotator: String,
    pub(crate) entities: Vec<Entity>,
    pub(crate) mentions: Vec<Mention>,
    pub(crate) quotes: Vec<Quote>,
    pub(crate) asides: Vec<Aside>,
    /// Where the program warned of a missing source; empty in a gold record.
    pub(crate) warnings: Vec<Span>,
}

impl Record {
    /// Reads the stand-off JSON.
    pub(crate) fn read(json: &str) -> Result<Self, String> {
        let v: Value = serde_json::from_str(json).map_err(|e| e.to_string())?;
        let list = |key: &str| v[key].as_array().cloned().unwrap_or_default();
        if v["offsets"] != "codepoint" {
            return Err("offsets must be \"codepoint\"".to_owned());
        }
        Ok(Self {
            id: string(&v["id"]),
            url: string(&v["url"]),
            title: string(&v["title"]),
            date: string(&v["date"]),
            text_sha256: string(&v["text_sha256"]),
            annotator: string(&v["annotator"]),
            entities: list("entities")
                .iter()
                .map(|e| Entity {
                    kind: string(&e["kind"]),
                    name: string(&e["name"]),
                    wikidata: e["wikidata"].as_str().map(str::to_owned),
                })
                .collect(),
            mentions: list("mentions")
                .iter()
                .map(|m| {
                    Ok(Mention {
                        span: (number(&m["start"])?, number(&m["end"])?),
                        entity: number(&m["entity"])?,
                        form: string(&m["form"]),
                    })
                })
                .collect::<Result<_, String>>()?,
            quotes: list("quotes")
                .iter()
                .map(|q| {
                    Ok(Quote {
                        kind: string(&q["kind"]),
                        spans: spans(&q["spans"])?,
                        marked: spans(&q["marked"])?,
                        cue: spans(&q["cue"])?,
                        source: spans(&q["source"])?,
                        speaker: q["speaker"].as_u64().map(|s| s as usize),
                        attribution: string(&q["attribution"]),
                        should_warn: q["should_warn"] == true,
                    })
                })
                .collect::<Result<_, String>>()?,
            asides: list("asides")
                .iter()
                .map(|a| {
                    Ok(Aside {
                        span: (number(&a["start"])?, number(&a["end"])?),
                        kind: string(&a["kind"]),
                    })
                })
                .collect::<Result<_, String>>()?,
            warnings: Vec::new(),
        })
    }

    /// Writes the stand-off JSON, one item a line, so that a change is a line of a diff.
    pub(crate) fn write(&self) -> String {
        let entities = self.entities.iter().enumerate().map(|(i, e)| {
            let of = |entity: usize| entity == i;
            let mentions = positions(&self.mentions, |m| of(m.entity));
            let quotes = positions(&self.quotes, |q| q.speaker.is_some_and(of));
            format!(
                r#"{{"id":{i},"kind":{},"name":{},"wikidata":{},"mentions":{},"quotes":{}}}"#,
                json!(e.kind),
                json!(e.name),
                json!(e.wikidata),
                json!(mentions),
                json!(quotes)
            )
        });
        let mentions = self.mentions.iter().map(|m| {
            format!(
                r#"{{"start":{},"end":{},"entity":{},"form":{}}}"#,
                m.span.0,
                m.span.1,
                m.entity,
                json!(m.form)
            )
        });
        let quotes = self.quotes.iter().enumerate().map(|(i, q)| {
            let warn = if q.should_warn { r#","should_warn":true"# } else { "" };
            format!(
                r#"{{"id":{i},"kind":{},"spans":{},"marked":{},"cue":{},"source":{},"speaker":{},"attribution":{}{warn}}}"#,
                json!(q.kind), json!(q.spans), json!(q.marked), json!(q.cue), json!(q.source),
                json!(q.speaker), json!(q.attribution)
            )
        });
        let asides = self.asides.iter().map(|a| {
            format!(
                r#"{{"start":{},"end":{},"kind":{}}}"#,
                a.span.0,
                a.span.1,
                json!(a.kind)
            )
        });
        let mut out = String::from("{\n");
        for (key, value) in [
            ("id", &self.id),
            ("url", &self.url),
            ("title", &self.title),
            ("date", &self.date),
            ("text_sha256", &self.text_sha256),
            ("annotator", &self.annotator),
        ] {
            if !value.is_empty() {
                let _ = writeln!(out, "{}:{},", json!(key), json!(value));
            }
        }
        out += "\"offsets\":\"codepoint\"";
        list(&mut out, "entities", entities);
        list(&mut out, "mentions", mentions);
        list(&mut out, "quotes", quotes);
        list(&mut out, "asides", asides);
        out += "\n}\n";
        out
    }

    /// The innermost mention of `entity` in `form` inside `span`, if there is one.
    pub(crate) fn mention_in(&self, span: Span, entity: usize) -> Option<&Mention> {
        let inside = |m: &&Mention| m.entity == entity && m.span.0 >= span.0 && m.span.1 <= span.1;
        self.mentions.iter().find(inside)
    }

    /// Whether a mention names the entity.
    pub(crate) fn is_named(&self, entity: usize) -> bool {
        self.mentions.iter().any(|m| m.entity == entity && m.is_naming())
    }
}

fn list(out: &mut String, key: &str, items: impl Iterator<Item = String>) {
    let items: Vec<String> = items.collect();
    if items.is_empty() {
        let _ = write!(out, ",\n\"{key}\":[]");
    } else {
        let _ = write!(out, ",\n\"{key}\":[\n  {}\n]", items.join(",\n  "));
    }
}

fn positions<T>(items: &[T], is: impl Fn(&T) -> bool) -> Vec<usize> {
    items
        .iter()
        .enumerate()
        .filter_map(|(i, x)| is(x).then_some(i))
        .collect()
}

fn string(v: &Value) -> String {
    v.as_str().unwrap_or_default().to_owned()
}

fn number(v: &Value) -> Result<usize, String> {
    v.as_u64()
        .map(|n| n as usize)
        .ok_or_else(|| format!("{v} is no offset or index"))
}

fn spans(v: &Value) -> Result<Vec<Span>, String> {
    let pairs = v.as_array().map(Vec::as_slice).unwrap_or_default();
    pairs
        .iter()
        .map(|p| Ok((number(&p[0])?, number(&p[1])?)))
        .collect()
}
