//! `copydesk kb …`.

use std::io::{self, BufWriter, Write};

use serde::Serialize;

use crate::{
    cli::error::Outcome,
    kb::{Kb, Kind},
};

/// What to do with the knowledge base.
#[derive(clap::Subcommand, Debug)]
pub(crate) enum Command {
    /// Prints everybody and everything that is known.
    List {
        /// One JSON object a line: {"id", "wikidata", "kind", "name"}.
        #[arg(long)]
        jsonl: bool,
    },
}

#[derive(Serialize)]
struct Row<'a> {
    id: u32,
    wikidata: Option<String>,
    kind: &'static str,
    name: &'a str,
}

pub(crate) fn run(command: &Command, kb: &Kb) -> Outcome {
    let Command::List { jsonl } = command;
    let mut out = BufWriter::new(io::stdout().lock());
    for id in kb.ids() {
        let kind = match kb.kind(id) {
            Kind::Person => "person",
            Kind::Country => "country",
            Kind::Institution => "institution",
            Kind::Place => "place",
        };
        let wikidata = kb.wikidata(id).map(|q| format!("Q{q}"));
        let name = kb.name(id);
        if *jsonl {
            serde_json::to_writer(
                &mut out,
                &Row {
                    id: id.0,
                    wikidata,
                    kind,
                    name,
                },
            )
            .map_err(io::Error::from)?;
            out.write_all(b"\n")?;
        } else {
            writeln!(out, "{kind}\t{}\t{name}", wikidata.as_deref().unwrap_or("-"))?;
        }
    }
    out.flush()?;
    Ok(0)
}
