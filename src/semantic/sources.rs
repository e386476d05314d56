//! What the sources of quotations tell for the pronouns, before it is known who is named.

use std::ops::Range;

use crate::{
    base::order::Order,
    semantic::{
        doc::{Doc, Draft, Phrase},
        goes_on::{self, GoesOn},
        mention::{Candidate, What},
        source_phrase::{candidate_of, head_of},
    },
    syntax::block::Zone,
};

/// What the source phrases of quotations tell without who is named: it is worked out while the names are.
#[derive(Default)]
pub(super) struct Sources {
    /// Where their heads stand, (block, token), sorted.
    pub(super) heads: Vec<(usize, usize)>,
    /// What stands behind the head in each, sorted: "A man | who stabbed Holm | told the court".
    pub(super) behind: Vec<(usize, Range<usize>)>,
    /// Those that no candidate stands for, by place; with a name that is one of them unless it has a mention.
    pub(super) unnamed: Vec<(Phrase, Option<Range<usize>>)>,
    /// Pronouns that go on from a report.
    pub(super) going: Vec<GoesOn>,
}

impl Sources {
    pub(super) fn new(doc: &Doc<'_>, drafts: &[Draft]) -> Self {
        let mut heads: Vec<(usize, usize)> = drafts
            .iter()
            .flat_map(|d| d.source.iter().chain(d.antecedent.iter()))
            .flat_map(|p| {
                let local = doc.block(p.block).1;
                // "Okoro, president of the chapter of the union": the head may be what the name is beside.
                let named = candidate_of(local, p).filter(|c| matches!(c.what, What::Name(_)));
                [Some(head_of(local, p)), named.map(|c| c.tokens.start)].map(|t| t.map(|t| (p.block, t)))
            })
            .flatten()
            .collect();
        heads.order_by(Ord::cmp);
        heads.dedup();
        let mut behind: Vec<(usize, Range<usize>)> = drafts
            .iter()
            .filter_map(|d| d.source.as_ref())
            .map(|p| (p.block, head_of(doc.block(p.block).1, p) + 1..p.tokens.end))
            .filter(|(_, rest)| rest.len() > 1)
            .collect();
        behind.order_by_key(|(b, rest)| (*b, rest.start, rest.end));
        behind.dedup();
        let unnamed = drafts.iter().filter_map(|d| d.source.as_ref()).filter_map(|p| {
            let (block, local) = doc.block(p.block);
            // "Naeem Qadri, president of the Islamabad chapter": a name that nothing but its speech tells to be one.
            let unheard = |c: &Candidate| {
                let tokens = c.tokens.clone();
                let alone = matches!(c.what, What::Name(_))
                    && tokens.start == p.tokens.start
                    && tokens.len() > 1
                    && !p.tokens.clone().any(|t| local.listed(t) == "and");
                alone.then_some(tokens)
            };
            if block.zone == Zone::Transcript {
                return None;
            }
            match candidate_of(local, p) {
                None => Some((p.clone(), None)),
                Some(c) => Some((p.clone(), Some(unheard(c)?))),
            }
        });
        Self {
            heads,
            behind,
            unnamed: unnamed.collect(),
            going: goes_on::find(doc, drafts),
        }
    }
}
