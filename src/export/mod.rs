//! Hits to bytes, in the formats that other programs read.

pub mod csv;
mod evaluation;
pub mod markdown;
mod verification;
pub mod wire;
