//! Small trained scorers, with their weights embedded.

pub mod ranker;
