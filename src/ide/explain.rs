//! Everything known about one place of an article, with the evidence: what the hover shows and what
//! `copydesk explain` prints.

use crate::{
    base::{order::Order, span::DocSpan},
    ide::{
        facts::{entity_words, known_facts},
        margin::wikidata_page,
        navigate::introduction,
    },
    kb::Kb,
    semantic::{
        article::{Article, AsideKind, Attribution, Entity, EntityKind, MentionForm, Quote, QuoteKind},
        lexicon,
        wordsets::WordSet,
    },
};

/// What is known about one place.
#[derive(Clone, PartialEq, Debug)]
pub struct Explanation {
    /// The words it is about: those of the first card.
    pub span: DocSpan,
    /// What stands there, the narrowest thing first; at least one.
    pub cards: Vec<Card>,
}

/// One thing that stands at a place: an entity, a quotation, quoted words that are no speech.
#[derive(Clone, PartialEq, Debug)]
pub struct Card {
    /// The words it is about.
    pub span: DocSpan,
    /// The heading: a name, or what kind of quotation it is.
    pub title: String,
    /// What it is, a few words; may be empty.
    pub subtitle: String,
    /// What is known, most important first.
    pub facts: Vec<Fact>,
}

/// One line of a card.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fact {
    /// What the line is about ("here", "speaker", "now"); never empty.
    pub label: &'static str,
    /// The line.
    pub text: String,
    /// The words it rests on, if they stand in the text.
    pub at: Option<DocSpan>,
}

impl Explanation {
    /// Plain lines: a heading for each card, its facts indented below.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for card in &self.cards {
            lines.push(match card.subtitle.as_str() {
                "" => card.title.clone(),
                subtitle => format!("{}, {subtitle}", card.title),
            });
            lines.extend(card.facts.iter().map(|f| format!("  {}: {}", f.label, f.text)));
        }
        lines
    }

    /// The same as Markdown, for editors that render it.
    pub fn markdown(&self) -> String {
        let mut out = String::new();
        for card in &self.cards {
            if !out.is_empty() {
                out.push_str("\n---\n\n");
            }
            out.push_str("**");
            escape_markdown(&card.title, &mut out);
            out.push_str("**");
            if !card.subtitle.is_empty() {
                out.push_str("  \n");
                escape_markdown(&card.subtitle, &mut out);
            }
            out.push_str("\n\n");
            for fact in &card.facts {
                out.push_str("* ");
                out.push_str(fact.label);
                out.push_str(": ");
                escape_markdown(&fact.text, &mut out);
                out.push('\n');
            }
        }
        out
    }
}

/// Explains what stands at `offset`, a byte of the article's text; `None` where nothing is known.
pub fn explain(article: &Article, kb: &Kb, offset: u32) -> Option<Explanation> {
    let mut cards = Vec::new();
    let mention = mention_at(article, offset);
    if let Some(i) = mention {
        cards.push(entity_card(article, kb, i));
    }
    let mut quotes: Vec<(DocSpan, &Quote)> = article
        .quotes
        .iter()
        .filter_map(|q| {
            // A source that is carried on is that of another quotation, where it stands.
            let own = !matches!(q.attribution, Attribution::Continued | Attribution::Implied);
            let source = q.source.iter().filter(|_| own);
            let mut spans = q.spans.iter().chain(&q.cue).chain(source);
            Some((*spans.find(|s| s.touches(offset))?, q))
        })
        .collect();
    quotes.order_by_key(|(span, _)| span.len());
    cards.extend(quotes.iter().map(|(span, q)| quote_card(article, *span, q)));
    for aside in article.asides.iter().filter(|a| a.span.touches(offset)) {
        cards.push(Card {
            span: aside.span,
            title: "Quoted words that are not speech".to_owned(),
            subtitle: aside_words(aside.kind).to_owned(),
            facts: vec![Fact {
                label: "why",
                text: aside.evidence.reason.to_string(),
                at: aside.evidence.at,
            }],
        });
    }
    for mark in article.lone_marks.iter().filter(|m| m.span.touches(offset)) {
        cards.push(Card {
            span: mark.span,
            title: "A quotation mark without its partner".to_owned(),
            subtitle: String::new(),
            facts: vec![Fact {
                label: "why",
                text: match mark.opens {
                    true => "it opens a quotation that is never closed".to_owned(),
                    false => "it closes a quotation that was never opened".to_owned(),
                },
                at: None,
            }],
        });
    }
    Some(Explanation {
        span: cards.first()?.span,
        cards,
    })
}

/// Index of the narrowest mention that `offset` touches; where two meet, the one that starts there.
pub fn mention_at(article: &Article, offset: u32) -> Option<usize> {
    let end = article.mentions.partition_point(|m| m.span.start <= offset);
    // Mentions are short; one that starts this far before cannot reach the offset.
    article.mentions[..end]
        .iter()
        .enumerate()
        .rev()
        .take_while(|(_, m)| offset - m.span.start <= 1024)
        .filter(|(_, m)| m.span.touches(offset))
        .min_by_key(|(_, m)| (!m.span.contains(offset), m.span.len()))
        .map(|(i, _)| i)
}

/// The card of the entity that mention number `mention` refers to.
fn entity_card(article: &Article, kb: &Kb, mention: usize) -> Card {
    let mention = &article.mentions[mention];
    let index = mention.entity;
    let mut facts = vec![Fact {
        label: "here",
        text: here_words(mention.form, &mention.evidence.reason),
        at: mention.evidence.at,
    }];
    let Some(entity) = article.entities.get(mention.entity) else {
        return Card {
            span: mention.span,
            title: mention.span.text(&article.text).to_owned(),
            subtitle: String::new(),
            facts,
        };
    };
    if let Some(id) = entity.kb {
        known_facts(article, kb, id, &mut facts);
    }
    if !entity.rivals.is_empty() {
        let names: Vec<_> = entity.rivals.iter().map(|&id| entity_words(kb, id)).collect();
        facts.push(Fact {
            label: "may also mean",
            text: names.join("; "),
            at: None,
        });
    }
    facts.push(Fact {
        label: "in this article",
        text: count_words(entity),
        at: introduction(article, index),
    });
    if let Some(number) = entity.wikidata {
        facts.push(Fact {
            label: "Wikidata",
            text: wikidata_page(number),
            at: None,
        });
    }
    Card {
        span: mention.span,
        title: entity.name.clone(),
        subtitle: match &entity.role {
            Some(role) => format!("{}, {role}", kind_words(entity.kind)),
            None => kind_words(entity.kind).to_owned(),
        },
        facts,
    }
}

/// Whether the article or the base has a name for an entity.
fn is_named(article: &Article, entity: &Entity) -> bool {
    let named = |i: &usize| {
        article.mentions.get(*i).is_some_and(|m| {
            !matches!(
                m.form,
                MentionForm::Description | MentionForm::Pronoun | MentionForm::Title
            )
        })
    };
    entity.kb.is_some() || entity.mentions.iter().any(named)
}

/// The speaker in a heading: a name, else the words of the source, as they stand within a sentence.
fn speaker_words(article: &Article, quote: &Quote, speaker: &Entity) -> String {
    let source = quote.source.first().map(|s| s.text(&article.text));
    let words = match source {
        Some(source) if !is_named(article, speaker) && quote.attribution != Attribution::Pronoun => {
            let line = source.split_whitespace().collect::<Vec<_>>().join(" ");
            line.split([',', '(']).next().unwrap_or("").trim().to_owned()
        }
        _ => speaker.name.clone(),
    };
    let begins = words.split(' ').next().unwrap_or("").to_lowercase();
    let small = lexicon::english().is(WordSet::Determiner, &begins);
    let (name, unnamed) = (&speaker.name, !is_named(article, speaker));
    match words.chars().next() {
        None => name.clone(),
        Some(first) if unnamed && small => first.to_lowercase().chain(words.chars().skip(1)).collect(),
        Some(_) => words,
    }
}

fn quote_card(article: &Article, span: DocSpan, quote: &Quote) -> Card {
    let mut facts = Vec::new();
    // Whoever asks about "said" or about the name wants to know which words are meant.
    if let Some(first) = quote.spans.first().filter(|_| !quote.spans.contains(&span)) {
        facts.push(Fact {
            label: "words",
            text: shorten(first.text(&article.text), 60),
            at: Some(*first),
        });
    }
    let speaker = quote.speaker.and_then(|s| article.entities.get(s));
    match speaker {
        Some(speaker) => facts.push(Fact {
            label: "speaker",
            text: match &speaker.role {
                Some(role) => format!("{}, {role}", speaker.name),
                None => speaker.name.clone(),
            },
            at: None,
        }),
        None => facts.push(Fact {
            label: "speaker",
            text: match quote.needs_source {
                true => "none found; a reader would miss it".to_owned(),
                false => "none found".to_owned(),
            },
            at: None,
        }),
    }
    for (label, spans) in [("cue", &quote.cue), ("source", &quote.source)] {
        if let Some(&first) = spans.first() {
            // The mark that leads to the words is no part of the verb: "said:".
            let words: Vec<_> = spans
                .iter()
                .map(|s| s.text(&article.text).trim_end_matches([':', ',', ' ']))
                .collect();
            facts.push(Fact {
                label,
                text: format!("“{}”", words.join(" … ")),
                at: Some(first),
            });
        }
    }
    facts.extend(quote.evidence.iter().map(|e| Fact {
        label: "why",
        text: e.reason.to_string(),
        at: e.at,
    }));
    // Of nobody there is nothing to be sure of.
    facts.extend(speaker.map(|_| Fact {
        label: "sure",
        text: format!("{:.0} %", article.confidence(quote) * 100.0),
        at: None,
    }));
    Card {
        span,
        title: match speaker {
            Some(speaker) => {
                let who = speaker_words(article, quote, speaker);
                format!("{} of {who}", quote_words(quote.kind))
            }
            None => quote_words(quote.kind).to_owned(),
        },
        subtitle: match speaker {
            // "The Conservative leader" names nobody, and yet everybody knows who he is.
            Some(speaker) if quote.attribution == Attribution::Anonymous && is_named(article, speaker) => {
                attribution_words(Attribution::Description).to_owned()
            }
            _ => attribution_words(quote.attribution).to_owned(),
        },
        facts,
    }
}

/// The first `max` characters of some words, on one line, in quotation marks unless they have some of their own.
pub fn shorten(words: &str, max: usize) -> String {
    let mut line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((cut, _)) = line.char_indices().nth(max) {
        line = format!("{}…", line.get(..cut).unwrap_or("").trim_end());
    }
    match line.starts_with(['“', '"', '‘', '\'', '«', '„']) {
        true => line,
        false => format!("“{line}”"),
    }
}

/// What a body or state is, in words: the base has "news_agency", "igo", "sovereign".
pub fn body_words(what: &str) -> String {
    match what {
        "igo" => "international organization".to_owned(),
        "ngo" => "non-governmental organization".to_owned(),
        "sovereign" => "sovereign state".to_owned(),
        "historical" => "former state".to_owned(),
        "sport_body" => "sports body".to_owned(),
        _ => what.replace('_', " "),
    }
}

/// "person", "country" and so on.
pub fn kind_words(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "person",
        EntityKind::Country => "country",
        EntityKind::Institution => "institution",
        EntityKind::Place => "place",
        EntityKind::Group => "group",
    }
}

/// How a mention refers and why. The form is not said twice where the reason names it, and a reason that only
/// repeats the heading is left out.
pub fn here_words(form: MentionForm, reason: &str) -> String {
    let form = form_words(form);
    if reason.starts_with("a name of ") || reason == "named in full here" {
        return form.to_owned();
    }
    match reason.to_lowercase().contains(form) {
        true => reason.to_owned(),
        false => format!("{form}; {reason}"),
    }
}

/// How a mention refers, in the reader's words.
pub fn form_words(form: MentionForm) -> &'static str {
    match form {
        MentionForm::Name => "full name",
        MentionForm::Surname => "surname",
        MentionForm::Acronym => "acronym",
        MentionForm::Alias => "another name",
        MentionForm::Demonym => "demonym",
        MentionForm::Metonym => "metonym",
        MentionForm::Place => "place",
        MentionForm::Title => "title",
        MentionForm::Description => "description",
        MentionForm::Pronoun => "pronoun",
    }
}

/// What a quotation is called.
pub fn quote_words(kind: QuoteKind) -> &'static str {
    match kind {
        QuoteKind::Direct => "Quotation",
        QuoteKind::Mixed => "Partial quotation",
        QuoteKind::Indirect => "Reported speech",
    }
}

/// How a speaker is given, in the reader's words.
pub fn attribution_words(attribution: Attribution) -> &'static str {
    match attribution {
        Attribution::Explicit => "the speaker is named at the quote",
        Attribution::Pronoun => "the speaker is given by a pronoun",
        Attribution::Description => "the speaker is given by a description",
        Attribution::Continued => "the speaker is carried on from the quote before",
        Attribution::Implied => "the context names the speaker",
        Attribution::Anonymous => "the source is given without a name",
        Attribution::None => "nobody is said to have spoken",
    }
}

fn aside_words(kind: AsideKind) -> &'static str {
    match kind {
        AsideKind::Title => "a title",
        AsideKind::Scare => "words held at a distance",
        AsideKind::Term => "a term",
        AsideKind::Nickname => "a nickname",
        AsideKind::Name => "a name",
        AsideKind::Inscription => "an inscription",
        AsideKind::Slogan => "a slogan",
    }
}

/// "1 mention", "3 mentions".
pub(super) fn plural(n: usize, word: &str) -> String {
    match n {
        1 => format!("1 {word}"),
        n => format!("{n} {word}s"),
    }
}

/// "3 mentions, 2 quotes".
pub fn count_words(entity: &Entity) -> String {
    let mentions = plural(entity.mentions.len(), "mention");
    match entity.quotes.len() {
        0 => mentions,
        n => format!("{mentions}, {}", plural(n, "quote")),
    }
}

/// Appends `text` so that Markdown shows it as it stands.
pub(crate) fn escape_markdown(text: &str, out: &mut String) {
    for c in text.chars() {
        if matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&'
        ) {
            out.push('\\');
        }
        out.push(c);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::semantic::article::{Context, analyze};

    fn card(text: &str, words: &str, date: &str) -> Card {
        let context = Context {
            date: date.parse().ok(),
            ..Context::default()
        };
        let kb = Kb::embedded();
        let article = analyze(&Arc::from(text), &context, kb);
        let offset = text.find(words).expect(words) as u32;
        let explanation = explain(&article, kb, offset).expect("something is known");
        explanation.cards.into_iter().next().expect("a card")
    }

    fn facts<'a>(card: &'a Card, label: &str) -> Vec<&'a str> {
        let found = card.facts.iter().filter(|f| f.label == label);
        found.map(|f| f.text.as_str()).collect()
    }

    // Facts of a past day do not go out of date.
    #[test]
    fn offices_are_those_of_the_day() {
        let text = "Chancellor Angela Merkel spoke on Monday.";
        let then = card(text, "Angela", "2015-06-01");
        let offices = facts(&then, "on the article's date");
        assert!(
            offices.iter().any(|o| o.contains("2005-11-22 to 2021-12-08")),
            "{then:?}"
        );
        let later = card(text, "Angela", "2023-06-01");
        assert!(
            !facts(&later, "on the article's date")
                .iter()
                .any(|o| o.contains("Chancellor")),
            "{later:?}"
        );
        assert!(facts(&later, "before")[0].contains("Chancellor"), "{later:?}");
    }

    #[test]
    fn a_country_has_its_heads_on_the_day() {
        let text = "Germany said no on Monday.";
        let head = |date| {
            card(text, "Germany", date)
                .facts
                .iter()
                .any(|f| f.label == "head of government" && f.text.contains("Merkel"))
        };
        assert!(head("2015-06-01"));
        assert!(!head("2023-06-01"));
        assert!(!head(""), "without a date nothing is claimed");
    }

    #[test]
    fn what_is_old_is_perhaps_and_what_goes_on_is_said() {
        // Minister of July 2022, by the source.
        let old = card("Filip Adžić left early.", "Filip", "2025-03-03");
        assert!(facts(&old, "on the article's date").is_empty(), "{old:?}");
        assert!(facts(&old, "perhaps")[0].contains("Minister"), "{old:?}");
        assert!(!old.subtitle.contains("Minister"), "{old:?}");
        // One presidency, although the office changed on the way; and it goes on.
        let long = card("Recep Tayyip Erdoğan left early.", "Recep", "2020-03-03");
        assert_eq!(facts(&long, "on the article's date").len(), 1, "{long:?}");
        assert!(
            facts(&long, "now, as far as known")[0].starts_with("still President"),
            "{long:?}"
        );
    }

    #[test]
    fn nothing_is_said_twice_and_no_code_is_shown() {
        let here = |text, words| facts(&card(text, words, "2025-03-03"), "here").join("; ");
        assert_eq!(here("Keir Starmer left.", "Keir"), "full name");
        assert_eq!(here("Agnete Holmskov left.", "Agnete"), "full name");
        let seat = here("Downing Street said no.", "Downing");
        assert!(seat.ends_with("the United Kingdom"), "{seat}");
        assert_eq!(body_words("news_agency"), "news agency");
        let quote = card(
            "The minister said: “We are glad to leave it all behind us.”",
            "“We",
            "2025-03-03",
        );
        assert_eq!(facts(&quote, "cue"), ["“said”"]);
        let nobody = card("His deckhand said the boat was old.", "the boat", "2025-03-03");
        assert!(nobody.title.ends_with("of his deckhand"), "{}", nobody.title);
    }

    #[test]
    fn markdown_shows_the_words_as_they_stand() {
        let mut out = String::new();
        escape_markdown("a*b_[c](d) <e>", &mut out);
        assert_eq!(out, "a\\*b\\_\\[c\\](d) \\<e\\>");
    }
}
