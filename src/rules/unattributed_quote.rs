use crate::{
    rules::{
        Check, Findings, Severity, excused,
        guess::{Doubt, doubt},
    },
    semantic::{article::Attribution, lexicon, wordsets::WordSet},
};

rule! {
    /// ## What it does
    /// Flags a quotation that nobody in the text is said to have spoken.
    ///
    /// ## Why
    /// A reader must be able to tell who speaks, from the beginning or after the first sentence.
    /// The rule looks at closed quotations in body text of seven words or more, or of four that form a sentence,
    /// and speaks up only when no source is left in the sentence, the paragraph and the paragraphs around it:
    /// nobody, or nobody but whom the paragraph before ends on without a word of speech, as one of several people.
    /// A quotation that stands alone is nobody's, too, where it names whoever was heard last, where an “I” speaks in it
    /// and only a body was heard, and where the paragraph before tells what a body or several people think but quotes none of them.
    /// What a paragraph or clause with a colon announces, and what “that quote” takes up behind it, is left alone;
    /// so are the words of a document or owner that stands before them (“the mayor's “…””), examples between dashes and quotations with a note.
    ///
    /// ## Example
    /// ```news
    /// The talks ended after midnight.
    ///
    /// “Nobody is going to leave this room without a deal.”
    /// //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unattributed-quote
    ///
    /// Snow fell on the square.
    /// ```
    ///
    /// Not flagged:
    /// ```news
    /// “Nobody is going to leave this room without a deal,” said Lena Hartmann, the foreign minister.
    /// ```
    "unattributed-quote", "a quotation that nobody is said to have spoken", Some(Severity::Warning), check
}

fn check(cx: &Check<'_>, acc: &mut Findings<'_>) {
    let mut before = None;
    for quote in &cx.article.quotes {
        let sourceless =
            quote.attribution == Attribution::None && quote.speaker.is_none() && quote.source.is_empty();
        let doubt = doubt(cx, quote);
        let guess = doubt.and_then(Doubt::bad_guess);
        if !(quote.needs_source && sourceless) && guess.is_none() {
            continue;
        }
        let Some(&span) = quote.spans.first() else {
            continue;
        };
        // Of an excerpt that runs over many paragraphs the first is enough.
        let again = before
            .replace(span)
            .is_some_and(|b| excused::goes_on(cx, b, span));
        if again || quote.marked.is_empty() || excused::is_excused(cx, quote, span) {
            continue;
        }
        // "The plan was described as “…”" is told by nobody, whoever spoke before.
        let called = quote.cue.iter().flat_map(|&cue| cx.each_word(cue)).last();
        let called = called.is_some_and(|word| lexicon::english().is(WordSet::CalledSo, word));
        if !called && guess.is_none() && excused::somebody_speaks(cx, span)
            || called && excused::is_name(cx, quote, span)
        {
            continue;
        }
        let why = match doubt {
            Some(Doubt::Named(guess)) => format!("it speaks of {}, who was heard last", guess.name),
            Some(Doubt::Body(guess)) => format!("an “I” speaks in it, which {} cannot be", guess.name),
            Some(Doubt::Crowd(guess)) => format!(
                "the paragraph before it tells of {}, but quotes nobody",
                guess.name
            ),
            Some(Doubt::Told(guess)) => format!(
                "the paragraph before it is about {}, but does not say so",
                guess.name
            ),
            Some(Doubt::Either(..)) | None => "name its source".to_owned(),
        };
        let message = format!("nobody is said to have spoken this quotation; {why}");
        acc.push(span, message);
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check_rule;

    #[track_caller]
    fn silent(fixture: &str) {
        check_rule(&super::RULE, fixture);
    }

    #[test]
    fn short_words_are_no_fault() {
        silent("The talks ended after midnight.\n\n“A good day.”\n\nSnow fell on the square.\n");
        silent("They call it the “long march through the northern woods” here.\n");
    }

    #[test]
    fn a_bracket_behind_the_quotation_credits_it() {
        silent(
            "Voices from the square.\n\n“Nobody is going to leave this room without a deal.” (Strelsau Post)\n",
        );
        silent("Posters from the years of the wall: “Keep the quay open to all boats” (1987)\n");
    }

    #[test]
    fn titles_terms_and_inscriptions_are_no_speech() {
        silent("Her novel “The Long March Through the Northern Woods” sold well.\n");
        silent("The museum shows a sign that reads “Do not feed the bears after dark”.\n");
    }

    #[test]
    fn an_item_of_a_list_heads_what_is_told_of_it() {
        silent(
            "Five lines that nobody spoke.\n\n1. “Nobody is going to leave this room without a deal.”\n\nIt snowed.\n",
        );
    }

    #[test]
    fn speakers_around_the_quotation_count() {
        silent(
            "Lena Hartmann, the foreign minister, was blunt.\n\n“Nobody is going to leave this room without a deal.”\n",
        );
        silent("Jan Nowak said: “Nobody is going to leave this room without a deal.”\n");
        silent("According to Jan Nowak, “nobody is going to leave this room without a deal”.\n");
        silent("“Nobody is going to leave this room without a deal.”\n\n— Jan Nowak, finance minister\n");
        silent(
            "Voices from the square:\n\n“Nobody is going to leave this room without a deal.” ― Jan Nowak\n",
        );
    }

    #[test]
    fn mottos_signs_and_posts_are_no_fault() {
        silent(
            "It employs 46 people.\n\n“Wear it, walk on it, live in it, then mend it” is the motto above its gate.\n",
        );
        silent(
            "Snow fell.\n\n“This is a floating museum and it will sink,” read a handwritten sign on the lock.\n",
        );
        silent(
            "What @amaradiallo saw\n\n“Just watched a wheelie bin overtake a bus. Fair play to it.”\n\nSnow fell on the square.\n",
        );
    }

    #[test]
    fn hearsay_without_a_source_is_found() {
        check_rule(
            &super::RULE,
            "\
Two people were treated for cuts, the ambulance service said.

The town was dark. “The roof simply got up and walked to the graveyard,” it was said in the market, and nobody knew by whom.
//                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unattributed-quote
",
        );
    }

    #[test]
    fn those_who_describe_others_speak() {
        silent(
            "The bishop was described by the fishers' conference as “a strong voice for the harbour and all its boats”.\n",
        );
        silent(
            "The bishop was described by the CVHP as “a strong voice for the harbour and all its boats”.\n",
        );
        silent(
            "Mohr spoke of the bishop in June, describing him as “a good man with a strong voice for the harbour”.\n",
        );
        silent("“The storm will bring high waves and strong winds to all harbours,” read the warning.\n");
    }

    #[test]
    fn zones_that_are_no_running_text_are_left_alone() {
        silent(
            "‘Nobody is going to leave this room’\n\nThe talks ended. “Nobody is going to leave this room,” said Jan Nowak.\n",
        );
        silent(
            "The talks ended after midnight.\n\nHARTMANN: We are not leaving.\n\nNOWAK: “Nobody is going to leave this room.”\n",
        );
    }

    #[test]
    fn what_was_not_said_needs_no_speaker() {
        silent("Nobody has said “We are going to leave this room without a deal”.\n");
        silent("Asked whether they agree that “the country is on the right track”, 54 percent said no.\n");
    }

    #[test]
    fn who_is_heard_in_the_paragraph_is_heard_on() {
        silent(
            "It is hard to mend a rumour, Nowak said. Good news travels, but only when “the truth is sweeter than the lie.”\n",
        );
        silent(
            "Snow fell. In the end the ministers had had enough, and the whole square heard of it:\n\n“Nobody is going to leave this room without a deal.”\n\nThe hotel served soup.\n",
        );
        silent(
            "“Nobody is going to leave this room without a deal.” That quote hung in every kitchen of the town.\n",
        );
        silent(
            "Worth reading:\n\nOne more: “Nobody Is Going to Leave This Room Now,” by the Post’s Jan Nowak.\n",
        );
    }

    #[test]
    fn what_is_called_so_by_nobody_is_not_told_by_who_spoke_before() {
        check_rule(
            &super::RULE,
            "\
It is hard to mend a roof, Nowak said. The plan was described as “another nail in the coffin of the harbour”.
//                                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unattributed-quote
",
        );
    }

    #[test]
    fn each_lost_quotation_is_found() {
        check_rule(
            &super::RULE,
            "\
The square was white with snow.

“Nobody is going to leave this room without a deal.”
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unattributed-quote nobody is said

The delegations met again at noon. The hotel served soup.

The trains were late, and the airport was closed all day.

“We were told that the doors would be opened at six.”
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unattributed-quote

The snow turned to rain.
",
        );
    }

    #[test]
    fn whoever_cannot_have_said_it_is_no_speaker() {
        check_rule(
            &super::RULE,
            "\
The wall will stand for years, said Otto Brandt, the builder.

“What Brandt sells us as a wall is a heap of gravel with a fence on it.”
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unattributed-quote it speaks of Otto Brandt

Snow fell on the square.
",
        );
        check_rule(
            &super::RULE,
            "\
The Norvik Port Authority said the ferry would sail again in May.

“I have stood on this quay since five in the morning with two children.”
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unattributed-quote an “I” speaks in it

Snow fell on the square.
",
        );
        check_rule(
            &super::RULE,
            "\
Several engineers warned that the sluice would not hold through the spring.

“Nobody has opened that gate since the flood, and it shows.”
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unattributed-quote quotes nobody

Snow fell on the square.
",
        );
    }

    #[test]
    fn a_body_that_speaks_is_heard_on() {
        silent(
            "“The ferry will sail again in May,” the Norvik Port Authority said.\n\n“We have asked for two more boats and a new pier.”\n",
        );
        silent(
            "The Norvik Port Authority put out a statement on Monday.\n\n“We have asked for two more boats and a new pier.”\n",
        );
        silent(
            "“People came to my shop every day,” said Otto Brandt.\n\n“They stood at the counter and asked, ‘Mr Brandt, will you stay?’”\n",
        );
    }

    #[test]
    fn a_name_below_by_a_hyphen_is_a_credit() {
        silent(
            "Otto Brandt voted for the wall in the end, and so did the harbour board of the old town.\n\n“I will look into it, and I will tell you what I find.”\n\n- Lena Hartmann.\n\nHartmann has been looking into it for years.\n",
        );
    }

    #[test]
    fn words_that_are_only_talked_about_need_no_speaker() {
        silent("Perhaps his bluster — “My wall will be the very best of walls!” — wears thin by now.\n");
        silent("Snow fell. Brandt’s “Look at my harbour and weep for yours” line was cut from the film.\n");
        silent("Snow fell.\n\n“I am all for bringing the herring back” sounds good on any quay in spring.\n");
        silent("Snow fell. The poster shows a ship and asks for “a harbour that works for all of us”.\n");
        silent(
            "Snow fell. The matter cannot be painted simply as “good fishers against a bad harbour board”.\n",
        );
        silent("Snow fell. It has been called the “Pearl of the Whole Northern Coast of Norvik”.\n");
        silent(
            "Snow fell. His style has been described as “the fullest blend of song and dance in the north”. [5]\n",
        );
        silent(
            "“Nobody is going to leave this room without a deal.” Lena Hartmann. Picture: Jan Nowak.\n\nSnow fell.\n",
        );
    }

    #[test]
    fn questions_of_an_interview_without_marks_are_no_quotations() {
        silent(
            "An evening with Lena Hartmann\n\nHartmann answers questions of our readers, as she does each spring.\n\nHow many boats do you think will come to the harbour?\n\nTwo, perhaps three. They are late this year.\n\nIs the pier open to the public already?\n\nYes.\n",
        );
    }

    #[test]
    fn words_that_are_told_again_need_no_speaker() {
        silent("Snow fell. The charter forbids “any act that may disturb the peace of the harbour”.\n");
        silent(
            "The old joke goes like this. “Captain, the ship is full of water!” “Good, then we save the soap.”\n",
        );
        silent("Snow fell. His best poem is “To the gulls that follow me home at night”.\n");
        silent("Snow fell. On the beam is carved “Who enters here leaves his anger outside”.\n");
        silent("Snow fell. The team, dubbed “the boys who could not lose at home”, lost.\n");
        silent("Snow fell. “Save our sluice before the sea does it for us!” stood on her shirt.\n");
        silent("Snow fell. “All quays are alike in the rain” is how the novel begins.\n");
        silent("Snow fell. The term “people in need of protection from the sea” was dropped.\n");
    }

    #[test]
    fn lists_of_quotations_and_answers_are_told_by_what_is_above() {
        silent(
            "What readers wrote\n\n1. “Keep the old pier as it is and mend the roof.”\n2. “Sell it before it falls into the water by itself.”\n\nThe vote is in May.\n",
        );
        silent(
            "The mayor talks about her first year.\n\nWhat did you learn?\n\n“That nobody reads letters from the board before lunch.”\n",
        );
    }
}
