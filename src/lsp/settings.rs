//! What is set: in the editor (section `copydesk`), and in the `copydesk.toml` found upward from a file.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{self, Path, PathBuf},
    sync::Arc,
};

use serde_json::{Value, json};

use crate::{
    base::date::Date,
    desk::project::{PEOPLE, Project, SETTINGS},
    kb::Kb,
    rules::{
        self, Severity,
        config::{Config, did_you_mean, severity_by_name},
    },
};

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
    /// Whether a name is respelled in quotations, too.
    pub(super) rename_quoted: bool,
    /// The address at which the desk keeps the pages of the rules.
    pub(super) rules_page: Option<Arc<str>>,
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
            rename_quoted: false,
            rules_page: None,
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
                "rulesPage" => match value.as_str() {
                    Some("") => Ok(()),
                    Some(page) if page.contains("://") && !page.contains(char::is_whitespace) => {
                        settings.rules_page = Some(page.into());
                        Ok(())
                    }
                    None if value.is_null() => Ok(()),
                    _ => Err(format!(
                        "{value} is not an address such as https://desk.example/rules.html"
                    )),
                },
                "index" => read_switch(value, &mut settings.index),
                "cache" => read_switch(value, &mut settings.cache),
                "renameInQuotations" => read_switch(value, &mut settings.rename_quoted),
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

/// The projects that open documents belong to, read once and again when one of their files changes.
#[derive(Debug)]
pub(super) struct Projects {
    /// What the layers of each project lie over.
    base: Kb,
    /// The settings that hold for every document, if they were named at the start.
    fixed: Option<PathBuf>,
    /// For each directory that was looked at, the folder of the project that holds there.
    by_directory: BTreeMap<PathBuf, Option<PathBuf>>,
    by_folder: BTreeMap<PathBuf, Arc<Project>>,
    /// What was read before; it stays in force where a file is broken now.
    old: BTreeMap<PathBuf, Arc<Project>>,
}

impl Projects {
    /// `fixed` holds for every document, instead of what is found upward.
    pub(super) fn new(base: &Kb, fixed: Option<&Path>) -> Self {
        Self {
            base: base.clone(),
            fixed: fixed.map(|f| path::absolute(f).unwrap_or_else(|_| f.to_owned())),
            by_directory: BTreeMap::new(),
            by_folder: BTreeMap::new(),
            old: BTreeMap::new(),
        }
    }

    /// From now on the projects lie over this.
    pub(super) fn rebase(&mut self, base: &Kb) {
        self.base = base.clone();
    }

    /// Whether a file may be one of a project: by its name, or because it was read for one.
    pub(super) fn has(&self, path: &Path) -> bool {
        let named = path.ends_with(SETTINGS) || path.ends_with(PEOPLE);
        let read = || self.by_folder.values().flat_map(|p| p.files()).any(|f| f == path);
        named || self.fixed.as_deref() == Some(path) || read()
    }

    /// The glob patterns of the files of projects. Packs that are called otherwise are found by looking.
    pub(super) fn patterns(&self) -> Vec<String> {
        let fixed = self.fixed.as_deref().and_then(Path::file_name);
        let settings = fixed.map_or(SETTINGS.into(), |name| name.to_string_lossy());
        vec![
            format!("**/{settings}"),
            format!("**/{PEOPLE}"),
            "**/*.kb".to_owned(),
        ]
    }

    /// The project that holds for `document`, which may have no path yet.
    /// `open` has the text of files that are open in the editor.
    pub(super) fn of(
        &mut self,
        document: Option<&Path>,
        open: &dyn Fn(&Path) -> Option<Arc<str>>,
    ) -> Option<Arc<Project>> {
        if let Some(file) = self.fixed.clone() {
            let folder = file.parent().unwrap_or(&file).to_owned();
            return Some(self.read(&folder, &file, open));
        }
        let directory = document?.parent()?;
        if !self.by_directory.contains_key(directory) {
            let found = Project::find(directory);
            self.by_directory.insert(directory.to_owned(), found);
        }
        let folder = self.by_directory.get(directory)?.clone()?;
        let file = folder.join(SETTINGS);
        Some(self.read(&folder, &file, open))
    }

    /// The folder of the project that was found for the articles in `directory`; `None` if nobody asked, or
    /// one project holds for all.
    pub(super) fn found(&self, directory: &Path) -> Option<Option<PathBuf>> {
        self.by_directory.get(directory).cloned()
    }

    /// The file of the desk's people in the project that holds for `document`, whether it is there or not.
    pub(super) fn people(&self, document: Option<&Path>) -> Option<PathBuf> {
        let folder = match &self.fixed {
            Some(file) => file.parent()?.to_owned(),
            None => self.by_directory.get(document?.parent()?)?.clone()?,
        };
        Some(folder.join(PEOPLE))
    }

    fn read(&mut self, folder: &Path, file: &Path, open: &dyn Fn(&Path) -> Option<Arc<str>>) -> Arc<Project> {
        if let Some(project) = self.by_folder.get(folder) {
            return Arc::clone(project);
        }
        let old = self.old.get(folder).map(Arc::as_ref);
        let project = Arc::new(Project::read_with(folder, file, &self.base, old, open));
        self.by_folder.insert(folder.to_owned(), Arc::clone(&project));
        project
    }

    /// Forgets what was read; the next question reads again. The files known so far are handed out, so
    /// that what was said about them can be taken back.
    pub(super) fn forget(&mut self) -> BTreeSet<PathBuf> {
        self.by_directory.clear();
        let read = std::mem::take(&mut self.by_folder);
        let files = read
            .values()
            .flat_map(|p| p.files())
            .map(Path::to_owned)
            .collect();
        self.old.extend(read);
        files
    }

    /// The projects that were asked for.
    pub(super) fn read_so_far(&self) -> Vec<Arc<Project>> {
        self.by_folder.values().cloned().collect()
    }
}
