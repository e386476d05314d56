//! Everything about one revision of an article: immutable, plain data, offsets in bytes.

use std::{fmt, ops::Deref, sync::Arc};

pub use crate::semantic::assemble::{Carried, Given, assemble, carry};
use crate::{
    base::{crew::Alone, date::Date, span::DocSpan},
    kb::{self, Gender, Kb},
    semantic::{
        local::{self, Local},
        parts::Part,
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
    /// How long a text may be that is read as one.
    pub whole: Whole,
}

/// A text of more bytes than this is read in parts of about three eighths of it, so that an edit costs its part. No pronoun
/// and no description leads from one part into another; names do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Whole(pub usize);

impl Default for Whole {
    /// Some forty thousand words, more than any article has. 1 MB makes ten parts, each of which takes the stages 5 ms.
    fn default() -> Self {
        Self(256_000)
    }
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
    /// What the stages have read as one; in all but very long texts a single part.
    pub(super) parts: Vec<Part>,
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
    let given = Given {
        text,
        context,
        kb,
        crew: &Alone,
    };
    assemble(&given, layout, locals).unwrap_or_default()
}
