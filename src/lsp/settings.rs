//! What is set: in the editor (section `copydesk`), and in the `copydesk.toml` found upward from a file.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{self, Path, PathBuf},
    sync::Arc,
};

use serde_json::{Value, json};

use crate::{
    base::date::Date,
    rules::{
        self, Severity,
        config::{Config, ConfigError, did_you_mean, severity_by_name},
    },
};

/// The name of a project's file.
pub(super) const FILE: &str = "copydesk.toml";

/// Documents longer than this are kept in step but not read, unless the editor's settings say otherwise:
/// no article is that long, and a log file opened by mistake should cost nothing.
const MAX_BYTES: usize = 32 << 20;

/// The editor's settings.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct EditorSettings {
    /// The date at which facts are looked up, for articles that do not say theirs.
    pub(super) date: Option<Date>,
    /// Rules and their levels; they win over the project's.
    pub(super) levels: Vec<(&'static str, Option<Severity>)>,
    /// The longest document that is read, in bytes.
    pub(super) max_bytes: usize,
    /// Whether the articles of the workspace's folders are read that are not open.
    pub(super) index: bool,
    /// Whether what is known of them is kept on disk.
    pub(super) cache: bool,
    /// Whether an editor that asks for the findings of the whole workspace gets those of articles that are
    /// not open.
    pub(super) workspace_diagnostics: bool,
}

impl Default for EditorSettings {
    fn default() -> Self {
        Self {
            date: None,
            levels: Vec::new(),
            max_bytes: MAX_BYTES,
            index: true,
            cache: true,
            workspace_diagnostics: true,
        }
    }
}

impl EditorSettings {
    /// Reads the section. What is good is taken; what is not is told in `errors`, a line each.
    pub(super) fn read(value: &Value, errors: &mut Vec<String>) -> Self {
        let mut settings = Self::default();
        // Some editors wrap the section once more.
        let value = value.get("copydesk").unwrap_or(value);
        let members = match value {
            Value::Null => return settings,
            // What an editor written in Lua makes of an empty table.
            empty if *empty == json!([]) => return settings,
            Value::Object(members) => members,
            other => {
                errors.push(format!("copydesk: expected settings, found {other}"));
                return settings;
            }
        };
        for (key, value) in members {
            let told = match key.as_str() {
                "date" => match value.as_str().map(str::parse) {
                    Some(Ok(date)) => {
                        settings.date = Some(date);
                        Ok(())
                    }
                    Some(Err(_)) if value == "" => Ok(()),
                    Some(Err(e)) => Err(e),
                    None if value.is_null() => Ok(()),
                    None => Err(format!("{value} is not a date of the form YYYY-MM-DD")),
                },
                "rules" => match value.as_object() {
                    Some(rules) => {
                        for (code, level) in rules {
                            match read_level(code, level) {
                                Ok(level) => settings.levels.extend(level),
                                Err(e) => errors.push(format!("copydesk.rules.{code}: {e}")),
                            }
                        }
                        Ok(())
                    }
                    None if value.is_null() || *value == json!([]) => Ok(()),
                    None => Err(format!("{value} is not a list of rules and levels")),
                },
                "maxBytes" => match value.as_u64() {
                    Some(n) => {
                        settings.max_bytes = n as usize;
                        Ok(())
                    }
                    None if value.is_null() => Ok(()),
                    None => Err(format!("{value} is not a number of bytes")),
                },
                "index" => read_switch(value, &mut settings.index),
                "cache" => read_switch(value, &mut settings.cache),
                "workspaceDiagnostics" => read_switch(value, &mut settings.workspace_diagnostics),
                // Clients keep settings of their own in the same section (where the binary is, and so on).
                _ => Ok(()),
            };
            if let Err(e) = told {
                errors.push(format!("copydesk.{key}: {e}"));
            }
        }
        settings
    }
}

impl EditorSettings {
    /// Lays the editor's settings over a project's.
    pub(super) fn apply(&self, config: &mut Config) {
        config.date = self.date.or(config.date);
        for (code, level) in &self.levels {
            config.set_level(code, *level);
        }
    }
}

fn read_switch(value: &Value, switch: &mut bool) -> Result<(), String> {
    match value {
        Value::Null => Ok(()),
        Value::Bool(on) => {
            *switch = *on;
            Ok(())
        }
        other => Err(format!("{other} is neither true nor false")),
    }
}

/// The level that an editor sets for a rule; `None` where it leaves it to the project.
fn read_level(code: &str, level: &Value) -> Result<Option<(&'static str, Option<Severity>)>, String> {
    let Some(rule) = rules::by_code(code) else {
        let hint = did_you_mean(code, rules::ALL.iter().map(|r| r.code));
        return Err(format!("there is no such rule{hint}"));
    };
    let own = Some(rule.default.unwrap_or(Severity::Warning));
    let level = match level {
        Value::Null => return Ok(None),
        Value::Bool(true) => own,
        Value::Bool(false) => None,
        Value::String(name) => match name.as_str() {
            "default" => return Ok(None),
            "off" => None,
            "on" => own,
            name => Some(severity_by_name(name).ok_or_else(|| {
                let hint = did_you_mean(name, ["off", "on", "hint", "info", "warning", "error"]);
                format!("'{name}' is not a level; use off, hint, info, warning or error{hint}")
            })?),
        },
        other => {
            return Err(format!(
                "{other} is not a level; use off, hint, info, warning or error"
            ));
        }
    };
    Ok(Some((rule.code, level)))
}

/// The project files that open documents use, read once and again when they change.
#[derive(Debug, Default)]
pub(super) struct Projects {
    /// The one that holds for every document, if it was named at the start.
    fixed: Option<PathBuf>,
    /// For each directory that was looked at, the project file that holds there.
    by_directory: BTreeMap<PathBuf, Option<PathBuf>>,
    files: BTreeMap<PathBuf, Project>,
}

/// One project file.
#[derive(Clone, Debug)]
pub(super) struct Project {
    /// Its text, if it could be read.
    pub(super) text: String,
    /// What it says, or what is wrong with it; the rules then run as if nothing were set.
    pub(super) config: Result<Arc<Config>, ConfigError>,
}

impl Projects {
    /// `fixed` holds for every document, instead of those found upward.
    pub(super) fn new(fixed: Option<&Path>) -> Self {
        Self {
            fixed: fixed.map(|f| path::absolute(f).unwrap_or_else(|_| f.to_owned())),
            ..Self::default()
        }
    }

    /// Whether `path` is the one that was named at the start.
    pub(super) fn is_fixed(&self, path: Option<&Path>) -> bool {
        path.is_some() && path == self.fixed.as_deref()
    }

    /// The glob patterns of project files.
    pub(super) fn patterns(&self) -> Vec<String> {
        match self.fixed.as_deref().and_then(Path::file_name) {
            Some(name) => vec![format!("**/{}", name.to_string_lossy())],
            None => vec![format!("**/{FILE}")],
        }
    }

    /// The project file that holds for `document`, which may have no path yet, and where it is.
    pub(super) fn of(&mut self, document: Option<&Path>) -> Option<(&Path, &Project)> {
        if let Some(file) = &self.fixed {
            let project = self.files.entry(file.clone()).or_insert_with_key(|f| read(f));
            return Some((file, project));
        }
        let directory = document?.parent()?;
        if !self.by_directory.contains_key(directory) {
            let found = directory.ancestors().map(|d| d.join(FILE)).find(|f| f.is_file());
            if let Some(file) = &found
                && !self.files.contains_key(file)
            {
                self.files.insert(file.clone(), read(file));
            }
            self.by_directory.insert(directory.to_owned(), found);
        }
        let file = self.by_directory.get(directory)?.as_deref()?;
        Some((file, self.files.get(file)?))
    }

    /// Forgets what was read; the next question reads again. The files known so far are handed out, so
    /// that what was said about them can be taken back.
    pub(super) fn forget(&mut self) -> Vec<PathBuf> {
        self.by_directory.clear();
        std::mem::take(&mut self.files).into_keys().collect()
    }
}

fn read(file: &Path) -> Project {
    let text = fs::read(file)
        .and_then(|bytes| String::from_utf8(bytes).map_err(|_| io::Error::other("not UTF-8 text")));
    match text {
        Ok(text) => Project {
            config: Config::parse(&text).map(Arc::new),
            text,
        },
        Err(e) => Project {
            text: String::new(),
            config: Err(ConfigError {
                span: 0..0,
                line: 1,
                column: 1,
                message: format!("cannot be read: {e}"),
            }),
        },
    }
}
