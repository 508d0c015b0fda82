//! What a deletion deletes: nothing that was added after it.
//!
//! tantivy's own writer numbers documents and deletions, and compares. A segment that was made elsewhere has no such numbers:
//! whichever deletions wait when it is added, and were not carried out yet, would be carried out on it too.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use tantivy::index::SegmentId;
use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, TermQuery, Weight};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Score, SegmentReader, Term};

/// The order in which a writer deletes and adds segments.
#[derive(Debug, Default)]
pub(super) struct Order {
    /// Deletions so far.
    deletions: usize,
    added: Arc<RwLock<Added>>,
}

/// For each segment that the writer added, how many deletions came before it. What they were merged to is not among them,
/// since merging carries these deletions out.
type Added = HashMap<SegmentId, usize>;

impl Order {
    /// Notes that the segment is added now.
    pub(super) fn add(&self, segment: SegmentId) {
        self.added.write().unwrap_or_else(PoisonError::into_inner).insert(segment, self.deletions);
    }

    /// Everything added before now that has `term`.
    pub(super) fn delete(&mut self, term: Term) -> Earlier {
        self.deletions += 1;
        let documents = TermQuery::new(term, IndexRecordOption::Basic);
        Earlier { documents, number: self.deletions, added: Arc::clone(&self.added) }
    }
}

/// The documents that a term query finds in the segments that were added before the deletion of this number.
#[derive(Clone, Debug)]
pub(super) struct Earlier {
    documents: TermQuery,
    number: usize,
    added: Arc<RwLock<Added>>,
}

impl Query for Earlier {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let documents = self.documents.weight(scoring)?;
        Ok(Box::new(EarlierWeight { documents, number: self.number, added: Arc::clone(&self.added) }))
    }
}

struct EarlierWeight {
    documents: Box<dyn Weight>,
    number: usize,
    added: Arc<RwLock<Added>>,
}

impl Weight for EarlierWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let added = self.added.read().unwrap_or_else(PoisonError::into_inner);
        if added.get(&reader.segment_id()).is_some_and(|&before| before >= self.number) {
            return Ok(Box::new(EmptyScorer));
        }
        self.documents.scorer(reader, boost)
    }

    fn explain(&self, reader: &SegmentReader, document: DocId) -> tantivy::Result<Explanation> {
        self.documents.explain(reader, document)
    }
}
