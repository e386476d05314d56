//! What the tables call forms of names and roles.

use crate::kb::{NameForm, Role};

/// Forms of names as the tables write them.
pub const FORMS: [(NameForm, &str); 8] = [
    (NameForm::Name, "name"),
    (NameForm::Alias, "alias"),
    (NameForm::Surname, "surname"),
    (NameForm::Acronym, "acronym"),
    (NameForm::DemonymNoun, "demonym"),
    (NameForm::Adjective, "adjective"),
    (NameForm::Capital, "capital"),
    (NameForm::Metonym, "metonym"),
];

/// Roles as the tables, the command line and JSON write them.
pub const ROLES: [(Role, &str); 33] = [
    (Role::HeadOfState, "head_of_state"),
    (Role::HeadOfGovernment, "head_of_government"),
    (Role::DeputyHeadOfGovernment, "deputy_head_of_government"),
    (Role::ForeignMinister, "foreign_minister"),
    (Role::DefenceMinister, "defence_minister"),
    (Role::FinanceMinister, "finance_minister"),
    (Role::InteriorMinister, "interior_minister"),
    (Role::JusticeMinister, "justice_minister"),
    (Role::HealthMinister, "health_minister"),
    (Role::EconomyMinister, "economy_minister"),
    (Role::EnergyMinister, "energy_minister"),
    (Role::TradeMinister, "trade_minister"),
    (Role::CultureMinister, "culture_minister"),
    (Role::Minister, "minister"),
    (Role::JuniorMinister, "junior_minister"),
    (Role::Speaker, "speaker"),
    (Role::Legislator, "legislator"),
    (Role::PartyLeader, "party_leader"),
    (Role::OppositionLeader, "opposition_leader"),
    (Role::CentralBank, "central_bank"),
    (Role::MilitaryChief, "military_chief"),
    (Role::OrgHead, "org_head"),
    (Role::Ambassador, "ambassador"),
    (Role::AmbassadorUn, "ambassador_un"),
    (Role::Spokesperson, "spokesperson"),
    (Role::ChiefJustice, "chief_justice"),
    (Role::Judge, "judge"),
    (Role::ProsecutorGeneral, "prosecutor_general"),
    (Role::SecurityAdviser, "security_adviser"),
    (Role::GovernorGeneral, "governor_general"),
    (Role::FirstLady, "first_lady"),
    (Role::Subnational, "subnational"),
    (Role::Other, "other"),
];

/// The form as the tables write it.
pub fn form_text(form: NameForm) -> &'static str {
    FORMS
        .iter()
        .find(|(f, _)| *f == form)
        .map_or("alias", |(_, text)| text)
}

/// The role of that name ("head_of_government"; a hyphen does as well).
pub fn parse_role(text: &str) -> Option<Role> {
    let text = text.replace('-', "_");
    ROLES
        .iter()
        .find(|(_, name)| *name == text)
        .map(|(role, _)| *role)
}

/// The role as the tables write it.
pub fn role_text(role: Role) -> &'static str {
    ROLES
        .iter()
        .find(|(r, _)| *r == role)
        .map_or("other", |(_, text)| text)
}
