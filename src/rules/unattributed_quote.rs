use crate::{
    base::span::DocSpan,
    rules::{Check, Findings, Severity},
    semantic::article::Attribution,
};

rule! {
    /// ## What it does
    /// Flags a quotation that nobody in the text is said to have spoken.
    ///
    /// ## Why
    /// A reader must be able to tell who speaks, from the beginning or after the first sentence.
    /// The rule looks at closed quotations in body text of seven words or more, or of four that form a sentence,
    /// and speaks up only when no source is left in the sentence, the paragraph and the paragraphs around it.
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
    for quote in &cx.article.quotes {
        let sourceless =
            quote.attribution == Attribution::None && quote.speaker.is_none() && quote.source.is_empty();
        if !(quote.needs_source && sourceless) {
            continue;
        }
        let Some(&span) = quote.spans.first() else {
            continue;
        };
        // A quotation that never closes has its own rule.
        if has_credit(cx, span.end) || is_unclosed(cx, span) {
            continue;
        }
        acc.push(span, "nobody is said to have spoken this quotation".to_owned());
    }
}

/// Whether the mark that opens the quotation lacks its partner.
fn is_unclosed(cx: &Check<'_>, span: DocSpan) -> bool {
    let marks = &cx.article.lone_marks;
    let at = marks.partition_point(|m| m.span.start < span.start);
    marks
        .get(at)
        .is_some_and(|m| m.opens && m.span.start == span.start)
}

/// Whether a credit follows the quotation that ends at `end`: a dash and a name, to the end of the paragraph or
/// as the next one.
fn has_credit(cx: &Check<'_>, end: u32) -> bool {
    let blocks = &cx.article.layout.blocks;
    let at = blocks.partition_point(|b| b.span.end < end);
    let Some(block) = blocks.get(at) else {
        return false;
    };
    let rest = cx
        .text(DocSpan {
            start: end,
            end: block.span.end.max(end),
        })
        .trim();
    let credit = match rest.chars().count() {
        0 | 1 => blocks.get(at + 1).map_or("", |next| cx.text(next.span)),
        _ => rest,
    };
    // "(Reuters)", "[The Times]", "(2015)": a credit, or the year of what is cited.
    let bracket = rest.starts_with(['(', '['])
        && rest.find([')', ']']).is_some_and(|close| {
            let inner = rest[1..close].trim();
            inner.starts_with(|c: char| c.is_uppercase() || c.is_numeric())
                && inner.split_whitespace().count() <= 6
        });
    if bracket {
        return true;
    }
    let name = credit.trim_start_matches(['—', '–', '―', '-', ' ', '\u{a0}']);
    name.len() < credit.len()
        && !credit.starts_with(' ')
        && name.starts_with(char::is_uppercase)
        && name.split_whitespace().count() <= 15
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
