//! Quotation marks of every style, paired within one block.
//!
//! Each mark may open, close, or be no quotation mark at all (an apostrophe, inches). What a mark is by its
//! looks and by its neighbors gives each reading a cost; what the sequence does (a closer without an opener,
//! an opener never closed, the same marks nested) costs as well. The cheapest reading of the whole block
//! wins. So one odd mark spoils at most its own quotation and never those after it, as a count of even and
//! odd marks would.

mod mark;
mod search;

use crate::{
    base::span::Span,
    syntax::{block::Zone, token::Tokens},
};

/// Which marks a pair is written with.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[allow(missing_docs, reason = "the names say what they are")]
pub enum Family {
    /// “…”, also ”…” and the wrong way round ”…“.
    CurlyDouble,
    /// ‘…’
    CurlySingle,
    /// "…"
    StraightDouble,
    /// '…'
    StraightSingle,
    /// «…» or »…«, ‹…›
    Guillemet,
    /// „…“, ‚…‘
    German,
    /// ``…'', ''…'', ‘‘…’’
    Latex,
    /// &quot;…&quot; and other character references
    Escaped,
    /// Opener and closer of different families.
    Mixed,
    /// — Nous restons, a dit Hartmann. A dash opens the speech, nothing closes it.
    Dash,
}

/// A pair of marks, or one that lacks its partner in this block.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pair {
    /// From the opening mark (or the block's start when there is none) to the closing mark, marks included.
    /// An opener that is never closed reaches to the block's end, or to the white space before the next
    /// quotation of its level, or to the end of the pair around it, whichever comes first; a closer that was
    /// never opened reaches back to the end of the pair before it. Of a [`Family::Dash`] pair it ends where
    /// the narrator breaks in.
    pub span: Span,
    /// The opening mark; `None` for a closing mark that was never opened.
    pub open: Option<Span>,
    /// The closing mark; `None` when the block ends first (the next block may continue the quotation), and
    /// always for [`Family::Dash`].
    pub close: Option<Span>,
    /// 0 for an outer pair, 1 for a pair inside another, and so on.
    pub level: u8,
    /// How it is written.
    pub family: Family,
}

impl Pair {
    /// The text between the marks.
    pub fn inner(&self) -> Span {
        let start = self.open.map_or(self.span.start, |m| m.end);
        let end = self.close.map_or(self.span.end, |m| m.start);
        Span {
            start: start.min(end),
            end: end.max(start),
        }
    }

    /// Whether a mark lacks its partner. Dashes need none.
    pub fn is_lone(&self) -> bool {
        self.family != Family::Dash && (self.open.is_none() || self.close.is_none())
    }
}

/// Finds the pairs of one block, in text order (an outer pair before those inside it). Pairs nest: two of
/// them either share no byte or one covers the other.
pub fn pairs(text: &str, tokens: &Tokens, zone: Zone) -> Vec<Pair> {
    let marks = mark::marks(text, tokens);
    let mut pairs = search::pair(text, &marks);
    if let Some(dash) = mark::dash_speech(text, tokens, zone, &pairs) {
        pairs.insert(0, dash);
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::token;

    /// The pairs of `text`, one a line: level, family, words.
    fn show(text: &str) -> String {
        let tokens = token::tokenize(text, &[]);
        let lines = pairs(text, &tokens, Zone::Body).into_iter().map(|p| {
            let ends = match (p.open, p.close) {
                (Some(_), Some(_)) => "",
                (Some(_), None) if p.family == Family::Dash => "",
                (Some(_), None) => " open",
                _ => " stray",
            };
            format!("{} {:?}{ends} {}", p.level, p.family, p.span.text(text))
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    #[track_caller]
    fn check(text: &str, want: &[&str]) {
        assert_eq!(show(text), want.join("\n"), "{text}");
    }

    #[test]
    fn styles() {
        check("“We stay,” he said.", &["0 CurlyDouble “We stay,”"]);
        check("\"We stay,\" he said.", &["0 StraightDouble \"We stay,\""]);
        check("‘We stay,’ he said.", &["0 CurlySingle ‘We stay,’"]);
        check("'We stay,' he said.", &["0 StraightSingle 'We stay,'"]);
        check(
            "« Nous restons », a dit Hartmann.",
            &["0 Guillemet « Nous restons »"],
        );
        check("»Vi bliver«, sagde Hartmann.", &["0 Guillemet »Vi bliver«"]);
        check("„Wir bleiben“, sagte Hartmann.", &["0 German „Wir bleiben“"]);
        check("‚Wir bleiben‘, sagte Hartmann.", &["0 German ‚Wir bleiben‘"]);
        check("”Vi stannar”, sade Hartmann.", &["0 CurlyDouble ”Vi stannar”"]);
        check("”We stay,“ he said.", &["0 CurlyDouble ”We stay,“"]);
        check("``We stay,'' he said.", &["0 Latex ``We stay,''"]);
        check(
            "''We stay,'' he said. ''Now.''",
            &["0 Latex ''We stay,''", "0 Latex ''Now.''"],
        );
        check("‘‘We stay,’’ he said.", &["0 Latex ‘‘We stay,’’"]);
        check(
            "&quot;We stay,&quot; he said.",
            &["0 Escaped &quot;We stay,&quot;"],
        );
        check(
            "&ldquo;We &#39;stay&#39;,&rdquo; he said.",
            &[
                "0 Escaped &ldquo;We &#39;stay&#39;,&rdquo;",
                "1 Escaped &#39;stay&#39;",
            ],
        );
        check("“We stay,\" he said.", &["0 Mixed “We stay,\""]);
        check("„We stay,\" he said.", &["0 Mixed „We stay,\""]);
    }

    #[test]
    fn nested() {
        check(
            "“He said ‘no’ and left,” she said.",
            &["0 CurlyDouble “He said ‘no’ and left,”", "1 CurlySingle ‘no’"],
        );
        check(
            "‘He said “no”,’ she said.",
            &["0 CurlySingle ‘He said “no”,’", "1 CurlyDouble “no”"],
        );
        check(
            "\"He said \"stay inside\" and left,\" said Amara.",
            &[
                "0 StraightDouble \"He said \"stay inside\" and left,\"",
                "1 StraightDouble \"stay inside\"",
            ],
        );
        check(
            "“He said ‘no’” and left. “‘Yes,’ he said.”",
            &[
                "0 CurlyDouble “He said ‘no’”",
                "1 CurlySingle ‘no’",
                "0 CurlyDouble “‘Yes,’ he said.”",
                "1 CurlySingle ‘Yes,’",
            ],
        );
        check(
            "\"'Yes,' he said, 'it's ours'\"",
            &[
                "0 StraightDouble \"'Yes,' he said, 'it's ours'\"",
                "1 StraightSingle 'Yes,'",
                "1 StraightSingle 'it's ours'",
            ],
        );
        check(
            "‘He said ‘no’’",
            &["0 CurlySingle ‘He said ‘no’’", "1 CurlySingle ‘no’"],
        );
    }

    #[test]
    fn no_quotation_marks() {
        for text in [
            "The ’90s band played rock ’n’ roll at the workers’ hall.",
            "The '90s band played rock 'n' roll at the workers' hall.",
            "The ministers' meeting ended the dockers' strike.",
            "O'Brien met D'Angelo at Coeur d'Alene.",
            "The 6'2\" keeper stopped a shot from 30' with a 12\" stick.",
            "The 6’2” keeper stopped a shot from 30’ away.",
            "’Tis the season, and 'twas the night. Get ’em goin’ home.",
        ] {
            check(text, &[]);
        }
    }

    #[test]
    fn apostrophes_inside_single_marks() {
        check(
            "‘We don’t want the ministers’ money,’ she said.",
            &["0 CurlySingle ‘We don’t want the ministers’ money,’"],
        );
        check(
            "'We don't want the ministers' money,' she said.",
            &["0 StraightSingle 'We don't want the ministers' money,'"],
        );
        check(
            "The dockers' leader said 'no' to the ministers' offer.",
            &["0 StraightSingle 'no'"],
        );
        check(
            "‘Hello, ministers’ he said.",
            &["0 CurlySingle ‘Hello, ministers’"],
        );
        check(
            "\"He is 6'2\" tall,\" she said.",
            &["0 StraightDouble \"He is 6'2\" tall,\""],
        );
        check(
            "‘In the ’90s we played rock ’n’ roll,’ she said.",
            &["0 CurlySingle ‘In the ’90s we played rock ’n’ roll,’"],
        );
    }

    #[test]
    fn lone_marks() {
        check(
            "“We are not leaving, Hartmann said. Okoro called it “a pity”.",
            &[
                "0 CurlyDouble open “We are not leaving, Hartmann said. Okoro called it",
                "0 CurlyDouble “a pity”",
            ],
        );
        check(
            "\"We stay, he said. \"Never,\" she said. \"No,\" he said.",
            &[
                "0 StraightDouble open \"We stay, he said.",
                "0 StraightDouble \"Never,\"",
                "0 StraightDouble \"No,\"",
            ],
        );
        check(
            "We stay,” he said. “Now.”",
            &["0 CurlyDouble stray We stay,”", "0 CurlyDouble “Now.”"],
        );
        check(
            "We stay,\" he said. \"Now.\"",
            &["0 StraightDouble stray We stay,\"", "0 StraightDouble \"Now.\""],
        );
        check(
            "“We can wait a little longer.",
            &["0 CurlyDouble open “We can wait a little longer."],
        );
        check(
            "He said: “Go. ‘Now.’ ",
            &["0 CurlyDouble open “Go. ‘Now.’", "1 CurlySingle ‘Now.’"],
        );
        check(
            "“He said ‘no,” she said.",
            &["0 CurlyDouble “He said ‘no,”", "1 CurlySingle open ‘no,"],
        );
    }

    #[test]
    fn dashes() {
        check("— Nous restons, a dit Hartmann.", &["0 Dash — Nous restons"]);
        check("— Vous partez ? demanda Okoro.", &["0 Dash — Vous partez ?"]);
        check("— Nous restons.", &[]);
        check(
            "‘No way back’“We stay,” he said.",
            &["0 CurlySingle ‘No way back’", "0 CurlyDouble “We stay,”"],
        );
        check(
            "''I say 'no,''' he said.",
            &["0 Latex ''I say 'no,'''", "1 StraightSingle 'no,'"],
        );
        check("— Amara Diallo", &[]);
    }
}
