//! Hits to bytes, in the formats that other programs read.

mod evaluation;
mod verification;
pub mod wire;
