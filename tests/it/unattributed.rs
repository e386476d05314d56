//! When a reader misses a speaker, and when not: short cases of our own for `unattributed-quote`.

use std::sync::Arc;

use copydesk::{
    kb::Kb,
    rules::{self, config::Config},
    semantic::article::{Context, analyze},
};

/// How many times the rule speaks up.
fn warnings(text: &str) -> usize {
    let kb = Kb::embedded();
    let article = analyze(&Arc::from(text), &Context::default(), kb);
    rules::check(&article, kb, &Config::default())
        .iter()
        .filter(|d| d.code == "unattributed-quote")
        .count()
}

/// Each holds one quotation that nobody is said to have spoken.
const MISSED: &[&str] = &[
    "The square was white with snow.\n\n“Nobody is going to leave this room without a deal.”\n\nThe hotel served soup.\n",
    "The ferry left at six. The harbor was empty. “We were told that the doors would be opened at noon.” The gulls had gone.\n",
    "The report runs to ninety pages. It has no index.\n\n“You cannot build a bridge out of promises and paper.”\n\nThe bridge was never built.\n",
    "Lena Hartmann spoke first.\n\nThe trains were late, and the airport was closed all day.\n\n“We were told that the doors would be opened at six.”\n\nThe snow turned to rain.\n",
    "Prices rose by a third in a year. “There is no bread left in the whole of the old town.” The mills stood still.\n",
    "“The water came over the wall in less than a minute.”\n\nThe flood covered four streets on Monday night.\n",
    "The vote is on Sunday.\n\n“They promised us a school and gave us a car park.”\n\nTurnout was low last time.\n",
    "The stadium was full by noon. Flags hung from the roof.\n\n“I have waited forty years to see this day come.”\n\nThe match began at three.\n",
    "Rain is expected.\n\n“It is the worst harvest that this valley has seen.”\n\nThe wheat is black.\n",
    "There is more from Accra, where it rained all day. “The water is in the church and it is still rising.” The trains stood still.\n",
    "The factory closed in May. Its gates are locked. “Everybody here knew that the money had run out.” The lights are off.\n",
    // The paragraph before is about somebody, of several, and says nothing of speech.
    "Last spring Lena Hartmann ran against her old rival, Paul Okoro.\n\nThe trains were late, and the airport was closed all day.\n\nHartmann beat a field of sixteen in the north of the country that year.\n\n“We were told that the doors would be opened at six.”\n\nThe snow turned to rain.\n",
    // Nobody speaks so of himself.
    "Last spring Lena Hartmann ran against her old rival, Paul Okoro.\n\nIn the spring Hartmann beat sixteen others.\n\n“Everybody knew that Hartmann had run out of money.”\n\nThe snow turned to rain.\n",
    "The mill is old.\n\n“Everybody knew that Lena Hartmann had run out of money.”\n\nLena Hartmann, the mayor, said on Monday that the mill would close.\n",
    // What a relative clause reports is not what the next paragraph goes on with.
    "The bridge drew the anger of neighbors who said it was ugly.\n\n“It is the worst thing that was ever built on this river.”\n\nThe bridge opens in May.\n",
];

/// In each a reader knows who speaks, or that nobody does.
const CLEAR: &[&str] = &[
    "“If she wants to lead this town, she should come and see it,” the editorial read.\n",
    "Some were angry. Another tweeted, “The mayor thinks she is above the rules and the law.”\n",
    "On Monday Okoro was asked, “What is the most dangerous place that you have been to?” He laughed.\n",
    "Snow fell. “Nobody is going to leave this room without a deal.” (Strelsau Post)\n",
    "“The wall will hold for another hundred years.” ― Amara Diallo\n“It was never meant to stand for so long.” ― Paul Okoro\n",
    "Paul Okoro sold forty bottles. Why was he out in the heat? “My mother says I have to save up for college.”\n",
    "The paper is long. From the report: “The samples were taken on days when the plant stood still.”\n",
    "More from our reporter Amara Diallo, who is in Accra: “The water is in the church and it is still rising.”\n",
    "A footnote in the report makes that clear: “These figures do not apply to the system of the upper house.”\n",
    "Two officers involved in the search, who spoke on condition of anonymity, said it was over. “Money is not a problem. There may be other problems.”\n",
    "“They know she is the only one strong enough to stop them,” a voice-over in the film states.\n",
    "“The officials now expect to finish their work in a few weeks,” according to the Strelsau Post.\n",
    "In a radio interview Okoro declared “the wall will hold for another hundred years” and left.\n",
    "Okoro called on the government to “really open the gates to all of them”.\n",
    "Lena Hartmann, the mayor, was blunt.\n\n“Nobody is going to leave this room without a deal.”\n",
    "When the talks began at noon, Paul Okoro called them on it:\n\n“The questions that you ask show why nobody trusts you.”\n",
    "Her novel “The Long March Through the Northern Woods” sold well.\n",
    "The sign at the gate reads “Do not feed the bears after dark”.\n",
    "Asked whether they agree that “the country is on the right track”, 54 percent said no.\n",
    "Diallo said the bank had failed and called its plan “the worst that she had seen in thirty years”.\n",
    "The author, whose film “The Winter of the Quiet Men” won a prize, lives in Accra.\n",
    "Okoro, the author of “A Short History of the Northern Quay”, told the court that “the quay belongs to all who work on it”.\n",
    "Last spring Lena Hartmann ran against her old rival, Paul Okoro.\n\nIt snowed all day.\n\nHartmann was not impressed by any of it.\n\n“We were told that the doors would be opened at six.”\n\nIt rained.\n",
    "Last spring Lena Hartmann ran against her old rival, Paul Okoro.\n\nIt snowed all day.\n\nHartmann wrote a letter to each of the sixteen in the north of the country.\n\n“We were told that the doors would be opened at six.”\n",
    "Last spring Lena Hartmann ran against her old rival, Paul Okoro.\n\nOn the last night of the year Ruth Aspin had brought sandwiches for all eleven on the boat.\n\n“You would see the lights come up one by one.”\n\nIt rained.\n",
    "Last spring Lena Hartmann ran against her old rival, Paul Okoro. “We will mend the roof,” Hartmann said.\n\nThat evening Hartmann stood on the quay for an hour and watched the ships come in.\n\n“We were told that the doors would be opened at six.”\n",
    "The school has one pupil.\n\n“I will be sad, but I will have somebody to play with.”\n\nThat was the verdict of Ruth Aspin, eight, the only pupil of the school.\n",
    "THE MILL CLOSES “In less than two weeks the whole valley has lost its work.” Nobody knows why. [Strelsau Post]\n",
    "‘I never wanted to be the voice of anybody. I wanted a flat with a bath’\n\nThe novelist Ines Varga talks to Jan Nowak about her fifth book.\n\nShe came early. “Only burglars come early,” she said.\n",
    "What is on.\n\n‘THE OTHER SIDE OF THE HARBOR’ The walls are higher than they were.\n\nIt rained.\n",
    "Lena Hartmann: ‘I am sick of walls that nobody mends’\n\n“The walls are falling, and nobody mends them any more. I am sick of it.”\n\nHartmann also spoke about the roof of the school.\n",
    "Holm sold forty bottles. Only three were left. Why was he out in the heat? “My mother says I have to save up for school.”\n",
];

#[test]
fn lost_speakers_are_missed() {
    for text in MISSED {
        assert_eq!(warnings(text), 1, "{text}");
    }
}

#[test]
fn known_speakers_and_no_speech_are_left_alone() {
    for text in CLEAR {
        assert_eq!(warnings(text), 0, "{text}");
    }
}
