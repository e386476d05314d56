//! Compiles the tables to the embedded knowledge base.

use std::{fs, path::Path};

use copydesk::kb::{Kb, compile, source::Tables, verify};

pub(crate) fn run(args: &[String]) -> Result<(), String> {
    let (data, out) = match args {
        [] => ("data/kb", "data/kb.bin"),
        [data, out] => (data.as_str(), out.as_str()),
        _ => return Err("kb-build takes no arguments, or a folder of tables and a file to write".to_owned()),
    };
    let tables = Tables::parse(&read_tables(Path::new(data))?).map_err(|e| e.to_string())?;
    let bytes = compile::compile(&tables).map_err(|e| e.to_string())?;
    let kb = Kb::load(bytes.clone()).map_err(|e| e.to_string())?;
    fs::write(out, &bytes).map_err(|e| format!("{out}: {e}"))?;
    println!(
        "{out}: {} bytes, {} entities, {} names, {} tenures",
        bytes.len(),
        kb.len(),
        kb.n_names(),
        kb.n_tenures()
    );
    for row in &tables.idle_drops {
        let hint = if row.contains("repeats") {
            ""
        } else {
            " matches nothing"
        };
        println!("idle: {row}{hint} and can go");
    }
    for fault in verify::check_tables(&tables) {
        println!("{fault}");
    }
    Ok(())
}

/// The tables of a folder and of its folder `hand`, as (name below the folder, text).
pub(crate) fn read_tables(dir: &Path) -> Result<Vec<(String, String)>, String> {
    let mut files = Vec::new();
    for (folder, prefix) in [(dir.to_owned(), ""), (dir.join("hand"), "hand/")] {
        let entries = fs::read_dir(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        for entry in entries {
            let path = entry.map_err(|e| e.to_string())?.path();
            if path.extension().is_some_and(|e| e == "tsv") {
                let text = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                files.push((format!("{prefix}{name}"), text));
            }
        }
    }
    files.sort();
    Ok(files)
}
