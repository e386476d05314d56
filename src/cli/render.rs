//! An article with its marks drawn under the lines: what `annotate` shows on a terminal, and what the
//! snapshots of tests/corpus hold, so that a change of behavior is a readable diff.

use std::fmt::Write;

use crate::{
    base::{order::Order, span::DocSpan},
    cli::{
        json,
        terminal::{Look, Paint, printable},
    },
    rules::{Diagnostic, Severity},
    semantic::article::{Article, Attribution, DateSource, EntityKind, MentionForm},
};

/// Some words and what is said about them.
struct Mark {
    span: DocSpan,
    /// What the words are underlined with.
    line: char,
    label: String,
    paint: Paint,
}

/// One row of marks under a line.
#[derive(Default)]
struct Row<'a> {
    /// Columns that are taken.
    width: usize,
    marks: Vec<(usize, usize, &'a Mark, bool)>,
}

/// Draws an article and its findings, without colors and as wide as a file.
pub fn render(name: &str, article: &Article, diagnostics: &[Diagnostic]) -> String {
    draw(name, article, diagnostics, Look::PLAIN)
}

pub(crate) fn draw(name: &str, article: &Article, diagnostics: &[Diagnostic], look: Look) -> String {
    let groups = [mentions(article), quotes(article), findings(diagnostics)];
    let mut out = heading(name, article, look);
    // The groups are sorted by start; what has begun and not ended is carried along.
    let mut next = [0; 3];
    let mut open: [Vec<&Mark>; 3] = Default::default();
    for line in lines(&article.text, look.width) {
        let text = line.text(&article.text);
        let _ = writeln!(out, "{}", printable(text.trim_end()));
        for (g, group) in groups.iter().enumerate() {
            while let Some(mark) = group
                .get(next[g])
                .filter(|m| m.span.start < line.end.max(line.start + 1))
            {
                open[g].push(mark);
                next[g] += 1;
            }
            open[g].retain(|m| m.span.end > line.start);
            for row in rows(&open[g], line, text) {
                draw_row(&row, look, &mut out);
            }
        }
    }
    footing(article, diagnostics, look, &mut out);
    out
}

fn heading(name: &str, article: &Article, look: Look) -> String {
    let date = match article.date {
        None => "no date".to_owned(),
        Some((date, source)) => {
            let source = match source {
                DateSource::Given => "given",
                DateSource::FrontMatter => "front matter",
                DateSource::Dateline => "dateline",
                DateSource::FileName => "file name",
                DateSource::Setting => "setting",
            };
            format!("{date} ({source})")
        }
    };
    let heading = format!("── {} · {date} ", printable(name));
    let rest = look.width.saturating_sub(heading.chars().count());
    format!(
        "{}\n\n",
        look.paint(Paint::Faint, format!("{heading}{}", "─".repeat(rest)))
    )
}

fn footing(article: &Article, diagnostics: &[Diagnostic], look: Look, out: &mut String) {
    let _ = writeln!(out, "\n{}", look.paint(Paint::Faint, "─".repeat(look.width)));
    for entity in &article.entities {
        if entity.mentions.is_empty() && entity.quotes.is_empty() {
            continue;
        }
        let mut line = format!("{:<11} {}", json::kind(entity.kind), entity.name);
        if let Some(role) = &entity.role {
            let _ = write!(line, ", {role}");
        }
        if let Some(q) = entity.wikidata {
            let _ = write!(line, " [Q{q}]");
        }
        let _ = write!(line, ": {}", count(entity.mentions.len(), "mention"));
        if !entity.quotes.is_empty() {
            line.push_str(", says");
        }
        for quote in &entity.quotes {
            let _ = write!(line, " #{quote}");
        }
        let _ = writeln!(out, "{}", look.paint(paint_of(entity.kind), printable(&line)));
    }
    let _ = writeln!(
        out,
        "{}, {}",
        count(article.quotes.len(), "quotation"),
        count(diagnostics.len(), "finding")
    );
}

/// "1 mention", "2 mentions".
pub(crate) fn count(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

fn paint_of(kind: EntityKind) -> Paint {
    match kind {
        EntityKind::Person => Paint::Person,
        EntityKind::Country => Paint::Country,
        EntityKind::Institution => Paint::Institution,
        EntityKind::Place => Paint::Place,
        EntityKind::Group => Paint::Group,
    }
}

fn mentions(article: &Article) -> Vec<Mark> {
    let mut marks = Vec::new();
    for m in &article.mentions {
        let Some(entity) = article.entities.get(m.entity) else {
            continue;
        };
        let form = match m.form {
            MentionForm::Name => String::new(),
            form => format!(" ({})", json::form(form)),
        };
        marks.push(Mark {
            span: m.span,
            line: '^',
            label: format!("{}:{}{form}", json::kind(entity.kind), entity.name),
            paint: paint_of(entity.kind),
        });
    }
    sorted(marks)
}

fn quotes(article: &Article) -> Vec<Mark> {
    let mut marks = Vec::new();
    for (i, q) in article.quotes.iter().enumerate() {
        let speaker = match q.speaker.and_then(|s| article.entities.get(s)) {
            Some(entity) => entity.name.clone(),
            None => match q.source.first() {
                Some(source) => format!("“{}”", source.text(&article.text)),
                None => "-".to_owned(),
            },
        };
        let words: Vec<&str> = q.cue.iter().map(|c| c.text(&article.text)).collect();
        let how = match (q.attribution, words.is_empty()) {
            (Attribution::None, _) => String::new(),
            (a, true) => format!(" ({})", json::attribution(a)),
            (a, false) => format!(" ({}: {})", json::attribution(a), words.join(" … ")),
        };
        for (n, &span) in q.spans.iter().enumerate() {
            let label = match n {
                0 => format!("quote#{i} {} speaker={speaker}{how}", json::quote_kind(q.kind)),
                _ => format!("quote#{i}"),
            };
            marks.push(Mark {
                span,
                line: '~',
                label,
                paint: Paint::Quote,
            });
        }
    }
    for a in &article.asides {
        let label = format!("aside:{}", format!("{:?}", a.kind).to_lowercase());
        marks.push(Mark {
            span: a.span,
            line: '-',
            label,
            paint: Paint::Faint,
        });
    }
    sorted(marks)
}

fn findings(diagnostics: &[Diagnostic]) -> Vec<Mark> {
    let marks = diagnostics.iter().map(|d| Mark {
        span: d.span,
        line: '!',
        label: format!("{}[{}] {}", json::severity(d.severity), d.code, d.message),
        paint: paint_of_severity(d.severity),
    });
    sorted(marks.collect())
}

/// The color of a severity.
pub(crate) fn paint_of_severity(severity: Severity) -> Paint {
    match severity {
        Severity::Error => Paint::Error,
        Severity::Warning => Paint::Warning,
        Severity::Info | Severity::Hint => Paint::Note,
    }
}

fn sorted(mut marks: Vec<Mark>) -> Vec<Mark> {
    marks.order_by_key(|m| m.span);
    marks
}

/// The text cut into lines of at most `width` characters, at spaces where there is one. Line ends are in no line.
fn lines(text: &str, width: usize) -> Vec<DocSpan> {
    let mut list = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let body = line.trim_end_matches(['\n', '\r']);
        let end = start + body.len();
        let mut from = start;
        // Where the line may be cut, and how many characters it has by then.
        let mut space = None;
        let mut n = 0;
        for (i, c) in body.char_indices() {
            if n >= width {
                let cut = space.filter(|&s| s > from).unwrap_or(start + i);
                list.push(DocSpan::new(from, cut));
                from = cut;
                n = text.get(cut..start + i).unwrap_or("").chars().count();
                space = None;
            }
            n += 1;
            if c == ' ' {
                space = Some(start + i + 1);
            }
        }
        list.push(DocSpan::new(from, end));
        start += line.len();
    }
    list
}

/// Lays the marks of one line out in rows, each in the first row that has room.
fn rows<'a>(marks: &[&'a Mark], line: DocSpan, text: &str) -> Vec<Row<'a>> {
    let mut rows: Vec<Row<'a>> = Vec::new();
    let column = |byte: u32| {
        let byte = (byte.max(line.start) - line.start) as usize;
        text.get(..byte).unwrap_or(text).chars().count()
    };
    for &mark in marks {
        let from = column(mark.span.start);
        let to = column(mark.span.end.min(line.end)).max(from + 1);
        let begins = mark.span.start >= line.start;
        let label = if begins { 1 + mark.label.chars().count() } else { 0 };
        let row = match rows.iter().position(|r| r.marks.is_empty() || r.width < from) {
            Some(i) => &mut rows[i],
            None => {
                rows.push(Row::default());
                let last = rows.len() - 1;
                &mut rows[last]
            }
        };
        row.width = to + label + 1;
        row.marks.push((from, to, mark, begins));
    }
    rows
}

fn draw_row(row: &Row<'_>, look: Look, out: &mut String) {
    let mut at = 0;
    for &(from, to, mark, begins) in &row.marks {
        let mut drawn = mark.line.to_string().repeat(to - from);
        let mut width = to - from;
        if begins {
            let _ = write!(drawn, " {}", printable(&mark.label));
            width += 1 + mark.label.chars().count();
        }
        let _ = write!(out, "{}{}", " ".repeat(from - at), look.paint(mark.paint, drawn));
        at = from + width;
    }
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_cut_at_spaces_and_lose_nothing() {
        let text = "one two three\r\nfour\n\nextraordinarily";
        let cut: Vec<&str> = lines(text, 8).iter().map(|l| l.text(text)).collect();
        assert_eq!(cut, ["one two ", "three", "four", "", "extraord", "inarily"]);
    }

    #[test]
    fn marks_that_meet_are_drawn_in_rows() {
        let mark = |start, end, label: &str| Mark {
            span: DocSpan::new(start, end),
            line: '^',
            label: label.to_owned(),
            paint: Paint::Person,
        };
        let marks = [mark(0, 3, "a"), mark(4, 7, "b"), mark(8, 12, "c")];
        let text = "One two three four";
        let mut out = String::new();
        for row in rows(
            &marks.iter().collect::<Vec<_>>(),
            DocSpan::new(0, text.len()),
            text,
        ) {
            draw_row(&row, Look::PLAIN, &mut out);
        }
        assert_eq!(out, "^^^ a   ^^^^ c\n    ^^^ b\n");
    }
}
