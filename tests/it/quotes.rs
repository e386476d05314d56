//! Who says what: sentences of our own, each with its quoted pieces and the words that name their source.

use std::sync::Arc;

use copydesk::{
    kb::Kb,
    semantic::article::{Article, Context, analyze},
    syntax::block::Format,
};

/// How pages of different desks set quotations.
mod pages;
/// Rarer ways to report.
mod rarer;

pub(crate) fn article(text: &str) -> Article {
    let format = if text.starts_with("# ") {
        Format::Markdown
    } else {
        Format::Plain
    };
    analyze(
        &Arc::from(text),
        &Context {
            format,
            ..Context::default()
        },
        Kb::embedded(),
    )
}

/// The source words of the quotation that covers most of `piece`, or "-" when it has none, or "aside" when
/// the piece is no quotation.
fn source_of(article: &Article, piece: &str) -> String {
    let text = &*article.text;
    let at = text
        .find(piece)
        .unwrap_or_else(|| panic!("{piece:?} is not in {text:?}"));
    let overlap = |spans: &[copydesk::base::span::DocSpan]| -> usize {
        spans
            .iter()
            .map(|s| {
                (s.end as usize)
                    .min(at + piece.len())
                    .saturating_sub((s.start as usize).max(at))
            })
            .sum()
    };
    let best = article
        .quotes
        .iter()
        .filter(|q| overlap(&q.spans) * 2 > piece.len())
        .max_by_key(|q| (overlap(&q.spans), q.marked.len()));
    match best {
        None => "aside".to_owned(),
        Some(q) if q.source.is_empty() => "-".to_owned(),
        Some(q) => q
            .source
            .iter()
            .map(|s| s.text(text))
            .collect::<Vec<_>>()
            .join(" … "),
    }
}

#[track_caller]
pub(crate) fn check(text: &str, wanted: &[(&str, &str)]) {
    let article = article(text);
    for (piece, source) in wanted {
        assert_eq!(
            source_of(&article, piece),
            *source,
            "source of {piece:?} in {text:?}\n{:#?}",
            article.quotes
        );
    }
}

#[test]
fn subjects_before_and_behind_the_cue() {
    check(
        "“The dam will hold,” Ilse Brandt said.",
        &[("“The dam will hold,”", "Ilse Brandt")],
    );
    check(
        "“The dam will hold,” said Ilse Brandt, the chief engineer.",
        &[("“The dam will hold,”", "Ilse Brandt, the chief engineer")],
    );
    check(
        "“The dam,” Brandt said on Monday, “will hold.”",
        &[("“The dam,”", "Brandt"), ("“will hold.”", "Brandt")],
    );
    check(
        "Brandt told reporters in Lisbon on Monday that the dam was “in no danger”.",
        &[("“in no danger”", "Brandt")],
    );
    check(
        "“Will it hold?” asked the mayor.",
        &[("“Will it hold?”", "the mayor")],
    );
    check(
        "The mayor shrugged and said: “Ask the engineers.”",
        &[("“Ask the engineers.”", "The mayor")],
    );
    check(
        "“It will hold,” Brandt, who built the dam with her father in 1998, said.",
        &[(
            "“It will hold,”",
            "Brandt, who built the dam with her father in 1998,",
        )],
    );
    check(
        "Engineers who had seen the survey said the dam was “in no danger”.",
        &[("“in no danger”", "Engineers who had seen the survey")],
    );
    check(
        "Rep. Dale Roy (R-Ohio) said the dam was “in no danger”.",
        &[("“in no danger”", "Rep. Dale Roy (R-Ohio)")],
    );
    check(
        "Brandt – who will retire in May – said she wanted “one quiet winter”.",
        &[("“one quiet winter”", "Brandt")],
    );
}

#[test]
fn behind_a_question_of_its_own() {
    const ANSWER: &str = "Brandt was in no hurry.\n\n“It will hold.”\n\n";
    check(
        &format!("{ANSWER}“Will it hold for another year?” Okoro pressed. “Or for two?”"),
        &[
            ("“Will it hold for another year?”", "Okoro"),
            ("“Or for two?”", "Okoro"),
        ],
    );
    check(
        &format!("{ANSWER}“Nothing ever holds!” Okoro went on, as if nobody had heard. “Nothing.”"),
        &[("“Nothing ever holds!”", "Okoro"), ("“Nothing.”", "Okoro")],
    );
    // What is pressed here is a button.
    let pressed = article(&format!("{ANSWER}“Will it hold?” Okoro pressed the button."));
    assert!(pressed.quotes.iter().all(|q| q.cue.is_empty()));
}

#[test]
fn whoever_is_told_does_not_speak() {
    check(
        "The mayor left at noon. The staff were told: “You sell feelings, not fish.”",
        &[("“You sell feelings, not fish.”", "-")],
    );
    check(
        "The staff told me: “You sell feelings, not fish.”",
        &[("“You sell feelings, not fish.”", "The staff")],
    );
}

#[test]
fn a_newsletter_names_the_author_of_what_it_quotes() {
    check(
        "— “Mill to close in May,” by the Herald’s Ida Brandt: “The mill, which has stood for 200 years, will close.”",
        &[
            ("“Mill to close in May,”", "aside"),
            (
                "“The mill, which has stood for 200 years, will close.”",
                "the Herald’s Ida Brandt",
            ),
        ],
    );
}

#[test]
fn other_ways_to_name_a_source() {
    check(
        "According to the harbour office, the quay is “beyond repair”.",
        &[("“beyond repair”", "the harbour office")],
    );
    check(
        "The quay is “beyond repair”, according to two engineers briefed on the survey.",
        &[("“beyond repair”", "two engineers briefed on the survey")],
    );
    check(
        "The survey was dismissed by Brandt as “a children’s drawing”.",
        &[("“a children’s drawing”", "Brandt")],
    );
    check(
        "Brandt’s warning that the quay was “sinking” went unheard.",
        &[("“sinking”", "Brandt’s")],
    );
    check(
        "The quay is, in the words of the mayor, “a patient man”.",
        &[("“a patient man”", "the mayor")],
    );
    check(
        "Brandt called the survey “a joke” and Okafor “an insult”.",
        &[("“a joke”", "Brandt"), ("“an insult”", "Okafor")],
    );
    check(
        "“Stone remembers.” — Ilse Brandt",
        &[("“Stone remembers.”", "Ilse Brandt")],
    );
}

#[test]
fn sources_that_are_carried_on() {
    check(
        "“It will hold,” Brandt said. “It always has.”",
        &[("“It always has.”", "Brandt")],
    );
    check(
        "“It will hold,” Brandt said. “It always has.\n\n“And nobody will move it.”",
        &[("“And nobody will move it.”", "Brandt")],
    );
    check(
        "Brandt said the work would start in June.\n\n“We have waited long enough.”",
        &[("“We have waited long enough.”", "Brandt")],
    );
    check(
        "Brandt was tired. “We have waited long enough.”",
        &[("“We have waited long enough.”", "Brandt")],
    );
}

#[test]
fn nobody_is_found_where_nobody_is_named() {
    check(
        "“It will hold,” Brandt said.\n\nStorms have closed the pier twice. “We patch it and the sea takes it back.”",
        &[("“We patch it and the sea takes it back.”", "-")],
    );
    check(
        "Prices fell by a tenth in May.\n\n“This is what we all have been waiting for.”\n\nThe next figures are due in June.",
        &[("“This is what we all have been waiting for.”", "-")],
    );
    check(
        "The road has been called “the most beautiful in the whole of the north”.",
        &[("“the most beautiful in the whole of the north”", "-")],
    );
}

#[test]
fn reports_without_marks() {
    check(
        "Brandt said the dam would hold.",
        &[("the dam would hold", "Brandt")],
    );
    for (text, piece, source) in [
        (
            "Okafor is sure that the dam will hold.",
            "that the dam will hold",
            "Okafor",
        ),
        ("Brandt raised doubts about the survey.", "the survey", "Brandt"),
        ("The survey was dismissed by Brandt.", "The survey", "Brandt"),
        ("Teenagers want a new law.", "a new law", "Teenagers"),
        (
            "Brandt pointed out that the pier was new.",
            "that the pier was new",
            "Brandt",
        ),
        (
            "Citing the survey, Brandt closed the pier.",
            "the survey",
            "Brandt",
        ),
        (
            "Brandt has opposed the plan, and voters like it.",
            "the plan",
            "Brandt",
        ),
    ] {
        check(text, &[(piece, source)]);
    }
    // What a report reports is its content, and no entry beside it.
    assert_eq!(
        article("Brandt said that Okafor believed the dam would hold.")
            .quotes
            .len(),
        1
    );
    // Nobody in particular expects it.
    let expected = article("The dam is expected to hold.");
    assert!(expected.quotes.len() == 1 && expected.quotes[0].source.is_empty());
    check(
        "The dam, Brandt added, would hold.",
        &[("The dam", "Brandt"), ("would hold", "Brandt")],
    );
    check(
        "The dam will hold, according to the survey.",
        &[("The dam will hold", "the survey")],
    );
}

#[test]
fn lists_colons_and_credits() {
    check(
        "Okoro tweeted that Brandt was a “loser,” a “liar” and a “coward.”",
        &[("“loser,”", "Okoro"), ("“coward.”", "Okoro")],
    );
    check(
        "A footnote in the survey makes that clear: “The north quay was never measured.”",
        &[("“The north quay was never measured.”", "A footnote in the survey")],
    );
    check(
        "The survey is long. From the summary: “The north quay was never measured.”",
        &[("“The north quay was never measured.”", "the summary")],
    );
    check(
        "“Stone remembers.” ― Ilse Brandt\n“Water forgets.” ― Paul Okafor",
        &[
            ("“Stone remembers.”", "Ilse Brandt"),
            ("“Water forgets.”", "Paul Okafor"),
        ],
    );
    check(
        "“The quay is full,” a voice-over in the film states.",
        &[("“The quay is full,”", "a voice-over in the film")],
    );
    check(
        "“The quay is full,” deadpanned Ilse Brandt.",
        &[("“The quay is full,”", "Ilse Brandt")],
    );
    check(
        "“The quay is full,” according to the harbour office.",
        &[("“The quay is full,”", "the harbour office")],
    );
}

#[test]
fn a_verb_without_a_subject_goes_on_with_who_speaks() {
    check(
        "Brandt said the bank had failed and called its plan “a farce”.",
        &[("“a farce”", "Brandt")],
    );
    check(
        "Brandt said the bank had failed, calling its plan “a farce”.",
        &[("“a farce”", "Brandt")],
    );
    check(
        "Brandt, who says the quay should go, tweeted that the plan “will not stop the sea”.",
        &[("“will not stop the sea”", "Brandt")],
    );
}

#[test]
fn nobody_is_given_a_few_words_for_standing_near() {
    check(
        "The engineer headlined a “Sky High” reception on Sunday.",
        &[("“Sky High”", "aside")],
    );
    check(
        "The harbour master, known online as “Gull,” was there.",
        &[("“Gull,”", "aside")],
    );
}

#[test]
fn nouns_of_saying_keep_their_owners() {
    check(
        "Brandt drew fire for her call for a “floating quay”.",
        &[("“floating quay”", "her")],
    );
    check(
        "They waited while Okafor’s promise to be “neutral” was tested.",
        &[("“neutral”", "Okafor’s")],
    );
}

#[test]
fn subjects_reach_as_far_as_they_go() {
    for (text, piece, source) in [
        (
            "About four out of ten boatmen said the quay was unsafe.",
            "the quay was unsafe",
            "About four out of ten boatmen",
        ),
        (
            "Officials in the port and at the ministry have said the quay is unsafe.",
            "the quay is unsafe",
            "Officials in the port and at the ministry",
        ),
        (
            "The mayor of Lowmouth and the vicar said the quay was unsafe.",
            "the quay was unsafe",
            "The mayor of Lowmouth and the vicar",
        ),
        (
            "A survey of pilots and boatmen found that the quay was unsafe.",
            "that the quay was unsafe",
            "A survey of pilots and boatmen",
        ),
        (
            "Sources close to the port say the quay is unsafe.",
            "the quay is unsafe",
            "Sources close to the port",
        ),
        (
            "A report published on Monday said the quay was unsafe.",
            "the quay was unsafe",
            "A report published on Monday",
        ),
        (
            "Several boatmen, including Okafor, said the quay was unsafe.",
            "the quay was unsafe",
            "Several boatmen, including Okafor,",
        ),
        (
            "The vote came after a boatman told Brandt the quay was unsafe.",
            "the quay was unsafe",
            "a boatman",
        ),
        (
            "The cause of the flood, boatmen and pilots say, is the quay.",
            "The cause of the flood",
            "boatmen and pilots",
        ),
        (
            "A court in Lowmouth ruled on Friday that the quay must close.",
            "that the quay must close",
            "A court in Lowmouth",
        ),
        (
            "State television quoted an official as saying the quay was unsafe.",
            "the quay was unsafe",
            "an official",
        ),
        (
            "As the Lowmouth Post reported, the quay had been closed.",
            "the quay had been closed",
            "the Lowmouth Post",
        ),
        (
            "The council met, with pilots and boatmen chanting “Close it”.",
            "“Close it”",
            "pilots and boatmen",
        ),
        (
            "Brandt, who has in the past described the quay as “a disgrace”, left.",
            "“a disgrace”",
            "who",
        ),
    ] {
        check(text, &[(piece, source)]);
    }
}

#[test]
fn cues_are_as_long_as_what_reports() {
    for (text, cue) in [
        (
            "The port issued a statement on Monday saying the quay was safe.",
            "issued a statement on Monday saying",
        ),
        ("Brandt spoke warmly of the quay.", "spoke warmly of"),
        ("Brandt refused to discuss the quay.", "refused"),
        (
            "Brandt was quoted as saying the quay was safe.",
            "was quoted as saying",
        ),
        (
            "Boatmen were more likely to say the quay was safe.",
            "were more likely to say",
        ),
    ] {
        let article = article(text);
        let cues: Vec<&str> = article
            .quotes
            .iter()
            .flat_map(|q| &q.cue)
            .map(|c| c.text(text))
            .collect();
        assert_eq!(cues, [cue], "{text}");
    }
    // Whoever wants to stay unnamed reports nothing by it, and what is beside the point is no view.
    for text in [
        "The man, who asked not to be named, left.",
        "Crowds supporting the quay stood in the rain.",
        "The quay looks to the sea.",
    ] {
        assert!(article(text).quotes.is_empty(), "{text}");
    }
}

#[test]
fn a_headline_reports_for_whoever_speaks_below() {
    let text =
        "Brandt: The quay will close\n\nThe mayor, Petra Brandt, said on Monday that the quay would close.\n";
    check(text, &[("The quay will close", "Brandt")]);
    let topic = "Lowmouth: The quay will close\n\nThe mayor, Petra Brandt, said on Monday that it would.\n";
    assert_eq!(source_of(&article(topic), "The quay will close"), "aside");
}

/// Who speaks, by the name of the entity.
fn speaker_of(article: &Article, piece: &str) -> String {
    let quote = article
        .quotes
        .iter()
        .find(|q| q.spans.iter().any(|s| s.text(&article.text).contains(piece)));
    let speaker = quote
        .and_then(|q| q.speaker)
        .and_then(|s| article.entities.get(s));
    speaker.map_or_else(|| "nobody".to_owned(), |e| e.name.clone())
}
