//! Quotes that are as sure as is asked for, to the last digit, as a query of tantivy's.
//!
//! The column of confidence is rounded to the hundredth. Only where it is as much as what is asked for, rounded likewise,
//! the record of the quote is read.

use std::fmt;
use std::ops::Bound;

use tantivy::query::{BooleanQuery, ConstScorer, EnableScoring, Explanation, Query, RangeQuery, Scorer, Weight};
use tantivy::store::StoreReader;
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyDocument, TantivyError, Term};

use super::stored;
use crate::index::fields;
use crate::index::record::decode_quote;

/// Bytes of stored documents that are kept unpacked, in blocks.
const BLOCKS: usize = 8;

/// The quotes with a confidence of at least `share`.
pub(super) fn at_least(share: f32) -> Box<dyn Query> {
    let hundredths = (share * 100.0).round() as u64;
    let term = |hundredths| Term::from_field_u64(fields().confidence, hundredths);
    let surely = RangeQuery::new(Bound::Excluded(term(hundredths)), Bound::Unbounded);
    let about = RangeQuery::new(Bound::Included(term(hundredths)), Bound::Included(term(hundredths)));
    let exactly = Exactly { about: Box::new(about), share };
    Box::new(BooleanQuery::union(vec![Box::new(surely), Box::new(exactly)]))
}

/// Those of the quotes `about` whose record says at least `share`.
struct Exactly {
    about: Box<dyn Query>,
    share: f32,
}

impl Clone for Exactly {
    fn clone(&self) -> Self {
        Self { about: self.about.box_clone(), share: self.share }
    }
}

impl fmt::Debug for Exactly {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Exactly({} of {:?})", self.share, self.about)
    }
}

impl Query for Exactly {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(ExactlyWeight { about: self.about.weight(scoring)?, share: self.share }))
    }
}

struct ExactlyWeight {
    about: Box<dyn Weight>,
    share: f32,
}

impl Weight for ExactlyWeight {
    fn scorer(&self, reader: &SegmentReader, _boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let about = self.about.scorer(reader, 1.0)?;
        let mut sure = Sure { about, store: reader.get_store_reader(BLOCKS)?, share: self.share };
        sure.settle();
        Ok(Box::new(ConstScorer::new(sure, 0.0)))
    }

    fn explain(&self, reader: &SegmentReader, document: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        if scorer.doc() > document || scorer.seek(document) != document {
            return Err(TantivyError::InvalidArgument(format!("document {document} does not match")));
        }
        Ok(Explanation::new("exactly", 0.0))
    }
}

struct Sure {
    about: Box<dyn Scorer>,
    store: StoreReader,
    share: f32,
}

impl Sure {
    /// Goes on to the first quote from here that is sure enough.
    fn settle(&mut self) -> DocId {
        while self.about.doc() != TERMINATED && !self.is_sure(self.about.doc()) {
            self.about.advance();
        }
        self.about.doc()
    }

    /// False too where the record cannot be read: what is not known to be sure is not.
    fn is_sure(&self, document: DocId) -> bool {
        let Ok(document) = self.store.get::<TantivyDocument>(document) else { return false };
        decode_quote(stored::record(&document)).is_some_and(|quote| quote.confidence >= self.share)
    }
}

impl DocSet for Sure {
    fn advance(&mut self) -> DocId {
        self.about.advance();
        self.settle()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.about.doc() < target {
            self.about.seek(target);
        }
        self.settle()
    }

    fn doc(&self) -> DocId {
        self.about.doc()
    }

    fn size_hint(&self) -> u32 {
        self.about.size_hint()
    }
}
