//! Markdown, read with pulldown-cmark: the prose of each leaf block, everything else a hole.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::{
    Block, Zone,
    turn::{Label, turn_label},
};
use crate::base::order::Order;
use crate::base::span::{DocSpan, Span};

/// A leaf block in the making.
#[derive(Default)]
struct Leaf {
    span: Option<Range<usize>>,
    /// Gaps between pieces of prose, in document offsets.
    holes: Vec<Range<usize>>,
    /// Whether the words so far all stand out in bold or italics.
    strong: bool,
    /// Where the question ends that opens the paragraph in bold or italics.
    question: Option<usize>,
}

struct Builder<'a> {
    text: &'a str,
    leaf: Leaf,
    blocks: Vec<Block>,
    /// Nesting depths of containers.
    quotes: usize,
    items: usize,
    tables: usize,
    /// Depth of things whose text is no prose: code, HTML, images.
    silent: usize,
    heading: bool,
    headings: usize,
}

/// The blocks of `text` from byte `from` on; zones that the markup does not tell are left as `Body`.
pub(super) fn blocks(text: &str, from: usize) -> Vec<Block> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut builder = Builder {
        text,
        leaf: Leaf::default(),
        blocks: Vec::new(),
        quotes: 0,
        items: 0,
        tables: 0,
        silent: 0,
        heading: false,
        headings: 0,
    };
    for (event, range) in Parser::new_ext(&text[from..], options).into_offset_iter() {
        builder.event(&event, range.start + from..range.end + from);
    }
    builder.flush();
    let mut blocks = builder.blocks;
    // Each leaf is one stretch of the source, and leaves are read in source order; should the parser ever
    // hand one out of turn, order and disjointness are what the rest of the program rests on.
    blocks.order_by_key(|b| b.span);
    let mut end = 0;
    blocks.retain(|b| {
        let keep = b.span.start >= end;
        if keep {
            end = b.span.end;
        }
        keep
    });
    blocks
}

impl Builder<'_> {
    fn event(&mut self, event: &Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => match tag {
                Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::MetadataBlock(_) => {
                    self.flush();
                    self.silent += 1;
                }
                Tag::Image { .. } => self.silent += 1,
                Tag::BlockQuote(_) => {
                    self.flush();
                    self.quotes += 1;
                }
                Tag::Item => {
                    self.flush();
                    self.items += 1;
                }
                Tag::Table(_) => {
                    self.flush();
                    self.tables += 1;
                }
                Tag::Heading { .. } => {
                    self.flush();
                    self.heading = true;
                }
                Tag::Strong | Tag::Emphasis => self.leaf.strong |= self.leaf.span.is_none(),
                Tag::Paragraph | Tag::List(_) | Tag::TableCell | Tag::FootnoteDefinition(_) => self.flush(),
                _ => {}
            },
            Event::End(tag) => match tag {
                TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) | TagEnd::Image => {
                    self.silent = self.silent.saturating_sub(1);
                }
                TagEnd::BlockQuote(_) => {
                    self.flush();
                    self.quotes = self.quotes.saturating_sub(1);
                }
                TagEnd::Item => {
                    self.flush();
                    self.items = self.items.saturating_sub(1);
                }
                TagEnd::Table => {
                    self.flush();
                    self.tables = self.tables.saturating_sub(1);
                }
                TagEnd::Heading(_) => {
                    self.flush();
                    self.heading = false;
                }
                TagEnd::Strong | TagEnd::Emphasis => {
                    let span = self.leaf.span.clone().filter(|_| self.leaf.strong);
                    let asks = span.filter(|s| self.text[s.clone()].trim_end().ends_with('?'));
                    self.leaf.question = self.leaf.question.or(asks.map(|s| s.end));
                    self.leaf.strong = false;
                }
                TagEnd::Paragraph | TagEnd::List(_) | TagEnd::TableCell | TagEnd::FootnoteDefinition => {
                    self.flush();
                }
                _ => {}
            },
            Event::Text(_) if self.silent == 0 => self.prose(range),
            _ => {}
        }
    }

    fn prose(&mut self, range: Range<usize>) {
        match &mut self.leaf.span {
            None => self.leaf.span = Some(range),
            Some(span) => {
                if range.start > span.end && !self.text[span.end..range.start].trim().is_empty() {
                    self.leaf.holes.push(span.end..range.start);
                }
                span.end = span.end.max(range.end);
            }
        }
    }

    fn flush(&mut self) {
        let leaf = std::mem::take(&mut self.leaf);
        let Some(span) = leaf.span else { return };
        let raw = &self.text[span.clone()];
        let mut start = span.end - raw.trim_start().len();
        let mut end = span.start + raw.trim_end().len();
        if start >= end || !raw.chars().any(char::is_alphanumeric) {
            return;
        }
        let zone = if self.quotes > 0 {
            Zone::BlockQuote
        } else if let (Some(inner), true) = (self.crosshead(start..end), self.items > 0) {
            // Agency copy read as Markdown: "- Air defence -" looks like a list of one item.
            end = inner.end;
            start = inner.start;
            Zone::Crosshead
        } else if self.items > 0 || self.tables > 0 {
            Zone::ListItem
        } else if self.heading {
            self.headings += 1;
            if self.headings == 1 {
                Zone::Headline
            } else {
                Zone::Crosshead
            }
        } else {
            Zone::Body
        };
        let question = leaf.question.filter(|q| zone == Zone::Body && *q < end);
        let mut turns = if zone == Zone::Body {
            self.turns(start..end)
        } else {
            Vec::new()
        };
        if let Some(question) = question.filter(|_| turns.is_empty()) {
            // "**Are you leaving?** No.": what stands out asks, and the rest answers.
            let answer =
                self.text[question..end].trim_start_matches(|c: char| !c.is_alphanumeric() && !is_mark(c));
            if !answer.is_empty() {
                turns = vec![start, end - answer.len()];
            }
        }
        let mut holes = leaf.holes.into_iter().peekable();
        for (i, &from) in turns.iter().chain([&start]).enumerate().take(turns.len().max(1)) {
            let to = turns.get(i + 1).copied().unwrap_or(end);
            let to = match question {
                Some(question) if from < question => question,
                _ => from + self.text[from..to].trim_end().len(),
            };
            let mut block = Block::new(DocSpan::new(from, to), zone);
            while let Some(hole) = holes.next_if(|h| h.start < to) {
                if hole.start >= from && hole.end <= to {
                    block.holes.push(Span::new(hole.start - from, hole.end - from));
                }
            }
            self.blocks.push(block);
        }
    }

    /// Where the turns of a transcript begin that stand a line each in one paragraph; empty when it is none.
    fn turns(&self, span: Range<usize>) -> Vec<usize> {
        let text = &self.text[span.clone()];
        let mut starts = Vec::new();
        let mut at = span.start;
        for line in text.split_inclusive('\n') {
            let words = line.trim_start();
            if turn_label(words).is_some_and(|l| l.0 != Label::Answer || !starts.is_empty()) {
                starts.push(at + line.len() - words.len());
            }
            at += line.len();
        }
        if starts.len() < 2 || starts[0] != span.start {
            starts.clear();
        }
        starts
    }

    /// The words of a list item that ends with the dash it began with.
    fn crosshead(&self, span: Range<usize>) -> Option<Range<usize>> {
        const MAX_LEN: usize = 100;
        let words = self.text[span.clone()].strip_suffix('-')?;
        let line = self.text[..span.start].strip_suffix("- ")?;
        let first = line.is_empty() || line.ends_with(['\n', '\r']);
        let fits = first && words.len() < MAX_LEN && words.ends_with(' ') && !words.contains('\n');
        fits.then(|| span.start..span.start + words.trim_end().len())
    }
}

/// Whether a quotation can open with `c`.
fn is_mark(c: char) -> bool {
    matches!(c, '“' | '"' | '‘' | '«' | '(' | '[' | '$' | '£' | '€')
}
