//! Reports whose verb looks like a noun, an adjective or part of a name: sentences of our own.

use crate::reports::check;

#[test]
fn the_present_behind_its_subject() {
    check(
        "She fears that the generals will not honor the vote, as in 1990.",
        &["fears | She | that the generals will not honor the vote, as in 1990"],
    );
    check(
        "Brandt often questions Okoro’s ties to the guild.",
        &["often questions | Brandt | Okoro’s ties to the guild"],
    );
    check(
        "The party leadership fears that sweeping cuts could kindle strikes.",
        &["fears | The party leadership | that sweeping cuts could kindle strikes"],
    );
    check(
        "A post on the site claims he was paid.",
        &["claims | A post on the site | he was paid"],
    );
    check(
        "Dockers in general prefer not to sign such papers.",
        &["prefer | Dockers in general | not to sign such papers"],
    );
    check(
        "Today, advocates estimate there could be ten more.",
        &["estimate | advocates | there could be ten more"],
    );
    // Nouns with verbs of their own.
    check("The claims he made were false.", &[]);
    check("Her fears were many.", &[]);
}

#[test]
fn verbs_of_headlines() {
    check(
        "Rabbis vow to boycott the talks",
        &["vow | Rabbis | to boycott the talks"],
    );
    check(
        "Residents cite jobs as top concerns",
        &["cite | Residents | jobs as top concerns"],
    );
    check(
        "Forecaster warns of snow in north",
        &["warns of | Forecaster | snow in north"],
    );
    // A vote, not a vow.
    check("Voters to decide on bridge", &[]);
    // What the signs on a hill were.
    check("Signs of snow in north", &[]);
}

#[test]
fn a_word_between_clause_and_verb_is_nobody() {
    check(
        "Geng, who voted for the plan, nonetheless said it was late.",
        &["nonetheless said | Geng, who voted for the plan, | it was late"],
    );
    check("The storm, however feared, never came.", &[]);
}

#[test]
fn infinitives_that_look_like_nouns() {
    check(
        "Brandt continued to question Okoro’s temper.",
        &["continued to question | Brandt | Okoro’s temper"],
    );
    check(
        "Brandt had urged the department to process 15 percent of the pages by July.",
        &["had urged | Brandt | the department to process 15 percent of the pages by July"],
    );
    check(
        "The chairman has implored party delegates to unite.",
        &["has implored | The chairman | party delegates to unite"],
    );
    // Subject to a question, not asking one.
    check("The plan is open to question.", &[]);
}

#[test]
fn as_told_elsewhere() {
    check(
        "As Brandt told the Harbour Herald, the plan failed.",
        &["told | Brandt | the plan failed"],
    );
    check(
        "The loss was no surprise, officials in both cities insist, because the yard was old.",
        &["insist | officials in both cities | The loss was no surprise … because the yard was old"],
    );
    check(
        "Part of the problem, say experts like Brandt, is the ground.",
        &["say | experts like Brandt | Part of the problem … is the ground"],
    );
    check(
        "The raid, first reported by the Herald, failed.",
        &["first reported | the Herald | The raid"],
    );
    check(
        "The bill, opposed by dockers, never became law.",
        &["opposed | dockers | The bill"],
    );
    // By what means, not by whom.
    check("The bill, known as the Dock Act, never became law.", &[]);
    check("The losses begged the question of whether he was fit.", &[]);
}

#[test]
fn small_words_behind_the_verb() {
    check(
        "The dockers said no to the plan.",
        &["said | The dockers | no to the plan"],
    );
    check(
        "He added, that there was a plan.",
        &["added | He | that there was a plan"],
    );
    check(
        "She gushes about being a grandmother.",
        &["gushes about | She | being a grandmother"],
    );
    check(
        "The campaign hasn’t decided what other ships it would buy.",
        &["hasn’t decided | The campaign | what other ships it would buy"],
    );
    check(
        "An average of polls shows Brandt leading by two points.",
        &["shows | An average of polls | Brandt leading by two points"],
    );
    check("There was no way to the quay.", &[]);
}

#[test]
fn views_of_many() {
    check(
        "Men under 35 support Brandt by four points",
        &["support | Men under 35 | Brandt by four points"],
    );
    check(
        "Majorities of voters favor closing the quay",
        &["favor | Majorities of voters | closing the quay"],
    );
    check(
        "Not everyone is convinced the plan will hold.",
        &["is convinced | Not everyone | the plan will hold"],
    );
    check(
        "The voters want all ships in the harbour quickly to be sold.",
        &["want | The voters | all ships in the harbour quickly to be sold"],
    );
    check(
        "Brandt considers himself an immigrant.",
        &["considers | Brandt | himself an immigrant"],
    );
    // Where they work, and no view.
    check("Men under 35 work in support jobs.", &[]);
    check("Brandt hurt himself.", &[]);
}

#[test]
fn judgments_and_asides_far_behind() {
    check(
        "Still, he called the quarrel with the guild unusual.",
        &["called | he | the quarrel with the guild unusual"],
    );
    check(
        "Six months ago, the senator said, the guild was strong.",
        &["said | the senator | Six months ago … the guild was strong"],
    );
    check(
        "The port lost two ships last month, shipping documents show.",
        &["show | shipping documents | The port lost two ships last month"],
    );
    check("Brandt fired back at Okoro.", &["fired back at | Brandt | Okoro"]);
    // Showing is no report without somebody or something written.
    check("The port lost two ships last month, and the gaps show.", &[]);
}

#[test]
fn a_time_that_something_is_said_of() {
    check(
        "Brandt said the winter had been long.",
        &["said | Brandt | the winter had been long"],
    );
    check(
        "Brandt said the weekend was too short for a fair.",
        &["said | Brandt | the weekend was too short for a fair"],
    );
    // A time only tells when it was said.
    check(
        "Brandt said the day before that the quay was safe.",
        &["said | Brandt | that the quay was safe"],
    );
    check(
        "Brandt said on Monday the quay was safe.",
        &["said | Brandt | the quay was safe"],
    );
}

#[test]
fn to_call_somebody_so_with_a_preposition() {
    check(
        "The paper cast Mr. Brandt as a hero.",
        &["cast | The paper | Mr. Brandt as a hero"],
    );
    check(
        "Prosecutors charged him with stealing a ferry.",
        &["charged | Prosecutors | him with stealing a ferry"],
    );
    check(
        "Mr. Brandt was charged with fraud.",
        &["was charged with |  | Mr. Brandt … fraud"],
    );
    check("Mr. Brandt has never been charged with fraud.", &[]);
    check("Hundreds cast their votes for her as rain fell.", &[]);
    check("A man charged with theft left.", &[]);
    check(
        "Okoro labelled the offer an insult.",
        &["labelled | Okoro | the offer an insult"],
    );
    check(
        "The skipper radioed that his engine had failed.",
        &["radioed | The skipper | that his engine had failed"],
    );
}

#[test]
fn what_only_a_mind_does_needs_no_matter() {
    check(
        "Brandt discussed the lengths to which dockers go.",
        &["discussed | Brandt | the lengths to which dockers go"],
    );
    check(
        "Brandt is outlining a litany of fees.",
        &["is outlining | Brandt | a litany of fees"],
    );
    check("Brandt focused on the hens.", &["focused on | Brandt | the hens"]);
    check(
        "The minister ordered the closing of the market.",
        &["ordered | The minister | the closing of the market"],
    );
    // What hands can do is a deed, unless its object is a matter.
    check("Brandt pushed the door.", &[]);
    check("Brandt ordered a coffee.", &[]);
    check("The camera focused on the hens.", &[]);
}
