use crate::{
    rules::{Check, Findings, Fix},
    syntax::{block::Zone, quote_mark::Family},
};

rule! {
    /// ## What it does
    /// Flags double marks in a headline or crosshead.
    ///
    /// ## Why
    /// AP, the BBC, the Guardian and Reuters write single marks there.
    /// On with every house that `house` may name in the settings.
    ///
    /// ## Example
    /// ```news
    /// // config: house = "bbc"
    /// Minister calls plan “a bridge to nowhere”
    /// //                  ^^^^^^^^^^^^^^^^^^^^^ quote-mark-zone
    ///
    /// Lena Hartmann, the foreign minister, called the plan “a bridge to nowhere” on Monday.
    /// ```
    ///
    /// Not flagged:
    /// ```news
    /// // config: house = "bbc"
    /// Minister calls plan ‘a bridge to nowhere’
    ///
    /// Lena Hartmann, the foreign minister, called the plan “a bridge to nowhere” on Monday.
    /// ```
    "quote-mark-zone", "double marks in a headline", None, check, Ap, Bbc, Guardian, Reuters
}

fn check(cx: &Check<'_>, acc: &mut Findings<'_>) {
    for (block, pair) in cx.pairs() {
        let (Some(open), Some(close)) = (pair.open, pair.close) else {
            continue;
        };
        let single = match pair.family {
            Family::CurlyDouble => ["‘", "’"],
            Family::StraightDouble => ["'", "'"],
            _ => continue,
        };
        if matches!(block.zone, Zone::Headline | Zone::Crosshead) && pair.level == 0 {
            let d = acc.push(
                block.to_doc(pair.span),
                "single marks are the rule in headlines".to_owned(),
            );
            d.fix = Some(Fix {
                title: format!("Write {}…{}", single[0], single[1]),
                edits: vec![
                    (block.to_doc(open), single[0].to_owned()),
                    (block.to_doc(close), single[1].to_owned()),
                ],
            });
        }
    }
}
