//! Which part of the article a paragraph is, told by its form and its place: headline, byline, dateline,
//! crosshead, caption, turn of a transcript; and where the lead-in of a paragraph ends.

use rustc_hash::FxHashMap;

use super::{Block, Zone};

/// How a paragraph ends, closing marks and brackets left aside.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Ending {
    /// A full stop or an ellipsis.
    Stop,
    /// A question or exclamation mark.
    Question,
    /// A colon.
    Colon,
    /// A comma, semicolon or dash.
    Comma,
    /// A word: nothing that ends a sentence.
    Open,
}

impl Ending {
    /// Whether a sentence can end so.
    pub(super) fn is_stop(self) -> bool {
        matches!(self, Self::Stop | Self::Question | Self::Colon)
    }
}

/// How `text` ends.
pub(super) fn ending(text: &str) -> Ending {
    let inner = text.trim_end_matches(|c: char| is_closer(c) || c.is_whitespace() || matches!(c, '*' | '_'));
    match inner.chars().next_back() {
        Some('.') if ends_with_initials(inner) => Ending::Open,
        Some('.' | '…') => Ending::Stop,
        Some('?' | '!') => Ending::Question,
        Some(':') => Ending::Colon,
        Some(',' | ';' | '-' | '–' | '—') => Ending::Comma,
        _ => Ending::Open,
    }
}

/// "S.C.", "U.S.": a stop that belongs to the word.
fn ends_with_initials(text: &str) -> bool {
    let bytes = text.as_bytes();
    let n = bytes.len();
    n >= 4
        && bytes[n - 1] == b'.'
        && bytes[n - 2].is_ascii_uppercase()
        && bytes[n - 3] == b'.'
        && bytes[n - 4].is_ascii_uppercase()
}

fn is_closer(c: char) -> bool {
    matches!(
        c,
        '”' | '’' | '"' | '\'' | '»' | '“' | '‘' | '«' | '›' | ')' | ']' | '}'
    )
}

/// Sets the zones of blocks that are `Body` so far, and the lead-ins.
pub(super) fn assign(text: &str, blocks: &mut [Block]) {
    turns(text, blocks);
    furniture(text, blocks);
    let first_body = blocks
        .iter()
        .position(|b| b.zone == Zone::Body)
        .unwrap_or(blocks.len());
    for i in first_body..blocks.len() {
        if blocks[i].zone != Zone::Body {
            continue;
        }
        let words = blocks[i].span.text(text);
        if is_caption(words) {
            blocks[i].zone = Zone::Caption;
        } else if is_credit_line(words) || i > first_body && is_byline(words) {
            blocks[i].zone = Zone::Byline;
        } else if i > first_body && is_crosshead(text, blocks, i) {
            blocks[i].zone = Zone::Crosshead;
        } else {
            blocks[i].lead_end = dateline_lead(words, i == first_body);
        }
    }
}

/// The zones of what stands above the first paragraph.
fn furniture(text: &str, blocks: &mut [Block]) {
    const MAX_ITEMS: usize = 12;
    const MAX_STANDFIRSTS: usize = 3;
    let mut headline = false;
    let mut standfirsts = 0;
    let last = blocks.len();
    for i in 0..blocks.len().min(MAX_ITEMS) {
        let words = blocks[i].span.text(text);
        match blocks[i].zone {
            Zone::Body => {}
            Zone::Headline => {
                headline = true;
                continue;
            }
            Zone::Transcript => return,
            _ => continue,
        }
        let zone = if is_byline(words) || is_credit_line(words) {
            Zone::Byline
        } else if is_dateline(words) {
            Zone::Dateline
        } else if is_caption(words) {
            Zone::Caption
        } else if !headline && is_headline(words, i + 1 < last) {
            headline = true;
            Zone::Headline
        } else if headline && standfirsts < MAX_STANDFIRSTS && is_standfirst(words) {
            standfirsts += 1;
            Zone::Headline
        } else {
            return;
        };
        blocks[i].zone = zone;
    }
}

fn is_headline(words: &str, more: bool) -> bool {
    const MAX_LEN: usize = 240;
    if words.len() > MAX_LEN || words.contains(['\n', '\r']) || has_inner_stop(words) {
        return false;
    }
    match ending(words) {
        Ending::Open => dateline_lead(words, true) == 0,
        Ending::Question => more && !words.ends_with(is_closer),
        // Archives set a stop after every headline; its capitals give it away.
        Ending::Stop => more && is_title_case(words),
        Ending::Colon | Ending::Comma => false,
    }
}

fn is_standfirst(words: &str) -> bool {
    const MAX_LEN: usize = 320;
    words.len() <= MAX_LEN && ending(words) == Ending::Open && dateline_lead(words, true) == 0
}

/// Whether a sentence ends before the end of `words`.
fn has_inner_stop(words: &str) -> bool {
    let mut rest = words;
    while let Some(at) = rest.find(['.', '!', '?']) {
        let before = rest[..at]
            .rsplit(|c: char| !c.is_alphanumeric())
            .next()
            .unwrap_or("");
        let after = rest[at + 1..].trim_start_matches(is_closer);
        let word = after.trim_start();
        if after.len() > word.len()
            && before.chars().count() > 3
            && word
                .chars()
                .find(|c| !is_closer(*c))
                .is_some_and(char::is_uppercase)
        {
            return true;
        }
        // “Peace is a verb.” — Amara Diallo
        if rest[at..].starts_with('.') && rest[at + 1..].starts_with(['”', '"', '’']) && !word.is_empty()
        {
            return true;
        }
        rest = &rest[at + 1..];
    }
    false
}

/// Three or more words, at least four in five of the longer ones with a capital.
fn is_title_case(words: &str) -> bool {
    let (mut capitals, mut all) = (0, 0);
    for word in words
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.chars().count() > 3)
    {
        all += 1;
        capitals += usize::from(word.starts_with(|c: char| c.is_uppercase() || c.is_numeric()));
    }
    all >= 3 && capitals * 5 >= all * 4
}

/// "By Anna Reyes in Geneva", "BY TOM REED, Staff Writer".
fn is_byline(words: &str) -> bool {
    const MAX_LEN: usize = 160;
    /// Small words that a byline may hold beside names.
    const SMALL: &[&str] = &[
        "and",
        "in",
        "at",
        "with",
        "for",
        "of",
        "the",
        "de",
        "der",
        "den",
        "von",
        "van",
        "la",
        "le",
        "del",
        "da",
        "di",
        "al",
        "el",
        "bin",
        "ibn",
        "correspondent",
        "reporter",
        "writer",
        "editor",
        "staff",
        "political",
        "foreign",
        "diplomatic",
        "defence",
        "defense",
        "special",
        "senior",
        "chief",
        "affairs",
        "economics",
        "business",
        "security",
        "world",
        "news",
        "by",
        "words",
        "text",
        "photographs",
        "photos",
        "pictures",
        "updated",
        "reporting",
        "from",
    ];
    if words.len() > MAX_LEN || words.contains(['\n', '\r']) {
        return false;
    }
    let rest = [
        "By ",
        "BY ",
        "by ",
        "Words by ",
        "Text by ",
        "Story by ",
        "Analysis by ",
        "Opinion by ",
        "From ",
    ]
    .into_iter()
    .find_map(|p| words.strip_prefix(p));
    let Some(rest) = rest else { return false };
    if ending(rest) != Ending::Open || !rest.starts_with(|c: char| c.is_uppercase()) {
        return false;
    }
    let mut names = 0;
    for word in rest.split(|c: char| c.is_whitespace() || matches!(c, ',' | '|' | '/' | ';')) {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '@');
        if word.is_empty() || word.starts_with('@') || word.contains('@') {
            continue;
        }
        if word.starts_with(char::is_uppercase) {
            names += 1;
        } else if !SMALL.contains(&word) {
            return false;
        }
    }
    names >= 1 && names <= 14
}

/// "Reporting by Anna Reyes; Editing by Tom Reed", "burs/jj/gv".
fn is_credit_line(words: &str) -> bool {
    const MAX_LEN: usize = 300;
    const MAX_SIGN_OFF: usize = 30;
    if words.len() > MAX_LEN {
        return false;
    }
    let inner = words.trim_start_matches(['(', '[', '—', '-', '–', ' ']);
    if [
        "Reporting by ",
        "Additional reporting by ",
        "Editing by ",
        "Writing by ",
        "Compiled by ",
        "Edited by ",
        "Translated by ",
    ]
    .iter()
    .any(|p| inner.starts_with(p))
    {
        return true;
    }
    words.len() <= MAX_SIGN_OFF
        && words.contains('/')
        && words
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b"/-".contains(&b))
        && words.split(['/', '-']).all(|p| (1..=5).contains(&p.len()))
}

/// A line of place, date and agency only: "BRUSSELS, Dec 18 (AFP)", "Wednesday 18 December 2024, 10:30 GMT".
fn is_dateline(words: &str) -> bool {
    const MAX_LEN: usize = 110;
    const SMALL: &[&str] = &[
        "at",
        "on",
        "am",
        "pm",
        "a.m",
        "p.m",
        "last",
        "updated",
        "published",
        "first",
        "the",
        "of",
        "and",
        "de",
        "st",
        "nd",
        "rd",
        "th",
    ];
    if words.len() > MAX_LEN || words.contains(['\n', '\r']) {
        return false;
    }
    if !matches!(ending(words), Ending::Open | Ending::Comma) {
        return false;
    }
    let (mut dated, mut plain) = (0, 0);
    for word in words.split(|c: char| {
        c.is_whitespace() || matches!(c, ',' | '(' | ')' | '|' | '/' | '-' | '–' | '—' | '·')
    }) {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        if word.is_empty() {
            continue;
        }
        if is_date_word(word) || is_agency(word) {
            dated += 2;
        } else if word.starts_with(|c: char| c.is_ascii_digit()) {
            dated += 1;
        } else if word.starts_with(char::is_uppercase) {
            plain += 1;
        } else if !SMALL.contains(&word) {
            return false;
        }
    }
    dated >= 2 && plain <= 5 && plain <= dated + 1
}

fn is_date_word(word: &str) -> bool {
    const MONTHS: &[&str] = &[
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
    ];
    const LONG: &[&str] = &[
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    let mut lower = [0; 12];
    let Some(lower) = lower.get_mut(..word.len()) else {
        return false;
    };
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    word.starts_with(|c: char| c.is_ascii_uppercase())
        && MONTHS.iter().chain(LONG).any(|m| m.as_bytes() == lower)
}

/// News agencies by the name that stands in their datelines.
fn is_agency(word: &str) -> bool {
    matches!(
        word,
        "AFP"
            | "AP"
            | "Reuters"
            | "REUTERS"
            | "dpa"
            | "DPA"
            | "UPI"
            | "PA"
            | "ANSA"
            | "EFE"
            | "TASS"
            | "Xinhua"
            | "Bloomberg"
            | "BLOOMBERG"
            | "Kyodo"
            | "PTI"
            | "ANI"
            | "AAP"
            | "IANS"
            | "Tass"
            | "CNN"
            | "PAP"
            | "ANP"
            | "Interfax"
            | "Anadolu"
            | "Yonhap"
            | "AA"
            | "KUNA"
            | "WAM"
            | "Ukrinform"
    )
}

/// A caption or a photo credit.
fn is_caption(words: &str) -> bool {
    const MAX_LEN: usize = 500;
    const MAX_PLACED: usize = 320;
    const TAIL: usize = 70;
    if words.len() > MAX_LEN {
        return false;
    }
    let bytes = words.as_bytes();
    let tail = &words[words.ceil_char_boundary(words.len().saturating_sub(TAIL))..];
    matches!(bytes[0], b'P' | b'F' | b'I' | b'C' | b'G' | b'V') && starts_as_caption(words)
        || tail.bytes().any(|b| b == b':' || b == b'/') && is_credited(tail)
        || bytes.len() <= MAX_PLACED && bytes.contains(&b'(') && shows_people(words)
}

fn starts_as_caption(words: &str) -> bool {
    const STARTS: &[&str] = &[
        "Photo:",
        "PHOTO:",
        "Photos:",
        "FILE PHOTO",
        "FILE -",
        "FILE —",
        "FILE –",
        "Photograph:",
        "Picture:",
        "Image:",
        "Image credit",
        "Photo credit",
        "Caption:",
        "Credit:",
        "Photo by ",
        "Photograph by ",
        "Getty Images",
        "Video:",
    ];
    STARTS.iter().any(|s| words.starts_with(s))
}

/// Whether a credit stands at the end: "… Photo: J. Roe/AP", "… [Jane Roe/AFP]", "REUTERS/Jane Roe".
fn is_credited(tail: &str) -> bool {
    const NAMED: &[&str] = &[
        "Photo:",
        "Photograph:",
        "Picture:",
        "Image:",
        "PHOTO:",
        "Photo credit:",
        "REUTERS/",
        "AP Photo/",
        "AFP/",
    ];
    const AGENCIES: &[&str] = &[
        "AP",
        "AP Photo",
        "AFP",
        "Reuters",
        "EPA",
        "Getty Images",
        "Getty",
        "dpa",
        "PA",
        "Bloomberg",
        "Shutterstock",
    ];
    let credit = tail.trim_end_matches([')', ']', '.', ' ', '*', '_']);
    NAMED.iter().any(|s| tail.contains(s))
        || credit.rsplit_once('/').is_some_and(|(_, last)| {
            let rests = AGENCIES.iter().filter_map(|a| last.strip_prefix(a));
            rests.into_iter().any(|r| r.is_empty() || r.starts_with(" via "))
        })
}

/// Whether a single sentence tells which of the people shown is which: "Lena Hartmann (left) with …".
fn shows_people(words: &str) -> bool {
    const PLACES: &[&str] = &[
        "left",
        "right",
        "centre",
        "center",
        "second left",
        "second right",
        "second from left",
        "second from right",
        "third from left",
        "third from right",
        "far left",
        "far right",
        "pictured",
        "top",
        "bottom",
        "above",
        "top left",
        "top right",
        "bottom left",
        "bottom right",
        "front",
        "standing",
        "seated",
    ];
    let mut sides = [false; 2];
    let mut rest = words;
    let mut placed = false;
    while let Some(at) = rest.find('(') {
        let name = rest[..at].trim_end().rsplit(' ').next().unwrap_or("");
        rest = &rest[at + 1..];
        let Some(end) = rest.find(')') else { break };
        let inside = &rest[..end];
        // The bracket follows a name; else the sentence says that something is left, or right.
        if name.starts_with(char::is_uppercase) {
            placed |= PLACES.contains(&inside);
            // One "(R)" is a party, "(L)" and "(R)" together are not.
            sides[0] |= matches!(inside, "L" | "l");
            sides[1] |= matches!(inside, "R" | "r");
        }
    }
    (placed || sides == [true; 2]) && !has_inner_stop(words)
}

/// A short line without a final stop that stands between paragraphs.
fn is_crosshead(text: &str, blocks: &[Block], i: usize) -> bool {
    const MAX_LEN: usize = 70;
    const MAX_WORDS: usize = 9;
    let words = blocks[i].span.text(text);
    if words.len() > MAX_LEN || words.contains(['\n', '\r']) || words.split_whitespace().count() > MAX_WORDS {
        return false;
    }
    let begins = words.chars().find(|c| c.is_alphanumeric());
    if begins.is_none_or(char::is_lowercase) || words.starts_with(['—', '–', '―']) {
        return false;
    }
    let ends = match ending(words) {
        Ending::Open => true,
        Ending::Question => words.ends_with('?') && !words.starts_with(is_closer),
        _ => false,
    };
    // It heads something: a paragraph longer than itself.
    let heads = blocks.get(i + 1).is_some_and(|next| {
        let next_words = next.span.text(text);
        matches!(
            next.zone,
            Zone::Body | Zone::ListItem | Zone::BlockQuote | Zone::Transcript
        ) && (next.span.len() > words.len() * 3 / 2 || ending(next_words).is_stop())
    });
    ends && heads && !has_inner_stop(words)
}

/// Length of "Brussels (Belgium) (AFP) - " at the start of a paragraph; 0 when there is none. A place alone
/// counts only in the first paragraph.
fn dateline_lead(words: &str, first: bool) -> u32 {
    const MAX_LEN: usize = 100;
    const SMALL: &[&str] = &[
        "de", "la", "of", "the", "and", "near", "in", "on", "del", "el", "al", "aboard", "upon", "sur", "am",
        "outside", "at", "over",
    ];
    let head = &words[..words.floor_char_boundary(MAX_LEN)];
    let Some((dash, after)) = head_dash(head) else {
        return 0;
    };
    let place = head[..dash].trim_end();
    let rest = words[after..].trim_start();
    let opens = rest
        .chars()
        .find(|c| !matches!(c, '“' | '"' | '‘' | '\'' | '«' | '`' | '(' | '['))
        .is_some_and(|c| c.is_uppercase() || c.is_numeric());
    if place.is_empty() || !opens || place.contains([':', '“', '”', '"', '?', '!', ';', '\n', '\r']) {
        return 0;
    }
    let (mut agency, mut date, mut caps, mut count) = (false, false, true, 0);
    for (n, raw) in place
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '/'))
        .enumerate()
    {
        let word = raw.trim_matches(|c: char| !c.is_alphanumeric());
        if word.is_empty() {
            continue;
        }
        count += 1;
        let bracketed = raw.starts_with('(');
        if bracketed && is_agency(word) || is_agency(word) && n > 0 {
            agency = true;
        } else if is_date_word(word) && n > 0 {
            date = true;
        } else if word.starts_with(|c: char| c.is_ascii_digit()) {
            date |= n > 0;
        } else if word.starts_with(char::is_uppercase) {
            if n == 0 {
                caps = word.chars().filter(|c| c.is_uppercase()).count() > 2
                    && !word.chars().any(char::is_lowercase);
            }
        } else if !SMALL.contains(&word) || n == 0 {
            return 0;
        }
    }
    let found = count <= 10 && (agency || date && (caps || first) || first && caps);
    if found {
        (words.len() - rest.len()) as u32
    } else {
        0
    }
}

/// The first dash of `head` that parts: its byte, and the byte after it.
fn head_dash(head: &str) -> Option<(usize, usize)> {
    head.char_indices().find_map(|(at, c)| {
        let before = head[..at].ends_with(char::is_whitespace) || head[..at].ends_with(')');
        match c {
            '—' | '―' => Some((at, at + c.len_utf8())),
            '–' if before => Some((at, at + c.len_utf8())),
            '-' | '_' if before => {
                let run = head[at..]
                    .bytes()
                    .take_while(|b| *b == b'-' || *b == b'_')
                    .count();
                head[at + run..]
                    .starts_with(char::is_whitespace)
                    .then_some((at, at + run))
            }
            '-' if head[at..].starts_with("--") => Some((at, at + 2)),
            _ => None,
        }
    })
}

/// What the label of a turn looks like.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Label {
    /// "Q:", "A:".
    Qa,
    /// "HARTMANN:".
    Caps,
    /// "Lena Hartmann:".
    Name,
    /// "((Lena Hartmann))", as wikis mark their interviews.
    Bracketed,
}

/// A speaker label at the start of `words`: its form, and the byte after its colon.
pub(super) fn turn_label(words: &str) -> Option<(Label, usize)> {
    const MAX_LEN: usize = 56;
    const MAX_WORDS: usize = 6;
    let bytes = words.as_bytes();
    if let [b'Q', b':' | b'.', rest @ ..] | [b'A', b':', rest @ ..] = bytes {
        return rest
            .first()
            .is_some_and(u8::is_ascii_whitespace)
            .then_some((Label::Qa, 2));
    }
    if let Some(name) = words.strip_prefix("((") {
        let end = name[..name.floor_char_boundary(MAX_LEN)].find("))")?;
        let told = name[end + 2..].chars().any(char::is_alphanumeric) && name.starts_with(char::is_uppercase);
        return told.then_some((Label::Bracketed, end + 4));
    }
    let head = &bytes[..bytes.len().min(MAX_LEN)];
    let colon = head
        .iter()
        .position(|b| matches!(b, b':' | b'?' | b'!' | b';' | b'"' | b'\n'))?;
    // In Markdown the label may be bold: "**HARTMANN:** We stay."
    let after = words[colon + 1..].trim_start_matches('*');
    if bytes[colon] != b':' || !after.starts_with([' ', '\u{a0}', '"', '“', '\t']) {
        return None;
    }
    if !after.chars().any(char::is_alphabetic) {
        return None;
    }
    let end = words.len() - after.len();
    let label = &words[..colon];
    if !label.starts_with(char::is_uppercase) {
        return None;
    }
    let (mut count, mut caps) = (0, true);
    for raw in label.split(' ') {
        let word = raw.trim_matches(|c: char| matches!(c, '(' | ')' | ',' | '.' | '*'));
        if word.is_empty()
            || !word
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-' | '.'))
        {
            return None;
        }
        count += 1;
        if word.starts_with(char::is_lowercase)
            && !matches!(word, "of" | "the" | "de" | "van" | "von" | "der" | "al")
        {
            return None;
        }
        if word.chars().any(char::is_numeric) && !raw.contains('-') {
            return None;
        }
        caps &= !word.chars().any(char::is_lowercase);
    }
    if count > MAX_WORDS || label.chars().count() < 2 || is_no_speaker(label) {
        return None;
    }
    if matches!(label, "Question" | "Answer" | "QUESTION" | "ANSWER") {
        return Some((Label::Qa, end));
    }
    Some((if caps { Label::Caps } else { Label::Name }, end))
}

/// Labels of notes, slugs and service lines.
fn is_no_speaker(label: &str) -> bool {
    const WORDS: &[&str] = &[
        "note",
        "notes",
        "update",
        "updates",
        "breaking",
        "correction",
        "corrections",
        "clarification",
        "editor",
        "editors",
        "watch",
        "read",
        "listen",
        "more",
        "related",
        "photo",
        "photos",
        "file",
        "video",
        "audio",
        "factbox",
        "explainer",
        "analysis",
        "exclusive",
        "opinion",
        "live",
        "warning",
        "source",
        "sources",
        "url",
        "date",
        "time",
        "place",
        "who",
        "what",
        "when",
        "where",
        "why",
        "how",
        "contact",
        "contacts",
        "tel",
        "phone",
        "fax",
        "email",
        "website",
        "web",
        "ps",
        "nb",
        "fyi",
        "poll",
        "fact",
        "facts",
        "myth",
        "claim",
        "verdict",
        "rating",
        "summary",
        "background",
        "headline",
        "slug",
        "embargo",
        "embargoed",
        "attention",
        "alert",
        "urgent",
        "caption",
        "credit",
        "image",
        "picture",
        "graphic",
        "map",
        "chart",
        "table",
        "figure",
        "step",
        "tip",
        "tips",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "topic",
        "topics",
        "tags",
        "keywords",
        "subject",
        "re",
        "from",
        "to",
        "cc",
        "day",
        "week",
        "part",
        "chapter",
        "section",
        "see",
        "trump card",
        "quote",
        "result",
        "results",
        "score",
        "winner",
        "winners",
        "location",
        "price",
        "published",
        "updated",
        "by",
        "also",
        "plus",
        "key",
        "example",
        "disclaimer",
        "disclosure",
        "copyright",
        "trending",
        "abstract",
        "full text",
        "topline",
        "bottom line",
        "the bottom line",
        "editor's note",
        "editor’s note",
        "editors' note",
        "editors’ note",
        "author's note",
        "author’s note",
        "in brief",
        "in short",
        "http",
        "https",
        "spoiler",
        "trivia",
        "total",
        "error",
        "important",
        "look",
        "ap",
        "reuters",
        "afp",
        "reminder",
        "advisory",
        "statement",
        "text",
    ];
    let label = label.trim();
    let first = label.split([' ', '\'', '’']).next().unwrap_or(label);
    WORDS
        .iter()
        .any(|w| w.eq_ignore_ascii_case(label) || w.eq_ignore_ascii_case(first))
}

/// Finds the turns of a transcript. One label proves nothing, unless it is Q, A or a name in capitals;
/// names in small letters have to come back.
fn turns(text: &str, blocks: &mut [Block]) {
    let mut labels: Vec<(usize, Label, usize)> = Vec::new();
    for (i, block) in blocks.iter().enumerate() {
        if block.zone == Zone::Body
            && let Some((label, end)) = turn_label(block.span.text(text))
        {
            labels.push((i, label, end));
        }
    }
    if labels.is_empty() {
        return;
    }
    let mut seen: FxHashMap<&str, u32> = FxHashMap::default();
    for &(i, _, end) in &labels {
        *seen.entry(&blocks[i].span.text(text)[..end]).or_default() += 1;
    }
    let returns = seen.values().any(|n| *n > 1);
    let qa = labels.iter().filter(|l| l.1 == Label::Qa).count();
    let caps = labels.iter().filter(|l| l.1 == Label::Caps).count();
    let mut turns = 0;
    for (n, &(i, label, end)) in labels.iter().enumerate() {
        let span = blocks[i].span;
        let words = span.text(text);
        let again = seen[&words[..end]] > 1;
        let beside = |other: Option<&(usize, Label, usize)>| other.is_some_and(|o| o.0.abs_diff(i) == 1);
        let neighbour = beside(labels.get(n + 1)) || n > 0 && beside(labels.get(n - 1));
        let speaks = match label {
            // "Q. " may be the initial of a name when it stands alone.
            Label::Qa => qa > 1 || words.as_bytes()[1] == b':',
            Label::Caps => {
                caps > 1 && (again || neighbour || returns)
                    || (i > 0 || blocks.len() == 1) && ending(words).is_stop()
            }
            Label::Name => returns && (neighbour || again && i > 0),
            Label::Bracketed => true,
        };
        if speaks {
            let lead = words.len() - words[end..].trim_start().len();
            blocks[i].zone = Zone::Transcript;
            blocks[i].lead_end = lead as u32;
            turns += 1;
        }
    }
    // In an interview, an answer of several paragraphs is labelled once.
    let bodies = blocks.iter().filter(|b| b.zone == Zone::Body).count();
    if turns >= 4 && turns * 2 >= bodies {
        let first = blocks
            .iter()
            .position(|b| b.zone == Zone::Transcript)
            .unwrap_or(0);
        let last = blocks
            .iter()
            .rposition(|b| b.zone == Zone::Transcript)
            .unwrap_or(0);
        for block in &mut blocks[first..last] {
            let words = block.span.text(text);
            // "(APPLAUSE)"
            let aside = words.starts_with(['(', '[']) && words.ends_with([')', ']']);
            if block.zone == Zone::Body && !aside {
                block.zone = Zone::Transcript;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leads() {
        for (text, want) in [
            (
                "Brussels (Belgium) (AFP) - Ukrainian President",
                "Brussels (Belgium) (AFP) - ",
            ),
            ("WASHINGTON (AP) — The vote", "WASHINGTON (AP) — "),
            ("KYIV, Dec 18 (Reuters) - Rutte said", "KYIV, Dec 18 (Reuters) - "),
            ("LONDON — “We are", "LONDON — "),
            ("NEW YORK, Dec. 11 (UPI) — NBA", "NEW YORK, Dec. 11 (UPI) — "),
            ("COLUMBIA, S.C. - The bank", "COLUMBIA, S.C. - "),
            ("SAN JOSE, Calif. (AP) _ A man", "SAN JOSE, Calif. (AP) _ "),
            ("PARIS—The minister", "PARIS—"),
            ("Zelensky – who will also attend", ""),
            ("NATO – the alliance – said", ""),
            ("The talks — Hartmann’s first — failed.", ""),
            ("A well-known man", ""),
        ] {
            assert_eq!(&text[..dateline_lead(text, true) as usize], want, "{text}");
        }
    }

    #[test]
    fn labels() {
        for (text, want) in [
            ("HARTMANN: We are not leaving.", Some(Label::Caps)),
            ("NOTE: The vote is on Monday.", None),
            ("Q: Are you leaving?", Some(Label::Qa)),
            ("Lena Hartmann: We stay.", Some(Label::Name)),
            ("Rep. Dale Roy (R-Ohio):\"I have not.\"", Some(Label::Name)),
            ("She said: we stay.", None),
            ("At 10:30 the talks", None),
        ] {
            assert_eq!(turn_label(text).map(|l| l.0), want, "{text}");
        }
    }
}
