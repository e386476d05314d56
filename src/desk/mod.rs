//! What a desk adds to the program: its settings, its packs, its own people and institutions. Finds the
//! files, reads them, and makes of them the settings and the knowledge base that hold for an article.

pub mod edit;
mod ignored;
mod map;
pub mod people;
pub mod project;
pub mod walk;
