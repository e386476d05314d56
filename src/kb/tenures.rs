//! The offices of several layers as one list. A nearer layer has the word on an office that it knows: its
//! dates hold, what it leaves open is filled from below, and a new holder ends the term of the one before.

use crate::{
    base::{date::Date, order::Order},
    kb::{EntityId, Role, Tenure, stack::Stack},
};

impl Stack {
    /// All offices of a person, oldest first.
    pub(super) fn tenures(&self, person: EntityId) -> Vec<Tenure<'_>> {
        let mut all = Vec::new();
        for (n, base, local) in self.records(person) {
            for t in base.tenures(local) {
                self.add(&mut all, self.placed(n, t));
            }
        }
        for t in &mut all {
            self.succeed(t);
        }
        all.order_by_key(|t| (t.start.map(|d| d.earliest()), t.role, t.org));
        all
    }

    /// All who held `role` in `org`, oldest first.
    pub(super) fn tenures_in(&self, org: &str, role: Role) -> Vec<Tenure<'_>> {
        let mut all = Vec::new();
        for n in (0..self.layers.len()).rev() {
            for t in self.layer_tenures(n, org, role) {
                self.add(&mut all, t);
            }
        }
        for t in &mut all {
            self.succeed(t);
        }
        all.order_by_key(|t| t.start.map(|d| d.earliest()));
        all
    }

    /// Those of one layer, which may call the body by another code.
    fn layer_tenures<'a>(&'a self, n: usize, org: &str, role: Role) -> Vec<Tenure<'a>> {
        let Some(layer) = self.layers.get(n) else {
            return Vec::new();
        };
        let mut codes: Vec<&str> = vec![org];
        if let Some(id) = self.by_code(org) {
            let local = match id.layer() == n {
                true => Some(id.local()),
                false if id.layer() < n => self.in_layer(n, id),
                false => None,
            };
            let own = local.map(|local| (layer.base.code(local), layer.base.own_id(local)));
            for code in own.into_iter().flat_map(|(a, b)| [a, b]).flatten() {
                if !codes.contains(&code) {
                    codes.push(code);
                }
            }
        }
        let found = codes.iter().flat_map(|code| layer.base.tenures_in(code, role));
        found.map(|t| self.placed(n, t)).collect()
    }

    /// A tenure of one layer in the words of all: the person it is about, the body's code.
    fn placed<'a>(&'a self, n: usize, mut t: Tenure<'a>) -> Tenure<'a> {
        t.layer = n;
        t.person = self.canonical(n, t.person);
        if n > 0
            && let Some(layer) = self.layers.get(n)
            && let Some(local) = layer.base.by_code(t.org)
            && let Some(code) = self.code(self.canonical(n, local))
        {
            t.org = code;
        }
        t
    }

    /// Adds a tenure of a layer that is farther than those in the list, or the same.
    fn add<'a>(&self, all: &mut Vec<Tenure<'a>>, far: Tenure<'a>) {
        let same = all
            .iter_mut()
            .filter(|near| near.layer > far.layer && is_same(near, &far));
        // Of several terms that it may be it is the one most like it.
        let likest = same.max_by_key(|near| {
            let office = near.office == far.office;
            (near.start == far.start, near.end == far.end, office)
        });
        match likest {
            Some(near) => fill(near, &far),
            None => all.push(far),
        }
    }

    /// Where a nearer layer knows who came next into an office for one, the term before has ended.
    fn succeed(&self, t: &mut Tenure<'_>) {
        if t.end.is_some() || !t.role.is_single() {
            return;
        }
        let mut next = None;
        for n in t.layer + 1..self.layers.len() {
            for other in self.layer_tenures(n, t.org, t.role) {
                let later = match (t.start, other.start) {
                    (Some(a), Some(b)) => a.latest() < b.earliest(),
                    (None, Some(_)) => true,
                    _ => false,
                };
                if later && other.person != t.person && next.is_none_or(|d| other.start < Some(d)) {
                    next = other.start;
                }
            }
        }
        t.end = next;
    }
}

/// Whether two layers speak of one term of one office.
fn is_same(near: &Tenure<'_>, far: &Tenure<'_>) -> bool {
    if (near.person, near.org, near.role) != (far.person, far.org, far.role) {
        return false;
    }
    // Many have several offices of these kinds at once.
    if !near.role.is_single() && !near.office.is_empty() && !far.office.is_empty() {
        let (a, b) = (near.office.to_lowercase(), far.office.to_lowercase());
        if a != b && !a.contains(&b) && !b.contains(&a) {
            return false;
        }
    }
    // "2021-12" and "2021-12-08" are one day.
    let meet = |a: Date, b: Date| a.earliest() <= b.latest() && b.earliest() <= a.latest();
    let before = |a: Date, b: Date| a.earliest() <= b.latest();
    match (near.start, far.start) {
        (Some(a), Some(b)) => meet(a, b),
        (Some(a), None) => far.end.is_none_or(|end| before(a, end)),
        // Without a beginning it is the term of that end, or the last.
        (None, start) => match (near.end, far.end) {
            (Some(a), Some(b)) => meet(a, b),
            (Some(end), None) => start.is_none_or(|start| before(start, end)),
            (None, end) => end.is_none(),
        },
    }
}

/// Takes from a farther layer what the nearer one leaves open.
fn fill<'a>(near: &mut Tenure<'a>, far: &Tenure<'a>) {
    if near.start.is_none() && far.start.is_some() {
        near.start = far.start;
        // What was in doubt from the first day on was so for want of a beginning.
        near.doubt_from = near.doubt_from.filter(|day| day.latest() > (1, 1, 1));
    }
    near.party = near.party.or(far.party);
    if near.office.is_empty() {
        near.office = far.office;
    }
    if near.end.is_none() {
        // A layer that was checked after the end has not seen one.
        let seen = match (near.as_of, far.end) {
            (Some(checked), Some(end)) => checked.earliest() > end.latest(),
            _ => false,
        };
        if !seen {
            near.end = far.end;
            near.doubt_from = near.doubt_from.or(far.doubt_from);
        }
        near.as_of = near.as_of.max(far.as_of);
    }
}
