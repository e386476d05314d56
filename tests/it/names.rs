//! Names, their links, pronouns and descriptions through the whole analysis, and what holds for any text.

use std::{fmt::Write as _, sync::Arc};

use copydesk::{
    kb::Kb,
    semantic::article::{Article, Context, EntityKind, analyze},
};
use proptest::prelude::*;

fn read(text: &str, date: &str) -> Article {
    let context = Context {
        date: date.parse().ok(),
        ..Context::default()
    };
    analyze(&Arc::from(text), &context, Kb::embedded())
}

/// One mention a line: the words, the form, and what they mean.
fn mentions(article: &Article) -> String {
    let mut out = String::new();
    for m in &article.mentions {
        let form = format!("{:?}", m.form).to_lowercase();
        let e = &article.entities[m.entity];
        let kind = format!("{:?}", e.kind).to_lowercase();
        let _ = writeln!(
            out,
            "{} = {form} of {kind} {}",
            m.span.text(&article.text),
            e.name
        );
    }
    out
}

/// Checks that exactly these mentions are found, in text order.
#[track_caller]
fn check(text: &str, date: &str, want: &[&str]) {
    let article = read(text, date);
    let got = mentions(&article);
    assert_eq!(got.trim_end(), want.join("\n"), "in: {text}");
}

/// Checks the speakers of the quotations, in text order.
#[track_caller]
fn check_speakers(text: &str, want: &[&str]) {
    let article = read(text, "");
    let got: Vec<&str> = article
        .quotes
        .iter()
        .map(|q| q.speaker.map_or("nobody", |s| article.entities[s].name.as_str()))
        .collect();
    assert_eq!(got, want, "in: {text}");
}

#[test]
fn unknown_people_are_followed_by_surname_and_pronoun() {
    check(
        "Lena Hartmann, the harbour master, opened the gate on Friday. Hartmann said she was tired.",
        "",
        &[
            "Lena Hartmann = name of person Lena Hartmann",
            "harbour master = description of person Lena Hartmann",
            "Hartmann = surname of person Lena Hartmann",
            "she = pronoun of person Lena Hartmann",
        ],
    );
    let article = read("Lena Hartmann, the harbour master, opened the gate.", "");
    assert_eq!(article.entities[0].role.as_deref(), Some("harbour master"));
}

#[test]
fn a_role_leads_to_the_name_beside_or_below_it() {
    check_speakers("A glassblower, Tom Reed, said the wall was sound.", &["Tom Reed"]);
    check_speakers(
        "Judge says thief showed contempt\n\nA thief was jailed on Monday. Judge Eleanor Tate said that it was sad.",
        &["Eleanor Tate", "Eleanor Tate"],
    );
    // Two judges: the headline means either.
    check_speakers(
        "Judge says thief showed contempt\n\nJudge Eleanor Tate met Judge Paul Okoro. Judge Eleanor Tate said that it was sad.",
        &["judge", "Eleanor Tate"],
    );
}

#[test]
fn a_surname_in_the_headline_waits_for_the_full_name() {
    check(
        "Okoro urges dockers to wait\n\nPaul Okoro, a lawyer, spoke in the hall on Friday.",
        "",
        &[
            "Okoro = surname of person Paul Okoro",
            "Paul Okoro = name of person Paul Okoro",
            "lawyer = description of person Paul Okoro",
        ],
    );
}

#[test]
fn titles_roles_and_possessives_are_no_part_of_a_name() {
    check(
        "Sen. Dale Roy met Dr. Amara Diallo’s lawyer, Tom Reed Jr., in Geneva.",
        "",
        &[
            "Dale Roy = name of person Dale Roy",
            "Dr. Amara Diallo’s lawyer = description of person Tom Reed Jr.",
            "Amara Diallo = name of person Amara Diallo",
            "Tom Reed Jr. = name of person Tom Reed Jr.",
            "Geneva = place of place Geneva",
        ],
    );
}

#[test]
fn country_words_lead_to_the_country() {
    check(
        "Ukraine thanked the Polish army. Kenyans and a Ukrainian driver left New Jersey.",
        "",
        &[
            "Ukraine = name of country Ukraine",
            "Polish = demonym of country Poland",
            "Kenyans = demonym of country Kenya",
            "Ukrainian = demonym of country Ukraine",
            "New Jersey = place of place New Jersey",
        ],
    );
}

#[test]
fn words_in_small_letters_are_no_countries() {
    check(
        "They ate turkey from china plates, and it was polish that they wanted.",
        "",
        &[],
    );
}

#[test]
fn a_capital_is_a_government_or_a_place() {
    check(
        "Kyiv’s allies met in Brussels. Moscow rejected the offer. She flew to Warsaw. Talks between London and Paris failed.",
        "",
        &[
            "Kyiv = metonym of country Ukraine",
            "Brussels = place of place Brussels",
            "Moscow = metonym of country Russia",
            "Warsaw = place of place Warsaw",
            "London = metonym of country United Kingdom",
            "Paris = metonym of country France",
        ],
    );
}

#[test]
fn a_given_name_before_a_surname_is_no_country() {
    check(
        "Jordan Baker and Chad Winter met Paris Lowell in Jordan.",
        "",
        &[
            "Jordan Baker = name of person Jordan Baker",
            "Chad Winter = name of person Chad Winter",
            "Paris Lowell = name of person Paris Lowell",
            "Jordan = name of country Jordan",
        ],
    );
}

#[test]
fn a_surname_that_is_a_country_follows_the_person() {
    check_speakers(
        "“We will not move,” said Jordan. Kate Jordan has run the harbour since 2019.",
        &["Kate Jordan"],
    );
}

#[test]
fn a_month_that_speaks_is_a_surname() {
    check_speakers("“We will not move,” May said in May.", &["May"]);
}

#[test]
fn offices_are_read_at_the_date_of_the_article() {
    let text = "The German chancellor left early.";
    check(
        text,
        "2015-06-01",
        &[
            "German chancellor = description of person Angela Merkel",
            "German = demonym of country Germany",
        ],
    );
    check(
        text,
        "2022-06-01",
        &[
            "German chancellor = description of person Olaf Scholz",
            "German = demonym of country Germany",
        ],
    );
    check(text, "", &["German = demonym of country Germany"]);
}

/// Who was minister when the source was last read, years before the article, is not said to be one.
#[test]
fn an_office_nobody_has_checked_for_years_is_not_stated() {
    let role = |name: &str, date: &str| {
        let text = format!("{name} left early.");
        read(&text, date).entities.remove(0).role
    };
    let tests = [
        // A justice minister of July 2022, with no end known.
        ("Filip Adžić", "2022-06-01", Some("Minister")),
        ("Filip Adžić", "2026-03-01", None),
        // Of what is over for certain the highest office says who somebody is.
        ("David Cameron", "2025-02-01", Some("former Prime Minister")),
        ("Yair Lapid", "2022-08-01", Some("Prime Minister of Israel")),
        ("Yair Lapid", "2023-10-20", Some("Leader of the Opposition")),
        ("Kemi Badenoch", "2025-03-01", Some("Leader of the")),
    ];
    for (name, date, wanted) in tests {
        let role = role(name, date);
        let fits = match wanted {
            Some(wanted) => role.as_deref().is_some_and(|r| r.contains(wanted)),
            None => role.is_none(),
        };
        assert!(fits, "{name} on {date}: {role:?}");
    }
}

/// An office and its country make a phrase that an editor would write.
#[test]
fn an_office_is_told_with_its_country() {
    let role = |name: &str, date: &str| {
        let entities = read(&format!("{name} left early."), date).entities;
        entities.into_iter().find(|e| e.kind == EntityKind::Person)?.role
    };
    let tests = [
        (
            "U.S. Senator Amy Klobuchar",
            "2020-05-01",
            "Senator for Minnesota",
        ),
        (
            "British ambassador Simon Smith",
            "2014-05-01",
            "ambassador of the United Kingdom to Ukraine",
        ),
        (
            "British minister Andrew Smith",
            "2001-05-01",
            "Chief Secretary to the Treasury of the United Kingdom",
        ),
        (
            "Annalena Baerbock",
            "2023-05-01",
            "Federal Minister for Foreign Affairs of Germany",
        ),
    ];
    for (name, date, wanted) in tests {
        assert_eq!(role(name, date).as_deref(), Some(wanted), "{name}");
    }
}

#[test]
fn an_office_explains_another_spelling() {
    check(
        "Egyptian President Abdel-Fattah el-Sissi left. El-Sissi said he was tired.",
        "2020-12-07",
        &[
            "Egyptian = demonym of country Egypt",
            "Abdel-Fattah el-Sissi = name of person Abdel Fattah el-Sisi",
            "El-Sissi = surname of person Abdel Fattah el-Sisi",
            "he = pronoun of person Abdel Fattah el-Sisi",
        ],
    );
}

#[test]
fn descriptions_lead_back() {
    check_speakers(
        "“It is close,” a NATO diplomat said.\n\n“It is very close,” the diplomat added.",
        &["a NATO diplomat", "a NATO diplomat"],
    );
    check_speakers(
        "“She is resting,” Hartmann’s spokesman, Tom Reed, said.",
        &["Tom Reed"],
    );
    check_speakers(
        "A spokesman for Hartmann said she was “resting”.",
        &["a spokesman for Hartmann"],
    );
}

#[test]
fn pronouns_agree_with_given_names() {
    check_speakers(
        "Hartmann met Paul Okoro on Friday. “It was a good start,” she said.",
        &["Hartmann"],
    );
    check_speakers(
        "Ana Lopes met Paul Okoro on Friday. “It was a good start,” he said.",
        &["Paul Okoro"],
    );
}

#[test]
fn who_owns_a_name_is_part_of_its_phrase() {
    check_speakers(
        "Kenya’s Paul Okoro called for calm. He said the gate was shut.",
        &["Paul Okoro", "Paul Okoro"],
    );
}

#[test]
fn people_who_said_something_become_a_group() {
    check_speakers(
        "State prosecutors charged the driver on Friday. “We have enough,” they said.",
        &["State prosecutors"],
    );
    check_speakers(
        "Lena Hartmann met Paul Okoro in Geneva. “We agree on the map,” the pair said in a joint statement.",
        &["Lena Hartmann and Paul Okoro"],
    );
}

#[test]
fn the_article_gives_its_own_short_forms() {
    check(
        "The Halm Harbour Authority (HHA) opened the gate. The HHA said it would wait.",
        "",
        &[
            "Halm Harbour Authority = name of institution Halm Harbour Authority",
            "HHA = acronym of institution Halm Harbour Authority",
            "HHA = acronym of institution Halm Harbour Authority",
            "it = pronoun of institution Halm Harbour Authority",
        ],
    );
    // What the text spells out is no news agency.
    check("A patient with artificial pancreas (AP) got an AP pump.", "", &[]);
}

#[test]
fn may_is_a_surname_where_no_month_stands() {
    check(
        "Anna May left Halm in May. Okoro thanked May.",
        "",
        &[
            "Anna May = name of person Anna May",
            "Halm = place of place Halm",
            "Okoro = surname of person Okoro",
            "May = surname of person Anna May",
        ],
    );
}

#[test]
fn particles_begin_a_surname() {
    check(
        "Ana von der Heide spoke first. Then von der Heide left.",
        "",
        &[
            "Ana von der Heide = name of person Ana von der Heide",
            "von der Heide = surname of person Ana von der Heide",
        ],
    );
}

#[test]
fn compounds_and_datelines_choose_between_place_and_government() {
    check(
        "Moscow-backed rebels and a Kyiv-based reporter met. Sanctions on Tehran hurt. Strikes on Kyiv went on.",
        "",
        &[
            "Moscow = metonym of country Russia",
            "Kyiv = place of place Kyiv",
            "Tehran = metonym of country Iran",
            "Kyiv = place of place Kyiv",
        ],
    );
}

#[test]
fn each_mention_has_a_reason() {
    let article = read(
        "French President Emmanuel Macron met Lena Hartmann in Paris. He thanked her. Macron left.",
        "2023-05-01",
    );
    assert!(article.mentions.len() >= 6);
    for m in &article.mentions {
        assert!(!m.evidence.reason.is_empty());
        assert!(!m.evidence.reason.ends_with('.'), "{}", m.evidence.reason);
        assert!(m.evidence.at.is_some());
    }
}

/// Words of which prose is made here: names, titles, particles, marks, and letters of several bytes.
fn word() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "Mr",
        "Sen.",
        "President",
        "Lena",
        "Hartmann",
        "von",
        "der",
        "al",
        "-",
        "’s",
        "'",
        "Jr.",
        "Kyiv",
        "NATO",
        "the",
        "of",
        "and",
        "said",
        "he",
        "she",
        "they",
        "I",
        "“",
        "”",
        "\"",
        ",",
        ".",
        "54",
        "(",
        ")",
        "Ukraine",
        "Ukrainian",
        "minister",
        "two",
        "diplomats",
        "a",
        "Łódź",
        "Côte",
        "d’Ivoire",
        "U.S.",
        "WHO",
        "who",
        "it",
        "\n\n",
        "\n",
        ":",
        "—",
        "Paris",
        "Ministry",
        "Defence",
        "é",
        "日本",
        "former",
        "leader",
        "pair",
        "both",
    ])
    .prop_map(str::to_owned)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mentions_are_sorted_and_stand_in_the_text(words in prop::collection::vec(word(), 0..60), spaced in any::<bool>()) {
        let text = words.join(if spaced { " " } else { "" });
        let article = read(&text, "2021-01-01");
        let mut last = 0;
        for (i, m) in article.mentions.iter().enumerate() {
            prop_assert!(m.span.start >= last);
            last = m.span.start;
            prop_assert!(m.span.start < m.span.end);
            prop_assert!(text.get(m.span.range()).is_some());
            prop_assert!(m.entity < article.entities.len());
            prop_assert!((0.0..=1.0).contains(&m.score));
            prop_assert!(article.entities[m.entity].mentions.contains(&i));
        }
        for e in &article.entities {
            prop_assert!(!e.mentions.is_empty());
        }
        for q in &article.quotes {
            prop_assert!(q.speaker.is_none_or(|s| s < article.entities.len()));
        }
        let again = read(&text, "2021-01-01");
        prop_assert_eq!(&again.mentions, &article.mentions);
        prop_assert_eq!(&again.entities, &article.entities);
    }
}

/// Who leads a party leads the party, not the country.
#[test]
fn the_leader_of_a_party_is_found_by_the_party() {
    let leader = |text: &str| {
        let article = read(text, "2025-05-14");
        let found = article
            .entities
            .iter()
            .find(|e| e.kb.is_some() && e.role.is_some());
        found.map(|e| e.name.clone())
    };
    let tests = [
        ("Sinn Féin leader Mary Lou McDonald left.", "Mary Lou McDonald"),
        ("The Sinn Féin leader left.", "Mary Lou McDonald"),
        ("Reform UK leader Nigel Farage left.", "Nigel Farage"),
        ("The AfD co-leader, Alice Weidel, left.", "Alice Weidel"),
        ("FBI director Kash Patel left.", "Kash Patel"),
        ("Ontario Premier Doug Ford left.", "Doug Ford"),
    ];
    for (text, wanted) in tests {
        assert_eq!(leader(text).as_deref(), Some(wanted), "{text}");
    }
}
