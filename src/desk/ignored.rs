//! What ignore files hide: the lines of `.gitignore` and `.ignore`, as git reads them.

use crate::rules::glob::star;

/// The lines of one ignore file.
#[derive(Clone, Debug, Default)]
pub(super) struct Rules(Vec<Rule>);

/// One line.
#[derive(Clone, PartialEq, Debug)]
struct Rule {
    /// It shows again what an earlier line hides.
    shows: bool,
    /// It means folders alone.
    folders: bool,
    /// The parts of the path from the file's folder on; `**` stands for any number of them.
    parts: Vec<String>,
}

impl Rules {
    /// Reads an ignore file. A line that is no pattern hides nothing.
    pub(super) fn read(text: &str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        Self(text.lines().filter_map(Rule::read).collect())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the file hides what has this path from its folder on, or shows it again; the last line that fits has the
    /// word. `None` where no line fits.
    pub(super) fn hide(&self, path: &[&str], is_folder: bool) -> Option<bool> {
        let fits = |rule: &&Rule| (is_folder || !rule.folders) && rule.fits(path);
        self.0.iter().rev().find(fits).map(|rule| !rule.shows)
    }
}

impl Rule {
    fn read(line: &str) -> Option<Self> {
        if line.starts_with('#') {
            return None;
        }
        let mut line = match line.trim_end_matches([' ', '\t']) {
            // A space at the end counts where it is said to.
            cut if cut.ends_with('\\') && cut.len() < line.len() => &line[..=cut.len()],
            cut => cut,
        };
        let shows = line.starts_with('!');
        line = line.strip_prefix('!').unwrap_or(line);
        let folders = line.ends_with('/');
        line = line.strip_suffix('/').unwrap_or(line);
        // A pattern with a slash counts from the file's folder on, one without in any folder.
        let anywhere = !line.contains('/');
        line = line.strip_prefix('/').unwrap_or(line);
        if line.is_empty() {
            return None;
        }
        let mut parts: Vec<String> = line.split('/').map(str::to_owned).collect();
        if anywhere {
            parts.insert(0, "**".to_owned());
        }
        // Everything below a folder is not the folder.
        if parts.len() > 1 && parts.last().is_some_and(|p| p == "**") {
            parts.push("*".to_owned());
        }
        Some(Self {
            shows,
            folders,
            parts,
        })
    }

    fn fits(&self, path: &[&str]) -> bool {
        star(&self.parts, path, |p| *p == "**", |p, name| one(p, name))
    }
}

/// A piece of the pattern of one name.
enum Piece {
    Star,
    Any,
    Byte(u8),
    /// A set of bytes, each from one to another; `true` for all others.
    Set(bool, Vec<(u8, u8)>),
}

/// Whether a name fits a pattern without slashes. Bytes are compared, as git does it.
fn one(pattern: &str, name: &str) -> bool {
    // Most patterns are names or endings.
    if !pattern.contains(['*', '?', '[', '\\']) {
        return pattern == name;
    }
    if let Some(ending) = pattern.strip_prefix('*')
        && !ending.contains(['*', '?', '[', '\\'])
    {
        return name.ends_with(ending);
    }
    let Some(pieces) = pieces(pattern) else {
        return false;
    };
    let fits = |piece: &Piece, c: &u8| match piece {
        Piece::Star | Piece::Any => true,
        Piece::Byte(wanted) => wanted == c,
        Piece::Set(others, set) => set.iter().any(|(from, to)| from <= c && c <= to) != *others,
    };
    star(&pieces, name.as_bytes(), |p| matches!(p, Piece::Star), fits)
}

/// Cuts a pattern; `None` for one that ends in the midst of a set or behind a backslash.
fn pieces(pattern: &str) -> Option<Vec<Piece>> {
    let mut bytes = pattern.bytes().peekable();
    let mut pieces = Vec::new();
    while let Some(c) = bytes.next() {
        pieces.push(match c {
            b'*' => Piece::Star,
            b'?' => Piece::Any,
            b'\\' => Piece::Byte(bytes.next()?),
            b'[' => {
                let others = bytes.next_if(|c| matches!(c, b'!' | b'^')).is_some();
                let mut set = Vec::new();
                loop {
                    let mut from = bytes.next()?;
                    // A bracket at the beginning of the set is one of it.
                    if from == b']' && !set.is_empty() {
                        break;
                    }
                    if from == b'\\' {
                        from = bytes.next()?;
                    }
                    let mut to = from;
                    if bytes.peek() == Some(&b'-') {
                        bytes.next();
                        match bytes.peek() {
                            // A hyphen at the end of the set is one of it.
                            Some(b']') => set.push((b'-', b'-')),
                            _ => {
                                to = bytes.next()?;
                                if to == b'\\' {
                                    to = bytes.next()?;
                                }
                            }
                        }
                    }
                    set.push((from, to));
                }
                Piece::Set(others, set)
            }
            c => Piece::Byte(c),
        });
    }
    Some(pieces)
}
