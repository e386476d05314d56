//! Which names of a source are names in text, and as what.

use crate::{
    base::fold::fold,
    kb::{NameForm, import::record::Item, source::NameRow},
};

/// Kinds of bodies, as `data/README.md` lists them.
const BODIES: [&str; 18] = [
    "igo",
    "ministry",
    "executive",
    "legislature",
    "upper_chamber",
    "lower_chamber",
    "highest_court",
    "court",
    "central_bank",
    "armed_forces",
    "armed_group",
    "agency",
    "media",
    "news_agency",
    "company",
    "ngo",
    "party",
    "sport_body",
];

/// Names of one thing beyond its first that are kept.
pub(super) const MAX_ALIASES: usize = 16;
/// Longer ones are descriptions.
const MAX_CHARS: usize = 80;

/// The kind of body that is meant, empty for one that is not in the list.
pub(super) fn body_kind(what: &str) -> &'static str {
    BODIES.into_iter().find(|kind| *kind == what).unwrap_or("")
}

/// Whether a name is an acronym: capitals, perhaps with digits and dots, and short.
pub(super) fn is_acronym(name: &str) -> bool {
    let capitals = name.chars().filter(|c| c.is_uppercase()).count();
    let len = name.chars().count();
    capitals >= 2
        && (2..=8).contains(&len)
        && name
            .chars()
            .all(|c| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '.' | '&' | '-'))
}

/// The title of an office as shown: with a capital.
pub(super) fn title(label: &str) -> String {
    let mut chars = label.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

/// Gathers the names of one entity.
pub(super) struct Names<'a> {
    entity: &'a str,
    source: &'a str,
    at: (String, usize),
    seen: Vec<(NameForm, String)>,
    out: &'a mut Vec<NameRow>,
    n: usize,
}

impl<'a> Names<'a> {
    pub(super) fn new(
        entity: &'a str,
        label: &str,
        source: &'a str,
        at: (String, usize),
        out: &'a mut Vec<NameRow>,
    ) -> Self {
        Self {
            entity,
            source,
            at,
            seen: vec![(NameForm::Alias, label.to_owned())],
            out,
            n: 0,
        }
    }

    /// One more name, unless it is none, or there already.
    pub(super) fn add(&mut self, form: NameForm, name: &str, weak: bool) {
        let name = name.trim();
        let is_name = name.chars().any(char::is_alphabetic) && name.chars().count() <= MAX_CHARS;
        if !is_name || self.n >= MAX_ALIASES && form == NameForm::Alias {
            return;
        }
        if self.seen.iter().any(|(f, n)| *f == form && n == name) {
            return;
        }
        self.n += usize::from(form == NameForm::Alias);
        self.seen.push((form, name.to_owned()));
        self.out.push(NameRow {
            entity: self.entity.to_owned(),
            form,
            name: name.to_owned(),
            weak,
            former: false,
            from: None,
            to: None,
            source: self.source.to_owned(),
            at: self.at.clone(),
        });
    }
}

fn is_one_word(name: &str) -> bool {
    !name.contains([' ', '-'])
}

fn has_capital(name: &str) -> bool {
    name.chars()
        .any(|c| c.is_uppercase() || !c.is_lowercase() && c.is_alphabetic())
}

/// A name of a person in another spelling; a single word is believed only after a fuller name.
pub(super) fn person_alias(names: &mut Names<'_>, label: &str, alias: &str) {
    // A part of the name is made by rule where it may stand alone, and would be in the way of that.
    if label.split(' ').any(|word| fold(word) == fold(alias)) {
        return;
    }
    if is_acronym(alias) {
        names.add(NameForm::Acronym, alias, alias.len() < 3);
    } else if has_capital(alias) {
        names.add(NameForm::Alias, alias, is_one_word(alias));
    }
}

/// A name of a body: an acronym in its case, or another name.
pub(super) fn body_alias(names: &mut Names<'_>, alias: &str) {
    if is_acronym(alias) {
        names.add(NameForm::Acronym, alias, alias.len() < 3);
    } else if has_capital(alias) {
        names.add(NameForm::Alias, alias, is_one_word(alias));
    }
}

pub(super) fn of_person(item: &Item, id: &str, source: &str, out: &mut Vec<NameRow>) {
    let mut names = Names::new(id, &item.label, source, (String::new(), 0), out);
    for alias in &item.aliases {
        person_alias(&mut names, &item.label, alias);
    }
}

pub(super) fn of_body(item: &Item, id: &str, source: &str, out: &mut Vec<NameRow>) {
    let mut names = Names::new(id, &item.label, source, (String::new(), 0), out);
    for alias in item.short.iter().chain(&item.official).chain(&item.aliases) {
        body_alias(&mut names, alias);
    }
}

pub(super) fn of_country(item: &Item, id: &str, capitals: &[String], source: &str, out: &mut Vec<NameRow>) {
    let mut names = Names::new(id, &item.label, source, (String::new(), 0), out);
    for official in &item.official {
        names.add(NameForm::Alias, official, false);
    }
    for short in &item.short {
        if is_acronym(short) {
            names.add(NameForm::Acronym, short, false);
        } else if has_capital(short) {
            names.add(NameForm::Alias, short, false);
        }
    }
    for alias in &item.aliases {
        // Among the aliases of countries are codes of all kinds ("IT", "NOR"), which are words elsewhere.
        if !is_acronym(alias) && has_capital(alias) {
            names.add(NameForm::Alias, alias, is_one_word(alias));
        }
    }
    for demonym in item.demonyms.iter().filter(|d| has_capital(d)) {
        let plural = item
            .demonyms
            .iter()
            .any(|d| fold(demonym) == format!("{}s", fold(d)));
        // "Scottish", "French", "Welsh": nobody is one.
        if !demonym.ends_with("sh") && !demonym.ends_with("ch") {
            names.add(NameForm::DemonymNoun, demonym, false);
        }
        if !plural {
            names.add(NameForm::Adjective, demonym, false);
        }
    }
    for capital in capitals {
        names.add(NameForm::Capital, capital, false);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acronyms() {
        for name in ["NATO", "U.S.", "G20-X", "CDU"] {
            assert!(is_acronym(name), "{name}");
        }
        for name in ["Nato", "N", "A", "NATO SUMMIT", "2020", "ORGANIZATION"] {
            assert!(!is_acronym(name), "{name}");
        }
    }

    #[test]
    fn names_of_a_country() {
        let item = Item {
            label: "Ruritania".to_owned(),
            aliases: ["RUR", "ruritania", "Land of Rur", "Rurland", "🇷🇷"]
                .map(str::to_owned)
                .into(),
            short: vec!["RU".to_owned()],
            demonyms: ["Ruritanian", "Ruritanians", "Rurish"].map(str::to_owned).into(),
            ..Item::default()
        };
        let mut rows = Vec::new();
        of_country(&item, "RR", &["Strelsau".to_owned()], "s", &mut rows);
        let got: Vec<String> = rows
            .iter()
            .map(|row| {
                let weak = if row.weak { "?" } else { "" };
                format!("{}={}{weak}", crate::kb::source::form_text(row.form), row.name)
            })
            .collect();
        assert_eq!(
            got,
            [
                "acronym=RU",
                "alias=Land of Rur",
                "alias=Rurland?",
                "demonym=Ruritanian",
                "adjective=Ruritanian",
                "demonym=Ruritanians",
                "adjective=Rurish",
                "capital=Strelsau"
            ]
        );
    }
}
