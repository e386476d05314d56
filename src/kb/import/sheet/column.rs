//! The columns of a table, and what stands in those with a time.

use crate::kb::import::{entity::point, grid::UNKNOWN, record::When};

/// The columns, under all the names they may have.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Column {
    Kind,
    Id,
    Wikidata,
    Name,
    Aliases,
    Alias,
    Acronym,
    Demonym,
    Adjective,
    Capital,
    Metonym,
    Family,
    Gender,
    Country,
    What,
    Code,
    InSentence,
    Tier,
    Party,
    Office,
    Role,
    Org,
    Start,
    StartPrecision,
    End,
    EndPrecision,
    AsOf,
    Note,
    /// Known, and not for us.
    Other,
}

const COLUMNS: [(&str, Column); 62] = [
    ("kind", Column::Kind),
    ("id", Column::Id),
    ("person", Column::Id),
    ("item", Column::Id),
    ("body", Column::Id),
    ("wikidata", Column::Wikidata),
    ("qid", Column::Wikidata),
    ("name", Column::Name),
    ("personlabel", Column::Name),
    ("itemlabel", Column::Name),
    ("bodylabel", Column::Name),
    ("label", Column::Name),
    ("aliases", Column::Aliases),
    ("alias", Column::Alias),
    ("shortname", Column::Alias),
    ("officialname", Column::Alias),
    ("acronym", Column::Acronym),
    ("acronyms", Column::Acronym),
    ("demonym", Column::Demonym),
    ("demonyms", Column::Demonym),
    ("adjective", Column::Adjective),
    ("adjectives", Column::Adjective),
    ("capital", Column::Capital),
    ("capitals", Column::Capital),
    ("metonym", Column::Metonym),
    ("metonyms", Column::Metonym),
    ("family", Column::Family),
    ("familyname", Column::Family),
    ("surname", Column::Family),
    ("gender", Column::Gender),
    ("country", Column::Country),
    ("what", Column::What),
    ("code", Column::Code),
    ("insentence", Column::InSentence),
    ("tier", Column::Tier),
    ("party", Column::Party),
    ("office", Column::Office),
    ("officelabel", Column::Office),
    ("poslabel", Column::Office),
    ("positionlabel", Column::Office),
    ("role", Column::Role),
    ("org", Column::Org),
    ("of", Column::Org),
    ("iso", Column::Org),
    ("start", Column::Start),
    ("from", Column::Start),
    ("sp", Column::StartPrecision),
    ("startprecision", Column::StartPrecision),
    ("end", Column::End),
    ("to", Column::End),
    ("ep", Column::EndPrecision),
    ("endprecision", Column::EndPrecision),
    ("asof", Column::AsOf),
    ("checked", Column::AsOf),
    ("note", Column::Note),
    ("evidence", Column::Other),
    ("reason", Column::Other),
    ("source", Column::Other),
    ("pos", Column::Other),
    ("position", Column::Other),
    ("doubt", Column::Other),
    ("countrylabel", Column::Other),
];

/// The column of that name, whatever its capitals, spaces and signs.
pub(super) fn column(name: &str) -> Option<Column> {
    let plain: String = name
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    COLUMNS
        .iter()
        .find(|(n, _)| *n == plain)
        .map(|(_, column)| *column)
}

/// A cell with a time: a date as we write it, or a time of a query with its precision.
pub(super) fn time(cell: &str, precision: &str) -> Result<When, String> {
    if cell.is_empty() {
        return Ok(When::Absent);
    }
    if cell == UNKNOWN {
        return Ok(When::Unknown);
    }
    if cell.contains('T') {
        // Without a precision the first day of a year is more likely a year than a day.
        let precision = match precision.parse() {
            Ok(precision) => precision,
            Err(_) if cell.contains("-01-01T") => 9,
            Err(_) => 11,
        };
        return Ok(point(cell, precision, ""));
    }
    cell.parse().map(When::At)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times() {
        let at = |text: &str| When::At(text.parse().unwrap());
        assert_eq!(time("2024-10", ""), Ok(at("2024-10")));
        assert_eq!(time("2024-10-01T00:00:00Z", "11"), Ok(at("2024-10-01")));
        assert_eq!(time("2024-10-01T00:00:00Z", "10"), Ok(at("2024-10")));
        assert_eq!(time("2024-01-01T00:00:00Z", ""), Ok(at("2024")));
        assert_eq!(time("2024-01-01T00:00:00Z", "11"), Ok(at("2024-01-01")));
        assert_eq!(time("?", "11"), Ok(When::Unknown));
        assert!(time("1 October", "").is_err());
    }

    #[test]
    fn columns_have_many_names() {
        assert_eq!(column("?startPrecision"), Some(Column::StartPrecision));
        assert_eq!(column("as_of"), Some(Column::AsOf));
        assert_eq!(column("Family name"), Some(Column::Family));
        assert_eq!(column("shoe size"), None);
    }
}
