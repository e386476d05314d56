//! The single writer: open documents, settings, project files. Every method is synchronous and costs
//! microseconds; whatever is to be computed is computed on a [`Snapshot`], elsewhere.

mod edits;
mod events;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use serde_json::Value;
use tokio::sync::Semaphore;
use tower_lsp::gen_lsp_types::{
    DidOpenTextDocumentParams, InitializeParams, LanguageKind, MessageType, RootPath, Uri, WorkspaceFolder,
    WorkspaceFolders,
};

use crate::{
    base::order::Order,
    desk::project::{Fault, Project},
    ide::host::{AnalysisHost, Change, DocId, Retired, Settings, TextSource},
    kb::Kb,
    lsp::{
        capabilities::Caps,
        colors,
        pages::Pages,
        session::edits::Edits,
        settings::{EditorSettings, Projects},
        snapshot::Snapshot,
        uri,
    },
    rules::config::Config,
    semantic::article::Context,
    syntax::block::Format,
    text::document::Document,
};

/// What the writer wants the publisher to send.
#[derive(Debug, Default)]
pub(super) struct Outbox {
    /// Documents whose diagnostics are to be published, or taken back if they are closed.
    pub(super) documents: BTreeSet<String>,
    /// Files of projects, and what is wrong with each, to be shown in it.
    pub(super) projects: BTreeMap<PathBuf, Vec<Fault>>,
    /// Lines for the user (`true`: to be shown, not only logged).
    pub(super) lines: Vec<(MessageType, String, bool)>,
    /// Settings have changed, so that an editor which asks for diagnostics should ask again.
    pub(super) refresh: bool,
    /// The folders of the workspace are to be read again.
    pub(super) reindex: bool,
    /// A file of a project was edited, and not saved.
    pub(super) settings_edited: bool,
    /// What the last changes have put out of reach, to be freed elsewhere.
    pub(super) retired: Vec<Retired>,
    /// Articles on disk that have changed, or are gone.
    pub(super) touched: BTreeSet<PathBuf>,
}

/// Documents, settings and what is to be sent because of them.
#[derive(Debug)]
pub(super) struct Session {
    host: AnalysisHost,
    docs: BTreeMap<String, OpenDocument>,
    next_id: u32,
    caps: Arc<Caps>,
    settings: EditorSettings,
    /// The editor's settings of a folder, where it has such.
    by_folder: BTreeMap<PathBuf, EditorSettings>,
    projects: Projects,
    /// The folders that the editor has open, and its names for them.
    folders: BTreeMap<PathBuf, Uri>,
    /// How often the editor was asked for its settings.
    questions: u64,
    settings_edits: u64,
    lease: Option<Arc<()>>,
    pub(super) outbox: Outbox,
}

#[derive(Debug)]
struct OpenDocument {
    id: DocId,
    /// The name that it had when its file got another one: an editor may close it by that.
    was: Option<String>,
    document: Document,
    /// The editor's name for the kind of text.
    language: String,
    gate: Arc<Semaphore>,
    /// The semantic tokens that were sent last.
    colors: colors::Last,
    /// Longer than what is read.
    too_long: bool,
    /// A file of a project, and no article.
    is_settings: bool,
    /// See [`crate::lsp::Options::lease`].
    _lease: Option<Arc<()>>,
}

impl Session {
    /// `config` is a settings file that holds for every article; `lease` is handed to each document.
    pub(super) fn new(kb: &Kb, config: Option<&Path>, lease: Option<Arc<()>>) -> Self {
        Self {
            host: AnalysisHost::new(kb),
            docs: BTreeMap::new(),
            next_id: 0,
            caps: Arc::default(),
            settings: EditorSettings::default(),
            projects: Projects::new(kb, config),
            by_folder: BTreeMap::new(),
            folders: BTreeMap::new(),
            questions: 0,
            settings_edits: 0,
            lease,
            outbox: Outbox::default(),
        }
    }

    pub(super) fn caps(&self) -> &Arc<Caps> {
        &self.caps
    }

    /// What the editor announced, and the settings it may have sent along.
    pub(super) fn initialize(&mut self, params: &InitializeParams) {
        self.caps = Arc::new(Caps::new(&params.capabilities));
        self.folders = folders_of(params);
        if let Some(options) = &params.initialization_options {
            self.configure(options);
        }
    }

    /// Takes the editor's settings, the same for all folders.
    pub(super) fn configure(&mut self, section: &Value) {
        self.configure_folders(section, std::iter::empty());
    }

    /// Takes the editor's settings, and those of folders.
    fn configure_folders<'a>(
        &mut self,
        section: &Value,
        folders: impl Iterator<Item = (&'a PathBuf, &'a Value)>,
    ) {
        let mut errors = Vec::new();
        let settings = EditorSettings::read(section, &mut errors);
        let mut by_folder = BTreeMap::new();
        for (folder, section) in folders {
            let own = EditorSettings::read(section, &mut errors);
            if own != settings {
                by_folder.insert(folder.clone(), own);
            }
        }
        // What is wrong in the settings of all comes with those of each folder, and is told once.
        errors.order_by(Ord::cmp);
        errors.dedup();
        for error in errors {
            self.outbox.lines.push((MessageType::Warning, error, true));
        }
        if settings != self.settings || by_folder != self.by_folder {
            self.settings = settings;
            self.by_folder = by_folder;
            self.apply_settings();
        }
    }

    /// The folders whose settings the editor is to be asked for, and the number of the question.
    pub(super) fn question(&mut self) -> (u64, BTreeMap<PathBuf, Uri>) {
        self.questions += 1;
        (self.questions, self.folders.clone())
    }

    /// Takes the answer: the settings of all, then those of each folder. One that a later question has overtaken is
    /// worthless.
    pub(super) fn answered(&mut self, number: u64, folders: &BTreeMap<PathBuf, Uri>, sections: &[Value]) {
        if let (Some(section), true) = (sections.first(), number == self.questions) {
            self.configure_folders(section, folders.keys().zip(&sections[1..]));
        }
    }

    /// The editor's settings for what has this path: those of the nearest folder that has some.
    pub(super) fn settings_at(&self, path: Option<&Path>) -> &EditorSettings {
        let mut upward = path.into_iter().flat_map(Path::ancestors);
        upward
            .find_map(|folder| self.by_folder.get(folder))
            .unwrap_or(&self.settings)
    }

    /// Takes the settings that a notification of changed ones may carry; editors that are to be asked send
    /// nothing of use.
    pub(super) fn configure_if_sent(&mut self, settings: &Value) {
        let section = settings.get("copydesk").filter(|s| s.is_object());
        if let Some(section) = section.filter(|_| !self.caps.configuration) {
            self.configure(section);
        }
    }

    /// A document is open. Opening one that is open replaces it.
    pub(super) fn open(&mut self, params: DidOpenTextDocumentParams) {
        let item = params.text_document;
        let name = item.uri.0;
        let is_settings = self.is_project(&Uri(name.clone()));
        self.next_id += 1;
        let old = self.docs.insert(
            name.clone(),
            OpenDocument {
                id: DocId(self.next_id),
                was: None,
                document: Document::new(&item.text, item.version),
                language: language_name(&item.language_id),
                gate: Arc::new(Semaphore::new(1)),
                colors: colors::Last::default(),
                too_long: false,
                is_settings,
                _lease: self.lease.clone(),
            },
        );
        if let Some(old) = old {
            self.apply(Change::Close(old.id));
        }
        if is_settings {
            // An editor may have kept what was not saved.
            self.edited_settings(&name);
            return;
        }
        self.settle(&name);
        self.renew(&name);
    }

    /// Applies edits, in their order. An edit of a document that is not open is told and left out.
    pub(super) fn change(&mut self, params: Edits) {
        let name = params.text_document.text_document_identifier.uri.0;
        let encoding = self.caps.encoding;
        let Some(doc) = self.docs.get_mut(&name) else {
            let line = format!("a change of {name}, which is not open, is left out");
            self.outbox.lines.push((MessageType::Warning, line, false));
            return;
        };
        for change in params.content_changes {
            change.make(&mut doc.document, encoding);
        }
        doc.document.set_version(params.text_document.version);
        if doc.is_settings {
            self.settings_edits += 1;
            self.outbox.settings_edited = true;
            return;
        }
        self.renew(&name);
    }

    /// A document is closed; what was said about it is taken back.
    pub(super) fn close(&mut self, uri: &Uri) {
        let name = match self.docs.contains_key(&uri.0) {
            true => uri.0.clone(),
            false => {
                let mut moved = self.docs.iter();
                let moved = moved.find(|(_, d)| d.was.as_ref() == Some(&uri.0));
                moved.map_or_else(String::new, |(name, _)| name.clone())
            }
        };
        let Some(doc) = self.docs.remove(&name) else {
            return;
        };
        if doc.is_settings {
            // What is on disk holds again.
            self.settings_edits += 1;
            self.outbox.settings_edited = true;
        } else {
            self.apply(Change::Close(doc.id));
            self.outbox.documents.insert(name);
        }
    }

    /// The folders that the editor has open.
    pub(super) fn folders(&self) -> BTreeSet<PathBuf> {
        self.folders.keys().cloned().collect()
    }

    /// The folders whose articles are to be read.
    pub(super) fn indexed(&self) -> BTreeSet<PathBuf> {
        let mut folders = self.folders();
        folders.retain(|folder| self.settings_at(Some(folder)).index);
        folders
    }

    /// A file that is open, whatever it is: the editor's name for it, its version, its text.
    pub(super) fn file(&self, path: &Path) -> Option<(Uri, i32, Arc<str>)> {
        let mut open = self.docs.iter();
        let (name, doc) = open.find(|(name, _)| uri::to_path(name).as_deref() == Some(path))?;
        Some((Uri(name.clone()), doc.document.version(), doc.document.text()))
    }

    /// The editor's name for a file that is open.
    pub(super) fn name_of(&self, path: &Path) -> Option<&str> {
        let mut names = self.docs.keys();
        names
            .find(|name| uri::to_path(name).as_deref() == Some(path))
            .map(String::as_str)
    }

    /// The editor's settings that hold for all folders that have none of their own.
    pub(super) fn settings(&self) -> &EditorSettings {
        &self.settings
    }

    /// The paths of the open documents.
    pub(super) fn open_paths(&self) -> BTreeSet<PathBuf> {
        self.docs.keys().filter_map(|name| uri::to_path(name)).collect()
    }

    /// The document as it is now; `None` if it is not open, or too long to be read.
    pub(super) fn snapshot(&self, uri: &str) -> Option<Snapshot> {
        let doc = self.docs.get(uri).filter(|d| !d.too_long && !d.is_settings)?;
        let path = uri::to_path(uri);
        Some(Snapshot {
            uri: Uri(uri.to_owned()),
            version: doc.document.version(),
            id: doc.id,
            analysis: self.host.analysis(doc.id)?,
            caps: self.caps.clone(),
            pages: self.pages(path.as_deref()),
            people: self.projects.people(path.as_deref()),
            rename_quoted: self.settings_at(path.as_deref()).rename_quoted,
            gate: doc.gate.clone(),
            colors: doc.colors.clone(),
            positions: doc.document.positions(self.caps.encoding),
            lines: OnceLock::new(),
            _lease: self.lease.clone(),
        })
    }

    /// Where this editor finds the pages of the rules, for the findings in an article.
    pub(super) fn pages(&self, article: Option<&Path>) -> Pages {
        match &self.settings_at(article).rules_page {
            _ if !self.caps.rule_pages => Pages::Nowhere,
            Some(page) => Pages::At(page.clone()),
            None if self.caps.server_documents => Pages::Here,
            None => Pages::Nowhere,
        }
    }

    /// All documents as they are now.
    pub(super) fn snapshots(&self) -> Vec<Snapshot> {
        self.docs.keys().filter_map(|uri| self.snapshot(uri)).collect()
    }

    /// Whether there is something to say of a document: it is open, and an article that is not too long.
    pub(super) fn is_read(&self, uri: &str) -> bool {
        let doc = self.docs.get(uri);
        doc.is_some_and(|d| !d.too_long && !d.is_settings)
    }

    /// The length of an open document in bytes.
    pub(super) fn len(&self, uri: &str) -> usize {
        self.docs.get(uri).map_or(0, |doc| doc.document.len())
    }

    /// The version of an open document.
    pub(super) fn version(&self, uri: &str) -> Option<i32> {
        Some(self.docs.get(uri)?.document.version())
    }

    fn is_project(&self, uri: &Uri) -> bool {
        uri::to_path(&uri.0).is_some_and(|path| self.projects.has(&path))
    }

    /// The glob patterns of the files that are read besides articles.
    pub(super) fn watched(&self) -> Vec<String> {
        self.projects.patterns()
    }

    /// Reads project files again.
    pub(super) fn reload(&mut self) {
        for file in self.projects.forget() {
            self.outbox.projects.insert(file, Vec::new());
        }
        self.apply_settings();
    }

    /// There is another knowledge base below all projects.
    pub(super) fn replace_kb(&mut self, kb: &Kb) {
        self.projects.rebase(kb);
        self.host.apply_change(Change::Kb(kb.clone()));
        self.reload();
    }

    /// The projects of the open documents, as they were read.
    pub(super) fn projects(&self) -> Vec<Arc<Project>> {
        self.projects.read_so_far()
    }

    /// For the folder of each open document the folder of its project, as it was found.
    pub(super) fn places(&self) -> BTreeMap<PathBuf, Option<PathBuf>> {
        let paths = self.open_paths();
        let folders = paths.iter().filter_map(|path| path.parent());
        folders
            .filter_map(|folder| Some((folder.to_owned(), self.projects.found(folder)?)))
            .collect()
    }

    fn apply_settings(&mut self) {
        let articles = self.docs.iter().filter(|(_, d)| !d.is_settings);
        let names: Vec<_> = articles.map(|(name, _)| name.clone()).collect();
        for name in names {
            self.settle(&name);
            let max = self.settings_at(uri::to_path(&name).as_deref()).max_bytes;
            let doc = self.docs.get(&name);
            if doc.is_some_and(|d| d.too_long != (d.document.len() > max)) {
                self.renew(&name);
            }
            self.outbox.documents.insert(name);
        }
        self.outbox.refresh = true;
        self.outbox.reindex = true;
    }

    /// Gives a document the settings that hold for it.
    fn settle(&mut self, name: &str) {
        let Some(doc) = self.docs.get(name) else { return };
        let (id, language) = (doc.id, doc.language.clone());
        let settings = self.settings_of(uri::to_path(name).as_deref(), &language);
        self.apply(Change::Settings(id, settings));
    }

    /// The settings that hold for a document, which may have no path yet. `language` is the editor's name for
    /// the kind of text.
    pub(super) fn settings_of(&mut self, path: Option<&Path>, language: &str) -> Settings {
        let mut config = Config::default();
        let mut kb = None;
        let docs = &self.docs;
        if let Some(project) = self.projects.of(path, &|file| Self::text_of(docs, file)) {
            config = project.config_of(path.unwrap_or(&project.folder));
            kb = Some(project.kb.clone());
            for file in project.files() {
                let faults = project.faults.iter().filter(|f| f.file == file);
                let faults = faults.cloned().collect();
                self.outbox.projects.insert(file.to_owned(), faults);
            }
        }
        self.settings_at(path).apply(&mut config);
        let format = config.languages.get(language).copied();
        let context = Context {
            format: format.unwrap_or_else(|| by_name(language)),
            date: None,
            fallback_date: config.date,
            file_name: path
                .and_then(|p| p.file_name())
                .map(|n| n.to_string_lossy().into_owned()),
            ..Context::default()
        };
        Settings {
            context,
            config: Arc::new(config),
            kb,
        }
    }

    /// The knowledge base of articles that no project holds for.
    pub(super) fn kb(&self) -> &Kb {
        self.host.kb()
    }

    fn apply(&mut self, change: Change) {
        let retired = self.host.apply_change(change);
        if retired.is_large() {
            self.outbox.retired.push(retired);
        }
    }

    /// Hands a document's text to the analysis, and says so if it is too long for it.
    fn renew(&mut self, name: &str) {
        let max = self.settings_at(uri::to_path(name).as_deref()).max_bytes;
        let Some(doc) = self.docs.get_mut(name) else {
            return;
        };
        let len = doc.document.len();
        let was = std::mem::replace(&mut doc.too_long, len > max);
        let source = match doc.too_long {
            true => TextSource::from(Arc::from("")),
            false => TextSource::lazy(doc.document.lazy_text()),
        };
        let id = doc.id;
        self.apply(Change::Text(id, source));
        if len > max && !was {
            let line = format!(
                "{name} has {len} bytes and is not read: the limit (copydesk.maxBytes) is {max} bytes"
            );
            self.outbox.lines.push((MessageType::Warning, line, true));
        }
        self.outbox.documents.insert(name.to_owned());
    }
}

/// The folders that the editor has open at the start; an old one names its only folder otherwise.
#[allow(
    deprecated,
    reason = "editors of the protocol's first years send nothing else"
)]
fn folders_of(params: &InitializeParams) -> BTreeMap<PathBuf, Uri> {
    let folders = &params.workspace_folders_initialize_params.workspace_folders;
    match folders {
        Some(WorkspaceFolders::WorkspaceFolderList(list)) => named(list).collect(),
        _ => {
            let path = match &params.root_path {
                Some(RootPath::String(path)) => Some(Uri(uri::from_path(Path::new(path)))),
                _ => None,
            };
            let root = params.root_uri.clone().or(path);
            root.into_iter()
                .filter_map(|u| Some((uri::to_path(&u.0)?, u)))
                .collect()
        }
    }
}

/// Folders by their paths, which have no slash at the end.
fn named(list: &[WorkspaceFolder]) -> impl Iterator<Item = (PathBuf, Uri)> {
    list.iter()
        .filter_map(|f| Some((uri::to_path(&f.uri.0)?, f.uri.clone())))
}

/// The editor's name for the kind of text, as it was sent.
fn language_name(language: &LanguageKind) -> String {
    serde_json::to_value(language)
        .ok()
        .and_then(|v| Some(v.as_str()?.to_owned()))
        .unwrap_or_default()
}

/// The format of a language id that is not configured.
fn by_name(language: &str) -> Format {
    match language.contains("markdown") {
        true => Format::Markdown,
        false => Format::Plain,
    }
}
