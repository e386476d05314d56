//! What an import tells: how far it is, and at its end what it took and what it left.

use std::{
    io::{self, Write},
    path::Path,
    time::Instant,
};

use crate::{
    cli::error::{self, Failure},
    kb::{Kb, Kind, import::Tally},
};

/// Notes of one kind beyond this many are counted.
const NOTES: usize = 8;

pub(super) struct Summary {
    /// Bytes read, unpacked.
    pub(super) bytes: u64,
    pub(super) warnings: Vec<String>,
    since: Instant,
}

impl Summary {
    #[allow(
        clippy::disallowed_methods,
        reason = "how long it took is told; no result depends on it"
    )]
    pub(super) fn new() -> Self {
        Self {
            bytes: 0,
            warnings: Vec::new(),
            since: Instant::now(),
        }
    }

    pub(super) fn print(&self, path: &Path, pack: &Kb, tally: &Tally) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        let size = std::fs::metadata(path).map_or(0, |meta| meta.len());
        writeln!(out, "{}: {}", path.display(), megabytes(size as f64))?;
        let count = |kind: Kind| pack.ids().filter(|id| pack.kind(*id) == kind).count() as u64;
        let kinds = [
            (count(Kind::Person), "people"),
            (count(Kind::Country), "countries"),
            (count(Kind::Institution), "bodies"),
            (count(Kind::Place), "places"),
            (pack.n_tenures() as u64, "tenures"),
            (pack.n_names() as u64, "names"),
        ];
        writeln!(out, "  has: {}", listed(&kinds))?;
        let seconds = self.since.elapsed().as_secs_f64();
        writeln!(
            out,
            "  read: {} lines, {} in {seconds:.1} s",
            grouped(tally.read),
            megabytes(self.bytes as f64)
        )?;
        let left = [
            (tally.damaged, "damaged lines"),
            (tally.undated, "offices without a start"),
            (tally.before, "offices or bodies that ended too early"),
            (tally.contradictory, "offices that end before they start"),
            (tally.nowhere, "offices of no known country or body"),
            (tally.obscure, "lesser offices of people few write of"),
            (
                tally.other_offices,
                "statements of offices that are of no use here, or whose items the input does not have",
            ),
            (tally.nameless, "rows about things without a name"),
            (tally.over, "least known things, for want of room"),
        ];
        if left.iter().any(|(n, _)| *n > 0) {
            writeln!(out, "  left out: {}", listed(&left))?;
        }
        if tally.succeeded > 0 {
            writeln!(
                out,
                "  in doubt: offices without an end that somebody took up later {}",
                grouped(tally.succeeded)
            )?;
        }
        for (line, why) in &tally.told {
            writeln!(out, "  damaged: line {line}: {why}")?;
        }
        let more = tally.damaged.saturating_sub(tally.told.len() as u64);
        if more > 0 && !tally.told.is_empty() {
            writeln!(out, "  damaged: {} more", grouped(more))?;
        }
        drop(out);
        for warning in self.warnings.iter().chain(tally.notes.iter().take(NOTES)) {
            error::complain(&format_args!("warning: {warning}"));
        }
        if tally.notes.len() > NOTES {
            error::complain(&format_args!(
                "warning: {} more of this kind",
                tally.notes.len() - NOTES
            ));
        }
        Ok(())
    }
}

/// One line while it runs.
pub(super) fn progress(name: &str, read: f64, part: Option<f64>, rate: f64, kept: u64) -> String {
    let part = part
        .map(|part| format!(", {:.0} %", part.min(1.0) * 100.0))
        .unwrap_or_default();
    format!(
        "{name}: {}{part}, {}/s, {} kept",
        megabytes(read),
        megabytes(rate),
        grouped(kept)
    )
}

fn listed(counts: &[(u64, &str)]) -> String {
    let some = counts.iter().filter(|(n, _)| *n > 0);
    let words: Vec<String> = some.map(|(n, what)| format!("{what} {}", grouped(*n))).collect();
    words.join(", ")
}

/// 1234567 → "1,234,567".
fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn megabytes(bytes: f64) -> String {
    match bytes {
        b if b < 1e3 => format!("{b:.0} bytes"),
        b if b < 1e6 => format!("{:.0} kB", b / 1e3),
        b if b < 1e9 => format!("{:.1} MB", b / 1e6),
        b => format!("{:.2} GB", b / 1e9),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_for_people() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(megabytes(1_500_000.0), "1.5 MB");
        assert_eq!(
            progress("a.gz", 2e9, Some(0.5), 2e8, 1234),
            "a.gz: 2.00 GB, 50 %, 200.0 MB/s, 1,234 kept"
        );
    }
}
