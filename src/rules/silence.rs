//! Comments in the text that silence rules: for the next paragraph, for a stretch, for the whole file.
//! docs/config.md describes the forms.

use crate::{
    base::span::DocSpan,
    rules::{self, Diagnostic, Fix, config},
    semantic::article::Article,
};

const DISABLE: &str = "copydesk-disable";
const ENABLE: &str = "copydesk-enable";

/// One silencing comment.
#[derive(Debug)]
pub(crate) struct Silence {
    /// The whole comment.
    pub(crate) comment: DocSpan,
    /// Where it silences.
    reach: DocSpan,
    /// What it silences; empty for everything.
    codes: Vec<Named>,
    /// Whether something was silenced by a comment that names no code.
    used: bool,
}

#[derive(Debug)]
struct Named {
    code: String,
    at: DocSpan,
    used: bool,
}

/// Finds the silencing comments of an article, in text order.
pub(crate) fn find(article: &Article) -> Vec<Silence> {
    let text: &str = &article.text;
    let mut list: Vec<Silence> = Vec::new();
    let mut from = 0;
    // Whether the place is inside a fence of code, where a comment is an example.
    let (mut fenced, mut seen) = (false, 0);
    // The last place where a comment can end, so that a thousand that never do cost nothing.
    let mut last_close = None;
    while let Some(at) = next_mark(text, from) {
        let last_close = *last_close.get_or_insert_with(|| text.rfind("-->").unwrap_or(0));
        from = at + "copydesk-".len();
        let fences = text
            .get(seen..at)
            .unwrap_or("")
            .lines()
            .filter(|l| l.trim_start().starts_with("```"))
            .count();
        fenced ^= fences % 2 == 1;
        seen = at;
        if fenced {
            continue;
        }
        let Some((comment, body)) = comment_around(text, at, last_close) else {
            continue;
        };
        from = from.max(comment.end as usize);
        let (verb, codes) = body.split_once(char::is_whitespace).unwrap_or((body, ""));
        // What follows two hyphens is the reason, for people.
        let codes = codes.split(" --").next().unwrap_or("").trim_start_matches("-- ");
        let codes: Vec<Named> = codes
            .split([' ', ',', '\t', '\n', '\r'])
            .filter(|c| !c.is_empty())
            .map(|c| Named {
                code: c.to_owned(),
                at: at_in(text, c),
                used: false,
            })
            .collect();
        let end = text.len() as u32;
        let reach = match verb.strip_prefix(DISABLE) {
            Some("-next-line") => next_block(article, comment),
            Some("-line") => own_line(article, comment),
            Some("-file") => DocSpan { start: 0, end },
            Some("") => DocSpan {
                start: comment.end,
                end,
            },
            _ if verb == ENABLE => {
                enable(&mut list, comment, &codes);
                continue;
            }
            _ => continue,
        };
        list.push(Silence {
            comment,
            reach,
            codes,
            used: false,
        });
    }
    list
}

/// Where the next `copydesk-` stands. Most articles have none, and few hyphens to look before.
fn next_mark(text: &str, from: usize) -> Option<usize> {
    const NAME: &str = "copydesk";
    let mut at = from;
    while let Some(hyphen) = text.get(at..)?.find('-').map(|i| i + at) {
        let start = hyphen.checked_sub(NAME.len()).filter(|s| *s >= from);
        if let Some(start) = start.filter(|s| text.get(*s..hyphen) == Some(NAME)) {
            return Some(start);
        }
        at = hyphen + 1;
    }
    None
}

/// Ends open stretches at a `copydesk-enable` comment.
fn enable(list: &mut [Silence], comment: DocSpan, codes: &[Named]) {
    for silence in list
        .iter_mut()
        .filter(|s| s.reach.end > comment.start && s.reach.start == s.comment.end)
    {
        let all = codes.is_empty();
        if all
            || silence
                .codes
                .iter()
                .any(|c| codes.iter().any(|e| e.code == c.code))
        {
            silence.reach.end = silence.reach.end.min(comment.start);
        }
    }
}

/// The comment that holds the word at `at`: `<!-- … -->` anywhere, `[ … ]` on a line of its own.
/// The text between the marks is given trimmed.
fn comment_around(text: &str, at: usize, last_close: usize) -> Option<(DocSpan, &str)> {
    let before = text[..at].trim_end_matches([' ', '\t', '\n', '\r']);
    if let Some(open) = before.strip_suffix("<!--") {
        if at > last_close {
            return None;
        }
        let close = at + text[at..].find("-->")?;
        return Some((DocSpan::new(open.len(), close + 3), text[at..close].trim()));
    }
    let open = before.strip_suffix('[')?;
    let line_end = text[at..].find(['\n', '\r']).map_or(text.len(), |i| at + i);
    let line = text[at..line_end].trim_end();
    let body = line.strip_suffix(']')?;
    let alone = open.is_empty()
        || open
            .trim_end_matches([' ', '\t', '\u{feff}'])
            .ends_with(['\n', '\r']);
    alone.then(|| (DocSpan::new(open.len(), at + line.len()), body.trim()))
}

/// From the comment to the end of the paragraph after it.
fn next_block(article: &Article, comment: DocSpan) -> DocSpan {
    let blocks = &article.layout.blocks;
    let next = blocks.partition_point(|b| b.span.start < comment.end);
    DocSpan {
        start: comment.end,
        end: blocks.get(next).map_or(comment.end, |b| b.span.end),
    }
}

/// The paragraph that the comment stands in, or the line when it stands in none.
fn own_line(article: &Article, comment: DocSpan) -> DocSpan {
    let start = article.text[..comment.start as usize]
        .rfind('\n')
        .map_or(0, |i| i + 1);
    let line = DocSpan {
        start: start as u32,
        end: comment.end,
    };
    match article.block_at(comment.start.saturating_sub(1)) {
        Some(block) if block.span.overlap(line) > 0 => block.span.join(line),
        _ => line,
    }
}

/// Drops what is silenced and marks the silences that were of use.
pub(crate) fn apply(silences: &mut [Silence], list: &mut Vec<Diagnostic>) {
    list.retain(|d| {
        let mut keep = true;
        for silence in silences.iter_mut().filter(|s| s.reach.touches(d.span.start)) {
            if silence.codes.is_empty() {
                silence.used = true;
                keep = false;
            }
            for named in silence.codes.iter_mut().filter(|c| c.code == d.code) {
                named.used = true;
                keep = false;
            }
        }
        keep
    });
}

/// The silences that did nothing: where, and why that is a fault. A rule that is off did not run, so that
/// nothing can be said about its silences; `ran` tells.
/// Where a part of the text stands in it.
fn at_in(text: &str, part: &str) -> DocSpan {
    let start = (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    DocSpan::new(start, start + part.len())
}

/// Takes a comment away: with its line if it stands alone there, else with the space before it.
fn without(text: &str, comment: DocSpan) -> Fix {
    let (before, after) = (&text[..comment.start as usize], &text[comment.end as usize..]);
    let head = before.trim_end_matches([' ', '\t']);
    let tail = after.trim_start_matches([' ', '\t']);
    let begins = head.is_empty() || head.ends_with(['\n', '\r']);
    let breaks = ["\r\n", "\n", "\r"];
    let line_end = breaks
        .iter()
        .find(|b| tail.starts_with(**b))
        .map_or(0, |b| b.len());
    let end = text.len() - tail.len();
    let span = match begins && (tail.is_empty() || line_end > 0) {
        true => DocSpan::new(head.len(), end + line_end),
        false if line_end > 0 || tail.is_empty() => DocSpan::new(head.len(), comment.end as usize),
        false => DocSpan::new(comment.start as usize, end),
    };
    Fix {
        title: "Remove the comment".to_owned(),
        edits: vec![(span, String::new())],
    }
}

/// Takes one code of several away, with what separates it from the next or from the one before.
fn without_code(text: &str, named: &Named, last: bool) -> Fix {
    let separates = |c: char| c == ',' || c.is_whitespace();
    let (before, after) = (&text[..named.at.start as usize], &text[named.at.end as usize..]);
    let span = match last {
        true => DocSpan::new(before.trim_end_matches(separates).len(), named.at.end as usize),
        false => {
            let rest = after.trim_start_matches(separates);
            DocSpan::new(named.at.start as usize, text.len() - rest.len())
        }
    };
    Fix {
        title: format!("Remove “{}” from the comment", named.code),
        edits: vec![(span, String::new())],
    }
}

pub(crate) fn unused(
    text: &str,
    silences: &[Silence],
    ran: impl Fn(&str) -> bool,
) -> impl Iterator<Item = (DocSpan, String, Option<Fix>)> {
    let mut list = Vec::new();
    for silence in silences {
        if silence.codes.is_empty() && !silence.used {
            list.push((
                silence.comment,
                "this comment silences nothing; remove it".to_owned(),
                Some(without(text, silence.comment)),
            ));
        }
        let idle = |c: &Named| !c.used && rules::by_code(&c.code).is_some() && ran(&c.code);
        // A comment without a code silences everything, so the last code goes with the comment.
        let whole = silence.codes.iter().all(idle);
        for (i, named) in silence.codes.iter().enumerate() {
            let Named { code, used, .. } = named;
            if rules::by_code(code).is_none() {
                let hint = config::did_you_mean(code, rules::ALL.iter().map(|r| r.code));
                list.push((
                    silence.comment,
                    format!("there is no rule '{code}' to silence{hint}"),
                    None,
                ));
            } else if !used && ran(code) {
                list.push((
                    silence.comment,
                    format!("'{code}' finds nothing here; remove the comment"),
                    Some(match whole {
                        true => without(text, silence.comment),
                        false => without_code(text, named, i + 1 == silence.codes.len()),
                    }),
                ));
            }
        }
    }
    list.into_iter()
}
