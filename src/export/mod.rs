//! Hits to bytes, in the formats that other programs read.

pub mod csv;
pub mod markdown;
pub mod svg;
pub mod table;
pub mod wire;
