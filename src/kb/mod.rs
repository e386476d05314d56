//! What is known of the world: countries, leaders with dated offices, institutions, and the names
//! under which they stand in text. Immutable after load; lookups cannot fail.

use std::sync::OnceLock;

use crate::base::date::Date;

/// Index of an entity of one loaded knowledge base.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct EntityId(pub u32);

/// What an entity is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Kind {
    /// A human being.
    Person,
    /// A state or territory, historical ones included.
    Country,
    /// A body: international, parliament, ministry, party, armed group, news agency, company …
    Institution,
    /// A city or region.
    Place,
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

/// One office held by one person for a time.
#[derive(Clone, Copy, Debug)]
pub struct Tenure<'kb> {
    /// The person who held it.
    pub person: EntityId,
    /// ISO 3166 alpha-2 code of the country, or the acronym of the body ("NATO").
    pub org: &'kb str,
    /// What the office is.
    pub role: Role,
    /// Its title as shown, e.g. "Federal Chancellor".
    pub office: &'kb str,
    /// When it began, if known.
    pub start: Option<Date>,
    /// When it ended; `None` means "not known to have ended as of `as_of`", never "in office today".
    pub end: Option<Date>,
    /// The day the source was last checked.
    pub as_of: Option<Date>,
    /// The source layer, as data/README.md lists them.
    pub source: &'kb str,
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
}

/// A knowledge base, embedded or loaded. Reads its records in place.
#[derive(Debug, Default)]
pub struct Kb {
    _private: (),
}

/// Where a walk through the name index stands. Cheap to copy.
#[derive(Clone, Copy, Debug)]
pub struct Cursor {
    _node: u64,
}

impl Kb {
    /// The knowledge base in the binary.
    pub fn embedded() -> &'static Self {
        static KB: OnceLock<Kb> = OnceLock::new();
        KB.get_or_init(Self::default)
    }

    /// Number of entities.
    pub fn len(&self) -> usize {
        0
    }

    /// Whether it holds no entity.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All entity ids.
    pub fn ids(&self) -> impl Iterator<Item = EntityId> + use<> {
        (0..self.len() as u32).map(EntityId)
    }

    /// What the entity is.
    pub fn kind(&self, _id: EntityId) -> Kind {
        Kind::Person
    }

    /// Its canonical name.
    pub fn name(&self, _id: EntityId) -> &str {
        ""
    }

    /// Its Wikidata number.
    pub fn wikidata(&self, _id: EntityId) -> Option<u32> {
        None
    }

    /// 1: heads of state and government and of large bodies; 2: senior ministers; 3: others.
    pub fn tier(&self, _id: EntityId) -> u8 {
        3
    }

    /// ISO alpha-2 code of a country; acronym or stable code of an institution; of a person the country
    /// of the newest office.
    pub fn code(&self, _id: EntityId) -> Option<&str> {
        None
    }

    /// The family name (or name of reference) of a person, if known.
    pub fn family(&self, _id: EntityId) -> Option<&str> {
        None
    }

    /// Which pronouns a source supports for a person.
    pub fn gender(&self, _id: EntityId) -> Gender {
        Gender::Unknown
    }

    /// For an institution: what kind of body ("igo", "ministry", "party", "media" …); for a country
    /// "sovereign", "territory" or "historical"; for a person a short description, if there is one.
    pub fn description(&self, _id: EntityId) -> Option<&str> {
        None
    }

    /// The country or body of that code.
    pub fn by_code(&self, _code: &str) -> Option<EntityId> {
        None
    }

    /// All offices of a person, oldest first.
    pub fn tenures(&self, _person: EntityId) -> impl Iterator<Item = Tenure<'_>> {
        std::iter::empty()
    }

    /// Those who may have held `role` in `org` on `day`, those certain of it first. `Holds` of each is
    /// never `NotYet` or `NoLonger`.
    pub fn holders(
        &self,
        _org: &str,
        _role: Role,
        _day: Date,
    ) -> Vec<(Tenure<'_>, crate::base::date::Holds)> {
        Vec::new()
    }

    /// Begins a walk through the names.
    pub fn walk(&self) -> Cursor {
        Cursor { _node: 0 }
    }

    /// One folded word further (`base::fold`), or `None` when no name goes on so.
    pub fn step(&self, _at: Cursor, _word: &str) -> Option<Cursor> {
        None
    }

    /// What the words walked so far may mean; empty when no name ends here.
    pub fn hits(&self, _at: Cursor) -> impl Iterator<Item = NameHit<'_>> {
        std::iter::empty()
    }
}
