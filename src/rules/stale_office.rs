use std::ops::Range;

use crate::{
    base::{
        date::{Date, Holds},
        span::{DocSpan, Span},
        word::TokenKind,
    },
    kb::{EntityId, Role, Tenure},
    rules::{Check, Findings, Fix, Severity},
    semantic::{
        lexicon::{self, RoleClass},
        local::Local,
        mention::{RoleMention, What},
        wordsets::WordSet,
    },
    syntax::{block::Block, token::Shape},
};

rule! {
    /// ## What it does
    /// Flags an office beside a name that the person no longer held, or did not yet hold, on the article's date.
    ///
    /// ## Why
    /// Offices end, and copy is written from memory and from older copy.
    /// Without a date of the article nothing is claimed; so where the knowledge base does not know the office, is not
    /// sure of its dates, or knows another of the same kind that was held.
    /// “Former”, “then”, “at the time”, a year that lies in the past, and quotations are left alone; so is an office
    /// without its country that ended years ago (“President Bush”), one that ended more than ten years ago, and
    /// one that is only imagined (“a President Hartmann”).
    /// Only heads of state, of government and of bodies are looked at.
    ///
    /// ## Example
    /// ```news
    /// // date: 2024-12-18
    /// German Chancellor Angela Merkel was expected in Brussels on Wednesday.
    /// //                ^^^^^^^^^^^^^ stale-office until 2021-12-08
    /// ```
    ///
    /// ```news
    /// // date: 2020-05-04
    /// Talks with Olaf Scholz, the German chancellor, ended at noon.
    /// //         ^^^^^^^^^^^ stale-office from 2021-12-08
    /// ```
    ///
    /// Not flagged:
    /// ```news
    /// // date: 2024-12-18
    /// German Chancellor Olaf Scholz met former chancellor Angela Merkel on Wednesday.
    ///
    /// In 2015 German Chancellor Angela Merkel opened the harbour. The museum owes much to then chancellor Angela Merkel.
    ///
    /// “Chancellor Angela Merkel taught us to wait,” said Lena Hartmann, the harbour master.
    /// ```
    ///
    /// Not flagged, as the article carries no date:
    /// ```news
    /// German Chancellor Angela Merkel was expected in Brussels on Wednesday.
    /// ```
    "stale-office", "an office that was not held on the article's date", Some(Severity::Warning), check
}

/// An office without its country counts as said of the present if it ended so many years ago at most.
const RECENT_YEARS: i16 = 1;

/// How far before a name "a" may stand, in tokens: "a would-be president".
const REACH: usize = 5;

/// The offices whose dates are known well enough: a cabinet may be re-formed with the same ministers, and then a
/// source often gives the date of the newest cabinet only.
const SURE: [Role; 3] = [Role::HeadOfState, Role::HeadOfGovernment, Role::OrgHead];

/// A noun that may name more offices than this says too little: "leader", "minister".
const MAX_ROLES: usize = 4;

fn check(cx: &Check<'_>, acc: &mut Findings<'_>) {
    // A year alone cannot tell who was in office.
    let Some((date, _)) = cx.article.date.filter(|(d, _)| d.month > 0) else {
        return;
    };
    let lexicon = lexicon::english();
    for (block, local) in cx.blocks() {
        for candidate in &local.candidates {
            let What::Name(name) = &candidate.what else {
                continue;
            };
            let Some(said) = name.role.as_ref().filter(|r| !(r.former || r.future || r.plural)) else {
                continue;
            };
            let Some(noun) = lexicon
                .roles
                .get(said.row)
                .filter(|n| n.class == RoleClass::Office)
            else {
                continue;
            };
            // "The Polish leader" may lead from any chair.
            if noun.roles.len() > MAX_ROLES {
                continue;
            }
            let at = block.to_doc(local.tokens.span(candidate.tokens.clone()));
            let Some(person) = cx.person_at(at) else { continue };
            if cx.in_quote(at) || tells_of_the_past(block, local, candidate.tokens.start, date, cx) {
                continue;
            }
            let org = said
                .owner
                .clone()
                .and_then(|o| owner(cx, block, local.tokens.span(o)));
            let fits = |t: &Tenure<'_>| noun.roles.contains(&t.role) && org.is_none_or(|o| t.org == o);
            let mut known: Vec<Tenure<'_>> = cx.kb.tenures(person).filter(fits).collect();
            // A chancellor of Britain keeps the purse, one of Germany leads: where the office itself is called so,
            // the others do not count.
            let is_called = |t: &Tenure<'_>| t.office.to_lowercase().contains(&noun.noun);
            if known.iter().any(is_called) {
                known.retain(is_called);
            }
            // Who is "Crown Prince and Prime Minister" since a day may have been one of the two for long.
            let is_compound = |t: &Tenure<'_>| t.office.contains(" and ");
            if known.is_empty()
                || known.iter().any(is_compound)
                || !known.iter().all(|t| SURE.contains(&t.role))
                || known.iter().any(|t| is_open(t, date))
            {
                continue;
            }
            // "President Bush" of an article years later is history, or courtesy.
            if org.is_none()
                && known
                    .iter()
                    .all(|t| t.end.is_some_and(|e| e.year + RECENT_YEARS < date.year))
            {
                continue;
            }
            if is_long_over(&known, date) || is_imagined(local, candidate.tokens.clone(), &known, date) {
                continue;
            }
            if let Some(message) = message(cx, said, local, &known, date) {
                let ended = known.iter().any(|t| t.holds(date) == Holds::NoLonger);
                acc.push(at, message).offer = ended.then(|| former(cx, block, local, said));
            }
        }
    }
}

/// Whether the office ended so long ago that nobody takes it for today's: the name is one of history.
fn is_long_over(known: &[Tenure<'_>], date: Date) -> bool {
    const HISTORY_YEARS: i16 = 10;
    known
        .iter()
        .all(|t| t.end.is_some_and(|e| e.year + HISTORY_YEARS < date.year))
}

/// "worrying about President Trump", "a would-be president Donald Trump": of somebody who has not held the office yet, the surname
/// behind it, or "a" before it, tells of what might be.
fn is_imagined(local: &Local, name: Range<usize>, known: &[Tenure<'_>], date: Date) -> bool {
    let ahead = known.iter().all(|t| t.holds(date) == Holds::NotYet);
    let before = name.start.saturating_sub(REACH)..name.start;
    ahead
        && (name.len() == 1
            || before
                .into_iter()
                .any(|i| matches!(local.tokens.fold(i), "a" | "an")))
}

/// “former” before the office, or before the country that stands right before it.
fn former(cx: &Check<'_>, block: &Block, local: &Local, said: &RoleMention) -> Fix {
    let owner = said.owner.clone().filter(|o| o.end == said.head.start);
    let words = owner.unwrap_or(said.head.clone()).start..said.head.end;
    let span = block.to_doc(local.tokens.span(words.clone()));
    let at = DocSpan {
        end: span.start,
        ..span
    };
    let begins = local.sentences.get(local.sentence_of(words.start));
    let begins = begins.is_some_and(|s| s.start == words.start);
    let word = if begins { "Former" } else { "former" };
    Fix {
        title: format!("Write “{word} {}”", cx.text(span)),
        edits: vec![(at, format!("{word} "))],
    }
}

/// Whether the office was held, may have been held, or may have been: anything short of certain.
fn is_open(tenure: &Tenure<'_>, date: Date) -> bool {
    matches!(tenure.holds(date), Holds::Yes | Holds::Maybe)
}

/// What the knowledge base says instead, from the tenure that lies nearest to the date.
fn message(
    cx: &Check<'_>,
    said: &RoleMention,
    local: &Local,
    known: &[Tenure<'_>],
    date: Date,
) -> Option<String> {
    let ended = known
        .iter()
        .filter(|t| t.holds(date) == Holds::NoLonger)
        .max_by_key(|t| t.end);
    let begins = known
        .iter()
        .filter(|t| t.holds(date) == Holds::NotYet)
        .min_by_key(|t| t.start);
    let words: Vec<&str> = said.head.clone().map(|i| local.tokens.fold(i)).collect();
    let (tenure, when) = match (ended, begins) {
        (Some(t), _) => (t, format!("until {}", t.end?)),
        (None, Some(t)) => (t, format!("only from {} on", t.start?)),
        (None, None) => return None,
    };
    Some(format!(
        "{} was {} {when}, so that “{}” is wrong on {date}",
        cx.kb.name(tenure.person),
        tenure.office,
        words.join(" ")
    ))
}

/// The code of the country or body that the words name. The mention of whoever is described starts there too ("the
/// European Council's president") but goes on behind them.
fn owner<'a>(cx: &Check<'a>, block: &Block, span: Span) -> Option<&'a str> {
    let span = block.to_doc(span);
    let from = cx.article.mentions.partition_point(|m| m.span.start < span.start);
    let mention = cx.article.mentions[from..]
        .iter()
        .take_while(|m| m.span.start < span.end)
        .find(|m| m.span.end <= span.end)?;
    cx.kb.code(cx.article.entities.get(mention.entity)?.kb?)
}

/// Whether the sentence of a token speaks of another time than the article's own.
fn tells_of_the_past(block: &Block, local: &Local, token: usize, date: Date, cx: &Check<'_>) -> bool {
    let Some(sentence) = local.sentences.get(local.sentence_of(token)) else {
        return false;
    };
    let tokens = &local.tokens;
    // Far words of a very long sentence say little about the name.
    let near = sentence.start.max(token.saturating_sub(60))..sentence.end.min(token + 60);
    near.into_iter().any(|i| {
        let Some(t) = tokens.list.get(i) else { return false };
        if t.kind == TokenKind::Number && t.shape == Shape::Number {
            let year = cx.text(block.to_doc(t.span)).trim_end_matches('s');
            return year.len() == 4 && year.parse::<i16>().is_ok_and(|y| (1500..date.year).contains(&y));
        }
        match tokens.fold(i) {
            "time" => i >= 2 && tokens.fold(i - 2) == "at",
            // Of the dead an office is told that they held to the end.
            word => {
                let lex = lexicon::english();
                lex.is(WordSet::Bygone, word) || lex.is(WordSet::Dead, word)
            }
        }
    })
}

impl Check<'_> {
    /// The person of the knowledge base whom the mention at exactly `span` means.
    fn person_at(&self, span: DocSpan) -> Option<EntityId> {
        let from = self
            .article
            .mentions
            .partition_point(|m| m.span.start < span.start);
        let mention = self.article.mentions[from..]
            .iter()
            .take_while(|m| m.span.start == span.start)
            .find(|m| m.span == span)?;
        let entity = self.article.entities.get(mention.entity)?;
        entity.kb.filter(|_| entity.rivals.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::{
        kb::Kb,
        rules::{self, config::Config},
        semantic::article::{Context, analyze},
        testing::check_rule,
    };

    #[track_caller]
    fn silent(fixture: &str) {
        check_rule(&super::RULE, fixture);
    }

    #[test]
    fn an_office_that_is_only_imagined_or_long_over() {
        silent("// date: 2016-02-18\nTowns in Canada wait for those who would flee President Trump.\n");
        silent("// date: 2015-11-24\nThe census is good news for a would-be president Donald Trump.\n");
        silent(
            "// date: 2016-06-02\nThe book shows a photograph of Israeli Prime Minister Menachem Begin.\n",
        );
    }

    #[test]
    fn words_that_tell_of_the_past() {
        silent("// date: 2024-12-18\nThe treaty was signed with then German Chancellor Angela Merkel.\n");
        silent(
            "// date: 2024-12-18\nGerman Chancellor Angela Merkel, at the time the host, opened the harbour.\n",
        );
        silent("// date: 2024-12-18\nThe late French President Jacques Chirac loved the harbour.\n");
        silent("// date: 2024-12-18\nEx-chancellor Angela Merkel was expected in Brussels.\n");
    }

    #[test]
    fn what_was_held_is_called_former() {
        let offered = |text: &str| {
            let context = Context {
                date: "2024-12-18".parse().ok(),
                ..Context::default()
            };
            let article = analyze(&Arc::from(text), &context, Kb::embedded());
            let found = rules::check(&article, Kb::embedded(), &Config::default());
            let offer = found[0].offer.as_ref().unwrap();
            let (span, new) = &offer.edits[0];
            let mut mended = text.to_owned();
            mended.replace_range(span.start as usize..span.end as usize, new);
            let article = analyze(&Arc::from(&*mended), &context, Kb::embedded());
            assert_eq!(
                rules::check(&article, Kb::embedded(), &Config::default()),
                [],
                "{mended}"
            );
            mended
        };
        for (text, mended) in [
            (
                "German Chancellor Angela Merkel left.",
                "Former German Chancellor Angela Merkel left.",
            ),
            (
                "Guests met German Chancellor Angela Merkel.",
                "Guests met former German Chancellor Angela Merkel.",
            ),
            (
                "Angela Merkel, the German chancellor, left.",
                "Angela Merkel, the former German chancellor, left.",
            ),
            (
                "Angela Merkel, the chancellor of Germany, left.",
                "Angela Merkel, the former chancellor of Germany, left.",
            ),
            (
                "Germany’s chancellor, Angela Merkel, left.",
                "Germany’s former chancellor, Angela Merkel, left.",
            ),
        ] {
            assert_eq!(offered(text), mended);
        }
    }

    #[test]
    fn nouns_that_say_too_little() {
        silent("// date: 2024-12-18\nGerman leader Angela Merkel was expected in Brussels.\n");
    }

    #[test]
    fn an_office_without_its_country_may_be_history() {
        silent("// date: 2024-12-18\nThe law goes back to President George W. Bush.\n");
        check_rule(
            &super::RULE,
            "\
// date: 2025-05-20
Chancellor Olaf Scholz was expected in Brussels.
//         ^^^^^^^^^^^ stale-office until 2025-05-06
",
        );
    }

    #[test]
    fn one_half_of_an_office() {
        silent("// date: 2019-09-30\nSaudi Crown Prince Mohammed bin Salman was expected in Brussels.\n");
    }

    #[test]
    fn the_last_day_and_the_first_are_held() {
        silent("// date: 2025-05-06\nGerman Chancellor Olaf Scholz handed over the keys.\n");
        silent("// date: 2021-12-08\nGerman Chancellor Olaf Scholz was sworn in.\n");
    }

    #[test]
    fn whose_office_it_is_stands_inside_a_description() {
        silent("// date: 2025-03-12\nThe plan went to the European Council's president, Antonio Costa.\n");
        silent("// date: 2025-03-12\nThe European Council's president, Antonio Costa, read the plan.\n");
        check_rule(
            &super::RULE,
            "\
// date: 2024-12-18
The plan went to Germany's chancellor, Angela Merkel.
//                                     ^^^^^^^^^^^^^ stale-office until 2021-12-08
",
        );
    }

    #[test]
    fn bodies_have_their_heads() {
        check_rule(
            &super::RULE,
            "\
// date: 2024-12-18
NATO Secretary General Jens Stoltenberg was expected in Brussels.
//                     ^^^^^^^^^^^^^^^^ stale-office until 2024-10-01
",
        );
    }
}
