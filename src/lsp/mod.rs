//! The language server; the only layer that names protocol types.
