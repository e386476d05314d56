//! The names of all entities: gathered by the words they begin with, then written with the index over them.

use std::collections::BTreeMap;

use crate::{
    base::{fold::fold, order::Order, word::name_words},
    kb::{
        Kind, NameForm,
        compile::Compiler,
        derive::{self, GivenNames},
        error::KbError,
        format::{self, Writer, pack_date},
        source::EntityRow,
    },
};

/// One name of one entity, before it is written.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Name {
    derived: bool,
    weak: bool,
    tier: u8,
    entity: u32,
    form: NameForm,
    /// Spellings of the canonical name go before those of aliases, which often lack their marks.
    alias: bool,
    surface: String,
    former: bool,
    dates: (u32, u32),
}

/// A row of names may say since when the canonical name has been in use, and that it is to be believed only
/// where something else speaks for it.
fn amend_canonical(names: &mut [Name]) {
    for i in 0..names.len() {
        if names[i].form == NameForm::Name && !names[i].alias {
            let said = |n: &&Name| n.form == NameForm::Name && n.alias && n.entity == names[i].entity;
            if let Some((dates, weak)) = names.iter().find(said).map(|n| (n.dates, n.weak)) {
                names[i].dates = dates;
                names[i].weak = weak;
            }
        }
    }
}

/// The names of each key.
#[derive(Default)]
struct Names {
    by_key: BTreeMap<String, Vec<Name>>,
}

impl Names {
    fn put(&mut self, name: Name) {
        // The article belongs to the sentence, not to the name.
        let surface = name.surface.strip_prefix("the ").unwrap_or(&name.surface);
        let surface = surface.to_owned();
        if let Some(rest) = surface.strip_prefix("The ") {
            self.put_at(Name {
                surface: rest.to_owned(),
                derived: true,
                ..name
            });
        }
        self.put_at(Name { surface, ..name });
    }

    fn put_at(&mut self, name: Name) {
        let words = name_words(&name.surface);
        if !words.is_empty() {
            let names = self.by_key.entry(words.join(" "));
            // Most keys have one name, and there may be millions.
            names.or_insert_with(|| Vec::with_capacity(1)).push(name);
        }
    }
}

impl Compiler<'_> {
    /// Writes the index and the names; returns the entity of each name in the order of the by-entity list.
    pub(super) fn names(&mut self) -> Result<Vec<u32>, KbError> {
        let names = self.gather()?;
        let mut map = fst::MapBuilder::memory();
        let mut list = List::default();
        for (key, mut names) in names.by_key {
            names.order_by(Ord::cmp);
            amend_canonical(&mut names);
            drop_repeated(&mut names);
            // Values grow with the keys, which the transducer stores best.
            map.insert(&key, list.by_entity.len() as u64)
                .map_err(|_| KbError::format("names are not in order"))?;
            list.add(&names, &mut self.out)?;
        }
        for (from, to) in list.dates {
            self.out.dates.extend(from.to_le_bytes());
            self.out.dates.extend(to.to_le_bytes());
        }
        self.out.index = map
            .into_inner()
            .map_err(|_| KbError::format("the name index cannot be built"))?;
        list.by_entity.sort_unstable();
        for (_, name) in &list.by_entity {
            self.out.by_entity.extend(name.to_le_bytes());
        }
        Ok(list.by_entity.into_iter().map(|(entity, _)| entity).collect())
    }

    /// The names that the tables give, and those made of them by rule.
    fn gather(&self) -> Result<Names, KbError> {
        let mut given = GivenNames::new();
        for row in self.rows.iter().filter(|row| row.kind == Kind::Person) {
            if let Some(first) = row.name.split(' ').next() {
                *given.entry(fold(first)).or_default() += 1;
            }
        }
        let mut names = Names::default();
        for (row, i) in self.rows.iter().zip(0..) {
            of_entity(row, i, &given, &mut names);
        }
        for row in &self.tables.names {
            let entity = self.entity(&row.entity, &row.at)?;
            let owner = self.rows[entity as usize];
            let name = |form, surface: String, derived, weak| Name {
                derived,
                weak,
                tier: owner.tier,
                entity,
                form,
                alias: true,
                surface,
                former: row.former,
                dates: (pack_date(row.from), pack_date(row.to)),
            };
            names.put(name(row.form, row.name.clone(), false, row.weak));
            if row.form == NameForm::DemonymNoun
                && let Some(plural) = derive::demonym_plural(&row.name)
            {
                names.put(name(NameForm::DemonymNoun, plural, true, row.weak));
            }
            if row.form == NameForm::Alias && owner.kind == Kind::Person {
                for d in derive::person(&row.name, "", &owner.country, &given) {
                    names.put(name(d.form, d.name, true, d.weak || row.weak));
                }
            }
        }
        Ok(names)
    }
}

/// The names that an entity has by its own row.
fn of_entity(row: &EntityRow, entity: u32, given: &GivenNames, names: &mut Names) {
    let name = |form, surface: &str, derived, weak| Name {
        derived,
        weak,
        tier: row.tier,
        entity,
        form,
        alias: false,
        surface: surface.to_owned(),
        former: false,
        dates: (0, 0),
    };
    names.put(name(NameForm::Name, &row.name, false, false));
    if !row.official.is_empty() {
        names.put(name(NameForm::Alias, &row.official, false, false));
    }
    if row.kind == Kind::Person {
        for d in derive::person(&row.name, &row.family, &row.country, given) {
            names.put(name(d.form, &d.name, true, d.weak));
        }
    }
}

/// Leaves out what adds nothing: a surname that is the whole name, an alias that folds to the name.
fn drop_repeated(names: &mut Vec<Name>) {
    // By entity: a family name may have thousands of bearers.
    let mut seen: BTreeMap<u32, Vec<(NameForm, String)>> = BTreeMap::new();
    names.retain(|n| {
        let seen = seen.entry(n.entity).or_default();
        let again = seen.iter().any(|(form, surface)| {
            *form == n.form && (n.form != NameForm::Acronym || *surface == n.surface)
                || (*form == NameForm::Name && matches!(n.form, NameForm::Alias | NameForm::Surname))
                || (*form == NameForm::Alias && n.form == NameForm::Surname)
        });
        seen.push((n.form, n.surface.clone()));
        !again
    });
}

/// What has been written of the names so far.
struct List {
    /// Entity and number of each name.
    by_entity: Vec<(u32, u32)>,
    /// The pairs of dates that names have, the first for those without.
    dates: Vec<(u32, u32)>,
}

impl Default for List {
    fn default() -> Self {
        Self {
            by_entity: Vec::new(),
            dates: vec![(0, 0)],
        }
    }
}

impl List {
    /// Writes the names of one key.
    fn add(&mut self, names: &[Name], out: &mut Writer) -> Result<(), KbError> {
        for (i, n) in names.iter().enumerate() {
            let dated = self.dated(n.dates);
            let dated = u16::try_from(dated).map_err(|_| KbError::format("too many dated names"))?;
            let flags = [
                (i + 1 == names.len(), format::LAST),
                (n.derived, format::DERIVED),
                (n.weak, format::WEAK),
                (n.former, format::FORMER),
            ];
            let flags = flags.iter().filter(|(on, _)| *on);
            let flags = flags.fold(0, |all, (_, flag)| all | flag);
            let surface = out.intern(&n.surface);
            out.names.extend(n.entity.to_le_bytes());
            out.names.extend(surface.to_le_bytes());
            out.names.extend([n.form as u8, flags]);
            out.names.extend(dated.to_le_bytes());
            self.by_entity.push((n.entity, self.by_entity.len() as u32));
        }
        Ok(())
    }

    /// The number of a pair of dates.
    fn dated(&mut self, dates: (u32, u32)) -> usize {
        self.dates.iter().position(|d| *d == dates).unwrap_or_else(|| {
            self.dates.push(dates);
            self.dates.len() - 1
        })
    }
}
