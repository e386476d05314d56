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
        &["said | Okoro | the quay was safe"],
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
