//! What a sentence tells in front of its subject, beside the clause, or only mentions: sentences of our own.

use crate::reports::check;

#[test]
fn what_stands_in_front_of_the_subject() {
    check(
        "It was the board he rails against.",
        &["rails against | he | the board"],
    );
    check(
        "The council called the plan illegal, a charge the Treasury rejects.",
        &[
            "called | The council | the plan illegal",
            "rejects | the Treasury | a charge",
        ],
    );
    // What somebody had or made is not told.
    check("It was the only boat the firm ever made.", &[]);
    check("It was the pier he fished from.", &[]);
}

#[test]
fn what_is_told_beside_the_clause() {
    check(
        "Holm said that Reyes, who called the deal a trap, had left.",
        &[
            "said | Holm | that Reyes, who called the deal a trap, had left",
            "called | who | the deal a trap",
        ],
    );
    check(
        "Holm praised the win over Reyes as she urged members to unite.",
        &[
            "praised | Holm | the win over Reyes",
            "urged | she | members to unite",
        ],
    );
    check(
        "Holm praised the plan as it stood.",
        &["praised | Holm | the plan as it stood"],
    );
    // Those who are meant by what they say are part of what is said.
    check(
        "Holm said that dockers who called the deal a trap had left.",
        &["said | Holm | that dockers who called the deal a trap had left"],
    );
}

#[test]
fn what_is_only_mentioned() {
    check(
        "Critics faulted Holm for saying the bridge was safe.",
        &["faulted | Critics | Holm for saying the bridge was safe"],
    );
    check("The crew left without thanking the mayor.", &[]);
    check("It is not clear whether Holm supports the plan.", &[]);
    check("The court cleared the firms that oppose the rule.", &[]);
    // How and when it was said is another matter.
    check(
        "Holm answered by saying that the bridge was safe.",
        &["saying | Holm | that the bridge was safe"],
    );
    check("Voters who oppose the rule left.", &["oppose | who | the rule"]);
}

#[test]
fn what_one_says_he_thinks() {
    check(
        "Holm said she believes “the boats are too old” for it.",
        &["said | Holm | she believes “the boats are too old” for it"],
    );
    check(
        "Holm believes “the boats are too old” for it.",
        &["believes | Holm | “the boats are too old” for it"],
    );
}

#[test]
fn words_around_the_verb() {
    check(
        "As a memo put it, the harbor was closed.",
        &["put it | a memo | the harbor was closed"],
    );
    check(
        "Holm neither confirmed nor denied the plan.",
        &["neither confirmed nor denied | Holm | the plan"],
    );
    check(
        "Reyes took to the radio to thank the crew.",
        &["took to the radio to thank | Reyes | the crew"],
    );
    check("Reyes took the ferry to the island to thank the crew.", &[]);
    check(
        "Reyes criticized and rejected the plan.",
        &["criticized and rejected | Reyes | the plan"],
    );
    check(
        "The host asks Holm just that question.",
        &["asks | The host | that question"],
    );
    check("The host asked Holm a question.", &[]);
    check(
        "He said when asked about it that the ferry was late.",
        &["asked about |  | it", "said | He | that the ferry was late"],
    );
    check(
        "The ferry moved to Lowmouth years ago, per Herald Radio.",
        &["per | Herald Radio | The ferry moved to Lowmouth years ago"],
    );
    check("The fare rose by two crowns, per passenger.", &[]);
}

#[test]
fn what_is_asked_and_pledged() {
    check(
        "Pressed by reporters on whether the ferry would sail, she declined to say.",
        &[
            "Pressed | reporters | whether the ferry would sail",
            "declined | she | to say",
        ],
    );
    check(
        "Holm urged members never to sign the deal.",
        &["urged | Holm | members never to sign the deal"],
    );
    check(
        "The mayor pledged to fast-track the permit.",
        &["pledged | The mayor | to fast-track the permit"],
    );
    check(
        "What he said was that the ferry was late.",
        &["said | he | that the ferry was late"],
    );
    check(
        "The letter left Holm wondering what the council wanted.",
        &["wondering | Holm | what the council wanted"],
    );
    check(
        "The bank forecast growth of 3 percent.",
        &["forecast | The bank | growth of 3 percent"],
    );
    check("The forecast growth of 3 percent did not come.", &[]);
    check(
        "Holm pleaded guilty to fraud.",
        &["pleaded guilty to | Holm | fraud"],
    );
    check(
        "The group claimed responsibility for the blast.",
        &["claimed | The group | responsibility for the blast"],
    );
    check("The flood claimed the barn.", &[]);
}

#[test]
fn deeds_with_verbs_of_saying() {
    check("The lens focused on the ridge.", &[]);
    check("She detailed the drawer with a brush.", &[]);
    check("Holm maintains a wide lead over Reyes.", &[]);
    check(
        "Holm maintains that the lead is wide.",
        &["maintains | Holm | that the lead is wide"],
    );
    check("Holm accepted the parcel.", &[]);
    check("Holm accepted the offer.", &["accepted | Holm | the offer"]);
    check(
        "Public records show no gifts from the trader.",
        &["show | Public records | no gifts from the trader"],
    );
}

#[test]
fn deeds_in_a_row() {
    check(
        "Holm mocked his rivals, cited a poll and called them weak.",
        &[
            "mocked | Holm | his rivals",
            "cited | Holm | a poll",
            "called | Holm | them weak",
        ],
    );
    check("The crew loaded the boat, named it Heron and left.", &[]);
    check("Both oppose the rule.", &["oppose | Both | the rule"]);
    check(
        "The firm has declined for years to reveal its owners.",
        &["has declined for years to reveal | The firm | its owners"],
    );
    check(
        "The party aims to heal its wounds.",
        &["aims | The party | to heal its wounds"],
    );
    check("The gun aimed at the pier was loaded.", &[]);
}

#[test]
fn what_only_tells_which() {
    check("It is a system that seems rigged.", &[]);
    check("The society, also known as the Herons, met on Monday.", &[]);
    check(
        "The society is known as a quarrelsome lot.",
        &["is known as |  | The society … a quarrelsome lot"],
    );
    check(
        "That’s according to the report.",
        &["’s according to | the report | That’s"],
    );
}
