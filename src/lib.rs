//! newsdex: from a folder of news articles to full text, actors and attributed quotes.
//!
//! The modules stand in reading order; each stage hands one type to the next:
//!
//! ```
//! use newsdex::extract::annotate;
//! use newsdex::index::Index;
//! use newsdex::ingest::{IngestOptions, Progress, ingest};
//! use newsdex::parse::parse_text;
//! use newsdex::search::{QuoteRequest, Searcher};
//!
//! // One article: text to fields, names and quotes.
//! let text = "“The gates stay shut,” Mayor Ada Whitlow said on Monday.\n".to_owned();
//! let (article, _) = parse_text("", text);
//! let found = annotate(&article.text, Some("en"));
//! assert_eq!(found.quotes[0].words(&article.text), "“The gates stay shut,”");
//!
//! // A folder: files to an index, and an answer from it.
//! struct Silent;
//! impl Progress for Silent {
//!     fn file(&mut self, _: &newsdex::ingest::FileReport) {}
//! }
//! let folder = tempfile::tempdir()?;
//! std::fs::write(folder.path().join("gates.txt"), &article.text)?;
//! let index = Index::open_or_create(folder.path().join("index"))?;
//! let stop = std::sync::atomic::AtomicBool::new(false);
//! ingest(&index, &[folder.path().into()], &IngestOptions::default(), &stop, &mut Silent)?;
//! let quotes = Searcher::open(&index)?.quotes(&QuoteRequest { by: vec!["Whitlow".into()], ..QuoteRequest::default() })?;
//! assert_eq!(quotes.total, 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

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
pub mod ranking;
pub mod verify;
pub mod export;

pub use error::{Error, Result};
