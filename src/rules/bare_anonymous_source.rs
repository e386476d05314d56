use rustc_hash::FxHashSet;

use crate::{
    rules::{Check, Findings, Severity},
    semantic::article::Attribution,
};

rule! {
    /// ## What it does
    /// Flags a source of whom the reader learns nothing: “a source”, “sources”, “insiders”.
    ///
    /// ## Why
    /// A source without a name needs at least a hint at how it can know.
    /// A source that was described earlier in the article is left alone.
    ///
    /// ## Example
    /// ```news
    /// “The treaty is dead and everybody knows it,” a source said.
    /// //                                           ^^^^^^^^ bare-anonymous-source
    /// ```
    ///
    /// Not flagged:
    /// ```news
    /// “The treaty is dead and everybody knows it,” said a source close to the talks.
    ///
    /// “Nobody wants to say it aloud yet,” the source said.
    /// ```
    "bare-anonymous-source", "a source of whom the reader learns nothing", Some(Severity::Info), check
}

fn check(cx: &Check<'_>, acc: &mut Findings<'_>) {
    // Heads of phrases that said more than the head alone.
    let mut described: FxHashSet<&str> = FxHashSet::default();
    for quote in &cx.article.quotes {
        for &source in &quote.source {
            // A headline has no room to describe anybody.
            if !may_be_vague(cx.text(source)) || !cx.in_body(source.start) {
                continue;
            }
            // "a source on the condition of anonymity": that tells of the source nothing but that it is none.
            let told = cx.words(source);
            let end = before_anonymity(&told);
            let mut words = told[..end].iter().copied();
            let bare = match [words.next(), words.next(), words.next()] {
                // "The sources" are those that the reader has met.
                [Some(noun), None, None]
                | [
                    Some("a" | "an" | "one" | "some" | "several" | "two"),
                    Some(noun),
                    None,
                ] => vague(noun),
                _ => None,
            };
            match bare {
                Some(noun) if !described.contains(noun) => {
                    let after = cx.article.text.get(source.end as usize..).unwrap_or("");
                    // "a source close to the talks": the phrase may have been cut short.
                    let goes_on = [
                        "close ",
                        "familiar ",
                        "with ",
                        "in ",
                        "at ",
                        "from ",
                        "who ",
                        "inside ",
                        "involved ",
                        "briefed ",
                        "knowledgeable ",
                        "near ",
                        "on the ",
                        "on both ",
                        "within ",
                        "working ",
                    ];
                    if goes_on
                        .iter()
                        .any(|w| after.trim_start_matches([' ', ',']).starts_with(w))
                    {
                        described.insert(noun);
                    } else if quote.attribution != Attribution::Continued {
                        acc.push(
                            source,
                            format!(
                                "“{}” tells the reader nothing; say how they can know",
                                cx.text(source)
                            ),
                        );
                    }
                }
                Some(_) => {}
                None if end < told.len() => described.extend(told[..end].iter().copied().filter_map(vague)),
                None => described.extend(cx.each_word(source).filter_map(vague)),
            }
        }
    }
}

/// What a source asks for that is not to be named ("who spoke on the condition of anonymity").
const ANONYMITY: [&str; 12] = [
    "on",
    "under",
    "the",
    "a",
    "condition",
    "of",
    "who",
    "spoke",
    "speaking",
    "asked",
    "for",
    "requested",
];

/// How many words stand before those that tell that a source is not to be named; all where none do.
fn before_anonymity(words: &[&str]) -> usize {
    let Some(end) = words.iter().position(|w| *w == "anonymity") else {
        return words.len();
    };
    let about = words[..end]
        .iter()
        .rev()
        .take_while(|w| ANONYMITY.contains(w))
        .count();
    if end + 1 < words.len() {
        words.len()
    } else {
        end - about
    }
}

/// Whether a word in `text` may be one of the [`vague`] ones, by its letters alone: most sources are told to be others
/// without looking up their words. What has other signs in it ("[s]ource") may be folded to one.
fn may_be_vague(text: &str) -> bool {
    let bytes = text.as_bytes();
    let holds = |noun: &[u8]| {
        bytes
            .windows(noun.len())
            .any(|part| part.eq_ignore_ascii_case(noun))
    };
    let plain = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b' ' | b'-' | b',');
    !bytes.iter().all(plain) || holds(b"source") || holds(b"insider")
}

/// The singular of a noun that names a source and says nothing about it.
fn vague(noun: &str) -> Option<&'static str> {
    match noun {
        "source" | "sources" => Some("source"),
        "insider" | "insiders" => Some("insider"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check_rule;

    #[test]
    fn who_asks_for_anonymity_tells_no_more() {
        check_rule(
            &super::RULE,
            "\
“The treaty is dead,” said a source on the condition of anonymity.
//                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ bare-anonymous-source
",
        );
        for words in [
            "close to the talks who spoke on condition of anonymity",
            "at the ministry on the condition of anonymity",
        ] {
            check_rule(
                &super::RULE,
                &format!("“The treaty is dead,” said a source {words}.\n"),
            );
        }
    }

    #[test]
    fn how_a_source_can_know() {
        for words in [
            "involved in the talks",
            "on the call",
            "briefed on the plan",
            "within the ministry",
        ] {
            check_rule(
                &super::RULE,
                &format!("“The treaty is dead,” said a source {words}.\n"),
            );
        }
        check_rule(
            &super::RULE,
            "“The treaty is dead,” said a source on Monday.\n//                         ^^^^^^^^ bare-anonymous-source\n",
        );
    }
}
