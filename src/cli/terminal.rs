//! What the terminal can do, if there is one: colours, width, progress.

use std::{
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
    /// Whether colours are wanted.
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

    /// `what` in `paint`, or as it is when colours are off.
    pub(crate) fn paint<T: Display>(self, paint: Paint, what: T) -> Painted<T> {
        Painted {
            code: if self.color { paint.code() } else { "" },
            what,
        }
    }
}

/// What a colour means.
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

/// Something in a colour.
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
        let _ = write!(io::stderr().lock(), "\r\u{1b}[K{}", what(seconds));
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
