//! All quotes of one file, as they are stored.

use std::collections::BTreeMap;

use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet, SegmentReader, TERMINATED, Term};

use super::collect::Match;
use super::highlight::Needles;
use super::{QuoteHit, Searcher, stored};
use crate::error::Result;
use crate::index::{Kind, fields, name, path_number};

/// The quotes of one file, by article. They are loaded an article at a time: a file may hold millions.
pub struct QuotesOfFile<'a> {
    searcher: &'a Searcher,
    /// Where the quotes stand, by the number of their article; in the order of the text.
    by_article: BTreeMap<u64, Vec<DocAddress>>,
}

impl Searcher {
    /// The quotes of the file at `path`.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn quotes_of_file(&self, path: &str) -> Result<QuotesOfFile<'_>> {
        let places = || {
            let mut by_article: BTreeMap<u64, Vec<DocAddress>> = BTreeMap::new();
            for (ordinal, reader) in (0..).zip(self.snapshot.segment_readers()) {
                let articles = reader.fast_fields().u64(name::ARTICLE)?;
                for document in quotes_in_segment(reader, path)? {
                    let article = articles.first(document).unwrap_or_default();
                    by_article.entry(article).or_default().push(DocAddress::new(ordinal, document));
                }
            }
            Ok(by_article)
        };
        let by_article = places().map_err(|source| self.index.error(source))?;
        Ok(QuotesOfFile { searcher: self, by_article })
    }
}

impl QuotesOfFile<'_> {
    /// How many there are that were not taken yet.
    pub fn len(&self) -> usize {
        self.by_article.values().map(Vec::len).sum()
    }

    /// True where all were taken.
    pub fn is_empty(&self) -> bool {
        self.by_article.is_empty()
    }

    /// Takes out the quotes of the article at `path`, in the order of its text.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn take(&mut self, path: &str) -> Result<Vec<QuoteHit>> {
        let places = self.by_article.remove(&path_number(path)).unwrap_or_default();
        self.load(&places)
    }

    /// Takes out the quotes of any one article more; `None` at the end.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn take_any(&mut self) -> Result<Option<Vec<QuoteHit>>> {
        let first = self.by_article.pop_first();
        first.map(|(_, places)| self.load(&places)).transpose()
    }

    fn load(&self, places: &[DocAddress]) -> Result<Vec<QuoteHit>> {
        let needles = Needles::default();
        let load = |&address| stored::quote_hit(&self.searcher.snapshot, &Match { address, score: 0.0 }, &needles);
        let quotes: tantivy::Result<Vec<QuoteHit>> = places.iter().map(load).collect();
        quotes.map_err(|source| self.searcher.index.error(source))
    }
}

fn quotes_in_segment(reader: &SegmentReader, path: &str) -> tantivy::Result<Vec<u32>> {
    let inverted = reader.inverted_index(fields().file)?;
    let term = Term::from_field_u64(fields().file, path_number(path));
    let mut quotes = Vec::new();
    let Some(mut postings) = inverted.read_postings(&term, IndexRecordOption::Basic)? else { return Ok(quotes) };
    let kinds = reader.fast_fields().u64(name::KIND)?;
    while postings.doc() != TERMINATED {
        let document = postings.doc();
        if !reader.is_deleted(document) && kinds.first(document) == Some(Kind::Quote as u64) {
            quotes.push(document);
        }
        postings.advance();
    }
    Ok(quotes)
}
