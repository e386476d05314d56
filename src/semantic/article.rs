//! Everything about one revision of an article: immutable, plain data, offsets in bytes.

use std::{fmt, ops::Deref, sync::Arc};

use rustc_hash::FxHashSet;

use crate::{
    base::{
        crew::{Alone, Crew},
        date::Date,
        reads,
        span::DocSpan,
    },
    kb::{self, Gender, Kb},
    semantic::{
        again, coref, dating,
        doc::{Cast, Doc},
        local::{self, Local},
        names,
        quote::{self, Found},
        sources::Sources,
    },
    syntax::block::{self, Block, Format, Layout},
};

/// What the caller knows besides the text.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Context {
    /// How the text is written.
    pub format: Format,
    /// A date given from outside (a setting, the input record); wins over what the text says.
    pub date: Option<Date>,
    /// The file's name, which may carry a date.
    pub file_name: Option<String>,
    /// A date for articles that carry none (the project's setting).
    pub fallback_date: Option<Date>,
}

/// Where the article's date came from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DateSource {
    /// The caller gave it.
    Given,
    /// The front matter.
    FrontMatter,
    /// The dateline.
    Dateline,
    /// The file name.
    FileName,
    /// The project's setting, as the article itself carries none.
    Setting,
}

/// What an entity of the article is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[allow(missing_docs, reason = "the names say what they are; see docs/format.md")]
pub enum EntityKind {
    Person,
    Country,
    Institution,
    Place,
    Group,
}

/// How a mention refers to its entity.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
#[allow(missing_docs, reason = "the names say what they are; see docs/format.md")]
pub enum MentionForm {
    #[default]
    Name,
    Surname,
    Acronym,
    Alias,
    Demonym,
    Metonym,
    Place,
    Title,
    Description,
    Pronoun,
}

/// Why something was concluded: one sentence that an editor understands, and the words it rests on.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Evidence {
    /// The reason, without a final full stop.
    pub reason: Reason,
    /// The words that support it, if they stand in the text.
    pub at: Option<DocSpan>,
}

/// A reason in words. A large article gives the same few for most of what it names, so those are held once.
#[derive(Clone)]
pub enum Reason {
    /// Words for one place.
    Own(String),
    /// Words without anything of the article in them.
    Fixed(&'static str),
    /// Words for many places.
    Shared(Arc<str>),
}

impl Deref for Reason {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::Own(words) => words,
            Self::Fixed(words) => words,
            Self::Shared(words) => words,
        }
    }
}

impl Default for Reason {
    fn default() -> Self {
        Self::Fixed("")
    }
}

impl PartialEq for Reason {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Reason {}

impl fmt::Debug for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

impl From<String> for Reason {
    fn from(mut words: String) -> Self {
        words.shrink_to_fit();
        Self::Own(words)
    }
}

impl From<&'static str> for Reason {
    fn from(words: &'static str) -> Self {
        Self::Fixed(words)
    }
}

impl From<Arc<str>> for Reason {
    fn from(words: Arc<str>) -> Self {
        Self::Shared(words)
    }
}

/// A participant of the article.
#[derive(Clone, PartialEq, Debug)]
pub struct Entity {
    /// What it is.
    pub kind: EntityKind,
    /// The fullest name known: the knowledge base's, else the longest in the text.
    pub name: String,
    /// The entity of the knowledge base, if it is there.
    pub kb: Option<kb::EntityId>,
    /// Wikidata number (`57792` for Q57792), if known.
    pub wikidata: Option<u32>,
    /// What the article or the knowledge base at the article's date calls it ("Secretary General of NATO").
    pub role: Option<String>,
    /// Which pronouns it takes, if known.
    pub gender: Gender,
    /// Indices into [`Article::mentions`], in text order.
    pub mentions: Vec<usize>,
    /// Indices into [`Article::quotes`], in text order.
    pub quotes: Vec<usize>,
    /// Other entities of the knowledge base that the name may mean, best first.
    pub rivals: Vec<kb::EntityId>,
}

/// One place where an entity is referred to.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Mention {
    /// The words, without titles, articles and possessive 's.
    pub span: DocSpan,
    /// Index into [`Article::entities`].
    pub entity: usize,
    /// How the words refer to it.
    pub form: MentionForm,
    /// How sure the link is, 0 to 1.
    pub score: f32,
    /// Why it is this entity.
    pub evidence: Evidence,
}

/// How words are rendered.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum QuoteKind {
    /// A quoted sentence.
    Direct,
    /// A quoted part inside the narrator's clause.
    Mixed,
    /// Reported without marks.
    Indirect,
}

/// How the speaker is given.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Attribution {
    /// Named at the quote.
    Explicit,
    /// By a pronoun.
    Pronoun,
    /// By a description that leads to a named entity.
    Description,
    /// Carried on from the quote before.
    Continued,
    /// No cue; the context names the speaker.
    Implied,
    /// A source without a name.
    Anonymous,
    /// Nobody.
    None,
}

/// One quotation, which may have several pieces.
#[derive(Clone, PartialEq, Debug)]
pub struct Quote {
    /// How the words are rendered.
    pub kind: QuoteKind,
    /// The content, marks included, in text order; at least one.
    pub spans: Vec<DocSpan>,
    /// The parts of the content that stand in quotation marks, marks included; empty for indirect speech.
    pub marked: Vec<DocSpan>,
    /// The reporting verb or phrase; empty for an inherited source.
    pub cue: Vec<DocSpan>,
    /// The words in the text that name the speaker for this quote.
    pub source: Vec<DocSpan>,
    /// Index into [`Article::entities`].
    pub speaker: Option<usize>,
    /// How the speaker is given.
    pub attribution: Attribution,
    /// 0 to 1.
    pub confidence: f32,
    /// Somebody else who may have said it (an index into [`Article::entities`]), where the choice was close.
    pub rival: Option<usize>,
    /// Why this speaker, most important first; at least one.
    pub evidence: Vec<Evidence>,
    /// Whether a missing source is a fault a reader would notice (long enough, in body text, speech).
    pub needs_source: bool,
}

impl Article {
    /// How sure the speaker of a quotation is, 0 to 1: no surer than who is meant by the words that name him. Of what
    /// a mention leaves in doubt half counts: quotations whose source scores 0.6 are right in 79 of 100 (`tests/gold`).
    pub fn confidence(&self, quote: &Quote) -> f32 {
        let named = quote.source.iter().flat_map(|source| {
            let from = self.mentions.partition_point(|m| m.span.start < source.start);
            self.mentions[from..]
                .iter()
                .take_while(|m| m.span.start < source.end)
                .filter(|m| Some(m.entity) == quote.speaker)
        });
        let score = named.map(|m| m.score).reduce(f32::max);
        score.map_or(quote.confidence, |score| {
            quote.confidence.min((1.0 + score) / 2.0)
        })
    }
}

/// What a pair of marks is when it is not speech.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[allow(missing_docs, reason = "the names say what they are")]
pub enum AsideKind {
    Title,
    Scare,
    Term,
    Nickname,
    Name,
    Inscription,
    Slogan,
}

/// A quoted piece that nobody is said to have spoken: a title, a scare quote, a term.
#[derive(Clone, PartialEq, Debug)]
pub struct Aside {
    /// Marks included.
    pub span: DocSpan,
    /// What it is.
    pub kind: AsideKind,
    /// Why.
    pub evidence: Evidence,
}

/// A quotation mark without its partner.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LoneMark {
    /// The mark.
    pub span: DocSpan,
    /// Whether it opens (and is never closed) or closes (and was never opened).
    pub opens: bool,
}

/// Everything about one revision of an article.
#[derive(Clone, Debug, Default)]
pub struct Article {
    /// The text, as it was given.
    pub text: Arc<str>,
    /// Its blocks.
    pub layout: Layout,
    /// Tokens, sentences and pairs of marks of each block.
    pub locals: Vec<Arc<Local>>,
    /// The date facts are looked up at, and where it came from.
    pub date: Option<(Date, DateSource)>,
    /// Participants, in order of first mention.
    pub entities: Vec<Entity>,
    /// Mentions, in text order.
    pub mentions: Vec<Mention>,
    /// Quotes, in text order of their first span.
    pub quotes: Vec<Quote>,
    /// Quoted pieces that are not speech, in text order.
    pub asides: Vec<Aside>,
    /// Marks without partner, in text order.
    pub lone_marks: Vec<LoneMark>,
    /// See [`Cast::firsts`].
    pub(super) firsts: Arc<FxHashSet<Box<str>>>,
}

impl Article {
    /// The block that holds `offset` (a byte of the document), if it lies in one.
    pub fn block_at(&self, offset: u32) -> Option<&Block> {
        let i = self.layout.blocks.partition_point(|b| b.span.end < offset);
        self.layout.blocks.get(i).filter(|b| b.span.touches(offset))
    }
}

/// Annotates `text`. Total: each text gives an article.
pub fn analyze(text: &Arc<str>, context: &Context, kb: &Kb) -> Article {
    let layout = block::layout(text, context.format);
    let locals: Vec<_> = layout
        .blocks
        .iter()
        .map(|b| Arc::new(local::analyze_block(text, b, kb)))
        .collect();
    assemble(text, context, kb, layout, locals, &Alone).unwrap_or_default()
}

/// The article of an edited text out of `former`, that of the text before, which is taken and used up then like the
/// parts; `None` if the edit has changed something that the global stages read. Both must be of the same knowledge base.
pub fn carry(
    former: &mut Option<Arc<Article>>,
    text: &Arc<str>,
    context: &Context,
    layout: &mut Layout,
    locals: &mut Vec<Arc<Local>>,
) -> Option<Article> {
    let date = date_of(text, layout, context);
    again::again(former, text, layout, locals, date)
}

fn date_of(text: &str, layout: &Layout, context: &Context) -> Option<(Date, DateSource)> {
    let date = dating::date_of(text, layout, context);
    date.or_else(|| context.fallback_date.map(|d| (d, DateSource::Setting)))
}

/// The global stages over blocks that are analyzed already (one of `locals` for each block of `layout`); `None` when
/// `crew` calls it off between two of them.
pub fn assemble(
    text: &Arc<str>,
    context: &Context,
    kb: &Kb,
    layout: Layout,
    locals: Vec<Arc<Local>>,
    crew: &dyn Crew,
) -> Option<Article> {
    let date = date_of(text, &layout, context);
    let doc = Doc {
        text,
        layout: &layout,
        locals: &locals,
        date: date.map(|d| d.0),
        kb,
    };
    let (mut cast, mut found) = (Cast::default(), Found::default());
    let noted = if crew.goes_on() { &**text } else { "" };
    let (mut cuts, mut other_cuts) = (Vec::new(), Vec::new());
    let mut sources = Sources::default();
    let quotations = |cast: &Cast| {
        let found = quote::find(&doc, cast);
        let sources = Sources::new(&doc, &found.drafts);
        (found, sources)
    };
    let asks = quote::asks_for_names(&doc);
    // Who is named and what is said are found without each other, mostly.
    crew.both(
        &mut || (cast, cuts) = reads::recorded(noted, || names::resolve(&doc)),
        &mut || {
            if !asks {
                ((found, sources), other_cuts) = reads::recorded(noted, || quotations(&Cast::default()));
            }
        },
    );
    if asks {
        ((found, sources), other_cuts) = reads::recorded(noted, || quotations(&cast));
    }
    if crew.is_called_off() {
        return None;
    }
    let Found {
        mut drafts,
        asides,
        lone_marks,
    } = found;
    let (mut sources, mut last_cuts) = (Some(sources), Vec::new());
    crew.both(
        &mut || {
            let sources = sources.take().unwrap_or_default();
            let stage = || coref::resolve_with(&doc, &mut cast, &mut drafts, sources);
            ((), last_cuts) = reads::recorded(noted, stage);
        },
        &mut || [&cuts, &other_cuts].into_iter().for_each(|cuts| doc.note(cuts)),
    );
    doc.note(&last_cuts);
    drop((cuts, other_cuts, last_cuts));
    let Cast {
        mut entities,
        mentions,
        firsts,
    } = cast;
    // What the stages needed besides is given back, for the article stays.
    let mut mentions: Vec<Mention> = mentions.into_iter().map(|m| m.mention).collect();
    mentions.shrink_to_fit();
    let mut quotes: Vec<Quote> = drafts.into_iter().map(|d| d.quote).collect();
    quotes.shrink_to_fit();
    for (i, mention) in mentions.iter().enumerate() {
        if let Some(entity) = entities.get_mut(mention.entity) {
            entity.mentions.push(i);
        }
    }
    for (i, quote) in quotes.iter().enumerate() {
        if let Some(entity) = quote.speaker.and_then(|s| entities.get_mut(s)) {
            entity.quotes.push(i);
        }
    }
    Some(Article {
        text: text.clone(),
        layout,
        locals,
        date,
        entities,
        mentions,
        quotes,
        asides,
        lone_marks,
        firsts: firsts.into(),
    })
}
