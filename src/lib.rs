//! newsdex: from a folder of news articles to full text, actors and attributed quotes.
//!
//! The modules stand in reading order; each stage hands one type to the next.

#![warn(clippy::print_stdout, clippy::print_stderr)]
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test that meets an error should stop there"))]

pub mod error;
pub mod text;
pub mod article;
pub mod model;
pub mod crawl;
pub mod parse;
pub mod extract;
pub mod index;
pub mod ordered;
pub mod evaluate;
pub mod ingest;
pub mod search;
pub mod verify;
pub mod export;

pub use error::{Error, Result};
