//! `copydesk kb …`: what is known, who held which office on a day, whether the base is sound.

use std::{
    collections::BTreeMap,
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use serde::Serialize;

use crate::{
    base::{date::Date, order::Order},
    cli::{
        args::Common,
        error::{Failure, Outcome},
        import,
        kb_card::{OfficeRow, card, office_line, office_row},
        kb_lookup::lookup,
        project::{self, Projects},
        query,
        render::count,
        terminal::{Sheet, printable},
    },
    desk::project::open,
    kb::{EntityId, Kb, Kind, NameForm, Role, source, verify},
    semantic::lexicon::english,
};

/// What to do with the knowledge base.
#[derive(clap::Subcommand, Debug)]
pub(crate) enum Command {
    /// Prints everybody and everything that is known.
    List {
        /// How to print.
        #[arg(long, value_enum, default_value_t = ListFormat::Text)]
        format: ListFormat,
        /// What `--format jsonl` was called.
        #[arg(long, hide = true, conflicts_with = "format")]
        jsonl: bool,
    },
    /// Prints what a name may mean, with the offices held.
    #[command(after_help = "\
Examples:
  copydesk kb lookup Scholz --on 2024-12-18
  copydesk kb lookup 'Côte d’Ivoire'
  copydesk kb lookup Q57792 --format json

Exit status: 0 known, 1 not known, 2 the run failed.")]
    Lookup {
        /// A name as it stands in text (case and accents do not matter), a code (DE, NATO) or a Wikidata id.
        name: String,
        /// Only the offices held on that day.
        #[arg(long, value_name = "YYYY-MM-DD")]
        on: Option<Date>,
        /// How to print.
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
    /// Prints who held an office on a day.
    #[command(after_help = "\
An answer in doubt is marked: the sources were last checked before that day, or they disagree. Nobody
is ever said to be in office beyond the date of the source.

Examples:
  copydesk kb office DE head_of_government --on 2024-12-18
  copydesk kb office NATO org_head --on 2018-06-15 --format json

Exit status: 0 somebody held it, 1 nobody is known to have, 2 the run failed.")]
    Office {
        /// Code of a country (ISO 3166, such as DE) or of a body (EU, NATO, UN).
        org: String,
        /// The office: head_of_state, head_of_government, foreign_minister … (a wrong one prints the list).
        role: String,
        /// The day.
        #[arg(long, value_name = "YYYY-MM-DD")]
        on: Date,
        /// How to print.
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
    /// Prints how much is known, from which sources, as of when.
    Stats,
    /// Makes a pack: from a dump of Wikidata, from results of queries, from tables of your own.
    Import(import::Options),
    /// Prints a query for Wikidata whose results `kb import` reads.
    #[command(after_help = query::HELP)]
    Query {
        /// What to ask for.
        #[arg(value_enum)]
        what: query::What,
    },
    /// Checks the base: damaged bytes, dangling ids, offices that end before they start, two holders of
    /// an office for one.
    #[command(after_help = "Exit status: 0 sound, 1 something is wrong, 2 the run failed.")]
    Verify {
        /// A base to check instead of the one in the program.
        file: Option<PathBuf>,
        /// Print every fault, not only the first few of each kind.
        #[arg(long)]
        all: bool,
    },
    /// Prints the whole base: one JSON object or one tab-separated line an entity.
    Export {
        /// How to print.
        #[arg(long, value_enum, default_value_t = ExportFormat::Jsonl)]
        format: ExportFormat,
    },
    /// Prints what differs between two bases: entities and tenures that came, went or changed.
    #[command(after_help = "Exit status: 0 the same, 1 something differs, 2 the run failed.")]
    Diff {
        /// The older base.
        old: PathBuf,
        /// The newer base [default: the one in the program].
        new: Option<PathBuf>,
    },
}

/// How an answer is printed.
#[derive(clap::ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Format {
    /// For reading.
    Text,
    /// One JSON array, for programs.
    Json,
}

/// How a list is printed.
#[derive(clap::ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum ListFormat {
    /// Tab-separated: kind, id, Wikidata id, name.
    Text,
    /// One JSON object a line: {"id", "wikidata", "kind", "name"}.
    Jsonl,
}

/// How the whole base is printed.
#[derive(clap::ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum ExportFormat {
    /// One JSON object a line, with names and tenures.
    #[value(alias = "json")]
    Jsonl,
    /// One line a tenure, and one line for each entity without.
    Tsv,
}

pub(crate) fn run(command: &Command, common: &Common, base: &Kb) -> Outcome {
    let mut out = BufWriter::new(io::stdout().lock());
    let kb = match command {
        // These are about files.
        Command::Verify { file: Some(_), .. } | Command::Diff { new: Some(_), .. } => base.clone(),
        Command::Import(_) | Command::Query { .. } => base.clone(),
        _ => known(common, base)?,
    };
    let kb = &kb;
    let status = match command {
        Command::List { format, jsonl } => list(kb, *jsonl || *format == ListFormat::Jsonl, &mut out)?,
        Command::Lookup { name, on, format } => lookup(kb, name, *on, *format, &mut out)?,
        Command::Office {
            org,
            role,
            on,
            format,
        } => office(kb, org, role, *on, *format, &mut out)?,
        Command::Stats => stats(kb, &mut Sheet(&mut out))?,
        Command::Verify { file: None, all } => verify_base(kb, *all, &mut Sheet(&mut out))?,
        Command::Verify {
            file: Some(path),
            all,
        } => verify_base(&load(path)?, *all, &mut Sheet(&mut out))?,
        Command::Import(options) => return import::run(options, kb),
        Command::Query { what } => query::print(*what, &mut out)?,
        Command::Export { format } => export(kb, *format, &mut out)?,
        Command::Diff { old, new: None } => diff(&load(old)?, kb, &mut Sheet(&mut out))?,
        Command::Diff { old, new: Some(new) } => diff(&load(old)?, &load(new)?, &mut Sheet(&mut out))?,
    };
    out.flush()?;
    Ok(match project::tell_damage(kb) {
        true => status,
        false => 2,
    })
}

/// What is known in this folder: a base that is named alone, else the one in the program with the layers of
/// the project.
fn known(common: &Common, base: &Kb) -> Result<Kb, Failure> {
    if common.kb.is_some() && common.config.is_none() {
        return Ok(base.clone());
    }
    let projects = Projects::new(common.config.as_deref(), base)?;
    Ok(projects.of(Path::new("-"))?.1)
}

/// Opens the knowledge base in a file.
pub(crate) fn load(path: &Path) -> Result<Kb, Failure> {
    let name = path.display().to_string();
    open(path, &name).map_err(|e| Failure::new(format!("{name}: {e}")))
}

pub(crate) fn kind_text(kind: Kind) -> &'static str {
    match kind {
        Kind::Person => "person",
        Kind::Country => "country",
        Kind::Institution => "institution",
        Kind::Place => "place",
    }
}

/// What [`Command::List`] prints of an entity.
#[derive(Serialize)]
struct ListRow<'a> {
    id: String,
    wikidata: Option<String>,
    kind: &'static str,
    name: &'a str,
}

fn list(kb: &Kb, jsonl: bool, out: &mut dyn Write) -> Outcome {
    for id in kb.ids() {
        let row = ListRow {
            id: kb.stable_id(id).into_owned(),
            wikidata: kb.wikidata(id).map(|q| format!("Q{q}")),
            kind: kind_text(kb.kind(id)),
            name: kb.name(id),
        };
        if jsonl {
            json_line(&row, out)?;
        } else {
            writeln!(
                out,
                "{}\t{}\t{}\t{}",
                row.kind,
                row.id,
                row.wikidata.as_deref().unwrap_or("-"),
                printable(row.name)
            )?;
        }
    }
    Ok(0)
}

fn json_line(row: &impl Serialize, out: &mut dyn Write) -> Result<(), Failure> {
    serde_json::to_writer(&mut *out, row).map_err(io::Error::from)?;
    out.write_all(b"\n")?;
    Ok(())
}

fn office(kb: &Kb, org: &str, role: &str, on: Date, format: Format, out: &mut dyn Write) -> Outcome {
    let roles = match Role::parse(role) {
        Some(role) => vec![role],
        None => {
            let noun = role.to_lowercase().replace(['_', '-'], " ");
            let row = english().roles.iter().find(|row| row.noun == noun);
            row.map_or_else(Vec::new, |row| row.roles.clone())
        }
    };
    if roles.is_empty() {
        let known: Vec<&str> = source::ROLES.iter().map(|(_, text)| *text).collect();
        return Err(Failure::new(format!(
            "no office '{role}'; it is a noun such as \"prime minister\", or one of: {}",
            known.join(", ")
        )));
    }
    let code = kb
        .by_code(org)
        .or_else(|| kb.by_code(&org.to_uppercase()))
        .or_else(|| named(kb, org));
    let code = match code.and_then(|id| kb.code(id)) {
        Some(code) => code,
        None if roles
            .iter()
            .any(|role| kb.tenures_in(org, *role).next().is_some()) =>
        {
            org
        }
        None => {
            return Err(Failure::new(format!(
                "no country or body with offices has the code or name '{org}'; codes are ISO 3166-1 (DE), ISO \
                 3166-2 (US-CA) or acronyms (NATO)"
            )));
        }
    };
    // A noun may name several offices, the likeliest first: "chancellor".
    let role = roles
        .iter()
        .find(|role| !kb.holders(code, **role, on).is_empty())
        .or(roles.first())
        .copied()
        .unwrap_or(Role::Other);
    let holders = kb.holders(code, role, on);
    let rows: Vec<OfficeRow<'_>> = holders.iter().map(|(t, h)| office_row(kb, t, Some(*h))).collect();
    if format == Format::Json {
        serde_json::to_writer_pretty(&mut *out, &rows).map_err(io::Error::from)?;
        writeln!(out)?;
    } else {
        let out = &mut Sheet(out);
        for row in &rows {
            writeln!(out, "{}, {}", row.person, office_line(row))?;
        }
        if rows.is_empty() {
            writeln!(
                out,
                "nobody is known to have been {} of {code} on {on}",
                role.text()
            )?;
        }
    }
    Ok(u8::from(rows.is_empty()))
}

/// The country of that name, or the only body of that name that has a code.
fn named(kb: &Kb, name: &str) -> Option<EntityId> {
    let mut found: Vec<EntityId> = kb
        .lookup(name)
        .filter(|h| kb.kind(h.entity) != Kind::Person && kb.code(h.entity).is_some())
        .filter(|h| matches!(h.form, NameForm::Name | NameForm::Alias | NameForm::Acronym))
        .map(|h| h.entity)
        .collect();
    found.dedup();
    let country = found.iter().find(|id| kb.kind(**id) == Kind::Country);
    match (country, found.as_slice()) {
        (Some(id), _) => Some(*id),
        (None, [id]) => Some(*id),
        _ => None,
    }
}

fn stats(kb: &Kb, out: &mut dyn Write) -> Outcome {
    let mut kinds: BTreeMap<Kind, (usize, usize)> = BTreeMap::new();
    for id in kb.ids() {
        let (n, linked) = kinds.entry(kb.kind(id)).or_default();
        *n += 1;
        *linked += usize::from(kb.wikidata(id).is_some());
    }
    let all: usize = kinds.values().map(|(n, _)| n).sum();
    writeln!(out, "{all:>8} entities")?;
    for kind in [Kind::Person, Kind::Country, Kind::Institution, Kind::Place] {
        let (n, linked) = kinds.get(&kind).copied().unwrap_or_default();
        writeln!(out, "{n:>10} {} ({linked} with a Wikidata id)", kind_text(kind))?;
    }
    writeln!(out, "{:>8} names, forms made by rule included", kb.n_names())?;
    writeln!(out, "{:>8} tenures", kb.n_tenures())?;
    if kb.n_layers() > 1 {
        writeln!(out, "\nlayers, the nearest last: entities, names, tenures")?;
        for layer in 0..kb.n_layers() {
            let (entities, names, tenures) = kb.layer_size(layer);
            writeln!(
                out,
                "  {:<22} {entities:>8} {names:>8} {tenures:>8}",
                kb.layer_name(layer)
            )?;
        }
    }
    writeln!(out, "\nsources: as of, entities, tenures, license")?;
    for (source, (entities, tenures)) in kb.sources_counted() {
        let as_of = source.as_of.map_or_else(|| "-".to_owned(), |d| d.to_string());
        writeln!(
            out,
            "  {:<22} {as_of:<10} {entities:>6} {tenures:>6}  {}",
            source.id, source.license
        )?;
    }
    Ok(0)
}

/// Faults of one kind beyond this many are counted: a pack of half the world has thousands, and the first
/// few say what they are.
const SHOWN: usize = 10;

fn verify_base(kb: &Kb, all: bool, out: &mut dyn Write) -> Outcome {
    let faults = verify::check(kb);
    let mut by_code: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for fault in &faults {
        by_code.entry(fault.code).or_default().push(&fault.message);
    }
    for (code, messages) in by_code {
        let shown = if all { messages.len() } else { SHOWN };
        for message in messages.iter().take(shown) {
            writeln!(out, "{code}: {message}")?;
        }
        let more = messages.len().saturating_sub(shown);
        if more > 0 {
            writeln!(out, "{code}: {more} more; --all prints them")?;
        }
    }
    if !faults.is_empty() {
        writeln!(
            out,
            "{} in {} entities, {} tenures",
            count(faults.len(), "fault"),
            kb.len(),
            kb.n_tenures()
        )?;
    }
    if faults.is_empty() {
        writeln!(
            out,
            "sound: {} entities, {} names, {} tenures",
            kb.len(),
            kb.n_names(),
            kb.n_tenures()
        )?;
    }
    Ok(u8::from(!faults.is_empty()))
}

fn export(kb: &Kb, format: ExportFormat, out: &mut dyn Write) -> Outcome {
    if format == ExportFormat::Tsv {
        writeln!(
            out,
            "id\twikidata\tkind\tname\torg\trole\toffice\tstart\tend\tas_of\tsource"
        )?;
    }
    for id in kb.ids() {
        let card = card(kb, id, None);
        if format == ExportFormat::Jsonl {
            json_line(&card, out)?;
            continue;
        }
        let head = format!(
            "{}\t{}\t{}\t{}",
            card.id,
            card.wikidata.as_deref().unwrap_or(""),
            card.kind,
            card.name
        );
        let show = |d: &Option<String>| d.clone().unwrap_or_default();
        if card.offices.is_empty() {
            writeln!(
                out,
                "{head}\t\t\t\t{}\t{}\t\t{}",
                show(&card.start),
                show(&card.end),
                card.source
            )?;
        }
        for o in &card.offices {
            writeln!(
                out,
                "{head}\t{}\t{}\t{}\t{}\t{}\t{}\t{}",
                o.org,
                o.role,
                o.office,
                show(&o.start),
                show(&o.end),
                show(&o.as_of),
                o.source
            )?;
        }
    }
    Ok(0)
}

/// Everything that is known of an entity, a line a fact.
fn facts(kb: &Kb) -> BTreeMap<String, Vec<String>> {
    let mut facts = BTreeMap::new();
    for id in kb.ids() {
        let card = card(kb, id, None);
        let mut lines = vec![format!("{} ({})", card.name, card.kind)];
        let names = card.names.iter().filter(|n| !n.by_rule);
        lines.extend(names.map(|n| format!("{}: {}", n.form, n.name)));
        lines.extend(card.offices.iter().map(office_line));
        lines.order_by(Ord::cmp);
        facts.insert(card.id, lines);
    }
    facts
}

fn diff(old: &Kb, new: &Kb, out: &mut dyn Write) -> Outcome {
    let (before, after) = (facts(old), facts(new));
    let mut differs = false;
    let mut ids: Vec<&String> = before.keys().chain(after.keys()).collect();
    ids.order_by(Ord::cmp);
    ids.dedup();
    let none = Vec::new();
    for id in ids {
        let (a, b) = (before.get(id).unwrap_or(&none), after.get(id).unwrap_or(&none));
        if a == b {
            continue;
        }
        differs = true;
        let name = |kb: &Kb| kb.by_id(id).map(|e| kb.name(e).to_owned()).unwrap_or_default();
        writeln!(out, "{id} {}", if b.is_empty() { name(old) } else { name(new) })?;
        for line in a.iter().filter(|line| !b.contains(line)) {
            writeln!(out, "  - {line}")?;
        }
        for line in b.iter().filter(|line| !a.contains(line)) {
            writeln!(out, "  + {line}")?;
        }
    }
    Ok(u8::from(differs))
}
