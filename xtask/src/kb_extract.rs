//! Makes the tables in `data/kb` from a folder of source extracts (`countries.json`, `leaders.json`,
//! `institutions.json`, `parties.json`, `notables.json`), leaving out what may not ship.
//! `data/README.md` says what the rules are and why.

mod bodies;
mod countries;
mod people;
mod table;

use std::{fs, path::Path};

use serde_json::Value;

pub(crate) fn run(args: &[String]) -> Result<(), String> {
    let [dir] = args else {
        return Err("kb-extract takes one argument, the folder of the extracts".to_owned());
    };
    let read = |name: &str| -> Result<Value, String> {
        let path = Path::new(dir).join(name);
        let text = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        serde_json::from_str(&text).map_err(|e| format!("{}: {e}", path.display()))
    };
    let mut tables = table::Output::default();
    let countries = countries::extract(&read("countries.json")?, &mut tables);
    bodies::extract(
        &read("institutions.json")?,
        &read("parties.json")?,
        &countries,
        &mut tables,
    );
    people::extract(
        &read("leaders.json")?,
        &read("notables.json")?,
        &countries,
        &mut tables,
    );
    tables.write(Path::new("data/kb"))
}
