//! The ranked choice of a quotation's source.
//!
//! Every way in which English names a speaker proposes candidates: the clause around the quotation, a colon, the
//! credit behind it, whoever spoke last. Each candidate's score is the sum of a base, which says how far that
//! way can be trusted when nothing speaks against it, and of the weights of what does speak for or against it.
//! That nobody said the words is a candidate too. The best one wins; its distance from the best that names
//! somebody else is what the confidence is made of.
//!
//! Scores are log-odds: 0 is an even chance, 2 is 88 %, 4 is 98 %. Bases and weights were set by hand, in steps
//! of a tenth, from how often each way and mark was right on the training part of PolNeAR (US political news)
//! and on the hard cases; none was fitted by a program, and none reads a word that belongs to a corpus.

use crate::{
    base::span::DocSpan,
    semantic::{article::Attribution, doc::Phrase},
};

/// A way in which a text says who speaks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Way {
    /// A cue whose content covers the quotation.
    Clause,
    /// A cue that covers it and names nobody.
    Agentless,
    /// A cue of the same sentence, before the quotation, whose content does not reach it.
    Earlier,
    /// The same, behind it.
    Later,
    /// The words right before it are quoted too, and only commas, articles or "and" stand between: a list.
    List,
    /// A name and a verb of saying right before the quotation, where grammar sees no subject in the name ("In an
    /// interview Okoro said “…”").
    Beside,
    /// The subject of the clause, or the document, that a colon before the quotation hands over from.
    Colon,
    /// "he said." behind a question, cut off as a sentence of its own.
    CutOff,
    /// A name behind a dash.
    Credit,
    /// Somebody right behind the quotation, with a verb that is no known cue.
    Tail,
    /// An opening mark that goes on with the quotation of the paragraph before.
    Continuation,
    /// Whoever was quoted or reported last in the paragraph.
    SameParagraph,
    /// The subject of the sentence before.
    SentenceBefore,
    /// The subject of the sentence after.
    SentenceAfter,
    /// Whose letter, report or statement the sentence opens with ("In the board's letter the delay was put down to
    /// “…”").
    Document,
    /// Whom the paragraph before introduces with a colon.
    Introduced,
    /// Whoever spoke before the last one, where the two ask and answer each other.
    Exchange,
    /// Whoever spoke last in the paragraph before.
    ParagraphBefore,
    /// The subject that the paragraph before ends on.
    EndBefore,
    /// Whom the next paragraph opens with.
    ParagraphAfter,
    /// The subject of the clause that the quotation is a part of.
    Subject,
    /// The last phrase before the quotation that can speak.
    Nearest,
}

impl Way {
    /// How far the way is to be trusted when nothing speaks against it, in log-odds.
    const fn base(self) -> f32 {
        match self {
            Self::Clause | Self::CutOff | Self::Credit => 4.0,
            Self::Continuation => 3.5,
            Self::Colon => 3.2,
            Self::SameParagraph | Self::Tail | Self::Beside => 3.0,
            Self::Introduced | Self::List => 2.6,
            Self::Exchange => 2.4,
            Self::Document => 2.3,
            Self::Agentless => 2.0,
            Self::SentenceAfter => 1.6,
            Self::ParagraphBefore => 1.4,
            Self::SentenceBefore | Self::Earlier => 1.0,
            Self::ParagraphAfter | Self::Subject => 0.4,
            Self::EndBefore | Self::Later => 0.2,
            Self::Nearest => -0.2,
        }
    }
}

macro_rules! marks {
    ($($(#[doc = $doc:literal])+ $name:ident = $bit:literal, $weight:literal;)*) => {
        /// What speaks for or against a candidate, as a set.
        #[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
        pub(super) struct Marks(u32);

        impl Marks {
            $($(#[doc = $doc])+ pub(super) const $name: Self = Self(1 << $bit);)*

            /// The sum of the weights, in log-odds.
            fn weight(self) -> f32 {
                let mut sum = 0.0;
                $(if self.0 & (1 << $bit) != 0 { sum += $weight; })*
                sum
            }
        }
    };
}

marks! {
    /// The cue is one that often reports nothing ("show", "find").
    WEAK = 0, -0.5;
    /// The source cannot speak, by its head.
    THING = 1, -1.6;
    /// The cue is a passive or a noun.
    INDIRECT = 2, -0.3;
    /// The cue stands more than ten words away.
    FAR = 3, -0.3;
    /// The cue reports inside what somebody says, and its verb is one of thinking: "Okoro said she found it “odd”".
    NESTED = 4, -0.9;
    /// The words stand beside the cue's own content and share its verb ("and Okoro “a gift”").
    SHARED = 5, 0.6;
    /// Who is carried on was reported, not quoted.
    REPORTED = 6, -0.6;
    /// Somebody else has been the subject of a sentence since.
    OTHERS = 7, -0.6;
    /// Somebody else has been named since the one who is carried over the end of a paragraph.
    PASSED = 17, -0.7;
    /// The quotation is a part of the narrator's clause, which could have said who speaks.
    PART = 8, -2.6;
    /// One to three words, no sentence.
    SHORT = 9, -0.5;
    /// The paragraph between is a crosshead or caption.
    OVER = 10, -0.3;
    /// The cue is a plain verb of saying with a clause.
    SAYS = 11, 1.2;
    /// Another cue that covers the quotation stands nearer.
    OUTER = 12, -0.4;
    /// The words belong to a judgment whose object the cue only is a part of: "dismissed the board's claims as “…”".
    OBJECT = 14, -1.0;
    /// "According to" stands behind a report with a speaker of its own: "Okoro called it “a joke”, according to the Herald".
    RELAYED = 15, -0.8;
    /// The narrator asked, so that another answers.
    ASKED = 16, -1.2;
    /// More of the paragraph follows the sentence after the quotation.
    LONGER = 13, -0.8;
}

impl Marks {
    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) const fn when(self, holds: bool) -> Self {
        if holds { self } else { Self(0) }
    }
}

/// A candidate for the source of a quotation.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) way: Way,
    pub(super) marks: Marks,
    /// Who; nobody where a cue names none.
    pub(super) source: Option<Phrase>,
    pub(super) antecedent: Option<Phrase>,
    pub(super) cue: Vec<DocSpan>,
    pub(super) attribution: Attribution,
    /// The frame of the sentence that the candidate comes from, where it comes from one.
    pub(super) frame: Option<usize>,
}

impl Candidate {
    /// The score in log-odds.
    pub(super) fn score(&self) -> f32 {
        self.way.base() + self.marks.weight()
    }
}

/// What speaks for it that nobody said the words: they are a title, a term, or keep a distance.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Nobody {
    /// One to three words that form no sentence.
    pub(super) short: bool,
    /// Seven words or more, or a sentence.
    pub(super) long: bool,
    /// All words of weight are capitalized.
    pub(super) title: bool,
    /// A noun follows that the words describe ("the “gun violence” debate").
    pub(super) attributive: bool,
}

impl Nobody {
    fn score(self) -> f32 {
        let on = |holds: bool, weight: f32| if holds { weight } else { 0.0 };
        -0.4 + on(self.short, 1.0) + on(self.long, -2.0) + on(self.title, 1.2) + on(self.attributive, 0.5)
    }
}

/// What the choice came to.
#[derive(Clone, Debug, Default)]
pub(super) struct Ranking {
    /// The best candidate, where one beats the chance that nobody spoke.
    pub(super) best: Option<Candidate>,
    /// The best candidate that names other words as the source.
    pub(super) rival: Option<Candidate>,
    /// The odds of the best against the rival or nobody, as a chance from 0 to 1.
    pub(super) confidence: f32,
    /// The same against nobody alone: what holds when the rival turns out to be the same person.
    pub(super) unrivaled: f32,
}

impl Ranking {
    /// The frame of the sentence that the quotation belongs to.
    pub(super) fn frame(&self) -> Option<usize> {
        self.best.as_ref().and_then(|b| b.frame)
    }

    /// The second choice, where it comes near enough for a reader to wonder: somebody who stands before the
    /// quotation. Of two cues around one quotation grammar tells which is meant.
    pub(super) fn near_rival(&self) -> Option<&Candidate> {
        let stands_before = |c: &&Candidate| {
            matches!(
                c.way,
                Way::SameParagraph | Way::SentenceBefore | Way::ParagraphBefore | Way::EndBefore
            )
        };
        self.rival
            .as_ref()
            .filter(|_| self.confidence < NEAR)
            .filter(stands_before)
    }
}

/// A choice this sure has no rival worth a word.
const NEAR: f32 = 0.9;

/// Ranks the candidates of one quotation. The order given breaks ties.
pub(super) fn rank(candidates: Vec<Candidate>, nobody: Nobody) -> Ranking {
    let nobody = nobody.score();
    let mut best: Option<(f32, usize)> = None;
    for (i, c) in candidates.iter().enumerate() {
        let score = c.score();
        if score > nobody && best.is_none_or(|b| score > b.0) {
            best = Some((score, i));
        }
    }
    let Some((score, at)) = best else {
        return Ranking {
            confidence: 0.5,
            unrivaled: 0.5,
            ..Ranking::default()
        };
    };
    let other = |c: &&Candidate| match (&c.source, &candidates[at].source) {
        (Some(a), Some(b)) => {
            a.block != b.block || a.tokens.start >= b.tokens.end || b.tokens.start >= a.tokens.end
        }
        (Some(_), None) => true,
        _ => false,
    };
    let rival = candidates
        .iter()
        .filter(other)
        .fold(None, |best: Option<&Candidate>, c| match best {
            Some(b) if b.score() >= c.score() => Some(b),
            _ => Some(c),
        })
        .cloned();
    // A way alone is worth its base; what stands against it takes away from that.
    let nobody = nobody.max(0.0);
    let against = rival.as_ref().map_or(nobody, |r| r.score().max(nobody));
    let best = candidates.into_iter().nth(at);
    Ranking {
        best,
        rival,
        confidence: chance(score - against),
        unrivaled: chance(score - nobody),
    }
}

/// Log-odds as a chance, kept off the ends: nothing is certain.
fn chance(log_odds: f32) -> f32 {
    (1.0 / (1.0 + (-log_odds).exp())).clamp(0.05, 0.99)
}
