//! Hits to bytes, in the formats that other programs read.

mod evaluation;
pub mod wire;
