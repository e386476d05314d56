//! Any bytes are a knowledge base or an error, and a knowledge base that loads can be asked anything (I13).
#![no_main]

use copydesk::kb::{Kb, format};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut bytes = bytes.to_vec();
    // Checksums would turn nearly everything away; what lies behind them has to hold as well.
    format::seal(&mut bytes);
    let Ok(kb) = Kb::load(bytes) else {
        return;
    };
    let over = Kb::embedded().and(&kb);
    for kb in [&kb, &over] {
        for id in kb.ids().take(1000) {
            let _ = (kb.kind(id), kb.name(id), kb.code(id), kb.tenures(id).count());
            let _ = (kb.names_of(id).count(), kb.note(id), kb.groups_of(id).count());
        }
    }
});
