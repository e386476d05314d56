//! Who asks and who answers in an interview whose turns have no labels.
//!
//! The headline, the introduction and the questions themselves name the one who answers; the introduction or the
//! byline names who asks. Where none does, a question is nobody's, which is no fault of the writer.

use crate::{
    base::span::DocSpan,
    semantic::{
        article::{Attribution, EntityKind, Evidence, MentionForm, Quote, QuoteKind},
        cue::{self, Classes},
        doc::{Cast, Doc, Draft, Phrase, Seen},
        line::Region,
        quote::Last,
    },
    syntax::{block::Zone, token::Shape},
};

/// Who takes the turns without a label.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Interview {
    /// The words that name who asks.
    asks: Option<Phrase>,
    /// The words that name who answers.
    answers: Option<Phrase>,
    /// Whether the questions have labels, and only the answers have none.
    pub(super) labeled: bool,
    /// Labels of a few letters, and the name above the turns that they are the initials of.
    initials: Vec<(String, Phrase)>,
}

/// How far into a question somebody is spoken to by name, in tokens: "Ms. Hartmann, …".
const VOCATIVE_REACH: usize = 4;

/// Tokens between a verb of meeting and whom it names.
const MEETING_REACH: usize = 3;

/// The interview of an article, if it has questions without labels.
pub(super) fn of(doc: &Doc<'_>, cast: &Cast) -> Option<Interview> {
    let zone = |b: usize| doc.blocks[b].zone;
    let blocks = doc.blocks;
    let first = first_turn(doc)?;
    let question = blocks.iter().any(|b| b.zone == Zone::Question);
    let above = cast.mentions.iter().take_while(|m| m.at.block < first);
    // Scores of the people named: the headline and whoever is spoken to weigh most.
    let mut scores: Vec<u32> = vec![0; cast.entities.len()];
    let mut add = |entity: usize, score: u32| scores[entity] += score;
    let person = |m: &Seen| cast.entities[m.mention.entity].kind == EntityKind::Person;
    let mut begun = false;
    for m in above.clone().filter(|m| person(m)) {
        match zone(m.at.block) {
            Zone::Headline => add(m.mention.entity, 3),
            Zone::Byline | Zone::Dateline | Zone::Caption => {}
            _ => {
                add(m.mention.entity, 1 + u32::from(!begun));
                begun = true;
            }
        }
    }
    let questions = cast.mentions.iter().skip_while(|m| m.at.block < first);
    for m in questions.filter(|m| zone(m.at.block) == Zone::Question && person(m)) {
        let tokens = &doc.block(m.at.block).1.tokens;
        let after = tokens
            .list
            .get(m.at.tokens.end)
            .map_or("", |_| tokens.fold(m.at.tokens.end));
        if m.at.tokens.start <= VOCATIVE_REACH && matches!(after, "," | "?" | "!")
            || after == "," && m.at.tokens.start == 0
        {
            add(m.mention.entity, 2);
        }
    }
    let outlet = above
        .clone()
        .filter(|m| matches!(zone(m.at.block), Zone::Headline | Zone::Body))
        .filter(|m| meets(doc, m));
    let outlets: Vec<&Seen> = outlet.collect();
    let top = scores.iter().copied().max().unwrap_or(0);
    // Of two that weigh the same, whoever is named first.
    let answers = scores.iter().position(|s| *s == top && top > 0);
    let asks = outlets
        .iter()
        .find(|m| cast.entities[m.mention.entity].kind == EntityKind::Institution)
        .or_else(|| {
            outlets
                .iter()
                .find(|m| person(m) && Some(m.mention.entity) != answers)
        })
        .copied()
        .or_else(|| {
            above
                .clone()
                .find(|m| zone(m.at.block) == Zone::Byline && person(m))
        });
    // The introduction names whoever answers best; where it does not, the headline does.
    let of_answers = || cast.mentions.iter().filter(|m| Some(m.mention.entity) == answers);
    let named = of_answers()
        .take_while(|m| m.at.block < first)
        .find(|m| zone(m.at.block) == Zone::Body && m.mention.form != MentionForm::Pronoun)
        .or_else(|| of_answers().next());
    let labeled = !question && labeled_questions(doc).is_some();
    let initials = labels(doc).map(|l| initials(doc, &l, above)).unwrap_or_default();
    // Where both have labels, the one who does not ask answers, if the label tells who that is.
    let answers = if question || labeled {
        named.map(|m| m.at.clone())
    } else {
        let quiet = initials.iter().find(|(label, _)| !asks_mostly(doc, label));
        quiet.map(|(_, name)| name.clone())
    };
    Some(Interview {
        asks: asks.map(|m| m.at.clone()),
        answers,
        labeled,
        initials,
    })
}

/// Whether most turns with a label end with a question mark.
fn asks_mostly(doc: &Doc<'_>, label: &str) -> bool {
    let turns = doc
        .blocks
        .iter()
        .filter(|b| b.zone == Zone::Transcript && b.lead_end > 0 && b.span.text(doc.text).starts_with(label));
    let (all, asks) = turns.fold((0, 0), |(all, asks), b| {
        (all + 1, asks + usize::from(b.span.text(doc.text).ends_with('?')))
    });
    asks * 2 > all
}

/// The two labels of a transcript in which two people take turns; none where there are more or fewer.
fn labels<'d>(doc: &Doc<'d>) -> Option<[&'d str; 2]> {
    const TURNS: usize = 4;
    let blocks = doc.blocks;
    let turns = blocks
        .iter()
        .filter(|b| b.zone == Zone::Transcript && b.lead_end > 0);
    let mut found: Vec<&str> = Vec::with_capacity(2);
    let mut n_turns = 0;
    for block in turns {
        let label = block.span.text(doc.text).get(..block.lead_end as usize)?;
        let label = label.trim_end_matches(|c: char| !c.is_alphanumeric());
        n_turns += 1;
        if !found.contains(&label) {
            found.push(label);
        }
        if found.len() > 2 {
            return None;
        }
    }
    <[&str; 2]>::try_from(found).ok().filter(|_| n_turns >= TURNS)
}

/// The names that labels of two to four letters stand for: "PV" for Pieter Vos.
fn initials<'m>(
    doc: &Doc<'_>,
    labels: &[&str],
    mentions: impl Iterator<Item = &'m Seen> + Clone,
) -> Vec<(String, Phrase)> {
    const LETTERS: std::ops::RangeInclusive<usize> = 2..=4;
    let short = |l: &&&str| LETTERS.contains(&l.len()) && l.bytes().all(|b| b.is_ascii_uppercase());
    let first_letters = |m: &Seen| -> String {
        let words = doc.span(&m.at).text(doc.text).split_whitespace();
        words
            .filter(|w| *w != "The")
            .filter_map(|w| w.chars().next())
            .filter(|c| c.is_uppercase())
            .collect()
    };
    labels
        .iter()
        .filter(short)
        .filter_map(|label| {
            let named = mentions.clone().find(|m| first_letters(m) == **label)?;
            Some(((*label).to_owned(), named.at.clone()))
        })
        .collect()
}

/// The block of the first question, if the article is an interview with turns that have no label.
pub(super) fn first_turn(doc: &Doc<'_>) -> Option<usize> {
    let question = doc.blocks.iter().position(|b| b.zone == Zone::Question);
    question.or_else(|| labeled_questions(doc)).or_else(|| {
        let blocks = doc.blocks;
        labels(doc).and_then(|_| {
            blocks
                .iter()
                .position(|b| b.zone == Zone::Transcript && b.lead_end > 0)
        })
    })
}

/// The first labeled question of a transcript in which nothing else has a label: "The Herald: Will you stay?"
fn labeled_questions(doc: &Doc<'_>) -> Option<usize> {
    let blocks = doc.blocks;
    let mut labeled = blocks
        .iter()
        .enumerate()
        .filter(|(_, b)| b.zone == Zone::Transcript && b.lead_end > 0);
    let label = |b: usize| doc.whole_block(b).get(..blocks[b].lead_end as usize);
    let (first, _) = labeled.next()?;
    let bare = blocks
        .iter()
        .filter(|b| b.zone == Zone::Transcript && b.lead_end == 0);
    let same = labeled.all(|(b, _)| label(b) == label(first) && doc.whole_block(b).ends_with('?'));
    (same && bare.count() >= 2 && doc.whole_block(first).ends_with('?')).then_some(first)
}

/// Whether somebody meets or asks, or is met or told, in the words beside a mention: "met The Herald", "spoke to
/// Anna Reyes", "The Herald spoke to her", "in an interview with The Herald".
fn meets(doc: &Doc<'_>, m: &Seen) -> bool {
    let tokens = &doc.block(m.at.block).1.tokens;
    let meeting = |i: usize| cue::classes(tokens.fold(i)).has(Classes::MEETING);
    let start = m.phrase.tokens.start;
    let before = (start.saturating_sub(MEETING_REACH)..start).rev();
    let small = |i: &usize| tokens.list[*i].shape == Shape::Lower || tokens.fold(*i) == "the";
    let asked = before.take_while(small).any(meeting);
    let end = m.at.tokens.end;
    let asks = (end..tokens.len().min(end + 2)).any(meeting);
    asked || asks
}

/// The draft of a turn without a label.
pub(super) fn turn(doc: &Doc<'_>, b: usize, region: &Region, interview: &Interview) -> Draft {
    let block = &doc.blocks[b];
    let span = block.to_doc(region.span);
    let asks = block.zone == Zone::Question;
    let source = if asks { &interview.asks } else { &interview.answers };
    let words = source.as_ref().map(|s| doc.span(s).text(doc.text));
    let reason = match (asks, words) {
        (true, Some(words)) => format!("a question of the interview, which “{words}” asks"),
        (true, None) => "a question of the interview; the article does not name who asks".to_owned(),
        (false, Some(words)) => format!("an answer in the interview with “{words}”"),
        (false, None) => "an answer in the interview; the article does not name who answers".to_owned(),
    };
    draft(doc, span, region.opened, source.as_ref(), reason)
}

fn draft(doc: &Doc<'_>, span: DocSpan, opened: bool, source: Option<&Phrase>, reason: String) -> Draft {
    let at = source.map(|s| doc.span(s));
    Draft {
        quote: Quote {
            kind: QuoteKind::Direct,
            needs_source: false,
            cue: Vec::new(),
            source: at.into_iter().collect(),
            speaker: None,
            rival: None,
            attribution: if at.is_some() {
                Attribution::Implied
            } else {
                Attribution::None
            },
            confidence: if at.is_some() { 0.85 } else { 0.5 },
            evidence: vec![Evidence {
                reason: reason.into(),
                at,
            }],
            spans: vec![span],
            marked: if opened { vec![span] } else { Vec::new() },
        },
        source: source.cloned(),
        antecedent: None,
        rival: None,
    }
}

impl Interview {
    /// Who speaks in block `b`, for what goes on with it.
    pub(super) fn last(&self, b: usize, asks: bool, sentence: usize) -> Option<Last> {
        let source = if asks {
            self.asks.clone()
        } else {
            self.answers.clone()
        };
        source.map(|source| Last {
            source,
            antecedent: None,
            block: b,
            sentence,
            quoted: true,
        })
    }

    /// The name that a label stands for.
    pub(super) fn meant_by(&self, label: &str) -> Option<&Phrase> {
        self.initials
            .iter()
            .find(|(l, _)| l == label)
            .map(|(_, name)| name)
    }

    /// Whether the article names who answers.
    pub(super) fn is_answered(&self) -> bool {
        self.answers.is_some()
    }

    /// The draft of words in the headline that the text below does not repeat.
    pub(super) fn headline(&self, doc: &Doc<'_>, span: DocSpan) -> Draft {
        let reason = "words in the headline of an interview are those of whoever answers".to_owned();
        draft(doc, span, true, self.answers.as_ref(), reason)
    }
}
