//! The analyses of blocks, kept by content: a keystroke costs its paragraph, a pasted copy costs nothing.

use std::{
    hash::{Hash, Hasher},
    sync::{Arc, Weak},
};

use rustc_hash::{FxHashMap, FxHasher};

use crate::{
    base::span::{DocSpan, Span},
    kb::Kb,
    rules::{Diagnostic, config::Config},
    semantic::{
        article::{Article, Context},
        local::{self, Local},
    },
    syntax::block::{Block, Zone},
};

/// The blocks of one document. Entries that neither the last finished revision nor the one before it used
/// are dropped, so that memory is bounded by twice the text.
#[derive(Debug, Default)]
pub struct BlockCache {
    /// By hash; entries of one hash are told apart by their content.
    entries: FxHashMap<u64, Vec<Entry>>,
    /// The last revision that was analyzed to its end.
    finished: u64,
    /// The newest revision whose article is kept; that may have been known before, without any block being looked up.
    kept: u64,
    /// Its article, and what it was made with.
    last: Option<Arc<Article>>,
    context: Context,
    /// The article before that, made with the same, if neither has become the other: what is typed and taken back
    /// leads there.
    before: Option<Arc<Article>>,
    /// What the rules found in the articles that are kept, the newest last.
    found: Vec<Found>,
    misses: u64,
    /// How many articles the global stages have run for.
    runs: u64,
    /// The parts of the article that they ran for last.
    parts_read: Vec<DocSpan>,
}

/// The findings in an article. The article is not held, for whoever goes on from it may use it up.
#[derive(Debug)]
struct Found {
    article: Weak<Article>,
    config: Arc<Config>,
    list: Arc<[Diagnostic]>,
}

#[derive(Debug)]
struct Entry {
    zone: Zone,
    lead_end: u32,
    holes: Box<[Span]>,
    text: Box<str>,
    local: Arc<Local>,
    /// The newest revision that used the entry.
    used: u64,
}

impl Entry {
    fn is(&self, text: &str, block: &Block) -> bool {
        self.zone == block.zone
            && self.lead_end == block.lead_end
            && *self.holes == *block.holes
            && *self.text == *text
    }
}

impl BlockCache {
    /// How many blocks had to be analyzed so far.
    pub fn misses(&self) -> u64 {
        self.misses
    }

    /// How often the global stages ran so far.
    pub fn runs(&self) -> u64 {
        self.runs
    }

    /// What of the article the global stages ran for last.
    pub fn parts_read(&self) -> &[DocSpan] {
        &self.parts_read
    }

    /// Says what of the article the global stages ran for.
    pub fn keep_read(&mut self, parts: Vec<DocSpan>) {
        self.parts_read = parts;
    }

    /// One of the last two articles, if it is that of `text`.
    pub fn known(&self, text: &str, context: &Context) -> Option<Arc<Article>> {
        let mut known = self.before.iter().chain(&self.last);
        known
            .find(|a| self.context == *context && *a.text == *text)
            .cloned()
    }

    /// What the rules found in that very article with these settings, if it is kept.
    pub fn found(&self, article: &Arc<Article>, config: &Arc<Config>) -> Option<Arc<[Diagnostic]>> {
        // Whoever is named here still lives, so that no other article stands in its place.
        let is = |f: &&Found| f.article.as_ptr() == Arc::as_ptr(article) && Arc::ptr_eq(&f.config, config);
        self.found.iter().find(is).map(|f| f.list.clone())
    }

    /// Keeps what the rules found, as long as the article is kept, and hands it on.
    pub fn keep_found(
        &mut self,
        article: &Arc<Article>,
        config: &Arc<Config>,
        list: Arc<[Diagnostic]>,
    ) -> Arc<[Diagnostic]> {
        let mut kept = self.before.iter().chain(&self.last).map(Arc::as_ptr);
        self.found
            .retain(|f| kept.clone().any(|a| a == f.article.as_ptr()));
        if kept.any(|a| a == Arc::as_ptr(article)) {
            self.found.push(Found {
                article: Arc::downgrade(article),
                config: config.clone(),
                list: list.clone(),
            });
        }
        list
    }

    /// The article of the last finished revision, taken out: whoever goes on from it may use it up.
    pub fn take_last(&mut self) -> Option<Arc<Article>> {
        self.last.take()
    }

    /// Gives back what was taken and not used, unless something newer is there.
    pub fn put_last(&mut self, article: Option<Arc<Article>>) {
        if self.last.is_none() {
            self.last = article;
        }
    }

    /// Forgets everything but blocks.
    pub fn drop_articles(&mut self) {
        (self.last, self.before) = (None, None);
        self.found.clear();
    }

    /// Number of entries.
    pub fn len(&self) -> usize {
        self.entries.values().map(Vec::len).sum()
    }

    /// Whether nothing is kept.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The kept analysis of `block`, now also in use by `revision`.
    pub fn get(&mut self, key: u64, source: &str, block: &Block, revision: u64) -> Option<Arc<Local>> {
        let text = block.span.text(source);
        let entry = self
            .entries
            .get_mut(&key)?
            .iter_mut()
            .find(|e| e.is(text, block))?;
        entry.used = entry.used.max(revision);
        Some(entry.local.clone())
    }

    /// Keeps a new analysis.
    pub fn put(&mut self, key: u64, source: &str, block: &Block, revision: u64, local: Arc<Local>) {
        self.misses += 1;
        let text = block.span.text(source);
        // Hardly any hash is that of two blocks, and room for four would be more than a block has text.
        let bucket = self.entries.entry(key).or_insert_with(|| Vec::with_capacity(1));
        // Two threads may have analyzed the same block at once.
        if !bucket.iter().any(|e| e.is(text, block)) {
            bucket.push(Entry {
                zone: block.zone,
                lead_end: block.lead_end,
                holes: block.holes.as_slice().into(),
                text: text.into(),
                local,
                used: revision,
            });
        }
    }

    /// Says that `article` is that of `revision`.
    pub fn keep(&mut self, revision: u64, article: &Arc<Article>, context: &Context) {
        if revision < self.kept {
            return;
        }
        self.kept = revision;
        if !self.last.as_ref().is_some_and(|last| Arc::ptr_eq(last, article)) {
            self.before = self.last.take().or(self.before.take());
        }
        if self.context != *context {
            self.context.clone_from(context);
            self.before = None;
        }
        self.last = Some(article.clone());
    }

    /// Says that `revision` is analyzed to its end, by a run of the global stages or without: what neither it nor the
    /// revision finished before it used is dropped.
    pub fn finish(&mut self, revision: u64, article: &Arc<Article>, context: &Context, run: bool) {
        self.runs += u64::from(run);
        self.keep(revision, article, context);
        if revision <= self.finished {
            return;
        }
        let oldest = self.finished;
        self.entries.retain(|_, bucket| {
            bucket.retain(|e| oldest <= e.used);
            !bucket.is_empty()
        });
        self.finished = revision;
    }
}

/// The hash under which a block is kept.
pub fn key(source: &str, block: &Block) -> u64 {
    let mut hasher = FxHasher::default();
    block.span.text(source).hash(&mut hasher);
    block.zone.hash(&mut hasher);
    block.lead_end.hash(&mut hasher);
    block.holes.hash(&mut hasher);
    hasher.finish()
}

/// Analyses a block that is not kept.
pub fn analyze(source: &str, block: &Block, kb: &Kb) -> Arc<Local> {
    Arc::new(local::analyze_block(source, block, kb))
}
