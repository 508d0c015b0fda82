//! Documents on their way to tantivy's thread: in groups, under a limit of bytes.
//!
//! tantivy itself takes 10,000 groups before it makes anybody wait, however large they are, and wakes its thread for each
//! (`PIPELINE_MAX_SIZE_IN_DOCS` in its `index_writer.rs`).

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use tantivy::TantivyDocument;
use tantivy::indexer::UserOperation;
use tantivy::schema::document::Document;

/// Bytes of a group.
const GROUP: usize = 1 << 18;

/// Bytes that may be under way; one group of more may be alone.
const LIMIT: usize = 1 << 24;

/// How long to wait for tantivy's thread to take a group. When it has stopped, the next call tells why.
const PATIENCE: Duration = Duration::from_secs(600);

/// What is to be done with documents, in order.
pub(super) type Operations = Vec<UserOperation<Queued>>;

/// What waits to be handed to tantivy, and how much it has been handed already.
#[derive(Debug, Default)]
pub(super) struct Queue {
    operations: Operations,
    bytes: usize,
    under_way: Arc<UnderWay>,
}

impl Queue {
    /// Adds `operations`, on about `bytes` bytes; true where there is a group now, to be [taken](Self::take).
    pub(super) fn push(
        &mut self,
        operations: impl IntoIterator<Item = UserOperation<TantivyDocument>>,
        bytes: usize,
    ) -> bool {
        self.operations.extend(operations.into_iter().map(|operation| match operation {
            UserOperation::Add(document) => UserOperation::Add(Queued { document, ticket: None }),
            UserOperation::Delete(term) => UserOperation::Delete(term),
        }));
        self.bytes += bytes;
        self.bytes >= GROUP
    }

    /// Everything that waits, as one group; first waits until few enough bytes are under way.
    pub(super) fn take(&mut self) -> Operations {
        let mut operations = std::mem::take(&mut self.operations);
        let last = operations.iter_mut().rev().find_map(|operation| match operation {
            UserOperation::Add(queued) => Some(queued),
            UserOperation::Delete(_) => None,
        });
        let bytes = std::mem::take(&mut self.bytes);
        if let Some(last) = last {
            last.ticket = Some(Ticket::new(bytes, &self.under_way));
        }
        operations
    }
}

/// Bytes that tantivy has been handed and has not indexed yet.
#[derive(Debug, Default)]
struct UnderWay {
    bytes: Mutex<usize>,
    fewer: Condvar,
}

/// Counts the bytes of a group for as long as it is under way.
#[derive(Debug)]
struct Ticket {
    bytes: usize,
    under_way: Arc<UnderWay>,
}

impl Ticket {
    /// Waits until there is room for `bytes`.
    fn new(bytes: usize, under_way: &Arc<UnderWay>) -> Self {
        let held = under_way.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        let is_full = |held: &mut usize| *held > 0 && *held + bytes > LIMIT;
        let waited = under_way.fewer.wait_timeout_while(held, PATIENCE, is_full);
        *waited.unwrap_or_else(PoisonError::into_inner).0 += bytes;
        Self { bytes, under_way: Arc::clone(under_way) }
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        *self.under_way.bytes.lock().unwrap_or_else(PoisonError::into_inner) -= self.bytes;
        self.under_way.fewer.notify_one();
    }
}

/// A document under way; the last of its group has the group's ticket.
#[derive(Debug)]
pub(super) struct Queued {
    document: TantivyDocument,
    ticket: Option<Ticket>,
}

impl Document for Queued {
    type Value<'a> = <TantivyDocument as Document>::Value<'a>;
    type FieldsValuesIter<'a> = <TantivyDocument as Document>::FieldsValuesIter<'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        self.document.iter_fields_and_values()
    }

    /// tantivy asks for this when it indexes the document: then it is under way no more.
    fn into_tantivy_document(self) -> TantivyDocument {
        self.document
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use tantivy::Term;

    use super::*;
    use crate::index::schema::fields;

    fn number(at: u64) -> UserOperation<TantivyDocument> {
        let mut document = TantivyDocument::new();
        document.add_u64(fields().hash, at);
        UserOperation::Add(document)
    }

    #[test]
    fn groups_keep_their_order() {
        let mut queue = Queue::default();
        assert!(!queue.push([number(1), number(2)], GROUP / 2));
        assert!(queue.push([UserOperation::Delete(Term::from_field_u64(fields().file, 7)), number(3)], GROUP / 2));
        let told = queue.take().into_iter().map(|operation| match operation {
            UserOperation::Add(queued) => queued.into_tantivy_document().to_json(&crate::index::schema::schema()),
            UserOperation::Delete(_) => "delete".to_owned(),
        });
        assert_eq!(told.collect::<Vec<_>>(), [r#"{"hash":[1]}"#, r#"{"hash":[2]}"#, "delete", r#"{"hash":[3]}"#]);
        assert!(queue.take().is_empty());
    }

    #[test]
    fn no_more_than_the_limit_is_under_way() {
        let mut queue = Queue::default();
        queue.push([number(1)], LIMIT * 2);
        let first = queue.take();
        assert_eq!(*queue.under_way.bytes.lock().unwrap(), LIMIT * 2, "one group may be larger");
        queue.push([number(2)], LIMIT / 2);
        let next = thread::scope(|scope| {
            let taken = scope.spawn(|| queue.take());
            thread::sleep(Duration::from_millis(50));
            assert!(!taken.is_finished(), "it waits");
            drop(first);
            taken.join().unwrap()
        });
        assert_eq!(*queue.under_way.bytes.lock().unwrap(), LIMIT / 2);
        queue.push([number(3)], LIMIT / 2);
        let last = queue.take();
        assert_eq!(*queue.under_way.bytes.lock().unwrap(), LIMIT);
        drop((next, last));
        assert_eq!(*queue.under_way.bytes.lock().unwrap(), 0);
    }
}
