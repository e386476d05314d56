//! Who goes on speaking right behind a report: "Holm said that Reyes had lied. “I saw it,” he said." It is Holm, by
//! structure and not by weight, however present the man is whom he reports about.

use std::ops::Range;

use crate::{
    base::{order::Order, span::DocSpan, work},
    semantic::{
        article::{Attribution, EntityKind, MentionForm},
        coref::{Resolver, fits_gender},
        doc::{Doc, Draft, Phrase},
        local::Local,
        mention::Cue,
        salience::{Choice, Trace, Want},
        source_phrase::candidate_of,
    },
};

/// A pronoun that is the source of words right behind a report, and the source of that report.
#[derive(Clone, Debug)]
pub(super) struct GoesOn {
    block: usize,
    token: usize,
    from: Range<usize>,
    /// Whether only a relative clause hangs on that source.
    relative: bool,
}

/// One draft in its block.
struct Report<'d> {
    draft: &'d Draft,
    source: &'d Phrase,
    at: DocSpan,
}

/// How present whoever goes on is: more than anybody described in between.
const CLEAR: f32 = 9.0;

/// How many drafts back a report is looked for; so the cost of each is bounded.
const REACH: usize = 6;

/// The pronouns that go on from a report, by place.
pub(super) fn find(doc: &Doc<'_>, drafts: &[Draft]) -> Vec<GoesOn> {
    let mut reports: Vec<Report<'_>> = drafts
        .iter()
        .filter_map(|draft| {
            let source = draft.source.as_ref()?;
            let at = doc.span(source);
            Some(Report { draft, source, at })
        })
        .collect();
    reports.order_by_key(|r| (r.at.start, r.at.end));
    let mut found: Vec<GoesOn> = Vec::new();
    for (i, report) in reports.iter().enumerate() {
        if report.draft.quote.attribution != Attribution::Pronoun || report.source.tokens.len() != 1 {
            continue;
        }
        let Some((from, relative)) = report_before(doc, &reports[..i], report) else {
            continue;
        };
        let (block, token) = (report.source.block, report.source.tokens.start);
        if found.last().is_none_or(|f| (f.block, f.token) != (block, token)) {
            found.push(GoesOn {
                block,
                token,
                from,
                relative,
            });
        }
    }
    found
}

/// The source of the report that ends in the sentence before the one in which `report` begins.
fn report_before(doc: &Doc<'_>, before: &[Report<'_>], report: &Report<'_>) -> Option<(Range<usize>, bool)> {
    let b = report.source.block;
    let (block, local) = doc.block(b);
    let quote = &report.draft.quote;
    let first = quote.spans.first().filter(|s| block.span.contains(s.start))?;
    let start = local.tokens.inside(block.within(DocSpan {
        start: first.start.min(report.at.start),
        end: first.end.max(report.at.end),
    }));
    let sentence = local.sentence_of(start.start);
    let opens = local
        .sentences
        .get(sentence)
        .is_some_and(|s| s.start == start.start);
    if !opens || sentence == 0 {
        return None;
    }
    let reaches = |r: &Report<'_>| {
        let end = r.draft.quote.spans.iter().map(|s| s.end).fold(r.at.end, u32::max);
        let last = local.tokens.before(end.saturating_sub(block.span.start));
        local.sentence_of(last.saturating_sub(1)) + 1 == sentence
    };
    let inside = |r: &Report<'_>| {
        before
            .iter()
            .rev()
            .take(REACH)
            .any(|o| o.at != r.at && o.draft.quote.spans.iter().any(|s| s.covers(r.at)))
    };
    let from = before
        .iter()
        .rev()
        .take(REACH)
        .take_while(|r| r.source.block == b)
        .inspect(|_| work::step())
        .find(|r| reaches(r) && !inside(r))?;
    if is_aside(local, from.source) || hands_over(doc, from.draft) {
        return None;
    }
    let (source, relative) = match &from.draft.antecedent {
        Some(antecedent) if antecedent.block == b => (antecedent, true),
        _ => (from.source, false),
    };
    // "spokesman K. Holm": a name may begin before the words that are taken for the source.
    let named = candidate_of(local, source).map_or(source.tokens.start, |c| c.tokens.start);
    Some((named.min(source.tokens.start)..source.tokens.end, relative))
}

/// Whether a report stands beside the sentence and not in it ("When Holm pointed it out, Reyes laughed", "(three,
/// according to Holm)").
fn is_aside(local: &Local, source: &Phrase) -> bool {
    let start = source.tokens.start;
    let first = local
        .sentences
        .get(local.sentence_of(start))
        .map_or(start, |s| s.start);
    let fold = |t: usize| local.tokens.fold(t);
    let subordinate = (start.saturating_sub(SUBORDINATE).max(first)..start).any(|t| {
        matches!(
            fold(t),
            "when"
                | "while"
                | "after"
                | "before"
                | "if"
                | "because"
                | "since"
                | "although"
                | "though"
                | "until"
        )
    });
    let open = (first..start)
        .rev()
        .take(BRACKET)
        .find(|t| matches!(fold(*t), "(" | ")"));
    subordinate || open.is_some_and(|t| fold(t) == "(")
}

/// How far before a source the word that makes its clause hang on another may stand, and a bracket that holds it.
const SUBORDINATE: usize = 3;
const BRACKET: usize = 12;

/// Within how many words "to" stands behind "asked", whoever is asked.
const MEMBERS: usize = 10;

/// Whether whoever is asked or quoted goes on: "Reyes asked Holm whether it had rained. “It had,” he said."
fn hands_over(doc: &Doc<'_>, draft: &Draft) -> bool {
    // "asked its members to leave" asks nothing.
    let question = draft.quote.spans.first().is_some_and(|s| {
        let text = s.text(doc.text);
        let word = text.split_whitespace().next().unwrap_or("");
        !text.split_whitespace().take(MEMBERS).any(|w| w == "to") || word.starts_with("wh") || word == "how"
    });
    draft.quote.cue.iter().any(|cue| {
        cue.text(doc.text).split_whitespace().any(|word| match word {
            "ask" | "asks" | "asked" | "asking" => question,
            _ => word.starts_with("quot") || word.starts_with("cit"),
        })
    })
}

impl Resolver<'_, '_, '_> {
    /// Who goes on speaking where the source is a pronoun at `at`.
    pub(super) fn going_on(&self, want: Want, at: &Trace) -> Option<Choice> {
        let i = self
            .going
            .binary_search_by_key(&(at.block, at.token), |g| (g.block, g.token))
            .ok()?;
        let GoesOn { from, relative, .. } = self.going.get(i)?;
        let named = |t: &&Trace| {
            t.block == at.block && from.contains(&t.token) && !t.owner && t.form != MentionForm::Place
        };
        // "special adviser to the President Ana Reyes": the name at the end, else the first.
        let mut within = self
            .trail
            .back(at)
            .take_while(|t| t.block == at.block && t.token >= from.start);
        let speaks = |t: &Trace| t.cues.has(Cue::Speaks) && (!relative || t.cues.has(Cue::Subject));
        let t = within.find(|t| named(t) && speaks(t))?;
        let e = &self.cast.entities[t.entity];
        let nameless = self.nameless.get(&t.entity).copied();
        let body = matches!(e.kind, EntityKind::Institution | EntityKind::Country);
        let fits = match want {
            Want::One(gender) => {
                e.kind == EntityKind::Person
                    && (nameless.is_none() || t.form == MentionForm::Name)
                    && nameless != Some(true)
                    && fits_gender(e, gender)
            }
            Want::Several => e.kind == EntityKind::Group || nameless.unwrap_or(body),
            Want::Body => body,
            Want::Anyone => false,
        };
        fits.then(|| {
            let reason = format!("{}: whose report goes on", e.name);
            Choice {
                raw: CLEAR,
                ..Choice::clear(t.entity, 0.9, reason, t.span)
            }
        })
    }
}
