//! A pack as large as one likes, the same for the same size: people with offices, of whom a few are those
//! that the base in the program knows too, under names that news copy is full of.

use copydesk::{
    base::date::Date,
    kb::{
        Gender, Kb, Kind, NameForm, Role,
        source::{EntityRow, LayerRow, NameRow, Tables, TenureRow},
    },
};

const GIVEN: &[&str] = &[
    "Ana", "Omar", "Liis", "John", "Mary", "Wei", "Olaf", "Fatima", "Pedro", "Ivan", "Aiko", "Samuel",
    "Grace", "Tarek", "Nadia", "Hugo", "Elena", "Kofi", "Priya", "Lars", "Marta", "David", "Sarah", "James",
    "Emma", "Paul", "Anna",
];
const PARTS: &[&str] = &[
    "ba", "ko", "ri", "man", "son", "ev", "ska", "ton", "wil", "har", "ber", "lin", "dor", "fel", "gar",
    "mos", "ner", "pak", "qui", "ros", "tam", "ul", "ven", "wes", "yor", "zan", "sen", "ley",
];

/// Tables of `n` people, with the countries that they belong to.
pub(crate) fn tables(n: usize) -> Tables {
    let known = Kb::embedded();
    let countries: Vec<_> = known
        .ids()
        .filter(|id| known.kind(*id) == Kind::Country && known.tier(*id) == 1)
        .collect();
    let shared: Vec<_> = known
        .ids()
        .filter(|id| known.kind(*id) == Kind::Person && known.wikidata(*id).is_some())
        .collect();
    let mut tables = Tables::default();
    tables.layers.push(LayerRow {
        id: "synthetic".to_owned(),
        as_of: None,
        license: "none".to_owned(),
        what: "made up".to_owned(),
    });
    for id in &countries {
        let code = known.code(*id).unwrap_or_default();
        let mut row = row(known.stable_id(*id).into_owned(), Kind::Country, known.name(*id));
        row.code = code.to_owned();
        row.wikidata = known.wikidata(*id);
        tables.entities.push(row);
    }
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = move |n: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        (random >> 11) as usize % n
    };
    for i in 0..n {
        let country = countries[next(countries.len())];
        // One in ten is somebody known.
        let twin = (i % 10 == 0).then(|| shared.get(i / 10)).flatten();
        let number = twin
            .and_then(|id| known.wikidata(*id))
            .unwrap_or(3_000_000_000 + i as u32);
        let name = match twin {
            Some(id) => known.name(*id).to_owned(),
            None => format!("{} {}", GIVEN[next(GIVEN.len())], surname(&mut next)),
        };
        let id = format!("Q{number}");
        let mut row = row(id.clone(), Kind::Person, &name);
        row.wikidata = Some(number);
        row.country = known.stable_id(country).into_owned();
        row.gender = [Gender::Female, Gender::Male, Gender::Unknown][next(3)];
        tables.entities.push(row);
        if next(2) == 0 {
            let surname = name.rsplit(' ').next().unwrap_or(&name);
            tables.names.push(NameRow {
                entity: id.clone(),
                form: NameForm::Alias,
                name: format!("{} {surname}", GIVEN[next(GIVEN.len())]),
                weak: false,
                former: false,
                from: None,
                to: None,
                source: "synthetic".to_owned(),
                at: (String::new(), 0),
            });
        }
        for _ in 0..1 + next(2) {
            let year = 1990 + next(35) as i16;
            let day = |year| Date::from_ymd(year, 5, 1);
            tables.tenures.push(TenureRow {
                person: id.clone(),
                org: known.code(country).unwrap_or_default().to_owned(),
                role: [
                    Role::Minister,
                    Role::Legislator,
                    Role::Subnational,
                    Role::FinanceMinister,
                ][next(4)],
                office: [
                    "Minister",
                    "Member of Parliament",
                    "Governor",
                    "Minister of Finance",
                ][next(4)]
                .to_owned(),
                start: day(year),
                end: (year < 2022).then(|| day(year + 4)).flatten(),
                doubt: None,
                as_of: day(2026),
                party: String::new(),
                source: "synthetic".to_owned(),
                at: (String::new(), 0),
            });
        }
    }
    tables
}

fn surname(next: &mut impl FnMut(usize) -> usize) -> String {
    let mut name: String = (0..2 + next(2)).map(|_| PARTS[next(PARTS.len())]).collect();
    name[..1].make_ascii_uppercase();
    name
}

fn row(id: String, kind: Kind, name: &str) -> EntityRow {
    EntityRow {
        id,
        kind,
        what: String::new(),
        wikidata: None,
        name: name.to_owned(),
        code: String::new(),
        in_sentence: String::new(),
        official: String::new(),
        iso3: String::new(),
        family: String::new(),
        tier: 3,
        gender: Gender::Unknown,
        country: String::new(),
        groups: Vec::new(),
        successors: Vec::new(),
        start: None,
        end: None,
        source: "synthetic".to_owned(),
        at: (String::new(), 0),
    }
}
