//! Whom a desk's own list makes known, and by which names.

use super::*;

/// A desk's James Smith is not every Smith.
#[test]
fn whom_the_desk_lists_is_not_meant_by_every_bearer_of_the_surname() {
    for people in [
        "[[people]]\nname = \"James Smith\"\n",
        "[[people]]\nname = \"James Smith\"\ncountry = \"GB\"\n",
        "[[people]]\nname = \"James Smith\"\noffices = [{ office = \"Mayor\", of = \"GB\", from = \"2020\" }]\n",
    ] {
        let kb = People::parse(people, true)
            .and_then(|read| read.over(Kb::embedded(), "people.toml", people))
            .unwrap();
        for (text, wanted) in [
            (
                "Anna Smith, a nurse, was tired. Smith said the night was long.\n\n“We ran out of beds,” Smith said.\n",
                0,
            ),
            (
                "LONDON, March 4 (Wire) - Britain lost a treasurer on Monday.\n\nRobert Smith, the treasurer, said he was ill. \
                 “I need rest,” Smith told reporters in London.\n",
                0,
            ),
            (
                "British officials met on Monday. Smith said the talks had failed.\n",
                0,
            ),
            ("James Smith said the plan was sound. Smith left early.\n", 2),
            (
                "Nurse James Smith said the plan was sound. Smith left early.\n",
                2,
            ),
        ] {
            let context = Context {
                date: Date::from_ymd(2024, 3, 5),
                ..Context::default()
            };
            let article = analyze(&Arc::from(text), &context, &kb);
            let own = |entity: usize| {
                let id = article.entities[entity].kb;
                id.is_some_and(|id| kb.name(id) == "James Smith")
            };
            let found = article.mentions.iter().filter(|m| own(m.entity));
            let found: Vec<_> = found
                .map(|m| m.span.text(text))
                .filter(|w| w.contains("Smith"))
                .collect();
            assert_eq!(found.len(), wanted, "{people}{text}: {found:?}");
        }
    }
}

#[test]
fn whom_the_desk_lists_is_known_by_name_alone() {
    let article: Arc<str> =
        "BERGEN, May 14, 2019 — Ingrid Solheim, the harbor master of Bergen, was less moved.\n".into();
    for (text, known) in [
        ("[[people]]\nname = \"Ingrid Solheim\"\n", true),
        ("[[people]]\nname = \"Ingrid Solheim\"\ncountry = \"NO\"\n", true),
        (
            "[[people]]\nname = \"Ingrid Solheim\"\noffices = [{ office = \"Pilot\", of = \"NO\" }]\n",
            true,
        ),
        ("[[people]]\nname = \"Ingrid Dahl\"\n", false),
    ] {
        let kb = People::parse(text, true)
            .and_then(|people| people.over(Kb::embedded(), "people.toml", text))
            .unwrap();
        let found = analyze(&article, &Context::default(), &kb);
        let solheim = found
            .entities
            .iter()
            .find(|e| e.name == "Ingrid Solheim")
            .unwrap();
        assert_eq!(solheim.kb.is_some(), known, "{text}");
    }
}
