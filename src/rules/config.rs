//! What a desk has set: which rules run and how much they matter; read from `copydesk.toml` by the command
//! line and the server alike. docs/config.md describes every key.

use std::{borrow::Cow, collections::BTreeMap, ops::Range};

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::{
    base::order::Order,
    base::{date::Date, place::line_and_column},
    rules::{self, Rule, Severity, glob},
    syntax::block::Format,
};

/// Settings of one project. Pure data; finding and reading the file is the caller's work.
#[derive(Clone, PartialEq, Debug)]
pub struct Config {
    /// The date of articles that carry none.
    pub date: Option<Date>,
    /// The least severity that makes `copydesk check` fail.
    pub fail_level: Severity,
    /// Spellings that the house does not use, and those that it does.
    pub spelling: Vec<Spelling>,
    /// Language ids of editors, and how their text is written.
    pub languages: BTreeMap<String, Format>,
    /// The house whose style is followed; it switches some rules on as hints.
    pub house: Option<House>,
    /// Files of knowledge bases to lay over the one in the program, the farthest first.
    pub packs: Vec<Pack>,
    levels: BTreeMap<&'static str, Option<Severity>>,
    overrides: Vec<Override>,
}

/// A house whose published style some rules follow.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs, reason = "the names say who they are")]
pub enum House {
    Ap,
    Bbc,
    Guardian,
    Reuters,
}

impl House {
    /// The names that the settings use.
    pub const NAMES: [(&'static str, Self); 4] = [
        ("ap", Self::Ap),
        ("bbc", Self::Bbc),
        ("guardian", Self::Guardian),
        ("reuters", Self::Reuters),
    ];
}

/// One line of the house's spelling list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Spelling {
    /// The spelling to replace.
    pub variant: String,
    /// The house's spelling.
    pub house: String,
}

/// A pack that the configuration names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pack {
    /// The path as it is written, from the folder of the configuration.
    pub path: String,
    /// Where it is written.
    pub span: Range<usize>,
}

/// Settings for some files only.
#[derive(Clone, PartialEq, Debug)]
struct Override {
    files: Vec<String>,
    date: Option<Date>,
    levels: BTreeMap<&'static str, Option<Severity>>,
}

/// Why a configuration cannot be used: one line for the user, with the place and what to do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ConfigError {
    /// Byte range of the file's text that is at fault.
    pub span: Range<usize>,
    /// 1-based line.
    pub line: usize,
    /// 1-based column, in characters.
    pub column: usize,
    /// What is wrong and what to do.
    pub message: String,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            date: None,
            fail_level: Severity::Warning,
            spelling: Vec::new(),
            languages: BTreeMap::from([
                ("plaintext".to_owned(), Format::Plain),
                ("text".to_owned(), Format::Plain),
                ("markdown".to_owned(), Format::Markdown),
            ]),
            house: None,
            packs: Vec::new(),
            levels: BTreeMap::new(),
            overrides: Vec::new(),
        }
    }
}

impl ConfigError {
    /// An error at a byte range of `text`.
    pub fn at(text: &str, span: Range<usize>, message: impl Into<String>) -> Self {
        fault(text, span, message.into())
    }
}

impl Config {
    /// Reads the text of a `copydesk.toml`.
    pub fn parse(text: &str) -> Result<Self, ConfigError> {
        Self::parse_all(text).map_err(|mut faults| faults.swap_remove(0))
    }

    /// The same, with everything that is wrong, in the order of the text; at least one fault.
    pub fn parse_all(text: &str) -> Result<Self, Vec<ConfigError>> {
        let mut config = Self::default();
        let root = parse(text).map_err(|e| vec![e])?;
        let mut faults = Vec::new();
        for (key, value) in root.get_ref() {
            if let Err(fault) = config.set(key, value, &mut faults) {
                faults.push(fault);
            }
        }
        if faults.is_empty() {
            return Ok(config);
        }
        faults.order_by_key(|f| f.span.start);
        let located = faults.into_iter().map(|f| fault(text, f.span, f.message));
        Err(located.collect())
    }

    /// The settings for one file, overrides applied. `path` is relative to the configuration's folder,
    /// with `/` between its parts.
    pub fn at(&self, path: &str) -> Self {
        let mut config = self.clone();
        for o in &self.overrides {
            if o.files.iter().any(|pattern| glob::fits(pattern, path)) {
                config.date = o.date.or(config.date);
                config.levels.extend(&o.levels);
            }
        }
        config
    }

    /// How much a finding of `rule` matters; `None` when the rule is off.
    pub fn level(&self, rule: &Rule) -> Option<Severity> {
        let asked = self.house.filter(|h| rule.houses.contains(h));
        let default = rule.default.or(asked.map(|_| Severity::Hint));
        self.levels.get(rule.code).copied().unwrap_or(default)
    }

    /// Sets the level of a rule, as an editor's setting does; whether there is a rule of that code.
    pub fn set_level(&mut self, code: &str, level: Option<Severity>) -> bool {
        match rules::by_code(code) {
            Some(rule) => {
                self.levels.insert(rule.code, level);
                true
            }
            None => false,
        }
    }

    /// Takes one setting; `faults` gets what is wrong in one entry of several, so that the others are looked at too.
    fn set(
        &mut self,
        key: &Spanned<Cow<'_, str>>,
        value: &Spanned<DeValue<'_>>,
        faults: &mut Vec<Fault>,
    ) -> Result<(), Fault> {
        match key.get_ref().as_ref() {
            "date" => self.date = Some(date(value)?),
            "fail-level" => self.fail_level = severity(value)?,
            "rules" => self.levels = levels(value, faults)?,
            "house" => {
                let name = string(value)?;
                let house = House::NAMES.iter().find(|(n, _)| *n == name);
                self.house = Some(house.map(|h| h.1).ok_or_else(|| {
                    let hint = did_you_mean(name, House::NAMES.map(|h| h.0));
                    Fault::new(
                        value,
                        format!(
                            "'{name}' is no house; use \"ap\", \"bbc\", \"guardian\" or \"reuters\"{hint}"
                        ),
                    )
                })?);
            }
            "spelling" => {
                for (variant, house) in table(value, "pairs such as Kiev = \"Kyiv\"")? {
                    match string(house) {
                        Ok(house) => self.spelling.push(Spelling {
                            variant: variant.get_ref().as_ref().to_owned(),
                            house: house.to_owned(),
                        }),
                        Err(fault) => faults.push(fault),
                    }
                }
            }
            "languages" => {
                for (id, format) in table(value, "pairs such as mdx = \"markdown\"")? {
                    let format = match string(format)? {
                        "plain" => Format::Plain,
                        "markdown" => Format::Markdown,
                        other => {
                            let hint = did_you_mean(other, ["plain", "markdown"]);
                            return Err(Fault::new(
                                format,
                                format!("'{other}' is not a format; use \"plain\" or \"markdown\"{hint}"),
                            ));
                        }
                    };
                    self.languages.insert(id.get_ref().as_ref().to_owned(), format);
                }
            }
            "overrides" => {
                for item in list(value, "'overrides' is a list; write [[overrides]]")? {
                    match read_override(item, faults) {
                        Ok(result) => self.overrides.push(result),
                        Err(fault) => faults.push(fault),
                    }
                }
            }
            "kb" => match value.get_ref() {
                DeValue::Array(list) => {
                    for path in list.iter() {
                        self.packs.push(pack(path)?);
                    }
                }
                _ => self.packs.push(pack(value)?),
            },
            // The desk's own facts may stand in the same file; `desk::people` reads them.
            "people" | "institutions" | "places" | "checked" => {}
            _ => {
                let known = [
                    "date",
                    "fail-level",
                    "house",
                    "rules",
                    "spelling",
                    "languages",
                    "overrides",
                    "kb",
                    "people",
                    "institutions",
                    "places",
                    "checked",
                ];
                return Err(unknown_key(key, &known));
            }
        }
        Ok(())
    }
}

fn read_override(item: &Spanned<DeValue<'_>>, faults: &mut Vec<Fault>) -> Result<Override, Fault> {
    let mut result = Override {
        files: Vec::new(),
        date: None,
        levels: BTreeMap::new(),
    };
    for (key, value) in table(item, "keys: files, date, rules")? {
        match key.get_ref().as_ref() {
            "files" => match value.get_ref() {
                DeValue::Array(list) => {
                    for pattern in list.iter() {
                        result.files.push(string(pattern)?.to_owned());
                    }
                }
                _ => result.files.push(string(value)?.to_owned()),
            },
            "date" => result.date = Some(date(value)?),
            "rules" => result.levels = levels(value, faults)?,
            _ => return Err(unknown_key(key, &["files", "date", "rules"])),
        }
    }
    if result.files.is_empty() {
        return Err(Fault::new(
            item,
            "an override needs its files; add files = [\"archive/**\"]".to_owned(),
        ));
    }
    Ok(result)
}

/// The severity called `name`, if any.
pub fn severity_by_name(name: &str) -> Option<Severity> {
    match name {
        "hint" => Some(Severity::Hint),
        "info" => Some(Severity::Info),
        "warning" => Some(Severity::Warning),
        "error" => Some(Severity::Error),
        _ => None,
    }
}

/// "; did you mean '…'?" for the nearest of `known`, or nothing when none is near.
pub(crate) fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    nearest(word, known).map_or_else(String::new, |k| format!("; did you mean '{k}'?"))
}

/// The one of `known` that `word` is a slip for.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let distances = known.into_iter().map(|k| (distance(word, k), k));
    let (_, near) = distances.min().filter(|&(d, k)| d <= 1 + k.len() / 5)?;
    Some(near)
}

/// Number of letters to insert, drop, change or swap.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().take(64).collect(), b.chars().collect());
    let mut rows = vec![(0..=b.len()).collect::<Vec<usize>>()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let mut d = (rows[i - 1][j] + 1)
                .min(row[j - 1] + 1)
                .min(rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]));
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                d = d.min(rows[i - 2][j - 2] + 1);
            }
            row.push(d);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

/// The tables of a file in TOML.
pub(crate) fn parse(text: &str) -> Result<Spanned<DeTable<'_>>, ConfigError> {
    DeTable::parse(text).map_err(|e| {
        let message = e.message().lines().collect::<Vec<_>>().join("; ");
        fault(text, e.span().unwrap_or(0..0), message)
    })
}

/// What is wrong with a value, and where it stands.
pub(crate) struct Fault {
    pub(crate) span: Range<usize>,
    pub(crate) message: String,
}

impl Fault {
    pub(crate) fn new<T>(at: &Spanned<T>, message: String) -> Self {
        Self {
            span: at.span(),
            message,
        }
    }
}

fn fault(text: &str, span: Range<usize>, message: String) -> ConfigError {
    let (line, column) = line_and_column(text, span.start);
    ConfigError {
        span,
        line,
        column,
        message,
    }
}

pub(crate) fn unknown_key<T: AsRef<str>>(key: &Spanned<T>, known: &[&str]) -> Fault {
    let name = key.get_ref().as_ref();
    let hint = match did_you_mean(name, known.iter().copied()) {
        hint if hint.is_empty() => format!("; known are {}", known.join(", ")),
        hint => hint,
    };
    Fault::new(key, format!("'{name}' is not a setting{hint}"))
}

pub(crate) fn table<'a, 'i>(value: &'a Spanned<DeValue<'i>>, what: &str) -> Result<&'a DeTable<'i>, Fault> {
    match value.get_ref() {
        DeValue::Table(table) => Ok(table),
        _ => Err(Fault::new(value, format!("this is a table of {what}"))),
    }
}

pub(crate) fn string<'a>(value: &'a Spanned<DeValue<'_>>) -> Result<&'a str, Fault> {
    match value.get_ref() {
        DeValue::String(s) => Ok(s),
        other => Err(Fault::new(
            value,
            format!("this is text in quotes, not {}", other.type_str()),
        )),
    }
}

pub(crate) fn date(value: &Spanned<DeValue<'_>>) -> Result<Date, Fault> {
    let text = match value.get_ref() {
        DeValue::String(s) => s.to_string(),
        DeValue::Datetime(d) => d.to_string(),
        _ => String::new(),
    };
    text.parse().map_err(|_| {
        Fault::new(
            value,
            "a date is written \"YYYY-MM-DD\"; \"YYYY\" and \"YYYY-MM\" will do".to_owned(),
        )
    })
}

/// The entries of a list; `what` is said where there is none.
pub(crate) fn list<'a, 'i>(
    value: &'a Spanned<DeValue<'i>>,
    what: &str,
) -> Result<impl Iterator<Item = &'a Spanned<DeValue<'i>>>, Fault> {
    match value.get_ref() {
        DeValue::Array(list) => Ok(list.iter()),
        _ => Err(Fault::new(value, what.to_owned())),
    }
}

fn pack(value: &Spanned<DeValue<'_>>) -> Result<Pack, Fault> {
    Ok(Pack {
        path: string(value)?.to_owned(),
        span: value.span(),
    })
}

fn severity(value: &Spanned<DeValue<'_>>) -> Result<Severity, Fault> {
    let name = string(value)?;
    severity_by_name(name).ok_or_else(|| {
        let hint = did_you_mean(name, ["hint", "info", "warning", "error"]);
        Fault::new(
            value,
            format!("'{name}' is not a level; use hint, info, warning or error{hint}"),
        )
    })
}

/// What a table sets rules to.
type Levels = BTreeMap<&'static str, Option<Severity>>;

fn levels(value: &Spanned<DeValue<'_>>, faults: &mut Vec<Fault>) -> Result<Levels, Fault> {
    let mut levels = BTreeMap::new();
    for (code, value) in table(value, "lines such as unattributed-quote = \"error\"")? {
        match level(code.get_ref(), code, value) {
            Ok((code, level)) => drop(levels.insert(code, level)),
            Err(fault) => faults.push(fault),
        }
    }
    Ok(levels)
}

fn level<T>(
    name: &str,
    code: &Spanned<T>,
    level: &Spanned<DeValue<'_>>,
) -> Result<(&'static str, Option<Severity>), Fault> {
    let Some(rule) = rules::by_code(name) else {
        let hint = did_you_mean(name, rules::ALL.iter().map(|r| r.code));
        return Err(Fault::new(
            code,
            format!("there is no rule '{name}'{hint} ('copydesk rules' lists them)"),
        ));
    };
    let level = match level.get_ref() {
        DeValue::Boolean(false) => None,
        DeValue::Boolean(true) => Some(rule.default.unwrap_or(Severity::Warning)),
        DeValue::String(s) if s == "off" => None,
        DeValue::String(s) if s == "on" => Some(rule.default.unwrap_or(Severity::Warning)),
        DeValue::String(s) => Some(severity_by_name(s).ok_or_else(|| {
            let hint = did_you_mean(s, ["off", "on", "hint", "info", "warning", "error"]);
            Fault::new(
                level,
                format!("'{s}' is not a level; use off, hint, info, warning or error{hint}"),
            )
        })?),
        _ => {
            return Err(Fault::new(
                level,
                "a level is \"off\", \"hint\", \"info\", \"warning\" or \"error\"".to_owned(),
            ));
        }
    };
    Ok((rule.code, level))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(config: &Config, code: &str) -> Option<Severity> {
        config.level(rules::by_code(code).unwrap())
    }

    #[test]
    fn levels_and_overrides() {
        let config = Config::parse(
            r#"
date = 2024-12-18
fail-level = "error"
[rules]
unattributed-quote = "error"
[spelling]
Zelensky = "Zelenskyy"
[languages]
mdx = "markdown"
[[overrides]]
files = ["archive/**", "*.old.txt"]
date = "2019"
rules = { unattributed-quote = "off" }
"#,
        )
        .unwrap();
        assert_eq!(config.fail_level, Severity::Error);
        assert_eq!(config.languages["mdx"], Format::Markdown);
        assert_eq!(config.spelling[0].house, "Zelenskyy");
        assert_eq!(
            level(&config.at("news/a.txt"), "unattributed-quote"),
            Some(Severity::Error)
        );
        let old = config.at("archive/2019/a.txt");
        assert_eq!(level(&old, "unattributed-quote"), None);
        assert_eq!(old.date, Some("2019".parse().unwrap()));
    }

    #[test]
    fn a_house_asks_for_its_style() {
        let config = Config::parse("house = \"reuters\"\nrules = { quote-lead-in = \"off\" }\n").unwrap();
        assert_eq!(level(&config, "ellipsis-spacing"), Some(Severity::Hint));
        assert_eq!(
            level(&config, "edge-ellipsis"),
            None,
            "not a matter of that house"
        );
        assert_eq!(level(&config, "quote-lead-in"), None, "what is set has the word");
        assert_eq!(level(&Config::default(), "ellipsis-spacing"), None);
    }

    #[test]
    fn faults_say_where_and_what_to_do() {
        for (text, at, says) in [
            (
                "[rule]\n",
                "1:2",
                "'rule' is not a setting; did you mean 'rules'?",
            ),
            (
                "[rules]\nunatributed-quote = \"off\"\n",
                "2:1",
                "did you mean 'unattributed-quote'?",
            ),
            (
                "[rules]\nunattributed-quote = \"warn\"\n",
                "2:22",
                "'warn' is not a level",
            ),
            ("house = \"guardain\"\n", "1:9", "did you mean 'guardian'?"),
            ("date = \"18/12/2024\"\n", "1:8", "a date is written"),
            ("x = = 1\n", "1:5", ""),
            ("[rules\n", "1:7", ""),
            ("rules = 3\n", "1:9", "this is a table"),
            (
                "[[overrides]]\nrules = {}\n",
                "1:1",
                "an override needs its files",
            ),
            ("é = \"ü\"\n[rules]\n", "1:1", ""),
        ] {
            let e = Config::parse(text).expect_err(text);
            assert_eq!(format!("{}:{}", e.line, e.column), at, "{text}: {}", e.message);
            assert!(e.message.contains(says), "{text}: {}", e.message);
            assert!(!e.message.contains('\n'), "{text}: {}", e.message);
        }
    }

    #[test]
    fn all_faults_are_told_in_their_order() {
        let text = "[rules]\nx = \"off\"\nunattributed-quote = 5\n[spelling]\nKiev = 3\n[[overrides]]\nrules = { y = \"off\" }\n";
        let faults = Config::parse_all(text).unwrap_err();
        let lines: Vec<_> = faults.iter().map(|f| f.line).collect();
        assert_eq!(lines, [2, 3, 5, 6, 7]);
    }

    #[test]
    fn nearest() {
        assert_eq!(
            did_you_mean("ruels", ["rules", "date"]),
            "; did you mean 'rules'?"
        );
        assert_eq!(did_you_mean("zzz", ["rules", "date"]), "");
    }
}
