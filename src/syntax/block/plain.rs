//! Plain text: lines, and which of them belong to one paragraph.

use super::{
    Block, Zone,
    form::{Depth, dateline_lead, is_byline, is_dateline},
    turn::{Label, turn_label},
    zone::{Ending, ending, has_inner_stop},
};
use crate::base::span::{DocSpan, Span};

/// How a line begins, once its indent is gone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Mark {
    Text,
    /// "- ", "• ", "1. ".
    Item,
    /// "> ".
    Quote,
    /// "# " and "## ".
    Heading(u8),
    /// "- Air defence -".
    Crosshead,
}

/// One line that holds a word. Offsets are of the document.
#[derive(Clone, Copy, Debug)]
struct Line {
    /// First byte after indent and marker.
    start: u32,
    /// End of the last character that is not white space (nor the dash of a crosshead).
    end: u32,
    /// Where the marker begins; `start` when there is none.
    marker: u32,
    /// Bytes of indent before the marker, at most 255.
    indent: u8,
    mark: Mark,
    /// An empty line stands before it.
    gap: bool,
    /// Its first letter is small.
    lower: bool,
    /// It ends as a sentence does.
    stop: bool,
    /// It ends with a comma or a dash.
    comma: bool,
    /// Its width in characters, indent and marker included.
    cols: u32,
    /// Characters of its first word.
    word: u32,
}

impl Line {
    fn span(&self) -> DocSpan {
        DocSpan {
            start: self.start,
            end: self.end,
        }
    }

    fn len(&self) -> u32 {
        self.end - self.start
    }

    /// Whether it may go on with the paragraph of `last`, as far as marks and empty lines tell.
    fn follows(&self, last: &Self) -> bool {
        !self.gap
            && matches!(last.mark, Mark::Text | Mark::Quote | Mark::Item)
            && (last.mark == self.mark || self.mark == Mark::Text)
    }

    /// Whether the first word of `next` would have fitted on this line, `width` characters wide.
    fn has_room(&self, next: &Self, width: u32) -> bool {
        self.cols + 1 + next.word <= width
    }
}

/// Evidence of what single line breaks mean: in wrapped text most lines go on in the middle of a sentence,
/// in agency copy (one paragraph a line) nearly none.
#[derive(Clone, Copy, Default, Debug)]
struct Breaks {
    wraps: u32,
    ends: u32,
    /// Sum of the lengths of the lines that wrap.
    width: u64,
}

impl Breaks {
    fn see(&mut self, before: &Line, after: &Line) {
        if !after.follows(before) {
            return;
        }
        if after.lower && !before.stop {
            self.wraps += 1;
            self.width += u64::from(before.len());
        } else if before.stop && !after.lower {
            self.ends += 1;
        }
    }

    fn wrapped(&self) -> bool {
        self.wraps > self.ends
    }

    fn mean_width(&self) -> u32 {
        (self.width / u64::from(self.wraps.max(1))) as u32
    }
}

/// The width, in characters, to which every paragraph of the text was wrapped by a program: each line holds as
/// many words as fit. `None` where lines were broken otherwise, or not at all. With such a width every break
/// tells what it is: where the next word would have fitted, somebody wanted a new line.
fn wrap_width(text: &str, lines: &[Line]) -> Option<u32> {
    const WIDTHS: std::ops::RangeInclusive<u32> = 40..=130;
    /// So many lines that surely go on are enough to tell by them alone.
    const ENOUGH: u32 = 3;
    // How many lines that go on with a small letter have which width.
    let mut widths = [0; *WIDTHS.end() as usize + 1];
    let mut sure = 0;
    let goes_on = |pair: &&[Line]| pair[1].lower && !pair[0].stop && pair[1].follows(&pair[0]);
    for pair in lines.windows(2).filter(goes_on) {
        sure += 1;
        if let Some(n) = widths.get_mut(pair[0].cols as usize) {
            *n += 1;
        }
    }
    if sure >= ENOUGH {
        // A few lines may be longer than the rest: an address, a line that was edited later.
        let mut above = sure / 20;
        let width = (0..widths.len()).rev().find(|&w| {
            let found = widths[w] > above;
            above = above.saturating_sub(widths[w]);
            found
        })? as u32;
        let roomy = lines.windows(2).filter(goes_on);
        let roomy = roomy.filter(|pair| pair[0].has_room(&pair[1], width)).count();
        let longer = lines.iter().filter(|l| l.cols > width).count();
        let wrapped = roomy * 10 <= sure as usize && longer * 4 <= lines.len();
        return (wrapped && WIDTHS.contains(&width)).then_some(width);
    }
    // A short text: its longest line is the measure.
    let width = lines
        .iter()
        .map(|l| l.cols)
        .max()
        .filter(|w| WIDTHS.contains(w))?;
    let (mut full, mut roomy, mut prose) = (0, 0, false);
    for (i, pair) in lines.windows(2).enumerate() {
        let [last, line] = pair else { continue };
        let words = last.span().text(text);
        if last.stop || !line.follows(last) || stands_alone(words) || stands_alone(line.span().text(text)) {
            continue;
        }
        // Columns of a table; a list of names, each of which begins with a capital.
        let listed = !line.lower && !last.lower && !last.gap && i > 0 && !lines[i - 1].stop;
        if listed || words.contains("  ") || words.contains('\t') {
            return None;
        }
        match last.has_room(line, width) {
            true => roomy += 1,
            false => full += 1,
        }
        prose |= last.comma || has_inner_stop(words) || dateline_lead(words, Depth::First) > 0;
        // "“We are leaving,” said⏎Lena Hartmann, the mayor.": nothing goes on below.
        let ends = line.stop && line.cols < last.cols && lines.get(i + 2).is_none_or(|l| l.gap);
        prose |= ends && words.contains(',');
    }
    // One line above another may be a headline and what it heads.
    (full > roomy && (full > 1 || prose)).then_some(width)
}

/// A line that names author, place and date.
fn stands_alone(words: &str) -> bool {
    is_byline(words) || is_dateline(words)
}

/// How many lines may stand above the first paragraph.
const HEAD: usize = 12;

/// The paragraphs of `text` from byte `from` on; zones that lines alone cannot tell are left as `Body`.
pub(super) fn blocks(text: &str, from: usize) -> Vec<Block> {
    let lines = lines(text, from);
    let mut all = Breaks::default();
    for pair in lines.windows(2) {
        all.see(&pair[0], &pair[1]);
    }
    let exact = wrap_width(text, &lines);
    let mut blocks: Vec<Block> = Vec::new();
    let mut headings = 0;
    let mut at = 0;
    while at < lines.len() {
        // A chunk: the lines up to the next empty one.
        let end = (at + 1..lines.len())
            .find(|&i| lines[i].gap)
            .unwrap_or(lines.len());
        let mut own = Breaks::default();
        for pair in lines[at..end].windows(2) {
            own.see(&pair[0], &pair[1]);
        }
        let wrapped = if exact.is_some() {
            true
        } else if all.wrapped() {
            own.wraps > 0 || own.ends < 3
        } else {
            own.wrapped()
        };
        let width = match exact {
            Some(width) => Width::Exact(width),
            None if own.wraps > 0 => Width::Mean(own.mean_width()),
            None => Width::Mean(all.mean_width()),
        };
        let mut last: Option<Line> = None;
        for line in &lines[at..end] {
            match (&last, blocks.last_mut()) {
                (Some(last), Some(block)) if wrapped && joins(text, last, line, width, at < HEAD) => {
                    if line.mark == Mark::Quote && line.marker < line.start {
                        let base = block.span.start;
                        block.holes.push(Span {
                            start: line.marker - base,
                            end: line.start - base,
                        });
                    }
                    block.span.end = line.end;
                }
                _ => {
                    let zone = match line.mark {
                        Mark::Text => Zone::Body,
                        Mark::Item => Zone::ListItem,
                        Mark::Quote => Zone::BlockQuote,
                        Mark::Crosshead => Zone::Crosshead,
                        Mark::Heading(_) => {
                            headings += 1;
                            if headings == 1 {
                                Zone::Headline
                            } else {
                                Zone::Crosshead
                            }
                        }
                    };
                    blocks.push(Block::new(line.span(), zone));
                }
            }
            last = Some(*line);
        }
        at = end;
    }
    blocks
}

/// How long lines are.
#[derive(Clone, Copy, Debug)]
enum Width {
    /// All as long as words allow, in characters.
    Exact(u32),
    /// About so long, in bytes.
    Mean(u32),
}

/// Whether `line` goes on with the paragraph of `last` in wrapped text. Near the `head` of the article, lines that
/// name author, place and date stand by themselves.
fn joins(text: &str, last: &Line, line: &Line, width: Width, head: bool) -> bool {
    let words = line.span().text(text);
    // A line far longer than the others is a paragraph that was not wrapped.
    let full = match width {
        Width::Exact(width) => !last.has_room(line, width) && last.cols <= width + width / 8,
        Width::Mean(_) => false,
    };
    let same = match (last.mark, line.mark) {
        // "The mayor⏎- a keen sailor - left.": a dash, and no item.
        (Mark::Text, Mark::Item) => full && !last.stop && line.lower,
        (Mark::Text | Mark::Item, Mark::Text) | (Mark::Quote, Mark::Quote) => true,
        // Lazy continuation: a quoted paragraph whose later lines lost their prefix.
        (Mark::Quote, Mark::Text) => line.lower && !last.stop,
        _ => false,
    };
    if !same
        // A turn begins where a sentence ended; "told President⏎Macron: “We …" is none.
        || last.stop && turn_label(words).is_some_and(|l| l.0 != Label::Answer)
        // "Kinshasa, March 6 (Wire) - The state of Congo on⏎Thursday said" is long for a line of place and date.
        // And so is the "March" that a headline ends with.
        || head
            && (is_byline(words)
                || !(full && !last.stop) && (is_dateline(words) || stands_alone(last.span().text(text))))
    {
        return false;
    }
    if last.mark == Mark::Text && line.indent >= last.indent.saturating_add(2) && last.stop {
        return false;
    }
    let width = match width {
        Width::Exact(_) => return full || !last.stop && (line.lower || last.comma),
        Width::Mean(width) => width,
    };
    // The last line of a paragraph is short, and the first word of the next line would have fitted on it.
    let word = words.split(char::is_whitespace).next().map_or(0, str::len) as u32;
    let room = last.len() + 1 + word < width && last.len() * 5 < width * 4;
    !(room && last.stop)
}

/// The lines of `text` from byte `from` on that hold a word or a number.
fn lines(text: &str, from: usize) -> Vec<Line> {
    let bytes = text.as_bytes();
    let mut lines = Vec::with_capacity(bytes.len() / 128);
    let mut at = from;
    let mut gap = true;
    while at < bytes.len() {
        let (end, next, paragraph) = line_end(bytes, at);
        let raw = &text[at..end];
        let trimmed = raw.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'));
        if trimmed.is_empty() {
            gap = true;
        } else {
            let indent = &raw[..raw.len() - raw.trim_start().len()];
            let wide = |c: char| if c == '\t' { TAB } else { 1 };
            let indent = indent.chars().map(wide).sum();
            let above = lines.last().filter(|_| !gap);
            if let Some(line) = line(text, trimmed, indent, above) {
                lines.push(line);
                gap = false;
            } else {
                // A rule ("* * *", "###") parts what it stands between.
                gap = true;
            }
        }
        gap |= paragraph;
        at = next;
    }
    lines
}

/// Where the line that holds byte `at` ends: the end of its text, the start of the next line, and whether
/// the break is a paragraph separator.
fn line_end(bytes: &[u8], at: usize) -> (usize, usize, bool) {
    let mut i = at;
    loop {
        i += plain_start(&bytes[i..]);
        let Some(n) = bytes[i..]
            .iter()
            .position(|&b| matches!(b, b'\n' | b'\r' | 0x0b | 0x0c | 0xe2 | 0xc2))
        else {
            return (bytes.len(), bytes.len(), false);
        };
        i += n;
        match (bytes[i], bytes.get(i + 1), bytes.get(i + 2)) {
            (b'\r', Some(b'\n'), _) => return (i, i + 2, false),
            (b'\n' | b'\r' | 0x0b, ..) => return (i, i + 1, false),
            (0x0c, ..) => return (i, i + 1, true),
            (0xe2, Some(0x80), Some(0xa8)) => return (i, i + 3, false),
            (0xe2, Some(0x80), Some(0xa9)) => return (i, i + 3, true),
            (0xc2, Some(0x85), _) => return (i, i + 2, false),
            _ => i += 1,
        }
    }
}

/// How many bytes at the start are surely plain letters, spaces and marks of ASCII: eight are looked at at once.
fn plain_start(bytes: &[u8]) -> usize {
    /// The first byte that is no sign of control.
    const PLAIN: u64 = u64::from_ne_bytes([0x0e; 8]);
    const HIGH: u64 = u64::from_ne_bytes([0x80; 8]);
    let (eights, _) = bytes.as_chunks::<8>();
    // A smaller byte borrows, which sets its highest bit; other characters have that bit.
    let plain = |eight: &&[u8; 8]| {
        let all = u64::from_le_bytes(**eight);
        (all | all.wrapping_sub(PLAIN)) & HIGH == 0
    };
    eights.iter().take_while(plain).count() * 8
}

/// Columns of a tabulator.
const TAB: u32 = 4;

fn line(text: &str, trimmed: &str, indent: u32, above: Option<&Line>) -> Option<Line> {
    let offset = trimmed.as_ptr() as usize - text.as_ptr() as usize;
    if is_comment(trimmed) {
        return None;
    }
    let (mut mark, mut skip) = marker(trimmed);
    // "a woman of⏎80. She was right": as in Markdown, a list that begins inside a paragraph begins with 1.
    let first = trimmed.starts_with("1.") || trimmed.starts_with("1)");
    let number = trimmed.starts_with(|c: char| c.is_ascii_digit()) && !first;
    if mark == Mark::Item && number && above.is_some_and(|a| a.mark == Mark::Text && !a.stop) {
        (mark, skip) = (Mark::Text, 0);
    }
    let mut prose = &trimmed[skip..];
    if let Some(inner) = crosshead(trimmed) {
        mark = Mark::Crosshead;
        prose = inner;
    } else if let Mark::Heading(_) = mark {
        prose = prose.trim_end_matches('#').trim_end();
    }
    if !prose.chars().any(char::is_alphanumeric) {
        return None;
    }
    let start = prose.as_ptr() as usize - text.as_ptr() as usize;
    let ending = ending(prose);
    // The dash that looks like the mark of an item is a word where it is none.
    let words = if mark == Mark::Quote { prose } else { trimmed };
    let word = words.split(char::is_whitespace).next().unwrap_or("");
    Some(Line {
        start: start as u32,
        end: (start + prose.len()) as u32,
        marker: offset as u32,
        indent: indent.min(255) as u8,
        mark,
        gap: above.is_none(),
        lower: prose
            .chars()
            .find(|c| c.is_alphanumeric())
            .is_some_and(char::is_lowercase),
        stop: ending.is_stop(),
        comma: ending == Ending::Comma,
        cols: indent + trimmed.chars().count() as u32,
        word: word.chars().count() as u32,
    })
}

/// A line for this program and not for readers: it silences a rule.
fn is_comment(line: &str) -> bool {
    line.starts_with("<!--") && line.ends_with("-->") || line.starts_with("[copydesk-") && line.ends_with(']')
}

/// The words between the dashes of "- Air defence -".
fn crosshead(line: &str) -> Option<&str> {
    const MAX_LEN: usize = 100;
    if line.len() > MAX_LEN {
        return None;
    }
    let line = line.strip_suffix('.').unwrap_or(line);
    ["-", "–", "—", "--"].into_iter().find_map(|dash| {
        let inner = line.strip_prefix(dash)?.strip_suffix(dash)?;
        let words = inner.strip_prefix(' ')?.strip_suffix(' ')?.trim();
        (!words.is_empty()).then_some(words)
    })
}

/// The marker at the start of a line and its length, the space after it included.
fn marker(line: &str) -> (Mark, usize) {
    let bytes = line.as_bytes();
    let spaced = |n: usize| bytes.get(n).is_some_and(|b| b.is_ascii_whitespace());
    match bytes[0] {
        b'>' => {
            let skip = line.len()
                - line
                    .trim_start_matches(|c: char| c == '>' || c.is_whitespace())
                    .len();
            (Mark::Quote, skip)
        }
        b'#' => {
            let depth = line.len() - line.trim_start_matches('#').len();
            if depth <= 6 && spaced(depth) {
                (Mark::Heading(depth as u8), skip_space(line, depth))
            } else {
                (Mark::Text, 0)
            }
        }
        b'-' | b'*' | b'+' if spaced(1) => (Mark::Item, skip_space(line, 1)),
        b'0'..=b'9' => {
            let digits = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
            if digits <= 3 && matches!(bytes.get(digits), Some(b'.' | b')')) && spaced(digits + 1) {
                (Mark::Item, skip_space(line, digits + 1))
            } else {
                (Mark::Text, 0)
            }
        }
        // Signs of items that are no letters of ASCII.
        0..0x80 => (Mark::Text, 0),
        _ => match ["•", "◦", "▪", "●", "■", "‣", "·"]
            .into_iter()
            .find(|b| line.starts_with(b))
        {
            Some(bullet) => (Mark::Item, skip_space(line, bullet.len())),
            None => (Mark::Text, 0),
        },
    }
}

fn skip_space(line: &str, from: usize) -> usize {
    line.len() - line[from..].trim_start().len()
}
