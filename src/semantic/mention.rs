//! Names and other phrases of one block that may refer to somebody, before anything else of the article
//! is known.
//!
//! Three passes over the tokens: `runs` finds proper names (in the knowledge base or not), `phrases` the
//! noun phrases around nouns for people and bodies ("the NATO chief", "two officials briefed on it") and
//! joins them to the names they stand beside; pronouns are found here.

use std::ops::Range;

use crate::{
    base::{order::Order, word::TokenKind, work},
    kb::{EntityId, Kb, Kind, NameForm},
    semantic::{
        clause, foreign, headline,
        lexicon::{self, Lexicon, ThingClass},
        phrases, runs,
        wordsets::WordSet,
    },
    syntax::{
        block::{Block, Zone},
        quote_mark::Pair,
        tag::Tag,
        token::{Shape, Tokens},
    },
};

/// A phrase that may refer to somebody.
#[derive(Clone, PartialEq, Debug)]
pub struct Candidate {
    /// The words that refer, without titles, articles and possessive 's.
    pub tokens: Range<usize>,
    /// The whole noun phrase around them: titles, article, apposition. Covers `tokens`.
    pub phrase: Range<usize>,
    /// What sort of phrase it is.
    pub what: What,
    /// What stands around it.
    pub cues: Cues,
}

/// What sort of phrase a candidate is.
#[derive(Clone, PartialEq, Debug)]
pub enum What {
    /// A proper name, or a word derived from one ("Ukrainian").
    Name(Name),
    /// A noun phrase without a name of its own.
    Description(Description),
    /// A pronoun, possessive ones included.
    Pronoun(Pronoun),
}

/// A proper name.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Name {
    /// What the knowledge base has under exactly these words.
    pub hits: Vec<Hit>,
    /// Row of the title before it, in `Lexicon::titles`.
    pub title: Option<usize>,
    /// What it is called before it or in apposition.
    pub role: Option<RoleMention>,
    /// An acronym that the text gives for it in brackets: its tokens, three of "PG&E".
    pub acronym: Option<Range<usize>>,
}

/// One thing that the knowledge base has under a name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Hit {
    /// The entity.
    pub entity: EntityId,
    /// What it is.
    pub kind: Kind,
    /// How the name stands for it.
    pub form: NameForm,
    /// Whether the text writes the name exactly as the knowledge base stores it.
    pub exact: bool,
    /// Whether it is to be believed only after a fuller name of the same entity.
    pub weak: bool,
}

/// A noun for people that stands beside a name or heads a description.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RoleMention {
    /// Row in `Lexicon::roles`.
    pub row: usize,
    /// The noun's tokens.
    pub head: Range<usize>,
    /// The words that say whose: "French", "Ukraine" (’s), "NATO", "her", "(of) the opposition".
    pub owner: Option<Range<usize>>,
    /// Whether it is over: "former", "ex-", "then".
    pub former: bool,
    /// Whether it is not yet: "-elect", "designate", "incoming".
    pub future: bool,
    /// Whether several people are meant.
    pub plural: bool,
}

/// A noun phrase without a name of its own.
#[derive(Clone, PartialEq, Debug)]
pub struct Description {
    /// What its head noun means.
    pub head: Head,
    /// Which determiner it has.
    pub det: Det,
    /// Tokens of the head noun.
    pub noun: Range<usize>,
    /// The words that say whose it is.
    pub owner: Option<Range<usize>>,
    /// Whether it is in the plural.
    pub plural: bool,
}

/// What the head noun of a description means.
#[derive(Clone, PartialEq, Debug)]
pub enum Head {
    /// People.
    Role(RoleMention),
    /// Something else.
    Thing(ThingClass),
}

/// The determiner of a noun phrase.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Det {
    /// "the", "this", "that"
    Definite,
    /// "a", "an", "another", "one"
    Indefinite,
    /// A possessive: "his", "Ukraine’s"
    Owned,
    /// "both", "the two"
    Both,
    /// "two", "several", "some"
    Counted,
    /// None: "diplomats", "German officials"
    Bare,
}

/// A pronoun.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Pronoun {
    /// Who is meant.
    pub person: PersonOf,
    /// Whether it is possessive ("his", "their").
    pub possessive: bool,
    /// Whether its form can be a subject ("he"; "it" and "you" can be both).
    pub subject: bool,
    /// Whether it is reflexive ("himself").
    pub reflexive: bool,
}

/// Person, number and gender of a pronoun.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs, reason = "the names are the pronouns")]
pub enum PersonOf {
    I,
    We,
    You,
    He,
    She,
    It,
    They,
}

/// What stands around a candidate: a set of [`Cue`]s.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Cues(u64);

/// One thing that may stand around a candidate.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Cue {
    /// It begins its sentence, so that its capital says nothing.
    SentenceStart,
    /// It stands where most words have capitals: a headline in title case.
    TitleCase,
    /// A possessive ’s follows.
    Possessive,
    /// "the" stands before it.
    The,
    /// A preposition of place stands before it.
    Locative,
    /// A preposition stands before it that governments follow ("against", "with", "by").
    Toward,
    /// It is the subject of a verb of speech or decision, or stands after one ("said Reed").
    Speaks,
    /// It is the object of a verb of speech or decision ("urged Kyiv", "told Reed").
    Addressed,
    /// It is the subject of some other verb that has an agent.
    Acts,
    /// It stands in "between X and Y".
    Between,
    /// An age follows: ", 54,".
    Age,
    /// "who" follows.
    Who,
    /// Its first word is on the list of given names.
    Given,
    /// It holds a noun for institutions ("Harbour Authority").
    BodyNoun,
    /// It holds a noun for places ("Lake Vane").
    SpotNoun,
    /// It holds a noun for events or works ("Energy Summit").
    EventNoun,
    /// A noun for institutions stands before it ("the airline Norvia").
    BodyBefore,
    /// A noun for places stands before it ("the town of Halm").
    SpotBefore,
    /// It stands inside quotation marks.
    Quoted,
    /// A hyphen and a small-letter word follow ("Moscow-backed").
    Compound,
    /// It has a comma and another capitalized word behind it that closes with a comma ("Halm, Ohio,").
    CommaPlace,
    /// The whole of it stands in capitals.
    Capitals,
    /// It is written in a byline, or told to be somebody's name.
    Byline,
    /// Its last word is a family name of the knowledge base.
    Family,
    /// A preposition stands before it that only places follow ("in", "near").
    In,
    /// Somebody is its executive, captain or the like ("Halm captain Ana Reyes"), or it has shares or staff.
    Owner,
    /// "of" and another capitalized word stand before it ("Legion of Honour").
    PartOf,
    /// It is written like a brand: a capital inside the word ("HarbourNet").
    Brand,
    /// "it", "its" or ", which" behind it goes back to it ("Norvia said it would wait").
    Thing,
    /// "he" or "she" behind it goes back to it ("Hartmann said she would wait").
    Human,
    /// It begins the clause: nothing but a subordinator or a comma stands before it.
    Subject,
    /// It is one name and has a verb in the plural, as teams and bands have ("Halm Rovers have signed").
    Many,
    /// It is the object of a verb whose object is somebody ("met Reed", "married Reed"), or somebody of its family is
    /// named behind it ("Reed’s widow").
    Met,
    /// "and" joins it to another name before it.
    Joined,
    /// It is a word for people of two lands ("African-Americans").
    People,
}

impl Cues {
    /// Adds one.
    pub fn set(&mut self, cue: Cue) {
        self.0 |= 1_u64 << cue as u8;
    }

    /// Takes one away.
    pub fn clear(&mut self, cue: Cue) {
        self.0 &= !(1 << cue as u8);
    }

    /// Whether it is there.
    pub fn has(self, cue: Cue) -> bool {
        self.0 & (1_u64 << cue as u8) != 0
    }

    /// Those of both.
    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl Candidate {
    /// What the knowledge base has under the words; empty for anything but a name.
    pub fn hits(&self) -> &[Hit] {
        match &self.what {
            What::Name(name) => &name.hits,
            _ => &[],
        }
    }
}

/// What the passes over one block share.
pub(crate) struct Ctx<'a> {
    pub(crate) text: &'a str,
    pub(crate) zone: Zone,
    pub(crate) tokens: &'a Tokens,
    /// The folded form of each token: passes ask for one a dozen times.
    words: Vec<&'a str>,
    pub(crate) kb: &'a Kb,
    pub(crate) lex: &'static Lexicon,
    /// Of each token, whether it begins a sentence, a quotation or a clause after a colon.
    pub(crate) starts: Vec<bool>,
    /// Of each token, whether it lies inside a pair of quotation marks.
    pub(crate) quoted: Vec<bool>,
    /// Of each token, whether it stands where capitals tell nothing: in a block or sentence most of whose words
    /// have one, or in one that stands in capitals.
    pub(crate) titled: Vec<bool>,
    /// Whether all words of the block stand in capitals.
    pub(crate) shouted: bool,
}

impl<'a> Ctx<'a> {
    pub(crate) fn new(
        text: &'a str,
        block: &Block,
        tokens: &'a Tokens,
        sentences: &[Range<usize>],
        pairs: &'a [Pair],
        kb: &'a Kb,
    ) -> Self {
        let mut starts = vec![false; tokens.len()];
        for s in sentences {
            if let Some(first) = (s.start..s.end).find(|&i| tokens.list[i].kind != TokenKind::Punct) {
                starts[first] = true;
            }
        }
        for (i, start) in starts.iter_mut().enumerate().skip(1) {
            let before = tokens.fold(i - 1);
            if matches!(
                before,
                "“" | "\"" | "‘" | "«" | "„" | ":" | "." | "?" | "!" | "•" | "…"
            ) && !(before == "." && i >= 2 && tokens.list[i - 2].shape == Shape::Initial)
            {
                // A full stop that ends no sentence ("Sen. Roy") was judged by the sentence splitter.
                *start |= before != "." || sentences.len() < 2 && i >= 2 && tokens.fold(i - 2).len() > 4;
            }
        }
        if let Some(lead) = (0..tokens.len()).find(|&i| tokens.list[i].span.start >= block.lead_end)
            && block.lead_end > 0
        {
            starts[lead] = true;
        }
        let (mut small, mut large) = (0, 0);
        for (i, t) in tokens.list.iter().enumerate() {
            if t.kind == TokenKind::Word && tokens.fold(i).len() > 3 {
                match t.shape {
                    Shape::Lower => small += 1,
                    _ => large += 1,
                }
            }
        }
        let full_stop = tokens.len().checked_sub(1).is_some_and(|i| tokens.fold(i) == ".");
        let title_case = !full_stop
            && large >= 3
            && small * 4 <= large
            && !matches!(block.zone, Zone::Byline | Zone::Dateline);
        let mut titled = vec![title_case; tokens.len()];
        if !title_case {
            let heads = block.zone == Zone::Headline && !full_stop;
            for s in sentences
                .iter()
                .filter(|s| headline::is_written(tokens, (*s).clone(), heads))
            {
                titled[s.clone()].fill(true);
            }
        }
        let shouted = tokens
            .list
            .iter()
            .all(|t| !matches!(t.shape, Shape::Lower | Shape::Capital));
        let mut quoted = vec![false; tokens.len()];
        let mut from = 0;
        for pair in pairs {
            // Pairs come in text order, an outer one first, so each token is visited once.
            let inside = tokens.inside(pair.inner());
            for flag in &mut quoted[inside.start.max(from).min(inside.end)..inside.end] {
                *flag = true;
            }
            from = from.max(inside.end);
        }
        Self {
            text,
            zone: block.zone,
            tokens,
            words: (0..tokens.len()).map(|i| tokens.fold(i)).collect(),
            kb,
            lex: lexicon::english(),
            starts,
            quoted,
            titled,
            shouted,
        }
    }

    /// The folded form of token `i`, empty past either end.
    pub(crate) fn word(&self, i: usize) -> &'a str {
        work::step();
        self.words.get(i).copied().unwrap_or("")
    }

    /// The folded form of token `i` without the clitic of a contraction ("she’d" gives "she").
    pub(crate) fn plain(&self, i: usize) -> &'a str {
        let folded = self.word(i);
        let Some(t) = self.tokens.list.get(i) else {
            return folded;
        };
        if t.kind != TokenKind::Word || t.span.len() <= folded.len() {
            return folded;
        }
        let stem = t.span.text(self.text).find(['’', '\'']);
        match stem {
            Some(len) if matches!(folded.get(len..), Some("m" | "ve" | "d" | "ll" | "re")) => &folded[..len],
            _ => folded,
        }
    }

    /// The folded form of the token before `i`.
    pub(crate) fn before(&self, i: usize) -> &'a str {
        i.checked_sub(1).map_or("", |i| self.word(i))
    }

    pub(crate) fn shape(&self, i: usize) -> Shape {
        self.tokens.shape(i)
    }

    pub(crate) fn kind(&self, i: usize) -> TokenKind {
        self.tokens.kind(i)
    }

    /// Whether token `i` is a word that begins with a capital.
    pub(crate) fn capital(&self, i: usize) -> bool {
        self.kind(i) == TokenKind::Word
            && matches!(self.shape(i), Shape::Capital | Shape::AllCaps | Shape::Initial)
    }

    /// Whether capitals tell nothing at token `i`.
    pub(crate) fn title_case(&self, i: usize) -> bool {
        self.titled.get(i).is_some_and(|t| *t)
    }

    /// Whether nothing stands between token `i - 1` and token `i`, not even a space.
    pub(crate) fn glued(&self, i: usize) -> bool {
        i > 0
            && match (self.tokens.list.get(i - 1), self.tokens.list.get(i)) {
                (Some(a), Some(b)) => a.span.end == b.span.start,
                _ => false,
            }
    }

    pub(crate) fn is_possessive(&self, i: usize) -> bool {
        self.kind(i) == TokenKind::Possessive
            || matches!(self.word(i), "’" | "'") && self.glued(i) && self.before(i).ends_with('s')
    }
}

/// How many words of a block are words of sport, and how many words in small letters it has.
pub fn sport(tokens: &Tokens) -> (u32, u32) {
    let lex = lexicon::english();
    let (mut sport, mut words) = (0, 0);
    for (i, t) in tokens.list.iter().enumerate() {
        if t.kind == TokenKind::Word && t.shape == Shape::Lower && t.span.len() > 2 {
            words += 1;
            sport += u32::from(lex.is(WordSet::Sport, tokens.fold(i)));
        }
    }
    (sport, words)
}

/// Finds the candidates of one block, in text order.
pub fn candidates(
    text: &str,
    block: &Block,
    tokens: &Tokens,
    sentences: &[Range<usize>],
    pairs: &[Pair],
    kb: &Kb,
) -> Vec<Candidate> {
    let ctx = Ctx::new(text, block, tokens, sentences, pairs, kb);
    let mut found = runs::names(&ctx);
    foreign::leave(&ctx, pairs, &mut found);
    phrases::describe(&ctx, &mut found);
    pronouns(&ctx, &mut found);
    found.order_by_key(|c| (c.tokens.start, std::cmp::Reverse(c.tokens.end)));
    found
}

fn pronouns(ctx: &Ctx<'_>, out: &mut Vec<Candidate>) {
    for i in 0..ctx.tokens.len() {
        let Some(mut what) = pronoun(ctx.plain(i)) else {
            continue;
        };
        // "standing beside her, he smiled": no possessive.
        let tag = |t: usize| ctx.tokens.list.get(t).map_or(Tag::Punct, |t| t.tag);
        let behind = tag(i + 1);
        let free = match ctx.word(i + 1) {
            // "called her “the last of them”", but "her “last” visit".
            "“" | "\"" | "‘" | "'" => matches!(tag(i + 2), Tag::Det | Tag::Pron),
            // "had rung her twice", but "her once famous name".
            "twice" | "again" | "there" | "here" | "yesterday" | "today" | "tonight" => true,
            _ => {
                behind.is_finite()
                    || matches!(
                        behind,
                        Tag::Punct
                            | Tag::Adp
                            | Tag::Det
                            | Tag::Pron
                            | Tag::Aux
                            | Tag::Part
                            | Tag::Sconj
                            | Tag::Cconj
                    )
            }
        };
        if ctx.word(i) == "her" && free {
            what.possessive = false;
        }
        // "Her Majesty" is a title.
        if matches!(
            ctx.word(i + 1),
            "majesty" | "highness" | "royal" | "excellency" | "holiness" | "grace"
        ) && ctx.capital(i + 1)
        {
            continue;
        }
        // "US" is a country, "IT" a trade, "I." an initial.
        let shape = ctx.shape(i);
        let fits = match what.person {
            PersonOf::I if what.subject => shape != Shape::Lower && ctx.word(i + 1) != ".",
            _ => shape != Shape::AllCaps,
        };
        if !fits {
            continue;
        }
        let mut cues = Cues::default();
        if ctx.starts[i] {
            cues.set(Cue::SentenceStart);
        }
        if ctx.quoted[i] {
            cues.set(Cue::Quoted);
        }
        clause::cues(ctx, &(i..i + 1), &(i..i + 1), &mut cues);
        out.push(Candidate {
            tokens: i..i + 1,
            phrase: i..i + 1,
            what: What::Pronoun(what),
            cues,
        });
    }
}

/// The pronoun that a folded word is.
pub fn pronoun(folded: &str) -> Option<Pronoun> {
    use PersonOf::{He, I, It, She, They, We, You};
    let (person, possessive, subject) = match folded {
        "he" => (He, false, true),
        "him" | "himself" => (He, false, false),
        "his" => (He, true, false),
        "she" => (She, false, true),
        "her" => (She, true, false),
        "hers" => (She, true, false),
        "herself" => (She, false, false),
        "it" => (It, false, true),
        "itself" => (It, false, false),
        "its" => (It, true, false),
        "they" => (They, false, true),
        "them" | "themselves" => (They, false, false),
        "their" | "theirs" => (They, true, false),
        "i" => (I, false, true),
        "me" | "myself" => (I, false, false),
        "my" | "mine" => (I, true, false),
        "we" => (We, false, true),
        "us" | "ourselves" => (We, false, false),
        "our" | "ours" => (We, true, false),
        "you" => (You, false, true),
        "your" | "yours" => (You, true, false),
        _ => return None,
    };
    Some(Pronoun {
        person,
        possessive,
        subject,
        reflexive: folded.ends_with("self") || folded.ends_with("selves"),
    })
}
