//! Reports in shapes that a plain subject and verb do not have: numbers that speak, commands and answers, what trails
//! behind the verb. Sentences of our own.

use crate::reports::check;

#[test]
fn numbers_speak_beside_each_other() {
    check(
        "Most voters said they were worried, and more than 4 in 10 said Holt would be best.",
        &[
            "said | Most voters | they were worried",
            "said | more than 4 in 10 | Holt would be best",
        ],
    );
    check(
        "One in three said the guild does not care and one in four said it was hostile.",
        &[
            "said | One in three | the guild does not care",
            "said | one in four | it was hostile",
        ],
    );
    check(
        "The union said it had counted 300 names, and at least 21,000 said they would come.",
        &[
            "said | The union | it had counted 300 names",
            "said | at least 21,000 | they would come",
        ],
    );
    check(
        "Four in ten, or 38 percent, said they could change their mind.",
        &["said | Four in ten | they could change their mind"],
    );
    check(
        "About the same number said the guild was right.",
        &["said | About the same number | the guild was right"],
    );
    // Nobody speaks for himself here: both numbers are part of what was said.
    check(
        "Okoro said the guild had 400 members, and at least two of them were bakers.",
        &["said | Okoro | the guild had 400 members, and at least two of them were bakers"],
    );
}

#[test]
fn whoever_is_compared_says_something_else() {
    check(
        "Almost half said they wanted somebody new, compared with four in ten who said they preferred Holt.",
        &[
            "said | Almost half | they wanted somebody new",
            "said | who | they preferred Holt",
        ],
    );
    check(
        "60 percent of voters said Crane would be better at it, double the number who said the same of Holt.",
        &[
            "said | 60 percent of voters | Crane would be better at it",
            "said | who | the same of Holt",
        ],
    );
    // What is compared without a verb of its own belongs to what was said.
    check(
        "Okoro said four in ten had left, compared with half in May.",
        &["said | Okoro | four in ten had left, compared with half in May"],
    );
}

#[test]
fn a_main_clause_whose_subject_is_long() {
    check(
        "While only 7 percent said they are undecided, 27 percent of those who named somebody said they could change their minds.",
        &[
            "said | only 7 percent | they are undecided",
            "said | 27 percent of those who named somebody | they could change their minds",
        ],
    );
    check(
        "While Okoro said they are undecided, voters who named somebody said they could change their minds.",
        &[
            "said | Okoro | they are undecided",
            "said | voters who named somebody | they could change their minds",
        ],
    );
}

#[test]
fn commands_and_answers_before_their_verb() {
    check("Would he stay? No, he said.", &["said | he | No"]);
    check("Sorry, Okoro said.", &["said | Okoro | Sorry"]);
    check("Not a chance, said Okoro.", &["said | Okoro | Not a chance"]);
    check(
        "Or maybe Lena Holt, the adviser Phil Brandt says.",
        &["says | the adviser Phil Brandt | Or maybe Lena Holt"],
    );
    check(
        "Take the train before it rains, Okoro said.",
        &["said | Okoro | Take the train before it rains"],
    );
    check(
        "Take the train, they said, and you will see it.",
        &["said | they | Take the train … and you will see it"],
    );
    // Only the scene, or who it is.
    for scene in [
        "On Monday, Okoro said.",
        "However, Okoro said.",
        "Then, she said.",
        "As a former teacher, Okoro said.",
        "A former teacher, Okoro said.",
        "Tired of waiting, Okoro said.",
        "Holt, Okoro said.",
    ] {
        check(scene, &[]);
    }
}

#[test]
fn what_trails_behind_the_verb() {
    check(
        "The road is closed, Okoro said as she left the hall.",
        &["said | Okoro | The road is closed"],
    );
    check(
        "The road is closed, the mayor told her aides after seeing the bridge.",
        &["told | the mayor | The road is closed"],
    );
    check(
        "It is not about me, Okoro said when asked about the road.",
        &["said | Okoro | It is not about me", "asked about |  | the road"],
    );
    // What follows is the report.
    check(
        "After the talks, Okoro said when she arrives she will close the road.",
        &["said | Okoro | when she arrives she will close the road"],
    );
    check(
        "Okoro said when she arrives she will close the road.",
        &["said | Okoro | when she arrives she will close the road"],
    );
}

#[test]
fn what_a_comma_parts_from_its_verb() {
    check(
        "Okoro says, whatever happens, she will stay.",
        &["says | Okoro | whatever happens, she will stay"],
    );
    check(
        "Okoro says, win or lose in the vote, she will stay.",
        &["says | Okoro | win or lose in the vote, she will stay"],
    );
    check(
        "Okoro said, on Monday, she would leave.",
        &["said | Okoro | she would leave"],
    );
    // Another who acts is no report.
    check("Okoro said, with a nod, and the boat sank.", &[]);
}

#[test]
fn words_in_marks_between_two_who_are_named() {
    check(
        "Her friends mock the plan, calling Tull “an orange clown,” Susan said.",
        &[
            "said | Susan | Her friends mock the plan, calling Tull “an orange clown,”",
            "calling | Her friends | Tull “an orange clown,”",
        ],
    );
    // A nickname belongs to its name.
    check(
        "It was late, Paul “Red” Okoro said.",
        &["said | Paul “Red” Okoro | It was late"],
    );
}

#[test]
fn who_asks_and_who_is_asked() {
    check(
        "When asked by Holm on Monday about the road, Okoro said it was closed.",
        &["asked | Holm | the road", "said | Okoro | it was closed"],
    );
    check(
        "Okoro was asked to name a mistake of hers.",
        &["was asked |  | to name a mistake of hers"],
    );
    check(
        "Okoro had been asked to keep the letters by the House committee.",
        &["had been asked | the House committee | to keep the letters"],
    );
    check(
        "Okoro had been asked to keep the letters by the door.",
        &["had been asked |  | to keep the letters by the door"],
    );
    check("Okoro was not asked to speak at the fair.", &[]);
}

#[test]
fn said_of_something_before_the_colon() {
    check(
        "Okoro, speaking on Monday, said of the draft: “It is late.”",
        &["said | Okoro | “It is late.”"],
    );
    check(
        "The committee said about its choice of Holt in the last draft: We will not change it.",
        &["said | The committee | We will not change it"],
    );
    check(
        "“Perpetual motion!” Rep. Glenn Thomas, R-Pa., said of the fair.",
        &["said | Rep. Glenn Thomas, R-Pa., | “Perpetual motion!”"],
    );
    // A label keeps its colon.
    check(
        "Okoro, mayor of Strelsau: “It is late.”",
        &[": | Okoro, mayor of Strelsau | “It is late.”"],
    );
}

#[test]
fn a_name_with_an_exclamation_mark() {
    check(
        "Okoro told Yahoo! News in a story that ran this week that she will leave.",
        &["told | Okoro | that she will leave"],
    );
    check("Okoro told the Herald in a story that angered Holt.", &[]);
    check(
        "Okoro won on Jeopardy! Ken Brandt said he was glad.",
        &["said | Ken Brandt | he was glad"],
    );
}

#[test]
fn a_paragraph_that_a_colon_hands_over() {
    check(
        "The road fell in June.\n\nOkoro wrote:\n\nThe road must be closed. We have waited for ten years.\n\nShe left the hall.",
        &["wrote: | Okoro | The road must be closed. We have waited for ten years."],
    );
    check(
        "The road fell in June.\n\nOkoro wrote on Monday:\n\n“The road must be closed.”\n\nShe left the hall.",
        &["wrote | Okoro | “The road must be closed.”"],
    );
    check(
        "# The road\n\nOkoro wrote:\n\n> The road must be closed.\n>\n> The guild agrees.\n\nShe left the hall.",
        &[
            "wrote: | Okoro | The road must be closed.",
            " | Okoro | The guild agrees.",
        ],
    );
    check(
        "The road fell in June.\n\nOkoro wrote the following:\n\nThe road must be closed.\n\nShe left the hall.",
        &["wrote | Okoro | The road must be closed."],
    );
    // The narrator goes on where a post was left out, or where nobody speaks; a list is no speech.
    for narrated in [
        "The road fell in June.\n\nOkoro tweeted:\n\nThe mayor later took the post down.\n\nShe left.",
        "The road fell in June.\n\nOkoro wrote:\n\nShe left the hall at noon and went home.\n\nShe slept.",
        "The road fell in June.\n\nOkoro wrote:\n\n- Close the road.\n- Open the quay.\n\nShe slept.",
        "The road fell in June.\n\nThe plan has three parts:\n\nThe road will be closed in May.\n\nShe slept.",
        "# The road\n\nIt fell in June.\n\n> The road must be closed.\n\nShe left the hall.",
    ] {
        check(narrated, &[]);
    }
}

#[test]
fn a_report_behind_what_only_sets_its_scene() {
    check(
        "Back when he wrote his book, Okoro said that she thought the road was safe.",
        &["said | Okoro | that she thought the road was safe"],
    );
    check(
        "Although in May she said the road was safe, at the hall this week she said she did not believe it.",
        &[
            "said | she | the road was safe",
            "said | she | she did not believe it",
        ],
    );
    check(
        "The guild can vote, and as Okoro noted, its members could leave.",
        &["noted | Okoro | its members could leave"],
    );
    check(
        "In her speech, Okoro argued - naming Holt eight times - that the road was safe.",
        &["argued | Okoro | that the road was safe"],
    );
    // The scene alone is nothing that was said.
    check("As the talks ended, Okoro responded.", &[]);
    check(
        "If the road falls, the guild must pay, Okoro said.",
        &["said | Okoro | If the road falls, the guild must pay"],
    );
    // What somebody says of another report belongs to it.
    check(
        "Okoro said that when the road fell, Holt said that it was safe.",
        &["said | Okoro | that when the road fell, Holt said that it was safe"],
    );
}

#[test]
fn what_another_said_before() {
    check(
        "Holt is assuring voters he is tough after Okoro said he was too nice.",
        &[
            "is assuring | Holt | he is tough",
            "said | Okoro | he was too nice",
        ],
    );
    // Whoever is only meant by a pronoun speaks within what is told.
    check(
        "The guild said Brandt was dropped after he said that the road was safe.",
        &["said | The guild | Brandt was dropped after he said that the road was safe"],
    );
    check(
        "Okoro said the road fell after the rain.",
        &["said | Okoro | the road fell after the rain"],
    );
}

#[test]
fn whoever_speaks_behind_after() {
    check(
        "After aides insisted in June that Okoro would stay, she left.",
        &["insisted | aides | that Okoro would stay"],
    );
    // A meeting insists on nothing.
    check("After a meeting insisted on by Okoro that day, she left.", &[]);
}

#[test]
fn where_a_name_wrote_it_is_no_part_of_the_name() {
    check(
        "Holt proposed a ban, while Jan Brandt in a blog post said he would close the road.",
        &[
            "proposed | Holt | a ban",
            "said | Jan Brandt | he would close the road",
        ],
    );
    check(
        "They had travelled together, wrote the director Jan Okoro, a brother of one, on Facebook.",
        &["wrote | the director Jan Okoro, a brother of one, | They had travelled together"],
    );
    // Where somebody works is.
    check(
        "Jan Brandt at the National Review said the road was safe.",
        &["said | Jan Brandt at the National Review | the road was safe"],
    );
}

#[test]
fn bodies_of_two_words() {
    check(
        "On Monday, the task force announced an agreement with Okoro.",
        &["announced | the task force | an agreement with Okoro"],
    );
    check(
        "The nonprofit announced a ban on fires.",
        &["announced | The nonprofit | a ban on fires"],
    );
    // The force of a storm is nobody.
    check("The force of the storm announced a change of season.", &[]);
}

#[test]
fn a_past_without_an_ending() {
    check("The crew wept, Okoro said.", &["said | Okoro | The crew wept"]);
    check("The ship sank, she said.", &["said | she | The ship sank"]);
    check("Hardly, the skipper said.", &["said | the skipper | Hardly"]);
    // A wound is a noun where something else is the verb.
    check("The wound, Okoro left.", &[]);
}

#[test]
fn whoever_is_asked_has_not_asked() {
    check(
        "“Why is it so late?” Mr. Brandt was asked.",
        &["was asked |  | “Why is it so late?”"],
    );
    check(
        "“Go home,” the dockers were told by Okoro.",
        &["were told | Okoro | “Go home,”"],
    );
    check(
        "Why is it so late? Mr. Brandt was asked.",
        &["was asked |  | Why is it so late?"],
    );
    check(
        "Who will pay for it? Okoro asked.",
        &["asked | Okoro | Who will pay for it?"],
    );
    // What is said behind the question is another sentence.
    check(
        "Who will pay for it? Okoro said the guild would.",
        &["said | Okoro | the guild would"],
    );
    check(
        "Who will pay for it? Okoro asked for time.",
        &["asked for | Okoro | time"],
    );
}

#[test]
fn to_put_it_and_to_write_somebody() {
    check(
        "The barrister put it to her that she had lied.",
        &["put it to | The barrister | that she had lied"],
    );
    check("She put it to the test in May.", &[]);
    check(
        "Okoro wrote Brandt that the papers were safe.",
        &["wrote | Okoro | that the papers were safe"],
    );
    check(
        "The papers are safe, Okoro wrote Brandt.",
        &["wrote | Okoro | The papers are safe"],
    );
    check("In May, Okoro wrote Middlemarch.", &[]);
}

#[test]
fn what_is_criticized_ends_before_its_own_verb() {
    check(
        "A practice criticized by nurses has ended.",
        &["criticized | nurses | A practice"],
    );
    check(
        "A practice criticized by nurses as cruel has ended.",
        &["criticized | nurses | cruel"],
    );
}

#[test]
fn many_who_speak_have_no_article_of_one() {
    check(
        "He presented a claim inspectors said made no sense.",
        &["said | inspectors | made no sense"],
    );
    check(
        "The bank relied on figures auditors said were invented.",
        &["said | auditors | were invented"],
    );
    // Here the inspectors have the article.
    check(
        "The claim inspectors said made-up papers were found.",
        &["said | The claim inspectors | made-up papers were found"],
    );
}

#[test]
fn an_official_is_somebody_behind_the_words() {
    check(
        "“Talks have failed,” an official said on Monday.",
        &["said | an official | “Talks have failed,”"],
    );
    check(
        "“We go again,” vowed captain Ana Brandt.",
        &["vowed | captain Ana Brandt | “We go again,”"],
    );
    check(
        "Brandt, prosecutors say, stole the boat.",
        &["say | prosecutors | Brandt … stole the boat"],
    );
    check(
        "Brandt stole the boat, prosecutors allege.",
        &["allege | prosecutors | Brandt stole the boat"],
    );
    check("The official line is late.", &[]);
    check("Brandt, in a stole, left.", &[]);
}
