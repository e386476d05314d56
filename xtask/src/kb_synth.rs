//! Writes a pack of made-up people, to see how large ones behave.

#[path = "../../benches/synthetic/mod.rs"]
mod synthetic;

use std::{fs, path::Path};

use copydesk::kb::compile;

pub(crate) fn run(args: &[String]) -> Result<(), String> {
    let [n, out] = args else {
        return Err("kb-synth takes a number of people and a file to write".to_owned());
    };
    let n = n
        .parse()
        .map_err(|_| format!("'{n}' is not a number of people"))?;
    let bytes = compile::compile(&synthetic::tables(n)).map_err(|e| e.to_string())?;
    // Whoever has mapped an old one goes on with it.
    let new = Path::new(out).with_extension("new");
    let written = fs::write(&new, &bytes).and_then(|()| fs::rename(&new, out));
    written.map_err(|e| format!("{out}: {e}"))?;
    println!("{out}: {} bytes", bytes.len());
    Ok(())
}
