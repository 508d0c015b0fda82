//! Quotes that are as sure as is asked for, to the last digit, as a query of tantivy's.
//!
//! The column of confidence is rounded to the hundredth. Only where it is as much as what is asked for, rounded likewise,
//! the record of the quote is read.

use std::fmt;
use std::ops::Bound;
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::query::{BooleanQuery, ConstScorer, EnableScoring, Explanation, Query, RangeQuery, Scorer, Weight};
use tantivy::store::StoreReader;
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyDocument, TantivyError, Term};

use super::stored;
use crate::index::fields;
use crate::index::record::decode_quote;

/// Bytes of stored documents that are kept unpacked, in blocks.
const BLOCKS: usize = 8;

/// What kept a record from being read while a query ran. A set of documents cannot fail, so it is kept for who asked.
#[derive(Clone, Debug, Default)]
pub(super) struct Unread(Arc<Mutex<Option<TantivyError>>>);

impl Unread {
    fn note(&self, error: TantivyError) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
    }

    /// Fails where a record could not be read: what was found is then not all there is.
    pub(super) fn check(&self) -> tantivy::Result<()> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take().map_or(Ok(()), Err)
    }
}

/// The quotes with a confidence of at least `share`; whoever runs this query has to [`check`](Unread::check) `unread`.
pub(super) fn at_least(share: f32, unread: &Unread) -> Box<dyn Query> {
    let hundredths = (share * 100.0).round() as u64;
    let term = |hundredths| Term::from_field_u64(fields().confidence, hundredths);
    let surely = RangeQuery::new(Bound::Excluded(term(hundredths)), Bound::Unbounded);
    let about = RangeQuery::new(Bound::Included(term(hundredths)), Bound::Included(term(hundredths)));
    let exactly = Exactly { about: Box::new(about), share, unread: unread.clone() };
    Box::new(BooleanQuery::union(vec![Box::new(surely), Box::new(exactly)]))
}

/// Those of the quotes `about` whose record says at least `share`.
struct Exactly {
    about: Box<dyn Query>,
    share: f32,
    unread: Unread,
}

impl Clone for Exactly {
    fn clone(&self) -> Self {
        Self { about: self.about.box_clone(), share: self.share, unread: self.unread.clone() }
    }
}

impl fmt::Debug for Exactly {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Exactly({} of {:?})", self.share, self.about)
    }
}

impl Query for Exactly {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let about = self.about.weight(scoring)?;
        Ok(Box::new(ExactlyWeight { about, share: self.share, unread: self.unread.clone() }))
    }
}

struct ExactlyWeight {
    about: Box<dyn Weight>,
    share: f32,
    unread: Unread,
}

impl Weight for ExactlyWeight {
    fn scorer(&self, reader: &SegmentReader, _boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let about = self.about.scorer(reader, 1.0)?;
        let (store, unread) = (reader.get_store_reader(BLOCKS)?, self.unread.clone());
        let mut sure = Sure { about, store, share: self.share, unread };
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
    unread: Unread,
}

impl Sure {
    /// Goes on to the first quote from here that is sure enough.
    fn settle(&mut self) -> DocId {
        while self.about.doc() != TERMINATED && !self.is_sure(self.about.doc()) {
            self.about.advance();
        }
        self.about.doc()
    }

    /// False too where the record cannot be read, which is noted.
    fn is_sure(&self, document: DocId) -> bool {
        match self.confidence(document) {
            Ok(confidence) => confidence >= self.share,
            Err(error) => {
                self.unread.note(error);
                false
            }
        }
    }

    fn confidence(&self, document: DocId) -> tantivy::Result<f32> {
        let document: TantivyDocument = self.store.get(document)?;
        Ok(decode_quote(stored::record(&document)).ok_or_else(stored::damaged)?.confidence)
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

#[cfg(test)]
mod tests {
    use tantivy::Index;
    use tantivy::collector::Count;

    use super::*;
    use crate::index::{register, schema};

    #[test]
    fn a_record_that_cannot_be_read_is_told() {
        let index = Index::create_in_ram(schema());
        register(&index);
        let mut writer = index.writer_with_num_threads(1, 20_000_000).unwrap();
        let mut document = TantivyDocument::new();
        document.add_u64(fields().confidence, 90);
        writer.add_document(document).unwrap();
        writer.commit().unwrap();
        let snapshot = index.reader().unwrap().searcher();
        for (share, expect) in [(0.9, Some("damaged")), (0.8, None), (0.95, None)] {
            let unread = Unread::default();
            snapshot.search(&at_least(share, &unread), &Count).unwrap();
            let told = unread.check().err().map(|error| error.to_string());
            assert_eq!(told.is_some(), expect.is_some(), "{share}: {told:?}");
            assert!(unread.check().is_ok(), "it is told once");
        }
    }
}
