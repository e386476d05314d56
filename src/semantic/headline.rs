//! Headlines that tell with a colon who speaks: "Hartmann: Quotas will hold"; and what is written like a headline.

use std::ops::Range;

use crate::{
    base::{span::DocSpan, word::TokenKind},
    semantic::{
        article::{Attribution, Evidence, Quote, QuoteKind},
        cue::{self, Classes},
        doc::{Doc, Draft, Phrase},
        lexicon::{self, RoleClass},
        local::Local,
        wordsets::WordSet,
    },
    syntax::{
        block::Zone,
        tag::{Tag, is_common_word},
        token::{Shape, Tokens},
    },
};

/// How many tokens the name before the colon may have ("Foreign Minister Lena Hartmann").
const MAX_LABEL: usize = 6;
/// How many tokens more stand between the name and the colon where the occasion is told ("on taxes").
const MAX_OCCASION: usize = 5;
/// Longest first paragraph that may be a headline, in bytes, and the fewest paragraphs of its article.
const MAX_FIRST: usize = 120;
const MIN_BLOCKS: usize = 3;
/// How many reports of the body are looked through for the speaker of a headline.
const REACH: usize = 100;

/// Adds the reports of headlines whose label speaks in the body too, or is a document or people ("Poll", "Experts");
/// another label is a topic or a place. What the headline quotes becomes part of such a report.
pub(super) fn labels(doc: &Doc<'_>, drafts: &mut Vec<Draft>) {
    for (b, _) in doc.blocks.iter().enumerate().filter(|(i, b)| {
        // Archives set a stop behind a headline, so that it looks like a short first paragraph.
        let short = *i == 0 && b.zone == Zone::Body && b.span.len() <= MAX_FIRST;
        b.zone == Zone::Headline || short && doc.blocks.len() > MIN_BLOCKS
    }) {
        let Some(told) = split(doc, b) else {
            continue;
        };
        let Told { label, content, .. } = &told;
        let tokens = &doc.block(b).1.tokens;
        let name = tokens.fold(label.end - 1);
        let speaks = |d: &Draft| {
            d.source.as_ref().is_some_and(|s| {
                let tokens = &doc.block(s.block).1.tokens;
                s.block != b && s.tokens.clone().any(|t| tokens.fold(t) == name)
            })
        };
        if !(told.tells || drafts.iter().take(REACH).any(speaks)) {
            continue;
        }
        let taken = doc.span(&Phrase {
            block: b,
            tokens: label.start..content.end,
        });
        let colon = doc.span(&Phrase {
            block: b,
            tokens: told.colon..told.colon + 1,
        });
        let touches = |d: &Draft| d.quote.spans.iter().any(|s| s.overlap(taken) > 0);
        // Somebody else's words in the headline are not the label's.
        let other = |d: &Draft| {
            let reported = d.quote.cue.iter().any(|c| c.start > colon.start);
            let named = d
                .source
                .as_ref()
                .is_some_and(|s| s.block != b && !speaks(d) && !is_pronoun(doc, s));
            touches(d)
                && d.quote.kind != QuoteKind::Indirect
                && (reported && d.quote.cue.first() != Some(&colon) || named)
        };
        if drafts.iter().any(other) {
            continue;
        }
        let marked: Vec<DocSpan> = drafts
            .iter()
            .filter(|d| touches(d))
            .flat_map(|d| d.quote.marked.iter().copied())
            .collect();
        drafts.retain(|d| !touches(d));
        drafts.push(draft(doc, b, told, marked));
    }
}

/// Whether a source is a single pronoun, which may stand for anybody.
fn is_pronoun(doc: &Doc<'_>, source: &Phrase) -> bool {
    let tokens = &doc.block(source.block).1.tokens;
    source.tokens.len() == 1 && cue::classes(tokens.fold(source.tokens.start)).has(Classes::PERSONAL)
}

/// What stands before the colon of a headline and behind it, in tokens.
struct Told {
    /// Who is named before the colon.
    label: Range<usize>,
    /// The token of the colon.
    colon: usize,
    content: Range<usize>,
    /// Whether the label tells by what it is, whoever speaks in the body.
    tells: bool,
}

/// The label of a headline, and what stands behind its colon.
fn split(doc: &Doc<'_>, b: usize) -> Option<Told> {
    let local = doc.block(b).1;
    let tokens = &local.tokens;
    let colon = (1..tokens.len().min(MAX_LABEL + MAX_OCCASION)).find(|t| tokens.fold(*t) == ":")?;
    let label = 0..occasion(tokens, colon).unwrap_or(colon);
    let role = role(local, label.clone());
    if is_form(local, label.clone())
        || label.end > MAX_LABEL
        || !(role.is_some() || is_named(tokens, label.clone()))
    {
        return None;
    }
    let end = (colon + 1..tokens.len())
        .find(|t| tokens.fold(*t) == ";")
        .unwrap_or(tokens.len());
    let stop = usize::from(tokens.fold(end - 1) == ".");
    let content = colon + 1..end - stop;
    let quoted = local
        .speech
        .regions
        .iter()
        .any(|r| content.start <= r.tokens.start && r.tokens.end <= end);
    let clause = content.clone().any(|t| {
        let tag = tokens.list[t].tag;
        tag.is_verb() || cue::classes(tokens.fold(t)).has(Classes::MODAL.and(Classes::BE))
    });
    // "Ruiz: No way back for the club": what somebody denies needs no verb, and is no heading.
    let denied = matches!(tokens.fold(colon + 1), "no" | "not" | "nothing" | "never");
    // "Poll: Dead heat in Halm": what a poll finds needs no verb.
    let small = cue::classes(tokens.fold(label.end - 1)).has(Classes::TELLING);
    let tells = small || role == Some(true) && clause;
    (clause || quoted || small || denied).then_some(Told {
        label,
        colon,
        content,
        tells,
    })
}

/// "Q&A: …", "Restaurant review: …": what kind of piece it is. "NHS review: …" tells what a review found.
pub(super) fn is_form(local: &Local, label: Range<usize>) -> bool {
    let last = label.end.saturating_sub(1);
    let fold = |t: usize| local.tokens.fold(t);
    match label.len() {
        3 => fold(last) == "a" && fold(last - 1) == "&" && fold(label.start) == "q",
        2 => is_common_word(fold(label.start)) && lexicon::english().is(WordSet::FormLabel, fold(last)),
        _ => false,
    }
}

/// Whether a label of a headline may be a name: capitals without a verb, or a word for a document or people.
fn is_named(tokens: &Tokens, label: Range<usize>) -> bool {
    let small = cue::classes(tokens.fold(label.end - 1)).has(Classes::TELLING);
    small
        || label.into_iter().all(|t| {
            let token = &tokens.list[t];
            token.kind != TokenKind::Word
                || matches!(token.shape, Shape::Capital | Shape::AllCaps | Shape::Initial)
                    && !token.tag.is_finite()
        })
}

/// "Ruiz on taxes: …", "Ruiz to unions: …": where the words about the occasion begin, which stand between the name and
/// the colon.
fn occasion(tokens: &Tokens, colon: usize) -> Option<usize> {
    let at = (1..colon.saturating_sub(1)).find(|t| matches!(tokens.fold(*t), "on" | "to" | "at"))?;
    let verb = (at + 1..colon).any(|t| tokens.list[t].tag.is_finite());
    (is_named(tokens, 0..at) && !verb).then_some(at)
}

/// "EU official: …", "Former aide: …", "Mother of Roe: …", "Roe camp: …": whether the label is a noun for people behind
/// nothing but names and what such a noun may have before it, and then whether it tells whoever speaks in the body.
/// "New mayor: …", "Missing sailor: …" and "The driver: …" are about somebody.
fn role(local: &Local, label: Range<usize>) -> Option<bool> {
    let (lex, tokens) = (lexicon::english(), &local.tokens);
    let name = |t: usize| local.candidates.iter().any(|c| c.tokens.contains(&t));
    let last = label.end.saturating_sub(1).saturating_sub(label.start);
    if last > 0 && name(last - 1) && matches!(tokens.fold(last), "camp" | "campaign" | "team" | "family") {
        return Some(true);
    }
    let (at, found) = label
        .clone()
        .find_map(|t| lex.role_at(tokens, t).map(|found| (t, found)))?;
    let end = at + found.len;
    let owned = matches!(tokens.fold(end), "of" | "for") && end < last && (end + 1..=last).all(name);
    let before = (label.start..at).all(|t| {
        let word = tokens.fold(t);
        let known = lex.is(WordSet::Modifier, word) && !lex.is(WordSet::Future, word);
        // "New York mayor" has a name of more than one word.
        let about = is_of_subject(word) && !(t + 1 < at && name(t + 1));
        let fits = name(t) || known || matches!(word, "'s" | "’s");
        tokens.list[t].kind != TokenKind::Word || fits && !about
    });
    let noun = &lex.roles[found.row];
    let tells =
        noun.class == RoleClass::Office || lex.is_any([WordSet::Withheld, WordSet::KeptBack], &noun.noun);
    (before && (end == label.end || owned)).then_some(tells || owned)
}

/// "New mayor: …", "Young mothers: …": words before a noun for people whom a headline is about.
fn is_of_subject(word: &str) -> bool {
    matches!(
        word,
        "new" | "late" | "young" | "old" | "elderly" | "first" | "second" | "main" | "other" | "many"
    )
}

fn draft(doc: &Doc<'_>, block: usize, told: Told, marked: Vec<DocSpan>) -> Draft {
    let span = |tokens: Range<usize>| doc.span(&Phrase { block, tokens });
    let colon = span(told.colon..told.colon + 1);
    let source = Phrase {
        block,
        tokens: told.label,
    };
    let at = doc.span(&source);
    let content = marked.iter().fold(span(told.content), |all, m| all.join(*m));
    let kind = match marked[..] {
        [] => QuoteKind::Indirect,
        [whole] if whole == content => QuoteKind::Direct,
        _ => QuoteKind::Mixed,
    };
    Draft {
        quote: Quote {
            kind,
            needs_source: false,
            spans: vec![content],
            marked,
            cue: vec![colon],
            source: vec![at],
            speaker: None,
            rival: None,
            attribution: Attribution::Explicit,
            confidence: 0.7,
            evidence: vec![Evidence {
                reason: format!(
                    "“{}” stands before the headline's colon as the one who tells it",
                    at.text(doc.text)
                )
                .into(),
                at: Some(at),
            }],
        },
        source: Some(source),
        antecedent: None,
        rival: None,
    }
}

/// Whether a sentence is written like a headline although its block is not: all in capitals, or each word of
/// it that carries meaning with one, verbs too ("Mayor Opens Bridge to the Island."). In a headline fewer words tell so
/// ("PM Meets Okoro").
pub(super) fn is_written(tokens: &Tokens, sentence: Range<usize>, heads: bool) -> bool {
    let (mut large, mut shouted, mut verbs, mut sure) = (0, 0, 0, false);
    let lex = lexicon::english();
    let first = sentence.start;
    for i in sentence {
        let t = &tokens.list[i];
        if t.kind != TokenKind::Word {
            continue;
        }
        let short = tokens.fold(i).len() <= 4;
        match t.shape {
            Shape::AllCaps => shouted += 1,
            Shape::Capital => {
                large += 1;
                let verb = t.tag.is_verb() || matches!(t.tag, Tag::Aux | Tag::Pron | Tag::Det);
                // "Northgate Appoints Ana Reyes": a capital misleads the tagger.
                let acts = lex.is(WordSet::HeadlineVerb, tokens.fold(i));
                sure |= i > first && acts;
                verbs += usize::from(i > first && (acts || verb && is_common_word(tokens.fold(i))));
            }
            Shape::Lower
                if !short
                    || !matches!(
                        t.tag,
                        Tag::Adp | Tag::Det | Tag::Cconj | Tag::Part | Tag::Sconj | Tag::Pron
                    ) =>
            {
                return false;
            }
            _ => {}
        }
    }
    large == 0 && shouted >= 4 || large >= 4 && verbs > 0 || heads && sure
}
