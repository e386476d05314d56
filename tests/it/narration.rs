//! What only looks like speech: towns, weather and deeds; and quotations whose speaker the next paragraphs name.

use crate::quotes::{article, check};

#[test]
fn a_running_quotation_is_whose_the_chain_names() {
    let chain = "“We counted the boats twice. One was gone.\n\n“Nobody slept. We had the lamps out.\n\n“It came back on its own,” Ilse Brandt said. “Without the dog.\n\n“We never found him.”\n";
    check(
        chain,
        &[
            ("“We counted the boats twice. One was gone.", "Ilse Brandt"),
            ("“Nobody slept. We had the lamps out.", "Ilse Brandt"),
            ("“We never found him.”", "Ilse Brandt"),
        ],
    );
    // Who spoke above the chain does not keep it from whoever it names.
    check(
        "Jan Nowak said it was late. “We go home.”\n\n“The pier is shut. It has been for days.\n\n“Ask the harbor master,” said Ilse Brandt.\n",
        &[
            ("“We go home.”", "Jan Nowak"),
            ("“The pier is shut. It has been for days.", "Ilse Brandt"),
        ],
    );
}

#[test]
fn weather_and_towns_say_nothing() {
    check(
        "The talks ended at dawn.\n\nSleet covered the pier.\n\n“Nobody told us that the boat would not come back.”\n",
        &[("“Nobody told us that the boat would not come back.”", "-")],
    );
    check(
        "The talks ended at dawn.\n\nThunder rolled over the pier.\n\n“Nobody told us that the boat would not come back.”\n",
        &[("“Nobody told us that the boat would not come back.”", "-")],
    );
    assert!(
        article("MOMBASA: The ferry came an hour late on Friday.\n")
            .quotes
            .is_empty()
    );
    check(
        "Rana posted it on X. “The ferry is late,” he wrote.\n",
        &[("“The ferry is late,”", "he")],
    );
}

/// Verbs of saying and thinking that only tell what somebody does.
const DEEDS: &[&str] = &[
    "The captain called his wife from the pier.",
    "The council called a second election in May.",
    "Jan Nowak posted a photograph of the harbor.",
    "The goalkeeper posted a 71 on the last day.",
    "Ilse Brandt described it.",
    "The mayor admitted before the doors were shut.",
    "The trainer embraced all of his runners.",
    "She had not seen her sister for eleven years.",
    "A boy stood pointing at what had been the school.",
    "The abbot spoke for nearly ten minutes.",
    "The painter, who wrote it, later drove for a bus company.",
    "A girl who loves the ferry slept.",
    "The nurses pushed the bed into the yard.",
    "The crew showed the passengers the boats.",
    "Okafor spoke to each of the sailors.",
    "A film called The Long Pier opened on Friday.",
];

#[test]
fn deeds_are_no_reports() {
    for text in DEEDS {
        let quotes = article(text).quotes;
        assert!(quotes.is_empty(), "{text}\n{quotes:#?}");
    }
    for (text, piece, source) in [
        (
            "Okafor pushed the plan for a new pier.",
            "the plan for a new pier",
            "Okafor",
        ),
        (
            "Okafor called the plan madness, not a gift.",
            "the plan madness",
            "Okafor",
        ),
        ("Okafor called him a liar.", "him a liar", "Okafor"),
        ("Okafor accused Brandt of fraud.", "Brandt of fraud", "Okafor"),
        (
            "Okafor sees the flood as a warning.",
            "the flood as a warning",
            "Okafor",
        ),
        ("A survey shows an even split.", "an even split", "A survey"),
        (
            "“Will you stay?” Brandt asked in a video posted by her son.",
            "“Will you stay?”",
            "Brandt",
        ),
        (
            "A man named by the court as Paul Okafor, 41, was held in a cellar.",
            "Paul Okafor, 41",
            "the court",
        ),
    ] {
        check(text, &[(piece, source)]);
    }
}
