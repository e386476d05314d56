//! Whose view something is, and what is told by nobody in particular. Sentences of our own.

use crate::reports::check;

#[test]
fn in_whose_view() {
    check(
        "In Okoro’s view, the fire was no accident.",
        &["view | Okoro’s | the fire was no accident"],
    );
    check(
        "The fire was, in the view of one officer, no accident.",
        &["in the view of | one officer | The fire was … no accident"],
    );
    check(
        "By his own admission, Brandt was late.",
        &["own admission | his | Brandt was late"],
    );
    check(
        "To hear Okoro tell it, the fire began in the hall.",
        &["tell it | Okoro | the fire began in the hall"],
    );
    check(
        "In the words of one officer, it was “hell”.",
        &["In the words of | one officer | it was “hell”"],
    );
    check("In the park’s view, the sea is near.", &[]);
    check("By Friday’s count, nine had died.", &[]);
    check("In her own words, Okoro sang of the dead.", &[]);
    check("In the eyes of the storm, the sea was calm.", &[]);
}

#[test]
fn what_a_court_is_told() {
    check(
        "Brandt had been drinking, the jury was told.",
        &["was told |  | Brandt had been drinking"],
    );
    check(
        "The jury was told Brandt had been drinking.",
        &["was told |  | Brandt had been drinking"],
    );
}

#[test]
fn what_is_reportedly_so() {
    check(
        "He has reportedly left the club.",
        &["reportedly |  | He has … left the club"],
    );
    check(
        "The firm allegedly paid bribes.",
        &["allegedly |  | The firm … paid bribes"],
    );
    check(
        "Okoro reportedly said that it was late.",
        &["reportedly said | Okoro | that it was late"],
    );
    check("The reportedly stolen car was found.", &[]);
}

#[test]
fn what_draws_criticism() {
    check(
        "The plan has drawn harsh criticism from dockers.",
        &["has drawn harsh criticism | dockers | The plan"],
    );
    check(
        "The move drew an angry response from Brandt, who called it “a trap”.",
        &["called | who | it “a trap”"],
    );
    check("The plan drew a line from east to west.", &[]);
}

#[test]
fn participles_between_commas_and_behind_with() {
    check(
        "Okoro, saying the strike had failed, left the hall.",
        &["saying | Okoro | the strike had failed"],
    );
    check(
        "Okoro left, refusing to concede that the strike had failed.",
        &["refusing | Okoro | to concede that the strike had failed"],
    );
    check(
        "The mayor opposes a ban, with Okoro and Brandt calling for one.",
        &[
            "opposes | The mayor | a ban",
            "calling for | Okoro and Brandt | one",
        ],
    );
}

#[test]
fn how_somebody_put_it() {
    check(
        "“A mess,” is how one official described the plan.",
        &["described | one official | “A mess,”"],
    );
    check(
        "“We were poor,” was how the manager summed up the night.",
        &["summed up | the manager | “We were poor,”"],
    );
    check("“Home” is how it was filed.", &[]);
}

#[test]
fn what_emerges_and_is_announced() {
    check(
        "It was announced on Friday that the mill will close.",
        &["was announced |  | that the mill will close"],
    );
    check(
        "The mill will close, it emerged on Friday.",
        &["it emerged |  | The mill will close"],
    );
    check(
        "The mill, it is claimed, will close.",
        &["is claimed |  | The mill … will close"],
    );
    check(
        "The mill will close, the Lowmouth Post has learned.",
        &["has learned | the Lowmouth Post | The mill will close"],
    );
    check("She emerged from the hall, and it was late.", &[]);
    check("It should be noted that the mill is old.", &[]);
    check("The mill was old, it was small.", &[]);
}

#[test]
fn what_people_are_told_to_do() {
    check(
        "Residents were urged to stay indoors.",
        &["were urged |  | to stay indoors"],
    );
    check(
        "Staff were told on Friday that the mill will close.",
        &["were told |  | that the mill will close"],
    );
    check(
        "Staff have been warned the mill may close.",
        &["have been warned |  | the mill may close"],
    );
    check("The guests were invited to sing.", &[]);
}

#[test]
fn what_is_added_behind_the_speaker() {
    check(
        "He was brave, Okoro said, and kind.",
        &["said | Okoro | He was brave … and kind"],
    );
    check(
        "He was brave, Okoro said, and left.",
        &["said | Okoro | He was brave"],
    );
}

#[test]
fn many_who_say_it_close_the_sentence() {
    check(
        "The stock is cheap, say analysts.",
        &["say | analysts | The stock is cheap"],
    );
    check("Pick a sum, say five pounds, and write it down.", &[]);
    check(
        "It is believed Okoro wants to leave.",
        &["is believed |  | Okoro wants to leave"],
    );
}

#[test]
fn where_it_was_said_owns_none_of_it() {
    check(
        "The club said in a statement on its website that Okoro would stay.",
        &["said in a statement | The club | that Okoro would stay"],
    );
    check(
        "The coach said in his remarks that she would stay.",
        &["said | The coach | that she would stay"],
    );
    check(
        "Okoro’s claim that the plan was “ready” drew laughter.",
        &["claim | Okoro’s | that the plan was “ready”"],
    );
}

#[test]
fn whoever_is_asked_or_has_said_it() {
    check(
        "Brandt, when asked about the plan, said it was fine.",
        &["asked about |  | the plan", "said | Brandt | it was fine"],
    );
    check(
        "When Brandt asked about the plan, she left.",
        &["asked about | Brandt | the plan"],
    );
    check(
        "Having said he was tired, the minister left the hall.",
        &["Having said | the minister | he was tired"],
    );
    check(
        "Okoro let it be known that she was tired.",
        &["let it be known | Okoro | that she was tired"],
    );
}
