//! Reports as the desks of papers and agencies write them: where the narrator takes over again, who was heard in court,
//! what headlines tell. Sentences of our own.

use crate::reports::check;

#[test]
fn a_noun_that_sums_up_what_was_said() {
    check(
        "Okoro said that the quay was safe, a claim that Brandt has dismissed.",
        &[
            "said | Okoro | that the quay was safe",
            "has dismissed | Brandt | that",
        ],
    );
    check(
        "Okoro said the quay was safe, an answer the union was quick to mock.",
        &[
            "said | Okoro | the quay was safe",
            "was quick to mock | the union | an answer",
        ],
    );
    // A noun that tells more of another one stays with it.
    check(
        "Okoro said that she had found a claim, a wreck that nobody had seen.",
        &["said | Okoro | that she had found a claim, a wreck that nobody had seen"],
    );
}

#[test]
fn a_headline_goes_on_with_others() {
    check(
        "Dockers vow to fight on as council backs new quay",
        &["vow | Dockers | to fight on"],
    );
    // In a sentence it may be what was vowed, and what things do is nobody's deed.
    check(
        "Dockers vowed to fight on as long as the council backs the quay.",
        &["vowed | Dockers | to fight on as long as the council backs the quay"],
    );
    check(
        "Dockers vow to fight on as prices rise",
        &["vow | Dockers | to fight on as prices rise"],
    );
}

#[test]
fn what_the_speaker_did_then() {
    check(
        "Okoro said the plan was “petty in the extreme” before imposing a fine.",
        &["said | Okoro | the plan was “petty in the extreme”"],
    );
    check(
        "Okoro condemned “arbitrary” sanctions against the quay, without naming the bank.",
        &["condemned | Okoro | “arbitrary” sanctions against the quay"],
    );
    check(
        "Okoro said it was late before leaving became a habit.",
        &["said | Okoro | it was late before leaving became a habit"],
    );
}

#[test]
fn a_participle_as_the_object() {
    check(
        "Okoro had proposed sending more boats, but several ports balked at the sum.",
        &["had proposed | Okoro | sending more boats"],
    );
    check(
        "Okoro said sending more boats would help, and it would be fair.",
        &["said | Okoro | sending more boats would help, and it would be fair"],
    );
}

#[test]
fn an_infinitive_that_looks_like_a_noun() {
    check("Okoro vowed to appeal.", &["vowed | Okoro | to appeal"]);
    check(
        "Dockers agreed on Monday to more than double their dues.",
        &["agreed | Dockers | to more than double their dues"],
    );
    check("Okoro agreed to mediation.", &[]);
}

#[test]
fn a_statement_that_was_read() {
    check(
        "Okoro said in a statement read to the court that she had found a lighter.",
        &["said in a statement | Okoro | that she had found a lighter"],
    );
    check(
        "Okoro said in a statement that she had read to the court a long letter.",
        &["said in a statement | Okoro | that she had read to the court a long letter"],
    );
}

#[test]
fn a_relative_clause_right_before_the_verb() {
    check(
        "The mother of a teenager who died of sepsis said the doctor never rang.",
        &["said | The mother of a teenager who died of sepsis | the doctor never rang"],
    );
    check(
        "The pilot who resigned has told the board she was promised a ship.",
        &["has told | The pilot who resigned | she was promised a ship"],
    );
    check(
        "An official briefed on the talks said Okoro had left.",
        &["said | An official briefed on the talks | Okoro had left"],
    );
    check(
        "One Dutch official briefed on the talks said Okoro had left and that Brandt had agreed to go soon.",
        &[
            "said | One Dutch official briefed on the talks | Okoro had left and that Brandt had agreed to go soon",
        ],
    );
    // A main clause is no relative one.
    check("The official briefed Okoro on the talks.", &[]);
}

#[test]
fn what_a_court_heard() {
    check(
        "The inquest heard that two of the nurses had not come to work.",
        &[],
    );
    check(
        "Okoro owed the bank more than a million, the court heard.",
        &["heard |  | Okoro owed the bank more than a million"],
    );
    check(
        "The court heard that Brandt told police the quay was unsafe.",
        &["told | Brandt | the quay was unsafe"],
    );
    check("Okoro heard that the quay was unsafe.", &[]);
    check("The court heard two witnesses on Monday.", &[]);
}

#[test]
fn what_cannot_listen_is_what_was_urged() {
    check(
        "Other experts urged caution.",
        &["urged | Other experts | caution"],
    );
    check(
        "The agency recommends at least two doses a week.",
        &["recommends | The agency | at least two doses a week"],
    );
    check("Okoro urged Brandt.", &[]);
}

#[test]
fn who_directs_and_who_shows() {
    check(
        "The minister directed that the minutes be tabled by Thursday.",
        &["directed | The minister | that the minutes be tabled by Thursday"],
    );
    check(
        "The minister directed Okoro to mend the quay.",
        &["directed | The minister | Okoro to mend the quay"],
    );
    check("Brandt directed the film.", &[]);
    check(
        "Okoro, who wore a gray suit, showed no reaction as the verdict was read.",
        &[],
    );
    check(
        "Okoro shot back: “It was a very late hour.”",
        &["shot back: | Okoro | “It was a very late hour.”"],
    );
}

#[test]
fn a_vote_and_its_count() {
    check(
        "The board voted 5-2 to put off a decision.",
        &["voted | The board | to put off a decision"],
    );
    check(
        "The board voted to keep 5-2 as its rule.",
        &["voted | The board | to keep 5-2 as its rule"],
    );
}

#[test]
fn only_somebody_and_only_something() {
    check(
        "Okoro said only the council had the power to close it.",
        &["said | Okoro | only the council had the power to close it"],
    );
    check(
        "Okoro said only that it was late.",
        &["said only | Okoro | that it was late"],
    );
}

#[test]
fn a_judgment_behind_a_comma() {
    check(
        "Okoro denied that she had met him, and blamed “rogue officers” at the board.",
        &[
            "denied | Okoro | that she had met him",
            "blamed | Okoro | “rogue officers” at the board",
        ],
    );
    check(
        "Okoro said that he had left early, and was sorry.",
        &["said | Okoro | that he had left early, and was sorry"],
    );
}

#[test]
fn a_scene_of_two_clauses() {
    check(
        "Survivors described scenes of panic as the boat tilted and passengers fell.",
        &["described | Survivors | scenes of panic as the boat tilted and passengers fell"],
    );
    check(
        "Okoro described scenes of panic and Brandt left.",
        &["described | Okoro | scenes of panic"],
    );
}

#[test]
fn questions_are_put_to_some_end() {
    check("Okoro used his questions to press Brandt on the quay.", &[]);
    check(
        "Brandt rejected Okoro’s call to close the quay.",
        &["rejected | Brandt | Okoro’s call to close the quay"],
    );
}

#[test]
fn whoever_is_brought_to_say_it() {
    check(
        "Okoro got Brandt to admit that he had lied.",
        &["to admit | Brandt | that he had lied"],
    );
    // A purpose is no report.
    check("Okoro called Brandt to admit that he had lied.", &[]);
}
