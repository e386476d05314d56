//! From tables to the bytes of a knowledge base. The same tables always give the same bytes.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    base::{date::Date, fold::fold, order::Order, word::name_words},
    kb::{
        Kind, NameForm,
        derive::{self, GivenNames},
        error::KbError,
        format::{self, NONE, Writer, pack_date},
        source::{EntityRow, Tables},
    },
};

/// Compiles tables to a knowledge base.
pub fn compile(tables: &Tables) -> Result<Vec<u8>, KbError> {
    let mut out = Writer::default();
    let layers = layers(tables, &mut out)?;
    let mut rows: Vec<&EntityRow> = tables.entities.iter().collect();
    rows.order_by_key(|row| (row.kind, row.tier, id_key(&row.id)));
    let ids: BTreeMap<&str, u32> = rows
        .iter()
        .zip(0..)
        .map(|(row, i)| (row.id.as_str(), i))
        .collect();
    let layer_of = |name: &str, at: &(String, usize)| {
        let base = name.split('+').next().unwrap_or(name);
        layers
            .get(base)
            .copied()
            .ok_or_else(|| KbError::row(&at.0, at.1, format!("source '{name}' is not in layers.tsv")))
    };

    let names = names(tables, &rows, &ids, &mut out)?;
    let mut tenures: Vec<_> = Vec::with_capacity(tables.tenures.len());
    for row in &tables.tenures {
        let person = *ids
            .get(row.person.as_str())
            .ok_or_else(|| KbError::row(&row.at.0, row.at.1, format!("'{}' is no known id", row.person)))?;
        tenures.push((person, row));
    }
    tenures
        .order_by_key(|(person, row)| (*person, row.start.map(Date::earliest), row.role, row.org.as_str()));
    let mut by_org: Vec<(&str, u8, Option<Date>, u32)> = Vec::with_capacity(tenures.len());
    for ((person, row), i) in tenures.iter().zip(0..) {
        by_org.push((&row.org, row.role as u8, row.start, i));
        let (org, office, party) = (
            out.intern(&row.org),
            out.intern(&row.office),
            out.intern(&row.party),
        );
        let section = &mut out.tenures;
        for word in [*person, org, office, party] {
            section.extend(word.to_le_bytes());
        }
        for date in [row.start, row.end, row.doubt, row.as_of] {
            section.extend(pack_date(date).to_le_bytes());
        }
        section.extend([row.role as u8, layer_of(&row.source, &row.at)?, 0, 0]);
    }
    by_org.sort_unstable();
    for (.., i) in &by_org {
        out.by_org.extend(i.to_le_bytes());
    }

    let mut codes: Vec<(&str, u32)> = Vec::new();
    let mut by_wikidata: Vec<(u32, u32)> = Vec::new();
    let mut relations: BTreeSet<(u32, u8, u32)> = BTreeSet::new();
    let (mut next_tenure, mut next_name) = (0, 0);
    for (row, i) in rows.iter().zip(0u32..) {
        let known = |id: &String| {
            ids.get(id.as_str())
                .copied()
                .ok_or_else(|| KbError::row(&row.at.0, row.at.1, format!("'{id}' is no known id")))
        };
        for group in &row.groups {
            relations.insert((known(group)?, format::MEMBER, i));
        }
        for successor in &row.successors {
            relations.insert((known(successor)?, format::PREDECESSOR, i));
        }
        if let Some(q) = row.wikidata {
            by_wikidata.push((q, i));
        }
        if row.wikidata.is_none_or(|q| row.id != format!("Q{q}")) {
            codes.push((&row.id, i));
        }
        for code in [&row.code, &row.iso3] {
            if !code.is_empty() && *code != row.id {
                codes.push((code, i));
            }
        }
        while tenures.get(next_tenure).is_some_and(|(person, _)| *person < i) {
            next_tenure += 1;
        }
        while names.get(next_name).is_some_and(|entity| *entity < i) {
            next_name += 1;
        }
        let country = if row.country.is_empty() {
            NONE
        } else {
            known(&row.country)?
        };
        let id = if row.wikidata.is_some_and(|q| row.id == format!("Q{q}")) {
            0
        } else {
            out.intern(&row.id)
        };
        let words = [
            out.intern(&row.name),
            id,
            out.intern(&row.code),
            out.intern(&row.what),
            out.intern(if row.kind == Kind::Country {
                &row.official
            } else {
                &row.family
            }),
            out.intern(&row.in_sentence),
            country,
            row.wikidata.unwrap_or(0),
            pack_date(row.start),
            pack_date(row.end),
            next_tenure as u32,
            next_name as u32,
        ];
        for word in words {
            out.entities.extend(word.to_le_bytes());
        }
        let packed = [
            row.kind as u8,
            row.tier,
            row.gender as u8,
            layer_of(&row.source, &row.at)?,
        ];
        out.entities.extend(packed);
    }
    codes.sort_unstable();
    if let Some(twice) = codes.windows(2).find(|w| w[0].0 == w[1].0) {
        let row = rows[twice[1].1 as usize];
        return Err(KbError::row(
            &row.at.0,
            row.at.1,
            format!("code '{}' is used twice", twice[0].0),
        ));
    }
    for (code, i) in codes {
        let code = out.intern(code);
        out.codes.extend(code.to_le_bytes());
        out.codes.extend(i.to_le_bytes());
    }
    by_wikidata.sort_unstable();
    for (q, i) in by_wikidata {
        out.by_wikidata.extend(q.to_le_bytes());
        out.by_wikidata.extend(i.to_le_bytes());
    }
    for (of, relation, entity) in relations {
        for word in [of, u32::from(relation), entity] {
            out.relations.extend(word.to_le_bytes());
        }
    }
    let mut notes: Vec<(u32, &str)> = Vec::new();
    for row in &tables.notes {
        let entity = ids.get(row.entity.as_str()).copied();
        let unknown = || KbError::row(&row.at.0, row.at.1, format!("'{}' is no known id", row.entity));
        notes.push((entity.ok_or_else(unknown)?, &row.text));
    }
    notes.sort_unstable();
    for (entity, text) in notes {
        let text = out.intern(text);
        out.notes.extend(entity.to_le_bytes());
        out.notes.extend(text.to_le_bytes());
    }
    out.finish()
}

/// Ids in an order that a reader expects: Q9 before Q10.
fn id_key(id: &str) -> (u64, &str) {
    let number = id.strip_prefix('Q').and_then(|n| n.parse().ok());
    (number.unwrap_or(0), id)
}

fn layers<'t>(tables: &'t Tables, out: &mut Writer) -> Result<BTreeMap<&'t str, u8>, KbError> {
    let mut layers = BTreeMap::new();
    for row in &tables.layers {
        let n = u8::try_from(layers.len()).map_err(|_| KbError::format("more than 256 layers"))?;
        layers.insert(row.id.as_str(), n);
        for text in [&row.id, &row.license, &row.what] {
            let at = out.intern(text);
            out.layers.extend(at.to_le_bytes());
        }
        out.layers.extend(pack_date(row.as_of).to_le_bytes());
    }
    Ok(layers)
}

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

/// Writes the index and the names; returns the entity of each name in the order of the by-entity list.
fn names(
    tables: &Tables,
    rows: &[&EntityRow],
    ids: &BTreeMap<&str, u32>,
    out: &mut Writer,
) -> Result<Vec<u32>, KbError> {
    let mut given = GivenNames::new();
    for row in rows.iter().filter(|row| row.kind == Kind::Person) {
        if let Some(first) = row.name.split(' ').next() {
            *given.entry(fold(first)).or_default() += 1;
        }
    }
    let mut by_key: BTreeMap<String, Vec<Name>> = BTreeMap::new();
    // Most keys have one name, and there may be millions.
    let one = || Vec::with_capacity(1);
    let mut put = |name: Name| {
        // The article belongs to the sentence, not to the name.
        let surface = name
            .surface
            .strip_prefix("the ")
            .unwrap_or(&name.surface)
            .to_owned();
        if let Some(rest) = surface.strip_prefix("The ") {
            let words = name_words(rest);
            if !words.is_empty() {
                by_key.entry(words.join(" ")).or_insert_with(one).push(Name {
                    surface: rest.to_owned(),
                    derived: true,
                    ..name
                });
            }
        }
        let words = name_words(&surface);
        if !words.is_empty() {
            by_key
                .entry(words.join(" "))
                .or_insert_with(one)
                .push(Name { surface, ..name });
        }
    };
    for (row, i) in rows.iter().zip(0..) {
        let name = |form, surface: &str, derived, weak| Name {
            derived,
            weak,
            tier: row.tier,
            entity: i,
            form,
            alias: false,
            surface: surface.to_owned(),
            former: false,
            dates: (0, 0),
        };
        put(name(NameForm::Name, &row.name, false, false));
        if !row.official.is_empty() {
            put(name(NameForm::Alias, &row.official, false, false));
        }
        if row.kind == Kind::Person {
            for d in derive::person(&row.name, &row.family, &row.country, &given) {
                put(name(d.form, &d.name, true, d.weak));
            }
        }
    }
    for row in &tables.names {
        let entity = *ids
            .get(row.entity.as_str())
            .ok_or_else(|| KbError::row(&row.at.0, row.at.1, format!("'{}' is no known id", row.entity)))?;
        let owner = rows[entity as usize];
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
        put(name(row.form, row.name.clone(), false, row.weak));
        if row.form == NameForm::DemonymNoun
            && let Some(plural) = derive::demonym_plural(&row.name)
        {
            put(name(NameForm::DemonymNoun, plural, true, row.weak));
        }
        if row.form == NameForm::Alias && owner.kind == Kind::Person {
            for d in derive::person(&row.name, "", &owner.country, &given) {
                put(name(d.form, d.name, true, d.weak || row.weak));
            }
        }
    }

    let mut map = fst::MapBuilder::memory();
    let mut by_entity: Vec<(u32, u32)> = Vec::new();
    let mut dates: Vec<(u32, u32)> = vec![(0, 0)];
    let mut n_names: u32 = 0;
    for (key, mut names) in by_key {
        names.order_by(Ord::cmp);
        amend_canonical(&mut names);
        // By entity: a family name may have thousands of bearers.
        let mut seen: BTreeMap<u32, Vec<(NameForm, String)>> = BTreeMap::new();
        names.retain(|n| {
            // A surname that is the whole name adds nothing, nor does an alias that folds to the name.
            let seen = seen.entry(n.entity).or_default();
            let again = seen.iter().any(|(form, surface)| {
                *form == n.form && (n.form != NameForm::Acronym || *surface == n.surface)
                    || (*form == NameForm::Name && matches!(n.form, NameForm::Alias | NameForm::Surname))
                    || (*form == NameForm::Alias && n.form == NameForm::Surname)
            });
            seen.push((n.form, n.surface.clone()));
            !again
        });
        // Values grow with the keys, which the transducer stores best.
        map.insert(&key, u64::from(n_names))
            .map_err(|_| KbError::format("names are not in order"))?;
        for (i, n) in names.iter().enumerate() {
            let dated = match dates.iter().position(|d| *d == n.dates) {
                Some(at) => at,
                None => {
                    dates.push(n.dates);
                    dates.len() - 1
                }
            };
            let dated = u16::try_from(dated).map_err(|_| KbError::format("too many dated names"))?;
            let last = i + 1 == names.len();
            let flags = [
                (last, format::LAST),
                (n.derived, format::DERIVED),
                (n.weak, format::WEAK),
                (n.former, format::FORMER),
            ];
            let flags = flags
                .iter()
                .filter(|(on, _)| *on)
                .fold(0, |all, (_, flag)| all | flag);
            let surface = out.intern(&n.surface);
            out.names.extend(n.entity.to_le_bytes());
            out.names.extend(surface.to_le_bytes());
            out.names.extend([n.form as u8, flags]);
            out.names.extend(dated.to_le_bytes());
            by_entity.push((n.entity, n_names));
            n_names += 1;
        }
    }
    for (from, to) in dates {
        out.dates.extend(from.to_le_bytes());
        out.dates.extend(to.to_le_bytes());
    }
    out.index = map
        .into_inner()
        .map_err(|_| KbError::format("the name index cannot be built"))?;
    by_entity.sort_unstable();
    for (_, name) in &by_entity {
        out.by_entity.extend(name.to_le_bytes());
    }
    Ok(by_entity.into_iter().map(|(entity, _)| entity).collect())
}
