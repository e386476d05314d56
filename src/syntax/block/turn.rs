//! Turns of a transcript: labels before a colon, and whether they are speakers.

use rustc_hash::FxHashMap;

use super::{Block, Zone, floor, zone::ending};
use crate::syntax::words::Class;

/// What the label of a turn looks like.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Label {
    /// "Q:", "A:", "Q.".
    Qa,
    /// "A.", which is an answer only where there are questions.
    Answer,
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
    if let [b'A', b'.', rest @ ..] = bytes {
        return rest
            .first()
            .is_some_and(u8::is_ascii_whitespace)
            .then_some((Label::Answer, 2));
    }
    if let Some(name) = words.strip_prefix("((") {
        let end = name[..floor(name, MAX_LEN)].find("))")?;
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

/// Labels of notes, slugs and service lines: the whole label is listed, or its first word.
fn is_no_speaker(label: &str) -> bool {
    let label = label.trim().to_lowercase();
    let first = label.split([' ', '\'', '’']).next().unwrap_or(&label);
    Class::Label.has(&label) || Class::Label.has(first)
}

/// Finds the turns of a transcript. One label proves nothing, unless it is Q, A or a name in capitals;
/// names in small letters have to come back.
pub(super) fn turns(text: &str, blocks: &mut [Block]) {
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
    // "KARACHI: The rupee fell.", "LAHORE: Two men died.": towns in capitals that nobody comes back to, and a
    // narrator behind them.
    let capitals = || labels.iter().filter(|l| l.1 == Label::Caps);
    let spoken = |l: &&(usize, Label, usize)| is_spoken(&blocks[l.0].span.text(text)[l.2..]);
    let towns = !returns && capitals().filter(spoken).count() * 3 < capitals().count();
    let qa = labels.iter().filter(|l| l.1 == Label::Qa).count();
    let caps = labels.iter().filter(|l| l.1 == Label::Caps).count();
    let mut turns = 0;
    for (n, &(i, label, end)) in labels.iter().enumerate() {
        let span = blocks[i].span;
        let words = span.text(text);
        let again = seen[&words[..end]] > 1;
        let beside = |other: Option<&(usize, Label, usize)>| other.is_some_and(|o| o.0.abs_diff(i) == 1);
        let neighbor = beside(labels.get(n + 1)) || n > 0 && beside(labels.get(n - 1));
        if towns && label == Label::Caps && ending(words).is_stop() {
            let rest = words[end..].trim_start();
            blocks[i].lead_end = (words.len() - rest.len()) as u32;
            continue;
        }
        let speaks = match label {
            // "Q. " may be the initial of a name when it stands alone.
            Label::Qa => qa > 1 || words[..end].contains(':'),
            Label::Answer => qa > 0 && neighbor,
            Label::Caps => {
                caps > 1 && (again || neighbor || returns)
                    || (i > 0 || blocks.len() == 1) && ending(words).is_stop()
            }
            Label::Name => returns && (neighbor || again && i > 0),
            Label::Bracketed => true,
        };
        if speaks {
            let said = words[end..].trim_start_matches(|c: char| c.is_whitespace() || c == ':');
            let lead = words.len() - said.len();
            blocks[i].zone = Zone::Transcript;
            blocks[i].lead_end = lead as u32;
            turns += 1;
        }
    }
    // In an interview, an answer of several paragraphs is labeled once.
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

/// Whether somebody speaks in these words, and not a narrator: of himself, to somebody, in short forms, or in marks.
fn is_spoken(words: &str) -> bool {
    const LOOKED_AT: usize = 600;
    let words = words.trim_start();
    let words = &words[..floor(words, LOOKED_AT)];
    if words.starts_with(['"', '“']) || words.ends_with(['?', '!']) {
        return true;
    }
    let mut quoted = false;
    words.split_whitespace().any(|word| {
        quoted |= word.starts_with(['"', '“', '‘']);
        let told = !quoted
            && Class::Spoken.has(
                &word
                    .trim_matches(|c: char| !c.is_alphanumeric())
                    .replace('’', "'"),
            );
        quoted &= !word
            .trim_end_matches(['.', ',', '?', '!'])
            .ends_with(['"', '”', '’']);
        told
    })
}

#[cfg(test)]
mod tests {
    use super::*;

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
