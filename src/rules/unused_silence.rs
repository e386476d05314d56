use crate::rules::{Check, Findings, Severity};

rule! {
    /// ## What it does
    /// Flags a comment that silences a rule where the rule finds nothing, that names a rule which does not exist, or that
    /// ends a silence which nothing has begun.
    ///
    /// ## Why
    /// A comment that outlives its reason hides the next fault.
    /// Comments about a rule that is switched off are left alone.
    ///
    /// ## Example
    /// ```news
    /// Snow fell on the square.
    ///
    /// <!-- copydesk-disable-next-line unattributed-quote -->
    /// //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unused-silence finds nothing here
    /// The talks ended after midnight.
    /// ```
    ///
    /// ```news
    /// Snow fell on the square.
    ///
    /// [copydesk-disable-next-line unatributed-quote]
    /// //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unused-silence did you mean 'unattributed-quote'?
    /// The talks ended after midnight.
    /// ```
    ///
    /// ```news
    /// Snow fell on the square.
    ///
    /// <!-- copydesk-enable unattributed-quote -->
    /// //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unused-silence ends no silence
    /// The talks ended after midnight.
    /// ```
    ///
    /// Not flagged, as the comment is needed:
    /// ```news
    /// The talks ended after midnight, and the square was white with snow.
    ///
    /// <!-- copydesk-disable-next-line unattributed-quote -- the whole square sang it -->
    /// “We are going to stay here until the morning comes.”
    ///
    /// Nobody slept.
    /// ```
    "unused-silence", "a comment silences a rule that finds nothing there", Some(Severity::Warning), check
}

/// Nothing: what is unused is known only after all other rules have run, so that `rules::check` asks for it.
fn check(_: &Check<'_>, _: &mut Findings<'_>) {}
