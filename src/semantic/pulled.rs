//! Words pulled out of the text over whoever spoke them, where the closing mark stands behind the name and not behind the
//! words: “We will come back to this table.⏎Lena Hartmann.”

use std::ops::Range;

use crate::{
    base::word::TokenKind,
    semantic::{
        doc::Phrase,
        local::Local,
        mention::What,
        quote::{Carry, Last, Stage},
    },
    syntax::{block::Zone, tag::Tag},
};

/// Most tokens of such a line, the mark and a role behind the name included.
const MAX_LINE: usize = 16;

/// The name in a paragraph that is nothing but a name, with what somebody is behind a comma, and a closing mark.
pub(crate) fn credited(local: &Local) -> Option<Range<usize>> {
    let tokens = &local.tokens;
    let [region] = local.speech.regions.as_slice() else {
        return None;
    };
    let whole = region.tokens.start == 0 && region.tokens.end == tokens.len();
    if !whole || region.opened || !region.closed || tokens.len() > MAX_LINE {
        return None;
    }
    named_alone(local, 2)
}

/// The name of at least so many tokens, with what somebody is behind a comma, that a paragraph is nothing but.
fn named_alone(local: &Local, least: usize) -> Option<Range<usize>> {
    let tokens = &local.tokens;
    let name = local
        .candidates
        .iter()
        .take_while(|c| c.phrase.start == 0)
        .filter(|c| matches!(c.what, What::Name(_)) && c.tokens.len() >= least)
        .last()?;
    let end = name.tokens.end;
    let rest = || end..tokens.len();
    let over = rest().all(|t| tokens.kind(t) != TokenKind::Word);
    let told = tokens.fold(end) == ","
        && !rest().any(|t| tokens.list[t].tag.is_finite() || tokens.list[t].tag == Tag::Aux);
    // "Lena Hartmann, mayor of Norvik.”"
    let word = |t: &usize| tokens.kind(*t) == TokenKind::Word;
    let last = rest().rfind(word).map_or(end, |t| t + 1);
    (over || told).then_some(name.phrase.start..last)
}

impl Stage<'_, '_> {
    /// The name in block `b`, an item of a list by its dash and yet no list: the credit of the words that stand alone above it
    /// ("- Lena Hartmann").
    pub(super) fn listed_credit(&self, b: usize) -> Option<Range<usize>> {
        let zone = |b: usize| self.doc.blocks.get(b).map(|b| b.zone);
        let item = Some(Zone::ListItem);
        let alone = zone(b) == item && zone(b + 1) != item && zone(b.wrapping_sub(1)) == Some(Zone::Body);
        let local = self.doc.locals.get(b).filter(|_| alone)?;
        let short = local.tokens.len() <= MAX_LINE && local.speech.regions.is_empty();
        short.then(|| named_alone(local, 1)).flatten()
    }

    /// The name in block `b` of whoever spoke the words that the block before leaves open.
    pub(super) fn pulled(&self, b: usize) -> Option<Range<usize>> {
        let above = b.checked_sub(1)?;
        let body = |b: usize| self.doc.blocks.get(b).is_some_and(|b| b.zone == Zone::Body);
        let open = self.doc.block(above).1.speech.regions.last();
        let open = open.is_some_and(|r| r.runs_on && r.opened);
        (open && body(above) && body(b))
            .then(|| credited(self.doc.block(b).1))
            .flatten()
    }

    /// Passes over block `b` if it only says whose words the block before are. Says whether it does.
    pub(super) fn is_pulled(&self, b: usize, carry: &mut Carry) -> bool {
        let Some(name) = self.pulled(b) else {
            return false;
        };
        *carry = Carry::default();
        carry.last = Some(Last {
            source: Phrase {
                block: b,
                tokens: name,
            },
            antecedent: None,
            block: b,
            sentence: 0,
            quoted: true,
        });
        true
    }
}
