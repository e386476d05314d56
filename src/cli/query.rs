//! `copydesk kb query`: the queries whose results `kb import` reads.

use std::io::Write;

use crate::cli::error::Outcome;

pub(crate) const HELP: &str = "\
The query goes to standard output, for https://query.wikidata.org or any engine with the whole of Wikidata
(QLever). Save its results as JSON (application/sparql-results+json) or TSV (text/tab-separated-values).

Example:
  copydesk kb query leaders > leaders.rq
  curl -sH 'Accept: text/tab-separated-values' --data-urlencode query@leaders.rq \\
    https://query.wikidata.org/sparql > leaders.tsv
  copydesk kb import leaders.tsv -o leaders.kb

A query that runs out of time there gives results that are cut off, which import refuses; narrow it (the
comment in each query says where) and import the parts together.";

/// The shipped queries.
#[derive(clap::ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum What {
    /// States and territories: codes, names, demonyms, capitals.
    Countries,
    /// Heads of state and government and ministers, with dates.
    Leaders,
    /// Further names of those whom 'leaders' finds.
    Aliases,
    /// International bodies, parliaments, ministries, central banks, news agencies, parties.
    Institutions,
}

pub(crate) fn print(what: What, out: &mut dyn Write) -> Outcome {
    let text = match what {
        What::Countries => include_str!("../../data/wikidata/countries.rq"),
        What::Leaders => include_str!("../../data/wikidata/leaders.rq"),
        What::Aliases => include_str!("../../data/wikidata/aliases.rq"),
        What::Institutions => include_str!("../../data/wikidata/institutions.rq"),
    };
    out.write_all(text.as_bytes())?;
    Ok(0)
}
