//! One file, several paths: where links lead to the folders of the workspace, what is opened by another path than the index
//! has it under is known again by where it really is.

use std::{
    collections::BTreeSet,
    fs, iter,
    path::{Path, PathBuf},
};

use rustc_hash::FxHashSet;

/// The folders of the workspace, and where each really is.
#[derive(Clone, Debug, Default)]
pub(super) struct Homes(Vec<(PathBuf, PathBuf)>);

impl Homes {
    /// Looks where the folders are; one that is not there has no files.
    pub(super) fn find(folders: &BTreeSet<PathBuf>) -> Self {
        let real = |folder: &PathBuf| Some((folder.clone(), fs::canonicalize(folder).ok()?));
        Self(folders.iter().filter_map(real).collect())
    }

    /// Leaves of what was found below the folders the first of each file.
    pub(super) fn once<T>(&self, files: &mut Vec<T>, path: impl Fn(&T) -> &Path) {
        let mut seen = FxHashSet::default();
        files.retain(|file| self.real(path(file)).is_none_or(|real| seen.insert(real)));
    }

    /// Where a file really is to which no link leads below its folder.
    fn real(&self, path: &Path) -> Option<PathBuf> {
        let mut homes = self.0.iter();
        homes.find_map(|(folder, real)| Some(real.join(path.strip_prefix(folder).ok()?)))
    }

    /// The paths under which the same file may stand below the folders, after `path` itself.
    pub(super) fn names(&self, path: &Path) -> impl Iterator<Item = PathBuf> {
        let real = really(path);
        let below = self
            .0
            .iter()
            .filter_map(move |(folder, home)| Some(folder.join(real.as_deref()?.strip_prefix(home).ok()?)));
        iter::once(path.to_owned()).chain(below)
    }

    /// [`Self::names`] of all.
    pub(super) fn all_names(&self, paths: &BTreeSet<PathBuf>) -> BTreeSet<PathBuf> {
        paths.iter().flat_map(|path| self.names(path)).collect()
    }
}

/// Where something is, or was: it may be gone by now.
fn really(path: &Path) -> Option<PathBuf> {
    let whole = fs::canonicalize(path).ok();
    whole.or_else(|| Some(fs::canonicalize(path.parent()?).ok()?.join(path.file_name()?)))
}
