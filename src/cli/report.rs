//! Findings in the forms that people and code hosts read.

mod sarif;

use std::io::{self, Write};

use serde::Serialize;

pub(crate) use self::sarif::Sarif;

use crate::{
    base::span::DocSpan,
    cli::{
        json,
        places::{Place, Places},
        render::{count, paint_of_severity},
        terminal::{Look, Paint, printable},
        work::Work,
    },
    rules::Diagnostic,
};

/// A form of report. Files come one by one, in order.
pub(crate) trait Report {
    /// What stands before everything.
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let _ = out;
        Ok(())
    }

    /// The findings of one file.
    fn file(&mut self, work: &Work, out: &mut dyn Write) -> io::Result<()>;

    /// What stands after everything.
    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let _ = out;
        Ok(())
    }
}

/// For people.
pub(crate) struct Human {
    look: Look,
    n_files: usize,
    n_with: usize,
    n_findings: usize,
}

impl Human {
    pub(crate) fn new(look: Look) -> Self {
        Self {
            look,
            n_files: 0,
            n_with: 0,
            n_findings: 0,
        }
    }

    fn finding(
        &self,
        d: &Diagnostic,
        work: &Work,
        places: &Places<'_>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let look = self.look;
        let place = places.at(d.span.start);
        writeln!(
            out,
            "{} {} {} {}",
            look.paint(
                Paint::Strong,
                format_args!(
                    "{}:{}:{}:",
                    printable(&work.source.name),
                    place.line,
                    place.column
                )
            ),
            look.paint(
                paint_of_severity(d.severity),
                format_args!("{}:", json::severity(d.severity))
            ),
            printable(&d.message),
            look.paint(Paint::Faint, format_args!("[{}]", d.code)),
        )?;
        self.excerpt(d.span, paint_of_severity(d.severity), "", places, out)?;
        for (span, why) in &d.related {
            self.excerpt(*span, Paint::Note, why, places, out)?;
        }
        if let Some(fix) = &d.fix {
            writeln!(
                out,
                "      {} fix: {}",
                look.paint(Paint::Faint, "="),
                printable(&fix.title)
            )?;
        }
        out.write_all(b"\n")
    }

    /// The line of a span, cut to the terminal's width around it, with a line under the words.
    fn excerpt(
        &self,
        span: DocSpan,
        paint: Paint,
        label: &str,
        places: &Places<'_>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let place = places.at(span.start);
        let line = places.line(place.line);
        let room = self.look.width.saturating_sub(10).max(30);
        let start = span.start - places.byte(Place { column: 1, ..place }).unwrap_or(span.start);
        let (head, tail) = line.split_at_checked(start as usize).unwrap_or((line, ""));
        // Some words before the span, and as much behind it as there is room. A line may be a whole article long:
        // only what is shown is looked at.
        let before = last_chars(head, if tail.len() < room / 2 { room } else { room / 4 });
        let pad = before.chars().count();
        let after = first_chars(tail, room.saturating_sub(pad).max(10));
        let said = first_chars(first_chars(tail, span.len()), after.len());
        let n = said
            .get(..span.len().min(said.len()))
            .unwrap_or(said)
            .chars()
            .count()
            .max(1);
        let cut = |is: bool| if is { "…" } else { "" };
        let (more_before, more_after) = (cut(before.len() < head.len()), cut(after.len() < tail.len()));
        let pad = pad + more_before.chars().count();
        let shown = format!("{more_before}{before}{after}{more_after}");
        let shown = printable(&shown);
        let bar = self.look.paint(Paint::Faint, "|");
        writeln!(
            out,
            "{:>6} {bar} {shown}",
            self.look.paint(Paint::Faint, format!("{:>5}", place.line))
        )?;
        let label = if label.is_empty() {
            String::new()
        } else {
            format!(" {}", printable(label))
        };
        writeln!(
            out,
            "      {bar} {}{}",
            " ".repeat(pad),
            self.look.paint(paint, format_args!("{}{label}", "^".repeat(n)))
        )
    }
}

/// The first `n` characters.
fn first_chars(text: &str, n: usize) -> &str {
    text.char_indices()
        .nth(n)
        .map_or(text, |(i, _)| text.get(..i).unwrap_or(text))
}

/// The last `n` characters.
fn last_chars(text: &str, n: usize) -> &str {
    match n.checked_sub(1) {
        None => "",
        Some(n) => text
            .char_indices()
            .rev()
            .nth(n)
            .map_or(text, |(i, _)| text.get(i..).unwrap_or(text)),
    }
}

impl Report for Human {
    fn file(&mut self, work: &Work, out: &mut dyn Write) -> io::Result<()> {
        self.n_files += 1;
        if work.diagnostics.is_empty() {
            return Ok(());
        }
        self.n_with += 1;
        self.n_findings += work.diagnostics.len();
        let places = Places::of(&work.source.text);
        work.diagnostics
            .iter()
            .try_for_each(|d| self.finding(d, work, &places, out))
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let checked = count(self.n_files, "article");
        match self.n_findings {
            // What kept every article from being read has been told.
            0 if self.n_files == 0 => Ok(()),
            0 => writeln!(out, "{checked} checked, nothing found"),
            n => writeln!(
                out,
                "{} in {}, {checked} checked",
                count(n, "finding"),
                count(self.n_with, "article")
            ),
        }
    }
}

/// One JSON array.
#[derive(Default)]
pub(crate) struct Json {
    n_findings: usize,
}

#[derive(Serialize)]
struct Finding<'a> {
    file: &'a str,
    #[serde(flatten)]
    range: Range,
    code: &'static str,
    severity: &'static str,
    message: &'a str,
    text: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related: Vec<Related<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<Fix<'a>>,
}

#[derive(Serialize)]
struct Range {
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Serialize)]
struct Related<'a> {
    #[serde(flatten)]
    range: Range,
    message: &'a str,
}

#[derive(Serialize)]
struct Fix<'a> {
    title: &'a str,
    edits: Vec<Edit<'a>>,
}

#[derive(Serialize)]
struct Edit<'a> {
    #[serde(flatten)]
    range: Range,
    text: &'a str,
}

fn range(span: DocSpan, places: &Places<'_>) -> Range {
    let Place { line, column } = places.at(span.start);
    let end = places.at(span.end);
    Range {
        line,
        column,
        end_line: end.line,
        end_column: end.column,
    }
}

impl Report for Json {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"[")
    }

    fn file(&mut self, work: &Work, out: &mut dyn Write) -> io::Result<()> {
        let places = Places::of(&work.source.text);
        for d in &work.diagnostics {
            out.write_all(if self.n_findings == 0 { b"\n" } else { b",\n" })?;
            self.n_findings += 1;
            let finding = Finding {
                file: &work.source.name,
                range: range(d.span, &places),
                code: d.code,
                severity: json::severity(d.severity),
                message: &d.message,
                text: d.span.text(&work.source.text),
                related: d
                    .related
                    .iter()
                    .map(|(span, message)| Related {
                        range: range(*span, &places),
                        message,
                    })
                    .collect(),
                fix: d.fix.as_ref().map(|fix| Fix {
                    title: &fix.title,
                    edits: fix
                        .edits
                        .iter()
                        .map(|(span, text)| Edit {
                            range: range(*span, &places),
                            text,
                        })
                        .collect(),
                }),
            };
            serde_json::to_writer(&mut *out, &finding)?;
        }
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(if self.n_findings == 0 { b"]\n" } else { b"\n]\n" })
    }
}

/// Workflow commands of GitHub Actions.
pub(crate) struct Github;

impl Report for Github {
    fn file(&mut self, work: &Work, out: &mut dyn Write) -> io::Result<()> {
        let places = Places::of(&work.source.text);
        for d in &work.diagnostics {
            let level = match json::severity(d.severity) {
                "hint" | "info" => "notice",
                level => level,
            };
            let Range {
                line,
                column,
                end_line,
                end_column,
            } = range(d.span, &places);
            // Columns are only understood within one line.
            let columns = match line == end_line {
                true => format!(",col={column},endColumn={end_column}"),
                false => String::new(),
            };
            writeln!(
                out,
                "::{level} file={},line={line},endLine={end_line}{columns},title={}::{}",
                property(work.source.name.trim_start_matches("./")),
                property(d.code),
                data(&printable(&d.message))
            )?;
        }
        Ok(())
    }
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn workflow_commands_escape_what_would_end_them() {
        assert_eq!(property("a,b:c%\n"), "a%2Cb%3Ac%25%0A");
        assert_eq!(data("50%: yes, no"), "50%25: yes, no");
    }
}
