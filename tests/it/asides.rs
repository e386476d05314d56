//! What stands in marks and is not said: titles, names, terms, signs.

use copydesk::semantic::article::Article;

use crate::quotes::{article, check};

/// What stands on signs, what things go by, what words mean, and programs: nobody says it, whoever speaks around it.
#[test]
fn what_stands_in_marks_and_is_not_said() {
    for (text, aside) in [
        (
            "A sign at the top of the weir now reads “Keep off the wall”.",
            "“Keep off the wall”",
        ),
        (
            "“A floating museum” read a handwritten sign by the lock.",
            "“A floating museum”",
        ),
        (
            "Okoro passed farmers holding banners saying “Water first”, police said.",
            "“Water first”",
        ),
        (
            "Okoro says that your article (‘Let the sea have it’, March 9) is wrong.",
            "‘Let the sea have it’",
        ),
        (
            "Okoro knows no author (“The Miller Nobody Reads”, Books, p14) of that name.",
            "“The Miller Nobody Reads”",
        ),
        (
            "Snow fell on the quay at noon.\n\n“The Town That Sold Its River” (The Lantern)\n",
            "“The Town That Sold Its River”",
        ),
        (
            "A man in a “Bring Back the Dam” cap said no.",
            "“Bring Back the Dam”",
        ),
        (
            "Brandt sold honey from jars labelled “Pure Mill Honey”, the court heard.",
            "“Pure Mill Honey”",
        ),
        (
            "“Mend it, use it, pass it on” is the motto above the mill's gate.",
            "“Mend it, use it, pass it on”",
        ),
        (
            "“In ten years we will all be rowing to work,” is one common saying here.",
            "“In ten years we will all be rowing to work,”",
        ),
        (
            "— “Harbour wall to close at the end of May,” by the Herald’s Ida Brandt: http://example.org/wall",
            "“Harbour wall to close at the end of May,”",
        ),
        ("Brandt ran under the slogan “A dam for all”.", "“A dam for all”"),
        (
            "The boat, which locals call “the Sulk”, sank in May, Okoro said.",
            "“the Sulk”",
        ),
        (
            "What engineers call “silent piping” killed the dam, Okoro said.",
            "“silent piping”",
        ),
        (
            "Okoro said the disease, also called “miller's cough”, was rare.",
            "“miller's cough”",
        ),
        ("Brandt, known locally as “the Heron”, said no.", "“the Heron”"),
        ("Okoro told them the important word was “never”.", "“never”"),
        ("Okoro shouted “Vorán”, which means “forward”.", "“forward”"),
        (
            "Brandt closed with “Nu ga”, Halmish for “let us go”.",
            "“let us go”",
        ),
        (
            "Okoro said on Channel Four's “Mill Hour” that he would go.",
            "“Mill Hour”",
        ),
        (
            "Okoro said on “Face the River” that he would go.",
            "“Face the River”",
        ),
        ("The “Heron Lake” star told police she was lost.", "“Heron Lake”"),
        (
            "He named it “Operation Heron”, and Brandt said no.",
            "“Operation Heron”",
        ),
    ] {
        let article = article(text);
        let told = article.asides.iter().any(|a| a.span.text(text) == aside);
        assert!(told, "{aside} is no aside of {text:?}");
        let said = article
            .quotes
            .iter()
            .flat_map(|q| &q.marked)
            .any(|m| m.text(text) == aside);
        assert!(!said, "{aside} is said in {text:?}");
    }
    for (text, piece, source) in [
        (
            "A man with a sign said “we are not leaving the lock”.",
            "“we are not",
            "A man with a sign",
        ),
        (
            "Okoro, holding a sign, said “we are not leaving”.",
            "“we are not",
            "Okoro",
        ),
        (
            "What Okoro called “a floating museum” sank in May.",
            "“a floating",
            "Okoro",
        ),
        ("By that Okoro said he means “not now”.", "“not now”", "he"),
        (
            "Critics call the dam “a floating museum”.",
            "“a floating",
            "Critics",
        ),
        ("Okoro named it “the worst dam of all”.", "“the worst", "Okoro"),
        (
            "“The control is good,” countered Inês Salgado of the Marine Survey of Lisbon.",
            "“The control",
            "Inês Salgado",
        ),
    ] {
        check(text, &[(piece, source)]);
    }
}

#[test]
fn words_in_marks_that_nobody_spoke() {
    check(
        "The so-called “quiet zone” is next to the railway.",
        &[("“quiet zone”", "aside")],
    );
    check(
        "Her novel “The Salt Road” was published in May.",
        &[("“The Salt Road”", "aside")],
    );
    check("Ilse “Rocky” Brandt built the dam.", &[("“Rocky”", "aside")]);
    check("The word “dam” is older than the town.", &[("“dam”", "aside")]);
    // A title stays one where a frame of reporting stands around it.
    check(
        "“The maps had stopped lying,” Ilse Brandt wrote in her memoir, “Folded Wrong”, which came out in May.",
        &[("“The maps had", "Ilse Brandt"), ("“Folded Wrong”", "aside")],
    );
    check(
        "Two towns signed. A petition against the new plan, “Three Weeks Is Too Many”, had 40 names by noon.",
        &[("“Three Weeks Is Too Many”", "aside")],
    );
    check(
        "“We heard it twice,” Brandt said. The paper, “A low note in migrating eels”, appeared in June.",
        &[("“A low note in migrating eels”", "aside")],
    );
    check(
        "The firm was named “Exporter of the Year” in 2021, and its owner called the prize “a joke”.",
        &[("“Exporter of the Year”", "aside"), ("“a joke”", "its owner")],
    );
}

/// The kind of the aside at `piece`, or "-" when its words are no aside.
fn aside_at(article: &Article, piece: &str) -> String {
    let text = &*article.text;
    let aside = article.asides.iter().find(|a| a.span.text(text) == piece);
    aside.map_or_else(|| "-".to_owned(), |a| format!("{:?}", a.kind).to_lowercase())
}

#[test]
fn what_sort_of_words_stand_in_marks() {
    for (text, aside, kind) in [
        // On signs, sung, under a picture.
        (
            "“You are standing in the sea,” read a chalked board that somebody had left on the quay.",
            "“You are standing in the sea,”",
            "-",
        ),
        (
            "“You are standing in the sea,” read a cardboard sign that somebody had left on the quay.",
            "“You are standing in the sea,”",
            "inscription",
        ),
        (
            "Two notes hung in the lock. The first read “Be quick”, the second “Be dry”.",
            "“Be dry”",
            "inscription",
        ),
        (
            "Dockers stamped their feet and sang “Home before the tide”, police said.",
            "“Home before the tide”",
            "slogan",
        ),
        (
            "The sketch hangs in the hall under the words “Ever lower”, which are also the mill's motto.",
            "“Ever lower”",
            "slogan",
        ),
        (
            "Behind the goal hung a bedsheet reading “Back by Tea”, Okoro said.",
            "“Back by Tea”",
            "inscription",
        ),
        (
            "They drove on a road marked “safe” on maps, Okoro said.",
            "“safe”",
            "inscription",
        ),
        (
            "A bus bearing his own portrait and the legend “Promises” passed, Okoro said.",
            "“Promises”",
            "inscription",
        ),
        // Terms, labels, foreign words.
        (
            "Klint, who cut his rating to “sell” before lunch, said no.",
            "“sell”",
            "term",
        ),
        (
            "Her colleagues call her “the Stethoscope”, Okoro said.",
            "“the Stethoscope”",
            "nickname",
        ),
        (
            "Okoro, who has a “hold” rating on the shares, said no.",
            "“hold”",
            "term",
        ),
        (
            "A dog kept for two days as “proof” was freed, Okoro said.",
            "“proof”",
            "term",
        ),
        (
            "Okoro made a ‘suomi kotka’ statement on Monday.",
            "‘suomi kotka’",
            "term",
        ),
        (
            "Okoro voted for Brexit (“British exit”), he said.",
            "“British exit”",
            "term",
        ),
        (
            "Okoro found a pattern called a “glider” in the sand.",
            "“glider”",
            "term",
        ),
        (
            "Brandt made the first climb inside a dam, or “wallwalk”, in May, Okoro said.",
            "“wallwalk”",
            "term",
        ),
        ("Okoro met the agent Pasquale “Pat” Brandt.", "“Pat”", "nickname"),
        ("Reportedly, “DAMO” represents the dam.", "“DAMO”", "term"),
        (
            "Okoro said that the “so-called quays” were sand.",
            "“so-called quays”",
            "scare",
        ),
        // Names of things and people.
        (
            "Okoro showed the “RiverLift” pump to the mayor.",
            "“RiverLift”",
            "name",
        ),
        (
            "The boat, “Patience”, was built in May, Okoro said.",
            "“Patience”",
            "name",
        ),
        (
            "Ilse Brandt of “Dry Feet”, a charity for the flooded, told police no.",
            "“Dry Feet”",
            "name",
        ),
        (
            "The “Grey Heron,” which sank in May, is back.",
            "“Grey Heron,”",
            "name",
        ),
        (
            "Okoro lives in a villa with a tower, known as the “Salt House”.",
            "“Salt House”",
            "name",
        ),
        (
            "Brandt, who sets puzzles under the name ‘Heron’, said no.",
            "‘Heron’",
            "nickname",
        ),
        (
            "A critic in Rome christened her “La Pioggia”.",
            "“La Pioggia”",
            "nickname",
        ),
        ("‘Mudguard’ Brandt drags the Rovers on", "‘Mudguard’", "nickname"),
        ("Halmar’s “Iron Minister” leaves", "“Iron Minister”", "nickname"),
        // Titles of laws, and what stands above a text.
        (
            "They passed the “Inland Ports Bill 2019” on Monday.",
            "“Inland Ports Bill 2019”",
            "title",
        ),
        (
            "The paper came out under the title “A low note in migrating eels”, Okoro said.",
            "“A low note in migrating eels”",
            "title",
        ),
        (
            "They built a course at the Fish Hall called “Reading Nets”.",
            "“Reading Nets”",
            "name",
        ),
    ] {
        assert_eq!(aside_at(&article(text), aside), kind, "{text}");
    }
    // What the text below calls a name is one in the headline; a single word of a long quotation is not its quotation.
    let text = "Halmar to stop ‘Grey Heron’ ferry\n\nHALMAR, March 8 - Halmar will stop a ferry, the ministry said Friday.\n\nThe “Grey \
                Heron,” which began in May, hums. “The Grey Heron hums,” Okoro said.";
    assert_eq!(aside_at(&article(text), "‘Grey Heron’"), "name");
    let text = "The man who ‘shifted’ a lake\n\nHALMAR, March 8 - A mapmaker has died.\n\n“I have shifted one lake and two roads, and \
                nobody has ever thanked me for the roads,” he said.";
    assert_eq!(aside_at(&article(text), "‘shifted’"), "scare");
}

#[test]
fn a_word_that_somebody_used_stays_his() {
    for (text, piece, source) in [
        ("Okoro called the dam “absurd”.", "“absurd”", "Okoro"),
        (
            "Okoro said she had been an “iconic” leader of the board.",
            "“iconic”",
            "Okoro",
        ),
        (
            "“It is late,” Okoro said, asking Brandt to be “patient”.",
            "“patient”",
            "Okoro",
        ),
        ("Okoro dismissed the report as “fiction”.", "“fiction”", "Okoro"),
        (
            "The mayor described the vote as “a farce” rating.",
            "“a farce”",
            "The mayor",
        ),
        (
            "Protesters chanted “No more water” outside.",
            "“No more",
            "Protesters",
        ),
        ("Okoro said it was “a “yes” vote”.", "“a ", "Okoro"),
        // A bracket with a verb of its own, and words with fewer capitals.
        (
            "The dam broke (“It was old”, Okoro said on 9 March) at night.",
            "“It was old”",
            "Okoro",
        ),
        (
            "“We hold the Mill Dam Again,” Okoro said.",
            "“We hold the Mill Dam Again,”",
            "Okoro",
        ),
    ] {
        check(text, &[(piece, source)]);
    }
}
