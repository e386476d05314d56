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

#[test]
fn a_relative_clause_with_a_subject_of_its_own() {
    for verb in ["was blunter", "was sure of it", "struck another note"] {
        crate::quotes::check(
            &format!("Ruth Brandt, whose husband runs the ferry, {verb}: “Nobody pays for the rain.”"),
            &[("Nobody pays", "Ruth Brandt, whose husband runs the ferry,")],
        );
    }
    // Without a relative clause he may speak.
    crate::quotes::check(
        "Her husband was blunter: “Nobody pays for the rain.”",
        &[("Nobody pays", "Her husband")],
    );
}

#[test]
fn a_refusal_and_what_is_said_all_the_same() {
    check(
        "Brandt declined to say which side had asked for the break, but added that it was late.",
        &[
            "declined | Brandt | to say which side had asked for the break",
            "added | Brandt | that it was late",
        ],
    );
    check(
        "Brandt refused to say what the lawyers had advised, but warned that the strike would go on.",
        &[
            "refused | Brandt | to say what the lawyers had advised",
            "warned | Brandt | that the strike would go on",
        ],
    );
    check(
        "Brandt would not say which clerk had lost it but insisted that it was late.",
        &[
            "would not say | Brandt | which clerk had lost it",
            "insisted | Brandt | that it was late",
        ],
    );
    // A clause with a subject of its own is its own.
    check(
        "Brandt declined to say which side had asked for it, and the lawyers warned that it was late.",
        &[
            "declined | Brandt | to say which side had asked for it",
            "warned | the lawyers | that it was late",
        ],
    );
}

#[test]
fn whom_somebody_quotes_as_saying() {
    for whom in ["her", "the minister", "Ilse Brandt"] {
        crate::quotes::check(
            &format!("“It was late,” the agency quoted {whom} as saying."),
            &[("It was late", whom)],
        );
    }
    // The agency’s own words.
    crate::quotes::check(
        "“It was late,” the agency wrote of her as a warning.",
        &[("It was late", "the agency")],
    );
}

#[test]
fn whoever_speaks_for_a_holder_of_an_office() {
    let speaks = |whose: &str| {
        let article = crate::quotes::article(&format!("A spokesman for {whose} said the quay was shut."));
        let speaker = article.quotes.first().and_then(|q| q.speaker);
        speaker
            .map(|s| article.entities[s].name.clone())
            .unwrap_or_default()
    };
    for whose in [
        "President Emmanuel Macron",
        "Chancellor Friedrich Merz",
        "Mayor Ilse Brandt",
    ] {
        assert!(
            speaks(whose).starts_with("a spokesman"),
            "{whose}: {}",
            speaks(whose)
        );
    }
    // What an office is for is no person.
    assert_eq!(speaks("Iran Ilse Brandt"), "Ilse Brandt");
}

#[test]
fn whoever_is_asked_or_accused_says_nothing_by_it() {
    check(
        "Brandt, asked about the quay, said it was late.",
        &["asked about |  | the quay", "said | Brandt | it was late"],
    );
    check(
        "A man accused of theft told the court that it was late.",
        &["told | A man accused of theft | that it was late"],
    );
    // In a tense it is a question of his.
    check(
        "Brandt asked about the quay.",
        &["asked about | Brandt | the quay"],
    );
}

#[test]
fn a_call_that_calls_nobody_names() {
    check("Brandt called Okoro after the vote.", &[]);
    check("Brandt called Okoro a liar.", &["called | Brandt | Okoro a liar"]);
    check(
        "Brandt called him “a liar.”",
        &["called | Brandt | him “a liar.”"],
    );
}

#[test]
fn what_was_sent_to_somebody_says_it() {
    check(
        "Brandt read out a note sent to a friend which said: “It is late.”",
        &["said: | which | “It is late.”"],
    );
}

#[test]
fn two_who_ask_and_answer() {
    let asked = "“You went home and slept, didn’t you?” Brandt said.\n\n“No,” Okoro replied.\n\n";
    crate::quotes::check(
        &format!("{asked}“You walked?”\n\n“I did.”"),
        &[("You walked", "Brandt"), ("I did", "Okoro")],
    );
    // Who goes on with what he said has asked nobody.
    crate::quotes::check(
        &format!("{asked}“It was late and I was tired.”"),
        &[("It was late", "Okoro")],
    );
}

#[test]
fn a_participle_right_before_the_verb_of_its_noun() {
    check(
        "Brandt submitted that the holes reported had been filled.",
        &["submitted | Brandt | that the holes reported had been filled"],
    );
    check("The holes reported had been filled.", &[]);
    // Whoever can speak may leave out what he said was so.
    check(
        "The holes that Brandt said had been filled are deep.",
        &["said | Brandt | that … had been filled are deep"],
    );
}

#[test]
fn what_somebody_is_told_to_do_or_not() {
    check(
        "Brandt tells her sons not to come back, and they come back every week.",
        &["tells | Brandt | her sons not to come back, and they come back every week"],
    );
    check(
        "Okoro told them to come back.",
        &["told | Okoro | them to come back"],
    );
    // What is refused is not what is promised.
    check(
        "Okoro urged the dockers not to strike.",
        &["urged | Okoro | the dockers not to strike"],
    );
    check("Okoro vowed not to strike.", &["vowed | Okoro | not to strike"]);
    // An answer that is kept back is none.
    check("Okoro told nobody, not to this day.", &[]);
}

#[test]
fn what_a_speaker_does_meanwhile_stands_in_the_clause() {
    check(
        "The cult around one tuner, Brandt says, choosing the word with care, has done harm.",
        &["says | Brandt | The cult around one tuner … has done harm"],
    );
    check(
        "The plan, Okoro said, with a smile, was late.",
        &["said | Okoro | The plan … was late"],
    );
    // The clause is whole before the comma.
    check(
        "The plan was late, Okoro said, choosing her words with care.",
        &["said | Okoro | The plan was late"],
    );
}

#[test]
fn who_opens_the_sentence_goes_on_telling() {
    check(
        "A spokeswoman for the harbour also declined to comment, saying that nobody was there.",
        &[
            "also declined | A spokeswoman for the harbour | to comment",
            "saying | A spokeswoman for the harbour | that nobody was there",
        ],
    );
    check(
        "Amara Field, president of the guild, tied the loss to the strike, saying the dock was empty.",
        &["saying | Amara Field, president of the guild, | the dock was empty"],
    );
    check(
        "Mr. Okoro, after saying that he would stay, left the hall.",
        &["saying | Mr. Okoro | that he would stay"],
    );
    check(
        "Now Jan Brandt, who has been better at raising money than winning votes this year, hopes the port will stay open.",
        &[
            "hopes | Jan Brandt, who has been better at raising money than winning votes this year, | the port will stay open",
        ],
    );
    // Where somebody else acts in between, the first one is not meant.
    check(
        "Brandt left the hall, Okoro paid the bill, and, strange to say, it rained.",
        &[],
    );
}

#[test]
fn whoever_says_so_behind_with() {
    check(
        "Members attacked the plan, with Lena Holm of Strel calling the idea a mess and Tom Reed of Halm saying the timing was worse.",
        &[
            "attacked | Members | the plan",
            "calling | Lena Holm of Strel | the idea a mess",
            "saying | Tom Reed of Halm | the timing was worse",
        ],
    );
    check(
        "Members attacked the plan, with Lena Holm calling it late and Tom Reed of Halm warning that prices would rise.",
        &[
            "attacked | Members | the plan",
            "calling | Lena Holm | it late",
            "warning | Tom Reed of Halm | that prices would rise",
        ],
    );
    // A warning that somebody's name only describes is a noun.
    check(
        "With no Halm Council warning that gales would come, the boats left.",
        &[],
    );
    check(
        "The plan fell, with one of them, Lena Holm, saying it was a mess.",
        &["saying | one of them, Lena Holm, | it was a mess"],
    );
    // Whoever met somebody says it where no comma divides them.
    check(
        "Okoro met with Holm, the mayor, saying it was a mess.",
        &["saying | Okoro | it was a mess"],
    );
}

#[test]
fn a_past_that_looks_like_an_adjective_or_a_noun() {
    check(
        "Two boxes from a shop lay on the steps, Brandt said.",
        &["said | Brandt | Two boxes from a shop lay on the steps"],
    );
    // A lay preacher does not lie anywhere.
    check(
        "The lay preacher, Brandt said, was late.",
        &["said | Brandt | The lay preacher … was late"],
    );
}

#[test]
fn shares_and_days_before_the_verb() {
    check(
        "At least half of the dockers in each port say the plan is late.",
        &["say | At least half of the dockers in each port | the plan is late"],
    );
    check(
        "Many officials on and off the island believe the quay is lost.",
        &["believe | Many officials on and off the island | the quay is lost"],
    );
    check(
        "Brandt supporters today argue that the quay is lost.",
        &["argue | Brandt supporters today | that the quay is lost"],
    );
    check(
        "A University of New Halm poll out this week shows that Brandt leads.",
        &["shows | A University of New Halm poll | that Brandt leads"],
    );
    // After a meeting, not a share of it.
    check("At the meeting the plan was late.", &[]);
}

#[test]
fn told_what_to_do_and_what_not() {
    check(
        "Officials have told residents not to drink the water.",
        &["have told | Officials | residents not to drink the water"],
    );
    check(
        "Brandt instructed the guild to stop.",
        &["instructed | Brandt | the guild to stop"],
    );
    check(
        "Brandt has vowed to soldier on.",
        &["has vowed | Brandt | to soldier on"],
    );
    check(
        "One docker at the quay declined to speak on the record.",
        &["declined | One docker at the quay | to speak on the record"],
    );
    check(
        "Brandt denied having met the lender.",
        &["denied | Brandt | having met the lender"],
    );
    check(
        "When asked why, Brandt said it was late.",
        &["asked |  | why", "said | Brandt | it was late"],
    );
    // To whom is not what for.
    check("Brandt told his story to the court.", &[]);
}

#[test]
fn a_deed_may_only_seem_so() {
    check(
        "The envoy appeared to show haste regarding the plan.",
        &["appeared |  | The envoy … to show haste regarding the plan"],
    );
    check(
        "All the donors appear to have ties to the guild.",
        &["appear |  | All the donors … to have ties to the guild"],
    );
    check("The donors appear on the list.", &[]);
}

#[test]
fn what_a_poll_finds() {
    check(
        "In a Harbour News poll released Monday, 50 percent of voters chose Brandt.",
        &["In | a Harbour News poll released Monday | 50 percent of voters chose Brandt"],
    );
    check(
        "Brandt has a clear lead in the latest Harbour survey.",
        &["in | the latest Harbour survey | Brandt has a clear lead"],
    );
    // What voters said in it is theirs.
    check(
        "In the Harbour poll, half of the voters said that the quay was lost.",
        &["said | half of the voters | that the quay was lost"],
    );
    // Elections are polls too, and people take part in one.
    check("In the poll, the guild lost half of its seats.", &[]);
    check("Brandt took part in a Harbour poll.", &[]);
}

#[test]
fn whom_somebody_supports() {
    check("Brandt supports Okoro.", &["supports | Brandt | Okoro"]);
    check("Dockers who back the mayor are few.", &["back | who | the mayor"]);
    // A wall supports a roof.
    check("The beams that support the roof are old.", &[]);
    check("Dockers who attacked the guards were caught.", &[]);
}

#[test]
fn somebody_of_hers_behind_the_verb() {
    let speaks = |text: &str, who: &str| crate::quotes::check(text, &[("It is late", who)]);
    speaks("Ann Brandt left. “It is late,” says her brother.", "her brother");
    speaks(
        "Ann Brandt left. “It is late,” said her mother, Joan.",
        "her mother, Joan",
    );
    speaks(
        "Ann Brandt left. “It is late,” says her neighbour, a baker.",
        "her neighbour, a baker",
    );
    // "Her" alone is told something.
    speaks("Ann Brandt met Tom Okoro. “It is late,” Okoro told her.", "Okoro");
}

#[test]
fn who_is_heard_or_remembered_speaks() {
    let speaks = |text: &str, who: &str| crate::quotes::check(text, &[("It is late", who)]);
    speaks(
        "Peter Brandt remembers Ann Okoro telling the others: “It is late.”",
        "Ann Okoro",
    );
    speaks("Peter Brandt heard a docker saying: “It is late.”", "a docker");
    speaks(
        "Peter Brandt recalled Ann Okoro saying: “It is late.”",
        "Ann Okoro",
    );
    // Not who is only left or met.
    speaks(
        "Peter Brandt left Ann Okoro, saying: “It is late.”",
        "Peter Brandt",
    );
    speaks(
        "Peter Brandt left, telling the others: “It is late.”",
        "Peter Brandt",
    );
}

#[test]
fn a_report_in_a_subordinate_clause_ends_before_the_main_one() {
    check(
        "When the owner, James Brandt, told Okoro that readers wanted pace, she replied that he was late.",
        &[
            "told | the owner, James Brandt, | that readers wanted pace",
            "replied | she | that he was late",
        ],
    );
    // The commas of an apposition inside the content end nothing.
    check(
        "Brandt said that when Okoro, the keeper, left, the weir was shut.",
        &["said | Brandt | that when Okoro, the keeper, left, the weir was shut"],
    );
}

#[test]
fn what_is_retold_inside_marks_ends_with_its_sentence() {
    check(
        "“Okoro warned that this could happen. I take her at her word,” Brandt said.",
        &[
            "said | Brandt | “Okoro warned that this could happen. I take her at her word,”",
            "warned | Okoro | that this could happen",
        ],
    );
}

#[test]
fn the_only_verb_of_a_sentence_in_the_present() {
    let speaks = |text: &str, who: &str| crate::quotes::check(text, &[("It is late", who)]);
    speaks(
        "His wife, Doreen, rolls her eyes. “It is late and nobody has come to see us.”",
        "His wife, Doreen,",
    );
    speaks(
        "His son, Adam, points at the mast. “It is late and nobody has come.”",
        "His son, Adam,",
    );
    speaks(
        "Doreen Brandt rolls her eyes. “It is late and nobody has come.”",
        "Doreen Brandt",
    );
    // People who follow somebody do not make him act.
    speaks(
        "Doreen Brandt fans in tears. “It is late and nobody has come.”",
        "-",
    );
}

#[test]
fn a_source_whose_letters_are_a_preposition() {
    check("AT&T said the line was cut.", &["said | AT&T | the line was cut"]);
}

#[test]
fn a_worker_who_is_only_named() {
    check("Nobody helped a worker named Peter Lane.", &[]);
    check("A lorry struck a cyclist named Sam Boyd on Monday.", &[]);
    check("A cyclist named Sam Boyd died on Monday.", &[]);
    // A board that names somebody decides.
    check(
        "The board named Peter Lane as its head.",
        &["named | The board | Peter Lane as its head"],
    );
    check(
        "The club met the board and named Peter Lane on Monday.",
        &["named | The club | Peter Lane on Monday"],
    );
}

#[test]
fn who_is_named_behind_a_noun_says_where_he_is_from() {
    check(
        "Its sponsor, Sen. Rex Brandt of Halm, said it was late.",
        &["said | Its sponsor, Sen. Rex Brandt of Halm, | it was late"],
    );
    check(
        "Okoro’s running mate, Ida Brandt, said it was late.",
        &["said | Okoro’s running mate, Ida Brandt, | it was late"],
    );
    // Where the clause goes on, nobody is named.
    check("Its sponsor, Brandt of Halm left, was late.", &[]);
}

#[test]
fn a_verb_of_saying_right_behind_the_words() {
    check(
        "“It was luck,” recalls geologist Zahra al-Brandt, who led the dig.",
        &["recalls | geologist Zahra al-Brandt, who led the dig | “It was luck,”"],
    );
    check("It was luck. Recalls of cars are rare.", &[]);
}

#[test]
fn a_parent_of_several_is_one_word() {
    check(
        "One mum-of-three said it was late.",
        &["said | One mum-of-three | it was late"],
    );
    check(
        "Father-of-two Peter Brandt said it was late.",
        &["said | Father-of-two Peter Brandt | it was late"],
    );
    check(
        "A brother of three dockers said it was late.",
        &["said | A brother of three dockers | it was late"],
    );
}

#[test]
fn what_is_withheld_or_seen_is_not_said() {
    check("A bloc of dockers denied Brandt the votes he needs.", &[]);
    check("Brandt denied the theft.", &["denied | Brandt | the theft"]);
    check("She has seen ministers come and go.", &[]);
    check(
        "Brandt went on with the show. She once told me off for being late.",
        &[],
    );
    check(
        "Profit fell, missing the 3 million expected by analysts in a Harbour poll.",
        &[],
    );
}

#[test]
fn a_word_between_commas_inside_a_verb() {
    check(
        "The former Halm forward did, however, confirm that it was late.",
        &["did, however, confirm | The former Halm forward | that it was late"],
    );
    check(
        "Brandt has not, though, said when it will open.",
        &["has not, though, said | Brandt | when it will open"],
    );
    // What stands between is no aside of the verb.
    check("Brandt did, in May, confirm nothing.", &[]);
}
