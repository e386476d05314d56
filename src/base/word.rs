//! Where words begin and end. Names in the knowledge base and words in text are cut by this one rule,
//! so that they always meet.

use crate::base::span::Span;

/// What kind of token a piece of text is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum TokenKind {
    /// Letters, with inner apostrophes (`O’Brien`, `don’t`) and the dots of an abbreviation of single
    /// letters (`U.S.`); digits may follow letters (`G20`).
    Word,
    /// Begins with a digit: `54`, `1,000`, `2.5`, `30th`.
    Number,
    /// The clitic `’s` or `'s` after a word, or a bare `’` after a plural when the scanner was told so.
    Possessive,
    /// One character of punctuation or a symbol.
    Punct,
}

/// Cuts `text` into tokens, calling `emit` for each; white space is left out. Offsets are bytes of `text`.
/// Words are cut at hyphens and slashes, which are tokens of their own.
pub fn scan(text: &str, mut emit: impl FnMut(TokenKind, Span)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(c) = char_at(text, at) {
        let start = at;
        if c.is_whitespace() || is_ignorable(c) {
            at += c.len_utf8();
            continue;
        }
        if !c.is_alphanumeric() {
            at += c.len_utf8();
            emit(TokenKind::Punct, Span::new(start, at));
            continue;
        }
        let number = c.is_numeric();
        at += c.len_utf8();
        let mut dotted = bytes.get(at) == Some(&b'.') && c.is_alphabetic();
        let mut possessive = None;
        while let Some(c) = char_at(text, at) {
            if c.is_alphanumeric() || is_mark(c) || c == '\u{ad}' {
                // A second letter in a row ends the single-letter pattern.
                if char_before_is_letter(text, start, at) {
                    dotted = false;
                }
                at += c.len_utf8();
                continue;
            }
            let next = char_at(text, at + c.len_utf8());
            let joins = match c {
                '’' | '\'' | 'ʼ' | 'ʻ' | '‘' if !number && next.is_some_and(char::is_alphabetic) => {
                    if c == '‘' && !next.is_some_and(char::is_lowercase) {
                        false
                    } else {
                        let after = at + c.len_utf8();
                        let tail = &text[after..];
                        let is_s = tail.starts_with(['s', 'S'])
                            && !tail[1..]
                                .chars()
                                .next()
                                .is_some_and(|c| c.is_alphanumeric() || is_mark(c));
                        if is_s {
                            possessive = Some(Span::new(at, after + 1));
                            break;
                        }
                        true
                    }
                }
                '.' | ',' if number => next.is_some_and(char::is_numeric),
                // `U.S.`, `a.m.`: single letters, each with its stop; the last stop belongs to the word
                // when at least two letters came before it.
                '.' if dotted => {
                    let letter_next = next.is_some_and(char::is_alphabetic)
                        && !char_at(text, at + 1 + next.map_or(0, char::len_utf8))
                            .is_some_and(char::is_alphanumeric);
                    letter_next || text[start..at].contains('.')
                }
                '&' => next.is_some_and(char::is_alphabetic) && text[start..at].len() == 1 && c == '&',
                _ => false,
            };
            if !joins {
                break;
            }
            at += c.len_utf8();
        }
        emit(
            if number {
                TokenKind::Number
            } else {
                TokenKind::Word
            },
            Span::new(start, at),
        );
        if let Some(clitic) = possessive {
            at = clitic.end as usize;
            emit(TokenKind::Possessive, clitic);
        }
    }
}

/// Splits a name into the folded words under which it is stored, without punctuation.
pub fn name_words(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    scan(name, |kind, span| match kind {
        TokenKind::Word | TokenKind::Number => words.push(crate::base::fold::fold(span.text(name))),
        TokenKind::Possessive => words.push("s".to_owned()),
        TokenKind::Punct => {}
    });
    words
}

fn char_at(text: &str, at: usize) -> Option<char> {
    let b = *text.as_bytes().get(at)?;
    if b < 0x80 {
        Some(b as char)
    } else {
        text.get(at..)?.chars().next()
    }
}

fn char_before_is_letter(text: &str, start: usize, at: usize) -> bool {
    text[start..at]
        .chars()
        .next_back()
        .is_some_and(char::is_alphanumeric)
}

fn is_mark(c: char) -> bool {
    !c.is_ascii() && unicode_normalization::char::is_combining_mark(c)
}

/// Characters without width that are in the text by accident of pasting.
fn is_ignorable(c: char) -> bool {
    matches!(
        c,
        '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{ad}' | '\0'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<(&str, TokenKind)> {
        let mut out = Vec::new();
        scan(text, |kind, span| out.push((span.text(text), kind)));
        out
    }

    fn words(text: &str) -> String {
        cut(text).iter().map(|t| t.0).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn cuts_words() {
        for (text, want) in [
            ("Ukraine’s allies", "Ukraine|’s|allies"),
            ("don’t O'Brien's", "don’t|O'Brien|'s"),
            ("the U.S. said", "the|U.S.|said"),
            ("at 5 a.m. He", "at|5|a.m.|He"),
            ("It ended. A new", "It|ended|.|A|new"),
            ("vitamin A. Then", "vitamin|A|.|Then"),
            ("Donald J. Trump", "Donald|J|.|Trump"),
            ("air-defence 1,000 2.5% G20", "air|-|defence|1,000|2.5|%|G20"),
            ("‘Position of strength’", "‘|Position|of|strength|’"),
            ("al-Sisi's", "al|-|Sisi|'s"),
            ("rock ’n’ roll", "rock|’|n|’|roll"),
            ("AT&T's", "AT|&|T|'s"),
            ("’90s", "’|90s"),
            ("U.S.’s", "U.S.|’s"),
        ] {
            assert_eq!(words(text), want);
        }
    }

    #[test]
    fn name_keys() {
        assert_eq!(name_words("Côte d’Ivoire"), ["cote", "divoire"]);
        assert_eq!(name_words("Donald J. Trump"), ["donald", "j", "trump"]);
        assert_eq!(
            name_words("Abdel-Fattah el-Sisi"),
            ["abdel", "fattah", "el", "sisi"]
        );
        assert_eq!(name_words("U.S.A."), ["usa"]);
    }
}
