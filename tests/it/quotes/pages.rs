//! How pages of different desks set quotations apart from who spoke them: credits, dialogues, lists, posts.

use super::*;

#[test]
fn credits_in_brackets_and_verdicts() {
    check(
        "- “Give it six months. People hated the tram.” (Prof Jan Nowak, university of Halm)\n",
        &[("Give it six months", "Prof Jan Nowak")],
    );
    check(
        "“I will be sad, but I will have somebody to play with.”\n\nThat was the verdict of Ruth Aspin, eight, the only pupil of the school.\n",
        &[("I will be sad", "Ruth Aspin")],
    );
    // What is told of a thing is nobody's verdict, and a bracket may hold anything.
    let text = article("“Give it six months. People hated the tram.” (The tram was built in 1903.)\n");
    assert_eq!(speaker_of(&text, "Give it"), "nobody");
    let text = article(
        "The school is small.\n\n“I will be sad, but I will have somebody to play with.”\n\nThat was the end of the summer.\n",
    );
    assert_eq!(speaker_of(&text, "I will be sad"), "nobody");
}

#[test]
fn headlines_over_interviews() {
    let text = article(
        "‘I never wanted a voice. I wanted a bath’\n\nThe novelist Ines Varga talks to Jan Nowak.\n\nQ: You have a new book.\n\nA: I do. It is short.\n\nQ: Is it the last?\n\nA: I hope so.\n",
    );
    assert_eq!(speaker_of(&text, "I never wanted"), "Ines Varga");
    let text =
        article("Toll ‘will kill the town’\n\nThe toll starts on Monday. It will cost nine euros a car.\n");
    assert_eq!(speaker_of(&text, "will kill the town"), "nobody");
}

#[test]
fn pull_quotes_over_their_names() {
    let text = article(
        "The hotel was quiet.\n\n“We will come back when the snow has gone.\nLena Hartmann, mayor of Halm.”\n\nSnow fell.\n",
    );
    assert_eq!(speaker_of(&text, "We will come back"), "Lena Hartmann");
    // A second paragraph of the same quotation is no name.
    check(
        "“We will come back when the snow has gone,” Lena Hartmann said. “It will go.\n\n“Paul Okoro knows it.”\n",
        &[("Paul Okoro knows it", "Lena Hartmann")],
    );
}

#[test]
fn terse_dialogues() {
    let text = "“What is this?” the guard asks.\n\n“Honey,” says Paul Okoro.\n\n“For what purpose?”\n\n“For bread.”\n";
    check(
        text,
        &[("For what purpose", "the guard"), ("For bread", "Paul Okoro")],
    );
    // Who asks twice in a row goes on.
    check(
        "“What is this?” the guard asks.\n\n“And for what purpose?”\n",
        &[("And for what", "the guard")],
    );
}

#[test]
fn whoever_answers_is_not_whoever_asked() {
    let text = article(
        "Rita Holm, the mayor, asked Jan Nowak, the engineer, for the plans. Nowak said he had to ask.\n\n“So you do not know,” the mayor said.\n\n“I will find out,” the engineer replied.\n",
    );
    assert_eq!(speaker_of(&text, "I will find out"), "Jan Nowak");
    let text = article(
        "Senator Rita Holm asked for the plans. Jan Nowak said he had to ask.\n\n“So you do not know,” the senator said.\n\n“I will find out,” the official replied.\n",
    );
    assert_ne!(speaker_of(&text, "I will find out"), "Rita Holm");
}

#[test]
fn whoever_reads_the_review_goes_on() {
    let text = article(
        "Kit Larkin has made a record. The critic Marcus Hale called it “a long apology to silence”. Larkin read the review on the bus.\n\n“I thought, apology? I am not sorry at all.”\n",
    );
    assert_eq!(speaker_of(&text, "I thought, apology"), "Kit Larkin");
    let text = article(
        "Kit Larkin has made a record. The critic Marcus Hale called it “a long apology to silence”.\n\n“It is a record that nobody will play twice.”\n",
    );
    assert_eq!(speaker_of(&text, "It is a record"), "Marcus Hale");
}

#[test]
fn second_subjects_share_the_verb() {
    check(
        "Iqbal said she was “gutted but not surprised”; Tuft that he was “delighted and, frankly, also not surprised”.\n",
        &[("gutted", "Iqbal"), ("delighted", "Tuft")],
    );
    check(
        "Iqbal said that Tuft had left and that she was “gutted but not surprised”.\n",
        &[("gutted", "Iqbal")],
    );
}

#[test]
fn what_a_treaty_rules() {
    check(
        "The deal was signed in May. Under the accord, each side “shall refrain from any hostile act within twelve miles”.\n",
        &[("shall refrain", "the accord")],
    );
    check(
        "Under the bridge, the mayor said the wall was “held up by paint”.\n",
        &[("held up", "the mayor")],
    );
}

#[test]
fn lists_of_what_others_have_written() {
    check(
        "PALACE — “King to leave,” by Ana Reyes: “The king will leave the palace in June.”\n",
        &[("The king will leave", "Ana Reyes")],
    );
    check(
        "“King to leave,” the minister said by phone: “The king will leave the palace in June.”\n",
        &[("The king will leave", "the minister")],
    );
}

#[test]
fn posts_without_marks_go_on() {
    let text = article(
        "On Monday Ines Varga wrote:\n\nI have looked at the bridge, and I am sorry.\n\nI have asked the council for the papers.\n\nThe council did not answer.\n",
    );
    assert_eq!(speaker_of(&text, "I have asked the council"), "Ines Varga");
    assert_eq!(speaker_of(&text, "The council did not"), "nobody");
    let text = article(
        "On Monday Ines Varga wrote:\n\nI have looked at the bridge, and I am sorry.\n\nI met her at the bridge, where she said she would stay.\n",
    );
    assert_ne!(speaker_of(&text, "I met her"), "Ines Varga");
}

#[test]
fn both_of_two_where_the_second_has_an_office() {
    let text = article(
        "Tomas Brill left early. Brill and the board's lawyer, Henry Stroud, said the plan was “dead before it began”.\n",
    );
    assert_eq!(speaker_of(&text, "dead before"), "Tomas Brill and Henry Stroud");
    let text = article(
        "Tomas Brill left early. The board's lawyer, Henry Stroud, said the plan was “dead before it began”.\n",
    );
    assert_eq!(speaker_of(&text, "dead before"), "Henry Stroud");
}

#[test]
fn the_subject_of_the_paragraph_goes_on() {
    let text = article(
        "Mayor Curtis Wray left the chamber on Tuesday. “I don’t,” he said, “have to take this.”\n\nSam Pell banged the gavel twice. “A recess, I guess,” he said.\n",
    );
    assert_eq!(speaker_of(&text, "A recess"), "Sam Pell");
    let text = article(
        "Mayor Curtis Wray left the chamber on Tuesday. “I don’t,” he said, “have to take this.” He had met clerks like Sam Pell, who counts the votes. “A recess, I guess,” he said.\n",
    );
    assert_eq!(speaker_of(&text, "A recess"), "Curtis Wray");
}
