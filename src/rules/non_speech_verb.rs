use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::{
    base::span::DocSpan,
    rules::{Check, Findings, Severity},
    semantic::article::QuoteKind,
    syntax::tag::Tag,
};

rule! {
    /// ## What it does
    /// Flags a verb beside a quotation that is no way of speaking: smiled, laughed, shrugged …
    ///
    /// ## Why
    /// People do not smile words.
    ///
    /// ## Example
    /// ```news
    /// “We shall see what the morning brings us,” smiled Lena Hartmann, the foreign minister.
    /// //                                         ^^^^^^ non-speech-verb
    /// ```
    ///
    /// Not flagged:
    /// ```news
    /// “We shall see what the morning brings us,” Lena Hartmann said, smiling.
    /// ```
    "non-speech-verb", "a verb that is no way of speaking", Some(Severity::Hint), check
}

static VERBS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    include_str!("../../data/en/non_speech_verbs.txt")
        .lines()
        .collect()
});

fn check(cx: &Check<'_>, acc: &mut Findings<'_>) {
    for quote in cx.article.quotes.iter().filter(|q| q.kind != QuoteKind::Indirect) {
        // A cue of several words holds a verb of speaking too: "laughed and said".
        let [cue] = quote.cue.as_slice() else { continue };
        // The colon that leads to the words may be part of the cue.
        let verb = cx.text(*cue).trim_end_matches([':', ',']);
        if VERBS.contains(verb) && !leads_to_another(cx, *cue, quote.spans.first().map_or(0, |s| s.start)) {
            let end = cue.start + verb.len() as u32;
            acc.push(
                DocSpan { end, ..*cue },
                format!("nobody can speak by “{verb}”; write who said it, and how",),
            );
        }
    }
}

/// Whether another verb stands between this one and the quotation behind it, which begins at `to`: "She smiled at the
/// guests, leaned in and boomed: “…”".
fn leads_to_another(cx: &Check<'_>, cue: DocSpan, to: u32) -> bool {
    let Some((block, local)) = cx.block_at(cue.start) else {
        return false;
    };
    let tokens = local.tokens.list.iter();
    let mut between = tokens.filter(|t| (cue.end..to).contains(&block.to_doc(t.span).start));
    between.any(|t| matches!(t.tag, Tag::VerbPast | Tag::VerbPart | Tag::VerbPres))
}

#[cfg(test)]
mod tests {
    use crate::testing::check_rule;

    #[test]
    fn who_smiles_and_then_speaks() {
        check_rule(
            &super::RULE,
            "Lena Hartmann smiled at the guests, then leaned in and boomed: “We shall see what the morning brings us.”\n",
        );
        check_rule(
            &super::RULE,
            "“It snowed,” smiled Lena Hartmann, who leaned in.\n//           ^^^^^^ non-speech-verb\n",
        );
        check_rule(
            &super::RULE,
            "Lena Hartmann smiled: “We shall see what the morning brings us.”\n//            ^^^^^^ non-speech-verb\n",
        );
    }
}
