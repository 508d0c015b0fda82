//! newsdex: from a folder of news articles to full text, actors and attributed quotes.
//!
//! The modules stand in reading order; each stage hands one type to the next.

#![warn(clippy::print_stdout, clippy::print_stderr)]
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test that meets an error should stop there"))]

pub mod article;
pub mod crawl;
pub mod error;
pub mod export;
pub mod extract;
pub mod index;
pub mod ingest;
pub mod model;
pub mod ordered;
pub mod parse;
pub mod search;
pub mod text;

pub use error::{Error, Result};
