//! An article as a web page: colors for kinds, titles on hover, the participants with links to their mentions.
//! One file, no script, nothing loaded from elsewhere.

use std::{
    fmt::{self, Display, Write as _},
    io::{self, Write},
};

use crate::{
    base::{order::Order, span::DocSpan},
    cli::{json, render::count},
    ide::explain,
    rules::Diagnostic,
    semantic::article::{Article, Quote},
    syntax::block::Zone,
};

const STYLE: &str = include_str!("html/style.css");

/// What stands before the articles.
pub(crate) fn begin(out: &mut dyn Write, title: &str) -> io::Result<()> {
    write!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{} – copydesk</title>\n<style>\n{STYLE}</style>\n",
        Escaped(title)
    )
}

/// What stands after the articles.
pub(crate) fn end(out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"</html>\n")
}

/// One article. `n` tells the articles of a page apart.
pub(crate) fn article(n: usize, name: &str, article: &Article, diagnostics: &[Diagnostic]) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = write_article(&mut out, n, name, article, diagnostics);
    out
}

/// Some words that are marked.
struct Mark<'a> {
    span: DocSpan,
    class: String,
    title: String,
    what: What<'a>,
}

enum What<'a> {
    /// Mention number `.0` of an entity.
    Mention(usize),
    /// The first piece of a quotation has an id to link to.
    Quote(usize, &'a Quote),
    Other,
}

fn write_article(
    out: &mut String,
    n: usize,
    name: &str,
    article: &Article,
    diagnostics: &[Diagnostic],
) -> fmt::Result {
    writeln!(out, "<main>\n<article>\n<header>{}", Escaped(name))?;
    if let Some((date, _)) = article.date {
        write!(out, " · <time>{date}</time>")?;
    }
    out.push_str("</header>\n");
    let marks = marks(article, diagnostics);
    let mut at = 0;
    let mut next = 0;
    let mut open: Vec<&Mark<'_>> = Vec::new();
    for block in &article.layout.blocks {
        gap(out, &article.text, at, block.span.start)?;
        at = block.span.end;
        let (tag, class) = match block.zone {
            Zone::Headline => ("h1", ""),
            Zone::Crosshead => ("h2", ""),
            Zone::Byline | Zone::Dateline => ("p", "line"),
            Zone::Caption => ("p", "caption"),
            Zone::Body | Zone::Transcript | Zone::Question => ("p", ""),
            Zone::ListItem => ("p", "item"),
            Zone::BlockQuote => ("blockquote", ""),
        };
        match class {
            "" => write!(out, "<{tag}>")?,
            class => write!(out, "<{tag} class=\"{class}\">")?,
        }
        let mut from = block.span.start;
        // The block is cut wherever a mark begins or ends; each piece carries all marks over it, so that marks
        // may overlap as they like.
        while from < block.span.end {
            while let Some(mark) = marks.get(next).filter(|m| m.span.start <= from) {
                open.push(mark);
                next += 1;
            }
            open.retain(|m| m.span.end > from);
            let begins = marks.get(next).map_or(u32::MAX, |m| m.span.start);
            let ends = open.iter().map(|m| m.span.end).min().unwrap_or(u32::MAX);
            let to = block.span.end.min(begins).min(ends);
            piece(out, n, article, DocSpan { start: from, end: to }, &open)?;
            from = to;
        }
        writeln!(out, "</{tag}>")?;
    }
    gap(out, &article.text, at, article.text.len() as u32)?;
    out.push_str("</article>\n");
    aside(out, n, article, diagnostics)?;
    out.push_str("</main>\n");
    Ok(())
}

/// What lies between blocks: nothing but white space, or markup and front matter.
fn gap(out: &mut String, text: &str, from: u32, to: u32) -> fmt::Result {
    match text.get(from as usize..(to.max(from)) as usize).map(str::trim) {
        // The dashes of a crosshead and the signs of Markdown are shown by the look of the block.
        Some(rest) if rest.chars().any(char::is_alphanumeric) => {
            // What stands behind front matter and opens the block below is a sign of Markdown, too.
            let rest = rest.trim_end_matches(['#', '>', '*', ' ']).trim_end();
            writeln!(out, "<pre>{}</pre>", Escaped(rest))
        }
        _ => Ok(()),
    }
}

/// One piece of text under all its marks, the widest outermost.
fn piece(out: &mut String, n: usize, article: &Article, span: DocSpan, open: &[&Mark<'_>]) -> fmt::Result {
    let mut sorted = open.to_vec();
    sorted.order_by_key(|m| std::cmp::Reverse(m.span.len()));
    for mark in &sorted {
        write!(
            out,
            "<span class=\"{}\" title=\"{}\"",
            mark.class,
            Escaped(&mark.title)
        )?;
        if mark.span.start == span.start {
            match mark.what {
                What::Mention(i) => write!(out, " id=\"m{n}-{i}\"")?,
                What::Quote(i, q) if q.spans.first() == Some(&mark.span) => write!(out, " id=\"q{n}-{i}\"")?,
                What::Quote(..) | What::Other => {}
            }
        }
        out.push('>');
    }
    write!(out, "{}", Escaped(span.text(&article.text)))?;
    for _ in &sorted {
        out.push_str("</span>");
    }
    Ok(())
}

fn marks<'a>(article: &'a Article, diagnostics: &[Diagnostic]) -> Vec<Mark<'a>> {
    let mut marks = Vec::new();
    for (i, m) in article.mentions.iter().enumerate() {
        let Some(e) = article.entities.get(m.entity) else {
            continue;
        };
        let role = e.role.as_deref().map_or(String::new(), |r| format!(", {r}"));
        marks.push(Mark {
            span: m.span,
            class: format!("m {}", json::kind(e.kind)),
            title: format!(
                "{}{role}\n{}",
                e.name,
                explain::here_words(m.form, &m.evidence.reason)
            ),
            what: What::Mention(i),
        });
    }
    for (i, q) in article.quotes.iter().enumerate() {
        let speaker = q.speaker.and_then(|s| article.entities.get(s));
        let who = match (speaker, q.source.first()) {
            (Some(e), _) => e.name.clone(),
            (None, Some(source)) => source.text(&article.text).to_owned(),
            (None, None) => "somebody who is not named".to_owned(),
        };
        let why: Vec<&str> = q.evidence.iter().map(|e| &*e.reason).collect();
        let title = format!(
            "{} of {who}\n{}\n{}",
            explain::quote_words(q.kind),
            explain::attribution_words(q.attribution),
            why.join("\n")
        );
        let parts = [(&q.spans, "q"), (&q.cue, "cue"), (&q.source, "source")];
        for (spans, class) in parts {
            for &span in spans {
                let class = match (class, q.kind) {
                    ("q", kind) => format!("q {}", json::quote_kind(kind)),
                    (class, _) => class.to_owned(),
                };
                let what = if class.starts_with('q') {
                    What::Quote(i, q)
                } else {
                    What::Other
                };
                marks.push(Mark {
                    span,
                    class,
                    title: title.clone(),
                    what,
                });
            }
        }
    }
    for d in diagnostics {
        marks.push(Mark {
            span: d.span,
            class: format!("d {}", json::severity(d.severity)),
            title: format!("{} [{}]", d.message, d.code),
            what: What::Other,
        });
    }
    marks.retain(|m| !m.span.is_empty());
    marks.order_by_key(|m| m.span);
    marks
}

/// The participants with their mentions and quotations, and the findings.
fn aside(out: &mut String, n: usize, article: &Article, diagnostics: &[Diagnostic]) -> fmt::Result {
    out.push_str("<aside>\n");
    for d in diagnostics {
        writeln!(
            out,
            "<p class=\"finding {}\"><b>{}</b> {} <q>{}</q></p>",
            json::severity(d.severity),
            Escaped(d.code),
            Escaped(&d.message),
            Escaped(&short(d.span.text(&article.text)))
        )?;
    }
    out.push_str("<ul>\n");
    for entity in &article.entities {
        write!(
            out,
            "<li><span class=\"m {}\">{}</span>",
            json::kind(entity.kind),
            Escaped(&entity.name)
        )?;
        if let Some(role) = &entity.role {
            write!(out, ", {}", Escaped(role))?;
        }
        if let Some(q) = entity.wikidata {
            write!(
                out,
                " <a class=\"id\" href=\"https://www.wikidata.org/wiki/Q{q}\">Q{q}</a>"
            )?;
        }
        write!(out, "<br><small>{}:", count(entity.mentions.len(), "mention"))?;
        for (at, i) in entity.mentions.iter().enumerate() {
            write!(out, " <a href=\"#m{n}-{i}\">{}</a>", at + 1)?;
        }
        out.push_str("</small>");
        for &i in &entity.quotes {
            let words = article
                .quotes
                .get(i)
                .and_then(|q| q.spans.first())
                .map_or("", |s| s.text(&article.text));
            write!(
                out,
                "<br><a class=\"says\" href=\"#q{n}-{i}\">{}</a>",
                Escaped(&short(words))
            )?;
        }
        out.push_str("</li>\n");
    }
    out.push_str("</ul>\n</aside>\n");
    Ok(())
}

fn short(text: &str) -> String {
    match text.char_indices().nth(70) {
        None => text.to_owned(),
        Some((cut, _)) => format!("{}…", text.get(..cut).unwrap_or("").trim_end()),
    }
}

/// Text with what HTML would read as markup escaped, in content and in attributes.
struct Escaped<'a>(&'a str);

impl Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                // HTML has no place for these, escaped or not.
                '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}' => {
                    f.write_char('\u{fffd}')?;
                }
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{
        kb::Kb,
        rules::Severity,
        semantic::article::{Context, analyze},
    };

    #[test]
    fn text_cannot_become_markup_and_marks_may_overlap() {
        let text: Arc<str> = "<script>alert(\"1\")</script> & 'so'\0 on".into();
        let article_ = analyze(&text, &Context::default(), Kb::embedded());
        let finding = |start, end| Diagnostic {
            span: DocSpan::new(start, end),
            code: "unclosed-quote",
            severity: Severity::Error,
            message: "\"><img src=x>".to_owned(),
            related: Vec::new(),
            fix: None,
            offer: None,
        };
        let page = article(1, "<b>.txt", &article_, &[finding(0, 10), finding(4, 20)]);
        for bad in ["<script", "<img", "<b>.txt", "\0"] {
            assert!(!page.contains(bad), "{bad} in {page}");
        }
        assert_eq!(page.matches("<span").count(), page.matches("</span>").count());
        assert!(page.contains("ert(&quot;1&quot;)"), "{page}");
    }
}
