//! What may be done about a finding: the rule's own fix, naming a speaker, closing a quotation, silencing.

use std::collections::BTreeSet;

use crate::{
    base::{order::Order, span::DocSpan, work::step},
    rules::Diagnostic,
    semantic::article::{Article, EntityKind, MentionForm},
    syntax::block::Format,
};

/// A change that is offered.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Action {
    /// What will be done.
    pub title: String,
    /// Whether it is what most would do.
    pub preferred: bool,
    /// Index of the finding that it mends; `None` for all of them at once.
    pub finding: Option<usize>,
    /// The replacements, in text order, not overlapping.
    pub edits: Vec<(DocSpan, String)>,
}

/// How many people are offered as the speaker of a quotation.
const MAX_SPEAKERS: usize = 3;

/// Everything that is offered for the findings that `range` touches.
pub fn actions(article: &Article, found: &[Diagnostic], format: Format, range: DocSpan) -> Vec<Action> {
    let mut acc = Vec::new();
    for (i, d) in found.iter().enumerate() {
        if d.span.start > range.end || range.start > d.span.end {
            continue;
        }
        let mut offer = |title: String, preferred: bool, edits: Vec<(DocSpan, String)>| {
            acc.push(Action {
                title,
                preferred,
                finding: Some(i),
                edits,
            });
        };
        if let Some(fix) = &d.fix {
            offer(fix.title.clone(), true, fix.edits.clone());
        }
        if let Some(fix) = &d.offer {
            offer(fix.title.clone(), false, fix.edits.clone());
        }
        match d.code {
            "unattributed-quote" => {
                for (title, edits) in attributions(article, d.span) {
                    offer(title, false, edits);
                }
            }
            "unclosed-quote" if d.fix.is_none() => {
                for (i, (title, edit)) in closings(article, d.span).into_iter().enumerate() {
                    offer(title, i == 0, vec![edit]);
                }
            }
            _ => {}
        }
        // A comment that silences nothing is not to be silenced by another one.
        if d.code == "unused-silence" {
            continue;
        }
        if let Some(edit) = silence_here(article, format, d) {
            offer(format!("Silence “{}” here", d.code), false, vec![edit]);
        }
        offer(
            format!("Silence “{}” in this file", d.code),
            false,
            vec![silence_in_file(article, format, d)],
        );
    }
    acc
}

/// The preferred fixes of all findings, leaving out those that overlap an earlier one; `None` if there is none.
pub fn fix_all(found: &[Diagnostic]) -> Option<Action> {
    let mut edits: Vec<(DocSpan, String)> = Vec::new();
    // Where they stand, by start and end.
    let mut taken = BTreeSet::new();
    for fix in found.iter().filter_map(|d| d.fix.as_ref()) {
        // Two replacements may meet; of two insertions at one place, or one at the edge of a replacement, nobody
        // knows the order.
        let clashes = |(span, _): &(DocSpan, String)| {
            let before = taken.range(..=(span.end, u32::MAX)).rev();
            let mut near = before.take_while(|(_, end)| *end >= span.start);
            near.any(|&(start, end)| {
                step();
                let apart = span.end <= start || end <= span.start;
                let meet = span.end == start || end == span.start;
                !apart || meet && (span.is_empty() || start == end)
            })
        };
        if !fix.edits.iter().any(clashes) {
            taken.extend(fix.edits.iter().map(|(span, _)| (span.start, span.end)));
            edits.extend(fix.edits.iter().cloned());
        }
    }
    edits.order_by(Ord::cmp);
    (!edits.is_empty()).then(|| Action {
        title: "Fix everything that has one sure fix".to_owned(),
        preferred: false,
        finding: None,
        edits,
    })
}

/// Another place that bears on a finding.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    /// What is there to see: the words of a finding about it.
    pub title: String,
    /// Index of the finding.
    pub finding: usize,
    /// The place.
    pub span: DocSpan,
}

/// How many other places are offered for one finding.
const MAX_PLACES: usize = 4;

/// The other places that the findings which `range` touches speak of: who else may be meant, where the same words
/// stood before.
pub fn places(found: &[Diagnostic], range: DocSpan) -> Vec<Place> {
    let near = found
        .iter()
        .enumerate()
        .filter(|(_, d)| d.span.start <= range.end && range.start <= d.span.end);
    let places = near.flat_map(|(finding, d)| {
        let others = d.related.iter().filter(|(span, _)| *span != d.span);
        others.take(MAX_PLACES).map(move |(span, what)| Place {
            title: format!("Go to: {what}"),
            finding,
            span: *span,
        })
    });
    places.collect()
}

/// A person whom the article names in `range` and nobody knows, who may be added to the desk's list: the full name,
/// and what the article calls them.
pub fn unlisted(article: &Article, range: DocSpan) -> Option<(&str, Option<&str>)> {
    let until = article.mentions.partition_point(|m| m.span.start <= range.end);
    let near = article.mentions[..until]
        .iter()
        .rev()
        .take_while(|m| range.start.saturating_sub(m.span.start) <= 1024);
    let named = near
        .filter(|m| range.start <= m.span.end && matches!(m.form, MentionForm::Name | MentionForm::Surname));
    let people = named.filter_map(|m| article.entities.get(m.entity)).filter(|e| {
        e.kind == EntityKind::Person
            && e.kb.is_none()
            && e.name.contains(' ')
            && !e.name.contains(char::is_control)
    });
    people.last().map(|e| (e.name.as_str(), e.role.as_deref()))
}

/// Ways to say who speaks: the people named last, and the newsroom's mark for what is to come.
fn attributions(article: &Article, quote: DocSpan) -> Vec<(String, Vec<(DocSpan, String)>)> {
    let text: &str = &article.text;
    let words = quote.text(text);
    let Some(mark) = words.chars().next_back().filter(|c| !c.is_alphanumeric()) else {
        return Vec::new();
    };
    let inner_end = quote.end - mark.len_utf8() as u32;
    let before = &words[..words.len() - mark.len_utf8()];
    // “We will go.” becomes “We will go,” X said.
    let comma = match before.chars().next_back() {
        Some('.') if !before.ends_with("..") => Some((
            DocSpan {
                start: inner_end - 1,
                end: inner_end,
            },
            ",".to_owned(),
        )),
        Some(c) if c.is_alphanumeric() => Some((
            DocSpan {
                start: inner_end,
                end: inner_end,
            },
            ",".to_owned(),
        )),
        _ => None,
    };
    let after = DocSpan {
        start: quote.end,
        end: quote.end,
    };
    let with = |name: &str| {
        let mut edits: Vec<_> = comma.clone().into_iter().collect();
        edits.push((after, format!(" {name} said.")));
        edits
    };
    let mut offers: Vec<(String, Vec<(DocSpan, String)>)> = people_before(article, quote.start)
        .into_iter()
        .map(|name| (format!("Add “{name} said”"), with(&name)))
        .collect();
    offers.push(("Add “TK said”, to be filled in".to_owned(), with("TK")));
    offers
}

/// The people mentioned last before `offset`, as they were called there.
fn people_before(article: &Article, offset: u32) -> Vec<String> {
    let mut seen = Vec::new();
    let mut names = Vec::new();
    let end = article.mentions.partition_point(|m| m.span.start < offset);
    for mention in article.mentions[..end].iter().rev() {
        let is_person = article
            .entities
            .get(mention.entity)
            .is_some_and(|e| e.kind == EntityKind::Person);
        let by_name = matches!(mention.form, MentionForm::Name | MentionForm::Surname);
        if is_person && by_name && !seen.contains(&mention.entity) {
            seen.push(mention.entity);
            names.push(mention.span.text(&article.text).to_owned());
            if names.len() == MAX_SPEAKERS {
                break;
            }
        }
    }
    names
}

/// Ways to close the quotation that the mark at the start of `span` opens, best first: before the words that say who
/// speaks, and at the end of the paragraph.
fn closings(article: &Article, span: DocSpan) -> Vec<(String, (DocSpan, String))> {
    let text: &str = &article.text;
    let open = span.text(text).chars().next();
    let (Some(mark), Some(block)) = (open.and_then(closing), article.block_at(span.start)) else {
        return Vec::new();
    };
    let rest = DocSpan {
        start: span.end.min(block.span.end),
        end: block.span.end,
    };
    let words = rest.text(text).trim_end();
    let title = format!("Close the quotation with {mark}");
    let at = |end: usize| {
        let place = rest.start as usize + end;
        (DocSpan::new(place, place), mark.to_string())
    };
    let said = before_attribution(words).map(|end| {
        let last = words[..end].rsplit(char::is_whitespace).next().unwrap_or("");
        (format!("{title} after “{last}”"), at(end))
    });
    let end = (format!("{title} at the end of the paragraph"), at(words.len()));
    said.into_iter().chain([end]).collect()
}

/// The mark that closes one.
fn closing(open: char) -> Option<char> {
    Some(match open {
        '“' => '”',
        '‘' => '’',
        '„' => '“',
        '«' => '»',
        '»' => '«',
        '‹' => '›',
        '"' | '\'' => open,
        _ => return None,
    })
}

/// Where words that are quoted end and the first “…, said X.” or “…, X said.” begins: behind the comma.
fn before_attribution(words: &str) -> Option<usize> {
    let stops = words.match_indices([',', '?', '!']);
    let mut ends = stops.map(|(i, _)| i + 1);
    ends.find(|end| {
        let Some(tail) = words.get(*end..).and_then(|t| t.strip_prefix(' ')) else {
            return false;
        };
        let clause = tail.split([',', '.', ';', ':', '?', '!']).next().unwrap_or("");
        let mut clause = clause.split_whitespace();
        let says = |word: &&str| matches!(*word, "said" | "says" | "added" | "adds" | "told" | "replied");
        let first = clause.next().unwrap_or("");
        if says(&first) {
            return true;
        }
        // A name, or a pronoun; between it and the verb may stand more of the name.
        let names = first.starts_with(char::is_uppercase) || matches!(first, "he" | "she" | "they");
        let is_name = |word: &&str| word.starts_with(char::is_uppercase);
        names && clause.find(|word| !is_name(word)).as_ref().is_some_and(says)
    })
}

fn silence_here(article: &Article, format: Format, d: &Diagnostic) -> Option<(DocSpan, String)> {
    let text: &str = &article.text;
    let block = article.block_at(d.span.start)?;
    let at = |offset| DocSpan {
        start: offset,
        end: offset,
    };
    match format {
        // Inside the paragraph, so that it holds in headings, lists and quotations too.
        Format::Markdown => {
            let end = block.span.start + block.span.text(text).trim_end().len() as u32;
            let comment = format!(" <!-- copydesk-disable-line {} -->", d.code);
            Some((at(end), comment))
        }
        Format::Plain => {
            let before = text.get(..block.span.start as usize)?;
            let start = before.rfind(['\n', '\r']).map_or(0, |i| i + 1);
            let comment = format!("[copydesk-disable-next-line {}]{}", d.code, line_end(text));
            Some((at(start as u32), comment))
        }
    }
}

fn silence_in_file(article: &Article, format: Format, d: &Diagnostic) -> (DocSpan, String) {
    let text: &str = &article.text;
    let end = text.len() as u32;
    let newline = line_end(text);
    let gap = match text.ends_with(['\n', '\r']) || text.is_empty() {
        true => newline.to_owned(),
        false => newline.repeat(2),
    };
    let comment = match format {
        Format::Markdown => format!("{gap}<!-- copydesk-disable-file {} -->{newline}", d.code),
        Format::Plain => format!("{gap}[copydesk-disable-file {}]{newline}", d.code),
    };
    (DocSpan { start: end, end }, comment)
}

/// The line end that the text uses.
fn line_end(text: &str) -> &'static str {
    match text.find(['\n', '\r']) {
        Some(i) if text[i..].starts_with("\r\n") => "\r\n",
        Some(i) if text[i..].starts_with('\r') => "\r",
        _ => "\n",
    }
}

#[cfg(test)]
mod tests {
    use super::before_attribution;

    #[test]
    fn a_quotation_ends_before_the_words_that_say_who_speaks() {
        for text in [
            "We stay here,| said Lena Hartmann, the minister.",
            "We stay, and wait,| Lena Hartmann said. It rained.",
            "We stay. We shall wait!| she added.",
        ] {
            let (quoted, said) = text.split_once('|').unwrap();
            assert_eq!(before_attribution(&format!("{quoted}{said}")), Some(quoted.len()));
        }
        for text in ["We stay, and he knows who said so.", "We stay here.", ","] {
            assert_eq!(before_attribution(text), None, "{text}");
        }
    }
}
