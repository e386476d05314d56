use crate::{
    rules::{Check, Findings, Severity, verbatim},
    syntax::block::Zone,
};

rule! {
    /// ## What it does
    /// Flags a crosshead in quotation marks whose words stand nowhere in the text.
    ///
    /// ## Why
    /// A crosshead quotes from the paragraphs below it; when those are cut, it hangs in the air.
    /// The rule looks at two words or more in the whole body.
    ///
    /// ## Example
    /// ```news
    /// A headline about the talks
    ///
    /// Talks on the harbour treaty went into a fifth night on Monday.
    ///
    /// - ‘Position of strength’ -
    /// //@2-24 crosshead-quote-not-in-text
    ///
    /// “We are not leaving this room,” said Lena Hartmann, the foreign minister.
    /// ```
    ///
    /// Not flagged:
    /// ```news
    /// A headline about the talks
    ///
    /// Talks on the harbour treaty went into a fifth night on Monday.
    ///
    /// - ‘Not leaving’ -
    ///
    /// “We are not leaving this room,” said Lena Hartmann, the foreign minister.
    /// ```
    "crosshead-quote-not-in-text", "a crosshead quotes words that the text does not have", Some(Severity::Warning), check
}

fn check(cx: &Check<'_>, acc: &mut Findings<'_>) {
    let crossheads = verbatim::quoted_in(cx, Zone::Crosshead);
    let found = verbatim::in_body(cx, &crossheads);
    for ((span, _), found) in crossheads.iter().zip(found) {
        if !found {
            acc.push(*span, "these words stand nowhere in the text".to_owned());
        }
    }
}
