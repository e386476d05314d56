//! How features, columns and reviews report: sentences of our own.

use crate::reports::check;

#[test]
fn a_document_that_only_says_where() {
    check(
        "Okoro wrote on his website that the quay was shut.",
        &["wrote | Okoro | that the quay was shut"],
    );
    check(
        "Okoro wrote to the council in her letter that “a free man sails”.",
        &["wrote | Okoro | that “a free man sails”"],
    );
    // Behind another verb the document itself hands over to the clause.
    check(
        "Brandt laughed at her letter that the quay was shut.",
        &["letter | her | that the quay was shut"],
    );
}

#[test]
fn words_that_somebody_puts_so() {
    check(
        "A plate of beets was, as Okoro put it, ‘like a telling-off from a beach’.",
        &["put it | Okoro | ‘like a telling-off from a beach’"],
    );
    check(
        "Two hundred keepers came to mark the end — and to drink, as one of them put it, “to the bulb”.",
        &["put it | one of them | “to the bulb”"],
    );
    // Without marks behind it the clause is what was put so.
    check(
        "The plan is dead, as Okoro put it.",
        &["put it | Okoro | The plan is dead"],
    );
}

#[test]
fn how_long_somebody_thought() {
    check("Okoro thought for a while.", &[]);
    check("Okoro argued for a long time.", &[]);
    check(
        "Okoro argued for a new quay.",
        &["argued for | Okoro | a new quay"],
    );
    check(
        "Okoro hoped for a second term.",
        &["hoped for | Okoro | a second term"],
    );
}

#[test]
fn who_stands_beside_somebody() {
    check(
        "“They laugh at us,” said the woman beside me.",
        &["said | the woman beside me | “They laugh at us,”"],
    );
    check(
        "“It is cold,” said the man next to us.",
        &["said | the man next to us | “It is cold,”"],
    );
    check(
        "“It is cold,” said Okoro near us.",
        &["said | Okoro | “It is cold,”"],
    );
}

#[test]
fn a_time_before_an_office() {
    check(
        "Last month Mayor Ana Reyes said the quay was shut.",
        &["said | Mayor Ana Reyes | the quay was shut"],
    );
    check(
        "This week former mayor Ana Reyes said the quay was shut.",
        &["said | former mayor Ana Reyes | the quay was shut"],
    );
    // "Last" alone says nothing of time.
    check(
        "Last surviving keeper Ana Reyes said the quay was shut.",
        &["said | Last surviving keeper Ana Reyes | the quay was shut"],
    );
}

#[test]
fn the_kind_of_a_piece_says_nothing() {
    let body = "\n\nThe bread was three days old. I ate four slices of it on Monday.\n\nIt rained all day in Halm.\n";
    let sources = |head: &str| {
        let article = crate::quotes::article(&format!("{head}{body}"));
        article.quotes.iter().map(|q| q.source.len()).sum::<usize>()
    };
    assert_eq!(sources("Restaurant review: ‘I wanted to lick the plate’"), 0);
    assert_eq!(sources("Q&A: ‘I wanted to lick the plate’"), 0);
    // A review of an office found something.
    assert_eq!(sources("NHS review: ‘Staff wanted to tell us’"), 1);
}
