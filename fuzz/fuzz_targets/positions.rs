//! Offsets and positions lead to one another in each encoding; a wild position leads to some border (I12).
#![no_main]

use copydesk::text::position::{Encoding, Position, Positions};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (&str, u32, u32)| {
    let (text, line, column) = input;
    for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
        let positions = Positions::of(text, encoding);
        for (offset, c) in text.char_indices() {
            // The two halves of CRLF are one line end, and nothing stands between them.
            if c == '\n' && text[..offset].ends_with('\r') {
                continue;
            }
            let position = positions.position(offset as u32);
            assert_eq!(
                positions.offset(position),
                offset as u32,
                "{encoding:?} {position:?}"
            );
        }
        let somewhere = positions.offset(Position { line, column });
        assert!(text.is_char_boundary(somewhere as usize));
    }
});
