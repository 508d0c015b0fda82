//! Hits to bytes, in the formats that other programs read.

pub mod wire;
