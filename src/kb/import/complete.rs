//! What a pack has to borrow so that it can stand alone.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    base::order::Order,
    kb::{
        EntityId, Kb, Kind,
        source::{EntityRow, LayerRow, NameRow, Tables},
    },
};

/// Makes tables whole, so that a pack can stand alone: countries and bodies that offices speak of and that
/// the input does not have are taken from the base below, with their names and their source; a code that two
/// things claim stays with the better known. Whatever else points nowhere is cut.
pub fn complete(mut tables: Tables, known: &Kb) -> Tables {
    let mut have: BTreeSet<String> =
        crate::base::order::set(tables.entities.iter().map(|row| row.id.clone()));
    let codes = settle_codes(&mut tables, &have);
    borrow(&mut tables, known, &mut have, &codes);
    let mut by_code: BTreeMap<String, String> = BTreeMap::new();
    for row in tables.entities.iter().filter(|row| !row.code.is_empty()) {
        by_code.insert(row.code.clone(), row.id.clone());
    }
    for row in &mut tables.entities {
        if !row.country.is_empty() && !have.contains(&row.country) {
            row.country = by_code.get(&row.country).cloned().unwrap_or_default();
        }
    }
    tables.names.retain(|row| have.contains(&row.entity));
    tables.notes.retain(|row| have.contains(&row.entity));
    tables.tenures.retain(|row| have.contains(&row.person));
    sort(&mut tables);
    tables
}

/// Takes a code from all that claim it but the best known; returns the codes and ids that are taken.
fn settle_codes(tables: &mut Tables, have: &BTreeSet<String>) -> BTreeSet<String> {
    let mut codes = have.clone();
    tables
        .entities
        .order_by(|a, b| (a.kind, a.tier, &a.id).cmp(&(b.kind, b.tier, &b.id)));
    for row in &mut tables.entities {
        for code in [&mut row.code, &mut row.iso3] {
            if *code == row.id || !code.is_empty() && !codes.insert(code.clone()) {
                code.clear();
            }
        }
    }
    codes
}

/// Adds the countries and bodies that offices and entities name by a code that nothing in the tables has.
fn borrow(tables: &mut Tables, known: &Kb, have: &mut BTreeSet<String>, codes: &BTreeSet<String>) {
    let orgs = tables.tenures.iter().map(|row| &row.org);
    let orgs = orgs.chain(tables.entities.iter().map(|row| &row.country));
    let orgs = orgs.filter(|org| !org.is_empty() && !codes.contains(*org));
    let mut wanted: BTreeSet<String> = crate::base::order::set(orgs.cloned());
    let mut layers: BTreeSet<String> =
        crate::base::order::set(tables.layers.iter().map(|row| row.id.clone()));
    let mut wikidata: BTreeSet<u32> =
        crate::base::order::set(tables.entities.iter().filter_map(|row| row.wikidata));
    // A body brings the country it is in.
    while let Some(code) = wanted.pop_first() {
        let Some(id) = known.by_id(&code) else { continue };
        let stable = known.stable_id(id).into_owned();
        if known.kind(id) == Kind::Person || !have.insert(stable.clone()) {
            continue;
        }
        if known.wikidata(id).is_some_and(|q| !wikidata.insert(q)) {
            continue;
        }
        let source = known.source(id);
        if layers.insert(source.id.to_owned()) {
            tables.layers.push(LayerRow {
                id: source.id.to_owned(),
                as_of: source.as_of,
                license: source.license.to_owned(),
                what: source.what.to_owned(),
            });
        }
        tables.names.extend(names_of(known, id, &stable));
        let row = row_of(known, id, &stable);
        if !row.country.is_empty() && !have.contains(&row.country) {
            wanted.insert(row.country.clone());
        }
        tables.entities.push(row);
    }
}

/// What the base says of an entity, but for its names and offices.
fn row_of(known: &Kb, id: EntityId, stable: &str) -> EntityRow {
    let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let country = known.country_of(id).map(|c| known.stable_id(c).into_owned());
    let (start, end) = known.existed(id);
    EntityRow {
        what: text(known.description(id)),
        wikidata: known.wikidata(id),
        name: known.name(id).to_owned(),
        code: text(known.code(id).filter(|code| *code != stable)),
        in_sentence: text(Some(known.in_sentence(id)).filter(|s| *s != known.name(id))),
        official: text(known.official_name(id)),
        iso3: text(known.alpha3(id)),
        tier: known.tier(id),
        gender: known.gender(id),
        country: country.unwrap_or_default(),
        start,
        end,
        ..EntityRow::new(stable.to_owned(), known.kind(id), known.source(id).id)
    }
}

/// The names that the base was given for an entity, beside the first.
fn names_of(known: &Kb, id: EntityId, stable: &str) -> impl Iterator<Item = NameRow> {
    let hits = known.names_of(id);
    let given = hits.filter(move |hit| !hit.derived && hit.surface != known.name(id));
    given.map(move |hit| NameRow {
        entity: stable.to_owned(),
        form: hit.form,
        name: hit.surface.to_owned(),
        weak: hit.weak,
        former: hit.former,
        from: hit.from,
        to: hit.to,
        source: known.source(id).id.to_owned(),
        at: (String::new(), 0),
    })
}

/// The same facts in another order are the same pack.
fn sort(tables: &mut Tables) {
    tables.entities.order_by(|a, b| a.id.cmp(&b.id));
    tables
        .names
        .order_by(|a, b| (&a.entity, a.form, &a.name).cmp(&(&b.entity, b.form, &b.name)));
    tables.tenures.order_by(|a, b| {
        (&a.person, &a.org, a.role, a.start, &a.office).cmp(&(&b.person, &b.org, b.role, b.start, &b.office))
    });
    tables
        .notes
        .order_by(|a, b| (&a.entity, &a.text).cmp(&(&b.entity, &b.text)));
    tables.layers.order_by(|a, b| a.id.cmp(&b.id));
}
