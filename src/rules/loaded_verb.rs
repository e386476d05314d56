use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::{
    base::span::DocSpan,
    base::word::name_words,
    rules::{Check, Findings, Fix},
    semantic::{
        article::{EntityKind, Quote, QuoteKind},
        cue::{self, Classes},
    },
    syntax::tag::Tag,
};

rule! {
    /// ## What it does
    /// Flags a verb of saying that takes a side: claimed, admitted, conceded, insisted, quipped …
    ///
    /// ## Why
    /// “Said” is fair to everybody; these verbs tell the reader what to think of the words.
    /// The rule looks at the verbs of quotations only: one may claim a prize, and be admitted to hospital.
    ///
    /// ## Example
    /// ```news
    /// “The figures are right and always were,” claimed Lena Hartmann, the foreign minister.
    /// //                                       ^^^^^^^ loaded-verb
    /// ```
    ///
    /// Not flagged:
    /// ```news
    /// “The figures are right and always were,” said Lena Hartmann, who claimed the prize in 2019.
    /// ```
    "loaded-verb", "a verb of saying that takes a side", None, check
}

/// What each verb tells the reader.
static VERBS: LazyLock<FxHashMap<&str, &str>> = LazyLock::new(|| {
    let lines = include_str!("../../data/en/loaded_verbs.tsv").lines();
    lines.filter_map(|line| line.split_once('\t')).collect()
});

fn check(cx: &Check<'_>, acc: &mut Findings<'_>) {
    for quote in &cx.article.quotes {
        if quote.kind == QuoteKind::Indirect && !says_something(cx, quote) {
            continue;
        }
        let kind = quote
            .speaker
            .and_then(|s| cx.article.entities.get(s))
            .map(|e| e.kind);
        let human = kind.is_some_and(|k| k != EntityKind::Place);
        for &cue in &quote.cue {
            let words = name_words(cx.text(cue));
            let verb = words.iter().find_map(|w| Some((w, VERBS.get(w.as_str())?)));
            // Studies, polls and papers reveal what nobody hid.
            let shown = |verb: &str| verb.starts_with("reveal") && (!human || speaks_paper(cx, quote));
            if let Some((verb, why)) = verb.filter(|v| !shown(v.0)) {
                let d = acc.push(
                    cue,
                    format!("“{verb}” tells the reader {why}; “said” does not take a side"),
                );
                d.offer = plain(cx, cue, verb);
            }
        }
    }
}

/// “said” or “says” in the place of the verb, unless that stands among other words or goes on with “to”.
fn plain(cx: &Check<'_>, cue: DocSpan, verb: &str) -> Option<Fix> {
    let said = match verb {
        _ if verb.ends_with("ed") => "said",
        _ if verb.ends_with('s') => "says",
        _ => return None,
    };
    let goes_on = cx.article.text.get(cue.end as usize..)?.starts_with(" to ");
    (cx.text(cue) == verb && !goes_on).then(|| Fix {
        title: format!("Write “{said}”"),
        edits: vec![(cue, said.to_owned())],
    })
}

/// Whether what is reported is a statement: a clause, or an infinitive. One may claim a prize, reveal a plan and
/// concede a match.
fn says_something(cx: &Check<'_>, quote: &Quote) -> bool {
    let Some((&content, &cue)) = quote.spans.last().zip(quote.cue.last()) else {
        return true;
    };
    let Some((block, local)) = cx.block_at(content.start).filter(|_| cue.end <= content.start) else {
        return true;
    };
    let tokens = &local.tokens;
    // A noun is no verb of saying: "his claims".
    let noun = |i: usize| matches!(tokens.list[i].tag, Tag::Noun | Tag::NounPl);
    if tokens.inside(block.within(cue)).all(noun) {
        return false;
    }
    let mut content = tokens.inside(block.within(content));
    let first = content.clone().next().map_or("", |i| tokens.fold(i));
    // A clause behind a comma or a relative word says nothing of what was claimed.
    let ends = |i: usize| matches!(tokens.fold(i), "," | "which" | "who" | "whose");
    first == "to"
        || content
            .clone()
            .next()
            .is_some_and(|i| tokens.list[i].tag == Tag::VerbIng)
        || content
            .by_ref()
            .take_while(|i| !ends(*i))
            .any(|i| tokens.list[i].tag.is_finite() || tokens.list[i].tag == Tag::Aux)
}

/// Whether the words that name the source are a document's.
fn speaks_paper(cx: &Check<'_>, quote: &Quote) -> bool {
    let paper = Classes::DOCUMENT
        .and(Classes::CUE_NOUN_DOCUMENT)
        .and(Classes::DATA);
    let source = quote.source.first().map(|s| cx.words(*s));
    source.is_some_and(|words| words.iter().any(|w| cue::classes(w).has(paper)))
}
