//! The settings and the knowledge base of a folder: `copydesk.toml` and `.copydesk/people.toml`, found
//! upward, and the packs that the settings name.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
    time::SystemTime,
};

use crate::{
    desk::{map, people::People},
    kb::{Kb, MAX_LAYERS, error::KbError},
    rules::config::{Config, ConfigError},
};

/// The file of settings, found upward from an article.
pub const SETTINGS: &str = "copydesk.toml";
/// The file of the desk's people, from the folder of the project.
pub const PEOPLE: &str = ".copydesk/people.toml";

/// What holds for the articles of a folder.
#[derive(Clone, Debug)]
pub struct Project {
    /// The folder that patterns and paths are relative to.
    pub folder: PathBuf,
    /// The settings.
    pub config: Arc<Config>,
    /// What is known: the base, the packs over it, the desk's own facts over those.
    pub kb: Kb,
    /// What is wrong. Where a file is broken, what it said before holds, or nothing.
    pub faults: Vec<Fault>,
    /// The files that were read, and how each was found: whether they have changed since.
    stamps: Vec<(PathBuf, Seen)>,
    parts: Parts,
    /// What everything lies over.
    base: Kb,
}

/// Something wrong in a file.
#[derive(Clone, PartialEq, Debug)]
pub struct Fault {
    /// The file.
    pub file: PathBuf,
    /// Its text, if it could be read.
    pub text: String,
    /// What is wrong, and where.
    pub error: ConfigError,
}

/// What tells one state of a file from another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stamp {
    len: u64,
    modified: Option<SystemTime>,
    /// A file that has taken another's place has another number.
    inode: u64,
}

/// How a file was found.
#[derive(Clone, PartialEq, Debug)]
enum Seen {
    /// On disk, if it is there.
    Disk(Option<Stamp>),
    /// Somebody has it open, with this text.
    Open(Arc<str>),
}

/// What was read last without a fault.
#[derive(Clone, Debug, Default)]
struct Parts {
    settings: Option<Settings>,
    people: Option<(String, People)>,
    packs: Vec<(PathBuf, Option<Stamp>, Kb)>,
}

#[derive(Clone, Debug)]
struct Settings {
    text: String,
    config: Config,
    people: People,
}

impl Project {
    /// The folder whose project holds for what lies in `folder`: the nearest upward that has a file of
    /// either name.
    pub fn find(folder: &Path) -> Option<PathBuf> {
        let mut upward = folder.ancestors();
        let found = upward.find(|above| above.join(SETTINGS).is_file() || above.join(PEOPLE).is_file());
        found.map(Path::to_owned)
    }

    /// Reads the project of a folder, whose settings stand in `file`, over the knowledge base `base`.
    /// `old` is what was read before: it stays in force where a file is broken now.
    pub fn read(folder: &Path, file: &Path, base: &Kb, old: Option<&Self>) -> Self {
        Self::read_with(folder, file, base, old, &|_| None)
    }

    /// The same, where some files are open in an editor: `open` has their text, which holds before it is saved.
    pub fn read_with(
        folder: &Path,
        file: &Path,
        base: &Kb,
        old: Option<&Self>,
        open: &dyn Fn(&Path) -> Option<Arc<str>>,
    ) -> Self {
        let mut project = Self {
            folder: folder.to_owned(),
            config: Arc::default(),
            kb: base.clone(),
            faults: Vec::new(),
            stamps: Vec::new(),
            parts: old.map(|old| old.parts.clone()).unwrap_or_default(),
            base: base.clone(),
        };
        let file = file.to_owned();
        match project.text(&file, open) {
            Ok(None) => project.parts.settings = None,
            Ok(Some(text)) => {
                let people = |config| Ok((config, People::parse(&text, false).map_err(|e| vec![e])?));
                let read = Config::parse_all(&text)
                    .and_then(people)
                    .map(|(config, people)| Settings {
                        text: text.clone(),
                        config,
                        people,
                    });
                match read {
                    Ok(settings) => project.parts.settings = Some(settings),
                    Err(errors) => {
                        for error in errors {
                            project.fault(&file, text.clone(), error);
                        }
                    }
                }
            }
            Err(error) => project.fault(&file, String::new(), error),
        }
        let own = folder.join(PEOPLE);
        match project.text(&own, open) {
            Ok(None) => project.parts.people = None,
            Ok(Some(text)) => match People::parse(&text, true) {
                Ok(people) => project.parts.people = Some((text, people)),
                Err(error) => project.fault(&own, text, error),
            },
            Err(error) => project.fault(&own, String::new(), error),
        }
        project.lay(&file, &own, old);
        // What an old pack or file gives, it gives as the same base: nothing is to be computed anew then.
        if let Some(old) = old
            && old.stamps == project.stamps
            && old.base.is(base)
        {
            project.kb = old.kb.clone();
        }
        project
    }

    /// Lays the packs and the desk's facts over the base.
    fn lay(&mut self, file: &Path, own: &Path, old: Option<&Self>) {
        let mut config = Config::default();
        let settings = self.parts.settings.clone();
        let mut packs = Vec::new();
        if let Some(Settings { text, config: c, .. }) = &settings {
            config = c.clone();
            for pack in &config.packs {
                let path = self.folder.join(&pack.path);
                let stamp = stamp(&path);
                self.stamps.push((path.clone(), Seen::Disk(stamp)));
                let before = old.and_then(|o| o.parts.packs.iter().find(|(p, ..)| *p == path));
                let alone = match before {
                    Some((_, seen, alone)) if *seen == stamp && alone.damaged().next().is_none() => {
                        Ok(alone.clone())
                    }
                    _ => open(&path, &pack.path),
                };
                let alone = alone.map_err(|what| {
                    let error = ConfigError::at(text, pack.span.clone(), format!("{}: {what}", pack.path));
                    self.fault(file, text.clone(), error);
                });
                // A broken pack leaves the one before in force.
                let alone = alone.ok().or_else(|| before.map(|(.., alone)| alone.clone()));
                let Some(alone) = alone else { continue };
                if self.kb.n_layers() + 2 >= MAX_LAYERS {
                    let message = format!("at most {} packs; make one of several", MAX_LAYERS - 3);
                    let error = ConfigError::at(text, pack.span.clone(), message);
                    self.fault(file, text.clone(), error);
                    break;
                }
                self.kb = self.kb.and(&alone);
                packs.push((path, stamp, alone));
            }
        }
        self.parts.packs = packs;
        if let Some(settings) = settings {
            let before = old.and_then(|o| o.parts.settings.as_ref());
            let before = before.map(|s| (&s.text, &s.people));
            if !self.add(
                file,
                SETTINGS,
                (&settings.text, &settings.people),
                before,
                &mut config,
            ) && let Some(now) = &mut self.parts.settings
            {
                now.people = before.map(|(_, people)| people.clone()).unwrap_or_default();
            }
        }
        if let Some((text, people)) = self.parts.people.clone() {
            let before = old.and_then(|o| o.parts.people.as_ref());
            let before = before.map(|(text, people)| (text, people));
            if !self.add(own, PEOPLE, (&text, &people), before, &mut config) {
                self.parts.people = before.map(|(text, people)| (text.clone(), people.clone()));
            }
        }
        self.config = Arc::new(config);
    }

    /// Lays the facts of one file over what there is; those it had before, if they cannot be used.
    fn add(
        &mut self,
        file: &Path,
        name: &str,
        now: (&String, &People),
        before: Option<(&String, &People)>,
        config: &mut Config,
    ) -> bool {
        let (text, people) = now;
        let laid = match people.is_empty() {
            true => Ok(self.kb.clone()),
            false => people.over(&self.kb, name, text),
        };
        match laid {
            Ok(kb) => {
                self.kb = kb;
                config.spelling.extend(people.spelling.iter().cloned());
                true
            }
            Err(error) => {
                self.fault(file, text.clone(), error);
                if let Some((text, people)) = before
                    && let Ok(kb) = people.over(&self.kb, name, text)
                {
                    self.kb = kb;
                    config.spelling.extend(people.spelling.iter().cloned());
                }
                false
            }
        }
    }

    /// The text of a file; `None` if there is none.
    fn text(
        &mut self,
        file: &Path,
        open: &dyn Fn(&Path) -> Option<Arc<str>>,
    ) -> Result<Option<String>, ConfigError> {
        if let Some(text) = open(file) {
            self.stamps.push((file.to_owned(), Seen::Open(text.clone())));
            return Ok(Some(text.to_string()));
        }
        self.stamps.push((file.to_owned(), Seen::Disk(stamp(file))));
        let cannot = |what: String| ConfigError::at("", 0..0, what);
        match fs::read(file) {
            Ok(bytes) => String::from_utf8(bytes).map(Some).map_err(|e| {
                let at = e.utf8_error().valid_up_to();
                cannot(format!("not UTF-8 at byte {at}; save it as UTF-8"))
            }),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(cannot(format!("cannot be read: {e}"))),
        }
    }

    fn fault(&mut self, file: &Path, text: String, error: ConfigError) {
        self.faults.push(Fault {
            file: file.to_owned(),
            text,
            error,
        });
    }

    /// The files that were looked for; some may not be there.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        self.stamps.iter().map(|(file, _)| file.as_path())
    }

    /// Whether one of its files is not on disk as it was when it was read.
    pub fn has_changed(&self) -> bool {
        let changed = |(file, seen): &(PathBuf, Seen)| match seen {
            Seen::Disk(seen) => stamp(file) != *seen,
            // Whoever has it open tells of changes.
            Seen::Open(_) => false,
        };
        self.stamps.iter().any(changed)
    }

    /// The settings of one article.
    pub fn config_of(&self, article: &Path) -> Config {
        let path = article.strip_prefix(&self.folder).unwrap_or(article);
        let parts: Vec<_> = path.iter().map(|p| p.to_string_lossy()).collect();
        self.config.at(&parts.join("/"))
    }
}

/// Opens a knowledge base in a file, to stand alone. The error is one line without the file's name.
pub fn open(path: &Path, name: &str) -> Result<Kb, String> {
    let bytes = map::open(path).map_err(|e| match e.kind() {
        io::ErrorKind::NotFound => "no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "may not be read (permission denied)".to_owned(),
        io::ErrorKind::IsADirectory => "is a folder; name a file".to_owned(),
        _ => format!("cannot be read: {e}"),
    })?;
    Kb::load_as(name, bytes).map_err(|e: KbError| e.to_string())
}

/// The state of a file as it is now; `None` if there is none.
pub fn stamp(file: &Path) -> Option<Stamp> {
    let meta = fs::metadata(file).ok()?;
    #[cfg(unix)]
    let inode = std::os::unix::fs::MetadataExt::ino(&meta);
    #[cfg(not(unix))]
    let inode = 0;
    Some(Stamp {
        len: meta.len(),
        modified: meta.modified().ok(),
        inode,
    })
}
