//! Quotations that need no speaker: what stands around them tells a reader that they are a heading, a credit’s, a document’s,
//! or words that are only talked about.

use std::ops::Range;

use crate::{
    base::{span::DocSpan, word::TokenKind},
    rules::{Check, guess::is_closed},
    semantic::{
        article::Quote,
        cue::{self, Classes},
        lexicon,
        local::Local,
        wordsets::WordSet,
    },
    syntax::{
        block::{Block, Zone},
        tag::Tag,
        token::Shape,
    },
};

/// Most words of a name behind a quotation that was pulled out of the text, with what is told of a picture beside it.
const MAX_CREDIT: usize = 8;

/// How many sentences above a quotation may say that it is told again.
const ABOVE: usize = 2;

/// Whether a reader asks for no speaker of the quotation at `span`.
pub(crate) fn is_excused(cx: &Check<'_>, quote: &Quote, span: DocSpan) -> bool {
    let end = quote.marked.last().map_or(span.end, |m| m.end);
    is_heading(cx, span)
        || cx.has_credit(end)
        || is_noted(cx, end)
        || is_labelled(cx.text(span))
        // A quotation that never closes has its own rule, and one that never opened.
        || is_lone(cx, span)
        || is_taken_up(cx, span.end)
        || is_doubled(cx.text(span))
        || At::new(cx, span).is_some_and(|at| {
            at.is_set_off()
                || at.is_owned()
                || at.is_in_excerpt()
                || at.is_subject()
                || quote.cue.is_empty() && at.is_of_a_document()
                || at.is_nickname()
                || at.is_recited()
                || at.is_listed()
                || at.is_answer()
                || at.is_captioned()
                || at.is_unreal()
        })
}

/// Whether the words are what everybody calls somebody, or have a note that tells who does.
pub(crate) fn is_everybodys(cx: &Check<'_>, span: DocSpan) -> bool {
    let nickname = || At::new(cx, span).is_some_and(|at| at.is_nickname());
    is_noted(cx, span.end) || nickname()
}

/// Whether a note follows the quotation, which tells where it is from: “…”. [5]
fn is_noted(cx: &Check<'_>, end: u32) -> bool {
    let rest = cx.article.text.get(end as usize..).unwrap_or("");
    let note = rest.trim_start_matches(['.', ',', ' ']).strip_prefix('[');
    note.is_some_and(|n| n.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether two marks open the words: one of them is left over, and there is no telling which.
fn is_doubled(words: &str) -> bool {
    let mut marks = words.chars().filter(|c| !c.is_whitespace()).take(2);
    marks.all(|c| matches!(c, '“' | '"'))
}

/// A quotation in its paragraph.
struct At<'c, 'a> {
    cx: &'c Check<'a>,
    block: &'a Block,
    local: &'a Local,
    /// Its tokens, marks included.
    range: Range<usize>,
}

impl<'c, 'a> At<'c, 'a> {
    fn new(cx: &'c Check<'a>, span: DocSpan) -> Option<Self> {
        let (block, local) = cx.block_at(span.start)?;
        let range = local.tokens.inside(block.within(span));
        Some(Self {
            cx,
            block,
            local,
            range,
        })
    }

    fn fold(&self, i: usize) -> &str {
        self.local.tokens.fold_unnoted(i)
    }

    /// The word before the quotation, or nothing.
    fn before(&self) -> &str {
        self.range.start.checked_sub(1).map_or("", |i| self.fold(i))
    }

    /// The tokens of the sentence that the quotation begins in.
    fn sentence(&self) -> Range<usize> {
        let sentences = &self.local.sentences;
        let at = sentences.partition_point(|s| s.end <= self.range.start);
        sentences.get(at).cloned().unwrap_or(self.range.clone())
    }

    /// "his bluster — “My wall will be the best wall!” — wears thin": an example between dashes.
    fn is_set_off(&self) -> bool {
        let dash = |word: &str| matches!(word, "—" | "–" | "―" | "--");
        dash(self.before()) && dash(self.fold(self.range.end))
    }

    /// "the mayor’s “Look at my harbour over here!” line", "her “most wanted ship of all”": whose they are stands before them.
    fn is_owned(&self) -> bool {
        let word = self.before();
        word.ends_with("'s")
            || word.ends_with("s'")
            || word != "her" && cue::classes(word).has(Classes::POSSESSIVE)
    }

    /// Whether the paragraph is an excerpt that opens with a mark of its own, left open: whoever is cited in it has been named there.
    fn is_in_excerpt(&self) -> bool {
        let start = self.block.span.start;
        let first = self.cx.quotes_from(start, start + 1).first();
        let open = first.and_then(|q| q.marked.last());
        self.range.start > 0 && open.is_some_and(|m| !is_closed(self.cx.text(*m)))
    }

    /// "“I am all for the harbour” sounds great on the quay", "the “Look at my harbour” line": words that the sentence tells
    /// something about, or a noun.
    fn is_subject(&self) -> bool {
        let (next, tokens) = (self.range.end, &self.local.tokens);
        let last = self.range.end.checked_sub(2).map_or("", |i| self.fold(i));
        let Some(verb) = tokens.list.get(next) else {
            return false;
        };
        // "“…” is how it was put to them" tells of somebody's words, if not of a book's.
        let how = matches!(self.fold(next + 1), "how" | "what");
        let book =
            |i: usize| lexicon::english().is(WordSet::OfWork, self.fold(i)) || is_written(self.fold(i));
        let told = verb.tag == Tag::Aux && (!how || (next..self.sentence().end).any(book));
        let about = verb.tag.is_finite() || verb.tag.is_noun() || told;
        about
            && verb.shape == Shape::Lower
            && !matches!(last, "," | "." | "…")
            && cue::verb(self.fold(next)).is_none_or(|v| !v.classes.has(Classes::SPEECH))
    }

    /// "The plan would be paid for by “closing loopholes that only the richest use”": a document that the sentence names before.
    fn is_of_a_document(&self) -> bool {
        let start = self.sentence().start;
        let view = |i: usize| cue::classes(self.fold(i)).has(Classes::CUE_NOUN_VIEW);
        (start..self.range.start).any(|i| is_written(self.fold(i)) || view(i))
    }

    /// "cannot be painted as “good against bad”": what nobody has called so.
    fn is_unreal(&self) -> bool {
        const UNREAL: Classes = Classes::MODAL.and(Classes::NEGATION);
        let start = self.sentence().start;
        let unreal = |word: &str| word == "cannot" || cue::classes(word).has(UNREAL);
        self.before() == "as" && (start..self.range.start).any(|i| unreal(self.fold(i)))
    }

    /// "She is called “the girl in the red boots”", "the team, dubbed “the boys from the bay”": by everybody.
    fn is_nickname(&self) -> bool {
        let called = |back: usize| self.range.start.checked_sub(back).map_or("", |i| self.fold(i));
        let now = || (2..5).any(|back| matches!(called(back), "is" | "are" | "'s" | "'re"));
        let named = matches!(called(1), "dubbed" | "nicknamed") || called(1) == "called" && now();
        named && self.fold(self.range.start + 1) == "the"
    }

    /// "An old joke goes like this. “…”", "On the beam is carved “…”", "his best poem is “…”": words that are told again, or written on
    /// something.
    fn is_recited(&self) -> bool {
        let lexicon = lexicon::english();
        let sentence = self.sentence();
        let told = |i: usize| lexicon.is(WordSet::Recited, self.fold(i));
        let made = |i: usize| lexicon.is(WordSet::SignMade, self.fold(i));
        // The sentence before, and the one before that: a joke takes turns.
        let here = self.local.sentence_of(sentence.start);
        let above = self
            .local
            .sentences
            .get(here.saturating_sub(ABOVE)..here)
            .unwrap_or(&[]);
        (sentence.start..self.range.start).any(|i| told(i) || made(i))
            || self.range.start == sentence.start && above.iter().cloned().flatten().any(told)
    }

    /// Whether it is one of several items of a list that are quotations and nothing else.
    fn is_listed(&self) -> bool {
        let blocks = &self.cx.article.layout.blocks;
        let at = blocks.partition_point(|b| b.span.end < self.block.span.end);
        let whole = |b: &&Block| {
            let words = self.cx.text(b.span);
            b.zone == Zone::ListItem
                && is_closed(words.trim_end_matches(['.', ',', ';']))
                && !words.starts_with(char::is_alphanumeric)
        };
        let item = |i: Option<usize>| i.and_then(|i| blocks.get(i)).filter(whole).is_some();
        item(Some(at)) && (item(at.checked_sub(1)) || item(Some(at + 1)))
    }

    /// Whether it begins a paragraph under one that is nothing but a question of the paper's.
    fn is_answer(&self) -> bool {
        const QUESTION: usize = 40;
        let blocks = &self.cx.article.layout.blocks;
        let at = blocks.partition_point(|b| b.span.end < self.block.span.end);
        let above = at.checked_sub(1).and_then(|i| blocks.get(i));
        above.filter(|_| self.range.start == 0).is_some_and(|b| {
            let words = self.cx.text(b.span);
            words.ends_with('?')
                && words.split_whitespace().count() <= QUESTION
                && self.cx.quotes_from(b.span.start, b.span.end).is_empty()
        })
    }

    /// "“…” Lena Hartmann. Picture: Jan Nowak.": a name, and nothing that anybody does.
    fn is_captioned(&self) -> bool {
        let (from, tokens) = (self.range.end, &self.local.tokens);
        let words = (from..tokens.len()).filter(|i| tokens.kind(*i) == TokenKind::Word);
        let named = self
            .local
            .candidates
            .iter()
            .any(|c| c.tokens.start == from && c.tokens.len() > 1);
        self.range.start == 0
            && named
            && words.clone().count() <= MAX_CREDIT
            && !words
                .clone()
                .any(|i| tokens.list[i].tag.is_finite() || tokens.list[i].tag == Tag::Aux)
    }
}

/// Whether words that somebody or something is called are a name ("the “Pearl of the Northern Coast”").
pub(crate) fn is_name(cx: &Check<'_>, quote: &Quote, span: DocSpan) -> bool {
    let Some((block, local)) = cx.block_at(span.start) else {
        return false;
    };
    let marked = quote.marked.first().copied().unwrap_or(span);
    let tokens = &local.tokens;
    let weighty = |i: &usize| tokens.kind(*i) == TokenKind::Word && tokens.fold_unnoted(*i).len() > 3;
    let mut words = tokens.inside(block.within(marked)).filter(weighty).peekable();
    words.peek().is_some() && words.all(|i| tokens.list[i].shape != Shape::Lower)
}

/// Whether the words are a heading all in capitals, or stand right under a headline that names a speaker.
fn is_heading(cx: &Check<'_>, span: DocSpan) -> bool {
    let words = cx.text(span);
    let shouted =
        words.contains(' ') && words.contains(char::is_uppercase) && !words.contains(char::is_lowercase);
    let blocks = &cx.article.layout.blocks;
    let at = blocks.partition_point(|b| b.span.end < span.end);
    let above = at
        .checked_sub(1)
        .and_then(|i| blocks.get(i))
        .filter(|b| b.zone == Zone::Headline);
    let starts = blocks.get(at).is_some_and(|b| b.span.start == span.start);
    let headed = above.filter(|_| starts).is_some_and(|b| {
        let mut quotes = cx.quotes_from(b.span.start, b.span.end).iter();
        quotes.any(|q| q.speaker.is_some() || !q.source.is_empty())
    });
    shouted || headed || blocks.get(at).is_some_and(|b| is_told_below(cx, b, span))
}

/// Whether a headline, or the first line in the marks of one, is nothing but the quotation, or the text below has the headline’s words as its own.
fn is_told_below(cx: &Check<'_>, block: &Block, span: DocSpan) -> bool {
    let rest = cx.text(block.span).trim_matches([' ', '.']);
    let all = rest.len() <= cx.text(span).len();
    if block.zone != Zone::Headline {
        // A headline of its own that a full stop hides has the marks of one.
        let first = cx.article.layout.blocks.first();
        let single = rest.starts_with(['‘', '\'']);
        return all && single && first.is_some_and(|b| b.span == block.span);
    }
    let inner = cx.text(span).trim_matches(|c: char| !c.is_alphanumeric());
    let below = cx.article.text.get(block.span.end as usize..).unwrap_or("");
    all || !inner.is_empty() && below.to_lowercase().contains(&inner.to_lowercase())
}

/// Whether `span` begins the paragraph behind `before`, which was left open for it.
pub(crate) fn goes_on(cx: &Check<'_>, before: DocSpan, span: DocSpan) -> bool {
    let blocks = &cx.article.layout.blocks;
    let next = blocks.partition_point(|b| b.span.end < before.end) + 1;
    !is_closed(cx.text(before)) && blocks.get(next).is_some_and(|b| b.span.start == span.start)
}

/// Whether somebody is heard in the paragraph before the quotation, or a colon tells that somebody will be: there the words
/// are still theirs, though no clause says so ("Good news travels, he said, but only when “the truth is sweet”").
pub(crate) fn somebody_speaks(cx: &Check<'_>, span: DocSpan) -> bool {
    let blocks = &cx.article.layout.blocks;
    let at = blocks.partition_point(|b| b.span.end < span.end);
    let Some(block) = blocks.get(at) else { return false };
    let start = block.span.start.min(span.start);
    let before = DocSpan {
        start,
        end: span.start,
    };
    let speaks = |from: u32, to: u32| {
        let mut quotes = cx.quotes_from(from, to).iter();
        quotes.any(|q| q.speaker.is_some() || !q.source.is_empty())
    };
    let above = at.checked_sub(1).and_then(|i| blocks.get(i)).map(|b| b.span);
    if cx.text(before).trim().is_empty() {
        let above = above.and_then(|b| cx.block_at(b.start));
        let last = above.and_then(|(_, local)| Some((local, local.sentences.last()?.clone())));
        return last.is_some_and(|(local, sentence)| hands_over(local, sentence));
    }
    let led = cx.text(before).trim_end().ends_with(':');
    speaks(start, span.start) || led && above.is_some_and(|b| speaks(b.start, b.end))
}

/// Whether a sentence announces the paragraph below: by a colon at its end, or by what somebody has just put out ("sent a letter").
fn hands_over(local: &Local, sentence: Range<usize>) -> bool {
    let word = |i: usize| local.tokens.fold_unnoted(i);
    let colon = sentence.end.checked_sub(1).is_some_and(|i| word(i) == ":");
    let mut articles = sentence.filter(|i| matches!(word(*i), "a" | "an"));
    colon || articles.any(|i| (i + 1..i + 3).any(|k| is_written(word(k))))
}

/// Whether a word is one for what is written.
fn is_written(word: &str) -> bool {
    cue::classes(word).has(Classes::DOCUMENT.and(Classes::CUE_NOUN_DOCUMENT))
}

/// What points back to words that stand right before it, and goes on to say whose they are.
const TAKEN_UP: [&str; 7] = [
    "that quote",
    "that line",
    "those words",
    "these words",
    "so says ",
    "so said ",
    "by ",
];

/// Whether what follows `end` takes the quotation up: "That quote is from …", "“A bridge too far,” by Jan Nowak".
fn is_taken_up(cx: &Check<'_>, end: u32) -> bool {
    let rest = cx.article.text.get(end as usize..).unwrap_or("").trim_start();
    let takes = |words: &str| {
        rest.get(..words.len())
            .is_some_and(|w| w.eq_ignore_ascii_case(words))
    };
    TAKEN_UP.iter().any(|w| takes(w)) && (!takes("by ") || rest[3..].starts_with(char::is_uppercase))
}

/// Whether the mark that opens the quotation, or the one that closes it, lacks its partner.
fn is_lone(cx: &Check<'_>, span: DocSpan) -> bool {
    let marks = &cx.article.lone_marks;
    let at = marks.partition_point(|m| m.span.start < span.start);
    let mut inside = marks[at..].iter().take_while(|m| m.span.end <= span.end);
    inside.any(|m| match m.opens {
        true => m.span.start == span.start,
        false => m.span.end == span.end,
    })
}

/// Whether the quotation is a turn of a transcript, whose label stands in it: “REYES: Are you leaving?”
fn is_labelled(words: &str) -> bool {
    let words = words.trim_start_matches(|c: char| !c.is_alphanumeric());
    let label = words.split_once(':').map_or("", |(label, _)| label);
    label.len() > 1
        && label.split_whitespace().count() <= 3
        && label
            .chars()
            .all(|c| c.is_uppercase() || c == ' ' || c == '.' || c == '-')
}
