//! Reports around which something else is told: asides, relative clauses, a second verb. Sentences of our own.

use crate::reports::check;

#[test]
fn according_to_something_written() {
    check(
        "Brandt bought the quay in 2010, according to state harbour records.",
        &["according to | state harbour records | Brandt bought the quay in 2010"],
    );
    check(
        "But according to recently leaked party papers, while the board waited the plan had been dropped.",
        &["according to | recently leaked party papers | while the board waited the plan had been dropped"],
    );
    check(
        "According to “The Long Quay: Three Lives,” by Ida Hook, Brandt left his brother at sea.",
        &["According to | “The Long Quay: Three Lives,” by Ida Hook | Brandt left his brother at sea"],
    );
    // What comes according to a plan is no report of it.
    check("It was done according to plan.", &[]);
}

#[test]
fn whoever_is_asked_has_said_it_already() {
    crate::quotes::check(
        "“I call it no mistake,” said retired surgeon Ben Carlow, asked about his claims that he had left early.",
        &[("I call it no mistake", "retired surgeon Ben Carlow")],
    );
    // Without a verb of saying before it the question is his.
    check(
        "The mayor, tired of it, asked about the claims that he had left early.",
        &["asked about | The mayor, tired of it, | the claims that he had left early"],
    );
}

#[test]
fn a_view_between_commas_ends_with_them() {
    check(
        "Mr. Brandt, whose narrow defeat was widely seen as a blow, said that he would go on.",
        &[
            "was widely seen as |  | narrow defeat … a blow",
            "said | Mr. Brandt, whose narrow defeat was widely seen as a blow, | that he would go on",
        ],
    );
    check(
        "Mr. Brandt, who is expected to run in May, said that he would go on.",
        &[
            "is expected |  | who … to run in May",
            "said | Mr. Brandt, who is expected to run in May, | that he would go on",
        ],
    );
    check(
        "Dan Brandt, an owner of the Halm Harriers who heard pleas from dockers to run again, says he is open to it.",
        &[
            "pleas | dockers | to run again",
            "says | Dan Brandt, an owner of the Halm Harriers who heard pleas from dockers to run again, | he is open to it",
        ],
    );
    // Without a verb of the clause around it the view goes on.
    check(
        "The defeat of Mr. Brandt was widely seen as a blow, a loss that he would regret.",
        &["was widely seen as |  | The defeat of Mr. Brandt … a blow, a loss that he would regret"],
    );
}

#[test]
fn a_reason_that_is_a_subject() {
    check(
        "Judge Jane Roe, in her dissent, said just because a reason was not obvious did not mean it was not there.",
        &["said | Judge Jane Roe | just because a reason was not obvious did not mean it was not there"],
    );
    check("She said it just because she was angry.", &[]);
}

#[test]
fn a_name_that_begins_like_a_verb() {
    check(
        "Playing Field Promotions, a sports and talent agency, says that the player will stay.",
        &["says | Playing Field Promotions, a sports and talent agency, | that the player will stay"],
    );
    check(
        "Visiting New Halm City, Brandt said it would work.",
        &["said | Brandt | it would work"],
    );
}
