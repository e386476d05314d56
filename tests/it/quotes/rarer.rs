//! Rarer ways to report: letters, labels, headlines, dashes, sources beside other phrases.

use super::*;

#[test]
fn objects_in_front_of_their_subjects() {
    check(
        "The match was played on what the mayor described as “a rice field with goalposts”.\n",
        &[("a rice field", "the mayor")],
    );
    check(
        "They lost the ground, which the club's president, Jan Nowak, dismissed as “a rice field with goalposts”.\n",
        &[("a rice field", "the club's president, Jan Nowak,")],
    );
    check(
        "“This is a gauge, not a grab,” Rep. Petra Brandt, a Democrat from Lowmouth who has carried the bill, told colleagues.\n",
        &[(
            "This is a gauge",
            "Rep. Petra Brandt, a Democrat from Lowmouth who has carried the bill,",
        )],
    );
}

#[test]
fn letters_labels_and_countrymen() {
    let interview = "Interview: “We mend clocks”\n\nPetra Brandt has run the works since 2021. She spoke to Jan Nowak.\n\nQ: Do you sleep at all?\n\nA: In winter I do.\n";
    let interview = article(interview);
    assert_eq!(speaker_of(&interview, "We mend clocks"), "nobody");
    assert_eq!(speaker_of(&interview, "Do you sleep"), "the interviewer");
    assert_eq!(speaker_of(&interview, "In winter I do"), "Petra Brandt");
    let coach =
        article("Jan Nowak, the coach, shook his head. “Without him we lose by five,” said the Belgian.\n");
    assert_eq!(speaker_of(&coach, "Without him"), "Jan Nowak");
    let state =
        article("Jan Nowak, the coach, shook his head. “Without grain we starve,” said the Belgians.\n");
    assert_ne!(speaker_of(&state, "Without grain"), "Jan Nowak");
}

/// What somebody quotes inside what he says is somebody's too.
#[test]
fn quotations_inside_quotations() {
    check(
        "“I told the miller: ‘Come in May,’” Okoro said. “He wrote back, ‘In June.’”",
        &[
            ("‘Come in May,’", "I"),
            ("‘In June.’", "He"),
            ("“I told", "Okoro"),
        ],
    );
    // In a turn of an interview the marks are somebody else's.
    check(
        "Q: The mayor called your dam “a sieve”. Was she right?\n\nA: “Build it twice,” my father would say. So I did.",
        &[("“a sieve”", "The mayor"), ("“Build it twice,”", "my father")],
    );
    let text = "“I told the miller: ‘Come in May,’” Okoro said.";
    assert_eq!(speaker_of(&article(text), "‘Come in May,’"), "Okoro");
    // Names and terms inside what is said stay names and terms.
    let text = "“We call it ‘the aunt’,” Okoro said.";
    assert_eq!(speaker_of(&article(text), "“We call"), "Okoro");
}

/// Headlines leave articles out, so that a verb looks like a plural; and a surname may be spelled like another word.
#[test]
fn verbs_of_headlines_and_surnames_that_are_words() {
    let below = "\n\nHALMAR, March 8 - The lock board met on Monday.";
    for (headline, piece, source) in [
        (
            "Ferry boss quits as pilots warn of ‘a long winter’",
            "‘a long winter’",
            "pilots",
        ),
        (
            "Ferry boss quits as union warns of ‘a long winter’",
            "‘a long winter’",
            "union",
        ),
        (
            "Halmar shuts lock as board cites ‘lazy gates’",
            "‘lazy gates’",
            "board",
        ),
        (
            "Council backs gate that critic calls ‘a very wet joke’",
            "‘a very wet",
            "critic",
        ),
        (
            "Halmar weeps as mayor vows to mend ‘every last gate’",
            "‘every last",
            "mayor",
        ),
        ("‘Keep your feet dry’, miller warns", "‘Keep your", "miller"),
        (
            "Otters ‘whistle’ before rain, say zoologists",
            "‘whistle’",
            "zoologists",
        ),
    ] {
        check(&format!("{headline}{below}"), &[(piece, source)]);
    }
    check(
        "Police reports show ‘lazy gates’ at lock",
        &[("‘lazy gates’", "Police reports")],
    );
    for (text, piece, source) in [
        ("“The gate will hold,” Oh said.", "“The gate", "Oh"),
        ("“Will it hold?” So asked.", "“Will it", "So"),
        ("“The gate will hold,” May said on Monday.", "“The gate", "May"),
        ("Oh said the gate was “a joke”.", "“a joke”", "Oh"),
        ("“The gate will hold”, Young said.", "“The gate", "Young"),
        (
            "He left. “The gate will hold,” the mayor said. Also said: nothing.",
            "“The gate",
            "the mayor",
        ),
    ] {
        check(text, &[(piece, source)]);
    }
}

#[test]
fn whole_sentences_behind_their_cue_are_direct() {
    for (text, kind) in [
        ("Okoro said on Friday “We mend the gate in May.”", "Direct"),
        ("Okoro said, “any gate that leaks will be mended.”", "Direct"),
        ("Okoro said that “we mend the gate in May”.", "Mixed"),
        ("Okoro called the gate “We Shall See”.", "Mixed"),
    ] {
        let article = article(text);
        let found = article.quotes.first().map(|q| format!("{:?}", q.kind));
        assert_eq!(found.as_deref(), Some(kind), "{text}");
    }
}

/// Ways in which English hangs words on whoever said them that are rarer than "he said".
#[test]
fn rarer_ways_to_name_a_source() {
    for (text, piece, source) in [
        (
            "Okoro slept, and as Brandt went on about “how the gates are built,” and “the smell of tar,” Ines said yes.",
            "“how the gates",
            "Brandt",
        ),
        (
            "Halmar accused the board's chief, Ilse Brandt, of “a very wet joke”.",
            "“a very wet",
            "Halmar",
        ),
        (
            "Deploring the “leaky gate,” Okoro told Brandt to leave.",
            "“leaky gate,”",
            "Okoro",
        ),
        (
            "After saying the gate was “so rusty a child could kick it in,” she was “carried off” by friends.",
            "“so rusty",
            "she",
        ),
        (
            "The first condition is a “dry pair of feet,” as a board memo put it.",
            "“dry pair",
            "a board memo",
        ),
        (
            "Okoro attacked Brandt as a “disgrace” after she mocked the board and blamed the leak on “tired wood”.",
            "“tired wood”",
            "she",
        ),
        (
            "Groups of dockers marched past the mill - where the Herons had met the Gulls - while chanting, “Feet up, hands dry.”",
            "“Feet up",
            "Groups of dockers",
        ),
        (
            "Okoro, who in 2010 said the first goal was to make Brandt a “one-flood mayor”, left.",
            "“one-flood",
            "who",
        ),
        (
            "Dockers answered with chants of “I’m with the mayor” until Okoro left.",
            "“I’m with",
            "Dockers",
        ),
        (
            "There was laughter, and a cry of “Resign!” from the gallery.",
            "“Resign!”",
            "the gallery",
        ),
        (
            "To Brandt, Okoro is the “stubborn and gentle” man who kept the lock open.",
            "“stubborn",
            "Brandt",
        ),
        (
            "Lockcheck then ruled that the statement about the gate is “half true,” but it stayed.",
            "“half true,”",
            "Lockcheck",
        ),
    ] {
        check(text, &[(piece, source)]);
    }
}

#[test]
fn sources_beside_other_phrases() {
    for (text, piece, source) in [
        (
            "Ines told a guard at the lock, in Halmish and English, “they sank me”.",
            "“they sank me”",
            "Ines",
        ),
        (
            "Okoro said — as reported by the Halmar Herald — “The mill will be a school again.”",
            "“The mill",
            "Okoro",
        ),
        (
            "The three-judge court found Roy's advice to the board “was moved by an improper love of boats”.",
            "“was moved",
            "The three-judge court",
        ),
        (
            "Okoro, who dismissed the board's claims as a “wet dream”, left.",
            "“wet dream”",
            "who",
        ),
        (
            "The flood was earlier declared to be an “act of God” by the Board of Locks.",
            "“act of God”",
            "the Board of Locks",
        ),
        (
            "A number of dockers condemned the act, citing it as a “grave abuse of rope”.",
            "“grave abuse",
            "A number of dockers",
        ),
        (
            "The board put out a statement which said, in part, “The wheel must turn.”",
            "“The wheel",
            "The board",
        ),
        (
            "Okoro called the dam “a very dry joke”, according to the Herald.",
            "“a very dry",
            "Okoro",
        ),
        (
            "The board asked for a copy, “for the shelf”, according to Ilse Brandt.",
            "“for the shelf”",
            "Ilse Brandt",
        ),
        (
            "In the board's letter the delay was put down to “paper”.",
            "“paper”",
            "the board's",
        ),
        (
            "She has had a few lines, her mother concedes, “most of them quite dry”.",
            "“most of them",
            "her mother",
        ),
        (
            "“Which was under water at the time,” pointed out Ines Varga.",
            "“Which was",
            "Ines Varga",
        ),
        (
            "“A gate cannot see who opens it,” was his verdict.",
            "“A gate",
            "his",
        ),
        (
            "Okoro said “recently”, then “in May”, then left.",
            "“in May”",
            "Okoro",
        ),
        (
            "Dockers had to remove the slogans that the county considers “indecent”.",
            "“indecent”",
            "the county",
        ),
        (
            "Okoro said the board had built a lock that its own engineers called “the maze”.",
            "“the maze”",
            "its own engineers",
        ),
        (
            "Okoro, asked whether “the gate would ever close”, left.",
            "“the gate",
            "-",
        ),
    ] {
        check(text, &[(piece, source)]);
    }
    // A colon in a headline gives way to whoever says the words below.
    let text = "“Water is nobody's gift”: Halmar, Vorland end talks\n\nHALMAR, March 8 - The talks ended on Monday.\n\n“Water is nobody's \
                gift,” Ilse Brandt told reporters.";
    check(text, &[("“Water is nobody's gift”", "Ilse Brandt")]);
    let text = "Coast votes, live: “The tide has left us”\n\nHALMAR, March 8 - The count ended on Monday.\n\n“The tide has left us,” Ilse \
                Brandt told reporters.";
    check(text, &[("“The tide has left us”", "Ilse Brandt")]);
}

#[test]
fn what_is_said_before_a_dash_ends_there() {
    let text = "When Okoro noted that she had never paid for it ― as was true for ten years ― Brandt boasted, “That makes me dry.”";
    let article = article(text);
    let noted = article.quotes.first().expect("the first report");
    let end = text.find("Brandt").expect("the name") as u32;
    assert!(noted.spans.iter().all(|s| s.end <= end), "{noted:#?}");
    assert_eq!(source_of(&article, "“That makes"), "Brandt");
}

#[test]
fn whoever_is_called_by_name_answers() {
    check(
        "“Was that luck?” Ms Brandt asked.\n\n“It was good advice,” he replied.\n\n“You were desperate, Mr Okoro.”\n\n“I was \
         broke.”",
        &[("“You were desperate", "Ms Brandt"), ("“I was", "he")],
    );
    // Somebody else who is named goes on speaking.
    check(
        "“Was that luck?” Ms Brandt asked.\n\n“It was good advice,” he replied.\n\n“I never met the old Mr Okoro.”",
        &[("“I never met", "he")],
    );
}

#[test]
fn the_two_halves_of_what_a_letter_reads() {
    let article = article("“If we stay,” it reads, “we lose the harbor.”");
    assert_eq!(article.quotes.len(), 1);
    assert_eq!(article.quotes[0].spans.len(), 2);
}

#[test]
fn what_something_is_called_ends_before_what_it_does() {
    let content = |text: &str| {
        let article = article(text);
        let quote = article
            .quotes
            .first()
            .map(|q| q.spans.clone())
            .unwrap_or_default();
        let words = quote.iter().map(|s| s.text(&article.text).to_owned());
        words.collect::<Vec<_>>().join(" … ")
    };
    let toll = content("The toll was described by hauliers as “a tax on getting up” and drew a rebuke.");
    assert_eq!(toll, "“a tax on getting up”");
    let plan = content("The plan, which was described by Roy as “late”, was dropped and cost millions.");
    assert_eq!(plan, "“late”");
}

#[test]
fn one_who_speaks_for_several() {
    let name = |text: &str| {
        let article = article(text);
        let speaker = article.quotes.first().and_then(|q| q.speaker);
        speaker
            .map(|e| article.entities[e].name.clone())
            .unwrap_or_default()
    };
    let bench = name("A bench of Justice Ravi Raman and Justice Leela Nair said that it was late.");
    assert_eq!(bench, "a bench");
    let daughter = name("Ada Holm, the daughter of Tom Holm and Ruth Reyes, said that it was late.");
    assert_eq!(daughter, "Ada Holm");
    let minister = name("The judge allowed the minister to claim that “all was well”.");
    assert_eq!(minister, "the minister");
    // A headline that names the post by whose it is.
    let boss = name(
        "# ‘We lost the plot’: Norvia boss on the crash\n\nNorvia’s chief executive said that it was late.",
    );
    assert_eq!(boss, "Norvia's chief executive".replace('\'', "’"));
    let pair = name("Tom Holm and Ruth Reyes said that it was late.");
    assert_eq!(pair, "Tom Holm and Ruth Reyes");
}
