//! Arguments to command line or language server; exit codes; nothing else.

fn main() {}
