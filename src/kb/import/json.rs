//! The JSON of an entity, as far as it is used: strings borrow from the line, all else is passed over.

use std::{borrow::Cow, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{Error, IgnoredAny, MapAccess, SeqAccess, Visitor},
};

use crate::kb::import::record::{MAX_LIST, MAX_TEXT};

/// A string that is borrowed from the line unless it has escapes.
#[derive(Deserialize, Default)]
#[serde(transparent)]
pub(super) struct Text<'a>(#[serde(borrow)] pub(super) Cow<'a, str>);

/// English names with the rank of their language. "mul" is the name in all languages that do not have another.
#[derive(Default)]
pub(super) struct Names<'a>(pub(super) Vec<(usize, Text<'a>)>);

pub(super) const ENGLISH: [&str; 5] = ["en", "mul", "en-gb", "en-us", "en-ca"];

impl Names<'_> {
    pub(super) fn best(self) -> String {
        let best = self.0.into_iter().min_by_key(|(rank, _)| *rank);
        best.map(|(_, text)| short(&text.0)).unwrap_or_default()
    }

    pub(super) fn english(self) -> Vec<String> {
        let mut texts: Vec<String> = Vec::new();
        for (_, text) in self.0 {
            let text = short(&text.0);
            if texts.len() < MAX_LIST && !text.is_empty() && !texts.contains(&text) {
                texts.push(text);
            }
        }
        texts
    }
}

/// The text in one line and of bounded length.
pub(super) fn short(text: &str) -> String {
    let mut out = String::with_capacity(text.len().min(MAX_TEXT));
    for word in text.split_whitespace() {
        if out.len() + word.len() >= MAX_TEXT {
            break;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().filter(|c| !c.is_control()));
    }
    out
}

impl<'de: 'a, 'a> Deserialize<'de> for Names<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Languages;
        impl<'de> Visitor<'de> for Languages {
            type Value = Names<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("names by language")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Names<'de>, A::Error> {
                let mut names = Names::default();
                while let Some(language) = map.next_key::<Text<'de>>()? {
                    match ENGLISH.iter().position(|l| *l == language.0) {
                        Some(rank) => {
                            let values: Several<'de> = map.next_value()?;
                            names.0.extend(values.0.into_iter().map(|text| (rank, text)));
                        }
                        None => {
                            map.next_value::<IgnoredAny>()?;
                        }
                    }
                }
                Ok(names)
            }

            // An empty map is written `[]`.
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Names<'de>, A::Error> {
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Names::default())
            }
        }
        deserializer.deserialize_any(Languages)
    }
}

/// `{"value": …}`, a list of those, or (in simplified dumps) plain strings.
struct Several<'a>(Vec<Text<'a>>);

impl<'de: 'a, 'a> Deserialize<'de> for Several<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Values;
        impl<'de> Visitor<'de> for Values {
            type Value = Several<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("names of a language")
            }

            fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Several<'de>, E> {
                Ok(Several(vec![Text(Cow::Borrowed(text))]))
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Several<'de>, E> {
                Ok(Several(vec![Text(Cow::Owned(text.to_owned()))]))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Several<'de>, A::Error> {
                let mut values = Vec::new();
                while let Some(key) = map.next_key::<Text<'de>>()? {
                    if key.0 == "value" {
                        values.push(map.next_value()?);
                    } else {
                        map.next_value::<IgnoredAny>()?;
                    }
                }
                Ok(Several(values))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Several<'de>, A::Error> {
                let mut values = Vec::new();
                while let Some(Several(more)) = seq.next_element()? {
                    values.extend(more);
                }
                Ok(Several(values))
            }
        }
        deserializer.deserialize_any(Values)
    }
}

/// How many entries a map has.
#[derive(Default)]
pub(super) struct Count(pub(super) usize);

impl<'de> Deserialize<'de> for Count {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;
        impl<'de> Visitor<'de> for Entries {
            type Value = Count;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Count, A::Error> {
                let mut n = 0;
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {
                    n += 1;
                }
                Ok(Count(n))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Count, A::Error> {
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Count(0))
            }
        }
        deserializer.deserialize_any(Entries)
    }
}

#[derive(Deserialize)]
pub(super) struct Statement<'a> {
    #[serde(borrow)]
    pub(super) mainsnak: Snak<'a>,
    #[serde(borrow, default)]
    pub(super) rank: Text<'a>,
    #[serde(borrow, default)]
    pub(super) qualifiers: Qualifiers<'a>,
}

#[derive(Deserialize)]
pub(super) struct Snak<'a> {
    #[serde(borrow)]
    pub(super) snaktype: Text<'a>,
    #[serde(borrow, default)]
    pub(super) datavalue: DataValue<'a>,
}

#[derive(Deserialize, Default)]
pub(super) struct DataValue<'a> {
    #[serde(borrow, default)]
    pub(super) value: Value<'a>,
}

/// The parts of a value that are of use, whatever its type.
#[derive(Default)]
pub(super) struct Value<'a> {
    /// A string, or the text of a monolingual one.
    pub(super) text: Text<'a>,
    pub(super) language: Text<'a>,
    pub(super) id: Text<'a>,
    pub(super) time: Text<'a>,
    pub(super) precision: u8,
    pub(super) calendar: Text<'a>,
}

impl<'de: 'a, 'a> Deserialize<'de> for Value<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Parts;
        impl<'de> Visitor<'de> for Parts {
            type Value = Value<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }

            fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Value<'de>, E> {
                Ok(Value {
                    text: Text(Cow::Borrowed(text)),
                    ..Value::default()
                })
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Value<'de>, E> {
                Ok(Value {
                    text: Text(Cow::Owned(text.to_owned())),
                    ..Value::default()
                })
            }

            // Values of other kinds are none of ours, and no fault.
            fn visit_unit<E: Error>(self) -> Result<Value<'de>, E> {
                Ok(Value::default())
            }

            fn visit_bool<E: Error>(self, _: bool) -> Result<Value<'de>, E> {
                Ok(Value::default())
            }

            fn visit_i64<E: Error>(self, _: i64) -> Result<Value<'de>, E> {
                Ok(Value::default())
            }

            fn visit_u64<E: Error>(self, _: u64) -> Result<Value<'de>, E> {
                Ok(Value::default())
            }

            fn visit_f64<E: Error>(self, _: f64) -> Result<Value<'de>, E> {
                Ok(Value::default())
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value<'de>, A::Error> {
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Value::default())
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value<'de>, A::Error> {
                let mut value = Value::default();
                while let Some(key) = map.next_key::<Text<'de>>()? {
                    match &*key.0 {
                        "text" => value.text = map.next_value()?,
                        "language" => value.language = map.next_value()?,
                        "id" => value.id = map.next_value()?,
                        "time" => value.time = map.next_value()?,
                        // Coordinates have a precision too, a fraction or none.
                        "precision" => {
                            let precision: Option<f64> = map.next_value()?;
                            value.precision = precision.unwrap_or(0.0) as u8;
                        }
                        "calendarmodel" => value.calendar = map.next_value()?,
                        // Old dumps have the number only.
                        "numeric-id" => {
                            let n: u32 = map.next_value()?;
                            if value.id.0.is_empty() {
                                value.id = Text(Cow::Owned(format!("Q{n}")));
                            }
                        }
                        _ => {
                            map.next_value::<IgnoredAny>()?;
                        }
                    }
                }
                Ok(value)
            }
        }
        deserializer.deserialize_any(Parts)
    }
}

/// The qualifiers of use: (property, snak).
#[derive(Default)]
pub(super) struct Qualifiers<'a>(pub(super) Vec<(u16, Snak<'a>)>);

impl<'de: 'a, 'a> Deserialize<'de> for Qualifiers<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Properties;
        impl<'de> Visitor<'de> for Properties {
            type Value = Qualifiers<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("qualifiers by property")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Qualifiers<'de>, A::Error> {
                let mut out = Qualifiers::default();
                while let Some(key) = map.next_key::<Text<'de>>()? {
                    let property = match &*key.0 {
                        "P580" => 580,
                        "P582" => 582,
                        "P642" => 642,
                        "P1001" => 1001,
                        "P4100" => 4100,
                        _ => {
                            map.next_value::<IgnoredAny>()?;
                            continue;
                        }
                    };
                    let snaks: Vec<Snak<'de>> = map.next_value()?;
                    out.0.extend(snaks.into_iter().map(|snak| (property, snak)));
                }
                Ok(out)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Qualifiers<'de>, A::Error> {
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Qualifiers::default())
            }
        }
        deserializer.deserialize_any(Properties)
    }
}
