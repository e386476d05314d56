//! Features in the editor's words: byte offsets in, plain data out. Knows no protocol, no rope, no clock.

pub mod explain;
