//! Fits the embedded weights. Same data and same seed give the same bytes.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "fitting takes minutes and tells how far it is")]
#![allow(clippy::needless_range_loop, reason = "labels index several arrays at once")]
#![allow(clippy::needless_for_each, reason = "one line a column reads as a table")]

pub mod class;
pub mod clusters;
mod fit;
pub mod gold;
pub mod names;
mod rows;
pub mod sequence;
pub mod tagger;

pub use fit::Options;
