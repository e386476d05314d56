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

#[test]
fn a_clause_behind_whoever_speaks() {
    check(
        "Several people I’ve spoken with over the last weeks said Mr. Brandt had planned it.",
        &["said | Several people I’ve spoken with over the last weeks | Mr. Brandt had planned it"],
    );
    check(
        "Four officials he met in Riga said the plan was dead.",
        &["said | Four officials he met in Riga | the plan was dead"],
    );
    check(
        "The judges who ruled that Halm and Strel could not keep their laws, for instance, said the fault was deeper.",
        &[
            "ruled | who | that Halm and Strel could not keep their laws, for instance",
            "said | The judges who ruled that Halm and Strel could not keep their laws | the fault was deeper",
        ],
    );
    // A pronoun behind a thing begins what is told of the thing.
    check("The boat he bought in Riga was dead wood.", &[]);
}

#[test]
fn a_second_verb_behind_a_time_or_place() {
    check(
        "The clerk first said he did not recall it, but in a later interview said he had burned it.",
        &[
            "first said | The clerk | he did not recall it",
            "said | The clerk | he had burned it",
        ],
    );
    check(
        "Columnist Ruth Marsh has been critical of Mr. Brandt but on Tuesday wrote that she agreed with him.",
        &[
            "has been critical of | Columnist Ruth Marsh | Mr. Brandt",
            "wrote | Columnist Ruth Marsh | that she agreed with him",
        ],
    );
    check(
        "Wealth-X keeps its books secret but says its trade has tripled.",
        &["says | Wealth-X | its trade has tripled"],
    );
    // Whoever stands right before the verb has it.
    check(
        "Ruth Marsh liked the book, and in the trade people said the boat was rotten.",
        &["liked | Ruth Marsh | the book"],
    );
}

#[test]
fn shares_that_speak_one_after_the_other() {
    check(
        "Two in three said they will stay home, and nearly three in five said they would move.",
        &[
            "said | Two in three | they will stay home",
            "said | nearly three in five | they would move",
        ],
    );
    check(
        "Half of the voters said they were worried, and one in four said Brandt would be best.",
        &[
            "said | Half of the voters | they were worried",
            "said | one in four | Brandt would be best",
        ],
    );
    check(
        "More than 4 in 10 voters said Brandt would be best.",
        &["said | More than 4 in 10 voters | Brandt would be best"],
    );
    // How long it was ago says nothing.
    check("Brandt, who less than two weeks ago said nothing, left.", &[]);
    // A share that somebody speaks of is part of what she says.
    check(
        "Brandt said they will stay home, and nearly three in five will move.",
        &["said | Brandt | they will stay home, and nearly three in five will move"],
    );
}

#[test]
fn an_attribution_inside_a_relative_clause() {
    check(
        "Brandt is second, in a finish that she said defied the polls.",
        &["said | she | that … defied the polls"],
    );
    check(
        "Brandt praised the board, which she argued seeks to keep order.",
        &[
            "praised | Brandt | the board",
            "argued | she | which … seeks to keep order",
        ],
    );
    check(
        "It was an event that Carlow says led him to the sea.",
        &["says | Carlow | that … led him to the sea"],
    );
    check(
        "He gave to a charity that prosecutors said was suspected of fraud.",
        &["said | prosecutors | that … was suspected of fraud"],
    );
    check(
        "She bought a boat a local reporter said was rotten.",
        &["said | a local reporter | was rotten"],
    );
    check(
        "It’s a dynamic Greenberg said could drive moderates away.",
        &["said | Greenberg | could drive moderates away"],
    );
    // What is praised together with what it does stays one thing.
    check(
        "Brandt praised the board, which seeks to keep order.",
        &["praised | Brandt | the board, which seeks to keep order"],
    );
    check(
        "The late Greenberg said the plan could work.",
        &["said | The late Greenberg | the plan could work"],
    );
}

#[test]
fn whoever_a_passive_names_goes_on_to_say() {
    check(
        "The plan was criticized by Armin Sorn, the leader of the guild, who said that Mr. Brandt, tired of it, would go.",
        &[
            "was criticized | Armin Sorn, the leader of the guild | The plan",
            "said | who | that Mr. Brandt, tired of it, would go",
        ],
    );
    check(
        "The plan was criticized by Armin Sorn in a speech.",
        &["was criticized | Armin Sorn | The plan"],
    );
    // What somebody is accused of is what is said.
    check(
        "He was accused by Sorn of lying.",
        &["was accused | Sorn | lying"],
    );
}

#[test]
fn participles_that_go_on_with_a_report() {
    check(
        "The bank said it would not be able to file its report in time, warning that it could default on its debt.",
        &[
            "said | The bank | it would not be able to file its report in time",
            "warning | The bank | that it could default on its debt",
        ],
    );
    check(
        "The senator called the system “corrupt,” noting that it is strange that a bank pays nothing.",
        &[
            "called | The senator | the system “corrupt,”",
            "noting | The senator | that it is strange that a bank pays nothing",
        ],
    );
    check(
        "It was a charge that the harbour leaders strongly denied, noting that they had used it for years.",
        &["noting | the harbour leaders | that they had used it for years"],
    );
    check(
        "With about three in ten saying they are poor, the party has moved.",
        &["saying | about three in ten | they are poor"],
    );
    // With an article it is a noun.
    check(
        "The bank heard in time, a warning that it could default on its debt.",
        &[],
    );
}

#[test]
fn whom_somebody_asked() {
    check(
        "None of the dockers I interviewed this week said a strike was likely.",
        &["said | None of the dockers I interviewed this week | a strike was likely"],
    );
    check(
        "Mills are closing, a trend that the foundation predicts will continue for years.",
        &["predicts | the foundation | will continue for years"],
    );
    // Nouns of saying take a clause of their own.
    check("The fear that the army reports will be late is old.", &[]);
}

#[test]
fn a_surname_that_ends_like_a_participle() {
    check(
        "Reed, along with two of his aides, said the plan was late.",
        &["said | Reed | the plan was late"],
    );
    check(
        "The plan is dead, Reed told reporters Monday, adding that the mill will close.",
        &[
            "told | Reed | The plan is dead",
            "adding | Reed | that the mill will close",
        ],
    );
    // What opens a sentence like it is no name.
    check("Tired, Reed said it was late.", &["said | Reed | it was late"]);
}

#[test]
fn what_officials_say_in_a_relative_clause_ends_with_it() {
    check(
        "The company, which officials say employs 40 people, is closing.",
        &["say | officials | employs 40 people"],
    );
}

#[test]
fn a_second_report_in_the_present_stands_beside_the_first() {
    check(
        "The channel claims that the firm takes its orders from abroad, and asserts that the minister knew.",
        &[
            "claims | The channel | that the firm takes its orders from abroad",
            "asserts | The channel | that the minister knew",
        ],
    );
    check(
        "The union says that the plant is safe and insists that nobody was hurt.",
        &[
            "says | The union | that the plant is safe",
            "insists | The union | that nobody was hurt",
        ],
    );
    // Two nouns.
    check(
        "Roy says that hopes and fears that the mill will close are idle.",
        &["says | Roy | that hopes and fears that the mill will close are idle"],
    );
}

#[test]
fn a_paper_does_not_do_what_a_court_does() {
    check(
        "The court found that the law was void, ordered a new vote and rejected the appeal.",
        &[
            "found | The court | that the law was void, ordered a new vote",
            "rejected | The court | the appeal",
        ],
    );
}

#[test]
fn what_a_poll_finds_at_the_end() {
    check(
        "Most voters oppose the cut, a poll finds.",
        &["finds | a poll | Most voters oppose the cut"],
    );
    check(
        "Seven in ten want a vote, a new survey by the institute shows.",
        &["shows | a new survey by the institute | Seven in ten want a vote"],
    );
    // What a poll brings is no verb.
    check("They paid for a vote, a poll, finds and more.", &[]);
}
