//! Structure and knowledge to meaning: who is named, who is meant, who says what.
//!
//! Two tiers. [`local`] looks at one block and is cached by content. The global stages run once a revision,
//! in this order: [`dating`], [`names`], [`quote`], [`coref`]; [`article`] puts their results together.

pub mod article;
pub mod local;
pub mod wordsets;
mod later;
pub mod lexicon;
mod clause;
mod gazetteer;
mod beside;
mod stretch;
mod runs;
mod apposition;
mod phrases;
pub mod mention;
pub mod doc;
pub mod dating;
mod link;
mod unknown;
mod geo;
mod office;
mod person;
mod institution;
pub mod names;
pub mod cue;
mod retag;
mod line;
mod verb_group;
mod climb;
mod subject;
mod extent;
mod predicate;
mod noun;
mod content;
pub mod frame;
mod verbless;
mod headline;
mod choice;
mod propose;
pub mod speech;
mod surroundings;
mod naming;
mod aside;
mod report;
mod trace;
mod interview;
mod inherit;
mod nested;
pub mod quote;
mod salience;
mod definite;
mod ahead;
mod speaker;
pub mod coref;
