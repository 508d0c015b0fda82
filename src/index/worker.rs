//! The thread that makes segments of documents, and commits them.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{Builder, JoinHandle};

use tantivy::{IndexWriter, TantivyError};

use super::earlier::Order;
use super::queue::{Group, Operation};
use super::segment::SegmentBuilder;

/// A handle on the thread. It does everything in order; what is not committed is lost when this is dropped.
pub(super) struct Worker {
    messages: Option<Sender<Message>>,
    thread: Option<JoinHandle<tantivy::Result<IndexWriter>>>,
}

enum Message {
    Run(Group),
    /// Make everything last, with this payload; then tell.
    Commit(String, Sender<()>),
}

impl Worker {
    /// Starts the thread, which adds segments to what `inner` writes, each of `memory` bytes at the most.
    pub(super) fn start(inner: IndexWriter, memory: usize) -> tantivy::Result<Self> {
        let (messages, receiver) = channel();
        let thread =
            Builder::new().name("newsdex-index".into()).spawn(move || Work::new(inner, memory).run(&receiver))?;
        Ok(Self { messages: Some(messages), thread: Some(thread) })
    }

    /// Hands over `group`.
    ///
    /// # Errors
    /// Why the thread has stopped, where it has; after that only that it has.
    pub(super) fn run(&mut self, group: Group) -> tantivy::Result<()> {
        if self.send(Message::Run(group)) { Ok(()) } else { Err(self.stopped()) }
    }

    /// Makes everything so far last, with `payload` beside it. Returns when it is on disk.
    ///
    /// # Errors
    /// As [`run`](Self::run).
    pub(super) fn commit(&mut self, payload: String) -> tantivy::Result<()> {
        let (done, told) = channel();
        if self.send(Message::Commit(payload, done)) && told.recv().is_ok() { Ok(()) } else { Err(self.stopped()) }
    }

    /// Waits until the thread and all merges are done. Commits nothing.
    pub(super) fn finish(mut self) -> tantivy::Result<()> {
        self.join()?.wait_merging_threads()
    }

    fn send(&self, message: Message) -> bool {
        self.messages.as_ref().is_some_and(|messages| messages.send(message).is_ok())
    }

    fn stopped(&mut self) -> TantivyError {
        self.join().err().unwrap_or_else(|| TantivyError::InternalError("the index writer has ended".into()))
    }

    /// Waits for the end of the thread, and takes back what it wrote with.
    fn join(&mut self) -> tantivy::Result<IndexWriter> {
        self.messages = None;
        let thread = self.thread.take();
        let thread = thread.ok_or_else(|| TantivyError::ErrorInThread("the index writer has stopped".into()))?;
        thread.join().unwrap_or_else(|_| Err(TantivyError::ErrorInThread("the index writer has panicked".into())))
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.messages = None;
        // The next writer of the index needs its lock, which goes with the thread. Nobody is left to be told of an error.
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

/// What the thread has.
struct Work {
    inner: IndexWriter,
    memory: usize,
    /// What was added and is in no segment yet.
    segment: Option<SegmentBuilder>,
    order: Order,
}

impl Work {
    fn new(inner: IndexWriter, memory: usize) -> Self {
        Self { inner, memory, segment: None, order: Order::default() }
    }

    fn run(mut self, messages: &Receiver<Message>) -> tantivy::Result<IndexWriter> {
        for message in messages {
            match message {
                Message::Run(group) => self.group(group)?,
                Message::Commit(payload, done) => {
                    self.commit(&payload)?;
                    // Whoever no longer waits wants no answer.
                    let _ = done.send(());
                }
            }
        }
        Ok(self.inner)
    }

    fn group(&mut self, group: Group) -> tantivy::Result<()> {
        for operation in group.operations {
            match operation {
                Operation::Add(document) => self.builder()?.add(&document)?,
                Operation::Delete(term) => {
                    // tantivy deletes only from segments that it has.
                    if self.segment.as_ref().is_some_and(|segment| segment.may_have(&term)) {
                        self.end_segment()?;
                    }
                    self.inner.delete_query(Box::new(self.order.delete(term)))?;
                }
            }
        }
        if self.segment.as_ref().is_some_and(|segment| segment.memory() > self.memory) {
            self.end_segment()?;
        }
        Ok(())
    }

    fn builder(&mut self) -> tantivy::Result<&mut SegmentBuilder> {
        let segment = match self.segment.take() {
            Some(segment) => segment,
            None => SegmentBuilder::new(self.inner.new_segment())?,
        };
        Ok(self.segment.insert(segment))
    }

    fn end_segment(&mut self) -> tantivy::Result<()> {
        let Some(segment) = self.segment.take() else { return Ok(()) };
        let meta = segment.finish()?;
        self.order.add(meta.id());
        self.inner.add_segment(meta)
    }

    fn commit(&mut self, payload: &str) -> tantivy::Result<()> {
        self.end_segment()?;
        let mut prepared = self.inner.prepare_commit()?;
        prepared.set_payload(payload);
        prepared.commit().map(drop)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;
    use tantivy::collector::Count;
    use tantivy::indexer::LogMergePolicy;
    use tantivy::query::TermQuery;
    use tantivy::schema::IndexRecordOption;
    use tantivy::{TantivyDocument, Term};

    use super::*;
    use crate::index::queue::Queue;
    use crate::index::schema::{fields, schema};

    const FILES: u64 = 5;

    fn of_file(file: u64) -> Term {
        Term::from_field_u64(fields().file, file)
    }

    fn add(file: u64) -> Operation {
        let mut document = TantivyDocument::new();
        document.add_u64(fields().file, file);
        Operation::Add(document)
    }

    /// What may come in one group, or a commit.
    #[derive(Clone, Debug)]
    enum Step {
        /// Deletes a file, then adds so many documents of it.
        Replace(u64, usize),
        Add(u64, usize),
        Commit,
    }

    fn step() -> impl Strategy<Value = Step> {
        let file = 0..FILES;
        prop_oneof![
            3 => (file.clone(), 0..3_usize).prop_map(|(file, count)| Step::Replace(file, count)),
            3 => (file, 1..3_usize).prop_map(|(file, count)| Step::Add(file, count)),
            1 => Just(Step::Commit),
        ]
    }

    /// Documents of each file after `steps`, of which every `together` are one group.
    fn after(steps: &[Step], together: usize, memory: usize) -> BTreeMap<u64, usize> {
        let index = tantivy::Index::create_in_ram(schema());
        crate::index::register(&index);
        let inner: IndexWriter = index.writer_with_num_threads(1, 16_000_000).unwrap();
        let mut policy = LogMergePolicy::default();
        policy.set_min_num_segments(3);
        inner.set_merge_policy(Box::new(policy));
        let mut worker = Worker::start(inner, memory).unwrap();
        for steps in steps.chunks(together) {
            let mut queue = Queue::default();
            for step in steps {
                match *step {
                    Step::Replace(file, count) => {
                        queue.push([Operation::Delete(of_file(file))], 0);
                        queue.push((0..count).map(|_| add(file)), 0);
                    }
                    Step::Add(file, count) => _ = queue.push((0..count).map(|_| add(file)), 0),
                    Step::Commit => {
                        worker.run(queue.take()).unwrap();
                        worker.commit(String::new()).unwrap();
                    }
                }
            }
            worker.run(queue.take()).unwrap();
        }
        worker.commit("last".into()).unwrap();
        worker.finish().unwrap();
        assert_eq!(index.load_metas().unwrap().payload.as_deref(), Some("last"));
        let searcher = index.reader().unwrap().searcher();
        let count = |file| searcher.search(&TermQuery::new(of_file(file), IndexRecordOption::Basic), &Count).unwrap();
        (0..FILES).map(|file| (file, count(file))).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 60, ..Default::default() })]
        #[test]
        fn a_deletion_takes_what_was_added_before_it_and_nothing_else(
            steps in proptest::collection::vec(step(), 0..40),
            together in 1..6_usize,
            small in any::<bool>(),
        ) {
            let mut expect: BTreeMap<u64, usize> = (0..FILES).map(|file| (file, 0)).collect();
            for step in &steps {
                match step {
                    Step::Replace(file, count) => _ = expect.insert(*file, *count),
                    Step::Add(file, count) => *expect.entry(*file).or_default() += count,
                    Step::Commit => {}
                }
            }
            prop_assert_eq!(after(&steps, together, if small { 0 } else { 1 << 30 }), expect);
        }
    }

    #[test]
    fn a_worker_that_has_stopped_tells_why_and_then_that_it_has() {
        let folder = tempfile::tempdir().unwrap();
        let index = tantivy::Index::create_in_dir(folder.path(), schema()).unwrap();
        crate::index::register(&index);
        let mut worker = Worker::start(index.writer_with_num_threads(1, 16_000_000).unwrap(), 0).unwrap();
        std::fs::remove_dir_all(folder.path()).unwrap();
        let mut queue = Queue::default();
        queue.push([add(1)], 0);
        // Whether this is told at once depends on which thread is faster.
        let told = worker.run(queue.take()).err();
        let told = told.or_else(|| worker.commit(String::new()).err()).unwrap().to_string();
        assert!(told.contains("No such file") || told.contains("NotFound"), "{told}");
        assert!(worker.commit(String::new()).unwrap_err().to_string().contains("has stopped"));
        assert!(worker.run(Queue::default().take()).is_err() && worker.finish().is_err());
    }

    #[test]
    fn a_thread_that_panics_is_told_as_an_error() {
        let thread = Builder::new().spawn(|| panic!("as it should")).unwrap();
        let mut worker = Worker { messages: Some(channel().0), thread: Some(thread) };
        let told = worker.run(Queue::default().take()).unwrap_err();
        assert!(told.to_string().contains("the index writer has panicked"), "{told}");
    }
}
