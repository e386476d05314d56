//! Quoted pieces that nobody is said to have spoken: titles of works, terms, nicknames, names, scare quotes.

use crate::{
    base::{span::DocSpan, word::TokenKind},
    semantic::{
        article::{Aside, AsideKind, Evidence},
        cue::{self, Classes},
        doc::Doc,
        gloss::{gloss, linked, program},
        inscription::inscribed,
        lexicon,
        line::Region,
        local::Local,
        naming::{beside, termed},
        report::is_sentence,
        speech::Sentence,
        surroundings::{Surroundings, motto, named},
        wordsets::WordSet,
    },
    syntax::{
        block::Zone,
        tag::{Tag, is_common_word},
        token::Shape,
    },
};

/// What a region is, if it is no speech. `full` says that its words form a sentence.
pub(super) fn classify(
    doc: &Doc<'_>,
    b: usize,
    sentence: &Sentence,
    region: &Region,
    full: bool,
) -> Option<Aside> {
    let (block, local) = doc.block(b);
    let make = |kind, reason: &'static str| {
        Some(Aside {
            span: block.to_doc(region.span),
            kind,
            evidence: Evidence {
                reason: reason.into(),
                at: Some(block.to_doc(region.span)),
            },
        })
    };
    let tokens = &local.tokens;
    let before = |n: usize| {
        region
            .tokens
            .start
            .checked_sub(n)
            .filter(|i| *i >= sentence.tokens.start)
    };
    let word = |i: Option<usize>| i.map_or("", |i| tokens.fold(i));
    let previous = word(before(1));
    let comma_inside = ends_with_comma(local, region);
    if block.zone == Zone::Crosshead && !full {
        return make(
            AsideKind::Slogan,
            "a crosshead's marks do not quote unless the text below has the words",
        );
    }
    if block.zone == Zone::Headline && is_epithet(local, region) {
        return make(
            AsideKind::Scare,
            "a headline calls somebody so between commas, and says of nobody that he spoke",
        );
    }
    // "Paul “Red” Okoro".
    let after = region.tokens.end;
    let propn = |i: usize| {
        tokens.list.get(i).is_some_and(|t| {
            // The tagger takes some given names for nouns: "Pasquale “Pat” Brandt".
            let name = t.tag == Tag::Propn || t.tag.is_noun() && !is_common_word(tokens.fold(i));
            name && t.shape != Shape::Lower
        })
    };
    if region.words <= 3 && before(1).is_some_and(propn) && propn(after) && !comma_inside {
        return make(AsideKind::Nickname, "it stands between the parts of a name");
    }
    let previous_class = cue::classes(previous);
    if matches!(previous, "so-called" | "called") && word(before(2)) == "-"
        || previous == "called" && word(before(3)) == "so"
        || previous == "socalled"
    {
        return make(AsideKind::Scare, "“so-called” keeps its distance from the word");
    }
    if previous_class.has(Classes::TERM)
        && !previous_class.has(Classes::TITLE)
        && region.words <= 6
        && !matches!(previous, "words" | "called")
    {
        return make(
            AsideKind::Term,
            "the word before it says that a word or name is meant",
        );
    }
    let title_case = is_title_case(local, region);
    let running = matches!(block.zone, Zone::Body | Zone::ListItem | Zone::BlockQuote);
    if running && !comma_inside && all_title_case(local, region) && large_words(local, region) >= MANY_LARGE {
        return make(
            AsideKind::Title,
            "capital letters throughout, as in the title of a work",
        );
    }
    if title_case && region.words <= 12 && !comma_inside {
        let near = (1..=4).filter_map(before).map(|i| tokens.fold(i));
        for w in near {
            let class = cue::classes(w);
            if class.has(Classes::TITLE) {
                return make(
                    AsideKind::Title,
                    "capital letters, and a word for a work before it",
                );
            }
            if class.has(Classes::OPERATION) {
                return make(
                    AsideKind::Name,
                    "capital letters, and a word for an operation before it",
                );
            }
        }
        let possessive = before(1).is_some_and(|i| tokens.list[i].kind == TokenKind::Possessive);
        let of = matches!(
            previous,
            "of" | "in" | "on" | "and" | "the" | "her" | "his" | "their"
        ) || possessive;
        if of && region.words >= 2 && all_title_case(local, region) {
            return make(
                AsideKind::Title,
                "capital letters throughout, as in the title of a work",
            );
        }
    }
    None
}

/// "Brandt, ‘queen of the quay’, dies at 91": words without a verb, between the commas behind a name.
fn is_epithet(local: &Local, region: &Region) -> bool {
    let tokens = &local.tokens;
    let tag = |t: usize| tokens.list.get(t).map_or(Tag::X, |t| t.tag);
    let start = region.tokens.start;
    let article = start > 0 && matches!(tokens.fold(start - 1), "the" | "a" | "an");
    let Some(comma) = start.checked_sub(1 + usize::from(article)) else {
        return false;
    };
    let name = comma > 0 && tokens.list[comma - 1].shape != Shape::Lower && tag(comma - 1) == Tag::Propn;
    let noun = tokens
        .inside(region.inner)
        .filter(|&t| tokens.kind(t) == TokenKind::Word)
        .all(|t| !tag(t).is_verb() && !matches!(tag(t), Tag::Aux | Tag::Pron));
    let closed = tokens.fold(region.tokens.end) == "," || ends_with_comma(local, region);
    tokens.fold(comma) == "," && name && noun && closed
}

/// How far before its title the word for a work stands, in tokens: "A petition against the new plan, “…”".
const WORK_REACH: usize = 9;

/// Most words of a title.
const MAX_TITLE: usize = 12;

/// What a region is that is no speech whatever is said around it: the title of a work, the name that something is
/// given, what stands on a sign. These are known before the frames of reporting are sought, so that none takes
/// them for content.
pub(super) fn plain(local: &Local, region: &Region) -> Option<AsideKind> {
    if !region.opened || !region.closed || region.words == 0 {
        return None;
    }
    let place = Surroundings::new(local, region);
    // "chants of “Home Again”"
    if place.before(1) == "of" && cue::classes(place.before(2)).has(Classes::OUTCRY) {
        return None;
    }
    inscribed(&place)
        .or_else(|| linked(&place))
        .or_else(|| motto(&place))
        .or_else(|| named(&place))
        .or_else(|| gloss(&place))
        .or_else(|| termed(&place))
        .or_else(|| cited(&place))
        .or_else(|| work(local, region))
        .or_else(|| beside(&place))
        .or_else(|| program(&place))
}

/// What a region is that goes on with a list of titles, names, terms or signs: "“…”, “…” and “…”", "the first read “…”, the
/// second “…”". `end` is one past the aside before it.
pub(super) fn listed(local: &Local, end: usize, kind: AsideKind, region: &Region) -> Option<AsideKind> {
    const MAX_LISTED: usize = 8;
    let mut between = end..region.tokens.start;
    let joined = !between.is_empty()
        && between.len() <= 3
        && between.all(|i| {
            matches!(
                local.tokens.fold(i),
                "," | "and" | "or" | "the" | "second" | "third" | "fourth" | "another" | "&"
            )
        });
    let alike = match kind {
        AsideKind::Title | AsideKind::Name | AsideKind::Nickname => is_title_case(local, region),
        AsideKind::Term => region.words <= 4,
        AsideKind::Inscription => true,
        AsideKind::Scare | AsideKind::Slogan => false,
    };
    (joined && alike && region.opened && region.closed && region.words <= MAX_LISTED).then_some(kind)
}

/// "(“Let the sea have it”, March 9)", "(“Ducks in a Row”, Books, p14)": a title, and behind it where and when it appeared.
fn cited(at: &Surroundings<'_>) -> Option<AsideKind> {
    /// How far behind the title the bracket closes, in tokens.
    const REACH: usize = 9;
    let tokens = &at.local.tokens;
    let end = at.region.tokens.end;
    let close = (end + 2..end + REACH).find(|&t| tokens.mark(t) == ")")?;
    let dated = (end + 1..close).any(|t| {
        // "p14"
        let page = tokens.fold(t).chars().nth(1).is_some_and(|c| c.is_ascii_digit());
        tokens.kind(t) == TokenKind::Number || page
    });
    let short = close - end <= 7 && !(end + 1..close).any(|t| tokens.list[t].tag.is_finite());
    (at.before(1) == "(" && at.behind(0) == "," && dated && short && at.region.words <= MAX_TITLE)
        .then_some(AsideKind::Title)
}

/// The title of a work behind a word for one, or behind a verb that gives names.
fn work(local: &Local, region: &Region) -> Option<AsideKind> {
    if region.words > MAX_TITLE {
        return None;
    }
    let tokens = &local.tokens;
    let before = |n: usize| region.tokens.start.checked_sub(n);
    let word = |n: usize| before(n).map_or("", |i| tokens.fold(i));
    let previous = cue::classes(word(1));
    let title_case = is_title_case(local, region);
    // "the director of “No Way Home,”", "who wrote “No Way Home,”".
    let by = match word(1) {
        "of" => lexicon::english().is(WordSet::Creator, word(2).trim_end_matches('s')),
        "wrote" | "directed" | "produced" | "created" => word(2) == "who",
        // "According to “The Long Way Home,” by Ida Hook".
        "to" => word(2) == "according" && region.words > 1,
        _ => false,
    };
    if by && title_case && all_title_case(local, region) && (region.words > 1 || word(1) == "of") {
        return Some(AsideKind::Title);
    }
    if previous.has(Classes::NAME) {
        // "was nicknamed “Red”", but "whom he nicknamed “Red”": there somebody says so.
        let passive = (2..=3).any(|n| cue::classes(word(n)).has(Classes::BE));
        return match word(1) {
            "titled" | "entitled" => Some(AsideKind::Title),
            "nicknamed" if passive => Some(AsideKind::Nickname),
            "named" if title_case => Some(AsideKind::Name),
            _ => None,
        };
    }
    let last = tokens
        .inside(region.inner)
        .next_back()
        .map_or("", |i| tokens.fold(i));
    let asks = matches!(last, "?" | "!");
    let apart = word(1) == "," && !asks && (last == "," || tokens.fold(region.tokens.end) == ",");
    let capitals = all_title_case(local, region) && (region.words >= 2 || apart);
    let full = is_sentence(local, region);
    if !capitals && !(apart && title_start(local, region) && !full) {
        return None;
    }
    // The word for a work, with nothing between but what describes it.
    for n in 1..=WORK_REACH {
        let i = before(n)?;
        let token = tokens.list.get(i)?;
        if cue::classes(tokens.fold(i)).has(Classes::TITLE) && token.tag.is_noun() {
            return (capitals || apart).then_some(AsideKind::Title);
        }
        let verb = token.tag.is_finite() || matches!(token.tag, Tag::Aux);
        let stop = matches!(tokens.fold(i), "." | "!" | "?" | ":" | ";") || n > 1 && tokens.fold(i) == ",";
        if verb || stop || !apart && n > 4 {
            return None;
        }
    }
    None
}

/// Whether the first word is capitalized and no pronoun of somebody who speaks.
fn title_start(local: &Local, region: &Region) -> bool {
    let mut words = local.tokens.inside(region.inner);
    words
        .find(|i| local.tokens.list[*i].kind == TokenKind::Word)
        .is_some_and(|i| {
            let shape = local.tokens.list[i].shape;
            let spoken = Classes::PERSONAL.and(Classes::POSSESSIVE);
            matches!(shape, Shape::Capital | Shape::AllCaps | Shape::Initial)
                && !cue::classes(local.tokens.fold(i)).has(spoken)
        })
}

/// The aside of a region that [`plain`] has told from speech.
pub(super) fn told(span: DocSpan, kind: AsideKind) -> Aside {
    let reason = match kind {
        AsideKind::Title => "capital letters and the words around it say that it is a title",
        AsideKind::Nickname => "the verb before it gives a nickname",
        AsideKind::Inscription => "it stands on a sign, a banner or the like",
        AsideKind::Slogan => "a word beside it says that it is a slogan",
        AsideKind::Term => "the words around it say that a word or name is meant",
        AsideKind::Name => "the words around it say that it is a name",
        AsideKind::Scare => "“so-called” keeps its distance from the word",
    };
    Aside {
        span,
        kind,
        evidence: Evidence {
            reason: reason.into(),
            at: Some(span),
        },
    }
}

/// A short piece between marks that nobody spoke.
pub(super) fn scare(span: DocSpan) -> Aside {
    Aside {
        span,
        kind: AsideKind::Scare,
        evidence: Evidence {
            reason: "a few words in marks that no sentence around them gives to a speaker".into(),
            at: Some(span),
        },
    }
}

pub(super) fn ends_with_comma(local: &Local, region: &Region) -> bool {
    local
        .tokens
        .inside(region.inner)
        .next_back()
        .is_some_and(|i| matches!(local.tokens.fold(i), "," | "." | "?" | "!"))
}

/// Whether first and last words and most others are capitalized.
pub(super) fn is_title_case(local: &Local, region: &Region) -> bool {
    let words: Vec<usize> = local
        .tokens
        .inside(region.inner)
        .filter(|i| local.tokens.kind(*i) == TokenKind::Word)
        .collect();
    let capital = |i: &usize| {
        matches!(
            local.tokens.shape(*i),
            Shape::Capital | Shape::AllCaps | Shape::Initial
        )
    };
    match (words.first(), words.last()) {
        (Some(first), Some(last)) => {
            capital(first)
                && (words.len() == 1 || capital(last))
                && words.iter().filter(|i| capital(i)).count() * 2 >= words.len()
        }
        _ => false,
    }
}

/// Whether all words but articles, prepositions and conjunctions are capitalized.
pub(super) fn all_title_case(local: &Local, region: &Region) -> bool {
    let words = || {
        let inner = local.tokens.inside(region.inner);
        inner.filter(|i| local.tokens.kind(*i) == TokenKind::Word)
    };
    words().any(|i| local.tokens.list[i].shape != Shape::Lower)
        && words().all(|i| {
            local.tokens.list[i].shape != Shape::Lower
                || matches!(
                    local.tokens.list[i].tag,
                    Tag::Adp | Tag::Det | Tag::Cconj | Tag::Sconj | Tag::Part
                )
                || tokens_short(local, i)
        })
}

/// So many words with a capital in a row of words tell a title in running text, whatever stands around it.
const MANY_LARGE: usize = 4;

/// How many words of a region have a capital that is not all there is of them.
fn large_words(local: &Local, region: &Region) -> usize {
    let words = local.tokens.inside(region.inner);
    words.filter(|&i| local.tokens.shape(i) == Shape::Capital).count()
}

fn tokens_short(local: &Local, i: usize) -> bool {
    local.tokens.fold(i).len() <= 3
}
