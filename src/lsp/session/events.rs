//! Files and folders that change: saved, made, renamed, deleted, edited without being articles.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use tower_lsp::gen_lsp_types::{FileRename, Uri, WorkspaceFoldersChangeEvent};

use super::{OpenDocument, Session, named};
use crate::{
    desk::walk::{is_article, is_ignore_file},
    lsp::uri,
};

/// # Files and folders
impl Session {
    /// A file of a project is open with another text than on disk: it is read again once its writer pauses.
    pub(super) fn edited_settings(&mut self, name: &str) {
        let doc = self.docs.get(name).map(|d| d.document.text());
        let disk = uri::to_path(name).and_then(|path| std::fs::read(path).ok());
        if doc.is_some_and(|text| disk.as_deref() != Some(text.as_bytes())) {
            self.settings_edits += 1;
            self.outbox.settings_edited = true;
        }
    }

    /// How often files of projects were edited.
    pub(in crate::lsp) fn settings_edits(&self) -> u64 {
        self.settings_edits
    }

    /// The text of a file that is open.
    pub(super) fn text_of(docs: &BTreeMap<String, OpenDocument>, path: &Path) -> Option<Arc<str>> {
        let mut open = docs.iter();
        let (_, doc) = open.find(|(name, _)| uri::to_path(name).as_deref() == Some(path))?;
        Some(doc.document.text())
    }

    /// A file was saved in the editor: an article on disk, or a file of a project.
    pub(in crate::lsp) fn saved(&mut self, uri: &Uri) {
        self.outbox.touched.extend(uri::to_path(&uri.0));
        if self.is_project(uri) {
            self.reload();
        }
    }

    /// Files changed on disk.
    pub(in crate::lsp) fn changed_on_disk<'a>(&mut self, uris: impl Iterator<Item = &'a Uri>) {
        let mut project = false;
        for uri in uris {
            project |= self.is_project(uri);
            let path = uri::to_path(&uri.0);
            self.outbox.reindex |= path.as_deref().is_some_and(is_ignore_file);
            self.outbox.touched.extend(path);
        }
        if project {
            self.reload();
        }
    }

    /// Files and folders were made or deleted in the editor.
    pub(in crate::lsp) fn touch(&mut self, uris: impl Iterator<Item = Uri>) {
        let paths: Vec<_> = uris.filter_map(|u| uri::to_path(&u.0)).collect();
        // A folder may have a project in it, or may have had one.
        let articles = paths.iter().all(|path| is_article(path));
        self.outbox.touched.extend(paths);
        if !articles {
            self.reload();
        }
    }

    /// Files and folders were renamed in the editor. One that is open in it is closed and opened again, as the protocol
    /// wants it; an editor that goes on without that finds the document under its new name.
    pub(in crate::lsp) fn renamed(&mut self, files: &[FileRename]) {
        for file in files {
            let (old, new) = (&file.old_uri.0, &file.new_uri.0);
            let moved: Vec<(String, String)> = self
                .docs
                .keys()
                .filter_map(|name| {
                    let rest = name.strip_prefix(old.trim_end_matches('/'))?;
                    let below = rest.is_empty() || rest.starts_with('/');
                    below.then(|| (name.clone(), format!("{}{rest}", new.trim_end_matches('/'))))
                })
                .collect();
            for (old, new) in moved {
                if !self.docs.contains_key(&new)
                    && let Some(mut doc) = self.docs.remove(&old)
                {
                    doc.was = Some(old.clone());
                    let is_settings = doc.is_settings;
                    self.docs.insert(new.clone(), doc);
                    if !is_settings {
                        self.settle(&new);
                        self.outbox.documents.extend([old, new]);
                    }
                }
            }
        }
        self.touch(files.iter().flat_map(|f| [f.old_uri.clone(), f.new_uri.clone()]));
    }

    /// Folders were opened or closed in the editor.
    pub(in crate::lsp) fn change_folders(&mut self, event: &WorkspaceFoldersChangeEvent) {
        for (gone, _) in named(&event.removed) {
            self.folders.remove(&gone);
            if self.by_folder.remove(&gone).is_some() {
                self.apply_settings();
            }
        }
        self.folders.extend(named(&event.added));
        self.outbox.reindex = true;
    }
}
