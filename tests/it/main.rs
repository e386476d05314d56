//! The integration tests, as one binary: one link, one place to look. A line per module, in alphabetical order.

/// What stands in marks and is not said.
mod again;
mod asides;
/// The command line, as a child process.
mod cli;
/// Small articles, drawn with everything that is known about them.
mod corpus;
/// What the editors' own packages promise.
mod editor_settings;
/// The knowledge base: tables, bytes, who held which office when.
/// What a desk lays over the knowledge base.
mod desk;
/// Which files of a folder are articles.
mod walk;
mod kb;
mod kb_countries;
mod kb_names;
mod kb_verify;
/// Dumps, queries and tables to packs.
mod kb_import;
/// How many of the hard cases come out right.
mod eval;
/// The gold set: its records fit their texts, and what the program reaches on the articles written for it.
mod gold;
/// How gold records are read and scored: one source for these tests and for the development tasks.
#[path = "../../xtask/src/gold/mod.rs"]
#[allow(
    dead_code,
    clippy::type_complexity,
    reason = "the development tasks use the rest, and know no such limit"
)]
mod gold_records;
/// Work grows with the article's length and no faster.
mod linear;
/// Quotations: whose words they are.
mod quotes;
mod sources;
/// Reports without marks: their cues, sources and contents.
mod reports;
mod report_clauses;
mod report_desks;
mod report_edges;
mod report_features;
mod report_heads;
mod report_mentions;
mod report_shapes;
mod report_verbs;
mod report_views;
/// Rules: documented examples hold, docs/rules.md is fresh.
mod rules_doc;
/// Names, their links, pronouns and descriptions through the whole analysis.
mod names;
mod narration;
/// What the analysis promises, whatever the text.
mod promises;
/// Parts of speech, and the weights they come from.
mod tagger;
/// Text to structure, over any text and over the hard cases.
mod syntax;
/// README shows what is.
mod readme;
mod references;
/// What the source tree promises about itself: layers, invariants, tidiness.
mod tidy;
/// The server, spoken to by an editor in the same process.
#[cfg(feature = "lsp")]
mod lsp;
/// That editor.
#[cfg(feature = "lsp")]
mod lsp_client;
/// What may be done about the findings.
#[cfg(feature = "lsp")]
mod lsp_actions;
/// Random sessions against a model of the documents.
#[cfg(feature = "lsp")]
mod lsp_driver;
/// What an editor can ask of one article.
#[cfg(feature = "lsp")]
mod lsp_features;
/// Several folders, and what follows a file that is renamed.
#[cfg(feature = "lsp")]
mod lsp_folders;
/// Every method with parameters made at random.
#[cfg(feature = "lsp")]
mod lsp_hostile;
/// What is answered on resolve, and commands.
#[cfg(feature = "lsp")]
mod lsp_later;
/// What the protocol demands of a session.
#[cfg(feature = "lsp")]
mod lsp_model;
/// The protocol where nearly right is wrong.
#[cfg(feature = "lsp")]
mod lsp_letter;
/// What is refused, and what is answered when there is nothing to say.
#[cfg(feature = "lsp")]
mod lsp_refused;
/// The server as a process.
#[cfg(feature = "lsp")]
mod lsp_process;
/// Properties of edits and of incremental analysis.
mod props;
/// What is set in the editor and in the project, and which wins.
#[cfg(feature = "lsp")]
mod lsp_settings;
/// The command line and the server find the same.
#[cfg(feature = "lsp")]
mod lsp_same;
/// What an editor is kept waiting for, and one file under two names.
#[cfg(feature = "lsp")]
mod lsp_wait;
/// What the server knows of articles that are not open.
#[cfg(feature = "lsp")]
mod lsp_workspace;
/// Quotations whose speaker a reader misses, and those where nobody is missing.
mod unattributed;
/// Copy whose lines a program has broken.
mod wrapped;
/// What rules make of ordinary copy.
mod ordinary;
