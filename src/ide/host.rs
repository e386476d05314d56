//! The state and its snapshots: the boundary between whoever edits and whoever asks.

use std::{
    collections::BTreeMap,
    fmt,
    sync::{
        Arc, Mutex, MutexGuard, OnceLock, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    thread,
};

use crate::{
    base::span::DocSpan,
    ide::{
        cache::{self, BlockCache},
        crew::Freeing,
        share::{self, Missing},
    },
    kb::Kb,
    rules::{self, Diagnostic, config::Config},
    semantic::{
        article::{self, Article, Carried, Context},
        local::Local,
    },
    syntax::{
        block::{self, Block},
        tag,
    },
};

/// A document of one host.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct DocId(pub u32);

/// A newer edit has made the answer worthless; the work stopped early.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cancelled;

/// The answer of a snapshot that may have become stale.
pub type Cancellable<T> = Result<T, Cancelled>;

/// A text that is made when it is first needed, off the writer's thread.
#[derive(Clone)]
pub struct TextSource(Arc<dyn Fn() -> Arc<str> + Send + Sync>);

impl TextSource {
    /// A text that `make` will give; each call must give the same.
    pub fn lazy(make: impl Fn() -> Arc<str> + Send + Sync + 'static) -> Self {
        Self(Arc::new(make))
    }
}

impl From<Arc<str>> for TextSource {
    fn from(text: Arc<str>) -> Self {
        Self::lazy(move || text.clone())
    }
}

impl fmt::Debug for TextSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TextSource")
    }
}

/// What holds for one document besides its text.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// What the caller knows besides the text.
    pub context: Context,
    /// Which rules run.
    pub config: Arc<Config>,
    /// What is known, if it is not the same for all documents.
    pub kb: Option<Kb>,
}

/// A change of the state.
#[derive(Clone, Debug)]
pub enum Change {
    /// A document has a new text.
    Text(DocId, TextSource),
    /// A document has new settings.
    Settings(DocId, Settings),
    /// A document is closed.
    Close(DocId),
    /// There is a new knowledge base for the documents that have none of their own.
    Kb(Kb),
}

/// The state of the world: open documents and the knowledge base. The single writer owns it.
#[derive(Debug)]
pub struct AnalysisHost {
    kb: Kb,
    docs: BTreeMap<DocId, Doc>,
}

#[derive(Debug)]
struct Doc {
    /// The newest revision; snapshots of older ones are stale.
    live: Arc<AtomicU64>,
    cache: Arc<Mutex<BlockCache>>,
    current: Arc<Revision>,
}

/// One state of one document, and what was found out about it so far.
#[derive(Debug)]
struct Revision {
    number: u64,
    live: Arc<AtomicU64>,
    cache: Arc<Mutex<BlockCache>>,
    kb: Kb,
    source: TextSource,
    settings: Settings,
    text: OnceLock<Arc<str>>,
    article: OnceLock<Arc<Article>>,
    diagnostics: OnceLock<Arc<[Diagnostic]>>,
    /// Held while the article is computed, so that it is computed once.
    busy: Mutex<()>,
}

/// What a change has put out of reach. Dropping it frees it.
#[derive(Debug, Default)]
pub struct Retired(Vec<Doc>);

impl Retired {
    /// Whether freeing it takes longer than a moment.
    pub fn is_large(&self) -> bool {
        let size = |doc: &Doc| doc.current.text.get().map_or(0, |t| t.len());
        self.0.iter().map(size).sum::<usize>() >= LARGE
    }
}

/// The number that a closed document's snapshots are compared with.
const CLOSED: u64 = u64::MAX;

impl AnalysisHost {
    /// A state without documents.
    pub fn new(kb: &Kb) -> Self {
        Self {
            kb: kb.clone(),
            docs: BTreeMap::new(),
        }
    }

    /// The knowledge base of documents that have none of their own.
    pub fn kb(&self) -> &Kb {
        &self.kb
    }

    /// Applies a change. Snapshots of the document taken before become stale, and work on them stops early.
    /// Costs nothing: whatever there is to compute is computed when a snapshot is asked. What nobody can ask for any
    /// more is handed back, for to free a large article takes time too.
    pub fn apply_change(&mut self, change: Change) -> Retired {
        let mut retired = Retired::default();
        match change {
            Change::Text(id, source) => {
                let settings = self.docs.get(&id).map(|d| d.current.settings.clone());
                retired
                    .0
                    .extend(self.renew(id, source, settings.unwrap_or_default()));
            }
            Change::Settings(id, settings) => {
                let source = self.docs.get(&id).map(|d| d.current.source.clone());
                let source = source.unwrap_or_else(|| TextSource::from(Arc::from("")));
                retired.0.extend(self.renew(id, source, settings));
            }
            Change::Close(id) => {
                if let Some(doc) = self.docs.remove(&id) {
                    doc.live.store(CLOSED, Ordering::Release);
                    retired.0.push(doc);
                }
            }
            Change::Kb(kb) => {
                self.kb = kb;
                let ids: Vec<_> = self.docs.keys().copied().collect();
                for id in ids {
                    let doc = &self.docs[&id];
                    let (source, settings) = (doc.current.source.clone(), doc.current.settings.clone());
                    retired.0.extend(self.renew(id, source, settings));
                }
            }
        }
        retired
    }

    /// An immutable view of a document as it is now. O(log n) in the number of documents.
    pub fn analysis(&self, id: DocId) -> Option<Analysis> {
        let revision = self.docs.get(&id)?.current.clone();
        Some(Analysis { revision })
    }

    /// Views of all documents, in the order they were opened.
    pub fn analyses(&self) -> Vec<(DocId, Analysis)> {
        self.docs
            .iter()
            .map(|(&id, doc)| {
                let revision = doc.current.clone();
                (id, Analysis { revision })
            })
            .collect()
    }

    fn renew(&mut self, id: DocId, source: TextSource, settings: Settings) -> Option<Doc> {
        let kb = settings.kb.as_ref().unwrap_or(&self.kb).clone();
        let (live, cache) = match self.docs.get(&id) {
            Some(doc) if doc.current.kb.is(&kb) => (doc.live.clone(), doc.cache.clone()),
            // Work that is still going on with what was known before fills a cache that nobody reads.
            Some(doc) => (doc.live.clone(), Arc::default()),
            None => Default::default(),
        };
        let number = live.load(Ordering::Acquire) + 1;
        live.store(number, Ordering::Release);
        let current = Arc::new(Revision {
            number,
            live: live.clone(),
            cache: cache.clone(),
            kb,
            source,
            settings,
            text: OnceLock::new(),
            article: OnceLock::new(),
            diagnostics: OnceLock::new(),
            busy: Mutex::new(()),
        });
        let doc = Doc { live, cache, current };
        self.docs.insert(id, doc)
    }
}

/// An immutable view of one document at one revision. Cheap to clone; may be asked from any thread.
#[derive(Clone, Debug)]
pub struct Analysis {
    revision: Arc<Revision>,
}

impl Analysis {
    /// The knowledge base that the view uses.
    pub fn kb(&self) -> &Kb {
        &self.revision.kb
    }

    /// The settings of the document.
    pub fn settings(&self) -> &Settings {
        &self.revision.settings
    }

    /// The text. The first call may cost a copy.
    pub fn text(&self) -> &Arc<str> {
        self.revision.text.get_or_init(|| (self.revision.source.0)())
    }

    /// Whether a newer revision exists, so that no answer is worth computing.
    pub fn is_stale(&self) -> bool {
        self.revision.live.load(Ordering::Acquire) != self.revision.number
    }

    /// Whether the article is computed, so that asking for it costs nothing.
    pub fn is_ready(&self) -> bool {
        self.revision.article.get().is_some()
    }

    /// A number that no other revision of this document has had since it was opened.
    pub fn number(&self) -> u64 {
        self.revision.number
    }

    /// How many blocks of the document had to be analyzed since it was opened.
    pub fn blocks_analyzed(&self) -> u64 {
        lock(&self.revision.cache).misses()
    }

    /// How often the stages over the whole article had to run since the document was opened.
    pub fn articles_assembled(&self) -> u64 {
        lock(&self.revision.cache).runs()
    }

    /// The parts of a long text that the stages had to read for the newest revision that was computed: all of them, or those
    /// that an edit has changed something in.
    pub fn parts_read(&self) -> Vec<DocSpan> {
        lock(&self.revision.cache).parts_read().to_vec()
    }

    /// Everything about this revision; computed once, whoever asks first.
    pub fn article(&self) -> Cancellable<Arc<Article>> {
        let revision = &*self.revision;
        if let Some(article) = revision.article.get() {
            return Ok(article.clone());
        }
        let _busy = lock(&revision.busy);
        if let Some(article) = revision.article.get() {
            return Ok(article.clone());
        }
        let article = self.analyze()?;
        Ok(revision.article.get_or_init(|| article).clone())
    }

    /// The findings of the rules that the settings leave on, sorted by position.
    pub fn diagnostics(&self) -> Cancellable<Arc<[Diagnostic]>> {
        let article = self.article()?;
        let revision = &*self.revision;
        if let Some(found) = revision.diagnostics.get() {
            return Ok(found.clone());
        }
        let _busy = lock(&revision.busy);
        if let Some(found) = revision.diagnostics.get() {
            return Ok(found.clone());
        }
        self.live()?;
        let config = &revision.settings.config;
        let known = lock(&revision.cache).found(&article, config);
        let found = match known {
            Some(found) => found,
            None => {
                let found = rules::check_with(&article, &revision.kb, config, self).ok_or(Cancelled)?;
                lock(&revision.cache).keep_found(&article, config, found.into())
            }
        };
        Ok(revision.diagnostics.get_or_init(|| found).clone())
    }

    fn live(&self) -> Cancellable<()> {
        match self.is_stale() {
            true => Err(Cancelled),
            false => Ok(()),
        }
    }

    /// Analyses blocks that no earlier revision had, then the whole.
    fn analyze(&self) -> Cancellable<Arc<Article>> {
        let Revision {
            number,
            cache,
            kb,
            settings,
            ..
        } = &*self.revision;
        self.live()?;
        let text = self.text();
        let context = &settings.context;
        let known = lock(cache).known(text, context);
        if let Some(article) = known {
            let mut cache = lock(cache);
            cache.keep(*number, &article, context);
            cache.keep_read(Vec::new());
            return Ok(article);
        }
        let mut layout = block::layout(text, context.format);
        let mut locals = self.locals(text, &layout.blocks)?;
        self.live()?;
        let mut former = lock(cache).take_last();
        let given = |crew| article::Given {
            text,
            context,
            kb,
            crew,
        };
        let keeps = text.len() < HUGE;
        let carried = article::carry(&mut former, &given(self), &mut layout, &mut locals, keeps);
        let run = matches!(carried, Carried::Not);
        let (article, read) = match carried {
            Carried::Whole(article) => (*article, Vec::new()),
            Carried::Partly(article, read) => {
                lock(cache).put_last(former);
                let spans = article.spans_of_parts().drain(read).collect();
                (*article, spans)
            }
            Carried::Not => {
                let mut freed = None;
                if keeps || self.is_stale() {
                    // Should this revision be overtaken, the next one goes on from there.
                    lock(cache).put_last(former);
                } else {
                    freed = former;
                    lock(cache).drop_articles();
                }
                self.live()?;
                let crew = Freeing(self, Mutex::new(freed));
                let article = article::assemble(&given(&crew), layout, locals).ok_or(Cancelled)?;
                let spans = article.spans_of_parts();
                (article, spans)
            }
        };
        let article = Arc::new(article);
        let mut cache = lock(cache);
        cache.finish(*number, &article, context, run);
        cache.keep_read(read);
        Ok(article)
    }

    /// The analysis of each block: kept ones as they are, new ones on all cores if they are many. Looks
    /// between blocks whether an edit has overtaken it; what it has analyzed by then is kept.
    fn locals(&self, text: &str, blocks: &[Block]) -> Cancellable<Vec<Arc<Local>>> {
        let Revision { number, cache, .. } = &*self.revision;
        let mut kept: Vec<Option<Arc<Local>>> = Vec::with_capacity(blocks.len());
        let mut missing = Missing::default();
        {
            let mut cache = lock(cache);
            for (i, block) in blocks.iter().enumerate() {
                let key = cache::key(text, block);
                let local = cache.get(key, text, block, *number);
                if local.is_none() {
                    missing.add(text, blocks, i, key);
                }
                kept.push(local);
            }
        }
        let found = missing.analyze(self, blocks);
        let mut cache = lock(cache);
        for (i, key, local) in found {
            cache.put(key, text, &blocks[i], *number, local.clone());
            kept[i] = Some(local);
        }
        for (i, same) in missing.copies {
            kept[i] = kept[same].clone();
        }
        kept.into_iter().collect::<Option<_>>().ok_or(Cancelled)
    }
}

/// How many threads can work at once, at most 8. Asked once: the answer is read from files.
pub(super) fn n_cores() -> usize {
    static N: OnceLock<usize> = OnceLock::new();
    *N.get_or_init(|| thread::available_parallelism().map_or(1, |n| n.get().min(8)))
}

/// Reads what every analysis needs (word lists, the tagger's weights, the knowledge base's index) once, by
/// analysing a short article of every usual form. Nothing depends on it but the time of the first answer.
pub fn warm_up(kb: &Kb) {
    const ARTICLE: &str = "Harbor talks ‘close to a deal’\n\nGENEVA, March 3 (Wire) - The Norwegian foreign minister, \
        Lena Hartmann, said on Monday that she was “ready to sign”. According to the United Nations, 14 ships \
        wait.\n\n- ‘Ready to sign’ -\n\n“We are not leaving this room,” Hartmann told reporters. “It is late.”\n\n\
        Her spokesman called the plan \"a step\", and the president of France, Jan Nowak, urged both sides to \
        meet him in Paris.\n";
    fn analyze(text: &str, kb: &Kb) {
        let article = article::analyze(&Arc::from(text), &Context::default(), kb);
        rules::check(&article, kb, &Config::default());
        // What the two threads learn of words is left to those two that do the first article.
        tag::hand_on();
    }
    let other = kb.clone();
    share::help(move || analyze(WORDS, &other));
    analyze(ARTICLE, kb);
    analyze(WORDS, kb);
}

/// Makes what the calling thread keeps for itself, before it is given an article.
pub fn warm_up_thread(kb: &Kb) {
    let mut host = AnalysisHost::new(kb);
    host.apply_change(Change::Text(DocId(0), TextSource::from(Arc::from(WORDS))));
    drop(host.analysis(DocId(0)).map(|analysis| analysis.diagnostics()));
}

/// The words that stand in most articles, for [`warm_up`].
const WORDS: &str = "The talks between the two sides were held in the capital on Tuesday, after more than three years of \
    war, and no deal has been made. But they have not said when it would end, who will pay for it or what it could cost. \
    “I do not think that this is the time to go back,” she told reporters. “We want to see what they can do, because \
    there is still a lot of work to be done, and I am sure that you know how many people have died.” He added that his \
    government had been ready since last week. One of its officials, who did not want to be named, said there was a risk \
    that some of those who were hurt might be moved to another city. It is the first such meeting since May, when at \
    least 12 others were killed near the border. “If that is so, then our police should take them to court,” a former \
    judge said, while her party, which won most of the seats in the last election, has asked for a new vote. About half \
    of all homes there are now without power, as well as schools, a hospital and the only bridge over the river. Under \
    the plan, each country must first give up its own claims, but it may be months before either does so.\n";

/// From so many bytes on two articles of a document are too many to be kept at once. One of 1 MB takes 13 MB; having it makes
/// what is typed and taken back six times as fast, where the stages would have to run twice.
const HUGE: usize = 2_000_000;
/// The bytes of an article whose stages are worth a second thread.
pub(super) const LARGE: usize = 32_000;

/// A panic in one analysis is answered as an error there; it leaves nothing half-written behind these
/// locks, so the next one goes on.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOC: DocId = DocId(1);

    fn set(host: &mut AnalysisHost, text: &str) -> Analysis {
        host.apply_change(Change::Text(DOC, TextSource::from(Arc::from(text))));
        host.analysis(DOC).unwrap()
    }

    fn paragraphs(n: usize) -> Vec<String> {
        (0..n)
            .map(|i| format!("Paragraph {i} says “nothing new”, the clerk of room {i} said."))
            .collect()
    }

    #[test]
    fn an_edit_costs_its_paragraph_and_a_copy_nothing() {
        let mut host = AnalysisHost::new(Kb::embedded());
        let mut all = paragraphs(200);
        let cost = |host: &mut AnalysisHost, all: &[String]| {
            let before = host.analysis(DOC).map_or(0, |a| a.blocks_analyzed());
            let analysis = set(host, &all.join("\n\n"));
            analysis.article().unwrap();
            analysis.blocks_analyzed() - before
        };
        assert_eq!(cost(&mut host, &all), 200);
        all[77].push_str(" Then he left.");
        assert_eq!(cost(&mut host, &all), 1);
        all.insert(120, all[40].clone());
        assert_eq!(cost(&mut host, &all), 0);
        // Undoing both finds the text of the revision before the last.
        all.remove(120);
        assert_eq!(cost(&mut host, &all), 0);
    }

    #[test]
    fn many_blocks_are_analysed_in_their_order() {
        let mut host = AnalysisHost::new(Kb::embedded());
        let text = paragraphs(500).join("\n\n");
        let article = set(&mut host, &text).article().unwrap();
        let scratch = article::analyze(&Arc::from(text), &Context::default(), Kb::embedded());
        assert_eq!(article.layout, scratch.layout);
        assert_eq!(article.locals, scratch.locals);
        assert_eq!(article.quotes, scratch.quotes);
    }

    #[test]
    fn memory_is_bounded_by_two_revisions() {
        let mut host = AnalysisHost::new(Kb::embedded());
        for i in 0..20 {
            let all: Vec<_> = paragraphs(30).iter().map(|p| format!("{p} Round {i}.")).collect();
            let analysis = set(&mut host, &all.join("\n\n"));
            analysis.article().unwrap();
            assert!(lock(&analysis.revision.cache).len() <= 60);
        }
    }

    #[test]
    fn a_stale_snapshot_is_cancelled_and_its_finished_work_is_kept() {
        let mut host = AnalysisHost::new(Kb::embedded());
        let old = set(&mut host, "One.\n\nTwo.");
        let new = set(&mut host, "One.\n\nTwo.\n\nThree.");
        assert_eq!(old.article().err(), Some(Cancelled));
        assert!(new.article().is_ok());
        host.apply_change(Change::Close(DOC));
        assert!(new.is_stale());
        assert!(host.analysis(DOC).is_none());
        // What was computed stays readable.
        assert!(new.article().is_ok());
    }

    #[test]
    fn a_revision_computes_its_article_once() {
        let mut host = AnalysisHost::new(Kb::embedded());
        let analysis = set(&mut host, "One.");
        let first = analysis.article().unwrap();
        assert!(Arc::ptr_eq(
            &first,
            &host.analysis(DOC).unwrap().article().unwrap()
        ));
    }
}
