//! What the terminal can do, if there is one: colors, width, progress.

use std::{
    borrow::Cow,
    env,
    fmt::{self, Display},
    io::{self, IsTerminal, Write},
    time::{Duration, Instant},
};

use crate::cli::args::Color;

/// The width of text that goes to a file or a pipe, so that it is the same everywhere.
const FIXED_WIDTH: usize = 100;

/// How standard output is to be painted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look {
    /// Whether colors are wanted.
    pub(crate) color: bool,
    /// Columns.
    pub(crate) width: usize,
}

impl Look {
    /// For files and tests.
    pub(crate) const PLAIN: Self = Self {
        color: false,
        width: FIXED_WIDTH,
    };

    /// For standard output.
    pub(crate) fn of_stdout(color: Color) -> Self {
        let terminal = io::stdout().is_terminal();
        let set = |name: &str| env::var_os(name).is_some_and(|v| !v.is_empty());
        let color = match color {
            Color::Always => true,
            Color::Never => false,
            // https://no-color.org
            Color::Auto => terminal && !set("NO_COLOR") && env::var_os("TERM").is_none_or(|t| t != "dumb"),
        };
        let width = match terminal_size::terminal_size() {
            Some((terminal_size::Width(w), _)) if terminal => usize::from(w).clamp(40, 120),
            _ => FIXED_WIDTH,
        };
        Self { color, width }
    }

    /// `what` in `paint`, or as it is when colors are off.
    pub(crate) fn paint<T: Display>(self, paint: Paint, what: T) -> Painted<T> {
        Painted {
            code: if self.color { paint.code() } else { "" },
            what,
        }
    }
}

/// What a color means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Paint {
    Person,
    Country,
    Institution,
    Place,
    Group,
    Quote,
    Error,
    Warning,
    Note,
    Faint,
    Strong,
}

impl Paint {
    fn code(self) -> &'static str {
        match self {
            Self::Person => "36",
            Self::Country => "32",
            Self::Institution => "35",
            Self::Place => "34",
            Self::Group => "96",
            Self::Quote => "33",
            Self::Error => "1;31",
            Self::Warning => "1;33",
            Self::Note => "1;34",
            Self::Faint => "2",
            Self::Strong => "1",
        }
    }
}

/// Something in a color.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Painted<T> {
    code: &'static str,
    what: T,
}

impl<T: Display> Display for Painted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.code {
            "" => write!(f, "{}", self.what),
            code => write!(f, "\u{1b}[{code}m{}\u{1b}[0m", self.what),
        }
    }
}

/// Text of others, a character for a character, without those that would steer a terminal or turn its lines
/// around: a tab is a space, a control character the picture of it.
pub(crate) fn printable(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| picture(c) == c && c != '\t' && c != '\n') {
        return Cow::Borrowed(text);
    }
    let shown = text.chars().map(|c| if c == '\t' { ' ' } else { picture(c) });
    Cow::Owned(shown.collect())
}

fn picture(c: char) -> char {
    match c {
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or(c),
        '\u{7f}' => '\u{2421}',
        '\u{80}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            char::REPLACEMENT_CHARACTER
        }
        c => c,
    }
}

/// Whole lines and columns without paint, made [`printable`] on their way; what separates them stays.
pub(crate) struct Sheet<'a>(pub(crate) &'a mut dyn Write);

impl Write for Sheet<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // Pieces of text are handed over whole.
        for part in String::from_utf8_lossy(bytes).split_inclusive(['\n', '\t']) {
            let body = part.trim_end_matches(['\n', '\t']);
            self.0.write_all(printable(body).as_bytes())?;
            self.0.write_all(&part.as_bytes()[body.len()..])?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Progress of a long run, on standard error, if somebody sits there and sees nothing else.
#[derive(Debug)]
pub(crate) struct Progress {
    shown: bool,
    on: bool,
    since: Instant,
    last: Instant,
}

impl Progress {
    /// Begins.
    pub(crate) fn new() -> Self {
        Self::begin(io::stderr().is_terminal() && !io::stdout().is_terminal())
    }

    /// Begins, for a run that prints nothing on standard output until its end.
    pub(crate) fn of_stderr() -> Self {
        Self::begin(io::stderr().is_terminal())
    }

    #[allow(
        clippy::disallowed_methods,
        reason = "progress is about real time; no result depends on it"
    )]
    fn begin(on: bool) -> Self {
        let now = Instant::now();
        Self {
            shown: false,
            on,
            since: now,
            last: now,
        }
    }

    /// Says how far the run is, at most a few times a second and not before it has become long.
    pub(crate) fn say(&mut self, what: impl FnOnce(f64) -> String) {
        if !self.on || self.last.elapsed() < Duration::from_millis(250) {
            return;
        }
        let seconds = self.since.elapsed().as_secs_f64();
        if seconds < 1.0 {
            return;
        }
        let _ = write!(io::stderr().lock(), "\r\u{1b}[K{}", printable(&what(seconds)));
        self.shown = true;
        self.last += self.last.elapsed();
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.shown {
            let _ = write!(io::stderr().lock(), "\r\u{1b}[K");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_cannot_steer() {
        assert_eq!(printable("Zoë said, “No.”"), "Zoë said, “No.”");
        assert_eq!(
            printable("a\u{1b}[2J\tb\u{7f}\n\u{9b}1m\u{202e}"),
            "a␛[2J b␡␊\u{fffd}1m\u{fffd}"
        );
        let mut out = Vec::new();
        write!(Sheet(&mut out), "id\tna\u{1b}me\n\nx\r").expect("written");
        assert_eq!(String::from_utf8(out).expect("text"), "id\tna␛me\n\nx␍");
    }
}
