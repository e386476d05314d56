//! The document as a list of blocks, each with the zone of the article it belongs to.
//!
//! This runs over the whole text at every keystroke, so it looks at each byte a constant number of times
//! and allocates per block, never per line. What a block is, is decided by the form of the lines alone:
//! no dictionary, no knowledge base.

mod form;
mod interview;
mod markdown;
mod plain;
mod turn;
mod zone;

use std::borrow::Cow;

use crate::base::span::{DocSpan, Span};

/// How the source text is written.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Format {
    /// Plain text: paragraphs are cut at blank lines and, where lines are not merely wrapped, at line breaks.
    #[default]
    Plain,
    /// Markdown, read with pulldown-cmark.
    Markdown,
}

/// Which part of an article a block is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Zone {
    /// The headline (first line of agency copy, first heading of Markdown) or a standfirst.
    Headline,
    /// "By Anna Reyes in Geneva", "Reporting by …", a desk's sign-off ("burs/jj/gv").
    Byline,
    /// A line that holds only place, date or agency.
    Dateline,
    /// "- 'Position of strength' -", a short line between paragraphs, a Markdown heading after the first.
    /// The block is the words without the dashes around them.
    Crosshead,
    /// A caption or photo credit.
    Caption,
    /// A paragraph.
    Body,
    /// An item of a list (its marker stands outside the block) or a cell of a table.
    ListItem,
    /// A block quotation.
    BlockQuote,
    /// A turn of a transcript: "HARTMANN: We are not leaving.", "Q: …". `lead_end` is the length of the
    /// label; a transcript block without one goes on with the turn above it, or answers the question above it.
    Transcript,
    /// A question of an interview that has no label.
    Question,
}

/// One block: a paragraph, a heading, a list item. Its text is `span.text(source)`; holes are parts of
/// it that are not prose (link targets, code, emphasis marks, quote prefixes).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Block {
    /// Where it stands.
    pub span: DocSpan,
    /// Which part of the article it is.
    pub zone: Zone,
    /// Parts that are not prose, relative to the block, sorted, not overlapping.
    pub holes: Vec<Span>,
    /// Length of the lead-in that is not prose to the reader and yet stands on the first line:
    /// "Brussels (Belgium) (AFP) - " or "HARTMANN: ". Relative end offset; 0 when there is none.
    pub lead_end: u32,
}

impl Block {
    /// The document span of a span of this block; with [`Block::within`] the only bridge between the two.
    pub fn to_doc(&self, span: Span) -> DocSpan {
        DocSpan {
            start: self.span.start + span.start,
            end: self.span.start + span.end,
        }
    }

    /// The part of a document span that lies in this block, relative to it; empty when none does.
    pub fn within(&self, span: DocSpan) -> Span {
        let start = span.start.clamp(self.span.start, self.span.end) - self.span.start;
        let end = span.end.clamp(self.span.start, self.span.end) - self.span.start;
        Span {
            start,
            end: end.max(start),
        }
    }

    /// Whether two blocks differ in nothing but their place and words.
    pub fn is_like(&self, other: &Self) -> bool {
        self.zone == other.zone && self.lead_end == other.lead_end && self.holes == other.holes
    }

    fn new(span: DocSpan, zone: Zone) -> Self {
        Self {
            span,
            zone,
            holes: Vec::new(),
            lead_end: 0,
        }
    }
}

/// What stands before the article: the range of the front matter, if any, and the blocks in text order.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Layout {
    /// YAML or TOML front matter, fences included.
    pub front_matter: Option<DocSpan>,
    /// The blocks, in text order, not overlapping.
    pub blocks: Vec<Block>,
}

/// Cuts `text` into blocks. Total: each text has a layout, and each word that is prose lies in exactly one
/// block. Of a text longer than offsets can count (4 GiB) only the beginning is laid out.
pub fn layout(text: &str, format: Format) -> Layout {
    let text = &text[..floor(text, u32::MAX as usize)];
    let text = &*with_line_feeds(text);
    let front_matter = front_matter(text);
    let body = front_matter.map_or_else(
        || text.len() - text.trim_start_matches('\u{feff}').len(),
        |m| m.end as usize,
    );
    let mut blocks = match format {
        Format::Plain => plain::blocks(text, body),
        Format::Markdown => markdown::blocks(text, body),
    };
    zone::assign(text, &mut blocks);
    Layout { front_matter, blocks }
}

/// The text with `\n` for each `\r` that ends a line alone, as in files of old systems: not all that is read here knows
/// those. Every place stays where it was.
fn with_line_feeds(text: &str) -> Cow<'_, str> {
    let is_alone = |at: usize| text.as_bytes().get(at + 1) != Some(&b'\n');
    let mut ends = text
        .match_indices('\r')
        .map(|(at, _)| at)
        .filter(|at| is_alone(*at));
    let Some(first) = ends.next() else {
        return Cow::Borrowed(text);
    };
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for at in std::iter::once(first).chain(ends) {
        out.push_str(&text[from..at]);
        out.push('\n');
        from = at + 1;
    }
    out.push_str(&text[from..]);
    Cow::Owned(out)
}

/// The last border of characters in `text` that is not after byte `at`.
fn floor(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0)
}

/// The fenced lines at the very start that hold `key: value` (YAML, `---`) or `key = value` (TOML, `+++`).
/// A rule of dashes with prose below it is no front matter.
fn front_matter(text: &str) -> Option<DocSpan> {
    const MAX_LINES: usize = 500;
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let fence = ["---", "+++"]
        .into_iter()
        .find(|f| text[start..].starts_with(f))?;
    let sign = if fence == "---" { ':' } else { '=' };
    let mut at = start;
    let mut keys = 0;
    for (n, line) in text[start..].split_inclusive('\n').take(MAX_LINES).enumerate() {
        at += line.len();
        let line = line.trim_end();
        if n == 0 {
            if line != fence {
                return None;
            }
        } else if line == fence || (fence == "---" && line == "...") {
            return (keys > 0).then(|| DocSpan::new(start, at));
        } else if line.split_once(sign).is_some_and(|(key, _)| is_key(key)) {
            keys += 1;
        } else if keys == 0 && !line.is_empty() && !line.starts_with('#') {
            return None;
        }
    }
    None
}

fn is_key(key: &str) -> bool {
    let key = key.trim_end().trim_matches('"');
    !key.is_empty()
        && key
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"_-.".contains(&b))
        && key.len() < 40
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The blocks of `text`, one a line: zone, lead-in in brackets, words; holes shown as `~`.
    fn show(text: &str, format: Format) -> String {
        let mut lines = Vec::new();
        for block in layout(text, format).blocks {
            let words = block.span.text(text);
            let (lead, rest) = words.split_at(block.lead_end as usize);
            let mut shown = String::new();
            for (i, c) in rest.char_indices() {
                let at = (i + lead.len()) as u32;
                match block.holes.iter().find(|h| h.contains(at)) {
                    Some(h) if h.start == at => shown.push('~'),
                    Some(_) => {}
                    None => shown.push(if c.is_whitespace() { ' ' } else { c }),
                }
            }
            lines.push(match lead {
                "" => format!("{:?} {shown}", block.zone),
                _ => format!("{:?} [{lead}] {shown}", block.zone),
            });
        }
        lines.join("\n")
    }

    #[track_caller]
    fn check(text: &str, format: Format, want: &[&str]) {
        assert_eq!(show(text, format), want.join("\n"), "{text}");
    }

    #[test]
    fn agency_copy() {
        check(
            "Harbour wall to be raised after third flood\n\nGeneva (Switzerland) (AFP) - The council voted on \
             Tuesday.\n\n“Too late,” Okoro said.\n\n- ‘Too slow’ -\n\nHe left.\n\n– Air defence –\n\nThe end came.\n\nabc/de/fgh",
            Format::Plain,
            &[
                "Headline Harbour wall to be raised after third flood",
                "Body [Geneva (Switzerland) (AFP) - ] The council voted on Tuesday.",
                "Body “Too late,” Okoro said.",
                "Crosshead ‘Too slow’",
                "Body He left.",
                "Crosshead Air defence",
                "Body The end came.",
                "Byline abc/de/fgh",
            ],
        );
    }

    #[test]
    fn one_paragraph_a_line_with_every_line_end() {
        for end in ["\n", "\r\n", "\r", "\u{2028}", "\u{2029}", "\n\n", "\r\n\r\n"] {
            let text = [
                "Wall to be raised",
                "The council voted on Tuesday.",
                "It was late.",
                "",
            ]
            .join(end);
            check(
                &text,
                Format::Plain,
                &[
                    "Headline Wall to be raised",
                    "Body The council voted on Tuesday.",
                    "Body It was late.",
                ],
            );
        }
    }

    #[test]
    fn wrapped_lines() {
        check(
            "Wall to be raised\n\nBy Anna Reyes and Tom Reed\n12 March 2025, 10:30 GMT\n\nGENEVA, March 12 (Reuters) - \
             The city council voted on Tuesday to raise\nthe wall by two metres, after a third flood had left\nVolodymyr \
             Okoro and others without power.\n\n“We have waited ten years,” said Lena Hartmann, the\nmayor. “We can \
             wait.”\n   Work begins in May. The wall will be built in three\nstages.\n   Residents said it was late.\n\n* It \
             was raised in 1999 and\n  again in 2012\n* Never since",
            Format::Plain,
            &[
                "Headline Wall to be raised",
                "Byline By Anna Reyes and Tom Reed",
                "Dateline 12 March 2025, 10:30 GMT",
                "Body [GENEVA, March 12 (Reuters) - ] The city council voted on Tuesday to raise the wall by two \
                 metres, after a third flood had left Volodymyr Okoro and others without power.",
                "Body “We have waited ten years,” said Lena Hartmann, the mayor. “We can wait.”",
                "Body Work begins in May. The wall will be built in three stages.",
                "Body Residents said it was late.",
                "ListItem It was raised in 1999 and   again in 2012",
                "ListItem Never since",
            ],
        );
    }

    #[test]
    fn a_dateline_shows_that_what_stands_above_is_the_headline() {
        check(
            "Council votes for a wall.\n\nIt comes late.\n\nNEW YORK - The council voted.\n\nNATO - Okoro’s rival - \
             left.\n\nWASHINGTON (AP) — It rained.",
            Format::Plain,
            &[
                "Headline Council votes for a wall.",
                "Headline It comes late.",
                "Body [NEW YORK - ] The council voted.",
                "Body NATO - Okoro’s rival - left.",
                "Body [WASHINGTON (AP) — ] It rained.",
            ],
        );
    }

    #[test]
    fn bylines() {
        for line in [
            "By Anna Reyes in Geneva",
            "BY TOM REED, Staff Writer",
            "Words by Anna Reyes and Tom Reed",
            "Anna Reyes in Geneva",
            "Anna Reyes and Tom Reed in Geneva",
        ] {
            check(
                &format!("Wall to be raised\n\n{line}\n\nIt was late."),
                Format::Plain,
                &[
                    "Headline Wall to be raised",
                    &format!("Byline {line}"),
                    "Body It was late.",
                ],
            );
        }
        check(
            "By Friday the wall was gone.",
            Format::Plain,
            &["Body By Friday the wall was gone."],
        );
    }

    #[test]
    fn quoted_lines() {
        check(
            "She wrote to the council:\n\n> We have waited ten years for\n> the wall to be raised.\n\nNobody answered.",
            Format::Plain,
            &[
                "Body She wrote to the council:",
                "BlockQuote We have waited ten years for ~the wall to be raised.",
                "Body Nobody answered.",
            ],
        );
    }

    #[test]
    fn captions_and_credits() {
        for text in [
            "FILE PHOTO: Lena Hartmann speaks in Geneva, March 1, 2025. REUTERS/Jane Roe",
            "Lena Hartmann (left) with Paul Okoro in Geneva.",
            "Lena Hartmann (L) and Paul Okoro (R) shake hands.",
            "The wall after the flood. [Jane Roe/AFP]",
            "The wall after the flood. Photograph: Jane Roe/AP",
            "Jane Roe/Getty Images",
        ] {
            check(text, Format::Plain, &[&format!("Caption {text}")]);
        }
        for text in [
            "Gov. Dale Roy (R) vetoed the bill on Tuesday.",
            "She turned (left) and was gone.",
            "The ratio was 3/4 of the total.",
        ] {
            check(text, Format::Plain, &[&format!("Body {text}")]);
        }
        check(
            "He left.\n\n(Reporting by Anna Reyes; Editing by Tom Reed)",
            Format::Plain,
            &[
                "Body He left.",
                "Byline (Reporting by Anna Reyes; Editing by Tom Reed)",
            ],
        );
    }

    #[test]
    fn crossheads_and_what_is_none() {
        check(
            "The council voted on Tuesday.\n\nWhat happens next\n\nThe wall will be built in three stages.\n\nNot \
             now.\n\nShe said “we wait”,\n\nand left the room.\n\nThe last line",
            Format::Plain,
            &[
                "Body The council voted on Tuesday.",
                "Crosshead What happens next",
                "Body The wall will be built in three stages.",
                "Body Not now.",
                "Body She said “we wait”,",
                "Body and left the room.",
                "Body The last line",
            ],
        );
    }

    #[test]
    fn transcripts() {
        check(
            "Q. Are you leaving?\nA. No. We are not leaving.\nQ. When?\nA. Never.",
            Format::Plain,
            &[
                "Transcript [Q. ] Are you leaving?",
                "Transcript [A. ] No. We are not leaving.",
                "Transcript [Q. ] When?",
                "Transcript [A. ] Never.",
            ],
        );
        check(
            "Anna Reyes: Are you leaving?\n\nLena Hartmann: No.\n\nAnna Reyes: When?\n\nLena Hartmann: Never. We have \
             a wall to build.\n\nAnd it will be built.\n\nAnna Reyes: Thank you.",
            Format::Plain,
            &[
                "Transcript [Anna Reyes: ] Are you leaving?",
                "Transcript [Lena Hartmann: ] No.",
                "Transcript [Anna Reyes: ] When?",
                "Transcript [Lena Hartmann: ] Never. We have a wall to build.",
                "Transcript And it will be built.",
                "Transcript [Anna Reyes: ] Thank you.",
            ],
        );
        for text in [
            "Hartmann: We are not leaving.",
            "UPDATE: The vote is over.",
            "Editor’s note: The vote is over.",
            "Sanders: 46.",
            "He said: We stay.",
        ] {
            check(text, Format::Plain, &[&format!("Body {text}")]);
        }
        // Towns in capitals with a narrator behind them are datelines, a speaker is none.
        let late = "MOMBASA: Rana said on Friday it was late. “I waited,” he said.";
        let parts = "Body [MOMBASA: ] Rana said on Friday it was late. “I waited,” he said.";
        check(late, Format::Plain, &[parts]);
        check(
            "OKAFOR: I waited an hour.",
            Format::Plain,
            &["Transcript [OKAFOR: ] I waited an hour."],
        );
        check(
            "MOMBASA: The ferry came late.\n\nDHAKA: Rana left.",
            Format::Plain,
            &[
                "Body [MOMBASA: ] The ferry came late.",
                "Body [DHAKA: ] Rana left.",
            ],
        );
    }

    #[test]
    fn interviews_without_labels() {
        let turns = "Ms. Brandt, did you ever leave the rock?\n\nOnce. I was sick all the way.\n\nWhat did you \
                     miss?\n\nThe fog. My sister sent me a photograph of it.\n\nIt hangs in the hall.\n\nAnd \
                     now?\n\nNow I sleep.\n\nThank you for your time.";
        let want = [
            "Question Ms. Brandt, did you ever leave the rock?",
            "Transcript Once. I was sick all the way.",
            "Question What did you miss?",
            "Transcript The fog. My sister sent me a photograph of it.",
            "Transcript It hangs in the hall.",
            "Question And now?",
            "Transcript Now I sleep.",
            "Question Thank you for your time.",
        ];
        let intro = "Ilse Brandt kept the light for 41 years.";
        let shown = show(&format!("{intro}\n\n{turns}"), Format::Plain);
        assert_eq!(shown, format!("Body {intro}\n{}", want.join("\n")));
        // One label tells whose the others are.
        let shown = show(
            "The engineer in her own words\n\nWill you stay?\n\nBRANDT: I will.\n\nFor long?\n\nBRANDT: For ever.\n\nI have a wall to build.\n\nAnd \
             then?\n\nBRANDT: Then I rest.",
            Format::Plain,
        );
        let zones: Vec<&str> = shown.lines().filter_map(|l| l.split(' ').next()).collect();
        assert_eq!(
            zones,
            [
                "Headline",
                "Question",
                "Transcript",
                "Question",
                "Transcript",
                "Transcript",
                "Question",
                "Transcript"
            ],
            "{shown}"
        );
    }

    #[test]
    fn questions_that_nobody_is_asked() {
        for text in [
            // Readers ask, and are told.
            "Water ban: what you need to know\n\nThe board banned hoses on Monday.\n\nWhat can you still \
             do?\n\nYou can use a can.\n\nCan you wash your car?\n\nNo. Your neighbours may report you.\n\nWill I get my \
             money back?\n\nWrite to the board.\n\nWhat happens next?\n\nThe board meets on Friday.",
            // Somebody writes about himself.
            "I have taught here for thirty years.\n\nDo you know how many pencils a class needs?\n\nI asked your \
             office.\n\nHave you ever held a short one?\n\nMy pupils share.\n\nWhat would you say to them?\n\nI know what \
             I say.\n\nAnd do you know who pays?\n\nI do.",
        ] {
            let shown = show(text, Format::Plain);
            assert!(
                !shown.contains("Question ") && !shown.contains("Transcript "),
                "{shown}"
            );
        }
    }

    #[test]
    fn a_question_in_bold_stands_apart_from_its_answer() {
        check(
            "The mayor told all.\n\n**Are you leaving?** No. “Never,” as they say.",
            Format::Markdown,
            &[
                "Body The mayor told all.",
                "Crosshead Are you leaving?",
                "Body No. “Never,” as they say.",
            ],
        );
    }

    #[test]
    fn markdown() {
        check(
            "---\ntitle: Wall\n---\n# Wall *to be* raised\n\n**By Anna Reyes**\n\nGENEVA (AP) — The [council](https://x.org) \
             voted, `code` and ![boat](b.jpg) too.\n\n> “But *not*\n> for ever.”\n\n## What next\n\n- “Too slow” – Anna\n- About \
             time\n\n- Air defence -\n\n| Name | Vote |\n|---|---|\n| Lena | yes |\n\n**HARTMANN:** We \
             stay.\n\n**OKORO:** We do not.\n\n<div>nothing</div>\n\n```\ncode\n```\n\nA note.[^1]\n\n[^1]: Its text.\n",
            Format::Markdown,
            &[
                "Headline Wall ~to be~ raised",
                "Byline By Anna Reyes",
                "Body [GENEVA (AP) — ] The ~council~ voted, ~ and ~ too.",
                "BlockQuote “But ~not~for ever.”",
                "Crosshead What next",
                "ListItem “Too slow” – Anna",
                "ListItem About time",
                "Crosshead Air defence",
                "ListItem Name",
                "ListItem Vote",
                "ListItem Lena",
                "ListItem yes",
                "Transcript [HARTMANN:** ] We stay.",
                "Transcript [OKORO:** ] We do not.",
                "Body A note.",
                "Body Its text.",
            ],
        );
    }

    #[test]
    fn turns_of_one_markdown_paragraph() {
        check(
            "Q: Are you *leaving*?\nA: No. We are\nnot leaving.\n\nHe said:\nA: no.",
            Format::Markdown,
            &[
                "Transcript [Q: ] Are you ~leaving~?",
                "Transcript [A: ] No. We are not leaving.",
                "Body He said: A: no.",
            ],
        );
    }

    #[test]
    fn front_matter_is_known_by_its_keys() {
        for (text, want) in [
            (
                "---\ntitle: Wall\ndate: 2025-03-12\n---\nHe left.",
                Some("---\ntitle: Wall\ndate: 2025-03-12\n---\n"),
            ),
            (
                "+++\ntitle = \"Wall\"\n+++\nHe left.",
                Some("+++\ntitle = \"Wall\"\n+++\n"),
            ),
            (
                "---\nHe left: nobody knew why, and so on and so forth.\n---\n",
                None,
            ),
            ("--- \n\nHe left.\n", None),
            ("---\ntitle: Wall\nHe left.", None),
        ] {
            for format in [Format::Plain, Format::Markdown] {
                assert_eq!(
                    layout(text, format).front_matter.map(|m| m.text(text)),
                    want,
                    "{text}"
                );
            }
        }
    }
}
