//! What an item of Wikidata is to us: by its class, or an office by its English title. Both are tables.

use std::sync::OnceLock;

use crate::kb::{Role, source::parse_role};

/// What a class makes of an item.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Use {
    /// A state: "sovereign", "historical", or "" for what its other facts say.
    Country(&'static str),
    /// A body of this kind.
    Body(&'static str),
    /// An office.
    Position(Role),
    /// A family name.
    Name,
}

/// A row of `classes.tsv`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Class {
    /// The number of its Wikidata id.
    pub id: u32,
    /// Its English label.
    pub label: &'static str,
    /// What it makes of an item.
    pub means: Use,
    /// The least number of wiki pages for an item to be kept.
    pub links: u16,
}

/// The rows of a table without comments and head.
fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .skip(1)
        .map(|line| line.split('\t').collect())
}

/// The classes, in the order of the table.
pub fn classes() -> &'static [Class] {
    static CLASSES: OnceLock<Vec<Class>> = OnceLock::new();
    CLASSES.get_or_init(|| {
        rows(include_str!("../../../data/wikidata/classes.tsv"))
            .filter_map(|row| match row[..] {
                [id, label, kind, is, links] => Some(Class {
                    id: number(id)?,
                    label,
                    means: match kind {
                        "country" => Use::Country(is),
                        "body" => Use::Body(is),
                        "position" => Use::Position(parse_role(is)?),
                        "name" => Use::Name,
                        _ => return None,
                    },
                    links: links.parse().ok()?,
                }),
                _ => None,
            })
            .collect()
    })
}

/// The number of a Wikidata id: 42 for "Q42".
pub(crate) fn number(id: &str) -> Option<u32> {
    let digits = id.strip_prefix('Q')?;
    let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    digits.parse().ok().filter(|n| plain && *n > 0)
}

/// A row of `titles.tsv`: the groups of words of which a title must have one each.
type Title = (Role, Vec<Vec<&'static str>>);

/// What an office is by its English title ("Minister of Foreign Affairs").
pub fn role_of_title(title: &str) -> Option<Role> {
    static TITLES: OnceLock<Vec<Title>> = OnceLock::new();
    let titles = TITLES.get_or_init(|| {
        rows(include_str!("../../../data/wikidata/titles.tsv"))
            .filter_map(|row| match row[..] {
                [role, groups] => Some((
                    parse_role(role)?,
                    groups
                        .split(' ')
                        .map(|group| group.split('|').collect())
                        .collect(),
                )),
                _ => None,
            })
            .collect()
    });
    let lower = title.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric() && c != '-')
        .filter(|word| !word.is_empty())
        .collect();
    let has = |wanted: &str| {
        words.iter().any(|word| match wanted.strip_suffix('*') {
            Some(beginning) => word.starts_with(beginning),
            None => *word == wanted,
        })
    };
    titles
        .iter()
        .find(|(_, groups)| groups.iter().all(|group| group.iter().any(|wanted| has(wanted))))
        .map(|(role, _)| *role)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_whole() {
        let rows_in = |text: &'static str| rows(text).count();
        assert_eq!(
            classes().len(),
            rows_in(include_str!("../../../data/wikidata/classes.tsv"))
        );
        for row in rows(include_str!("../../../data/wikidata/titles.tsv")) {
            assert!(row.len() == 2 && parse_role(row[0]).is_some(), "{row:?}");
        }
        let mut ids: Vec<u32> = classes().iter().map(|class| class.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), classes().len(), "a class stands twice");
    }

    #[test]
    fn offices_by_their_titles() {
        for (title, role) in [
            ("Minister of Foreign Affairs", Role::ForeignMinister),
            (
                "Minister for Defence and the Arms Industry",
                Role::DefenceMinister,
            ),
            ("Deputy Minister of Defence", Role::JuniorMinister),
            ("Deputy Prime Minister", Role::DeputyHeadOfGovernment),
            ("Prime Minister of Norway", Role::HeadOfGovernment),
            ("Minister of Fisheries", Role::Minister),
            ("Chancellor of the Exchequer", Role::FinanceMinister),
            ("Governor of the Bank of Spain", Role::CentralBank),
            ("Shadow Chancellor", Role::Other),
            ("member of the German Bundestag", Role::Legislator),
            ("President of the Republic", Role::HeadOfState),
            ("Secretary-General of NATO", Role::OrgHead),
        ] {
            assert_eq!(role_of_title(title), Some(role), "{title}");
        }
        assert_eq!(role_of_title("goalkeeper"), None);
    }

    #[test]
    fn ids() {
        assert_eq!(number("Q42"), Some(42));
        for id in ["Q", "Q0", "42", "Q+5", "Q4294967296", "P31", "Q 1"] {
            assert_eq!(number(id), None, "{id}");
        }
    }
}
