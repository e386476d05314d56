//! The word lists of this layer (`data/en/syntax.tsv`), by class. Another language is another file.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

/// What a listed word tells; the classes are explained at the head of the file.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Class {
    Label,
    By,
    Byline,
    Reporting,
    Dateline,
    Place,
    Date,
    Agency,
    Caption,
    Credit,
    Credited,
    Position,
    Starter,
    Said,
    Source,
    Clipped,
    Dialogue,
    Interview,
    Addressed,
    Spoken,
}

const CLASSES: &[(&str, Class)] = &[
    ("label", Class::Label),
    ("by", Class::By),
    ("byline", Class::Byline),
    ("reporting", Class::Reporting),
    ("dateline", Class::Dateline),
    ("place", Class::Place),
    ("date", Class::Date),
    ("agency", Class::Agency),
    ("caption", Class::Caption),
    ("credit", Class::Credit),
    ("credited", Class::Credited),
    ("position", Class::Position),
    ("starter", Class::Starter),
    ("said", Class::Said),
    ("source", Class::Source),
    ("clipped", Class::Clipped),
    ("dialogue", Class::Dialogue),
    ("interview", Class::Interview),
    ("addressed", Class::Addressed),
    ("spoken", Class::Spoken),
];

const TEXT: &str = include_str!("../../data/en/syntax.tsv");

fn rows() -> impl Iterator<Item = (Class, &'static str)> {
    TEXT.lines().filter(|l| !l.starts_with('#')).filter_map(|line| {
        let (class, word) = line.split_once('\t')?;
        let class = CLASSES.iter().find(|c| c.0 == class)?.1;
        Some((class, word))
    })
}

static SETS: LazyLock<[FxHashSet<&'static str>; CLASSES.len()]> = LazyLock::new(|| {
    let mut sets = std::array::from_fn(|_| FxHashSet::default());
    for (class, word) in rows() {
        sets[class as usize].insert(word);
    }
    sets
});

/// The words of a class in the order of the file, for those that are looked for inside a text.
static LISTS: LazyLock<FxHashMap<Class, Vec<&'static str>>> = LazyLock::new(|| {
    let mut lists: FxHashMap<Class, Vec<&str>> = FxHashMap::default();
    for (class, word) in rows() {
        lists.entry(class).or_default().push(word);
    }
    lists
});

impl Class {
    /// Whether `word` is of this class; as it is written in the file, so lower it first where the file has
    /// small letters.
    pub(super) fn has(self, word: &str) -> bool {
        SETS[self as usize].contains(word)
    }

    /// The words of this class.
    pub(super) fn list(self) -> &'static [&'static str] {
        LISTS.get(&self).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read_and_no_class_is_empty() {
        let lines = TEXT.lines().filter(|l| !l.starts_with('#')).count();
        assert_eq!(rows().count(), lines, "a row without a known class");
        for (i, (name, class)) in CLASSES.iter().enumerate() {
            assert_eq!(*class as usize, i);
            assert!(!class.list().is_empty(), "no {name}");
        }
    }
}
