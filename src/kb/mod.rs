//! What is known of the world: countries, leaders with dated offices, institutions, and the names
//! under which they stand in text. Immutable after load; lookups cannot fail.
//!
//! ```text
//! data/kb/*.tsv ─ source ─► Tables ─ compile ─► bytes (data/kb.bin) ─ Kb::load ─► lookups in place
//! ```

mod amend;
pub mod compile;
mod derive;
pub mod error;
pub mod format;
mod index;
pub mod source;
pub mod verify;

use std::{borrow::Cow, sync::OnceLock};

use crate::{
    base::date::{Date, Holds},
    kb::{
        error::KbError,
        format::{Bytes, File, NONE, Section, unpack_date},
        index::Index,
    },
};

/// Index of an entity of one loaded knowledge base.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct EntityId(pub u32);

/// What an entity is. The order is that of the ids in a base: first countries, last people.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Kind {
    /// A state or territory, historical ones included.
    Country,
    /// A body: international, parliament, ministry, party, armed group, news agency, company …
    Institution,
    /// A city or region.
    Place,
    /// A human being.
    Person,
}

/// How a name stands for its entity.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum NameForm {
    /// Full or canonical name.
    Name,
    /// Another full name: a variant spelling, a former or official name.
    Alias,
    /// A family name alone (or the name of reference where that is a given name).
    Surname,
    /// An acronym; matches in the case it is stored in only.
    Acronym,
    /// A person of the country, or its people ("Ukrainian", "Ukrainians", "Briton").
    DemonymNoun,
    /// The adjective of a country ("French").
    Adjective,
    /// A capital, which names the place or the government ("Kyiv").
    Capital,
    /// A seat of power that stands for the government or body ("the Kremlin").
    Metonym,
}

/// What an office is, for questions such as "who was head of government of DE on this day?".
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[allow(
    missing_docs,
    reason = "the names say what they are; the table in data/README.md defines each"
)]
pub enum Role {
    HeadOfState,
    HeadOfGovernment,
    DeputyHeadOfGovernment,
    ForeignMinister,
    DefenceMinister,
    FinanceMinister,
    InteriorMinister,
    JusticeMinister,
    HealthMinister,
    EconomyMinister,
    EnergyMinister,
    TradeMinister,
    CultureMinister,
    Minister,
    JuniorMinister,
    Speaker,
    Legislator,
    PartyLeader,
    OppositionLeader,
    CentralBank,
    MilitaryChief,
    OrgHead,
    Ambassador,
    AmbassadorUn,
    Spokesperson,
    ChiefJustice,
    Judge,
    ProsecutorGeneral,
    SecurityAdviser,
    GovernorGeneral,
    FirstLady,
    Subnational,
    Other,
}

/// Grammatical gender of the pronouns that a source or a given name supports.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
#[allow(missing_docs, reason = "the names say what they are")]
pub enum Gender {
    #[default]
    Unknown,
    Female,
    Male,
}

impl Role {
    /// The role as tables, command line and JSON write it ("head_of_government").
    pub fn text(self) -> &'static str {
        source::role_text(self)
    }

    /// The role of that name; hyphens do as well.
    pub fn parse(text: &str) -> Option<Self> {
        source::parse_role(text)
    }

    /// Whether one person at a time holds it, as a rule.
    pub fn is_single(self) -> bool {
        !matches!(
            self,
            Self::DeputyHeadOfGovernment
                | Self::Minister
                | Self::JuniorMinister
                | Self::Legislator
                | Self::PartyLeader
                | Self::Ambassador
                | Self::Spokesperson
                | Self::Judge
                | Self::OrgHead
                | Self::FirstLady
                | Self::Subnational
                | Self::Other
        )
    }

    /// How much the office tells about who somebody is: 0 tells most. Of several offices held at once the
    /// card of a person shows the lowest.
    pub fn rank(self) -> u8 {
        match self {
            Self::HeadOfGovernment | Self::HeadOfState => 0,
            Self::OrgHead => 1,
            Self::DeputyHeadOfGovernment | Self::ForeignMinister => 2,
            Self::DefenceMinister | Self::FinanceMinister | Self::InteriorMinister | Self::CentralBank => 3,
            Self::Speaker | Self::OppositionLeader | Self::PartyLeader | Self::ChiefJustice => 4,
            Self::Legislator | Self::Other | Self::FirstLady => 7,
            Self::Subnational | Self::JuniorMinister | Self::Judge => 6,
            _ => 5,
        }
    }
}

/// One office held by one person for a time.
#[derive(Clone, Copy, Debug)]
pub struct Tenure<'kb> {
    /// The person who held it.
    pub person: EntityId,
    /// ISO 3166 alpha-2 code of the country, or the code of the body ("NATO"); see [`Kb::by_code`].
    pub org: &'kb str,
    /// What the office is.
    pub role: Role,
    /// Its title as shown, e.g. "Federal Chancellor".
    pub office: &'kb str,
    /// When it began, if known.
    pub start: Option<Date>,
    /// When it ended; `None` means "not known to have ended as of `as_of`", never "in office today".
    pub end: Option<Date>,
    /// From this day on the sources disagree, or the end is only inferred: what holds then is not certain.
    pub doubt_from: Option<Date>,
    /// The day the source was last checked.
    pub as_of: Option<Date>,
    /// The party for which a legislator sits, where the source says so.
    pub party: Option<&'kb str>,
    /// The source layer, as data/README.md lists them.
    pub source: &'kb str,
}

impl Tenure<'_> {
    /// Whether the office was held on `day`, as far as the source can tell.
    pub fn holds(&self, day: Date) -> Holds {
        match Date::holds(self.start, self.end, self.as_of, day) {
            Holds::Yes
                if self
                    .doubt_from
                    .is_some_and(|from| from.earliest() <= day.latest()) =>
            {
                Holds::Maybe
            }
            holds => holds,
        }
    }
}

/// One thing that a name may mean.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NameHit<'kb> {
    /// The entity named.
    pub entity: EntityId,
    /// How the name stands for it.
    pub form: NameForm,
    /// The name as stored, with its case and marks; an [`NameForm::Acronym`] must equal the text.
    pub surface: &'kb str,
    /// A rule made this form, no source writes it (`derive.rs`).
    pub derived: bool,
    /// To be believed only after a fuller name of the same entity ("Leyen" after "von der Leyen").
    pub weak: bool,
    /// A name that the entity no longer bears.
    pub former: bool,
    /// When the name came into use, where it is known ("Türkiye" 2022-06).
    pub from: Option<Date>,
    /// When it went out of use.
    pub to: Option<Date>,
}

/// A knowledge base, embedded or loaded. Reads its records in place.
#[derive(Clone, Debug, Default)]
pub struct Kb {
    file: File,
    root: usize,
}

/// Where a walk through the name index stands. Cheap to copy.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cursor {
    node: usize,
    out: u64,
    begun: bool,
}

/// A source layer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Layer<'kb> {
    /// Its id, as tenures and entities name it.
    pub id: &'kb str,
    /// Its newest date.
    pub as_of: Option<Date>,
    /// The licence under which it ships.
    pub licence: &'kb str,
    /// What it is.
    pub what: &'kb str,
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
impl Kb {
    /// The knowledge base in the binary.
    pub fn embedded() -> &'static Self {
        static KB: OnceLock<Kb> = OnceLock::new();
        static BYTES: &[u8] = include_bytes!("../../data/kb.bin");
        // A test holds that the bytes load; without them the program still works on names in the text.
        KB.get_or_init(|| Self::load(BYTES).unwrap_or_default())
    }

    /// Opens a knowledge base. Checks its frame only, in constant time: after that every lookup is total
    /// and a damaged record gives an answer of nothing. [`Kb::checksum_holds`] reads it all.
    pub fn load(bytes: impl Into<Bytes>) -> Result<Self, KbError> {
        let file = File::open(bytes.into())?;
        let (_, root) = Index::new(file.section(Section::Index))
            .ok_or(KbError::format("its name index is no transducer of version 3"))?;
        Ok(Self { file, root })
    }

    /// Whether the contents are those that were written. Reads every byte.
    pub fn checksum_holds(&self) -> bool {
        self.file.checksum_holds()
    }

    /// Number of entities.
    pub fn len(&self) -> usize {
        self.file.count(Section::Entities) as usize
    }

    /// Whether it holds no entity.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Number of names, forms made by rule included.
    pub fn n_names(&self) -> usize {
        self.file.count(Section::Names) as usize
    }

    /// Number of tenures.
    pub fn n_tenures(&self) -> usize {
        self.file.count(Section::Tenures) as usize
    }

    /// All entity ids.
    pub fn ids(&self) -> impl Iterator<Item = EntityId> + use<> {
        (0..self.file.count(Section::Entities)).map(EntityId)
    }

    /// The sources.
    pub fn layers(&self) -> impl Iterator<Item = Layer<'_>> {
        (0..self.file.count(Section::Layers)).map(|i| self.layer(i))
    }

    fn layer(&self, i: u32) -> Layer<'_> {
        let word = |at| self.file.word(Section::Layers, i, at).unwrap_or(0);
        Layer {
            id: self.file.string(word(0)),
            licence: self.file.string(word(4)),
            what: self.file.string(word(8)),
            as_of: unpack_date(word(12)),
        }
    }
}

/// # Entities
///
/// An id that is none of this base's gives empty answers.
impl Kb {
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
    pub fn kind(&self, id: EntityId) -> Kind {
        match self.entity_byte(id, E_KIND) {
            0 => Kind::Country,
            1 => Kind::Institution,
            2 => Kind::Place,
            _ => Kind::Person,
        }
    }

    /// Its canonical name.
    pub fn name(&self, id: EntityId) -> &str {
        self.file.string(self.entity_word(id, E_NAME))
    }

    /// Its stable id, the same in every build: the Wikidata id, the code of a country, or a slug.
    pub fn stable_id(&self, id: EntityId) -> Cow<'_, str> {
        match (self.entity_text(id, E_ID), self.wikidata(id)) {
            (Some(text), _) => Cow::Borrowed(text),
            (None, Some(q)) => Cow::Owned(format!("Q{q}")),
            (None, None) => Cow::Borrowed(""),
        }
    }

    /// Its Wikidata number.
    pub fn wikidata(&self, id: EntityId) -> Option<u32> {
        Some(self.entity_word(id, E_WIKIDATA)).filter(|q| *q != 0)
    }

    /// 1: heads of state and government and of large bodies, sovereign states; 2: senior ministers, well
    /// known bodies; 3: others.
    pub fn tier(&self, id: EntityId) -> u8 {
        self.entity_byte(id, E_TIER).clamp(1, 3)
    }

    /// ISO alpha-2 code of a country; acronym or stable code of an institution; of a person the country
    /// of the newest office.
    pub fn code(&self, id: EntityId) -> Option<&str> {
        match self.kind(id) {
            Kind::Person => self.code(self.country_of(id).filter(|c| self.kind(*c) != Kind::Person)?),
            _ => self
                .entity_text(id, E_CODE)
                .or_else(|| self.entity_text(id, E_ID)),
        }
    }

    /// The family name (or name of reference) of a person, where a source marks it.
    pub fn family(&self, id: EntityId) -> Option<&str> {
        self.entity_text(id, E_FAMILY)
    }

    /// Which pronouns a source supports for a person.
    pub fn gender(&self, id: EntityId) -> Gender {
        match self.entity_byte(id, E_GENDER) {
            1 => Gender::Female,
            2 => Gender::Male,
            _ => Gender::Unknown,
        }
    }

    /// For an institution: what kind of body ("igo", "ministry", "party", "media" …); for a country
    /// "sovereign", "territory" or "historical"; for a place "city" or "region".
    pub fn description(&self, id: EntityId) -> Option<&str> {
        self.entity_text(id, E_WHAT)
    }

    /// The country, as the entity it is, of a person's newest office, of an institution, of a place. The
    /// European Union stands as country for its own bodies.
    pub fn country_of(&self, id: EntityId) -> Option<EntityId> {
        let country = self.file.word(Section::Entities, id.0, E_COUNTRY)?;
        (country != NONE && (country as usize) < self.len()).then_some(EntityId(country))
    }

    /// The name with its article, as it stands in a sentence ("the United Kingdom", "France").
    pub fn in_sentence(&self, id: EntityId) -> &str {
        self.entity_text(id, E_IN_SENTENCE)
            .unwrap_or_else(|| self.name(id))
    }

    /// When a state or party began and ended, where a source says so.
    pub fn existed(&self, id: EntityId) -> (Option<Date>, Option<Date>) {
        (
            unpack_date(self.entity_word(id, E_START)),
            unpack_date(self.entity_word(id, E_END)),
        )
    }

    /// The source layer that the entity comes from.
    pub fn source(&self, id: EntityId) -> Layer<'_> {
        self.layer(u32::from(self.entity_byte(id, E_LAYER)))
    }

    /// All names of an entity, forms made by rule included.
    pub fn names_of(&self, id: EntityId) -> impl Iterator<Item = NameHit<'_>> {
        let first = self.entity_word(id, E_FIRST_NAME);
        (first..self.file.count(Section::ByEntity))
            .map_while(|i| self.file.word(Section::ByEntity, i, 0))
            .filter_map(|name| self.name_hit(name).map(|(hit, _)| hit))
            .take_while(move |hit| hit.entity == id)
    }

    /// The country, body or place of that code, or the entity of that stable id.
    pub fn by_code(&self, code: &str) -> Option<EntityId> {
        let at = self.lower_bound(Section::Codes, |i| {
            let text = self
                .file
                .word(Section::Codes, i, 0)
                .map_or("", |at| self.file.string(at));
            text < code
        });
        let text = self.file.word(Section::Codes, at, 0)?;
        let entity = self.file.word(Section::Codes, at, 4)?;
        (self.file.string(text) == code && (entity as usize) < self.len()).then_some(EntityId(entity))
    }

    /// The entity of that Wikidata number.
    pub fn by_wikidata(&self, number: u32) -> Option<EntityId> {
        let at = self.lower_bound(Section::ByWikidata, |i| {
            self.file
                .word(Section::ByWikidata, i, 0)
                .is_some_and(|q| q < number)
        });
        let found = self.file.word(Section::ByWikidata, at, 0)?;
        let entity = self.file.word(Section::ByWikidata, at, 4)?;
        (found == number && (entity as usize) < self.len()).then_some(EntityId(entity))
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
        self.relations(format::MEMBER)
            .filter(move |(of, _)| Some(*of) == group)
            .map(|(_, member)| member)
    }

    /// The groups that a state belongs to.
    pub fn groups_of(&self, member: EntityId) -> impl Iterator<Item = EntityId> {
        self.relations(format::MEMBER)
            .filter(move |(_, it)| *it == member)
            .map(|(of, _)| of)
    }

    /// The states that came after a historical one.
    pub fn successors(&self, id: EntityId) -> impl Iterator<Item = EntityId> {
        self.relations(format::PREDECESSOR)
            .filter(move |(_, it)| *it == id)
            .map(|(of, _)| of)
    }

    fn relations(&self, relation: u8) -> impl Iterator<Item = (EntityId, EntityId)> {
        (0..self.file.count(Section::Relations)).filter_map(move |i| {
            let word = |at| self.file.word(Section::Relations, i, at);
            (word(4)? == u32::from(relation)).then_some((EntityId(word(0)?), EntityId(word(8)?)))
        })
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
impl Kb {
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
            source: self.layer(u32::from(*tail.get(33)?)).id,
        })
    }

    /// All offices of a person, oldest first.
    pub fn tenures(&self, person: EntityId) -> impl Iterator<Item = Tenure<'_>> {
        let first = match self.kind(person) {
            Kind::Person => self.entity_word(person, E_TENURE),
            _ => u32::MAX,
        };
        (first..self.file.count(Section::Tenures))
            .map_while(|i| self.tenure(i))
            .take_while(move |t| t.person == person)
    }

    /// Those who may have held `role` in `org` on `day`, those certain of it first. `Holds` of each is
    /// never `NotYet` or `NoLonger`.
    pub fn holders(&self, org: &str, role: Role, day: Date) -> Vec<(Tenure<'_>, Holds)> {
        let mut holders: Vec<_> = self
            .tenures_in(org, role)
            .map(|t| (t, t.holds(day)))
            .filter(|(_, holds)| matches!(holds, Holds::Yes | Holds::Maybe))
            .collect();
        // Of those in doubt, the one who came last is the likeliest.
        holders.sort_by_key(|(t, holds)| {
            (
                *holds == Holds::Maybe,
                std::cmp::Reverse(t.start.map(Date::earliest)),
            )
        });
        holders
    }

    /// All who held `role` in `org`, oldest first.
    pub fn tenures_in(&self, org: &str, role: Role) -> impl Iterator<Item = Tenure<'_>> {
        let at = |i| self.tenure(self.file.word(Section::ByOrg, i, 0)?);
        let first = self.lower_bound(Section::ByOrg, |i| {
            at(i).is_some_and(|t| (t.org, t.role) < (org, role))
        });
        let org = org.to_owned();
        (first..self.file.count(Section::ByOrg))
            .map_while(at)
            .take_while(move |t| t.org == org && t.role == role)
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

/// # Names
impl Kb {
    /// Begins a walk through the names.
    pub fn walk(&self) -> Cursor {
        Cursor {
            node: self.root,
            out: 0,
            begun: false,
        }
    }

    /// One folded word further (`base::fold`), or `None` when no name goes on so.
    pub fn step(&self, at: Cursor, word: &str) -> Option<Cursor> {
        let index = Index::over(self.file.section(Section::Index));
        let (mut node, mut out) = (at.node, at.out);
        let separator = at.begun.then_some(b' ');
        for byte in separator.into_iter().chain(word.bytes()) {
            let (to, more) = index.next(node, byte)?;
            node = to;
            out = out.wrapping_add(more);
        }
        Some(Cursor {
            node,
            out,
            begun: true,
        })
    }

    /// What the words walked so far may mean, likeliest first: forms of sources before forms of rules,
    /// then by tier. Empty when no name ends here.
    pub fn hits(&self, at: Cursor) -> impl Iterator<Item = NameHit<'_>> {
        let index = Index::over(self.file.section(Section::Index));
        let first = at.begun.then(|| index.final_output(at.node)).flatten();
        let mut next = first.and_then(|more| u32::try_from(at.out.wrapping_add(more)).ok());
        std::iter::from_fn(move || {
            let i = next.take()?;
            let (hit, last) = self.name_hit(i)?;
            if !last {
                next = Some(i + 1);
            }
            Some(hit)
        })
    }

    /// All that a name may mean, given as it stands in text.
    pub fn lookup(&self, name: &str) -> impl Iterator<Item = NameHit<'_>> {
        let mut at = Some(self.walk());
        for word in crate::base::word::name_words(name) {
            at = at.and_then(|at| self.step(at, &word));
        }
        at.into_iter().flat_map(|at| self.hits(at))
    }

    /// Names that begin with `prefix` as it is typed, in the order of the index, at most `limit` of them and
    /// each entity once. For completion.
    pub fn complete(&self, prefix: &str, limit: usize) -> Vec<NameHit<'_>> {
        let index = Index::over(self.file.section(Section::Index));
        let mut words = crate::base::word::name_words(prefix);
        // A space at the end begins a new word.
        if prefix.ends_with(char::is_whitespace) {
            words.push(String::new());
        }
        let key = words.join(" ");
        let (mut node, mut out) = (self.root, 0u64);
        for byte in key.bytes() {
            match index.next(node, byte) {
                Some((to, more)) => (node, out) = (to, out.wrapping_add(more)),
                None => return Vec::new(),
            }
        }
        let mut found: Vec<NameHit<'_>> = Vec::new();
        let mut open = vec![(node, out)];
        // Damaged bytes could make the way endless wide, though never endless deep.
        let mut steps = 0;
        while let Some((node, out)) = open.pop() {
            steps += 1;
            if found.len() >= limit || steps > 100_000 {
                break;
            }
            for hit in self.hits(Cursor {
                node,
                out,
                begun: true,
            }) {
                if found.len() < limit && !found.iter().any(|f| f.entity == hit.entity) {
                    found.push(hit);
                }
            }
            let first = open.len();
            index.each(node, |_, to, more| open.push((to, out.wrapping_add(more))));
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
        };
        Some((hit, flags & format::LAST != 0))
    }
}
