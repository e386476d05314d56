//! The vocabulary that every layer shares. Depends on nothing in this crate.

pub mod crew;
pub mod date;
pub mod decode;
pub mod fold;
pub mod listed;
pub mod order;
pub mod place;
pub mod reads;
pub mod span;
pub mod word;
pub mod work;
