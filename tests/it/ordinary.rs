//! Each rule over sentences as they stand in any paper: a false alarm costs more than a missed fault.

use std::sync::Arc;

use copydesk::{
    kb::Kb,
    rules::{self, config::Config},
    semantic::article::{Context, analyze},
};

/// What rules that look at headlines get no paragraph before.
const LEAD: &str = "Norvik, Dec 18, 2024 (AFP) - It rained on Monday. ¶ ";

#[test]
fn rules_stay_silent_in_ordinary_copy() {
    let kb = Kb::embedded();
    let (mut rule, mut config) = ("", Config::default());
    let mut faults = Vec::new();
    let mut seen = 0;
    for line in include_str!("ordinary.txt")
        .lines()
        .filter(|l| !l.starts_with('#'))
    {
        let Some((sign, text)) = line.split_once(' ').filter(|(s, _)| matches!(*s, "-" | "+")) else {
            rule = line;
            assert!(rules::by_code(rule).is_some(), "{rule}");
            config = Config::parse(&format!("[rules]\n{rule} = \"on\"\n")).expect("a rule");
            continue;
        };
        seen += 1;
        let lead = if rule.starts_with("headline") || text.contains("(AFP)") {
            ""
        } else {
            LEAD
        };
        let text = format!("{lead}{text}").replace(" ¶ ", "\n\n") + "\n";
        let article = analyze(&Arc::from(text.as_str()), &Context::default(), kb);
        let found: Vec<_> = rules::check(&article, kb, &config)
            .into_iter()
            .filter(|d| d.code == rule)
            .map(|d| d.span.text(&text).to_owned())
            .collect();
        if found.is_empty() != (sign == "-") {
            faults.push(format!("{rule} {sign} {found:?}\n{text}"));
        }
    }
    assert!(seen > 120, "{seen}");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
