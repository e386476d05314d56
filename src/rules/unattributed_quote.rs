use crate::{
    base::span::DocSpan,
    rules::{Check, Findings, Severity, guess::bad_guess},
    semantic::{article::Attribution, lexicon, wordsets::WordSet},
    syntax::block::Zone,
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
    /// What a paragraph or clause with a colon announces, and what “that quote” takes up behind it, is left alone.
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
        let guess = bad_guess(cx, quote);
        if !(quote.needs_source && sourceless) && guess.is_none() {
            continue;
        }
        let Some(&span) = quote.spans.first() else {
            continue;
        };
        // Of an excerpt that runs over many paragraphs the first is enough.
        let again = before.replace(span).is_some_and(|b| goes_on(cx, b, span));
        // A quotation that never closes has its own rule, and one that never opened.
        if again
            || is_heading(cx, span)
            || cx.has_credit(span.end)
            || is_labelled(cx.text(span))
            || is_lone(cx, span)
        {
            continue;
        }
        // "The plan was described as “…”" is told by nobody, whoever spoke before.
        let called = quote.cue.iter().flat_map(|&cue| cx.each_word(cue)).last();
        let called = called.is_some_and(|word| lexicon::english().is(WordSet::CalledSo, word));
        if !called && guess.is_none() && somebody_speaks(cx, span) || is_taken_up(cx, span.end) {
            continue;
        }
        let message = match guess {
            None => "nobody is said to have spoken this quotation; name its source".to_owned(),
            Some(guess) => format!(
                "nobody is said to have spoken this quotation; the paragraph before it is about {}, but does not say so",
                guess.name
            ),
        };
        acc.push(span, message);
    }
}

/// Whether the words are a heading all in capitals, or stand right under a headline that names a speaker.
fn is_heading(cx: &Check<'_>, span: DocSpan) -> bool {
    let words = cx.text(span);
    let shouted =
        words.contains(' ') && words.contains(char::is_uppercase) && !words.contains(char::is_lowercase);
    let blocks = &cx.article.layout.blocks;
    let at = blocks.partition_point(|b| b.span.end < span.end);
    let above = at
        .checked_sub(1)
        .and_then(|i| blocks.get(i))
        .filter(|b| b.zone == Zone::Headline);
    let starts = blocks.get(at).is_some_and(|b| b.span.start == span.start);
    let headed = above.filter(|_| starts).is_some_and(|b| {
        let mut quotes = cx.quotes_from(b.span.start, b.span.end).iter();
        quotes.any(|q| q.speaker.is_some() || !q.source.is_empty())
    });
    shouted || headed
}

/// Whether `span` begins the paragraph behind `before`, which was left open for it.
fn goes_on(cx: &Check<'_>, before: DocSpan, span: DocSpan) -> bool {
    let blocks = &cx.article.layout.blocks;
    let next = blocks.partition_point(|b| b.span.end < before.end) + 1;
    let open = !cx.text(before).ends_with(['”', '"', '’', '\'', '»']);
    open && blocks.get(next).is_some_and(|b| b.span.start == span.start)
}

/// Whether somebody is heard in the paragraph before the quotation, or a colon tells that somebody will be: there the words
/// are still theirs, though no clause says so ("Good news travels, he said, but only when “the truth is sweet”").
fn somebody_speaks(cx: &Check<'_>, span: DocSpan) -> bool {
    let blocks = &cx.article.layout.blocks;
    let at = blocks.partition_point(|b| b.span.end < span.end);
    let Some(block) = blocks.get(at) else { return false };
    let start = block.span.start.min(span.start);
    let before = DocSpan {
        start,
        end: span.start,
    };
    let speaks = |from: u32, to: u32| {
        let mut quotes = cx.quotes_from(from, to).iter();
        quotes.any(|q| q.speaker.is_some() || !q.source.is_empty())
    };
    let above = at.checked_sub(1).and_then(|i| blocks.get(i)).map(|b| b.span);
    if cx.text(before).trim().is_empty() {
        return above.is_some_and(|b| cx.text(b).trim_end().ends_with(':'));
    }
    let led = cx.text(before).trim_end().ends_with(':');
    speaks(start, span.start) || led && above.is_some_and(|b| speaks(b.start, b.end))
}

/// What points back to words that stand right before it, and goes on to say whose they are.
const TAKEN_UP: [&str; 7] = [
    "that quote",
    "that line",
    "those words",
    "these words",
    "so says ",
    "so said ",
    "by ",
];

/// Whether what follows `end` takes the quotation up: "That quote is from …", "“A bridge too far,” by Jan Nowak".
fn is_taken_up(cx: &Check<'_>, end: u32) -> bool {
    let rest = cx.article.text.get(end as usize..).unwrap_or("").trim_start();
    let takes = |words: &str| {
        rest.get(..words.len())
            .is_some_and(|w| w.eq_ignore_ascii_case(words))
    };
    TAKEN_UP.iter().any(|w| takes(w)) && (!takes("by ") || rest[3..].starts_with(char::is_uppercase))
}

/// Whether the mark that opens the quotation, or the one that closes it, lacks its partner.
fn is_lone(cx: &Check<'_>, span: DocSpan) -> bool {
    let marks = &cx.article.lone_marks;
    let at = marks.partition_point(|m| m.span.start < span.start);
    let mut inside = marks[at..].iter().take_while(|m| m.span.end <= span.end);
    inside.any(|m| match m.opens {
        true => m.span.start == span.start,
        false => m.span.end == span.end,
    })
}

/// Whether the quotation is a turn of a transcript, whose label stands in it: “REYES: Are you leaving?”
fn is_labelled(words: &str) -> bool {
    let words = words.trim_start_matches(|c: char| !c.is_alphanumeric());
    let label = words.split_once(':').map_or("", |(label, _)| label);
    label.len() > 1
        && label.split_whitespace().count() <= 3
        && label
            .chars()
            .all(|c| c.is_uppercase() || c == ' ' || c == '.' || c == '-')
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
}
