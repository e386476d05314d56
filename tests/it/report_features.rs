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

#[test]
fn a_relative_clause_has_nothing_before_it_for_content() {
    check(
        "“It is over,” said Okoro, who does not believe in it.",
        &["said | Okoro | “It is over,”"],
    );
    check(
        "“It is over,” said Okoro, who believes it was a mistake.",
        &[
            "said | Okoro | “It is over,”",
            "believes | who | it was a mistake",
        ],
    );
    // The subject itself may have its words before it.
    check("It is over, Okoro believes.", &["believes | Okoro | It is over"]);
}

#[test]
fn who_is_quoted_as_saying_so() {
    check(
        "An article about the coast quoted Okoro, a councillor, as saying that the wall was “a disgrace”.",
        &["saying | Okoro, a councillor, | that the wall was “a disgrace”"],
    );
    check(
        "The paper quoted Okoro as saying that it was late.",
        &["saying | Okoro | that it was late"],
    );
    // Nothing is said behind this "as".
    check(
        "The paper quoted Okoro, a councillor, as the source.",
        &["quoted | The paper | Okoro, a councillor"],
    );
}

#[test]
fn what_stands_on_an_apron() {
    check("Okoro, wearing an apron that reads “KISS THE COOK,” left.", &[]);
    check(
        "Okoro, wearing an apron, said “kiss the cook”.",
        &["said | Okoro | “kiss the cook”"],
    );
}

#[test]
fn a_past_like_the_infinitive_behind_a_bracket() {
    check(
        "Paul Okoro (Lab) hit back, accusing Ana Reyes of lying.",
        &["accusing | Paul Okoro (Lab) | Ana Reyes of lying"],
    );
    check(
        "Paul Okoro, the leader, hit back, accusing Ana Reyes of lying.",
        &["accusing | Paul Okoro, the leader, | Ana Reyes of lying"],
    );
    // What somebody helps others to do has him for its subject.
    check(
        "Okoro helped the rivals (Lab and Con) cut out a bridge, accusing nobody of it.",
        &["accusing | Okoro | nobody of it"],
    );
}

#[test]
fn who_is_heard_in_a_recording() {
    check(
        "The paper published a video of the mayor calling the plan “a farce”.",
        &["calling | the mayor | the plan “a farce”"],
    );
    check(
        "Brandt shared a recording of Paul Okoro saying that it was over.",
        &["saying | Paul Okoro | that it was over"],
    );
    // Behind a comma the one who shared it speaks.
    check(
        "Brandt shared a recording of Paul Okoro, saying that it was over.",
        &["saying | Brandt | that it was over"],
    );
}

#[test]
fn the_form_of_a_firm_is_no_firm() {
    check(
        "Hale Foods, Inc. said it had no orders.",
        &["said | Hale Foods, Inc. | it had no orders"],
    );
    check(
        "Hale Foods, Inc., a maker of jam, today announced that it was late.",
        &["announced | Hale Foods, Inc., a maker of jam, | that it was late"],
    );
    check(
        "Hale Foods left Halm, and Inc Magazine said it was late.",
        &["said | Inc Magazine | it was late"],
    );
}

#[test]
fn the_hour_before_a_line() {
    check(
        "14:45 Ana Reyes says the quay is shut.",
        &["says | Ana Reyes | the quay is shut"],
    );
    // Another number may be part of a name.
    check(
        "50 Cent said the quay was shut.",
        &["said | 50 Cent | the quay was shut"],
    );
}

/// The speakers of the direct quotations of an article, nobody as "-".
fn speakers(text: &str) -> Vec<String> {
    let article = crate::quotes::article(text);
    let name = |q: &copydesk::semantic::article::Quote| {
        q.speaker
            .map_or_else(|| "-".to_owned(), |e| article.entities[e].name.clone())
    };
    article
        .quotes
        .iter()
        .filter(|q| !q.marked.is_empty())
        .map(name)
        .collect()
}

#[test]
fn a_narrator_asks_and_another_answers() {
    let opens = "Every morning Tom Reed unties the boat.\n\n“How many came yesterday?” I asked.\n\n";
    assert_eq!(
        speakers(&format!(
            "{opens}“Yesterday?” He counted. “One. And he was a dog.”\n"
        )),
        ["-", "Tom Reed", "Tom Reed"]
    );
    assert_eq!(
        speakers(&format!(
            "{opens}“One,” Reed said. “He was a dog.”\n\n“And did you mind?”\n\n“I told him to sit.” He laughed.\n"
        )),
        ["-", "Tom Reed", "Tom Reed", "-", "Tom Reed"]
    );
    // Where no narrator asks, a question goes on with whoever spoke.
    assert_eq!(
        speakers("“One came,” said Tom Reed. “He was a dog.”\n\n“And did I mind him?”\n\nIt rained.\n"),
        ["Tom Reed", "Tom Reed", "Tom Reed"]
    );
}

#[test]
fn an_item_of_a_list_is_nobodys_who_spoke_above() {
    let opens =
        "Five lines are often misquoted. “We keep a list,” said Tom Reed, an archivist. “It grows.”\n\n";
    assert_eq!(
        speakers(&format!(
            "{opens}1. “Let them all eat bread.”\n\nIt is very old.\n"
        )),
        ["Tom Reed", "Tom Reed", "-"]
    );
    // A paragraph goes on with him.
    assert_eq!(
        speakers(&format!("{opens}“Let them all eat bread.”\n\nIt is very old.\n")),
        ["Tom Reed", "Tom Reed", "Tom Reed"]
    );
}
