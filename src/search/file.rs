//! All quotes of one file, as they are stored.

use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet, SegmentReader, TERMINATED, Term};

use super::collect::Match;
use super::highlight::Needles;
use super::{Field, Query, QuoteHit, Searcher, stored};
use crate::error::Result;
use crate::index::{Kind, fields, name, path_number};

impl Searcher {
    /// The quotes of the file at `path`, article by article, in the order of the text.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn quotes_of_file(&self, path: &str) -> Result<Vec<QuoteHit>> {
        let needles = Needles::new(&Query::All, Field::Said);
        let quotes = || {
            let mut quotes = Vec::new();
            for (ordinal, reader) in (0..).zip(self.snapshot.segment_readers()) {
                for document in quotes_in_segment(reader, path)? {
                    let found = Match { address: DocAddress::new(ordinal, document), score: 0.0 };
                    quotes.push(stored::quote_hit(&self.snapshot, &found, &needles)?);
                }
            }
            Ok(quotes)
        };
        quotes().map_err(|source| self.index.error(source))
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
