//! Changes of a desk's own files, as replacements in their text: a row more for a person, and the patterns and
//! paths that follow a file which gets another name.

use std::ops::Range;

use toml::{Spanned, de::DeValue};

use crate::{
    base::order::Order,
    desk::people::People,
    rules::config::{self, Fault},
};

/// A replacement in a text of settings.
pub type Edit = (Range<usize>, String);

/// Adds a person to the text of a file of people; `role` is what the article calls them, and is only suggested.
/// `None` where the text is broken, or is not open to a row more.
pub fn add_person(text: &str, name: &str, role: Option<&str>) -> Option<Edit> {
    const HEAD: &str = "# The desk's own people, bodies and places.\n";
    let mut row = String::new();
    if text.trim().is_empty() {
        row.push_str(HEAD);
    }
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    if !text.is_empty() && !text.ends_with('\n') {
        row.push('\n');
    }
    if !text.is_empty() || !row.is_empty() {
        row.push('\n');
    }
    row.push_str(&format!("[[people]]\nname = {}\n", quoted(name)));
    if let Some(role) = role {
        row.push_str(&format!(
            "# offices = [{{ office = {}, of = \"…\", from = \"…\" }}]\n",
            quoted(role)
        ));
    }
    let row = row.replace('\n', newline);
    // Whatever the file is like, it is not broken by us.
    let sound = People::parse(text, true).is_ok() && People::parse(&format!("{text}{row}"), true).is_ok();
    sound.then_some((text.len()..text.len(), row))
}

/// What is to be changed in the text of `copydesk.toml` when the file or folder `from` becomes `to`, both relative to
/// its folder and with `/` between their parts: patterns of overrides and paths of packs that begin with `from`. A
/// pattern that fits by a wildcard, or a bare name that fits in any folder, is left as it is.
pub fn follow(text: &str, from: &str, to: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    // A text that cannot be read has its fault shown in it; nothing in it follows.
    if let Ok(root) = config::parse(text) {
        for (key, value) in root.get_ref() {
            let _ = match key.get_ref().as_ref() {
                "kb" => each(value, &mut |path| edits.extend(moved(path, from, to, false))),
                "overrides" => patterns(value, &mut |pattern| edits.extend(moved(pattern, from, to, true))),
                _ => Ok(()),
            };
        }
    }
    edits.order_by_key(|(range, _)| range.start);
    edits
}

fn patterns(
    value: &Spanned<DeValue<'_>>,
    change: &mut impl FnMut(&Spanned<DeValue<'_>>),
) -> Result<(), Fault> {
    for item in config::list(value, "")? {
        for (key, value) in config::table(item, "")? {
            if key.get_ref() == "files" {
                each(value, change)?;
            }
        }
    }
    Ok(())
}

/// Calls `change` with a text, or with each of a list.
fn each(value: &Spanned<DeValue<'_>>, change: &mut impl FnMut(&Spanned<DeValue<'_>>)) -> Result<(), Fault> {
    match value.get_ref() {
        DeValue::Array(list) => list.iter().for_each(change),
        _ => change(value),
    }
    Ok(())
}

fn moved(value: &Spanned<DeValue<'_>>, from: &str, to: &str, is_pattern: bool) -> Option<Edit> {
    let old = config::string(value).ok()?;
    let path = old.trim_start_matches("./");
    let rest = path.strip_prefix(from)?;
    // "archive" is no part of "archives/**"; and a pattern without a folder means files of that name anywhere.
    if !(rest.is_empty() || rest.starts_with('/')) || is_pattern && !path.contains('/') {
        return None;
    }
    // A name with a sign that patterns take for something else cannot be written as one.
    if is_pattern && (to.contains(['*', '?', '{', '}']) || !format!("{to}{rest}").contains('/')) {
        return None;
    }
    Some((value.span(), quoted(&format!("{to}{rest}"))))
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn apply(text: &str, edits: &[Edit]) -> String {
        let mut out = text.to_owned();
        for (range, new) in edits.iter().rev() {
            out.replace_range(range.clone(), new);
        }
        out
    }

    #[test]
    fn a_person_is_added_to_what_is_there() {
        let role = "# offices = [{ office = \"harbor master\", of = \"…\", from = \"…\" }]";
        for (text, wanted) in [
            (
                "",
                "# The desk's own people, bodies and places.\n\n[[people]]\nname = \"Liis \\\"L\\\" Tamm\"\n",
            ),
            (
                "checked = 2026-11-02",
                "checked = 2026-11-02\n\n[[people]]\nname = \"Liis \\\"L\\\" Tamm\"\n",
            ),
            (
                "[[people]]\r\nname = \"A B\"\r\n",
                "[[people]]\r\nname = \"A B\"\r\n\r\n[[people]]\r\nname = \"Liis \\\"L\\\" Tamm\"\r\n",
            ),
        ] {
            let edit = add_person(text, "Liis \"L\" Tamm", None).unwrap();
            assert_eq!(apply(text, &[edit]), wanted);
            let edit = add_person(text, "Liis \"L\" Tamm", Some("harbor master")).unwrap();
            let with_role = apply(text, &[edit]);
            assert!(with_role.trim_end().ends_with(role), "{with_role}");
            assert!(People::parse(&with_role, true).is_ok());
        }
        for broken in ["[[people]]\nnme = 3\n", "people = []\n", "[[people"] {
            assert_eq!(add_person(broken, "A B", None), None, "{broken}");
        }
    }

    #[test]
    fn patterns_and_packs_follow_what_they_name() {
        let text = "kb = [\"packs/a.kb\", 'b.kb']\n[[overrides]]\nfiles = [\"archive/**\", \"archives/*.md\", \"archive/old/a.txt\", \"a.txt\"]\n\
                    [[overrides]]\nfiles = \"./archive/x.txt\"\n";
        for (from, to, gone, come) in [
            ("archive", "attic/deep", "\"archive/", "\"attic/deep/"),
            ("archive/old/a.txt", "b.txt", "", ""),
            (
                "archive/old/a.txt",
                "archive/b.txt",
                "archive/old/a.txt",
                "archive/b.txt",
            ),
            ("a.txt", "b.txt", "", ""),
            ("b.kb", "packs/c.kb", "'b.kb'", "\"packs/c.kb\""),
            ("packs", "kb", "\"packs/", "\"kb/"),
            ("archive", "att*c", "", ""),
            ("archi", "x", "", ""),
        ] {
            let edits = follow(text, from, to);
            let wanted = match from {
                "archive" if !gone.is_empty() => text.replace(gone, come).replace("./archive", "attic/deep"),
                _ if gone.is_empty() => text.to_owned(),
                _ => text.replace(gone, come),
            };
            assert_eq!(apply(text, &edits), wanted, "{from} to {to}");
        }
        assert_eq!(follow("[[overrides", "a", "b"), []);
    }
}
