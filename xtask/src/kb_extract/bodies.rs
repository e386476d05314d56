//! International bodies, ministries, parliaments, courts, forces, media, companies, parties.

use std::collections::{BTreeMap, BTreeSet};

use copydesk::base::fold::fold;
use serde_json::Value;

use super::{
    countries::Countries,
    table::{Output, list, slug, text},
};

/// What parties need to know of the bodies.
#[derive(Default)]
struct Bodies {
    /// The id of the body that has a Wikidata id.
    by_qid: BTreeMap<String, String>,
}

/// Names under which the extract of leaders knows bodies, and the code they get. All others of the world
/// bodies get their acronym.
const CODES: &[(&str, &str)] = &[
    ("United Nations", "UN"),
    ("European Union", "EU"),
    ("African Union", "AfricanUnion"),
    ("World Bank", "World Bank"),
    ("Council of Europe", "Council of Europe"),
    ("Commonwealth of Nations", "Commonwealth"),
    ("UNHCR", "UNHCR"),
    ("UNESCO", "UNESCO"),
    ("Interpol", "Interpol"),
    ("G7", "G7"),
    ("G20", "G20"),
    ("BRICS", "BRICS"),
    ("Arab League", "Arab League"),
];

/// Phrases of the extract that are no names: they mean a body only by coreference.
const NO_ALIAS: &[&str] = &[
    "the world body",
    "the alliance",
    "the bloc",
    "the Commission",
    "the Fund",
    "the Bank",
    "EU leaders",
    "Red Cross",
    "X",
    "the Treasury",
    "Russian foreign ministry",
    "German foreign ministry",
    "French foreign ministry",
    "US administration",
    "Homeland Security",
    "Davos",
    "Russian army",
];

pub(crate) fn extract(institutions: &Value, parties: &Value, countries: &Countries, out: &mut Output) {
    let mut bodies = Bodies::default();
    let mut ids: BTreeSet<String> = countries.codes.clone();
    for row in institutions["institutions"].as_array().into_iter().flatten() {
        institution(row, countries, &mut ids, &mut bodies, out);
    }
    // Party Facts lists a party once for each of its data sets that it could not match; what has one item, one
    // name and one country is one party.
    let mut groups: BTreeMap<(&str, &str, String), Vec<&Value>> = BTreeMap::new();
    for row in parties["parties"].as_array().into_iter().flatten() {
        let qid = text(row, "qid");
        let alone = if qid.is_empty() {
            text(row, "partyfacts")
        } else {
            ""
        };
        let key = (qid, text(row, "country"), fold(text(row, "name")) + alone);
        groups.entry(key).or_default().push(row);
    }
    let mut seen: BTreeMap<&str, u32> = BTreeMap::new();
    for (qid, ..) in groups.keys() {
        *seen.entry(*qid).or_default() += 1;
    }
    for ((qid, ..), rows) in &groups {
        party(rows, seen[qid] == 1, countries, &bodies, out);
    }
}

fn institution(
    row: &Value,
    countries: &Countries,
    ids: &mut BTreeSet<String>,
    bodies: &mut Bodies,
    out: &mut Output,
) {
    let kind = text(row, "kind");
    let (name, mut aliases) = body_name(text(row, "name"));
    // The extract has courts whose name is that of the country, from a split in the wrong place.
    if name.is_empty() || kind == "highest_court" && !name.contains("Court") && !name.contains("Tribunal") {
        return;
    }
    let abbr = text(row, "abbr");
    let country = match text(row, "country") {
        c if countries.codes.contains(c) || c == "EU" => c,
        _ => "",
    };
    let code = match CODES.iter().find(|(n, _)| *n == name) {
        Some((_, code)) => (*code).to_owned(),
        // The acronym of the European Commission is the code of Ecuador.
        None if kind == "igo" && !abbr.is_empty() && !countries.codes.contains(abbr) => abbr.to_owned(),
        None => String::new(),
    };
    let mut id = match code.as_str() {
        "" => slug(&name),
        code => code.to_owned(),
    };
    if code.is_empty() && !country.is_empty() {
        id = format!("{}-{id}", country.to_lowercase());
    }
    if !ids.insert(id.clone()) {
        return;
    }
    if !text(row, "qid").is_empty() {
        bodies.by_qid.insert(text(row, "qid").to_owned(), id.clone());
    }
    let (source, as_of) = match text(row, "source") {
        "hand" => ("hand", "2026-11-23"),
        _ => ("factbook", "2026-01-22"),
    };
    let tier = match (kind, source) {
        ("igo", _) => "1",
        (_, "hand") => "2",
        _ => "3",
    };
    // The Union stands as country for its own bodies; itself it belongs to none.
    out.row(
        "institutions",
        &[
            ("id", &id),
            ("what", kind),
            ("wikidata", text(row, "qid")),
            ("name", &name),
            ("code", if code == id { "" } else { &code }),
            ("country", country),
            ("tier", tier),
            ("source", source),
            ("as_of", as_of),
        ],
    );
    // "Fed" and "Houthis" are short names; "Con" and "Lab" stand in tables of results only.
    let short_name = !abbr.is_empty() && !abbr.contains('/') && !["Con", "Lab"].contains(&abbr);
    if is_acronym(abbr) && abbr != name {
        out.name(&id, "acronym", abbr, source, as_of);
    } else if short_name && abbr != name {
        out.name(&id, "alias", abbr, source, as_of);
    }
    aliases.extend(
        list(row, "aliases")
            .into_iter()
            .map(|a| a.trim_start_matches("aka ").to_owned()),
    );
    for alias in aliases {
        if alias == name || NO_ALIAS.contains(&alias.as_str()) {
            continue;
        }
        let short = alias.chars().filter(|c| c.is_alphanumeric()).collect::<Vec<_>>();
        let acronym = alias.eq_ignore_ascii_case(abbr)
            || (2..=6).contains(&short.len())
                && short.iter().filter(|c| c.is_uppercase()).count() * 2 > short.len()
                && !alias.contains(' ');
        out.name(
            &id,
            if acronym { "acronym" } else { "alias" },
            &alias,
            source,
            as_of,
        );
    }
}

/// "Supreme Court or Le Cour Suprême," → the name, and what stands behind "or" as an alias; of several
/// courts in one entry the first.
fn body_name(name: &str) -> (String, Vec<String>) {
    // A letter in brackets tells the wings of a party apart.
    let wing = name.ends_with(')') && name.chars().rev().nth(2) == Some('(');
    let ends: &[char] = if wing { &[';'] } else { &['(', ';'] };
    let name = name
        .split(ends)
        .next()
        .unwrap_or(name)
        .trim()
        .trim_end_matches(',');
    let name = if name.contains("Court") {
        name.split(", ").next().unwrap_or(name)
    } else {
        name
    };
    match name.split_once(" or ") {
        Some((first, second)) => (first.trim().to_owned(), vec![second.trim().to_owned()]),
        None => (name.to_owned(), Vec::new()),
    }
}

fn party(rows: &[&Value], own_qid: bool, countries: &Countries, bodies: &Bodies, out: &mut Output) {
    let Some(row) = rows.first() else { return };
    let number = text(row, "partyfacts");
    let qid = text(row, "qid");
    // Several entries of Party Facts may point to one item; it is then the id of none of them.
    let (id, wikidata) = if own_qid && !qid.is_empty() {
        (qid.to_owned(), qid)
    } else {
        (format!("partyfacts-{number}"), "")
    };
    let country = text(row, "country");
    let country = if countries.codes.contains(country) {
        country
    } else {
        ""
    };
    let name = text(row, "name");
    let as_of = "2023-06";
    let years = |column| rows.iter().map(move |row| year(text(row, column)));
    let start = years("start").filter(|y| !y.is_empty()).min().unwrap_or("");
    // Where one entry knows of no end, there is none.
    let end = if years("end").any(str::is_empty) {
        ""
    } else {
        years("end").max().unwrap_or("")
    };
    // The papers name few parties of the time before 1950, and every name is one more to be taken for another.
    const REMEMBERED: [&str; 4] = [
        "National Fascist Party",
        "Iron Guard",
        "Arrow Cross Party",
        "Whig Party",
    ];
    let nazi = name.starts_with("National Socialist German") && country == "DE";
    if !end.is_empty() && end < "1950" && !nazi && !REMEMBERED.contains(&name) {
        return;
    }
    let id = match bodies.by_qid.get(qid) {
        // The party stands among the bodies under a better name; only its further names are wanted.
        Some(body) => {
            out.name(body, "alias", name, "partyfacts", as_of);
            body.clone()
        }
        None => {
            let cells = [
                ("id", id.as_str()),
                ("what", "party"),
                ("wikidata", wikidata),
                ("name", name),
                ("country", country),
                ("start", start),
                ("end", end),
                ("source", "partyfacts"),
                ("as_of", as_of),
            ];
            out.row("parties", &cells);
            id
        }
    };
    for row in rows {
        let abbr = text(row, "abbr");
        if is_acronym(abbr) && !abbr.contains('[') {
            out.name(&id, "acronym", abbr, "partyfacts", as_of);
        }
        for alias in list(row, "aliases") {
            let alias = without_markup(alias);
            if alias != name && !alias.contains(" / ") && alias.chars().next().is_some_and(char::is_uppercase)
            {
                out.name(&id, "alias", &alias, "partyfacts", as_of);
            }
        }
    }
}

/// Names of Party Facts that came from a wiki page carry its marks: "Schweizerische Volkspartei
/// ''([[German language|German]])''". Words in brackets ("Green Party [in Slovakia]") are the editors'.
fn without_markup(name: &str) -> String {
    let name = name.replace("&nbsp;", " ").replace('\u{a0}', " ");
    let name = name.split(" ''(").next().unwrap_or_default();
    let name = name.split(" ([[").next().unwrap_or_default();
    let mut out = String::new();
    let mut inside = false;
    for c in name.chars() {
        match c {
            '[' => inside = true,
            ']' => inside = false,
            ';' => {}
            c if !inside => out.push(c),
            _ => {}
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Two capitals at least, or one and a number ("M23"); "dpa" writes itself small. No list of names
/// ("GOP/Grand/Old/Party").
fn is_acronym(abbr: &str) -> bool {
    let letters = || abbr.chars().filter(|c| c.is_alphabetic());
    let capitals = letters().filter(|c| c.is_uppercase()).count();
    let even = capitals == 0 || capitals == letters().count();
    let has_digit = abbr.chars().any(|c| c.is_ascii_digit());
    (capitals >= 2 || even && (has_digit && capitals == 1 || abbr == "dpa"))
        && (!abbr.contains('/') || abbr.len() <= 6)
}

fn year(text: &str) -> &str {
    if text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()) {
        text
    } else {
        ""
    }
}
