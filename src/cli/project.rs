//! The settings of a file: `copydesk.toml`, found upward from it.

use std::{
    collections::HashMap,
    env,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use crate::{
    cli::{error::Failure, input},
    rules::config::Config,
};

const FILE: &str = "copydesk.toml";

/// Finds settings and remembers them by folder.
#[derive(Debug, Default)]
pub(crate) struct Projects {
    /// The file named on the command line, which holds for everything.
    given: Option<Arc<Project>>,
    /// By folder; `None` where there is no file up to the root.
    found: Mutex<HashMap<PathBuf, Option<Arc<Project>>>>,
}

#[derive(Debug)]
struct Project {
    folder: PathBuf,
    config: Config,
}

impl Projects {
    /// With the file `given`, or to be found.
    pub(crate) fn new(given: Option<&Path>) -> Result<Self, Failure> {
        let given = match given {
            None => None,
            Some(path) => {
                let folder = absolute(path.parent().unwrap_or(Path::new("")));
                Some(load(path, folder)?)
            }
        };
        Ok(Self {
            given,
            ..Self::default()
        })
    }

    /// The settings of one file; `-` has those of the current folder.
    pub(crate) fn config_of(&self, path: &Path) -> Result<Config, Failure> {
        let path = absolute(path);
        let project = match &self.given {
            Some(project) => Some(Arc::clone(project)),
            None => self.find(path.parent().unwrap_or(&path))?,
        };
        let Some(project) = project else {
            return Ok(Config::default());
        };
        let relative = path.strip_prefix(&project.folder).unwrap_or(&path);
        let parts: Vec<_> = relative.iter().map(|p| p.to_string_lossy()).collect();
        Ok(project.config.at(&parts.join("/")))
    }

    fn find(&self, folder: &Path) -> Result<Option<Arc<Project>>, Failure> {
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(project) = found.get(folder) {
            return Ok(project.clone());
        }
        let mut project = None;
        for above in folder.ancestors() {
            let file = above.join(FILE);
            if file.is_file() {
                project = Some(load(&file, above.to_owned())?);
                break;
            }
        }
        found.insert(folder.to_owned(), project.clone());
        Ok(project)
    }
}

/// A fault of the settings would be told again for each file, so that it ends the run.
fn load(path: &Path, folder: PathBuf) -> Result<Arc<Project>, Failure> {
    let name = path.display();
    let text = std::fs::read(path).map_err(|e| Failure::Fatal(format!("{name}: {}", input::explain(&e))))?;
    let text = String::from_utf8(text).map_err(|e| {
        Failure::Fatal(format!(
            "{name}: not UTF-8 at byte {}; save it as UTF-8",
            e.utf8_error().valid_up_to()
        ))
    })?;
    let config = Config::parse(&text)
        .map_err(|e| Failure::Fatal(format!("{name}:{}:{}: {}", e.line, e.column, e.message)))?;
    Ok(Arc::new(Project { folder, config }))
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
