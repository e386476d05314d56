//! What is known of the world: countries, leaders with dated offices, institutions, and the names
//! under which they stand in text. Immutable after load; lookups cannot fail.
//!
//! ```text
//! data/kb/*.tsv ─ source ─► Tables ─ compile ─► bytes (data/kb.bin) ─ Kb::load ─► lookups in place
//! ```
//!
//! A [`Kb`] is a stack of such bases, its layers: the one in the program, packs, the desk's own. An entity
//! of several layers is one, and of each fact the nearest layer has the word (`stack`, `link`, `tenures`).

mod amend;
pub mod compile;
mod base;
mod derive;
pub mod error;
pub mod format;
pub mod import;
mod index;
mod link;
mod names;
pub mod source;
mod stack;
mod tenures;
pub mod verify;

pub use names::Cursor;
pub use stack::{Fact, Kb, MAX_LAYERS};

use crate::base::date::{Date, Holds};

/// An entity of one knowledge base: the lowest layer that knows it, and its number there.
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
    /// The source, as `layers.tsv` of the tables lists them.
    pub source: &'kb str,
    /// The layer of the knowledge base that has it, see [`Kb::layer_name`].
    pub layer: usize,
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

    /// Whether the office may be stated as held on `day`: it was for certain, or it may have been and a source
    /// vouched for it within the year before. Whoever was minister years ago is one no more, as a rule.
    pub fn stands(&self, day: Date) -> bool {
        match self.holds(day) {
            Holds::Yes => true,
            Holds::Maybe => {
                let checked = self.as_of.filter(|_| self.end.is_none());
                let vouched = [checked, self.doubt_from].into_iter().flatten();
                vouched
                    .map(Date::latest)
                    .min()
                    .is_none_or(|(year, month, d)| (year + 1, month, d) >= day.earliest())
            }
            Holds::NotYet | Holds::NoLonger => false,
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
    /// The layer of the knowledge base that has the name, see [`Kb::layer_name`].
    pub layer: usize,
}

/// A source of facts, as `layers.tsv` of the tables lists them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Source<'kb> {
    /// Its id, as tenures and entities name it.
    pub id: &'kb str,
    /// Its newest date.
    pub as_of: Option<Date>,
    /// The license under which it ships.
    pub license: &'kb str,
    /// What it is.
    pub what: &'kb str,
}
