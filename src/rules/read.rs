//! What several rules ask of an article.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    base::{fold::fold, order::Order, span::DocSpan, word::TokenKind},
    kb::Gender,
    rules::Check,
    semantic::{
        article::{Article, Attribution, Entity, EntityKind, Mention, MentionForm, Quote, QuoteKind},
        lexicon,
        local::Local,
        mention::{Name, What},
        wordsets::WordSet,
    },
    syntax::{
        block::{Block, Zone},
        quote_mark::Pair,
        tag::Tag,
    },
};

/// The stretches that stand in quotation marks as speech, merged, in text order.
pub(crate) fn quoted(article: &Article) -> Vec<DocSpan> {
    let mut spans: Vec<DocSpan> = article
        .quotes
        .iter()
        .flat_map(|q| q.marked.iter().copied())
        .collect();
    spans.order_by(Ord::cmp);
    let mut merged: Vec<DocSpan> = Vec::with_capacity(spans.len());
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => merged.push(span),
        }
    }
    merged
}

static CONTRACTIONS: LazyLock<FxHashMap<&str, [&str; 2]>> = LazyLock::new(|| {
    let rows = include_str!("../../data/en/contractions.tsv").lines();
    let row = |line: &'static str| {
        let (short, long) = line.split_once('\t')?;
        Some((short, long.split_once('\t')?.into()))
    };
    rows.filter_map(row).collect()
});

/// Signs of the contractions ([`sign`]): most words have none of them.
static CONTRACTED: LazyLock<[bool; SIGNS]> = LazyLock::new(|| {
    let mut signs = [false; SIGNS];
    CONTRACTIONS.keys().for_each(|word| signs[sign(word)] = true);
    signs
});

/// How many signs there are.
pub(crate) const SIGNS: usize = 1 << 10;

/// A number that differs between most words: made of the length and the two outer letters.
#[inline]
pub(crate) fn sign(word: &str) -> usize {
    let bytes = word.as_bytes();
    let letter = |b: Option<&u8>| b.copied().unwrap_or(0);
    sign_of((letter(bytes.first()), letter(bytes.last()), bytes.len()))
}

/// The same of the outline of a word (`Tokens::outline`).
#[inline]
pub(crate) fn sign_of((first, last, len): (u8, u8, usize)) -> usize {
    (usize::from(first) * 31 + usize::from(last) * 7 + len) % SIGNS
}

/// The signs that a contraction may have.
pub(crate) fn contracted() -> [bool; SIGNS] {
    *CONTRACTED
}

static BYSTANDERS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    let lines = include_str!("../../data/en/bystanders.txt").lines();
    lines.filter(|l| !l.starts_with('#')).collect()
});

/// How far from a source the name may stand that belongs to it, in bytes.
const BESIDE: u32 = 60;

impl<'a> Check<'a> {
    /// Every block with its analysis, in text order.
    pub(crate) fn blocks(&self) -> impl Iterator<Item = (&'a Block, &'a Local)> + use<'a> {
        let locals = self.article.locals.iter().map(|l| &**l);
        self.article.layout.blocks.iter().zip(locals)
    }

    /// The block that `offset` lies in.
    pub(crate) fn block_at(&self, offset: u32) -> Option<(&'a Block, &'a Local)> {
        let i = self.ends.partition_point(|end| *end <= offset);
        let block = self
            .article
            .layout
            .blocks
            .get(i)
            .filter(|b| b.span.contains(offset))?;
        Some((block, self.article.locals.get(i)?))
    }

    /// Whether `offset` lies in running text: body, list, block quotation, transcript.
    pub(crate) fn in_body(&self, offset: u32) -> bool {
        self.block_at(offset)
            .is_some_and(|(block, _)| is_body(block.zone))
    }

    /// Whether any of `span` stands in quotation marks as speech.
    pub(crate) fn in_quote(&self, span: DocSpan) -> bool {
        let next = self.quoted.partition_point(|q| q.end <= span.start);
        self.quoted.get(next).is_some_and(|q| q.start < span.end)
    }

    /// The folded words of a span; punctuation is left out.
    pub(crate) fn words(&self, span: DocSpan) -> Vec<&'a str> {
        self.each_word(span).collect()
    }

    /// The same words one by one, for whoever need not keep them.
    pub(crate) fn each_word(&self, span: DocSpan) -> impl Iterator<Item = &'a str> + use<'a> {
        let Article { layout, locals, .. } = self.article;
        let first = self.ends.partition_point(|end| *end <= span.start);
        let blocks = layout.blocks.iter().zip(locals).skip(first);
        let reached = blocks.take_while(move |(block, _)| block.span.start < span.end);
        reached.flat_map(move |(block, local)| {
            let tokens = local.tokens.inside(block.within(span));
            let words = tokens.filter(|&i| local.tokens.kind(i) != TokenKind::Punct);
            // Nobody keeps notes of what the rules read.
            words.map(|i| local.tokens.fold_unnoted(i))
        })
    }

    /// The quotations that begin between these places, in text order.
    pub(crate) fn quotes_from(&self, from: u32, to: u32) -> &'a [Quote] {
        let quotes = &self.article.quotes;
        let place = |at: u32| quotes.partition_point(|q| q.spans.first().is_some_and(|s| s.start < at));
        quotes.get(place(from)..place(to)).unwrap_or(&[])
    }

    /// Whether an entity is one human being.
    pub(crate) fn is_person(&self, entity: usize) -> bool {
        let entity = self.article.entities.get(entity);
        entity.is_some_and(|e| e.kind == EntityKind::Person)
    }

    /// Whether anything but capitals says that an entity is a person.
    pub(crate) fn is_surely_person(&self, entity: &Entity) -> bool {
        let given = || {
            let first = entity.name.split_whitespace().next().unwrap_or("");
            lexicon::english().given(&fold(first)).is_some()
        };
        let told = entity.kb.is_some() || entity.role.is_some() || entity.gender != Gender::Unknown;
        entity.kind == EntityKind::Person && (told || given())
    }

    /// Whether a title, or also a trade or an office if `roles`, stands before the name at exactly `span`.
    pub(crate) fn is_titled(&self, span: DocSpan, roles: bool) -> bool {
        let Some((block, local)) = self.block_at(span.start) else {
            return false;
        };
        let range = local.tokens.inside(block.within(span));
        let titled = |n: &Name| n.title.is_some() || roles && n.role.is_some();
        local
            .candidates
            .iter()
            .any(|c| c.tokens == range && matches!(&c.what, What::Name(n) if titled(n)))
    }

    /// The source of a quotation that names nobody where a name could stand: no office ("the mayor") and no crowd, no
    /// name beside it, and not in the words of somebody else.
    pub(crate) fn unnamed_source(&self, quote: &Quote) -> Option<DocSpan> {
        let source = *quote.source.first()?;
        let spoken = quote.attribution == Attribution::Anonymous && quote.kind != QuoteKind::Indirect;
        if !spoken || !self.in_body(source.start) || self.in_quote(source) {
            return None;
        }
        let (block, local) = self.block_at(source.start)?;
        let mut range = local.tokens.inside(block.within(source));
        let noun = |i: usize| matches!(local.tokens.list[i].tag, Tag::Noun | Tag::NounPl | Tag::Propn);
        // "The mother said": the reader has met her. "The official" is one whose name is kept back.
        let kept = |i: usize| lexicon::english().is(WordSet::KeptBack, local.tokens.fold(i));
        let definite = range
            .clone()
            .next()
            .is_some_and(|i| local.tokens.fold(i) == "the");
        if !range.clone().any(noun) || definite && !range.any(kept) {
            return None;
        }
        // "one of the organizers, Lena Hartmann", "Norvik’s mayor and harbor master Lena Hartmann".
        let from = self
            .article
            .mentions
            .partition_point(|m| m.span.end + BESIDE < source.start);
        let near = self.article.mentions[from..]
            .iter()
            .take_while(|m| m.span.start < source.end + BESIDE);
        let mut people = near.filter(|m| m.form == MentionForm::Name && self.is_person(m.entity));
        let between = |start: u32, end: u32| self.text(DocSpan { start, end });
        let beside = |m: &Mention| match m.span {
            name if name.start >= source.end => {
                let gap = between(source.end, name.start).trim();
                matches!(gap, "" | ",") || gap.starts_with("and ") && !gap.contains([',', '.', '”', '"'])
            }
            name if name.end <= source.start => between(name.end, source.start).trim() == ",",
            _ => true,
        };
        (!people.any(beside)).then_some(source)
    }

    /// Whether a source speaks for others, or just happened to be there.
    pub(crate) fn may_be_unnamed(&self, source: DocSpan) -> bool {
        let mut words = self.each_word(source);
        words.any(|w| w.starts_with("spokes") || BYSTANDERS.contains(w))
    }

    /// Whether a credit follows the quotation that ends at `end`: a dash and a name, to the end of the paragraph or
    /// as the next one.
    pub(crate) fn has_credit(&self, end: u32) -> bool {
        let blocks = &self.article.layout.blocks;
        let at = blocks.partition_point(|b| b.span.end < end);
        let Some(block) = blocks.get(at) else {
            return false;
        };
        let rest = self
            .text(DocSpan {
                start: end,
                end: block.span.end.max(end),
            })
            .trim();
        let credit = match rest.chars().count() {
            0 | 1 => blocks.get(at + 1).map_or("", |next| self.text(next.span)),
            _ => rest,
        };
        // "(Reuters)", "[The Times]", "(2015)": a credit, or the year of what is cited.
        let credits = |inner: &str| {
            let inner = inner.trim();
            inner.starts_with(|c: char| c.is_uppercase() || c.is_numeric())
                && inner.split_whitespace().count() <= 6
        };
        let bracket = rest.starts_with(['(', '['])
            && rest
                .find([')', ']'])
                .is_some_and(|close| credits(&rest[1..close]));
        // A digest names its source at the end of each item: "… [The Times]".
        let last = rest.strip_suffix(']').and_then(|r| r.rsplit_once('['));
        if bracket || last.is_some_and(|(_, inner)| credits(inner)) {
            return true;
        }
        let name = credit.trim_start_matches(['—', '–', '―', '-', ' ', '\u{a0}']);
        name.len() < credit.len()
            && !credit.starts_with(' ')
            && name.starts_with(char::is_uppercase)
            && name.split_whitespace().count() <= 15
    }

    /// The text of a span.
    pub(crate) fn text(&self, span: DocSpan) -> &'a str {
        span.text(&self.article.text)
    }

    /// Every pair of quotation marks, with the document span of both marks.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&'a Block, &'a Pair)> + use<'a> {
        self.blocks()
            .flat_map(|(block, local)| local.pairs.iter().map(move |pair| (block, pair)))
    }
}

/// A folded word in the form that words are compared in: of a contraction both, "we’re" and "we are" alike.
#[inline]
pub(crate) fn spelled_out(word: &str) -> impl Iterator<Item = &str> {
    let both = if CONTRACTED[sign(word)] {
        CONTRACTIONS.get(word)
    } else {
        None
    };
    let [first, second] = both.copied().unwrap_or([word, ""]);
    [first, second].into_iter().filter(|w| !w.is_empty())
}

/// Whether a zone is running text.
pub(crate) fn is_body(zone: Zone) -> bool {
    match zone {
        Zone::Body | Zone::ListItem | Zone::BlockQuote | Zone::Transcript | Zone::Question => true,
        Zone::Headline | Zone::Byline | Zone::Dateline | Zone::Crosshead | Zone::Caption => false,
    }
}
