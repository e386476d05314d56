//! `copydesk explain FILE:LINE:COL`, and `copydesk rules`.

use std::{
    io::{self, Write},
    path::Path,
};

use crate::{
    cli::{
        args::{Common, Explain},
        error::{Failure, Outcome},
        json,
        places::{Place, Places},
        project::Projects,
        render::{count, paint_of_severity},
        terminal::{Look, Paint, printable},
        work,
    },
    ide::explain,
    kb::Kb,
    rules::{self, config},
};

pub(crate) fn run(options: &Explain, common: &Common, kb: &Kb) -> Outcome {
    let (file, place) = parse(&options.place)?;
    let projects = Projects::new(common.config.as_deref(), kb)?;
    let work = work::on(Path::new(file), options.date, &projects)?;
    work.source.warn();
    let places = Places::of(&work.source.text);
    let Place { line, column } = place;
    let offset = places.byte(place).ok_or_else(|| {
        let lines = count(places.n_lines(), "line");
        Failure::new(format!("{file} has {lines}; there is no line {line}"))
    })?;
    // Behind the last character a cursor may stand, further right nothing is.
    let length = places.line(line).chars().count();
    if column > length + 1 {
        let characters = count(length, "character");
        return Err(Failure::new(format!(
            "{file}:{line} has {characters}; there is no column {column}"
        )));
    }
    let look = Look::of_stdout(common.color);
    let mut out = io::stdout().lock();
    let findings: Vec<_> = work
        .diagnostics
        .iter()
        .filter(|d| d.span.touches(offset))
        .collect();
    let explanation = explain::explain(&work.article, &work.kb, offset);
    if explanation.is_none() && findings.is_empty() {
        writeln!(out, "nothing is known about {line}:{column}")?;
        return Ok(projects.finish(1));
    }
    let text = &work.source.text;
    for (i, card) in explanation.iter().flat_map(|e| &e.cards).enumerate() {
        if i > 0 {
            out.write_all(b"\n")?;
        }
        let words = shorten(card.span.text(text), 60);
        write!(out, "{}", look.paint(Paint::Strong, printable(&card.title)))?;
        if !card.subtitle.is_empty() {
            write!(out, ", {}", printable(&card.subtitle))?;
        }
        writeln!(out, "  {}", look.paint(Paint::Faint, format_args!("{words}")))?;
        for fact in &card.facts {
            write!(
                out,
                "  {}: {}",
                look.paint(Paint::Note, fact.label),
                printable(&fact.text)
            )?;
            if let Some(at) = fact.at {
                let Place { line, column } = places.at(at.start);
                let words = shorten(at.text(text), 40);
                // A line that has the words already needs their place only.
                let beginning = words.trim_end_matches(['…', '”', '"', ',']);
                let words = if fact.text.contains(beginning) { "" } else { &words };
                let place = format!("{line}:{column} {words}");
                write!(out, "  {}", look.paint(Paint::Faint, place.trim_end()))?;
            }
            out.write_all(b"\n")?;
        }
    }
    for d in findings {
        let paint = paint_of_severity(d.severity);
        writeln!(
            out,
            "\n{} {} [{}]",
            look.paint(paint, format_args!("{}:", json::severity(d.severity))),
            printable(&d.message),
            d.code
        )?;
    }
    Ok(projects.finish(0))
}

/// Lists the rules, or prints one.
pub(crate) fn rules(code: Option<&str>, common: &Common) -> Outcome {
    let look = Look::of_stdout(common.color);
    let mut out = io::stdout().lock();
    let level = |r: &rules::Rule| r.default.map_or("off", json::severity);
    let Some(code) = code else {
        for r in rules::ALL {
            writeln!(
                out,
                "{} {:<8} {}",
                look.paint(Paint::Strong, format!("{:<28}", r.code)),
                level(r),
                r.summary
            )?;
        }
        return Ok(0);
    };
    let Some(r) = rules::by_code(code) else {
        let hint = config::did_you_mean(code, rules::ALL.iter().map(|r| r.code));
        return Err(Failure::new(format!(
            "there is no rule '{code}'{hint} ('copydesk rules' lists them)"
        )));
    };
    writeln!(
        out,
        "{}: {} (by default: {})\n",
        look.paint(Paint::Strong, r.code),
        r.summary,
        level(r)
    )?;
    write!(out, "{}", r.manual())?;
    Ok(0)
}

/// `FILE:LINE:COL`; the file's name may hold colons.
fn parse(place: &str) -> Result<(&str, Place), Failure> {
    let parsed = || {
        let (rest, column) = place.rsplit_once(':')?;
        let (file, line) = rest.rsplit_once(':')?;
        let (line, column) = (line.parse().ok()?, column.parse().ok()?);
        (!file.is_empty() && line > 0 && column > 0).then_some((file, Place { line, column }))
    };
    parsed().ok_or_else(|| {
        Failure::new(format!(
            "'{place}' is no place; write FILE:LINE:COL, such as article.txt:12:8"
        ))
    })
}

/// At most `max` characters, on one line, as a terminal may show them.
fn shorten(text: &str, max: usize) -> String {
    printable(&explain::shorten(text, max)).into_owned()
}
