//! Development tasks; run `cargo xtask` for the list.

fn main() {}
