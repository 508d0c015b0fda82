//! Small trained scorers, with their weights embedded.
//!
//! The tagger finds the names in a text. Its weights and tables, nothing but hashes and numbers, are compiled in;
//! `weights/README.md` tells what they were learned from, how, and how good they are.

use std::sync::LazyLock;

use crate::text::{Prose, Span};

mod class;
mod document;
mod features;
mod form;
mod hash;
mod label;
mod lexicon;
mod posterior;
pub mod ranker;
#[cfg(feature = "train")]
pub mod score;
mod scorer;
pub mod sequence;
pub mod tagger;
#[cfg(feature = "train")]
pub mod train;

use tagger::Tagger;

/// The tagger with the embedded weights, read when first used.
static TAGGER: LazyLock<Tagger> = LazyLock::new(|| {
    Tagger::new(
        include_bytes!("weights/clusters.bin"),
        include_bytes!("weights/names.bin"),
        include_bytes!("weights/tagger.bin"),
        include_bytes!("weights/classes.bin"),
    )
});

/// Finds the names in `prose`, an English text, in order, none overlapping another.
pub fn tag(prose: &Prose<'_>) -> Vec<Name> {
    TAGGER.tag(prose)
}

/// The clusters of words used alike that each of `words` falls into, from coarse to fine; 0 where it is unknown.
pub fn clusters<'a>(words: impl IntoIterator<Item = &'a str>) -> Vec<[u16; 4]> {
    let lowers: Vec<u64> = words.into_iter().map(hash::lower_hash).collect();
    let mut found = vec![[0; 4]; lowers.len()];
    TAGGER.lexicon.each_clusters(&lowers, |at, clusters| found[at] = clusters);
    found
}

/// A stretch of text that the tagger takes for a name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Name {
    /// The name as printed, without possessive ending.
    pub span: Span,
    /// What it names.
    pub class: Class,
    /// How probable that is, from 0 to 1.
    pub confidence: f32,
}

/// What a name names, as finely as the training data tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Class {
    /// A human being.
    Person,
    /// A company, party, ministry, agency, team, band.
    Organization,
    /// A country, town, river, region.
    Location,
    /// A building, airport, road, bridge.
    Facility,
    /// A people, religion or political leaning, as noun or adjective: "Kenyan", "Muslims", "Republican".
    Nationality,
    /// Something made: a vehicle, a device, a medicine.
    Product,
    /// Events, works, laws, prizes and all other names.
    Miscellaneous,
}
