//! The integrity check finds what it says it finds, and says where.

use copydesk::kb::{source::Tables, verify};

/// A sound base of a few rows.
const SOUND: &[(&str, &str)] = &[
    (
        "layers.tsv",
        "id\tas_of\tlicense\twhat\nold\t2022-07-01\tCC0\tolder\nnew\t2026-01-22\tCC0\tnewer\n",
    ),
    (
        "countries.tsv",
        "id\twhat\twikidata\tname\tsuccessors\tsource\n\
         AA\tsovereign\tQ1\tAland\t\tnew\n\
         BB\tsovereign\tQ2\tBeland\t\tnew\n",
    ),
    (
        "institutions.tsv",
        "id\twhat\twikidata\tname\tcountry\tsource\n\
         aa-bank\tcentral_bank\tQ3\tBank\tAA\tnew\n\
         bb-bank\tcentral_bank\tQ4\tBank\tBB\tnew\n",
    ),
    (
        "persons.tsv",
        "id\twikidata\tname\tcountry\tsource\n\
         Q11\tQ11\tAnn Able\tAA\told\n\
         Q12\tQ12\tBen Baker\tAA\told\n",
    ),
    (
        "names.tsv",
        "id\tform\tname\tflags\tfrom\tto\tsource\n\
         AA\tdemonym\tAlander\t\t\t\tnew\n\
         BB\talias\tOld Beland\tformer\t1960\t1990\tnew\n",
    ),
    (
        "tenures.tsv",
        "id\torg\trole\toffice\tstart\tend\tsource\tas_of\n\
         Q11\tAA\thead_of_state\tPresident\t2010-01-01\t2015-01-01\told\t2022-07-01\n\
         Q12\tAA\thead_of_state\tPresident\t2015-01-01\t\told\t2022-07-01\n",
    ),
];

fn faults(more: &[(&str, &str)]) -> Vec<String> {
    let mut files: Vec<(String, String)> = SOUND
        .iter()
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
        .collect();
    for (name, row) in more {
        match files.iter_mut().find(|(file, _)| file == name) {
            Some((_, text)) => text.push_str(row),
            None => files.push(((*name).to_owned(), (*row).to_owned())),
        }
    }
    let tables = Tables::parse(&files).unwrap();
    let mut lines: Vec<String> = verify::check_tables(&tables)
        .iter()
        .map(ToString::to_string)
        .collect();
    lines.extend(tables.idle_drops.iter().map(|row| format!("idle-drop: {row}")));
    lines
}

#[track_caller]
fn check(table: &str, row: &str, wanted: &[&str]) {
    assert_eq!(faults(&[(table, &format!("{row}\n"))]), wanted, "{table}: {row}");
}

#[test]
fn sound_tables_have_no_fault() {
    assert_eq!(faults(&[]), [""; 0]);
}

#[test]
fn each_fault_is_one_line_that_says_where() {
    check(
        "tenures.tsv",
        "Q12\tAA\thead_of_state\tPresident\t2012-01-01\t2013-01-01\told\t2022-07-01",
        &[
            "tenures.tsv:4: two-holders: head_of_state of AA (President): Ann Able (Q11) and Ben Baker (Q12) from \
           2012-01-01 to 2013-01-01; mend it, or say in hand/disputed.tsv that the sources disagree",
        ],
    );
    check(
        "tenures.tsv",
        "Q11\tAA\tdefence_minister\tMinister\t2015-01-01\t2014-01-01\told\t2022-07-01",
        &["tenures.tsv:4: end-before-start: Ann Able (Q11), Minister (AA): 2015-01-01 to 2014-01-01"],
    );
    check(
        "tenures.tsv",
        "Q11\tCC\tminister\tMinister\t2015-01-01\t2016-01-01\told\t2022-07-01",
        &["tenures.tsv:4: dangling-org: Ann Able (Q11), Minister (CC): no entity has the code"],
    );
    check(
        "tenures.tsv",
        "Q11\tAA\tminister\tMinister\t2015-01-01\t\told\t",
        &[
            "tenures.tsv:4: no-as-of: Ann Able (Q11), Minister (AA) has neither an end nor a date of its source",
        ],
    );
    check(
        "tenures.tsv",
        "Q11\tAA\tminister\tMinister\t2027-01-20\t\told\t2022-07-01",
        &[
            "tenures.tsv:4: in-the-future: Ann Able (Q11), Minister (AA) begins 2027-01-20, after its source was made \
           (2022-07-01)",
        ],
    );
    check(
        "tenures.tsv",
        "Q11\tAA\tminister\tMinister\t2015-01-01\t\told\t2025-01-01",
        &[
            "tenures.tsv:4: as-of-too-late: Ann Able (Q11), Minister (AA) is as of 2025-01-01, but old is of 2022-07-01",
        ],
    );
    check(
        "persons.tsv",
        "Q13\tQ12\tCal Cook\tAA\told",
        &["persons.tsv:4: duplicate-id: Q13 (Cal Cook) has the Wikidata id of Q12 (Ben Baker)"],
    );
    check(
        "persons.tsv",
        "Q13\tQ13\t–\tAA\told",
        &["persons.tsv:4: odd-name: Q13 (–) has no letter"],
    );
    check(
        "names.tsv",
        "BB\tadjective\tAlander\t\t\t\tnew",
        &["names.tsv:4: shared-demonym: 'Alander' belongs to Aland (AA) and Beland (BB)"],
    );
    check(
        "names.tsv",
        "AA\tadjective\tNA\t\t\t\tnew",
        &["names.tsv:4: odd-name: 'NA', a name of AA (Aland), is a note and no name"],
    );
    check(
        "names.tsv",
        "AA\talias\tAland Isles\tformer\t1990\t1980\tnew",
        &["names.tsv:4: end-before-start: 'Aland Isles' of AA: 1990 to 1980"],
    );
    check(
        "institutions.tsv",
        "aa-bank-2\tcentral_bank\tQ5\tBank\tAA\tnew",
        &["institutions.tsv:4: same-name: 'Bank' is a name of Bank (aa-bank) and Bank (aa-bank-2)"],
    );
    // A name of old and banks of two countries are told apart by time and place.
    check("names.tsv", "AA\talias\tOld Beland\tformer\t\t\tnew", &[]);
    check("institutions.tsv", "bank\tcentral_bank\tQ5\tBank\t\tnew", &[]);
}

#[test]
fn a_person_under_two_ids_is_found() {
    let person = ("persons.tsv", "Q13\tQ13\tann able\tAA\told\n");
    let office = (
        "tenures.tsv",
        "Q13\tAA\tminister\tMinister\t2001-02-03\t2002-01-01\told\t2022-07-01\n",
    );
    let twin = (
        "tenures.tsv",
        "Q11\tAA\tminister\tMinister\t2001-02-03\t2002-01-01\told\t2022-07-01\n",
    );
    assert_eq!(
        faults(&[person, office, twin]),
        ["tenures.tsv:4: one-person-twice: ann able is both Q11 and Q13; unite them in hand/merge.tsv"]
    );
}

#[test]
fn what_is_right_all_the_same_is_accepted_and_stale_rows_are_named() {
    let accepted = |key: &str| format!("code\tkey\treason\nshared-demonym\t{key}\tby the nearest country\n");
    let shared = ("names.tsv", "BB\tadjective\tAlander\t\t\t\tnew\n");
    assert_eq!(faults(&[shared, ("accepted.tsv", &accepted("Alander"))]), [""; 0]);
    assert_eq!(
        faults(&[("accepted.tsv", &accepted("Alander"))]),
        ["accepted.tsv:2: idle: no fault shared-demonym is about 'Alander' any more; drop the row"]
    );
}

/// Disagreement of the sources makes an answer of "perhaps", for the one who left and for the one within.
#[test]
fn disputed_offices_are_in_doubt() {
    let table = |rows: &str| -> Tables {
        let mut files: Vec<(String, String)> = SOUND
            .iter()
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
            .collect();
        files[5].1.push_str(rows);
        files.push((
            "hand/disputed.tsv".to_owned(),
            "org\trole\toffice\tid\tother\treason\nAA\tdefence_minister\tMinister\tQ12\tQ11\tthe dates overlap\n".to_owned(),
        ));
        Tables::parse(&files).unwrap()
    };
    let doubts = |tables: &Tables| -> Vec<String> {
        let of_defence = tables.tenures.iter().filter(|t| t.office == "Minister");
        of_defence
            .map(|t| {
                format!(
                    "{} {}",
                    t.person,
                    t.doubt.map_or("-".to_owned(), |d| d.to_string())
                )
            })
            .collect()
    };
    let later = table(
        "Q11\tAA\tdefence_minister\tMinister\t2001-01-01\t2005-03-01\told\t2022-07-01\n\
         Q12\tAA\tdefence_minister\tMinister\t2005-01-10\t2008-01-01\told\t2022-07-01\n",
    );
    assert_eq!(doubts(&later), ["Q11 2005-01-10", "Q12 -"]);
    assert_eq!(verify::check_tables(&later), []);
    let within = table(
        "Q11\tAA\tdefence_minister\tMinister\t2001-01-01\t2005-03-01\told\t2022-07-01\n\
         Q12\tAA\tdefence_minister\tMinister\t2002-01-10\t2003-01-01\told\t2022-07-01\n",
    );
    assert_eq!(doubts(&within), ["Q11 2002-01-10", "Q12 2002-01-10"]);
    assert_eq!(
        table("").idle_drops,
        ["disputed AA defence_minister Minister Q12 Q11"]
    );
}

#[test]
fn offices_get_their_right_role() {
    let tables = Tables::parse(
        &SOUND
            .iter()
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
            .chain([(
                "hand/roles.tsv".to_owned(),
                "org\trole\toffice\tinto\texcept\treason\n\
                 AA\thead_of_state\tPres*\tother\tQ12/2015\ta test\n\
                 BB\thead_of_state\tPresident\tother\t\tmatches nothing\n"
                    .to_owned(),
            )])
            .collect::<Vec<_>>(),
    )
    .unwrap();
    let roles: Vec<_> = tables
        .tenures
        .iter()
        .map(|t| (t.person.as_str(), t.role.text()))
        .collect();
    assert_eq!(roles, [("Q11", "other"), ("Q12", "head_of_state")]);
    assert_eq!(tables.idle_drops, ["roles BB head_of_state President"]);
}

#[test]
fn rows_by_hand_that_repeat_one_another_are_named() {
    let rows = "id\torg\trole\toffice\tstart\tend\tsource\tas_of\n\
                Q11\tAA\tminister\tMinister\t2001\t2002\told\t2022-07-01\n\
                Q11\tAA\tminister\tMinister\t2001\t2003\told\t2022-07-01\n";
    assert_eq!(
        faults(&[("hand/tenures.tsv", rows)]),
        ["idle-drop: hand/tenures.tsv:3: the row repeats line 2"]
    );
}

#[test]
fn terms_that_touch_are_one_and_other_scripts_go() {
    let mut files: Vec<(String, String)> = SOUND
        .iter()
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
        .collect();
    files.push((
        "hand/tenures.tsv".to_owned(),
        "id\torg\trole\toffice\tstart\tend\tsource\tas_of\n\
         Q11\tBB\tminister\tMinister\t2001-03-02\t2003-05-31\told\t2003-05-31\n\
         Q11\tBB\tminister\tMinister\t2003-06-01\t2005-01-01\told\t2005-01-01\n\
         Q11\tBB\tminister\tMinister\t2005-01-01\t\tnew\t2025-01-01\n\
         Q12\tBB\tminister\tMinister\t2001-03-02\t2003-05-31\told\t2003-05-31\n\
         Q12\tBB\tminister\tMinister\t2004-06-01\t2005-01-01\told\t2005-01-01\n"
            .to_owned(),
    ));
    files.push((
        "hand/persons.tsv".to_owned(),
        "id\twikidata\tname\tcountry\tsource\nQ13\tQ13\tЛюбов Бельська\tBB\tnew\n".to_owned(),
    ));
    files.push((
        "hand/rename.tsv".to_owned(),
        "id\tname\nQ13\tLyubov Belska\nQ11\tAnna Able\n".to_owned(),
    ));
    let tables = Tables::parse(&files).unwrap();
    let terms: Vec<_> = tables
        .tenures
        .iter()
        .filter(|t| t.org == "BB")
        .map(|t| {
            (
                t.person.as_str(),
                t.start.unwrap().to_string(),
                t.end.map(|d| d.year),
            )
        })
        .collect();
    assert_eq!(
        terms,
        [
            ("Q11", "2001-03-02".to_owned(), None),
            ("Q12", "2001-03-02".to_owned(), Some(2003)),
            ("Q12", "2004-06-01".to_owned(), Some(2005)),
        ]
    );
    let aliases: Vec<_> = tables.names.iter().map(|n| n.name.as_str()).collect();
    assert!(aliases.contains(&"Ann Able"), "{aliases:?}");
    assert!(!aliases.contains(&"Любов Бельська"), "{aliases:?}");
}
