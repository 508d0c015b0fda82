//! Hits to bytes.
