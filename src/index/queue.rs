//! What is to be done with documents, on its way to the thread that does it: in groups, under a limit of bytes.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

use tantivy::{TantivyDocument, Term};

/// Bytes of a group: as many as wake the other thread seldom.
const GROUP: usize = 1 << 20;

/// Bytes that may be under way; one group of more may be alone.
const LIMIT: usize = 1 << 24;

/// Something to be done.
#[derive(Debug)]
pub(super) enum Operation {
    Add(TantivyDocument),
    /// Delete what has this term and was added before.
    Delete(Term),
}

/// What is to be done together, in order.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) operations: Vec<Operation>,
    /// Held until all is done.
    _ticket: Ticket,
}

/// What waits to be handed over, and how much has been handed over already.
#[derive(Debug, Default)]
pub(super) struct Queue {
    operations: Vec<Operation>,
    bytes: usize,
    under_way: Arc<UnderWay>,
}

impl Queue {
    /// Adds `operations`, on about `bytes` bytes; true where there is a group now, to be [taken](Self::take).
    pub(super) fn push(&mut self, operations: impl IntoIterator<Item = Operation>, bytes: usize) -> bool {
        self.operations.extend(operations);
        self.bytes += bytes;
        self.bytes >= GROUP
    }

    /// Everything that waits, as one group; first waits until few enough bytes are under way.
    pub(super) fn take(&mut self) -> Group {
        let ticket = Ticket::new(std::mem::take(&mut self.bytes), &self.under_way);
        Group { operations: std::mem::take(&mut self.operations), _ticket: ticket }
    }
}

/// Bytes of groups that are not done with.
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
        *under_way.fewer.wait_while(held, is_full).unwrap_or_else(PoisonError::into_inner) += bytes;
        Self { bytes, under_way: Arc::clone(under_way) }
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        *self.under_way.bytes.lock().unwrap_or_else(PoisonError::into_inner) -= self.bytes;
        self.under_way.fewer.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use std::thread;
    use std::time::Duration;

    use super::*;
    use crate::index::schema::fields;

    fn number(at: u64) -> Operation {
        let mut document = TantivyDocument::new();
        document.add_u64(fields().hash, at);
        Operation::Add(document)
    }

    #[test]
    fn groups_keep_their_order() {
        let mut queue = Queue::default();
        assert!(!queue.push([number(1), number(2)], GROUP / 2));
        assert!(queue.push([Operation::Delete(Term::from_field_u64(fields().file, 7)), number(3)], GROUP / 2));
        let told = queue.take().operations.into_iter().map(|operation| match operation {
            Operation::Add(document) => tantivy::Document::to_json(&document, &crate::index::schema::schema()),
            Operation::Delete(_) => "delete".to_owned(),
        });
        assert_eq!(told.collect::<Vec<_>>(), [r#"{"hash":[1]}"#, r#"{"hash":[2]}"#, "delete", r#"{"hash":[3]}"#]);
        assert!(queue.take().operations.is_empty());
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
