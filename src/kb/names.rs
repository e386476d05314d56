//! Names to entities, through all layers at once.

use crate::{
    base::{order::Order, word::name_words},
    kb::{Kb, NameForm, NameHit, base::Place, stack::MAX_LAYERS},
};

/// Where a walk through the names stands. Cheap to copy.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cursor {
    places: [Place; MAX_LAYERS],
    begun: bool,
}

/// # Names
impl Kb {
    /// Begins a walk through the names.
    pub fn walk(&self) -> Cursor {
        let mut places = [Place::NOWHERE; MAX_LAYERS];
        for (place, layer) in places.iter_mut().zip(&self.stack.layers) {
            *place = layer.base.walk();
        }
        Cursor { places, begun: false }
    }

    /// One folded word further (`base::fold`), or `None` when no name goes on so.
    pub fn step(&self, at: Cursor, word: &str) -> Option<Cursor> {
        let mut next = Cursor { begun: true, ..at };
        let mut somewhere = false;
        for (place, layer) in next.places.iter_mut().zip(&self.stack.layers) {
            if *place != Place::NOWHERE {
                *place = layer.base.step(*place, at.begun, word).unwrap_or(Place::NOWHERE);
                somewhere |= *place != Place::NOWHERE;
            }
        }
        somewhere.then_some(next)
    }

    /// What the words walked so far may mean, likeliest first: forms of sources before forms of rules,
    /// then by tier. Empty when no name ends here.
    pub fn hits(&self, at: Cursor) -> impl Iterator<Item = NameHit<'_>> {
        let only = self
            .only()
            .filter(|_| at.begun)
            .map(|base| base.hits(at.places[0]));
        let several = (self.n_layers() > 1 && at.begun).then(|| self.merged_hits(at));
        only.into_iter().flatten().chain(several.into_iter().flatten())
    }

    /// The hits of all layers in the order of one, the same in two of them once.
    fn merged_hits(&self, at: Cursor) -> Vec<NameHit<'_>> {
        let mut found = Vec::new();
        let layers = self.stack.layers.iter().enumerate().zip(at.places).rev();
        for ((layer, l), place) in layers.filter(|(_, place)| *place != Place::NOWHERE) {
            let mut last = None;
            for hit in l.base.hits(place) {
                let entity = self.stack.canonical(layer, hit.entity);
                let hit = NameHit { entity, layer, ..hit };
                // As the compiler orders them; what a layer has put last stays behind what it has put first.
                let rank = Some((hit.derived, hit.weak, self.tier(entity), entity, hit.form));
                last = last.max(rank);
                found.push((last, hit));
            }
        }
        found.order_by_key(|(rank, _)| *rank);
        let mut kept: Vec<NameHit<'_>> = Vec::with_capacity(found.len());
        for (_, hit) in found {
            if !kept.iter().any(|better| says(better, &hit)) {
                kept.push(hit);
            }
        }
        kept
    }

    /// All that a name may mean, given as it stands in text.
    pub fn lookup(&self, name: &str) -> impl Iterator<Item = NameHit<'_>> {
        let mut at = Some(self.walk());
        for word in name_words(name) {
            at = at.and_then(|at| self.step(at, &word));
        }
        at.into_iter().flat_map(|at| self.hits(at))
    }

    /// Names that begin with `prefix` as it is typed, in the order of the index, at most `limit` of them and
    /// each entity once. For completion.
    pub fn complete(&self, prefix: &str, limit: usize) -> Vec<NameHit<'_>> {
        let mut words = name_words(prefix);
        // A space at the end begins a new word.
        if prefix.ends_with(char::is_whitespace) {
            words.push(String::new());
        }
        let key = words.join(" ");
        let mut found: Vec<NameHit<'_>> = Vec::new();
        for (n, layer) in self.stack.layers.iter().enumerate().rev() {
            for hit in layer.base.complete(&key, limit - found.len().min(limit)) {
                let entity = self.stack.canonical(n, hit.entity);
                if !found.iter().any(|f| f.entity == entity) {
                    found.push(NameHit {
                        entity,
                        layer: n,
                        ..hit
                    });
                }
            }
        }
        found
    }
}

/// Whether a better hit has said already what another says, as in the compiler of one layer.
fn says(better: &NameHit<'_>, hit: &NameHit<'_>) -> bool {
    better.entity == hit.entity
        && (better.form == hit.form && (hit.form != NameForm::Acronym || better.surface == hit.surface)
            || (better.form == NameForm::Name && matches!(hit.form, NameForm::Alias | NameForm::Surname))
            || (better.form == NameForm::Alias && hit.form == NameForm::Surname))
}
