//! The settings and the knowledge base of a file: those of the project it lies in, found upward from it.

use std::{
    collections::BTreeMap,
    env,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use crate::{
    cli::error::{self, Failure},
    desk::project::{Project, SETTINGS},
    kb::Kb,
    rules::config::Config,
};

/// Finds projects and remembers them by folder.
#[derive(Debug)]
pub(crate) struct Projects {
    /// What the layers of each project lie over.
    base: Kb,
    /// That of the file named on the command line, which holds for everything.
    given: Option<Arc<Project>>,
    /// By folder; `None` where there is no file up to the root.
    found: Mutex<BTreeMap<PathBuf, Option<Arc<Project>>>>,
}

impl Projects {
    /// With the settings file `given`, or to be found; over the knowledge base `base`.
    pub(crate) fn new(given: Option<&Path>, base: &Kb) -> Result<Self, Failure> {
        let given = match given {
            None => None,
            Some(path) => {
                if !path.exists() {
                    return Err(Failure::Fatal(format!("{}: no such file", path.display())));
                }
                let folder = absolute(path.parent().unwrap_or(Path::new("")));
                Some(read(&folder, path, base)?)
            }
        };
        Ok(Self {
            base: base.clone(),
            given,
            found: Mutex::default(),
        })
    }

    /// The settings and the knowledge base of one file; `-` has those of the current folder.
    pub(crate) fn of(&self, path: &Path) -> Result<(Config, Kb), Failure> {
        let path = absolute(path);
        let project = match &self.given {
            Some(project) => Some(Arc::clone(project)),
            None => self.find(path.parent().unwrap_or(&path))?,
        };
        Ok(match project {
            Some(project) => (project.config_of(&path), project.kb.clone()),
            None => (Config::default(), self.base.clone()),
        })
    }

    fn find(&self, folder: &Path) -> Result<Option<Arc<Project>>, Failure> {
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(project) = found.get(folder) {
            return Ok(project.clone());
        }
        let project = match Project::find(folder) {
            None => None,
            // Folders of one project share it.
            Some(root) => match found.get(&root) {
                Some(project) => project.clone(),
                None => Some(read(&root, &root.join(SETTINGS), &self.base)?),
            },
        };
        if let Some(project) = &project {
            found.insert(project.folder.clone(), Some(Arc::clone(project)));
        }
        found.insert(folder.to_owned(), project.clone());
        Ok(project)
    }

    /// The exit status of a run of which all was right but what a pack may have kept back.
    pub(crate) fn finish(&self, status: u8) -> u8 {
        let found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        let own = found
            .iter()
            .filter(|(folder, p)| p.as_ref().is_some_and(|p| p.folder == **folder));
        let all = own.filter_map(|(_, p)| p.as_ref()).chain(&self.given);
        let sound = all
            .map(|p| tell_damage(&p.kb))
            .fold(tell_damage(&self.base), |a, b| a && b);
        if sound { status } else { 2 }
    }
}

/// Tells the user of packs that turned out to be damaged; whether there was none.
pub(crate) fn tell_damage(kb: &Kb) -> bool {
    let mut sound = true;
    for name in kb.damaged() {
        sound = false;
        error::complain(&format_args!(
            "{name}: this knowledge base is damaged, and its answers are missing here; build or fetch it anew"
        ));
    }
    sound
}

/// A fault of the settings would be told again for each file, so that it ends the run.
fn read(folder: &Path, file: &Path, base: &Kb) -> Result<Arc<Project>, Failure> {
    let project = Project::read(folder, file, base, None);
    match project.faults.first() {
        None => Ok(Arc::new(project)),
        Some(fault) => {
            let (name, e) = (fault.file.display(), &fault.error);
            Err(Failure::Fatal(format!(
                "{name}:{}:{}: {}",
                e.line, e.column, e.message
            )))
        }
    }
}

/// The path from the root, links resolved where it exists.
fn absolute(path: &Path) -> PathBuf {
    let path = if path.as_os_str().is_empty() {
        Path::new(".")
    } else {
        path
    };
    path.canonicalize()
        .unwrap_or_else(|_| env::current_dir().map_or_else(|_| path.to_owned(), |here| here.join(path)))
}
