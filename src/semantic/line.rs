//! A narrator's sentence with each quotation folded to one item, and its noun phrases. All grammar of the
//! quotation stage works on these, so that words inside marks never take part in the clause around them.

use std::ops::Range;

use crate::{
    base::{span::Span, word::TokenKind, work},
    semantic::{
        chunk::chunk,
        climb,
        cue::{self, Classes, CueVerb},
        lexicon::{self, ThingClass},
        local::Local,
        mend,
        mention::What,
    },
    syntax::{
        tag::{Tag, is_common_word},
        token::Shape,
    },
};

/// A stretch inside quotation marks, as the sentence around it sees it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Region {
    /// Its tokens, marks included.
    pub(super) tokens: Range<usize>,
    /// Its span in the block, marks included.
    pub(super) span: Span,
    /// The words between the marks.
    pub(super) inner: Span,
    /// Number of words (letters or digits) inside.
    pub(super) words: usize,
    /// Whether the opening mark is there.
    pub(super) opened: bool,
    /// Whether the closing mark is there.
    pub(super) closed: bool,
    /// Whether the paragraph ends inside it, and the next one may go on with it.
    pub(super) runs_on: bool,
}

/// One word, one quotation, or one title.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Item {
    /// First token.
    pub(super) first: u32,
    /// One past the last token.
    pub(super) end: u32,
    /// Index of the region, if it is a quotation.
    pub(super) region: Option<u32>,
}

impl Item {
    /// Whether it is the title of a work or a name in marks, folded to one name.
    pub(super) const fn is_title(&self) -> bool {
        self.region.is_none() && self.end > self.first + 1
    }
}

/// What a noun phrase is headed by.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum NpKind {
    /// "he", "they", "one".
    Pronoun,
    /// "who", "which", "that".
    Relative,
    /// A proper name.
    Name,
    /// A common noun.
    Common,
    /// "on Tuesday", "last week".
    Time,
}

/// A noun phrase without what hangs on it to the right.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Np {
    /// Its items.
    pub(super) items: Range<usize>,
    /// The head's item.
    pub(super) head: usize,
    /// Its kind.
    pub(super) kind: NpKind,
    /// The item of the preposition before it, if one stands there.
    pub(super) governed: Option<usize>,
}

/// What every step of the grammar asks of an item, looked up once.
#[derive(Clone, Copy, Debug)]
struct Seen<'a> {
    /// The token whose word it is; none of a quotation or title.
    token: Option<u32>,
    fold: &'a str,
    classes: Classes,
    verb: Option<CueVerb>,
    kind: TokenKind,
    shape: Shape,
}

impl<'a> Seen<'a> {
    /// Past the end.
    const NOTHING: Self = Self {
        token: None,
        fold: "",
        classes: Classes::NONE,
        verb: None,
        kind: TokenKind::Punct,
        shape: Shape::Other,
    };

    fn new(local: &'a Local, item: &Item) -> Self {
        let token = item.first as usize;
        if item.is_title() {
            return Self {
                kind: TokenKind::Word,
                shape: Shape::Capital,
                ..Self::NOTHING
            };
        }
        if item.region.is_some() {
            return Self::NOTHING;
        }
        // That it was read is noted when it is asked for.
        let fold = local.tokens.fold_unnoted(token);
        let (classes, verb) = cue::classes_and_verb(fold);
        Self {
            token: Some(item.first),
            fold,
            classes,
            verb,
            kind: local.tokens.kind(token),
            shape: local.tokens.shape(token),
        }
    }
}

/// A narrator's sentence.
#[derive(Clone, Debug)]
pub(super) struct Line<'a> {
    /// The block's analysis.
    pub(super) local: &'a Local,
    /// Words and quotations in text order.
    pub(super) items: Vec<Item>,
    /// Its noun phrases in text order.
    pub(super) nps: Vec<Np>,
    /// The tag of each item, mended where the sentence around it says more than the tagger saw.
    pub(super) tags: Vec<Tag>,
    seen: Vec<Seen<'a>>,
}

impl<'a> Line<'a> {
    /// The sentence over `items`; `name_starts` holds the first tokens of phrases that are known to be names.
    pub(super) fn new(local: &'a Local, items: Vec<Item>, name_starts: &[usize]) -> Self {
        let tag = |x: &Item| match x.region {
            None if x.is_title() => Tag::Propn,
            None => local.tokens.list[x.first as usize].tag,
            Some(_) => Tag::X,
        };
        let tags = items.iter().map(tag).collect();
        let seen = items.iter().map(|x| Seen::new(local, x)).collect();
        let mut line = Self {
            local,
            items,
            nps: Vec::new(),
            tags,
            seen,
        };
        mend::tags(&mut line, name_starts);
        line.nps = chunk(&line, name_starts);
        line
    }

    /// Whether the mark at item `i` stands inside a name: "University of California, San Diego".
    pub(super) fn is_in_name(&self, i: usize) -> bool {
        let Some(item) = self.items.get(i) else {
            return false;
        };
        let (token, candidates) = (item.first as usize, &self.local.candidates);
        let from = candidates.partition_point(|c| c.tokens.start < token);
        let mut before = candidates[..from].iter().rev().take(2);
        before.any(|c| c.tokens.end > token && matches!(c.what, What::Name(_)))
    }

    /// Number of items.
    pub(super) fn len(&self) -> usize {
        self.items.len()
    }

    /// The folded word, or punctuation, of item `i`; empty for a quotation or past the end.
    pub(super) fn fold(&self, i: usize) -> &'a str {
        self.read(i).fold
    }

    /// The cue verb that item `i` is a form of.
    pub(super) fn verb(&self, i: usize) -> Option<CueVerb> {
        self.read(i).verb
    }

    /// Item `i` as it was looked up, whose word is now read.
    #[inline]
    fn read(&self, i: usize) -> &Seen<'a> {
        work::step();
        let seen = self.seen(i);
        if let Some(token) = seen.token {
            self.local.tokens.note_word(token as usize);
        }
        seen
    }

    #[inline]
    fn seen(&self, i: usize) -> &Seen<'a> {
        self.seen.get(i).unwrap_or(&Seen::NOTHING)
    }

    /// The tag of item `i`; a quotation has none.
    pub(super) fn tag(&self, i: usize) -> Tag {
        self.tags.get(i).copied().unwrap_or(Tag::X)
    }

    /// Whether item `i` begins a predicate: a verb in a tense, an auxiliary, or a participle that the tagger may
    /// have taken for one ("Bush referred to").
    pub(super) fn is_predicate(&self, i: usize) -> bool {
        if self.tag(i).is_finite() || self.is_aux(i) {
            return true;
        }
        // "A spokesman also declined".
        let group = climb::leftmost_of_group(self, i);
        self.tag(i) == Tag::VerbPart
            && self.fold(i + 1) != "by"
            && self
                .np_ending_at(group)
                .map(|np| climb::outermost(self, np))
                .is_some_and(|np| np.governed.is_none() && self.may_speak(np))
    }

    /// How item `i` is written.
    pub(super) fn shape(&self, i: usize) -> Shape {
        self.seen(i).shape
    }

    /// The kind of token of item `i`.
    pub(super) fn kind(&self, i: usize) -> TokenKind {
        self.seen(i).kind
    }

    /// The region of item `i`, if it is a quotation.
    pub(super) fn region(&self, i: usize) -> Option<usize> {
        self.items.get(i).and_then(|x| x.region).map(|r| r as usize)
    }

    /// Whether item `i` is a quotation.
    pub(super) fn is_quote(&self, i: usize) -> bool {
        self.region(i).is_some()
    }

    /// The grammatical classes of item `i`.
    pub(super) fn classes(&self, i: usize) -> Classes {
        self.read(i).classes
    }

    /// Whether item `i` is a word (not punctuation, not a quotation).
    pub(super) fn is_word(&self, i: usize) -> bool {
        matches!(self.kind(i), TokenKind::Word | TokenKind::Number) && i < self.len()
    }

    /// Whether item `i` is a comma.
    pub(super) fn is_comma(&self, i: usize) -> bool {
        self.fold(i) == ","
    }

    /// Whether item `i` is a dash that sets off an aside.
    pub(super) fn is_dash(&self, i: usize) -> bool {
        match self.fold(i) {
            "–" | "—" | "―" => true,
            // A hyphen is a dash when white space stands on both sides of it.
            "-" => i > 0 && i + 1 < self.len() && self.gap(i - 1, i) && self.gap(i, i + 1),
            "--" => true,
            _ => false,
        }
    }

    /// Whether item `i` ends a sentence.
    pub(super) fn is_stop(&self, i: usize) -> bool {
        i >= self.len() || matches!(self.fold(i), "." | "!" | "?" | "…")
    }

    /// Whether white space stands between items `a` and `b`.
    fn gap(&self, a: usize, b: usize) -> bool {
        let (Some(a), Some(b)) = (self.items.get(a), self.items.get(b)) else {
            return false;
        };
        let list = &self.local.tokens.list;
        list[(a.end - 1) as usize].span.end < list[b.first as usize].span.start
    }

    /// Whether item `i` is a form of "be".
    pub(super) fn is_be(&self, i: usize) -> bool {
        self.classes(i).has(Classes::BE) || matches!(self.fold(i), "isnt" | "arent" | "wasnt" | "werent")
    }

    /// Whether item `i` is an auxiliary of any kind.
    pub(super) fn is_aux(&self, i: usize) -> bool {
        // "Will wrote": a name.
        self.tag(i) != Tag::Propn
            && self
                .classes(i)
                .has(Classes::BE.and(Classes::HAVE).and(Classes::MODAL))
            || (self.tag(i) == Tag::Aux && self.is_word(i))
            || self.is_clitic_verb(i)
    }

    /// Whether item `i` is the ’s of "it’s": "is" or "has", and no possessor's.
    pub(super) fn is_clitic_verb(&self, i: usize) -> bool {
        self.kind(i) == TokenKind::Possessive
            && i > 0
            && (self.tag(i) == Tag::Aux
                || self.classes(i - 1).has(Classes::PERSONAL.and(Classes::RELATIVE))
                || matches!(self.fold(i - 1), "there" | "here"))
    }

    /// Whether item `i` is a pronoun with its auxiliary in one word: "they’re", "he’ll".
    pub(super) fn is_contraction(&self, i: usize) -> bool {
        let Some(item) = self.items.get(i).filter(|x| x.region.is_none()) else {
            return false;
        };
        let span = self.local.tokens.list[item.first as usize].span;
        let read = self.read(i);
        // The folded word has lost its apostrophe; without one "well" and "hell" are other words.
        read.classes.has(Classes::CONTRACTION) && (span.end - span.start) as usize > read.fold.len()
    }

    /// Whether item `i` is a verb (auxiliaries excluded) as the tagger sees it.
    pub(super) fn is_verb(&self, i: usize) -> bool {
        self.tag(i).is_verb() && self.is_word(i)
    }

    /// Whether item `i` is an adverb or a particle such as "not".
    pub(super) fn is_adverb(&self, i: usize) -> bool {
        (self.tag(i) == Tag::Adv && self.is_word(i)) || self.classes(i).has(Classes::NEGATION)
    }

    /// Whether item `i` is a preposition.
    pub(super) fn is_adp(&self, i: usize) -> bool {
        self.tag(i) == Tag::Adp && self.is_word(i)
    }

    /// The tokens of a range of items.
    pub(super) fn tokens(&self, items: Range<usize>) -> Range<usize> {
        if items.start >= items.end || items.end > self.items.len() {
            return 0..0;
        }
        let end = self.items[items.end - 1].end;
        // The mark that closes a title behind a comma is no item, and goes with the comma.
        let end = self.items.get(items.end).map_or(end, |next| next.first.max(end));
        self.items[items.start].first as usize..end as usize
    }

    /// The item that holds token `token`, or the number of items.
    pub(super) fn item_at(&self, token: usize) -> usize {
        self.items.partition_point(|x| (x.end as usize) <= token)
    }

    /// The noun phrase that ends before item `end`.
    pub(super) fn np_ending_at(&self, end: usize) -> Option<&Np> {
        let i = self.nps.partition_point(|n| n.items.end < end);
        self.nps.get(i).filter(|n| n.items.end == end)
    }

    /// The noun phrase that starts at item `start`.
    pub(super) fn np_starting_at(&self, start: usize) -> Option<&Np> {
        let i = self.nps.partition_point(|n| n.items.start < start);
        self.nps.get(i).filter(|n| n.items.start == start)
    }

    /// The noun phrase that covers item `i`.
    pub(super) fn np_over(&self, i: usize) -> Option<&Np> {
        let k = self.nps.partition_point(|n| n.items.end <= i);
        self.nps.get(k).filter(|n| n.items.contains(&i))
    }

    /// Whether the noun at item `i` is a word for people, a body or something written.
    pub(super) fn is_human(&self, i: usize) -> bool {
        let Some(item) = self.items.get(i).filter(|x| x.region.is_none()) else {
            return false;
        };
        let words = lexicon::english();
        let first = item.first as usize;
        // "The task force", "a think tank".
        let pair = || {
            let thing = first
                .checked_sub(1)
                .and_then(|t| words.thing_at(&self.local.tokens, t));
            thing.is_some_and(|(found, class)| found.len == 2 && class == ThingClass::Body)
        };
        words.role_at(&self.local.tokens, first).is_some()
            || matches!(
                words.thing(self.fold(i)),
                Some(ThingClass::Body | ThingClass::Land | ThingClass::Text)
            )
            || pair()
    }

    /// Whether the noun at item `i` is a word for people, by its list or by its role.
    pub(super) fn is_animate(&self, i: usize) -> bool {
        let role = || {
            let first = self.items.get(i).map_or(0, |x| x.first as usize);
            lexicon::english().role_at(&self.local.tokens, first).is_some()
        };
        self.classes(i).has(Classes::ANIMATE)
            || self
                .fold(i)
                .strip_suffix('s')
                .is_some_and(|one| cue::classes(one).has(Classes::ANIMATE))
            || role()
    }

    /// Whether the noun at item `i` is a word for a place or an event, which has no mind.
    pub(super) fn is_thing(&self, i: usize) -> bool {
        matches!(
            lexicon::english().thing(self.fold(i)),
            Some(ThingClass::Spot | ThingClass::Event)
        )
    }

    /// Whether a noun phrase is one common noun by itself that cannot speak: "caution", "restraint".
    pub(super) fn is_bare_thing(&self, np: &Np) -> bool {
        np.items.len() == 1
            && np.kind == NpKind::Common
            && self.tag(np.head) == Tag::Noun
            && !self.is_animate(np.head)
            && !self.may_speak(np)
    }

    /// Whether a noun phrase can speak: a person, a body or a document by its head; names may.
    pub(super) fn may_speak(&self, np: &Np) -> bool {
        match np.kind {
            NpKind::Pronoun | NpKind::Relative | NpKind::Name => true,
            NpKind::Time => false,
            // "nine in ten", "42 %": people, where something is said of them.
            NpKind::Common => {
                let word = self.fold(np.head);
                // Letters that the tagger takes for a noun are a body's ("the CBCP"), and a capital that is no
                // word of English is a name at the beginning of a sentence too ("Mohr spoke").
                let letters = self.shape(np.head) == Shape::AllCaps && word.len() > 1;
                // "Another Muslim", "the Dane": whoever is called by faith or country.
                let letters = letters
                    || np.head > np.items.start
                        && self.shape(np.head) == Shape::Capital
                        && self.tag(np.head) == Tag::Adj;
                let name = np.items == (0..1)
                    && self.shape(0) == Shape::Capital
                    && self.tag(0) != Tag::NounPl
                    && !is_common_word(word);
                letters || name || self.is_share(np) || is_animate(word) || self.is_human(np.head)
            }
        }
    }

    /// Whether a noun phrase tells how many: "nine in ten", "42 %", "sixty-two per cent", "the same number". They are
    /// people where something is said of them.
    pub(super) fn is_share(&self, np: &Np) -> bool {
        let many = |i: usize| matches!(self.fold(i), "same" | "similar" | "equal" | "double" | "twice");
        match self.fold(np.head) {
            "percent" | "percentage" | "cent" | "thirds" | "quarters" | "fourths" | "fifths" | "half" => true,
            "number" | "share" | "proportion" => np.items.clone().any(many),
            _ => np.kind == NpKind::Common && matches!(self.tag(np.head), Tag::Num | Tag::Sym),
        }
    }
}

/// Whether a folded common noun names people, a body or a document.
pub(super) fn is_animate(word: &str) -> bool {
    const SPEAKERS: Classes = Classes::ANIMATE.and(Classes::DOCUMENT).and(Classes::BODY);
    if cue::classes(word).has(SPEAKERS) {
        return true;
    }
    if word
        .strip_suffix('s')
        .is_some_and(|singular| cue::classes(singular).has(SPEAKERS))
    {
        return true;
    }
    // Words for people by their doing: "organiser", "historian", "cyclist".
    let ends = [
        "ists", "ist", "ians", "ian", "man", "men", "woman", "women", "person",
    ]
    .iter()
    .any(|e| word.len() > 5 && word.ends_with(e));
    ends && lexicon::english().is_human_ending(word)
}
