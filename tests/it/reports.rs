//! Reports without marks: sentences of our own, each with the words that report, whose they are, and what is reported.

use crate::quotes::article;

/// Every report of `text` as "cue | source | content"; the pieces of a split one have " … " between.
pub(crate) fn reports(text: &str) -> Vec<String> {
    let article = article(text);
    let words = |spans: &[copydesk::base::span::DocSpan]| {
        spans
            .iter()
            .map(|s| s.text(&article.text))
            .collect::<Vec<_>>()
            .join(" … ")
    };
    article
        .quotes
        .iter()
        .map(|q| format!("{} | {} | {}", words(&q.cue), words(&q.source), words(&q.spans)))
        .collect()
}

#[track_caller]
pub(crate) fn check(text: &str, wanted: &[&str]) {
    assert_eq!(reports(text), wanted, "{text}");
}

#[test]
fn words_that_look_like_others() {
    check(
        "Brandt aides believe the quay will hold.",
        &["believe | Brandt aides | the quay will hold"],
    );
    check(
        "Okafor, meanwhile, told the Lowmouth Post that he was for it.",
        &["told | Okafor | that he was for it"],
    );
    check(
        "In particular, Will wrote, the quay was a mistake.",
        &["wrote | Will | In particular … the quay was a mistake"],
    );
    check(
        "Gov. Amara Field has vowed to block the plan.",
        &["has vowed | Gov. Amara Field | to block the plan"],
    );
    check(
        "Harbour officials have long worried about the quay.",
        &["have long worried about | Harbour officials | the quay"],
    );
    check(
        "The island has been warning that it is running out of cash.",
        &["has been warning | The island | that it is running out of cash"],
    );
    check(
        "Pilots on both coasts warn that the quay is unsafe.",
        &["warn | Pilots on both coasts | that the quay is unsafe"],
    );
    check(
        "Recent polling shows that the mayor’s lead is gone.",
        &["shows | Recent polling | that the mayor’s lead is gone"],
    );
    check(
        "Captain Elias Brandt Jr. warned this week that the quay was unsafe.",
        &["warned | Captain Elias Brandt Jr. | that the quay was unsafe"],
    );
}

#[test]
fn infinitives_and_refusals() {
    check(
        "He promises to quickly close the quay.",
        &["promises | He | to quickly close the quay"],
    );
    check(
        "A spokeswoman for the port declined to comment.",
        &["declined | A spokeswoman for the port | to comment"],
    );
    check(
        "Brandt declined to directly answer a question about the quay.",
        &["declined | Brandt | to directly answer a question about the quay"],
    );
    check(
        "Brandt vowed to “close the quay” by May.",
        &["vowed | Brandt | to “close the quay” by May"],
    );
}

#[test]
fn what_stands_before_its_own_verb_and_what_does_not() {
    check(
        "Brandt sees these gains as proof that early losses do not matter.",
        &["sees | Brandt | these gains as proof that early losses do not matter"],
    );
    check(
        "Brandt praised the plan that would close the quay, and the council cheered.",
        &["praised | Brandt | the plan that would close the quay"],
    );
    check(
        "The pilots suggested the algae, like warm water, might weaken the wall.",
        &["suggested | The pilots | the algae, like warm water, might weaken the wall"],
    );
    check(
        "Brandt said each year of delay costs a million.",
        &["said | Brandt | each year of delay costs a million"],
    );
    check(
        "The port office said about half of the losses came in May.",
        &["said | The port office | about half of the losses came in May"],
    );
    check(
        "Brandt knows the pilots will fight to the end.",
        &["knows | Brandt | the pilots will fight to the end"],
    );
    check("You should see it under the lens.", &[]);
}

#[test]
fn documents_find_without_a_verb() {
    check(
        "A survey released this week found Okafor ahead by nine points.",
        &["found | A survey released this week | Okafor ahead by nine points"],
    );
    check(
        "Sixty percent of voters said they would stay.",
        &["said | Sixty percent of voters | they would stay"],
    );
}

#[test]
fn a_relative_pronoun_is_what_is_judged() {
    check(
        "He is a judge whom even other pilots hate.",
        &["hate | other pilots | whom"],
    );
    check(
        "The plan, which Brandt once supported, is dead.",
        &["once supported | Brandt | which"],
    );
}

#[test]
fn how_it_was_said_belongs_to_the_cue() {
    check(
        "Brandt has said repeatedly that the quay will close.",
        &["has said repeatedly | Brandt | that the quay will close"],
    );
    check(
        "“We stay,” she said with a grin.",
        &["said with a grin | she | “We stay,”"],
    );
    check(
        "They’ve long said the quay is unsafe.",
        &["’ve long said | They | the quay is unsafe"],
    );
    check(
        "Even Brandt has said the quay is unsafe.",
        &["has said | Brandt | the quay is unsafe"],
    );
}

#[test]
fn the_narrators_own_words_report_nothing() {
    check("It is unclear whether the quay will close.", &[]);
    check("The port paid a million to stream “Low Tide”.", &[]);
}

#[test]
fn who_asks_and_who_is_told() {
    check(
        "Brandt was asked by a host whether he would stay.",
        &["was asked | a host | whether he would stay"],
    );
    check(
        "I was told that the boats had left.",
        &["was told |  | that the boats had left"],
    );
}

#[test]
fn headlines_with_a_label() {
    let body = "\n\nLOWMOUTH (AP) - The quay will close in May, Mayor Rosa Brandt said on Monday.\n\nThe council meets on \
                Friday.";
    for (headline, wanted) in [
        (
            "Brandt: the quay is ‘a disgrace’",
            ": | Brandt | the quay is ‘a disgrace’",
        ),
        (
            "Survey: Okafor is ahead by nine points",
            ": | Survey | Okafor is ahead by nine points",
        ),
        (
            "Brandt closes the quay, says repairs would cost too much",
            "says | Brandt | repairs would cost too much",
        ),
    ] {
        let found = reports(&format!("{headline}{body}"));
        assert!(found.iter().any(|r| r == wanted), "{headline}: {found:#?}");
    }
}

#[test]
fn two_subjects_of_what_was_said() {
    check(
        "Marit Dahl said that Norway and Chad had promised more boats.",
        &["said | Marit Dahl | that Norway and Chad had promised more boats"],
    );
    check(
        "The envoy warned on Friday that the ferry workers and Dahl had announced a strike.",
        &["warned | The envoy | that the ferry workers and Dahl had announced a strike"],
    );
    // Two reports stay two.
    check(
        "Marit Dahl said the quay was safe and Okafor denied that it was.",
        &[
            "said | Marit Dahl | the quay was safe",
            "denied | Okafor | that it was",
        ],
    );
    check(
        "Marit Dahl said that the quay was safe and promised to mend it.",
        &[
            "said | Marit Dahl | that the quay was safe",
            "promised | Marit Dahl | to mend it",
        ],
    );
}

#[test]
fn a_subject_is_nobody_addressed() {
    check(
        "The council’s director, Marit Dahl, warned the flood could last weeks.",
        &["warned | The council’s director, Marit Dahl, | the flood could last weeks"],
    );
    check(
        "Dahl promised the whole pier would be rebuilt by May.",
        &["promised | Dahl | the whole pier would be rebuilt by May"],
    );
    check(
        "Dahl warned residents the flood could last weeks.",
        &["warned | Dahl | the flood could last weeks"],
    );
}

#[test]
fn small_words_between_a_subject_and_its_report() {
    check(
        "They all vowed to return to the island.",
        &["all vowed | They | to return to the island"],
    );
    check(
        "Dahl herself said that the quay was safe.",
        &["said | Dahl herself | that the quay was safe"],
    );
    check(
        "The trust’s board announced three weeks earlier that it was selling the pier.",
        &["announced | The trust’s board | that it was selling the pier"],
    );
    check(
        "Radio Orvik reported at least nine boats sank in the storm.",
        &["reported | Radio Orvik | at least nine boats sank in the storm"],
    );
    check(
        "Dahl said, if elected, she would sell the ferry.",
        &["said | Dahl | if elected, she would sell the ferry"],
    );
    check(
        "To win them over, sailors said, the council must lower the fees.",
        &["said | sailors | To win them over … the council must lower the fees"],
    );
    check(
        "The mayor is continuing to insist the quay will hold.",
        &["is continuing to insist | The mayor | the quay will hold"],
    );
    check(
        "Okafor apparently thinks so, too.",
        &["apparently thinks | Okafor | so"],
    );
    check(
        "Only about 3 in 10 sailors in each port want all boats to be checked.",
        &["want | Only about 3 in 10 sailors in each port | all boats to be checked"],
    );
}

#[test]
fn asides_between_spaced_hyphens() {
    check(
        "The two ministers - Dahl of Norway and Okafor of Chad - agreed that the quay was safe.",
        &["agreed | The two ministers - Dahl of Norway and Okafor of Chad - | that the quay was safe"],
    );
    check(
        "Some senators - including Marit Dahl - warned that the quay could break.",
        &["warned | Some senators - including Marit Dahl - | that the quay could break"],
    );
}

#[test]
fn verbs_that_look_like_nouns() {
    check(
        "But the council worries that the storm could break the pier.",
        &["worries | the council | that the storm could break the pier"],
    );
    check(
        "A letter from Marit Dahl, meanwhile, reveals that a clerk sold the boat.",
        &["reveals | A letter from Marit Dahl | that a clerk sold the boat"],
    );
    check(
        "The couple worried that the noise would wake the child.",
        &["worried | The couple | that the noise would wake the child"],
    );
    check(
        "Will called for sailors to stay at home.",
        &["called for | Will | sailors to stay at home"],
    );
    check(
        "Dahl also told Orvik News he’d support the ferry.",
        &["also told | Dahl | he’d support the ferry"],
    );
}

#[test]
fn who_is_meant_around_asides() {
    check(
        "Norway, whose fisheries minister, Marit Dahl, had called for a ban, abstained.",
        &["had called for | whose fisheries minister, Marit Dahl, | a ban"],
    );
    check(
        "Dahl, who has called Okafor a “bully,” repeated her demand on the radio.",
        &[
            "has called | who | Okafor a “bully,”",
            "repeated | Dahl | her demand on the radio",
        ],
    );
    // Capitals throughout hide which word is the verb.
    check("ORVIK: DAHL BACKS HATE SPEECH BILL\n\nThe vote is in May.", &[]);
}

#[test]
fn titles_in_marks_beside_a_subject() {
    check(
        "Marit Dahl and Femi Okafor, the directors of “A Quiet Harbor,” called for “a harbor without fences.”",
        &[
            "called for | Marit Dahl and Femi Okafor, the directors of “A Quiet Harbor,” | “a harbor without fences.”",
        ],
    );
    check(
        "Marit Dahl, who wrote “The Long Winter,” urged the council to “think of the old.”",
        &["urged | Marit Dahl, who wrote “The Long Winter,” | the council to “think of the old.”"],
    );
    check(
        "The author of “The Long Winter” said she would sell the house.",
        &["said | The author of “The Long Winter” | she would sell the house"],
    );
}

#[test]
fn cues_of_several_words() {
    check(
        "The council released a statement Friday saying the quay was safe.",
        &["released a statement Friday saying | The council | the quay was safe"],
    );
    check(
        "Her office put out a statement saying the quay was safe.",
        &["put out a statement saying | Her office | the quay was safe"],
    );
    check(
        "Dahl kept saying that the quay was safe.",
        &["kept saying | Dahl | that the quay was safe"],
    );
}

#[test]
fn sources_to_their_edges() {
    check(
        "Ann Dahl of Orvik, South Carolina said the quay was safe.",
        &["said | Ann Dahl of Orvik, South Carolina | the quay was safe"],
    );
    check(
        "Jan Dahl Jr., the director of the trust, said the quay was safe.",
        &["said | Jan Dahl Jr., the director of the trust, | the quay was safe"],
    );
    check(
        "Gov. Jan Dahl (R) and former Gov. Ann Holm (D) announced that they would resign.",
        &["announced | Gov. Jan Dahl (R) and former Gov. Ann Holm (D) | that they would resign"],
    );
    check(
        "“The quay is safe,” said Senator Jan Dahl, Republican of Maine.",
        &["said | Senator Jan Dahl, Republican of Maine | “The quay is safe,”"],
    );
    check(
        "The trust, whose lawyers argued that the quay was safe, has sold it.",
        &["argued | whose lawyers | that the quay was safe"],
    );
}

#[test]
fn names_that_end_like_verbs() {
    check(
        "Councillor Sioned Holm, who represents the harbor, said the loss was “another nail” for the town.",
        &[
            "said | Councillor Sioned Holm, who represents the harbor, | the loss was “another nail” for the town",
        ],
    );
    check(
        "The coach, Winifred Yelding, said the squad was ready.",
        &["said | The coach, Winifred Yelding, | the squad was ready"],
    );
    check(
        "Outside court, his wife, Denise Holm, said the family had left.",
        &["said | his wife, Denise Holm, | the family had left"],
    );
}

#[test]
fn nouns_and_what_they_are() {
    check(
        "Dahl’s answer was that the quay was safe.",
        &["answer was | Dahl’s | that the quay was safe"],
    );
    check(
        "The council’s biggest fear is that the quay will break.",
        &["biggest fear is | The council’s | that the quay will break"],
    );
    check(
        "Despite Dahl’s claim in an interview that the quay was safe, nobody came.",
        &["claim | Dahl’s | that the quay was safe"],
    );
    check(
        "The union fears the plan would cost jobs.",
        &["fears | The union | the plan would cost jobs"],
    );
    // Nouns that stay nouns, and words about them.
    check("The council’s promises the voters heard were empty.", &[]);
    check("His answer was late.", &[]);
    check("Her appeal is to be heard in May.", &[]);
}

#[test]
fn sources_keep_the_clauses_that_hang_on_them() {
    check(
        "The quay will hold, said Anna Holt, a teacher at Leeds who is now advising a rival.",
        &["said | Anna Holt, a teacher at Leeds who is now advising a rival | The quay will hold"],
    );
    check(
        "The quay will hold, said Robert Hale, a secretary of labor during the last government.",
        &["said | Robert Hale, a secretary of labor during the last government | The quay will hold"],
    );
    // A clause that reports is a report of its own.
    check(
        "The quay will hold, said Anna Holt, who said that it was old.",
        &[
            "said | Anna Holt | The quay will hold",
            "said | who | that it was old",
        ],
    );
    check(
        "Half of it is gone, according to an online Harbor poll out Thursday.",
        &["according to | an online Harbor poll out Thursday | Half of it is gone"],
    );
    check(
        "The quay will hold, said former Ohio Gov. and party chairman Ed Rendall.",
        &["said | former Ohio Gov. and party chairman Ed Rendall | The quay will hold"],
    );
    check(
        "Leading Democrats say the quay will hold.",
        &["say | Leading Democrats | the quay will hold"],
    );
    check(
        "Two aides and more experienced lawyers said the deal was dead.",
        &["said | Two aides and more experienced lawyers | the deal was dead"],
    );
}

#[test]
fn deeds_in_fixed_words() {
    for deed in [
        "She showed off the hat.",
        "He told the truth about her.",
        "The band told stories and wrote songs.",
        "They raised money for the quay.",
        "It claimed the lives of two sailors.",
        "They will have to think twice before they sail.",
        "The boats came from a firm called Bright Harbor, which is owned by a bank.",
    ] {
        check(deed, &[]);
    }
    check(
        "She told the court that it was late.",
        &["told | She | that it was late"],
    );
    check(
        "The head of the union called Hale a liar.",
        &["called | The head of the union | Hale a liar"],
    );
}

#[test]
fn reports_beside_each_other() {
    check(
        "Holt says the quay will hold, according to the agency.",
        &[
            "according to | the agency | Holt says the quay will hold",
            "says | Holt | the quay will hold",
        ],
    );
    check(
        "Asked if she believed Brandt wanted it, Holt said that the plan was dead.",
        &[
            "Asked |  | if she believed Brandt wanted it",
            "said | Holt | that the plan was dead",
        ],
    );
    check(
        "The office contends that it is on track, and Brian Deeson, the climate adviser, said it was late.",
        &[
            "contends | The office | that it is on track",
            "said | Brian Deeson, the climate adviser, | it was late",
        ],
    );
    check(
        "Voters were worried; most said the plan was dead.",
        &["said | most | the plan was dead"],
    );
    check(
        "Voters were worried, and half said the plan was dead.",
        &["said | half | the plan was dead"],
    );
    // What somebody said somebody said is one report.
    check(
        "Holt said that Brandt believed it was late.",
        &["said | Holt | that Brandt believed it was late"],
    );
}

#[test]
fn who_found_it_stands_behind() {
    check(
        "Most of them gave money twice, a Post investigation found.",
        &["found | a Post investigation | Most of them gave money twice"],
    );
    check(
        "They need 40 percent of the vote, political analysts say; in 2012, Brandt had half of that.",
        &["say | political analysts | They need 40 percent of the vote"],
    );
    check(
        "The states passed laws that appeals courts said discriminated against voters.",
        &["said | appeals courts | that … discriminated against voters"],
    );
    // What is found in the middle of a sentence is a deed.
    check(
        "In the yard, the dog found a bone, and the children laughed.",
        &[],
    );
}

#[test]
fn a_subject_before_a_cited_quotation() {
    check(
        "Mr. Hale, citing “the magic of the tide,” said the plan could fail.",
        &[
            "said | Mr. Hale | “the magic of the tide,”",
            "said | Mr. Hale | the plan could fail",
        ],
    );
    check(
        "“The tide is magic,” said the harbor master.",
        &["said | the harbor master | “The tide is magic,”"],
    );
}

#[test]
fn how_many_of_them_speak() {
    check(
        "In the end most Republicans said it was late.",
        &["said | most Republicans | it was late"],
    );
    check(
        "All but two said it was late.",
        &["said | All but two | it was late"],
    );
    check(
        "Not everyone agreed that it was late.",
        &["agreed | Not everyone | that it was late"],
    );
    check(
        "Half of it is gone, according to a Harbor University/Leeds Globe Poll released Sunday.",
        &["according to | a Harbor University/Leeds Globe Poll released Sunday | Half of it is gone"],
    );
}

#[test]
fn what_was_said_goes_on_behind_the_frame() {
    check(
        "The quay was late, Brandt said, but it was a quay.",
        &["said | Brandt | The quay was late … but it was a quay"],
    );
    let shut = "said | Brandt | The quay was shut";
    check("The quay was shut, Brandt said, but Okoro denied it.", &[shut]);
    check("The quay was shut, Brandt said, and left the room.", &[shut]);
}
