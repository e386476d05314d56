//! Countries, territories and historical states, with their names, demonyms, capitals and seats.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::table::{Output, list, text};

/// What later tables need to know of the countries.
#[derive(Default)]
pub(crate) struct Countries {
    /// Codes of sovereign states, territories and historical states.
    pub(crate) codes: BTreeSet<String>,
    /// Codes of territories.
    pub(crate) territories: BTreeSet<String>,
    /// Names of historical states.
    past: BTreeSet<String>,
}

const AS_OF: &str = "2026-09";

/// Aliases of the sources that are no name of the country: other things, other languages' case forms, codes
/// that mean something else in copy, artefacts of a crawl.
const NO_ALIAS: &[(&str, &[&str])] = &[
    ("AE", &["Emirats Àrabs Units", "Emirados Árabes Unidos"]),
    ("AF", &["Islamic Republic of Afghanistan"]),
    ("AS", &["AS"]),
    ("CG", &["Brazzaville"]),
    ("CH", &["CH"]),
    ("DZ", &["Dzayeriya", "Dzayeri"]),
    ("EC", &["Quito"]),
    ("EE", &["Estonie"]),
    ("EU", &["the bloc", "European bloc", "EU"]),
    ("FM", &["and Yap Districts", "Ponape", "Truk"]),
    ("GA", &["Gabonais"]),
    ("HU", &["Magyar", "Ungarn"]),
    ("IL", &["Israelite", "Yisraeli", "Emetab Israel", "Iosrael"]),
    ("IM", &["Mann"]),
    ("IQ", &["Iraki"]),
    ("IS", &["Island", "Ísland"]),
    ("US", &["the States"]),
    ("JM", &["Jamiaca", "Jamiaca Island", "Jameyka"]),
    ("KP", &["Best Korea"]),
    ("LT", &["Lietuvių kalba"]),
    ("ME", &["Aquaserbia"]),
    ("PR", &["PR"]),
    (
        "PS",
        &[
            "Palestinian Authority",
            // Parts, which stand among the places.
            "Gaza",
            "Gaza Strip",
            "Qita' Ghazzah",
            "West Bank",
        ],
    ),
    ("FK", &["Falkland Islands [Malvinas]"]),
    ("NL", &["Nederlands"]),
    // Cities, and seats of what is no government.
    ("GB", &["Buckingham Palace"]),
    ("AF", &["the Arg"]),
    ("HU", &["the Carmelite Monastery"]),
    ("KE", &["State House"]),
    ("TH", &["Government House"]),
    ("TR", &["the Aksaray"]),
    ("GU", &["GU"]),
    ("NL", &["NL"]),
    ("IR", &["Qom"]),
    ("LY", &["Benghazi", "Tobruk"]),
    ("RU", &["Russian"]),
    ("SV", &["El Salvadori", "El Salvadore"]),
    ("TM", &["Turkmen"]),
    ("TN", &["Tunis"]),
    ("VI", &["VI"]),
    ("WF", &["Hoorn Islands is the former name of the Futuna Islands"]),
    ("MA", &["Western Sahara", "Spanish Sahara", "Ifni"]),
    (
        "MH",
        &[
            "Trust Territory of the Pacific Islands",
            "Marshall Islands District",
        ],
    ),
    (
        "PW",
        &["Trust Territory of the Pacific Islands", "Palau District"],
    ),
    ("CW", &["Netherlands Antilles"]),
    ("VN", &["Viet nam"]),
    ("BI", &["German East Africa"]),
    ("RW", &["German East Africa"]),
    ("TZ", &["German East Africa"]),
    ("SN", &["Mali Federation"]),
    ("ML", &["Mali Federation"]),
    ("IL", &["Mandatory Palestine"]),
];

/// Adjectives and demonyms of the sources that in English copy mean another country or everything.
const NO_DEMONYM: &[(&str, &[&str])] = &[
    ("AW", &["Dutch"]),
    ("CW", &["Dutch"]),
    ("CD", &["Congo"]),
    ("CG", &["Congo"]),
    ("EU", &["European", "EU"]),
    ("GB", &["UK"]),
    ("GI", &["Gibraltar"]),
    ("HK", &["Chinese", "Hong Kong"]),
    ("KI", &["Kiribati"]),
    ("KP", &["Korean", "Koreans"]),
    ("KR", &["Korean", "Koreans"]),
    ("LA", &["Laos"]),
    ("LI", &["Liechtenstein"]),
    ("LU", &["Luxembourg"]),
    ("FM", &["Kosraens", "Pohnpeians"]),
    ("MO", &["Chinese"]),
    ("MP", &["NA"]),
    ("NZ", &["New Zealand"]),
    ("PM", &["Frenchman", "Frenchwoman", "French"]),
    ("SG", &["Singapore"]),
    ("TW", &["Taiwan"]),
    ("US", &["US", "U.S."]),
    ("VA", &["Vatican", "papal"]),
];

/// Names for display where the sources' are lists of variants or not English usage.
const NAMES: &[(&str, &str, &str)] = &[
    (
        "CD",
        "Democratic Republic of the Congo",
        "the Democratic Republic of the Congo",
    ),
    ("CG", "Republic of the Congo", "the Republic of the Congo"),
    ("CC", "Cocos (Keeling) Islands", "the Cocos (Keeling) Islands"),
    ("EH", "Western Sahara", "Western Sahara"),
    ("MH", "Marshall Islands", "the Marshall Islands"),
    ("MP", "Northern Mariana Islands", "the Northern Mariana Islands"),
    ("PH", "Philippines", "the Philippines"),
    ("MO", "Macau", "Macau"),
    ("MV", "Maldives", "the Maldives"),
    ("NR", "Nauru", "Nauru"),
    ("VA", "Vatican City", "Vatican City"),
];

/// Items of Wikidata of the country alone, where the source gives the kingdom with its lands overseas. Both ids
/// and the names that go with them are in country-coder.
const QIDS: &[(&str, &str)] = &[("DK", "Q35"), ("NL", "Q55")];

/// Official names where that of the source is out of date, its own or none.
const OFFICIAL: &[(&str, &str)] = &[
    // Which of two names is the official one is disputed; both stand among the aliases.
    ("AF", ""),
    // ISO 3166, as country-converter 1.3.2 has it; the source keeps the usage of its government.
    ("MM", "Republic of the Union of Myanmar"),
    // rigour 2.6.1.
    ("PS", "State of Palestine"),
    ("TR", "Republic of Türkiye"),
    ("TW", "Republic of China"),
    ("VA", "Vatican City State"),
];

pub(crate) fn extract(json: &Value, out: &mut Output) -> Countries {
    let mut known = Countries::default();
    for row in json["historical"].as_array().into_iter().flatten() {
        let names = [text(row, "name"), text(row, "official_name")];
        known.past.extend(names.map(str::to_owned));
    }
    for row in json["countries"].as_array().into_iter().flatten() {
        let code = text(row, "iso2");
        if text(row, "kind") == "union" {
            continue;
        }
        known.codes.insert(code.to_owned());
        if text(row, "kind") == "territory" {
            known.territories.insert(code.to_owned());
        }
        country(code, row, &known.past, out);
    }
    for row in json["historical"].as_array().into_iter().flatten() {
        let code = text(row, "code").to_uppercase();
        let successors: Vec<&str> = list(row, "successors")
            .into_iter()
            .filter(|s| s.len() == 2)
            .collect();
        known.codes.insert(code.clone());
        out.row(
            "countries",
            &[
                ("id", &code),
                ("what", "historical"),
                ("wikidata", text(row, "qid")),
                ("name", text(row, "name")),
                ("tier", "3"),
                ("start", text(row, "start")),
                ("end", text(row, "end")),
                ("successors", &successors.join("|")),
                ("source", "rigour"),
                ("as_of", AS_OF),
            ],
        );
        let official = text(row, "official_name");
        if official != text(row, "name") {
            out.name(&code, "alias", official, "rigour", AS_OF);
        }
    }
    known
}

fn country(code: &str, row: &Value, past: &BTreeSet<String>, out: &mut Output) {
    let lookup = |table: &[(&str, &[&str])], name: &str| {
        table.iter().any(|(c, names)| *c == code && names.contains(&name))
    };
    let sentence = text(row, "in_sentence");
    let (name, sentence) = match NAMES.iter().find(|(c, ..)| *c == code) {
        Some((_, name, sentence)) => (*name, *sentence),
        None => (sentence.strip_prefix("the ").unwrap_or(sentence), sentence),
    };
    let sovereign = text(row, "kind") == "sovereign";
    let of = |table: &[(&'static str, &'static str)]| table.iter().find(|(c, _)| *c == code).map(|(_, v)| *v);
    let qid = of(QIDS).unwrap_or(text(row, "qid"));
    let official = of(OFFICIAL).unwrap_or(text(row, "official_name"));
    let official = if official == name { "" } else { official };
    out.row(
        "countries",
        &[
            ("id", code),
            ("what", text(row, "kind")),
            ("wikidata", qid),
            ("name", name),
            ("official", official),
            ("iso3", text(row, "iso3")),
            ("in_sentence", if sentence == name { "" } else { sentence }),
            ("tier", if sovereign { "1" } else { "2" }),
            ("groups", &list(row, "groups").join("|")),
            ("source", "rigour"),
            ("as_of", AS_OF),
        ],
    );
    // Names of the country. What a name is also the capital of goes to the capital.
    let mut names: BTreeMap<String, (&str, &str)> = BTreeMap::new();
    let iso3 = text(row, "iso3");
    for alias in [text(row, "name"), text(row, "official_name")]
        .into_iter()
        .chain(list(row, "aliases"))
    {
        let form = if is_acronym(alias) { "acronym" } else { "alias" };
        names.entry(alias.to_owned()).or_insert((form, ""));
    }
    if code == "MH" || code == "FM" {
        names.remove(iso3);
    }
    for former in list(row, "former_names") {
        // "Estonian SSR (while occupied by the USSR)", "Belorussian (Byelorussian) SSR", "Congo/Leopoldville".
        let plain = strip_brackets(former).replace('/', "-");
        // The state of that name stands by itself.
        if past.contains(&plain) {
            continue;
        }
        names.insert(plain, ("alias", "former"));
    }
    for local in list(row, "local_names") {
        names.entry(local.to_owned()).or_insert(("alias", ""));
    }
    let capitals: BTreeSet<&str> = [text(row, "capital")]
        .into_iter()
        .chain(list(row, "capital_aliases"))
        .collect();
    for (alias, (form, flags)) in &names {
        let alias = alias.trim();
        // What stands in brackets is the editors' word.
        let note = alias.contains('(');
        if alias.is_empty()
            || alias == name
            || alias == official
            || note
            || lookup(NO_ALIAS, alias)
            || alias.len() < 2
        {
            continue;
        }
        let from_factbook = *flags == "former";
        out.row(
            "names",
            &[
                ("id", code),
                ("form", form),
                ("name", alias),
                ("flags", flags),
                ("source", if from_factbook { "factbook" } else { "rigour" }),
                ("as_of", if from_factbook { "2026-01-22" } else { AS_OF }),
            ],
        );
    }
    for (field, form) in [("demonym_nouns", "demonym"), ("adjectives", "adjective")] {
        for demonym in list(row, field) {
            let lower = demonym.chars().next().is_none_or(char::is_lowercase);
            if demonym != name && !lower && !lookup(NO_DEMONYM, demonym) {
                out.name(code, form, demonym, "factbook", "2026-01-22");
            }
        }
    }
    for capital in &capitals {
        if !capital.is_empty() {
            out.name(code, "capital", capital, "factbook", "2026-01-22");
        }
    }
    for metonym in list(row, "metonyms") {
        if !capitals.contains(metonym) && !lookup(NO_ALIAS, metonym) {
            out.name(code, "metonym", metonym, "hand", "2026-11-23");
        }
    }
}

fn is_acronym(name: &str) -> bool {
    let letters: Vec<char> = name.chars().filter(|c| c.is_alphanumeric()).collect();
    (2..=5).contains(&letters.len()) && letters.iter().all(|c| c.is_uppercase()) && !name.contains(' ')
}

fn strip_brackets(name: &str) -> String {
    let mut out = String::new();
    let mut depth = 0;
    for c in name.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}
