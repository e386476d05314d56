//! Any bytes are a knowledge base or an error, and a knowledge base that loads can be asked anything (I13).
#![no_main]

use copydesk::kb::Kb;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(kb) = Kb::load(bytes.to_vec()) else {
        return;
    };
    for id in kb.ids() {
        let _ = (kb.kind(id), kb.name(id), kb.code(id), kb.tenures(id).count());
    }
});
