//! The document as a list of blocks, each with the zone of the article it belongs to.
//!
//! This runs over the whole text at every keystroke, so it looks at each byte a constant number of times
//! and allocates per block, never per line. What a block is, is decided by the form of the lines alone:
//! no dictionary, no knowledge base.

mod markdown;
mod plain;
mod zone;

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
    /// label; a transcript block without one goes on with the turn above it.
    Transcript,
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
    /// The document span of a span of this block; the only bridge between the two.
    pub fn to_doc(&self, span: Span) -> DocSpan {
        DocSpan {
            start: self.span.start + span.start,
            end: self.span.start + span.end,
        }
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
    let text = &text[..text.floor_char_boundary(u32::MAX as usize)];
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
            .all(|b| b.is_ascii_alphanumeric() || b"_-. ".contains(&b))
        && key.len() < 40
}
