//! The fixture language of our tests: an article with its expected marks drawn under the lines.
//! docs/fixtures.md describes it. For tests only; panics where a fixture does not hold.

use std::{fmt::Write, sync::Arc};

use crate::{
    base::span::DocSpan,
    kb::Kb,
    rules::{self, Rule, Severity, config::Config},
    semantic::article::{self, Article, AsideKind, Context, EntityKind, MentionForm, Quote, QuoteKind},
    syntax::block::Format,
};

/// An article and what its author says about it.
#[derive(Clone, Debug)]
pub struct Fixture {
    /// The text, without the lines of marks.
    pub text: Arc<str>,
    /// What is expected, by position.
    pub marks: Vec<Mark>,
    /// Where `<|>` stood.
    pub cursor: Option<u32>,
    /// Date and format, as the head lines say.
    pub context: Context,
    /// The configuration of the head lines.
    pub config: Config,
}

/// Some words and what is said about them.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Mark {
    /// The words; never beyond their line.
    pub span: DocSpan,
    /// What is said about them.
    pub label: String,
}

/// Reads a fixture.
///
/// # Panics
/// When it is not one: marks above the first line, or beyond the end of a line.
#[track_caller]
pub fn parse(source: &str) -> Fixture {
    let source = source.strip_prefix('\n').unwrap_or(source);
    let mut fixture = Fixture {
        text: "".into(),
        marks: Vec::new(),
        cursor: None,
        context: Context::default(),
        config: Config::default(),
    };
    let mut config = String::new();
    let mut text = String::new();
    let mut line_start = None;
    for line in source.split_inclusive('\n') {
        match (line.strip_prefix("//"), line_start) {
            (None, _) => {
                line_start = Some(text.len());
                match line.split_once("<|>") {
                    Some((before, after)) => {
                        text.push_str(before);
                        fixture.cursor = Some(text.len() as u32);
                        text.push_str(after);
                    }
                    None => text.push_str(line),
                }
            }
            (Some(head), None) => {
                let (key, value) = head.split_once(':').expect("a head line is '// key: value'");
                match (key.trim(), value.trim()) {
                    ("date", date) => fixture.context.date = Some(date.parse().expect("a date")),
                    ("file", name) => fixture.context.file_name = Some(name.to_owned()),
                    ("format", "markdown") => fixture.context.format = Format::Markdown,
                    ("format", "plain") => fixture.context.format = Format::Plain,
                    ("config", toml) => {
                        config.push_str(toml);
                        config.push('\n');
                    }
                    (key, value) => panic!("unknown head line '{key}: {value}'"),
                }
            }
            (Some(row), Some(start)) => read_row(row, &text, start, &mut fixture.marks),
        }
    }
    if let Err(e) = Config::parse(&config).map(|c| fixture.config = c) {
        panic!("config of the fixture: {e:?}");
    }
    fixture.text = text.into();
    fixture.marks.sort();
    fixture
}

/// Reads one row of marks, what follows its `//`, under the line that starts at `start`.
#[track_caller]
fn read_row(row: &str, text: &str, start: usize, marks: &mut Vec<Mark>) {
    let line = text[start..].trim_end_matches(['\n', '\r']);
    let columns: Vec<usize> = line
        .char_indices()
        .map(|(i, _)| start + i)
        .chain([start + line.len()])
        .collect();
    let mut mark = |from: usize, to: usize, label: &str| {
        let (Some(&from), Some(&to)) = (columns.get(from), columns.get(to)) else {
            panic!("marks beyond the end of the line\n{line}\n//{row}");
        };
        marks.push(Mark {
            span: DocSpan::new(from, to),
            label: label.trim().to_owned(),
        });
    };
    if let Some(range) = row.strip_prefix('@') {
        let (range, label) = range.split_once(' ').unwrap_or((range, ""));
        let (from, to) = range.split_once('-').expect("columns are written //@2-5");
        return mark(
            from.parse().expect("a column"),
            to.parse().expect("a column"),
            label,
        );
    }
    let chars: Vec<char> = row.trim_end().chars().collect();
    let mut at = 0;
    while let Some(first) = chars[at..].iter().position(|&c| c == '^').map(|i| at + i) {
        let n = chars[first..].iter().take_while(|&&c| c == '^').count();
        let after = first + n;
        let next = chars[after..]
            .iter()
            .position(|&c| c == '^')
            .map_or(chars.len(), |i| after + i);
        let label: String = chars[after..next].iter().collect();
        // The two slashes take the first two columns: a run right behind them counts them in.
        mark(if first == 0 { 0 } else { first + 2 }, after + 2, &label);
        at = next;
    }
}

/// Draws marks under the lines of `text` in the fixture language, one row each.
pub fn draw(text: &str, marks: &[Mark]) -> String {
    let mut marks: Vec<&Mark> = marks.iter().collect();
    marks.sort();
    let mut marks = marks.into_iter().peekable();
    let mut out = String::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let body = line.trim_end_matches(['\n', '\r']);
        out.push_str(body);
        out.push('\n');
        let (line_start, line_end) = (start, start + body.len());
        start += line.len();
        while let Some(mark) = marks.next_if(|m| (m.span.start as usize) < start || start >= text.len()) {
            let column = |byte: u32| {
                let byte = (byte as usize).clamp(line_start, line_end);
                text.get(line_start..byte).unwrap_or("").chars().count()
            };
            let (from, to) = (column(mark.span.start), column(mark.span.end));
            // Writing to a string cannot fail.
            let _ = match (from, to - from) {
                (0, 3..) => writeln!(out, "//{} {}", "^".repeat(to - 2), mark.label),
                (3.., n @ 1..) => writeln!(out, "//{}{} {}", " ".repeat(from - 2), "^".repeat(n), mark.label),
                _ => writeln!(out, "//@{from}-{to} {}", mark.label),
            };
        }
    }
    out
}

/// The article of a fixture, with the embedded knowledge base.
pub fn analyze(fixture: &Fixture) -> Article {
    let mut context = fixture.context.clone();
    context.fallback_date = context.fallback_date.or(fixture.config.date);
    article::analyze(&fixture.text, &context, Kb::embedded())
}

/// Checks that a rule finds what the fixture marks with its code, and nothing else. A label may go on with
/// some words of the message: `^^^ stale-office left office`.
///
/// # Panics
/// When it does not; the message shows what was found, drawn as a fixture.
#[track_caller]
pub fn check_rule(rule: &Rule, source: &str) {
    let mut fixture = parse(source);
    if fixture.config.level(rule).is_none() {
        fixture
            .config
            .set_level(rule.code, Some(rule.default.unwrap_or(Severity::Warning)));
    }
    let article = analyze(&fixture);
    let found = rules::check(&article, Kb::embedded(), &fixture.config);
    let found: Vec<Mark> = found
        .iter()
        .filter(|d| d.code == rule.code)
        .map(|d| {
            let span = clip(d.span, &fixture.text);
            let said = fixture.marks.iter().find(|m| {
                m.span == span
                    && m.label
                        .strip_prefix(d.code)
                        .is_some_and(|words| d.message.contains(words.trim()))
            });
            let label = said.map_or_else(|| format!("{}: {}", d.code, d.message), |m| m.label.clone());
            Mark { span, label }
        })
        .collect();
    let found = draw(&fixture.text, &found);
    let wanted = draw(&fixture.text, &fixture.marks);
    assert!(
        found == wanted,
        "wanted:\n{wanted}\nfound:\n{found}\nall that is known:\n{}",
        describe(&article)
    );
}

/// Checks that every mark of the fixture holds. Labels:
/// `person:Name` (or `country:`, `institution:`, `place:`, `group:`), with the form in brackets if it matters:
/// `person:Mark Rutte (pronoun)`; `quote#1 speaker=Name`, pieces of one quotation sharing a number, `speaker=-`
/// for none, with `mixed`, `direct` or `indirect` if it matters; `aside` or `aside:title`; `no-mention`;
/// `no-quote`.
///
/// # Panics
/// When one does not; the message shows what was found, drawn as a fixture.
#[track_caller]
pub fn check_article(source: &str) {
    let fixture = parse(source);
    let article = analyze(&fixture);
    for mark in &fixture.marks {
        let holds = match mark.label.as_str() {
            "no-mention" => article.mentions.iter().all(|m| m.span.overlap(mark.span) == 0),
            "no-quote" => article
                .quotes
                .iter()
                .flat_map(|q| &q.spans)
                .all(|s| s.overlap(mark.span) == 0),
            label if label.starts_with("aside") => article.asides.iter().any(|a| {
                let kind = label.strip_prefix("aside:");
                a.span == mark.span && kind.is_none_or(|k| k == aside_name(a.kind))
            }),
            label if label.starts_with("quote#") => quote_holds(&article, &fixture, mark),
            label => article.mentions.iter().any(|m| {
                let full = mention_label(&article, m.entity, m.form);
                m.span == mark.span
                    && (full == label || full.rsplit_once(" (").is_some_and(|(short, _)| short == label))
            }),
        };
        assert!(
            holds,
            "does not hold:\n{}\nwhat is known:\n{}",
            draw(&fixture.text, std::slice::from_ref(mark)),
            describe(&article)
        );
    }
}

fn quote_holds(article: &Article, fixture: &Fixture, mark: &Mark) -> bool {
    let number = mark.label.split(' ').next().unwrap_or_default();
    let words: Vec<&str> = mark.label.split(' ').skip(1).collect();
    let speaker = mark.label.split_once("speaker=").map(|(_, name)| name.trim());
    let siblings = || {
        fixture
            .marks
            .iter()
            .filter(|m| m.label.split(' ').next() == Some(number))
    };
    article.quotes.iter().any(|q| {
        siblings().all(|m| q.spans.iter().any(|s| clip(*s, &article.text) == m.span))
            && speaker.is_none_or(|name| name == speaker_name(article, q))
            && [
                ("direct", QuoteKind::Direct),
                ("mixed", QuoteKind::Mixed),
                ("indirect", QuoteKind::Indirect),
            ]
            .iter()
            .all(|(word, kind)| !words.contains(word) || q.kind == *kind)
    })
}

/// Everything known about an article, drawn as a fixture.
pub fn describe(article: &Article) -> String {
    let mut marks = Vec::new();
    for m in &article.mentions {
        marks.push(Mark {
            span: clip(m.span, &article.text),
            label: mention_label(article, m.entity, m.form),
        });
    }
    for (i, q) in article.quotes.iter().enumerate() {
        let kind = match q.kind {
            QuoteKind::Direct => "direct",
            QuoteKind::Mixed => "mixed",
            QuoteKind::Indirect => "indirect",
        };
        for &span in &q.spans {
            let label = format!("quote#{} {kind} speaker={}", i + 1, speaker_name(article, q));
            marks.push(Mark {
                span: clip(span, &article.text),
                label,
            });
        }
    }
    for a in &article.asides {
        let label = format!("aside:{}", aside_name(a.kind));
        marks.push(Mark {
            span: clip(a.span, &article.text),
            label,
        });
    }
    for m in &article.lone_marks {
        let label = if m.opens { "opens only" } else { "closes only" };
        marks.push(Mark {
            span: clip(m.span, &article.text),
            label: label.to_owned(),
        });
    }
    draw(&article.text, &marks)
}

fn speaker_name<'a>(article: &'a Article, quote: &Quote) -> &'a str {
    quote
        .speaker
        .and_then(|s| article.entities.get(s))
        .map_or("-", |e| &e.name)
}

fn mention_label(article: &Article, entity: usize, form: MentionForm) -> String {
    let Some(entity) = article.entities.get(entity) else {
        return "nobody".to_owned();
    };
    let kind = match entity.kind {
        EntityKind::Person => "person",
        EntityKind::Country => "country",
        EntityKind::Institution => "institution",
        EntityKind::Place => "place",
        EntityKind::Group => "group",
    };
    format!("{kind}:{} ({})", entity.name, format!("{form:?}").to_lowercase())
}

fn aside_name(kind: AsideKind) -> String {
    format!("{kind:?}").to_lowercase()
}

/// The part of a span that lies on its first line, as marks cannot go further.
fn clip(span: DocSpan, text: &str) -> DocSpan {
    let len = span.text(text).find(['\n', '\r']).unwrap_or(span.len());
    DocSpan::new(span.start as usize, span.start as usize + len)
}

/// The examples in a rule's documentation: the text of each fence marked `news`.
pub fn examples(rule: &Rule) -> Vec<String> {
    let mut list = Vec::new();
    let mut open: Option<String> = None;
    for line in rule.docs.lines() {
        // Each line of a doc comment begins with the space after its slashes.
        let line = line.strip_prefix(' ').unwrap_or(line);
        match &mut open {
            None if line.trim() == "```news" => open = Some(String::new()),
            None => {}
            Some(_) if line.trim() == "```" => list.extend(open.take()),
            Some(example) => {
                example.push_str(line);
                example.push('\n');
            }
        }
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_read_and_drawn_alike() {
        let source =
            "“Żółć €5,” he said.\n//^^^^^^^^ quote\n//@1-5 inner\n//   ^^ is ^^ word\n\nNot marked.\n";
        let fixture = parse(source);
        let words: Vec<(&str, &str)> = fixture
            .marks
            .iter()
            .map(|m| (m.span.text(&fixture.text), m.label.as_str()))
            .collect();
        assert_eq!(
            words,
            [
                ("“Żółć €5,”", "quote"),
                ("Żółć", "inner"),
                (" €", "is"),
                ("he", "word")
            ]
        );
        assert_eq!(parse(&draw(&fixture.text, &fixture.marks)).marks, fixture.marks);
    }

    #[test]
    fn head_lines_and_cursor() {
        let fixture = parse(
            "// date: 2024-12-18\n// config: rules = { unattributed-quote = \"off\" }\nOlaf <|>Scholz\n",
        );
        assert_eq!(&*fixture.text, "Olaf Scholz\n");
        assert_eq!(fixture.cursor, Some(5));
        assert_eq!(
            fixture.context.date.map(|d| d.to_string()).as_deref(),
            Some("2024-12-18")
        );
        assert_eq!(
            fixture
                .config
                .level(rules::by_code("unattributed-quote").unwrap()),
            None
        );
    }
}
