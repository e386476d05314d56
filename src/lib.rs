//! copydesk reads news copy: it recognizes leaders, countries and institutions, and who says what.
//!
//! The layers, lower ones knowing nothing of higher ones:
//! [`base`] ← [`kb`], [`syntax`] ← [`semantic`] ← [`rules`] ← [`ide`] ← `lsp`, [`cli`]; [`text`] and [`desk`] beside them.

pub mod base;
pub mod kb;
pub mod syntax;
pub mod semantic;
pub mod rules;
pub mod ide;
pub mod text;
pub mod desk;
#[cfg(feature = "lsp")]
pub mod lsp;
pub mod cli;
#[doc(hidden)]
pub mod testing;
