//! Every way of attributing a quotation crossed with every way of naming who said it: whatever the sentence's form,
//! the same words are the source.

use crate::quotes::{article, check};

/// How a source may be described, and a word of it that its speaker's name must have.
const SOURCES: &[(&str, &str)] = &[
    ("Signe Dahlberg", "Dahlberg"),
    ("Ms Dahlberg", "Dahlberg"),
    ("Dahlberg", "Dahlberg"),
    ("Signe Dahlberg, 61,", "Dahlberg"),
    ("Signe Dahlberg, the mayor of Orvik,", "Dahlberg"),
    (
        "Signe Dahlberg, who has kept the lighthouse for 20 years,",
        "Dahlberg",
    ),
    ("Signe Dahlberg, whose boat sank in the storm,", "Dahlberg"),
    (
        "Signe Dahlberg, a professor of law at the University of Bergen,",
        "Dahlberg",
    ),
    ("Signe Dahlberg of the Net Makers’ Union", "Dahlberg"),
    ("Mayor Signe Dahlberg", "Dahlberg"),
    ("council leader Signe Dahlberg", "Dahlberg"),
    ("the lighthouse’s keeper, Signe Dahlberg,", "Dahlberg"),
    ("Signe Dahlberg’s lawyer, Pavel Horak,", "Horak"),
    ("another sailor, Pavel Horak,", "Horak"),
    ("Signe Dahlberg and Pavel Horak", "Horak"),
    ("a spokesman for the ministry", "spokesman"),
    ("a senior official with knowledge of the talks", "official"),
    ("two officials briefed on the matter", "officials"),
    ("a woman who waited nine hours in a tunnel", "woman"),
    ("a man whose house was destroyed", "man"),
    ("residents of the village", "residents"),
    ("the victim’s mother", "mother"),
    ("the Ministry of Finance", "Ministry"),
    ("the chief executive of Nordkran", "executive"),
    ("a witness who asked not to be named", "witness"),
    ("one official involved in the planning", "official"),
    ("one Republican close to the leadership", "Republican"),
    ("a young Russian", "a young Russian"),
    ("some Germans", "some Germans"),
    ("several Italians", "several Italians"),
];

/// The ways; `{s}` is the source in the sentence, `{S}` at its start.
const WAYS: &[&str] = &[
    "“{q},” {s} said.",
    "“{q},” said {s}.",
    "{S} said: “{q}.”",
    "“{q},” {s} told reporters on Monday.",
    "{S} told a news conference in Bergen on Monday that “{q}”.",
    "According to {s}, “{q}”.",
    "“{q},” according to {s}.",
    "In a statement on Monday, {s} said “{q}”.",
    "“{q},” {s} said in a statement.",
    "Speaking after the meeting, {s} said “{q}”.",
    "On Monday {s} said the council was ready, but added that “{q}”.",
    "In March {s} warned that “{q}”.",
    "“{q},” {s} wrote on Facebook.",
    "{S} has warned that “{q}”.",
    "But {s} insisted “{q}”.",
    "“{q}”, says {s}.",
    "“{q},” {s} said, “and nobody knows why.”",
    "Asked about the delay, {s} said: “{q}.”",
    "The delay, {s} said, means that “{q}”.",
    "“{q},” {s} was quoted as saying by the newspaper.",
    "{S} warned on Monday that, unless money was found, “{q}”.",
    "{S} said that while the work had begun, “{q}”.",
    "“{q},” {s} said through a lawyer.",
];

const WORDS: &str = "The light will not burn before spring";

/// The sentence that a way and a source make; a comma that closes an aside gives way to the next mark.
fn sentence(way: &str, source: &str) -> String {
    let mut capital = source.to_owned();
    capital[..1].make_ascii_uppercase();
    way.replace("{s}", source)
        .replace("{S}", &capital)
        .replace("{q}", WORDS)
        .replace(",.", ".")
        .replace(",,", ",")
}

#[test]
fn every_way_of_attributing_finds_every_source() {
    let mut wrong = Vec::new();
    for way in WAYS {
        for (source, name) in SOURCES {
            let text = format!(
                "Bergen (AP) — The council closed the harbor in March.\n\n{}\n",
                sentence(way, source)
            );
            let article = article(&text);
            let at = text.find(WORDS).expect("the words are in the sentence") as u32;
            let speaker = article
                .quotes
                .iter()
                .filter(|q| q.spans.iter().any(|s| s.start <= at + 4 && at + 4 < s.end))
                .max_by_key(|q| q.marked.len())
                .and_then(|q| q.speaker)
                .map_or("nobody", |s| article.entities[s].name.as_str());
            if !speaker.to_lowercase().contains(&name.to_lowercase()) {
                wrong.push(format!("{}\n    {speaker}", sentence(way, source)));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn what_a_relative_clause_holds_is_no_source() {
    check(
        "A diver who spent six hours in the flooded tunnel said it was “like ink”.",
        &[("“like ink”", "A diver who spent six hours in the flooded tunnel")],
    );
    check(
        "Two sisters whose father built the chapel in Orvik said it was “not for sale”.",
        &[(
            "“not for sale”",
            "Two sisters whose father built the chapel in Orvik",
        )],
    );
}

#[test]
fn a_day_before_the_subject_is_no_part_of_it() {
    check(
        "On Thursday Brandvold said the board was ready, but added that it was “no party”.",
        &[("“no party”", "Brandvold")],
    );
    check(
        "In April two engineers told the inquiry the gate was “a toy”.",
        &[("“a toy”", "two engineers")],
    );
    check(
        "On 9 June harbor master Ida Sund, who was on leave, called it “a nuisance”.",
        &[("“a nuisance”", "harbor master Ida Sund, who was on leave,")],
    );
}

#[test]
fn seats_and_councils_with_two_names() {
    for (source, speaker) in [
        ("Orme and Tavistead MP Kevin Dahl", "Kevin Dahl"),
        ("Redcar and Cleveland councillor Ann Dahl", "Ann Dahl"),
        ("Brighton and Hove city council leader Ann Dahl", "Ann Dahl"),
        ("the Bath and North Somerset councillor Ann Dahl", "Ann Dahl"),
    ] {
        let text = format!("“It is late,” {source} said.\n");
        let article = article(&text);
        let said = article.quotes[0]
            .speaker
            .map(|s| article.entities[s].name.as_str());
        assert_eq!(said, Some(speaker), "{text}");
    }
    // Two people stay two.
    let two = article("“It is late,” Jan Nowak and Leeds MP Ann Dahl said.\n");
    let said = two.quotes[0].speaker.map(|s| two.entities[s].name.as_str());
    assert_ne!(said, Some("Ann Dahl"));
}

#[test]
fn sources_without_a_verb_of_saying() {
    check(
        "“Nobody is going to shut this harbor while I live.” That was Marit Dahl on Monday night.\n",
        &[(
            "“Nobody is going to shut this harbor while I live.”",
            "Marit Dahl",
        )],
    );
    check(
        "“By a long way the best bread on the whole coast,” per Marit Dahl.\n",
        &[("“By a long way the best bread on the whole coast,”", "Marit Dahl")],
    );
    check(
        "Marit Dahl’s reaction? “I could not believe what I was hearing.”\n",
        &[("“I could not believe what I was hearing.”", "Marit Dahl’s")],
    );
    check(
        "Dahl continued by saying, “We will go to court because we need to know.”\n",
        &[("“We will go to court because we need to know.”", "Dahl")],
    );
    // What is told of a place names nobody.
    check(
        "“Nobody slept that night, and nobody ate.” That was Orvik in the winter of the strike.\n",
        &[("“Nobody slept that night, and nobody ate.”", "-")],
    );
}

/// The name of the first quotation's speaker.
fn first_speaker(text: &str) -> Option<String> {
    let article = article(text);
    let speaker = article.quotes.first().and_then(|q| q.speaker)?;
    article.entities.get(speaker).map(|e| e.name.clone())
}

#[test]
fn whom_a_running_report_hands_over_to() {
    for intro in [
        "More from our reporter Amara Diallo, who is in Orvik",
        "More from Amara Diallo",
        "From Amara Diallo, whose boat sank",
    ] {
        let text = format!("{intro}: “The water is in the church and it is rising.”\n");
        assert_eq!(first_speaker(&text).as_deref(), Some("Amara Diallo"), "{text}");
    }
    // Who is told to have said it is another.
    let text =
        "More from Amara Diallo, who met the mayor, Ida Sund. She said: “The water is in the church.”\n";
    assert_eq!(first_speaker(text).as_deref(), Some("Ida Sund"));
    let text = "More from Orvik. “The water is in the church and it is rising.”\n";
    assert_eq!(first_speaker(text), None);
}

#[test]
fn a_list_of_places_before_the_verb_is_no_source() {
    for (source, speaker) in [
        (
            "Norvia, which runs mills in Orvik, Strel and Wick, Ohio,",
            "Norvia",
        ),
        (
            "Ida Sund, who leads unions in Orvik, Strel and Wick, Ohio,",
            "Ida Sund",
        ),
    ] {
        let text = format!("{source} said the mills would close.\n");
        assert_eq!(first_speaker(&text).as_deref(), Some(speaker), "{text}");
    }
    // Two people behind a place in the front of the sentence are the source.
    let text = "In Orvik, Ida Sund and Jan Holm, both sailors, said the mills would close.\n";
    assert_eq!(first_speaker(text).as_deref(), Some("Ida Sund and Jan Holm"));
}

#[test]
fn letters_behind_a_name_make_no_second_person() {
    for text in [
        "Dinah Okafor KC, prosecuting, told the jury that the mill was hers.\n",
        "Dinah Okafor QC said the mill was hers.\n",
        "The letter came from Dinah Okafor OBE, who said the mill was hers.\n",
    ] {
        let article = article(text);
        let people: Vec<&str> = article.entities.iter().map(|e| e.name.as_str()).collect();
        assert_eq!(first_speaker(text).as_deref(), Some("Dinah Okafor"), "{text}");
        assert!(!people.iter().any(|n| n.contains('C')), "{people:?}");
    }
    // Capitals that are no such letters stay.
    let text = "Norvia HVK said the mill was closed.\n";
    assert_eq!(first_speaker(text).as_deref(), Some("Norvia HVK"));
}

#[test]
fn a_seat_behind_a_name_does_not_speak() {
    for aside in ["a critic of the bill", "who wrote the bill"] {
        for seat in ["R-Ky.", "D-Texas"] {
            let text = format!("Sen. Jan Dahl, {seat}, {aside}, said the mill was closed.\n");
            let article = article(&text);
            let said = article
                .quotes
                .iter()
                .find(|q| q.spans[0].text(&text).contains("mill"));
            let speaker = said.and_then(|q| q.speaker).and_then(|s| article.entities.get(s));
            assert_eq!(speaker.map(|e| e.name.as_str()), Some("Jan Dahl"), "{text}");
        }
    }
    // A state of its own may speak.
    let text = "Texas, which wrote the bill, said the mill was closed.\n";
    assert_eq!(first_speaker(text).as_deref(), Some("Texas"));
}

#[test]
fn a_share_of_some_people_and_nobody_are_no_participants() {
    for source in [
        "31% of voters",
        "Nearly 40% of doctors",
        "A third of the dockers",
        "Eight in ten teachers",
    ] {
        let article = article(&format!("{source} said the quay was safe."));
        let speakers: Vec<_> = article.quotes.iter().map(|q| q.speaker).collect();
        assert_eq!(speakers, [None], "{source}");
    }
    // People who could be asked are.
    for source in ["Some of the dockers", "A third docker", "Two teachers"] {
        let article = article(&format!("{source} said the quay was safe."));
        assert!(article.quotes.iter().all(|q| q.speaker.is_some()), "{source}");
        assert_eq!(article.quotes.len(), 1, "{source}");
    }
}

#[test]
fn two_who_speak_together_and_one_who_is_described_twice() {
    for (source, speaker) in [
        ("The union and the operator", "the union and the operator"),
        ("The mayor and Ann Dahl", "the mayor and Ann Dahl"),
        ("Ann Dahl and her husband", "Ann Dahl and her husband"),
        ("The author and activist Ann Dahl", "Ann Dahl"),
        (
            "A spokesman for the union and the operator",
            "a spokesman for the union",
        ),
        ("The president and chief executive", "the president"),
        (
            "A spokeswoman for the housing minister, Tom Dahl,",
            "a spokeswoman for the housing minister",
        ),
        ("A spokeswoman for the company, Ann Dahl,", "Ann Dahl"),
        ("The Bakers’ Union", "Bakers’ Union"),
        ("Norvia Inc. and Ann Dahl", "Norvia Inc. and Ann Dahl"),
        ("The Sonora maker", "the Sonora maker"),
    ] {
        let text = format!("{source} said it was late.\n");
        let article = article(&text);
        let said = article.quotes[0]
            .speaker
            .map(|s| article.entities[s].name.as_str());
        assert_eq!(said, Some(speaker), "{text}");
    }
}
