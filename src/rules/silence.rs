//! Comments in the text that silence rules: for the next paragraph, for a stretch, for the whole file.
//! docs/config.md describes the forms.

use crate::{
    base::span::DocSpan,
    rules::{self, Diagnostic, Fix, config},
    semantic::article::Article,
    syntax::block::Block,
};

const DISABLE: &str = "copydesk-disable";
const ENABLE: &str = "copydesk-enable";
/// What a comment can say.
const VERBS: [&str; 5] = [
    "copydesk-disable-next-line",
    "copydesk-disable-line",
    "copydesk-disable-file",
    DISABLE,
    ENABLE,
];

/// The silencing comments of an article, in text order.
#[derive(Debug, Default)]
pub(crate) struct Silences {
    list: Vec<Silence>,
    enables: Vec<Enable>,
    /// Comments that mean to silence and say it wrong: the word, and what it should be.
    slips: Vec<(DocSpan, &'static str)>,
}

/// One silencing comment.
#[derive(Debug)]
struct Silence {
    /// The whole comment.
    comment: DocSpan,
    /// Where it silences.
    reach: DocSpan,
    /// Whether it goes on until something ends it.
    open: bool,
    /// What it silences; empty for everything.
    codes: Vec<Named>,
    /// Where it silences everything: what may speak again, and from where on.
    again: Vec<(String, u32)>,
    /// Whether something was silenced by a comment that names no code.
    used: bool,
}

/// A comment that ends silences.
#[derive(Debug)]
struct Enable {
    comment: DocSpan,
    codes: Vec<Named>,
    /// What it ends: indices of silences, and the code, which is empty for a silence of everything that ends as a whole.
    ended: Vec<(usize, String)>,
}

#[derive(Debug)]
struct Named {
    code: String,
    at: DocSpan,
    /// Where its silence ends, where that is before the end of the comment's reach.
    end: u32,
    used: bool,
}

/// Finds the silencing comments of an article.
pub(crate) fn find(article: &Article) -> Silences {
    let text: &str = &article.text;
    let mut all = Silences::default();
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
                end: u32::MAX,
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
                let ended = enable(&mut all.list, comment, &codes);
                all.enables.push(Enable {
                    comment,
                    codes,
                    ended,
                });
                continue;
            }
            _ => {
                if let Some(meant) = config::nearest(verb, VERBS) {
                    all.slips.push((at_in(text, verb), meant));
                }
                continue;
            }
        };
        all.list.push(Silence {
            comment,
            reach,
            open: verb == DISABLE,
            codes,
            again: Vec::new(),
            used: false,
        });
    }
    all
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

/// Ends open stretches at a `copydesk-enable` comment; says what it has ended.
fn enable(list: &mut [Silence], comment: DocSpan, codes: &[Named]) -> Vec<(usize, String)> {
    let at = comment.start;
    let means = |code: &str| codes.is_empty() || codes.iter().any(|c| c.code == code);
    let mut ended = Vec::new();
    for (i, silence) in list.iter_mut().enumerate() {
        if !silence.open || silence.reach.end <= at {
            continue;
        }
        for named in silence.codes.iter_mut().filter(|c| at < c.end && means(&c.code)) {
            named.end = at;
            ended.push((i, named.code.clone()));
        }
        if !silence.codes.is_empty() {
            continue;
        }
        if codes.is_empty() {
            silence.reach.end = at;
            ended.push((i, String::new()));
        }
        for Named { code, .. } in codes {
            if silence.again.iter().all(|(known, _)| known != code) {
                silence.again.push((code.clone(), at));
                ended.push((i, code.clone()));
            }
        }
    }
    ended
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

/// From the comment to the end of the paragraph after it. To Markdown a line in brackets is the beginning of the paragraph
/// right below.
fn next_block(article: &Article, comment: DocSpan) -> DocSpan {
    let blocks = &article.layout.blocks;
    let mut next = blocks.partition_point(|b| b.span.start < comment.end);
    let own = next.checked_sub(1).and_then(|i| blocks.get(i));
    let begins = |b: &&Block| b.span.start >= comment.start && comment.end < b.span.end;
    if own.filter(begins).is_some() {
        next -= 1;
    }
    DocSpan {
        start: comment.end,
        end: blocks.get(next).map_or(comment.end, |b| b.span.end),
    }
}

/// The paragraph that the comment stands in, or the line when it stands in none.
fn own_line(article: &Article, comment: DocSpan) -> DocSpan {
    let start = article.text[..comment.start as usize]
        .rfind(['\n', '\r'])
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
pub(crate) fn apply(silences: &mut Silences, list: &mut Vec<Diagnostic>) {
    list.retain(|d| {
        let mut keep = true;
        let at = d.span.start;
        for silence in silences.list.iter_mut().filter(|s| s.reach.touches(at)) {
            let again = |(code, from): &(String, u32)| code == d.code && *from <= at;
            if silence.codes.is_empty() && !silence.again.iter().any(again) {
                silence.used = true;
                keep = false;
            }
            for named in silence
                .codes
                .iter_mut()
                .filter(|c| c.code == d.code && at <= c.end)
            {
                named.used = true;
                keep = false;
            }
        }
        keep
    });
}

/// Where a part of the text stands in it.
fn at_in(text: &str, part: &str) -> DocSpan {
    let start = (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    DocSpan::new(start, start + part.len())
}

/// Puts the right word in the place of a slip.
fn written(slip: DocSpan, meant: &str) -> Fix {
    Fix {
        title: format!("Write “{meant}”"),
        edits: vec![(slip, meant.to_owned())],
    }
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

/// Adds an edit that takes words away; where an earlier one takes some of them already, it takes the rest.
fn also(fix: &mut Fix, more: Fix) {
    for (mut span, new) in more.edits {
        for (taken, _) in &fix.edits {
            if span.overlap(*taken) > 0 {
                match span.start < taken.start {
                    true => span.end = taken.start,
                    false => span.start = taken.end.min(span.end),
                }
            }
        }
        fix.edits.push((span, new));
    }
}

impl Silences {
    /// Takes silence number `i` away, and what only ends it.
    fn without(&self, text: &str, i: usize) -> Fix {
        let mut fix = without(text, self.list[i].comment);
        let only = |e: &&Enable| !e.ended.is_empty() && e.ended.iter().all(|(of, _)| *of == i);
        for enable in self.enables.iter().filter(only) {
            also(&mut fix, without(text, enable.comment));
        }
        fix
    }

    /// Takes code number `k` of silence number `i` away, also where a comment ends that and nothing else by this name.
    fn without_code(&self, text: &str, i: usize, k: usize) -> Fix {
        let codes = &self.list[i].codes;
        let mut fix = without_code(text, &codes[k], k + 1 == codes.len());
        for enable in &self.enables {
            let ends = |(_, code): &&(usize, String)| *code == codes[k].code;
            let place = enable.codes.iter().position(|c| c.code == codes[k].code);
            let mut ended = enable.ended.iter().filter(ends).peekable();
            if let Some(place) = place
                && ended.peek().is_some()
                && ended.all(|(of, _)| *of == i)
            {
                also(
                    &mut fix,
                    match enable.codes.len() {
                        1 => without(text, enable.comment),
                        n => without_code(text, &enable.codes[place], place + 1 == n),
                    },
                );
            }
        }
        fix
    }
}

/// The silences that did nothing: where, and why that is a fault. A rule that is off did not run, so that
/// nothing can be said about its silences; `ran` tells.
pub(crate) fn unused(
    text: &str,
    silences: &Silences,
    ran: impl Fn(&str) -> bool,
) -> impl Iterator<Item = (DocSpan, String, Option<Fix>)> {
    let mut list = Vec::new();
    let unknown = |Named { code, at, .. }: &Named| {
        let codes = || rules::ALL.iter().map(|r| r.code);
        let hint = config::did_you_mean(code, codes());
        let fix = config::nearest(code, codes()).map(|meant| written(*at, meant));
        (format!("there is no rule '{code}' to silence{hint}"), fix)
    };
    for &(at, meant) in &silences.slips {
        let word = at.text(text);
        list.push((
            at,
            format!("there is no comment '{word}'; did you mean '{meant}'?"),
            Some(written(at, meant)),
        ));
    }
    for (i, silence) in silences.list.iter().enumerate() {
        if silence.codes.is_empty() && !silence.used {
            list.push((
                silence.comment,
                "this comment silences nothing; remove it".to_owned(),
                Some(silences.without(text, i)),
            ));
        }
        let idle = |c: &Named| !c.used && rules::by_code(&c.code).is_some() && ran(&c.code);
        // A comment without a code silences everything, so the last code goes with the comment.
        let whole = silence.codes.iter().all(idle);
        for (k, named) in silence.codes.iter().enumerate() {
            let Named { code, used, .. } = named;
            if rules::by_code(code).is_none() {
                let (message, fix) = unknown(named);
                list.push((silence.comment, message, fix));
            } else if !used && ran(code) {
                list.push((
                    silence.comment,
                    format!("'{code}' finds nothing here; remove the comment"),
                    Some(match whole {
                        true => silences.without(text, i),
                        false => silences.without_code(text, i, k),
                    }),
                ));
            }
        }
    }
    for enable in silences.enables.iter().filter(|e| e.ended.is_empty()) {
        let wrong = enable.codes.iter().find(|c| rules::by_code(&c.code).is_none());
        list.push(match wrong.map(unknown) {
            Some((message, fix)) => (enable.comment, message, fix),
            None => (
                enable.comment,
                "this comment ends no silence; remove it".to_owned(),
                Some(without(text, enable.comment)),
            ),
        });
    }
    list.into_iter()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::{
        kb::Kb,
        rules::{self, config::Config},
        semantic::article::{Context, analyze},
        syntax::block::Format,
    };

    /// What is found in `text`, and what is left of it once the first of its fixes is made.
    fn found(text: &str) -> (Vec<String>, String) {
        let context = Context {
            format: Format::Markdown,
            ..Context::default()
        };
        let article = analyze(&Arc::from(text), &context, Kb::embedded());
        let list = rules::check(&article, Kb::embedded(), &Config::default());
        let said = list.iter().map(|d| format!("{} {}", d.code, d.message)).collect();
        let mut mended = text.to_owned();
        if let Some(fix) = list.iter().find_map(|d| d.fix.as_ref()) {
            for (span, new) in fix.edits.iter().rev() {
                mended.replace_range(span.start as usize..span.end as usize, new);
            }
        }
        (said, mended)
    }

    #[test]
    fn a_slip_is_told_and_mended() {
        let quote = "“Nobody has ever asked the people of the harbour at all.”\n";
        let before = "Snow fell on the square.\n\n";
        for (slip, meant) in [
            (
                "disable-nextline unattributed-quote",
                "disable-next-line unattributed-quote",
            ),
            (
                "disable-next-line unatributed-quote",
                "disable-next-line unattributed-quote",
            ),
            ("disabel unattributed-quote", "disable unattributed-quote"),
        ] {
            let text = |words: &str| format!("{before}<!-- copydesk-{words} -->\n\n{quote}");
            let (said, mended) = found(&text(slip));
            assert!(said[0].contains("unused-silence there is no"), "{said:?}");
            assert_eq!(mended, text(meant));
            assert_eq!(found(&mended).0, [""; 0]);
        }
        // What only speaks of us is no slip.
        let (said, _) = found(&format!("{before}<!-- copydesk-settings are in the wiki -->\n"));
        assert_eq!(said, [""; 0]);
    }

    #[test]
    fn a_line_in_brackets_right_above_a_paragraph_of_markdown_is_its_own() {
        let quote = "“Nobody has ever asked the people of the harbour at all.”\n";
        let silence = "[copydesk-disable-next-line unattributed-quote]\n";
        assert_eq!(found(&format!("Snow fell.\n\n{silence}{quote}")).0, [""; 0]);
        let (said, _) = found(&format!("Snow fell.\n\n{silence}More fell.\n\n{quote}"));
        assert!(said[0].contains("finds nothing here"), "{said:?}");
    }

    #[test]
    fn what_ends_a_silence_goes_with_it() {
        for (text, wanted) in [
            (
                "It rained.\n\n<!-- copydesk-disable unclosed-quote -->\n\nIt snowed.\n\n<!-- copydesk-enable unclosed-quote -->\n\nIt froze.\n",
                "It rained.\n\n\nIt snowed.\n\n\nIt froze.\n",
            ),
            (
                "<!-- copydesk-disable -->\n<!-- copydesk-enable -->\nIt froze.\n",
                "It froze.\n",
            ),
            (
                "It rained. <!-- copydesk-disable unclosed-quote --> <!-- copydesk-enable -->\n\nIt froze.\n",
                "It rained. \n\nIt froze.\n",
            ),
            // Another silence still needs the end.
            (
                "<!-- copydesk-disable unclosed-quote -->\n\nThree hours went by.\n\n<!-- copydesk-disable unattributed-quote -->\n\n\
                 “Nobody asked the fishermen before the timetable was printed.”\n\n<!-- copydesk-enable -->\n",
                "\nThree hours went by.\n\n<!-- copydesk-disable unattributed-quote -->\n\n\
                 “Nobody asked the fishermen before the timetable was printed.”\n\n<!-- copydesk-enable -->\n",
            ),
            (
                "Three hours went by.\n\n<!-- copydesk-disable unclosed-quote, unattributed-quote -->\n\n\
                 “Nobody asked the fishermen before the timetable was printed.”\n\n\
                 <!-- copydesk-enable unclosed-quote, unattributed-quote -->\n",
                "Three hours went by.\n\n<!-- copydesk-disable unattributed-quote -->\n\n\
                 “Nobody asked the fishermen before the timetable was printed.”\n\n\
                 <!-- copydesk-enable unattributed-quote -->\n",
            ),
            (
                "It rained.\n\n<!-- copydesk-enable unclosed-quote -->\n\nIt froze.\n",
                "It rained.\n\n\nIt froze.\n",
            ),
        ] {
            let (said, mended) = found(text);
            assert_eq!(mended, wanted, "{said:?}");
            assert_eq!(found(&mended).0, Vec::<String>::new(), "{mended}");
        }
    }

    #[test]
    fn a_rule_may_speak_again_before_the_others() {
        let quote = "“Nobody asked the fishermen before the timetable was printed.”";
        for disable in ["", " unclosed-quote, unattributed-quote", " unattributed-quote"] {
            let text = format!(
                "Three hours went by.\n\n<!-- copydesk-disable{disable} -->\n\n{quote}\n\n\
                 <!-- copydesk-enable unattributed-quote -->\n\nIt was late.\n\n{quote}\n"
            );
            let (said, _) = found(&text);
            let n = said
                .iter()
                .filter(|s| s.starts_with("unattributed-quote"))
                .count();
            assert_eq!(n, 1, "{disable}: {said:?}");
        }
        let text = format!(
            "Three hours went by.\n\n<!-- copydesk-disable unattributed-quote, unclosed-quote -->\n\n\
             <!-- copydesk-enable unclosed-quote -->\n\nIt was late.\n\n{quote}\n"
        );
        let (said, _) = found(&text);
        assert!(
            !said.iter().any(|s| s.starts_with("unattributed-quote")),
            "{said:?}"
        );
    }
}
