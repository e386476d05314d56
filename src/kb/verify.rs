//! Integrity of the tables: what a reviewer would otherwise have to look for by hand.

use std::collections::BTreeMap;

use crate::kb::source::Tables;

/// Something that is wrong, in one line.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Fault {
    /// What kind of fault ("end-before-start").
    pub code: &'static str,
    /// Where, and what to do.
    pub message: String,
}

/// Checks tables for what the compiler accepts although it cannot be right.
pub fn check(tables: &Tables) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut wikidata: BTreeMap<u32, &str> = BTreeMap::new();
    for row in &tables.entities {
        if let Some(q) = row.wikidata {
            if let Some(other) = wikidata.insert(q, &row.id) {
                faults.push(Fault {
                    code: "duplicate-wikidata",
                    message: format!("{}:{}: Q{q} is also the id of '{other}'", row.at.0, row.at.1),
                });
            }
        }
    }
    for row in &tables.tenures {
        if let (Some(start), Some(end)) = (row.start, row.end) {
            if end.latest() < start.earliest() {
                faults.push(Fault {
                    code: "end-before-start",
                    message: format!("{}:{}: {} ends before it starts", row.at.0, row.at.1, row.office),
                });
            }
        }
    }
    faults.sort();
    faults
}
