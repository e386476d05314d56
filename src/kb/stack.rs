//! A knowledge base of several layers. The lowest is as a rule the one in the program; packs lie over it,
//! and the desk's own facts over those. One layer alone is read as it is, at no cost.

use std::{
    borrow::Cow,
    fmt,
    sync::{Arc, OnceLock},
};

use crate::{
    base::{
        date::{Date, Holds},
        order::Order,
        word::name_words,
    },
    kb::{
        EntityId, Gender, Kind, NameForm, NameHit, Role, Source, Tenure,
        base::Base,
        error::KbError,
        format::{self, Bytes},
        link::Memo,
    },
};

/// How many layers there may be: the one in the program, six packs, the desk's own.
pub const MAX_LAYERS: usize = 8;

/// Of a layer of more entities not each is looked at when names are completed.
const BROWSED: usize = 100_000;

impl EntityId {
    /// Bits of the number of the entity; those above say in which layer.
    const LOCAL: u32 = 29;
    /// How many entities a layer may have.
    pub(super) const MAX_LOCAL: u32 = 1 << Self::LOCAL;

    pub(super) fn of(layer: usize, local: Self) -> Self {
        Self((layer as u32) << Self::LOCAL | local.0)
    }

    /// The lowest layer that knows the entity.
    pub(super) fn layer(self) -> usize {
        (self.0 >> Self::LOCAL) as usize
    }

    /// Its number there.
    pub(super) fn local(self) -> Self {
        Self(self.0 & (Self::MAX_LOCAL - 1))
    }
}

/// What is known of the world. Cheap to clone; never changes.
#[derive(Clone, Default)]
pub struct Kb {
    pub(super) stack: Arc<Stack>,
}

/// The layers by name, each with a number that is the same for the same contents.
impl fmt::Debug for Kb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let layers = self.stack.layers.iter();
        f.debug_map()
            .entries(layers.map(|l| (&l.name, l.base.fingerprint())))
            .finish()
    }
}

#[derive(Debug)]
pub(super) struct Stack {
    /// The lowest first; at least one.
    pub(super) layers: Vec<Layer>,
}

/// One layer.
#[derive(Debug)]
pub(super) struct Layer {
    name: Arc<str>,
    pub(super) base: Base,
    /// From the layer's own numbers to entities, see `link`.
    pub(super) down: Memo,
    /// From entities of lower layers to the layer's numbers.
    pub(super) up: Memo,
}

impl Layer {
    fn new(name: Arc<str>, base: Base) -> Self {
        Self {
            name,
            base,
            down: Memo::default(),
            up: Memo::default(),
        }
    }
}

impl Default for Stack {
    fn default() -> Self {
        Self {
            layers: vec![Layer::new("".into(), Base::default())],
        }
    }
}

/// A fact of an entity, to ask which layer has it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fact {
    /// Its name.
    Name,
    /// What it is, in a word.
    Description,
    /// Its country.
    Country,
    /// The gender of the pronouns.
    Gender,
    /// The desk's note.
    Note,
}

/// # The base itself
impl Kb {
    /// The knowledge base in the binary.
    pub fn embedded() -> &'static Self {
        static KB: OnceLock<Kb> = OnceLock::new();
        static BYTES: &[u8] = include_bytes!("../../data/kb.bin");
        // A test holds that the bytes load; without them the program still works on names in the text.
        KB.get_or_init(|| Self::load(BYTES).unwrap_or_default())
    }

    /// Opens a knowledge base of one layer. Reads its head only: after that every lookup is total, and what
    /// is damaged gives no answer ([`Kb::damaged`]).
    pub fn load(bytes: impl Into<Bytes>) -> Result<Self, KbError> {
        Self::load_as("embedded", bytes)
    }

    /// The same, with a name for the layer.
    pub fn load_as(name: &str, bytes: impl Into<Bytes>) -> Result<Self, KbError> {
        let layers = vec![Layer::new(name.into(), Base::load(bytes)?)];
        Ok(Self {
            stack: Arc::new(Stack { layers }),
        })
    }

    /// This knowledge base with one more layer over it, which has the word wherever it knows something.
    pub fn with(&self, name: &str, bytes: impl Into<Bytes>) -> Result<Self, KbError> {
        Ok(self.and(&Self::load_as(name, bytes)?))
    }

    /// The layers of this knowledge base with those of `upper` over them; what would be more than
    /// [`MAX_LAYERS`] is left out.
    pub fn and(&self, upper: &Self) -> Self {
        let all = self.stack.layers.iter().chain(&upper.stack.layers);
        let new = all.map(|l| Layer::new(l.name.clone(), l.base.clone()));
        let layers = new.take(MAX_LAYERS).collect();
        Self {
            stack: Arc::new(Stack { layers }),
        }
    }

    /// Whether both are the same, not only alike.
    pub fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.stack, &other.stack)
    }

    /// Number of layers.
    pub fn n_layers(&self) -> usize {
        self.stack.layers.len()
    }

    /// What a layer is called, the lowest being number 0.
    pub fn layer_name(&self, layer: usize) -> &str {
        self.stack.layers.get(layer).map_or("", |l| &l.name)
    }

    /// How much a layer knows: entities, names, tenures.
    pub fn layer_size(&self, layer: usize) -> (usize, usize, usize) {
        let base = self.stack.layers.get(layer).map(|l| &l.base);
        base.map_or((0, 0, 0), |b| (b.len(), b.n_names(), b.n_tenures()))
    }

    /// The layers in which damage was found by what was looked up so far. Their answers are not complete.
    pub fn damaged(&self) -> impl Iterator<Item = &str> {
        let layers = self.stack.layers.iter();
        layers.filter(|l| l.base.is_damaged()).map(|l| &*l.name)
    }

    /// Whether the contents of each layer are those that were written. Reads every byte.
    pub fn checksum_holds(&self) -> bool {
        self.stack.layers.iter().all(|l| l.base.checksum_holds())
    }

    /// Number of entities. Where there are several layers each of them is looked up.
    pub fn len(&self) -> usize {
        match self.only() {
            Some(base) => base.len(),
            None => self.ids().count(),
        }
    }

    /// Whether it holds no entity.
    pub fn is_empty(&self) -> bool {
        self.stack.layers.iter().all(|l| l.base.len() == 0)
    }

    /// Number of names, forms made by rule included, in all layers.
    pub fn n_names(&self) -> usize {
        self.stack.layers.iter().map(|l| l.base.n_names()).sum()
    }

    /// Number of tenures in all layers.
    pub fn n_tenures(&self) -> usize {
        self.stack.layers.iter().map(|l| l.base.n_tenures()).sum()
    }

    /// All entity ids, each once, those of the lowest layer first.
    pub fn ids(&self) -> impl Iterator<Item = EntityId> {
        let layers = self.stack.layers.iter().enumerate();
        layers.flat_map(move |(n, layer)| {
            let all = layer.base.ids().map(move |local| (local, EntityId::of(n, local)));
            let new = all.filter(move |(local, id)| self.stack.canonical(n, *local) == *id);
            new.map(|(_, id)| id)
        })
    }

    /// The entities to compare with a name that is being typed: all of those of layers of a usual size, and
    /// of large ones those whose name begins so.
    pub fn browse(&self, prefix: &str) -> Vec<EntityId> {
        let mut found = Vec::new();
        for (n, layer) in self.stack.layers.iter().enumerate() {
            let large = layer.base.len() > BROWSED;
            let begun = large.then(|| layer.base.complete(&name_words(prefix).join(" "), 200));
            let begun = begun.into_iter().flatten().map(|hit| hit.entity);
            let all = layer.base.ids().filter(|_| !large);
            for local in begun.chain(all) {
                let id = self.stack.canonical(n, local);
                if n == 0 || id.layer() == n || large && !found.contains(&id) {
                    found.push(id);
                }
            }
        }
        found
    }

    /// The sources of all layers, with the number of the layer.
    pub fn sources(&self) -> impl Iterator<Item = (usize, Source<'_>)> {
        let layers = self.stack.layers.iter().enumerate();
        layers.flat_map(|(n, layer)| layer.base.sources().map(move |s| (n, s)))
    }

    /// The sources of all layers, and how many entities and tenures the layer has from each. Reads every
    /// record.
    pub fn sources_counted(&self) -> impl Iterator<Item = (Source<'_>, (usize, usize))> {
        self.stack.layers.iter().flat_map(|layer| {
            let counts = layer.base.counts_by_source();
            let all = layer.base.sources().zip(0..);
            all.map(move |(source, i)| (source, counts.get(&i).copied().unwrap_or_default()))
        })
    }

    /// The base, where there is but one layer.
    pub(super) fn only(&self) -> Option<&Base> {
        match self.stack.layers.as_slice() {
            [layer] => Some(&layer.base),
            _ => None,
        }
    }
}

impl Stack {
    /// The fact that the nearest layer has.
    fn fact<'a, T>(
        &'a self,
        id: EntityId,
        get: impl Fn(&'a Base, EntityId) -> Option<T>,
    ) -> Option<(usize, T)> {
        self.records(id)
            .find_map(|(n, base, local)| Some((n, get(base, local)?)))
    }

    /// The record of the lowest layer that knows the entity: what tells it from others is read there.
    fn first(&self, id: EntityId) -> Option<(&Base, EntityId)> {
        Some((&self.layers.get(id.layer())?.base, id.local()))
    }

    pub(super) fn by_code(&self, code: &str) -> Option<EntityId> {
        let mut layers = self.layers.iter().enumerate();
        layers.find_map(|(n, l)| Some(self.canonical(n, l.base.by_code(code)?)))
    }

    pub(super) fn code(&self, id: EntityId) -> Option<&str> {
        let (base, local) = self.first(id)?;
        base.code(local).or_else(|| {
            let (_, code) = self.fact(id, |base, local| base.code(local))?;
            Some(code)
        })
    }
}

/// # Entities
///
/// An id that is none of this base's gives empty answers. Of each fact the nearest layer has the word.
impl Kb {
    /// What the entity is.
    pub fn kind(&self, id: EntityId) -> Kind {
        self.stack
            .first(id)
            .map_or(Kind::Person, |(base, local)| base.kind(local))
    }

    /// Its canonical name.
    pub fn name(&self, id: EntityId) -> &str {
        let name = |base, local| Some(Base::name(base, local)).filter(|name| !name.is_empty());
        self.stack.fact(id, name).map_or("", |(_, name)| name)
    }

    /// Its stable id, the same in every build: the Wikidata id, the code of a country, or a slug.
    pub fn stable_id(&self, id: EntityId) -> Cow<'_, str> {
        let own = self.stack.first(id).and_then(|(base, local)| base.own_id(local));
        match (own, self.wikidata(id)) {
            (Some(text), _) => Cow::Borrowed(text),
            (None, Some(q)) => Cow::Owned(format!("Q{q}")),
            (None, None) => Cow::Borrowed(""),
        }
    }

    /// Its Wikidata number.
    pub fn wikidata(&self, id: EntityId) -> Option<u32> {
        let (base, local) = self.stack.first(id)?;
        base.wikidata(local)
            .or_else(|| self.stack.fact(id, Base::wikidata).map(|(_, q)| q))
    }

    /// 1: heads of state and government and of large bodies, sovereign states; 2: senior ministers, well
    /// known bodies; 3: others. What one layer thinks great is not made small by another.
    pub fn tier(&self, id: EntityId) -> u8 {
        let records = self.stack.records(id);
        records
            .map(|(_, base, local)| base.tier(local))
            .min()
            .unwrap_or(3)
    }

    /// ISO alpha-2 code of a country; acronym or stable code of an institution; of a person the country
    /// of the newest office.
    pub fn code(&self, id: EntityId) -> Option<&str> {
        match self.kind(id) {
            Kind::Person => self.code(self.country_of(id).filter(|c| self.kind(*c) != Kind::Person)?),
            _ => self.stack.code(id),
        }
    }

    /// The family name (or name of reference) of a person, where a source marks it.
    pub fn family(&self, id: EntityId) -> Option<&str> {
        self.stack.fact(id, Base::family).map(|(_, family)| family)
    }

    /// The official name of a country, where it is another than the short one ("French Republic").
    pub fn official_name(&self, id: EntityId) -> Option<&str> {
        self.stack.fact(id, Base::official_name).map(|(_, name)| name)
    }

    /// ISO 3166-1 alpha-3 code of a country. Reads all codes; [`Kb::by_code`] finds the country of one.
    pub fn alpha3(&self, country: EntityId) -> Option<&str> {
        self.stack.fact(country, Base::alpha3).map(|(_, code)| code)
    }

    /// Which pronouns a source supports for a person.
    pub fn gender(&self, id: EntityId) -> Gender {
        self.stack.fact(id, gender).map_or(Gender::Unknown, |(_, g)| g)
    }

    /// For an institution: what kind of body ("igo", "ministry", "party", "media" …); for a country
    /// "sovereign", "territory" or "historical"; for a place "city" or "region".
    pub fn description(&self, id: EntityId) -> Option<&str> {
        self.stack.fact(id, Base::description).map(|(_, what)| what)
    }

    /// The country, as the entity it is, of a person's newest office, of an institution, of a place. The
    /// European Union stands as country for its own bodies.
    pub fn country_of(&self, id: EntityId) -> Option<EntityId> {
        let (n, local) = self.stack.fact(id, Base::country_of)?;
        Some(self.stack.canonical(n, local))
    }

    /// The name with its article, as it stands in a sentence ("the United Kingdom", "France").
    pub fn in_sentence(&self, id: EntityId) -> &str {
        // A nearer layer's name has that layer's article or none.
        let name = |base, local| {
            let plain = Some(Base::name(base, local)).filter(|name| !name.is_empty());
            Base::in_sentence(base, local).or(plain)
        };
        self.stack.fact(id, name).map_or("", |(_, name)| name)
    }

    /// When a state or party began and ended, where a source says so.
    pub fn existed(&self, id: EntityId) -> (Option<Date>, Option<Date>) {
        let start = self.stack.fact(id, |base, local| base.existed(local).0);
        let end = self.stack.fact(id, |base, local| base.existed(local).1);
        (start.map(|(_, d)| d), end.map(|(_, d)| d))
    }

    /// What the desk wants to be remembered of it.
    pub fn note(&self, id: EntityId) -> Option<&str> {
        self.stack.fact(id, Base::note).map(|(_, note)| note)
    }

    /// The source that the entity comes from, in the lowest layer that knows it.
    pub fn source(&self, id: EntityId) -> Source<'_> {
        match self.stack.first(id) {
            Some((base, local)) => base.source(local),
            None => Source {
                id: "",
                as_of: None,
                license: "",
                what: "",
            },
        }
    }

    /// The layers that know an entity, the nearest first.
    pub fn layers_of(&self, id: EntityId) -> impl Iterator<Item = usize> {
        self.stack.records(id).map(|(n, ..)| n)
    }

    /// The layer that has a fact of an entity.
    pub fn layer_of(&self, id: EntityId, fact: Fact) -> Option<usize> {
        let some = |text: &str| (!text.is_empty()).then_some(());
        let found = self.stack.fact(id, |base, local| match fact {
            Fact::Name => some(base.name(local)),
            Fact::Description => base.description(local).map(|_| ()),
            Fact::Country => base.country_of(local).map(|_| ()),
            Fact::Gender => gender(base, local).map(|_| ()),
            Fact::Note => base.note(local).map(|_| ()),
        });
        found.map(|(n, ())| n)
    }

    /// All names of an entity, forms made by rule included, those of the nearest layer first.
    pub fn names_of(&self, id: EntityId) -> impl Iterator<Item = NameHit<'_>> {
        let mut seen: Vec<(NameForm, &str)> = Vec::new();
        let several = self.n_layers() > 1;
        let all = self.stack.records(id).flat_map(move |(layer, base, local)| {
            base.names_of(local).map(move |hit| NameHit {
                entity: id,
                layer,
                ..hit
            })
        });
        all.filter(move |hit| {
            let new = !several || !seen.contains(&(hit.form, hit.surface));
            if several && new {
                seen.push((hit.form, hit.surface));
            }
            new
        })
    }

    /// The country, body or place of that code, or the entity of that stable id.
    pub fn by_code(&self, code: &str) -> Option<EntityId> {
        self.stack.by_code(code)
    }

    /// The entity of that Wikidata number.
    pub fn by_wikidata(&self, number: u32) -> Option<EntityId> {
        let mut layers = self.stack.layers.iter().enumerate();
        layers.find_map(|(n, l)| Some(self.stack.canonical(n, l.base.by_wikidata(number)?)))
    }

    /// The entity of that stable id, Wikidata id or code.
    pub fn by_id(&self, id: &str) -> Option<EntityId> {
        let number = id.strip_prefix('Q').and_then(|n| n.parse().ok());
        number
            .and_then(|q| self.by_wikidata(q))
            .or_else(|| self.by_code(id))
    }

    /// The members of a group of states: `members("EU")`, `members("NATO")`, `members("G20")`.
    pub fn members(&self, group: &str) -> impl Iterator<Item = EntityId> {
        let group = self.by_code(group);
        group
            .into_iter()
            .flat_map(|group| self.related(group, format::MEMBER))
    }

    /// The groups that a state belongs to.
    pub fn groups_of(&self, member: EntityId) -> impl Iterator<Item = EntityId> {
        let records = self.stack.records(member);
        self.once(records.flat_map(move |(n, base, local)| {
            let groups = base.related_to(local, format::MEMBER);
            groups.map(move |id| self.stack.canonical(n, id))
        }))
    }

    /// The states that came before another.
    pub fn predecessors(&self, id: EntityId) -> impl Iterator<Item = EntityId> {
        self.related(id, format::PREDECESSOR)
    }

    /// The states that came after a historical one.
    pub fn successors(&self, id: EntityId) -> impl Iterator<Item = EntityId> {
        let records = self.stack.records(id);
        self.once(records.flat_map(move |(n, base, local)| {
            let later = base.related_to(local, format::PREDECESSOR);
            later.map(move |id| self.stack.canonical(n, id))
        }))
    }

    fn related(&self, of: EntityId, relation: u8) -> impl Iterator<Item = EntityId> {
        self.once(self.stack.records(of).flat_map(move |(n, base, local)| {
            let all = base.related(local, relation);
            all.map(move |id| self.stack.canonical(n, id))
        }))
    }

    /// Each of them once; one layer alone has none twice.
    fn once(&self, ids: impl Iterator<Item = EntityId>) -> impl Iterator<Item = EntityId> {
        let mut seen = Vec::new();
        let several = self.n_layers() > 1;
        ids.filter(move |id| {
            let new = !several || !seen.contains(id);
            if several && new {
                seen.push(*id);
            }
            new
        })
    }
}

fn gender(base: &Base, local: EntityId) -> Option<Gender> {
    Some(base.gender(local)).filter(|g| *g != Gender::Unknown)
}

/// # Offices
impl Kb {
    /// All offices of a person, oldest first.
    pub fn tenures(&self, person: EntityId) -> impl Iterator<Item = Tenure<'_>> {
        let only = self.only().map(|base| base.tenures(person));
        let several = only.is_none().then(|| self.stack.tenures(person));
        only.into_iter().flatten().chain(several.into_iter().flatten())
    }

    /// Those who may have held `role` in `org` on `day`, those certain of it first. `Holds` of each is
    /// never `NotYet` or `NoLonger`.
    pub fn holders(&self, org: &str, role: Role, day: Date) -> Vec<(Tenure<'_>, Holds)> {
        let mut holders: Vec<_> = self
            .tenures_in(org, role)
            .map(|t| (t, t.holds(day)))
            .filter(|(_, holds)| matches!(holds, Holds::Yes | Holds::Maybe))
            .collect();
        // Who held an office for one is a fact like others: the nearest layer that is certain has the word.
        let certain = holders.iter().filter(|(_, holds)| *holds == Holds::Yes);
        if let Some(nearest) = certain.map(|(t, _)| t.layer).max().filter(|_| role.is_single()) {
            holders.retain(|(t, _)| t.layer >= nearest);
        }
        // Of those in doubt, the one who came last is the likeliest.
        holders.order_by_key(|(t, holds)| {
            (
                *holds == Holds::Maybe,
                std::cmp::Reverse(t.start.map(Date::earliest)),
            )
        });
        holders
    }

    /// All who held `role` in `org`, oldest first.
    pub fn tenures_in(&self, org: &str, role: Role) -> impl Iterator<Item = Tenure<'_>> {
        let only = self.only().map(|base| base.tenures_in(org, role));
        let several = only.is_none().then(|| self.stack.tenures_in(org, role));
        only.into_iter().flatten().chain(several.into_iter().flatten())
    }

    /// The office that says best who a person was on `day`: one certainly held before one perhaps held,
    /// then by [`Role::rank`], then the newest.
    pub fn office_of(&self, person: EntityId, day: Date) -> Option<(Tenure<'_>, Holds)> {
        let home = self.country_of(person).and_then(|c| self.code(c));
        self.tenures(person)
            .map(|t| (t, t.holds(day)))
            .filter(|(_, holds)| matches!(holds, Holds::Yes | Holds::Maybe))
            .min_by_key(|(t, holds)| {
                (
                    *holds == Holds::Maybe,
                    t.role.rank(),
                    Some(t.org) != home,
                    std::cmp::Reverse(t.start.map(Date::earliest)),
                )
            })
    }

    /// The highest office that a person had left before `day`, the newest of that rank: for "former".
    pub fn former_office(&self, person: EntityId, day: Date) -> Option<Tenure<'_>> {
        self.tenures(person)
            .filter(|t| t.holds(day) == Holds::NoLonger)
            .min_by_key(|t| (t.role.rank(), std::cmp::Reverse(t.end.map(Date::latest))))
    }
}
