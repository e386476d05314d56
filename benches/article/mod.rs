//! An invented article of any length, for benchmarks and for the test that work is linear.

/// Paragraphs in one round of the story.
pub(crate) const N_PARAGRAPHS: usize = 22;

/// One round of the story; `{a}`, `{b}` and `{c}` are family names, `{ga}` and so on given names.
const STORY: &str = include_str!("story.txt");

/// Family names that no leader bears; with letters at the end they never run out.
const STEMS: [&str; 12] = [
    "Halvik", "Brandau", "Okwuesa", "Terrano", "Lindqvar", "Mavrodou", "Szelény", "Dunmorel", "Aksarin",
    "Pelletan", "Ruizola", "Hartvig",
];

const GIVEN: [&str; 8] = [
    "Lena", "Marek", "Ingrid", "Tomas", "Amara", "Jonas", "Carla", "Viktor",
];

/// `rounds` times the story, each time with three people of its own. About 700 words a round.
pub(crate) fn article(rounds: usize) -> String {
    let mut text =
        String::from("Ministers clash over Baltic grain corridor\n\nBRUSSELS, March 4, 2024 (CNW) - ");
    for round in 0..rounds {
        let mut story = STORY.to_owned();
        for (k, key) in ["a", "b", "c"].iter().enumerate() {
            let n = round * 3 + k;
            story = story
                .replace(&format!("{{g{key}}}"), GIVEN[n % GIVEN.len()])
                .replace(&format!("{{{key}}}"), &family(n));
        }
        text.push_str(&story);
        text.push('\n');
    }
    text
}

/// A family name, the same for the same `n`, and different for each.
fn family(n: usize) -> String {
    let mut name = STEMS[n % STEMS.len()].to_owned();
    let mut rest = n / STEMS.len();
    while rest > 0 {
        name.push((b'a' + (rest % 26) as u8) as char);
        rest /= 26;
    }
    name
}
