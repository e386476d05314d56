//! The desk's own facts: people, institutions and places as `copydesk.toml` or `.copydesk/people.toml`
//! lists them. docs/kb-layers.md describes every key; docs/people.schema.json lets editors complete them.

use std::{collections::BTreeMap, ops::Range};

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::{
    base::{date::Date, fold::fold, word::name_words},
    kb::{
        EntityId, Gender, Kb, Kind, NameForm, Role,
        compile::compile,
        source::{self, EntityRow, LayerRow, NameRow, NoteRow, Tables, TenureRow},
    },
    rules::config::{self, ConfigError, Fault, Spelling, did_you_mean, unknown_key},
};

/// The keys of an entry of each list, for messages and for the schema.
const PERSON: &[&str] = &[
    "name", "id", "family", "aliases", "country", "gender", "offices", "note", "spelling",
];
const BODY: &[&str] = &[
    "name", "id", "code", "kind", "aliases", "acronyms", "metonyms", "country", "note", "spelling",
];
const OFFICE: &[&str] = &["office", "role", "of", "from", "to", "party", "checked"];

/// The desk's facts, as one file lists them.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct People {
    entries: Vec<Entry>,
    checked: Option<Date>,
    /// Spellings that the house does not use, and those that it does.
    pub spelling: Vec<Spelling>,
}

#[derive(Clone, PartialEq, Debug)]
struct Entry {
    kind: Kind,
    at: Range<usize>,
    name: String,
    id: Option<Text>,
    code: Option<Text>,
    what: String,
    family: String,
    country: Option<Text>,
    gender: Gender,
    note: String,
    names: Vec<(NameForm, String)>,
    offices: Vec<Office>,
}

#[derive(Clone, PartialEq, Debug)]
struct Office {
    at: Range<usize>,
    title: String,
    role: Role,
    of: Option<Text>,
    from: Option<Date>,
    to: Option<Date>,
    party: String,
    checked: Option<Date>,
}

/// A text and where it stands.
#[derive(Clone, PartialEq, Debug)]
struct Text {
    text: String,
    at: Range<usize>,
}

impl People {
    /// Reads the lists in the text of a file. With `alone` the file holds nothing else, and another key is
    /// an error; in `copydesk.toml` settings stand beside them.
    pub fn parse(text: &str, alone: bool) -> Result<Self, ConfigError> {
        let root = config::parse(text)?;
        let mut people = Self::default();
        people
            .read(root.get_ref(), alone)
            .map_err(|Fault { span, message }| ConfigError::at(text, span, message))?;
        Ok(people)
    }

    /// Whether nobody and nothing is listed.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    fn read(&mut self, root: &DeTable<'_>, alone: bool) -> Result<(), Fault> {
        for (key, value) in root {
            let (kind, name) = match key.get_ref().as_ref() {
                "people" => (Kind::Person, "people"),
                "institutions" => (Kind::Institution, "institutions"),
                "places" => (Kind::Place, "places"),
                "checked" => {
                    self.checked = Some(config::date(value)?);
                    continue;
                }
                _ if alone => {
                    let known = ["people", "institutions", "places", "checked"];
                    return Err(unknown_key(key, &known));
                }
                _ => continue,
            };
            for item in config::list(value, &format!("'{name}' is a list; write [[{name}]]"))? {
                let entry = self.entry(kind, item)?;
                self.entries.push(entry);
            }
        }
        Ok(())
    }

    fn entry(&mut self, kind: Kind, item: &Spanned<DeValue<'_>>) -> Result<Entry, Fault> {
        let known = if kind == Kind::Person { PERSON } else { BODY };
        let mut entry = Entry {
            kind,
            at: item.span(),
            name: String::new(),
            id: None,
            code: None,
            what: String::new(),
            family: String::new(),
            country: None,
            gender: Gender::Unknown,
            note: String::new(),
            names: Vec::new(),
            offices: Vec::new(),
        };
        for (key, value) in config::table(item, &format!("keys: {}", known.join(", ")))? {
            let name = key.get_ref().as_ref();
            if !known.contains(&name) {
                return Err(unknown_key(key, known));
            }
            match name {
                "name" => entry.name = line(value)?,
                "id" => entry.id = Some(text_at(value)?),
                "code" => entry.code = Some(text_at(value)?),
                "kind" => entry.what = line(value)?,
                "family" => entry.family = line(value)?,
                "country" => entry.country = Some(text_at(value)?),
                "note" => entry.note = line(value)?,
                "gender" => {
                    entry.gender = match config::string(value)? {
                        "female" => Gender::Female,
                        "male" => Gender::Male,
                        other => {
                            let message = format!("'{other}' is not female or male; leave the key out");
                            return Err(Fault::new(value, message));
                        }
                    }
                }
                "aliases" => names(value, NameForm::Alias, &mut entry.names)?,
                "acronyms" => names(value, NameForm::Acronym, &mut entry.names)?,
                "metonyms" => names(value, NameForm::Metonym, &mut entry.names)?,
                "spelling" => {
                    for (variant, house) in config::table(value, "pairs such as Zelensky = \"Zelenskyy\"")? {
                        let variant = variant.get_ref().as_ref().to_owned();
                        let alone = kind == Kind::Person && !variant.contains(' ');
                        let form = if alone { NameForm::Surname } else { NameForm::Alias };
                        entry.names.push((form, variant.clone()));
                        let house = line(house)?;
                        self.spelling.push(Spelling { variant, house });
                    }
                }
                _ => {
                    let offices =
                        config::list(value, "'offices' is a list of tables; write [[people.offices]]")?;
                    entry.offices = offices.map(office).collect::<Result<_, _>>()?;
                }
            }
        }
        if entry.name.is_empty() && entry.id.is_none() {
            let message = "an entry needs a name; or the id of somebody known, such as id = \"Q57792\"";
            return Err(Fault::new(item, message.to_owned()));
        }
        Ok(entry)
    }

    /// Lays the facts over `below` as a layer called `name`. `text` is the file's, for the places of errors.
    pub fn over(&self, below: &Kb, name: &str, text: &str) -> Result<Kb, ConfigError> {
        let fault = |at: &Range<usize>, message: String| ConfigError::at(text, at.clone(), message);
        let tables = Desk {
            people: self,
            below,
            own: BTreeMap::new(),
            file: name,
            tables: Tables::default(),
        }
        .tables()
        .map_err(|Fault { span, message }| fault(&span, message))?;
        let made = compile(&tables).and_then(|bytes| below.with(name, bytes));
        made.map_err(|e| fault(&(0..0), e.to_string()))
    }
}

/// Makes tables of the facts, with the names of countries and bodies found in the layers below.
struct Desk<'a> {
    people: &'a People,
    below: &'a Kb,
    /// Bodies of this file by id, code and folded names, with what tenures call them.
    own: BTreeMap<String, String>,
    file: &'a str,
    tables: Tables,
}

impl Desk<'_> {
    fn tables(mut self) -> Result<Tables, Fault> {
        self.tables.layers.push(LayerRow {
            id: self.file.to_owned(),
            as_of: self.people.checked,
            license: "the desk's own".to_owned(),
            what: String::new(),
        });
        let entries = &self.people.entries;
        let ids = entries
            .iter()
            .map(|e| self.id_of(e))
            .collect::<Result<Vec<_>, _>>()?;
        let mut seen: BTreeMap<&str, ()> = BTreeMap::new();
        for (entry, id) in entries.iter().zip(&ids) {
            if seen.insert(id, ()).is_some() {
                return Err(at(&entry.at, format!("'{}' is listed twice", said(entry))));
            }
        }
        for (entry, id) in entries.iter().zip(&ids).filter(|(e, _)| e.kind != Kind::Person) {
            let org = entry.code.as_ref().map_or(id, |code| &code.text).clone();
            let names = entry.names.iter().map(|(_, name)| name);
            for name in [&entry.name, id, &org].into_iter().chain(names) {
                self.own.insert(fold(name), org.clone());
            }
        }
        for (entry, id) in entries.iter().zip(ids) {
            self.add(entry, id)?;
        }
        Ok(self.tables)
    }

    /// The id by which the compiled layer calls an entry.
    fn id_of(&self, entry: &Entry) -> Result<String, Fault> {
        let Some(id) = &entry.id else {
            return Ok(format!("desk:{}", name_words(&entry.name).join("-")));
        };
        match self.below.by_id(&id.text) {
            Some(known) if self.below.kind(known) != entry.kind => {
                let name = self.below.name(known);
                let message = format!("the id '{}' is that of {name}, which is no such thing", id.text);
                Err(at(&id.at, message))
            }
            Some(known) => Ok(self.below.stable_id(known).into_owned()),
            None if entry.name.is_empty() => {
                let message = format!("nobody and nothing known has the id '{}'; give a name", id.text);
                Err(at(&id.at, message))
            }
            None => Ok(id.text.clone()),
        }
    }

    fn add(&mut self, entry: &Entry, id: String) -> Result<(), Fault> {
        let row_at = (self.file.to_owned(), 0);
        let country = match &entry.country {
            Some(name) => self.country(name)?,
            None => String::new(),
        };
        if let Some(code) = &entry.code
            && let Some(other) = self.below.by_code(&code.text)
            && self.below.by_id(&id) != Some(other)
        {
            let name = self.below.name(other);
            return Err(at(
                &code.at,
                format!("the code '{}' is that of {name}; choose another", code.text),
            ));
        }
        let number = id.strip_prefix('Q').and_then(|q| q.parse().ok());
        let known = self.below.by_id(&id);
        self.tables.entities.push(EntityRow {
            what: match entry.kind {
                Kind::Place if entry.what.is_empty() && known.is_none() => "city".to_owned(),
                _ => entry.what.clone(),
            },
            wikidata: number.or_else(|| self.below.wikidata(known?)),
            name: entry.name.clone(),
            code: entry
                .code
                .as_ref()
                .map_or_else(String::new, |code| code.text.clone()),
            family: entry.family.clone(),
            // Whom the desk lists, the desk means: an unknown office beside the name is no reason to doubt it.
            tier: match entry.kind {
                Kind::Person => 1,
                _ => 2,
            },
            gender: entry.gender,
            country: country.clone(),
            at: row_at.clone(),
            ..EntityRow::new(id.clone(), entry.kind, self.file)
        });
        for (form, name) in &entry.names {
            self.tables.names.push(NameRow {
                entity: id.clone(),
                form: *form,
                name: name.clone(),
                weak: false,
                former: false,
                from: None,
                to: None,
                source: self.file.to_owned(),
                at: row_at.clone(),
            });
        }
        if !entry.note.is_empty() {
            self.tables.notes.push(NoteRow {
                entity: id.clone(),
                text: entry.note.clone(),
                at: row_at.clone(),
            });
        }
        for office in &entry.offices {
            let org = match &office.of {
                Some(name) => self.org(name)?,
                None if !country.is_empty() => self.below.by_id(&country).map_or(String::new(), |c| {
                    self.below.code(c).unwrap_or(&country).to_owned()
                }),
                None => match known.and_then(|k| self.below.code(k)) {
                    Some(code) => code.to_owned(),
                    None => {
                        let message = "of which country or body? add of = \"DE\", or a body's name";
                        return Err(at(&office.at, message.to_owned()));
                    }
                },
            };
            self.tables.tenures.push(TenureRow {
                person: id.clone(),
                org,
                role: office.role,
                office: office.title.clone(),
                start: office.from,
                end: office.to,
                // Whoever does not say since when leaves open whether it was held already on a given day.
                doubt: match office.from {
                    Some(_) => None,
                    None => Date::from_ymd(1, 1, 1),
                },
                as_of: office.checked.or(self.people.checked),
                party: office.party.clone(),
                source: self.file.to_owned(),
                at: row_at.clone(),
            });
        }
        Ok(())
    }

    /// The id of a country, which gets a row of its own: records of a layer name only what the layer has.
    fn country(&mut self, name: &Text) -> Result<String, Fault> {
        let below = self.below;
        let by_code = below
            .by_code(&name.text)
            .or_else(|| below.by_code(&name.text.to_uppercase()));
        let Some(country) = by_code
            .or_else(|| self.named(&name.text))
            .filter(|c| below.kind(*c) != Kind::Person)
        else {
            let message = format!(
                "no country is called '{}'; write its ISO code, such as \"EE\"",
                name.text
            );
            return Err(at(&name.at, message));
        };
        let id = below.stable_id(country).into_owned();
        if !self.tables.entities.iter().any(|row| row.id == id) {
            self.tables.entities.push(EntityRow {
                wikidata: below.wikidata(country),
                code: below.code(country).unwrap_or_default().to_owned(),
                at: (self.file.to_owned(), 0),
                ..EntityRow::new(id.clone(), below.kind(country), self.file)
            });
        }
        Ok(id)
    }

    /// What tenures call a country or body.
    fn org(&self, name: &Text) -> Result<String, Fault> {
        if let Some(own) = self.own.get(&fold(&name.text)) {
            return Ok(own.clone());
        }
        let below = self.below;
        let found = below.by_id(&name.text).or_else(|| self.named(&name.text));
        let found = found.filter(|id| below.kind(*id) != Kind::Person);
        found
            .map(|id| match below.code(id) {
                Some(code) => code.to_owned(),
                None => below.stable_id(id).into_owned(),
            })
            .ok_or_else(|| {
                let near = self.people.entries.iter().filter(|e| e.kind != Kind::Person);
                let hint = did_you_mean(&name.text, near.map(|e| e.name.as_str()));
                let message = format!(
                    "no country or body is called '{}'{hint}; list it under [[institutions]]",
                    name.text
                );
                at(&name.at, message)
            })
    }

    /// The country, body or place that bears a name, if it is but one.
    fn named(&self, name: &str) -> Option<EntityId> {
        let mut found = self.below.lookup(name).filter(|hit| {
            let form = matches!(hit.form, NameForm::Name | NameForm::Alias | NameForm::Acronym);
            form && self.below.kind(hit.entity) != Kind::Person
        });
        let first = found.next()?.entity;
        found.all(|hit| hit.entity == first).then_some(first)
    }
}

fn at(span: &Range<usize>, message: String) -> Fault {
    Fault {
        span: span.clone(),
        message,
    }
}

fn said(entry: &Entry) -> &str {
    match (&entry.id, entry.name.as_str()) {
        (Some(id), "") => &id.text,
        (_, name) => name,
    }
}

/// Text of one line that is not empty.
fn line(value: &Spanned<DeValue<'_>>) -> Result<String, Fault> {
    let text = config::string(value)?
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    match text.is_empty() {
        true => Err(Fault::new(value, "this is empty; leave the key out".to_owned())),
        false => Ok(text),
    }
}

fn text_at(value: &Spanned<DeValue<'_>>) -> Result<Text, Fault> {
    Ok(Text {
        text: line(value)?,
        at: value.span(),
    })
}

fn names(
    value: &Spanned<DeValue<'_>>,
    form: NameForm,
    acc: &mut Vec<(NameForm, String)>,
) -> Result<(), Fault> {
    for name in config::list(value, "this is a list of names: [\"…\", \"…\"]")? {
        acc.push((form, line(name)?));
    }
    Ok(())
}

fn office(item: &Spanned<DeValue<'_>>) -> Result<Office, Fault> {
    let mut office = Office {
        at: item.span(),
        title: String::new(),
        role: Role::Other,
        of: None,
        from: None,
        to: None,
        party: String::new(),
        checked: None,
    };
    for (key, value) in config::table(item, &format!("keys: {}", OFFICE.join(", ")))? {
        match key.get_ref().as_ref() {
            "office" => office.title = line(value)?,
            "role" => {
                let name = config::string(value)?;
                office.role = Role::parse(name).ok_or_else(|| {
                    let hint = did_you_mean(name, source::ROLES.map(|(_, text)| text));
                    let message = format!("'{name}' is no role{hint}; without one it is \"other\"");
                    Fault::new(value, message)
                })?;
            }
            "of" => office.of = Some(text_at(value)?),
            "from" => office.from = Some(config::date(value)?),
            "to" => office.to = Some(config::date(value)?),
            "party" => office.party = line(value)?,
            "checked" => office.checked = Some(config::date(value)?),
            _ => return Err(unknown_key(key, OFFICE)),
        }
    }
    if office.title.is_empty() {
        let message = "an office needs its title, such as office = \"Mayor\"";
        return Err(Fault::new(item, message.to_owned()));
    }
    if let (Some(from), Some(to)) = (office.from, office.to)
        && to.latest() < from.earliest()
    {
        return Err(Fault::new(
            item,
            format!("it ends ({to}) before it begins ({from})"),
        ));
    }
    Ok(office)
}
