//! Reports whose verb, source or noun ends or begins where another would: sentences of our own.

use crate::reports::check;

#[test]
fn a_past_that_looks_like_a_participle() {
    check(
        "The raid wounded at least 40 people, the mayor said.",
        &["said | the mayor | The raid wounded at least 40 people"],
    );
    check(
        "Gunmen killed at least nine dockers in a raid on the quay, residents and officials said Monday, the latest in a string of raids.",
        &[
            "said | residents and officials | Gunmen killed at least nine dockers in a raid on the quay … the latest in a string of raids",
        ],
    );
    check(
        "His aide, Amara Field, put the toll at 43 but said the search was going on.",
        &["said | His aide, Amara Field, | the search was going on"],
    );
    // A participle that only describes has its verb behind.
    check(
        "The barn built at the weir, Brandt said, was old.",
        &["said | Brandt | The barn built at the weir … was old"],
    );
}

#[test]
fn some_of_those_who_speak() {
    check(
        "“It is late,” said one of those who had been called.",
        &["said | one of those who had been called | “It is late,”"],
    );
    check(
        "“It is late,” said one of them.",
        &["said | one of them | “It is late,”"],
    );
    // What is theirs is not they.
    check(
        "“It is late,” said Brandt of those who had been called.",
        &["said | Brandt | “It is late,”"],
    );
}

#[test]
fn a_cue_noun_goes_on_behind_a_time() {
    check(
        "At Brandt’s remark hours earlier that it was late, Okoro left.",
        &["remark | Brandt’s | that it was late"],
    );
    check(
        "Brandt’s claim last week that it was late has hurt her.",
        &["claim | Brandt’s | that it was late"],
    );
    // Not every time leads to what was claimed.
    check("Brandt’s claim last week drew laughter.", &[]);
}
