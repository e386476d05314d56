//! The document as a list of blocks, each with the zone of the article it belongs to.

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
    /// "By Anna Reyes in Geneva".
    Byline,
    /// A line that holds only place, date or agency.
    Dateline,
    /// "- 'Position of strength' -", a short line between paragraphs, a Markdown heading after the first.
    Crosshead,
    /// A caption or photo credit.
    Caption,
    /// A paragraph.
    Body,
    /// An item of a list.
    ListItem,
    /// A block quotation.
    BlockQuote,
    /// A turn of a transcript: "HARTMANN: We are not leaving.", "Q: …".
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
}

/// What stands before the article: the range of the front matter, if any, and the blocks in text order.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Layout {
    /// YAML or TOML front matter, fences included.
    pub front_matter: Option<DocSpan>,
    /// The blocks, in text order, not overlapping.
    pub blocks: Vec<Block>,
}

/// Cuts `text` into blocks. Total: each text has a layout, and each word that is prose lies in exactly one block.
pub fn layout(text: &str, format: Format) -> Layout {
    let _ = format;
    let mut blocks = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        if !trimmed.is_empty() {
            let lead = line.len() - line.trim_start().len();
            let span = DocSpan::new(at + lead, at + lead + trimmed.len());
            blocks.push(Block {
                span,
                zone: Zone::Body,
                holes: Vec::new(),
                lead_end: 0,
            });
        }
        at += line.len();
    }
    Layout {
        front_matter: None,
        blocks,
    }
}
