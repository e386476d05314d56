//! Each fault of a desk's files says where it is, and what to do.

use super::*;

#[test]
fn faults_say_where_and_what_to_do() {
    let below = Kb::embedded();
    for (text, place, says) in [
        ("[[peple]]\nname = \"A B\"\n", "1:3", "did you mean 'people'?"),
        ("people = 3\n", "1:10", "write [[people]]"),
        ("[[people]]\nnme = \"A B\"\n", "2:1", "did you mean 'name'?"),
        (
            "[[people]]\ngender = \"f\"\nname = \"A B\"\n",
            "2:10",
            "not female or male",
        ),
        ("[[people]]\nnote = \"x\"\n", "1:1", "needs a name"),
        ("[[people]]\nname = \"\"\n", "2:8", "empty"),
        (
            "[[people]]\nname = \"A B\"\ncountry = \"Atlantis\"\n",
            "3:11",
            "no country is called 'Atlantis'",
        ),
        ("[[people]]\nid = \"x9\"\n", "2:6", "give a name"),
        ("[[people]]\nid = \"DE\"\n", "2:6", "is that of Germany"),
        (
            "[[people]]\nname = \"A B\"\n[[people]]\nname = \"a b\"\n",
            "3:1",
            "listed twice",
        ),
        (
            "[[people]]\nname = \"A B\"\noffices = [{ office = \"Mayor\" }]\n",
            "3:12",
            "of which country or body?",
        ),
        (
            "[[people]]\nname = \"A B\"\noffices = [{ office = \"Mayor\", of = \"Nowhere Council\" }]\n",
            "3:37",
            "list it under [[institutions]]",
        ),
        (
            "[[people]]\nname = \"A B\"\noffices = [{ office = \"M\", of = \"DE\", role = \"hed_of_state\" }]\n",
            "3:46",
            "did you mean 'head_of_state'?",
        ),
        (
            "[[people]]\nname = \"A B\"\noffices = [{ office = \"M\", of = \"DE\", from = 2020, to = \"2019\" }]\n",
            "3:46",
            "a date is written",
        ),
        (
            "[[people]]\nname = \"A B\"\noffices = [{ office = \"M\", of = \"DE\", from = \"2020\", to = \"2019\" }]\n",
            "3:12",
            "before it begins",
        ),
        (
            "[[institutions]]\nname = \"A Club\"\ncode = \"NATO\"\n",
            "3:8",
            "choose another",
        ),
        ("[[people]\n", "1:10", ""),
    ] {
        let made = People::parse(text, true).and_then(|people| people.over(below, "people.toml", text));
        let e = made.err().unwrap_or_else(|| panic!("no fault: {text}"));
        assert_eq!(format!("{}:{}", e.line, e.column), place, "{text}{}", e.message);
        assert!(e.message.contains(says), "{text}{}", e.message);
        assert!(!e.message.contains('\n'), "{text}{}", e.message);
    }
}
