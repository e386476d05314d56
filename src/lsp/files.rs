//! Files that are no articles: what the editor or the disk has of them, and changes of them that the editor makes.

use std::{
    collections::{BTreeMap, HashMap},
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use tower_lsp::gen_lsp_types::{
    self as lsp, CreateFile, DocumentChange, FileRename, OptionalVersionedTextDocumentIdentifier, Range,
    TextDocumentEdit, TextDocumentIdentifier, TextEdit, Uri, WorkspaceEdit,
};

use crate::{
    base::order::Order,
    desk::{
        edit::{self, Edit},
        project::{Project, SETTINGS},
    },
    lsp::{Shared, capabilities::Caps, run::walled, uri},
    text::position::{self, Lines},
};

/// A file as the editor has it, else as the disk has it.
#[derive(Debug)]
pub(super) struct File {
    uri: Uri,
    /// Its version in the editor.
    version: Option<i32>,
    /// `None` where there is no such file.
    pub(super) text: Option<Arc<str>>,
}

/// Reads a file; `None` if it is there and cannot be read.
pub(super) fn read(shared: &Shared, path: &Path) -> Option<File> {
    let open = shared.session().file(path);
    if let Some((uri, version, text)) = open {
        return Some(File {
            uri,
            version: Some(version),
            text: Some(text),
        });
    }
    let text = match fs::read(path) {
        Ok(bytes) => Some(Arc::from(String::from_utf8(bytes).ok()?)),
        Err(e) if e.kind() == io::ErrorKind::NotFound => None,
        Err(_) => return None,
    };
    Some(File {
        uri: Uri(uri::from_path(path)),
        version: None,
        text,
    })
}

/// The change of one file or several, in the form that the editor takes. `None` where a file is to be made and the
/// editor makes none.
pub(super) fn workspace_edit(caps: &Caps, files: Vec<(File, Vec<Edit>)>) -> Option<WorkspaceEdit> {
    let missing = files.iter().any(|(file, _)| file.text.is_none());
    if missing && !caps.create_files {
        return None;
    }
    // Only this form can make a file: whoever makes files knows it, even without saying so.
    let by_document = caps.versioned_edits || missing;
    let (mut plain, mut versioned) = (HashMap::new(), Vec::<DocumentChange>::new());
    for (file, edits) in files {
        let text = file.text.clone().unwrap_or_else(|| Arc::from(""));
        let lines = Lines::new(&text, caps.encoding);
        let place = |offset: usize| {
            let position::Position { line, column } = lines.position(offset as u32);
            lsp::Position {
                line,
                character: column,
            }
        };
        let edits = edits.into_iter().map(|(range, new_text)| TextEdit {
            range: Range {
                start: place(range.start),
                end: place(range.end),
            },
            new_text,
        });
        if !by_document {
            plain.insert(file.uri, edits.collect());
            continue;
        }
        if file.text.is_none() {
            // Not "if there is none": Neovim makes the folder only without that, and the edit is for an empty file.
            versioned.push(CreateFile::new(file.uri.clone(), None, None).into());
        }
        let text_document = OptionalVersionedTextDocumentIdentifier {
            version: file.version,
            text_document_identifier: TextDocumentIdentifier { uri: file.uri },
        };
        let edits = edits.map(Into::into).collect();
        versioned.push(TextDocumentEdit { text_document, edits }.into());
    }
    Some(match by_document {
        true => WorkspaceEdit {
            document_changes: Some(versioned),
            ..WorkspaceEdit::default()
        },
        false => WorkspaceEdit {
            changes: Some(plain),
            ..WorkspaceEdit::default()
        },
    })
}

/// What is to be changed in files of settings before files and folders get other names, so that what was set for
/// them still is. `None` if that is nothing.
pub(super) async fn before_renaming(shared: Arc<Shared>, files: Vec<FileRename>) -> Option<WorkspaceEdit> {
    let work = move || walled(|| follow(&shared, &files));
    tokio::task::spawn_blocking(work).await.ok()?.ok()?
}

fn follow(shared: &Shared, renames: &[FileRename]) -> Option<WorkspaceEdit> {
    let mut changes: BTreeMap<PathBuf, (File, Vec<Edit>)> = BTreeMap::new();
    for rename in renames {
        let (Some(from), Some(to)) = (uri::to_path(&rename.old_uri.0), uri::to_path(&rename.new_uri.0))
        else {
            continue;
        };
        let Some(folder) = from.parent().and_then(Project::find) else {
            continue;
        };
        // What leaves the folder of the settings is no matter of theirs any more.
        let (Some(from), Some(to)) = (below(&folder, &from), below(&folder, &to)) else {
            continue;
        };
        let path = folder.join(SETTINGS);
        let Some(file) = read(shared, &path) else { continue };
        let (file, edits) = changes.entry(path).or_insert((file, Vec::new()));
        let text = file.text.as_deref().unwrap_or("");
        for (range, new) in edit::follow(text, &from, &to) {
            // Where two renamed folders lie in each other, the first has it.
            if edits
                .iter()
                .all(|(taken, _)| taken.end <= range.start || range.end <= taken.start)
            {
                edits.push((range, new));
            }
        }
    }
    let mut list: Vec<_> = changes
        .into_values()
        .filter(|(_, edits)| !edits.is_empty())
        .collect();
    for (_, edits) in &mut list {
        edits.order_by_key(|(range, _)| range.start);
    }
    let caps = shared.session().caps().clone();
    workspace_edit(&caps, list)
        .filter(|e| e.changes.as_ref().is_none_or(|c| !c.is_empty()))
        .filter(|e| e.document_changes.as_ref().is_none_or(|c| !c.is_empty()))
}

/// A path as patterns write it.
fn below(folder: &Path, path: &Path) -> Option<String> {
    let parts = path.strip_prefix(folder).ok()?.iter();
    let parts: Vec<_> = parts.map(|p| p.to_string_lossy()).collect();
    Some(parts.join("/"))
}
