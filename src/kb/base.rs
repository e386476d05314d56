//! One knowledge base: records read in place. Ids are those of this base alone; [`super::stack`] makes one
//! of several.

use std::collections::BTreeMap;

use crate::{
    base::date::Date,
    kb::{
        EntityId, Gender, Kind, NameForm, NameHit, Role, Source, Tenure,
        error::KbError,
        format::{self, Bytes, File, NONE, Section, unpack_date},
        index::Index,
        source,
    },
};

/// The bytes of a base, and where its names begin.
#[derive(Clone, Debug, Default)]
pub(super) struct Base {
    file: File,
    root: usize,
}

/// Where a walk through the names of one base stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Place {
    node: u32,
    out: u32,
}

impl Place {
    /// No name goes on from here.
    pub(super) const NOWHERE: Self = Self {
        node: u32::MAX,
        out: u32::MAX,
    };
}

// Bytes of an entity record: twelve words, then kind, tier, gender, layer.
const E_NAME: usize = 0;
const E_ID: usize = 4;
const E_CODE: usize = 8;
const E_WHAT: usize = 12;
const E_FAMILY: usize = 16;
const E_IN_SENTENCE: usize = 20;
const E_COUNTRY: usize = 24;
const E_WIKIDATA: usize = 28;
const E_START: usize = 32;
const E_END: usize = 36;
const E_TENURE: usize = 40;
const E_FIRST_NAME: usize = 44;
const E_KIND: usize = 48;
const E_TIER: usize = 49;
const E_GENDER: usize = 50;
const E_LAYER: usize = 51;

/// # The base itself
impl Base {
    /// Opens a base. Checks its head only: after that every lookup is total, and what is damaged gives no
    /// answer. [`Base::checksum_holds`] reads it all.
    pub(super) fn load(bytes: impl Into<Bytes>) -> Result<Self, KbError> {
        let file = File::open(bytes.into())?;
        let Some((_, root)) = Index::new(file.section(Section::Index)) else {
            return Err(KbError::format(match file.is_damaged() {
                true => "its contents are damaged, fetch or build it anew",
                false => "its name index is no transducer of version 3",
            }));
        };
        if file.count(Section::Entities) > EntityId::MAX_LOCAL {
            return Err(KbError::format("it has more entities than a layer can have"));
        }
        Ok(Self { file, root })
    }

    /// Whether the contents are those that were written. Reads every byte.
    pub(super) fn checksum_holds(&self) -> bool {
        self.file.checksum_holds()
    }

    /// Whether damage was found by what was looked up so far.
    pub(super) fn is_damaged(&self) -> bool {
        self.file.is_damaged()
    }

    /// A number that differs with the contents: the checksum of the head, which has those of all blocks.
    pub(super) fn fingerprint(&self) -> u64 {
        self.file.fingerprint()
    }

    /// Number of entities.
    pub(super) fn len(&self) -> usize {
        self.file.count(Section::Entities) as usize
    }

    /// Number of names, forms made by rule included.
    pub(super) fn n_names(&self) -> usize {
        self.file.count(Section::Names) as usize
    }

    /// Number of tenures.
    pub(super) fn n_tenures(&self) -> usize {
        self.file.count(Section::Tenures) as usize
    }

    /// All entity ids.
    pub(super) fn ids(&self) -> impl Iterator<Item = EntityId> + use<> {
        (0..self.file.count(Section::Entities)).map(EntityId)
    }

    /// The sources.
    pub(super) fn sources(&self) -> impl Iterator<Item = Source<'_>> {
        (0..self.file.count(Section::Layers)).map(|i| self.source_at(i))
    }

    /// How many entities and tenures each source has, by its number.
    pub(super) fn counts_by_source(&self) -> BTreeMap<u8, (usize, usize)> {
        let mut counts: BTreeMap<u8, (usize, usize)> = BTreeMap::new();
        for id in self.ids() {
            counts.entry(self.entity_byte(id, E_LAYER)).or_default().0 += 1;
        }
        for i in 0..self.file.count(Section::Tenures) {
            if let Some(source) = self.file.record(Section::Tenures, i).and_then(|r| r.get(33)) {
                counts.entry(*source).or_default().1 += 1;
            }
        }
        counts
    }

    fn source_id(&self, i: u32) -> &str {
        self.file
            .string(self.file.word(Section::Layers, i, 0).unwrap_or(0))
    }

    fn source_at(&self, i: u32) -> Source<'_> {
        let word = |at| self.file.word(Section::Layers, i, at).unwrap_or(0);
        Source {
            id: self.source_id(i),
            license: self.file.string(word(4)),
            what: self.file.string(word(8)),
            as_of: unpack_date(word(12)),
        }
    }
}

/// # Entities
///
/// An id that is none of this base's gives empty answers.
impl Base {
    fn entity_word(&self, id: EntityId, at: usize) -> u32 {
        self.file.word(Section::Entities, id.0, at).unwrap_or(0)
    }

    fn entity_byte(&self, id: EntityId, at: usize) -> u8 {
        let record = self.file.record(Section::Entities, id.0);
        record.and_then(|r| r.get(at)).copied().unwrap_or(0)
    }

    fn entity_text(&self, id: EntityId, at: usize) -> Option<&str> {
        Some(self.file.string(self.entity_word(id, at))).filter(|s| !s.is_empty())
    }

    /// What the entity is.
    pub(super) fn kind(&self, id: EntityId) -> Kind {
        match self.entity_byte(id, E_KIND) {
            0 => Kind::Country,
            1 => Kind::Institution,
            2 => Kind::Place,
            _ => Kind::Person,
        }
    }

    /// Its canonical name.
    pub(super) fn name(&self, id: EntityId) -> &str {
        self.file.string(self.entity_word(id, E_NAME))
    }

    /// Its id where that is not the Wikidata id.
    pub(super) fn own_id(&self, id: EntityId) -> Option<&str> {
        self.entity_text(id, E_ID)
    }

    /// Its Wikidata number.
    pub(super) fn wikidata(&self, id: EntityId) -> Option<u32> {
        Some(self.entity_word(id, E_WIKIDATA)).filter(|q| *q != 0)
    }

    /// 1: heads of state and government and of large bodies, sovereign states; 2: senior ministers, well
    /// known bodies; 3: others.
    pub(super) fn tier(&self, id: EntityId) -> u8 {
        self.entity_byte(id, E_TIER).clamp(1, 3)
    }

    /// ISO alpha-2 code of a country; acronym or stable code of an institution or place.
    pub(super) fn code(&self, id: EntityId) -> Option<&str> {
        self.entity_text(id, E_CODE)
            .or_else(|| self.entity_text(id, E_ID))
            .filter(|_| self.kind(id) != Kind::Person)
    }

    /// The family name (or name of reference) of a person, where a source marks it.
    pub(super) fn family(&self, id: EntityId) -> Option<&str> {
        self.entity_text(id, E_FAMILY)
            .filter(|_| self.kind(id) == Kind::Person)
    }

    /// The official name of a country, where it is another than the short one.
    pub(super) fn official_name(&self, id: EntityId) -> Option<&str> {
        self.entity_text(id, E_FAMILY)
            .filter(|_| self.kind(id) == Kind::Country)
    }

    /// ISO 3166-1 alpha-3 code of a country. Reads all codes.
    pub(super) fn alpha3(&self, id: EntityId) -> Option<&str> {
        let word = |i, at| self.file.word(Section::Codes, i, at);
        (0..self.file.count(Section::Codes))
            .filter(|i| self.kind(id) == Kind::Country && word(*i, 4) == Some(id.0))
            .filter_map(|i| Some(self.file.string(word(i, 0)?)))
            .find(|code| code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase()))
    }

    /// Which pronouns a source supports for a person.
    pub(super) fn gender(&self, id: EntityId) -> Gender {
        match self.entity_byte(id, E_GENDER) {
            1 => Gender::Female,
            2 => Gender::Male,
            _ => Gender::Unknown,
        }
    }

    /// For an institution: what kind of body ("igo", "ministry", "party", "media" …); for a country
    /// "sovereign", "territory" or "historical"; for a place "city" or "region".
    pub(super) fn description(&self, id: EntityId) -> Option<&str> {
        self.entity_text(id, E_WHAT)
    }

    /// The country, as the entity it is, of a person's newest office, of an institution, of a place. The
    /// European Union stands as country for its own bodies.
    pub(super) fn country_of(&self, id: EntityId) -> Option<EntityId> {
        let country = self.file.word(Section::Entities, id.0, E_COUNTRY)?;
        (country != NONE && (country as usize) < self.len()).then_some(EntityId(country))
    }

    /// The name with its article, where it has one, as it stands in a sentence ("the United Kingdom").
    pub(super) fn in_sentence(&self, id: EntityId) -> Option<&str> {
        self.entity_text(id, E_IN_SENTENCE)
    }

    /// When a state or party began and ended, where a source says so.
    pub(super) fn existed(&self, id: EntityId) -> (Option<Date>, Option<Date>) {
        (
            unpack_date(self.entity_word(id, E_START)),
            unpack_date(self.entity_word(id, E_END)),
        )
    }

    /// What the desk wants to be remembered of it.
    pub(super) fn note(&self, id: EntityId) -> Option<&str> {
        let at = self.lower_bound(Section::Notes, |i| {
            self.file.word(Section::Notes, i, 0).is_some_and(|e| e < id.0)
        });
        let found = self.file.word(Section::Notes, at, 0)? == id.0;
        found.then(|| {
            self.file
                .string(self.file.word(Section::Notes, at, 4).unwrap_or(0))
        })
    }

    /// The source that the entity comes from.
    pub(super) fn source(&self, id: EntityId) -> Source<'_> {
        self.source_at(u32::from(self.entity_byte(id, E_LAYER)))
    }

    /// All names of an entity, forms made by rule included.
    pub(super) fn names_of(&self, id: EntityId) -> impl Iterator<Item = NameHit<'_>> {
        let first = self.entity_word(id, E_FIRST_NAME);
        (first..self.file.count(Section::ByEntity))
            .map_while(|i| self.file.word(Section::ByEntity, i, 0))
            .map_while(|name| self.name_hit(name).map(|(hit, _)| hit))
            .take_while(move |hit| hit.entity == id)
    }

    /// The country, body or place of that code, or the entity of that stable id.
    pub(super) fn by_code(&self, code: &str) -> Option<EntityId> {
        let at = self.lower_bound(Section::Codes, |i| {
            let text = self
                .file
                .word(Section::Codes, i, 0)
                .map_or("", |at| self.file.string(at));
            text < code
        });
        let found = || {
            let text = self.file.word(Section::Codes, at, 0)?;
            let entity = self.file.word(Section::Codes, at, 4)?;
            (self.file.string(text) == code && (entity as usize) < self.len()).then_some(EntityId(entity))
        };
        // Where the Wikidata id is the stable id, it is not stored a second time.
        let by_number = || {
            let id = self.by_wikidata(code.strip_prefix('Q')?.parse().ok()?)?;
            self.own_id(id).is_none().then_some(id)
        };
        found().or_else(by_number)
    }

    /// The entity of that Wikidata number.
    pub(super) fn by_wikidata(&self, number: u32) -> Option<EntityId> {
        let at = self.lower_bound(Section::ByWikidata, |i| {
            self.file
                .word(Section::ByWikidata, i, 0)
                .is_some_and(|q| q < number)
        });
        let found = self.file.word(Section::ByWikidata, at, 0)?;
        let entity = self.file.word(Section::ByWikidata, at, 4)?;
        (found == number && (entity as usize) < self.len()).then_some(EntityId(entity))
    }

    /// The entities that stand in `relation` to `of`: its members, its successors.
    pub(super) fn related(&self, of: EntityId, relation: u8) -> impl Iterator<Item = EntityId> {
        // The relations stand in the order of these.
        let key = move |i| {
            let word = |at| self.file.word(Section::Relations, i, at);
            Some((word(0)?, word(4)?))
        };
        let wanted = (of.0, u32::from(relation));
        let first = self.lower_bound(Section::Relations, |i| key(i).is_some_and(|k| k < wanted));
        (first..self.file.count(Section::Relations))
            .take_while(move |i| key(*i) == Some(wanted))
            .filter_map(|i| self.known(self.file.word(Section::Relations, i, 8)))
    }

    /// The entities to which `to` stands in `relation`: the groups it belongs to, what came before it.
    pub(super) fn related_to(&self, to: EntityId, relation: u8) -> impl Iterator<Item = EntityId> {
        (0..self.file.count(Section::Relations)).filter_map(move |i| {
            let word = |at| self.file.word(Section::Relations, i, at);
            (word(4)? == u32::from(relation) && word(8)? == to.0).then(|| self.known(word(0)))?
        })
    }

    /// The id, if it is one.
    fn known(&self, id: Option<u32>) -> Option<EntityId> {
        id.filter(|id| (*id as usize) < self.len()).map(EntityId)
    }

    /// Index of the first record for which `before` is false.
    fn lower_bound(&self, section: Section, before: impl Fn(u32) -> bool) -> u32 {
        let (mut low, mut high) = (0, self.file.count(section));
        while low < high {
            let middle = low + (high - low) / 2;
            if before(middle) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }
}

/// # Offices
impl Base {
    fn tenure(&self, i: u32) -> Option<Tenure<'_>> {
        let word = |at| self.file.word(Section::Tenures, i, at);
        let person = word(0).filter(|p| (*p as usize) < self.len())?;
        let tail = self.file.record(Section::Tenures, i)?;
        let role = source::ROLES
            .get(usize::from(*tail.get(32)?))
            .map_or(Role::Other, |(role, _)| *role);
        Some(Tenure {
            person: EntityId(person),
            org: self.file.string(word(4)?),
            role,
            office: self.file.string(word(8)?),
            start: unpack_date(word(16)?),
            end: unpack_date(word(20)?),
            doubt_from: unpack_date(word(24)?),
            as_of: unpack_date(word(28)?),
            party: Some(self.file.string(word(12)?)).filter(|p| !p.is_empty()),
            source: self.source_id(u32::from(*tail.get(33)?)),
            layer: 0,
        })
    }

    /// All offices of a person, oldest first.
    pub(super) fn tenures(&self, person: EntityId) -> impl Iterator<Item = Tenure<'_>> {
        let first = match self.kind(person) {
            Kind::Person => self.entity_word(person, E_TENURE),
            _ => u32::MAX,
        };
        (first..self.file.count(Section::Tenures))
            .map_while(|i| self.tenure(i))
            .take_while(move |t| t.person == person)
    }

    /// All who held `role` in `org`, oldest first.
    pub(super) fn tenures_in(&self, org: &str, role: Role) -> impl Iterator<Item = Tenure<'_>> {
        let at = |i| self.tenure(self.file.word(Section::ByOrg, i, 0)?);
        let first = self.lower_bound(Section::ByOrg, |i| {
            at(i).is_some_and(|t| (t.org, t.role) < (org, role))
        });
        let org = org.to_owned();
        (first..self.file.count(Section::ByOrg))
            .map_while(at)
            .take_while(move |t| t.org == org && t.role == role)
    }
}

/// # Names
impl Base {
    /// Begins a walk through the names.
    pub(super) fn walk(&self) -> Place {
        Place {
            node: u32::try_from(self.root).unwrap_or(u32::MAX),
            out: 0,
        }
    }

    /// Some bytes of a folded word further, behind a space if `behind`.
    pub(super) fn step(&self, at: Place, behind: bool, word: &str) -> Option<Place> {
        let index = Index::over(self.file.section(Section::Index));
        let (mut node, mut out) = (at.node as usize, at.out);
        for byte in behind.then_some(b' ').into_iter().chain(word.bytes()) {
            let (to, more) = index.next(node, byte)?;
            node = to;
            out = out.wrapping_add(more as u32);
        }
        let node = u32::try_from(node).ok()?;
        Some(Place { node, out })
    }

    /// What the words walked so far may mean, likeliest first: forms of sources before forms of rules,
    /// then by tier. Empty when no name ends here.
    pub(super) fn hits(&self, at: Place) -> impl Iterator<Item = NameHit<'_>> {
        let index = Index::over(self.file.section(Section::Index));
        let more = index.final_output(at.node as usize);
        let mut next = more.map(|more| at.out.wrapping_add(more as u32));
        std::iter::from_fn(move || {
            let i = next.take()?;
            let (hit, last) = self.name_hit(i)?;
            if !last {
                next = i.checked_add(1);
            }
            Some(hit)
        })
    }

    /// All that a name may mean, given as its folded words.
    pub(super) fn lookup<'a>(&'a self, words: &[String]) -> impl Iterator<Item = NameHit<'a>> + use<'a> {
        let mut at = (!words.is_empty()).then(|| self.walk());
        for (i, word) in words.iter().enumerate() {
            at = at.and_then(|at| self.step(at, i > 0, word));
        }
        at.into_iter().flat_map(|at| self.hits(at))
    }

    /// Names that begin with `key`, folded words joined by spaces, in the order of the index, at most `limit`
    /// of them and each entity once.
    pub(super) fn complete(&self, key: &str, limit: usize) -> Vec<NameHit<'_>> {
        let index = Index::over(self.file.section(Section::Index));
        let mut found: Vec<NameHit<'_>> = Vec::new();
        let mut open: Vec<Place> = self.step(self.walk(), false, key).into_iter().collect();
        // Damaged bytes could make the way endless wide, though never endless deep.
        let mut steps = 0;
        while let Some(at) = open.pop() {
            steps += 1;
            if found.len() >= limit || steps > 100_000 {
                break;
            }
            for hit in self.hits(at) {
                if found.len() < limit && !found.iter().any(|f| f.entity == hit.entity) {
                    found.push(hit);
                }
            }
            let first = open.len();
            index.each(at.node as usize, |_, to, more| {
                if let Ok(node) = u32::try_from(to) {
                    let out = at.out.wrapping_add(more as u32);
                    open.push(Place { node, out });
                }
            });
            open[first..].reverse();
        }
        found
    }

    /// The record of a name, and whether it is the last of its key.
    fn name_hit(&self, i: u32) -> Option<(NameHit<'_>, bool)> {
        let record = self.file.record(Section::Names, i)?;
        let word = |at| self.file.word(Section::Names, i, at);
        let entity = word(0).filter(|e| (*e as usize) < self.len())?;
        let form = source::FORMS
            .get(usize::from(*record.get(8)?))
            .map_or(NameForm::Alias, |(form, _)| *form);
        let flags = *record.get(9)?;
        let dated = u32::from(u16::from_le_bytes([*record.get(10)?, *record.get(11)?]));
        let date = |at| match dated {
            0 => None,
            _ => unpack_date(self.file.word(Section::Dates, dated, at)?),
        };
        let hit = NameHit {
            entity: EntityId(entity),
            form,
            surface: self.file.string(word(4)?),
            derived: flags & format::DERIVED != 0,
            weak: flags & format::WEAK != 0,
            former: flags & format::FORMER != 0,
            from: date(0),
            to: date(4),
            layer: 0,
        };
        Some((hit, flags & format::LAST != 0))
    }
}
