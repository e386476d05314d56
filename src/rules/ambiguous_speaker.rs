use crate::{
    base::span::DocSpan,
    rules::{
        Check, Findings, Severity,
        guess::{Doubt, doubt, is_named_in},
    },
    semantic::article::{Attribution, Entity, EntityKind, MentionForm, QuoteKind},
};

rule! {
    /// ## What it does
    /// Flags a quoted sentence that names no speaker and could be that of either of two people.
    ///
    /// ## Why
    /// A reader takes a quotation without a speaker for that of whoever spoke last.
    /// When somebody else has come between, it may as well be his, and the writer knows which.
    /// So it is with a quotation that stands alone, where the paragraph before only reports the one and hears the other,
    /// or names the other behind the last words of the one.
    ///
    /// ## Example
    /// ```news
    /// “The wall will hold,” said Lena Hartmann, the mayor. Paul Okoro shook his head. “It was never meant to stand for so long.”
    /// //                                                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ambiguous-speaker Lena Hartmann or Paul Okoro
    /// ```
    ///
    /// Not flagged:
    /// ```news
    /// “The wall will hold,” said Lena Hartmann, the mayor. She shook her head. “It was never meant to stand for so long.”
    /// ```
    "ambiguous-speaker", "a quotation that either of two people could have spoken", Some(Severity::Hint), check
}

/// How sure a choice between two must be to pass, as a chance. Below it every fifth is wrong on real copy.
const CLEAR: f32 = 0.84;
/// Fewer words are a fragment that its clause explains.
const MIN_WORDS: usize = 4;

fn check(cx: &Check<'_>, acc: &mut Findings<'_>) {
    for quote in &cx.article.quotes {
        if let Some((&span, Doubt::Either(guess, other))) = quote.spans.first().zip(doubt(cx, quote))
            && !cx.has_credit(span.end)
            && !is_bracketed(cx.text(span))
        {
            let places = [guess, other].map(|e| Some((named_last(cx, e, span.start)?, e.name.clone())));
            let message = format!(
                "{} or {}: the paragraph before has both, and nothing says whose words these are",
                guess.name, other.name
            );
            acc.push(span, message)
                .related
                .extend(places.into_iter().flatten());
            continue;
        }
        let (Some(speaker), Some(rival), Some(&span)) = (quote.speaker, quote.rival, quote.spans.first())
        else {
            continue;
        };
        let open = matches!(quote.attribution, Attribution::Continued | Attribution::Implied);
        if quote.kind == QuoteKind::Direct
            && open
            && quote.confidence < CLEAR
            && cx.in_body(span.start)
            && !is_bracketed(cx.text(span))
            && !cx.has_credit(span.end)
            && cx.each_word(span).count() >= MIN_WORDS
            && let (Some(a), Some(b)) = (cx.article.entities.get(speaker), cx.article.entities.get(rival))
            && a.kind == EntityKind::Person
            && b.kind == EntityKind::Person
            && !follows_its_source(cx, speaker, span)
            && ![a, b].into_iter().any(|e| is_named_in(cx, e, span))
        {
            let places = [a, b].map(|e| Some((named_last(cx, e, span.start)?, e.name.clone())));
            let d = acc.push(
                span,
                format!("{} or {}: either could have said this", a.name, b.name),
            );
            d.related.extend(places.into_iter().flatten());
        }
    }
}

/// Whether all of the words stand in brackets: an aside of the paper ("(See the results here.)").
fn is_bracketed(words: &str) -> bool {
    let inner = words.trim_matches(|c| matches!(c, '“' | '”' | '"' | '‘' | '’' | '\'' | ' '));
    inner.starts_with('(') && inner.ends_with(')')
}

/// Whether the sentence right before the quotation ends with its speaker's "he said": nobody has come between.
fn follows_its_source(cx: &Check<'_>, speaker: usize, span: DocSpan) -> bool {
    let start = cx.block_at(span.start).map_or(span.start, |(b, _)| b.span.start);
    let before = cx.quotes_from(start, span.start).iter();
    let mut ends = before
        .filter(|q| q.speaker == Some(speaker))
        .flat_map(|q| q.source.iter().chain(&q.cue))
        .map(|part| part.end);
    ends.any(|end| {
        let between = cx.article.text.get(end as usize..span.start as usize);
        between.is_some_and(|t| {
            t.chars()
                .all(|c| c.is_whitespace() && c != '\n' || matches!(c, '.' | '!'))
        })
    })
}

/// Where somebody is named last before `end`.
fn named_last(cx: &Check<'_>, entity: &Entity, end: u32) -> Option<DocSpan> {
    let mentions = entity.mentions.iter().filter_map(|&i| cx.article.mentions.get(i));
    let named = mentions.filter(|m| !matches!(m.form, MentionForm::Pronoun | MentionForm::Description));
    named.map(|m| m.span).take_while(|span| span.start < end).last()
}

#[cfg(test)]
mod tests {
    use crate::testing::check_rule;

    #[track_caller]
    fn silent(fixture: &str) {
        check_rule(&super::RULE, fixture);
    }

    #[test]
    fn one_person_by_several_names_is_not_two() {
        silent(
            "“The wall will hold,” said Lena Hartmann. Hartmann, the mayor, shook her head. “It was never meant to stand.”\n",
        );
        silent(
            "“The wall will hold,” said Lena Hartmann. The mayor shook her head. “It was never meant to stand.”\n",
        );
    }

    #[test]
    fn whoever_has_no_name_changes_nothing() {
        check_rule(
            &super::RULE,
            "\
A neighbour said the gate was old. Two others said so, too.

“The wall will hold,” said Lena Hartmann, the mayor. Paul Okoro shook his head. “It was never meant to stand for so long.”
//                                                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ambiguous-speaker Lena Hartmann or Paul Okoro
",
        );
    }

    #[test]
    fn the_words_themselves_tell() {
        silent(
            "“The wall will hold,” said Lena Hartmann, the mayor. Paul Okoro shook his head. “Lena Hartmann was never at the wall.”\n",
        );
        silent(
            "Lena Hartmann, the mayor, will not vote for Paul Okoro. Okoro is no builder, she said. “He never was a man for walls.”\n",
        );
    }

    #[test]
    fn an_aside_of_the_paper_is_no_speech() {
        silent(
            "“The wall will hold,” said Lena Hartmann, the mayor. Paul Okoro shook his head. “(See the results of the vote here.)”\n",
        );
    }

    #[test]
    fn who_is_named_at_the_quotation_is_the_one() {
        silent(
            "“The wall will hold,” said Lena Hartmann. Paul Okoro shook his head. “It was never meant to stand,” he said.\n",
        );
        silent(
            "“The wall will hold,” said Lena Hartmann. “It was never meant to stand.” Paul Okoro shook his head.\n",
        );
    }

    #[test]
    fn two_who_are_heard_in_the_paragraph_before_leave_it_open() {
        check_rule(
            &super::RULE,
            "\
Lena Hartmann, the mayor, has asked for a tunnel. Paul Okoro, the engineer, said it would never be dug.

“Whoever pays for it will want to see the water stay outside.”
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ambiguous-speaker the paragraph before has both

Snow fell on the square.
",
        );
        silent(
            "“We want a tunnel,” said Lena Hartmann, the mayor. “It would never be dug,” Paul Okoro, the engineer, said.\n\n“Whoever pays for it will want to see the water stay outside.”\n",
        );
        silent(
            "Paul Okoro, the engineer, said the tunnel would never be dug.\n\n“Whoever pays for it will want to see the water stay outside.”\n",
        );
    }
}
