//! Headlines that tell with a colon who speaks, and those that do not; people whom two nouns describe: sentences of our own.

use crate::reports::{check, reports};

const BODY: &str = "\n\nLOWMOUTH (AP) - The quay will close in May, Mayor Rosa Brandt told the council on Monday.\n\nThe \
                    council meets again on Friday.\n\nDockers walked past the hall.\n\nIt had begun to rain.";

/// The report that stands in the headline, if there is one.
fn head(headline: &str) -> Option<String> {
    let found = reports(&format!("{headline}{BODY}"));
    found.into_iter().find(|r| r.starts_with(":"))
}

#[test]
fn whose_words_a_headline_tells() {
    for (headline, wanted) in [
        (
            "Brandt on trams: They will come back",
            ": | Brandt | They will come back",
        ),
        (
            "Brandt to dockers: Quay must close",
            ": | Brandt | Quay must close",
        ),
        (
            "Brandt: No way round the closure",
            ": | Brandt | No way round the closure",
        ),
        (
            "EU official: Deal on trams is near",
            ": | EU official | Deal on trams is near",
        ),
        (
            "Former mayor: He knew all along",
            ": | Former mayor | He knew all along",
        ),
        (
            "Pentagon chief: Troops will stay",
            ": | Pentagon chief | Troops will stay",
        ),
        (
            "New York mayor: Trams were safe",
            ": | New York mayor | Trams were safe",
        ),
        (
            "Lawyer for Brandt: She is innocent",
            ": | Lawyer for Brandt | She is innocent",
        ),
        (
            "Brandt camp: Rival wants to shut schools",
            ": | Brandt camp | Rival wants to shut schools",
        ),
    ] {
        assert_eq!(head(headline).as_deref(), Some(wanted), "{headline}");
    }
}

#[test]
fn what_a_headline_is_only_about() {
    for headline in [
        "New mayor: Brandt takes over on Monday",
        "Missing sailor: Search is called off",
        "The mayor: She came late to it",
        "Rosa Brandt: The first 100 days",
        "Lowmouth: Trams come back",
        "Quay to trams: How the harbour changed",
        "Ruiz on trams: They will come back",
        "Trams: No way back",
    ] {
        assert_eq!(head(headline), None, "{headline}");
    }
}

#[test]
fn two_nouns_for_one_person() {
    check(
        "The hall is old, according to author and historian Ann Brandt.",
        &["according to | author and historian Ann Brandt | The hall is old"],
    );
    check(
        "“It is late,” said former minister and MP Ann Brandt.",
        &["said | former minister and MP Ann Brandt | “It is late,”"],
    );
    check(
        "The singer and songwriter Ann Brandt said it was late.",
        &["said | The singer and songwriter Ann Brandt | it was late"],
    );
    // Two people have an article each.
    let two = reports("“It is late,” said a docker and the sailor Ann Brandt.");
    assert!(
        two.iter().all(|r| !r.contains("a docker and the sailor Ann")),
        "{two:#?}"
    );
}

#[test]
fn who_ends_a_headline() {
    for (headline, wanted) in [
        (
            "Trams Are Late in Lowmouth, Study Finds",
            "Finds | Study | Trams Are Late in Lowmouth",
        ),
        (
            "Trams Could Vanish by 2050, Scientists Warn",
            "Warn | Scientists | Trams Could Vanish by 2050",
        ),
    ] {
        let found = reports(&format!("{headline}{BODY}"));
        assert!(found.iter().any(|r| r == wanted), "{headline}: {found:#?}");
    }
    for headline in ["Bread, Butter, Coat Finds", "Trams, Ferries, Police Reports"] {
        let found = reports(&format!("{headline}{BODY}"));
        assert!(
            found.iter().all(|r| r.starts_with("told")),
            "{headline}: {found:#?}"
        );
    }
}
