//! Fits the embedded weights. Same data and same seed give the same bytes.

pub mod class;
pub mod clusters;
mod fit;
pub mod gold;
pub mod names;
pub mod tagger;

pub use fit::Options;
