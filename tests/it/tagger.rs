//! The part-of-speech tagger on sentences of our own whose tags are beyond dispute.

use copydesk::{
    base::span::Span,
    syntax::{
        name_tag::{self, NameKind},
        tag::{self, Tag, model::Model},
        token::tokenize,
    },
};

/// Tags `text`, one sentence, and compares with `want`: "word/TAG" for the words that matter, in order.
#[track_caller]
fn check(text: &str, want: &str) {
    let mut tokens = tokenize(text, &[]);
    let n = tokens.len();
    tag::tag(&mut tokens, 0..n);
    let all: Vec<String> = tokens
        .list
        .iter()
        .map(|t| format!("{}/{}", t.span.text(text), t.tag.name()))
        .collect();
    let mut rest = all.iter();
    for item in want.split_whitespace() {
        assert!(
            rest.any(|t| t == item),
            "{item} is missing, or not in this order: {}",
            all.join(" ")
        );
    }
}

#[test]
fn narration() {
    check(
        "The minister said the talks would resume on Monday.",
        "The/DET minister/NOUN said/VERB.VBD the/DET talks/NOUN.NNS would/AUX resume/VERB.VB on/ADP Monday/PROPN ./PUNCT",
    );
    check(
        "She has asked two ministers to explain why the bridge was closed.",
        "She/PRON has/AUX asked/VERB.VBN two/NUM ministers/NOUN.NNS to/PART explain/VERB.VB was/AUX closed/VERB.VBN",
    );
    check(
        "Helena Brandt, who leads the small party, is calling for a vote.",
        "Helena/PROPN Brandt/PROPN who/PRON leads/VERB.VBZ small/ADJ party/NOUN is/AUX calling/VERB.VBG for/ADP vote/NOUN",
    );
    check(
        "Workers and farmers were angry, but they did not march.",
        "Workers/NOUN.NNS and/CCONJ farmers/NOUN.NNS were/AUX angry/ADJ but/CCONJ they/PRON did/AUX not/PART march/VERB.VB",
    );
    check(
        "The mayor of Lindau quickly rejected the claim.",
        "The/DET mayor/NOUN of/ADP Lindau/PROPN quickly/ADV rejected/VERB.VBD the/DET claim/NOUN",
    );
}

#[test]
fn speech() {
    check(
        "“We will not sign this,” he told reporters in Vienna.",
        "“/PUNCT We/PRON will/AUX not/PART sign/VERB.VB ,/PUNCT ”/PUNCT he/PRON told/VERB.VBD reporters/NOUN.NNS in/ADP Vienna/PROPN",
    );
    check(
        "“It was a mistake,” said the former judge.",
        "It/PRON was/AUX mistake/NOUN said/VERB.VBD the/DET former/ADJ judge/NOUN",
    );
    check(
        "According to the report, nobody was warned.",
        "According/VERB.VBG the/DET report/NOUN nobody/PRON was/AUX warned/VERB.VBN",
    );
    check(
        "They think that he lied.",
        "They/PRON think/VERB.VBZ that/SCONJ he/PRON lied/VERB.VBD",
    );
}

#[test]
fn contractions_and_possessives() {
    check("We don't know.", "We/PRON don't/AUX know/VERB.VB");
    check("We don’t know.", "We/PRON don’t/AUX know/VERB.VB");
    // The folded forms are those of "were" and "well".
    check(
        "We're sure they'll come.",
        "We're/PRON sure/ADJ they'll/PRON come/VERB.VB",
    );
    check(
        "The city's streets were empty.",
        "city/NOUN 's/PART streets/NOUN.NNS were/AUX empty/ADJ",
    );
    check("She's leaving.", "She/PRON 's/AUX leaving/VERB.VBG");
}

#[test]
fn headlines() {
    check(
        "Minister Says Talks Will Resume on Monday",
        "Says/VERB.VBZ Talks/NOUN.NNS Will/AUX Resume/VERB.VB on/ADP",
    );
    check(
        "MINISTER SAYS TALKS WILL RESUME ON MONDAY",
        "SAYS/VERB.VBZ WILL/AUX RESUME/VERB.VB ON/ADP",
    );
    check(
        "the minister said the talks would resume",
        "the/DET minister/NOUN said/VERB.VBD would/AUX resume/VERB.VB",
    );
}

#[test]
fn odd_input_is_no_trouble() {
    for text in [
        "",
        "?",
        "…",
        "’s",
        "A",
        "\u{301}",
        "12 %",
        "“”“”",
        "İİİİ İİİİ İİİİ",
    ] {
        let mut tokens = tokenize(text, &[]);
        let n = tokens.len();
        tag::tag(&mut tokens, 0..n);
        // A range past the end is cut, one that ends before it starts is empty.
        tag::tag(&mut tokens, n..n + 5);
        tag::tag(&mut tokens, n + 3..n + 5);
    }
}

#[test]
fn tags_depend_on_the_sentence_alone() {
    let text = "Trade talks stalled. The talks stalled again.";
    let mut tokens = tokenize(text, &[]);
    tag::tag(&mut tokens, 0..4);
    tag::tag(&mut tokens, 4..9);
    let again = {
        let mut t = tokenize("The talks stalled again.", &[]);
        tag::tag(&mut t, 0..5);
        t
    };
    let tags: Vec<Tag> = tokens.list[4..].iter().map(|t| t.tag).collect();
    assert_eq!(tags, again.list.iter().map(|t| t.tag).collect::<Vec<_>>());
    assert_eq!(tokens.list[4].span, Span::new(21, 24));
}

#[test]
fn the_embedded_weights_are_whole() {
    Model::read(tag::WEIGHTS).expect("the weights that are shipped");
    assert!(
        tag::WEIGHTS.len() <= 3_000_000,
        "{} bytes are more than 3 MB",
        tag::WEIGHTS.len()
    );
}

#[test]
fn damaged_weights_are_refused() {
    let read = |bytes: &[u8]| Model::read(bytes).err().map(|e| e.to_string());
    let mut bytes = tag::WEIGHTS.to_vec();
    *bytes.last_mut().expect("weights") ^= 1;
    assert_eq!(
        read(&bytes).as_deref(),
        Some("weights are damaged: the checksum does not match")
    );
    assert_eq!(
        read(b"something else").as_deref(),
        Some("not a file of weights: it does not begin with CDLM")
    );
    bytes[4] = 9;
    assert_eq!(
        read(&bytes).as_deref(),
        Some("weights are of version 9, this program reads version 1: train them again")
    );
}

/// The names found in `text`, one sentence: "name/Kind", in order.
fn names_in(text: &str) -> String {
    let mut tokens = tokenize(text, &[]);
    let n = tokens.len();
    tag::tag(&mut tokens, 0..n);
    name_tag::name_spans(&tokens, 0..n)
        .into_iter()
        .map(|name| format!("{}/{:?}", tokens.span(name.tokens).text(text), name.kind))
        .collect::<Vec<_>>()
        .join(" | ")
}

#[test]
fn names_nobody_has_heard_of() {
    for (text, want) in [
        (
            "“We are ready,” said Helena Brandt, the mayor.",
            "Helena Brandt/Person",
        ),
        (
            "Mr. Tomas Velin lives in Karsholm.",
            "Tomas Velin/Person | Karsholm/Place",
        ),
        (
            "She told reporters that Marcus Oyelaran would resign.",
            "Marcus Oyelaran/Person",
        ),
        ("The talks were calm, and nobody left the room.", ""),
    ] {
        assert_eq!(names_in(text), want, "in {text}");
    }
}

#[test]
fn a_name_given_has_a_kind() {
    let text = "He was born in Karsholm and studied law.";
    let mut tokens = tokenize(text, &[]);
    let n = tokens.len();
    tag::tag(&mut tokens, 0..n);
    let (kind, margin) = name_tag::kind_of(&tokens, 0..n, 4..5).expect("a span of one word");
    assert_eq!(kind, NameKind::Place);
    assert!((0.5..=1.0).contains(&margin));
    assert_eq!(name_tag::kind_of(&tokens, 0..n, 4..4), None);
    assert_eq!(name_tag::kind_of(&tokens, 0..n, n + 1..n + 9), None);
}

#[test]
fn the_embedded_name_weights_are_whole() {
    name_tag::Model::read(name_tag::WEIGHTS).expect("the weights that are shipped");
    assert!(name_tag::WEIGHTS.len() <= 1_500_000);
}
