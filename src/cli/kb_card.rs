//! What `copydesk kb` prints of one entity: its names and offices, each with its source and layer.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use serde::Serialize;

use crate::{
    base::date::{Date, Holds},
    base::order::Order,
    cli::kb::kind_text,
    kb::{EntityId, Fact, Gender, Kb, Kind, Tenure, source},
};

/// An entity with its names and offices.
#[derive(Serialize)]
pub(super) struct Card<'a> {
    pub(super) id: String,
    pub(super) wikidata: Option<String>,
    pub(super) kind: &'static str,
    pub(super) name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) code: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) description: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) country: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) gender: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) start: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) end: Option<String>,
    pub(super) source: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) note: Option<&'a str>,
    /// Where there are several layers: which give the facts that have no layer of their own here.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) layers: BTreeMap<&'static str, &'a str>,
    pub(super) names: Vec<NameRow<'a>>,
    pub(super) offices: Vec<OfficeRow<'a>>,
}

#[derive(Serialize)]
pub(super) struct NameRow<'a> {
    pub(super) name: &'a str,
    pub(super) form: &'static str,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) by_rule: bool,
    /// Only where there are several layers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) layer: Option<&'a str>,
}

/// One office, and what is known of it on the day asked for.
#[derive(Serialize)]
pub(super) struct OfficeRow<'a> {
    pub(super) person: &'a str,
    pub(super) wikidata: Option<String>,
    pub(super) org: &'a str,
    /// The name of what `org` is the code or id of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) org_name: Option<&'a str>,
    pub(super) role: &'static str,
    pub(super) office: &'a str,
    pub(super) start: Option<String>,
    pub(super) end: Option<String>,
    pub(super) as_of: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) doubt_from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) party: Option<&'a str>,
    /// "yes", or "perhaps" when the sources are older than the day or disagree.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) held: Option<&'static str>,
    pub(super) source: &'a str,
    /// Only where there are several layers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) layer: Option<&'a str>,
}

/// The name of a layer, where there are several.
fn layer_name(kb: &Kb, layer: usize) -> Option<&str> {
    (kb.n_layers() > 1).then(|| kb.layer_name(layer))
}

/// Facts of which a card says which layer gives them.
const FACTS: [(Fact, &str); 5] = [
    (Fact::Name, "name"),
    (Fact::Description, "description"),
    (Fact::Country, "country"),
    (Fact::Gender, "gender"),
    (Fact::Note, "note"),
];

pub(super) fn office_row<'a>(kb: &'a Kb, t: &Tenure<'a>, held: Option<Holds>) -> OfficeRow<'a> {
    OfficeRow {
        person: kb.name(t.person),
        wikidata: kb.wikidata(t.person).map(|q| format!("Q{q}")),
        org: t.org,
        org_name: kb.by_id(t.org).map(|id| kb.name(id)),
        role: t.role.text(),
        office: t.office,
        start: t.start.map(|d| d.to_string()),
        end: t.end.map(|d| d.to_string()),
        as_of: t.as_of.map(|d| d.to_string()),
        doubt_from: t.doubt_from.map(|d| d.to_string()),
        party: t.party,
        held: held.map(|h| if h == Holds::Yes { "yes" } else { "perhaps" }),
        source: t.source,
        layer: layer_name(kb, t.layer),
    }
}

pub(super) fn card<'a>(kb: &'a Kb, id: EntityId, on: Option<Date>) -> Card<'a> {
    let (start, end) = kb.existed(id);
    let offices = kb
        .tenures(id)
        .filter_map(|t| match on {
            None => Some(office_row(kb, &t, None)),
            Some(day) => {
                let holds = t.holds(day);
                matches!(holds, Holds::Yes | Holds::Maybe).then(|| office_row(kb, &t, Some(holds)))
            }
        })
        .collect();
    Card {
        id: kb.stable_id(id).into_owned(),
        wikidata: kb.wikidata(id).map(|q| format!("Q{q}")),
        kind: kind_text(kb.kind(id)),
        name: kb.name(id),
        code: kb.code(id).filter(|_| kb.kind(id) != Kind::Person),
        description: kb.description(id),
        country: kb.country_of(id).map(|c| kb.name(c)),
        gender: match kb.gender(id) {
            Gender::Unknown => None,
            Gender::Female => Some("female"),
            Gender::Male => Some("male"),
        },
        start: start.map(|d| d.to_string()),
        end: end.map(|d| d.to_string()),
        source: kb.source(id).id,
        note: kb.note(id),
        layers: FACTS
            .iter()
            .filter_map(|(fact, text)| Some((*text, layer_name(kb, kb.layer_of(id, *fact)?)?)))
            .collect(),
        names: kb
            .names_of(id)
            .map(|n| NameRow {
                name: n.surface,
                form: source::form_text(n.form),
                by_rule: n.derived,
                layer: layer_name(kb, n.layer),
            })
            .collect(),
        offices,
    }
}

pub(super) fn print_card(card: &Card<'_>, on: Option<Date>, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "{} ({}", card.name, card.kind)?;
    for part in [card.description, card.country, card.wikidata.as_deref()]
        .into_iter()
        .flatten()
    {
        write!(out, ", {part}")?;
    }
    writeln!(out, ")")?;
    if let Some(note) = card.note {
        writeln!(out, "  note: {note}{}", shown(card.layers.get("note").copied()))?;
    }
    let mut by_layer: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (fact, layer) in card.layers.iter().filter(|(fact, _)| **fact != "note") {
        by_layer.entry(layer).or_default().push(fact);
    }
    for (layer, facts) in by_layer {
        writeln!(out, "  from {layer}: {}", facts.join(", "))?;
    }
    if let (None, None) = (&card.start, &card.end) {
    } else {
        let show = |d: &Option<String>| d.clone().unwrap_or_default();
        writeln!(out, "  existed: {} – {}", show(&card.start), show(&card.end))?;
    }
    let mut by_form: BTreeMap<(&str, Option<&str>), Vec<&str>> = BTreeMap::new();
    for name in card.names.iter().filter(|n| n.name != card.name) {
        by_form
            .entry((name.form, name.layer))
            .or_default()
            .push(name.name);
    }
    for ((form, layer), mut names) in by_form {
        names.order_by(Ord::cmp);
        names.dedup();
        writeln!(out, "  {form}: {}{}", names.join(", "), shown(layer))?;
    }
    for (i, office) in card.offices.iter().enumerate().rev() {
        // A president who leads the government too holds one office in two roles: the row last checked is shown.
        let same = |o: &OfficeRow<'_>| {
            !o.office.is_empty()
                && (o.office, o.org, o.layer) == (office.office, office.org, office.layer)
                && (&o.start, &o.end) == (&office.start, &office.end)
        };
        let newer = |(k, o): (usize, &OfficeRow<'_>)| same(o) && (&o.as_of, k) > (&office.as_of, i);
        if card.offices.iter().enumerate().any(newer) {
            continue;
        }
        writeln!(out, "  {}", office_line(office))?;
    }
    if let (Some(day), true, "person") = (on, card.offices.is_empty(), card.kind) {
        writeln!(out, "  no office known on {day}")?;
    }
    Ok(())
}

/// "Federal Chancellor (DE), 2021-12-08 – 2025-05-06 [factbook]".
pub(super) fn office_line(o: &OfficeRow<'_>) -> String {
    let title = if o.office.is_empty() { o.role } else { o.office };
    let end = match (&o.end, &o.as_of) {
        (Some(end), _) => end.clone(),
        (None, Some(as_of)) => format!("(in office when last checked, {as_of})"),
        (None, None) => "(end unknown)".to_owned(),
    };
    // A code such as DE or NATO says it in short; an id that was made for a desk's own body says nothing.
    let is_code = o.org.chars().all(|c| c.is_ascii_uppercase() || c == '-');
    let org = o.org_name.filter(|_| !is_code).unwrap_or(o.org);
    let mut line = format!("{title} ({org}), {} – {end}", o.start.as_deref().unwrap_or("?"));
    if let Some(doubt) = &o.doubt_from {
        line += &format!(", in doubt from {doubt}");
    }
    if o.held == Some("perhaps") {
        line += ", perhaps";
    }
    match o.layer {
        Some(layer) if layer != o.source => line + &format!(" [{}, {layer}]", o.source),
        _ => line + &format!(" [{}]", o.source),
    }
}

fn shown(layer: Option<&str>) -> String {
    layer.map_or_else(String::new, |layer| format!(" [{layer}]"))
}
