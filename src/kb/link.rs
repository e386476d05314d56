//! Which entities of two layers are the same: those of one id, and those of one name in one country.
//!
//! A pack may have a million entities, so that nothing is compared when it is laid over others. An entity
//! is looked for in the other layers when somebody asks for it, and what was found is kept for a while.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use crate::{
    base::word::name_words,
    kb::{
        EntityId, Kind, NameForm,
        base::Base,
        stack::{Layer, Stack},
    },
};

/// Stands for "there is none".
const NONE: u32 = u32::MAX;

/// A table of answers that forgets old ones: what was found out is only ever a function of the layers, so
/// that it does not matter which answers are kept.
#[derive(Debug)]
pub(super) struct Memo {
    /// Key plus one in the upper half, value in the lower; 0 is empty.
    cells: Box<[AtomicU64]>,
}

impl Default for Memo {
    fn default() -> Self {
        Self {
            cells: (0..Self::CELLS).map(|_| AtomicU64::new(0)).collect(),
        }
    }
}

impl Memo {
    const CELLS: usize = 1 << 13;

    fn cell(&self, key: u32) -> Option<&AtomicU64> {
        let spread = key.wrapping_mul(0x9e37_79b1) >> (32 - Self::CELLS.trailing_zeros());
        self.cells.get(spread as usize)
    }

    /// The value of `key`, as it was put or as `find` finds it.
    pub(super) fn get(&self, key: u32, find: impl FnOnce() -> u32) -> u32 {
        let tag = (u64::from(key) + 1) << 32;
        let Some(cell) = self.cell(key) else { return find() };
        let kept = cell.load(Relaxed);
        if kept >> 32 == tag >> 32 {
            return kept as u32;
        }
        let value = find();
        cell.store(tag | u64::from(value), Relaxed);
        value
    }
}

impl Stack {
    /// The entity that number `local` of layer `n` is: that of the lowest layer that knows it.
    pub(super) fn canonical(&self, n: usize, local: EntityId) -> EntityId {
        match self.layers.get(n) {
            Some(layer) if n > 0 => {
                let found = || self.below(n, layer, local).unwrap_or(EntityId::of(n, local)).0;
                EntityId(layer.down.get(local.0, found))
            }
            _ => local,
        }
    }

    /// What layer `n`, above that of `id`, has of the entity.
    pub(super) fn in_layer(&self, n: usize, id: EntityId) -> Option<EntityId> {
        let layer = self.layers.get(n)?;
        let found = layer
            .up
            .get(id.0, || self.above(n, layer, id).map_or(NONE, |local| local.0));
        (found != NONE).then_some(EntityId(found))
    }

    /// What the layers have of an entity, the nearest first.
    pub(super) fn records(&self, id: EntityId) -> impl Iterator<Item = (usize, &Base, EntityId)> {
        let above = (id.layer() + 1..self.layers.len()).rev();
        let above = above.filter_map(move |n| Some((n, self.in_layer(n, id)?)));
        above
            .chain(std::iter::once((id.layer(), id.local())))
            .filter_map(|(n, local)| Some((n, &self.layers.get(n)?.base, local)))
    }

    /// The entity of a lower layer that `local` of layer `n` is.
    fn below(&self, n: usize, layer: &Layer, local: EntityId) -> Option<EntityId> {
        let card = Card::of(&layer.base, local);
        let lower = || self.layers.iter().take(n).enumerate();
        lower()
            .find_map(|(k, l)| Some(self.canonical(k, card.by_id(&l.base)?)))
            .or_else(|| lower().find_map(|(k, l)| Some(self.canonical(k, card.by_name(&l.base)?))))
    }

    /// The record of layer `n` that is the entity `id` of a lower one.
    fn above(&self, n: usize, layer: &Layer, id: EntityId) -> Option<EntityId> {
        if id.layer() >= n {
            return None;
        }
        let is = |local: &EntityId| self.canonical(n, *local) == id;
        let mut cards = Vec::new();
        for k in id.layer()..n {
            let local = match k == id.layer() {
                true => Some(id.local()),
                false => self.in_layer(k, id),
            };
            if let (Some(local), Some(lower)) = (local, self.layers.get(k)) {
                cards.push(Card::of(&lower.base, local));
            }
        }
        let by_id = cards.iter().find_map(|card| card.by_id(&layer.base).filter(is));
        by_id.or_else(|| cards.iter().find_map(|card| card.by_name(&layer.base).filter(is)))
    }
}

/// By what an entity is known again in another layer.
struct Card<'a> {
    base: &'a Base,
    local: EntityId,
    kind: Kind,
    wikidata: Option<u32>,
}

impl<'a> Card<'a> {
    fn of(base: &'a Base, local: EntityId) -> Self {
        Self {
            base,
            local,
            kind: base.kind(local),
            wikidata: base.wikidata(local),
        }
    }

    /// Whether it may be `local` of `other`: of one kind, and not of two Wikidata numbers.
    fn may_be(&self, other: &Base, local: EntityId) -> bool {
        let same = match (self.wikidata, other.wikidata(local)) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        };
        same && other.kind(local) == self.kind
    }

    fn by_id(&self, other: &Base) -> Option<EntityId> {
        let by_number = self.wikidata.and_then(|q| other.by_wikidata(q));
        let by_text = || {
            // The id of one may be the Wikidata id of the other.
            let id = self.base.own_id(self.local)?;
            let number = id.strip_prefix('Q').and_then(|q| q.parse().ok());
            number
                .and_then(|q| other.by_wikidata(q))
                .or_else(|| other.by_code(id).filter(|local| other.own_id(*local) == Some(id)))
        };
        // Two bodies may have one acronym; two countries have not one code.
        let by_code = || {
            let code = self
                .base
                .code(self.local)
                .filter(|_| self.kind == Kind::Country)?;
            other.by_code(code)
        };
        let fits = |local: &EntityId| self.may_be(other, *local);
        by_number
            .filter(fits)
            .or_else(|| by_text().filter(fits))
            .or_else(|| by_code().filter(fits))
    }

    fn by_name(&self, other: &Base) -> Option<EntityId> {
        if self.kind == Kind::Country {
            return None;
        }
        let words = name_words(self.base.name(self.local));
        if words.len() < 2 {
            return None;
        }
        let country = country_code(self.base, self.local);
        // Whoever has one name and no country may be anybody; bodies of no country are few.
        if country.is_none() && self.kind != Kind::Institution {
            return None;
        }
        other
            .lookup(&words)
            .filter(|hit| hit.form == NameForm::Name && !hit.derived && !hit.former)
            .map(|hit| hit.entity)
            .find(|local| self.may_be(other, *local) && country_code(other, *local) == country)
    }
}

fn country_code(base: &Base, local: EntityId) -> Option<&str> {
    base.code(base.country_of(local)?)
}
